"""Reads and writes users' names and the settings of the vault."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

from sqlalchemy import Connection, insert, select

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.envelope import new_key
from trygga_desktop.crypto.signing import SigningKey, Statement, verify
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import DamagedVaultError, TamperedError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.picture import read_picture
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueVersion:
    """The rule data of the vault as they were laid down once, by whom, and their signature."""

    number: int
    tables: Mapping[str, Any]
    digest: bytes
    author: UUID
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Renamed:
    """What the owner of the vault was called from some moment on, and who said so."""

    number: int
    name: str
    author: UUID
    signature: bytes


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

    def change_municipality(self, name: str, *, author: UUID, signing: SigningKey) -> None:
        """Store what whoever owns the vault is called from now on, signed.

        The names before it stay as they were.
        """
        names = self._read(SettingRecord, _renamed)
        number = max((one.number for one in names), default=0) + 1
        value = {
            "municipality": name,
            "number": number,
            "author": str(author),
            "signature": signing.sign(self._naming(number, name)).hex(),
        }
        self._insert(SettingRecord, uuid4(), value)

    def municipality(self, trust: Trust) -> str:
        """Return whose vault this is, or nothing if no row of it can be believed.

        Whoever opens the vault can write into its file, and the name stands on what is signed: one
        that was given later counts only as somebody who manages the rules has signed it.
        """
        renamed = [one for one in self._read(SettingRecord, _renamed) if self._is_given(one, trust)]
        if renamed:
            return max(renamed, key=lambda one: one.number).name
        first = self._read(SettingRecord, self._first_municipality)
        return next(iter(first), "")

    def set_arms(self, png: bytes) -> None:
        """Store the picture in the head of documents; an empty one takes it away.

        Those before it stay as they were.
        """
        newest, _ = max(self._read(SettingRecord, _arms), default=(0, b""))
        value = {"arms": b64encode(png).decode("ascii"), "number": newest + 1}
        self._insert(SettingRecord, uuid4(), value)

    def arms(self) -> bytes:
        """Return the picture in the head of documents as a PNG, or nothing.

        Whoever opens the vault can write into its file: a picture in another form is none.
        """
        return max(self._read(SettingRecord, _arms), default=(0, b""))[1]

    def add_catalogue(
        self, tables: Mapping[str, object], *, author: UUID, signing: SigningKey
    ) -> bytes:
        """Store the next version of the rule data, signed, and return its digest.

        The versions before it stay as they were.
        """
        earlier = self._versions()
        number = len(earlier) + 1
        digest = sha256(to_canonical(tables)).digest()
        signature = signing.sign(
            self._rules(number, earlier[-1].digest if earlier else b"", digest)
        )
        value = {
            "catalogue": tables,
            "author": str(author),
            "signature": signature.hex(),
            "version": number,
        }
        self._insert(SettingRecord, self._place_of(number), value)
        return digest

    def catalogue_versions(self, trust: Trust) -> tuple[CatalogueVersion, ...]:
        """Return the rule data as they were laid down one after the other, the newest last.

        Whoever opens the vault can write into its file, and rules decide whose consent is needed.
        So they count only as somebody who manages them has signed each version and what it
        followed on, and as the log says of whoever then managed them. Raise TamperedError for any
        others, and where one is gone. A vault of before there were any has none.
        """
        versions = self._versions()
        if tuple(one.digest for one in versions) != trust.rules:
            raise TamperedError
        previous = b""
        for one in versions:
            keys = trust.keys_with(one.author, Permission.MANAGE_RULES)
            verify(keys, one.signature, self._rules(one.number, previous, one.digest))
            previous = one.digest
        return tuple(versions)

    def _first_municipality(self, row_id: UUID, value: dict[str, Any]) -> str:
        if row_id != self._vault:
            raise TamperedError
        return str(value["municipality"])

    def _is_given(self, given: _Renamed, trust: Trust) -> bool:
        keys = trust.keys_with(given.author, Permission.MANAGE_RULES)
        try:
            verify(keys, given.signature, self._naming(given.number, given.name))
        except TamperedError:
            return False
        return True

    def _naming(self, number: int, name: str) -> Statement:
        return ("trygga-municipality-1", self._vault_id.hex(), str(number), name)

    def _versions(self) -> list[CatalogueVersion]:
        found = self._read(SettingRecord, self._version)
        return sorted(found, key=lambda one: one.number)

    def _version(self, row_id: UUID, value: dict[str, Any]) -> CatalogueVersion:
        # The first ones were stored without their number.
        number = value.get("version", 1)
        if type(number) is not int or row_id != self._place_of(number):
            raise TamperedError
        return CatalogueVersion(
            number=number,
            tables=value["catalogue"],
            digest=sha256(to_canonical(value["catalogue"])).digest(),
            author=UUID(value["author"]),
            signature=bytes.fromhex(value["signature"]),
        )

    def _place_of(self, number: int) -> UUID:
        return uuid5(self._vault, "catalogue" if number == 1 else f"catalogue {number}")

    def _rules(self, number: int, previous: bytes, digest: bytes) -> Statement:
        vault = self._vault_id.hex()
        if number == 1:
            return ("trygga-catalogue-1", vault, digest.hex())
        return ("trygga-catalogue-2", vault, str(number), previous.hex(), digest.hex())

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


def _arms(_: UUID, value: dict[str, Any]) -> tuple[int, bytes]:
    number, png = value["number"], b64decode(value["arms"], validate=True)
    if type(number) is not int:
        raise TamperedError
    if png:
        read_picture(png)
    return number, png


def _renamed(_: UUID, value: dict[str, Any]) -> _Renamed:
    number, name = value["number"], value["municipality"]
    if type(number) is not int or type(name) is not str:
        raise TamperedError
    return _Renamed(
        number=number,
        name=name,
        author=UUID(value["author"]),
        signature=bytes.fromhex(value["signature"]),
    )
