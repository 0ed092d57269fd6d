"""A person at the window: finds things by what they are called, presses, types and chooses."""

import os
from collections.abc import Iterator
from itertools import chain
from typing import TypeVar

# Before Qt is imported: nobody looks on here.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

W = TypeVar("W", bound=QWidget)
Editor = QLineEdit | QTextEdit | QPlainTextEdit


class NotThereError(AssertionError):
    """What a person looks for is not to be seen, or cannot be used now."""


class Person:
    """Sees what a window shows, and does nothing that a hand on mouse and keys could not do."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    def press(self, name: str, *, within: QWidget | None = None) -> None:
        """Press a button, a tab or a row that is called so."""
        self.press_it(self.find(QAbstractButton, name, within=within))

    def press_it(self, button: QAbstractButton) -> None:
        """Press this button."""
        if not button.isEnabled():
            raise NotThereError(f"{_called(button)} cannot be pressed now")
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        self.wait()

    def tick(self, name: str, *, on: bool = True, within: QWidget | None = None) -> None:
        """Tick a box that is called so, or take its tick away."""
        box = self.find(QAbstractButton, name, within=within)
        if box.isChecked() is not on:
            self.press_it(box)

    def write(self, name: str, text: str, *, within: QWidget | None = None) -> None:
        """Write a text into a field, instead of what stands there."""
        field = self.field(name, within=within)
        if not field.isEnabled() or field.isReadOnly():
            raise NotThereError(f"{_called(field)} takes no text now")
        field.setFocus()
        field.selectAll()
        if text:
            for letter in text:
                _press_letter(field, letter)
        else:
            QTest.keyClick(field, Qt.Key.Key_Delete)
        self.wait()

    def choose(self, name: str, choice: str, *, within: QWidget | None = None) -> None:
        """Go down a list with the arrow keys, to the choice with these words."""
        box = self.find(QComboBox, name, within=within)
        texts = [box.itemText(place) for place in range(box.count())]
        if choice not in texts:
            raise NotThereError(f"{_called(box)} has no {choice!r}, but {texts}")
        if not box.isEnabled():
            if box.currentText() == choice:
                return
            raise NotThereError(f"{_called(box)} cannot be changed now")
        box.setFocus()
        while box.currentText() != choice:
            down = texts.index(choice) > box.currentIndex()
            QTest.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        self.wait()

    def open_and_choose(self, box: QComboBox, choice: str) -> None:
        """Open a list whose choices are acted on at once, and choose the one with these words."""
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
        self.wait()
        self.choose_opened(box, choice)

    def choose_opened(self, box: QComboBox, choice: str) -> None:
        """Choose from a list that is open the choice with these words."""
        view = box.view()
        if not view.isVisible():
            raise NotThereError(f"{_called(box)} is not open")
        found = [row for row in rows_of(view) if choice in said_of(row)]
        if not found:
            raise NotThereError(f"{_called(box)} has no {choice!r}")
        view.setCurrentIndex(found[0])
        QTest.keyClick(view, Qt.Key.Key_Return)
        self.wait()

    def choose_row(self, name: str, *words: str, enter: bool = True) -> None:
        """Choose the row of a list in which all of these words stand, and press Enter there."""
        table = self.find(QAbstractItemView, name)
        for row in rows_of(table):
            said = " ".join(said_of(cell) for cell in cells_of(row))
            if all(word in said for word in words):
                table.setFocus()
                table.setCurrentIndex(row)
                if enter:
                    QTest.keyClick(table, Qt.Key.Key_Return)
                self.wait()
                return
        raise NotThereError(f"no row of {_called(table)} says {words}")

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press keys, wherever the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.wait()

    def field(self, name: str, *, within: QWidget | None = None) -> Editor:
        """Return the field that is called so."""
        found: Iterator[Editor] = chain(
            self.every(QLineEdit, name, within=within),
            self.every(QTextEdit, name, within=within),
            self.every(QPlainTextEdit, name, within=within),
        )
        field = next(found, None)
        if field is not None:
            return field
        raise NotThereError(f"no field {name!r}; there are {self.names(QWidget, within)}")

    def find(self, kind: type[W], name: str, *, within: QWidget | None = None) -> W:
        """Return what is called so. What cannot be seen is not there."""
        found = next(self.every(kind, name, within=within), None)
        if found is None:
            raise NotThereError(
                f"no {kind.__name__} {name!r}; there are {self.names(kind, within)}"
            )
        return found

    def sees(self, name: str, *, within: QWidget | None = None) -> bool:
        """Return whether anything is called so."""
        return next(self.every(QWidget, name, within=within), None) is not None

    def every(self, kind: type[W], name: str, *, within: QWidget | None = None) -> Iterator[W]:
        """Yield everything that is called so, as it stands on the page."""
        for one in (within or self.window).findChildren(kind):
            if one.isVisibleTo(self.window) and name in _names(one):
                yield one

    def starting(self, kind: type[W], start: str, *, within: QWidget | None = None) -> list[W]:
        """Return everything whose name begins so."""
        return [
            one
            for one in (within or self.window).findChildren(kind)
            if one.isVisibleTo(self.window) and any(name.startswith(start) for name in _names(one))
        ]

    def names(self, kind: type[QWidget], within: QWidget | None = None) -> list[str]:
        """Return what everything of a kind is called."""
        return [
            " = ".join(_names(one))
            for one in (within or self.window).findChildren(kind)
            if one.isVisibleTo(self.window) and _names(one)
        ]

    def wait(self) -> None:
        """Let the program do what follows."""
        for _ in range(3):
            QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def rows_of(view: QAbstractItemView) -> Iterator[QModelIndex]:
    """Yield the rows of a list, with those that hang on others."""
    model = view.model()
    root = view.rootIndex() if isinstance(view, QListView) else QModelIndex()

    def below(parent: QModelIndex) -> Iterator[QModelIndex]:
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            yield index
            yield from below(index)

    yield from below(root)


def cells_of(row: QModelIndex) -> Iterator[QModelIndex]:
    """Yield the cells of a row."""
    column = 0
    while (cell := row.siblingAtColumn(column)).isValid():
        yield cell
        column += 1


def said_of(index: QModelIndex) -> str:
    """Return what stands in a cell, and what a screen reader is told of it."""
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    return " ".join(str(index.data(role) or "") for role in roles)


def _press_letter(field: QWidget, letter: str) -> None:
    """Press the key of a letter. `QTest` has no keys for letters beyond those of Western Europe."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(field, event)


def _names(widget: QWidget) -> list[str]:
    said = [widget.objectName(), widget.accessibleName()]
    if isinstance(widget, QAbstractButton):
        said.append(widget.text())
    return [one for one in said if one]


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {' = '.join(_names(widget))}"
