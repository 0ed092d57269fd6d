"""Whatever is printed and did not come out has one entry in the log, by what it is, and is told."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.people import running_meeting, signed_case
from tests.services.rows import last_entry
from tests.ui import papers_desk, plan_desk
from tests.ui.consents_desk import CASE
from tests.ui.papers_desk import Post
from tests.ui.plain import HeldRunner
from tests.ui.printers import PipeReader
from tests.ui.protocol_desk import MEETING, PAGES, Press, pdf_of
from tests.ui.test_protocol_screen import model_of
from trygga_desktop.domain.audit import Action, Printed
from trygga_desktop.domain.errors import NotConfirmedError
from trygga_desktop.domain.programme import Decider
from trygga_desktop.i18n import load_language
from trygga_desktop.services.changes import Done
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.leaving import Leaving, News
from trygga_desktop.ui.paper_words import missed_message
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.platform.printing import print_pdf
from trygga_desktop.ui.platform.sending import (
    Sending,
    end_sending,
    has_let_go_of_printers,
)
from trygga_desktop.ui.screens.plan_papers.view_model import Choices, Pages
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner

PDF = pdf_of(*PAGES)


@dataclass
class Office:
    """Stands for the log and the printer behind every screen that prints."""

    runner: TaskRunner = field(default_factory=InlineRunner)
    printer_failure: Exception | None = None
    log_failure: Exception | None = None
    draws: bool = False
    happened: list[str] = field(default_factory=list)
    missed: list[tuple[object, ...]] = field(default_factory=list)

    def log_print(self, *_: UUID) -> Done[None]:
        """Note that the log says it is printed, or fail."""
        if self.log_failure is not None:
            raise self.log_failure
        self.happened.append("logged")
        return Done(None)

    def log_missed(self, *told: object) -> Done[None]:
        """Note of what the log says that it did not come out."""
        self.happened.append("missed")
        self.missed.append(told)
        return Done(None)

    def print_pdf(self, _: bytes, printer: QPrinter) -> Sending | None:
        """Take the pages, or fail."""
        if self.printer_failure is not None:
            raise self.printer_failure
        self.happened.append("printed")
        return print_pdf(PDF, printer) if self.draws else None

    @property
    def uses(self) -> dict[str, Any]:
        """Return what a screen is given."""
        return {
            "log_missed": self.log_missed,
            "print_pdf": self.print_pdf,
        }

    def done(self) -> None:
        """Let what was put off be done."""
        if isinstance(self.runner, HeldRunner):
            self.runner.work_off()


Begin = Callable[[Office], tuple[Leaving, Callable[[QPrinter], None]]]


def paper(office: Office) -> tuple[Leaving, Callable[[QPrinter], None]]:
    """Open the papers of a meeting."""
    model = Post().open(office.runner, log_print=office.log_print, **office.uses)
    office.done()
    return model, model.print_on


def draft(office: Office) -> tuple[Leaving, Callable[[QPrinter], None]]:
    """Open a protocol that is not sealed."""
    model = Press().open(office.runner, log_print=office.log_print, **office.uses)
    office.done()
    return model, model.print_on


def pages(which: Pages) -> Begin:
    """Return what opens pages of a plan, of an agreement, or of an end."""

    def begin(office: Office) -> tuple[Leaving, Callable[[QPrinter], None]]:
        choices = Choices(pages=which)
        model = plan_desk.make_papers_model(
            PDF,
            choices=choices,
            log_print=office.log_print,
            runner=office.runner,
            **office.uses,
        )
        office.done()
        return model, model.print_on

    return begin


def list_over_cases(office: Office) -> tuple[Leaving, Callable[[QPrinter], None]]:
    """Open the list of what is to be raised."""
    model = plan_desk.make_raising_model(
        log_list_printed=office.log_print, runner=office.runner, **office.uses
    )
    office.done()
    return model, lambda printer: model.print_on(printer, to=Decider.STEERING_GROUP.value)


PLACES: dict[str, tuple[Begin, tuple[object, ...]]] = {
    "paper": (paper, (Printed.PAPER, papers_desk.MEETING)),
    "draft": (draft, (Printed.DRAFT, MEETING)),
    **{one: (pages(one), (Printed.PLAN, CASE)) for one in list(Pages)[:4]},
    "agreement": (pages(Pages.AGREEMENT), (Printed.AGREEMENT, CASE)),
    "closing": (pages(Pages.CLOSING), (Printed.CLOSING, CASE)),
    "list": (list_over_cases, (Printed.LIST,)),
}
everywhere = pytest.mark.parametrize("place", PLACES)


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    """A printer whose paper is a file."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "paper.pdf"))
    made.setResolution(100)
    return made


@everywhere
@pytest.mark.usefixtures("qapp")
def test_what_the_log_does_not_take_is_not_printed_and_not_told_to_have_failed(
    place: str, printer: QPrinter
) -> None:
    office = Office(log_failure=NotConfirmedError())
    model, print_on = PLACES[place][0](office)

    print_on(printer)
    model.leave()

    assert office.happened == []


@everywhere
@pytest.mark.parametrize("flaw", [PrintFlaw.NO_ANSWER, PrintFlaw.UNREADABLE])
@pytest.mark.usefixtures("qapp")
def test_a_print_that_fails_is_in_the_log_once_by_what_it_was(
    place: str, flaw: PrintFlaw, printer: QPrinter
) -> None:
    office = Office(printer_failure=NotPrintedError(flaw))
    model, print_on = PLACES[place][0](office)

    print_on(printer)
    model.leave()

    assert office.happened == ["logged", "missed"]
    assert office.missed == [PLACES[place][1]]
    assert model.print_flaw is flaw
    assert not model.is_leaving


@everywhere
@pytest.mark.usefixtures("qapp")
def test_a_print_that_came_out_is_not_told_to_have_failed(place: str, printer: QPrinter) -> None:
    office = Office()
    model, print_on = PLACES[place][0](office)

    print_on(printer)
    model.leave()

    assert office.happened == ["logged", "printed"]
    assert model.told is not None
    assert model.told.news is News.PRINTED


@everywhere
@pytest.mark.usefixtures("qapp")
def test_a_page_that_is_left_before_the_printer_has_it_is_not_printed_and_the_log_says_so(
    place: str, printer: QPrinter
) -> None:
    office = Office(runner=HeldRunner())
    model, print_on = PLACES[place][0](office)
    print_on(printer)

    model.leave()
    office.done()

    assert office.happened == ["logged", "missed"]
    assert office.missed == [PLACES[place][1]]


@everywhere
@pytest.mark.skipif(sys.platform == "win32", reason="files there have no such pipes")
@pytest.mark.parametrize("is_closed", [False, True])
def test_a_lock_while_a_printer_does_not_answer_leaves_an_entry_even_of_a_closed_page(
    qtbot: QtBot, tmp_path: Path, place: str, printer: QPrinter, *, is_closed: bool
) -> None:
    office = Office(draws=True)
    pipe = tmp_path / "printer"
    os.mkfifo(pipe)
    printer.setOutputFileName(str(pipe))
    model, print_on = PLACES[place][0](office)
    with PipeReader(pipe) as reader:
        print_on(printer)
        qtbot.waitUntil(lambda: not has_let_go_of_printers(0))
        assert office.happened == ["logged", "printed"]
        assert model.is_printing
        model.leave()
        if is_closed:
            delete(model)

        end_sending()

        assert office.missed == [PLACES[place][1]]
        reader.take()
    assert has_let_go_of_printers(30)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_in_a_real_vault_the_log_has_the_draft_that_a_printer_did_not_take(
    qtbot: QtBot, vault: OpenVault, tmp_path: Path
) -> None:
    meeting_id = running_meeting(vault, signed_case(vault))
    model = model_of(vault, meeting_id, [], prints=print_pdf)
    model.load()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "gone" / "paper.pdf"))

    model.print_on(printer)
    qtbot.waitUntil(lambda: model.print_flaw is not None)

    entry = last_entry(vault)
    assert (entry.action, entry.subject_id) == (Action.DRAFT_NOT_PRINTED, meeting_id)


@pytest.mark.parametrize("flaw", PrintFlaw)
def test_whoever_prints_reads_that_the_log_says_so_where_it_does(flaw: PrintFlaw) -> None:
    told = missed_message(flaw, load_language("sv")).text

    assert ("I loggen står att sidorna inte kom ut." in told) is (flaw is not PrintFlaw.NO_PRINTER)
