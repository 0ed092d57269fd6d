"""The one form of a picture on paper: whatever else lies in a file is refused."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures import chunk, header, plain_picture, png_of, rows
from trygga_desktop.domain.picture import (
    LARGEST_EDGE,
    MOST_BYTES,
    PictureError,
    read_picture,
    write_picture,
)

POINTS = chunk(b"IDAT", zlib.compress(rows()))
END = chunk(b"IEND", b"")
BAD_FILTER = b"\x07" + rows()[1:]
REFUSED = {
    "nothing": b"",
    "another form": b"GIF89a" + b"\0" * 100,
    "no parts": png_of(),
    "no points": png_of(header(), END),
    "no end": png_of(header(), POINTS),
    "cut short": plain_picture()[:-1],
    "something behind": plain_picture() + b"x",
    "a text beside the points": png_of(header(), chunk(b"tEXt", b"a\0b"), POINTS, END),
    "two headers": png_of(header(), header(), POINTS, END),
    "a wrong check": plain_picture()[:20] + b"\1" + plain_picture()[21:],
    "a long end": png_of(header(), POINTS, chunk(b"IEND", b"x")),
    "a short header": png_of(chunk(b"IHDR", b"123"), POINTS, END),
    "no width": png_of(header(width=0), POINTS, END),
    "too wide": png_of(header(width=LARGEST_EDGE + 1), POINTS, END),
    "a billion points": png_of(header(2**31 - 1, 2**31 - 1), POINTS, END),
    "see through": png_of(header(form=(8, 6, 0, 0, 0)), POINTS, END),
    "sixteen bits": png_of(header(form=(16, 2, 0, 0, 0)), POINTS, END),
    "interlaced": png_of(header(form=(8, 2, 0, 0, 1)), POINTS, END),
    "too few points": png_of(header(height=41), POINTS, END),
    "too many points": png_of(header(height=39), POINTS, END),
    "points that are none": png_of(header(), chunk(b"IDAT", b"hej"), END),
    "a bomb": png_of(header(), chunk(b"IDAT", zlib.compress(b"\0" * 50_000_000)), END),
    "bytes behind the points": png_of(
        header(), chunk(b"IDAT", zlib.compress(rows()) + b"more"), END
    ),
    "a filter that is none": png_of(header(), chunk(b"IDAT", zlib.compress(BAD_FILTER)), END),
    "too many bytes": plain_picture() + b"\0" * MOST_BYTES,
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_any_other_form_is_refused(data: bytes) -> None:
    with pytest.raises(PictureError):
        read_picture(data)


@given(st.binary(max_size=200))
def test_whatever_lies_in_a_file_the_answer_is_a_picture_or_a_refusal(data: bytes) -> None:
    with pytest.raises(PictureError):
        read_picture(b"\x89PNG\r\n\x1a\n" + data)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (7, 3), (LARGEST_EDGE, LARGEST_EDGE)])
def test_points_are_written_and_read_as_they_are(width: int, height: int) -> None:
    points = bytes(at * 7 % 251 for at in range(3 * width * height))

    picture = read_picture(write_picture(points, width=width, height=height))

    read = zlib.decompress(picture.packed)
    line = 1 + 3 * width
    assert (picture.width, picture.height) == (width, height)
    assert b"".join(read[at + 1 : at + line] for at in range(0, len(read), line)) == points


@pytest.mark.parametrize("count", [0, 11, 13])
def test_more_or_fewer_points_than_there_are_places_are_refused(count: int) -> None:
    with pytest.raises(PictureError):
        write_picture(b"x" * count, width=2, height=2)


def test_points_cannot_be_so_many_that_their_picture_is_too_large() -> None:
    edge = LARGEST_EDGE + 1
    with pytest.raises(PictureError):
        write_picture(bytes(3 * edge * edge), width=edge, height=edge)
