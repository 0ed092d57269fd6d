"""The signed paper of an excerpt, noted: somebody has seen it, and the day that stands on it."""

from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.screens.excerpts.signing import SignedField, SignedForm
from trygga_desktop.ui.screens.excerpts.view_model import ExcerptsViewModel
from trygga_desktop.ui.screens.excerpts.words import copy_day_words
from trygga_desktop.ui.text_form import Hint, Mark
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.form_parts import FormField, FormFoot
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner


class SigningCard(Card):
    """Who has signed, and when; the paper itself is kept where papers are."""

    def __init__(self, model: ExcerptsViewModel, look: Look, form: SignedForm) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Signed on paper"))
        self.setObjectName("signed on paper")
        self._look = look
        self._form = form
        told = _(
            "{name} has signed, and you have seen the paper. Check that it has this control code:"
            " {code}."
        ).format(name=make_visible(form.copy.signer, lines=False), code=form.copy.code)
        text2 = look.theme.tokens.text2
        self.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY, colour=text2))
        on = FormField(look, form, SignedField.ON, _("Day on the paper"), hint=self._hint)
        self.first_focus: QWidget = on.input
        self.body.addWidget(on)
        if form.trouble is not None:
            self.body.addWidget(trouble_banner(look, form.trouble))
        self.body.addWidget(
            FormFoot(
                look,
                form,
                missing=self._missing,
                text=_("Record it"),
                send=model.record_signing,
                cancel_text=_("Close"),
                cancel=model.cancel_giving,
            )
        )

    def _hint(self, field: str) -> Hint:
        form, language = self._form, self._look.language
        flaw = form.refused.get(field, "")
        if flaw == "before":
            return Hint(Mark.BAD, language.gettext("That is before the meeting."))
        if flaw:
            return Hint(Mark.BAD, language.gettext("This cannot be saved as it stands."))
        day = form.day_flaw(field)
        if day is not None and field in form.left_fields:
            return Hint(Mark.BAD, copy_day_words(day, language))
        return Hint(Mark.PLAIN)

    def _missing(self) -> str:
        day = self._form.day_flaw(SignedField.ON)
        return "" if day is None else copy_day_words(day, self._look.language)
