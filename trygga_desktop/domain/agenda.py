"""Templates of agendas: what a kind of meeting goes through, when, and in which order."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import accumulate, pairwise, permutations
from typing import Annotated, TypeVar

from trygga_desktop.domain.tables import (
    CategoryCode,
    Code,
    CodeOf,
    Key,
    Order,
    RoleCode,
    between,
)
from trygga_desktop.domain.words import Words

EVERY_PROGRAMME = "*"
VOICE = "own_words"
"""The category of what the young person says: the second thing that any meeting comes to."""

COMMITMENTS = "commitments"
"""The code of the item at which goals and commitments are agreed on."""

_MOST_GROUPS = 6
_Someone = TypeVar("_Someone", bound=Hashable)


class Form(StrEnum):
    """Who a kind of meeting is held with."""

    WITH_FAMILY = "with_family"
    WITH_PERSON = "with_person"
    PROFESSIONALS_ONLY = "professionals_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class MustNote:
    """Something that an item of an agenda is not complete without."""

    code: Code
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateItem:
    """One item of a template. `category` is a proposal for what is written under it.

    `role` leads the item. `must_note` are codes of what the review asks for.
    """

    code: Code
    order: Order
    title: Words
    minutes: Annotated[int, between(1, 240)]
    question: Words
    category: CategoryCode
    role: RoleCode
    young_person_present: bool
    must_note: tuple[Annotated[str, CodeOf("agendas.must_note")], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The agenda of one kind of meeting. `needs_roles` are missed if nobody has them."""

    code: Code
    name: Words
    programme: Annotated[str, CodeOf("programmes.programme", frozenset({EVERY_PROGRAMME}))]
    form: Form
    needs_roles: tuple[RoleCode, ...]
    minutes: Annotated[int, between(1, 480)]
    items: Annotated[tuple[TemplateItem, ...], Key("item")]

    def serves(self, programme: str) -> bool:
        """Tell whether meetings of that programme may be made from it."""
        return self.programme in {EVERY_PROGRAMME, programme}

    @property
    def minutes_of_items(self) -> int:
        """Return how long the items take together."""
        return sum(item.minutes for item in self.items)

    @property
    def has_voice_second(self) -> bool:
        """Tell whether the young person is heard as soon as everyone is welcome."""
        return [item.category for item in self.items[1:2]] == [VOICE]

    @property
    def first_items(self) -> int:
        """Return how many items stay first whoever comes: the welcome, and then the voice."""
        return 2 if self.has_voice_second else 1

    @property
    def last_items(self) -> int:
        """Return how many items stay last whoever comes: the one that sums up and closes."""
        return 1

    @property
    def fits_form(self) -> bool:
        """Tell whether the young person is there for some item, or for none if never invited."""
        is_there = any(item.young_person_present for item in self.items)
        return is_there is (self.form is not Form.PROFESSIONALS_ONLY)


def begin_after(lengths: Iterable[int]) -> tuple[int, ...]:
    """Return after how many minutes of the meeting each item begins; `lengths` are minutes."""
    *begins, _ = accumulate(lengths, initial=0)
    return tuple(begins)


def count_passages(there: Sequence[frozenset[_Someone]]) -> int:
    """Return how often somebody leaves or joins between two items.

    `there` tells item by item who is there. To come late or to go early counts as much as to go
    out in between, which counts twice: one must come back.
    """
    return sum(len(before ^ after) for before, after in pairwise(there))


def keeps_ends(given: Sequence[str], order: Sequence[str], *, first: int, last: int) -> bool:
    """Tell whether an order is of the same items, with the `first` and the `last` as they were."""
    end = max(first, len(given) - last)
    ends = [*given[:first], *given[end:]] == [*order[:first], *order[end:]]
    return ends and sorted(given) == sorted(order)


def order_by_presence(
    there: Sequence[frozenset[_Someone]], *, first: int, last: int
) -> tuple[int, ...]:
    """Return the places of the items in an order where people leave and join as seldom as possible.

    The `first` and the `last` items stay where they are. An order that is as good as any stays
    untouched; else the items that the same people are there for come one after the other, in the
    order they had. With more than a few such groups the best order is not looked for any more, but
    never a worse found.
    """
    given = tuple(range(len(there)))
    end = max(first, len(given) - last)
    kept, rest, closing = given[:first], given[first:end], given[end:]
    groups: dict[frozenset[_Someone], list[int]] = {}
    for place in rest:
        groups.setdefault(there[place], []).append(place)

    def passages(order: Iterable[int]) -> int:
        return count_passages([there[place] for place in order])

    def laid_out(order: Iterable[frozenset[_Someone]]) -> tuple[int, ...]:
        return (*kept, *(place for group in order for place in groups[group]), *closing)

    if len(groups) > _MOST_GROUPS:
        candidates = [laid_out(_nearest_next(list(groups), there[first - 1] if first else None))]
    else:
        candidates = [laid_out(order) for order in permutations(groups)]
    # Of several that are equally good the first one counts: the order that was given, else the one
    # that is nearest to it.
    return min((given, *candidates), key=passages)


def _nearest_next(
    groups: list[frozenset[_Someone]], before: frozenset[_Someone] | None
) -> Iterator[frozenset[_Someone]]:
    """Yield the groups so that each is followed by the one that most of the same people are in."""
    left, here = groups, before
    while left:
        now = left[0] if here is None else min(left, key=partial(_distance, here))
        yield now
        left, here = [one for one in left if one != now], now


def _distance(one: frozenset[_Someone], other: frozenset[_Someone]) -> int:
    return len(one ^ other)
