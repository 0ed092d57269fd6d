"""The third step: what may not be raised, and how far a cell is open."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consent_form.exclusion_card import ExclusionCard
from trygga_desktop.ui.screens.consent_form.limit_card import LimitCard
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space

_NARROW = 820


class TermsStep(QWidget):
    """Exclusions at the left, limits at the right. Both may stay empty."""

    def __init__(
        self,
        model: ConsentFormViewModel,
        look: Look,
        view: ConsentView,
        names: ConsentNames,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._exclusions = ExclusionCard(model, look, view, names)
        self._limits = LimitCard(model, look, view, names)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.L)
        self._grid.setColumnStretch(0, 1)
        self._narrow: bool | None = None
        self._arrange(narrow=False)

    @property
    def first_focus(self) -> QWidget:
        """Return the words of an exclusion."""
        return self._exclusions.words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the limits under the exclusions where there is no room beside them."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        top = Qt.AlignmentFlag.AlignTop
        for card in (self._exclusions, self._limits):
            self._grid.removeWidget(card)
        self._grid.addWidget(self._exclusions, 0, 0, top)
        self._grid.addWidget(self._limits, 1 if narrow else 0, 0 if narrow else 1, top)
        self._grid.setColumnStretch(1, 0 if narrow else 1)
