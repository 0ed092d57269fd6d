"""The sheet that is printed with a copy: which copy it is, and whom it is for.

What is sealed is never stamped. The sheet has no square: nobody takes it for a page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from trygga_desktop.documents.blocks import (
    Block,
    KeyValue,
    KeyValues,
    PageFrame,
    Paragraph,
)
from trygga_desktop.documents.head import head
from trygga_desktop.i18n import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySheetContent:
    """Everything the sheet says. `printed_at` is aware; its head is that of the protocol.

    With `is_plan` it is a copy of what the meeting agreed on as the plan.
    """

    number: int
    recipient: str
    case_number: str
    meeting_number: int
    control_code: str
    printed_at: datetime
    municipality: str = ""
    organisation: str = ""
    arms: str = ""
    is_plan: bool = False


def compose(content: CopySheetContent, language: Language) -> Iterator[Block]:
    """Yield the blocks of the sheet."""
    _ = language.gettext
    yield PageFrame()
    yield head(
        municipality=content.municipality,
        organisation=content.organisation,
        arms=content.arms,
        text=_("Copy {number}").format(number=language.number(content.number)),
    )
    meeting = _("{case}, meeting {number}").format(
        case=content.case_number, number=language.number(content.meeting_number)
    )
    yield KeyValues(
        pairs=(
            KeyValue(label=_("For"), value=content.recipient),
            KeyValue(label=_("Plan") if content.is_plan else _("Protocol"), value=meeting),
            KeyValue(label=_("Control code"), value=content.control_code),
            KeyValue(label=_("Printed"), value=language.date_time(content.printed_at)),
        )
    )
    yield Paragraph(
        text=_(
            "This sheet belongs to the copy, and is no page of it. Sign with an archival pen, and"
            " do not scan this sheet with the pages."
        )
    )
