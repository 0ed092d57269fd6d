"""Small files are replaced whole, or not at all."""

from pathlib import Path

import pytest

from trygga_desktop.domain.errors import CannotWriteError, DiskFullError
from trygga_desktop.storage.files import plain_error, read_start, write_durably


def test_a_folder_that_is_gone_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError):
        write_durably(tmp_path / "gone" / "keys.json", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken_by_a_folder_leaves_no_rest(tmp_path: Path) -> None:
    (tmp_path / "keys.json").mkdir()
    with pytest.raises(CannotWriteError):
        write_durably(tmp_path / "keys.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


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


def test_no_more_is_read_than_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_bytes(bytes(1000))
    assert len(read_start(path, 10)) == 10
    assert read_start(tmp_path / "none", 10) == b""
    assert read_start(tmp_path, 10) == b""
