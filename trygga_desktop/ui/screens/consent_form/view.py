"""The form for a signed paper: four steps, and in one sentence what it will come to."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.i18n import Language
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.consent_form.effect import Effect, EffectWords
from trygga_desktop.ui.screens.consent_form.foot import Foot
from trygga_desktop.ui.screens.consent_form.terms_step import TermsStep
from trygga_desktop.ui.screens.consent_form.validity_step import ValidityStep
from trygga_desktop.ui.screens.consent_form.view_model import (
    STEPS,
    ConsentFormViewModel,
    FormState,
    Step,
)
from trygga_desktop.ui.screens.consent_form.what import WhatStep
from trygga_desktop.ui.screens.consent_form.who import WhoStep
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page import page_of
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.steps_bar import StepsBar
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner

_ROOMY = 860
_AROUND_MATRIX = 318
_LEAST_ROOM = 260

_StepWidget = WhoStep | WhatStep | TermsStep | ValidityStep


class ConsentFormView(QWidget):
    """Ctrl+Enter goes on, Alt+left back. Enter never stores anything by accident."""

    def __init__(
        self, model: ConsentFormViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._head = QVBoxLayout()
        self._head_parts: list[QWidget] = []
        self._bar = StepsBar(look, [step_name(step, look.language) for step in STEPS])
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._shown_banners: list[QWidget] = []
        self._place = QVBoxLayout()
        self._step: _StepWidget | None = None
        self._built: tuple[object, ...] = ()
        self._effects = QVBoxLayout()
        self._effect: Effect | None = None
        self._effect_part: QWidget | None = None
        self._instead = QVBoxLayout()
        self._instead_parts: list[QWidget] = []
        self._names: ConsentNames | None = None
        self._reasons = ReasonWords(model.reasons_toml, look.language)
        self._told: tuple[object, ...] = ()
        self._head_told: object = None
        self._foot = Foot(model, look)
        self._lay_out()
        model.changed.connect(self._show)
        model.stepped.connect(self._begin_step)
        self._show()
        self.commands = (
            Command(_("Continue"), ("Ctrl+Return", "Ctrl+Enter"), model.go_on),
            Command(_("Back"), ("Alt+Left",), model.go_back),
            Command(_("Change direction"), ("Ctrl+D",), self._change_direction),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return where this step begins."""
        return (None if self._step is None else self._step.first_focus) or self._foot.back

    def showEvent(self, event: QShowEvent) -> None:
        """Put the order of Tab right: it turns round when the page comes into its window."""
        super().showEvent(event)
        self._fit()
        self._keep_order()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the matrix scroll by itself, so that what it comes to stays in view."""
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addLayout(self._head)
        column.addWidget(self._bar)
        column.addLayout(self._banners)
        column.addLayout(self._place)
        column.addLayout(self._instead)
        column.addLayout(self._effects)
        column.addStretch(1)
        column.addWidget(self._foot)

    def _fit(self) -> None:
        if not isinstance(self._step, WhatStep):
            return
        page = page_of(self)
        height = self.height() if page is None else page.viewport().height()
        px = self._look.theme.px
        room = max(px(_LEAST_ROOM), height - px(_AROUND_MATRIX))
        roomy = self._look.effective(height) >= _ROOMY
        self._step.matrix.use_room(room, roomy=roomy)

    @Slot()
    def _show(self) -> None:
        model = self._model
        view = model.view
        self._show_head(view)
        self._bar.setVisible(view is not None)
        self._foot.setVisible(view is not None)
        built = (view, model.step, model.given_back)
        if built != self._built:
            self._built = built
            self._show_step(view)
        if view is not None and self._names is not None:
            self._bar.show_step(STEPS.index(model.step))
            words = EffectWords(view, self._names, self._reasons, self._look.language)
            self._show_effect(words.effect(model.outcome, model.paper))
        self._show_banners()
        self._keep_order()

    def _show_step(self, view: ConsentView | None) -> None:
        look, model = self._look, self._model
        if self._step is not None:
            take_out(self._step)
            self._step = None
        if view is None:
            return
        organisations = {one.id: one for one in view.directory.organisations if not one.retired}
        organisations |= {one.id: one for one in view.organisations}
        names = ConsentNames(
            people=view.people,
            organisations=tuple(organisations.values()),
            directory=view.directory,
            catalogue=view.catalogue,
            on=view.on,
            language=look.language,
        )
        self._names = names
        match model.step:
            case Step.WHO:
                self._step = WhoStep(model, look, view, names)
            case Step.WHAT:
                self._step = WhatStep(model, look, view, names)
            case Step.EXCLUSIONS:
                self._step = TermsStep(model, look, view, names)
            case Step.VALIDITY:
                self._step = ValidityStep(model, look, view, names)
        self._place.addWidget(self._step)
        # At once: what is hidden cannot take the focus.
        self._step.setVisible(True)
        self._fit()

    @Slot()
    def _begin_step(self) -> None:
        """Start where the step begins, at its top."""
        page = page_of(self)
        if page is not None:
            page.verticalScrollBar().setValue(0)
        self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_head(self, view: ConsentView | None) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        signed = 0 if view is None else len(model.paper.answered)
        told = (view, signed, model.state, model.trouble if view is None else None)
        if told == self._head_told:
            return
        self._head_told = told
        had_focus = self._holds([*self._head_parts, *self._instead_parts])
        take_out(*self._head_parts, *self._instead_parts)
        self._head_parts, self._instead_parts = [], []
        if view is not None:
            header = self._build_header(view, signed)
            self._head.addWidget(header)
            self._head_parts.append(header)
        else:
            instead = self._build_instead()
            if instead is not None:
                self._instead.addWidget(instead)
                self._instead_parts.append(instead)
        if had_focus:
            self.first_focus.setFocus()

    def _build_header(self, view: ConsentView, signed: int) -> PageHeader:
        look, row = self._look, view.row
        _ = look.language.gettext
        needed = len(self._model.paper.signers)
        text = _("{signed} of {needed} have answered").format(signed=signed, needed=needed)
        whole = signed == needed and needed > 0
        pill = Pill(
            look, text, tone=Tone.OK if whole else Tone.INFO, icon="check" if whole else "hourglass"
        )
        cancel = Button(look, _("Cancel"), ButtonKind.GHOST)
        cancel.setObjectName("cancel")
        cancel.clicked.connect(self._model.cancel)
        parts = [row.title] if row.title == row.case_number else [row.case_number, row.title]
        crumbs = (" · ".join(parts), _("Consents"))
        return PageHeader(look, _("New consent"), crumbs=crumbs, pills=(pill,), actions=(cancel,))

    def _build_instead(self) -> Card | None:
        model, look = self._model, self._look
        _ = look.language.gettext
        back = Button(look, _("Back"), icon="arrow-left")
        back.setObjectName("leave")
        back.clicked.connect(model.cancel)
        if model.state is FormState.FAILED and model.trouble is not None:
            card = problem_card(look, explain(model.trouble, look.language))
            card.body.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
            return card
        if model.state is FormState.SLOW:
            card = Card(look)
            text = _("The form is being made ready.")
            empty = EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            card.body.addWidget(empty)
            return card
        return None

    def _show_effect(self, effect: Effect) -> None:
        if effect == self._effect:
            return
        self._effect = effect
        if self._effect_part is not None:
            take_out(self._effect_part)
        title, text = (effect.title, effect.text) if effect.text else ("", effect.title)
        box = banner(self._look, text, tone=effect.tone, title=title)
        box.setObjectName("effect")
        self._effects.addWidget(box)
        self._effect_part = box

    def _show_banners(self) -> None:
        model = self._model
        trouble = None if model.state is FormState.FAILED else model.trouble
        told = (trouble, model.asks_to_discard)
        if told == self._told:
            return
        before, self._told = self._told, told
        had_focus = self._holds(self._shown_banners)
        take_out(*self._shown_banners)
        self._shown_banners = []
        if trouble is not None:
            self._shown_banners.append(trouble_banner(self._look, trouble))
        if model.asks_to_discard:
            self._shown_banners.append(self._discard_banner())
        for one in self._shown_banners:
            self._banners.addWidget(one)
        if before and self._shown_banners:
            come_forward(self._shown_banners[-1])
        elif had_focus:
            self.first_focus.setFocus()

    def _discard_banner(self) -> QWidget:
        _ = self._look.language.gettext
        keep = Button(self._look, _("Keep it"))
        keep.setObjectName("keep")
        keep.clicked.connect(self._keep)
        discard = Button(self._look, _("Discard"), ButtonKind.DANGER)
        discard.setObjectName("discard")
        discard.clicked.connect(self._model.discard)
        return banner(
            self._look,
            _("Nothing has been saved, and nothing holds yet."),
            tone=Tone.MUTE,
            title=_("Discard what you have filled in?"),
            buttons=(keep, discard),
        )

    @Slot()
    def _keep(self) -> None:
        self._model.ask_to_discard(asks=False)
        self.first_focus.setFocus()

    @Slot()
    def _change_direction(self) -> None:
        if isinstance(self._step, WhatStep):
            self._step.change_direction()

    def _holds(self, parts: list[QWidget]) -> bool:
        focus = focus_in(self)
        return focus is not None and any(one.isAncestorOf(focus) for one in parts)

    def _keep_order(self) -> None:
        """Have Tab go through the page as one reads it, whatever was made last."""
        step = [] if self._step is None else [self._step]
        boxes = [
            *self._head_parts,
            *self._shown_banners,
            *step,
            *self._instead_parts,
            self._foot,
        ]
        here = self.window()
        # The list of a closed combo box waits in a window of its own.
        stops = [
            child
            for box in boxes
            for child in box.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.window() is here
        ]
        keep_tab_order(*stops)


def step_name(step: Step, language: Language) -> str:
    """Return what a step is called."""
    _ = language.gettext
    names = {
        Step.WHO: _("Who answers"),
        Step.WHAT: _("What"),
        Step.EXCLUSIONS: _("Exclusions"),
        Step.VALIDITY: _("Validity and paper"),
    }
    return names[step]
