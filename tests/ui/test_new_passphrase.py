"""Choosing a passphrase: words first, own ones with the reason why not."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.plain import PASSPHRASE, WORDS, make_services
from trygga_desktop.domain.passphrase import PassphraseFlaw
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.ui.new_passphrase import Match, NewPassphrase, Way, flaw_text, match_words
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.inputs import SecretInput, TextInput, UncopiedInput
from trygga_desktop.ui.widgets.new_passphrase import NewPassphraseForm, NumberedBox

OWN = "en lång rad om havre och regn"


def make(screens: int = 1) -> NewPassphrase:
    """Return the choice at its beginning."""
    services = make_services(screen_count=lambda: screens)
    return NewPassphrase(services, lambda: ("Exempelstad", "Karin Ek"))


def form(qtbot: QtBot, look: Look, model: NewPassphrase, screens: int = 1) -> NewPassphraseForm:
    """Return the form for it."""
    made = NewPassphraseForm(model, look, make_services(screen_count=lambda: screens))
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("", Match(0, None)),
        ("kas", Match(0, None)),
        ("kastanj", Match(1, None)),
        ("kastanj vinge tor", Match(2, None)),
        ("kastanj vinge tör", Match(2, 3)),
        ("kastanj ving glänta", Match(1, 2)),
        ("kas vinge", Match(0, 1)),
        (PASSPHRASE, Match(6, None)),
        (f"  {PASSPHRASE}  ", Match(6, None)),
        (f"{PASSPHRASE} till", Match(6, 7)),
        ("Kastanj", Match(0, 1)),
    ],
)
def test_the_number_of_the_wrong_word_is_told_and_not_the_word(typed: str, match: Match) -> None:
    assert match_words(typed, WORDS) == match


def test_nothing_is_ready_before_it_is_typed() -> None:
    model = make()
    assert not model.is_ready

    model.begin()

    assert model.words
    assert not model.is_ready


def test_words_are_ready_when_all_are_typed() -> None:
    model = make()
    model.begin()

    model.type(" ".join(model.words) + " ")

    assert model.is_ready
    assert model.passphrase == " ".join(model.words)


def test_letters_in_two_parts_are_the_same_letters() -> None:
    model = make()
    model.begin()

    model.type(" ".join(model.words).replace("ä", "a\u0308").replace("å", "a\u030a"))

    assert model.is_ready


@pytest.mark.parametrize("own", ["", "kort", "aaaaaaaaaaaaaaaaaaaa"])
def test_a_weak_passphrase_of_ones_own_is_refused(own: str) -> None:
    model = make()
    model.choose_own()

    model.type(own)
    model.repeat(own)

    assert not model.is_ready


def test_ones_own_passphrase_must_be_typed_twice() -> None:
    model = make()
    model.choose_own()
    model.type(OWN)
    was_ready = model.is_ready

    model.repeat(OWN)

    assert (was_ready, model.is_ready) == (False, True)
    assert model.passphrase == OWN


def test_words_are_gone_when_one_chooses_ones_own() -> None:
    model = make()
    model.begin()

    model.choose_own()

    assert model.words == ()
    assert model.way is Way.OWN


def test_nothing_is_left_when_it_is_forgotten() -> None:
    model = make()
    model.choose_own()
    model.type(OWN)
    model.repeat(OWN)

    model.forget()

    assert (model.words, model.typed, model.repeated) == ((), "", "")


@pytest.mark.parametrize("flaw", PassphraseFlaw)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_flaw_has_its_sentence(flaw: PassphraseFlaw, language: str) -> None:
    assert flaw_text(flaw, load_language(language))


def test_words_are_hidden_while_others_may_look_on(qtbot: QtBot, look: Look) -> None:
    model = make(screens=2)
    shown = form(qtbot, look, model, screens=2)
    assert not shown.findChildren(NumberedBox)

    model.say_alone()
    assert len(shown.findChildren(NumberedBox)) == 6

    model.screens_changed()
    assert not shown.findChildren(NumberedBox)


def test_words_leave_the_form_at_once(qtbot: QtBot, look: Look) -> None:
    model = make()
    shown = form(qtbot, look, model)

    model.choose_own()

    names = [widget.accessibleName() for widget in shown.findChildren(QWidget)]
    assert not any(word in name for word in WORDS for name in names)


def test_the_field_tells_how_far_one_has_come(qtbot: QtBot, look: Look) -> None:
    model = make()
    shown = form(qtbot, look, model)
    typed = shown.findChild(TextInput, "passphrase")
    assert isinstance(typed, TextInput)

    typed.setText(" ".join(model.words[:3]) + " ")
    assert typed.accessibleDescription() == "3 av 6 ord stämmer"
    typed.setText(model.words[0] + " fel ")
    assert typed.accessibleDescription() == "Ord 2 stämmer inte."
    typed.setText(" ".join(model.words))
    assert typed.accessibleDescription() == "Alla sex orden stämmer."


def test_ones_own_passphrase_is_judged_while_typed(qtbot: QtBot, look: Look) -> None:
    model = make()
    model.choose_own()
    shown = form(qtbot, look, model)
    first = shown.findChild(SecretInput, "passphrase")
    second = shown.findChild(SecretInput, "passphrase again")
    assert isinstance(first, SecretInput)
    assert isinstance(second, SecretInput)

    first.setText("kort")
    assert "15" in first.accessibleDescription()
    first.setText(OWN)
    assert first.accessibleDescription() == "Den här går att använda."
    second.setText(OWN[:4])
    assert second.accessibleDescription() == "Det stämmer så här långt."
    second.setText("annat")
    assert "olika" in second.accessibleDescription()
    second.setText(OWN)
    assert second.accessibleDescription() == "Båda är likadana."


def test_the_eye_is_absent_with_two_screens(qtbot: QtBot, look: Look) -> None:
    count = 1
    secret = SecretInput(look, lambda: count)
    qtbot.addWidget(secret)
    secret.setText(OWN)
    secret.eye.setChecked(True)
    assert secret.echoMode() is SecretInput.EchoMode.Normal

    count = 2
    secret.follow_screens()

    assert secret.eye.isHidden()
    assert secret.echoMode() is SecretInput.EchoMode.Password


@pytest.mark.parametrize("keys", ["Ctrl+C", "Ctrl+Insert", "Ctrl+X", "Shift+Del", "Ctrl+K"])
def test_typed_words_can_be_pasted_but_not_copied(
    qtbot: QtBot, qapp: QApplication, look: Look, keys: str
) -> None:
    model = make()
    shown = form(qtbot, look, model)
    typed = shown.findChild(UncopiedInput, "passphrase")
    assert typed is not None
    shown.show()
    qapp.clipboard().setText(PASSPHRASE)
    qtbot.keyClick(typed, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qapp.clipboard().setText("annat")

    typed.selectAll()
    QTest.keySequence(typed, QKeySequence(keys))

    assert typed.text() == PASSPHRASE
    assert qapp.clipboard().text() == "annat"


def test_the_menu_of_a_secret_pastes_and_does_not_copy(
    qtbot: QtBot, qapp: QApplication, look: Look
) -> None:
    typed = UncopiedInput(look, text=PASSPHRASE)
    qtbot.addWidget(typed)
    typed.show()
    typed.selectAll()

    qapp.sendEvent(
        typed,
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, typed.rect().center(), QPoint(20, 20)),
    )

    menu = typed.findChild(QMenu)
    assert isinstance(menu, QMenu)
    offered = {action.objectName() for action in menu.actions()}
    assert "edit-paste" in offered
    assert not offered & {"edit-copy", "edit-cut"}
    menu.close()


def test_the_mouse_selects_a_secret_and_copies_nothing(
    qtbot: QtBot, qapp: QApplication, look: Look
) -> None:
    typed = UncopiedInput(look, text=PASSPHRASE)
    qtbot.addWidget(typed)
    typed.show()
    qapp.clipboard().setText("annat")

    qtbot.mouseDClick(typed, Qt.MouseButton.LeftButton, pos=QPoint(30, 18))

    assert typed.selectedText()
    assert not typed.dragEnabled()
    assert qapp.clipboard().text() == "annat"


def test_the_eye_says_what_it_shows(qtbot: QtBot, look: Look) -> None:
    code = SecretInput(look, lambda: 1, show_text="Visa koden", hide_text="Dölj koden")
    qtbot.addWidget(code)
    names = [code.eye.accessibleName()]

    code.eye.setChecked(True)
    names.append(code.eye.accessibleName())

    assert names == ["Visa koden", "Dölj koden"]
