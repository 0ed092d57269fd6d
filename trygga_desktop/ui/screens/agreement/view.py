"""The agreement: the version that counts, the next one while it is written, and who signed."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.agreement import Side
from trygga_desktop.services.agreements import AgreementView, ShownAgreement
from trygga_desktop.ui.case_header import case_header
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.agreement.answer_card import AnswerCard
from trygga_desktop.ui.screens.agreement.form import AgreementField, AgreementForm, line_field
from trygga_desktop.ui.screens.agreement.view_model import AgreementViewModel, PageState
from trygga_desktop.ui.screens.agreement.words import (
    answer_line,
    hint_of,
    missing_text,
    side_title,
    state_pill,
    validity,
    version_title,
)
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.text_form import Hint
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.composed_label import ComposedLabel
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.form_page import FormPage
from trygga_desktop.ui.widgets.form_parts import FormField, FormFoot, side_by_side
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_SIDE = 360
_NARROW = 860
_ROWS = 1
_LINE_HEIGHT = 58
_LONGEST = 2_000


class AgreementScreen(FormPage):
    """Focus starts in the first line while one writes, else in the way to print."""

    def __init__(
        self, model: AgreementViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        _ = look.language.gettext
        back = Button(look, _("The case"), ButtonKind.LINK, icon="arrow-left", small=True)
        super().__init__(back, parent)
        self._model = model
        self._look = look
        self._back = back
        self._back.setObjectName("the case")
        self._back.clicked.connect(model.go_back)
        self._leading_on: list[QWidget] = []
        self._first: QWidget | None = None
        self._lines: dict[str, QWidget] = {}
        self._built: object = None
        self._told: object = None
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Store the version"), ("Ctrl+Return", "Ctrl+Enter"), model.keep),
            Command(_("Write the next version"), ("Ctrl+N",), model.begin),
            Command(_("Record the signature"), ("Ctrl+E",), model.record),
            Command(_("Print the agreement"), ("Ctrl+P",), model.want_papers),
            Command(_("The signed paper"), ("Ctrl+Shift+I",), model.want_scan),
            Command(_("Back to the case"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the first field or button, or the way back while there is none."""
        return self._first or self._back

    @Slot()
    def _show(self) -> None:
        model = self._model
        counts = () if model.form is None else tuple(model.form.counts.items())
        built = (
            model.state,
            model.found,
            model.form,
            model.answer,
            model.is_writing,
            counts,
            model.shown,
        )
        if built != self._built:
            is_first = self._built is None
            self._built, self._told = built, None
            self._leading_on, self._first, self._lines = [], None, {}
            parts = self._build()
            self.show_parts(parts, self._leading_on)
            if not is_first:
                self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_banners()

    def _show_banners(self) -> None:
        model, look = self._model, self._look
        told = (model.trouble,)
        if told == self._told or model.found is None:
            return
        self._told = told
        banners = []
        _ = look.language.gettext
        if not model.found.is_complete:
            text = _(
                "The agreement is not as it was left here. Ask the administrator to check the "
                "vault."
            )
            banners.append(banner(look, text, tone=Tone.BAD, icon="shield-question-mark"))
        if model.trouble is not None and model.state is PageState.READY:
            banners.append(trouble_banner(look, model.trouble))
        self.show_banners(banners)

    def _build(self) -> list[QWidget]:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.found is not None:
            return self._build_found(model.found)
        if model.state is PageState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            return [PageHeader(look, problem.title), problem_card(look, problem)]
        if model.state is PageState.SLOW:
            card = Card(look)
            text = _("The case is being opened.")
            state = EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            card.body.addWidget(state)
            return [card]
        return []

    def _build_found(self, found: AgreementView) -> list[QWidget]:
        look, model = self._look, self._model
        _ = look.language.gettext
        header = case_header(look, found.row, found.catalogue, actions=self._actions(found))
        title = PlainLabel(look, _("The agreement"), style=TextStyle.TITLE)
        if not found.has_agreement:
            card = Card(look)
            text = _("The programme of this case makes no agreement with the young person.")
            card.body.addWidget(
                EmptyState(look, icon="handshake", title=_("No agreement"), text=text)
            )
            return [header, title, card]
        main, side = QWidget(), QWidget()
        left, right = QVBoxLayout(main), QVBoxLayout(side)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.L)
        shown = model.shown
        if model.is_writing and model.form is not None:
            left.addWidget(self._days_card(model.form))
            for one in Side:
                left.addWidget(self._lines_card(model.form, one))
            self._leading_on = [self._ways_out(model.form)]
        elif shown is not None:
            left.addWidget(self._version_card(shown))
        else:
            text = _("None was written while the work went on.")
            left.addWidget(PlainLabel(look, text, colour=look.theme.tokens.text2))
        if model.answer is not None:
            right.addWidget(AnswerCard(model, look, model.answer))
        if found.versions:
            right.addWidget(self._versions_card(found))
        else:
            right.addWidget(self._meaning_card())
        left.addStretch(1)
        right.addStretch(1)
        body = TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW)
        return [header, title, body]

    def _actions(self, found: AgreementView) -> list[Button]:
        look, model = self._look, self._model
        _ = look.language.gettext
        actions = []
        if found.versions:
            printed = Button(look, _("Print"), ButtonKind.GHOST, icon="printer")
            printed.setObjectName("print")
            printed.setToolTip("Ctrl+P")
            printed.clicked.connect(model.want_papers)
            actions.append(printed)
        if found.versions and found.may_write and not model.is_writing:
            begin = Button(look, _("Write the next version"), icon="pencil")
            begin.setObjectName("next version")
            begin.setToolTip("Ctrl+N")
            begin.clicked.connect(model.begin)
            actions.append(begin)
        self._first = actions[0] if actions else None
        return actions

    def _days_card(self, form: AgreementForm) -> Card:
        look = self._look
        _ = look.language.gettext
        card = Card(look, _("Version {number}").format(number=form.based_on + 1))
        labels = {
            AgreementField.VALID_FROM: _("Holds from"),
            AgreementField.VALID_TO: _("Last day"),
        }
        first, last = (
            FormField(look, form, one, labels[one], hint=partial(self._hint, form))
            for one in AgreementField
        )
        card.body.addLayout(side_by_side(first, last))
        return card

    def _lines_card(self, form: AgreementForm, side: Side) -> Card:
        look = self._look
        language = look.language
        _ = language.gettext
        card = Card(look, side_title(side, language))
        for place in range(form.counts[side]):
            label = _("Line {number}").format(number=place + 1)
            field = FormField(
                look,
                form,
                line_field(side, place),
                label,
                hint=partial(self._hint, form),
                rows=_ROWS,
            )
            field.input.setObjectName(f"undertaking {len(self._lines)}")
            self._lines[line_field(side, place)] = field.input
            field.input.setMaximumHeight(look.theme.px(_LINE_HEIGHT))
            field.input.setAccessibleDescription(side_title(side, language))
            if side is Side.PERSON and not place:
                self._first = field.input
            card.body.addWidget(field)
        more = Button(look, _("One more line"), icon="plus", small=True)
        more.setObjectName(f"more {side.value}")
        more.setAccessibleDescription(side_title(side, language))
        more.clicked.connect(partial(self._add_line, form, side))
        card.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    @Slot()
    def _add_line(self, form: AgreementForm, side: Side, *_: object) -> None:
        form.add_line(side)
        self._show()
        added = self._lines.get(line_field(side, form.counts[side] - 1))
        if added is not None:
            added.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hint(self, form: AgreementForm, field: str) -> Hint:
        return hint_of(form, field, self._look.language)

    def _version_card(self, version: ShownAgreement) -> Card:
        look = self._look
        language = look.language
        card = Card(look, version_title(version, language))
        pill = state_pill(version, language)
        card.head.addWidget(Pill(look, pill.text, tone=pill.tone, icon=pill.icon))
        text2 = look.theme.tokens.text2
        card.body.addWidget(
            PlainLabel(look, validity(version, language), style=TextStyle.SECONDARY, colour=text2)
        )
        for side in Side:
            card.body.addWidget(Divider(look))
            title = side_title(side, language)
            card.body.addWidget(PlainLabel(look, title, style=TextStyle.STRONG))
            for one in version.lines:
                if one.side is side:
                    words = make_visible(one.item.text, longest=_LONGEST)
                    card.body.addWidget(PlainLabel(look, words))
        card.body.addWidget(Divider(look))
        scanned = Button(look, language.gettext("The signed paper"), icon="file-search", small=True)
        scanned.setObjectName("signed paper")
        scanned.setToolTip("Ctrl+Shift+I")
        scanned.clicked.connect(self._model.want_scan)
        card.body.addWidget(scanned, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _versions_card(self, found: AgreementView) -> Card:
        look = self._look
        language = look.language
        _ = language.gettext
        card = Card(look, _("Versions and signatures"))
        card.setObjectName("versions")
        text2 = look.theme.tokens.text2
        for place, version in enumerate(reversed(found.versions)):
            if place:
                card.body.addWidget(Divider(look))
            pill = state_pill(version, language)
            title = PlainLabel(look, version_title(version, language), style=TextStyle.STRONG)
            shown = Pill(look, pill.text, tone=pill.tone, icon=pill.icon)
            card.body.addWidget(title)
            card.body.addWidget(WrapRow([shown]))
            lines = [validity(version, language)]
            for answer in version.answers:
                lines.append(answer_line(answer, language))
                if answer.words:
                    lines.append(make_visible(answer.words, longest=_LONGEST))
            for one in lines:
                # A name of any script stands within our words.
                card.body.addWidget(
                    ComposedLabel(look, one, style=TextStyle.SECONDARY, colour=text2)
                )
            if version is not self._model.shown:
                card.body.addWidget(self._way_to(version), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _way_to(self, version: ShownAgreement) -> Button:
        look = self._look
        text = look.language.gettext("Show version {number}").format(number=version.number)
        way = Button(look, text, icon="eye", small=True)
        way.setObjectName(f"show version {version.number}")
        way.clicked.connect(partial(self._choose, version.number))
        return way

    @Slot()
    def _choose(self, number: int, *_: object) -> None:
        self._model.choose(number)

    def _meaning_card(self) -> Card:
        look = self._look
        _ = look.language.gettext
        card = Card(look, _("How it becomes an agreement"))
        text2 = look.theme.tokens.text2
        for text in (
            _("Go through each line with the young person, and write it in words that both use."),
            _("Store the version, print it, and let both sign the paper."),
            _("Record who signed, and when. A version that was stored is never changed."),
        ):
            card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        return card

    def _ways_out(self, form: AgreementForm) -> FormFoot:
        look, model = self._look, self._model
        _ = look.language.gettext
        return FormFoot(
            look,
            form,
            missing=lambda: missing_text(form, look.language),
            nothing=_("It says the same as the newest version."),
            text=_("Store version {number}").format(number=form.based_on + 1),
            send=model.keep,
            cancel_text=_("Throw away"),
            cancel=model.throw_away,
        )
