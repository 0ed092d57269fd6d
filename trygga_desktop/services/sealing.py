"""Use cases that make a protocol final: see what has to be settled first, and seal it."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid4

from trygga_desktop.documents import protocol as document
from trygga_desktop.documents.fingerprint import fingerprint_of, in_words
from trygga_desktop.documents.makers import makers
from trygga_desktop.documents.record import (
    SALT_LENGTH,
    ProtocolRecord,
    control_code,
    hash_of,
    write_record,
)
from trygga_desktop.domain.approval import ApprovalState, Approver
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import (
    DraftChangedError,
    InvalidInputError,
    NoSealError,
    SealedFileChangedError,
    SealedMeetingError,
    TamperedError,
    UnsettledError,
)
from trygga_desktop.domain.excerpts import Copy
from trygga_desktop.domain.items import ItemKind, Lack, Part
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sealing import (
    Gap,
    GapKind,
    ProtocolKind,
    ProtocolStep,
    SealedProtocol,
    Shown,
)
from trygga_desktop.domain.signatures import SigningState
from trygga_desktop.services.agreed_plans import agreed_version, are_versions_whole
from trygga_desktop.services.approvals import approval_of, basis_of
from trygga_desktop.services.audience import text_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.copies import copies_of
from trygga_desktop.services.currency import Currency, currency_of, shown_in
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.protocols import (
    ComposeProtocol,
    ProtocolAudience,
    ProtocolRecipient,
    ToldMeeting,
    recipients_of,
    tell_meeting,
)
from trygga_desktop.services.rooms import find_hidden
from trygga_desktop.services.sealed_files import read_chain
from trygga_desktop.services.signed_papers import signing_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.unfinished import Unfinished, unfinished_of
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.protocols import tie_of_protocol
from trygga_desktop.storage.work import UnitOfWork

_AUDIENCES = {
    ProtocolKind.FULL: ProtocolAudience.BOARD,
    ProtocolKind.ROOM: ProtocolAudience.ROOM,
}

# An addendum is for the board's own file, which is never compared with what others may have.
_NOTHING_SHOWN = Shown()
_NO_APPROVAL = ApprovalState()
_NOTHING_UNFINISHED = Unfinished()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealProtocol:
    """Which meeting's protocol is sealed, for whom it is, and in which language.

    `basis` is what `read_sealing` told of the draft that was looked at.
    """

    meeting_id: UUID
    basis: str
    kind: ProtocolKind = ProtocolKind.ROOM
    language: str = "sv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldProtocol:
    """A sealed protocol as its case's workers are told of it; `words` tell the seal.

    Of one for everyone at the table `is_current` tells whether they may have today all that it
    says. Consent may have ended since, and then no more copies are handed out. Where it
    `leads_to_protected` it says a place, a name or words that are said no more since somebody's
    identity was protected. `signing` tells how far its signing has come, None before anything of
    it is recorded, and `is_distributed` whether somebody was given a copy of it, or an excerpt of
    its meeting.
    """

    protocol: SealedProtocol
    sealed_by: str
    words: str
    revisions: int
    is_current: bool = True
    leads_to_protected: bool = False
    signing: SigningState | None = None
    is_distributed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEntry:
    """Something that the board's protocol tells, which an addendum can be about."""

    id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanToSeal:
    """The plan that a meeting agreed on: its version, and what is told before it is sealed."""

    version: int
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingState:
    """What there is of a meeting that is sealed, and what is told before anything is.

    `words` tell the seal in force; they are empty where `has_seal` tells that this user has none to
    seal with. `is_seal_changed` tells that there is one, and that it is not as it was made;
    `is_protected` that paper of this case can lead to somebody who must not be found, so that it is
    asked about with `called`, the young person's name or alias. `basis` names all that the draft
    says: whoever approves or seals it says with it what was looked at. While
    nothing is sealed, `unfinished` are the actions that can still be completed. `plan` is what the
    meeting agreed on as the plan, None where it did not.
    """

    meeting_id: UUID
    case_id: UUID
    basis: str
    case_number: str
    meeting_number: int
    recipients: tuple[ProtocolRecipient, ...]
    protocols: tuple[ToldProtocol, ...]
    gaps: tuple[Gap, ...]
    has_seal: bool
    words: str
    is_seal_changed: bool = False
    is_protected: bool = False
    called: str = ""
    approval: ApprovalState = _NO_APPROVAL
    unfinished: Unfinished = _NOTHING_UNFINISHED
    entries: tuple[ToldEntry, ...] = ()
    plan: PlanToSeal | None = None

    def gaps_before(self, kind: ProtocolKind | None) -> tuple[Gap, ...]:
        """Return what is told before the pages for these readers are sealed."""
        gaps = self.gaps
        if kind is not None and kind.is_plan:
            gaps = () if self.plan is None else self.plan.gaps
        is_for_board = kind is not None and kind.is_for_board
        return tuple(one for one in gaps if is_for_board or not one.kind.is_of_board)

    def is_barred(self, kind: ProtocolKind | None) -> bool:
        """Tell whether something has to be settled before those pages are sealed."""
        return any(one.kind.is_bar for one in self.gaps_before(kind))

    @property
    def is_sealed(self) -> bool:
        """Tell whether nothing of the meeting changes any more."""
        return bool(self.protocols)

    def steps_of(self, kind: ProtocolKind) -> frozenset[ProtocolStep]:
        """Return what the protocol for these readers has become so far."""
        told, approval = self.of_kind(kind), self.approval
        reached = {
            ProtocolStep.DRAFT: True,
            ProtocolStep.APPROVED: bool(approval.approvals) and approval.is_approved,
            ProtocolStep.SEALED: told is not None,
            ProtocolStep.SIGNED: told is not None and told.signing is SigningState.SIGNED,
            ProtocolStep.DISTRIBUTED: told is not None and told.is_distributed,
        }
        return frozenset(one for one, is_reached in reached.items() if is_reached)

    def of_kind(self, kind: ProtocolKind) -> ToldProtocol | None:
        """Return the sealed protocol for these readers, if there is one."""
        return next((one for one in self.protocols if one.protocol.kind is kind), None)


@use_case(Permission.WORK_IN_CASE)
def read_sealing(meeting_id: UUID, *, vault: OpenVault) -> Done[SealingState]:
    """Return how far the protocol of a meeting has come, for the operator alone.

    Raise SealedFileChangedError where the log knows of a protocol of it that is not there, or that
    tells otherwise of itself.
    """
    with vault.work() as work:
        meeting, _ = find_meeting(work, meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        names = {one.id: one.name for one in work.accounts.all(work.roster)}
        if any(
            one.meeting_id == meeting_id for one in work.protocols.lost(meeting.case_id).values()
        ):
            raise SealedFileChangedError
        sealed = [
            one for one in work.protocols.of_case(meeting.case_id) if one.meeting_id == meeting_id
        ]
        if not all(map(work.protocols.is_told, sealed)):
            raise SealedFileChangedError
        given = [one for one in copies_of(work, meeting.case_id) if not one.is_spoilt]
        told = tuple(
            _told(
                work,
                one,
                names.get(one.sealed_by, ""),
                currency_of(work, vault, one),
                is_distributed=any(_is_copy_of(each, one) for each in given),
            )
            for one in sealed
        )
        of_board = ComposeProtocol(meeting_id=meeting_id, audience=ProtocolAudience.BOARD)
        seal = _seal_words(work)
        is_changed = _is_seal_changed(work)
        recipients = recipients_of(work, vault, meeting)
        gaps = (
            _gaps_of_second(work, vault, meeting, {one.protocol.kind for one in told})
            if told
            else _gaps(work, vault, standing, meeting)
        )
        state = SealingState(
            meeting_id=meeting_id,
            case_id=meeting.case_id,
            basis=basis_of(work, vault, meeting),
            case_number=standing.opened.case.case_number,
            meeting_number=meeting.number,
            recipients=recipients,
            protocols=told,
            gaps=(
                *gaps,
                *_gap_of_chair(one.may_read_whole for one in recipients if _led(one)),
            ),
            has_seal=bool(seal),
            words=seal,
            is_seal_changed=is_changed,
            is_protected=standing.is_protected,
            called=text_of(name_of(vault, standing, standing.opened.subject_id)),
            approval=approval_of(work, vault, meeting),
            unfinished=_NOTHING_UNFINISHED
            if told
            else unfinished_of(work, vault, standing, meeting),
            entries=tuple(entries_of(tell_meeting(work, vault, of_board))) if told else (),
            plan=_plan_to_seal(work, standing, meeting, recipients),
        )
        work.commit(Action.MEETING_READ, meeting_id)
    return Done(state)


@use_case(Permission.SEAL_PROTOCOL)
def seal_protocol(command: SealProtocol, *, vault: OpenVault) -> Done[UUID]:
    """Seal the protocol of a meeting that was held, and return its id.

    From now on nothing that belongs to the meeting changes. The bytes are stored as they are, and
    their SHA-256 stands in the log. Raise UnsettledError where `read_sealing` tells of gaps that
    bar it, DraftChangedError where it no longer reads as what was looked at, SealedMeetingError
    where there is a sealed one for these readers already, NoSealError where the vault has no seal
    that we may use, TamperedError where an earlier protocol of the case is gone or was changed, and
    InvalidInputError for an addendum or a plan, which are no protocols.
    """
    if command.kind not in _AUDIENCES:
        raise InvalidInputError(field="kind", flaw=command.kind.value)
    asked = ComposeProtocol(
        meeting_id=command.meeting_id,
        audience=_AUDIENCES[command.kind],
        language=command.language,
    )
    with vault.work() as work:
        told = tell_meeting(work, vault, asked)
        meeting, left_out = told.meeting, frozenset(work.left_out)
        known = [
            one for one in work.protocols.chain(meeting.case_id) if one.meeting_id == meeting.id
        ]
        if any(one.kind is command.kind for one in known):
            raise SealedMeetingError
        gaps = (
            _gaps_of_second(work, vault, meeting, {one.kind for one in known})
            if known
            else _gaps(work, vault, told.standing, meeting)
        )
        if left_out or any(one.kind.is_bar for one in gaps):
            raise UnsettledError
        if command.basis != basis_of(work, vault, meeting):
            raise DraftChangedError
        if not known:
            work.items.bind(meeting.case_id, meeting.id)
        sealed = put_under_seal(
            work,
            vault,
            meeting,
            told.content,
            kind=command.kind,
            language=command.language,
            shown=shown_in(told),
        )
        work.commit(Action.PROTOCOL_SEALED, sealed.id, digest=tie_of_protocol(sealed).to_bytes())
    return Done(sealed.id, Changes(meetings=True, items=True))


def _is_copy_of(copy: Copy, protocol: SealedProtocol) -> bool:
    """Return whether somebody was given this protocol, or what was made of it for them."""
    if copy.excerpt_id is not None:
        return protocol.kind.is_of_meeting and copy.meeting_id == protocol.meeting_id
    return copy.protocol_id == protocol.id


def entries_of(told: ToldMeeting) -> Iterator[ToldEntry]:
    """Yield what the protocol of a meeting tells, in its order, each of it once."""
    room = told.room
    for one in (*room.carried, *(one for item in room.agenda for one in item.entries)):
        yield ToldEntry(id=one.item.id, text=one.item.text)


def put_under_seal(  # noqa: PLR0913  what is sealed, and all that is told beside it
    work: UnitOfWork,
    vault: OpenVault,
    meeting: Meeting,
    content: document.ProtocolContent,
    *,
    kind: ProtocolKind,
    language: str,
    shown: Shown = _NOTHING_SHOWN,
    addendum_number: int = 0,
    corrects: UUID | None = None,
) -> SealedProtocol:
    """Make the pages of one record, seal them, and store them behind the case's last protocol."""
    earlier = read_chain(work, meeting.case_id)
    pages = seal_pages(
        work,
        vault,
        content,
        language=language,
        previous=earlier[-1].record_hash if earlier else "",
    )
    record = pages.record
    sealed = SealedProtocol(
        id=record.protocol_id,
        case_id=meeting.case_id,
        meeting_id=meeting.id,
        sequence=1 + len(earlier),
        kind=kind,
        control_code=pages.control_code,
        record_hash=pages.record_hash,
        digest=pages.digest,
        seal=record.seal,
        sealed_by=work.keyring.principal,
        sealed_at=record.made_at,
        language=language,
        meeting_number=meeting.number,
        made_with=record.made_with,
        previous=record.previous,
        addendum_number=addendum_number,
        corrects=corrects,
        shown=shown,
    )
    work.protocols.add(sealed, pages.pdf)
    return sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedPages:
    """A record with the sealed bytes of its pages."""

    record: ProtocolRecord
    pdf: bytes

    @property
    def record_hash(self) -> str:
        """Return the hash of the record, as 64 lower-case hex digits."""
        return hash_of(write_record(self.record))

    @property
    def control_code(self) -> str:
        """Return the code that stands on each page."""
        return control_code(self.record_hash)

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the sealed bytes, as 64 lower-case hex digits."""
        return sha256(self.pdf).hexdigest()


def seal_pages(
    work: UnitOfWork,
    vault: OpenVault,
    content: document.ProtocolContent,
    *,
    language: str,
    previous: str = "",
) -> SealedPages:
    """Make the pages of one record with an id and a salt of its own, and seal them.

    Raise NoSealError where the vault has no seal that we may use.
    """
    # Imported here: they take as long as starting a small program.
    from trygga_desktop.documents.issue import issue  # noqa: PLC0415  as above
    from trygga_desktop.documents.pdf.seal import SealKey, seal  # noqa: PLC0415  as above

    of_vault = work.seals.newest(work.trust)
    key = SealKey(of_vault.certificate, work.seals.private_key(of_vault, work.keyring))
    at = work.at
    record = ProtocolRecord(
        protocol_id=uuid4(),
        salt=vault.environment.draw(SALT_LENGTH),
        language=language,
        made_at=at,
        content=content,
        previous=previous,
        log_head=work.audit.newest().head.hex(),
        seal=fingerprint_of(of_vault.certificate),
        made_with=makers(),
    )
    return SealedPages(record=record, pdf=seal(issue(record), key, at=at))


def plan_gaps(work: UnitOfWork, meeting: Meeting) -> Iterator[Gap]:
    """Yield what is told before the plan that a meeting agreed on is sealed.

    Until its protocol is, the meeting can still agree on something else.
    """
    known = work.protocols.of_case(meeting.case_id)
    if not any(one.kind.is_of_meeting and one.meeting_id == meeting.id for one in known):
        yield Gap(kind=GapKind.PROTOCOL_FIRST)
    is_lacking = not are_versions_whole(work, meeting.case_id)
    yield from (Gap(kind=GapKind.LEFT_OUT) for _ in range(len(work.left_out) or is_lacking))


def _told(
    work: UnitOfWork,
    protocol: SealedProtocol,
    sealed_by: str,
    currency: Currency,
    *,
    is_distributed: bool,
) -> ToldProtocol:
    return ToldProtocol(
        protocol=protocol,
        sealed_by=sealed_by,
        words=in_words(protocol.seal),
        revisions=work.protocols.newest_revision(protocol.id),
        is_current=currency.is_current,
        leads_to_protected=currency.leads_to_protected,
        signing=signing_of(work, protocol),
        is_distributed=is_distributed,
    )


def _led(one: ProtocolRecipient) -> bool:
    return Approver.CHAIR in one.approves


def _gap_of_chair(reads: Iterable[bool]) -> Iterator[Gap]:
    """Yield that of those who led a meeting nobody reads the board's own file, and so signs it.

    It bars nobody: who leads a meeting for another agency signs what is composed for them.
    """
    told = tuple(reads)
    if told and not any(told):
        yield Gap(kind=GapKind.CHAIR_CANNOT_READ)


def _plan_to_seal(
    work: UnitOfWork,
    standing: Standing,
    meeting: Meeting,
    recipients: Iterable[ProtocolRecipient],
) -> PlanToSeal | None:
    version = 0 if standing.is_without_names else agreed_version(work, meeting)
    if not version:
        return None
    of_chair = _gap_of_chair(one.has_grant for one in recipients if _led(one))
    return PlanToSeal(version=version, gaps=(*plan_gaps(work, meeting), *of_chair))


def _seal_words(work: UnitOfWork) -> str:
    """Return the words of the seal that we could seal with, or nothing."""
    try:
        seal = work.seals.newest(work.trust)
        work.seals.private_key(seal, work.keyring)
    except (NoSealError, TamperedError):
        return ""
    return in_words(fingerprint_of(seal.certificate))


def _is_seal_changed(work: UnitOfWork) -> bool:
    try:
        work.seals.newest(work.trust)
    except NoSealError:
        return False
    except TamperedError:
        return True
    return False


def _gaps(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meeting: Meeting
) -> Iterator[Gap]:
    """Yield what is told before the protocol of a meeting is sealed."""
    if meeting.state is not MeetingState.HELD:
        yield Gap(kind=GapKind.NOT_HELD)
    yield from _approval_gaps(meeting, approval_of(work, vault, meeting))
    promises = {one.id for one, _ in work.commitments.of_case(meeting.case_id)}
    for item in work.items.of_case(meeting.case_id):
        if item.noted is None or item.noted.meeting_id != meeting.id or item.part is not Part.CASE:
            continue
        is_broken = item.kind is ItemKind.ACTION and item.id not in promises
        if item.lacks is Lack.DAY or is_broken:
            yield Gap(kind=GapKind.NO_DAY, item_id=item.id)
        if item.lacks is Lack.RESPONSIBLE:
            yield Gap(kind=GapKind.NO_RESPONSIBLE, item_id=item.id)
    found = find_hidden(work, vault, standing, meeting)
    for one in (*found.hidden, *found.asked):
        told = one.entry.item
        is_of_meeting = told.noted is not None and told.noted.meeting_id == meeting.id
        if is_of_meeting and any(not asked.is_answered for asked in one.questions):
            yield Gap(kind=GapKind.NOT_MARKED, item_id=told.id)
        # It bars nobody: whoever is not in the case can be named by nobody.
        if is_of_meeting and one.is_about_unnamed:
            yield Gap(kind=GapKind.NOT_NAMED, item_id=told.id)
    yield from (Gap(kind=GapKind.LEFT_OUT) for _ in work.left_out)
    # Last: a draft that did not verify is no part of the protocol, and how it was to be booked
    # stands in none.
    drafts = (one for one in work.drafts.all() if one.kind is not DraftKind.MEETING)
    if any(one.subject_id == meeting.id for one in drafts):
        yield Gap(kind=GapKind.NOT_ADDED)


def _gaps_of_second(
    work: UnitOfWork, vault: OpenVault, meeting: Meeting, sealed: Collection[ProtocolKind]
) -> Iterator[Gap]:
    """Yield what is told before the second kind of protocol is sealed behind the first.

    Nothing of the meeting has changed since; what its readers may have can have. No other text is
    sealed than was approved: whoever approved it is asked anew.
    """
    is_left = not set(_AUDIENCES) <= set(sealed)
    if is_left and approval_of(work, vault, meeting).is_outdated:
        yield Gap(kind=GapKind.APPROVED_OTHERWISE)


def _approval_gaps(meeting: Meeting, approval: ApprovalState) -> Iterator[Gap]:
    """Yield what is told of those who approve a draft."""
    yield from (Gap(kind=GapKind.OPEN_REMARK) for _ in range(approval.open_remarks))
    if meeting.state is MeetingState.HELD:
        # Nobody is kept from sealing what is approved on the sealed paper itself.
        yield from (Gap(kind=GapKind.NOT_APPROVED) for _ in approval.wanted)
    if approval.is_outdated:
        yield Gap(kind=GapKind.APPROVED_OTHERWISE)
