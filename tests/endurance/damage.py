"""Damage the files of a vault one after the other, and see whether all of it is told.

A vault that opens after damage must hold every record as it was; one that does not must say what is
wrong with it, and must be left as it was found.
"""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from tests.conftest import PASSPHRASES, Clock, MadeVault
from tests.people import running_meeting, signed_case
from trygga_desktop.domain.errors import (
    DamagedKeysError,
    DamagedSlotError,
    DamagedVaultError,
    NotAVaultError,
    OlderThanConfirmedError,
    TamperedError,
    TryggaError,
    WrongPassphraseError,
)
from trygga_desktop.services.access import look
from trygga_desktop.services.accounts import ChangePassphrase, change_passphrase
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.vault import NoticeKind, OpenVault
from trygga_desktop.storage.engine import PAGE_BYTES, told_plainly

COUNTING = ("vault.db", "vault.db-wal", "keys.json", "keys.bak", "anchor")
"""The files whose damage must be told."""

HARMLESS = ("attempts", "writer.lock", "vault.db-shm")
"""The files whose damage must not be noticed."""

# What opening adds to; it is compared by the chain itself.
_GROWING = frozenset({"audit", "progress"})
_SECTOR = 512
_LONGEST_WAIT = 31
_NAMED = (
    DamagedKeysError,
    DamagedSlotError,
    DamagedVaultError,
    OlderThanConfirmedError,
    TamperedError,
    NotAVaultError,
)
_REPAIRS = frozenset({NoticeKind.REPAIRED_FROM_COPY, NoticeKind.ANCHOR_REPAIRED})


class Way(StrEnum):
    """How a file is damaged."""

    FLIP = "a flipped bit"
    CUT = "cut short"
    DELETE = "deleted"
    ROLL_BACK = "parts of earlier"
    NOISE = "noise"


class Fate(StrEnum):
    """What damage came to."""

    TOLD = "told"
    REPAIRED = "repaired"
    HARMLESS = "harmless"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One damage and what came of it; `told` names the error, or what failed."""

    file: str
    way: Way
    fate: Fate
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A vault's files, closed or cut off while open, those of earlier, and what it holds."""

    made: MadeVault
    files: dict[str, bytes]
    state: dict[str, bytes]
    earlier: tuple[dict[str, bytes], ...]
    content: bytes
    place: Path


def damage_files(
    made: MadeVault, place: Path, *, names: Sequence[str], count: int, seed: int
) -> Iterator[Trial]:
    """Damage each of the files so many times; yield what came of it."""
    # A seed, so that a failure can be repeated.
    chance = random.Random(seed)  # noqa: S311
    closed, cut_off = _subjects(made, place)
    for name in names:
        for _ in range(count):
            is_closed = name not in {"vault.db-wal", "vault.db-shm"} and chance.random() < 0.5
            yield _try(closed if is_closed else cut_off, name, chance)


def report(trials: Sequence[Trial]) -> str:
    """Return a table of how often damage to each file was told, repaired or harmless."""
    lines = []
    for name in dict.fromkeys(one.file for one in trials):
        own = [one for one in trials if one.file == name]
        fates = Counter(one.fate for one in own)
        figures = ", ".join(f"{fates[fate]} {fate}" for fate in Fate)
        lines.append(f"{name}: {len(own)} times damaged: {figures}")
        told = Counter(one.told for one in own if one.fate is Fate.TOLD)
        lines += [f"    {times:>5} {error}" for error, times in told.most_common()]
    lines += [str(one) for one in trials if one.fate is Fate.FAILED]
    return "\n".join(lines)


def _subjects(made: MadeVault, place: Path) -> tuple[Subject, Subject]:
    """Fill a vault, keep its files at some moments of its life, and those of its end."""
    vault = made.open()
    _change_passphrase(vault, "ke", "at")
    earlier = [_files(made.folder)]
    families = [signed_case(vault), signed_case(vault)]
    running_meeting(vault, families[0])
    earlier.append(_files(made.folder))
    vault.empty_log()
    earlier.append(_files(made.folder))
    # Whoever would bring this back would bring back a passphrase that counts no more.
    _change_passphrase(vault, "at", "ke")
    vault.empty_log()
    for number in range(12):
        family = families[number % 2]
        write_note(WriteNote(case_id=family.case_id, text=f"anteckning {number}"), vault=vault)
        if number == 6:
            earlier.append(_files(made.folder))
    cut_off = Subject(
        made=made,
        files=_files(made.folder),
        state=_files(made.state_folder),
        earlier=tuple(earlier),
        content=_content(vault),
        place=place,
    )
    vault.close()
    closed = replace(
        cut_off,
        files=_files(made.folder),
        state=_files(made.state_folder),
        earlier=(*earlier, cut_off.files),
    )
    return closed, cut_off


def _change_passphrase(vault: OpenVault, old: str, new: str) -> None:
    change_passphrase(ChangePassphrase(old=PASSPHRASES[old], new=PASSPHRASES[new]), vault=vault)


def _try(subject: Subject, name: str, chance: random.Random) -> Trial:
    way, data = _damaged(subject, name, chance)
    made = replace(
        subject.made,
        folder=subject.place / subject.made.folder.name,
        state_folder=subject.place / "state",
        clock=Clock(subject.made.clock.at),
    )
    for folder, files in (
        (made.folder, {**subject.files, name: data}),
        (made.state_folder, subject.state),
    ):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file, whole in files.items():
            if whole is not None:
                (folder / file).write_bytes(whole)
    fate, told = _open(made, subject, is_counting=name in COUNTING)
    return Trial(file=name, way=way, fate=fate, told=told)


def _open(made: MadeVault, subject: Subject, *, is_counting: bool) -> tuple[Fate, str]:
    before = _files(made.folder)
    try:
        vault = _unlocked(made, is_counting=is_counting)
    except TryggaError as error:
        told = type(error).__name__
        changed = {file for file, data in _files(made.folder).items() if before.get(file) != data}
        if not is_counting or not isinstance(error, _NAMED):
            return Fate.FAILED, told
        if "anchor" in changed:
            # It was opened, and the opening logged.
            return Fate.TOLD, f"{told} when it is read"
        if changed - {"writer.lock", "vault.db-shm"}:
            return Fate.FAILED, f"{told}, and changed {changed}"
        return Fate.TOLD, told
    except Exception as error:
        return Fate.FAILED, repr(error)
    try:
        return _read(vault, subject)
    finally:
        vault.engine.dispose()
        vault.lock.release()


def _unlocked(made: MadeVault, *, is_counting: bool) -> OpenVault:
    look(made.folder)
    try:
        return made.open()
    except WrongPassphraseError as error:
        # What is left of other attempts may make one wait, no longer than any attempt does.
        if is_counting or not 0 < error.wait_seconds < _LONGEST_WAIT:
            raise
        made.clock.move(seconds=_LONGEST_WAIT)
        return made.open()


def _read(vault: OpenVault, subject: Subject) -> tuple[Fate, str]:
    """Read everything; damage that opening did not meet is met now."""
    try:
        if _content(vault) != subject.content:
            return Fate.FAILED, "other records"
        for row in list_cases(vault=vault).value.rows:
            read_case(row.id, vault=vault)
    except DamagedVaultError as error:
        return Fate.TOLD, f"{type(error).__name__} when it is read"
    except Exception as error:
        return Fate.FAILED, repr(error)
    repaired = _REPAIRS & {one.kind for one in vault.notices}
    return (Fate.REPAIRED, ", ".join(repaired)) if repaired else (Fate.HARMLESS, "")


def _content(vault: OpenVault) -> bytes:
    """Return the digest of every row of every table that opening does not add to."""
    whole = sha256()
    with told_plainly(), vault.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        for name in sorted(set(names.scalars()) - _GROWING):
            rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()
            whole.update(repr((name, sorted(map(repr, rows)))).encode())
    return whole.digest()


def _damaged(subject: Subject, name: str, chance: random.Random) -> tuple[Way, bytes | None]:
    data = subject.files.get(name, b"")
    ways: dict[Way, Callable[[], bytes | None]] = {
        Way.FLIP: lambda: _flipped(data, chance),
        Way.CUT: lambda: data[: chance.randrange(len(data) or 1)],
        Way.DELETE: lambda: None,
        Way.ROLL_BACK: lambda: _rolled_back(subject, name, chance),
        Way.NOISE: lambda: _with_noise(data, chance),
    }
    # Deleting comes out the same each time.
    (way,) = chance.choices(list(ways), weights=(8, 4, 1, 6, 2))
    return way, ways[way]()


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    if changed:
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _with_noise(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) or 1)
    noise = chance.randbytes(chance.choice((1, _SECTOR, PAGE_BYTES)))
    return data[:start] + noise + data[start + len(noise) :]


def _rolled_back(subject: Subject, name: str, chance: random.Random) -> bytes | None:
    """Return the file with some of its parts, or all, as they were at an earlier moment."""
    data = subject.files.get(name, b"")
    old = chance.choice(subject.earlier).get(name)
    if old is None or chance.random() < 0.2:
        return old
    size = PAGE_BYTES if name == "vault.db" else _SECTOR
    parts = [at for at in range(0, len(data), size) if data[at : at + size] != old[at : at + size]]
    changed = bytearray(data)
    for at in chance.sample(parts, chance.randint(1, len(parts)) if parts else 0):
        changed[at : at + size] = old[at : at + size].ljust(len(data[at : at + size]), b"\0")
    return bytes(changed)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
