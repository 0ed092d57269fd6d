"""Use cases for the distribution list of a case: who has which copy of what, and what is due back.

The program sends nothing to anybody. What is written here is what somebody did with a copy.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import HANDOVER_ACTIONS, MARKING_ACTIONS, Action
from trygga_desktop.domain.errors import InvalidInputError, TamperedError
from trygga_desktop.domain.excerpts import (
    SALT_LENGTH,
    AskedBack,
    CameBack,
    Carrier,
    Cause,
    Copy,
    CopyGiven,
    CopyState,
    Corrected,
    Handover,
    Spoilt,
    Way,
)
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sealing import SealedProtocol
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import text_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.copies import are_signers_whole, copies_of, left_with
from trygga_desktop.services.copy_names import CopyNames
from trygga_desktop.services.currency import Holders
from trygga_desktop.services.excerpts import is_excerpt_current
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.sealed_files import find_protocol, printed_numbers
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.events import digest_of_event
from trygga_desktop.storage.work import UnitOfWork

_MOST_WORDS = 200
_MEETINGS = Changes(meetings=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCopy:
    """A line of the distribution list; `given_by` is a user's name.

    `protocol` is the sealed one that it is a copy of, None for an excerpt. `is_current` tells
    whether whoever has it may have today all that it says. It `is_corrected` where an addendum was
    sealed since: then it is proposed to be asked back. What was sealed never changes, so that the
    same protocol given anew corrects nothing: `corrected_by` are what does. An excerpt carries an
    addendum that names the entry it is about, and of one that names none nobody was asked.
    """

    copy: Copy
    meeting_number: int
    given_by: str
    protocol: SealedProtocol | None = None
    is_current: bool = True
    corrected_by: frozenset[Carrier] = frozenset()

    @property
    def is_corrected(self) -> bool:
        """Tell whether an addendum to what it is a copy of was sealed since it was given."""
        return bool(self.corrected_by)

    @property
    def is_due_back(self) -> bool:
        """Tell whether somebody has it who may no longer have all of it, or was asked for it.

        What an addendum has corrected since is proposed to be asked back as well.
        """
        return self.copy.state.is_out and (
            not self.is_current or self.is_corrected or self.copy.state is CopyState.ASKED_BACK
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Who has which copy of what of a case, in order of time; for the operator alone.

    `protocols` are those that somebody can be given a copy of. `is_whole` tells whether the list is
    all that the log tells of. Where somebody of the family `is_protected` each way out is asked
    about twice, with `called`, the young person's name or alias.
    """

    case_id: UUID
    case_number: str
    copies: tuple[ListedCopy, ...]
    protocols: tuple[SealedProtocol, ...]
    is_whole: bool
    is_protected: bool = False
    called: str = ""

    @property
    def recall_list(self) -> tuple[ListedCopy, ...]:
        """Return what should come back."""
        return tuple(one for one in self.copies if one.is_due_back)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCopy:
    """A copy of a sealed protocol was given to somebody, on a day that is not to come.

    `number` is the one on the sheet that was printed with it, 0 where there is none.
    """

    protocol_id: UUID
    to: str
    way: Way
    on: date
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBack:
    """A copy is asked back, and why."""

    case_id: UUID
    copy_id: UUID
    cause: Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """A copy came back, or is destroyed."""

    case_id: UUID
    copy_id: UUID
    is_destroyed: bool = False


@use_case(Permission.WORK_IN_CASE)
def read_distribution(case_id: UUID, *, vault: OpenVault) -> Done[Distribution]:
    """Return who has which copy of what of a case; logged before anyone sees it.

    Whoever is protected now is called by the alias, also where the name was written down then.

    Raise NoAccessError if the case was not granted to us, TamperedError if it was changed.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(case_id))
        users = {one.id: one.name for one in work.accounts.all(work.roster)}
        numbers = {one.id: one.number for one, _ in work.meetings.of_case(case_id)}
        protocols = {one.id: one for one in work.protocols.of_case(case_id)}
        tells: dict[UUID | None, frozenset[UUID]] = {
            one.id: one.tells for one in work.excerpts.of_case(case_id)
        }
        holders = Holders(work, vault, standing)
        names = CopyNames(work, vault, standing)
        listed = tuple(
            ListedCopy(
                copy=names.called(one),
                meeting_number=numbers.get(one.meeting_id, 0),
                given_by=users.get(one.by, ""),
                protocol=_protocol_of(one, protocols),
                is_current=_is_current(work, vault, standing, holders, one),
                corrected_by=frozenset(_carriers(one, protocols, tells.get(one.excerpt_id))),
            )
            for one in copies_of(work, case_id)
        )
        found = Distribution(
            case_id=case_id,
            case_number=standing.opened.case.case_number,
            copies=listed,
            protocols=tuple(protocols.values()),
            is_whole=_is_whole(work, case_id),
            is_protected=standing.is_protected,
            called=text_of(name_of(vault, standing, standing.opened.subject_id)),
        )
        work.commit(Action.DISTRIBUTION_READ, case_id)
    return Done(found)


@use_case(Permission.SEAL_PROTOCOL)
def record_copy(command: RecordCopy, *, vault: OpenVault) -> Done[UUID]:
    """Store that somebody was given a copy of a sealed protocol, and return the id of the copy.

    Raise InvalidInputError for nobody, a name that is too long, a day to come or before it was
    sealed, and a number that no printed copy has or that somebody was given already; NoAccessError
    for a protocol that is none of ours.
    """
    to = " ".join(command.to.split())
    if not to:
        raise InvalidInputError(field="to", flaw="missing")
    if len(to) > _MOST_WORDS:
        raise InvalidInputError(field="to", flaw="length")
    with vault.work() as work:
        protocol = find_protocol(work, command.protocol_id)
        if command.on > work.today:
            raise InvalidInputError(field="on", flaw="future")
        if command.on < protocol.sealed_at.astimezone(STOCKHOLM).date():
            raise InvalidInputError(field="on", flaw="before")
        _check_number(work, protocol, command.number)
        given = CopyGiven(
            protocol_id=protocol.id,
            to=to,
            way=command.way,
            on=command.on,
            number=command.number,
        )
        event = _add(
            work,
            vault,
            protocol.case_id,
            protocol.meeting_id,
            Action.COPY_GIVEN,
            given=given,
        )
    return Done(event.id, _MEETINGS)


@use_case(Permission.WORK_IN_CASE)
def report_spoilt(case_id: UUID, copy_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Store that a copy did not leave as it should have: its number is spent."""
    with vault.work() as work:
        copy = _find(work, case_id, copy_id, states={CopyState.OUT})
        spoilt = Spoilt(copy_id=copy.id)
        _add(
            work,
            vault,
            case_id,
            copy.meeting_id,
            Action.COPY_SPOILT,
            spoilt=spoilt,
        )
    return Done(None, _MEETINGS)


@use_case(Permission.WORK_IN_CASE)
def ask_back(command: AskBack, *, vault: OpenVault) -> Done[None]:
    """Store that a copy was asked back; raise InvalidInputError for one that nobody has."""
    with vault.work() as work:
        copy = _find(work, command.case_id, command.copy_id, states={CopyState.OUT})
        asked = AskedBack(copy_id=copy.id, cause=command.cause)
        _add(
            work,
            vault,
            command.case_id,
            copy.meeting_id,
            Action.COPY_ASKED_BACK,
            asked_back=asked,
        )
    return Done(None, _MEETINGS)


@use_case(Permission.WORK_IN_CASE)
def take_back(command: TakeBack, *, vault: OpenVault) -> Done[None]:
    """Store that a copy came back; raise InvalidInputError for one that nobody has."""
    with vault.work() as work:
        states = {CopyState.OUT, CopyState.ASKED_BACK}
        copy = _find(work, command.case_id, command.copy_id, states=states)
        back = CameBack(copy_id=copy.id, is_destroyed=command.is_destroyed)
        _add(
            work,
            vault,
            command.case_id,
            copy.meeting_id,
            Action.COPY_CAME_BACK,
            came_back=back,
        )
    return Done(None, _MEETINGS)


@use_case(Permission.SEAL_PROTOCOL)
def correct_copy(case_id: UUID, copy_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Store that what was noted last of a copy was wrong; both stay in the list's history.

    It stands as before that; one that was noted as given by mistake was never given, and its number
    is free. Raise InvalidInputError for a copy of which nothing was noted.
    """
    with vault.work() as work:
        copy = _find(work, case_id, copy_id, states=CopyState)
        if not copy.can_be_corrected:
            raise InvalidInputError(field="copy", flaw=copy.state.value)
        corrected = Corrected(copy_id=copy.id)
        _add(work, vault, case_id, copy.meeting_id, Action.COPY_CORRECTED, corrected=corrected)
    return Done(None, _MEETINGS)


def _add(  # noqa: PLR0913  what an event is made of
    work: UnitOfWork,
    vault: OpenVault,
    case_id: UUID,
    meeting_id: UUID,
    action: Action,
    *,
    given: CopyGiven | None = None,
    spoilt: Spoilt | None = None,
    asked_back: AskedBack | None = None,
    came_back: CameBack | None = None,
    corrected: Corrected | None = None,
) -> Handover:
    event = Handover(
        id=uuid4(),
        case_id=case_id,
        meeting_id=meeting_id,
        sequence=work.handovers.next_sequence(case_id),
        by=work.keyring.principal,
        at=work.at,
        salt=vault.environment.draw(SALT_LENGTH).hex(),
        given=given,
        spoilt=spoilt,
        asked_back=asked_back,
        came_back=came_back,
        corrected=corrected,
    )
    work.handovers.add(event)
    work.commit(action, case_id, digest=digest_of_event(event))
    return event


def _check_number(work: UnitOfWork, protocol: SealedProtocol, number: int) -> None:
    if number == 0:
        return
    if number not in printed_numbers(work, protocol):
        raise InvalidInputError(field="number", flaw="unknown")
    of_protocol = (
        one
        for one in copies_of(work, protocol.case_id)
        if one.excerpt_id is None and one.state is not CopyState.NEVER_GIVEN
    )
    if any(one.protocol_id == protocol.id and one.number == number for one in of_protocol):
        raise InvalidInputError(field="number", flaw="taken")


def _carriers(
    copy: Copy, protocols: Mapping[UUID, SealedProtocol], tells: Collection[UUID] | None
) -> Iterator[Carrier]:
    """Yield what carries each addendum that was sealed since a copy was given.

    `tells` is what an excerpt tells: one that is about something else corrects nothing of it. The
    next version of a plan corrects it, and no addendum does. The board's own file has its addenda
    with it.
    """
    copied = _protocol_of(copy, protocols)
    if copied is not None and copied.kind.is_plan:
        return
    is_whole = copied is not None and copied.kind.is_for_board
    for one in protocols.values():
        is_later = one.is_addendum and one.sealed_at > copy.given_at
        if not is_later or one.meeting_id != copy.meeting_id:
            continue
        if tells is None or not one.about or not one.about.isdisjoint(tells):
            yield Carrier.EXCERPT if one.about and not is_whole else Carrier.ADDENDUM


def _protocol_of(copy: Copy, protocols: Mapping[UUID, SealedProtocol]) -> SealedProtocol | None:
    if copy.excerpt_id is not None or copy.protocol_id is None:
        return None
    return protocols.get(copy.protocol_id)


def _find(work: UnitOfWork, case_id: UUID, copy_id: UUID, *, states: Iterable[CopyState]) -> Copy:
    work.cases.find(case_id)
    for one in copies_of(work, case_id):
        if one.id == copy_id:
            if one.state not in set(states):
                raise InvalidInputError(field="copy", flaw=one.state.value)
            return one
    raise InvalidInputError(field="copy", flaw="unknown")


def _is_whole(work: UnitOfWork, case_id: UUID) -> bool:
    """Return whether the list is all that the log tells of, and nothing besides."""
    logged = work.audit.digests(HANDOVER_ACTIONS | MARKING_ACTIONS, case_id)
    logged = [*logged, *left_with(work, case_id)]
    # What was approved once one protocol was sealed is no line of it.
    of_list = (one for one in work.handovers.of_case(case_id) if one.approved is None)
    there = [digest_of_event(one) for one in of_list]
    return (
        sorted(logged) == sorted(there)
        and not work.excerpts.lost(case_id)
        and are_signers_whole(work, case_id)
        and all(map(work.protocols.is_told, work.protocols.of_case(case_id)))
    )


def _is_current(
    work: UnitOfWork, vault: OpenVault, standing: Standing, holders: Holders, copy: Copy
) -> bool:
    if not copy.state.is_out:
        return True
    try:
        if copy.excerpt_id is not None:
            given = work.excerpts.of_case(standing.opened.case.id)
            of_copy = (one for one in given if one.id == copy.excerpt_id)
            return any(is_excerpt_current(work, vault, standing, one) for one in of_copy)
        if copy.protocol_id is None:
            return True
        return holders.may_hold(find_protocol(work, copy.protocol_id), copy)
    except TamperedError:
        # The list of who has what is needed most of all then.
        return False
