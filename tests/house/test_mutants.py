"""The small changes that try whether the tests of the rules notice: `dev.py endurance mutants`."""

import os
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from textwrap import dedent

import pytest

from tests.endurance.alternatives import Names
from tests.endurance.changes import Kept, functions_of
from tests.endurance.mutants import find_mutants, read_survivors, try_mutants
from tests.endurance.mutations import mutate

SAMPLE = 40
NAMES = Names(
    members={"Answer": ("GIVEN", "REFUSED")}, optional={"Told": {"also"}}, days={"day", "until"}
)


def changes(code: str) -> set[str]:
    """Return what the mutants of one function make of its lines."""
    return {one.after for one in mutate("rule.py", dedent(code), NAMES)}


def test_each_survivor_that_is_named_is_one_change_of_the_rules_as_they_are() -> None:
    known = Counter(one.name for one in find_mutants())
    named = Counter(one.name for one in read_survivors())

    assert {name: known[name] for name in named} == dict.fromkeys(named, 1)
    assert set(named.values()) <= {1}
    assert all(one.reason.strip() for one in read_survivors())


@pytest.mark.skipif(os.name != "posix", reason="each change is tried in a forked process")
@pytest.mark.timeout(300)
def test_a_sample_of_the_changes_is_noticed() -> None:
    assert try_mutants(count=SAMPLE, seed=4711) == 0


@dataclass(frozen=True)
class Worked:
    """A value that keeps what it found out about itself."""

    number: int

    @cached_property
    def double(self) -> int:
        """Return twice the number."""
        return 2 * self.number


def test_what_a_value_keeps_of_itself_is_found_anew_by_the_code_as_it_is_then() -> None:
    value = Worked(number=2)
    assert value.double == 4
    kept = Kept(__name__)
    function = dict(functions_of("Worked", Worked))["Worked.double"]
    before = function.__code__

    function.__code__ = (lambda self: 3 * self.number).__code__
    try:
        assert value.double == 4
        kept.forget()
        assert value.double == 6
    finally:
        function.__code__ = before


def test_a_comparison_moves_by_one_step_and_by_one_day() -> None:
    assert changes(
        """
        def holds(day, until):
            return day <= until
        """
    ) == {
        "return day < until",
        "return day > until",
        "return date.fromordinal(day.toordinal() + 1) <= until",
        "return date.fromordinal(day.toordinal() - 1) <= until",
    }


def test_a_condition_holds_always_never_and_without_each_of_its_parts() -> None:
    assert changes(
        """
        def ask(one, other):
            if one and not other:
                answer()
        """
    ) == {
        "if True:",
        "if False:",
        "if one or not other:",
        "if one:",
        "if not other:",
        "if one and other:",
        "pass",
    }


def test_an_answer_is_another_and_what_can_be_left_out_is() -> None:
    assert changes(
        """
        def told(one):
            return Told(reason=Answer.GIVEN, also=one)
        """
    ) == {"return Told(reason=Answer.REFUSED, also=one)", "return Told(reason=Answer.GIVEN)"}


def test_a_function_says_the_same_whatever_it_is_asked() -> None:
    returns = {
        "bool": ["True", "False"],
        "frozenset[UUID]": ["frozenset()"],
        "Reason | None": ["None"],
    }
    for annotation, values in returns.items():
        code = f"def find(one) -> {annotation}:\n    return one\n"
        assert changes(code) == {f"return {value}" for value in values}


def test_each_row_of_a_table_is_left_out() -> None:
    rows = {"second,", "third,"}

    assert changes("TABLE = (\n    first,\n    second,\n    third,\n)\n") == rows


def test_where_the_first_row_that_fits_is_taken_neighbours_change_places() -> None:
    assert "TABLE = (two, one)" in changes(
        "TABLE = (one, two)\nFOUND = next(row for row in TABLE)\n"
    )


def test_annotations_errors_and_the_words_of_enums_are_left_alone() -> None:
    assert changes(
        '''
            """Say something."""
            from typing import Final
            LEAST: Final["int"] = least
            Known = Answer | None
            class Way(StrEnum):
                PAPER = "paper"
            def check(one: "Answer") -> "Answer":
                """Say no."""
                raise ValueError("An answer is none.")
            '''
    ) == {"pass"}
