"""Puts the lines of a plan, as the door let them through, in the order and words of its pages."""

from collections.abc import Iterable, Sequence

from trygga_desktop.documents import plan
from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.i18n import Language
from trygga_desktop.services.plan_comparison import say_sign
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.services.standing import Standing

_TOLD = (LineKind.STATE, LineKind.STRENGTH, LineKind.NEED, LineKind.INSTRUMENT)


class PlanWriter:
    """Writes in one language.

    Of what a meeting agreed on, `is_agreed`, nothing is said of how an action stands that is still
    to be done.
    """

    def __init__(self, standing: Standing, language: Language, *, is_agreed: bool = False) -> None:
        self._standing = standing
        self._language = language
        self._is_agreed = is_agreed

    def areas(self, lines: Sequence[ShownPlanLine]) -> Iterable[plan.AreaPart]:
        """Yield what stands in each area, in the order of the catalogue."""
        _ = self._language.gettext
        labels = {
            LineKind.STATE: _("How it is now"),
            LineKind.STRENGTH: _("Strength"),
            LineKind.NEED: _("Need"),
            LineKind.INSTRUMENT: _("Assessment instrument"),
            LineKind.NOTE: _("Note"),
        }
        codes = [one.code for one in self._standing.catalogue.life_areas]
        others = dict.fromkeys(one.item.area for one in lines if one.item.area not in {*codes, ""})
        for code in (*codes, *others, ""):
            of_area = [
                one for one in lines if one.item.area == code and one.kind is not LineKind.WISH
            ]
            if not of_area:
                continue
            told = [one for kind in (*_TOLD, LineKind.NOTE) for one in of_area if one.kind is kind]
            yield plan.AreaPart(
                name=self.area_name(code),
                told=tuple((labels[one.kind], self._told_of(one)) for one in told),
                goals=tuple(self._goals(of_area)),
            )

    def in_words(self, line: ShownPlanLine) -> str:
        """Return a line with who does it, until when, and how one will know, below its words."""
        day, hour = line.until
        below = [self.who(line), "" if day is None else self._language.due_long(day, hour)]
        if line.sign:
            below.append(say_sign(line.kind, line.sign, self._language))
        told = " · ".join(one for one in below if one)
        return f"{line.item.text}\n{told}" if told else line.item.text

    def _told_of(self, line: ShownPlanLine) -> str:
        return self.in_words(line) if line.kind is LineKind.INSTRUMENT else line.item.text

    def _goals(self, lines: Sequence[ShownPlanLine]) -> Iterable[plan.GoalPart]:
        goals = [one for one in lines if one.kind is LineKind.GOAL]
        actions = [one for one in lines if one.kind is LineKind.ACTION]
        known = {one.id for one in goals}
        for goal in goals:
            yield plan.GoalPart(
                text=goal.item.text,
                term=goal.term,
                sign=goal.sign,
                actions=tuple(self._action(one) for one in actions if one.goal_id == goal.id),
            )
        loose = [one for one in actions if one.goal_id not in known]
        if loose:
            yield plan.GoalPart(actions=tuple(self._action(one) for one in loose))

    def _action(self, line: ShownPlanLine) -> plan.ActionRow:
        return plan.ActionRow(
            text=line.item.text,
            who=self.who(line),
            due=line.due_on,
            hour=line.due_at,
            state=self._state(line),
            own_part=line.own_part,
            asked_on=line.follow_up_on,
        )

    def _state(self, line: ShownPlanLine) -> str:
        _ = self._language.gettext
        is_open = line.progress is None or line.progress.state.is_open
        if self._is_agreed and is_open:
            return ""
        if line.progress is None:
            return _("Proposed")
        if line.progress.is_late:
            return _("Late")
        return {
            CommitmentState.NOT_STARTED: _("Not begun"),
            CommitmentState.DOING: _("Under way"),
            CommitmentState.DONE: _("Done"),
            CommitmentState.NOT_POSSIBLE: _("Not possible"),
            CommitmentState.NOT_DONE: _("Did not happen"),
            CommitmentState.CHANGED: _("Changed"),
            CommitmentState.FROZEN: _("Rests"),
        }[line.progress.state]

    def who(self, line: ShownPlanLine) -> str:
        """Return who does it, and for whom."""
        return ", ".join(one for one in (line.responsible, line.organisation) if one)

    def area_name(self, code: str) -> str:
        """Return what an area is called, or what stands above what has none."""
        _ = self._language.gettext
        if not code:
            return _("Agreed on without an area")
        try:
            area = self._standing.catalogue.life_area(code)
        except UnknownCodeError:
            return code
        return area.name.in_language(self._language.code)
