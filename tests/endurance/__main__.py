"""Run one endurance test and print count, seed, rate and failures."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import make_template
from tests.endurance.kills import kill_while_saving
from tests.endurance.laws import try_laws
from tests.endurance.tampering import try_tampering


def main() -> int:
    """Return 0 if nothing failed."""
    parser = argparse.ArgumentParser(prog="dev.py endurance", description=__doc__)
    parser.add_argument("name", choices=["kills", "laws", "tampering"])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=4711)
    asked = parser.parse_args()
    if asked.name == "laws":
        return try_laws(count=asked.count, seed=asked.seed)
    if asked.name == "tampering":
        return try_tampering(count=asked.count, seed=asked.seed)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        made = make_template(Path(place))
        outcomes = list(kill_while_saving(made, count=asked.count, seed=asked.seed))
    seconds = time.perf_counter() - started
    failed = [one for one in outcomes if one.lost or not one.is_chain_whole]
    print(
        f"{asked.name}: {len(outcomes)} kills, seed {asked.seed}, {seconds:.0f} s"
        f" ({len(outcomes) / seconds:.1f} a second)"
    )
    print(
        f"{sum(one.confirmed for one in outcomes)} confirmed notes,"
        f" {sum(one.lost for one in outcomes)} lost,"
        f" {sum(not one.is_chain_whole for one in outcomes)} broken chains"
    )
    for one in failed:
        print(one)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
