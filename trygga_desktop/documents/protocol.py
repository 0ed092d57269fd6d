"""The protocol of one meeting: what it says, and how that becomes blocks on pages.

The content is already decided for whoever reads it. Nothing here asks what may be shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Column,
    Decision,
    Heading,
    KeyValue,
    KeyValues,
    Objection,
    OwnWords,
    PageFrame,
    Paragraph,
    SignatureLine,
    SignatureLines,
    Statement,
    Table,
    Title,
)
from trygga_desktop.documents.excerpt import Correction, Excerpt, corrections, cover, promises
from trygga_desktop.documents.head import head
from trygga_desktop.documents.plan import AgreedPlan, compose_agreed
from trygga_desktop.i18n import STOCKHOLM, Language

_SEPARATOR = " · "
_DASH = "\u2013"


class MeetingForm(StrEnum):
    """How the participants met."""

    IN_ROOM = "in_room"
    REMOTE = "remote"
    MIXED = "mixed"


class Presence(StrEnum):
    """Whether somebody took part."""

    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One row of the list of participants.

    `came_at` and `left_at` stand only for whoever was not there the whole meeting. A participant
    with neither is shown as present the whole meeting.
    """

    name: str
    role: str = ""
    agency: str = ""
    presence: Presence = Presence.PRESENT
    is_remote: bool = False
    came_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreter:
    """Somebody who interpreted, and what language."""

    name: str
    language: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """One consent as it stood on the day of the meeting: who it lets share, and until when.

    `status` is a word or a sentence of its own, such as that a signature is still missing.
    """

    version: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    agencies: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """What somebody told the meeting. `source` is the agency or the person it came from."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWordsEntry:
    """What somebody said, in their own words."""

    text: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """That somebody does not agree with a decision, in their own words."""

    who: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionEntry:
    """What an agency decided. `number` is "4.1"; the word before it is the document's."""

    text: str
    agency: str
    number: str = ""
    dissents: tuple[Dissent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEntry:
    """What somebody promised to do. `due` is None where no day was agreed."""

    text: str
    person: str = ""
    agency: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteEntry:
    """A note with no source of its own."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedAction:
    """An action of an earlier meeting. `status` is the catalogue's word; `reason` may follow it."""

    text: str
    person: str = ""
    agency: str = ""
    due: date | None = None
    status: str = ""
    reason: str = ""


Entry = StatementEntry | OwnWordsEntry | DecisionEntry | ActionEntry | NoteEntry | CarriedAction


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item of the agenda, with what was noted under it, in order."""

    title: str
    number: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMeeting:
    """The day of the next meeting; the time, and a place that may be told, where known."""

    day: date
    starts_at: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs, and in which role."""

    role: str
    name: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    """What corrects a sealed protocol: its own number, the code of what it corrects, and how.

    `concerns` tells whom or what it is about. `code` and `sealed_on` are those of what it corrects.
    """

    number: int
    code: str
    sealed_on: date
    text: str
    concerns: str = ""
    author: str = ""

    def as_told_in_excerpts(self, on: date) -> Correction:
        """Return it as an excerpt has it, sealed `on` that day, without a number."""
        return Correction(text=self.text, on=on, concerns=self.concerns)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolContent:
    """Everything a protocol says. What is empty leaves no trace on the page.

    Times know their zone and are shown as in Stockholm. `shown_name` is the young person's name or
    alias, and `place` is empty where it must not be told. `secrecy` stands at the foot of every
    page, and `arms`, a PNG in the form of `domain.picture` in base 64, in the head of the first
    one. `chair`, `secretary` and `verifier` may carry a title after the name. An action of an
    earlier meeting stands either in `carried`, before the agenda, or under the item that took it
    up. With an `addendum` it is that and no protocol: of the meeting it says only which it was.
    With an `excerpt` it is composed for one recipient, whose own promises stand there apart. Of a
    draft the `signers` are those who approve it: it is signed by nobody. With a
    `plan` it is that: what the meeting agreed on, and who signs it.
    """

    organisation: str
    meeting_title: str
    starts_at: datetime
    municipality: str = ""
    registry_number: str = ""
    case_number: str = ""
    shown_name: str = ""
    meeting_number: int | None = None
    ends_at: datetime | None = None
    place: str = ""
    form: MeetingForm | None = None
    chair: str = ""
    secretary: str = ""
    verifier: str = ""
    participants: tuple[Participant, ...] = ()
    interpreters: tuple[Interpreter, ...] = ()
    consents: tuple[ConsentLine, ...] = ()
    carried: tuple[CarriedAction, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    summary: str = ""
    next_meeting: NextMeeting | None = None
    distribution: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()
    secrecy: str = ""
    arms: str = ""
    is_draft: bool = False
    addendum: Addendum | None = None
    excerpt: Excerpt | None = None
    plan: AgreedPlan | None = None


def compose(content: ProtocolContent, language: Language) -> tuple[Block, ...]:
    """Return the protocol as blocks, its own words in the language that is asked for."""
    return tuple(_Composer(content, language).blocks())


@dataclass(frozen=True, slots=True)
class _Composer:
    content: ProtocolContent
    language: Language

    def blocks(self) -> Iterator[Block]:
        yield self._frame()
        yield self._title()
        yield KeyValues(pairs=tuple(self._facts()))
        yield from self._addendum()
        if self.content.plan is not None:
            yield from compose_agreed(self.content.plan, self.language)
        if self.content.excerpt is not None:
            yield from cover(self.content.excerpt, self.language)
        yield from self._participants()
        yield from self._consents()
        if self.content.excerpt is not None:
            yield from promises(self.content.excerpt, self.language)
        yield from self._carried()
        for item in self.content.items:
            yield Heading(number=item.number, text=item.title)
            yield from self._entries(item.entries)
            if not item.entries:
                # True of these pages whoever reads them: it does not say that nothing was said.
                yield Paragraph(text=self.language.gettext("Nothing stands under this item."))
        if self.content.excerpt is not None:
            yield from corrections(self.content.excerpt, self.language)
        yield from self._closing()
        yield from self._signatures()

    def _frame(self) -> PageFrame:
        given = self.content
        number = given.registry_number or given.case_number
        day = given.starts_at.astimezone(STOCKHOLM).date().isoformat()
        title = given.meeting_title
        if given.is_draft:
            title = self.language.gettext("{document}, draft").format(document=title)
        return PageFrame(
            head_left=title,
            head_right=_joined((number, day), _SEPARATOR),
            foot=given.secrecy,
        )

    def _title(self) -> Title:
        _ = self.language.gettext
        given = self.content
        kind = _("Protocol") if given.addendum is None else _("Addendum to a protocol")
        if given.excerpt is not None:
            kind = _("Excerpt from protocol")
        if given.plan is not None:
            kind = _("Agreed plan")
        return head(
            municipality=given.municipality,
            organisation=given.organisation,
            kind=_("{document}, draft").format(document=kind) if given.is_draft else kind,
            text=given.meeting_title,
            subtitle=given.shown_name,
            arms=given.arms,
        )

    def _facts(self) -> Iterator[KeyValue]:
        _ = self.language.gettext
        given = self.content
        facts = (
            (_("Date and time"), self._when()),
            (_("Case number"), given.case_number),
            (_("Place"), given.place),
            (_("Registry number"), given.registry_number),
            (_("Form"), self._form()),
            (
                _("Meeting number"),
                "" if given.meeting_number is None else f"{given.meeting_number}",
            ),
            (_("Chair"), given.chair),
            (_("Secretary"), given.secretary),
            (_("Verifier"), given.verifier),
        )
        return (KeyValue(label=label, value=value) for label, value in facts if value.strip())

    def _when(self) -> str:
        _ = self.language.gettext
        given = self.content
        start = self.language.time(given.starts_at)
        time = (
            start if given.ends_at is None else f"{start}{_DASH}{self.language.time(given.ends_at)}"
        )
        return self._day_at(self._day(given.starts_at.astimezone(STOCKHOLM).date()), time)

    def _form(self) -> str:
        _ = self.language.gettext
        match self.content.form:
            case MeetingForm.IN_ROOM:
                return _("In the room")
            case MeetingForm.REMOTE:
                return _("Remote")
            case MeetingForm.MIXED:
                return _("In the room and remote")
            case None:
                return ""

    def _addendum(self) -> Iterator[Block]:
        _ = self.language.gettext
        given = self.content.addendum
        if given is None:
            return
        facts = (
            (_("Addendum"), f"{given.number}"),
            (_("Corrects"), given.code),
            (_("Sealed"), self._day(given.sealed_on)),
            (_("Concerns"), given.concerns),
            (_("Written by"), given.author),
        )
        yield Heading(text=_("What this corrects"))
        yield KeyValues(
            pairs=tuple(
                KeyValue(label=label, value=value) for label, value in facts if value.strip()
            )
        )
        yield Paragraph(
            text=_(
                "The protocol itself is not changed. It is read together with this addendum, which"
                " has a seal of its own."
            )
        )
        yield Heading(text=_("The correction"))
        yield Paragraph(text=given.text)

    def _participants(self) -> Iterator[Block]:
        _ = self.language.gettext
        given = self.content
        rows = [
            (one.name, one.role, one.agency or _DASH, self._presence(one))
            for one in given.participants
        ]
        if rows or given.interpreters:
            yield Heading(text=_("Participants"))
        titles = ((_("Name"), 24), (_("Role"), 20), (_("Agency"), 35), (_("Attendance"), 21))
        yield from _table(titles, rows)
        for interpreter in given.interpreters:
            name = _joined((interpreter.name, interpreter.agency), ", ")
            source = _("Interpreter")
            if interpreter.language:
                source = _("Interpreter, {language}").format(language=interpreter.language)
            yield Statement(source=source, text=name)

    def _presence(self, one: Participant) -> str:
        """Return a line for each thing to say of somebody's presence."""
        _ = self.language.gettext
        match one.presence:
            case Presence.APOLOGIES:
                return _("Sent apologies")
            case Presence.ABSENT:
                return _("Absent")
            case Presence.PRESENT:
                said = []
                if one.came_at is not None:
                    said.append(_("Came {time}").format(time=self.language.time(one.came_at)))
                if one.left_at is not None:
                    said.append(_("Left {time}").format(time=self.language.time(one.left_at)))
                if not said:
                    said.append(_("Whole meeting"))
                if one.is_remote:
                    said.append(_("Remote"))
                return "\n".join(said)

    def _consents(self) -> Iterator[Block]:
        _ = self.language.gettext
        rows = [
            (
                one.version,
                self.language.list_words(one.agencies),
                self._day(one.valid_from),
                self._day(one.valid_to),
                one.status,
            )
            for one in self.content.consents
        ]
        if rows:
            yield Heading(text=_("Consent"))
        titles = (
            (_("Version"), 12),
            (_("Between"), 33),
            (_("Valid from"), 20),
            (_("Valid to"), 20),
            (_("Status"), 19),
        )
        yield from _table(titles, rows)

    def _carried(self) -> Iterator[Block]:
        _ = self.language.gettext
        if self.content.carried:
            yield Heading(text=_("Actions from earlier meetings"))
        yield from self._carried_rows(self.content.carried)

    def _carried_rows(self, actions: Iterable[CarriedAction]) -> Iterator[Block]:
        _ = self.language.gettext
        rows = [
            (
                one.text,
                one.person or _DASH,
                one.agency or _DASH,
                self._day(one.due) or _DASH,
                _joined((one.status, one.reason), "\n"),
            )
            for one in actions
        ]
        titles = (
            (_("Action"), 28),
            (_("Responsible"), 18),
            (_("Agency"), 22),
            (_("Due date"), 21),
            (_("Status"), 20),
        )
        yield from _table(titles, rows)

    def _entries(self, entries: Sequence[Entry]) -> Iterator[Block]:
        for kind, same in groupby(entries, type):
            if kind is ActionEntry:
                yield from self._actions(one for one in same if isinstance(one, ActionEntry))
            elif kind is CarriedAction:
                carried = (one for one in same if isinstance(one, CarriedAction))
                yield from self._carried_rows(carried)
            elif kind is StatementEntry:
                yield from self._statements(one for one in same if isinstance(one, StatementEntry))
            else:
                yield from (self._entry(one) for one in same)

    def _statements(self, statements: Iterable[StatementEntry]) -> Iterator[Statement]:
        """Yield the statements; of several from one source, the first names it."""
        _ = self.language.gettext
        for source, same in groupby(statements, lambda one: one.source):
            for at, one in enumerate(same):
                label = (source or _("Note")) if at == 0 else ""
                yield Statement(source=label, text=one.text)

    def _entry(self, entry: Entry) -> Block:
        _ = self.language.gettext
        match entry:
            case OwnWordsEntry():
                label = _("{name}, own words").format(name=entry.who)
                return OwnWords(label=label, text=entry.text)
            case DecisionEntry():
                return self._decision(entry)
            case _:
                # Without a label it would read as said by whoever stands above it.
                return Statement(source=_("Note"), text=entry.text)

    def _decision(self, entry: DecisionEntry) -> Decision:
        _ = self.language.gettext
        label = (
            _("Decision {number}").format(number=entry.number) if entry.number else _("Decision")
        )
        objections = tuple(
            Objection(label=_("{name} does not agree").format(name=one.who), text=one.text)
            for one in entry.dissents
        )
        return Decision(label=label, agency=entry.agency, text=entry.text, objections=objections)

    def _actions(self, actions: Iterable[ActionEntry]) -> Iterator[Block]:
        _ = self.language.gettext
        rows = [
            (
                one.text,
                one.person or _DASH,
                one.agency or _DASH,
                self._day(one.due) or _("No date set"),
            )
            for one in actions
        ]
        titles = (
            (_("Action"), 37),
            (_("Responsible"), 20),
            (_("Agency"), 28),
            (_("Due date"), 22),
        )
        yield from _table(titles, rows)

    def _closing(self) -> Iterator[Block]:
        _ = self.language.gettext
        given = self.content
        if given.summary.strip():
            yield Heading(text=_("Summary"))
            yield Paragraph(text=given.summary)
        if given.next_meeting is not None:
            yield Heading(text=_("Next meeting"))
            yield Paragraph(text=self._next(given.next_meeting))
        recipients = tuple(one for one in given.distribution if one.strip())
        if recipients:
            yield Heading(text=_("Goes to"))
            yield Bullets(items=recipients)

    def _next(self, meeting: NextMeeting) -> str:
        said = self.language.weekday_date(meeting.day)
        said = said[:1].upper() + said[1:]
        if meeting.starts_at is not None:
            said = self._day_at(said, self.language.time(meeting.starts_at))
        return _joined((said, meeting.place), ", ")

    def _signatures(self) -> Iterator[Block]:
        _ = self.language.gettext
        signers = self.content.signers
        if signers:
            if self.content.is_draft:
                yield Heading(text=_("Approval of the draft"))
                yield Paragraph(
                    text=_(
                        "Whoever signs here approves the draft as it reads now. The protocol itself"
                        " is signed once it is sealed."
                    )
                )
            else:
                yield Heading(text=_("Signatures"))
            yield SignatureLines(
                lines=tuple(
                    SignatureLine(role=one.role, name=_joined((one.name, one.agency), ", "))
                    for one in signers
                ),
                beside=_("Place and date"),
            )

    def _day(self, day: date | None) -> str:
        return "" if day is None else self.language.date_long(day)

    def _day_at(self, day: str, time: str) -> str:
        _ = self.language.gettext
        return _("{day} at {time}").format(day=day, time=time)


def _table(titles: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> Iterator[Table]:
    """Yield the rows as a table of the columns that say anything at all."""
    told = [at for at in range(len(titles)) if any(_says(row[at]) for row in rows)]
    if told:
        yield Table(
            columns=tuple(Column(title=titles[at][0], width=titles[at][1]) for at in told),
            rows=tuple(tuple(row[at] for at in told) for row in rows),
        )


def _says(cell: str) -> bool:
    return bool(cell.strip()) and cell != _DASH


def _joined(parts: Iterable[str], separator: str) -> str:
    return separator.join(part for part in parts if part.strip())
