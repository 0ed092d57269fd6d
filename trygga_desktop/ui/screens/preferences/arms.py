"""State of the coat of arms in the head of documents: which there is, and what came of another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.platform.pictures import NoPictureError, PictureFlaw, draw_anew
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.arms import ChangeArms


class ArmsModel(QObject):
    """Has a chosen picture drawn anew and stored, or the one there is taken away."""

    changed = Signal()
    made = Signal(Changes)
    removed = Signal(object)
    failed = Signal(Trouble)

    def __init__(
        self,
        *,
        arms: Callable[[], bytes],
        change_arms: Callable[[ChangeArms], Done[None]],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.png = arms()
        self.flaw: PictureFlaw | None = None
        self.trouble: Trouble | None = None
        self.is_working = False
        self._change = change_arms
        self._runner = runner

    def choose(self, file: Path) -> None:
        """Take the picture in this file."""
        self._store(lambda: draw_anew(file))

    def remove(self) -> None:
        """Take the picture away; it can be put back for a while."""
        before = self.png

        def put_back() -> None:
            self._store(lambda: before)

        self._store(bytes, then=lambda: self.removed.emit(put_back))

    def _store(
        self, picture: Callable[[], bytes], *, then: Callable[[], None] | None = None
    ) -> None:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.arms import ChangeArms  # noqa: PLC0415

        if self.is_working:
            return
        change = self._change

        def work() -> tuple[bytes, Changes]:
            png = picture()
            return png, change(ChangeArms(png)).changes

        self.flaw, self.trouble, self.is_working = None, None, True
        self.changed.emit()

        def stored(found: tuple[bytes, Changes]) -> None:
            self._stored(found)
            if then is not None:
                then()

        self._runner.run(self, work, stored, self._fail)

    def _stored(self, found: tuple[bytes, Changes]) -> None:
        self.png, changes = found
        self.is_working = False
        self.changed.emit()
        self.made.emit(changes)

    def _fail(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, NoPictureError):
            self.flaw = error.flaw
        else:
            self.trouble = read_error(error)
            if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
                self.failed.emit(self.trouble)
                return
        self.changed.emit()
