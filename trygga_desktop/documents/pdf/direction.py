"""Which way a text runs: the levels of the Unicode bidirectional algorithm, and a line's order."""

import re
from collections.abc import Sequence
from itertools import groupby

from bidi import algorithm

_AS_MARKS = str.maketrans("\u200c\u200d", "\u0301\u0301")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

# A level, and where what has it starts and ends.
_Run = tuple[int, int, int]


def runs_right(text: str) -> bool:
    """Return whether any part of the text runs from right to left."""
    return _RIGHT_TO_LEFT.search(text) is not None


def levels(text: str) -> tuple[int, list[int]]:
    """Return the level of the paragraph, and that of each character. Odd runs right to left.

    The text has no controls of direction: whoever makes text visible has taken them out.
    """
    storage = algorithm.get_empty_storage()
    base = int(algorithm.get_base_level(text))
    storage["base_level"] = base
    storage["base_dir"] = "R" if base else "L"
    # The algorithm takes joiners out of the text. A mark goes with its letter, as they should.
    algorithm.get_embedding_levels(text.translate(_AS_MARKS), storage)
    algorithm.explicit_embed_and_overrides(storage)
    for resolve in (
        algorithm.resolve_weak_types,
        algorithm.resolve_neutral_types,
        algorithm.resolve_implicit_levels,
    ):
        resolve(storage, debug=False)
    return base, [int(character["level"]) for character in storage["chars"]]


def in_order(line: Sequence[int]) -> list[tuple[int, int, bool]]:
    """Return the runs of a line from left to right: start, end, and whether it runs to the left."""
    runs: list[_Run] = []
    start = 0
    for level, same in groupby(line):
        end = start + len(list(same))
        runs.append((level, start, end))
        start = end
    # Rule L2: from the highest level down to the lowest odd one, turn what is at least as high.
    for level in range(max(line, default=0), 0, -1):
        runs = _turned(runs, level)
    return [(start, end, level % 2 == 1) for level, start, end in runs]


def _turned(runs: Sequence[_Run], level: int) -> list[_Run]:
    turned: list[_Run] = []
    for is_high, same_side in groupby(runs, lambda run: run[0] >= level):
        part = list(same_side)
        turned += reversed(part) if is_high else part
    return turned
