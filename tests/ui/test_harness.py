"""The walk through a screen finds what it is there to find."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.accessibility import (
    clipped,
    faults,
    out_of_order,
    sideways,
    small_targets,
    tab_round,
    unnamed,
    unreachable,
    without_role,
)
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Initials, Pill
from trygga_desktop.ui.widgets.new_passphrase import NumberedBox


def window(qtbot: QtBot, *parts: QWidget, across: bool = False) -> QWidget:
    """Return a shown window with these parts."""
    shown = QWidget()
    qtbot.addWidget(shown)
    layout = QHBoxLayout(shown) if across else QVBoxLayout(shown)
    for part in parts:
        layout.addWidget(part)
    shown.resize(400, 300)
    shown.show()
    return shown


def test_a_field_without_a_name_is_found(qtbot: QtBot) -> None:
    assert unnamed(window(qtbot, QLineEdit()))


def test_a_table_that_traps_tab_is_found(qtbot: QtBot) -> None:
    table = QTableWidget(2, 2)
    table.setAccessibleName("Table")
    after = QPushButton("After")

    shown = window(qtbot, table, after)

    assert unreachable(shown, tab_round(shown))


@pytest.mark.parametrize("across", [True, False])
def test_going_back_in_a_row_or_up_in_a_column_is_found(
    qtbot: QtBot,
    across: bool,
) -> None:
    one, two, three = QPushButton("One"), QPushButton("Two"), QPushButton("Three")
    shown = window(qtbot, one, two, three, across=across)
    QWidget.setTabOrder(one, three)
    QWidget.setTabOrder(three, two)

    assert out_of_order(shown, tab_round(shown))


def test_a_target_too_small_to_hit_is_found(qtbot: QtBot) -> None:
    button = QPushButton("x")
    button.setFixedSize(20, 20)

    assert small_targets(window(qtbot, button))


def test_text_that_is_cut_off_is_found(qtbot: QtBot, look: Look) -> None:
    low = PlainLabel(look, "many words that need several lines in so narrow a column")
    low.setFixedSize(80, 20)
    narrow = PlainLabel(look, "Sammanfattning")
    narrow.setFixedSize(40, 100)

    assert any("below" in told for told in clipped(window(qtbot, low)))
    assert any("word" in told for told in clipped(window(qtbot, narrow)))


@pytest.mark.parametrize(
    "make",
    [
        lambda look: ComboBox(look, [("Öppnat, nyast först", 1)]),
        lambda look: NumberedBox(look, 1, "kastanjebruna"),
        lambda look: Pill(look, "Skyddade uppgifter", tone=Tone.WARN, icon="shield-user"),
    ],
    ids=["choice", "word", "pill"],
)
def test_words_that_end_in_dots_are_found(
    qtbot: QtBot, look: Look, make: Callable[[Look], QWidget]
) -> None:
    part = make(look)
    shown = window(qtbot, part)
    assert clipped(shown) == []

    part.setFixedWidth(60)

    assert clipped(shown)


def test_words_of_a_box_to_tick_that_are_cut_off_are_found(qtbot: QtBot, look: Look) -> None:
    box = CheckBox(look, "Är du osäker: slå på. Det är lätt att slå på och svårt att slå av.")
    box.setFixedSize(120, 40)

    assert clipped(window(qtbot, box))


def test_a_column_too_narrow_for_its_cells_is_found(qtbot: QtBot, look: Look) -> None:
    table = DataTable(look, "Ärenden")
    model = QStandardItemModel(1, 2)
    model.setItem(0, 0, QStandardItem("Samverkan om unga i Exempelstad"))
    model.setItem(0, 1, QStandardItem("Öppnat"))
    table.show_model(model, stretch=(1,))
    shown = window(qtbot, table)
    assert clipped(shown) == []

    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.setColumnWidth(0, 80)

    assert clipped(shown)


def test_something_that_has_a_name_and_is_nothing_is_found(qtbot: QtBot, look: Look) -> None:
    nothing = QWidget()
    nothing.setAccessibleName("Upplåst av Karin Ek")

    assert without_role(window(qtbot, nothing))
    assert without_role(window(qtbot, Initials(look, "KE", name="Karin Ek"))) == []


def test_the_way_round_may_begin_anywhere(qtbot: QtBot) -> None:
    parts = [QPushButton(name) for name in ("Three", "One", "Two")]
    shown = window(qtbot, *parts)
    layout = shown.layout()
    assert isinstance(layout, QVBoxLayout)

    # Made first and moved down: Qt's chain begins with it, and so does the first Tab.
    layout.removeWidget(parts[0])
    layout.addWidget(parts[0])
    QApplication.processEvents()

    assert out_of_order(shown, tab_round(shown)) == []


def test_a_label_that_interprets_markup_is_found(qtbot: QtBot) -> None:
    assert clipped(window(qtbot, QLabel("<b>name</b>")))


def test_a_page_that_is_too_wide_is_found(qtbot: QtBot) -> None:
    area = QScrollArea()
    wide = QWidget()
    wide.setMinimumWidth(900)
    area.setWidget(wide)

    assert sideways(window(qtbot, area))


def test_a_good_screen_has_no_faults(qtbot: QtBot, look: Look) -> None:
    first = Field(look, "Förnamn", TextInput(look))
    second = Field(look, "Efternamn", TextInput(look))

    assert faults(window(qtbot, first, second)) == []
