"""A reader of the tags of a PDF: what a screen reader would stumble over."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

_PAINTS = frozenset(
    [
        "Tj",
        "TJ",
        "'",
        '"',
        "S",
        "s",
        "f",
        "F",
        "f*",
        "B",
        "B*",
        "b",
        "b*",
        "sh",
        "Do",
        "INLINE IMAGE",
    ]
)
_HEADINGS = {f"/H{level}": level for level in range(1, 7)}
# What each may hold besides what is drawn.
_HOLDS = {
    "/Table": {"/TR"},
    "/TR": {"/TH", "/TD"},
    "/L": {"/LI"},
    "/LI": {"/Lbl", "/LBody"},
}
_INSIDE = {"/TR": "/Table", "/TH": "/TR", "/TD": "/TR", "/LI": "/L", "/Lbl": "/LI", "/LBody": "/LI"}


def flaws_of(pdf: bytes) -> list[str]:
    """Return what is wrong with the tags of a file, nothing if they are whole."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return list(_Reader(file).flaws())


def outline_of(pdf: bytes) -> list[tuple[int, str]]:
    """Return each kind of element with its depth, in reading order."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        reader = _Reader(file)
        return [(depth, str(element.S)) for depth, element in reader.elements()]


@dataclass
class _Marked:
    """What one page marks: its numbers, and what it draws outside of any mark."""

    numbers: list[int] = field(default_factory=list)
    flaws: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, file: pikepdf.Pdf) -> None:
        self._file = file
        self._root: Any = file.Root

    def elements(self) -> Iterator[tuple[int, Any]]:
        """Yield the elements from the top, with how deep each lies."""
        yield from self._below(self._root.StructTreeRoot, 0)

    def _below(self, parent: Any, depth: int) -> Iterator[tuple[int, Any]]:
        for kid in kids_of(parent):
            if _is_element(kid):
                yield depth, kid
                yield from self._below(kid, depth + 1)

    def flaws(self) -> Iterator[str]:
        yield from self._document_flaws()
        yield from self._page_flaws()
        yield from self._tree_flaws()
        yield from self._heading_flaws()
        yield from self._field_flaws()

    def _document_flaws(self) -> Iterator[str]:
        root = self._root
        if not str(root.get("/Lang", "")):
            yield "The file does not say its language."
        if not bool(root.get("/MarkInfo", Dictionary()).get("/Marked", False)):
            yield "The file does not say that it is tagged."
        if not bool(root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False)):
            yield "Readers show the name of the file instead of its title."
        if not str(self._file.docinfo.get("/Title", "")):
            yield "The file has no title."

    def _page_flaws(self) -> Iterator[str]:
        parents = self._parents()
        known = {(self._page_at(page), number) for page, number in self._places()}
        for at, page in enumerate(self._file.pages):
            if page.obj.get("/Tabs") != Name.S:
                yield f"Page {at}: fields are not visited in the order of the tags."
            if "/Trans" in page.obj:
                yield f"Page {at}: has a transition."
            marked = _read_page(page)
            yield from (f"Page {at}: {flaw}" for flaw in marked.flaws)
            owners = parents.get(int(page.obj.get("/StructParents", -1)))
            if owners is None or len(owners) != len(marked.numbers):
                yield f"Page {at}: the tree knows other marks than the page has."
            if sorted(marked.numbers) != list(range(len(marked.numbers))):
                yield f"Page {at}: the numbers of its marks have gaps or come twice."
            for number in marked.numbers:
                if (at, number) not in known:
                    yield f"Page {at}: mark {number} belongs to no element."
                elif owners is not None and not self._holds(owners[number], at, number):
                    yield f"Page {at}: the owner of mark {number} does not know it."
        counted = sum(len(_read_page(page).numbers) for page in self._file.pages)
        if counted != len(known):
            yield "Elements name marks that no page has."

    def _tree_flaws(self) -> Iterator[str]:
        for _, element in self.elements():
            role = str(element.S)
            parts = [str(kid.S) for kid in kids_of(element) if _is_element(kid)]
            if role in _HOLDS and not set(parts) <= _HOLDS[role]:
                yield f"{role} holds {parts}."
            if role in _INSIDE and str(element.P.S) != _INSIDE[role]:
                yield f"{role} stands in {element.P.S}."
            if role == "/TH" and str(element.A.get("/Scope")) not in {"/Row", "/Column"}:
                yield "A header of a table says not for what."
            if role == "/Figure" and not (str(element.get("/Alt", "")) and "/BBox" in element.A):
                yield "A figure says not what it shows, or not where."
            if role == "/Table":
                widths = {len(list(kids_of(row))) for row in kids_of(element) if _is_element(row)}
                if len(widths) != 1:
                    yield f"A table has rows of {widths} cells."

    def _heading_flaws(self) -> Iterator[str]:
        levels = [
            _HEADINGS[str(element.S)]
            for _, element in self.elements()
            if str(element.S) in _HEADINGS
        ]
        if levels.count(1) != 1 or levels[0] != 1:
            yield f"The headings begin with {levels[:1]} and {levels.count(1)} are titles."
        for before, after in pairwise(levels):
            if after > before + 1:
                yield f"A heading of level {after} follows one of {before}."

    def _field_flaws(self) -> Iterator[str]:
        parents = self._parents()
        for at, page in enumerate(self._file.pages):
            for widget in page.obj.get("/Annots", []):
                form = parents.get(int(widget.get("/StructParent", -1)))
                if form is None or str(form.S) != "/Form":
                    yield f"Page {at}: a field belongs to no form in the tree."
                    continue
                (own,) = kids_of(form)
                if own.get("/Obj") != widget or "/Alt" not in form:
                    yield f"Page {at}: a form does not name its field."
                left, _, right, _ = (float(one) for one in widget.Rect)
                if right > left and "/AP" not in widget:
                    yield f"Page {at}: a field that takes room has nothing to show."
                if not all(key in widget for key in ("/TU", "/Contents")):
                    yield f"Page {at}: a field says not what it is for."
                if int(widget.F) != 4:
                    yield f"Page {at}: a field is not printed."

    def _places(self) -> Iterator[tuple[Any, int]]:
        for _, element in self.elements():
            for kid in kids_of(element):
                if isinstance(kid, int):
                    yield element.Pg, kid
                elif "/MCID" in kid:
                    yield kid.Pg, int(kid.MCID)

    def _holds(self, element: Any, page: int, number: int) -> bool:
        for kid in kids_of(element):
            if isinstance(kid, int):
                if kid == number and self._page_at(element.Pg) == page:
                    return True
            elif (
                kid.get("/Type") == Name.MCR
                and int(kid.MCID) == number
                and self._page_at(kid.Pg) == page
            ):
                return True
        return False

    def _page_at(self, page: Any) -> int:
        return next(at for at, one in enumerate(self._file.pages) if one.obj.objgen == page.objgen)

    def _parents(self) -> dict[int, Any]:
        numbers = list(self._root.StructTreeRoot.ParentTree.Nums)
        return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def kids_of(parent: Any) -> Iterator[Any]:
    """Yield what an element holds, whether it is one thing or many."""
    kids = parent.get("/K")
    if kids is None:
        return
    yield from kids if isinstance(kids, pikepdf.Array) else [kids]


def _is_element(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def _read_page(page: pikepdf.Page) -> _Marked:
    found = _Marked()
    open_marks: list[bool] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            tag = str(instruction.operands[0])
            properties = instruction.operands[1] if operator == "BDC" else Dictionary()
            is_numbered = "/MCID" in properties
            is_mark = is_numbered or tag == "/Artifact"
            if is_mark and any(open_marks):
                found.flaws.append(f"{tag} is marked inside another mark.")
            if is_numbered:
                found.numbers.append(int(properties["/MCID"]))
            elif tag not in {"/Artifact", "/Span"}:
                found.flaws.append(f"{tag} has no number.")
            # One without a number only tells how what is drawn is read.
            open_marks.append(is_mark)
        elif operator == "EMC":
            if not open_marks:
                found.flaws.append("A mark ends that never began.")
            else:
                open_marks.pop()
        elif operator in _PAINTS and not any(open_marks):
            found.flaws.append(f"{operator} draws outside of any mark.")
    if open_marks:
        found.flaws.append("A mark never ends.")
    return found
