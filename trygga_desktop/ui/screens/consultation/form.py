"""What is told without a name, and what the gate asks: the two forms of the page. No widgets."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.gate import Threshold
from trygga_desktop.domain.ground_use import GroundAnswer, is_answered
from trygga_desktop.domain.grounds import Condition, ConditionKind, LegalGround
from trygga_desktop.ui.consent_words import read_day
from trygga_desktop.ui.text_form import TextForm
from trygga_desktop.ui.typed import Chosen, codes_of, id_in, ids_in, one_of, sorted_codes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

One = TypeVar("One")

_YES, _NO = "yes", "no"
_KIND, _DECISION = "kind", "decision"


class Field(StrEnum):
    """The texts of both forms, by the codes that errors name."""

    TEXT = "text"
    OWN_AGENCY = "own_agency"
    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    BORN = "birth_date"
    DECIDED_BY = "decided_by"
    ON = "on"
    MOTIVE = "motive"


class Missing(StrEnum):
    """What keeps a form from being sent, in the order of the page."""

    TEXT = "text"
    ORIGIN = "origin"
    CATEGORY = "category"
    OWN_AGENCY = "own_agency"
    THRESHOLD = "threshold"
    RECIPIENTS = "recipients"
    GROUND = "ground"
    ANSWERS = "answers"
    DECIDED_BY = "decided_by"
    DAY = "day"
    MOTIVE = "motive"
    NAME = "name"
    BORN = "birth_date"


def answer_field(ground: LegalGround, condition: Condition) -> str:
    """Return the name of the field in which a condition is answered."""
    return f"{ground.code}/{condition.code}"


class _Answering(TextForm):
    """A form with the conditions of a ground in it: facts are chosen, the rest is words."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, bool] = {}

    def say(self, field: str, *, holds: bool | None) -> None:
        """Answer a question of fact, or take the answer back."""
        said = dict(self.said)
        said.pop(field, None)
        if holds is not None:
            said[field] = holds
        if said != self.said:
            self.said = said
            self.refused.pop("answers", None)
            self.changed.emit()

    def answers(self, ground: LegalGround) -> tuple[GroundAnswer, ...]:
        """Return every answer, as the use case takes it."""
        return tuple(self._answer(ground, one) for one in ground.conditions)

    def is_whole(self, ground: LegalGround) -> bool:
        """Return whether every condition is answered, and facts as they must be."""
        return all(is_answered(one, self._answer(ground, one)) for one in ground.conditions)

    def _answer(self, ground: LegalGround, one: Condition) -> GroundAnswer:
        field = answer_field(ground, one)
        if one.kind is ConditionKind.YES_NO:
            return GroundAnswer(condition=one.code, holds=self.said.get(field))
        return GroundAnswer(condition=one.code, words=self.tidy(field))

    def chosen(self) -> Chosen:
        """Return the answers to questions of fact."""
        return {f"said {field}": (_YES if one else _NO,) for field, one in self.said.items()}

    def take_chosen(self, chosen: Chosen) -> None:
        """Answer as an earlier visit did."""
        self.said = {
            name.removeprefix("said "): one_of(chosen, name) == _YES
            for name in chosen
            if name.startswith("said ") and one_of(chosen, name) in {_YES, _NO}
        }


class TellForm(_Answering):
    """What an organisation tells, and who found that nobody is recognised by it."""

    def __init__(self, trial: LegalGround | None) -> None:
        super().__init__()
        self.trial = trial
        self.origin: UUID | None = None
        self.category = ""
        self.is_decision = False

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what is still to be filled in, in reading order."""
        there = {
            Missing.TEXT: self.tidy(Field.TEXT),
            Missing.ORIGIN: self.origin,
            Missing.CATEGORY: self.category,
            Missing.ANSWERS: self.trial is not None and self.is_whole(self.trial),
            Missing.MOTIVE: self.tidy(Field.MOTIVE),
            Missing.DECIDED_BY: self.tidy(Field.DECIDED_BY),
        }
        return tuple(one for one, is_there in there.items() if not is_there)

    def choose_origin(self, origin: UUID | None) -> None:
        """Say whose information it is."""
        if origin != self.origin:
            self.origin = origin
            self.changed.emit()

    def choose_category(self, category: str) -> None:
        """Say which kind of information it is."""
        if category != self.category:
            self.category = category
            self.changed.emit()

    def choose_kind(self, *, is_decision: bool) -> None:
        """Say whether the organisation decides it, or tells it."""
        if is_decision is not self.is_decision:
            self.is_decision = is_decision
            self.changed.emit()

    def chosen(self) -> Chosen:
        """Return whose it is, of which kind, whether it is decided, and the answers."""
        beside = {
            "origin": codes_of(self.origin),
            "category": codes_of(self.category or None),
            _KIND: codes_of(_DECISION if self.is_decision else None),
        }
        return {**super().chosen(), **beside}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose as an earlier visit did."""
        super().take_chosen(chosen)
        self.origin, self.category = id_in(chosen, "origin"), one_of(chosen, "category")
        self.is_decision = one_of(chosen, _KIND) == _DECISION


class GateForm(_Answering):
    """The four filters, and who it is where nobody has told that yet."""

    def __init__(self, *, needs_name: bool, today: date) -> None:
        super().__init__()
        self.needs_name = needs_name
        self.today = today
        self.texts[Field.ON] = today.isoformat()
        self.threshold: frozenset[Threshold] = frozenset()
        self.recipients: frozenset[UUID] = frozenset()
        self.ground: LegalGround | None = None
        self.find_ground: Callable[[str], LegalGround | None] = lambda _: None

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what is still to be filled in, in the order of the filters."""
        has_name = self.tidy(Field.GIVEN_NAME) or self.tidy(Field.FAMILY_NAME)
        there = {
            Missing.OWN_AGENCY: self.tidy(Field.OWN_AGENCY),
            Missing.THRESHOLD: self.threshold,
            Missing.RECIPIENTS: self.recipients,
            Missing.GROUND: self.ground,
            Missing.ANSWERS: self.ground is not None and self.is_whole(self.ground),
            Missing.DECIDED_BY: self.tidy(Field.DECIDED_BY),
            Missing.DAY: self.day is not None and self.day <= self.today,
            Missing.MOTIVE: self.tidy(Field.MOTIVE),
            Missing.NAME: has_name or not self.needs_name,
            Missing.BORN: not self.tidy(Field.BORN) or self.born is not None,
        }
        return tuple(one for one, is_there in there.items() if not is_there)

    @property
    def day(self) -> date | None:
        """Return the day on which it was decided, None where none stands there."""
        return read_day(self.text_in(Field.ON))

    @property
    def born(self) -> PartialDate | None:
        """Return the day of birth, None where none stands there or it is still to come."""
        day = read_day(self.text_in(Field.BORN))
        if day is None or day > self.today:
            return None
        try:
            return PartialDate(day.year, day.month, day.day)
        except ValueError:
            return None

    def tick(self, threshold: Threshold, *, holds: bool) -> None:
        """Say whether one thing tells that the threshold is reached."""
        self.threshold = _with(self.threshold, threshold, holds)
        self.changed.emit()

    def send_to(self, recipient: UUID, *, goes_on: bool) -> None:
        """Say whether an organisation can help, and goes on with the name."""
        self.recipients = _with(self.recipients, recipient, goes_on)
        self.refused.pop("recipients", None)
        self.changed.emit()

    def choose_ground(self, ground: LegalGround | None) -> None:
        """Choose why the name may be told."""
        self.ground = ground
        self.refused.pop("gate", None)
        self.changed.emit()

    def chosen(self) -> Chosen:
        """Return what is ticked and chosen."""
        ground = None if self.ground is None else self.ground.code
        beside = {
            "threshold": sorted_codes(self.threshold),
            "recipients": sorted_codes(self.recipients),
            "ground": codes_of(ground),
        }
        return {**super().chosen(), **beside}

    def take_chosen(self, chosen: Chosen) -> None:
        """Tick and choose as an earlier visit did."""
        super().take_chosen(chosen)
        known = set(Threshold)
        self.threshold = frozenset(
            Threshold(one) for one in chosen.get("threshold", ()) if one in known
        )
        self.recipients = frozenset(ids_in(chosen, "recipients"))
        self.ground = self.find_ground(one_of(chosen, "ground"))


def _with(held: frozenset[One], one: One, holds: bool) -> frozenset[One]:  # noqa: FBT001  a box's state
    return held | {one} if holds else held - {one}
