"""A tinted box that tells something at the top of a page. At most two at once."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import TintedBox
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark

ICONS = {
    Tone.ACCENT: "info",
    Tone.OK: "circle-check",
    Tone.INFO: "info",
    Tone.WARN: "triangle-alert",
    Tone.BAD: "circle-alert",
    Tone.MUTE: "info",
}
"""The icon that belongs to each tone where nothing more exact is known."""


def banner(  # noqa: PLR0913  all but three have a default
    look: Look,
    text: str,
    *,
    tone: Tone,
    title: str = "",
    icon: str = "",
    buttons: tuple[Button, ...] = (),
    below: QWidget | None = None,
    parent: QWidget | None = None,
) -> TintedBox:
    """Return a banner: icon, an optional title, one or two sentences, buttons at the right.

    What stands `below` the sentences has to be done before the last button is pressed.
    """
    box = TintedBox(look, tone, parent=parent)
    box.setObjectName("banner")
    ink = look.theme.tokens.tint(tone).ink
    top = Qt.AlignmentFlag.AlignTop
    box.row.addWidget(IconMark(look, icon or ICONS[tone], colour=ink), 0, top)
    words = QVBoxLayout()
    words.setSpacing(2)
    if title:
        words.addWidget(PlainLabel(look, title, style=TextStyle.STRONG))
    words.addWidget(PlainLabel(look, text))
    if below is not None:
        words.addSpacing(Space.S)
        words.addWidget(below, 0, Qt.AlignmentFlag.AlignLeft)
    box.row.addLayout(words, 1)
    for button in buttons:
        box.row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
    return box
