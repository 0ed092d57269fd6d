"""How the parts of a packet that somebody has accepted are stored here."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError, TamperedError
from trygga_desktop.domain.items import Noted
from trygga_desktop.domain.meeting import AgendaItem, Meeting, MeetingState, ToldBy, Voice
from trygga_desktop.domain.packets import Part as PacketPart
from trygga_desktop.domain.packets import PartKind
from trygga_desktop.domain.plan import PlanLine, PlanStage, PlanVersion
from trygga_desktop.services.packet_arrivals import (
    Arrival,
    follow_up_told,
    hour_told,
    item_of,
    line_of,
    organisation_of,
    organisation_told,
    template_item,
)
from trygga_desktop.services.plan_versions import digest_of_version, is_complete, versions_of
from trygga_desktop.services.voices import place_of_voice, write_words
from trygga_desktop.storage.work import UnitOfWork


def next_plan(work: UnitOfWork, parts: Iterable[PacketPart], of: Arrival) -> PlanVersion:
    """Return the next version of the plan: with these lines in it, or without, the rest as it is.

    Raise TamperedError where a version of the plan was taken away.
    """
    versions = versions_of(work, of.case_id)
    if not is_complete(work, of.case_id, versions):
        raise TamperedError
    newest = versions[-1] if versions else None
    return PlanVersion(
        id=uuid4(),
        case_id=of.case_id,
        number=1 if newest is None else newest.number + 1,
        stage=PlanStage.PREPARED,
        made_at=work.at,
        made_by=work.keyring.principal,
        lines=_with_lines(() if newest is None else newest.lines, parts, of),
        salt=uuid4().hex,
        based_on=0 if newest is None else newest.number,
        previous="" if newest is None else digest_of_version(newest).hex(),
    )


def is_stored(work: UnitOfWork, parts: Collection[PacketPart], of: Arrival) -> bool:
    """Tell whether the plan is already as these lines would have it.

    It is asked of the plan itself: what is stored may be spelled otherwise than it came.
    """
    versions = versions_of(work, of.case_id)
    lines = versions[-1].lines if versions else ()
    return not parts or _with_lines(lines, parts, of) == lines


def _with_lines(
    before: Iterable[PlanLine], parts: Iterable[PacketPart], of: Arrival
) -> tuple[PlanLine, ...]:
    lines = {one.id: one for one in before}
    for part in parts:
        if part.kind is PartKind.REMOVED_LINE:
            lines.pop(part.id, None)
        else:
            lines[part.id] = line_of(part, of, lines.get(part.id))
    return tuple(
        replace(one, goal_id=one.goal_id if one.goal_id in lines else None)
        for one in lines.values()
    )


def take(
    work: UnitOfWork, parts: Collection[PacketPart], here: Collection[str], of: Arrival
) -> None:
    """Store parts that somebody has accepted; `here` are the keys of those that lie here already.

    Raise InvalidInputError where the young person's words have no item of the agenda to stand
    under.
    """
    by_kind = {kind: [one for one in parts if one.kind is kind] for kind in PartKind}
    meeting = _meeting(work, by_kind, of)
    for part in by_kind[PartKind.STATEMENT]:
        _put_statement(work, part, meeting, of, is_here=part.key in here)
    for part in by_kind[PartKind.COMMITMENT]:
        _put_commitment(work, part, of, is_here=part.key in here)


def _meeting(
    work: UnitOfWork, by_kind: Mapping[PartKind, Iterable[PacketPart]], of: Arrival
) -> Meeting | None:
    """Store the agenda and the words of the young person, and return the meeting as it then is."""
    agenda, voices = [*by_kind[PartKind.AGENDA]], [*by_kind[PartKind.VOICE]]
    if not agenda and not voices:
        return of.meeting
    before = of.meeting
    meeting = before or _new_meeting(work, of)
    meeting = replace(meeting, agenda=_agenda(meeting.agenda, agenda, of))
    for part in voices:
        meeting = _with_voice(work, meeting, part, of)
    if before is None:
        work.meetings.add(of.case_id, meeting)
        return meeting
    versions = {one.id: version for one, version in work.meetings.of_case(of.case_id)}
    work.meetings.replace(of.case_id, meeting, row_version=versions[meeting.id])
    return meeting


def _new_meeting(work: UnitOfWork, of: Arrival) -> Meeting:
    prepared = of.packet.meeting
    if prepared is None:
        raise InvalidInputError(field="meeting", flaw="missing")
    known = [one.number for one, _ in work.meetings.of_case(of.case_id)]
    return Meeting(
        id=prepared.id,
        case_id=of.case_id,
        number=1 + max(known, default=0),
        template=prepared.template,
        starts_at=prepared.starts_at,
        minutes=prepared.minutes,
    )


def _agenda(
    agenda: tuple[AgendaItem, ...], parts: Iterable[PacketPart], of: Arrival
) -> tuple[AgendaItem, ...]:
    """Return the agenda with the parts in it: each in its place, new ones before the last."""
    known = {one.id: one for one in agenda}
    for part in parts:
        known[part.id] = _agenda_item(part, known.get(part.id), of)
    new = tuple(one for one in known.values() if one.id not in {each.id for each in agenda})
    old = tuple(known[one.id] for one in agenda)
    return (*old[:-1], *new, *old[-1:])


def _agenda_item(part: PacketPart, before: AgendaItem | None, of: Arrival) -> AgendaItem:
    minutes = int(part.fields["minutes"])
    if before is not None:
        # The words of the template are those of this vault.
        title = before.title if before.code else part.fields["title"].strip()
        return replace(before, title=title, minutes=minutes)
    own = template_item(part, of)
    origin = organisation_of(part.source, of)
    is_ours = origin == of.standing.given.controller_id
    return AgendaItem(
        id=part.id,
        code="" if own is None else own.code,
        title=part.fields["title"].strip(),
        category=part.source.category if own is None else own.category,
        minutes=minutes,
        question="" if own is None else part.fields["question"],
        origin_id=None if own is not None or is_ours else origin,
    )


def _with_voice(work: UnitOfWork, meeting: Meeting, part: PacketPart, of: Arrival) -> Meeting:
    place_of_voice(meeting)
    before, origin = meeting.voice, organisation_of(part.source, of)
    known = (None, None) if before is None else (before.words_id, before.letter_id)
    fields, standing = part.fields, of.standing
    words_id = write_words(work, standing, meeting, fields["words"], known[0], origin_id=origin)
    letter_id = known[1]
    if fields["letter"]:
        letter = fields["letter"]
        letter_id = write_words(work, standing, meeting, letter, letter_id, origin_id=origin)
    voice = Voice(
        words_id=words_id,
        letter_id=letter_id,
        told_by=ToldBy(fields["told_by"]),
        on=part.source.known_on,
        teller=fields["teller"].strip(),
        # What must not be raised never travels: it stays as it was told here.
        not_raised="" if before is None else before.not_raised,
        unraised=frozenset() if before is None else before.unraised,
    )
    return replace(meeting, voice=voice)


def _put_statement(
    work: UnitOfWork, part: PacketPart, meeting: Meeting | None, of: Arrival, *, is_here: bool
) -> None:
    compartment = work.compartments.of_file(of.case_id)[CompartmentKind.CASE]
    key = work.compartments.key(compartment)
    if is_here:
        known = {one.id: one for one in work.items.of_case(of.case_id)}
        # What somebody answered about other words says nothing of these.
        changed = replace(known[part.id], text=part.fields["text"], markings=())
        work.items.replace(changed, compartment, key)
        return
    item = item_of(part, of, part.fields["text"])
    agenda = () if meeting is None or meeting.state is not MeetingState.PLANNED else meeting.agenda
    if meeting is not None and part.source.follows in {one.id for one in agenda}:
        item = replace(item, noted=_noted(meeting.id, part.source.follows))
    work.items.add(item, compartment, key, sequence=work.sequence)


def _noted(meeting_id: UUID, agenda_id: UUID | None) -> Noted | None:
    return None if agenda_id is None else Noted(meeting_id=meeting_id, agenda_id=agenda_id)


def _put_commitment(work: UnitOfWork, part: PacketPart, of: Arrival, *, is_here: bool) -> None:
    fields = part.fields
    due, state = date.fromisoformat(fields["due_on"]), CommitmentState(fields["state"])
    hour, asked_on = hour_told(part), follow_up_told(part)
    change = CommitmentChange(state=state, on=work.today, reason=fields["reason"])
    if is_here:
        rows = {one.id: (one, version) for one, version in work.commitments.of_case(of.case_id)}
        commitment, version = rows[part.id]
        # Of the same day without an hour nothing is said of one: an older program knows none.
        is_moved = due != commitment.due
        if is_moved or (hour is not None and hour != commitment.hour):
            change = replace(change, new_due=due, new_due_at=hour)
        if asked_on is not None and asked_on != commitment.follow_up:
            change = replace(change, new_follow_up=asked_on)
        changed = replace(
            commitment,
            # Who of the family it is may be told later than that somebody promised it.
            responsible=commitment.responsible or fields["responsible"].strip(),
            changes=(*commitment.changes, change),
        )
        work.commitments.replace(of.case_id, changed, row_version=version)
        return
    compartment = work.compartments.of_file(of.case_id)[CompartmentKind.CASE]
    key = work.compartments.key(compartment)
    item = item_of(part, of, fields["text"])
    work.items.add(item, compartment, key, sequence=work.sequence)
    source = part.source
    is_begun = state is not CommitmentState.NOT_STARTED
    commitment = Commitment(
        id=part.id,
        case_id=of.case_id,
        responsible=fields["responsible"].strip(),
        organisation_id=None
        if source.speaks is None
        else organisation_told(of, source.speaks, source.speaks_kind, source.speaks_name),
        due_on=due,
        due_at=hour,
        follow_up_on=asked_on,
        changes=(change,) if is_begun else (),
        came_at=work.at,
    )
    work.commitments.add(of.case_id, commitment)
