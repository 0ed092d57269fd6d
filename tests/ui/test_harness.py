"""The walk through a screen finds what it is there to find."""

import pytest
from PySide6.QtWidgets import (
    QHBoxLayout,
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
    unnamed,
    unreachable,
)
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel


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

    assert unreachable(window(qtbot, table, after))


@pytest.mark.parametrize("across", [True, False])
def test_going_back_in_a_row_or_up_in_a_column_is_found(
    qtbot: QtBot,
    across: bool,  # noqa: FBT001  a parameter of the test
) -> None:
    one, two, three = QPushButton("One"), QPushButton("Two"), QPushButton("Three")
    shown = window(qtbot, one, two, three, across=across)
    QWidget.setTabOrder(one, three)
    QWidget.setTabOrder(three, two)

    assert out_of_order(shown)


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
