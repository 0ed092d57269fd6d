"""The preparation with the young person, without a vault and without waiting."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.documents.papers import HOSTILE
from tests.ui.accessibility import faults, tab_round
from tests.ui.desks import settle
from tests.ui.plain import HeldRunner
from tests.ui.voice_desk import AGENDA, TOLD, Listener, shown
from trygga_desktop.domain.errors import DiskFullError, InvalidInputError, NoAccessError
from trygga_desktop.domain.meeting import ToldBy
from trygga_desktop.ui.screens.voice.form import VoiceField, VoiceForm
from trygga_desktop.ui.screens.voice.view import VoiceView
from trygga_desktop.ui.screens.voice.view_model import VoiceState, VoiceViewModel
from trygga_desktop.ui.screens.voice.words import hint_of
from trygga_desktop.ui.text_form import Mark
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import TextArea


def words(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    if not view.isVisible():
        qtbot.addWidget(view)
        view.resize(1226, 900)
        view.show()
    settle()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def form_of(model: VoiceViewModel) -> VoiceForm:
    """Return the form, which is there once the meeting was read."""
    assert model.form is not None
    return model.form


def button(view: QWidget, name: str) -> Button:
    """Return the button of this name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def test_a_meeting_that_is_not_ours_shows_no_name_and_no_form(qtbot: QtBot, look: Look) -> None:
    listener = Listener(TOLD)
    listener.failure = NoAccessError()
    model = listener.open()

    told = words(qtbot, VoiceView(model, look))

    assert (model.state, model.form) == (VoiceState.FAILED, None)
    assert "Elias" not in told


@pytest.mark.parametrize(
    ("texts", "told_by", "missing"),
    [
        ({}, ToldBy.SELF, VoiceField.WORDS),
        ({VoiceField.WORDS: "Musik"}, ToldBy.SOMEBODY, VoiceField.TELLER),
        ({VoiceField.WORDS: "Musik"}, ToldBy.LETTER, VoiceField.LETTER),
    ],
)
def test_what_lacks_something_is_not_recorded(
    texts: dict[str, str], told_by: ToldBy, missing: VoiceField
) -> None:
    listener = Listener()
    model = listener.open()
    form = form_of(model)
    for field, text in texts.items():
        form.type(field, text)
    form.choose_teller(told_by)

    model.record()

    assert listener.commands == []
    assert form.missing == (missing,)


def test_a_letter_that_was_recorded_is_not_made_away_with() -> None:
    model = Listener(replace(TOLD, letter="Hej")).open()
    form = form_of(model)

    form.type(VoiceField.LETTER, "")

    assert form.missing == (VoiceField.LETTER,)


def test_a_refusal_is_told_at_its_field_and_a_full_disk_above_and_nothing_is_lost(
    qtbot: QtBot, look: Look
) -> None:
    listener = Listener()
    model = listener.open()
    view = VoiceView(model, look)
    form = form_of(model)
    form.type(VoiceField.WORDS, "Musik")
    listener.refusal = InvalidInputError(field="words", flaw="length")
    model.record()
    mark = hint_of(form, VoiceField.WORDS, look.language).mark
    listener.refusal = DiskFullError()
    form.type(VoiceField.WORDS, "Musik och vila")

    model.record()
    words(qtbot, view)

    assert mark is Mark.BAD
    assert model.trouble is not None
    assert form.text_in(VoiceField.WORDS) == "Musik och vila"
    assert form.may_send
    assert "Musik och vila" in "".join(listener.drafts.texts)


def test_what_was_said_is_recorded_as_it_stands_and_the_draft_is_put_to_use() -> None:
    listener = Listener()
    model = listener.open()
    left: list[bool] = []

    def leave() -> None:
        left.append(True)

    model.left.connect(leave)
    form = form_of(model)
    for field, text in (
        (VoiceField.WORDS, TOLD.words),
        (VoiceField.TELLER, TOLD.teller),
        (VoiceField.NOT_RAISED, TOLD.not_raised),
    ):
        form.type(field, text)
    form.choose_teller(ToldBy.SOMEBODY)
    form.leave_out(AGENDA[1].id, leaves=True)

    model.record()

    assert listener.commands == [TOLD]
    assert left == [True]
    assert listener.drafts.drafts == {}


def test_it_is_not_recorded_twice() -> None:
    listener, runner = Listener(), HeldRunner()
    model = listener.open(runner)
    runner.work_off()
    form_of(model).type(VoiceField.WORDS, "Musik")

    model.record()
    model.record()
    runner.work_off()

    assert len(listener.commands) == 1


def test_what_was_typed_comes_back_and_what_is_cancelled_goes_into_the_bin() -> None:
    listener = Listener()
    model = listener.open()
    form = form_of(model)
    form.type(VoiceField.WORDS, "Musik")
    form.choose_teller(ToldBy.LETTER)
    form.leave_out(AGENDA[0].id, leaves=True)
    model.go_back()

    again = listener.open()
    back = form_of(again)

    assert back.text_in(VoiceField.WORDS) == "Musik"
    assert (back.told_by, back.unraised) == (ToldBy.LETTER, frozenset({AGENDA[0].id}))
    again.cancel()
    assert form_of(listener.open()).text_in(VoiceField.WORDS) == ""


def test_who_tells_is_asked_only_where_somebody_else_does(qtbot: QtBot, look: Look) -> None:
    model = Listener().open()
    view = VoiceView(model, look)
    words(qtbot, view)
    teller = view.findChild(QWidget, "teller")
    assert isinstance(teller, QWidget)
    before = teller.isVisible()

    form_of(model).choose_teller(ToldBy.SOMEBODY)
    settle()

    assert (before, teller.isVisible()) == (False, True)


@pytest.mark.parametrize("text", [one for one in HOSTILE if one.strip()])
def test_hostile_words_stay_text(qtbot: QtBot, look: Look, text: str) -> None:
    model = Listener(replace(TOLD, words=text)).open()
    view = VoiceView(model, look)

    words(qtbot, view)

    area = view.findChild(TextArea, VoiceField.WORDS)
    assert isinstance(area, TextArea)
    assert not area.acceptRichText()


def test_all_goes_by_keyboard_in_reading_order(qtbot: QtBot, look: Look) -> None:
    model = Listener().open()
    view = VoiceView(model, look)
    words(qtbot, view)
    view.first_focus.setFocus()

    order = [one.objectName() for one in tab_round(view)]
    QTest.keyClicks(view.first_focus, "Musik")
    box = view.findChild(QCheckBox, f"not raised {AGENDA[1].id}")
    assert isinstance(box, QCheckBox)
    QTest.keyClick(box, Qt.Key.Key_Space)

    wanted = ["not_raised", "told by", "letter", f"not raised {AGENDA[0].id}"]
    assert [one for one in order if one in wanted] == wanted
    assert form_of(model).unraised == {AGENDA[1].id}
    assert button(view, "send").isEnabled()
    assert {"Ctrl+Return", "Alt+Left"} <= {key for one in view.commands for key in one.keys}


def test_the_whole_page_has_no_faults(qtbot: QtBot, look: Look) -> None:
    page = shown(look)
    words(qtbot, page)

    assert faults(page) == []


def test_a_title_that_the_young_person_may_not_see_is_a_private_item(
    qtbot: QtBot, look: Look
) -> None:
    listener = Listener()
    listener.agenda = (replace(AGENDA[0], title="", is_private=True), *AGENDA[1:])
    view = VoiceView(listener.open(), look)
    words(qtbot, view)

    box = view.findChild(QCheckBox, f"not raised {AGENDA[0].id}")

    assert isinstance(box, QCheckBox)
    assert box.text() == look.language.gettext("Private item")
