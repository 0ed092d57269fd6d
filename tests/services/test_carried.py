"""How what was promised ended is told once more, at the meeting after it was told."""

from uuid import UUID

import pytest

from tests.conftest import Clock
from tests.documents.papers import read_back, squeezed
from tests.people import DAY, Family, room_of, running_meeting, signed_case, wrote
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.services.carried import Age
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.leading import read_leading
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.protocols import ComposeProtocol, compose_protocol
from trygga_desktop.services.rooms import read_hidden
from trygga_desktop.services.vault import OpenVault


def promise(vault: OpenVault, meeting_id: UUID, family: Family, text: str = "Ringa BUP") -> UUID:
    """Have the school promise something; return its id."""
    return wrote(
        vault,
        meeting_id,
        text,
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible="Maria Lind",
        due_on=DAY,
    ).id


def becomes(
    vault: OpenVault, family: Family, promised: UUID, state: CommitmentState, reason: str = ""
) -> None:
    """Tell what became of it."""
    command = ChangeCommitment(
        case_id=family.case_id, commitment_id=promised, state=state, reason=reason
    )
    change_commitment(command, vault=vault)


def end(vault: OpenVault, meeting_id: UUID) -> None:
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)


def carried(vault: OpenVault, meeting_id: UUID) -> list[tuple[str, CommitmentState, str]]:
    """Return what a meeting begins with, and how that stands."""
    return [
        (one.item.text, one.commitment.state, one.commitment.reason)
        for one in room_of(vault, meeting_id).carried
        if one.commitment is not None
    ]


def test_who_may_not_know_of_a_promise_is_not_told_how_it_ended_and_the_operator_is(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    promised = promise(vault, first, family)
    end(vault, first)
    clock.move(days=3)
    becomes(vault, family, promised, CommitmentState.DONE)
    clock.move(days=4)
    second = running_meeting(vault, family, family.karin, family.maria, family.peter)
    assert carried(vault, second) == []
    (entry,) = read_hidden(second, vault=vault).value.hidden
    assert entry.entry.item.text == "Ringa BUP"
    assert entry.entry.commitment is not None
    assert entry.entry.commitment.state is CommitmentState.DONE


def test_what_ended_between_two_meetings_is_told_once_with_its_reason(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    ended = {
        "Ringa BUP": (CommitmentState.DONE, ""),
        "Ordna mentor": (CommitmentState.NOT_POSSIBLE, "queue"),
        "Boka tid": (CommitmentState.NOT_DONE, "no_time"),
    }
    promised = {text: promise(vault, first, family, text) for text in ended}
    end(vault, first)
    clock.move(days=3)
    for text, (state, reason) in ended.items():
        becomes(vault, family, promised[text], state, reason)
    clock.move(days=4)
    second = running_meeting(vault, family)
    assert carried(vault, second) == [(text, *how) for text, how in ended.items()]
    end(vault, second)
    clock.move(days=7)
    assert carried(vault, running_meeting(vault, family)) == []
    assert len(carried(vault, second)) == len(ended)


@pytest.mark.parametrize("reason", ["safety", "consent_stopped"])
def test_a_reason_that_tells_of_danger_or_of_a_consent_stays_with_the_operator(
    vault: OpenVault, clock: Clock, reason: str
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    promised = promise(vault, first, family)
    end(vault, first)
    clock.move(days=3)
    becomes(vault, family, promised, CommitmentState.NOT_POSSIBLE, reason)
    clock.move(days=4)
    second = running_meeting(vault, family)

    assert carried(vault, second) == [("Ringa BUP", CommitmentState.NOT_POSSIBLE, "")]
    (alone,) = read_leading(second, vault=vault).value.carried
    assert alone.commitment is not None
    assert alone.commitment.reason == reason


def test_what_was_told_at_one_meeting_is_not_told_again_at_the_next(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    promised = promise(vault, first, family)
    end(vault, first)
    clock.move(days=7)
    second = running_meeting(vault, family)
    becomes(vault, family, promised, CommitmentState.DONE)
    assert carried(vault, second) == [("Ringa BUP", CommitmentState.DONE, "")]
    end(vault, second)
    clock.move(days=7)
    third = running_meeting(vault, family)
    assert carried(vault, third) == []
    # That it was no such thing after all is news.
    becomes(vault, family, promised, CommitmentState.NOT_DONE, "no_time")
    end(vault, third)
    clock.move(days=7)
    told = [("Ringa BUP", CommitmentState.NOT_DONE, "no_time")]
    assert carried(vault, running_meeting(vault, family)) == told


def test_what_ended_on_the_day_that_it_was_promised_is_told_at_the_next_meeting(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    becomes(vault, family, promise(vault, first, family), CommitmentState.DONE)
    end(vault, first)
    clock.move(days=7)
    told = [("Ringa BUP", CommitmentState.DONE, "")]
    assert carried(vault, running_meeting(vault, family)) == told


def test_the_protocol_of_a_meeting_tells_how_earlier_promises_ended(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    promised = promise(vault, first, family)
    end(vault, first)
    clock.move(days=3)
    becomes(vault, family, promised, CommitmentState.NOT_POSSIBLE, "queue")
    clock.move(days=4)
    second = running_meeting(vault, family)
    end(vault, second)
    command = ComposeProtocol(meeting_id=second, language="sv")
    page = read_back(compose_protocol(command, vault=vault).value.pdf)
    told = ("Ringa BUP", "Gick inte, omständigheter", "Kö eller väntetid hos någon annan")
    assert [one for one in told if squeezed(one) not in page] == []


def test_an_earlier_promise_tells_how_old_it_is_and_how_often_it_came_up(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    promise(vault, first, family)
    end(vault, first)
    ages: list[tuple[UUID, Age]] = []
    for _ in range(3):
        clock.move(days=7)
        meeting_id = running_meeting(vault, family)
        end(vault, meeting_id)
        ages.append((meeting_id, Age(days=7 * (len(ages) + 1), times=len(ages))))
    # What came later is no part of a meeting that was.
    for meeting_id, age in ages:
        (entry,) = room_of(vault, meeting_id).carried
        assert entry.commitment is not None
        assert entry.commitment.age == age
