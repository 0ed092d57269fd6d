"""Failed unlocks are counted, make the next try wait, and keep no word that was typed."""

import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from trygga_desktop.storage.attempts import (
    RECOVERY,
    Attempt,
    add_attempt,
    clear_attempts,
    read_attempts,
    seconds_to_wait,
)

NOW = datetime(2026, 11, 26, 7, 51, tzinfo=UTC)
WHO = UUID(int=7)


@pytest.mark.parametrize("data", [b"", b"x", b"\xff" * 1000, bytes(10**6)])
def test_a_foreign_file_has_nothing_to_tell_or_little(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "attempts"
    path.write_bytes(data)
    assert len(read_attempts(path)) <= 50_000


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    add_attempt(tmp_path / "gone" / "attempts", Attempt(NOW, WHO))
    clear_attempts(tmp_path / "gone" / "attempts")


def test_no_night_is_so_long_that_an_attempt_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "attempts"
    for number in range(150):
        add_attempt(path, Attempt(NOW + timedelta(seconds=30 * number), WHO))
    attempts = read_attempts(path)
    assert [attempts[0].at, attempts[-1].at] == [NOW, NOW + timedelta(seconds=30 * 149)]
    assert len(attempts) == 150


def test_the_newest_are_kept_when_the_file_is_full(tmp_path: Path) -> None:
    path = tmp_path / "attempts"
    path.write_bytes(struct.pack(">q16s", int(NOW.timestamp()), WHO.bytes) * 50_000)
    add_attempt(path, Attempt(NOW + timedelta(days=1), None))
    attempts = read_attempts(path)
    assert len(attempts) == 50_000
    assert attempts[-1] == Attempt(NOW + timedelta(days=1), None)


def test_a_recovery_code_makes_nobody_wait() -> None:
    assert seconds_to_wait([Attempt(NOW, RECOVERY)] * 9, NOW) == 0
    assert seconds_to_wait([Attempt(NOW, WHO), Attempt(NOW, RECOVERY)], NOW) == 1


def test_who_was_tried_is_kept_and_forgotten_when_told(tmp_path: Path) -> None:
    path = tmp_path / "attempts"
    add_attempt(path, Attempt(NOW, WHO))
    add_attempt(path, Attempt(NOW, None))
    assert read_attempts(path) == [Attempt(NOW, WHO), Attempt(NOW, None)]
    clear_attempts(path)
    assert read_attempts(path) == []


@pytest.mark.parametrize(
    ("failed", "seconds"), [(0, 0), (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (100, 30)]
)
def test_each_failure_makes_the_next_try_wait_longer(failed: int, seconds: int) -> None:
    assert seconds_to_wait([Attempt(NOW, WHO)] * failed, NOW) == seconds


def test_the_wait_runs_down_and_ends() -> None:
    attempts = [Attempt(NOW, WHO)] * 3
    waits = [seconds_to_wait(attempts, NOW + timedelta(seconds=at)) for at in (0.5, 2, 4, 60)]
    assert waits == [4, 2, 0, 0]


def test_a_clock_set_back_a_year_makes_nobody_wait_a_year() -> None:
    assert seconds_to_wait([Attempt(NOW, WHO)], NOW - timedelta(days=365)) == 0
