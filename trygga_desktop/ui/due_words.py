"""How the screens tell until when something was promised. No widgets."""

from datetime import date, time

from trygga_desktop.i18n import Language


def due_short(due: date, hour: time | None, language: Language) -> str:
    """Return a last day, with its hour where it has one."""
    return with_hour(language.date_short(due), hour)


def with_hour(day: str, hour: time | None) -> str:
    """Return a day in words, with its hour where it has one."""
    return day if hour is None else f"{day} {hour:%H:%M}"
