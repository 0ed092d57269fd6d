"""Beside the pages: what the paper is, and the ways out of the program."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.papers.view_model import Form, PapersViewModel
from trygga_desktop.ui.screens.papers.words import meaning
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel


class Side(QWidget):
    """The primary stands last, and what is missing above it while it cannot be pressed."""

    def __init__(self, model: PapersViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        text2 = look.theme.tokens.text2
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        what = Card(look, _("The paper"))
        self._title = PlainLabel(look, style=TextStyle.STRONG)
        self._meaning = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._meaning)
        what.body.addLayout(words)
        column.addWidget(what)
        log = Card(look)
        title = _("The log comes first")
        line = _("Printing and saving are written into the log before they happen.")
        log.body.addWidget(IconRow(look, icon="history", title=title, line=line))
        column.addWidget(log)
        self._missing = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        column.addWidget(self._missing)
        self.save = Button(look, _("Save as PDF"), icon="download")
        self.save.setObjectName("save as pdf")
        self.save.setToolTip("Ctrl+S")
        self.calendar = Button(look, _("Save for the calendar…"), icon="calendar")
        self.calendar.setObjectName("save for the calendar")
        self.calendar.setToolTip("Ctrl+Shift+S")
        self.print = Button(look, _("Print the paper"), ButtonKind.PRIMARY, icon="printer")
        self.print.setObjectName("print")
        self.print.setToolTip("Ctrl+P")
        for button in (self.save, self.calendar, self.print):
            button.across()
            column.addWidget(button)
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        _ = language.gettext
        title, text = meaning(model, language)
        self._title.show_text(title)
        self._meaning.show_text(text)
        missing = ""
        if model.composed is None and model.target is not None:
            missing = _("The pages are being made.")
        elif model.is_leaving and not model.is_printing:
            missing = _("Written into the log first.")
        self._missing.show_text(missing)
        self._missing.setVisible(bool(missing))
        self.calendar.setVisible(Form.CALENDAR in model.forms)
        # Disabled while it works, a button would lose the focus to what stands beside it.
        for button in (self.save, self.calendar, self.print):
            button.setEnabled(model.composed is not None)
            button.setAccessibleDescription(missing)
