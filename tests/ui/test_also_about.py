"""Whom a note is about beside the young person, said in the bar that everyone looks at."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.desk_screens import SUBJECT
from tests.ui.meeting_desk import SARA, Table, meeting_room, prepared_room, seats, without_names
from tests.ui.plain import DraftBox, make_look
from tests.ui.test_meeting_screen import opened, press, text_of, written
from trygga_desktop.domain.meeting import AgendaState, Presence
from trygga_desktop.services.rooms import Choice, MeetingRoom
from trygga_desktop.ui.screens.meeting.also_about import NOBODY_ELSE, AlsoAbout
from trygga_desktop.ui.screens.meeting.also_box import AlsoBox
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.theme.look import Look

GRANDMOTHER = UUID(int=999)
CONTROL = Qt.KeyboardModifier.ControlModifier


def seated() -> MeetingRoom:
    """Return a meeting in which a guardian has a seat, and a grandmother known by name has none."""
    people = tuple(
        replace(one, party_id=SARA) if one.name == "Sara Demosson" else one for one in seats()
    )
    return meeting_room(people=people)


def box_of(view: MeetingView) -> AlsoBox:
    found = view.findChild(AlsoBox)
    assert isinstance(found, AlsoBox)
    return found


def rows(box: AlsoBox) -> list[str]:
    return [box.itemText(row) for row in range(box.count())]


def test_only_those_are_offered_who_sit_at_the_table_by_name(qtbot: QtBot, look: Look) -> None:
    table = Table(seated())
    view = opened(qtbot, look, table.open())

    _ = look.language.gettext
    assert rows(box_of(view)) == [
        _("Also about…"),
        "Sara Demosson",
        _("Someone who is not at the table"),
    ]


def test_where_no_name_is_said_nobody_is_offered(qtbot: QtBot, look: Look) -> None:
    model = Table(without_names()).open()
    view = opened(qtbot, look, model)

    press(view, Qt.Key.Key_O, CONTROL)
    model.capture.turn_about(None)

    assert not box_of(view).isVisible()
    assert not model.capture.is_about_unnamed
    assert model.capture.others == ()


def test_a_line_of_the_plan_keeps_whom_it_is_about(qtbot: QtBot, look: Look) -> None:
    model = Table(prepared_room()).open()
    view = opened(qtbot, look, model)

    model.proposing.put_otherwise()

    assert not box_of(view).isVisible()


def test_one_key_opens_the_list_and_several_are_chosen(qtbot: QtBot, look: Look) -> None:
    table = Table(seated())
    model = table.open()
    view = opened(qtbot, look, model)
    QTest.keyClicks(text_of(view), "Sara sover illa.")
    box = box_of(view)

    for steps in (1, 2):
        press(view, Qt.Key.Key_O, CONTROL)
        assert box.view().isVisible()
        for _step in range(steps):
            QTest.keyClick(box.view(), Qt.Key.Key_Down)
        QTest.keyClick(box.view(), Qt.Key.Key_Return)
        QApplication.processEvents()
    _ = look.language.gettext
    told = rows(box)
    assert text_of(view).hasFocus()
    press(view, Qt.Key.Key_Return, CONTROL)

    chosen = _("{name}: chosen")
    assert told[1:] == [
        chosen.format(name="Sara Demosson"),
        chosen.format(name=_("Someone who is not at the table")),
    ]
    assert written(table).about == {SUBJECT, SARA}
    assert written(table).about_unnamed
    assert model.capture.also == NOBODY_ELSE


def test_what_nobody_else_is_named_for_is_about_the_young_person() -> None:
    table = Table(seated())
    model = table.open()
    model.capture.turn_about(SARA)
    model.capture.turn_about(SARA)
    model.capture.type("Det går bra.")

    model.capture.add()

    assert (written(table).about, written(table).about_unnamed) == (frozenset(), False)


def test_whose_seat_goes_is_no_longer_named_and_it_stays_about_them(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(seated())
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.type("Sara sover illa.")
    model.capture.turn_about(SARA)
    without = tuple(one for one in seated().seats if one.party_id != SARA)

    table.room = replace(seated(), seats=without)
    model.load()
    QApplication.processEvents()

    assert "Sara" not in " ".join(rows(box_of(view)))
    assert model.capture.is_about_unnamed
    model.capture.add()
    assert SARA in written(table).about


def test_who_has_gone_out_keeps_their_seat_and_their_name(qtbot: QtBot, look: Look) -> None:
    table = Table(seated())
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.type("Sara sover illa.")
    model.capture.turn_about(SARA)

    model.set_presence(table.room.seats[1].id, Presence.OUTSIDE)

    assert "Sara" in rows(box_of(view))[0]
    assert model.capture.also.people == {SARA}


def test_the_next_item_begins_with_nobody_else_unless_something_is_typed() -> None:
    for typed, kept in (("", NOBODY_ELSE), ("Sara", AlsoAbout(people=frozenset({SARA})))):
        table = Table(seated())
        model = table.open()
        model.capture.type(typed)
        model.capture.turn_about(SARA)
        items = [
            replace(one, state=AgendaState.NOW if place == 5 else AgendaState.DONE)
            for place, one in enumerate(seated().agenda)
        ]

        model.capture.follow(replace(seated(), agenda=tuple(items)))

        assert model.capture.also == kept


@pytest.mark.parametrize("chosen", [SARA, None])
def test_what_was_chosen_comes_back_with_the_draft(chosen: UUID | None) -> None:
    box = DraftBox()
    model = Table(seated()).open(drafts=box.uses)
    model.capture.type("Sara sover illa.")
    model.capture.turn_about(chosen)
    before = model.capture.also
    model.leave()

    again = Table(seated()).open(drafts=box.uses)
    again.capture.look_for_earlier()
    again.capture.bring_back()

    assert again.capture.text == "Sara sover illa."
    assert again.capture.also == before != NOBODY_ELSE


def test_what_is_taken_off_the_screen_takes_it_along() -> None:
    model = Table(seated()).open()
    model.capture.type("Sara sover illa.")
    model.capture.turn_about(SARA)

    model.capture.put_aside()
    away = model.capture.also
    model.capture.bring_back()

    assert away == NOBODY_ELSE
    assert model.capture.also.people == {SARA}


def test_two_with_one_first_name_are_told_apart(qtbot: QtBot, look: Look) -> None:
    other = UUID(int=93)
    room = seated()
    people = tuple(
        replace(one, party_id=other, name="Sara Lund") if one.name == "Johan Demosson" else one
        for one in room.seats
    )
    speakers = (*room.speakers, Choice(id=other, name="Sara Lund"))
    model = Table(replace(room, seats=people, speakers=speakers)).open()
    view = opened(qtbot, look, model)

    model.capture.turn_about(other)

    assert "Sara Lund" in rows(box_of(view))[0]


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_all_of_it_can_be_read_in_a_small_window(
    qtbot: QtBot, qapp: QApplication, scale: float, language: str
) -> None:
    model = Table(seated()).open()
    view = opened(qtbot, make_look(qapp, scale=scale, language=language), model)
    model.capture.choose_kind(Kind.NOTE)
    model.capture.turn_about(SARA)
    model.capture.turn_about(None)
    QApplication.processEvents()

    box = box_of(view)
    assert box.width_for(box.currentText()) <= box.width()
    assert view.rect().contains(box.rect().translated(box.mapTo(view, box.rect().topLeft())))
