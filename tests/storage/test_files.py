"""Small files are replaced whole, or not at all."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from trygga_desktop.domain.errors import CannotWriteError, DiskFullError
from trygga_desktop.storage.files import plain_error, read_start, write_durably

posix_only = pytest.mark.skipif(os.name != "posix", reason="modes and limits are POSIX's")


@contextmanager
def umask(mask: int) -> Iterator[None]:
    former = os.umask(mask)
    try:
        yield
    finally:
        os.umask(former)


@contextmanager
def files_no_longer_than(limit: int) -> Iterator[None]:
    """Let the system take the beginning of a longer file, and refuse the rest."""
    assert sys.platform != "win32"
    import resource  # noqa: PLC0415  there is none on Windows

    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_that_is_gone_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError):
        write_durably(tmp_path / "gone" / "keys.json", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken_by_a_folder_leaves_no_rest(tmp_path: Path) -> None:
    (tmp_path / "keys.json").mkdir()
    with pytest.raises(CannotWriteError):
        write_durably(tmp_path / "keys.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


@posix_only
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o277, 0o777])
def test_nobody_else_may_read_a_file_whatever_the_umask_and_its_former_mode(
    tmp_path: Path, mask: int
) -> None:
    path = tmp_path / "keys.json"
    path.write_bytes(b"old")
    path.chmod(0o666)

    with umask(mask):
        write_durably(path, b"new")

    assert mode(path) == 0o600


@posix_only
def test_what_a_crash_left_half_written_is_neither_kept_nor_reused(tmp_path: Path) -> None:
    path, rest = tmp_path / "keys.json", tmp_path / "keys.json.new"
    rest.write_bytes(b"longer than the new one")
    rest.chmod(0o666)
    with rest.open("rb") as held:
        write_durably(path, b"new")
        assert held.read() == b"longer than the new one"

    assert path.read_bytes() == b"new"
    assert mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


@posix_only
def test_a_link_laid_in_the_way_leads_nowhere(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "keys.json", tmp_path / "elsewhere"
    elsewhere.write_bytes(b"kept")
    (tmp_path / "keys.json.new").symlink_to(elsewhere)
    path.symlink_to(elsewhere)

    write_durably(path, b"new")

    assert elsewhere.read_bytes() == b"kept"
    assert not path.is_symlink()
    assert path.read_bytes() == b"new"


@posix_only
@pytest.mark.parametrize("limit", [0, 1, 100_000])
def test_a_file_that_was_only_begun_never_takes_the_old_one_s_place(
    tmp_path: Path, limit: int
) -> None:
    path = tmp_path / "keys.json"
    path.write_bytes(b"old")

    with files_no_longer_than(limit), pytest.raises(DiskFullError):
        write_durably(path, bytes(100_001))

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (OSError(28, "no space"), DiskFullError),
        (OSError(27, "too large"), DiskFullError),
        (PermissionError(13, "denied"), CannotWriteError),
        (OSError(5, "input/output"), CannotWriteError),
    ],
)
def test_what_the_system_says_is_told_plainly(error: OSError, meaning: type[Exception]) -> None:
    assert isinstance(plain_error(error), meaning)


def test_the_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_durably(path, b"old")
    write_durably(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_long_file_is_written_to_its_end(tmp_path: Path) -> None:
    data = os.urandom(3_000_001)
    write_durably(tmp_path / "keys.json", data)
    assert (tmp_path / "keys.json").read_bytes() == data


def test_no_more_is_read_than_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_bytes(bytes(1000))
    assert len(read_start(path, 10)) == 10
    assert read_start(tmp_path / "none", 10) == b""
    assert read_start(tmp_path, 10) == b""
