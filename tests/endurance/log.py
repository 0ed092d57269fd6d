"""Tampers with the audit log in every way there is, and looks whether it is found."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from tests.conftest import MadeVault
from tests.people import ELIAS, opened_case
from trygga_desktop.domain.audit import Action, Seen
from trygga_desktop.domain.errors import OlderThanConfirmedError, TamperedError
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.vault import OpenVault, present
from trygga_desktop.storage.stores.links import link, spell
from trygga_desktop.storage.stores.rosters import Rosters
from trygga_desktop.storage.work import UnitOfWork

_COLUMNS = ("sequence", "at", "actor_id", "subject_id", "action", "digest", "hash", "signature")
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM audit ORDER BY sequence"
_INSERT = f"INSERT INTO audit ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_START = bytes(32)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  as the column has it
_Rows = list[list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tampering:
    """What was done to the log, and whether the whole walk and that of an unlock found it."""

    kind: str
    by_check: bool
    by_unlock: bool


def tamper(made: MadeVault, *, count: int, seed: int) -> Iterator[Tampering]:
    """Change the log so many times, each time as it was before; yield what found it.

    Two people have worked in turn in it. Everything but the anchors is rewritten as somebody could
    who has every key but the others' own.
    """
    draw = random.Random(seed)  # noqa: S311  a made-up attacker, and the same in every run
    seen = _fill(made)
    vault = made.open()
    kinds = sorted(_KINDS)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield _try(vault, kind, seen, draw)
    vault.close()


def _fill(made: MadeVault) -> Seen:
    """Have two people work in turn; return what the first had seen half-way."""
    seen = None
    for round_ in range(4):
        for login in ("ke", "pn"):
            vault = made.open(login)
            case_id = opened_case(vault, ELIAS)
            for number in range(3):
                write_note(WriteNote(case_id=case_id, text=f"rad {number}"), vault=vault)
                read_case(case_id, vault=vault)
            if (round_, login) == (1, "ke"):
                seen = present(vault)
            vault.close()
    if seen is None:
        raise AssertionError
    return seen


def _try(vault: OpenVault, kind: str, seen: Seen, draw: random.Random) -> Tampering:
    with vault.work() as work:
        connection = work._connection  # noqa: SLF001  as whoever has the key of the file would
        before = [list(row) for row in connection.exec_driver_sql(_SELECT)]
        rows = before
        while rows == before:
            rows = [list(row) for row in before]
            _KINDS[kind](rows, draw)
        _write(connection, rows)
        # Without a commit the block takes everything back.
        return Tampering(
            kind=kind,
            by_check=_is_found(vault, work, connection, None),
            by_unlock=_is_found(vault, work, connection, seen),
        )


def _is_found(
    vault: OpenVault, work: UnitOfWork, connection: Connection, seen: Seen | None
) -> bool:
    trust = vault.trust.afresh()
    try:
        Rosters(connection, vault.keyring, trust).follow()
        work.audit.verify(trust, seen=seen, each_signature=seen is None)
        work.check(None if seen is None else seen.mark)
    except (TamperedError, OlderThanConfirmedError):
        return True
    return False


def _write(connection: Connection, rows: _Rows) -> None:
    for (name,) in connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    connection.exec_driver_sql("DELETE FROM audit")
    for row in rows:
        connection.exec_driver_sql(_INSERT, tuple(row))
    if rows:
        newest = max(rows, key=lambda row: int(row[0]))
        connection.exec_driver_sql(
            "UPDATE progress SET sequence = max(sequence, ?), head = ?", (newest[0], newest[6])
        )


def _delete(rows: _Rows, draw: random.Random) -> None:
    del rows[draw.randrange(len(rows))]


def _alter(rows: _Rows, draw: random.Random) -> None:
    row, column = draw.choice(rows), draw.randrange(1, len(_COLUMNS))
    value = row[column]
    if isinstance(value, bytes):
        place = draw.randrange(len(value) + 1)
        row[column] = value[:place] + draw.randbytes(1) + value[place + 1 :]
    elif _COLUMNS[column] == "action":
        row[column] = draw.choice(list(Action)).value
    elif _COLUMNS[column] == "at":
        row[column] = value[:-1] + draw.choice("0123456789")
    else:
        row[column] = draw.choice([value.upper(), UUID(int=draw.getrandbits(128)).hex])


def _insert(rows: _Rows, draw: random.Random) -> None:
    """Put in a copy of another entry where a draft has left a gap, or at the end."""
    known = {row[0] for row in rows}
    free = [one for one in range(1, max(known) + 2) if one not in known]
    copy = list(draw.choice(rows))
    copy[0] = draw.choice(free)
    rows.append(copy)


def _reorder(rows: _Rows, draw: random.Random) -> None:
    one, other = draw.sample(rows, 2)
    one[0], other[0] = other[0], one[0]


def _truncate(rows: _Rows, draw: random.Random) -> None:
    del rows[-draw.randrange(1, len(rows)) :]


def _rewrite(rows: _Rows, draw: random.Random) -> None:
    """Leave an entry out, and tie all that follow anew; the signatures stay what they were."""
    del rows[draw.randrange(len(rows) - 1)]
    _tie_anew(rows)


def _reassign(rows: _Rows, draw: random.Random) -> None:
    """Say that somebody else did it, and tie all that follow anew."""
    actors = sorted({row[2] for row in rows})
    draw.choice(rows)[2] = draw.choice(actors)
    _tie_anew(rows)


def _tie_anew(rows: _Rows) -> None:
    head = _START
    for row in rows:
        sequence, at, actor, subject, action, digest, *_ = row
        micros = (datetime.fromisoformat(at) - _EPOCH) // timedelta(microseconds=1)
        fields = spell(
            sequence, micros, bytes.fromhex(actor), bytes.fromhex(subject), action.encode(), digest
        )
        head = row[6] = link(head, fields)


_KINDS: dict[str, Callable[[_Rows, random.Random], None]] = {
    "altered": _alter,
    "deleted": _delete,
    "inserted": _insert,
    "reassigned": _reassign,
    "reordered": _reorder,
    "rewritten": _rewrite,
    "truncated": _truncate,
}
