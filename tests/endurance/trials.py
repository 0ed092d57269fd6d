"""Try changes of the code on the tests, each in a process of its own forked from one that is ready.

What tests made of the code while they were loaded is not made again for each change.
"""

import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import CodeType, FrameType, ModuleType
from typing import NoReturn

import pytest

from tests.endurance.changes import Kept, change, functions_of
from tests.endurance.mutations import Mutant

_WORKERS = 2


class _Result(IntEnum):
    """What a forked process says of its change, as its exit code."""

    SURVIVED = 0
    NOTICED = 1
    NOTICED_BY_LAW = 2
    BROKEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quick:
    """A test that was run on the code as it is: how long it took, and where it came through."""

    item: pytest.Item
    seconds: float
    entered: frozenset[str]


class Trials:
    """A plugin of pytest: in place of running the tests once, it runs them on each change.

    `noticed` and `survived` are the changes afterwards. `unsound` names the tests that fail without
    any, so that what they noticed says nothing.
    """

    def __init__(self, mutants: Sequence[Mutant], *, package: str) -> None:
        self.noticed: list[Mutant] = []
        self.survived: list[Mutant] = []
        self.unsound: list[str] = []
        self._mutants = mutants
        self._package = package
        self._quick: list[_Quick] = []
        self._laws: list[pytest.Item] = []
        self._readers: defaultdict[str, set[str]] = defaultdict(set)
        self._has_failed = False
        self._kept: Kept | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep in mind whether a part of a test failed."""
        self._has_failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests on the code as it is, and then on each change."""
        if session.testsfailed:
            self.unsound.append("a file of the tests, which cannot be loaded")
            return True
        self._kept = Kept(self._package)
        # A law is tried on a hundred histories: it takes long, and comes through everywhere.
        self._laws = [item for item in session.items if item.path.stem.endswith("_laws")]
        watched = {id(code): place for place, code in self._codes()}
        for item in session.items:
            if item not in self._laws:
                self._quick.append(self._watch(item, watched))
        self._quick.sort(key=lambda one: one.seconds)
        if not self.unsound:
            self._try_all()
        return True

    def _codes(self) -> Iterator[tuple[str, CodeType]]:
        """Yield the code of each function of the modules, and keep which names it reads."""
        for module in {self._module_of(one) for one in self._mutants}:
            for name, one in vars(module).items():
                if getattr(one, "__module__", None) != module.__name__:
                    continue
                for member, function in functions_of(name, one):
                    place = f"{module.__name__}.{member}"
                    for code in _within(function.__code__):
                        yield place, code
                        for read in code.co_names:
                            self._readers[f"{module.__name__}.{read}"].add(place)

    def _module_of(self, mutant: Mutant) -> ModuleType:
        return sys.modules[f"{self._package}.{mutant.file.removesuffix('.py')}"]

    def _watch(self, item: pytest.Item, watched: Mapping[int, str]) -> _Quick:
        entered = set[str]()

        def note(frame: FrameType, event: str, argument: object) -> None:
            del event, argument
            place = watched.get(id(frame.f_code))
            if place is not None:
                entered.add(place)

        started = time.perf_counter()
        sys.setprofile(note)
        has_failed = self._fails(item)
        sys.setprofile(None)
        if has_failed:
            self.unsound.append(item.nodeid)
        seconds = time.perf_counter() - started
        return _Quick(item=item, seconds=seconds, entered=frozenset(entered))

    def _fails(self, item: pytest.Item) -> bool:
        self._has_failed = False
        if self._kept is not None:
            # What a test before this one had found out was found by other code.
            self._kept.forget()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        return self._has_failed

    def _try_all(self) -> None:
        running: dict[int, Mutant] = {}
        results = set[_Result]()
        for mutant in self._mutants:
            if len(running) == _WORKERS:
                results.add(self._wait(running))
            process = os.fork()
            if process == 0:
                self._answer(mutant)
            running[process] = mutant
        while running:
            results.add(self._wait(running))
        if _Result.NOTICED_BY_LAW in results:
            self.unsound += [law.nodeid for law in self._laws if self._fails(law)]

    def _wait(self, running: dict[int, Mutant]) -> _Result:
        process, status = os.wait()
        mutant = running.pop(process)
        result = _Result(os.waitstatus_to_exitcode(status))
        if result is _Result.BROKEN:
            raise RuntimeError(f"This could not be tried: {mutant.name}")
        (self.survived if result is _Result.SURVIVED else self.noticed).append(mutant)
        return result

    def _answer(self, mutant: Mutant) -> NoReturn:
        """Try one change in this process, and end it with the result."""
        result = _Result.BROKEN
        try:
            result = self._try(mutant)
        finally:
            # Nothing of what the first process has begun is to be ended here too.
            os._exit(result)

    def _try(self, mutant: Mutant) -> _Result:
        module = self._module_of(mutant)
        places = self._places_of(mutant, module, change(module, mutant))
        passing = [one.item for one in self._quick if places & one.entered]
        # What no test comes through may have been used while the module was loaded.
        if any(self._fails(item) for item in passing or [one.item for one in self._quick]):
            return _Result.NOTICED
        if any(self._fails(law) for law in self._laws):
            return _Result.NOTICED_BY_LAW
        return _Result.SURVIVED

    def _places_of(self, mutant: Mutant, module: ModuleType, changed: str) -> set[str]:
        """Return the functions through one of which a test must come to notice, where known."""
        place = f"{module.__name__}.{changed}"
        if not mutant.inside:
            # What has no underscore can be read by other modules too.
            return self._readers[place] if changed.startswith("_") else set()
        if isinstance(getattr(module, changed), type):
            # What stands in a class beside its methods are the defaults of its fields.
            return {f"{place}.{(mutant.inside.split('.')[1:] or ['__init__'])[0]}"}
        return {place}


def _within(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _within(one)
