"""State of the pages of a plan: which are shown, what stands on them, and where they went."""

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
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.leaving import Leaving, LogMissed, News, PagesState
from trygga_desktop.ui.platform.saving import save_durably
from trygga_desktop.ui.press import PrintPdf
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from trygga_desktop.services.my_plan import OfferedLine
    from trygga_desktop.services.plan_papers import ComposedPlan, ComposePlan

PATIENCE = 400
"""Milliseconds after which pages that are still being made are told to be."""


class Pages(StrEnum):
    """Which pages of a plan, by the codes of the use case."""

    MY_PLAN = "my_plan"
    PLAN = "plan"
    COMPARISON = "comparison"
    PROGRESS = "progress"
    CLOSING = "closing"
    AGREEMENT = "agreement"


PLAN_PAGES = (Pages.MY_PLAN, Pages.PLAN, Pages.COMPARISON, Pages.PROGRESS)
"""The pages that one goes between: those of a plan. Each of the others stands alone."""

_PRINTED = {Pages.CLOSING: Printed.CLOSING, Pages.AGREEMENT: Printed.AGREEMENT}
"""What the log calls those that are no pages of a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What stands on the pages, and in which language. Of an agreement `after` is the version.

    `left_off` are lines of the plan that do not stand on "My plan".
    """

    pages: Pages = Pages.MY_PLAN
    language: str = "sv"
    shows_phone: bool = True
    shows_meeting: bool = True
    before: int = 0
    after: int = 0
    left_off: frozenset[UUID] = frozenset()

    @property
    def offered(self) -> tuple[Pages, ...]:
        """Return the pages that one can go to from here."""
        return PLAN_PAGES if self.pages in PLAN_PAGES else (self.pages,)


class PlanPapersViewModel(Leaving):
    """Has pages made, and has it logged before they leave.

    What the plan says may have changed while the pages stood on the screen: then they do not leave,
    and the new ones are shown instead.
    """

    left = Signal()

    def __init__(  # noqa: PLR0913  the use cases of the pages
        self,
        case_id: UUID,
        *,
        choices: Choices,
        compose_plan: Callable[[ComposePlan], Done[ComposedPlan]],
        log_print: Callable[[UUID], Done[None]],
        log_missed: LogMissed,
        log_save: Callable[[UUID], Done[None]],
        print_pdf: PrintPdf,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(print_pdf=print_pdf, runner=runner, now=now, parent=parent)
        self.state = PagesState.LOADING
        self.choices = choices
        self.composed: ComposedPlan | None = None
        self.offered: tuple[OfferedLine, ...] = ()
        self._case_id = case_id
        self._compose = compose_plan
        self._log_print = log_print
        self._log_missed = log_missed
        self._log_save = log_save
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def may_leave(self) -> bool:
        """Return whether there are pages to print or to save."""
        return self.composed is not None and not self.is_leaving

    @property
    def file_name(self) -> str:
        """Return a neutral name for a file; empty while there are no pages."""
        return "" if self.composed is None else self.composed.file_name

    @Slot()
    def load(self) -> None:
        """Have the chosen pages made."""
        # Pages that may not be right any more must not stay where they could be printed.
        self.composed = None
        self.state = PagesState.LOADING
        self._patience.start()
        self.changed.emit()
        compose, command, choices = self._compose, self._command(), self.choices

        def made(paper: ComposedPlan) -> None:
            # Others may have been chosen meanwhile; those are on the way.
            if choices == self.choices:
                self._patience.stop()
                self._take(paper)
                self.state, self.trouble = PagesState.READY, None
                self.changed.emit()

        self._runner.run(self, lambda: compose(command).value, made, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if something that the pages tell of was changed."""
        told = (changes.meetings, changes.items, changes.consents, changes.parties)
        if any(told) and source is not self:
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the pages are still being made."""
        if self.state is PagesState.LOADING:
            self.state = PagesState.SLOW
            self.changed.emit()

    def choose(self, **fields: object) -> None:
        """Show other pages, or the same with something else on them."""
        chosen = replace(self.choices, **fields)  # type: ignore[arg-type]  # each is of its field's type
        if chosen == self.choices or self.is_leaving:
            return
        self.choices = chosen
        self._forget()
        self.load()

    def let_stand(self, line_id: UUID, *, stands: bool) -> None:
        """Let a line stand on "My plan", or leave it off."""
        others = self.choices.left_off - {line_id}
        self.choose(left_off=others if stands else others | {line_id})

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages, once the log says so."""
        if self.composed is None or self.is_leaving:
            return
        pdf, what = self.composed.pdf, _PRINTED.get(self.choices.pages, Printed.PLAN)
        printed = self._begin_print(partial(self._log_missed, what, self._case_id))
        self._let_go(
            printed.once(self._log_print),
            lambda _: None,
            lambda: self._put_logged_on_paper(pdf, printer, printed),
            self._refused,
        )

    def save_to(self, file: Path, *, replaces: bool = False) -> None:
        """Save the pages as a file, once the log says so; ask first if there is one already."""
        if self.composed is None or self.is_leaving:
            return
        if not replaces and self._must_ask(file):
            return
        self._let_go(
            self._log_save,
            lambda content: save_durably(file, content, replaces=replaces),
            lambda: self._tell(News.SAVED, file=file),
            lambda error: self._not_saved(error, file),
        )

    def replace(self) -> None:
        """Save over the file that is there already."""
        if self.to_replace is not None:
            self.save_to(self.to_replace, replaces=True)

    def go_back(self) -> None:
        """Go back to the plan."""
        self.left.emit()

    def _let_go(
        self,
        log: Callable[[UUID], Done[None]],
        then: Callable[[bytes], None],
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Ask for the pages once more, have it logged, and then do it; nothing if they changed."""
        shown, case_id = self.composed, self._case_id
        compose, command = self._compose, self._command()

        def work() -> ComposedPlan | None:
            again = compose(command).value
            if shown is None or again.pdf != shown.pdf:
                return again
            log(case_id)
            then(again.pdf)
            return None

        def answered(again: ComposedPlan | None) -> None:
            self.is_leaving = False
            if again is None:
                done()
            else:
                self._take(again)
                self._tell(News.CHANGED)

        self._forget()
        self.is_leaving = True
        self.changed.emit()
        self._runner.run(self, work, answered, failed)

    def _take(self, paper: ComposedPlan) -> None:
        self.composed, self.offered = paper, paper.offered

    def _command(self) -> ComposePlan:
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.plan_papers import ComposePlan, PlanPaper  # noqa: PLC0415

        chosen = self.choices
        return ComposePlan(
            case_id=self._case_id,
            paper=PlanPaper(chosen.pages),
            language=chosen.language,
            before=chosen.before,
            after=chosen.after,
            shows_phone=chosen.shows_phone,
            shows_meeting=chosen.shows_meeting,
            left_off=chosen.left_off,
        )

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.composed = None
        self.state = PagesState.FAILED
        self.changed.emit()
