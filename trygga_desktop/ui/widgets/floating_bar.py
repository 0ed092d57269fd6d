"""A bar over the bottom of the window that tells something for a short time."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space, Tone
from trygga_desktop.ui.widgets.boxes import TintedBox
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.painting import draw_box, smooth

_WIDEST = 680
_ABOVE = 36
"""Pixels between the bar and the lower edge: the line that says what is saved stays in view."""


class FloatingBar(TintedBox):
    """Icon, words, buttons. It takes no focus, follows its window's size, and is said aloud."""

    def __init__(  # noqa: PLR0913  what a bar is made of
        self,
        look: Look,
        text: str,
        *,
        tone: Tone,
        icon: str,
        buttons: tuple[Button, ...],
        window: QWidget,
    ) -> None:
        super().__init__(look, tone, parent=window)
        self._window = window
        self.setObjectName("floating bar")
        self._look = look
        self._ink = ink = look.theme.tokens.tint(tone).ink
        middle = Qt.AlignmentFlag.AlignVCenter
        self.row.addWidget(IconMark(look, icon, colour=ink), 0, middle)
        self.words = PlainLabel(look, text)
        self.row.addWidget(self.words, 1, middle)
        for button in buttons:
            self.row.addWidget(button, 0, middle)
        window.installEventFilter(self)
        self.follow_window()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the window, in front of what it shows."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.ChildAdded}:
            self.follow_window()
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw an edge in any theme: it lies over a page that may be of the same colour."""
        super().paintEvent(event)
        painter = QPainter(self)
        smooth(painter)
        draw_box(painter, QRectF(self.rect()), radius=Radius.BOX, edge=self._ink)

    def follow_window(self) -> None:
        """Take the place at the bottom, in the middle."""
        window, px = self._window, self._look.theme.px
        width = min(px(_WIDEST), window.width() - 2 * Space.L)
        height = self.row.totalHeightForWidth(width)
        left, top = (window.width() - width) // 2, window.height() - height - px(_ABOVE)
        self.setGeometry(left, top, width, height)
