"""Print the benchmark table."""

import argparse
import resource
import tempfile
from pathlib import Path

from tests.bench import bench_start, bench_vault


def main() -> None:
    """Measure everything over a vault of so many cases."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    asked = parser.parse_args()
    for figure in bench_start.figures():
        print(figure.row(), flush=True)
    with tempfile.TemporaryDirectory() as place:
        for figure in bench_vault.figures(Path(place), cases=asked.cases):
            print(figure.row(), flush=True)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory of this process: {most:.0f} MiB")


if __name__ == "__main__":
    main()
