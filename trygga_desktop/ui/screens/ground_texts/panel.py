"""The form in which a text is confirmed, with all of the text above it."""

from PySide6.QtCore import Qt

from trygga_desktop.services.catalogues import LONGEST_CONFIRMATION, GroundText
from trygga_desktop.ui.ground_words import confirmed_text
from trygga_desktop.ui.screens.ground_texts.form import ConfirmField, ConfirmForm
from trygga_desktop.ui.screens.ground_texts.view_model import GroundTextsViewModel
from trygga_desktop.ui.text_form import DayFlaw, Hint, Mark
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.form_parts import FormField, FormFoot
from trygga_desktop.ui.widgets.labels import PlainLabel

_TOP = Qt.AlignmentFlag.AlignTop


class ConfirmPanel(Card):
    """What is confirmed stands word for word above who confirms it."""

    def __init__(
        self, model: GroundTextsViewModel, look: Look, text: GroundText, form: ConfirmForm
    ) -> None:
        language = look.language
        _ = language.gettext
        super().__init__(look, text.ground.title.in_language(language.code))
        self.setObjectName("confirm")
        self._look = look
        self._form = form
        text2 = look.theme.tokens.text2
        self.body.addWidget(PlainLabel(look, text.ground.provision, style=TextStyle.STRONG))
        explanation = text.ground.explanation.in_language(language.code)
        self.body.addWidget(PlainLabel(look, explanation, style=TextStyle.SECONDARY))
        self.body.addWidget(self._questions(text))
        for one in text.earlier:
            earlier = _("Before: {text}").format(text=confirmed_text(one, language))
            self.body.addWidget(PlainLabel(look, earlier, style=TextStyle.SECONDARY, colour=text2))
        labels = {
            ConfirmField.BY: _("Who has read the law, name and position"),
            ConfirmField.ON: _("Read on"),
            ConfirmField.SOURCE: _("Where the wording stands, as it was read"),
        }
        fields = {
            where: FormField(look, form, where, label, hint=self._hint)
            for where, label in labels.items()
        }
        for field in fields.values():
            self.body.addWidget(field)
        self.first_focus = fields[ConfirmField.BY].input
        told = _(
            "The mark goes away for everyone who opens this vault. It is kept who confirmed the "
            "text, and what stood there before."
        )
        self.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY, colour=text2))
        self.body.addWidget(
            FormFoot(
                look,
                form,
                missing=self._missing,
                text=_("Confirm the text"),
                send=model.confirm,
                cancel_text=_("Cancel"),
                cancel=model.cancel,
            )
        )

    def _questions(self, text: GroundText) -> TintedBox:
        look, language = self._look, self._look.language
        box = TintedBox(look, Tone.MUTE)
        words = [one.question.in_language(language.code) for one in text.ground.conditions]
        lines = "\n".join(f"{number}. {one}" for number, one in enumerate(words, 1))
        box.row.addWidget(PlainLabel(look, lines, style=TextStyle.SECONDARY), 1, _TOP)
        box.row.setSpacing(Space.S)
        return box

    def _hint(self, field: str) -> Hint:
        form, language = self._form, self._look.language
        _ = language.gettext
        flaw = form.refused.get(field)
        if flaw == "length":
            text = _("The text may have at most {count} characters.")
            return Hint(Mark.BAD, text.format(count=language.number(LONGEST_CONFIRMATION)))
        if flaw == "form":
            return Hint(Mark.BAD, _("The text holds characters that cannot be saved."))
        if flaw is not None:
            return Hint(Mark.BAD, _("This cannot be saved as it stands."))
        day_flaw = form.day_flaw(field)
        if day_flaw is not None and form.text_in(field).strip():
            is_future = day_flaw is DayFlaw.IN_THE_FUTURE
            told = _("That day has not come yet.") if is_future else ""
            return Hint(Mark.BAD, told or _("Write the day as 2026-11-26."))
        return Hint(Mark.PLAIN)

    def _missing(self) -> str:
        _ = self._look.language.gettext
        texts = {
            ConfirmField.BY: _("Write who has read the law."),
            ConfirmField.ON: _("The day is not right."),
            ConfirmField.SOURCE: _("Write where the wording stands."),
        }
        return next((texts[ConfirmField(one)] for one in self._form.missing), "")
