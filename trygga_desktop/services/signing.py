"""Use cases that say who signed where no scan shows it: on paper that was seen, and in the file."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.signatures import SignatureKind, SignerStatus
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.signature_records import check_records, commit_records, record
from trygga_desktop.services.signatures import SignedOnPaper, check_reason, check_signed, signer_at
from trygga_desktop.services.signed_papers import check_signable, find_paper, signers_of
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOnPaper:
    """Somebody was seen to have signed the paper, of which there is no scan, and why not."""

    paper_id: UUID
    signer: int
    on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSignature:
    """The signature in a signer's field of the file is theirs: `fingerprint` is what was shown."""

    paper_id: UUID
    signer: int
    fingerprint: str


@use_case(Permission.SEAL_PROTOCOL)
def record_on_paper(command: RecordOnPaper, *, vault: OpenVault) -> Done[None]:
    """Record that somebody has signed the paper, where it is not scanned.

    Raise InvalidInputError for a reason that is empty or too long, a signer whom the paper does
    not wait for, and a day before the meeting or after today.
    """
    check_reason(command.reason)
    with vault.work() as work:
        paper = find_paper(work, vault, command.paper_id)
        check_signable(paper)
        check_records(work, paper)
        check_signed(
            [SignedOnPaper(signer=command.signer, on=command.on)],
            signers_of(work, paper),
            first=paper.first,
            last=work.today,
        )
        record(
            work,
            paper,
            command.signer,
            SignatureKind.ON_PAPER,
            signed_on=command.on,
            reason=command.reason.strip(),
        )
        commit_records(work, paper)
    return Done(None, Changes(meetings=True))


@use_case(Permission.SEAL_PROTOCOL)
def name_signature(command: NameSignature, *, vault: OpenVault) -> Done[None]:
    """Record that the signature in a signer's field of the file is theirs, as a person has said.

    Raise InvalidInputError where there is none that waits for that, where it is another than was
    shown, and where it was made with the vault's own seal, which is nobody's signature.
    """
    with vault.work() as work:
        paper = find_paper(work, vault, command.paper_id)
        check_records(work, paper)
        state = signer_at(signers_of(work, paper), command.signer)
        if state.status is not SignerStatus.UNNAMED or state.in_file is None:
            raise InvalidInputError(field="signer", flaw="not_in_file")
        if state.in_file.fingerprint != command.fingerprint:
            raise InvalidInputError(field="certificate", flaw="another")
        if state.in_file.is_seal:
            raise InvalidInputError(field="certificate", flaw="seal")
        record(
            work,
            paper,
            command.signer,
            SignatureKind.IN_FILE,
            certificate=command.fingerprint,
        )
        commit_records(work, paper)
    return Done(None, Changes(meetings=True))
