"""The meetings of a case on the desk, without a vault: the fictional case of the domain notes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.plain import NOW, DraftBox
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.meeting import (
    Function,
    Meeting,
    MeetingState,
    Participant,
    Presence,
    PresenceChange,
)
from trygga_desktop.domain.parties import Custody, Party, PartyRole
from trygga_desktop.paths import shipped
from trygga_desktop.services.catalogues import load_catalogue
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.meetings import CaseMeetings, SetPresence
from trygga_desktop.services.parties import ShownParty
from trygga_desktop.ui.screens.meetings.absence import Why
from trygga_desktop.ui.screens.meetings.view import MeetingsView
from trygga_desktop.ui.screens.meetings.view_model import MeetingsViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

CASE = CASES[0].id
SUBJECT = UUID(int=91)
SINCE = date(2026, 2, 3)
SOCIAL, SCHOOL, LEISURE, POLICE, PSYCHIATRY = (
    UUID(int=90),
    *(UUID(int=n) for n in range(301, 305)),
)


@cache
def catalogue() -> Catalogue:
    """Return the rules and words that ship with the program."""
    return load_catalogue(shipped("resources") / "catalogue")[0]


def family(number: int, name: str, role: PartyRole, custody: Custody = Custody.NONE) -> ShownParty:
    """Return somebody of the family."""
    party_id = SUBJECT if role is PartyRole.SUBJECT_PERSON else UUID(int=number)
    party = Party(id=party_id, role=role, since=SINCE, custody=custody)
    return ShownParty(party=party, name=name, told_apart="", is_signer=True)


def professional(
    number: int, name: str, function: str, organisation: tuple[UUID, str, str]
) -> ShownParty:
    """Return somebody who speaks for an organisation: its id, name and kind."""
    party = Party(
        id=UUID(int=number),
        role=PartyRole.PROFESSIONAL,
        since=SINCE,
        contact_id=UUID(int=number + 1000),
        organisation_id=organisation[0],
        function=function,
    )
    return ShownParty(
        party=party,
        name=name,
        told_apart=organisation[1],
        organisation=organisation[1],
        kind=organisation[2],
    )


SOCIAL_SERVICES = (SOCIAL, "Socialförvaltningen i Exempelstad", "social_services")
ELIAS = family(401, "Elias Demosson", PartyRole.SUBJECT_PERSON)
SARA = family(402, "Sara Demosson", PartyRole.GUARDIAN, Custody.JOINT)
JOHAN = family(403, "Johan Demosson", PartyRole.GUARDIAN, Custody.JOINT)
KARIN = professional(404, "Karin Ek", "Samordnare", SOCIAL_SERVICES)
PETRA = professional(405, "Petra Nyman", "Socialsekreterare", SOCIAL_SERVICES)
HENRIK = professional(406, "Henrik Alm", "Biträdande rektor", (SCHOOL, "Tallbackaskolan", "school"))
DALIA = professional(
    407, "Dalia Karim", "Fritidsledare", (LEISURE, "Fritidsgården Kajutan", "leisure")
)
JONAS = professional(408, "Jonas Ek", "Kommunpolis", (POLICE, "Lokalpolisområde Norr", "police"))
MIRJA = professional(409, "Mirja Kallio", "Kurator", (PSYCHIATRY, "BUP Norr", "child_psychiatry"))
PEOPLE = (ELIAS, SARA, JOHAN, KARIN, PETRA, HENRIK, DALIA, JONAS, MIRJA)
COVERED = frozenset({SOCIAL, SCHOOL, LEISURE, POLICE})

_FUNCTIONS = {
    PartyRole.SUBJECT_PERSON: Function.SUBJECT_PERSON,
    PartyRole.GUARDIAN: Function.GUARDIAN,
    PartyRole.PROFESSIONAL: Function.AGENCY_REPRESENTATIVE,
}


def participant(shown: ShownParty, *more: Function, came: datetime | None = None) -> Participant:
    """Return somebody at the table, who came at that time if at all."""
    party = shown.party
    changes = () if came is None else (PresenceChange(presence=Presence.HERE, at=came),)
    return Participant(
        id=UUID(int=party.id.int + 5000),
        name=shown.name,
        functions=frozenset({_FUNCTIONS[party.role], *more}),
        person_id=party.id if party.contact_id is None else None,
        organisation_id=party.organisation_id,
        party_id=party.id,
        title=party.function,
        changes=changes,
    )


def meeting(
    number: int,
    starts_at: datetime,
    state: MeetingState,
    *,
    people: Iterable[ShownParty] = PEOPLE[:-1],
    place: str = "Rum Björken",
) -> Meeting:
    """Return a meeting; whoever was invited to one that was held was there."""
    has_begun = state in {MeetingState.RUNNING, MeetingState.HELD}
    more = {KARIN.party.id: (Function.CHAIR,), PETRA.party.id: (Function.SECRETARY,)}
    came = starts_at if has_begun else None
    return Meeting(
        id=UUID(int=500 + number),
        case_id=CASE,
        number=number,
        template="follow_up" if number > 1 else "sspf_family",
        starts_at=starts_at,
        minutes=60,
        place=place,
        state=state,
        participants=tuple(
            participant(one, *more.get(one.party.id, ()), came=came) for one in people
        ),
        began_at=came,
        ended_at=starts_at + timedelta(minutes=58) if state is MeetingState.HELD else None,
    )


MEETINGS = (
    meeting(6, datetime(2027, 1, 14, 14, 0, tzinfo=UTC), MeetingState.PLANNED),
    meeting(5, datetime(2026, 11, 26, 14, 0, tzinfo=UTC), MeetingState.PLANNED),
    meeting(4, datetime(2026, 9, 17, 13, 0, tzinfo=UTC), MeetingState.HELD),
    meeting(3, datetime(2026, 6, 11, 13, 0, tzinfo=UTC), MeetingState.HELD, people=PEOPLE[:7]),
    meeting(2, datetime(2026, 4, 9, 13, 0, tzinfo=UTC), MeetingState.CANCELLED, people=PEOPLE[:7]),
    meeting(1, datetime(2026, 2, 26, 14, 0, tzinfo=UTC), MeetingState.HELD, people=PEOPLE[:6]),
)


def case_meetings(
    meetings: Sequence[Meeting] = MEETINGS,
    *,
    row: CaseRow = CASES[0],
    people: Sequence[ShownParty] = PEOPLE,
    covered: frozenset[UUID] = COVERED,
    left_out: int = 0,
) -> CaseMeetings:
    """Return the meetings of a case as its operator reads them."""
    return CaseMeetings(
        row=row,
        subject_id=SUBJECT,
        meetings=tuple(meetings),
        templates=catalogue().templates_of("sspf"),
        people=tuple(people),
        covered=covered,
        catalogue=catalogue(),
        left_out=left_out,
        with_grant=frozenset({KARIN.party.id, PETRA.party.id}),
        promised=(("Fritidsgården Kajutan", 1), ("Tallbackaskolan", 2)),
    )


class Calendar:
    """Stands for the vault: holds meetings, calls them off, and fails when told to."""

    def __init__(self, found: CaseMeetings | None = None) -> None:
        self.found = case_meetings() if found is None else found
        self.reads = 0
        self.cancelled: list[UUID] = []
        self.noted: list[SetPresence] = []
        self.drafts = DraftBox()
        self.failure: Exception | None = None
        self.refusal: Exception | None = None

    def read(self, _: UUID) -> Done[CaseMeetings]:
        """Return the meetings, or fail."""
        self.reads += 1
        if self.failure is not None:
            raise self.failure
        return Done(self.found)

    def cancel(self, meeting_id: UUID) -> Done[None]:
        """Call one off, or fail."""
        if self.refusal is not None:
            raise self.refusal
        self.cancelled.append(meeting_id)
        changed = tuple(
            replace(one, state=MeetingState.CANCELLED) if one.id == meeting_id else one
            for one in self.found.meetings
        )
        self.found = replace(self.found, meetings=changed)
        return Done(None, Changes(meetings=True))

    def note(self, command: SetPresence) -> Done[None]:
        """Note that somebody does not come, or fail."""
        if self.refusal is not None:
            raise self.refusal
        self.noted.append(command)
        return Done(None, Changes(meetings=True))

    def open(
        self, runner: TaskRunner | None = None, *, asks_of: UUID | None = None
    ) -> MeetingsViewModel:
        """Return the tab's model, loaded; with the form open for an absence from a meeting."""
        model = MeetingsViewModel(
            CASE,
            read_meetings=self.read,
            cancel_meeting=self.cancel,
            set_presence=self.note,
            drafts=self.drafts.uses,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
            asks_of=asks_of,
        )
        model.load()
        return model


def shown(look: Look, found: CaseMeetings | None = None) -> QWidget:
    """Return the frame of the desk around the meetings of a case."""
    model = Calendar(found).open()
    return desk_frame(look, MeetingsView(model, look), model)


def shown_empty(look: Look) -> QWidget:
    """Return the same where no meeting was planned yet."""
    return shown(look, case_meetings(()))


def shown_asking(look: Look) -> QWidget:
    """Return the same while it is asked whether a meeting is really to be called off."""
    model = Calendar().open()
    frame = desk_frame(look, MeetingsView(model, look), model)
    model.ask_to_cancel(asks=True)
    return frame


def shown_moved(look: Look) -> QWidget:
    """Return the same where the meeting got another time after two had sent word."""
    said = MEETINGS[1].starts_at - timedelta(days=7)
    sent = (
        PresenceChange(presence=Presence.ABSENT, at=said),
        PresenceChange(presence=Presence.EXPECTED, at=said, moved_from=said),
    )
    words = {SARA.name: look.language.gettext("Prevented"), JONAS.name: ""}
    people = tuple(
        replace(one, changes=sent, apology=words[one.name]) if one.name in words else one
        for one in MEETINGS[1].participants
    )
    moved = replace(MEETINGS[1], participants=people)
    return shown(look, case_meetings((MEETINGS[0], moved, *MEETINGS[2:])))


def shown_absence(look: Look) -> QWidget:
    """Return the same while somebody is said not to come, in words of one's own."""
    model = Calendar().open(asks_of=MEETINGS[1].id)
    if model.absence is not None:
        model.absence.choose_why(Why.OWN)
    return desk_frame(look, MeetingsView(model, look), model)


def shown_protected(look: Look) -> QWidget:
    """Return the same for somebody with a protected identity."""
    nord = replace(ELIAS, name="NORD-7", is_protected=True)
    held = meeting(
        1, datetime(2026, 10, 12, 12, 0, tzinfo=UTC), MeetingState.HELD, people=(nord, KARIN)
    )
    return shown(look, case_meetings((held,), row=CASES[2], people=(nord, KARIN, PETRA)))
