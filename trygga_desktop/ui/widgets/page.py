"""A page that scrolls when the window is too small for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from trygga_desktop.ui.theme.tokens import Space


class Page(QScrollArea):
    """Scrolls one widget, and takes PageUp and PageDown from what is inside."""

    def __init__(self, content: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # It would be one more stop for Tab that has no name and does nothing.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)


def page_of(widget: QWidget) -> Page | None:
    """Return the innermost page that holds the widget, if there is one."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, Page):
        parent = parent.parentWidget()
    return parent


def bring_into_view(widget: QWidget) -> None:
    """Scroll the page that holds the widget until all of it can be seen."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, Page):
            parent.ensureWidgetVisible(widget, Space.XL, Space.XL)
        parent = parent.parentWidget()
