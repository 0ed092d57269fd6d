"""Kill the program while a meeting is written down, and see what of it is gone."""

import random
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field as made_by
from multiprocessing.connection import Connection
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit

from tests.conftest import MadeVault
from tests.endurance.keys import MOST_LOST
from tests.endurance.program import (
    LOOK_AGAIN,
    begin_a_meeting,
    every,
    find_field,
    processes,
    show_program,
)
from tests.people import opened_case, room_of
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.services.drafts import discard_draft, read_drafts
from trygga_desktop.services.meetings import read_meetings
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.typed import read_typed

_LONGEST_LIFE = 7.0
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PAUSES = (15, 40, 90, 250)
"""Milliseconds between two keys."""

_ADDS, _GOES_ON = 0.12, 0.02
_KINDS = (Qt.Key.Key_3, Qt.Key.Key_4)
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Key(NamedTuple):
    """A key of one text, and when it was pressed by a clock that all processes share."""

    number: int
    at: float
    letter: str


class Added(NamedTuple):
    """The program took a text out of its bar: it says that it is stored."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """What one kill came to: texts that were added and are gone, and seconds of typing."""

    keys: int
    added: int
    lost: int
    seconds: float

    @property
    def has_failed(self) -> bool:
        """Return whether more is gone than may be."""
        return self.lost > 0 or self.seconds > MOST_LOST


@dataclass(slots=True)
class _Heard:
    keys: list[Key] = made_by(default_factory=list)
    added: set[int] = made_by(default_factory=set)
    killed_at: float = 0.0

    def text(self, number: int) -> str:
        return "".join(key.letter for key in self.keys if key.number == number)


def kill_in_a_meeting(made: MadeVault, *, count: int, seed: int) -> Iterator[Break]:
    """Kill the program so many times while a meeting is written; yield what each kill came to.

    It is one meeting: what was added before an earlier kill is looked for after each later one.
    """
    vault = made.open()
    case_id = opened_case(vault)
    begin_a_meeting(vault, case_id)
    vault.close()
    # A seed, so that a failure can be repeated.
    chance = random.Random(seed)  # noqa: S311
    before: set[str] = set()
    for number in range(count):
        heard = _killed(made, case_id, number * 1_000, chance)
        found = _outcome(made, case_id, heard, before)
        before |= {heard.text(one) for one in heard.added}
        yield found


def _killed(made: MadeVault, case_id: UUID, first: int, chance: random.Random) -> _Heard:
    ours, theirs = processes(__name__).Pipe(duplex=False)
    child = processes(__name__).Process(
        target=_write, args=(made, case_id, first, chance.random(), theirs)
    )
    child.start()
    theirs.close()
    heard = _Heard()
    life = chance.uniform(0, _LONGEST_LIFE)
    with suppress(EOFError):
        # The first word says that the bar is there and typing begins.
        ours.recv()
        child.join(life)
        heard.killed_at = time.monotonic()
        child.kill()
        child.join()
        while True:
            told: Key | Added = ours.recv()
            if isinstance(told, Key):
                heard.keys.append(told)
            else:
                heard.added.add(told.number)
    child.join()
    ours.close()
    return heard


def _write(made: MadeVault, case_id: UUID, first: int, seed: float, tell: Connection) -> None:
    """Write, add and go on until killed, telling of each key and of each text that was taken."""
    application, window, rooms = show_program(made, lambda _: None)
    rooms.cases.go_to_meetings(case_id)
    chance = random.Random(seed)  # noqa: S311  as above
    number, waiting, has_begun = first, f"{first}x", False

    def press() -> None:
        nonlocal number, waiting, has_begun
        editor = find_field(window, rooms, "capture text")
        model = rooms.current
        if not isinstance(model, MeetingViewModel) or not isinstance(editor, QTextEdit):
            return
        if not has_begun:
            has_begun = True
            tell.send(None)
        if model.capture.is_adding or model.is_working:
            return
        if not editor.toPlainText() and not waiting.endswith("x"):
            tell.send(Added(number))
            number += 1
            waiting = f"{number}x"
        if len(waiting) > 1 and waiting.endswith("x"):
            _begin_text(editor, number, waiting, chance, tell)
            waiting = "written"
        elif chance.random() < _ADDS:
            QTest.keyClick(editor, Qt.Key.Key_Return, _CONTROL)
        elif chance.random() < _GOES_ON:
            key, shift = Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier
            QTest.keyClick(editor, key, chance.choice((Qt.KeyboardModifier.NoModifier, shift)))
        else:
            _press(editor, number, chance.choice(_LETTERS), tell)
        timer.setInterval(chance.choice(_PAUSES))

    timer = every(LOOK_AGAIN, press, window)
    application.exec()


def _begin_text(
    editor: QTextEdit, number: int, mark: str, chance: random.Random, tell: Connection
) -> None:
    QTest.keyClick(editor, chance.choice(_KINDS), _CONTROL)
    for letter in mark:
        _press(editor, number, letter, tell)


def _press(editor: QTextEdit, number: int, letter: str, tell: Connection) -> None:
    QTest.keyClicks(editor, letter)
    tell.send(Key(number, time.monotonic(), letter))


def _outcome(made: MadeVault, case_id: UUID, heard: _Heard, before: set[str]) -> Break:
    vault = made.open()
    entries = _entries(vault, case_id)
    drafts = _drafts(vault)
    vault.close()
    added = {heard.text(one) for one in heard.added}
    seconds = 0.0
    for number in {key.number for key in heard.keys} - heard.added:
        keys = [key for key in heard.keys if key.number == number]
        text = heard.text(number)
        kept = max(_in_common(text, one) for one in [*entries, *drafts, ""])
        # The last key may have been stored before anyone could tell of it.
        if kept < len(text):
            seconds = max(seconds, heard.killed_at - keys[kept].at)
    return Break(
        keys=len(heard.keys),
        added=len(added),
        lost=len((added | before) - entries),
        seconds=seconds,
    )


def _entries(vault: OpenVault, case_id: UUID) -> set[str]:
    meeting_id = read_meetings(case_id, vault=vault).value.meetings[0].id
    room = room_of(vault, meeting_id)
    return {entry.item.text for item in room.agenda for entry in item.entries}


def _drafts(vault: OpenVault) -> list[str]:
    found: list[str] = []
    for one in read_drafts(vault=vault).value:
        typed = read_typed(one.text) if one.kind is DraftKind.ENTRY else None
        found += [] if typed is None else typed.texts.values()
        discard_draft(one.id, vault=vault)
    return found


def _in_common(text: str, kept: str) -> int:
    pairs = zip(text, kept, strict=False)
    return next(
        (place for place, (one, other) in enumerate(pairs) if one != other),
        min(len(text), len(kept)),
    )
