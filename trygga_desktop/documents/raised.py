"""The list of what is late and is raised above those who meet: agencies and counts, and no names.

For one agency alone it says which case by its number, and until when: what was promised it knows.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    KeyValue,
    KeyValues,
    PageFrame,
    Paragraph,
    Table,
)
from trygga_desktop.documents.head import head
from trygga_desktop.domain.programme import Decider
from trygga_desktop.i18n import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedLine:
    """One commitment that is late; there is no field for anybody, nor for what was promised.

    `case_number` is empty where the case is not to be told, `hour` None for a whole last day.
    """

    agency: str
    due: date
    times: int
    hour: time | None = None
    case_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which of what is to be raised stands on the list; the paper says so.

    `agency` is whose commitments were asked for. `is_own` are the cases that whoever made the list
    is responsible for, and `is_by_name` what one person answers for, who is not named. `is_part`
    tells that there is more than was shown when it was made.
    """

    agency: str = ""
    is_own: bool = False
    is_by_name: bool = False
    is_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedContent:
    """Everything the list says. `rules` are the words of the programmes by which it is raised.

    `agency` is whose list it is; empty for a list that counts over all of them. `to` is with whom
    it is raised.
    """

    organisation: str
    day: date
    to: Decider
    rules: tuple[str, ...]
    lines: tuple[RaisedLine, ...]
    agency: str = ""
    chosen: Chosen = field(default_factory=Chosen)
    municipality: str = ""
    arms: str = ""


def title_of(language: Language) -> str:
    """Return what stands at the top."""
    return language.gettext("Commitments that are late")


def compose(content: RaisedContent, language: Language) -> tuple[Block, ...]:
    """Return the list as blocks, its own words in the language that is asked for."""
    _ = language.gettext
    title = title_of(language)
    count = len(content.lines)
    total = language.ngettext("{count} commitment", "{count} commitments", count)
    pairs = [KeyValue(label=_("Day"), value=language.date_long(content.day))]
    if content.agency:
        pairs.append(KeyValue(label=_("For"), value=content.agency))
    pairs.append(KeyValue(label=_("Raised with"), value=_whom(content.to, language)))
    pairs.append(KeyValue(label=_("In all"), value=total.format(count=language.number(count))))
    return (
        PageFrame(head_left=title, head_right=content.day.isoformat()),
        head(
            municipality=content.municipality,
            arms=content.arms,
            organisation=content.organisation,
            kind=_("Raised by the rule of the programme"),
            text=title,
        ),
        KeyValues(pairs=tuple(pairs)),
        Heading(text=_("Selection")),
        Bullets(items=tuple(_selection(content.chosen, language))),
        Heading(text=_("Why this is raised")),
        *(Paragraph(text=one) for one in content.rules),
        *(_each(content, language) if content.agency else _counted(content, language)),
    )


def _whom(to: Decider, language: Language) -> str:
    _ = language.gettext
    if to is Decider.STEERING_GROUP:
        return _("the steering group")
    return _("the responsible manager")


def _selection(chosen: Chosen, language: Language) -> Iterator[str]:
    """Yield which of what is to be raised stands here, each choice in a sentence of its own."""
    _ = language.gettext
    if chosen.is_own:
        yield _("Only cases that whoever made the list is responsible for.")
    else:
        yield _("All cases that whoever made the list works in.")
    if chosen.agency:
        yield _("Only what {agency} promised.").format(agency=chosen.agency)
    if chosen.is_by_name:
        yield _("Only what was found by the name of who is responsible.")
    if chosen.is_part:
        yield _("Only the first on the list: there are more, which were late for a shorter time.")


def _counted(content: RaisedContent, language: Language) -> Iterator[Block]:
    _ = language.gettext
    counts = Counter(one.agency for one in content.lines)
    yield Heading(text=_("By agency"))
    yield Table(
        columns=(
            Column(title=_("Agency"), width=6),
            Column(title=_("Late commitments"), width=3),
        ),
        rows=tuple(
            (agency or _("Agency that is not known any more"), language.number(count))
            for agency, count in sorted(
                counts.items(), key=lambda one: (-one[1], language.sort_key(one[0]))
            )
        ),
    )
    yield Paragraph(
        text=_("The list shows agencies and counts. It says nothing of any case or person.")
    )


def _each(content: RaisedContent, language: Language) -> Iterator[Block]:
    _ = language.gettext
    yield Heading(text=_("Commitments"))
    yield Table(
        columns=(
            Column(title=_("Case"), width=3),
            Column(title=_("To be done by"), width=3),
            Column(title=_("Meetings in a row at which it was late"), width=4),
        ),
        rows=tuple(
            (one.case_number or "–", _due(one), language.number(one.times))  # noqa: RUF001  a dash
            for one in content.lines
        ),
    )
    yield Paragraph(
        text=_("What was promised and by whom is in the agency's own actions from the meeting.")
    )


def _due(line: RaisedLine) -> str:
    hour = "" if line.hour is None else f" {line.hour:%H:%M}"
    return f"{line.due.isoformat()}{hour}"
