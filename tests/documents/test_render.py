"""Pages as a reader gets them: every letter, every page number, and the same bytes each time."""

import hashlib
import io
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from tests.documents.papers import (
    ENGLISH,
    FIELDS,
    FIVE_HUNDRED,
    FULL,
    HOSTILE,
    LEAST,
    MADE,
    PAPER,
    READABLE,
    SWEDISH,
    pages_of,
    printed,
    printed_in,
    read_back,
    saying,
    squeezed,
    with_items,
)
from tests.house.source import ROOT
from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Column,
    Decision,
    Heading,
    KeyValue,
    KeyValues,
    Objection,
    OwnWords,
    PageFrame,
    Paragraph,
    SignatureLine,
    SignatureLines,
    Statement,
    Table,
    Title,
)
from trygga_desktop.documents.pdf.text import visible
from trygga_desktop.documents.protocol import Participant, compose

LONG = "Socialförvaltningen och Björkskolan samordnar familjebehandlingen för Elias. "
SHORT = 60
BLOCK_FIELDS = 24


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def fonts_of(pdf: bytes) -> list[Any]:
    found: dict[str, Any] = {}
    for page in reader(pdf).pages:
        resources: Any = page["/Resources"].get_object()
        for reference in resources["/Font"].get_object().values():
            font = reference.get_object()
            found[str(font["/BaseFont"])] = font
    return list(found.values())


def every_block(text: str) -> list[Block]:
    """Return one block of each kind that says a text in each of its fields."""
    return [
        Title(text=text, organisation=text, subtitle=text),
        Heading(text=text, number=text),
        Paragraph(text=text),
        KeyValues(pairs=(KeyValue(label=text, value=text),)),
        Table(
            columns=(Column(title=text, width=1), Column(title=text, width=2)),
            rows=((text, text),),
        ),
        Statement(text=text, source=text),
        OwnWords(text=text, label=text),
        Decision(
            label="Beslut 1",
            agency=text,
            text=text,
            objections=(Objection(label=text, text=text),),
        ),
        Bullets(items=(text,)),
        SignatureLines(lines=(SignatureLine(role=text, name=text),), beside=text),
    ]


@pytest.mark.parametrize(
    "text",
    # Longer ones and those of many lines go over pages, where the head comes between.
    [text for text in READABLE if len(visible(text)) <= SHORT and "\n" not in visible(text)],
)
def test_hostile_text_appears_literally_in_every_field(text: str) -> None:
    pdf = printed(compose(saying(text), SWEDISH))

    wanted = squeezed(visible(text))
    heads = 2 * (len(pages_of(pdf)) - 1)
    assert not wanted or read_back(pdf).count(wanted) == FIELDS + heads


@pytest.mark.parametrize("first", range(0, len(FIVE_HUNDRED), 50))
def test_each_of_five_hundred_texts_stands_in_every_field_as_it_was_entered(first: int) -> None:
    for text in FIVE_HUNDRED[first : first + 50]:
        pdf = printed(compose(saying(text), SWEDISH))

        heads = 2 * (len(pages_of(pdf)) - 1)
        assert read_back(pdf).count(squeezed(text)) == FIELDS + heads, text


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_hostile_text_stops_a_protocol(text: str) -> None:
    content = replace(saying(text), secrecy=text)
    paper = replace(PAPER, title=text, language=ENGLISH)
    pages = pages_of(printed(compose(content, ENGLISH), paper))

    assert f"Page 1 of {len(pages)}" in pages[0]


@pytest.mark.parametrize("text", READABLE, ids=range(len(READABLE)))
def test_every_kind_of_block_says_all_of_a_hostile_text(text: str) -> None:
    wanted = squeezed(visible(text))
    found = read_back(printed(every_block(text)))

    # Of long ones the header returns on each page of the table, between the lines of a cell.
    assert len(found) >= BLOCK_FIELDS * len(wanted)
    assert len(wanted) > SHORT or not wanted or found.count(wanted) == BLOCK_FIELDS


def test_five_hundred_texts_of_three_alphabets_are_read_back_as_entered() -> None:
    chosen = random.Random(11)  # noqa: S311  nothing secret
    letters = "abcåäöéüĞşčßABCÅÄÖ αβγδώϊΑΩ абвгдёїЖЯ ŋđǩ 0123456789 .,;:-–/()<>&'\"%§€…”„"
    texts = ["".join(chosen.choices(letters, k=chosen.randrange(8, 70))) for _ in range(500)]
    blocks: list[Block] = []
    for at, text in enumerate(texts):
        marked = f"«{at}» {text} «/{at}»"
        blocks += [Paragraph(text=marked), Statement(text=marked, source=marked)]
    columns = (Column(title="«kolumn»", width=3), Column(title="«annan»", width=1))
    rows = tuple((f"«{at}» {text} «/{at}»", "x") for at, text in enumerate(texts))
    blocks.append(Table(columns=columns, rows=rows))

    found = read_back(printed(blocks)).replace("«kolumn»«annan»", "")

    for at, text in enumerate(texts):
        assert found.count(squeezed(f"«{at}» {text} «/{at}»")) == 4


def test_arabic_is_known_to_readers_as_it_was_written() -> None:
    text = "مرحبا بكم"
    pdf = printed([Paragraph(text=text)])

    content = reader(pdf).pages[0].get_contents()
    assert content is not None
    spelled = re.findall(rb"/ActualText <FEFF([0-9A-F]+)>", content.get_data())
    words = [bytes.fromhex(word.decode()).decode("utf-16-be") for word in spelled]

    assert words == [text]


def test_the_same_record_gives_the_same_bytes() -> None:
    blocks = compose(FULL, SWEDISH)

    assert printed(blocks) == printed(blocks)


@pytest.mark.parametrize("seed", ["1", "77"])
def test_another_process_on_another_day_gives_the_same_bytes(seed: str) -> None:
    script = (
        "import time, hashlib\n"
        "time.time = lambda: 4e9\n"
        "from tests.documents.papers import FULL, HOSTILE, SWEDISH, printed, saying\n"
        "from trygga_desktop.documents.protocol import compose\n"
        "printed(compose(saying(HOSTILE[-4]), SWEDISH))\n"
        "print(hashlib.sha256(printed(compose(FULL, SWEDISH))).hexdigest())\n"
    )
    environment = os.environ | {
        "PYTHONHASHSEED": seed,
        "SOURCE_DATE_EPOCH": "86400",
        "TZ": "Pacific/Auckland",
    }

    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    wanted = hashlib.sha256(printed(compose(FULL, SWEDISH))).hexdigest()
    assert done.stdout.strip() == wanted


def test_other_words_or_another_moment_give_another_file() -> None:
    blocks = compose(FULL, SWEDISH)
    others = [
        printed(blocks),
        printed(compose(replace(FULL, summary="Annat."), SWEDISH)),
        printed(blocks, replace(PAPER, made_at=MADE + timedelta(seconds=1))),
    ]

    assert len(set(others)) == len(others)
    assert len({str(reader(pdf).trailer["/ID"]) for pdf in others[:2]}) == 2


def test_the_file_tells_its_language_its_moment_and_nobody_s_name() -> None:
    pdf = printed(compose(FULL, SWEDISH))
    file = reader(pdf)
    root: Any = file.trailer["/Root"]

    assert root["/Lang"] == "sv-SE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert file.metadata is not None
    assert file.metadata.title == "Protokoll"
    assert str(file.metadata["/CreationDate"]).startswith("D:20261126152000")
    assert "Elias" not in str(dict(file.metadata))


def test_no_font_is_left_to_the_reader_and_none_is_helvetica() -> None:
    text = "Åsa Жω ǩ مرحبا שלום"
    pdf = printed([*compose(saying(text), SWEDISH), *every_block(text), *every_block("")])

    fonts = fonts_of(pdf)

    assert len(fonts) >= 6
    assert b"Helvetica" not in pdf
    for font in fonts:
        assert "+" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]
        assert "/ToUnicode" in font


@pytest.mark.parametrize("items", [0, 3, 40])
def test_each_page_says_which_of_how_many_it_is(items: int) -> None:
    pages = pages_of(printed_in(ENGLISH, with_items(items)))

    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text


def test_the_running_head_begins_on_the_second_page() -> None:
    first, *others = pages_of(printed(compose(with_items(20), SWEDISH)))

    assert "SN 2026-0412 · 2026-11-26" not in first
    assert others
    assert all("SN 2026-0412 · 2026-11-26" in text for text in others)
    assert all("26 kap. 1 § OSL" in text for text in (first, *others))


def test_empty_parts_print_as_nothing() -> None:
    pages = pages_of(printed(compose(LEAST, ENGLISH)))

    assert len(pages) == 1
    assert "Participants" not in pages[0]
    assert pages_of(printed([])) != []
    assert len(pages_of(printed([*every_block(""), *every_block(" \n ")]))) == 1


@pytest.mark.parametrize("lines_before", range(0, 60, 3))
def test_the_lines_to_sign_on_are_never_divided(lines_before: int) -> None:
    signers = tuple(SignatureLine(role=f"Roll {at}", name=f"Namn {at}") for at in range(4))
    blocks: list[Block] = [
        Paragraph(text="x\n" * lines_before),
        Heading(text="Underskrifter"),
        SignatureLines(lines=signers, beside="Ort och datum"),
    ]

    pages = pages_of(printed(blocks))

    (signed,) = (text for text in pages if "Underskrifter" in text)
    assert all(f"Namn {at}" in signed for at in range(4))


@pytest.mark.parametrize("lines_before", range(30, 56))
def test_a_decision_stays_with_its_label_and_who_does_not_agree(lines_before: int) -> None:
    decision = Decision(
        label="Beslut 1",
        agency="Skolan",
        text="Det blir så.",
        objections=(Objection(label="Elias håller inte med", text="Jag vill mer."),),
    )

    pages = pages_of(printed([Paragraph(text="x\n" * lines_before), decision]))

    (decided,) = (text for text in pages if "BESLUT 1" in text)
    assert "Skolan" in decided
    assert "Det blir så." in decided
    assert "Jag vill mer." in decided


@pytest.mark.parametrize("lines_before", range(40, 56))
def test_a_heading_never_ends_a_page(lines_before: int) -> None:
    blocks: list[Block] = [
        Paragraph(text="x\n" * lines_before),
        Heading(text="Rubrik"),
        Paragraph(text=LONG * 9),
    ]

    pages = pages_of(printed(blocks))

    (headed,) = (text for text in pages if "Rubrik" in text)
    assert "Socialförvaltningen" in headed.split("Rubrik")[1]


def test_a_row_taller_than_a_page_is_divided_under_its_head() -> None:
    columns = (Column(title="Rubrik", width=1), Column(title="Text", width=2))
    pdf = printed([Table(columns=columns, rows=(("Nyckel", LONG * 400),))])

    pages = pages_of(pdf)

    assert len(pages) > 5
    assert all("Rubrik" in text for text in pages)
    assert read_back(pdf).count(squeezed("familjebehandlingen")) >= 390


@pytest.mark.timeout(30)
def test_a_paragraph_of_200_kb_is_printed_whole_and_soon() -> None:
    text = LONG * (200_000 // len(LONG))
    pdf = printed([Paragraph(text=text)])

    assert read_back(pdf) == squeezed(text)


def test_two_hundred_participants_and_five_hundred_items_are_all_there() -> None:
    people = tuple(Participant(name=f"Person {at:03}", role="Observatör") for at in range(200))
    pdf = printed(compose(replace(with_items(500), participants=people), SWEDISH))

    found = read_back(pdf)
    assert all(f"Person{at:03}" in found for at in range(200))
    assert found.count(squeezed("Närvaron är 88 procent.")) == 500
    assert found.count(squeezed("Jag vill ha tre timmar.")) == 500


def test_readers_find_the_headings_beside_the_pages() -> None:
    entries: list[Any] = reader(printed(compose(FULL, ENGLISH))).outline
    outline = [str(entry["/Title"]) for entry in entries]

    assert outline[3:5] == ["1 Din egen bild", "2 Skola och fritid"]


def test_a_frame_that_is_too_long_is_cut_and_leaves_room_for_the_page() -> None:
    frame = PageFrame(head_left=LONG * 50, head_right=LONG * 50, foot=LONG * 500)

    pages = pages_of(printed([frame, Paragraph(text=LONG * 100)]))

    assert len(pages) < 6
    assert "…" in pages[1]
    assert f"1 av {len(pages)}" in pages[0]


def test_nothing_here_reads_text_as_markup() -> None:
    package = ROOT / "trygga_desktop" / "documents"

    offenders = [
        path.name
        for path in package.rglob("*.py")
        if "platypus" in path.read_text(encoding="utf-8")
    ]
    assert offenders == []


def test_every_font_has_its_licence_beside_it() -> None:
    folder = ROOT / "resources" / "fonts"
    fonts = [path.stem for path in folder.glob("*.ttf")]
    families = [path.stem.removesuffix("-OFL") for path in folder.glob("*-OFL.txt")]

    assert fonts
    assert all(any(font.startswith(family) for family in families) for font in fonts)
    for family in families:
        licence = (folder / f"{family}-OFL.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_a_decision_by_nobody_and_about_nothing_is_still_a_box() -> None:
    said = [
        Decision(label="Beslut 1", agency="", text=""),
        Decision(label="Beslut 2", agency="Skolan " * 40, text="Ja."),
        Decision(
            label="",
            agency="",
            text="",
            objections=(Objection(label="Elias håller inte med"),),
        ),
    ]

    (page,) = pages_of(printed(said))

    assert "BESLUT 1" in page
    assert squeezed("Skolan " * 40) in squeezed(page)
    assert "Elias håller inte med" in page


def test_a_word_too_wide_for_a_right_to_left_line_is_still_whole() -> None:
    text = "مرحبا" * 2_000
    pdf = printed([Paragraph(text=text)])

    assert len(pages_of(pdf)) > 1


def test_many_who_sign_are_divided_between_two_of_them() -> None:
    signers = tuple(SignatureLine(role=f"Roll {at}", name=f"Namn {at}") for at in range(40))

    pages = pages_of(printed([SignatureLines(lines=signers, beside="Ort och datum")]))

    assert len(pages) > 2
    for at in range(40):
        assert any(f"Roll {at}\n" in page and f"Namn {at}" in page for page in pages)


def test_a_last_page_that_would_be_nearly_white_is_done_without() -> None:
    def printed_rows(rows: int) -> list[str]:
        table = Table(
            columns=(Column(title="Vad", width=4), Column(title="När", width=2)),
            rows=tuple((f"Rad {row}", "26 november 2026") for row in range(rows)),
        )
        return pages_of(printed([Heading(text="Rubrik"), Paragraph(text="Text."), table]))

    divided = next(pages for rows in range(20, 60) if len(pages := printed_rows(rows)) > 1)
    assert [page.count("Rad ") >= 4 for page in divided] == [True, True]
