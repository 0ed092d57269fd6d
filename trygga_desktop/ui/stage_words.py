"""How the screens speak of the acute lane and of the stages of a programme. No widgets."""

from datetime import datetime, timedelta

from trygga_desktop.domain.lane import ACUTE, LaneClock
from trygga_desktop.domain.programme import Programme
from trygga_desktop.i18n import Language
from trygga_desktop.ui.theme.tokens import Tone

_HOUR = timedelta(hours=1)


def stage_label(stage: str, programme: Programme | None, language: Language) -> str:
    """Return what a stage is called, as one that a case can come into."""
    _ = language.gettext
    named = () if programme is None else programme.stages
    for one in named:
        if one.code == stage:
            return one.name.in_language(language.code)
    if stage == ACUTE:
        return _("Acute lane")
    return stage or _("Ordinary pace")


def clock_line(clock: LaneClock, now: datetime, language: Language) -> str:
    """Return how long there is to meet the young person, or when somebody did."""
    _ = language.gettext
    if clock.met_at is not None:
        text = _("First contact {time}.")
        return text.format(time=language.date_time(clock.met_at))
    left = clock.left(now)
    told = hours_left(abs(left) // _HOUR, is_over=left < timedelta(0), language=language)
    until = _("First contact by {time}.").format(time=language.date_time(clock.until))
    return f"{told} {until}"


def hours_left(hours: int, *, is_over: bool, language: Language) -> str:
    """Return the hours that are left until the first contact, or by which it is too late."""
    _ = language.gettext
    if is_over:
        text = language.ngettext(
            "More than {count} hour too late.", "More than {count} hours too late.", hours
        )
        return text.format(count=language.number(hours)) if hours else _("The time has passed.")
    if not hours:
        return _("Less than an hour left.")
    text = language.ngettext("{count} hour left.", "{count} hours left.", hours)
    return text.format(count=language.number(hours))


def clock_tone(clock: LaneClock, now: datetime) -> Tone:
    """Return how loudly it is told: what is too late louder than what still runs."""
    if clock.met_at is not None:
        return Tone.OK
    return Tone.WARN if clock.left(now) < timedelta(0) else Tone.INFO
