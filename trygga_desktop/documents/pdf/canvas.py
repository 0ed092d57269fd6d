"""Reportlab's canvas, made to write the same bytes for the same pages and nothing of its own.

Everything drawn is marked: as part of an element of the document, or as an artifact.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import md5, sha256
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import black
from reportlab.pdfbase.pdfdoc import xObjectName
from reportlab.pdfgen.canvas import Canvas

from trygga_desktop.documents.pdf.fonts import Face, typeface
from trygga_desktop.documents.pdf.objects import TaggedDocument, TaggedPage, picture_object
from trygga_desktop.documents.pdf.shapes import Shape
from trygga_desktop.documents.pdf.standards import Attachment, Standard, write_standard
from trygga_desktop.documents.pdf.strips import FieldMark
from trygga_desktop.documents.pdf.structure import Element, Place, Widget
from trygga_desktop.documents.pdf.styles import PAGE_HEIGHT, PAGE_WIDTH
from trygga_desktop.documents.pdf.tags import Field, PageTags, write_tags
from trygga_desktop.domain.picture import Picture

# Pages as text of base 85 are a quarter larger, and slow to write.
rl_config.useA85 = 0

_MAKER = "Trygga"
_UNNAMED = "Signature"
_OF_A_CURVE = 6
# What PDF/A-2 and -3 are written in.
_VERSION = (1, 7)


class Artifact(StrEnum):
    """Why something drawn is not part of the document."""

    LAYOUT = "Layout"
    PAGINATION = "Pagination"


class _Stamp:
    """The moment a file says it was made: a clock that stands, as reportlab wants it."""

    tzname = "UTC"
    dhh = dmm = 0

    def __init__(self, at: datetime) -> None:
        moment = at.astimezone(UTC)
        self.t = moment.timestamp()
        self.YMDhms = tuple(moment.timetuple()[:6])


class PageCanvas(Canvas):
    """A4 pages in memory. `title` is shown by readers and must name nobody.

    What lies inside the file is part of what its id comes from.
    """

    # Reportlab's own, which its types do not tell.
    _doc: Any
    _code: list[str]
    _formsinuse: list[str]

    def __init__(
        self,
        *,
        title: str,
        language: str,
        made_at: datetime,
        standard: Standard,
        attachments: Sequence[Attachment] = (),
    ) -> None:
        self._into = BytesIO()
        self._language = language
        self._made_at = made_at
        self._standard = standard
        self._attachments = attachments
        self._pages: list[PageTags] = []
        self._places: list[Element] = []
        self._fields: list[Field] = []
        first = typeface(Face.REGULAR).first
        super().__init__(
            self._into,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=first,  # type: ignore[arg-type]  # the types take it for a number
            pdfVersion=_VERSION,
            lang=language,
        )
        TaggedDocument.take_over(self._doc)
        # Without this the date is that of a variable of the whole process, or long ago.
        self._doc._timeStamp = _Stamp(made_at)  # noqa: SLF001  there is no other way
        self._doc.signature = md5(usedforsecurity=False)
        for one in attachments:
            self._doc.updateSignature(one.data)
        self.setTitle(title)
        self.setAuthor(_MAKER)
        self.setCreator(_MAKER)
        self.setProducer(_MAKER)
        self.setViewerPreference("DisplayDocTitle", "true")

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """Mark what is drawn inside as part of the element."""
        number = len(self._places)
        self._places.append(element)
        element.kids.append(Place(len(self._pages), number))
        self._code.append(f"/{element.role} <</MCID {number}>> BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: Artifact = Artifact.LAYOUT) -> Iterator[None]:
        """Mark what is drawn inside as no part of the document."""
        self._code.append(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def standing_for(self, text: str) -> Iterator[None]:
        """Let readers take what is drawn inside for this text."""
        spelled = text.encode("utf-16-be").hex().upper()
        self._code.append(f"/Span <</ActualText <FEFF{spelled}>>> BDC")
        yield
        self._code.append("EMC")

    def draw_square(self, square: str) -> None:
        """Draw what `square_of` returned, in black: scanners read nothing else as well."""
        self.setFillColor(black)
        self._code.append(square)

    def draw_shape(self, shape: Shape, x: float, y: float) -> None:
        """Draw a shape that hangs from a place."""
        path = self.beginPath()
        path.moveTo(x + shape.steps[0][0], y - shape.steps[0][1])
        for step in shape.steps[1:]:
            to = [x + one if at % 2 == 0 else y - one for at, one in enumerate(step)]
            if len(to) == _OF_A_CURVE:
                path.curveTo(*to)
            else:
                path.lineTo(*to)
        if shape.is_closed:
            path.close()
        if shape.stroke is not None:
            self.setStrokeColor(shape.stroke)
            self.setLineWidth(shape.thickness)
            self.setLineCap(1)
            self.setLineJoin(1)
        if shape.fill is not None:
            self.setFillColor(shape.fill)
        self.drawPath(path, stroke=int(shape.stroke is not None), fill=int(shape.fill is not None))

    def draw_picture(
        self, picture: Picture, x: float, y: float, width: float, height: float
    ) -> None:
        """Draw a picture with its lower left corner at a place."""
        name = f"Picture{sha256(picture.packed).hexdigest()[:16]}"
        inside = xObjectName(name)
        if inside not in self._doc.idToObject:
            self._doc.Reference(picture_object(picture), inside)
        self._formsinuse.append(name)
        self._code.append(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{inside} Do Q")

    def add_field(self, mark: FieldMark, x: float, y: float) -> None:
        """Lay an empty field for a signature on this page, its lower left corner at a place."""
        if not self._standard.has_fields:
            return
        page = len(self._pages)
        mark.element.kids.append(Widget(page, len(self._fields)))
        corners = (x, y, x + mark.width, y + mark.height)
        unnamed = sum(one.name.startswith(_UNNAMED) for one in self._fields)
        name = mark.name or f"{_UNNAMED}{unnamed + 1}"
        self._fields.append(Field(page, corners, name, mark.told, mark.element))

    def end_page(self) -> None:
        """Finish a page. The id of the file comes from all of them."""
        self._doc.updateSignature("\n".join(self._code))
        self.showPage()
        page = TaggedPage.take_over(self._doc.Pages.pages[-1], number=len(self._pages))
        self._pages.append(PageTags(page, tuple(self._places)))
        self._places.clear()

    def finish(self, document: Element) -> bytes:
        """Return the file with the tree of the document. Nothing can be drawn afterwards."""
        write_tags(self._doc, document, self._pages, self._fields)
        write_standard(
            self._doc,
            self._standard,
            language=self._language,
            made_at=self._made_at,
            attachments=self._attachments,
        )
        self.save()
        return self._into.getvalue()
