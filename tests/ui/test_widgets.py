"""The parts of screens behave alike wherever they stand."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.ui.plain import make_look
from trygga_desktop.services.changes import Changes
from trygga_desktop.ui.refresh import Refresh
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.theme import TOKENS, ThemeName
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.desk_frame import DeskFrame, StatusLine
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.inputs import (
    LONGEST_WORD,
    CheckBox,
    ComboBox,
    TextArea,
    TextInput,
)
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.matrix import MatrixView
from trygga_desktop.ui.widgets.matrix_model import Face, Head
from trygga_desktop.ui.widgets.page import Page, bring_into_view
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.progress import ThinBar
from trygga_desktop.ui.widgets.rail import Rail, RailItem
from trygga_desktop.ui.widgets.saved_sign import SavedSign
from trygga_desktop.ui.widgets.search_field import SearchField
from trygga_desktop.ui.widgets.step_list import Step, StepList
from trygga_desktop.ui.widgets.table_roles import PillValue, TableRole
from trygga_desktop.ui.widgets.two_columns import TwoColumns

Index = QModelIndex | QPersistentModelIndex
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Rows(QAbstractTableModel):
    """Names with a pill."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.names = names

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of names."""
        return 0 if parent.isValid() else len(self.names)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return two."""
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, or the pill beside it."""
        if index.column() == 1:
            pill = PillValue("Gäller", Tone.OK, "check")
            return pill if role == TableRole.PILL else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.names[index.row()]
        return "under" if role == TableRole.SECOND_LINE else None


@pytest.fixture
def in_active_window(qtbot: QtBot) -> Callable[..., QWidget]:
    """Show parts in a window that has the focus, and keep it until the test is over."""
    windows = []

    def show(*parts: QWidget) -> QWidget:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        for part in parts:
            column.addWidget(part)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return show


@pytest.mark.parametrize("key", KEYS)
def test_every_key_that_presses_presses(qtbot: QtBot, look: Look, key: Qt.Key) -> None:
    button = Button(look, "Öppna")
    qtbot.addWidget(button)
    button.show()

    with qtbot.waitSignal(button.clicked, timeout=0):
        qtbot.keyClick(button, key)


@pytest.mark.parametrize("kind", ButtonKind)
@pytest.mark.parametrize("theme", [ThemeName.LIGHT, ThemeName.HIGH_CONTRAST])
def test_the_focus_can_be_seen_on_every_button(
    in_active_window: Callable[..., QWidget], qapp: Any, kind: ButtonKind, theme: ThemeName
) -> None:
    look = make_look(qapp, theme=theme)
    button = Button(look, "Öppna", kind, icon="plus")
    in_active_window(button)
    button.clearFocus()
    without = button.grab().toImage()

    button.setFocus()

    assert button.grab().toImage() != without


def test_a_disabled_button_looks_different(qtbot: QtBot, look: Look) -> None:
    button = Button(look, "Öppna", ButtonKind.PRIMARY)
    qtbot.addWidget(button)
    enabled = button.grab().toImage()

    button.setEnabled(False)

    assert button.grab().toImage() != enabled


def test_a_table_opens_its_row_with_enter_and_double_click(
    qtbot: QtBot, look: Look, qtmodeltester: ModelTester
) -> None:
    model = Rows(["Ett", "Två"])
    table = DataTable(look, "Ärenden")
    qtbot.addWidget(table)
    table.show_model(model)
    table.show()
    qtmodeltester.check(model)

    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.row_opened, timeout=0) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [1]
    with qtbot.waitSignal(table.row_opened, timeout=0) as clicked:
        table.doubleClicked.emit(model.index(0, 0))
    assert clicked.args == [0]


@pytest.mark.parametrize("way", ["right", "click"])
def test_the_focus_of_a_row_stays_in_its_first_column(
    qtbot: QtBot, look: Look, in_active_window: Callable[..., QWidget], way: str
) -> None:
    table = DataTable(look, "Ärenden")
    window = in_active_window(table)
    window.resize(500, 300)
    table.show_model(Rows(["Ett", "Två", "Tre"]))
    table.setFocus()
    table.setCurrentIndex(table.model().index(1, 0))
    ring = table.grab().toImage()

    if way == "right":
        qtbot.keyClick(table, Qt.Key.Key_Right)
    else:
        place = table.visualRect(table.model().index(1, 1)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 0)
    assert table.grab().toImage() == ring


def test_no_line_stands_below_the_last_row(qtbot: QtBot, look: Look) -> None:
    table = DataTable(look, "Ärenden")
    qtbot.addWidget(table)
    table.show_model(Rows(["Ett", "Två"]))
    table.show()
    table.clearSelection()
    table.resize(400, table.height_of_rows(2))
    picture = table.viewport().grab().toImage()

    colours = [
        picture.pixelColor(300, table.visualRect(table.model().index(row, 0)).bottom()).name()
        for row in range(2)
    ]

    assert colours[0].upper() == look.theme.tokens.border
    assert colours[1].upper() != look.theme.tokens.border


def test_a_table_always_has_a_current_row(qtbot: QtBot, look: Look) -> None:
    model = Rows(["Ett"])
    table = DataTable(look, "Ärenden")
    qtbot.addWidget(table)

    table.show_model(model)
    model.beginResetModel()
    model.endResetModel()

    assert table.currentIndex().row() == 0
    assert table.height_of_rows(5) == table.height_of_rows(1)


def test_an_empty_table_opens_nothing(qtbot: QtBot, look: Look) -> None:
    table = DataTable(look, "Ärenden")
    qtbot.addWidget(table)
    table.show_model(Rows([]))

    with qtbot.assertNotEmitted(table.row_opened):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_hostile_text_is_drawn_in_a_table(qtbot: QtBot, look: Look) -> None:
    table = DataTable(look, "Ärenden")
    qtbot.addWidget(table)
    table.show_model(Rows(["<img src=x>", "\0\u202e", "x" * 1_000_000, "👩\u200d👧"]))
    table.resize(400, 400)

    assert not table.grab().isNull()


def test_escape_empties_a_search_and_then_goes_on(qtbot: QtBot, look: Look) -> None:
    field = SearchField(look, "Filtrera")
    qtbot.addWidget(field)
    field.setText("abc")

    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert field.text() == ""
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_narrow_search_is_named_in_full_for_a_screen_reader(qtbot: QtBot, look: Look) -> None:
    field = SearchField(look, "Filtrera på namn eller nummer", placeholder="Filtrera på namn")
    qtbot.addWidget(field)

    assert field.accessibleName() == "Filtrera på namn eller nummer"
    assert field.placeholderText() == "Filtrera på namn"


def test_buttons_stand_below_each_other_where_there_is_no_room(qtbot: QtBot, look: Look) -> None:
    one, two = Button(look, "Fortsätt ändå"), Button(look, "Välj ett annat valv")
    flow = Flow([one, two])
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(flow)
    page.show()

    page.resize(600, 200)
    assert one.y() == two.y()
    page.resize(flow.minimumSizeHint().width() + 40, 200)
    QApplication.processEvents()

    assert one.y() < two.y()
    assert flow.sizeHint().height() > one.height()


def test_actions_go_under_a_title_where_there_is_no_room(qtbot: QtBot, look: Look) -> None:
    action = Button(look, "Nytt ärende")
    header = PageHeader(look, "Ärenden", crumbs=["Hem", "Ärenden"], actions=[action])
    qtbot.addWidget(header)
    header.show()

    header.resize(900, 80)
    beside = action.mapTo(header, action.rect().topLeft()).y()
    header.resize(400, 160)
    QApplication.processEvents()

    assert action.mapTo(header, action.rect().topLeft()).y() > beside


def test_a_field_names_and_describes_its_control(qtbot: QtBot, look: Look) -> None:
    control = TextInput(look)
    field = Field(look, "Förnamn", control, hint="Som i folkbokföringen.")
    qtbot.addWidget(field)
    assert (control.accessibleName(), control.accessibleDescription()) == (
        "Förnamn",
        "Som i folkbokföringen.",
    )

    field.show_state(FieldState.BAD, "Kontrollsiffran stämmer inte.")

    assert control.accessibleDescription() == "Kontrollsiffran stämmer inte."
    assert control.property("state") == "bad"


@pytest.mark.parametrize("theme", TOKENS)
@pytest.mark.parametrize("state", FieldState)
def test_the_focus_can_be_seen_in_a_field_whatever_is_thought_of_it(
    in_active_window: Callable[..., QWidget], qapp: Any, state: FieldState, theme: ThemeName
) -> None:
    look = make_look(qapp, theme=theme)
    one, other = TextInput(look), TextInput(look)
    field = Field(look, "Förnamn", one)
    in_active_window(field, other)
    field.show_state(state, "Så här.")
    other.setFocus()
    without = one.grab().toImage()

    one.setFocus()

    focused = one.grab().toImage()
    middle = focused.width() // 2
    ring = [focused.pixelColor(middle, row).name().upper() for row in range(2)]
    assert ring == [look.theme.tokens.focus] * 2
    assert without.pixelColor(middle, 1).name().upper() != look.theme.tokens.focus
    if state is FieldState.BAD:
        assert without.pixelColor(middle, 0).name().upper() == look.theme.tokens.bad


@pytest.mark.parametrize("theme", TOKENS)
def test_a_field_to_read_looks_unlike_one_to_write_in(
    qtbot: QtBot, qapp: Any, theme: ThemeName
) -> None:
    look = make_look(qapp, theme=theme)
    field = TextInput(look, text="/home/ke/Trygga")
    qtbot.addWidget(field)
    field.resize(200, 36)
    edge = edge_colours(field)

    field.setReadOnly(True)

    assert len(edge) == 1
    assert len(edge_colours(field)) > 1


def edge_colours(field: QWidget) -> set[str]:
    """Return the colours along the straight part of the upper edge."""
    picture = field.grab().toImage()
    return {picture.pixelColor(x, 0).name() for x in range(10, picture.width() - 10)}


def test_a_banner_is_as_high_as_its_text(qtbot: QtBot, look: Look) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    told = banner(look, "En mening.", tone=Tone.INFO)
    column.addWidget(told)
    column.addWidget(TextArea(look))
    page.resize(400, 600)
    page.show()

    assert told.height() < 60


@pytest.mark.parametrize("joint", ["", "\u00a0"])
def test_an_endless_word_breaks_anywhere_however_it_came(
    qtbot: QtBot, look: Look, joint: str
) -> None:
    endless = f"Ö{joint}" * 1_000_000
    pasted = QMimeData()
    pasted.setText(endless)
    shown, typed_in = TextArea(look, text=endless), TextArea(look, text="Ord före ")
    for area in (shown, typed_in):
        qtbot.addWidget(area)

    typed_in.moveCursor(QTextCursor.MoveOperation.End)
    typed_in.insertFromMimeData(pasted)

    for area in (shown, typed_in):
        assert area.wordWrapMode() is QTextOption.WrapMode.WrapAnywhere


def test_words_that_grow_together_break_anywhere_until_they_are_apart(
    qtbot: QtBot, look: Look
) -> None:
    half = "Ö" * (LONGEST_WORD // 2 + 1)
    area = TextArea(look, text=f"Ord {half} {half} ord")
    qtbot.addWidget(area)
    cursor = area.textCursor()
    cursor.setPosition(5 + len(half))
    area.setTextCursor(cursor)

    modes = [area.wordWrapMode()]
    qtbot.keyClick(area, Qt.Key.Key_Backspace)
    modes.append(area.wordWrapMode())
    for _ in range(4):
        qtbot.keyClick(area, Qt.Key.Key_Backspace)
    modes.append(area.wordWrapMode())

    at_words = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    assert modes == [at_words, QTextOption.WrapMode.WrapAnywhere, at_words]


def test_a_million_ordinary_words_break_between_words(qtbot: QtBot, look: Look) -> None:
    area = TextArea(look, text="ord och mening " * 70_000)
    qtbot.addWidget(area)

    qtbot.keyClick(area, Qt.Key.Key_X)

    assert area.wordWrapMode() is QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


def test_a_combo_box_is_chosen_by_value_and_shows_text_plainly(qtbot: QtBot, look: Look) -> None:
    box = ComboBox(look, [("<b>Ett</b>", 1), ("Två\0", 2)])
    qtbot.addWidget(box)

    box.choose(2)

    assert box.currentData() == 2
    assert box.currentText() == "Två[U+0000]"
    assert not box.isEditable()
    assert not box.grab().isNull()


def test_a_check_box_wraps_its_words(qtbot: QtBot, look: Look) -> None:
    box = CheckBox(look, "Är du osäker: slå på. Det är lätt att slå på och svårt att slå av.")
    qtbot.addWidget(box)
    box.resize(160, box.heightForWidth(160))
    box.show()

    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)

    assert box.heightForWidth(160) > box.heightForWidth(900)
    assert box.isChecked()
    assert not box.grab().isNull()


def test_cards_of_one_choice_exclude_each_other(qtbot: QtBot, look: Look) -> None:
    group = QWidget()
    qtbot.addWidget(group)
    column = QVBoxLayout(group)
    one = ChoiceCard(look, "Ljust", icon="sun")
    two = ChoiceCard(look, "Mörkt", icon="moon")
    column.addWidget(one)
    column.addWidget(two)
    group.show()

    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(two, Qt.MouseButton.LeftButton)

    assert (one.isChecked(), two.isChecked()) == (False, True)
    assert one.accessibleName() == "Ljust"
    assert not group.grab().isNull()


@pytest.mark.parametrize("wide", [True, False])
def test_the_rail_says_where_one_is_and_who(
    qtbot: QtBot,
    look: Look,
    wide: bool,
) -> None:
    rail = Rail(
        look,
        rooms=[RailItem("home", "house", "Hem")],
        actions=[RailItem("lock", "lock", "Lås nu", "Ctrl+L")],
        current="home",
        initials="KE",
        name="Karin Ek",
        wide=wide,
    )
    qtbot.addWidget(rail)
    rail.show()
    names = {widget.accessibleName() for widget in rail.findChildren(QWidget)}

    assert {"Hem, du är här", "Lås nu", "Upplåst av Karin Ek"} <= names
    with qtbot.waitSignal(rail.chosen, timeout=0) as chosen:
        qtbot.keyClick(rail.findChildren(QToolButton)[-1], Qt.Key.Key_Return)
    assert chosen.args == ["lock"]
    assert not rail.grab().isNull()


def test_the_status_line_tells_when_something_was_saved(qtbot: QtBot, look: Look) -> None:
    line = StatusLine(look)
    qtbot.addWidget(line)

    line.show_saved("Sparat 07:51")

    texts = [label.text() for label in line.findChildren(PlainLabel)]
    assert texts[-1] == "Sparat 07:51"


def test_a_sign_tells_that_something_waits(qtbot: QtBot, look: Look) -> None:
    sign = SavedSign(look)
    qtbot.addWidget(sign)
    sign.show_sign("Sparat 07:51")
    saved = sign.grab().toImage()

    sign.show_sign("Sparat 07:51", waiting=True)

    assert sign.grab().toImage() != saved


@pytest.mark.parametrize("theme", TOKENS)
def test_how_much_is_left_stands_out_from_what_is_gone(
    qtbot: QtBot, qapp: Any, theme: ThemeName
) -> None:
    bar = ThinBar(make_look(qapp, theme=theme))
    qtbot.addWidget(bar)
    bar.resize(200, bar.height())

    bar.show_share(0.5)

    picture = bar.grab().toImage()
    middle = picture.height() // 2
    left, gone = (picture.pixelColor(x, middle).name().upper() for x in (50, 150))
    tokens = TOKENS[theme]
    assert (left, gone) == (tokens.accent.upper(), tokens.surface2.upper())


def test_what_is_saved_stands_below_the_right_edge_of_the_page(qtbot: QtBot, look: Look) -> None:
    rail = Rail(look, rooms=[], actions=[], current="", initials="KE", name="Karin Ek", wide=True)
    page = QWidget()
    frame = DeskFrame(look, rail=rail, page=page)
    qtbot.addWidget(frame)
    frame.status.show_saved("Sparat 07:51")

    frame.resize(1920, 1080)
    frame.show()
    QApplication.processEvents()

    saved = frame.status.findChildren(PlainLabel)[-1]
    assert right_edge(saved, frame) == right_edge(page, frame)


def right_edge(part: QWidget, frame: QWidget) -> int:
    """Return where a part of a frame ends."""
    return part.mapTo(frame, part.rect().bottomRight()).x()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_name_of_a_step_stands_beside_its_number(qtbot: QtBot, qapp: Any, scale: float) -> None:
    look = make_look(qapp, scale=scale)
    steps = StepList(look, [Step("Plats", "Var"), Step("Du", "Vem"), Step("Klart", "")], current=1)
    qtbot.addWidget(steps)
    steps.resize(round(400 * scale), 400)
    steps.show()
    QApplication.processEvents()

    for name in ("Plats", "Du", "Klart"):
        label = next(one for one in steps.findChildren(PlainLabel) if one.text() == name)
        discs = [one for one in steps.children() if type(one).__name__ == "_StepDisc"]
        nearest = min(abs(middle(disc, steps) - middle(label, steps)) for disc in discs)
        assert nearest <= 1


def middle(part: Any, whole: QWidget) -> int:
    """Return the height at which the middle of a part stands."""
    return int(part.mapTo(whole, part.rect().center()).y())


@pytest.mark.parametrize("kind", [ButtonKind.GHOST, ButtonKind.LINK])
def test_words_without_an_edge_begin_where_their_column_does(
    qtbot: QtBot, look: Look, kind: ButtonKind
) -> None:
    bare, other = Button(look, "Behåll", kind), Button(look, "Fortsätt")
    flow = Flow([bare, other])
    qtbot.addWidget(flow)
    flow.show()

    picture = bare.grab().toImage()

    ground = picture.pixelColor(0, 0)
    inked = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) != ground for y in range(4, picture.height() - 4))
    ]
    assert inked[0] <= 6
    assert picture.width() - inked[-1] >= 4


def test_a_label_stands_on_the_first_line_beside_it(qtbot: QtBot, look: Look) -> None:
    label = PlainLabel(look, "Född", style=TextStyle.SECONDARY)
    text = PlainLabel(look, "Född")
    for one in (label, text):
        qtbot.addWidget(one)
        one.resize(200, 60)
        text.setAlignment(Qt.AlignmentFlag.AlignTop)

    label.begin_beside(text.font())

    assert lowest_ink(label) == lowest_ink(text)


def lowest_ink(label: PlainLabel) -> int:
    """Return the last row with a letter in it."""
    picture = label.grab().toImage()
    ground = picture.pixelColor(picture.width() - 1, 0)
    rows = range(picture.height())
    columns = range(picture.width())
    return max(y for y in rows if any(picture.pixelColor(x, y) != ground for x in columns))


@pytest.mark.parametrize("fixed", [0, 1])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_two_columns_become_one_where_they_have_no_room(
    qtbot: QtBot, qapp: Any, fixed: int, scale: float
) -> None:
    look = make_look(qapp, scale=scale)
    parts = [Card(look, "Den unge"), Card(look, "Ärendet")]
    columns = TwoColumns(look, *parts, fixed=parts[fixed], width=300, narrow=800)
    qtbot.addWidget(columns)
    columns.show()
    widths = []

    for width in (1000, 790, 1000):
        columns.resize(round(width * scale), 600)
        QApplication.processEvents()
        one, two = (part.geometry() for part in parts)
        widths.append((one.width(), two.width()))
        assert (two.left() > one.right()) is (width == 1000)
        assert (two.top() > one.bottom()) is (width == 790)

    beside, below, again = widths
    assert beside == again
    assert beside[fixed] == round(300 * scale)
    assert below == (round(790 * scale), round(790 * scale))


def test_a_page_scrolls_to_what_has_the_focus(qtbot: QtBot, look: Look) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    for number in range(30):
        column.addWidget(Button(look, f"Knapp {number}"))
    page = Page(content)
    qtbot.addWidget(page)
    page.resize(300, 200)
    page.show()

    bring_into_view(content.findChildren(Button)[-1])

    bar = page.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0


def test_changes_reach_whoever_listens(qtbot: QtBot) -> None:
    refresh = Refresh()
    source = Refresh()

    with qtbot.waitSignal(refresh.changed, timeout=0) as told:
        refresh.spread(Changes(cases=True), source=source)

    assert told.args == [Changes(cases=True), source]


def test_a_long_name_over_one_column_makes_no_other_column_hide(qtbot: QtBot, look: Look) -> None:
    matrix = MatrixView(look, "Consents")
    qtbot.addWidget(matrix)
    names = ("Socialtjänstförvaltningen", "Skola", "Fritid", "Polis", "BUP")
    face = Face(word="Yes", icon="check", tone=Tone.OK, aloud="Yes")
    matrix.resize(620, 300)
    matrix.show()

    matrix.show_faces([Head(text="Plan")], [Head(text=one) for one in names], [[face] * 5])
    QApplication.processEvents()

    widths = [matrix.columnWidth(one) for one in range(5)]
    assert widths[0] > widths[1] == widths[2]
    assert not matrix.horizontalScrollBar().isVisible()
    assert sum(widths) + matrix.verticalHeader().width() <= 620


def test_a_list_finds_what_is_equal_to_one_of_its_choices(qtbot: QtBot, look: Look) -> None:
    choices: list[tuple[str, object]] = [("Nobody", None), ("Karin", UUID(int=7))]
    box = ComboBox(look, choices)
    qtbot.addWidget(box)

    found = []
    for value in (UUID(int=7), None, UUID(int=8)):
        box.choose(value)
        found.append(box.currentText())

    assert found == ["Karin", "Nobody", ""]


def test_a_box_that_gets_more_room_than_it_needs_keeps_its_lines_together(
    qtbot: QtBot, look: Look
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    page.resize(330, 600)
    page.show()
    QApplication.processEvents()
    box = TintedBox(look, Tone.INFO)
    lines = QVBoxLayout()
    for text in ("Own words", "I like the workshop. " * 3, "Today"):
        lines.addWidget(PlainLabel(look, text))
    box.row.addLayout(lines)

    column.addWidget(box)
    box.show()
    QApplication.processEvents()

    assert box.height() == box.row.totalHeightForWidth(box.width()) < 150
    inside = box.rect()
    assert all(inside.contains(one.geometry()) for one in box.findChildren(PlainLabel))


def test_a_card_shows_its_title_and_note(qtbot: QtBot, look: Look) -> None:
    card = Card(look, "Mina ärenden", note="7 ärenden", rows_to_edge=True)
    qtbot.addWidget(card)

    texts = [label.text() for label in card.findChildren(PlainLabel)]

    assert texts == ["Mina ärenden", "7 ärenden"]
