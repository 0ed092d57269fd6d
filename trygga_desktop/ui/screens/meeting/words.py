"""What people, places at the table and states are called on the shared screen."""

from datetime import datetime
from typing import NamedTuple

from trygga_desktop.domain.catalogue import Catalogue, UnknownCodeError
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.meeting import IN_THE_ROOM, Function, Presence
from trygga_desktop.i18n import Language
from trygga_desktop.services.rooms import MeetingRoom, Seat, ShownCommitment
from trygga_desktop.ui.due_words import due_short
from trygga_desktop.ui.screens.meeting.capture import Said
from trygga_desktop.ui.screens.meeting.room import first_name
from trygga_desktop.ui.screens.meeting.unsettled import Asked, Missing
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.text import make_visible

_SILENT = ("s", "x", "z")
_LONGEST = 120


class Told(NamedTuple):
    """A status in an icon, a word and a tone."""

    icon: str
    word: str
    tone: Tone


def shown(text: str) -> str:
    """Return a text from people as part of a line: visible, of one line, of bearable length."""
    return make_visible(text, lines=False, longest=_LONGEST)


def called(room: MeetingRoom | None, language: Language) -> str:
    """Return what the young person is called here, or that it is them where nobody may know."""
    first = "" if room is None else first_name(room.subject_name)
    return shown(first) if first else language.gettext("the young person")


def words_of(room: MeetingRoom | None, language: Language) -> str:
    """Return what the chip for the young person's own words is called."""
    _ = language.gettext
    first = "" if room is None else first_name(room.subject_name)
    if not first:
        return _("Own words")
    if first.lower().endswith(_SILENT):
        # A name that ends in s, x or z.
        return _("{name}' words").format(name=shown(first))
    return _("{name}'s words").format(name=shown(first))


def asked_told(asked: Asked, language: Language) -> str:
    """Return what whoever leads confirms, as a sentence that is true once it is ticked."""
    _ = language.gettext
    return {
        Asked.DISAGREEMENT: _("Everyone was asked whether they agree, and nobody said otherwise"),
        Asked.RATING: _("The young person was asked for figures of their own, and gave none"),
        Asked.FACT_OR_ASSESSMENT: _(
            "Each note says whether something was seen or is an assessment"
        ),
        Asked.NO_PLACE: _("No address, town, route or meeting place stands in what was noted"),
        Asked.PLAIN_SUMMARY: _("What was decided was read aloud in plain words"),
        Asked.DISTRIBUTION: _("It was said who gets the protocol or an excerpt, and how"),
    }[asked]


def missing_told(lack: Missing, catalogue: Catalogue, language: Language) -> str:
    """Return what an item that was gone through lacks, as far as the room is shown.

    Something may be there that this room does not see: it is told what stands here.
    """
    _ = language.gettext
    what = catalogue.must_note(lack).text.in_language(language.code)
    return {
        Missing.ATTENDANCE: _("Of somebody it is not noted whether they came"),
        Missing.ACKNOWLEDGEMENTS: _("Somebody here has not confirmed"),
        Missing.ACTION_STATUS: _("Of an earlier commitment nobody has said how it goes"),
        Missing.GOAL: _("No goal stands here"),
        Missing.NEXT_MEETING: _("No next meeting stands here"),
        Missing.OWN_WORDS: _("None of the young person's own words stand here"),
        Missing.STATEMENT: _("No note stands here"),
        Missing.ACTIONS: _("No commitment stands here"),
    }.get(lack, _("Does not stand here: {what}").format(what=shown(what)))


def refusal_told(said: Said, language: Language) -> str:
    """Return why an entry was not added; nothing where it was."""
    _ = language.gettext
    return {
        Said.NO_AGENCY: _("Choose who decides. Your text is still here."),
        Said.NO_SPEAKER: _("Choose whose words they are. Your text is still here."),
        Said.NO_DECISION: _("There is no decision here yet. Go to the item where it stands."),
        Said.NO_DAY: _("Write the last day as 2026-12-04 or 4/12, not a day that has passed."),
        Said.TOO_LONG: _("The text is too long to be kept as one entry. It is still here."),
    }.get(said, "")


def capital(text: str) -> str:
    """Return the text with its first letter large, also inside an isolated name."""
    for place, letter in enumerate(text):
        if letter.isalpha():
            return text[:place] + letter.upper() + text[place + 1 :]
    return text


def line_of(seat: Seat, room: MeetingRoom, language: Language) -> str:
    """Return what somebody is at the table: whom they speak for, and what they do there."""
    _ = language.gettext
    parts = []
    if seat.kind:
        parts.append(_agency(seat, room, language))
    else:
        parts += [
            room.catalogue.meeting_role(one).name.in_language(language.code)
            for one in Function
            if one in seat.functions and one not in {Function.CHAIR, Function.SECRETARY}
        ]
    if Function.CHAIR in seat.functions:
        parts.append(_("leads the meeting"))
    if Function.SECRETARY in seat.functions:
        parts.append(_("writes"))
    return " · ".join(parts)


def icon_of(seat: Seat, room: MeetingRoom) -> tuple[str, Tone]:
    """Return the icon of somebody's disc: family in one colour, agencies in the other."""
    if seat.kind:
        try:
            return room.catalogue.agency(seat.kind).icon, Tone.ACCENT
        except UnknownCodeError:
            return "building", Tone.ACCENT
    if Function.SUBJECT_PERSON in seat.functions:
        return "user", Tone.INFO
    if Function.INTERPRETER in seat.functions:
        return "languages", Tone.ACCENT
    return "users", Tone.INFO


def presence_told(seat: Seat, began_at: datetime | None, language: Language) -> Told:
    """Return where somebody is, with the time where they came late or left."""
    _ = language.gettext
    last = language.time(seat.changes[-1].at) if seat.changes else ""
    came = next((one.at for one in seat.changes if one.presence in IN_THE_ROOM), None)
    told = place_told(seat.presence, language)
    if seat.presence is Presence.GONE:
        return told._replace(word=_("Left {time}").format(time=last))
    if told.tone is Tone.OK and began_at is not None and came is not None and came > began_at:
        return told._replace(word=_("Came {time}").format(time=language.time(came)))
    return told


def place_told(presence: Presence, language: Language) -> Told:
    """Return a place where somebody can be."""
    _ = language.gettext
    return {
        Presence.HERE: Told(icon="check", word=_("Here"), tone=Tone.OK),
        Presence.REMOTE: Told(icon="monitor", word=_("Remote"), tone=Tone.OK),
        Presence.OUTSIDE: Told(icon="door-open", word=_("Waits outside"), tone=Tone.MUTE),
        Presence.GONE: Told(icon="log-out", word=_("Has left"), tone=Tone.MUTE),
        Presence.ABSENT: Told(icon="minus", word=_("Not here"), tone=Tone.MUTE),
        Presence.EXPECTED: Told(icon="clock", word=_("Not here yet"), tone=Tone.INFO),
    }[presence]


def commitment_told(commitment: ShownCommitment, language: Language) -> Told:
    """Return how a commitment stands, in words that blame nobody."""
    _ = language.gettext
    open_still = Told(icon="circle", word=_("Not done yet"), tone=Tone.MUTE)
    told = {
        CommitmentState.DONE: Told(icon="circle-check", word=_("Done"), tone=Tone.OK),
        CommitmentState.DOING: Told(icon="trending-up", word=_("Under way"), tone=Tone.OK),
        CommitmentState.NOT_DONE: Told(
            icon="circle-slash", word=_("Did not happen"), tone=Tone.MUTE
        ),
        CommitmentState.NOT_POSSIBLE: Told(
            icon="circle-slash", word=_("Did not happen"), tone=Tone.MUTE
        ),
        CommitmentState.CHANGED: Told(icon="git-compare-arrows", word=_("Changed"), tone=Tone.MUTE),
        CommitmentState.FROZEN: Told(icon="pause", word=_("Rests"), tone=Tone.MUTE),
    }.get(commitment.state, open_still)
    is_late = commitment.is_late and told is open_still
    return told._replace(icon="clock", tone=Tone.WARN) if is_late else told


def who_and_when(commitment: ShownCommitment, language: Language) -> str:
    """Return who promised it, for whom, and until when."""
    who = ", ".join(shown(one) for one in (commitment.responsible, commitment.organisation) if one)
    day = due_short(commitment.due, commitment.hour, language)
    return f"{who} · {day}" if who else day


def _agency(seat: Seat, room: MeetingRoom, language: Language) -> str:
    try:
        return room.catalogue.agency(seat.kind).short.in_language(language.code)
    except UnknownCodeError:
        return shown(seat.organisation)
