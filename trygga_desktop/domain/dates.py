"""Dates of birth of which not every part is known."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_FIRST_YEAR, _LAST_YEAR = 1800, 9999
_LEAP_DAY = (2, 29)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of birth; `month` or `day` is missing where it is unknown.

    Raise ValueError for a date that does not exist. A day is never known without its month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        is_possible = _FIRST_YEAR <= self.year <= _LAST_YEAR and 0 not in {self.month, self.day}
        if not is_possible or (self.month is None and self.day is not None):
            raise ValueError("no such date")
        # Both ends exist if the parts that are known do.
        self.earliest, self.latest  # noqa: B018  made only to see that they can be

    @property
    def earliest(self) -> date:
        """Return the first day that this can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """Return the last day that this can be."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def age_on(self, day: date) -> int | None:
        """Return the age in whole years, or nothing where the unknown part decides it.

        Whoever is not born yet has no age either.
        """
        oldest, youngest = _age(self.earliest, day), _age(self.latest, day)
        return oldest if oldest == youngest and oldest >= 0 else None

    def turns(self, age: int) -> date | None:
        """Return the day on which this age is reached, where it is known.

        Whoever is born on 29 February reaches it on 1 March in other years. That is not verified,
        and a lawyer is to check it: the act on the computation of time (1930:173) 1 § ends a term
        of years on the month's last day where the day is missing, which points to 28 February.
        Until then this decides who consents on that one day.
        """
        if self.earliest != self.latest or self.year + age > _LAST_YEAR:
            return None
        return _birthday(self.earliest, self.year + age)

    def __str__(self) -> str:
        """Return the known parts as in ISO 8601: 2009-05-14, 2009-05 or 2009."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def months_after(day: date, months: int) -> date:
    """Return the day so many months later; where the month is too short, its last day.

    Beyond either end of the calendar it is the last or the first day that there is.
    """
    whole = day.year * 12 + day.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _age(born: date, day: date) -> int:
    years = day.year - born.year
    return years if _birthday(born, day.year) <= day else years - 1


def _birthday(born: date, year: int) -> date:
    if (born.month, born.day) == _LEAP_DAY and monthrange(year, 2)[1] < born.day:
        return date(year, 3, 1)
    return born.replace(year=year)
