"""Use cases for the papers of a meeting: summons and sheets before it, what was promised after it.

What an agency may see comes through the door, decided for it alone. Its sheet holds no more of that
than what it promised itself.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from trygga_desktop.documents import calendar, preparation, promises, summons
from trygga_desktop.documents.blocks import Block
from trygga_desktop.documents.heraldry import write_arms
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.domain.agenda import begin_after
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.consent import Cell, Direction
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.matrix import CellState, read_cell
from trygga_desktop.domain.meeting import Function, Meeting, MeetingState, Participant
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.recognising import find_telling
from trygga_desktop.i18n import STOCKHOLM, Language, load_language
from trygga_desktop.services import promises as promised
from trygga_desktop.services.audience import recipients_at
from trygga_desktop.services.changes import Done
from trygga_desktop.services.hours import with_hour
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.naming import call
from trygga_desktop.services.rooms import MeetingRoom, show_meeting
from trygga_desktop.services.standing import Standing, as_spoken_of, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_OPEN = frozenset({CellState.YES, CellState.LIMITED, CellState.EXPIRES_SOON})
_RESULTS = frozenset(
    {
        CommitmentState.DOING,
        CommitmentState.DONE,
        CommitmentState.NOT_POSSIBLE,
        CommitmentState.NOT_DONE,
    }
)


class PaperKind(StrEnum):
    """What kind of paper it is."""

    SUMMONS = "summons"
    SHEET = "sheet"
    ACTIONS = "actions"


_BEFORE = frozenset({PaperKind.SUMMONS, PaperKind.SHEET})


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposePaper:
    """One paper for one participant, in which language.

    A sheet and what was promised are for their organisation, if they come for one.
    """

    meeting_id: UUID
    kind: PaperKind
    participant_id: UUID
    language: str = "sv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedPaper:
    """The pages as a PDF, and a neutral name for a file with them: it says nothing of anyone."""

    pdf: bytes
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeCalendar:
    """The summons of one participant as an entry for a calendar, in which language."""

    meeting_id: UUID
    participant_id: UUID
    language: str = "sv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody whom papers are made for: before a meeting a summons, and of an agency a `sheet`.

    Afterwards it is what they or their agency promised, `actions`. Of several from one agency the
    first one has the paper of the agency.
    """

    id: UUID
    name: str
    organisation: str
    kind: str
    sheet: bool
    summons: bool = True
    actions: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPapers:
    """Whom there are papers for: before a meeting, or where it `has_begun` with what it settled."""

    case_number: str
    number: int
    addressees: tuple[Addressee, ...]
    is_protected: bool
    has_begun: bool = False


@use_case(Permission.WORK_IN_CASE)
def read_papers(meeting_id: UUID, *, vault: OpenVault) -> Done[MeetingPapers]:
    """Return whom there are papers for, for the operator alone.

    Raise InvalidInputError for a meeting that is called off.
    """
    with vault.work() as work:
        meeting = _find(work, meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        room = show_meeting(work, vault, standing, meeting, None)
        has_begun = meeting.state is not MeetingState.PLANNED
        sheets = frozenset() if has_begun else _sheet_owners(meeting)
        promised = (
            _who_takes_along(work, vault, standing, meeting, room) if has_begun else frozenset()
        )
        found = MeetingPapers(
            case_number=room.case_number,
            number=meeting.number,
            addressees=tuple(
                Addressee(
                    id=one.id,
                    name=one.name,
                    organisation=one.organisation,
                    kind=one.kind,
                    sheet=one.id in sheets,
                    summons=not has_begun,
                    actions=one.id in promised,
                )
                for one in room.seats
            ),
            is_protected=standing.is_protected,
            has_begun=has_begun,
        )
        work.commit(Action.MEETING_READ, meeting_id)
    return Done(found)


@use_case(Permission.WORK_IN_CASE)
def compose_paper(command: ComposePaper, *, vault: OpenVault) -> Done[ComposedPaper]:
    """Return one paper as pages, with what may be told on the day of the meeting or from it on.

    The same record gives the same bytes. Nothing goes to somebody before they could confirm the
    duty of confidentiality but what they said themselves and what the meeting asks.
    Raise NoAccessError for a meeting we cannot open, InvalidInputError for one that is called off,
    for a summons or a sheet when it has begun and what was promised when it has not, for somebody
    who is not invited, for a sheet of somebody who comes for no agency, and for a page of promises
    where there would be none on it.
    """
    language = load_language(command.language)
    with vault.work() as work:
        meeting = _find(work, command.meeting_id, command.kind)
        opened = work.cases.find(meeting.case_id)
        day = max(work.today, meeting.starts_at.astimezone(STOCKHOLM).date())
        standing = as_spoken_of(stand(work, vault, opened, on=day), meeting)
        one = _participant(meeting, command.participant_id)
        # The meeting opens with everyone confirming the duty. What is on the paper before that is
        # the agenda's own titles and what the agency itself promised.
        bound = replace(one, confirmed_at=one.confirmed_at or work.at)
        readers = (
            promised.readers_with(meeting, one) if command.kind is PaperKind.ACTIONS else [bound]
        )
        audience = recipients_at(readers, family=standing.family_names)
        room = show_meeting(work, vault, standing, meeting, audience)
        title, blocks = _compose(command.kind, vault, standing, meeting, one, room, language)
        work.commit(Action.PAPER_COMPOSED, command.meeting_id)
    pdf = render(blocks, Paper(title=title, language=language, made_at=meeting.starts_at))
    name = _file_name(command.kind, meeting, one, language)
    return Done(ComposedPaper(pdf=pdf, file_name=name))


@use_case(Permission.WORK_IN_CASE)
def compose_calendar(command: ComposeCalendar, *, vault: OpenVault) -> Done[bytes]:
    """Return when, and where if it is written, somebody is called, as an iCalendar file.

    It says of no item, no case and nobody, whoever it is for.
    Raise NoAccessError for a meeting we cannot open, InvalidInputError for one that is over and
    for somebody who is not invited.
    """
    language = load_language(command.language)
    with vault.work() as work:
        meeting = _find(work, command.meeting_id, PaperKind.SUMMONS)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        one = _participant(meeting, command.participant_id)
        called = _capacity(one, is_person=one.person_id == standing.opened.subject_id)
        begins, ends = _hours(meeting, one)
        appointment = calendar.Appointment(
            meeting_id=meeting.id,
            made_at=work.at,
            begins_at=begins,
            ends_at=ends,
            summary=summons.title_of(called, language),
            place=_place(standing, meeting),
        )
        work.commit(Action.PAPER_COMPOSED, command.meeting_id)
    return Done(calendar.write(appointment))


@use_case(Permission.WORK_IN_CASE)
def log_paper_printed(meeting_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Write into the log that a paper of a meeting is printed, before it is."""
    return _log(Action.PAPER_PRINTED, meeting_id, vault)


@use_case(Permission.WORK_IN_CASE)
def log_paper_saved(meeting_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Write into the log that a paper of a meeting is saved as a file, before it is."""
    return _log(Action.PAPER_SAVED, meeting_id, vault)


def _log(action: Action, meeting_id: UUID, vault: OpenVault) -> Done[None]:
    with vault.work() as work:
        _find(work, meeting_id)
        work.commit(action, meeting_id)
    return Done(None)


def _find(work: UnitOfWork, meeting_id: UUID, kind: PaperKind | None = None) -> Meeting:
    """Return a meeting; nobody is called to one that has begun, and nothing promised before."""
    meeting, _ = find_meeting(work, meeting_id)
    is_planned = meeting.state is MeetingState.PLANNED
    is_wrong = kind is not None and (kind in _BEFORE) != is_planned
    if is_wrong or meeting.state is MeetingState.CANCELLED:
        raise InvalidInputError(field="meeting", flaw=meeting.state.value)
    return meeting


def _who_takes_along(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meeting: Meeting, room: MeetingRoom
) -> frozenset[UUID]:
    """Return who has promised something that may stand on their paper."""
    found = set()
    for one in promised.owners_in(meeting, room):
        readers = promised.readers_with(meeting, one)
        audience = recipients_at(readers, family=standing.family_names)
        if any(promised.promised_by(one, show_meeting(work, vault, standing, meeting, audience))):
            found.add(one.id)
    return frozenset(found)


def _participant(meeting: Meeting, participant_id: UUID) -> Participant:
    for one in meeting.participants:
        if one.id == participant_id:
            return one
    raise InvalidInputError(field="participant", flaw="unknown")


def _sheet_owners(meeting: Meeting) -> frozenset[UUID]:
    """Return who has the sheet of their agency: of several the first one."""
    first: dict[UUID, UUID] = {}
    for one in meeting.participants:
        if one.organisation_id is not None:
            first.setdefault(one.organisation_id, one.id)
    return frozenset(first.values())


def _compose(  # noqa: PLR0913, PLR0917  what a paper is made of
    kind: PaperKind,
    vault: OpenVault,
    standing: Standing,
    meeting: Meeting,
    one: Participant,
    room: MeetingRoom,
    language: Language,
) -> tuple[str, tuple[Block, ...]]:
    if kind is PaperKind.SUMMONS:
        called = _summons(vault, standing, meeting, one, room, language)
        return summons.title_of(called.called, language), summons.compose(called, language)
    if kind is PaperKind.ACTIONS:
        return _promises(vault, standing, meeting, one, room, language)
    if one.organisation_id is None:
        raise InvalidInputError(field="participant", flaw="unknown")
    sheet = _sheet(vault, standing, meeting, one, room, language)
    title = language.gettext("Preparation sheet")
    return title, preparation.compose(sheet, language)


def _promises(  # noqa: PLR0913, PLR0917  as above
    vault: OpenVault,
    standing: Standing,
    meeting: Meeting,
    one: Participant,
    room: MeetingRoom,
    language: Language,
) -> tuple[str, tuple[Block, ...]]:
    board = _board(vault, standing)
    reader = _name(standing, one, language)
    page = promised.page_of(
        standing,
        meeting,
        one,
        room,
        language,
        board=board,
        reader=reader,
        case=_case(room, language),
    )
    if not page.promises and not page.earlier:
        raise InvalidInputError(field="participant", flaw="nothing")
    title = promises.title_of(language, language.date_long(page.meeting_on))
    page = replace(page, arms=write_arms(vault.arms))
    return title, promises.compose(page, language)


def _summons(  # noqa: PLR0913, PLR0917  as above
    vault: OpenVault,
    standing: Standing,
    meeting: Meeting,
    one: Participant,
    room: MeetingRoom,
    language: Language,
) -> summons.SummonsContent:
    _ = language.gettext
    board, municipality = _board(vault, standing)
    items = _items(meeting, one, room)
    begins, ends = _hours(meeting, one)
    chair = meeting.with_function(Function.CHAIR)
    is_person = one.person_id == standing.opened.subject_id
    agencies = {
        each.organisation_id for each in meeting.participants if each.organisation_id is not None
    }
    return summons.SummonsContent(
        organisation=board,
        municipality=municipality,
        arms=write_arms(vault.arms),
        recipient=_name(standing, one, language),
        case_number=_case(room, language),
        day=standing.on,
        begins_at=begins,
        ends_at=ends,
        called=_capacity(one, is_person=is_person),
        is_part=one.called_to is not None,
        place=_place(standing, meeting),
        # Who leads a meeting does so for the board, and is known to whoever is called by it.
        coordinator=chair.name
        if chair is not None and chair.organisation_id == standing.given.controller_id
        else "",
        items=items,
        agencies=standing.names_of(agencies) if is_person else (),
        secrecy=_("Confidential: contains information about an individual."),
    )


def _name(standing: Standing, one: Participant, language: Language) -> str:
    """Return whom a paper is for: the agency, and nobody of it by name, or the person.

    Beside no name it is the kind of agency: which school it is would tell too much.
    """
    if one.organisation_id is None:
        return one.name
    if standing.is_without_names:
        kinds = standing.directory.kinds(standing.catalogue.agencies)
        kind = kinds.get(one.organisation_id)
        return "" if kind is None else kind.name.in_language(language.code)
    return "".join(standing.names_of({one.organisation_id})) or one.name


def _capacity(one: Participant, *, is_person: bool) -> summons.Called:
    if is_person:
        return summons.Called.PERSON
    if one.person_id is not None:
        return summons.Called.FAMILY
    return summons.Called.GUEST if one.organisation_id is None else summons.Called.AGENCY


def _place(standing: Standing, meeting: Meeting) -> str:
    """Return where a meeting is, or nothing where somebody must not be found.

    Nor is it told beside no name, where the place may tell whom it is about.
    """
    points_out = standing.is_without_names and bool(find_telling(meeting.place, standing.known))
    return "" if standing.is_protected or points_out else meeting.place


def _case(room: MeetingRoom, language: Language) -> str:
    """Return how a paper calls the case: where no name is said, by no number either."""
    return room.case_number if room.pseudonym is None else call(room.pseudonym, language)


def _hours(meeting: Meeting, one: Participant) -> tuple[datetime, datetime]:
    """Return from when to when somebody is called: to all of a meeting, or to a part of it."""
    called = _called_items(meeting, one)
    if one.called_to is None or not called:
        return meeting.starts_at, meeting.starts_at + timedelta(minutes=meeting.minutes)
    lengths = {each.id: each.minutes for each in meeting.agenda}
    last, begins_last = called[-1]
    return called[0][1], begins_last + timedelta(minutes=lengths[last])


def _called_items(meeting: Meeting, one: Participant) -> list[tuple[UUID, datetime]]:
    """Return the items that somebody is called to, each with when it begins."""
    begins = begin_after(each.minutes for each in meeting.agenda)
    return [
        (each.id, meeting.starts_at + timedelta(minutes=minutes))
        for each, minutes in zip(meeting.agenda, begins, strict=True)
        if one.called_to is None or each.id in one.called_to
    ]


def _items(meeting: Meeting, one: Participant, room: MeetingRoom) -> tuple[summons.CalledItem, ...]:
    """Return the items that somebody is called to, of those whose title they may read."""
    shown = {each.id: (place, each) for place, each in enumerate(room.agenda, start=1)}
    return tuple(
        summons.CalledItem(
            number=shown[item_id][0],
            title=shown[item_id][1].title,
            question=shown[item_id][1].question,
            begins_at=begins_at,
        )
        for item_id, begins_at in _called_items(meeting, one)
        if not shown[item_id][1].is_private
    )


def _sheet(  # noqa: PLR0913, PLR0917  as above
    vault: OpenVault,
    standing: Standing,
    meeting: Meeting,
    one: Participant,
    room: MeetingRoom,
    language: Language,
) -> preparation.SheetContent:
    _ = language.gettext
    board, municipality = _board(vault, standing)
    is_board = one.organisation_id == standing.given.controller_id
    items = _items(meeting, one, room)
    statuses = [each for each in standing.catalogue.statuses if each.code in _RESULTS]
    return preparation.SheetContent(
        organisation=board,
        municipality=municipality,
        arms=write_arms(vault.arms),
        agency=_name(standing, one, language),
        case_number=_case(room, language),
        meeting_on=meeting.starts_at.astimezone(STOCKHOLM).date(),
        receives=None if is_board else _open_to(standing, one, Direction.RECEIVE, language),
        gives=None if is_board else _open_to(standing, one, Direction.GIVE, language),
        promises=tuple(
            preparation.Promise(
                text=with_hour(each.item.text, each.commitment.hour, language),
                responsible=each.commitment.responsible,
                due=each.commitment.due,
            )
            for each in room.carried
            # Its own promises alone: of what others promised nothing leaves on a sheet. Nothing is
            # to be prepared of one that has ended.
            if each.item.origin_id == one.organisation_id
            and each.commitment is not None
            and each.commitment.state.is_open
        ),
        results=tuple(each.name.in_language(language.code) for each in statuses),
        questions=tuple(each.question for each in items if each.question),
        secrecy=_("Confidential: contains information about an individual."),
    )


def _open_to(
    standing: Standing, one: Participant, direction: Direction, language: Language
) -> tuple[str, ...]:
    """Return the categories that the consents let an agency be told, or tell, by their names."""
    if one.organisation_id is None:
        return ()
    organisation = one.organisation_id
    return tuple(
        each.name.in_language(language.code)
        for each in standing.catalogue.categories
        if each.code in standing.given.categories
        and read_cell(
            Cell(organisation_id=organisation, category=each.code, direction=direction),
            standing.given,
        ).state
        in _OPEN
    )


def _board(vault: OpenVault, standing: Standing) -> tuple[str, str]:
    """Return what the board is called, and the municipality where that is called otherwise."""
    controller = standing.directory.organisation(standing.given.controller_id)
    board = vault.municipality if controller is None else controller.name_on(standing.on)
    return board, "" if board == vault.municipality else vault.municipality


def _file_name(kind: PaperKind, meeting: Meeting, one: Participant, language: Language) -> str:
    _ = language.gettext
    day = meeting.starts_at.astimezone(STOCKHOLM).date().isoformat()
    ids = [each.id for each in meeting.participants]
    number = 1 + ids.index(one.id)
    texts = {
        PaperKind.SUMMONS: _("summons-{day}-{number}.pdf"),
        PaperKind.SHEET: _("preparation-{day}-{number}.pdf"),
        PaperKind.ACTIONS: _("actions-{day}-{number}.pdf"),
    }
    return texts[kind].format(day=day, number=number)
