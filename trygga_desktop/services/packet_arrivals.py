"""What came with a packet, as it would be here, and what keeps a part from being taken in."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID, uuid4

from trygga_desktop.domain.agenda import VOICE, TemplateItem
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.meeting import Meeting, MeetingState, ToldBy
from trygga_desktop.domain.packets import (
    OF_THE_PLAN,
    Packet,
    PartFlaw,
    PartKind,
    Provenance,
    Whose,
)
from trygga_desktop.domain.packets import Part as PacketPart
from trygga_desktop.domain.partners import Partner
from trygga_desktop.domain.plan import (
    MAY_BE_DUE,
    LineKind,
    PlanLine,
    Term,
    answers_hold,
    find_line_flaw,
)
from trygga_desktop.services.agendas import LONGEST_ITEM
from trygga_desktop.services.entries import (
    ChangeCommitment,
    check_state,
    check_text,
)
from trygga_desktop.services.meetings import MOST_TEXT
from trygga_desktop.services.packet_names import is_of_family
from trygga_desktop.services.packet_parts import TRAVELLING
from trygga_desktop.services.standing import Standing
from trygga_desktop.storage.work import UnitOfWork

_LANGUAGES = ("sv", "en")
_OF_MEETING = frozenset({PartKind.AGENDA, PartKind.VOICE})
# What lies here keeps whose it is: else one thing would be decided on, and another stored.
_AS_IT_CAME = frozenset({PartKind.STATEMENT, PartKind.COMMITMENT}) | OF_THE_PLAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A packet that came for a case of ours.

    `meeting` is None where it is not known here yet, or the packet is of none.
    """

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
    if part.kind is PartKind.AGENDA and template_item(part, of) is not None:
        return {}
    texts = {
        PartKind.AGENDA: ("title",),
        PartKind.VOICE: ("words", "letter") if part.fields.get("letter") else ("words",),
        PartKind.STATEMENT: ("text",),
        PartKind.COMMITMENT: ("text",),
        PartKind.PLAN_LINE: ("words",),
        PartKind.REMOVED_LINE: (),
    }
    return {name: item_of(part, of, part.fields[name]) for name in texts[part.kind]}


def organisation_of(source: Provenance, of: Arrival) -> UUID | None:
    """Return whose information something is, by our own directory; None where nobody is it."""
    return organisation_told(of, source.whose, source.organisation_kind, source.organisation)


def find_flaw(
    work: UnitOfWork, part: PacketPart, here: PacketPart | None, of: Arrival
) -> PartFlaw | None:
    """Return what keeps a part from being taken in, before anyone asks whether it may be told."""
    is_told_whom = here is None or (part.kind is PartKind.PLAN_LINE and _is_for_another(part, here))
    speaks_for_nobody = is_told_whom and _speaks_for_nobody_known(part.source, of)
    if organisation_of(part.source, of) is None or speaks_for_nobody:
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
    is_by_hand = _is_by_hand(part, here, of) or _is_promised(work, part, of)
    return PartFlaw.BY_HAND if is_by_hand else None


def line_of(part: PacketPart, of: Arrival, before: PlanLine | None) -> PlanLine:
    """Return a line of the plan as it came, in place of what it is here, if it is here.

    Raise ValueError for what no line is.
    """
    fields, source = part.fields, part.source
    item = item_of(part, of, fields["words"])
    line = before or PlanLine(
        id=part.id,
        kind=LineKind(source.kind),
        words="",
        area=item.area,
        category=source.category,
        origin_id=item.origin_id,
        about=item.about,
        said_by=item.said_by,
        known_on=source.known_on,
    )
    due_on = _day_or_none(fields["due_on"])
    whom, name = _whom(source, of), fields["responsible"].strip()
    if not name and whom is None and line.organisation_id is None:
        # The sender may not know who it is, or not tell: that does not take the name away here.
        name = line.responsible
    names = (line.responsible, of.standing.family_names.get(line.party_id or UUID(int=0)))
    told = replace(
        line,
        kind=LineKind(source.kind),
        area=item.area,
        goal_id=source.follows,
        organisation_id=whom,
        # Whose place in the case it is nobody told, once it is somebody else.
        party_id=line.party_id if whom == line.organisation_id and name in names else None,
        words=fields["words"],
        term=Term(fields["term"]) if fields["term"] else None,
        sign=fields["sign"],
        own_part=fields["own_part"],
        responsible=name,
        due_on=due_on,
        due_at=_hour_of(part, line, due_on),
        follow_up_on=_day_or_none(fields["follow_up_on"]),
    )
    # What somebody answered about other words says nothing of these.
    return told if answers_hold(line, told) else replace(told, markings=())


def _hour_of(part: PacketPart, line: PlanLine, due_on: date | None) -> time | None:
    """Return the hour at which a line is due: of the same day the one that it has stays untold."""
    hour = hour_told(part)
    is_untold = hour is None and _has_hour(part) and due_on == line.due_on
    return line.due_at if is_untold else hour


def _has_hour(part: PacketPart) -> bool:
    """Tell whether what a part is can be due at an hour."""
    is_line = part.kind is PartKind.PLAN_LINE and part.source.kind in MAY_BE_DUE
    return is_line or part.kind is PartKind.COMMITMENT


def hour_told(part: PacketPart) -> time | None:
    """Return the hour at which something is due, None for a whole day.

    Raise ValueError for what no clock shows.
    """
    told = part.fields.get("due_at", "")
    return datetime.strptime(told, "%H:%M").time() if told else None  # noqa: DTZ007  a time of day


def follow_up_told(part: PacketPart) -> date | None:
    """Return the day on which somebody asks how it goes, None where nothing is said of one.

    Raise ValueError for what no calendar has.
    """
    return _day_or_none(part.fields.get("follow_up_on", ""))


def with_what_stays(
    part: PacketPart, fields: Mapping[str, str], here: PacketPart | None
) -> Mapping[str, str]:
    """Return the fields of a part as they will be here once it was taken in.

    An older program knows no hour and no day of follow-up: what it does not tell, it does not take
    away. Only with another last day does the hour of the one before go. Neither does it take away
    who of the family it is: the other side may not know, or not tell.
    """
    if here is None:
        return fields
    stays = {"responsible"} if is_of_family(part) and is_of_family(here) else set()
    if part.kind is PartKind.COMMITMENT:
        stays.add("follow_up_on")
    if _has_hour(part) and fields["due_on"] == here.fields["due_on"]:
        stays.add("due_at")
    kept = {name: text for name, text in here.fields.items() if name in stays}
    return {**kept, **{name: text for name, text in fields.items() if text or name not in stays}}


def item_of(part: PacketPart, of: Arrival, text: str) -> Item:
    """Return the item that a text of a part would be here, not decided for anyone."""
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


def organisation_told(of: Arrival, whose: Whose, kind: str, name: str) -> UUID | None:
    """Return an organisation that the sender told of, by our own directory, or None."""
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


def stands_otherwise(
    part: PacketPart, here: PacketPart | None, of: Arrival, *, known: Collection[str]
) -> bool:
    """Tell whether a line of the plan is of another kind here, elsewhere, or for another agency.

    `known` are the keys of what lies here: under what does not, nothing can be put.
    """
    if part.kind is not PartKind.PLAN_LINE or here is None:
        return False
    theirs, ours = part.source, _as_we_tell(here.source)
    areas = {one.code for one in of.standing.catalogue.life_areas}
    is_elsewhere = theirs.area != ours.area and theirs.area in areas
    is_parent_known = theirs.follows is None or f"{part.kind} {theirs.follows}" in known
    return (
        theirs.kind != ours.kind
        or is_elsewhere
        or (theirs.follows != ours.follows and is_parent_known)
        or _whom(theirs, of) != _whom(ours, of)
    )


def place_fields(source: Provenance, of: Arrival, *, is_ours: bool) -> Mapping[str, str]:
    """Return what kind of line of the plan something is, where it stands, and who does it."""
    if is_ours:
        source = _as_we_tell(source)
    whom = _whom(source, of)
    names = () if whom is None else of.standing.names_of({whom})
    return {"kind": source.kind, "area": source.area, "whom": "".join(names) or source.speaks_name}


def _whom(source: Provenance, of: Arrival) -> UUID | None:
    """Return for which organisation somebody does something, by our own directory."""
    if source.speaks is None:
        return None
    return organisation_told(of, source.speaks, source.speaks_kind, source.speaks_name)


def _is_for_another(part: PacketPart, here: PacketPart) -> bool:
    theirs, ours = part.source, _as_we_tell(here.source)
    return (theirs.speaks, theirs.speaks_kind, theirs.speaks_name) != (
        ours.speaks,
        ours.speaks_kind,
        ours.speaks_name,
    )


def _as_we_tell(source: Provenance) -> Provenance:
    """Return what lies here as somebody over there would tell it to us."""
    turned = {Whose.SENDER: Whose.RECEIVER, Whose.RECEIVER: Whose.SENDER}
    speaks = source.speaks
    return replace(
        source,
        whose=turned.get(source.whose, source.whose),
        speaks=None if speaks is None else turned.get(speaks, speaks),
    )


def _speaks_for_nobody_known(source: Provenance, of: Arrival) -> bool:
    """Tell whether it would lie here as promised by the family, though an agency is to do it."""
    return source.speaks is not None and _whom(source, of) is None


def _is_another_s(source: Provenance, here: Provenance, of: Arrival) -> bool:
    """Tell whether what lies here is now told to be somebody else's, or of another category."""
    ours = _as_we_tell(here)
    return any(
        (
            organisation_of(source, of) != organisation_of(ours, of),
            (source.category, source.by_subject) != (ours.category, ours.by_subject),
            source.known_on != ours.known_on,
        )
    )


def _template(of: Arrival) -> tuple[TemplateItem, ...]:
    prepared = of.packet.meeting if of.meeting is None else of.meeting
    code = "" if prepared is None else prepared.template
    for template in of.standing.catalogue.templates:
        if template.code == code:
            return template.items
    return ()


def template_item(part: PacketPart, of: Arrival) -> TemplateItem | None:
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


def _is_promised(work: UnitOfWork, part: PacketPart, of: Arrival) -> bool:
    """Tell whether a line of the plan was agreed on here: it is a commitment by now."""
    if part.kind not in OF_THE_PLAN:
        return False
    return part.id in {one.id for one, _ in work.commitments.of_case(of.case_id)}


def _day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _check_short(field: str, text: str, *, must: bool) -> None:
    if len(text) > MOST_TEXT:
        raise InvalidInputError(field=field, flaw="length")
    if must and not text.strip():
        raise InvalidInputError(field=field, flaw="missing")


def _is_by_hand(part: PacketPart, here: PacketPart | None, of: Arrival) -> bool:
    """Tell whether what changed is none that a packet may change."""
    if part.kind is PartKind.COMMITMENT and part.fields["state"] == CommitmentState.CHANGED:
        # What came in its place has to be there first.
        return True
    if here is None:
        return False
    if part.kind in _AS_IT_CAME and _is_another_s(part.source, here.source, of):
        return True
    if part.kind is PartKind.COMMITMENT:
        # What was promised is never reworded. Of the family a name may be told or not.
        told = [one.fields["responsible"] for one in (part, here)]
        is_telling = is_of_family(part) and is_of_family(here) and not all(told)
        is_another = len(set(told)) > 1 and not is_telling
        return is_another or part.fields["text"] != here.fields["text"]
    if part.kind is PartKind.VOICE:
        # What was once written is changed, never made away with.
        return bool(here.fields["letter"]) and not part.fields["letter"]
    return False


def _check(part: PacketPart, of: Arrival) -> None:
    """Raise InvalidInputError or ValueError for what none of our own screens would store."""
    _CHECKS[part.kind](part, of)


def _check_agenda(part: PacketPart, of: Arrival) -> None:
    fields = part.fields
    _check_short("title", fields["title"], must=True)
    if not fields["minutes"].isdecimal() or not 0 < int(fields["minutes"]) <= LONGEST_ITEM:
        raise InvalidInputError(field="minutes", flaw="length")
    if fields["question"] and template_item(part, of) is None:
        raise InvalidInputError(field="question", flaw="unknown")


def _check_voice(part: PacketPart, _: Arrival) -> None:
    fields = part.fields
    check_text(fields["words"])
    _check_short("teller", fields["teller"], must=fields["told_by"] == ToldBy.SOMEBODY)
    if ToldBy(fields["told_by"]) is ToldBy.LETTER or fields["letter"]:
        check_text(fields["letter"])


def _check_statement(part: PacketPart, _: Arrival) -> None:
    check_text(part.fields["text"])
    if ItemKind(part.source.kind) not in TRAVELLING:
        raise InvalidInputError(field="kind", flaw="unknown")


def _check_commitment(part: PacketPart, of: Arrival) -> None:
    fields = part.fields
    check_text(fields["text"])
    _check_short("responsible", fields["responsible"], must=not is_of_family(part))
    date.fromisoformat(fields["due_on"])
    hour_told(part)
    follow_up_told(part)
    state = CommitmentState(fields["state"])
    if state is not CommitmentState.NOT_STARTED or fields["reason"]:
        told = ChangeCommitment(
            case_id=of.case_id, commitment_id=part.id, state=state, reason=fields["reason"]
        )
        check_state(told, of.standing.catalogue)


def _check_line(part: PacketPart, of: Arrival) -> None:
    check_text(part.fields["words"])
    areas = frozenset(one.code for one in of.standing.catalogue.life_areas)
    line = line_of(part, of, None)
    if find_line_flaw(line, areas) is not None:
        raise InvalidInputError(field="words", flaw="length")
    if line.is_used_after(of.standing.on):
        raise InvalidInputError(field="due_on", flaw="future")


def _check_removed(part: PacketPart, _: Arrival) -> None:
    LineKind(part.source.kind)


_CHECKS: Mapping[PartKind, Callable[[PacketPart, Arrival], None]] = {
    PartKind.AGENDA: _check_agenda,
    PartKind.VOICE: _check_voice,
    PartKind.STATEMENT: _check_statement,
    PartKind.COMMITMENT: _check_commitment,
    PartKind.PLAN_LINE: _check_line,
    PartKind.REMOVED_LINE: _check_removed,
}
