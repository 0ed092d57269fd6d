"""The home screen: a greeting, the cases as a table, and what is safe beside it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.home.case_table import CASE, PHASE, CaseOrder
from trygga_desktop.ui.screens.home.parts import (
    behind_banner,
    first_day_card,
    greeting,
    kept_banner,
    left_out_text,
    new_case_button,
    notices_banner,
    reminders_card,
    safe_card,
)
from trygga_desktop.ui.screens.home.view_model import HomeState, HomeViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import NO_LIMIT, Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.search_field import SearchField
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 316
_NARROW = 880
_FEWEST_ROWS = 4
_ROWS_MEASURED = 40


class HomeView(QWidget):
    """Focus starts in the table, or on what leads to the first case."""

    def __init__(self, model: HomeViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        model.speak(look.language)
        _ = look.language.gettext
        self.search = SearchField(
            look, _("Filter by name or number"), placeholder=_("Filter by name")
        )
        self.search.setObjectName("filter")
        self.search.setText(model.filter)
        self.search.textChanged.connect(model.set_filter)
        self._new_case = new_case_button(look, model, ButtonKind.PRIMARY)
        self._without = Button(look, _("Without names"), icon="venetian-mask")
        self._without.setObjectName("new consultation")
        self._without.setAccessibleName(_("New consultation without names"))
        self._without.setToolTip("Ctrl+Alt+N")
        self._without.clicked.connect(model.want_consultation)
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._built: object = None
        self._awaits_list = False
        self._parts: list[QWidget] = []
        self._cases = self._build_cases()
        self._instead = QVBoxLayout()
        self._instead.setSpacing(Space.L)
        self._side = QVBoxLayout()
        self._lay_out()
        model.changed.connect(self._show)
        self._show()
        self._choose_last_opened()
        self._awaits_list = model.state in {HomeState.LOADING, HomeState.SLOW}
        self.commands = self._make_commands()

    @property
    def first_focus(self) -> QWidget:
        """Return the table, or what there is instead of it."""
        if self._cases.isVisibleTo(self) and self._model.table.rowCount():
            return self._table
        for button in self.findChildren(Button):
            if button.isVisibleTo(self):
                return button
        return self

    def _make_commands(self) -> tuple[Command, ...]:
        _ = self._look.language.gettext
        find = Command(_("Filter the cases"), ("Ctrl+F",), self._go_to_filter)
        if not self._model.may_open_case:
            return (find,)
        return (Command(_("New case"), ("Ctrl+N",), self._model.want_new_case), find)

    def _go_to_filter(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _lay_out(self) -> None:
        moment = self._model.now().astimezone(STOCKHOLM)
        language = self._look.language
        me = self._model.me
        name = (me.name.split() or [me.login])[0]
        week = language.gettext("week {number}").format(number=moment.isocalendar().week)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        header = PageHeader(
            self._look,
            greeting(moment.hour, name, language),
            line=f"{language.weekday_date(moment.date())} · {week}",
            actions=(self.search, self._without, self._new_case),
        )
        column.addWidget(header)
        column.addLayout(self._banners)
        main = QVBoxLayout()
        main.setSpacing(Space.L)
        main.addWidget(self._cases, 1000)
        main.addLayout(self._instead)
        main.addStretch(1)
        self._main = QWidget()
        self._main.setLayout(main)
        main.setContentsMargins(0, 0, 0, 0)
        self._aside = QWidget()
        self._aside.setLayout(self._side)
        self._side.setContentsMargins(0, 0, 0, 0)
        body = TwoColumns(
            self._look,
            self._main,
            self._aside,
            fixed=self._aside,
            width=_SIDE,
            narrow=_NARROW,
            first_fills=True,
        )
        column.addWidget(body, 1)

    def _build_cases(self) -> Card:
        _ = self._look.language.gettext
        card = Card(self._look, _("My cases"), note=" ", rows_to_edge=True)
        self._count = card.note
        label = PlainLabel(
            self._look,
            _("Sort by"),
            style=TextStyle.SECONDARY,
            colour=self._look.theme.tokens.text2,
        )
        label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        self._order = ComboBox(self._look, self._orders())
        self._order.setObjectName("sort by")
        self._order.setAccessibleName(_("Sort by"))
        self._order.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._order.choose(self._model.table.order)
        self._order.currentIndexChanged.connect(self._sort)
        label.setBuddy(self._order)
        card.head.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        card.head.addWidget(self._order, 0, Qt.AlignmentFlag.AlignVCenter)
        self._table = DataTable(self._look, _("My cases"))
        self._table.setObjectName("cases")
        self._table.show_model(self._model.table, stretch=(CASE, PHASE))
        self._table.row_opened.connect(self._model.open_row)
        head = self._table.horizontalHeader()
        head.setSectionsClickable(True)
        # Measuring a thousand dates after each key would be felt.
        head.setResizeContentsPrecision(_ROWS_MEASURED)
        head.sectionClicked.connect(self._model.sort_by_column)
        card.body.addWidget(self._table, 1)
        card.body.addLayout(self._build_nothing_found())
        return card

    def _build_nothing_found(self) -> QHBoxLayout:
        _ = self._look.language.gettext
        show_all = Button(self._look, _("Show all cases"))
        show_all.setObjectName("show all")
        show_all.clicked.connect(self._show_all)
        self._nothing = EmptyState(
            self._look,
            icon="search",
            title=_("Nothing found"),
            text=_(
                "No case has a name or a number with a word that begins like this. The search "
                "covers only what you may open."
            ),
            buttons=(show_all,),
        )
        row = QHBoxLayout()
        row.addWidget(self._nothing)
        return row

    def _orders(self) -> list[tuple[str, object]]:
        _ = self._look.language.gettext
        return [
            (_("Name"), CaseOrder.NAME),
            (_("Case number"), CaseOrder.NUMBER),
            (_("Phase"), CaseOrder.PHASE),
            (_("Opened, newest first"), CaseOrder.NEWEST),
            (_("Opened, oldest first"), CaseOrder.OLDEST),
        ]

    @Slot(int)
    def _sort(self, index: int) -> None:
        self._model.sort_by(CaseOrder(self._order.itemData(index)))

    @Slot()
    def _show_all(self) -> None:
        self.search.clear()
        self._table.setFocus()

    @Slot()
    def _show(self) -> None:
        model = self._model
        listed = model.state is HomeState.READY and not model.is_first_day
        is_failed = model.state is HomeState.FAILED
        self._new_case.setVisible(model.may_open_case and not model.is_first_day and not is_failed)
        self._without.setVisible(model.may_open_case and not is_failed)
        self.search.setVisible(listed and bool(model.table.total))
        self._cases.setVisible(listed and bool(model.table.total))
        self._show_table()
        # One thing comes first: what was begun already, then a new case.
        self._new_case.become(ButtonKind.SECONDARY if model.drafts else ButtonKind.PRIMARY)
        now = (
            model.state,
            model.is_first_day,
            model.left_out,
            model.notices,
            model.table.total,
            model.reminders,
            model.drafts,
            model.asks_to_throw,
        )
        if now != self._built:
            self._built = now
            self._rebuild_parts()
        if self._awaits_list and model.state not in {HomeState.LOADING, HomeState.SLOW}:
            self._awaits_list = False
            self._take_focus()

    def _take_focus(self) -> None:
        """Put the focus into the list that has come, unless someone went elsewhere meanwhile."""
        focus = focus_in(self)
        if focus is None or focus in {self, self._without, self._new_case}:
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_table(self) -> None:
        model, language = self._model, self._look.language
        shown, total = model.table.rowCount(), model.table.total
        self._nothing.setVisible(not shown)
        self._table.setVisible(bool(shown))
        if shown == total:
            count = language.ngettext("{count} case", "{count} cases", total)
            self._count.show_text(count.format(count=language.number(total)))
        else:
            text = language.gettext("{shown} of {total}")
            self._count.show_text(
                text.format(shown=language.number(shown), total=language.number(total))
            )
        self._order.choose(model.table.order)
        self._table.setMinimumHeight(self._table.height_of_rows(_FEWEST_ROWS))
        self._table.setMaximumHeight(self._table.height_of_rows(max(1, shown)))
        self._fit()

    def _fit(self) -> None:
        """End the card below its last row: what is left over belongs to the page."""
        self._cases.setMaximumHeight(NO_LIMIT)
        self._cases.body.activate()
        if self._model.table.rowCount():
            most = self._table.maximumHeight()
            # A layout counts the table with its hint, but never as higher than it may become.
            counted = max(self._table.minimumHeight(), min(most, self._table.sizeHint().height()))
            self._cases.setMaximumHeight(self._cases.sizeHint().height() - counted + most)
        else:
            self._cases.setMaximumHeight(self._cases.sizeHint().height())

    def _rebuild_parts(self) -> None:
        focus = focus_in(self)
        lost = focus is not None and any(part.isAncestorOf(focus) for part in self._parts)
        take_out(*self._parts)
        model, look = self._model, self._look
        above: list[QWidget] = []
        if model.notices:
            above.append(notices_banner(look, model.notices, model.put_notices_away))
        if model.drafts:
            above.insert(0, kept_banner(look, model))
        behind = behind_banner(look, model)
        if behind is not None:
            above.append(behind)
        if model.left_out:
            text = left_out_text(model.left_out, look.language)
            above.append(banner(look, text, tone=Tone.MUTE, icon="shield-question-mark"))
        for part in above:
            self._banners.addWidget(part)
        instead = self._build_instead()
        for part in instead:
            self._instead.addWidget(part)
        reminders = reminders_card(look, model)
        side = [safe_card(look, model)]
        if reminders is not None:
            side.insert(0, reminders)
        for part in side:
            self._side.addWidget(part)
        self._parts = [*above, *instead, *side]
        heads = (self.search, self._without, self._new_case)
        keep_tab_order(*heads, above, self._order, self._table, instead, side)
        if lost:
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_instead(self) -> list[QWidget]:
        look, model = self._look, self._model
        _ = look.language.gettext
        if model.is_first_day and model.may_open_case:
            return [first_day_card(look, model), self._no_cases()]
        if model.is_first_day or (model.state is HomeState.READY and not model.table.total):
            return [self._no_cases()]
        if model.state is HomeState.SLOW:
            text = _("The cases are being opened one by one.")
            return [self._empty("hourglass", _("One moment"), text)]
        if model.state is HomeState.NOT_ALLOWED:
            text = _("Your role does not include cases. Ask the coordinator if it should.")
            return [self._empty("key-round", _("No cases here"), text)]
        if model.state is HomeState.FAILED and model.trouble is not None:
            again = Button(look, _("Try again"), ButtonKind.SECONDARY, icon="refresh-cw")
            again.setObjectName("try again")
            again.clicked.connect(model.load)
            problem = explain(model.trouble, look.language)
            card = problem_card(look, problem)
            card.body.insertWidget(0, PlainLabel(look, problem.title, style=TextStyle.SUBTITLE))
            card.body.addWidget(again)
            return [card]
        return []

    def _no_cases(self) -> QWidget:
        _ = self._look.language.gettext
        text = _("A case is about one young person. Siblings get cases of their own.")
        return self._empty("folder-plus", _("No cases yet"), text)

    def _empty(self, icon: str, title: str, text: str) -> Card:
        card = Card(self._look)
        card.body.addWidget(EmptyState(self._look, icon=icon, title=title, text=text))
        return card

    def _choose_last_opened(self) -> None:
        last = self._model.last_opened
        row = None if last is None else self._model.table.row_of(last)
        if row is not None:
            self._table.setCurrentIndex(self._model.table.index(row, 0))
