"""Samples of the long runs in which the whole program is killed while one types, and locked."""

import os
import sys

import pytest

from tests.conftest import MadeVault
from tests.endurance.keys import MOST_LOST, kill_while_typing
from tests.endurance.locks import CANARY, count_in_memory, lock_while_busy
from trygga_desktop.ui.draft_keeper import LONGEST_UNSTORED

KILLS = 5
LOCKS = 3


@pytest.mark.timeout(300)
def test_what_was_told_to_be_saved_survives_a_kill_at_any_key(made: MadeVault) -> None:
    losses = list(kill_while_typing(made, count=KILLS, seed=1))

    assert len({one.where for one in losses}) == KILLS
    assert sum(one.keys for one in losses) > 0
    assert [one for one in losses if one.told_saved or one.is_garbled] == []
    assert LONGEST_UNSTORED / 1000 < MOST_LOST


@pytest.mark.timeout(300)
@pytest.mark.skipif(os.name != "posix", reason="a lock is timed by signals that Windows has not")
def test_a_lock_in_the_middle_of_anything_damages_and_loses_nothing(made: MadeVault) -> None:
    endings = list(lock_while_busy(made, count=LOCKS, seed=1))

    whole = [one for one in endings if one.is_whole and one.has_draft and one.has_next]
    assert whole == endings
    assert all(not one.canaries for one in endings)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="looks into memory as Linux has it"
)
def test_what_stands_in_memory_is_found_there() -> None:
    held = CANARY.upper().lower()

    assert (count_in_memory(os.getpid(), held) or 0) > 0
