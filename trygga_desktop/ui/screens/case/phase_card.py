"""The phase of a case: the row of steps, and inline the form in which it goes on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.case import Phase
from trygga_desktop.ui.case_words import phase_label
from trygga_desktop.ui.ending_words import bars_text, unanswered_text
from trygga_desktop.ui.screens.case.glance import shown_steps
from trygga_desktop.ui.screens.case.phase import MOST_WORDS, Missing
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.inputs import ComboBox, TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.phase_steps import PhaseSteps
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner

_WORDS_HEIGHT = 96


class PhaseCard(Card):
    """Stays while the rest of the page is built anew: somebody may be writing in it."""

    def __init__(self, model: CaseViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._model = model
        self._form = model.phase
        self._look = look
        self.setObjectName("phase")
        self.body.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.L)
        self.body.addLayout(self._row)
        self._steps: QWidget | None = None
        self._shown: object = None
        self._told: list[QWidget] = []
        self._shown_trouble: object = (None, None)
        self._open = Button(look, look.language.gettext("Go on"), icon="arrow-right", small=True)
        self._open.setObjectName("go on")
        self._open.clicked.connect(self._ask)
        self._without = Button(
            look,
            look.language.gettext("Without names"),
            icon="venetian-mask",
            small=True,
        )
        self._without.setObjectName("without names")
        self._without.setAccessibleName(look.language.gettext("Consultation without names"))
        self._without.clicked.connect(model.consultation_wanted)
        self._row.addWidget(self._without, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._open, 0, Qt.AlignmentFlag.AlignVCenter)
        self._box = self._build_form()
        self.body.addWidget(self._box)
        model.changed.connect(self._show_steps)
        self._form.changed.connect(self._show_form)
        self._form.replaced.connect(self._replace)
        self._show_steps()
        self._fill()
        self._show_form()

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return (
            self._without,
            self._open,
            self._phase,
            self._reason,
            self._words,
            self._left_open,
            self._closing,
            self._cancel_button,
            self._confirm,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the form away with Escape, as with its button."""
        if event.key() == Qt.Key.Key_Escape and self._form.is_open and not self._form.is_working:
            self._cancel()
            return
        super().keyPressEvent(event)

    def _build_form(self) -> QWidget:
        look, _ = self._look, self._look.language.gettext
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(Divider(look))
        self._phase = ComboBox(look, [(_("Choose"), None)])
        self._phase.setObjectName("next phase")
        self._phase.activated.connect(self._choose)
        self._reason = ComboBox(look, [(_("Choose"), "")])
        self._reason.setObjectName("closing reason")
        self._reason.activated.connect(self._choose_reason)
        self._words = TextArea(look, text=self._form.words, rows=2)
        self._words.setObjectName("phase words")
        self._words.setMaximumHeight(look.theme.px(_WORDS_HEIGHT))
        self._words.textChanged.connect(self._type)
        self._reason_field = Field(look, _("Why the case ends"), self._reason)
        self._words_field = Field(look, _("What should be remembered about it"), self._words)
        self._left_open = TextArea(look, text=self._form.left_open, rows=2)
        self._left_open.setObjectName("left open")
        self._left_open.setMaximumHeight(look.theme.px(_WORDS_HEIGHT))
        self._left_open.textChanged.connect(self._type_left_open)
        self._left_open_field = Field(look, _("Why the rest has no answer"), self._left_open)
        self._closing = Button(look, _("How the work ends"), icon="flag", small=True)
        self._closing.setObjectName("write the end")
        self._closing.clicked.connect(self._model.want_closing)
        self._open_rest = QWidget()
        rest = QVBoxLayout(self._open_rest)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.setSpacing(Space.S)
        rest.addWidget(self._left_open_field)
        rest.addWidget(self._closing, 0, Qt.AlignmentFlag.AlignLeft)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.M)
        at_top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Field(look, _("Phase that comes next"), self._phase), 0, 0, at_top)
        grid.addWidget(self._reason_field, 1, 0, at_top)
        grid.addWidget(self._words_field, 0, 1, 2, 1, at_top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        column.addLayout(grid)
        column.addWidget(self._open_rest)
        self._trouble = QVBoxLayout()
        column.addLayout(self._trouble)
        column.addLayout(self._build_foot())
        return box

    def _build_foot(self) -> QHBoxLayout:
        look, _ = self._look, self._look.language.gettext
        text2 = look.theme.tokens.text2
        self._missing = PlainLabel(look, style=TextStyle.MEDIUM, colour=text2)
        self._missing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._cancel_button = Button(look, _("Cancel"), ButtonKind.GHOST)
        self._cancel_button.setObjectName("cancel phase")
        self._cancel_button.clicked.connect(self._cancel)
        self._confirm = Button(look, _("Change the phase"), ButtonKind.PRIMARY, icon="check")
        self._confirm.setObjectName("change phase")
        self._confirm.clicked.connect(self._form.go_on)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._missing, 1)
        row.addWidget(Flow((self._cancel_button, self._confirm)))
        return row

    @Slot()
    def _ask(self) -> None:
        self._form.open()
        self._phase.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _cancel(self) -> None:
        self._form.close()
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _choose(self) -> None:
        chosen = self._phase.currentData()
        self._form.choose(None if chosen is None else Phase(chosen))

    @Slot()
    def _choose_reason(self) -> None:
        self._form.choose_reason(str(self._reason.currentData() or ""))

    @Slot()
    def _type(self) -> None:
        self._form.type_words(self._words.toPlainText())

    @Slot()
    def _type_left_open(self) -> None:
        self._form.type_left_open(self._left_open.toPlainText())

    @Slot()
    def _replace(self) -> None:
        if self._left_open.toPlainText() != self._form.left_open:
            self._left_open.setPlainText(self._form.left_open)
        if self._words.toPlainText() != self._form.words:
            self._words.setPlainText(self._form.words)

    @Slot()
    def _show_steps(self) -> None:
        overview = self._model.overview
        self._without.setVisible(overview is not None and overview.is_without_names)
        steps = [] if overview is None else shown_steps(overview, self._look.language)
        if steps == self._shown:
            return
        self._shown = steps
        if self._steps is not None:
            take_out(self._steps)
        self._steps = PhaseSteps(self._look, steps) if steps else None
        if self._steps is not None:
            self._row.insertWidget(0, self._steps, 1)

    def _fill(self) -> None:
        """Offer what may be chosen, when that has changed."""
        form, language = self._form, self._look.language
        choose = language.gettext("Choose")
        ways = [(choose, None), *((phase_label(one, language), one) for one, _ in form.ways)]
        reasons = [(one.name.in_language(language.code), one.code) for one in form.offered_reasons]
        _refill(self._phase, ways)
        _refill(self._reason, [(choose, ""), *reasons])

    @Slot()
    def _show_form(self) -> None:
        form, language = self._form, self._look.language
        self._fill()
        focus = focus_in(self)
        had_focus = focus is not None and self._box.isAncestorOf(focus)
        self._box.setVisible(form.is_open)
        self._open.setVisible(bool(form.ways) and not form.is_open)
        if had_focus and not form.is_open:
            self._open.setFocus(Qt.FocusReason.OtherFocusReason)
        self._phase.choose(form.phase)
        self._reason.choose(form.reason)
        self._reason_field.setVisible(form.needs_reason)
        reason = form.chosen_reason
        hint = "" if reason is None else reason.ask.in_language(language.code)
        self._words_field.show_state(FieldState.PLAIN, hint)
        self._open_rest.setVisible(form.needs_left_open)
        self._left_open_field.show_state(
            FieldState.WARN, unanswered_text(form.unanswered, language)
        )
        line = self._missing_line()
        self._missing.show_text(line)
        self._confirm.setEnabled(form.may_go_on or form.is_working)
        self._confirm.setAccessibleDescription(line)
        if (form.trouble, form.bar) != self._shown_trouble:
            self._show_trouble()

    def _show_trouble(self) -> None:
        trouble, bar = self._form.trouble, self._form.bar
        self._shown_trouble = trouble, bar
        take_out(*self._told)
        self._told = []
        told: QWidget | None = None
        if trouble is not None:
            told = trouble_banner(self._look, trouble)
        elif bar is not None:
            text = bars_text([bar], self._form.chosen_reason, self._look.language)
            told = banner(self._look, text, tone=Tone.BAD, icon="ban")
        if told is not None:
            self._trouble.addWidget(told)
            self._told.append(told)
            come_forward(told)

    def _missing_line(self) -> str:
        language = self._look.language
        _ = language.gettext
        match self._form.missing:
            case Missing.PHASE:
                return _("Choose the phase that comes next.")
            case Missing.REASON:
                return _("Choose why the case ends.")
            case Missing.WORDS:
                return _("Write some words about it.")
            case Missing.LEFT_OPEN:
                return _("Say why the rest has no answer, or write how the work ends.")
            case Missing.LENGTH:
                most = language.number(MOST_WORDS)
                return _("The text may have at most {count} characters.").format(count=most)
            case None:
                return ""


def _refill(combo: ComboBox, choices: Sequence[tuple[str, object]]) -> None:
    before = [(combo.itemText(place), combo.itemData(place)) for place in range(combo.count())]
    if before != list(choices):
        combo.clear()
        for text, value in choices:
            combo.addItem(text, value)
