"""State of a person's details: what was read, what is typed, what is shown for a moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import ConflictError, InvalidInputError
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.person_changes import NumberChange
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.person_typing.similar import SimilarSearch
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.details.form import (
    DetailsForm,
    as_read,
    difference,
    with_difference,
)
from trygga_desktop.ui.screens.details.reading import DetailsReading
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import NOTHING_TYPED, read_typed, write_typed

if TYPE_CHECKING:
    from trygga_desktop.services.cases import NewPerson, SimilarCase
    from trygga_desktop.services.details import PersonDetails, ShownDetails
    from trygga_desktop.ui.case_uses import DetailsUses

PATIENCE = 400
"""Milliseconds after which a person who is still being read is told to be."""

SHOWN_FOR = 30_000
"""Milliseconds for which what is guarded stands on the screen."""


class DetailsState(StrEnum):
    """What stands where the person is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class Told(StrEnum):
    """What was stored last, or came in between."""

    NOTHING = "nothing"
    STORED = "stored"
    PROTECTED = "protected"
    ASKED = "asked"
    LEFT_AS_IT_WAS = "left_as_it_was"
    LOWERED = "lowered"
    CHANGED_MEANWHILE = "changed_meanwhile"


class DetailsViewModel(DetailsReading):
    """Reads a person, keeps what is typed, and stores what of it is new.

    Whoever changed the person meanwhile is not written over: what is new is read, and what was
    typed stands in its fields.
    """

    left = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of a person
        self,
        case_id: UUID,
        person_id: UUID,
        *,
        uses: DetailsUses,
        find_similar: Callable[[NewPerson], Done[tuple[SimilarCase, ...]]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        test_numbers: Callable[[], frozenset[str]],
        screen_count: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(now=now, test_numbers=test_numbers, parent=parent)
        self._begin()
        self.state = DetailsState.LOADING
        self.trouble: Trouble | None = None
        self.told = Told.NOTHING
        self.shown: ShownDetails | None = None
        self.is_working = False
        self.asks_to_show = False
        self.asks_to_discard = False
        self._case_id, self._person_id = case_id, person_id
        self._uses, self._runner = uses, runner
        self._screen_count = screen_count
        place = Place(kind=DraftKind.DETAILS, subject_id=person_id, case_id=case_id)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, parent=self)
        self.drafts.changed.connect(self.changed)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)
        self._search = SimilarSearch(find_similar, runner, parent=self)
        self._search.changed.connect(self.changed)
        self._search.failed.connect(self.failed)
        self._patience = _timer(self, PATIENCE, self.lose_patience)
        self._shown_for = _timer(self, SHOWN_FOR, self.hide_details)

    @property
    def similar(self) -> tuple[SimilarCase, ...]:
        """Return other cases that may be about the same person."""
        return tuple(one for one in self._search.found if one.id != self._case_id)

    @property
    def may_show(self) -> bool:
        """Return whether what is guarded may be shown: nobody else can look on."""
        return self._screen_count() <= 1

    @property
    def may_change(self) -> bool:
        """Return whether the person may be changed by whoever sees them."""
        details = self.details
        return details is not None and (details.is_open or not self.is_protected)

    @property
    def may_protect(self) -> bool:
        """Return whether whoever sees the person can put them into the guarded part."""
        return self.details is not None and self.details.is_open

    @property
    def may_send(self) -> bool:
        """Return whether there is something to store, and everything needed for it."""
        missing = [one for one in self.missing if one is not FormField.WHY]
        return not self.is_working and self.may_change and self.is_new and not missing

    @property
    def may_ask(self) -> bool:
        """Return whether less protection can be asked for now: nothing else is being changed."""
        is_asking = self.more.is_lowering and not self.is_working and not self.is_new
        return is_asking and FormField.WHY not in self.missing

    @property
    def is_sending(self) -> bool:
        """Return whether what is filled in is on its way."""
        return self.is_working

    @Slot()
    def load(self) -> None:
        """Read the person."""
        if self.state is not DetailsState.READY:
            self._enter(DetailsState.LOADING)
        self._patience.start()
        read, case_id, person_id = self._uses.read_details, self._case_id, self._person_id
        self._runner.run(self, lambda: read(case_id, person_id), self._loaded, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that stands here."""
        if (changes.cases or changes.parties or changes.accounts) and source is not self:
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the person is still being read, if nothing stands there yet."""
        if self.state is DetailsState.LOADING:
            self._enter(DetailsState.SLOW)

    def go_back(self) -> None:
        """Go back to where one came from; what is typed stays as a draft."""
        self.leave()
        self.left.emit()

    def leave(self) -> None:
        """Store the draft at once: the screen is left, or the vault is being locked."""
        self.drafts.store_now()
        self.hide_details()

    def screens_changed(self) -> None:
        """Hide what is guarded when a screen comes or goes."""
        self.hide_details()
        self.changed.emit()

    def protect(self, protection: Protection) -> None:
        """Choose the kind of protection."""
        self.refused.pop(FormField.ALIAS, None)
        self.change(self._protected(self.form, protection))
        self.form_replaced.emit()

    def mean(self, meaning: NumberChange) -> None:
        """Say what another number means."""
        self.more = replace(self.more, meaning=meaning)
        self.change(self.form)

    def name_anew(self, *, on: bool) -> None:
        """Show the fields for a name and number that are hidden, or put them away empty."""
        form = self.form
        if not on:
            for field in (
                FormField.GIVEN_NAME,
                FormField.FAMILY_NAME,
                FormField.NUMBER,
                FormField.BIRTH_DATE,
            ):
                form = form.with_text(field, "")
            form = replace(form, has_no_number=False, century="")
        self.more = replace(self.more, is_naming=on, meaning=None)
        self.change(form)
        self.form_replaced.emit()

    def lower(self, *, on: bool) -> None:
        """Show what asks for less protection, or put it away."""
        form = self.form if on else self.form.with_text(FormField.WHY, "")
        self.more = replace(self.more, is_lowering=on)
        self.change(form)
        self.form_replaced.emit()

    def lower_to(self, protection: Protection) -> None:
        """Choose which kind of protection would hold."""
        self.more = replace(self.more, to=protection)
        self.change(self.form)

    def ask_to_show(self, *, asks: bool) -> None:
        """Ask before what is guarded is shown, or show nothing."""
        self.asks_to_show = asks and self.may_show
        self.changed.emit()

    def show_details(self) -> None:
        """Show what is guarded for a short time, once the log says so."""
        self.asks_to_show = False
        if not self.may_show or self.details is None:
            self.changed.emit()
            return
        show, case_id, person_id = self._uses.show_details, self._case_id, self._person_id
        self._runner.run(self, lambda: show(case_id, person_id), self._show, self._refuse)

    @Slot()
    def hide_details(self) -> None:
        """Hide what is guarded."""
        self._shown_for.stop()
        if self.shown is not None or self.asks_to_show:
            self.shown, self.asks_to_show = None, False
            self.changed.emit()

    def ask_to_discard(self, *, asks: bool) -> None:
        """Ask before what is typed is thrown away, or go back to the form."""
        self.asks_to_discard = asks
        self.changed.emit()

    def discard(self) -> None:
        """Put what is typed in the bin; the fields say again what was read."""
        self.drafts.throw_away()
        self._take_form(self.base)
        self.asks_to_discard = False
        self.form_replaced.emit()
        self.changed.emit()

    def send(self) -> None:
        """Store what is new of the person, once everything is there."""
        if not self.may_send or self.details is None:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.details import ChangeDetails  # noqa: PLC0415

        command = ChangeDetails(
            case_id=self._case_id,
            person_id=self._person_id,
            version=self.details.version,
            change=self.new,
        )
        raises = self.is_raised
        use = self._uses.protect_person if raises else self._uses.change_details
        self._run(lambda: use(command), Told.PROTECTED if raises else Told.STORED)

    def ask(self) -> None:
        """Ask for less protection, which another has to confirm."""
        if not self.may_ask or self.details is None:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.lowering import AskToLower  # noqa: PLC0415

        command = AskToLower(
            case_id=self._case_id,
            person_id=self._person_id,
            version=self.details.version,
            to=self.more.to,
            why=self.form.tidy(FormField.WHY),
        )
        use = self._uses.ask_to_lower
        self._run(lambda: use(command), Told.ASKED)

    def answer(self, *, confirms: bool) -> None:
        """Confirm what was asked about the protection, refuse it, or take it back."""
        if self.is_working or self.details is None:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.lowering import AnswerLowering  # noqa: PLC0415

        command = AnswerLowering(
            case_id=self._case_id, person_id=self._person_id, version=self.details.version
        )
        use = self._uses.lower_protection if confirms else self._uses.drop_lowering
        self.is_working, self.trouble = True, None
        self.changed.emit()
        stored = partial(self._stored, Told.LOWERED if confirms else Told.LEFT_AS_IT_WAS)
        self._runner.run(self, lambda: use(command), stored, self._refuse)

    def was_typed(self) -> None:
        """Keep what is typed now, and take back a warning about somebody else."""
        typed = difference(self.base, self.whole)
        kept = "" if typed == NOTHING_TYPED else write_typed(typed)
        if kept not in {"", self.drafts.text}:
            self.told = Told.NOTHING
        self.drafts.keep(kept)
        self._search.forget_others(self.person())

    def look_for_others(self) -> None:
        """Look for cases about the same person, once another number or name is typed."""
        if self.is_touched:
            self._search.compare(self.person())

    def _run(self, work: Callable[[], Done[None]], told: Told) -> None:
        self.is_working, self.trouble = True, None
        self.changed.emit()
        self.drafts.put_to_use(self, work, partial(self._stored, told), self._refuse)

    def _stored(self, told: Told, done: Done[None]) -> None:
        self.is_working = False
        if told not in {Told.LOWERED, Told.LEFT_AS_IT_WAS}:
            self._take_form(self.base)
        self._search.clear()
        self.hide_details()
        self.told = told
        self.made.emit(done.changes)
        self.load()

    def _refuse(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, ConflictError):
            self.told = Told.CHANGED_MEANWHILE
            self.load()
        elif isinstance(error, InvalidInputError) and error.field in set(FormField):
            field = FormField(error.field)
            self.refused[field] = error.flaw
            self.left_fields |= {field}
        else:
            self.trouble = read_error(error)
            if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
                self.failed.emit(self.trouble)
        self.changed.emit()

    def _loaded(self, done: Done[PersonDetails]) -> None:
        self._patience.stop()
        is_first = self.details is None
        typed = difference(self.base, self.whole)
        if self.details is not None and done.value.version != self.details.version:
            # Who they were a moment ago must not stay on the screen.
            self.hide_details()
        self.details = done.value
        self.base = as_read(done.value)
        self._take_form(self.base if is_first else with_difference(self.base, typed))
        self.trouble = None
        self.form_replaced.emit()
        self._enter(DetailsState.READY)
        if is_first:
            self.drafts.look_for_earlier()

    def _take_draft(self, text: str) -> None:
        typed = read_typed(text)
        if typed is None:
            return
        self._take_form(with_difference(self.base, typed))
        self.left_fields = frozenset(one for one in FormField if typed.texts.get(one))
        self.form_replaced.emit()
        self.changed.emit()
        self.look_for_others()

    def _take_form(self, form: DetailsForm) -> None:
        self.form = form.person
        self.more = replace(form, person=self.base.person)
        self.left_fields = frozenset()
        self.refused = {}

    def _show(self, done: Done[ShownDetails]) -> None:
        if not self.may_show:
            return
        self.shown = done.value
        self._shown_for.start()
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        # Who can no longer be read must not stay on the screen.
        self.details = self.shown = None
        self._enter(DetailsState.FAILED)

    def _enter(self, state: DetailsState) -> None:
        self.state = state
        self.changed.emit()


def _timer(owner: QObject, milliseconds: int, after: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(after)
    return timer
