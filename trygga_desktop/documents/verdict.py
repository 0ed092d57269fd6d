"""What is found of a file, as a value, and as the line that one process tells another.

It knows nothing that reads a file: whoever shows a verdict need not wait for that.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from trygga_desktop.documents.record import ProtocolRecord

# What somebody wrote into a certificate may be as long as the file.
_LONGEST_NAME = 1_000


class VerdictError(ValueError):
    """What was read is no verdict."""


class Outcome(IntEnum):
    """The answer, as the exit code of the command line."""

    UNCHANGED = 0
    CHANGED = 1
    UNREADABLE = 2


class Reason(StrEnum):
    """Why a file is not unchanged."""

    NO_FILE = "no_file"
    TOO_LARGE = "too_large"
    TOO_COSTLY = "too_costly"
    NO_PDF = "no_pdf"
    ENCRYPTED = "encrypted"
    NOT_SEALED = "not_sealed"
    FORM = "form"
    ALTERED = "altered"
    ADDED = "added"
    OTHER_SEAL = "other_seal"
    NOT_THIS_SEAL = "not_this_seal"
    TOO_LITTLE_TOLD = "too_little_told"
    OTHER_TEXT = "other_text"


class TextState(StrEnum):
    """Whether the pages are those that the record inside gives."""

    SAME = "same"
    NOT_COMPARED = "not_compared"
    TOO_LONG = "too_long"
    NO_RECORD = "no_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature that stands: in which field, by whose certificate, and when, as it says itself.

    `told` is what the field says that it is for.
    """

    field_name: str
    told: str
    name: str
    fingerprint: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer, why, and what was found. `seal` and the rest stand only where they were read."""

    outcome: Outcome
    reason: Reason | None = None
    seal: Signed | None = None
    signatures: tuple[Signed, ...] = ()
    text: TextState | None = None
    code: str = ""
    record: ProtocolRecord | None = field(default=None, repr=False)


def write_verdict(verdict: Verdict) -> str:
    """Return the verdict in one line of ASCII. The record stays behind, and long names are cut."""
    return json.dumps(
        {
            "outcome": int(verdict.outcome),
            "reason": verdict.reason,
            "seal": None if verdict.seal is None else _written(verdict.seal),
            "signatures": [_written(one) for one in verdict.signatures],
            "text": verdict.text,
            "code": verdict.code,
        }
    )


def read_verdict(line: str) -> Verdict:
    """Return what `write_verdict` wrote; raise VerdictError for anything else."""
    try:
        told = json.loads(line)
        return Verdict(
            outcome=Outcome(told["outcome"]),
            reason=None if told["reason"] is None else Reason(told["reason"]),
            seal=None if told["seal"] is None else _read(told["seal"]),
            signatures=tuple(_read(one) for one in told["signatures"]),
            text=None if told["text"] is None else TextState(told["text"]),
            code=_text(told["code"]),
        )
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise VerdictError("This is no verdict.") from error


def _written(one: Signed) -> dict[str, str | None]:
    return {
        "field_name": one.field_name[:_LONGEST_NAME],
        "told": one.told[:_LONGEST_NAME],
        "name": one.name[:_LONGEST_NAME],
        "fingerprint": one.fingerprint,
        "at": None if one.at is None else one.at.isoformat(),
    }


def _read(told: dict[str, Any]) -> Signed:
    return Signed(
        field_name=_text(told["field_name"]),
        told=_text(told["told"]),
        name=_text(told["name"]),
        fingerprint=_text(told["fingerprint"]),
        at=None if told["at"] is None else datetime.fromisoformat(told["at"]),
    )


def _text(told: object) -> str:
    if not isinstance(told, str):
        raise TypeError("A verdict has a text here.")
    return told
