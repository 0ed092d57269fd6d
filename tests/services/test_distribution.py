"""Who has which copy of what: only ever added to, and compared with the log."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.insider import without_triggers
from tests.people import DAY
from tests.services.examples.row import taken_back
from tests.services.sealing_desk import HeldMeeting, held_meeting, sealed_of
from tests.services.test_details import as_petra, protect
from tests.services.test_excerpts import given
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.approval import ApprovalEvent, Remark
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.excerpts import Cause, CopyGiven, CopyState, Handover, Spoilt, Way
from trygga_desktop.domain.receipts import Route
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.consents import withdraw_consent
from trygga_desktop.services.distribution import (
    AskBack,
    Distribution,
    RecordCopy,
    TakeBack,
    ask_back,
    correct_copy,
    read_distribution,
    record_copy,
    report_spoilt,
    take_back,
)
from trygga_desktop.services.sealed_copies import OwnCopy, log_copy_saved, log_print_failed
from trygga_desktop.services.sealed_files import find_by_code, log_sealed_printed
from trygga_desktop.services.sealing import read_sealing
from trygga_desktop.services.signatures import read_signatures
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.withdrawals import read_withdrawal
from trygga_desktop.storage.stores.events import digest_of_event
from trygga_desktop.storage.stores.plain import spell


def listed(vault: OpenVault, held: HeldMeeting) -> Distribution:
    return read_distribution(held.case_id, vault=vault).value


def states(vault: OpenVault, held: HeldMeeting) -> list[CopyState]:
    return [one.copy.state for one in listed(vault, held).copies]


def test_nobody_reads_the_list_of_a_case_that_is_not_theirs(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    vault.close()
    vault = made.open("pn")
    with pytest.raises(NoAccessError):
        read_distribution(held.case_id, vault=vault)
    with pytest.raises(NoAccessError):
        report_spoilt(held.case_id, uuid4(), vault=vault)
    vault.close()


@pytest.mark.parametrize("to", ["", "  ", "x" * 201])
def test_a_copy_that_nobody_has_is_refused(vault: OpenVault, to: str) -> None:
    held = held_meeting(vault)
    protocol = sealed_of(vault, held).protocol
    command = RecordCopy(protocol_id=protocol.id, to=to, way=Way.BY_HAND, on=DAY)
    with pytest.raises(InvalidInputError):
        record_copy(command, vault=vault)
    later = RecordCopy(
        protocol_id=protocol.id, to="Maria", way=Way.BY_HAND, on=DAY + timedelta(days=400)
    )
    with pytest.raises(InvalidInputError):
        record_copy(later, vault=vault)
    before = replace(later, on=DAY - timedelta(days=400))
    for odd in (before, replace(later, on=DAY, number=1), replace(later, on=DAY, number=-1)):
        with pytest.raises(InvalidInputError):
            record_copy(odd, vault=vault)
    assert listed(vault, held).copies == ()


def test_the_number_on_the_sheet_of_a_copy_goes_to_one_alone(vault: OpenVault) -> None:
    held = held_meeting(vault)
    protocol = sealed_of(vault, held).protocol
    for _ in range(2):
        log_sealed_printed(protocol.id, vault=vault)
    command = RecordCopy(protocol_id=protocol.id, to="Maria", way=Way.BY_HAND, on=DAY, number=2)
    record_copy(command, vault=vault)
    for number in (2, 3):
        with pytest.raises(InvalidInputError):
            record_copy(replace(command, to="Peter", number=number), vault=vault)

    (one,) = listed(vault, held).copies
    assert (one.copy.to, one.copy.number) == ("Maria", 2)
    assert one.protocol == protocol
    assert listed(vault, held).protocols == (protocol,)


def test_a_copy_without_a_number_is_tied_as_it_was_before_copies_had_one() -> None:
    given_copy = CopyGiven(protocol_id=uuid4(), to="Polisen", way=Way.BY_HAND, on=DAY)
    event = Handover(
        id=uuid4(),
        case_id=uuid4(),
        meeting_id=uuid4(),
        sequence=1,
        by=uuid4(),
        at=datetime(2026, 11, 26, 14, 0, tzinfo=UTC),
        salt="00" * 16,
        given=given_copy,
    )
    then = spell(event)
    for later in ("marked", "corrected", "signed", "approved"):
        del then[later]
    del then["given"]["number"], then["given"]["recipient_id"]

    assert digest_of_event(event) == sha256(to_canonical(["trygga-event-1", then])).digest()


def test_a_remark_is_tied_as_it_was_before_copies_could_be_approved_later() -> None:
    event = ApprovalEvent(
        id=uuid4(),
        case_id=uuid4(),
        meeting_id=uuid4(),
        sequence=1,
        by=uuid4(),
        at=datetime(2026, 11, 26, 14, 0, tzinfo=UTC),
        salt="00" * 16,
        remark=Remark(who="Maria Lind", text="Fel dag."),
    )
    assert "approved" in spell(event)

    told = sha256(to_canonical(["trygga-event-1", spell(event)])).digest()
    assert digest_of_event(event) == told


def test_it_tells_who_has_which_copy_and_how_it_was_given(vault: OpenVault) -> None:
    held = held_meeting(vault)
    protocol = sealed_of(vault, held).protocol
    excerpt = given(vault, held, held.family.school, way=Way.BY_POST).excerpt
    command = RecordCopy(protocol_id=protocol.id, to="Karin  Ek", way=Way.BY_HAND, on=DAY)
    copy = record_copy(command, vault=vault).value

    found = listed(vault, held)
    assert [(one.copy.id, one.copy.to, one.copy.way, one.copy.number) for one in found.copies] == [
        (excerpt.id, "Ekbackens skola", Way.BY_POST, 1),
        (copy, "Karin Ek", Way.BY_HAND, 0),
    ]
    assert found.copies[0].given_by == "Karin Ek"
    assert found.is_whole
    assert found.recall_list == ()


def test_a_copy_is_asked_back_and_comes_back_once(vault: OpenVault) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    copy_id = given(vault, held, held.family.school).excerpt.id
    back = TakeBack(case_id=held.case_id, copy_id=copy_id, is_destroyed=True)
    ask = AskBack(case_id=held.case_id, copy_id=copy_id, cause=Cause.ERROR)

    ask_back(ask, vault=vault)
    assert states(vault, held) == [CopyState.ASKED_BACK]
    assert len(listed(vault, held).recall_list) == 1
    with pytest.raises(InvalidInputError):
        ask_back(ask, vault=vault)
    take_back(back, vault=vault)
    assert states(vault, held) == [CopyState.DESTROYED]
    assert listed(vault, held).recall_list == ()
    for again in (
        lambda: take_back(back, vault=vault),
        lambda: report_spoilt(held.case_id, copy_id, vault=vault),
        lambda: report_spoilt(held.case_id, uuid4(), vault=vault),
    ):
        with pytest.raises(InvalidInputError):
            again()


def test_what_was_noted_of_the_wrong_copy_is_taken_back_step_by_step(vault: OpenVault) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    copy_id = given(vault, held, held.family.school).excerpt.id
    ask_back(AskBack(case_id=held.case_id, copy_id=copy_id, cause=Cause.WITHDRAWAL), vault=vault)
    take_back(TakeBack(case_id=held.case_id, copy_id=copy_id), vault=vault)

    correct_copy(held.case_id, copy_id, vault=vault)
    (one,) = listed(vault, held).recall_list
    assert (one.copy.state, one.copy.cause) == (CopyState.ASKED_BACK, Cause.WITHDRAWAL)
    correct_copy(held.case_id, copy_id, vault=vault)
    assert states(vault, held) == [CopyState.OUT]
    # That an excerpt left is nobody's note.
    with pytest.raises(InvalidInputError):
        correct_copy(held.case_id, copy_id, vault=vault)
    assert listed(vault, held).is_whole
    report_spoilt(held.case_id, copy_id, vault=vault)
    correct_copy(held.case_id, copy_id, vault=vault)
    assert states(vault, held) == [CopyState.OUT]


def test_a_copy_noted_for_the_wrong_person_was_never_given_and_its_number_is_free(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    protocol = sealed_of(vault, held).protocol
    log_sealed_printed(protocol.id, vault=vault)
    command = RecordCopy(protocol_id=protocol.id, to="Peter", way=Way.BY_HAND, on=DAY, number=1)
    wrong = record_copy(command, vault=vault).value

    correct_copy(held.case_id, wrong, vault=vault)
    assert states(vault, held) == [CopyState.NEVER_GIVEN]
    assert listed(vault, held).recall_list == ()
    for again in (
        lambda: correct_copy(held.case_id, wrong, vault=vault),
        lambda: ask_back(
            AskBack(case_id=held.case_id, copy_id=wrong, cause=Cause.ERROR), vault=vault
        ),
        lambda: correct_copy(held.case_id, uuid4(), vault=vault),
    ):
        with pytest.raises(InvalidInputError):
            again()
    record_copy(replace(command, to="Maria"), vault=vault)
    assert states(vault, held) == [CopyState.NEVER_GIVEN, CopyState.OUT]


def test_a_number_that_did_not_come_out_of_the_printer_is_nobodys(vault: OpenVault) -> None:
    held = held_meeting(vault)
    protocol = sealed_of(vault, held).protocol
    for _ in range(3):
        log_sealed_printed(protocol.id, vault=vault)
    for _ in range(2):
        log_print_failed(protocol.id, vault=vault)
    log_sealed_printed(protocol.id, vault=vault)
    command = RecordCopy(protocol_id=protocol.id, to="Peter", way=Way.BY_HAND, on=DAY)
    for number in (2, 3):
        with pytest.raises(InvalidInputError):
            record_copy(replace(command, number=number), vault=vault)
    for number in (1, 4):
        record_copy(replace(command, number=number), vault=vault)

    assert states(vault, held) == [CopyState.OUT, CopyState.OUT]


def test_a_printer_that_fails_spends_the_number_of_the_copy(vault: OpenVault) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    copy_id = given(vault, held, held.family.school).excerpt.id
    report_spoilt(held.case_id, copy_id, vault=vault)

    assert states(vault, held) == [CopyState.SPOILT]
    assert given(vault, held, held.family.school).excerpt.copy == 2


def test_after_a_withdrawal_it_tells_what_should_come_back(vault: OpenVault) -> None:
    held = held_meeting(vault)
    room = sealed_of(vault, held, ProtocolKind.ROOM).protocol
    school = given(vault, held, held.family.school).excerpt.id
    command = RecordCopy(protocol_id=room.id, to="Maria Lind", way=Way.BY_HAND, on=DAY)
    whole = record_copy(command, vault=vault).value
    withdraw_consent(taken_back(held.family), vault=vault)

    due = {one.copy.id for one in listed(vault, held).recall_list}
    assert due == {school, whole}


def lines(vault: OpenVault, held: HeldMeeting) -> UUID:
    protocol = sealed_of(vault, held).protocol
    for name in ("Maria", "Peter"):
        command = RecordCopy(protocol_id=protocol.id, to=name, way=Way.BY_HAND, on=DAY)
        record_copy(command, vault=vault)
    return given(vault, held, held.family.school).excerpt.id


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM handover WHERE sequence = 2",
        "UPDATE handover SET ciphertext = x'00' WHERE sequence = 1",
        "DELETE FROM excerpt",
    ],
)
def test_a_line_that_was_taken_away_or_changed_is_noticed(made: MadeVault, change: str) -> None:
    vault = made.open()
    held = held_meeting(vault)
    lines(vault, held)
    assert listed(vault, held).is_whole
    vault.close()
    without_triggers(made, "PRAGMA foreign_keys = OFF", change)

    vault = made.open()
    found = listed(vault, held)
    assert not found.is_whole
    assert len(found.copies) == 2
    vault.close()


def test_who_was_given_an_excerpt_stands_among_those_who_have_received_something(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    spoilt = given(vault, held, held.family.sara).excerpt.id
    report_spoilt(held.case_id, spoilt, vault=vault)
    given(vault, held, held.family.school)
    given(vault, held, held.family.subject)

    receipts = read_withdrawal(held.case_id, vault=vault).value.receipts
    found = [one for one in receipts if one.route is Route.EXCERPT]
    assert [(one.organisation_id, one.by) for one in found] == [(held.family.school, "Karin Ek")]
    assert found[0].times[0].count > 0


def test_a_spoilt_copy_that_the_log_does_not_tell_of_takes_nobody_from_who_has_received_it(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    excerpt = given(vault, held, held.family.school).excerpt
    with vault.work() as work:
        planted = Handover(
            id=uuid4(),
            case_id=held.case_id,
            meeting_id=held.meeting_id,
            sequence=work.handovers.next_sequence(held.case_id),
            by=work.keyring.principal,
            at=work.at,
            salt="",
            spoilt=Spoilt(copy_id=excerpt.id),
        )
        work.handovers.add(planted)
        work.commit(Action.CASE_READ, held.case_id)

    assert not listed(vault, held).is_whole
    receipts = read_withdrawal(held.case_id, vault=vault).value.receipts
    found = [one.organisation_id for one in receipts if one.route is Route.EXCERPT]
    assert found == [held.family.school]


def test_nobody_reads_the_name_of_a_protected_person_in_the_list(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    room = sealed_of(vault, held, ProtocolKind.ROOM).protocol
    excerpt = given(vault, held, held.family.sara).excerpt
    recipients = read_sealing(held.meeting_id, vault=vault).value.recipients
    seat = next(one.id for one in recipients if one.name == "Sara Demosson")
    log_copy_saved(OwnCopy(protocol_id=room.id, recipient_id=seat), vault=vault)
    for to in ("Sara  demosson, mamma", "Maria Lind, skolan", "Ekbackens skola"):
        command = RecordCopy(protocol_id=room.id, to=to, way=Way.BY_HAND, on=DAY)
        record_copy(command, vault=vault)
    protect(vault, held.case_id, held.family.sara, alias="VÄST-2")

    def told(by: OpenVault) -> list[str]:
        return [one.copy.to for one in listed(by, held).copies]

    open_to_all = ["Maria Lind, skolan", "Ekbackens skola"]
    assert told(vault) == ["VÄST-2", "VÄST-2", "VÄST-2, mamma", *open_to_all]
    vault.close()

    # Whoever cannot tell whether a name is theirs is told none but those that everybody may know.
    petra = as_petra(made, held.case_id, guarded=False)
    assert told(petra) == ["VÄST-2", "VÄST-2", "", *open_to_all]
    assert {one.copy.signer for one in listed(petra, held).copies} <= {"", "VÄST-2"}
    found = find_by_code(excerpt.control_code, vault=petra).value
    assert found is not None
    assert found.recipient == "VÄST-2"
    assert read_signatures(excerpt.id, vault=petra).value.paper.recipient == "VÄST-2"
    reached = read_withdrawal(held.case_id, vault=petra).value.receipts
    assert not any("Sara" in one.name for one in reached)
    petra.close()
