"""When the items of an agenda begin, and the order in which people leave and join least."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.domain.agenda import (
    begin_after,
    count_passages,
    keeps_ends,
    order_by_presence,
)

PEOPLE = frozenset({"Elias", "Henrik", "Jonas"})
WITHOUT_POLICE = PEOPLE - {"Jonas"}

rooms = st.lists(st.frozensets(st.sampled_from(sorted(PEOPLE)), max_size=3), max_size=6)
crowds = st.lists(st.frozensets(st.integers(0, 4), max_size=5), max_size=14)


@pytest.mark.parametrize(
    ("order", "first", "last", "kept"),
    [
        ("abcd", 1, 1, True),
        ("acbd", 1, 1, True),
        ("abdc", 2, 0, True),
        ("bacd", 0, 2, True),
        ("bacd", 1, 1, False),
        ("abdc", 1, 1, False),
        ("acbd", 2, 1, False),
        ("acbd", 1, 2, False),
        ("acbd", 9, 1, False),
        ("abcd", 9, 1, True),
        ("acb", 1, 0, False),
        ("abbd", 1, 1, False),
        ("abcxd", 1, 1, False),
    ],
)
def test_an_order_keeps_its_items_and_those_at_both_ends(
    order: str, first: int, last: int, *, kept: bool
) -> None:
    assert keeps_ends("abcd", order, first=first, last=last) is kept


def in_order(there: list[frozenset[str]], order: tuple[int, ...]) -> list[frozenset[str]]:
    """Return who is there item by item, in another order."""
    return [there[place] for place in order]


@pytest.mark.parametrize(
    ("lengths", "expected"), [((), ()), ((5,), (0,)), ((5, 10, 15), (0, 5, 15))]
)
def test_an_item_begins_when_those_before_it_are_over(
    lengths: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    assert begin_after(lengths) == expected


def test_whoever_goes_out_in_between_passes_the_door_twice() -> None:
    assert count_passages([PEOPLE, WITHOUT_POLICE, PEOPLE]) == 2
    assert count_passages([PEOPLE, PEOPLE, WITHOUT_POLICE]) == 1
    assert count_passages([WITHOUT_POLICE, PEOPLE, PEOPLE]) == 1
    assert count_passages([]) == 0


def test_nothing_comes_behind_what_closes_the_meeting() -> None:
    one_item = [WITHOUT_POLICE, WITHOUT_POLICE, PEOPLE, WITHOUT_POLICE, WITHOUT_POLICE]
    not_one = [PEOPLE, PEOPLE, PEOPLE, WITHOUT_POLICE, PEOPLE, PEOPLE]

    assert order_by_presence(one_item, first=1, last=1) == (0, 1, 2, 3, 4)
    assert order_by_presence(not_one, first=2, last=1) == (0, 1, 2, 3, 4, 5)


def test_what_one_person_may_not_hear_comes_together_so_that_they_go_out_once() -> None:
    there = [PEOPLE, PEOPLE, WITHOUT_POLICE, PEOPLE, WITHOUT_POLICE, PEOPLE]

    assert order_by_presence(there, first=2, last=1) == (0, 1, 2, 4, 3, 5)


def test_who_comes_for_one_item_and_the_end_comes_for_both_at_once() -> None:
    there = [WITHOUT_POLICE, WITHOUT_POLICE, PEOPLE, WITHOUT_POLICE, PEOPLE]

    assert order_by_presence(there, first=1, last=1) == (0, 1, 3, 2, 4)


def test_an_order_that_is_as_good_as_any_stays_untouched() -> None:
    there = [PEOPLE, WITHOUT_POLICE, PEOPLE]

    assert order_by_presence(there, first=2, last=0) == (0, 1, 2)
    assert order_by_presence([PEOPLE] * 8, first=2, last=1) == tuple(range(8))


@given(there=rooms, first=st.integers(0, 2), last=st.integers(0, 2))
def test_no_other_order_with_the_same_beginning_and_end_is_better(
    there: list[frozenset[str]], first: int, last: int
) -> None:
    order = order_by_presence(there, first=first, last=last)

    begins = [*range(min(first, len(there)))]
    ends = [*range(max(len(begins), len(there) - last), len(there))]
    between = range(len(begins), len(there) - len(ends))
    others = ([*begins, *rest, *ends] for rest in permutations(between))
    best = min(count_passages(in_order(there, tuple(one))) for one in others)
    assert count_passages(in_order(there, order)) == best


@given(there=crowds, first=st.integers(0, 2), last=st.integers(0, 2))
def test_every_item_stays_and_the_first_and_last_ones_stay_where_they_are(
    there: list[frozenset[str]], first: int, last: int
) -> None:
    order = order_by_presence(there, first=first, last=last)

    given = tuple(range(len(there)))
    assert sorted(order) == list(given)
    assert order[:first] == given[:first]
    assert order[len(given) - last :] == given[len(given) - last :]


@given(there=crowds, first=st.integers(0, 2), last=st.integers(0, 2))
def test_an_order_is_never_worse_than_the_one_before_and_is_found_only_once(
    there: list[frozenset[str]], first: int, last: int
) -> None:
    order = order_by_presence(there, first=first, last=last)
    ordered = in_order(there, order)

    assert count_passages(ordered) <= count_passages(there)
    again = order_by_presence(ordered, first=first, last=last)
    assert count_passages(in_order(ordered, again)) <= count_passages(ordered)
