"""The areas of life in a list: one is chosen, and the others tell how much stands in them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.mapping.capture import AreaView
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.area_row import AreaRow, drawn_icon
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.removal import take_out


def area_icon(view: AreaView) -> str:
    """Return the icon of an area, a general one where there is none to draw."""
    return drawn_icon("" if view.area is None else view.area.icon)


def area_name(view: AreaView, language: Language) -> str:
    """Return what an area is called."""
    if view.area is None:
        return language.gettext("Other areas")
    return view.area.name.in_language(language.code)


def count_text(view: AreaView, language: Language) -> str:
    """Return how much stands in an area."""
    _ = language.gettext
    strengths, needs = len(view.strengths), len(view.needs)
    parts = []
    if strengths:
        text = language.ngettext("{count} strength", "{count} strengths", strengths)
        parts.append(text.format(count=strengths))
    if needs:
        text = language.ngettext("{count} need", "{count} needs", needs)
        parts.append(text.format(count=needs))
    return ", ".join(parts) or _("Nothing yet")


class AreaList(Card):
    """One stop for Tab; arrow keys choose another area."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.language.gettext("Areas of life"), parent=parent)
        self._look = look
        self.setObjectName("areas")
        self._rows: dict[str, AreaRow] = {}
        self._shown: object = None
        self._box = QWidget()
        self._column = QVBoxLayout(self._box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.body.setContentsMargins(Space.S, Space.L, Space.S, Space.S)
        self.head.setContentsMargins(Space.S, 0, Space.S, 0)
        self.body.addWidget(self._box)

    @property
    def current(self) -> QWidget:
        """Return the row that is chosen, where Tab comes to."""
        checked = (row for row in self._rows.values() if row.isChecked())
        return next(checked, self)

    def show_areas(self, views: Sequence[AreaView], current: str | None) -> None:
        """Show these areas, one of them chosen."""
        language = self._look.language
        told = [(one.code, count_text(one, language)) for one in views]
        if [code for code, _ in told] != list(self._rows):
            take_out(*self._rows.values())
            self._rows = {}
            for view in views:
                row = AreaRow(self._look, area_name(view, language), icon=area_icon(view))
                row.setObjectName(f"area {view.code}")
                row.toggled.connect(self._choose)
                row.setProperty("code", view.code)
                self._column.addWidget(row)
                self._rows[view.code] = row
        for code, count in told:
            self._rows[code].show_count(count)
        if current in self._rows:
            self._rows[current].setChecked(True)

    def _choose(self, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        row = self.sender()
        if checked and isinstance(row, AreaRow):
            self.chosen.emit(str(row.property("code")))
