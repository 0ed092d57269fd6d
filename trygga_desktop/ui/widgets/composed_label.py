"""A label for a line put together of our words and texts from people."""

import re

from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import LONGEST, make_visible

_ISOLATES = re.compile("([\u2068\u2069])")


class ComposedLabel(PlainLabel):
    """Shows texts that were made visible and isolated, so that none turns its neighbours around.

    What stands between is made visible here too. A screen reader is told the words alone.
    """

    def show_text(self, text: str) -> None:
        """Show this text instead."""
        parts = _ISOLATES.split(text[:LONGEST])
        shown = [one if _ISOLATES.fullmatch(one) else make_visible(one) for one in parts]
        self.setText("".join(shown))
        self.setAccessibleName(_ISOLATES.sub("", self.text()))
        self.updateGeometry()


def spoken(text: str) -> str:
    """Return a composed text as a screen reader is told it."""
    return _ISOLATES.sub("", text)
