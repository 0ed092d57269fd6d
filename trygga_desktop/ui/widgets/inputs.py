"""Controls to type and choose with, all of one height."""

import re
import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
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

LONGEST_WORD = 1_000
"""Longer than any word or address; from here on a text area breaks its lines anywhere."""

_NAMES_BY_CHOICE = sys.platform.startswith("linux")
"""There Qt names a list by what is chosen in it, and by a label if one belongs to it."""

# Deleting the rest of a line copies it where desktops do so.
_COPYING_KEYS = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.DeleteEndOfLine,
)
_COPYING_ACTIONS = frozenset({"edit-copy", "edit-cut"})

# Only where Qt breaks a line: a space that does not break joins two words into one.
_SPACES = " \t\n\u2028\u2029"
_SPACE = re.compile(f"[{_SPACES}]")


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


class UncopiedInput(TextInput):
    """One line that takes a secret in and lets none out: pasting works, copying does not."""

    def __init__(
        self,
        look: Look,
        *,
        text: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, text=text, placeholder=placeholder, parent=parent)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoAutoUppercase)
        self.setDragEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let nothing out by a key."""
        if not any(event.matches(key) for key in _COPYING_KEYS):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep what the mouse has selected out of the second clipboard that X11 has."""
        if not self.hasSelectedText():
            super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what does not copy."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() in _COPYING_ACTIONS:
                menu.removeAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


class SecretInput(UncopiedInput):
    """One line whose letters are not shown, with an eye to show them where nobody else looks on.

    The eye is absent while more than one screen is connected: what is revealed here would be on
    the wall as well. `show_text` and `hide_text` say what the eye does.
    """

    caps_lock_noticed = Signal(bool)

    def __init__(  # noqa: PLR0913  all but two have a default
        self,
        look: Look,
        screen_count: Callable[[], int],
        *,
        placeholder: str = "",
        show_text: str = "",
        hide_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, placeholder=placeholder, parent=parent)
        _ = look.language.gettext
        self._screen_count = screen_count
        self._show_text = show_text or _("Show the passphrase")
        self._hide_text = hide_text or _("Hide the passphrase")
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
        name = self._hide_text if shown else self._show_text
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
        self.document().contentsChange.connect(self._keep_quick)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFont(look.theme.font(TextStyle.BODY))
        self.setPlaceholderText(placeholder)
        self.setPlainText(text)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * rows + 2 * Space.S)

    @Slot(int, int, int)
    def _keep_quick(self, position: int, removed: int, added: int) -> None:
        """Break lines anywhere while there is an endless word: Qt seeks its end for every line."""
        words = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        anywhere = QTextOption.WrapMode.WrapAnywhere
        if self.wordWrapMode() is not anywhere:
            if _longest_word(self._words_around(position, position + added)) > LONGEST_WORD:
                self.setWordWrapMode(anywhere)
        elif removed and _longest_word(self.toPlainText()) <= LONGEST_WORD:
            self.setWordWrapMode(words)

    def _words_around(self, start: int, end: int) -> str:
        """Return this part of the text with the words it begins and ends in."""
        document = self.document()
        last = document.characterCount() - 1
        start, end = min(start, last), min(end, last)
        first, after = max(0, start - LONGEST_WORD - 1), min(last, end + LONGEST_WORD + 1)
        while start > first and document.characterAt(start - 1) not in _SPACES:
            start -= 1
        while end < after and document.characterAt(end) not in _SPACES:
            end += 1
        cursor = QTextCursor(document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()


def _longest_word(text: str) -> int:
    return max(map(len, _SPACE.split(text)))


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

    def setAccessibleName(self, name: str) -> None:  # noqa: N802  Qt's name
        """Say what is chosen here, where Qt names a list by the chosen words alone too."""
        before = self.accessibleName()
        super().setAccessibleName(name)
        if _NAMES_BY_CHOICE and self.accessibleDescription() in {"", before}:
            self.setAccessibleDescription(name)

    def choose(self, value: object) -> None:
        """Select the choice with this value; none where there is no such choice."""
        # findData tells objects of Python apart that are equal, as two readings of one id are.
        places = range(self.count())
        self.setCurrentIndex(next((one for one in places if self.itemData(one) == value), -1))

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
        ink = tokens.text if on else tokens.mute
        draw_text(painter, words, self.currentText(), font=self.font(), colour=ink)

    def sizeHint(self) -> QSize:
        """Return the width of the longest choice."""
        texts = [self.itemText(index) for index in range(self.count())]
        return QSize(max(map(self.width_for, texts), default=0), self._theme.px(36))

    def width_for(self, text: str) -> int:
        """Return the width at which all of a choice can be read."""
        return self.fontMetrics().horizontalAdvance(text) + self._theme.px(16) + 34

    def minimumSizeHint(self) -> QSize:
        """Be content with less: the words end in … then."""
        return QSize(self._theme.px(96), self._theme.px(36))


class ListBox(ComboBox):
    """A list of which a choice is acted on at once. Keys open it, and never step through it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list; only what is chosen in it is acted on."""
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down}
        if event.key() in {*keys, Qt.Key.Key_Space}:
            self.showPopup()
            return
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()


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
        # The ring of an Å stands above the line, and the box of the words with it.
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip
        painter.drawText(rect.translated(0, top), int(flags.value), self.text())

    def _indent(self) -> int:
        return self._theme.px(20) + 2 + 10

    def _words(self, width: int) -> QRect:
        indent = self._indent()
        metrics = self.fontMetrics()
        flags = int(Qt.TextFlag.TextWordWrap.value)
        found = metrics.boundingRect(indent, 0, max(1, width - indent), 10_000, flags, self.text())
        return found.adjusted(0, 0, 2, 0)
