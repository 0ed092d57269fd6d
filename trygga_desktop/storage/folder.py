"""A vault's folder: which files lie in it, and how the key slots are read and written."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from trygga_desktop.crypto.key_slots import (
    MOST_BYTES,
    KeySlots,
    decode_key_slots,
    encode_key_slots,
)
from trygga_desktop.domain.errors import (
    DamagedKeysError,
    ForeignDatabaseError,
    NewerVaultError,
    NoFolderError,
    NotAVaultError,
    UnreadableError,
)
from trygga_desktop.storage.engine import SALT_BYTES, refuse_what_would_open_empty
from trygga_desktop.storage.files import is_there, refused_plainly, replaced

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
        """The copies as they are written, so that the first one is never the older."""
        return self.path / "keys.bak", self.path / "keys.json"

    def read_keys(self) -> tuple[KeySlots, bool]:
        """Return the key slots, and whether one copy had to be mended by the other.

        Where whole slots differ, a crash came between the two writes, or one copy was put back as
        it was before: the write that was begun last counts. Raise NotAVaultError, UnreadableError,
        NewerVaultError, DamagedKeysError, or what DamagedVaultError stands for if the database is
        gone or does not belong to the slots. No file is created or changed.
        """
        if not is_there(self.path):
            raise NoFolderError
        if not any(is_there(file) for file in (*self._copies, self.database)):
            raise NotAVaultError
        copies = [_decode(copy) for copy in self._copies]
        readable = [copy for copy in copies if isinstance(copy, KeySlots)]
        if not readable:
            if UnreadableError in copies:
                raise UnreadableError
            # One damaged digit makes a later format; beside a whole copy it is damage.
            raise NewerVaultError if NewerVaultError in copies else DamagedKeysError
        # Its first bytes are its salt, and the vault's id.
        salt = refuse_what_would_open_empty(self.database)[:SALT_BYTES]
        own = [copy for copy in readable if copy.vault_id == salt]
        if not own:
            raise ForeignDatabaseError
        own.sort(key=lambda copy: copy.writes, reverse=True)
        mended = reduce(KeySlots.mended_by, own)
        known = [(mended, mended.writes)] * len(copies)
        return mended, known != [(copy, getattr(copy, "writes", None)) for copy in copies]

    def write_keys(self, key_slots: KeySlots) -> None:
        """Replace both copies, one after the other, so that one of them is always whole.

        Raise DamagedKeysError for slots that would not be read back as they are, DiskFullError
        or CannotWriteError; then the former slots count.
        """
        with self.changed_keys(key_slots):
            pass

    @contextmanager
    def changed_keys(self, key_slots: KeySlots) -> Iterator[None]:
        """Replace both copies as `write_keys` does; an error in the block puts the former back.

        What the user is told to have failed must not open the vault all the same.
        """
        data = _encode(replace(key_slots, writes=key_slots.writes + 1))
        with replaced(self._copies, data):
            yield


def _decode(copy: Path) -> KeySlots | type[DamagedKeysError | NewerVaultError | UnreadableError]:
    """Return the slots of a copy, or what is wrong with it."""
    try:
        with refused_plainly(), copy.open("rb") as file:
            return decode_key_slots(file.read(MOST_BYTES + 1))
    except UnreadableError:
        return UnreadableError
    except OSError:
        return DamagedKeysError
    except DamagedKeysError:
        return DamagedKeysError
    except NewerVaultError:
        return NewerVaultError


def _encode(key_slots: KeySlots) -> bytes:
    """Return the contents of a copy, once they are known to say the same when read."""
    try:
        data = encode_key_slots(key_slots)
    except RecursionError:
        raise DamagedKeysError from None
    if decode_key_slots(data) != key_slots:
        raise DamagedKeysError
    return data
