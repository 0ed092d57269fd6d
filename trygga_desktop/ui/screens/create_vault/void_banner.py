"""What is said where a sheet lies about that opens nothing any more."""

from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner


def void_banner(look: Look) -> QWidget:
    """Return the line that asks for the earlier sheet to be destroyed."""
    _ = look.language.gettext
    text = _(
        "Destroy the sheet that was printed, saved or written down before. Its code opens nothing: "
        "only the new one counts."
    )
    return banner(look, text, tone=Tone.WARN, title=_("The earlier sheet is void"))
