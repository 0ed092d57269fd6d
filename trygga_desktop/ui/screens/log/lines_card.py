"""The lines of the log in their card: the choices, the table, the way to earlier ones."""

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trygga_desktop.ui.screens.log.choices import LogChoices
from trygga_desktop.ui.screens.log.lines import LogColumn, LogTableModel
from trygga_desktop.ui.screens.log.view_model import LogViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import NO_LIMIT, Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out

_FEWEST_ROWS = 4
_NARROW = 1000


class LinesCard(Card):
    """As high as its rows; the table scrolls where the page has no room for all of them."""

    def __init__(self, model: LogViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, rows_to_edge=True, parent=parent)
        _ = look.language.gettext
        self._model = model
        self._look = look
        self.choices = LogChoices(model, look)
        self._actors = model.actors
        self._count = PlainLabel(look, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        self._top = QHBoxLayout()
        self._top.setContentsMargins(Space.L - 1, 0, Space.L - 1, 0)
        self._top.setSpacing(Space.L)
        self._top.addWidget(self.choices, 1)
        self._top.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        self._rows = LogTableModel(look.language, self)
        self.table = DataTable(look, _("What was done in the case"))
        self.table.setObjectName("lines")
        self.table.show_model(self._rows)
        self._rows.modelReset.connect(self._measure_all)
        self._rows.rowsInserted.connect(self._measure_new)
        self.more = Button(look, _("Show earlier"), ButtonKind.GHOST, icon="history")
        self.more.setObjectName("show earlier")
        self.more.start_column()
        self.more.setToolTip("Ctrl+E")
        self.more.clicked.connect(self.want_earlier)
        self._more_row = QWidget()
        below = QHBoxLayout(self._more_row)
        below.setContentsMargins(Space.M, 0, Space.M, Space.S)
        below.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_all = Button(look, _("Show all lines"))
        self.show_all.setObjectName("show all")
        self.show_all.clicked.connect(self._show_all)
        self._nothing = EmptyState(
            look,
            icon="search",
            title=_("Nothing found"),
            text=_("Nothing in the log of this case fits what you have chosen."),
            buttons=(self.show_all,),
        )
        self.body.addLayout(self._top)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._more_row)

    @property
    def in_order(self) -> list[QWidget]:
        """Return where Tab goes, as one reads it."""
        return [self.choices.actor, self.choices.kind, self.table, self.show_all, self.more]

    def show_lines(self) -> None:
        """Show what was read."""
        model = self._model
        self._show_choices()
        before = self._rows.rowCount()
        had_more = self.more.hasFocus()
        self.fit_width(self.width())
        came = self._rows.rowCount() - before
        self._more_row.setVisible(model.has_more)
        self.table.setVisible(bool(model.lines))
        is_empty = not model.lines and model.trouble is None
        self._nothing.setVisible(is_empty and not model.is_reading)
        self._tell_count()
        self._fit()
        if had_more and came > 0 and before:
            # To the first of those that have come, where one reads on.
            self.table.setCurrentIndex(self._rows.index(before, 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit_width(self, width: int) -> None:
        """Tell who and when below what, where the card has no room beside it."""
        is_narrow = self._look.effective(width) < _NARROW
        self._rows.show_lines(self._model.lines, is_narrow=is_narrow)

    @Slot()
    def _measure_all(self) -> None:
        head = self.table.horizontalHeader()
        for place, column in enumerate(self._rows.columns):
            stretched = column is LogColumn.WHAT
            mode = head.ResizeMode.Stretch if stretched else head.ResizeMode.Fixed
            head.setSectionResizeMode(place, mode)
            if not stretched:
                self.table.setColumnWidth(place, head.sectionSizeHint(place))
        self._measure_new(QModelIndex(), 0, self._rows.rowCount() - 1)

    @Slot(QModelIndex, int, int)
    def _measure_new(self, _: QModelIndex, first: int, last: int) -> None:
        """Widen the columns for these rows. Left to Qt, all would be measured at each resize."""
        for place, column in enumerate(self._rows.columns):
            if column is not LogColumn.WHAT:
                cells = [self._rows.index(row, place) for row in range(first, last + 1)]
                widest = max((self.table.sizeHintForIndex(one).width() for one in cells), default=0)
                self.table.setColumnWidth(place, max(self.table.columnWidth(place), widest))

    @Slot()
    def want_earlier(self) -> None:
        """Ask for earlier lines. The focus waits here, and goes on to the first that come."""
        if self._model.has_more:
            self.more.setFocus(Qt.FocusReason.OtherFocusReason)
            self._model.show_earlier()

    def _show_choices(self) -> None:
        model = self._model
        if model.actors == self._actors:
            self.choices.follow()
            return
        self._actors = model.actors
        before, self.choices = self.choices, LogChoices(model, self._look)
        self._top.insertWidget(0, self.choices, 1)
        take_out(before)

    def _tell_count(self) -> None:
        model, language = self._model, self._look.language
        if model.has_more:
            text = language.ngettext(
                "The newest line", "The newest {count} lines", len(model.lines)
            )
        else:
            text = language.ngettext("{count} line", "{count} lines", len(model.lines))
        told = text.format(count=language.number(len(model.lines)))
        if not model.is_reading and told != self._count.text():
            self._count.show_text(told)
            # Whoever chose does not see that the table has become another one.
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))

    def _fit(self) -> None:
        """End the card below its last row: what is left over belongs to the page."""
        rows = self._rows.rowCount()
        self.table.setMinimumHeight(self.table.height_of_rows(_FEWEST_ROWS))
        self.table.setMaximumHeight(self.table.height_of_rows(max(1, rows)))
        self.setMaximumHeight(NO_LIMIT)
        self.body.activate()
        most = self.table.maximumHeight() if rows else 0
        # A layout counts the table with its hint, but never as higher than it may become.
        hint = min(most, self.table.sizeHint().height())
        counted = max(self.table.minimumHeight(), hint) if rows else 0
        self.setMaximumHeight(self.sizeHint().height() - counted + most)

    @Slot()
    def _show_all(self) -> None:
        self._model.show_all()
        if self.table.isVisibleTo(self):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
