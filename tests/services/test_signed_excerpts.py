"""The signed paper of an excerpt: kept as that of a protocol is, and only of one that left."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from tests.conftest import MadeVault
from tests.insider import without_triggers
from tests.people import DAY
from tests.services.examples.row import scan_of
from tests.services.sealing_desk import HeldMeeting, held_meeting, sealed_of
from tests.services.test_excerpts import given
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError, TamperedError
from trygga_desktop.domain.excerpts import (
    SALT_LENGTH,
    Copy,
    CopySigned,
    CopyState,
    GivenExcerpt,
    Handover,
)
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.domain.signatures import PaperKind, SignerStatus, SigningState
from trygga_desktop.services.checking import Part, check_vault
from trygga_desktop.services.distribution import (
    TakeBack,
    read_distribution,
    report_spoilt,
    take_back,
)
from trygga_desktop.services.sealed_files import find_by_code
from trygga_desktop.services.signatures import (
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
from trygga_desktop.services.signing import RecordOnPaper, record_on_paper
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.events import digest_of_event
from trygga_desktop.storage.stores.excerpts import tie_of_excerpt
from trygga_desktop.storage.stores.plain import spell


@pytest.fixture
def held(vault: OpenVault) -> HeldMeeting:
    """A meeting that is sealed."""
    held = held_meeting(vault)
    sealed_of(vault, held)
    return held


@pytest.fixture
def excerpt(vault: OpenVault, held: HeldMeeting) -> GivenExcerpt:
    """The excerpt of a school, with a line that Maria Lind signs."""
    return given(vault, held, held.family.school).excerpt


def told(vault: OpenVault, excerpt: GivenExcerpt) -> SignatureList:
    return read_signatures(excerpt.id, vault=vault).value


def listed(vault: OpenVault, held: HeldMeeting) -> Copy:
    found = read_distribution(held.case_id, vault=vault).value
    assert found.is_whole
    return found.copies[0].copy


def test_who_may_not_open_the_case_sees_and_records_nothing(made: MadeVault) -> None:
    vault = made.open()
    held = held_meeting(vault)
    sealed_of(vault, held)
    excerpt = given(vault, held, held.family.school).excerpt
    scan_id = keep_scan(scan_of(excerpt.id, 1), vault=vault).value
    vault.close()
    vault = made.open("pn")
    for attempt in (
        lambda: read_signatures(excerpt.id, vault=vault),
        lambda: keep_scan(scan_of(excerpt.id, 1), vault=vault),
        lambda: read_scan(ReadScan(paper_id=excerpt.id, scan_id=scan_id), vault=vault),
        lambda: decline_signature(
            DeclineSignature(paper_id=excerpt.id, signer=1, reason="x"), vault=vault
        ),
        lambda: read_signatures(uuid4(), vault=vault),
    ):
        with pytest.raises(NoAccessError):
            attempt()
    vault.close()


def test_only_an_excerpt_that_left_and_has_a_line_is_signed_and_on_a_day_that_can_be(
    vault: OpenVault, held: HeldMeeting, excerpt: GivenExcerpt
) -> None:
    spoilt = given(vault, held, held.family.sara).excerpt
    report_spoilt(held.case_id, spoilt.id, vault=vault)
    young = given(vault, held, held.family.subject).excerpt
    for paper_id, day, flaw in (
        (spoilt.id, DAY, ("copy", "spoilt")),
        (young.id, DAY, ("signer", "unknown")),
        (excerpt.id, DAY - timedelta(days=1), ("day", "out_of_range")),
        (excerpt.id, DAY + timedelta(days=1), ("day", "out_of_range")),
    ):
        scan = scan_of(paper_id, 1)
        seen = RecordOnPaper(paper_id=paper_id, signer=1, on=day, reason="Ingen skanner.")
        for attempt in (
            lambda scan=scan, day=day: keep_scan(
                replace(scan, signed=(replace(scan.signed[0], on=day),)), vault=vault
            ),
            lambda seen=seen: record_on_paper(seen, vault=vault),
        ):
            with pytest.raises(InvalidInputError) as refused:
                attempt()
            assert (refused.value.field, refused.value.flaw) == flaw

    copies = read_distribution(held.case_id, vault=vault).value.copies
    assert [one.copy.signed_on for one in copies] == [None, None, None]


def test_its_scan_is_kept_marks_who_signed_and_stays_when_the_copy_comes_back(
    vault: OpenVault, held: HeldMeeting, excerpt: GivenExcerpt
) -> None:
    before = told(vault, excerpt)
    assert (before.paper.kind, before.paper.recipient) == (PaperKind.EXCERPT, excerpt.recipient)
    assert (before.state, before.paper.control_code) == (
        SigningState.WAITING,
        excerpt.control_code,
    )
    assert before.others == {excerpt.source_id}
    command = scan_of(excerpt.id, 1)

    scan_id = keep_scan(command, vault=vault).value
    take_back(TakeBack(case_id=held.case_id, copy_id=excerpt.id), vault=vault)

    (signer,) = told(vault, excerpt).signers
    assert (signer.name, signer.status, signer.signed_on, signer.scan_id) == (
        "Maria Lind",
        SignerStatus.ON_PAPER,
        DAY,
        scan_id,
    )
    kept = read_scan(ReadScan(paper_id=excerpt.id, scan_id=scan_id), vault=vault).value
    assert kept.files == command.files
    copy = listed(vault, held)
    assert (copy.state, copy.signer, copy.signed_on) == (CopyState.RETURNED, "Maria Lind", DAY)
    assert check_vault(vault=vault).value.is_sound
    # Brought in beside the protocol, its code says which paper it is.
    found = find_by_code(excerpt.control_code, vault=vault).value
    assert found is not None
    assert (found.protocol_id, found.kind, found.recipient) == (
        excerpt.id,
        None,
        excerpt.recipient,
    )


def test_what_an_earlier_version_noted_counts_until_it_is_taken_back_or_declined(
    vault: OpenVault, held: HeldMeeting, excerpt: GivenExcerpt
) -> None:
    with vault.work() as work:
        noted = Handover(
            id=uuid4(),
            case_id=held.case_id,
            meeting_id=held.meeting_id,
            sequence=work.handovers.next_sequence(held.case_id),
            by=work.keyring.principal,
            at=work.at,
            salt=vault.environment.draw(SALT_LENGTH).hex(),
            signed=CopySigned(copy_id=excerpt.id, on=DAY),
        )
        work.handovers.add(noted)
        work.commit(Action.COPY_SIGNED, held.case_id, digest=digest_of_event(noted))

    assert told(vault, excerpt).signers[0].signed_on == DAY
    assert listed(vault, held).signed_on == DAY
    back = TakeBackSignature(paper_id=excerpt.id, signer=1, reason="Fel papper.")
    take_back_signature(back, vault=vault)
    assert told(vault, excerpt).state is SigningState.WAITING
    assert listed(vault, held).signed_on is None

    decline = DeclineSignature(paper_id=excerpt.id, signer=1, reason="Vill läsa den först.")
    decline_signature(decline, vault=vault)
    assert told(vault, excerpt).signers[0].reason == "Vill läsa den först."
    copy = listed(vault, held)
    assert (copy.is_declined, copy.signed_on) == (True, None)


def test_what_is_gone_of_it_is_noticed_by_whoever_looks_and_by_the_check(
    made: MadeVault,
) -> None:
    vault = made.open()
    held = held_meeting(vault)
    sealed_of(vault, held, ProtocolKind.ROOM)
    excerpt = given(vault, held, held.family.school).excerpt
    keep_scan(scan_of(excerpt.id, 1), vault=vault)
    vault.close()
    without_triggers(made, "PRAGMA foreign_keys = OFF", "DELETE FROM scan")
    vault = made.open()

    with pytest.raises(TamperedError):
        read_signatures(excerpt.id, vault=vault)
    assert not read_distribution(held.case_id, vault=vault).value.is_whole
    flaws = check_vault(vault=vault).value.flaws
    assert Part.PROTOCOLS in {one.part for one in flaws}
    vault.close()


def test_an_excerpt_that_nobody_signs_is_tied_as_it_was_before_any_had_a_signer(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held)
    excerpt = replace(given(vault, held, held.family.school).excerpt, signer="")
    then = spell(excerpt)
    del then["signer"]
    # So is one of which nothing rests, as nothing was counted then.
    del then["resting"]

    digest = sha256(to_canonical(["trygga-excerpt-1", then])).digest()
    assert tie_of_excerpt(excerpt).digest == digest
