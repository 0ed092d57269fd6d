"""What was written of the end and is only read now, to its last word."""

from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.inputs import TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import LONGEST, make_visible

_READ_ROWS = 12


def told_text(look: Look, text: str, *, of: str) -> QWidget:
    """Return a text to read; one too long for a label stands in a field that scrolls.

    `of` is what the field says it holds to whoever cannot see it.
    """
    if len(text) <= LONGEST:
        return PlainLabel(look, make_visible(text))
    area = TextArea(look, text=make_visible(text, longest=len(text)), rows=_READ_ROWS)
    area.setReadOnly(True)
    area.setAccessibleName(of)
    return area
