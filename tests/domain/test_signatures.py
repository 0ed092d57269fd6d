"""Tests of how far a protocol has come, by what was recorded of its signers."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from trygga_desktop.domain.signatures import (
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
        protocol_id=UUID(int=1),
        sequence=sequence,
        signer=signer,
        kind=kind,
        recorded_by=UUID(int=2),
        recorded_at=datetime(2026, 11, 26, tzinfo=UTC),
        signed_on=DAY if kind is SignatureKind.ON_PAPER else None,
        reason="" if kind is SignatureKind.ON_PAPER else "x",
    )


P, D, B = SignatureKind.ON_PAPER, SignatureKind.DECLINED, SignatureKind.TAKEN_BACK


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], SigningState.WAITING),
        ([(1, D)], SigningState.WAITING),
        ([(1, D), (2, D)], SigningState.WAITING),
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
    assert signing_state(states_of((), [event(1, 1, P)], {1: DAY})) is SigningState.NOBODY


def test_what_is_signed_in_the_file_is_taken_back_by_no_record() -> None:
    states = states_of(SIGNERS, [event(1, 1, P), event(2, 1, B)], {1: DAY})

    assert [one.status for one in states] == [SignerStatus.ELECTRONIC, SignerStatus.WAITING]
    assert states[0].signed_on == DAY


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
