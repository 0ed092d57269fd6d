"""Use cases for what the young person says before a meeting: what matters, and what must not come.

Their words become items of the meeting under its second item, and are shown as any other: through
the door. How they come there, and what is not to be raised, lies with the meeting itself.
"""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.items import Item, ItemKind, Noted, Part
from trygga_desktop.domain.meeting import AgendaItem, Meeting, MeetingState, ToldBy, Voice
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sharing import Recipient
from trygga_desktop.services.audience import show_alone, text_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.entries import MOST_TEXT_OF_ENTRY, origin_of
from trygga_desktop.services.meetings import MOST_TEXT, find_meeting
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.rooms import ShownAgendaItem, show_meeting
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVoice:
    """What the young person said, in their own words, as it was read back to them.

    `unraised` are items of the agenda that are not to be raised. A letter is read out as it stands.
    """

    meeting_id: UUID
    words: str
    told_by: ToldBy
    teller: str = ""
    not_raised: str = ""
    unraised: frozenset[UUID] = frozenset()
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingVoice:
    """A meeting as it is prepared with the young person; `told` is None before that was done.

    `agenda` are the items that can be left out: those after the second one. Their titles are those
    that the young person may see, who sits before the screen while this is filled in.
    """

    case_id: UUID
    case_number: str
    number: int
    name: str
    agenda: tuple[ShownAgendaItem, ...]
    told: RecordVoice | None


@use_case(Permission.WORK_IN_CASE)
def read_voice(meeting_id: UUID, *, vault: OpenVault) -> Done[MeetingVoice]:
    """Return what the young person said before a meeting, for them and the operator.

    Raise InvalidInputError for a meeting that has begun or is over.
    """
    with vault.work() as work:
        meeting, _ = _find(work, meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        items = [one for one in work.items.of_case(meeting.case_id) if one.part is Part.CASE]
        shown = {one.id: one for one in show_alone(items, vault=vault, given=standing.given).items}
        voice = meeting.voice
        told = (
            None
            if voice is None
            else RecordVoice(
                meeting_id=meeting_id,
                words=text_of(shown.get(voice.words_id)),
                told_by=voice.told_by,
                teller=voice.teller,
                not_raised=voice.not_raised,
                unraised=voice.unraised,
                letter="" if voice.letter_id is None else text_of(shown.get(voice.letter_id)),
            )
        )
        found = MeetingVoice(
            case_id=meeting.case_id,
            case_number=standing.opened.case.case_number,
            number=meeting.number,
            name=text_of(name_of(vault, standing, standing.opened.subject_id)),
            agenda=_shown_agenda(work, vault, standing, meeting),
            told=told,
        )
        work.commit(Action.MEETING_READ, meeting_id)
    return Done(found)


@use_case(Permission.WORK_IN_CASE)
def record_voice(command: RecordVoice, *, vault: OpenVault) -> Done[None]:
    """Store what the young person said, in place of what they said before.

    Raise InvalidInputError with the field and its flaw: no words, a letter that is to be read or
    was recorded and is not there, nobody who speaks where somebody is to, a text that is too long,
    an item that cannot be left out, a meeting without one for the young person, or that has begun.
    """
    _check(command)
    with vault.work() as work:
        meeting, version = _find(work, command.meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        if not command.unraised <= {one.id for one in _after_voice(meeting)}:
            raise InvalidInputError(field="unraised", flaw="unknown")
        before = meeting.voice
        known = (None, None) if before is None else (before.words_id, before.letter_id)
        words_id = write_words(work, standing, meeting, command.words, known[0])
        letter_id = known[1]
        if command.letter.strip():
            letter_id = write_words(work, standing, meeting, command.letter, letter_id)
        elif letter_id is not None:
            # What was once written is changed, never made away with.
            raise InvalidInputError(field="letter", flaw="missing")
        voice = Voice(
            words_id=words_id,
            letter_id=letter_id,
            told_by=command.told_by,
            on=work.today,
            teller=command.teller.strip(),
            not_raised=command.not_raised,
            unraised=command.unraised,
        )
        changed = replace(meeting, voice=voice)
        work.meetings.replace(meeting.case_id, changed, row_version=version)
        work.commit(Action.MEETING_CHANGED, meeting.id)
    return Done(None, Changes(items=True, meetings=True))


def _shown_agenda(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meeting: Meeting
) -> tuple[ShownAgendaItem, ...]:
    """Return the items that can be left out as the young person may see them."""
    subject_id = standing.opened.subject_id
    person = Recipient(id=subject_id, barred=False, person_id=subject_id, acknowledged=True)
    # What they do not want raised has its title here: they may want it raised after all.
    whole = replace(meeting, voice=None)
    agenda = show_meeting(work, vault, standing, whole, [person]).agenda
    return agenda[place_of_voice(meeting) + 1 :]


def _check(command: RecordVoice) -> None:
    texts = {
        "words": (command.words, MOST_TEXT_OF_ENTRY),
        "letter": (command.letter, MOST_TEXT_OF_ENTRY),
        "not_raised": (command.not_raised, MOST_TEXT_OF_ENTRY),
        "teller": (command.teller, MOST_TEXT),
    }
    for field, (text, longest) in texts.items():
        if len(text) > longest:
            raise InvalidInputError(field=field, flaw="length")
    needed = {"words"}
    if command.told_by is ToldBy.LETTER:
        needed.add("letter")
    if command.told_by is ToldBy.SOMEBODY:
        needed.add("teller")
    for field in sorted(needed):
        if not texts[field][0].strip():
            raise InvalidInputError(field=field, flaw="missing")


def _find(work: UnitOfWork, meeting_id: UUID) -> tuple[Meeting, int]:
    meeting, version = find_meeting(work, meeting_id)
    if meeting.state is not MeetingState.PLANNED:
        raise InvalidInputError(field="meeting", flaw=meeting.state.value)
    return meeting, version


def place_of_voice(meeting: Meeting) -> int:
    """Return where on the agenda the young person is heard; raise InvalidInputError if nowhere."""
    for place, one in enumerate(meeting.agenda):
        if one.category == VOICE:
            return place
    raise InvalidInputError(field="agenda", flaw="missing")


def _after_voice(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """Return the items that can be left out; the welcome and the young person's own never are."""
    return meeting.agenda[place_of_voice(meeting) + 1 :]


def write_words(  # noqa: PLR0913  what is written, where, and in place of what
    work: UnitOfWork,
    standing: Standing,
    meeting: Meeting,
    text: str,
    item_id: UUID | None,
    *,
    origin_id: UUID | None = None,
) -> UUID:
    """Store words under the young person's item, in place of what stood there; return their id.

    They are the board's, to which they were told, unless another organisation is given.
    """
    compartment = work.compartments.of_file(meeting.case_id)[CompartmentKind.CASE]
    key = work.compartments.key(compartment)
    earlier = [one for one in work.items.of_case(meeting.case_id) if one.id == item_id]
    if earlier:
        changed = replace(earlier[0], text=text)
        if changed != earlier[0]:
            # What somebody answered about other words says nothing of these.
            changed = replace(changed, markings=())
        work.items.replace(changed, compartment, key)
        return changed.id
    subject_id = standing.opened.subject_id
    item = Item(
        id=uuid4(),
        case_id=meeting.case_id,
        kind=ItemKind.STATEMENT,
        part=Part.CASE,
        author_id=work.keyring.principal,
        origin_id=origin_id or origin_of(standing, VOICE, None, subject_id),
        category=VOICE,
        about=frozenset({subject_id}),
        reporter_ids=frozenset(),
        known_on=work.today,
        text=text,
        said_by=subject_id,
        at_table=False,
        noted=Noted(meeting_id=meeting.id, agenda_id=meeting.agenda[place_of_voice(meeting)].id),
    )
    work.items.add(item, compartment, key, sequence=work.sequence)
    return item.id
