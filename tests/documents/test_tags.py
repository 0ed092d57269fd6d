"""What a screen reader gets: every mark in the tree, tables with headers, and a sensible order."""

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from reportlab.pdfgen.canvas import Canvas

from tests.documents.papers import (
    AGREED,
    ENGLISH,
    FULL,
    HOSTILE,
    LEAST,
    SWEDISH,
    printed,
    printed_in,
    saying,
    with_items,
)
from tests.documents.tagged import flaws_of, kids_of, outline_of
from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Column,
    Decision,
    Heading,
    OwnWords,
    Paragraph,
    SignatureLine,
    SignatureLines,
    Table,
    Title,
)
from trygga_desktop.documents.protocol import ProtocolContent, compose
from trygga_desktop.i18n import Language

REFERENCES = Path(__file__).parent / "references"
TITLE = Title(text="Protokoll")
SIGNED = SignatureLines(
    lines=(SignatureLine(role="Ordförande", name="Karin Ek"), SignatureLine(role="Justerare")),
    beside="Ort och datum",
    field="Underskrift:",
)


def roles(*blocks: Block) -> list[tuple[int, str]]:
    """Return what stands under the title of a document that has these blocks after it."""
    (_, first), *others = outline_of(printed([TITLE, *blocks]))[1:]
    assert first == "/H1"
    return [(depth - 1, role) for depth, role in others]


def broken(pdf: bytes, how: Callable[[pikepdf.Pdf], None]) -> bytes:
    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        how(file)
        file.save(into)
    return into.getvalue()


def first_of(file: pikepdf.Pdf, role: str) -> Any:
    waiting = [file.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop(0)
        if str(element.S) == role:
            return element
        waiting += [kid for kid in kids_of(element) if isinstance(kid, Dictionary) and "/S" in kid]
    raise AssertionError(role)


def forget_a_mark(file: pikepdf.Pdf) -> None:
    del first_of(file, "/P").K


def forget_a_scope(file: pikepdf.Pdf) -> None:
    first_of(file, "/TH").A = Dictionary()


def forget_the_language(file: pikepdf.Pdf) -> None:
    del file.Root.Lang


def draw_beside(file: pikepdf.Pdf) -> None:
    page = file.pages[0]
    page.Contents = file.make_stream(page.Contents.read_bytes() + b"\n0 0 9 9 re f\n")


def shorten_a_row(file: pikepdf.Pdf) -> None:
    del first_of(file, "/TR").K[0]


def skip_a_level(file: pikepdf.Pdf) -> None:
    first_of(file, "/H2").S = Name.H4


def lose_a_field(file: pikepdf.Pdf) -> None:
    first_of(file, "/Form").S = Name.P


@pytest.mark.parametrize(
    "how",
    [
        forget_a_mark,
        forget_a_scope,
        forget_the_language,
        draw_beside,
        shorten_a_row,
        skip_a_level,
        lose_a_field,
    ],
)
def test_the_reader_of_tags_sees_what_is_broken(how: Callable[[pikepdf.Pdf], None]) -> None:
    pdf = printed([*compose(FULL, SWEDISH), SIGNED])
    assert flaws_of(pdf) == []

    assert flaws_of(broken(pdf, how)) != []


def test_the_reader_of_tags_refuses_a_file_without_any() -> None:
    into = io.BytesIO()
    canvas = Canvas(into)
    canvas.drawString(70, 700, "Hej")
    canvas.save()

    with pytest.raises(AttributeError):
        flaws_of(into.getvalue())


@pytest.mark.parametrize(
    "content",
    [LEAST, FULL, AGREED, with_items(30), *(saying(text) for text in HOSTILE)],
)
def test_every_mark_of_a_protocol_has_its_place_in_the_tree(content: ProtocolContent) -> None:
    assert flaws_of(printed([*compose(content, SWEDISH), SIGNED])) == []


def test_a_file_without_a_title_still_begins_with_the_highest_heading() -> None:
    decision = Decision(label="Beslut", agency="Skolan", text="Ja.")

    assert flaws_of(printed([Heading(text="Rubrik"), Paragraph(text="x")])) == []
    assert flaws_of(printed([decision])) == []
    assert flaws_of(printed([TITLE, decision, Heading(text="Rubrik"), decision])) == []


def test_a_decision_is_a_section_of_its_own_under_its_heading() -> None:
    found = roles(Heading(text="Skola"), Decision(label="Beslut 1", agency="Skolan", text="Ja."))

    assert found == [
        (0, "/Sect"),
        (1, "/H2"),
        (1, "/Sect"),
        (2, "/H3"),
        (2, "/P"),
        (2, "/P"),
    ]


def test_own_words_are_a_quotation_and_bullets_a_list() -> None:
    found = roles(OwnWords(label="Elias", text="Jag vill."), Bullets(items=("en", "", "två")))

    assert found == [
        (0, "/P"),
        (0, "/BlockQuote"),
        (1, "/P"),
        (0, "/L"),
        *[(1, "/LI"), (2, "/Lbl"), (2, "/LBody"), (3, "/P")] * 2,
    ]


def test_the_head_of_a_table_is_read_once_though_it_stands_on_every_page() -> None:
    columns = (Column(title="Rubrik", width=1), Column(title="Text", width=2))
    pdf = printed([TITLE, Table(columns=columns, rows=(("Nyckel", "ord " * 4_000),))])

    found = [role for _, role in outline_of(pdf)]

    assert pdf.count(b"/Type /Page\n") > 1
    assert found.count("/TH") == 2
    assert found.count("/TD") == 2
    assert flaws_of(pdf) == []


def test_each_line_to_sign_on_has_a_field_that_says_whose_it_is() -> None:
    pdf = printed([TITLE, SIGNED])

    with pikepdf.open(io.BytesIO(pdf)) as file:
        fields = list(file.Root.AcroForm.Fields)
        assert [str(one.T) for one in fields] == ["Signature1", "Signature2"]
        assert str(fields[0].TU) == "Underskrift: Ordförande Karin Ek"
        assert all("/V" not in one for one in fields)
    assert flaws_of(pdf) == []


def test_what_runs_from_right_to_left_is_read_as_it_was_written() -> None:
    text = "نرگس می\u200cخواهد ساعت 15:30 صحبت کند"
    pdf = printed([TITLE, Paragraph(text=f"{text}\nHej.")])

    with pikepdf.open(io.BytesIO(pdf)) as file:
        pieces = list(first_of(file, "/P").K)
        assert [str(one.S) for one in pieces] == ["/Span", "/Span"]
        assert str(pieces[0].ActualText) == f"{text} "
        assert "/ActualText" not in pieces[1]
    assert flaws_of(pdf) == []


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler's pdfinfo is not here")
@pytest.mark.parametrize("language", [SWEDISH, ENGLISH], ids=["sv", "en"])
def test_a_protocol_is_read_in_the_order_of_its_reference(
    language: Language, tmp_path: Path
) -> None:
    pdf = tmp_path / "protocol.pdf"
    pdf.write_bytes(printed_in(language, FULL))

    done = subprocess.run(  # noqa: S603  found on the path, our own file
        ["pdfinfo", "-struct-text", str(pdf)],  # noqa: S607  wherever poppler is
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    reference = REFERENCES / f"protocol-{language.code}.txt"
    assert done.stdout == reference.read_text(encoding="utf-8")
