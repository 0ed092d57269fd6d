"""Which days are no working days in Sweden, so that nobody promises something for one unawares."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from holidays.constants import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

_SATURDAY, _SUNDAY = 5, 6
_LANGUAGES = {"sv": "sv", "en": "en_US"}


class Rest(StrEnum):
    """Why a day is no working day."""

    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class RestDay:
    """A day that is no working day; `name` is that of a holiday, and empty for a weekend."""

    rest: Rest
    name: str = ""


def rest_on(day: date, language: str = "sv") -> RestDay | None:
    """Return why a day is no working day, or None where it is one.

    Holidays are those of the act on public holidays (1989:253), and the eves that are as good as:
    Midsummer, Christmas and New Year. `language` is that of the name.
    """
    name = _holidays(day.year, _LANGUAGES.get(language, "sv")).get(day)
    if name:
        return RestDay(Rest.HOLIDAY, name)
    weekend = {_SATURDAY: Rest.SATURDAY, _SUNDAY: Rest.SUNDAY}.get(day.weekday())
    return None if weekend is None else RestDay(weekend)


@cache
def _holidays(year: int, language: str) -> dict[date, str]:
    found = Sweden(
        years=year,
        language=language,
        include_sundays=False,
        categories=(PUBLIC, DE_FACTO),
    )
    return {day: name for day, name in found.items() if day.year == year}
