"""The sheets of the agencies, one at a time: each line as on the paper, what is recorded beside."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.answers.form import AnswersForm, Line
from trygga_desktop.ui.screens.answers.view_model import AnswersState, AnswersViewModel
from trygga_desktop.ui.screens.answers.words import (
    hint_of,
    label_of,
    missing_text,
    sheet_name,
)
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.text_form import Hint
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.chips import Chip, Chips
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.form_page import FormPage
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, FormFoot
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 360
_NARROW = 820
_ROWS = 2
_MOST_TYPED = 30


class AnswersView(FormPage):
    """Focus starts in the first line. Ctrl+Enter records the sheet, Alt+Left goes back."""

    def __init__(self, model: AnswersViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        back = Button(look, _("The meetings"), ButtonKind.LINK, icon="arrow-left", small=True)
        super().__init__(back, parent)
        self._model = model
        self._look = look
        self._back = back
        self._back.setObjectName("the meetings")
        self._back.clicked.connect(model.go_back)
        self._leading_on: list[QWidget] = []
        self._lines: list[FormField] = []
        self._chips: Chips | None = None
        self._built: object = None
        self._told: object = None
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Record the sheet"), ("Ctrl+Return", "Ctrl+Enter"), model.record),
            Command(_("Next sheet"), ("F8",), self._next_sheet),
            Command(_("Back to the meetings"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the first line, or the way back while there is none."""
        return self._lines[0].input if self._lines else self._back

    @Slot()
    def _show(self) -> None:
        model, form = self._model, self._model.form
        sheet = None if form is None else form.sheet
        built = (model.state, form, sheet, model.is_sealed)
        if built != self._built:
            is_first = self._built is None
            had_chip = self._chips is not None and any(one.hasFocus() for one in self._chips.chips)
            self._built, self._told = built, None
            self._lines, self._chips, self._leading_on = [], None, []
            parts = self._build()
            self.show_parts(parts, self._leading_on)
            if not is_first:
                self._focus_again(on_chips=had_chip)
        self._show_banners()

    def _focus_again(self, *, on_chips: bool) -> None:
        """Go on where one was: between the sheets with the arrow keys, or in the first line."""
        chips = () if self._chips is None else self._chips.chips
        chosen = next((one for one in chips if one.isChecked()), None)
        place = chosen if on_chips and chosen is not None else self.first_focus
        place.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_banners(self) -> None:
        model, look = self._model, self._look
        told = (model.trouble, model.recorded, model.is_sealed)
        if told == self._told:
            return
        self._told = told
        banners: list[QWidget] = []
        _ = look.language.gettext
        if model.state is not AnswersState.READY:
            self.show_banners(())
            return
        if model.is_sealed:
            text = _("The protocol is sealed: nothing more is written at the meeting.")
            banners.append(banner(look, text, tone=Tone.INFO, icon="lock"))
        elif model.trouble is not None:
            banners.append(trouble_banner(look, model.trouble))
        elif model.recorded:
            title = _("{agency}: the sheet is recorded").format(
                agency=sheet_name(model.recorded, look.language)
            )
            text = _("Its answers stand at their items, for those who may see them.")
            done = banner(look, text, tone=Tone.OK, title=title, icon="circle-check")
            banners.append(done)
        self.show_banners(banners)

    def _build(self) -> list[QWidget]:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.form is not None and model.found is not None:
            return [self._header(), *self._build_form(model.form)]
        if model.state is AnswersState.FAILED and model.trouble is not None:
            return [problem_card(look, explain(model.trouble, look.language))]
        if model.state is AnswersState.SLOW:
            text = _("The meeting is being opened.")
            return [self._empty("hourglass", _("One moment"), text)]
        return []

    def _empty(self, icon: str, title: str, text: str) -> Card:
        card = Card(self._look)
        card.body.addWidget(EmptyState(self._look, icon=icon, title=title, text=text))
        return card

    def _header(self) -> QWidget:
        found, look = self._model.found, self._look
        _ = look.language.gettext
        if found is None:
            return QWidget()
        crumbs = [make_visible(found.case_number, lines=False), _("Meetings")]
        title = _("Type in the sheets, meeting {number}").format(number=found.number)
        return PageHeader(look, title, crumbs=crumbs)

    def _build_form(self, form: AnswersForm) -> list[QWidget]:
        look = self._look
        _ = look.language.gettext
        if form.sheet is None:
            text = _("Sheets are for agencies. Nobody of any is invited.")
            return [self._empty("clipboard-list", _("There is no sheet"), text)]
        if self._model.is_sealed:
            return [self._chips_of(form), self._typed_card(form)]
        main, side = QWidget(), QWidget()
        left, right = QVBoxLayout(main), QVBoxLayout(side)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.L)
        left.addWidget(self._lines_card(form))
        left.addStretch(1)
        right.addWidget(self._place_card(form))
        right.addWidget(self._typed_card(form))
        self._leading_on = [self._ways_out(form)]
        right.addStretch(1)
        body = TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW)
        return [self._chips_of(form), body]

    def _chips_of(self, form: AnswersForm) -> Chips:
        look, found = self._look, self._model.found
        chips = Chips(look, look.language.gettext("Whose sheet"))
        sheets = () if found is None else found.sheets
        for one in sheets:
            chips.add(Chip(look, sheet_name(one.name, look.language), icon="clipboard-list"))
        ids = [one.organisation_id for one in sheets]
        if form.organisation_id in ids:
            chips.check(ids.index(form.organisation_id))
        chips.chosen.connect(self._choose)
        self._chips = chips
        return chips

    def _lines_card(self, form: AnswersForm) -> Card:
        look = self._look
        language = look.language
        _ = language.gettext
        card = Card(look, _("What stands on the sheet"), note=_("Word for word."))
        for number, line in enumerate(form.lines, start=1):
            field = FormField(
                look,
                form,
                line.field,
                label_of(line, language),
                hint=self._hint_for(form, line),
                rows=_ROWS,
            )
            field.input.setObjectName(f"answer {number}")
            # What is longer is scrolled: the sheet is to be seen as a whole.
            field.input.setMaximumHeight(look.theme.px(28 * _ROWS))
            self._lines.append(field)
            card.body.addWidget(field)
        return card

    def _hint_for(self, form: AnswersForm, line: Line) -> Callable[[str], Hint]:
        language = self._look.language
        return lambda _field: hint_of(form, line, language)

    def _place_card(self, form: AnswersForm) -> Card:
        look, found, sheet = self._look, self._model.found, form.sheet
        language = look.language
        _ = language.gettext
        card = Card(look, _("Where it belongs"))
        text2 = look.theme.tokens.text2
        text = _(
            "Answers to the questions of the meeting stand at their items. These are for the first "
            "four lines."
        )
        card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        items = [
            (make_visible(one.title, lines=False) or _("Private item"), one.id)
            for one in (() if sheet is None else sheet.agenda)
        ]
        card.body.addWidget(
            ChoiceField(
                look,
                _("Item of the agenda"),
                list(items),
                chosen=form.agenda_id,
                name="item of the answers",
                choose=lambda one: form.choose_item(UUID(str(one))),
            ).follow(form, lambda: form.agenda_id)
        )
        categories: list[tuple[str, object]] = [(_("That of the item"), "")]
        categories += [
            (one.name.in_language(language.code), one.code)
            for one in (() if found is None else found.categories)
        ]
        card.body.addWidget(
            ChoiceField(
                look,
                _("What it is about"),
                categories,
                chosen=form.category,
                name="category of the answers",
                choose=lambda one: form.choose_category(str(one)),
            ).follow(form, lambda: form.category)
        )
        return card

    def _typed_card(self, form: AnswersForm) -> Card:
        look, sheet = self._look, form.sheet
        _ = look.language.gettext
        card = Card(look, _("Noted as theirs at this meeting"))
        typed: tuple[ShownEntry, ...] = () if sheet is None else sheet.typed[-_MOST_TYPED:]
        titles = {} if sheet is None else {one.id: one.title for one in sheet.agenda}
        if not typed:
            text2 = look.theme.tokens.text2
            text = PlainLabel(look, _("Nothing yet."), style=TextStyle.SECONDARY, colour=text2)
            card.body.addWidget(text)
        for one in typed:
            noted = one.item.noted
            title = "" if noted is None else titles.get(noted.agenda_id, "")
            card.body.addWidget(
                IconRow(
                    look,
                    icon="message-square",
                    title=make_visible(one.item.text, lines=False, longest=400),
                    line=make_visible(title, lines=False),
                )
            )
        return card

    def _ways_out(self, form: AnswersForm) -> FormFoot:
        look, model = self._look, self._model
        _ = look.language.gettext
        return FormFoot(
            look,
            form,
            missing=lambda: missing_text(form, look.language),
            text=_("Record the sheet"),
            send=model.record,
            cancel_text=_("Throw away"),
            cancel=model.throw_away,
        )

    @Slot(int)
    def _choose(self, place: int) -> None:
        found = self._model.found
        if found is not None:
            self._model.choose(found.sheets[place].organisation_id)

    def _next_sheet(self) -> None:
        """Go on with the next sheet, and after the last with the first."""
        found, form = self._model.found, self._model.form
        if found is None or form is None or not found.sheets:
            return
        ids = [one.organisation_id for one in found.sheets]
        here = ids.index(form.organisation_id) if form.organisation_id in ids else -1
        self._model.choose(ids[(here + 1) % len(ids)])
