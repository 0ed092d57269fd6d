"""Ctrl+Space puts the words of a phrase in place of the short form before the cursor."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QMenu, QTextEdit

from trygga_desktop.domain.phrases import Phrase, Phrases
from trygga_desktop.ui.widgets.text import make_visible

_MOST = 12


class PhraseKeys(QObject):
    """Watches a field. Where it `offers`, a list opens if no short form stands there whole.

    On a screen that others look at nothing is offered: the list is one's own.
    """

    def __init__(
        self,
        field: QLineEdit | QTextEdit,
        phrases: Callable[[], Phrases],
        *,
        offers: bool,
    ) -> None:
        super().__init__(field)
        self._field = field
        self._phrases = phrases
        self._offers = offers
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key, and leave all others to the field."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if is_control and event.key() == Qt.Key.Key_Space:
                self._expand()
                return True
        return super().eventFilter(watched, event)

    def _expand(self) -> None:
        if self._field.isReadOnly():
            return
        short = self._short()
        found = self._phrases().find(short) if short else None
        if found is not None:
            self._put(len(short), found)
        elif self._offers:
            self._offer(short)

    def _offer(self, short: str) -> None:
        found = self._phrases().beginning_with(short)[:_MOST]
        if not found:
            return
        menu = QMenu(self._field)
        menu.setObjectName("phrases")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in found:
            # Qt underlines the letter behind an ampersand.
            told = make_visible(f"{one.short}: {one.words}", lines=False, longest=80)
            action = menu.addAction(told.replace("&", "&&"))
            action.triggered.connect(partial(self._put, len(short), one))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self._field.mapToGlobal(self._under_cursor()))

    def _under_cursor(self) -> QPoint:
        if isinstance(self._field, QTextEdit):
            return self._field.cursorRect().bottomLeft()
        return self._field.rect().bottomLeft()

    def _short(self) -> str:
        """Return the word that ends at the cursor."""
        field = self._field
        if isinstance(field, QLineEdit):
            before = field.text()[: field.cursorPosition()]
        else:
            cursor = field.textCursor()
            before = cursor.block().text()[: cursor.positionInBlock()]
        return "" if not before or before[-1].isspace() else before.split()[-1]

    def _put(self, length: int, phrase: Phrase, _checked: object = None) -> None:
        """Put the words in place of so many characters: one step for whoever takes it back."""
        field = self._field
        if isinstance(field, QLineEdit):
            end = field.cursorPosition()
            field.setSelection(end - length, length)
            field.insert(phrase.words)
            # `insert` tells only that the text is another, as if a program had put it there.
            field.textEdited.emit(field.text())
            return
        cursor = field.textCursor()
        left = QTextCursor.MoveOperation.Left
        cursor.movePosition(left, QTextCursor.MoveMode.KeepAnchor, length)
        cursor.insertText(phrase.words)
        field.setTextCursor(cursor)
