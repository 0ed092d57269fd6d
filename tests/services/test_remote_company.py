"""Whoever is with somebody remote hears what the room hears, named or not."""

from uuid import UUID

import pytest

from tests.people import (
    Family,
    arrive,
    move,
    planned_meeting,
    room_of,
    running_meeting,
    seat_of,
    signed_case,
    texts_in,
    wrote,
)
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.meeting import Function, Presence
from trygga_desktop.services.leading import read_leading
from trygga_desktop.services.meetings import (
    EndMeeting,
    Invitation,
    SetPresence,
    end_meeting,
    invite,
    set_presence,
)
from trygga_desktop.services.rooms import Seat, read_hidden
from trygga_desktop.services.vault import OpenVault

SAID = "Det går bättre."


def with_others(vault: OpenVault, *, is_alone: bool | None = False) -> tuple[Family, UUID, Seat]:
    """Return a meeting at which something was said, and Maria remote, not alone."""
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, SAID, organisation_id=family.school)
    maria = seat_of(vault, meeting_id, "Maria")
    tell(vault, meeting_id, maria, is_alone=is_alone)
    return family, meeting_id, maria


def tell(vault: OpenVault, meeting_id: UUID, seat: Seat, *, is_alone: bool | None) -> None:
    """Note whether somebody remote is alone."""
    command = SetPresence(
        meeting_id=meeting_id, participant_id=seat.id, presence=Presence.REMOTE, is_alone=is_alone
    )
    set_presence(command, vault=vault)


def guest(beside: UUID, function: Function = Function.SUPPORT_PERSON) -> Invitation:
    """Return who is found to be with somebody."""
    return Invitation(functions=frozenset({function}), name="Farmor Provman", beside=beside)


def test_nothing_is_shown_while_somebody_unnamed_is_there(vault: OpenVault) -> None:
    _family, meeting_id, maria = with_others(vault)

    assert texts_in(room_of(vault, meeting_id)) == []
    assert room_of(vault, meeting_id).subject_name == ""

    tell(vault, meeting_id, maria, is_alone=None)
    assert texts_in(room_of(vault, meeting_id)) == []
    tell(vault, meeting_id, maria, is_alone=True)
    assert texts_in(room_of(vault, meeting_id)) == [SAID]


def test_the_leader_is_told_whom_it_is_kept_from(vault: OpenVault) -> None:
    _family, meeting_id, maria = with_others(vault)

    told = [
        seat for one in read_hidden(meeting_id, vault=vault).value.hidden for seat, _ in one.against
    ]

    assert {(one.name, one.is_beside) for one in told} == {(maria.name, True)}
    found = read_leading(meeting_id, vault=vault).value
    assert next(one.sees for one in found.seats if one.seat.id == maria.id) == found.count


@pytest.mark.parametrize("function", [Function.SUPPORT_PERSON, Function.OBSERVER])
def test_who_is_named_sees_nothing_before_they_have_confirmed(
    vault: OpenVault, function: Function
) -> None:
    _family, meeting_id, maria = with_others(vault)

    invite(meeting_id, guest(maria.id, function), vault=vault)

    farmor = seat_of(vault, meeting_id, "Farmor")
    assert (farmor.presence, farmor.has_confirmed) == (Presence.REMOTE, False)
    assert texts_in(room_of(vault, meeting_id)) == []


def test_once_they_are_named_and_bound_it_is_asked_who_else_is_there(vault: OpenVault) -> None:
    _family, meeting_id, maria = with_others(vault)
    invite(meeting_id, guest(maria.id, Function.INTERPRETER), vault=vault)
    farmor = seat_of(vault, meeting_id, "Farmor")
    arrive(vault, meeting_id, farmor, Presence.REMOTE)

    assert texts_in(room_of(vault, meeting_id)) == [SAID]
    assert seat_of(vault, meeting_id, "Maria").changes[-1].is_alone is None


@pytest.mark.parametrize("presence", [Presence.HERE, Presence.GONE, None])
def test_nobody_is_put_beside_who_is_not_remote(
    vault: OpenVault, presence: Presence | None
) -> None:
    _family, meeting_id, maria = with_others(vault)
    beside = UUID(int=1) if presence is None else maria.id
    if presence is not None:
        move(vault, meeting_id, maria, presence)
    before = room_of(vault, meeting_id).seats

    with pytest.raises(InvalidInputError) as refused:
        invite(meeting_id, guest(beside), vault=vault)

    assert (refused.value.field, refused.value.flaw) == ("beside", "unknown")
    assert room_of(vault, meeting_id).seats == before


def test_nobody_who_has_not_come_is_planned_to_be_beside_somebody(vault: OpenVault) -> None:
    family = signed_case(vault)

    with pytest.raises(InvalidInputError) as refused:
        planned_meeting(vault, family, guests=[guest(UUID(int=1))])

    assert (refused.value.field, refused.value.flaw) == ("beside", "unknown")


def test_once_it_is_over_nobody_is_there_any_more(vault: OpenVault) -> None:
    _family, meeting_id, _maria = with_others(vault)

    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    assert read_hidden(meeting_id, vault=vault).value.hidden == ()
