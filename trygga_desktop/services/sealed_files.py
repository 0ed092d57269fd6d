"""Use cases that hand out sealed files as they are, find them, and take signed ones back."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from trygga_desktop.documents.fingerprint import in_words
from trygga_desktop.documents.inside import record_inside
from trygga_desktop.documents.record import (
    control_code,
    hash_of,
    write_record,
)
from trygga_desktop.documents.verdict import Outcome, Reason
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Case
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NoAccessError,
    SealedFileChangedError,
    TamperedError,
)
from trygga_desktop.domain.excerpts import GivenExcerpt
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sealing import (
    FIRST_REVISION,
    ProtocolKind,
    SealedProtocol,
    read_code,
)
from trygga_desktop.i18n import load_language
from trygga_desktop.services.agreed_plans import plan_file_name
from trygga_desktop.services.agreement_papers import hash_of_agreement
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.copy_names import recipient_of
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.own_records import are_agreements_as_logged
from trygga_desktop.services.protocols import file_name
from trygga_desktop.services.standing import stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """The bytes of a sealed protocol, byte for byte, and a neutral name for a file with them."""

    protocol: SealedProtocol
    revision: int
    pdf: bytes
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundProtocol:
    """Which protocol a control code stands for, or which excerpt of one.

    `is_same` tells that what is stored is what was sealed under that code. An excerpt has no
    `kind`: it was given to `recipient`, as this `copy` of theirs. `seal_words` tell the seal of its
    own day, which another may have followed since. Of an agreement, which has no seal and no
    meeting, it is the `version`.
    """

    protocol_id: UUID
    case_id: UUID
    meeting_id: UUID | None
    case_number: str
    meeting_number: int
    kind: ProtocolKind | None
    sealed_at: datetime
    is_same: bool
    seal_words: str
    recipient: str = ""
    copy: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSigned:
    """A file that somebody signed and brought back."""

    protocol_id: UUID
    pdf: bytes


@use_case(Permission.WORK_IN_CASE)
def read_sealed(
    protocol_id: UUID, *, revision: int | None = None, vault: OpenVault
) -> Done[SealedFile]:
    """Return a sealed protocol as it was stored, the newest revision if none is named; log it.

    It is compared with the log each time. Raise NoAccessError for one that is none of ours,
    SealedFileChangedError where the bytes are gone or are not those that the log tells of, and
    TamperedError where what stands beside them was changed.
    """
    with vault.work() as work:
        protocol = find_protocol(work, protocol_id)
        wanted = newest_of(work, protocol) if revision is None else revision
        pdf = read_checked(work, protocol, wanted)
        meeting, _ = find_meeting(work, protocol.meeting_id)
        name = file_name(meeting, load_language(protocol.language))
        work.commit(Action.PROTOCOL_READ, protocol_id)
    if protocol.kind.is_plan:
        language = load_language(protocol.language)
        name = plan_file_name(meeting, protocol.plan_version, language)
    if protocol.is_addendum:
        name = name.replace(".pdf", f"-{protocol.addendum_number}.pdf")
    return Done(SealedFile(protocol=protocol, revision=wanted, pdf=pdf, file_name=name))


@use_case(Permission.WORK_IN_CASE)
def log_sealed_printed(protocol_id: UUID, *, vault: OpenVault) -> Done[int]:
    """Write into the log that a copy is printed, before it is sent; return which one that is.

    The number is used up whatever the printer does: the log has it already.
    """
    with vault.work() as work:
        number = 1 + printed_copies(work, find_protocol(work, protocol_id))
        work.commit(Action.PROTOCOL_PRINTED, protocol_id)
    return Done(number)


@use_case(Permission.WORK_IN_CASE)
def log_sealed_saved(protocol_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Write into the log that a sealed protocol is saved as a file, before it is."""
    return _log(Action.PROTOCOL_SAVED, protocol_id, vault)


@use_case(Permission.WORK_IN_CASE)
def log_outdated_confirmed(protocol_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Write into the log that somebody wants a sealed protocol to leave all the same.

    That is before it is printed or saved although its readers may not have all of it any more.
    """
    return _log(Action.OUTDATED_CONFIRMED, protocol_id, vault)


@use_case(Permission.WORK_IN_CASE)
def find_by_code(typed: str, *, vault: OpenVault) -> Done[FoundProtocol | None]:
    """Return the protocol, the excerpt or the agreement that a control code on paper stands for.

    Only the cases open to us are looked through.

    Raise InvalidInputError for what is no such code. With the case open, `is_same` is no more than
    that the vault's own copy is whole: whether the paper says the same is for eyes to compare.
    """
    code = read_code(typed)
    if code is None:
        raise InvalidInputError(field="code", flaw="unreadable")
    with vault.work() as work:
        cases = [opened.case for opened in work.cases.all()]
        told = [one for case in cases for one in _with_code(work, vault, case, code)]
        # Whoever has the key of a case can make its rows tell of another code: of those that are
        # not as the log tells, the files themselves are gone through.
        told = told or [one for case in cases for one in _with_code_inside(work, case, code)]
        # Of two with one code, that is the one which is what was sealed.
        found = next((one for one in told if one.is_same), told[0] if told else None)
        subject = vault.keyring.principal if found is None else found.protocol_id
        work.commit(Action.CODE_LOOKED_UP, subject)
    return Done(found)


@use_case(Permission.SEAL_PROTOCOL)
def add_signed(command: AddSigned, *, vault: OpenVault) -> Done[int]:
    """Store a protocol that came back signed as its next revision, and return which one that is.

    Raise InvalidInputError for a file that is not the sealed one with one or more signatures behind
    what the vault has of it, and what `read_sealed` raises.
    """
    with vault.work() as work:
        protocol = _check_added(work, command)
    # Between two units of work: what a stranger made is read for as long as it takes.
    verdict = vault.environment.verify(command.pdf, protocol.seal)
    if verdict.reason is Reason.TOO_COSTLY:
        raise InvalidInputError(field="file", flaw="too_costly")
    if verdict.outcome is not Outcome.UNCHANGED:
        raise InvalidInputError(field="file", flaw="changed")
    with vault.work() as work:
        protocol = _check_added(work, command)
        revision = work.protocols.add_revision(protocol, command.pdf)
        work.commit(Action.PROTOCOL_SIGNED, protocol.id, digest=sha256(command.pdf).digest())
    return Done(revision, Changes(meetings=True))


def _check_added(work: UnitOfWork, command: AddSigned) -> SealedProtocol:
    """Return the protocol that a file is one of, with something behind what there is of it."""
    protocol = find_protocol(work, command.protocol_id)
    newest = read_checked(work, protocol, newest_of(work, protocol))
    if not command.pdf.startswith(newest):
        raise InvalidInputError(field="file", flaw="another")
    if command.pdf == newest:
        raise InvalidInputError(field="file", flaw="unsigned")
    return protocol


def find_protocol(work: UnitOfWork, protocol_id: UUID) -> SealedProtocol:
    """Return a sealed protocol as the log tells of it.

    Raise NoAccessError if it is none of ours, SealedFileChangedError if it tells otherwise of
    itself, and TamperedError if it cannot be read.
    """
    case_id = work.protocols.case_of(protocol_id)
    if case_id is None:
        raise NoAccessError
    work.cases.find(case_id)
    for one in work.protocols.of_case(case_id):
        if one.id == protocol_id:
            if not work.protocols.is_told(one):
                raise SealedFileChangedError
            return one
    raise TamperedError


def find_excerpt(work: UnitOfWork, excerpt_id: UUID) -> GivenExcerpt:
    """Return an excerpt; raise NoAccessError if it is none of ours, or SealedFileChangedError."""
    case_id = work.excerpts.case_of(excerpt_id)
    if case_id is None:
        raise NoAccessError
    work.cases.find(case_id)
    for one in work.excerpts.of_case(case_id):
        if one.id == excerpt_id:
            return one
    raise SealedFileChangedError


def printed_copies(work: UnitOfWork, protocol: SealedProtocol) -> int:
    """Return the number of the newest copy that was printed; each is used up by its log entry."""
    printed = work.audit.entries_of((Action.PROTOCOL_PRINTED, Action.COPY_PRINTED), (protocol.id,))
    may = Permission.WORK_IN_CASE
    return sum(bool(work.trust.keys_with(one.actor_id, may)) for one in printed)


def printed_numbers(work: UnitOfWork, protocol: SealedProtocol) -> set[int]:
    """Return the numbers of the copies that came out of a printer, as far as is known.

    A failure is told of the newest that had not failed yet: printing stopped there. Of somebody's
    own copy the distribution list tells it.
    """
    actions = (Action.PROTOCOL_PRINTED, Action.COPY_PRINTED, Action.PRINT_FAILED)
    may = Permission.WORK_IN_CASE
    newest, there, own = 0, list[int](), set[int]()
    for entry in work.audit.entries_of(actions, (protocol.id,)):
        if not work.trust.keys_with(entry.actor_id, may):
            continue
        if entry.action is Action.PRINT_FAILED:
            del there[-1:]
            continue
        newest += 1
        if entry.action is Action.COPY_PRINTED:
            own.add(newest)
        else:
            there.append(newest)
    return own.union(there)


def read_checked(work: UnitOfWork, protocol: SealedProtocol, revision: int) -> bytes:
    """Return the bytes of a revision.

    Raise SealedFileChangedError unless the log tells of them, and of all that `protocol` tells.
    """
    try:
        pdf = work.protocols.file(protocol, revision)
    except TamperedError:
        raise SealedFileChangedError from None
    digest = sha256(pdf).digest()
    if revision == FIRST_REVISION:
        is_known = protocol.digest == digest.hex()
    else:
        later = revision - FIRST_REVISION
        is_known = _signed(work, protocol)[later - 1 : later] == [digest]
    if not is_known or not work.protocols.is_told(protocol):
        raise SealedFileChangedError
    return pdf


def read_chain(work: UnitOfWork, case_id: UUID) -> list[SealedProtocol]:
    """Return all protocols of a case, each tied to the one before it, with whole files.

    Raise TamperedError where one is missing or was changed: nothing is sealed behind that.
    """
    chain = work.protocols.chain(case_id)
    for one in chain:
        read_checked(work, one, FIRST_REVISION)
    return chain


def newest_of(work: UnitOfWork, protocol: SealedProtocol) -> int:
    """Return the newest revision; raise SealedFileChangedError if the log knows of another one."""
    newest = work.protocols.newest_revision(protocol.id)
    if newest != FIRST_REVISION + len(_signed(work, protocol)):
        raise SealedFileChangedError
    return newest


def is_whole(work: UnitOfWork, protocol: SealedProtocol) -> bool:
    """Return whether every revision of a protocol is there and is what the log tells of."""
    try:
        for revision in range(FIRST_REVISION, newest_of(work, protocol) + 1):
            read_checked(work, protocol, revision)
    except SealedFileChangedError:
        return False
    return True


def is_excerpt_whole(work: UnitOfWork, excerpt: GivenExcerpt) -> bool:
    """Return whether the bytes of an excerpt are there and are those that were sealed."""
    try:
        record = record_inside(work.excerpts.file(excerpt))
    except TamperedError:
        return False
    if record is None:
        return False
    record_hash = hash_of(write_record(record))
    told = (excerpt.id, excerpt.record_hash, excerpt.control_code)
    return told == (record.protocol_id, record_hash, control_code(record_hash))


def _with_code(
    work: UnitOfWork, vault: OpenVault, case: Case, code: str
) -> Iterator[FoundProtocol]:
    """Yield what of a case has this control code by what its rows tell."""
    for one in work.protocols.of_case(case.id):
        if one.control_code == code:
            yield _found(case, one, is_same=is_whole(work, one))
    for each in work.excerpts.of_case(case.id):
        if each.control_code == code:
            meeting, _ = find_meeting(work, each.meeting_id)
            standing = stand(work, vault, work.cases.find(case.id))
            yield FoundProtocol(
                protocol_id=each.id,
                case_id=each.case_id,
                meeting_id=each.meeting_id,
                case_number=case.case_number,
                meeting_number=meeting.number,
                kind=None,
                sealed_at=each.given_at,
                is_same=is_excerpt_whole(work, each),
                seal_words=in_words(each.seal),
                recipient=recipient_of(vault, standing, each),
                copy=each.copy,
            )
    for version in case.agreements:
        if control_code(hash_of_agreement(version)) == code:
            yield FoundProtocol(
                protocol_id=version.id,
                case_id=case.id,
                meeting_id=None,
                case_number=case.case_number,
                meeting_number=0,
                kind=None,
                sealed_at=version.made_at,
                is_same=are_agreements_as_logged(work, case),
                seal_words="",
                version=version.number,
            )


def _with_code_inside(work: UnitOfWork, case: Case, code: str) -> Iterator[FoundProtocol]:
    """Yield what of a case has this control code by its file, and by its row another one."""
    for one in work.protocols.of_case(case.id):
        if work.protocols.is_told(one):
            continue
        with suppress(TamperedError):
            record = record_inside(work.protocols.file(one))
            if record is not None and control_code(hash_of(write_record(record))) == code:
                yield _found(case, one, is_same=False)


def _found(case: Case, protocol: SealedProtocol, *, is_same: bool) -> FoundProtocol:
    return FoundProtocol(
        protocol_id=protocol.id,
        case_id=protocol.case_id,
        meeting_id=protocol.meeting_id,
        case_number=case.case_number,
        meeting_number=protocol.meeting_number,
        kind=protocol.kind,
        sealed_at=protocol.sealed_at,
        is_same=is_same,
        seal_words=in_words(protocol.seal),
    )


def _signed(work: UnitOfWork, protocol: SealedProtocol) -> list[bytes]:
    """Return what the log says of signed files taken in, by those who then could."""
    entries = work.audit.entries_of((Action.PROTOCOL_SIGNED,), (protocol.id,))
    may = Permission.SEAL_PROTOCOL
    return [one.digest for one in entries if work.trust.keys_with(one.actor_id, may)]


def _log(action: Action, protocol_id: UUID, vault: OpenVault) -> Done[None]:
    with vault.work() as work:
        find_protocol(work, protocol_id)
        work.commit(action, protocol_id)
    return Done(None)
