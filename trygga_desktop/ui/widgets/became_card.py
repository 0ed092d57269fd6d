"""What became of a commitment, where more is to be said than a state: a reason, a day, another."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.i18n import Language
from trygga_desktop.ui.becoming import STATES, BecameField, BecameForm, Becoming
from trygga_desktop.ui.due_words import rest_day, with_hour
from trygga_desktop.ui.text_form import DayFlaw, Hint, Mark
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, FormFoot, stops_in
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner

_LONGEST = 200


def state_word(state: CommitmentState, language: Language) -> str:
    """Return how a commitment stands."""
    _ = language.gettext
    return {
        CommitmentState.NOT_STARTED: _("Not begun"),
        CommitmentState.DOING: _("Under way"),
        CommitmentState.DONE: _("Done"),
        CommitmentState.NOT_POSSIBLE: _("Not possible"),
        CommitmentState.NOT_DONE: _("Did not happen"),
        CommitmentState.CHANGED: _("Changed to another"),
        CommitmentState.FROZEN: _("Rests"),
    }[state]


class BecameCard(Card):
    """Each state shows the fields that belong to it. Focus starts on the state."""

    def __init__(self, becoming: Becoming, form: BecameForm, look: Look) -> None:
        _ = look.language.gettext
        super().__init__(look, _("What became of it"))
        self.setObjectName("what became of it")
        self._look = look
        self._form = form
        self._trouble: QWidget | None = None
        about = form.about
        parts = (
            _one_line(about.words),
            _one_line(about.who),
            with_hour(look.language.date_long(about.due), about.hour),
        )
        self.body.addWidget(PlainLabel(look, " · ".join(one for one in parts if one)))
        state = ChoiceField(
            look,
            _("How it stands"),
            [(state_word(one, look.language), one) for one in STATES],
            chosen=form.state,
            name="became state",
            choose=form.choose_state,
        ).follow(form, lambda: form.state)
        self.first_focus: QWidget = state.combo
        self._reason = ComboBox(look, [])
        self._reason.setObjectName("became reason")
        why = Field(look, _("Why"), self._reason)
        self._reason.activated.connect(self._choose_reason)
        self._fields: dict[BecameField, Field] = {
            BecameField.SUCCESSOR: self._successors(),
            BecameField.NEW_DUE: self._typed(BecameField.NEW_DUE, _("Another last day")),
            BecameField.HAPPENED_ON: self._typed(
                BecameField.HAPPENED_ON, _("Since which day, if not today")
            ),
            BecameField.TOLD_BY: ChoiceField(
                look,
                _("Who told it"),
                [
                    (_("Nobody is named"), None),
                    *((_one_line(name), one) for one, name in form.told.people),
                ],
                chosen=form.told_by,
                name="became told by",
                choose=form.choose_teller,
            ).follow(form, lambda: form.told_by),
            BecameField.EVIDENCE: self._typed(
                BecameField.EVIDENCE, _("How did it go, and how do you know?"), rows=2
            ),
        }
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.M)
        rows: tuple[tuple[QWidget, int, int, int], ...] = (
            (state, 0, 0, 1),
            (why, 0, 1, 1),
            (self._fields[BecameField.SUCCESSOR], 1, 0, 2),
            (self._fields[BecameField.NEW_DUE], 2, 0, 1),
            (self._fields[BecameField.HAPPENED_ON], 2, 0, 1),
            (self._fields[BecameField.TOLD_BY], 2, 1, 1),
            (self._fields[BecameField.EVIDENCE], 3, 0, 2),
        )
        for part, row, column, span in rows:
            # Level with its neighbour, below which a hint may stand.
            self._grid.addWidget(part, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 1)
        self.body.addLayout(self._grid)
        self._foot = FormFoot(
            look,
            form,
            missing=self._missing,
            text=_("Note it"),
            send=becoming.send,
            cancel_text=_("Not now"),
            cancel=becoming.close,
            nothing=_("Nothing is changed yet."),
        )
        self.body.addWidget(self._foot)
        form.changed.connect(self._show)
        form.replaced.connect(self._show)
        self._show()

    @property
    def in_order(self) -> list[QWidget]:
        """Return everything that Tab reaches, as one reads it."""
        return stops_in(self)

    def _successors(self) -> ChoiceField:
        _ = self._look.language.gettext
        form = self._form
        found = ChoiceField(
            self._look,
            _("What came in its place"),
            [
                (_("Choose what was promised instead"), None),
                *(
                    (" · ".join((_one_line(one.words), _one_line(one.who))), one.id)
                    for one in form.successors
                ),
            ],
            chosen=form.successor,
            name="became successor",
            choose=form.choose_successor,
        ).follow(form, lambda: form.successor)
        if not form.successors:
            found.show_state(
                FieldState.PLAIN,
                _("Nothing else is promised. Write at the meeting what is, or put it in the plan."),
            )
        return found

    def _typed(self, field: BecameField, label: str, *, rows: int = 0) -> FormField:
        found = FormField(self._look, self._form, field, label, hint=self._hint, rows=rows)
        found.input.setObjectName(f"became {field}")
        if rows:
            found.input.setMaximumHeight(self._look.theme.px(34 + 22 * rows))
        return found

    @Slot()
    def _choose_reason(self) -> None:
        self._form.choose_reason(self._reason.currentData())

    @Slot()
    def _show(self) -> None:
        form, code = self._form, self._look.language.code
        _ = self._look.language.gettext
        nothing = _("Choose why") if form.needs_reason else _("No reason")
        choices = [(nothing, "")]
        choices += [(one.name.in_language(code), one.code) for one in form.reasons]
        if choices != [
            (self._reason.itemText(at), self._reason.itemData(at))
            for at in range(self._reason.count())
        ]:
            self._reason.clear()
            for text, value in choices:
                self._reason.addItem(text, value)
        self._reason.choose(form.reason)
        for field, part in self._fields.items():
            part.setVisible(field in form.asks)
        if self._trouble is not None:
            take_out(self._trouble)
            self._trouble = None
        if form.trouble is not None:
            self._trouble = trouble_banner(self._look, form.trouble)
            self.body.insertWidget(1, self._trouble)

    def _hint(self, field: str) -> Hint:
        form, language = self._form, self._look.language
        _ = language.gettext
        flaw = form.refused.get(field, "")
        if flaw:
            return Hint(Mark.BAD, self._flaw_words(field, flaw))
        if field not in {BecameField.NEW_DUE, BecameField.HAPPENED_ON} or not form.tidy(field):
            return Hint(Mark.PLAIN)
        found = form.until(field)
        if form.day_flaw(field) is DayFlaw.IN_THE_FUTURE:
            return Hint(Mark.BAD, _("That day is still to come."))
        if isinstance(found, DayFlaw):
            left = field in form.left_fields
            return Hint(Mark.BAD if left else Mark.TYPING, self._how(field))
        day, hour = found
        text = rest_day(day, language) if field == BecameField.NEW_DUE else ""
        if text:
            return Hint(Mark.WARN, text)
        takes_hour = field == BecameField.NEW_DUE and form.told.goes_by_hours
        may_add = _("An hour can stand behind the day, as 14:30.")
        return Hint(Mark.PLAIN, may_add if takes_hour and hour is None else "")

    def _how(self, field: str) -> str:
        """Return how a day is written."""
        _ = self._look.language.gettext
        if field == BecameField.NEW_DUE and self._form.told.goes_by_hours:
            return _("Write the day as 2026-12-24, and an hour behind it as 14:30.")
        return _("Write the day as 2026-12-24.")

    def _flaw_words(self, field: str, flaw: str) -> str:
        _ = self._look.language.gettext
        words = {
            (BecameField.HAPPENED_ON, "future"): _("That day is still to come."),
            (BecameField.HAPPENED_ON, "before"): _("It had not been promised then."),
            (BecameField.EVIDENCE, "length"): _("The text is too long."),
        }
        return words.get((BecameField(field), flaw), _("This cannot be saved as it stands."))

    def _missing(self) -> str:
        _ = self._look.language.gettext
        words = {
            BecameField.REASON: _("Say why."),
            BecameField.SUCCESSOR: _("Choose what came in its place."),
            BecameField.NEW_DUE: self._how(BecameField.NEW_DUE),
            BecameField.HAPPENED_ON: _("Write the day as 2026-12-24, today at the latest."),
            BecameField.EVIDENCE: _("The text is too long."),
        }
        return next((words[one] for one in self._form.missing if one in words), "")


def _one_line(text: str) -> str:
    return make_visible(text, lines=False, longest=_LONGEST)
