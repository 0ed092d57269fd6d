"""Reads and writes who signed papers, and the scans that show it. They are only added."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, insert, select

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.signatures import PaperOfCase, Scan, SignatureEvent
from trygga_desktop.storage.records.signatures import ScanRecord, SignatureRecord
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import Envelopes, cells_of
from trygga_desktop.storage.stores.plain import reader, spell

T = TypeVar("T", Scan, SignatureEvent)

_SCAN, _BYTES = "scan", "bytes"
# What is stored and what the log is tied to call the paper so since only protocols were signed.
_PAPER, _STORED = "paper_id", "protocol_id"
_read_event_as_named = reader(SignatureEvent)
_read_scan_as_named = reader(Scan)


class Signatures:
    """Knows only what belongs to papers of cases that our keyring opens.

    Nothing is left out: with one row gone or changed it is not known who signed, and TamperedError
    is raised. That none is gone is for the audit log to show, by `digest`.
    """

    def __init__(
        self, connection: Connection, compartments: Compartments, *, vault_id: bytes
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._scans = Envelopes(vault_id, ScanRecord.__tablename__)
        self._events = Envelopes(vault_id, SignatureRecord.__tablename__)

    def add(self, paper: PaperOfCase, event: SignatureEvent) -> None:
        """Store what was recorded of a signer."""
        self._add(self._events, SignatureRecord, paper, event, _spell(event))

    def add_scan(self, paper: PaperOfCase, scan: Scan, files: Sequence[bytes]) -> None:
        """Store a scan with the bytes of its files."""
        value = {_SCAN: _spell(scan), _BYTES: [b64encode(one).decode() for one in files]}
        self._add(self._scans, ScanRecord, paper, scan, value)

    def events(self, paper: PaperOfCase) -> list[SignatureEvent]:
        """Return what was recorded of the signers of a paper, in order."""
        return self._read(self._events, SignatureRecord, paper, _read_event)

    def scans(self, paper: PaperOfCase) -> list[Scan]:
        """Return the scans of a paper, in order."""
        return self._read(self._scans, ScanRecord, paper, _read_scan)

    def scan_bytes(self, paper: PaperOfCase, scan: Scan) -> tuple[bytes, ...]:
        """Return the bytes of the files of a scan as they came."""
        row = self._connection.execute(
            select(*ScanRecord.__table__.columns).where(ScanRecord.id == scan.id)
        ).one_or_none()
        if row is None or row.paper_id != paper.id:
            raise TamperedError
        files: tuple[bytes, ...] = self._open(self._scans, paper, row, _read_bytes)
        if [sha256(one).hexdigest() for one in files] != [one.digest for one in scan.files]:
            raise TamperedError
        return files

    def digest(self, paper: PaperOfCase) -> bytes:
        """Return the digest of all that is there of a paper; empty where there is nothing."""
        told = [*map(_as_told, self.events(paper)), *map(_spell, self.scans(paper))]
        return sha256(to_canonical(told)).digest() if told else b""

    def papers(self, case_id: UUID) -> frozenset[UUID]:
        """Return the papers of a case of which anything is recorded."""
        found: set[UUID] = set()
        for record in (ScanRecord, SignatureRecord):
            found.update(
                self._connection.scalars(select(record.paper_id).where(record.case_id == case_id))
            )
        return frozenset(found)

    def _add(
        self,
        envelopes: Envelopes,
        record: type[ScanRecord] | type[SignatureRecord],
        paper: PaperOfCase,
        value: Scan | SignatureEvent,
        spelled: Mapping[str, object],
    ) -> None:
        compartment = self._compartments.of_file(paper.case_id)[CompartmentKind.CASE]
        columns = envelopes.close(
            value.id,
            spelled,
            owner=paper.case_id,
            compartment=compartment,
            key=self._compartments.key(compartment),
            clear=_clear(paper.id, value.sequence),
        )
        self._connection.execute(
            insert(record).values(
                case_id=paper.case_id, paper_id=paper.id, sequence=value.sequence, **columns
            )
        )

    def _read(
        self,
        envelopes: Envelopes,
        record: type[ScanRecord] | type[SignatureRecord],
        paper: PaperOfCase,
        read: Callable[[dict[str, Any]], T],
    ) -> list[T]:
        rows = self._connection.execute(
            select(*record.__table__.columns)
            .where(record.paper_id == paper.id)
            .order_by(record.sequence)
        ).all()
        found = []
        for place, row in enumerate(rows, start=1):
            value = self._open(envelopes, paper, row, read)
            told = (value.id, row.case_id, value.paper_id, value.sequence, place)
            if told != (row.id, paper.case_id, paper.id, row.sequence, row.sequence):
                raise TamperedError
            found.append(value)
        return found

    def _open(
        self,
        envelopes: Envelopes,
        paper: PaperOfCase,
        row: Any,
        read: Callable[[dict[str, Any]], Any],
    ) -> Any:
        parts = {one.id: one.kind for one in self._compartments.of_case(paper.case_id)}
        keys = self._compartments.keys_of(paper.case_id)
        key = keys.get((row.compartment_id, row.generation))
        if key is None or parts.get(row.compartment_id) is not CompartmentKind.CASE:
            raise TamperedError
        return envelopes.open(
            cells_of(row),
            read,
            owner=paper.case_id,
            key=key,
            clear=_clear(row.paper_id, row.sequence),
        )


def _spell(value: Scan | SignatureEvent) -> dict[str, Any]:
    spelled = spell(value)
    spelled[_STORED] = spelled.pop(_PAPER)
    return spelled


def _named(value: Mapping[str, Any]) -> dict[str, Any]:
    named = dict(value)
    named[_PAPER] = named.pop(_STORED)
    return named


def _read_event(value: Mapping[str, Any]) -> SignatureEvent:
    return _read_event_as_named(_named(value))


def _read_scan(value: Mapping[str, Any]) -> Scan:
    return _read_scan_as_named(_named(value[_SCAN]))


def _as_told(event: SignatureEvent) -> dict[str, Any]:
    """Return an event as the log is tied to it.

    One without what has come with later versions is spelled as it was before them.
    """
    spelled = _spell(event)
    if not event.certificate:
        del spelled["certificate"]
    return spelled


def _clear(paper_id: UUID, sequence: int) -> bytes:
    return to_canonical([str(paper_id), sequence])


def _read_bytes(value: Mapping[str, Any]) -> tuple[bytes, ...]:
    return tuple(b64decode(one, validate=True) for one in value[_BYTES])
