"""The end of the work: goals area by area, what is still open, and what comes afterwards."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.documents.closing import ending_word, outcome_word
from trygga_desktop.domain.closing import GoalOutcome
from trygga_desktop.services.closing import ClosingView
from trygga_desktop.services.closing_rounds import ReviewedGoal
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.ui.case_header import case_header
from trygga_desktop.ui.ending_words import unanswered_text
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.closing.afterwards import afterwards_card
from trygga_desktop.ui.screens.closing.form import (
    LOOK,
    areas_of,
    ending_field,
    evidence_field,
    words_field,
)
from trygga_desktop.ui.screens.closing.rounds import round_card
from trygga_desktop.ui.screens.closing.told import told_text
from trygga_desktop.ui.screens.closing.view_model import ClosingState, ClosingViewModel
from trygga_desktop.ui.screens.closing.words import (
    area_name,
    ending_choices,
    hint_of,
    missing_text,
    outcome_choices,
    promise_line,
    rating_text,
)
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.text_form import Hint, TextForm
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.form_page import FormPage
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, FormFoot, stops_in
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 350
_NARROW = 860
_ROWS = 2
_LONGEST = 2_000


class ClosingScreen(FormPage):
    """Focus starts in the first answer. Ctrl+Enter stores, Alt+Left goes back and keeps it."""

    def __init__(self, model: ClosingViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        back = Button(look, _("The case"), ButtonKind.LINK, icon="arrow-left", small=True)
        super().__init__(back, parent)
        self._model = model
        self._look = look
        self._back = back
        self._back.setObjectName("the case")
        self._back.clicked.connect(model.go_back)
        self._leading_on: list[QWidget] = []
        self._fields: list[Field] = []
        self._unanswered: PlainLabel | None = None
        self._built: object = None
        self._told: object = None
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Store what is written"), ("Ctrl+Return", "Ctrl+Enter"), model.keep),
            Command(_("Print the end of the work"), ("Ctrl+P",), model.papers_wanted.emit),
            Command(_("Back to the case"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the first field, or the way back while there is none."""
        stops = stops_in(*self._fields)
        return stops[0] if stops else self._back

    @Slot()
    def _show(self) -> None:
        model = self._model
        built = (model.state, model.found, model.form, model.look)
        if built != self._built:
            is_first = self._built is None
            had_focus = any(one.hasFocus() for one in stops_in(self))
            self._built, self._told = built, None
            self._fields, self._leading_on, self._unanswered = [], [], None
            parts = self._build()
            self.show_parts(parts, self._leading_on)
            if had_focus or not is_first:
                self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_banners()

    def _show_banners(self) -> None:
        model, look = self._model, self._look
        told = (model.trouble, model.is_kept)
        if told == self._told or model.found is None:
            return
        self._told = told
        banners = []
        _ = look.language.gettext
        if not model.found.is_complete:
            text = _(
                "What is written of the end is not as it was left here. Ask the administrator to "
                "check the vault."
            )
            banners.append(banner(look, text, tone=Tone.BAD, icon="shield-question-mark"))
        if model.trouble is not None and model.state is ClosingState.READY:
            banners.append(trouble_banner(look, model.trouble))
        elif model.is_kept:
            text = _("What is written is stored.")
            banners.append(banner(look, text, tone=Tone.OK, icon="circle-check"))
        self.show_banners(banners)

    def _build(self) -> list[QWidget]:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.found is not None:
            return self._build_found(model.found)
        if model.state is ClosingState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            return [PageHeader(look, problem.title), problem_card(look, problem)]
        if model.state is ClosingState.SLOW:
            card = Card(look)
            text = _("The case is being opened.")
            state = EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            card.body.addWidget(state)
            return [card]
        return []

    def _build_found(self, found: ClosingView) -> list[QWidget]:
        look, model = self._look, self._model
        _ = look.language.gettext
        main, side = QWidget(), QWidget()
        left, right = QVBoxLayout(main), QVBoxLayout(side)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.L)
        # On a day after the end that is asked about, this is what one has come for.
        after = afterwards_card(look, found, model.look, self._keep_field)
        cards = [self._area_card(found, area) for area in areas_of(found)]
        cards.append(self._promises_card(found))
        cards += [round_card(look, found, one) for one in found.rounds]
        if model.look is not None:
            cards.insert(0, after)
        else:
            right.addWidget(after)
        for one in cards:
            left.addWidget(one)
        left.addStretch(1)
        right.insertWidget(0, self._standing_card(found))
        right.addStretch(1)
        form = model.form or model.look
        if form is not None:
            self._leading_on = [self._ways_out(form)]
        printed = Button(look, _("Print"), ButtonKind.GHOST, icon="printer")
        printed.setObjectName("print")
        printed.setToolTip("Ctrl+P")
        printed.clicked.connect(model.papers_wanted)
        header = case_header(look, found.row, found.catalogue, actions=[printed])
        title = PlainLabel(look, _("How the work ends"), style=TextStyle.TITLE)
        body = TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW)
        return [header, title, body]

    def _area_card(self, found: ClosingView, area: str) -> Card:
        look, form = self._look, self._model.form
        language = look.language
        _ = language.gettext
        card = Card(look, area_name(found, area, language))
        text2 = look.theme.tokens.text2
        card.body.addWidget(
            PlainLabel(
                look, rating_text(found, area, language), style=TextStyle.SECONDARY, colour=text2
            )
        )
        for one in found.goals:
            if one.line.item.area == area:
                card.body.addWidget(Divider(look))
                self._add_goal(card, one)
        label = _("What the young person says of it")
        if form is not None or found.own_words.get(area):
            card.body.addWidget(Divider(look))
        if form is not None:
            self._add_text(card, form, words_field(area), label, name="area words")
        elif found.own_words.get(area):
            self._add_told(card, label, found.own_words[area])
        return card

    def _add_goal(self, card: Card, goal: ReviewedGoal) -> None:
        look, form = self._look, self._model.form
        language = look.language
        _ = language.gettext
        text2 = look.theme.tokens.text2
        words = make_visible(goal.line.item.text, longest=_LONGEST)
        card.body.addWidget(PlainLabel(look, words, style=TextStyle.STRONG))
        if goal.line.sign:
            sign = make_visible(goal.line.sign, lines=False, longest=_LONGEST)
            text = _("This is how we know: {sign}").format(sign=sign)
            card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        if form is None:
            card.body.addWidget(PlainLabel(look, outcome_word(goal.outcome, language)))
            if goal.evidence:
                self._add_told(card, _("How we know"), goal.evidence)
            return
        goal_id = goal.line.id
        choice = ChoiceField(
            look,
            _("What became of the goal"),
            outcome_choices(language),
            chosen=_code_of(form.outcomes.get(goal_id)),
            name=f"outcome {goal_id}",
            choose=lambda one: form.choose_outcome(goal_id, GoalOutcome(str(one)) if one else None),
        ).follow(form, lambda: _code_of(form.outcomes.get(goal_id)))
        choice.combo.setAccessibleDescription(words)
        self._keep_field(choice)
        card.body.addWidget(choice)
        self._add_text(card, form, evidence_field(goal_id), _("How we know"), name="evidence")

    def _promises_card(self, found: ClosingView) -> Card:
        look, form = self._look, self._model.form
        language = look.language
        _ = language.gettext
        card = Card(look, _("What was still open"))
        text2 = look.theme.tokens.text2
        if found.unseen:
            text = language.ngettext(
                "{count} open commitment is not yours to read. It keeps its place.",
                "{count} open commitments are not yours to read. They keep their place.",
                found.unseen,
            ).format(count=found.unseen)
            card.body.addWidget(banner(look, text, tone=Tone.MUTE, icon="eye-off"))
        if not (found.open_commitments or found.ended):
            text = _("No commitment is open.")
            card.body.addWidget(PlainLabel(look, text, colour=text2))
        for place, one in enumerate(found.open_commitments):
            if place:
                card.body.addWidget(Divider(look))
            self._add_promise(card, found, one)
            if form is None:
                card.body.addWidget(PlainLabel(look, ending_word(None, "", language)))
        for ended in found.ended:
            card.body.addWidget(Divider(look))
            self._add_line(card, ended.line)
            word = ending_word(ended.ending, make_visible(ended.handed_to, lines=False), language)
            self._add_told(card, word, ended.words)
        return card

    def _add_promise(self, card: Card, found: ClosingView, line: ShownPlanLine) -> None:
        look, form = self._look, self._model.form
        language = look.language
        _ = language.gettext
        self._add_line(card, line)
        if form is None:
            return
        choice = ChoiceField(
            look,
            _("What became of it"),
            ending_choices(found, language),
            chosen=form.endings.get(line.id, ""),
            name=f"became {line.id}",
            choose=lambda one: form.choose_ending(line.id, str(one)),
        ).follow(form, lambda: form.endings.get(line.id, ""))
        choice.combo.setAccessibleDescription(make_visible(line.item.text, longest=_LONGEST))
        self._keep_field(choice)
        card.body.addWidget(choice)
        self._add_text(card, form, ending_field(line.id), _("In words"), name="ending words")

    def _add_line(self, card: Card, line: ShownPlanLine) -> None:
        look = self._look
        words = make_visible(line.item.text, longest=_LONGEST)
        card.body.addWidget(PlainLabel(look, words, style=TextStyle.STRONG))
        below = promise_line(line, look.language)
        text2 = look.theme.tokens.text2
        card.body.addWidget(PlainLabel(look, below, style=TextStyle.SECONDARY, colour=text2))

    def _add_told(self, card: Card, label: str, text: str) -> None:
        look = self._look
        text2 = look.theme.tokens.text2
        card.body.addWidget(PlainLabel(look, label, style=TextStyle.SECONDARY, colour=text2))
        if text:
            card.body.addWidget(told_text(look, text, of=label))

    def _add_text(self, card: Card, form: TextForm, field: str, label: str, *, name: str) -> None:
        text = FormField(
            self._look,
            form,
            field,
            label,
            hint=partial(self._hint, form),
            rows=_ROWS,
        )
        text.input.setObjectName(f"{name} {len(self._fields)}")
        text.input.setMaximumHeight(self._look.theme.px(28 * (_ROWS + 1)))
        self._keep_field(text)
        card.body.addWidget(text)

    def _hint(self, form: TextForm, field: str) -> Hint:
        return hint_of(form, field, self._look.language)

    def _keep_field(self, field: Field) -> None:
        self._fields.append(field)

    def _standing_card(self, found: ClosingView) -> Card:
        """Return how far the case has come, and how much has no answer yet."""
        look, form = self._look, self._model.form
        language = look.language
        _ = language.gettext
        card = Card(look, _("How far it has come"))
        text2 = look.theme.tokens.text2
        phases = {one.code: one.name.in_language(language.code) for one in found.catalogue.phases}
        card.body.addWidget(PlainLabel(look, phases[found.step.phase], style=TextStyle.STRONG))
        if found.reason is not None:
            name = found.reason.name.in_language(language.code)
            card.body.addWidget(PlainLabel(look, name))
        if found.step.left_open:
            self._add_told(card, _("Left without an answer, because"), found.step.left_open)
        if found.reviewed_on is not None:
            text = _("Written {date}").format(date=language.date_long(found.reviewed_on))
            card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        if form is not None:
            self._unanswered = PlainLabel(look)
            self._unanswered.setObjectName("unanswered")
            card.body.addWidget(self._unanswered)
            text = _("Close the case on its first page. What has no answer then needs a reason.")
            card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
            form.changed.connect(self._count)
            self._count()
        return card

    @Slot()
    def _count(self) -> None:
        form, found = self._model.form, self._model.found
        if form is not None and found is not None and self._unanswered is not None:
            count = form.unanswered + found.unseen
            self._unanswered.show_text(unanswered_text(count, self._look.language))

    def _ways_out(self, form: TextForm) -> FormFoot:
        look, model = self._look, self._model
        _ = look.language.gettext

        def missing() -> str:
            if form is model.look:
                return _("Write what was found.") if LOOK in form.missing else ""
            return missing_text(form, look.language)

        return FormFoot(
            look,
            form,
            missing=missing,
            text=_("Store what is written"),
            send=model.keep,
            cancel_text=_("Throw away"),
            cancel=model.throw_away,
        )


def _code_of(outcome: GoalOutcome | None) -> str:
    return "" if outcome is None else outcome.value
