"""Reads and writes sealed protocols and their files. They are only ever added."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.audit import SEAL_ACTIONS, Entry
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sealing import FIRST_REVISION, SealedProtocol, Tie, read_tie
from trygga_desktop.storage.records.protocols import ProtocolFileRecord, ProtocolRecord
from trygga_desktop.storage.stores.audit import Audit
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of
from trygga_desktop.storage.stores.plain import reader, spell

_PDF = "pdf"
_read_protocol = reader(SealedProtocol)


def tie_of_protocol(protocol: SealedProtocol) -> Tie:
    """Return what the log is tied to: the bytes, and all that is told beside them.

    For whom it is, what was decided for its readers, what it corrects and who sealed it stand in no
    file: without this, whoever has the key of the case could make its row tell otherwise.
    """
    told = sha256(to_canonical(["trygga-protocol-1", spell(protocol)])).digest()
    return Tie(digest=told, case_id=protocol.case_id, meeting_id=protocol.meeting_id)


def _earlier_tie_of(protocol: SealedProtocol) -> Tie:
    """Return what earlier versions tied the log to: the bytes alone. Nobody writes that any more.

    An entry stays as it was written, so none of a later protocol can be made to look like it.
    """
    digest = bytes.fromhex(protocol.digest)
    return Tie(digest=digest, case_id=protocol.case_id, meeting_id=protocol.meeting_id)


class Protocols:
    """Knows only the protocols of cases that our keyring opens.

    A row that is not what its author left is left out, and its id is added to `left_out`.
    """

    def __init__(
        self,
        connection: Connection,
        compartments: Compartments,
        left_out: set[UUID],
        log: Audit,
        trust: Trust,
    ) -> None:
        vault_id = trust.vault_id
        self._connection = connection
        self._compartments = compartments
        self._log = log
        self._trust = trust
        self._left_out = left_out
        self._protocols = Envelopes(vault_id, ProtocolRecord.__tablename__)
        self._files = Envelopes(vault_id, ProtocolFileRecord.__tablename__)

    def add(self, protocol: SealedProtocol, pdf: bytes) -> None:
        """Store a protocol with its sealed bytes. From now on its meeting is sealed.

        Raise NoAccessError where we cannot open the case, TamperedError where others could read
        along.
        """
        compartment, key = self._place(protocol.case_id)
        columns = self._protocols.close(
            protocol.id,
            spell(protocol),
            owner=protocol.case_id,
            compartment=compartment,
            key=key,
            clear=_clear(protocol.meeting_id, protocol.sequence),
        )
        self._connection.execute(
            insert(ProtocolRecord).values(
                case_id=protocol.case_id,
                meeting_id=protocol.meeting_id,
                sequence=protocol.sequence,
                **columns,
            )
        )
        self._add_file(protocol, FIRST_REVISION, pdf, compartment, key)

    def add_revision(self, protocol: SealedProtocol, pdf: bytes) -> int:
        """Store the bytes of a protocol that came back signed, and return their revision."""
        revision = self.newest_revision(protocol.id) + 1
        compartment, key = self._place(protocol.case_id)
        self._add_file(protocol, revision, pdf, compartment, key)
        return revision

    def of_case(self, case_id: UUID) -> list[SealedProtocol]:
        """Return the sealed protocols of a case, in the order in which they were sealed."""
        parts = {one.id: one.kind for one in self._compartments.of_case(case_id)}
        keys = self._compartments.keys_of(case_id)
        rows = self._connection.execute(
            select(*ProtocolRecord.__table__.columns)
            .where(ProtocolRecord.case_id == case_id)
            .order_by(ProtocolRecord.sequence)
        )
        found = []
        for row in rows:
            key = keys.get((row.compartment_id, row.generation))
            try:
                if key is None or parts.get(row.compartment_id) is not CompartmentKind.CASE:
                    raise TamperedError
                found.append(self._open(case_id, row, key))
            except ODD_VALUES:
                self._left_out.add(row.id)
        return found

    def chain(self, case_id: UUID) -> list[SealedProtocol]:
        """Return all protocols of a case, each tied to the one before it.

        Raise TamperedError where one is missing or was changed, or where the log knows of one that
        is not there: nothing is sealed behind that.
        """
        found = self.of_case(case_id)
        before = ["", *(one.record_hash for one in found)]
        rows = select(func.count()).where(ProtocolRecord.case_id == case_id)
        if (
            self.lost(case_id)
            or len(found) != self._connection.scalar(rows)
            or [one.sequence for one in found] != list(range(1, len(found) + 1))
            or [one.previous for one in found] != before[:-1]
        ):
            raise TamperedError
        return found

    def file(self, protocol: SealedProtocol, revision: int = FIRST_REVISION) -> bytes:
        """Return the bytes of one revision; raise TamperedError if they are gone or were changed.

        That they are those that were sealed is for the audit log to show.
        """
        row = self._connection.execute(
            select(*ProtocolFileRecord.__table__.columns).where(
                ProtocolFileRecord.protocol_id == protocol.id,
                ProtocolFileRecord.revision == revision,
            )
        ).one_or_none()
        key = None
        if row is not None:
            keys = self._compartments.keys_of(protocol.case_id)
            key = keys.get((row.compartment_id, row.generation))
        if row is None or key is None:
            raise TamperedError
        return self._files.open(
            cells_of(row),
            _read_pdf,
            owner=protocol.case_id,
            key=key,
            clear=_clear(row.protocol_id, row.revision),
        )

    def newest_revision(self, protocol_id: UUID) -> int:
        """Return how many revisions there are of a protocol."""
        newest = select(func.max(ProtocolFileRecord.revision)).where(
            ProtocolFileRecord.protocol_id == protocol_id
        )
        return self._connection.scalar(newest) or 0

    def case_of(self, protocol_id: UUID) -> UUID | None:
        """Return the case that a protocol says it belongs to, or None if there is none such."""
        found: UUID | None = self._connection.scalar(
            select(ProtocolRecord.case_id).where(ProtocolRecord.id == protocol_id)
        )
        return found

    def sealed_meetings(self, case_id: UUID) -> frozenset[UUID]:
        """Return the meetings of a case that are sealed, whether we can open their protocols.

        Those whose protocols were taken away stay sealed: the log knows of them.
        """
        rows = select(ProtocolRecord.meeting_id).where(ProtocolRecord.case_id == case_id)
        logged = {one.meeting_id for one in self.logged().values() if one.case_id == case_id}
        return frozenset(logged.union(self._connection.scalars(rows)))

    def logged(self) -> dict[UUID, Tie]:
        """Return what the log says was sealed in the vault, by somebody who then could."""
        return self._ties(self._log.entries_by(SEAL_ACTIONS))

    def tie(self, protocol_id: UUID) -> Tie | None:
        """Return what the log says of one protocol, sealed by somebody who then could."""
        return self._ties(self._log.entries_of(SEAL_ACTIONS, (protocol_id,))).get(protocol_id)

    def is_told(self, protocol: SealedProtocol) -> bool:
        """Return whether a protocol is what the log tells of it, sealed by who wrote that."""
        return self.tie(protocol.id) in {tie_of_protocol(protocol), _earlier_tie_of(protocol)}

    def lost(self, case_id: UUID) -> dict[UUID, Tie]:
        """Return what was sealed in a case and is not there any more."""
        there = self.ids()
        return {
            row_id: tie
            for row_id, tie in self.logged().items()
            if tie.case_id == case_id and row_id not in there
        }

    def ids_of(self, case_id: UUID) -> frozenset[UUID]:
        """Return the ids of a case's protocols, those too that are not as they were left."""
        rows = select(ProtocolRecord.id).where(ProtocolRecord.case_id == case_id)
        return frozenset(self._connection.scalars(rows))

    def ids(self) -> frozenset[UUID]:
        """Return the ids of all protocols in the vault, those that we cannot open too."""
        return frozenset(self._connection.scalars(select(ProtocolRecord.id)))

    def _ties(self, entries: Iterable[Entry]) -> dict[UUID, Tie]:
        found: dict[UUID, Tie] = {}
        could: dict[UUID, bool] = {}
        for entry in entries:
            actor, tie = entry.actor_id, read_tie(entry.digest)
            if actor not in could:
                could[actor] = bool(self._trust.keys_with(actor, Permission.SEAL_PROTOCOL))
            if tie is not None and could[actor]:
                # Of two entries the first counts: nobody can put one before it.
                found.setdefault(entry.subject_id, tie)
        return found

    def _place(self, case_id: UUID) -> tuple[Compartment, CompartmentKey]:
        compartment = self._compartments.of_file(case_id)[CompartmentKind.CASE]
        return compartment, self._compartments.key(compartment)

    def _add_file(
        self,
        protocol: SealedProtocol,
        revision: int,
        pdf: bytes,
        compartment: Compartment,
        key: CompartmentKey,
    ) -> None:
        columns = self._files.close(
            uuid4(),
            {_PDF: b64encode(pdf).decode()},
            owner=protocol.case_id,
            compartment=compartment,
            key=key,
            clear=_clear(protocol.id, revision),
        )
        self._connection.execute(
            insert(ProtocolFileRecord).values(protocol_id=protocol.id, revision=revision, **columns)
        )

    def _open(self, case_id: UUID, row: Any, key: CompartmentKey) -> SealedProtocol:
        protocol = self._protocols.open(
            cells_of(row),
            _read_protocol,
            owner=case_id,
            key=key,
            clear=_clear(row.meeting_id, row.sequence),
        )
        told = (protocol.id, protocol.case_id, protocol.meeting_id, protocol.sequence)
        if told != (row.id, case_id, row.meeting_id, row.sequence):
            raise TamperedError
        return protocol


def _clear(belongs_to: UUID, place: int) -> bytes:
    return to_canonical([str(belongs_to), place])


def _read_pdf(value: Mapping[str, Any]) -> bytes:
    return b64decode(value[_PDF], validate=True)
