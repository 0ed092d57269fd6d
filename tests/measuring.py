"""Which lines and branches of the program the tests pass, where `dev.py test` asks for it.

By slipcover rather than coverage.py: on Python 3.11 that one has the interpreter trace every line
of everything, which made the tests take 70 % longer. slipcover puts marks into the program's own
code as it is imported, and takes each out again once it was passed.
"""

import argparse
import json
import os
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

VARIABLE = "TRYGGA_MEASURED"
"""Names the folder for what was noted. Nothing is measured without it, nor by who only hands out
the tests to others."""

SOURCE = "trygga_desktop"

_NEVER = 2**31 - 1
_TESTS = 100


class Measurement:
    """What is passed from now on. It must begin before the program is first imported."""

    def __init__(self, place: Path) -> None:
        # Nobody needs it who does not measure.
        import slipcover  # type: ignore[import-untyped]  # noqa: PLC0415  it has no types

        self._place = place
        self._tests = 0
        self._noting: Any = slipcover.Slipcover(
            branch=True, source=[SOURCE], exclude_also=["@overload"], d_miss_threshold=_NEVER
        )
        slipcover.ImportManager(self._noting, slipcover.FileMatcher(sources=[SOURCE])).__enter__()

    def count_test(self) -> None:
        """Take out the marks that were passed, now and then.

        It is done between tests and not by slipcover itself, which looks at the variables of
        whatever is running: a painter among them would outlive its window.
        """
        self._tests += 1
        if self._tests % _TESTS == 0:
            self._noting.deinstrument_seen()

    def write(self) -> None:
        """Write down what this process has passed."""
        found = json.dumps(self._noting.get_coverage())
        (self._place / f"{WORKER}.json").write_text(found, encoding="utf-8")


@dataclass(slots=True)
class Passed:
    """What some file has, and what of it no test passed: lines, and ways from line to line."""

    all: set[object] = field(default_factory=set)
    missed: set[object] = field(default_factory=set)


def unite(place: Path, patterns: list[str]) -> dict[str, Passed]:
    """Return what every process has passed, by file; only those that fit a pattern, if any."""
    seen: dict[str, set[object]] = defaultdict(set)
    every: dict[str, set[object]] = defaultdict(set)
    for one in place.glob("*.json"):
        for file, found in json.loads(one.read_text(encoding="utf-8"))["files"].items():
            if not patterns or any(fnmatch(file, pattern) for pattern in patterns):
                passed = {*found["executed_lines"], *map(tuple, found["executed_branches"])}
                seen[file] |= passed
                every[file] |= passed
                every[file] |= {*found["missing_lines"], *map(tuple, found["missing_branches"])}
    return {file: Passed(every[file], every[file] - seen[file]) for file in sorted(every)}


def main() -> int:
    """Tell what was not passed, and return 0 if enough was."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("place", type=Path)
    parser.add_argument("percent", type=float)
    parser.add_argument("patterns", nargs="*")
    asked = parser.parse_args()
    found = unite(asked.place, asked.patterns)
    for file, one in found.items():
        if one.missed and asked.patterns:
            sys.stdout.write(f"{file}: {', '.join(sorted(map(str, one.missed)))}\n")
    total = sum(len(one.all) for one in found.values())
    missed = sum(len(one.missed) for one in found.values())
    percent = 100 * (total - missed) / total if total else 0.0
    sys.stdout.write(f"{percent:.1f} % of {total} lines and branches\n")
    return 0 if percent >= asked.percent else 1


WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

# Taken away from the environment: what a test starts is not measured.
_PLACE = os.environ.pop(VARIABLE, "") if WORKER else ""

MEASUREMENT = Measurement(Path(_PLACE)) if _PLACE else None
"""Made on import, which the tests do first of all."""

if __name__ == "__main__":
    sys.exit(main())
