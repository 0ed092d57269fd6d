"""The vault's seal: by what it is known, and another one when somebody lost the role that seals."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.ui.paper_words import print_message
from trygga_desktop.ui.platform.printing import ask_for_printer
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
    """It tells the fingerprint always, and what a new seal means before one is made."""

    def __init__(
        self,
        model: SealModel,
        look: Look,
        parent: QWidget | None = None,
        *,
        ask_printer: Callable[..., QDialog | None] = ask_for_printer,
    ) -> None:
        _ = look.language.gettext
        super().__init__(look, _("The vault's seal"), parent=parent)
        self._model = model
        self._look = look
        self._ask_printer = ask_printer
        self._told: list[QWidget] = []
        text2 = look.theme.tokens.text2
        lines = [
            _("Protocols are sealed with it. Compare the fingerprint with what verifying shows.")
        ]
        if model.may_make:
            lines.append(
                _(
                    "Make a new one when somebody who could seal loses that role: they may have "
                    "copied its key."
                )
            )
        line = " ".join(lines)
        self.body.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        self._words = PlainLabel(look, "", style=TextStyle.STRONG)
        self._words.setObjectName("seal in words")
        self._digits = PlainLabel(look, "", style=TextStyle.SECONDARY)
        self._digits.setObjectName("seal in digits")
        self.body.addWidget(self._words)
        self.body.addWidget(self._digits)
        self._print = Button(look, _("Print the fingerprint…"), icon="printer")
        self._print.setObjectName("print the fingerprint")
        self._print.clicked.connect(self._ask_for_printer)
        self._ask = Button(look, _("Make a new seal…"), icon="key-round")
        self._ask.setObjectName("ask for a new seal")
        self._ask.clicked.connect(model.ask)
        self._ways = Flow([self._print, self._ask] if model.may_make else [self._print])
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
        seal = model.fingerprint
        self._words.setText(in_words(seal) if seal else _("The vault has no seal that holds."))
        self._digits.setText(in_groups(seal))
        self._digits.setVisible(bool(seal))
        self._print.setVisible(bool(seal))
        self._ways.setVisible(not model.is_asking)
        if model.is_asking:
            self._told.append(self._question())
        elif model.trouble is not None:
            self._told.append(trouble_banner(look, model.trouble))
        elif model.print_flaw is not None:
            title = print_message(model.print_flaw, look.language).title
            text = _("The sheet was not printed. Look at the printer, or choose another one.")
            self._told.append(banner(look, text, tone=Tone.WARN, title=title, icon="printer"))
        elif model.words:
            text = _(
                "The seal in words: {words}. Print the fingerprint, and hand the sheet to those who"
                " compare it: the recovery sheet names the seal that was in force before."
            ).format(words=model.words)
            title = _("The new seal is made")
            self._told.append(banner(look, text, tone=Tone.OK, title=title, icon="circle-check"))
        for one in self._told:
            self.body.addWidget(one)
            one.show()
            come_forward(one)
        if was_asked and not self._told:
            self._ask.setFocus()

    @Slot()
    def _ask_for_printer(self) -> None:
        language = self._look.language
        title = language.gettext("Print the fingerprint of the seal")
        chosen = partial(self._model.print_on, language=language.code)
        if self._ask_printer(self, title, 1, chosen) is None:
            self._model.tell_no_printer()

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
