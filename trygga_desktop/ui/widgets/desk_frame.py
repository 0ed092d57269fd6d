"""The frame of every screen of an open vault: rail, page, status line."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.rail import Rail
from trygga_desktop.ui.widgets.saved_sign import SavedSign

WIDE = 1400
"""The effective width from which the rail has its words beside the icons."""

_ROOMY = 1500
_WIDEST = 1600


class StatusLine(QWidget):
    """What is always true at the left, when the last change was saved at the right."""

    def __init__(self, look: Look, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = look.language.gettext
        text2 = look.theme.tokens.text2
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(IconMark(look, "lock", size=14), 0, middle)
        always = PlainLabel(
            look, _("Encrypted on this computer"), style=TextStyle.CAPTION, colour=text2
        )
        row.addWidget(always)
        row.addStretch(1)
        self._sign = SavedSign(look)
        row.addWidget(self._sign)

    def show_saved(self, text: str, *, is_done: bool = True) -> None:
        """Say when something was saved last, or that it is not yet. Empty says nothing."""
        self._sign.show_sign(text, waiting=not is_done)


@runtime_checkable
class Footed(Protocol):
    """A page with something that stays in view while the rest of it is scrolled."""

    @property
    def foot(self) -> QWidget:
        """Return that part of it."""


class DeskFrame(QWidget):
    """Puts a page beside the rail with the margins of the grid, and scrolls it when need be.

    The foot of a page that has one stands below what is scrolled.
    """

    def __init__(
        self, look: Look, *, rail: Rail, page: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.rail = rail
        self.page = page
        self.status = StatusLine(look)
        page.setMaximumWidth(look.theme.px(_WIDEST))
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setSpacing(Space.M)
        inner = QWidget()
        self._inside = QHBoxLayout(inner)
        self._inside.addWidget(page, 1000)
        self._inside.addStretch(1)
        self._column.addWidget(Page(inner), 1)
        self._foot = QHBoxLayout()
        if isinstance(page, Footed):
            foot = page.foot
            foot.setMaximumWidth(look.theme.px(_WIDEST))
            self._foot.addWidget(foot, 1000)
            self._foot.addStretch(1)
            self._column.addLayout(self._foot)
        # As wide as the page: the sign of what is saved stands below its right edge.
        self.status.setMaximumWidth(look.theme.px(_WIDEST))
        self._below = QHBoxLayout()
        self._below.addWidget(self.status, 1000)
        self._below.addStretch(1)
        self._column.addLayout(self._below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rail)
        row.addWidget(self._body, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep wider margins in a wide window."""
        super().resizeEvent(event)
        roomy = self._look.effective(event.size().width()) >= _ROOMY
        side = Space.XXL if roomy else Space.XL
        self._column.setContentsMargins(side, 20, 0, Space.M)
        # The margin lies inside, so that a scroll bar stands at the edge of the window.
        self._inside.setContentsMargins(0, 0, side, 0)
        self._below.setContentsMargins(0, 0, side, 0)
        self._foot.setContentsMargins(0, 0, side, 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the ground, with an edge beside the rail where both are as dark."""
        painter = QPainter(self)
        tokens = self._look.theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.bg))
