"""Tests of how far a protocol has come, by what was recorded of its signers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from trygga_desktop.domain.signatures import (
    FileSignature,
    SignatureEvent,
    SignatureKind,
    SignerStatus,
    SigningState,
    signer_of,
    signing_state,
    states_of,
)

SIGNERS = (("Ordförande", "Karin Ek"), ("Vårdnadshavare", "Sara Demosson"))
DAY = date(2026, 11, 26)


def event(sequence: int, signer: int, kind: SignatureKind) -> SignatureEvent:
    return SignatureEvent(
        id=UUID(int=sequence),
        paper_id=UUID(int=1),
        sequence=sequence,
        signer=signer,
        kind=kind,
        recorded_by=UUID(int=2),
        recorded_at=datetime(2026, 11, 26, tzinfo=UTC),
        signed_on=DAY if kind is SignatureKind.ON_PAPER else None,
        reason="" if kind is SignatureKind.ON_PAPER else "x",
    )


P, D, B = SignatureKind.ON_PAPER, SignatureKind.DECLINED, SignatureKind.TAKEN_BACK
F = SignatureKind.IN_FILE
IN_FILE = FileSignature(name="Karin Ek", fingerprint="a" * 64, words="kastanj", on=DAY)


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], SigningState.WAITING),
        ([(1, D)], SigningState.WAITING),
        ([(1, D), (2, D)], SigningState.DECLINED),
        ([(1, P)], SigningState.PARTLY),
        ([(1, P), (2, P)], SigningState.SIGNED),
        ([(1, P), (2, D)], SigningState.SIGNED),
        ([(1, P), (2, P), (1, B)], SigningState.PARTLY),
        ([(1, D), (1, P), (2, P)], SigningState.SIGNED),
    ],
)
def test_a_protocol_is_signed_when_nobody_is_waited_for_and_somebody_signed(
    events: list[tuple[int, SignatureKind]], state: SigningState
) -> None:
    recorded = [event(at, *one) for at, one in enumerate(events, start=1)]

    assert signing_state(states_of(SIGNERS, recorded, {})) is state


def test_where_nobody_is_to_sign_a_protocol_is_not_signed() -> None:
    assert signing_state(states_of((), [event(1, 1, P)], {1: IN_FILE})) is SigningState.NOBODY


def test_a_signature_in_the_file_is_nobodys_until_somebody_says_whose_it_is() -> None:
    named = replace(event(1, 1, F), certificate=IN_FILE.fingerprint)
    other = replace(named, certificate="b" * 64)

    for events, status in (
        ([], SignerStatus.UNNAMED),
        ([named], SignerStatus.ELECTRONIC),
        ([other], SignerStatus.UNNAMED),
        ([named, event(2, 1, B)], SignerStatus.UNNAMED),
        ([named, event(2, 1, D)], SignerStatus.DECLINED),
    ):
        first, second = states_of(SIGNERS, events, {1: IN_FILE})
        assert (first.status, first.in_file) == (status, IN_FILE)
        assert second.status is SignerStatus.WAITING
    assert states_of(SIGNERS, [named], {})[0].status is SignerStatus.WAITING


def test_a_signature_that_nobody_has_named_is_waited_for() -> None:
    events = [event(1, 2, D)]
    assert signing_state(states_of(SIGNERS, events, {1: IN_FILE})) is SigningState.WAITING


@pytest.mark.parametrize(
    ("name", "signer"),
    [
        ("Signature1", 1),
        ("Signature12", 12),
        ("Seal", None),
        ("Signature", None),
        ("Signature01", None),
        ("Signature²", None),
        ("Signature-1", None),
        ("", None),
    ],
)
def test_a_field_is_that_of_one_signer_or_of_none(name: str, signer: int | None) -> None:
    assert signer_of(name) == signer
