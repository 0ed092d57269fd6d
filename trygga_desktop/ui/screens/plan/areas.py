"""The areas of life beside the outline: one leads to its rows, and each tells of its goals."""

from collections import Counter
from collections.abc import Collection, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.plan.words import area_drawing, area_words
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.area_row import AreaRow
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.removal import take_out


class PlanAreas(Card):
    """One stop for Tab; arrow keys choose another area."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.language.gettext("Areas of life"), parent=parent)
        self._look = look
        self.setObjectName("plan areas")
        self._rows: dict[str, AreaRow] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self.body.setContentsMargins(Space.S, Space.L, Space.S, Space.S)
        self.head.setContentsMargins(Space.S, 0, Space.S, 0)
        self.body.addLayout(self._column)
        self.body.addStretch(1)

    def show_areas(
        self,
        lines: Sequence[PlanLine],
        catalogue: Catalogue,
        current: str,
        *,
        kept_back: Collection[UUID] = (),
    ) -> None:
        """Show every area with how much stands in it, one of them chosen.

        `kept_back` are the lines that not everyone at the next meeting may be told.
        """
        language = self._look.language
        codes = [one.code for one in catalogue.life_areas]
        if codes != list(self._rows):
            take_out(*self._rows.values())
            self._rows = {}
            for code in codes:
                row = AreaRow(
                    self._look,
                    area_words(code, catalogue, language),
                    icon=area_drawing(code, catalogue),
                )
                row.setObjectName(f"plan area {code}")
                row.setProperty("code", code)
                row.toggled.connect(self._choose)
                self._column.addWidget(row)
                self._rows[code] = row
        for code, row in self._rows.items():
            not_raised = sum(one.area == code and one.id in kept_back for one in lines)
            warning = language.ngettext(
                "{count} line may not be raised", "{count} lines may not be raised", not_raised
            ).format(count=language.number(not_raised))
            row.show_count(_count(lines, code, language), warning if not_raised else "")
        if current in self._rows and not self._rows[current].isChecked():
            self._rows[current].setChecked(True)

    def _choose(self, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        row = self.sender()
        if checked and isinstance(row, AreaRow):
            self.chosen.emit(str(row.property("code")))


def _count(lines: Sequence[PlanLine], area: str, language: Language) -> str:
    counts = Counter(one.kind for one in lines if one.area == area)
    goals, actions = counts[LineKind.GOAL], counts[LineKind.ACTION]
    parts = []
    if goals:
        text = language.ngettext("{count} goal", "{count} goals", goals)
        parts.append(text.format(count=goals))
    if actions:
        text = language.ngettext("{count} action", "{count} actions", actions)
        parts.append(text.format(count=actions))
    return ", ".join(parts) or language.gettext("Nothing yet")
