"""An excerpt as it was given: the stored pages, and how much it left out and why."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.leaving import PagesState
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.excerpts.left_out import left_out_rows
from trygga_desktop.ui.screens.excerpts.side import category_names
from trygga_desktop.ui.screens.excerpts.view_model import ExcerptsViewModel
from trygga_desktop.ui.screens.excerpts.words import copy_words, given_words
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.pages_place import PagesPlace
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 310
_NARROW = 860


class GivenPages(TwoColumns):
    """Nothing leaves from here: another copy is made, asked about and counted anew."""

    def __init__(self, model: ExcerptsViewModel, look: Look, words: ReasonWords) -> None:
        self.pages = PagesPlace(look, model.close_given, prefix="given ")
        self.side = QWidget()
        super().__init__(
            look,
            self.pages,
            self.side,
            fixed=self.side,
            width=_SIDE,
            narrow=_NARROW,
            first_fills=True,
        )
        self._model = model
        self._look = look
        self._words = words
        self._shown: object = None
        self._rows: list[QWidget] = []
        _ = look.language.gettext
        text2 = look.theme.tokens.text2
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self.back = Button(look, _("Back to the list"), icon="arrow-left")
        self.back.setObjectName("back to the list")
        self.back.clicked.connect(model.close_given)
        self.back.across()
        column.addWidget(self.back)
        copy = Card(look, _("As it was given"))
        self._to = PlainLabel(look, style=TextStyle.STRONG)
        self._of = PlainLabel(look, style=TextStyle.BODY)
        self._given = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        for one in (self._to, self._of, self._given):
            copy.body.addWidget(one)
        column.addWidget(copy)
        self._why = Card(look, _("What was left out of it"))
        told = _("This stood beside it when it was given. Only you see it.")
        self._why.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY, colour=text2))
        column.addWidget(self._why)
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model, look = self._model, self._look
        seen, one = model.seen, model.copy
        if seen is None or one is None or seen is self._shown:
            self._shown = seen
            return
        self._shown = seen
        self.pages.show_pages(seen, PagesState.READY, None)
        to, of = copy_words(one, look.language)
        when, way = given_words(one, look.language)
        self._to.show_text(to)
        self._of.show_text(of)
        self._given.show_text(f"{when}. {way}.")
        take_out(*self._rows)
        self._rows = left_out_rows(
            look,
            self._words,
            seen.excerpt.left_out,
            recipient=to,
            resting=seen.excerpt.resting,
            categories=category_names(model, look),
        )
        for row in self._rows:
            self._why.body.addWidget(row)
