"""An error that nobody takes is told without its values, and locks an open vault."""

import sys
import threading
from threading import Thread

import pytest

from tests.ui.desks import OpenDesk, frame, shows
from tests.ui.plain import FOLDER
from trygga_desktop.ui.last_resort import LastResort
from trygga_desktop.ui.problems import ProblemKind, Trouble
from trygga_desktop.ui.screens.problem.view import ProblemView
from trygga_desktop.ui.widgets.buttons import Button

NAME = "Viktor Testman"


def fail() -> None:
    """Fail with a name in the message."""
    raise ValueError(NAME)


def hand_over(resort: LastResort) -> None:
    """Fail, and give the error to the last resort as Python does."""
    try:
        fail()
    except ValueError as error:
        resort(type(error), error, error.__traceback__)


def test_nothing_that_the_error_says_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[Trouble] = []

    hand_over(LastResort(told.append))

    assert [one.kind for one in told] == [ProblemKind.UNEXPECTED]
    printed = capsys.readouterr().err
    assert NAME not in told[0].report + printed
    assert "ValueError" in printed
    assert "fail" in told[0].report


def test_an_error_while_telling_does_not_come_round(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[Trouble] = []

    def tell(trouble: Trouble) -> None:
        told.append(trouble)
        hand_over(resort)

    resort = LastResort(tell)
    hand_over(resort)

    assert len(told) == 1
    assert NAME not in capsys.readouterr().err


def test_an_error_of_another_thread_touches_no_window(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[Trouble] = []
    thread = Thread(target=hand_over, args=(LastResort(told.append),))

    thread.start()
    thread.join()

    assert told == []
    assert "ValueError" in capsys.readouterr().err


def test_whoever_stops_the_program_is_let(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[Trouble] = []
    error = KeyboardInterrupt()

    LastResort(told.append)(KeyboardInterrupt, error, None)

    assert told == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_an_open_vault_is_closed_and_the_trouble_told(
    open_desk: OpenDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    order: list[object] = []
    window = open_desk(restart=order.append, close=lambda: order.append("closed"))

    hand_over(LastResort(window.tell_unforeseen))
    hand_over(LastResort(window.tell_unforeseen))

    assert shows(window, ProblemView)
    assert order == ["closed"]
    next(one for one in frame(window).findChildren(Button) if "Lås upp" in one.text()).click()
    assert order == ["closed", FOLDER]
    assert NAME not in capsys.readouterr().err


class Unwilling:
    """Fails where Python can only write down that it did."""

    def __del__(self) -> None:
        """Fail."""
        fail()


@pytest.fixture
def taken_over(monkeypatch: pytest.MonkeyPatch) -> list[Trouble]:
    """What is told once everything of Python's own was replaced, until the test ends."""
    for module, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(module, name, getattr(module, name))
    told: list[Trouble] = []
    LastResort(told.append).take_over()
    return told


def test_an_error_that_ends_a_thread_is_written_down_without_its_values(
    taken_over: list[Trouble], capsys: pytest.CaptureFixture[str]
) -> None:
    thread = Thread(target=fail)

    thread.start()
    thread.join()

    printed = capsys.readouterr().err
    assert "ValueError" in printed
    assert NAME not in printed
    assert taken_over == []


def test_an_error_that_nobody_can_raise_is_written_down_without_its_values(
    taken_over: list[Trouble], capsys: pytest.CaptureFixture[str]
) -> None:
    unwilling = [Unwilling()]

    unwilling.clear()

    printed = capsys.readouterr().err
    assert "ValueError" in printed
    assert NAME not in printed
    assert taken_over == []
