"""Controls to type and choose with, all of one height."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QTextEdit,
    QToolButton,
    QWidget,
)

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.text import make_visible

LONGEST_LINE = 500
"""More than any name, number or passphrase needs, and little enough to draw at once."""


class TextInput(QLineEdit):
    """One line to type in. Its name for a screen reader comes from the `Field` around it."""

    def __init__(
        self,
        look: Look,
        *,
        text: str = "",
        placeholder: str = "",
        longest: int = LONGEST_LINE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFont(look.theme.font(TextStyle.BODY))
        self.setFixedHeight(look.theme.px(36))
        self.setMaxLength(longest)
        self.setPlaceholderText(placeholder)
        self.setText(text)
        self.setCursorPosition(0)
        self.setMinimumWidth(look.theme.px(80))


class SecretInput(QLineEdit):
    """One line whose letters are not shown, with an eye to show them where nobody else looks on.

    The eye is absent while more than one screen is connected: what is revealed here would be on
    the wall as well.
    """

    caps_lock_noticed = Signal(bool)

    def __init__(
        self,
        look: Look,
        screen_count: Callable[[], int],
        *,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._screen_count = screen_count
        self.setFont(look.theme.font(TextStyle.BODY))
        self.setFixedHeight(look.theme.px(36))
        self.setMaxLength(LONGEST_LINE)
        self.setPlaceholderText(placeholder)
        self.setMinimumWidth(look.theme.px(80))
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoAutoUppercase)
        self.eye = _Eye(look, self)
        self.eye.toggled.connect(self._reveal)
        self.setTextMargins(0, 0, self.eye.width(), 0)
        self._reveal(shown=False)
        self.follow_screens()

    def follow_screens(self) -> None:
        """Hide the text and the eye if a second screen is connected by now."""
        alone = self._screen_count() <= 1
        self.eye.setVisible(alone)
        if not alone:
            self.eye.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the eye at the right end."""
        super().resizeEvent(event)
        middle = (self.height() - self.eye.height()) // 2
        self.eye.move(self.width() - self.eye.width() - middle, middle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Notice Caps Lock: a capital without Shift, or a small letter with it."""
        typed = event.text()
        if typed.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock_noticed.emit(typed.isupper() != shift)
        super().keyPressEvent(event)

    def _reveal(self, shown: bool) -> None:  # noqa: FBT001  Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        _ = self._look.language.gettext
        name = _("Hide the passphrase") if shown else _("Show the passphrase")
        self.eye.setAccessibleName(name)
        self.eye.setToolTip(name)


class _Eye(QToolButton):
    """Inside the field, yet reached by Tab: whoever sees badly needs it most."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = look.theme
        edge = look.theme.px(28)
        self.setFixedSize(edge, edge)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the eye, open or crossed out."""
        painter = QPainter(self)
        smooth(painter)
        tokens, box = self._theme.tokens, QRectF(self.rect())
        if self.hasFocus():
            draw_box(painter, box, radius=4, edge=tokens.focus, width=2)
        inset = box.width() * 0.21
        inner = box.adjusted(inset, inset, -inset, -inset)
        name = "eye-off" if self.isChecked() else "eye"
        self._theme.paint_icon(painter, name, tokens.text2, inner)


class TextArea(QTextEdit):
    """Several lines to type in. Tab goes on to the next control; pasted text loses its markup."""

    def __init__(
        self,
        look: Look,
        *,
        text: str = "",
        placeholder: str = "",
        rows: int = 4,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(look.theme.font(TextStyle.BODY))
        self.setPlaceholderText(placeholder)
        self.setPlainText(text)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * rows + 2 * Space.S)


class ComboBox(QComboBox):
    """A list to choose one from; never editable, for screen readers cannot read those."""

    def __init__(
        self, look: Look, choices: Sequence[tuple[str, object]], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self.setFont(look.theme.font(TextStyle.BODY))
        self.setFixedHeight(look.theme.px(36))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for text, value in choices:
            self.addItem(make_visible(text, lines=False, longest=200), value)
        self.view().setMinimumHeight(look.theme.px(32))

    def choose(self, value: object) -> None:
        """Select the choice with this value."""
        self.setCurrentIndex(self.findData(value))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the box, the chosen words and the arrow."""
        painter = QPainter(self)
        smooth(painter)
        tokens = self._theme.tokens
        box = QRectF(self.rect())
        on = self.isEnabled()
        fill = tokens.surface if on else tokens.surface2
        edge = tokens.strong if on else tokens.border
        if self.hasFocus():
            draw_box(painter, box, radius=Radius.CONTROL, fill=fill, edge=tokens.focus, width=2)
        else:
            draw_box(painter, box, radius=Radius.CONTROL, fill=fill, edge=edge)
        size = self._theme.px(16)
        arrow = QRectF(box.right() - size - 10, box.center().y() - size / 2, size, size)
        self._theme.paint_icon(painter, "chevron-down", tokens.text2, arrow)
        words = box.adjusted(12, 0, -size - 16, 0)
        metrics = self.fontMetrics()
        room = int(words.width())
        text = metrics.elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        ink = tokens.text if on else tokens.mute
        draw_text(painter, words, text, font=self.font(), colour=ink)

    def sizeHint(self) -> QSize:
        """Return the width of the longest choice."""
        metrics = self.fontMetrics()
        texts = [self.itemText(index) for index in range(self.count())]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return QSize(widest + self._theme.px(16) + 34, self._theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Be content with less: the words end in … then."""
        return QSize(self._theme.px(96), self._theme.px(36))


class CheckBox(QCheckBox):
    """A box to tick, with words that wrap."""

    def __init__(
        self, look: Look, text: str, *, checked: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._theme = look.theme
        self.setFont(look.theme.font(TextStyle.BODY))
        self.setChecked(checked)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words when wrapped, at least that of a target."""
        return max(self._words(width).height() + Space.S, self._theme.px(32))

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
        """Draw the box, its tick and the words."""
        painter = QPainter(self)
        smooth(painter)
        tokens = self._theme.tokens
        size = self._theme.px(20)
        line = min(self.height(), self._theme.px(32))
        box = QRectF(2, (line - size) / 2, size, size)
        if self.hasFocus():
            ring = box.adjusted(-2, -2, 2, 2)
            draw_box(painter, ring, radius=6, edge=tokens.focus, width=2)
        if self.isChecked():
            draw_box(painter, box, radius=4, fill=tokens.accent)
            tick = box.adjusted(3, 3, -3, -3)
            self._theme.paint_icon(painter, "check", tokens.on_accent, tick)
        else:
            draw_box(painter, box, radius=4, fill=tokens.surface, edge=tokens.strong, width=1.5)
        rect = self._words(self.width())
        top = max(0, (self.height() - rect.height()) // 2)
        painter.setFont(self.font())
        painter.setPen(tokens.text if self.isEnabled() else tokens.mute)
        flags = int(Qt.TextFlag.TextWordWrap.value)
        painter.drawText(rect.translated(0, top), flags, self.text())

    def _indent(self) -> int:
        return self._theme.px(20) + 2 + 10

    def _words(self, width: int) -> QRect:
        indent = self._indent()
        metrics = self.fontMetrics()
        flags = int(Qt.TextFlag.TextWordWrap.value)
        found = metrics.boundingRect(indent, 0, max(1, width - indent), 10_000, flags, self.text())
        return found.adjusted(0, 0, 2, 0)
