"""Pages in memory come onto paper and into files, or nothing does and it is told why."""

import errno
import io
import os
import stat
import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPageSize
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from shiboken6 import isValid

from tests.ui.printers import PipeReader
from tests.ui.protocol_desk import PAGES, pdf_of
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw, UnreadablePagesError
from trygga_desktop.ui.platform.pages import PdfPages
from trygga_desktop.ui.platform.printing import ask_for_printer, print_pdf
from trygga_desktop.ui.platform.saving import NotSavedError, SaveFlaw, save_durably
from trygga_desktop.ui.platform.sending import Sending, end_sending, has_let_go_of_printers
from trygga_desktop.ui.press import print_in_turn

PDF = pdf_of(*PAGES)


def printer_to(file: Path, paper: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    """Return a printer whose paper is a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setPageSize(QPageSize(paper))
    printer.setResolution(100)
    return printer


def printed(file: Path) -> QPdfDocument:
    """Return what came onto paper."""
    document = QPdfDocument()
    document.load(str(file))
    return document


def send(qtbot: QtBot, pdf: bytes, printer: QPrinter) -> Exception | None:
    """Send a file to a printer and return what came of it, once nothing works at it any more."""
    sending = print_pdf(pdf, printer)
    with qtbot.waitSignal(sending.ended, timeout=30_000) as ended:
        pass
    (error,) = ended.args
    qtbot.waitUntil(lambda: not isValid(sending))
    return error  # type: ignore[no-any-return]  # what a signal carries


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"<html>", PDF[:200]])
@pytest.mark.usefixtures("qapp")
def test_what_is_no_pdf_is_not_printed(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NotPrintedError) as caught:
        print_pdf(data, printer_to(tmp_path / "paper.pdf"))

    assert caught.value.flaw is PrintFlaw.UNREADABLE
    assert not (tmp_path / "paper.pdf").exists()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    nowhere = tmp_path / "no such folder" / "paper.pdf"

    error = send(qtbot, PDF, printer_to(nowhere))

    assert isinstance(error, NotPrintedError)
    assert error.flaw is PrintFlaw.NO_ANSWER


@pytest.mark.usefixtures("qapp")
def test_what_is_no_pdf_is_not_shown() -> None:
    with pytest.raises(UnreadablePagesError):
        PdfPages(b"not a PDF")


def test_every_page_comes_onto_paper_in_its_own_size(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"

    assert send(qtbot, PDF, printer_to(file)) is None

    paper = printed(file)
    size = paper.pagePointSize(0)
    assert paper.pageCount() == len(PAGES)
    assert (round(size.width()), round(size.height())) == (595, 842)
    # The title stands as far from the edge as on the page itself.
    seen = paper.render(0, QSize(595, 842))
    ink = [x for x in range(595) for y in range(75, 95) if seen.pixelColor(x, y).value() < 120]
    assert abs(min(ink) - 64) <= 3


def test_pages_are_made_smaller_for_smaller_paper(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"

    assert send(qtbot, PDF, printer_to(file, QPageSize.PageSizeId.A5)) is None

    assert printed(file).pageCount() == len(PAGES)


def test_only_the_pages_that_were_asked_for_are_printed(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    printer = printer_to(file)
    printer.setFromTo(2, 9)

    assert send(qtbot, PDF, printer) is None

    assert printed(file).pageCount() == len(PAGES) - 1
    assert (printer.fromPage(), printer.toPage()) == (2, 9)


@pytest.mark.parametrize("collates", [True, False])
def test_copies_are_drawn_where_the_printer_makes_none(
    qtbot: QtBot, tmp_path: Path, *, collates: bool
) -> None:
    file = tmp_path / "paper.pdf"
    printer = printer_to(file)
    printer.setCopyCount(2)
    printer.setCollateCopies(collates)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)

    assert send(qtbot, PDF, printer) is None

    copies = 1 if printer.supportsMultipleCopies() else 2
    assert printed(file).pageCount() == copies * len(PAGES)


@pytest.mark.usefixtures("qapp")
def test_the_strips_of_a_page_are_the_page() -> None:
    pages, size = PdfPages(PDF), QSize(595, 842)
    whole = pages.picture(0, size)

    for rows in (range(256), range(256, 512), range(512, 842)):
        strip = pages.strip(0, size, rows)

        assert strip == whole.copy(0, rows.start, size.width(), len(rows))


@pytest.mark.parametrize("paper", [QPageSize.PageSizeId.A4, QPageSize.PageSizeId.A5])
@pytest.mark.parametrize("dots", [300, 720])
def test_where_two_strips_meet_there_is_no_seam(
    qtbot: QtBot, tmp_path: Path, paper: QPageSize.PageSizeId, dots: int
) -> None:
    written, file = io.BytesIO(), tmp_path / "paper.pdf"
    canvas = Canvas(written, pagesize=A4)
    canvas.rect(100, 0, 300, A4[1], fill=1)
    canvas.save()
    printer = printer_to(file, paper)
    printer.setResolution(dots)

    assert send(qtbot, written.getvalue(), printer) is None

    pages = PdfPages(file.read_bytes())
    size = (pages.pagePointSize(0) * (dots / 72)).toSize()
    came, edge = pages.picture(0, size), size.height() // 100
    middle = [
        came.pixelColor(size.width() // 2, y).value() for y in range(edge, size.height() - edge)
    ]
    assert max(middle) < 60


class Jam(QPrinter):
    """A printer that takes so many pages and no more."""

    def __init__(self, file: Path, takes: int) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(file))
        self.setResolution(100)
        self._left = takes - 1

    def newPage(self) -> bool:  # noqa: N802  Qt's name
        """Take another page, or none any more."""
        self._left -= 1
        return self._left >= 0 and super().newPage()


@pytest.mark.parametrize("takes", [1, len(PAGES) - 1])
def test_a_printer_that_stops_half_way_is_told_and_takes_the_next_print(
    qtbot: QtBot, tmp_path: Path, takes: int
) -> None:
    error = send(qtbot, PDF, Jam(tmp_path / "paper.pdf", takes))

    assert isinstance(error, NotPrintedError)
    assert error.flaw is PrintFlaw.NO_ANSWER
    assert printed(tmp_path / "paper.pdf").pageCount() == takes
    assert send(qtbot, PDF, printer_to(tmp_path / "again.pdf")) is None
    assert printed(tmp_path / "again.pdf").pageCount() == len(PAGES)


def test_what_goes_wrong_while_a_page_is_drawn_is_told_and_no_page_counts_as_printed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(PdfPages, "strip", fail)

    assert isinstance(send(qtbot, PDF, printer_to(tmp_path / "paper.pdf")), MemoryError)


def test_one_print_after_another_begins_when_that_has_ended_and_both_are_whole(
    qtbot: QtBot, tmp_path: Path
) -> None:
    printer, files = printer_to(tmp_path / "a.pdf"), [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    begun: list[int] = []
    ended: list[object] = []

    def begin(file: Path) -> Sending:
        # Each leaves whole what it came before.
        begun.append(sum(printed(one).pageCount() for one in files))
        printer.setOutputFileName(str(file))
        return print_pdf(PDF, printer)

    print_in_turn(
        [partial(begin, file) for file in files],
        waits=lambda: ended.append("waits"),
        done=lambda: ended.append("done"),
        failed=lambda at, _: ended.append(at),
    )
    qtbot.waitUntil(lambda: ended[-1] != "waits", timeout=30_000)

    assert ended[-1] == "done"
    assert begun == [0, len(PAGES)]
    assert [printed(file).pageCount() for file in files] == [len(PAGES)] * 2


no_pipes = pytest.mark.skipif(sys.platform == "win32", reason="files there have no such pipes")


@no_pipes
def test_a_printer_that_does_not_answer_leaves_the_window_alive_and_a_lock_ends_the_print(
    qtbot: QtBot, tmp_path: Path
) -> None:
    pipe = tmp_path / "printer"
    os.mkfifo(pipe)
    ticks: list[float] = []
    clock = QTimer()
    clock.setInterval(5)
    clock.timeout.connect(lambda: ticks.append(1))
    ends: list[object] = []
    sending = print_pdf(PDF, printer_to(pipe))
    sending.ended.connect(ends.append)
    with PipeReader(pipe) as reader:
        clock.start()
        # The window lives although the printer has not answered: nobody reads from the pipe yet.
        qtbot.waitUntil(lambda: len(ticks) > 20)
        assert ends == []
        assert not has_let_go_of_printers(0)

        end_sending()

        assert [type(one) for one in ends] == [NotPrintedError]
        assert not has_let_go_of_printers(0)
        assert reader.take() > 0
    assert has_let_go_of_printers(30)
    qtbot.waitUntil(lambda: not isValid(sending))
    assert len(ends) == 1


def test_a_lock_in_the_middle_of_a_print_is_waited_for_by_nothing_and_no_more_is_drawn(
    qtbot: QtBot, tmp_path: Path
) -> None:
    pages, file = 40, tmp_path / "paper.pdf"
    printer = printer_to(file)
    printer.setResolution(300)
    ends: list[object] = []
    sending = print_pdf(pdf_of(*(PAGES[0] for _ in range(pages))), printer)
    sending.ended.connect(ends.append)
    qtbot.waitUntil(lambda: file.exists() and file.stat().st_size > 0)

    end_sending()

    assert [type(one) for one in ends] == [NotPrintedError]
    assert has_let_go_of_printers(30)
    assert not has_ink(PdfPages(file.read_bytes()), -1)
    qtbot.waitUntil(lambda: not isValid(sending))


def has_ink(pages: PdfPages, page: int) -> bool:
    """Return whether anything stands on a page."""
    picture = pages.picture(page % pages.pageCount(), QSize(200, 283))
    return any(picture.pixelColor(x, y).value() < 200 for x in range(200) for y in range(283))


def test_a_print_that_is_given_up_before_it_began_draws_nothing(
    qtbot: QtBot, tmp_path: Path
) -> None:
    sending = print_pdf(PDF, printer_to(tmp_path / "paper.pdf"))

    end_sending()

    assert has_let_go_of_printers(0)
    qtbot.waitUntil(lambda: not isValid(sending))
    assert not (tmp_path / "paper.pdf").exists()


@pytest.mark.usefixtures("qapp")
def test_a_page_is_white_in_every_theme() -> None:
    picture = PdfPages(PDF).picture(0, QSize(60, 85))

    assert picture.pixelColor(1, 1) == QColor(Qt.GlobalColor.white)


@pytest.mark.usefixtures("qapp")
def test_the_words_of_a_page_can_be_read_aloud() -> None:
    pages = PdfPages(PDF)

    assert "Samverkansmote 5, sida 2" in pages.text_of(1)


def test_without_a_printer_no_dialog_opens(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)

    assert ask_for_printer(parent, "Print", 3, lambda _: None) is None
    assert not parent.findChildren(QDialog)


def test_the_dialog_of_the_system_blocks_nothing_and_names_nobody(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["HP LaserJet, plan 3"])
    chosen: list[QPrinter] = []

    dialog = ask_for_printer(parent, "Skriv ut", 3, chosen.append)

    assert dialog is not None
    assert dialog.windowTitle() == "Skriv ut"
    assert chosen == []
    dialog.done(QDialog.DialogCode.Accepted)
    assert [one.docName() for one in chosen] == ["Trygga"]


def test_a_dialog_that_is_cancelled_prints_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["HP LaserJet, plan 3"])
    chosen: list[QPrinter] = []
    dialog = ask_for_printer(parent, "Skriv ut", 3, chosen.append)
    assert dialog is not None

    dialog.reject()

    assert chosen == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(NotSavedError) as caught:
        save_durably(tmp_path / "a.pdf", PDF)

    tmp_path.chmod(0o700)
    assert caught.value.flaw is SaveFlaw.NO_RIGHT


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotSavedError) as caught:
        save_durably(tmp_path / "gone" / "a.pdf", PDF)

    assert caught.value.flaw is SaveFlaw.GONE


@pytest.mark.parametrize(
    ("code", "flaw"),
    [
        (errno.ENOSPC, SaveFlaw.NO_ROOM),
        (errno.EDQUOT, SaveFlaw.NO_ROOM),
        (errno.EACCES, SaveFlaw.NO_RIGHT),
        (errno.EIO, SaveFlaw.OTHER),
    ],
)
@pytest.mark.parametrize("replaces", [False, True])
def test_a_disk_that_fails_leaves_nothing_half_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    flaw: SaveFlaw,
    *,
    replaces: bool,
) -> None:
    file = tmp_path / "a.pdf"
    if replaces:
        file.write_bytes(b"before")

    def fail(_: int) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(os, "fsync", fail)

    with pytest.raises(NotSavedError) as caught:
        save_durably(file, PDF, replaces=replaces)

    assert caught.value.flaw is flaw
    assert [one.name for one in tmp_path.iterdir()] == (["a.pdf"] if replaces else [])
    assert not replaces or file.read_bytes() == b"before"


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"before")

    with pytest.raises(NotSavedError) as caught:
        save_durably(file, PDF)

    assert caught.value.flaw is SaveFlaw.TAKEN
    assert file.read_bytes() == b"before"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_in_the_way_is_neither_followed_nor_replaced(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (tmp_path / "a.pdf").symlink_to(outside)

    with pytest.raises(NotSavedError):
        save_durably(tmp_path / "a.pdf", PDF)

    assert not outside.exists()


def test_a_saved_file_is_whole_and_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"before")

    save_durably(file, PDF, replaces=True)

    assert file.read_bytes() == PDF
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR


class Ended(BaseException):
    """The program is ended in the middle of something."""


def left_half_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Save a file in a program that is ended before it is whole, and return what that leaves."""

    def end(_: int) -> None:
        raise Ended

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", end)
        with pytest.raises(Ended):
            save_durably(folder / "a.pdf", PDF)
    (left,) = folder.iterdir()
    assert left.read_bytes() == PDF
    return left


def test_what_is_foreign_or_being_written_stays_when_something_is_saved_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = left_half_written(tmp_path, monkeypatch)
    foreign = [
        tmp_path / name
        for name in (
            ".b.pdf.new",
            f".trygga-{'0' * 32}.new",
            f"{ours.name}.bak",
            ours.name.upper(),
            ours.name.removeprefix("."),
        )
    ]
    for one in foreign:
        one.write_bytes(b"somebody else's")

    if sys.platform == "win32":
        with ours.open("rb"):
            save_durably(tmp_path / "b.pdf", PDF)
    else:
        import fcntl  # noqa: PLC0415  Windows has none

        with ours.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_SH)
            save_durably(tmp_path / "b.pdf", PDF)

    assert ours.exists()
    assert all(one.exists() for one in foreign)


def test_what_a_lock_in_the_middle_of_saving_left_goes_with_the_next_save_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = left_half_written(tmp_path, monkeypatch)
    assert "a.pdf" not in left.name

    save_durably(tmp_path / "b.pdf", PDF)

    assert [one.name for one in tmp_path.iterdir()] == ["b.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_or_a_folder_of_that_name_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = left_half_written(tmp_path, monkeypatch)
    outside = tmp_path / "outside"
    left.rename(outside)
    left.symlink_to(outside)

    save_durably(tmp_path / "b.pdf", PDF)
    assert left.is_symlink()
    left.unlink()
    left.mkdir()
    save_durably(tmp_path / "c.pdf", PDF)

    assert left.is_dir()
    assert outside.read_bytes() == PDF
