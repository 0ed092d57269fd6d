"""How the parts of a packet that came are judged and stored here."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.agenda import VOICE, TemplateItem
from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.items import Item, ItemKind, Noted, Part
from trygga_desktop.domain.meeting import AgendaItem, Meeting, MeetingState, ToldBy, Voice
from trygga_desktop.domain.packets import Packet, PartFlaw, PartKind, Provenance, Whose
from trygga_desktop.domain.packets import Part as PacketPart
from trygga_desktop.domain.partners import Partner
from trygga_desktop.services.agendas import LONGEST_ITEM
from trygga_desktop.services.entries import (
    ChangeCommitment,
    check_state,
    check_text,
)
from trygga_desktop.services.meetings import MOST_TEXT
from trygga_desktop.services.packet_parts import TRAVELLING
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.voices import place_of_voice, write_words
from trygga_desktop.storage.work import UnitOfWork

_LANGUAGES = ("sv", "en")
_OF_MEETING = frozenset({PartKind.AGENDA, PartKind.VOICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A packet that came for a case of ours; `meeting` is None where it is not known here yet."""

    packet: Packet
    partner: Partner
    standing: Standing
    meeting: Meeting | None

    @property
    def case_id(self) -> UUID:
        """Return our case."""
        return self.standing.opened.case.id


def items_of(part: PacketPart, of: Arrival) -> Mapping[str, Item]:
    """Return the items that the words of a part would be here, not decided for anyone."""
    if part.kind is PartKind.AGENDA and _template_item(part, of) is not None:
        return {}
    texts = {
        PartKind.AGENDA: ("title",),
        PartKind.VOICE: ("words", "letter") if part.fields.get("letter") else ("words",),
        PartKind.STATEMENT: ("text",),
        PartKind.COMMITMENT: ("text",),
    }
    return {name: _item(part, of, part.fields[name]) for name in texts[part.kind]}


def organisation_of(source: Provenance, of: Arrival) -> UUID | None:
    """Return whose information something is, by our own directory; None where nobody is it."""
    return _organisation(of, source.whose, source.organisation_kind, source.organisation)


def find_flaw(
    work: UnitOfWork, part: PacketPart, here: PacketPart | None, of: Arrival
) -> PartFlaw | None:
    """Return what keeps a part from being taken in, before anyone asks whether it may be told."""
    if organisation_of(part.source, of) is None:
        return PartFlaw.ORIGIN_UNKNOWN
    if _is_unreadable(part, of):
        return PartFlaw.UNREADABLE
    is_over = of.meeting is not None and of.meeting.state is not MeetingState.PLANNED
    is_of_meeting = part.kind in _OF_MEETING or part.kind is PartKind.STATEMENT
    if is_over and is_of_meeting and (here is not None or part.kind in _OF_MEETING):
        return PartFlaw.CLOSED
    if part.kind in _OF_MEETING and of.meeting is None and not _template(of):
        return PartFlaw.TEMPLATE_UNKNOWN
    if here is None:
        is_item = part.kind in {PartKind.STATEMENT, PartKind.COMMITMENT}
        if is_item and work.items.is_taken(part.id):
            return PartFlaw.ELSEWHERE
    return PartFlaw.BY_HAND if _is_by_hand(part, here) else None


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
    meeting = _new_meeting(work, of) if before is None else before
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
    own = _template_item(part, of)
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
    item = _item(part, of, part.fields["text"])
    agenda = () if meeting is None or meeting.state is not MeetingState.PLANNED else meeting.agenda
    if meeting is not None and part.source.follows in {one.id for one in agenda}:
        item = replace(item, noted=_noted(meeting.id, part.source.follows))
    work.items.add(item, compartment, key, sequence=work.sequence)


def _noted(meeting_id: UUID, agenda_id: UUID | None) -> Noted | None:
    return None if agenda_id is None else Noted(meeting_id=meeting_id, agenda_id=agenda_id)


def _put_commitment(work: UnitOfWork, part: PacketPart, of: Arrival, *, is_here: bool) -> None:
    fields = part.fields
    due, state = date.fromisoformat(fields["due_on"]), CommitmentState(fields["state"])
    change = CommitmentChange(state=state, on=work.today, reason=fields["reason"])
    if is_here:
        rows = {one.id: (one, version) for one, version in work.commitments.of_case(of.case_id)}
        commitment, version = rows[part.id]
        moved = replace(change, new_due=due if due != commitment.due else None)
        changed = replace(commitment, changes=(*commitment.changes, moved))
        work.commitments.replace(of.case_id, changed, row_version=version)
        return
    compartment = work.compartments.of_file(of.case_id)[CompartmentKind.CASE]
    key = work.compartments.key(compartment)
    item = _item(part, of, fields["text"])
    work.items.add(item, compartment, key, sequence=work.sequence)
    source = part.source
    is_begun = state is not CommitmentState.NOT_STARTED
    commitment = Commitment(
        id=part.id,
        case_id=of.case_id,
        responsible=fields["responsible"].strip(),
        organisation_id=None
        if source.speaks is None
        else _organisation(of, source.speaks, source.speaks_kind, source.speaks_name),
        due_on=due,
        changes=(change,) if is_begun else (),
    )
    work.commitments.add(of.case_id, commitment)


def _item(part: PacketPart, of: Arrival, text: str) -> Item:
    source, subject = part.source, of.standing.opened.subject_id
    kind = ItemKind.ACTION if part.kind is PartKind.COMMITMENT else ItemKind.STATEMENT
    is_decision = part.kind is PartKind.STATEMENT and source.kind == ItemKind.DECISION
    by_subject = source.by_subject or part.kind is PartKind.VOICE
    areas = {one.code for one in of.standing.catalogue.life_areas}
    return Item(
        id=part.id if part.kind is not PartKind.VOICE else uuid4(),
        case_id=of.case_id,
        kind=ItemKind.DECISION if is_decision else kind,
        part=Part.CASE,
        author_id=of.packet.receiver.user_id,
        origin_id=organisation_of(source, of),
        category=VOICE if part.kind is PartKind.VOICE else source.category,
        about=frozenset({subject}),
        reporter_ids=frozenset(),
        known_on=source.known_on,
        text=text,
        said_by=subject if by_subject else None,
        area=source.area if source.area in areas else "",
        is_strength=source.is_strength and source.area in areas,
    )


def _organisation(of: Arrival, whose: Whose, kind: str, name: str) -> UUID | None:
    controller = of.standing.given.controller_id
    if whose is Whose.SENDER:
        return of.partner.organisation_id
    if whose is Whose.RECEIVER:
        return controller
    in_case = of.standing.given.organisations
    found = {
        one.id
        for one in of.standing.directory.organisations
        if one.id in in_case
        and one.kind == kind
        and name.casefold() in {each.name.casefold() for each in one.names}
    }
    return found.pop() if len(found) == 1 else None


def _template(of: Arrival) -> tuple[TemplateItem, ...]:
    code = of.packet.meeting.template if of.meeting is None else of.meeting.template
    for template in of.standing.catalogue.templates:
        if template.code == code:
            return template.items
    return ()


def _template_item(part: PacketPart, of: Arrival) -> TemplateItem | None:
    """Return the item of our own template that a part is, word for word.

    Whatever else calls itself the template's is taken as written by somebody, and decided.
    """
    told = (part.fields["title"], part.fields["question"])
    for one in _template(of):
        wordings = [
            (one.title.in_language(each), one.question.in_language(each)) for each in _LANGUAGES
        ]
        if one.code == part.source.code and told in wordings:
            return one
    return None


def _is_unreadable(part: PacketPart, of: Arrival) -> bool:
    try:
        _check(part, of)
    except (InvalidInputError, ValueError):
        return True
    return False


def _check(part: PacketPart, of: Arrival) -> None:
    """Raise InvalidInputError or ValueError for what none of our own screens would store."""
    fields = part.fields
    if part.kind is PartKind.AGENDA:
        _check_short("title", fields["title"], must=True)
        if not 0 < int(fields["minutes"]) <= LONGEST_ITEM or not fields["minutes"].isdecimal():
            raise InvalidInputError(field="minutes", flaw="length")
        if fields["question"] and _template_item(part, of) is None:
            raise InvalidInputError(field="question", flaw="unknown")
    elif part.kind is PartKind.VOICE:
        check_text(fields["words"])
        _check_short("teller", fields["teller"], must=fields["told_by"] == ToldBy.SOMEBODY)
        if ToldBy(fields["told_by"]) is ToldBy.LETTER or fields["letter"]:
            check_text(fields["letter"])
    elif part.kind is PartKind.STATEMENT:
        check_text(fields["text"])
        if ItemKind(part.source.kind) not in TRAVELLING:
            raise InvalidInputError(field="kind", flaw="unknown")
    else:
        check_text(fields["text"])
        _check_short("responsible", fields["responsible"], must=True)
        date.fromisoformat(fields["due_on"])
        state = CommitmentState(fields["state"])
        if state is not CommitmentState.NOT_STARTED or fields["reason"]:
            told = ChangeCommitment(
                case_id=of.case_id, commitment_id=part.id, state=state, reason=fields["reason"]
            )
            check_state(told, of.standing.catalogue)


def _check_short(field: str, text: str, *, must: bool) -> None:
    if len(text) > MOST_TEXT:
        raise InvalidInputError(field=field, flaw="length")
    if must and not text.strip():
        raise InvalidInputError(field=field, flaw="missing")


def _is_by_hand(part: PacketPart, here: PacketPart | None) -> bool:
    """Tell whether what changed is none that a packet may change."""
    if part.kind is PartKind.COMMITMENT and part.fields["state"] == CommitmentState.CHANGED:
        # What came in its place has to be there first.
        return True
    if here is None:
        return False
    if part.kind is PartKind.COMMITMENT:
        # What was promised is never reworded.
        return any(part.fields[one] != here.fields[one] for one in ("text", "responsible"))
    if part.kind is PartKind.VOICE:
        # What was once written is changed, never made away with.
        return bool(here.fields["letter"]) and not part.fields["letter"]
    return False
