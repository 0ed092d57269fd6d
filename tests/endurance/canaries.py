"""Put canaries into every field, use everything, and search all that is left for them."""

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import make_template
from tests.endurance.planting import (
    CODES,
    READABLE,
    SECRETS,
    Planter,
    plant_everywhere,
    use_all,
    use_cases_with_texts,
)
from tests.house.source import ROOT

_HOMES = {
    "HOME": "home",
    "USERPROFILE": "home",
    "LOCALAPPDATA": "home",
    "XDG_CONFIG_HOME": "config",
    "XDG_STATE_HOME": "state",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "TMPDIR": "temporary",
    "TEMP": "temporary",
    "TMP": "temporary",
    "SQLITE_TMPDIR": "temporary",
}
_CANARY = "Kanarie[0-9a-f]{12}"
_CODES = ("utf-8", "latin-1", "utf-16-le", "utf-16-be", "utf-32-le")
_WIDE = {"utf-16-le": (b"", b"\0"), "utf-16-be": (b"\0", b""), "utf-32-le": (b"", b"\0\0\0")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was planted and found.

    `left_behind` are files in the folder for temporary ones, `noted` lines in the log for support,
    `thrown` texts in the bin. `typed` names the fields of the window that took a canary, `copied`
    says how long each text is that the program put on the clipboard.
    """

    canaries: int
    secrets: int
    planted: frozenset[str]
    hits: tuple[str, ...]
    files: int
    exported: int
    left_behind: tuple[str, ...]
    noted: int
    thrown: int
    typed: frozenset[str]
    copied: tuple[int, ...]

    @property
    def forgotten(self) -> set[str]:
        """Return the fields that got no canary and should have."""
        return use_cases_with_texts() - self.planted - CODES - SECRETS - READABLE


def plant_and_search(place: Path, *, count: int, seed: int) -> Search:
    """Plant so many canaries or more in an empty folder, and search all that is left in it.

    A process of its own has all its homes there. It searches after every use case while the vault
    is open; here everything is searched once more after its end.
    """
    left, exported, told = place / "left", place / "exported", place / "told.json"
    folders = {name: left / folder for name, folder in _HOMES.items()}
    for folder in (exported, left / "vaults", *folders.values()):
        folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", __name__, str(left), str(exported), str(told)]
    homes = {name: str(folder) for name, folder in folders.items()}
    ended = subprocess.run(  # noqa: S603  our own module
        [*command, str(count), str(seed)],
        cwd=ROOT,
        env=os.environ | homes | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(ended.stderr)
    known = json.loads(told.read_text(encoding="utf-8"))
    hits = {*known["hits"], *find_in(left, known["secrets"])}
    # What is told to whoever started the program, or stays for pasting, is left too.
    for name, text in (
        ("clipboard", "\n".join(known["copied"])),
        ("output", ended.stdout + ended.stderr),
    ):
        hits |= {f"{name}: {one}" for one in find_words(text.encode(), known["secrets"])}
    temporary = left / _HOMES["TMPDIR"]
    return Search(
        canaries=len(known["canaries"]),
        secrets=len(known["secrets"]),
        planted=frozenset(known["planted"]),
        hits=tuple(sorted(hits)),
        files=sum(one.is_file() for one in left.rglob("*")),
        exported=sum(one.is_file() for one in exported.rglob("*")),
        left_behind=tuple(sorted(one.name for one in temporary.rglob("*"))),
        noted=known["noted"],
        thrown=known["thrown"],
        typed=frozenset(known["typed"]),
        copied=tuple(map(len, known["copied"])),
    )


def find_in(folder: Path, secrets: Iterable[str]) -> set[str]:
    """Return which canaries and secrets stand in files below a folder, or in their names."""
    secrets = tuple(secrets)
    hits = set()
    for path in folder.rglob("*"):
        data = path.name.encode()
        if path.is_file():
            data += b"\n" + path.read_bytes()
        hits |= {f"{path.relative_to(folder)}: {one}" for one in find_words(data, secrets)}
    return hits


def find_words(data: bytes, secrets: Iterable[str]) -> set[str]:
    """Return which canaries, in any spelling of a text, and which secrets stand in some bytes."""
    found = {one.decode() for one in re.findall(_CANARY.encode(), data, re.IGNORECASE)}
    for before, after in _WIDE.values():
        letters = b"".join(before + bytes([letter]) + after for letter in b"Kanarie")
        hexadecimal = b"(?:" + before + b"[0-9a-f]" + after + b"){12}"
        for one in re.findall(letters + hexadecimal, data, re.IGNORECASE):
            found.add(one.replace(b"\0", b"").decode())
    found |= {one for one in secrets if any(one.encode(code, "replace") in data for code in _CODES)}
    return found


def main(left: Path, exported: Path, told: Path, count: int, seed: int) -> int:
    """Plant and use everything in this process, and write down what was planted and seen."""
    # Imported here: whoever only searches needs no window.
    from tests.endurance.window import work_at_window  # noqa: PLC0415

    # A seed, so that a failure can be repeated.
    planter = Planter(chance=random.Random(seed))  # noqa: S311
    plant_everywhere(planter)
    made = make_template(left / "vaults")
    hits = set[str]()

    def look() -> None:
        hits.update(find_in(left, planter.secrets))

    seen = work_at_window(made, planter, exported)
    look()
    use_all(made, planter, look, count=count)
    known = {
        "canaries": planter.canaries,
        "secrets": sorted(planter.secrets),
        "planted": sorted(planter.planted),
        "copied": seen.copied,
        "typed": sorted(seen.typed),
        "noted": len(seen.log.read_text(encoding="utf-8").splitlines()),
        "thrown": seen.thrown,
        "hits": sorted(hits),
    }
    told.write_text(json.dumps(known), encoding="utf-8")
    return 0


if __name__ == "__main__":
    _left, _exported, _told, _count, _seed = sys.argv[1:]
    sys.exit(main(Path(_left), Path(_exported), Path(_told), int(_count), int(_seed)))
