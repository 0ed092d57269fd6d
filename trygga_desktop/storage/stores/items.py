"""Reads and writes items: what was told, decided or noted in a case, not yet decided for anyone.

What comes out of here is shown to nobody before it has gone through the one door.
"""

from dataclasses import replace
from functools import partial
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.errors import NoAccessError, TamperedError
from trygga_desktop.domain.items import Item, Part, from_plain, to_plain
from trygga_desktop.storage.records.cases import ItemRecord
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of
from trygga_desktop.storage.stores.finality import is_sealed, refuse_sealed
from trygga_desktop.storage.stores.late_markings import LateMarkings, with_answers

# Where what was said at a meeting can lie.
_OF_MEETINGS = {Part.CASE: CompartmentKind.CASE, Part.GUARDED: CompartmentKind.GUARDED}


class Items:
    """Knows only the items whose compartment our keyring opens.

    A row that is not what its author left is left out, and its id is added to `left_out`.
    """

    def __init__(
        self,
        connection: Connection,
        compartments: Compartments,
        left_out: set[UUID],
        late: LateMarkings,
        *,
        vault_id: bytes,
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._left_out = left_out
        self._late = late
        self._envelopes = Envelopes(vault_id, ItemRecord.__tablename__)

    def add(
        self, item: Item, compartment: Compartment, key: CompartmentKey, *, sequence: int
    ) -> None:
        """Store a new item under the key of its compartment.

        Raise SealedMeetingError if the meeting it is noted at is sealed.
        """
        meeting_id = _meeting_of(item)
        refuse_sealed(self._connection, meeting_id)
        columns = self._envelopes.close(
            item.id,
            to_plain(item),
            owner=item.case_id,
            compartment=compartment,
            key=key,
            clear=_clear(sequence, meeting_id),
        )
        self._connection.execute(
            insert(ItemRecord).values(
                case_id=item.case_id, sequence=sequence, meeting_id=meeting_id, **columns
            )
        )

    def replace(self, item: Item, compartment: Compartment, key: CompartmentKey) -> None:
        """Store an item anew in its place, as after an answer about it.

        Raise NoAccessError if there is none such in its case, SealedMeetingError if it belongs to
        a sealed meeting.
        """
        row = self._connection.execute(
            select(ItemRecord.sequence, ItemRecord.row_version, ItemRecord.meeting_id).where(
                ItemRecord.id == item.id, ItemRecord.case_id == item.case_id
            )
        ).one_or_none()
        if row is None:
            raise NoAccessError
        meeting_id = _meeting_of(item)
        refuse_sealed(self._connection, row.meeting_id, meeting_id)
        columns = self._envelopes.close(
            item.id,
            to_plain(item),
            owner=item.case_id,
            compartment=compartment,
            key=key,
            clear=_clear(row.sequence, meeting_id),
            row_version=row.row_version + 1,
        )
        self._connection.execute(
            update(ItemRecord)
            .where(ItemRecord.id == item.id)
            .values(meeting_id=meeting_id, **columns)
        )

    def is_taken(self, item_id: UUID) -> bool:
        """Tell whether any item of the vault has this id, whether we can open it or not."""
        found = select(ItemRecord.id).where(ItemRecord.id == item_id)
        return self._connection.scalar(found) is not None

    def bind(self, case_id: UUID, meeting_id: UUID) -> None:
        """Say in the clear of each item of a meeting that it belongs there.

        Those that were written before rows said so do not. One that we cannot open stays as it is.
        """
        rows = self._connection.scalars(
            select(ItemRecord.id).where(
                ItemRecord.case_id == case_id, ItemRecord.meeting_id.is_(None)
            )
        )
        unbound = set(rows)
        for item in self.of_case(case_id):
            if item.id in unbound and _meeting_of(item) == meeting_id:
                compartment = self._compartments.of_file(case_id)[_OF_MEETINGS[item.part]]
                self.replace(item, compartment, self._compartments.key(compartment))

    def of_case(self, case_id: UUID) -> list[Item]:
        """Return the items of a case that we can open, in the order in which they came.

        Where an item lies is told by its key, not by what is written in it. One whose row does not
        say that it belongs to a meeting is none of a sealed one: it came after, or was moved there.
        """
        compartments = {one.id: one for one in self._compartments.of_case(case_id)}
        keys = self._compartments.keys_of(case_id)
        rows = self._connection.execute(
            select(*ItemRecord.__table__.columns)
            .where(ItemRecord.case_id == case_id)
            .order_by(ItemRecord.sequence)
        )
        answers = self._late.of_case(case_id)
        items = []
        for row in rows:
            compartment = compartments.get(row.compartment_id)
            key = keys.get((row.compartment_id, row.generation))
            try:
                if compartment is None or row.generation > compartment.generation:
                    # Its key is gone, or never was one of this case: nobody can open it any more.
                    raise TamperedError
                if key is None:
                    continue
                item = self._envelopes.open(
                    cells_of(row),
                    partial(from_plain, row.id, case_id),
                    owner=case_id,
                    key=key,
                    clear=_clear(row.sequence, row.meeting_id),
                )
                meeting_id, part = _meeting_of(item), Part(compartment.kind)
                if row.meeting_id not in {None, meeting_id}:
                    raise TamperedError
                # Nothing that the program writes in notes names a meeting.
                if meeting_id is not None and part not in _OF_MEETINGS:
                    raise TamperedError
                is_planted = row.meeting_id is None and part is Part.CASE
                if is_planted and is_sealed(self._connection, meeting_id):
                    raise TamperedError
                items.append(with_answers(replace(item, part=part), answers))
            except ODD_VALUES:
                self._left_out.add(row.id)
        return items


def _meeting_of(item: Item) -> UUID | None:
    return None if item.noted is None else item.noted.meeting_id


def _clear(sequence: int, meeting_id: UUID | None) -> bytes:
    """Spell what stands beside an item. Those of before rows named their meeting have one part."""
    return b"%d" % sequence if meeting_id is None else b"%d %s" % (sequence, meeting_id.bytes)
