"""The screen that everyone around the table looks at."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.people import ELIAS, opened_case
from tests.ui import meeting_desk
from tests.ui.accessibility import faults, unnamed
from tests.ui.desk_screens import CONTROLLER, SUBJECT, make_drafts
from tests.ui.meeting_desk import (
    CARRIED,
    DECIDED,
    LEISURE,
    MEETING,
    NEARLY,
    Table,
    agenda,
    entry,
    meeting_room,
    seats,
    shown,
)
from tests.ui.plain import NOW, HeldRunner, draft_uses, make_look
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.domain.errors import (
    DiskFullError,
    InvalidInputError,
    NoAccessError,
    NotConfirmedError,
)
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.meeting import AgendaState, Function, MeetingState, Presence
from trygga_desktop.i18n import load_language
from trygga_desktop.services.agendas import confirm_noted, give_more_time, move_agenda_item
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.consents import withdraw_consent
from trygga_desktop.services.drafts import StoreDraft
from trygga_desktop.services.entries import (
    ChangeCommitment,
    EntryKind,
    KeptAs,
    WriteEntry,
    change_commitment,
    write_entry,
)
from trygga_desktop.services.meetings import (
    ConfirmDuty,
    EndMeeting,
    Invitation,
    PlanMeeting,
    SetPresence,
    add_agenda_item,
    begin_meeting,
    confirm_duty,
    end_meeting,
    go_to_item,
    invite,
    plan_meeting,
    read_meetings,
    set_presence,
)
from trygga_desktop.services.plans import agree_plan
from trygga_desktop.services.rooms import read_meeting
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.departures import Departures
from trygga_desktop.ui.draft_keeper import DraftUses
from trygga_desktop.ui.screens.meeting.capture import CaptureModel, Said
from trygga_desktop.ui.screens.meeting.capture_bar import Chip
from trygga_desktop.ui.screens.meeting.carried import StateBox
from trygga_desktop.ui.screens.meeting.days import (
    NextForm,
    UnreadableError,
    read_day,
    read_next,
)
from trygga_desktop.ui.screens.meeting.floor import FloorUses
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.lists import RowList
from trygga_desktop.ui.screens.meeting.people import PersonRow
from trygga_desktop.ui.screens.meeting.sizes import room_look
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import (
    ENTRIES_AT_A_TIME,
    MeetingViewModel,
    Stage,
)
from trygga_desktop.ui.screens.meeting.words import called, words_of
from trygga_desktop.ui.shortcuts import install
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.typed import readable
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.inputs import ComboBox

HOSTILE = (
    '<img src="/etc/passwd">',
    "a <b c",
    "note\0note",
    "\u202eton",
    "Ö" * 300_000,
    "🧑‍🎓",
)
STAGES = {
    name: getattr(meeting_desk, name)
    for name in (
        "shown",
        "shown_opening",
        "shown_opening_empty",
        "shown_voice",
        "shown_disagreeing",
        "shown_review",
        "shown_unsettled",
        "shown_aside",
        "shown_over",
        "shown_curtain",
    )
}
PLANNED = partial(meeting_room, MeetingState.PLANNED)


class _Windows(QObject):
    """Notes what comes up as a window of its own besides the view."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on, and let everything pass."""
        if event.type() is not QEvent.Type.Show or not isinstance(watched, QWidget):
            return False
        if watched.isWindow() and not isinstance(watched, MeetingView):
            self.seen.append(f"{type(watched).__name__} {watched.objectName()!r}")
        return False


@pytest.fixture
def no_strays(qapp: QApplication) -> Iterator[None]:
    """Fail if a part of the screen comes up as a window, and takes the keys with it."""
    windows = _Windows()
    qapp.installEventFilter(windows)
    yield
    qapp.removeEventFilter(windows)
    assert windows.seen == []


def opened(
    qtbot: QtBot, look: Look, model: MeetingViewModel, size: tuple[int, int] = (1366, 768)
) -> MeetingView:
    """Show the meeting in a window of its own, with its keys."""
    view = MeetingView(model, look)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    install(view, view.commands)
    view.activateWindow()
    view.first_focus.setFocus()
    QApplication.processEvents()
    return view


def words(view: QWidget) -> str:
    """Return everything that stands on the screen, in labels, lists, buttons and fields."""
    QApplication.processEvents()
    found = [one.text() for one in view.findChildren(QLabel) if one.isVisible()]
    found += [one.accessibleName() for one in view.findChildren(Button) if one.isVisible()]
    found += [one.accessibleName() for one in view.findChildren(Chip) if one.isVisible()]
    found += [one.placeholderText() for one in view.findChildren(QLineEdit) if one.isVisible()]
    for rows in view.findChildren(RowList):
        if rows.isVisible():
            found += [
                str(rows.rows.index(row).data(Qt.ItemDataRole.AccessibleTextRole))
                for row in range(rows.rows.rowCount())
            ]
    for combo in view.findChildren(ComboBox):
        if combo.isVisible():
            found += [combo.itemText(row) for row in range(combo.count())]
    return "\n".join(found)


def button(view: QWidget, name: str) -> Button:
    """Return a button by its name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def row_list(view: QWidget, name: str) -> RowList:
    """Return a list by its name."""
    found = view.findChild(RowList, name)
    assert isinstance(found, RowList)
    return found


def text_of(view: QWidget) -> QTextEdit:
    """Return the field that entries are written in."""
    found = view.findChild(QTextEdit, "capture text")
    assert isinstance(found, QTextEdit)
    return found


def line_of(view: QWidget, name: str) -> QLineEdit:
    """Return a line to type in by its name."""
    found = view.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def keeping(stored: list[str]) -> DraftUses:
    """Return use cases for drafts that note what was stored."""

    def store(draft: StoreDraft) -> Done[None]:
        stored.append(readable(draft.kind, draft.text))
        return Done(None)

    return draft_uses(store=store, read=lambda: Done(()), discard=lambda _id: Done(None))


def press(view: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key as the window system would."""
    held = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        held |= one
    QTest.keyClick(view.windowHandle(), key, held)
    QApplication.processEvents()


def _(text: str, look: Look) -> str:
    return look.language.gettext(text)


# What must not be seen


def test_nothing_on_the_screen_names_who_is_not_at_the_table(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Table().open())
    model = view._model.capture  # noqa: SLF001  the state behind it

    told = ""
    for kind in Kind:
        model.kind = kind
        model.changed.emit()
        told += words(view)

    assert "Farmor Provman" not in told
    assert "BUP Exempelstad" not in told


def test_a_title_that_not_everyone_may_see_is_a_private_item(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Table(meeting_room(now=6, entries=())).open())

    told = words(view)

    assert _("Private item", look) in told


def test_the_screen_says_the_same_whether_an_entry_is_shown_or_hidden(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(meeting_room(entries=()))
    view = opened(qtbot, look, table.open())
    model = view._model.capture  # noqa: SLF001
    model.choose_kind(Kind.NOTE)
    before = words(view)
    model.type("Något som rummet inte får se.")

    model.add()

    after = words(view)
    assert model.said is Said.ADDED
    assert "Något som rummet inte får se." not in after
    assert set(after.splitlines()) - set(before.splitlines()) <= {
        _("Saved {time}", look).format(time="07:51")
    }


def test_the_key_for_what_was_gone_through_says_no_word_of_an_exclusion_or_a_limit(
    qtbot: QtBot, look: Look
) -> None:
    line = _("Ctrl+Shift+Enter: add as gone through", look)

    for now in range(6):
        told = words(opened(qtbot, look, Table(meeting_room(now=now)).open()))
        assert line in told
        assert not re.search("undantag|gräns|vouch|exclusion|limit", told, re.IGNORECASE)


def test_the_name_is_not_told_where_not_everyone_may_know_it(qtbot: QtBot, look: Look) -> None:
    people = tuple(one for one in seats() if Function.SUBJECT_PERSON not in one.functions)
    room = meeting_room(subject="", people=people, entries=(), carried=(), now=0)
    view = opened(qtbot, look, Table(room).open())
    view._model.capture.choose_kind(Kind.OWN_WORDS)  # noqa: SLF001

    told = words(view)

    assert "Elias" not in told
    assert _("Own words", look) in told


def test_what_was_decided_for_another_room_goes_before_somebody_comes_in() -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    runner.work_off()
    assert model.entries

    model.set_presence(table.room.seats[7].id, Presence.HERE)

    assert not model.entries
    assert model.room is not None
    assert model.room.carried == ()
    assert model.room.subject_name == ""
    runner.work_off()
    assert model.entries == DECIDED


def test_the_screen_itself_tells_nothing_more_before_it_is_stored_that_somebody_comes(
    qtbot: QtBot, look: Look
) -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    runner.work_off()
    view = opened(qtbot, look, model)
    told = [one.item.text for one in (*model.entries, *table.room.carried)]
    others: list[bool] = []
    model.others_come.connect(lambda: others.append(True))
    assert told
    assert all(one in _on_labels(view) for one in told)

    model.toggle(table.room.seats[7].id)

    assert table.asked == []
    assert others == [True]
    assert not any(one in _on_labels(view) for one in told)


def test_the_screen_is_empty_for_whoever_comes_though_what_is_typed_cannot_be_put_aside(
    qtbot: QtBot, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    runner.work_off()
    view = opened(qtbot, look, model)
    told = [one.item.text for one in model.entries]

    def fail() -> None:
        raise RuntimeError

    monkeypatch.setattr(model.capture, "put_aside", fail)
    with pytest.raises(RuntimeError):
        model.toggle(table.room.seats[7].id)

    assert not any(one in _on_labels(view) for one in told)


def test_the_name_goes_before_it_is_stored_that_everyone_is_here() -> None:
    runner = HeldRunner()
    table = Table(PLANNED(people=seats(Presence.EXPECTED)))
    model = table.open(runner)
    runner.work_off()
    assert model.room is not None
    assert model.room.subject_name

    model.everyone_is_here()

    assert table.asked == []
    assert model.room.subject_name == ""


def _on_labels(view: QWidget) -> str:
    """Return all that labels hold, whether anybody sees them or not."""
    return "\n".join(one.text() for one in view.findChildren(QLabel))


def test_an_older_reading_does_not_bring_back_what_was_taken_away_for_a_newcomer() -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    runner.work_off()
    model.refresh(Changes(meetings=True))
    model.set_presence(table.room.seats[7].id, Presence.HERE)

    runner.waiting.pop(0)()

    assert table.reads == 2
    assert not model.entries
    assert model.room is not None
    assert model.room.subject_name == ""
    runner.work_off()
    assert model.entries == DECIDED


def test_of_two_readings_only_the_newer_one_is_shown() -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    model.refresh(Changes(meetings=True))

    runner.waiting.pop(0)()

    assert model.room is None
    runner.work_off()
    assert model.entries == DECIDED


def test_a_category_tells_nothing_of_a_private_item() -> None:
    table = Table(meeting_room(now=6, entries=()))
    model = table.open()
    assert model.item is not None
    assert model.item.category == "network"

    assert model.capture.kind is Kind.NOTE
    assert model.capture.category == "plan"


def test_what_is_half_written_is_not_there_for_whoever_comes_in(qtbot: QtBot, look: Look) -> None:
    stored: list[str] = []
    drafts = keeping(stored)
    table = Table()
    model = table.open(drafts=drafts)
    view = opened(qtbot, look, model)
    field = text_of(view)
    QTest.keyClicks(field, "Oroligt hemma.")

    model.set_presence(table.room.seats[7].id, Presence.HERE)
    field.undo()

    assert field.toPlainText() == ""
    assert "Oroligt" not in words(view)
    # Once as it stood there, and at once as what was taken off the screen.
    assert stored == ["Oroligt hemma."] * 2
    assert button(view, "bring back").text() == _("Bring back what was typed", look)
    assert button(view, "bring back").isVisible()


def test_nor_does_undoing_bring_back_what_was_added_before_they_came(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    field = text_of(view)
    QTest.keyClicks(field, "Oroligt hemma.")
    press(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    model.set_presence(table.room.seats[7].id, Presence.HERE)
    field.undo()

    assert field.toPlainText() == ""


def test_one_button_brings_back_what_was_taken_off_the_screen(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.choose_kind(Kind.OWN_WORDS)
    model.capture.choose_whose(UUID(int=92))
    QTest.keyClicks(text_of(view), "Jag vill.")
    model.set_presence(table.room.seats[7].id, Presence.HERE)
    model.capture.choose_kind(Kind.NOTE)

    button(view, "bring back").click()

    assert text_of(view).toPlainText() == "Jag vill."
    assert text_of(view).hasFocus()
    assert (model.capture.kind, model.capture.whose) == (Kind.OWN_WORDS, UUID(int=92))
    assert not button(view, "bring back").isVisible()


def test_what_is_typed_since_is_not_lost_to_what_is_brought_back() -> None:
    stored: list[str] = []
    drafts = keeping(stored)
    table = Table()
    model = table.open(drafts=drafts)
    model.capture.type("Före")
    model.set_presence(table.room.seats[7].id, Presence.HERE)
    model.capture.type("Efter")
    model.leave()

    model.capture.bring_back()
    first = model.capture.text
    model.capture.bring_back()

    assert (first, model.capture.text) == ("Före", "Efter")
    assert model.capture.has_aside
    assert stored[-1] == "Efter\nFöre"


def test_what_was_stored_while_somebody_came_in_is_not_brought_back() -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    runner.work_off()
    model.capture.type("Skolan ringde.")
    model.capture.add()
    model.set_presence(table.room.seats[7].id, Presence.HERE)

    runner.work_off()

    assert len(table.asked) == 2
    assert not model.capture.is_unfinished


def test_what_was_refused_while_somebody_came_in_can_be_brought_back() -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    runner.work_off()
    model.capture.type("Skolan ringde.")
    model.capture.add()
    model.set_presence(table.room.seats[7].id, Presence.HERE)
    table.failure = DiskFullError()

    runner.work_off()
    model.capture.bring_back()

    assert model.capture.text == "Skolan ringde."


def test_who_leaves_needs_nothing_taken_away() -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    runner.work_off()

    model.set_presence(table.room.seats[5].id, Presence.GONE)

    assert model.entries == DECIDED
    runner.work_off()


def test_a_meeting_that_can_no_longer_be_read_leaves_the_screen(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    table.read_failure = NoAccessError()

    model.refresh(Changes(meetings=True))

    assert model.stage is Stage.FAILED
    assert "Elias" not in words(view)


def test_a_reading_that_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    table = Table()
    model = table.open()
    table.read_failure = NotConfirmedError()

    with qtbot.waitSignal(model.failed):
        model.refresh(Changes(items=True))


# The curtain


def test_the_curtain_hides_everything_and_says_nothing(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Table().open())

    press(view, Qt.Key.Key_F9)

    assert set(words(view).splitlines()) == {
        _("Break", look),
        _("The screen is covered.", look),
    }


@pytest.mark.parametrize(
    "room", [PLANNED(), meeting_room(), meeting_room(MeetingState.HELD)], ids=lambda one: one.state
)
def test_one_key_lifts_the_curtain_from_any_stage(qtbot: QtBot, look: Look, room: object) -> None:
    assert isinstance(room, type(meeting_room()))
    view = opened(qtbot, look, Table(room).open())
    before = words(view)

    press(view, Qt.Key.Key_F9)
    press(view, Qt.Key.Key_F9)

    assert words(view) == before


def test_no_key_does_anything_behind_the_curtain(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.type("Halvskrivet")
    press(view, Qt.Key.Key_F9)

    for key in (Qt.Key.Key_F8, Qt.Key.Key_F4):
        press(view, key)
    press(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    press(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    assert table.asked == []
    assert model.capture.text == "Halvskrivet"


def test_the_curtain_falls_when_a_screen_comes_or_goes(qtbot: QtBot, look: Look) -> None:
    model = Table().open()
    view = opened(qtbot, look, model)

    model.screens_changed()
    model.screens_changed()

    assert model.is_covered
    assert "Elias" not in words(view)


def test_the_curtain_stays_when_the_screen_is_built_anew(qtbot: QtBot, look: Look) -> None:
    model = Table().open()
    model.toggle_curtain()

    view = opened(qtbot, look, model)

    assert "Elias" not in words(view)


# Before the meeting


def test_it_does_not_begin_while_nobody_is_there(qtbot: QtBot, look: Look) -> None:
    people = seats(Presence.EXPECTED, confirmed=False)
    table = Table(PLANNED(people=people))
    view = opened(qtbot, look, table.open())

    view._model.begin()  # noqa: SLF001

    assert not button(view, "begin").isEnabled()
    assert _("Nobody is here yet.", look) in words(view)
    assert table.asked == []


def test_it_does_not_begin_while_somebody_there_has_not_confirmed(qtbot: QtBot, look: Look) -> None:
    people = list(seats())
    people[5] = replace(people[5], has_confirmed=False)
    table = Table(PLANNED(people=people))
    view = opened(qtbot, look, table.open())

    assert not button(view, "begin").isEnabled()
    assert _("{name} has not confirmed yet.", look).format(name="Jonas Ek") in words(view)


def test_it_says_how_many_have_not_confirmed(qtbot: QtBot, look: Look) -> None:
    people = [replace(one, has_confirmed=False) for one in seats()]
    view = opened(qtbot, look, Table(PLANNED(people=people)).open())

    assert look.language.ngettext(
        "{count} of those who are here has not confirmed yet.",
        "{count} of those who are here have not confirmed yet.",
        5,
    ).format(count=5) in words(view)


def test_the_family_has_nothing_to_confirm() -> None:
    table = Table(PLANNED())
    model = table.open()

    assert model.may_begin


def test_one_key_says_that_all_are_here_and_have_confirmed(qtbot: QtBot, look: Look) -> None:
    people = list(seats(Presence.EXPECTED, confirmed=False))
    people[6] = replace(people[6], presence=Presence.ABSENT)
    table = Table(PLANNED(people=people))
    view = opened(qtbot, look, table.open())

    press(view, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    first, *others = table.asked
    assert isinstance(first, ConfirmDuty)
    assert first.participant_ids == {one.id for one in people[2:6]}
    came = [one.participant_id for one in others if isinstance(one, SetPresence)]
    assert came == [one.id for one in people if one.presence is Presence.EXPECTED]


@pytest.mark.parametrize("name", ["people", "name of a guest"])
def test_a_change_leaves_the_focus_where_somebody_works(
    qtbot: QtBot, look: Look, name: str
) -> None:
    table = Table(PLANNED())
    model = table.open()
    view = opened(qtbot, look, model)
    button(view, "somebody more").click()
    found = view.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    found.setFocus()
    people = [
        replace(one, presence=Presence.HERE, has_confirmed=True, must_confirm=False)
        for one in seats()
    ]
    table.room = PLANNED(people=people)

    model.refresh(Changes(meetings=True))
    press(view, Qt.Key.Key_Right)

    assert button(view, "begin").isEnabled()
    assert not button(view, "everyone is here").isEnabled()
    assert found.hasFocus()


def test_a_name_that_is_typed_does_not_begin_the_meeting(qtbot: QtBot, look: Look) -> None:
    people = [replace(one, presence=Presence.HERE) for one in seats()]
    table = Table(PLANNED(people=people))
    model = table.open()
    view = opened(qtbot, look, model)
    button(view, "somebody more").click()

    for letter in "Eva Tolk":
        model.refresh(Changes(meetings=True))
        QTest.keyClicks(view.focusWidget(), letter)

    assert model.beside.guest.name == "Eva Tolk"
    assert table.asked == []


def test_a_beginning_that_was_refused_can_be_tried_again_with_the_same_key(
    qtbot: QtBot, look: Look
) -> None:
    people = [replace(one, presence=Presence.HERE) for one in seats()]
    table = Table(PLANNED(people=people), failure=DiskFullError())
    view = opened(qtbot, look, table.open())
    button(view, "begin").setFocus()

    press(view, Qt.Key.Key_Return)

    assert button(view, "begin").hasFocus()


def test_presence_is_set_and_confirmed_by_keyboard_alone(qtbot: QtBot, look: Look) -> None:
    people = list(seats(Presence.EXPECTED, confirmed=False))
    people[1] = replace(people[1], presence=Presence.REMOTE)
    people[2] = replace(people[2], presence=Presence.HERE)
    table = Table(PLANNED(people=people))
    view = opened(qtbot, look, table.open())
    row_list(view, "people").setFocus()

    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Left)
    press(view, Qt.Key.Key_Down)
    press(view, Qt.Key.Key_Return)

    expected = [
        SetPresence(meeting_id=MEETING, participant_id=people[0].id, presence=Presence.HERE),
        SetPresence(meeting_id=MEETING, participant_id=people[1].id, presence=Presence.ABSENT),
        SetPresence(meeting_id=MEETING, participant_id=people[1].id, presence=Presence.HERE),
        ConfirmDuty(meeting_id=MEETING, participant_ids=frozenset({people[2].id})),
    ]
    assert table.asked == expected


def test_presence_and_confirmation_can_be_clicked(qtbot: QtBot, look: Look) -> None:
    people = seats(Presence.EXPECTED, confirmed=False)
    table = Table(PLANNED(people=people))
    view = opened(qtbot, look, table.open())
    rows = row_list(view, "people")
    box = rows.visualRect(rows.rows.index(2))
    confirm = box.center()
    confirm.setX(box.right() - 30)
    here = box.center()
    here.setX(box.right() - 340)
    nothing = box.center()
    nothing.setX(box.left() + 60)

    for at in (nothing, confirm, here):
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)

    assert table.asked == [
        ConfirmDuty(meeting_id=MEETING, participant_ids=frozenset({people[2].id})),
        SetPresence(meeting_id=MEETING, participant_id=people[2].id, presence=Presence.HERE),
    ]


def test_somebody_who_was_not_invited_is_written_in(qtbot: QtBot, look: Look) -> None:
    table = Table(PLANNED())
    view = opened(qtbot, look, table.open())

    button(view, "somebody more").click()
    field = view.findChild(QLineEdit, "name of a guest")
    assert isinstance(field, QLineEdit)
    assert field.hasFocus()
    QTest.keyClicks(field, "Eva Tolk")
    QTest.keyClick(field, Qt.Key.Key_Return)

    guest = Invitation(functions=frozenset({Function.SUPPORT_PERSON}), name="Eva Tolk")
    assert table.asked == [(MEETING, guest)]
    assert not field.isVisible()


def test_a_guest_who_was_refused_need_not_be_typed_again(qtbot: QtBot, look: Look) -> None:
    table = Table(PLANNED(), failure=DiskFullError())
    view = opened(qtbot, look, table.open())
    button(view, "somebody more").click()
    field = line_of(view, "name of a guest")
    function = view.findChild(ComboBox, "what a guest does")
    assert isinstance(function, ComboBox)
    QTest.keyClicks(field, "Eva Tolk")
    QTest.keyClick(function, Qt.Key.Key_Down)

    QTest.keyClick(field, Qt.Key.Key_Return)
    refused = (field.isVisible(), field.text(), function.currentIndex())
    table.failure = None
    QTest.keyClick(field, Qt.Key.Key_Return)

    guest = Invitation(functions=frozenset({Function.INTERPRETER}), name="Eva Tolk")
    assert refused == (True, "Eva Tolk", 1)
    assert table.asked == [(MEETING, guest)]
    assert not field.isVisible()


def test_a_guest_who_is_being_typed_stays_when_the_window_changes_its_size(
    qtbot: QtBot, look: Look
) -> None:
    model = Table(PLANNED()).open()
    view = opened(qtbot, look, model)
    button(view, "somebody more").click()
    QTest.keyClicks(line_of(view, "name of a guest"), "Eva")
    model.beside.guest.function = Function.OBSERVER

    view.resize(1920, 1080)
    QApplication.processEvents()
    QTest.keyClicks(view.focusWidget(), " Tolk")

    function = view.findChild(ComboBox, "what a guest does")
    assert isinstance(function, ComboBox)
    assert line_of(view, "name of a guest").text() == "Eva Tolk"
    assert function.currentIndex() == 2


def test_a_guest_is_stored_once_however_often_the_key_is_pressed() -> None:
    runner = HeldRunner()
    table = Table(PLANNED())
    model = table.open(runner)
    runner.work_off()
    model.ask_to_invite(asks=True)
    model.beside.guest.name = "Eva Tolk"

    model.invite()
    model.invite()
    runner.work_off()

    assert len(table.asked) == 1
    assert not model.is_inviting


def test_the_next_guest_begins_with_an_empty_name(qtbot: QtBot, look: Look) -> None:
    table = Table(PLANNED())
    view = opened(qtbot, look, table.open())
    for name in ("Eva Tolk", "Adam Provman"):
        button(view, "somebody more").click()
        QTest.keyClicks(line_of(view, "name of a guest"), name)
        QTest.keyClick(line_of(view, "name of a guest"), Qt.Key.Key_Return)

    assert [one[1].name for one in table.asked if isinstance(one, tuple)] == [
        "Eva Tolk",
        "Adam Provman",
    ]


def test_the_reminder_names_the_young_person_as_they_are_called(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Table(PLANNED()).open())

    told = words(view)

    person = _("Talk with {person}, not about {person}.", look)
    assert person.format(person="Elias") in told
    assert _("Before we begin", look) in told


@pytest.mark.usefixtures("no_strays")
def test_a_whole_meeting_begins_with_two_keys(qtbot: QtBot, look: Look) -> None:
    table = Table(PLANNED(people=seats(Presence.EXPECTED, confirmed=False)))
    view = opened(qtbot, look, table.open())
    assert view.first_focus is button(view, "everyone is here")

    table.room = PLANNED()
    press(view, Qt.Key.Key_Return)
    assert button(view, "begin").hasFocus() or view.first_focus is button(view, "begin")
    table.room = meeting_room()
    view.first_focus.setFocus()
    press(view, Qt.Key.Key_Return)

    assert view._model.stage is Stage.RUNNING  # noqa: SLF001  the step itself is looked at
    field = view.findChild(QTextEdit, "capture text")
    assert isinstance(field, QTextEdit)
    assert field.hasFocus()


# Writing things down


def written(table: Table) -> WriteEntry:
    """Return the last entry that was stored."""
    last = table.asked[-1]
    assert isinstance(last, WriteEntry)
    return last


def test_a_decision_that_no_agency_takes_is_not_stored_and_keeps_its_text(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    view = opened(qtbot, look, table.open())
    model = view._model.capture  # noqa: SLF001
    model.choose_kind(Kind.DECISION)
    field = view.findChild(QTextEdit, "capture text")
    assert isinstance(field, QTextEdit)
    field.setPlainText("Elias får en egen grupp")

    model.add()

    assert table.asked == []
    assert _("Choose who decides. Your text is still here.", look) in words(view)
    assert field.toPlainText() == "Elias får en egen grupp"


def test_own_words_of_nobody_are_not_stored() -> None:
    table = Table(meeting_room(subject="", people=()))
    model = table.open()
    model.capture.choose_kind(Kind.OWN_WORDS)
    model.capture.type("Jag vill.")

    model.capture.add()

    assert table.asked == []
    assert model.capture.said is Said.NO_SPEAKER
    assert model.capture.text == "Jag vill."


@pytest.mark.parametrize("day", ["i morgon", "2026-13-01", "2026-11-25", "31/2", "0/0"])
def test_an_action_with_a_day_that_is_none_is_not_stored(day: str) -> None:
    table = Table()
    model = table.open()
    model.capture.choose_kind(Kind.ACTION)
    model.capture.type("Ring")
    model.capture.type_due(day)

    model.capture.add()

    assert table.asked == []
    assert model.capture.said is Said.NO_DAY
    assert model.capture.text == "Ring"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (InvalidInputError(field="text", flaw="length"), Said.TOO_LONG),
        (InvalidInputError(field="organisation", flaw="missing"), Said.NO_AGENCY),
        (DiskFullError(), Said.NOTHING),
    ],
)
def test_nothing_typed_is_lost_when_it_is_refused(
    qtbot: QtBot, look: Look, error: DiskFullError | InvalidInputError, said: Said
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.type("Skolan ringde.")
    table.failure = error

    model.capture.add()

    assert model.capture.text == "Skolan ringde."
    assert model.capture.said is said
    told = words(view)
    assert (_("The disk is full", look) in told) is isinstance(error, DiskFullError)
    table.failure = None
    model.capture.add()
    assert model.capture.text == ""
    assert _("The disk is full", look) not in words(view)


@pytest.mark.parametrize(
    ("kept_as", "said"),
    [
        (KeptAs.NOTE_WITHOUT_RESPONSIBLE, "Kept as a note: nobody was named who does it."),
        (KeptAs.NOTE_WITHOUT_DATE, "Kept as a note: no last day was given."),
    ],
)
def test_an_action_that_was_kept_as_a_note_is_told_to_be(
    qtbot: QtBot, look: Look, kept_as: KeptAs, said: str
) -> None:
    table = Table(kept_as=kept_as)
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.choose_kind(Kind.ACTION)
    model.capture.type("Ring BUP")

    model.capture.add()

    assert _(said, look) in words(view)


def test_an_action_names_who_and_when() -> None:
    table = Table()
    model = table.open()
    model.capture.choose_kind(Kind.ACTION)
    model.capture.type("Skicka kursdatum")
    model.capture.choose_responsible(table.room.seats[6].id)
    model.capture.type_due("4/12")

    model.capture.add()

    assert written(table) == WriteEntry(
        meeting_id=MEETING,
        agenda_id=UUID(int=604),
        kind=EntryKind.ACTION,
        text="Skicka kursdatum",
        organisation_id=LEISURE,
        category="leisure",
        responsible="Dalia Karim",
        due_on=date(2026, 12, 4),
    )
    assert model.capture.due == ""
    assert model.capture.responsible is None


def test_a_note_has_the_category_of_its_item_until_another_is_chosen() -> None:
    table = Table(meeting_room(now=3))
    model = table.open()
    model.capture.type("En")
    model.capture.add()
    first = written(table)
    model.capture.choose_category("network")
    model.capture.type("Två")
    model.capture.add()

    assert (first.category, first.organisation_id) == ("schooling", CONTROLLER)
    assert written(table).category == "network"


def test_somebody_of_the_family_says_something() -> None:
    table = Table()
    model = table.open()
    model.capture.choose_whose(UUID(int=92))
    model.capture.type("Det går bättre.")

    model.capture.add()

    assert written(table).said_by == UUID(int=92)
    assert written(table).organisation_id is None


def test_under_the_second_item_the_young_persons_own_words_are_written() -> None:
    table = Table(meeting_room(now=1, entries=()))
    model = table.open()
    model.capture.type("Jag vill boxas.")

    model.capture.add()

    assert written(table).kind is EntryKind.OWN_WORDS
    assert written(table).said_by == SUBJECT


def test_one_key_vouches_that_nothing_stands_in_the_way(qtbot: QtBot, look: Look) -> None:
    table = Table()
    view = opened(qtbot, look, table.open())
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClicks(view.first_focus, "Skolan ringde.")
    press(view, Qt.Key.Key_Return, control)
    QTest.keyClicks(view.first_focus, "Skolan ringde igen.")
    press(view, Qt.Key.Key_Return, control, shift)

    assert [one.is_tried for one in table.asked if isinstance(one, WriteEntry)] == [False, True]


def test_keys_choose_what_is_written(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Table().open())
    chosen = []

    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4):
        press(view, key, Qt.KeyboardModifier.ControlModifier)
        chosen.append(view._model.capture.kind)  # noqa: SLF001

    assert chosen == [Kind.DECISION, Kind.ACTION, Kind.NOTE, Kind.OWN_WORDS]
    assert view.first_focus.hasFocus()


def test_a_dissent_follows_the_newest_decision_and_then_the_one_before(
    qtbot: QtBot, look: Look
) -> None:
    older = entry(9, "Äldre beslut", ItemKind.DECISION)
    table = Table(meeting_room(entries=(older, *DECIDED)))
    view = opened(qtbot, look, table.open())
    model = view._model.capture  # noqa: SLF001

    press(view, Qt.Key.Key_F4)
    newest = model.follows
    press(view, Qt.Key.Key_F4)
    model.type("Jag vill inte.")
    model.add()

    assert newest == DECIDED[0].item.id
    assert written(table).kind is EntryKind.DISSENT
    assert written(table).follows == older.item.id
    assert written(table).said_by == SUBJECT
    assert written(table).category == "plan"
    assert model.kind is Kind.NOTE
    assert model.follows is None


def test_a_dissent_is_of_the_category_of_its_decision_whatever_was_chosen_before() -> None:
    decision = entry(9, "Skolan ringer varje fredag", ItemKind.DECISION, category="schooling")
    table = Table(meeting_room(entries=[decision]))
    model = table.open()
    model.capture.choose_category("network")
    model.capture.disagree()
    model.capture.type("Jag vill inte.")

    model.capture.add()

    assert written(table).kind is EntryKind.DISSENT
    assert written(table).category == "schooling"


def test_without_a_decision_there_is_nothing_to_disagree_with(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Table(meeting_room(entries=())).open())

    press(view, Qt.Key.Key_F4)

    assert _("There is no decision here yet. Go to the item where it stands.", look) in words(view)


def test_a_dissent_stands_right_below_its_decision(qtbot: QtBot, look: Look) -> None:
    told = words(opened(qtbot, look, Table().open())).splitlines()

    place = told.index("Elias får en egen grupp på onsdagar")
    dissent = told.index("Jag vill gå den först efter jul.")
    assert place < dissent < told.index("Skicka tider och lista till Elias")


def test_what_is_typed_while_the_last_is_stored_stays() -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    runner.work_off()
    model.capture.type("Skolan ringde.")
    model.capture.add()
    model.capture.type("Skolan ringde. Och så")

    runner.work_off()

    assert model.capture.text == " Och så"


@pytest.mark.parametrize("sent", ["Skolan ringde.", "Hen sa 🧑‍🎓 ja."])
def test_whoever_types_on_keeps_their_place_and_can_undo(
    qtbot: QtBot, look: Look, sent: str
) -> None:
    runner = HeldRunner()
    model = Table().open(runner)
    runner.work_off()
    view = opened(qtbot, look, model)
    field = text_of(view)
    field.insertPlainText(sent)
    press(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "Och sen")
    field.moveCursor(QTextCursor.MoveOperation.PreviousCharacter)

    runner.work_off()
    can_undo = field.document().isUndoAvailable()
    QTest.keyClicks(field, "X")

    assert field.toPlainText() == model.capture.text == "Och seXn"
    assert can_undo


def test_what_is_typed_survives_that_the_screen_is_built_anew(
    qtbot: QtBot, qapp: QApplication
) -> None:
    model = Table().open()
    first = opened(qtbot, make_look(qapp), model)
    QTest.keyClicks(first.first_focus, "Halvskrivet")
    first.close()

    again = opened(qtbot, make_look(qapp, scale=1.5), model)

    field = again.findChild(QTextEdit, "capture text")
    assert isinstance(field, QTextEdit)
    assert field.toPlainText() == "Halvskrivet"


def test_what_is_typed_is_kept_when_the_screen_is_left(qtbot: QtBot, look: Look) -> None:
    stored: list[StoreDraft] = []

    def store(command: StoreDraft) -> Done[None]:
        stored.append(command)
        return Done(None)

    drafts = draft_uses(store=store, read=lambda: Done(()), discard=lambda _id: Done(None))
    model = Table().open(drafts=drafts)
    view = opened(qtbot, look, model)
    model.capture.type("Halvskrivet")

    view.hide()

    assert [(one.kind, one.subject_id, readable(one.kind, one.text)) for one in stored] == [
        (DraftKind.ENTRY, MEETING, "Halvskrivet")
    ]


def test_what_an_earlier_visit_left_comes_back(qtbot: QtBot, look: Look) -> None:
    draft = Draft(
        id=UUID(int=9), kind=DraftKind.ENTRY, text="Halvskrivet", stored_at=NOW, subject_id=MEETING
    )
    model = Table().open(drafts=make_drafts([draft]))
    view = opened(qtbot, look, model)
    field = view.findChild(QTextEdit, "capture text")
    assert isinstance(field, QTextEdit)
    at_first = field.toPlainText()

    model.capture.bring_back()

    # Not before somebody wants it: others may sit before the screen by now.
    assert not at_first
    assert field.toPlainText() == "Halvskrivet"


def test_the_text_grows_to_four_rows_and_then_scrolls(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Table().open())
    field = view.findChild(QTextEdit, "capture text")
    assert isinstance(field, QTextEdit)
    heights = []

    for rows in (1, 2, 4, 40):
        field.setPlainText("\n".join(["rad"] * rows))
        QApplication.processEvents()
        heights.append(field.height())

    assert heights[0] < heights[1] < heights[2] == heights[3]


# Going on


def test_keys_go_from_item_to_item(qtbot: QtBot, look: Look) -> None:
    table = Table()
    view = opened(qtbot, look, table.open())

    press(view, Qt.Key.Key_F8)
    press(view, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)

    assert table.asked == [(MEETING, UUID(int=605)), (MEETING, UUID(int=603))]


def test_an_item_is_chosen_in_the_agenda_by_keyboard(qtbot: QtBot, look: Look) -> None:
    table = Table()
    view = opened(qtbot, look, table.open())
    row_list(view, "agenda").setFocus()

    press(view, Qt.Key.Key_Home)
    press(view, Qt.Key.Key_Return)

    assert table.asked == [(MEETING, UUID(int=600))]


def test_after_the_last_item_comes_the_review(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(now=6))
    view = opened(qtbot, look, table.open())

    press(view, Qt.Key.Key_F8)

    assert table.asked == []
    assert view._model.stage is Stage.REVIEW  # noqa: SLF001


def test_the_timer_goes_on_where_it_was_when_the_meeting_comes_back(
    qtbot: QtBot, look: Look
) -> None:
    room = meeting_room()
    came = {"began_at": NOW - timedelta(minutes=30), "came_at": NOW, "used_seconds": 240}
    back = tuple(
        replace(one, **came)  # type: ignore[arg-type]  # fields of its own
        if one.state is AgendaState.NOW
        else one
        for one in room.agenda
    )
    view = opened(qtbot, look, Table(replace(room, agenda=back)).open())

    assert "03:00" in words(view)


def test_the_timer_counts_down_and_then_up(qtbot: QtBot, look: Look) -> None:
    table = Table()
    view = opened(qtbot, look, table.open())
    before = words(view)
    table.now = NOW + timedelta(minutes=5)

    view._tick()  # noqa: SLF001  as after a second

    assert "03:42" in before
    assert "01:18" in words(view)
    assert _("over {count} min", look).format(count=7) in words(view)
    assert "07:56" in words(view)


def test_who_comes_late_is_let_in_and_confirms(qtbot: QtBot, look: Look) -> None:
    table = Table()
    view = opened(qtbot, look, table.open())
    late = list(seats())
    row_list(view, "people").setFocus()
    press(view, Qt.Key.Key_End)
    late[7] = replace(late[7], presence=Presence.HERE, must_confirm=True, has_confirmed=False)
    table.room = meeting_room(people=late)

    press(view, Qt.Key.Key_Return)
    press(view, Qt.Key.Key_Return)
    late[7] = replace(late[7], has_confirmed=True)
    table.room = meeting_room(people=late)
    view._model.refresh(Changes(meetings=True))  # noqa: SLF001
    press(view, Qt.Key.Key_Return)

    ids = late[7].id
    came = [
        SetPresence(meeting_id=MEETING, participant_id=ids, presence=Presence.HERE),
        ConfirmDuty(meeting_id=MEETING, participant_ids=frozenset({ids})),
    ]
    assert table.asked == came
    view._model.departures.store_now()  # noqa: SLF001
    left = SetPresence(meeting_id=MEETING, participant_id=ids, presence=Presence.GONE)
    assert table.asked == [*came, left]


def test_people_carry_presence_and_nothing_else(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Table().open())
    rows = row_list(view, "people").rows

    lines = [rows.index(row).data(Qt.ItemDataRole.UserRole) for row in range(rows.rowCount())]

    assert all(isinstance(one, PersonRow) for one in lines)
    assert [one.told.word for one in lines] == [
        *[_("Here", look)] * 7,
        _("Not here yet", look),
    ]


@pytest.mark.parametrize(
    ("row", "state", "reason"),
    [
        (0, CommitmentState.DONE, ""),
        (1, CommitmentState.DOING, ""),
        (2, CommitmentState.NOT_STARTED, ""),
        (3, CommitmentState.NOT_DONE, "no_time"),
    ],
)
def test_what_became_of_a_commitment_is_chosen_in_its_pill(
    qtbot: QtBot, look: Look, row: int, state: CommitmentState, reason: str
) -> None:
    table = Table()
    view = opened(qtbot, look, table.open())
    pill = view.findChild(StateBox, f"state {CARRIED[1].item.id}")
    assert isinstance(pill, StateBox)

    pill.activated.emit(row)

    assert table.asked == [
        ChangeCommitment(
            case_id=UUID(int=11), commitment_id=CARRIED[1].item.id, state=state, reason=reason
        )
    ]


@pytest.mark.parametrize("stays", [True, False])
def test_after_a_commitment_is_settled_the_focus_is_where_it_was(
    qtbot: QtBot, look: Look, *, stays: bool
) -> None:
    table = Table()
    view = opened(qtbot, look, table.open())
    name = f"state {CARRIED[1].item.id}"
    pill = view.findChild(StateBox, name)
    assert isinstance(pill, StateBox)
    pill.setFocus()
    settled = replace(CARRIED[1], commitment=meeting_desk.promise(state=CommitmentState.DONE))
    table.room = meeting_room(carried=[CARRIED[0], settled] if stays else [CARRIED[0]])

    QTest.keyClick(pill, Qt.Key.Key_Down)
    QTest.keyClick(pill.view(), Qt.Key.Key_Return)
    QApplication.processEvents()

    assert len(table.asked) == 1
    assert view.focusWidget().objectName() == (name if stays else "capture text")


def test_arrow_keys_open_the_pill_and_store_nothing(qtbot: QtBot, look: Look) -> None:
    table = Table()
    view = opened(qtbot, look, table.open())
    pill = view.findChild(StateBox, f"state {CARRIED[1].item.id}")
    assert isinstance(pill, StateBox)
    pill.setFocus()

    QTest.keyClick(pill, Qt.Key.Key_Down)

    assert table.asked == []
    assert pill.view().isVisible()
    pill.hidePopup()


def test_late_is_not_done_yet_and_never_red(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Table().open())
    bad = look.theme.tokens.bad.lower()

    picture = view.grab().toImage()

    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    }
    assert bad not in colours
    pill = view.findChild(StateBox, f"state {CARRIED[1].item.id}")
    assert isinstance(pill, StateBox)
    assert pill.accessibleDescription() == _("Not done yet", look)


def test_earlier_commitments_are_left_out_where_there_are_none(qtbot: QtBot, look: Look) -> None:
    other = words(opened(qtbot, look, Table(meeting_room(carried=())).open()))
    since_last = words(opened(qtbot, look, Table(meeting_room(now=2, carried=())).open()))

    assert _("Since the last meeting", look) not in other
    assert _("No earlier commitments.", look) in since_last


def test_ones_own_change_is_not_read_twice() -> None:
    table = Table()
    model = table.open()

    model.refresh(Changes(meetings=True), model)
    model.refresh(Changes(accounts=True), object())

    assert table.reads == 1


def test_a_change_is_told_to_the_rest_of_the_program(qtbot: QtBot) -> None:
    model = Table().open()

    with qtbot.waitSignals([model.made]):
        model.go_by(1)


def test_a_refused_change_is_told_and_the_meeting_read_again(qtbot: QtBot, look: Look) -> None:
    table = Table()
    view = opened(qtbot, look, table.open())
    table.failure = DiskFullError()

    view._model.go_by(1)  # noqa: SLF001

    assert _("The disk is full", look) in words(view)
    assert table.reads == 2


# The end


def test_a_next_meeting_that_cannot_be_read_does_not_end_this_one(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    model.review()
    field = view.findChild(QLineEdit, "day of the next meeting")
    assert isinstance(field, QLineEdit)
    field.clear()
    QTest.keyClicks(field, "någon gång")

    button(view, "end the meeting").click()

    assert table.asked == []
    assert field.text() == "någon gång"
    told = _("Write a day that is to come, and a time. Or leave the fields empty.", look)
    assert told in words(view)


def test_the_meeting_ends_with_the_next_agreed_on_and_goes_to_its_protocol(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    model.review()
    for name, text in (("day", "14/1"), ("time", "15"), ("place", "Kajutan")):
        field = view.findChild(QLineEdit, f"{name} of the next meeting")
        assert isinstance(field, QLineEdit)
        QTest.keyClicks(field, text)

    with qtbot.waitSignal(model.protocol_wanted):
        button(view, "end the meeting").click()

    last = table.asked[-1]
    assert isinstance(last, EndMeeting)
    assert last.next_meeting is not None
    assert last.next_meeting.starts_at.isoformat() == "2027-01-14T14:00:00+00:00"
    assert last.next_meeting.place == "Kajutan"


def test_a_meeting_does_not_end_while_something_typed_is_not_added(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.type("Skolan ringer på fredag.")
    model.review()

    button(view, "end the meeting").click()

    assert table.asked == []
    assert model.stage is Stage.REVIEW
    told = _("Not added yet: {text}", look).format(text="Skolan ringer på fredag.")
    assert told in words(view)
    assert _("Nothing is left to settle.", look) not in words(view)
    assert button(view, "add what was typed").hasFocus()


@pytest.mark.parametrize("way", ["add what was typed", "throw away what was typed"])
def test_it_ends_once_what_was_typed_is_added_or_thrown_away(
    qtbot: QtBot, look: Look, way: str
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.type("Skolan ringer på fredag.")
    model.review()
    button(view, way).setFocus()

    press(view, Qt.Key.Key_Return)
    added = [one.text for one in table.asked if isinstance(one, WriteEntry)]
    focus = view.focusWidget()
    with qtbot.waitSignal(model.protocol_wanted):
        button(view, "end the meeting").click()

    assert added == (["Skolan ringer på fredag."] if way.startswith("add") else [])
    assert focus is line_of(view, "day of the next meeting")
    assert model.capture.text == ""


def test_in_the_review_it_says_why_something_was_not_added(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.choose_kind(Kind.DECISION)
    model.capture.type("Elias får en egen grupp")
    model.review()
    button(view, "add what was typed").setFocus()

    press(view, Qt.Key.Key_Return)

    assert table.asked == []
    assert _("Choose who decides. Your text is still here.", look) in words(view)
    assert button(view, "add what was typed").hasFocus()


def test_what_was_taken_off_the_screen_is_settled_too_and_not_shown(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.type("Det är oroligt hemma.")
    model.set_presence(table.room.seats[7].id, Presence.HERE)
    table.asked.clear()
    model.review()

    model.end()

    assert table.asked == []
    assert "oroligt" not in words(view)
    assert button(view, "bring back what was typed").hasFocus()
    press(view, Qt.Key.Key_Return)
    assert "Det är oroligt hemma." in words(view)
    button(view, "throw away what was typed").click()
    model.end()
    assert isinstance(table.asked[-1], EndMeeting)


def test_throwing_away_what_is_seen_leaves_what_is_not() -> None:
    table = Table()
    model = table.open()
    model.capture.type("Före")
    model.set_presence(table.room.seats[7].id, Presence.HERE)
    model.capture.type("Efter")

    model.capture.throw_away()
    model.capture.bring_back()

    assert model.capture.text == "Före"


def test_the_key_of_the_primary_action_ends_the_meeting_from_its_review(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    control = Qt.KeyboardModifier.ControlModifier
    model.review()
    model.toggle_curtain()
    press(view, Qt.Key.Key_Return, control)
    assert table.asked == []
    model.toggle_curtain()

    with qtbot.waitSignal(model.protocol_wanted):
        press(view, Qt.Key.Key_Return, control)

    assert isinstance(table.asked[-1], EndMeeting)


def test_the_review_says_what_is_left_and_what_was_agreed(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(entries=(*DECIDED, NEARLY)))
    model = table.open()
    view = opened(qtbot, look, model)

    model.review()

    told = words(view)
    assert _("Action that was kept as a note", look) in told
    assert "Ring mormor (Dalia Karim)" in told
    assert "Mål och åtaganden" in told
    assert "Elias får en egen grupp på onsdagar" in told
    assert "Jag vill gå den först efter jul." in told


def test_from_the_review_one_gets_back_to_the_meeting(qtbot: QtBot, look: Look) -> None:
    model = Table().open()
    view = opened(qtbot, look, model)
    model.review()

    button(view, "back to the meeting").click()

    assert model.stage is Stage.RUNNING


def test_a_meeting_that_was_held_leads_to_its_minutes(qtbot: QtBot, look: Look) -> None:
    model = Table(meeting_room(MeetingState.HELD)).open()
    view = opened(qtbot, look, model)

    with qtbot.waitSignal(model.protocol_wanted):
        button(view, "to the minutes").click()


def test_a_meeting_that_was_called_off_leads_nowhere(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Table(meeting_room(MeetingState.CANCELLED)).open())

    assert _("The meeting was called off", look) in words(view)
    assert view.findChild(Button, "to the minutes") is None


def test_one_goes_to_the_leaders_page_and_back_to_the_meetings(qtbot: QtBot, look: Look) -> None:
    model = Table().open()
    view = opened(qtbot, look, model)

    with qtbot.waitSignal(model.hidden_wanted):
        button(view, "leader's page").click()
    with qtbot.waitSignal(model.left):
        press(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


# Much, and odd


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_as_it_is_and_breaks_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    people = [replace(one, name=text, organisation=text) for one in seats()]
    noted = [
        entry(1, text, ItemKind.DECISION, who=text),
        entry(2, text, who=text),
        entry(3, text, category="own_words", said_by=SUBJECT, who=text),
    ]
    room = meeting_room(people=people, entries=noted, subject=text)
    room = replace(
        room, agenda=tuple(replace(one, title=text, question=text) for one in room.agenda)
    )
    model = Table(room).open()
    view = opened(qtbot, look, model)

    told = words(view)
    view.grab()
    model.review()
    told += words(view)
    view.grab()

    assert "\u202e" not in told
    assert "\0" not in told
    if text.isprintable():
        assert text[:100] in told


@pytest.mark.timeout(30)
def test_two_hundred_people_and_five_hundred_entries_stay_usable(qtbot: QtBot, look: Look) -> None:
    noted = [entry(100 + one, f"Anteckning {one}") for one in range(500)]
    room = meeting_room(people=seats(count=200), entries=noted)
    table = Table(room)
    view = opened(qtbot, look, table.open())

    told = words(view)

    assert "Anteckning 499" in told
    assert "Anteckning 479" not in told
    button(view, "older entries").click()
    assert "Anteckning 479" in words(view)
    assert "Gäst 191" in told
    table.room = replace(room, state=MeetingState.PLANNED)
    view._model.refresh(Changes(meetings=True))  # noqa: SLF001
    assert "Gäst 191" in words(view)


def test_only_the_newest_entries_are_built() -> None:
    noted = [entry(100 + one, f"Anteckning {one}") for one in range(60)]
    model = Table(meeting_room(entries=noted)).open()

    assert len(model.entries) == ENTRIES_AT_A_TIME
    assert model.entries[-1].item.text == "Anteckning 59"


def test_an_agenda_of_fourteen_items_keeps_the_current_one_in_view(
    qtbot: QtBot, look: Look
) -> None:
    items = agenda(None)
    many = [replace(items[0], id=UUID(int=900 + one), state=AgendaState.DONE) for one in range(40)]
    many[30] = replace(many[30], state=AgendaState.NOW, began_at=NOW)
    room = replace(meeting_room(), agenda=tuple(many))
    view = opened(qtbot, look, Table(room).open())
    rows = row_list(view, "agenda")

    assert rows.viewport().rect().intersects(rows.visualRect(rows.rows.index(30)))


def test_where_the_window_is_narrow_people_come_in_place_of_the_agenda(
    qtbot: QtBot, qapp: QApplication
) -> None:
    look = make_look(qapp, scale=1.5)
    view = opened(qtbot, look, Table().open())
    assert not row_list(view, "people").isVisible()

    button(view, "show everyone").click()

    assert row_list(view, "people").isVisible()
    assert not row_list(view, "agenda").isVisible()
    assert faults(view) == []


def test_earlier_commitments_fold_where_the_window_is_narrow(
    qtbot: QtBot, qapp: QApplication
) -> None:
    look = make_look(qapp, scale=1.5)
    view = opened(qtbot, look, Table().open())
    before = words(view)

    button(view, "since the last meeting").click()

    assert CARRIED[0].item.text not in before
    assert CARRIED[0].item.text in words(view)


@pytest.mark.parametrize("size", [(640, 400), (1366, 768), (1920, 1080), (3840, 2160)])
def test_the_sizes_follow_the_window_and_are_never_smaller_than_on_the_desk(
    look: Look, size: tuple[int, int]
) -> None:
    room = room_look(look, *size)

    assert room.near.theme.scale >= 1.0
    assert room.voice.theme.scale >= room.far.theme.scale >= room.near.theme.scale
    if size[1] == 1080:
        assert room.px(24) == 24


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_what_the_room_talks_of_stands_there_however_much_is_noted(
    qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, make_look(qapp, scale=scale), model, (1366, 750))
    noted = [entry(700 + one, "Skolan ringer hem varje vecka.") for one in range(12)]
    table.room = meeting_room(entries=[*noted, entry(720, "Det sista.")])
    model.refresh(Changes(items=True))
    for _ in range(3):
        QApplication.processEvents()

    title = view.findChild(QLabel, "item title")
    (newest,) = [one for one in view.findChildren(QLabel) if one.text() == "Det sista."]

    for one in (title, newest):
        assert isinstance(one, QLabel)
        assert one.visibleRegion().boundingRect() == one.rect()


def test_one_thing_at_a_time_asks_to_be_done_next(qtbot: QtBot, look: Look) -> None:
    model = Table().open()
    view = opened(qtbot, look, model)
    assert asks(view) == ["next item"]

    QTest.keyClicks(view.window().focusWidget(), "Skolan")

    assert asks(view) == ["add entry"]


def asks(view: QWidget) -> list[str]:
    """Return the filled buttons that can be pressed."""
    return [
        one.objectName()
        for one in view.findChildren(Button)
        if one.kind is ButtonKind.PRIMARY and one.isEnabled() and one.isVisible()
    ]


@pytest.mark.usefixtures("no_strays")
@pytest.mark.parametrize("name", STAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_nobody_stumbles_over_a_stage_of_the_meeting(
    qtbot: QtBot, qapp: QApplication, name: str, scale: float, language: str
) -> None:
    build: Callable[[Look], QWidget] = STAGES[name]
    view = build(make_look(qapp, language=language, scale=scale))
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    QApplication.processEvents()

    assert faults(view) == []


@pytest.mark.parametrize("size", [(960, 540), (1920, 1080)])
def test_nobody_stumbles_at_other_sizes(qtbot: QtBot, look: Look, size: tuple[int, int]) -> None:
    view = shown(look)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    QApplication.processEvents()

    assert faults(view) == []
    assert unnamed(view) == []


# Words


@pytest.mark.parametrize(
    ("name", "chip", "person"),
    [
        ("Elias Demosson", "Elias' words", "Elias"),
        ("Maja Provberg", "Maja's words", "Maja"),
        ("NORD-7", "NORD-7's words", "NORD-7"),
        ("", "Own words", "the young person"),
        ("Ö" * 200, "Own words", "the young person"),
    ],
)
def test_the_young_person_is_called_by_their_first_name(name: str, chip: str, person: str) -> None:
    language = load_language("en")
    room = meeting_room(subject=name)

    assert words_of(room, language) == chip
    assert called(room, language) == person


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("2026-12-04", date(2026, 12, 4)),
        ("20261204", date(2026, 12, 4)),
        ("4/12", date(2026, 12, 4)),
        ("4.12", date(2026, 12, 4)),
        ("14/1", date(2027, 1, 14)),
        ("29/2", date(2028, 2, 29)),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: date | None) -> None:
    assert read_day(typed, date(2026, 11, 26)) == day


@pytest.mark.parametrize(
    ("day", "clock", "place"),
    [
        ("", "15:00", ""),
        ("14/1", "", ""),
        ("14/1", "25:00", ""),
        ("14/1", "kl 3", ""),
        ("", "", "x"),
    ],
)
def test_half_a_next_meeting_is_none(day: str, clock: str, place: str) -> None:
    with pytest.raises(UnreadableError):
        read_next(NextForm(day, clock, place), date(2026, 11, 26))


# With a vault


def test_a_meeting_is_held_from_the_first_key_to_its_protocol(
    qtbot: QtBot, look: Look, vault: OpenVault
) -> None:
    case_id = opened_case(vault, ELIAS)
    people = read_meetings(case_id, vault=vault).value.people
    subject = next(one.party.id for one in people)
    plan = PlanMeeting(
        case_id=case_id,
        template="sspf_family",
        starts_at=NOW,
        invited=(
            Invitation(functions=frozenset({Function.SUBJECT_PERSON}), party_id=subject),
            Invitation(functions=frozenset({Function.INTERPRETER}), name="Eva Tolk"),
        ),
    )
    meeting_id = plan_meeting(plan, vault=vault).value
    model = MeetingViewModel(
        meeting_id,
        capture=CaptureModel(
            meeting_id,
            write_entry=partial(write_entry, vault=vault),
            agree_plan=partial(agree_plan, vault=vault),
            drafts=draft_uses(),
            runner=InlineRunner(),
            now=lambda: NOW,
        ),
        departures=Departures(
            meeting_id,
            set_presence=partial(set_presence, vault=vault),
            runner=InlineRunner(),
        ),
        next_form=NextForm(),
        read_meeting=partial(read_meeting, vault=vault),
        change_commitment=partial(change_commitment, vault=vault),
        set_presence=partial(set_presence, vault=vault),
        confirm_duty=partial(confirm_duty, vault=vault),
        begin_meeting=partial(begin_meeting, vault=vault),
        go_to_item=partial(go_to_item, vault=vault),
        end_meeting=partial(end_meeting, vault=vault),
        floor=FloorUses(
            add_agenda_item=partial(add_agenda_item, vault=vault),
            give_more_time=partial(give_more_time, vault=vault),
            move_agenda_item=partial(move_agenda_item, vault=vault),
            confirm_noted=partial(confirm_noted, vault=vault),
            withdraw_consent=partial(withdraw_consent, vault=vault),
        ),
        invite=partial(invite, vault=vault),
        agree_plan=partial(agree_plan, vault=vault),
        drafts=draft_uses(),
        runner=InlineRunner(),
        now=lambda: NOW,
    )
    model.load()
    view = opened(qtbot, look, model)
    control = Qt.KeyboardModifier.ControlModifier
    assert model.room is not None
    assert model.room.subject_name == ""

    press(view, Qt.Key.Key_E, control)
    model.begin()
    press(view, Qt.Key.Key_F8)
    QTest.keyClicks(view.first_focus, "Jag vill boxas.")
    press(view, Qt.Key.Key_Return, control)

    assert "Jag vill boxas." in words(view)
    model.set_presence(model.room.seats[0].id, Presence.GONE)
    model.review()
    with qtbot.waitSignal(model.protocol_wanted):
        model.end()
    assert model.stage is Stage.OVER
