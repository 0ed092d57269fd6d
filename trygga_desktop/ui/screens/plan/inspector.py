"""All about the line that is chosen: its words, who does it and when, and who may be told."""

from collections.abc import Iterable
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.plan import LineKind, PlanLine, Term
from trygga_desktop.services.plan_teller import Progress, ShownPlanLine
from trygga_desktop.services.plan_views import PlanView
from trygga_desktop.ui.agency_words import role_word
from trygga_desktop.ui.due_words import rest_day, resting_words
from trygga_desktop.ui.screens.plan.examples import ExampleGoals
from trygga_desktop.ui.screens.plan.instrument import InstrumentFields
from trygga_desktop.ui.screens.plan.view_model import PlanViewModel
from trygga_desktop.ui.screens.plan.words import (
    area_words,
    kind_words,
    one_line,
    state_words,
    term_words,
)
from trygga_desktop.ui.text_form import DayFlaw
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox, ListBox, TextArea, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.phrase_keys import PhraseKeys
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_NOBODY = "nobody"
_NAMED = "named"
_BOARD = "board"
_DAY, _DAY_AND_HOUR = "2026-12-24", "2026-12-24 14:30"


class Inspector(Card):
    """Stays while rows come and go: somebody writes in it. It has the fields of its line's kind."""

    def __init__(self, model: PlanViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.language.gettext("The line"), note=" ", parent=parent)
        self.setObjectName("line")
        self._model = model
        self._look = look
        self._people: object = None
        self._built_about: object = None
        _ = look.language.gettext
        self._nothing = PlainLabel(
            look,
            _("Choose a row, or press Enter to begin one."),
            style=TextStyle.SECONDARY,
            colour=look.theme.tokens.text2,
        )
        self.body.addWidget(self._nothing)
        self.examples = ExampleGoals(model, look)
        self.body.addWidget(self.examples, 0, Qt.AlignmentFlag.AlignLeft)
        self.words = self._area("words", _("Words"), 2)
        self.words.textChanged.connect(self._type_words)
        self._responsible = self._box("responsible", _("Who does it, and for whom"))
        self._responsible.activated.connect(self._choose_responsible)
        self.due = self._day("due", _("To be done by"))
        self.due.textEdited.connect(partial(self._type_day, self.due))
        self.follow_up = self._day("follow up", _("Asked about on"))
        self.follow_up.textEdited.connect(partial(self._type_day, self.follow_up))
        self._build_follow_up()
        self.own_part = self._area("own part", _("What the young person does"), 1)
        self.own_part.textChanged.connect(self._type_own_part)
        self._build_goal()
        self._instrument = InstrumentFields(model, look)
        self._instrument.used_on.textEdited.connect(self._type_used_on)
        self.body.addWidget(self._instrument)
        self._kind = self._box("kind", _("What kind of line"))
        for kind, word in kind_words(look.language).items():
            if kind is not LineKind.WISH:
                self._kind.addItem(word, kind)
        self._kind.activated.connect(self._choose_kind)
        self._place = self._box("area", _("Area of life"))
        self._place.activated.connect(self._choose_area)
        self._origin = self._box("origin", _("Whose information"))
        self._origin.activated.connect(self._choose_origin)
        self._build_own()
        self._tried = CheckBox(look, _("Touches no exclusion and passes no limit"))
        self._tried.setObjectName("tried")
        self._tried.toggled.connect(self._answer)
        self.body.addWidget(self._tried)
        self._about = QVBoxLayout()
        self._about.setSpacing(Space.S)
        self._about_parts: list[QWidget] = []
        self.body.addLayout(self._about)
        self.body.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return (
            self.examples,
            self.words,
            self._responsible,
            self.due,
            self.follow_up,
            self.state,
            self.evidence,
            self.more,
            self._instead,
            self.own_part,
            self._term,
            self.sign,
            *self._instrument.in_order,
            self._kind,
            self._place,
            self._origin,
            self.settle,
            self.said,
            self._tried,
        )

    def _area(self, name: str, label: str, rows: int) -> TextArea:
        area = TextArea(self._look, rows=rows)
        area.setObjectName(f"plan {name}")
        area.setMaximumHeight(self._look.theme.px(34 + 22 * rows))
        PhraseKeys(area, self._model.phrases, offers=True)
        self.body.addWidget(Field(self._look, label, area))
        return area

    def _box(self, name: str, label: str) -> ComboBox:
        box = ComboBox(self._look, [])
        box.setObjectName(f"plan {name}")
        self.body.addWidget(Field(self._look, label, box))
        return box

    def _day(self, name: str, label: str) -> TextInput:
        day = TextInput(self._look, placeholder=_DAY, longest=20)
        day.setObjectName(f"plan {name}")
        self.body.addWidget(Field(self._look, label, day))
        return day

    def _build_own(self) -> None:
        look, _ = self._look, self._look.language.gettext
        self.settle = Button(look, _("Keep this one"), icon="check", small=True)
        self.settle.setObjectName("keep this one")
        self.settle.clicked.connect(self._model.keep_this)
        self.body.addWidget(WrapRow([self.settle]))
        self.said = CheckBox(look, _("Said by the young person"))
        self.said.setObjectName("said by the young person")
        self.said.toggled.connect(self._say_who)
        self.body.addWidget(self.said)

    def _build_goal(self) -> None:
        language = self._look.language
        _ = language.gettext
        self._term = self._box("term", _("How far ahead"))
        for term, word in term_words(language).items():
            self._term.addItem(word, term)
        self._term.activated.connect(self._choose_term)
        self.sign = self._area("sign", _("This is how we know"), 1)
        self.sign.textChanged.connect(self._type_sign)

    def _build_follow_up(self) -> None:
        look, _ = self._look, self._look.language.gettext
        # Each step of an arrow key would be stored as how it stands.
        self.state = ListBox(look, [])
        self.state.setObjectName("plan state")
        self.body.addWidget(Field(look, _("How it stands"), self.state))
        self.state.activated.connect(self._choose_state)
        self.evidence = self._area("evidence", _("How did it go, and how do you know?"), 1)
        self.evidence.textChanged.connect(self._type_evidence)
        self._instead = Button(
            look, _("Put another in its place"), ButtonKind.GHOST, icon="split", small=True
        )
        self._instead.setObjectName("put in place")
        self._instead.clicked.connect(self._model.put_in_place)
        self.more = Button(
            look,
            _("Another day, a reason, changed…"),
            ButtonKind.GHOST,
            icon="message-square",
            small=True,
        )
        self.more.setObjectName("more became")
        self.more.clicked.connect(self._model.ask_what_became)
        self.body.addWidget(WrapRow([self.more, self._instead]))

    @Slot()
    def _type_words(self) -> None:
        line, text = self._model.line, self.words.toPlainText()
        if line is not None and not self._model.is_agreed and text != line.words:
            self._model.type_words(line.id, text)

    @Slot()
    def _type_sign(self) -> None:
        self._model.change(sign=self.sign.toPlainText())

    @Slot()
    def _type_own_part(self) -> None:
        if not self._model.is_agreed:
            self._model.change(own_part=self.own_part.toPlainText())

    @Slot()
    def _type_evidence(self) -> None:
        self._model.type_evidence(self.evidence.toPlainText())

    def _type_day(self, field: TextInput, text: str) -> None:
        self._model.type_day(text, is_due=field is not self.follow_up)
        self._tell_day(field)

    @Slot(str)
    def _type_used_on(self, text: str) -> None:
        self._type_day(self._instrument.used_on, text)

    def _tell_day(self, field: TextInput) -> None:
        """Say below a day that it is none, or that nobody works then."""
        holder = field.parentWidget()
        if not isinstance(holder, Field):
            return
        _ = self._look.language.gettext
        takes_hour = field is self.due and self._model.takes_hour
        found = self._model.read_until(field.text(), is_due=field is not self.follow_up)
        if isinstance(found, DayFlaw):
            how = _("Write the day as 2026-12-24.")
            if takes_hour:
                how = _("Write the day as 2026-12-24, and an hour behind it as 14:30.")
            holder.show_state(FieldState.TYPING, how)
            return
        day, hour = found
        flaw = "" if day is None else self._day_flaw(field, day)
        if takes_hour and hour is None and not flaw:
            hint = _("An hour can stand behind the day, as 14:30.")
            holder.show_state(FieldState.PLAIN, hint)
            return
        holder.show_state(FieldState.WARN if flaw else FieldState.PLAIN, flaw)

    def _day_flaw(self, field: TextInput, day: date) -> str:
        language, view = self._look.language, self._model.view
        if field is not self._instrument.used_on:
            return rest_day(day, language)
        is_to_come = view is not None and day > view.today
        return language.gettext("That day has not come yet.") if is_to_come else ""

    @Slot()
    def _choose_kind(self) -> None:
        # Qt hands the word of a choice back, not the member of the enum.
        self._model.choose_kind(LineKind(str(self._kind.currentData())))

    @Slot()
    def _choose_area(self) -> None:
        self._model.put_into(str(self._place.currentData()))

    @Slot()
    def _choose_term(self) -> None:
        self._model.change(term=Term(str(self._term.currentData())))

    @Slot()
    def _choose_responsible(self) -> None:
        chosen = self._responsible.currentData()
        # Who stands in the line without a place in the case to be chosen by stays as they are.
        if chosen != _NAMED:
            self._model.choose_responsible(chosen if isinstance(chosen, UUID) else None)

    @Slot()
    def _choose_origin(self) -> None:
        chosen = self._origin.currentData()
        self._model.choose_origin(chosen if isinstance(chosen, UUID) else None)

    @Slot(bool)
    def _say_who(self, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.choose_said(is_theirs=checked)

    @Slot(bool)
    def _answer(self, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.answer_tried(is_tried=checked)

    @Slot()
    def _choose_state(self) -> None:
        chosen = self.state.currentData()
        if isinstance(chosen, tuple):
            state, reason = chosen
            self._model.change_state(state, reason)

    @Slot()
    def _show(self) -> None:
        model = self._model
        line, view = model.line, model.view
        self._fill(view)
        self.note.show_text("" if line is None else kind_words(self._look.language)[line.kind])
        self._nothing.setVisible(line is None)
        self._instrument.setVisible(line is not None and line.kind is LineKind.INSTRUMENT)
        shown = self._kinds_shown(line)
        for field in self.in_order:
            holder = field.parentWidget()
            (holder if isinstance(holder, Field) else field).setVisible(field in shown)
            if isinstance(holder, WrapRow):
                # An empty row would leave its room behind.
                holder.setVisible(field in shown)
        if line is not None and view is not None:
            self._show_line(line, view)
        self._show_about(line)

    def _kinds_shown(self, line: PlanLine | None) -> set[QWidget]:
        """Return the fields that a line of this kind has."""
        if line is None:
            return {self.examples} if self._model.examples else set()
        found: set[QWidget] = {self.words}
        if line.kind is not LineKind.WISH:
            found |= {self._kind, self._place, self._origin}
        if line.kind is LineKind.GOAL:
            found |= {self._term, self.sign}
        if line.kind is LineKind.STRENGTH:
            found.add(self.said)
        if line.kind is LineKind.INSTRUMENT:
            found.update(self._instrument.in_order)
        if line.kind is LineKind.ACTION:
            found |= {self._responsible, self.own_part, self.due, self.follow_up}
        if self._model.is_agreed:
            found |= {self.evidence, self.state, self.more, self._instead}
            found -= {self._kind, self._origin}
        if self._model.clashes:
            found.add(self.settle)
        if self._model.asks_tried:
            found.add(self._tried)
        return found

    def _show_line(self, line: PlanLine, view: PlanView) -> None:
        model = self._model
        self._put(self.words, line.words)
        self.words.setReadOnly(model.is_agreed)
        self._put(self.sign, line.sign)
        self._put(self.own_part, line.own_part)
        self.own_part.setReadOnly(model.is_agreed)
        self._put(self.evidence, model.evidence.get(line.id, self._known_evidence()))
        self._instrument.show_line(line, view.catalogue)
        self._kind.choose(line.kind)
        self._place.choose(line.area)
        self._term.choose(line.term)
        self.due.setPlaceholderText(_DAY_AND_HOUR if model.takes_hour else _DAY)
        self._show_responsible(line, view)
        self._responsible.setEnabled(not model.is_agreed)
        self._origin.choose(
            _BOARD if line.origin_id in {None, view.controller_id} else line.origin_id
        )
        for field in (self.due, self.follow_up, self._instrument.used_on):
            text = model.day_text(is_due=field is not self.follow_up)
            if field.text() != text and not field.hasFocus():
                field.setText(text)
            self._tell_day(field)
        self.said.blockSignals(True)
        self.said.setChecked(line.said_by == view.subject_id)
        self.said.blockSignals(False)
        self._tried.blockSignals(True)
        self._tried.setChecked(line.id in model.tried)
        self._tried.blockSignals(False)
        self._show_states(line)

    def _show_responsible(self, line: PlanLine, view: PlanView) -> None:
        """Choose who is responsible; whoever nobody can choose stands there by name."""
        box = self._responsible
        there = {one.party.id for one in view.people if one.party.holds_on(view.today)}
        named = box.findData(_NAMED)
        if named >= 0:
            box.removeItem(named)
        if line.party_id in there:
            box.choose(line.party_id)
        elif not line.responsible.strip():
            box.choose(_NOBODY)
        else:
            names = {one.id: one.name for one in view.organisations}
            whom = names.get(line.organisation_id or UUID(int=0), "")
            told = ", ".join(one_line(one) for one in (line.responsible, whom) if one)
            box.addItem(told, _NAMED)
            box.choose(_NAMED)

    def _known_evidence(self) -> str:
        shown = self._model.shown_line
        return "" if shown is None or shown.progress is None else shown.progress.evidence

    @staticmethod
    def _put(area: TextArea, text: str) -> None:
        if area.toPlainText() != text:
            area.blockSignals(True)
            area.setPlainText(text)
            area.blockSignals(False)

    def _show_states(self, line: PlanLine) -> None:
        view, shown = self._model.view, self._model.shown_line
        if view is None or shown is None or shown.progress is None:
            return
        _ = self._look.language.gettext
        code = self._look.language.code
        told = state_words(line, shown, self._look.language)
        choices: list[tuple[str, object]] = [
            (_("Stands as: {state}").format(state=told.word), None),
            (_("Not begun"), (CommitmentState.NOT_STARTED, "")),
            (_("Under way"), (CommitmentState.DOING, "")),
            (_("Done"), (CommitmentState.DONE, "")),
        ]
        for state in (CommitmentState.NOT_POSSIBLE, CommitmentState.NOT_DONE):
            choices += [
                (
                    _("Did not happen: {reason}").format(reason=one.name.in_language(code)),
                    (state, one.code),
                )
                for one in view.catalogue.reasons_for(state)
            ]
        self.state.clear()
        for text, value in choices:
            self.state.addItem(text, value)
        self.state.setCurrentIndex(0)

    def _fill(self, view: PlanView | None) -> None:
        """Offer who can be responsible and whose information it can be, when that has changed."""
        told = None if view is None else (view.people, view.organisations)
        if view is None or told == self._people:
            return
        self._people = told
        language = self._look.language
        _ = language.gettext
        self._responsible.clear()
        self._responsible.addItem(_("Nobody yet"), _NOBODY)
        for one in view.people:
            if one.party.holds_on(view.today):
                name = one_line(one.name)
                whom = one_line(one.organisation) or role_word(one.party.role, language).lower()
                self._responsible.addItem(f"{name}, {whom}", one.party.id)
        self._origin.clear()
        self._origin.addItem(_("The board itself"), _BOARD)
        for each in view.organisations:
            if each.id != view.controller_id:
                self._origin.addItem(one_line(each.name), each.id)
        self._place.clear()
        for area in view.catalogue.life_areas:
            self._place.addItem(area_words(area.code, view.catalogue, language), area.code)

    def _show_about(self, line: PlanLine | None) -> None:
        shown = self._model.shown_line
        built = (None if line is None else line.id, shown)
        if built == self._built_about:
            return
        self._built_about = built
        take_out(*self._about_parts)
        self._about_parts = []
        if shown is not None and self._model.view is not None:
            self._about_parts = [*self._told_of(shown), *self._audience(shown, self._model.view)]
        for part in self._about_parts:
            self._about.addWidget(part)

    def _told_of(self, shown: ShownPlanLine) -> Iterable[QWidget]:
        """Yield what is to be known of whoever is responsible."""
        language = self._look.language
        if shown.has_left:
            text = language.gettext(
                "Whoever is responsible has left the case. Agree on somebody else."
            )
            yield PlainLabel(
                self._look, text, style=TextStyle.SECONDARY, colour=self._look.theme.tokens.warn
            )
        if shown.progress is not None and shown.progress.ended_on is not None:
            yield PlainLabel(self._look, self._ended(shown.progress), style=TextStyle.SECONDARY)
        if shown.progress is not None and shown.progress.state is CommitmentState.FROZEN:
            yield PlainLabel(self._look, resting_words(language), style=TextStyle.SECONDARY)
        if shown.progress is not None and shown.progress.state.is_open:
            age = language.ngettext(
                "Agreed on {count} day ago.", "Agreed on {count} days ago.", shown.progress.age
            )
            yield PlainLabel(
                self._look,
                age.format(count=language.number(shown.progress.age)),
                style=TextStyle.SECONDARY,
                colour=self._look.theme.tokens.text2,
            )

    def _ended(self, progress: Progress) -> str:
        """Return since when it is over, and who said so."""
        language = self._look.language
        day = "" if progress.ended_on is None else language.date_long(progress.ended_on)
        people = () if self._model.view is None else self._model.view.people
        names = [one_line(one.name) for one in people if one.party.id == progress.told_by]
        if not names:
            return language.gettext("Over since {day}.").format(day=day)
        text = language.gettext("Over since {day}, as {name} told it.")
        return text.format(day=day, name=names[0])

    def _audience(self, shown: ShownPlanLine, view: PlanView) -> Iterable[QWidget]:
        """Yield who of the case may be told of the line."""
        look, _ = self._look, self._look.language.gettext
        others = [one for one in view.organisations if one.id != view.controller_id]
        if not others:
            return
        yield PlainLabel(look, _("May be raised with"), style=TextStyle.LABEL)
        pills = []
        for one in others:
            may = one.id not in shown.closed_to
            pills.append(
                Pill(
                    look,
                    self._agency(view, one.kind, one.name),
                    tone=Tone.OK if may else Tone.MUTE,
                    icon="check" if may else "minus",
                )
            )
        for pill, one in zip(pills, others, strict=True):
            if one.id in shown.closed_to:
                name = _("{organisation}: may not be told").format(organisation=pill.text())
                pill.setAccessibleName(name)
        yield WrapRow(pills)

    def _agency(self, view: PlanView, kind: str, name: str) -> str:
        try:
            return view.catalogue.agency(kind).short.in_language(self._look.language.code)
        except UnknownCodeError:
            return one_line(name)
