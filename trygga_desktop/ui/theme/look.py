"""What every view and widget is given: how things look and in which language they speak."""

from dataclasses import dataclass

from trygga_desktop.i18n import Language
from trygga_desktop.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class Look:
    """Theme and language of the moment. When either changes, screens are built anew."""

    theme: Theme
    language: Language

    def effective(self, width: int) -> float:
        """Return a width in terms of the text: what breakpoints are compared with."""
        return width / self.theme.scale
