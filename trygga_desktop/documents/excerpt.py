"""What makes a protocol an excerpt: whom it is for, and what they promised themselves.

Every excerpt carries the same sentences, whether anything is left out of it or not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from trygga_desktop.documents.blocks import Block, Column, Heading, Paragraph, Statement, Table
from trygga_desktop.i18n import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the recipient promised at the meeting, or before it. `status` is the catalogue's word.

    It is empty for what was promised at the meeting itself. `due` is None where no day was agreed.
    """

    text: str
    person: str = ""
    due: date | None = None
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was corrected since, on which day. It has no number: there may be others."""

    text: str
    on: date
    concerns: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Whom an excerpt was composed for, and which of their copies it is, counted from 1.

    `host` is whom it came from, and who may ask for it back. `is_plain` is one in plain words, for
    the young person; one for the family, `is_family`, asks nothing of whoever has it.
    """

    recipient: str
    host: str
    copy: int = 1
    is_plain: bool = False
    is_family: bool = False
    promises: tuple[Promise, ...] = ()
    corrections: tuple[Correction, ...] = ()


def cover(excerpt: Excerpt, language: Language) -> Iterator[Block]:
    """Yield what every excerpt says of itself. It depends on nothing that is left out."""
    _ = language.gettext
    to = _("To: {recipient}. Copy {copy}.").format(recipient=excerpt.recipient, copy=excerpt.copy)
    yield Paragraph(
        text=_(
            "{to} This is composed for {recipient}. It contains what {recipient} may have and is"
            " not the whole protocol."
        ).format(to=to, recipient=excerpt.recipient)
    )
    # No duty binds the family: whom they tell of themselves is theirs to say.
    asked = (
        _("You decide yourself whom you show it to. It has a seal and a control code of its own.")
        if excerpt.is_family
        else _(
            "Do not pass it on. Return it if {host} asks. It has a seal and a control code of its"
            " own."
        )
    )
    yield Paragraph(text=asked.format(host=excerpt.host))


def corrections(excerpt: Excerpt, language: Language) -> Iterator[Block]:
    """Yield what was corrected since the meeting, each with its day."""
    _ = language.gettext
    if not excerpt.corrections:
        return
    yield Heading(text=_("Corrected since the meeting"))
    for one in excerpt.corrections:
        told = (language.date_long(one.on), one.concerns)
        yield Statement(source=", ".join(part for part in told if part), text=one.text)


def promises(excerpt: Excerpt, language: Language) -> Iterator[Block]:
    """Yield what the recipient promised, in full."""
    _ = language.gettext
    if not excerpt.promises:
        return
    yield Heading(text=_("What {recipient} has promised").format(recipient=excerpt.recipient))
    titles = ((_("Action"), 40), (_("Responsible"), 22), (_("Due date"), 22), (_("Status"), 18))
    rows = [
        (
            one.text,
            one.person,
            _("No date set") if one.due is None else language.date_long(one.due),
            one.status,
        )
        for one in excerpt.promises
    ]
    yield _table(titles, rows)


def _table(titles: Sequence[tuple[str, float]], rows: Sequence[tuple[str, ...]]) -> Table:
    """Return the rows as a table of the columns that say anything at all."""
    told = [at for at in range(len(titles)) if any(row[at].strip() for row in rows)]
    return Table(
        columns=tuple(Column(title=titles[at][0], width=titles[at][1]) for at in told),
        rows=tuple(tuple(row[at] for at in told) for row in rows),
    )
