"""A copy that was given outside the program, written down: of what, to whom, how and when."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from trygga_desktop.domain.excerpts import Way
from trygga_desktop.ui.draft_keeper import sign_text
from trygga_desktop.ui.screens.excerpts.giving import CopyField, CopyForm
from trygga_desktop.ui.screens.excerpts.view_model import ExcerptsViewModel
from trygga_desktop.ui.screens.excerpts.words import copy_day_words, protocol_words, way_words
from trygga_desktop.ui.text_form import Hint, Mark
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, FormFoot
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner


class GivingCard(Card):
    """What is typed is kept as a draft until it is recorded."""

    def __init__(self, model: ExcerptsViewModel, look: Look, form: CopyForm) -> None:
        _ = look.language.gettext
        super().__init__(look, _("A copy that was given"))
        self.setObjectName("a copy that was given")
        self._look = look
        self._form = form
        text2 = look.theme.tokens.text2
        told = _("Handed over in the room, or posted.")
        self.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY, colour=text2))
        to = FormField(look, form, CopyField.TO, _("Who has it"), hint=self._hint)
        self.first_focus: QWidget = to.input
        of_what = ChoiceField(
            look,
            _("Of what"),
            [(protocol_words(one, look.language), one.id) for one in form.protocols],
            chosen=form.protocol_id,
            name="of what",
            choose=form.choose_protocol,
        ).follow(form, lambda: form.protocol_id)
        label = _("Number on its cover sheet, if any")
        number = FormField(look, form, CopyField.NUMBER, label, hint=self._hint)
        how = ChoiceField(
            look,
            _("How it was given"),
            [(way_words(one, look.language), one) for one in Way],
            chosen=form.way,
            name="how",
            choose=form.choose_way,
        ).follow(form, lambda: form.way)
        on = FormField(look, form, CopyField.ON, _("Given on"), hint=self._hint)
        for one in (to, of_what, number, how, on):
            self.body.addWidget(one)
        self._sign = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self.body.addWidget(self._sign)
        if form.trouble is not None:
            self.body.addWidget(trouble_banner(look, form.trouble))
        self.body.addWidget(
            FormFoot(
                look,
                form,
                missing=self._missing,
                text=_("Record it"),
                send=model.record_giving,
                cancel_text=_("Close"),
                cancel=model.cancel_giving,
            )
        )
        if form.drafts is not None:
            form.drafts.changed.connect(self._show_sign)
        self._show_sign()

    @Slot()
    def _show_sign(self) -> None:
        keeper, language = self._form.drafts, self._look.language
        saved = language.gettext("Draft saved {time}. Not recorded yet.")
        text = "" if keeper is None else sign_text(keeper, language, saved=saved)
        self._sign.show_text(text)
        self._sign.setVisible(bool(text))

    def _hint(self, field: str) -> Hint:
        form, _ = self._form, self._look.language.gettext
        flaw = form.refused.get(field, "")
        if flaw:
            return Hint(Mark.BAD, self._flaw_words(field, flaw))
        if field == CopyField.ON:
            day = form.day_flaw(field)
            if day is not None and field in form.left_fields:
                return Hint(Mark.BAD, copy_day_words(day, self._look.language))
        if field == CopyField.NUMBER and form.number is None and field in form.left_fields:
            return Hint(Mark.BAD, _("Write the number alone, or nothing."))
        return Hint(Mark.PLAIN)

    def _flaw_words(self, field: str, flaw: str) -> str:
        _ = self._look.language.gettext
        words = {
            (CopyField.TO, "length"): _("The text is too long."),
            (CopyField.ON, "future"): _("That day is still to come."),
            (CopyField.ON, "before"): _("It had not been sealed then."),
            (CopyField.NUMBER, "unknown"): _("No printed copy of it has that number."),
            (CopyField.NUMBER, "taken"): _("Somebody has been given the copy with that number."),
        }
        return words.get((CopyField(field), flaw), _("This cannot be saved as it stands."))

    def _missing(self) -> str:
        _ = self._look.language.gettext
        missing = self._form.missing
        if CopyField.TO in missing:
            return _("Write who has it.")
        if CopyField.ON in missing:
            return _("Write the day as 2026-11-26.")
        return _("Write the number alone, or nothing.") if missing else ""
