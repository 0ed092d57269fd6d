"""How the screens remind of what ends or is missing. No widgets."""

from collections.abc import Mapping, Sequence

from trygga_desktop.domain.programme import Decider
from trygga_desktop.domain.reminders import Reminder, ReminderKind
from trygga_desktop.i18n import Language
from trygga_desktop.ui.stage_words import hours_left
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible

AFTER_THE_END = frozenset(
    {
        ReminderKind.LONG_TERM_DUE,
        ReminderKind.LONG_TERM_ENDED,
        ReminderKind.LONG_TERM_DONE,
        ReminderKind.RAISED_AGAIN,
    }
)
"""What is told at the head of a case: it is about an end, and not about a consent alone."""


_ICONS: Mapping[ReminderKind, str] = {
    ReminderKind.EXPIRES: "clock",
    ReminderKind.EXPIRED: "clock",
    ReminderKind.SIGNER_WAITING: "pencil",
    ReminderKind.APPROVAL_WAITING: "pencil",
    ReminderKind.SIGNATURE_DUE: "pencil",
    ReminderKind.COMES_OF_AGE: "calendar",
    ReminderKind.CAME_OF_AGE: "calendar",
    ReminderKind.COMMITMENT_LATE: "handshake",
    ReminderKind.COMMITMENT_DUE: "handshake",
    ReminderKind.FOLLOW_UP_DUE: "message-square",
    ReminderKind.LANE_RUNS: "timer",
    ReminderKind.LANE_OVER: "timer",
    ReminderKind.TO_RAISE: "flag",
    ReminderKind.LONG_TERM_DUE: "history",
    ReminderKind.LONG_TERM_ENDED: "history",
    ReminderKind.LONG_TERM_DONE: "circle-check",
    ReminderKind.RAISED_AGAIN: "flag",
}

# What is to be done, beside what the consents need.
_OF_WORK = frozenset(
    {
        ReminderKind.LANE_RUNS,
        ReminderKind.LANE_OVER,
        ReminderKind.TO_RAISE,
        ReminderKind.COMMITMENT_LATE,
        ReminderKind.COMMITMENT_DUE,
        ReminderKind.FOLLOW_UP_DUE,
    }
)


def reminder_text(reminder: Reminder, names: Sequence[str], language: Language) -> str:
    """Return what to think of, in a sentence. `names` are those that it is about."""
    if reminder.kind in _OF_WORK:
        return _work_text(reminder, language)
    _ = language.gettext
    day = language.date_long(reminder.on)
    shown = [isolate(make_visible(one, lines=False, longest=LONGEST_NAME)) for one in names]
    who = language.list_words(shown)
    texts = {
        ReminderKind.EXPIRES: _("The consent ends after {date}."),
        ReminderKind.EXPIRED: _(
            "The consent ended after {date}. Nothing is shared until it is renewed."
        ),
        ReminderKind.SIGNER_WAITING: _("Has not signed yet: {names}."),
        ReminderKind.APPROVAL_WAITING: _(
            "An exception from a signature waits for a second person to approve it."
        ),
        ReminderKind.SIGNATURE_DUE: _("What was said must be signed by {date}."),
        ReminderKind.COMES_OF_AGE: _("Turns 18 on {date}, and must then sign alone."),
        ReminderKind.CAME_OF_AGE: _(
            "Has turned 18. What was signed together does not hold any more."
        ),
        ReminderKind.LONG_TERM_DUE: _("Long-term follow-up: ask how it is, as of {date}."),
        ReminderKind.LONG_TERM_ENDED: _(
            "Nobody may ask again: the consent for it does not hold. Close the case."
        ),
        ReminderKind.LONG_TERM_DONE: _("Everything was asked about after the end. Close the case."),
        ReminderKind.RAISED_AGAIN: _("Raised again: an earlier case was closed on {date}."),
    }
    return texts[reminder.kind].format(date=day, names=who)


def _work_text(reminder: Reminder, language: Language) -> str:
    _ = language.gettext
    day = language.date_long(reminder.on)
    match reminder.kind:
        case ReminderKind.LANE_RUNS | ReminderKind.LANE_OVER:
            is_over = reminder.kind is ReminderKind.LANE_OVER
            left = hours_left(reminder.hours, is_over=is_over, language=language)
            hour = "" if reminder.at is None else f" {reminder.at:%H:%M}"
            until = _("First contact by {time}.").format(time=f"{day}{hour}")
            return f"{left} {until}"
        case ReminderKind.TO_RAISE:
            text = language.ngettext(
                "{count} late commitment is to be raised with {whom}.",
                "{count} late commitments are to be raised with {whom}.",
                reminder.count,
            )
            whom = decider_word(reminder.to, language)
            return text.format(count=language.number(reminder.count), whom=whom)
        case ReminderKind.COMMITMENT_LATE:
            text = _("Something was promised until {date} and is not done yet.")
            return text.format(date=day)
        case ReminderKind.FOLLOW_UP_DUE:
            text = _("Ask how it goes with what was promised: it was to be followed up {date}.")
            return text.format(date=day)
        case _:
            return _("Something was promised until today.")


def decider_word(code: str, language: Language) -> str:
    """Return who is asked above the coordinator, within a sentence."""
    _ = language.gettext
    words = {
        Decider.MANAGER.value: _("the responsible manager"),
        Decider.STEERING_GROUP.value: _("the steering group"),
    }
    return words.get(code, code)


def reminder_icon(kind: ReminderKind) -> str:
    """Return the icon of a reminder."""
    return _ICONS[kind]


def reminder_tone(kind: ReminderKind) -> Tone:
    """Return how loudly it is told: what has ended already, louder than what is to come."""
    ended = {
        ReminderKind.LANE_OVER,
        ReminderKind.TO_RAISE,
        ReminderKind.EXPIRED,
        ReminderKind.CAME_OF_AGE,
        ReminderKind.COMMITMENT_LATE,
        ReminderKind.LONG_TERM_DUE,
        ReminderKind.RAISED_AGAIN,
    }
    return Tone.WARN if kind in ended else Tone.INFO
