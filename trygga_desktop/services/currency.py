"""What of a sealed protocol was decided for its readers, and whether they may have that today."""

from collections.abc import Iterator

from trygga_desktop.domain.sealing import ProtocolKind, SealedProtocol, Shown
from trygga_desktop.services.audience import recipients_at, show_room
from trygga_desktop.services.protocols import ComposeProtocol, ToldMeeting, tell_meeting
from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.services.vault import OpenVault
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
    if protocol.kind is not ProtocolKind.ROOM:
        return True
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


def _with_dissents(entries: tuple[ShownEntry, ...]) -> Iterator[ShownEntry]:
    for one in entries:
        yield one
        yield from one.dissents
