"""Run one endurance test and print count, seed, rate and failures."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.conftest import make_template
from tests.endurance.damage import COUNTING, HARMLESS, Fate, damage_files, report
from tests.endurance.faults import ACTIONS, strike_everywhere
from tests.endurance.kills import kill_while_saving
from tests.endurance.laws import try_laws


def main() -> int:
    """Return 0 if nothing failed."""
    parser = argparse.ArgumentParser(prog="dev.py endurance", description=__doc__)
    parser.add_argument("name", choices=sorted(_TESTS))
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=4711)
    asked = parser.parse_args()
    return _TESTS[asked.name](asked.count, asked.seed)


def kills(count: int, seed: int) -> int:
    """Kill the program so many times while it saves."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        made = make_template(Path(place))
        outcomes = list(kill_while_saving(made, count=count, seed=seed))
    _say("kills", "kills", len(outcomes), seed, started)
    failed = [one for one in outcomes if one.lost or not one.is_chain_whole]
    print(
        f"{sum(one.confirmed for one in outcomes)} confirmed notes,"
        f" {sum(one.lost for one in outcomes)} lost,"
        f" {sum(not one.is_chain_whole for one in outcomes)} broken chains"
    )
    for one in failed:
        print(one)
    return 1 if failed else 0


def damage(count: int, seed: int) -> int:
    """Damage each file of a vault so many times, and those that must not count a tenth of it."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        made = make_template(Path(place))
        trials = []
        for names, times in ((COUNTING, count), (HARMLESS, -(-count // 10))):
            fresh = made.copy_to(Path(place) / f"from {names[0]}")
            found = damage_files(fresh, Path(place) / "tried", names=names, count=times, seed=seed)
            trials += list(found)
    _say("damage", "damages", len(trials), seed, started)
    print(report(trials))
    return 1 if any(one.fate is Fate.FAILED for one in trials) else 0


def faults(count: int, seed: int) -> int:
    """Let calls of each action fail in each way, at most so many of each."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        made = make_template(Path(place))
        found = strike_everywhere(
            made, Path(place) / "tried", actions=ACTIONS, most=count, seed=seed
        )
        strikes = list(found)
    _say("faults", "faults", len(strikes), seed, started)
    for action in dict.fromkeys(one.action for one in strikes):
        own = [one for one in strikes if one.action == action]
        wrong = sum(bool(one.wrong) for one in own)
        print(f"{action}: {len(own)} calls failed, {wrong} left something wrong")
    for one in strikes:
        if one.wrong:
            print(one)
    return 1 if any(one.wrong for one in strikes) else 0


def laws(count: int, seed: int) -> int:
    """Try each law of consent and sharing on so many histories."""
    return try_laws(count=count, seed=seed)


def _say(name: str, what: str, count: int, seed: int, started: float) -> None:
    seconds = time.perf_counter() - started
    print(f"{name}: {count} {what}, seed {seed}, {seconds:.0f} s ({count / seconds:.1f} a second)")


_TESTS: Mapping[str, Callable[[int, int], int]] = {
    "damage": damage,
    "faults": faults,
    "kills": kills,
    "laws": laws,
}


if __name__ == "__main__":
    sys.exit(main())
