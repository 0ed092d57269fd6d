"""What stands in the form for a new case, as typed, and how it is kept as a draft."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.people import Protection

LONGEST_LIFE = 130

_BIRTH_DATE = re.compile(
    r"(?P<y>[0-9]{4})(?:-(?P<m>[0-9]{1,2})(?:-(?P<d>[0-9]{1,2}))?)?"
    r"|(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
)


class FormField(StrEnum):
    """The fields, in the order in which they are read, by the codes that errors name."""

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    NUMBER = "number"
    BIRTH_DATE = "birth_date"
    ALIAS = "alias"
    WHY = "why"
    ASSESSMENT = "assessment"
    CASE_NUMBER = "case_number"
    REGISTRY_NUMBER = "registry_number"
    RAISED_ON = "raised_on"
    SINCE = "since"


class BirthFlaw(StrEnum):
    """Why a text is no birth date, or no day."""

    UNREADABLE = "unreadable"
    NO_SUCH_DAY = "no_such_day"
    IN_THE_FUTURE = "in_the_future"
    TOO_LONG_AGO = "too_long_ago"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseForm:
    """Everything typed so far. `century` holds the twelve digits chosen where two were possible.

    `programme` is empty for the usual one, `raised_by` the id of an organisation or empty.
    """

    texts: Mapping[FormField, str] = field(default_factory=dict)
    century: str = ""
    has_no_number: bool = False
    is_own_birth_date: bool = False
    protection: Protection = Protection.NONE
    programme: str = ""
    raised_by: str = ""

    @property
    def is_protected(self) -> bool:
        """Return whether the identity is protected in any way."""
        return self.protection is not Protection.NONE

    def text_in(self, field: FormField) -> str:
        """Return what stands in a field, as typed."""
        return self.texts.get(field, "")

    def tidy(self, field: FormField) -> str:
        """Return what stands in a field without the spaces around it."""
        return self.text_in(field).strip()

    def with_text(self, field: FormField, text: str) -> "CaseForm":
        """Return the form with this text in a field. Two empty fields are alike."""
        others = {one: typed for one, typed in self.texts.items() if one is not field}
        return replace(self, texts={**others, field: text} if text else others)


def to_draft(form: CaseForm) -> str:
    """Return the form as the text of a draft; nothing for a form nobody has touched."""
    return "" if form == CaseForm() else json.dumps(asdict(form), sort_keys=True)


def from_draft(text: str) -> CaseForm | None:
    """Return the form that a draft holds, or None where it cannot be read."""
    try:
        stored = json.loads(text)
        texts = {FormField(name): _text(typed) for name, typed in stored["texts"].items()}
        return CaseForm(
            texts=texts,
            century=_text(stored["century"]),
            has_no_number=stored["has_no_number"] is True,
            is_own_birth_date=stored["is_own_birth_date"] is True,
            protection=Protection(stored["protection"]),
            # Drafts of earlier versions know neither.
            programme=_text(stored.get("programme", "")),
            raised_by=_text(stored.get("raised_by", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def read_birth_date(text: str, *, on: date) -> PartialDate | BirthFlaw | None:
    """Return the date as far as it is given (2009, 2009-05 or 2009-05-14), None for no text."""
    if not text.strip():
        return None
    found = _BIRTH_DATE.fullmatch(text.strip())
    if found is None:
        return BirthFlaw.UNREADABLE
    parts = found.groupdict()
    year = int(parts["y"] or parts["year"])
    month, day = _number(parts["m"] or parts["month"]), _number(parts["d"] or parts["day"])
    try:
        # Unknown is not zero, which is no month and no day.
        earliest = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return BirthFlaw.NO_SUCH_DAY
    if earliest > on:
        return BirthFlaw.IN_THE_FUTURE
    if year < on.year - LONGEST_LIFE:
        return BirthFlaw.TOO_LONG_AGO
    return PartialDate(year, month, day)


def read_day(text: str, *, on: date) -> date | BirthFlaw | None:
    """Return the day that a text names, None for no text. Less than a day is none."""
    found = read_birth_date(text, on=on)
    if not isinstance(found, PartialDate):
        return found
    if found.month is None or found.day is None:
        return BirthFlaw.UNREADABLE
    return date(found.year, found.month, found.day)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)
