"""Reads and writes the chain of consent events of a case, and tells whether it is whole."""

from collections.abc import Collection, Mapping, Sequence
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
from trygga_desktop.storage.stores.compartments import Compartments, Keys
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of
from trygga_desktop.storage.stores.opened import Known, Lying, Opened
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
    hash: bytes


class Consents:
    """Knows only the events of cases that our keyring opens."""

    def __init__(
        self,
        connection: Connection,
        compartments: Compartments,
        keyring: Keyring,
        trust: Trust,
        opened: Opened,
    ) -> None:
        self._connection = connection
        self._known = opened
        self._ahead: dict[UUID, list[tuple[Any, ...]]] = {}
        self._compartments = compartments
        self._keyring = keyring
        self._trust = trust
        self._envelopes = Envelopes(trust.vault_id, ConsentEventRecord.__tablename__)

    def add(self, event: ConsentEvent, *, after: bytes) -> bytes:
        """Store an event behind the link `after` (empty before the first); return its own link."""
        link = _hash(event, after, self._trust.vault_id)
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

    def cases(self) -> frozenset[UUID]:
        """Return the cases of which there is any event, whether it can be read or not."""
        found = self._connection.scalars(select(ConsentEventRecord.case_id).distinct())
        return frozenset(found)

    def chain(self, case: Case, logged: Sequence[bytes]) -> Chain:
        """Return the events of a case.

        The chain is broken unless it goes without a gap from its first link to the one that the
        case names, each link is signed by somebody who could, and it holds every end that the
        audit log names (`logged`): whoever takes a withdrawal away cannot take that away.
        """
        parts = {one.id: one.kind for one in self._compartments.of_case(case.id)}
        keys = self._compartments.keys_of(case.id)
        rows = self._ahead.pop(case.id, None)
        if rows is None:
            found = _SELECT.where(ConsentEventRecord.case_id == case.id)
            rows = [tuple(row) for row in self._connection.execute(found)]
        links: dict[bytes, _Link] = {}
        for lies in rows:
            # One that cannot be read is missing from the chain, which tells so.
            with suppress(*ODD_VALUES):
                link = self._open(lies, parts, keys)
                links[link.previous] = link
        ordered = _in_order(links)
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

    def read_ahead(self, case_ids: Collection[UUID]) -> None:
        """Read at once what the chains of these cases take: each is then asked for without."""
        self._ahead = {case_id: [] for case_id in case_ids}
        found = _SELECT.where(ConsentEventRecord.case_id.in_(case_ids))
        for row in self._connection.execute(found.add_columns(ConsentEventRecord.case_id)):
            *lies, case_id = row
            self._ahead[case_id].append(tuple(lies))

    def _open(
        self, lies: tuple[Any, ...], parts: Mapping[UUID, CompartmentKind], keys: Keys
    ) -> _Link:
        """Return a link; who signed it is asked each time, for that can change."""
        known = self._known.find(ConsentEventRecord.__tablename__, lies)
        if known is None or not known.opens_with(keys):
            row = _LYING.read(lies, self._connection.dialect)
            place = row.compartment_id, row.generation
            key = keys.get(place)
            if key is None:
                raise TamperedError
            known = Known(row.case_id, ((place, key),), self._opened(row, key))
            self._known.keep(ConsentEventRecord.__tablename__, lies, known)
        if parts.get(known.keys[0][0][0]) is not CompartmentKind.CASE:
            raise TamperedError
        link: _Link = known.value
        signers = self._trust.keys_with(link.event.recorded_by, Permission.WORK_IN_CASE)
        signed = (signers, link.signature, link.hash)
        if self._known.find(_SIGNED, signed) is None:
            verify(signers, link.signature, _statement(link.hash))
            self._known.keep(_SIGNED, signed, Known(known.case_id, (), None))
        return link

    def _opened(self, row: Any, key: CompartmentKey) -> _Link:
        vault_id = self._trust.vault_id
        link = self._envelopes.open(
            cells_of(row),
            partial(_read, row.id, row.case_id, vault_id),
            owner=row.case_id,
            key=key,
            clear=b"%d" % row.sequence,
        )
        if link.event.sequence != row.sequence:
            raise TamperedError
        return link


_LYING = Lying({one.name: one for one in ConsentEventRecord.__table__.columns})
_SELECT = select(*_LYING.columns)
# Beside the rows themselves it is remembered which signatures hold.
_SIGNED = "consent_event signed"


def _hash(event: ConsentEvent, previous: bytes, vault_id: bytes) -> bytes:
    return sha256(to_canonical([vault_id.hex(), previous.hex(), _plain(event)])).digest()


def _in_order(links: Mapping[bytes, _Link]) -> list[tuple[bytes, _Link]]:
    """Return the links from the first on, each with its hash, as far as one follows the other."""
    ordered: list[tuple[bytes, _Link]] = []
    end = b""
    while end in links and len(ordered) < len(links):
        link = links[end]
        end = link.hash
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


def _read(row_id: UUID, case_id: UUID, vault_id: bytes, value: Mapping[str, Any]) -> _Link:
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
    previous = bytes.fromhex(value["previous"])
    link = _hash(event, previous, vault_id)
    return _Link(event, previous, bytes.fromhex(value["signature"]), link)
