"""The sheet that tells by which seal protocols are sealed from now on, to keep and to compare."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trygga_desktop.documents.blocks import Block, KeyValue, KeyValues, PageFrame, Paragraph
from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.documents.head import head
from trygga_desktop.i18n import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class SealSheetContent:
    """What the sheet says. `fingerprint` has 64 lower-case hex digits, and is no secret."""

    municipality: str
    fingerprint: str
    day: date
    arms: str = ""


def compose(content: SealSheetContent, language: Language) -> tuple[Block, ...]:
    """Return the sheet as blocks, its own words in the language that is asked for."""
    return tuple(_blocks(content, language))


def _blocks(content: SealSheetContent, language: Language) -> Iterator[Block]:
    _ = language.gettext
    title = _("The fingerprint of the seal")
    yield PageFrame(head_left=title, head_right=content.day.isoformat())
    yield head(municipality=content.municipality, arms=content.arms, kind=_("Seal"), text=title)
    yield KeyValues(
        pairs=(
            KeyValue(label=_("In words"), value=in_words(content.fingerprint)),
            KeyValue(label=_("In force on"), value=language.date_long(content.day)),
            KeyValue(label=_("Fingerprint"), value=in_groups(content.fingerprint)),
        )
    )
    yield Paragraph(
        text=_(
            "Protocols that are sealed while this seal is in force have this fingerprint. It stands"
            " at the end of each of them, and whoever verifies a file is shown the one that the"
            " file has: compare it with this sheet."
        )
    )
    yield Paragraph(
        text=_(
            "When a new seal is made it has another fingerprint, and a new sheet is printed. Keep"
            " this one: what was sealed before keeps the seal of its time."
        )
    )
    yield Paragraph(
        text=_("The fingerprint is no secret. The sheet opens nothing and may be handed out.")
    )
