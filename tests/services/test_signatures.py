"""Who signed is recorded once and for all, logged, and noticed when anything of it is gone."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from tests.conftest import Clock, MadeVault
from tests.costs import prepared_hand
from tests.insider import AFTER, without_triggers
from tests.people import DAY
from tests.services.examples.row import AT, scan_of, signed
from tests.services.sealing_desk import held_meeting, sealed_of
from tests.services.test_excerpts import given
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.documents.fingerprint import fingerprint_of
from trygga_desktop.documents.pdf.seal import SealKey, sign
from trygga_desktop.documents.pdf.verify import verify
from trygga_desktop.documents.verdict import Outcome
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError, TamperedError
from trygga_desktop.domain.matching import Fit, PageFound, ScanFound
from trygga_desktop.domain.scanning import MOST_BYTES, Payload, ScanKind
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.domain.signatures import MOST_REASON, SignerStatus, SigningState
from trygga_desktop.services.checking import Part, check_vault
from trygga_desktop.services.logs import LogQuestion, read_log
from trygga_desktop.services.sealed_files import AddSigned, SealedFile, add_signed, read_sealed
from trygga_desktop.services.sealing import read_sealing
from trygga_desktop.services.signatures import (
    BroughtFile,
    DeclineSignature,
    ReadScan,
    SignatureList,
    TakeBackSignature,
    decline_signature,
    keep_scan,
    read_scan,
    read_signatures,
    take_back_signature,
)
from trygga_desktop.services.signing import (
    NameSignature,
    RecordOnPaper,
    name_signature,
    record_on_paper,
)
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.plain import spell


@pytest.fixture
def file(vault: OpenVault) -> SealedFile:
    """The sealed file of a meeting, for everyone at the table."""
    return sealed_of(vault, held_meeting(vault), ProtocolKind.ROOM)


def told(vault: OpenVault, file: SealedFile) -> SignatureList:
    return read_signatures(file.protocol.id, vault=vault).value


def statuses(vault: OpenVault, file: SealedFile) -> list[SignerStatus]:
    return [one.status for one in told(vault, file).signers]


def flaw_of(error: pytest.ExceptionInfo[InvalidInputError]) -> tuple[str, str]:
    return error.value.field, error.value.flaw


def test_nobody_without_the_case_reads_or_records_who_signed(made: MadeVault) -> None:
    vault = made.open()
    file = sealed_of(vault, held_meeting(vault), ProtocolKind.ROOM)
    protocol_id = file.protocol.id
    scan_id = keep_scan(scan_of(protocol_id, 1), vault=vault).value
    vault.close()
    petra = made.open("pn")

    for attempt in (
        lambda: read_signatures(protocol_id, vault=petra),
        lambda: keep_scan(scan_of(protocol_id, 2), vault=petra),
        lambda: read_scan(ReadScan(paper_id=protocol_id, scan_id=scan_id), vault=petra),
        lambda: decline_signature(
            DeclineSignature(paper_id=protocol_id, signer=1, reason="x"), vault=petra
        ),
        lambda: take_back_signature(
            TakeBackSignature(paper_id=protocol_id, signer=1, reason="x"), vault=petra
        ),
        lambda: name_signature(
            NameSignature(paper_id=protocol_id, signer=1, fingerprint="a" * 64), vault=petra
        ),
        lambda: record_on_paper(
            RecordOnPaper(paper_id=protocol_id, signer=1, on=DAY, reason="x"), vault=petra
        ),
    ):
        with pytest.raises(NoAccessError):
            attempt()
    petra.close()


def test_a_scan_that_is_not_whole_or_not_what_it_is_said_to_be_is_not_kept(
    vault: OpenVault, file: SealedFile
) -> None:
    good = scan_of(file.protocol.id, 1)
    large = BroughtFile(ScanKind.PDF, b"%PDF-".ljust(MOST_BYTES))
    missing = replace(good.found, missing=(2,))
    foreign = ScanFound(pages=(PageFound(place=1, fit=Fit.OTHER_PAPER),), missing=(), doubled=())
    for wrong, flaw in (
        (replace(good, found=missing), "incomplete"),
        (replace(good, found=foreign), "incomplete"),
        (replace(good, files=(BroughtFile(ScanKind.PNG, b"%PDF-"),)), "misnamed"),
        (replace(good, files=(*good.files, BroughtFile(ScanKind.PDF, b"MZ"))), "other_form"),
        (replace(good, files=(BroughtFile(ScanKind.PDF, b""),)), "empty"),
        (replace(good, files=()), "empty"),
        (replace(good, files=(*good.files, large)), "too_large"),
    ):
        with pytest.raises(InvalidInputError) as refused:
            keep_scan(wrong, vault=vault)
        assert flaw_of(refused) == ("scan", flaw)

    assert told(vault, file).scans == ()
    assert set(statuses(vault, file)) == {SignerStatus.WAITING}


def test_nobody_is_marked_twice_or_for_a_day_that_cannot_be(
    vault: OpenVault, file: SealedFile
) -> None:
    protocol_id = file.protocol.id
    keep_scan(scan_of(protocol_id, 1), vault=vault)
    good = scan_of(protocol_id, 2)
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        with pytest.raises(InvalidInputError) as refused:
            keep_scan(replace(good, signed=(replace(good.signed[0], on=day),)), vault=vault)
        assert flaw_of(refused) == ("day", "out_of_range")
    for wrong, flaw in (
        ((1,), "signed"),
        ((2, 2), "signed"),
        ((0,), "unknown"),
        ((99,), "unknown"),
    ):
        with pytest.raises(InvalidInputError) as refused:
            keep_scan(scan_of(protocol_id, *wrong), vault=vault)
        assert flaw_of(refused) == ("signer", flaw)

    assert len(told(vault, file).scans) == 1


def test_nobody_can_have_signed_a_paper_before_it_came_to_be(
    vault: OpenVault, clock: Clock
) -> None:
    held = held_meeting(vault)
    clock.move(days=7)
    sealed = sealed_of(vault, held, ProtocolKind.ROOM).protocol.id
    clock.move(days=7)
    excerpt = given(vault, held, held.family.school).excerpt.id
    for paper_id, day in ((sealed, DAY + timedelta(days=7)), (excerpt, DAY + timedelta(days=14))):
        assert read_signatures(paper_id, vault=vault).value.paper.first == day
        seen = RecordOnPaper(
            paper_id=paper_id, signer=1, on=day - timedelta(days=1), reason="Ingen skanner."
        )
        with pytest.raises(InvalidInputError) as refused:
            record_on_paper(seen, vault=vault)
        assert flaw_of(refused) == ("day", "out_of_range")
        record_on_paper(replace(seen, on=day), vault=vault)
        assert read_signatures(paper_id, vault=vault).value.signers[0].signed_on == day


def test_a_scan_is_kept_byte_for_byte_and_marks_those_whom_a_person_saw(
    vault: OpenVault, file: SealedFile
) -> None:
    command = scan_of(file.protocol.id, 2)
    photo = BroughtFile(ScanKind.PNG, b"\x89PNG\r\n\x1a\n of a page")
    command = replace(command, files=(*command.files, photo))

    scan_id = keep_scan(command, vault=vault).value

    now = told(vault, file)
    assert [one.status for one in now.signers][:2] == [SignerStatus.WAITING, SignerStatus.ON_PAPER]
    assert (now.signers[1].signed_on, now.signers[1].scan_id) == (DAY, scan_id)
    assert now.state is SigningState.PARTLY
    kept = read_scan(ReadScan(paper_id=file.protocol.id, scan_id=scan_id), vault=vault).value
    assert kept.files == command.files
    assert now.paper.payload == Payload(file.protocol.id, file.protocol.record_hash)
    assert now.paper.prints == (file.pdf,)
    assert file.protocol.id not in now.others
    with vault.work() as work:
        signatures = work.signatures
        told_before = [*map(spell, signatures.events(file.protocol)), *map(spell, now.scans)]
        for one in told_before:
            one["protocol_id"] = one.pop("paper_id")
            if one.get("certificate") == "":
                del one["certificate"]
        # What the log was tied to before other papers were signed is what it is tied to now.
        assert signatures.digest(file.protocol) == sha256(to_canonical(told_before)).digest()


def test_a_protocol_is_signed_when_it_waits_for_nobody(vault: OpenVault, file: SealedFile) -> None:
    protocol_id, count = file.protocol.id, len(told(vault, file).signers)
    assert count >= 2
    assert told(vault, file).state is SigningState.WAITING
    decline = DeclineSignature(paper_id=protocol_id, signer=1, reason=" Inte med om kursen. ")

    decline_signature(decline, vault=vault)
    keep_scan(scan_of(protocol_id, *range(2, count + 1)), vault=vault)

    now = told(vault, file)
    assert now.state is SigningState.SIGNED
    assert now.signers[0].status is SignerStatus.DECLINED
    assert now.signers[0].reason == "Inte med om kursen."


def test_the_protocol_tells_how_far_its_signing_has_come(
    vault: OpenVault, file: SealedFile
) -> None:
    def state() -> SigningState | None:
        return read_sealing(file.protocol.meeting_id, vault=vault).value.protocols[0].signing

    count = len(told(vault, file).signers)
    assert state() is None
    keep_scan(scan_of(file.protocol.id, 1), vault=vault)
    assert state() is SigningState.PARTLY
    keep_scan(scan_of(file.protocol.id, *range(2, count + 1)), vault=vault)
    assert state() is SigningState.SIGNED


def test_who_declined_may_sign_later_and_a_wrong_mark_is_taken_back_with_its_reason(
    vault: OpenVault, file: SealedFile
) -> None:
    protocol_id = file.protocol.id
    decline = DeclineSignature(paper_id=protocol_id, signer=1, reason="Vill inte.")
    back = TakeBackSignature(paper_id=protocol_id, signer=1, reason="Fel rad.")

    with pytest.raises(InvalidInputError) as refused:
        take_back_signature(back, vault=vault)
    assert flaw_of(refused) == ("signer", "waiting")
    decline_signature(decline, vault=vault)
    with pytest.raises(InvalidInputError) as refused:
        decline_signature(decline, vault=vault)
    assert flaw_of(refused) == ("signer", "not_waiting")
    keep_scan(scan_of(protocol_id, 1), vault=vault)
    assert statuses(vault, file)[0] is SignerStatus.ON_PAPER
    take_back_signature(back, vault=vault)

    assert statuses(vault, file)[0] is SignerStatus.WAITING
    asked = LogQuestion(case_id=file.protocol.case_id)
    recorded = [
        one
        for one in read_log(asked, vault=vault).value.lines
        if one.action is Action.SIGNATURES_RECORDED
    ]
    assert len(recorded) == 3


@pytest.mark.parametrize("reason", ["", "  ", "x" * (MOST_REASON + 1)])
def test_a_reason_is_given_and_is_short(vault: OpenVault, file: SealedFile, reason: str) -> None:
    decline = DeclineSignature(paper_id=file.protocol.id, signer=1, reason=reason)

    with pytest.raises(InvalidInputError) as refused:
        decline_signature(decline, vault=vault)

    assert refused.value.field == "reason"


def test_a_file_signed_twice_stays_whole_and_tells_who_signed_it(
    vault: OpenVault, file: SealedFile
) -> None:
    protocol_id = file.protocol.id
    once = signed(file.pdf)
    add_signed(AddSigned(protocol_id=protocol_id, pdf=once), vault=vault)
    twice = signed(once, "Signature2")
    add_signed(AddSigned(protocol_id=protocol_id, pdf=twice), vault=vault)

    newest = read_sealed(protocol_id, vault=vault).value

    assert (newest.revision, newest.pdf) == (3, twice)
    verdict = verify(newest.pdf, asked=file.protocol.seal)
    assert verdict.outcome is Outcome.UNCHANGED
    assert [one.field_name for one in verdict.signatures] == ["Signature1", "Signature2"]
    # Whoever made the certificate gave it its name: whose hand it was only a person can say.
    assert statuses(vault, file)[:2] == [SignerStatus.UNNAMED] * 2
    for place in (1, 2):
        name_signature(named(vault, file, place), vault=vault)
    assert statuses(vault, file)[:2] == [SignerStatus.ELECTRONIC] * 2
    with pytest.raises(InvalidInputError):
        keep_scan(scan_of(protocol_id, 1), vault=vault)


def named(vault: OpenVault, file: SealedFile, place: int) -> NameSignature:
    """Return that the signature in the field of a signer is theirs."""
    in_file = told(vault, file).signers[place - 1].in_file
    assert in_file is not None
    return NameSignature(paper_id=file.protocol.id, signer=place, fingerprint=in_file.fingerprint)


def test_a_signature_is_named_only_as_it_was_shown_and_never_the_vaults_own_seal(
    vault: OpenVault, file: SealedFile
) -> None:
    protocol_id = file.protocol.id
    none = NameSignature(paper_id=protocol_id, signer=1, fingerprint="a" * 64)
    with pytest.raises(InvalidInputError) as refused:
        name_signature(none, vault=vault)
    assert flaw_of(refused) == ("signer", "not_in_file")

    with vault.work() as work:
        seal = work.seals.newest(work.trust)
        key = SealKey(seal.certificate, work.seals.private_key(seal, work.keyring))
    ours = sign(signed(file.pdf), "Signature2", key, at=AT)
    add_signed(AddSigned(protocol_id=protocol_id, pdf=ours), vault=vault)
    with pytest.raises(InvalidInputError) as refused:
        name_signature(none, vault=vault)
    assert flaw_of(refused) == ("certificate", "another")
    shown = told(vault, file).signers[1].in_file
    assert shown is not None
    assert shown.is_seal
    with pytest.raises(InvalidInputError) as refused:
        name_signature(named(vault, file, 2), vault=vault)
    assert flaw_of(refused) == ("certificate", "seal")
    assert statuses(vault, file)[:2] == [SignerStatus.UNNAMED] * 2


def test_a_signature_in_the_file_is_told_with_its_certificate_and_taken_back(
    vault: OpenVault, file: SealedFile
) -> None:
    protocol_id = file.protocol.id
    made = prepared_hand()
    key = SealKey(made.certificate, made.private_key)
    late = sign(file.pdf, "Signature1", key, at=AT + timedelta(days=400))
    add_signed(AddSigned(protocol_id=protocol_id, pdf=late), vault=vault)

    shown = told(vault, file).signers[0].in_file
    assert shown is not None
    assert shown.fingerprint == fingerprint_of(made.certificate)
    assert (bool(shown.name), bool(shown.words), shown.is_ahead) == (True, True, True)
    assert told(vault, file).state is SigningState.WAITING

    name_signature(named(vault, file, 1), vault=vault)
    assert told(vault, file).state is SigningState.PARTLY
    back = TakeBackSignature(paper_id=protocol_id, signer=1, reason="Det var en annan.")
    take_back_signature(back, vault=vault)
    assert statuses(vault, file)[0] is SignerStatus.UNNAMED
    decline = DeclineSignature(paper_id=protocol_id, signer=1, reason="Har inte skrivit under.")
    decline_signature(decline, vault=vault)
    assert statuses(vault, file)[0] is SignerStatus.DECLINED


def test_paper_that_is_not_scanned_is_recorded_with_its_day_and_why(
    vault: OpenVault, file: SealedFile
) -> None:
    seen = RecordOnPaper(
        paper_id=file.protocol.id, signer=2, on=DAY, reason=" Ingen skanner på plats. "
    )
    for wrong, flaw in (
        (replace(seen, reason=" "), ("reason", "missing")),
        (replace(seen, signer=99), ("signer", "unknown")),
        (replace(seen, on=DAY - timedelta(days=1)), ("day", "out_of_range")),
        (replace(seen, on=DAY + timedelta(days=1)), ("day", "out_of_range")),
    ):
        with pytest.raises(InvalidInputError) as refused:
            record_on_paper(wrong, vault=vault)
        assert flaw_of(refused) == flaw
    record_on_paper(seen, vault=vault)

    now = told(vault, file).signers[1]
    assert (now.status, now.signed_on, now.scan_id) == (SignerStatus.ON_PAPER, DAY, None)
    assert now.reason == "Ingen skanner på plats."
    with pytest.raises(InvalidInputError) as refused:
        record_on_paper(seen, vault=vault)
    assert flaw_of(refused) == ("signer", "signed")


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM signature",
        "DELETE FROM signature WHERE sequence = 2",
        "UPDATE signature SET ciphertext = x'00' WHERE sequence = 1",
        "UPDATE signature SET sequence = 3 - sequence + 7",
        "DELETE FROM scan",
        "UPDATE scan SET ciphertext = x'00'",
    ],
)
def test_what_is_gone_or_changed_of_the_signers_is_noticed(made: MadeVault, change: str) -> None:
    vault = made.open()
    file = sealed_of(vault, held_meeting(vault), ProtocolKind.ROOM)
    keep_scan(scan_of(file.protocol.id, 1, 2), vault=vault)
    vault.close()
    without_triggers(made, "PRAGMA foreign_keys = OFF", change)
    vault = made.open()

    with pytest.raises(TamperedError):
        read_signatures(file.protocol.id, vault=vault)
    with pytest.raises(TamperedError):
        keep_scan(scan_of(file.protocol.id), vault=vault)
    flaws = check_vault(vault=vault).value.flaws
    assert Part.PROTOCOLS in {one.part for one in flaws}
    vault.close()


def test_a_scan_of_another_protocol_is_not_handed_out(vault: OpenVault, file: SealedFile) -> None:
    for scan_id in (AFTER, file.protocol.id, UUID(int=0)):
        with pytest.raises(TamperedError):
            read_scan(ReadScan(paper_id=file.protocol.id, scan_id=scan_id), vault=vault)
