"""Where a live vault may lie: not on a network share, not in a folder that is synchronised.

The write-ahead log needs one machine's shared memory, and a synchronising program copies a
database while it changes.
"""

import os
from os.path import realpath
from pathlib import Path, PurePath

from trygga_desktop.domain.errors import NetworkPlaceError, UnsafePlace
from trygga_desktop.storage.files import read_start

_SYNC_FOLDERS = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "iclouddrive",
    "com~apple~clouddocs",
    "nextcloud",
    "owncloud",
    "seafile",
    "megasync",
    "pclouddrive",
    "pcloud drive",
    "proton drive",
    "jottacloud",
    "synologydrive",
)
# What synchronising programs lay at the top of a folder that people may call as they like.
_SYNC_SIGNS = (".stfolder", ".dropbox.cache", ".nextcloudsync.log", ".owncloudsync.log")
# Also a word that people call folders by: only the spelling of the program counts.
_SYNC_FOLDER_AS_SPELLED = "Box"
_NETWORK_FILE_SYSTEMS = frozenset(
    {
        "9p",
        "afs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "fuse.vmhgfs-fuse",
        "glusterfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
        "vboxsf",
    }
)
_MOST_MOUNTS = 1024 * 1024


def refuse_network_place(folder: Path, *, mounts: Path = Path("/proc/self/mounts")) -> None:
    """Raise NetworkPlaceError if a vault in this folder could lose what was saved.

    `mounts` is the system's table of mounted file systems, where it has one.
    """
    # Both: a link may lead into such a folder, or lie in one. `resolve` would raise for a link that
    # leads to itself; that is no question of the network.
    places = (folder.absolute(), Path(realpath(folder)))
    table = read_start(mounts, _MOST_MOUNTS)
    for place in places:
        if str(place).startswith(("\\\\", "//")):
            raise NetworkPlaceError(UnsafePlace.SHARE)
        if _file_system(place, table) in _NETWORK_FILE_SYSTEMS:
            raise NetworkPlaceError(UnsafePlace.SHARE)
        if any(map(_is_synchronised, place.parts)) or any(map(_has_sign, place.parents)):
            raise NetworkPlaceError(UnsafePlace.SYNCED)


def _has_sign(folder: Path) -> bool:
    return any(os.path.lexists(folder / sign) for sign in _SYNC_SIGNS)


def _is_synchronised(part: str) -> bool:
    named = [(part, _SYNC_FOLDER_AS_SPELLED), *((part.casefold(), sync) for sync in _SYNC_FOLDERS)]
    return any(name == sync or name.startswith((f"{sync} ", f"{sync}-")) for name, sync in named)


def _file_system(place: PurePath, table: bytes) -> str:
    """Return the kind of the innermost file system that holds the place, or nothing."""
    kinds: dict[PurePath, str] = {}
    for line in table.decode("utf-8", "replace").splitlines():
        fields = line.split(" ")
        if len(fields) > 2:  # noqa: PLR2004  device, folder, kind
            kinds[PurePath(fields[1].replace("\\040", " "))] = fields[2]
    holders = [one for one in (place, *place.parents) if one in kinds]
    return kinds[holders[0]] if holders else ""
