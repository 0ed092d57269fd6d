"""Buttons side by side, below each other where they have no room."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button


class Flow(QWidget):
    """A row of widgets that becomes a column when it is too narrow for all of them."""

    def __init__(
        self,
        parts: Sequence[QWidget],
        *,
        last_at_end: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        first = parts[0]
        if isinstance(first, Button) and first.is_bare:
            first.start_column()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(Space.M)
        for part in parts[:-1]:
            self._box.addWidget(part)
        if last_at_end:
            self._box.addStretch(1)
        self._box.addWidget(parts[-1])
        if not last_at_end:
            self._box.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for the room of one row."""
        hints = [part.sizeHint() for part in self._parts if part.isVisibleTo(self)]
        gaps = Space.M * (len(hints) - 1)
        if self._is_column():
            height = sum(hint.height() for hint in hints) + gaps
        else:
            height = max((hint.height() for hint in hints), default=0)
        return QSize(sum(hint.width() for hint in hints) + gaps, height)

    def minimumSizeHint(self) -> QSize:
        """Be content with the room of a column."""
        hints = [part.minimumSizeHint() for part in self._parts if part.isVisibleTo(self)]
        widest = max((hint.width() for hint in hints), default=0)
        return QSize(widest, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the row into a column, or back."""
        super().resizeEvent(event)
        column = event.size().width() < self.sizeHint().width()
        if column == self._is_column():
            return
        way = QBoxLayout.Direction.TopToBottom if column else QBoxLayout.Direction.LeftToRight
        self._box.setDirection(way)
        for part in self._parts:
            start = Qt.AlignmentFlag.AlignLeft if column else Qt.AlignmentFlag(0)
            self._box.setAlignment(part, start)
        self.updateGeometry()

    def _is_column(self) -> bool:
        return self._box.direction() is QBoxLayout.Direction.TopToBottom
