"""Samples of the long runs in which the whole program is killed while one types, and locked."""

import os
import sys
from pathlib import Path

import pytest

from tests.conftest import MadeVault
from tests.endurance.canaries import find_in, find_words, plant_and_search
from tests.endurance.held import kill_in_a_meeting
from tests.endurance.keys import MOST_LOST, kill_while_typing
from tests.endurance.locks import CANARY, UNSEEN, count_in_memory, lock_while_busy
from tests.endurance.planting import CODES, READABLE, SECRETS, use_cases_with_texts
from tests.endurance.window import TYPED
from trygga_desktop.ui.draft_keeper import LONGEST_UNSTORED

KILLS = 5
LOCKS = 3
MEETINGS = 3
CANARIES = 220


@pytest.mark.timeout(300)
def test_what_was_told_to_be_saved_survives_a_kill_at_any_key(made: MadeVault) -> None:
    losses = list(kill_while_typing(made, count=KILLS, seed=1))

    assert len({one.where for one in losses}) == KILLS
    assert sum(one.keys for one in losses) > 0
    assert [one for one in losses if one.told_saved or one.is_garbled] == []
    assert sum(one.stored for one in losses) > 0
    # A computer that does much else at once may take a while to begin; the long run has its own.
    assert max(one.seconds for one in losses) < 2 * MOST_LOST
    assert LONGEST_UNSTORED / 1000 < MOST_LOST


@pytest.mark.timeout(300)
def test_what_was_added_in_a_meeting_survives_a_kill_at_any_key(made: MadeVault) -> None:
    breaks = list(kill_in_a_meeting(made, count=MEETINGS, seed=3))

    assert sum(one.added for one in breaks) > 0
    assert [one for one in breaks if one.lost] == []
    # As above.
    assert max(one.seconds for one in breaks) < 2 * MOST_LOST


@pytest.mark.timeout(300)
@pytest.mark.skipif(os.name != "posix", reason="a lock is timed by signals that Windows has not")
def test_a_lock_in_the_middle_of_anything_damages_and_loses_nothing(made: MadeVault) -> None:
    endings = list(lock_while_busy(made, count=LOCKS, seed=1))

    # How soon it was gone is for the long run: other tests run here at the same time.
    assert [one for one in endings if not one.is_sound] == []
    if any(one.canaries is None for one in endings):
        pytest.skip(UNSEEN)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="looks into memory as Linux has it"
)
def test_what_stands_in_memory_is_found_there() -> None:
    held = CANARY.upper().lower()

    assert (count_in_memory(os.getpid(), held) or 0) > 0


@pytest.mark.parametrize("code", ["utf-8", "latin-1", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_a_canary_is_found_in_any_spelling_and_in_a_name(code: str, tmp_path: Path) -> None:
    canary, secret = "Kanarie0123456789ab", "gruva tall"
    (tmp_path / "leak").write_bytes(f"x{canary}y{secret}".encode(code))
    (tmp_path / "KANARIE0123456789AC.txt").touch()

    found = find_in(tmp_path, [secret])

    assert found == {
        f"leak: {canary}",
        f"leak: {secret}",
        "KANARIE0123456789AC.txt: KANARIE0123456789AC",
    }


def test_what_is_no_canary_is_not_found() -> None:
    assert find_words(b"Kanarie 0123456789ab, Kanarie012345", ["gruva"]) == set()


def test_every_field_that_gets_no_canary_is_one_that_a_use_case_takes() -> None:
    assert use_cases_with_texts() >= CODES | READABLE | SECRETS


@pytest.mark.timeout(300)
def test_nothing_that_was_typed_or_told_is_left_on_the_computer(tmp_path: Path) -> None:
    search = plant_and_search(tmp_path, count=CANARIES, seed=1)

    assert search.hits == ()
    assert search.left_behind == ()
    assert search.canaries >= CANARIES
    assert search.exported == 2
    assert search.noted > 0
    assert search.thrown > 0
    assert search.typed == TYPED
    assert len(search.copied) == 2
    assert min(search.copied) > 0
