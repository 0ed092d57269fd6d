"""Who has signed a sealed protocol, and how: told by events, of which the last one counts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.scanning import ScanKind

MOST_REASON = 500
"""The longest reason in characters."""

_FIELD = "Signature"


class SignatureKind(StrEnum):
    """What is recorded of a signer."""

    ON_PAPER = "on_paper"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureEvent:
    """What somebody recorded of one signer, who is told by their place in the protocol, from 1.

    `signed_on` is the day that stands on the paper, and `scan_id` the scan that shows it. Whoever
    declines, or is taken back, does so for a `reason`. `sequence` counts the events of the protocol
    from 1; `recorded_at` is aware, in UTC.
    """

    id: UUID
    protocol_id: UUID
    sequence: int
    signer: int
    kind: SignatureKind
    recorded_by: UUID
    recorded_at: datetime
    signed_on: date | None = None
    scan_id: UUID | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ScanFile:
    """One file of a scan: what it is, and the SHA-256 of its bytes in hex digits."""

    kind: ScanKind
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A scan that is kept beside its protocol, in one file or in a photo of each page.

    `by_hand` are the pages, by their place in all files, that a person had to say something about.
    `kept_at` is aware, in UTC.
    """

    id: UUID
    protocol_id: UUID
    sequence: int
    files: tuple[ScanFile, ...]
    page_count: int
    kept_by: UUID
    kept_at: datetime
    by_hand: tuple[int, ...] = ()


class SignerStatus(StrEnum):
    """How far one signer has come."""

    WAITING = "waiting"
    ON_PAPER = "on_paper"
    ELECTRONIC = "electronic"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerState:
    """One signer by their place in the protocol, from 1, and how far they have come."""

    signer: int
    role: str
    name: str
    status: SignerStatus = SignerStatus.WAITING
    signed_on: date | None = None
    reason: str = ""
    scan_id: UUID | None = None


class SigningState(StrEnum):
    """How far a sealed protocol has come."""

    NOBODY = "nobody"
    WAITING = "waiting"
    PARTLY = "partly"
    SIGNED = "signed"


def states_of(
    signers: Iterable[tuple[str, str]],
    events: Iterable[SignatureEvent],
    electronic: Mapping[int, date | None],
) -> tuple[SignerState, ...]:
    """Return each signer, told by role and name in the order of the protocol.

    `electronic` tells who has signed the file itself: that no event takes back.
    """
    newest: dict[int, SignatureEvent] = {}
    for one in events:
        newest[one.signer] = one
    return tuple(
        _state_of(at, role, name, newest.get(at), electronic)
        for at, (role, name) in enumerate(signers, start=1)
    )


def _state_of(
    signer: int,
    role: str,
    name: str,
    newest: SignatureEvent | None,
    electronic: Mapping[int, date | None],
) -> SignerState:
    if signer in electronic:
        return SignerState(
            signer=signer,
            role=role,
            name=name,
            status=SignerStatus.ELECTRONIC,
            signed_on=electronic[signer],
        )
    if newest is None or newest.kind is SignatureKind.TAKEN_BACK:
        return SignerState(signer=signer, role=role, name=name)
    is_declined = newest.kind is SignatureKind.DECLINED
    return SignerState(
        signer=signer,
        role=role,
        name=name,
        status=SignerStatus.DECLINED if is_declined else SignerStatus.ON_PAPER,
        signed_on=newest.signed_on,
        reason=newest.reason,
        scan_id=newest.scan_id,
    )


def signing_state(signers: Collection[SignerState]) -> SigningState:
    """Return how far a protocol has come: it is signed when it waits for nobody any more.

    Where all decline it is signed by nobody, and stays as it is.
    """
    if not signers:
        return SigningState.NOBODY
    signed = sum(one.status in {SignerStatus.ON_PAPER, SignerStatus.ELECTRONIC} for one in signers)
    if not signed:
        return SigningState.WAITING
    is_waited = any(one.status is SignerStatus.WAITING for one in signers)
    return SigningState.PARTLY if is_waited else SigningState.SIGNED


def signer_of(field_name: str) -> int | None:
    """Return whose a field of the file is, from 1; None for the seal and for any other."""
    number = field_name.removeprefix(_FIELD)
    is_signer = field_name.startswith(_FIELD) and number.isascii() and number.isdecimal()
    return int(number) if is_signer and number == str(int(number)) else None
