"""Let every write, wait, rename and opening of a file fail in its turn, and see what is left.

It must be the old state or the new one, told in words of ours, and trying again must work.
"""

import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from tests.conftest import LOGIN, PASSPHRASES, MadeVault
from tests.costs import prepared_vault
from tests.endurance.syscalls import Fault, Faults, failing, waits_watched
from tests.hostile import WITHOUT_SEALING, forge
from tests.people import opened_case
from tests.services.sealing_desk import held_meeting, protocols_of, to_seal
from trygga_desktop.documents.pdf.verify import verify
from trygga_desktop.documents.verdict import Outcome
from trygga_desktop.domain.errors import NotConfirmedError, TryggaError, WrongPassphraseError
from trygga_desktop.services.access import Unlock, unlock
from trygga_desktop.services.accounts import ChangePassphrase, change_passphrase
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.founding import CreateVault, create_vault
from trygga_desktop.services.sealed_files import read_sealed
from trygga_desktop.services.sealing import seal_protocol
from trygga_desktop.services.vault import OpenVault

_BEFORE_MEETINGS = (
    *WITHOUT_SEALING,
    "DROP TABLE commitment",
    *(f"DROP TABLE {table}" for table in ("consent_event", "contact", "meeting", "organisation")),
    "DROP TABLE party",
    "UPDATE alembic_version SET version_num = '0001'",
)
_WAIT = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """One call that failed, in which action, and what was wrong afterwards, if anything."""

    action: str
    fault: Fault
    at: int
    call: str
    wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """A vault of its own for one run of an action, with one case."""

    made: MadeVault
    case_id: UUID


class _WrongError(Exception):
    """A third state, or an error that is none of ours."""


_Run = Callable[[_Scene, Faults], None]


def strike_everywhere(
    made: MadeVault, place: Path, *, actions: Iterable[str], most: int, seed: int
) -> Iterator[Strike]:
    """Let each call of each action fail in each way, or as many of them as `most`, evenly chosen.

    A run that meets no fault tells how many calls there are.
    """
    with waits_watched():
        yield from _strikes(made, place, actions=actions, most=most, seed=seed)


def _strikes(
    made: MadeVault, place: Path, *, actions: Iterable[str], most: int, seed: int
) -> Iterator[Strike]:
    scene = _prepared(made, place / "prepared")
    # A seed, so that the same calls are chosen once more.
    chance = random.Random(seed)  # noqa: S311
    for action in actions:
        run = ACTIONS[action]
        for fault in Fault:
            quiet = Faults(fault, 0)
            _run(run, scene, quiet, place / "run")
            chosen = range(1, quiet.count + 1)
            numbers = sorted(chance.sample(chosen, most)) if most < len(chosen) else chosen
            for at in numbers:
                faults = Faults(fault, at)
                wrong = _run(run, scene, faults, place / "run")
                yield Strike(action=action, fault=fault, at=at, call=faults.struck, wrong=wrong)


def _prepared(made: MadeVault, place: Path) -> _Scene:
    copy = made.copy_to(place)
    vault = copy.open()
    case_id = opened_case(vault)
    vault.close()
    return _Scene(made=copy, case_id=case_id)


def _run(run: _Run, scene: _Scene, faults: Faults, place: Path) -> str:
    shutil.rmtree(place, ignore_errors=True)
    try:
        run(replace(scene, made=scene.made.copy_to(place)), faults)
    except _WrongError as error:
        return str(error)
    except Exception as error:
        return repr(error)
    return ""


def _create(scene: _Scene, faults: Faults) -> None:
    folder = scene.made.folder.with_name("Nytt.trygga")
    others = set(folder.parent.iterdir())
    prepared = prepared_vault()
    command = CreateVault(
        folder=folder,
        municipality="Exempelstad",
        login=LOGIN,
        name="Karin Ek",
        passphrase=PASSPHRASES[LOGIN],
        prepared=prepared,
    )
    told = _tried(scene, faults, lambda: create_vault(command, environment=scene.made.environment))
    left = set(folder.parent.iterdir()) - others
    if told is not None:
        _require(not left, f"{told!r}, and left {[path.name for path in left]}")
        create_vault(command, environment=scene.made.environment)
    replace(scene.made, folder=folder, vault_id=prepared.vault_id).open().close()


def _save(scene: _Scene, faults: Faults) -> None:
    vault = scene.made.open()
    note = WriteNote(case_id=scene.case_id, text="bekräftad")
    told = _tried(scene, faults, lambda: write_note(note, vault=vault))
    if isinstance(told, NotConfirmedError):
        # It is stored, and the vault locks.
        vault.close()
        vault = scene.made.open()
    elif told is not None:
        write_note(note, vault=vault)
    vault.close()
    _require(_notes(scene) == 1, f"{told!r}, and {_notes(scene)} notes")


def _seal(scene: _Scene, faults: Faults) -> None:
    """Seal a protocol: the meeting is sealed with its file in the log, or is as it was."""
    vault = scene.made.open()
    held = held_meeting(vault)
    command = to_seal(vault, held.meeting_id)
    told = _tried(scene, faults, lambda: seal_protocol(command, vault=vault))
    if isinstance(told, NotConfirmedError):
        vault.close()
        vault = scene.made.open()
    elif told is not None:
        _require(protocols_of(vault, held.case_id) == [], f"{told!r}, and it is sealed")
        seal_protocol(command, vault=vault)
    found = protocols_of(vault, held.case_id)
    _require(len(found) == 1, f"{told!r}, and {len(found)} protocols")
    pdf = read_sealed(found[0].id, vault=vault).value.pdf
    _require(verify(pdf, compares=False).outcome is Outcome.UNCHANGED, "the file was changed")
    vault.close()


def _lock(scene: _Scene, faults: Faults) -> None:
    vault = scene.made.open()
    write_note(WriteNote(case_id=scene.case_id, text="bekräftad"), vault=vault)
    told = _tried(scene, faults, vault.close)
    _require(told is None, f"{told!r} held the lock up")
    _require(_notes(scene) == 1, "the note is gone")


def _unlock(scene: _Scene, faults: Faults) -> None:
    opened: list[OpenVault] = []
    told = _tried(scene, faults, lambda: opened.append(scene.made.open()))
    _require((told is None) == bool(opened), f"{told!r}")
    for vault in opened:
        vault.close()
    _require(_notes(scene) == 0, "there is a note")


def _unlock_anew(scene: _Scene, faults: Faults) -> None:
    """Unlock a vault from before there were meetings: its tables are made."""
    forge(scene.made.folder / "vault.db", scene.made.file_key, *_BEFORE_MEETINGS)
    _unlock(scene, faults)


def _change_passphrase(scene: _Scene, faults: Faults) -> None:
    vault = scene.made.open()
    change = ChangePassphrase(old=PASSPHRASES[LOGIN], new=PASSPHRASES["at"])
    told = _tried(scene, faults, lambda: change_passphrase(change, vault=vault))
    vault.close()
    is_new = told is None or isinstance(told, NotConfirmedError)
    opening = [_opens(scene, PASSPHRASES[login]) for login in (LOGIN, "at")]
    _require(opening == [not is_new, is_new], f"{told!r}, and old and new open: {opening}")
    if not is_new:
        scene.made.clock.move(seconds=_WAIT)
        vault = scene.made.open()
        change_passphrase(change, vault=vault)
        vault.close()


def _tried(scene: _Scene, faults: Faults, action: Callable[[], object]) -> TryggaError | None:
    """Do something while calls fail; return what was told of it."""
    with failing(faults, scene.made.folder.parent):
        try:
            action()
        except TryggaError as error:
            return error
    return None


def _opens(scene: _Scene, passphrase: str) -> bool:
    scene.made.clock.move(seconds=_WAIT)
    command = Unlock(folder=scene.made.folder, login=LOGIN, passphrase=passphrase)
    with suppress(WrongPassphraseError):
        unlock(command, environment=scene.made.environment).close()
        return True
    return False


def _notes(scene: _Scene) -> int:
    """Open the vault, which walks through its log, and count the notes of its case."""
    vault = scene.made.open()
    notes = read_case(scene.case_id, vault=vault).value.notes
    vault.close()
    return len(notes)


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise _WrongError(otherwise)


ACTIONS: Mapping[str, _Run] = {
    "save": _save,
    "seal a protocol": _seal,
    "change the passphrase": _change_passphrase,
    "lock": _lock,
    "unlock": _unlock,
    "unlock with a migration": _unlock_anew,
    "create a vault": _create,
}
"""What is done while calls fail, by its name."""
