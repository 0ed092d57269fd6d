"""Every page comes to rest at every size: one that lays itself out for ever starves timers."""

import os

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.endurance.sights import EVERYTHING
from tests.ui.every_screen import SCREENS
from tests.ui.plain import make_look
from tests.ui.restlessness import watching
from tests.ui.screens import Screen

USUAL = (1366, 768)
SIZES = ((1920, 1080), (1180, 768), (640, 480), (900, 1100), (1366, 700))
"""Wider and narrower, for what a page was before decides where it begins; and heights between which
a scroll bar comes and goes, and takes its width away."""

WAYS = [
    (
        screen,
        SIZES
        if EVERYTHING in os.environ
        else (SIZES[number % len(SIZES)], SIZES[(number + 2) % len(SIZES)]),
    )
    for number, screen in enumerate(SCREENS)
]
"""Each page at two of the sizes in turn: `dev.py endurance sights` has each at all of them."""


class Restless(QWidget):
    """Changes its mind about its height whenever it is laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = QWidget()
        QVBoxLayout(self).addWidget(self.inner)
        self._is_high = False

    def event(self, event: QEvent) -> bool:
        """Ask for another height than the last time."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._is_high = not self._is_high
            self.inner.setMinimumHeight(20 if self._is_high else 10)
        return super().event(event)


class Follower(QWidget):
    """Takes its inner width from its own, as a page with columns does."""

    def __init__(self) -> None:
        super().__init__()
        self.inner = QWidget()
        QHBoxLayout(self).addWidget(self.inner)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow."""
        super().resizeEvent(event)
        self.inner.setMinimumWidth(event.size().width() // 2)


def test_a_widget_that_never_comes_to_rest_is_found(qtbot: QtBot, qapp: QApplication) -> None:
    restless = Restless()
    qtbot.addWidget(restless)
    with watching(qapp) as watch:
        restless.show()

        told = watch.settle()

    assert any(one.startswith("Restless") for one in told)


def test_a_widget_that_follows_its_size_is_at_rest(qtbot: QtBot, qapp: QApplication) -> None:
    follower = Follower()
    qtbot.addWidget(follower)
    with watching(qapp) as watch:
        follower.show()
        first = watch.settle()
        follower.resize(900, 400)

        assert (first, watch.settle()) == ([], [])


@pytest.mark.parametrize(("screen", "sizes"), WAYS, ids=[screen.name for screen, _ in WAYS])
def test_every_page_comes_to_rest_at_every_size(
    qtbot: QtBot, qapp: QApplication, screen: Screen, sizes: tuple[tuple[int, int], ...]
) -> None:
    frame = screen.build(make_look(qapp))
    qtbot.addWidget(frame)
    restless = {}
    with watching(qapp) as watch:
        frame.show()
        for size in (USUAL, *sizes):
            frame.resize(*size)
            restless[size] = watch.settle()

    assert {size: told for size, told in restless.items() if told} == {}
