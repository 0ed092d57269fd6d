"""After how long without a hand on keys or mouse the vault locks, and who may say otherwise."""

import configparser
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path

LEAST, MOST = 1, 30
"""Minutes. A policy may shorten and lengthen the times within these, and cannot turn them off."""

_SECTION = "lock"
_LARGEST_FILE = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class LockTimes:
    """Minutes without anyone using the program, named as in the policy file.

    `idle` until the vault locks; `meeting_curtain` until the screen of a running meeting is
    covered, and `meeting` until it locks; `meeting_break` until it locks while it is covered for a
    break. A minute before each lock, or half its time if that is less, a warning comes.
    """

    idle: int = 5
    meeting_curtain: int = 10
    meeting: int = 30
    meeting_break: int = 2


def read_policy(path: Path) -> LockTimes:
    """Return the times that an administrator of the computer has set in a file.

    It has a section `[lock]` with minutes, such as `idle = 3`. What is not there, or is no whole
    number, is as usual; what is too short or too long is brought within the limits.
    """
    parser = configparser.ConfigParser(interpolation=None)
    with suppress(OSError, configparser.Error, UnicodeDecodeError):
        if path.stat().st_size <= _LARGEST_FILE:
            parser.read(path, encoding="utf-8")
    times = LockTimes()
    if not parser.has_section(_SECTION):
        return times
    stored = dict(parser[_SECTION])
    for one in fields(LockTimes):
        text = stored.get(one.name, "").strip()
        if text.isascii() and text.isdecimal() and len(text) <= len(str(MOST * 1_000)):
            times = replace(times, **{one.name: min(MOST, max(LEAST, int(text)))})
    return times
