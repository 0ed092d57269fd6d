"""Who has signed a paper, and how: told by events, of which the last one counts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from trygga_desktop.domain.scanning import ScanKind

MOST_REASON = 500
"""The longest reason in characters."""

_FIELD = "Signature"


class PaperKind(StrEnum):
    """What is signed on paper."""

    PROTOCOL = "protocol"
    PLAN = "plan"
    EXCERPT = "excerpt"
    AGREEMENT = "agreement"


class PaperOfCase(Protocol):
    """Whatever is signed: its id, and the case that it is of."""

    @property
    def id(self) -> UUID:
        """Return what no other paper has."""

    @property
    def case_id(self) -> UUID:
        """Return whose keys its scans are encrypted with."""


class SignatureKind(StrEnum):
    """What is recorded of a signer."""

    ON_PAPER = "on_paper"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    IN_FILE = "in_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureEvent:
    """What somebody recorded of one signer, who is told by their place on the paper, from 1.

    `signed_on` is the day that stands on the paper, and `scan_id` the scan that shows it; where
    there is none a `reason` says why. Whoever declines, or is taken back, does so for a `reason`
    too. `certificate` is the fingerprint of the one whose signature in the file was said to be
    theirs. `sequence` counts the events of the paper from 1; `recorded_at` is aware, in UTC.
    """

    id: UUID
    paper_id: UUID
    sequence: int
    signer: int
    kind: SignatureKind
    recorded_by: UUID
    recorded_at: datetime
    signed_on: date | None = None
    scan_id: UUID | None = None
    reason: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class ScanFile:
    """One file of a scan: what it is, and the SHA-256 of its bytes in hex digits."""

    kind: ScanKind
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A scan that is kept beside its paper, in one file or in a photo of each page.

    `by_hand` are the pages, by their place in all files, that a person had to say something about.
    `kept_at` is aware, in UTC.
    """

    id: UUID
    paper_id: UUID
    sequence: int
    files: tuple[ScanFile, ...]
    page_count: int
    kept_by: UUID
    kept_at: datetime
    by_hand: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSignature:
    """A signature in a signer's field of the file: whose it is only a person can say.

    `name` and `fingerprint` are those of the certificate, the latter in `words` too: nobody whom
    the program knows of vouches for it. `on` is the day that the signature gives itself. It
    `is_ahead` where its time is to come, and `is_seal` where it was made with the vault's own seal,
    which is nobody's hand.
    """

    name: str
    fingerprint: str
    words: str
    on: date | None = None
    is_ahead: bool = False
    is_seal: bool = False


class SignerStatus(StrEnum):
    """How far one signer has come: `UNNAMED` is a signature in the file that nobody has named."""

    WAITING = "waiting"
    UNNAMED = "unnamed"
    ON_PAPER = "on_paper"
    ELECTRONIC = "electronic"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerState:
    """One signer by their place on the paper, from 1, and how far they have come."""

    signer: int
    role: str
    name: str
    status: SignerStatus = SignerStatus.WAITING
    signed_on: date | None = None
    reason: str = ""
    scan_id: UUID | None = None
    in_file: FileSignature | None = None

    @property
    def is_signed(self) -> bool:
        """Tell whether they have signed, as a person has said."""
        return self.status in {SignerStatus.ON_PAPER, SignerStatus.ELECTRONIC}

    @property
    def is_waited_for(self) -> bool:
        """Tell whether the paper still waits for them, or for somebody to say what they did."""
        return self.status in {SignerStatus.WAITING, SignerStatus.UNNAMED}


class SigningState(StrEnum):
    """How far the signing of a paper has come."""

    NOBODY = "nobody"
    WAITING = "waiting"
    PARTLY = "partly"
    SIGNED = "signed"
    DECLINED = "declined"


def states_of(
    signers: Iterable[tuple[str, str]],
    events: Iterable[SignatureEvent],
    in_file: Mapping[int, FileSignature],
    *,
    noted: date | None = None,
) -> tuple[SignerState, ...]:
    """Return each signer, told by role and name in the order of the paper.

    `in_file` tells whose fields of the file hold a signature. It counts once somebody has said that
    it is theirs, for the certificate that was looked at then, and until that is taken back. `noted`
    is the day on which all have signed as an earlier version noted it, until an event says more.
    """
    newest: dict[int, SignatureEvent] = {}
    for one in events:
        newest[one.signer] = one
    states = [
        _state_of(at, role, name, newest.get(at), in_file.get(at))
        for at, (role, name) in enumerate(signers, start=1)
    ]
    if noted is None:
        return tuple(states)
    return tuple(
        one if one.signer in newest else replace(one, status=SignerStatus.ON_PAPER, signed_on=noted)
        for one in states
    )


def _state_of(
    signer: int,
    role: str,
    name: str,
    newest: SignatureEvent | None,
    in_file: FileSignature | None,
) -> SignerState:
    state = SignerState(signer=signer, role=role, name=name, in_file=in_file)
    if newest is None or newest.kind in {SignatureKind.TAKEN_BACK, SignatureKind.IN_FILE}:
        if in_file is None:
            return state
        is_theirs = newest is not None and newest.certificate == in_file.fingerprint
        status = SignerStatus.ELECTRONIC if is_theirs else SignerStatus.UNNAMED
        return replace(state, status=status, signed_on=in_file.on)
    is_declined = newest.kind is SignatureKind.DECLINED
    return replace(
        state,
        status=SignerStatus.DECLINED if is_declined else SignerStatus.ON_PAPER,
        signed_on=newest.signed_on,
        reason=newest.reason,
        scan_id=newest.scan_id,
    )


def signing_state(signers: Collection[SignerState]) -> SigningState:
    """Return how far a paper has come: it is signed when it waits for nobody any more."""
    if not signers:
        return SigningState.NOBODY
    is_signed = any(one.is_signed for one in signers)
    if any(one.is_waited_for for one in signers):
        return SigningState.PARTLY if is_signed else SigningState.WAITING
    return SigningState.SIGNED if is_signed else SigningState.DECLINED


def signer_of(field_name: str) -> int | None:
    """Return whose a field of the file is, from 1; None for the seal and for any other."""
    number = field_name.removeprefix(_FIELD)
    is_signer = field_name.startswith(_FIELD) and number.isascii() and number.isdecimal()
    return int(number) if is_signer and number == str(int(number)) else None
