"""Reduces what a protocol says to what one recipient may have: nothing else is ever in an excerpt.

Who took part, the consent and the distribution list are reduced as the items are, and the items
numbered anew. What comes of it is the same whatever was left out.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from trygga_desktop.documents import protocol as document
from trygga_desktop.documents.excerpt import Correction, Excerpt, Promise
from trygga_desktop.documents.inside import record_inside
from trygga_desktop.domain.bars import bars_against
from trygga_desktop.domain.errors import SealedFileChangedError
from trygga_desktop.domain.excerpts import LeftOut, Preset, count_left_out, preset_of
from trygga_desktop.domain.items import Item
from trygga_desktop.domain.matrix import read_cover
from trygga_desktop.domain.meeting import Meeting, Participant
from trygga_desktop.domain.parties import guardians_on
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.receipts import stretches_of
from trygga_desktop.domain.sealing import FIRST_REVISION, SealedProtocol, Shown
from trygga_desktop.domain.sharing import Recipient
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.services.audience import fact, recipients_at, show_to, text_of
from trygga_desktop.services.currency import shown_in
from trygga_desktop.services.hours import with_hour
from trygga_desktop.services.parties import name_of, people_of
from trygga_desktop.services.protocols import ComposeProtocol, ToldMeeting, content_of
from trygga_desktop.services.rooms import (
    MeetingRoom,
    ShownAgendaItem,
    ShownEntry,
    day_of,
    show_meeting,
)
from trygga_desktop.services.sealed_files import read_checked
from trygga_desktop.services.standing import Standing, as_spoken_of, stand
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.protocols import tie_of_protocol
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptRecipient:
    """Somebody whom an excerpt can be made for, as the sender knows them.

    `id` is the organisation's, or the person's. `addressee` is who takes it for an organisation,
    empty where nobody of it was there. `has_confirmed` tells whether they confirmed the duty of
    confidentiality at the meeting; family has no such duty. `is_barred` tells that a guardian is
    told nothing, which no excerpt shows. `place` counts those of one preset.
    """

    id: UUID
    preset: Preset
    name: str
    addressee: str = ""
    kind: str = ""
    has_confirmed: bool = True
    is_barred: bool = False
    place: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduced:
    """What an excerpt says, and for the sender alone how much it does not say, and why.

    `shown` is what was decided of it, by ids; `allows` returns which of some items of the case the
    recipient may have, and `titles` are those of the agenda that they may read. `is_for_them` tells
    whether they may know at all that there was this meeting: if not, nothing of it is given.
    `addenda_left_out` counts, for the sender alone, the addenda that are not for the recipient, and
    `resting` the commitments of earlier meetings that wait for a consent, and so are for nobody.
    """

    content: document.ProtocolContent
    left_out: tuple[LeftOut, ...]
    shown: Shown
    titles: frozenset[UUID]
    is_for_them: bool
    allows: Callable[[Collection[UUID]], frozenset[UUID]]
    addenda_left_out: int = 0
    resting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _LeftOut:
    """What somebody is not told by decision, and how much rests and is told nobody."""

    told: tuple[LeftOut, ...]
    resting: int


def find_recipients(
    vault: OpenVault, standing: Standing, meeting: Meeting
) -> tuple[ExcerptRecipient, ...]:
    """Return everyone whom an excerpt of a meeting can be made for: agencies first, then family.

    Of a meeting without the name there is none for the family: their names would stand beside what
    everyone at the table called the young person.
    """
    is_apart = as_spoken_of(standing, meeting).is_without_names
    family = () if is_apart else _family(vault, standing)
    found = (*_agencies(vault, standing, meeting), *family)
    return tuple(
        replace(one, place=1 + sum(each.preset is one.preset for each in found[:at]))
        for at, one in enumerate(found)
    )


def reduce_meeting(  # noqa: PLR0913  whom it is for, and which copy of theirs it is
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    meeting: Meeting,
    recipient: ExcerptRecipient,
    *,
    copy: int,
    is_reminded: bool,
    language: Language,
) -> Reduced:
    """Return what an excerpt of a meeting says to its recipient on this day.

    `is_reminded` tells that somebody who did not confirm the duty of confidentiality at the meeting
    was reminded of it now; to others nothing is told.
    """
    standing = as_spoken_of(standing, meeting)
    one = _at_the_table(work, meeting, recipient, is_reminded=is_reminded)
    (audience,) = recipients_at([one], family=standing.family_names)
    known = tuple(_known_to(work, standing, meeting, recipient, audience))
    narrowed = replace(meeting, participants=known)
    room = show_meeting(work, vault, standing, narrowed, [audience])
    day = day_of(meeting, standing.on)
    then = standing if day == standing.on else stand(work, vault, standing.opened, on=day)
    own = _own_actions(work, meeting, recipient)
    asked = ComposeProtocol(meeting_id=meeting.id, recipient_id=one.id, language=language.code)
    kept = replace(
        room,
        agenda=tuple(_agenda_without(room, own, language)),
        carried=tuple(entry for entry in room.carried if entry.item.id not in own),
    )
    content = content_of(asked, vault, standing, then, narrowed, kept, language)
    is_plain = recipient.preset is Preset.YOUNG_PERSON
    # Who promised something signs, and that stands apart from what is kept under the agenda.
    signers = content_of(asked, vault, standing, then, narrowed, room, language).signers
    is_known = bool(room.subject_name)
    called = _called(recipient, standing, language)
    reduced = replace(
        content,
        meeting_title=language.gettext("Meeting {number}").format(number=meeting.number),
        # When others came and went tells when something was talked about without them.
        participants=tuple(
            replace(each, came_at=None, left_at=None, is_remote=False)
            for each in content.participants
        ),
        form=None,
        # Whoever may not know whom it is about is not told where and when to find them either.
        place=content.place if is_known else "",
        registry_number=content.registry_number if is_known else "",
        next_meeting=content.next_meeting if is_known else None,
        consents=content.consents if _is_covered(recipient, standing) else (),
        signers=() if is_plain else tuple(each for each in signers if each.name == one.name),
        distribution=(called,),
        is_draft=False,
    )
    items = {one.id: one for one in work.items.of_case(meeting.case_id)}

    def allows(asked: Collection[UUID]) -> frozenset[UUID]:
        wanted = [items[one] for one in asked if one in items]
        told = (show_to(item, audience, given=standing.given).items for item in wanted)
        return frozenset(one.id for each in told for one in each)

    addenda = [
        one
        for one in work.protocols.of_case(meeting.case_id)
        if one.is_addendum and one.meeting_id == meeting.id
    ]
    # Whoever may have all that a correction is about may have it; of one that is about nothing
    # by name nobody was asked.
    for_them = [one for one in addenda if _is_about(work, one) and one.about <= allows(one.about)]
    reduced = replace(
        reduced,
        excerpt=Excerpt(
            recipient=called,
            host=content.organisation,
            copy=copy,
            is_plain=is_plain,
            is_family=recipient.preset.is_family,
            promises=tuple(_promises(room, own, standing, language)),
            corrections=tuple(_correction(work, one) for one in for_them),
        ),
    )
    left_out = _left_out(work, vault, standing, meeting, room, audience)
    told = ToldMeeting(meeting=narrowed, standing=standing, room=room, content=reduced)
    shown = shown_in(told)
    shown = replace(shown, items=shown.items.union(*(one.about for one in for_them)))
    from_template = frozenset(one.id for one in room.agenda if one.code)
    return Reduced(
        content=reduced,
        left_out=left_out.told,
        resting=left_out.resting,
        shown=replace(shown, titles=shown.titles & from_template),
        titles=shown.titles,
        is_for_them=bool(shown.items) or _may_know_of_it(standing, meeting, recipient, audience),
        allows=allows,
        addenda_left_out=len(addenda) - len(for_them),
    )


def _is_about(work: UnitOfWork, addendum: SealedProtocol) -> bool:
    """Return whether an addendum names what it is about, and the log tells of it as it does."""
    is_tied = work.protocols.tie(addendum.id) == tie_of_protocol(addendum)
    return is_tied and bool(addendum.about)


def _correction(work: UnitOfWork, addendum: SealedProtocol) -> Correction:
    """Return what an addendum says; raise SealedFileChangedError unless it is as it was sealed."""
    record = record_inside(read_checked(work, addendum, FIRST_REVISION))
    if record is None or record.content.addendum is None:
        raise SealedFileChangedError
    on = addendum.sealed_at.astimezone(STOCKHOLM).date()
    return record.content.addendum.as_told_in_excerpts(on)


def _may_know_of_it(
    standing: Standing, meeting: Meeting, recipient: ExcerptRecipient, audience: Recipient
) -> bool:
    """Return whether somebody who is told nothing that was said may know that there was a meeting.

    Whoever was there does, and whoever the consent covers. A barred guardian is told nothing at
    all, whatever they saw.
    """
    if recipient.is_barred:
        return False
    is_covered = not read_cover(standing.given).is_closed and _is_covered(recipient, standing)
    knows_whom = _may_know(standing, standing.opened.subject_id, audience)
    return _seat_of(meeting, recipient.id) is not None or (is_covered and knows_whom)


def _agencies(vault: OpenVault, standing: Standing, meeting: Meeting) -> Iterator[ExcerptRecipient]:
    speakers: dict[UUID, str] = {}
    for shown in people_of(vault, standing):
        organisation = shown.party.organisation_id
        if organisation is not None and shown.party.holds_on(standing.on):
            speakers.setdefault(organisation, shown.name)
    there = {one.organisation_id for one in meeting.attended if one.organisation_id is not None}
    wanted = (speakers.keys() | there) - {standing.given.controller_id}
    known = [one for one in standing.directory.organisations if one.id in wanted]
    order = list(Preset)
    for one in sorted(known, key=lambda each: (order.index(preset_of(each.kind)), each.name)):
        seat = _seat_of(meeting, one.id)
        yield ExcerptRecipient(
            id=one.id,
            preset=preset_of(one.kind),
            name=one.name_on(standing.on),
            addressee=speakers.get(one.id, "") if seat is None else seat.name,
            kind=one.kind,
            has_confirmed=seat is not None and seat.confirmed_at is not None,
        )


def _family(vault: OpenVault, standing: Standing) -> Iterator[ExcerptRecipient]:
    subject = standing.opened.subject_id
    guardians = guardians_on((one for one, _ in standing.parties.values()), standing.on)
    for one in (*sorted(guardians), subject):
        name = text_of(name_of(vault, standing, one))
        if name:
            bars = bars_against(standing.given.bars, one)
            yield ExcerptRecipient(
                id=one,
                preset=Preset.YOUNG_PERSON if one == subject else Preset.GUARDIAN,
                name=name,
                is_barred=any(bar.reason is Reason.GUARDIAN_BARRED for bar in bars),
            )


def _seat_of(meeting: Meeting, recipient_id: UUID) -> Participant | None:
    """Return who was there for a recipient: of several, one who confirmed the duty."""
    there = [
        one for one in meeting.attended if recipient_id in {one.organisation_id, one.person_id}
    ]
    return min(there, key=lambda one: one.confirmed_at is None, default=None)


def _at_the_table(
    work: UnitOfWork, meeting: Meeting, recipient: ExcerptRecipient, *, is_reminded: bool
) -> Participant:
    """Return the recipient as somebody at the table, so that the decision is asked as it was."""
    is_family = recipient.preset.is_family
    one = _seat_of(meeting, recipient.id) or Participant(
        id=recipient.id,
        name=recipient.addressee or recipient.name,
        functions=frozenset(),
        person_id=recipient.id if is_family else None,
        organisation_id=None if is_family else recipient.id,
    )
    if is_reminded and one.confirmed_at is None and not is_family:
        return replace(one, confirmed_at=work.at)
    return one


def _known_to(
    work: UnitOfWork,
    standing: Standing,
    meeting: Meeting,
    recipient: ExcerptRecipient,
    audience: Recipient,
) -> Iterator[Participant]:
    """Yield those of a meeting of whom the recipient may know that they have to do with it.

    Whom they sat with they saw. Of others they are told where they may know whom it is about: of
    the board, of those of the family whose name they may have, and of organisations that the same
    consent lets be told.
    """
    given = standing.given
    mine = {
        one.id
        for one in meeting.participants
        if recipient.id in {one.organisation_id, one.person_id}
    }
    met = set[UUID]()
    for stretch in stretches_of(meeting, until=work.at):
        if mine & stretch.participants:
            met |= stretch.participants
    covered: Collection[UUID] = ()
    if _may_know(standing, standing.opened.subject_id, audience):
        cover = read_cover(given)
        is_whole = not cover.is_closed and _is_covered(recipient, standing)
        covered = {given.controller_id, *(cover.organisations if is_whole else ())}
    for one in meeting.participants:
        is_named = one.person_id is not None and _may_know(standing, one.person_id, audience)
        if one.id in mine | met or is_named or one.organisation_id in covered:
            yield one


def _may_know(standing: Standing, person_id: UUID, audience: Recipient) -> bool:
    """Return whether somebody may have the name of a person of the case."""
    person = standing.people.get(person_id)
    if person is None:
        return False
    controller = standing.given.controller_id
    told = fact(
        standing.opened, "contact", person.shown_name, controller=controller, about=person_id
    )
    return bool(show_to(told, audience, given=standing.given).items)


def _is_covered(recipient: ExcerptRecipient, standing: Standing) -> bool:
    """Return whether a recipient may know which organisations a consent lets share."""
    if recipient.preset.is_family:
        return not recipient.is_barred
    return recipient.id in read_cover(standing.given).organisations


def _own_actions(
    work: UnitOfWork, meeting: Meeting, recipient: ExcerptRecipient
) -> frozenset[UUID]:
    return frozenset(
        one.id
        for one, _ in work.commitments.of_case(meeting.case_id)
        if recipient.id in {one.organisation_id, one.party_id}
    )


def _agenda_without(
    room: MeetingRoom, own: Collection[UUID], language: Language
) -> Iterator[ShownAgendaItem]:
    """Yield what stands on an excerpt under the agenda, without what the recipient promised.

    An item with nothing under it is left out whether or not something was: so nobody can tell. What
    stands under titles that somebody wrote comes last and together, under one of the program's own,
    also where this reader may have the title: neither that there are titles that they may not have
    nor how many is to be told.
    """
    rest: list[ShownAgendaItem] = []
    for item in room.agenda:
        entries = tuple(one for one in item.entries if one.item.id not in own)
        if entries and not item.code:
            rest.append(replace(item, entries=entries))
        elif entries:
            yield replace(item, entries=entries)
    if rest:
        together = tuple(entry for item in rest for entry in item.entries)
        title = language.gettext("Other matters")
        yield replace(rest[0], entries=together, title=title, question="", is_private=False)


def _promises(
    room: MeetingRoom, own: Collection[UUID], standing: Standing, language: Language
) -> Iterator[Promise]:
    for entry in room.carried:
        if entry.item.id in own and entry.commitment is not None:
            status = standing.catalogue.status(entry.commitment.state)
            yield Promise(
                text=with_hour(entry.item.text, entry.commitment.hour, language),
                person=entry.commitment.responsible,
                due=entry.commitment.due,
                status=status.name.in_language(language.code),
            )
    for entry in _entries(room.agenda):
        if entry.item.id in own and entry.commitment is not None:
            yield Promise(
                text=with_hour(entry.item.text, entry.commitment.hour, language),
                person=entry.commitment.responsible,
                due=entry.commitment.due,
            )


def _entries(agenda: Iterable[ShownAgendaItem]) -> Iterator[ShownEntry]:
    for item in agenda:
        yield from item.entries


def _called(recipient: ExcerptRecipient, standing: Standing, language: Language) -> str:
    """Return how an excerpt calls whom it is for.

    Beside no name an agency is called by its kind: which school it is would tell too much.
    """
    if recipient.preset.is_family:
        return recipient.name
    organisation = recipient.name
    if standing.is_without_names:
        kinds = {one.code: one.name for one in standing.catalogue.agencies}
        known = recipient.kind in kinds
        organisation = kinds[recipient.kind].in_language(language.code) if known else ""
    if not recipient.addressee:
        return organisation
    _ = language.gettext
    return _("{name}, {organisation}").format(name=recipient.addressee, organisation=organisation)


def _left_out(  # noqa: PLR0913, PLR0917  what is compared with what
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    meeting: Meeting,
    room: MeetingRoom,
    audience: Recipient,
) -> _LeftOut:
    """Return how much of what the sender's own file tells is not for the recipient, and why.

    Of what an earlier meeting left open only that is kept back undecided which rests.
    """
    whole = show_meeting(work, vault, standing, meeting, None)
    told = set(_ids(room))
    items = {one.id: one for one in work.items.of_case(meeting.case_id)}

    def why(item: Item) -> Reason | None:
        found = show_to(item, audience, given=standing.given).hidden
        return found[0].decision.reason if found else None

    missing = [items[one] for one in dict.fromkeys(_ids(whole)) if one not in told]
    decided = {one.id: why(one) for one in missing}
    for one in missing:
        if decided[one.id] is None and one.follows in decided:
            # A dissent goes where what it is about goes.
            decided[one.id] = decided[one.follows]
    controller = standing.given.controller_id
    titles = [
        fact(standing.opened, one.category, one.title, controller=controller)
        for one in whole.agenda
        if not one.code and one.entries
    ]
    reasons = [(one.category, decided[one.id]) for one in missing]
    reasons += [(one.category, why(one)) for one in titles]
    resting = {one.item.id for one in whole.carried}
    return _LeftOut(
        told=count_left_out([(of, reason) for of, reason in reasons if reason is not None]),
        resting=sum(decided[one.id] is None and one.id in resting for one in missing),
    )


def _ids(room: MeetingRoom) -> Iterator[UUID]:
    for entry in (*room.carried, *_entries(room.agenda)):
        yield entry.item.id
        yield from (one.item.id for one in entry.dissents)
