"""A field that narrows a list while one types."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look


class SearchField(QLineEdit):
    """Shows a magnifier, can be emptied with Esc, and tells every change by `textChanged`."""

    def __init__(
        self, look: Look, name: str, *, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = look.theme
        self.setFont(theme.font(TextStyle.BODY))
        self.setFixedHeight(theme.px(36))
        self.setMinimumWidth(theme.px(120))
        self.setMaximumWidth(theme.px(250))
        self.setMaxLength(200)
        self.setPlaceholderText(placeholder or name)
        self.setAccessibleName(name)
        # A screen reader comes by its sign as by a button, which is not to be without words.
        magnifier = QAction(theme.icon("search", theme.tokens.text2, 16), name, self)
        self.addAction(magnifier, QLineEdit.ActionPosition.LeadingPosition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the field with Esc; an empty one lets Esc go on."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
