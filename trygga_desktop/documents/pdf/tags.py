"""The tags of a document as objects of its file: the tree, and what leads from pages to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trygga_desktop.documents.pdf.objects import (
    RawObject,
    TaggedDocument,
    TaggedPage,
    raw_stream,
    spelled,
)
from trygga_desktop.documents.pdf.structure import Element, Place, Role, Widget

_LISTED = "/O /List /ListNumbering"


@dataclass(frozen=True, slots=True)
class PageTags:
    """A page, and which element each of its stretches of marked content belongs to."""

    page: TaggedPage
    places: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """An empty field for a signature: page, counted from 0, and corners in points."""

    page: int
    corners: tuple[float, float, float, float]
    name: str
    told: str
    element: Element


def write_tags(
    document: TaggedDocument,
    root: Element,
    pages: Sequence[PageTags],
    fields: Sequence[Field],
) -> None:
    """Add the tree under `root` to the file, and the fields, which belong to it."""
    _Writer(document, pages, fields).write(root)


class _Writer:
    def __init__(
        self, document: TaggedDocument, pages: Sequence[PageTags], fields: Sequence[Field]
    ) -> None:
        self._document = document
        self._pages = pages
        self._fields = fields
        self._page_numbers = [document.number(one.page) for one in pages]
        self._widgets = [RawObject() for _ in fields]
        self._widget_numbers = [document.number(widget) for widget in self._widgets]
        self._objects: dict[Element, RawObject] = {}
        self._numbers: dict[Element, int] = {}

    def write(self, root: Element) -> None:
        tree = RawObject()
        tree_number = self._document.number(tree)
        elements = list(_told(root))
        for element in elements:
            raw = self._objects[element] = RawObject()
            self._numbers[element] = self._document.number(raw)
        self._objects[root].written = self._element(root, tree_number)
        for element in elements:
            for kid in element.kids:
                if isinstance(kid, Element) and kid in self._objects:
                    self._objects[kid].written = self._element(kid, self._numbers[element])
        parents = RawObject()
        parents.written = self._parents()
        tree.written = (
            f"<</Type /StructTreeRoot /K [{self._numbers[root]} 0 R]"
            f" /ParentTree {self._document.number(parents)} 0 R"
            f" /ParentTreeNextKey {len(self._pages) + len(self._fields)}>>"
        ).encode("ascii")
        catalog = self._document.Catalog
        catalog.StructTreeRoot = tree
        marked = RawObject()
        marked.written = b"<</Marked true>>"
        catalog.MarkInfo = marked
        if self._fields:
            self._write_fields()

    def _element(self, element: Element, parent: int) -> bytes:
        kids = [kid for kid in element.kids if not isinstance(kid, Element) or kid in self._numbers]
        page = next((kid.page for kid in kids if isinstance(kid, Place)), None)
        said = [f"/Type /StructElem /S /{element.role} /P {parent} 0 R"]
        if page is not None:
            said.append(f"/Pg {self._page_numbers[page]} 0 R")
        if kids:
            told = " ".join(self._kid(kid, page) for kid in kids)
            # One kid stands alone: pyHanko follows a field to its tag only along such a path.
            said.append(f"/K {told}" if len(kids) == 1 else f"/K [{told}]")
        if element.scope is not None:
            said.append(f"/A <</O /Table /Scope /{element.scope}>>")
        if element.role is Role.LIST:
            said.append(f"/A <<{_LISTED} {'/Decimal' if element.is_numbered else '/Disc'}>>")
        if element.bounds is not None:
            corners = " ".join(f"{one:.2f}" for one in element.bounds)
            said.append(f"/A <</O /Layout /Placement /Block /BBox [{corners}]>>")
        if element.alternative:
            said.append(f"/Alt {spelled(element.alternative)}")
        if element.spoken:
            said.append(f"/ActualText {spelled(element.spoken)}")
        return f"<<{' '.join(said)}>>".encode("ascii")

    def _kid(self, kid: Element | Place | Widget, page: int | None) -> str:
        match kid:
            case Element():
                return f"{self._numbers[kid]} 0 R"
            case Place():
                if kid.page == page:
                    return str(kid.number)
                own = self._page_numbers[kid.page]
                return f"<</Type /MCR /Pg {own} 0 R /MCID {kid.number}>>"
            case Widget():
                own = self._page_numbers[kid.page]
                return f"<</Type /OBJR /Pg {own} 0 R /Obj {self._widget_numbers[kid.number]} 0 R>>"

    def _parents(self) -> bytes:
        found = []
        for at, page in enumerate(self._pages):
            own = " ".join(f"{self._numbers[element]} 0 R" for element in page.places)
            found.append(f"{at} [{own}]")
        for at, field in enumerate(self._fields, start=len(self._pages)):
            found.append(f"{at} {self._numbers[field.element]} 0 R")
        return f"<</Nums [{' '.join(found)}]>>".encode("ascii")

    def _write_fields(self) -> None:
        on_page: dict[int, list[int]] = {}
        for at, field in enumerate(self._fields):
            parent = len(self._pages) + at
            self._widgets[at].written = self._widget(field, parent)
            on_page.setdefault(field.page, []).append(self._widget_numbers[at])
        for page, numbers in on_page.items():
            annotations = RawObject()
            annotations.written = f"[{_references(numbers)}]".encode("ascii")
            self._pages[page].page.Annots = annotations
        form = RawObject()
        # 1: there are signatures to come.
        form.written = f"<</Fields [{_references(self._widget_numbers)}] /SigFlags 1>>".encode(
            "ascii"
        )
        self._document.Catalog.AcroForm = form

    def _widget(self, field: Field, parent: int) -> bytes:
        corners = " ".join(f"{one:.2f}" for one in field.corners)
        told = spelled(field.told)
        return (
            f"<</Type /Annot /Subtype /Widget /FT /Sig /T {spelled(field.name)} /TU {told}"
            f" /Contents {told} /Rect [{corners}] /F 4"
            f" /P {self._page_numbers[field.page]} 0 R /StructParent {parent}"
            f"{self._appearance(field)}>>"
        ).encode("ascii")

    def _appearance(self, field: Field) -> str:
        """Return an empty form to show; what has no room needs none."""
        left, bottom, right, top = field.corners
        if right == left:
            return ""
        box = f"0 0 {right - left:.2f} {top - bottom:.2f}"
        blank = raw_stream(f"/Type /XObject /Subtype /Form /BBox [{box}] /Resources <<>>", b"")
        return f" /AP <</N {self._document.number(blank)} 0 R>>"


def _told(element: Element) -> Iterator[Element]:
    """Yield an element and its parts, in order; parts that say nothing are left out."""
    yield element
    for kid in element.kids:
        if isinstance(kid, Element) and (kid.kids or kid.role in {Role.CELL, Role.HEADER}):
            yield from _told(kid)


def _references(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)
