"""Reads and writes items: what was told, decided or noted in a case, not yet decided for anyone.

What comes out of here is shown to nobody before it has gone through the one door.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from trygga_desktop.crypto.envelope import Place
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.compartments import Compartment
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.items import Item, Part, from_plain, to_plain
from trygga_desktop.storage.records.cases import ItemRecord
from trygga_desktop.storage.stores.compartments import Compartments


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
        self._vault_id = vault_id

    def add(
        self, item: Item, compartment: Compartment, key: CompartmentKey, *, sequence: int
    ) -> None:
        """Store a new item under the key of its compartment."""
        key_of = (compartment.id, compartment.generation)
        place = self._place(item.id, item.case_id, key_of, row_version=1)
        self._connection.execute(
            insert(ItemRecord).values(
                id=item.id,
                case_id=item.case_id,
                compartment_id=compartment.id,
                sequence=sequence,
                generation=compartment.generation,
                row_version=1,
                ciphertext=key.encrypt(to_plain(item), place),
            )
        )

    def of_case(self, case_id: UUID) -> list[Item]:
        """Return the items of a case that we can open, in the order in which they came.

        Where an item lies is told by its key, not by what is written in it.
        """
        parts = {one.id: Part(one.kind) for one in self._compartments.of_case(case_id)}
        keys = self._compartments.keys_of(case_id)
        rows = self._connection.execute(
            select(*ItemRecord.__table__.columns)
            .where(ItemRecord.case_id == case_id)
            .order_by(ItemRecord.sequence)
        )
        items = []
        for row in rows:
            key = keys.get((row.compartment_id, row.generation))
            if key is None:
                continue
            try:
                items.append(replace(self._item(row, key), part=parts[row.compartment_id]))
            except (TamperedError, ValueError, KeyError):
                self._left_out.add(row.id)
        return items

    def _item(self, row: Any, key: CompartmentKey) -> Item:
        key_of = (row.compartment_id, row.generation)
        place = self._place(row.id, row.case_id, key_of, row_version=row.row_version)
        return from_plain(row.id, row.case_id, key.decrypt(row.ciphertext, place))

    def _place(
        self, item_id: UUID, case_id: UUID, key_of: tuple[UUID, int], *, row_version: int
    ) -> Place:
        compartment, generation = key_of
        return Place(
            vault_id=self._vault_id,
            owner=case_id,
            compartment=compartment,
            generation=generation,
            table=ItemRecord.__tablename__,
            row=item_id,
            row_version=row_version,
        )
