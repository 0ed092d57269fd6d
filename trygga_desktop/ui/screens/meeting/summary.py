"""A meeting in a few plain sentences, to be read aloud before people go."""

from collections.abc import Sequence

from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.meeting import AgendaState, NextMeeting
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.services.rooms import MeetingRoom, ShownEntry
from trygga_desktop.ui.due_words import due_short
from trygga_desktop.ui.screens.meeting.room import newest_own_words
from trygga_desktop.ui.screens.meeting.words import called, capital
from trygga_desktop.ui.widgets.text import make_visible

_LONGEST = 400
_MOST = 30


def summary_of(room: MeetingRoom, agreed: NextMeeting | None, language: Language) -> list[str]:
    """Return the paragraphs: what was talked of, said, decided and promised, and what comes next.

    Words of people stand as they were written. Nothing is in it that the room does not see.
    """
    entries = [entry for item in room.agenda for entry in item.entries]
    decisions = [one for one in entries if one.item.kind is ItemKind.DECISION]
    actions = [one for one in entries if one.commitment is not None]
    found = [
        _talked_of(room, language),
        _said(room, language),
        *(_decided(one, language) for one in decisions[-_MOST:]),
        *(_promised(one, language) for one in actions[-_MOST:]),
        _rest(decisions[:-_MOST], actions[:-_MOST], language),
        _next(agreed, language),
    ]
    return [one for one in found if one]


def _talked_of(room: MeetingRoom, language: Language) -> str:
    _ = language.gettext
    titles = [
        _words(one.title)
        for one in room.agenda
        if one.title and one.state is not AgendaState.COMING
    ]
    if not titles:
        return ""
    return _("Today we went through: {titles}.").format(titles=language.list_words(titles))


def _said(room: MeetingRoom, language: Language) -> str:
    _ = language.gettext
    said = newest_own_words(room)
    if said is None:
        return ""
    person = capital(called(room, language))
    return _("{person} said: “{words}”").format(person=person, words=_words(said.item.text))


def _decided(entry: ShownEntry, language: Language) -> str:
    _ = language.gettext
    text = _("It was decided: {text}").format(text=_sentence(entry.item.text))
    if entry.who:
        text = _("{agency} decided: {text}").format(
            agency=_words(entry.who), text=_sentence(entry.item.text)
        )
    for one in entry.dissents:
        who = _words(one.who) or _("Somebody")
        told = _("{name} does not agree: “{words}” That stands beside the decision.")
        text += " " + told.format(name=who, words=_words(one.item.text))
    return text


def _promised(entry: ShownEntry, language: Language) -> str:
    _ = language.gettext
    commitment = entry.commitment
    if commitment is None:
        return ""
    day = due_short(commitment.due, commitment.hour, language)
    who = _words(commitment.responsible)
    text = _sentence(entry.item.text)
    if not who:
        return _("Promised, by {day} at the latest: {text}").format(day=day, text=text)
    return _("{name} promised, by {day} at the latest: {text}").format(name=who, day=day, text=text)


def _rest(
    decisions: Sequence[ShownEntry], actions: Sequence[ShownEntry], language: Language
) -> str:
    """Return how much more than is read aloud was agreed, of a meeting that agreed on very much."""
    count = len(decisions) + len(actions)
    if not count:
        return ""
    text = language.ngettext(
        "{count} more that was decided or promised stands in the protocol.",
        "{count} more that were decided or promised stand in the protocol.",
        count,
    )
    return text.format(count=language.number(count))


def _next(agreed: NextMeeting | None, language: Language) -> str:
    _ = language.gettext
    if agreed is None:
        return ""
    starts_at = agreed.starts_at.astimezone(STOCKHOLM)
    return _("We meet again on {day} at {time}.").format(
        day=language.date_long(starts_at.date()), time=language.time(starts_at)
    )


def _words(text: str) -> str:
    return make_visible(text.strip(), lines=False, longest=_LONGEST)


def _sentence(text: str) -> str:
    words = _words(text)
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
