"""Use cases for excerpts: look at what one says, give it, and hand it out again as it was given.

The decision is asked at each of them. What changed since somebody looked does not leave.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from trygga_desktop.documents.composition import compose
from trygga_desktop.documents.fingerprint import fingerprint_of
from trygga_desktop.documents.inside import record_inside
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.record import digest_of
from trygga_desktop.documents.retelling import leads_to_protected, names_no_other
from trygga_desktop.domain.agencies import Category
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import (
    ExcerptChangedError,
    InvalidInputError,
    NoSealError,
    NotForThemError,
    NotSealedError,
    SealedFileChangedError,
    TamperedError,
    UnsettledError,
)
from trygga_desktop.domain.excerpts import CopyState, GivenExcerpt, LeftOut, Way
from trygga_desktop.domain.meeting import Meeting
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sealing import FIRST_REVISION, ProtocolKind, SealedProtocol
from trygga_desktop.i18n import Language, load_language
from trygga_desktop.services.audience import text_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.copies import copies_of
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.protocols import (
    ComposeProtocol,
    ProtocolAudience,
    ToldMeeting,
    file_name,
    tell_meeting,
)
from trygga_desktop.services.reduction import (
    ExcerptRecipient,
    Reduced,
    find_recipients,
    reduce_meeting,
)
from trygga_desktop.services.retelling import today_of
from trygga_desktop.services.sealed_files import find_excerpt, read_checked
from trygga_desktop.services.sealing import seal_pages
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.excerpts import tie_of_excerpt
from trygga_desktop.storage.work import UnitOfWork

CHECKSUMS = "SHA256SUMS.txt"
"""What the list beside exported files is called: `sha256sum -c` reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePages:
    """The whole protocol of a meeting for the sender's eyes, with what it is called.

    That are the sealed bytes of the board's own file, with their control code as the name. Where
    only the protocol for everyone at the table is sealed they are made anew: they are not
    `is_sealed`, and leave nowhere.
    """

    pdf: bytes
    file_name: str
    is_sealed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptDesk:
    """Whom excerpts of a meeting can be made for, for the operator alone.

    `source_id` is the sealed protocol that they are made from, `source` the whole of what the
    sender may read, to show beside them: what is left out can be seen there.
    `is_protected` tells that somebody of the family is protected, so that each excerpt is asked
    about twice, with `called`, the young person's name or alias. `categories` name what is left
    out.
    """

    case_id: UUID
    case_number: str
    meeting_number: int
    source_id: UUID
    source: SourcePages
    recipients: tuple[ExcerptRecipient, ...]
    is_protected: bool
    called: str
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeExcerpt:
    """One excerpt to look at, for whom, and in which language.

    `is_reminded` tells that whoever takes it was reminded of the duty of confidentiality now.
    """

    meeting_id: UUID
    recipient_id: UUID
    is_reminded: bool = False
    language: str = "sv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedExcerpt:
    """An excerpt before it is sealed, and for the sender alone how much it leaves out, and why.

    `basis` is the digest of all that it says: whoever gives it names what was looked at. Where it
    is not `is_for_them` there are no pages: the recipient may not even know of the meeting.
    `resting` counts what is left out as it waits for a consent.
    """

    recipient: ExcerptRecipient
    pdf: bytes
    file_name: str
    basis: str
    copy: int
    left_out: tuple[LeftOut, ...]
    not_verified: int = 0
    is_for_them: bool = True
    addenda_left_out: int = 0
    resting: int = 0

    @property
    def count_left_out(self) -> int:
        """Return how much of the sender's own file it does not say."""
        return self.resting + sum(one.count for one in self.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveExcerpt:
    """An excerpt that was looked at leaves the program, in which way."""

    meeting_id: UUID
    recipient_id: UUID
    basis: str
    way: Way = Way.BY_HAND
    is_reminded: bool = False
    language: str = "sv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptFile:
    """The sealed bytes of an excerpt, and a neutral name for a file with them."""

    excerpt: GivenExcerpt
    pdf: bytes
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportExcerpts:
    """Excerpts of one meeting that were given, to be written into a folder."""

    meeting_id: UUID
    excerpt_ids: tuple[UUID, ...]


@use_case(Permission.WORK_IN_CASE)
def read_excerpts(meeting_id: UUID, *, vault: OpenVault) -> Done[ExcerptDesk]:
    """Return whom excerpts of a meeting can be made for, with the protocol to compare them with.

    That is the whole of it, also where only what everyone at the table may have is sealed. Raise
    NoAccessError for a meeting we cannot open, NotSealedError for one that is not sealed yet, and
    SealedFileChangedError where its protocol is not what was sealed.
    """
    with vault.work() as work:
        meeting, _ = find_meeting(work, meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        source = _source_of(work, meeting)
        sealed = SourcePages(
            pdf=read_checked(work, source, FIRST_REVISION), file_name=source.control_code
        )
        draft = None if source.kind is ProtocolKind.FULL else _board_draft(work, vault, source)
        found = ExcerptDesk(
            case_id=meeting.case_id,
            case_number=standing.opened.case.case_number,
            meeting_number=meeting.number,
            source_id=source.id,
            source=sealed,
            recipients=find_recipients(vault, standing, meeting),
            is_protected=standing.is_protected,
            called=text_of(name_of(vault, standing, standing.opened.subject_id)),
            categories=standing.catalogue.categories,
        )
        if draft is None:
            work.commit(Action.PROTOCOL_READ, source.id)
        else:
            # What is shown says more than what was sealed, and is no part of that file.
            work.commit(Action.PROTOCOL_COMPOSED, meeting.id)
    return Done(found if draft is None else replace(found, source=_drawn(draft, source)))


@use_case(Permission.WORK_IN_CASE)
def compose_excerpt(command: ComposeExcerpt, *, vault: OpenVault) -> Done[ComposedExcerpt]:
    """Return an excerpt as pages to look at, with what its recipient may have on this day.

    Nothing is sealed and no copy is counted. Raise NoAccessError for a meeting we cannot open,
    NotSealedError for one that is not sealed yet, and InvalidInputError for an unknown recipient.
    """
    language = load_language(command.language)
    with vault.work() as work:
        meeting, standing, recipient = _find(work, vault, command.meeting_id, command.recipient_id)
        _source_of(work, meeting)
        copy = _next_copy(work, meeting, recipient)
        reduced = reduce_meeting(
            work,
            vault,
            standing,
            meeting,
            recipient,
            copy=copy,
            is_reminded=command.is_reminded,
            language=language,
        )
        not_verified = len(work.left_out)
        seal = _seal_of(work)
        work.commit(Action.EXCERPT_COMPOSED, meeting.id)
    # Imported here, as where it is sealed: it takes as long as starting a small program.
    from trygga_desktop.documents.issue import preview  # noqa: PLC0415  as above

    content = reduced.content
    made_at = meeting.ended_at or meeting.starts_at
    pdf = b""
    if reduced.is_for_them:
        pdf = preview(content, language=command.language, made_at=made_at, seal=seal)
    return Done(
        ComposedExcerpt(
            recipient=recipient,
            pdf=pdf,
            file_name=_name_before(language),
            basis=digest_of(content),
            copy=copy,
            left_out=reduced.left_out,
            not_verified=not_verified,
            is_for_them=reduced.is_for_them,
            addenda_left_out=reduced.addenda_left_out,
            resting=reduced.resting,
        )
    )


@use_case(Permission.SEAL_PROTOCOL)
def give_excerpt(command: GiveExcerpt, *, vault: OpenVault) -> Done[ExcerptFile]:
    """Seal an excerpt and store it with whom it went to; only then it may leave the program.

    The decision is asked again: raise NotForThemError where the recipient may not even know of the
    meeting, and ExcerptChangedError where what they may have is no longer what was looked at.
    Raise UnsettledError where something of the case does not verify, NoSealError where the vault
    has no seal that we may use, and what `compose_excerpt` raises.
    """
    language = load_language(command.language)
    with vault.work() as work:
        meeting, standing, recipient = _find(work, vault, command.meeting_id, command.recipient_id)
        source = _source_of(work, meeting)
        read_checked(work, source, FIRST_REVISION)
        copy = _next_copy(work, meeting, recipient)
        reduced = reduce_meeting(
            work,
            vault,
            standing,
            meeting,
            recipient,
            copy=copy,
            is_reminded=command.is_reminded,
            language=language,
        )
        if not reduced.is_for_them:
            raise NotForThemError
        if digest_of(reduced.content) != command.basis:
            raise ExcerptChangedError
        if work.left_out:
            raise UnsettledError
        pages = seal_pages(work, vault, reduced.content, language=command.language)
        excerpt = GivenExcerpt(
            id=pages.record.protocol_id,
            case_id=meeting.case_id,
            meeting_id=meeting.id,
            source_id=source.id,
            sequence=work.excerpts.next_sequence(meeting.case_id),
            preset=recipient.preset,
            recipient_id=recipient.id,
            recipient=recipient.name,
            addressee=recipient.addressee,
            copy=copy,
            way=command.way,
            language=command.language,
            content=command.basis,
            control_code=pages.control_code,
            record_hash=pages.record_hash,
            digest=pages.digest,
            seal=pages.record.seal,
            given_by=work.keyring.principal,
            given_at=pages.record.made_at,
            is_reminded=command.is_reminded,
            left_out=reduced.left_out,
            resting=reduced.resting,
            shown=reduced.shown,
            signer=", ".join(one.name for one in reduced.content.signers),
        )
        work.excerpts.add(excerpt, pages.pdf)
        tie = tie_of_excerpt(excerpt).to_bytes()
        work.commit(Action.EXCERPT_GIVEN, excerpt.id, digest=tie)
    given = ExcerptFile(excerpt=excerpt, pdf=pages.pdf, file_name=_name_of(excerpt))
    return Done(given, Changes(meetings=True))


@use_case(Permission.WORK_IN_CASE)
def read_excerpt(excerpt_id: UUID, *, vault: OpenVault) -> Done[ExcerptFile]:
    """Return an excerpt as it was given, byte for byte, for the operator alone.

    Raise NoAccessError for one that is none of ours, SealedFileChangedError where it is not what
    the log tells of.
    """
    with vault.work() as work:
        excerpt = find_excerpt(work, excerpt_id)
        pdf = _read_checked(work, excerpt)
        work.commit(Action.EXCERPT_READ, excerpt_id)
    return Done(ExcerptFile(excerpt=excerpt, pdf=pdf, file_name=_name_of(excerpt)))


@use_case(Permission.WORK_IN_CASE)
def export_excerpts(
    command: ExportExcerpts, *, vault: OpenVault
) -> Done[tuple[tuple[str, bytes], ...]]:
    """Return files to write into a folder, by neutral names, the last a list of their checksums.

    It is logged before anything is written. The decision is asked again for each, and so is the
    distribution list: raise ExcerptChangedError where a recipient may no longer have all that
    theirs says, or theirs was asked back, came back or was spoilt, InvalidInputError for none or
    for one of another meeting, and what `read_excerpt` raises.
    """
    with vault.work() as work:
        meeting, _ = find_meeting(work, command.meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        known = {one.id: one for one in work.excerpts.of_case(meeting.case_id)}
        wanted = [known.get(one) for one in command.excerpt_ids]
        chosen = [one for one in wanted if one is not None and one.meeting_id == meeting.id]
        if not chosen or len(chosen) != len(command.excerpt_ids):
            raise InvalidInputError(field="excerpts", flaw="unknown")
        out = {
            one.excerpt_id for one in copies_of(work, meeting.case_id) if one.state is CopyState.OUT
        }
        if not all(
            one.id in out and is_excerpt_current(work, vault, standing, one) for one in chosen
        ):
            raise ExcerptChangedError
        files = [(_name_of(one), _read_checked(work, one)) for one in chosen]
        checksums = "".join(_checksums(files)).encode()
        digest = sha256(checksums).digest()
        work.commit(Action.EXCERPTS_EXPORTED, meeting.id, digest=digest)
    return Done((*files, (CHECKSUMS, checksums)))


def is_excerpt_current(
    work: UnitOfWork, vault: OpenVault, standing: Standing, excerpt: GivenExcerpt
) -> bool:
    """Return whether its recipient may have today all that an excerpt says.

    Raise SealedFileChangedError where that has to be read, and it is not what was given.
    """
    meeting, _ = find_meeting(work, excerpt.meeting_id)
    for one in find_recipients(vault, standing, meeting):
        if one.id == excerpt.recipient_id:
            reduced = reduce_meeting(
                work,
                vault,
                standing,
                meeting,
                one,
                copy=excerpt.copy,
                is_reminded=excerpt.is_reminded,
                language=load_language(excerpt.language),
            )
            return _may_have(excerpt, reduced) and _says_no_more(
                work, vault, standing, excerpt, reduced
            )
    return False


def _may_have(excerpt: GivenExcerpt, now: Reduced) -> bool:
    told = excerpt.shown
    return (
        now.is_for_them
        and told.items <= now.allows(told.items)
        and told.sources <= now.shown.sources
        and told.titles <= now.titles
        and told.name <= now.shown.name
        and told.consents <= now.shown.consents
    )


def _says_no_more(
    work: UnitOfWork, vault: OpenVault, standing: Standing, excerpt: GivenExcerpt, now: Reduced
) -> bool:
    """Return whether nobody is named in it of whom, or in a way that, its recipient may not know.

    What would be given anew word for word need not be opened: of a list that is most of it.
    """
    if digest_of(now.content) == excerpt.content:
        return True
    record = record_inside(_read_checked(work, excerpt))
    if record is None:
        raise SealedFileChangedError
    today = today_of(work, vault, standing, now.content, excerpt.tells)
    return names_no_other(record.content, today) and not leads_to_protected(record.content, today)


def _find(
    work: UnitOfWork, vault: OpenVault, meeting_id: UUID, recipient_id: UUID
) -> tuple[Meeting, Standing, ExcerptRecipient]:
    meeting, _ = find_meeting(work, meeting_id)
    standing = stand(work, vault, work.cases.find(meeting.case_id))
    for one in find_recipients(vault, standing, meeting):
        if one.id == recipient_id:
            return meeting, standing, one
    raise InvalidInputError(field="recipient", flaw="unknown")


def _source_of(work: UnitOfWork, meeting: Meeting) -> SealedProtocol:
    """Return the sealed protocol that excerpts are made from: the board's own file if there is."""
    sealed = [
        one
        for one in work.protocols.of_case(meeting.case_id)
        if one.meeting_id == meeting.id and one.kind.is_of_meeting
    ]
    if not sealed:
        raise NotSealedError
    if not all(map(work.protocols.is_told, sealed)):
        raise SealedFileChangedError
    return next((one for one in sealed if one.kind is ProtocolKind.FULL), sealed[0])


def _board_draft(work: UnitOfWork, vault: OpenVault, sealed: SealedProtocol) -> ToldMeeting:
    """Return what the board's own file of a meeting would say: what was sealed is reduced."""
    asked = ComposeProtocol(
        meeting_id=sealed.meeting_id,
        audience=ProtocolAudience.BOARD,
        language=sealed.language,
    )
    return tell_meeting(work, vault, asked)


def _drawn(draft: ToldMeeting, sealed: SealedProtocol) -> SourcePages:
    language, meeting = load_language(sealed.language), draft.meeting
    paper = Paper(
        title=draft.content.meeting_title,
        language=language,
        made_at=meeting.ended_at or meeting.starts_at,
    )
    content = replace(draft.content, is_draft=True, signers=draft.approvers)
    pdf = render(compose(content, language), paper)
    return SourcePages(pdf=pdf, file_name=file_name(meeting, language), is_sealed=False)


def _seal_of(work: UnitOfWork) -> str:
    """Return the fingerprint of the seal that an excerpt gets, empty where there is none to use."""
    try:
        return fingerprint_of(work.seals.newest(work.trust).certificate)
    except (NoSealError, TamperedError):
        return ""


def _next_copy(work: UnitOfWork, meeting: Meeting, recipient: ExcerptRecipient) -> int:
    """Return a number that no copy of theirs ever had: one that was spoilt is spent.

    Of an excerpt whose row is gone the log tells that it was given, and to whom no more: it may
    have been theirs.
    """
    numbers = [
        one.copy
        for one in work.excerpts.of_case(meeting.case_id)
        if one.meeting_id == meeting.id and one.recipient_id == recipient.id
    ]
    return 1 + max(numbers, default=0) + len(work.excerpts.lost(meeting.case_id))


def _read_checked(work: UnitOfWork, excerpt: GivenExcerpt) -> bytes:
    try:
        return work.excerpts.file(excerpt)
    except TamperedError:
        raise SealedFileChangedError from None


def _name_of(excerpt: GivenExcerpt) -> str:
    """Return a neutral name for a file with an excerpt: the control code that stands on it.

    It tells neither for whom it is, nor of which meeting or how many others there are.
    """
    _ = load_language(excerpt.language).gettext
    return _("excerpt-{code}.pdf").format(code=excerpt.control_code)


def _name_before(language: Language) -> str:
    """Return a name that tells as little while there is no control code yet."""
    return language.gettext("excerpt.pdf")


def _checksums(files: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    for name, data in files:
        yield f"{sha256(data).hexdigest()}  {name}\n"
