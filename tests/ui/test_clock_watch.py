"""A clock that is put forward or back while a vault is open is logged, once and surely."""

from datetime import timedelta

import pytest

from tests.ui.desks import OpenDesk
from tests.ui.plain import NOW, HeldRunner
from trygga_desktop.domain import errors
from trygga_desktop.domain.case import CaseList
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.clock_watch import MAY_DIFFER, ClockWatch
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.trouble import ProblemKind


class Computer:
    """Has a clock that can be set, a count that cannot, and a log that may not be writable."""

    def __init__(self, runner: TaskRunner | None = None) -> None:
        self.now = NOW
        self.count = 1_000.0
        self.logged = 0
        self.failure: Exception | None = None
        self.told: list[ProblemKind] = []
        self.watch = ClockWatch(
            now=lambda: self.now,
            count=lambda: self.count,
            log_jump=self.log,
            runner=runner or InlineRunner(),
        )
        self.watch.failed.connect(lambda trouble: self.told.append(trouble.kind))

    def log(self) -> Done[None]:
        """Write it down, or fail."""
        if self.failure is not None:
            raise self.failure
        self.logged += 1
        return Done(None)

    def go_on(self, seconds: float, *, jump: float = 0) -> None:
        """Let time pass, and set the clock."""
        self.now += timedelta(seconds=seconds + jump)
        self.count += seconds
        self.watch.look()


def test_time_that_passes_is_no_jump_however_long_it_was_asleep() -> None:
    computer = Computer()

    computer.go_on(10)
    computer.go_on(8 * 3600)

    assert computer.logged == 0


def test_a_clock_that_is_put_right_is_no_jump() -> None:
    computer = Computer()

    computer.go_on(10, jump=MAY_DIFFER)
    computer.go_on(10, jump=-2 * MAY_DIFFER)

    assert computer.logged == 0


def test_a_clock_that_is_put_right_again_and_again_is_a_jump_in_the_end() -> None:
    computer = Computer()

    for _ in range(3):
        computer.go_on(10, jump=30)

    assert computer.logged == 1


@pytest.mark.parametrize("jump", [-365 * 86_400, -3_600, 61, 3_600, 3_650 * 86_400])
def test_a_jump_is_logged_once(jump: float) -> None:
    computer = Computer()

    computer.go_on(10, jump=jump)
    computer.go_on(10)

    assert computer.logged == 1


def test_a_clock_that_is_set_back_again_has_jumped_twice() -> None:
    computer = Computer()

    computer.go_on(10, jump=3_600)
    computer.go_on(10, jump=-3_600)

    assert computer.logged == 2


def test_what_could_not_be_logged_is_tried_again() -> None:
    computer = Computer()
    computer.failure = errors.DiskFullError()
    computer.go_on(10, jump=3_600)
    computer.failure = None

    computer.go_on(10)

    assert computer.logged == 1
    assert computer.told == []


def test_a_jump_that_is_stored_and_not_confirmed_closes_the_vault() -> None:
    computer = Computer()
    computer.failure = errors.NotConfirmedError()

    computer.go_on(10, jump=3_600)

    assert computer.told == [ProblemKind.NOT_CONFIRMED]


def test_a_jump_that_is_being_logged_is_not_logged_again() -> None:
    runner = HeldRunner()
    computer = Computer(runner)

    computer.go_on(10, jump=3_600)
    computer.go_on(10)
    runner.work_off()
    computer.go_on(10)
    runner.work_off()

    assert computer.logged == 1


def test_a_jump_is_logged_before_what_is_read_after_it() -> None:
    runner = HeldRunner()
    computer = Computer(runner)
    order: list[str] = []
    watched = computer.watch.before(runner)

    def read(what: str) -> None:
        watched.run(
            computer.watch, lambda: order.append(f"{what}, {computer.logged}"), print, print
        )

    read("before")
    computer.now += timedelta(days=1)
    read("after")
    read("later")
    runner.work_off()

    assert order == ["before, 0", "after, 1", "later, 1"]
    assert computer.logged == 1


def test_whoever_has_stopped_looking_logs_nothing_more() -> None:
    computer = Computer()
    computer.watch.stop()

    computer.go_on(10, jump=3_600)

    assert computer.logged == 0


def test_the_desk_has_jumps_logged_until_it_is_locked(open_desk: OpenDesk) -> None:
    times, logged = [NOW], []

    def log() -> Done[None]:
        logged.append(times[0])
        return Done(None)

    window = open_desk(log_clock_jump=log, services={"now": lambda: times[0], "clock": lambda: 0.0})
    watch = window.findChild(ClockWatch)
    assert isinstance(watch, ClockWatch)
    times[0] = NOW - timedelta(days=365)

    watch.look()

    assert logged == times


def test_at_the_desk_a_jump_is_logged_before_the_read_that_follows(open_desk: OpenDesk) -> None:
    times, order = [NOW], []

    def log() -> Done[None]:
        order.append("jump")
        return Done(None)

    def listed() -> Done[CaseList]:
        order.append("list")
        return Done(CaseList(rows=()))

    window = open_desk(
        log_clock_jump=log,
        list_cases=listed,
        services={"now": lambda: times[0], "clock": lambda: 0.0},
    )
    assert window.desk_rooms is not None
    times[0] = NOW + timedelta(days=3650)

    window.desk_rooms.go_home()

    assert order == ["list", "jump", "list"]
