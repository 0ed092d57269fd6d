"""Rubbish is looked for where the windows are, and nowhere else."""

import gc
from collections.abc import Iterator
from threading import Thread, get_ident

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from trygga_desktop.ui.platform.rubbish import MANY_LOOKS, MANY_NEW, Rubbish


class Cycle:
    """Holds itself, and notes on which thread it was taken apart."""

    def __init__(self, ended: list[int]) -> None:
        self._ended = ended
        self._myself = self

    def __del__(self) -> None:
        self._ended.append(get_ident())


@pytest.fixture
def rubbish(qapp: QApplication) -> Iterator[Rubbish]:
    """What looks for rubbish; afterwards Python does so itself again."""
    gc.collect()
    holder = QObject(qapp)
    yield Rubbish(holder)
    holder.deleteLater()
    gc.enable()


def make_much(held: list[list[object]]) -> None:
    """Make so much that Python would look for rubbish."""
    held += [[] for _ in range(2 * MANY_NEW)]


def test_what_another_thread_makes_has_no_rubbish_taken_apart_there(rubbish: Rubbish) -> None:
    ended: list[int] = []
    held: list[list[object]] = []
    Cycle(ended)
    working = Thread(target=make_much, args=(held,))
    working.start()
    working.join()
    assert ended == []

    rubbish.look()

    assert ended == [get_ident()]


def test_nothing_is_looked_for_before_there_is_enough(rubbish: Rubbish) -> None:
    ended: list[int] = []
    gc.collect()
    Cycle(ended)

    rubbish.look()

    assert ended == []


def test_what_was_still_held_at_one_look_goes_with_a_later_one(rubbish: Rubbish) -> None:
    ended: list[int] = []
    held: list[list[object]] = []
    cycle = Cycle(ended)
    make_much(held)
    rubbish.look()
    del cycle
    looks = 0
    while not ended and looks < 10 * MANY_LOOKS:
        make_much(held)
        rubbish.look()
        held.clear()
        looks += 1

    assert ended == [get_ident()]
    assert looks > 1
