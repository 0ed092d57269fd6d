"""A text in large letters, for a person to read aloud."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.removal import take_out

_SHARE = 0.8
_NAME = "read aloud"


def aloud_dialog(room: RoomLook, paragraphs: Sequence[str], parent: QWidget) -> QDialog:
    """Return the window with this text; show it with `open`."""
    look = room.near
    _ = look.language.gettext
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setObjectName(_NAME)
    dialog.setWindowTitle("Trygga")
    dialog.setAccessibleName(_("To read aloud"))
    content = QWidget()
    inside = QVBoxLayout(content)
    inside.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
    inside.setSpacing(Space.L)
    inside.addWidget(PlainLabel(look, _("To read aloud"), style=TextStyle.TITLE))
    for one in paragraphs:
        inside.addWidget(PlainLabel(room.voice, one, style=TextStyle.LEAD))
    inside.addStretch(1)
    close = Button(look, _("Close"))
    close.setObjectName("close what is read aloud")
    close.clicked.connect(dialog.accept)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, Space.XL, Space.L)
    column.addWidget(Page(content), 1)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    dialog.resize(round(parent.width() * _SHARE), round(parent.height() * _SHARE))
    return dialog


def close_aloud(window: QWidget) -> None:
    """Take away what is being read aloud over this window: it was decided for the room of then."""
    for one in window.findChildren(QDialog, _NAME):
        take_out(one)
