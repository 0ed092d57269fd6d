"""Reads and writes excerpts and their files. They are only ever added."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, func, insert, select

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.audit import Action, Entry
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.excerpts import GivenExcerpt
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sealing import Tie, read_tie
from trygga_desktop.storage.records.distribution import ExcerptFileRecord, ExcerptRecord
from trygga_desktop.storage.stores.audit import Audit
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of
from trygga_desktop.storage.stores.plain import reader, spell

_PDF = "pdf"
_GIVEN = frozenset({Action.EXCERPT_GIVEN})
_read_excerpt = reader(GivenExcerpt)


def tie_of_excerpt(excerpt: GivenExcerpt) -> Tie:
    """Return what the log is tied to: the bytes, and all that is told beside them."""
    spelled = spell(excerpt)
    # They came with later versions: one that nobody signs, or of which nothing rests, is spelled as
    # before.
    for later in ("signer", "resting"):
        if not spelled[later]:
            del spelled[later]
    told = sha256(to_canonical(["trygga-excerpt-1", spelled])).digest()
    return Tie(digest=told, case_id=excerpt.case_id, meeting_id=excerpt.meeting_id)


class Excerpts:
    """Knows only the excerpts of cases that our keyring opens.

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
        self._connection = connection
        self._compartments = compartments
        self._log = log
        self._trust = trust
        self._left_out = left_out
        self._excerpts = Envelopes(trust.vault_id, ExcerptRecord.__tablename__)
        self._files = Envelopes(trust.vault_id, ExcerptFileRecord.__tablename__)

    def add(self, excerpt: GivenExcerpt, pdf: bytes) -> None:
        """Store an excerpt with its sealed bytes; raise NoAccessError if its case is not ours."""
        compartment = self._compartments.of_file(excerpt.case_id)[CompartmentKind.CASE]
        key = self._compartments.key(compartment)
        columns = self._excerpts.close(
            excerpt.id,
            spell(excerpt),
            owner=excerpt.case_id,
            compartment=compartment,
            key=key,
            clear=_clear(excerpt.source_id, excerpt.sequence),
        )
        self._connection.execute(
            insert(ExcerptRecord).values(
                case_id=excerpt.case_id,
                protocol_id=excerpt.source_id,
                sequence=excerpt.sequence,
                **columns,
            )
        )
        columns = self._files.close(
            uuid4(),
            {_PDF: b64encode(pdf).decode()},
            owner=excerpt.case_id,
            compartment=compartment,
            key=key,
            clear=_clear(excerpt.id, 1),
        )
        self._connection.execute(insert(ExcerptFileRecord).values(excerpt_id=excerpt.id, **columns))

    def next_sequence(self, case_id: UUID) -> int:
        """Return the place that the next excerpt of a case takes."""
        newest = select(func.max(ExcerptRecord.sequence)).where(ExcerptRecord.case_id == case_id)
        return 1 + (self._connection.scalar(newest) or 0)

    def of_case(self, case_id: UUID) -> list[GivenExcerpt]:
        """Return the excerpts of a case that the log tells of, in the order of giving."""
        parts = {one.id: one.kind for one in self._compartments.of_case(case_id)}
        keys = self._compartments.keys_of(case_id)
        rows = list(
            self._connection.execute(
                select(*ExcerptRecord.__table__.columns)
                .where(ExcerptRecord.case_id == case_id)
                .order_by(ExcerptRecord.sequence)
            )
        )
        logged = self._logged([row.id for row in rows])
        found = []
        for row in rows:
            key = keys.get((row.compartment_id, row.generation))
            try:
                if key is None or parts.get(row.compartment_id) is not CompartmentKind.CASE:
                    raise TamperedError
                excerpt = self._excerpts.open(
                    cells_of(row),
                    _read_excerpt,
                    owner=case_id,
                    key=key,
                    clear=_clear(row.protocol_id, row.sequence),
                )
                told = (excerpt.id, excerpt.case_id, excerpt.source_id, excerpt.sequence)
                is_known = logged.get(row.id) == tie_of_excerpt(excerpt)
                if told != (row.id, case_id, row.protocol_id, row.sequence) or not is_known:
                    raise TamperedError
                found.append(excerpt)
            except ODD_VALUES:
                self._left_out.add(row.id)
        return found

    def file(self, excerpt: GivenExcerpt) -> bytes:
        """Return the bytes of an excerpt; raise TamperedError unless they are those sealed."""
        row = self._connection.execute(
            select(*ExcerptFileRecord.__table__.columns).where(
                ExcerptFileRecord.excerpt_id == excerpt.id
            )
        ).one_or_none()
        key = None
        if row is not None:
            keys = self._compartments.keys_of(excerpt.case_id)
            key = keys.get((row.compartment_id, row.generation))
        if row is None or key is None:
            raise TamperedError
        pdf = self._files.open(
            cells_of(row),
            _read_pdf,
            owner=excerpt.case_id,
            key=key,
            clear=_clear(row.excerpt_id, 1),
        )
        if sha256(pdf).hexdigest() != excerpt.digest:
            raise TamperedError
        return pdf

    def case_of(self, excerpt_id: UUID) -> UUID | None:
        """Return the case that an excerpt says it belongs to, or None if there is none such."""
        found: UUID | None = self._connection.scalar(
            select(ExcerptRecord.case_id).where(ExcerptRecord.id == excerpt_id)
        )
        return found

    def ids(self) -> frozenset[UUID]:
        """Return the ids of all excerpts in the vault, those that we cannot open too."""
        return frozenset(self._connection.scalars(select(ExcerptRecord.id)))

    def lost(self, case_id: UUID) -> frozenset[UUID]:
        """Return the excerpts of a case that the log tells of and that are not there any more."""
        there = self.ids()
        ties = self._ties(self._log.entries_by(_GIVEN))
        return frozenset(
            one for one, tie in ties.items() if tie.case_id == case_id and one not in there
        )

    def _logged(self, ids: list[UUID]) -> dict[UUID, Tie]:
        return self._ties(self._log.entries_of(_GIVEN, ids)) if ids else {}

    def _ties(self, entries: list[Entry]) -> dict[UUID, Tie]:
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


def _clear(belongs_to: UUID, place: int) -> bytes:
    return to_canonical([str(belongs_to), place])


def _read_pdf(value: Mapping[str, Any]) -> bytes:
    return b64decode(value[_PDF], validate=True)
