"""The young person's own figures are kept as they said them, and stand beside what was done."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.people import DAY, arrive, case_with_family, paper, planned_meeting, room_of, wrote
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.meetings import begin_meeting
from trygga_desktop.services.ratings import RecordRating, read_progress, record_rating
from trygga_desktop.services.vault import OpenVault

FLAWS: dict[str, dict[str, Any]] = {
    "area": {"values": {"nowhere": 5}},
    "nothing": {"values": {}},
    "rating": {"values": {"school": 11}},
    "on": {"on": DAY + timedelta(days=1)},
}


def test_what_cannot_be_a_rating_is_refused_and_leaves_none(vault: OpenVault) -> None:
    family = case_with_family(vault)
    planned = planned_meeting(vault, family)
    command = RecordRating(case_id=family.case_id, values={"school": 5})
    for changes in (*FLAWS.values(), {"meeting_id": planned}, {"meeting_id": family.case_id}):
        with pytest.raises(InvalidInputError):
            record_rating(replace(command, **changes), vault=vault)
    assert read_progress(family.case_id, vault=vault).value.ratings == ()


def test_an_area_that_was_left_out_stays_as_it_was_and_the_last_figure_of_a_day_counts(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    command = RecordRating(case_id=family.case_id, values={"school": 3, "health": 4})
    record_rating(replace(command, on=DAY - timedelta(days=30)), vault=vault)
    record_rating(command, vault=vault)
    vault.environment.now.move(seconds=1)  # type: ignore[attr-defined]  # the clock of a test
    record_rating(replace(command, values={"school": 7}), vault=vault)

    ratings = read_progress(family.case_id, vault=vault).value.ratings

    assert [(one.on, dict(one.values)) for one in ratings] == [
        (DAY - timedelta(days=30), {"school": 3, "health": 4}),
        (DAY, {"school": 7, "health": 4}),
    ]


def test_a_figure_that_was_taken_back_counts_no_more_and_no_other_of_its_day_goes(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    command = RecordRating(case_id=family.case_id, values={"school": 3, "health": 4})
    record_rating(command, vault=vault)
    vault.environment.now.move(seconds=1)  # type: ignore[attr-defined]  # as above
    back = RecordRating(case_id=family.case_id, values={}, taken_back=frozenset({"school"}))
    record_rating(back, vault=vault)

    (rating,) = read_progress(family.case_id, vault=vault).value.ratings

    assert (rating.on, dict(rating.values)) == (DAY, {"health": 4})


def test_actions_are_counted_as_they_stood_on_the_day_of_each_meeting(vault: OpenVault) -> None:
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    meeting_id = planned_meeting(vault, family)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    ids = [
        wrote(
            vault, meeting_id, text, kind=EntryKind.ACTION, responsible="Maria Lind", due_on=DAY
        ).id
        for text in ("Ringa", "Skriva", "Boka")
    ]
    for commitment_id, state, reason in (
        (ids[0], CommitmentState.DONE, ""),
        (ids[1], CommitmentState.NOT_POSSIBLE, "queue"),
    ):
        change = ChangeCommitment(
            case_id=family.case_id, commitment_id=commitment_id, state=state, reason=reason
        )
        change_commitment(change, vault=vault)
    rate = RecordRating(case_id=family.case_id, values={"school": 5}, meeting_id=meeting_id)
    record_rating(rate, vault=vault)

    found = read_progress(family.case_id, vault=vault).value

    (tally,) = found.tallies
    assert (tally.number, tally.done, tally.doing, tally.not_possible) == (1, 1, 1, 1)
    assert [one.on for one in found.ratings] == [DAY]
