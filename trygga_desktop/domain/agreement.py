"""The agreement of a programme with the young person: what each of them undertakes, and who signed.

Its text is laid down in versions. Who has signed one, or declined to, stands with it and changes
nothing in it: whoever wants other words makes the next version.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.words import Words

LONGEST_LINE = 2_000
"""The longest line in characters."""

MOST_LINES = 100
"""The most lines that an agreement has."""

LONGEST_NAME = 200
"""The longest name of whoever signs for the programme, in characters."""


class Side(StrEnum):
    """Who undertakes something, and signs."""

    PERSON = "person"
    PROGRAMME = "programme"


class PaperAnswer(StrEnum):
    """What a side did with the printed paper."""

    SIGNED = "signed"
    DECLINED = "declined"


class AgreementState(StrEnum):
    """How a version stands on a day."""

    WAITING = "waiting"
    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    ENDED = "ended"
    DECLINED = "declined"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    """One line: what a side undertakes, in its words."""

    id: UUID
    side: Side
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideAnswer:
    """That a side signed the paper on a day, or declined to. `name` is who did for the programme.

    `words` are why somebody declined, if they said so.
    """

    side: Side
    answer: PaperAnswer
    on: date
    recorded_by: UUID
    name: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One version. `number` counts from 1; `valid_to` is the last day. `made_at` is aware, UTC."""

    id: UUID
    number: int
    made_at: datetime
    made_by: UUID
    valid_from: date
    valid_to: date
    lines: tuple[Undertaking, ...]
    answers: tuple[SideAnswer, ...] = ()

    def answer_of(self, side: Side) -> SideAnswer | None:
        """Return what a side did with the paper, None while that is waited for."""
        return next((one for one in self.answers if one.side is side), None)

    @property
    def is_signed(self) -> bool:
        """Return whether both sides have signed."""
        signed = {one.side for one in self.answers if one.answer is PaperAnswer.SIGNED}
        return signed == set(Side)

    @property
    def is_declined(self) -> bool:
        """Return whether a side declined to sign."""
        return any(one.answer is PaperAnswer.DECLINED for one in self.answers)


def words_in(words: str, proposed: Iterable[Words], language: str) -> str:
    """Return a line in a language, where it is one that the programme proposes, and else as it is.

    What somebody wrote in their own words is in no other language than theirs.
    """
    known = (one for one in proposed if words in {text for _, text in one.texts})
    found = next(known, None)
    return words if found is None else found.in_language(language)


def state_of(version: Agreement, versions: Collection[Agreement], day: date) -> AgreementState:
    """Return how a version stands on a day. One in force is so until a later one is signed."""
    later = [one for one in versions if one.number > version.number]
    if version.is_declined:
        return AgreementState.DECLINED
    if not version.is_signed:
        return AgreementState.REPLACED if later else AgreementState.WAITING
    if any(one.is_signed and one.valid_from <= day for one in later):
        return AgreementState.REPLACED
    if day < version.valid_from:
        return AgreementState.NOT_YET
    return AgreementState.IN_FORCE if day <= version.valid_to else AgreementState.ENDED


def find_lines_flaw(lines: Iterable[Undertaking]) -> tuple[str, str] | None:
    """Return the field of the lines that cannot be stored and what is wrong with it, or None.

    Both sides undertake something: a promise of one side alone is no agreement.
    """
    found = [one for one in lines if one.words.strip()]
    if len(found) > MOST_LINES:
        return "lines", "length"
    if len({one.id for one in found}) != len(found):
        return "lines", "twice"
    for side in Side:
        if not any(one.side is side for one in found):
            return side.value, "missing"
    if any(len(one.words) > LONGEST_LINE for one in found):
        return "words", "length"
    return None
