"""Reads and writes the chain of consent events of a case, and tells whether it is whole."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import Connection, insert, select

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.keyring import CompartmentKey, Keyring
from trygga_desktop.crypto.signing import Statement, verify
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.case import Case
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.consent_events import ConsentEvent, Happening
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.storage.records.meetings import ConsentEventRecord
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of
from trygga_desktop.storage.stores.plain import reader, spell

# The kind of an event is the name of its type, in small letters.
_KINDS = {kind.__name__.lower(): kind for kind in get_args(Happening)}
_READERS = {name: reader(kind) for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The consent events of a case in order of their links, and whether they are all there."""

    events: tuple[ConsentEvent, ...]
    standing: ChainStanding


@dataclass(frozen=True, slots=True)
class _Link:
    """One event as it was stored, and what ties it to the one before."""

    event: ConsentEvent
    previous: bytes
    signature: bytes

    def hash(self, vault_id: bytes) -> bytes:
        return sha256(
            to_canonical([vault_id.hex(), self.previous.hex(), _plain(self.event)])
        ).digest()


class Consents:
    """Knows only the events of cases that our keyring opens."""

    def __init__(
        self,
        connection: Connection,
        compartments: Compartments,
        keyring: Keyring,
        trust: Trust,
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._keyring = keyring
        self._trust = trust
        self._envelopes = Envelopes(trust.vault_id, ConsentEventRecord.__tablename__)

    def add(self, event: ConsentEvent, *, after: bytes) -> bytes:
        """Store an event behind the link `after` (empty before the first); return its own link."""
        unsigned = _Link(event, after, b"")
        link = unsigned.hash(self._trust.vault_id)
        compartment = self._compartments.of_file(event.case_id)[CompartmentKind.CASE]
        value = {
            **_plain(event),
            "previous": after.hex(),
            "signature": self._keyring.signing.sign(_statement(link)).hex(),
        }
        columns = self._envelopes.close(
            event.id,
            value,
            owner=event.case_id,
            compartment=compartment,
            key=self._compartments.key(compartment),
            clear=b"%d" % event.sequence,
        )
        self._connection.execute(
            insert(ConsentEventRecord).values(
                case_id=event.case_id, sequence=event.sequence, **columns
            )
        )
        return link

    def chain(self, case: Case, logged: Sequence[bytes]) -> Chain:
        """Return the events of a case.

        The chain is broken unless it goes without a gap from its first link to the one that the
        case names, each link is signed by somebody who could, and it holds every end that the
        audit log names (`logged`): whoever takes a withdrawal away cannot take that away.
        """
        parts = {one.id: one.kind for one in self._compartments.of_case(case.id)}
        keys = self._compartments.keys_of(case.id)
        rows = self._connection.execute(
            select(*ConsentEventRecord.__table__.columns).where(
                ConsentEventRecord.case_id == case.id
            )
        ).all()
        links: dict[bytes, _Link] = {}
        for row in rows:
            # One that cannot be read is missing from the chain, which tells so.
            with suppress(*ODD_VALUES):
                if parts.get(row.compartment_id) is not CompartmentKind.CASE:
                    raise TamperedError
                link = self._open(row, keys.get((row.compartment_id, row.generation)))
                links[link.previous] = link
        ordered = _in_order(links, self._trust.vault_id)
        ends = [end for end, _ in ordered]
        is_whole = (
            len(ordered) == len(rows) == case.consent_count
            and (ends[-1] if ends else b"") == case.consent_head
            and set(logged) <= set(ends)
            and (not logged or logged[-1] == ends[-1])
            and bool(logged) is bool(ends)
        )
        return Chain(
            events=tuple(link.event for _, link in ordered),
            standing=ChainStanding.HOLDS if is_whole else ChainStanding.BROKEN,
        )

    def _open(self, row: Any, key: CompartmentKey | None) -> _Link:
        if key is None:
            raise TamperedError
        link = self._envelopes.open(
            cells_of(row),
            partial(_read, row.id, row.case_id),
            owner=row.case_id,
            key=key,
            clear=b"%d" % row.sequence,
        )
        if link.event.sequence != row.sequence:
            raise TamperedError
        keys = self._trust.keys_with(link.event.recorded_by, Permission.WORK_IN_CASE)
        verify(keys, link.signature, _statement(link.hash(self._trust.vault_id)))
        return link


def _in_order(links: Mapping[bytes, _Link], vault_id: bytes) -> list[tuple[bytes, _Link]]:
    """Return the links from the first on, each with its hash, as far as one follows the other."""
    ordered: list[tuple[bytes, _Link]] = []
    end = b""
    while end in links and len(ordered) < len(links):
        link = links[end]
        end = link.hash(vault_id)
        ordered.append((end, link))
    return ordered


def _statement(link: bytes) -> Statement:
    return ("trygga-consent-event-1", link.hex())


def _plain(event: ConsentEvent) -> dict[str, Any]:
    what = spell(event.what)
    if what.get("long_term") is False:
        # Papers from before there was such a tick are spelled, and signed, without it.
        del what["long_term"]
    return {
        "kind": type(event.what).__name__.lower(),
        "what": what,
        "id": str(event.id),
        "case_id": str(event.case_id),
        "sequence": event.sequence,
        "recorded_by": str(event.recorded_by),
        "recorded_at": event.recorded_at.isoformat(),
    }


def _read(row_id: UUID, case_id: UUID, value: Mapping[str, Any]) -> _Link:
    event = ConsentEvent(
        id=UUID(value["id"]),
        case_id=UUID(value["case_id"]),
        sequence=value["sequence"],
        recorded_by=UUID(value["recorded_by"]),
        recorded_at=datetime.fromisoformat(value["recorded_at"]),
        what=_READERS[value["kind"]](value["what"]),
    )
    if (event.id, event.case_id) != (row_id, case_id):
        raise TamperedError
    return _Link(event, bytes.fromhex(value["previous"]), bytes.fromhex(value["signature"]))
