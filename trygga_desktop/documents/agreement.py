"""The agreement of a programme with the young person, to be signed by both on paper.

It bears the name, or the alias where the person is protected, and never a place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Heading,
    KeyValue,
    KeyValues,
    Paragraph,
    SignatureLine,
    SignatureLines,
)
from trygga_desktop.documents.plan import Head, paper_top
from trygga_desktop.domain.agreement import PaperAnswer, Side
from trygga_desktop.i18n import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """What a side did with the paper; `name` is who did for the programme."""

    side: Side
    answer: PaperAnswer
    on: date
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementContent:
    """One version. `called` is what the young person is called on it, `programme` the programme.

    `is_translated` tells that lines stand in the language of the paper, but were written in another
    one.
    """

    head: Head
    called: str
    programme: str
    version: str
    valid_from: date
    valid_to: date
    person: tuple[str, ...]
    by_programme: tuple[str, ...]
    answers: tuple[AnswerRow, ...] = ()
    is_translated: bool = False


def answer_text(row: AnswerRow, language: Language) -> str:
    """Return who signed the paper or declined to, and when."""
    _ = language.gettext
    day = language.date_long(row.on)
    is_person = row.side is Side.PERSON
    if row.answer is PaperAnswer.SIGNED:
        text = (
            _("Signed by the young person on {date}.")
            if is_person
            else _("Signed for the programme by {name} on {date}.")
        )
    else:
        text = (
            _("The young person declined to sign on {date}.")
            if is_person
            else _("{name} declined to sign for the programme on {date}.")
        )
    return text.format(date=day, name=row.name)


def compose(content: AgreementContent, language: Language) -> tuple[Block, ...]:
    """Return the agreement as blocks, with lines to sign where nobody has answered yet."""
    _ = language.gettext
    blocks: list[Block] = [
        *paper_top(content.head, _("Agreement"), content.version, language),
        KeyValues(
            pairs=(
                KeyValue(label=_("Between"), value=content.called),
                KeyValue(label=_("and"), value=content.programme),
                KeyValue(
                    label=_("Holds"),
                    value=_("{first} to {last}").format(
                        first=language.date_long(content.valid_from),
                        last=language.date_long(content.valid_to),
                    ),
                ),
            )
        ),
        Heading(text=_("I undertake")),
        Bullets(items=content.person),
        Heading(text=_("The programme undertakes")),
        Bullets(items=content.by_programme),
        *_translation(content, language),
        Paragraph(
            text=_(
                "Signing is voluntary. The agreement can be changed when both want that: then a "
                "new version is written and signed."
            )
        ),
    ]
    answered = {one.side: one for one in content.answers}
    if answered:
        blocks.append(Heading(text=_("Signatures")))
        blocks += [Paragraph(text=answer_text(one, language)) for one in content.answers]
    lines = []
    if Side.PERSON not in answered:
        lines.append(SignatureLine(role=_("Who leaves"), name=content.called))
    if Side.PROGRAMME not in answered:
        lines.append(SignatureLine(role=_("For the programme"), name=content.programme))
    if lines:
        blocks.append(SignatureLines(lines=tuple(lines), beside=_("Day and signature")))
    return tuple(blocks)


def _translation(content: AgreementContent, language: Language) -> Iterator[Block]:
    if content.is_translated:
        text = language.gettext(
            "Lines that the programme proposes are translated here. They and all others were "
            "written in another language, and the text that was written is kept."
        )
        yield Paragraph(text=text)
