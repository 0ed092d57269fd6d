"""What a packet may hold, and what two sides make of a part that both have."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from tests.packets import AGENDA, STATEMENT, Side, packet
from trygga_desktop.domain.packets import (
    MOST_PARTS,
    MOST_SEEN,
    MOST_TEXT,
    Change,
    add_seen,
    compare,
    from_plain,
    to_plain,
)

KARIN, SARA = Side("Karin Ek", 1), Side("Sara Lind", 2)
A, B, C = "aa" * 16, "bb" * 16, "cc" * 16


def plain() -> dict[str, Any]:
    """Return the spelled packet, to be changed."""
    return to_plain(packet(KARIN, SARA))


def part(table: dict[str, Any]) -> dict[str, Any]:
    """Return the first part of a spelled packet."""
    first: dict[str, Any] = table["parts"][0]
    return first


def _set(path: str, value: object) -> Callable[[dict[str, Any]], object]:
    def change(table: dict[str, Any]) -> None:
        *before, last = path.split(".")
        for name in before:
            table = table["parts"][0] if name == "part" else table[name]
        table[last] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set("more", 1),
        lambda table: table.pop("name"),
        _set("id", "no id"),
        _set("id", str(UUID(int=2**128 - 1)).upper()),
        _set("id", "{" + str(UUID(int=1)) + "}"),
        _set("number", 0),
        _set("number", True),
        _set("number", 2**31),
        _set("number", "1"),
        _set("made_at", "2026-11-26T07:00:00"),
        _set("made_at", "2026-11-26T08:00:00+01:00"),
        _set("made_at", "yesterday"),
        _set("sender", ["00", str(UUID(int=1))]),
        _set("sender", [("AB" * 16), str(UUID(int=1))]),
        _set("sender", ["00" * 16]),
        _set("sender", None),
        _set("name", "x" * 201),
        _set("name", 7),
        _set("meeting", None),
        _set("meeting.minutes", 0),
        _set("meeting.place", "Torget 1"),
        _set("parts", {}),
        _set("parts", [None]),
        _set("part.kind", "note"),
        _set("part.fields", []),
        _set("part.fields", {}),
        _set("part.fields", {"text": "x", "more": "y"}),
        _set("part.fields", {"text": None}),
        _set("part.fields", {"text": "x" * (MOST_TEXT + 1)}),
        _set("part.seen", ["ab"]),
        _set("part.seen", ["AB" * 16]),
        _set("part.seen", ["zz" * 16]),
        _set("part.seen", ["ab" * 16] * (MOST_SEEN + 1)),
        _set("part.source.whose", "nobody"),
        _set("part.source.by_subject", 1),
        _set("part.source.known_on", "20261126"),
        _set("part.source.follows", 1),
        lambda table: table.update(parts=table["parts"] * 2),
        lambda table: table.update(parts=[part(table)] * (MOST_PARTS + 1)),
    ],
)
def test_anything_else_than_a_packet_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    changed = plain()
    change(changed)

    with pytest.raises(ValueError, match=r"\w"):
        from_plain(changed)


def test_no_error_repeats_what_a_packet_says() -> None:
    changed = plain()
    part(changed)["fields"] = {"text": "hemligt", "hemligt": "x"}

    with pytest.raises(ValueError, match=r"\w") as caught:
        from_plain(changed)

    assert "hemligt" not in str(caught.value)


def test_a_part_of_any_kind_has_exactly_the_fields_of_its_kind() -> None:
    with pytest.raises(ValueError, match="fields"):
        replace(AGENDA, fields=STATEMENT.fields)


def test_a_packet_comes_back_as_it_was_spelled() -> None:
    assert from_plain(plain()) == packet(KARIN, SARA)


def test_what_is_not_here_is_new_whatever_the_sender_says() -> None:
    assert compare(here=None, there=A, seen_here=[A], seen_there=[A]) is Change.NEW


@pytest.mark.parametrize(
    ("here", "there", "seen_here", "seen_there", "change"),
    [
        (A, A, [], [], Change.SAME),
        (A, B, [], [], Change.BOTH),
        (A, B, [A], [A], Change.THERE),
        (B, A, [A], [A], Change.HERE),
        (B, C, [A], [A], Change.BOTH),
        # They took ours in and changed it again, or have not heard of ours.
        (B, C, [A, B], [A, B], Change.THERE),
        (C, B, [A, B], [A, B], Change.HERE),
        # Each has answered the other's: nobody can tell which is the newer.
        (A, B, [A, B], [A, B], Change.BOTH),
    ],
)
def test_a_change_belongs_to_the_side_that_made_it(
    here: str, there: str, seen_here: list[str], seen_there: list[str], change: Change
) -> None:
    assert compare(here=here, there=there, seen_here=seen_here, seen_there=seen_there) is change


def test_nothing_that_differs_is_ever_called_the_same() -> None:
    known: list[list[str]] = [[], [A], [B], [A, B]]
    for seen_here, seen_there in product(known, known):
        change = compare(here=A, there=B, seen_here=seen_here, seen_there=seen_there)
        assert change in {Change.THERE, Change.HERE, Change.BOTH}
        if A not in seen_there:
            assert change is not Change.THERE


def test_so_many_versions_are_remembered_and_the_newest_stay() -> None:
    many = [f"{number:032x}" for number in range(MOST_SEEN + 5)]

    assert add_seen(many, A) == (*many[6:], A)
    assert add_seen([A, B], A, C) == (B, A, C)
