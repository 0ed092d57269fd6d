"""The sheet that an agency fills in by hand before a meeting: only of what it may see itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from trygga_desktop.documents.blocks import (
    Block,
    Column,
    Heading,
    KeyValue,
    KeyValues,
    PageFrame,
    Paragraph,
    Table,
)
from trygga_desktop.documents.head import head
from trygga_desktop.i18n import Language

_LINES = 3
"""So many lines to write on follow a question."""

# What nobody has written yet still needs something that makes its line as high as others.
_EMPTY = "\N{NO-BREAK SPACE}"


class OwnQuestion(StrEnum):
    """What every sheet asks, in the order of the page."""

    WORKS = "works"
    NEW = "new"
    OFFERS = "offers"
    NEEDS = "needs"


def question_text(question: OwnQuestion, language: Language) -> str:
    """Return a question of every sheet as it stands there."""
    _ = language.gettext
    return {
        OwnQuestion.WORKS: _("What works? Name at least one thing."),
        OwnQuestion.NEW: _(
            "What is new? Write separately what you have seen and heard, and what you believe."
        ),
        OwnQuestion.OFFERS: _("What can you offer, from what date?"),
        OwnQuestion.NEEDS: _("What do you need to know, and why?"),
    }[question]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something that the agency promised, by whom and until when."""

    text: str
    responsible: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetContent:
    """Everything a sheet says. `promises` are the agency's own, as far as it may see them.

    `receives` and `gives` are the categories that the consents of today let it be told and tell;
    None where it needs no consent. `questions` are those of the items it is called to.
    """

    organisation: str
    agency: str
    case_number: str
    meeting_on: date
    receives: tuple[str, ...] | None
    gives: tuple[str, ...] | None
    promises: tuple[Promise, ...] = ()
    questions: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    municipality: str = ""
    arms: str = ""
    secrecy: str = ""


def compose(content: SheetContent, language: Language) -> tuple[Block, ...]:
    """Return the sheet as blocks, its own words in the language that is asked for."""
    _ = language.gettext
    day = language.date_long(content.meeting_on)
    title = _("Preparation for the meeting on {date}").format(date=day)
    return (
        PageFrame(head_left=title, head_right=content.meeting_on.isoformat(), foot=content.secrecy),
        head(
            municipality=content.municipality,
            organisation=content.organisation,
            arms=content.arms,
            kind=_("Preparation sheet"),
            text=title,
        ),
        KeyValues(
            pairs=(
                KeyValue(label=_("For"), value=content.agency),
                KeyValue(label=_("Case"), value=content.case_number),
            )
        ),
        Paragraph(text=_("Contains only what {agency} may see.").format(agency=content.agency)),
        *_scope(content, language),
        # Before the lines: whoever reads it after them has written already.
        Paragraph(text=_("Is anything about another person? Then do not write the name.")),
        Paragraph(text=_("Bring the sheet to the meeting and hand it to the secretary.")),
        *_promises(content, language),
        *_questions(content, language),
    )


def _scope(content: SheetContent, language: Language) -> Iterator[Block]:
    _ = language.gettext
    if content.receives is None or content.gives is None:
        return
    nothing = _("nothing")
    yield Paragraph(
        text=_("You may receive information about {receives}.").format(
            receives=language.list_words(content.receives) or nothing
        )
    )
    yield Paragraph(
        text=_("You may give information about {gives}.").format(
            gives=language.list_words(content.gives) or nothing
        )
    )


def _promises(content: SheetContent, language: Language) -> Iterator[Block]:
    _ = language.gettext
    if not content.promises:
        return
    results = "\n".join(content.results)
    yield Heading(text=_("What you promised"))
    yield Paragraph(text=_("Ring the result, and write the reason below if it did not happen."))
    yield Table(
        columns=(
            Column(title=_("What"), width=4),
            Column(title=_("By"), width=2),
            Column(title=_("Result"), width=4),
        ),
        rows=tuple(
            (one.text, f"{one.responsible}\n{one.due.isoformat()}", results)
            for one in content.promises
        ),
    )
    yield _ruled(_("Reason"), 2)


def _questions(content: SheetContent, language: Language) -> Iterator[Block]:
    _ = language.gettext
    for own in OwnQuestion:
        yield _ruled(question_text(own, language), _LINES)
    if content.questions:
        yield Heading(text=_("The questions of the meeting"))
        for text in content.questions:
            yield _ruled(text, _LINES)


def _ruled(text: str, lines: int) -> Table:
    """Return a text with lines below it to write on by hand."""
    return Table(columns=(Column(title=text, width=1),), rows=((_EMPTY,),) * lines)
