"""Tests of the process that reads scans, with real files and a real process."""

import io
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from tests.documents.papers import FULL, recorded
from tests.endurance.paper import as_pdf, draw, expected_of, go_by_paper
from trygga_desktop.app import make_scanner
from trygga_desktop.documents.issue import issue
from trygga_desktop.documents.pdf import styles
from trygga_desktop.domain.matching import match
from trygga_desktop.domain.scanning import ScanError, ScanFlaw, ScanKind
from trygga_desktop.paths import program_folder
from trygga_desktop.ui.platform import looking
from trygga_desktop.ui.platform.scan_lines import (
    Listener,
    ReadPage,
    pack,
    write_end,
    write_flaw,
    write_page,
)
from trygga_desktop.ui.platform.scanning import ProcessScanner

RECORD = recorded(replace(FULL, items=FULL.items[:1]))


class Heard:
    """What a scanner called back."""

    def __init__(self) -> None:
        self.pages: list[ReadPage] = []
        self.flaw: ScanFlaw | None = None
        self.is_done = False

    def done(self) -> None:
        """Take it that the last page was there."""
        self.is_done = True

    def failed(self, flaw: ScanFlaw) -> None:
        """Take why it was not read."""
        self.flaw = flaw


def read(qtbot: QtBot, data: bytes, kind: ScanKind) -> Heard:
    """Have a scan read by the process that the program uses."""
    heard, scanner = Heard(), make_scanner()
    scanner.start(data, kind, page=heard.pages.append, done=heard.done, failed=heard.failed)
    qtbot.waitUntil(lambda: heard.is_done or heard.flaw is not None, timeout=60_000)
    return heard


def encoded(image: Image.Image, form: str) -> bytes:
    into = io.BytesIO()
    image.save(into, form)
    return into.getvalue()


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says it has so many points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = name + data
        return len(data).to_bytes(4) + checked + zlib.crc32(checked).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + b"\x08\0\0\0\0"
    body = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def locked() -> bytes:
    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(issue(RECORD))) as pdf:
        pdf.save(into, encryption=pikepdf.Encryption(owner="x", user="y"))
    return into.getvalue()


@pytest.mark.parametrize(
    ("make", "kind", "flaw"),
    [
        (lambda: b"%PDF-1.4\nnothing", ScanKind.PDF, ScanFlaw.UNREADABLE),
        (locked, ScanKind.PDF, ScanFlaw.ENCRYPTED),
        (lambda: bomb(60_000, 60_000), ScanKind.PNG, ScanFlaw.TOO_LARGE),
        (lambda: bomb(900, 900)[:400], ScanKind.PNG, ScanFlaw.UNREADABLE),
        (lambda: encoded(Image.new("L", (9, 9)), "JPEG"), ScanKind.PNG, ScanFlaw.UNREADABLE),
        (lambda: b"\xff\xd8\xff\xe0" + bytes(99), ScanKind.JPEG, ScanFlaw.UNREADABLE),
    ],
)
def test_a_scan_that_cannot_be_read_has_an_answer(
    qtbot: QtBot, make: Callable[[], bytes], kind: ScanKind, flaw: ScanFlaw
) -> None:
    heard = read(qtbot, make(), kind)

    assert heard.flaw is flaw
    assert heard.pages == []


def test_a_photo_and_a_scanned_file_of_all_pages_are_read(qtbot: QtBot) -> None:
    papers = draw(issue(RECORD))

    photo = read(qtbot, encoded(papers[0].convert("RGB").rotate(90, expand=True), "JPEG"), _JPEG)
    scan = read(qtbot, as_pdf(papers), ScanKind.PDF)

    assert [one.count for one in scan.pages] == [len(papers)] * len(papers)
    assert match([one.page for one in scan.pages], expected_of(RECORD)).is_complete
    assert match([one.page for one in photo.pages], expected_of(RECORD)).pages[0].page == 1
    shown = photo.pages[0].picture
    assert (shown.width, shown.height) == (840, 1188)
    assert len(shown.points()) == 840 * 1188


def test_a_process_that_says_nothing_has_its_time_and_no_more(qtbot: QtBot, tmp_path: Path) -> None:
    heard = Heard()
    silent = [sys.executable, "-c", "import sys; sys.stdin.read(); import time; time.sleep(60)"]
    scanner = ProcessScanner(silent, folder=tmp_path, longest=300)

    scanner.start(b"x", ScanKind.PNG, page=_nobody, done=heard.done, failed=heard.failed)
    qtbot.waitUntil(lambda: heard.flaw is not None)

    assert heard.flaw is ScanFlaw.TOO_LONG


@pytest.mark.parametrize("code", ["print('{}')", "print('x' * 9999)", "import os; os.abort()", ""])
def test_a_process_that_says_anything_else_is_not_believed(
    qtbot: QtBot, tmp_path: Path, code: str
) -> None:
    heard = Heard()
    scanner = ProcessScanner([sys.executable, "-c", code], folder=tmp_path)

    scanner.start(b"x", ScanKind.PNG, page=_nobody, done=heard.done, failed=heard.failed)
    qtbot.waitUntil(lambda: heard.flaw is not None)

    assert heard.flaw is ScanFlaw.BROKE_OFF


def test_a_program_that_is_not_there_has_an_answer(qtbot: QtBot, tmp_path: Path) -> None:
    heard = Heard()
    scanner = ProcessScanner([str(tmp_path / "gone")], folder=tmp_path)

    scanner.start(b"x", ScanKind.PNG, page=_nobody, done=heard.done, failed=heard.failed)
    qtbot.waitUntil(lambda: heard.flaw is not None)

    assert heard.flaw is ScanFlaw.BROKE_OFF


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="bounds of Linux")
def test_what_reads_scans_reaches_no_network_starts_nothing_and_writes_no_file(
    tmp_path: Path,
) -> None:
    code = f"""
import ctypes, os, sys
from trygga_desktop.ui.platform.confinement import confine
sys.stdout.reconfigure(line_buffering=True)
confine()
system = ctypes.CDLL(None, use_errno=True)
print(system.socket(2, 1, 0), system.execv(b"/bin/true", None))
file = os.open({str(tmp_path / "file")!r}, os.O_CREAT | os.O_WRONLY)
for attempt in (
    lambda: __import__("socket").socket(),
    lambda: os.write(file, b"x"),
    lambda: bytearray(3 * 1024**3),
):
    try:
        attempt()
    except (OSError, MemoryError) as error:
        print(type(error).__name__)
"""
    said = subprocess.run(  # noqa: S603  ourselves
        [sys.executable, "-c", code], cwd=program_folder(), capture_output=True, check=True
    )

    assert said.stdout.decode().split() == [
        *("-1", "-1"),
        *("PermissionError", "OSError", "MemoryError"),
    ]
    assert (tmp_path / "file").stat().st_size == 0


def test_pages_are_heard_in_any_pieces() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "trygga_desktop", "read-scan", "pdf"],
        input=issue(RECORD),
        cwd=program_folder(),
        capture_output=True,
        check=True,
    ).stdout
    whole, parts = Listener(), Listener()

    pages = list(whole.hear(said))
    in_parts = [one for at in range(0, len(said), 777) for one in parts.hear(said[at : at + 777])]

    assert len(pages) > 1
    assert in_parts == pages
    assert parts.is_done
    assert b"".join(write_page(one) for one in pages) + write_end() == said


def test_a_picture_with_other_points_than_it_says_is_refused() -> None:
    with pytest.raises(ValueError, match="points"):
        pack(3, 3, bytes(8)).points()
    with pytest.raises(ValueError, match="points"):
        pack(3, 3, bytes(10)).points()
    with pytest.raises(ScanError):
        list(Listener().hear(write_flaw(ScanFlaw.UNREADABLE)))


def test_the_square_is_looked_for_where_pages_have_it() -> None:
    bottom = (styles.FOOT - 2) / styles.MM

    assert pytest.approx(styles.LEFT / styles.MM) == looking.SQUARE_LEFT
    assert pytest.approx(styles.SQUARE / styles.MM) == looking.SQUARE_SIDE
    assert pytest.approx(297 - bottom - 15, abs=0.01) == looking.SQUARE_TOP


def test_protocols_come_back_from_paper_and_whatever_is_wrong_with_it_is_noticed() -> None:
    rounds = list(go_by_paper(count=2, seed=1))

    assert [one.wrong for one in rounds] == [(), ()]
    assert sum(one.met["codes under a stain"] for one in rounds) == 2


def _nobody(_: ReadPage) -> None:
    """Take a page that is not asked for."""


_JPEG = ScanKind.JPEG
