"""The first picture: three ways in, and the vaults known here above them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from trygga_desktop.ui.screens.start.view_model import StartViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.choices import ActionRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.vault_frame import promise_panel

WIDEST = 760


class StartView(QWidget):
    """Rows that each lead somewhere. The keys 1, 2, 3 … choose them too."""

    def __init__(self, model: StartViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self.panel = promise_panel(look)
        _ = look.language.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addWidget(PlainLabel(look, _("Welcome"), style=TextStyle.HERO))
        text2 = look.theme.tokens.text2
        lead = PlainLabel(look, _("What do you want to do?"), style=TextStyle.LEAD, colour=text2)
        column.addWidget(lead)
        rows = [*self._known_rows(), self._create_row(), self._open_row(), self._recover_row()]
        for number, row in enumerate(rows, start=1):
            column.addWidget(row)
            self._choose_by_key(number, row.button)
        verify = Button(look, _("Verify a protocol"), ButtonKind.LINK, icon="stamp")
        verify.setObjectName("verify")
        verify.start_column()
        verify.clicked.connect(model.verify)
        column.addWidget(verify, 0, Qt.AlignmentFlag.AlignLeft)
        self._choose_by_key(len(rows) + 1, verify)
        self.first_focus: QWidget = rows[0].button

    def _choose_by_key(self, number: int, button: Button) -> None:
        key = QShortcut(QKeySequence(str(number)), self)
        key.activated.connect(button.click)

    def _known_rows(self) -> list[ActionRow]:
        _ = self._look.language.gettext
        rows = []
        for index, vault in enumerate(self._model.known):
            line = str(vault.folder.parent)
            if not vault.is_there:
                gone = _("It is not there now. Connect its drive, or open it where it lies.")
                line = f"{line}\n{gone}"
            row = ActionRow(
                self._look,
                icon="lock-keyhole",
                title=vault.name,
                line=line,
                button=_("Unlock"),
                primary=index == 0,
            )
            row.button.setObjectName(f"unlock {index}")
            row.button.setAccessibleName(_("Unlock {vault}").format(vault=vault.name))
            row.chosen.connect(partial(self._model.open_folder, vault.folder))
            rows.append(row)
        return rows

    def _create_row(self) -> ActionRow:
        _ = self._look.language.gettext
        row = ActionRow(
            self._look,
            icon="folder-plus",
            title=_("Create a vault"),
            line=_(
                "For those who start using Trygga. It takes about five minutes, and you need a "
                "printer."
            ),
            button=_("Create vault"),
            primary=not self._model.known,
        )
        row.button.setObjectName("create vault")
        row.chosen.connect(self._model.create)
        return row

    def _open_row(self) -> ActionRow:
        _ = self._look.language.gettext
        row = ActionRow(
            self._look,
            icon="folder-open",
            title=_("Open a vault"),
            line=_("The vault already exists. You need your passphrase."),
            button=_("Open vault"),
        )
        row.button.setObjectName("open vault")
        row.chosen.connect(self._ask_for_folder)
        return row

    def _recover_row(self) -> ActionRow:
        _ = self._look.language.gettext
        row = ActionRow(
            self._look,
            icon="file-key-2",
            title=_("Recover with the recovery code"),
            line=_("The passphrase is gone. You need the vault and the paper with the code."),
            button=_("Recover"),
        )
        row.button.setObjectName("recover")
        row.chosen.connect(self._model.recover)
        return row

    def _ask_for_folder(self) -> None:
        _ = self._look.language.gettext
        dialog = QFileDialog(self, _("Choose the folder of the vault"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_folder(self, folder: str) -> None:
        self._model.open_folder(Path(folder))
