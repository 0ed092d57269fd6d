"""What stands beside the screens of an open vault, and what covers them when it is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from trygga_desktop.ui.frames import Shown
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.rail import Rail, RailItem

if TYPE_CHECKING:
    from trygga_desktop.services.vault import Me

HOME = "home"
FOLLOW_UP = "follow_up"
DIRECTORY = "directory"
VERIFY = "verify"
SETTINGS = "settings"
LOCK = "lock"
LOCK_KEYS = ("Ctrl+L",)
CURTAIN_KEYS = ("F9",)
ROOM_KEYS = ("Shift+F9",)
FREEZE_KEYS = ("Ctrl+F9",)
UNDO_KEYS = ("Ctrl+Shift+U",)


def desk_rail(look: Look, me: Me, *, current: str, wide: bool) -> Rail:
    """Return the rail with the rooms that exist and the way out."""
    _ = look.language.gettext
    return Rail(
        look,
        rooms=[
            RailItem(HOME, "house", _("Home")),
            RailItem(FOLLOW_UP, "list-checks", _("Commitments"), "Ctrl+Shift+A"),
            RailItem(DIRECTORY, "users", _("Contacts"), "Ctrl+Shift+K"),
            RailItem(VERIFY, "stamp", _("Verify"), "Ctrl+Shift+F"),
        ],
        actions=[
            RailItem(SETTINGS, "settings", _("Settings")),
            RailItem(LOCK, "lock-keyhole", _("Lock now"), LOCK_KEYS[0]),
        ],
        current=current,
        initials=me.login.upper(),
        name=me.name,
        wide=wide,
    )


def build_cover(look: Look) -> Shown:
    """Return an empty frame: what stood there is taken away before anything else happens."""
    _ = look.language.gettext
    cover = PlainLabel(look, _("Locking…"), style=TextStyle.TITLE)
    cover.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return Shown(cover, cover, (cover,))
