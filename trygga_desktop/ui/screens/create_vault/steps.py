"""One part per step of making a vault: what is asked, and what is thought of the answers."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.create_vault.sheet import SheetPlace
from trygga_desktop.ui.screens.create_vault.view_model import CreateVaultViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.new_passphrase import NewPassphraseForm


class StepText(NamedTuple):
    """What stands around the part of a step. Without a lead the part has its own."""

    title: str
    lead: str
    next_text: str
    next_icon: str = ""


class PlacePart(QWidget):
    """Asks where the vault is to lie and what it is called."""

    def __init__(self, model: CreateVaultViewModel, look: Look) -> None:
        super().__init__()
        self._model = model
        self._look = look
        _ = look.language.gettext
        self.text = StepText(
            _("Where is the vault going to lie?"),
            _("The vault is a folder on this computer. Everything in it is encrypted."),
            _("Continue"),
        )
        column = column_of(self)
        name = TextInput(look, text=model.vault_name, longest=80)
        name.setObjectName("vault name")
        name.textChanged.connect(model.set_vault_name)
        name.returnPressed.connect(model.go_on)
        self._name = Field(look, _("Name of the vault"), name)
        column.addWidget(self._name)
        self._place = TextInput(look, text=str(model.parent_folder), longest=4000)
        self._place.setObjectName("place")
        self._place.setReadOnly(True)
        field = Field(
            look,
            _("Place"),
            self._place,
            hint=_("A place that is not synced and not on the network."),
        )
        choose = Button(look, _("Choose place"), icon="folder-open")
        choose.setObjectName("choose place")
        choose.clicked.connect(self._ask_for_place)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(field, 1)
        # Beside the control, which has its label above it.
        choose_top = QVBoxLayout()
        choose_top.addSpacing(field.label.heightForWidth(400) + 5)
        choose_top.addWidget(choose)
        choose_top.addStretch(1)
        row.addLayout(choose_top)
        column.addLayout(row)
        model.changed.connect(self._tell)
        self._tell()
        self.first_focus: QWidget | None = name

    def _tell(self) -> None:
        _ = self._look.language.gettext
        if self._model.is_name_usable:
            hint = _("The folder is called {name}.").format(name=self._model.folder.name)
            self._name.show_state(FieldState.PLAIN, hint)
        else:
            hint = _('Write a name without the characters < > : " / \\ | ? *')
            self._name.show_state(FieldState.WARN, hint)

    def _ask_for_place(self) -> None:
        _ = self._look.language.gettext
        dialog = QFileDialog(self, _("Choose the place"), str(self._model.parent_folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_place)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_place(self, folder: str) -> None:
        self._place.setText(folder)
        self._model.set_parent_folder(Path(folder))


class YouPart(QWidget):
    """Asks for the municipality and who the first user is."""

    def __init__(self, model: CreateVaultViewModel, look: Look) -> None:
        super().__init__()
        self._model = model
        self._look = look
        _ = look.language.gettext
        self.text = StepText(
            _("Who are you?"),
            _("You become administrator and coordinator. You can give others access later."),
            _("Continue"),
        )
        column = column_of(self)
        municipality = TextInput(look, text=model.municipality, longest=200)
        municipality.setObjectName("municipality")
        municipality.textChanged.connect(model.set_municipality)
        column.addWidget(Field(look, _("Municipality or unit"), municipality))
        name = TextInput(look, text=model.name, longest=200)
        name.setObjectName("name")
        name.textChanged.connect(model.set_name)
        column.addWidget(Field(look, _("Your name"), name))
        self._login = TextInput(look, text=model.login, longest=32)
        self._login.setObjectName("login")
        self._login.textEdited.connect(model.set_login)
        for control in (municipality, name, self._login):
            control.returnPressed.connect(model.go_on)
        hint = _("Your initials, for example. It is the only thing anyone can read in the folder.")
        column.addWidget(Field(look, _("Sign-in name"), self._login, hint=hint))
        model.changed.connect(self._follow)
        self.first_focus: QWidget | None = municipality

    def _follow(self) -> None:
        if self._login.text() != self._model.login:
            self._login.setText(self._model.login)


class PassphrasePart(QWidget):
    """Offers six words and has them typed. `rebuilt` follows when its controls are new ones."""

    rebuilt = Signal()

    def __init__(self, model: CreateVaultViewModel, look: Look, services: Services) -> None:
        super().__init__()
        _ = look.language.gettext
        self.text = StepText(
            _("Your passphrase"),
            "",
            _("Continue"),
        )
        column = column_of(self)
        self._form = NewPassphraseForm(model.new_passphrase, look, services)
        self._form.submitted.connect(model.go_on)
        self._form.rebuilt.connect(self.rebuilt)
        column.addWidget(self._form)
        column.addWidget(
            banner(
                look,
                _(
                    "Nobody can read the passphrase out for you. If you forget it, the recovery "
                    "sheet is the only way in."
                ),
                tone=Tone.INFO,
            )
        )

    @property
    def first_focus(self) -> QWidget | None:
        """Return where to type."""
        return self._form.first_focus


class DonePart(QWidget):
    """Says that the vault exists, and what to do with the papers."""

    def __init__(self, model: CreateVaultViewModel, look: Look) -> None:
        super().__init__()
        _ = look.language.gettext
        self.text = StepText(
            _("The vault is created"),
            _("Unlock it with your passphrase, and you can start."),
            _("Go to the vault"),
            "arrow-right",
        )
        column = column_of(self)
        card = Card(look)
        card.body.setContentsMargins(22, 20, 22, 20)
        facts = (
            ("folder", str(model.folder)),
            ("key-round", _("Your passphrase is on your paper, and nowhere else.")),
            ("file-key-2", kept_text(model.kept_as, look.language)),
            ("hard-drive", _("Ask IT support how the folder is backed up.")),
        )
        for icon, text in facts:
            row = QHBoxLayout()
            row.setSpacing(14)
            mark = IconMark(look, icon, colour=look.theme.tokens.accent)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(PlainLabel(look, text, style=TextStyle.LARGE), 1)
            card.body.addLayout(row)
        column.addWidget(card)
        self.first_focus: QWidget | None = None


def kept_text(place: SheetPlace, language: Language) -> str:
    """Return what to do with the code, depending on where it is."""
    _ = language.gettext
    match place:
        case SheetPlace.SAVED:
            return _(
                "The recovery sheet is a file. Print it where nobody else sees it, delete the file,"
                " and lock the sheet away today."
            )
        case SheetPlace.WRITTEN:
            return _("The recovery code is on your paper. Lock it away now.")
        case SheetPlace.PRINTED | SheetPlace.NOWHERE:
            return _("The recovery sheet is printed. Lock it away now.")


def column_of(widget: QWidget) -> QVBoxLayout:
    """Give a part its column, without margins of its own."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.L)
    return column
