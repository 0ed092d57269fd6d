"""The record of a protocol: what it says, as canonical JSON that travels inside its file.

Who has the record can print the same pages again. Its hash stands on each of them; the salt keeps
anyone from guessing at a short text by its hash.
"""

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from hashlib import sha256
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints
from uuid import UUID

from trygga_desktop.documents.protocol import (
    ActionEntry,
    CarriedAction,
    DecisionEntry,
    NoteEntry,
    OwnWordsEntry,
    ProtocolContent,
    StatementEntry,
)
from trygga_desktop.i18n import LANGUAGES

FORMAT: Final = "trygga-protocol/1"
SALT_LENGTH: Final = 16
"""How many random bytes a record is made with."""

_KINDS: Mapping[type[Any], str] = {
    StatementEntry: "statement",
    OwnWordsEntry: "own_words",
    DecisionEntry: "decision",
    ActionEntry: "action",
    NoteEntry: "note",
    CarriedAction: "carried_action",
}
_KIND = "kind"
# Without these letters a code read aloud or by hand is not mistaken (Crockford's base 32).
_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_BITS = 60
_HASH = re.compile("[0-9a-f]{64}|")


class RecordError(ValueError):
    """What was read is no record, or not one that this program wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolRecord:
    """A protocol with everything that its pages are made of.

    `previous` is the hash of the record of the case's protocol before this one, `log_head` the
    head of the log when it was made, `seal` the fingerprint of the certificate it is sealed with:
    all as 64 lower-case hex digits, or empty. `made_with` names what draws the pages: they come
    out the same only with the same.
    """

    protocol_id: UUID
    salt: bytes
    language: str
    made_at: datetime
    content: ProtocolContent
    previous: str = ""
    log_head: str = ""
    seal: str = ""
    made_with: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could not be read back as the same."""
        if len(self.salt) != SALT_LENGTH:
            raise RecordError("A record has a salt of 16 bytes.")
        if self.language not in LANGUAGES:
            raise RecordError("A record is in a language of this program.")
        if self.made_at.tzinfo is None:
            raise RecordError("The moment of a record knows its zone.")
        if not all(_HASH.fullmatch(one) for one in (self.previous, self.log_head, self.seal)):
            raise RecordError("A hash has 64 lower-case hex digits.")
        if list(self.made_with) != sorted(dict(self.made_with).items()):
            raise RecordError("What a record was made with stands there in order, once each.")


def write_record(record: ProtocolRecord) -> bytes:
    """Return the record as canonical JSON: keys in order, no spaces, UTF-8."""
    written = {
        "format": FORMAT,
        "id": record.protocol_id.hex,
        "salt": record.salt.hex(),
        "language": record.language,
        "made_at": record.made_at.isoformat(),
        "content": _written(record.content),
        "previous": record.previous,
        "log_head": record.log_head,
        "seal": record.seal,
        "made_with": dict(record.made_with),
    }
    text = json.dumps(written, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # Half of a pair of surrogates is no UTF-8: it stands there as JSON's own escape.
    return text.encode("utf-8", "backslashreplace")


def read_record(data: bytes) -> ProtocolRecord:
    """Return what `write_record` wrote, byte for byte; raise RecordError for anything else."""
    try:
        read = json.loads(data.decode("utf-8"))
        record = ProtocolRecord(
            protocol_id=UUID(hex=read["id"]),
            salt=bytes.fromhex(read["salt"]),
            language=read["language"],
            made_at=datetime.fromisoformat(read["made_at"]),
            content=_read(read["content"], ProtocolContent),
            previous=read["previous"],
            log_head=read["log_head"],
            seal=read["seal"],
            made_with=tuple(
                (name, _checked(told, str)) for name, told in sorted(read["made_with"].items())
            ),
        )
        is_same = write_record(record) == data
    except RecordError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise RecordError("This is no record of a protocol.") from error
    if not is_same:
        raise RecordError("This record was not written by this program.")
    return record


def digest_of(content: ProtocolContent) -> str:
    """Return the SHA-256 of all that a content says, to tell later whether it still says that."""
    text = json.dumps(_written(content), sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def hash_of(data: bytes) -> str:
    """Return the hash of a written record, as 64 lower-case hex digits."""
    return sha256(data).hexdigest()


def control_code(record_hash: str) -> str:
    """Return the first 60 bits of a hash as a code to type: T9VZ-BQFY-H206."""
    number = int(record_hash, 16) >> (4 * len(record_hash) - _CODE_BITS)
    letters = "".join(
        _CODE_LETTERS[number >> shift & 31] for shift in range(_CODE_BITS - 5, -5, -5)
    )
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def _written(value: Any) -> Any:
    """Return a value as JSON has it. What is empty is left out."""
    if is_dataclass(value):
        kind = _KINDS.get(type(value))
        found = {} if kind is None else {_KIND: kind}
        for one in fields(value):
            given = getattr(value, one.name)
            if not _is_empty(given) or one.default is MISSING:
                found[one.name] = _written(given)
        return found
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, str | tuple) and not value)


def _read(value: Any, wanted: Any) -> Any:  # noqa: PLR0911  one line for each kind of type
    """Return JSON as the type that is wanted. Raise ValueError or TypeError where it is none."""
    if get_origin(wanted) is tuple:
        return _read_tuple(_checked(value, list), get_args(wanted))
    if get_origin(wanted) is UnionType:
        return _read_union(value, get_args(wanted))
    if is_dataclass(wanted):
        return _read_dataclass(_checked(value, dict), wanted)
    if wanted is datetime:
        moment = datetime.fromisoformat(_checked(value, str))
        if moment.tzinfo is None:
            raise RecordError("A moment of a record knows its zone.")
        return moment
    if wanted in {date, time}:
        return wanted.fromisoformat(_checked(value, str))
    if issubclass(wanted, Enum):
        return wanted(value)
    return _checked(value, wanted)


def _read_tuple(value: list[Any], wanted: tuple[Any, ...]) -> tuple[Any, ...]:
    if wanted[-1] is Ellipsis:
        return tuple(_read(one, wanted[0]) for one in value)
    return tuple(_read(one, inside) for one, inside in zip(value, wanted, strict=True))


def _read_union(value: Any, wanted: tuple[Any, ...]) -> Any:
    if NoneType in wanted:
        (inside,) = (one for one in wanted if one is not NoneType)
        return None if value is None else _read(value, inside)
    (kind,) = (one for one in wanted if _KINDS[one] == _checked(value, dict)[_KIND])
    return _read(value, kind)


def _read_dataclass(value: dict[str, Any], wanted: Any) -> Any:
    hints = _hints(wanted)
    given = {name: one for name, one in value.items() if name != _KIND}
    return wanted(**{name: _read(one, hints[name]) for name, one in given.items()})


@functools.cache
def _hints(wanted: Any) -> dict[str, Any]:
    return get_type_hints(wanted)


def _checked(value: Any, wanted: type[Any]) -> Any:
    if type(value) is not wanted:
        raise TypeError(f"A record has a {wanted.__name__} here.")
    return value
