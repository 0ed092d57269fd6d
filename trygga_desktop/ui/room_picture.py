"""What the room sees, small, in the window of whoever leads the meeting."""

from __future__ import annotations

from collections.abc import Callable
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
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward

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
        self._loss: QWidget | None = None
        self._shown: object = None
        text2 = look.theme.tokens.text2
        self._where = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self._picture = _Picture(audience, look)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._column.addWidget(self._where)
        self._column.addWidget(self._picture)
        self._ways: list[Button] = []
        audience.model.changed.connect(self._tell)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        model, is_open = self._audience.model, self._audience.is_open
        is_covered, is_empty = model.is_covered, model.is_kept_empty
        shown = (is_open, is_covered, is_empty, model.is_frozen, model.lost_its_picture)
        if shown == self._shown:
            return
        self._shown = shown
        _ = self._look.language.gettext
        where = _("The room has no screen of its own: it sees this when you go back.")
        if is_open:
            where = _("On the screen of the room.")
        self._where.show_text(where)
        if self._pill is not None:
            take_out(self._pill)
        text, tone, icon = _("Shown"), Tone.OK, "eye"
        if model.is_frozen:
            text, tone, icon = _("Frozen"), Tone.INFO, "pause"
        if is_covered:
            text, tone, icon = _("Covered"), Tone.MUTE, "eye-off"
        self._pill = Pill(self._look, text, tone=tone, icon=icon)
        place = self._column.indexOf(self._where) + 1
        self._column.insertWidget(place, self._pill, 0, Qt.AlignmentFlag.AlignLeft)
        # A screen reader reads in the order of what lies below what.
        self._pill.stackUnder(self._picture)
        told = _("A small picture of what the room sees. {state}.").format(state=text)
        self._picture.setAccessibleName(told)
        if not self._ways and is_open:
            self._ways = [
                self._way("toggle room", "blinds", self._audience.toggle),
                self._way("freeze room", "pause", self._audience.freeze),
            ]
        self._tell_ways(is_open=is_open)
        self._tell_loss(is_lost=is_open and model.lost_its_picture)

    def _tell_ways(self, *, is_open: bool) -> None:
        if not self._ways:
            return
        _ = self._look.language.gettext
        model = self._audience.model
        toggle, freeze = self._ways
        freeze.setVisible(is_open and (model.lost_its_picture or not model.is_covered))
        text = _("Show it as it is now") if model.is_frozen else _("Freeze the screen")
        if model.lost_its_picture:
            text = _("Show what may be shown now")
            if toggle.hasFocus():
                freeze.setFocus(Qt.FocusReason.OtherFocusReason)
        freeze.show_text(text)
        freeze.setToolTip("Ctrl+F9")
        # One way back is enough where the picture was lost.
        toggle.setVisible(is_open and not model.lost_its_picture)
        toggle.show_text(
            _("Show the meeting there  Shift+F9")
            if model.is_kept_empty
            else _("Leave it empty  Shift+F9")
        )

    def _tell_loss(self, *, is_lost: bool) -> None:
        """Say what became of the picture that was frozen, and what the room sees instead."""
        if self._loss is not None:
            take_out(self._loss)
            self._loss = None
        if not is_lost:
            return
        _ = self._look.language.gettext
        text = _(
            "Who is here or what may be shown has changed. The room sees nothing until you"
            " show the meeting there again."
        )
        title = _("What was frozen may not be shown any more")
        self._loss = banner(self._look, text, tone=Tone.WARN, title=title, icon="eye-off")
        self._column.insertWidget(0, self._loss)
        come_forward(self._loss, focus=False)

    def _way(self, name: str, icon: str, run: Callable[[], None]) -> Button:
        button = Button(self._look, "", icon=icon)
        button.setObjectName(name)
        button.clicked.connect(run)
        self._column.addWidget(button)
        return button


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
