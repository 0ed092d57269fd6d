"""What the parts of a document are, in the order in which they are read: PDF's tags, as a tree.

Blocks say it, the layout builds it, the canvas notes where on the pages each part stands.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a part of a document is: PDF's standard structure types that are used here."""

    DOCUMENT = "Document"
    SECTION = "Sect"
    TITLE = "H1"
    HEADING = "H2"
    SUBHEADING = "H3"
    PARAGRAPH = "P"
    QUOTE = "BlockQuote"
    LIST = "L"
    LIST_ITEM = "LI"
    LABEL = "Lbl"
    LIST_BODY = "LBody"
    TABLE = "Table"
    ROW = "TR"
    HEADER = "TH"
    CELL = "TD"
    GROUP = "Div"
    FORM = "Form"
    FIGURE = "Figure"
    SPAN = "Span"


class Scope(StrEnum):
    """Which cells a header of a table speaks for."""

    COLUMN = "Column"
    ROW = "Row"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of marked content: the page, counted from 0, and its number on it."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Widget:
    """A field to sign in, by its own number among those of the document."""

    page: int
    number: int


@dataclass(slots=True, eq=False, kw_only=True)
class Element:
    """A part of a document with its parts in reading order. `alternative` is said instead of it.

    `spoken` is its text where that cannot be taken from what is drawn. A list `is_numbered` where
    the order of its items counts. `kids` is added to while the document is laid out and drawn, and
    `bounds`, the corners of a figure on its page, are known then.
    """

    role: Role
    scope: Scope | None = None
    alternative: str = ""
    spoken: str = ""
    is_numbered: bool = False
    bounds: tuple[float, float, float, float] | None = None
    kids: list["Element | Place | Widget"] = field(default_factory=list)

    def add(self, role: Role, *, scope: Scope | None = None, alternative: str = "") -> "Element":
        """Add a part after the others and return it."""
        added = Element(role=role, scope=scope, alternative=alternative)
        self.kids.append(added)
        return added

    def add_text(self, spoken: str) -> "Element":
        """Add a piece of text and return it. An empty one is what is drawn."""
        added = Element(role=Role.SPAN, spoken=spoken)
        self.kids.append(added)
        return added


class Structure:
    """The tree of one document, and where in it the next block goes.

    The first heading is the title. Below it no level is left out.
    """

    def __init__(self) -> None:
        self.document = Element(role=Role.DOCUMENT)
        self._here = self.document
        # How deep the heading lies that the next block stands under.
        self._level = 0

    @property
    def here(self) -> Element:
        """Return the section that is open, or the document before the first one."""
        return self._here

    def add_title(self) -> Element:
        """Return the title of the document. One that comes later is a heading."""
        if self._level > 0:
            return self.open_section()
        self._level = 1
        return self._here.add(Role.TITLE)

    def open_section(self) -> Element:
        """Begin a section, which ends the one before it, and return its heading."""
        self._here = self.document.add(Role.SECTION)
        role = _LEVELS[min(self._level, 1)]
        self._level = _LEVELS.index(role) + 1
        return self._here.add(role)

    def add_subsection(self) -> tuple[Element, Element]:
        """Add a section inside the open one; return it and its heading."""
        inside = self._here.add(Role.SECTION)
        heading = inside.add(_LEVELS[self._level])
        self._level = max(self._level, 1)
        return inside, heading


_LEVELS = (Role.TITLE, Role.HEADING, Role.SUBHEADING)
