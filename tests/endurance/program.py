"""The whole program in a process of its own, on a real vault and off-screen, with a hand on it."""

import faulthandler
import os
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from tests.conftest import MadeVault
from tests.people import arrive, room_of

# Before Qt is imported: nothing here needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

from trygga_desktop.app import Surroundings, make_window
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.meeting import Function
from trygga_desktop.paths import shipped
from trygga_desktop.services.meetings import (
    Invitation,
    PlanMeeting,
    begin_meeting,
    plan_meeting,
    read_meetings,
)
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.application import Appearance, build_application
from trygga_desktop.ui.desk_rooms import DeskRooms
from trygga_desktop.ui.draft_keeper import DraftKeeper
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screens.meetings.view_model import MeetingsViewModel
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel
from trygga_desktop.ui.settings import SettingsFile
from trygga_desktop.ui.typed import read_typed
from trygga_desktop.ui.widgets.case_tabs import CaseTab

if TYPE_CHECKING:
    # Windows has no fork server.
    from multiprocessing.context import ForkServerContext, SpawnContext

LOOK_AGAIN = 20
"""Milliseconds between two looks for a field that a page does not have yet."""

Editor = QLineEdit | QTextEdit


def processes(preloaded: str) -> "ForkServerContext | SpawnContext":
    """Return what starts processes that have imported everything already, where there is such."""
    if os.name != "posix":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([preloaded])
    return context


def show_program(
    made: MadeVault, restart: Callable[[Path | None], None], *, log: Path | None = None
) -> tuple[Any, MainWindow, DeskRooms]:
    """Return the application, its window with an open vault, and the rooms of that."""
    # A crash says where it was, and is no riddle.
    faulthandler.enable()
    given = Surroundings(
        now=made.environment.now,
        state_folder=made.state_folder,
        settings_folder=made.state_folder,
        suggested_folder=made.folder.parent,
        log_file=log,
    )
    application, window, _ = make_window(given, vault=None, restart=restart)
    window.show()
    window.enter_desk(made.open())
    rooms = window.desk_rooms
    assert rooms is not None
    return application, window, rooms


def appearance_in(place: Path) -> tuple[QApplication, Appearance]:
    """Return the application, and how it looks, with its settings in this folder."""
    application = build_application(["trygga"], shipped("resources"))
    icons = shipped("resources") / "icons"
    return application, Appearance(application, SettingsFile(place / "view.ini"), icons)


def _to_relative(rooms: DeskRooms, case_id: UUID) -> None:
    rooms.cases.go_to_tab(case_id, CaseTab.PEOPLE)


class Field(NamedTuple):
    """Where something is typed: how to get there, its name, and what a draft calls it."""

    go: Callable[[DeskRooms, UUID], None]
    name: str
    kept_as: str = ""

    def kept_in(self, kind: DraftKind, text: str) -> str:
        """Return what a draft holds of it."""
        typed = None if kind is DraftKind.NOTE else read_typed(text)
        return text if typed is None else typed.texts.get(self.kept_as or self.name, "")


FIELDS: dict[str, Field] = {
    "note": Field(lambda rooms, case_id: rooms.go_to_case(case_id), "note"),
    "new case": Field(lambda rooms, _: rooms.go_to_new_case(), "why"),
    "mapping": Field(
        lambda rooms, case_id: rooms.cases.go_to_tab(case_id, CaseTab.MAPPING), "text"
    ),
    "relative": Field(_to_relative, "given_name"),
    "meeting": Field(
        lambda rooms, case_id: rooms.cases.go_to_meetings(case_id), "capture text", "now"
    ),
}


def begin_a_meeting(vault: OpenVault, case_id: UUID) -> None:
    """Begin a meeting with the young person alone, so that there is one to write in."""
    people = read_meetings(case_id, vault=vault).value
    subject = frozenset({Function.SUBJECT_PERSON})
    plan = PlanMeeting(
        case_id=case_id,
        template="sspf_family",
        starts_at=vault.environment.now(),
        invited=(Invitation(party_id=people.subject_id, functions=subject),),
    )
    meeting_id = plan_meeting(plan, vault=vault).value
    (seat,) = room_of(vault, meeting_id).seats
    arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)


def find_field(window: MainWindow, rooms: DeskRooms, name: str) -> Editor | None:
    """Return a field that can be typed into by now; a form that is closed is opened."""
    model = rooms.current
    if isinstance(model, PeopleViewModel) and model.form is None and model.people is not None:
        model.begin_relative()
    if isinstance(model, MeetingsViewModel) and model.found is not None:
        rooms.meetings.go_to_meeting(model.found.row.id, model.found.meetings[0].id)
    found: list[Editor] = [*window.findChildren(QLineEdit, name)]
    found += window.findChildren(QTextEdit, name)
    return next((one for one in found if one.isVisible() and one.isEnabled()), None)


def keepers_of(window: MainWindow) -> list[DraftKeeper]:
    """Return what keeps what is typed on the page."""
    return window.findChildren(DraftKeeper)


def every(milliseconds: int, do: Callable[[], None], owner: MainWindow) -> QTimer:
    """Do something again and again until the timer is stopped."""
    timer = QTimer(owner)
    timer.setInterval(milliseconds)
    timer.timeout.connect(do)
    timer.start()
    return timer
