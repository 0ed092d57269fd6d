"""What is filled in beside the matrix, in place of the inspector."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from trygga_desktop.domain.consent_events import Barred, Excepted, Excluded, Limited, View
from trygga_desktop.domain.signing import ExceptionStatus
from trygga_desktop.i18n import Language
from trygga_desktop.ui.consent_words import ConsentNames, is_too_long, length_text, read_day
from trygga_desktop.ui.screens.consents.forms import LiftForm, OpinionForm, WithdrawForm
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox, TextArea, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page import bring_into_view
from trygga_desktop.ui.widgets.segments import Segment, Segments
from trygga_desktop.ui.widgets.text import make_visible

_WORDS_HEIGHT = 76


class Panel(Card):
    """A title, what is asked, and two buttons; what is missing stands above them."""

    def __init__(
        self, model: ConsentsViewModel, look: Look, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, title, parent=parent)
        self.setObjectName("panel")
        self._model = model
        self._look = look
        self.first_focus: QWidget = self
        self._left: QWidget | None = None
        self._asked = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away with Escape, after being asked where something is filled in."""
        if event.key() == Qt.Key.Key_Escape and not self._model.is_working:
            self._model.leave_panel()
        else:
            super().keyPressEvent(event)

    def _end(self, submit: str, kind: ButtonKind) -> None:
        _ = self._look.language.gettext
        text2 = self._look.theme.tokens.text2
        self._missing = PlainLabel(self._look, style=TextStyle.SECONDARY, colour=text2)
        self.body.addWidget(self._missing)
        self._cancel = cancel = Button(self._look, _("Cancel"))
        cancel.setObjectName("cancel")
        cancel.clicked.connect(self._model.cancel)
        self._submit = Button(self._look, submit, kind)
        self._submit.setObjectName("submit")
        self._submit.clicked.connect(self._model.submit)
        cancel.across()
        self._submit.across()
        self.body.addWidget(cancel)
        self.body.addWidget(self._submit)
        self._build_question()
        self._model.changed.connect(self._follow)
        self._follow()

    def _build_question(self) -> None:
        _ = self._look.language.gettext
        question = _("Discard what you have filled in?")
        self._question = PlainLabel(self._look, question, style=TextStyle.STRONG)
        self._keep = Button(self._look, _("Keep it"))
        self._keep.setObjectName("keep")
        self._keep.setAccessibleDescription(question)
        self._keep.clicked.connect(self._go_on)
        self._discard = Button(self._look, _("Discard"), ButtonKind.DANGER)
        self._discard.setObjectName("discard")
        self._discard.clicked.connect(self._model.cancel)
        self.body.addWidget(self._question)
        for one in (self._keep, self._discard):
            one.across()
            self.body.addWidget(one)

    @Slot()
    def _go_on(self) -> None:
        self._model.ask_to_discard(asks=False)

    def _follow_question(self) -> None:
        """Let the question stand in place of the buttons, and the focus come back after it."""
        asks = self._model.asks_to_discard
        focus = focus_in(self)
        for one in (self._question, self._keep, self._discard):
            one.setVisible(asks)
        for one in (self._cancel, self._submit):
            one.setHidden(asks)
        if asks and not self._asked:
            self._left = focus
            self._keep.setFocus(Qt.FocusReason.OtherFocusReason)
            bring_into_view(self._discard)
        elif self._asked and not asks:
            # What was left may be gone: it is looked for among what is still there.
            there = [one for one in self.findChildren(QWidget) if one is self._left]
            back = there[0] if there and there[0].isVisible() else self.first_focus
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._asked = asks

    @Slot()
    def _follow(self) -> None:
        self._follow_question()
        may = self._model.may_submit
        if self._submit.hasFocus() and not may:
            self.first_focus.setFocus()
        self._submit.setEnabled(may)
        is_silent = may or self._model.is_working or self._model.asks_to_discard
        line = "" if is_silent else self._what_is_missing()
        self._missing.show_text(line)
        self._missing.setVisible(bool(line))
        self._submit.setAccessibleDescription(line)

    def _what_is_missing(self) -> str:
        return ""

    def _day_field(self, text: str) -> TextInput:
        _ = self._look.language.gettext
        day = TextInput(self._look, text=text, longest=10)
        day.setObjectName("panel day")
        self._day_of_panel = Field(self._look, _("Day"), day)
        self.body.addWidget(self._day_of_panel)
        return day

    def _judge_day(self, text: str) -> None:
        _ = self._look.language.gettext
        day = read_day(text)
        if day is None:
            hint = _("Write the day as 2026-11-26.")
            self._day_of_panel.show_state(FieldState.BAD, hint)
        elif day > self._model.today:
            self._day_of_panel.show_state(FieldState.BAD, _("That day has not come yet."))
        else:
            self._day_of_panel.show_state(FieldState.PLAIN)


class WithdrawPanel(Panel):
    """Who takes back, everything or which organisations, from what day."""

    def __init__(
        self, model: ConsentsViewModel, look: Look, form: WithdrawForm, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        super().__init__(model, look, _("Somebody takes it back"))
        self._form = form
        self._names = names
        text2 = look.theme.tokens.text2
        text = _("It counts at once, and nobody has to say why.")
        self.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        able = names.in_order(model.may_take_back)
        people = [(names.full_name(one), one) for one in able]
        choices: list[tuple[str, object]] = [*people]
        if form.signer is None:
            choices.insert(0, (_("Choose"), None))
        self._who = ComboBox(look, choices)
        self._who.setObjectName("who")
        self._who.choose(form.signer)
        self._who.activated.connect(self._choose_signer)
        self.body.addWidget(Field(look, _("Who takes it back"), self._who))
        self._what = Segments(
            look,
            _("What is taken back"),
            [Segment(True, _("Everything")), Segment(False, _("A part"))],
            current=form.everything,
        )
        self._what.chosen.connect(self._choose_what)
        self.body.addWidget(self._what)
        self._parts = QWidget()
        self._boxes: dict[UUID, CheckBox] = {}
        self.body.addWidget(self._parts)
        self._parts.hide()
        self._day = self._day_field(form.day)
        self._day.textEdited.connect(self._type_day)
        self.first_focus = self._who
        self._show_parts()
        self._end(_("Record that it is taken back"), ButtonKind.DANGER)

    def _what_is_missing(self) -> str:
        _ = self._look.language.gettext
        if self._form.signer is None:
            return _("Choose who takes it back.")
        if not self._form.everything and not self._form.organisations:
            return _("Choose what is taken back.")
        return _("The day is not right.")

    @Slot()
    def _choose_signer(self) -> None:
        self._form.signer = self._who.currentData()
        self._form.organisations.clear()
        self._show_parts()
        self._model.panel_changed()

    @Slot(object)
    def _choose_what(self, everything: object) -> None:
        self._form.everything = bool(everything)
        self._show_parts()
        self._model.panel_changed()

    def _show_parts(self) -> None:
        for box in self._boxes.values():
            self.body.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        if self._form.everything or self._form.signer is None:
            return
        place = self.body.indexOf(self._parts)
        covered = self._model.may_take_back.get(self._form.signer, frozenset())
        for one in sorted(covered, key=self._names.organisation):
            name = self._names.own_name(one)
            box = CheckBox(self._look, name, checked=one in self._form.organisations)
            box.toggled.connect(partial(self._tick, one))
            self._boxes[one] = box
            place += 1
            self.body.insertWidget(place, box)
        chain: list[QWidget] = [*self._boxes.values(), self._day]
        previous: QWidget = self._what
        for widget in chain:
            QWidget.setTabOrder(previous, widget)
            previous = widget

    def _tick(self, organisation_id: UUID, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        if checked:
            self._form.organisations.add(organisation_id)
        else:
            self._form.organisations.discard(organisation_id)
        self._model.panel_changed()

    @Slot(str)
    def _type_day(self, text: str) -> None:
        self._form.day = text
        self._judge_day(text)
        self._model.panel_changed()


class OpinionPanel(Panel):
    """What somebody who does not sign thinks, in their own words."""

    def __init__(
        self, model: ConsentsViewModel, look: Look, form: OpinionForm, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        name = names.person(form.person)
        super().__init__(model, look, _("What does {name} think?").format(name=name))
        self._form = form
        self._view = Segments(
            look,
            _("Opinion"),
            [Segment(View.AGREES, _("Agrees")), Segment(View.DISAGREES, _("Does not agree"))],
            current=form.view,
        )
        self._view.chosen.connect(self._choose_view)
        self.body.addWidget(self._view)
        self._words = TextArea(look, text=form.words, rows=3)
        self._words.setObjectName("words")
        self._words.setFixedHeight(look.theme.px(_WORDS_HEIGHT))
        self._words.textChanged.connect(self._type_words)
        self._said = Field(look, _("In their own words"), self._words)
        self.body.addWidget(self._said)
        self._weighed = TextArea(look, text=form.weighed, rows=3)
        self._weighed.setObjectName("weighed")
        self._weighed.setFixedHeight(look.theme.px(_WORDS_HEIGHT))
        self._weighed.textChanged.connect(self._type_weighed)
        self._how = Field(look, _("Who weighed the no, how and why"), self._weighed)
        self.body.addWidget(self._how)
        self._how.setVisible(form.view is View.DISAGREES)
        self._day = self._day_field(form.day)
        self._day.textEdited.connect(self._type_day)
        self.first_focus = self._words
        self._judge_length()
        self._end(_("Record the opinion"), ButtonKind.PRIMARY)

    def _what_is_missing(self) -> str:
        _ = self._look.language.gettext
        if self._form.view is None:
            return _("Choose what the opinion is.")
        if not self._form.words.strip():
            return _("Write down what was said.")
        if self._form.is_too_long:
            return length_text(self._look.language)
        return _("The day is not right.")

    @Slot(object)
    def _choose_view(self, view: object) -> None:
        self._form.view = View(str(view))
        self._how.setVisible(self._form.view is View.DISAGREES)
        self._model.panel_changed()

    @Slot()
    def _type_words(self) -> None:
        self._form.words = self._words.toPlainText()
        self._judge_length()
        self._model.panel_changed()

    @Slot()
    def _type_weighed(self) -> None:
        self._form.weighed = self._weighed.toPlainText()
        self._judge_length()
        self._model.panel_changed()

    def _judge_length(self) -> None:
        hint = self._look.language.gettext("Until it is written down, nothing is shared.")
        _show_length(self._said, self._form.words, self._look.language)
        _show_length(self._how, self._form.weighed, self._look.language, hint)

    @Slot(str)
    def _type_day(self, text: str) -> None:
        self._form.day = text
        self._judge_day(text)
        self._model.panel_changed()


class LiftPanel(Panel):
    """Whether something that was asked for really holds no more."""

    def __init__(
        self, model: ConsentsViewModel, look: Look, form: LiftForm, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        super().__init__(model, look, _("Does this hold no more?"))
        view = model.view
        terms: list[Excluded | Limited | Excepted] = []
        if view is not None:
            excepted = [one.exception for one in view.signing.exceptions]
            terms = [*view.exclusions, *view.limits, *excepted]
        term = next((one for one in terms if one.id == form.what), None)
        self._tell_kept(form)
        if term is not None:
            self.body.addWidget(PlainLabel(look, f"”{make_visible(term.words)}”"))
            text = _("Has {name} signed that it is taken away?")
            if isinstance(term, Excepted):
                text = self._what_follows(term)
            person = term.signer if isinstance(term, Excepted) else term.asked_by
            text = text.format(name=names.person(person))
            self.body.addWidget(PlainLabel(look, text, style=TextStyle.STRONG))
        self._end(_("Yes, take it away"), ButtonKind.DANGER)
        cancel = self.findChild(Button, "cancel")
        if isinstance(cancel, Button):
            self.first_focus = cancel

    def _tell_kept(self, form: LiftForm) -> None:
        """Say what is kept back, where that is what would hold no more."""
        view = self._model.view
        for one in () if view is None else view.history:
            if isinstance(one.what, Barred) and one.what.bar.id == form.what:
                words = f"”{make_visible(one.what.words)}”"
                self.body.addWidget(PlainLabel(self._look, words))
                text = self._look.language.gettext(
                    "Has whoever decided it said so? Then the consents alone decide what is told."
                )
                self.body.addWidget(PlainLabel(self._look, text, style=TextStyle.STRONG))

    def _what_follows(self, exception: Excepted) -> str:
        _ = self._look.language.gettext
        texts: Mapping[ExceptionStatus, str] = {
            ExceptionStatus.IN_FORCE: _("Then {name} must sign again."),
            ExceptionStatus.WAITING: _("It does not count yet: {name} must sign as before."),
            ExceptionStatus.ANSWERED: _("{name} has answered, so it changes nothing."),
            ExceptionStatus.APART: _(
                "It never did without the signature: {name} must sign as before."
            ),
            ExceptionStatus.ENDED: _("It has ended: {name} must sign as before."),
        }
        view = self._model.view
        standings = () if view is None else view.signing.exceptions
        status = [one.status for one in standings if one.exception is exception]
        return texts[status[0] if status else ExceptionStatus.ENDED]


def _show_length(field: Field, words: str, language: Language, hint: str = "") -> None:
    if is_too_long(words):
        field.show_state(FieldState.BAD, length_text(language))
    else:
        field.show_state(FieldState.PLAIN, hint)


def panel_for(model: ConsentsViewModel, look: Look, names: ConsentNames) -> Panel | None:
    """Return the panel for what is being filled in, if anything is."""
    match model.panel:
        case WithdrawForm():
            return WithdrawPanel(model, look, model.panel, names)
        case OpinionForm():
            return OpinionPanel(model, look, model.panel, names)
        case LiftForm():
            return LiftPanel(model, look, model.panel, names)
        case _:
            return None
