"""What keys do on every page of a case."""

from collections.abc import Callable

from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.case_tabs import CaseTab

_PAGES = tuple(CaseTab)


def case_commands(
    look: Look, page: CaseTab, *, go: Callable[[CaseTab], None], leave: Callable[[], None]
) -> tuple[Command, ...]:
    """Return the ways from one page to the next and the one before it, and out of the case."""
    _ = look.language.gettext
    place = _PAGES.index(page)
    following, before = _PAGES[(place + 1) % len(_PAGES)], _PAGES[place - 1]
    return (
        Command(_("Next page of the case"), ("Ctrl+PgDown",), lambda: go(following)),
        Command(_("Page before it"), ("Ctrl+PgUp",), lambda: go(before)),
        Command(_("Back to all cases"), ("Alt+Left",), leave),
    )
