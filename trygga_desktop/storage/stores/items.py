"""Reads and writes items: what was told, decided or noted in a case, not yet decided for anyone.

What comes out of here is shown to nobody before it has gone through the one door.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.errors import NoAccessError, TamperedError
from trygga_desktop.domain.items import Item, Part, from_plain, to_plain
from trygga_desktop.storage.records.cases import ItemRecord
from trygga_desktop.storage.stores.compartments import Compartments, Keys
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of
from trygga_desktop.storage.stores.finality import is_sealed, refuse_sealed
from trygga_desktop.storage.stores.late_markings import LateMarkings, with_answers
from trygga_desktop.storage.stores.opened import Known, Lying, Opened

# Where what was said at a meeting can lie.
_OF_MEETINGS = {Part.CASE: CompartmentKind.CASE, Part.GUARDED: CompartmentKind.GUARDED}


class Items:
    """Knows only the items whose compartment our keyring opens.

    A row that is not what its author left is left out, and its id is added to `left_out`.
    """

    def __init__(  # noqa: PLR0913  all but four are keywords
        self,
        connection: Connection,
        compartments: Compartments,
        left_out: set[UUID],
        late: LateMarkings,
        *,
        vault_id: bytes,
        opened: Opened,
    ) -> None:
        self._known = opened
        self._ahead: dict[UUID, list[tuple[Any, ...]]] = {}
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
        self._ahead.clear()
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
        self._ahead.clear()
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
        rows = self._ahead.pop(case_id, None)
        if rows is None:
            found = _SELECT.where(ItemRecord.case_id == case_id)
            rows = [tuple(row) for row in self._connection.execute(found)]
        answers = self._late.of_case(case_id)
        items = []
        for lies in rows:
            known = self._known.find(ItemRecord.__tablename__, lies)
            if known is None or not known.opens_with(keys):
                row = _LYING.read(lies, self._connection.dialect)
                known = self._opened(case_id, row, compartments, keys)
                if known is None:
                    continue
                if compartments[row.compartment_id].kind is CompartmentKind.CASE:
                    # What few may know, and notes, is opened anew each time and kept nowhere.
                    self._known.keep(ItemRecord.__tablename__, lies, known)
            (((part_id, generation), _),) = known.keys
            item, bound_to = known.value
            try:
                compartment = compartments.get(part_id)
                if compartment is None or generation > compartment.generation:
                    raise TamperedError
                meeting_id, part = _meeting_of(item), Part(compartment.kind)
                # Nothing that the program writes in notes names a meeting.
                if meeting_id is not None and part not in _OF_MEETINGS:
                    raise TamperedError
                is_planted = bound_to is None and part is Part.CASE
                if is_planted and is_sealed(self._connection, meeting_id):
                    raise TamperedError
                items.append(with_answers(_in_part(item, part), answers))
            except ODD_VALUES:
                self._left_out.add(item.id)
        return items

    def _opened(
        self, case_id: UUID, row: Any, compartments: Mapping[UUID, Compartment], keys: Keys
    ) -> Known | None:
        """Return what a row came to, with the meeting that it says it belongs to.

        None where it is not ours to open, or is left out.
        """
        compartment = compartments.get(row.compartment_id)
        place = row.compartment_id, row.generation
        key = keys.get(place)
        try:
            if compartment is None or row.generation > compartment.generation:
                # Its key is gone, or never was one of this case: nobody can open it any more.
                raise TamperedError
            if key is None:
                return None
            item = self._envelopes.open(
                cells_of(row),
                partial(from_plain, row.id, case_id),
                owner=case_id,
                key=key,
                clear=_clear(row.sequence, row.meeting_id),
            )
            if row.meeting_id not in {None, _meeting_of(item)}:
                raise TamperedError
        except ODD_VALUES:
            self._left_out.add(row.id)
            return None
        return Known(case_id, ((place, key),), (item, row.meeting_id))

    def read_ahead(self, case_ids: Collection[UUID]) -> None:
        """Read at once the items of these cases: each is then asked for without."""
        self._ahead = {case_id: [] for case_id in case_ids}
        found = _SELECT.where(ItemRecord.case_id.in_(case_ids))
        for *lies, case_id in self._connection.execute(found.add_columns(ItemRecord.case_id)):
            self._ahead[case_id].append(tuple(lies))


_LYING = Lying({one.name: one for one in ItemRecord.__table__.columns})
_SELECT = select(*_LYING.columns).order_by(ItemRecord.sequence)


def _in_part(item: Item, part: Part) -> Item:
    return item if item.part is part else replace(item, part=part)


def _meeting_of(item: Item) -> UUID | None:
    return None if item.noted is None else item.noted.meeting_id


def _clear(sequence: int, meeting_id: UUID | None) -> bytes:
    """Spell what stands beside an item. Those of before rows named their meeting have one part."""
    return b"%d" % sequence if meeting_id is None else b"%d %s" % (sequence, meeting_id.bytes)
