"""Change the rules of consent and sharing in small ways, and see that a test notices each.

A change that no test can notice stands with its reason in `survivors.toml`. Needs a system on which
a process can be forked.
"""

import argparse
import os
import random
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from tests.endurance.alternatives import read_names
from tests.endurance.mutations import Mutant, Name, mutate
from tests.endurance.trials import Trials
from tests.house.source import ROOT

RULES = (
    "bars.py",
    "circumstances.py",
    "consent.py",
    "consent_events.py",
    "ground_use.py",
    "matrix.py",
    "sharing.py",
)
_DOMAIN = ROOT / "trygga_desktop" / "domain"
_TESTS = ROOT / "tests" / "domain"
_TESTING = (*(f"test_{file}" for file in RULES), "test_sharing_*.py", "test_consent_laws.py")
# As in the ordinary tests, but with no plugin that these do not need.
_OPTIONS = (
    *("-c", os.devnull, f"--rootdir={ROOT}", f"--confcutdir={_TESTS}"),
    *("--import-mode=importlib", "-W", "error", "--timeout=60", "--hypothesis-profile=mutants"),
    *("-p", "pytest_timeout", "-p", "_hypothesis_pytestplugin", "-p", "no:cacheprovider"),
    # Nobody reads how a test failed.
    *("-p", "no:terminal", "--capture=no", "--assert=plain"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survivor:
    """A change that no test can notice, and why that does no harm."""

    name: Name
    reason: str


def read_survivors() -> list[Survivor]:
    """Return what is named in the list."""
    path = Path(__file__).with_name("survivors.toml")
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["survivor"]
    return [
        Survivor(
            name=(row["file"], row["inside"], row["before"], row["after"]), reason=row["reason"]
        )
        for row in rows
    ]


def find_mutants() -> list[Mutant]:
    """Return every mutant of the rules."""
    names = read_names(path.read_text(encoding="utf-8") for path in sorted(_DOMAIN.glob("*.py")))
    return [
        mutant
        for file in RULES
        for mutant in mutate(file, (_DOMAIN / file).read_text(encoding="utf-8"), names)
    ]


def try_mutants(*, count: int, seed: int) -> int:
    """Try so many mutants, or all of them for 0; return 0 if those that survived are named.

    Fewer than all are chosen by the seed, and from those that are not named. They are tried by a
    program of its own, where sets keep their order from one run to the next.
    """
    if os.name != "posix":
        print("Each mutant is tried in a forked process, which this system does not have.")
        return 2
    command = (sys.executable, "-m", __name__, f"--count={count}", f"--seed={seed}")
    surroundings = {**os.environ, "PYTHONHASHSEED": "0", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ran = subprocess.run(command, cwd=ROOT, env=surroundings, check=False)  # noqa: S603  our own
    return ran.returncode


def main() -> int:
    """Try mutants in this program, and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    asked = parser.parse_args()
    started = time.perf_counter()
    mutants = find_mutants()
    named = {one.name for one in read_survivors()}
    chosen = mutants
    if 0 < asked.count < len(mutants):
        # A seed, so that a run can be repeated.
        chance = random.Random(asked.seed)  # noqa: S311
        unnamed = [one for one in mutants if one.name not in named]
        chosen = chance.sample(unnamed, min(asked.count, len(unnamed)))
    trials = _try(chosen)
    seconds = time.perf_counter() - started
    print(
        f"mutants: {len(chosen)} of {len(mutants)}, seed {asked.seed}, {seconds:.0f} s"
        f" ({len(chosen) / seconds:.1f} a second)"
    )
    _print_figures(trials)
    wrong = _print_names(trials, named)
    # A run that was broken off has said why.
    is_whole = len(trials.survived) + len(trials.noticed) == len(chosen)
    return 0 if is_whole and not wrong else 1


def _try(mutants: Sequence[Mutant]) -> Trials:
    os.nice(10)
    # A failure is not made smaller: that a test fails is enough.
    usual = settings.get_profile("ci")
    settings.register_profile("mutants", usual, phases=[Phase.explicit, Phase.generate])
    trials = Trials(mutants, package="trygga_desktop.domain")
    files = sorted({str(path) for name in _TESTING for path in _TESTS.glob(name)})
    pytest.main([*_OPTIONS, *files], plugins=[trials])
    return trials


def _print_figures(trials: Trials) -> None:
    survived = Counter(one.file for one in trials.survived)
    tried = survived + Counter(one.file for one in trials.noticed)
    for file, number in [*sorted(tried.items()), ("all", tried.total())]:
        left = survived.total() if file == "all" else survived[file]
        print(f"{file}: {number} tried, {left} survived ({left / max(number, 1):.1%})")


def _print_names(trials: Trials, named: set[Name]) -> bool:
    """Print what survived and what is wrong; tell whether there is something to mend."""
    for one in trials.survived:
        print("survived, as named:" if one.name in named else "SURVIVED:", *one.name, sep="\n  ")
    for one in trials.noticed:
        if one.name in named:
            print("named, but noticed by a test:", *one.name, sep="\n  ")
    for test in trials.unsound:
        print("fails without any change:", test, sep="\n  ")
    is_as_named = {one.name for one in trials.survived} <= named
    is_noticed = any(one.name in named for one in trials.noticed)
    return not is_as_named or is_noticed or bool(trials.unsound)


if __name__ == "__main__":
    sys.exit(main())
