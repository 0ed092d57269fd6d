"""Reads and writes users' names and the settings of the vault."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from trygga_desktop.crypto.envelope import Place
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.errors import DamagedVaultError, TamperedError
from trygga_desktop.storage.records.accounts import AccountRecord, SettingRecord
from trygga_desktop.storage.stores.compartments import Compartments

_Record = type[AccountRecord] | type[SettingRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One user as colleagues see them."""

    id: UUID
    login: str
    name: str


class Accounts:
    """What everyone with an account may know: who the others are, and whose vault it is."""

    def __init__(
        self, connection: Connection, compartments: Compartments, *, vault_id: bytes
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._vault = UUID(bytes=vault_id)

    def add(self, account: Account) -> None:
        """Store a new user's names."""
        self._insert(AccountRecord, account.id, {"login": account.login, "name": account.name})

    def all(self) -> list[Account]:
        """Return every user that can be read, retired ones too."""
        accounts = []
        for row_id, value in self._read(AccountRecord):
            accounts.append(Account(id=row_id, login=value["login"], name=value["name"]))
        return accounts

    def set_municipality(self, municipality: str) -> None:
        """Store whose vault this is; once, when it is made."""
        self._insert(SettingRecord, self._vault, {"municipality": municipality})

    def municipality(self) -> str:
        """Return whose vault this is, or nothing if that row cannot be believed."""
        values = [value for _, value in self._read(SettingRecord)]
        return str(values[0]["municipality"]) if values else ""

    def _insert(self, record: _Record, row_id: UUID, value: dict[str, object]) -> None:
        compartment = self._compartment()
        place = self._place(record, row_id, compartment.id, compartment.generation, 1)
        self._connection.execute(
            insert(record).values(
                id=row_id,
                compartment_id=compartment.id,
                generation=compartment.generation,
                row_version=1,
                ciphertext=self._compartments.key(compartment).encrypt(value, place),
            )
        )

    def _read(self, record: _Record) -> list[tuple[UUID, dict[str, Any]]]:
        keys = self._compartments.keys_of(None)
        values = []
        for row in self._connection.execute(select(*record.__table__.columns)):
            key = keys.get((row.compartment_id, row.generation))
            place = self._place(record, row.id, row.compartment_id, row.generation, row.row_version)
            try:
                if key is not None:
                    values.append((row.id, key.decrypt(row.ciphertext, place)))
            except TamperedError:
                continue
        return values

    def _compartment(self) -> Compartment:
        compartment = self._compartments.find(None, CompartmentKind.VAULT)
        if compartment is None:
            raise DamagedVaultError
        return compartment

    def _place(
        self, record: _Record, row_id: UUID, compartment: UUID, generation: int, version: int
    ) -> Place:
        return Place(
            vault_id=self._vault.bytes,
            owner=self._vault,
            compartment=compartment,
            generation=generation,
            table=record.__tablename__,
            row=row_id,
            row_version=version,
        )
