"""Walk at random through a meeting without names, and listen for a name in what others see."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from uuid import UUID

from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.conftest import MadeVault
from tests.people import (
    STARTS_AT,
    arrive,
    number,
    opened_case,
    organisation,
    professional,
    relative,
    room_of,
    wrote,
)
from tests.ui.overheard import Heard, copied, everything_of
from tests.ui.plain import HeldRunner
from trygga_desktop.app import Surroundings, bind_services
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.meeting import Function, Presence
from trygga_desktop.domain.parties import Custody
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.meetings import (
    AddAgendaItem,
    Invitation,
    PlanMeeting,
    SetPresence,
    add_agenda_item,
    begin_meeting,
    plan_meeting,
    set_presence,
)
from trygga_desktop.services.overview import ChangePhase, change_phase
from trygga_desktop.services.papers import (
    ComposeCalendar,
    ComposePaper,
    PaperKind,
    compose_calendar,
    compose_paper,
)
from trygga_desktop.services.protocols import ComposeProtocol, compose_protocol
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.audience import AudienceWindow
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel

ALIAS = "Rådjur"
# Words that nothing else in the program has.
GIVEN, FAMILY, MOTHER = "Zebulon", "Kvistgren", "Ottiliana"
SCHOOL, TOWN, REGISTER = "Tallmyrskolan", "Granhult", "GHT-4711"
NAMES = (GIVEN, FAMILY, MOTHER, SCHOOL, TOWN, REGISTER, "20090514", "090514", "2009-05-14")
_NO = Qt.KeyboardModifier.NoModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass(slots=True)
class Walked:
    """What a walk came to: what was done, how often the alias was met, and every name that was."""

    actions: Counter[str] = field(default_factory=Counter)
    looks: int = 0
    aliases: int = 0
    leaks: list[tuple[int, str, str, str]] = field(default_factory=list)


def walk_without_names(  # noqa: PLR0913  what a window stands on
    made: MadeVault,
    *,
    application: QApplication,
    appearance: Appearance,
    place: Path,
    count: int,
    seed: int,
) -> Walked:
    """Do so many random things in a meeting without names, and tell where a name was said."""
    walker = _Walker(made, application, appearance, place, seed)
    walker.read_papers()
    walker.begin()
    for step in range(count):
        walker.step(step)
    walker.close()
    return walker.walked


class _Walker:
    def __init__(
        self,
        made: MadeVault,
        application: QApplication,
        appearance: Appearance,
        place: Path,
        seed: int,
    ) -> None:
        self.walked = Walked()
        self._vault = vault = made.open()
        self._application = application
        self._chance = random.Random(seed)  # noqa: S311  so that a failure can be repeated
        self._runner = HeldRunner()
        self._case_id, self._parties = self._make_case()
        self._meeting_id = self._plan()
        given = Surroundings(
            now=vault.environment.now,
            state_folder=vault.environment.state_folder,
            settings_folder=place,
            suggested_folder=place,
        )
        self._window = MainWindow(bind_services(given, lambda _: None), appearance, self._runner)
        self._window.show()
        self._window.enter_desk(vault)
        self._settle()
        self._actions: dict[Callable[[], None], int] = {
            self._go_by_key: 6,
            self._write_by_key: 6,
            self._move_somebody: 6,
            self._write_behind: 4,
            self._cover: 3,
            self._take_a_break: 2,
            self._review: 3,
            self._screen_of_the_room: 4,
            self._look_behind: 4,
            self._come_back: 8,
            self._copy: 3,
            self._change_size: 2,
        }

    def read_papers(self) -> None:
        """Read what goes out before the meeting."""
        for seat in room_of(self._vault, self._meeting_id).seats:
            for kind in (PaperKind.SUMMONS, PaperKind.SHEET):
                paper = ComposePaper(meeting_id=self._meeting_id, kind=kind, participant_id=seat.id)
                pdf = compose_paper(paper, vault=self._vault).value.pdf
                self._note(-1, "paper", [Heard(kind, _text_of(pdf))])
            entry = ComposeCalendar(meeting_id=self._meeting_id, participant_id=seat.id)
            text = compose_calendar(entry, vault=self._vault).value.decode()
            self._note(-1, "calendar", [Heard("calendar", text)])

    def begin(self) -> None:
        """Begin the meeting with everyone there, and show it."""
        for seat in room_of(self._vault, self._meeting_id).seats:
            arrive(self._vault, self._meeting_id, seat)
        begin_meeting(self._meeting_id, vault=self._vault)
        self._go_to_meeting()
        self._settle()
        self._listen(-1, "begin")

    def step(self, step: int) -> None:
        """Do one random thing, and listen: before it is stored, and after."""
        (act,) = self._chance.choices(list(self._actions), list(self._actions.values()))
        act()
        name = act.__name__
        self.walked.actions[name] += 1
        self._listen(step, name)
        self._settle()
        self._listen(step, name)

    def close(self) -> None:
        """Read the protocol, and close the window."""
        protocol = ComposeProtocol(meeting_id=self._meeting_id)
        pdf = compose_protocol(protocol, vault=self._vault).value.pdf
        self._note(-1, "protocol", [Heard("protocol", _text_of(pdf))])
        self._window.close()
        self._settle()
        self._window.deleteLater()
        self._settle()
        self._vault.close()

    def _make_case(self) -> tuple[UUID, list[UUID]]:
        vault = self._vault
        subject = NewPerson(
            given_name=GIVEN,
            family_name=FAMILY,
            alias=ALIAS,
            birth_date=PartialDate(2009, 5, 14),
            number=number("20090514-2394"),
        )
        case_id = opened_case(vault, subject, case_number=REGISTER, programme="sspf")
        mother = NewPerson(given_name=MOTHER, family_name=FAMILY)
        relative(vault, case_id, mother, custody=Custody.SOLE)
        board = UUID(bytes=vault.trust.vault_id)
        police = organisation(vault, "police", f"Polisen i {TOWN}")
        school = organisation(vault, "school", SCHOOL)
        self._school = school
        places = [
            professional(vault, case_id, board, "Karin Ek"),
            professional(vault, case_id, school, "Maria Lind"),
            professional(vault, case_id, police, "Peter Falk"),
        ]
        change_phase(ChangePhase(case_id=case_id, phase=Phase.ASSESSMENT), vault=vault)
        return case_id, places

    def _plan(self) -> UUID:
        functions = frozenset({Function.AGENCY_REPRESENTATIVE})
        command = PlanMeeting(
            case_id=self._case_id,
            template="sspf_professionals",
            starts_at=STARTS_AT,
            place=f"{SCHOOL}, {TOWN}",
            invited=tuple(Invitation(party_id=one, functions=functions) for one in self._parties),
        )
        meeting_id = plan_meeting(command, vault=self._vault).value
        title = AddAgendaItem(meeting_id=meeting_id, title=f"{GIVEN} i {TOWN}", category="network")
        add_agenda_item(title, vault=self._vault)
        return meeting_id

    def _settle(self) -> None:
        self._runner.work_off()
        self._application.processEvents()
        # Qt does this only in a loop of its own.
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _listen(self, step: int, action: str) -> None:
        self.walked.looks += 1
        self._note(step, action, copied())
        for window in self._application.topLevelWidgets():
            # On the leader's pages what is shared is the screen of the room alone.
            is_shared = self._model is not None or isinstance(window, AudienceWindow)
            if window.isVisible() and is_shared:
                self._note(step, action, everything_of(window))

    def _note(self, step: int, action: str, heard: Iterable[Heard]) -> None:
        for where, text in heard:
            self.walked.aliases += ALIAS in text
            self.walked.leaks += [
                (step, action, one, where) for one in NAMES if one.casefold() in text.casefold()
            ]

    @property
    def _model(self) -> MeetingViewModel | None:
        rooms = self._window.desk_rooms
        current = None if rooms is None else rooms.current
        return current if isinstance(current, MeetingViewModel) else None

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NO) -> None:
        QTest.keyClick(self._window, key, modifier)

    def _go_to_meeting(self) -> None:
        rooms = self._window.desk_rooms
        assert rooms is not None
        rooms.meetings.go_to_meeting(self._case_id, self._meeting_id)

    def _go_by_key(self) -> None:
        modifier = self._chance.choice((_NO, Qt.KeyboardModifier.ShiftModifier))
        self._press(Qt.Key.Key_F8, modifier)

    def _write_by_key(self) -> None:
        """Try every key that would let somebody type on the shared screen, and type a name."""
        key, modifier = self._chance.choice(
            (
                (Qt.Key.Key_1, _CONTROL),
                (Qt.Key.Key_3, _CONTROL),
                (Qt.Key.Key_4, _CONTROL),
                (Qt.Key.Key_I, _CONTROL),
                (Qt.Key.Key_T, _CONTROL),
                (Qt.Key.Key_F4, _NO),
            )
        )
        self._press(key, modifier)
        if self._model is not None and self._window.focusWidget().isVisible():
            QTest.keyClicks(self._window.focusWidget(), GIVEN)

    def _move_somebody(self) -> None:
        seat = self._chance.choice(room_of(self._vault, self._meeting_id).seats)
        presence = self._chance.choice((Presence.HERE, Presence.REMOTE, Presence.OUTSIDE))
        command = SetPresence(
            meeting_id=self._meeting_id, participant_id=seat.id, presence=presence
        )
        set_presence(command, vault=self._vault)
        self._come_again()

    def _write_behind(self) -> None:
        """Note something with names, which nobody has tried yet."""
        text = f"{GIVEN} {FAMILY} går på {SCHOOL}; mamma {MOTHER} ringde."
        wrote(
            self._vault,
            self._meeting_id,
            text,
            under="now_each",
            organisation_id=self._school,
        )
        self._come_again()

    def _come_again(self) -> None:
        """Read the meeting anew, where it is shown."""
        if self._model is not None:
            self._go_to_meeting()

    def _cover(self) -> None:
        self._press(Qt.Key.Key_F9)

    def _take_a_break(self) -> None:
        self._press(Qt.Key.Key_B, _CONTROL)

    def _review(self) -> None:
        model = self._model
        if model is not None and not model.is_covered:
            model.review()

    def _screen_of_the_room(self) -> None:
        rooms = self._window.desk_rooms
        assert rooms is not None
        if rooms.audience.is_open:
            rooms.audience.close()
        else:
            rooms.audience.show_on(QGuiApplication.primaryScreen(), is_empty=False)

    def _look_behind(self) -> None:
        """Go where the names are: the leader's own pages, none of which others see."""
        rooms = self._window.desk_rooms
        assert rooms is not None
        self._chance.choice(
            (
                lambda: rooms.meetings.go_to_hidden(self._case_id, self._meeting_id),
                lambda: rooms.meetings.go_to_consultation(self._case_id, self._meeting_id),
            )
        )()

    def _come_back(self) -> None:
        if self._model is None:
            self._go_to_meeting()

    def _copy(self) -> None:
        self._press(Qt.Key.Key_A, _CONTROL)
        self._press(Qt.Key.Key_C, _CONTROL)

    def _change_size(self) -> None:
        self._window.resize(*self._chance.choice(((1366, 768), (1920, 1080), (960, 600))))


def _text_of(pdf: bytes) -> str:
    read = PdfReader(BytesIO(pdf))
    return "\n".join([*(one.extract_text() for one in read.pages), str(read.metadata)])
