"""A sealed protocol for an archive: the same pages as PDF/A-2a, and its record beside them."""

from pathlib import Path

import pytest

from tests.documents.papers import read_back
from tests.documents.sealed import SealedFile
from trygga_desktop.__main__ import main
from trygga_desktop.documents.inside import record_inside
from trygga_desktop.documents.issue import issue
from trygga_desktop.documents.pdf.standards import Standard
from trygga_desktop.documents.record import read_record


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
