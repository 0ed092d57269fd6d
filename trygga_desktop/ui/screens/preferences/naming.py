"""State of the municipality's name in the head of documents: which it is, and another one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.text_form import TextForm

if TYPE_CHECKING:
    from trygga_desktop.services.municipality import ChangeMunicipality


class NamingField(StrEnum):
    """The one field, by the code that errors name."""

    NAME = "municipality"


class NamingForm(TextForm):
    """The name there is, and what is typed in its place."""

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__({NamingField.NAME: name}, parent)
        self.now = name

    @property
    def is_changed(self) -> bool:
        """Return whether another name stands there than the one there is."""
        return self.tidy(NamingField.NAME) != self.now

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the field while no name stands in it."""
        return () if self.tidy(NamingField.NAME) else (NamingField.NAME,)

    @property
    def may_send(self) -> bool:
        """Return whether there is another name to store."""
        return super().may_send and self.is_changed and not self.refused

    def take_as_given(self, name: str) -> None:
        """Take this as the name there is."""
        self.is_working, self.now = False, name
        self.texts[NamingField.NAME] = name
        self.refused.clear()
        self.begin_from_here()
        self.replaced.emit()
        self.changed.emit()


class NamingModel(QObject):
    """Stores another name once it is asked for. What is typed until then is kept.

    `seal_wanted` follows when somebody wants a seal with the new name, where `offers_seal` tells
    that this user can make one.
    """

    changed = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)
    seal_wanted = Signal()

    def __init__(  # noqa: PLR0913  what a field that is kept stands on
        self,
        *,
        municipality: Callable[[], str],
        change_municipality: Callable[[ChangeMunicipality], Done[None]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.trouble: Trouble | None = None
        self.is_done = False
        self.offers_seal = False
        self._municipality = municipality
        self._change = change_municipality
        self._runner = runner
        self.form = NamingForm(municipality(), self)
        self.form.changed.connect(self._typed)
        keeper = DraftKeeper(drafts, runner, Place(kind=DraftKind.MUNICIPALITY), now=now)
        keeper.failed.connect(self.failed)
        self.form.keep_with(keeper)

    def leave(self) -> None:
        """Store what is being typed: the settings are left, or the vault is being locked."""
        if self.form.drafts is not None:
            self.form.drafts.store_now()

    @Slot()
    def cancel(self) -> None:
        """Leave the name as it is; what was typed goes into the bin."""
        if self.form.is_working:
            return
        self.trouble, self.is_done = None, False
        if self.form.drafts is not None:
            self.form.drafts.throw_away()
        self.form.take_as_given(self.form.now)

    @Slot()
    def send(self) -> None:
        """Store the name."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.municipality import ChangeMunicipality  # noqa: PLC0415

        form, change = self.form, self._change
        if not form.may_send:
            return
        command = ChangeMunicipality(form.tidy(NamingField.NAME))
        self.trouble, self.is_done = None, False
        form.begin()
        form.put_to_use(self._runner, self, lambda: change(command), self._stored, self._refuse)

    def _typed(self) -> None:
        if self.is_done and self.form.is_changed:
            self.is_done = False
        self.changed.emit()

    def _stored(self, done: Done[None]) -> None:
        self.is_done = True
        self.form.take_as_given(self._municipality())
        self.made.emit(done.changes)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, InvalidInputError) and error.field == NamingField.NAME:
            self.form.refuse(error.field, error.flaw)
            return
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.form.fail(self.trouble)
