"""Steps of use cases that record who signed a paper, and tie all of it to the log."""

from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.signatures import PaperOfCase, SignatureEvent, SignatureKind
from trygga_desktop.storage.work import UnitOfWork

_RECORDED = (Action.SIGNATURES_RECORDED,)


def check_records(work: UnitOfWork, paper: PaperOfCase) -> None:
    """Raise TamperedError unless what is recorded of the signers is all that the log tells of."""
    may = Permission.SEAL_PROTOCOL
    logged = [
        one.digest
        for one in work.audit.entries_of(_RECORDED, (paper.id,))
        if work.trust.keys_with(one.actor_id, may)
    ]
    if work.signatures.digest(paper) != (logged[-1] if logged else b""):
        raise TamperedError


def are_records_whole(work: UnitOfWork, paper: PaperOfCase) -> bool:
    """Return whether what is recorded of the signers, and each scan, is what the log tells of."""
    try:
        check_records(work, paper)
        for one in work.signatures.scans(paper):
            work.signatures.scan_bytes(paper, one)
    except TamperedError:
        return False
    return True


def record(  # noqa: PLR0913  all but four have a default
    work: UnitOfWork,
    paper: PaperOfCase,
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
        paper_id=paper.id,
        sequence=1 + len(work.signatures.events(paper)),
        signer=signer,
        kind=kind,
        recorded_by=work.keyring.principal,
        recorded_at=work.at,
        signed_on=signed_on,
        scan_id=scan_id,
        reason=reason,
        certificate=certificate,
    )
    work.signatures.add(paper, event)


def commit_records(work: UnitOfWork, paper: PaperOfCase) -> None:
    """Tie the log to all that is recorded of a paper now."""
    digest = work.signatures.digest(paper)
    work.commit(Action.SIGNATURES_RECORDED, paper.id, digest=digest)
