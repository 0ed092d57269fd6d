"""What was prepared at the desk stands before the room, as far as everyone in it may see it."""

from dataclasses import replace
from datetime import time, timedelta

from tests.conftest import Clock
from tests.people import DAY, Family, begun, move, room_of, seat_of
from tests.services.test_plan_agreeing import (
    NEXT_WEEK,
    agreement,
    brought,
    flaw_of,
    goal,
    hurried,
    kept,
    plan,
    promise,
    ready,
    told,
)
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import CommitmentChange, CommitmentState
from trygga_desktop.domain.items import Lack
from trygga_desktop.domain.meeting import Presence, ToldBy
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.services.audience import text_of
from trygga_desktop.services.entries import ChangeCommitment, change_commitment
from trygga_desktop.services.leading import read_leading
from trygga_desktop.services.parties import ChangeParty, change_party
from trygga_desktop.services.plan_proposals import ShownProposal
from trygga_desktop.services.plans import AgreePlan, ChangedLine, agree_plan
from trygga_desktop.services.ratings import RecordRating, record_rating
from trygga_desktop.services.rooms import MeetingRoom, read_hidden
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.voices import RecordVoice, record_voice
from trygga_desktop.ui.screens.plan.editing import line_of

EVERYONE = ("subject", "sara", "johan", "karin", "maria", "peter")


def waiting(room: MeetingRoom) -> list[ShownProposal]:
    """Return all that waits to be agreed on, under whichever item."""
    return [one for item in room.agenda for one in item.proposals]


def words(room: MeetingRoom) -> list[str]:
    """Return what waits, in words."""
    return [text_of(one.item) for one in waiting(room)]


def agreed_on(
    family: Family, room: MeetingRoom, *lines: ShownProposal, changed: ChangedLine | None = None
) -> AgreePlan:
    """Return the command by which the room agrees on what stands before it."""
    return AgreePlan(
        case_id=family.case_id,
        meeting_id=room.id,
        basis=room.plan_basis,
        agreed=frozenset(one.id for one in lines),
        changed=changed,
    )


def test_what_somebody_in_the_room_may_not_see_does_not_stand_there(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    open_one, closed = goal("Boxning"), told("Sömnen", "health")
    health = replace(goal("Sova bättre"), category="health")
    lines = (open_one, closed, health)
    brought(vault, family, meeting_id, *lines, without=frozenset({closed.id, health.id}))
    begun(vault, meeting_id)

    room = room_of(vault, meeting_id)
    assert words(room) == ["Boxning"]
    assert [one.code for one in room.agenda if one.proposals] == ["commitments"]


def test_whoever_comes_in_takes_what_they_may_not_see_off_the_screen(vault: OpenVault) -> None:
    family, meeting_id = ready(vault, *EVERYONE)
    peter = seat_of(vault, meeting_id, "Peter")
    line = goal("Boxning")
    kept(vault, family, line)
    begun(vault, meeting_id)
    move(vault, meeting_id, peter, Presence.GONE)
    brought(vault, family, meeting_id, line)
    assert words(room_of(vault, meeting_id)) == ["Boxning"]

    move(vault, meeting_id, peter, Presence.HERE)
    room = room_of(vault, meeting_id)
    assert words(room) == []
    (hidden,) = [
        one for one in read_hidden(meeting_id, vault=vault).value.hidden if one.entry.item.text
    ]
    assert hidden.entry.item.text == "Boxning"
    assert [seat.name for seat, _ in hidden.against] == ["Peter Falk"]
    leading = read_leading(meeting_id, vault=vault).value
    assert leading.count == 1
    assert {one.seat.name: one.sees for one in leading.seats}["Peter Falk"] == 0


def test_nothing_that_was_only_written_at_the_desk_stands_before_a_room(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    line = goal("Boxning")
    brought(vault, family, meeting_id, line)
    begun(vault, meeting_id)
    kept(vault, family, replace(line, words="Boxning på onsdagar"), goal("Sova"))

    assert words(room_of(vault, meeting_id)) == ["Boxning på onsdagar"]


def test_nothing_waits_before_a_meeting_begins_nor_once_it_was_held_elsewhere(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    brought(vault, family, meeting_id, goal("Boxning"))
    assert waiting(room_of(vault, meeting_id)) == []


def test_an_item_that_must_not_be_raised_has_nothing_under_it(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    brought(vault, family, meeting_id, goal("Boxning"))
    place = next(one.id for one in room_of(vault, meeting_id).agenda if one.code == "commitments")
    said = RecordVoice(
        meeting_id=meeting_id,
        words="Jag vill vara med.",
        told_by=ToldBy.SELF,
        unraised=frozenset({place}),
    )
    record_voice(said, vault=vault)
    begun(vault, meeting_id)

    assert waiting(room_of(vault, meeting_id)) == []
    hidden = [one.entry.item.text for one in read_hidden(meeting_id, vault=vault).value.hidden]
    assert "Boxning" in hidden


def test_a_goal_that_stands_in_the_plan_is_told_to_whom_may_see_it_and_no_other_one(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault, *EVERYONE)
    peter = seat_of(vault, meeting_id, "Peter")
    aim, later = goal("Boxning"), goal("Sova")
    kept(vault, family, aim, later)
    begun(vault, meeting_id)
    move(vault, meeting_id, peter, Presence.GONE)
    brought(vault, family, meeting_id, aim, later)
    room = room_of(vault, meeting_id)
    assert room.goals == ()
    boxing = next(one for one in waiting(room) if text_of(one.item) == "Boxning")
    agree_plan(agreed_on(family, room, boxing), vault=vault)

    assert [text_of(one) for one in room_of(vault, meeting_id).goals] == ["Boxning"]
    move(vault, meeting_id, peter, Presence.HERE)
    assert room_of(vault, meeting_id).goals == ()
    move(vault, meeting_id, peter, Presence.GONE)
    # Other words were never agreed on.
    kept(vault, family, replace(aim, words="Boxning på onsdagar"), later)
    assert room_of(vault, meeting_id).goals == ()


def test_figures_given_at_the_meeting_are_told_of_to_whom_may_hear_them(
    vault: OpenVault, clock: Clock
) -> None:
    family, meeting_id = ready(vault, *EVERYONE)
    peter = seat_of(vault, meeting_id, "Peter")
    begun(vault, meeting_id)
    move(vault, meeting_id, peter, Presence.GONE)
    record_rating(RecordRating(case_id=family.case_id, values={"school": 3}), vault=vault)
    assert not room_of(vault, meeting_id).is_rated
    here = RecordRating(case_id=family.case_id, values={"school": 4}, meeting_id=meeting_id)
    record_rating(here, vault=vault)

    assert room_of(vault, meeting_id).is_rated
    clock.move(minutes=1)
    record_rating(RecordRating(case_id=family.case_id, values={"school": 5}), vault=vault)
    assert room_of(vault, meeting_id).is_rated
    move(vault, meeting_id, peter, Presence.HERE)
    assert not room_of(vault, meeting_id).is_rated
    move(vault, meeting_id, peter, Presence.GONE)
    clock.move(minutes=1)
    back = RecordRating(
        case_id=family.case_id, values={"health": 5}, taken_back=frozenset({"school"})
    )
    record_rating(back, vault=vault)
    assert not room_of(vault, meeting_id).is_rated


def test_what_is_agreed_on_waits_no_more_and_what_is_left_does(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    aim, first = goal(), promise(family)
    brought(vault, family, meeting_id, aim, first, goal("Sova"))
    begun(vault, meeting_id)
    room = room_of(vault, meeting_id)
    assert [(one.kind, one.responsible, one.organisation) for one in waiting(room)] == [
        (LineKind.GOAL, "", ""),
        (LineKind.ACTION, "Maria Lind", "Ekbackens skola"),
        (LineKind.GOAL, "", ""),
    ]

    agree_plan(agreed_on(family, room, *waiting(room)[:2]), vault=vault)

    assert words(room_of(vault, meeting_id)) == ["Sova"]


def test_an_action_that_lacks_who_or_when_says_so_and_is_kept_as_a_note(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    nobody, never = promise(family, responsible=""), promise(family, due_on=None)
    brought(vault, family, meeting_id, nobody, never)
    begun(vault, meeting_id)
    room = room_of(vault, meeting_id)
    assert [one.lack for one in waiting(room)] == [Lack.RESPONSIBLE, Lack.DAY]

    agree_plan(agreed_on(family, room, *waiting(room)), vault=vault)

    assert waiting(room_of(vault, meeting_id)) == []
    assert [one.kind for one in plan(vault, family).lines] == [LineKind.NOTE, LineKind.NOTE]
    with vault.work() as work:
        assert work.commitments.of_case(family.case_id) == []


def test_whoever_has_left_the_case_is_told_before_the_room_agrees(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    brought(vault, family, meeting_id, promise(family), goal("Bli ledare"))
    begun(vault, meeting_id)
    assert not any(one.has_left for one in waiting(room_of(vault, meeting_id)))

    leave = ChangeParty(case_id=family.case_id, party_id=family.maria, until=DAY)
    change_party(leave, vault=vault)

    left = {one.responsible: one.has_left for one in waiting(room_of(vault, meeting_id))}
    assert left == {"Maria Lind": True, "": False}


def test_another_day_for_a_commitment_waits_with_the_day_that_was(vault: OpenVault) -> None:
    family, earlier = ready(vault)
    line = promise(family)
    view = kept(vault, family, line)
    begun(vault, earlier)
    agree_plan(agreement(family, earlier, view, line.id), vault=vault)
    later = NEXT_WEEK + timedelta(days=20)
    brought(vault, family, earlier, replace(line, new_due=later))

    (found,) = waiting(room_of(vault, earlier))
    assert (found.is_moved, found.was_due, found.due_on) == (True, NEXT_WEEK, later)


def test_another_day_of_asking_waits_with_the_day_that_was_and_what_the_young_person_does(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    line = promise(family, follow_up_on=NEXT_WEEK, own_part="Kommer i tid")
    brought(vault, family, meeting_id, line)
    begun(vault, meeting_id)
    room = room_of(vault, meeting_id)
    (found,) = waiting(room)
    assert (found.follow_up, found.was_follow_up) == (NEXT_WEEK, None)
    assert found.own_part == "Kommer i tid"
    agree_plan(agreed_on(family, room, found), vault=vault)

    later = NEXT_WEEK + timedelta(days=20)
    brought(vault, family, meeting_id, replace(line, new_follow_up=later))

    (found,) = waiting(room_of(vault, meeting_id))
    assert (found.is_moved, found.due_on) == (True, found.was_due)
    assert (found.follow_up, found.was_follow_up) == (later, NEXT_WEEK)


def test_another_day_is_told_beside_the_one_that_holds_by_now(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    line = promise(family)
    view = kept(vault, family, line)
    begun(vault, meeting_id)
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)
    later = NEXT_WEEK + timedelta(days=20)
    brought(vault, family, meeting_id, replace(line, new_due=later))
    holds = NEXT_WEEK + timedelta(days=2)
    change = ChangeCommitment(
        case_id=family.case_id,
        commitment_id=line.id,
        state=CommitmentState.DOING,
        new_due=holds,
    )
    change_commitment(change, vault=vault)

    (found,) = waiting(room_of(vault, meeting_id))
    assert (found.was_due, found.due_on) == (holds, later)


def test_a_commitment_that_rests_for_want_of_a_consent_does_not_stand_there_either(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    line = promise(family)
    view = kept(vault, family, line)
    begun(vault, meeting_id)
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)
    brought(vault, family, meeting_id, replace(line, new_due=NEXT_WEEK + timedelta(days=20)))
    with vault.work() as work:
        ((commitment, version),) = work.commitments.of_case(family.case_id)
        rests = CommitmentChange(state=CommitmentState.FROZEN, on=work.today)
        frozen = replace(commitment, changes=(*commitment.changes, rests))
        work.commitments.replace(family.case_id, frozen, row_version=version)
        work.commit(Action.COMMITMENT_CHANGED, commitment.id)

    assert waiting(room_of(vault, meeting_id)) == []


def test_a_line_is_agreed_on_as_the_meeting_put_it(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    line = promise(family, responsible="", due_on=None)
    brought(vault, family, meeting_id, line)
    begun(vault, meeting_id)
    room = room_of(vault, meeting_id)
    put = ChangedLine(
        id=line.id,
        words="Ringa om kursen",
        responsible="Karin Ek",
        organisation_id=family.board,
        party_id=family.karin,
        due_on=DAY,
    )

    agree_plan(agreed_on(family, room, changed=put), vault=vault)

    (shown,) = plan(vault, family).lines
    assert (shown.item.text, shown.responsible, shown.due_on) == (
        "Ringa om kursen",
        "Karin Ek",
        DAY,
    )
    assert shown.progress is not None
    assert shown.progress.state is CommitmentState.NOT_STARTED
    noted = [one.item.text for item in room_of(vault, meeting_id).agenda for one in item.entries]
    assert noted == ["Ringa om kursen"]


def test_a_line_is_not_agreed_on_in_no_words_nor_for_an_agency_that_nobody_knows(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    line = promise(family)
    brought(vault, family, meeting_id, line)
    begun(vault, meeting_id)
    room = room_of(vault, meeting_id)

    def put(**changes: object) -> tuple[str, str]:
        changed = replace(ChangedLine(id=line.id, words="Ringa"), **changes)  # type: ignore[arg-type]  # fields of its own
        command = agreed_on(family, room, changed=changed)
        return flaw_of(lambda: agree_plan(command, vault=vault))

    assert put(words=" ") == ("words", "missing")
    assert put(words="x" * 50_001) == ("words", "length")
    assert put(organisation_id=family.case_id) == ("organisation", "unknown")
    assert put(id=family.case_id) == ("agreed", "unknown")
    assert put(due_on=DAY, due_at=time(9)) == ("due_at", "order")
    assert put(due_at=time(9)) == ("due_at", "missing")


def test_an_hour_stands_before_the_room_and_is_agreed_on_as_the_meeting_put_it(
    vault: OpenVault,
) -> None:
    family, meeting_id = hurried(vault)
    line = promise(family, due_at=time(14, 30))
    brought(vault, family, meeting_id, line)
    begun(vault, meeting_id)
    room = room_of(vault, meeting_id)
    (found,) = waiting(room)
    assert (found.due_on, found.due_at, found.was_due_at) == (NEXT_WEEK, time(14, 30), None)

    put = ChangedLine(id=line.id, words="Ringa", due_on=DAY, due_at=time(16))
    agree_plan(agreed_on(family, room, changed=put), vault=vault)

    with vault.work() as work:
        ((promised, _),) = work.commitments.of_case(family.case_id)
    assert (promised.due, promised.hour) == (DAY, time(16))

    stands = line_of(plan(vault, family).lines[0])
    brought(vault, family, meeting_id, replace(stands, new_due=DAY, new_due_at=time(9)))
    room = room_of(vault, meeting_id)
    (found,) = waiting(room)
    assert (found.due_on, found.due_at) == (DAY, time(9))
    assert (found.was_due, found.was_due_at) == (DAY, time(16))

    later = ChangedLine(id=line.id, words="", due_on=NEXT_WEEK)
    agree_plan(agreed_on(family, room, changed=later), vault=vault)
    with vault.work() as work:
        ((promised, _),) = work.commitments.of_case(family.case_id)
    assert (promised.due, promised.hour) == (NEXT_WEEK, None)
