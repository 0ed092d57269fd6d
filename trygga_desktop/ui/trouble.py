"""What may be known of trouble: its kind, its numbers and its words, never what it is about."""

from dataclasses import dataclass
from enum import StrEnum

from trygga_desktop.domain.errors import UnsafePlace, Witness


class ProblemKind(StrEnum):
    """Each kind of trouble by its code: what support asks for.

    Codes up to E-24 are those of the field's catalogue of texts; from E-25 they are our own.
    """

    WRONG_PASSPHRASE = "E-01"  # noqa: S105  a code for support, nobody's secret
    DAMAGED_KEYS = "E-02"
    DAMAGED_VAULT = "E-03"
    OLDER_THAN_CONFIRMED = "E-04"
    IN_USE = "E-05"
    NEWER_VERSION = "E-06"
    NOT_A_VAULT = "E-07"
    DISK_FULL = "E-08"
    CANNOT_WRITE = "E-09"
    NETWORK_PLACE = "E-10"
    NO_RIGHT = "E-13"
    SEALED = "E-14"
    CONFLICT = "E-16"
    UNEXPECTED = "E-20"
    FOLDER_COPIED_BACK = "E-24"
    NOT_CONFIRMED = "E-25"
    ALREADY_THERE = "E-26"
    TAMPERED = "E-27"
    WRONG_CODE = "E-28"
    BAD_INPUT = "E-29"
    DAMAGED_SLOT = "E-30"
    NO_DATABASE = "E-31"
    EMPTY_DATABASE = "E-32"
    CUT_SHORT = "E-33"
    FOREIGN_DATABASE = "E-34"
    MISSING_LOG = "E-35"
    DAMAGED_LOG = "E-36"
    MIXED_PAGES = "E-37"
    MISSING_ANCHOR = "E-38"
    NO_SEAL = "E-39"
    UNSETTLED = "E-40"
    SEALED_FILE_CHANGED = "E-41"
    PACKET_REFUSED = "E-42"
    NOT_SEALED = "E-43"
    EXCERPT_CHANGED = "E-44"
    DRAFT_CHANGED = "E-45"
    UNREADABLE = "E-46"
    NO_FOLDER = "E-47"
    NOT_FOR_THEM = "E-48"


OLDER = frozenset(
    {
        ProblemKind.OLDER_THAN_CONFIRMED,
        ProblemKind.FOLDER_COPIED_BACK,
        ProblemKind.MISSING_LOG,
        ProblemKind.DAMAGED_LOG,
        ProblemKind.MIXED_PAGES,
        ProblemKind.MISSING_ANCHOR,
    }
)
"""Trouble with a file that a person may decide to go on with."""

NO_KEYS = frozenset({ProblemKind.DAMAGED_KEYS, ProblemKind.DAMAGED_SLOT})
"""Trouble that the recovery code may lead out of."""


class During(StrEnum):
    """What was being done: the way out of a trouble may depend on it."""

    OPENING = "opening"
    MAKING = "making"
    WORK = "work"
    SHARED = "shared"
    """Work that a room may be looking at."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error without its values: safe to keep, to show and to report.

    The error itself is not kept. It would hold on to every variable of the code that failed, and a
    passphrase may be one of them.
    """

    kind: ProblemKind
    report: str
    wait_seconds: int = 0
    missing: int = 0
    places: int = 0
    witness: Witness | None = None
    place: UnsafePlace | None = None
    machine: str = ""
    login: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Trouble in the words of one language.

    `report` is what may be shown and sent of it, where nobody foresaw it.
    """

    code: str
    icon: str
    title: str
    happened: str
    safe: str
    advice: str
    report: str = ""
