"""The vault's seal: another one is made here, when somebody lost the role that may seal."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.preferences.seal import SealModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner


class SealCard(Card):
    """It says what a new seal means before one is made."""

    def __init__(self, model: SealModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("The vault's seal"), parent=parent)
        self._model = model
        self._look = look
        self._told: list[QWidget] = []
        text2 = look.theme.tokens.text2
        line = _(
            "Protocols are sealed with it. Make a new one when somebody who could seal loses that "
            "role: they may have copied its key."
        )
        self.body.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        self._ask = Button(look, _("Make a new seal…"), icon="key-round")
        self._ask.setObjectName("ask for a new seal")
        self._ask.clicked.connect(model.ask)
        self._ways = Flow([self._ask])
        self.body.addWidget(self._ways)
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        was_asked = any(one.isAncestorOf(self.focusWidget()) for one in self._told)
        take_out(*self._told)
        self._told = []
        self._ways.setVisible(not model.is_asking)
        if model.is_asking:
            self._told.append(self._question())
        elif model.trouble is not None:
            self._told.append(trouble_banner(look, model.trouble))
        elif model.words:
            text = _(
                "The seal in words: {words}\nThe recovery sheet names the seal of its own day."
                " Write the new words on it, with the date."
            ).format(words=model.words)
            title = _("The new seal is made")
            self._told.append(banner(look, text, tone=Tone.OK, title=title, icon="circle-check"))
        for one in self._told:
            self.body.addWidget(one)
            one.show()
            come_forward(one)
        if was_asked and not self._told:
            self._ask.setFocus()

    def _question(self) -> QWidget:
        model, look = self._model, self._look
        _ = look.language.gettext
        make = Button(look, _("Make the new seal"), ButtonKind.PRIMARY)
        make.setObjectName("make the new seal")
        make.clicked.connect(model.make)
        if model.is_working:
            make.show_text(_("The seal is being made…"))
        cancel = Button(look, _("Not now"))
        cancel.setObjectName("no new seal")
        cancel.clicked.connect(model.cancel)
        told = banner(
            look,
            _(
                "What was sealed stays sealed by the earlier one. What is sealed from now on has a "
                "seal with other words: tell those who compare them. It cannot be undone."
            ),
            tone=Tone.WARN,
            title=_("Make a new seal for the vault?"),
            icon="triangle-alert",
        )
        # Below it: beside its words there is no room for them in a narrow column.
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(told)
        column.addWidget(Flow([cancel, make]))
        return part
