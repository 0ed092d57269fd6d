"""State of verifying a file: which one, what came of it, and whether the seal is the one asked for.

Nothing of the file is kept but the verdict, and that no longer than it is shown.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.ui.platform.verifying import Verifier, VerifyFlaw
from trygga_desktop.ui.problems import Trouble
from trygga_desktop.ui.screens.verify.paper import PaperModel

if TYPE_CHECKING:
    from trygga_desktop.documents.verdict import Verdict

PATIENCE = 400
"""Milliseconds after which a file that is still being looked at is told to be."""

_DIGITS = re.compile("[0-9a-f]+")
_FEWEST_DIGITS = 20
_WORDS = 6


class VerifyState(StrEnum):
    """How far it has come."""

    EMPTY = "empty"
    WORKING = "working"
    SLOW = "slow"
    ANSWERED = "answered"
    FAILED = "failed"


class SealMatch(StrEnum):
    """What is thought of the fingerprint that somebody typed from paper."""

    NOTHING_TYPED = "nothing_typed"
    TOO_SHORT = "too_short"
    SAME = "same"
    OTHER = "other"


class VerifyViewModel(QObject):
    """Has a file verified beside the program; another file may be chosen at any time.

    With an open vault `paper` finds a protocol of it from paper alone.
    """

    changed = Signal()
    seal_typed = Signal()
    left = Signal()

    failed = Signal(Trouble)

    def __init__(
        self,
        verifier: Verifier,
        parent: QObject | None = None,
        *,
        paper: PaperModel | None = None,
    ) -> None:
        super().__init__(parent)
        self.paper = paper
        if paper is not None:
            paper.setParent(self)
            paper.failed.connect(self.failed)
        self.state = VerifyState.EMPTY
        self.file: Path | None = None
        self.verdict: Verdict | None = None
        self.flaw: VerifyFlaw | None = None
        self.is_not_one_file = False
        self.typed = ""
        self._verifier = verifier
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def is_working(self) -> bool:
        """Return whether a file is being looked at."""
        return self.state in {VerifyState.WORKING, VerifyState.SLOW}

    @property
    def match(self) -> SealMatch:
        """Return whether the fingerprint that was typed is that of the seal."""
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.documents.fingerprint import is_same  # noqa: PLC0415

        typed = self.typed.strip()
        if not typed or self.verdict is None or self.verdict.seal is None:
            return SealMatch.NOTHING_TYPED
        if is_same(self.verdict.seal.fingerprint, typed):
            return SealMatch.SAME
        return SealMatch.OTHER if _is_whole(typed) else SealMatch.TOO_SHORT

    def choose(self, file: Path) -> None:
        """Have this file verified; what was found of another one is let go of."""
        self._clear()
        self.file = file
        self.state = VerifyState.WORKING
        self._patience.start()
        self.changed.emit()
        self._verifier.start(file, self._take, self._fail)

    def refuse_many(self) -> None:
        """Say that one file at a time can be verified."""
        self._clear()
        self.is_not_one_file = True
        self.changed.emit()

    def type_seal(self, text: str) -> None:
        """Take the fingerprint that stands on paper, in digits or words."""
        self.typed = text
        self.seal_typed.emit()

    def cancel(self) -> None:
        """Stop looking at the file."""
        if self.is_working:
            self._clear()
            self.changed.emit()

    def leave(self) -> None:
        """Stop, and let go of what was found: the screen is left."""
        self._clear()

    def go_back(self) -> None:
        """Go back to where one came from."""
        self.left.emit()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the file is still being looked at."""
        if self.state is VerifyState.WORKING:
            self.state = VerifyState.SLOW
            self.changed.emit()

    def _take(self, verdict: Verdict) -> None:
        self._patience.stop()
        self.state, self.verdict = VerifyState.ANSWERED, verdict
        self.changed.emit()

    def _fail(self, flaw: VerifyFlaw) -> None:
        self._patience.stop()
        self.state, self.flaw = VerifyState.FAILED, flaw
        self.changed.emit()

    def _clear(self) -> None:
        self._verifier.stop()
        self._patience.stop()
        self.state = VerifyState.EMPTY
        self.file = self.verdict = self.flaw = None
        self.is_not_one_file = False
        self.typed = ""


def _is_whole(typed: str) -> bool:
    """Return whether so much was typed that it can be another seal, and not only the beginning."""
    if len(typed.split()) >= _WORDS:
        return True
    digits = re.sub("[-: ]", "", typed.casefold())
    return len(digits) >= _FEWEST_DIGITS and bool(_DIGITS.fullmatch(digits))
