"""Nothing holds a lock up, nothing gets past one, and what was not confirmed locks too."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QMenu,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.desk_screens import CASES, GUARDED_FACTS, case_file
from tests.ui.desks import OpenDesk, command, frame, refusing, settle, shows
from tests.ui.overviews import make_overview
from tests.ui.plain import FOLDER, HeldRunner, draft_uses, raising
from trygga_desktop.domain import errors
from trygga_desktop.domain.case import CaseList
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.case_uses import CaseUses
from trygga_desktop.ui.event_log import Event
from trygga_desktop.ui.idle import IdleWatch
from trygga_desktop.ui.lock_times import LockTimes
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.problems import read_error
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.screens.home.view import HomeView
from trygga_desktop.ui.screens.new_case.view import NewCaseView
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.screens.problem.view import ProblemView
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel

T = TypeVar("T")

CTRL = Qt.KeyboardModifier.ControlModifier

WAYS: dict[str, Callable[[MainWindow], None]] = {
    "home": lambda window: rooms_of(window).go_home(),
    "new case": lambda window: rooms_of(window).go_to_new_case(),
    "case": lambda window: rooms_of(window).go_to_case(CASES[0].id),
    "settings": lambda window: rooms_of(window).go_to_settings(),
}


class StubbornDialog(QDialog):
    """A dialog that will not be closed."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """Refuse."""
        event.ignore()


class RefusingRunner(InlineRunner):
    """Takes no work once, as when the system gives no more threads."""

    refuses_next = False

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do the work, or refuse it."""
        if self.refuses_next:
            self.refuses_next = False
            raise RuntimeError
        super().run(owner, work, done, failed)


def rooms_of(window: MainWindow) -> Any:
    """Return the rooms of the open vault."""
    assert window.desk_rooms is not None
    return window.desk_rooms


def words(window: MainWindow) -> str:
    """Return everything that labels say in the window."""
    return " ".join(one.text() for one in frame(window).findChildren(PlainLabel))


def keys(window: MainWindow) -> list[str]:
    """Return every key that does something."""
    return [one.toString() for action in window.actions() for one in action.shortcuts()]


def press_lock(widget: QWidget) -> None:
    """Press Ctrl+L as the system hands it on: to the window of the widget."""
    QTest.keyClick(widget.window().windowHandle(), Qt.Key.Key_L, CTRL)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_gets_past_a_lock_that_waits(open_desk: OpenDesk, way: str) -> None:
    runner, locked = HeldRunner(), list[object]()
    window = open_desk(runner=runner, restart=locked.append)

    command(window, "Ctrl+L").trigger()
    cover = frame(window)
    WAYS[way](window)

    assert frame(window) is cover
    assert not {"Alt+Home", "Ctrl+N", "Ctrl+,", "Ctrl+L"} & set(keys(window))
    assert len(runner.waiting) == 1
    runner.work_off()
    assert locked == [FOLDER]


def test_a_change_that_was_not_confirmed_closes_the_vault_at_once(open_desk: OpenDesk) -> None:
    order: list[object] = []
    window = open_desk(
        restart=order.append,
        close=lambda: order.append("closed"),
        list_cases=raising(errors.NotConfirmedError()),
    )

    assert shows(window, ProblemView)
    assert order == ["closed"]
    assert {"Alt+Home", "Ctrl+N", "Ctrl+,", "Ctrl+L"} & set(keys(window)) == {"Ctrl+L"}


LOCKS: dict[str, Callable[[MainWindow], None]] = {
    "command": lambda window: command(window, "Ctrl+L").trigger(),
    "key": press_lock,
    "system": lambda window: rooms_of(window).lock(),
}
ENDS: dict[str, Callable[[MainWindow], None]] = {
    "not confirmed": lambda window: rooms_of(window).close_and_tell(
        read_error(errors.NotConfirmedError())
    ),
    "unforeseen": lambda window: window.tell_unforeseen(read_error(RuntimeError())),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("lock", LOCKS)
def test_where_the_vault_was_closed_a_lock_still_ends_the_process(
    open_desk: OpenDesk, end: str, lock: str
) -> None:
    order: list[object] = []
    window = open_desk(restart=order.append, close=lambda: order.append("closed"))
    settle()
    ENDS[end](window)
    assert shows(window, ProblemView)

    LOCKS[lock](window)

    assert order == ["closed", FOLDER]


def test_where_the_vault_was_closed_nobody_there_ends_the_process(open_desk: OpenDesk) -> None:
    locked, seconds = list[object](), [0.0]
    window = open_desk(restart=locked.append, services={"clock": lambda: seconds[0]})
    window.tell_unforeseen(read_error(RuntimeError()))
    watch = window.findChild(IdleWatch)
    assert isinstance(watch, IdleWatch)

    seconds[0] = 60.0 * LockTimes().idle
    watch.look()

    assert locked == [FOLDER]


def test_a_lock_waits_for_the_last_draft_of_a_vault_that_was_closed(open_desk: OpenDesk) -> None:
    runner, order = HeldRunner(), list[object]()

    def store(_: object) -> Done[None]:
        order.append("stored")
        return Done(None)

    window = open_desk(
        runner=runner,
        restart=order.append,
        close=lambda: order.append("closed"),
        drafts=draft_uses(store=store),
    )
    rooms_of(window).go_to_new_case()
    rooms_of(window).current.type(FormField.GIVEN_NAME, "Elias")
    window.tell_unforeseen(read_error(RuntimeError()))

    rooms_of(window).lock()

    assert order == []
    runner.work_off()
    assert order == ["stored", "closed", FOLDER]


@pytest.mark.parametrize("way", WAYS)
def test_from_what_was_not_confirmed_there_is_no_way_but_a_new_start(
    open_desk: OpenDesk, way: str
) -> None:
    order: list[object] = []
    window = open_desk(
        restart=order.append,
        close=lambda: order.append("closed"),
        list_cases=raising(errors.NotConfirmedError()),
    )

    WAYS[way](window)
    assert shows(window, ProblemView)
    next(one for one in frame(window).findChildren(Button) if "Lås upp" in one.text()).click()

    assert order == ["closed", FOLDER]


def test_a_draft_that_was_not_confirmed_is_told_once(open_desk: OpenDesk) -> None:
    stored, closed = list[object](), list[str]()

    def store(draft: object) -> Done[None]:
        stored.append(draft)
        raise errors.NotConfirmedError

    window = open_desk(drafts=draft_uses(store=store), close=lambda: closed.append("closed"))
    rooms = rooms_of(window)
    rooms.go_to_new_case()
    form = rooms.current
    assert isinstance(form, NewCaseViewModel)
    form.type(FormField.GIVEN_NAME, "Elias")

    form.leave()
    settle()

    assert shows(window, ProblemView)
    assert closed == ["closed"]
    assert len(stored) == 1


def test_a_screen_left_with_a_draft_that_is_not_confirmed_leads_nowhere(
    open_desk: OpenDesk,
) -> None:
    window = open_desk(drafts=draft_uses(store=raising(errors.NotConfirmedError())))
    rooms_of(window).go_to_new_case()
    rooms_of(window).current.type(FormField.GIVEN_NAME, "Elias")

    rooms_of(window).go_home()

    assert shows(window, ProblemView)


def test_a_lock_is_a_lock_even_if_the_last_draft_is_not_confirmed(open_desk: OpenDesk) -> None:
    order: list[object] = []
    window = open_desk(
        restart=order.append,
        close=lambda: order.append("closed"),
        drafts=draft_uses(store=raising(errors.NotConfirmedError())),
    )
    rooms_of(window).go_to_new_case()
    rooms_of(window).current.type(FormField.GIVEN_NAME, "Elias")

    command(window, "Ctrl+L").trigger()

    assert not shows(window, ProblemView)
    assert order == ["closed", FOLDER]


def test_the_key_locks_under_the_list_of_keys(open_desk: OpenDesk) -> None:
    locked: list[object] = []
    window = open_desk(restart=locked.append)
    window.show_shortcuts()
    settle()
    dialog = window.findChild(QDialog)
    assert isinstance(dialog, QDialog)

    press_lock(dialog)
    settle()

    assert locked == [FOLDER]
    assert window.findChild(QDialog) is None


def test_the_key_locks_from_a_popup(open_desk: OpenDesk) -> None:
    locked: list[object] = []
    window = open_desk(restart=locked.append, list_cases=lambda: Done(CaseList(rows=CASES)))
    box = frame(window).findChild(QComboBox, "sort by")
    assert isinstance(box, QComboBox)
    settle()
    box.showPopup()
    settle()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QWidget)

    press_lock(popup)
    settle()

    assert locked == [FOLDER]


def test_the_key_locks_from_a_menu(open_desk: OpenDesk) -> None:
    locked: list[object] = []
    window = open_desk(restart=locked.append)
    menu = QMenu(window)
    menu.addAction("Klipp ut")
    menu.popup(window.mapToGlobal(window.rect().center()))
    settle()

    press_lock(menu)
    settle()

    assert locked == [FOLDER]
    assert not menu.isVisible()


def test_the_key_locks_while_one_types(open_desk: OpenDesk) -> None:
    locked: list[object] = []
    window = open_desk(restart=locked.append)
    rooms_of(window).go_to_new_case()
    settle()

    press_lock(window)

    assert locked == [FOLDER]


def test_a_dialog_that_will_not_close_holds_nothing_up(open_desk: OpenDesk) -> None:
    locked: list[object] = []
    window = open_desk(restart=locked.append)
    dialog = StubbornDialog(window)
    dialog.open()
    settle()

    press_lock(dialog)

    assert locked == [FOLDER]
    assert not dialog.isVisible()


SYSTEM_DIALOGS: dict[str, Callable[[QPrinter, QWidget], QDialog]] = {
    "file dialog": lambda _, window: QFileDialog(window),
    "print dialog": QPrintDialog,
    "print preview": QPrintPreviewDialog,
}


@pytest.mark.parametrize("name", SYSTEM_DIALOGS)
def test_no_dialog_of_the_system_holds_a_lock_up(open_desk: OpenDesk, name: str) -> None:
    locked: list[object] = []
    window = open_desk(restart=locked.append)
    # A dialog does not keep its printer alive.
    printer = QPrinter()
    dialog = SYSTEM_DIALOGS[name](printer, window)
    if isinstance(dialog, QFileDialog):
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    # Qt's own `open` of some of these wants a receiver.
    QDialog.open(dialog)
    settle()

    rooms_of(window).lock()
    settle()

    assert locked == [FOLDER]
    assert not dialog.isVisible()


def test_a_save_that_is_under_way_holds_a_lock_up_only_for_a_moment(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    runner, locked = HeldRunner(), list[object]()
    window = open_desk(runner=runner, restart=locked.append)
    rooms_of(window).go_to_new_case()
    rooms_of(window).current.type(FormField.GIVEN_NAME, "Elias")

    rooms_of(window).lock()

    qtbot.waitUntil(lambda: locked == [FOLDER])
    assert runner.waiting


def test_a_page_that_cannot_be_left_holds_nothing_up(open_desk: OpenDesk) -> None:
    runner, order = RefusingRunner(), list[object]()
    window = open_desk(runner=runner, restart=order.append, close=lambda: order.append("closed"))
    rooms_of(window).go_to_new_case()
    rooms_of(window).current.type(FormField.GIVEN_NAME, "Elias")
    runner.refuses_next = True

    rooms_of(window).lock()

    assert not runner.refuses_next
    assert not shows(window, NewCaseView)
    assert order == ["closed", FOLDER]


def test_a_log_for_support_that_hangs_holds_nothing_up(qtbot: QtBot, open_desk: OpenDesk) -> None:
    runner, order = HeldRunner(), list[object]()
    window = open_desk(
        runner=runner,
        restart=order.append,
        close=lambda: order.append("closed"),
        services={"note": lambda event, _: order.append(event)},
    )
    runner.work_off()
    order.clear()

    rooms_of(window).lock()
    assert order == []
    qtbot.waitUntil(lambda: order == [FOLDER])

    runner.work_off()
    assert order == [FOLDER, "closed", Event.LOCKED]


def test_before_a_vault_is_open_the_key_does_nothing(open_desk: OpenDesk, qtbot: QtBot) -> None:
    locked: list[object] = []
    window = open_desk(restart=locked.append)
    window.close()
    other = QWidget()
    qtbot.addWidget(other)
    other.show()

    press_lock(other)

    assert locked == []


def test_a_second_screen_hides_what_was_revealed(open_desk: OpenDesk) -> None:
    screens = 1
    window = open_desk(
        case=refusing(
            CaseUses,
            read_case=lambda _: Done(case_file(CASES[2], GUARDED_FACTS)),
            read_overview=lambda _: Done(make_overview()),
        ),
        services={"screen_count": lambda: screens},
    )
    rooms_of(window).go_to_case(CASES[2].id)
    model = rooms_of(window).current
    assert isinstance(model, CaseViewModel)
    model.reveal_details()
    assert "Testman" in words(window)

    screens = 2
    window.screens_changed()

    assert not model.is_revealed
    assert "Testman" not in words(window)


def test_locking_closes_the_vault_and_starts_again_at_its_unlock_screen(
    open_desk: OpenDesk,
) -> None:
    order: list[object] = []
    window = open_desk(restart=order.append, close=lambda: order.append("closed"))

    command(window, "Ctrl+L").trigger()

    assert order == ["closed", FOLDER]


def test_locking_stores_what_is_being_typed_first(qtbot: QtBot, open_desk: OpenDesk) -> None:
    order: list[object] = []

    def store(draft: Any) -> Done[None]:
        order.append(draft.text)
        return Done(None)

    window = open_desk(
        restart=order.append, close=lambda: order.append("closed"), drafts=draft_uses(store=store)
    )
    command(window, "Ctrl+N").trigger()
    assert shows(window, NewCaseView)
    qtbot.keyClicks(frame(window).findChildren(TextInput)[0], "Demosson")

    next(one for one in frame(window).findChildren(QToolButton) if one.text() == "Lås nu").click()

    assert "Demosson" in str(order[0])
    assert order[1:] == ["closed", FOLDER]


def test_what_was_shown_is_gone_before_the_vault_is_closed(open_desk: OpenDesk) -> None:
    shown_while_closing = []
    windows: list[MainWindow] = []

    def close() -> None:
        shown_while_closing.append(shows(windows[0], HomeView))

    windows.append(open_desk(close=close))
    command(windows[0], "Ctrl+L").trigger()

    assert shown_while_closing[:1] == [False]


def test_a_vault_that_cannot_be_closed_is_locked_all_the_same(open_desk: OpenDesk) -> None:
    locked: list[object] = []
    window = open_desk(restart=locked.append, close=raising(errors.DiskFullError()))

    command(window, "Ctrl+L").trigger()

    assert locked == [FOLDER]


def test_closing_the_window_closes_the_vault(open_desk: OpenDesk) -> None:
    order: list[object] = []
    window = open_desk(restart=order.append, close=lambda: order.append("closed"))

    window.close()

    assert order == ["closed"]


def test_a_vault_is_closed_only_once(open_desk: OpenDesk) -> None:
    order: list[object] = []
    window = open_desk(restart=order.append, close=lambda: order.append("closed"))

    command(window, "Ctrl+L").trigger()
    window.close()

    assert order == ["closed", FOLDER]
