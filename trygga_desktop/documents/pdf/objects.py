"""Reportlab's document, catalogue, pages and streams, with what tagged and archived files need.

Reportlab knows no tags and no archive, and makes these objects itself. They are taken over here,
one document at a time: nothing of reportlab's own is changed for anybody else.
"""

import zlib
from typing import Any, Self

from reportlab.pdfbase import pdfdoc

from trygga_desktop.domain.picture import Picture


class RawObject(pdfdoc.PDFObject):
    """An object whose bytes we write ourselves; what it refers to is numbered already."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.written = b""

    def format(self, _document: Any) -> bytes:
        """Return the bytes."""
        return self.written


def raw_stream(entries: str, content: bytes, *, compressed: bool = False) -> RawObject:
    """Return a stream with these entries in its dictionary."""
    if compressed:
        content = zlib.compress(content)
        entries += " /Filter /FlateDecode"
    stream = RawObject()
    head = f"<<{entries} /Length {len(content)}>>\nstream\n".encode("ascii")
    stream.written = head + content + b"\nendstream"
    return stream


def picture_object(picture: Picture) -> RawObject:
    """Return the object of a picture. Its rows go into the file as they are."""
    size = f"/Width {picture.width} /Height {picture.height}"
    rows = f"/Predictor 15 /Colors 3 /BitsPerComponent 8 /Columns {picture.width}"
    return raw_stream(
        f"/Type /XObject /Subtype /Image {size} /ColorSpace /DeviceRGB /BitsPerComponent 8"
        f" /Filter /FlateDecode /DecodeParms <<{rows}>>",
        picture.packed,
    )


def spelled(text: str) -> str:
    """Return a text as PDF spells it, in signs that need no escape."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


class TaggedDocument(pdfdoc.PDFDocument):
    """A document whose streams end as PDF/A wants it."""

    # Reportlab's own, which its types do not tell.
    Catalog: Any
    info: Any
    idToObjectNumberAndVersion: dict[str, tuple[int, int]]  # noqa: N815  reportlab's name

    @classmethod
    def take_over(cls, document: Any) -> Self:
        """Make a document of reportlab's into one of these."""
        document.__class__ = cls
        document.Catalog.__class__ = TaggedCatalog
        document.info.__class__ = TaggedInfo
        taken: Self = document
        return taken

    def Reference(  # noqa: N802  reportlab's name
        self, obj: Any, name: str | None = None
    ) -> Any:
        """Give an object its number. Streams pass here on their way into the file."""
        if type(obj) is pdfdoc.PDFStream:
            obj.__class__ = TaggedStream
        referred: Any = super()
        return referred.Reference(obj, name)

    def number(self, obj: Any) -> int:
        """Return the number of an object, giving it one if it has none."""
        reference = self.Reference(obj)
        number, _ = self.idToObjectNumberAndVersion[reference.name]
        return int(number)


class TaggedStream(pdfdoc.PDFStream):
    """A stream with the line end before its last word that reportlab leaves out."""

    def format(self, document: Any) -> bytes:
        """Return the stream."""
        written: bytes = super().format(document)
        return written.removesuffix(b"endstream\n") + b"\nendstream\n"


class TaggedCatalog(pdfdoc.PDFCatalog):
    """A catalogue that may name what makes a file an archived one."""

    __NoDefault__ = [  # noqa: RUF012  as reportlab has it
        *pdfdoc.PDFCatalog.__NoDefault__,
        "OutputIntents",
        "AF",
    ]


class TaggedInfo(pdfdoc.PDFInfo):
    """What the file says of itself, without the entries that say nothing."""

    def format(self, document: Any) -> bytes:
        """Return the entries, the same as in the metadata of the file."""
        year, month, day, hour, minute, second = document._timeStamp.YMDhms  # noqa: SLF001  reportlab's
        made = f"(D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}+00'00')"
        return (
            f"<</Title {spelled(self.title)} /Author {spelled(self.author)}"
            f" /Creator {spelled(self.creator)} /Producer {spelled(self.producer)}"
            f" /CreationDate {made} /ModDate {made}>>"
        ).encode("ascii")


class TaggedPage(pdfdoc.PDFPage):
    """A page that says which part of the tree its tags belong to."""

    __NoDefault__ = [  # noqa: RUF012  as reportlab has it
        *pdfdoc.PDFPage.__NoDefault__,
        "StructParents",
        "Tabs",
    ]

    @classmethod
    def take_over(cls, page: Any, *, number: int) -> Self:
        """Make a page of reportlab's into one of these."""
        page.__class__ = cls
        page.StructParents = number
        page.Tabs = pdfdoc.PDFName("S")
        # Reportlab leaves an empty transition on each page, which PDF/A forbids.
        page.Trans = None
        taken: Self = page
        return taken
