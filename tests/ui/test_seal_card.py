"""A new seal in the settings: nothing is made unasked, and its words are told."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk_screens import new_seal
from tests.ui.plain import HeldRunner, raising
from trygga_desktop.domain.errors import DiskFullError, NotConfirmedError
from trygga_desktop.services.changes import Done
from trygga_desktop.services.seals import SealOfVault
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.preferences.seal import SealModel
from trygga_desktop.ui.screens.preferences.seal_card import SealCard
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel


class Maker:
    """Makes seals and counts them."""

    def __init__(self) -> None:
        self.made = 0

    def make(self) -> Done[SealOfVault]:
        """Make another one."""
        self.made += 1
        return new_seal()


@pytest.fixture
def maker() -> Maker:
    """A vault that makes seals."""
    return Maker()


def card_of(qtbot: QtBot, look: Look, model: SealModel) -> SealCard:
    """Return the shown card."""
    card = SealCard(model, look)
    qtbot.addWidget(card)
    card.show()
    return card


def said(card: QWidget) -> str:
    """Return everything that stands there."""
    return "\n".join(label.text() for label in card.findChildren(PlainLabel))


def press_on(card: QWidget, name: str) -> None:
    """Press the button of this name."""
    button = card.findChild(Button, name)
    assert isinstance(button, Button)
    assert button.isVisible()
    button.click()
    QApplication.processEvents()


def test_no_seal_is_made_before_somebody_was_told_what_that_means(
    qtbot: QtBot, look: Look, maker: Maker
) -> None:
    model = SealModel(make_seal=maker.make, runner=InlineRunner())
    card = card_of(qtbot, look, model)
    model.make()
    press_on(card, "ask for a new seal")
    assert "förblir förseglat" in said(card)
    press_on(card, "no new seal")
    model.make()

    assert maker.made == 0
    assert "förblir förseglat" not in said(card)


def test_a_new_seal_is_made_once_and_its_words_are_told(
    qtbot: QtBot, look: Look, maker: Maker
) -> None:
    runner = HeldRunner()
    model = SealModel(make_seal=maker.make, runner=runner)
    card = card_of(qtbot, look, model)
    press_on(card, "ask for a new seal")
    press_on(card, "make the new seal")
    press_on(card, "make the new seal")
    press_on(card, "no new seal")
    with qtbot.waitSignal(model.made) as told:
        runner.work_off()

    assert maker.made == 1
    assert told.args is not None
    assert told.args[0].settings
    assert new_seal().value.words in said(card)


def test_what_went_wrong_is_told_and_a_lost_confirmation_is_for_the_window(
    qtbot: QtBot, look: Look
) -> None:
    full = SealModel(make_seal=raising(DiskFullError()), runner=InlineRunner())
    card = card_of(qtbot, look, full)
    full.ask()
    full.make()
    assert full.trouble is not None
    assert full.trouble.kind is ProblemKind.DISK_FULL
    assert new_seal().value.words not in said(card)

    lost = SealModel(make_seal=raising(NotConfirmedError()), runner=InlineRunner())
    lost.ask()
    with qtbot.waitSignal(lost.failed):
        lost.make()
