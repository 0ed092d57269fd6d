"""Use cases for telling something without consent, on another legal ground.

The program asks and records. It never answers a question of weighing, and never says that
something must be told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue, UnknownCodeError
from trygga_desktop.domain.consent_events import GroundUsed, Lifted
from trygga_desktop.domain.directory import Directory, Organisation
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.ground_use import GroundAnswer, GroundUse, find_flaw
from trygga_desktop.domain.grounds import LegalGround, Mode
from trygga_desktop.domain.items import Item, Part
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.services.audience import show_case_rows
from trygga_desktop.services.chains import append_events
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.consents import MOST_WORDS
from trygga_desktop.services.parties import ShownParty, people_of
from trygga_desktop.services.rooms import ShownEntry, show_entries_alone
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

T = TypeVar("T")

_LONGEST_NAME = 200
_FLAWS = {
    Reason.GROUND_NOT_IN_FORCE: ("ground", "expired"),
    Reason.GROUND_NOT_FOR_HOLDER: ("ground", "holder"),
    Reason.GROUND_OTHER_SCOPE: ("recipients", "scope"),
    Reason.GROUND_INCOMPLETE: ("answers", "missing"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UseGround:
    """Somebody decided that these items may be told to these organisations, on this ground.

    `ground` is a code of the catalogue, `decided_by` a name and a position at the organisation
    that holds the items, `motive` why. It holds to the end of `until`.
    """

    case_id: UUID
    ground: str
    items: frozenset[UUID]
    recipients: frozenset[UUID]
    answers: tuple[GroundAnswer, ...]
    decided_by: str
    motive: str
    on: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedGround:
    """A decision as it was recorded, from the day `on`.

    `flaw` is why it opens nothing at all, `lifted_on` since when it was taken back.
    """

    on: date
    use: GroundUse
    flaw: Reason | None = None
    lifted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGrounds:
    """What was told in a case without consent, and what there is to tell and on which grounds.

    `used` are all decisions, the newest first. `people` come with the young person first.
    `organisations` are the board and those that have a place in the case. `grounds` are those in
    force today; a text that no lawyer has confirmed carries its mark.
    """

    row: CaseRow
    used: tuple[RecordedGround, ...]
    items: tuple[ShownEntry, ...]
    people: tuple[ShownParty, ...]
    organisations: tuple[Organisation, ...]
    grounds: tuple[LegalGround, ...]
    chain: ChainStanding
    confirmation: Confirmation
    directory: Directory
    catalogue: Catalogue
    today: date


@use_case(Permission.WORK_IN_CASE)
def read_grounds(case_id: UUID, *, vault: OpenVault) -> Done[CaseGrounds]:
    """Return the decisions on other legal grounds in a case, for the operator alone."""
    with vault.work() as work:
        opened = work.cases.find(case_id)
        standing = stand(work, vault, opened)
        items = [one for one in work.items.of_case(case_id) if one.part is Part.CASE]
        known = {standing.given.controller_id, *standing.given.organisations}
        (row,) = show_case_rows([opened], vault=vault, on=standing.on, restored_at=work.restored_at)
        found = CaseGrounds(
            row=row,
            used=tuple(_recorded(standing)),
            items=show_entries_alone(vault, standing, items, {}),
            people=people_of(vault, standing),
            organisations=tuple(one for one in standing.directory.organisations if one.id in known),
            grounds=tuple(
                one
                for one in standing.catalogue.legal_grounds
                if one.mode is not Mode.CONSENT and one.can_be_used_on(standing.on)
            ),
            chain=standing.given.chain,
            confirmation=standing.given.confirmation,
            directory=standing.directory,
            catalogue=standing.catalogue,
            today=standing.on,
        )
        work.commit(Action.GROUNDS_READ, case_id)
    return Done(found)


@use_case(Permission.WORK_IN_CASE)
def use_ground(command: UseGround, *, vault: OpenVault) -> Done[UUID]:
    """Store a decision on another legal ground, and return its id.

    It opens exactly these items to these organisations. Raise InvalidInputError for items that are
    not known, or not of one organisation and one category; for a ground that is not in force, is
    not the holder's or does not reach the recipients; for an answer, a motive or who decided that
    is missing; and for days that are to come or end before they begin.
    """
    for field, text, longest in (
        ("decided_by", command.decided_by, _LONGEST_NAME),
        ("motive", command.motive, MOST_WORDS),
    ):
        if not text.strip():
            raise InvalidInputError(field=field, flaw="missing")
        if len(text) > longest:
            raise InvalidInputError(field=field, flaw="length")
    if any(len(one.words) > MOST_WORDS for one in command.answers):
        raise InvalidInputError(field="answers", flaw="length")
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        if command.on > work.today:
            raise InvalidInputError(field="on", flaw="future")
        if command.until < work.today:
            raise InvalidInputError(field="until", flaw="order")
        items = _items(work, command)
        use = GroundUse(
            id=uuid4(),
            ground=command.ground,
            giver=_only({one.origin_id for one in items}),
            category=_only({one.category for one in items}),
            items=command.items,
            recipients=command.recipients,
            answers=command.answers,
            decided_by=command.decided_by.strip(),
            motive=command.motive.strip(),
            until=command.until,
        )
        _check(use, command, standing)
        event = GroundUsed(on=command.on, use=use)
        append_events(work, vault, standing, [event], Action.GROUND_USED)
    return Done(use.id, Changes(consents=True))


def _recorded(standing: Standing) -> Iterator[RecordedGround]:
    """Yield every decision up to the day, those that were taken back among them."""
    happened = [one.what for one in reversed(standing.chain.events) if one.what.on <= standing.on]
    lifted = {one.what: one.on for one in happened if isinstance(one, Lifted)}
    counting = {one.use.id: one for one in standing.given.grounds}
    for told in happened:
        if not isinstance(told, GroundUsed):
            continue
        counted = counting.get(told.use.id)
        yield RecordedGround(
            on=told.on,
            use=told.use,
            flaw=None if counted is None else counted.flaw,
            lifted_on=lifted.get(told.use.id) if counted is None else None,
        )


def _items(work: UnitOfWork, command: UseGround) -> list[Item]:
    found = [one for one in work.items.of_case(command.case_id) if one.id in command.items]
    if not found or len(found) != len(command.items):
        raise InvalidInputError(field="items", flaw="unknown")
    if any(one.part is not Part.CASE for one in found):
        # The guarded part opens for named readers, never for a recipient.
        raise InvalidInputError(field="items", flaw="guarded")
    return found


def _only(values: set[T | None]) -> T:
    """Return the one value there is."""
    (*others, value) = values
    if others or value is None:
        raise InvalidInputError(field="items", flaw="mixed")
    return value


def _check(use: GroundUse, command: UseGround, standing: Standing) -> None:
    known = {standing.given.controller_id, *standing.given.organisations}
    if not use.recipients:
        raise InvalidInputError(field="recipients", flaw="missing")
    if not use.recipients <= known or use.giver in use.recipients:
        raise InvalidInputError(field="recipients", flaw="unknown")
    try:
        ground = standing.catalogue.legal_ground(use.ground)
    except UnknownCodeError:
        raise InvalidInputError(field="ground", flaw="unknown") from None
    kinds = standing.directory.kinds(standing.catalogue.agencies)
    flaw = find_flaw(use, ground, decided_on=command.on, on=standing.on, kinds=kinds)
    if flaw is not None:
        field, word = _FLAWS[flaw]
        raise InvalidInputError(field=field, flaw=word)
