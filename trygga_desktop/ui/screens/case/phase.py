"""State of the form in which a case goes on to another phase. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.case import ENDS, Phase
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.long_term import LongTermBar
from trygga_desktop.domain.outcomes import ClosingReason
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import Typed, codes_of, one_of, read_typed, write_typed

if TYPE_CHECKING:
    from trygga_desktop.services.overview import CaseOverview, ChangePhase

MOST_WORDS = 2_000
"""The longest text in characters that goes with a change of phase."""


class Missing(StrEnum):
    """What keeps a case from going on."""

    PHASE = "phase"
    REASON = "reason"
    WORDS = "words"
    LEFT_OPEN = "left_open"
    LENGTH = "length"


class PhaseForm(QObject):
    """Which phase comes next, why, and in which words. It is closed until somebody asks for it.

    `unanswered` counts the goals and commitments of which nobody has said what became of them;
    `left_open` is why, where the work ends so. `bar` is what stood against asking after the end.
    """

    changed = Signal()
    replaced = Signal()
    moved = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what a change of phase stands on
        self,
        case_id: UUID,
        *,
        change_phase: Callable[[ChangePhase], Done[None]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_open = False
        self.is_working = False
        self.phase: Phase | None = None
        self.reason = ""
        self.words = ""
        self.left_open = ""
        self.unanswered = 0
        self.bar: LongTermBar | None = None
        self.trouble: Trouble | None = None
        self.ways: tuple[tuple[Phase, bool], ...] = ()
        self.reasons: tuple[ClosingReason, ...] = ()
        self._case_id = case_id
        self._change_phase = change_phase
        self._runner = runner
        place = Place(kind=DraftKind.PHASE, subject_id=case_id, case_id=case_id)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, parent=self)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)

    @property
    def needs_reason(self) -> bool:
        """Return whether the chosen phase asks for a closing reason."""
        return dict(self.ways).get(self.phase, False) if self.phase is not None else False

    @property
    def chosen_reason(self) -> ClosingReason | None:
        """Return the closing reason that is chosen, where one is needed."""
        if not self.needs_reason:
            return None
        return next((one for one in self.offered_reasons if one.code == self.reason), None)

    @property
    def needs_left_open(self) -> bool:
        """Return whether one has to say why something has no answer."""
        return self.phase in ENDS and self.unanswered > 0

    @property
    def offered_reasons(self) -> tuple[ClosingReason, ...]:
        """Return the closing reasons to choose from: after some of them nobody may ask again."""
        asks = self.phase is Phase.LONG_TERM_FOLLOW_UP
        return tuple(one for one in self.reasons if one.long_term or not asks)

    @property
    def missing(self) -> Missing | None:
        """Return the first thing that is not there yet, in reading order."""
        reason = self.chosen_reason
        if self.phase is None:
            return Missing.PHASE
        if self.needs_reason and reason is None:
            return Missing.REASON
        if reason is not None and reason.needs_text and not self.words.strip():
            return Missing.WORDS
        if self.needs_left_open and not self.left_open.strip():
            return Missing.LEFT_OPEN
        is_long = max(len(self.words), len(self.left_open)) > MOST_WORDS
        return Missing.LENGTH if is_long else None

    @property
    def may_go_on(self) -> bool:
        """Return whether everything is there."""
        return self.is_open and self.missing is None and not self.is_working

    def offer(self, overview: CaseOverview | None) -> None:
        """Take the ways that lead on from here. What was chosen goes where it leads nowhere now."""
        ways = () if overview is None else overview.ways_on
        # Staying is no way on, although a phase may follow itself.
        self.ways = tuple(
            way for way in ways if overview is not None and way[0] is not overview.step.phase
        )
        self.reasons = () if overview is None else overview.catalogue.closing_reasons
        self.unanswered = 0 if overview is None else overview.unanswered
        if self.phase is not None and self.phase not in dict(self.ways):
            self.phase = None
            self.replaced.emit()
        if not self.ways:
            self.is_open = False
        self.changed.emit()

    def open(self) -> None:
        """Show the form, with what an earlier visit left in it."""
        self.is_open = bool(self.ways)
        if len(self.ways) == 1:
            self.phase = self.ways[0][0]
        self.changed.emit()
        if self.is_open:
            self.drafts.look_for_earlier()

    def close(self) -> None:
        """Put the form away; the words in it go into the bin."""
        if self.is_working:
            return
        self.drafts.throw_away()
        self._clear()
        self.changed.emit()

    def choose(self, phase: Phase | None) -> None:
        """Choose the phase that comes next."""
        self.phase, self.bar = phase, None
        self._keep()
        self.changed.emit()

    def choose_reason(self, code: str) -> None:
        """Choose why the case ends."""
        self.reason = code
        self._keep()
        self.changed.emit()

    def type_words(self, text: str) -> None:
        """Take the words that go with it."""
        if text != self.words:
            self.words = text
            self._keep()
            self.changed.emit()

    def type_left_open(self, text: str) -> None:
        """Take why something has no answer."""
        if text != self.left_open:
            self.left_open = text
            self._keep()
            self.changed.emit()

    def leave(self) -> None:
        """Store the words at once: the screen is left, or the vault is being locked."""
        self.drafts.store_now()

    def go_on(self) -> None:
        """Have the case go on."""
        if not self.may_go_on or self.phase is None:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.overview import ChangePhase  # noqa: PLC0415

        command = ChangePhase(
            case_id=self._case_id,
            phase=self.phase,
            reason=self.reason if self.needs_reason else "",
            words=self.words.strip(),
            left_open=self.left_open.strip() if self.needs_left_open else "",
        )
        self.is_working, self.trouble, self.bar = True, None, None
        self.changed.emit()
        change = self._change_phase
        self.drafts.put_to_use(self, lambda: change(command), self._moved, self._refused)

    def _moved(self, done: Done[None]) -> None:
        self.is_working = False
        self._clear()
        self.changed.emit()
        self.moved.emit(done.changes)

    def _refused(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, InvalidInputError) and error.field == "long_term":
            self.bar = LongTermBar(error.flaw)
            self.changed.emit()
            return
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.changed.emit()

    def _keep(self) -> None:
        chosen = {"phase": codes_of(self.phase), "reason": codes_of(self.reason or None)}
        texts = {"words": self.words}
        if self.left_open:
            texts["left_open"] = self.left_open
        typed = Typed(texts=texts, chosen=chosen)
        # What is chosen says little without any words.
        has_words = any(one.strip() for one in texts.values())
        self.drafts.keep(write_typed(typed) if has_words else "")

    def _take_draft(self, text: str) -> None:
        typed = read_typed(text)
        if typed is None:
            return
        self.words = typed.texts.get("words", "")
        self.left_open = typed.texts.get("left_open", "")
        phase = one_of(typed.chosen, "phase")
        self.phase = next((one for one, _ in self.ways if one == phase), self.phase)
        self.reason = one_of(typed.chosen, "reason")
        self.replaced.emit()
        self.changed.emit()

    def _clear(self) -> None:
        self.is_open = False
        self.phase, self.reason, self.words, self.left_open = None, "", "", ""
        self.trouble = self.bar = None
        self.replaced.emit()
