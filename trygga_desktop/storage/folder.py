"""A vault's folder: which files lie in it, and how the key slots are read and written."""

from dataclasses import dataclass
from pathlib import Path

from trygga_desktop.crypto.key_slots import (
    MOST_BYTES,
    KeySlots,
    decode_key_slots,
    encode_key_slots,
)
from trygga_desktop.domain.errors import DamagedKeysError, DamagedVaultError, NotAVaultError
from trygga_desktop.storage.engine import PAGE_BYTES, SALT_BYTES
from trygga_desktop.storage.files import read_start, write_durably

SUFFIX = ".trygga"


@dataclass(frozen=True, slots=True)
class VaultFolder:
    """The files of one vault."""

    path: Path

    @property
    def name(self) -> str:
        """What people call the vault: the folder's name without its ending."""
        return self.path.name.removesuffix(SUFFIX)

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.path / "vault.db"

    @property
    def anchor(self) -> Path:
        """How far the vault has come, as confirmed."""
        return self.path / "anchor"

    @property
    def attempts(self) -> Path:
        """Failed unlocks since the last one that worked."""
        return self.path / "attempts"

    @property
    def lock(self) -> Path:
        """Held by whoever has the vault open."""
        return self.path / "writer.lock"

    @property
    def _copies(self) -> tuple[Path, Path]:
        return self.path / "keys.json", self.path / "keys.bak"

    def read_keys(self) -> tuple[KeySlots, bool]:
        """Return the key slots, and whether one copy had to be mended by the other.

        Raise NotAVaultError, NewerVaultError, DamagedKeysError, or DamagedVaultError if the
        database does not belong to the slots. No file is created or changed.
        """
        if not self.path.is_dir() or not any(
            file.exists() for file in (*self._copies, self.database)
        ):
            raise NotAVaultError
        copies = [copy for copy in map(_decode, self._copies) if copy is not None]
        if not copies:
            raise DamagedKeysError
        salt = self._salt()
        own = [copy for copy in copies if copy.vault_id == salt]
        if not own:
            raise DamagedVaultError
        first, *others = own
        mended = first
        for other in others:
            mended = mended.mended_by(other)
        is_mended = len(own) < len(self._copies) or mended != first or own[0] != own[-1]
        return mended, is_mended

    def write_keys(self, key_slots: KeySlots) -> None:
        """Replace both copies, one after the other, so that one of them is always whole."""
        data = encode_key_slots(key_slots)
        for copy in reversed(self._copies):
            write_durably(copy, data)

    def _salt(self) -> bytes:
        """Return the id in the clear at the start of the database."""
        page = read_start(self.database, PAGE_BYTES)
        if len(page) < PAGE_BYTES:
            raise DamagedVaultError
        return page[:SALT_BYTES]


def _decode(copy: Path) -> KeySlots | None:
    try:
        return decode_key_slots(read_start(copy, MOST_BYTES + 1))
    except DamagedKeysError:
        return None
