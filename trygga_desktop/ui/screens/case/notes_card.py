"""The working notes of whoever is signed in: one field to write in, and what was written."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.audience import ShownItem
from trygga_desktop.ui.draft_keeper import DraftState, sign_text
from trygga_desktop.ui.screens.case.view_model import CaseState, CaseViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.phrase_keys import PhraseKeys
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.saved_sign import SavedSign
from trygga_desktop.ui.widgets.text import LONGEST, make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner

_READ_ROWS = 16
_MOST_HEIGHT = 84


class NotesCard(Card):
    """Ctrl+Enter adds the note. The newest note stands first."""

    def __init__(self, model: CaseViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("My working notes"), parent=parent)
        self._model = model
        self._look = look
        self.head.addWidget(Pill(look, _("Your own"), tone=Tone.MUTE, icon="lock"))
        self.input = TextArea(look, text=model.note, rows=2)
        self.input.setObjectName("note")
        self.input.setMaximumHeight(look.theme.px(_MOST_HEIGHT))
        self.input.textChanged.connect(self._type)
        PhraseKeys(self.input, model.phrases, offers=True)
        hint = _(
            "No other user can read these. The recovery code opens them too. They are no part of "
            "the case file."
        )
        self.body.addWidget(Field(look, _("New note"), self.input, hint=hint))
        self._trouble = QVBoxLayout()
        self.body.addLayout(self._trouble)
        self.body.addLayout(self._build_ways())
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.M)
        self.body.addLayout(self._list)
        self._rows: list[QWidget] = []
        self._told: list[QWidget] = []
        self._shown: object = None
        self._shown_trouble: object = None
        model.changed.connect(self._show)
        model.note_replaced.connect(self._replace)
        self._show()

    def _build_ways(self) -> QHBoxLayout:
        _ = self._look.language.gettext
        self._sign = SavedSign(self._look)
        self._add = Button(self._look, _("Add the note"), icon="plus")
        self._add.setObjectName("add the note")
        self._add.setToolTip("Ctrl+Enter")
        self._add.clicked.connect(self._model.add_note)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._sign, 1)
        row.addWidget(self._add)
        return row

    @Slot()
    def _type(self) -> None:
        self._model.type_note(self.input.toPlainText())

    @Slot()
    def _replace(self) -> None:
        if self.input.toPlainText() != self._model.note:
            self.input.setPlainText(self._model.note)

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        # A disabled button must not take the focus from whoever pressed it with the keyboard.
        if self._add.hasFocus() and not model.may_add:
            self.input.setFocus()
        self._add.setEnabled(model.may_add)
        saved = language.gettext("Draft saved {time}. Not among the notes yet.")
        self._sign.show_sign(
            sign_text(model.drafts, language, saved=saved),
            waiting=model.drafts.state is DraftState.WAITING,
        )
        self._show_trouble()
        shown = (model.notes, model.has_older_notes)
        if shown != self._shown:
            self._shown = shown
            self._show_notes()

    def _show_trouble(self) -> None:
        trouble = None if self._model.state is CaseState.FAILED else self._model.trouble
        if trouble == self._shown_trouble:
            return
        self._shown_trouble = trouble
        _drop(self._told)
        if trouble is not None:
            told = trouble_banner(self._look, trouble)
            self._trouble.addWidget(told)
            self._told.append(told)
            come_forward(told)

    def _show_notes(self) -> None:
        _drop(self._rows)
        _ = self._look.language.gettext
        for note in self._model.notes:
            self._put(Divider(self._look))
            self._put(self._note(note))
        if self._model.has_older_notes:
            older = Button(self._look, _("Show older notes"), ButtonKind.GHOST)
            older.setObjectName("older notes")
            older.start_column()
            older.clicked.connect(self._model.show_older_notes)
            self._put(older)

    def _put(self, row: QWidget) -> None:
        alignment = Qt.AlignmentFlag.AlignLeft if isinstance(row, Button) else Qt.AlignmentFlag(0)
        self._list.addWidget(row, 0, alignment)
        self._rows.append(row)

    def _note(self, note: ShownItem) -> QWidget:
        _ = self._look.language.gettext
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        day = self._look.language.date_long(note.known_on)
        text2 = self._look.theme.tokens.text2
        column.addWidget(PlainLabel(self._look, day, style=TextStyle.CAPTION, colour=text2))
        label = PlainLabel(self._look, note.text)
        column.addWidget(label)
        if len(note.text) > LONGEST:
            whole = Button(self._look, _("Read all of it"), ButtonKind.LINK)
            whole.setObjectName(f"read all {note.id}")
            whole.clicked.connect(partial(self._read_all, column, label, whole, note.text))
            column.addWidget(whole, 0, Qt.AlignmentFlag.AlignLeft)
        return block

    def _read_all(self, column: QVBoxLayout, label: PlainLabel, button: Button, text: str) -> None:
        """Put a field that scrolls in place of a text too long for a label."""
        area = TextArea(self._look, text=make_visible(text, longest=len(text)), rows=_READ_ROWS)
        area.setObjectName(button.objectName())
        area.setReadOnly(True)
        area.setAccessibleName(self._look.language.gettext("The whole note"))
        column.replaceWidget(label, area)
        area.setFocus()
        label.hide()
        button.hide()


def _drop(widgets: list[QWidget]) -> None:
    take_out(*widgets)
    widgets.clear()
