"""Looks for a case about the same person while somebody fills in the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.people import Protection
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.cases import NewPerson, SimilarCase


class SimilarSearch(QObject):
    """Keeps what was found for the person who is typed now, and for nobody else."""

    changed = Signal()
    failed = Signal(Trouble)

    def __init__(
        self,
        find_similar: Callable[[NewPerson], Done[tuple[SimilarCase, ...]]],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.found: tuple[SimilarCase, ...] = ()
        self._find_similar = find_similar
        self._runner = runner
        self._compared: NewPerson | None = None

    def compare(self, person: NewPerson) -> None:
        """Look for a case about this person, as soon as number or name and date are there."""
        person = _comparable(person)
        names = person.given_name and person.family_name and person.birth_date
        if person == self._compared or not (names or person.number):
            return
        self._compared = person
        find_similar = self._find_similar
        self._runner.run(
            self, lambda: find_similar(person), partial(self._take, person), self._go_without
        )

    def forget_others(self, person: NewPerson) -> None:
        """Take a warning back as soon as it is about someone else than this person."""
        if self._compared is not None and self._compared != _comparable(person):
            self.clear()

    def clear(self) -> None:
        """Forget whom was looked for, and what was found."""
        self._compared = None
        self.found = ()

    def _take(self, person: NewPerson, done: Done[tuple[SimilarCase, ...]]) -> None:
        if person == self._compared:
            self.found = done.value
            self.changed.emit()

    def _go_without(self, error: Exception) -> None:
        """Go on without: a warning that cannot be given must not stop the work."""
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)


def _comparable(person: NewPerson) -> NewPerson:
    """Return the person without what no case is compared by."""
    return replace(person, alias="", protection=Protection.NONE)
