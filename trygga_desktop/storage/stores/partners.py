"""Reads and writes whom packets are exchanged with, as administrators have certified them."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, insert, select

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.key_files import read_keys, spell_keys
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.audit import PARTNER_ACTIONS, Entry
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import DamagedVaultError, TamperedError
from trygga_desktop.domain.partners import Partner
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.storage.records.accounts import SettingRecord
from trygga_desktop.storage.stores.audit import Audit
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of


class Partners:
    """What everyone with an account may know: whose keys were certified, and for whom they speak.

    Whoever opens the vault can write into its file. So a partner counts only as the newest entry
    of the log says of somebody who manages accounts; rows that differ are passed over.
    """

    def __init__(
        self,
        connection: Connection,
        compartments: Compartments,
        audit: Audit,
        trust: Trust,
        *,
        vault_id: bytes,
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._audit = audit
        self._trust = trust
        self._vault_id = vault_id
        self._vault = UUID(bytes=vault_id)
        self._envelopes = Envelopes(vault_id, SettingRecord.__tablename__)

    def add(self, partner: Partner) -> bytes:
        """Store the next version of a partner, and return the digest that the log is tied to.

        Those before it stay as they were.
        """
        compartment = self._compartments.own(CompartmentKind.VAULT)
        if compartment is None:
            raise DamagedVaultError
        row_id = self._place_of(partner)
        columns = self._envelopes.close(
            row_id,
            {"partner": _spell(partner)},
            owner=self._vault,
            compartment=compartment,
            key=self._compartments.key(compartment),
        )
        # A row that was laid there without a line in the log is none.
        self._connection.execute(insert(SettingRecord).prefix_with("OR REPLACE").values(**columns))
        return _digest(partner, self._vault_id)

    def all(self) -> list[Partner]:
        """Return each partner as it was last laid down, retired ones too, by their names."""
        told = self._told()
        found = [one for one in self._stored() if told.get(one.id) == _digest(one, self._vault_id)]
        return sorted(found, key=lambda one: (one.keys.name, one.keys.municipality, one.id))

    def find(self, partner_id: UUID) -> Partner | None:
        """Return a partner, or None for one who was never certified."""
        return next((one for one in self.all() if one.id == partner_id), None)

    def versions(self, partner_id: UUID) -> int:
        """Return how often something was laid down about somebody."""
        return len(self._entries(partner_id))

    def _told(self) -> Mapping[UUID, bytes]:
        return {one.subject_id: one.digest for one in self._entries()}

    def _entries(self, partner_id: UUID | None = None) -> list[Entry]:
        may = Permission.MANAGE_ACCOUNTS
        return [
            one
            for one in self._audit.entries_by(PARTNER_ACTIONS)
            if partner_id in {None, one.subject_id} and self._trust.keys_with(one.actor_id, may)
        ]

    def _stored(self) -> list[Partner]:
        keys = self._compartments.keys_of(None)
        found = []
        for row in self._connection.execute(select(*SettingRecord.__table__.columns)):
            key = keys.get((row.compartment_id, row.generation))
            if key is None:
                continue
            try:
                read = partial(self._read, row.id)
                found.append(self._envelopes.open(cells_of(row), read, owner=self._vault, key=key))
            except ODD_VALUES:
                # Another setting, or none that was left here.
                continue
        return found

    def _read(self, row_id: UUID, value: dict[str, Any]) -> Partner:
        plain = value["partner"]
        partner = Partner(
            keys=read_keys(plain["keys"]),
            organisation_id=UUID(plain["organisation_id"]),
            certified_by=UUID(plain["certified_by"]),
            at=datetime.fromisoformat(plain["at"]),
            version=plain["version"],
            retired=plain["retired"],
        )
        if row_id != self._place_of(partner) or _spell(partner) != plain:
            raise TamperedError
        return partner

    def _place_of(self, partner: Partner) -> UUID:
        return uuid5(self._vault, f"partner {partner.id} {partner.version}")


def _digest(partner: Partner, vault_id: bytes) -> bytes:
    fields = ["trygga-partner-1", vault_id.hex(), _spell(partner)]
    return sha256(to_canonical(fields)).digest()


def _spell(partner: Partner) -> dict[str, object]:
    return {
        "keys": spell_keys(partner.keys),
        "organisation_id": str(partner.organisation_id),
        "certified_by": str(partner.certified_by),
        "at": partner.at.isoformat(),
        "version": partner.version,
        "retired": partner.retired,
    }
