"""The plan that a meeting agreed on, as a document of its own: what it says, and who signs it.

It is told as the protocol of that meeting is: whole for the board's own file, or what everyone who
was at the table may have. What is guarded is in neither.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from trygga_desktop.documents import protocol as document
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.plan import AgreedPlan
from trygga_desktop.documents.record import digest_of
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import Commitment, CommitmentState
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.items import Item
from trygga_desktop.domain.meeting import Function, Meeting
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import (
    LineKind,
    PlanVersion,
    goals_agreed_on,
    with_goals_as_agreed,
    words_agreed_on,
)
from trygga_desktop.domain.sealing import ProtocolKind, Shown
from trygga_desktop.i18n import STOCKHOLM, Language, load_language
from trygga_desktop.services.changes import Done
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.plan_teller import ShownPlanLine, Teller
from trygga_desktop.services.plan_versions import (
    agreed_at,
    held_back_from,
    is_complete,
    versions_of,
)
from trygga_desktop.services.plan_writer import PlanWriter
from trygga_desktop.services.protocols import (
    ComposedProtocol,
    ComposeProtocol,
    ProtocolAudience,
    ToldMeeting,
    agency_words,
    audience_of,
    recipients_of,
    tell_meeting,
)
from trygga_desktop.services.rooms import Seat, day_of
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

AUDIENCES = {
    ProtocolKind.PLAN_FULL: ProtocolAudience.BOARD,
    ProtocolKind.PLAN_ROOM: ProtocolAudience.ROOM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPlan:
    """A plan that a meeting agreed on, and what it says to its readers."""

    meeting: Meeting
    version: int
    content: document.ProtocolContent
    shown: Shown


@use_case(Permission.WORK_IN_CASE)
def compose_agreed_plan(command: ComposeProtocol, *, vault: OpenVault) -> Done[ComposedProtocol]:
    """Return the plan that a meeting agreed on as pages, of what its readers may have today.

    Raise NoAccessError for a meeting we cannot open, and InvalidInputError where it agreed on no
    plan, was held without the name, or the pages are asked for one person.
    """
    language = load_language(command.language)
    with vault.work() as work:
        told = tell_plan(work, vault, command)
        recipients = recipients_of(work, vault, told.meeting)
        left_out = len(work.left_out)
        work.commit(Action.PAPER_COMPOSED, told.meeting.case_id)
    meeting, content = told.meeting, told.content
    pdf = render(
        document.compose(content, language),
        Paper(
            title=content.meeting_title,
            language=language,
            made_at=meeting.ended_at or meeting.starts_at,
        ),
    )
    return Done(
        ComposedProtocol(
            pdf=pdf,
            file_name=plan_file_name(meeting, told.version, language),
            audience=command.audience,
            recipient_id=None,
            recipients=recipients,
            case_number=content.case_number,
            meeting_number=meeting.number,
            left_out=left_out,
            basis=digest_of(content),
        )
    )


def plan_file_name(meeting: Meeting, version: int, language: Language) -> str:
    """Return a neutral name for a file with the plan that a meeting agreed on."""
    day = meeting.starts_at.astimezone(STOCKHOLM).date().isoformat()
    return language.gettext("plan-{day}-version-{number}.pdf").format(day=day, number=version)


def agreed_version(work: UnitOfWork, meeting: Meeting) -> int:
    """Return which version of the plan a meeting agreed on last, 0 where it agreed on none.

    Once the protocol of the meeting is sealed that is the same version for good. Without the young
    person's name nothing is agreed on that could be signed.
    """
    version = _find_agreed(work, meeting)
    return 0 if version is None else version.number


def _find_agreed(work: UnitOfWork, meeting: Meeting) -> PlanVersion | None:
    if meeting.pseudonym is not None:
        return None
    return agreed_at(versions_of(work, meeting.case_id), meeting.id)


def are_versions_whole(work: UnitOfWork, case_id: UUID) -> bool:
    """Tell whether the log knows of the same versions of the plan as are there."""
    return is_complete(work, case_id, versions_of(work, case_id))


def tell_plan(work: UnitOfWork, vault: OpenVault, command: ComposeProtocol) -> ToldPlan:
    """Return what the plan that a meeting agreed on says to its readers on this day."""
    meeting, _ = find_meeting(work, command.meeting_id)
    version = _find_agreed(work, meeting)
    if command.recipient_id is not None or version is None:
        raise InvalidInputError(field="plan", flaw="unknown")
    told = tell_meeting(work, vault, command)
    if told.room.is_without_names:
        raise InvalidInputError(field="plan", flaw="unknown")
    lines = list(_Agreed(work, vault, told, version, command).lines())
    writer = PlanWriter(told.standing, load_language(command.language), is_agreed=True)
    plan = AgreedPlan(
        version=version.number,
        wishes=tuple(one.item.text for one in lines if one.kind is LineKind.WISH),
        areas=tuple(writer.areas(lines)),
    )
    signers = _signers(work, vault, told, command, lines)
    return ToldPlan(
        meeting=told.meeting,
        version=version.number,
        content=_content(told.content, plan, signers, command.language),
        shown=Shown(
            items=frozenset(one.id for one in lines),
            sources=frozenset(one.id for one in lines if one.responsible),
            name=bool(told.room.subject_name),
        ),
    )


class _Agreed:
    """Finds the lines of a version that its meeting agreed on, as they stood then."""

    def __init__(
        self,
        work: UnitOfWork,
        vault: OpenVault,
        told: ToldMeeting,
        version: PlanVersion,
        command: ComposeProtocol,
    ) -> None:
        audience = audience_of(command, told.standing, told.meeting)
        self._meeting = told.meeting
        self._is_for_others = audience is not None
        versions = versions_of(work, told.meeting.case_id)
        self._teller = Teller(work, vault, told.standing, audience, versions=versions)
        self._numbers = {one.id: one.number for one in self._teller.meetings}
        self._day = max(
            day_of(told.meeting, told.standing.on), version.made_at.astimezone(STOCKHOLM).date()
        )
        by_then = [one for one in self._teller.recorded if self._was_known(one)]
        known = {one.id for one in by_then}
        self._commitments = {
            one.id: _before_later(one.as_of(self._day), known)
            for one, _ in work.commitments.of_case(told.meeting.case_id)
            if one.id in known
        }
        until_then = (one for one in versions if one.number <= version.number)
        self._version = with_goals_as_agreed(
            version, goals_agreed_on(until_then, words_agreed_on(by_then))
        )
        self._noted_here = {
            one.id for one in by_then if one.noted and one.noted.meeting_id == told.meeting.id
        }
        self._held_back: frozenset[UUID] = frozenset()
        if self._is_for_others:
            self._held_back = held_back_from(versions, told.meeting.id)

    def lines(self) -> Iterator[ShownPlanLine]:
        """Yield the lines, and what was promised and still open that nobody put into the plan."""
        placed = {one.id for one in self._version.lines}
        for line in self._teller.lines_of(self._version, now=False):
            if line.id in self._held_back:
                continue
            if line.kind is LineKind.ACTION:
                yield from self._promised(line)
            else:
                yield line
        loose = {
            one.id
            for one in self._commitments.values()
            if one.id not in placed and (one.state.is_open or one.id in self._noted_here)
        }
        for line in self._teller.promised(loose):
            yield from self._promised(line)

    def _promised(self, line: ShownPlanLine) -> Iterator[ShownPlanLine]:
        """Yield an action as it was promised; what something else came in place of is none."""
        commitment = self._commitments.get(line.id)
        if commitment is None or commitment.state is CommitmentState.CHANGED:
            return
        # As in the room itself: what waits for a consent stays on the operator's list.
        rests = line.id not in self._noted_here and self._teller.commitments[line.id].is_resting
        if self._is_for_others and rests:
            return
        yield replace(
            line,
            due_on=commitment.due,
            due_at=commitment.hour,
            follow_up_on=commitment.follow_up,
            progress=None if commitment.state.is_open else self._teller.progress(commitment),
        )

    def _was_known(self, item: Item) -> bool:
        if item.noted is None:
            return item.known_on <= self._day
        return self._numbers.get(item.noted.meeting_id, 0) <= self._meeting.number


def _before_later(commitment: Commitment, known: Collection[UUID]) -> Commitment:
    """Return it without what a later meeting of the same day put in its place."""
    kept = (one for one in commitment.changes if one.successor_id in {None, *known})
    return replace(commitment, changes=tuple(kept))


def _content(
    of_meeting: document.ProtocolContent,
    plan: AgreedPlan,
    signers: tuple[document.Signer, ...],
    language: str,
) -> document.ProtocolContent:
    """Return what the document says: which meeting agreed, the plan, and who signs it."""
    _ = load_language(language).gettext
    return replace(
        of_meeting,
        meeting_title=_("Plan, version {number}").format(number=plan.version),
        ends_at=None,
        place="",
        form=None,
        secretary="",
        verifier="",
        participants=(),
        interpreters=(),
        consents=(),
        carried=(),
        items=(),
        summary="",
        next_meeting=None,
        signers=signers,
        plan=plan,
    )


def _signers(
    work: UnitOfWork,
    vault: OpenVault,
    told: ToldMeeting,
    command: ComposeProtocol,
    lines: Collection[ShownPlanLine],
) -> tuple[document.Signer, ...]:
    """Return who signs: of those at the table the family, who promised, and who led the meeting.

    The board's own file holds what others may not read: whoever opens the case signs that alone.
    """
    there = {one.id for one in told.meeting.attended}
    if command.audience is ProtocolAudience.BOARD:
        there &= {one.id for one in recipients_of(work, vault, told.meeting) if one.has_grant}
    seats = [
        one
        for one in told.room.seats
        if one.id in there and Function.INTERPRETER not in one.functions
    ]
    language = load_language(command.language)
    found: dict[UUID, document.Signer] = {}
    for function, seat in (*_of_family(seats), *_of_agencies(seats, lines), *_chair(seats)):
        role = told.standing.catalogue.meeting_role(function.value)
        found.setdefault(
            seat.id,
            document.Signer(
                role=role.name.in_language(language.code),
                name=seat.name,
                agency=agency_words(seat, told.standing, language),
            ),
        )
    return tuple(found.values())


def _of_family(seats: Sequence[Seat]) -> Iterator[tuple[Function, Seat]]:
    for function in (Function.SUBJECT_PERSON, Function.GUARDIAN):
        yield from ((function, one) for one in seats if function in one.functions)


def _of_agencies(
    seats: Sequence[Seat], lines: Collection[ShownPlanLine]
) -> Iterator[tuple[Function, Seat]]:
    """Yield who promised something for an agency, or whoever else was there for it."""
    promised = [one for one in lines if one.kind is LineKind.ACTION and one.organisation_id]
    for organisation_id in dict.fromkeys(one.organisation_id for one in promised):
        of_agency = [one for one in seats if one.organisation_id == organisation_id]
        parties = {one.party_id for one in promised if one.party_id is not None}
        names = {one.responsible for one in promised if one.organisation_id == organisation_id}
        themselves = [one for one in of_agency if one.party_id in parties or one.name in names]
        for one in themselves or of_agency[:1]:
            if Function.CHAIR not in one.functions:
                yield Function.AGENCY_REPRESENTATIVE, one


def _chair(seats: Sequence[Seat]) -> Iterator[tuple[Function, Seat]]:
    yield from ((Function.CHAIR, one) for one in seats if Function.CHAIR in one.functions)
