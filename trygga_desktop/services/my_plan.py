"""What stands on "My plan": of the plan what the young person may see, and says or is promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from trygga_desktop.documents import plan
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.meeting import MeetingState, Participant
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.plan import LineKind, PlanVersion
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.services.audience import recipients_at
from trygga_desktop.services.parties import ShownParty, people_of
from trygga_desktop.services.plan_teller import ShownPlanLine, Teller
from trygga_desktop.services.ratings import ShownRating, ratings_for
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


class OfferedPart(StrEnum):
    """Under which head a line stands on "My plan"."""

    WANTS = "wants"
    GOOD_AT = "good_at"
    OWN = "own"
    OTHERS = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedLine:
    """A line of the plan that can stand on "My plan"."""

    id: UUID
    part: OfferedPart
    words: str


class MyPlanTeller:
    """Tells the plan to the young person, by what the door lets them see."""

    def __init__(
        self,
        work: UnitOfWork,
        vault: OpenVault,
        standing: Standing,
        language: Language,
        version: PlanVersion | None,
    ) -> None:
        self._work = work
        self._vault = vault
        self._standing = standing
        self._language = language
        self._subject = standing.opened.subject_id
        person = Participant(
            id=self._subject, name="", functions=frozenset(), person_id=self._subject
        )
        audience = recipients_at([person], family=standing.family_names)
        self._teller = Teller(work, vault, standing, audience)
        self._lines = self._all_lines(version)
        self.offered = tuple(self._offer())

    def content(
        self,
        head: plan.Head,
        *,
        left_off: frozenset[UUID],
        shows_phone: bool,
        shows_meeting: bool,
    ) -> plan.MyPlanContent:
        """Return what stands on it; `left_off` are lines that are to stand there no more."""
        offered = [one for one in self.offered if one.id not in left_off]

        def told(part: OfferedPart) -> tuple[str, ...]:
            return tuple(dict.fromkeys(one.words for one in offered if one.part is part))

        return plan.MyPlanContent(
            head=replace(head, secrecy=""),
            name=head.subject.split(" ")[0] if head.subject else head.case_number,
            wants=told(OfferedPart.WANTS),
            good_at=told(OfferedPart.GOOD_AT),
            own=told(OfferedPart.OWN),
            others=told(OfferedPart.OTHERS),
            ratings=self._ratings(),
            meets_at=self._meets_at() if shows_meeting else None,
            call=self._call() if shows_phone else None,
        )

    def _offer(self) -> list[OfferedLine]:
        # What others wrote of them at a desk is nothing that they say of themselves.
        said = [one for one in self._lines if one.item.said_by == self._subject]
        wants = [one for one in said if one.kind is LineKind.WISH]
        wants += [one for one in self._lines if one.kind is LineKind.GOAL]
        good_at = [one for one in said if one.kind is LineKind.STRENGTH]
        promised = [
            one
            for one in self._lines
            if one.kind is LineKind.ACTION
            and one.progress is not None
            and one.progress.state.is_open
        ]
        own = [(one.id, self._own(one)) for one in promised if one.party_id == self._subject]
        own += [(one.id, self._own_part(one)) for one in promised if one.own_part]
        others = [(one.id, self._promise(one)) for one in promised if one.party_id != self._subject]
        parts: Sequence[tuple[OfferedPart, list[tuple[UUID, str]]]] = (
            (OfferedPart.WANTS, [(one.id, one.item.text) for one in wants]),
            (OfferedPart.GOOD_AT, [(one.id, one.item.text) for one in good_at]),
            (OfferedPart.OWN, own),
            (OfferedPart.OTHERS, others),
        )
        return [
            OfferedLine(id=line_id, part=part, words=words)
            for part, lines in parts
            for line_id, words in lines
        ]

    def _ratings(self) -> plan.Ratings:
        ratings = ratings_for(self._work, self._standing, self._teller.shown)
        return tell_ratings(ratings, self._standing, self._language)

    def _own(self, line: ShownPlanLine) -> str:
        """Return what the young person does, with the day where it is due at an hour."""
        if _rests(line):
            return self._waiting(line.item.text)
        if line.due_on is None or line.due_at is None:
            return line.item.text
        return self._language.gettext("{action}. By {date}.").format(
            action=line.item.text.rstrip(".!?"),
            date=self._language.due_long(line.due_on, line.due_at),
        )

    def _own_part(self, line: ShownPlanLine) -> str:
        """Return what the young person does beside what somebody promised, and waits with it."""
        return self._waiting(line.own_part) if _rests(line) else line.own_part

    def _waiting(self, action: str) -> str:
        told = self._language.gettext("{action}. It waits for a consent.")
        return told.format(action=action.rstrip(".!?"))

    def _promise(self, line: ShownPlanLine) -> str:
        """Return what somebody promised, as one would say it."""
        _ = self._language.gettext
        day = "" if line.due_on is None else self._language.due_long(line.due_on, line.due_at)
        # Of the family they are told by name whom they may know by it.
        who = line.responsible.split(" ")[0] or _("Somebody")
        if line.organisation:
            who = _("{name} at {agency}").format(name=who, agency=line.organisation)
        # What rests is done on no day yet: the one it was promised for may be long over.
        told = _("{who}: {action}. It waits for a consent.")
        told = told if _rests(line) else _("{who}: {action}. By {date}.")
        return told.format(who=who, action=line.item.text.rstrip(".!?"), date=day)

    def _meets_at(self) -> datetime | None:
        """Return when the young person is called to next; of other meetings they learn nothing."""
        planned = [
            one.starts_at.astimezone(STOCKHOLM)
            for one in self._teller.meetings
            if one.state is MeetingState.PLANNED
            and any(each.person_id == self._subject for each in one.participants)
        ]
        return min(planned, default=None)

    def _call(self) -> tuple[str, str] | None:
        """Return whom to ring: who is responsible for the case, or somebody else of the board.

        The number of another agency's is nobody's to give away, and theirs is not the case.
        """
        controller = self._standing.given.controller_id
        people = [
            one
            for one in people_of(self._vault, self._standing)
            if one.party.role is PartyRole.PROFESSIONAL
            and one.party.organisation_id == controller
            and one.party.holds_on(self._standing.on)
        ]
        responsible = self._standing.opened.case.responsible
        accounts = self._work.accounts.all(self._work.roster)
        names = {one.name for one in accounts if one.id == responsible}

        def fits(one: ShownParty) -> tuple[bool, bool]:
            return one.name not in names, not one.phone

        found = min(people, key=fits, default=None)
        return None if found is None else (found.name, found.phone)

    def _all_lines(self, version: PlanVersion | None) -> list[ShownPlanLine]:
        placed = {one.id for one in (() if version is None else version.lines)}
        if version is not None:
            version = self._teller.with_goals_as_agreed(version)
        return [*self._teller.lines_of(version), *self._teller.unplaced(placed)]


def _rests(line: ShownPlanLine) -> bool:
    return line.progress is not None and line.progress.state is CommitmentState.FROZEN


def tell_ratings(
    ratings: Sequence[ShownRating],
    standing: Standing,
    language: Language,
    *,
    done: Mapping[str, tuple[date, ...]] | None = None,
) -> plan.Ratings:
    """Return all of the figures by areas, in the order of the catalogue, and what was `done`."""
    used = [
        one
        for one in standing.catalogue.life_areas
        if any(one.code in rating.values for rating in ratings)
    ]
    names = {one.code: one.name.in_language(language.code) for one in used}
    return plan.Ratings(
        days=tuple(one.on for one in ratings),
        rows=tuple(
            (name, tuple(one.values.get(area) for one in ratings)) for area, name in names.items()
        ),
        done={names[area]: days for area, days in (done or {}).items() if area in names},
    )
