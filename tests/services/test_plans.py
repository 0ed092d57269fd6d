"""A plan keeps its versions, goes to a meeting with what may be told there, and is agreed on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.documents.papers import read_back, squeezed
from tests.people import (
    DAY,
    STARTS_AT,
    Family,
    arrive,
    case_with_family,
    paper,
    planned_meeting,
    room_of,
    wrote,
)
from tests.services.rows import take_away
from tests.services.sealing_desk import to_seal
from tests.services.test_plan_papers import words_of
from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import (
    ConflictError,
    InvalidInputError,
    SealedMeetingError,
    TamperedError,
)
from trygga_desktop.domain.items import ItemKind, Lack
from trygga_desktop.domain.plan import LONGEST_LINE, LineKind, PlanLine, PlanStage, Term
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.meetings import EndMeeting, begin_meeting, end_meeting
from trygga_desktop.services.parties import ChangeParty, change_party
from trygga_desktop.services.plan_papers import ComposePlan, PlanPaper, compose_plan
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.services.plan_views import PlanView, read_plan, read_versions
from trygga_desktop.services.plans import (
    AgreePlan,
    BringPlan,
    KeepPlan,
    WriteProtectionNeed,
    agree_plan,
    bring_plan,
    keep_plan,
    write_protection_need,
)
from trygga_desktop.services.rooms import read_hidden
from trygga_desktop.services.sealing import seal_protocol
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.plan.editing import line_of

NEXT_WEEK = DAY + timedelta(days=7)


def line(words: str, kind: LineKind = LineKind.GOAL, **fields: Any) -> PlanLine:
    """Return a line of the leisure area, if nothing else is said."""
    given: dict[str, Any] = {
        "area": "leisure",
        "term": Term.LONG if kind is LineKind.GOAL else None,
    }
    return PlanLine(id=uuid4(), kind=kind, words=words, **given | fields)


def action(family: Family, words: str = "Anmäla till kursen", **fields: Any) -> PlanLine:
    """Return something that the school is to do."""
    given: dict[str, Any] = {
        "responsible": "Maria Lind",
        "organisation_id": family.school,
        "party_id": family.maria,
        "due_on": NEXT_WEEK,
    }
    return line(words, LineKind.ACTION, **given | fields)


def ready(vault: OpenVault) -> tuple[Family, UUID]:
    """Return a case with a consent, and its meeting, which has not begun."""
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    return family, planned_meeting(vault, family)


def kept(vault: OpenVault, family: Family, *lines: PlanLine, based_on: int = 0) -> PlanView:
    """Keep these lines, and return the plan as it is then."""
    keep_plan(KeepPlan(case_id=family.case_id, based_on=based_on, lines=lines), vault=vault)
    return plan(vault, family)


def plan(vault: OpenVault, family: Family) -> PlanView:
    """Return the plan as it is."""
    return read_plan(family.case_id, vault=vault).value


def begun(vault: OpenVault, meeting_id: UUID) -> None:
    """Have everyone there, and begin."""
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)


def agreed(vault: OpenVault, family: Family, meeting_id: UUID, *ids: UUID) -> PlanView:
    """Have a meeting agree on these lines of the newest version."""
    basis = plan(vault, family).basis
    command = AgreePlan(
        case_id=family.case_id, meeting_id=meeting_id, basis=basis, agreed=frozenset(ids)
    )
    agree_plan(command, vault=vault)
    return plan(vault, family)


def told(lines: Iterable[ShownPlanLine]) -> list[str]:
    """Return the words of lines."""
    return [one.item.text for one in lines]


def of(view: PlanView, line_id: UUID) -> ShownPlanLine:
    """Return one line of a plan."""
    return next(one for one in view.lines if one.id == line_id)


def test_an_action_without_somebody_or_a_day_is_not_agreed_on_but_kept_as_a_note(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    nobody = action(family, "Ringa", responsible=" ")
    never = action(family, "Skriva", due_on=None)
    kept(vault, family, nobody, never)
    begun(vault, meeting_id)

    view = agreed(vault, family, meeting_id, nobody.id, never.id)

    assert [(one.kind, one.lacks, one.progress) for one in view.lines] == [
        (LineKind.NOTE, Lack.RESPONSIBLE, None),
        (LineKind.NOTE, Lack.DAY, None),
    ]
    assert all(not one.entries for one in room_of(vault, meeting_id).agenda)


def test_what_is_agreed_on_is_one_commitment_and_stands_in_the_protocol(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    goal = line("Jag vill bli ledare")
    promise = action(family, goal_id=goal.id, follow_up_on=NEXT_WEEK + timedelta(days=30))
    kept(vault, family, goal, promise)
    begun(vault, meeting_id)

    view = agreed(vault, family, meeting_id, goal.id, promise.id)

    with vault.work() as work:
        ((commitment, _),) = work.commitments.of_case(family.case_id)
    assert commitment.id == promise.id
    assert (commitment.due, commitment.follow_up) == (NEXT_WEEK, NEXT_WEEK + timedelta(days=30))
    noted = [one for item in room_of(vault, meeting_id).agenda for one in item.entries]
    assert [(one.item.id, one.item.kind) for one in noted] == [
        (goal.id, ItemKind.PLAN_LINE),
        (promise.id, ItemKind.ACTION),
    ]
    shown = of(view, promise.id).progress
    assert shown is not None
    assert shown.state is CommitmentState.NOT_STARTED
    assert [one.stage for one in view.versions] == [PlanStage.PREPARED, PlanStage.AGREED]


def test_what_becomes_of_a_commitment_shows_in_the_plan_with_how_one_knows(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    promise = action(family)
    kept(vault, family, promise)
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, promise.id)

    change = ChangeCommitment(
        case_id=family.case_id,
        commitment_id=promise.id,
        state=CommitmentState.DOING,
        new_due=NEXT_WEEK + timedelta(days=1),
        evidence="Intyg från kursen",
    )
    change_commitment(change, vault=vault)

    shown = of(plan(vault, family), promise.id)
    assert shown.due_on == NEXT_WEEK + timedelta(days=1)
    assert shown.progress is not None
    assert (shown.progress.state, shown.progress.evidence) == (
        CommitmentState.DOING,
        "Intyg från kursen",
    )


def test_nobody_writes_other_words_over_what_was_agreed_on(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    promise = action(family)
    kept(vault, family, promise)
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, promise.id)

    view = kept(
        vault,
        family,
        replace(promise, words="Något annat", responsible="Peter Falk", due_on=DAY),
        based_on=2,
    )

    shown = of(view, promise.id)
    assert (shown.item.text, shown.responsible) == ("Anmäla till kursen", "Maria Lind")
    assert shown.due_on == NEXT_WEEK


def test_another_day_for_a_commitment_counts_once_a_meeting_agrees_on_it(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    promise = action(family)
    kept(vault, family, promise)
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, promise.id)
    later = NEXT_WEEK + timedelta(days=20)

    view = kept(vault, family, replace(promise, new_due=later), based_on=2)
    assert (of(view, promise.id).due_on, of(view, promise.id).new_due) == (NEXT_WEEK, later)

    view = agreed(vault, family, meeting_id, promise.id)
    assert (of(view, promise.id).due_on, of(view, promise.id).new_due) == (later, None)
    assert view.versions[-1].stage is PlanStage.CHANGED


def test_what_comes_in_place_of_a_commitment_ends_it_and_names_what_came(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    promise = action(family)
    kept(vault, family, promise)
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, promise.id)
    halves = [action(family, f"Del {part}", replaces=promise.id) for part in (1, 2)]

    kept(vault, family, promise, *halves, based_on=2)
    agreed(vault, family, meeting_id, *(one.id for one in halves))

    with vault.work() as work:
        commitments = {one.id: one for one, _ in work.commitments.of_case(family.case_id)}
        follows = {one.id: one.follows for one in work.items.of_case(family.case_id)}
    ended = commitments[promise.id].changes[-1]
    assert (ended.state, ended.reason) == (CommitmentState.CHANGED, "split")
    assert ended.successor_id == halves[0].id
    assert [follows[one.id] for one in halves] == [promise.id, promise.id]


def test_a_commitment_that_nobody_put_into_the_plan_is_in_it_all_the_same(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    begun(vault, meeting_id)
    written = wrote(
        vault,
        meeting_id,
        "Ringa hem",
        kind=EntryKind.ACTION,
        responsible="Maria Lind",
        organisation_id=family.school,
        due_on=NEXT_WEEK,
    )

    assert [(one.id, one.is_placed) for one in plan(vault, family).lines] == [(written.id, False)]

    placed = PlanLine(id=written.id, kind=LineKind.ACTION, words="Annat", area="school")
    view = kept(vault, family, placed)
    shown = of(view, written.id)
    assert (shown.is_placed, shown.item.area, shown.item.text) == (True, "school", "Ringa hem")
    assert [one.id for one in kept(vault, family, based_on=1).lines] == [written.id]


def test_what_was_done_before_anyone_placed_it_is_in_the_plan_and_on_its_page(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    begun(vault, meeting_id)
    first, other, new = (
        wrote(
            vault,
            meeting_id,
            text,
            kind=EntryKind.ACTION,
            responsible="Maria Lind",
            organisation_id=family.school,
            due_on=NEXT_WEEK,
        ).id
        for text in ("Ringa hem", "Skriva brev", "Boka tid")
    )
    states = {first: (CommitmentState.DONE, None), other: (CommitmentState.CHANGED, new)}
    for promised, (state, successor) in states.items():
        command = ChangeCommitment(
            case_id=family.case_id, commitment_id=promised, state=state, successor_id=successor
        )
        change_commitment(replace(command, reason="split" if successor else ""), vault=vault)

    # What another came in place of is told by that one.
    assert [(one.id, one.is_placed) for one in plan(vault, family).lines] == [
        (new, False),
        (first, False),
    ]
    page = ComposePlan(case_id=family.case_id, paper=PlanPaper.PLAN)
    read = read_back(compose_plan(page, vault=vault).value.pdf)
    assert squeezed("Ringa hem") in read
    assert squeezed("Skriva brev") not in read

    placed = PlanLine(id=first, kind=LineKind.ACTION, words="Annat", area="school")
    shown = of(kept(vault, family, placed), first)
    assert (shown.is_placed, shown.item.area, shown.item.text) == (True, "school", "Ringa hem")
    assert shown.progress is not None
    assert shown.progress.state is CommitmentState.DONE
    assert {one.id for one in kept(vault, family, based_on=1).lines} == {new, first}


def test_a_plan_does_not_go_to_a_meeting_with_what_somebody_there_may_not_be_told(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    open_one = line("Boxning")
    closed = line("Sömnen", LineKind.STATE, category="health")
    view = kept(vault, family, open_one, closed)
    assert view.asked_of == meeting_id
    assert [one.may_be_raised for one in view.lines] == [True, False]
    assert of(view, closed.id).closed_to == {family.school, family.police}
    assert of(view, open_one.id).closed_to == {family.police}
    command = BringPlan(
        case_id=family.case_id, meeting_id=meeting_id, based_on=1, lines=(open_one, closed)
    )

    with pytest.raises(InvalidInputError) as refused:
        bring_plan(command, vault=vault)
    assert (refused.value.field, refused.value.flaw) == ("plan", "kept_back")
    assert plan(vault, family).number == 1

    bring_plan(replace(command, without=frozenset({closed.id})), vault=vault)
    begun(vault, meeting_id)
    with pytest.raises(InvalidInputError):
        agreed(vault, family, meeting_id, closed.id)
    assert plan(vault, family).versions[-1].held_back == 1


def test_of_an_instrument_it_is_noted_who_used_it_when_and_where_the_result_is(
    vault: OpenVault,
) -> None:
    family, _ = ready(vault)
    to_come = replace(
        line("Bedömning av läsning", LineKind.INSTRUMENT, category="health"),
        responsible="Anna Ström, psykolog",
        due_on=DAY + timedelta(days=1),
        sign="Journalen på mottagningen",
    )
    with pytest.raises(InvalidInputError) as refused:
        kept(vault, family, to_come)
    assert (refused.value.field, refused.value.flaw) == ("due_on", "future")
    assert plan(vault, family).number == 0

    used = replace(to_come, due_on=DAY - timedelta(days=30))
    view = kept(vault, family, used, replace(used, id=uuid4(), category="plan", words="Ett till"))

    shown = of(view, used.id)
    assert (shown.responsible, shown.due_on, shown.sign) == (
        used.responsible,
        used.due_on,
        used.sign,
    )
    assert shown.may_be_raised is False
    assert shown.closed_to == {family.school, family.police}
    assert not shown.is_proposed
    command = ComposePlan(case_id=family.case_id, paper=PlanPaper.PLAN)
    whole = words_of(compose_plan(command, vault=vault).value.pdf)
    assert "Anna Ström, psykolog" in whole
    assert "Resultatet finns: Journalen på mottagningen" in whole
    mine = replace(command, paper=PlanPaper.MY_PLAN)
    assert "Anna Ström" not in words_of(compose_plan(mine, vault=vault).value.pdf)


def test_a_line_that_desk_and_meeting_changed_at_once_stands_twice(vault: OpenVault) -> None:
    family, _ = ready(vault)
    goal, other = line("Jag vill bli ledare"), line("Jag vill sova")
    kept(vault, family, goal, other)
    kept(vault, family, replace(goal, words="Mötets mål"), other, based_on=1)

    view = kept(vault, family, replace(goal, words="Bordets mål"), other, based_on=1)

    assert told(view.lines) == ["Mötets mål", "Bordets mål", "Jag vill sova"]
    assert view.lines[1].clashes_with == goal.id


def test_what_the_desk_wrote_stands_beside_what_a_meeting_agreed_on_meanwhile(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    promise, other = action(family), action(family, "Ringa hem")
    kept(vault, family, promise, other)
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, promise.id, other.id)
    later = NEXT_WEEK + timedelta(days=20)
    written = replace(
        promise,
        words="Följa med till kursen",
        responsible="Peter Falk",
        organisation_id=family.police,
        party_id=None,
        due_on=later,
    )

    view = kept(vault, family, written, other, based_on=1)

    assert told(view.lines) == ["Anmäla till kursen", "Följa med till kursen", "Ringa hem"]
    first, beside, _ = view.lines
    assert (first.id, first.responsible, first.due_on) == (promise.id, "Maria Lind", NEXT_WEEK)
    assert (beside.clashes_with, beside.progress) == (promise.id, None)
    assert (beside.responsible, beside.organisation_id) == ("Peter Falk", family.police)
    assert beside.due_on == later


def test_a_day_that_was_agreed_on_meanwhile_is_nothing_that_the_desk_wrote(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    promise = action(family)
    kept(vault, family, promise)
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, promise.id)
    days = [NEXT_WEEK + timedelta(days=by) for by in (7, 14)]
    for day in days:
        kept(vault, family, replace(promise, new_due=day), based_on=plan(vault, family).number)
        agreed(vault, family, meeting_id, promise.id)

    view = kept(vault, family, replace(promise, due_on=days[0]), based_on=2)

    assert [(one.id, one.due_on) for one in view.lines] == [(promise.id, days[1])]


def test_a_note_keeps_what_it_lacks_when_the_plan_is_kept_once_more(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    dayless = action(family, due_on=None)
    kept(vault, family, dayless)
    begun(vault, meeting_id)
    view = agreed(vault, family, meeting_id, dayless.id)
    assert of(view, dayless.id).lacks is Lack.DAY

    view = kept(vault, family, line_of(of(view, dayless.id)), based_on=2)

    assert of(view, dayless.id).lacks is Lack.DAY


def test_a_line_clashes_with_none_that_is_gone(vault: OpenVault) -> None:
    family, _ = ready(vault)
    goal = line("Jag vill bli ledare")
    kept(vault, family, goal)
    kept(vault, family, replace(goal, words="Mötets mål"), based_on=1)
    view = kept(vault, family, replace(goal, words="Bordets mål"), based_on=1)
    beside = line_of(view.lines[1])
    assert beside.clashes_with == goal.id

    view = kept(vault, family, beside, based_on=3)

    assert [one.clashes_with for one in view.lines] == [None]


def test_two_versions_are_told_side_by_side_as_they_were(vault: OpenVault) -> None:
    family, _ = ready(vault)
    goal = line("Jag vill bli ledare")
    kept(vault, family, goal)
    kept(vault, family, replace(goal, words="Jag vill bli tränare"), based_on=1)

    pair = read_versions(family.case_id, vault=vault).value

    assert pair.numbers == (1, 2)
    assert (told(pair.before), told(pair.after)) == (
        ["Jag vill bli ledare"],
        ["Jag vill bli tränare"],
    )


def test_whoever_is_responsible_and_has_left_the_case_is_told(vault: OpenVault) -> None:
    family, _ = ready(vault)
    promise = action(family)
    assert not of(kept(vault, family, promise), promise.id).has_left

    leave = ChangeParty(case_id=family.case_id, party_id=family.maria, until=DAY)
    change_party(leave, vault=vault)

    assert of(plan(vault, family), promise.id).has_left


def test_own_words_come_first_and_are_the_young_person_s(vault: OpenVault) -> None:
    family, _ = ready(vault)
    wish = line("Bli ledare", LineKind.WISH, area="", category=VOICE, said_by=family.subject)

    view = kept(vault, family, wish)

    assert (view.lines[0].item.said_by, view.lines[0].kind) == (family.subject, LineKind.WISH)


def test_a_need_of_protection_lies_apart_and_takes_the_place_of_an_earlier_one(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    first = WriteProtectionNeed(case_id=family.case_id, text="Ny adress")
    first_id = write_protection_need(first, vault=vault).value
    assert [one.text for one in plan(vault, family).protection] == ["Ny adress"]

    second = replace(first, text="Nytt nummer", instead_of=first_id)
    write_protection_need(second, vault=vault)

    view = plan(vault, family)
    assert view.reads_guarded
    assert [one.text for one in view.protection] == ["Nytt nummer"]
    assert view.lines == ()
    begun(vault, meeting_id)
    hidden = read_hidden(meeting_id, vault=vault).value.hidden
    assert all("nummer" not in one.entry.item.text for one in hidden)
    with pytest.raises(InvalidInputError):
        write_protection_need(replace(first, text=" "), vault=vault)
    with pytest.raises(InvalidInputError):
        write_protection_need(replace(first, instead_of=uuid4()), vault=vault)


FLAWS: dict[str, dict[str, Any]] = {
    "words": {"words": "x" * (LONGEST_LINE + 1)},
    "responsible": {"responsible": "x" * 201},
    "area": {"area": "nowhere"},
    "category": {"category": "nothing"},
    "organisation": {"organisation_id": UUID(int=7)},
}


@pytest.mark.parametrize("field", FLAWS)
def test_a_line_that_cannot_be_stored_is_refused_with_its_field(
    vault: OpenVault, field: str
) -> None:
    family = case_with_family(vault)
    with pytest.raises(InvalidInputError) as refused:
        kept(vault, family, replace(line("Mål"), **FLAWS[field]))
    assert refused.value.field == field
    assert plan(vault, family).number == 0


def test_a_goal_of_50_000_characters_is_kept_whole(vault: OpenVault) -> None:
    family = case_with_family(vault)
    long = "å" * LONGEST_LINE
    assert told(kept(vault, family, line(long)).lines) == [long]


def test_a_version_that_never_was_is_no_ground_to_build_on(vault: OpenVault) -> None:
    family = case_with_family(vault)
    with pytest.raises(ConflictError):
        kept(vault, family, line("Mål"), based_on=3)


def test_nothing_is_agreed_on_before_a_meeting_nor_once_its_protocol_is_sealed(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    promise = action(family)
    kept(vault, family, promise)
    with pytest.raises(InvalidInputError):
        agreed(vault, family, meeting_id, promise.id)
    begun(vault, meeting_id)
    with pytest.raises(InvalidInputError):
        agreed(vault, family, meeting_id, uuid4())
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)

    with pytest.raises(SealedMeetingError):
        agreed(vault, family, meeting_id, promise.id)
    assert plan(vault, family).number == 1


def test_a_version_that_was_taken_away_is_noticed_and_nothing_is_built_on_the_rest(
    made: MadeVault,
) -> None:
    vault = made.open()
    family = case_with_family(vault)
    kept(vault, family, line("Första"))
    second = keep_plan(
        KeepPlan(case_id=family.case_id, based_on=1, lines=(line("Andra"),)), vault=vault
    ).value
    vault.close()
    take_away(made, "plan", second)

    vault = made.open()
    assert not plan(vault, family).is_complete
    with pytest.raises(TamperedError):
        kept(vault, family, line("Tredje"), based_on=1)
    vault.close()


def test_how_often_a_commitment_came_up_again_is_counted(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    promise = action(family)
    kept(vault, family, promise)
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, promise.id)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    clock: Any = vault.environment.now
    clock.move(days=14)
    again = planned_meeting(vault, family, starts_at=STARTS_AT + timedelta(days=14))
    begun(vault, again)
    end_meeting(EndMeeting(meeting_id=again), vault=vault)

    progress = of(plan(vault, family), promise.id).progress

    assert progress is not None
    assert (progress.carried, progress.age, progress.is_late) == (1, 14, True)
