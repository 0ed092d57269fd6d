"""What people sign: a sealed protocol, an excerpt, an agreement, as it lies in the vault.

Whatever is signed is found here, so that its scans and its signers are recorded in one way.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trygga_desktop.documents.fingerprint import fingerprint_of, in_words
from trygga_desktop.documents.record import control_code
from trygga_desktop.domain.agreement import Agreement, PaperAnswer, Side
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NoSealError,
    SealedFileChangedError,
    TamperedError,
)
from trygga_desktop.domain.excerpts import Copy, GivenExcerpt
from trygga_desktop.domain.scanning import Payload
from trygga_desktop.domain.sealing import FIRST_REVISION, SealedProtocol
from trygga_desktop.domain.signatures import (
    FileSignature,
    PaperKind,
    SignerState,
    SignerStatus,
    SigningState,
    signer_of,
    signing_state,
    states_of,
)
from trygga_desktop.i18n import LANGUAGES, STOCKHOLM, load_language
from trygga_desktop.services.agreement_papers import (
    AgreementPaper,
    find_agreement,
    hash_of_agreement,
)
from trygga_desktop.services.copies import copies_of
from trygga_desktop.services.copy_names import recipient_of
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.plan_papers import agreement_to_sign
from trygga_desktop.services.sealed_files import (
    find_excerpt,
    find_protocol,
    newest_of,
    read_checked,
)
from trygga_desktop.services.signature_records import check_records
from trygga_desktop.services.standing import stand
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPaper:
    """A paper that people sign, and what it takes to know it again when it comes back.

    `number` is that of its meeting, and of a plan and an agreement that of the version. Nobody can
    have signed before the day `first`, on which the paper came to be. An excerpt is for a
    `recipient`, as this `copy` of theirs.
    `prints` are the paper in each way in which it can have been printed: the pages of one of them
    come back. Of a sealed paper `newest` is the file as it is by now, with the signatures in it,
    and `seal` whose seal is on it; an `agreement` is not sealed.
    """

    kind: PaperKind
    id: UUID
    case_id: UUID
    number: int
    first: date
    control_code: str
    payload: Payload
    prints: tuple[bytes, ...]
    seal: str = ""
    newest: bytes = b""
    recipient: str = ""
    copy: Copy | None = None
    agreement: Agreement | None = None

    @property
    def read_as(self) -> UUID:
        """Return what an entry of the log is about when it is read: that of a case lists it."""
        return self.case_id if self.agreement is not None else self.id


def find_paper(work: UnitOfWork, vault: OpenVault, paper_id: UUID) -> SignedPaper:
    """Return a paper that is signed.

    Raise NoAccessError for one that is none of ours, and SealedFileChangedError or TamperedError
    where it is not what the log tells of.
    """
    match find_bare(work, paper_id):
        case GivenExcerpt() as excerpt:
            return _of_excerpt(work, vault, excerpt)
        case AgreementPaper() as agreement:
            return _of_agreement(work, vault, agreement)
        case protocol:
            return _of_protocol(work, protocol)


def find_bare(work: UnitOfWork, paper_id: UUID) -> SealedProtocol | GivenExcerpt | AgreementPaper:
    """Return a paper without its pages: its scans are there even where its file is not.

    Raise what `find_paper` does.
    """
    if work.excerpts.case_of(paper_id) is not None:
        return find_excerpt(work, paper_id)
    if work.protocols.case_of(paper_id) is not None:
        return find_protocol(work, paper_id)
    return find_agreement(work, paper_id)


def check_signable(paper: SignedPaper) -> None:
    """Raise InvalidInputError for what no signature is recorded of beside its scans.

    An excerpt that never left nobody can have signed, and who signed an agreement stands in it.
    """
    if paper.copy is not None and paper.copy.is_spoilt:
        raise InvalidInputError(field="copy", flaw=paper.copy.state.value)
    if paper.agreement is not None:
        raise InvalidInputError(field="signer", flaw="in_agreement")


def signers_of(work: UnitOfWork, paper: SignedPaper) -> tuple[SignerState, ...]:
    """Return who signs, by what was sealed or agreed, and how far each of them has come."""
    if paper.agreement is not None:
        return tuple(_sides(paper.agreement))
    # Imported here: it takes as long as starting a small program.
    from trygga_desktop.documents.pdf.verify import verify  # noqa: PLC0415  as above
    from trygga_desktop.documents.verdict import Outcome  # noqa: PLC0415  as above

    verdict = verify(paper.newest, asked=paper.seal, compares=False)
    if verdict.outcome is not Outcome.UNCHANGED or verdict.record is None:
        raise SealedFileChangedError
    seals = {paper.seal}
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
    noted = None if paper.copy is None else paper.copy.noted_signed_on
    return states_of(signers, work.signatures.events(paper), in_file, noted=noted)


def signing_of(work: UnitOfWork, protocol: SealedProtocol) -> SigningState | None:
    """Return how far the signing of a protocol has come, None before anything of it is recorded.

    None is answered too where what is recorded is not whole: whoever reads the signers is told so.
    """
    try:
        check_records(work, protocol)
        is_signed = newest_of(work, protocol) > FIRST_REVISION
        if not is_signed and not work.signatures.events(protocol):
            return None
        return signing_state(signers_of(work, _of_protocol(work, protocol)))
    except (SealedFileChangedError, TamperedError):
        return None


def _of_protocol(work: UnitOfWork, protocol: SealedProtocol) -> SignedPaper:
    meeting, _ = find_meeting(work, protocol.meeting_id)
    pdf, newest = read_checked(work, protocol, FIRST_REVISION), newest_of(work, protocol)
    return SignedPaper(
        kind=PaperKind.PLAN if protocol.kind.is_plan else PaperKind.PROTOCOL,
        id=protocol.id,
        case_id=protocol.case_id,
        number=protocol.plan_version or meeting.number,
        first=protocol.sealed_at.astimezone(STOCKHOLM).date(),
        control_code=protocol.control_code,
        payload=Payload(protocol.id, protocol.record_hash),
        seal=protocol.seal,
        prints=(pdf,),
        newest=pdf if newest == FIRST_REVISION else read_checked(work, protocol, newest),
    )


def _of_excerpt(work: UnitOfWork, vault: OpenVault, excerpt: GivenExcerpt) -> SignedPaper:
    meeting, _ = find_meeting(work, excerpt.meeting_id)
    try:
        pdf = work.excerpts.file(excerpt)
    except TamperedError:
        raise SealedFileChangedError from None
    standing = stand(work, vault, work.cases.find(excerpt.case_id))
    copies = {one.id: one for one in copies_of(work, excerpt.case_id)}
    return SignedPaper(
        kind=PaperKind.EXCERPT,
        id=excerpt.id,
        case_id=excerpt.case_id,
        number=meeting.number,
        first=excerpt.given_at.astimezone(STOCKHOLM).date(),
        control_code=excerpt.control_code,
        payload=Payload(excerpt.id, excerpt.record_hash),
        seal=excerpt.seal,
        prints=(pdf,),
        newest=pdf,
        recipient=recipient_of(vault, standing, excerpt),
        copy=copies[excerpt.id],
    )


def _of_agreement(work: UnitOfWork, vault: OpenVault, paper: AgreementPaper) -> SignedPaper:
    version = paper.version
    standing = stand(work, vault, work.cases.find(paper.case_id))
    record_hash = hash_of_agreement(version)
    return SignedPaper(
        kind=PaperKind.AGREEMENT,
        id=version.id,
        case_id=paper.case_id,
        number=version.number,
        first=version.made_at.astimezone(STOCKHOLM).date(),
        control_code=control_code(record_hash),
        payload=Payload(version.id, record_hash),
        prints=tuple(
            agreement_to_sign(work, vault, standing, version.number, load_language(code))
            for code in LANGUAGES
        ),
        agreement=version,
    )


def _sides(version: Agreement) -> Iterator[SignerState]:
    """Yield who signs an agreement, as it is told there."""
    statuses = {
        PaperAnswer.SIGNED: SignerStatus.ON_PAPER,
        PaperAnswer.DECLINED: SignerStatus.DECLINED,
    }
    for place, side in enumerate(Side, start=1):
        answer = version.answer_of(side)
        if answer is None:
            yield SignerState(signer=place, role=side.value, name="")
        else:
            yield SignerState(
                signer=place,
                role=side.value,
                name=answer.name,
                status=statuses[answer.answer],
                signed_on=answer.on,
                reason=answer.words,
            )
