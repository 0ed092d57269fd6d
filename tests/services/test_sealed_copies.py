"""Somebody's own copy of a sealed protocol is in the list before it leaves, or does not leave."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.conftest import Clock, MadeVault
from tests.insider import without_triggers
from tests.people import DAY, running_meeting, signed_case, wrote
from tests.services.examples.row import taken_back
from tests.services.sealing_desk import HeldMeeting, held_meeting, sealed_of
from tests.services.test_excerpts import given
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.excerpts import Carrier, CopyState, Way
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.addenda import AddAddendum, add_addendum
from trygga_desktop.services.consents import withdraw_consent
from trygga_desktop.services.distribution import (
    Distribution,
    RecordCopy,
    correct_copy,
    read_distribution,
    record_copy,
)
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.sealed_copies import (
    OwnCopy,
    log_copy_printed,
    log_copy_saved,
    log_print_failed,
)
from trygga_desktop.services.sealed_files import log_sealed_printed
from trygga_desktop.services.sealing import read_sealing
from trygga_desktop.services.vault import OpenVault


def split_meeting(vault: OpenVault) -> HeldMeeting:
    """Hold a meeting at which the board wrote something down that the school may not have."""
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    written = wrote(
        vault,
        meeting_id,
        "Handläggaren har ansökt om insatsen.",
        kind=EntryKind.DECISION,
        organisation_id=family.board,
        category="health",
    )
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    return HeldMeeting(family=family, meeting_id=meeting_id, decision=written.id, action=written.id)


def seats(vault: OpenVault, held: HeldMeeting) -> dict[str, UUID]:
    """Return who was there, by name."""
    state = read_sealing(held.meeting_id, vault=vault).value
    return {one.name: one.id for one in state.recipients}


def listed(vault: OpenVault, held: HeldMeeting) -> Distribution:
    return read_distribution(held.case_id, vault=vault).value


def own(vault: OpenVault, held: HeldMeeting, kind: ProtocolKind, name: str) -> OwnCopy:
    """Seal a protocol, and return somebody's own copy of it."""
    protocol = sealed_of(vault, held, kind).protocol
    return OwnCopy(protocol_id=protocol.id, recipient_id=seats(vault, held)[name])


@pytest.mark.parametrize("log", [log_copy_printed, log_copy_saved])
def test_no_copy_leaves_for_whoever_was_not_there_or_may_not_have_it(
    vault: OpenVault, log: object
) -> None:
    assert callable(log)
    held = split_meeting(vault)
    whole = own(vault, held, ProtocolKind.FULL, "Maria Lind")
    for command, flaw in (
        (whole, "not_all"),
        (OwnCopy(protocol_id=whole.protocol_id, recipient_id=uuid4()), "unknown"),
    ):
        with pytest.raises(InvalidInputError) as refused:
            log(command, vault=vault)
        assert refused.value.flaw == flaw

    room = own(vault, held, ProtocolKind.ROOM, "Maria Lind")
    withdraw_consent(taken_back(held.family), vault=vault)
    with pytest.raises(InvalidInputError) as refused:
        log(room, vault=vault)
    assert refused.value.flaw == "not_all"
    assert listed(vault, held).copies == ()
    assert log_sealed_printed(room.protocol_id, vault=vault).value == 1


def test_nobody_without_the_case_has_a_copy_written_down(made: MadeVault) -> None:
    vault = made.open()
    command = own(vault, held_meeting(vault), ProtocolKind.ROOM, "Maria Lind")
    vault.close()
    vault = made.open("pn")
    for log in (log_copy_printed, log_copy_saved):
        with pytest.raises(NoAccessError):
            log(command, vault=vault)
    vault.close()


def test_an_own_copy_is_in_the_list_with_its_number_and_whom_it_is_for(vault: OpenVault) -> None:
    held = held_meeting(vault)
    command = own(vault, held, ProtocolKind.ROOM, "Maria Lind")
    assert log_sealed_printed(command.protocol_id, vault=vault).value == 1

    assert log_copy_printed(command, vault=vault).value == 2
    log_copy_saved(command, vault=vault)

    found = listed(vault, held)
    assert [(one.copy.to, one.copy.number, one.copy.way) for one in found.copies] == [
        ("Maria Lind", 2, Way.BY_HAND),
        ("Maria Lind", 0, Way.AS_FILE),
    ]
    assert {one.copy.recipient_id for one in found.copies} == {command.recipient_id}
    assert found.is_whole
    assert found.recall_list == ()
    assert log_sealed_printed(command.protocol_id, vault=vault).value == 3
    again = RecordCopy(
        protocol_id=command.protocol_id, to="Sara", way=Way.BY_HAND, on=DAY, number=2
    )
    with pytest.raises(InvalidInputError):
        record_copy(again, vault=vault)


@pytest.mark.parametrize("log", [log_copy_printed, log_copy_saved])
def test_that_a_copy_left_is_no_note_that_somebody_takes_back(
    vault: OpenVault, log: object
) -> None:
    assert callable(log)
    held = held_meeting(vault)
    log(own(vault, held, ProtocolKind.ROOM, "Maria Lind"), vault=vault)
    (one,) = listed(vault, held).copies

    with pytest.raises(InvalidInputError):
        correct_copy(held.case_id, one.copy.id, vault=vault)

    assert [each.copy.state for each in listed(vault, held).copies] == [CopyState.OUT]


@pytest.mark.parametrize("log", [log_copy_printed, log_copy_saved])
def test_an_addendum_leaves_for_nobody_to_whom_the_case_is_not_open(
    vault: OpenVault, log: object
) -> None:
    assert callable(log)
    held = held_meeting(vault)
    whole = own(vault, held, ProtocolKind.FULL, "Maria Lind")
    log(whole, vault=vault)
    addendum = add_addendum(
        AddAddendum(protocol_id=whole.protocol_id, text="Det som ingen beslutat om."), vault=vault
    ).value
    state = read_sealing(held.meeting_id, vault=vault).value
    grants = {one.name: one.has_grant for one in state.recipients}
    assert (grants["Karin Ek"], grants["Maria Lind"]) == (True, False)

    command = OwnCopy(protocol_id=addendum, recipient_id=whole.recipient_id)
    with pytest.raises(InvalidInputError) as refused:
        log(command, vault=vault)
    assert refused.value.flaw == "not_all"
    log(replace(command, recipient_id=seats(vault, held)["Karin Ek"]), vault=vault)


def test_own_copies_stay_in_the_list_though_the_row_of_their_protocol_is_damaged(
    made: MadeVault,
) -> None:
    vault = made.open()
    held = held_meeting(vault)
    log_copy_saved(own(vault, held, ProtocolKind.ROOM, "Maria Lind"), vault=vault)
    vault.close()
    without_triggers(made, "UPDATE protocol SET ciphertext = x'00'")

    vault = made.open()
    found = listed(vault, held)
    vault.close()
    assert [one.copy.to for one in found.copies] == ["Maria Lind"]


def test_a_copy_that_the_printer_did_not_take_is_spoilt_in_the_list(vault: OpenVault) -> None:
    held = held_meeting(vault)
    command = own(vault, held, ProtocolKind.ROOM, "Maria Lind")
    numbers = [log_copy_printed(command, vault=vault).value for _ in range(2)]

    log_print_failed(command.protocol_id, number=numbers[1], vault=vault)
    log_print_failed(command.protocol_id, number=numbers[1], vault=vault)

    found = listed(vault, held)
    assert [one.copy.state for one in found.copies] == [CopyState.OUT, CopyState.SPOILT]
    assert found.is_whole


def test_a_line_of_the_list_that_is_gone_is_noticed(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    log_copy_printed(own(vault, held, ProtocolKind.ROOM, "Maria Lind"), vault=vault)
    vault.close()
    without_triggers(made, "DELETE FROM handover")
    vault = made.open()
    assert not listed(vault, held).is_whole
    vault.close()


def test_a_copy_of_the_whole_file_is_due_back_from_whoever_may_not_read_it(
    vault: OpenVault,
) -> None:
    held = split_meeting(vault)
    protocol = sealed_of(vault, held).protocol
    for to in (
        "Peter Falk, polisen",
        "Maria Lind",
        "Karin Ek, samordnare",
        "Nämndens akt",
        "The board's file",
    ):
        record_copy(
            RecordCopy(protocol_id=protocol.id, to=to, way=Way.BY_HAND, on=DAY), vault=vault
        )
    due = {one.copy.to for one in listed(vault, held).recall_list}
    assert {"Peter Falk, polisen", "Maria Lind"} <= due
    assert not due & {"Karin Ek, samordnare", "The board's file"}


def test_after_an_addendum_what_was_given_before_it_is_proposed_to_come_back(
    vault: OpenVault, clock: Clock
) -> None:
    held = held_meeting(vault)
    command = own(vault, held, ProtocolKind.ROOM, "Maria Lind")
    log_copy_printed(command, vault=vault)
    clock.at += timedelta(hours=1)
    add_addendum(
        AddAddendum(protocol_id=command.protocol_id, text="Rätt tid är 14.30."), vault=vault
    )
    clock.at += timedelta(hours=1)
    log_copy_printed(command, vault=vault)

    before, after = listed(vault, held).copies
    assert (before.is_corrected, before.is_current, before.is_due_back) == (True, True, True)
    assert (after.is_corrected, after.is_due_back) == (False, False)


def test_it_is_told_what_carries_a_correction_to_whoever_has_a_copy(
    vault: OpenVault, clock: Clock
) -> None:
    held = held_meeting(vault)
    room = own(vault, held, ProtocolKind.ROOM, "Maria Lind")
    full = own(vault, held, ProtocolKind.FULL, "Karin Ek")
    for command in (room, full):
        log_copy_saved(command, vault=vault)
    clock.at += timedelta(hours=1)
    given(vault, held, held.family.school)

    def carriers() -> list[set[Carrier]]:
        return [set(one.corrected_by) for one in listed(vault, held).copies]

    def correct(text: str, *about: UUID) -> None:
        clock.at += timedelta(hours=1)
        command = AddAddendum(protocol_id=room.protocol_id, text=text, about=frozenset(about))
        add_addendum(command, vault=vault)

    assert carriers() == [set(), set(), set()]
    correct("Mentorn ordnas av nämnden.", held.decision)
    # The sealed protocol itself stays as it was: given anew it corrects nothing.
    assert carriers() == [{Carrier.EXCERPT}, {Carrier.ADDENDUM}, {Carrier.EXCERPT}]
    correct("Rätt tid är 14.30.")
    both = {Carrier.EXCERPT, Carrier.ADDENDUM}
    assert carriers() == [both, {Carrier.ADDENDUM}, both]
