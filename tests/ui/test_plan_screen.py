"""The plan is written by keys, kept as a draft, asked about before a meeting, and agreed on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desks import settle
from tests.ui.overviews import CASE, MEETING, POLICE, SARA, SUBJECT
from tests.ui.plain import DraftBox, HeldRunner, in_bin
from tests.ui.plan_desk import (
    EARLIER,
    GOAL,
    LATE,
    LOOSE,
    PROPOSED,
    Cabinet,
    acute_lines,
    go_to,
    make_asked_about,
    make_compare_model,
    make_follow_up,
    make_follow_up_model,
    make_long_papers,
    make_long_progress,
    make_pair,
    make_plan_model,
    make_progress,
    make_progress_model,
    make_view,
    plan_line,
)
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import ConflictError, InvalidInputError, NoAccessError
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.domain.plan import LONGEST_LINE, Difference, LineKind, PlanLine, Term
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.follow_up import FollowUpList, FollowUpQuestion
from trygga_desktop.services.plan_papers import ComposedPlan, ComposePlan
from trygga_desktop.services.plan_views import PlanView as PlanOfCase
from trygga_desktop.services.plans import AgreePlan, BringPlan, KeepPlan, WriteProtectionNeed
from trygga_desktop.services.ratings import RecordRating
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.follow_up.table import Column, FollowUpTable
from trygga_desktop.ui.screens.follow_up.view import FollowUpView
from trygga_desktop.ui.screens.plan.editing import RowKind, as_text
from trygga_desktop.ui.screens.plan.outline_model import Column as OutlineColumn
from trygga_desktop.ui.screens.plan.outline_model import OutlineRole
from trygga_desktop.ui.screens.plan.states import Asking, PlanState, Told
from trygga_desktop.ui.screens.plan.view import PlanView
from trygga_desktop.ui.screens.plan.view_model import PlanViewModel
from trygga_desktop.ui.screens.plan_compare.view import PlanCompareView, _Cell
from trygga_desktop.ui.screens.plan_compare.view_model import PlanCompareViewModel
from trygga_desktop.ui.screens.plan_papers.view import PlanPapersView
from trygga_desktop.ui.screens.plan_progress.view import PlanProgressView
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.area_row import AreaRow
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.charts import LineChart, StackChart
from trygga_desktop.ui.widgets.chips import Chip
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox, TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.table_roles import TableRole


def words(model: PlanViewModel) -> list[str]:
    """Return the words of all lines as the outline shows them."""
    return [one.line.words for one in model.rows if one.line is not None]


def with_words(model: PlanViewModel) -> list[tuple[str, str, str]]:
    """Return the rows of all lines, in order: the area they stand under, and their words."""
    under, found = "", []
    for row in model.rows:
        if row.line is None:
            under = f"{row.kind} {row.area}"
        else:
            found.append((under, row.area, row.line.words))
    return found


def shown_texts(view: QWidget) -> list[str]:
    """Return the texts of all labels."""
    return [one.text() for one in view.findChildren(PlainLabel)]


def line(model: PlanViewModel, line_id: UUID) -> PlanLine:
    """Return one line as it is being written."""
    return next(one for one in model.lines if one.id == line_id)


def shown(qtbot: QtBot, look: Look, model: PlanViewModel) -> PlanView:
    """Return the screen of a plan, shown."""
    view = PlanView(model, look)
    qtbot.addWidget(view)
    view.resize(1300, 900)
    view.show()
    settle()
    return view


def written_in(view: PlanView) -> QLineEdit:
    """Return the line in which a row is being written."""
    editors = view.outline.findChildren(QLineEdit, "words in the outline")
    (editor,) = [one for one in editors if one.isVisible()]
    return editor


class Refusing(Cabinet):
    """Takes the plan to no meeting before it is said what stays."""

    def take(self, command: Any) -> Done[UUID]:
        """Refuse what nobody was asked about."""
        if isinstance(command, BringPlan) and not command.without:
            raise InvalidInputError(field="plan", flaw="kept_back")
        return super().take(command)


def cell_words(cell: QWidget) -> list[str]:
    """Return what one cell of a comparison says."""
    return [one.text() for one in cell.findChildren(PlainLabel)]


def texts_of(view: PlanView) -> list[str]:
    """Return what all labels say."""
    return [one.text() for one in view.findChildren(PlainLabel)]


def button(view: PlanView, name: str) -> Button:
    """Return a button by its name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def test_a_plan_that_may_not_be_read_shows_nothing_of_it(qtbot: QtBot, look: Look) -> None:
    def refuse(_: UUID) -> Done[PlanOfCase]:
        raise NoAccessError

    model = make_plan_model(uses=replace(Cabinet().uses, read_plan=refuse))
    view = shown(qtbot, look, model)

    assert model.state is PlanState.FAILED
    assert not view.outline.isVisible()


def test_a_plan_goes_to_no_meeting_before_it_is_asked_what_is_left_out() -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)

    model.bring()
    assert (model.asking, cabinet.asked) == (Asking.LEAVE_OUT, [])
    model.bring_rest()

    (command,) = cabinet.asked
    assert isinstance(command, BringPlan)
    assert command.meeting_id == MEETING
    assert {line(model, one).words for one in command.without} == {"Sover dåligt"}
    assert LOOSE not in {one.id for one in command.lines}


def test_what_a_meeting_may_not_be_told_is_asked_about_though_it_is_not_kept_yet() -> None:
    lines_ = make_view().lines
    cabinet = Refusing(make_view(lines=tuple(replace(one, may_be_raised=None) for one in lines_)))
    model = make_plan_model(cabinet)
    model.type_words(GOAL, "Ett annat mål")
    cabinet.view = replace(make_view(), number=6)

    model.bring()

    assert [type(one) for one in cabinet.asked] == [KeepPlan]
    assert (model.asking, model.trouble, model.is_changed) == (Asking.LEAVE_OUT, None, False)
    model.bring_rest()
    assert isinstance(cabinet.asked[1], BringPlan)
    assert {line(model, one).words for one in cabinet.asked[1].without} == {"Sover dåligt"}


def test_another_version_that_came_meanwhile_is_told_with_a_way_to_compare(
    qtbot: QtBot, look: Look
) -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    view = shown(qtbot, look, model)
    model.type_words(GOAL, "Ett annat mål")
    assert view.findChild(Button, "compare what changed") is None
    cabinet.view = replace(make_view(), number=6)

    model.refresh(Changes(items=True))

    with qtbot.waitSignal(model.compare_wanted):
        button(view, "compare what changed").click()
    model.undo()
    assert not model.is_behind


def test_of_two_lines_that_were_written_at_once_one_is_kept(qtbot: QtBot, look: Look) -> None:
    clash = plan_line("Boka möte", LineKind.ACTION, number=811, clashes_with=PROPOSED)
    box = DraftBox()
    lines_ = make_view().lines
    model = make_plan_model(Cabinet(make_view(lines=(*lines_, clash))), drafts=box.uses)
    view = shown(qtbot, look, model)
    go_to(model, GOAL)
    assert not button(view, "keep this one").isVisible()
    go_to(model, PROPOSED)
    button(view, "keep this one").click()
    assert "Boka möte" not in words(model)
    assert in_bin(box) == ["Boka möte"]
    model.undo()

    go_to(model, clash.id)
    button(view, "keep this one").click()
    assert "Egen grupp på onsdagar" not in words(model)
    assert line(model, clash.id).clashes_with is None
    assert not model.clashes


def test_what_is_kept_instead_of_a_commitment_is_to_come_in_its_place() -> None:
    clash = plan_line("Boka möte", LineKind.ACTION, number=811, clashes_with=LATE)
    model = make_plan_model(Cabinet(make_view(lines=(*make_view().lines, clash))))
    go_to(model, clash.id)
    model.keep_this()
    assert (line(model, clash.id).clashes_with, line(model, clash.id).replaces) == (None, LATE)
    assert "Anmäla till ledarutbildning" in words(model)


def test_a_line_whose_other_is_gone_says_nothing_of_it(qtbot: QtBot, look: Look) -> None:
    clash = plan_line("Boka möte", LineKind.ACTION, number=811, clashes_with=PROPOSED)
    model = make_plan_model(Cabinet(make_view(lines=(*make_view().lines, clash))))
    view = shown(qtbot, look, model)

    def below() -> str:
        row = next(at for at, one in enumerate(model.rows) if one.line and one.line.id == clash.id)
        told = view.outline.model_.index(row, 0).data(OutlineRole.BELOW)
        return str(told)

    assert below()
    go_to(model, PROPOSED)
    model.remove()
    assert below() == ""


def test_who_has_left_and_a_day_of_rest_stand_beside_what_is_ticked(
    qtbot: QtBot, look: Look
) -> None:
    lines_ = tuple(replace(one, has_left=one.id == PROPOSED) for one in make_view().lines)
    model = make_plan_model(Cabinet(make_view(lines=lines_)))
    view = shown(qtbot, look, model)
    model.ask_what_was_agreed()

    box = view.findChild(CheckBox, f"agreed {PROPOSED}")

    assert box is not None
    assert "Dalia Karim har lämnat ärendet" in box.text()
    assert "är en söndag" in box.text()


def test_all_that_is_agreed_on_stands_beside_what_is_ticked(qtbot: QtBot, look: Look) -> None:
    lines_ = tuple(
        replace(one, own_part="Kommer i tid", follow_up_on=date(2027, 1, 16))
        if one.id == PROPOSED
        else one
        for one in make_view().lines
    )
    known = next(one for one in make_view().lines if one.id == LATE)
    moved = replace(
        known,
        follow_up_on=date(2027, 1, 11),
        new_follow_up=date(2027, 1, 17),
        is_proposed=True,
    )
    lines_ = tuple(moved if one.id == LATE else one for one in lines_)
    view_ = make_view(lines=lines_, agreeable=frozenset({GOAL, PROPOSED, LATE}))
    model = make_plan_model(Cabinet(view_))
    view = shown(qtbot, look, model)
    model.ask_what_was_agreed()

    goal, new, asked = (
        box.text()
        for one in (GOAL, PROPOSED, LATE)
        if (box := view.findChild(CheckBox, f"agreed {one}")) is not None
    )

    assert "Elias leder en grupp själv till sommaren 2027" in goal
    assert "Den unge: Kommer i tid" in new
    assert "16 januari 2027 är en lördag" in new
    assert "Följs upp 17 januari 2027 i stället för 11 januari 2027" in asked
    assert "17 januari 2027 är en söndag" in asked


def test_an_hour_stands_wherever_the_last_day_does(qtbot: QtBot, look: Look) -> None:
    lines_ = tuple(
        replace(one, responsible="Bo", organisation="", kind_of_organisation="")
        for one in acute_lines()
    )
    view_ = make_view(lines=lines_, goes_by_hours=True, agreeable=frozenset({PROPOSED}))
    model = make_plan_model(Cabinet(view_))
    view = shown(qtbot, look, model)
    table = view.outline.model_
    (row,) = [at for at, one in enumerate(table.rows) if one.line and one.line.id == PROPOSED]
    when = table.index(row, OutlineColumn.WHEN)
    first = table.index(row, OutlineColumn.WHAT)

    assert table.data(when) == "sön 6 dec 14:30"
    assert "6 december 2026 kl. 14:30" in table.data(first, Qt.ItemDataRole.AccessibleTextRole)
    # Behind its day it has the room of a second line, which nothing else in the row needs.
    high = view.outline.rowHeight(row)
    go_to(model, PROPOSED)
    model.type_day("2026-12-06", is_due=True)
    settle()
    assert view.outline.rowHeight(row) < high

    model.ask_what_was_agreed()
    box = view.findChild(CheckBox, f"agreed {PROPOSED}")
    assert box is not None
    assert "6 december 2026 kl. 14:30" in box.text()


def test_an_area_tells_how_much_of_it_may_not_be_raised(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, make_plan_model())
    names = {code: view.findChild(AreaRow, f"plan area {code}") for code in ("health", "leisure")}
    told = {code: row.accessibleName() for code, row in names.items() if row is not None}
    assert "1 rad får inte tas upp" in told["health"]
    assert "får inte tas upp" not in told["leisure"]


def test_nothing_is_agreed_on_but_what_is_ticked() -> None:
    running = [replace(make_view().meetings[1], state=MeetingState.RUNNING)]
    cabinet = Cabinet(make_view(meetings=tuple(running), deciding=MEETING))
    model = make_plan_model(cabinet)

    model.ask_what_was_agreed()
    model.tick(GOAL, is_agreed=False)
    model.note_agreed()

    (command,) = cabinet.asked
    assert isinstance(command, AgreePlan)
    assert command.agreed == {PROPOSED}
    assert command.basis == "as it is"


def test_what_was_ticked_of_another_plan_is_not_agreed_on_but_looked_at_once_more(
    qtbot: QtBot, look: Look
) -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    view = shown(qtbot, look, model)
    model.ask_what_was_agreed()
    cabinet.view = make_view(basis="as it is by now")

    model.refresh(Changes(items=True))
    model.note_agreed()

    assert cabinet.asked == []
    assert (model.asking, model.told) == (Asking.NOTHING, Told.LOOK_AGAIN)
    assert "Planen ändrades nyss. Titta en gång till." in texts_of(view)


def test_a_plan_that_changed_while_it_was_being_agreed_on_is_told_and_read_anew(
    qtbot: QtBot, look: Look
) -> None:
    cabinet = Cabinet(error=ConflictError())
    model = make_plan_model(cabinet)
    shown(qtbot, look, model)
    model.ask_what_was_agreed()
    cabinet.view = make_view(basis="as it is by now", number=6)

    model.note_agreed()

    assert model.trouble is not None
    assert model.trouble.kind is ProblemKind.CONFLICT
    assert (model.asking, model.view) == (Asking.NOTHING, cabinet.view)


def test_a_line_that_more_could_hear_by_whose_it_is_is_asked_about_first(
    qtbot: QtBot, look: Look
) -> None:
    cabinet = Cabinet(error=InvalidInputError(field="origin", flaw="opens"))
    model = make_plan_model(cabinet)
    view = shown(qtbot, look, model)
    go_to(model, GOAL)
    model.choose_origin(POLICE)

    model.keep()
    assert model.asking is Asking.OPENS
    assert any("står nu som någon annans uppgift" in one for one in texts_of(view))

    cabinet.error = None
    QTest.mouseClick(button(view, "opens knowingly"), Qt.MouseButton.LeftButton)
    (command,) = cabinet.asked
    assert isinstance(command, KeepPlan)
    assert command.opened == {GOAL}


def test_an_answer_about_other_words_is_asked_for_again(qtbot: QtBot, look: Look) -> None:
    model = make_plan_model()
    go_to(model, GOAL)
    shown(qtbot, look, model)
    model.answer_tried(is_tried=True)
    assert model.tried == {GOAL}

    model.type_words(GOAL, "Något annat")
    assert model.tried == frozenset()


def test_the_words_of_a_commitment_cannot_be_written_over(qtbot: QtBot, look: Look) -> None:
    model = make_plan_model()
    go_to(model, LATE)
    view = shown(qtbot, look, model)
    view.outline.setFocus()

    QTest.keyClicks(view.outline, "x")
    model.choose_kind(LineKind.NOTE)

    assert line(model, LATE).words == "Anmäla till ledarutbildning"
    assert line(model, LATE).kind is LineKind.ACTION
    assert not model.is_changed


def test_what_the_young_person_does_is_not_written_over_once_it_was_agreed_on(
    qtbot: QtBot, look: Look
) -> None:
    model = make_plan_model()
    view = shown(qtbot, look, model)
    own_part = view.findChild(TextArea, "plan own part")
    assert isinstance(own_part, TextArea)

    go_to(model, LATE)
    QTest.keyClicks(own_part, "Pratar med pappa")
    assert own_part.isReadOnly()
    assert not model.is_changed

    go_to(model, PROPOSED)
    QTest.keyClicks(own_part, "Kommer i tid")
    assert line(model, PROPOSED).own_part == "Kommer i tid"


def test_a_row_is_begun_written_and_moved_in_by_keys_alone(qtbot: QtBot, look: Look) -> None:
    box = DraftBox()
    model = make_plan_model(drafts=box.uses)
    go_to(model, GOAL)
    view = shown(qtbot, look, model)
    view.outline.setFocus()

    QTest.keyClick(view.outline, Qt.Key.Key_Return)
    settle()
    editor = view.outline.findChild(QLineEdit, "words in the outline")
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "Ringa Dalia")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    settle()
    model.leave()

    written = next(one for one in model.lines if one.words == "Ringa Dalia")
    assert (written.kind, written.goal_id) == (LineKind.ACTION, GOAL)
    assert "Ringa Dalia" in box.texts[0]


@pytest.mark.parametrize(
    ("key", "held"),
    [
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier),
    ],
)
def test_words_are_written_on_after_the_row_was_moved(
    qtbot: QtBot, look: Look, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    model = make_plan_model()
    go_to(model, GOAL)
    view = shown(qtbot, look, model)
    QTest.keyClick(view.outline, Qt.Key.Key_Return)
    settle()
    QTest.keyClicks(written_in(view), "Ringa")

    QTest.keyClick(written_in(view), key, held)
    settle()
    QTest.keyClicks(written_in(view), " skolan")

    assert "Ringa skolan" in words(model)


@pytest.mark.parametrize("begins", ["", "F2"])
def test_a_letter_goes_behind_the_words_that_stand_in_a_row(
    qtbot: QtBot, look: Look, begins: str
) -> None:
    model = make_plan_model()
    go_to(model, PROPOSED)
    view = shown(qtbot, look, model)
    if begins:
        QTest.keyClick(view.outline, Qt.Key.Key_F2)
        settle()
        QTest.keyClicks(written_in(view), "!")
    else:
        QTest.keyClicks(view.outline, "!")
    settle()

    assert line(model, PROPOSED).words == "Egen grupp på onsdagar!"


def test_a_strength_is_told_as_the_young_person_s_own_where_they_said_it(
    qtbot: QtBot, look: Look
) -> None:
    model = make_plan_model()
    go_to(model, UUID(int=2806))
    view = shown(qtbot, look, model)
    box = view.findChild(CheckBox, "said by the young person")
    assert box is not None

    QTest.keyClick(box, Qt.Key.Key_Space)
    assert model.line is not None
    assert model.line.said_by == SUBJECT
    assert model.told_otherwise == (model.line,)
    go_to(model, GOAL)
    assert not box.isVisible()


def test_how_far_ahead_and_what_kind_a_line_is_can_be_chosen_from_the_lists(
    qtbot: QtBot, look: Look
) -> None:
    model = make_plan_model()
    go_to(model, GOAL)
    view = shown(qtbot, look, model)
    view.outline.setFocus()
    QTest.keyClick(view.outline, Qt.Key.Key_Return)
    assert model.line is not None
    begun = model.line.id
    for name, text in (("plan kind", "Mål"), ("plan term", "Kort sikt"), ("plan kind", "Behov")):
        box = view.findChild(QComboBox, name)
        assert isinstance(box, QComboBox)
        box.setFocus()
        for _ in range(box.count()):
            QTest.keyClick(box, Qt.Key.Key_Up)
        while box.currentText() != text:
            QTest.keyClick(box, Qt.Key.Key_Down)
        if name == "plan term":
            assert line(model, begun).term is Term.SHORT
    assert line(model, begun).kind is LineKind.NEED


def test_no_state_is_stored_by_stepping_through_the_list_of_them(qtbot: QtBot, look: Look) -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    go_to(model, LATE)
    view = shown(qtbot, look, model)
    box = view.findChild(QComboBox, "plan state")
    assert isinstance(box, QComboBox)
    box.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(box, key)
        assert box.view().isVisible()
        box.hidePopup()
    assert cabinet.asked == []


def test_what_is_written_comes_back_with_all_that_belongs_to_it() -> None:
    box = DraftBox()
    model = make_plan_model(drafts=box.uses)
    go_to(model, PROPOSED)
    model.type_words(PROPOSED, "Annan grupp")
    model.choose_responsible(SARA)
    model.type_day("2027-02-0", is_due=True)
    model.leave()

    again = make_plan_model(drafts=box.uses)
    go_to(again, PROPOSED)

    assert again.is_changed
    assert line(again, PROPOSED).words == "Annan grupp"
    assert line(again, PROPOSED).party_id == SARA
    assert again.day_text(is_due=True) == "2027-02-0"
    assert line(again, PROPOSED).follow_up_on == date(2027, 1, 14)


def test_the_draft_goes_when_the_plan_is_kept() -> None:
    box, cabinet = DraftBox(), Cabinet()
    model = make_plan_model(cabinet, drafts=box.uses)
    model.type_words(GOAL, "Ett annat mål")
    model.keep()

    (command,) = cabinet.asked
    assert isinstance(command, KeepPlan)
    assert (command.case_id, command.based_on) == (CASE, 5)
    assert "Ett annat mål" in [one.words for one in command.lines]
    assert box.texts == []


def test_each_step_can_be_taken_back_and_done_again() -> None:
    model = make_plan_model()
    before = words(model)
    for text in ("E", "Et", "Ett"):
        model.type_words(GOAL, text)
    go_to(model, PROPOSED)
    model.remove()
    after = words(model)

    model.undo()
    model.undo()
    taken_back = words(model)
    model.redo()
    model.redo()

    assert taken_back == before
    assert words(model) == after
    assert "Egen grupp på onsdagar" not in after


@pytest.mark.parametrize("line_id", [PROPOSED, GOAL, LATE])
def test_a_line_that_was_removed_lies_in_the_bin_and_is_put_back_where_it_stood(
    line_id: UUID,
) -> None:
    box = DraftBox()
    undos: list[Callable[[], None]] = []
    model = make_plan_model(drafts=box.uses)
    model.removed.connect(undos.append)
    before = model.lines
    go_to(model, line_id)
    assert model.line is not None
    removed = model.line.words

    model.remove()

    assert model.lines != before
    assert in_bin(box) == [removed]
    undos[0]()
    assert model.lines == before
    assert model.line is not None
    assert model.line.id == line_id
    assert in_bin(box) == []


def test_what_was_written_since_stays_when_a_line_is_put_back() -> None:
    model = make_plan_model()
    undos: list[Callable[[], None]] = []
    model.removed.connect(undos.append)
    go_to(model, PROPOSED)
    model.remove()
    model.type_words(GOAL, "Ett annat mål")

    undos[0]()

    assert {"Ett annat mål", "Egen grupp på onsdagar"} <= set(words(model))


def test_lines_are_copied_and_pasted_as_text(qtbot: QtBot, look: Look) -> None:
    model = make_plan_model()
    go_to(model, GOAL)
    view = shown(qtbot, look, model)
    view.outline.setFocus()

    QTest.keySequence(view.outline, "Ctrl+C")
    copied = QGuiApplication.clipboard().text()
    model.choose_area("school")
    QTest.keySequence(view.outline, "Ctrl+V")

    school = [one for one in model.lines if one.area == "school"]
    assert copied.splitlines()[0] == "* Jag vill vara ledare för de yngre i boxningen"
    assert as_text(school) == copied
    assert school[1].goal_id == school[0].id


def test_a_commitment_that_is_taken_out_of_the_plan_stays_below_it() -> None:
    model = make_plan_model()
    go_to(model, LATE)
    model.remove()
    assert "Anmäla till ledarutbildning" in words(model)
    assert LATE not in {one.id for one in model.lines if one.area}


def test_what_was_promised_at_a_meeting_is_put_into_an_area() -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    go_to(model, LOOSE)
    model.put_into("school")
    model.keep()
    (command,) = cabinet.asked
    assert [one.area for one in command.lines if one.id == LOOSE] == ["school"]


@pytest.mark.parametrize("is_put_in", [True, False])
def test_putting_a_commitment_into_the_plan_or_out_of_it_is_taken_back(is_put_in: bool) -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    before = with_words(model)
    go_to(model, LOOSE if is_put_in else LATE)
    if is_put_in:
        model.put_into("school")
    else:
        model.remove()
    after = with_words(model)

    model.undo()
    assert with_words(model) == before
    assert not model.is_changed
    model.redo()
    assert with_words(model) == after
    model.keep()

    (command,) = cabinet.asked
    kept = {one.id for one in command.lines}
    assert (LOOSE in kept, LATE in kept) == (is_put_in, is_put_in)


@pytest.mark.parametrize("is_put_in", [True, False])
def test_where_a_commitment_was_put_comes_back_with_what_is_written(is_put_in: bool) -> None:
    box = DraftBox()
    model = make_plan_model(drafts=box.uses)
    go_to(model, LOOSE if is_put_in else LATE)
    if is_put_in:
        model.put_into("school")
    else:
        model.remove()
    model.leave()

    assert with_words(make_plan_model(drafts=box.uses)) == with_words(model)


def test_how_it_went_is_stored_with_how_one_knows() -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    go_to(model, LATE)
    model.type_evidence("Dalia har visat intyget")
    model.change_state(CommitmentState.DONE)
    (command,) = cabinet.asked
    assert (command.commitment_id, command.evidence) == (LATE, "Dalia har visat intyget")


def test_what_the_young_person_does_and_how_one_knows_stand_beside_their_own_line_alone(
    qtbot: QtBot, look: Look
) -> None:
    first, *others = [one for one in make_view().lines if one.id in {LATE, PROPOSED}]
    assert first.id == LATE
    known = replace(first, own_part="Fyller i anmälan")
    assert known.progress is not None
    known = replace(known, progress=replace(known.progress, evidence="Dalia ringde"))
    cabinet = Cabinet(make_view(lines=(known, *others)))
    model = make_plan_model(cabinet)
    go_to(model, LATE)
    view = shown(qtbot, look, model)
    own_part, evidence = (
        view.findChild(TextArea, f"plan {one}") for one in ("own part", "evidence")
    )
    assert isinstance(own_part, TextArea)
    assert isinstance(evidence, TextArea)
    assert own_part.toPlainText() == "Fyller i anmälan"
    assert evidence.toPlainText() == "Dalia ringde"

    QTest.keyClicks(evidence, "!")
    go_to(model, PROPOSED)
    assert own_part.toPlainText() == ""
    QTest.keyClicks(own_part, "Kommer i tid")

    assert line(model, LATE).own_part == "Fyller i anmälan"
    assert line(model, PROPOSED).own_part == "Kommer i tid"
    go_to(model, LATE)
    assert own_part.toPlainText() == "Fyller i anmälan"
    assert evidence.toPlainText() == "!Dalia ringde"


def test_a_row_is_as_high_as_its_words_need_though_the_cursor_is_elsewhere(
    qtbot: QtBot, look: Look
) -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    go_to(model, GOAL)
    view = shown(qtbot, look, model)

    def height(line_id: UUID) -> int:
        ids = [None if one.line is None else one.line.id for one in model.rows]
        return view.outline.rowHeight(ids.index(line_id))

    short, row = height(GOAL), height(PROPOSED)
    model.type_words(GOAL, "Jag vill vara ledare för de yngre i boxningen. " * 6)
    long = height(GOAL)
    assert long > short
    go_to(model, LOOSE)
    model.undo()
    assert height(GOAL) == short
    model.redo()
    assert height(GOAL) == long
    # What was read anew can have more to say of a line than before.
    left = [replace(one, has_left=one.id == PROPOSED) for one in cabinet.view.lines]
    cabinet.view = replace(cabinet.view, lines=tuple(left))
    model.load()
    assert height(PROPOSED) > row


def test_needs_of_protection_are_hidden_while_a_second_screen_is_connected(
    qtbot: QtBot, look: Look
) -> None:
    screens = [2]
    model = make_plan_model(screen_count=lambda: screens[0])
    view = PlanView(model, look)
    qtbot.addWidget(view)
    view.show()
    card = view.findChild(QWidget, "protection")
    assert isinstance(card, QWidget)
    assert not card.isVisible()

    screens[0] = 1
    model.screens_changed()
    assert card.isVisible()
    screens[0] = 2
    model.screens_changed()
    assert not card.isVisible()


def test_a_need_of_protection_takes_the_place_of_an_earlier_one() -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    earlier = cabinet.view.protection[0].id
    model.protecting.change(earlier)
    model.protecting.type("Ny adress sedan i fredags")
    model.protecting.write()
    (command,) = cabinet.asked
    assert isinstance(command, WriteProtectionNeed)
    assert (command.text, command.instead_of) == ("Ny adress sedan i fredags", earlier)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-12-06", "söndag"),
        ("2026-12-25", "Juldagen"),
        ("2026-12-24", "Julafton"),
        ("2026-12-0", "2026-12-24"),
        ("2026-12-07", ""),
    ],
)
def test_a_day_on_which_nobody_works_is_pointed_out(
    qtbot: QtBot, look: Look, day: str, told: str
) -> None:
    model = make_plan_model()
    go_to(model, PROPOSED)
    view = shown(qtbot, look, model)
    field = view.findChild(QLineEdit, "plan due")
    assert isinstance(field, QLineEdit)

    field.clear()
    QTest.keyClicks(field, day)

    holder = field.parentWidget()
    assert isinstance(holder, Field)
    hint = holder.hint.text()
    assert told in hint
    assert bool(hint) is bool(told)


def test_a_comparison_counts_how_lines_differ_and_can_show_only_those() -> None:
    model = make_compare_model()
    counts = {one: model.count(one) for one in Difference}
    model.show_only_changes(only=True)
    assert counts == {
        Difference.NEW: 2,
        Difference.CHANGED: 1,
        Difference.REMOVED: 1,
        Difference.SAME: 3,
    }
    assert len(model.shown) == 5

    agreed = [one for one in model.shown if one.difference is Difference.SAME]
    assert [model.is_agreed(one.after) for one in agreed] == [True]


def test_a_comparison_says_what_was_agreed_on_in_between(qtbot: QtBot, look: Look) -> None:
    view = PlanCompareView(make_compare_model(), look)
    qtbot.addWidget(view)
    agreed = make_pair().after[1].item.text

    cells = [cell_words(one) for one in view.findChildren(_Cell)]
    assert [one[0] for one in cells if "Överenskommet" in one] == [agreed]
    assert "1 överenskommen" in [one.text() for one in view.findChildren(QLabel)]


@pytest.mark.parametrize(
    "changed",
    [
        {"own_part": "Går dit själv"},
        {"term": Term.SHORT},
        {"kind": LineKind.NOTE},
        {"follow_up_on": date(2027, 2, 1)},
        {"new_follow_up": date(2027, 2, 1)},
        {"due_on": date(2027, 2, 1), "due_at": time(9)},
        {"new_due": date(2027, 2, 1), "new_due_at": time(9)},
        {"goal_id": GOAL},
        {"area": "school"},
    ],
    ids=lambda one: next(iter(one)),
)
def test_whatever_differs_in_two_versions_is_told_on_the_screen(
    qtbot: QtBot, look: Look, changed: dict[str, Any]
) -> None:
    goal = plan_line("Bli ledare", LineKind.GOAL, number=803, term=Term.LONG)
    days = {name: changed[name] for name in ("due_on", "new_due") if name in changed}
    was = plan_line("Boka tid", LineKind.ACTION, number=802, **days)
    area = changed.get("area", "leisure")
    now = plan_line(
        "Boka tid", **({"kind": LineKind.ACTION} | changed | {"number": 802, "area": area})
    )
    pair = replace(make_pair(), before=(goal, was), after=(goal, now))
    model = PlanCompareViewModel(CASE, read_versions=lambda *_: Done(pair), runner=InlineRunner())
    model.load()
    view = PlanCompareView(model, look)
    qtbot.addWidget(view)

    assert model.count(Difference.CHANGED) == 1
    cells = [one for one in view.findChildren(_Cell) if "Boka tid" in cell_words(one)]
    before, after = ([word for word in cell_words(one) if word != "Changed"] for one in cells)
    assert before != after


def test_figures_that_are_left_out_are_not_recorded() -> None:
    asked: list[RecordRating] = []

    def record(command: RecordRating) -> Done[UUID]:
        asked.append(command)
        return Cabinet().take(command)

    model = make_progress_model(record_rating=record)
    model.begin()
    model.rate("school", 8)
    model.rate("health", 3)
    model.rate("health", 6)
    model.record()
    assert [(one.values, one.meeting_id) for one in asked] == [({"school": 8}, MEETING)]


def test_the_form_shows_the_figures_of_its_day_and_takes_back_what_is_left_out(
    qtbot: QtBot, look: Look
) -> None:
    asked: list[RecordRating] = []

    def record(command: RecordRating) -> Done[UUID]:
        asked.append(command)
        return Cabinet().take(command)

    model = make_progress_model(record_rating=record)
    view = PlanProgressView(model, look)
    qtbot.addWidget(view)
    model.begin()

    def figures() -> dict[str, int]:
        boxes = {code: view.findChild(ComboBox, f"figure {code}") for code in model.standing}
        return {code: box.currentData() for code, box in boxes.items() if box is not None}

    assert figures() == {"school": 7, "leisure": 8, "health": 6}
    model.record()
    assert asked == []
    model.rate("leisure", None)
    model.rate("school", 8)
    model.record()

    (command,) = asked
    assert (command.values, command.taken_back) == ({"school": 8}, frozenset({"leisure"}))


def test_counts_that_hold_for_all_say_so_while_only_some_are_asked_for(
    qtbot: QtBot, look: Look
) -> None:
    model = make_follow_up_model()
    view = FollowUpView(model, look)
    qtbot.addWidget(view)

    def counted() -> list[str]:
        return [one.accessibleName() for one in view.findChildren(Chip)]

    assert not [one for one in counted() if one.endswith("totalt")]
    model.choose(organisation_id=POLICE)
    assert [one for one in counted() if not one.endswith("totalt")] == []


def test_a_day_of_asking_says_so_in_the_list_and_until_when_it_is_to_be_done(look: Look) -> None:
    table = FollowUpTable(look.language)
    table.show_rows(make_asked_about().rows)
    when = table.index(table.rowCount() - 1, Column.WHEN)
    told = (when.data(), when.data(TableRole.SECOND_LINE))
    assert told == ("fre 20 nov", "Följs upp, klart senast tor 26 nov")
    sentence = when.siblingAtColumn(Column.WHAT).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "20 november 2026. Följs upp, klart senast" in sentence
    (*_, asked) = make_asked_about().rows
    rests = replace(asked.progress, state=CommitmentState.FROZEN)
    table.show_rows([replace(asked, progress=rests)])
    at_rest = table.index(0, Column.WHEN).data(TableRole.SECOND_LINE)
    assert at_rest.startswith("Vilar, samtycke saknas")


def test_more_commitments_that_were_asked_for_twice_are_listed_once() -> None:
    runner = HeldRunner()
    first = make_follow_up()
    last = replace(first, more=None)
    model = make_follow_up_model(
        read_follow_up=lambda question: Done(first if question.after is None else last),
        runner=runner,
    )
    runner.work_off()
    model.load_more()
    model.load_more()
    runner.work_off()
    assert len(model.rows) == 2 * len(first.rows)


def test_more_commitments_are_asked_for_behind_the_last() -> None:
    asked: list[FollowUpQuestion] = []

    def note(question: FollowUpQuestion) -> Done[FollowUpList]:
        asked.append(question)
        return Done(make_follow_up())

    model = make_follow_up_model(read_follow_up=note)
    model.load_more()
    assert [one.after is None for one in asked] == [True, False]
    assert len(model.rows) == 4


def test_whoever_is_responsible_and_has_left_the_case_is_pointed_out(
    qtbot: QtBot, look: Look
) -> None:
    lines_ = tuple(replace(one, has_left=one.id == PROPOSED) for one in make_view().lines)
    model = make_plan_model(Cabinet(make_view(lines=lines_)))
    view = shown(qtbot, look, model)
    text = "Den som är ansvarig har lämnat ärendet. Kom överens om någon annan."

    go_to(model, GOAL)
    settle()
    assert text not in texts_of(view)
    go_to(model, PROPOSED)
    settle()
    assert text in texts_of(view)


def test_a_goal_of_50_000_characters_is_written_shown_and_kept_whole(
    qtbot: QtBot, look: Look
) -> None:
    words_ = ("Ett mål med många ord. " * 2_500)[:LONGEST_LINE]
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    view = shown(qtbot, look, model)
    go_to(model, GOAL)
    area = view.findChild(TextArea, "plan words")
    assert isinstance(area, TextArea)

    area.setPlainText(words_)
    settle()
    assert area.toPlainText() == words_
    model.keep()

    (command,) = cabinet.asked
    assert isinstance(command, KeepPlan)
    assert next(one.words for one in command.lines if one.id == GOAL) == words_


def test_the_plan_tells_which_version_is_sealed_and_leads_to_what_was_agreed(
    qtbot: QtBot, look: Look
) -> None:
    model = make_plan_model(Cabinet(make_view(deciding=None)))
    wanted: list[object] = []
    model.sign_wanted.connect(wanted.append)
    view = shown(qtbot, look, model)
    told = [one.text() for one in view.findChildren(QLabel) if one.isVisible()]
    assert "Version 4 förseglad 18 september 2026" in told
    sign = view.findChild(Button, "sign the plan")
    assert sign is not None
    assert sign.isVisible()
    sign.click()
    assert wanted == [EARLIER]

    nothing = make_plan_model(Cabinet(make_view(versions=(), number=0)))
    nothing.sign_wanted.connect(wanted.append)
    other = shown(qtbot, look, nothing)
    nothing.sign()
    hidden = other.findChild(Button, "sign the plan")
    assert hidden is not None
    assert not hidden.isVisible()
    assert wanted == [EARLIER]


def test_my_plan_says_that_it_is_more_than_one_page_and_lets_one_choose_what_stands_on_it(
    qtbot: QtBot, look: Look
) -> None:
    wanted: list[ComposePlan] = []
    pages = make_long_papers().composed
    assert pages is not None

    def compose(command: ComposePlan) -> Done[ComposedPlan]:
        wanted.append(command)
        return Done(pages)

    model = make_long_papers(compose_plan=compose)
    wanted.clear()
    view = PlanPapersView(model, look)
    qtbot.addWidget(view)
    view.show()
    boxes = [one for one in view.findChildren(CheckBox) if "stands on it" in one.objectName()]
    assert len(boxes) == len(model.offered)
    assert any("sidor" in one.text() for one in view.findChildren(Pill))

    boxes[1].click()

    first = model.offered[1].id
    assert [one.left_off for one in wanted] == [frozenset({first})]
    again = [one for one in view.findChildren(CheckBox) if "stands on it" in one.objectName()]
    assert again == boxes
    assert [one.isChecked() for one in boxes[:3]] == [True, False, True]
    boxes[1].click()
    assert model.choices.left_off == frozenset()


def test_charts_tell_what_they_show_and_every_time_stands_in_the_table(
    qtbot: QtBot, look: Look
) -> None:
    given = make_progress()
    more = tuple(
        replace(given.ratings[0], on=given.ratings[0].on - timedelta(days=number))
        for number in range(20, 0, -1)
    )
    every = replace(given, ratings=(*more, *given.ratings))
    model = make_progress_model(read_progress=lambda _: Done(every))
    view = PlanProgressView(model, look)
    qtbot.addWidget(view)
    told = [one.accessibleName() for one in view.findChildren(LineChart)]
    assert "17 september 2026: 7. Åtgärder klara: 5 mars 2026, 2 juli 2026." in told[0]
    assert "20 tidigare gånger finns under Tabell." in shown_texts(view)

    model.show_as_table(as_table=True)

    figures = [one for one in shown_texts(view) if one in {"3", "6", "7", "8"}]
    assert len(figures) == sum(len(one.values) for one in every.ratings)


def test_an_area_without_goals_offers_examples_that_are_written_as_own_words(
    qtbot: QtBot, look: Look
) -> None:
    model = make_plan_model()
    view = PlanView(model, look)
    qtbot.addWidget(view)
    view.show()
    examples = view.findChild(Button, "example goals")
    assert isinstance(examples, Button)
    model.choose_area("leisure")
    assert model.examples == ()
    assert examples.isHidden()
    model.choose_area("school")
    assert not examples.isHidden()
    loose = [one.kind for one in model.rows].index(RowKind.LOOSE)
    model.choose_row(loose)
    assert examples.isHidden()
    model.choose_area("leisure")
    model.choose_area("school")
    before = model.lines

    QTest.keyClick(view.outline, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    menu = view.findChild(QMenu, "examples")
    assert isinstance(menu, QMenu)
    assert model.lines == before
    menu.actions()[1].trigger()

    written = model.line
    assert written is not None
    assert (written.kind, written.area, written.said_by) == (LineKind.GOAL, "school", None)
    assert written.words == "Jag blir godkänd i matte till jul."
    assert model.is_changed
    assert model.examples == ()


def test_each_area_says_whether_all_of_it_may_be_raised_and_nothing_of_what_is_not_decided(
    qtbot: QtBot, look: Look
) -> None:
    model = make_plan_model()
    view = PlanView(model, look)
    qtbot.addWidget(view)

    def pills() -> dict[str, str]:
        heads = [(at, one) for at, one in enumerate(model.rows) if one.kind is RowKind.HEAD]
        cells = {one.area: view.outline.model_.index(at, 0) for at, one in heads}
        told = {area: cell.data(TableRole.PILL) for area, cell in cells.items()}
        return {area: pill.text for area, pill in told.items() if pill is not None}

    assert pills()["health"] == "1 får inte tas upp"
    assert pills()[""] == "Alla får se"
    wish = next(one for one in model.lines if one.kind is LineKind.WISH)
    model.type_words(wish.id, "Något annat")
    assert "" not in pills()
    # What nobody placed has no area either, and is none of what the young person wants.
    kept = tuple(
        replace(one, may_be_raised=one.id != LOOSE) for one in make_view().lines if one.id != GOAL
    )
    model = make_plan_model(Cabinet(make_view(lines=kept)))
    view = PlanView(model, look)
    qtbot.addWidget(view)
    assert pills()[""] == "Alla får se"
    # Nobody is called to anything: the family was not asked about.
    unasked = tuple(replace(one, may_be_raised=None) for one in make_view().lines)
    model = make_plan_model(Cabinet(make_view(lines=unasked, asked_of=None)))
    view = PlanView(model, look)
    qtbot.addWidget(view)
    assert pills()["health"] == "Alla aktörer får se"


def test_an_instrument_has_its_own_fields_which_become_nothing_else(
    qtbot: QtBot, look: Look
) -> None:
    model = make_plan_model(Cabinet(error=InvalidInputError(field="due_on", flaw="future")))
    view = PlanView(model, look)
    qtbot.addWidget(view)
    view.show()
    model.choose_area("school")
    model.begin_with("Läsprov")
    fields = [view.findChild(QLineEdit, f"plan {one}") for one in ("used on", "used by", "kept at")]
    used_on, used_by, kept_at = [one for one in fields if one is not None]
    assert not used_by.isVisible()

    model.choose_kind(LineKind.INSTRUMENT)
    assert used_by.isVisible()
    assert any("bara vilket, när, av vem" in one for one in shown_texts(view))
    for field, text in ((used_on, "2027-05-02"), (used_by, "Anna"), (kept_at, "Skolan")):
        QTest.keyClicks(field, text)
    assert any("har inte kommit" in one for one in shown_texts(view))
    written = model.line
    assert written is not None
    assert (written.responsible, written.sign) == ("Anna", "Skolan")
    assert written.due_on == date(2027, 5, 2)
    row = view.outline.currentIndex()
    assert row.data(OutlineRole.BELOW) == "2 maj 2027 · Anna · Resultatet finns: Skolan"
    go_to(model, LOOSE)
    model.keep()
    assert model.trouble is not None
    assert (model.line, model.is_changed) == (written, True)

    model.choose_kind(LineKind.ACTION)
    written = model.line
    assert written is not None
    assert (written.responsible, written.due_on, written.sign) == ("", None, "")


def test_versions_and_meetings_of_another_year_say_which(qtbot: QtBot, look: Look) -> None:
    pair = make_pair()
    years_ago = pair.versions[0].made_at.replace(year=2024)
    told = replace(
        pair, versions=(replace(pair.versions[0], made_at=years_ago), *pair.versions[1:])
    )
    model = PlanCompareViewModel(CASE, read_versions=lambda *_: Done(told), runner=InlineRunner())
    model.load()
    view = PlanCompareView(model, look)
    qtbot.addWidget(view)

    for name in ("version before", "version after"):
        box = view.findChild(QComboBox, name)
        assert box is not None
        texts = [box.itemText(place) for place in range(box.count())]
        assert [text.endswith(" 2024") for text in texts].count(True) == 1


def test_few_meetings_are_all_told_and_ask_for_nothing(qtbot: QtBot, look: Look) -> None:
    view = progress_of(qtbot, look, meetings=6)

    assert told_meetings(view) == [1, 2, 3, 4, 5, 6]
    more = view.findChild(Button, "all meetings")
    assert more is not None
    assert more.isHidden()


def test_of_many_meetings_the_latest_are_told_and_all_where_somebody_asks(
    qtbot: QtBot, look: Look
) -> None:
    view = progress_of(qtbot, look, meetings=14)
    more = view.findChild(Button, "all meetings")
    assert more is not None
    assert told_meetings(view) == [9, 10, 11, 12, 13, 14]
    assert len(view.findChildren(StackChart)) == 1

    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Space)

    assert told_meetings(view) == [*range(1, 15)]
    assert len(view.findChildren(StackChart)) == 3
    assert more.hasFocus()
    QTest.keyClick(more, Qt.Key.Key_Space)
    assert told_meetings(view) == [9, 10, 11, 12, 13, 14]


def test_one_action_is_as_high_in_every_line_of_bars_and_no_bar_is_cut_off(
    qtbot: QtBot, look: Look
) -> None:
    view = progress_of(qtbot, look, meetings=14)
    more = view.findChild(Button, "all meetings")
    assert more is not None
    more.click()
    settle()

    charts = sorted(view.findChildren(StackChart), key=lambda one: one.y())
    # The highest bars of the lines have 8, 14 and 16 actions, the first of the last line has 15.
    heights = [one.height() for one in charts]
    one_action = (heights[1] - heights[0]) / 6
    assert heights[2] - heights[1] == pytest.approx(2 * one_action, abs=2)
    picture = charts[2].grab().toImage()
    bars = range(heights[2] - look.theme.px(40))
    empty = picture.pixelColor(picture.width() - 1, 0)
    edge = next(x for x in range(picture.width()) if picture.pixelColor(x, bars[-1]) != empty)
    first = next(y for y in bars if picture.pixelColor(edge, y) != empty)
    assert first == pytest.approx(one_action, abs=2)


def progress_of(qtbot: QtBot, look: Look, *, meetings: int) -> PlanProgressView:
    """Return the page of how it went over so many meetings, shown."""
    found = make_long_progress(meetings)
    view = PlanProgressView(make_progress_model(read_progress=lambda _: Done(found)), look)
    qtbot.addWidget(view)
    view.resize(1300, 900)
    view.show()
    settle()
    return view


def told_meetings(view: QWidget) -> list[int]:
    """Return the numbers of the meetings that are told in words, in their order."""
    told = [text for text in shown_texts(view) if text.startswith("Möte ")]
    return [int(text.removeprefix("Möte ").split(",")[0]) for text in told]
