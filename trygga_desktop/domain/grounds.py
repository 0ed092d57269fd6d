"""Legal grounds on which information may pass: what each asks, and how sure its text is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from trygga_desktop.domain.tables import FILLED, Age, CategoryCode, Code, CodeOf, Key, Text
from trygga_desktop.domain.words import Mark, Words

ANY_AGENCY = "*"
PUBLIC = "public"
POLICE_SIDE = "police_side"

_Side = Annotated[str, CodeOf("agencies.agency", frozenset({ANY_AGENCY, PUBLIC, POLICE_SIDE}))]


class Mode(StrEnum):
    """What a ground says to whoever holds the information."""

    CONSENT = "consent"
    MAY = "may"
    MUST = "must"
    OPEN = "open"


class ConditionKind(StrEnum):
    """How a condition is answered: as a fact, with a motive of one's own, or in words."""

    YES_NO = "yes_no"
    WEIGHING = "weighing"
    TEXT = "text"


class Needed(StrEnum):
    """The answer without which a ground cannot be used."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing a person answers before a ground is used. A question of fact has `needed`.

    `yes_if_under` is the age below which the answer is yes, whatever else the question asks.
    """

    code: Code
    kind: ConditionKind
    question: Words
    needed: Needed | None = None
    yes_if_under: Age | None = None

    def is_yes_at(self, age: int | None) -> bool:
        """Tell whether the young person's age alone answers yes. Nothing else is ever told."""
        return self.yes_if_under is not None and age is not None and age < self.yes_if_under


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalGround:
    """One ground. The program asks and records; it never answers.

    `givers` and `recipients` are kinds of agency or `*`, `public`, `police_side`. `mark` is for
    the provision, `conditions_mark` for the conditions, which paraphrase it. Days that are not
    known are None.
    """

    code: Code
    domain_code: Text
    title: Words
    provision: Text
    givers: Annotated[tuple[_Side, ...], FILLED, Key("from")]
    recipients: Annotated[tuple[_Side, ...], FILLED, Key("to")]
    mode: Mode
    weighing: bool
    conditions: Annotated[tuple[Condition, ...], FILLED]
    explanation: Words
    mark: Mark
    conditions_mark: Mark
    unverified: bool
    never_from: tuple[_Side, ...] = ()
    categories: tuple[CategoryCode, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    confirmed_by: str = ""
    confirmed_on: date | None = None
    confirmed_source: str = ""
    source: str = ""
    version_note: str = ""
    recorded_by: str = ""
    logged_as: str = ""

    @property
    def is_verified(self) -> bool:
        """Tell whether provision and conditions were read, or a lawyer has confirmed them."""
        return not self.unverified or self.is_confirmed

    @property
    def is_confirmed(self) -> bool:
        """Tell whether somebody confirmed the text, with name, day and where it stands."""
        told = (self.confirmed_by.strip(), self.confirmed_source.strip())
        return self.confirmed_on is not None and all(told)

    @property
    def is_ever_in_force(self) -> bool:
        """Tell whether there is a day on which the provision is in force, as far as is known."""
        if self.valid_from is None or self.valid_until is None:
            return True
        return self.valid_from <= self.valid_until

    def can_be_used_on(self, day: date) -> bool:
        """Tell whether the provision is in force on that day, as far as is known."""
        has_begun = self.valid_from is None or self.valid_from <= day
        return has_begun and (self.valid_until is None or day <= self.valid_until)
