"""Use cases that record who has signed a paper, and keep the scans that show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError, TamperedError
from trygga_desktop.domain.matching import ScanFound
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.scanning import (
    MOST_BYTES,
    ScanError,
    ScanFlaw,
    ScanKind,
    kind_of,
)
from trygga_desktop.domain.signatures import (
    MOST_REASON,
    Scan,
    ScanFile,
    SignatureKind,
    SignerState,
    SigningState,
    signing_state,
)
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.signature_records import check_records, commit_records, record
from trygga_desktop.services.signed_papers import (
    SignedPaper,
    check_signable,
    find_bare,
    find_paper,
    signers_of,
)
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureList:
    """Who has signed a paper, and what is needed to know it again.

    `others` are the ids of all other protocols and excerpts of the vault, and of the agreements of
    its case: those of another case are found by their code, where that case opens. `names` are
    those of whoever kept a scan.
    """

    paper: SignedPaper
    case_number: str
    signers: tuple[SignerState, ...]
    scans: tuple[Scan, ...]
    names: Mapping[UUID, str]
    others: frozenset[UUID]

    @property
    def state(self) -> SigningState:
        """Return how far the paper has come."""
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

    paper_id: UUID
    files: tuple[BroughtFile, ...]
    found: ScanFound
    signed: tuple[SignedOnPaper, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineSignature:
    """Somebody does not sign, and why."""

    paper_id: UUID
    signer: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackSignature:
    """What was recorded of somebody was wrong, and why."""

    paper_id: UUID
    signer: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadScan:
    """Which scan of which paper is looked at."""

    paper_id: UUID
    scan_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptScan:
    """A scan as it came. Its bytes are a stranger's: only a reader of scans opens them."""

    scan: Scan
    files: tuple[BroughtFile, ...]


@use_case(Permission.WORK_IN_CASE)
def read_signatures(paper_id: UUID, *, vault: OpenVault) -> Done[SignatureList]:
    """Return who has signed a protocol, an excerpt or an agreement, on paper and in its file.

    Raise NoAccessError for one that is none of ours, SealedFileChangedError where its file is not
    what the log tells of, and TamperedError where a record of its signers is gone or was changed.
    """
    with vault.work() as work:
        paper = find_paper(work, vault, paper_id)
        case = work.cases.find(paper.case_id).case
        others = {*work.protocols.ids(), *work.excerpts.ids(), *(one.id for one in case.agreements)}
        check_records(work, paper)
        told = SignatureList(
            paper=paper,
            case_number=case.case_number,
            signers=signers_of(work, paper),
            scans=tuple(work.signatures.scans(paper)),
            names={one.id: one.name for one in work.accounts.all(work.roster)},
            others=frozenset(others - {paper.id}),
        )
        work.commit(Action.SIGNATURES_READ, paper.read_as)
    return Done(told)


@use_case(Permission.SEAL_PROTOCOL)
def keep_scan(command: KeepScan, *, vault: OpenVault) -> Done[UUID]:
    """Store a scan beside its paper, record who signed there, and return the scan's id.

    Raise InvalidInputError for a scan that is not whole or not what it is said to be, for a signer
    whom the paper does not wait for, and for a day before the meeting or after today.
    """
    if not command.found.is_complete:
        raise InvalidInputError(field="scan", flaw="incomplete")
    _check_files(command.files)
    with vault.work() as work:
        paper = find_paper(work, vault, command.paper_id)
        if command.signed:
            check_signable(paper)
        check_records(work, paper)
        check_signed(
            command.signed,
            signers_of(work, paper),
            first=paper.first,
            last=work.at.astimezone(STOCKHOLM).date(),
        )
        scan = Scan(
            id=uuid4(),
            paper_id=paper.id,
            sequence=1 + len(work.signatures.scans(paper)),
            files=tuple(ScanFile(one.kind, sha256(one.data).hexdigest()) for one in command.files),
            page_count=len(command.found.pages),
            kept_by=work.keyring.principal,
            kept_at=work.at,
            by_hand=tuple(one.place for one in command.found.pages if one.by_hand),
        )
        work.signatures.add_scan(paper, scan, [one.data for one in command.files])
        for one in sorted(command.signed, key=lambda signed: signed.signer):
            record(
                work,
                paper,
                one.signer,
                SignatureKind.ON_PAPER,
                signed_on=one.on,
                scan_id=scan.id,
            )
        commit_records(work, paper)
    return Done(scan.id, Changes(meetings=True))


@use_case(Permission.SEAL_PROTOCOL)
def decline_signature(command: DeclineSignature, *, vault: OpenVault) -> Done[None]:
    """Record that somebody does not sign.

    Raise InvalidInputError for a reason that is empty or too long, and for a signer whom the
    paper does not wait for.
    """
    check_reason(command.reason)
    with vault.work() as work:
        paper = find_paper(work, vault, command.paper_id)
        check_signable(paper)
        check_records(work, paper)
        state = signer_at(signers_of(work, paper), command.signer)
        if not state.is_waited_for:
            raise InvalidInputError(field="signer", flaw="not_waiting")
        reason = command.reason.strip()
        record(work, paper, command.signer, SignatureKind.DECLINED, reason=reason)
        commit_records(work, paper)
    return Done(None, Changes(meetings=True))


@use_case(Permission.SEAL_PROTOCOL)
def take_back_signature(command: TakeBackSignature, *, vault: OpenVault) -> Done[None]:
    """Record that what was recorded of a signer was wrong: the paper waits for them again.

    What was recorded stays in the log, and a signature in the file stays there: it is nobody's
    until somebody says otherwise. Raise InvalidInputError for a reason that is empty or too long,
    and where nothing was recorded.
    """
    check_reason(command.reason)
    with vault.work() as work:
        paper = find_paper(work, vault, command.paper_id)
        check_signable(paper)
        check_records(work, paper)
        state = signer_at(signers_of(work, paper), command.signer)
        if state.is_waited_for:
            raise InvalidInputError(field="signer", flaw="waiting")
        reason = command.reason.strip()
        record(work, paper, command.signer, SignatureKind.TAKEN_BACK, reason=reason)
        commit_records(work, paper)
    return Done(None, Changes(meetings=True))


@use_case(Permission.WORK_IN_CASE)
def read_scan(command: ReadScan, *, vault: OpenVault) -> Done[KeptScan]:
    """Return a scan that is kept beside its paper; log it.

    Raise NoAccessError for a paper that is none of ours, and TamperedError for a scan that is
    not there or was changed.
    """
    with vault.work() as work:
        paper = find_bare(work, command.paper_id)
        check_records(work, paper)
        scans = {one.id: one for one in work.signatures.scans(paper)}
        if command.scan_id not in scans:
            raise TamperedError
        scan = scans[command.scan_id]
        data = work.signatures.scan_bytes(paper, scan)
        work.commit(Action.SCAN_READ, paper.id)
    files = zip((one.kind for one in scan.files), data, strict=True)
    return Done(KeptScan(scan=scan, files=tuple(BroughtFile(*one) for one in files)))


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
