"""The plan of a case: areas of life, the outline, and beside it all about one line."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.ui.case_commands import case_commands
from trygga_desktop.ui.case_header import case_header
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.plan.areas import PlanAreas
from trygga_desktop.ui.screens.plan.cards import (
    AgreedCard,
    ProtectionCard,
    behind_banner,
    leave_out_banner,
    opens_banner,
    told_banner,
)
from trygga_desktop.ui.screens.plan.inspector import Inspector
from trygga_desktop.ui.screens.plan.outline import OutlineView
from trygga_desktop.ui.screens.plan.states import Asking, PlanState
from trygga_desktop.ui.screens.plan.view_model import PlanViewModel
from trygga_desktop.ui.screens.plan.words import sealed_words
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.became_card import BecameCard
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.case_tabs import CaseTab, CaseTabs
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.three_parts import ThreeParts
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.wrap_row import WrapRow


class PlanView(QWidget):
    """Focus starts in the outline."""

    def __init__(self, model: PlanViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._built: object = None
        self._tops: list[QWidget] = []
        self._told: list[QWidget] = []
        self._told_of: object = None
        self._asked_about: object = None
        self._back = Button(look, _("All cases"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("all cases")
        self._back.clicked.connect(model.go_back)
        self._top = QVBoxLayout()
        self._tabs = CaseTabs(look, CaseTab.PLAN)
        self._tabs.chosen.connect(model.go_to_tab)
        self._actions = self._build_actions()
        self._wish = TintedBox(look, Tone.INFO)
        self._wish.row.addWidget(
            IconMark(look, "quote", colour=look.theme.tokens.tint(Tone.INFO).ink)
        )
        self._wish.row.addWidget(PlainLabel(look, _("What I want"), style=TextStyle.LABEL))
        self._wish_words = PlainLabel(look)
        self._wish.row.addWidget(self._wish_words, 1)
        self._wish.hide()
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._areas = PlanAreas(look)
        self._areas.chosen.connect(model.choose_area)
        self.outline = self._build_outline()
        self._inspector = Inspector(model, look)
        self._protection = ProtectionCard(model, look)
        self._parts = ThreeParts(
            look, areas=self._areas, told=self._card, form=self._inspector, fills=True
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        column.addWidget(self._tabs)
        column.addWidget(self._actions)
        column.addLayout(self._banners)
        column.addWidget(self._wish)
        column.addWidget(self._parts, 1)
        column.addWidget(self._protection)
        model.changed.connect(self._show)
        model.outline_changed.connect(self._show_outline)
        model.chosen.connect(self._go)
        self._show()
        self._show_outline()
        self.commands = (
            Command(_("Keep as a version"), ("Ctrl+S",), model.keep),
            Command(_("Undo in the plan"), ("Ctrl+Z",), model.undo),
            Command(_("Redo in the plan"), ("Ctrl+Shift+Z", "Ctrl+Y"), model.redo),
            Command(_("New action under the goal"), ("Ctrl+Return", "Ctrl+Enter"), self._act),
            Command(_("More about what became of it"), ("Ctrl+Shift+M",), model.ask_what_became),
            Command(_("Compare versions"), ("Ctrl+Shift+J",), model.compare_wanted.emit),
            Command(_("Progress"), ("Ctrl+Shift+G",), model.progress_wanted.emit),
            Command(_("My plan and other pages"), ("Ctrl+P",), model.papers_wanted.emit),
            Command(_("Sign the plan"), ("Ctrl+Shift+D",), model.sign),
            Command(_("Send the plan to another vault"), (), model.packet_wanted.emit),
            Command(_("Take in a packet"), ("Ctrl+Shift+O",), model.packet_in_wanted.emit),
            *case_commands(look, CaseTab.PLAN, go=model.go_to_tab, leave=model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the outline, or the way back while there is no case."""
        return self._back if self._model.state is PlanState.FAILED else self.outline

    def showEvent(self, event: QShowEvent) -> None:
        """Put the order of Tab right: it turns round when the form comes into its window."""
        super().showEvent(event)
        self._keep_order()

    def _build_actions(self) -> QWidget:
        model, look = self._model, self._look
        _ = look.language.gettext
        self._keep = Button(look, _("Keep as a version"), ButtonKind.PRIMARY, icon="check")
        self._keep.setObjectName("keep")
        self._keep.clicked.connect(model.keep)
        self._bring = Button(look, _("Take up at the meeting"), icon="calendar-check")
        self._bring.setObjectName("bring")
        self._bring.clicked.connect(model.bring)
        self._agree = Button(look, _("Note what was agreed"), icon="handshake")
        self._agree.setObjectName("agree")
        self._agree.clicked.connect(model.ask_what_was_agreed)
        ways = (
            (model.compare_wanted, "git-compare-arrows", _("Compare")),
            (model.progress_wanted, "trending-up", _("Progress")),
            (model.papers_wanted, "file-text", _("My plan")),
            (model.packet_wanted, "file-key-2", _("Send")),
            (model.packet_in_wanted, "download", _("Take in")),
        )
        self._ways = []
        for place, (wanted, icon, text) in enumerate(ways, start=1):
            way = Button(look, text, ButtonKind.GHOST, icon=icon)
            way.setObjectName(f"way {place}")
            way.clicked.connect(wanted)
            self._ways.append(way)
        self._ways[3].setAccessibleDescription(_("To somebody who prepares in another vault"))
        self._ways[4].setAccessibleDescription(_("A packet from another vault"))
        self._ways[4].setToolTip("Ctrl+Shift+O")
        self._sign = Button(look, _("Sign the plan"), ButtonKind.GHOST, icon="pen-line")
        self._sign.setObjectName("sign the plan")
        self._sign.setToolTip("Ctrl+Shift+D")
        told = _("Seal what the meeting agreed on, and sign it on paper")
        self._sign.setAccessibleDescription(told)
        self._sign.clicked.connect(model.sign)
        return WrapRow([self._keep, self._bring, self._agree, *self._ways, self._sign])

    def _build_outline(self) -> OutlineView:
        model, look = self._model, self._look
        _ = look.language.gettext
        self._card = Card(look, rows_to_edge=True)
        self._card.setObjectName("outline card")
        outline = OutlineView(look, _("The plan"), model.phrases)
        outline.row_chosen.connect(model.choose_row)
        outline.words_typed.connect(model.type_words)
        outline.begun.connect(model.add)
        outline.moved.connect(model.move)
        outline.moved_in.connect(model.move_in)
        outline.moved_out.connect(model.move_out)
        outline.removed.connect(model.remove)
        outline.copied.connect(self._copy)
        outline.cut.connect(self._cut)
        outline.pasted.connect(self._paste)
        outline.done.connect(self._done)
        outline.state_wanted.connect(self._ask_state)
        outline.words_wanted.connect(self._write_beside)
        keys = _("Enter new row · F2 write · Tab move in · Alt and arrows move · Ctrl+Enter action")
        hint = PlainLabel(look, keys, style=TextStyle.CAPTION, colour=look.theme.tokens.text2)
        self._card.body.addWidget(outline, 1)
        holder = QVBoxLayout()
        holder.setContentsMargins(Space.L, 0, Space.L, 0)
        holder.addWidget(hint)
        self._card.body.addLayout(holder)
        return outline

    @Slot()
    def _act(self) -> None:
        self._model.add_action()

    @Slot()
    def _copy(self) -> None:
        if self._model.text:
            QGuiApplication.clipboard().setText(self._model.text)

    @Slot()
    def _cut(self) -> None:
        self._copy()
        self._model.remove()

    @Slot()
    def _paste(self) -> None:
        self._model.paste(QGuiApplication.clipboard().text())

    @Slot()
    def _done(self) -> None:
        self._model.change_state(CommitmentState.DONE)

    @Slot()
    def _ask_state(self) -> None:
        if self._model.line is None:
            self._inspector.examples.offer()
        if self._inspector.state.isVisible():
            self._inspector.state.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._inspector.state.showPopup()

    @Slot()
    def _write_beside(self) -> None:
        self._inspector.words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _go(self, writes: bool) -> None:  # noqa: FBT001  Qt's signal
        row = self._model.row
        if row is not None:
            self.outline.go_to(self._model.rows.index(row))
        if writes:
            self.outline.write()

    @Slot()
    def _show_outline(self) -> None:
        model = self._model
        if model.view is None:
            return
        row = model.row
        place = 0 if row is None else model.rows.index(row)
        self.outline.show_rows(model.rows, model.shown, model.view.catalogue, current=place)

    @Slot()
    def _show(self) -> None:
        model = self._model
        self._show_top()
        self._show_told()
        is_there = model.view is not None
        for part in (self._tabs, self._parts, self._actions):
            part.setVisible(is_there)
        self._protection.setVisible(model.shows_protection)
        self._show_actions()
        if model.view is not None:
            kept_back = frozenset(one.id for one in model.kept_back)
            self._areas.show_areas(
                model.lines, model.view.catalogue, model.area, kept_back=kept_back
            )
        self._keep_order()

    def _show_actions(self) -> None:
        model, _ = self._model, self._look.language.gettext
        meeting, deciding = model.next_meeting, model.deciding_meeting
        text = _("Keep as version {number}").format(number=model.number)
        if self._keep.text() != text:
            self._keep.show_text(text)
        is_on = model.is_changed and not model.is_working
        if self._keep.hasFocus() and not is_on:
            self.outline.setFocus(Qt.FocusReason.OtherFocusReason)
        self._keep.setEnabled(is_on)
        self._bring.setVisible(meeting is not None and meeting is not deciding)
        if meeting is not None:
            text = _("Take up at meeting {number}").format(number=meeting.number)
            if self._bring.text() != text:
                self._bring.show_text(text)
        may_agree = deciding is not None and bool(model.proposed) and not model.is_changed
        if self._agree.hasFocus() and not may_agree:
            self.outline.setFocus(Qt.FocusReason.OtherFocusReason)
        self._agree.setVisible(may_agree)
        # What is still to be agreed on comes first.
        may_sign = model.agreed_at is not None and not may_agree
        if self._sign.hasFocus() and not may_sign:
            self.outline.setFocus(Qt.FocusReason.OtherFocusReason)
        self._sign.setVisible(may_sign)

    def _show_top(self) -> None:
        model = self._model
        view = model.view
        built = (model.state, None if view is None else (view.row, view.number, view.versions))
        if built == self._built:
            return
        self._built = built
        take_out(*self._tops)
        self._tops = []
        look, _ = self._look, self._look.language.gettext
        if view is not None:
            pills = []
            if view.number:
                words = _("Version {number}").format(number=view.number)
                pills.append(PillValue(words, Tone.MUTE, "file-text"))
            sealed = [one for one in view.versions if one.sealed_at is not None]
            if sealed:
                pills.append(PillValue(sealed_words(sealed[-1], look.language), Tone.OK, "lock"))
            self._put(case_header(look, view.row, view.catalogue, pills=pills))
            wishes = [one for one in view.lines if one.kind is LineKind.WISH]
            self._wish.setVisible(bool(wishes))
            self._wish_words.show_text(" ".join(one.item.text for one in wishes[:1]))
        elif model.state is PlanState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            self._put(PageHeader(look, problem.title))
            self._put(problem_card(look, problem))
        elif model.state is PlanState.SLOW:
            card = Card(look)
            text = _("The case is being opened.")
            card.body.addWidget(
                EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            )
            self._put(card)

    def _show_told(self) -> None:
        model = self._model
        view = model.view
        told = (
            model.told,
            model.asking,
            model.trouble,
            model.becoming.form,
            model.is_behind,
            model.kept_back if model.asking is Asking.LEAVE_OUT else (),
            None if view is None else (view.is_complete, view.unseen, view.left_out, view.number),
        )
        if told == self._told_of:
            return
        is_first = self._told_of is None
        self._told_of = told
        take_out(*self._told)
        self._told = self._build_told()
        for one in self._told:
            self._banners.addWidget(one)
        has_news = model.asking is not Asking.NOTHING or model.trouble is not None
        became = next((one for one in self._told if isinstance(one, BecameCard)), None)
        if became is not None and self._asked_about is not model.becoming.form:
            come_forward(became, focus=False)
            became.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        elif became is None and self._asked_about is not None:
            self.outline.setFocus(Qt.FocusReason.OtherFocusReason)
        elif has_news and not is_first and self._told:
            come_forward(self._told[0])
        self._asked_about = model.becoming.form

    def _build_told(self) -> list[QWidget]:
        model, look, view = self._model, self._look, self._model.view
        language = look.language
        _ = language.gettext
        found: list[QWidget] = []
        if model.becoming.form is not None:
            found.append(BecameCard(model.becoming, model.becoming.form, look))
        if model.asking is Asking.LEAVE_OUT:
            found.append(leave_out_banner(look, model))
        elif model.asking is Asking.AGREED:
            found.append(AgreedCard(model, look))
        elif model.asking is Asking.OPENS:
            found.append(opens_banner(look, model))
        elif model.trouble is not None and view is not None:
            found.append(trouble_banner(look, model.trouble))
        elif (told := told_banner(look, model)) is not None:
            found.append(told)
        if model.is_behind:
            found.append(behind_banner(look, model))
        if view is not None and not view.is_complete:
            text = _("A version of this plan was taken away or changed from outside.")
            found.append(banner(look, text, tone=Tone.BAD))
        if view is not None and view.unseen:
            text = language.ngettext(
                "{count} line of the plan is not yours to see. It stays in it.",
                "{count} lines of the plan are not yours to see. They stay in it.",
                view.unseen,
            )
            found.append(
                banner(look, text.format(count=language.number(view.unseen)), tone=Tone.MUTE)
            )
        return found

    def _keep_order(self) -> None:
        keep_tab_order(
            self._back,
            [*self._tops, self._tabs, self._actions, *self._told, self._areas],
            self.outline,
            *self._inspector.in_order,
            *self._protection.in_order,
        )

    def _put(self, part: QWidget) -> None:
        self._top.addWidget(part)
        self._tops.append(part)
