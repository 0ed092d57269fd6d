"""One's own phrases: a list that is written like any text, and stored as it is written."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from trygga_desktop.domain.phrases import PhraseFlaw
from trygga_desktop.i18n import Language
from trygga_desktop.ui.phrases import PhraseBook
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.inputs import TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel

_ROWS = 9


class PhrasesCard(Card):
    """Says how a line is written, and which lines are none."""

    def __init__(self, book: PhraseBook, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("My phrases"), parent=parent)
        self._book = book
        self._look = look
        line = _(
            "Type the short form in a plan, a note or at a meeting, and press Ctrl+Space: the "
            "words come in its place. Only you can read the list."
        )
        text2 = look.theme.tokens.text2
        self.body.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        self.text = TextArea(look, text=book.text, rows=_ROWS)
        self.text.setObjectName("phrases")
        self.text.setFixedHeight(self.text.minimumHeight())
        self.text.textChanged.connect(self._type)
        self._field = Field(look, _("One in each line: short form = words"), self.text)
        self.body.addWidget(self._field)
        book.changed.connect(self._show)
        book.keeper.changed.connect(self._show)
        self._show()

    @Slot()
    def _type(self) -> None:
        self._book.type(self.text.toPlainText())

    @Slot()
    def _show(self) -> None:
        book, language = self._book, self._look.language
        if self.text.toPlainText() != book.text:
            self.text.blockSignals(True)
            self.text.setPlainText(book.text)
            self.text.blockSignals(False)
        flaws = book.phrases.flaws
        if flaws:
            number, flaw = flaws[0]
            told = flaw_words(flaw, language).format(line=language.number(number))
            self._field.show_state(FieldState.WARN, told)
            return
        count = len(book.phrases.known)
        text = language.ngettext("{count} phrase", "{count} phrases", count)
        self._field.show_state(FieldState.PLAIN, text.format(count=language.number(count)))


def flaw_words(flaw: PhraseFlaw, language: Language) -> str:
    """Return what is wrong with a line, `{line}` standing for which it is."""
    _ = language.gettext
    return {
        PhraseFlaw.NO_SIGN: _("Line {line} has no equals sign."),
        PhraseFlaw.NO_SHORT: _("Line {line} has nothing before its equals sign."),
        PhraseFlaw.NO_WORDS: _("Line {line} has no words behind its equals sign."),
        PhraseFlaw.SPACE: _("Line {line}: a short form is one word."),
        PhraseFlaw.TOO_LONG: _("Line {line} is too long."),
        PhraseFlaw.TWICE: _("Line {line}: that short form stands for something else already."),
        PhraseFlaw.TOO_MANY: _("Line {line} and those after it are too many."),
    }[flaw]
