"""A sample of the long runs: damage to each file is told, and each failing call leaves no ruin."""

import sys
from pathlib import Path

import pytest

from tests.conftest import MadeVault
from tests.endurance.damage import COUNTING, HARMLESS, Fate, damage_files, report
from tests.endurance.faults import ACTIONS, strike_everywhere
from tests.endurance.syscalls import Fault

TIMES = 6


@pytest.mark.parametrize("name", COUNTING)
def test_damage_to_a_file_that_counts_is_told_or_touches_no_record(
    made: MadeVault, tmp_path: Path, name: str
) -> None:
    trials = list(damage_files(made, tmp_path / "tried", names=[name], count=TIMES, seed=4711))

    assert len(trials) == TIMES
    assert all(one.fate is not Fate.FAILED for one in trials), report(trials)


@pytest.mark.parametrize("name", HARMLESS)
def test_damage_to_a_file_that_does_not_count_is_not_noticed(
    made: MadeVault, tmp_path: Path, name: str
) -> None:
    trials = list(damage_files(made, tmp_path / "tried", names=[name], count=TIMES, seed=4711))

    assert [one.fate for one in trials] == [Fate.HARMLESS] * TIMES, report(trials)


@pytest.mark.skipif(sys.platform != "linux", reason="the calls that fail are Linux's")
@pytest.mark.parametrize("action", ACTIONS)
def test_a_call_that_fails_leaves_the_old_state_or_the_new(
    made: MadeVault, tmp_path: Path, action: str
) -> None:
    found = strike_everywhere(made, tmp_path / "tried", actions=[action], most=1, seed=4711)
    strikes = list(found)

    assert len(strikes) == len(Fault)
    assert [one for one in strikes if one.wrong] == []
