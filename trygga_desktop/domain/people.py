"""The people a case is about or knows of."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.identity_number import IdentityNumber, NumberKind
from trygga_desktop.domain.pseudonym import AgeBand, Pseudonym, band_of

__all__ = [
    "MOST_NAME",
    "Lowering",
    "Namesake",
    "PartialDate",
    "Person",
    "Protection",
    "aliases_of",
    "find_person_flaws",
    "from_plain",
    "protected_namesake",
    "tidy",
    "to_plain",
]

MOST_NAME = 200
"""The longest name in characters that is stored."""

_FIELDS = frozenset({"given_name", "family_name", "alias", "birth_date", "numbers", "protection"})
# Only of somebody whose age is all that is known of when they were born.
_AGE_BAND = "age_band"
# Only of somebody whose identity is protected, and of whom it is known or asked.
_SINCE, _LOWERING = "protected_since", "lowering"
_SOME = frozenset({_AGE_BAND, _SINCE, _LOWERING})
_LOWERING_FIELDS = frozenset({"asked_by", "asked_at", "to", "why"})
_PARTS_OF_A_DATE = 3
# Letters and a sign by their class in Unicode, that are drawn as nothing.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_NUMBER_FIELDS = frozenset({"kind", "digits"})


class Protection(StrEnum):
    """How a person's details are protected by the tax agency or the police."""

    NONE = "none"
    SECRECY_MARKING = "secrecy_marking"
    PROTECTED_REGISTRATION = "protected_registration"
    FICTITIOUS_IDENTITY = "fictitious_identity"

    @property
    def degree(self) -> int:
        """Return how strong it is, as a place in the order of the kinds."""
        return list(Protection).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowering:
    """That somebody asked for less protection, which another has to confirm. `asked_at` is aware.

    `to` is the kind that would hold then.
    """

    asked_by: UUID
    asked_at: datetime
    to: Protection
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person. `numbers` is the history of identity numbers, the present one last.

    Age comes from `birth_date`, never from a number. Somebody who is spoken of without a name has
    an alias, and an `age_band` instead of a birth date. `protected_since` is the day from which the
    present kind of protection holds, `lowering` what was asked about it and nobody has answered.
    """

    given_name: str
    family_name: str
    alias: str = ""
    birth_date: PartialDate | None = None
    numbers: tuple[IdentityNumber, ...] = ()
    protection: Protection = Protection.NONE
    age_band: AgeBand | None = None
    protected_since: date | None = None
    lowering: Lowering | None = None

    @property
    def shown_name(self) -> str:
        """Return what lists call the person: the alias of a protected one, or of one without name.

        Of a protected one never the name.
        """
        if self.protection is not Protection.NONE:
            return self.alias
        return self.full_name or self.alias

    @property
    def full_name(self) -> str:
        """Return the name itself, empty where nobody has told it."""
        return f"{self.given_name} {self.family_name}".strip()

    def pseudonym(self, age: int | None) -> Pseudonym:
        """Return what the person is called without the name, at that age if it is known."""
        return Pseudonym(alias=self.alias, age_band=band_of(age) or self.age_band)

    def unguarded(self) -> "Person":
        """Return what everyone with the case may know: of a protected person only the alias."""
        if self.protection is Protection.NONE:
            return self
        return Person(given_name="", family_name="", alias=self.alias, protection=self.protection)


@dataclass(frozen=True, slots=True)
class Namesake:
    """The protected person whom a name may be; `person_id` is None where their names are closed."""

    person_id: UUID | None


def protected_namesake(
    name: str, people: Mapping[UUID, Person], protected_names: Mapping[UUID, str]
) -> Namesake | None:
    """Return whom of those whose identity is protected a name may be that somebody typed.

    `protected_names` are the names of those of them whom we may know. Where the name of one is
    closed to us nobody can tell: then it may be theirs, unless it is that of somebody else of the
    case.
    """
    asked = _alike(name)
    if not asked:
        return None
    hidden = {one: each for one, each in people.items() if each.protection is not Protection.NONE}
    for one, person in hidden.items():
        if asked in {_alike(protected_names.get(one, "")), _alike(person.alias)}:
            return Namesake(one)
    known = {_alike(each.full_name) for one, each in people.items() if one not in hidden}
    is_closed = not hidden.keys() <= protected_names.keys()
    return Namesake(None) if is_closed and asked not in known else None


def _alike(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def aliases_of(people: Mapping[UUID, Person]) -> dict[UUID, str]:
    """Return what those are called whose identity is protected, by their ids."""
    return {
        one: person.alias
        for one, person in people.items()
        if person.protection is not Protection.NONE
    }


def tidy(person: Person) -> Person:
    """Return the person with names in one spelling, without spaces around them."""
    return replace(
        person,
        given_name=_tidy(person.given_name),
        family_name=_tidy(person.family_name),
        alias=_tidy(person.alias),
    )


def find_person_flaws(person: Person) -> tuple[tuple[str, str], ...]:
    """Return pairs of field and flaw: `missing` or `length`. No pairs: the person can be stored."""
    flaws = []
    has_name = _shows(person.given_name) or _shows(person.family_name)
    is_nameless = not has_name and person.age_band is not None
    if not has_name and not is_nameless:
        flaws.append(("given_name", "missing"))
    needs_alias = person.protection is not Protection.NONE or is_nameless
    if needs_alias and not _shows(person.alias):
        flaws.append(("alias", "missing"))
    names = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "alias": person.alias,
    }
    flaws += [(field, "length") for field, name in names.items() if len(name) > MOST_NAME]
    return tuple(flaws)


def to_plain(person: Person) -> dict[str, object]:
    """Return the person as values that JSON can hold."""
    born = person.birth_date
    since, lowering = person.protected_since, person.lowering
    beside: dict[str, object] = {}
    if person.age_band is not None:
        beside[_AGE_BAND] = person.age_band.value
    if since is not None:
        beside[_SINCE] = since.isoformat()
    if lowering is not None:
        beside[_LOWERING] = {
            "asked_by": str(lowering.asked_by),
            "asked_at": lowering.asked_at.astimezone(UTC).isoformat(),
            "to": lowering.to.value,
            "why": lowering.why,
        }
    return {
        **beside,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "alias": person.alias,
        "birth_date": None if born is None else [born.year, born.month, born.day],
        "numbers": [{"kind": one.kind.value, "digits": one.digits} for one in person.numbers],
        "protection": person.protection.value,
    }


def from_plain(plain: Mapping[str, object]) -> Person:
    """Return the person that `to_plain` described; anything else raises ValueError."""
    if set(plain) - _SOME != _FIELDS:
        raise ValueError("a person has other fields than it should")
    return Person(
        given_name=_text(plain["given_name"]),
        family_name=_text(plain["family_name"]),
        alias=_text(plain["alias"]),
        birth_date=_birth_date(plain["birth_date"]),
        numbers=_numbers(plain["numbers"]),
        protection=Protection(_text(plain["protection"])),
        age_band=AgeBand(_text(plain[_AGE_BAND])) if _AGE_BAND in plain else None,
        protected_since=date.fromisoformat(_text(plain[_SINCE])) if _SINCE in plain else None,
        lowering=_lowering(plain[_LOWERING]) if _LOWERING in plain else None,
    )


def _shows(name: str) -> bool:
    """Return whether there is something to read: a letter, a digit or a sign."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in _BLANK for one in name)


def _tidy(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()


# The errors name no value: what is stored about people must not reach a log.


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a text of a person is not text")  # noqa: TRY004  as promised
    return value


def _birth_date(value: object) -> PartialDate | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != _PARTS_OF_A_DATE:
        raise ValueError("a birth date is not a date")
    year, month, day = (_whole_or_nothing(part) for part in value)
    if year is None:
        raise ValueError("a birth date has no year")
    return PartialDate(year, month, day)


def _whole_or_nothing(value: object) -> int | None:
    if value is None:
        return None
    if type(value) is not int:
        raise ValueError("a part of a birth date is not a number")
    return value


def _numbers(value: object) -> tuple[IdentityNumber, ...]:
    if not isinstance(value, list):
        raise ValueError("identity numbers are not a list")  # noqa: TRY004  as promised
    return tuple(_number(one) for one in value)


def _number(value: object) -> IdentityNumber:
    if not isinstance(value, Mapping) or set(value) != _NUMBER_FIELDS:
        raise ValueError("an identity number is not one")
    return IdentityNumber(kind=NumberKind(_text(value["kind"])), digits=_text(value["digits"]))


def _lowering(value: object) -> Lowering:
    if not isinstance(value, Mapping) or set(value) != _LOWERING_FIELDS:
        raise ValueError("what was asked about a protection is not a request")
    asked_at = datetime.fromisoformat(_text(value["asked_at"]))
    if asked_at.tzinfo is None:
        raise ValueError("a moment has no zone")
    return Lowering(
        asked_by=UUID(_text(value["asked_by"])),
        asked_at=asked_at.astimezone(UTC),
        to=Protection(_text(value["to"])),
        why=_text(value["why"]),
    )
