"""How the screens remind of what ends or is missing. No widgets."""

from collections.abc import Mapping, Sequence

from trygga_desktop.domain.reminders import Reminder, ReminderKind
from trygga_desktop.i18n import Language
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
    ReminderKind.LONG_TERM_DUE: "history",
    ReminderKind.LONG_TERM_ENDED: "history",
    ReminderKind.LONG_TERM_DONE: "circle-check",
    ReminderKind.RAISED_AGAIN: "flag",
}


def reminder_text(reminder: Reminder, names: Sequence[str], language: Language) -> str:
    """Return what to think of, in a sentence. `names` are those that it is about."""
    _ = language.gettext
    shown = [isolate(make_visible(one, lines=False, longest=LONGEST_NAME)) for one in names]
    text = {
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
        ReminderKind.COMMITMENT_LATE: _("Something was promised until {date} and is not done yet."),
        ReminderKind.COMMITMENT_DUE: _("Something was promised until today."),
        ReminderKind.LONG_TERM_DUE: _("Long-term follow-up: ask how it is, as of {date}."),
        ReminderKind.LONG_TERM_ENDED: _(
            "Nobody may ask again: the consent for it does not hold. Close the case."
        ),
        ReminderKind.LONG_TERM_DONE: _("Everything was asked about after the end. Close the case."),
        ReminderKind.RAISED_AGAIN: _("Raised again: an earlier case was closed on {date}."),
    }[reminder.kind]
    return text.format(date=language.date_long(reminder.on), names=language.list_words(shown))


def reminder_icon(kind: ReminderKind) -> str:
    """Return the icon of a reminder."""
    return _ICONS[kind]


def reminder_tone(kind: ReminderKind) -> Tone:
    """Return how loudly it is told: what has ended already, louder than what is to come."""
    ended = {
        ReminderKind.EXPIRED,
        ReminderKind.CAME_OF_AGE,
        ReminderKind.COMMITMENT_LATE,
        ReminderKind.LONG_TERM_DUE,
        ReminderKind.RAISED_AGAIN,
    }
    return Tone.WARN if kind in ended else Tone.INFO
