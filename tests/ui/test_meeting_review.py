"""The review of a meeting: one key leads to what is left, and nothing tells what is hidden."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.people import DAY, room_of, running_meeting, signed_case, wrote
from tests.ui.meeting_desk import DECIDED, MEETING, NEARLY, Table, entry, meeting_room
from trygga_desktop.domain.items import ItemKind, Lack, Marking
from trygga_desktop.domain.meeting import AgendaState
from trygga_desktop.services.consents import ChangeTerms, NewExclusion, change_terms
from trygga_desktop.services.entries import EntryKind, MarkItem, WriteEntry, mark_item
from trygga_desktop.services.rooms import read_hidden
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel, Stage
from trygga_desktop.ui.shortcuts import install
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button


def reviewed(qtbot: QtBot, look: Look, model: MeetingViewModel) -> MeetingView:
    """Show the review in a window of its own."""
    view = MeetingView(model, look)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    model.review()
    QApplication.processEvents()
    return view


def words(view: QWidget) -> str:
    """Return all that is said there, aloud too."""
    labels = [one.text() for one in view.findChildren(QLabel)]
    buttons = [f"{one.text()} {one.accessibleDescription()}" for one in view.findChildren(Button)]
    return "\n".join((*labels, *buttons))


def press(view: QWidget, name: str) -> None:
    """Press a button by key."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    QTest.keyClick(found, Qt.Key.Key_Space)


def test_it_says_nothing_of_what_waits_for_an_answer(
    qtbot: QtBot, look: Look, vault: OpenVault
) -> None:
    family = signed_case(vault)
    asked = NewExclusion(
        categories=frozenset({"plan"}), words="Bråket i våras", asked_by=family.sara
    )
    change_terms(ChangeTerms(case_id=family.case_id, on=DAY, exclusions=(asked,)), vault=vault)
    meeting_id = running_meeting(vault, family)

    def told() -> str:
        model = Table(room_of(vault, meeting_id)).open()
        return words(reviewed(qtbot, look, model))

    before = told()
    decided = "Skolan ordnar en mentor."
    written = wrote(
        vault, meeting_id, decided, kind=EntryKind.DECISION, organisation_id=family.school
    )

    assert written.must_be_tried
    assert told() == before
    (hidden,) = read_hidden(meeting_id, vault=vault).value.hidden
    answer = MarkItem(
        case_id=family.case_id,
        item_id=written.id,
        about_id=hidden.questions[0].about_id,
        answer=Marking.DOES_NOT_TOUCH,
    )
    mark_item(answer, vault=vault)
    assert decided in told()


def test_one_key_writes_an_action_that_lacks_who_or_when_with_its_words(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(meeting_room(entries=(*DECIDED, NEARLY)))
    model = table.open()
    view = reviewed(qtbot, look, model)

    press(view, f"mend {NEARLY.item.id}")
    capture = model.capture
    assert model.stage is Stage.RUNNING
    assert (capture.kind, capture.text, capture.due) == (Kind.ACTION, "Ring mormor", "")
    assert capture.responsible == table.room.seats[6].id
    capture.type_due("4/12")
    capture.add()

    (written,) = [one for one in table.asked if isinstance(one, WriteEntry)]
    assert (written.follows, written.category) == (NEARLY.item.id, "plan")


@pytest.mark.parametrize(
    ("text", "lacks", "words", "due"),
    [
        ("Ring (2026-12-04)", Lack.RESPONSIBLE, "Ring", "2026-12-04"),
        ("Ring (2026-12-04 14:30)", Lack.RESPONSIBLE, "Ring", "2026-12-04 14:30"),
        ("Ring (mormor)", Lack.RESPONSIBLE, "Ring (mormor)", ""),
        ("Ring (mormor)", Lack.DAY, "Ring (mormor)", ""),
        ("Ring", Lack.DAY, "Ring", ""),
        ("()", Lack.DAY, "()", ""),
    ],
)
def test_what_was_said_of_an_action_stands_where_it_is_typed(
    text: str, lacks: Lack, words: str, due: str
) -> None:
    note = entry(14, text, lacks=lacks)
    capture = Table(meeting_room(entries=(note,))).open().capture

    capture.complete(note)

    assert (capture.text, capture.due, capture.responsible) == (words, due, None)


def test_what_was_kept_as_a_note_is_there_whoever_opens_the_meeting_again(
    qtbot: QtBot, look: Look
) -> None:
    model = Table(meeting_room(entries=(*DECIDED, NEARLY))).open()

    view = reviewed(qtbot, look, model)

    assert look.language.gettext("Action that was kept as a note") in words(view)


def test_what_is_half_written_stays_what_it_is(qtbot: QtBot, look: Look) -> None:
    model = Table(meeting_room(entries=(*DECIDED, NEARLY))).open()
    model.capture.type("Elias sov")
    view = reviewed(qtbot, look, model)

    press(view, f"mend {NEARLY.item.id}")

    assert (model.capture.kind, model.capture.text) == (Kind.NOTE, "Elias sov")


def test_a_dissent_is_written_from_the_review_beside_its_decision(qtbot: QtBot, look: Look) -> None:
    other = entry(9, "Skolan ringer", ItemKind.DECISION, category="schooling")
    table = Table(meeting_room(entries=(*DECIDED, other)))
    model = table.open()
    view = reviewed(qtbot, look, model)

    press(view, f"disagree {DECIDED[0].item.id}")

    assert model.stage is Stage.RUNNING
    assert (model.capture.kind, model.capture.follows) == (Kind.DISSENT, DECIDED[0].item.id)


def test_one_key_leads_from_the_review_to_the_newest_decision(qtbot: QtBot, look: Look) -> None:
    table = Table()
    done = tuple(
        replace(one, entries=DECIDED[:1] if place == 3 else ())
        for place, one in enumerate(table.room.agenda)
    )
    table.room = replace(table.room, agenda=done)
    model = table.open()
    view = reviewed(qtbot, look, model)
    install(view, view.commands)

    QTest.keyClick(view.windowHandle(), Qt.Key.Key_F4)
    QApplication.processEvents()

    assert model.stage is Stage.RUNNING
    assert table.asked[-1] == (MEETING, done[3].id)


def test_without_a_decision_the_review_leads_nowhere() -> None:
    model = Table(meeting_room(entries=())).open()
    model.review()

    model.go_and_disagree()

    assert model.stage is Stage.REVIEW


def test_it_can_be_read_aloud_although_nothing_was_decided(qtbot: QtBot, look: Look) -> None:
    view = reviewed(qtbot, look, Table(meeting_room(entries=())).open())

    assert view.findChild(Button, "read it aloud") is not None
    assert view.findChild(Button, "print promises") is None


def test_an_item_that_was_gone_through_without_a_word_is_told(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(entries=()))
    agenda = tuple(replace(one, entries=()) for one in table.room.agenda)
    table.room = replace(table.room, agenda=agenda)
    model = table.open()
    view = reviewed(qtbot, look, model)
    voice, school, network = agenda[1], agenda[3], agenda[6]

    assert view.findChild(Button, f"lacks {voice.id} own_words") is not None
    assert view.findChild(Button, f"lacks {network.id} statement") is None
    press(view, f"lacks {school.id} statement")

    assert model.stage is Stage.RUNNING
    assert table.asked[-1] == (MEETING, school.id)


def test_an_item_that_holds_what_it_must_is_not_told(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room())
    view = reviewed(qtbot, look, table.open())
    voice, leisure = table.room.agenda[1], table.room.agenda[4]

    assert view.findChild(Button, f"lacks {voice.id} own_words") is None
    assert view.findChild(Button, f"lacks {leisure.id} statement") is None


def test_it_begins_with_what_is_to_be_settled_and_else_with_reading_aloud(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    view = reviewed(qtbot, look, table.open())
    way = view.first_focus
    coming = next(one for one in table.room.agenda if one.state is AgendaState.COMING)
    assert way.objectName() == f"reach {coming.id}"

    done = tuple(
        replace(one, state=AgendaState.DONE, entries=one.entries or DECIDED)
        for one in table.room.agenda
    )
    table.room = replace(table.room, agenda=done)
    assert reviewed(qtbot, look, table.open()).first_focus.objectName() == "read it aloud"


def test_one_key_leads_to_an_item_that_was_not_reached(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = reviewed(qtbot, look, model)
    assert model.room is not None
    coming = next(one for one in model.room.agenda if one.state is AgendaState.COMING)

    press(view, f"reach {coming.id}")

    assert model.stage is Stage.RUNNING
    assert table.asked[-1] == (MEETING, coming.id)


def test_one_key_leads_from_the_review_to_the_pages_that_people_take_along(
    qtbot: QtBot, look: Look
) -> None:
    model = Table().open()
    view = reviewed(qtbot, look, model)

    with qtbot.waitSignal(model.papers_wanted, timeout=0):
        press(view, "print promises")


def test_the_focus_stays_on_its_row_when_the_meeting_is_read_again(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    model = table.open()
    view = reviewed(qtbot, look, model)
    view.activateWindow()
    assert model.room is not None
    coming = next(one for one in model.room.agenda if one.state is AgendaState.COMING)
    first = view.findChild(Button, f"reach {coming.id}")
    assert isinstance(first, Button)
    first.setFocus()

    table.room = replace(model.room, place="Rum 4")
    model.load()

    again = view.findChild(Button, f"reach {coming.id}")
    assert isinstance(again, Button)
    assert again is not first
    assert again.hasFocus()
