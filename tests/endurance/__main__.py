"""Run one endurance test and print count, seed, rate and failures."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.conftest import MadeVault, make_template
from tests.endurance.kills import kill_while_saving
from tests.endurance.laws import try_laws


def main() -> int:
    """Return 0 if nothing failed."""
    parser = argparse.ArgumentParser(prog="dev.py endurance", description=__doc__)
    parser.add_argument("name", choices=["laws", *RUNS])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=4711)
    asked = parser.parse_args()
    if asked.name == "laws":
        return try_laws(count=asked.count, seed=asked.seed)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        made = make_template(Path(place))
        count, told, failed = RUNS[asked.name](made, asked.count, asked.seed)
    seconds = time.perf_counter() - started
    rate = count / seconds
    print(f"{asked.name}: {count} times, seed {asked.seed}, {seconds:.0f} s ({rate:.1f} a second)")
    print(told)
    for one in failed:
        print(one)
    return 1 if failed else 0


Outcome = tuple[int, str, Sequence[object]]
"""How many times, what came of it in one line, and what failed."""


def _kills(made: MadeVault, count: int, seed: int) -> Outcome:
    outcomes = list(kill_while_saving(made, count=count, seed=seed))
    told = (
        f"{sum(one.confirmed for one in outcomes)} confirmed notes,"
        f" {sum(one.lost for one in outcomes)} lost,"
        f" {sum(not one.is_chain_whole for one in outcomes)} broken chains"
    )
    return len(outcomes), told, [one for one in outcomes if one.lost or not one.is_chain_whole]


def _keys(made: MadeVault, count: int, seed: int) -> Outcome:
    from tests.endurance.keys import kill_while_typing  # noqa: PLC0415  the others need no window

    losses = list(kill_while_typing(made, count=count, seed=seed))
    seconds = sorted(one.seconds for one in losses)
    told = (
        f"{sum(one.keys for one in losses)} keys, lost per kill: median"
        f" {seconds[len(seconds) // 2]:.2f} s, most {seconds[-1]:.2f} s;"
        f" {sum(one.told_saved for one in losses)} keys lost that were told to be saved"
    )
    return len(losses), told, [one for one in losses if one.has_failed]


def _locks(made: MadeVault, count: int, seed: int) -> Outcome:
    from tests.endurance.locks import lock_while_busy  # noqa: PLC0415  as above

    endings = list(lock_while_busy(made, count=count, seed=seed))
    gone = sorted(one.gone_after for one in endings)
    looked = [one.canaries for one in endings if one.canaries is not None]
    told = (
        f"gone after: median {gone[len(gone) // 2]:.2f} s, latest {gone[-1]:.2f} s;"
        f" {sum(not one.has_draft for one in endings)} lost drafts,"
        f" {sum(not one.is_whole for one in endings)} damaged vaults,"
        f" {sum(looked)} canaries in {len(looked)} memories looked into"
    )
    return len(endings), told, [one for one in endings if one.has_failed]


RUNS: dict[str, Callable[[MadeVault, int, int], Outcome]] = {
    "kills": _kills,
    "keys": _keys,
    "locks": _locks,
}


if __name__ == "__main__":
    sys.exit(main())
