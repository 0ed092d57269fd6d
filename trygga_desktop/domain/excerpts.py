"""What an excerpt is, for whom one is made, and who has been given a copy of what."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from trygga_desktop.domain.approval import Approved
from trygga_desktop.domain.items import Marking
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sealing import Shown
from trygga_desktop.domain.signatures import SignerState, SignerStatus

_NOTHING_SHOWN = Shown()
SALT_LENGTH = 16
"""How many random bytes keep what the log is tied to from being guessed at."""


class Preset(StrEnum):
    """For what sort of recipient an excerpt is made; a preset opens nothing by itself."""

    SCHOOL = "school"
    POLICE = "police"
    LEISURE = "leisure"
    REGION = "region"
    AGENCY = "agency"
    GUARDIAN = "guardian"
    YOUNG_PERSON = "young_person"

    @property
    def is_family(self) -> bool:
        """Tell whether it is for a person of the family, and not for an organisation."""
        return self in {Preset.GUARDIAN, Preset.YOUNG_PERSON}


# Codes are those of `agencies.toml`.
_PRESETS: Mapping[str, Preset] = {
    "school": Preset.SCHOOL,
    "independent_school": Preset.SCHOOL,
    "student_health": Preset.SCHOOL,
    "police": Preset.POLICE,
    "leisure": Preset.LEISURE,
    "child_psychiatry": Preset.REGION,
    "health_care": Preset.REGION,
}


def preset_of(kind: str) -> Preset:
    """Return the preset for an organisation of this kind."""
    return _PRESETS.get(kind, Preset.AGENCY)


class Way(StrEnum):
    """How somebody is given a copy. The program itself sends nothing."""

    BY_HAND = "by_hand"
    BY_POST = "by_post"
    AS_FILE = "as_file"


class Cause(StrEnum):
    """Why a copy is asked back."""

    WITHDRAWAL = "withdrawal"
    ERROR = "error"


class Carrier(StrEnum):
    """What brings whoever has a copy that which was corrected since."""

    EXCERPT = "excerpt"
    ADDENDUM = "addendum"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """That so much of one category is left out for one reason; never what it is."""

    category: str
    reason: Reason
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenExcerpt:
    """An excerpt as it was sealed and given, without its bytes.

    `sequence` counts the excerpts of the case from 1. `source_id` is the sealed protocol that it
    was made from, `recipient_id` the organisation or the person it is for, called `recipient` on
    that day; `addressee` is who takes it for an organisation. `copy` counts those that this
    recipient has from this meeting. `content` is the digest of all that it says, `left_out` what it
    does not, for the sender alone, `resting` how many commitments besides as they wait for a
    consent, and `shown` what was decided of it. `signer` is who signs it, empty where it has no
    line for that. Hashes are 64 lower-case hex digits; `given_at` is aware,
    in UTC.
    """

    id: UUID
    case_id: UUID
    meeting_id: UUID
    source_id: UUID
    sequence: int
    preset: Preset
    recipient_id: UUID
    recipient: str
    addressee: str
    copy: int
    way: Way
    language: str
    content: str
    control_code: str
    record_hash: str
    digest: str
    seal: str
    given_by: UUID
    given_at: datetime
    is_reminded: bool = False
    left_out: tuple[LeftOut, ...] = ()
    shown: Shown = _NOTHING_SHOWN
    signer: str = ""
    resting: int = 0

    @property
    def tells(self) -> frozenset[UUID]:
        """Return the items that it tells."""
        return self.shown.items

    @property
    def told(self) -> int:
        """Return how many entries it tells."""
        return len(self.shown.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGiven:
    """A copy of a sealed protocol was given to somebody on a day.

    `number` is the one on the sheet that was printed with it, 0 where there is none.
    `recipient_id` is who of the meeting it was given to, None where only the name is known.
    """

    protocol_id: UUID
    to: str
    way: Way
    on: date
    number: int = 0
    recipient_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoilt:
    """A copy did not leave as it should have, as when a printer failed. Its number is spent."""

    copy_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBack:
    """A copy was asked back."""

    copy_id: UUID
    cause: Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """A copy came back, or whoever had it says that it is destroyed."""

    copy_id: UUID
    is_destroyed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What was told last of a copy was wrong: it stands as it did before that.

    Where that it was given is all that was told, nobody was given it.
    """

    copy_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySigned:
    """The paper of an excerpt is signed, and was seen; `on` is the day that stands on it.

    An earlier version noted it so. Now it is recorded of the signer, as of any other paper.
    """

    copy_id: UUID
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedLater:
    """How an item of a sealed meeting stands to a limit or an exclusion.

    The item itself never changes any more; of several answers about the same the last one holds.
    """

    item_id: UUID
    about_id: UUID
    answer: Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One event of what follows once a meeting of a case is sealed: only ever added.

    `sequence` counts them from 1; `at` is aware, in UTC. Exactly one of the things is there.
    `salt`, in hex, keeps anyone who sees the log from guessing at what it is tied to. What is
    `approved` is the other protocol of the meeting, which is not sealed yet.
    """

    id: UUID
    case_id: UUID
    meeting_id: UUID
    sequence: int
    by: UUID
    at: datetime
    salt: str
    given: CopyGiven | None = None
    spoilt: Spoilt | None = None
    asked_back: AskedBack | None = None
    came_back: CameBack | None = None
    marked: MarkedLater | None = None
    corrected: Corrected | None = None
    signed: CopySigned | None = None
    approved: Approved | None = None

    def __post_init__(self) -> None:
        """Refuse an event that says nothing, or two things at once."""
        said = (
            self.given,
            self.spoilt,
            self.asked_back,
            self.came_back,
            self.marked,
            self.corrected,
            self.signed,
            self.approved,
        )
        if sum(one is not None for one in said) != 1:
            raise ValueError("An event after sealing says one thing.")


class CopyState(StrEnum):
    """Where a copy is."""

    OUT = "out"
    ASKED_BACK = "asked_back"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    SPOILT = "spoilt"
    NEVER_GIVEN = "never_given"

    @property
    def is_out(self) -> bool:
        """Tell whether somebody else has it."""
        return self in {CopyState.OUT, CopyState.ASKED_BACK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One line of the distribution list: who was given which copy of what, and where it is.

    `excerpt_id` is None for a copy of the protocol itself; its `number` is 0 where it has none.
    `code` is the control code that stands on each page of an excerpt, `signer` who signs it, and
    `signed_on` the day on which they did, where they have not `is_declined` to. `noted_signed_on`
    is that day as a note of this list tells it. `recipient_id` is who of the meeting has a copy of
    the protocol, where that is known.
    """

    id: UUID
    meeting_id: UUID
    to: str
    addressee: str
    way: Way
    given_at: datetime
    by: UUID
    number: int
    excerpt_id: UUID | None = None
    protocol_id: UUID | None = None
    code: str = ""
    state: CopyState = CopyState.OUT
    cause: Cause | None = None
    signer: str = ""
    signed_on: date | None = None
    noted_signed_on: date | None = None
    is_declined: bool = False
    recipient_id: UUID | None = None

    @property
    def is_spoilt(self) -> bool:
        """Tell whether it never left as it should have."""
        return self.state in {CopyState.SPOILT, CopyState.NEVER_GIVEN}

    @property
    def can_be_corrected(self) -> bool:
        """Tell whether something was told of it that may have been wrong.

        That an excerpt or somebody's own copy left is no note of anybody's: it is logged as it
        leaves.
        """
        if self.state is CopyState.NEVER_GIVEN:
            return False
        is_noted = self.state is not CopyState.OUT or self.noted_signed_on is not None
        return is_noted or (self.excerpt_id is None and self.recipient_id is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is known of a copy after one thing was noted of it."""

    state: CopyState = CopyState.OUT
    cause: Cause | None = None
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Later:
    """What became of each copy, one thing after the other."""

    told: dict[UUID, list[_Told]] = field(default_factory=dict)

    def take(self, event: Handover) -> None:
        if event.spoilt is not None:
            self._tell(event.spoilt.copy_id, state=CopyState.SPOILT, cause=None)
        if event.asked_back is not None:
            cause = event.asked_back.cause
            self._tell(event.asked_back.copy_id, state=CopyState.ASKED_BACK, cause=cause)
        if event.came_back is not None:
            is_destroyed = event.came_back.is_destroyed
            state = CopyState.DESTROYED if is_destroyed else CopyState.RETURNED
            self._tell(event.came_back.copy_id, state=state)
        if event.signed is not None:
            self._tell(event.signed.copy_id, signed_on=event.signed.on)
        if event.corrected is not None:
            told = self.told.get(event.corrected.copy_id)
            if told:
                told.pop()
            else:
                self._tell(event.corrected.copy_id, state=CopyState.NEVER_GIVEN)

    def last(self, copy_id: UUID) -> _Told:
        told = self.told.get(copy_id)
        return told[-1] if told else _Told()

    def _tell(self, copy_id: UUID, **changes: Any) -> None:
        self.told.setdefault(copy_id, []).append(replace(self.last(copy_id), **changes))


_NOTHING_RECORDED: Mapping[UUID, SignerState] = {}


def list_copies(
    excerpts: Iterable[GivenExcerpt],
    events: Iterable[Handover],
    signers: Mapping[UUID, SignerState] = _NOTHING_RECORDED,
) -> tuple[Copy, ...]:
    """Return the distribution list: every copy that was given, in order of time.

    `signers` tell who signs an excerpt, of those of which anything is recorded.
    """
    events = sorted(events, key=lambda one: one.sequence)
    later = _Later()
    for event in events:
        later.take(event)
    copies = [
        Copy(
            id=one.id,
            meeting_id=one.meeting_id,
            to=one.recipient,
            addressee=one.addressee,
            way=one.way,
            given_at=one.given_at,
            by=one.given_by,
            number=one.copy,
            excerpt_id=one.id,
            protocol_id=one.source_id,
            code=one.control_code,
            state=later.last(one.id).state,
            cause=later.last(one.id).cause,
            signer=one.signer,
            noted_signed_on=later.last(one.id).signed_on,
            **_signing(signers.get(one.id), later.last(one.id).signed_on),
        )
        for one in excerpts
    ]
    copies += [
        Copy(
            id=one.id,
            meeting_id=one.meeting_id,
            to=one.given.to,
            addressee="",
            way=one.given.way,
            given_at=one.at,
            by=one.by,
            number=one.given.number,
            protocol_id=one.given.protocol_id,
            state=later.last(one.id).state,
            cause=later.last(one.id).cause,
            recipient_id=one.given.recipient_id,
        )
        for one in events
        if one.given is not None
    ]
    return tuple(sorted(copies, key=lambda one: one.given_at))


def _signing(signer: SignerState | None, noted: date | None) -> dict[str, Any]:
    """Return how the signing of an excerpt stands: what is recorded counts before what is noted."""
    if signer is None:
        return {"signed_on": noted}
    is_declined = signer.status is SignerStatus.DECLINED
    return {"signed_on": signer.signed_on, "is_declined": is_declined}


def count_left_out(decided: Collection[tuple[str, Reason]]) -> tuple[LeftOut, ...]:
    """Return how much is left out, by category and by reason, in order of both."""
    return tuple(
        LeftOut(category=category, reason=reason, count=list(decided).count((category, reason)))
        for category, reason in sorted(set(decided))
    )
