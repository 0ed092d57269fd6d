"""Who signed the printed agreement or declined to, typed in when the paper comes back."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from trygga_desktop.domain.agreement import PaperAnswer, Side
from trygga_desktop.ui.screens.agreement.form import AnswerField, AnswerForm
from trygga_desktop.ui.screens.agreement.view_model import AgreementViewModel
from trygga_desktop.ui.screens.agreement.words import answer_missing_text, hint_of, side_name
from trygga_desktop.ui.text_form import Hint
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField
from trygga_desktop.ui.widgets.labels import PlainLabel

_ROWS = 2


class AnswerCard(Card):
    """Asks for a name only of who signs for the programme, and for words only after a no."""

    def __init__(
        self,
        model: AgreementViewModel,
        look: Look,
        form: AnswerForm,
        parent: QWidget | None = None,
    ) -> None:
        language = look.language
        _ = language.gettext
        super().__init__(look, _("The paper comes back"), parent=parent)
        self.setObjectName("answer")
        self._look = look
        self._form = form
        who = ChoiceField(
            look,
            _("Who it was"),
            [(side_name(one, language), one.value) for one in form.sides],
            chosen=form.side.value,
            name="answer side",
            choose=lambda one: form.choose_side(Side(str(one))),
        ).follow(form, lambda: form.side.value)
        what = ChoiceField(
            look,
            _("Did what"),
            [
                (_("Signed"), PaperAnswer.SIGNED.value),
                (_("Declined to sign"), PaperAnswer.DECLINED.value),
            ],
            chosen=form.answer.value,
            name="paper answer",
            choose=lambda one: form.choose_answer(PaperAnswer(str(one))),
        ).follow(form, lambda: form.answer.value)
        labels = {
            AnswerField.NAME: _("Name and position"),
            AnswerField.ON: _("Day"),
            AnswerField.WORDS: _("Why, if they said so"),
        }
        self._fields = {
            one: FormField(
                look,
                form,
                one,
                labels[one],
                hint=self._hint,
                rows=_ROWS if one is AnswerField.WORDS else 0,
            )
            for one in AnswerField
        }
        for part in (who, what, *self._fields.values()):
            self.body.addWidget(part)
        self._missing = PlainLabel(look, colour=look.theme.tokens.text2)
        self.body.addWidget(self._missing)
        # While the next version is written, that is what one has come to do.
        kind = ButtonKind.SECONDARY if model.is_writing else ButtonKind.PRIMARY
        self._send = Button(look, _("Record the signature"), kind, icon="check")
        self._send.setObjectName("record signature")
        self._send.setToolTip("Ctrl+E")
        self._send.clicked.connect(model.record)
        self.body.addWidget(self._send)
        form.changed.connect(self._follow)
        form.replaced.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        form = self._form
        self._fields[AnswerField.NAME].setVisible(form.side is Side.PROGRAMME)
        self._fields[AnswerField.WORDS].setVisible(form.answer is PaperAnswer.DECLINED)
        line = answer_missing_text(form, self._look.language)
        self._missing.show_text(line)
        self._missing.setVisible(bool(line))
        self._send.setEnabled(form.may_send or form.is_working)
        self._send.setAccessibleDescription(line)

    def _hint(self, field: str) -> Hint:
        return hint_of(self._form, field, self._look.language)
