"""The meetings of a case: a list at the left, the one that is looked at beside it."""

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.meetings import CaseMeetings
from trygga_desktop.ui.case_commands import case_commands
from trygga_desktop.ui.case_header import case_header
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.meetings.chosen_card import ChosenCard
from trygga_desktop.ui.screens.meetings.table import MEETING, WHO, MeetingTableModel
from trygga_desktop.ui.screens.meetings.view_model import MeetingsState, MeetingsViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.case_tabs import CaseTab, CaseTabs
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 366
_NARROW = 860
_ROOM_FOR_WHO = 620
_MOST_ROWS = 12


class MeetingsView(QWidget):
    """Focus starts in the list. Arrow keys choose, Enter opens, Ctrl+M plans a new one."""

    def __init__(self, model: MeetingsViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._back = Button(look, _("All cases"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("all cases")
        self._back.clicked.connect(model.go_back)
        self._head = QVBoxLayout()
        self._head_parts: list[QWidget] = []
        self._tabs = CaseTabs(look, current=CaseTab.MEETINGS)
        self._tabs.chosen.connect(model.go_to_tab)
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._shown_banners: list[QWidget] = []
        self._rows = MeetingTableModel(look.language, self)
        self._is_filling = False
        self._list = self._build_list()
        self._side = QWidget()
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_parts: list[QWidget] = []
        self._instead = QVBoxLayout()
        self._instead_parts: list[QWidget] = []
        self._built: object = None
        self._built_side: object = None
        self._told: tuple[object, ...] = ()
        self._lay_out()
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Plan a meeting"), ("Ctrl+M",), model.plan),
            Command(_("Change the booking"), ("Ctrl+Shift+M",), model.change_booking),
            Command(_("The papers of the meeting"), ("Ctrl+P",), model.show_papers),
            Command(_("Type in the sheets"), ("Ctrl+Shift+T",), model.type_in_sheets),
            Command(_("Prepare with the young person"), ("Ctrl+Shift+E",), model.prepare),
            Command(_("Send to another vault"), ("Ctrl+Shift+S",), model.send_packet),
            Command(_("Take in a packet"), ("Ctrl+Shift+O",), model.take_packet),
            *case_commands(look, CaseTab.MEETINGS, go=model.go_to_tab, leave=model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the list, or what there is instead of it."""
        if self._model.meetings:
            return self._table
        for part in self._instead_parts:
            button = part.findChild(Button)
            if isinstance(button, Button):
                return button
        return self._back

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out who was there where a row has no room for it."""
        super().resizeEvent(event)
        self._follow_width()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._head)
        column.addWidget(self._tabs)
        column.addLayout(self._banners)
        side = self._side
        self._body = TwoColumns(
            self._look, self._list, side, fixed=side, width=_SIDE, narrow=_NARROW
        )
        column.addWidget(self._body)
        column.addLayout(self._instead)
        column.addStretch(1)

    def _build_list(self) -> Card:
        _ = self._look.language.gettext
        card = Card(self._look, _("Meetings"), note=" ", rows_to_edge=True)
        self._count: PlainLabel = card.note
        self._table = DataTable(self._look, _("The meetings of the case"))
        self._table.setObjectName("meetings")
        self._table.show_model(self._rows, stretch=(MEETING,))
        self._table.row_opened.connect(self._open)
        self._table.selectionModel().currentRowChanged.connect(self._choose)
        card.body.addWidget(self._table)
        return card

    @Slot(int)
    def _open(self, row: int) -> None:
        self._model.choose(self._rows.meeting_at(row))
        self._model.open_chosen()

    @Slot(QModelIndex, QModelIndex)
    def _choose(self, current: QModelIndex, _: QModelIndex) -> None:
        # While rows are put in, Qt moves the cursor by itself.
        if current.isValid() and not self._is_filling:
            self._model.choose(self._rows.meeting_at(current.row()))

    @Slot()
    def _show(self) -> None:
        model = self._model
        built = (model.state, model.found)
        if built != self._built:
            self._built = built
            self._show_case()
        side = (model.found, model.chosen, model.asks_to_cancel)
        if side != self._built_side:
            self._built_side = side
            self._show_chosen()
        self._show_banners()
        keep_tab_order(
            self._back,
            self._head_parts,
            [self._tabs],
            self._shown_banners,
            self._table,
            self._side_parts,
            self._instead_parts,
        )

    def _show_case(self) -> None:
        model = self._model
        had_focus = self._holds_focus([*self._head_parts, *self._instead_parts])
        take_out(*self._head_parts, *self._instead_parts)
        self._head_parts, self._instead_parts = [], []
        if model.found is not None:
            header = self._build_header(model.found)
            self._head.addWidget(header)
            self._head_parts.append(header)
        self._tabs.setVisible(model.found is not None)
        self._body.setVisible(bool(model.meetings))
        self._show_rows()
        instead = self._build_instead()
        if instead is not None:
            self._instead.addWidget(instead)
            self._instead_parts.append(instead)
        if had_focus:
            self.first_focus.setFocus()

    def _build_header(self, found: CaseMeetings) -> PageHeader:
        model, look = self._model, self._look
        _ = look.language.gettext
        take = Button(look, _("Take in a packet"), icon="download")
        take.setObjectName("take packet")
        take.setToolTip("Ctrl+Shift+O")
        take.clicked.connect(model.take_packet)
        actions = [take]
        if model.meetings:
            plan = Button(look, _("Plan a meeting"), ButtonKind.PRIMARY, icon="calendar-plus")
            plan.setObjectName("plan")
            plan.setToolTip("Ctrl+M")
            plan.clicked.connect(model.plan)
            actions.append(plan)
        return case_header(look, found.row, found.catalogue, actions=actions)

    def _show_rows(self) -> None:
        model, language = self._model, self._look.language
        self._is_filling = True
        self._rows.show_meetings(model.found)
        count = len(model.meetings)
        words = language.ngettext("{count} meeting", "{count} meetings", count)
        self._count.show_text(words.format(count=language.number(count)))
        self._table.setFixedHeight(self._table.height_of_rows(_MOST_ROWS))
        self._follow_width()
        self._mark_chosen()
        self._is_filling = False

    def _mark_chosen(self) -> None:
        place = self._rows.row_of(self._model.chosen_id)
        if place is not None:
            self._table.setCurrentIndex(self._rows.index(place, MEETING))
            # A column that has come since is no part of what was selected before.
            self._table.selectRow(place)

    def _follow_width(self) -> None:
        room = self._look.effective(self.width())
        if room >= _NARROW:
            room -= _SIDE + Space.L
        has_room = room >= _ROOM_FOR_WHO
        if has_room == self._rows.tells_who:
            return
        self._rows.tell_who(tells=has_room)
        if has_room:
            head = self._table.horizontalHeader()
            head.setSectionResizeMode(WHO, head.ResizeMode.Stretch)
        self._mark_chosen()

    def _build_instead(self) -> Card | None:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.state is MeetingsState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            card = problem_card(look, problem)
            again = Button(look, _("Try again"), icon="refresh-cw")
            again.setObjectName("try again")
            again.clicked.connect(model.load)
            card.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
            return card
        if model.state is MeetingsState.SLOW:
            text = _("The meetings are being read.")
            return self._empty("hourglass", _("One moment"), text)
        if model.found is not None and not model.meetings:
            plan = Button(look, _("Plan a meeting"), ButtonKind.PRIMARY, icon="calendar-plus")
            plan.setObjectName("plan")
            plan.clicked.connect(model.plan)
            text = _("Plan one, and an agenda is suggested.")
            return self._empty("calendar", _("No meetings"), text, plan)
        return None

    def _empty(self, icon: str, title: str, text: str, *buttons: Button) -> Card:
        card = Card(self._look)
        empty = EmptyState(self._look, icon=icon, title=title, text=text, buttons=buttons)
        card.body.addWidget(empty)
        return card

    def _show_chosen(self) -> None:
        model = self._model
        had_focus = self._holds_focus(self._side_parts)
        take_out(*self._side_parts)
        self._side_parts = []
        if model.found is not None and model.chosen is not None:
            card = ChosenCard(model, self._look, model.chosen, model.found)
            self._side_column.addWidget(card)
            self._side_parts.append(card)
        # While it is asked, the answer takes the focus by itself.
        if had_focus and not model.asks_to_cancel:
            self.first_focus.setFocus()

    def _show_banners(self) -> None:
        model, look = self._model, self._look
        trouble = None if model.state is MeetingsState.FAILED else model.trouble
        left_out = 0 if model.found is None else model.found.left_out
        told = (trouble, model.asks_to_cancel, left_out)
        if told == self._told:
            return
        before, self._told = self._told, told
        had_focus = self._holds_focus(self._shown_banners)
        take_out(*self._shown_banners)
        self._shown_banners = []
        if trouble is not None:
            self._shown_banners.append(trouble_banner(look, trouble))
        if model.asks_to_cancel:
            self._shown_banners.append(self._cancel_banner())
        if left_out:
            self._shown_banners.append(self._left_out_banner(left_out))
        for one in self._shown_banners:
            self._banners.addWidget(one)
        if before and (trouble, model.asks_to_cancel) != before[:2] and any(told[:2]):
            come_forward(self._shown_banners[0])
        elif had_focus:
            self.first_focus.setFocus()

    def _cancel_banner(self) -> QWidget:
        model = self._model
        _ = self._look.language.gettext
        keep = Button(self._look, _("Keep the meeting"))
        keep.setObjectName("keep")
        keep.clicked.connect(self._keep)
        call_off = Button(self._look, _("Call the meeting off"), ButtonKind.DANGER)
        call_off.setObjectName("really call off")
        call_off.clicked.connect(model.cancel)
        number = 0 if model.chosen is None else model.chosen.number
        return banner(
            self._look,
            _("Trygga tells nobody. Tell those who were invited yourself."),
            tone=Tone.WARN,
            title=_("Call meeting {number} off?").format(number=number),
            icon="calendar-x",
            buttons=(keep, call_off),
        )

    @Slot()
    def _keep(self) -> None:
        self._model.ask_to_cancel(asks=False)

    def _left_out_banner(self, count: int) -> QWidget:
        text = self._look.language.ngettext(
            "{count} part of this case could not be verified and is not shown. Ask the "
            "administrator to check the vault.",
            "{count} parts of this case could not be verified and are not shown. Ask the "
            "administrator to check the vault.",
            count,
        ).format(count=count)
        return banner(self._look, text, tone=Tone.MUTE, icon="shield-question-mark")

    def _holds_focus(self, parts: list[QWidget]) -> bool:
        focus = focus_in(self)
        return focus is not None and any(one.isAncestorOf(focus) for one in parts)
