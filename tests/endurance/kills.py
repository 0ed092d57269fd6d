"""Kill the program while it saves, and see whether anything that was confirmed is gone."""

import os
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING
from uuid import UUID

from tests.conftest import MadeVault
from tests.people import opened_case
from trygga_desktop.domain.errors import TryggaError
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.vault import OpenVault

if TYPE_CHECKING:
    # Windows has no fork server.
    from multiprocessing.context import ForkServerContext, SpawnContext

# Long enough for some saves, short enough to hit each step of one.
_MOST_SAVES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one kill came to."""

    confirmed: int
    lost: int
    is_chain_whole: bool


def kill_while_saving(made: MadeVault, *, count: int, seed: int) -> Iterator[Outcome]:
    """Kill a writer so many times; yield what was found after each."""
    vault = made.open()
    case_id = opened_case(vault)
    started = time.perf_counter()
    for _ in range(_MOST_SAVES):
        write_note(WriteNote(case_id=case_id, text="bekräftad"), vault=vault)
    longest_life = time.perf_counter() - started
    vault.close()
    context = _context()
    # A seed, so that a failure can be repeated.
    chance = random.Random(seed)  # noqa: S311
    for _ in range(count):
        told = _killed_writer(context, made, case_id, life=chance.uniform(0, longest_life))
        yield _outcome(made, case_id, told)


def _context() -> "ForkServerContext | SpawnContext":
    if os.name != "posix":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def _killed_writer(
    context: "ForkServerContext | SpawnContext", made: MadeVault, case_id: UUID, *, life: float
) -> list[UUID]:
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_write_notes, args=(made, case_id, theirs))
    child.start()
    theirs.close()
    told: list[UUID] = []
    # The first word says that the vault is open and saving has begun.
    with suppress(EOFError):
        ours.recv()
        child.join(life)
        child.kill()
        child.join()
        while True:
            told.append(ours.recv())
    child.join()
    ours.close()
    return told


def _write_notes(made: MadeVault, case_id: UUID, confirmed: Connection) -> None:
    """Write notes until killed, telling of each one that was confirmed."""
    vault = made.open()
    confirmed.send(None)
    while True:
        note = write_note(WriteNote(case_id=case_id, text="bekräftad"), vault=vault).value
        confirmed.send(note)


def _outcome(made: MadeVault, case_id: UUID, told: list[UUID]) -> Outcome:
    try:
        vault = made.open()
    except TryggaError:
        return Outcome(confirmed=len(told), lost=len(told), is_chain_whole=False)
    found = {note.id for note in read_case(case_id, vault=vault).value.notes}
    is_whole = _is_chain_whole(vault)
    vault.close()
    return Outcome(confirmed=len(told), lost=len(set(told) - found), is_chain_whole=is_whole)


def _is_chain_whole(vault: OpenVault) -> bool:
    try:
        with vault.work_afresh() as work:
            work.rosters.follow()
            work.audit.verify(work.trust, each_signature=True)
    except TryggaError:
        return False
    return True
