"""An action that a meeting kept as a note becomes one, as long as the protocol can change."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.conftest import Clock
from tests.people import (
    DAY,
    Family,
    planned_meeting,
    running_meeting,
    signed_case,
    wrote,
)
from tests.services.sealing_desk import to_seal
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError, SealedMeetingError
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.sealing import GapKind
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.parties import ChangeParty, change_party
from trygga_desktop.services.sealing import read_sealing, seal_protocol
from trygga_desktop.services.unfinished import CompleteAction, complete_action
from trygga_desktop.services.vault import OpenVault

DUE = DAY + timedelta(days=14)


@pytest.fixture
def family(vault: OpenVault) -> Family:
    return signed_case(vault)


@pytest.fixture
def meeting_id(vault: OpenVault, family: Family) -> UUID:
    return running_meeting(vault, family)


def refused(command: CompleteAction, vault: OpenVault) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        complete_action(command, vault=vault)
    return caught.value.field, caught.value.flaw


def noted(vault: OpenVault, meeting_id: UUID) -> UUID:
    """Return a note that lacks who does it."""
    return wrote(vault, meeting_id, "Boka tid", kind=EntryKind.ACTION, due_on=DUE).id


def command_for(family: Family, meeting_id: UUID, item_id: UUID) -> CompleteAction:
    return CompleteAction(meeting_id=meeting_id, item_id=item_id, party_id=family.maria, due_on=DUE)


def gaps_of(vault: OpenVault, meeting_id: UUID) -> set[GapKind]:
    found = {one.kind for one in read_sealing(meeting_id, vault=vault).value.gaps}
    return found & {GapKind.NO_DAY, GapKind.NO_RESPONSIBLE}


def test_nothing_that_is_no_unfinished_action_of_the_meeting_is_completed(
    vault: OpenVault, family: Family, meeting_id: UUID
) -> None:
    statement = wrote(vault, meeting_id, "Närvaron är god.", organisation_id=family.school).id
    other = signed_case(vault)
    stranger = noted(vault, running_meeting(vault, other))

    for item_id in (uuid4(), stranger):
        with pytest.raises(NoAccessError):
            complete_action(command_for(family, meeting_id, item_id), vault=vault)
    command = command_for(family, meeting_id, statement)
    assert refused(command, vault) == ("item", "order")


def test_a_meeting_that_has_not_begun_has_no_action_to_complete(
    vault: OpenVault, family: Family
) -> None:
    planned = planned_meeting(vault, family)
    command = command_for(family, planned, uuid4())

    assert refused(command, vault) == ("meeting", "planned")


def test_whoever_has_left_the_case_does_nothing_any_more(
    vault: OpenVault, family: Family, meeting_id: UUID, clock: Clock
) -> None:
    item_id = noted(vault, meeting_id)
    clock.at += timedelta(days=2)
    change_party(
        ChangeParty(case_id=family.case_id, party_id=family.maria, until=DAY + timedelta(days=1)),
        vault=vault,
    )
    command = command_for(family, meeting_id, item_id)

    assert refused(command, vault) == ("party_id", "unknown")
    stranger = replace(command, party_id=uuid4())
    assert refused(stranger, vault) == ("party_id", "unknown")


def test_after_the_seal_it_lacks_it_for_good(
    vault: OpenVault, family: Family, meeting_id: UUID
) -> None:
    item_id = noted(vault, meeting_id)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)

    with pytest.raises(SealedMeetingError):
        complete_action(command_for(family, meeting_id, item_id), vault=vault)

    assert read_sealing(meeting_id, vault=vault).value.unfinished.actions == ()


def test_a_note_of_a_held_meeting_becomes_the_action_that_it_nearly_was(
    vault: OpenVault, family: Family, meeting_id: UUID
) -> None:
    item_id = noted(vault, meeting_id)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    before = read_sealing(meeting_id, vault=vault).value
    (asked,) = before.unfinished.actions
    assert (asked.words, asked.due) == ("Boka tid", DUE.isoformat())
    assert gaps_of(vault, meeting_id) == {GapKind.NO_RESPONSIBLE}

    complete_action(command_for(family, meeting_id, item_id), vault=vault)

    assert gaps_of(vault, meeting_id) == set()
    # Whoever approved the draft approved another one.
    assert read_sealing(meeting_id, vault=vault).value.basis != before.basis
    with vault.work() as work:
        (item,) = [one for one in work.items.of_case(family.case_id) if one.id == item_id]
        (promise,) = [one for one, _ in work.commitments.of_case(family.case_id)]
    assert (item.kind, item.text, item.lacks) == (ItemKind.ACTION, "Boka tid", None)
    assert item.origin_id == family.school
    assert (promise.id, promise.responsible, promise.due) == (item_id, "Maria Lind", DUE)
    assert (promise.party_id, promise.organisation_id) == (family.maria, family.school)


def test_what_was_kept_in_brackets_comes_back_and_other_brackets_stay(
    vault: OpenVault, family: Family, meeting_id: UUID
) -> None:
    no_day = wrote(
        vault,
        meeting_id,
        "Ring hem (inte kvällstid)",
        kind=EntryKind.ACTION,
        responsible="Maria Lind",
        organisation_id=family.school,
    ).id
    (asked,) = read_sealing(meeting_id, vault=vault).value.unfinished.actions
    assert (asked.words, asked.responsible) == ("Ring hem (inte kvällstid)", "Maria Lind")

    complete_action(command_for(family, meeting_id, no_day), vault=vault)

    with vault.work() as work:
        (item,) = [one for one in work.items.of_case(family.case_id) if one.id == no_day]
    assert item.text == "Ring hem (inte kvällstid)"
