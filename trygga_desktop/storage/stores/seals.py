"""Reads and writes the seals of the vault: certificates, and private keys kept for a group."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, insert, select

from trygga_desktop.crypto.keyring import Keyring
from trygga_desktop.crypto.principals import wrap
from trygga_desktop.crypto.seals import SealMaterial
from trygga_desktop.crypto.signing import Statement
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import DamagedVaultError, NoSealError, TamperedError
from trygga_desktop.domain.principals import Principal
from trygga_desktop.storage.records.accounts import SettingRecord
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of

_NAME = "sealers"


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSeal:
    """A seal of the vault: its certificate in DER, and its private key as its holders have it.

    `number` counts the seals from 1, and is the generation of the group whose members hold it.
    """

    number: int
    certificate: bytes
    wrapped: bytes

    @property
    def digest(self) -> bytes:
        """Return what the signed roster knows it by."""
        return sha256(sha256(self.certificate).digest() + self.wrapped).digest()


def sealers_of(vault_id: bytes) -> UUID:
    """Return the id of the group whose members hold the key of the seal."""
    return uuid5(UUID(bytes=vault_id), _NAME)


def place_of_seal(vault_id: bytes, number: int) -> UUID:
    """Return the id of the row that a seal lies in."""
    return uuid5(UUID(bytes=vault_id), f"seal {number}")


class Seals:
    """Everyone reads the certificates; only the group's members can use a private key.

    Whoever opens the vault can write into its file. So a seal counts only as the roster in force
    names it: then it is of those who manage accounts today, not of somebody who once did.
    """

    def __init__(
        self, connection: Connection, compartments: Compartments, *, vault_id: bytes
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._vault_id = vault_id
        self._vault = UUID(bytes=vault_id)
        self._envelopes = Envelopes(vault_id, SettingRecord.__tablename__)

    def lock_away(self, material: SealMaterial, sealers: Principal) -> VaultSeal:
        """Return a new seal for the group in its present generation, not yet stored.

        It counts once the roster names its `digest` as the group's account.
        """
        context = self._context(sealers.generation, material.certificate)
        wrapped = wrap(material.private_key, sealers.exchange_public, context)
        return VaultSeal(
            number=sealers.generation, certificate=material.certificate, wrapped=wrapped
        )

    def add(self, seal: VaultSeal) -> None:
        """Store a seal that the roster names."""
        compartment = self._compartments.own(CompartmentKind.VAULT)
        if compartment is None:
            raise DamagedVaultError
        columns = self._envelopes.close(
            place_of_seal(self._vault_id, seal.number),
            {"certificate": seal.certificate.hex(), "wrapped": seal.wrapped.hex()},
            owner=self._vault,
            compartment=compartment,
            key=self._compartments.key(compartment),
        )
        self._connection.execute(insert(SettingRecord).values(**columns))

    def newest(self, trust: Trust) -> VaultSeal:
        """Return the seal in force.

        Raise NoSealError in a vault that was never given one, TamperedError where it is gone or
        not what an administrator left here.
        """
        sealers = trust.roster.active(sealers_of(self._vault_id))
        if sealers is None:
            raise NoSealError
        seal = self._read(sealers.generation)
        if seal.digest != sealers.account:
            raise TamperedError
        return seal

    def private_key(self, seal: VaultSeal, keyring: Keyring) -> bytes:
        """Return the private key in DER (PKCS #8); raise NoSealError if we do not hold it."""
        sealers = sealers_of(self._vault_id)
        if sealers not in keyring.holders:
            raise NoSealError
        context = self._context(seal.number, seal.certificate)
        return keyring.exchange(sealers).unwrap(seal.wrapped, context)

    def _read(self, number: int) -> VaultSeal:
        row = self._connection.execute(
            select(*SettingRecord.__table__.columns).where(
                SettingRecord.id == place_of_seal(self._vault_id, number)
            )
        ).one_or_none()
        keys = self._compartments.keys_of(None)
        key = None if row is None else keys.get((row.compartment_id, row.generation))
        if row is None or key is None:
            raise TamperedError
        try:
            return self._envelopes.open(
                cells_of(row), partial(_seal, number), owner=self._vault, key=key
            )
        except ODD_VALUES:
            raise TamperedError from None

    def _context(self, number: int, certificate: bytes) -> Statement:
        vault = self._vault_id.hex()
        return ("trygga-seal-key-1", vault, number, sha256(certificate).hexdigest())


def _seal(number: int, value: Mapping[str, Any]) -> VaultSeal:
    return VaultSeal(
        number=number,
        certificate=bytes.fromhex(value["certificate"]),
        wrapped=bytes.fromhex(value["wrapped"]),
    )
