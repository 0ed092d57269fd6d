"""What is noted of an assessment instrument: when, by whom, where kept, and never what it said."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.plan import LONGEST_NAME, PlanLine
from trygga_desktop.ui.screens.plan.view_model import PlanViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel

_LONGEST_PLACE = 500


class InstrumentFields(QWidget):
    """Three fields under the words of the catalogue. Which instrument it was the line itself says.

    Whoever holds it takes what is typed as the day.
    """

    def __init__(self, model: PlanViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._language = look.language
        _ = look.language.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self._only = PlainLabel(look, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        column.addWidget(self._only)
        self.used_on = TextInput(look, placeholder="2026-12-24", longest=20)
        self.used_on.setObjectName("plan used on")
        column.addWidget(Field(look, _("Used on"), self.used_on))
        self.used_by = TextInput(look, longest=LONGEST_NAME)
        self.used_by.setObjectName("plan used by")
        self.used_by.textEdited.connect(self._type_used_by)
        column.addWidget(Field(look, _("Used by"), self.used_by))
        self.kept_at = TextInput(look, longest=_LONGEST_PLACE)
        self.kept_at.setObjectName("plan kept at")
        self.kept_at.textEdited.connect(self._type_kept_at)
        column.addWidget(Field(look, _("Where the result is kept"), self.kept_at))

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return self.used_on, self.used_by, self.kept_at

    def show_line(self, line: PlanLine, catalogue: Catalogue) -> None:
        """Show who used it and where the result is kept, and what is asked for."""
        for field, told in ((self.used_by, line.responsible), (self.kept_at, line.sign)):
            if field.text() != told:
                field.setText(told)
        self._only.show_text(catalogue.instrument_note.in_language(self._language.code))

    @Slot(str)
    def _type_used_by(self, text: str) -> None:
        self._model.change(responsible=text, organisation_id=None, party_id=None)

    @Slot(str)
    def _type_kept_at(self, text: str) -> None:
        self._model.change(sign=text)
