"""Who has to do with a case, and in what capacity."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class PartyRole(StrEnum):
    """In what capacity somebody has to do with the case. Codes are those of `roles.toml`."""

    SUBJECT_PERSON = "subject_person"
    GUARDIAN = "guardian"
    APPOINTED_GUARDIAN = "appointed_guardian"
    TRUSTEE = "legal_guardian_ad_litem"
    RELATIVE = "relative"
    PROFESSIONAL = "professional"


class Custody(StrEnum):
    """What part of the custody of the young person somebody has."""

    NONE = "none"
    JOINT = "joint"
    SOLE = "sole"


_GUARDIANS = frozenset({PartyRole.GUARDIAN, PartyRole.APPOINTED_GUARDIAN, PartyRole.TRUSTEE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One person's place in a case, from one day to another; `until` is the first day without.

    `id` is the person's for family, and the place's own for a professional, whose name stands in
    the directory under `contact_id`. `organisation_id` is whom a professional speaks for,
    `function` what they do there. `deputy_of` is the professional whose stand-in they are.
    `account_id` is the account by which one of the board's own people signs in here, as far as
    somebody has said so: names tell nobody apart.
    """

    id: UUID
    role: PartyRole
    since: date
    until: date | None = None
    custody: Custody = Custody.NONE
    relation: str = ""
    contact_id: UUID | None = None
    organisation_id: UUID | None = None
    function: str = ""
    deputy_of: UUID | None = None
    account_id: UUID | None = None

    def __post_init__(self) -> None:
        """Refuse a professional without an organisation, and family with one.

        Whoever is both has two places, and sits at the table in one of them.
        """
        is_professional = self.role is PartyRole.PROFESSIONAL
        if is_professional is not (self.organisation_id is not None):
            raise ValueError("A party is neither family nor a professional.")
        if is_professional is not (self.contact_id is not None):
            raise ValueError("A professional is somebody of the directory, and nobody else is.")

    def holds_on(self, day: date) -> bool:
        """Tell whether the person has this place on that day."""
        return self.since <= day and (self.until is None or day < self.until)

    def has_custody_on(self, day: date) -> bool:
        """Tell whether the person is a guardian with custody on that day."""
        is_guardian = self.role in _GUARDIANS and self.custody is not Custody.NONE
        return is_guardian and self.holds_on(day)


def guardians_on(parties: Iterable[Party], day: date) -> frozenset[UUID]:
    """Return who has custody of the young person on a day."""
    return frozenset(one.id for one in parties if one.has_custody_on(day))


def organisations_of(parties: Collection[Party]) -> frozenset[UUID]:
    """Return the organisations that somebody speaks or has spoken for in the case."""
    found = (one.organisation_id for one in parties)
    return frozenset(one for one in found if one is not None)
