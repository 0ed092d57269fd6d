"""The steps of making a vault: one column that changes, beside the list of steps."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.create_vault.steps import (
    DonePart,
    PassphrasePart,
    PlacePart,
    RecoveryPart,
    StepText,
    YouPart,
)
from trygga_desktop.ui.screens.create_vault.view_model import CreateStep, CreateVaultViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.step_list import Step
from trygga_desktop.ui.widgets.vault_frame import VaultPanel

WIDEST = 720


class CreateVaultView(QWidget):
    """Builds the part of the step at hand, and takes the old one out with what it showed."""

    def __init__(
        self,
        model: CreateVaultViewModel,
        look: Look,
        services: Services,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._services = services
        _ = look.language.gettext
        self.panel = VaultPanel(
            look,
            title=_("Create a vault"),
            note=_("You can go back. Nothing is created until the last step."),
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._content = QWidget()
        self._column.addWidget(self._content)
        self.first_focus: QWidget = self
        self._build()
        model.step_changed.connect(self._build_again)
        model.changed.connect(self._follow)

    def _build_again(self) -> None:
        self._build()
        self.first_focus.setFocus()

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        part = self._part()
        column.addWidget(PlainLabel(self._look, part.text.title, style=TextStyle.DISPLAY))
        if part.text.lead:
            text2 = self._look.theme.tokens.text2
            lead = PlainLabel(self._look, part.text.lead, style=TextStyle.LEAD, colour=text2)
            column.addWidget(lead)
        column.addWidget(part)
        if self._model.trouble is not None:
            problem = explain(self._model.trouble, self._look.language)
            text = f"{problem.happened} {problem.safe} {problem.advice}"
            column.addWidget(banner(self._look, text, tone=Tone.WARN, title=problem.title))
        column.addSpacing(Space.XS)
        column.addLayout(self._buttons(part.text))
        self._column.replaceWidget(self._content, content)
        # Taken out at once: a secret must not wait in a hidden widget for the event loop.
        self._content.setParent(None)
        self._content.deleteLater()
        self._content = content
        # Shown before it takes the focus: a hidden widget would not keep it.
        content.show()
        self.panel.show_step(self._steps(), self._model.step)
        self.first_focus = part.first_focus or self._next
        self._follow()

    def _part(self) -> PlacePart | YouPart | PassphrasePart | RecoveryPart | DonePart:
        match self._model.step:
            case CreateStep.PLACE:
                return PlacePart(self._model, self._look)
            case CreateStep.YOU:
                return YouPart(self._model, self._look)
            case CreateStep.PASSPHRASE:
                return PassphrasePart(self._model, self._look, self._services)
            case CreateStep.RECOVERY:
                return RecoveryPart(self._model, self._look)
            case CreateStep.DONE:
                return DonePart(self._model, self._look)

    def _steps(self) -> tuple[Step, ...]:
        _ = self._look.language.gettext
        return (
            Step(_("Place"), _("A folder on this computer")),
            Step(_("You"), _("The first who can open the vault")),
            Step(_("Passphrase"), _("Six words that only you know")),
            Step(_("Recovery code"), _("The spare key on paper")),
            Step(_("Done"), _("The vault exists")),
        )

    def _buttons(self, text: StepText) -> QHBoxLayout:
        _ = self._look.language.gettext
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        self._back = Button(self._look, _("Back"), icon="arrow-left")
        self._back.clicked.connect(self._model.go_back)
        self._back.setVisible(self._model.step is not CreateStep.DONE)
        self._next = Button(self._look, text.next_text, ButtonKind.PRIMARY, icon=text.next_icon)
        self._next.clicked.connect(self._model.go_on)
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._next)
        self._next_text = text.next_text
        return row

    def _follow(self) -> None:
        _ = self._look.language.gettext
        working = self._model.is_working
        self._next.setEnabled(self._model.may_go_on)
        self._next.show_text(_("Creating the vault…") if working else self._next_text)
        self._back.setEnabled(not working)
