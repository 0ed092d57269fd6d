"""State of the commitments of all cases: which are asked about, what was found, what is raised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.audit import Printed
from trygga_desktop.domain.words import Words
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.leaving import Leaving, LogMissed, News
from trygga_desktop.ui.platform.saving import save_durably
from trygga_desktop.ui.press import PrintPdf
from trygga_desktop.ui.problems import ProblemKind, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from trygga_desktop.services.due_calendar import ComposeDueCalendar, DueCalendar
    from trygga_desktop.services.escalation import ComposeRaised, RaiseCommitments
    from trygga_desktop.services.follow_up import FollowUpList, FollowUpQuestion, FollowUpRow
    from trygga_desktop.services.papers import ComposedPaper

PATIENCE = 400
"""Milliseconds after which a list that is still being read is told to be."""

AFTER_LAST_KEY = 300
"""Milliseconds after the last key of a name at which the list is narrowed."""


class FollowUpState(StrEnum):
    """What stands where the list is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class Span(StrEnum):
    """Which days are asked about, or what is to be raised, by the codes of the use case."""

    OVERDUE = "overdue"
    TODAY = "today"
    COMING = "coming"
    LATER = "later"
    TO_RAISE = "to_raise"


class Form(StrEnum):
    """What can be saved, by how the name of such a file ends: the list to raise, or reminders."""

    PDF = "pdf"
    CALENDAR = "ics"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for; `is_family` is what the young person and the family promised.

    `is_own` asks for the cases that whoever asks is responsible for.
    """

    span: Span = Span.OVERDUE
    organisation_id: UUID | None = None
    is_family: bool = False
    is_own: bool = False
    responsible: str = ""


class FollowUpViewModel(Leaving):
    """Reads the commitments in parts, those that are due first.

    What is saved from it is logged before it leaves. `to_raise` is what somebody is asked about,
    whether it was raised: the first of what is shown, as many as are recorded at once.
    """

    case_chosen = Signal(UUID)
    made = Signal(Changes)

    def __init__(  # noqa: PLR0913  the use cases of the list
        self,
        *,
        read_follow_up: Callable[[FollowUpQuestion], Done[FollowUpList]],
        raise_commitments: Callable[[RaiseCommitments], Done[int]],
        compose_raised: Callable[[ComposeRaised], Done[ComposedPaper]],
        compose_due_calendar: Callable[[ComposeDueCalendar], Done[DueCalendar]],
        log_list_saved: Callable[[], Done[None]],
        log_list_printed: Callable[[], Done[None]],
        log_missed: LogMissed,
        print_pdf: PrintPdf,
        language: Language,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(print_pdf=print_pdf, runner=runner, now=now, parent=parent)
        self.to_raise: frozenset[UUID] = frozenset()
        self.raised: int | None = None
        self.form = Form.PDF
        self._raise_commitments = raise_commitments
        self._compose_raised = compose_raised
        self._compose_due_calendar = compose_due_calendar
        self._log_list_saved = log_list_saved
        self._log_list_printed = log_list_printed
        self._log_missed = log_missed
        self._language = language
        self.state = FollowUpState.LOADING
        self.asked = Asked()
        self._shown_for = self.asked
        self.found: FollowUpList | None = None
        self.rows: tuple[FollowUpRow, ...] = ()
        self._saved_for = ""
        self._read_follow_up = read_follow_up
        self._patience = self._timer(PATIENCE, self.lose_patience)
        self._typing = self._timer(AFTER_LAST_KEY, self.load)

    def _timer(self, after: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(act)
        return timer

    @property
    def has_more(self) -> bool:
        """Return whether there are more than are shown."""
        return self.found is not None and self.found.more is not None

    @property
    def is_asking(self) -> bool:
        """Return whether somebody is asked whether what is shown was raised."""
        return bool(self.to_raise)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Return the codes of whom what is shown is raised with."""
        return tuple(dict.fromkeys(code for one in self.rows if (code := self._to(one))))

    @property
    def rules(self) -> tuple[Words, ...]:
        """Return the words of the programmes by which what is shown is raised."""
        if self.found is None or self.asked.span is not Span.TO_RAISE:
            return ()
        codes = {one.row.programme for one in self.rows}
        return tuple(
            dict.fromkeys(
                one.escalation_text for one in self.found.catalogue.programmes if one.code in codes
            )
        )

    @property
    def may_raise(self) -> bool:
        """Return whether there is something to raise."""
        return self.asked.span is Span.TO_RAISE and bool(self.rows) and not self.is_leaving

    @property
    def is_narrowed(self) -> bool:
        """Return whether only those of somebody, or of some cases, are asked for."""
        asked = self.asked
        return (
            asked.organisation_id is not None
            or asked.is_family
            or asked.is_own
            or bool(asked.responsible.strip())
        )

    def count(self, span: Span) -> int:
        """Return how many there are in a span."""
        counts = {} if self.found is None else self.found.counts
        return next((count for one, count in counts.items() if one.value == span.value), 0)

    @Slot()
    def load(self) -> None:
        """Read the first of them."""
        if self.state is not FollowUpState.READY:
            self._enter(FollowUpState.LOADING)
        self._ask(more=False)

    @Slot()
    def load_more(self) -> None:
        """Read more of them, behind those that are shown."""
        if self.has_more:
            self._ask(more=True)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that is shown here."""
        told = (changes.items, changes.meetings, changes.cases, changes.parties)
        if any(told) and source is not self:
            self.load()

    def choose(self, **fields: object) -> None:
        """Ask for something else."""
        asked = replace(self.asked, **fields)  # type: ignore[arg-type]  # each is of its field's type
        if asked != self.asked:
            self.asked = asked
            self._ask_no_more()
            self.load()

    def type_name(self, name: str) -> None:
        """Ask for what somebody promised, by a part of the name."""
        self.asked = replace(self.asked, responsible=name)
        self._ask_no_more()
        self._typing.start()

    def open(self, place: int) -> None:
        """Go to the case of a row."""
        if 0 <= place < len(self.rows):
            self.case_chosen.emit(self.rows[place].row.id)

    def raise_one(self, place: int) -> None:
        """Record that one of them was raised."""
        if self.may_raise and 0 <= place < len(self.rows):
            self._raise(frozenset({self.rows[place].id}))

    def ask_about_all(self) -> None:
        """Ask whether all that is shown was raised: nothing takes that back."""
        if self.may_raise:
            # Imported here: the first window does not wait for the database.
            from trygga_desktop.services.escalation import MOST_AT_ONCE  # noqa: PLC0415

            self._forget()
            self.to_raise = frozenset(one.id for one in self.rows[:MOST_AT_ONCE])
            self.changed.emit()

    def raise_all(self) -> None:
        """Record that what was asked about was raised."""
        if self.may_raise and self.is_asking:
            self._raise(self.to_raise)

    def file_name(self, form: Form) -> str:
        """Return a neutral name for a file, in the language of the screen."""
        language = self._language
        if form is Form.CALENDAR:
            return language.gettext("commitments-due.ics")
        day = self._now().astimezone(STOCKHOLM).date().isoformat()
        return language.gettext("late-commitments-{day}.pdf").format(day=day)

    def save_to(self, file: Path, *, form: Form, to: str = "", replaces: bool = False) -> None:
        """Save the list or the reminders, once the log says so; ask first about a file there."""
        if self.is_leaving or (form is Form.PDF and not self.may_raise):
            return
        self.form, self._saved_for = form, to or self._saved_for
        if not replaces and self._must_ask(file):
            return
        compose = self._maker(form)
        log = self._log_list_saved

        def work() -> None:
            content = compose()
            log()
            save_durably(file, content, replaces=replaces)

        self._forget()
        self.is_leaving = True
        self.changed.emit()
        self._runner.run(
            self,
            work,
            lambda _: self._saved(file),
            lambda error: self._not_saved(error, file),
        )

    def print_on(self, printer: QPrinter, *, to: str) -> None:
        """Print the list of what is to be raised with these, once the log says so."""
        if not self.may_raise:
            return
        self.form, self._saved_for = Form.PDF, to
        compose = self._maker(Form.PDF)
        printed = self._begin_print(partial(self._log_missed, Printed.LIST))
        log = printed.once(self._log_list_printed)

        def work() -> bytes:
            pdf = compose()
            log()
            return pdf

        def logged(pdf: bytes) -> None:
            self.is_leaving = False
            self._put_logged_on_paper(pdf, printer, printed)

        self._forget()
        self.is_leaving = True
        self.changed.emit()
        self._runner.run(self, work, logged, self._refused)

    def replace(self) -> None:
        """Save over the file that is there already."""
        if self.to_replace is not None:
            self.save_to(self.to_replace, form=self.form, replaces=True)

    @Slot()
    def lose_patience(self) -> None:
        """Say that the list is still being read."""
        if self.state is FollowUpState.LOADING:
            self._enter(FollowUpState.SLOW)

    def _ask(self, *, more: bool) -> None:
        self._patience.start()
        asked = self.asked
        after = self.found.more if more and self.found is not None else None
        question = replace(self._question(), after=after)
        read = self._read_follow_up

        def loaded(done: Done[FollowUpList]) -> None:
            # Something else may have been asked for meanwhile; that is on the way. More is put
            # behind what it was asked for behind, and that once.
            fits = not more or (self.found is not None and self.found.more == after)
            if asked == self.asked and fits:
                self._patience.stop()
                earlier = self.rows if more else ()
                self.found, self.rows = done.value, (*earlier, *done.value.rows)
                self._shown_for = asked
                if self.state is FollowUpState.FAILED:
                    self.trouble = None
                self._enter(FollowUpState.READY)

        self._runner.run(self, lambda: read(question), loaded, self._fail)

    def _question(self) -> FollowUpQuestion:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.follow_up import FollowUpQuestion  # noqa: PLC0415
        from trygga_desktop.services.follow_up import Span as Asking  # noqa: PLC0415

        asked = self.asked
        return FollowUpQuestion(
            span=Asking(asked.span.value),
            organisation_id=asked.organisation_id,
            is_family=asked.is_family,
            is_own=asked.is_own,
            responsible=asked.responsible,
        )

    def _to(self, row: FollowUpRow) -> str:
        """Return the code of whom a commitment is raised with."""
        if self.found is None:
            return ""
        known = (one for one in self.found.catalogue.programmes if one.code == row.row.programme)
        return next((one.escalation.to.value for one in known), "")

    def _raise(self, ids: frozenset[UUID]) -> None:
        # Imported here: as above.
        from trygga_desktop.services.escalation import RaiseCommitments  # noqa: PLC0415

        command = RaiseCommitments(commitment_ids=ids)
        self._forget()
        self.is_leaving = True
        self.changed.emit()
        record = self._raise_commitments
        self._runner.run(self, lambda: record(command), self._recorded, self._refused)

    def _recorded(self, done: Done[int]) -> None:
        self.is_leaving = False
        self.raised = done.value
        self.changed.emit()
        self.made.emit(done.changes)
        self.load()

    def _saved(self, file: Path) -> None:
        self.is_leaving = False
        self._tell(News.SAVED, file=file)

    def _look_again(self) -> None:
        # Somebody else may have raised it, or done what was late.
        self.load()

    def _forget(self) -> None:
        super()._forget()
        self.to_raise, self.raised = frozenset(), None

    def _ask_no_more(self) -> None:
        """Take the question away: something else is about to be shown than it was about."""
        if self.is_asking:
            self._forget()
            self.changed.emit()

    def _maker(self, form: Form) -> Callable[[], bytes]:
        """Return what makes the content of a file."""
        # Imported here: as above.
        from trygga_desktop.domain.programme import Decider  # noqa: PLC0415
        from trygga_desktop.services.due_calendar import ComposeDueCalendar  # noqa: PLC0415
        from trygga_desktop.services.escalation import ComposeRaised  # noqa: PLC0415

        if form is Form.CALENDAR:
            remind = self._compose_due_calendar
            asked = ComposeDueCalendar(question=self._question(), language=self._language.code)
            return lambda: remind(asked).value.content
        compose, shown = self._compose_raised, self._shown_for
        command = ComposeRaised(
            to=Decider(self._saved_for),
            commitment_ids=frozenset(one.id for one in self.rows),
            organisation_id=shown.organisation_id,
            is_own=shown.is_own,
            is_by_name=bool(shown.responsible.strip()),
            is_part=self.has_more,
            language=self._language.code,
        )
        return lambda: compose(command).value.pdf

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.found, self.rows = None, ()
        self._enter(FollowUpState.FAILED)

    def _enter(self, state: FollowUpState) -> None:
        self.state = state
        self.changed.emit()
