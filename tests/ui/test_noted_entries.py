"""What was noted stands in boxes that are used again; in one that is not used stands nothing."""

from collections.abc import Iterable

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.meeting_desk import DECIDED, entry, promise
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.ui.screens.meeting.entries import EntryColumn
from trygga_desktop.ui.screens.meeting.sizes import room_look
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import LONGEST

NOTES = tuple(entry(number, f"Anteckning {number}, bara för några.") for number in range(100, 104))
PROMISED = entry(105, "Ringa klubben", ItemKind.ACTION, commitment=promise("Dalia Karim"))


@pytest.fixture
def column(qtbot: QtBot, look: Look) -> EntryColumn:
    made = EntryColumn(room_look(look, 1366, 768))
    qtbot.addWidget(made)
    made.resize(600, 700)
    made.show()
    return made


def labels(column: EntryColumn) -> list[QLabel]:
    """Return the labels in the order of the boxes, those that nobody sees included."""
    # What is new is not shown before the column has made room for it.
    QApplication.processEvents()
    return [one for box in boxes(column) for one in box.findChildren(QLabel)]


def boxes(column: EntryColumn) -> list[QWidget]:
    layout = column.layout()
    assert layout is not None
    found = [layout.itemAt(place) for place in range(layout.count())]
    return [box for one in found if one is not None and (box := one.widget()) is not None]


def said(column: EntryColumn) -> str:
    """Return all that is told to anybody, seen or not."""
    told = [text for one in column.findChildren(QWidget) for text in _texts(one)]
    return "\n".join(told)


def _texts(widget: QWidget) -> Iterable[str]:
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QTextEdit):
        yield widget.toPlainText()


def seen(column: EntryColumn) -> list[str]:
    return [one.text() for one in labels(column) if one.isVisibleTo(column) and one.text()]


@pytest.mark.parametrize("shown", [NOTES, (PROMISED, *NOTES), DECIDED], ids=len)
def test_a_box_that_is_not_needed_says_nothing_and_is_not_seen(
    column: EntryColumn, shown: tuple[ShownEntry, ...]
) -> None:
    column.show_entries(shown, None)
    assert shown[0].item.text in seen(column)

    column.show_entries((), None)

    assert not said(column).strip()
    laid = [one._laid for one in column.findChildren(PlainLabel)]  # noqa: SLF001  nothing else tells
    assert not any(laid)
    assert not any(one.isVisibleTo(column) for one in boxes(column))
    assert column.newest is None


def test_what_is_there_again_a_moment_later_stands_in_the_boxes_of_before(
    column: EntryColumn,
) -> None:
    column.show_entries(NOTES, None)
    before, words, height = boxes(column), seen(column), column.sizeHint().height()

    column.show_entries((), None)
    column.show_entries(NOTES, None)

    assert boxes(column) == before
    assert seen(column) == words
    assert column.sizeHint().height() == height
    assert column.newest is before[-1]


def test_fewer_entries_leave_no_word_and_no_room_of_the_others(column: EntryColumn) -> None:
    column.show_entries(NOTES, None)
    assert len(seen(column)) > len(NOTES)
    column.show_entries(NOTES[:1], None)

    assert [one.isVisibleTo(column) for one in boxes(column)] == [True, False, False, False]
    assert NOTES[0].item.text in said(column)
    assert not any(one.item.text in said(column) for one in NOTES[1:])
    assert column.newest is boxes(column)[0]


def test_another_sort_of_entry_gets_a_box_of_its_own_where_an_empty_one_stood(
    column: EntryColumn,
) -> None:
    column.show_entries(NOTES, None)
    column.show_entries((), None)
    column.show_entries((PROMISED, NOTES[0]), None)

    told = [one.text() for one in labels(column) if one.isVisibleTo(column)]
    assert [one for one in told if one in {PROMISED.item.text, NOTES[0].item.text}] == [
        PROMISED.item.text,
        NOTES[0].item.text,
    ]
    assert column.newest is boxes(column)[1]


def test_a_text_that_can_be_read_in_full_goes_with_its_box(column: EntryColumn) -> None:
    whole = "Det här är långt. " * LONGEST
    column.show_entries((entry(200, whole),), None)
    (button,) = column.findChildren(QAbstractButton)
    button.click()
    assert whole in said(column)

    column.show_entries((), None)

    assert boxes(column) == []
    assert not column.findChildren(QWidget)
