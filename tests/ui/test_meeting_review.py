"""The review of a meeting: one key leads to what is left, and nothing tells what is hidden."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.people import DAY, room_of, running_meeting, signed_case, wrote
from tests.ui.accessibility import faults
from tests.ui.meeting_desk import (
    DECIDED,
    MEETING,
    NEARLY,
    VOICE,
    Table,
    entry,
    meeting_room,
    shown_item,
    without_names,
)
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import ConflictError
from trygga_desktop.domain.items import ItemKind, Lack, Marking
from trygga_desktop.domain.meeting import AgendaState, Presence
from trygga_desktop.services.agendas import ConfirmNoted
from trygga_desktop.services.consents import ChangeTerms, NewExclusion, change_terms
from trygga_desktop.services.entries import EntryKind, MarkItem, WriteEntry, mark_item
from trygga_desktop.services.rooms import MeetingRoom, read_hidden
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.room import current_item, emptied, told_in
from trygga_desktop.ui.screens.meeting.unsettled import (
    BY_A_NOTE,
    NOT_TOLD,
    Asked,
    Missing,
    asked_in,
    missing_in,
)
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel, Stage
from trygga_desktop.ui.screens.meeting.words import asked_told, missing_told
from trygga_desktop.ui.shortcuts import install
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import CheckBox


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


def test_without_a_decision_the_review_says_so_and_leads_nowhere(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(entries=()))
    model = table.open()
    view = reviewed(qtbot, look, model)
    install(view, view.commands)
    told = "Här står inget beslut än."
    before = [one.text() for one in view.findChildren(QLabel)]

    QTest.keyClick(view.windowHandle(), Qt.Key.Key_F4)
    QApplication.processEvents()

    assert model.stage is Stage.REVIEW
    assert not [one for one in before if told in one]
    (label,) = [one for one in view.findChildren(QLabel) if told in one.text()]
    assert label.isVisible()
    model.back_to_meeting()
    model.review()
    assert not [one for one in view.findChildren(QLabel) if told in one.text()]


def test_what_is_read_aloud_goes_once_the_meeting_goes_on_or_was_decided_anew(
    qtbot: QtBot, look: Look
) -> None:
    model = Table().open()
    view = reviewed(qtbot, look, model)
    aloud = view.findChild(Button, "read it aloud")
    assert isinstance(aloud, Button)
    aloud.click()
    assert view.findChild(QDialog, "read aloud") is not None

    model.back_to_meeting()
    model.take_away()

    assert view.findChild(QDialog, "read aloud") is None


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
    # Somebody was late: of them nobody has said whether they came.
    assert view.findChild(Button, f"lacks {agenda[0].id} attendance") is not None
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
    goal = replace(DECIDED[0], item=shown_item(77, "Leda en grupp", ItemKind.PLAN_LINE))
    done = (replace(done[0], entries=(*done[0].entries, goal)), *done[1:])
    there = tuple(replace(one, presence=Presence.HERE) for one in table.room.seats)
    table.room = replace(table.room, agenda=done, seats=there, carried=())
    model = table.open()
    model.beside.next_form.day = "14/1"
    assert reviewed(qtbot, look, model).first_focus.objectName() == "read it aloud"


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


def lacks_of(room: MeetingRoom, *codes: str, has_next: bool = False) -> set[str]:
    """Return what is told of the item that the meeting has come to, where it must note these."""
    (template,) = [one for one in room.catalogue.templates if one.code == room.template]
    now = current_item(room)
    assert now is not None
    items = tuple(
        replace(one, must_note=codes if one.code == now.code else ()) for one in template.items
    )
    given = replace(room.catalogue, templates=(replace(template, items=items),))
    room = replace(room, catalogue=given)
    return {str(lack) for _, lack in missing_in(room, has_next=has_next)}


def test_all_that_the_catalogue_asks_for_is_told_or_cannot_be(look: Look) -> None:
    given = meeting_room().catalogue
    codes = {one.code for one in given.must_notes}
    assert codes == set(Missing) | set(Asked) | NOT_TOLD
    assert len(codes) == len(Missing) + len(Asked) + len(NOT_TOLD)
    empty = meeting_room(entries=())
    told = lacks_of(empty, *(codes - {"statement"}))
    assert set(BY_A_NOTE) <= told
    assert not (NOT_TOLD | set(Asked)) & told
    assert all(asked_told(one, look.language) for one in Asked)
    assert all(missing_told(one, given, look.language) for one in Missing)
    # What was said under an item may be all of that: nothing is asked about it.
    assert not set(BY_A_NOTE) & lacks_of(meeting_room(), *codes)


def test_what_people_promises_goals_and_the_next_meeting_lack_is_told() -> None:
    every = [str(one) for one in Missing]
    room = meeting_room()
    lacking = {"attendance", "action_status", "own_words", "goal", "next_meeting"}
    assert lacks_of(room, *every) == lacking
    there = tuple(replace(one, presence=Presence.HERE) for one in room.seats)
    done = tuple(
        replace(one, commitment=replace(one.commitment, state=CommitmentState.DONE))
        for one in room.carried
        if one.commitment is not None
    )
    settled = replace(room, seats=there, carried=done)
    assert lacks_of(settled, *every, has_next=True) == {"goal", "own_words"}
    waiting = replace(there[0], must_confirm=True, has_confirmed=False)
    asked = replace(settled, seats=(waiting, *there[1:]))
    assert "acknowledgements" in lacks_of(asked, *every)
    goal = replace(DECIDED[0], item=shown_item(77, "Leda en grupp", ItemKind.PLAN_LINE))
    agreed = tuple(replace(one, entries=(*one.entries, goal)) for one in settled.agenda)
    assert "goal" not in lacks_of(replace(settled, agenda=agreed), *every)


def test_a_goal_of_the_plan_answers_what_is_asked_and_stands_there(
    qtbot: QtBot, look: Look
) -> None:
    room = meeting_room()
    plan = tuple(shown_item(80 + one, f"Mål {one}", ItemKind.PLAN_LINE) for one in range(5))
    told = look.language.gettext("The goal stands in the plan")
    (place,) = [one for one in room.agenda if one.code == "commitments"]
    asks = f"lacks {place.id} goal"
    # Nobody has come to where goals are agreed on.
    before = reviewed(qtbot, look, Table(replace(room, goals=plan)).open())
    assert before.findChild(Button, asks) is None
    assert told not in words(before)
    done = tuple(replace(one, state=AgendaState.DONE) for one in room.agenda)
    room = replace(room, agenda=done)
    lacking = reviewed(qtbot, look, Table(room).open())
    assert lacking.findChild(Button, asks) is not None

    view = reviewed(qtbot, look, Table(replace(room, goals=plan)).open())

    assert view.findChild(Button, asks) is None
    said = words(view)
    assert said.count(told) == 3
    assert "Mål 2" in said
    assert "Mål 3" not in said
    # The meeting's own goal stands under what was noted.
    goal = replace(DECIDED[0], item=shown_item(77, "Leda en grupp", ItemKind.PLAN_LINE))
    own = (replace(done[0], entries=(goal,)), *done[1:])
    new = reviewed(qtbot, look, Table(replace(room, goals=plan, agenda=own)).open())
    assert told not in words(new)


def test_whoever_comes_in_finds_no_goal_before_it_is_decided_anew() -> None:
    goal = shown_item(80, "Leda en grupp", ItemKind.PLAN_LINE)
    room = replace(meeting_room(), goals=(goal,))

    assert emptied(room).goals == ()
    assert not told_in(room) <= told_in(replace(room, goals=()))


def asked_at(room: MeetingRoom) -> set[str]:
    """Return what is to be confirmed of the item that the meeting has come to, if it is asked."""
    (template,) = [one for one in room.catalogue.templates if one.code == room.template]
    now = current_item(room)
    assert now is not None
    codes = tuple(str(one) for one in (*Asked, *Missing)) + tuple(NOT_TOLD)
    items = tuple(
        replace(one, must_note=codes if one.code == now.code else ()) for one in template.items
    )
    given = replace(room.catalogue, templates=(replace(template, items=items),))
    return {str(asked) for _, asked in asked_in(replace(room, catalogue=given))}


def test_what_the_room_sees_or_cannot_be_is_not_asked() -> None:
    every = {str(one) for one in Asked}
    room = meeting_room()
    without = tuple(
        replace(one, entries=tuple(replace(each, dissents=()) for each in one.entries))
        for one in room.agenda
    )
    plain = replace(room, agenda=without)
    assert asked_at(plain) == every
    # A disagreement that stands there is the answer, and so are figures of their own.
    assert asked_at(room) == every - {"disagreement"}
    assert asked_at(replace(plain, is_rated=True)) == every - {"rating"}
    assert "rating" not in asked_at(replace(plain, pseudonym=without_names().pseudonym))
    empty = replace(plain, agenda=tuple(replace(one, entries=()) for one in plain.agenda))
    assert asked_at(empty) == every - {"fact_or_assessment", "no_place"}
    private = tuple(replace(one, is_private=True, title="") for one in plain.agenda)
    assert asked_at(replace(plain, agenda=private)) == set()


def test_a_tick_that_is_refused_does_not_stand_there(qtbot: QtBot, look: Look) -> None:
    room = meeting_room()
    done = tuple(replace(one, state=AgendaState.DONE) for one in room.agenda)
    (place,) = [one for one in done if one.code == "commitments"]
    dissent = replace(DECIDED[0], dissents=())
    done = tuple(replace(one, entries=(dissent,) if one.entries else ()) for one in done)
    table = Table(replace(room, agenda=done))
    view = reviewed(qtbot, look, table.open())
    name = f"confirm {place.id} disagreement"
    table.failure = ConflictError()
    box = view.findChild(CheckBox, name)
    assert isinstance(box, CheckBox)

    QTest.keyClick(box, Qt.Key.Key_Space)

    again = view.findChild(CheckBox, name)
    assert isinstance(again, CheckBox)
    assert not again.isChecked()


def test_what_the_leader_confirms_is_kept_and_can_be_taken_back(qtbot: QtBot, look: Look) -> None:
    room = meeting_room()
    done = tuple(replace(one, state=AgendaState.DONE) for one in room.agenda)
    (last,) = [one for one in done if one.code == "summary"] or [done[-1]]
    last = replace(last, code="summary", title="Sammanfattning", is_private=False)
    table = Table(replace(room, agenda=(*done[:-1], last)))
    view = reviewed(qtbot, look, table.open())
    view.activateWindow()
    name = f"confirm {last.id} plain_summary"

    for is_confirmed in (True, False):
        box = view.findChild(CheckBox, name)
        assert isinstance(box, CheckBox)
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)

        command = table.asked[-1]
        assert isinstance(command, ConfirmNoted)
        assert (command.agenda_id, command.code) == (last.id, "plain_summary")
        assert command.is_confirmed is is_confirmed
        again = view.findChild(CheckBox, name)
        assert isinstance(again, CheckBox)
        assert again.isChecked() is is_confirmed
        assert again.hasFocus()
    assert faults(view) == []


def test_own_words_alone_do_not_say_how_they_came() -> None:
    heard = meeting_room(now=1, entries=VOICE)
    assert "how_conveyed" in lacks_of(heard, "own_words", "how_conveyed")
    both = meeting_room(now=1, entries=(*VOICE, DECIDED[0]))
    assert "how_conveyed" not in lacks_of(both, "own_words", "how_conveyed")


def test_a_day_for_the_next_meeting_settles_that_row_as_it_is_typed(
    qtbot: QtBot, look: Look
) -> None:
    room = meeting_room(now=6)
    last = replace(room.agenda[6], code="summary", title="Sammanfattning", is_private=False)
    room = replace(room, agenda=(*room.agenda[:6], last))
    model = Table(room).open()
    view = reviewed(qtbot, look, model)
    name = f"lacks {room.agenda[6].id} next_meeting"
    press(view, name)
    day = view.findChild(QLineEdit, "day of the next meeting")
    assert isinstance(day, QLineEdit)
    assert day.hasFocus()

    QTest.keyClicks(day, "14/1")

    assert view.findChild(Button, name) is None
    assert (day.text(), day.hasFocus()) == ("14/1", True)
