"""Who has received what in a case, composed of what the vault keeps; for the operator alone.

Where the vault does not keep something, as for whom pages were printed, the answer leaves it empty
and nobody guesses. What reached somebody in another way is told in the same list, by its route.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from trygga_desktop.domain.audit import PHASE_ACTIONS, Action, Entry
from trygga_desktop.domain.consent_events import GroundUsed
from trygga_desktop.domain.excerpts import CopyState, Preset
from trygga_desktop.domain.meeting import Function, Meeting, Participant, called_anew
from trygga_desktop.domain.people import aliases_of
from trygga_desktop.domain.receipts import Route, Stretch, stretches_of
from trygga_desktop.domain.sharing import Confirmation
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import ShownItem, recipients_at, text_of
from trygga_desktop.services.copies import copies_of
from trygga_desktop.services.copy_names import recipient_of
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.rooms import MeetingRoom, day_of, show_meeting
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_LOGGED = {
    Action.PROTOCOL_PRINTED: Route.PROTOCOL_PRINTED,
    Action.PROTOCOL_SAVED: Route.PROTOCOL_SAVED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One time that something reached somebody: `number` is that of the meeting, 0 for none.

    `count` is how many entries it was, of these `categories`; both are empty where the vault does
    not keep it. `at` is aware, None where only the day is known.
    """

    on: date
    number: int = 0
    count: int = 0
    categories: frozenset[str] = frozenset()
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What reached one person or organisation by one route, the oldest first.

    `name` is a person's, empty where it went to an organisation. Without `name` and
    `organisation_id` the vault does not keep to whom it went. `title` is what they do, `functions`
    what they did at the table. `by` is who printed, saved or decided it, `ground` the code of a
    legal ground and `until` its last day.
    """

    route: Route
    times: tuple[Received, ...]
    name: str = ""
    title: str = ""
    organisation_id: UUID | None = None
    functions: frozenset[Function] = frozenset()
    is_family: bool = False
    by: str = ""
    ground: str = ""
    until: date | None = None


def find_receipts(work: UnitOfWork, vault: OpenVault, standing: Standing) -> tuple[Receipt, ...]:
    """Return what has reached whom: by a shared screen, excerpts, packets, grounds and pages.

    The controller's own people are nobody to whom anything was told, and neither is the young
    person. Whoever was in the room counts as having seen what its screen could show meanwhile.
    """
    aliases = aliases_of(standing.people)
    of_case = work.meetings.of_case(standing.opened.case.id)
    meetings = [called_anew(one, aliases) for one, _ in of_case]
    meetings.sort(key=lambda one: one.number)
    return (
        *_on_screens(work, vault, standing, meetings),
        *_in_excerpts(work, vault, standing, meetings),
        *_in_packets(work, standing),
        *_on_grounds(standing),
        *_on_pages(work, meetings),
    )


def _on_screens(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meetings: Iterable[Meeting]
) -> list[Receipt]:
    found: dict[object, Receipt] = {}
    for meeting in meetings:
        seen = _seen_at(work, vault, standing, meeting)
        for one in meeting.participants:
            if one.id not in seen or not _is_told_something(one, standing):
                continue
            time = Received(
                on=meeting.begins.astimezone(STOCKHOLM).date(),
                number=meeting.number,
                count=len(seen[one.id]),
                categories=frozenset(item.category for item in seen[one.id].values()),
            )
            key = one.party_id or one.person_id or (one.name, one.organisation_id)
            receipt = found.get(key) or _receipt_of(vault, standing, one)
            found[key] = replace(receipt, times=(*receipt.times, time))
    names = {one.id: one.name_on(standing.on) for one in standing.directory.organisations}

    def place(one: Receipt) -> tuple[bool, str, str]:
        return one.is_family, names.get(one.organisation_id or UUID(int=0), "~"), one.name

    return sorted(found.values(), key=place)


def _is_told_something(participant: Participant, standing: Standing) -> bool:
    is_subject = participant.person_id == standing.opened.subject_id
    return not is_subject and participant.organisation_id != standing.given.controller_id


def _receipt_of(vault: OpenVault, standing: Standing, participant: Participant) -> Receipt:
    person = participant.person_id
    # Somebody of the family is called as the door lets it today: by an alias, if protected.
    name = participant.name if person is None else text_of(name_of(vault, standing, person))
    return Receipt(
        route=Route.SCREEN,
        times=(),
        name=name,
        title=participant.title,
        functions=participant.functions,
        organisation_id=participant.organisation_id,
        is_family=person is not None,
    )


def _seen_at(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meeting: Meeting
) -> Mapping[UUID, Mapping[UUID, ShownItem]]:
    """Return what the shared screen could show while each participant was in the room.

    It is decided as of the moment at which those people sat there, with what had been recorded
    and written down by then. A marking, a birth date or a custody that was changed later counts as
    it is now.
    """
    phases = work.audit.entries_of(PHASE_ACTIONS, {standing.opened.case.id})
    cuts = [one.recorded_at for one in standing.chain.events] + [one.at for one in phases]
    seen: dict[UUID, dict[UUID, ShownItem]] = {}
    for stretch in stretches_of(meeting, until=work.at, cuts=cuts):
        there = [one for one in meeting.participants if one.id in stretch.participants]
        shown = _shown_in(work, vault, standing, meeting, stretch) if there else {}
        for one in there:
            seen.setdefault(one.id, {}).update(shown)
    return seen


def _shown_in(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meeting: Meeting, stretch: Stretch
) -> dict[UUID, ShownItem]:
    day = day_of(meeting, standing.on)
    then = stand(work, vault, standing.opened, on=day, known_by=stretch.since)
    # Whether the consents count today is another question than whether they did then.
    given = replace(then.given, confirmation=Confirmation.CONFIRMED)
    there = [one for one in meeting.participants if one.id in stretch.participants]
    audience = recipients_at(there, family=standing.family_names)
    told = show_meeting(work, vault, replace(then, given=given), meeting, audience)
    shown = {one.id: one for one in _shown_items(told)}
    later = {
        one.subject_id
        for one in work.audit.entries_of({Action.ENTRY_WRITTEN}, shown.keys())
        if one.at > stretch.until
    }
    return {item_id: item for item_id, item in shown.items() if item_id not in later}


def _shown_items(told: MeetingRoom) -> Iterator[ShownItem]:
    entries = [*told.carried, *(entry for item in told.agenda for entry in item.entries)]
    for entry in entries:
        yield entry.item
        yield from (dissent.item for dissent in entry.dissents)


def _in_excerpts(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meetings: Iterable[Meeting]
) -> Iterator[Receipt]:
    """Yield the excerpts that were given, one receipt for each recipient; a spoilt one is none."""
    numbers = {one.id: one.number for one in meetings}
    users = {one.id: one.name for one in work.accounts.all(work.roster)}
    case_id = standing.opened.case.id
    known = {one.id: one for one in work.excerpts.of_case(case_id)}
    found: dict[UUID, Receipt] = {}
    for copy in copies_of(work, case_id):
        excerpt = known.get(copy.id)
        is_young = excerpt is None or excerpt.preset is Preset.YOUNG_PERSON
        if excerpt is None or is_young or copy.state is CopyState.SPOILT:
            continue
        time = Received(
            on=copy.given_at.astimezone(STOCKHOLM).date(),
            at=copy.given_at,
            number=numbers.get(copy.meeting_id, 0),
            count=excerpt.told,
        )
        is_family = excerpt.preset.is_family
        before = found.get(excerpt.recipient_id) or Receipt(
            route=Route.EXCERPT,
            times=(),
            name=recipient_of(vault, standing, excerpt) if is_family else "",
            organisation_id=None if is_family else excerpt.recipient_id,
            is_family=is_family,
            by=users.get(excerpt.given_by, ""),
        )
        found[excerpt.recipient_id] = replace(before, times=(*before.times, time))
    yield from found.values()


def _in_packets(work: UnitOfWork, standing: Standing) -> Iterator[Receipt]:
    """Yield the packets that were made, one receipt for each partner and whoever made them."""
    users = {one.id: one.name for one in work.accounts.all(work.roster)}
    for exchange, _ in work.exchanges.of_case(standing.opened.case.id):
        partner = work.partners.find(exchange.partner_id)
        for maker in dict.fromkeys(one.by for one in exchange.told):
            yield Receipt(
                route=Route.PACKET,
                times=tuple(
                    Received(
                        on=one.at.astimezone(STOCKHOLM).date(),
                        at=one.at,
                        number=one.meeting,
                        count=one.count,
                        categories=frozenset(one.categories),
                    )
                    for one in exchange.told
                    if one.by == maker
                ),
                name="" if partner is None else partner.keys.name,
                organisation_id=None if partner is None else partner.organisation_id,
                by=users.get(maker, ""),
            )


def _on_grounds(standing: Standing) -> Iterator[Receipt]:
    """Yield what somebody decided to tell without consent; when it was told nobody has noted."""
    for event in standing.chain.events:
        if not isinstance(event.what, GroundUsed):
            continue
        use = event.what.use
        time = Received(
            on=event.what.on, count=len(use.items), categories=frozenset({use.category})
        )
        for recipient in sorted(use.recipients - {standing.given.controller_id}):
            yield Receipt(
                route=Route.OTHER_GROUND,
                times=(time,),
                organisation_id=recipient,
                by=use.decided_by,
                ground=use.ground,
                until=use.until,
            )


def _on_pages(work: UnitOfWork, meetings: Iterable[Meeting]) -> Iterator[Receipt]:
    """Yield the protocols that left the program: the log says who did it, and not for whom."""
    numbers = {one.id: one.number for one in meetings}
    users = {one.id: one.name for one in work.accounts.all(work.roster)}
    found: dict[tuple[Route, UUID], list[Entry]] = {}
    for entry in work.audit.entries_of(_LOGGED.keys(), numbers.keys()):
        found.setdefault((_LOGGED[entry.action], entry.actor_id), []).append(entry)
    for (route, actor), entries in found.items():
        times = tuple(
            Received(
                on=one.at.astimezone(STOCKHOLM).date(), at=one.at, number=numbers[one.subject_id]
            )
            for one in entries
        )
        yield Receipt(route=route, times=times, by=users.get(actor, ""))
