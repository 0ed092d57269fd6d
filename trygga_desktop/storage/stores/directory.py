"""Reads and writes the contact directory, which lies in the vault's own compartment."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, insert, select

from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.directory import Contact, Directory, Organisation
from trygga_desktop.domain.errors import DamagedVaultError, TamperedError
from trygga_desktop.storage.records.directory import ContactRecord, OrganisationRecord
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of
from trygga_desktop.storage.stores.plain import reader, spell

T = TypeVar("T", Organisation, Contact)


class DirectoryRows:
    """What everyone with an account may know: whom to turn to.

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
        self._vault = UUID(bytes=vault_id)
        self._known: Directory | None = None

    def all(self) -> Directory:
        """Return everyone and every organisation that is known.

        It is kept until something is written here: a list over cases asks for it in each of them.
        """
        if self._known is None:
            self._known = Directory(
                organisations=tuple(self._read(OrganisationRecord, Organisation)),
                contacts=tuple(self._read(ContactRecord, Contact)),
            )
        return self._known

    def put_organisation(self, organisation: Organisation) -> None:
        """Store an organisation, in place of what was stored under its id."""
        self._put(OrganisationRecord, organisation)

    def put_contact(self, contact: Contact) -> None:
        """Store a professional, in place of what was stored under their id."""
        self._put(ContactRecord, contact)

    def _put(
        self,
        record: type[OrganisationRecord] | type[ContactRecord],
        value: Organisation | Contact,
    ) -> None:
        compartment = self._compartments.own(CompartmentKind.VAULT)
        if compartment is None:
            raise DamagedVaultError
        self._known = None
        before = self._connection.scalar(select(record.row_version).where(record.id == value.id))
        columns = Envelopes(self._vault_id, record.__tablename__).close(
            value.id,
            spell(value),
            owner=self._vault,
            compartment=compartment,
            key=self._compartments.key(compartment),
            row_version=(before or 0) + 1,
        )
        self._connection.execute(insert(record).prefix_with("OR REPLACE").values(**columns))

    def _read(
        self, record: type[OrganisationRecord] | type[ContactRecord], kind: type[T]
    ) -> list[T]:
        keys = self._compartments.keys_of(None)
        envelopes = Envelopes(self._vault_id, record.__tablename__)
        read = reader(kind)
        found = []
        for row in self._connection.execute(select(*record.__table__.columns).order_by(record.id)):
            key = keys.get((row.compartment_id, row.generation))
            try:
                if key is None:
                    raise TamperedError
                value = envelopes.open(cells_of(row), read, owner=self._vault, key=key)
                if value.id != row.id:
                    raise TamperedError
                found.append(value)
            except ODD_VALUES:
                self._left_out.add(row.id)
        return found
