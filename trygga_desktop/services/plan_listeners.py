"""Who may hear the lines of a plan: the organisations of a case, and everyone at a meeting."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from trygga_desktop.domain.items import Item
from trygga_desktop.domain.meeting import Meeting, MeetingState, Participant
from trygga_desktop.domain.sharing import Circumstances, Recipient
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import recipients_at, show_room, show_to
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.services.standing import Standing, as_spoken_of, stand
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation of the case, with the code of its kind."""

    id: UUID
    name: str
    kind: str


def organisations_of(standing: Standing) -> tuple[Organisation, ...]:
    """Return those of the case, the board first, then in the order of their kinds."""
    controller = standing.given.controller_id
    known = {controller, *standing.given.organisations}
    places = {agency.code: agency.order for agency in standing.catalogue.agencies}
    last = len(places)
    found = [
        Organisation(id=one.id, name=one.name_on(standing.on), kind=one.kind)
        for one in standing.directory.organisations
        if one.id in known
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (one.id != controller, places.get(one.kind, last), one.name),
        )
    )


def everyone_at(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meeting: Meeting
) -> tuple[list[Recipient], Standing]:
    """Return who hears what a meeting is told, and how the case stands on its day.

    Before it begins these are all who are called, as bound as they will be once they are there.
    Afterwards they are those who stayed, or who were there at all where nobody stayed.
    """
    day = max(work.today, meeting.begins.astimezone(STOCKHOLM).date())
    then = standing if day == standing.on else stand(work, vault, standing.opened, on=day)
    then = as_spoken_of(then, meeting)
    match meeting.state:
        case MeetingState.PLANNED:
            people: Iterable[Participant] = [
                replace(one, confirmed_at=one.confirmed_at or work.at)
                for one in meeting.participants
            ]
        case MeetingState.HELD:
            people = meeting.room or meeting.attended
        case _:
            people = meeting.room
    return recipients_at(people, family=then.family_names), then


def kept_from_room(
    items: Iterable[Item], room: Collection[Recipient], given: Circumstances
) -> frozenset[UUID]:
    """Return which of these not everyone in a room may see. What decides alike is asked once."""
    answers: dict[Item, bool] = {}
    kept_back = set()
    for item in items:
        alike = _alike(item, given)
        if alike not in answers:
            answers[alike] = bool(show_room([alike], room, given=given).hidden)
        if answers[alike]:
            kept_back.add(item.id)
    return frozenset(kept_back)


def opens_to_somebody(
    work: UnitOfWork, standing: Standing, pairs: Iterable[tuple[Item, Item]]
) -> frozenset[UUID]:
    """Return which items somebody of the case hears as the second who may not as the first."""
    listeners = [
        *_as_at_a_meeting(work, standing, [one.id for one in organisations_of(standing)]).values(),
        *_of_the_family(standing),
    ]
    given = standing.given
    return frozenset(
        after.id
        for before, after in pairs
        if any(
            show_to(before, one, given=given).hidden and not show_to(after, one, given=given).hidden
            for one in listeners
        )
    )


def judge(  # noqa: PLR0913, PLR0917  what the answers are about
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    lines: Sequence[ShownPlanLine],
    items: Mapping[UUID, Item],
    organisations: Iterable[Organisation],
    asked_of: Meeting | None,
) -> tuple[ShownPlanLine, ...]:
    """Return the lines with who may be told of them, and whether a meeting may.

    Lines that are alike in all that decides are asked about once.
    """
    others = [one.id for one in organisations if one.id != standing.given.controller_id]
    listeners = _as_at_a_meeting(work, standing, others)
    kept_back: frozenset[UUID] = frozenset()
    if asked_of is not None:
        room, then = everyone_at(work, vault, standing, asked_of)
        kept_back = kept_from_room((items[one.id] for one in lines), room, then.given)
    answers: dict[Item, frozenset[UUID]] = {}
    judged = []
    for line in lines:
        alike = _alike(items[line.id], standing.given)
        if alike not in answers:
            answers[alike] = frozenset(
                organisation
                for organisation, recipient in listeners.items()
                if show_to(alike, recipient, given=standing.given).hidden
            )
        may = None if asked_of is None else line.id not in kept_back
        judged.append(replace(line, closed_to=answers[alike], may_be_raised=may))
    return tuple(judged)


def _alike(item: Item, given: Circumstances) -> Item:
    """Return an item with what decides about it alone; one that a decision names stays itself."""
    if any(item.id in one.use.items for one in given.grounds):
        return item
    return replace(item, id=_NOBODY, text="", area="", is_strength=False, noted=None, follows=None)


def _as_at_a_meeting(
    work: UnitOfWork, standing: Standing, organisations: Sequence[UUID]
) -> dict[UUID, Recipient]:
    """Return organisations of the case, as bound as they would be at a meeting."""
    people = [
        Participant(
            id=one,
            name="",
            functions=frozenset(),
            organisation_id=one,
            confirmed_at=work.at,
        )
        for one in organisations
    ]
    recipients = recipients_at(people, family=standing.family_names)
    return dict(zip(organisations, recipients, strict=True))


def _of_the_family(standing: Standing) -> list[Recipient]:
    people = [
        Participant(id=one, name="", functions=frozenset(), person_id=one)
        for one in standing.people
    ]
    return recipients_at(people, family=standing.family_names)
