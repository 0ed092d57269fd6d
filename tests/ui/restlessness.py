"""Finds a page that lays itself out again and again, though nobody does anything."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_LAID_OUT = frozenset({QEvent.Type.LayoutRequest, QEvent.Type.Resize})

MOST = 60
"""How often one widget may be laid out for one change of the window; the busiest need 22."""

_TOLD = 5
_ROUNDS = 60
"""Turns of the event loop within which every page must have come to rest."""


class Restlessness(QObject):
    """Counts how often each widget is laid out; what goes on for ever is stopped and remembered."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[tuple[QEvent.Type, QObject]] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and keep from it whoever has been laid out too often: it would never end."""
        kind = event.type()
        if kind not in _LAID_OUT:
            return False
        self._counts[kind, watched] += 1
        return kind is QEvent.Type.LayoutRequest and self._counts[kind, watched] > MOST

    def settle(self) -> list[str]:
        """Let all that is waiting happen; return what did not come to rest, the busiest first."""
        self._counts.clear()
        for _ in range(_ROUNDS):
            before = self._counts.total()
            QApplication.processEvents()
            if self._counts.total() == before:
                break
        else:
            return [_told(*one) for one in self._counts.most_common(_TOLD)]
        return [_told(*one) for one in self._counts.most_common(_TOLD) if one[1] > MOST]


@contextmanager
def watching(application: QApplication) -> Iterator[Restlessness]:
    """Watch every widget for the length of a `with` block."""
    watch = Restlessness()
    application.installEventFilter(watch)
    try:
        yield watch
    finally:
        application.removeEventFilter(watch)


def _told(counted: tuple[QEvent.Type, QObject], count: int) -> str:
    kind, one = counted
    size = f" {one.width()}x{one.height()}" if isinstance(one, QWidget) else ""
    return f"{type(one).__name__} {one.objectName()!r}{size}: {kind.name} {count} times"
