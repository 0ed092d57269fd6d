"""What whoever leads a meeting does from the own window: people, guard, notes, search."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desks import OpenDesk, settle
from tests.ui.hidden_desk import LEADING, PEOPLE, Back, no_picture
from tests.ui.meeting_desk import MEETING, Table
from tests.ui.plain import HeldRunner
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.meeting import Function, Presence
from trygga_desktop.services.case_files import WriteNote
from trygga_desktop.services.consents import WithdrawConsent
from trygga_desktop.services.meetings import ConfirmDuty, Invitation, SetPresence
from trygga_desktop.ui.screens.alone.view_model import AloneViewModel
from trygga_desktop.ui.screens.hidden.asking import Way
from trygga_desktop.ui.screens.hidden.people_card import PeopleCard
from trygga_desktop.ui.screens.hidden.side_cards import NextCard
from trygga_desktop.ui.screens.hidden.view import HiddenView
from trygga_desktop.ui.screens.hidden.view_model import HiddenViewModel
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button

NOT_COVERED, COVERED = (one.party_id for one in LEADING.candidates if one.party_id is not None)


def words(view: QWidget) -> str:
    """Return every text that is seen."""
    labels = [one for one in view.findChildren(QLabel) if one.isVisibleTo(view)]
    return "\n".join(one.text() for one in labels)


def test_whom_no_consent_covers_comes_only_after_an_answer() -> None:
    back = Back()
    model = back.open()
    leading = model.leading

    leading.ask_about(NOT_COVERED)

    assert leading.asked is not None
    assert leading.asked.ways == (Way.LEAVE_OUT, Way.CONSENT, Way.ITEMS, Way.GROUND)
    assert back.done == []
    leading.choose_way(Way.ITEMS)
    # To no item at all is no answer.
    leading.answer()
    assert back.done == []
    leading.tick_item("school", comes=True)
    leading.answer()
    (invited,) = back.done
    assert isinstance(invited, Invitation)
    assert (invited.party_id, invited.called_to) == (NOT_COVERED, frozenset({"school"}))


def test_a_wider_consent_and_another_ground_lead_on_and_invite_nobody(qtbot: QtBot) -> None:
    back = Back()
    model = back.open()
    leading = model.leading
    leading.ask_about(NOT_COVERED)
    with qtbot.waitSignal(leading.consent_wanted):
        leading.answer()
    leading.ask_about(NOT_COVERED)
    leading.choose_way(Way.GROUND)
    with qtbot.waitSignal(leading.ground_wanted):
        leading.answer()
    leading.ask_about(NOT_COVERED)
    leading.choose_way(Way.LEAVE_OUT)
    leading.answer()

    assert leading.asked is None
    assert back.done == []


def test_whom_the_consent_covers_is_invited_to_all_of_it() -> None:
    back = Back()
    model = back.open()
    leading = model.leading
    leading.ask_about(COVERED)
    leading.answer()

    (invited,) = back.done
    assert isinstance(invited, Invitation)
    assert (invited.party_id, invited.called_to) == (COVERED, None)


@pytest.mark.parametrize("is_over", [True, False])
def test_nothing_is_done_in_a_meeting_that_does_not_go_on_but_to_invite_before_it(
    *, is_over: bool
) -> None:
    back = Back(leading=replace(LEADING, is_running=False, may_invite=not is_over))
    model = back.open()
    leading = model.leading
    leading.set_here(PEOPLE[-1].id, is_here=True)
    leading.go_on()
    leading.withdraw(UUID(int=1))
    leading.ask_about(COVERED)
    assert back.done == []
    leading.answer()

    assert [type(one) for one in back.done] == ([] if is_over else [Invitation])


def test_a_tick_tells_that_somebody_came_and_the_next_item_is_one_key_away() -> None:
    back = Back()
    model = back.open()
    leading = model.leading
    leading.set_here(PEOPLE[-1].id, is_here=True)
    leading.go_on()
    leading.withdraw(UUID(int=7))

    came, item, taken_back = back.done
    assert isinstance(came, SetPresence)
    assert (came.participant_id, came.presence) == (PEOPLE[-1].id, Presence.HERE)
    assert item == LEADING.agenda[2].id
    assert isinstance(taken_back, WithdrawConsent)
    assert (taken_back.signer, taken_back.on) == (UUID(int=7), LEADING.today)
    # Who is there decides what is seen: everything was read anew each time.
    assert back.reads == 1 + len(back.done)


def test_who_comes_in_or_goes_out_at_an_item_is_told_before_it_begins(
    qtbot: QtBot, look: Look
) -> None:
    school = LEADING.agenda[2].id
    other = LEADING.agenda[3].id
    first, *others, last = LEADING.seats
    called = (
        replace(first, seat=replace(first.seat, called_to=frozenset({other}))),
        *others,
        replace(last, seat=replace(last.seat, called_to=frozenset({school}))),
    )
    assert (first.seat.presence, last.seat.presence) == (Presence.HERE, Presence.EXPECTED)
    page = Back().open()
    model = page.leading
    card = NextCard(model, look)
    qtbot.addWidget(card)
    assert "Ska in" not in words(card)

    model.follow(replace(LEADING, seats=called))

    assert model.next_item is not None
    assert [one.id for one in model.missing_at(model.next_item)] == [last.seat.id]
    assert [one.id for one in model.not_called_to(model.next_item)] == [first.seat.id]
    assert f"Ska in: {last.seat.name}" in words(card)
    assert f"Ska ut: {first.seat.name}" in words(card)
    assert f"Här men inte kallade till punkten som pågår: {first.seat.name}" in words(card)


def test_who_is_in_without_having_confirmed_is_told_and_confirms_there(
    qtbot: QtBot, look: Look
) -> None:
    back = Back()
    page = back.open()
    model = page.leading
    first, *others = LEADING.seats
    card = PeopleCard(model, look)
    qtbot.addWidget(card)
    assert card.findChild(Button, f"confirm {first.seat.id}") is None
    unconfirmed = replace(first.seat, must_confirm=True, has_confirmed=False)
    seats = (replace(first, seat=unconfirmed), *others)
    model.follow(replace(LEADING, is_running=False, seats=seats))
    model.confirm(first.seat.id)
    assert back.done == []

    model.follow(replace(LEADING, seats=seats))
    button = card.findChild(Button, f"confirm {first.seat.id}")
    assert isinstance(button, Button)
    assert "rummet ser inget" in words(card)
    button.click()

    (confirmed,) = back.done
    assert isinstance(confirmed, ConfirmDuty)
    assert confirmed.participant_ids == {first.seat.id}


def test_a_note_is_kept_as_it_is_typed_and_recorded_for_its_writer_alone() -> None:
    back = Back()
    model = back.open()
    leading = model.leading
    leading.type_note("Ring föräldrarna.")
    leading.store_now()
    assert [(one.kind, one.text) for one in back.drafts.drafts.values()] == [
        (DraftKind.NOTE, "Ring föräldrarna.")
    ]
    leading.add_note()

    (written,) = back.done
    assert isinstance(written, WriteNote)
    assert written.text == "Ring föräldrarna."
    assert leading.note == ""


def test_nothing_is_typed_into_a_note_that_is_on_its_way(qtbot: QtBot, look: Look) -> None:
    runner, back = HeldRunner(), Back()
    model = back.open(runner)
    runner.work_off()
    view = HiddenView(model, no_picture, look)
    qtbot.addWidget(view)
    view.show()
    field = view.findChild(QTextEdit, "note")
    assert isinstance(field, QTextEdit)
    QTest.keyClicks(field, "Ring")
    model.leading.add_note()
    QTest.keyClicks(field, " hem")
    on_its_way = field.toPlainText()
    runner.work_off()
    QTest.keyClicks(field, "Mer")

    assert on_its_way == "Ring"
    assert model.leading.note == "Mer"
    assert back.drafts.texts == []


@pytest.mark.parametrize("way", [Way.LEAVE_OUT, Way.CONSENT, Way.ITEMS])
def test_an_observer_who_is_named_at_the_table_is_asked_about_in_this_window_alone(
    open_desk: OpenDesk, way: Way
) -> None:
    back, table = Back(), Table()
    window = open_desk(meetings=table.uses(read_leading=back.read), drafts=back.drafts.uses)
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_meeting(table.room.case_id, MEETING)
    meeting = rooms.current
    assert isinstance(meeting, MeetingViewModel)
    meeting.ask_to_invite(asks=True)
    meeting.beside.choose_function(Function.OBSERVER)
    meeting.beside.type_guest("Bo Test")
    meeting.invite()
    assert table.asked == []
    asking = rooms.current
    assert isinstance(asking, AloneViewModel)
    asking.nobody_looks_on()
    settle()

    hidden = rooms.current
    assert isinstance(hidden, HiddenViewModel)
    assert "Bo Test omfattas inte av samtycket" in words(window)
    leading = hidden.leading
    assert leading.asked is not None
    assert way in leading.asked.ways
    leading.choose_way(way)
    leading.answer()
    assert table.asked == []
    if way is Way.ITEMS:
        leading.tick_item("school", comes=True)
        leading.answer()
        invited = Invitation(
            functions=frozenset({Function.OBSERVER}),
            name="Bo Test",
            called_to=frozenset({"school"}),
        )
        assert table.asked == [(MEETING, invited)]
    assert bool(back.drafts.texts) is (way is Way.CONSENT)


def test_a_lock_stores_the_note_before_the_vault_is_closed(open_desk: OpenDesk) -> None:
    ends: list[list[str]] = []
    back, table = Back(), Table()
    window = open_desk(
        meetings=table.uses(read_leading=back.read),
        drafts=back.drafts.uses,
        close=lambda: ends.append(back.drafts.texts),
    )
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_hidden(table.room.case_id, MEETING)
    hidden = rooms.current
    assert isinstance(hidden, HiddenViewModel)
    hidden.leading.type_note("Ring hem")
    rooms.lock()

    assert ends == [["Ring hem"]]


def test_a_search_finds_what_the_room_sees_and_what_it_does_not() -> None:
    model = Back().open()
    leading = model.leading
    leading.seek("ELIAS")

    assert [(one.entry.item.text[:20], one.is_hidden) for one in leading.hits] == [
        ("Elias har varit bort", True),
        ("Elias får en egen gr", False),
    ]
    leading.seek("  ")
    assert leading.hits == ()


def test_the_window_says_how_much_each_may_see_and_what_comes_next(
    qtbot: QtBot, look: Look
) -> None:
    view = HiddenView(Back().open(), no_picture, look)
    qtbot.addWidget(view)
    view.show()
    told = words(view)

    assert "Får se 5 av 6" in told
    assert "Inte i rummet" in told
    assert "1 av 2 kan visas" in told
    assert "Ring föräldrarna före den 30 november." in told


def test_with_a_second_screen_nothing_of_it_is_shown(qtbot: QtBot, look: Look) -> None:
    view = HiddenView(Back(screens=2).open(), no_picture, look)
    qtbot.addWidget(view)
    view.show()
    told = words(view)

    assert "Får se" not in told
    assert "Ring föräldrarna" not in told
