"""Finds a person's name and numbers in what was written, and puts an alias in their place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from trygga_desktop.domain.people import Person

T = TypeVar("T")

# Shorter ones stand in words by chance.
_SHORTEST = 3
_CENTURY = 2
_DATE = 8


class NameFinder:
    """Knows by what one person is recognised in a text: both names together, and each number.

    A genitive counts, and the names the other way round. One name alone is found, and not replaced:
    others may be called so.
    """

    def __init__(self, person: Person) -> None:
        given, family = person.given_name.split(), person.family_name.split()
        whole = [_in_words([*given, *family])]
        if given and family:
            whole.append(rf"{_in_words(family)},?\s+{_in_words(given)}")
        spelled = {spelling for number in person.numbers for spelling in _spellings(number.digits)}
        numbers = [re.escape(one) for one in sorted(spelled, key=len, reverse=True)]
        self._whole = _any_of(one for one in [*whole, *numbers] if len(one) >= _SHORTEST)
        self._part = _any_of(_in_words([one]) for one in [*given, *family] if len(one) >= _SHORTEST)

    def stands_in(self, value: object) -> bool:
        """Tell whether the name, one of the names, or a number stands anywhere in a value."""
        return any(self._whole.search(one) or self._part.search(one) for one in _texts_in(value))

    def replaced(self, value: T, alias: str) -> T:
        """Return a value with the alias wherever both names or a number stood in a text of it."""
        replaced: T = self._replaced(value, alias)
        return replaced

    def _replaced(self, value: Any, alias: str) -> Any:
        match value:
            case str():
                # A code of an enumeration stays what it is.
                return value if type(value) is not str else self._whole.sub(lambda _: alias, value)
            case tuple():
                return tuple(self._replaced(one, alias) for one in value)
            case _ if is_dataclass(value) and not isinstance(value, type):
                before = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
                after = {name: self._replaced(one, alias) for name, one in before.items()}
                return value if after == before else replace(value, **after)
            case _:
                return value


def _texts_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case tuple() | list() | frozenset():
            for one in value:
                yield from _texts_in(one)
        case _ if is_dataclass(value) and not isinstance(value, type):
            for one in fields(value):
                yield from _texts_in(getattr(value, one.name))
        case _:
            pass


def _in_words(words: Iterable[str]) -> str:
    return r"\s+".join(map(re.escape, words))


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    wanted = "|".join(one for one in patterns if one)
    # Nothing is found of somebody who has no name.
    return re.compile(rf"(?<!\w)(?:{wanted})(?=s?(?!\w))" if wanted else r"(?!)", re.IGNORECASE)


def _spellings(digits: str) -> Iterator[str]:
    """Yield how people write a number: with twelve digits or ten, with a hyphen or without."""
    for one in (digits, digits[_CENTURY:]):
        place = _DATE - (len(digits) - len(one))
        yield one
        yield f"{one[:place]}-{one[place:]}"
        yield f"{one[:place]} {one[place:]}"
