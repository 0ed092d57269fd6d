"""The fields of this screen's forms, and how a birth date is read."""

import re
from datetime import date
from enum import StrEnum

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.ui.text_form import DayFlaw

MOST_WORDS = 200
"""The longest relation or function in characters that is stored."""

MOST_REASON = 2_000
"""The longest reason for keeping something from somebody that is stored."""

_LONGEST_LIFE = 125
_BIRTH = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)


class PeopleField(StrEnum):
    """The fields in reading order; the values are those that a use case names."""

    CONTACT = "contact"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    NUMBER = "number"
    BIRTH_DATE = "birth_date"
    RELATION = "relation"
    FUNCTION = "function"
    SINCE = "since"
    ALIAS = "alias"
    UNTIL = "until"
    WORDS = "words"


def read_birth(text: str, *, on: date) -> PartialDate | DayFlaw | None:
    """Return the date as far as it is given (2009, 2009-05 or 2009-05-14), None for no text."""
    if not text.strip():
        return None
    found = _BIRTH.fullmatch(text.strip())
    if found is None:
        return DayFlaw.UNREADABLE
    year, month, day = (None if one is None else int(one) for one in found.groups())
    if year is None or year < on.year - _LONGEST_LIFE:
        return DayFlaw.TOO_LONG_AGO
    try:
        born = PartialDate(year, month, day)
    except ValueError:
        return DayFlaw.NO_SUCH_DAY
    return DayFlaw.IN_THE_FUTURE if born.earliest > on else born
