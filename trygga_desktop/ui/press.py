"""Puts files on paper one after the other, while the window goes on. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from trygga_desktop.ui.platform.sending import Sending


class PrintPdf(Protocol):
    """Prints a file, and returns what of it still goes on, None where nothing does."""

    def __call__(self, pdf: bytes, printer: QPrinter, /) -> Sending | None:
        """Begin, or raise NotPrintedError."""


def print_in_turn(
    prints: Sequence[Callable[[], Sending | None]],
    *,
    waits: Callable[[], None],
    done: Callable[[], None],
    failed: Callable[[int, Exception], None],
) -> None:
    """Print each of them once the one before it has left; `failed` is told at which it ended.

    `waits` follows where that goes on behind this. Whatever follows comes on this thread, because
    Qt's printers want to be painted on where they were made, and it comes even where the screen
    that asked for it has been closed since.
    """

    def go_on(at: int) -> None:
        for place in range(at, len(prints)):
            try:
                leaving = prints[place]()
            except Exception as error:
                failed(place, error)
                return
            if leaving is not None:
                leaving.ended.connect(partial(ended, place))
                waits()
                return
        done()

    def ended(place: int, error: Exception | None) -> None:
        if error is not None:
            failed(place, error)
        else:
            go_on(place + 1)

    go_on(0)
