"""How long the audit log takes to walk, from what a user remembers and from its start."""

from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path
from uuid import uuid4

from tests.bench.clockwork import Figure, median
from tests.conftest import make_template
from trygga_desktop.domain.audit import Action, Entry, Mark, Seen
from trygga_desktop.services.vault import OpenVault, present
from trygga_desktop.storage.stores.links import entry_statement, link_after

_ENTRIES = 1_000_000
_INSERT = (
    "INSERT INTO audit (sequence, at, actor_id, action, subject_id, digest, hash, signature)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def figures(place: Path) -> Iterator[Figure]:
    """Yield the figures of a log of a million entries."""
    vault = make_template(place).open()
    _fill(vault, _ENTRIES)
    seen = present(vault)
    yield Figure(
        f"the log of {_ENTRIES:,} entries at unlock",
        median(lambda: _walk(vault, seen=seen), times=5),
    )
    yield Figure(
        f"the log of {_ENTRIES:,} entries whole",
        median(lambda: _walk(vault, seen=None), times=1),
    )
    vault.close()


def _walk(vault: OpenVault, *, seen: Seen | None) -> None:
    with vault.work_afresh() as work:
        work.rosters.follow()
        work.audit.verify(work.trust, seen=seen, each_signature=seen is None)


def _fill(vault: OpenVault, count: int) -> None:
    """Put so many reads of ten cases behind the log, each linked and signed."""
    cases = [uuid4() for _ in range(10)]
    signing, me = vault.keyring.signing, vault.keyring.principal
    with vault.work() as work:
        mark, at = work.audit.newest(), work.at
        rows = []
        for number in range(count):
            at += timedelta(seconds=1)
            entry = Entry(
                sequence=mark.sequence + 1,
                at=at,
                actor_id=me,
                action=Action.CASE_READ,
                subject_id=cases[number % len(cases)],
                digest=b"",
                hash=b"",
                signature=b"",
            )
            link = link_after(mark.head, entry)
            rows.append(_row(entry, link, signing.sign(entry_statement(link))))
            mark = Mark(entry.sequence, link)
        work._connection.connection.executemany(_INSERT, rows)  # noqa: SLF001  a million at once
        work.audit.advance(mark)
        work.commit_anew(Action.CASES_LISTED, me)


def _row(entry: Entry, link: bytes, signature: bytes) -> tuple[object, ...]:
    return (
        entry.sequence,
        entry.at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds"),
        entry.actor_id.hex,
        entry.action.value,
        entry.subject_id.hex,
        entry.digest,
        link,
        signature,
    )
