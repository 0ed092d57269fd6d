"""A protocol is sealed when nothing is left to settle, and nothing of its meeting changes after."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from tests.conftest import MadeVault
from tests.documents.papers import read_back, squeezed
from tests.hostile import forge
from tests.insider import grant_to, with_roles, without_triggers
from tests.people import DAY, item_of, organisation, running_meeting, signed_case, wrote
from tests.services.examples.row import exclusion, taken_back
from tests.services.sealing_desk import (
    HeldMeeting,
    held_meeting,
    protocols_of,
    sealed_of,
    to_seal,
)
from trygga_desktop.documents.pdf.verify import verify
from trygga_desktop.documents.record import hash_of, write_record
from trygga_desktop.documents.verdict import Outcome, TextState
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NoAccessError,
    NoRightError,
    NoSealError,
    SealedFileChangedError,
    SealedMeetingError,
    TamperedError,
    UnsettledError,
)
from trygga_desktop.domain.excerpts import Handover, MarkedLater
from trygga_desktop.domain.items import Marking
from trygga_desktop.domain.permissions import Role
from trygga_desktop.domain.sealing import Gap, GapKind, ProtocolKind
from trygga_desktop.services.consents import change_terms, read_consents, withdraw_consent
from trygga_desktop.services.contacts import SaveOrganisation, save_organisation
from trygga_desktop.services.distribution import read_distribution
from trygga_desktop.services.drafts import StoreDraft, read_drafts, store_draft
from trygga_desktop.services.entries import (
    ChangeCommitment,
    EntryKind,
    MarkItem,
    WriteEntry,
    change_commitment,
    mark_item,
    write_entry,
)
from trygga_desktop.services.excerpts import ComposeExcerpt, compose_excerpt
from trygga_desktop.services.meetings import ConfirmDuty, EndMeeting, confirm_duty, end_meeting
from trygga_desktop.services.parties import ChangeParty, Link, change_party
from trygga_desktop.services.rooms import read_meeting
from trygga_desktop.services.sealed_files import read_sealed
from trygga_desktop.services.sealing import (
    SealingState,
    SealProtocol,
    read_sealing,
    seal_protocol,
)
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.protocols import tie_of_protocol
from trygga_desktop.storage.stores.seals import place_of_seal, sealers_of


@pytest.fixture
def held(vault: OpenVault) -> HeldMeeting:
    return held_meeting(vault)


def state_of(vault: OpenVault, meeting_id: UUID) -> SealingState:
    return read_sealing(meeting_id, vault=vault).value


def gaps_of(vault: OpenVault, meeting_id: UUID) -> list[GapKind]:
    return [one.kind for one in open_gaps(vault, meeting_id)]


def open_gaps(vault: OpenVault, meeting_id: UUID) -> list[Gap]:
    """Return what is left, but for who has not approved the draft: another test looks."""
    gaps = state_of(vault, meeting_id).gaps
    return [one for one in gaps if one.kind is not GapKind.NOT_APPROVED]


def seal_it(vault: OpenVault, meeting_id: UUID) -> UUID:
    return seal_protocol(to_seal(vault, meeting_id), vault=vault).value


def test_nobody_without_the_right_or_the_case_seals(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    vault.close()
    command = SealProtocol(meeting_id=held.meeting_id, basis="")
    petra = made.open("pn")
    with pytest.raises(NoAccessError):
        seal_protocol(command, vault=petra)
    petra.close()
    auditor = made.open("at")
    with pytest.raises(NoRightError):
        seal_protocol(command, vault=auditor)
    auditor.close()


def test_a_meeting_that_is_not_over_is_not_sealed(vault: OpenVault) -> None:
    meeting_id = running_meeting(vault, signed_case(vault))

    assert GapKind.NOT_HELD in gaps_of(vault, meeting_id)
    with pytest.raises(UnsettledError):
        seal_it(vault, meeting_id)
    assert not state_of(vault, meeting_id).is_sealed


def test_what_was_typed_and_not_added_is_told_first_and_stays_a_draft(
    vault: OpenVault, held: HeldMeeting
) -> None:
    draft = StoreDraft(
        id=uuid4(), kind=DraftKind.NOTE, text="Halvskrivet", subject_id=held.meeting_id
    )
    # How it was to be booked is no text of its protocol.
    booking = replace(draft, id=uuid4(), kind=DraftKind.MEETING, text="Biblioteket")
    store_draft(booking, vault=vault)
    assert gaps_of(vault, held.meeting_id) == []
    store_draft(draft, vault=vault)

    assert gaps_of(vault, held.meeting_id) == [GapKind.NOT_ADDED]
    seal_it(vault, held.meeting_id)
    assert state_of(vault, held.meeting_id).is_sealed
    kept = {one.text for one in read_drafts(vault=vault).value}
    assert kept == {"Halvskrivet", "Biblioteket"}


def test_what_must_be_answered_about_an_item_is_answered_first(vault: OpenVault) -> None:
    family = signed_case(vault)
    change_terms(exclusion(family), vault=vault)
    (term,) = read_consents(family.case_id, vault=vault).value.exclusions
    meeting_id = running_meeting(vault, family)
    item_id = wrote(vault, meeting_id, "Bråket", organisation_id=family.school).id
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    (gap,) = open_gaps(vault, meeting_id)
    assert (gap.kind, gap.item_id) == (GapKind.NOT_MARKED, item_id)
    with pytest.raises(UnsettledError):
        seal_it(vault, meeting_id)

    answer = MarkItem(
        case_id=family.case_id, item_id=item_id, about_id=term.id, answer=Marking.DOES_NOT_TOUCH
    )
    mark_item(answer, vault=vault)
    assert gaps_of(vault, meeting_id) == []
    seal_it(vault, meeting_id)
    assert state_of(vault, meeting_id).is_sealed


def test_an_action_without_its_promise_is_told_first(
    made: MadeVault, vault: OpenVault, held: HeldMeeting
) -> None:
    vault.close()
    forge(made.folder / "vault.db", made.file_key, "DELETE FROM commitment")
    opened = made.open()

    (gap,) = open_gaps(opened, held.meeting_id)
    assert (gap.kind, gap.item_id) == (GapKind.NO_DAY, held.action)
    opened.close()


def test_what_was_meant_as_an_action_and_lacked_who_or_when_is_told_and_bars_nobody(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    no_one = wrote(vault, meeting_id, "Boka tid", kind=EntryKind.ACTION, due_on=DAY)
    no_day = wrote(vault, meeting_id, "Ring hem", kind=EntryKind.ACTION, responsible="Maria Lind")
    wrote(vault, meeting_id, "Elias kom i tid.")
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    found = {one.item_id: one.kind for one in open_gaps(vault, meeting_id)}
    assert found == {no_one.id: GapKind.NO_RESPONSIBLE, no_day.id: GapKind.NO_DAY}
    seal_it(vault, meeting_id)
    assert state_of(vault, meeting_id).is_sealed


def test_an_addendum_is_no_protocol_to_seal(vault: OpenVault, held: HeldMeeting) -> None:
    command = SealProtocol(meeting_id=held.meeting_id, basis="", kind=ProtocolKind.ADDENDUM)
    with pytest.raises(InvalidInputError):
        seal_protocol(command, vault=vault)


def test_a_vault_whose_seal_this_user_lacks_seals_nothing(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    vault.close()
    grant_to(made, held.case_id, "pn")
    group = sealers_of(made.vault_id).hex
    member = made.secrets("pn").principal.hex
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"DELETE FROM membership WHERE group_id = '{group}' AND member_id = '{member}'",
    )

    petra = made.open("pn")
    assert not state_of(petra, held.meeting_id).has_seal
    with pytest.raises(NoSealError):
        seal_it(petra, held.meeting_id)
    assert not state_of(petra, held.meeting_id).is_sealed
    petra.close()


@pytest.mark.parametrize("kind", [ProtocolKind.FULL, ProtocolKind.ROOM])
def test_the_sealed_bytes_verify_and_the_log_and_the_chain_know_them(
    vault: OpenVault, held: HeldMeeting, kind: ProtocolKind
) -> None:
    command = to_seal(vault, held.meeting_id, kind)
    with vault.work() as work:
        head = work.audit.newest().head.hex()
    sealed = seal_protocol(command, vault=vault).value
    file = read_sealed(sealed, vault=vault).value

    verdict = verify(file.pdf)
    assert (verdict.outcome, verdict.text) == (Outcome.UNCHANGED, TextState.SAME)
    assert verdict.code == file.protocol.control_code
    assert verdict.record is not None
    assert verdict.record.log_head == head
    assert not verdict.record.content.is_draft
    assert verdict.seal is not None
    assert verdict.seal.fingerprint == file.protocol.seal
    with vault.work() as work:
        logged = work.audit.digests((Action.PROTOCOL_SEALED,), file.protocol.id)
    assert file.protocol.digest == sha256(file.pdf).hexdigest()
    assert logged == [tie_of_protocol(file.protocol).to_bytes()]
    state = state_of(vault, held.meeting_id)
    assert state.is_sealed
    assert state.protocols[0].sealed_by == "Karin Ek"
    assert state.words == state.protocols[0].words


def test_it_has_an_empty_field_for_each_of_those_who_sign(
    vault: OpenVault, held: HeldMeeting
) -> None:
    pdf = sealed_of(vault, held, ProtocolKind.ROOM).pdf
    record = verify(pdf).record
    assert record is not None
    names = [one.name for one in record.content.signers]
    assert names
    fields = PdfReader(BytesIO(pdf)).get_fields() or {}
    empty = {name: one.get("/TU") for name, one in fields.items() if "/V" not in one}
    assert len(empty) == len(names)
    for name in names:
        assert any(name in str(label) for label in empty.values())


def test_nobody_signs_the_boards_own_file_who_may_not_read_it(
    vault: OpenVault, held: HeldMeeting
) -> None:
    signers = {}
    for kind in (ProtocolKind.ROOM, ProtocolKind.FULL):
        record = verify(sealed_of(vault, held, kind).pdf).record
        assert record is not None
        signers[kind] = [one.name for one in record.content.signers]

    assert "Maria Lind" in signers[ProtocolKind.ROOM]
    assert signers[ProtocolKind.FULL] == ["Karin Ek"]


def test_a_boards_file_that_whoever_led_the_meeting_cannot_read_is_told_before_it_is_sealed(
    vault: OpenVault, held: HeldMeeting
) -> None:
    def told(kind: ProtocolKind) -> bool:
        gaps = state_of(vault, held.meeting_id).gaps_before(kind)
        return GapKind.CHAIR_CANNOT_READ in {one.kind for one in gaps}

    def link(account_id: UUID | None) -> None:
        change_party(
            ChangeParty(
                case_id=held.case_id, party_id=held.family.karin, link=Link(account_id=account_id)
            ),
            vault=vault,
        )

    link(None)
    assert told(ProtocolKind.FULL)
    # What is for everyone around the table they read and sign in any case.
    assert not told(ProtocolKind.ROOM)
    sealed_of(vault, held, ProtocolKind.ROOM)
    assert told(ProtocolKind.FULL)

    link(vault.me.id)
    assert not told(ProtocolKind.FULL)


def test_a_meeting_is_sealed_once_for_the_same_readers(vault: OpenVault, held: HeldMeeting) -> None:
    sealed_of(vault, held)
    with pytest.raises(SealedMeetingError):
        sealed_of(vault, held)
    assert len(protocols_of(vault, held.case_id)) == 1


def test_each_protocol_of_a_case_names_the_one_before_it(
    vault: OpenVault, held: HeldMeeting
) -> None:
    first = sealed_of(vault, held, ProtocolKind.FULL)
    second = sealed_of(vault, held, ProtocolKind.ROOM)
    third = sealed_of(vault, held_meeting(vault, held.family), ProtocolKind.FULL)

    found = [first.protocol, second.protocol, third.protocol]
    assert [one.sequence for one in found] == [1, 2, 3]
    assert [one.previous for one in found] == ["", *(one.record_hash for one in found[:2])]
    record = verify(second.pdf).record
    assert record is not None
    assert record.previous == first.protocol.record_hash
    assert hash_of(write_record(record)) == second.protocol.record_hash


def test_nothing_is_sealed_behind_a_protocol_that_is_gone(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    sealed_of(vault, held)
    other = held_meeting(vault, held.family)
    vault.close()
    without_triggers(made, "UPDATE protocol SET ciphertext = x'00'")

    vault = made.open()
    with pytest.raises(TamperedError):
        seal_it(vault, other.meeting_id)
    vault.close()


def test_a_meeting_stays_sealed_when_its_protocols_are_taken_away(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    agenda_id = item_of(vault, held.meeting_id, "now_school")
    sealed_of(vault, held)
    other = held_meeting(vault, held.family)
    vault.close()
    without_triggers(made, "DELETE FROM protocol_file", "DELETE FROM protocol")

    vault = made.open()
    with pytest.raises(SealedFileChangedError):
        state_of(vault, held.meeting_id)
    for meeting_id in (held.meeting_id, other.meeting_id):
        with pytest.raises(TamperedError):
            seal_it(vault, meeting_id)
    with pytest.raises(SealedMeetingError):
        _write(vault, held.meeting_id, agenda_id)
    assert not state_of(vault, other.meeting_id).is_sealed
    assert read_meeting(held.meeting_id, vault=vault).value.is_sealed
    vault.close()


def test_what_did_not_verify_keeps_a_protocol_from_being_sealed_without_it(
    made: MadeVault,
) -> None:
    vault = made.open()
    held = held_meeting(vault)
    vault.close()
    change = f"UPDATE item SET ciphertext = x'00' WHERE id = '{held.decision.hex}'"
    forge(made.folder / "vault.db", made.file_key, change)

    vault = made.open()
    assert gaps_of(vault, held.meeting_id) == [GapKind.LEFT_OUT]
    for kind in (ProtocolKind.FULL, ProtocolKind.ROOM):
        with pytest.raises(UnsettledError):
            sealed_of(vault, held, kind)
    vault.close()


def test_nor_is_the_second_protocol_of_a_meeting_sealed_without_it(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    sealed_of(vault, held, ProtocolKind.FULL)
    vault.close()
    change = f"UPDATE item SET ciphertext = x'00' WHERE id = '{held.decision.hex}'"
    without_triggers(made, change)

    vault = made.open()
    with pytest.raises(UnsettledError):
        sealed_of(vault, held, ProtocolKind.ROOM)
    vault.close()


def test_a_draft_that_did_not_verify_keeps_nobody_from_sealing(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    draft = StoreDraft(id=uuid4(), kind=DraftKind.NOTE, text="x", subject_id=held.meeting_id)
    store_draft(draft, vault=vault)
    vault.close()
    forge(made.folder / "vault.db", made.file_key, "UPDATE draft SET ciphertext = x'00'")

    vault = made.open()
    assert gaps_of(vault, held.meeting_id) == []
    assert sealed_of(vault, held).pdf
    vault.close()


def test_a_seal_that_was_changed_is_told_as_such_and_not_as_missing(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    assert not state_of(vault, held.meeting_id).is_seal_changed
    vault.close()
    row = place_of_seal(made.vault_id, 1).hex
    change = f"UPDATE setting SET ciphertext = x'00' WHERE id = '{row}'"
    forge(made.folder / "vault.db", made.file_key, change)

    vault = made.open()
    state = state_of(vault, held.meeting_id)
    assert (state.has_seal, state.is_seal_changed) == (False, True)
    with pytest.raises(TamperedError):
        seal_it(vault, held.meeting_id)
    vault.close()


def _write(vault: OpenVault, meeting_id: UUID, agenda_id: UUID) -> None:
    command = WriteEntry(
        meeting_id=meeting_id, agenda_id=agenda_id, kind=EntryKind.STATEMENT, text="Efteråt"
    )
    write_entry(command, vault=vault)


def test_what_is_written_or_confirmed_at_a_sealed_meeting_is_refused(
    vault: OpenVault, held: HeldMeeting
) -> None:
    agenda_id = item_of(vault, held.meeting_id, "now_school")
    seat = next(iter(_seats(vault, held.meeting_id)))
    sealed_of(vault, held)

    with pytest.raises(SealedMeetingError):
        _write(vault, held.meeting_id, agenda_id)
    with pytest.raises(SealedMeetingError):
        confirm_duty(
            ConfirmDuty(meeting_id=held.meeting_id, participant_ids=frozenset({seat})), vault=vault
        )


def _seats(vault: OpenVault, meeting_id: UUID) -> list[UUID]:
    with vault.work() as work:
        case_id = work.meetings.case_of(meeting_id)
        assert case_id is not None
        found = [one for one, _ in work.meetings.of_case(case_id) if one.id == meeting_id]
    return [one.id for one in found[0].attended]


def _mark(vault: OpenVault, held: HeldMeeting, answer: Marking = Marking.DOES_NOT_TOUCH) -> None:
    (term,) = read_consents(held.case_id, vault=vault).value.exclusions
    command = MarkItem(case_id=held.case_id, item_id=held.decision, about_id=term.id, answer=answer)
    mark_item(command, vault=vault)


def _excerpt_tells(vault: OpenVault, held: HeldMeeting) -> bool:
    asked = ComposeExcerpt(meeting_id=held.meeting_id, recipient_id=held.family.school)
    pages = read_back(compose_excerpt(asked, vault=vault).value.pdf)
    return squeezed("Nämnden söker en mentor.") in pages


def _of_meeting(vault: OpenVault, held: HeldMeeting) -> list[tuple[object, ...]]:
    """Return the rows of the items of a meeting, as they lie there."""
    with vault.work() as work:
        rows = work.items._connection.execute(  # noqa: SLF001  what nothing else reads
            text("SELECT id, row_version, ciphertext FROM item WHERE meeting_id = :meeting"),
            {"meeting": held.meeting_id.hex},
        )
        return sorted(tuple(one) for one in rows)


def _asked_late(vault: OpenVault) -> HeldMeeting:
    """Return a sealed meeting of which an exclusion asks something since."""
    held = held_meeting(vault)
    # What is the school's own it is told whatever is excluded.
    told = wrote(
        vault,
        held.meeting_id,
        "Nämnden söker en mentor.",
        kind=EntryKind.DECISION,
        organisation_id=UUID(bytes=vault.trust.vault_id),
        category="schooling",
    )
    held = replace(held, decision=told.id)
    sealed_of(vault, held)
    change_terms(exclusion(held.family), vault=vault)
    return held


def test_what_is_asked_once_a_meeting_is_sealed_is_answered_beside_it(vault: OpenVault) -> None:
    held = _asked_late(vault)
    before = _of_meeting(vault, held)
    assert before
    assert not _excerpt_tells(vault, held)

    _mark(vault, held)
    assert _excerpt_tells(vault, held)
    _mark(vault, held, Marking.TOUCHES)
    assert not _excerpt_tells(vault, held)
    _mark(vault, held)
    assert _excerpt_tells(vault, held)
    assert _of_meeting(vault, held) == before
    assert read_distribution(held.case_id, vault=vault).value.is_whole


def test_an_answer_that_was_taken_away_opens_nothing(made: MadeVault) -> None:
    vault = made.open()
    held = _asked_late(vault)
    _mark(vault, held)
    _mark(vault, held, Marking.TOUCHES)
    vault.close()
    without_triggers(made, "DELETE FROM handover WHERE sequence = 2")
    vault = made.open()
    assert not _excerpt_tells(vault, held)
    assert not read_distribution(held.case_id, vault=vault).value.is_whole
    vault.close()


def test_an_answer_that_the_log_does_not_tell_of_opens_nothing(vault: OpenVault) -> None:
    held = _asked_late(vault)
    (term,) = read_consents(held.case_id, vault=vault).value.exclusions
    with vault.work() as work:
        forged = Handover(
            id=uuid4(),
            case_id=held.case_id,
            meeting_id=held.meeting_id,
            sequence=work.handovers.next_sequence(held.case_id),
            by=work.keyring.principal,
            at=work.at,
            salt="",
            marked=MarkedLater(
                item_id=held.decision, about_id=term.id, answer=Marking.DOES_NOT_TOUCH
            ),
        )
        work.handovers.add(forged)
        work.commit(Action.CASE_READ, held.case_id)
    assert not _excerpt_tells(vault, held)


def test_what_became_of_an_action_is_told_after_sealing(
    vault: OpenVault, held: HeldMeeting
) -> None:
    before = sealed_of(vault, held)
    done = ChangeCommitment(
        case_id=held.case_id, commitment_id=held.action, state=CommitmentState.DONE
    )
    change_commitment(done, vault=vault)

    assert read_sealed(before.protocol.id, vault=vault).value.pdf == before.pdf


def test_a_new_name_of_an_agency_changes_no_sealed_file(
    vault: OpenVault, held: HeldMeeting
) -> None:
    before = sealed_of(vault, held)
    renamed = SaveOrganisation(kind="school", name="Nya Ekbackens skola", id=held.family.school)
    save_organisation(renamed, vault=vault)

    after = read_sealed(before.protocol.id, vault=vault).value
    assert after.pdf == before.pdf
    record = verify(after.pdf).record
    assert record is not None
    assert "Nya Ekbackens" not in repr(record)
    assert "Ekbackens skola" in repr(record)


def test_a_commit_that_fails_leaves_the_meeting_as_it_was(
    vault: OpenVault, held: HeldMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    with vault.work() as work:
        before = work.audit.newest()

    def break_off(*_: object, **__: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr("trygga_desktop.storage.stores.audit.Audit.append", break_off)
        with pytest.raises(OSError):  # noqa: PT011  the one above
            seal_it(vault, held.meeting_id)

    with vault.work() as work:
        assert work.audit.newest() == before
        assert work.protocols.ids() == frozenset()
    assert not state_of(vault, held.meeting_id).is_sealed
    seal_it(vault, held.meeting_id)
    assert state_of(vault, held.meeting_id).is_sealed


def test_what_the_room_may_not_have_is_in_the_boards_file_alone(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    police = organisation(vault, "police", "Lokalpolisen Exempelstad")
    wrote(vault, meeting_id, "Kanariefågel", organisation_id=police, at_table=False)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    held = HeldMeeting(family=family, meeting_id=meeting_id, decision=meeting_id, action=meeting_id)

    room = verify(sealed_of(vault, held, ProtocolKind.ROOM).pdf).record
    full = verify(sealed_of(vault, held, ProtocolKind.FULL).pdf).record
    assert "Kanariefågel" not in repr(room)
    assert "Kanariefågel" in repr(full)


def test_whoever_got_the_role_seals_what_they_were_granted(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    vault.close()
    grant_to(made, held.case_id, "pn")
    with_roles(made, "pn", Role.SOCIAL_WORKER)

    petra = made.open("pn")
    file = sealed_of(petra, held)
    petra.close()

    assert file.protocol.sealed_by == made.secrets("pn").principal
    vault = made.open()
    assert read_sealed(file.protocol.id, vault=vault).value.pdf == file.pdf
    vault.close()


def test_once_consent_has_ended_the_rooms_protocol_is_told_to_hold_more_than_it_may(
    vault: OpenVault, held: HeldMeeting
) -> None:
    sealed_of(vault, held, ProtocolKind.ROOM)
    sealed_of(vault, held, ProtocolKind.FULL)
    assert [one.is_current for one in state_of(vault, held.meeting_id).protocols] == [True, True]

    withdraw_consent(taken_back(held.family), vault=vault)

    assert [one.is_current for one in state_of(vault, held.meeting_id).protocols] == [False, True]


def test_an_action_done_on_the_day_it_was_carried_over_keeps_the_protocol_current(
    made: MadeVault, vault: OpenVault, held: HeldMeeting
) -> None:
    made.clock.move(hours=1)
    later = held_meeting(vault, held.family)
    protocol = sealed_of(vault, later, ProtocolKind.ROOM).protocol
    assert {held.action, later.action, later.decision} <= protocol.shown.items
    done = ChangeCommitment(
        case_id=held.case_id, commitment_id=held.action, state=CommitmentState.DONE
    )
    change_commitment(done, vault=vault)

    assert [one.is_current for one in state_of(vault, later.meeting_id).protocols] == [True]


def test_what_became_of_an_action_makes_no_protocol_another_one(
    vault: OpenVault, held: HeldMeeting
) -> None:
    sealed_of(vault, held, ProtocolKind.ROOM)
    done = ChangeCommitment(
        case_id=held.case_id, commitment_id=held.action, state=CommitmentState.DONE
    )
    change_commitment(done, vault=vault)

    assert [one.is_current for one in state_of(vault, held.meeting_id).protocols] == [True]
