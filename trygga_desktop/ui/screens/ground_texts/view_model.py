"""State of the page for the texts of legal grounds: all of them, and the one being confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.ground_texts.form import ConfirmField, ConfirmForm, subject_of
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.catalogues import ConfirmGround, GroundText, GroundTexts

PATIENCE = 400
"""Milliseconds after which texts that are still being read are told to be."""


class TextsState(StrEnum):
    """What stands where the texts are."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class GroundTextsViewModel(QObject):
    """Reads the texts and confirms one. `opened` follows when the form for one is shown.

    `ground` is what is confirmed at once, `resume` what was being filled in when the page was left.
    """

    changed = Signal()
    opened = Signal()
    left = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what the page is made of
        self,
        *,
        read_ground_texts: Callable[[], Done[GroundTexts]],
        confirm_ground: Callable[[ConfirmGround], Done[None]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        ground: str = "",
        resume: Place | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = TextsState.LOADING
        self.found: GroundTexts | None = None
        self.form: ConfirmForm | None = None
        self.trouble: Trouble | None = None
        self.confirmed = ""
        self._wanted = ground
        self._resume = resume
        self._drafts = drafts
        self._now = now
        self._read_ground_texts = read_ground_texts
        self._confirm_ground = confirm_ground
        self._runner = runner
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def chosen(self) -> GroundText | None:
        """Return the text that is being confirmed."""
        return None if self.form is None else self.text_of(self.form.ground)

    def text_of(self, code: str) -> GroundText | None:
        """Return one of the texts."""
        found = () if self.found is None else self.found.texts
        return next((one for one in found if one.ground.code == code), None)

    @Slot()
    def load(self) -> None:
        """Read the texts."""
        if self.state is not TextsState.READY:
            self._enter(TextsState.LOADING)
        self._patience.start()
        self._runner.run(self, self._read_ground_texts, self._loaded, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed the rules."""
        if changes.settings and source is not self:
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the texts are still being read, if nothing stands there yet."""
        if self.state is TextsState.LOADING:
            self._enter(TextsState.SLOW)

    def open(self, code: str) -> None:
        """Show the form in which a text is confirmed."""
        text, found = self.text_of(code), self.found
        is_busy = self.form is not None and self.form.is_working
        if text is None or found is None or not text.ground.unverified or is_busy:
            return
        self.leave()
        self.form = ConfirmForm(code, today=found.today, parent=self)
        place = Place(kind=DraftKind.GROUND_TEXT, subject_id=self.form.subject_id)
        keeper = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        keeper.failed.connect(self.failed)
        self.confirmed, self.trouble = "", None
        self.form.keep_with(keeper)
        self.changed.emit()
        self.opened.emit()

    def leave(self) -> None:
        """Store what is filled in: the page is left, or the vault is being locked."""
        if self.form is not None and self.form.drafts is not None:
            self.form.drafts.store_now()

    def cancel(self) -> None:
        """Put the form away; what was typed goes into the bin."""
        if self.form is not None and not self.form.is_working:
            if self.form.drafts is not None:
                self.form.drafts.throw_away()
            self.form = None
            self.trouble = None
            self.changed.emit()

    def confirm(self) -> None:
        """Confirm the text, once everything is there."""
        form = self.form
        if form is None or not form.may_send:
            return
        command, confirm = form.command(), self._confirm_ground
        self.trouble = None
        form.begin()
        form.put_to_use(self._runner, self, lambda: confirm(command), self._stored, self._refuse)

    def go_back(self) -> None:
        """Go back to where one came from."""
        self.left.emit()

    def _loaded(self, done: Done[GroundTexts]) -> None:
        self._patience.stop()
        if self.found is None:
            # What kept them from being read is over.
            self.trouble = None
        self.found = done.value
        self._enter(TextsState.READY)
        wanted, self._wanted = self._wanted, ""
        resume, self._resume = self._resume, None
        if resume is not None:
            ids = {subject_of(one.ground.code): one.ground.code for one in done.value.texts}
            wanted = "" if resume.subject_id is None else ids.get(resume.subject_id, "")
        if wanted:
            self.open(wanted)

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        # Rules that can no longer be read must not stay on the screen.
        self.found, self.form = None, None
        self._enter(TextsState.FAILED)

    def _stored(self, done: Done[None]) -> None:
        form, self.form = self.form, None
        self.confirmed = "" if form is None else form.ground
        self.changed.emit()
        self.made.emit(done.changes)
        self.load()

    def _refuse(self, error: Exception) -> None:
        form = self.form
        if form is None:
            return
        if isinstance(error, InvalidInputError) and error.field in set(ConfirmField):
            form.refuse(error.field, error.flaw)
        elif not self._told_elsewhere(error) and self.trouble is not None:
            form.fail(self.trouble)
        self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False

    def _enter(self, state: TextsState) -> None:
        self.state = state
        self.changed.emit()
