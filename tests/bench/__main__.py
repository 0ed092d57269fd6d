"""Print the benchmark table."""

import argparse
import gc
import os
import sys
import tempfile
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from tests.bench import (
    bench_documents,
    bench_excerpts,
    bench_log,
    bench_meeting,
    bench_plans,
    bench_room,
    bench_scan,
    bench_sealing,
    bench_sharing,
    bench_start,
    bench_vault,
    bench_window,
)
from tests.bench.clockwork import Figure
from trygga_desktop.ui.platform.rubbish import MANY_LONG_LOOKS, MANY_LOOKS, MANY_NEW

if sys.platform == "darwin":
    import resource


def main() -> None:
    """Measure everything over a vault of so many cases."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    asked = parser.parse_args()
    # As seldom as the program does.
    gc.set_threshold(MANY_NEW, MANY_LOOKS, MANY_LONG_LOOKS)
    _tell(bench_start.figures(), bench_window.figures(), bench_sharing.figures())
    _tell(bench_documents.figures(), bench_scan.figures())
    print(f"memory of the long protocol: {bench_documents.most_memory()} at most", flush=True)
    for bench in (bench_meeting, bench_sealing, bench_excerpts, bench_room, bench_log):
        with tempfile.TemporaryDirectory() as place:
            _tell(bench.figures(Path(place)))
    with tempfile.TemporaryDirectory() as place:
        _tell(bench_plans.figures(Path(place), cases=asked.cases))
    before, most = memory(), 0
    with tempfile.TemporaryDirectory() as place:
        for figure in bench_vault.figures(Path(place), cases=asked.cases):
            print(figure.row(), flush=True)
            # The first figure comes when the vault is filled.
            most = max(most, memory())
    if most:
        a_case = (most - before) / asked.cases / 1024
        print(f"memory: {most / 2**20:.0f} MiB at most, {a_case:.1f} KiB a case", flush=True)
    else:
        print("memory: not measured on this system", flush=True)


def _tell(*tables: Iterable[Figure]) -> None:
    for figure in chain(*tables):
        print(figure.row(), flush=True)


def memory() -> int:
    """Return how many bytes this process takes up, 0 where that is not measured."""
    if sys.platform == "darwin":
        # The most it ever took, in bytes there.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sizes = Path("/proc/self/statm")
    if sizes.exists():
        return int(sizes.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


if __name__ == "__main__":
    main()
