"""The municipality's name in the head of documents: seen and changed."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from trygga_desktop.services.municipality import LONGEST_MUNICIPALITY
from trygga_desktop.ui.screens.preferences.naming import NamingField, NamingModel
from trygga_desktop.ui.text_form import Hint, Mark
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.form_parts import FormField, FormFoot
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner


class NamingCard(Card):
    """The name is stored when it is asked for, and not with each key."""

    def __init__(self, model: NamingModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Name of the municipality"), parent=parent)
        self._model = model
        self._look = look
        self._told: list[QWidget] = []
        self._told_before: object = None
        line = _(
            "It stands in the head of each document that is made from now on. What was sealed "
            "stays as it is."
        )
        text2 = look.theme.tokens.text2
        self.body.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        label = _("Municipality or unit")
        field = FormField(look, model.form, NamingField.NAME, label, hint=self._hint)
        self.body.addWidget(field)
        self._foot = FormFoot(
            look,
            model.form,
            missing=self._missing,
            text=_("Change the name"),
            send=model.send,
            cancel_text=_("Leave it as it is"),
            cancel=model.cancel,
            kind=ButtonKind.SECONDARY,
        )
        self.body.addWidget(self._foot)
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        if not model.form.is_changed and self._foot.cancel.hasFocus():
            self._foot.send.setFocus()
        self._foot.cancel.setVisible(model.form.is_changed)
        now = (model.trouble, model.is_done)
        if now == self._told_before:
            # Told once, and not with each key.
            return
        self._told_before = now
        take_out(*self._told)
        self._told = []
        if model.trouble is not None:
            self._told.append(trouble_banner(look, model.trouble))
        elif model.is_done:
            text = _(
                "The vault's seal keeps the earlier name until a new one is made. What was sealed"
                " stays sealed by the seal of its day."
            )
            title = _("The name is changed")
            self._told.append(banner(look, text, tone=Tone.OK, title=title, icon="circle-check"))
            if model.offers_seal:
                self._told.append(self._seal_button())
        for one in self._told:
            self.body.addWidget(one)
            one.show()
        if self._told:
            come_forward(self._told[0])

    def _seal_button(self) -> QWidget:
        button = Button(self._look, self._look.language.gettext("Make a new seal…"), small=True)
        button.setObjectName("make a seal with the new name")
        button.clicked.connect(self._model.seal_wanted)
        return Flow([button])

    def _hint(self, field: str) -> Hint:
        language = self._look.language
        _ = language.gettext
        match self._model.form.refused.get(field):
            case None:
                return Hint(Mark.PLAIN)
            case "length":
                text = _("The name may have at most {count} characters.")
                return Hint(Mark.BAD, text.format(count=language.number(LONGEST_MUNICIPALITY)))
            case "form":
                return Hint(Mark.BAD, _("The name holds characters that nobody can see."))
            case "same":
                return Hint(Mark.BAD, _("That is the name it has."))
            case _:
                return Hint(Mark.BAD, _("This cannot be saved as it stands."))

    def _missing(self) -> str:
        _ = self._look.language.gettext
        return _("Write the name.") if self._model.form.missing else ""
