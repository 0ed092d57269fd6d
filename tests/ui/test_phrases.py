"""Phrases of one's own: kept for oneself alone, put in by one key, listed on no shared screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.meeting_desk import Table
from tests.ui.plain import NOW, DraftBox
from tests.ui.plan_desk import GOAL, Cabinet, go_to, make_plan_model
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.phrases import Phrases, read_phrases
from trygga_desktop.ui.phrases import PhraseBook
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.plan.view import PlanView
from trygga_desktop.ui.screens.preferences.phrases_card import PhrasesCard
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.inputs import TextArea, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.phrase_keys import PhraseKeys

LIST = "nm = Vi tar upp det igen & ses\nnu = Från och med nu\nhemligt = Bara för mig"


def known() -> Phrases:
    """Return a few phrases."""
    return read_phrases(LIST)


def book(box: DraftBox, given: str = LIST) -> PhraseBook:
    """Return a list of phrases over some drafts, read."""
    made = PhraseBook(box.uses, InlineRunner(), now=lambda: NOW, given=given)
    made.load()
    return made


def control_space(field: QWidget) -> None:
    """Press the key."""
    QTest.keyClick(field, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def menus() -> list[QMenu]:
    """Return the lists that are open."""
    return [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QMenu) and one.isVisible() and one.objectName() == "phrases"
    ]


def test_on_the_shared_screen_no_list_opens_whatever_is_typed(qtbot: QtBot, look: Look) -> None:
    model = Table().open()
    model.phrases = known
    view = MeetingView(model, look)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    text = view.findChild(TextArea, "capture text")
    assert isinstance(text, TextArea)

    for typed in ("", "h", "n", "hemlig", "x"):
        text.setPlainText(typed)
        text.moveCursor(text.textCursor().MoveOperation.End)
        control_space(text)
        assert menus() == []
        assert text.toPlainText() == typed
    assert "Bara för mig" not in [one.text() for one in view.findChildren(PlainLabel)]

    text.setPlainText("Sagt: NM")
    text.moveCursor(text.textCursor().MoveOperation.End)
    control_space(text)
    assert text.toPlainText() == "Sagt: Vi tar upp det igen & ses"
    assert model.capture.text == "Sagt: Vi tar upp det igen & ses"
    text.undo()
    assert text.toPlainText() == "Sagt: NM"


def test_at_the_desk_a_short_form_becomes_its_words_in_each_editor_of_the_plan(
    qtbot: QtBot, look: Look
) -> None:
    model = make_plan_model(Cabinet(), phrases=known)
    go_to(model, GOAL)
    view = PlanView(model, look)
    qtbot.addWidget(view)
    view.resize(1300, 900)
    view.show()
    QApplication.processEvents()
    for name in ("plan words", "plan sign"):
        area = view.findChild(TextArea, name)
        assert isinstance(area, TextArea)
        area.setPlainText("nm")
        area.moveCursor(area.textCursor().MoveOperation.End)
        control_space(area)
        assert area.toPlainText() == "Vi tar upp det igen & ses"

    view.outline.setFocus()
    QTest.keyClick(view.outline, Qt.Key.Key_F2)
    QApplication.processEvents()
    editor = view.outline.findChild(TextInput, "words in the outline")
    assert isinstance(editor, TextInput)
    editor.selectAll()
    QTest.keyClicks(editor, "nu")
    control_space(editor)
    assert model.line is not None
    assert model.line.words == "Från och med nu"
    model.undo()
    assert model.line.words != "Från och med nu"


@pytest.mark.parametrize("make", [TextArea, TextInput])
def test_at_the_desk_what_is_not_whole_is_offered(
    qtbot: QtBot, look: Look, make: Callable[[Look], TextArea | TextInput]
) -> None:
    field = make(look)
    qtbot.addWidget(field)
    PhraseKeys(field, known, offers=True)
    field.show()
    QTest.keyClicks(field, "och n")

    control_space(field)
    (menu,) = menus()
    assert [one.text() for one in menu.actions()] == [
        "nm: Vi tar upp det igen && ses",
        "nu: Från och med nu",
    ]
    menu.actions()[1].trigger()
    menu.close()
    text = field.toPlainText() if isinstance(field, TextArea) else field.text()
    assert text == "och Från och med nu"


def test_nothing_comes_into_a_field_that_cannot_be_written_in(qtbot: QtBot, look: Look) -> None:
    field = TextArea(look, text="nm")
    qtbot.addWidget(field)
    field.setReadOnly(True)
    PhraseKeys(field, known, offers=True)
    field.moveCursor(field.textCursor().MoveOperation.End)
    field.show()

    control_space(field)

    assert (menus(), field.toPlainText()) == ([], "nm")


def test_what_is_changed_in_the_settings_is_there_at_the_next_unlock(
    qtbot: QtBot, look: Look
) -> None:
    box = DraftBox()
    first = book(box)
    card = PhrasesCard(first, look)
    qtbot.addWidget(card)
    card.show()
    card.text.setPlainText("ny = Ny fras\nny = Igen")
    assert "Rad 2" in " ".join(one.text() for one in card.findChildren(PlainLabel))
    first.leave()

    (draft,) = box.drafts.values()
    assert draft.kind is DraftKind.PHRASES
    again = book(box)
    assert [one.words for one in again.phrases.known] == ["Ny fras"]


def test_whoever_takes_all_of_them_away_has_none(qtbot: QtBot, look: Look) -> None:
    box = DraftBox()
    first = book(box)
    card = PhrasesCard(first, look)
    qtbot.addWidget(card)
    card.text.setPlainText("")
    first.leave()

    again = book(box)
    assert (again.text, again.phrases.known) == ("", ())
    assert all(one.thrown_at is None for one in box.drafts.values())
