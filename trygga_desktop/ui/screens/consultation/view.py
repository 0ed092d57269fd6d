"""A consultation without names: the four filters, what is told, and the gate beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.services.consultations import Consultation
from trygga_desktop.services.naming import call
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.consultation.cards import (
    by_name_card,
    table_card,
    told_card,
    way_card,
)
from trygga_desktop.ui.screens.consultation.gate_card import GateCard, ThresholdCard
from trygga_desktop.ui.screens.consultation.tell_card import TellCard
from trygga_desktop.ui.screens.consultation.view_model import (
    ConsultationState,
    ConsultationViewModel,
)
from trygga_desktop.ui.screens.consultation.words import steps
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.mirror_question import MirrorQuestion
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.steps_bar import StepsBar
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 350
_NARROW = 820
_WITHOUT, _WHO, _WITH = 1, 2, 3


class ConsultationView(QWidget):
    """Focus starts in the text. Ctrl+Enter sends what stands there, Alt+Left goes back."""

    def __init__(
        self, model: ConsultationViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._back = Button(look, _("Back"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("back")
        self._back.clicked.connect(model.go_back)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.L)
        self._column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(Space.L)
        self._column.addLayout(self._parts)
        self._column.addStretch(1)
        self._shown: list[QWidget] = []
        self._banners: list[QWidget] = []
        self._built: object = None
        self._form: TellCard | GateCard | None = None
        self._bar: StepsBar | None = None
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Send what stands there"), ("Ctrl+Return", "Ctrl+Enter"), self._send),
            Command(_("Go on with names"), ("Ctrl+Shift+N",), model.go_to_gate),
            Command(_("Back"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the first field of the form, or the way back while there is none."""
        question = self.findChild(MirrorQuestion)
        if isinstance(question, MirrorQuestion):
            return question.first_focus
        return self._back if self._form is None else self._form.first_focus

    def _send(self) -> None:
        if self._model.is_naming:
            self._model.pass_gate()
        else:
            self._model.tell()

    @Slot()
    def _show(self) -> None:
        model = self._model
        now = (model.state, model.found, model.is_naming, model.telling, model.gate)
        if now != self._built:
            had_focus = self._has_focus()
            self._built = now
            take_out(*self._shown)
            self._form = None
            self._back.setVisible(model.state is not ConsultationState.ASKING)
            self._shown = self._build()
            for one in self._shown:
                self._parts.addWidget(one)
            if had_focus:
                self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        take_out(*self._banners)
        self._banners = []
        if model.trouble is not None and model.state is ConsultationState.READY:
            self._banners = [trouble_banner(self._look, model.trouble)]
            self._parts.insertWidget(1, self._banners[0])
            come_forward(self._banners[0])

    def _has_focus(self) -> bool:
        focus = self.window().focusWidget()
        return focus is self or self.isAncestorOf(focus)

    def _build(self) -> list[QWidget]:
        model, look = self._model, self._look
        _ = look.language.gettext
        match model.state:
            case ConsultationState.MORE_SCREENS:
                text = _(
                    "More than one screen is connected. This page is shown only when a single one "
                    "is, or when the room has its own."
                )
                return [self._empty("monitor", _("Not while others may look on"), text)]
            case ConsultationState.ASKING:
                return [MirrorQuestion(look, show=model.nobody_looks_on, back=model.go_back)]
            case ConsultationState.FAILED if model.trouble is not None:
                return [problem_card(look, explain(model.trouble, look.language))]
            case ConsultationState.SLOW:
                return [self._empty("hourglass", _("One moment"), _("The case is being opened."))]
            case ConsultationState.READY if model.found is not None:
                return self._build_found(model.found)
            case _:
                return []

    def _empty(self, icon: str, title: str, text: str) -> Card:
        card = Card(self._look)
        card.body.addWidget(EmptyState(self._look, icon=icon, title=title, text=text))
        return card

    def _build_found(self, found: Consultation) -> list[QWidget]:
        model, look = self._model, self._look
        _ = look.language.gettext
        header = self._header(found)
        if not found.is_without_names:
            return [header, *self._named(found)]
        self._bar = StepsBar(look, steps(look.language))
        if model.gate is not None:
            model.gate.changed.connect(self._show_step)
        self._show_step()
        shown: list[QWidget] = [header, self._bar, self._body(found)]
        if found.meeting is not None and found.meeting.state is MeetingState.RUNNING:
            told = _(
                "The shared screen says nothing of this. If your picture is mirrored to a "
                "projector, everyone sees this page: cover the projector first."
            )
            shown.insert(1, banner(look, told, tone=Tone.MUTE, icon="eye-off"))
        return shown

    def _named(self, found: Consultation) -> list[QWidget]:
        """Return what there is once the case goes by name: what was told, and the way on."""
        model, look = self._model, self._look
        _ = look.language.gettext
        told = [told_card(look, found)] if found.told else []
        way: list[QWidget] = []
        if found.goes_on_from is not None:
            way = [by_name_card(look, go_on=model.go_on_by_name, ends=found.still_without_names)]
        if not found.still_without_names or model.telling is None:
            text = _("The case goes by name now. What was told here is still told as it was.")
            return [banner(look, text, tone=Tone.INFO), *way, *told]
        text = _(
            "The case goes by name now. The conversation that is going on stays without names to "
            "its end: what you tell here comes to the table as before."
        )
        self._form = TellCard(model, model.telling, look)
        main, side = _stacked([self._form]), _stacked([*way, *told])
        body = TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW)
        return [banner(look, text, tone=Tone.INFO), body]

    @Slot()
    def _show_step(self) -> None:
        """Show which filter is at hand: the name comes once those who can help are named."""
        model = self._model
        if self._bar is None or not isValid(self._bar):
            return
        is_helped = model.gate is not None and bool(model.gate.recipients)
        naming = _WITH if is_helped else _WHO
        self._bar.show_step(naming if model.is_naming else _WITHOUT)

    def _header(self, found: Consultation) -> PageHeader:
        look = self._look
        _ = look.language.gettext
        pills = [Pill(look, _("Without names"), tone=Tone.INFO, icon="venetian-mask")]
        called = make_visible(call(found.pseudonym, look.language), lines=False)
        number = make_visible(found.row.case_number, lines=False)
        told = _("Others see: {name}").format(name=called)
        return PageHeader(
            look,
            _("Consultation without names"),
            crumbs=[number],
            line=told,
            pills=pills if found.takes_words else (),
        )

    def _body(self, found: Consultation) -> QWidget:
        model, look = self._model, self._look
        left: list[QWidget] = []
        right: list[QWidget] = []
        if model.is_naming and model.gate is not None:
            self._form = GateCard(model, model.gate, found, look)
            left.append(self._form)
        elif model.telling is not None:
            self._form = TellCard(model, model.telling, look)
            left += [self._form, table_card(look, found)]
        if model.gate is not None:
            right.append(ThresholdCard(model.gate, look))
        if not model.is_naming:
            right.append(way_card(look, by_consent=model.go_by_consent, by_law=model.go_by_law))
            if found.told:
                right.append(told_card(look, found))
        side = _stacked(right)
        return TwoColumns(look, _stacked(left), side, fixed=side, width=_SIDE, narrow=_NARROW)


def _stacked(parts: Sequence[QWidget]) -> QWidget:
    """Return these one below the other, at the top."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.L)
    for one in parts:
        column.addWidget(one)
    column.addStretch(1)
    return whole
