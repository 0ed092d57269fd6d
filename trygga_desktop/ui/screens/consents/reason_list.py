"""The reasons for which a signature can be done without, each to be read whole before chosen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.painting import draw_box, smooth
from trygga_desktop.ui.widgets.text import make_visible

_LONGEST = 200
_MARK = 20


class ReasonRow(QRadioButton):
    """One reason, with words that wrap. A radio button to all else; arrow keys go on."""

    def __init__(self, look: Look, text: str, code: str, parent: QWidget | None = None) -> None:
        super().__init__(make_visible(text, lines=False, longest=_LONGEST), parent)
        self.code = code
        self._theme = look.theme
        self.setObjectName(f"reason {code}")
        self.setAccessibleName(self.text())
        self.setFont(look.theme.font(TextStyle.BODY))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words when wrapped, at least that of a target."""
        return max(self._words(width).height() + 2 * self._top(), self._theme.px(32))

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + self._indent() + 2
        return QSize(width, self._theme.px(32))

    def minimumSizeHint(self) -> QSize:
        """Be content with a narrow column."""
        narrow = self.fontMetrics().averageCharWidth() * 12 + self._indent()
        return QSize(min(narrow, self.sizeHint().width()), self._theme.px(32))

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Take a click anywhere on the words as well."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the mark and the words."""
        painter = QPainter(self)
        smooth(painter)
        tokens = self._theme.tokens
        size = self._theme.px(_MARK)
        at = QRectF(2, (self._theme.px(32) - size) / 2, size, size)
        if self.hasFocus():
            ring = at.adjusted(-2, -2, 2, 2)
            draw_box(painter, ring, radius=ring.width() / 2, edge=tokens.focus, width=2)
        chosen = self.isChecked()
        icon, ink = ("circle-check", tokens.accent) if chosen else ("circle", tokens.strong)
        self._theme.paint_icon(painter, icon, ink, at)
        words = self._words(self.width())
        painter.setFont(self.font())
        painter.setPen(tokens.text)
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip
        painter.drawText(words.translated(0, self._top()), int(flags.value), self.text())

    def _top(self) -> int:
        return max(0, (self._theme.px(32) - self.fontMetrics().lineSpacing()) // 2)

    def _indent(self) -> int:
        return self._theme.px(_MARK) + 2 + 10

    def _words(self, width: int) -> QRect:
        indent = self._indent()
        flags = int(Qt.TextFlag.TextWordWrap.value)
        room = max(1, width - indent)
        found = self.fontMetrics().boundingRect(indent, 0, room, 10_000, flags, self.text())
        return found.adjusted(0, 0, 2, 0)


class ReasonField(Field):
    """All reasons below each other; tells the code of the one that was chosen."""

    def __init__(
        self,
        look: Look,
        label: str,
        reasons: Sequence[tuple[str, str]],
        *,
        chosen: str | None,
        choose: Callable[[str], None],
    ) -> None:
        control = QWidget()
        column = QVBoxLayout(control)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        super().__init__(look, label, control)
        self._choose = choose
        self._rows: list[ReasonRow] = []
        for text, code in reasons:
            row = ReasonRow(look, text, code)
            row.setChecked(code == chosen)
            row.toggled.connect(self._tell)
            column.addWidget(row)
            self._rows.append(row)

    @property
    def first_focus(self) -> QWidget:
        """Return the reason that is chosen, or the first."""
        chosen = [one for one in self._rows if one.isChecked()]
        return next(iter(chosen or self._rows), self.control)

    def show_chosen(self, code: str | None) -> None:
        """Show another reason as chosen, without telling of it."""
        for row in self._rows:
            row.blockSignals(True)
            row.setAutoExclusive(False)
            row.setChecked(row.code == code)
            row.setAutoExclusive(True)
            row.blockSignals(False)

    def _tell(self, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        row = self.sender()
        if checked and isinstance(row, ReasonRow):
            self._choose(row.code)
