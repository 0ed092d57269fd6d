"""State of the problem screen: what the trouble is, and which ways lead on."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from trygga_desktop.ui.problems import Trouble


class WayOn(StrEnum):
    """What a person can do about trouble."""

    TRY_AGAIN = "try_again"
    CHOOSE_VAULT = "choose_vault"
    RECOVER = "recover"
    GO_ON = "go_on"
    UNLOCK_AGAIN = "unlock_again"


class Exit(NamedTuple):
    """A way on and where it leads."""

    way: WayOn
    go: Callable[[], None]


class ProblemViewModel(QObject):
    """The first of the exits is the safest one, and becomes the primary button."""

    report_shown = Signal()

    def __init__(
        self, trouble: Trouble, exits: Sequence[Exit], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.trouble = trouble
        self.exits = tuple(exits)
        self.is_report_shown = False

    def show_report(self) -> None:
        """Show the report, so that nothing is copied that was not read."""
        self.is_report_shown = True
        self.report_shown.emit()

    def leave(self, way: WayOn) -> None:
        """Take this way on."""
        next(one.go for one in self.exits if one.way is way)()
