"""Reads and writes users' names and the settings of the vault."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID, uuid5

from sqlalchemy import Connection, insert, select

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.envelope import new_key
from trygga_desktop.crypto.signing import SigningKey, Statement, verify
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import DamagedVaultError, TamperedError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.principals import Roster
from trygga_desktop.storage.records.accounts import AccountRecord, SettingRecord
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import Envelopes, cells_of

T = TypeVar("T")
_Record = type[AccountRecord] | type[SettingRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One user as colleagues see them. `salt` keeps its digest from being guessed at."""

    id: UUID
    login: str
    name: str
    salt: bytes

    @property
    def digest(self) -> bytes:
        """Return what the roster vouches for."""
        fields = ("trygga-account-1", str(self.id), self.login, self.name, self.salt.hex())
        return sha256(to_canonical(fields)).digest()


def new_account(account_id: UUID, *, login: str, name: str) -> Account:
    """Return an account with a fresh salt."""
    return Account(id=account_id, login=login, name=name, salt=new_key())


class Accounts:
    """What everyone with an account may know: who the others are, and whose vault it is."""

    def __init__(
        self, connection: Connection, compartments: Compartments, *, vault_id: bytes
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._vault_id = vault_id
        self._vault = UUID(bytes=vault_id)
        self._catalogue = uuid5(self._vault, "catalogue")

    def add(self, account: Account) -> None:
        """Store a new user's names."""
        value = {"login": account.login, "name": account.name, "salt": account.salt.hex()}
        self._insert(AccountRecord, account.id, value)

    def all(self, roster: Roster) -> list[Account]:
        """Return every user whose names the roster vouches for, retired ones too."""
        vouched = {one.id: one.account for one in roster.principals.values()}
        accounts = self._read(AccountRecord, _account)
        return [one for one in accounts if one.digest == vouched.get(one.id)]

    def set_municipality(self, municipality: str) -> None:
        """Store whose vault this is; once, when it is made."""
        self._insert(SettingRecord, self._vault, {"municipality": municipality})

    def municipality(self) -> str:
        """Return whose vault this is, or nothing if that row cannot be believed."""
        return next(iter(self._read(SettingRecord, _municipality)), "")

    def set_catalogue(
        self, tables: Mapping[str, object], *, author: UUID, signing: SigningKey
    ) -> bytes:
        """Store the rule data of the vault, signed; once, when it is made. Return its digest."""
        digest = sha256(to_canonical(tables)).digest()
        signature = signing.sign(self._rules(digest))
        value = {"catalogue": tables, "author": str(author), "signature": signature.hex()}
        self._insert(SettingRecord, self._catalogue, value)
        return digest

    def catalogue(self, trust: Trust, logged: Sequence[bytes]) -> Mapping[str, Any] | None:
        """Return the rule data of the vault, or None if it never had any of its own.

        Whoever opens the vault can write into its file, and rules decide whose consent is needed.
        So they count only as somebody who manages accounts has signed them, and as the log says
        (`logged`, oldest first). Raise TamperedError for any others, and where they are gone.
        """
        found = list(self._read(SettingRecord, _rules))
        if not found and not logged:
            return None
        if len(found) != 1 or not logged:
            raise TamperedError
        tables, author, signature = found[0]
        digest = sha256(to_canonical(tables)).digest()
        if digest != logged[-1]:
            raise TamperedError
        keys = trust.keys_with(author, Permission.MANAGE_ACCOUNTS)
        verify(keys, signature, self._rules(digest))
        return tables

    def _rules(self, digest: bytes) -> Statement:
        return ("trygga-catalogue-1", self._vault_id.hex(), digest.hex())

    def _insert(self, record: _Record, row_id: UUID, value: Mapping[str, object]) -> None:
        compartment = self._compartments.own(CompartmentKind.VAULT)
        if compartment is None:
            raise DamagedVaultError
        columns = Envelopes(self._vault_id, record.__tablename__).close(
            row_id,
            value,
            owner=self._vault,
            compartment=compartment,
            key=self._compartments.key(compartment),
        )
        self._connection.execute(insert(record).values(**columns))

    def _read(self, record: _Record, read: Callable[[UUID, dict[str, Any]], T]) -> list[T]:
        keys = self._compartments.keys_of(None)
        envelopes = Envelopes(self._vault_id, record.__tablename__)
        values = []
        for row in self._connection.execute(select(*record.__table__.columns)):
            key = keys.get((row.compartment_id, row.generation))
            if key is None:
                continue
            try:
                values.append(
                    envelopes.open(cells_of(row), partial(read, row.id), owner=self._vault, key=key)
                )
            except TamperedError:
                continue
        return values


def _account(row_id: UUID, value: dict[str, Any]) -> Account:
    return Account(
        id=row_id,
        login=value["login"],
        name=value["name"],
        salt=bytes.fromhex(value["salt"]),
    )


def _municipality(_: UUID, value: dict[str, Any]) -> str:
    return str(value["municipality"])


def _rules(_: UUID, value: dict[str, Any]) -> tuple[Mapping[str, Any], UUID, bytes]:
    return value["catalogue"], UUID(value["author"]), bytes.fromhex(value["signature"])
