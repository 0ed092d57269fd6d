"""When nobody is there it warns, covers a meeting and locks; a policy may set the times."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.ui.desks import OpenDesk, frame, settle
from tests.ui.meeting_desk import Table
from tests.ui.plain import FOLDER
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.ui.idle import REST_AFTER, IdleWatch, Pace
from trygga_desktop.ui.lock_times import LEAST, MOST, LockTimes, read_policy
from trygga_desktop.ui.screens.meeting.view_model import Stage
from trygga_desktop.ui.widgets.floating_bar import FloatingBar

MINUTE = 60


class Chair:
    """Somebody who sits before the screen, or does not; notes what is said to them."""

    def __init__(self, pace: Pace = Pace.DESK, times: LockTimes | None = None) -> None:
        self.now = 0.0
        self.pace = pace
        self.told: list[object] = []
        self.watch = IdleWatch(times or LockTimes(), clock=lambda: self.now, pace=lambda: self.pace)
        self.watch.warned.connect(self.told.append)
        self.watch.calmed.connect(lambda: self.told.append("calmed"))
        self.watch.curtain_wanted.connect(lambda: self.told.append("curtain"))
        self.watch.lock_wanted.connect(lambda: self.told.append("lock"))

    def wait(self, minutes: float) -> None:
        """Do nothing until so many minutes have passed since the beginning."""
        self.now = minutes * MINUTE
        self.watch.look()

    def move_mouse(self, x: float) -> None:
        """Have the mouse somewhere."""
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(x, 0),
            QPointF(x, 0),
            none,
            none,
            Qt.KeyboardModifier.NoModifier,
        )
        self.watch.eventFilter(QObject(), event)

    def press_key(self) -> None:
        """Press a key."""
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
        self.watch.eventFilter(QObject(), key)


def test_at_the_desk_it_warns_a_minute_ahead_and_locks_after_five() -> None:
    chair = Chair()

    for minutes in (3.9, 4, 4.5, 5):
        chair.wait(minutes)

    assert chair.told == [60, 30, "lock"]


def test_a_key_takes_the_warning_back_and_begins_the_time_anew() -> None:
    chair = Chair()
    chair.wait(4.5)

    chair.press_key()
    chair.wait(9)

    assert chair.told == [30, "calmed", 30]


def test_in_each_pause_there_is_one_moment_for_what_was_put_off() -> None:
    chair = Chair()
    rests: list[float] = []
    chair.watch.rested.connect(lambda: rests.append(chair.now))

    for minutes in (0.1, 0.5, 1, 2):
        chair.wait(minutes)
    chair.press_key()
    for minutes in (2.1, 2.5, 3):
        chair.wait(minutes)

    assert rests == [0.5 * MINUTE, 2.5 * MINUTE]


def test_in_a_pause_everything_saved_moves_into_the_file(open_desk: OpenDesk) -> None:
    tidied: list[str] = []
    seconds = [0.0]
    window = open_desk(tidy=lambda: tidied.append("tidied"), services={"clock": lambda: seconds[0]})
    watch = window.findChild(IdleWatch)
    assert isinstance(watch, IdleWatch)

    watch.look()
    assert tidied == []
    seconds[0] = REST_AFTER
    watch.look()

    assert tidied == ["tidied"]


def test_nothing_is_put_off_once_the_vault_is_being_locked(open_desk: OpenDesk) -> None:
    tidied: list[str] = []
    window = open_desk(tidy=lambda: tidied.append("tidied"))
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.lock()

    rooms.rest()

    assert tidied == []


def test_a_window_that_moves_under_the_mouse_is_no_hand() -> None:
    chair = Chair()
    chair.move_mouse(1)
    chair.wait(4.5)

    chair.move_mouse(1)
    still = list(chair.told)
    chair.move_mouse(2)

    assert still == [30]
    assert chair.told == [30, "calmed"]


def test_a_running_meeting_is_covered_after_ten_minutes_and_locked_after_thirty() -> None:
    chair = Chair(Pace.MEETING)

    for minutes in (5, 9.9, 10, 20, 29, 30):
        chair.wait(minutes)

    assert chair.told == ["curtain", 60, "lock"]


def test_a_break_locks_after_two_minutes() -> None:
    chair = Chair(Pace.BREAK)

    for minutes in (0.9, 1, 2):
        chair.wait(minutes)

    assert chair.told == [60, "lock"]


def test_where_a_minute_is_all_there_is_only_its_second_half_warns() -> None:
    chair = Chair(times=LockTimes(idle=1))

    for minutes in (0.01, 0.4, 0.5, 0.75):
        chair.wait(minutes)
    chair.press_key()
    for minutes in (0.76, 1.0, 1.75):
        chair.wait(minutes)

    assert chair.told == [30, 15, "calmed", "lock"]


def test_sleep_counts_as_time_in_which_nobody_is_there() -> None:
    chair = Chair()

    chair.wait(600)

    assert chair.told == ["lock"]


def test_it_locks_once() -> None:
    chair = Chair()

    chair.wait(5)
    told = list(chair.told)
    chair.watch.note_use()

    assert told == chair.told == ["lock"]


def write(path: Path, text: str) -> Path:
    """Write a policy."""
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[lock",
        "[view]\nidle = 3",
        "[lock]\nidle = never",
        "[lock]\nidle = -1",
        "[lock]\nidle = 1e9",
        "[lock]\nidle = ²",
        "[lock]\nidle = " + "9" * 5_000,
        "[lock]\nother = 3",
        "\0",
    ],
)
def test_a_policy_that_says_nothing_right_leaves_the_usual_times(tmp_path: Path, text: str) -> None:
    assert read_policy(write(tmp_path / "policy.ini", text)) == LockTimes()


def test_no_policy_leaves_the_usual_times(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "policy.ini") == LockTimes()
    assert read_policy(tmp_path) == LockTimes()


def test_a_policy_sets_each_time(tmp_path: Path) -> None:
    text = "[lock]\nidle = 3\nmeeting_curtain = 4\nmeeting = 20\nmeeting_break = 1\n"

    times = read_policy(write(tmp_path / "policy.ini", text))

    assert times == LockTimes(idle=3, meeting_curtain=4, meeting=20, meeting_break=1)


def test_a_policy_can_turn_nothing_off(tmp_path: Path) -> None:
    text = "[lock]\nidle = 0\nmeeting = 9999\n"

    times = read_policy(write(tmp_path / "policy.ini", text))

    assert (times.idle, times.meeting) == (LEAST, MOST)


class Waiting:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def look_at_clock(window: QObject) -> None:
    """Have the watch of the window look at the clock."""
    for one in window.findChildren(IdleWatch):
        one.look()


def test_the_window_warns_over_every_page_and_locks(open_desk: OpenDesk) -> None:
    clock, locked = Waiting(), list[object]()
    window = open_desk(restart=locked.append, services={"clock": clock})
    clock.now = 4.5 * MINUTE

    look_at_clock(window)
    bar = window.findChild(FloatingBar)
    assert isinstance(bar, FloatingBar)
    told = bar.words.text()
    clock.now = 5 * MINUTE
    look_at_clock(window)
    settle()

    assert "30 sekunder" in told
    assert locked == [FOLDER]
    assert window.findChild(FloatingBar) is None


def test_any_key_keeps_the_window_open(open_desk: OpenDesk) -> None:
    clock, locked = Waiting(), list[object]()
    window = open_desk(restart=locked.append, services={"clock": clock})
    clock.now = 4.5 * MINUTE
    look_at_clock(window)

    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(frame(window), key)
    settle()
    clock.now = 8 * MINUTE
    look_at_clock(window)

    assert window.findChild(FloatingBar) is None
    assert locked == []


def test_a_running_meeting_has_its_own_pace_and_a_break_another() -> None:
    model = Table().open()
    assert model.stage is Stage.RUNNING
    paces = [model.pace]
    model.toggle_curtain()
    paces.append(model.pace)
    model.toggle_curtain()
    model.cover()
    paces.append(model.pace)
    model.toggle_curtain()
    model.review()
    paces.append(model.pace)

    assert paces == [Pace.MEETING, Pace.BREAK, Pace.MEETING, Pace.MEETING]


def test_a_meeting_that_has_not_begun_is_like_the_desk() -> None:
    table = Table()
    table.room = replace(table.room, state=MeetingState.PLANNED)

    assert table.open().pace is Pace.DESK
