"""A meeting of two hundred people and five hundred items: nothing is left out in silence."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hidden_desk import LEADING, POLICE, Back, hidden_entry, no_picture
from tests.ui.meeting_desk import CARRIED, Table, entry, meeting_room, seats
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.meeting import AgendaState, Presence
from trygga_desktop.i18n import load_language
from trygga_desktop.services.leading import SeatSight
from trygga_desktop.services.rooms import Seat, ShownEntry
from trygga_desktop.ui.screens.hidden.view import HiddenView
from trygga_desktop.ui.screens.hidden.view_model import HiddenViewModel
from trygga_desktop.ui.screens.meeting.lists import RowList
from trygga_desktop.ui.screens.meeting.summary import summary_of
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import CheckBox

MANY_PEOPLE, MANY_ITEMS = 200, 500
MEGABYTE = "Lång anteckning. " * 65_000


def many_seats() -> tuple[Seat, ...]:
    """Return two hundred people, of whom the last are in the room."""
    first = seats()[-1]
    return tuple(
        replace(
            first,
            id=UUID(int=5_000 + one),
            party_id=UUID(int=6_000 + one),
            name=f"Namn {one}",
            presence=Presence.HERE if one >= MANY_PEOPLE - 10 else Presence.ABSENT,
        )
        for one in range(MANY_PEOPLE)
    )


def many_entries(kind: ItemKind = ItemKind.STATEMENT) -> tuple[ShownEntry, ...]:
    """Return five hundred things that were noted."""
    return tuple(entry(7_000 + one, f"Något nummer {one}.", kind) for one in range(MANY_ITEMS))


def words(view: QWidget) -> str:
    """Return all that stands in labels."""
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view))


def led(qtbot: QtBot, look: Look, back: Back) -> HiddenView:
    """Show the leader's window."""
    return show(qtbot, look, back.open())


def show(qtbot: QtBot, look: Look, model: HiddenViewModel) -> HiddenView:
    """Show the leader's window of this model."""
    view = HiddenView(model, no_picture, look)
    qtbot.addWidget(view)
    view.resize(1200, 900)
    view.show()
    QApplication.processEvents()
    return view


def turn(card: QWidget) -> Button:
    """Return the button that turns the page."""
    found = card.findChild(Button, "more people")
    assert isinstance(found, Button)
    return found


def boxes(view: QWidget) -> list[str]:
    """Return who can be ticked."""
    return [one.text() for one in view.findChildren(CheckBox) if one.isVisibleTo(view)]


def test_of_two_hundred_people_those_in_the_room_come_first_and_one_turns_pages(
    qtbot: QtBot, look: Look
) -> None:
    sights = tuple(
        SeatSight(seat=one, sees=5 if one.presence is Presence.HERE else None)
        for one in many_seats()
    )
    view = led(qtbot, look, Back(leading=replace(LEADING, seats=sights)))
    assert boxes(view)[:10] == [f"Namn {one}" for one in range(190, 200)]
    assert len(boxes(view)) == 40
    seen = set(boxes(view))
    for page in ("41 till 80", "81 till 120", "121 till 160", "161 till 200", "1 till 40"):
        assert page in turn(view).text()
        turn(view).click()
        QApplication.processEvents()
        seen |= set(boxes(view))

    assert len(seen) == MANY_PEOPLE
    assert len(boxes(view)) == 40


def test_of_many_notes_and_items_to_come_it_is_told_how_many_more_there_are(
    qtbot: QtBot, look: Look
) -> None:
    notes = tuple(entry(8_000 + one, f"Egen {one}.").item for one in range(MANY_ITEMS))
    item = replace(LEADING.agenda[-1], state=AgendaState.COMING)
    agenda = (
        *LEADING.agenda,
        *(replace(item, id=UUID(int=9_000 + one), title=f"Punkt {one}") for one in range(100)),
    )
    view = led(qtbot, look, Back(leading=replace(LEADING, notes=notes, agenda=agenda)))
    told = [
        one.text()
        for one in view.findChildren(Button, "show more of them")
        if one.isVisibleTo(view)
    ]
    assert any("497" in one for one in told)
    assert len(told) == 2
    assert "Punkt 99" not in words(view)

    for one in view.findChildren(Button, "show more of them"):
        one.click()

    assert "Egen 22." in words(view)
    assert "Punkt 20" in words(view)


def test_a_search_that_finds_very_much_tells_how_much_more_there_is(
    qtbot: QtBot, look: Look
) -> None:
    back = Back(leading=replace(LEADING, shown=many_entries()))
    model = back.open()
    view, leading = show(qtbot, look, model), model.leading
    leading.seek("nummer")
    assert (len(leading.hits), leading.hits_left_out) == (12, 488)
    assert "488" in words(view)


def test_a_note_of_a_megabyte_is_shown_in_part_and_does_not_hold_the_window_up(
    qtbot: QtBot, look: Look
) -> None:
    assert len(MEGABYTE) > 1_000_000
    long = entry(8_000, MEGABYTE)
    hidden = [hidden_entry(8_001, MEGABYTE, [POLICE])]
    back = Back(hidden=hidden, leading=replace(LEADING, notes=(long.item,), shown=(long,)))
    model = back.open()
    view = show(qtbot, look, model)
    model.leading.seek("lång")
    assert len(words(view)) < 50_000


def test_the_table_of_two_hundred_is_a_list_that_scrolls(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(people=many_seats(), entries=many_entries()))
    view = MeetingView(table.open(), look)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    QApplication.processEvents()
    people = view.findChild(RowList, "people")
    assert isinstance(people, RowList)
    assert people.rows.rowCount() == MANY_PEOPLE
    assert people.verticalScrollBar().maximum() > 0
    older = view.findChild(Button, "older entries")
    assert isinstance(older, Button)
    assert older.isVisible()


def test_of_very_many_promises_the_screen_says_how_many_more_there_are(
    qtbot: QtBot, look: Look
) -> None:
    carried = [CARRIED[0]] * 80
    view = MeetingView(Table(meeting_room(carried=carried)).open(), look)
    qtbot.addWidget(view)
    view.resize(1920, 1080)
    view.show()
    assert "och 30 till" in words(view)


def test_what_is_read_aloud_says_how_much_more_stands_in_the_protocol() -> None:
    room = meeting_room(entries=many_entries(ItemKind.DECISION))
    told = summary_of(room, None, load_language("sv"))
    assert any("470" in one for one in told)


def test_the_review_says_how_much_more_was_decided(qtbot: QtBot, look: Look) -> None:
    model = Table(meeting_room(entries=many_entries(ItemKind.DECISION))).open()
    view = MeetingView(model, look)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    model.review()
    assert "och 470 till" in words(view)
