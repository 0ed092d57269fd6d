"""The card with the matrix: the day that is looked at above it, what its signs mean below."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.consent import Direction
from trygga_desktop.domain.matrix import CellState
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import (
    ICON_ONLY_HEARS,
    ICON_ONLY_TELLS,
    ConsentNames,
    cell_face,
    cells_by_place,
    read_day,
    state_pill,
)
from trygga_desktop.ui.screens.consents.forms import has_consents, open_until
from trygga_desktop.ui.screens.consents.signing_words import sum_pill
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.matrix import Face, MatrixView
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.segments import Segment, Segments
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_DAY_WIDTH = 132


class MatrixCard(Card):
    """Arrow keys move in the matrix; Enter asks why, and `why_wanted` tells so."""

    why_wanted = Signal()

    def __init__(self, model: ConsentsViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        _ = look.language.gettext
        self._model = model
        self._look = look
        self._places: tuple[tuple[UUID, ...], tuple[str, ...]] = ((), ())
        self._shown: object = None
        self._when = Segments(
            look,
            _("Show"),
            [Segment(False, _("Holds today")), Segment(True, _("On a day"))],
            current=False,
        )
        self._when.chosen.connect(self._choose_when)
        self._day = TextInput(look, longest=10)
        self._day.setObjectName("day looked at")
        self._day.setFixedWidth(look.theme.px(_DAY_WIDTH))
        self._day.setAccessibleName(_("Day to look at, as 2026-11-26"))
        self._day.editingFinished.connect(self._leave_day)
        bad = look.theme.tokens.bad
        self._flaw = PlainLabel(look, _("Write the day as 2026-11-26."), colour=bad)
        self._flaw.hide()
        self.matrix = MatrixView(look, _("Who may know what"))
        self.matrix.setObjectName("matrix")
        self.matrix.cell_chosen.connect(self._choose)
        self.matrix.cell_opened.connect(self.why_wanted)
        self._sums: list[QWidget] = []
        text = _("No consent has been recorded yet. Until then, no one may know anything.")
        self._empty = EmptyState(look, icon="ban", title=_("Nothing may be shared."), text=text)
        self._legend = QVBoxLayout()
        self._signs: list[QWidget] = []
        self._lay_out()

    @property
    def first_focus(self) -> QWidget:
        """Return the matrix, or the day while there is none."""
        return self.matrix if self.matrix.isVisibleTo(self) else self._day

    def show_view(self, view: ConsentView, names: ConsentNames) -> None:
        """Show what the consents come to."""
        self._show_day()
        if view is self._shown:
            return
        self._shown = view
        given = has_consents(view)
        self.matrix.setVisible(given)
        self._empty.setVisible(not given)
        self._show_faces(view, names)
        self._show_sum(view, given=given)
        self._show_legend(view, given=given)

    def _lay_out(self) -> None:
        self._top = WrapRow([self._when, self._day], gap=Space.M)
        self.body.addWidget(self._top)
        self.body.addWidget(self._flaw)
        self.body.addWidget(self.matrix)
        self.body.addWidget(self._empty)
        self.body.addLayout(self._legend)

    def _show_day(self) -> None:
        model = self._model
        is_flawed = bool(model.typed_day) and read_day(model.typed_day) is None
        self._when.choose(model.on is not None or is_flawed)
        shown = model.typed_day or (model.on or model.today).isoformat()
        is_typing = self._day.hasFocus() and self._day.isModified()
        if self._day.text() != shown and not is_typing:
            self._day.setText(shown)
        self._flaw.setVisible(is_flawed)

    def _show_faces(self, view: ConsentView, names: ConsentNames) -> None:
        cells = cells_by_place(view.cells)
        organisations = tuple(one.id for one in view.organisations)
        categories = tuple(one.code for one in view.categories)
        self._places = (organisations, categories)
        faces: list[list[Face]] = [
            [
                cell_face(
                    cells[one, code, Direction.RECEIVE],
                    cells.get((one, code, Direction.GIVE)),
                    names,
                    self._look.language,
                )
                for one in organisations
            ]
            for code in categories
        ]
        chosen = self._model.chosen
        self.matrix.show_faces(
            [names.row_head(code) for code in categories],
            [names.column_head(one) for one in organisations],
            faces,
        )
        if chosen is not None and chosen[0] in organisations and chosen[1] in categories:
            self.matrix.choose(categories.index(chosen[1]), organisations.index(chosen[0]))

    def _show_sum(self, view: ConsentView, *, given: bool) -> None:
        """Say beside the day until when anything is open, or that nothing is."""
        look = self._look
        _ = look.language.gettext
        take_out(*self._sums)
        self._sums = []
        until = open_until(view)
        if until is not None:
            text = _("Consent until {date}").format(date=look.language.date_long(until))
            self._sums.append(Pill(look, text, tone=Tone.OK, icon="shield-check"))
        elif given:
            text = _("Nothing may be shared")
            self._sums.append(Pill(look, text, tone=Tone.MUTE, icon="ban"))
        if 0 < len(view.signing.signed) < len(view.signing.signers):
            pill = sum_pill(view.signing, look.language)
            self._sums.append(Pill(look, pill.text, tone=pill.tone, icon=pill.icon))
        for one in self._sums:
            self._top.add(one)

    def _show_legend(self, view: ConsentView, *, given: bool) -> None:
        look = self._look
        _ = look.language.gettext
        take_out(*self._signs)
        self._signs = []
        if not given:
            return
        met = {one.state for one in view.cells if one.cell.direction is Direction.RECEIVE}
        pills = [state_pill(state, look.language) for state in CellState if state in met]
        asides = {
            self.matrix.model_.face(row, column).aside
            for row in range(self.matrix.model_.rowCount())
            for column in range(self.matrix.model_.columnCount())
        }
        signs: list[QWidget] = [Pill(look, one.text, tone=one.tone, icon=one.icon) for one in pills]
        if ICON_ONLY_HEARS in asides:
            text = _("May be told, not tell")
            signs.append(Pill(look, text, tone=Tone.MUTE, icon=ICON_ONLY_HEARS))
        if ICON_ONLY_TELLS in asides:
            text = _("May tell, not be told")
            signs.append(Pill(look, text, tone=Tone.MUTE, icon=ICON_ONLY_TELLS))
        row = WrapRow(signs)
        row.setAccessibleName(_("What the signs mean"))
        self._legend.addWidget(row)
        self._signs.append(row)

    @Slot(object)
    def _choose_when(self, on_a_day: object) -> None:
        if on_a_day:
            self._model.show_day(self._day.text() or self._model.today.isoformat())
            self._day.setFocus()
            self._day.selectAll()
        else:
            self._model.show_today()

    @Slot()
    def _leave_day(self) -> None:
        text = self._day.text()
        self._day.setModified(False)
        at = self._model.on or self._model.today
        if read_day(text) != at or self._model.typed_day not in {"", text}:
            self._model.show_day(text)

    @Slot(int, int)
    def _choose(self, row: int, column: int) -> None:
        organisations, categories = self._places
        if row < len(categories) and column < len(organisations):
            self._model.choose(organisations[column], categories[row])
