"""Writes the plans of the invented cases, and how the young people say that it is."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.agreement import PaperAnswer, Side, Undertaking
from trygga_desktop.domain.plan import PLAN, LineKind, PlanLine, Term
from trygga_desktop.services.agreements import (
    AnswerAgreement,
    KeepAgreement,
    answer_agreement,
    keep_agreement,
    read_agreement,
)
from trygga_desktop.services.plan_views import read_plan
from trygga_desktop.services.plans import AgreePlan, KeepPlan, agree_plan, keep_plan
from trygga_desktop.services.ratings import RecordRating, record_rating
from trygga_desktop.story.tables import Stage, Table, ToldCase
from trygga_desktop.ui.screens.plan.editing import line_of

_TOLD = frozenset({LineKind.STATE, LineKind.STRENGTH, LineKind.NEED})


class Plans:
    """Writes what a plan holds on a day, and has the meeting of that day agree on its goals."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._vault = stage.vault

    def days(self, case: Table) -> list[date]:
        """Return the days on which the plan is written."""
        days = {one["decided"] for one in case.get("goal", ())}
        days |= {one["from"] for one in case.get("line", ())}
        return sorted(days)

    def write(self, case: Table, day: date) -> None:
        """Keep the plan as it is on a day; what was decided on that day is agreed on."""
        told = self._stage.cases[case["code"]]
        view = read_plan(told.id, vault=self._vault).value
        promised = {one.id: line_of(one) for one in view.lines}
        lines = tuple(self._lines(told, case, day, promised))
        keep_plan(KeepPlan(case_id=told.id, based_on=view.number, lines=lines), vault=self._vault)
        agreed = frozenset(
            _id(case, one["id"]) for one in case.get("goal", ()) if one["decided"] == day
        )
        meeting = next((one for one in case["meeting"] if one["date"] == day), None)
        if agreed and meeting is not None:
            command = AgreePlan(
                case_id=told.id,
                meeting_id=told.meetings[meeting["code"]],
                basis=read_plan(told.id, vault=self._vault).value.basis,
                agreed=agreed,
            )
            agree_plan(command, vault=self._vault)

    def agree_at(self, case: Table, meeting: Table) -> None:
        """Have a meeting agree now on the lines of the plan that the timeline says."""
        told = self._stage.cases[case["code"]]
        view = read_plan(told.id, vault=self._vault).value
        command = AgreePlan(
            case_id=told.id,
            meeting_id=told.meetings[meeting["code"]],
            basis=view.basis,
            agreed=frozenset(_id(case, words) for words in meeting["agreed"]),
        )
        agree_plan(command, vault=self._vault)

    def rate(self, case: Table, rating: Table) -> None:
        """Record how the young person says that it is."""
        told = self._stage.cases[case["code"]]
        meeting = next((one for one in case["meeting"] if one["date"] == rating["date"]), None)
        command = RecordRating(
            case_id=told.id,
            values=rating["values"],
            meeting_id=None if meeting is None else told.meetings[meeting["code"]],
            on=rating["date"],
        )
        record_rating(command, vault=self._vault)

    def sign_agreement(self, case: Table, event: Table) -> None:
        """Write down what each undertakes, and that both signed it on that day."""
        told = self._stage.cases[case["code"]]
        lines = tuple(
            Undertaking(id=_id(case, words), side=side, words=words)
            for side in Side
            for words in event[side.value]
        )
        command = KeepAgreement(
            case_id=told.id,
            based_on=len(read_agreement(told.id, vault=self._vault).value.versions),
            valid_from=event["date"],
            valid_to=event["until"],
            lines=lines,
        )
        keep_agreement(command, vault=self._vault)
        staff = [one for one in case["staff"] if one["code"] in event["by"]]
        for side in Side:
            answer = AnswerAgreement(
                case_id=told.id,
                number=command.based_on + 1,
                side=side,
                answer=PaperAnswer.SIGNED,
                on=event["date"],
                name=", ".join(one["name"] for one in staff),
            )
            answer_agreement(answer, vault=self._vault)

    def _lines(
        self, told: ToldCase, case: Table, day: date, promised: Mapping[UUID, PlanLine]
    ) -> Iterator[PlanLine]:
        for one in case.get("goal", ()):
            if one["decided"] <= day:
                yield PlanLine(
                    id=_id(case, one["id"]),
                    kind=LineKind.GOAL,
                    words=one["own_words"],
                    area=one["area"],
                    term=Term(one["term"]),
                    sign=one["sign"],
                )
        for one in case.get("line", ()):
            if one["from"] <= day:
                yield self._line(told, case, one)
        for meeting in case["meeting"]:
            for action in meeting.get("action", ()):
                if meeting["date"] <= day and action["id"] in told.items and "goal" in action:
                    goal = next(one for one in case["goal"] if one["id"] == action["goal"])
                    # As it was promised: whoever places it at the desk does not write it anew.
                    yield replace(
                        promised[told.items[action["id"]]],
                        area=goal["area"],
                        goal_id=_id(case, goal["id"]),
                    )

    def _line(self, told: ToldCase, case: Table, one: Table) -> PlanLine:
        kind = LineKind(one["kind"])
        names = {staff["code"]: staff["name"] for staff in case["staff"]}
        names |= {person["code"]: person["name"] for person in case["person"]}
        who = one.get("responsible", "")
        organisation = one.get("organisation", "none")
        category = one.get("category", PLAN) if kind in _TOLD else PLAN
        return PlanLine(
            id=_id(case, one["text"]),
            kind=kind,
            words=one["text"],
            area="" if kind is LineKind.WISH else one["area"],
            category=VOICE if kind is LineKind.WISH else category,
            said_by=told.subject if kind is LineKind.WISH else None,
            goal_id=_id(case, one["goal"]) if "goal" in one else None,
            responsible=names.get(who, ""),
            organisation_id=told.organisations.get(organisation),
            party_id=told.places.get(who) or told.people.get(who),
            own_part=one.get("own_part", ""),
            due_on=one.get("due"),
            follow_up_on=one.get("follow_up"),
        )


def _id(case: Table, text: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{case['code']} {text}")
