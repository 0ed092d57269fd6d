"""A meeting in its stages, as those around the table would see it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import CONTROLLER, GIVEN, LISTENER, SUBJECT
from tests.ui.desks import refusing
from tests.ui.plain import NOW, draft_uses
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import TryggaError
from trygga_desktop.domain.items import Item, ItemKind, Lack, Noted, Part
from trygga_desktop.domain.meeting import (
    AgendaState,
    Function,
    MeetingState,
    Presence,
    PresenceChange,
)
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.domain.pseudonym import AgeBand, Pseudonym
from trygga_desktop.paths import shipped
from trygga_desktop.services.agendas import ConfirmNoted
from trygga_desktop.services.audience import ShownItem, show_room
from trygga_desktop.services.catalogues import load_catalogue
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.entries import ChangeCommitment, KeptAs, WriteEntry, Written
from trygga_desktop.services.meetings import ConfirmDuty, EndMeeting, Invitation, SetPresence
from trygga_desktop.services.plan_proposals import ShownProposal
from trygga_desktop.services.plans import AgreePlan
from trygga_desktop.services.rooms import (
    Choice,
    MeetingRoom,
    Seat,
    ShownAgendaItem,
    ShownCommitment,
    ShownEntry,
)
from trygga_desktop.ui.case_uses import MeetingUses
from trygga_desktop.ui.departures import Departures
from trygga_desktop.ui.draft_keeper import DraftUses
from trygga_desktop.ui.screen_question import ScreenQuestion
from trygga_desktop.ui.screens.alone.view import AloneView
from trygga_desktop.ui.screens.alone.view_model import AloneViewModel
from trygga_desktop.ui.screens.meeting.audience_model import AudienceModel
from trygga_desktop.ui.screens.meeting.audience_view import AudienceView
from trygga_desktop.ui.screens.meeting.capture import CaptureModel
from trygga_desktop.ui.screens.meeting.days import NextForm
from trygga_desktop.ui.screens.meeting.floor import FloorUses
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

MEETING = UUID(int=500)
TODAY = date(2026, 11, 26)
BEGAN = NOW - timedelta(minutes=33)
SARA = UUID(int=92)
LEISURE = UUID(int=95)
CHANGED = Changes(meetings=True)

_ALL = replace(
    GIVEN,
    categories=frozenset({"schooling", "own_words", "plan", "leisure", "network", "contact"}),
)
_AGENDA = (
    ("welcome", "Välkomna, roller och samtycke", 5, "contact"),
    ("voice", "Den unges röst", 10, "own_words"),
    ("since_last", "Det vi lovade förra gången", 10, "plan"),
    ("now_school", "Skola och vardag", 8, "schooling"),
    ("now_leisure", "Fritid och vänner", 7, "leisure"),
    ("commitments", "Mål och åtaganden", 15, "plan"),
    ("", "", 5, "network"),
)
_PEOPLE = (
    ("Elias Demosson", "", "", Function.SUBJECT_PERSON),
    ("Sara Demosson", "", "", Function.GUARDIAN),
    ("Ylva Sandh", "Socialförvaltningen", "social_services", Function.CHAIR),
    ("Petra Nyman", "Socialförvaltningen", "social_services", Function.SECRETARY),
    ("Henrik Alm", "Exempelgymnasiet", "school", Function.AGENCY_REPRESENTATIVE),
    ("Jonas Ek", "Lokalpolisområdet", "police", Function.AGENCY_REPRESENTATIVE),
    ("Dalia Karim", "Fritidsgården Kajutan", "leisure", Function.AGENCY_REPRESENTATIVE),
    ("Johan Demosson", "", "", Function.GUARDIAN),
)


_ORGANISATIONS = {
    "Socialförvaltningen": CONTROLLER,
    "Exempelgymnasiet": UUID(int=97),
    "Lokalpolisområdet": UUID(int=98),
    "Fritidsgården Kajutan": LEISURE,
}


@cache
def catalogue() -> Catalogue:
    """Return the rule data that ships with the program."""
    return load_catalogue(shipped("resources") / "catalogue")[0]


def shown_item(  # noqa: PLR0913  what an item is made of
    number: int,
    text: str,
    kind: ItemKind = ItemKind.STATEMENT,
    *,
    category: str = "plan",
    said_by: UUID | None = None,
    follows: int | None = None,
    lacks: Lack | None = None,
) -> ShownItem:
    """Return an item as the door lets it through."""
    item = Item(
        id=UUID(int=2000 + number),
        case_id=UUID(int=11),
        kind=kind,
        part=Part.CASE,
        author_id=LISTENER.id,
        origin_id=CONTROLLER,
        category=category,
        about=frozenset({SUBJECT}),
        reporter_ids=frozenset(),
        known_on=TODAY,
        text=text,
        said_by=said_by,
        noted=Noted(meeting_id=MEETING, agenda_id=UUID(int=600)),
        follows=None if follows is None else UUID(int=2000 + follows),
        lacks=lacks,
    )
    (found,) = show_room([item], [LISTENER], given=_ALL).items
    return found


def entry(  # noqa: PLR0913  what an entry is made of
    number: int,
    text: str,
    kind: ItemKind = ItemKind.STATEMENT,
    *,
    who: str = "Exempelgymnasiet",
    category: str = "plan",
    said_by: UUID | None = None,
    commitment: ShownCommitment | None = None,
    dissents: Sequence[ShownEntry] = (),
    lacks: Lack | None = None,
) -> ShownEntry:
    """Return something that was written down."""
    return ShownEntry(
        item=shown_item(number, text, kind, category=category, said_by=said_by, lacks=lacks),
        who=who,
        kind_of_who="",
        commitment=commitment,
        dissents=tuple(dissents),
    )


def promise(
    who: str = "Dalia Karim",
    *,
    due: date = date(2026, 11, 27),
    state: CommitmentState = CommitmentState.NOT_STARTED,
    is_late: bool = False,
) -> ShownCommitment:
    """Return who promised something, and how it stands."""
    return ShownCommitment(
        responsible=who,
        organisation="Fritidsgården Kajutan",
        due=due,
        state=state,
        is_late=is_late,
    )


VOICE = (
    entry(
        1,
        "Jag vill vara ledare för de yngre i boxningen.",
        category="own_words",
        said_by=SUBJECT,
        who="Elias Demosson",
    ),
)
DECIDED = (
    entry(
        10,
        "Elias får en egen grupp på onsdagar",
        ItemKind.DECISION,
        who="Fritidsgården Kajutan",
        dissents=(
            entry(
                11,
                "Jag vill gå den först efter jul.",
                ItemKind.DISSENT,
                said_by=SUBJECT,
                who="Elias Demosson",
            ),
        ),
    ),
    entry(12, "Skicka tider och lista till Elias", ItemKind.ACTION, commitment=promise()),
    entry(13, "Platsen vid parkeringen är fortfarande stökig."),
)
NEARLY = entry(14, "Ring mormor (Dalia Karim)", lacks=Lack.DAY)
CARRIED = (
    entry(
        20,
        "Polisen ringer före besök i skolan",
        ItemKind.ACTION,
        commitment=promise("Jonas Ek", state=CommitmentState.DONE),
    ),
    entry(
        21,
        "Ledarutbildning för Elias",
        ItemKind.ACTION,
        commitment=promise(due=date(2026, 11, 1), is_late=True),
    ),
    entry(22, "Samtal med föräldrarna", ItemKind.ACTION, commitment=promise("Ylva Sandh")),
    entry(
        23,
        "Hjälpledare på onsdagar",
        ItemKind.ACTION,
        commitment=promise(state=CommitmentState.DOING),
    ),
)


def seats(
    presence: Presence = Presence.HERE, *, confirmed: bool = True, count: int = len(_PEOPLE)
) -> tuple[Seat, ...]:
    """Return who is at the table; the last of the usual eight is still expected."""
    people = [
        *_PEOPLE,
        *((f"Gäst {one}", "", "", Function.OBSERVER) for one in range(count)),
    ]
    found = []
    for place, (name, organisation, kind, function) in enumerate(people[:count]):
        is_late = place == len(_PEOPLE) - 1 and presence is Presence.HERE
        now = Presence.EXPECTED if is_late else presence
        changes = [] if now is Presence.EXPECTED else [PresenceChange(presence=now, at=BEGAN)]
        is_family = function in {Function.SUBJECT_PERSON, Function.GUARDIAN}
        found.append(
            Seat(
                id=UUID(int=700 + place),
                party_id=UUID(int=91 + place),
                name=name,
                title="",
                organisation_id=_ORGANISATIONS.get(organisation),
                organisation=organisation,
                kind=kind,
                functions=frozenset({function}),
                presence=now,
                has_confirmed=confirmed and not is_family,
                must_confirm=not is_family,
                changes=tuple(changes),
                apology="",
            )
        )
    return tuple(found)


def agenda(now: int | None, entries: Sequence[ShownEntry] = ()) -> tuple[ShownAgendaItem, ...]:
    """Return the agenda with the meeting at this item; what was noted stands under it."""
    template = next(one for one in catalogue().templates if one.code == "sspf_family")
    questions = {one.code: one.question.in_language("sv") for one in template.items}
    found = []
    for place, (code, title, minutes, category) in enumerate(_AGENDA):
        state = AgendaState.COMING
        if now is not None and place <= now:
            state = AgendaState.NOW if place == now else AgendaState.DONE
        noted: Sequence[ShownEntry] = VOICE if code == "voice" and now and place != now else ()
        found.append(
            ShownAgendaItem(
                id=UUID(int=600 + place),
                code=code,
                title=title,
                is_private=not title,
                category=category,
                minutes=minutes,
                question=questions.get(code, ""),
                state=state,
                began_at=NOW - timedelta(seconds=198) if place == now else None,
                ended_at=None,
                entries=tuple(entries) if place == now and entries else tuple(noted),
            )
        )
    return tuple(found)


def proposal(number: int, text: str, kind: LineKind, **fields: Any) -> ShownProposal:
    """Return something that was prepared at the desk."""
    is_action = kind is LineKind.ACTION
    item = shown_item(number, text, ItemKind.ACTION if is_action else ItemKind.PLAN_LINE)
    return ShownProposal(item=item, kind=kind, **fields)


AIM, COURSE, CALL, MOVED = (UUID(int=2000 + number) for number in (50, 51, 52, 53))
PREPARED = (
    proposal(
        50,
        "Jag vill leda en egen grupp",
        LineKind.GOAL,
        sign="Elias leder en grupp själv till sommaren",
    ),
    proposal(
        51,
        "Anmäla Elias till ledarutbildningen",
        LineKind.ACTION,
        responsible="Dalia Karim",
        organisation="Fritidsgården Kajutan",
        organisation_id=LEISURE,
        due_on=date(2026, 12, 11),
    ),
    proposal(52, "Ringa mentorn", LineKind.ACTION, responsible="Ylva Sandh", lack=Lack.DAY),
    proposal(
        53,
        "Samtal med föräldrarna",
        LineKind.ACTION,
        responsible="Ylva Sandh",
        organisation="Socialförvaltningen",
        organisation_id=CONTROLLER,
        due_on=date(2027, 1, 14),
        was_due=date(2026, 11, 27),
    ),
)


def prepared_room(
    proposals: Sequence[ShownProposal] = PREPARED, entries: Sequence[ShownEntry] = (), now: int = 5
) -> MeetingRoom:
    """Return a meeting at its commitments, with what was prepared."""
    room = meeting_room(now=now, entries=entries)
    return replace(
        room,
        plan_basis="as it is",
        agenda=tuple(
            replace(one, proposals=tuple(proposals)) if one.code == "commitments" else one
            for one in room.agenda
        ),
    )


def meeting_room(  # noqa: PLR0913  all have a default
    state: MeetingState = MeetingState.RUNNING,
    *,
    now: int | None = 4,
    entries: Sequence[ShownEntry] = DECIDED,
    carried: Sequence[ShownEntry] = CARRIED,
    people: Sequence[Seat] | None = None,
    subject: str = "Elias Demosson",
) -> MeetingRoom:
    """Return a meeting as its room may see it."""
    is_planned = state is MeetingState.PLANNED
    return MeetingRoom(
        id=MEETING,
        case_id=UUID(int=11),
        case_number="DEMO-2026-001",
        number=5,
        subject_id=SUBJECT,
        subject_name=subject,
        state=state,
        starts_at=NOW - timedelta(minutes=36),
        minutes=60,
        place="Kajutan",
        began_at=None if is_planned else BEGAN,
        ended_at=None,
        today=TODAY,
        seats=tuple(seats() if people is None else people),
        agenda=agenda(None if is_planned else now, entries),
        carried=tuple(carried),
        next_meeting=None,
        organisations=(
            Choice(id=CONTROLLER, name="Socialförvaltningen", kind="social_services"),
            Choice(id=LEISURE, name="Fritidsgården Kajutan", kind="leisure"),
        ),
        speakers=(
            Choice(id=SUBJECT, name="Elias Demosson"),
            Choice(id=SARA, name="Sara Demosson"),
            Choice(id=UUID(int=999), name="Farmor Provman"),
        ),
        categories=catalogue().categories,
        catalogue=catalogue(),
        template="sspf_family",
    )


@dataclass(slots=True)
class Table:
    """Stands for the vault: remembers what it was asked, answers with `room`, fails when told."""

    room: MeetingRoom = field(default_factory=meeting_room)
    asked: list[object] = field(default_factory=list)
    reads: int = 0
    failure: TryggaError | None = None
    read_failure: TryggaError | None = None
    kept_as: KeptAs = KeptAs.AS_WRITTEN
    now: datetime = NOW

    def read(self, _: UUID) -> Done[MeetingRoom]:
        """Return the meeting."""
        self.reads += 1
        if self.read_failure is not None:
            raise self.read_failure
        return Done(self.room)

    def write(self, command: WriteEntry) -> Done[Written]:
        """Take an entry."""
        self._ask(command)
        written = Written(id=UUID(int=2013), kept_as=self.kept_as, must_be_tried=True)
        return Done(written, Changes(items=True, meetings=True))

    def agree(self, command: AgreePlan) -> Done[UUID]:
        """Take what the meeting agreed on."""
        self._ask(command)
        return Done(UUID(int=2014), Changes(items=True, meetings=True))

    def change(self, command: object, *more: object) -> Done[None]:
        """Take any other command."""
        self._ask((command, *more) if more else command)
        return Done(None, CHANGED)

    def confirm(self, command: ConfirmNoted) -> Done[None]:
        """Take what was confirmed, and have it stand there."""
        self._ask(command)
        code = frozenset({command.code})
        agenda = tuple(
            one
            if one.id != command.agenda_id
            else replace(
                one,
                confirmed=one.confirmed | code if command.is_confirmed else one.confirmed - code,
            )
            for one in self.room.agenda
        )
        self.room = replace(self.room, agenda=agenda)
        return Done(None, CHANGED)

    def open(
        self, runner: TaskRunner | None = None, drafts: DraftUses | None = None
    ) -> MeetingViewModel:
        """Return the model of the screen, loaded."""
        uses = self.uses()
        runner = runner or InlineRunner()
        capture = CaptureModel(
            MEETING,
            write_entry=uses.write_entry,
            agree_plan=self.agree,
            drafts=drafts or draft_uses(),
            runner=runner,
            now=lambda: self.now,
        )
        model = MeetingViewModel(
            MEETING,
            capture=capture,
            departures=Departures(MEETING, set_presence=uses.set_presence, runner=runner),
            next_form=NextForm(),
            read_meeting=uses.read_meeting,
            change_commitment=uses.change_commitment,
            set_presence=uses.set_presence,
            confirm_duty=uses.confirm_duty,
            begin_meeting=uses.begin_meeting,
            go_to_item=uses.go_to_item,
            end_meeting=uses.end_meeting,
            floor=FloorUses(
                add_agenda_item=self.change,
                give_more_time=uses.give_more_time,
                move_agenda_item=uses.move_agenda_item,
                confirm_noted=uses.confirm_noted,
                withdraw_consent=self.change,
            ),
            invite=uses.invite,
            agree_plan=self.agree,
            drafts=drafts or draft_uses(),
            runner=runner,
            now=lambda: self.now,
        )
        model.load()
        return model

    def uses(self, **changes: Any) -> MeetingUses:
        """Return the use cases of a meeting, with these in their place."""

        def change(
            command: ConfirmDuty | EndMeeting | SetPresence | ChangeCommitment | UUID,
        ) -> Done[None]:
            return self.change(command)

        def change_two(meeting_id: UUID, what: UUID | Invitation) -> Done[None]:
            return self.change(meeting_id, what)

        held: dict[str, Any] = {
            "read_meeting": self.read,
            "write_entry": self.write,
            "change_commitment": change,
            "set_presence": change,
            "confirm_duty": change,
            "begin_meeting": change,
            "go_to_item": change_two,
            "give_more_time": self.change,
            "move_agenda_item": self.change,
            "confirm_noted": self.confirm,
            "end_meeting": change,
            "invite": change_two,
        }
        return refusing(MeetingUses, **{**held, **changes})

    def _ask(self, command: object) -> None:
        if self.failure is not None:
            raise self.failure
        self.asked.append(command)


def shown(look: Look) -> QWidget:
    """Return the meeting while it goes on: a decision with a dissent, an action, a note."""
    model = Table().open()
    model.capture.choose_kind(Kind.ACTION)
    model.capture.type("Skicka kursdatum till Elias och Sara")
    return _kept(model, look)


def shown_opening(look: Look) -> QWidget:
    """Return the reminder before the meeting, with all but one person here."""
    room = meeting_room(MeetingState.PLANNED, people=seats(confirmed=True))
    return _kept(Table(room).open(), look)


def shown_opening_empty(look: Look) -> QWidget:
    """Return the reminder while nobody is here."""
    people = seats(Presence.EXPECTED, confirmed=False)
    room = meeting_room(MeetingState.PLANNED, people=people, subject="")
    return _kept(Table(room).open(), look)


def shown_voice(look: Look) -> QWidget:
    """Return the item under which the young person is heard."""
    return _kept(Table(meeting_room(now=1, entries=VOICE)).open(), look)


def shown_voice_waiting(look: Look) -> QWidget:
    """Return that item before anything was said under it."""
    return _kept(Table(meeting_room(now=1, entries=())).open(), look)


def shown_disagreeing(look: Look) -> QWidget:
    """Return a dissent that is being written."""
    model = Table(meeting_room(now=5)).open()
    model.capture.disagree()
    return _kept(model, look)


def shown_review(look: Look) -> QWidget:
    """Return the end of the meeting."""
    model = Table().open()
    model.review()
    return _kept(model, look)


def shown_unsettled(look: Look) -> QWidget:
    """Return the end of the meeting while something typed is not added yet."""
    model = Table().open()
    model.capture.choose_kind(Kind.DECISION)
    model.capture.type("Skolan ringer varje fredag och berättar hur veckan har gått")
    model.capture.add()
    model.review()
    return _kept(model, look)


def shown_aside(look: Look) -> QWidget:
    """Return the meeting after somebody came in while something was being typed."""
    table = Table()
    model = table.open()
    model.capture.type("Skolan ringer varje fredag")
    model.set_presence(table.room.seats[7].id, Presence.HERE)
    model.capture.choose_kind(Kind.ACTION)
    return _kept(model, look)


def shown_over(look: Look) -> QWidget:
    """Return a meeting that was held."""
    return _kept(Table(meeting_room(MeetingState.HELD)).open(), look)


def shown_curtain(look: Look) -> QWidget:
    """Return the covered screen."""
    model = Table().open()
    model.toggle_curtain()
    return _kept(model, look)


def shown_break(look: Look) -> QWidget:
    """Return the clock of a break."""
    model = Table().open()
    model.take_a_break()
    return _kept(model, look)


def shown_prepared(look: Look) -> QWidget:
    """Return the meeting at its commitments, with what was prepared for it."""
    return _kept(Table(prepared_room(entries=DECIDED[1:2])).open(), look)


def shown_prepared_left(look: Look) -> QWidget:
    """Return it with one left, and one that is being put otherwise."""
    model = Table(prepared_room()).open()
    model.proposing.leave()
    model.proposing.put_otherwise()
    return _kept(model, look)


def shown_review_prepared(look: Look) -> QWidget:
    """Return its review, with some of it undecided."""
    model = Table(prepared_room(entries=DECIDED)).open()
    model.proposing.leave()
    model.review()
    return _kept(model, look)


def shown_audience_prepared(look: Look) -> QWidget:
    """Return the room's own screen, with what was prepared."""
    return audience(Table(prepared_room(entries=DECIDED[1:2])), look)


def shown_asking(look: Look) -> QWidget:
    """Return the meeting while it is asked who takes something back, and who is with whom."""
    first, *others = seats()
    change = PresenceChange(presence=Presence.REMOTE, at=BEGAN)
    people = (replace(first, presence=Presence.REMOTE, changes=(change,)), *others)
    model = Table(meeting_room(people=people)).open()
    model.floor.ask_who_withdraws(asks=True)
    model.floor.ask_for_item(asks=True)
    model.beside.type_item(title="Sommarlovet", category="leisure")
    return _kept(model, look)


def shown_asking_remote(look: Look) -> QWidget:
    """Return the meeting while it is asked who is with somebody remote."""
    first, *others = seats()
    change = PresenceChange(presence=Presence.REMOTE, at=BEGAN)
    people = (replace(first, presence=Presence.REMOTE, changes=(change,)), *others)
    return _kept(Table(meeting_room(people=people)).open(), look)


def shown_opening_asking(look: Look) -> QWidget:
    """Return the reminder where one leads and writes, and somebody remote is asked about."""
    both = frozenset({Function.CHAIR, Function.SECRETARY})
    change = PresenceChange(presence=Presence.REMOTE, at=BEGAN)
    people = tuple(
        replace(one, functions=both, presence=Presence.REMOTE, changes=(change,))
        if Function.CHAIR in one.functions
        else one
        for one in seats()
    )
    return _kept(Table(meeting_room(MeetingState.PLANNED, people=people)).open(), look)


def without_names() -> MeetingRoom:
    """Return the meeting while it is held without the young person's name."""
    text = "Frånvaron har ökat sedan i höstas. Umgås med äldre."
    told = replace(entry(40, text), who="Skola", kind_of_who="school")
    people = tuple(
        replace(one, organisation="") for one in seats() if one.organisation_id is not None
    )
    return replace(
        meeting_room(people=people, subject="", entries=(told,), carried=()),
        case_number="",
        place="",
        speakers=(),
        pseudonym=Pseudonym(alias="Lönn", age_band=AgeBand.FROM_15),
    )


def shown_without_names(look: Look) -> QWidget:
    """Return the meeting without names: nothing is typed on the screen that everyone sees."""
    return _kept(Table(without_names()).open(), look)


def shown_audience_without_names(look: Look) -> QWidget:
    """Return the second screen of the same."""
    return audience(Table(without_names()), look)


def shown_audience(look: Look) -> QWidget:
    """Return the second screen while the meeting goes on."""
    return audience(Table(), look)


def shown_audience_opening(look: Look) -> QWidget:
    """Return the second screen while the reminder is read aloud."""
    return audience(Table(meeting_room(MeetingState.PLANNED)), look)


def shown_audience_voice_waiting(look: Look) -> QWidget:
    """Return the second screen before the young person has said anything."""
    return audience(Table(meeting_room(now=1, entries=())), look)


def shown_audience_voice(look: Look) -> QWidget:
    """Return the second screen while the young person is heard."""
    return audience(Table(meeting_room(now=1, entries=VOICE)), look)


def shown_screen_added(look: Look) -> QWidget:
    """Return what is asked when a screen comes during a meeting."""
    return ScreenQuestion(look, "PROJEKTOR, 1920 x 1080", has_meeting=True)


def shown_alone(look: Look) -> QWidget:
    """Return what is asked before a page for one's own eyes follows on the table's screen."""
    return AloneView(AloneViewModel(), look)


def audience(table: Table, look: Look) -> QWidget:
    """Return the second screen of a meeting."""
    leader = table.open()
    model = AudienceModel(read_meeting=table.read, runner=InlineRunner(), now=lambda: table.now)
    model.follow(leader)
    view = AudienceView(model, look)
    model.setParent(view)
    leader.setParent(view)
    leader.capture.setParent(leader)
    return view


def _kept(model: MeetingViewModel, look: Look) -> QWidget:
    view = MeetingView(model, look)
    model.setParent(view)
    model.capture.setParent(model)
    return view
