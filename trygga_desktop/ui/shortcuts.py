"""One registry of what can be done by keyboard: it makes the actions and the list under F1."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel

_OF_TEXT_SIZE = frozenset({"Ctrl++", "Ctrl+-"})


class Command(NamedTuple):
    """Something that keys do: its name, its keys, and what happens."""

    text: str
    keys: tuple[str, ...]
    run: Callable[[], None]


def install(window: QWidget, commands: Sequence[Command]) -> None:
    """Give the window these commands in place of those it had."""
    for old in window.actions():
        window.removeAction(old)
        old.deleteLater()
    for command in commands:
        action = QAction(command.text, window)
        action.setShortcuts([QKeySequence(key) for key in command.keys])
        # A dialog on top must not swallow them: locking has to work from anywhere.
        action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        # A key held a moment too long must not do the same once more, as to go on by two items.
        action.setAutoRepeat(not _OF_TEXT_SIZE.isdisjoint(command.keys))
        action.triggered.connect(command.run)
        window.addAction(action)


_COLUMNS = 2


def shortcuts_dialog(look: Look, commands: Sequence[Command], parent: QWidget) -> QDialog:
    """Return the list of all keys; show it with `open`."""
    _ = look.language.gettext
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("Trygga")
    dialog.setAccessibleName(_("Keyboard shortcuts"))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
    column.setSpacing(Space.L)
    column.addWidget(PlainLabel(look, _("Keyboard shortcuts"), style=TextStyle.TITLE))
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.XXL)
    grid.setVerticalSpacing(Space.XS)
    text2 = look.theme.tokens.text2
    rows = -(-len(commands) // _COLUMNS)
    for number, command in enumerate(commands):
        row, column_of_text = number % rows, 2 * (number // rows)
        keys = QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        grid.addWidget(PlainLabel(look, command.text), row, column_of_text)
        told = PlainLabel(look, keys, style=TextStyle.STRONG, colour=text2)
        grid.addWidget(told, row, column_of_text + 1)
        grid.setColumnStretch(column_of_text, 1)
    column.addLayout(grid)
    close = Button(look, _("Close"), ButtonKind.SECONDARY)
    close.clicked.connect(dialog.accept)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    # By itself a dialog takes two thirds of the screen at most, and cuts off the rest.
    width = min(dialog.sizeHint().width(), parent.width())
    dialog.resize(width, column.totalHeightForWidth(width))
    return dialog
