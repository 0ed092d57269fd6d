"""Which ground it is told on: its questions, and the reason in the words of whoever decides."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.grounds import Condition, ConditionKind, LegalGround
from trygga_desktop.ui.case_words import birth_text
from trygga_desktop.ui.consent_words import is_too_long, length_text
from trygga_desktop.ui.screens.grounds.form import Missing, Said, TextField, said_flaw
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.screens.grounds.words import missing_text, refused_text
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.form_parts import stops_in
from trygga_desktop.ui.widgets.inputs import ComboBox, TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.segments import Segment, Segments

_ROWS = 2
_HEIGHT = 66
_MOTIVE_HEIGHT = 84


class GroundCard(Card):
    """The ground, its questions one below the other, and last the reason."""

    def __init__(self, model: GroundsViewModel, look: Look) -> None:
        _ = look.language.gettext
        super().__init__(look, _("On which ground"))
        self._model = model
        self._look = look
        self._combo = ComboBox(look, [])
        self._combo.setObjectName("ground")
        self._combo.activated.connect(self._choose)
        self._field = Field(look, _("Legal ground"), self._combo)
        self.body.addWidget(self._field)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(Space.M)
        self.body.addLayout(self._questions)
        self._rows: list[QWidget] = []
        self._motive = TextArea(look, text=model.form.text_in(TextField.MOTIVE), rows=_ROWS)
        self._motive.setObjectName(TextField.MOTIVE)
        self._motive.setFixedHeight(look.theme.px(_MOTIVE_HEIGHT))
        self._motive.textChanged.connect(self._type)
        self._motive_field = Field(look, _("Why? In your own words"), self._motive)
        self.body.addWidget(self._motive_field)
        self._shown_grounds: object = None
        self._shown_ground: LegalGround | None = None
        model.changed.connect(self._show)
        model.replaced.connect(self._replace)
        self._show()

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it: the questions are made last."""
        return (self._combo, *stops_in(*self._rows), self._motive)

    @Slot()
    def _choose(self) -> None:
        self._model.choose_ground(str(self._combo.currentData()))

    @Slot()
    def _type(self) -> None:
        self._model.type(TextField.MOTIVE, self._motive.toPlainText())

    @Slot()
    def _replace(self) -> None:
        text = self._model.form.text_in(TextField.MOTIVE)
        if text != self._motive.toPlainText():
            self._motive.setPlainText(text)

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        codes = [one.code for one in model.grounds]
        if codes != self._shown_grounds:
            self._shown_grounds = codes
            self._combo.clear()
            self._combo.addItem(language.gettext("Choose"), "")
            for one in model.grounds:
                self._combo.addItem(one.title.in_language(language.code), one.code)
        self._combo.setEnabled(bool(codes))
        self._combo.choose("" if model.ground is None else model.ground.code)
        self._show_hint()
        if model.ground != self._shown_ground:
            self._shown_ground = model.ground
            self._show_questions()
        self._judge_motive()

    def _show_hint(self) -> None:
        model, language = self._model, self._look.language
        _ = language.gettext
        state, text = FieldState.PLAIN, ""
        for field in ("ground", "answers"):
            if field in model.refused:
                state = FieldState.BAD
                text = refused_text(field, model.refused[field], language)
        if state is FieldState.PLAIN and not (model.items and model.recipients):
            text = _("First choose what is told and to whom. Then the grounds that fit stand here.")
        elif state is FieldState.PLAIN and not model.grounds:
            state = FieldState.WARN
            text = _("No ground in force lets them tell this to everyone you have chosen.")
        self._field.show_state(state, text)

    def _show_questions(self) -> None:
        take_out(*self._rows)
        self._rows = []
        ground = self._shown_ground
        if ground is None:
            return
        for one in ground.conditions:
            is_fact = one.kind is ConditionKind.YES_NO
            kind = FactRow if is_fact else WordsRow
            self._put(kind(self._model, self._look, ground, one))
            self._put(Divider(self._look))

    def _put(self, row: QWidget) -> None:
        self._questions.addWidget(row)
        # At once: what is hidden cannot take the focus.
        row.show()
        self._rows.append(row)

    def _judge_motive(self) -> None:
        model, language = self._model, self._look.language
        flaw = model.refused.get(TextField.MOTIVE)
        if is_too_long(model.form.text_in(TextField.MOTIVE)):
            self._motive_field.show_state(FieldState.BAD, length_text(language))
        elif flaw is not None:
            text = refused_text(TextField.MOTIVE, flaw, language)
            self._motive_field.show_state(FieldState.BAD, text)
        else:
            text = language.gettext("It is kept with the decision, and never shown to the room.")
            self._motive_field.show_state(FieldState.PLAIN, text)


class FactRow(QWidget):
    """A question of fact: yes, no or not known, and nothing chosen beforehand but an age."""

    def __init__(
        self, model: GroundsViewModel, look: Look, ground: LegalGround, condition: Condition
    ) -> None:
        super().__init__()
        _ = look.language.gettext
        self._model = model
        self._look = look
        self._ground = ground
        self._condition = condition
        question = condition.question.in_language(look.language.code)
        self._answer = Segments(
            look,
            question,
            (
                Segment(Said.YES, _("Yes")),
                Segment(Said.NO, _("No")),
                Segment(Said.UNKNOWN, _("Don't know")),
            ),
        )
        self._answer.setObjectName(f"answer {condition.code}")
        self._answer.chosen.connect(self._tell)
        text2 = look.theme.tokens.text2
        self._hint = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(look, question, style=TextStyle.STRONG))
        words.addWidget(self._hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.L)
        row.addLayout(words, 1)
        row.addWidget(self._answer, 0, Qt.AlignmentFlag.AlignVCenter)
        model.changed.connect(self._show)
        self._show()

    @Slot(object)
    def _tell(self, said: object) -> None:
        self._model.answer(self._condition, Said(str(said)))

    @Slot()
    def _show(self) -> None:
        model, tokens = self._model, self._look.theme.tokens
        said = model.form.said_to(self._ground, self._condition, age=model.age)
        if self._answer.current is not said:
            self._answer.choose(said)
        text = self._hint_text(said)
        flaw = None if said is None else said_flaw(self._condition, said)
        self._hint.show_text(text)
        self._hint.set_colour(tokens.text2 if flaw is None else tokens.warn)
        self._hint.setVisible(bool(text))

    def _hint_text(self, said: Said | None) -> str:
        model, language = self._model, self._look.language
        flaw = None if said is None else said_flaw(self._condition, said)
        if flaw in {Missing.UNKNOWN, Missing.AGAINST}:
            return missing_text(flaw, language)
        subject = model.subject
        if self._condition.is_yes_at(model.age) and subject is not None and subject.born:
            text = language.gettext("The birth date says yes: {date}.")
            return text.format(date=birth_text(subject.born))
        return ""


class WordsRow(QWidget):
    """A question that is answered in words: nobody but a person weighs anything."""

    def __init__(
        self, model: GroundsViewModel, look: Look, ground: LegalGround, condition: Condition
    ) -> None:
        super().__init__()
        self._model = model
        self._look = look
        self._ground = ground
        self._condition = condition
        self._text = TextArea(look, text=model.form.words_in(ground, condition), rows=_ROWS)
        self._text.setObjectName(f"words {condition.code}")
        self._text.setFixedHeight(look.theme.px(_HEIGHT))
        self._text.textChanged.connect(self._type)
        question = condition.question.in_language(look.language.code)
        self._field = Field(look, question, self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)
        model.changed.connect(self._judge)
        model.replaced.connect(self._replace)
        self._judge()

    @Slot()
    def _type(self) -> None:
        self._model.answer_in_words(self._condition, self._text.toPlainText())

    @Slot()
    def _replace(self) -> None:
        text = self._model.form.words_in(self._ground, self._condition)
        if text != self._text.toPlainText():
            self._text.setPlainText(text)

    @Slot()
    def _judge(self) -> None:
        language = self._look.language
        if is_too_long(self._text.toPlainText()):
            self._field.show_state(FieldState.BAD, length_text(language))
        elif self._condition.kind is ConditionKind.WEIGHING:
            text = language.gettext("A weighing. Trygga never answers for you.")
            self._field.show_state(FieldState.PLAIN, text)
        else:
            self._field.show_state(FieldState.PLAIN)
