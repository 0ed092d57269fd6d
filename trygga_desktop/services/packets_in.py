"""Use cases that look into a packet that came, and take in what somebody accepts of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from trygga_desktop.crypto.packets import (
    digest_of_file,
    digest_of_part,
    name_of,
    unseal_packet,
)
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.errors import InvalidInputError, PacketRefusedError
from trygga_desktop.domain.items import RecordedMarking
from trygga_desktop.domain.meeting import Meeting
from trygga_desktop.domain.packets import (
    Change,
    Exchange,
    Packet,
    PacketFlaw,
    PartFlaw,
    PartKind,
    add_seen,
    compare,
    line_key,
)
from trygga_desktop.domain.packets import Part as PacketPart
from trygga_desktop.domain.partners import Partner
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Decision, Recipient
from trygga_desktop.services.audience import show_alone, show_case_rows, show_to, text_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.packet_arrivals import (
    Arrival,
    find_flaw,
    items_of,
    organisation_of,
    place_fields,
    stands_otherwise,
    with_what_stays,
)
from trygga_desktop.services.packet_names import FamilyNames
from trygga_desktop.services.packet_parts import Carried, Gathering, gather, tell
from trygga_desktop.services.packet_taking import is_stored, next_plan, take
from trygga_desktop.services.packets import (
    ToldField,
    find_exchange,
    keep_exchange,
    told_fields,
)
from trygga_desktop.services.parties import name_of as name_of_person
from trygga_desktop.services.partners import own_keys
from trygga_desktop.services.plan_versions import digest_of_version
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

# What an answer about an exclusion or a limit is given to: all that a part says in words.
_ANSWERED = ("text", "words", "letter", "sign", "own_part")
_TO_ANSWER = frozenset({Change.NEW, Change.THERE, Change.BOTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPart:
    """One part that came, beside what lies here.

    `before` is what it is here, `after` what came; of what may not be told here the words are
    missing. `organisation` is whose information it is, by our own directory, and `known_on` since
    when they have known it. `decision` is whether it may be told here, None for the template's own
    words and where a `flaw` settles it before. What `must_be_tried` nobody has answered for an
    exclusion or a limit here: taken in, it is told to no other agency before somebody has.
    """

    key: str
    kind: PartKind
    change: Change
    category: str
    before: tuple[ToldField, ...]
    after: tuple[ToldField, ...]
    organisation: str
    known_on: date
    decision: Decision | None
    flaw: PartFlaw | None
    must_be_tried: bool = False

    @property
    def must_be_answered(self) -> bool:
        """Tell whether somebody has to accept or refuse it."""
        return self.flaw is None and self.change in _TO_ANSWER


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """What a packet holds for a case of ours, and who sent it.

    `name_there` is the young person's name as the packet tells it, empty where it does not, and
    that of somebody protected here by the alias; `name_here` is ours. `is_another_name` tells that
    they are not the same, also where the one there is not shown. `is_first` tells that nobody has
    said yet that both cases are of one person. `is_new_meeting` tells that the meeting is not known
    here, and `starts_at` when it begins; a packet without a meeting has none.
    """

    row: CaseRow
    sender: str
    municipality: str
    organisation: str
    made_at: datetime
    number: int
    case_number_there: str
    name_there: str
    name_here: str
    is_another_name: bool
    is_first: bool
    is_new_meeting: bool
    starts_at: datetime | None
    parts: tuple[IncomingPart, ...]
    catalogue: Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """A packet, and the answer to each part that asks for one: their keys.

    `is_same_person` is said once, with the first packet of a case.
    """

    case_id: UUID
    data: bytes
    accepted: frozenset[str]
    refused: frozenset[str]
    is_same_person: bool = False


@use_case(Permission.WORK_IN_CASE)
def read_packet(case_id: UUID, data: bytes, *, vault: OpenVault) -> Done[Incoming]:
    """Return what a packet holds for a case, beside what lies here. Nothing is changed.

    Raise PacketRefusedError with the reason for a packet that is not taken in.
    """
    with vault.work() as work:
        opened = _open(work, vault, case_id, data)
        packet, standing = opened.of.packet, opened.of.standing
        row = show_case_rows(
            [standing.opened], vault=vault, on=work.today, restored_at=work.restored_at
        )[0]
        named = standing.names_of({opened.of.partner.organisation_id})
        found = Incoming(
            row=row,
            sender=opened.of.partner.keys.name,
            municipality=opened.of.partner.keys.municipality,
            organisation="".join(named),
            made_at=packet.made_at,
            number=packet.number,
            case_number_there=packet.case_number,
            name_there=packet.name,
            name_here=text_of(name_of_person(vault, standing, standing.opened.subject_id)),
            is_another_name=opened.is_another_name,
            is_first=opened.is_first,
            is_new_meeting=packet.meeting is not None and opened.of.meeting is None,
            starts_at=None if packet.meeting is None else packet.meeting.starts_at,
            parts=_incoming(work, vault, opened),
            catalogue=standing.catalogue,
        )
        work.commit(Action.PACKET_READ, case_id)
    return Done(found)


@use_case(Permission.WORK_IN_CASE)
def take_in_plan(command: TakeIn, *, vault: OpenVault) -> Done[None]:
    """Store what was accepted of the plan as its next version: new, changed and removed lines.

    That comes first, for the log is tied to each version of a plan by an entry of its own: after it
    `take_in_packet` stores the rest and lets the packet be taken in no more. Raise as that does,
    InvalidInputError where no line was accepted, and TamperedError for a plan that is not whole.
    Of lines that are stored already there is no further version.
    """
    with vault.work() as work:
        opened = _open(work, vault, command.case_id, command.data)
        accepted = _answered(command, _incoming(work, vault, opened), opened)
        lines = [one for one in opened.of.packet.parts if is_line(one.key) and one.key in accepted]
        if not lines:
            raise InvalidInputError(field="parts", flaw="missing")
        if is_stored(work, lines, opened.of):
            # They were stored before the program ended between the two.
            return Done(None)
        version = next_plan(work, lines, opened.of)
        work.plans.add(command.case_id, version)
        digest = digest_of_version(version)
        work.commit(Action.PLAN_TAKEN_IN, command.case_id, digest=digest)
    return Done(None, Changes(items=True, meetings=True))


@use_case(Permission.WORK_IN_CASE)
def take_in_packet(command: TakeIn, *, vault: OpenVault) -> Done[None]:
    """Store what was accepted of a packet; what was refused stays as it is here.

    Everything is judged and decided anew. Raise PacketRefusedError for a packet that is not taken
    in, InvalidInputError where a part that asks for an answer has none or two, one is accepted that
    cannot be, or nobody has said that both cases are of one person.
    """
    with vault.work() as work:
        opened = _open(work, vault, command.case_id, command.data)
        incoming = _incoming(work, vault, opened)
        accepted_keys = _answered(command, incoming, opened)
        packet = opened.of.packet
        accepted = [one for one in packet.parts if one.key in accepted_keys]
        if not is_stored(work, [one for one in accepted if is_line(one.key)], opened.of):
            raise InvalidInputError(field="parts", flaw="plan_first")
        take(work, accepted, opened.here.keys(), opened.of)
        keep_exchange(
            work,
            command.case_id,
            opened.exchange,
            seen=_seen_after(opened, {one.key for one in incoming if one.flaw is None}),
            taken=packet.number,
            case_there=packet.case_here,
        )
        digest = digest_of_file(command.data)
        work.commit(Action.PACKET_TAKEN_IN, command.case_id, digest=digest)
    return Done(None, Changes(items=True, meetings=True))


def is_line(key: str) -> bool:
    """Tell whether a part is a line of the plan, or that one was removed, by its key."""
    return line_key(key).startswith(f"{PartKind.PLAN_LINE} ")


def _answered(
    command: TakeIn, incoming: Collection[IncomingPart], opened: "_Opened"
) -> frozenset[str]:
    """Return what was accepted and is still to be stored; raise InvalidInputError as above.

    Lines of the plan that were stored before are the same here by now, and ask for nothing more.
    """
    if opened.is_first and not command.is_same_person:
        raise InvalidInputError(field="person", flaw="unconfirmed")
    asked = {one.key for one in incoming if one.must_be_answered}
    stored = {one.key for one in incoming if one.change is Change.SAME and is_line(one.key)}
    answered = command.accepted | command.refused
    is_twice = bool(command.accepted & command.refused)
    if is_twice or not asked <= answered or not answered <= asked | stored:
        raise InvalidInputError(field="parts", flaw="unanswered")
    return command.accepted & asked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A packet that came, what is remembered of the ones before, and what of the case lies here.

    `here` is that as the operator may have it, `told` as its sender may: by the digests of that,
    and of what `came` as it was sent, two sides know what the other one had. In the packet of the
    arrival somebody protected here is called as they are here.
    """

    of: Arrival
    exchange: Exchange
    here: Mapping[str, PacketPart]
    told: Mapping[str, PacketPart]
    came: Mapping[str, str]
    is_another_name: bool
    markings: Mapping[str, Mapping[str, tuple[RecordedMarking, ...]]]

    @property
    def is_first(self) -> bool:
        return self.exchange.case_there is None and self.of.packet.case_there is None

    def answers_about(self, part: PacketPart, name: str) -> tuple[RecordedMarking, ...]:
        """Return what was answered here about a text of a part: of other words that says nothing.

        Of a line of the plan it is asked about with all that it says.
        """
        here = self.here.get(part.key)
        if here is None or any(part.fields.get(one) != here.fields.get(one) for one in _ANSWERED):
            return ()
        return self.markings.get(part.key, {}).get(name, ())

    def has_travelled(self, part: PacketPart) -> bool:
        """Tell whether what a part is about was ever sent to its sender, or came from there."""
        return line_key(part.key) in self.exchange.seen


def _open(work: UnitOfWork, vault: OpenVault, case_id: UUID, data: bytes) -> _Opened:
    """Return a packet that is for us and for this case; raise PacketRefusedError for any other."""
    standing = stand(work, vault, work.cases.find(case_id))
    unsealed = unseal_packet(data, vault.keyring.exchange(vault.keyring.principal))
    partner = _sender(work, unsealed.sender)
    packet = unsealed.read(partner.keys)
    addresses = (packet.sender, packet.receiver)
    if addresses != (partner.keys.address, own_keys(vault).address):
        raise PacketRefusedError(PacketFlaw.ALTERED)
    taken = work.audit.entries_by({Action.PACKET_TAKEN_IN})
    if digest_of_file(data) in {one.digest for one in taken}:
        raise PacketRefusedError(PacketFlaw.TAKEN_BEFORE)
    exchange = find_exchange(work, case_id, partner)
    if packet.number <= exchange.taken:
        raise PacketRefusedError(PacketFlaw.OLDER)
    meeting = _meeting(work, packet, case_id)
    is_other = packet.case_there not in {None, case_id}
    if is_other or exchange.case_there not in {None, packet.case_here}:
        raise PacketRefusedError(PacketFlaw.OTHER_CASE)
    names = FamilyNames(vault, standing, partner)
    called = replace(
        packet, name=names.here(packet.name), parts=tuple(map(names.as_here, packet.parts))
    )
    of = Arrival(packet=called, partner=partner, standing=standing, meeting=meeting)
    gathering = Gathering(
        standing=standing,
        meeting=meeting,
        partner=partner,
        names=names,
        seen={line_key(one.key) for one in packet.parts},
    )

    def shown(found: Iterable[Carried]) -> dict[str, PacketPart]:
        told = (
            tell(one, lambda item: show_alone([item], vault=vault, given=standing.given))[0]
            for one in found
        )
        return {one.key: one for one in told if one is not None}

    found = gather(work, gathering)
    return _Opened(
        of=of,
        exchange=exchange,
        here=shown(found),
        told=shown(one.as_it_goes for one in found),
        is_another_name=names.is_another(packet.name, standing.opened.subject_id),
        came={one.key: digest_of_part(one) for one in packet.parts},
        markings={
            one.key: {name: item.markings for name, item in one.texts.items()} for one in found
        },
    )


def _sender(work: UnitOfWork, name: bytes) -> Partner:
    for one in work.partners.all():
        if name_of(one.keys.verify_public) == name:
            if one.retired:
                raise PacketRefusedError(PacketFlaw.RETIRED)
            return one
    raise PacketRefusedError(PacketFlaw.NOT_CERTIFIED)


def _meeting(work: UnitOfWork, packet: Packet, case_id: UUID) -> Meeting | None:
    if packet.meeting is None:
        return None
    if work.meetings.case_of(packet.meeting.id) not in {None, case_id}:
        raise PacketRefusedError(PacketFlaw.OTHER_CASE)
    for one, _ in work.meetings.of_case(case_id):
        if one.id == packet.meeting.id:
            return one
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    """What a part says here, where it may be told, and whether it may."""

    fields: Mapping[str, str]
    decision: Decision | None
    flaw: PartFlaw | None
    must_be_tried: bool = False


def _decide(work: UnitOfWork, vault: OpenVault, part: PacketPart, opened: _Opened) -> _Decided:
    of, board = opened.of, _board(vault, opened.of.standing)
    flaw = find_flaw(work, part, opened.here.get(line_key(part.key)), of)
    if flaw is None and part.kind is PartKind.REMOVED_LINE and not opened.has_travelled(part):
        # Nobody over there can have removed what they never had.
        flaw = PartFlaw.BY_HAND
    fields, decision, must_be_tried = dict(part.fields), None, False
    for name, item in {} if flaw else items_of(part, of).items():
        answered = replace(item, markings=opened.answers_about(part, name))
        told = show_to(answered, board, given=of.standing.given)
        if told.hidden:
            decision = told.hidden[0].decision
            if not _asks_only(decision):
                flaw = PartFlaw.NOT_ALLOWED
                break
            if part.kind is PartKind.AGENDA:
                # Nobody can answer anything about a title.
                flaw = PartFlaw.UNANSWERED
                break
            # Whoever is to answer reads it, alone, as they read what lies in the case already.
            must_be_tried = True
            told = show_alone([answered], vault=vault, given=of.standing.given)
        elif not must_be_tried:
            decision = told.items[0].decision
        fields[name] = "".join(map(text_of, told.items))
    return _Decided(
        fields=fields,
        decision=decision,
        flaw=flaw,
        must_be_tried=must_be_tried and flaw is None,
    )


def _asks_only(decision: Decision) -> bool:
    """Tell whether nothing stands against an item but that nobody has answered about it."""
    return decision.reason is Reason.NEEDS_MARKING and not decision.also


def _incoming(work: UnitOfWork, vault: OpenVault, opened: _Opened) -> tuple[IncomingPart, ...]:
    of, standing = opened.of, opened.of.standing
    decided = {one.key: _decide(work, vault, one, opened) for one in of.packet.parts}
    goals_here = {one.id: one.fields["words"] for one in opened.here.values() if _is_goal(one)}
    goals_there = {
        one.id: decided[one.key].fields["words"]
        for one in of.packet.parts
        if _is_goal(one) and decided[one.key].flaw is None
    }
    found = []
    for part in of.packet.parts:
        told, here = decided[part.key], opened.here.get(line_key(part.key))
        origin = organisation_of(part.source, of)
        named = () if origin is None else standing.names_of({origin})
        is_told = not told.flaw and part.kind is not PartKind.REMOVED_LINE
        found.append(
            IncomingPart(
                key=part.key,
                kind=part.kind,
                change=_change(part, here, opened),
                category=part.source.category,
                before=() if here is None else _told(here, here.fields, of, goals_here, ours=True),
                after=_told(
                    part,
                    with_what_stays(part, told.fields, here),
                    of,
                    {**goals_here, **goals_there},
                )
                if is_told
                else (),
                organisation="".join(named),
                known_on=part.source.known_on,
                decision=told.decision,
                flaw=told.flaw,
                must_be_tried=told.must_be_tried,
            )
        )
    return tuple(found)


def _change(part: PacketPart, here: PacketPart | None, opened: _Opened) -> Change:
    """Return which side changed a part; a line that was removed is one that is not there."""
    there, seen = opened.came[part.key], opened.exchange.seen
    if here is None and part.kind is PartKind.REMOVED_LINE:
        return Change.SAME
    gone_here = f"{PartKind.REMOVED_LINE} {part.id}"
    if here is None and gone_here in opened.here and part.kind is PartKind.PLAN_LINE:
        return Change.HERE if there in seen.get(part.key, ()) else Change.BOTH
    told = None if here is None else digest_of_part(opened.told[here.key])
    change = compare(here=told, there=there, seen_here=seen.get(part.key, ()), seen_there=part.seen)
    if change in {Change.THERE, Change.BOTH} and here is not None:
        # What the other program did not tell stays, and is nothing to answer for.
        taken = replace(part, fields=with_what_stays(part, part.fields, here))
        change = Change.SAME if digest_of_part(taken) == digest_of_part(here) else change
    is_otherwise = stands_otherwise(part, here, opened.of, known=opened.here.keys())
    return Change.BOTH if is_otherwise and change is Change.SAME else change


def _is_goal(part: PacketPart) -> bool:
    return part.kind is PartKind.PLAN_LINE and part.source.kind == LineKind.GOAL


def _told(
    part: PacketPart,
    fields: Mapping[str, str],
    of: Arrival,
    goals: Mapping[UUID, str],
    *,
    ours: bool = False,
) -> tuple[ToldField, ...]:
    """Return the fields of a part; of a line of the plan also what it is, where, and for whom.

    `goals` are the words of those that may be told here.
    """
    told = told_fields(part.kind, fields)
    if part.kind is not PartKind.PLAN_LINE:
        return told
    goal = goals.get(part.source.follows, "") if part.source.follows else ""
    place = {**place_fields(part.source, of, is_ours=ours), "goal": goal}
    return (*told, *(ToldField(name=name, text=text) for name, text in place.items() if text))


def _board(vault: OpenVault, standing: Standing) -> Recipient:
    """Return who the decision is asked about when something comes: the board whose vault it is."""
    return Recipient(
        id=vault.keyring.principal,
        organisation_id=standing.given.controller_id,
        barred=False,
        acknowledged=True,
    )


def _seen_after(opened: _Opened, settled: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the digests of each part that was settled: what came, and what was here before.

    What somebody refused was answered all the same, and is not asked about a second time.
    """
    seen = {}
    for part in opened.of.packet.parts:
        if part.key not in settled:
            continue
        here = opened.here.get(line_key(part.key))
        known = opened.exchange.seen.get(part.key, ())
        older = () if here is None else (digest_of_part(opened.told[here.key]),)
        seen[part.key] = add_seen(known, *older, opened.came[part.key])
    return seen
