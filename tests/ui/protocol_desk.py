"""A protocol on the desk, without a vault: pages that reportlab draws in a moment."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from uuid import UUID

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.ui.desk_screens import desk_frame
from tests.ui.plain import NOW
from trygga_desktop.services.changes import Done
from trygga_desktop.services.protocols import (
    ComposedProtocol,
    ComposeProtocol,
    ProtocolRecipient,
)
from trygga_desktop.ui.screens.protocol.view import ProtocolView
from trygga_desktop.ui.screens.protocol.view_model import ProtocolViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

MEETING = UUID(int=500)
FILE_NAME = "protokoll-2026-11-26-mote-5.pdf"
PEOPLE = (
    ("Elias Demosson", ""),
    ("Sara Demosson", ""),
    ("Henrik Alm", "Tallbackaskolan"),
    ("Dalia Karim", "Fritidsgården Kajutan"),
    ("Jonas Ek", "Polisen"),
)
RECIPIENTS = tuple(
    ProtocolRecipient(id=UUID(int=600 + place), name=name, organisation=organisation)
    for place, (name, organisation) in enumerate(PEOPLE)
)


def pdf_of(*pages: Sequence[str]) -> bytes:
    """Return a PDF with these lines on its pages, the same bytes for the same lines."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=True)
    for lines in pages:
        for place, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if place == 0 else "Helvetica", 22 if not place else 11)
            canvas.drawString(64, A4[1] - 90 - 22 * place, line)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


PAGES = tuple(
    (
        f"Samverkansmote 5, sida {page}",
        "Samverkan kring Elias Demosson",
        *(f"{page}.{line} Elias leder en egen grupp pa onsdagar." for line in range(1, 24)),
    )
    for page in range(1, 4)
)


def composed(
    pdf: bytes | None = None,
    *,
    command: ComposeProtocol | None = None,
    recipients: Sequence[ProtocolRecipient] = RECIPIENTS,
) -> ComposedProtocol:
    """Return a protocol as the use case hands it out."""
    asked = command or ComposeProtocol(meeting_id=MEETING)
    return ComposedProtocol(
        pdf=pdf_of(*PAGES) if pdf is None else pdf,
        file_name=FILE_NAME,
        audience=asked.audience,
        recipient_id=asked.recipient_id,
        recipients=tuple(recipients),
        case_number="DEMO-2026-001",
        meeting_number=5,
    )


class Press:
    """Stands for the vault and the printer: notes in what order things happened."""

    def __init__(self, recipients: Sequence[ProtocolRecipient] = RECIPIENTS) -> None:
        self.happened: list[str] = []
        self.commands: list[ComposeProtocol] = []
        self.printed: list[bytes] = []
        self.pdf = pdf_of(*PAGES)
        self.failure: Exception | None = None
        self.log_failure: Exception | None = None
        self.printer_failure: Exception | None = None
        self.recipients = recipients
        self.watched: Path | None = None

    def compose(self, command: ComposeProtocol) -> Done[ComposedProtocol]:
        """Return the pages, or fail."""
        self.commands.append(command)
        if self.failure is not None:
            raise self.failure
        return Done(composed(self.pdf, command=command, recipients=self.recipients))

    def log_print(self, _: UUID) -> Done[None]:
        """Note that the log says so, or fail."""
        return self._log("log print")

    def log_save(self, _: UUID) -> Done[None]:
        """Note that the log says so, or fail."""
        return self._log("log save")

    def print_pdf(self, pdf: bytes, _: QPrinter) -> None:
        """Take the pages, or fail."""
        if self.printer_failure is not None:
            raise self.printer_failure
        self.happened.append("print")
        self.printed.append(pdf)

    def open(self, runner: TaskRunner | None = None) -> ProtocolViewModel:
        """Return the screen's model, loaded."""
        model = ProtocolViewModel(
            MEETING,
            compose_protocol=self.compose,
            log_print=self.log_print,
            log_save=self.log_save,
            print_pdf=self.print_pdf,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
        )
        model.load()
        return model

    def _log(self, word: str) -> Done[None]:
        if self.log_failure is not None:
            raise self.log_failure
        self.happened.append(word)
        if self.watched is not None and self.watched.exists():
            self.happened.append("the file is there already")
        return Done(None)


def shown(look: Look, tell: Callable[[ProtocolViewModel], None] | None = None) -> QWidget:
    """Return the frame of the desk around a protocol that has been composed."""
    model = Press().open()
    view = ProtocolView(model, look)
    if tell is not None:
        tell(model)
    return desk_frame(look, view, model)
