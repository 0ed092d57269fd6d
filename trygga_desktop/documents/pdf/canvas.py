"""Reportlab's canvas, made to write the same bytes for the same pages and nothing of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import md5
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from trygga_desktop.documents.pdf.fonts import Face, typeface
from trygga_desktop.documents.pdf.styles import PAGE_HEIGHT, PAGE_WIDTH

# Pages as text of base 85 are a quarter larger, and slow to write.
rl_config.useA85 = 0

_MAKER = "Trygga"


class _Stamp:
    """The moment a file says it was made: a clock that stands, as reportlab wants it."""

    tzname = "UTC"
    dhh = dmm = 0

    def __init__(self, at: datetime) -> None:
        moment = at.astimezone(UTC)
        self.t = moment.timestamp()
        self.YMDhms = tuple(moment.timetuple()[:6])


class PageCanvas(Canvas):
    """A4 pages in memory. `title` is shown by readers and must name nobody."""

    # Reportlab's own, which its types do not tell.
    _doc: Any
    _code: list[str]

    def __init__(self, *, title: str, language: str, made_at: datetime) -> None:
        self._into = BytesIO()
        first = typeface(Face.REGULAR).first
        super().__init__(
            self._into,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=first,  # type: ignore[arg-type]  # the types take it for a number
            lang=language,
        )
        # Without this the date is that of a variable of the whole process, or long ago.
        self._doc._timeStamp = _Stamp(made_at)  # noqa: SLF001  there is no other way
        self._doc.signature = md5(usedforsecurity=False)
        self.setTitle(title)
        self.setAuthor(_MAKER)
        self.setCreator(_MAKER)
        self.setSubject("")
        self.setViewerPreference("DisplayDocTitle", "true")

    @contextmanager
    def standing_for(self, text: str) -> Iterator[None]:
        """Let readers take what is drawn inside for this text."""
        spelled = text.encode("utf-16-be").hex().upper()
        self._code.append(f"/Span <</ActualText <FEFF{spelled}>>> BDC")
        yield
        self._code.append("EMC")

    def end_page(self) -> None:
        """Finish a page. The id of the file comes from all of them."""
        self._doc.updateSignature("\n".join(self._code))
        self.showPage()

    def finish(self) -> bytes:
        """Return the file. Nothing can be drawn afterwards."""
        self.save()
        return self._into.getvalue()
