"""The steps of making a vault: one column that changes, beside the list of steps."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.new_passphrase import missing_text
from trygga_desktop.ui.problems import During
from trygga_desktop.ui.screens.create_vault.by_hand import ByHandPart
from trygga_desktop.ui.screens.create_vault.recovery import AskPrinter, RecoveryPart
from trygga_desktop.ui.screens.create_vault.steps import (
    DonePart,
    PassphrasePart,
    PlacePart,
    YouPart,
)
from trygga_desktop.ui.screens.create_vault.view_model import CreateStep, CreateVaultViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.step_foot import StepFoot
from trygga_desktop.ui.widgets.step_list import Step
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
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
        *,
        ask_printer: AskPrinter | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask_printer = ask_printer
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
        self._told: QWidget | None = None
        self.first_focus: QWidget = self
        self._build()
        model.step_changed.connect(self._build_again)
        model.changed.connect(self._follow)

    def _build_again(self) -> None:
        self._build()
        self.first_focus.setFocus()
        if self._told is not None:
            come_forward(self._told)

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
        self._told = None
        if self._model.trouble is not None:
            self._told = trouble_banner(self._look, self._model.trouble, During.MAKING)
            column.addWidget(self._told)
        column.addSpacing(Space.XS)
        self._foot = StepFoot(self._look, part.text.next_text, next_icon=part.text.next_icon)
        self._foot.back.clicked.connect(self._model.go_back)
        self._foot.next.clicked.connect(self._model.go_on)
        if self._model.step is CreateStep.DONE:
            self._foot.back.hide()
        column.addWidget(self._foot)
        if isinstance(part, PassphrasePart):
            part.rebuilt.connect(partial(keep_tab_order, [part, self._foot]))
        self._column.replaceWidget(self._content, content)
        # Taken out at once: a secret must not wait in a hidden widget for the event loop.
        take_out(self._content)
        self._content = content
        # Shown before it takes the focus: a hidden widget would not keep it.
        content.show()
        self.panel.show_step(self._steps(), self._model.step)
        self._follow()
        self.first_focus = part.first_focus or self._foot.first_focus

    def _part(
        self,
    ) -> PlacePart | YouPart | PassphrasePart | RecoveryPart | ByHandPart | DonePart:
        match self._model.step:
            case CreateStep.PLACE:
                return PlacePart(self._model, self._look)
            case CreateStep.YOU:
                return YouPart(self._model, self._look)
            case CreateStep.PASSPHRASE:
                return PassphrasePart(self._model, self._look, self._services)
            case CreateStep.RECOVERY if self._model.sheet.is_showing:
                return ByHandPart(self._model.sheet, self._look)
            case CreateStep.RECOVERY:
                return RecoveryPart(self._model, self._look, self._ask_printer)
            case CreateStep.DONE:
                return DonePart(self._model, self._look)

    def _steps(self) -> tuple[Step, ...]:
        _ = self._look.language.gettext
        return (
            Step(_("Place"), _("A folder on this computer")),
            Step(_("You"), _("The first who can open the vault")),
            Step(_("Passphrase"), _("Six words that only you know")),
            Step(_("Recovery sheet"), _("The spare key on paper")),
            Step(_("Done"), _("The vault exists")),
        )

    def _follow(self) -> None:
        model = self._model
        self._foot.follow(
            may_go_on=model.may_go_on,
            missing=self._missing(),
            working=self._working() if model.is_working else "",
        )

    def _working(self) -> str:
        _ = self._look.language.gettext
        if self._model.step is CreateStep.PLACE:
            return _("Checking…")
        return _("Creating the vault…")

    def _missing(self) -> str:
        _ = self._look.language.gettext
        match self._model.step:
            case CreateStep.PLACE:
                return _("Write a name for the vault first.")
            case CreateStep.YOU:
                return _("Fill in municipality, name and sign-in name.")
            case CreateStep.PASSPHRASE:
                return missing_text(self._model.new_passphrase, self._look.language)
            case CreateStep.RECOVERY:
                return self._missing_of_sheet()
            case CreateStep.DONE:
                return ""

    def _missing_of_sheet(self) -> str:
        _ = self._look.language.gettext
        sheet = self._model.sheet
        if sheet.is_showing:
            return _("Disconnect the other screen first.")
        if not sheet.is_outside:
            return _("Print the sheet first.")
        return _("Type both groups from the paper.")
