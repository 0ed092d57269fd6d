"""The second screen shows the newest of what was noted, each of it whole: nobody scrolls there."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desks import settle
from tests.ui.meeting_desk import Table, audience, entry, meeting_room, promise
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.ui.screens.meeting.audience_model import AudienceModel
from trygga_desktop.ui.screens.meeting.audience_view import AudienceView, count_whole
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page import Page

PROMISED = [
    entry(
        200 + one,
        f"Löfte {one}",
        ItemKind.ACTION,
        commitment=replace(promise(f"Person {one}"), organisation=f"Aktör {one}"),
    )
    for one in range(9)
]
MANY = [entry(100 + one, f"Anteckning {one}") for one in range(9)]


def shown(qtbot: QtBot, look: Look, table: Table, size: tuple[int, int]) -> QWidget:
    view = audience(table, look)
    assert isinstance(view, AudienceView)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    settle()
    settle()
    return view


def noted_in(view: QWidget, word: str = "Anteckning ") -> list[PlainLabel]:
    found = view.findChildren(PlainLabel)
    return [one for one in found if one.text().startswith(word) and one.isVisible()]


def is_whole(view: QWidget, label: PlainLabel) -> bool:
    """Tell whether all of the box that a label stands in is on its page."""
    (page,) = [found for found in view.findChildren(Page) if found.isAncestorOf(label)]
    box = label.parentWidget()
    assert box is not None
    at = QRect(box.mapTo(page.viewport(), box.rect().topLeft()), box.size())
    return page.viewport().rect().contains(at)


def told_below(view: QWidget, label: PlainLabel) -> bool:
    """Tell whether a label stands in the window, below every promise that does."""
    at = label.mapTo(view, label.rect().bottomLeft())
    rows = [one.mapTo(view, one.rect().bottomLeft()).y() for one in noted_in(view, "Löfte ")]
    return view.rect().contains(at) and at.y() > max(rows)


def gap_above(view: QWidget, label: PlainLabel) -> int:
    """Return how far below the last promise a label stands."""
    boxes = [one.parentWidget() for one in noted_in(view, "Löfte ")]
    lowest = max(box.mapTo(view, box.rect().bottomLeft()).y() for box in boxes if box is not None)
    return label.mapTo(view, label.rect().topLeft()).y() - lowest


def headings_in(view: QWidget) -> list[PlainLabel]:
    """Return the agencies that promises stand under."""
    return [one for one in view.findChildren(PlainLabel, "agency") if one.isVisible()]


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 600)])
def test_no_entry_is_cut_and_the_newest_stands_there(
    qtbot: QtBot, look: Look, size: tuple[int, int]
) -> None:
    view = shown(qtbot, look, Table(meeting_room(entries=MANY)), size)

    noted = noted_in(view)
    assert 0 < len(noted) < len(MANY)
    assert [one.text() for one in noted] == [f"Anteckning {at}" for at in range(9 - len(noted), 9)]
    assert [one.text() for one in noted if not is_whole(view, one)] == []


def test_where_there_is_room_for_all_none_is_left_out(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, Table(meeting_room(entries=MANY[:2])), (1920, 1080))

    assert len(noted_in(view)) == 2


@pytest.mark.parametrize("height", range(480, 1100, 60))
def test_nobody_disagrees_with_a_decision_that_does_not_stand_there(
    qtbot: QtBot, look: Look, height: int
) -> None:
    against = entry(300, "Jag vill inte.", ItemKind.DISSENT, who="Elias Demosson")
    decided = entry(301, "Elias byter grupp.", ItemKind.DECISION, dissents=[against])
    table = Table(meeting_room(entries=[decided, *MANY[:4]]))
    view = shown(qtbot, look, table, (1366, height))

    texts = {one.text() for one in view.findChildren(PlainLabel) if one.isVisible()}
    assert ("Jag vill inte." in texts) == ("Elias byter grupp." in texts)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 600)])
def test_no_promise_is_cut_and_how_many_more_there_are_is_told(
    qtbot: QtBot, look: Look, size: tuple[int, int]
) -> None:
    table = Table(meeting_room(carried=PROMISED))
    view = shown(qtbot, look, table, size)

    told = noted_in(view, "Löfte ")
    assert 0 < len(told) < len(PROMISED)
    assert [one.text() for one in told] == [f"Löfte {at}" for at in range(len(told))]
    assert [one.text() for one in told if not is_whole(view, one)] == []
    (rest,) = noted_in(view, "och ")
    assert rest.text() == f"och {len(PROMISED) - len(told)} till"
    assert told_below(view, rest)
    assert gap_above(view, rest) < rest.height()
    # A heading stands there for what stands below it alone.
    assert len(headings_in(view)) == len(told)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (1024, 600)])
def test_a_promise_that_is_longer_than_the_page_begins_there_and_the_rest_is_told(
    qtbot: QtBot, look: Look, size: tuple[int, int]
) -> None:
    first = entry(
        200, "Löfte " + "att ringa " * 90, ItemKind.ACTION, commitment=promise("Jonas Ek")
    )
    view = shown(qtbot, look, Table(meeting_room(carried=[first, *PROMISED[1:4]])), size)

    assert len(noted_in(view, "Löfte ")) == 1
    (rest,) = noted_in(view, "och ")
    assert rest.text() == "och 3 till"
    assert view.rect().contains(rest.mapTo(view, rest.rect().bottomLeft()))


def test_where_there_is_room_for_all_promises_nothing_is_told_of_more(
    qtbot: QtBot, look: Look
) -> None:
    view = shown(qtbot, look, Table(meeting_room(carried=PROMISED[:2])), (1920, 1080))

    assert len(noted_in(view, "Löfte ")) == 2
    assert noted_in(view, "och ") == []


@pytest.mark.parametrize(
    ("room", "count"), [(0, 0), (29, 0), (30, 1), (50, 1), (51, 2), (90, 2), (91, 3), (900, 3)]
)
def test_a_row_counts_as_whole_where_it_and_its_heading_have_room(room: int, count: int) -> None:
    groups = [(9, [20, 20]), (18, [20])]

    assert count_whole(groups, room=room, spacing=1) == count


def test_a_picture_that_was_frozen_while_the_table_still_tells_is_lost_when_somebody_comes(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    view = audience(table, look)
    assert isinstance(view, AudienceView)
    qtbot.addWidget(view)
    (model,) = view.findChildren(AudienceModel)
    (leader,) = view.findChildren(MeetingViewModel)
    model.freeze(is_frozen=True)
    leader.changed.emit()
    was_frozen = model.is_frozen

    leader.take_away()

    assert (was_frozen, model.is_frozen) == (True, False)
    assert model.lost_its_picture
    assert model.is_covered
