"""Reads and writes items: what was told, decided or noted in a case, not yet decided for anyone.

What comes out of here is shown to nobody before it has gone through the one door.
"""

from dataclasses import replace
from functools import partial
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.compartments import Compartment
from trygga_desktop.domain.errors import NoAccessError, TamperedError
from trygga_desktop.domain.items import Item, Part, from_plain, to_plain
from trygga_desktop.storage.records.cases import ItemRecord
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of


class Items:
    """Knows only the items whose compartment our keyring opens.

    A row that is not what its author left is left out, and its id is added to `left_out`.
    """

    def __init__(
        self,
        connection: Connection,
        compartments: Compartments,
        left_out: set[UUID],
        *,
        vault_id: bytes,
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._left_out = left_out
        self._envelopes = Envelopes(vault_id, ItemRecord.__tablename__)

    def add(
        self, item: Item, compartment: Compartment, key: CompartmentKey, *, sequence: int
    ) -> None:
        """Store a new item under the key of its compartment."""
        columns = self._envelopes.close(
            item.id,
            to_plain(item),
            owner=item.case_id,
            compartment=compartment,
            key=key,
            clear=b"%d" % sequence,
        )
        self._connection.execute(
            insert(ItemRecord).values(case_id=item.case_id, sequence=sequence, **columns)
        )

    def replace(self, item: Item, compartment: Compartment, key: CompartmentKey) -> None:
        """Store an item anew in its place, as after an answer about it.

        Raise NoAccessError if there is none such in its case.
        """
        row = self._connection.execute(
            select(ItemRecord.sequence, ItemRecord.row_version).where(
                ItemRecord.id == item.id, ItemRecord.case_id == item.case_id
            )
        ).one_or_none()
        if row is None:
            raise NoAccessError
        columns = self._envelopes.close(
            item.id,
            to_plain(item),
            owner=item.case_id,
            compartment=compartment,
            key=key,
            clear=b"%d" % row.sequence,
            row_version=row.row_version + 1,
        )
        self._connection.execute(
            update(ItemRecord).where(ItemRecord.id == item.id).values(**columns)
        )

    def of_case(self, case_id: UUID) -> list[Item]:
        """Return the items of a case that we can open, in the order in which they came.

        Where an item lies is told by its key, not by what is written in it.
        """
        compartments = {one.id: one for one in self._compartments.of_case(case_id)}
        keys = self._compartments.keys_of(case_id)
        rows = self._connection.execute(
            select(*ItemRecord.__table__.columns)
            .where(ItemRecord.case_id == case_id)
            .order_by(ItemRecord.sequence)
        )
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
                    clear=b"%d" % row.sequence,
                )
                items.append(replace(item, part=Part(compartment.kind)))
            except ODD_VALUES:
                self._left_out.add(row.id)
        return items
