"""Which file systems are mounted where, and which of them are not this computer's own.

Each system has its table: Linux a file, macOS what `mount` prints. Windows needs none: the real
path of what lies on a share begins with its server.
"""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from trygga_desktop.storage.files import read_start

_TABLE = Path("/proc/self/mounts")
_PROGRAM = "/sbin/mount"
_MOST_BYTES = 1024 * 1024
_MOST_SECONDS = 10
_ESCAPED = re.compile(r"\\([0-7]{3})")
_PRINTED = re.compile(r"^.*? on (?P<folder>/.*) \((?P<kind>[^,()]+)(?P<options>[^()]*)\)$")

_SHARED_KINDS = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "gfs",
        "gfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "panfs",
        "prl_fs",
        "pvfs2",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
    }
)
# A program answers for these, and few of them keep the files on this computer.
_ANSWERED_BY_A_PROGRAM = "fuse"
_ANSWERED_HERE = frozenset(
    {
        "bindfs",
        "cryfs",
        "encfs",
        "exfat",
        "fuse-overlayfs",
        "gocryptfs",
        "lowntfs-3g",
        "mergerfs",
        "ntfs",
        "ntfs-3g",
        "portal",
        "securefs",
        "veracrypt",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """A file system in its folder; `is_shared` says that others than this computer may write it."""

    folder: PurePath
    is_shared: bool


def mounted_here() -> Sequence[Mount]:
    """Return what is mounted on this computer, or nothing where that cannot be told."""
    if sys.platform == "darwin":
        try:
            printed = subprocess.run(  # noqa: S603  no word of it comes from outside
                [_PROGRAM], capture_output=True, check=True, timeout=_MOST_SECONDS
            )
        except (OSError, subprocess.SubprocessError):
            return ()
        return read_printed(printed.stdout)
    return read_table(read_start(_TABLE, _MOST_BYTES))


def read_table(table: bytes) -> Sequence[Mount]:
    """Return what stands in the table of Linux: device, folder, kind and more in each line."""
    mounts = []
    for line in table.decode("utf-8", "surrogateescape").splitlines():
        fields = line.split(" ")
        if len(fields) > 2:  # noqa: PLR2004  device, folder, kind
            folder = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), fields[1])
            mounts.append(Mount(folder=PurePath(folder), is_shared=_is_shared(fields[2])))
    return mounts


def read_printed(text: bytes) -> Sequence[Mount]:
    """Return what `mount` of macOS printed: it calls local what is this computer's own."""
    mounts = []
    for line in text.decode("utf-8", "surrogateescape").splitlines():
        found = _PRINTED.match(line)
        if found is not None:
            options = {one.strip() for one in found["options"].split(",")}
            is_shared = "local" not in options or _is_shared(found["kind"])
            mounts.append(Mount(folder=PurePath(found["folder"]), is_shared=is_shared))
    return mounts


def lies_on_share(place: PurePath, mounts: Sequence[Mount]) -> bool:
    """Return whether the innermost file system that holds the place is not this computer's own."""
    # The last one counts of several that were mounted over each other.
    shared = {one.folder: one.is_shared for one in mounts}
    holders = [one for one in (place, *place.parents) if one in shared]
    return bool(holders) and shared[holders[0]]


def _is_shared(kind: str) -> bool:
    answered, _, by = kind.partition(".")
    if answered == _ANSWERED_BY_A_PROGRAM:
        return by not in _ANSWERED_HERE
    return kind in _SHARED_KINDS
