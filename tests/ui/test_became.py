"""What asks for more words than a state is told of a commitment in a form, where one may."""

from dataclasses import replace
from datetime import date, time
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import hidden_desk, meeting_desk
from tests.ui.desks import settle
from tests.ui.hidden_desk import Back, no_picture
from tests.ui.meeting_desk import CARRIED, Table
from tests.ui.plain import DraftBox, in_bin
from tests.ui.plan_desk import (
    LATE,
    LOOSE,
    PROPOSED,
    Cabinet,
    acute_lines,
    go_to,
    going,
    make_plan_model,
    make_view,
)
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.services.entries import ChangeCommitment
from trygga_desktop.ui.becoming import BecameField, BecameForm
from trygga_desktop.ui.screens.hidden.view import HiddenView
from trygga_desktop.ui.screens.meeting.carried import StateBox
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.plan.states import Told
from trygga_desktop.ui.screens.plan.view import PlanView
from trygga_desktop.ui.screens.plan.view_model import PlanViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.became_card import BecameCard
from trygga_desktop.ui.widgets.labels import PlainLabel

PROMISED = hidden_desk.LEADING.carried[0].item.id
INSTEAD = hidden_desk.LEADING.promised[0].item.id


View = TypeVar("View", bound=QWidget)


def shown(qtbot: QtBot, view: View) -> View:
    """Return a screen, shown."""
    qtbot.addWidget(view)
    view.resize(1300, 900)
    view.show()
    settle()
    return view


def asked_of(model: PlanViewModel) -> BecameForm:
    """Return the form about the commitment that is late."""
    go_to(model, LATE)
    model.ask_what_became()
    assert model.becoming.form is not None
    return model.becoming.form


def box(view: QWidget, name: str) -> QComboBox:
    """Return a choice by its name."""
    found = view.findChild(QComboBox, name)
    assert isinstance(found, QComboBox)
    return found


def test_what_nobody_agreed_on_has_not_become_anything() -> None:
    model = make_plan_model()
    go_to(model, PROPOSED)

    model.ask_what_became()

    assert model.becoming.form is None


@pytest.mark.parametrize(
    ("state", "fields", "missing"),
    [
        (CommitmentState.NOT_DONE, {}, BecameField.REASON),
        (CommitmentState.CHANGED, {}, BecameField.REASON),
        (CommitmentState.DOING, {BecameField.NEW_DUE: "2026-12-11"}, BecameField.REASON),
        (CommitmentState.DOING, {BecameField.NEW_DUE: "fredag"}, BecameField.REASON),
        (CommitmentState.DONE, {BecameField.HAPPENED_ON: "2027-01-01"}, BecameField.HAPPENED_ON),
        (CommitmentState.DONE, {BecameField.EVIDENCE: "x" * 60_000}, BecameField.EVIDENCE),
    ],
)
def test_nothing_is_noted_while_something_is_missing(
    state: CommitmentState, fields: dict[BecameField, str], missing: BecameField
) -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    form = asked_of(model)
    form.choose_state(state)
    for field, text in fields.items():
        form.type(field, text)

    model.becoming.send()

    assert form.missing[0] is missing
    assert cabinet.asked == []
    assert model.becoming.form is form


def test_a_commitment_gets_another_last_day_with_its_reason() -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    form = asked_of(model)
    form.choose_state(CommitmentState.DOING)
    form.choose_reason("queue")
    form.type(BecameField.NEW_DUE, "2026-12-11")

    model.becoming.send()

    assert cabinet.asked == [
        ChangeCommitment(
            case_id=cabinet.asked[0].case_id,
            commitment_id=LATE,
            state=CommitmentState.DOING,
            reason="queue",
            new_due=date(2026, 12, 11),
        )
    ]
    assert model.becoming.form is None
    assert model.told is Told.STATE


@pytest.mark.parametrize("by_hours", [False, True])
@pytest.mark.parametrize("typed", ["2026-12-11 25:00", "2026-12-11 kl", "14:30"])
def test_an_hour_that_is_none_is_not_noted(typed: str, *, by_hours: bool) -> None:
    cabinet = Cabinet(make_view(goes_by_hours=by_hours))
    model = make_plan_model(cabinet)
    form = asked_of(model)
    form.choose_state(CommitmentState.DOING)
    form.choose_reason("queue")
    form.type(BecameField.NEW_DUE, typed)

    model.becoming.send()

    assert (cabinet.asked, form.missing) == ([], (BecameField.NEW_DUE,))


def test_an_hour_is_noted_where_a_case_goes_by_hours_alone() -> None:
    asked = []
    for by_hours in (False, True):
        cabinet = Cabinet(make_view(goes_by_hours=by_hours))
        model = make_plan_model(cabinet)
        form = asked_of(model)
        form.choose_state(CommitmentState.DOING)
        form.choose_reason("queue")
        form.type(BecameField.NEW_DUE, "2026-12-11 kl. 14.30")
        model.becoming.send()
        asked.append([(one.new_due, one.new_due_at) for one in cabinet.asked])

    assert asked == [[], [(date(2026, 12, 11), time(14, 30))]]


def test_the_last_day_is_told_with_its_hour_and_that_another_can_have_one(
    qtbot: QtBot, look: Look
) -> None:
    model = make_plan_model(Cabinet(make_view(goes_by_hours=True, lines=acute_lines())))
    view = shown(qtbot, PlanView(model, look))
    form = asked_of(model)
    form.choose_state(CommitmentState.DOING)
    form.type(BecameField.NEW_DUE, "2026-12-11")
    (card,) = view.findChildren(BecameCard)
    texts = [one.text() for one in card.findChildren(PlainLabel)]

    assert any("09:00" in one for one in texts)
    assert "Ett klockslag kan stå efter dagen, som 14:30." in texts


def test_an_hour_that_is_refused_is_told_at_the_field_of_its_day() -> None:
    cabinet = Cabinet(
        make_view(goes_by_hours=True), error=InvalidInputError(field="new_due_at", flaw="order")
    )
    model = make_plan_model(cabinet)
    form = asked_of(model)
    form.choose_state(CommitmentState.DOING)
    form.choose_reason("queue")
    form.type(BecameField.NEW_DUE, "2026-12-11 14:30")

    model.becoming.send()

    assert form.refused == {BecameField.NEW_DUE: "order"}


def test_what_is_noted_of_one_takes_no_words_that_stand_at_another() -> None:
    box = DraftBox()
    model = make_plan_model(Cabinet(), drafts=box.uses)
    form = asked_of(model)
    form.choose_state(CommitmentState.DONE)
    go_to(model, LOOSE)
    model.type_evidence("Hörde av läraren")

    model.becoming.send()

    assert model.becoming.form is None
    assert model.evidence[LOOSE] == "Hörde av läraren"


def test_a_commitment_became_another_that_is_there() -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    form = asked_of(model)
    assert [one.id for one in form.successors] == [LOOSE]
    form.choose_state(CommitmentState.CHANGED)
    form.choose_reason("person_wishes")
    form.choose_successor(LOOSE)
    teller, _ = form.told.people[0]
    form.choose_teller(teller)

    model.becoming.send()

    (command,) = cabinet.asked
    assert (command.state, command.reason) == (CommitmentState.CHANGED, "person_wishes")
    assert (command.successor_id, command.told_by) == (LOOSE, teller)


def test_what_was_done_may_have_been_done_earlier() -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    form = asked_of(model)
    form.choose_state(CommitmentState.DONE)
    form.type(BecameField.HAPPENED_ON, "2026-11-20")
    form.type(BecameField.EVIDENCE, "Intyget kom.")

    model.becoming.send()

    (command,) = cabinet.asked
    assert command.happened_on == date(2026, 11, 20)
    assert command.evidence == "Intyget kom."


def test_what_is_hidden_by_another_state_is_not_sent_with_it() -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    form = asked_of(model)
    form.choose_state(CommitmentState.CHANGED)
    form.choose_reason("split")
    form.choose_successor(LOOSE)
    form.type(BecameField.NEW_DUE, "2026-12-11")
    form.choose_state(CommitmentState.DONE)

    model.becoming.send()

    (command,) = cabinet.asked
    assert (command.reason, command.successor_id, command.new_due) == ("", None, None)


def test_a_refused_day_is_told_at_its_field(qtbot: QtBot, look: Look) -> None:
    cabinet = Cabinet(error=InvalidInputError(field="happened_on", flaw="before"))
    model = make_plan_model(cabinet)
    view = shown(qtbot, PlanView(model, look))
    form = asked_of(model)
    form.choose_state(CommitmentState.DONE)
    field = view.findChild(QLineEdit, "became happened_on")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "2026-01-20")

    model.becoming.send()

    assert field.accessibleDescription() == "Det var inte lovat då."
    assert field.text() == "2026-01-20"


def test_whoever_may_not_is_told_so_and_nothing_is_lost(qtbot: QtBot, look: Look) -> None:
    box_of = DraftBox()
    model = make_plan_model(Cabinet(error=NoAccessError()), drafts=box_of.uses)
    shown(qtbot, PlanView(model, look))
    form = asked_of(model)
    form.choose_state(CommitmentState.DONE)
    form.type(BecameField.EVIDENCE, "Intyget kom.")

    model.becoming.send()

    assert model.becoming.form is form
    assert form.trouble is not None
    assert form.text_in(BecameField.EVIDENCE) == "Intyget kom."


def test_what_is_typed_is_kept_and_thrown_into_the_bin(qtbot: QtBot, look: Look) -> None:
    kept = DraftBox()
    model = make_plan_model(drafts=kept.uses)
    view = shown(qtbot, PlanView(model, look))
    asked_of(model).choose_state(CommitmentState.DOING)
    field = view.findChild(QLineEdit, "became new_due")
    assert isinstance(field, QLineEdit)

    QTest.keyClicks(field, "2026-12")
    model.leave()

    (one,) = [one for one in kept.drafts.values() if one.kind is DraftKind.BECAME]
    assert one.subject_id == LATE
    again = make_plan_model(drafts=kept.uses, asked_about=LATE)
    form = again.becoming.form
    assert form is not None
    assert form.text_in(BecameField.NEW_DUE) == "2026-12"
    assert form.state is CommitmentState.DOING

    again.becoming.close()

    (thrown,) = in_bin(kept)
    assert "2026-12" in thrown


def test_the_form_is_opened_by_its_key_and_filled_without_a_mouse(qtbot: QtBot, look: Look) -> None:
    cabinet = Cabinet()
    model = make_plan_model(cabinet)
    view = shown(qtbot, PlanView(model, look))
    go_to(model, LATE)

    next(one for one in view.commands if "Ctrl+Shift+M" in one.keys).run()
    settle()

    state = box(view, "became state")
    assert view.focusWidget() is state
    QTest.keyClick(state, Qt.Key.Key_Down)
    assert model.becoming.form is not None
    assert model.becoming.form.state is CommitmentState.DOING
    model.becoming.close()
    settle()
    assert view.focusWidget() is view.outline


def test_a_pill_of_the_shared_screen_leads_to_where_more_is_asked(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = shown(qtbot, MeetingView(model, look))
    pill = view.findChild(StateBox, f"state {CARRIED[1].item.id}")
    assert isinstance(pill, StateBox)

    with qtbot.waitSignal(model.more_wanted) as wanted:
        pill.activated.emit(pill.count() - 1)

    assert wanted.args == [CARRIED[1].item.id]
    assert table.asked == []


def test_without_names_no_pill_leads_away(qtbot: QtBot, look: Look) -> None:
    model = Table(meeting_desk.without_names()).open()
    shown(qtbot, MeetingView(model, look))

    with qtbot.assertNotEmitted(model.more_wanted):
        model.tell_more(CARRIED[1].item.id)


def test_the_leader_is_asked_what_became_of_it_once_nobody_looks_on(
    qtbot: QtBot, look: Look
) -> None:
    back = Back(is_mirrored=True, asked_about=PROMISED)
    model = back.open()
    view = shown(qtbot, HiddenView(model, no_picture, look))
    assert view.findChild(BecameCard) is None

    model.nobody_looks_on()
    settle()

    assert view.findChild(BecameCard) is not None
    assert view.focusWidget() is box(view, "became state")


def test_the_leader_tells_that_it_became_what_was_promised_today() -> None:
    back = Back()
    model = back.open()
    model.becoming.open(PROMISED)
    form = model.becoming.form
    assert form is not None
    form.choose_state(CommitmentState.CHANGED)
    form.choose_reason("better_way")
    form.choose_successor(INSTEAD)

    model.becoming.send()

    (command,) = back.done
    assert isinstance(command, ChangeCommitment)
    assert command.successor_id == INSTEAD
    assert model.becoming.form is None


def test_a_second_screen_shows_no_form(qtbot: QtBot, look: Look) -> None:
    back = Back()
    model = back.open()
    view = shown(qtbot, HiddenView(model, no_picture, look))
    model.becoming.open(PROMISED)
    assert view.findChild(BecameCard) is not None

    back.screens = 2
    model.screens_changed()
    settle()

    assert view.findChild(BecameCard) is None
    assert hidden_desk.LEADING.carried


def test_the_plan_says_since_when_it_is_over_and_who_told_it(qtbot: QtBot, look: Look) -> None:
    teller = make_view().people[1]
    over = going(CommitmentState.DONE, ended_on=date(2026, 11, 20), told_by=teller.party.id)
    lines = tuple(
        replace(one, progress=over) if one.id == LATE else one for one in make_view().lines
    )
    model = make_plan_model(Cabinet(make_view(lines=lines)))
    view = shown(qtbot, PlanView(model, look))

    go_to(model, LATE)

    told = [one.text() for one in view.findChildren(PlainLabel)]
    assert f"Avslutat sedan 20 november 2026, enligt {teller.name}." in told
