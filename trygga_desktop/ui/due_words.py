"""How the screens tell until when something was promised. No widgets."""

from datetime import date, time

from trygga_desktop.i18n import Language
from trygga_desktop.services.plan_teller import ShownPlanLine


def due_short(due: date, hour: time | None, language: Language) -> str:
    """Return a last day, with its hour where it has one."""
    return with_hour(language.date_short(due), hour)


def hour_of(day: date | None, shown: ShownPlanLine | None) -> time | None:
    """Return the hour of a last day of an action, if that is the one that was agreed on."""
    return shown.due_at if shown is not None and shown.due_on == day else None


def with_hour(day: str, hour: time | None) -> str:
    """Return a day in words, with its hour where it has one."""
    return day if hour is None else f"{day} {hour:%H:%M}"
