"""Key slots: what a passphrase opens, and how that lies in `keys.json`.

Every slot has a checksum of its own. It is compared first and tells damage; only then does the
tag of a slot mean a wrong passphrase.
"""

import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.envelope import EnvelopeKey
from trygga_desktop.crypto.kdf import KEY_BYTES, SALT_BYTES, KdfParameters, KdfPolicy, derive_key
from trygga_desktop.crypto.recovery import RecoverySlot
from trygga_desktop.domain.errors import (
    DamagedKeysError,
    DamagedSlotError,
    NewerVaultError,
    TamperedError,
    WrongPassphraseError,
)

_FORMAT = 1
_MOST_SLOTS = 1000
_UUID_BYTES = 16
_MOST_LOGIN = 64
# More than any real file of keys; the rest of a hostile one is never read.
MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Whose keys these are, and what a slot holds, 32 bytes each.

    `registrar` and `recovery` are public: they say whose statements this user believes.
    """

    principal: UUID
    vault_key: bytes = field(repr=False)
    exchange_key: bytes = field(repr=False)
    signing_key: bytes = field(repr=False)
    registrar: bytes
    recovery: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One user's secrets under one passphrase.

    `seen` is how far the vault had come when this user last had it open, encrypted under the
    user's own key; it is empty until the first unlock.
    """

    principal: UUID
    login: str
    cost: KdfParameters
    salt: bytes
    ciphertext: bytes = b""
    seen: bytes = b""

    def header(self, vault_id: bytes) -> dict[str, object]:
        """Return everything that the tag vouches for besides the secrets."""
        return {
            "format": _FORMAT,
            "vault": vault_id.hex(),
            "principal": str(self.principal),
            "login": self.login,
            "memory_kib": self.cost.memory_kib,
            "passes": self.cost.passes,
            "lanes": self.cost.lanes,
            "salt": self.salt.hex(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySlots:
    """All slots of one vault, by sign-in name.

    `damaged` names the slots whose checksum does not hold; `recovery` is missing where its own
    does not.
    """

    vault_id: bytes
    recovery: RecoverySlot | None
    slots: Mapping[str, Slot] = field(default_factory=dict)
    damaged: frozenset[str] = frozenset()

    def find(self, login: str) -> Slot:
        """Return the slot of that user.

        An unknown name looks like a wrong passphrase. Raise DamagedSlotError for a damaged one.
        """
        name = fold_login(login)
        if name in self.damaged:
            raise DamagedSlotError
        if name not in self.slots:
            raise WrongPassphraseError
        return self.slots[name]

    def with_slot(self, slot: Slot) -> "KeySlots":
        """Return the slots with this one in place of its owner's former one."""
        slots = {name: one for name, one in self.slots.items() if one.principal != slot.principal}
        return replace(
            self,
            slots=slots | {slot.login: slot},
            damaged=self.damaged - {slot.login},
        )

    def mended_by(self, other: "KeySlots") -> "KeySlots":
        """Return the slots, with what is damaged here taken from another copy."""
        if other.vault_id != self.vault_id:
            return self
        mended = {name: other.slots[name] for name in self.damaged if name in other.slots}
        return replace(
            self,
            recovery=self.recovery or other.recovery,
            slots={**self.slots, **mended},
            damaged=self.damaged - mended.keys(),
        )


def fold_login(login: str) -> str:
    """Return a sign-in name as slots spell it: initials are the same in small letters."""
    return login.strip().casefold()


def make_slot(  # noqa: PLR0913  all but two are keywords
    login: str,
    passphrase: str,
    secrets: Secrets,
    *,
    vault_id: bytes,
    cost: KdfParameters,
    policy: KdfPolicy,
) -> Slot:
    """Return a slot that this passphrase opens."""
    slot = Slot(
        principal=secrets.principal,
        login=fold_login(login),
        cost=cost,
        # A fresh salt gives a fresh key, so no two slots are ever encrypted under the same one.
        salt=os.urandom(SALT_BYTES),
    )
    key = EnvelopeKey(derive_key(passphrase, slot.salt, cost, policy))
    data = b"".join(
        (
            secrets.vault_key,
            secrets.exchange_key,
            secrets.signing_key,
            secrets.registrar,
            secrets.recovery,
        )
    )
    return replace(slot, ciphertext=key.keep(data, to_canonical(slot.header(vault_id))))


def open_slot(slot: Slot, passphrase: str, *, vault_id: bytes, policy: KdfPolicy) -> Secrets:
    """Return what the slot holds.

    Raise WrongPassphraseError, or DamagedSlotError for a cost outside the policy.
    """
    key = EnvelopeKey(derive_key(passphrase, slot.salt, slot.cost, policy))
    try:
        data = key.take_out(slot.ciphertext, to_canonical(slot.header(vault_id)))
    except TamperedError:
        raise WrongPassphraseError from None
    parts = [data[at : at + KEY_BYTES] for at in range(0, len(data), KEY_BYTES)]
    vault_key, exchange_key, signing_key, registrar, recovery = parts
    return Secrets(
        principal=slot.principal,
        vault_key=vault_key,
        exchange_key=exchange_key,
        signing_key=signing_key,
        registrar=registrar,
        recovery=recovery,
    )


def encode_key_slots(key_slots: KeySlots) -> bytes:
    """Return the contents of `keys.json`; what is damaged is not carried on."""
    outer: dict[str, object] = {
        "format": _FORMAT,
        "vault": key_slots.vault_id.hex(),
        "slots": [_with_checksum(_slot_fields(slot)) for slot in key_slots.slots.values()],
    }
    if key_slots.recovery is not None:
        outer["recovery"] = _with_checksum(_recovery_fields(key_slots.recovery))
    return to_canonical(outer)


def decode_key_slots(data: bytes) -> KeySlots:
    """Return the slots of one copy.

    Raise NewerVaultError for a later format, DamagedKeysError if the copy as a whole is not
    readable. A slot that is damaged by itself is only marked.
    """
    if len(data) > MOST_BYTES:
        raise DamagedKeysError
    try:
        outer = json.loads(data, object_pairs_hook=_without_doubles)
        if _integer(outer["format"]) > _FORMAT:
            raise NewerVaultError
        vault_id = _bytes(outer["vault"], SALT_BYTES)
        items = outer["slots"]
        if type(items) is not list or len(items) > _MOST_SLOTS:
            raise DamagedKeysError
        slots, damaged = _decode_slots(items)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedKeysError from error
    return KeySlots(
        vault_id=vault_id,
        recovery=_recovery(outer.get("recovery")),
        slots=slots,
        damaged=damaged,
    )


def _decode_slots(items: list[Any]) -> tuple[dict[str, Slot], frozenset[str]]:
    slots: dict[str, Slot] = {}
    damaged: set[str] = set()
    principals: set[UUID] = set()
    for item in items:
        login = _login(item["login"])
        if login in slots or login in damaged:
            raise DamagedKeysError
        try:
            slot = _slot(item)
        except (ValueError, KeyError, TypeError):
            damaged.add(login)
            continue
        if slot.principal in principals:
            raise DamagedKeysError
        principals.add(slot.principal)
        slots[login] = slot
    return slots, frozenset(damaged)


def _slot(item: dict[str, Any]) -> Slot:
    slot = Slot(
        principal=UUID(bytes=_bytes(item["principal"], _UUID_BYTES)),
        login=_login(item["login"]),
        cost=KdfParameters(
            memory_kib=_integer(item["memory_kib"]),
            passes=_integer(item["passes"]),
            lanes=_integer(item["lanes"]),
        ),
        salt=_bytes(item["salt"], SALT_BYTES),
        ciphertext=_bytes(item["ciphertext"]),
        seen=_bytes(item["seen"]),
    )
    _check(item, _slot_fields(slot))
    return slot


def _recovery(item: Any) -> RecoverySlot | None:
    try:
        slot = RecoverySlot(
            exchange_public=_bytes(item["exchange_public"], KEY_BYTES),
            verify_public=_bytes(item["verify_public"], KEY_BYTES),
            wrapped=_bytes(item["wrapped"]),
            signature=_bytes(item["signature"]),
        )
        _check(item, _recovery_fields(slot))
    except (ValueError, KeyError, TypeError):
        return None
    return slot


def _slot_fields(slot: Slot) -> dict[str, object]:
    return {
        "principal": slot.principal.hex,
        "login": slot.login,
        "memory_kib": slot.cost.memory_kib,
        "passes": slot.cost.passes,
        "lanes": slot.cost.lanes,
        "salt": slot.salt.hex(),
        "ciphertext": slot.ciphertext.hex(),
        "seen": slot.seen.hex(),
    }


def _recovery_fields(slot: RecoverySlot) -> dict[str, object]:
    return {
        "exchange_public": slot.exchange_public.hex(),
        "verify_public": slot.verify_public.hex(),
        "wrapped": slot.wrapped.hex(),
        "signature": slot.signature.hex(),
    }


def _with_checksum(fields: dict[str, object]) -> dict[str, object]:
    return fields | {"checksum": sha256(to_canonical(fields)).hexdigest()}


def _check(item: dict[str, Any], fields: dict[str, object]) -> None:
    expected = sha256(to_canonical(fields)).hexdigest()
    if not hmac.compare_digest(expected.encode(), str(item["checksum"]).encode()):
        raise ValueError("checksum")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("doubled key")
    return fields


def _integer(value: object) -> int:
    if type(value) is not int:
        raise TypeError("not a whole number")
    return value


def _login(value: object) -> str:
    if type(value) is not str or not value or len(value) > _MOST_LOGIN:
        raise TypeError("not a sign-in name")
    return value


def _bytes(value: object, length: int | None = None) -> bytes:
    if type(value) is not str:
        raise TypeError("not hexadecimal")
    data = bytes.fromhex(value)
    if length is not None and len(data) != length:
        raise ValueError("wrong length")
    return data
