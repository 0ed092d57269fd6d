"""State of making a vault, step by step. Nothing is on disk before the last one."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from trygga_desktop.ui.new_passphrase import NewPassphrase
from trygga_desktop.ui.press import PrintPdf
from trygga_desktop.ui.problems import Trouble, read_error
from trygga_desktop.ui.screens.create_vault.sheet import RecoverySheet, SheetPlace, VaultWords
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.use_cases import Services

if TYPE_CHECKING:
    pass

SUFFIX = ".trygga"

_FORBIDDEN = frozenset('<>:"/\\|?*')
_MOST_NAME = 80
_MOST_INITIALS = 3


class CreateStep(IntEnum):
    """The steps, in order."""

    PLACE = 0
    YOU = 1
    PASSPHRASE = 2
    RECOVERY = 3
    DONE = 4


class CreateVaultViewModel(QObject):
    """Collects what a vault needs. Secrets are let go of as soon as their step is over."""

    step_changed = Signal()
    changed = Signal()
    left = Signal()
    finished = Signal(Path, str)

    def __init__(
        self,
        services: Services,
        runner: TaskRunner,
        *,
        vault_name: str,
        print_pdf: PrintPdf,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self.step = CreateStep.PLACE
        self.parent_folder = services.suggested_folder
        self.vault_name = vault_name
        self.municipality = ""
        self.name = ""
        self.login = ""
        self.new_passphrase = NewPassphrase(services, self._context, self)
        self.sheet = RecoverySheet(
            services, runner, print_pdf=print_pdf, words=lambda: self.sheet_words, parent=self
        )
        self.kept_as = SheetPlace.NOWHERE
        self.is_working = False
        self.trouble: Trouble | None = None
        self._is_own_login = False
        self.new_passphrase.changed.connect(self.changed)
        self.new_passphrase.way_changed.connect(self.changed)
        self.sheet.changed.connect(self.changed)
        self.sheet.turned.connect(self.step_changed)

    @property
    def folder(self) -> Path:
        """Return where the vault is going to lie."""
        return self.parent_folder / f"{self.vault_name.strip()}{SUFFIX}"

    @property
    def is_name_usable(self) -> bool:
        """Return whether every system takes the name as that of a folder."""
        return is_folder_name(self.vault_name.strip())

    @property
    def may_go_on(self) -> bool:
        """Return whether the step at hand is complete."""
        if self.is_working:
            return False
        match self.step:
            case CreateStep.PLACE:
                return self.is_name_usable
            case CreateStep.YOU:
                return all(text.strip() for text in (self.municipality, self.name, self.login))
            case CreateStep.PASSPHRASE:
                return self.new_passphrase.is_ready
            case CreateStep.RECOVERY:
                return self.sheet.may_go_on
            case CreateStep.DONE:
                return True

    def set_parent_folder(self, folder: Path) -> None:
        """Put the vault there."""
        self.parent_folder = folder
        self._clear_trouble()

    def set_vault_name(self, name: str) -> None:
        """Call the vault this."""
        self.vault_name = name
        self._clear_trouble()

    def set_municipality(self, text: str) -> None:
        """Take the name of the municipality."""
        self.municipality = text
        self.changed.emit()

    def set_name(self, name: str) -> None:
        """Take the person's name, and suggest the initials unless others were typed."""
        self.name = name
        if not self._is_own_login:
            self.login = initials(name)
        self.changed.emit()

    def set_login(self, login: str) -> None:
        """Take another sign-in name than the one suggested."""
        self.login = login
        self._is_own_login = login.strip() not in {"", initials(self.name)}
        self.changed.emit()

    def go_on(self) -> None:
        """Go to what comes next, if this step is complete."""
        if not self.may_go_on:
            return
        match self.step:
            case CreateStep.PLACE:
                self._check_place()
            case CreateStep.YOU:
                self._enter(CreateStep.PASSPHRASE)
            case CreateStep.PASSPHRASE:
                self._enter(CreateStep.RECOVERY)
            case CreateStep.RECOVERY if self.sheet.is_showing:
                self.sheet.wrote()
            case CreateStep.RECOVERY:
                self._create()
            case CreateStep.DONE:
                self.finished.emit(self.folder, self.login.strip())

    def go_back(self) -> None:
        """Go one step back; from the first one, leave."""
        if self.is_working or self.sheet.is_working:
            return
        if self.step is CreateStep.PLACE:
            self.forget()
            self.left.emit()
        elif self.step is CreateStep.RECOVERY and self.sheet.is_showing:
            self.sheet.stop_showing()
        else:
            self._enter(CreateStep(self.step - 1))

    def screens_changed(self) -> None:
        """Hide or show secrets as screens come and go."""
        self.new_passphrase.screens_changed()
        if self.step is CreateStep.RECOVERY and self.sheet.is_showing:
            self.step_changed.emit()

    def forget(self) -> None:
        """Let go of passphrase and code."""
        self.new_passphrase.forget()
        self.sheet.forget()

    def _check_place(self) -> None:
        check, folder = self._services.check_place, self.folder
        self._work()
        self._runner.run(
            self, lambda: check(folder), lambda _: self._place_is_good(folder), self._fail
        )

    def _place_is_good(self, folder: Path) -> None:
        self.is_working = False
        if folder == self.folder:
            self._enter(CreateStep.YOU)
        else:
            # Another name was typed meanwhile, and that one has not been looked at.
            self.changed.emit()

    def _work(self) -> None:
        self.trouble = None
        self.is_working = True
        self.changed.emit()

    def _enter(self, step: CreateStep) -> None:
        self.trouble = None
        self.step = step
        if step is CreateStep.RECOVERY:
            self.sheet.prepare()
        self.step_changed.emit()

    def _create(self) -> None:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.founding import CreateVault  # noqa: PLC0415

        if self.sheet.prepared is None:
            return
        command = CreateVault(
            folder=self.folder,
            municipality=self.municipality.strip(),
            login=self.login.strip(),
            name=self.name.strip(),
            passphrase=self.new_passphrase.passphrase,
            prepared=self.sheet.prepared,
        )
        create = self._services.create_vault
        self._work()
        self._runner.run(self, lambda: create(command), self._created, self._fail)

    def _created(self, _: None) -> None:
        self.is_working = False
        self.kept_as = self.sheet.place
        self.forget()
        self.step = CreateStep.DONE
        self.step_changed.emit()

    def _fail(self, error: Exception) -> None:
        self.is_working = False
        self.trouble = read_error(error)
        self.step_changed.emit()

    def _clear_trouble(self) -> None:
        self.trouble = None
        self.changed.emit()

    @property
    def sheet_words(self) -> VaultWords:
        """Return what the sheet says of the vault."""
        return VaultWords(self.municipality.strip(), self.vault_name.strip())

    def _context(self) -> tuple[str, ...]:
        return (self.municipality, self.name, self.login)


def initials(name: str) -> str:
    """Return the first letters of the words of a name: Karin Ek becomes KE."""
    letters = [word[0] for word in name.replace("-", " ").split() if word[0].isalpha()]
    return "".join(letters[:_MOST_INITIALS]).upper()


def is_folder_name(name: str) -> bool:
    """Return whether Linux, Windows and macOS all take this as the name of a folder."""
    usable = all(c.isprintable() and c not in _FORBIDDEN for c in name)
    return usable and 0 < len(name) <= _MOST_NAME and not name.startswith(".")
