"""State of the unlock screen: who, whether the passphrase is being tried, how long to wait."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.access import Unlock, VaultSeen
    from trygga_desktop.services.vault import OpenVault

_SECOND = 1000


class UnlockState(StrEnum):
    """What is going on."""

    READY = "ready"
    CHECKING = "checking"
    UPGRADING = "upgrading"
    WRONG = "wrong"

    @property
    def is_busy(self) -> bool:
        """Tell whether a passphrase is being tried, or the vault that it opens made ready."""
        return self in {UnlockState.CHECKING, UnlockState.UPGRADING}


class UnlockViewModel(QObject):
    """Tries a passphrase. It is handed on and never kept here.

    `ticked` follows each second of a wait, and `changed` when it is over.
    """

    changed = Signal()
    ticked = Signal()
    unlocked = Signal(object)
    failed = Signal(Trouble)
    recover_wanted = Signal()
    other_vault_wanted = Signal()
    verify_wanted = Signal()
    # From the thread that unlocks to that of the screen.
    _upgrading = Signal()

    def __init__(
        self,
        seen: VaultSeen,
        unlock: Callable[[Unlock, Callable[[], None]], OpenVault],
        runner: TaskRunner,
        *,
        accept_older: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.seen = seen
        self.accept_older = accept_older
        self.login = seen.logins[0] if seen.logins else ""
        self.is_other = not seen.logins
        self.state = UnlockState.READY
        self.wait_seconds = 0
        self.waited_seconds = 0
        self._unlock = unlock
        self._runner = runner
        self._is_left = False
        self._upgrading.connect(self._enter_upgrade)
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND)
        self._timer.timeout.connect(self.tick)

    @property
    def may_try(self) -> bool:
        """Return whether a passphrase can be tried now."""
        waiting = self.wait_seconds > self.waited_seconds
        return not self.state.is_busy and not waiting and bool(self.login)

    def choose_login(self, login: str) -> None:
        """Be this user, one of those the vault knows."""
        self.login, self.is_other = login, False
        self.changed.emit()

    def choose_other(self) -> None:
        """Be someone whose sign-in name is typed."""
        self.login, self.is_other = "", True
        self.changed.emit()

    def type_login(self, login: str) -> None:
        """Take the typed sign-in name."""
        self.login = login.strip()
        self.changed.emit()

    def submit(self, passphrase: str) -> None:
        """Try the passphrase."""
        if not self.may_try or not passphrase:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.access import Unlock  # noqa: PLC0415

        command = Unlock(
            folder=self.seen.folder,
            login=self.login,
            passphrase=passphrase,
            accept_older=self.accept_older,
        )
        self.state = UnlockState.CHECKING
        self.changed.emit()
        unlock, tell = self._unlock, self._upgrading.emit
        self._runner.run(self, lambda: unlock(command, tell), self._done, self._failed)

    def forget_passphrase(self) -> None:
        """Go on with the recovery code instead."""
        self.recover_wanted.emit()

    def verify(self) -> None:
        """Verify a protocol instead, for which no vault is needed."""
        self.verify_wanted.emit()

    def change_vault(self) -> None:
        """Go back to the first picture."""
        self.other_vault_wanted.emit()

    def leave(self) -> None:
        """Go, for another screen is shown; a passphrase that is being tried is waited for."""
        self._is_left = True
        self._timer.stop()
        if not self.state.is_busy:
            self.deleteLater()

    def screens_changed(self) -> None:
        """Have the eye taken away, or put back: a screen came or went."""
        self.changed.emit()

    @Slot()
    def tick(self) -> None:
        """Let one second of the wait pass."""
        self.waited_seconds = min(self.wait_seconds, self.waited_seconds + 1)
        self.ticked.emit()
        if self.waited_seconds == self.wait_seconds:
            self._timer.stop()
            self.changed.emit()

    @Slot()
    def _enter_upgrade(self) -> None:
        """Tell that the passphrase was right, and that the vault is brought up to date."""
        if self.state is UnlockState.CHECKING:
            self.state = UnlockState.UPGRADING
            self.changed.emit()

    def _done(self, vault: OpenVault) -> None:
        if self._is_left:
            # Nobody is there to use it: left open, it could not be opened anywhere again.
            self._runner.run(self, vault.close, _need_nothing, _need_nothing)
            self.deleteLater()
            return
        self.state = UnlockState.READY
        self.unlocked.emit(vault)

    def _failed(self, error: Exception) -> None:
        if self._is_left:
            self.deleteLater()
            return
        trouble = read_error(error)
        if trouble.kind is not ProblemKind.WRONG_PASSPHRASE:
            self.state = UnlockState.READY
            self.changed.emit()
            self.failed.emit(trouble)
            return
        self.state = UnlockState.WRONG
        self.wait_seconds, self.waited_seconds = trouble.wait_seconds, 0
        if self.wait_seconds:
            self._timer.start()
        self.changed.emit()


def _need_nothing(_: object) -> None:
    """Take the answer of something that ends: nobody is left to be told."""
