"""What the room sees, small, in the window of whoever leads the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.ui.screens.meeting.audience_view import AudienceView
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.removal import take_out

if TYPE_CHECKING:
    from trygga_desktop.ui.audience import Audience

_DRAWN = QSize(1366, 768)
_NARROW = 240
_EVERY = 10_000
"""Milliseconds after which the time that stands in it is drawn anew."""


class RoomPicture(QWidget):
    """Draws the screen of the room as it is now, and says whether the room has one of its own.

    It is drawn from the page that the room sees, of the same size, and holds no more than that.
    """

    def __init__(self, audience: Audience, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._audience = audience
        self._look = look
        self._pill: Pill | None = None
        self._shown: object = None
        text2 = look.theme.tokens.text2
        self._where = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self._picture = _Picture(audience, look)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._column.addWidget(self._where)
        self._column.addWidget(self._picture)
        self._toggle: Button | None = None
        audience.model.changed.connect(self._tell)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        language = self._look.language
        _ = language.gettext
        is_open, is_covered = self._audience.is_open, self._audience.model.is_covered
        is_empty = self._audience.model.is_kept_empty
        if (is_open, is_covered, is_empty) == self._shown:
            return
        self._shown = (is_open, is_covered, is_empty)
        self._where.show_text(
            _("On the screen of the room.")
            if is_open
            else _("The room has no screen of its own: it sees this when you go back.")
        )
        if self._pill is not None:
            take_out(self._pill)
        text, tone, icon = (
            (_("Covered"), Tone.MUTE, "eye-off") if is_covered else (_("Shown"), Tone.OK, "eye")
        )
        self._pill = Pill(self._look, text, tone=tone, icon=icon)
        self._column.insertWidget(1, self._pill, 0, Qt.AlignmentFlag.AlignLeft)
        # A screen reader reads in the order of what lies below what.
        self._pill.stackUnder(self._picture)
        told = _("A small picture of what the room sees. {state}.").format(state=text)
        self._picture.setAccessibleName(told)
        if self._toggle is None and is_open:
            self._toggle = Button(self._look, "", icon="blinds")
            self._toggle.setObjectName("toggle room")
            self._toggle.clicked.connect(self._audience.toggle)
            self._column.addWidget(self._toggle)
        if self._toggle is not None:
            self._toggle.setVisible(is_open)
            self._toggle.show_text(
                _("Show the meeting there  Shift+F9") if is_empty else _("Leave it empty  Shift+F9")
            )


class _Picture(QLabel):
    """A page of the room that is never shown itself, drawn small. A label to a screen reader."""

    def __init__(self, audience: Audience, look: Look) -> None:
        super().__init__()
        self._audience = audience
        self._edge = look.theme.tokens.strong
        self._page = AudienceView(audience.model, look, self)
        self._page.hide()
        self._drawn: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._clock = QTimer(self)
        self._clock.setInterval(_EVERY)
        self._clock.timeout.connect(self._draw_anew)
        audience.model.changed.connect(self._draw_anew)

    def sizeHint(self) -> QSize:
        """Ask for a small one."""
        return QSize(_NARROW, self._height_at(_NARROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sides of the screen of the room."""
        super().resizeEvent(event)
        self.setFixedHeight(self._height_at(event.size().width()))
        self._drawn = None

    def _height_at(self, width: int) -> int:
        size = self._size()
        return round(width * size.height() / max(1, size.width()))

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the time while it is seen."""
        super().showEvent(event)
        self._clock.start()
        self._draw_anew()

    def hideEvent(self, event: QHideEvent) -> None:
        """Hold no picture of what nobody looks at."""
        super().hideEvent(event)
        self._clock.stop()
        self._drawn = None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the page small, with an edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._drawn is None:
            self._drawn = self._small(self.size() * self.devicePixelRatioF())
        painter.drawPixmap(self.rect(), self._drawn)
        painter.setPen(QColor(self._edge))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    def _small(self, wanted: QSize) -> QPixmap:
        size = self._size()
        self._page.resize(size)
        drawn = self._page.grab()
        aspect = Qt.AspectRatioMode.IgnoreAspectRatio
        smooth = Qt.TransformationMode.SmoothTransformation
        return drawn.scaled(wanted, aspect, smooth)

    def _size(self) -> QSize:
        window = self._audience.window
        return _DRAWN if window is None else window.size()

    @Slot()
    def _draw_anew(self) -> None:
        self._drawn = None
        self.update()
