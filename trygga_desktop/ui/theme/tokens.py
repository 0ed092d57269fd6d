"""The colours and measures everything is drawn with, one set per theme."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple


class Space(IntEnum):
    """The steps of the spacing grid, in pixels. They do not grow with the text."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 32
    XXXL = 48


NO_LIMIT = 16_777_215
"""What Qt takes for no limit of a width or a height."""


class Radius(IntEnum):
    """How round corners are."""

    CONTROL = 6
    BOX = 8
    CARD = 10


class Tone(StrEnum):
    """What a colour says. It never says it alone: an icon and a word stand beside it."""

    ACCENT = "accent"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    MUTE = "mute"


class Tint(NamedTuple):
    """The two colours of a tone: text and icon, and the ground they stand on."""

    ink: str
    soft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Every colour of a theme. `outlined` asks tinted boxes for a border in their ink."""

    dark: bool
    outlined: bool
    bg: str
    surface: str
    surface2: str
    border: str
    strong: str
    text: str
    text2: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    focus: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    mute: str
    mute_soft: str
    nav: str
    nav_text: str
    nav_selected: str
    nav_mark: str
    nav_strong: str
    nav_focus: str

    def tint(self, tone: Tone) -> Tint:
        """Return the two colours of the tone."""
        tints: Mapping[Tone, Tint] = {
            Tone.ACCENT: Tint(self.accent, self.accent_soft),
            Tone.OK: Tint(self.ok, self.ok_soft),
            Tone.WARN: Tint(self.warn, self.warn_soft),
            Tone.BAD: Tint(self.bad, self.bad_soft),
            Tone.INFO: Tint(self.info, self.info_soft),
            Tone.MUTE: Tint(self.mute, self.mute_soft),
        }
        return tints[tone]


LIGHT = Tokens(
    dark=False,
    outlined=False,
    bg="#F4F6F8",
    surface="#FFFFFF",
    surface2="#EDF1F4",
    border="#D3DAE1",
    strong="#75828F",
    text="#16202A",
    text2="#4B5967",
    accent="#0E5A6B",
    accent_hover="#0A4755",
    accent_soft="#DDEDF1",
    on_accent="#FFFFFF",
    focus="#0B5FCC",
    ok="#1B6537",
    ok_soft="#E1F2E6",
    warn="#7D4A00",
    warn_soft="#FDF0D9",
    bad="#9F2328",
    bad_soft="#FBE6E6",
    info="#1D5192",
    info_soft="#E3EDF9",
    mute="#55626F",
    mute_soft="#EDF1F4",
    nav="#10333D",
    nav_text="#DCE9EC",
    nav_selected="#1E4B57",
    nav_mark="#8FD3DF",
    nav_strong="#FFFFFF",
    nav_focus="#FFFFFF",
)

DARK = Tokens(
    dark=True,
    outlined=False,
    bg="#11171C",
    surface="#1A2229",
    surface2="#232D36",
    border="#37434F",
    strong="#82919F",
    text="#E9EEF2",
    text2="#AEBAC5",
    accent="#63C3D5",
    accent_hover="#86D3E1",
    accent_soft="#16363F",
    on_accent="#05222A",
    focus="#8AB8FF",
    ok="#7BD49B",
    ok_soft="#173323",
    warn="#F1BB68",
    warn_soft="#3A2B12",
    bad="#F59A98",
    bad_soft="#3F1E20",
    info="#92BEF7",
    info_soft="#1B2F4A",
    mute="#AEBAC5",
    mute_soft="#28323B",
    nav="#0C1216",
    nav_text="#C9D5DA",
    nav_selected="#1C2E36",
    nav_mark="#8FD3DF",
    nav_strong="#FFFFFF",
    nav_focus="#FFFFFF",
)

HIGH_CONTRAST = Tokens(
    dark=True,
    outlined=True,
    bg="#000000",
    surface="#000000",
    surface2="#000000",
    border="#FFFFFF",
    strong="#FFFFFF",
    text="#FFFFFF",
    text2="#FFFFFF",
    accent="#1AEBFF",
    accent_hover="#1AEBFF",
    accent_soft="#000000",
    on_accent="#000000",
    focus="#FFFF00",
    ok="#3FF23F",
    ok_soft="#000000",
    warn="#FFFF00",
    warn_soft="#000000",
    bad="#FF9C9C",
    bad_soft="#000000",
    info="#1AEBFF",
    info_soft="#000000",
    mute="#FFFFFF",
    mute_soft="#000000",
    nav="#000000",
    nav_text="#FFFFFF",
    nav_selected="#003A40",
    nav_mark="#8FD3DF",
    nav_strong="#FFFFFF",
    nav_focus="#FFFF00",
)

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("text", "text2") for ground in ("bg", "surface", "surface2")),
    *((ink, ground) for ink in ("accent", "bad", "mute") for ground in ("bg", "surface")),
    *((tone, f"{tone}_soft") for tone in ("accent", "ok", "warn", "bad", "info", "mute")),
    *(("text", f"{tone}_soft") for tone in ("accent", "ok", "warn", "bad", "info", "mute")),
    ("text2", "accent_soft"),
    ("mute", "surface2"),
    ("ok", "surface"),
    ("ok", "bg"),
    ("warn", "surface"),
    ("warn", "bg"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("nav_text", "nav"),
    ("nav_strong", "nav"),
    ("nav_strong", "nav_selected"),
    ("nav_text", "nav_selected"),
    ("nav", "nav_mark"),
)
"""Every text colour with a ground it is drawn on: at least 4.5 to 1."""

SHAPE_PAIRS: tuple[tuple[str, str], ...] = (
    *(("strong", ground) for ground in ("bg", "surface", "surface2")),
    *(("focus", ground) for ground in ("bg", "surface", "surface2", "accent_soft")),
    ("accent", "accent_soft"),
    ("accent", "surface2"),
    ("nav_mark", "nav"),
    ("nav_focus", "nav"),
    ("nav_focus", "nav_selected"),
)
"""Every edge, ring and icon with the ground it must stand out from: at least 3 to 1."""
