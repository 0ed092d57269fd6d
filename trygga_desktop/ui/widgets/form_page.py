"""A page on which something is written: the way back, its parts, and a foot that stays in view."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward


class FormPage(QWidget):
    """Shows its parts below the way back, and what leads on from them in the foot."""

    def __init__(self, back: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(Space.L)
        column.addLayout(self._parts)
        column.addStretch(1)
        self._foot = QWidget()
        self._ways = QVBoxLayout(self._foot)
        self._ways.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._foot)
        self._shown: tuple[QWidget, ...] = ()
        self._banners: tuple[QWidget, ...] = ()

    @property
    def foot(self) -> QWidget:
        """Return what stays in view while the page is scrolled."""
        return self._foot

    def show_parts(self, parts: Sequence[QWidget], ways: Sequence[QWidget]) -> None:
        """Show these in place of what was shown, banners included, and these ways in the foot."""
        take_out(*self._shown, *self._banners)
        self._shown, self._banners = (*parts, *ways), ()
        for one in parts:
            self._parts.addWidget(one)
        for one in ways:
            self._ways.addWidget(one)
        self._foot.setVisible(bool(ways))

    def show_banners(self, banners: Sequence[QWidget]) -> None:
        """Show these below the first part, in place of those shown, and have them in view."""
        take_out(*self._banners)
        self._banners = tuple(banners)
        for place, one in enumerate(banners, start=1):
            self._parts.insertWidget(place, one)
            one.show()
            come_forward(one, focus=False)
