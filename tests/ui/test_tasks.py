"""Work runs off the GUI thread, and its answer comes back to it."""

from threading import current_thread, main_thread

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from trygga_desktop.ui.tasks import InlineRunner, TaskRunner, ThreadRunner


class Asker(QObject):
    """Asks for a number and keeps what comes back."""

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.answer: object = None
        self.was_on_gui_thread = False

    def ask(self, runner: TaskRunner, number: int) -> None:
        """Divide a hundred by the number."""
        runner.run(self, lambda: 100 // number, self.take, self.take)

    def take(self, answer: object) -> None:
        """Keep the answer, or the error."""
        self.answer = answer
        self.was_on_gui_thread = current_thread() is main_thread()
        self.answered.emit()


def test_an_error_comes_back_as_an_answer() -> None:
    asker = Asker()

    asker.ask(InlineRunner(), 0)

    assert isinstance(asker.answer, ZeroDivisionError)


def test_an_answer_for_a_closed_screen_is_dropped(qtbot: QtBot) -> None:
    runner = ThreadRunner()
    closed, witness = Asker(), Asker()

    closed.ask(runner, 4)
    delete(closed)
    with qtbot.waitSignal(witness.answered):
        witness.ask(runner, 5)

    assert closed.answer is None
    assert witness.answer == 20
    runner.shut_down()


@pytest.mark.parametrize("number", [0, 4])
def test_the_answer_comes_on_the_gui_thread(qtbot: QtBot, number: int) -> None:
    runner = ThreadRunner()
    asker = Asker()

    with qtbot.waitSignal(asker.answered):
        asker.ask(runner, number)

    assert asker.was_on_gui_thread
    runner.shut_down()
