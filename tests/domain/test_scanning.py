"""Tests of what a scan is by its first bytes, and of what a square on a page says."""

from uuid import UUID

import pytest

from trygga_desktop.domain.scanning import (
    COLUMNS,
    MOST_BYTES,
    ROWS,
    PageLook,
    Payload,
    ScanError,
    ScanFlaw,
    ScanKind,
    kind_of,
    read_payload,
)

PDF, JPEG, PNG = b"%PDF-1.4 x", b"\xff\xd8\xff\xe0 x", b"\x89PNG\r\n\x1a\n x"


@pytest.mark.parametrize(
    ("data", "name", "flaw"),
    [
        (b"", "scan.pdf", ScanFlaw.EMPTY),
        (b"MZ\x90", "scan.pdf", ScanFlaw.MISNAMED),
        (PNG, "scan.pdf", ScanFlaw.MISNAMED),
        (PDF, "scan.JPG", ScanFlaw.MISNAMED),
        (b"MZ\x90", "scan.exe", ScanFlaw.OTHER_FORM),
        (b"II*\0", "scan.tiff", ScanFlaw.OTHER_FORM),
        (b"<svg/>", "", ScanFlaw.OTHER_FORM),
    ],
)
def test_what_is_no_scan_or_is_not_what_its_name_says_is_refused(
    data: bytes, name: str, flaw: ScanFlaw
) -> None:
    with pytest.raises(ScanError) as refused:
        kind_of(data, name)

    assert refused.value.flaw is flaw


def test_fifty_megabytes_are_taken_and_one_byte_more_is_not() -> None:
    largest = PDF.ljust(MOST_BYTES, b" ")

    assert kind_of(largest, "scan.pdf") is ScanKind.PDF
    with pytest.raises(ScanError) as refused:
        kind_of(largest + b" ", "scan.pdf")
    assert refused.value.flaw is ScanFlaw.TOO_LARGE


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PDF, "a.PDF", ScanKind.PDF),
        (JPEG, "a.b.jpeg", ScanKind.JPEG),
        (JPEG, "a.jpg", ScanKind.JPEG),
        (PNG, "a.png", ScanKind.PNG),
        (PNG, "IMG_0001", ScanKind.PNG),
    ],
)
def test_a_scan_is_known_by_its_first_bytes(data: bytes, name: str, kind: ScanKind) -> None:
    assert kind_of(data, name) is kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org",
        "TRYGGA2:" + "0" * 32 + ":" + "0" * 64,
        "TRYGGA1:" + "0" * 32 + ":" + "0" * 63,
        "TRYGGA1:" + "0" * 32 + ":" + "0" * 64 + "\n",
        "TRYGGA1:" + "g" * 32 + ":" + "0" * 64,
    ],
)
def test_what_is_not_said_by_a_page_of_ours_is_no_payload(text: str) -> None:
    assert read_payload(text) is None


def test_a_square_tells_the_protocol_and_its_version() -> None:
    protocol_id = UUID("4d1c2f60-6a5b-4a3e-9a55-0d2f0a5f7b11")

    found = read_payload(f"TRYGGA1:{protocol_id.hex.upper()}:{'AB' * 32}")

    assert found == Payload(protocol_id, "ab" * 32)


def test_a_look_has_a_cell_for_each_place_of_a_page() -> None:
    assert PageLook(bytes(ROWS * COLUMNS)).ink[0] == 0
    with pytest.raises(ValueError, match="cells"):
        PageLook(b"")
