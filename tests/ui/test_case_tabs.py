"""The tabs of a case by mouse, by keyboard and by ear."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessibility import faults
from tests.ui.plain import make_look
from trygga_desktop.i18n import LANGUAGES
from trygga_desktop.ui.case_commands import case_commands
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.theme import TOKENS, ThemeName
from trygga_desktop.ui.widgets.case_tabs import CaseTab, CaseTabs


class Bar:
    """Tabs between two fields, in a window that has the focus."""

    def __init__(self, qtbot: QtBot, look: Look, current: CaseTab = CaseTab.PEOPLE) -> None:
        self.window = QWidget()
        self.above, self.below = QLineEdit(), QLineEdit()
        self.above.setAccessibleName("above")
        self.below.setAccessibleName("below")
        for field in (self.above, self.below):
            field.setFixedHeight(36)
        self.tabs = CaseTabs(look, current)
        self.chosen: list[CaseTab] = []
        self.tabs.chosen.connect(self.chosen.append)
        column = QVBoxLayout(self.window)
        for part in (self.above, self.tabs, self.below):
            column.addWidget(part)
        self._qtbot = qtbot
        qtbot.addWidget(self.window)
        self.window.resize(900, 200)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def tab(self, tab: CaseTab) -> QToolButton:
        """Return one of them."""
        found = self.tabs.findChild(QToolButton, f"tab {tab}")
        assert isinstance(found, QToolButton)
        return found

    def press(self, *keys: Qt.Key) -> None:
        """Press keys one after the other, whoever has the focus."""
        for key in keys:
            self._qtbot.keyClick(self.focus, key)

    @property
    def focus(self) -> QWidget:
        """Return what has the focus."""
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus


@pytest.fixture
def bar(qtbot: QtBot, look: Look) -> Bar:
    """The tabs, with people shown."""
    return Bar(qtbot, look)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_choose_a_tab(bar: Bar, key: Qt.Key) -> None:
    bar.tab(CaseTab.PEOPLE).setFocus()

    bar.press(Qt.Key.Key_Right, key)

    assert bar.chosen == [CaseTab.CONSENTS]


def test_the_tab_that_is_shown_is_not_chosen_again(bar: Bar) -> None:
    bar.tab(CaseTab.PEOPLE).click()

    assert bar.chosen == []


def test_a_click_chooses_a_tab(qtbot: QtBot, bar: Bar) -> None:
    qtbot.mouseClick(bar.tab(CaseTab.MEETINGS), Qt.MouseButton.LeftButton)

    assert bar.chosen == [CaseTab.MEETINGS]


def test_arrows_move_without_choosing_and_go_round(bar: Bar) -> None:
    bar.tab(CaseTab.PEOPLE).setFocus()
    stops = []

    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_End):
        bar.press(key)
        stops.append(bar.focus.objectName())
    bar.press(Qt.Key.Key_Home)

    assert stops == ["tab overview", "tab meetings", "tab overview", "tab meetings"]
    assert bar.tab(CaseTab.OVERVIEW).hasFocus()
    assert bar.chosen == []


def test_the_tabs_are_one_stop_for_the_tab_key(bar: Bar) -> None:
    bar.above.setFocus()

    bar.press(Qt.Key.Key_Tab)
    first = bar.focus
    bar.press(Qt.Key.Key_Left, Qt.Key.Key_Tab)

    assert first is bar.tab(CaseTab.PEOPLE)
    assert bar.below.hasFocus()


def test_the_tab_key_comes_back_to_the_tab_that_is_shown(bar: Bar) -> None:
    bar.tab(CaseTab.PEOPLE).setFocus()
    bar.press(Qt.Key.Key_End, Qt.Key.Key_Tab)

    bar.press(Qt.Key.Key_Backtab)

    assert bar.tab(CaseTab.PEOPLE).hasFocus()


def test_the_tab_that_is_shown_says_so(qtbot: QtBot, qapp: QApplication) -> None:
    bar = Bar(qtbot, make_look(qapp, language="en"), CaseTab.MAPPING)

    names = [bar.tab(one).accessibleName() for one in CaseTab]

    assert names == ["Overview", "People", "Consents", "Mapping, you are here", "Plan", "Meetings"]


@pytest.mark.parametrize("theme", TOKENS)
def test_the_tab_that_is_shown_has_a_line_in_the_accent(
    qtbot: QtBot, qapp: QApplication, theme: ThemeName
) -> None:
    bar = Bar(qtbot, make_look(qapp, theme=theme))

    pictures = {one: bar.tab(one).grab().toImage() for one in CaseTab}

    lowest = {
        one: picture.pixelColor(picture.width() // 2, picture.height() - 1).name()
        for one, picture in pictures.items()
    }
    accent = TOKENS[theme].accent.lower()
    assert [one for one, colour in lowest.items() if colour == accent] == [CaseTab.PEOPLE]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nobody_stumbles_over_the_tabs(
    qtbot: QtBot, qapp: QApplication, scale: float, language: str
) -> None:
    bar = Bar(qtbot, make_look(qapp, language=language, scale=scale))
    bar.window.resize(round(600 * scale), 300)
    qapp.processEvents()

    assert faults(bar.window) == []


@pytest.mark.parametrize(
    ("page", "following", "before"),
    [
        (CaseTab.OVERVIEW, CaseTab.PEOPLE, CaseTab.MEETINGS),
        (CaseTab.CONSENTS, CaseTab.MAPPING, CaseTab.PEOPLE),
        (CaseTab.MEETINGS, CaseTab.OVERVIEW, CaseTab.PLAN),
    ],
)
def test_two_keys_go_through_the_pages_of_a_case_and_a_third_leaves_it(
    look: Look, page: CaseTab, following: CaseTab, before: CaseTab
) -> None:
    gone: list[CaseTab | None] = []
    commands = case_commands(look, page, go=gone.append, leave=lambda: gone.append(None))

    for command in commands:
        command.run()

    assert gone == [following, before, None]
    assert [one.keys for one in commands] == [("Ctrl+PgDown",), ("Ctrl+PgUp",), ("Alt+Left",)]
