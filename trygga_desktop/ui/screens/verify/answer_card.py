"""What was found of a file: the answer first, then what it rests on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.documents.verdict import Verdict
from trygga_desktop.ui.screens.verify.view_model import VerifyState, VerifyViewModel
from trygga_desktop.ui.screens.verify.words import (
    Answer,
    Finding,
    answer_of,
    findings_of,
    fingerprint_lines,
    flaw_answer,
    many_answer,
    match_hint,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider, TintedBox
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward


class AnswerCard(Card):
    """Built anew for each answer, which is said aloud when it comes."""

    def __init__(self, model: VerifyViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._model = model
        self._look = look
        self._content = QWidget()
        self.body.addWidget(self._content)
        self._shown: object = None
        self._field: Field | None = None
        model.changed.connect(self._show)
        model.seal_typed.connect(self._show_match)
        self._show()

    def _show(self) -> None:
        model = self._model
        shown = (model.state, model.file, model.is_not_one_file)
        if shown == self._shown:
            return
        is_first = self._shown is None
        self._shown = shown
        take_out(self._content)
        self._content, self._field = QWidget(), None
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        told = self._build(column)
        self.body.addWidget(self._content)
        # Shown now: the layout would do it later, and what is said aloud stands there by then.
        self._content.show()
        if told is not None and not is_first:
            come_forward(told)

    def _build(self, column: QVBoxLayout) -> QWidget | None:
        model, language = self._model, self._look.language
        if model.verdict is not None:
            box = self._answer_box(answer_of(model.verdict, language))
            column.addWidget(box)
            self._build_findings(column, model.verdict)
            return box
        if model.flaw is not None:
            box = self._answer_box(flaw_answer(model.flaw, language))
        elif model.is_not_one_file:
            box = self._answer_box(many_answer(language))
        else:
            column.addWidget(self._empty())
            return None
        column.addWidget(box)
        return box

    def _empty(self) -> QWidget:
        _ = self._look.language.gettext
        if self._model.state is VerifyState.SLOW:
            icon, title = "hourglass", _("One moment")
            text = _("The file is being looked at. A long protocol takes some seconds.")
        elif self._model.state is VerifyState.WORKING:
            icon, title = "hourglass", _("One moment")
            text = ""
        else:
            icon, title = "stamp", _("No file has been looked at")
            text = _(
                "Whether a sealed protocol is unchanged can be seen from the file alone, by anyone,"
                " without the vault and without a network."
            )
        return EmptyState(self._look, icon=icon, title=title, text=text)

    def _answer_box(self, answer: Answer) -> TintedBox:
        look = self._look
        box = TintedBox(look, answer.tone)
        box.setObjectName("answer")
        ink = look.theme.tokens.tint(answer.tone).ink
        mark = IconMark(look, answer.icon, colour=ink, size=30)
        box.row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(PlainLabel(look, answer.title, style=TextStyle.TITLE, colour=ink))
        if answer.line:
            words.addWidget(PlainLabel(look, answer.line))
        box.row.addLayout(words, 1)
        return box

    def _build_findings(self, column: QVBoxLayout, verdict: Verdict) -> None:
        look = self._look
        _ = look.language.gettext
        if verdict.seal is None:
            return
        title = _("Fingerprint of the seal")
        line = fingerprint_lines(verdict.seal)
        column.addWidget(self._row(Finding("key-round", Tone.ACCENT, title, line)))
        typed = TextInput(look, text=self._model.typed, longest=200)
        typed.setObjectName("fingerprint on paper")
        typed.textChanged.connect(self._model.type_seal)
        self._field = Field(look, _("Compare with the fingerprint on paper"), typed)
        column.addWidget(self._field)
        self._show_match()
        for finding in findings_of(verdict, look.language):
            column.addWidget(Divider(look))
            column.addWidget(self._row(finding))

    def _row(self, finding: Finding) -> IconRow:
        tokens = self._look.theme.tokens
        ink = tokens.tint(finding.tone).ink
        return IconRow(
            self._look, icon=finding.icon, title=finding.title, line=finding.line, colour=ink
        )

    def _show_match(self) -> None:
        if self._field is not None:
            state, hint = match_hint(self._model.match, self._look.language)
            self._field.show_state(state, hint)
