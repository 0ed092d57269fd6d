"""Why pages did not come onto paper, or not onto the screen. Imports nothing of Qt."""

from enum import StrEnum


class PrintFlaw(StrEnum):
    """Why nothing was printed."""

    NO_PRINTER = "no_printer"
    NO_ANSWER = "no_answer"
    UNREADABLE = "unreadable"


class NotPrintedError(Exception):
    """Nothing, or not all, came onto paper."""

    def __init__(self, flaw: PrintFlaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class UnreadablePagesError(Exception):
    """The bytes are no PDF that can be shown."""
