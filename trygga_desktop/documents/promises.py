"""The page that somebody takes along from a meeting: what they promised, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something that was promised, by whom and until when."""

    text: str
    responsible: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesContent:
    """Everything the page says: all of it is for its reader, and nothing tells of more.

    `promises` are the reader's own of the meeting, `earlier` those of theirs from before that are
    still to be done, `others` what others promised that the reader may know. `coordinator` is whom
    the reader tells when something gets in the way.
    """

    organisation: str
    reader: str
    case_number: str
    meeting_on: date
    promises: tuple[Promise, ...]
    earlier: tuple[Promise, ...] = ()
    others: tuple[Promise, ...] = ()
    coordinator: str = ""
    municipality: str = ""
    arms: str = ""
    secrecy: str = ""


def compose(content: PromisesContent, language: Language) -> tuple[Block, ...]:
    """Return the page as blocks, its own words in the language that is asked for."""
    _ = language.gettext
    day = language.date_long(content.meeting_on)
    title = title_of(language, day)
    return (
        PageFrame(head_left=title, head_right=content.meeting_on.isoformat(), foot=content.secrecy),
        head(
            municipality=content.municipality,
            organisation=content.organisation,
            arms=content.arms,
            kind=_("What was promised"),
            text=title,
        ),
        KeyValues(
            pairs=(
                KeyValue(label=_("For"), value=content.reader),
                KeyValue(label=_("Case"), value=content.case_number),
            )
        ),
        *_listed(_("What you promised"), content.promises, language),
        *_listed(_("Still to do since earlier meetings"), content.earlier, language),
        Paragraph(text=_hindrance(content, language)),
        *_listed(_("What others promised"), content.others, language),
    )


def title_of(language: Language, day: str) -> str:
    """Return what the page is called; `day` is that of the meeting, in words."""
    return language.gettext("Actions from the meeting on {date}").format(date=day)


def _hindrance(content: PromisesContent, language: Language) -> str:
    _ = language.gettext
    if content.coordinator:
        text = _("Does something get in the way? Tell {name} at once, and not at the next meeting.")
        return text.format(name=content.coordinator)
    return _("Does something get in the way? Tell whoever leads the meetings at once.")


def _listed(title: str, promises: tuple[Promise, ...], language: Language) -> Iterator[Block]:
    _ = language.gettext
    if not promises:
        return
    yield Heading(text=title)
    yield Table(
        columns=(
            Column(title=_("What"), width=5),
            Column(title=_("Responsible"), width=3),
            Column(title=_("To be done by"), width=2),
        ),
        rows=tuple((one.text, one.responsible, one.due.isoformat()) for one in promises),
    )
