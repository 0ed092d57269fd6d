"""What happens to an error that nobody takes: it is told, and its values go nowhere."""

import sys
from collections.abc import Callable
from threading import current_thread, main_thread
from types import TracebackType

from trygga_desktop.ui.problems import Trouble, unforeseen


class LastResort:
    """Stands in the place of `sys.excepthook`. Python's own would print what the error says."""

    def __init__(self, tell: Callable[[Trouble], None]) -> None:
        self._tell = tell
        self._is_telling = False

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        traceback: TracebackType | None,
    ) -> None:
        """Tell of the error, unless it comes from telling of one."""
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, traceback)
            return
        trouble = unforeseen(error.with_traceback(traceback))
        if sys.stderr is not None:
            sys.stderr.write(f"{trouble.report}\n")
        if self._is_telling or current_thread() is not main_thread():
            return
        self._is_telling = True
        try:
            self._tell(trouble)
        finally:
            self._is_telling = False
