"""A case is spoken of in the order one reads, whatever script a name is written in."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QTextLayout

from tests.ui.desk_screens import CASES, case_row
from trygga_desktop.ui.case_words import who_aloud, who_line
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look

NAMES = ("Elias Demosson", "نرگس احمدی", "שרה לוי")


def right_end(look: Look, text: str, part: str) -> float:
    """Return how far to the right a part of a drawn line reaches."""
    layout = QTextLayout(text, look.theme.font(TextStyle.SECONDARY))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(1000)
    layout.endLayout()
    start = text.index(part)
    # Qt answers with the place and the cursor it is nearest to; its own stubs say otherwise.
    found: list[Any] = [line.cursorToX(start + place) for place in range(len(part) + 1)]
    return max(float(place) for place, _ in found)


@pytest.mark.parametrize("name", NAMES)
def test_the_age_stands_after_the_name(look: Look, name: str) -> None:
    line = who_line(case_row(1, name), look.language).text

    assert right_end(look, line, "16 år") > right_end(look, line, name)


@pytest.mark.parametrize("name", NAMES)
def test_that_details_are_protected_stands_after_the_alias(look: Look, name: str) -> None:
    row = replace(CASES[2], title=name)

    line = who_line(row, look.language).text

    assert right_end(look, line, "skyddade") > right_end(look, line, name)


def test_what_is_read_aloud_holds_no_marks(look: Look) -> None:
    row = case_row(1, "نرگس احمدی")

    assert who_aloud(row, look.language) == "نرگس احمدی, 16 år"


def test_a_name_can_turn_nothing_around_it(look: Look) -> None:
    row = case_row(1, "Elias\u2069\u202edlo")

    assert "Elias[U+2069][U+202E]dlo" in who_line(row, look.language).text


def test_an_endless_name_ends(look: Look) -> None:
    row = case_row(1, "x" * 1_000_000)

    assert len(who_line(row, look.language).text) < 300
    assert len(who_aloud(row, look.language)) < 300
