"""The sheet that goes with a printed copy, as a file for the printer.

The log has its number before: it asks for no permission and writes no entry.
"""

from dataclasses import dataclass, field
from datetime import datetime

from trygga_desktop.documents.copy_sheet import CopySheetContent, compose
from trygga_desktop.documents.inside import record_inside
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.domain.sealing import SealedProtocol
from trygga_desktop.i18n import load_language


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeCopySheet:
    """Which copy of which protocol it is, and whom it is for; `pdf` is the protocol."""

    protocol: SealedProtocol
    case_number: str
    number: int
    recipient: str
    pdf: bytes = field(repr=False)


def compose_copy_sheet(command: ComposeCopySheet, *, now: datetime) -> bytes:
    """Return the sheet as a PDF of one page, in the language of the protocol. `now` is aware."""
    language = load_language(command.protocol.language)
    record = record_inside(command.pdf)
    content = CopySheetContent(
        number=command.number,
        recipient=command.recipient,
        case_number=command.case_number,
        meeting_number=command.protocol.meeting_number,
        control_code=command.protocol.control_code,
        printed_at=now,
        municipality="" if record is None else record.content.municipality,
        organisation="" if record is None else record.content.organisation,
        arms="" if record is None else record.content.arms,
        is_plan=command.protocol.kind.is_plan,
    )
    title = language.gettext("Copy {number}").format(number=command.number)
    return render(
        tuple(compose(content, language)), Paper(title=title, language=language, made_at=now)
    )
