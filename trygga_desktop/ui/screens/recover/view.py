"""Getting back in: vault, sign-in name and code; then a new passphrase."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from trygga_desktop.ui.new_passphrase import Way, flaw_text, missing_text
from trygga_desktop.ui.problems import OLDER, During, ProblemKind, explain
from trygga_desktop.ui.screens.recover.view_model import (
    GROUPS,
    RecoverStep,
    RecoverViewModel,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.new_passphrase import NewPassphraseForm
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.step_foot import StepFoot
from trygga_desktop.ui.widgets.step_list import Step
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.vault_frame import VaultPanel

WIDEST = 720
_LONGEST_CODE = 100


class RecoverView(QWidget):
    """Three steps in one column."""

    def __init__(
        self,
        model: RecoverViewModel,
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
            title=_("Recover access"),
            note=_("Nothing in the cases changes. The old passphrase stops working."),
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._content = QWidget()
        self._column.addWidget(self._content)
        self._code: Field | None = None
        self._told: QWidget | None = None
        self.first_focus: QWidget = self
        self._build()
        model.step_changed.connect(self._build_again)
        model.changed.connect(self._follow)

    def _build_again(self) -> None:
        self._build()
        self.first_focus.setFocus()
        if self._told is not None:
            # Going on with an older file is not what a key pressed too early may do.
            come_forward(self._told, focus=False)

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        title, lead = self._heading()
        column.addWidget(PlainLabel(self._look, title, style=TextStyle.DISPLAY))
        text2 = self._look.theme.tokens.text2
        column.addWidget(PlainLabel(self._look, lead, style=TextStyle.LEAD, colour=text2))
        self._code = None
        self._foot = self._build_foot()
        first_focus: QWidget | None = None
        match self._model.step:
            case RecoverStep.CODE:
                choose = self._build_vault(column)
                code = self._build_code(column)
                first_focus = choose if self._model.folder is None else code
            case RecoverStep.PASSPHRASE:
                form = NewPassphraseForm(self._model.new_passphrase, self._look, self._services)
                form.submitted.connect(self._model.go_on)
                form.rebuilt.connect(partial(keep_tab_order, [form, self._foot]))
                column.addWidget(form)
                first_focus = form.first_focus
            case RecoverStep.DONE if self._model.left_out:
                column.addWidget(self._build_left_out())
            case RecoverStep.DONE:
                pass
        self._told = self._build_trouble()
        if self._told is not None:
            column.addWidget(self._told)
        column.addSpacing(Space.XS)
        column.addWidget(self._foot)
        self._column.replaceWidget(self._content, content)
        # Taken out at once: a secret must not wait in a hidden widget for the event loop.
        take_out(self._content)
        self._content = content
        # Shown before it takes the focus: a hidden widget would not keep it.
        content.show()
        self.panel.show_step(self._steps(), self._model.step)
        self._follow()
        self.first_focus = first_focus or self._foot.first_focus

    def _heading(self) -> tuple[str, str]:
        _ = self._look.language.gettext
        match self._model.step:
            case RecoverStep.CODE:
                return (
                    _("Recover with the recovery code"),
                    _("The code is on the paper that was locked away when the vault was made."),
                )
            case RecoverStep.PASSPHRASE:
                return (
                    _("Your new passphrase"),
                    _("The code is right. Choose a new passphrase in place of the lost one."),
                )
            case RecoverStep.DONE:
                return (
                    _("The new passphrase applies"),
                    _("Unlock the vault with it. Lock the paper with the code away again."),
                )

    def _steps(self) -> tuple[Step, ...]:
        _ = self._look.language.gettext
        return (
            Step(_("Recovery code"), _("Twelve groups from the paper")),
            Step(_("New passphrase"), _("Six words that only you know")),
            Step(_("Done"), _("Back to the vault")),
        )

    def _build_vault(self, column: QVBoxLayout) -> Button:
        _ = self._look.language.gettext
        folder = self._model.folder
        place = TextInput(self._look, text=str(folder or ""), longest=4000)
        place.setObjectName("folder")
        place.setReadOnly(True)
        field = Field(self._look, _("Folder of the vault"), place)
        choose = Button(self._look, _("Choose folder"), icon="folder-open")
        choose.setObjectName("choose folder")
        choose.clicked.connect(self._ask_for_folder)
        beside = QVBoxLayout()
        beside.addSpacing(field.label.heightForWidth(400) + 5)
        beside.addWidget(choose)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(field, 1)
        row.addLayout(beside)
        column.addLayout(row)
        if folder is not None:
            who = _("Who gets a new passphrase?")
            column.addWidget(PlainLabel(self._look, who, style=TextStyle.LABEL))
            column.addWidget(self._people())
        return choose

    def _people(self) -> QWidget:
        tiles = QWidget()
        grid = QGridLayout(tiles)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.M)
        for index, login in enumerate(self._model.logins):
            tile = ChoiceCard(self._look, login.upper(), icon="user-round")
            tile.setObjectName(f"login {index}")
            tile.setChecked(login == self._model.login)
            tile.clicked.connect(partial(self._model.choose_login, login))
            grid.addWidget(tile, index // 3, index % 3)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        return tiles

    def _build_code(self, column: QVBoxLayout) -> TextInput:
        _ = self._look.language.gettext
        code = TextInput(self._look, text=self._model.code, longest=_LONGEST_CODE)
        code.setObjectName("code")
        code.textChanged.connect(self._model.type_code)
        code.returnPressed.connect(self._model.go_on)
        self._code = Field(self._look, _("Recovery code"), code)
        column.addWidget(self._code)
        return code

    def _build_trouble(self) -> QWidget | None:
        look, model = self._look, self._model
        refused = model.new_passphrase.refused
        if refused is not None and model.new_passphrase.way is Way.DRAWN:
            return banner(look, flaw_text(refused, look.language), tone=Tone.WARN)
        trouble = model.trouble
        if trouble is None or trouble.kind is ProblemKind.WRONG_CODE:
            return None
        buttons: tuple[Button, ...] = ()
        if trouble.kind in OLDER:
            go_on = Button(look, look.language.gettext("Go on with this file"))
            go_on.setObjectName("go on")
            go_on.clicked.connect(model.go_on_with_older)
            buttons = (go_on,)
        return trouble_banner(look, trouble, During.OPENING, buttons=buttons)

    def _build_left_out(self) -> QWidget:
        count, language = self._model.left_out, self._look.language
        text = language.ngettext(
            "{count} part of the vault is damaged and could not be given back. Ask the "
            "administrator for a backup.",
            "{count} parts of the vault are damaged and could not be given back. Ask the "
            "administrator for a backup.",
            count,
        ).format(count=count)
        return banner(self._look, text, tone=Tone.WARN)

    def _build_foot(self) -> StepFoot:
        _ = self._look.language.gettext
        done = self._model.step is RecoverStep.DONE
        foot = StepFoot(self._look, _("Go to the vault") if done else _("Continue"))
        foot.back.clicked.connect(self._model.go_back)
        foot.next.clicked.connect(self._model.go_on)
        if done:
            foot.back.hide()
        return foot

    def _missing(self) -> str:
        _ = self._look.language.gettext
        if self._model.step is RecoverStep.PASSPHRASE:
            return missing_text(self._model.new_passphrase, self._look.language)
        if self._model.folder is None:
            return _("Choose the folder of the vault first.")
        return _("Type the whole code: twelve groups.")

    def _follow(self) -> None:
        _ = self._look.language.gettext
        model = self._model
        self._foot.follow(
            may_go_on=model.may_go_on,
            missing=self._missing(),
            working=_("Checking…") if model.is_working else "",
        )
        if self._code is None:
            return
        self._show_code_or_hide(self._code.control)
        if model.trouble is not None and model.trouble.kind is ProblemKind.WRONG_CODE:
            problem = explain(model.trouble, self._look.language)
            self._code.show_state(FieldState.BAD, f"{problem.happened} {problem.advice}")
        elif not model.code:
            self._code.show_state(FieldState.PLAIN, self._usual_hint())
        elif model.typed_groups == GROUPS:
            self._code.show_state(FieldState.TYPING, _("All twelve groups are there."))
        else:
            text = _("{typed} of {count} groups").format(typed=model.typed_groups, count=GROUPS)
            self._code.show_state(FieldState.TYPING, text)

    def _usual_hint(self) -> str:
        _ = self._look.language.gettext
        hint = _("Twelve groups of four. Hyphens and spaces do not matter.")
        if self._services.screen_count() <= 1:
            return hint
        hidden = _("The code is not shown while several screens are connected.")
        return f"{hint} {hidden}"

    def _show_code_or_hide(self, control: QWidget) -> None:
        """Hide the letters of the code while someone else may look on."""
        if isinstance(control, QLineEdit):
            shown = self._services.screen_count() <= 1
            mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
            if control.echoMode() is not mode:
                control.setEchoMode(mode)

    def _ask_for_folder(self) -> None:
        _ = self._look.language.gettext
        dialog = QFileDialog(self, _("Choose the folder of the vault"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_folder(self, folder: str) -> None:
        self._model.choose_folder(Path(folder))
