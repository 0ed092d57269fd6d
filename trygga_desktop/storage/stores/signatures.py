"""Reads and writes who signed sealed protocols, and the scans that show it. They are only added."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, insert, select

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.sealing import SealedProtocol
from trygga_desktop.domain.signatures import Scan, SignatureEvent
from trygga_desktop.storage.records.signatures import ScanRecord, SignatureRecord
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import Envelopes, cells_of
from trygga_desktop.storage.stores.plain import reader, spell

T = TypeVar("T", Scan, SignatureEvent)

_SCAN, _BYTES = "scan", "bytes"
_read_event = reader(SignatureEvent)
_read_scan = reader(Scan)


class Signatures:
    """Knows only what belongs to protocols of cases that our keyring opens.

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

    def add(self, protocol: SealedProtocol, event: SignatureEvent) -> None:
        """Store what was recorded of a signer."""
        self._add(self._events, SignatureRecord, protocol, event, spell(event))

    def add_scan(self, protocol: SealedProtocol, scan: Scan, files: Sequence[bytes]) -> None:
        """Store a scan with the bytes of its files."""
        value = {_SCAN: spell(scan), _BYTES: [b64encode(one).decode() for one in files]}
        self._add(self._scans, ScanRecord, protocol, scan, value)

    def events(self, protocol: SealedProtocol) -> list[SignatureEvent]:
        """Return what was recorded of the signers of a protocol, in order."""
        return self._read(self._events, SignatureRecord, protocol, _read_event)

    def scans(self, protocol: SealedProtocol) -> list[Scan]:
        """Return the scans of a protocol, in order."""
        return self._read(self._scans, ScanRecord, protocol, lambda it: _read_scan(it[_SCAN]))

    def scan_bytes(self, protocol: SealedProtocol, scan: Scan) -> tuple[bytes, ...]:
        """Return the bytes of the files of a scan as they came."""
        row = self._connection.execute(
            select(*ScanRecord.__table__.columns).where(ScanRecord.id == scan.id)
        ).one_or_none()
        if row is None or row.protocol_id != protocol.id:
            raise TamperedError
        files: tuple[bytes, ...] = self._open(self._scans, protocol, row, _read_bytes)
        if [sha256(one).hexdigest() for one in files] != [one.digest for one in scan.files]:
            raise TamperedError
        return files

    def digest(self, protocol: SealedProtocol) -> bytes:
        """Return the digest of all that is there of a protocol; empty where there is nothing."""
        told = [*map(_as_told, self.events(protocol)), *map(spell, self.scans(protocol))]
        return sha256(to_canonical(told)).digest() if told else b""

    def protocols(self) -> frozenset[UUID]:
        """Return the protocols of which anything is recorded, those that we cannot open too."""
        found: set[UUID] = set()
        for record in (ScanRecord, SignatureRecord):
            found.update(self._connection.scalars(select(record.protocol_id)))
        return frozenset(found)

    def _add(
        self,
        envelopes: Envelopes,
        record: type[ScanRecord] | type[SignatureRecord],
        protocol: SealedProtocol,
        value: Scan | SignatureEvent,
        spelled: Mapping[str, object],
    ) -> None:
        compartment = self._compartments.of_file(protocol.case_id)[CompartmentKind.CASE]
        columns = envelopes.close(
            value.id,
            spelled,
            owner=protocol.case_id,
            compartment=compartment,
            key=self._compartments.key(compartment),
            clear=_clear(protocol.id, value.sequence),
        )
        self._connection.execute(
            insert(record).values(protocol_id=protocol.id, sequence=value.sequence, **columns)
        )

    def _read(
        self,
        envelopes: Envelopes,
        record: type[ScanRecord] | type[SignatureRecord],
        protocol: SealedProtocol,
        read: Callable[[dict[str, Any]], T],
    ) -> list[T]:
        rows = self._connection.execute(
            select(*record.__table__.columns)
            .where(record.protocol_id == protocol.id)
            .order_by(record.sequence)
        ).all()
        found = []
        for place, row in enumerate(rows, start=1):
            value = self._open(envelopes, protocol, row, read)
            told = (value.id, value.protocol_id, value.sequence, place)
            if told != (row.id, protocol.id, row.sequence, row.sequence):
                raise TamperedError
            found.append(value)
        return found

    def _open(
        self,
        envelopes: Envelopes,
        protocol: SealedProtocol,
        row: Any,
        read: Callable[[dict[str, Any]], Any],
    ) -> Any:
        parts = {one.id: one.kind for one in self._compartments.of_case(protocol.case_id)}
        keys = self._compartments.keys_of(protocol.case_id)
        key = keys.get((row.compartment_id, row.generation))
        if key is None or parts.get(row.compartment_id) is not CompartmentKind.CASE:
            raise TamperedError
        return envelopes.open(
            cells_of(row),
            read,
            owner=protocol.case_id,
            key=key,
            clear=_clear(row.protocol_id, row.sequence),
        )


def _as_told(event: SignatureEvent) -> dict[str, Any]:
    """Return an event as the log is tied to it.

    One without what has come with later versions is spelled as it was before them.
    """
    spelled = spell(event)
    if not event.certificate:
        del spelled["certificate"]
    return spelled


def _clear(protocol_id: UUID, sequence: int) -> bytes:
    return to_canonical([str(protocol_id), sequence])


def _read_bytes(value: Mapping[str, Any]) -> tuple[bytes, ...]:
    return tuple(b64decode(one, validate=True) for one in value[_BYTES])
