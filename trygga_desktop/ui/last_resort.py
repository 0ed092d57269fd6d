"""What happens to an error that nobody takes: it is told, and its values go nowhere."""

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from trygga_desktop.ui.problems import Trouble, unforeseen


class LastResort:
    """Stands in the place of `sys.excepthook`. Python's own would print what the error says.

    What arises in another thread, or where it cannot be raised, is written down without its values.
    """

    def __init__(self, tell: Callable[[Trouble], None]) -> None:
        self._tell = tell
        self._is_telling = False

    def take_over(self) -> None:
        """Stand in for everything of Python that would print what an error says."""
        sys.excepthook = self
        threading.excepthook = self._take_of_thread
        sys.unraisablehook = self._take_unraisable

    def _take_of_thread(self, given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            self(given.exc_type, given.exc_value, given.exc_traceback)

    def _take_unraisable(self, given: "sys.UnraisableHookArgs") -> None:
        error = given.exc_value
        # Nothing can be done about it where it arose, and the window need not close for it.
        if isinstance(error, Exception) and sys.stderr is not None:
            trouble = unforeseen(error.with_traceback(given.exc_traceback))
            sys.stderr.write(f"{trouble.report}\n")

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
        if self._is_telling or threading.current_thread() is not threading.main_thread():
            return
        self._is_telling = True
        try:
            self._tell(trouble)
        finally:
            self._is_telling = False
