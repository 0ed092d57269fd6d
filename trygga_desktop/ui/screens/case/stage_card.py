"""The stage of a case and its hours: how long there is, and inline the form that changes it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.lane import ORDINARY
from trygga_desktop.ui.screens.case.stage import MOST_WORDS, StageMissing
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.stage_words import clock_line, clock_tone, stage_label
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.inputs import ComboBox, TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner

_WORDS_HEIGHT = 96


class StageCard(Card):
    """Stays while the rest of the page is built anew: somebody may be writing in it."""

    def __init__(self, model: CaseViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        _ = look.language.gettext
        self._form = model.stage
        self._look = look
        self.setObjectName("stage")
        self.body.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self._told: list[QWidget] = []
        self._shown_trouble: object = None
        self._pill: QWidget | None = None
        self._shown_pill: object = None
        self._line = PlainLabel(look, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        self._contact = Button(look, _("First contact made"), icon="phone", small=True)
        self._contact.setObjectName("first contact")
        self._contact.clicked.connect(self._form.record_contact)
        self._open = Button(look, _("Change the stage"), icon="clock", small=True)
        self._open.setObjectName("change stage")
        self._open.clicked.connect(self._ask)
        self._row = QHBoxLayout()
        self._row.setSpacing(Space.M)
        self._row.addWidget(self._line, 1)
        self._row.addWidget(self._contact, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._open, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(self._row)
        # Above the form, which need not be open: a first contact can fail as well.
        self._trouble = QVBoxLayout()
        self.body.addLayout(self._trouble)
        self._box = self._build_form()
        self.body.addWidget(self._box)
        self._form.changed.connect(self._show)
        self._form.replaced.connect(self._replace)
        self._show()

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return (
            self._contact,
            self._open,
            self._stage,
            self._words,
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
        self._stage = ComboBox(look, [(_("Choose"), None)])
        self._stage.setObjectName("next stage")
        self._stage.activated.connect(self._choose)
        self._words = TextArea(look, text=self._form.words, rows=2)
        self._words.setObjectName("stage words")
        self._words.setMaximumHeight(look.theme.px(_WORDS_HEIGHT))
        self._words.textChanged.connect(self._type)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.M)
        at_top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Field(look, _("Stage that comes next"), self._stage), 0, 0, at_top)
        grid.addWidget(Field(look, _("Why the stage changes"), self._words), 0, 1, at_top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        column.addLayout(grid)
        self._missing = PlainLabel(look, style=TextStyle.MEDIUM, colour=look.theme.tokens.text2)
        self._missing.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._cancel_button = Button(look, _("Cancel"), ButtonKind.GHOST)
        self._cancel_button.setObjectName("cancel stage")
        self._cancel_button.setAccessibleName(_("Leave the stage as it is"))
        self._cancel_button.clicked.connect(self._cancel)
        self._confirm = Button(look, _("Store the stage"), ButtonKind.PRIMARY, icon="check")
        self._confirm.setObjectName("store stage")
        self._confirm.clicked.connect(self._form.go_on)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._missing, 1)
        row.addWidget(Flow((self._cancel_button, self._confirm)))
        column.addLayout(row)
        return box

    @Slot()
    def _ask(self) -> None:
        self._form.open()
        self._stage.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _cancel(self) -> None:
        self._form.close()
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _choose(self) -> None:
        self._form.choose(self._stage.currentData())

    @Slot()
    def _type(self) -> None:
        self._form.type_words(self._words.toPlainText())

    @Slot()
    def _replace(self) -> None:
        if self._words.toPlainText() != self._form.words:
            self._words.setPlainText(self._form.words)

    @Slot()
    def _show(self) -> None:
        form = self._form
        self._show_standing()
        self._fill()
        focus = focus_in(self)
        had_focus = focus is not None and self._box.isAncestorOf(focus)
        self._box.setVisible(form.is_open)
        self._open.setVisible(bool(form.ways) and not form.is_open)
        self._contact.setVisible(form.may_record_contact)
        if had_focus and not form.is_open:
            self._open.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stage.choose(form.stage)
        line = self._missing_line()
        self._missing.show_text(line)
        self._confirm.setEnabled(form.may_go_on or form.is_working)
        self._confirm.setAccessibleDescription(line)
        if form.trouble != self._shown_trouble:
            self._show_trouble()

    def _show_standing(self) -> None:
        """Show the stage, and how long there is where it goes by hours."""
        overview, language = self._form.overview, self._look.language
        _ = language.gettext
        stage = None if overview is None else overview.stage
        clock = None if overview is None else overview.clock
        code = ORDINARY if stage is None else stage.stage
        programme = None if overview is None else overview.programme
        if clock is None or overview is None or overview.now is None:
            pill: PillValue | None
            pill = PillValue(stage_label(code, programme, language), Tone.MUTE, "clock")
            is_asked = stage is None and programme is not None and bool(programme.stages)
            self._line.show_text(_("No stage has been chosen yet.") if is_asked else "")
            if is_asked:
                pill = None
        else:
            tone = clock_tone(clock, overview.now)
            pill = PillValue(stage_label(code, programme, language), tone, "timer")
            self._line.show_text(clock_line(clock, overview.now, language))
        if pill == self._shown_pill:
            return
        self._shown_pill = pill
        if self._pill is not None:
            take_out(self._pill)
            self._pill = None
        if pill is not None:
            self._pill = Pill(self._look, pill.text, tone=pill.tone, icon=pill.icon)
            self._row.insertWidget(0, self._pill, 0, Qt.AlignmentFlag.AlignVCenter)

    def _fill(self) -> None:
        """Offer the stages that may be chosen, when they have changed."""
        form, language = self._form, self._look.language
        programme = None if form.overview is None else form.overview.programme
        ways: list[tuple[str, object]] = [(language.gettext("Choose"), None)]
        ways += [(stage_label(one, programme, language), one) for one in form.ways]
        combo = self._stage
        before = [(combo.itemText(place), combo.itemData(place)) for place in range(combo.count())]
        if before != ways:
            combo.clear()
            for text, value in ways:
                combo.addItem(text, value)

    def _show_trouble(self) -> None:
        self._shown_trouble = trouble = self._form.trouble
        take_out(*self._told)
        self._told = []
        if trouble is not None:
            told = trouble_banner(self._look, trouble)
            self._trouble.addWidget(told)
            self._told.append(told)
            come_forward(told)

    def _missing_line(self) -> str:
        language = self._look.language
        _ = language.gettext
        match self._form.missing:
            case StageMissing.STAGE:
                return _("Choose the stage that comes next.")
            case StageMissing.WORDS:
                return _("Write why the stage changes.")
            case StageMissing.LENGTH:
                most = language.number(MOST_WORDS)
                return _("The text may have at most {count} characters.").format(count=most)
            case None:
                return ""
