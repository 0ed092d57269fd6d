"""Reads and writes events of a case that are only ever added: handovers, and approvals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.approval import ApprovalEvent
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.excerpts import Handover
from trygga_desktop.storage.records.distribution import ApprovalRecord, HandoverRecord
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of
from trygga_desktop.storage.stores.plain import reader, spell


class CaseEvent(Protocol):
    """What every such event has."""

    @property
    def id(self) -> UUID:
        """Return its id."""

    @property
    def case_id(self) -> UUID:
        """Return its case."""

    @property
    def meeting_id(self) -> UUID:
        """Return its meeting."""

    @property
    def sequence(self) -> int:
        """Return its place among those of the case, from 1."""


E = TypeVar("E", bound=CaseEvent)


@dataclass(frozen=True, slots=True)
class Kind(Generic[E]):
    """The table of one kind of event, and what reads one."""

    record: type[HandoverRecord | ApprovalRecord]
    read: Callable[[Mapping[str, Any]], E]


HANDOVERS = Kind(HandoverRecord, reader(Handover))
APPROVALS = Kind(ApprovalRecord, reader(ApprovalEvent))


# What has come with later versions, and what it is where there is none of it: an event without it
# is spelled as it was before them, or the log would no longer tell of it.
_LATER_FIELDS: Mapping[str, object] = dict.fromkeys(("marked", "corrected", "signed", "approved"))
_LATER_FIELDS_OF_A_COPY: Mapping[str, object] = {"number": 0, "recipient_id": None}


def digest_of_event(event: CaseEvent) -> bytes:
    """Return what the log is tied to when an event is added; its salt is part of it."""
    spelled = spell(event)
    if isinstance(event, Handover):
        spelled = _as_before(spelled, _LATER_FIELDS)
    if isinstance(spelled.get("given"), dict):
        spelled["given"] = _as_before(spelled["given"], _LATER_FIELDS_OF_A_COPY)
    return sha256(to_canonical(["trygga-event-1", spelled])).digest()


def _as_before(fields: Mapping[str, Any], later: Mapping[str, object]) -> dict[str, Any]:
    return {name: one for name, one in fields.items() if name not in later or one != later[name]}


class Events(Generic[E]):
    """Knows only the events of cases that our keyring opens.

    A row that is not what its author left is left out, and its id is added to `left_out`.
    """

    def __init__(
        self,
        connection: Connection,
        compartments: Compartments,
        left_out: set[UUID],
        kind: Kind[E],
        *,
        vault_id: bytes,
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._left_out = left_out
        self._kind = kind
        self._envelopes = Envelopes(vault_id, kind.record.__tablename__)

    def add(self, event: E) -> None:
        """Store an event behind those there are; raise NoAccessError where we cannot open it."""
        compartment = self._compartments.of_file(event.case_id)[CompartmentKind.CASE]
        columns = self._envelopes.close(
            event.id,
            spell(event),
            owner=event.case_id,
            compartment=compartment,
            key=self._compartments.key(compartment),
            clear=_clear(event.meeting_id, event.sequence),
        )
        self._connection.execute(
            insert(self._kind.record).values(
                case_id=event.case_id,
                meeting_id=event.meeting_id,
                sequence=event.sequence,
                **columns,
            )
        )

    def next_sequence(self, case_id: UUID) -> int:
        """Return the place that the next event of a case takes."""
        record = self._kind.record
        newest = select(func.max(record.sequence)).where(record.case_id == case_id)
        return 1 + (self._connection.scalar(newest) or 0)

    def of_case(self, case_id: UUID) -> list[E]:
        """Return the events of a case, in their order."""
        record = self._kind.record
        parts = {one.id: one.kind for one in self._compartments.of_case(case_id)}
        keys = self._compartments.keys_of(case_id)
        rows = self._connection.execute(
            select(*record.__table__.columns)
            .where(record.case_id == case_id)
            .order_by(record.sequence)
        )
        found = []
        for row in rows:
            key = keys.get((row.compartment_id, row.generation))
            try:
                if key is None or parts.get(row.compartment_id) is not CompartmentKind.CASE:
                    raise TamperedError
                event = self._envelopes.open(
                    cells_of(row),
                    self._kind.read,
                    owner=case_id,
                    key=key,
                    clear=_clear(row.meeting_id, row.sequence),
                )
                told = (event.id, event.case_id, event.meeting_id, event.sequence)
                if told != (row.id, case_id, row.meeting_id, row.sequence):
                    raise TamperedError
                found.append(event)
            except ODD_VALUES:
                self._left_out.add(row.id)
        return found


def _clear(belongs_to: UUID, place: int) -> bytes:
    return to_canonical([str(belongs_to), place])
