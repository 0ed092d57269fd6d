"""A plan is agreed on as it was looked at, and nobody hears a line by a detour over the desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.people import (
    DAY,
    Family,
    begun,
    case_with_family,
    cells,
    make_due_at,
    move,
    paper,
    planned_meeting,
    room_of,
    seat_of,
)
from tests.services.sealing_desk import to_seal
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.consent import Cell, Direction
from trygga_desktop.domain.errors import ConflictError, InvalidInputError, SealedMeetingError
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.lane import ACUTE, ORDINARY
from trygga_desktop.domain.meeting import Presence
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.services.consents import (
    ChangeTerms,
    NewExclusion,
    NewLimit,
    change_terms,
    record_consent,
)
from trygga_desktop.services.entries import ChangeCommitment, change_commitment
from trygga_desktop.services.lanes import ChangeStage, change_stage
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.plan_comparison import say_the_same
from trygga_desktop.services.plan_views import PlanView, read_plan, read_versions
from trygga_desktop.services.plans import (
    AgreePlan,
    BringPlan,
    ChangedLine,
    KeepPlan,
    agree_plan,
    bring_plan,
    keep_plan,
)
from trygga_desktop.services.sealing import seal_protocol
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.plan.editing import line_of

NEXT_WEEK = DAY + timedelta(days=7)


def goal(words: str = "Jag vill bli ledare", **fields: Any) -> PlanLine:
    """Return a goal of the leisure area, if nothing else is said."""
    return PlanLine(id=uuid4(), kind=LineKind.GOAL, words=words, **{"area": "leisure"} | fields)


def told(words: str, category: str, **fields: Any) -> PlanLine:
    """Return how something is, as information of this category."""
    return replace(goal(words, **fields), kind=LineKind.STATE, category=category)


def promise(family: Family, words: str = "Anmäla till kursen", **fields: Any) -> PlanLine:
    """Return something that the school is to do."""
    line = goal(words, responsible="Maria Lind", organisation_id=family.school, due_on=NEXT_WEEK)
    return replace(line, kind=LineKind.ACTION, party_id=family.maria, **fields)


def ready(vault: OpenVault, *invited: str) -> tuple[Family, UUID]:
    """Return a case with a consent, and its meeting, which has not begun."""
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    places = [getattr(family, one) for one in invited]
    return family, planned_meeting(vault, family, *places)


def hurried(vault: OpenVault) -> tuple[Family, UUID]:
    """Return the same of a case that goes by hours, where the police have to be covered, too."""
    family = case_with_family(vault, programme="sig")
    put(vault, family, ACUTE)
    signed = paper(family)
    allowed = cells((family.board, family.school, family.police))
    answers = tuple(replace(one, cells=allowed) for one in signed.answers)
    record_consent(replace(signed, answers=answers), vault=vault)
    return family, planned_meeting(vault, family, template="sig")


def put(vault: OpenVault, family: Family, stage: str) -> None:
    """Put a case into the acute lane, or out of it."""
    change_stage(
        ChangeStage(case_id=family.case_id, stage=stage, words="Hotad i går."), vault=vault
    )


def plan(vault: OpenVault, family: Family) -> PlanView:
    """Return the plan as it is."""
    return read_plan(family.case_id, vault=vault).value


def kept(vault: OpenVault, family: Family, *lines: PlanLine, **fields: Any) -> PlanView:
    """Keep these lines upon the newest version, and return the plan as it is then."""
    command = KeepPlan(
        case_id=family.case_id, based_on=plan(vault, family).number, lines=lines, **fields
    )
    keep_plan(command, vault=vault)
    return plan(vault, family)


def brought(
    vault: OpenVault, family: Family, meeting_id: UUID, *lines: PlanLine, **fields: Any
) -> PlanView:
    """Take these lines to the meeting, and return the plan as it is then."""
    command = BringPlan(
        case_id=family.case_id,
        meeting_id=meeting_id,
        based_on=plan(vault, family).number,
        lines=lines,
        **fields,
    )
    bring_plan(command, vault=vault)
    return plan(vault, family)


def agreement(family: Family, meeting_id: UUID, view: PlanView, *ids: UUID) -> AgreePlan:
    """Return the command by which a meeting agrees on lines, of the plan as it was looked at."""
    return AgreePlan(
        case_id=family.case_id, meeting_id=meeting_id, basis=view.basis, agreed=frozenset(ids)
    )


def flaw_of(work: Callable[[], object]) -> tuple[str, str]:
    """Return the field and the flaw with which something is refused."""
    with pytest.raises(InvalidInputError) as refused:
        work()
    return refused.value.field, refused.value.flaw


def terms(vault: OpenVault, family: Family) -> None:
    """Have an exclusion asked for about school, and a limit to what the board tells of it."""
    cell = Cell(organisation_id=family.school, category="schooling", direction=Direction.RECEIVE)
    command = ChangeTerms(
        case_id=family.case_id,
        on=DAY,
        exclusions=(
            NewExclusion(
                asked_by=family.sara,
                words="Pappas sjukdom",
                categories=frozenset({"schooling"}),
            ),
        ),
        limits=(NewLimit(cell=cell, words="Bara närvaron", asked_by=family.sara),),
    )
    change_terms(command, vault=vault)


def test_a_commitment_that_moved_since_it_was_looked_at_is_not_agreed_on_another_day(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    line = promise(family)
    view = kept(vault, family, line)
    begun(vault, meeting_id)
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)
    later = NEXT_WEEK + timedelta(days=20)
    looked_at = kept(vault, family, replace(line, new_due=later))
    change = ChangeCommitment(
        case_id=family.case_id,
        commitment_id=line.id,
        state=CommitmentState.DOING,
        new_due=NEXT_WEEK + timedelta(days=2),
    )
    change_commitment(change, vault=vault)

    with pytest.raises(ConflictError):
        agree_plan(agreement(family, meeting_id, looked_at, line.id), vault=vault)

    (shown,) = plan(vault, family).lines
    assert shown.due_on == NEXT_WEEK + timedelta(days=2)
    assert plan(vault, family).number == looked_at.number


def test_a_sealed_meeting_agrees_on_no_other_day_and_keeps_no_note_either(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    line = promise(family)
    view = kept(vault, family, line)
    begun(vault, meeting_id)
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)
    nobody = replace(goal("Ringa mentorn"), kind=LineKind.ACTION, due_on=NEXT_WEEK)
    moved = replace(line, new_due=NEXT_WEEK + timedelta(days=20))
    view = kept(vault, family, moved, nobody)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)

    for one in (line, nobody):
        with pytest.raises(SealedMeetingError):
            agree_plan(agreement(family, meeting_id, view, one.id), vault=vault)
    assert plan(vault, family).number == view.number
    assert plan(vault, family).lines[0].due_on == NEXT_WEEK


def test_a_version_that_came_meanwhile_is_not_agreed_on_unseen(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    line = goal()
    looked_at = kept(vault, family, line)
    begun(vault, meeting_id)
    kept(vault, family, replace(line, words="Något helt annat"))

    with pytest.raises(ConflictError):
        agree_plan(agreement(family, meeting_id, looked_at, line.id), vault=vault)

    assert all(not one.entries for one in room_of(vault, meeting_id).agenda)


def test_what_was_held_back_is_not_agreed_on_after_the_plan_was_kept_once_more(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    open_one, closed = goal("Boxning"), told("Sömnen", "health")
    brought(vault, family, meeting_id, open_one, closed, without=frozenset({closed.id}))
    begun(vault, meeting_id)
    view = kept(vault, family, open_one, closed)

    command = agreement(family, meeting_id, view, closed.id)
    assert flaw_of(lambda: agree_plan(command, vault=vault)) == ("agreed", "kept_back")
    assert view.agreeable == {open_one.id}


def test_a_room_agrees_on_nothing_that_somebody_in_it_may_not_see(vault: OpenVault) -> None:
    family, meeting_id = ready(vault, "subject", "sara", "johan", "karin", "maria", "peter")
    line = goal()
    view = kept(vault, family, line)
    begun(vault, meeting_id)
    command = agreement(family, meeting_id, view, line.id)
    assert flaw_of(lambda: agree_plan(command, vault=vault)) == ("agreed", "kept_back")

    move(vault, meeting_id, seat_of(vault, meeting_id, "Peter"), Presence.GONE)
    agree_plan(command, vault=vault)
    assert [one.stage.value for one in plan(vault, family).versions] == ["prepared", "agreed"]


def test_a_meeting_that_everyone_had_left_is_asked_by_who_was_there(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    line = goal()
    view = kept(vault, family, line)
    begun(vault, meeting_id)
    for seat in room_of(vault, meeting_id).seats:
        move(vault, meeting_id, seat, Presence.GONE)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)
    assert plan(vault, family).versions[-1].stage.value == "agreed"


def test_whose_information_a_line_is_does_not_change_what_others_may_hear_unasked(
    vault: OpenVault,
) -> None:
    family, _ = ready(vault)
    line = told("Sömnen", "health")
    view = kept(vault, family, line)
    assert view.lines[0].closed_to == {family.school, family.police}

    moved = replace(line, origin_id=family.police)
    assert flaw_of(lambda: kept(vault, family, moved)) == ("origin", "opens")
    assert plan(vault, family).lines[0].closed_to == {family.school, family.police}

    view = kept(vault, family, moved, opened=frozenset({line.id}))
    assert view.lines[0].closed_to == {family.school}


def test_another_kind_of_information_does_not_open_a_line_unasked_either(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    line = told("Sömnen", "health")
    kept(vault, family, line)

    moved = replace(line, category="leisure")
    assert flaw_of(lambda: kept(vault, family, moved)) == ("origin", "opens")
    assert flaw_of(lambda: brought(vault, family, meeting_id, moved)) == ("origin", "opens")


def test_a_line_that_opens_to_nobody_new_may_be_another_s_information(vault: OpenVault) -> None:
    family, _ = ready(vault)
    line = told("Skolgången", "schooling")
    kept(vault, family, line)

    view = kept(vault, family, replace(line, origin_id=family.school))
    assert view.lines[0].item.origin_id == family.school


@pytest.mark.parametrize(
    "changed",
    [
        {"words": "Pappas sjukdom gör skolan svår"},
        {"sign": "Pappa är frisk"},
        {"own_part": "Berättar om pappa"},
        {"origin": "school"},
    ],
)
def test_what_was_answered_of_other_words_or_another_s_information_says_nothing_of_these(
    vault: OpenVault, changed: dict[str, str]
) -> None:
    family, _ = ready(vault)
    terms(vault, family)
    line = told("Närvaron är god", "schooling")
    view = kept(vault, family, line, tried=frozenset({line.id}))
    assert not view.lines[0].must_be_tried
    assert kept(vault, family, replace(line, due_on=DAY)).lines[0].must_be_tried is False

    fields = {"origin_id": family.school} if "origin" in changed else changed
    view = kept(vault, family, replace(line, **fields), opened=frozenset({line.id}))
    assert view.lines[0].must_be_tried


def test_nobody_answers_for_a_line_by_sending_answers_with_it(vault: OpenVault) -> None:
    family, _ = ready(vault)
    terms(vault, family)
    line = told("Närvaron är god", "schooling")
    answered = kept(vault, family, line, tried=frozenset({line.id})).lines[0].item.markings
    assert answered

    other = told("Pappas sjukdom", "schooling", markings=answered)
    view = kept(vault, family, line, other)
    assert [one.must_be_tried for one in view.lines] == [False, True]


def test_a_goal_that_reads_otherwise_since_it_was_agreed_is_decided_as_it_reads_now(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    line = goal()
    view = kept(vault, family, line)
    begun(vault, meeting_id)
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)

    view = kept(vault, family, replace(line, words="Sova", category="health"))
    assert view.lines[0].closed_to == {family.school, family.police}


def test_a_goal_that_is_agreed_on_in_other_words_stands_in_the_protocol_anew(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    line = goal()
    view = kept(vault, family, line)
    begun(vault, meeting_id)
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)
    agree_plan(agreement(family, meeting_id, plan(vault, family), line.id), vault=vault)
    assert goals(vault, meeting_id) == ["Jag vill bli ledare"]

    view = kept(vault, family, replace(line, words="Jag vill leda en grupp"))
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)
    agree_plan(agreement(family, meeting_id, plan(vault, family), line.id), vault=vault)
    assert goals(vault, meeting_id) == ["Jag vill bli ledare", "Jag vill leda en grupp"]


def goals(vault: OpenVault, meeting_id: UUID) -> list[str]:
    """Return the goals that stand in what a meeting noted."""
    noted = [one.item for item in room_of(vault, meeting_id).agenda for one in item.entries]
    return [one.text for one in noted if one.kind is ItemKind.PLAN_LINE]


HOUR = time(14, 30)


def test_no_hour_is_kept_where_a_case_goes_by_days(vault: OpenVault) -> None:
    family, _ = ready(vault)
    line = promise(family)

    assert flaw_of(lambda: kept(vault, family, replace(line, due_at=HOUR))) == ("due_at", "order")
    proposed = replace(line, new_due=NEXT_WEEK, new_due_at=HOUR)
    assert flaw_of(lambda: kept(vault, family, proposed)) == ("new_due_at", "order")
    assert plan(vault, family).number == 0


def test_no_hour_is_kept_without_its_day_nor_of_what_nobody_is_to_do(vault: OpenVault) -> None:
    family, _ = hurried(vault)

    without = promise(family, due_on=None, due_at=HOUR)
    assert flaw_of(lambda: kept(vault, family, without)) == ("due_at", "missing")
    of_goal = goal(due_on=NEXT_WEEK, due_at=HOUR)
    assert flaw_of(lambda: kept(vault, family, of_goal)) == ("due_at", "order")


def test_what_was_prepared_by_the_hour_is_promised_and_moved_by_the_hour(vault: OpenVault) -> None:
    family, meeting_id = hurried(vault)
    line = promise(family, due_at=HOUR)
    view = brought(vault, family, meeting_id, line)
    assert (view.goes_by_hours, view.lines[0].until) == (True, (NEXT_WEEK, HOUR))
    begun(vault, meeting_id)
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)

    (shown,) = plan(vault, family).lines
    assert shown.progress is not None
    assert (shown.progress.due, shown.progress.hour) == (NEXT_WEEK, HOUR)

    # Nothing is proposed by what is agreed on already, and something by another hour of that day.
    same = replace(line_of(shown), new_due=NEXT_WEEK, new_due_at=HOUR)
    assert not kept(vault, family, same).lines[0].is_proposed
    earlier = replace(line_of(shown), new_due=NEXT_WEEK, new_due_at=time(9))
    view = brought(vault, family, meeting_id, earlier)
    assert view.lines[0].is_proposed
    assert view.lines[0].until == (NEXT_WEEK, time(9))
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)

    (shown,) = plan(vault, family).lines
    assert shown.progress is not None
    assert (shown.until, shown.progress.hour) == ((NEXT_WEEK, time(9)), time(9))
    assert (shown.new_due, shown.new_due_at) == (None, None)
    assert not shown.is_proposed


def test_a_commitment_that_gets_the_whole_day_has_no_hour_any_more(vault: OpenVault) -> None:
    family, meeting_id = hurried(vault)
    line = promise(family, due_at=HOUR)
    view = brought(vault, family, meeting_id, line)
    begun(vault, meeting_id)
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)

    view = brought(vault, family, meeting_id, replace(line, new_due=NEXT_WEEK))
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)

    (shown,) = plan(vault, family).lines
    assert shown.progress is not None
    assert (shown.progress.due, shown.progress.hour) == (NEXT_WEEK, None)


def test_a_note_of_an_action_that_nobody_does_keeps_its_hour(vault: OpenVault) -> None:
    family, meeting_id = hurried(vault)
    line = promise(family, responsible="", due_at=HOUR)
    view = brought(vault, family, meeting_id, line)
    begun(vault, meeting_id)
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)

    (note,) = plan(vault, family).lines
    assert (note.kind, note.due_at) == (LineKind.NOTE, HOUR)
    (again,) = kept(vault, family, line_of(note)).lines
    assert again.due_at == HOUR


def test_a_case_that_goes_by_hours_no_more_keeps_those_it_has_and_takes_no_others(
    vault: OpenVault,
) -> None:
    family, meeting_id = hurried(vault)
    promised, waiting = promise(family, due_at=HOUR), promise(family, "Ringa", due_at=HOUR)
    view = brought(vault, family, meeting_id, promised, waiting)
    begun(vault, meeting_id)
    agree_plan(agreement(family, meeting_id, view, promised.id), vault=vault)
    put(vault, family, ORDINARY)
    lines = [line_of(one) for one in plan(vault, family).lines]

    other = [replace(one, due_at=time(9)) for one in lines]
    assert flaw_of(lambda: kept(vault, family, *other)) == ("due_at", "order")
    moved = replace(lines[0], new_due=NEXT_WEEK, new_due_at=time(9))
    assert flaw_of(lambda: kept(vault, family, moved)) == ("new_due_at", "order")

    told = kept(vault, family, lines[0], replace(lines[1], own_part="Följer med"))
    assert [one.due_at for one in told.lines] == [HOUR, HOUR]
    agree_plan(agreement(family, meeting_id, told, waiting.id), vault=vault)
    assert [one.progress and one.progress.hour for one in plan(vault, family).lines] == [HOUR, HOUR]


def test_what_the_desk_and_the_meeting_put_at_other_hours_stands_there_twice(
    vault: OpenVault,
) -> None:
    family, meeting_id = hurried(vault)
    line = promise(family, due_at=HOUR)
    view = brought(vault, family, meeting_id, line)
    begun(vault, meeting_id)
    put_otherwise = replace(
        agreement(family, meeting_id, view),
        changed=ChangedLine(id=line.id, words=line.words, due_on=NEXT_WEEK, due_at=time(9)),
    )
    agree_plan(put_otherwise, vault=vault)

    written = KeepPlan(
        case_id=family.case_id, based_on=view.number, lines=(replace(line, due_at=time(16)),)
    )
    keep_plan(written, vault=vault)

    told = [(one.until, one.clashes_with) for one in plan(vault, family).lines]
    assert told == [((NEXT_WEEK, time(9)), None), ((NEXT_WEEK, time(16)), line.id)]


def test_before_it_was_agreed_on_a_line_has_no_hour_that_it_got_there(vault: OpenVault) -> None:
    family, meeting_id = hurried(vault)
    line = promise(family)
    view = brought(vault, family, meeting_id, line)
    begun(vault, meeting_id)
    at_hour = ChangedLine(id=line.id, words=line.words, due_on=NEXT_WEEK, due_at=HOUR)
    agree_plan(replace(agreement(family, meeting_id, view), changed=at_hour), vault=vault)

    pair = read_versions(family.case_id, vault=vault).value

    assert [one.due_at for one in (*pair.before, *pair.after)] == [None, HOUR]
    assert not say_the_same(pair.before[0], pair.after[0])
    wider = replace(pair.after[0], new_due=NEXT_WEEK)
    assert not say_the_same(wider, replace(wider, new_due_at=time(9)))


def test_a_version_of_a_program_without_hours_tells_that_of_its_commitment(
    vault: OpenVault,
) -> None:
    family, meeting_id = hurried(vault)
    line = promise(family)
    view = brought(vault, family, meeting_id, line)
    begun(vault, meeting_id)
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)
    make_due_at(vault, family.case_id, line.id, HOUR)

    pair = read_versions(family.case_id, vault=vault).value

    assert [one.due_at for one in (*pair.before, *pair.after)] == [None, HOUR]
    # What is kept upon it says nothing else than was agreed on.
    (told,) = kept(vault, family, line_of(plan(vault, family).lines[0])).lines
    assert (told.due_at, told.is_proposed, told.clashes_with) == (HOUR, False, None)


def test_two_versions_tell_what_was_agreed_on_between_them(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    aim, first, later = goal(), promise(family), promise(family, "Ringa mentorn")
    brought(vault, family, meeting_id, aim, first, later)
    begun(vault, meeting_id)
    for one in (aim.id, first.id):
        view = plan(vault, family)
        agree_plan(agreement(family, meeting_id, view, one), vault=vault)
    kept(vault, family, *(line_of(one) for one in plan(vault, family).lines))

    def agreed(before: int, after: int) -> frozenset[UUID]:
        return read_versions(family.case_id, before, after, vault=vault).value.agreed

    assert agreed(1, 4) == {aim.id, first.id}
    assert agreed(1, 2) == {aim.id}
    assert agreed(2, 3) == {first.id}
    assert agreed(3, 4) == frozenset()
    assert agreed(4, 1) == frozenset()


def test_nothing_counts_as_agreed_on_that_reads_otherwise_since_or_was_kept_as_a_note(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    aim, kept_to, moved = goal(), promise(family), promise(family, "Ringa mentorn")
    nobodys = replace(promise(family, "Köpa skor"), responsible="", organisation_id=None)
    brought(vault, family, meeting_id, aim, kept_to, moved, replace(nobodys, party_id=None))
    begun(vault, meeting_id)
    view = plan(vault, family)
    ids = (aim.id, kept_to.id, moved.id, nobodys.id)
    agree_plan(agreement(family, meeting_id, view, *ids), vault=vault)
    lines = {one.id: line_of(one) for one in plan(vault, family).lines}
    lines[aim.id] = replace(lines[aim.id], words="Sluta helt")
    lines[moved.id] = replace(lines[moved.id], new_due=NEXT_WEEK + timedelta(days=7))
    kept(vault, family, *lines.values())

    def agreed(before: int, after: int) -> frozenset[UUID]:
        return read_versions(family.case_id, before, after, vault=vault).value.agreed

    assert agreed(1, 2) == {aim.id, kept_to.id, moved.id}
    assert agreed(1, 3) == {kept_to.id}


def test_hours_that_were_agreed_on_the_same_day_stand_in_their_own_versions(
    vault: OpenVault,
) -> None:
    family, meeting_id = hurried(vault)
    line = promise(family)
    brought(vault, family, meeting_id, line)
    begun(vault, meeting_id)
    for hour in (None, time(9), time(16)):
        at_hour = ChangedLine(id=line.id, words=line.words, due_on=NEXT_WEEK, due_at=hour)
        command = agreement(family, meeting_id, plan(vault, family))
        agree_plan(replace(command, changed=at_hour), vault=vault)

    told = [
        one.due_at
        for after in (2, 3, 4)
        for one in read_versions(family.case_id, 1, after, vault=vault).value.after
    ]
    assert told == [None, time(9), time(16)]
