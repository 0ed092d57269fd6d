"""How large things are on a screen that is read across a room: a share of the window's height."""

from dataclasses import dataclass, replace

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.theme import Theme

_FULL = 1080
_SMALLEST, _LARGEST = 0.5, 1.6
_STEP = 50
"""Steps of the unit in a whole one: a window that is drawn larger is not rebuilt at each pixel."""

_NARROW = 1200
_TIGHT = 800
_LOW, _FLAT = 500, 340
# What one unit makes of the sizes that texts have at 100 %: 20 u of 14 pixels, and so on.
_NEAR, _FAR, _VOICE = 20 / 14, 24 / 14, 31 / 16
TITLE_GROWS = 1.35
"""How much larger the title of an item is where one line has room for it."""


@dataclass(frozen=True, slots=True)
class RoomLook:
    """One look for each distance: `near` for controls, `far` for lists, `voice` for own words.

    Below `narrow` people become a strip, below `tight` words of buttons in the bar go; in a `low`
    window the question scrolls with what was noted, and in a `flat` one the title does.
    """

    unit: float
    narrow: bool
    tight: bool
    low: bool
    flat: bool
    near: Look
    far: Look
    voice: Look
    nav: Look

    def px(self, units: float) -> int:
        """Return so many units in pixels."""
        return round(self.unit * units)


def room_look(look: Look, width: int, height: int) -> RoomLook:
    """Return how a meeting looks in a window of this size. No text is smaller than on the desk."""
    share = min(_LARGEST, max(_SMALLEST, height / _FULL))
    share = round(share * _STEP) / _STEP
    near = _scaled(look, share * _NEAR)
    return RoomLook(
        unit=share * look.theme.scale,
        narrow=look.effective(width) < _NARROW,
        tight=look.effective(width) < _TIGHT,
        low=look.effective(height) < _LOW,
        flat=look.effective(height) < _FLAT,
        near=near,
        far=_scaled(look, share * _FAR),
        voice=_scaled(look, share * _VOICE),
        nav=_on_nav(near),
    )


def _scaled(look: Look, share: float) -> Look:
    theme = look.theme
    scale = max(1.0, share) * theme.scale
    return Look(Theme(theme.tokens, theme.icons, scale), look.language)


def _on_nav(look: Look) -> Look:
    """Return the look of what stands on the dark bar."""
    theme = look.theme
    tokens = replace(
        theme.tokens,
        surface=theme.tokens.nav,
        surface2=theme.tokens.nav_selected,
        text=theme.tokens.nav_strong,
        text2=theme.tokens.nav_text,
        strong=theme.tokens.nav_text,
        focus=theme.tokens.nav_focus,
    )
    return Look(Theme(tokens, theme.icons, theme.scale), look.language)
