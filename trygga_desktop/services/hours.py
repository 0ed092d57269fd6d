"""How an hour is told on paper: behind the words of what is due at it, whose day stands beside."""

from datetime import time

from trygga_desktop.i18n import Language


def with_hour(text: str, hour: time | None, language: Language) -> str:
    """Return what was promised, with its hour where it has one."""
    if hour is None:
        return text
    told = language.gettext("by {time} that day").format(time=f"{hour:%H:%M}")
    return f"{text} ({told})"
