"""What a sealed protocol is, and what has to be settled before one can be."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

FIRST_REVISION = 1
"""The revision that was sealed; those after it bring signatures."""

# In bytes.
_DIGEST, _ID = 32, 16
_CODE_LENGTH = 12
_GROUP = 4
# Crockford's base 32: what is read aloud or by hand for another letter is taken for the right one.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISTAKEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


class ProtocolKind(StrEnum):
    """For whom a sealed protocol is, or that it corrects one.

    A plan that a meeting agreed on is sealed as its protocol is: whole for the board's own file, or
    for everyone who was at the table.
    """

    FULL = "full"
    ROOM = "room"
    ADDENDUM = "addendum"
    PLAN_FULL = "plan_full"
    PLAN_ROOM = "plan_room"

    @property
    def is_plan(self) -> bool:
        """Tell whether it is a plan, and no protocol."""
        return self in {ProtocolKind.PLAN_FULL, ProtocolKind.PLAN_ROOM}

    @property
    def is_for_table(self) -> bool:
        """Tell whether it is for everyone who was at the table."""
        return self in {ProtocolKind.ROOM, ProtocolKind.PLAN_ROOM}

    @property
    def is_for_board(self) -> bool:
        """Tell whether it is the board's own file of a meeting, or of its plan."""
        return self in {ProtocolKind.FULL, ProtocolKind.PLAN_FULL}

    @property
    def is_of_meeting(self) -> bool:
        """Tell whether it is the protocol of a meeting itself."""
        return self in {ProtocolKind.FULL, ProtocolKind.ROOM}


class GapKind(StrEnum):
    """What is told before a protocol is sealed."""

    NOT_HELD = "not_held"
    OPEN_REMARK = "open_remark"
    NOT_APPROVED = "not_approved"
    APPROVED_OTHERWISE = "approved_otherwise"
    NOT_ADDED = "not_added"
    NO_DAY = "no_day"
    NO_RESPONSIBLE = "no_responsible"
    NOT_MARKED = "not_marked"
    NOT_NAMED = "not_named"
    CHAIR_CANNOT_READ = "chair_cannot_read"
    LEFT_OUT = "left_out"
    PROTOCOL_FIRST = "protocol_first"

    @property
    def is_of_board(self) -> bool:
        """Tell whether it is told of the board's own file alone."""
        return self is GapKind.CHAIR_CANNOT_READ

    @property
    def is_bar(self) -> bool:
        """Tell whether nothing is sealed before it is settled.

        What no screen can settle once a meeting is over is told, and bars nobody.
        """
        return self in {
            GapKind.NOT_HELD,
            GapKind.OPEN_REMARK,
            GapKind.APPROVED_OTHERWISE,
            GapKind.NOT_MARKED,
            GapKind.LEFT_OUT,
            GapKind.PROTOCOL_FIRST,
        }


class ProtocolStep(StrEnum):
    """What a protocol becomes, in the order of its life; of these it need not be all."""

    DRAFT = "draft"
    APPROVED = "approved"
    SEALED = "sealed"
    SIGNED = "signed"
    DISTRIBUTED = "distributed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing that is not as it should be; `item_id` is the item it is about, if about one."""

    kind: GapKind
    item_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What was decided for the readers of a protocol when it was sealed.

    `items` are those that it tells, `sources` those of them whose source it names, `titles` the
    items of the agenda whose title it says; `name` and `consents` whether it tells the young
    person's name and what consent there was.
    """

    items: frozenset[UUID] = frozenset()
    sources: frozenset[UUID] = frozenset()
    titles: frozenset[UUID] = frozenset()
    name: bool = False
    consents: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedProtocol:
    """A protocol as it was sealed, without its bytes.

    `sequence` counts the sealed protocols of the case from 1. `record_hash` is that of the record
    inside the file, `previous` the record hash of the case's protocol before it, `digest` the
    SHA-256 of the sealed bytes, `seal` the fingerprint of the certificate: all as 64 lower-case hex
    digits, `previous` empty in the first. An addendum has a number of its own, from 1, and names
    what it corrects; the number of a plan is that of its version. `shown` is what was decided for
    its readers. Of an addendum it holds the items that the correction is about: whoever may have
    all of them may have it too, and of one without any no decision was asked, so that it is for
    whoever opens the case alone. `sealed_at` is aware, in UTC.
    """

    id: UUID
    case_id: UUID
    meeting_id: UUID
    sequence: int
    kind: ProtocolKind
    control_code: str
    record_hash: str
    digest: str
    seal: str
    sealed_by: UUID
    sealed_at: datetime
    language: str
    meeting_number: int
    made_with: tuple[tuple[str, str], ...] = ()
    previous: str = ""
    addendum_number: int = 0
    corrects: UUID | None = None
    shown: Shown = Shown()

    @property
    def is_addendum(self) -> bool:
        """Tell whether it corrects another one."""
        return self.kind is ProtocolKind.ADDENDUM

    @property
    def about(self) -> frozenset[UUID]:
        """Return the items that it tells, or that an addendum is about."""
        return self.shown.items

    @property
    def plan_version(self) -> int:
        """Return the number of the version of the plan that it is, 0 where it is no plan."""
        return self.addendum_number if self.kind.is_plan else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What the log says of a protocol that was sealed: what it is, its case and its meeting.

    `digest` is the SHA-256 of all that is told beside the sealed bytes, their own among it. With
    the rows gone, this is still there.
    """

    digest: bytes
    case_id: UUID
    meeting_id: UUID

    def to_bytes(self) -> bytes:
        """Return how it stands in an entry of the log."""
        return self.digest + self.case_id.bytes + self.meeting_id.bytes


def read_tie(data: bytes) -> Tie | None:
    """Return what an entry of the log says; None where it is no such thing."""
    if len(data) != _DIGEST + 2 * _ID:
        return None
    return Tie(
        digest=data[:_DIGEST],
        case_id=UUID(bytes=data[_DIGEST:-_ID]),
        meeting_id=UUID(bytes=data[-_ID:]),
    )


def read_code(typed: str) -> str | None:
    """Return a control code in its usual form, however it was typed; None if it is none."""
    letters = "".join(typed.upper().translate(_MISTAKEN).replace("-", " ").split())
    if len(letters) != _CODE_LENGTH or not set(letters) <= set(_LETTERS):
        return None
    return "-".join(letters[at : at + _GROUP] for at in range(0, _CODE_LENGTH, _GROUP))
