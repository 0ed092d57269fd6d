"""What may be sent of an error: it is read on the screen before it is copied."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel

SHOW_REPORT = "show report"
"""The name of the button that leads to a report."""

_HEIGHT = 132
_WIDTH = 560


class ErrorReport(QWidget):
    """The whole text of a report, which holds no values; `copy_button` copies what is shown."""

    def __init__(self, look: Look, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = look.language.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        text = TextArea(look, text=report, rows=5)
        text.setObjectName("report")
        text.setReadOnly(True)
        text.setFixedHeight(look.theme.px(_HEIGHT))
        hint = _("It holds no information about people, only places in the program.")
        column.addWidget(Field(look, _("Error report"), text, hint=hint))
        self.copy_button = Button(look, _("Copy"), icon="copy", small=True)
        self.copy_button.setObjectName("copy report")
        self.copy_button.clicked.connect(partial(self._copy, report))
        column.addWidget(self.copy_button)

    def _copy(self, report: str) -> None:
        QGuiApplication.clipboard().setText(report)


def report_button(look: Look, report: str) -> Button:
    """Return a button that shows the report over the page."""
    _ = look.language.gettext
    button = Button(look, _("Show the error report"), ButtonKind.LINK, icon="copy")
    button.setObjectName(SHOW_REPORT)
    button.clicked.connect(partial(_show, look, report, button))
    return button


def _show(look: Look, report: str, button: QWidget) -> None:
    report_dialog(look, report, button.window()).open()


def report_dialog(look: Look, report: str, parent: QWidget) -> QDialog:
    """Return the report by itself; show it with `open`."""
    _ = look.language.gettext
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("Trygga")
    dialog.setAccessibleName(_("Error report"))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
    column.setSpacing(Space.L)
    column.addWidget(PlainLabel(look, _("Something went wrong"), style=TextStyle.TITLE))
    column.addWidget(ErrorReport(look, report))
    foot = QHBoxLayout()
    foot.addStretch(1)
    close = Button(look, _("Close"), ButtonKind.SECONDARY)
    close.setObjectName("close report")
    close.clicked.connect(dialog.accept)
    foot.addWidget(close)
    column.addLayout(foot)
    width = min(look.theme.px(_WIDTH), parent.width())
    dialog.resize(width, column.totalHeightForWidth(width))
    return dialog
