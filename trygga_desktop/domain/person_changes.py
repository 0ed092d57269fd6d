"""What may be changed about a person of a case later on, and what becomes of the person then."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.identity_number import IdentityNumber
from trygga_desktop.domain.people import Lowering, Person, Protection, find_person_flaws, tidy

MOST_WHY = 2_000
"""The longest reason for less protection in characters that is stored."""


class NumberChange(StrEnum):
    """What is meant by another number: that the old one was never right, or no longer is."""

    SAME = "same"
    CORRECTED = "corrected"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """What is new about a person; what is None stays.

    A number that is corrected to None was never there. `since` is the day from which a kind of
    protection holds that is given, raised, or known better now.
    """

    given_name: str | None = None
    family_name: str | None = None
    alias: str | None = None
    birth_date: PartialDate | None = None
    number: IdentityNumber | None = None
    number_change: NumberChange = NumberChange.SAME
    protection: Protection | None = None
    since: date | None = None


def is_raised(person: Person, protection: Protection | None) -> bool:
    """Tell whether a kind of protection is more than the person has."""
    return protection is not None and protection.degree > person.protection.degree


def find_change_flaw(person: Person, change: PersonChange, *, on: date) -> tuple[str, str] | None:
    """Return a field and what keeps a change of it from being stored, None where nothing does.

    Beside the flaws of a person: a day to come, less protection, which needs two, and a new
    identity that would tell the old one by its name or number.
    """
    if change.protection is not None and change.protection.degree < person.protection.degree:
        return "protection", "lower"
    if change.since is not None and change.since > on:
        return "since", "future"
    if _begins_anew(person, change):
        flaw = _find_old(person, change)
        if flaw is not None:
            return flaw
    if change.number_change is NumberChange.REPLACED and change.number is None:
        return "number", "missing"
    return next(iter(find_person_flaws(tidy(changed(person, change, on=on)))), None)


def changed(person: Person, change: PersonChange, *, on: date) -> Person:
    """Return the person as they are after a change made on a day.

    Whoever gets a fictitious identity keeps no number of before. Another kind of protection answers
    what was asked about the earlier one.
    """
    protection = person.protection if change.protection is None else change.protection
    is_other_kind = protection is not person.protection
    begins_anew = _begins_anew(person, change)
    since = change.since or (on if is_other_kind else person.protected_since)
    return tidy(
        replace(
            person,
            given_name=_or(change.given_name, person.given_name),
            family_name=_or(change.family_name, person.family_name),
            alias=_or(change.alias, person.alias),
            birth_date=change.birth_date or person.birth_date,
            numbers=_numbers(() if begins_anew else person.numbers, change),
            protection=protection,
            age_band=None if change.birth_date is not None else person.age_band,
            protected_since=None if protection is Protection.NONE else since,
            lowering=None if is_other_kind else person.lowering,
        )
    )


def asked_to_lower(person: Person, lowering: Lowering) -> Person:
    """Return the person with what is asked about the protection."""
    return replace(person, lowering=lowering)


def find_lowering_flaw(person: Person, to: Protection, why: str) -> tuple[str, str] | None:
    """Return a field and what keeps less protection from being asked for, None where nothing."""
    if person.lowering is not None:
        return "protection", "asked"
    if to.degree >= person.protection.degree:
        return "protection", "order"
    if not why.strip():
        return "why", "missing"
    return ("why", "length") if len(why) > MOST_WHY else None


def lowered(person: Person, *, on: date) -> Person:
    """Return the person with the lower protection that was asked for, from a day on."""
    if person.lowering is None:
        return person
    to = person.lowering.to
    return replace(
        person,
        protection=to,
        lowering=None,
        protected_since=None if to is Protection.NONE else on,
    )


def new_lowering(*, asked_by: UUID, asked_at: datetime, to: Protection, why: str) -> Lowering:
    """Return a request for less protection, its words without the spaces around them."""
    return Lowering(asked_by=asked_by, asked_at=asked_at, to=to, why=why.strip())


def _begins_anew(person: Person, change: PersonChange) -> bool:
    return change.protection is Protection.FICTITIOUS_IDENTITY and is_raised(
        person, change.protection
    )


def _find_old(person: Person, change: PersonChange) -> tuple[str, str] | None:
    new, old = tidy(changed(person, change, on=date.min)), tidy(person)
    if new.full_name.casefold() == old.full_name.casefold():
        return "given_name", "former"
    if set(new.numbers) & set(old.numbers):
        return "number", "former"
    return None


def _numbers(
    numbers: tuple[IdentityNumber, ...], change: PersonChange
) -> tuple[IdentityNumber, ...]:
    new = () if change.number is None else (change.number,)
    if change.number_change is NumberChange.SAME:
        return numbers
    former = numbers[:-1] if change.number_change is NumberChange.CORRECTED else numbers
    return (*(one for one in former if one not in new), *new)


def _or(new: str | None, old: str) -> str:
    return old if new is None else new
