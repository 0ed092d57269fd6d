"""The file of a record: an archive takes it, its pages are bound to it, it can be made again."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from hashlib import md5
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from pikepdf import pdfa
from PIL import Image
from pypdf import PdfReader

from tests.documents.papers import (
    AGREED,
    FULL,
    HOSTILE,
    LEAST,
    pages_of,
    recorded,
    saying,
    squeezed,
    with_items,
)
from tests.documents.tagged import flaws_of, outline_of
from tests.pictures import plain_picture
from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.documents.heraldry import write_arms
from trygga_desktop.documents.issue import RECORD_NAME, issue, payload_of, preview
from trygga_desktop.documents.pdf.standards import Standard
from trygga_desktop.documents.protocol import AgendaItem, ProtocolContent, Signer
from trygga_desktop.documents.record import control_code, hash_of, read_record, write_record

# What pikepdf's allowlist does not know. It says so of every file that has them.
BEYOND_THE_LIST = {
    "interactive forms (/AcroForm) are not supported",
    "embedded files are not supported",
    "XMP namespace pdfaExtension=http://www.aiim.org/pdfa/ns/extension/ is not permitted",
    "XMP namespace pdfaSchema=http://www.aiim.org/pdfa/ns/schema# is not permitted",
    "XMP namespace pdfaProperty=http://www.aiim.org/pdfa/ns/property# is not permitted",
    "XMP property pdfuaid:part is not permitted",
    "XMP property pdfaExtension:schemas is not permitted",
    "pdfaid:conformance is 'A', expected 'B'",
}
WORD = "Ž" * 40_000
ENDLESS = replace(
    FULL,
    meeting_title=WORD,
    items=(AgendaItem(title=WORD),),
    signers=(Signer(role=WORD, name=WORD),),
)
WITH_ARMS = replace(FULL, arms=write_arms(plain_picture(240, 300)))
LONG = "Socialförvaltningen och skolan samordnar familjebehandlingen för Elias. "


def findings(pdf: bytes, flavour: str) -> set[str]:
    report = pdfa.validate_written(io.BytesIO(pdf), flavour)
    assert report.passed == (not report.findings)
    return {finding.message for finding in report.findings}


def attached(pdf: bytes) -> dict[str, list[bytes]]:
    return dict(PdfReader(io.BytesIO(pdf)).attachments)


def long_content(pages: int) -> ProtocolContent:
    """Return a protocol of about so many pages."""
    return replace(with_items(4), summary="\n".join([LONG * 30] * pages))


@pytest.mark.parametrize(
    "content",
    [FULL, LEAST, AGREED, with_items(30), ENDLESS, WITH_ARMS, *(saying(text) for text in HOSTILE)],
)
def test_the_twin_of_every_file_is_one_that_an_archive_takes(content: ProtocolContent) -> None:
    assert findings(issue(recorded(content), Standard.PLAIN), "2b") == set()


def test_arms_are_drawn_once_as_no_part_of_the_text_and_come_back_with_the_record() -> None:
    record = recorded(WITH_ARMS)
    pdf = issue(record)

    assert flaws_of(pdf) == []
    assert outline_of(pdf) == outline_of(issue(recorded(FULL)))
    with pikepdf.open(io.BytesIO(pdf)) as file:
        drawn = [len(page.get_images()) for page in file.pages]
        assert drawn == [1, *[0] * (len(file.pages) - 1)]
        (picture,) = file.pages[0].get_images().values()
        assert isinstance(picture, pikepdf.Stream)
        shown = pikepdf.PdfImage(picture).as_pil_image()
    assert (shown.size, shown.getpixel((0, 0)), shown.getpixel((0, 299))) == (
        (240, 300),
        (10, 58, 140),
        (242, 194, 26),
    )
    assert issue(read_record(write_record(record))) == pdf


def test_a_record_without_arms_says_nothing_of_them() -> None:
    assert b"arms" not in write_record(recorded(FULL))


@pytest.mark.parametrize("arms", ["x", "AAAA", "iVBORw0KGgo="])
def test_arms_in_another_form_are_no_file(arms: str) -> None:
    with pytest.raises(ValueError, match=r"form|points|end|base64|padd|characters"):
        issue(recorded(replace(FULL, arms=arms)))


def test_the_archive_s_checker_refuses_what_is_none() -> None:
    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(issue(recorded(), Standard.PLAIN))) as file:
        del file.Root.OutputIntents
        file.save(into)

    assert findings(into.getvalue(), "2b") != set()


def test_the_checker_finds_in_the_real_file_only_what_it_does_not_know() -> None:
    assert findings(issue(recorded()), "3b") == BEYOND_THE_LIST
    archived = findings(issue(recorded(), Standard.ARCHIVE), "2b")
    assert archived == BEYOND_THE_LIST - {"embedded files are not supported"}


@pytest.mark.parametrize("standard", Standard)
def test_the_tags_are_whole_in_each_standard(standard: Standard) -> None:
    assert flaws_of(issue(recorded(), standard)) == []


@pytest.mark.skipif(shutil.which("verapdf") is None, reason="verapdf is not here")
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
@pytest.mark.parametrize("pages", [1, 4, 250])
@pytest.mark.timeout(300)
def test_verapdf_finds_nothing(flavour: str, pages: int, tmp_path: Path) -> None:
    content = LEAST if pages == 1 else long_content(pages)
    place = tmp_path / "protocol.pdf"
    place.write_bytes(issue(recorded(content)))

    done = subprocess.run(  # noqa: S603  found on the path, our own file
        ["verapdf", "--format", "text", "-f", flavour, str(place)],  # noqa: S607  wherever it is
        capture_output=True,
        check=False,
        text=True,
    )

    assert done.stdout.startswith("PASS"), done.stdout


def test_the_record_lies_inside_and_its_hash_stands_on_every_page() -> None:
    record = recorded(with_items(12))
    pdf = issue(record)

    ((data,),) = attached(pdf).values()
    record_hash = hash_of(data)

    assert list(attached(pdf)) == [RECORD_NAME]
    assert read_record(data) == record
    pages = pages_of(pdf)
    assert len(pages) > 2
    for page in pages:
        assert record_hash in squeezed(page)
        assert control_code(record_hash) in page


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("standard", Standard)
def test_whoever_has_the_record_makes_the_same_file(language: str, standard: Standard) -> None:
    record = recorded(language=language)

    again = read_record(write_record(record))

    assert issue(again, standard) == issue(record, standard)


def test_other_words_or_another_salt_give_another_file() -> None:
    files = {
        issue(recorded()),
        issue(replace(recorded(), salt=bytes(16))),
        issue(recorded(replace(FULL, summary="Annat."))),
    }

    assert len(files) == 3
    assert len({str(PdfReader(io.BytesIO(file)).trailer["/ID"]) for file in files}) == 3


def test_an_archived_file_holds_no_other_and_the_plain_one_no_field() -> None:
    assert attached(issue(recorded(), Standard.ARCHIVE)) == {}
    with pikepdf.open(io.BytesIO(issue(recorded(), Standard.PLAIN))) as file:
        assert "/AcroForm" not in file.Root


def test_a_scanner_reads_the_square_of_each_page_and_learns_nothing_of_anyone(
    tmp_path: Path,
) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("poppler's pdftoppm is not here")
    record = recorded(replace(FULL, registry_number="SN 2026-0412"))
    place = tmp_path / "protocol.pdf"
    place.write_bytes(issue(record))
    subprocess.run(  # noqa: S603  found on the path, our own file
        ["pdftoppm", "-r", "150", "-gray", "-png", str(place), str(tmp_path / "page")],  # noqa: S607  wherever poppler is
        check=True,
    )

    payload = payload_of(record.protocol_id, hash_of(write_record(record)))
    pages = sorted(tmp_path.glob("page*.png"))

    assert len(pages) == len(PdfReader(place).pages) > 1
    for page in pages:
        with Image.open(page) as picture:
            assert [one.text for one in zxingcpp.read_barcodes(picture)] == [payload]
    assert payload.startswith("TRYGGA1:4D1C2F606A5B4A3E9A550D2F0A5F7B11:")
    assert "SN" not in payload.removeprefix("TRYGGA1:")
    assert "0412" not in payload or "0412" in hash_of(write_record(record))


def test_a_preview_has_the_pages_of_the_file_and_nothing_that_could_be_taken_for_its_code() -> None:
    for content in (FULL, LEAST):
        record = replace(recorded(), content=content, previous="")
        before = preview(
            content, language=record.language, made_at=record.made_at, seal=record.seal
        )
        file = issue(record)

        assert len(pages_of(before)) == len(pages_of(file))
        told = "\n".join(pages_of(before))
        assert "SHA-256" in "\n".join(pages_of(file))
        assert "SHA-256" not in told
        assert control_code(hash_of(write_record(record))) not in told
        assert not re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", told)
        assert attached(before) == {}


def test_the_last_page_says_by_which_seal_and_after_which_protocol() -> None:
    record = recorded()

    text = squeezed("\n".join(pages_of(issue(record))))

    assert squeezed(in_words(record.seal)) in text
    assert squeezed(in_groups(record.seal)) in text
    assert control_code(record.previous) in text
    unsealed = squeezed("\n".join(pages_of(issue(replace(record, seal="", previous="")))))
    assert "Sigill" not in unsealed


def test_a_file_has_a_title_even_if_its_meeting_has_none() -> None:
    assert flaws_of(issue(recorded(saying(" ")))) == []


def test_the_metadata_says_what_the_file_says_and_names_nobody() -> None:
    with pikepdf.open(io.BytesIO(issue(recorded()))) as file:
        told: Any = file.open_metadata()
        assert told["dc:title"] == "Uppföljningsmöte"
        assert told["dc:language"] == {"sv-SE"}
        assert told["pdfaid:part"] == "3"
        assert told["pdfaid:conformance"] == "A"
        assert told["pdfuaid:part"] == "1"
        assert told["xmp:CreateDate"] == "2026-11-26T15:20:00+00:00"
        assert "Elias" not in str(told)
        assert str(file.docinfo.Title) == "Uppföljningsmöte"


def test_every_stream_ends_with_a_line_of_its_own() -> None:
    pdf = issue(recorded())

    lengths = re.findall(rb"/Length (\d+)[^>]*>>\s*stream\r?\n", pdf)
    ends = re.findall(rb".endstream", pdf, re.DOTALL)
    assert len(lengths) == len(ends) > 5
    assert set(ends) == {b"\nendstream"}
    for found in re.finditer(rb"/Length (\d+)[^>]*>>\s*stream\r?\n", pdf):
        assert pdf[found.end() + int(found[1]) :].startswith(b"\nendstream")


def test_the_attachment_names_its_type_as_readers_expect_it() -> None:
    with pikepdf.open(io.BytesIO(issue(recorded()))) as file:
        (associated,) = file.Root.AF
        assert str(associated.EF.F.Subtype) == "/application/json"
        assert str(associated.AFRelationship) == "/Source"
        data = associated.EF.F.read_bytes()
        assert int(associated.EF.F.Params.Size) == len(data)
        assert bytes(associated.EF.F.Params.CheckSum) == md5(data, usedforsecurity=False).digest()


def test_the_metadata_lies_in_the_clear() -> None:
    with pikepdf.open(io.BytesIO(issue(recorded()))) as file:
        assert "/Filter" not in file.Root.Metadata


def test_each_bookmark_leads_to_its_own_page() -> None:
    pdf = issue(recorded(with_items(12)))
    file = PdfReader(io.BytesIO(pdf))
    pages = pages_of(pdf)

    found: list[Any] = file.outline

    titles = [squeezed(str(one.title)) for one in found]
    places = [file.get_destination_page_number(one) or 0 for one in found]
    assert len(set(places)) == len(pages) > 2
    assert places == sorted(places)
    for title, place in zip(titles, places, strict=True):
        assert title in squeezed(pages[place])


def test_a_form_names_its_field_directly_so_that_later_signatures_are_followed() -> None:
    with pikepdf.open(io.BytesIO(issue(recorded()))) as file:
        numbers = file.Root.StructTreeRoot.ParentTree.Nums
        forms = [one for one in numbers if isinstance(one, pikepdf.Dictionary)]

        assert len(forms) == 3
        assert all(str(form.K.Type) == "/OBJR" for form in forms)
