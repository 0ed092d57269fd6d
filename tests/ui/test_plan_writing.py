"""What is written in a plan stays what it is: as whose information, and until it is noted."""

from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from tests.services.test_plan_agreeing import kept, plan, ready, told
from tests.ui.overviews import CONTROLLER, POLICE, SARA, SUBJECT, shown_item
from tests.ui.plain import DraftBox, in_bin
from tests.ui.plan_desk import (
    GOAL,
    LATE,
    PROPOSED,
    Cabinet,
    acute_lines,
    go_to,
    make_plan_model,
    make_view,
)
from tests.ui.test_plan_screen import line, shown
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.plan.editing import (
    Row,
    RowKind,
    as_text,
    instead_of,
    line_of,
    pasted,
)
from trygga_desktop.ui.screens.plan.states import Told
from trygga_desktop.ui.screens.plan.view_model import PlanViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import ComboBox, TextInput

SLEEP = UUID(int=2000 + 900)


def with_sleep() -> PlanViewModel:
    """Return a plan that tells how somebody sleeps, of their health and of another person."""
    item = shown_item(
        "Sover dåligt, tar medicin",
        number=900,
        kind=ItemKind.PLAN_LINE,
        category="health",
        area="health",
        origin_id=CONTROLLER,
        about=frozenset({SUBJECT, SARA}),
    )
    sleep = ShownPlanLine(item=item, kind=LineKind.STATE)
    return make_plan_model(Cabinet(make_view(lines=(*make_view().lines, sleep))))


def test_a_copy_of_a_line_may_be_told_to_nobody_who_may_not_be_told_the_line(
    vault: OpenVault,
) -> None:
    family, _ = ready(vault)
    view = kept(vault, family, told("Sover dåligt, tar medicin", "health", area="health"))
    first = line_of(view.lines[0])

    lines, _ = pasted(
        (first,),
        as_text([first]),
        Row(kind=RowKind.HEAD, area="leisure"),
        new_id=lambda: SLEEP,
        subject=family.subject,
        category="leisure",
    )
    kept(vault, family, *lines)

    closed = {family.school, family.police}
    assert [one.closed_to for one in plan(vault, family).lines] == [closed, closed]


def test_what_is_pasted_is_what_it_was_copied_from_wherever_it_goes() -> None:
    model = with_sleep()
    go_to(model, SLEEP)
    copied = model.text
    model.remove()
    model.choose_area("leisure")

    model.paste(copied)

    assert model.line is not None
    assert model.line.id != SLEEP
    assert (model.line.area, model.line.category) == ("leisure", "health")
    assert model.line.about == {SUBJECT, SARA}


def test_what_is_pasted_from_elsewhere_is_told_as_what_its_area_is_about() -> None:
    model = make_plan_model()
    model.choose_area("health")

    model.paste("= Äter bra")

    assert model.line is not None
    assert (model.line.kind, model.line.category) == (LineKind.STATE, "health")


def test_what_is_put_into_another_area_is_told_as_what_that_is_about() -> None:
    model = make_plan_model()
    state = next(one for one in model.lines if one.kind is LineKind.STATE)
    go_to(model, state.id)

    model.put_into("health")

    assert (line(model, state.id).area, line(model, state.id).category) == ("health", "health")
    go_to(model, GOAL)
    model.put_into("health")
    assert line(model, GOAL).category == "plan"


def test_what_is_to_come_in_place_of_a_promise_is_told_as_what_that_was() -> None:
    promised = PlanLine(
        id=LATE,
        kind=LineKind.ACTION,
        words="Boka tid på mottagningen",
        area="health",
        category="health",
        origin_id=POLICE,
        about=frozenset({SUBJECT, SARA}),
    )

    _, new = instead_of((promised,), promised, line_id=SLEEP)

    assert (new.words, new.replaces) == (promised.words, LATE)
    assert (new.category, new.origin_id, new.about) == ("health", POLICE, promised.about)


def test_what_is_not_noted_yet_stays_kept_when_the_plan_is() -> None:
    box = DraftBox()
    model = make_plan_model(drafts=box.uses)
    go_to(model, LATE)
    model.type_evidence("Dalia ringde")
    go_to(model, PROPOSED)
    model.type_day("fredag v 50", is_due=True)
    model.type_words(GOAL, "Ett annat mål")
    model.keep()
    assert model.told is Told.KEPT
    assert not model.is_changed
    assert model.day_text(is_due=True) == "fredag v 50"

    # The process ends here: what comes back is what lies on the disk.
    again = make_plan_model(drafts=box.uses)
    go_to(again, PROPOSED)
    assert again.evidence == {LATE: "Dalia ringde"}
    assert again.day_text(is_due=True) == "fredag v 50"

    go_to(model, LATE)
    model.change_state(CommitmentState.DOING)
    go_to(model, PROPOSED)
    model.type_day("2026-12-11", is_due=True)
    model.keep()
    assert box.texts == []


def test_what_was_typed_where_no_field_is_any_more_lies_in_the_bin() -> None:
    box, cabinet = DraftBox(), Cabinet()
    model = make_plan_model(cabinet, drafts=box.uses)
    go_to(model, PROPOSED)
    model.type_day("fredag v 50", is_due=True)
    model.leave()
    is_agreed = next(one.progress for one in make_view().lines if one.id == LATE)
    cabinet.view = make_view(
        lines=tuple(
            replace(one, progress=is_agreed) if one.id == PROPOSED else one
            for one in make_view().lines
        )
    )

    model.refresh(Changes(items=True))

    assert model.days == {}
    assert box.texts == []
    assert in_bin(box) == ["fredag v 50"]


@pytest.mark.parametrize("changes", [{"party_id": None}, {"party_id": UUID(int=999)}])
def test_whoever_is_responsible_by_name_alone_or_has_left_is_named(
    qtbot: QtBot, look: Look, changes: dict[str, UUID | None]
) -> None:
    changed = tuple(
        replace(one, **changes) if one.id in {LATE, PROPOSED} else one  # type: ignore[arg-type]  # fields of its own
        for one in make_view().lines
    )
    model = make_plan_model(Cabinet(make_view(lines=changed)))
    view = shown(qtbot, look, model)
    box = view.findChild(ComboBox, "plan responsible")
    assert isinstance(box, ComboBox)

    go_to(model, LATE)
    assert (box.currentText(), box.isEnabled()) == ("Dalia Karim, Fritid Exempelstad", False)

    go_to(model, PROPOSED)
    assert box.currentText() == "Dalia Karim, Fritid Exempelstad"
    box.activated.emit(box.currentIndex())
    assert line(model, PROPOSED).responsible == "Dalia Karim"
    assert not model.is_changed

    model.choose_responsible(SARA)
    assert "Dalia Karim" not in [box.itemText(one) for one in range(box.count())]
    model.choose_responsible(None)
    assert box.currentText() == "Ingen än"


def hurried(*, goes_by_hours: bool = True, **uses: Any) -> PlanViewModel:
    """Return a plan with hours, of a case that goes by them, or does so no more."""
    view = make_view(lines=acute_lines(), goes_by_hours=goes_by_hours)
    return make_plan_model(Cabinet(view), **uses)


def test_where_nothing_goes_by_hours_a_day_with_one_is_kept_as_it_was_typed() -> None:
    model = make_plan_model()
    go_to(model, PROPOSED)

    model.type_day("2026-12-11 14:30", is_due=True)

    assert line(model, PROPOSED).until == (date(2026, 12, 6), None)
    assert model.day_text(is_due=True) == "2026-12-11 14:30"
    model.type_day("2026-12-11", is_due=True)
    assert line(model, PROPOSED).until == (date(2026, 12, 11), None)


def test_no_hour_is_taken_of_what_is_due_at_none() -> None:
    model = hurried()
    go_to(model, PROPOSED)
    model.type_day("2027-01-15 14:30", is_due=False)
    assert line(model, PROPOSED).follow_up_on == date(2027, 1, 14)

    model.choose_kind(LineKind.INSTRUMENT)
    model.type_day("2026-11-20 14:30", is_due=True)
    assert line(model, PROPOSED).until == (None, None)


def test_an_hour_is_typed_behind_the_day_and_taken_away_with_it() -> None:
    model = hurried()
    go_to(model, PROPOSED)
    assert model.day_text(is_due=True) == "2026-12-06 14:30"

    model.type_day("2026-12-11 9.15", is_due=True)
    assert line(model, PROPOSED).until == (date(2026, 12, 11), time(9, 15))
    assert model.day_text(is_due=True) == "2026-12-11 09:15"
    model.type_day("2026-12-11", is_due=True)
    assert line(model, PROPOSED).until == (date(2026, 12, 11), None)
    model.type_day("", is_due=True)
    assert line(model, PROPOSED).until == (None, None)

    model.undo()
    assert line(model, PROPOSED).until == (date(2026, 12, 6), time(14, 30))


def test_of_a_promise_another_hour_is_proposed_beside_the_one_it_has() -> None:
    model = hurried()
    go_to(model, LATE)
    assert model.day_text(is_due=True) == "2026-11-26 16:00"

    model.type_day("2026-11-27 8:00", is_due=True)

    promised = line(model, LATE)
    assert (promised.due_on, promised.due_at) == (date(2026, 11, 13), time(9))
    assert (promised.new_due, promised.new_due_at) == (date(2026, 11, 27), time(8))


def test_what_has_no_last_day_any_more_has_no_hour_of_one() -> None:
    model = hurried()
    go_to(model, PROPOSED)
    model.choose_kind(LineKind.NOTE)
    assert line(model, PROPOSED).due_at == time(14, 30)

    model.choose_kind(LineKind.GOAL)

    assert line(model, PROPOSED).due_at is None


def test_hours_come_back_with_a_draft() -> None:
    box = DraftBox()
    model = hurried(drafts=box.uses)
    go_to(model, PROPOSED)
    model.type_day("2026-12-11 9:15", is_due=True)
    model.leave()

    again = hurried(drafts=box.uses)

    assert line(again, PROPOSED).until == (date(2026, 12, 11), time(9, 15))
    assert line(again, LATE).until == (date(2026, 11, 26), time(16))


def test_an_hour_that_stands_there_can_be_written_again_where_there_are_no_others() -> None:
    model = hurried(goes_by_hours=False)
    go_to(model, PROPOSED)
    model.type_day("2026-12-06 14:3", is_due=True)
    model.type_day("2026-12-06 14:30", is_due=True)
    assert model.days == {}
    assert not model.is_changed

    model.type_day("2026-12-06 14:45", is_due=True)
    assert line(model, PROPOSED).due_at == time(14, 30)
    assert list(model.days.values()) == ["2026-12-06 14:45"]


def test_what_is_refused_for_an_hour_is_gone_to() -> None:
    box = DraftBox()
    model = hurried(drafts=box.uses)
    go_to(model, PROPOSED)
    model.type_day("2026-12-11 9:15", is_due=True)
    model.leave()
    refusing = Cabinet(
        make_view(lines=acute_lines()), error=InvalidInputError(field="due_at", flaw="order")
    )
    late = make_plan_model(refusing, drafts=box.uses)
    go_to(late, GOAL)

    late.keep()

    assert late.line is not None
    assert late.line.id == PROPOSED
    assert late.trouble is not None


def test_the_field_of_a_day_says_where_an_hour_can_stand(qtbot: QtBot, look: Look) -> None:
    told = []
    for model in (make_plan_model(), hurried()):
        view = shown(qtbot, look, model)
        field = view.findChild(TextInput, "plan due")
        assert isinstance(field, TextInput)
        holder = field.parentWidget()
        assert isinstance(holder, Field)
        go_to(model, PROPOSED)
        field.setText("")
        hints = [field.placeholderText()]
        for text in ("2026-12-04", "2026-12-04 1", "2026-12-04 14:30", "2026-12-05 14:30"):
            field.setText(text)
            field.textEdited.emit(text)
            hints.append(holder.hint.text())
        told.append(hints)

    assert told == [
        ["2026-12-24", "", *(["Skriv dagen som 2026-12-24."] * 3)],
        [
            "2026-12-24 14:30",
            "Ett klockslag kan stå efter dagen, som 14:30.",
            "Skriv dagen som 2026-12-24, och ett klockslag efter den som 14:30.",
            "",
            "5 december 2026 är en lördag.",
        ],
    ]
