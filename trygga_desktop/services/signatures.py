"""Use cases that record who has signed a sealed protocol, and keep the scans that show it."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid4

from trygga_desktop.documents.fingerprint import fingerprint_of, in_words
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NoSealError,
    SealedFileChangedError,
    TamperedError,
)
from trygga_desktop.domain.matching import ScanFound
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.scanning import (
    MOST_BYTES,
    Payload,
    ScanError,
    ScanFlaw,
    ScanKind,
    kind_of,
)
from trygga_desktop.domain.sealing import FIRST_REVISION, SealedProtocol
from trygga_desktop.domain.signatures import (
    MOST_REASON,
    FileSignature,
    Scan,
    ScanFile,
    SignatureEvent,
    SignatureKind,
    SignerState,
    SigningState,
    signer_of,
    signing_state,
    states_of,
)
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.sealed_files import find_protocol, newest_of, read_checked
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_RECORDED = (Action.SIGNATURES_RECORDED,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureList:
    """Who has signed a protocol, and what is needed to know its paper again.

    `others` are the ids of all other protocols and excerpts of the vault. `pdf` is the protocol as
    it was sealed: its pages are those that come back. `held_on` is the meeting's day; `names` are
    those of whoever kept a scan.
    """

    protocol: SealedProtocol
    case_number: str
    held_on: date
    signers: tuple[SignerState, ...]
    scans: tuple[Scan, ...]
    names: Mapping[UUID, str]
    payload: Payload
    others: frozenset[UUID]
    pdf: bytes

    @property
    def state(self) -> SigningState:
        """Return how far the protocol has come."""
        return signing_state(self.signers)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOnPaper:
    """Somebody's signature as it stands on the paper: whose, and of which day."""

    signer: int
    on: date


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file of a scan, and what it is."""

    kind: ScanKind
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepScan:
    """A scan that a person has looked at, what its pages were found to be, and who signed there."""

    protocol_id: UUID
    files: tuple[BroughtFile, ...]
    found: ScanFound
    signed: tuple[SignedOnPaper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineSignature:
    """Somebody does not sign, and why."""

    protocol_id: UUID
    signer: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackSignature:
    """What was recorded of somebody was wrong, and why."""

    protocol_id: UUID
    signer: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadScan:
    """Which scan of which protocol is looked at."""

    protocol_id: UUID
    scan_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptScan:
    """A scan as it came. Its bytes are a stranger's: only a reader of scans opens them."""

    scan: Scan
    files: tuple[BroughtFile, ...]


@use_case(Permission.WORK_IN_CASE)
def read_signatures(protocol_id: UUID, *, vault: OpenVault) -> Done[SignatureList]:
    """Return who has signed a protocol, on paper and in its file.

    Raise NoAccessError for one that is none of ours, SealedFileChangedError where its file is not
    what the log tells of, and TamperedError where a record of its signers is gone or was changed.
    """
    with vault.work() as work:
        protocol = find_protocol(work, protocol_id)
        case = work.cases.find(protocol.case_id).case
        meeting, _ = find_meeting(work, protocol.meeting_id)
        check_records(work, protocol)
        told = SignatureList(
            protocol=protocol,
            case_number=case.case_number,
            held_on=meeting.starts_at.astimezone(STOCKHOLM).date(),
            signers=signers_of(work, protocol),
            scans=tuple(work.signatures.scans(protocol)),
            names={one.id: one.name for one in work.accounts.all(work.roster)},
            payload=Payload(protocol.id, protocol.record_hash),
            others=(work.protocols.ids() | work.excerpts.ids()) - {protocol.id},
            pdf=read_checked(work, protocol, FIRST_REVISION),
        )
        work.commit(Action.SIGNATURES_READ, protocol_id)
    return Done(told)


@use_case(Permission.SEAL_PROTOCOL)
def keep_scan(command: KeepScan, *, vault: OpenVault) -> Done[UUID]:
    """Store a scan beside its protocol, record who signed there, and return the scan's id.

    Raise InvalidInputError for a scan that is not whole or not what it is said to be, for a signer
    whom the protocol does not wait for, and for a day before the meeting or after today.
    """
    if not command.found.is_complete:
        raise InvalidInputError(field="scan", flaw="incomplete")
    _check_files(command.files)
    with vault.work() as work:
        protocol = find_protocol(work, command.protocol_id)
        check_records(work, protocol)
        meeting, _ = find_meeting(work, protocol.meeting_id)
        check_signed(
            command.signed,
            signers_of(work, protocol),
            first=meeting.starts_at.astimezone(STOCKHOLM).date(),
            last=work.at.astimezone(STOCKHOLM).date(),
        )
        scan = Scan(
            id=uuid4(),
            protocol_id=protocol.id,
            sequence=1 + len(work.signatures.scans(protocol)),
            files=tuple(ScanFile(one.kind, sha256(one.data).hexdigest()) for one in command.files),
            page_count=len(command.found.pages),
            kept_by=work.keyring.principal,
            kept_at=work.at,
            by_hand=tuple(one.place for one in command.found.pages if one.by_hand),
        )
        work.signatures.add_scan(protocol, scan, [one.data for one in command.files])
        for one in sorted(command.signed, key=lambda signed: signed.signer):
            record(
                work,
                protocol,
                one.signer,
                SignatureKind.ON_PAPER,
                signed_on=one.on,
                scan_id=scan.id,
            )
        commit_records(work, protocol)
    return Done(scan.id, Changes(meetings=True))


@use_case(Permission.SEAL_PROTOCOL)
def decline_signature(command: DeclineSignature, *, vault: OpenVault) -> Done[None]:
    """Record that somebody does not sign.

    Raise InvalidInputError for a reason that is empty or too long, and for a signer whom the
    protocol does not wait for.
    """
    check_reason(command.reason)
    with vault.work() as work:
        protocol = find_protocol(work, command.protocol_id)
        check_records(work, protocol)
        state = signer_at(signers_of(work, protocol), command.signer)
        if not state.is_waited_for:
            raise InvalidInputError(field="signer", flaw="not_waiting")
        reason = command.reason.strip()
        record(work, protocol, command.signer, SignatureKind.DECLINED, reason=reason)
        commit_records(work, protocol)
    return Done(None, Changes(meetings=True))


@use_case(Permission.SEAL_PROTOCOL)
def take_back_signature(command: TakeBackSignature, *, vault: OpenVault) -> Done[None]:
    """Record that what was recorded of a signer was wrong: the protocol waits for them again.

    What was recorded stays in the log, and a signature in the file stays there: it is nobody's
    until somebody says otherwise. Raise InvalidInputError for a reason that is empty or too long,
    and where nothing was recorded.
    """
    check_reason(command.reason)
    with vault.work() as work:
        protocol = find_protocol(work, command.protocol_id)
        check_records(work, protocol)
        state = signer_at(signers_of(work, protocol), command.signer)
        if state.is_waited_for:
            raise InvalidInputError(field="signer", flaw="waiting")
        reason = command.reason.strip()
        record(work, protocol, command.signer, SignatureKind.TAKEN_BACK, reason=reason)
        commit_records(work, protocol)
    return Done(None, Changes(meetings=True))


@use_case(Permission.WORK_IN_CASE)
def read_scan(command: ReadScan, *, vault: OpenVault) -> Done[KeptScan]:
    """Return a scan that is kept beside its protocol; log it.

    Raise NoAccessError for a protocol that is none of ours, and TamperedError for a scan that is
    not there or was changed.
    """
    with vault.work() as work:
        protocol = find_protocol(work, command.protocol_id)
        check_records(work, protocol)
        scans = {one.id: one for one in work.signatures.scans(protocol)}
        if command.scan_id not in scans:
            raise TamperedError
        scan = scans[command.scan_id]
        data = work.signatures.scan_bytes(protocol, scan)
        work.commit(Action.SCAN_READ, protocol.id)
    files = zip((one.kind for one in scan.files), data, strict=True)
    return Done(KeptScan(scan=scan, files=tuple(BroughtFile(*one) for one in files)))


def check_records(work: UnitOfWork, protocol: SealedProtocol) -> None:
    """Raise TamperedError unless what is recorded of the signers is all that the log tells of."""
    may = Permission.SEAL_PROTOCOL
    logged = [
        one.digest
        for one in work.audit.entries_of(_RECORDED, (protocol.id,))
        if work.trust.keys_with(one.actor_id, may)
    ]
    if work.signatures.digest(protocol) != (logged[-1] if logged else b""):
        raise TamperedError


def signing_of(work: UnitOfWork, protocol: SealedProtocol) -> SigningState | None:
    """Return how far the signing of a protocol has come, None before anything of it is recorded.

    None is answered too where what is recorded is not whole: whoever reads the signers is told so.
    """
    try:
        check_records(work, protocol)
        is_signed = newest_of(work, protocol) > FIRST_REVISION
        if not is_signed and not work.signatures.events(protocol):
            return None
        return signing_state(signers_of(work, protocol))
    except (SealedFileChangedError, TamperedError):
        return None


def are_records_whole(work: UnitOfWork, protocol: SealedProtocol) -> bool:
    """Return whether what is recorded of the signers, and each scan, is what the log tells of."""
    try:
        check_records(work, protocol)
        for one in work.signatures.scans(protocol):
            work.signatures.scan_bytes(protocol, one)
    except TamperedError:
        return False
    return True


def signers_of(work: UnitOfWork, protocol: SealedProtocol) -> tuple[SignerState, ...]:
    """Return who signs, by the record in the file, and how far each of them has come."""
    # Imported here: it takes as long as starting a small program.
    from trygga_desktop.documents.pdf.verify import verify  # noqa: PLC0415  as above
    from trygga_desktop.documents.verdict import Outcome  # noqa: PLC0415  as above

    pdf = read_checked(work, protocol, newest_of(work, protocol))
    verdict = verify(pdf, asked=protocol.seal, compares=False)
    if verdict.outcome is not Outcome.UNCHANGED or verdict.record is None:
        raise SealedFileChangedError
    seals = {protocol.seal}
    with suppress(NoSealError, TamperedError):
        seals.add(fingerprint_of(work.seals.newest(work.trust).certificate))
    in_file = {}
    for one in verdict.signatures:
        signer = signer_of(one.field_name)
        if signer is not None:
            in_file[signer] = FileSignature(
                name=one.name,
                fingerprint=one.fingerprint,
                words=in_words(one.fingerprint),
                on=None if one.at is None else one.at.astimezone(STOCKHOLM).date(),
                is_ahead=one.at is not None and one.at > work.at,
                is_seal=one.fingerprint in seals,
            )
    signers = [(one.role, one.name) for one in verdict.record.content.signers]
    return states_of(signers, work.signatures.events(protocol), in_file)


def signer_at(signers: tuple[SignerState, ...], place: int) -> SignerState:
    """Return the signer at a place; raise InvalidInputError where there is none."""
    for one in signers:
        if one.signer == place:
            return one
    raise InvalidInputError(field="signer", flaw="unknown")


def _check_files(files: tuple[BroughtFile, ...]) -> None:
    if not files:
        raise InvalidInputError(field="scan", flaw=ScanFlaw.EMPTY.value)
    if sum(len(one.data) for one in files) > MOST_BYTES:
        raise InvalidInputError(field="scan", flaw=ScanFlaw.TOO_LARGE.value)
    try:
        kinds = [kind_of(one.data, "") for one in files]
    except ScanError as error:
        raise InvalidInputError(field="scan", flaw=error.flaw.value) from error
    if kinds != [one.kind for one in files]:
        raise InvalidInputError(field="scan", flaw=ScanFlaw.MISNAMED.value)


def check_signed(
    signed: Iterable[SignedOnPaper],
    signers: tuple[SignerState, ...],
    *,
    first: date,
    last: date,
) -> None:
    """Raise InvalidInputError unless each waits to sign, and on a day that can be."""
    seen: set[int] = set()
    for one in signed:
        state = signer_at(signers, one.signer)
        if state.is_signed or one.signer in seen:
            raise InvalidInputError(field="signer", flaw="signed")
        if not first <= one.on <= last:
            raise InvalidInputError(field="day", flaw="out_of_range")
        seen.add(one.signer)


def check_reason(reason: str) -> None:
    """Raise InvalidInputError for a reason that is empty or too long."""
    if not reason.strip():
        raise InvalidInputError(field="reason", flaw="missing")
    if len(reason) > MOST_REASON:
        raise InvalidInputError(field="reason", flaw="length")


def record(  # noqa: PLR0913  all but four have a default
    work: UnitOfWork,
    protocol: SealedProtocol,
    signer: int,
    kind: SignatureKind,
    *,
    signed_on: date | None = None,
    scan_id: UUID | None = None,
    reason: str = "",
    certificate: str = "",
) -> None:
    """Store what is said of a signer behind what there is."""
    event = SignatureEvent(
        id=uuid4(),
        protocol_id=protocol.id,
        sequence=1 + len(work.signatures.events(protocol)),
        signer=signer,
        kind=kind,
        recorded_by=work.keyring.principal,
        recorded_at=work.at,
        signed_on=signed_on,
        scan_id=scan_id,
        reason=reason,
        certificate=certificate,
    )
    work.signatures.add(protocol, event)


def commit_records(work: UnitOfWork, protocol: SealedProtocol) -> None:
    """Tie the log to all that is recorded of a protocol now."""
    digest = work.signatures.digest(protocol)
    work.commit(Action.SIGNATURES_RECORDED, protocol.id, digest=digest)
