"""What may not be raised: what was asked for, and one more."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout

from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consent_form.term_card import AddedTerm, TermCard
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel


class ExclusionCard(TermCard):
    """What may not be raised, in which kinds of information, and who asks for it."""

    def __init__(
        self, model: ConsentFormViewModel, look: Look, view: ConsentView, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        intro = _("Is there something that may not be talked about? The yes does not cover it.")
        super().__init__(model, look, names, _("This may not be raised"), intro)
        self._view = view
        self.words = self._words(_("In their own words"))
        self.words.textChanged.connect(self._type)
        head = PlainLabel(look, _("Which kinds of information it touches"), style=TextStyle.LABEL)
        self.body.addWidget(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(0)
        self._boxes: dict[str, CheckBox] = {}
        for place, category in enumerate(model.paper.categories):
            box = CheckBox(look, names.category(category))
            box.setObjectName(f"exclude {category}")
            box.toggled.connect(partial(self._tick, category))
            self._boxes[category] = box
            grid.addWidget(box, place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self._who = self._asked_by(view)
        self._who.activated.connect(self._choose_who)
        self.body.addWidget(Field(look, _("Who asks for it"), self._who))
        self._add = Button(look, _("Add the exclusion"), icon="plus")
        self._add.setObjectName("add exclusion")
        self._add.clicked.connect(self._add_it)
        self.body.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        model.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        terms, names = self._model.terms, self._names
        draft = terms.exclusion
        if self.words.toPlainText() != draft.words:
            self.words.setPlainText(draft.words)
        self._judge_length(is_too_long=draft.is_too_long)
        for category, box in self._boxes.items():
            box.setChecked(category in draft.categories)
        self._who.choose(draft.asked_by)
        had_focus = self._add.hasFocus()
        self._add.setEnabled(draft.is_complete)
        if had_focus and not draft.is_complete:
            self.words.setFocus()
        known = [
            AddedTerm(
                one.words,
                self._line(_categories(one.categories, names), one.asked_by, holds=True),
                None,
            )
            for one in self._view.exclusions
        ]
        new = [
            AddedTerm(
                one.words,
                self._line(_categories(one.categories, names), one.asked_by, holds=False),
                partial(terms.remove_exclusion, place),
            )
            for place, one in enumerate(terms.exclusions)
        ]
        self._show_list([*known, *new])

    @Slot()
    def _type(self) -> None:
        text = self.words.toPlainText()
        if text != self._model.terms.exclusion.words:
            self._model.terms.exclusion.words = text
            self._model.terms.tell()

    def _tick(self, category: str, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        categories = self._model.terms.exclusion.categories
        if checked is not (category in categories):
            categories.symmetric_difference_update({category})
            self._model.terms.tell()

    @Slot()
    def _choose_who(self) -> None:
        self._model.terms.exclusion.asked_by = self._who.currentData()
        self._model.terms.tell()

    @Slot()
    def _add_it(self) -> None:
        self._model.terms.add_exclusion()
        self.words.setFocus()


def _categories(codes: frozenset[str], names: ConsentNames) -> list[str]:
    return [names.list_words(sorted(names.category(code) for code in codes))]
