"""What is said of a draft before it is sealed: remarks, answers to them, and approvals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Approver(StrEnum):
    """Whose approval a draft needs. Codes are those of `roles.toml`, table `meeting_role`."""

    CHAIR = "chair"
    VERIFIER = "verifier"


class ApprovedOn(StrEnum):
    """How somebody approved."""

    SCREEN = "screen"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What somebody thinks is wrong with the draft."""

    who: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkAnswer:
    """What became of a remark."""

    remark_id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """Somebody approved the draft as it read then: `content` is the digest of all it said."""

    role: Approver
    who: str
    how: ApprovedOn
    on: date
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """The draft is worked on again, and why. Nothing that it says is changed by that."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalEvent:
    """One event of a draft's way: only ever added, and only before it is sealed.

    `sequence` counts those of the case from 1; `at` is aware, in UTC. Exactly one of the things is
    there. `salt`, in hex, keeps anyone who sees the log from guessing at what it is tied to.
    """

    id: UUID
    case_id: UUID
    meeting_id: UUID
    sequence: int
    by: UUID
    at: datetime
    salt: str
    remark: Remark | None = None
    answer: RemarkAnswer | None = None
    approved: Approved | None = None
    reopened: Reopened | None = None

    def __post_init__(self) -> None:
        """Refuse an event that says nothing, or two things at once."""
        said = (self.remark, self.answer, self.approved, self.reopened)
        if sum(one is not None for one in said) != 1:
            raise ValueError("An event before sealing says one thing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRemark:
    """A remark with what was answered, empty where nothing was yet; `at` is aware, in UTC."""

    id: UUID
    who: str
    text: str
    at: datetime
    answer: str = ""

    @property
    def is_answered(self) -> bool:
        """Tell whether somebody has answered it."""
        return bool(self.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalState:
    """How far a draft has come. `approvals` are those that count for the text as it reads now.

    `is_outdated` tells that somebody approved a text that reads otherwise now. `wanted` are the
    roles whose approval is still missing, and `reopenings` why it was opened again each time.
    """

    remarks: tuple[ToldRemark, ...] = ()
    approvals: tuple[Approved, ...] = ()
    wanted: tuple[Approver, ...] = tuple(Approver)
    is_outdated: bool = False
    reopenings: tuple[str, ...] = ()

    @property
    def open_remarks(self) -> int:
        """Return how many remarks nobody has answered."""
        return sum(not one.is_answered for one in self.remarks)

    @property
    def is_approved(self) -> bool:
        """Tell whether everyone has approved the text as it reads now, and no remark is open."""
        return not self.wanted and not self.open_remarks


def read_approval(
    events: Iterable[ApprovalEvent], *, content: str, needed: Sequence[Approver]
) -> ApprovalState:
    """Return how far a draft has come that says what `content` is the digest of.

    An approval counts until the draft is opened again, and for no other text than was approved.
    """
    remarks: dict[UUID, ToldRemark] = {}
    approvals: dict[Approver, Approved] = {}
    reopenings: list[str] = []
    for event in sorted(events, key=lambda one: one.sequence):
        if event.remark is not None:
            remarks[event.id] = ToldRemark(
                id=event.id, who=event.remark.who, text=event.remark.text, at=event.at
            )
        if event.answer is not None and event.answer.remark_id in remarks:
            told = remarks[event.answer.remark_id]
            remarks[told.id] = ToldRemark(
                id=told.id, who=told.who, text=told.text, at=told.at, answer=event.answer.text
            )
        if event.approved is not None:
            approvals[event.approved.role] = event.approved
        if event.reopened is not None:
            approvals.clear()
            reopenings.append(event.reopened.why)
    counting = {role: one for role, one in approvals.items() if one.content == content}
    return ApprovalState(
        remarks=tuple(remarks.values()),
        approvals=tuple(counting[role] for role in Approver if role in counting),
        wanted=tuple(role for role in needed if role not in counting),
        is_outdated=len(counting) < len(approvals),
        reopenings=tuple(reopenings),
    )
