"""Text from people on paper: shown as it is, or as codes, and broken without losing a letter."""

import random
import unicodedata
from itertools import pairwise

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.papers import HOSTILE, squeezed
from trygga_desktop.documents.pdf.direction import in_order, levels, runs_right
from trygga_desktop.documents.pdf.fonts import HYPHEN, Face, typeface
from trygga_desktop.documents.pdf.hyphens import Hyphens
from trygga_desktop.documents.pdf.lines import Line, Typesetter
from trygga_desktop.documents.pdf.styles import BODY, CELL, HEADING, TextStyle
from trygga_desktop.documents.pdf.text import visible

WIDTH = 470.0
SENTENCE = "Socialförvaltningen och Björkskolan samordnar familjebehandlingen, säger Åsa Öberg. "


def setter() -> Typesetter:
    return Typesetter(Hyphens("sv_SE"))


def said(lines: list[Line]) -> str:
    """Return the text of lines, a line for each."""
    return "\n".join("".join(part.text for part in line.segments) for line in lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\0b", "a[U+0000]b"),
        ("\x1b[31m", "[U+001B][31m"),
        ("\u202eyksim", "[U+202E]yksim"),
        ("\u2066x\u2069", "[U+2066]x[U+2069]"),
        ("a\u200bb", "a[U+200B]b"),
        ("a\u00adb", "a[U+00AD]b"),
        ("\ufeffa", "[U+FEFF]a"),
        ("\ud800", "[U+D800]"),
        ("\uffff", "[U+FFFF]"),
        ("\U0010ffff", "[U+10FFFF]"),
        ("🙂", "[U+1F642]"),
        ("中", "[U+4E2D]"),
        ("\ue001", "[U+E001]"),
        ("\u2800\u3164", "[U+2800][U+3164]"),
        ("a\tb\u2003c", "a b c"),
        ("a\r\nb\rc\vd\fe\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("a\u030ar o\u0308", "år ö"),
    ],
)
def test_what_cannot_be_seen_or_drawn_is_shown_as_its_code(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("first", "last", "lacking"),
    [
        (0x20, 0x24F, ""),
        (0x370, 0x3FF, "ϢϣϤϥϦϧϨϩϪϫϬϭϮϯ"),
        (0x400, 0x52F, ""),
        (0x1E00, 0x1FFF, ""),
    ],
    ids=["Latin", "Greek", "Cyrillic", "extended"],
)
def test_every_letter_of_latin_greek_and_cyrillic_is_drawn(
    first: int, last: int, lacking: str
) -> None:
    letters = [
        chr(code) for code in range(first, last + 1) if unicodedata.category(chr(code))[0] in "LNPS"
    ]

    for face in Face:
        homes = typeface(face).homes
        composed = {unicodedata.normalize("NFC", letter) for letter in letters}
        assert "".join(sorted(one for one in composed if one not in homes)) == lacking


@pytest.mark.parametrize("style", [BODY, CELL, HEADING], ids=["body", "cell", "heading"])
@pytest.mark.parametrize("width", [3.0, 60.0, WIDTH])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_letter_is_lost_where_lines_break(text: str, width: float, style: TextStyle) -> None:
    assert_whole(text, setter().lines(text, style, width))


@given(st.text(max_size=300))
def test_no_letter_of_any_text_is_lost(text: str) -> None:
    assert_whole(text, setter().lines(text, BODY, 80))


def assert_whole(text: str, lines: list[Line]) -> None:
    """See that the lines say the text; what runs to the left stands in the order of the eye."""
    found, wanted = squeezed(said(lines)), squeezed(visible(text))
    if runs_right(text):
        assert sorted(found) == sorted(wanted)
    else:
        assert found == wanted


@given(st.text("abcåäö -–/§123.\n", max_size=400))
def test_every_line_fits_its_width(text: str) -> None:
    lines = setter().lines(text, BODY, 60)

    assert all(line.width <= 60.001 for line in lines)
    assert squeezed(said(lines)) == squeezed(visible(text))


def test_lines_stay_and_empty_ones_part_paragraphs() -> None:
    assert said(setter().lines("\n\na\nb\n\n\n\nc\n", BODY, WIDTH)) == "a\nb\n\nc"
    assert setter().lines(" \n\t\n", BODY, WIDTH) == []


def test_swedish_words_are_divided_where_they_are_spoken_apart() -> None:
    lines = said(setter().lines(SENTENCE * 40, BODY, WIDTH)).split("\n")

    divided = {
        (before.split()[-1].removesuffix(HYPHEN), after.split()[0])
        for before, after in pairwise(lines)
        if before.endswith(HYPHEN)
    }

    assert divided
    assert all(len(head) >= 4 and len(tail.strip(",.")) >= 4 for head, tail in divided)


def test_short_words_numbers_and_capitals_are_not_divided() -> None:
    hyphens = Hyphens("sv_SE")

    assert hyphens.points("skolan") == ()
    assert hyphens.points("1234567890123") == ()
    assert hyphens.points("SOCIALFÖRVALTNINGEN") == ()
    assert hyphens.points("x" * 5_000) == ()
    assert hyphens.points("familjebehandlingen") == (5, 7, 9, 13)


def test_no_word_is_kept_after_the_document() -> None:
    hyphens = Hyphens("sv_SE")
    hyphens.points("familjebehandlingen")

    hyphens.forget()

    assert "familjebehandlingen" not in pyphen.Pyphen(lang="sv_SE").hd.cache


def test_cells_divide_only_words_that_are_wider_than_the_cell() -> None:
    text = "Socialförvaltningen familjebehandlingen"

    assert HYPHEN not in said(setter().lines(text, CELL, 100))
    assert HYPHEN in said(setter().lines(text, CELL, 50))


@pytest.mark.parametrize("text", ["kl. 13", "3 §", "§ 3", "26 november 2026", "vecka 48", "5 %"])
def test_what_belongs_together_is_not_torn_apart(text: str) -> None:
    for width in range(100, 200, 3):
        lines = said(setter().lines(f"Vi ses här igen {text} som vanligt", BODY, float(width)))
        assert text in lines.replace("\u00a0", " ")


def test_one_line_is_cut_with_an_ellipsis() -> None:
    line = setter().one_line("Uppföljningsmöte " * 100_000, BODY, 100)

    assert said([line]).endswith("…")
    assert line.width <= 100
    assert said([setter().one_line("a\nb", BODY, 100)]) == "a b"
    assert said([setter().one_line("", BODY, 100)]) == ""


def test_letters_are_drawn_by_the_first_font_that_has_them() -> None:
    (line,) = setter().lines("Åsa ǩ Ж ω", BODY, WIDTH)

    fonts = [(part.font, part.text) for part in line.segments]

    assert fonts == [
        ("SourceSansPro-Regular", "Åsa "),
        ("NotoSans-Regular", "ǩ"),
        ("SourceSansPro-Regular", " Ж ω"),
    ]


def test_arabic_runs_to_the_left_and_joins_its_letters() -> None:
    (line,) = setter().lines("Hon sa مرحبا بكم (12) i dörren", BODY, WIDTH)

    shaped = [part for part in line.segments if part.glyphs]

    assert [part.text for part in shaped if part.text.isalpha()] == ["بكم", "مرحبا"]
    assert line.segments[0].text == "Hon sa "
    assert not line.runs_left
    assert setter().lines("مرحبا", BODY, WIDTH)[0].runs_left


def test_a_joiner_moves_no_letter_of_its_line() -> None:
    text = "می\u200cخواهد 15:30 روز"

    base, found = levels(text)

    assert base == 1
    assert len(found) == len(text)
    assert [text[start:end] for start, end, turned in in_order(found) if not turned] == ["15:30"]


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE * 2_400,
        "x" * 200_000,
        "ab-" * 70_000,
        "a" + " " * 200_000,
        "a" + "\u0316\u0301" * 100_000,
        "مرحبا " * 10_000,
        "\0" * 20_000,
    ],
    ids=["words", "one word", "hyphens", "spaces", "marks", "Arabic", "codes"],
)
def test_a_long_paragraph_is_broken_in_no_time(text: str) -> None:
    assert setter().lines(text, BODY, WIDTH)


def test_random_texts_of_three_alphabets_come_through() -> None:
    chosen = random.Random(4711)  # noqa: S311  nothing secret
    letters = "abcåäöéüĞşčßABCÅÄÖ αβγδώϊΑΩ абвгдёїЖЯ 0123456789 .,;:-–/()<>&'\"%§"
    for _ in range(500):
        text = "".join(chosen.choices(letters, k=chosen.randrange(1, 120)))
        assert squeezed(said(setter().lines(text, BODY, 90))) == squeezed(text)


def test_a_language_without_patterns_divides_no_word() -> None:
    hyphens = Hyphens("tlh")

    assert hyphens.points("familjebehandlingen") == ()
    hyphens.forget()


def test_every_weight_draws_the_same_letters() -> None:
    homes = [typeface(face).homes.keys() for face in Face]

    assert all(one == homes[0] for one in homes)
