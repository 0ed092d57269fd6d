"""Tells the cases of a timeline in order of their days, up to a moment."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from trygga_desktop.domain.lane import ACUTE
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.story.meetings import Meetings
from trygga_desktop.story.packets import Packets
from trygga_desktop.story.papers import Papers
from trygga_desktop.story.people import People
from trygga_desktop.story.plans import Plans
from trygga_desktop.story.tables import Clock, Stage, Table, ToldCase, at_time

# What becomes of commitments is told after the meeting that speaks of them.
_EVENING = "17:30"
_LATER = "17:45"
_URGENT = "urgent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tellers:
    """Who puts what happens into the vault, each their own part of it."""

    people: People
    papers: Papers
    meetings: Meetings
    plans: Plans

    @classmethod
    def by_use_cases(cls, stage: Stage) -> Self:
        """Return those who call the use cases."""
        return cls(
            people=People(stage),
            papers=Papers(stage),
            meetings=Meetings(stage),
            plans=Plans(stage),
        )


class Story:
    """Tells the cases of a timeline in order of their days, up to a moment."""

    def __init__(
        self,
        timeline: Table,
        vault: OpenVault,
        clock: Clock,
        cases: Mapping[str, ToldCase] | None = None,
        *,
        tellers: Callable[[Stage], Tellers] = Tellers.by_use_cases,
    ) -> None:
        self._stage = Stage(
            timeline=timeline, vault=vault, clock=clock, cases={} if cases is None else dict(cases)
        )
        told_by = tellers(self._stage)
        self._people = told_by.people
        self._papers = told_by.papers
        self._meetings = told_by.meetings
        self._plans = told_by.plans
        self._packets = Packets(self._stage)
        self._played = 0

    @property
    def vault(self) -> OpenVault:
        """Return the vault that is told to."""
        return self._stage.vault

    @property
    def cases(self) -> Mapping[str, ToldCase]:
        """Return what the invented cases are in the vault, as far as they were told."""
        return self._stage.cases

    def table(self, code: str) -> Table:
        """Return what the timeline says of a case."""
        return next(one for one in self._stage.timeline["case"] if one["code"] == code)

    def tell(self, until: datetime) -> None:
        """Tell everything that happened before a moment, from where it was left."""
        scenes = [scene for case in self._stage.timeline["case"] for scene in self._scenes(case)]
        for at, _, play in sorted(scenes, key=lambda scene: scene[:2])[self._played :]:
            if at >= until:
                return
            self._stage.clock.at = max(at, self._stage.clock.at)
            play()
            self._played += 1

    def begin(self, code: str, meeting: str) -> UUID:
        """Begin one meeting now, with everyone there, and return its id."""
        return self._meetings.begin(self.cases[code], *self._meeting(code, meeting))

    def speak(self, code: str, meeting: str) -> None:
        """Tell a meeting that has begun what is said, decided and promised at it."""
        case, told = self._meeting(code, meeting)
        for earlier in case["meeting"]:
            for action in earlier.get("action", ()):
                for change in action["status_history"]:
                    if change["date"] == told["date"]:
                        self._meetings.follow(case, action, change)
        self._meetings.speak(self.cases[code], case, told)

    def agree(self, code: str, meeting: str) -> None:
        """Have a meeting that has begun agree on what it says of the plan."""
        self._plans.agree_at(*self._meeting(code, meeting))

    def end(self, code: str, meeting: str) -> None:
        """End a meeting at its time."""
        self._meetings.end(self.cases[code], self._meeting(code, meeting)[1])

    def seal(self, code: str, meeting: str) -> tuple[bytes, bytes]:
        """Seal the protocol of a meeting, for the room and for the board, and an addendum to it.

        Return the sealed bytes of the room's, and of the addendum.
        """
        return self._meetings.seal(self.cases[code], self._meeting(code, meeting)[1])

    def seal_plan(self, code: str, meeting: str) -> bytes:
        """Seal the plan that a meeting agreed on, behind its protocol; return the sealed bytes."""
        return self._meetings.seal_plan(self.cases[code], self._meeting(code, meeting)[1])

    def exchange(self, code: str, meeting: str) -> bytes:
        """Certify a colleague in another vault, and return what she sends for a meeting."""
        self._packets.certify()
        case = self.cases[code]
        return self._packets.send(case, case.meetings[meeting])

    def give_excerpts(self, code: str, meeting: str) -> dict[str, bytes]:
        """Give each recipient of a meeting an excerpt; return the sealed bytes by neutral names."""
        return self._meetings.give_excerpts(self.cases[code], self._meeting(code, meeting)[1])

    def tell_without_consent(self, code: str) -> None:
        """Record now what is told in a case on another ground than consent."""
        case = self.table(code)
        for used in case.get("ground_used", ()):
            self._papers.use_ground(case, used)

    def consult(self) -> tuple[UUID, UUID]:
        """Begin a consultation without names and its meeting, and tell something at it now.

        Return the case and the meeting.
        """
        consulted = self._stage.timeline["consultation"]
        case = self.table(consulted["with_staff_of"])
        told = self._people.consult(case, consulted)
        meeting_id = self._meetings.begin(told, {"staff": case["staff"]}, consulted["meeting"])
        for one in consulted["told"]:
            self._people.tell_without_names(told, one)
        return told.id, meeting_id

    def _meeting(self, code: str, meeting: str) -> tuple[Table, Table]:
        case = self.table(code)
        return case, next(one for one in case["meeting"] if one["code"] == meeting)

    def _scenes(self, case: Table) -> Iterator[tuple[datetime, int, Callable[[], None]]]:
        """Yield what happens in a case, each with its moment and its place within that."""
        first = min(event["date"] for event in case["event"])
        yield at_time(first), 0, _bind(self._people.open, case)
        for event in case["event"]:
            yield from self._scenes_of(case, event)
        for day in sorted({act["date"] for act in case["consent_act"]}):
            yield at_time(day), 2, _bind(self._papers.sign, case, day)
        for bar in case.get("child_limits", ()):
            yield at_time(bar["from"]), 3, _bind(self._papers.limit_guardian, case, bar)
        for bar in case.get("protection_limits", ()):
            yield at_time(bar["from"]), 3, _bind(self._papers.limit_organisation, case, bar)
        for concerned in case.get("concerned", ()):
            yield at_time(concerned["from"]), 1, _bind(self._papers.concern, case, concerned)
        for meeting in case["meeting"]:
            yield (
                at_time(meeting["date"], meeting["start"]),
                5,
                _bind(self._hold_told, case, meeting),
            )
            for action in meeting.get("action", ()):
                for change in action["status_history"]:
                    evening = at_time(change["date"], _EVENING)
                    yield evening, 7, _bind(self._meetings.follow, case, action, change)

        yield from self._stages(case)
        yield from self._planned(case)

    def _stages(self, case: Table) -> Iterator[tuple[datetime, int, Callable[[], None]]]:
        """Yield when a case comes into another stage, and when somebody first meets the person."""
        stage, waits = "", False
        decided = {one["code"]: one.get("decision", ()) for one in case["meeting"]}
        for event in case["event"]:
            morning = at_time(event["date"])
            if waits and event["kind"] == "consent_oral":
                waits = False
                yield morning, 0, _bind(self._people.meet, case)
            then = ACUTE if event.get("lane") == _URGENT else event.get("stage", stage)
            if then == stage:
                continue
            stage, waits = then, then == ACUTE
            # At a meeting it is decided there; else it follows from what happened.
            told = [one["text"] for one in decided.get(event.get("meeting"), ())]
            at = at_time(event["date"], _EVENING) if told else morning + timedelta(hours=1)
            words = event.get("text") or told[0]
            yield at, 6, _bind(self._people.change_stage, case, stage, words)

    def _planned(self, case: Table) -> Iterator[tuple[datetime, int, Callable[[], None]]]:
        for day in self._plans.days(case):
            yield at_time(day, _LATER), 8, _bind(self._plans.write, case, day)
        for rating in case.get("rating", ()):
            yield at_time(rating["date"], _LATER), 9, _bind(self._plans.rate, case, rating)

    def _scenes_of(
        self, case: Table, event: Table
    ) -> Iterator[tuple[datetime, int, Callable[[], None]]]:
        morning = at_time(event["date"])
        later = morning + timedelta(hours=1)
        if "phase" in event and event["kind"] not in {"referral", "consent_withdrawn"}:
            yield morning, 1, _bind(self._people.go_on, case, event)
        match event["kind"]:
            case "opinion_recorded":
                yield morning, 1, _bind(self._papers.hear, case, event)
            case "meeting_planned":
                yield (
                    later,
                    6,
                    _bind(self._meetings.plan_told, case, event),
                )
            case "meeting_cancelled":
                yield (
                    later,
                    6,
                    _bind(self._meetings.cancel, case, event),
                )
            case "agreement_signed":
                yield later, 6, _bind(self._plans.sign_agreement, case, event)
            case "protection_flag":
                yield morning, 1, _bind(self._people.protect, case, event)
            case "mapping":
                yield later, 6, _bind(self._people.map, case)
            case _:
                pass

    def _hold_told(self, case: Table, meeting: Table) -> None:
        told = self.cases[case["code"]]
        self._meetings.begin(told, case, meeting)
        self._meetings.speak(told, case, meeting)
        self._meetings.end(told, meeting)


def _bind(play: Callable[..., None], *arguments: object) -> Callable[[], None]:
    return lambda: play(*arguments)
