"""State of the first picture: which vaults are known on this computer."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

_MOST_SHOWN = 3


class KnownVault(NamedTuple):
    """A vault opened here before: its name, where it lies, and whether it is there just now."""

    name: str
    folder: Path
    is_there: bool = True


class StartViewModel(QObject):
    """Offers the ways in. The window listens and goes there."""

    create_wanted = Signal()
    recover_wanted = Signal()
    verify_wanted = Signal()
    folder_chosen = Signal(Path)

    def __init__(
        self,
        known: Sequence[Path],
        *,
        is_there: Callable[[Path], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.known = tuple(KnownVault(one.stem, one, is_there(one)) for one in known[:_MOST_SHOWN])

    def create(self) -> None:
        """Begin to make a vault."""
        self.create_wanted.emit()

    def recover(self) -> None:
        """Begin to get back in with the recovery code."""
        self.recover_wanted.emit()

    def verify(self) -> None:
        """Begin to verify a protocol, for which no vault is needed."""
        self.verify_wanted.emit()

    def open_folder(self, folder: Path) -> None:
        """Go to the vault in this folder."""
        self.folder_chosen.emit(folder)
