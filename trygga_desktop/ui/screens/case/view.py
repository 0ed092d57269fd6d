"""One case: who it is about at the left, one's own working notes at the right."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.case_files import CaseFile
from trygga_desktop.ui.case_words import phase_pill
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.case.facts import FactLine, Secrecy, case_lines, person_lines
from trygga_desktop.ui.screens.case.notes_card import NotesCard
from trygga_desktop.ui.screens.case.view_model import CaseState, CaseViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark, Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_DETAILS = "protected details"
_FACTS = 440
_LABELS = 140
_NARROW = 860


class CaseView(QWidget):
    """Focus starts in the note. What is typed is stored when the case is hidden."""

    def __init__(self, model: CaseViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._parts: list[QWidget] = []
        self._built: object = None
        self._back = Button(look, _("All cases"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("all cases")
        self._back.clicked.connect(model.go_back)
        self._top = QVBoxLayout()
        self._top.setSpacing(Space.L)
        self._facts = QWidget()
        self._facts_column = QVBoxLayout(self._facts)
        self._facts_column.setContentsMargins(0, 0, 0, 0)
        self._facts_column.setSpacing(Space.L)
        self._notes = NotesCard(model, look)
        self._lay_out()
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Add the note"), ("Ctrl+Return", "Ctrl+Enter"), model.add_note),
            Command(_("Back to all cases"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the note, or the way back while there is no case."""
        return self._back if self._model.state is CaseState.FAILED else self._notes.input

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what is typed and hide what is protected."""
        self._model.leave()
        self._model.hide_details()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        facts, notes = self._facts, self._notes
        column.addWidget(
            TwoColumns(self._look, facts, notes, fixed=facts, width=_FACTS, narrow=_NARROW)
        )
        column.addStretch(1)

    @Slot()
    def _show(self) -> None:
        model = self._model
        self._notes.setVisible(model.file is not None)
        built = (model.state, model.file, model.is_revealed, model.may_reveal)
        if built == self._built:
            return
        self._built = built
        focus = focus_in(self)
        name = focus.objectName() if focus is not None else ""
        take_out(*self._parts)
        self._parts = []
        if model.file is not None:
            self._build_case(model.file)
        else:
            self._build_instead()
        keep_tab_order(self._back, self._parts, self._notes.input)
        if name == _DETAILS:
            again = self.findChild(QWidget, _DETAILS)
            (again or self.first_focus).setFocus()

    def _build_case(self, file: CaseFile) -> None:
        look, row = self._look, file.row
        _ = look.language.gettext
        phase = phase_pill(row.phase, look.language)
        pills = [Pill(look, phase.text, tone=phase.tone, icon=phase.icon)]
        if row.protected:
            pills.append(Pill(look, _("Protected details"), tone=Tone.WARN, icon="shield-user"))
        line = row.case_number if row.title != row.case_number else ""
        self._put(self._top, PageHeader(look, row.title, line=line, pills=pills))
        if file.left_out:
            text = look.language.ngettext(
                "{count} part of this case could not be verified and is not shown. Ask the "
                "administrator to check the vault.",
                "{count} parts of this case could not be verified and are not shown. Ask the "
                "administrator to check the vault.",
                file.left_out,
            ).format(count=file.left_out)
            self._put(self._top, banner(look, text, tone=Tone.MUTE, icon="shield-question-mark"))
        self._put(self._facts_column, self._person_card(file))
        self._put(
            self._facts_column, self._lines_card(_("The case"), case_lines(file, look.language))
        )
        if file.items.items or file.items.hidden:
            self._put(self._facts_column, self._items_card(file))

    def _build_instead(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.state is CaseState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            self._put(self._top, PageHeader(look, problem.title))
            self._put(self._top, problem_card(look, problem))
        elif model.state is CaseState.SLOW:
            card = Card(look)
            text = _("The case is being opened.")
            card.body.addWidget(
                EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            )
            self._put(self._top, card)

    def _person_card(self, file: CaseFile) -> Card:
        look, model = self._look, self._model
        _ = look.language.gettext
        lines = person_lines(model, look.language)
        card = self._lines_card(_("The young person"), lines)
        if not file.row.protected or not file.guarded_readable:
            return card
        if model.is_revealed:
            button = Button(look, _("Hide"), ButtonKind.SECONDARY, icon="eye-off", small=True)
            button.clicked.connect(model.hide_details)
        else:
            button = Button(
                look, _("Show for 30 seconds"), ButtonKind.SECONDARY, icon="eye", small=True
            )
            button.clicked.connect(model.reveal_details)
            button.setEnabled(model.may_reveal)
        button.setObjectName(_DETAILS)
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not model.may_reveal:
            text = _(
                "More than one screen is connected. Protected details are shown only when a single "
                "one is."
            )
            text2 = look.theme.tokens.text2
            card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        return card

    def _lines_card(self, title: str, lines: list[FactLine]) -> Card:
        card = Card(self._look, title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        text2 = self._look.theme.tokens.text2
        for place, line in enumerate(lines):
            label = PlainLabel(self._look, line.label, style=TextStyle.SECONDARY, colour=text2)
            label.begin_beside(self._look.theme.font(TextStyle.BODY))
            # The same in both cards, whatever the longest label is.
            label.setFixedWidth(self._look.theme.px(_LABELS))
            grid.addWidget(label, place, 0)
            grid.addLayout(self._value(line), place, 1)
        card.body.addLayout(grid)
        return card

    def _value(self, line: FactLine) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        text2 = self._look.theme.tokens.text2
        quiet = line.secrecy is not Secrecy.PLAIN
        if quiet:
            icon = "eye-off" if line.secrecy is Secrecy.HIDDEN else "lock"
            mark = IconMark(self._look, icon, colour=text2, size=16)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        text = PlainLabel(self._look, line.text, colour=text2 if quiet else "")
        text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        return row

    def _items_card(self, file: CaseFile) -> Card:
        look = self._look
        _ = look.language.gettext
        card = Card(look, _("In the case file"))
        text2 = look.theme.tokens.text2
        for place, item in enumerate(file.items.items):
            if place:
                card.body.addWidget(Divider(look))
            day = look.language.date_long(item.known_on)
            card.body.addWidget(PlainLabel(look, day, style=TextStyle.CAPTION, colour=text2))
            card.body.addWidget(PlainLabel(look, item.text))
        hidden = len(file.items.hidden)
        if hidden:
            text = look.language.ngettext(
                "{count} item is not for you to read.",
                "{count} items are not for you to read.",
                hidden,
            ).format(count=hidden)
            card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        return card

    def _put(self, column: QVBoxLayout, part: QWidget) -> None:
        column.addWidget(part)
        self._parts.append(part)
