"""The question who sees the screen, alone in the window: nothing beside it leads past it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.alone.view_model import AloneViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.mirror_question import MirrorQuestion
from trygga_desktop.ui.widgets.page import Page

_WIDTH = 760


class AloneView(QWidget):
    """One card in the middle. Enter leads back to the meeting, and so does the way back."""

    def __init__(self, model: AloneViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        question = MirrorQuestion(look, show=model.nobody_looks_on, back=model.go_back)
        question.setMaximumWidth(look.theme.px(_WIDTH))
        self.first_focus: QWidget = question.first_focus
        content = QWidget()
        middle = QVBoxLayout(content)
        middle.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        middle.addStretch(1)
        middle.addWidget(question, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Page(content))
        _ = look.language.gettext
        self.commands = (Command(_("Back to the meeting"), ("Alt+Left",), model.go_back),)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), QColor(self._look.theme.tokens.bg))
