"""Key slots: what a passphrase opens, and how that lies in `keys.json`.

Every slot has a checksum of its own. It is compared first and tells damage; only then does the
tag of a slot mean a wrong passphrase. What is damaged is carried on as it is, for a later repair.
"""

import hmac
import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from trygga_desktop.crypto.canonical import from_canonical, to_canonical
from trygga_desktop.crypto.envelope import EnvelopeKey
from trygga_desktop.crypto.kdf import KEY_BYTES, SALT_BYTES, KdfParameters, KdfPolicy, derive_key
from trygga_desktop.crypto.recovery import RecoverySlot
from trygga_desktop.domain.errors import (
    DamagedKeysError,
    DamagedSlotError,
    InvalidInputError,
    NewerVaultError,
    TamperedError,
    WrongPassphraseError,
)

_T = TypeVar("_T")

_FORMAT = 1
_MOST_SLOTS = 1000
# More than once a second for as long as anybody keeps a vault.
_MOST_WRITES = 2**40
_UUID_BYTES = 16
# What no keyboard shows: controls, invisible marks, halves of characters, line separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# What reading a field of a foreign or damaged item may raise.
_UNREADABLE = (InvalidInputError, ValueError, KeyError, TypeError)
# Characters of a sign-in name, once it is folded.
MOST_LOGIN = 64
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
class DamagedItem:
    """All that is left of a damaged slot.

    `login` and `principal` are what it still says of itself, right or wrong.
    """

    text: bytes
    login: str | None
    principal: UUID | None

    def may_be(self, slot: Slot) -> bool:
        """Return whether this can be what is left of the same user's slot."""
        return self.principal == slot.principal or self.login == slot.login


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySlots:
    """All slots of one vault, by sign-in name.

    `damaged_items` are what is left of the slots whose checksum does not hold; `recovery` is
    missing where its own does not, and `damaged_recovery` is what is left of it. `writes` says how
    often they were written before: of two copies, the one that was written more often counts.
    """

    vault_id: bytes
    recovery: RecoverySlot | None
    slots: Mapping[str, Slot] = field(default_factory=dict)
    damaged_items: tuple[DamagedItem, ...] = ()
    # Beside a whole one it counts for nothing, so it makes no difference between two copies.
    damaged_recovery: bytes | None = field(default=None, compare=False)
    # Counted on by each write; slots are the same however often they were written.
    writes: int = field(default=0, compare=False)

    @property
    def damaged(self) -> frozenset[str]:
        """The names of the damaged slots, as far as they are readable and no other user's."""
        names = {item.login for item in self.damaged_items if item.login is not None}
        return frozenset(names - self.slots.keys())

    def find(self, login: str) -> Slot:
        """Return the slot of that user.

        An unknown name looks like a wrong passphrase. Raise DamagedSlotError for a damaged slot,
        and for every unknown name beside one: the damage may be in its name.
        """
        slot = self.slots.get(fold_login(login))
        if slot is None:
            raise DamagedSlotError if self.damaged_items else WrongPassphraseError
        return slot

    def with_slot(self, slot: Slot) -> "KeySlots":
        """Return the slots with this one in place of its owner's former one.

        Raise InvalidInputError if another user has the sign-in name.
        """
        others = {name: one for name, one in self.slots.items() if one.principal != slot.principal}
        if slot.login in others:
            raise InvalidInputError(field="login", flaw="taken")
        return replace(
            self,
            slots=others | {slot.login: slot},
            damaged_items=_still_damaged(self, [slot]),
        )

    def mended_by(self, other: "KeySlots") -> "KeySlots":
        """Return the slots, with what is damaged or missing here taken from another copy.

        Where both have a whole slot of the same user, this copy's stays.
        """
        if other.vault_id != self.vault_id:
            return self
        owners = _owners(self)
        taken = {
            name: slot
            for name, slot in other.slots.items()
            # A name has one owner: here it was given to somebody else.
            if slot.principal not in owners and name not in self.slots
        }
        slots = {**self.slots, **taken}
        damaged = _still_damaged(self, slots.values()) + _still_damaged(other, slots.values())
        recovery = self.recovery or other.recovery
        return replace(
            self,
            recovery=recovery,
            slots=slots,
            damaged_items=tuple(dict.fromkeys(damaged)),
            damaged_recovery=None if recovery else self.damaged_recovery or other.damaged_recovery,
        )


def _still_damaged(copy: KeySlots, slots: Iterable[Slot]) -> tuple[DamagedItem, ...]:
    """Return what these slots do not make good.

    One that was whole in this copy all along makes nothing good: an item that says it is the
    same user's is another's, damaged in its name.
    """
    owners = _owners(copy)
    fresh = [slot for slot in slots if slot.principal not in owners]
    return tuple(
        item for item in copy.damaged_items if not any(item.may_be(slot) for slot in fresh)
    )


def _owners(copy: KeySlots) -> set[UUID]:
    return {slot.principal for slot in copy.slots.values()}


def fold_login(login: str) -> str:
    """Return a sign-in name as slots spell it: in small letters, and each letter in one way."""
    folded = unicodedata.normalize("NFC", login).strip().casefold()
    # Small letters of some alphabets come apart.
    return unicodedata.normalize("NFC", folded)


def check_login(login: str) -> None:
    """Raise InvalidInputError unless slots can hold this folded sign-in name."""
    if not 1 <= len(login) <= MOST_LOGIN:
        raise InvalidInputError(field="login", flaw="length")
    if any(unicodedata.category(character) in _UNSEEN for character in login):
        raise InvalidInputError(field="login", flaw="characters")


def make_slot(  # noqa: PLR0913  all but two are keywords
    login: str,
    passphrase: str,
    secrets: Secrets,
    *,
    vault_id: bytes,
    cost: KdfParameters,
    policy: KdfPolicy,
) -> Slot:
    """Return a slot that this passphrase opens.

    Raise InvalidInputError for a sign-in name that slots cannot hold.
    """
    name = fold_login(login)
    check_login(name)
    slot = Slot(
        principal=secrets.principal,
        login=name,
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
    """Return the contents of `keys.json`; what is damaged is carried on as it was found."""
    whole = [_with_checksum(_slot_fields(slot)) for slot in key_slots.slots.values()]
    outer: dict[str, object] = {
        "format": _FORMAT,
        "vault": key_slots.vault_id.hex(),
        "writes": key_slots.writes,
        "slots": whole + [from_canonical(item.text) for item in key_slots.damaged_items],
    }
    if key_slots.recovery is not None:
        outer["recovery"] = _with_checksum(_recovery_fields(key_slots.recovery))
    elif key_slots.damaged_recovery is not None:
        outer["recovery"] = from_canonical(key_slots.damaged_recovery)
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
        _check_format(outer["format"])
        vault_id = _bytes(outer["vault"], SALT_BYTES)
        items = outer["slots"]
        if type(items) is not list or len(items) > _MOST_SLOTS:
            raise DamagedKeysError
        slots, damaged = _decode_slots(items)
        recovery = _recovery(outer.get("recovery"))
        is_lost = recovery is None and "recovery" in outer
        damaged_recovery = to_canonical(outer["recovery"]) if is_lost else None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DamagedKeysError from error
    return KeySlots(
        vault_id=vault_id,
        recovery=recovery,
        slots=slots,
        damaged_items=damaged,
        damaged_recovery=damaged_recovery,
        writes=_writes(outer.get("writes")),
    )


def _writes(value: object) -> int:
    """Return how often the copy was written, 0 where it says nothing or nonsense of it."""
    return value if type(value) is int and 0 <= value < _MOST_WRITES else 0


def _check_format(value: object) -> None:
    if type(value) is not int or value < _FORMAT:
        raise ValueError("no format of ours")
    if value > _FORMAT:
        raise NewerVaultError


def _decode_slots(items: list[Any]) -> tuple[dict[str, Slot], tuple[DamagedItem, ...]]:
    slots: dict[str, Slot] = {}
    damaged: list[DamagedItem] = []
    principals: set[UUID] = set()
    for item in items:
        try:
            slot = _slot(item)
        except _UNREADABLE:
            damaged.append(_damaged(item))
            continue
        if slot.login in slots or slot.principal in principals:
            raise DamagedKeysError
        principals.add(slot.principal)
        slots[slot.login] = slot
    return slots, tuple(damaged)


def _damaged(item: Any) -> DamagedItem:
    return DamagedItem(
        text=to_canonical(item), login=_readable(_login, item), principal=_readable(_owner, item)
    )


def _readable(read: Callable[[Any], _T], item: Any) -> _T | None:
    try:
        return read(item)
    except _UNREADABLE:
        return None


def _slot(item: dict[str, Any]) -> Slot:
    slot = Slot(
        principal=_owner(item),
        login=_login(item),
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
    except _UNREADABLE:
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


def _login(item: Any) -> str:
    value = item["login"]
    if type(value) is not str or fold_login(value) != value:
        raise TypeError("not a sign-in name")
    check_login(value)
    return value


def _owner(item: Any) -> UUID:
    return UUID(bytes=_bytes(item["principal"], _UUID_BYTES))


def _bytes(value: object, length: int | None = None) -> bytes:
    if type(value) is not str:
        raise TypeError("not hexadecimal")
    data = bytes.fromhex(value)
    if length is not None and len(data) != length:
        raise ValueError("wrong length")
    return data
