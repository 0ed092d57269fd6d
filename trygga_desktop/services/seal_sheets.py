"""The sheet with the fingerprint of a vault's seal, as a file for the printer.

It tells no secret, and nothing of anybody: it asks for no permission and writes no entry.
"""

from dataclasses import dataclass, field
from datetime import datetime

from trygga_desktop.documents.heraldry import write_arms
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.seal_sheet import SealSheetContent, compose
from trygga_desktop.i18n import STOCKHOLM, load_language


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeSealSheet:
    """Whose seal it is, its fingerprint in 64 hex digits, and the language of the sheet."""

    municipality: str
    fingerprint: str
    language: str
    arms: bytes = field(default=b"", repr=False)


def compose_seal_sheet(command: ComposeSealSheet, *, now: datetime) -> bytes:
    """Return the sheet as a PDF of one page. `now` knows its zone."""
    language = load_language(command.language)
    content = SealSheetContent(
        municipality=command.municipality,
        fingerprint=command.fingerprint,
        day=now.astimezone(STOCKHOLM).date(),
        arms=write_arms(command.arms),
    )
    title = language.gettext("The fingerprint of the seal")
    return render(compose(content, language), Paper(title=title, language=language, made_at=now))
