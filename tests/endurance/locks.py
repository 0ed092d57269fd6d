"""Lock the program in the middle of anything: nothing is damaged, lost, or left in memory."""

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.conftest import MadeVault
from tests.endurance.program import FIELDS, find_field, processes, show_program
from tests.house.source import ROOT
from tests.people import opened_case
from trygga_desktop.app import end_process
from trygga_desktop.domain.errors import TryggaError
from trygga_desktop.services.case_files import WriteNote, write_note
from trygga_desktop.services.drafts import discard_draft, read_drafts
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.desk_rooms import DeskRooms
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.typed import readable
from trygga_desktop.ui.widgets.case_tabs import CaseTab

GONE_WITHIN = 2.0
"""Seconds after which the process that was locked must have ended."""

CANARY = "kanariefågel7351"
"""Stands in the notes of the case: whoever still has it in memory has not forgotten."""

_LONGEST_LIFE = 1.5
_NEXT_WITHIN = 60
_LOOK_AGAIN = 0.3
_MAPS = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r")
_WRITABLE_MOST = 512 * 1024 * 1024


class Locked(NamedTuple):
    """What the program had typed by the time it was locked, and when that was."""

    typed: str
    at: float


class Next(NamedTuple):
    """The process that was started in place of the locked one."""

    pid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What one lock came to. `gone_after` are seconds, `canaries` None where nobody could look.

    `exit_code` is that of the process that was locked: below zero if a signal ended it.
    """

    doing: str
    gone_after: float
    is_whole: bool
    has_draft: bool
    has_next: bool
    canaries: int | None
    exit_code: int | None

    @property
    def has_failed(self) -> bool:
        """Return whether anything is not as it must be."""
        is_late = self.gone_after > GONE_WITHIN
        return (
            is_late
            or not (self.is_whole and self.has_draft and self.has_next)
            or bool(self.canaries)
        )


Act = Callable[[MainWindow, DeskRooms, UUID], None]

ACTS: dict[str, Act] = {
    "going home": lambda _, rooms, __: rooms.go_home(),
    "opening a case": lambda _, rooms, case_id: rooms.go_to_case(case_id),
    "reading consents": lambda _, rooms, case_id: rooms.cases.go_to_tab(case_id, CaseTab.CONSENTS),
    "reading people": lambda _, rooms, case_id: rooms.cases.go_to_tab(case_id, CaseTab.PEOPLE),
    "reading the directory": lambda _, rooms, __: rooms.go_to_directory(),
    "reading kept text": lambda _, rooms, __: rooms.drafts.go_to_kept(),
    "planning a meeting": lambda _, rooms, case_id: rooms.cases.go_to_new_meeting(case_id),
    "changing the settings": lambda _, rooms, __: rooms.go_to_settings(),
    "looking at the keys": lambda window, _, __: window.show_shortcuts(),
    "choosing a file": lambda window, _, __: QFileDialog(window).open(),
}
"""What the program may be in the middle of, besides typing."""


def lock_while_busy(made: MadeVault, *, count: int, seed: int) -> Iterator[Ending]:
    """Lock the program so many times at a random moment; yield what each lock came to."""
    vault = made.open()
    case_id = opened_case(vault)
    write_note(WriteNote(case_id=case_id, text=CANARY), vault=vault)
    vault.close()
    # A seed, so that a failure can be repeated.
    chance = random.Random(seed)  # noqa: S311
    for number in range(count):
        doing = list(ACTS)[number % len(ACTS)]
        yield _locked(made, case_id, doing, chance)


def _locked(made: MadeVault, case_id: UUID, doing: str, chance: random.Random) -> Ending:
    ours, theirs = processes(__name__).Pipe(duplex=False)
    child = processes(__name__).Process(
        target=_work, args=(made, case_id, doing, chance.random(), theirs)
    )
    child.start()
    theirs.close()
    locked, following = Locked("", 0.0), 0
    with suppress(EOFError):
        while True:
            told: Locked | Next = ours.recv()
            if isinstance(told, Locked):
                locked = told
            else:
                following = told.pid
    child.join()
    gone_after = time.monotonic() - locked.at
    ours.close()
    canaries = _end_next(made, following) if following else None
    is_whole, drafts = _look_into(made)
    return Ending(
        doing=doing,
        gone_after=gone_after,
        is_whole=is_whole,
        has_draft=locked.typed in drafts,
        has_next=bool(following),
        canaries=canaries,
        exit_code=child.exitcode,
    )


def _work(made: MadeVault, case_id: UUID, doing: str, seed: float, tell: Connection) -> None:
    """Type a note, begin something else, and be locked in the middle of it."""
    chance = random.Random(seed)  # noqa: S311  as above
    log = _log_of(made)
    typed = ""

    def restart(folder: Path | None) -> None:
        end_process(lambda: _start_next(folder, log, tell))

    application, window, rooms = show_program(made, restart)
    go, name, _ = FIELDS["note"]
    go(rooms, case_id)

    def begin() -> None:
        nonlocal typed
        editor = find_field(window, rooms, name)
        if editor is None:
            QTimer.singleShot(10, window, begin)
            return
        word = f"halvskrivet{chance.randrange(10**6)}"
        QTest.keyClicks(editor, word)
        typed = word
        QTimer.singleShot(round(chance.uniform(0, 300)), window, act)
        QTimer.singleShot(round(chance.uniform(0, 1_000 * _LONGEST_LIFE)), window, lock)

    def act() -> None:
        ACTS[doing](window, rooms, case_id)

    def lock() -> None:
        tell.send(Locked(typed, time.monotonic()))
        if chance.random() < 0.5:
            top = QApplication.activeModalWidget() or window
            QTest.keyClick(top.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        rooms.lock()

    QTimer.singleShot(0, window, begin)
    application.exec()


def _start_next(folder: Path | None, log: Path, tell: Connection) -> None:
    home = log.parent
    command = [sys.executable, "-m", "trygga_desktop", "run", "--vault", str(folder)]
    places = {name: str(home) for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    started = subprocess.Popen(command, cwd=ROOT, env=os.environ | places)  # noqa: S603  ourselves
    tell.send(Next(started.pid))


def _log_of(made: MadeVault) -> Path:
    return made.state_folder / "home" / "events.log"


def _end_next(made: MadeVault, pid: int) -> int | None:
    """Wait until the next process has its window, count canaries in its memory, and end it."""
    home = _log_of(made).parent
    _wait_until(lambda: any(home.rglob("events.log")))
    before = [-1]

    def rests() -> bool:
        worked = _worked(pid)
        is_resting, before[0] = worked == before[0], worked
        return is_resting

    # It has begun, and what it began with is done.
    _wait_until(rests)
    try:
        return count_in_memory(pid, CANARY)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, 9)
        for one in home.rglob("events.log"):
            one.unlink()


def _wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + _NEXT_WITHIN
    while not holds() and time.monotonic() < until:
        Event().wait(_LOOK_AGAIN)


def _worked(pid: int) -> int:
    """Return how long a process has worked so far, in ticks of the kernel."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return -1
    parts = told.rpartition(")")[2].split()
    return int(parts[11]) + int(parts[12])


def count_in_memory(pid: int, text: str) -> int | None:
    """Return how often a text stands in the memory of a process, as Python and Qt keep texts.

    Return None where it cannot be looked into: on other systems than Linux, and without the right.
    """
    if not sys.platform.startswith("linux"):
        return None
    wanted = [text.encode("utf-8"), text.encode("utf-16-le"), text.encode("utf-32-le")]
    found = 0
    try:
        maps = Path(f"/proc/{pid}/maps").read_text(encoding="ascii", errors="replace")
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for line in maps.splitlines():
                place = _MAPS.match(line)
                if place is None or "[v" in line:
                    continue
                start, end = (int(part, 16) for part in place.groups())
                with suppress(OSError, OverflowError):
                    memory.seek(start)
                    held = memory.read(min(end - start, _WRITABLE_MOST))
                    found += sum(held.count(one) for one in wanted)
    except (PermissionError, FileNotFoundError, ProcessLookupError):
        return None
    return found


def _look_into(made: MadeVault) -> tuple[bool, str]:
    """Return whether the vault is whole, and the text of its drafts, which are then discarded."""
    try:
        vault = made.open()
    except TryggaError:
        return False, ""
    is_whole = _is_chain_whole(vault)
    drafts = read_drafts(vault=vault).value
    for one in drafts:
        discard_draft(one.id, vault=vault)
    vault.close()
    return is_whole, "\n".join(readable(one.kind, one.text) for one in drafts)


def _is_chain_whole(vault: OpenVault) -> bool:
    try:
        with vault.work() as work:
            work.audit.verify(work.trust)
    except TryggaError:
        return False
    return True
