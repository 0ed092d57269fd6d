"""The left side of the directory: search, organisations, what is in use no more."""

from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from trygga_desktop.ui.screens.directory.listing import ListedOrganisation, list_rows
from trygga_desktop.ui.screens.directory.organisation_list import OrganisationList
from trygga_desktop.ui.screens.directory.view_model import DirectoryViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import NO_LIMIT, Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.search_field import SearchField

_LEAST = 200


class ListCard(Card):
    """As high as its rows; the list scrolls where the page has no room for all of them."""

    def __init__(self, model: DirectoryViewModel, look: Look) -> None:
        super().__init__(look, rows_to_edge=True)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self.search = SearchField(look, _("Search for organisations and people"))
        self.search.setPlaceholderText(_("Organisation or person"))
        self.search.setObjectName("search")
        self.search.setMaximumWidth(NO_LIMIT)
        self.search.textChanged.connect(model.search)
        self.search.returnPressed.connect(self._go_to_list)
        self.list = OrganisationList(look, _("Organisations"))
        self.list.setObjectName("organisations")
        self.list.organisation_chosen.connect(self._choose)
        self._nothing = PlainLabel(look, _("Nothing found"), colour=look.theme.tokens.text2)
        self._retired = CheckBox(look, _("Show what is in use no more"), checked=model.with_retired)
        self._retired.setObjectName("show retired")
        self._retired.toggled.connect(self._show_retired)
        self.body.addLayout(self._inset(self.search))
        self.body.addWidget(self.list, 1)
        self._nothing_row = self._inset(self._nothing)
        self.body.addLayout(self._nothing_row)
        self.body.addLayout(self._inset(self._retired))
        model.changed.connect(self.show_rows)
        self.show_rows()

    @Slot()
    def show_rows(self) -> None:
        """List what the search leaves, and mark what is chosen."""
        model = self._model
        if model.found is None:
            return
        if self.search.text() != model.words:
            self.search.setText(model.words)
        rows = list_rows(
            model.found.directory,
            model.found.catalogue,
            self._look.language,
            words=model.words,
            with_retired=model.with_retired,
        )
        self.list.rows.show_rows(rows)
        chosen = model.chosen
        self.list.choose(None if chosen is None else chosen.id)
        if chosen is None or self.list.rows.place_of(chosen.id) is None:
            self._choose_first(rows)
        self._retired.setVisible(bool(model.retired_count))
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._fit()

    @Slot(object)
    def _choose(self, organisation_id: UUID) -> None:
        self._model.choose(organisation_id)
        chosen = self._model.chosen
        if chosen is not None and chosen.id != organisation_id:
            # The form kept its organisation, and the bar goes back to it.
            self.list.choose(chosen.id)

    def _choose_first(self, rows: tuple[object, ...]) -> None:
        first = next((one for one in rows if isinstance(one, ListedOrganisation)), None)
        # While one types, what is shown beside follows; a form keeps its organisation.
        if first is not None and self._model.form is None:
            self._model.choose(first.organisation.id)

    def _fit(self) -> None:
        """End the card below its last row: what is left over belongs to the page."""
        height = self.list.height_of_rows()
        self.list.setMinimumHeight(min(height, self._look.theme.px(_LEAST)))
        self.list.setMaximumHeight(height)
        self.setMaximumHeight(NO_LIMIT)
        self.body.activate()
        if self.list.isVisibleTo(self):
            hint = min(height, max(self.list.minimumHeight(), self.list.sizeHint().height()))
            self.setMaximumHeight(self.sizeHint().height() - hint + height)
        else:
            self.setMaximumHeight(self.sizeHint().height())

    def _inset(self, part: SearchField | PlainLabel | CheckBox) -> QHBoxLayout | QVBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(Space.L - 1, 0, Space.L - 1, 0)
        row.addWidget(part)
        return row

    @Slot()
    def _go_to_list(self) -> None:
        if self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _show_retired(self, on: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.show_retired(with_retired=on)
