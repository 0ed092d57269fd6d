"""Use cases that make a packet of a plan or of a preparation, for a partner's vault."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from trygga_desktop.crypto.packets import digest_of_file, digest_of_part, seal_packet
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.packets import (
    FIELDS,
    MOST_PARTS,
    Exchange,
    Packet,
    PartKind,
    Prepared,
    Sent,
    StayFlaw,
    add_seen,
    line_key,
)
from trygga_desktop.domain.packets import Part as PacketPart
from trygga_desktop.domain.partners import Partner
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sharing import Decision
from trygga_desktop.services.audience import (
    show_alone,
    show_case_rows,
    show_to,
    text_of,
)
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.packet_names import (
    CONTACT,
    FamilyNames,
    is_of_family,
    recipient_of,
)
from trygga_desktop.services.packet_parts import Carried, Gathering, gather, tell
from trygga_desktop.services.partners import in_force, own_keys
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

# Folded to plain letters by whoever names a file; it tells neither a name nor what the case is.
_FILE_NAME = "paket-{number}.trygga-packet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldField:
    """One field of a part, by its code in `FIELDS`, and what it says."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingPart:
    """One part as the operator sees it before it leaves, and whether it may.

    `decision` is why, None for the template's own words; `flaw` keeps it here whatever was decided.
    `is_new` tells that this receiver was never sent it as it is now. `withholds_name` tells that it
    leaves without the name of whoever of the family is responsible: the receiver may not know it.
    """

    key: str
    kind: PartKind
    category: str
    fields: tuple[ToldField, ...]
    decision: Decision | None
    flaw: StayFlaw | None
    is_new: bool
    withholds_name: bool = False

    @property
    def may_leave(self) -> bool:
        """Tell whether it can be chosen at all."""
        return self.flaw is None and (self.decision is None or self.decision.allowed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Somebody whom a packet can be made for, as certified."""

    id: UUID
    name: str
    municipality: str
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What can be sent of a case, or of what is prepared for a meeting, to one of the receivers.

    `meeting_number` is 0 where it is for none. `receiver` is whom the parts were decided for, None
    where there is nobody. `name` is the young person's, as the receiver will see it, empty where
    they may not know it. `sent` counts the packets so far.
    """

    row: CaseRow
    meeting_number: int
    receivers: tuple[Receiver, ...]
    receiver: UUID | None
    name: str
    parts: tuple[OutgoingPart, ...]
    sent: int
    catalogue: Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePacket:
    """The parts, by their keys, that leave for one receiver, for a meeting or for none.

    The number of the case is a way to the file, and goes only where somebody `tells_number`.
    """

    case_id: UUID
    partner_id: UUID
    chosen: frozenset[str]
    meeting_id: UUID | None = None
    tells_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePacket:
    """A packet as a file, and a neutral name for it."""

    data: bytes
    file_name: str
    number: int


@use_case(Permission.WORK_IN_CASE)
def read_outgoing(
    case_id: UUID,
    meeting_id: UUID | None = None,
    partner_id: UUID | None = None,
    *,
    vault: OpenVault,
) -> Done[Outgoing]:
    """Return what can be sent of a case, decided for one receiver: the first, if none is named.

    With a meeting it is also what is prepared for that, without one the plan, what was promised and
    what was told outside meetings. Raise InvalidInputError for a meeting that has begun, is over or
    of another case, or a receiver whose keys are not certified.
    """
    with vault.work() as work:
        meeting = _planned(work, case_id, meeting_id)
        standing = stand(work, vault, work.cases.find(case_id))
        partners = in_force(work.partners.all())
        partner = _chosen(partners, partner_id)
        row = show_case_rows(
            [standing.opened], vault=vault, on=work.today, restored_at=work.restored_at
        )[0]
        exchange = find_exchange(work, case_id, partner)
        names = None if partner is None else FamilyNames(vault, standing, partner)
        found = Outgoing(
            row=row,
            meeting_number=0 if meeting is None else meeting.number,
            receivers=tuple(_receiver(one, standing) for one in partners),
            receiver=None if partner is None else partner.id,
            name="" if names is None else names.there("", standing.opened.subject_id),
            parts=()
            if partner is None or names is None
            else _outgoing(
                work,
                vault,
                Gathering(
                    standing=standing,
                    meeting=meeting,
                    partner=partner,
                    names=names,
                    seen=exchange.seen,
                ),
                exchange.seen,
            ),
            sent=exchange.sent,
            catalogue=standing.catalogue,
        )
        if meeting is None:
            work.commit(Action.PLAN_READ, case_id)
        else:
            work.commit(Action.MEETING_READ, meeting.id)
    return Done(found)


@use_case(Permission.WORK_IN_CASE)
def make_packet(command: MakePacket, *, vault: OpenVault) -> Done[MadePacket]:
    """Return a packet with these parts, encrypted to the receiver's certified key and signed.

    Whether each may be told to the receiver is decided anew. The log has it before anybody has the
    file. Raise InvalidInputError for a meeting that has begun, is over or of another case, a
    receiver whose keys are not certified, no part, or one that may not leave; PacketRefusedError
    for too much at once.
    """
    with vault.work() as work:
        meeting = _planned(work, command.case_id, command.meeting_id)
        standing = stand(work, vault, work.cases.find(command.case_id))
        partner = _chosen(in_force(work.partners.all()), command.partner_id)
        if partner is None:
            raise InvalidInputError(field="partner", flaw="unknown")
        exchange = find_exchange(work, command.case_id, partner)
        names = FamilyNames(vault, standing, partner)
        of = Gathering(
            standing=standing, meeting=meeting, partner=partner, names=names, seen=exchange.seen
        )
        parts = _leaving(work, of, command.chosen, exchange)
        packet = Packet(
            id=uuid4(),
            number=exchange.sent + 1,
            made_at=work.at,
            sender=own_keys(vault).address,
            receiver=partner.keys.address,
            case_here=command.case_id,
            case_there=exchange.case_there,
            case_number=standing.opened.case.case_number if command.tells_number else "",
            name=names.there("", standing.opened.subject_id),
            meeting=None if meeting is None else _prepared(meeting),
            parts=parts,
        )
        data = seal_packet(packet, sender=vault.keyring.signing, receiver=partner.keys)
        seen = {one.key: add_seen(one.seen, digest_of_part(one)) for one in parts}
        told = _told(work, meeting, parts, tells_name=bool(packet.name))
        keep_exchange(work, command.case_id, exchange, sent=packet.number, seen=seen, told=told)
        work.commit(Action.PACKET_MADE, command.case_id, digest=digest_of_file(data))
    made = MadePacket(
        data=data, file_name=_FILE_NAME.format(number=packet.number), number=packet.number
    )
    return Done(made, Changes(meetings=True))


def find_exchange(work: UnitOfWork, case_id: UUID, partner: Partner | None) -> Exchange:
    """Return what is remembered of the packets of a case with a partner, empty before the first."""
    wanted = UUID(int=0) if partner is None else partner.id
    for one, _ in work.exchanges.of_case(case_id):
        if one.partner_id == wanted:
            return one
    # A random id: whoever reads the file alone must not work out with whom a case is exchanged.
    return Exchange(id=uuid4(), partner_id=wanted, seen={})


def keep_exchange(  # noqa: PLR0913  all but three are keywords
    work: UnitOfWork,
    case_id: UUID,
    before: Exchange,
    *,
    seen: Mapping[str, tuple[str, ...]],
    sent: int | None = None,
    taken: int | None = None,
    case_there: UUID | None = None,
    told: Sent | None = None,
) -> None:
    """Remember what was sent, came or was answered."""
    after = Exchange(
        id=before.id,
        partner_id=before.partner_id,
        case_there=case_there or before.case_there,
        sent=before.sent if sent is None else sent,
        taken=before.taken if taken is None else taken,
        seen={**before.seen, **seen},
        told=before.told if told is None else (*before.told, told),
    )
    versions = {one.id: version for one, version in work.exchanges.of_case(case_id)}
    if before.id in versions:
        work.exchanges.replace(case_id, after, row_version=versions[before.id])
    else:
        work.exchanges.add(case_id, after)


def _told(
    work: UnitOfWork, meeting: Meeting | None, parts: Iterable[PacketPart], *, tells_name: bool
) -> Sent:
    told = [one for one in parts if not one.source.code]
    categories = {one.source.category for one in told}
    if tells_name or any(is_of_family(one) and one.fields["responsible"] for one in told):
        categories.add(CONTACT)
    return Sent(
        at=work.at,
        by=work.keyring.principal,
        meeting=0 if meeting is None else meeting.number,
        count=len(told),
        categories=tuple(sorted(categories)),
    )


def told_fields(kind: PartKind, fields: Mapping[str, str]) -> tuple[ToldField, ...]:
    """Return the fields of a part that say something, in the order in which they are told."""
    return tuple(
        ToldField(name=name, text=fields[name]) for name in FIELDS[kind] if fields.get(name)
    )


def _planned(work: UnitOfWork, case_id: UUID, meeting_id: UUID | None) -> Meeting | None:
    """Return the meeting that is prepared, None where a packet is for none."""
    if meeting_id is None:
        return None
    meeting, _ = find_meeting(work, meeting_id)
    if meeting.case_id != case_id:
        raise InvalidInputError(field="meeting", flaw="unknown")
    if meeting.state is not MeetingState.PLANNED:
        raise InvalidInputError(field="meeting", flaw=meeting.state.value)
    return meeting


def _prepared(meeting: Meeting) -> Prepared:
    return Prepared(
        id=meeting.id,
        template=meeting.template,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
    )


def _chosen(partners: Collection[Partner], partner_id: UUID | None) -> Partner | None:
    if partner_id is None:
        return next(iter(partners), None)
    for one in partners:
        if one.id == partner_id:
            return one
    raise InvalidInputError(field="partner", flaw="unknown")


def _receiver(partner: Partner, standing: Standing) -> Receiver:
    return Receiver(
        id=partner.id,
        name=partner.keys.name,
        municipality=partner.keys.municipality,
        organisation="".join(standing.names_of({partner.organisation_id})),
    )


def _outgoing(
    work: UnitOfWork,
    vault: OpenVault,
    of: Gathering,
    seen: Mapping[str, tuple[str, ...]],
) -> tuple[OutgoingPart, ...]:
    given, recipient = of.standing.given, recipient_of(of.partner)
    found = []
    for carried in gather(work, of):
        one = carried.as_it_goes
        part, _ = tell(one, lambda item: show_alone([item], vault=vault, given=given))
        _, decision = tell(one, lambda item: show_to(item, recipient, given=given))
        if part is not None:
            fields = told_fields(one.kind, part.fields)
            if one.kind is PartKind.PLAN_LINE:
                # What stands in the fields says something else of each kind of line.
                fields = (*fields, ToldField(name="kind", text=one.source.kind))
            if one.kind is PartKind.REMOVED_LINE:
                # Which line it was the operator sees; its words stay here.
                told = show_alone(one.texts.values(), vault=vault, given=given).items
                fields = tuple(ToldField(name="words", text=text_of(each)) for each in told)
            found.append(
                OutgoingPart(
                    key=one.key,
                    kind=one.kind,
                    category=one.source.category,
                    fields=fields,
                    decision=decision,
                    flaw=one.flaw,
                    is_new=digest_of_part(part) not in seen.get(one.key, ()),
                    withholds_name=carried.withholds_name,
                )
            )
    return tuple(found)


def _leaving(
    work: UnitOfWork, of: Gathering, chosen: frozenset[str], exchange: Exchange
) -> tuple[PacketPart, ...]:
    if not chosen:
        raise InvalidInputError(field="parts", flaw="missing")
    if len(chosen) > MOST_PARTS:
        raise InvalidInputError(field="parts", flaw="length")
    given, recipient = of.standing.given, recipient_of(of.partner)
    found = {one.key: one.as_it_goes for one in gather(work, of)}
    if not chosen <= found.keys():
        raise InvalidInputError(field="parts", flaw="unknown")
    leaving = []
    for carried in _in_order(found.values(), chosen):
        part, _ = tell(carried, lambda item: show_to(item, recipient, given=given))
        if part is None or carried.flaw is not None:
            raise InvalidInputError(field="parts", flaw="not_allowed")
        seen = exchange.seen.get(line_key(carried.key), ())
        leaving.append(
            PacketPart(
                kind=part.kind, id=part.id, fields=part.fields, source=part.source, seen=seen
            )
        )
    return tuple(leaving)


def _in_order(found: Iterable[Carried], chosen: frozenset[str]) -> list[Carried]:
    return [one for one in found if one.key in chosen]
