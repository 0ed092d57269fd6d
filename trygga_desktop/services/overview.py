"""What a case comes to at a glance: its way so far, its consent, its meetings and commitments."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import (
    ENDS,
    Case,
    CaseRow,
    Cause,
    Intake,
    Phase,
    PhaseStep,
    StageStep,
    says_the_name,
)
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.consent_events import ConsentEvent, Given, Opinion, Withdrawn
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.items import ItemKind, Part
from trygga_desktop.domain.lane import LaneClock, lane_clock
from trygga_desktop.domain.long_term import raised_again
from trygga_desktop.domain.matrix import read_cover
from trygga_desktop.domain.meeting import Meeting, MeetingState, called_anew
from trygga_desktop.domain.people import aliases_of
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.programme import Programme, allowed_next, needs_closing_reason
from trygga_desktop.domain.reminders import OVER, Reminder, ReminderKind
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import (
    controller_of,
    fact,
    show_alone,
    show_case_rows,
    text_of,
)
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.closing import check_end, count_unanswered
from trygga_desktop.services.lanes import stage_ways
from trygga_desktop.services.later_looks import later_reminders
from trygga_desktop.services.parties import ShownParty, people_of
from trygga_desktop.services.rooms import ShownEntry, show_entries_alone
from trygga_desktop.services.standing import Standing, digest_of_phases, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_MOST_WORDS = 2_000


class HappenedKind(StrEnum):
    """What a line of the timeline tells of."""

    RAISED = "raised"
    PHASE = "phase"
    STAGE = "stage"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CONSENT_WITHDRAWN_PART = "consent_withdrawn_part"
    OPINION = "opinion"
    CONSENT_ENDS = "consent_ends"
    MEETING_HELD = "meeting_held"
    MEETING_PLANNED = "meeting_planned"
    MEETING_CANCELLED = "meeting_cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line of the timeline; `who` are names, `phase` a phase, `number` that of a meeting.

    `stage` is the code of a stage of the programme, empty where a case was taken out of one.
    """

    kind: HappenedKind
    on: date
    who: tuple[str, ...] = ()
    phase: Phase | None = None
    number: int = 0
    words: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGlance:
    """The consent in short: how many of those needed have signed, and until when it holds.

    `refused` of them said no, which is an answer and not one that is waited for.

    `covered` are the names of organisations that every signer lets have something today. While
    `confirmation` is missing, after an older file was gone on with, none of it counts, nor while
    the case `is_closed` by something else: its phase, or an opinion that nobody has asked for.
    """

    needed: int
    signed: int
    until: date | None
    covered: tuple[str, ...]
    is_withdrawn: bool
    chain: ChainStanding
    confirmation: Confirmation
    is_closed: bool
    refused: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWorker:
    """A user whom the case opens for; one of them is responsible for it."""

    name: str
    is_responsible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOverview:
    """A case at a glance, for the operator alone.

    `phases` are those of its programme in order, `ways_on` the phases it may go to from here and
    whether a reason has to be given. `commitments` are open ones, those that are due first.
    `own_words` are the newest words of the young person. `is_without_names` tells that it is spoken
    of without the name; then no way on leads to the named case, but the gate. `unanswered` counts
    the goals and open commitments of which nobody has said what became of them. `left_out` counts
    what did not verify. `stage` is the one of its programme that it is in, `stage_ways` those that
    it may come into, and `clock` how long there is to meet the young person in the acute one, seen
    from `now`.
    """

    row: CaseRow
    programme: Programme | None
    phases: tuple[Phase, ...]
    step: PhaseStep
    ways_on: tuple[tuple[Phase, bool], ...]
    intake: Intake
    raised_by: str
    consent: ConsentGlance
    next_meeting: Meeting | None
    last_meeting: Meeting | None
    commitments: tuple[ShownEntry, ...]
    people: tuple[ShownParty, ...]
    own_words: ShownEntry | None
    timeline: tuple[Happened, ...]
    mapping: tuple[ShownEntry, ...]
    workers: tuple[CaseWorker, ...]
    catalogue: Catalogue
    today: date
    reminders: tuple[Reminder, ...] = ()
    unanswered: int = 0
    left_out: int = 0
    is_without_names: bool = False
    stage: StageStep | None = None
    stage_ways: tuple[str, ...] = ()
    clock: LaneClock | None = None
    now: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePhase:
    """A case goes on to another phase; `reason` is a closing reason's code where one is needed.

    `left_open` is why goals or commitments are left without an answer, where the work ends so.
    """

    case_id: UUID
    phase: Phase
    reason: str = ""
    words: str = ""
    left_open: str = ""


@use_case(Permission.WORK_IN_CASE)
def read_overview(case_id: UUID, *, vault: OpenVault) -> Done[CaseOverview]:
    """Return a case at a glance; the reading is in the audit log before anyone sees a word."""
    with vault.work() as work:
        opened = work.cases.find(case_id)
        row = show_case_rows([opened], vault=vault, on=work.today, restored_at=work.restored_at)[0]
        # Of an earlier case nothing is told to whom it was not granted.
        asked = [] if opened.case.earlier_id is None else [opened.case.earlier_id]
        earlier = next((one.case for one in work.cases.some(asked)), None)
        overview = _overview(work, vault, stand(work, vault, opened), row, earlier)
        # That it was closed is a reading of that one too.
        is_told = any(one.kind is ReminderKind.RAISED_AGAIN for one in overview.reminders)
        if earlier is not None and is_told:
            work.commit_of_cases(Action.CASE_READ, {earlier.id, case_id})
        else:
            work.commit(Action.CASE_READ, case_id)
    return Done(overview)


@use_case(Permission.WORK_IN_CASE)
def change_phase(command: ChangePhase, *, vault: OpenVault) -> Done[None]:
    """Store that a case has come into another phase.

    Raise InvalidInputError for a phase that cannot follow, or where a reason is needed and none
    of the catalogue is given, or one that says nothing without words. Raise it too where nobody may
    ask again after the end (`long_term`, with what stands against it), and where something has no
    answer at the end and nobody says why (`left_open`). From a conversation without names nothing
    but `pass_gate` leads to the named case.
    """
    for field, text in (("words", command.words), ("left_open", command.left_open)):
        if len(text) > _MOST_WORDS:
            raise InvalidInputError(field=field, flaw="length")
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        ways = dict(ways_on(standing))
        if command.phase not in ways:
            raise InvalidInputError(field="phase", flaw="order")
        if standing.is_without_names and says_the_name(command.phase):
            raise InvalidInputError(field="phase", flaw="gate")
        if ways[command.phase]:
            _check_reason(command, standing.catalogue)
        step = PhaseStep(
            phase=command.phase,
            on=work.today,
            cause=Cause.DECIDED,
            reason=command.reason,
            words=command.words.strip(),
            left_open=command.left_open,
        )
        step = check_end(work, standing, step)
        case = standing.opened.case
        changed = case.come_into(step)
        compartment = work.compartments.of_file(case.id)[CompartmentKind.CASE]
        key = work.compartments.key(compartment)
        work.cases.replace(replace(standing.opened, case=changed), compartment, key)
        work.commit(Action.PHASE_CHANGED, case.id, digest=digest_of_phases(case.id, changed.steps))
    return Done(None, Changes(cases=True))


def _check_reason(command: ChangePhase, catalogue: Catalogue) -> None:
    known = {one.code: one for one in catalogue.closing_reasons}
    if command.reason not in known:
        raise InvalidInputError(field="reason", flaw="missing")
    if known[command.reason].needs_text and not command.words.strip():
        raise InvalidInputError(field="words", flaw="missing")


def ways_on(standing: Standing) -> tuple[tuple[Phase, bool], ...]:
    """Return the phases that a case may go to, and whether each needs a closing reason."""
    programme = standing.programme
    if programme is None:
        return ()
    rules = standing.catalogue.phases
    case = standing.opened.case
    following = allowed_next(programme, case.phase, rules=rules)
    # Once the work has ended the reason for that stands, however long one asks again.
    has_reason = case.phase is Phase.LONG_TERM_FOLLOW_UP and bool(standing.step.reason)
    return tuple(
        (one, not has_reason and (one in ENDS or needs_closing_reason(one, rules=rules)))
        for one in following
    )


def _overview(
    work: UnitOfWork, vault: OpenVault, standing: Standing, row: CaseRow, earlier: Case | None
) -> CaseOverview:
    case = standing.opened.case
    items = [one for one in work.items.of_case(case.id) if one.part is Part.CASE]
    commitments = {
        one.id: one
        for one in standing.resting.as_they_stand(
            (one for one, _ in work.commitments.of_case(case.id)),
            {one.id: one.known_on for one in items},
            standing.on,
        )
    }
    open_ones = [
        one for one in items if one.id in commitments and commitments[one.id].state.is_open
    ]
    own_words = [
        one
        for one in items
        if one.kind is ItemKind.STATEMENT and one.said_by == standing.opened.subject_id
    ]
    aliases = aliases_of(standing.people)
    meetings = [called_anew(one, aliases) for one, _ in work.meetings.of_case(case.id)]
    meetings.sort(key=_number)
    planned = [one for one in meetings if one.state in {MeetingState.PLANNED, MeetingState.RUNNING}]
    held = [one for one in meetings if one.state is MeetingState.HELD]
    raised_by = standing.directory.organisation(case.intake.raised_by)
    shown = show_entries_alone(vault, standing, open_ones, commitments)
    words = show_entries_alone(vault, standing, own_words[-1:], {})
    return CaseOverview(
        row=row,
        programme=standing.programme,
        phases=() if standing.programme is None else standing.programme.phases,
        step=_shown_step(vault, standing, standing.step),
        ways_on=tuple(
            way
            for way in ways_on(standing)
            if not (standing.is_without_names and says_the_name(way[0]))
        ),
        intake=_shown_intake(vault, standing),
        raised_by="" if raised_by is None else raised_by.name_on(standing.on),
        consent=_glance(standing),
        next_meeting=min(planned, key=lambda one: one.starts_at, default=None),
        last_meeting=held[-1] if held else None,
        commitments=tuple(sorted(shown, key=lambda one: commitments[one.item.id].due)),
        people=people_of(vault, standing),
        own_words=next(iter(words), None),
        timeline=_timeline(vault, standing, meetings),
        mapping=show_entries_alone(vault, standing, [one for one in items if one.area], {}),
        workers=_workers(work, standing),
        catalogue=standing.catalogue,
        today=standing.on,
        reminders=(
            *_raised_again(standing, earlier),
            *standing.reminders,
            *later_reminders(standing),
        ),
        unanswered=count_unanswered(work, case),
        left_out=len(work.left_out),
        is_without_names=standing.is_without_names,
        stage=_shown_stage(vault, standing),
        stage_ways=stage_ways(standing),
        clock=None
        if standing.step.phase in OVER
        else lane_clock(standing.programme, case.stage, meetings),
        now=work.at,
    )


def _raised_again(standing: Standing, earlier: Case | None) -> tuple[Reminder, ...]:
    """Return that the case was closed not long before it was raised anew, where it was."""
    closed = raised_again(standing.opened.case, standing.programme, earlier)
    if closed is None or standing.step.phase in OVER:
        return ()
    return (Reminder(kind=ReminderKind.RAISED_AGAIN, on=closed),)


def _workers(work: UnitOfWork, standing: Standing) -> tuple[CaseWorker, ...]:
    """Return whom the case was granted to, who is responsible first."""
    case = standing.opened.case
    parts = work.compartments.of_file(case.id)
    compartment = parts[CompartmentKind.CASE]
    holders = work.compartments.holders(compartment, work.compartments.key(compartment))
    workers = [
        CaseWorker(name=one.name, is_responsible=one.id == case.responsible)
        for one in work.accounts.all(work.roster)
        if one.id in holders
    ]
    return tuple(sorted(workers, key=lambda one: (not one.is_responsible, one.name)))


def _number(meeting: Meeting) -> int:
    return meeting.number


def _shown_intake(vault: OpenVault, standing: Standing) -> Intake:
    """Return how the case began, as the door lets it through to the operator."""
    intake = standing.opened.case.intake
    return replace(
        intake,
        why=_told_alone(vault, standing, intake.why),
        assessment=_told_alone(vault, standing, intake.assessment),
    )


def _told_alone(vault: OpenVault, standing: Standing, text: str) -> str:
    item = fact(standing.opened, "contact", text, controller=controller_of(vault))
    shown = show_alone([item], vault=vault, given=standing.given).items
    return "".join(map(text_of, shown))


def _shown_step(vault: OpenVault, standing: Standing, step: PhaseStep) -> PhaseStep:
    return replace(step, words=_told_alone(vault, standing, step.words))


def _shown_stage(vault: OpenVault, standing: Standing) -> StageStep | None:
    stage = standing.opened.case.stage
    if stage is None:
        return None
    return replace(stage, words=_told_alone(vault, standing, stage.words))


def _glance(standing: Standing) -> ConsentGlance:
    given, needed = standing.given, standing.required.signs
    cover = read_cover(given)
    withdrawn = [one for one in given.consents if one.withdrawn_on is not None]
    return ConsentGlance(
        needed=len(needed),
        signed=len(cover.signed),
        until=cover.valid_to,
        covered=() if cover.is_closed else standing.names_of(cover.organisations),
        is_withdrawn=any(one.signer in needed - cover.signed for one in withdrawn),
        chain=given.chain,
        confirmation=given.confirmation,
        is_closed=cover.is_closed,
        refused=sum(
            one.signer in needed and one.answer is Answer.REFUSED and one.holds_on(given.on)
            for one in given.consents
        ),
    )


def _timeline(
    vault: OpenVault, standing: Standing, meetings: list[Meeting]
) -> tuple[Happened, ...]:
    case = standing.opened.case
    names = {one.party.id: one.name for one in people_of(vault, standing)}
    lines = [Happened(kind=HappenedKind.RAISED, on=case.intake.raised_on or case.opened_on)]
    lines += [
        Happened(kind=HappenedKind.PHASE, on=step.on, phase=step.phase, words=step.words)
        for step in (_shown_step(vault, standing, one) for one in case.steps)
    ]
    lines += [
        Happened(
            kind=HappenedKind.STAGE,
            on=one.at.astimezone(STOCKHOLM).date(),
            stage=one.stage,
            words=_told_alone(vault, standing, one.words),
        )
        for one in case.stages
    ]
    for event in standing.chain.events:
        line = _told(event, names)
        if line is not None:
            lines.append(line)
    kinds = {
        MeetingState.PLANNED: HappenedKind.MEETING_PLANNED,
        MeetingState.RUNNING: HappenedKind.MEETING_HELD,
        MeetingState.HELD: HappenedKind.MEETING_HELD,
        MeetingState.CANCELLED: HappenedKind.MEETING_CANCELLED,
    }
    lines += [
        Happened(
            kind=kinds[one.state], on=one.starts_at.astimezone(STOCKHOLM).date(), number=one.number
        )
        for one in meetings
    ]
    ends = {
        one.valid_to
        for one in standing.state.consents
        if one.signer in standing.required.signs and one.holds_on(standing.on)
    }
    lines += [Happened(kind=HappenedKind.CONSENT_ENDS, on=day) for day in ends]
    return tuple(sorted(_merged(lines), key=lambda line: line.on))


def _told(event: ConsentEvent, names: dict[UUID, str]) -> Happened | None:
    match event.what:
        case Given() as given:
            is_yes = given.answer is Answer.GIVEN
            kind = HappenedKind.CONSENT_GIVEN if is_yes else HappenedKind.CONSENT_REFUSED
            return Happened(kind=kind, on=given.on, who=(names.get(given.signer, ""),))
        case Withdrawn() as taken:
            is_all = taken.organisations is None
            kind = HappenedKind.CONSENT_WITHDRAWN if is_all else HappenedKind.CONSENT_WITHDRAWN_PART
            return Happened(kind=kind, on=taken.on, who=(names.get(taken.signer, ""),))
        case Opinion() as opinion:
            return Happened(
                kind=HappenedKind.OPINION, on=opinion.on, who=(names.get(opinion.person, ""),)
            )
        case _:
            return None


def _merged(lines: list[Happened]) -> list[Happened]:
    """Return the lines with those of one kind and day as one: three who sign, sign together."""
    merged: dict[tuple[object, ...], Happened] = {}
    for line in lines:
        # Of stages of one day each has its own reason.
        words = line.words if line.kind is HappenedKind.STAGE else ""
        key = (line.kind, line.on, line.phase, line.number, line.stage, words)
        before = merged.get(key)
        merged[key] = line if before is None else replace(before, who=(*before.who, *line.who))
    return list(merged.values())
