"""What is on its way to a printer while the window goes on, and how all of it is ended at once."""

import time

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw


class Sending(QObject):
    """A file on its way to a printer.

    `ended` follows once, with None where the printer took it, or with why it did not. It belongs
    to the program and to no screen: what was sent goes on when its screen is closed.
    """

    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self._is_over = False
        # Whoever asked for it connects first.
        QTimer.singleShot(0, self._start)

    @Slot()
    def end(self) -> None:
        """Give up: no more of it goes to the printer."""
        self._finish(NotPrintedError(PrintFlaw.NO_ANSWER))

    def has_let_go(self, patience: float) -> bool:  # noqa: ARG002  an heir with a thread waits
        """Return whether nothing works at it any more, waiting at most so many seconds for that."""
        return True

    @Slot()
    def _start(self) -> None:
        if not self._is_over:
            self._begin()

    def _begin(self) -> None:
        """Send it; each heir in its way."""
        raise NotImplementedError

    def _let_go(self) -> None:
        """Let go of the file and of what sends it, and of this as soon as that can be."""
        raise NotImplementedError

    def _finish(self, error: Exception | None) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._let_go()
        self.ended.emit(error)


def end_sending() -> None:
    """Give up all that is on its way to a printer, at once: a lock waits for no printer."""
    for one in _all_sending():
        one.end()


def has_let_go_of_printers(patience: float) -> bool:
    """Return whether no thread is at a printer any more, after at most so many seconds.

    Python must not be left while one is: a printer that hangs would hold its end up.
    """
    until = time.monotonic() + patience
    return all(one.has_let_go(max(0.0, until - time.monotonic())) for one in _all_sending())


def _all_sending() -> list[Sending]:
    program = QCoreApplication.instance()
    return [] if program is None else program.findChildren(Sending)
