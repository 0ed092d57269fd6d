"""Sealed files changed in every way that comes to mind: none of them may verify as unchanged."""

import io
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pikepdf
from pyhanko.pdf_utils.generic import DictionaryObject, NameObject, TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.documents.papers import MADE
from tests.documents.sealed import SealedFile, make_sealed_file
from trygga_desktop.documents.pdf.seal import seal, sign
from trygga_desktop.documents.pdf.verify import verify
from trygga_desktop.documents.verdict import Outcome

Way = Callable[[SealedFile, bytes, Random], bytes]
_GAP = re.compile(rb"/Contents <([0-9a-f]{100,})>")
_RANGE = re.compile(rb"/ByteRange \[([0-9 ]+)\]")
_WORDS = (
    b"/V ", b"/Perms", b"/DocMDP", b"/AcroForm", b"/Fields", b"/ByteRange", b"/P 2", b"/Root",
    b"/Prev", b"/Size", b"xref", b"trailer", b"startxref", b"%%EOF", b"endobj", b"/Metadata",
    b"/Names", b"/AF", b"/StructTreeRoot", b"/FlateDecode", b"stream", b"/Type", b"%PDF-1.7",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tried:
    """One file that was changed: in which way, and whether it was found out."""

    way: str
    number: int
    outcome: Outcome


def flip_a_bit(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Turn one bit of the file."""
    at = chosen.randrange(len(pdf))
    return pdf[:at] + bytes([pdf[at] ^ 1 << chosen.randrange(8)]) + pdf[at + 1 :]


def replace_a_byte(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Put another byte in the place of one."""
    at = chosen.randrange(len(pdf))
    return pdf[:at] + bytes([(pdf[at] + chosen.randrange(1, 256)) % 256]) + pdf[at + 1 :]


def insert_bytes(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Put some bytes between two others."""
    at = chosen.randrange(len(pdf) + 1)
    return pdf[:at] + chosen.randbytes(chosen.randrange(1, 20)) + pdf[at:]


def remove_bytes(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Take some bytes out of the middle."""
    at = chosen.randrange(len(pdf) - 20)
    return pdf[:at] + pdf[at + chosen.randrange(1, 20) :]


def swap_stretches(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Let two stretches of the file change places."""
    first = chosen.randrange(len(pdf) // 2 - 64)
    second = chosen.randrange(len(pdf) // 2, len(pdf) - 64)
    one, other = pdf[first : first + 64], pdf[second : second + 64]
    return pdf[:first] + other + pdf[first + 64 : second] + one + pdf[second + 64 :]


def blank_a_stretch(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Fill a stretch with zeros."""
    at = chosen.randrange(len(pdf) - 200)
    length = chosen.randrange(1, 200)
    return pdf[:at] + bytes(length) + pdf[at + length :]


def cut_the_end_off(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Cut the file anywhere."""
    return pdf[: chosen.randrange(len(pdf))]


def add_to_the_end(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Put something behind the last line."""
    more = (b"\n", b" ", b"\0", b"%%EOF\n", b"\r\n", chosen.randbytes(50), pdf[-300:], pdf)
    return pdf + chosen.choice(more)


def rewrite_a_word(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Change one of the words that a reader goes by."""
    word = chosen.choice(_WORDS)
    places = [match.start() for match in re.finditer(re.escape(word), pdf)]
    at = chosen.choice(places)
    other = bytearray(word)
    other[chosen.randrange(len(other))] ^= 1 << chosen.randrange(5)
    return pdf[:at] + bytes(other) + pdf[at + len(word) :]


def save_again(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Save the file with another program, as it is."""
    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(
            into,
            object_stream_mode=chosen.choice(
                [pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable]
            ),
            compress_streams=chosen.random() < 0.5,
            linearize=chosen.random() < 0.5,
        )
    return into.getvalue()


def change_the_pages(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Add, drop, turn or rewrite a page and save the file with another program."""
    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page: Any = opened.pages[chosen.randrange(len(opened.pages))]
        match chosen.randrange(4):
            case 0:
                opened.add_blank_page()
            case 1:
                del opened.pages[chosen.randrange(len(opened.pages))]
            case 2:
                page.Rotate = 90
            case _:
                page.Contents = opened.make_stream(page.Contents.read_bytes() + b"\nq Q\n")
        opened.save(into)
    return into.getvalue()


def update(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Change an object behind the last revision, as programs do that fill in forms."""
    return _updated(pdf, chosen)


def update_and_sign(file: SealedFile, _: bytes, chosen: Random) -> bytes:
    """Change an object and sign what comes of it in a field that is still empty."""
    key = chosen.choice([file.key, file.other_key])
    signed, name = chosen.choice([(file.sealed, "Signature1"), (file.signed_once, "Signature2")])
    return sign(_updated(signed, chosen), name, key, at=MADE)


def seal_with_another_key(file: SealedFile, _: bytes, chosen: Random) -> bytes:
    """Seal what was printed, or something like it, with a key of one's own."""
    printed = _updated(file.printed, chosen) if chosen.random() < 0.5 else file.printed
    return seal(printed, file.other_key, at=MADE)


def fill_the_gap_otherwise(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Change the gap that holds a signature: its digits, its zeros, their form."""
    gap = chosen.choice(list(_GAP.finditer(pdf)))
    digits = bytearray(gap[1])
    match chosen.randrange(5):
        case 0:
            digits[chosen.randrange(len(digits))] = chosen.choice(b"0123456789abcdef")
        case 1:
            digits[-chosen.randrange(1, 2_000)] = chosen.choice(b"123456789abcdef")
        case 2:
            digits = digits.upper()
        case 3:
            digits[chosen.randrange(len(digits))] = chosen.choice(b" \n>Gg")
        case _:
            other = chosen.choice(list(_GAP.finditer(pdf)))
            digits = bytearray(other[1][::-1])
    return pdf[: gap.start(1)] + bytes(digits) + pdf[gap.end(1) :]


def claim_another_range(_: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Let a signature claim other bytes than it signed."""
    found = chosen.choice(list(_RANGE.finditer(pdf)))
    numbers = [int(number) for number in found[1].split()]
    numbers[chosen.randrange(4)] += chosen.choice([-100, -2, -1, 1, 2, 100])
    told = " ".join(str(number) for number in numbers).encode()
    room = len(found[0]) - len(b"/ByteRange []")
    return pdf[: found.start()] + b"/ByteRange [" + told[:room] + b"]" + pdf[found.end() :]


def join_two_files(file: SealedFile, pdf: bytes, chosen: Random) -> bytes:
    """Put the end of one revision behind the beginning of another."""
    other = chosen.choice(file.revisions)
    return pdf[: chosen.randrange(len(pdf))] + other[chosen.randrange(len(other)) :]


WAYS: tuple[Way, ...] = (
    flip_a_bit,
    replace_a_byte,
    insert_bytes,
    remove_bytes,
    swap_stretches,
    blank_a_stretch,
    cut_the_end_off,
    add_to_the_end,
    rewrite_a_word,
    save_again,
    change_the_pages,
    update,
    update_and_sign,
    seal_with_another_key,
    fill_the_gap_otherwise,
    claim_another_range,
    join_two_files,
)


def tamper(file: SealedFile, *, count: int, seed: int) -> Iterator[Tried]:
    """Yield what becomes of so many changed files, each way in its turn.

    A change that gives back a file that really was is tried again: a file cut back to an earlier
    revision of its own is that revision.
    """
    chosen = Random(seed)  # noqa: S311  nothing secret
    for number in range(count):
        way = WAYS[number % len(WAYS)]
        changed = chosen.choice(file.revisions)
        while changed in file.revisions:
            changed = way(file, chosen.choice(file.revisions), chosen)
        yield Tried(way.__name__, number, verify(changed).outcome)


def try_tampering(*, count: int, seed: int) -> int:
    """Change so many files, print what became of them; return 1 if any was not found out."""
    started = time.perf_counter()
    tried = list(tamper(make_sealed_file(), count=count, seed=seed))
    seconds = time.perf_counter() - started
    missed = [one for one in tried if one.outcome is Outcome.UNCHANGED]
    print(
        f"tampering: {len(tried)} files, seed {seed}, {seconds:.0f} s"
        f" ({len(tried) / seconds:.1f} a second), {len(missed)} not found out"
    )
    for way, times in sorted(Counter(one.way for one in tried).items()):
        print(f"  {way}: {times}")
    for one in missed:
        print(one)
    return 1 if missed else 0


def _updated(pdf: bytes, chosen: Random) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    root: Any = writer.root
    match chosen.randrange(7):
        case 0:
            page = root["/Pages"]["/Kids"][0].get_object()
            page[NameObject("/Rotate")] = page["/MediaBox"][0]
            writer.update_container(page)
        case 1:
            del root["/Names"]
            writer.update_root()
        case 2:
            field = chosen.choice(list(root["/AcroForm"]["/Fields"])).get_object()
            field["/TU"] = TextStringObject("Någon annan")
            writer.update_container(field)
        case 3:
            root["/Lang"] = TextStringObject("en")
            writer.update_root()
        case 4:
            writer.add_object(DictionaryObject({NameObject("/A"): TextStringObject("B")}))
        case 5:
            tree = root["/StructTreeRoot"]
            tree[NameObject("/T")] = TextStringObject("en annan")
            writer.update_container(tree)
        case _:
            info = writer.trailer["/Info"]
            info["/Title"] = TextStringObject("Ett annat")
            writer.update_container(info)
    into = io.BytesIO()
    writer.write(into)
    return into.getvalue()
