"""What of a sealed protocol was decided for its readers, and whether they may have that today."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from trygga_desktop.documents.inside import record_inside
from trygga_desktop.documents.protocol import ProtocolContent
from trygga_desktop.documents.retelling import leads_to_protected, names_no_other
from trygga_desktop.domain.errors import InvalidInputError, TamperedError
from trygga_desktop.domain.excerpts import Copy
from trygga_desktop.domain.meeting import Meeting
from trygga_desktop.domain.sealing import ProtocolKind, SealedProtocol, Shown
from trygga_desktop.services.agreed_plans import tell_plan
from trygga_desktop.services.audience import recipients_at, show_room, spelled
from trygga_desktop.services.copy_names import own_file_words
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.protocols import (
    ComposeProtocol,
    ProtocolAudience,
    ProtocolRecipient,
    ToldMeeting,
    recipients_of,
    tell_meeting,
)
from trygga_desktop.services.retelling import today_of
from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.whole_readers import names_with_grant
from trygga_desktop.storage.work import UnitOfWork


def shown_in(told: ToldMeeting) -> Shown:
    """Return what a protocol tells of that somebody decided, by ids: no words of it."""
    room = told.room
    entries = [one for item in room.agenda for one in _with_dissents(item.entries)]
    return Shown(
        items=frozenset(one.item.id for one in (*entries, *_with_dissents(room.carried))),
        sources=frozenset(one.item.id for one in entries if one.who),
        titles=frozenset(one.id for one in room.agenda if not one.is_private),
        name=bool(room.subject_name),
        consents=bool(told.content.consents),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """Whether the readers of a sealed protocol may have today all that it says.

    Where it `leads_to_protected` it was sealed before somebody's identity was protected, and says a
    place, a name or words that are said no more.
    """

    is_current: bool
    leads_to_protected: bool = False


def currency_of(work: UnitOfWork, vault: OpenVault, protocol: SealedProtocol) -> Currency:
    """Return whether its readers may have today all that it says.

    That they may have more today, and what things are called or became of since, is nothing that
    they must not have. Where the file of one for everyone at the table cannot be read, nobody can
    tell; of the board's own whoever reads it is told so.
    """
    is_for_table = protocol.kind.is_for_table
    then = _content_of(work, protocol)
    if then is None:
        return Currency(is_current=not is_for_table)
    opened = work.cases.find(protocol.case_id)
    if not is_for_table and not then.signers and not stand(work, vault, opened).is_protected:
        return Currency(is_current=True)
    try:
        now = _told_now(work, vault, protocol)
    except InvalidInputError:
        # The version that was sealed is gone: nobody can say who may have it.
        return Currency(is_current=False)
    today = today_of(work, vault, now.standing, now.content, protocol.about)
    leads = leads_to_protected(then, today)
    if is_for_table:
        may_have = _are_shown(work, now, protocol) and names_no_other(then, today)
    else:
        may_have = {one.name for one in then.signers} <= {one.name for one in now.content.signers}
    return Currency(is_current=may_have and not leads, leads_to_protected=leads)


class Holders:
    """Tells who may hold which copy of what is sealed; of many copies each file is asked once."""

    def __init__(self, work: UnitOfWork, vault: OpenVault, standing: Standing) -> None:
        self._work = work
        self._vault = vault
        self._standing = standing
        self._currencies: dict[UUID, Currency] = {}
        self._recipients: dict[UUID, tuple[ProtocolRecipient, ...]] = {}

    def may_hold(self, protocol: SealedProtocol, copy: Copy) -> bool:
        """Return whether whoever has a copy of a protocol may have today all that it says.

        The board's own file is for the board, and for people who may read it. Of a copy that was
        noted by a name alone everyone of that name has to.
        """
        currency = self._currency(protocol)
        if protocol.kind.is_for_table:
            return currency.is_current
        readers = {
            one: may_read(protocol, one, currency)
            for one in self._recipients_of(protocol.meeting_id)
        }
        if copy.recipient_id is not None:
            return any(one.id == copy.recipient_id and may for one, may in readers.items())
        name = spelled(copy.to.partition(",")[0])
        of_name = [may for one, may in readers.items() if spelled(one.name) == name]
        if of_name:
            return all(of_name)
        standing = self._standing
        board = standing.directory.organisation(standing.given.controller_id)
        known = set() if board is None else {spelled(one.name) for one in board.names}
        known |= {spelled(self._vault.municipality), *map(spelled, own_file_words())}
        return name in known | names_with_grant(self._work, standing)

    def _currency(self, protocol: SealedProtocol) -> Currency:
        if protocol.id not in self._currencies:
            found = currency_of(self._work, self._vault, protocol)
            self._currencies[protocol.id] = found
        return self._currencies[protocol.id]

    def _recipients_of(self, meeting_id: UUID) -> tuple[ProtocolRecipient, ...]:
        if meeting_id not in self._recipients:
            meeting, _ = find_meeting(self._work, meeting_id)
            self._recipients[meeting_id] = recipients_of(self._work, self._vault, meeting)
        return self._recipients[meeting_id]


def may_read(protocol: SealedProtocol, reader: ProtocolRecipient, currency: Currency) -> bool:
    """Return whether somebody who was there may read what was sealed for the board's own file.

    What no decision was asked about is for whoever opens the case, and so is the whole plan, and
    what says more than may be said since a protection.
    """
    if protocol.kind is ProtocolKind.FULL and not currency.leads_to_protected:
        return reader.may_read_whole
    return reader.has_grant


@dataclass(frozen=True, slots=True, kw_only=True)
class _Now:
    """What the readers of a protocol are told today, and at which table they sat."""

    content: ProtocolContent
    shown: Shown
    standing: Standing
    meeting: Meeting


def _told_now(work: UnitOfWork, vault: OpenVault, protocol: SealedProtocol) -> _Now:
    kind = ProtocolAudience.ROOM if protocol.kind.is_for_table else ProtocolAudience.BOARD
    asked = ComposeProtocol(
        meeting_id=protocol.meeting_id, audience=kind, language=protocol.language
    )
    if not protocol.kind.is_plan:
        told = tell_meeting(work, vault, asked)
        return _Now(
            content=told.content, shown=shown_in(told), standing=told.standing, meeting=told.meeting
        )
    plan = tell_plan(work, vault, asked)
    standing = stand(work, vault, work.cases.find(protocol.case_id))
    return _Now(content=plan.content, shown=plan.shown, standing=standing, meeting=plan.meeting)


def _are_shown(work: UnitOfWork, now: _Now, protocol: SealedProtocol) -> bool:
    """Return whether what was decided of it by ids is decided so today."""
    then = protocol.shown
    allowed = now.shown.items
    if not protocol.kind.is_plan:
        items = [one for one in work.items.of_case(protocol.case_id) if one.id in then.items]
        room = recipients_at(now.meeting.attended, family=now.standing.family_names)
        allowed = frozenset(
            one.id for one in show_room(items, room, given=now.standing.given).items
        )
    return (
        then.items <= allowed
        and then.sources <= now.shown.sources
        and then.titles <= now.shown.titles
        and then.name <= now.shown.name
        and then.consents <= now.shown.consents
    )


def _content_of(work: UnitOfWork, protocol: SealedProtocol) -> ProtocolContent | None:
    """Return what a sealed protocol says, None where its file cannot be read."""
    try:
        record = record_inside(work.protocols.file(protocol))
    except TamperedError:
        return None
    return None if record is None else record.content


def _with_dissents(entries: tuple[ShownEntry, ...]) -> Iterator[ShownEntry]:
    for one in entries:
        yield one
        yield from one.dissents
