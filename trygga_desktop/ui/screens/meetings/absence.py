"""State of the form in which somebody is said not to come to a meeting, and why. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import Trouble
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import Typed, code_in, codes_of, id_in, read_typed, write_typed


class Why(StrEnum):
    """Why somebody does not come: in words that stand ready, or in words of one's own."""

    ILL = "ill"
    PREVENTED = "prevented"
    UNWILLING = "unwilling"
    UNANSWERED = "unanswered"
    OWN = "own"


class AbsenceForm(QObject):
    """Who does not come to a meeting, and why. Words of one's own are kept as they are typed.

    `replaced` follows when it holds something else than what was chosen or typed.
    """

    replaced = Signal()
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what a draft stands on
        self,
        case_id: UUID,
        meeting_id: UUID,
        *,
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.meeting_id = meeting_id
        self.who: UUID | None = None
        self.why = Why.ILL
        self.words = ""
        place = Place(kind=DraftKind.ABSENCE, subject_id=meeting_id, case_id=case_id)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, parent=self)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)
        self.drafts.look_for_earlier()

    @property
    def lacks_words(self) -> bool:
        """Return whether words of one's own are to tell why, and none do yet."""
        return self.why is Why.OWN and not self.words.strip()

    def choose_who(self, participant_id: UUID | None) -> None:
        """Say who does not come."""
        self.who = participant_id
        self._keep()

    def choose_why(self, why: Why) -> None:
        """Say why, in one of the ways to say it."""
        self.why = why
        self._keep()

    def type_words(self, words: str) -> None:
        """Take why in words of one's own."""
        # Half characters could not be stored.
        self.words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._keep()

    def _keep(self) -> None:
        typed = Typed(
            texts={"words": self.words},
            chosen={"who": codes_of(self.who), "why": codes_of(self.why)},
        )
        # What is chosen says little without any words.
        self.drafts.keep(write_typed(typed) if self.words.strip() else "")

    def _take_draft(self, text: str) -> None:
        typed = read_typed(text)
        if typed is None:
            return
        self.words = typed.texts.get("words", "")
        self.who = id_in(typed.chosen, "who") or self.who
        self.why = code_in(typed.chosen, "why", Why, Why.OWN)
        self.replaced.emit()
