"""Reads which programmes there are and which organisations may have raised the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.services.changes import Done
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.domain.directory import Organisation
    from trygga_desktop.domain.programme import Programme
    from trygga_desktop.domain.words import Words
    from trygga_desktop.services.contacts import DirectoryView

USUAL_PROGRAMME = "sspf"
"""The programme of a case for which no other was chosen."""


class DirectoryReader(QObject):
    """The form can do without the directory: then nobody is named who raised the case."""

    changed = Signal()
    failed = Signal(Trouble)

    def __init__(
        self,
        read_directory: Callable[[], Done[DirectoryView]],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view: DirectoryView | None = None
        self._read_directory = read_directory
        self._runner = runner

    @property
    def programmes(self) -> tuple[Programme, ...]:
        """Return the programmes that a case may be in."""
        return () if self._view is None else self._view.catalogue.programmes

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Return the organisations that may have raised a case."""
        if self._view is None:
            return ()
        return tuple(one for one in self._view.directory.organisations if not one.retired)

    @property
    def kinds(self) -> Mapping[str, Words]:
        """Return what the kinds of organisation are called, by their codes."""
        if self._view is None:
            return {}
        return {one.code: one.short for one in self._view.catalogue.agencies}

    def read(self) -> None:
        """Read the directory."""
        self._runner.run(self, self._read_directory, self._take, self._go_without)

    def programme_or_usual(self, code: str) -> str:
        """Return a programme that there is: the one asked for, the usual one, or the first."""
        codes = [one.code for one in self.programmes]
        if not codes:
            return code or USUAL_PROGRAMME
        return next((one for one in (code, USUAL_PROGRAMME) if one in codes), codes[0])

    def known_organisation(self, organisation_id: str) -> UUID | None:
        """Return the id of an organisation that there is."""
        found = (one.id for one in self.organisations if str(one.id) == organisation_id)
        return next(found, None)

    def _take(self, done: Done[DirectoryView]) -> None:
        self._view = done.value
        self.changed.emit()

    def _go_without(self, error: Exception) -> None:
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
