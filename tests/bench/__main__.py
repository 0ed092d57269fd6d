"""Print the benchmark table."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.bench import (
    bench_documents,
    bench_log,
    bench_meeting,
    bench_room,
    bench_sharing,
    bench_start,
    bench_vault,
)
from trygga_desktop.app import collect_seldom

if sys.platform == "darwin":
    import resource


def main() -> None:
    """Measure everything over a vault of so many cases."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    asked = parser.parse_args()
    # As the program does.
    collect_seldom()
    for figure in bench_start.figures():
        print(figure.row(), flush=True)
    for figure in bench_sharing.figures():
        print(figure.row(), flush=True)
    for figure in bench_documents.figures():
        print(figure.row(), flush=True)
    print(f"memory of the long protocol: {bench_documents.most_memory()} at most", flush=True)
    with tempfile.TemporaryDirectory() as place:
        for figure in bench_meeting.figures(Path(place)):
            print(figure.row(), flush=True)
    with tempfile.TemporaryDirectory() as place:
        for figure in bench_room.figures(Path(place)):
            print(figure.row(), flush=True)
    with tempfile.TemporaryDirectory() as place:
        for figure in bench_log.figures(Path(place)):
            print(figure.row(), flush=True)
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
