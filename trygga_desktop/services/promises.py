"""What each at a meeting promised there: whom there is a page for, and what stands on it.

A page is decided for those of an agency who were there, or for one person, like any other room.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from trygga_desktop.documents import promises as document
from trygga_desktop.domain.meeting import Function, Meeting, Participant
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.services.hours import with_hour
from trygga_desktop.services.rooms import MeetingRoom, ShownEntry
from trygga_desktop.services.standing import Standing


def readers_with(meeting: Meeting, one: Participant) -> list[Participant]:
    """Return for whom a page is decided that this participant takes along.

    For an agency it is everyone of it who has confirmed the duty of confidentiality: what one of
    them may not know stands on no paper of theirs. Where nobody has, it is the participant alone,
    and the decision knows that they have not.
    """
    if one.organisation_id is None:
        return [one]
    of_agency = [each for each in meeting.participants if each.organisation_id]
    bound = [
        each
        for each in of_agency
        if each.organisation_id == one.organisation_id and each.confirmed_at is not None
    ]
    return bound or [one]


def promised_by(
    one: Participant, room: MeetingRoom
) -> tuple[tuple[ShownEntry, ...], tuple[ShownEntry, ...]]:
    """Return what a participant or their agency promised at a meeting, and what of theirs goes on.

    The room is decided for whoever reads it.
    """
    own = tuple(each for each in _promised(room) if _is_of(one, each))
    earlier = tuple(
        each
        for each in room.carried
        if _is_of(one, each) and each.commitment is not None and each.commitment.state.is_open
    )
    return own, earlier


def page_of(  # noqa: PLR0913  what a page is made of
    standing: Standing,
    meeting: Meeting,
    one: Participant,
    room: MeetingRoom,
    language: Language,
    *,
    board: tuple[str, str],
    reader: str,
    case: str,
) -> document.PromisesContent:
    """Return what stands on the page of a participant or their agency.

    `board` is what the board is called, and the municipality where that is called otherwise.
    `case` is how the page calls the case.
    """
    own, earlier = promised_by(one, room)
    others = [each for each in _promised(room) if not _is_of(one, each)]
    chair = meeting.with_function(Function.CHAIR)
    is_of_board = chair is not None and chair.organisation_id == standing.given.controller_id
    return document.PromisesContent(
        organisation=board[0],
        municipality=board[1],
        reader=reader,
        case_number=case,
        meeting_on=meeting.begins.astimezone(STOCKHOLM).date(),
        promises=_lines(own, language),
        earlier=_lines(earlier, language),
        others=_lines(others, language),
        # Who leads a meeting does so for the board, and is known to whoever was at it.
        coordinator=chair.name if chair is not None and is_of_board and chair != one else "",
        secrecy=language.gettext("Confidential: contains information about an individual."),
    )


def owners_in(meeting: Meeting, room: MeetingRoom) -> Sequence[Participant]:
    """Return for whom there is something to take along: of an agency the first one of it."""
    seen: set[UUID] = set()
    found = []
    for one in meeting.participants:
        if one.organisation_id is not None and one.organisation_id in seen:
            continue
        if one.organisation_id is not None:
            seen.add(one.organisation_id)
        if any(promised_by(one, room)):
            found.append(one)
    return found


def _promised(room: MeetingRoom) -> list[ShownEntry]:
    entries = (entry for item in room.agenda for entry in item.entries)
    return [one for one in entries if one.commitment is not None]


def _is_of(one: Participant, entry: ShownEntry) -> bool:
    """Return whether somebody promised this: for their agency, or else by their name."""
    if entry.commitment is None:
        return False
    if one.organisation_id is not None:
        # The board has what comes from nobody else: it is its own only where it speaks for itself.
        # Beside no name it stands there by its kind alone.
        is_of_agency = bool(entry.commitment.kind)
        return is_of_agency and entry.item.origin_id == one.organisation_id
    is_of_nobody = not entry.commitment.kind
    return is_of_nobody and entry.commitment.responsible.strip() == one.name.strip()


def _lines(entries: Iterable[ShownEntry], language: Language) -> tuple[document.Promise, ...]:
    """Return what was promised, what is due first standing first."""
    found = [
        document.Promise(
            text=with_hour(one.item.text, one.commitment.hour, language),
            responsible=_who(one.commitment.responsible, one.commitment.organisation),
            due=one.commitment.due,
        )
        for one in entries
        if one.commitment is not None
    ]
    return tuple(sorted(found, key=lambda one: one.due))


def _who(responsible: str, organisation: str) -> str:
    return "\n".join(one for one in (responsible, organisation) if one)
