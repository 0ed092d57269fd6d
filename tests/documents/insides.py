"""Everything that is in a PDF, however it is packed, and whether a phrase is anywhere in it."""

import io
from collections.abc import Iterator

import pikepdf
from pypdf import PdfReader

from tests.documents.papers import squeezed

_CODES = ("utf-8", "utf-16-be", "utf-16-le", "latin-1")


def texts_in(pdf: bytes) -> Iterator[str]:
    """Yield what a reader can be told: the pages, the attachments, the outline, the metadata."""
    reader = PdfReader(io.BytesIO(pdf))
    for page in reader.pages:
        yield page.extract_text()
    for name, files in reader.attachments.items():
        yield name
        for data in files:
            yield data.decode("utf-8", "replace")
    yield repr(reader.outline)
    yield repr(reader.metadata)
    yield repr(reader.xmp_metadata and reader.xmp_metadata.rdf_root.toxml())


def bytes_in(pdf: bytes) -> Iterator[bytes]:
    """Yield the file itself, and each of its streams and strings as they are unpacked."""
    yield pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for one in opened.objects:
            if isinstance(one, pikepdf.Stream):
                yield one.read_bytes()
            yield from _strings(one)


def _strings(one: pikepdf.Object) -> Iterator[bytes]:
    if isinstance(one, pikepdf.String):
        yield bytes(one)
    elif isinstance(one, pikepdf.Array):
        for inner in list(one):
            if _is_inside(inner):
                yield from _strings(inner)
    elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
        for key in one.keys():  # noqa: SIM118  such a dictionary is none to loop over
            inner = one[key]
            yield key.encode()
            if _is_inside(inner):
                yield from _strings(inner)


def _is_inside(one: object) -> bool:
    """Return whether it stands here, and is no number; what stands elsewhere is looked at there."""
    return isinstance(one, pikepdf.Object) and not one.is_indirect


class Insides:
    """One file, unpacked once, in which many phrases are looked for."""

    def __init__(self, pdf: bytes) -> None:
        self._text = squeezed("".join(texts_in(pdf))).casefold()
        self._bytes = b"\0".join(bytes_in(pdf))
        self._lower = self._bytes.lower()

    def holds(self, phrase: str) -> bool:
        """Return whether a phrase stands anywhere, in whatever code."""
        if squeezed(phrase).casefold() in self._text:
            return True
        for code in _CODES:
            try:
                looked_for = phrase.encode(code)
            except UnicodeEncodeError:
                continue
            if looked_for in self._bytes or looked_for.hex().encode() in self._lower:
                return True
        return False
