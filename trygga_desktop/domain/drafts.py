"""Text that was typed and not yet confirmed, and how much of its past is kept."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from uuid import UUID

MOST_VERSIONS = 20
"""Earlier states of one draft that are kept at most."""

MOST_KEPT = 200_000
"""Characters that the earlier states of one draft come to at most, the last of them apart."""

_APART = timedelta(minutes=2)


class DraftKind(StrEnum):
    """What the text was going to become."""

    NEW_CASE = "new_case"
    NOTE = "note"
    GROUND = "ground"
    GROUND_TEXT = "ground_text"
    MUNICIPALITY = "municipality"
    PHASE = "phase"
    STAGE = "stage"
    STATEMENT = "statement"
    RELATIVE = "relative"
    PROFESSIONAL = "professional"
    PLACE = "place"
    DETAILS = "details"
    CONSENT = "consent"
    WITHDRAWAL = "withdrawal"
    OPINION = "opinion"
    REQUEST = "request"
    EXCEPTION = "exception"
    APPROVAL = "approval"
    KEPT_BACK = "kept_back"
    CONCERNED = "concerned"
    MEETING = "meeting"
    VOICE = "voice"
    ANSWERS = "answers"
    ENTRY = "entry"
    GUEST = "guest"
    NEXT_MEETING = "next_meeting"
    AGENDA_ITEM = "agenda_item"
    ABSENCE = "absence"
    ORGANISATION = "organisation"
    CONTACT = "contact"
    ADDENDUM = "addendum"
    SIGNATURE = "signature"
    PLAN = "plan"
    PROTECTION = "protection"
    BECAME = "became"
    RATING = "rating"
    PACKET = "packet"
    REMARK = "remark"
    COMPLETING = "completing"
    CLOSING = "closing"
    LATER_LOOK = "later_look"
    AGREEMENT = "agreement"
    AGREEMENT_ANSWER = "agreement_answer"
    COPY = "copy"
    CONSULTATION = "consultation"
    TELLING = "telling"
    GATE = "gate"
    PHRASES = "phrases"


LASTING = frozenset({DraftKind.PHRASES})
"""What is kept as drafts are, and is not going to become anything: it waits for nobody."""


@dataclass(frozen=True, slots=True)
class Version:
    """A text as a draft held it before. `stored_at` is aware, in UTC."""

    text: str
    stored_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One draft of one user. Times are aware, in UTC.

    `subject_id` is what it belongs to, such as a case, a meeting or a person's place; `case_id` the
    case that leads there, if any. `versions` begin with the oldest. One with `thrown_at` lies in
    the bin until that is emptied.
    """

    id: UUID
    kind: DraftKind
    text: str
    stored_at: datetime
    subject_id: UUID | None = None
    case_id: UUID | None = None
    versions: tuple[Version, ...] = ()
    thrown_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether no text stands in it."""
        return not self.text

    def after(self, before: "Draft | None", *, keeps_before: bool = False) -> "Draft":
        """Return this draft as it takes the place of an earlier state, which it may keep.

        No text at all throws away what stood there. With `keeps_before` it keeps that in any case.
        """
        if before is None:
            return self
        if self.is_empty:
            return replace(before, thrown_at=before.thrown_at or self.stored_at)
        return replace(self, versions=_kept(before, self, keeps_before=keeps_before))


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedDraft:
    """A draft whose text is put to use. `rest` is what of it is not, and goes on in its place."""

    id: UUID
    rest: str = ""


def _is_lost(before: Draft, now: Draft) -> bool:
    """Return whether less than half of the words that stood there are left where they stood."""
    old, new = _words(before.text), _words(now.text)
    shorter = min(len(old), len(new))
    same = (one == other for one, other in zip(old, new, strict=False))
    front = sum(1 for _ in takewhile(bool, same))
    same = (one == other for one, other in zip(reversed(old), reversed(new), strict=False))
    back = sum(1 for _ in takewhile(bool, same))
    return min(front + back, shorter) * 2 < len(old)


def _words(text: str) -> str:
    """Return what was typed, without what holds the fields of a form together."""
    try:
        texts = json.loads(text)["texts"].values()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return text
    return "\n".join(one for one in texts if isinstance(one, str))


def _kept(before: Draft, now: Draft, *, keeps_before: bool) -> tuple[Version, ...]:
    """Return the earlier states to keep: one every few minutes, and what was written over."""
    versions = before.versions
    last = versions[-1].stored_at if versions else None
    is_time = last is None or abs(now.stored_at - last) >= _APART
    is_written_over = keeps_before or before.thrown_at is not None or _is_lost(before, now)
    if before.text == now.text or not (is_time or is_written_over):
        return versions
    versions = (*versions, Version(before.text, before.stored_at))[-MOST_VERSIONS:]
    while len(versions) > 1 and sum(len(one.text) for one in versions) > MOST_KEPT:
        versions = versions[1:]
    return versions
