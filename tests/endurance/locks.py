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
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event
from typing import NamedTuple, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from tests.conftest import MadeVault
from tests.endurance.program import (
    FIELDS,
    LOOK_AGAIN,
    every,
    find_field,
    processes,
    show_program,
)
from tests.house.source import ROOT
from tests.people import running_meeting, signed_case
from trygga_desktop.app import end_process
from trygga_desktop.domain.errors import TryggaError
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.drafts import discard_draft, read_drafts
from trygga_desktop.services.meetings import EndMeeting, end_meeting, read_meetings
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.desk_rooms import DeskRooms
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.platform.drawing import draw_pages
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.screens.new_meeting.form import MeetingField
from trygga_desktop.ui.screens.new_meeting.view_model import NewMeetingViewModel
from trygga_desktop.ui.screens.protocol.view_model import ProtocolViewModel
from trygga_desktop.ui.typed import readable
from trygga_desktop.ui.widgets.case_tabs import CaseTab

GONE_WITHIN = 2.0
"""Seconds after which the process that was locked must have ended."""

CANARY = "kanariefågel7351"
"""Stands in the notes of the case: whoever still has it in memory has not forgotten."""

UNSEEN = "only Linux lets a process look into the memory of another, and that only as root"

Model = TypeVar("Model", bound=QObject)
Do = Callable[[Model], object]

_LONGEST_LIFE = 1.5
_NEXT_WITHIN = 60
_LOOK_AGAIN = 0.3
_MAPS = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r")
_WRITABLE_MOST = 512 * 1024 * 1024


class Locked(NamedTuple):
    """What the program had typed by the time it was locked, and when that was."""

    typed: tuple[str, ...]
    at: float


class Places(NamedTuple):
    """Where it is locked: a case, a meeting of it that was held, a folder for what is exported."""

    case_id: UUID
    held_id: UUID
    exported: Path


class Next(NamedTuple):
    """The process that was started in place of the locked one."""

    pid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What one lock came to. `gone_after` are seconds, `canaries` None where nobody could look.

    `lost` are texts that are neither recorded nor a draft, `doubled` those that are both, `torn`
    the files that were exported and are not whole. `exit_code` is that of the process that was
    locked: below zero if a signal ended it.
    """

    doing: str
    gone_after: float
    is_whole: bool
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    torn: tuple[str, ...]
    has_next: bool
    canaries: int | None
    exit_code: int | None

    @property
    def is_sound(self) -> bool:
        """Return whether everything is as it must be, but for how long it took."""
        is_kept = self.is_whole and not (self.lost or self.doubled or self.torn)
        return is_kept and self.has_next and not self.canaries

    @property
    def has_failed(self) -> bool:
        """Return whether anything is not as it must be."""
        return self.gone_after > GONE_WITHIN or not self.is_sound


@dataclass(frozen=True, slots=True)
class Busy:
    """A program in use: its window, and what else may be typed and saved in it."""

    window: MainWindow
    rooms: DeskRooms
    places: Places
    typed: list[str]
    chance: random.Random

    def once(self, kind: type[Model], is_ready: Callable[[Model], bool], do: Do[Model]) -> None:
        """Do something with a screen as soon as it has what it takes."""

        def look() -> None:
            model = self.rooms.current
            if isinstance(model, kind) and is_ready(model):
                timer.stop()
                do(model)

        timer = every(LOOK_AGAIN, look, self.window)


def _add_note(busy: Busy) -> None:
    """Have the note that was typed recorded."""
    model = busy.rooms.current
    if isinstance(model, CaseViewModel):
        model.add_note()


def _plan(busy: Busy) -> None:
    """Plan a meeting with whoever usually comes."""

    def fill_in(model: NewMeetingViewModel) -> None:
        place = f"halvplanerat{busy.chance.randrange(10**6)}"
        model.type(MeetingField.DAY, "2026-12-03")
        model.type(MeetingField.TIME, "14:00")
        model.type(MeetingField.PLACE, place)
        busy.typed.append(place)
        model.plan()

    busy.rooms.cases.go_to_new_meeting(busy.places.case_id)
    busy.once(NewMeetingViewModel, lambda model: model.found is not None, fill_in)


def _save(busy: Busy) -> None:
    """Save the protocol of the meeting that was held."""
    file = busy.places.exported / f"protokoll {busy.chance.randrange(10**6)}.pdf"
    _go_to_protocol(busy, lambda model: model.save_to(file))


def _preview(busy: Busy) -> None:
    """Look at how the protocol would be printed."""

    def show(model: ProtocolViewModel) -> None:
        assert model.composed is not None
        dialog = QPrintPreviewDialog(busy.window)
        dialog.paintRequested.connect(partial(draw_pages, model.composed.pdf))
        QDialog.open(dialog)

    _go_to_protocol(busy, show)


def _go_to_protocol(busy: Busy, do: Do[ProtocolViewModel]) -> None:
    busy.rooms.meetings.go_to_protocol(busy.places.case_id, busy.places.held_id)
    busy.once(ProtocolViewModel, lambda model: model.may_leave, do)


def _go_to_tab(busy: Busy, tab: CaseTab) -> None:
    busy.rooms.cases.go_to_tab(busy.places.case_id, tab)


ACTS: dict[str, Callable[[Busy], object]] = {
    "going home": lambda busy: busy.rooms.go_home(),
    "opening a case": lambda busy: busy.rooms.go_to_case(busy.places.case_id),
    "reading consents": lambda busy: _go_to_tab(busy, CaseTab.CONSENTS),
    "reading people": lambda busy: _go_to_tab(busy, CaseTab.PEOPLE),
    "reading the directory": lambda busy: busy.rooms.go_to_directory(),
    "reading kept text": lambda busy: busy.rooms.drafts.go_to_kept(),
    "adding a note": _add_note,
    "planning a meeting": _plan,
    "saving a protocol": _save,
    "looking at a print": _preview,
    "changing the settings": lambda busy: busy.rooms.go_to_settings(),
    "looking at the keys": lambda busy: busy.window.show_shortcuts(),
    "choosing a file": lambda busy: QFileDialog(busy.window).open(),
}
"""What the program may be in the middle of, besides typing."""


def lock_while_busy(made: MadeVault, *, count: int, seed: int) -> Iterator[Ending]:
    """Lock the program so many times at a random moment; yield what each lock came to."""
    vault = made.open()
    family = signed_case(vault)
    write_note(WriteNote(case_id=family.case_id, text=CANARY), vault=vault)
    held_id = running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=held_id), vault=vault)
    vault.close()
    exported = made.state_folder / "exported"
    exported.mkdir()
    places = Places(family.case_id, held_id, exported)
    # A seed, so that a failure can be repeated.
    chance = random.Random(seed)  # noqa: S311
    for _ in range(count):
        yield _locked(made, places, chance.choice(list(ACTS)), chance)


def _locked(made: MadeVault, places: Places, doing: str, chance: random.Random) -> Ending:
    ours, theirs = processes(__name__).Pipe(duplex=False)
    child = processes(__name__).Process(
        target=_work, args=(made, places, doing, chance.random(), theirs)
    )
    child.start()
    theirs.close()
    locked, following = Locked((), 0.0), 0
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
    is_whole, recorded, drafts = _look_into(made, places.case_id)
    return Ending(
        doing=doing,
        gone_after=gone_after,
        is_whole=is_whole,
        lost=tuple(one for one in locked.typed if one not in recorded + drafts),
        doubled=tuple(one for one in locked.typed if one in recorded and one in drafts),
        torn=_torn(places.exported),
        has_next=bool(following),
        canaries=canaries,
        exit_code=child.exitcode,
    )


def _work(made: MadeVault, places: Places, doing: str, seed: float, tell: Connection) -> None:
    """Type a note, begin something else, and be locked in the middle of it."""
    chance = random.Random(seed)  # noqa: S311  as above
    log = _log_of(made)
    typed: list[str] = []

    def restart(folder: Path | None) -> None:
        end_process(lambda: _start_next(folder, log, tell))

    application, window, rooms = show_program(made, restart)
    note = FIELDS["note"]
    note.go(rooms, places.case_id)
    busy = Busy(window, rooms, places, typed, chance)

    def begin() -> None:
        editor = find_field(window, rooms, note.name)
        if editor is None:
            QTimer.singleShot(10, window, begin)
            return
        word = f"halvskrivet{chance.randrange(10**6)}"
        QTest.keyClicks(editor, word)
        typed.append(word)
        QTimer.singleShot(round(chance.uniform(0, 300)), window, act)
        QTimer.singleShot(round(chance.uniform(0, 1_000 * _LONGEST_LIFE)), window, lock)

    def act() -> None:
        ACTS[doing](busy)

    def lock() -> None:
        tell.send(Locked(tuple(typed), time.monotonic()))
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


def _look_into(made: MadeVault, case_id: UUID) -> tuple[bool, str, str]:
    """Return whether the vault is whole, what is recorded in it, and what its drafts hold.

    The drafts are then discarded.
    """
    try:
        vault = made.open()
    except TryggaError:
        return False, "", ""
    is_whole = _is_chain_whole(vault)
    notes = [one.text for one in read_case(case_id, vault=vault).value.notes]
    meetings = [one.place for one in read_meetings(case_id, vault=vault).value.meetings]
    drafts = read_drafts(vault=vault).value
    for one in drafts:
        discard_draft(one.id, vault=vault)
    vault.close()
    kept = [readable(one.kind, one.text) for one in drafts]
    return is_whole, "\n".join([*notes, *meetings]), "\n".join(kept)


def _torn(folder: Path) -> tuple[str, ...]:
    """Return which exported files are not whole; what lay half-written beside them counts not."""
    files = [one for one in folder.iterdir() if not one.name.startswith(".")]
    return tuple(one.name for one in files if not one.read_bytes().rstrip().endswith(b"%%EOF"))


def _is_chain_whole(vault: OpenVault) -> bool:
    try:
        with vault.work() as work:
            work.audit.verify(work.trust)
    except TryggaError:
        return False
    return True
