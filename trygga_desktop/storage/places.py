"""Where a live vault may lie: not on a network share, not in a folder that is synchronised.

The write-ahead log needs one machine's shared memory, and a synchronising program copies a
database while it changes.
"""

from pathlib import Path, PurePath

from trygga_desktop.domain.errors import NetworkPlaceError
from trygga_desktop.storage.files import read_start

_SYNC_FOLDERS = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "box")
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "davfs", "fuse.rclone"}
)
_MOST_MOUNTS = 1024 * 1024


def refuse_network_place(folder: Path, *, mounts: Path = Path("/proc/self/mounts")) -> None:
    """Raise NetworkPlaceError if a vault in this folder could lose what was saved.

    `mounts` is the system's table of mounted file systems, where it has one.
    """
    place = folder.absolute()
    if str(place).startswith(("\\\\", "//")) or any(map(_is_synchronised, place.parts)):
        raise NetworkPlaceError
    if _file_system(place, read_start(mounts, _MOST_MOUNTS)) in _NETWORK_FILE_SYSTEMS:
        raise NetworkPlaceError


def _is_synchronised(part: str) -> bool:
    name = part.casefold()
    return any(name == sync or name.startswith((f"{sync} ", f"{sync}-")) for sync in _SYNC_FOLDERS)


def _file_system(place: PurePath, table: bytes) -> str:
    """Return the kind of the innermost file system that holds the place, or nothing."""
    kinds: dict[PurePath, str] = {}
    for line in table.decode("utf-8", "replace").splitlines():
        fields = line.split(" ")
        if len(fields) > 2:  # noqa: PLR2004  device, folder, kind
            kinds[PurePath(fields[1].replace("\\040", " "))] = fields[2]
    holders = [one for one in (place, *place.parents) if one in kinds]
    return kinds[holders[0]] if holders else ""
