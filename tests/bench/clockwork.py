"""How a figure is taken: the median of repeated runs, beside what it is compared with."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. Times are in seconds; `beside` is what it is compared with."""

    what: str
    seconds: float
    beside: str = ""
    beside_seconds: float | None = None

    def row(self) -> str:
        """Return the row as it is printed."""
        ratio = ""
        if self.beside_seconds:
            beside = f"{self.beside} {shown(self.beside_seconds)}"
            ratio = f"{beside}, ratio {self.seconds / self.beside_seconds:.1f}"
        return f"{self.what:<58} {shown(self.seconds):>10}   {ratio}"


def shown(seconds: float) -> str:
    """Return a time in the unit that fits it."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    if seconds >= 0.001:
        return f"{seconds * 1000:.1f} ms"
    return f"{seconds * 1e6:.1f} us"


def timed(what: str, work: Callable[[], object], *, times: int, each: int = 1) -> Figure:
    """Return the median time of so many runs, beside how long the processor worked at each.

    That says more on a computer that does much else. One run is so many of what is measured.
    """
    taken = []
    before = time.process_time()
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    processor = (time.process_time() - before) / times / each
    return Figure(what, statistics.median(taken) / each, "of the processor", processor)


def median(work: Callable[[], object], *, times: int) -> float:
    """Return the median time of so many runs."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)
