"""From draft to seal: remarks are answered, chair and verifier approve, nothing is rewritten."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.people import DAY, room_of, texts_in, wrote
from tests.services.examples.row import taken_back
from tests.services.sealing_desk import (
    HeldMeeting,
    held_meeting,
    protocols_of,
    sealed_of,
    to_seal,
)
from trygga_desktop.domain.approval import ApprovalState, ApprovedOn, Approver
from trygga_desktop.domain.errors import (
    DraftChangedError,
    InvalidInputError,
    NoAccessError,
    SealedMeetingError,
    UnsettledError,
)
from trygga_desktop.domain.sealing import GapKind, ProtocolKind
from trygga_desktop.services.approvals import (
    MOST_TEXT,
    AnswerRemark,
    ApproveDraft,
    ReopenDraft,
    WriteRemark,
    answer_remark,
    approve_draft,
    reopen_draft,
    write_remark,
)
from trygga_desktop.services.consents import withdraw_consent
from trygga_desktop.services.sealing import read_sealing, seal_protocol
from trygga_desktop.services.vault import OpenVault


def approval(vault: OpenVault, meeting_id: UUID) -> ApprovalState:
    return read_sealing(meeting_id, vault=vault).value.approval


def approved(vault: OpenVault, meeting_id: UUID, role: Approver = Approver.CHAIR) -> ApproveDraft:
    """Return the approval of the draft as it reads now."""
    basis = read_sealing(meeting_id, vault=vault).value.basis
    return ApproveDraft(meeting_id=meeting_id, basis=basis, role=role, how=ApprovedOn.PAPER, on=DAY)


def added(vault: OpenVault, held: HeldMeeting) -> None:
    """Write something more under an item of the meeting that is over."""
    wrote(vault, held.meeting_id, "Det var en torsdag.", organisation_id=held.family.school)


def remarked(vault: OpenVault, meeting_id: UUID) -> UUID:
    command = WriteRemark(meeting_id=meeting_id, who="Maria Lind", text="Det var en torsdag.")
    return write_remark(command, vault=vault).value


def test_nobody_remarks_on_what_is_not_theirs_and_nothing_is_said_twice_over(
    made: MadeVault,
) -> None:
    vault = made.open()
    held = held_meeting(vault)
    for who, text in (("", "x"), ("x", " "), ("x", "y" * (MOST_TEXT + 1)), ("x" * 201, "y")):
        with pytest.raises(InvalidInputError):
            write_remark(WriteRemark(meeting_id=held.meeting_id, who=who, text=text), vault=vault)
    with pytest.raises(InvalidInputError):
        answer_remark(
            AnswerRemark(meeting_id=held.meeting_id, remark_id=uuid4(), text="x"), vault=vault
        )
    with pytest.raises(InvalidInputError):
        reopen_draft(ReopenDraft(meeting_id=held.meeting_id, why="x"), vault=vault)
    with pytest.raises(InvalidInputError):
        approve_draft(approved(vault, held.meeting_id, Approver.VERIFIER), vault=vault)
    vault.close()
    vault = made.open("pn")
    with pytest.raises(NoAccessError):
        remarked(vault, held.meeting_id)
    vault.close()


def test_nothing_is_approved_ahead_of_its_day_or_before_the_meeting(vault: OpenVault) -> None:
    held = held_meeting(vault)
    late = ApproveDraft(
        meeting_id=held.meeting_id,
        basis=read_sealing(held.meeting_id, vault=vault).value.basis,
        role=Approver.CHAIR,
        how=ApprovedOn.SCREEN,
        on=DAY + timedelta(days=400),
    )
    for odd, flaw in ((late, "future"), (replace(late, on=DAY - timedelta(days=1)), "before")):
        with pytest.raises(InvalidInputError) as refused:
            approve_draft(odd, vault=vault)
        assert (refused.value.field, refused.value.flaw) == ("on", flaw)


def test_a_remark_bars_approval_and_seal_until_it_is_answered(vault: OpenVault) -> None:
    held = held_meeting(vault)
    remark_id = remarked(vault, held.meeting_id)
    with pytest.raises(UnsettledError):
        approve_draft(approved(vault, held.meeting_id), vault=vault)
    with pytest.raises(UnsettledError):
        seal_protocol(to_seal(vault, held.meeting_id), vault=vault)
    gaps = {one.kind for one in read_sealing(held.meeting_id, vault=vault).value.gaps}
    assert GapKind.OPEN_REMARK in gaps

    answer = AnswerRemark(meeting_id=held.meeting_id, remark_id=remark_id, text="Rättat.")
    answer_remark(answer, vault=vault)
    approve_draft(approved(vault, held.meeting_id), vault=vault)
    state = approval(vault, held.meeting_id)
    assert [(one.text, one.answer) for one in state.remarks] == [("Det var en torsdag.", "Rättat.")]
    assert state.is_approved
    assert [(one.who, one.how) for one in state.approvals] == [("Karin Ek", ApprovedOn.PAPER)]
    seal_protocol(to_seal(vault, held.meeting_id), vault=vault)


def test_a_draft_is_opened_again_without_a_word_of_it_being_touched(vault: OpenVault) -> None:
    held = held_meeting(vault)
    approve_draft(approved(vault, held.meeting_id), vault=vault)
    before = texts_in(room_of(vault, held.meeting_id))

    reopen_draft(ReopenDraft(meeting_id=held.meeting_id, why="Ett namn är fel."), vault=vault)

    state = approval(vault, held.meeting_id)
    assert (state.is_approved, state.reopenings) == (False, ("Ett namn är fel.",))
    assert state.wanted == (Approver.CHAIR,)
    assert texts_in(room_of(vault, held.meeting_id)) == before


def test_once_sealed_nothing_is_remarked_approved_or_opened_again(vault: OpenVault) -> None:
    held = held_meeting(vault)
    approve_draft(approved(vault, held.meeting_id), vault=vault)
    sealed_of(vault, held)
    for late in (
        lambda: remarked(vault, held.meeting_id),
        lambda: approve_draft(approved(vault, held.meeting_id), vault=vault),
        lambda: reopen_draft(ReopenDraft(meeting_id=held.meeting_id, why="x"), vault=vault),
    ):
        with pytest.raises(SealedMeetingError):
            late()
    assert approval(vault, held.meeting_id).is_approved


def test_a_text_that_changed_since_it_was_read_is_neither_approved_nor_sealed(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    read, looked_at = approved(vault, held.meeting_id), to_seal(vault, held.meeting_id)
    added(vault, held)
    with pytest.raises(DraftChangedError):
        approve_draft(read, vault=vault)
    with pytest.raises(DraftChangedError):
        seal_protocol(looked_at, vault=vault)
    assert not approval(vault, held.meeting_id).approvals
    assert protocols_of(vault, held.case_id) == []

    approve_draft(approved(vault, held.meeting_id), vault=vault)
    assert approval(vault, held.meeting_id).is_approved


def test_a_consent_that_ends_changes_what_the_table_reads_and_so_what_is_approved(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    read = approved(vault, held.meeting_id)
    withdraw_consent(taken_back(held.family), vault=vault)
    with pytest.raises(DraftChangedError):
        approve_draft(read, vault=vault)


def test_no_other_text_is_sealed_than_was_approved(vault: OpenVault) -> None:
    held = held_meeting(vault)
    approve_draft(approved(vault, held.meeting_id), vault=vault)
    added(vault, held)

    gaps = {one.kind for one in read_sealing(held.meeting_id, vault=vault).value.gaps}
    assert GapKind.APPROVED_OTHERWISE in gaps
    with pytest.raises(UnsettledError):
        seal_protocol(to_seal(vault, held.meeting_id), vault=vault)
    assert protocols_of(vault, held.case_id) == []

    approve_draft(approved(vault, held.meeting_id), vault=vault)
    seal_protocol(to_seal(vault, held.meeting_id), vault=vault)
    assert len(protocols_of(vault, held.case_id)) == 1


def test_a_draft_that_is_opened_again_can_be_sealed_and_approved_on_paper(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    approve_draft(approved(vault, held.meeting_id), vault=vault)
    added(vault, held)
    reopen_draft(ReopenDraft(meeting_id=held.meeting_id, why="En dag var fel."), vault=vault)
    seal_protocol(to_seal(vault, held.meeting_id), vault=vault)
    assert len(protocols_of(vault, held.case_id)) == 1


def test_the_second_kind_is_sealed_only_as_it_was_approved_and_else_asked_about_anew(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    approve_draft(approved(vault, held.meeting_id), vault=vault)
    sealed_of(vault, held)
    with pytest.raises(SealedMeetingError):
        approve_draft(approved(vault, held.meeting_id), vault=vault)

    withdraw_consent(taken_back(held.family), vault=vault)
    state = read_sealing(held.meeting_id, vault=vault).value
    assert [one.kind for one in state.gaps] == [GapKind.APPROVED_OTHERWISE]
    with pytest.raises(UnsettledError):
        seal_protocol(to_seal(vault, held.meeting_id), vault=vault)
    with pytest.raises(SealedMeetingError):
        remarked(vault, held.meeting_id)

    approve_draft(approved(vault, held.meeting_id), vault=vault)
    assert read_sealing(held.meeting_id, vault=vault).value.gaps == ()
    seal_protocol(to_seal(vault, held.meeting_id), vault=vault)
    kinds = {one.kind for one in protocols_of(vault, held.case_id)}
    assert kinds == {ProtocolKind.FULL, ProtocolKind.ROOM}
    with pytest.raises(SealedMeetingError):
        approve_draft(approved(vault, held.meeting_id), vault=vault)


def test_what_was_approved_and_sealed_stays_approved_when_a_consent_ends(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    approve_draft(approved(vault, held.meeting_id), vault=vault)
    sealed_of(vault, held)
    sealed_of(vault, held, ProtocolKind.ROOM)
    withdraw_consent(taken_back(held.family), vault=vault)
    assert approval(vault, held.meeting_id).is_approved
