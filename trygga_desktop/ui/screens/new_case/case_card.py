"""The parts of the form that are about the case: its numbers, its programme, how it began."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from trygga_desktop.domain.directory import Organisation
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.person_typing.typed_field import TypedArea, TypedField
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

_ONE_COLUMN = 520
_ROWS = 3


class CaseCard(Card):
    """The numbers of the case, its programme, who raised it and when."""

    def __init__(self, model: NewCaseViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("The case"), parent=parent)
        self._model = model
        self._look = look
        self._number = TypedField(
            look, model, FormField.CASE_NUMBER, _("Case number"), placeholder=_("Random")
        )
        self._registry = TypedField(
            look, model, FormField.REGISTRY_NUMBER, _("Registry number, if there is one")
        )
        self._programme = ComboBox(look, [])
        self._programme.setObjectName("programme")
        self._programme.activated.connect(self._choose_programme)
        self._raised_by = ComboBox(look, [])
        self._raised_by.setObjectName("raised_by")
        self._raised_by.activated.connect(self._choose_raised_by)
        self._raised_on = TypedField(
            look, model, FormField.RAISED_ON, _("Date"), placeholder=_("Today")
        )
        self._raised_on.input.setAccessibleName(_("The day the case was raised"))
        self.body.addWidget(self._number)
        self.body.addWidget(self._registry)
        self.body.addWidget(Field(look, _("Programme"), self._programme))
        self.body.addWidget(Field(look, _("Who raised the case?"), self._raised_by))
        self.body.addWidget(self._raised_on)
        self._offered: object = None
        model.changed.connect(self._show)
        model.form_replaced.connect(self._show)
        self._show()

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return (
            self._number.input,
            self._registry.input,
            self._programme,
            self._raised_by,
            self._raised_on.input,
        )

    @Slot()
    def _choose_programme(self) -> None:
        self._model.choose_programme(str(self._programme.currentData()))

    @Slot()
    def _choose_raised_by(self) -> None:
        self._model.choose_raised_by(str(self._raised_by.currentData()))

    @Slot()
    def _show(self) -> None:
        model = self._model
        self._offer()
        self._programme.choose(model.programme)
        known = model.directory.known_organisation(model.form.raised_by)
        self._raised_by.choose("" if known is None else str(known))

    def _offer(self) -> None:
        """Offer the programmes and organisations there are, when those have been read."""
        directory, language = self._model.directory, self._look.language
        offered = (directory.programmes, directory.organisations)
        if offered == self._offered:
            return
        self._offered = offered
        self._programme.clear()
        for programme in directory.programmes:
            self._programme.addItem(programme.name.in_language(language.code), programme.code)
        # Nothing to choose from is no choice.
        self._programme.setEnabled(bool(directory.programmes))
        self._raised_by.clear()
        self._raised_by.addItem(language.gettext("No organisation"), "")
        for name, one in self._named(directory.organisations):
            self._raised_by.addItem(name, str(one.id))

    def _named(self, organisations: Sequence[Organisation]) -> list[tuple[str, Organisation]]:
        """Return organisations by their names, those of one name with what kind they are."""
        language = self._look.language
        kinds = self._model.directory.kinds
        count = Counter(one.name for one in organisations)
        named = []
        for one in sorted(organisations, key=lambda one: language.sort_key(one.name)):
            name = make_visible(one.name, lines=False, longest=LONGEST_NAME)
            kind = kinds.get(one.kind)
            if count[one.name] > 1 and kind is not None:
                name = f"{name} ({kind.in_language(language.code)})"
            named.append((name, one))
        return named


class IntakeCard(Card):
    """Why the case was raised, and what was thought of it first."""

    def __init__(self, model: NewCaseViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("How it began"), parent=parent)
        self._look = look
        self._why = TypedArea(look, model, FormField.WHY, _("Why it was raised"), rows=_ROWS)
        self._assessment = TypedArea(
            look, model, FormField.ASSESSMENT, _("First assessment"), rows=_ROWS
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.M)
        self.body.addLayout(self._grid)
        self._is_narrow: bool | None = None
        self._arrange(narrow=False)

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return self._why.input, self._assessment.input

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put one below the other where two do not fit beside each other."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _ONE_COLUMN)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        at_top = Qt.AlignmentFlag.AlignTop
        for field in (self._why, self._assessment):
            self._grid.removeWidget(field)
        self._grid.addWidget(self._why, 0, 0, at_top)
        self._grid.addWidget(self._assessment, int(narrow), int(not narrow), at_top)
        for column in range(2):
            self._grid.setColumnStretch(column, 0 if narrow and column else 1)
