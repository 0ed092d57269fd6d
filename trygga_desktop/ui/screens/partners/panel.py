"""The form in which somebody's keys are certified."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Slot

from trygga_desktop.services.partners import OrganisationChoice
from trygga_desktop.ui.screens.partners.form import CertifyField, CertifyForm
from trygga_desktop.ui.screens.partners.view_model import PartnersViewModel
from trygga_desktop.ui.text_form import Hint, Mark
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, FormFoot
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

FINGERPRINT = "fingerprint read aloud"
"""The name of the field in which the words are written down."""


class CertifyPanel(Card):
    """The words of the file are not shown: whoever certifies writes down what they hear."""

    def __init__(
        self,
        model: PartnersViewModel,
        look: Look,
        form: CertifyForm,
        organisations: Sequence[OrganisationChoice],
    ) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Certify these keys"))
        self.setObjectName("certify")
        self._look = look
        self._form = form
        name, where = (
            make_visible(text, lines=False, longest=LONGEST_NAME)
            for text in (form.offered.name, form.offered.municipality)
        )
        line = _("So the file says. Only the words make it certain.")
        self.body.addWidget(IconRow(look, icon="user-round", title=f"{name}, {where}", line=line))
        if form.offered.replaces:
            text = _("Other keys of this user count now. These will count instead.")
            self.body.addWidget(banner(look, text, tone=Tone.WARN))
        choices: list[tuple[str, object]] = [(_("Choose…"), None)]
        choices += [
            (make_visible(one.name, lines=False, longest=LONGEST_NAME), one.id)
            for one in organisations
        ]
        speaks = ChoiceField(
            look,
            _("For whom they speak"),
            choices,
            chosen=form.organisation_id,
            name="organisation",
            choose=self._choose,
        )
        self.body.addWidget(speaks)
        self.first_focus = speaks.combo
        told = FormField(
            look,
            form,
            CertifyField.TOLD,
            _("The six words, as you hear them read aloud"),
            hint=self._hint,
        )
        told.input.setObjectName(FINGERPRINT)
        self.body.addWidget(told)
        self._bound = CheckBox(
            look, _("They have confirmed the duty of confidentiality"), checked=form.is_bound
        )
        self._bound.setObjectName("is bound")
        self._bound.clicked.connect(self._say_bound)
        self.body.addWidget(self._bound)
        text2 = look.theme.tokens.text2
        note = _("The digits do as well: at least the first twenty.")
        self.body.addWidget(PlainLabel(look, note, style=TextStyle.SECONDARY, colour=text2))
        self.body.addWidget(
            FormFoot(
                look,
                form,
                missing=self._missing,
                text=_("Certify the keys"),
                send=model.certify,
                cancel_text=_("Cancel"),
                cancel=model.cancel,
            )
        )

    def _choose(self, value: object) -> None:
        self._form.choose_organisation(value if isinstance(value, UUID) else None)

    @Slot()
    def _say_bound(self) -> None:
        self._form.say_bound(is_bound=self._bound.isChecked())

    def _hint(self, field: str) -> Hint:
        _ = self._look.language.gettext
        flaw = self._form.refused.get(field)
        if flaw is not None:
            return Hint(
                Mark.BAD,
                _(
                    "These are not the words of the file. Listen once more; if they differ, the "
                    "file is not theirs, and nothing is certified."
                ),
            )
        return Hint(Mark.PLAIN)

    def _missing(self) -> str:
        _ = self._look.language.gettext
        texts = {
            CertifyField.ORGANISATION: _("Choose for whom they speak."),
            CertifyField.TOLD: _("Write the words that they read aloud."),
            CertifyField.IS_BOUND: _("They confirm the duty of confidentiality first."),
        }
        refused = self._form.refused.get(CertifyField.ORGANISATION)
        if refused is not None:
            return _("That organisation is not in the directory any more.")
        return next((texts[CertifyField(one)] for one in self._form.missing), "")
