"""How the screens remind of what ends or is missing. No widgets."""

from collections.abc import Sequence
from typing import assert_never

from trygga_desktop.domain.reminders import Reminder, ReminderKind
from trygga_desktop.i18n import Language
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible


def reminder_text(reminder: Reminder, names: Sequence[str], language: Language) -> str:
    """Return what to think of, in a sentence. `names` are those that it is about."""
    _ = language.gettext
    day = language.date_long(reminder.on)
    shown = [isolate(make_visible(one, lines=False, longest=LONGEST_NAME)) for one in names]
    who = language.list_words(shown)
    match reminder.kind:
        case ReminderKind.EXPIRES:
            text = _("The consent ends after {date}.")
        case ReminderKind.EXPIRED:
            text = _("The consent ended after {date}. Nothing is shared until it is renewed.")
        case ReminderKind.SIGNER_WAITING:
            text = _("Has not signed yet: {names}.")
        case ReminderKind.APPROVAL_WAITING:
            text = _("An exception from a signature waits for a second person to approve it.")
        case ReminderKind.SIGNATURE_DUE:
            text = _("What was said must be signed by {date}.")
        case ReminderKind.COMES_OF_AGE:
            text = _("Turns 18 on {date}, and must then sign alone.")
        case ReminderKind.CAME_OF_AGE:
            text = _("Has turned 18. What was signed together does not hold any more.")
        case ReminderKind.COMMITMENT_LATE:
            text = _("Something was promised until {date} and is not done yet.")
        case ReminderKind.COMMITMENT_DUE:
            text = _("Something was promised until today.")
        case _:
            assert_never(reminder.kind)
    return text.format(date=day, names=who)


def reminder_icon(kind: ReminderKind) -> str:
    """Return the icon of a reminder."""
    match kind:
        case ReminderKind.EXPIRES | ReminderKind.EXPIRED:
            return "clock"
        case (
            ReminderKind.SIGNER_WAITING | ReminderKind.APPROVAL_WAITING | ReminderKind.SIGNATURE_DUE
        ):
            return "pencil"
        case ReminderKind.COMES_OF_AGE | ReminderKind.CAME_OF_AGE:
            return "calendar"
        case ReminderKind.COMMITMENT_LATE | ReminderKind.COMMITMENT_DUE:
            return "handshake"
        case _:
            assert_never(kind)


def reminder_tone(kind: ReminderKind) -> Tone:
    """Return how loudly it is told: what has ended already, louder than what is to come."""
    ended = {
        ReminderKind.EXPIRED,
        ReminderKind.CAME_OF_AGE,
        ReminderKind.COMMITMENT_LATE,
    }
    return Tone.WARN if kind in ended else Tone.INFO
