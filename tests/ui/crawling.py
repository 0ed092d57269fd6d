"""Opens screens of the wired program on a real vault, and reads what the log has by then."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QEvent, QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from tests.people import planned_meeting, running_meeting, signed_case, wrote
from tests.services.sealing_desk import to_seal
from trygga_desktop.app import Surroundings, bind_services
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.pseudonym import AgeBand
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.consultations import BeginConsultation, begin_consultation
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.sealing import seal_protocol
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.desk_rooms import DeskRooms
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.platform.sending import Sending
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.protocol.view_model import ProtocolViewModel
from trygga_desktop.ui.widgets.case_tabs import CaseTab

T = TypeVar("T")
Line = tuple[Action, UUID]
"""What stands in the log: what was done, and about what."""


def lines_of(vault: OpenVault) -> list[Line]:
    """Return what the log of a vault holds, the oldest first."""
    with vault.work() as work:
        return [(one.action, one.subject_id) for one in work.audit.entries()]


@dataclass(slots=True)
class LookingRunner:
    """Runs work at once, and looks into the log before anybody is shown what came of it.

    `before_shown` is the log before each answer was given; `unentered` names whoever was given one
    although the work for it had entered nothing.
    """

    vault: OpenVault
    before_shown: list[list[Line]] = field(default_factory=list)
    unentered: list[str] = field(default_factory=list)

    def run(
        self,
        owner: QObject,  # noqa: ARG002  always alive here
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do the work, look, and call back."""
        before = len(lines_of(self.vault))
        try:
            result = work()
        except Exception as error:
            failed(error)
            return
        if self.vault.lock.is_locked:
            self.before_shown.append(lines_of(self.vault))
            if len(self.before_shown[-1]) == before:
                self.unentered.append(repr(done))
        done(result)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawler:
    """A window on an open vault, a case with a meeting to come, a running and a held one.

    `sealed_id` is the sealed protocol of another meeting, `before_id`.

    `place` is a folder for what leaves the program.
    """

    vault: OpenVault
    runner: LookingRunner
    window: MainWindow
    place: Path
    case_id: UUID
    subject_id: UUID
    planned_id: UUID
    running_id: UUID
    held_id: UUID
    before_id: UUID
    sealed_id: UUID
    unnamed_id: UUID

    @property
    def rooms(self) -> DeskRooms:
        """Return the rooms of the vault."""
        assert self.window.desk_rooms is not None
        return self.window.desk_rooms

    def current(self, kind: type[T]) -> T:
        """Return the view model of the screen that is shown."""
        assert isinstance(self.rooms.current, kind)
        return self.rooms.current

    def entered_by(self, act: Callable[["Crawler"], Any]) -> list[Line]:
        """Do something, and return what came into the log, all of it before it was shown."""
        before = len(lines_of(self.vault))
        self.runner.before_shown.clear()
        self.runner.unentered.clear()
        act(self)
        assert self.runner.unentered == [], "something was shown that was not entered"
        after = lines_of(self.vault)[before:]
        seen = self.runner.before_shown[-1][before:] if self.runner.before_shown else []
        assert after == seen, "something was shown first, and entered then"
        return after


def enter(vault: OpenVault, appearance: Appearance, given: Surroundings, place: Path) -> Crawler:
    """Make a case with meetings, and show its vault in the window of the wired program."""
    family = signed_case(vault)
    held_id = running_meeting(vault, family)
    wrote(vault, held_id, "Går i skolan", organisation_id=family.school)
    end_meeting(EndMeeting(meeting_id=held_id), vault=vault)
    before_id = running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=before_id), vault=vault)
    sealed = to_seal(vault, before_id, ProtocolKind.FULL)
    sealed_id = seal_protocol(sealed, vault=vault).value
    running_id = running_meeting(vault, family)
    wrote(vault, running_id, "Sover illa", organisation_id=family.board)
    wrote(vault, running_id, "Ringer hem", kind=EntryKind.ACTION, responsible="Maria Lind")
    planned_id = planned_meeting(vault, family)
    unnamed = BeginConsultation(alias="Lönn", age_band=AgeBand.FROM_15, programme="sspf")
    unnamed_id = begin_consultation(unnamed, vault=vault).value
    runner = LookingRunner(vault)
    window = MainWindow(bind_services(given, _stay), appearance, runner)
    window.show()
    window.enter_desk(vault)
    return Crawler(
        vault=vault,
        runner=runner,
        window=window,
        place=place,
        case_id=family.case_id,
        subject_id=family.subject,
        planned_id=planned_id,
        running_id=running_id,
        held_id=held_id,
        before_id=before_id,
        sealed_id=sealed_id,
        unnamed_id=unnamed_id,
    )


def leave_table(on: Crawler) -> None:
    """Leave the screen of a meeting, where it is asked who sees what comes."""
    WAYS["meeting"](on)
    on.current(MeetingViewModel).go_back()


WAYS: dict[str, Callable[[Crawler], Any]] = {
    "home": lambda on: on.rooms.go_home(),
    "case": lambda on: on.rooms.go_to_case(on.case_id),
    "people": lambda on: on.rooms.cases.go_to_tab(on.case_id, CaseTab.PEOPLE),
    "details": lambda on: on.rooms.cases.go_to_details(on.case_id, on.subject_id),
    "consents": lambda on: on.rooms.cases.go_to_tab(on.case_id, CaseTab.CONSENTS),
    "mapping": lambda on: on.rooms.cases.go_to_tab(on.case_id, CaseTab.MAPPING),
    "plan": lambda on: on.rooms.cases.go_to_tab(on.case_id, CaseTab.PLAN),
    "plan_compare": lambda on: on.rooms.cases.go_to_plan_compare(on.case_id),
    "plan_progress": lambda on: on.rooms.cases.go_to_plan_progress(on.case_id),
    "plan_papers": lambda on: on.rooms.cases.go_to_plan_papers(on.case_id),
    "closing": lambda on: on.rooms.cases.endings.go_to_closing(on.case_id),
    "agreement": lambda on: on.rooms.cases.endings.go_to_agreement(on.case_id),
    "follow_up": lambda on: on.rooms.go_to_follow_up(),
    "meetings": lambda on: on.rooms.cases.go_to_meetings(on.case_id),
    "consent_form": lambda on: on.rooms.cases.go_to_consent_form(on.case_id),
    "question": lambda on: on.rooms.cases.go_to_question(on.case_id),
    "grounds": lambda on: on.rooms.cases.go_to_grounds(on.case_id),
    "withdrawal": lambda on: on.rooms.cases.go_to_withdrawal(on.case_id),
    "log": lambda on: on.rooms.cases.go_to_log(on.case_id),
    "new_meeting": lambda on: on.rooms.cases.go_to_new_meeting(on.case_id),
    "meeting": lambda on: on.rooms.meetings.go_to_meeting(on.case_id, on.running_id),
    "alone": leave_table,
    "hidden": lambda on: on.rooms.meetings.go_to_hidden(on.case_id, on.running_id),
    "answers": lambda on: on.rooms.meetings.go_to_answers(on.case_id, on.planned_id),
    "voice": lambda on: on.rooms.meetings.go_to_voice(on.case_id, on.planned_id),
    "papers": lambda on: on.rooms.meetings.go_to_papers(on.case_id, on.planned_id),
    "packet_out": lambda on: on.rooms.meetings.go_to_packet_out(on.case_id, on.planned_id),
    "packet_in": lambda on: on.rooms.meetings.go_to_packet_in(on.case_id),
    "protocol": lambda on: on.rooms.meetings.go_to_protocol(on.case_id, on.held_id),
    "signatures": lambda on: on.rooms.meetings.go_to_signatures(on.sealed_id, back=_go_nowhere),
    "excerpts": lambda on: on.rooms.meetings.go_to_excerpts(on.case_id, on.before_id),
    "directory": lambda on: on.rooms.go_to_directory(),
    "new_case": lambda on: on.rooms.go_to_new_case(),
    "new_consultation": lambda on: on.rooms.go_to_new_consultation(),
    "consultation": lambda on: on.rooms.meetings.go_to_consultation(on.unnamed_id),
    "kept": lambda on: on.rooms.drafts.go_to_kept(),
    "verify": lambda on: on.rooms.go_to_verify(),
    "ground_texts": lambda on: on.rooms.go_to_ground_texts(),
    "partners": lambda on: on.rooms.go_to_partners(),
    "preferences": lambda on: on.rooms.go_to_settings(),
}
"""How to get to each screen of a vault, by the folder that the screen lies in."""


def save_protocol(on: Crawler) -> None:
    """Save the pages that are shown."""
    on.current(ProtocolViewModel).save_to(on.place / "protokoll.pdf")


def print_protocol(on: Crawler) -> None:
    """Print the pages that are shown into a file, as a printer of the system would."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(on.place / "utskrift.pdf"))
    on.current(ProtocolViewModel).print_on(printer)
    # The pages are drawn beside the window, and come out while its events are handled.
    program = QApplication.instance()
    assert isinstance(program, QApplication)
    while program.findChildren(Sending):
        program.processEvents()
        program.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _go_nowhere() -> None:
    """Lead on to nothing."""


def _stay(_: Path | None) -> None:
    """Start nothing anew."""
