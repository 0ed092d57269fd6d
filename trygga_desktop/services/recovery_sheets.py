"""The recovery sheet of a vault in the making, as a file for the printer.

There is no vault yet: it asks for no permission and writes no entry.
"""

from dataclasses import dataclass
from datetime import datetime

from trygga_desktop.documents.fingerprint import fingerprint_of
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.recovery_sheet import SheetContent, compose
from trygga_desktop.i18n import STOCKHOLM, load_language
from trygga_desktop.services.founding import PreparedVault


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeSheet:
    """Whose code it is, what the vault is called, and in which language the sheet speaks."""

    prepared: PreparedVault
    municipality: str
    vault_name: str
    language: str


def compose_recovery_sheet(command: ComposeSheet, *, now: datetime) -> bytes:
    """Return the sheet as a PDF of one page. `now` knows its zone."""
    language = load_language(command.language)
    content = SheetContent(
        municipality=command.municipality,
        vault_name=command.vault_name,
        groups=tuple(command.prepared.recovery_code.split("-")),
        day=now.astimezone(STOCKHOLM).date(),
        fingerprint=fingerprint_of(command.prepared.seal.certificate),
    )
    title = language.gettext("Recovery sheet")
    return render(compose(content, language), Paper(title=title, language=language, made_at=now))
