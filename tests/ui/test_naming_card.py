"""The municipality's name in the settings: refusals are told, and what was typed is kept."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.plain import NOW, DraftBox
from trygga_desktop.domain.errors import DiskFullError, InvalidInputError, NotConfirmedError
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.municipality import ChangeMunicipality
from trygga_desktop.ui.screens.preferences.naming import NamingField, NamingModel
from trygga_desktop.ui.screens.preferences.naming_card import NamingCard
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel


class Town:
    """Keeps the name as a vault would."""

    def __init__(self, error: Exception | None = None) -> None:
        self.name = "Exempelstad"
        self.error = error
        self.drafts = DraftBox()

    def change(self, command: ChangeMunicipality) -> Done[None]:
        """Take another name, or refuse it."""
        if self.error is not None:
            raise self.error
        self.name = command.name
        return Done(None, Changes(settings=True))

    def model(self) -> NamingModel:
        """Return the state of the card."""
        return NamingModel(
            municipality=lambda: self.name,
            change_municipality=self.change,
            drafts=self.drafts.uses,
            runner=InlineRunner(),
            now=lambda: NOW,
        )


def card_of(qtbot: QtBot, look: Look, model: NamingModel) -> NamingCard:
    """Return the shown card."""
    card = NamingCard(model, look)
    qtbot.addWidget(card)
    card.show()
    return card


def button(card: QWidget, name: str) -> Button:
    """Return a button of the card."""
    found = card.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def type_name(card: QWidget, text: str) -> None:
    """Type another name over the one there is."""
    field = card.findChild(TextInput)
    assert isinstance(field, TextInput)
    field.selectAll()
    QTest.keyClicks(field, text)


def said(card: QWidget) -> str:
    """Return everything that stands there."""
    return "\n".join(label.text() for label in card.findChildren(PlainLabel))


@pytest.mark.parametrize(
    ("flaw", "words"),
    [
        ("length", "högst 200 tecken"),
        ("form", "tecken som ingen kan se"),
        ("same", "heter redan så"),
        ("unheard of", "går inte att spara som det står"),
    ],
)
def test_a_refused_name_is_told_below_its_field_and_stays_there(
    qtbot: QtBot, look: Look, flaw: str, words: str
) -> None:
    town = Town(InvalidInputError(field="municipality", flaw=flaw))
    card = card_of(qtbot, look, town.model())

    type_name(card, "Annanstad")
    button(card, "send").click()

    assert words in said(card)
    assert not button(card, "send").isEnabled()
    assert town.name == "Exempelstad"
    field = card.findChild(TextInput)
    assert isinstance(field, TextInput)
    assert field.text() == "Annanstad"


def test_nothing_is_sent_while_there_is_no_name_or_the_one_there_is(
    qtbot: QtBot, look: Look
) -> None:
    card = card_of(qtbot, look, Town().model())

    assert not button(card, "send").isEnabled()
    type_name(card, "  ")
    assert not button(card, "send").isEnabled()
    assert "Skriv namnet." in said(card)


def test_a_full_disk_is_told_once_and_an_unconfirmed_change_closes_the_vault(
    qtbot: QtBot, look: Look
) -> None:
    card = card_of(qtbot, look, Town(DiskFullError()).model())

    type_name(card, "Annanstad")
    button(card, "send").click()
    first = card.findChild(QWidget, "banner")
    type_name(card, "Annan")

    assert first is not None
    assert card.findChild(QWidget, "banner") is first
    lost = Town(NotConfirmedError()).model()
    lost.form.type(NamingField.NAME, "Annanstad")
    with qtbot.waitSignal(lost.failed, timeout=0):
        lost.send()


def test_another_name_is_stored_by_keys_alone_and_leaves_no_draft(qtbot: QtBot, look: Look) -> None:
    town = Town()
    card = card_of(qtbot, look, town.model())
    field = card.findChild(TextInput)
    assert isinstance(field, TextInput)

    type_name(card, "<b>Annanstad</b>")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Tab)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    QTest.keyClick(button(card, "send"), Qt.Key.Key_Space)

    assert town.name == "<b>Annanstad</b>"
    assert "Namnet är ändrat" in said(card)
    assert not button(card, "cancel").isVisible()
    assert town.drafts.drafts == {}


def test_what_was_typed_comes_back_and_what_was_given_up_lies_in_the_bin(
    qtbot: QtBot, look: Look
) -> None:
    town = Town()
    model = town.model()
    model.form.type(NamingField.NAME, "Annanstad")
    model.leave()

    again = town.model()
    card = card_of(qtbot, look, again)
    assert again.form.text_in(NamingField.NAME) == "Annanstad"
    button(card, "cancel").click()

    assert again.form.text_in(NamingField.NAME) == "Exempelstad"
    assert [one.thrown_at for one in town.drafts.drafts.values()] != [None]
    assert town.model().form.text_in(NamingField.NAME) == "Exempelstad"


def test_a_new_seal_is_offered_with_the_new_name_to_whom_can_make_one(
    qtbot: QtBot, look: Look
) -> None:
    town = Town()
    model = town.model()
    card = card_of(qtbot, look, model)
    model.form.type(NamingField.NAME, "Nya Exempelstad")
    model.send()
    assert card.findChild(Button, "make a seal with the new name") is None

    model = town.model()
    model.offers_seal = True
    card = card_of(qtbot, look, model)
    model.form.type(NamingField.NAME, "Exempelstad igen")
    model.send()
    with qtbot.waitSignal(model.seal_wanted):
        button(card, "make a seal with the new name").click()
