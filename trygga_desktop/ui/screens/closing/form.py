"""What is written of the end, and later of how it is: forms without widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from trygga_desktop.domain.closing import (
    AreaWords,
    CommitmentEnding,
    Ending,
    GoalOutcome,
    GoalReview,
)
from trygga_desktop.domain.plan import HIGHEST, LOWEST
from trygga_desktop.ui.text_form import TextForm
from trygga_desktop.ui.typed import Chosen, one_of

if TYPE_CHECKING:
    from datetime import date

    from trygga_desktop.services.closing import ClosingView, KeepClosing
    from trygga_desktop.services.later_looks import NoteLaterLook

_APART = " "
LOOK = "look"
"""The field of what was found by asking again."""


def evidence_field(goal_id: UUID) -> str:
    """Return the field of how one knows what became of a goal."""
    return f"evidence {goal_id}"


def words_field(area: str) -> str:
    """Return the field of what the young person says of an area."""
    return f"words {area}"


def ending_field(commitment_id: UUID) -> str:
    """Return the field of what is noted on the end of a commitment."""
    return f"ending {commitment_id}"


class ClosingForm(TextForm):
    """An outcome for each goal, an ending for each open commitment, and words beside both.

    An ending is chosen together with what it needs, as one code: the reason why something was not
    possible or not done, or the organisation that goes on with it.
    """

    def __init__(self, found: ClosingView, parent: QObject | None = None) -> None:
        super().__init__(_texts(found), parent)
        self._goals = [one.line.id for one in found.goals]
        self._areas = areas_of(found)
        self._promises = [one.id for one in found.open_commitments]
        self._plan_number = found.plan_number
        self.outcomes = {one.line.id: one.outcome for one in found.goals}
        self.endings: dict[UUID, str] = {}

    def choose_outcome(self, goal_id: UUID, outcome: GoalOutcome | None) -> None:
        """Say what became of a goal."""
        if self.outcomes.get(goal_id) is not outcome:
            self.outcomes[goal_id] = outcome
            self.changed.emit()

    def choose_ending(self, commitment_id: UUID, code: str) -> None:
        """Say what became of a commitment, by a code of `ending_code`; empty for nothing yet."""
        if self.endings.get(commitment_id, "") != code:
            self.endings[commitment_id] = code
            self.changed.emit()

    @property
    def unanswered(self) -> int:
        """Return how many goals and commitments have no answer yet."""
        goals = sum(self.outcomes.get(one) is None for one in self._goals)
        return goals + sum(not self.endings.get(one) for one in self._promises)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the texts that stand beside no answer, and would be lost."""
        goals = [evidence_field(one) for one in self._goals if self.outcomes.get(one) is None]
        promises = [ending_field(one) for one in self._promises if not self.endings.get(one)]
        return tuple(one for one in (*goals, *promises) if self.tidy(one))

    def command(self, case_id: UUID) -> KeepClosing:
        """Return what is written as the use case takes it."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.closing import KeepClosing  # noqa: PLC0415

        goals = tuple(
            GoalReview(goal_id=one, outcome=outcome, evidence=self.tidy(evidence_field(one)))
            for one in self._goals
            if (outcome := self.outcomes.get(one)) is not None
        )
        return KeepClosing(
            case_id=case_id,
            plan_number=self._plan_number,
            goals=goals,
            own_words=tuple(
                AreaWords(area=one, words=self.tidy(words_field(one))) for one in self._areas
            ),
            endings=tuple(
                read_ending(one, self.endings[one], self.tidy(ending_field(one)))
                for one in self._promises
                if self.endings.get(one)
            ),
        )

    def chosen(self) -> Chosen:
        """Return what became of goals and commitments."""
        told = {
            f"outcome {one}": () if outcome is None else (outcome.value,)
            for one, outcome in self.outcomes.items()
        }
        return told | {f"became {one}": (code,) for one, code in self.endings.items() if code}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose."""
        known = set(GoalOutcome)
        for one in self._goals:
            code = one_of(chosen, f"outcome {one}")
            self.outcomes[one] = GoalOutcome(code) if code in known else self.outcomes.get(one)
        for one in self._promises:
            code = one_of(chosen, f"became {one}")
            if is_ending(code):
                self.endings[one] = code


class LookForm(TextForm):
    """What was found by asking again, and how the young person says that it is."""

    def __init__(self, due_on: date, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self.due_on = due_on
        self.figures: dict[str, int] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the words while there are none."""
        return () if self.tidy(LOOK) else (LOOK,)

    def rate(self, area: str, figure: int | None) -> None:
        """Take a figure, or leave the area out."""
        if self.figures.get(area) == figure:
            return
        if figure is None:
            self.figures.pop(area)
        else:
            self.figures[area] = figure
        self.changed.emit()

    def command(self, case_id: UUID) -> NoteLaterLook:
        """Return what was found as the use case takes it."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.later_looks import NoteLaterLook  # noqa: PLC0415

        return NoteLaterLook(
            case_id=case_id,
            due_on=self.due_on,
            words=self.tidy(LOOK),
            values=dict(self.figures),
        )

    def chosen(self) -> Chosen:
        """Return the figures."""
        return {f"figure {area}": (str(figure),) for area, figure in self.figures.items()}

    def take_chosen(self, chosen: Chosen) -> None:
        """Enter the figures of an earlier visit."""
        for name in chosen:
            kind, _, area = name.partition(_APART)
            figure = one_of(chosen, name)
            if kind == "figure" and figure.isdecimal() and LOWEST <= int(figure) <= HIGHEST:
                self.figures[area] = int(figure)


def areas_of(found: ClosingView) -> tuple[str, ...]:
    """Return the areas that have a goal or words, in the order of the catalogue."""
    used = {one.line.item.area for one in found.goals} | found.own_words.keys()
    known = [one.code for one in found.catalogue.life_areas]
    return tuple(one for one in (*known, "") if one in used)


def ending_code(ending: Ending, what: object = "") -> str:
    """Return an ending as one code, with the reason or the organisation that it needs."""
    return f"{ending.value}{_APART}{what}".strip()


def is_ending(code: str) -> bool:
    """Tell whether a code is that of an ending."""
    return code.partition(_APART)[0] in set(Ending)


def read_ending(commitment_id: UUID, code: str, words: str) -> CommitmentEnding:
    """Return what a code says became of a commitment."""
    kind, _, what = code.partition(_APART)
    ending = Ending(kind)
    is_handed = ending is Ending.HANDED_OVER
    return CommitmentEnding(
        commitment_id=commitment_id,
        ending=ending,
        reason="" if is_handed else what,
        handed_to=UUID(what) if is_handed else None,
        words=words,
    )


def _texts(found: ClosingView) -> dict[str, str]:
    texts = {evidence_field(one.line.id): one.evidence for one in found.goals if one.evidence}
    return texts | {words_field(area): words for area, words in found.own_words.items() if words}
