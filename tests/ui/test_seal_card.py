"""A new seal in the settings: nothing is made unasked, and its words are told."""

from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk_screens import new_seal
from tests.ui.plain import HeldRunner, raising
from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.domain.errors import DiskFullError, NotConfirmedError
from trygga_desktop.services.changes import Done
from trygga_desktop.services.seals import SealOfVault
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.preferences.seal import SealModel
from trygga_desktop.ui.screens.preferences.seal_card import SealCard
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel

FINGERPRINT = "3f8a" * 16


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


def model_of(**given: Any) -> SealModel:
    """Return the state of the card over a vault with one seal."""
    kept: dict[str, Any] = {
        "make_seal": new_seal,
        "seal": lambda: FINGERPRINT,
        "compose_sheet": lambda _: b"%PDF-",
        "runner": InlineRunner(),
    }
    return SealModel(**kept | given)


def card_of(qtbot: QtBot, look: Look, model: SealModel) -> SealCard:
    """Return the shown card."""
    card = SealCard(model, look)
    qtbot.addWidget(card)
    card.show()
    return card


def said(card: QWidget) -> str:
    """Return everything that stands there."""
    return "\n".join(label.text() for label in card.findChildren(PlainLabel))


def shown_buttons(card: QWidget) -> set[str]:
    """Return the names of the buttons that can be seen."""
    return {one.objectName() for one in card.findChildren(Button) if one.isVisible()}


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
    model = model_of(make_seal=maker.make, runner=InlineRunner())
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
    model = model_of(make_seal=maker.make, runner=runner)
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
    full = model_of(make_seal=raising(DiskFullError()), runner=InlineRunner())
    card = card_of(qtbot, look, full)
    full.ask()
    full.make()
    assert full.trouble is not None
    assert full.trouble.kind is ProblemKind.DISK_FULL
    assert new_seal().value.words not in said(card)

    lost = model_of(make_seal=raising(NotConfirmedError()), runner=InlineRunner())
    lost.ask()
    with qtbot.waitSignal(lost.failed):
        lost.make()


def test_the_fingerprint_is_always_told_in_words_and_digits_and_a_new_one_after_it(
    qtbot: QtBot, look: Look
) -> None:
    now = [FINGERPRINT]

    def make() -> Done[SealOfVault]:
        now[0] = new_seal().value.fingerprint
        return new_seal()

    card = card_of(qtbot, look, model_of(make_seal=make, seal=lambda: now[0]))
    assert in_words(FINGERPRINT) in said(card)
    assert in_groups(FINGERPRINT) in said(card)

    press_on(card, "ask for a new seal")
    press_on(card, "make the new seal")
    assert in_groups(new_seal().value.fingerprint) in said(card)
    assert in_groups(FINGERPRINT) not in said(card)


def test_whoever_may_make_no_seal_reads_and_prints_its_fingerprint_all_the_same(
    qtbot: QtBot, look: Look, maker: Maker
) -> None:
    model = model_of(make_seal=maker.make, may_make=False)
    card = card_of(qtbot, look, model)
    model.ask()
    model.make()

    assert maker.made == 0
    assert "ask for a new seal" not in shown_buttons(card)
    assert in_words(FINGERPRINT) in said(card)
    assert "print the fingerprint" in shown_buttons(card)


def test_a_vault_without_a_seal_says_so_and_prints_nothing(qtbot: QtBot, look: Look) -> None:
    composed: list[str] = []
    model = model_of(seal=str, compose_sheet=composed.append)
    card = card_of(qtbot, look, model)
    model.print_on(QPrinter(), language="sv")

    assert composed == []
    assert "print the fingerprint" not in shown_buttons(card)


def test_the_sheet_is_printed_in_the_language_of_the_screen_and_a_printer_that_fails_is_told(
    qtbot: QtBot, look: Look
) -> None:
    printed: list[bytes] = []

    def fail(pdf: bytes, _: QPrinter) -> None:
        printed.append(pdf)
        raise NotPrintedError(PrintFlaw.NO_ANSWER)

    model = model_of(compose_sheet=str.encode, print_pdf=fail)
    asked: list[Any] = []

    def ask(_: QWidget, __: str, ___: int, chosen: Any) -> QDialog:
        asked.append(chosen)
        return QDialog(card)

    card = SealCard(model, look, ask_printer=ask)
    qtbot.addWidget(card)
    card.show()
    press_on(card, "print the fingerprint")
    asked[0](QPrinter())

    assert printed == [look.language.code.encode()]
    assert "Skrivaren svarar inte" in said(card)
    none = SealCard(model, look, ask_printer=lambda *_: None)
    qtbot.addWidget(none)
    none.show()
    press_on(none, "print the fingerprint")
    assert model.print_flaw is PrintFlaw.NO_PRINTER
