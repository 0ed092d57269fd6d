"""What is asked about: a field to search in, and the items of the case."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.question.items import ItemTableModel, find_items
from trygga_desktop.ui.screens.question.view_model import QuestionViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import NO_LIMIT, Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.search_field import SearchField

_LEAST_ROWS = 3


class WhatCard(Card):
    """Enter and the arrow down lead from the field to the list."""

    def __init__(self, model: QuestionViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("What is it about?"), note=" ", rows_to_edge=True, parent=parent)
        self._model = model
        self._look = look
        self._is_filling = False
        self._listed: object = None
        self.search = _WhatField(look, _("Search for something that is noted"))
        self.search.setPlaceholderText(_("A word, a kind of information, who told it"))
        self.search.setObjectName("search")
        self.search.setMaximumWidth(NO_LIMIT)
        self.search.textChanged.connect(model.search)
        self.search.went_down.connect(self._go_to_list)
        self._rows = ItemTableModel(look.language, self)
        self.table = DataTable(look, _("What is noted in the case"))
        self.table.setObjectName("items")
        self.table.horizontalHeader().hide()
        self.table.show_model(self._rows)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self._nothing = PlainLabel(look, _("Nothing found"), colour=look.theme.tokens.text2)
        self._nothing.setContentsMargins(Space.L, 0, Space.L, Space.M)
        self._empty = EmptyState(
            look,
            icon="message-square",
            title=_("Nothing is noted yet"),
            text=_("What is told in the case and at its meetings can be asked about here."),
        )
        row = QHBoxLayout()
        row.setContentsMargins(Space.L - 1, 0, Space.L - 1, 0)
        row.addWidget(self.search)
        self.body.addLayout(row)
        self.body.addWidget(self.table)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._empty)

    def show_items(self, names: ConsentNames) -> None:
        """List what the search leaves, and keep the bar on what is asked about."""
        model, language = self._model, self._look.language
        if model.found is None:
            return
        items = model.found.items
        found = find_items(items, model.words, names, language)
        listed = (model.found, found)
        if listed != self._listed:
            self._listed = listed
            self._is_filling = True
            self._rows.show_items(found, names)
            self._is_filling = False
            count = language.ngettext("{count} item", "{count} items", len(found))
            self.note.show_text(count.format(count=language.number(len(found))))
        self.search.setVisible(bool(items))
        self.table.setVisible(bool(found))
        self._nothing.setVisible(bool(items) and not found)
        self._empty.setVisible(not items)
        row = self._rows.row_of(model.chosen_item)
        if row is None and found:
            # While one types, the answer follows the first that is found.
            model.ask_about(found[0].item.id)
        elif not found:
            # An answer that stays would be read as the answer to what is searched for.
            model.ask_about(None)
        elif row is not None and row != self.table.currentIndex().row():
            self.table.setCurrentIndex(self._rows.index(row, 0))

    def use_room(self, height: int) -> None:
        """Let the list scroll by itself in that much room, and show a few rows in any case."""
        row = self.table.verticalHeader().defaultSectionSize()
        rows = self._rows.rowCount()
        self.table.setFixedHeight(row * min(rows, max(_LEAST_ROWS, height // row)))

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, _: QModelIndex) -> None:
        # While rows are put in, Qt moves the cursor by itself.
        if current.isValid() and not self._is_filling:
            self._model.ask_about(self._rows.item_at(current.row()))

    @Slot()
    def _go_to_list(self) -> None:
        if self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)


class _WhatField(SearchField):
    """Leaves Ctrl+C to the answer while nothing is selected in it."""

    went_down = Signal()

    def event(self, event: QEvent) -> bool:
        """Let the key of the answer through."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            copies = event.matches(QKeySequence.StandardKey.Copy)
            if copies and not self.hasSelectedText():
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down to the list."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.went_down.emit()
            return
        super().keyPressEvent(event)
