"""What of a sealed protocol was decided for its readers, and whether they may have that today."""

from collections.abc import Iterator

from trygga_desktop.documents.inside import record_inside
from trygga_desktop.domain.errors import InvalidInputError, TamperedError
from trygga_desktop.domain.excerpts import Copy
from trygga_desktop.domain.sealing import ProtocolKind, SealedProtocol, Shown
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.services.agreed_plans import tell_plan
from trygga_desktop.services.audience import recipients_at, show_room, spelled
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.protocols import (
    ComposeProtocol,
    ProtocolAudience,
    ProtocolRecipient,
    ToldMeeting,
    recipients_of,
    tell_meeting,
)
from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.services.standing import Standing
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


def is_current(work: UnitOfWork, vault: OpenVault, protocol: SealedProtocol) -> bool:
    """Return whether its readers may have today all that it says.

    That they may have more today, and what things are called or became of since, is nothing that
    they must not have.
    """
    if protocol.kind is ProtocolKind.PLAN_ROOM:
        return _is_plan_current(work, vault, protocol)
    if protocol.kind is not ProtocolKind.ROOM:
        return _are_signers_readers(work, vault, protocol)
    asked = ComposeProtocol(meeting_id=protocol.meeting_id, language=protocol.language)
    told = tell_meeting(work, vault, asked)
    then, now = protocol.shown, shown_in(told)
    standing, attended = told.standing, told.meeting.attended
    items = [one for one in work.items.of_case(protocol.case_id) if one.id in then.items]
    room = recipients_at(attended, family=standing.family_names)
    allowed = {one.id for one in show_room(items, room, given=standing.given).items}
    return (
        then.items <= allowed
        and then.sources <= now.sources
        and then.titles <= now.titles
        and then.name <= now.name
        and then.consents <= now.consents
    )


def may_hold(
    work: UnitOfWork, vault: OpenVault, standing: Standing, protocol: SealedProtocol, copy: Copy
) -> bool:
    """Return whether whoever has a copy of a protocol may have today all that it says.

    The board's own file is for the board, and for people who may read it. Of a copy that was noted
    by a name alone everyone of that name has to.
    """
    if protocol.kind.is_for_table:
        return is_current(work, vault, protocol)
    meeting, _ = find_meeting(work, protocol.meeting_id)
    readers = {one: may_read(protocol, one) for one in recipients_of(work, vault, meeting)}
    if copy.recipient_id is not None:
        return any(one.id == copy.recipient_id and may for one, may in readers.items())
    name = spelled(copy.to.partition(",")[0])
    of_name = [may for one, may in readers.items() if spelled(one.name) == name]
    if of_name:
        return all(of_name)
    board = standing.directory.organisation(standing.given.controller_id)
    known = set() if board is None else {spelled(one.name) for one in board.names}
    known |= {spelled(vault.municipality), *map(spelled, _own_file_words())}
    return name in known | names_with_grant(work, standing)


def may_read(protocol: SealedProtocol, reader: ProtocolRecipient) -> bool:
    """Return whether somebody who was there may read what was sealed for the board's own file.

    What no decision was asked about is for whoever opens the case, and so is the whole plan.
    """
    if protocol.kind is ProtocolKind.FULL:
        return reader.may_read_whole
    return reader.has_grant


def _own_file_words() -> Iterator[str]:
    """Yield what a copy for the board's own file is called, in every language."""
    for code in LANGUAGES:
        yield load_language(code).gettext("The board's file")


def _are_signers_readers(work: UnitOfWork, vault: OpenVault, protocol: SealedProtocol) -> bool:
    """Return whether everyone who is to sign the board's own file may still read it."""
    try:
        record = record_inside(work.protocols.file(protocol))
    except TamperedError:
        # Whoever reads the file is told so.
        return True
    if record is None or not record.content.signers:
        return True
    asked = ComposeProtocol(
        meeting_id=protocol.meeting_id,
        audience=ProtocolAudience.BOARD,
        language=protocol.language,
    )
    try:
        tell = tell_plan if protocol.kind.is_plan else tell_meeting
        now = {one.name for one in tell(work, vault, asked).content.signers}
    except InvalidInputError:
        return False
    return {one.name for one in record.content.signers} <= now


def _is_plan_current(work: UnitOfWork, vault: OpenVault, protocol: SealedProtocol) -> bool:
    asked = ComposeProtocol(meeting_id=protocol.meeting_id, language=protocol.language)
    try:
        then, now = protocol.shown, tell_plan(work, vault, asked).shown
    except InvalidInputError:
        # The version that was sealed is gone: nobody can say who may have it.
        return False
    return then.items <= now.items and then.sources <= now.sources and then.name <= now.name


def _with_dissents(entries: tuple[ShownEntry, ...]) -> Iterator[ShownEntry]:
    for one in entries:
        yield one
        yield from one.dissents
