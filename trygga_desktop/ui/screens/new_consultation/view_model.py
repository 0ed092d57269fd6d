"""State of the form for a case without a name: what is typed, and whether it has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.new_consultation.form import ConsultationForm, Field

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from trygga_desktop.domain.programme import Programme
    from trygga_desktop.services.consultations import BeginConsultation
    from trygga_desktop.services.contacts import DirectoryView
    from trygga_desktop.ui.tasks import TaskRunner


class NewConsultationViewModel(QObject):
    """Keeps what is typed, and begins the case. `opened` names it, `cancelled` leads back.

    `programmes` are empty until the catalogue was read.
    """

    changed = Signal()
    opened = Signal(object)
    cancelled = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the form
        self,
        *,
        begin_consultation: Callable[[BeginConsultation], Done[UUID]],
        read_directory: Callable[[], Done[DirectoryView]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = ConsultationForm()
        self.form.setParent(self)
        self.programmes: tuple[Programme, ...] = ()
        self.trouble: Trouble | None = None
        self._begin = begin_consultation
        self._read_directory = read_directory
        self._runner = runner
        place = Place(kind=DraftKind.CONSULTATION)
        keeper = DraftKeeper(drafts, runner, place, now=now)
        keeper.failed.connect(self.failed)
        self.form.keep_with(keeper)

    @property
    def is_sending(self) -> bool:
        """Return whether the form is on its way."""
        return self.form.is_working

    @Slot()
    def load(self) -> None:
        """Read which programmes there are."""
        read = self._read_directory
        self._runner.run(self, lambda: read().value, self._take, self._fail)

    def begin(self) -> None:
        """Begin the case, once everything is there."""
        form = self.form
        if not form.may_send or form.age_band is None:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.domain.case import Intake  # noqa: PLC0415
        from trygga_desktop.services.consultations import BeginConsultation  # noqa: PLC0415

        why = form.tidy(Field.WHY)
        command = BeginConsultation(
            alias=form.tidy(Field.ALIAS),
            age_band=form.age_band,
            programme=form.programme,
            intake=Intake(why=why) if why else None,
        )
        begin = self._begin
        form.begin()
        form.put_to_use(self._runner, self, lambda: begin(command), self._begun, self._refused)

    def cancel(self) -> None:
        """Go back; what was typed goes into the bin."""
        if self.form.drafts is not None:
            self.form.drafts.throw_away()
        self.cancelled.emit()

    def go_back(self) -> None:
        """Go back; what was typed stays where it is."""
        self.leave()
        self.cancelled.emit()

    def leave(self) -> None:
        """Store what is typed at once: the page is left, or the vault is being locked."""
        if self.form.drafts is not None:
            self.form.drafts.store_now()

    def _take(self, found: DirectoryView) -> None:
        self.programmes = tuple(one for one in found.catalogue.programmes)
        self.trouble = None
        self.changed.emit()

    def _begun(self, done: Done[UUID]) -> None:
        self.made.emit(done.changes)
        self.opened.emit(done.value)

    def _fail(self, error: Exception) -> None:
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, InvalidInputError):
            self.form.refuse(error.field, error.flaw)
        elif not self._told_elsewhere(error) and self.trouble is not None:
            self.form.fail(self.trouble)
            self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.form.is_working = False
            self.failed.emit(self.trouble)
            return True
        return False
