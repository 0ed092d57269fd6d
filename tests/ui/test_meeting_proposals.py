"""What was prepared stands before the room, and one key agrees on it, changes it or leaves it."""

from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.meeting_desk import (
    AIM,
    CALL,
    COURSE,
    LEISURE,
    MOVED,
    PREPARED,
    Table,
    audience,
    prepared_room,
    proposal,
)
from tests.ui.plain import DraftBox
from trygga_desktop.domain.errors import ConflictError
from trygga_desktop.domain.meeting import Presence
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.entries import WriteEntry
from trygga_desktop.services.plan_proposals import ShownProposal
from trygga_desktop.services.plans import AgreePlan
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.meeting.capture import Said
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.proposing import MOST_AT_A_TIME
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel


def opened(qtbot: QtBot, look: Look, model: MeetingViewModel) -> MeetingView:
    """Show the meeting in a window of its own."""
    view = MeetingView(model, look)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    QApplication.processEvents()
    return view


def words(view: QWidget) -> str:
    """Return all that is said there."""
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(PlainLabel) if one.isVisible())


def press(view: QWidget, name: str) -> None:
    """Press a button by key."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    QTest.keyClick(found, Qt.Key.Key_Space)


def command(view: MeetingView, key: str) -> None:
    """Do what a key does."""
    next(one for one in view.commands if key in one.keys).run()


def agreed(table: Table) -> list[AgreePlan]:
    """Return what the meeting was said to have agreed on."""
    return [one for one in table.asked if isinstance(one, AgreePlan)]


def test_nothing_of_it_stands_there_from_the_moment_that_somebody_comes(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(prepared_room())
    model = table.open()
    view = opened(qtbot, look, model)
    assert "Ringa mentorn" in words(view)
    model.proposing.put_otherwise()

    table.room = prepared_room(())
    model.set_presence(table.room.seats[7].id, Presence.HERE)

    # The last of them is a commitment, which stands among those of the last meeting too.
    assert all(one.item.text not in words(view) for one in PREPARED[:3])
    assert model.capture.text == ""
    assert "Att komma överens om" not in words(view)


def test_under_another_item_nothing_can_be_agreed_on(qtbot: QtBot, look: Look) -> None:
    table = Table(prepared_room(now=4))
    model = table.open()
    view = opened(qtbot, look, model)

    command(view, "F12")
    command(view, "Shift+F12")

    assert agreed(table) == []
    assert "Ringa mentorn" not in words(view)
    assert len(model.proposing.undecided) == len(PREPARED)


def test_behind_the_curtain_no_key_agrees_on_anything(qtbot: QtBot, look: Look) -> None:
    table = Table(prepared_room())
    model = table.open()
    view = opened(qtbot, look, model)
    model.cover()

    command(view, "F12")
    command(view, "F11")
    model.proposing.leave()

    assert agreed(table) == []
    assert model.capture.amends is None
    assert model.proposing.left == frozenset()


def test_one_key_agrees_on_what_is_marked_and_on_nothing_else(qtbot: QtBot, look: Look) -> None:
    table = Table(prepared_room())
    view = opened(qtbot, look, table.open())

    command(view, "F12")
    command(view, "Shift+F11")
    press(view, "agree proposal")

    assert [(one.agreed, one.basis) for one in agreed(table)] == [
        (frozenset({AIM}), "as it is"),
        (frozenset({COURSE}), "as it is"),
    ]


def test_who_has_left_and_a_day_of_rest_are_pointed_out_to_the_operator(
    qtbot: QtBot, look: Look
) -> None:
    call = proposal(
        52, "Ringa mentorn", LineKind.ACTION, responsible="Ylva Sandh", due_on=date(2026, 12, 6)
    )
    room = prepared_room(proposals=(replace(call, has_left=True),))

    told = words(opened(qtbot, look, Table(room).open()))

    assert "Ylva Sandh har lämnat ärendet" in told
    assert "6 december 2026 är en söndag" in told


def test_all_that_is_agreed_on_with_the_words_stands_below_them(qtbot: QtBot, look: Look) -> None:
    call = proposal(
        52,
        "Ringa mentorn",
        LineKind.ACTION,
        responsible="Ylva Sandh",
        due_on=date(2026, 12, 4),
        follow_up=date(2026, 12, 6),
        own_part="Svarar när hon ringer",
    )
    moved = proposal(
        53,
        "Skicka kursdatum",
        LineKind.ACTION,
        responsible="Dalia Karim",
        due_on=date(2026, 12, 4),
        was_due=date(2026, 12, 4),
        follow_up=date(2026, 12, 11),
        was_follow_up=date(2026, 12, 9),
    )
    near = opened(qtbot, look, Table(prepared_room(proposals=(call, moved))).open())

    told = words(near)

    assert "Den unge: Svarar när hon ringer" in told
    assert "Följs upp 6 december 2026\n" in told + "\n"
    assert "6 december 2026 är en söndag" in told
    assert "Följs upp 11 december 2026 i stället för 9 december 2026" in told


def test_a_day_of_rest_is_pointed_out_quietly_while_an_action_is_written(
    qtbot: QtBot, look: Look
) -> None:
    model = Table(prepared_room()).open()
    view = opened(qtbot, look, model)
    model.capture.choose_kind(Kind.ACTION)
    model.capture.type("Skicka kursdatum")

    model.capture.type_due("4/12")
    assert "söndag" not in words(view)
    model.capture.type_due("6/12")
    assert "6 december 2026 är en söndag" in words(view)
    assert model.capture.may_add


def test_a_press_on_another_marks_it_and_agrees_on_nothing(qtbot: QtBot, look: Look) -> None:
    table = Table(prepared_room())
    model = table.open()
    view = opened(qtbot, look, model)
    other = next(one for one in view.findChildren(PlainLabel) if one.text() == "Ringa mentorn")

    box = other.parentWidget()
    assert box is not None
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)

    assert model.proposing.marked is not None
    assert model.proposing.marked.id == CALL
    assert agreed(table) == []
    assert view.findChild(Button, "agree proposal").text() == "Behåll som anteckning"  # type: ignore[union-attr]


def test_what_is_left_waits_no_more_until_it_is_taken_up(qtbot: QtBot, look: Look) -> None:
    table = Table(prepared_room())
    model = table.open()
    view = opened(qtbot, look, model)

    command(view, "Shift+F12")
    assert "Jag vill leda en egen grupp" not in words(view)
    assert model.proposing.marked is not None
    assert model.proposing.marked.id == COURSE
    press(view, "agree on all proposals")
    assert agreed(table)[-1].agreed == {COURSE, CALL, MOVED}

    press(view, "take up proposals")
    assert "Jag vill leda en egen grupp" in words(view)


def test_a_commitment_that_is_only_moved_keeps_its_words(qtbot: QtBot, look: Look) -> None:
    model = Table(prepared_room()).open()
    view = opened(qtbot, look, model)

    model.proposing.mark(MOVED)
    command(view, "F11")

    assert model.capture.amends is None
    assert view.findChild(Button, "change proposal") is None
    assert "14 jan i stället för" in words(view)


def test_a_proposal_is_agreed_on_as_the_meeting_puts_it(qtbot: QtBot, look: Look) -> None:
    table = Table(prepared_room())
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.type("Halvt skriven")
    model.proposing.mark(COURSE)

    command(view, "F11")
    assert (model.capture.text, model.capture.kind, model.capture.due) == (
        "Anmäla Elias till ledarutbildningen",
        Kind.ACTION,
        "2026-12-11",
    )
    assert model.capture.has_aside
    model.capture.type("Anmäla Elias till kursen i januari")
    model.capture.type_due("2027-01-08")
    model.capture.add(is_tried=True)

    (command_,) = agreed(table)
    changed = command_.changed
    assert command_.agreed == frozenset()
    assert changed is not None
    assert (changed.id, changed.words, changed.due_on) == (
        COURSE,
        "Anmäla Elias till kursen i januari",
        date(2027, 1, 8),
    )
    assert (changed.responsible, changed.organisation_id) == ("Dalia Karim", LEISURE)
    assert changed.is_tried
    assert (model.capture.amends, model.capture.text) == (None, "")


def test_whoever_is_not_at_the_table_does_it_all_the_same_after_a_change() -> None:
    absent = replace(PREPARED[1], responsible="Mona Mentor")
    table = Table(prepared_room((absent,)))
    model = table.open()
    model.proposing.put_otherwise()
    model.capture.type("Anmäla i god tid")
    model.capture.add()

    (command_,) = agreed(table)
    assert command_.changed is not None
    assert command_.changed.responsible is None


def at_hour(one: ShownProposal) -> ShownProposal:
    """Return what was prepared, by the hour: what is promised already by another one."""
    if one.id == MOVED:
        return replace(one, due_at=time(16), was_due=one.due_on, was_due_at=time(9))
    return replace(one, due_at=time(14, 30)) if one.id == COURSE else one


PREPARED_BY_HOURS = tuple(map(at_hour, PREPARED))


def test_no_hour_is_taken_where_a_case_goes_by_days_but_the_one_that_was_prepared() -> None:
    table = Table(prepared_room(PREPARED_BY_HOURS))
    model = table.open()
    model.proposing.mark(COURSE)
    model.proposing.put_otherwise()
    assert model.capture.due == "2026-12-11 14:30"
    model.capture.type_due("2027-01-08 14:30")
    model.capture.add()

    assert agreed(table) == []
    assert model.capture.said is Said.NO_DAY
    assert model.capture.due == "2027-01-08 14:30"
    model.capture.type_due("2026-12-11 14:30")
    model.capture.add()
    (command_,) = agreed(table)
    assert command_.changed is not None
    assert (command_.changed.due_on, command_.changed.due_at) == (date(2026, 12, 11), time(14, 30))


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("2026-12-11 14:30", (date(2026, 12, 11), time(14, 30))),
        ("12/12 9:15", (date(2026, 12, 12), time(9, 15))),
        ("2026-12-12", (date(2026, 12, 12), None)),
    ],
)
def test_a_proposal_is_agreed_on_by_the_hour_that_the_meeting_puts(
    typed: str, until: tuple[date, time | None]
) -> None:
    table = Table(replace(prepared_room(PREPARED_BY_HOURS), goes_by_hours=True))
    model = table.open()
    model.proposing.mark(COURSE)
    model.proposing.put_otherwise()
    model.capture.type_due(typed)
    model.capture.add()

    (command_,) = agreed(table)
    assert command_.changed is not None
    assert (command_.changed.due_on, command_.changed.due_at) == until


def test_an_hour_stands_with_its_day_before_the_room(qtbot: QtBot, look: Look) -> None:
    room = replace(prepared_room(PREPARED_BY_HOURS), goes_by_hours=True)
    model = Table(room).open()
    view = opened(qtbot, look, model)

    told = words(view)
    assert "fre 11 dec 14:30" in told
    assert "tor 14 jan 16:00 i stället för tor 14 jan 09:00" in told
    model.proposing.mark(COURSE)
    command(view, "F11")
    field = view.findChild(TextInput, "due")
    assert isinstance(field, TextInput)
    # All of it can be read.
    wide = field.fontMetrics().horizontalAdvance("2026-12-11 14:30")
    assert field.text() == "2026-12-11 14:30"
    assert field.contentsRect().width() > wide


def test_without_a_day_it_is_told_to_be_kept_as_a_note() -> None:
    table = Table(prepared_room())
    model = table.open()
    model.proposing.mark(CALL)
    model.proposing.put_otherwise()
    model.capture.add()

    assert model.capture.said is Said.KEPT_WITHOUT_DATE


def test_another_kind_of_entry_is_written_and_agrees_on_nothing() -> None:
    table = Table(prepared_room())
    model = table.open()
    model.proposing.put_otherwise()

    model.capture.choose_kind(Kind.NOTE)
    model.capture.add()

    assert agreed(table) == []
    assert isinstance(table.asked[-1], WriteEntry)


def test_a_plan_that_changed_meanwhile_is_told_and_stands_there_anew(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(prepared_room(), failure=ConflictError())
    model = table.open()
    opened(qtbot, look, model)
    table.room = replace(prepared_room(), plan_basis="as it is by now")

    model.proposing.agree()
    assert model.trouble is not None
    assert model.trouble.kind is ProblemKind.CONFLICT
    assert model.room is table.room

    model.proposing.put_otherwise()
    model.capture.type("Så här i stället")
    table.room = replace(prepared_room(), plan_basis="and once more")
    model.capture.add()
    assert model.capture.text == "Så här i stället"
    assert model.room is table.room


def test_what_the_room_may_not_see_any_more_does_not_stay_where_it_is_written(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(prepared_room())
    model = table.open()
    view = opened(qtbot, look, model)
    model.proposing.mark(COURSE)
    command(view, "F11")
    field = view.findChild(QTextEdit, "capture text")
    assert isinstance(field, QTextEdit)
    assert "ledarutbildningen" in field.toPlainText()

    table.room = prepared_room(tuple(one for one in PREPARED if one.id != COURSE))
    model.refresh(Changes(consents=True, items=True, meetings=True))

    assert field.toPlainText() == ""
    assert not model.capture.has_aside
    assert model.capture.amends is None


def test_what_is_written_after_that_is_an_entry_like_any_other() -> None:
    table = Table(prepared_room())
    model = table.open()
    model.proposing.mark(COURSE)
    model.proposing.put_otherwise()
    model.capture.type("")

    table.room = prepared_room(())
    model.refresh(Changes(items=True, meetings=True))

    assert (model.capture.amends, model.capture.kind) == (None, Kind.NOTE)
    assert not model.capture.has_aside


def test_what_is_being_put_otherwise_comes_back_after_a_lock() -> None:
    box = DraftBox()
    model = Table(prepared_room()).open(drafts=box.uses)
    model.proposing.put_otherwise()
    model.capture.type("Jag vill leda två grupper")
    model.leave()

    again = Table(prepared_room()).open(drafts=box.uses)
    assert again.capture.has_aside
    again.capture.bring_back()
    assert (again.capture.text, again.capture.amends) == ("Jag vill leda två grupper", AIM)


def test_words_of_a_line_that_the_room_does_not_see_do_not_come_back_before_it() -> None:
    box = DraftBox()
    model = Table(prepared_room()).open(drafts=box.uses)
    model.proposing.put_otherwise()
    model.capture.type("Jag vill leda två grupper")
    model.leave()

    table = Table(prepared_room(()))
    again = table.open(drafts=box.uses)
    assert not again.capture.has_aside
    assert not again.capture.is_unfinished
    again.capture.bring_back()
    again.capture.throw_away()
    assert again.capture.text == ""
    again.leave()
    (kept,) = box.drafts.values()
    assert "Jag vill leda två grupper" in kept.text

    table.room = prepared_room()
    again.refresh(Changes(items=True, meetings=True))
    again.capture.bring_back()
    assert (again.capture.text, again.capture.amends) == ("Jag vill leda två grupper", AIM)


def test_what_came_aside_by_itself_comes_back_past_what_the_room_does_not_see() -> None:
    table = Table(prepared_room())
    model = table.open()
    model.proposing.mark(COURSE)
    model.proposing.put_otherwise()
    table.room = prepared_room(tuple(one for one in PREPARED if one.id != COURSE))
    model.refresh(Changes(items=True, meetings=True))
    model.capture.type("Halvt skriven")
    model.capture.put_aside()

    model.capture.bring_back()
    assert model.capture.text == "Halvt skriven"
    assert not model.capture.has_aside


def test_words_of_a_line_leave_the_field_with_it_whatever_they_were_made() -> None:
    table = Table(prepared_room())
    model = table.open()
    model.proposing.mark(COURSE)
    model.proposing.put_otherwise()
    model.capture.choose_kind(Kind.NOTE)
    assert "ledarutbildningen" in model.capture.text

    table.room = prepared_room(tuple(one for one in PREPARED if one.id != COURSE))
    model.refresh(Changes(items=True, meetings=True))

    assert model.capture.text == ""
    assert not model.capture.has_aside


def many(count: int) -> tuple[ShownProposal, ...]:
    """Return more goals than stand there at a time, each in words of its own."""
    return tuple(
        proposal(100 + number, f"Mål nummer {number}.", LineKind.GOAL) for number in range(count)
    )


def test_nothing_is_agreed_on_that_does_not_stand_there(qtbot: QtBot, look: Look) -> None:
    table = Table(prepared_room(many(MOST_AT_A_TIME + 3)))
    model = table.open()
    view = opened(qtbot, look, model)

    for _ in range(MOST_AT_A_TIME + 2):
        command(view, "Shift+F11")
    assert model.proposing.marked is not None
    assert model.proposing.marked.item.text in words(view)

    press(view, "agree on all proposals")
    (command_,) = agreed(table)
    assert command_.agreed == {one.id for one in many(MOST_AT_A_TIME)}


def test_what_is_left_makes_room_for_what_follows(qtbot: QtBot, look: Look) -> None:
    model = Table(prepared_room(many(MOST_AT_A_TIME + 1))).open()
    view = opened(qtbot, look, model)
    last = many(MOST_AT_A_TIME + 1)[-1].item.text
    assert last not in words(view)
    assert model.proposing.left_here == 0

    command(view, "Shift+F12")
    assert last in words(view)
    assert model.proposing.left_here == 1


@pytest.mark.parametrize("left", [0, 1, len(PREPARED)])
def test_the_review_counts_what_was_not_decided_on(qtbot: QtBot, look: Look, left: int) -> None:
    model = Table(prepared_room()).open()
    view = opened(qtbot, look, model)
    for _ in range(left):
        model.proposing.leave()

    model.review()
    QApplication.processEvents()

    told = words(view)
    undecided = len(PREPARED) - left
    assert ("Förberett före mötet" in told) is True
    assert (f"{undecided} är inte avgjorda." in told) is bool(undecided)
    assert ("lämnades till en annan gång." in told) is bool(left)
    way = view.findChild(Button, f"decide {UUID(int=605)}")
    assert (way is not None) is bool(undecided)


def test_the_room_s_own_screen_shows_it_with_nothing_to_press(qtbot: QtBot, look: Look) -> None:
    view = audience(Table(prepared_room()), look)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    QApplication.processEvents()

    assert all(one.item.text in words(view) for one in PREPARED)
    assert view.findChildren(Button) == []
