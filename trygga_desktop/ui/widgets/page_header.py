"""The top of a desk page: where one is, what it is, and what one can do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_NARROW = 640


class PageHeader(QWidget):
    """Breadcrumb, title with pills, a line below; `actions` at the right, or under a narrow title.

    The title may be a text from people; it never becomes the title of the window.
    """

    def __init__(  # noqa: PLR0913  all but two have a default
        self,
        look: Look,
        title: str,
        *,
        crumbs: Sequence[str] = (),
        line: str = "",
        pills: Sequence[Pill] = (),
        actions: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.title = PlainLabel(look, title, style=TextStyle.DISPLAY)
        self._words = self._build_words(crumbs, line, pills)
        self._actions = QWidget()
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for action in actions:
            row.addWidget(action)
        if not actions:
            self._actions.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.XL)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(0, 1)
        self._narrow: bool | None = None
        self._arrange(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the actions under the title where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for part in (self._words, self._actions):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._words, 0, 0)
        if narrow:
            self._grid.addWidget(self._actions, 1, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._grid.addWidget(self._actions, 0, 1, Qt.AlignmentFlag.AlignTop)

    def _build_words(self, crumbs: Sequence[str], line: str, pills: Sequence[Pill]) -> QWidget:
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        text2 = self._look.theme.tokens.text2
        if crumbs:
            path = "  ›  ".join(crumbs)  # noqa: RUF001  the sign between crumbs
            crumb = PlainLabel(self._look, path, style=TextStyle.SECONDARY, colour=text2)
            column.addWidget(crumb)
        top = QHBoxLayout()
        top.setSpacing(Space.L)
        top.addWidget(self.title, 0 if pills else 1)
        if pills:
            # Large text lets them go on below each other.
            top.addWidget(WrapRow(pills), 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(top)
        if line:
            below = PlainLabel(self._look, line, style=TextStyle.SECONDARY, colour=text2)
            column.addWidget(below)
        return words
