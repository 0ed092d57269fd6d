"""What is told for a short time over the bottom of whatever page is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.floating_bar import FloatingBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from trygga_desktop.ui.draft_rooms import DraftRooms


def undo_bar(look: Look, drafts: DraftRooms, window: QWidget) -> FloatingBar:
    """Say that something was thrown away, not what: others may look on; and take it back."""
    _ = look.language.gettext
    undo = Button(look, _("Undo"), ButtonKind.SECONDARY, icon="undo-2", small=True)
    undo.setObjectName("undo")
    undo.setToolTip("Ctrl+Shift+U")
    undo.clicked.connect(drafts.undo)
    text = _("Removed.") if drafts.thrown is None else _("Thrown away. It lies in the bin.")
    return FloatingBar(look, text, tone=Tone.INFO, icon="trash-2", buttons=(undo,), window=window)


def lock_warning(look: Look, seconds: int, window: QWidget, *, waits: bool) -> FloatingBar:
    """Say how soon the vault locks. Any key, click or movement of the mouse keeps it open.

    `waits` tells whether there is text that could not be stored.
    """
    stay = Button(look, look.language.gettext("Go on working"), ButtonKind.SECONDARY, small=True)
    stay.setObjectName("go on working")
    text = _lock_text(look, seconds, waits=waits)
    return FloatingBar(look, text, tone=Tone.WARN, icon="lock", buttons=(stay,), window=window)


def show_seconds(bar: FloatingBar, look: Look, seconds: int, *, waits: bool) -> None:
    """Say how soon it is by now."""
    bar.words.show_text(_lock_text(look, seconds, waits=waits))


def closing_warning(look: Look, window: QWidget) -> FloatingBar:
    """Say that text would be lost if the window were closed now."""
    text = look.language.gettext(
        "What you have typed waits for the disk and would be lost. Make room on the disk, or close "
        "the window once more."
    )
    return FloatingBar(look, text, tone=Tone.WARN, icon="triangle-alert", buttons=(), window=window)


def _lock_text(look: Look, seconds: int, *, waits: bool) -> str:
    language = look.language
    if waits:
        text = language.ngettext(
            "Trygga locks in {count} second. Some of what you have typed waits for the disk.",
            "Trygga locks in {count} seconds. Some of what you have typed waits for the disk.",
            seconds,
        )
    else:
        text = language.ngettext(
            "Trygga locks in {count} second. What you have typed is kept.",
            "Trygga locks in {count} seconds. What you have typed is kept.",
            seconds,
        )
    return text.format(count=language.number(seconds))
