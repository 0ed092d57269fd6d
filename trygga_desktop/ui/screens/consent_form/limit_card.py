"""How far one cell is open: what was asked for, and one more."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout

from trygga_desktop.domain.consent import Cell, Direction
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consent_form.term_card import AddedTerm, TermCard
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.segments import Segment, Segments


class LimitCard(TermCard):
    """How far one cell is open, and who asks for that."""

    def __init__(
        self, model: ConsentFormViewModel, look: Look, view: ConsentView, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        intro = _("Yes, but not to everything? Write what may be said, and to whom.")
        super().__init__(model, look, names, _("Limit one cell"), intro)
        self._view = view
        self.words = self._words(_("What may be said"))
        self.words.textChanged.connect(self._type)
        self._organisation = ComboBox(look, [])
        self._organisation.setObjectName("limit organisation")
        self._category = ComboBox(
            look, [(names.category(code), code) for code in model.paper.categories]
        )
        self._category.setObjectName("limit category")
        self._category.setCurrentIndex(-1)
        self._organisation.activated.connect(self._choose_cell)
        self._category.activated.connect(self._choose_cell)
        self._way = Segments(
            look,
            _("The limit is about"),
            [
                Segment(Direction.RECEIVE, _("May be told")),
                Segment(Direction.GIVE, _("May tell")),
            ],
            current=Direction.RECEIVE,
        )
        self._way.chosen.connect(self._choose_way)
        self.body.addWidget(Field(look, _("Organisation"), self._organisation))
        self.body.addWidget(Field(look, _("Kind of information"), self._category))
        row = QHBoxLayout()
        row.addWidget(self._way)
        row.addStretch(1)
        self.body.addLayout(row)
        self._who = self._asked_by(view)
        self._who.activated.connect(self._choose_who)
        self.body.addWidget(Field(look, _("Who asks for it"), self._who))
        self._add = Button(look, _("Add the limit"), icon="plus")
        self._add.setObjectName("add limit")
        self._add.clicked.connect(self._add_it)
        self.body.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        model.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        terms, names = self._model.terms, self._names
        draft = terms.limit
        self._fill_organisations()
        if self.words.toPlainText() != draft.words:
            self.words.setPlainText(draft.words)
        self._judge_length(is_too_long=draft.is_too_long)
        self._organisation.choose(draft.organisation)
        self._category.choose(draft.category or None)
        self._way.choose(draft.direction)
        self._who.choose(draft.asked_by)
        had_focus = self._add.hasFocus()
        self._add.setEnabled(draft.is_complete)
        if had_focus and not draft.is_complete:
            self.words.setFocus()
        known = [
            AddedTerm(
                one.words,
                self._line([_cell(one.cell, names)], one.asked_by, holds=True),
                None,
            )
            for one in self._view.limits
        ]
        new = [
            AddedTerm(
                one.words,
                self._line([_cell(one.cell, names)], one.asked_by, holds=False),
                partial(terms.remove_limit, place),
            )
            for place, one in enumerate(terms.limits)
        ]
        self._show_list([*known, *new])

    def _fill_organisations(self) -> None:
        wanted = self._model.paper.organisations
        known = [self._organisation.itemData(one) for one in range(self._organisation.count())]
        if known != wanted:
            self._organisation.clear()
            for one in wanted:
                self._organisation.addItem(self._names.own_name(one), one)

    @Slot()
    def _type(self) -> None:
        text = self.words.toPlainText()
        if text != self._model.terms.limit.words:
            self._model.terms.limit.words = text
            self._model.terms.tell()

    @Slot()
    def _choose_cell(self) -> None:
        draft = self._model.terms.limit
        draft.organisation = self._organisation.currentData()
        draft.category = self._category.currentData() or ""
        self._model.terms.tell()

    @Slot(object)
    def _choose_way(self, direction: object) -> None:
        self._model.terms.limit.direction = Direction(str(direction))
        self._model.terms.tell()

    @Slot()
    def _choose_who(self) -> None:
        self._model.terms.limit.asked_by = self._who.currentData()
        self._model.terms.tell()

    @Slot()
    def _add_it(self) -> None:
        self._model.terms.add_limit()
        self.words.setFocus()


def _cell(cell: Cell, names: ConsentNames) -> str:
    return f"{names.organisation(cell.organisation_id)}, {names.about(cell.category)}"
