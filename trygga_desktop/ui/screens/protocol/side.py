"""Beside the pages: for whom they are, what to print them on, and the ways out of the program."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.protocol.view_model import ProtocolViewModel
from trygga_desktop.ui.screens.protocol.words import audience_words, pages_words
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel


class Side(QWidget):
    """The primary stands last, and what is missing above it while it cannot be pressed."""

    def __init__(self, model: ProtocolViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        text2 = look.theme.tokens.text2
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        whom = Card(look, _("For whom"))
        self._title = PlainLabel(look, style=TextStyle.STRONG)
        self._meaning = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self._count = PlainLabel(look, style=TextStyle.BODY)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._meaning)
        whom.body.addLayout(words)
        self._line = Divider(look)
        whom.body.addWidget(self._line)
        whom.body.addWidget(self._count)
        column.addWidget(whom)
        column.addWidget(self._build_paper())
        self._missing = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        column.addWidget(self._missing)
        self.save = Button(look, _("Save as PDF"), icon="download")
        self.save.setObjectName("save as pdf")
        self.save.setToolTip("Ctrl+S")
        self.print = Button(look, _("Print and sign"), ButtonKind.PRIMARY, icon="printer")
        self.print.setObjectName("print")
        self.print.setToolTip("Ctrl+P")
        for button in (self.save, self.print):
            button.across()
            column.addWidget(button)
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    def _build_paper(self) -> Card:
        look = self._look
        _ = look.language.gettext
        card = Card(look, _("On paper"))
        rows = (
            (
                "file-text",
                _("Paper that lasts"),
                _("Print on archival paper (Svenskt Arkiv), and sign with an archival pen."),
            ),
            (
                "history",
                _("The log comes first"),
                _("Printing and saving are written into the log before they happen."),
            ),
        )
        for icon, title, line in rows:
            card.body.addWidget(IconRow(look, icon=icon, title=title, line=line))
        return card

    def show_pages(self, pages: int) -> None:
        """Say how many pages there are; 0 says nothing."""
        self._count.show_text(pages_words(pages, self._look.language) if pages else "")
        self._count.setVisible(bool(pages))
        self._line.setVisible(bool(pages))

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        _ = language.gettext
        title, meaning = audience_words(model, language)
        self._title.show_text(title)
        self._meaning.show_text(meaning)
        composed = model.composed
        missing = ""
        if composed is None:
            missing = _("The pages are being made.")
        elif model.is_leaving:
            missing = _("Written into the log first.")
        self._missing.show_text(missing)
        self._missing.setVisible(bool(missing))
        # Disabled while it works, a button would lose the focus to what stands beside it.
        for button in (self.save, self.print):
            button.setEnabled(composed is not None)
            button.setAccessibleDescription(missing)
