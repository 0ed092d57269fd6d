"""Use cases between draft and seal: remarks, their answers, approvals, and opening it again.

Nothing here changes a word of what was written. Once the protocol is sealed, none of it is done.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid4

from trygga_desktop.documents.record import digest_of
from trygga_desktop.domain.approval import (
    ApprovalEvent,
    ApprovalState,
    Approved,
    ApprovedOn,
    Approver,
    Remark,
    RemarkAnswer,
    Reopened,
    read_approval,
)
from trygga_desktop.domain.audit import APPROVAL_ACTIONS, Action
from trygga_desktop.domain.errors import (
    DraftChangedError,
    InvalidInputError,
    SealedMeetingError,
    UnsettledError,
)
from trygga_desktop.domain.excerpts import SALT_LENGTH, Handover
from trygga_desktop.domain.meeting import Function, Meeting, MeetingState
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.protocols import ComposeProtocol, ProtocolAudience, tell_meeting
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.events import digest_of_event
from trygga_desktop.storage.work import UnitOfWork

MOST_TEXT = 4000
MOST_NAME = 200
_MEETINGS = Changes(meetings=True)
_FUNCTIONS = {Approver.CHAIR: Function.CHAIR, Approver.VERIFIER: Function.VERIFIER}


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteRemark:
    """What somebody thinks is wrong with the draft."""

    meeting_id: UUID
    who: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRemark:
    """What became of a remark."""

    meeting_id: UUID
    remark_id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveDraft:
    """Whoever has this role approves the draft that was shown, on which day.

    `basis` is what `read_sealing` told of it: it names all that stood there.
    """

    meeting_id: UUID
    basis: str
    role: Approver
    how: ApprovedOn
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenDraft:
    """The draft is worked on again, and why."""

    meeting_id: UUID
    why: str


@use_case(Permission.WORK_IN_CASE)
def write_remark(command: WriteRemark, *, vault: OpenVault) -> Done[UUID]:
    """Store a remark on the draft of a meeting that is over, and return its id.

    Raise InvalidInputError for words or a name that are missing or too long, or a meeting that is
    not over, and SealedMeetingError once it is sealed.
    """
    who, text = _words("who", command.who, MOST_NAME), _words("text", command.text, MOST_TEXT)
    with vault.work() as work:
        meeting = _find(work, command.meeting_id)
        event = _add(work, vault, meeting, Action.REMARK_WRITTEN, remark=Remark(who=who, text=text))
    return Done(event.id, _MEETINGS)


@use_case(Permission.WORK_IN_CASE)
def answer_remark(command: AnswerRemark, *, vault: OpenVault) -> Done[None]:
    """Store what became of a remark; raise as `write_remark`, and for one that is not known."""
    text = _words("text", command.text, MOST_TEXT)
    with vault.work() as work:
        meeting = _find(work, command.meeting_id)
        known = {one.id for one in approval_of(work, vault, meeting).remarks}
        if command.remark_id not in known:
            raise InvalidInputError(field="remark", flaw="unknown")
        answer = RemarkAnswer(remark_id=command.remark_id, text=text)
        _add(work, vault, meeting, Action.REMARK_WRITTEN, answer=answer)
    return Done(None, _MEETINGS)


@use_case(Permission.WORK_IN_CASE)
def approve_draft(command: ApproveDraft, *, vault: OpenVault) -> Done[None]:
    """Store that somebody approved the draft that was shown, and no other.

    Raise DraftChangedError where it does not read like that any more, UnsettledError while a remark
    is not answered, InvalidInputError for a role that nobody had there, and a day to
    come or before the meeting, and
    SealedMeetingError once it is sealed.

    Of a meeting of which one kind of protocol is sealed the other can be approved again, and no
    more than that, where it reads otherwise today than what was approved.
    """
    with vault.work() as work:
        meeting = _find_held(work, command.meeting_id)
        state = approval_of(work, vault, meeting)
        is_asked_anew = bool(state.approvals or state.is_outdated) and command.role in state.wanted
        is_late = bool(_sealed_kinds(work, meeting))
        if is_late and not is_asked_anew:
            raise SealedMeetingError
        who = _name_with(meeting, command.role)
        if not who:
            raise InvalidInputError(field="role", flaw="unknown")
        if command.on > work.today:
            raise InvalidInputError(field="on", flaw="future")
        if command.on < meeting.begins.astimezone(STOCKHOLM).date():
            raise InvalidInputError(field="on", flaw="before")
        if state.open_remarks:
            raise UnsettledError
        if command.basis != basis_of(work, vault, meeting):
            raise DraftChangedError
        approved = Approved(
            role=command.role,
            who=who,
            how=command.how,
            on=command.on,
            content=command.basis,
        )
        if is_late:
            _add_late(work, vault, meeting, approved)
        else:
            _add(work, vault, meeting, Action.PROTOCOL_APPROVED, approved=approved)
    return Done(None, _MEETINGS)


@use_case(Permission.WORK_IN_CASE)
def reopen_draft(command: ReopenDraft, *, vault: OpenVault) -> Done[None]:
    """Store that an approved draft is worked on again; what was written stays as it is.

    Raise InvalidInputError without a reason, or where nobody has approved it, and
    SealedMeetingError once it is sealed.
    """
    why = _words("why", command.why, MOST_TEXT)
    with vault.work() as work:
        meeting = _find(work, command.meeting_id)
        state = approval_of(work, vault, meeting)
        if not state.approvals and not state.is_outdated:
            raise InvalidInputError(field="draft", flaw="not_approved")
        _add(work, vault, meeting, Action.PROTOCOL_REOPENED, reopened=Reopened(why=why))
    return Done(None, _MEETINGS)


def approval_of(work: UnitOfWork, vault: OpenVault, meeting: Meeting) -> ApprovalState:
    """Return how far the draft of a meeting has come, of the events that the log tells of.

    Where one kind of protocol is sealed that is the draft of the other.
    """
    logged = set(work.audit.digests(APPROVAL_ACTIONS, meeting.id))
    events = [
        one
        for one in work.approvals.of_case(meeting.case_id)
        if one.meeting_id == meeting.id and digest_of_event(one) in logged
    ]
    events += _approved_late(
        work, meeting, logged, behind=max((one.sequence for one in events), default=0)
    )
    needed = [role for role in Approver if _name_with(meeting, role)]
    texts = [one.approved.content for one in events if one.approved is not None]
    content = texts[-1] if texts else ""
    # What is sealed reads as it did: what its readers may have today changes nothing of that.
    if texts and not _sealed_kinds(work, meeting) >= {ProtocolKind.FULL, ProtocolKind.ROOM}:
        content = basis_of(work, vault, meeting)
    return read_approval(events, content=content, needed=needed)


def basis_of(work: UnitOfWork, vault: OpenVault, meeting: Meeting) -> str:
    """Return the digest of all that a draft says today, to the board and to the table.

    Both can be sealed, and either can change alone: a consent that ends takes something from the
    table's, and nothing from the board's.
    """
    told = sha256()
    for audience in (ProtocolAudience.BOARD, ProtocolAudience.ROOM):
        asked = ComposeProtocol(meeting_id=meeting.id, audience=audience)
        told.update(digest_of(tell_meeting(work, vault, asked).content).encode())
    return told.hexdigest()


def _name_with(meeting: Meeting, role: Approver) -> str:
    there = (one for one in meeting.attended if _FUNCTIONS[role] in one.functions)
    return next((one.name for one in there), "")


def _find(work: UnitOfWork, meeting_id: UUID) -> Meeting:
    meeting = _find_held(work, meeting_id)
    if meeting_id in work.protocols.sealed_meetings(meeting.case_id):
        raise SealedMeetingError
    return meeting


def _approved_late(
    work: UnitOfWork, meeting: Meeting, logged: Collection[bytes], *, behind: int
) -> Iterator[ApprovalEvent]:
    """Yield the approvals that came once one protocol was sealed, behind all that came before."""
    late = (one for one in work.handovers.of_case(meeting.case_id) if one.approved is not None)
    for one in late:
        if one.meeting_id == meeting.id and digest_of_event(one) in logged:
            yield ApprovalEvent(
                id=one.id,
                case_id=one.case_id,
                meeting_id=one.meeting_id,
                sequence=behind + one.sequence,
                by=one.by,
                at=one.at,
                salt=one.salt,
                approved=one.approved,
            )


def _sealed_kinds(work: UnitOfWork, meeting: Meeting) -> set[ProtocolKind]:
    sealed = work.protocols.of_case(meeting.case_id)
    return {one.kind for one in sealed if one.meeting_id == meeting.id}


def _find_held(work: UnitOfWork, meeting_id: UUID) -> Meeting:
    meeting, _ = find_meeting(work, meeting_id)
    if meeting.state is not MeetingState.HELD:
        raise InvalidInputError(field="meeting", flaw=meeting.state.value)
    return meeting


def _add_late(work: UnitOfWork, vault: OpenVault, meeting: Meeting, approved: Approved) -> None:
    """Store an approval where what is said before sealing is final: among what follows it."""
    event = Handover(
        id=uuid4(),
        case_id=meeting.case_id,
        meeting_id=meeting.id,
        sequence=work.handovers.next_sequence(meeting.case_id),
        by=work.keyring.principal,
        at=work.at,
        salt=vault.environment.draw(SALT_LENGTH).hex(),
        approved=approved,
    )
    work.handovers.add(event)
    work.commit(Action.PROTOCOL_APPROVED, meeting.id, digest=digest_of_event(event))


def _words(field: str, text: str, most: int) -> str:
    stripped = text.strip()
    if not stripped:
        raise InvalidInputError(field=field, flaw="missing")
    if len(stripped) > most:
        raise InvalidInputError(field=field, flaw="length")
    return stripped


def _add(  # noqa: PLR0913  what an event is made of
    work: UnitOfWork,
    vault: OpenVault,
    meeting: Meeting,
    action: Action,
    *,
    remark: Remark | None = None,
    answer: RemarkAnswer | None = None,
    approved: Approved | None = None,
    reopened: Reopened | None = None,
) -> ApprovalEvent:
    event = ApprovalEvent(
        id=uuid4(),
        case_id=meeting.case_id,
        meeting_id=meeting.id,
        sequence=work.approvals.next_sequence(meeting.case_id),
        by=work.keyring.principal,
        at=work.at,
        salt=vault.environment.draw(SALT_LENGTH).hex(),
        remark=remark,
        answer=answer,
        approved=approved,
        reopened=reopened,
    )
    work.approvals.add(event)
    work.commit(action, meeting.id, digest=digest_of_event(event))
    return event
