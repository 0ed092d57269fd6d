"""A sealed protocol for an archive: the same pages as PDF/A-2a, and its record beside them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.documents.papers import read_back
from tests.documents.sealed import SealedFile
from trygga_desktop.__main__ import main
from trygga_desktop.documents.inside import record_inside
from trygga_desktop.documents.issue import issue
from trygga_desktop.documents.pdf.standards import Standard
from trygga_desktop.documents.record import read_record
from trygga_desktop.paths import program_folder


@pytest.fixture
def place(file: SealedFile, tmp_path: Path) -> Path:
    """A sealed and signed protocol as a file."""
    place = tmp_path / "protocol.pdf"
    place.write_bytes(file.signed)
    return place


def test_what_was_changed_is_not_archived(file: SealedFile, place: Path, tmp_path: Path) -> None:
    place.write_bytes(file.signed + b" ")
    out = tmp_path / "archive.pdf"

    assert main(["archive", str(place), "--out", str(out)]) == 1
    assert main(["archive", str(tmp_path / "nowhere.pdf"), "--out", str(out)]) == 2
    assert not out.exists()


def test_what_is_there_already_is_kept(place: Path, tmp_path: Path) -> None:
    for name in ("archive.pdf", "archive.json"):
        kept = tmp_path / name
        kept.write_bytes(b"kept")
        assert main(["archive", str(place), "--out", str(tmp_path / "archive.pdf")]) == 2
        assert kept.read_bytes() == b"kept"
        kept.unlink()
        (tmp_path / "archive.pdf").unlink(missing_ok=True)


def test_the_pages_are_the_same_and_the_record_lies_beside_them(
    file: SealedFile, place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "archive.pdf"

    assert main(["archive", str(place), "--out", str(out)]) == 0

    record = record_inside(file.sealed)
    assert record is not None
    assert out.read_bytes() == issue(record, Standard.ARCHIVE)
    assert read_back(out.read_bytes()) == read_back(file.sealed)
    assert record_inside(out.read_bytes()) is None
    assert read_record((tmp_path / "archive.json").read_bytes()) == record
    assert "archive.json" in capsys.readouterr().out


def test_of_two_files_neither_is_left_without_the_other(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive.json").write_bytes(b"kept")
    for name in ("archive.pdf", "archive.json", "both.json", ".", "..", "nowhere/archive.pdf"):
        assert main(["archive", str(place), "--out", str(tmp_path / name)]) == 2

    assert sorted(one.name for one in tmp_path.iterdir()) == ["archive.json", "protocol.pdf"]
    monkeypatch.chdir(tmp_path)
    assert main(["archive", str(place), "--out", "."]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such modes")
def test_what_is_archived_is_for_its_owner_alone(place: Path, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        assert main(["archive", str(place), "--out", str(tmp_path / "archive.pdf")]) == 0
    finally:
        os.umask(before)

    modes = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.glob("archive.*")}
    assert modes == {"archive.pdf": 0o600, "archive.json": 0o600}


@pytest.mark.skipif(sys.platform == "win32", reason="it knows no such bound")
def test_pages_that_take_too_long_are_told_in_words(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "archive.pdf"
    script = (
        "import signal, sys\n"
        "from trygga_desktop import __main__ as command\n"
        "from trygga_desktop.documents import issue\n"
        "from trygga_desktop.documents.pdf import verify\n"
        "def busy(*_):\n"
        "    signal.signal(signal.SIGXCPU, command._give_up)\n"
        "    signal.raise_signal(signal.SIGXCPU)\n"
        "issue.issue = busy\n"
        f"sys.exit(command.main(['archive', {str(place)!r}, '--out', {str(out)!r}]))\n"
    )
    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", script],
        cwd=program_folder(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr, out.exists()) == (2, "", False)
    assert done.stdout
