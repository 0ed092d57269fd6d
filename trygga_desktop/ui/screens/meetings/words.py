"""How the meetings of a case are spoken of: their state, when, who. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from trygga_desktop.domain.meeting import Function, Meeting, MeetingState, Participant, Presence
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

if TYPE_CHECKING:
    from trygga_desktop.services.meetings import CaseMeetings
    from trygga_desktop.services.parties import ShownParty

_FAMILY_ICONS = {Function.SUBJECT_PERSON: "user-round", Function.GUARDIAN: "users-round"}
_GUEST_ICONS = {
    Function.INTERPRETER: "languages",
    Function.SUPPORT_PERSON: "hand-heart",
    Function.OBSERVER: "ear",
}
_FIRST = (
    Function.CHAIR,
    Function.SECRETARY,
    Function.VERIFIER,
    Function.SUBJECT_PERSON,
    Function.GUARDIAN,
    Function.INTERPRETER,
    Function.SUPPORT_PERSON,
    Function.OBSERVER,
    Function.DEPUTY,
    Function.AGENCY_REPRESENTATIVE,
)
"""The order in which somebody's functions are told: what they do before whom they speak for."""


def pill_of(meeting: Meeting, found: CaseMeetings, language: Language) -> PillValue:
    """Return how far a meeting has come, as a pill."""
    _ = language.gettext
    if meeting.id in found.sealed:
        return PillValue(_("Sealed"), Tone.OK, "shield-check")
    pills: Mapping[MeetingState, PillValue] = {
        MeetingState.PLANNED: PillValue(_("Planned"), Tone.INFO, "calendar"),
        MeetingState.RUNNING: PillValue(_("Under way"), Tone.ACCENT, "circle-play"),
        MeetingState.HELD: PillValue(_("Held"), Tone.OK, "circle-check"),
        MeetingState.CANCELLED: PillValue(_("Called off"), Tone.MUTE, "circle-slash"),
    }
    return pills[meeting.state]


def title_of(meeting: Meeting, language: Language) -> str:
    """Return what a meeting is called."""
    return language.gettext("Meeting {number}").format(number=meeting.number)


def when_short(meeting: Meeting, language: Language) -> str:
    """Return day and time as in a row, with the year: the list goes back several."""
    day = meeting.starts_at.astimezone(STOCKHOLM).date()
    return f"{language.date_short(day)} {day.year} · {times_of(meeting, language)}"


def when_long(meeting: Meeting, language: Language) -> str:
    """Return the day as in a sentence."""
    return language.weekday_date(meeting.starts_at.astimezone(STOCKHOLM).date())


def times_of(meeting: Meeting, language: Language) -> str:
    """Return from when to when: as it was held, or else as it was planned."""
    begin = meeting.began_at or meeting.starts_at
    end = meeting.ended_at or begin + timedelta(minutes=meeting.minutes)
    return f"{language.time(begin)}–{language.time(end)}"  # noqa: RUF001  from-to


def who_came(meeting: Meeting) -> tuple[Participant, ...]:
    """Return who was there where a meeting was held, or else who is to come."""
    is_over = meeting.state is MeetingState.HELD
    return meeting.attended if is_over else meeting.participants


def count_words(meeting: Meeting, language: Language) -> str:
    """Return how many there were, or are to be."""
    count = len(who_came(meeting))
    return language.ngettext("{count} person", "{count} people", count).format(count=count)


def agencies_words(meeting: Meeting, found: CaseMeetings, language: Language) -> str:
    """Return the kinds of agency that were there, in the short words of the catalogue."""
    people = {one.party.id: one for one in found.people}
    kinds: list[str] = []
    for one in who_came(meeting):
        shown = None if one.party_id is None else people.get(one.party_id)
        kind = kind_words(shown, found, language)
        if kind and kind not in kinds:
            kinds.append(kind)
    return ", ".join(kinds)


def kind_words(shown: ShownParty | None, found: CaseMeetings, language: Language) -> str:
    """Return the kind of agency that somebody speaks for, in a short word."""
    if shown is None or not shown.kind:
        return ""
    short = [one.short for one in found.catalogue.agencies if one.code == shown.kind]
    return short[0].in_language(language.code) if short else ""


def name_of(participant: Participant) -> str:
    """Return what somebody is called, harmless to look at."""
    return make_visible(participant.name, lines=False, longest=LONGEST_NAME)


def word_of(participant: Participant, language: Language) -> str:
    """Return what somebody sent word of, and about which time, if it is not the meeting's."""
    _ = language.gettext
    word = make_visible(participant.apology, lines=False, longest=LONGEST_NAME)
    if participant.said_about is not None:
        told = _("Said about {when}: does not come") + (" ({why})" if word else "")
        return told.format(when=moment_words(participant.said_about, language), why=word)
    if participant.presence is Presence.ABSENT:
        return _("Does not come: {why}").format(why=word) if word else _("Does not come")
    return word


def moment_words(moment: datetime, language: Language) -> str:
    """Return a day with its time, as the people here reckon them."""
    day = language.date_short(moment.astimezone(STOCKHOLM).date())
    return f"{day} {language.time(moment)}"


def roles_words(participant: Participant, found: CaseMeetings, language: Language) -> str:
    """Return what somebody does at the table, and whom they speak for."""
    told = [one for one in _FIRST if one in participant.functions]
    if len(told) > 1 and Function.AGENCY_REPRESENTATIVE in told:
        told.remove(Function.AGENCY_REPRESENTATIVE)
    names = {one.code: one.name for one in found.catalogue.meeting_roles}
    words = [names[one.value].in_language(language.code) for one in told if one.value in names]
    people = {one.party.id: one for one in found.people}
    shown = None if participant.party_id is None else people.get(participant.party_id)
    if shown is not None and shown.organisation:
        organisation = make_visible(shown.organisation, lines=False, longest=LONGEST_NAME)
        words.append(organisation)
    return " · ".join(words)


def icon_of(participant: Participant, found: CaseMeetings) -> tuple[str, Tone]:
    """Return the icon that stands for somebody, and the colour of its ground."""
    for function, icon in _FAMILY_ICONS.items():
        if function in participant.functions:
            return icon, Tone.INFO
    for function, icon in _GUEST_ICONS.items():
        if function in participant.functions:
            return icon, Tone.MUTE
    people = {one.party.id: one for one in found.people}
    shown = None if participant.party_id is None else people.get(participant.party_id)
    kind = "" if shown is None else shown.kind
    icons = [one.icon for one in found.catalogue.agencies if one.code == kind]
    return (icons[0] if icons else "landmark"), Tone.ACCENT


def place_of(meeting: Meeting, found: CaseMeetings) -> str:
    """Return where it is, unless somebody could be found by it."""
    if found.row.protected:
        return ""
    return make_visible(meeting.place, lines=False, longest=LONGEST_NAME)


def template_words(meeting: Meeting, found: CaseMeetings, language: Language) -> str:
    """Return what kind of meeting it is."""
    named = [one for one in found.catalogue.templates if one.code == meeting.template]
    return named[0].name.in_language(language.code) if named else ""
