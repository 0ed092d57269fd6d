"""Reads and writes drafts: text of one user that was typed and not yet confirmed."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.drafts import Draft, DraftKind, Version
from trygga_desktop.domain.errors import NoAccessError, TamperedError
from trygga_desktop.storage.records.drafts import DraftRecord
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of

_MOST_VERSIONS = 2**40


class Drafts:
    """Knows only the drafts of the user whose keyring is in use."""

    def __init__(
        self,
        connection: Connection,
        compartments: Compartments,
        left_out: set[UUID],
        *,
        vault_id: bytes,
        user_id: UUID,
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._left_out = left_out
        self._user_id = user_id
        self._envelopes = Envelopes(vault_id, DraftRecord.__tablename__)

    def put(self, draft: Draft, *, sequence: int) -> None:
        """Store a draft, in place of its former text."""
        compartment = self._own()
        value = {
            "kind": draft.kind,
            "text": draft.text,
            "stored_at": draft.stored_at.isoformat(),
            "subject": None if draft.subject_id is None else str(draft.subject_id),
            "case": None if draft.case_id is None else str(draft.case_id),
            "versions": [[one.text, one.stored_at.isoformat()] for one in draft.versions],
            "thrown_at": None if draft.thrown_at is None else draft.thrown_at.isoformat(),
        }
        columns = self._envelopes.close(
            draft.id,
            value,
            owner=self._user_id,
            compartment=compartment,
            key=self._compartments.key(compartment),
            clear=b"%d" % sequence,
            row_version=self._newest_version(draft.id, compartment.id) + 1,
        )
        self._connection.execute(
            insert(DraftRecord).prefix_with("OR REPLACE").values(sequence=sequence, **columns)
        )

    def all(self) -> list[Draft]:
        """Return our drafts, the newest first."""
        compartment = self._find_own()
        if compartment is None:
            return []
        keys = self._compartments.keys_of(None)
        rows = self._connection.execute(
            select(*DraftRecord.__table__.columns)
            .where(DraftRecord.compartment_id == compartment.id)
            .order_by(DraftRecord.sequence.desc())
        )
        drafts = []
        for row in rows:
            key = keys.get((compartment.id, row.generation))
            try:
                drafts.append(self._open(row, key))
            except ODD_VALUES:
                self._left_out.add(row.id)
        return drafts

    def find(self, draft_id: UUID) -> Draft | None:
        """Return one of our drafts; None where there is none, or none that can be believed."""
        compartment = self._find_own()
        if compartment is None:
            return None
        row = self._connection.execute(
            select(*DraftRecord.__table__.columns).where(
                DraftRecord.id == draft_id, DraftRecord.compartment_id == compartment.id
            )
        ).one_or_none()
        if row is None:
            return None
        keys = self._compartments.keys_of(None)
        try:
            return self._open(row, keys.get((compartment.id, row.generation)))
        except ODD_VALUES:
            self._left_out.add(row.id)
            return None

    def discard(self, draft_id: UUID) -> None:
        """Delete one of our drafts; one that is not there is gone already."""
        compartment = self._find_own()
        if compartment is not None:
            self._connection.execute(
                delete(DraftRecord).where(
                    DraftRecord.id == draft_id, DraftRecord.compartment_id == compartment.id
                )
            )

    def _open(self, row: Any, key: CompartmentKey | None) -> Draft:
        if key is None:
            raise TamperedError
        return self._envelopes.open(
            cells_of(row),
            partial(_draft, row.id),
            owner=self._user_id,
            key=key,
            clear=b"%d" % row.sequence,
        )

    def _newest_version(self, draft_id: UUID, compartment_id: UUID) -> int:
        row = self._connection.execute(
            select(DraftRecord.row_version, DraftRecord.compartment_id).where(
                DraftRecord.id == draft_id
            )
        ).one_or_none()
        if row is None:
            return 0
        if row.compartment_id != compartment_id:
            raise NoAccessError
        version = row.row_version
        # Whatever stands there is replaced; a number of nobody's must not stop that.
        return version if isinstance(version, int) and 0 < version < _MOST_VERSIONS else 0

    def _own(self) -> Compartment:
        compartment = self._find_own()
        if compartment is None:
            raise NoAccessError
        return compartment

    def _find_own(self) -> Compartment | None:
        """Return where our drafts lie; nowhere before the first of them."""
        return self._compartments.own(CompartmentKind.DRAFTS, user_id=self._user_id)


def _draft(draft_id: UUID, value: dict[str, Any]) -> Draft:
    thrown_at = value["thrown_at"]
    return Draft(
        id=draft_id,
        kind=DraftKind(value["kind"]),
        text=value["text"],
        stored_at=datetime.fromisoformat(value["stored_at"]),
        subject_id=_id(value["subject"]),
        case_id=_id(value["case"]),
        versions=tuple(Version(text, datetime.fromisoformat(at)) for text, at in value["versions"]),
        thrown_at=None if thrown_at is None else datetime.fromisoformat(thrown_at),
    )


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
