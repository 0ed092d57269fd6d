"""How the screens tell until when something was promised. No widgets."""

from datetime import date, time

from trygga_desktop.i18n import Language


def due_short(due: date, hour: time | None, language: Language) -> str:
    """Return a last day, with its hour where it has one."""
    return with_hour(language.date_short(due), hour)


def with_hour(day: str, hour: time | None) -> str:
    """Return a day in words, with its hour where it has one."""
    return day if hour is None else f"{day} {hour:%H:%M}"


def resting_words(language: Language) -> str:
    """Return why nothing is asked about a commitment for the time being."""
    return language.gettext("Rests until there is a consent that covers it.")


def follow_up_words(day: date | None, before: date | None, language: Language) -> str:
    """Return when something is asked about, and instead of when, or nothing."""
    if day is None:
        return ""
    told = language.date_long(day)
    if before is None or before == day:
        return language.gettext("Followed up {day}").format(day=told)
    text = language.gettext("Followed up {day} instead of {before}")
    return text.format(day=told, before=language.date_long(before))


def rest_day(day: date, language: Language) -> str:
    """Return that nobody works on a day and why, or nothing."""
    # Imported here: the calendar is needed once there is a day.
    from trygga_desktop.services.red_days import Rest, rest_on  # noqa: PLC0415

    _ = language.gettext
    found = rest_on(day, language.code)
    if found is None:
        return ""
    if found.rest is Rest.HOLIDAY:
        return _("{day} is a holiday: {name}.").format(day=language.date_long(day), name=found.name)
    text = _("{day} is a Saturday.") if found.rest is Rest.SATURDAY else _("{day} is a Sunday.")
    return text.format(day=language.date_long(day))
