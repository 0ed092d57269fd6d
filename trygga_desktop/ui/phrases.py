"""Whoever has unlocked the vault has phrases of their own: kept encrypted for them alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.phrases import Phrases, read_phrases
from trygga_desktop.paths import shipped
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import Trouble
from trygga_desktop.ui.tasks import TaskRunner

_NONE = "\n"
"""What stands for an empty list: no text at all would bring back the phrases that are given."""


class PhraseBook(QObject):
    """The list as it is written, and what it says. It is stored a little after the last key.

    Whoever has changed nothing yet has the phrases that are `given`.
    """

    changed = Signal()
    failed = Signal(Trouble)

    def __init__(
        self,
        drafts: DraftUses,
        runner: TaskRunner,
        *,
        now: Callable[[], datetime],
        given: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.text = given
        self.phrases: Phrases = read_phrases(given)
        self._is_read = False
        self.keeper = DraftKeeper(
            drafts, runner, Place(kind=DraftKind.PHRASES), now=now, parent=self
        )
        self.keeper.found.connect(self._take)
        self.keeper.failed.connect(self.failed)

    def load(self) -> None:
        """Read the list, once."""
        if not self._is_read:
            self._is_read = True
            self.keeper.look_for_earlier()

    def type(self, text: str) -> None:
        """Take the list as it is written now."""
        if text != self.text:
            self._is_read = True
            # First, so that nobody who is told of the storing puts the earlier text back.
            self._show(text)
            self.keeper.keep(text or _NONE)

    def leave(self) -> None:
        """Store it at once: the page is left, or the vault is being locked."""
        self.keeper.store_now()

    @Slot(str)
    def _take(self, text: str) -> None:
        self._show("" if text == _NONE else text)

    def _show(self, text: str) -> None:
        self.text, self.phrases = text, read_phrases(text)
        self.changed.emit()


def given_phrases(language: str) -> str:
    """Return the neutral phrases that come with the program, in a language that it speaks."""
    file = shipped("resources") / "phrases" / f"{language}.txt"
    return file.read_text(encoding="utf-8")
