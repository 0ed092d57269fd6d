"""The fields of a screen that somebody can type into."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

Editor = QLineEdit | QTextEdit | QPlainTextEdit


def editors_of(frame: QWidget) -> list[Editor]:
    """Return every field of a screen that somebody can type into."""
    found: list[Editor] = [*frame.findChildren(QLineEdit), *frame.findChildren(QTextEdit)]
    found += frame.findChildren(QPlainTextEdit)
    shown = [one for one in found if one.isVisibleTo(frame) and one.isEnabled()]
    return [one for one in shown if not one.isReadOnly()]
