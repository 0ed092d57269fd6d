"""Colours can be read by everyone, and sizes follow the text."""

import re
from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

from tests.ui.plain import make_look
from trygga_desktop.ui.theme.fonts import FAMILY, TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.style import sheet_of
from trygga_desktop.ui.theme.theme import TOKENS, ThemeName, keep_text_scale, tokens_from_system
from trygga_desktop.ui.theme.tokens import SHAPE_PAIRS, TEXT_PAIRS, Tokens


def contrast(one: str, two: str) -> float:
    """Return the contrast of two colours by WCAG."""
    lighter, darker = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", TOKENS)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(theme: ThemeName, ink: str, ground: str) -> None:
    tokens = TOKENS[theme]

    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("theme", TOKENS)
@pytest.mark.parametrize(("edge", "ground"), SHAPE_PAIRS)
def test_edges_and_rings_stand_out(theme: ThemeName, edge: str, ground: str) -> None:
    tokens = TOKENS[theme]

    assert contrast(getattr(tokens, edge), getattr(tokens, ground)) >= 3


def test_no_font_size_is_written_in_the_style_sheet(look: Look) -> None:
    assert "font" not in sheet_of(look.theme)


def test_a_system_with_its_own_contrast_colours_gets_exactly_those() -> None:
    role = QPalette.ColorRole
    palette = QPalette()
    own = {
        role.Window: "#001122",
        role.WindowText: "#ffeedd",
        role.Highlight: "#00ff00",
        role.HighlightedText: "#000000",
        role.Link: "#ffff00",
    }
    for where, colour in own.items():
        palette.setColor(where, QColor(colour))

    tokens = tokens_from_system(palette)

    names = [one.name for one in fields(Tokens) if one.name not in {"dark", "outlined"}]
    assert {getattr(tokens, name) for name in names} <= set(own.values())
    assert tokens.dark
    assert tokens.outlined


@pytest.mark.parametrize(
    ("wanted", "kept"), [(0.1, 0.9), (0.94, 0.9), (1.26, 1.3), (2.0, 2.0), (9.0, 2.0)]
)
def test_text_scales_stay_within_what_is_offered(wanted: float, kept: float) -> None:
    assert keep_text_scale(wanted) == kept


def test_every_style_uses_the_bundled_typeface(look: Look) -> None:
    for style in TextStyle:
        assert QFontInfo(look.theme.font(style)).family() == FAMILY


def test_fonts_and_controls_grow_with_the_text(qapp: QApplication) -> None:
    usual, large = make_look(qapp), make_look(qapp, scale=2.0)

    assert large.theme.font(TextStyle.BODY).pixelSize() == 28
    assert large.theme.px(36) == 2 * usual.theme.px(36)
    assert large.effective(1366) == 683


def test_the_typeface_has_every_sign_of_our_texts(look: Look) -> None:
    font = QRawFont.fromFont(look.theme.font(TextStyle.BODY))

    assert all(font.supportsCharacter(ord(sign)) for sign in "ÅÄÖåäöéü…–›·”’→✓")  # noqa: RUF001


def _luminance(colour: str) -> float:
    assert re.fullmatch("#[0-9A-Fa-f]{6}", colour)
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
