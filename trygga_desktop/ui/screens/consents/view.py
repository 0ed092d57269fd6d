"""The consents of a case: the matrix, why a cell is as it is, and how it came to that."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.case_commands import case_commands
from trygga_desktop.ui.case_header import case_header
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.consents.banners import banners_for
from trygga_desktop.ui.screens.consents.forms import has_consents
from trygga_desktop.ui.screens.consents.inspector import Inspector
from trygga_desktop.ui.screens.consents.keeping_panels import KeptCard, keeping_panel_for
from trygga_desktop.ui.screens.consents.matrix_card import MatrixCard
from trygga_desktop.ui.screens.consents.opinions import opinions_card
from trygga_desktop.ui.screens.consents.panels import panel_for
from trygga_desktop.ui.screens.consents.past import past_lines
from trygga_desktop.ui.screens.consents.past_card import PastCard
from trygga_desktop.ui.screens.consents.signing_card import signing_card
from trygga_desktop.ui.screens.consents.signing_panels import signing_panel_for
from trygga_desktop.ui.screens.consents.view_model import ConsentsState, ConsentsViewModel
from trygga_desktop.ui.screens.consents.words import CellWords
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.case_tabs import CaseTab, CaseTabs
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.page import bring_into_view, page_of
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 320
_NARROW = 900
_ROOMY = 820
_AROUND_MATRIX = 130
_LEAST_ROOM = 300


class ConsentsView(QWidget):
    """Focus starts in the matrix. Enter and F6 lead to the side, Ctrl+arrows to another day."""

    def __init__(self, model: ConsentsViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._reasons = ReasonWords(model.reasons_toml, look.language)
        self._back = Button(look, _("All cases"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("all cases")
        self._back.clicked.connect(model.go_back)
        self._ask = Button(
            look,
            _("May we raise this?"),
            ButtonKind.LINK,
            icon="circle-question-mark",
            small=True,
        )
        self._ask.setObjectName("ask")
        self._ask.setToolTip("Ctrl+J")
        self._ask.clicked.connect(model.want_question)
        self._grounds = Button(
            look, _("Other legal grounds"), ButtonKind.LINK, icon="scale", small=True
        )
        self._grounds.setObjectName("other grounds")
        self._grounds.setToolTip("Ctrl+Shift+G")
        self._grounds.clicked.connect(model.want_grounds)
        self._head = QVBoxLayout()
        self._head_parts: list[QWidget] = []
        self._tabs = CaseTabs(look, current=CaseTab.CONSENTS)
        self._tabs.chosen.connect(model.go_to_tab)
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._shown_banners: list[QWidget] = []
        self._matrix = MatrixCard(model, look)
        self._matrix.why_wanted.connect(self._go_to_side)
        self._side = QWidget()
        self._side_column = QVBoxLayout(self._side)
        self._side_column.setContentsMargins(0, 0, 0, 0)
        self._side_column.setSpacing(Space.L)
        self._side_part: Card | None = None
        self._signing: Card | None = None
        self._opinions: Card | None = None
        self._kept: Card | None = None
        self._past = PastCard(look)
        self._instead = QVBoxLayout()
        self._instead_parts: list[QWidget] = []
        self._names: ConsentNames | None = None
        self._built_view: object = None
        self._built_side: tuple[object, ...] = ()
        self._shown_panel: object = None
        self._told: tuple[object, ...] = ()
        self._lay_out()
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Record a consent"), ("Ctrl+Shift+N",), model.want_form),
            Command(_("May we raise this?"), ("Ctrl+J",), model.want_question),
            Command(_("Other legal grounds"), ("Ctrl+Shift+G",), model.want_grounds),
            Command(_("What the withdrawal means"), ("Ctrl+Shift+W",), model.want_withdrawal),
            Command(_("Matrix or side"), ("F6",), self._change_side),
            Command(_("A day back"), ("Ctrl+Left",), self._day_back),
            Command(_("A day on"), ("Ctrl+Right",), self._day_on),
            *case_commands(look, CaseTab.CONSENTS, go=model.go_to_tab, leave=model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the matrix, or the way back while there is none."""
        if self._model.view is None:
            return self._back
        record = self.findChild(Button, "record")
        is_empty = not has_consents(self._model.view)
        if is_empty and isinstance(record, Button) and record.isEnabled():
            return record
        return self._matrix.first_focus

    def showEvent(self, event: QShowEvent) -> None:
        """Put the order of Tab right: it turns round when the page comes into its window."""
        super().showEvent(event)
        self._fit()
        self._keep_order()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the matrix scroll by itself where the window is low."""
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        top = QHBoxLayout()
        top.addWidget(self._back)
        top.addStretch(1)
        top.addWidget(self._ask)
        top.addWidget(self._grounds)
        column.addLayout(top)
        column.addLayout(self._head)
        column.addWidget(self._tabs)
        column.addLayout(self._banners)
        left, side = QWidget(), self._side
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(Space.L)
        self._left.addWidget(self._matrix)
        self._left.addWidget(self._past)
        self._body = TwoColumns(self._look, left, side, fixed=side, width=_SIDE, narrow=_NARROW)
        column.addWidget(self._body)
        column.addLayout(self._instead)
        column.addStretch(1)

    def _fit(self) -> None:
        page = page_of(self)
        height = self.height() if page is None else page.viewport().height()
        px = self._look.theme.px
        room = max(px(_LEAST_ROOM), height - px(_AROUND_MATRIX))
        self._matrix.matrix.use_room(room, roomy=self._look.effective(height) >= _ROOMY)
        self._place_past(below=self._look.effective(self.width()) < _NARROW)

    def _place_past(self, *, below: bool) -> None:
        """Let the past stand under the matrix, or after the side where that is under it too."""
        is_below = self._left.indexOf(self._past) < 0
        if below and not is_below:
            self._left.removeWidget(self._past)
            self._column.insertWidget(self._column.indexOf(self._body) + 1, self._past)
        elif is_below and not below:
            self._column.removeWidget(self._past)
            self._left.addWidget(self._past)

    @Slot()
    def _show(self) -> None:
        model = self._model
        view = model.view
        built = (view, model.may_record, model.panel is None)
        if built != self._built_view or view is None:
            self._built_view = built
            self._names = None if view is None else self._name_everyone(view)
            self._show_head()
        is_shown = view is not None
        self._ask.setVisible(is_shown)
        self._grounds.setVisible(is_shown)
        self._tabs.setVisible(is_shown)
        self._body.setVisible(is_shown)
        if view is not None and self._names is not None:
            self._matrix.show_view(view, self._names)
            self._past.show_lines(past_lines(view.history, self._names, self._look.language))
            self._show_side(view, self._names)
        else:
            self._past.hide()
        self._show_banners()
        self._keep_order()

    def _name_everyone(self, view: ConsentView) -> ConsentNames:
        return ConsentNames(
            people=view.people,
            organisations=view.organisations,
            directory=view.directory,
            catalogue=view.catalogue,
            on=view.on,
            language=self._look.language,
        )

    def _show_head(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        had_focus = self._holds([*self._head_parts, *self._instead_parts])
        take_out(*self._head_parts, *self._instead_parts)
        self._head_parts, self._instead_parts = [], []
        view = model.view
        if view is not None:
            row = view.row
            header = case_header(look, row, view.catalogue, actions=self._actions())
            self._head.addWidget(header)
            self._head_parts.append(header)
        instead = self._build_instead()
        if instead is not None:
            self._instead.addWidget(instead)
            self._instead_parts.append(instead)
        if had_focus:
            self.first_focus.setFocus()

    def _actions(self) -> list[Button]:
        model, look = self._model, self._look
        _ = look.language.gettext
        actions = []
        if model.may_take_back:
            back = Button(look, _("Somebody takes it back"), ButtonKind.DANGER, icon="hand")
            back.setObjectName("take back")
            back.clicked.connect(model.begin_withdrawal)
            actions.append(back)
        # What is filled in at the side has the primary action of its own.
        kind = ButtonKind.PRIMARY if model.panel is None else ButtonKind.SECONDARY
        form = Button(look, _("Record a consent"), kind, icon="plus")
        form.setObjectName("record")
        form.setToolTip("Ctrl+Shift+N")
        form.clicked.connect(model.want_form)
        for one in (*actions, form):
            one.setEnabled(model.may_record)
        return [*actions, form]

    def _build_instead(self) -> Card | None:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.state is ConsentsState.FAILED and model.trouble is not None:
            card = problem_card(look, explain(model.trouble, look.language))
            again = Button(look, _("Try again"), icon="refresh-cw")
            again.setObjectName("try again")
            again.clicked.connect(model.load)
            card.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
            return card
        if model.state is ConsentsState.SLOW:
            card = Card(look)
            text = _("The consents are being read.")
            empty = EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            card.body.addWidget(empty)
            return card
        return None

    def _show_side(self, view: ConsentView, names: ConsentNames) -> None:
        model = self._model
        built = (view, model.chosen, model.panel, model.may_record, model.today)
        if built == self._built_side:
            return
        before, self._shown_panel = self._shown_panel, model.panel
        closes = before is not None and model.panel is None
        opens = model.panel is not None and model.panel is not before
        had_focus = self._holds(self._side_parts)
        self._built_side = built
        take_out(*self._side_parts)
        panel = (
            panel_for(model, self._look, names)
            or signing_panel_for(model, self._look, names)
            or keeping_panel_for(model, self._look, names)
        )
        self._side_part = panel if panel is not None else self._build_inspector(view, names)
        self._signing = signing_card(model, self._look, names) if panel is None else None
        self._opinions = opinions_card(model, self._look, names) if panel is None else None
        self._kept = KeptCard(model, self._look, view, names) if panel is None else None
        self._side.setVisible(bool(self._side_parts))
        for part in self._side_parts:
            self._side_column.addWidget(part)
            # At once: what is hidden cannot take the focus.
            part.show()
        if panel is not None and opens:
            panel.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(panel)
        elif panel is not None and had_focus:
            # It is built anew when it was refused: at the field that was.
            panel.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        elif had_focus or closes:
            self._matrix.first_focus.setFocus()

    @property
    def _side_parts(self) -> list[QWidget]:
        parts = (self._side_part, self._signing, self._opinions, self._kept)
        return [one for one in parts if one is not None]

    def _build_inspector(self, view: ConsentView, names: ConsentNames) -> Inspector | None:
        if self._model.chosen is None or not has_consents(view):
            return None
        words = CellWords(view, names, self._reasons, self._look.language)
        told = words.explain(*self._model.chosen)
        return None if told is None else Inspector(self._model, self._look, told)

    def _show_banners(self) -> None:
        model = self._model
        told = (model.view, model.trouble, model.news, model.state, model.may_record)
        if told == self._told:
            return
        before, self._told = self._told, told
        had_focus = self._holds(self._shown_banners)
        take_out(*self._shown_banners)
        self._shown_banners = []
        if self._names is not None:
            self._shown_banners += banners_for(model, self._look, self._names, self._reasons)
        for one in self._shown_banners:
            self._banners.addWidget(one)
        is_new = bool(before) and told[1:3] != before[1:3] and any(told[1:3])
        if is_new and self._shown_banners:
            come_forward(self._shown_banners[0], focus=False)
        if had_focus:
            self.first_focus.setFocus()

    def _holds(self, parts: list[QWidget]) -> bool:
        focus = focus_in(self)
        return focus is not None and any(one is focus or one.isAncestorOf(focus) for one in parts)

    def _keep_order(self) -> None:
        """Have Tab go through the page as one reads it, whatever was made last."""
        boxes = [
            *self._head_parts,
            self._tabs,
            *self._shown_banners,
            self._matrix,
            *self._side_parts,
            self._past,
            *self._instead_parts,
        ]
        stops = [child for box in boxes for child in (box, *box.findChildren(QWidget))]
        here = self.window()
        # The list of a closed combo box waits in a window of its own.
        reachable = [
            one
            for one in stops
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.window() is here
        ]
        keep_tab_order(self._back, self._ask, self._grounds, *reachable)

    @Slot()
    def _go_to_side(self) -> None:
        if isinstance(self._side_part, Inspector):
            self._side_part.setFocus(Qt.FocusReason.ShortcutFocusReason)
            bring_into_view(self._side_part)

    @Slot()
    def _change_side(self) -> None:
        if self._holds(self._side_parts):
            self._matrix.first_focus.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._go_to_side()

    @Slot()
    def _day_back(self) -> None:
        self._model.step_day(-1)

    @Slot()
    def _day_on(self) -> None:
        self._model.step_day(1)
