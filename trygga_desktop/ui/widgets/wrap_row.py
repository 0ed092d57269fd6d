"""A row of small widgets that goes on in the next line where it has no room."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget, QWidgetItem

from trygga_desktop.ui.theme.tokens import Space


class WrapRow(QWidget):
    """Pills, chips or buttons in lines, each as wide as it asks to be."""

    def __init__(
        self, parts: Sequence[QWidget] = (), *, gap: int = Space.S, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = _Lines(gap)
        self.setLayout(self._lines)
        for part in parts:
            self.add(part)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, part: QWidget) -> None:
        """Put one more at the end."""
        self._lines.addWidget(part)


class _Lines(QLayout):
    def __init__(self, gap: int) -> None:
        super().__init__()
        self._gap = gap
        # Qt does not keep these alive.
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem, /) -> None:  # noqa: N802  Qt's name
        """Take one more item."""
        self._items.append(item)

    def addWidget(self, widget: QWidget, /) -> None:  # noqa: N802  Qt's name
        """Take one more widget, kept alive from here."""
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int, /) -> QLayoutItem | None:  # noqa: N802  Qt's name
        """Return one of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:  # noqa: N802  as above
        """Give one of them up."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802  Qt's name
        """Ask for no more room than the lines need."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """Return the height of the lines at that width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect, /) -> None:  # noqa: N802  Qt's name
        """Put the widgets into their lines."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """Ask for the room of one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802  Qt's name
        """Be content with the widest of them."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        top = rect.top()
        for line in self._in_lines(rect.width()):
            height = max(item.sizeHint().height() for item in line)
            left = rect.left()
            for item in line:
                size = item.sizeHint().boundedTo(QSize(rect.width(), height))
                if move:
                    # Small things stand in the middle of a line with larger ones.
                    at = QPoint(left, top + (height - size.height()) // 2)
                    item.setGeometry(QRect(at, size))
                left += size.width() + self._gap
            top += height + self._gap
        return max(0, top - self._gap - rect.top())

    def _in_lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or used + wide > width:
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += wide + self._gap
        return lines
