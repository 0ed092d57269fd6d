"""Where a live vault may lie: not on a network share, not in a folder that is synchronised.

The write-ahead log needs one machine's shared memory, and a synchronising program copies a
database while it changes.
"""

import os
from collections.abc import Sequence
from itertools import pairwise
from os.path import realpath
from pathlib import Path, PurePath

from trygga_desktop.domain.errors import NetworkPlaceError, UnsafePlace
from trygga_desktop.storage.mounts import Mount, lies_on_share, mounted_here

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
    "synology drive",
    "kdrive",
    "tresorit",
    "tresors",
    "hidrive",
    "egnyte drive",
    "sync.com",
)
# What synchronising programs lay at the top of a folder that people may call as they like.
_SYNC_SIGNS = (".stfolder", ".dropbox.cache", ".nextcloudsync.log", ".owncloudsync.log")
# Also words that people call folders by: only the spelling of the program counts.
_SYNC_FOLDERS_AS_SPELLED = ("Box", "MEGA")
# Where macOS lets any such program keep its files, whatever the program is called.
_SYNC_PLACES = frozenset({("Library", "CloudStorage"), ("Library", "Mobile Documents")})


def refuse_network_place(folder: Path, *, mounts: Sequence[Mount] | None = None) -> None:
    """Raise NetworkPlaceError if a vault in this folder could lose what was saved.

    `mounts` is what is mounted where, which this computer is asked for when it is None.
    """
    # Both: a link may lead into such a folder, or lie in one. `resolve` would raise for a link that
    # leads to itself; that is no question of the network.
    places = (folder.absolute(), Path(realpath(folder)))
    mounted = mounted_here() if mounts is None else mounts
    for place in places:
        if str(place).startswith(("\\\\", "//")) or lies_on_share(place, mounted):
            raise NetworkPlaceError(UnsafePlace.SHARE)
        if _is_synchronised(place) or any(map(_has_sign, place.parents)):
            raise NetworkPlaceError(UnsafePlace.SYNCED)


def _has_sign(folder: Path) -> bool:
    return any(os.path.lexists(folder / sign) for sign in _SYNC_SIGNS)


def _is_synchronised(place: PurePath) -> bool:
    parts = place.parts
    above = pairwise(parts)
    return any(map(_is_named_so, parts)) or any(pair in _SYNC_PLACES for pair in above)


def _is_named_so(part: str) -> bool:
    names = [(part, _SYNC_FOLDERS_AS_SPELLED), (part.casefold(), _SYNC_FOLDERS)]
    return any(
        name == sync or name.startswith((f"{sync} ", f"{sync}-"))
        for name, known in names
        for sync in known
    )
