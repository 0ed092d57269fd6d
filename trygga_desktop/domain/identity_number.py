"""Swedish identity numbers: personnummer, samordningsnummer, and the schools' interim numbers.

The rules are those of the population registration act (1991:481) 18 §, the act on coordination
numbers (2022:1697) 2:8, and the tax agency's guidance 330245. A number is no proof of an exact
birth date: a nearby day is given out when numbers run short.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from trygga_desktop.domain.dates import PartialDate

_DIGITS = frozenset("0123456789")
# Stand in place of the first digit of the birth number where a school had to make one up.
_INTERIM_LETTERS = frozenset("TRSUWXJKLMNP")
_SHORT, _LONG = 10, 12
_CENTURIES = (18, 19, 20)
_COORDINATION_DAYS = 60
_MONTHS, _DAYS = 12, 31
_OLDEST = 120
# A child of this age and a person of a hundred more share one "-" on old papers.
_DOUBTFUL_AGE = 14
_HUNDRED = 100
_MOST_CHARACTERS = 40
_HYPHEN, _PLUS = "-", "+"
# Dashes and the minus sign, that word processors put in its place.
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", _HYPHEN))
_SHORT_DATE, _LONG_DATE, _LAST = 6, 8, 4


class NumberKind(StrEnum):
    """Which kind of number it is."""

    PERSONAL = "personal"
    COORDINATION = "coordination"
    INTERIM = "interim"


class NumberFlaw(StrEnum):
    """Why a number cannot be right."""

    WRONG_CONTROL_DIGIT = "wrong_control_digit"
    NO_SUCH_MONTH = "no_such_month"
    NO_SUCH_DAY = "no_such_day"
    IN_THE_FUTURE = "in_the_future"
    WRONG_LENGTH = "wrong_length"
    WRONG_SIGN = "wrong_sign"
    NO_SUCH_CENTURY = "no_such_century"
    CONTAINS_LETTER = "contains_letter"
    BIRTH_NUMBER_ZERO = "birth_number_zero"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityNumber:
    """A number with its century: twelve characters, of which an interim number's ninth is a letter.

    Made by `read_number`.
    """

    kind: NumberKind
    digits: str

    @property
    def formatted(self) -> str:
        """Return the number as people write it: 20090514-2394."""
        return f"{self.digits[:8]}-{self.digits[8:]}"

    @property
    def birth_date(self) -> PartialDate:
        """Return the date in the number, which may differ a little from the true one."""
        year, month, day = _parts(self.digits)
        if self.kind is not NumberKind.COORDINATION:
            return PartialDate(year, month, day)
        day -= _COORDINATION_DAYS
        # A day without a month says nothing, and one that the month does not have is made up:
        # coordination numbers of 30 February are given out.
        if month == 0:
            return PartialDate(year)
        is_known = 0 < day <= monthrange(year, month)[1]
        return PartialDate(year, month, day if is_known else None)


@dataclass(frozen=True, slots=True)
class Incomplete:
    """So many digits have been typed so far, and none of them is wrong yet."""

    digits: int


@dataclass(frozen=True, slots=True)
class Valid:
    """The number is right."""

    number: IdentityNumber


@dataclass(frozen=True, slots=True)
class AskCentury:
    """More than one century is possible, and only the paper can tell; the latest comes first."""

    choices: tuple[IdentityNumber, ...]


@dataclass(frozen=True, slots=True)
class Invalid:
    """The number cannot be right."""

    flaw: NumberFlaw


NumberReading: TypeAlias = Incomplete | Valid | AskCentury | Invalid


def read_number(text: str, *, on: date) -> NumberReading:
    """Return what a typed number comes to on a day; any text has an answer.

    A sign stands before the last four and nowhere else. Twelve digits state the century, and "+"
    must not contradict it. With ten, "-" says that the person is under 100 and "+" that they turn
    100 that year or have; without a sign, or where the same ten digits and "-" fit
    somebody who is at most 14 and somebody over 100, the century is asked for: the control digit
    does not protect it, and people write "-" for the very old too.
    """
    if len(text) > _MOST_CHARACTERS:
        return Invalid(NumberFlaw.WRONG_LENGTH)
    compact = "".join(text.split()).upper().translate(_HYPHENS)
    digits = compact.replace(_HYPHEN, "").replace(_PLUS, "")
    signs = {at: one for at, one in enumerate(compact) if one in {_HYPHEN, _PLUS}}
    flaw = _flaw_of_form(digits, signs)
    if flaw is not None:
        return Invalid(flaw)
    sign = "".join(signs.values())
    if len(digits) == _LONG:
        return _read_whole(digits, sign, on)
    if len(digits) < _SHORT or _LONG_DATE in signs:
        return Incomplete(len(digits))
    return _read_short(digits, sign, on)


def is_test_number(number: IdentityNumber, listed: frozenset[str]) -> bool:
    """Return whether the tax agency has published the number for tests; `listed` holds them.

    The pattern of the number is no proof: real numbers may look the same.
    """
    return number.digits in listed


def _flaw_of_form(digits: str, signs: Mapping[int, str]) -> NumberFlaw | None:
    """Return what is wrong with the characters, whatever the digits say."""
    if not _may_be_number(digits):
        return NumberFlaw.CONTAINS_LETTER
    if signs and not _is_before_the_last_four(digits, signs):
        return NumberFlaw.WRONG_SIGN
    is_unfinished = len(digits) < _SHORT or _LONG_DATE in signs
    if not is_unfinished and len(digits) not in {_SHORT, _LONG}:
        return NumberFlaw.WRONG_LENGTH
    return None


def _is_before_the_last_four(digits: str, signs: Mapping[int, str]) -> bool:
    place, *others = signs
    is_after_date = place in {_SHORT_DATE, _LONG_DATE}
    return is_after_date and not others and len(digits) <= place + _LAST


def _may_be_number(digits: str) -> bool:
    strange = [at for at, character in enumerate(digits) if character not in _DIGITS]
    if not strange:
        return True
    # An interim number's letter has one place, seen from the end.
    place = len(digits) - 4
    return (
        len(digits) in {_SHORT, _LONG} and strange == [place] and digits[place] in _INTERIM_LETTERS
    )


def _read_whole(digits: str, sign: str, on: date) -> NumberReading:
    if digits[0:2] not in {str(century) for century in _CENTURIES}:
        return Invalid(NumberFlaw.NO_SUCH_CENTURY)
    read = _check(digits, on)
    if isinstance(read, NumberFlaw):
        return Invalid(read)
    # People write "-" for the very old too, but nobody writes "+" for the young.
    contradicts = sign == _PLUS and not _fits(read, sign, on)
    return Invalid(NumberFlaw.WRONG_SIGN) if contradicts else Valid(read)


def _read_short(digits: str, sign: str, on: date) -> NumberReading:
    readings = [_check(f"{century}{digits}", on) for century in reversed(_CENTURIES)]
    numbers = [one for one in readings if isinstance(one, IdentityNumber)]
    possible = [one for one in numbers if on.year - _year(one) <= _OLDEST]
    if not possible:
        flaws = [one for one in readings if isinstance(one, NumberFlaw)]
        # That a day lies ahead says nothing while another century is wrong in another way.
        return Invalid(min(flaws, key=lambda flaw: flaw is NumberFlaw.IN_THE_FUTURE))
    fitting = [one for one in possible if _fits(one, sign, on)]
    if len(possible) > 1 and (not sign or _is_doubtful(possible, sign, on)):
        return AskCentury(tuple(possible))
    return Valid(fitting[0]) if fitting else AskCentury(tuple(possible))


def _fits(number: IdentityNumber, sign: str, on: date) -> bool:
    turns_hundred = on.year - _year(number) >= _HUNDRED
    return not sign or turns_hundred == (sign == _PLUS)


def _is_doubtful(possible: list[IdentityNumber], sign: str, on: date) -> bool:
    """Return whether "-" may have been written for somebody over 100."""
    return sign == _HYPHEN and on.year - _year(possible[0]) <= _DOUBTFUL_AGE


def _check(digits: str, on: date) -> IdentityNumber | NumberFlaw:
    """Return the number, or the first thing that is wrong with it."""
    number = IdentityNumber(kind=_kind(digits), digits=digits)
    flaw = _flaw_of_date(number, on)
    if flaw is None and number.kind is not NumberKind.INTERIM:
        flaw = _flaw_of_birth_number(digits)
    return number if flaw is None else flaw


def _flaw_of_date(number: IdentityNumber, on: date) -> NumberFlaw | None:
    _, month, day = _parts(number.digits)
    is_coordination = number.kind is NumberKind.COORDINATION
    if month > _MONTHS or (month == 0 and not is_coordination):
        return NumberFlaw.NO_SUCH_MONTH
    if is_coordination and day > _COORDINATION_DAYS + _DAYS:
        return NumberFlaw.NO_SUCH_DAY
    try:
        born = number.birth_date.earliest
    except ValueError:
        return NumberFlaw.NO_SUCH_DAY
    return NumberFlaw.IN_THE_FUTURE if born > on else None


def _flaw_of_birth_number(digits: str) -> NumberFlaw | None:
    if digits[8:11] == "000":
        return NumberFlaw.BIRTH_NUMBER_ZERO
    if _control_digit(digits[2:11]) != digits[11]:
        return NumberFlaw.WRONG_CONTROL_DIGIT
    return None


def _kind(digits: str) -> NumberKind:
    if digits[8] not in _DIGITS:
        return NumberKind.INTERIM
    is_coordination = int(digits[6:8]) >= _COORDINATION_DAYS
    return NumberKind.COORDINATION if is_coordination else NumberKind.PERSONAL


def _parts(digits: str) -> tuple[int, int, int]:
    return int(digits[:4]), int(digits[4:6]), int(digits[6:8])


def _year(number: IdentityNumber) -> int:
    return int(number.digits[:4])


def _control_digit(nine: str) -> str:
    """Return the last digit by the modulus 10 method over the nine before it."""
    products = (int(digit) * (2 - at % 2) for at, digit in enumerate(nine))
    return str(-sum(product // 10 + product % 10 for product in products) % 10)
