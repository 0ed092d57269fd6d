"""State of getting back into a vault: the code from the paper, then a new passphrase."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.errors import WeakPassphraseError
from trygga_desktop.ui.new_passphrase import NewPassphrase
from trygga_desktop.ui.problems import Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.use_cases import Services

if TYPE_CHECKING:
    from trygga_desktop.services.access import VaultSeen

GROUPS = 12
GROUP_LENGTH = 4


class RecoverStep(IntEnum):
    """The steps, in order."""

    CODE = 0
    PASSPHRASE = 1
    DONE = 2


class RecoverViewModel(QObject):
    """Holds the code only until the new passphrase is stored."""

    step_changed = Signal()
    changed = Signal()
    left = Signal()
    finished = Signal(Path, str)

    def __init__(
        self,
        services: Services,
        runner: TaskRunner,
        *,
        folder: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self.step = RecoverStep.CODE
        # Parts of the vault that lie there damaged, and could not be given back.
        self.left_out = 0
        self.folder: Path | None = None
        self.logins: tuple[str, ...] = ()
        self.login = ""
        self.code = ""
        self.is_working = False
        self.trouble: Trouble | None = None
        self._accepts_older = False
        self.new_passphrase = NewPassphrase(services, self._context, self)
        self.new_passphrase.changed.connect(self.changed)
        self.new_passphrase.way_changed.connect(self.changed)
        if folder is not None:
            self.choose_folder(folder)

    @property
    def typed_groups(self) -> int:
        """Return how many whole groups of the code have been typed."""
        return min(GROUPS, len(_letters(self.code)) // GROUP_LENGTH)

    @property
    def may_go_on(self) -> bool:
        """Return whether the step at hand is complete."""
        if self.is_working:
            return False
        match self.step:
            case RecoverStep.CODE:
                ready = self.folder is not None and bool(self.login)
                return ready and self.typed_groups == GROUPS
            case RecoverStep.PASSPHRASE:
                return self.new_passphrase.is_ready
            case RecoverStep.DONE:
                return True

    def choose_folder(self, folder: Path) -> None:
        """Look at the vault in this folder."""
        look = self._services.look
        self.trouble = None
        self.folder = None
        self.logins = ()
        self._accepts_older = False
        self._runner.run(self, lambda: look(folder), self._seen, self._fail)

    def choose_login(self, login: str) -> None:
        """Give this user a new passphrase."""
        self.login = login.strip()
        self.changed.emit()

    def type_code(self, code: str) -> None:
        """Take what stands in the field for the code."""
        self.code = code
        self.trouble = None
        self.changed.emit()

    def go_on(self) -> None:
        """Check the code, or store the new passphrase, or go to the vault."""
        if not self.may_go_on or self.folder is None:
            return
        folder, code = self.folder, self.code
        match self.step:
            case RecoverStep.CODE:
                check = self._services.check_recovery_code
                self._work()
                self._runner.run(self, lambda: check(folder, code), self._checked, self._fail)
            case RecoverStep.PASSPHRASE:
                self._recover(folder)
            case RecoverStep.DONE:
                self.finished.emit(folder, self.login)

    def go_on_with_older(self) -> None:
        """Store the new passphrase in a file that is older than the last one known."""
        self._accepts_older = True
        self.go_on()

    def go_back(self) -> None:
        """Go one step back; from the first one, leave."""
        if self.is_working:
            return
        if self.step is RecoverStep.CODE:
            self.forget()
            self.left.emit()
            return
        self.new_passphrase.forget()
        self._enter(RecoverStep.CODE)

    def screens_changed(self) -> None:
        """Hide words when a second screen is connected."""
        self.new_passphrase.screens_changed()

    def forget(self) -> None:
        """Let go of the code and the passphrase."""
        self.code = ""
        self.new_passphrase.forget()

    def _recover(self, folder: Path) -> None:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.recovery import Recover  # noqa: PLC0415

        command = Recover(
            folder=folder,
            code=self.code,
            login=self.login,
            passphrase=self.new_passphrase.passphrase,
            accept_older=self._accepts_older,
        )
        recover = self._services.recover
        self._work()
        self._runner.run(self, lambda: recover(command), self._recovered, self._fail)

    def _seen(self, seen: VaultSeen) -> None:
        self.folder = seen.folder
        self.logins = seen.logins
        self.login = seen.logins[0] if seen.logins else ""
        self.step_changed.emit()

    def _checked(self, _: None) -> None:
        self._enter(RecoverStep.PASSPHRASE)

    def _recovered(self, left_out: int) -> None:
        self.left_out = left_out
        self.forget()
        self._enter(RecoverStep.DONE)

    def _work(self) -> None:
        self.trouble = None
        self.is_working = True
        self.changed.emit()

    def _enter(self, step: RecoverStep) -> None:
        self.is_working = False
        self.trouble = None
        self.step = step
        self.step_changed.emit()

    def _fail(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, WeakPassphraseError):
            # The vault knows the municipality and the name, which are not known here.
            self.new_passphrase.refuse(error.flaw)
        else:
            self.trouble = read_error(error)
        self.step_changed.emit()

    def _context(self) -> tuple[str, ...]:
        return (self.login,)


def _letters(code: str) -> str:
    return "".join(character for character in code if character.isalnum())
