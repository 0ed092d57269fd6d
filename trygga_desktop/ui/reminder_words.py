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
            return _("The consent ends after {date}.").format(date=day)
        case ReminderKind.EXPIRED:
            return _(
                "The consent ended after {date}. Nothing is shared until it is renewed."
            ).format(date=day)
        case ReminderKind.SIGNER_WAITING:
            return _("Has not signed yet: {names}.").format(names=who)
        case ReminderKind.SIGNATURE_DUE:
            return _("What was said must be signed by {date}.").format(date=day)
        case ReminderKind.COMES_OF_AGE:
            return _("Turns 18 on {date}, and must then sign alone.").format(date=day)
        case ReminderKind.CAME_OF_AGE:
            return _("Has turned 18. What was signed together does not hold any more.")
        case _:
            assert_never(reminder.kind)


def reminder_icon(kind: ReminderKind) -> str:
    """Return the icon of a reminder."""
    match kind:
        case ReminderKind.EXPIRES | ReminderKind.EXPIRED:
            return "clock"
        case ReminderKind.SIGNER_WAITING | ReminderKind.SIGNATURE_DUE:
            return "pencil"
        case ReminderKind.COMES_OF_AGE | ReminderKind.CAME_OF_AGE:
            return "calendar"
        case _:
            assert_never(kind)


def reminder_tone(kind: ReminderKind) -> Tone:
    """Return how loudly it is told: what has ended already, louder than what is to come."""
    ended = {ReminderKind.EXPIRED, ReminderKind.CAME_OF_AGE}
    return Tone.WARN if kind in ended else Tone.INFO
