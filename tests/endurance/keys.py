"""Kill the program while somebody types, and see how much of it is gone."""

import random
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field as made_by
from multiprocessing.connection import Connection
from typing import NamedTuple
from uuid import UUID

from PySide6.QtTest import QTest

from tests.conftest import MadeVault
from tests.endurance.program import (
    FIELDS,
    LOOK_AGAIN,
    begin_a_meeting,
    every,
    find_field,
    keepers_of,
    processes,
    show_program,
)
from tests.people import opened_case
from trygga_desktop.services.drafts import discard_draft, read_drafts
from trygga_desktop.ui.draft_keeper import DraftState

MOST_LOST = 2.0
"""Seconds of typing that may be gone after a kill."""

_LONGEST_LIFE = 5.0
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PAUSES = (15, 60, 140, 400, 1_100)
"""Milliseconds between two keys: a fast hand, and one that thinks now and then."""


class Key(NamedTuple):
    """A key, and when it was pressed by a clock that all processes of a computer share."""

    at: float
    letter: str


class Saved(NamedTuple):
    """How many keys the program had said to be saved."""

    keys: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What one kill came to: seconds of typing that are gone, and keys told to be saved and not.

    Of the `keys` that were pressed so many are `stored`.
    """

    where: str
    keys: int
    stored: int
    seconds: float
    told_saved: int
    is_garbled: bool

    @property
    def has_failed(self) -> bool:
        """Return whether more is gone than may be."""
        return self.seconds > MOST_LOST or self.told_saved > 0 or self.is_garbled


@dataclass(slots=True)
class _Heard:
    keys: list[Key] = made_by(default_factory=list)
    saved: int = 0
    killed_at: float = 0.0


def kill_while_typing(made: MadeVault, *, count: int, seed: int) -> Iterator[Loss]:
    """Kill the program so many times at a random moment; yield what each kill came to."""
    vault = made.open()
    case_id = opened_case(vault)
    begin_a_meeting(vault, case_id)
    vault.close()
    # A seed, so that a failure can be repeated.
    chance = random.Random(seed)  # noqa: S311
    for number in range(count):
        where = list(FIELDS)[number % len(FIELDS)]
        heard = _killed(made, case_id, where, chance)
        yield _outcome(made, where, heard)


def _killed(made: MadeVault, case_id: UUID, where: str, chance: random.Random) -> _Heard:
    ours, theirs = processes(__name__).Pipe(duplex=False)
    child = processes(__name__).Process(
        target=_type, args=(made, case_id, where, chance.random(), theirs)
    )
    child.start()
    theirs.close()
    heard = _Heard()
    life = chance.uniform(0, _LONGEST_LIFE)
    with suppress(EOFError):
        # The first word says that the field is there and typing begins.
        ours.recv()
        child.join(life)
        heard.killed_at = time.monotonic()
        child.kill()
        child.join()
        while True:
            told: Key | Saved = ours.recv()
            if isinstance(told, Key):
                heard.keys.append(told)
            else:
                heard.saved = max(heard.saved, told.keys)
    child.join()
    ours.close()
    return heard


def _type(made: MadeVault, case_id: UUID, where: str, seed: float, tell: Connection) -> None:
    """Type until killed, telling of each key, and of each time that all is told to be saved."""
    application, window, rooms = show_program(made, lambda _: None)
    field = FIELDS[where]
    field.go(rooms, case_id)
    chance = random.Random(seed)  # noqa: S311  as above
    typed = 0

    def follow() -> None:
        for one in keepers_of(window):
            if one.state is DraftState.SAVED:
                tell.send(Saved(len(field.kept_in(one.place.kind, one.text))))

    def press() -> None:
        nonlocal typed
        editor = find_field(window, rooms, field.name)
        if editor is None:
            return
        if not typed:
            for one in keepers_of(window):
                one.changed.connect(follow)
            tell.send(None)
        letter = chance.choice(_LETTERS)
        QTest.keyClicks(editor, letter)
        typed += 1
        tell.send(Key(time.monotonic(), letter))
        timer.setInterval(chance.choice(_PAUSES))

    timer = every(LOOK_AGAIN, press, window)
    application.exec()


def _outcome(made: MadeVault, where: str, heard: _Heard) -> Loss:
    vault = made.open()
    drafts = read_drafts(vault=vault).value
    stored = "".join(FIELDS[where].kept_in(one.kind, one.text) for one in drafts)
    for one in drafts:
        discard_draft(one.id, vault=vault)
    vault.close()
    typed = "".join(key.letter for key in heard.keys)
    # The last key may have been stored before anyone could tell of it.
    is_garbled = not (typed.startswith(stored) or stored[:-1] == typed)
    first_lost = heard.keys[len(stored)].at if len(stored) < len(typed) else heard.killed_at
    return Loss(
        where=where,
        keys=len(typed),
        stored=len(stored),
        seconds=max(0.0, heard.killed_at - first_lost),
        told_saved=max(0, heard.saved - len(stored)),
        is_garbled=is_garbled,
    )
