"""The commitments of all cases: which days, whose, a table, and what is raised with whom."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.follow_up.banners import Banners
from trygga_desktop.ui.screens.follow_up.raising import RaisingBar
from trygga_desktop.ui.screens.follow_up.table import Column, FollowUpTable
from trygga_desktop.ui.screens.follow_up.view_model import (
    FollowUpState,
    FollowUpViewModel,
    Form,
    Span,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.chips import Chip, Chips
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.search_field import SearchField
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.ways import ask_for_file

_EVERYONE, _FAMILY, _OWN = "everyone", "family", "own"


class FollowUpView(QWidget):
    """Focus starts in the chips."""

    def __init__(
        self,
        model: FollowUpViewModel,
        look: Look,
        parent: QWidget | None = None,
        *,
        ask_printer: Callable[..., QDialog | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._instead: list[QWidget] = []
        self._offered: object = None
        self._spans = {
            Span.OVERDUE: (_("Past"), "clock"),
            Span.TODAY: (_("Today"), "calendar"),
            Span.COMING: (_("Within two weeks"), "calendar-clock"),
            Span.LATER: (_("Later"), "calendar-check"),
            Span.TO_RAISE: (_("To raise"), "flag"),
        }
        self._chips = self._build_chips()
        self._whose = ComboBox(look, [(_("Everyone"), _EVERYONE)])
        self._whose.setObjectName("whose")
        self._whose.setAccessibleName(_("Whose commitments"))
        self._whose.activated.connect(self._choose_whose)
        self._name = SearchField(look, _("Who is responsible"))
        self._name.setObjectName("responsible")
        self._name.textChanged.connect(model.type_name)
        self._card = Card(look, rows_to_edge=True)
        self._rows = FollowUpTable(look.language, self)
        self.table = DataTable(look, _("Commitments"))
        self.table.setObjectName("commitments")
        self.table.show_model(self._rows, stretch=(Column.WHAT,))
        self.table.row_opened.connect(model.open)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._card.body.addWidget(self.table, 1)
        self._more = Button(look, _("Show more"), icon="chevron-down", small=True)
        self._more.setObjectName("more")
        self._more.clicked.connect(model.load_more)
        self._unseen = PlainLabel(look, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        self._remind = Button(look, _("Save reminders for a calendar"), icon="calendar-plus")
        self._remind.setObjectName("save reminders")
        self._remind.clicked.connect(self._save_reminders)
        self._banners = Banners(model, look, self, choose_again=self._choose_again)
        self._banners.gone.connect(self._take_focus)
        self._raising = RaisingBar(model, look, self.table, self, ask_printer=ask_printer)
        self._place = QVBoxLayout()
        self._lay_out()
        model.changed.connect(self._show)
        self._show()
        self.commands = ()

    def _build_chips(self) -> Chips:
        chips = Chips(self._look, self._look.language.gettext("Days"))
        chips.chosen.connect(self._choose_span)
        for span, (text, icon) in self._spans.items():
            chip = Chip(self._look, text, icon=icon)
            chip.setObjectName(f"span {span}")
            chips.add(chip)
        return chips

    def _lay_out(self) -> None:
        _ = self._look.language.gettext
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._whose, 1)
        row.addWidget(self._name, 1)
        line = _("In all cases that you work in")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(
            PageHeader(self._look, _("Commitments"), line=line, actions=[self._remind])
        )
        column.addWidget(self._banners)
        column.addWidget(self._chips)
        column.addLayout(row)
        column.addWidget(self._raising.rules)
        column.addLayout(self._place)
        column.addWidget(self._card, 1)
        column.addWidget(self._raising)
        column.addWidget(self._unseen)
        column.addWidget(self._more)

    @property
    def first_focus(self) -> QWidget:
        """Return the chip that is chosen."""
        return next((one for one in self._chips.chips if one.isChecked()), self._chips.chips[0])

    @Slot()
    def _save_reminders(self) -> None:
        if self._model.is_leaving:
            return
        _ = self._look.language.gettext
        ask_for_file(
            self,
            title=_("Save reminders for a calendar"),
            file_name=self._model.file_name(Form.CALENDAR),
            chosen=self._save_reminders_as,
            suffix=Form.CALENDAR.value,
            kinds=_("Calendar (*.ics)"),
        )

    def _choose_again(self) -> None:
        """Ask once more where what was to be saved goes."""
        self._model.keep()
        if self._model.form is Form.PDF:
            self._raising.save_list()
        else:
            self._save_reminders()

    @Slot()
    def _take_focus(self) -> None:
        self.first_focus.setFocus()

    @Slot(str)
    def _save_reminders_as(self, file: str) -> None:
        self._model.save_to(Path(file), form=Form.CALENDAR)

    @Slot(int)
    def _choose_span(self, place: int) -> None:
        self._model.choose(span=tuple(Span)[place])
        self._check()

    @Slot()
    def _choose_whose(self) -> None:
        chosen = self._whose.currentData()
        is_organisation = chosen not in {_EVERYONE, _FAMILY, _OWN}
        self._model.choose(
            organisation_id=chosen if is_organisation else None,
            is_family=chosen == _FAMILY,
            is_own=chosen == _OWN,
        )

    def _check(self) -> None:
        self._chips.check(tuple(Span).index(self._model.asked.span))

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        self._check()
        for chip, (span, (text, _icon)) in zip(self._chips.chips, self._spans.items(), strict=True):
            count = language.number(model.count(span))
            if model.is_narrowed:
                # Counted is what stands in the list without any of the choices below.
                count = language.gettext("{count} in all").format(count=count)
            chip.show_text(f"{text} {count}")
        self._offer()
        self._rows.show_rows(model.rows)
        self._card.setVisible(bool(model.rows))
        self._more.setVisible(model.has_more)
        unseen = 0 if model.found is None else model.found.unseen
        text = language.ngettext(
            "{count} of them is not yours to see.", "{count} of them are not yours to see.", unseen
        )
        self._unseen.show_text(text.format(count=language.number(unseen)) if unseen else "")
        self._unseen.setVisible(bool(unseen))
        self._remind.setEnabled(not model.is_leaving)
        self._show_instead()
        keep_tab_order(
            self._remind,
            self._banners.shown,
            [self._chips],
            self._whose,
            self._name,
            self._instead,
            self.table,
            *self._raising.in_order,
            self._more,
        )

    def _show_instead(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        take_out(*self._instead)
        self._instead = []
        if model.state is FollowUpState.FAILED and model.trouble is not None:
            self._instead = [problem_card(look, explain(model.trouble, look.language))]
        elif model.state is FollowUpState.SLOW:
            self._instead = [self._empty("hourglass", _("One moment"), _("The list is read."))]
        elif model.state is FollowUpState.READY and not model.rows:
            text = (
                _("Nothing is so late that it is to be raised.")
                if model.asked.span is Span.TO_RAISE
                else _("Nothing that was promised is to be done or followed up here.")
            )
            self._instead = [self._empty("circle-check", _("Nothing here"), text)]
        for one in self._instead:
            self._place.addWidget(one)

    def _empty(self, icon: str, title: str, text: str) -> QWidget:
        card = Card(self._look)
        card.body.addWidget(EmptyState(self._look, icon=icon, title=title, text=text))
        return card

    def _offer(self) -> None:
        """Offer whose commitments can be asked for, when that has changed."""
        found = self._model.found
        told = None if found is None else found.organisations
        if found is None or told == self._offered:
            return
        self._offered = told
        _ = self._look.language.gettext
        chosen = self._whose.currentData()
        self._whose.clear()
        self._whose.addItem(_("Everyone"), _EVERYONE)
        self._whose.addItem(_("The cases that I am responsible for"), _OWN)
        self._whose.addItem(_("The young person and the family"), _FAMILY)
        for one in found.organisations:
            self._whose.addItem(make_visible(one.name, lines=False, longest=200), one.id)
        self._whose.choose(chosen)
