"""What a page is made of. Blocks say what stands there and what it is, never how it looks.

Their texts are as people wrote them; whoever draws them makes them harmless.
"""

from dataclasses import dataclass
from enum import StrEnum

from trygga_desktop.domain.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What binds every page to one file: a code to type, lines of digits, a square to scan.

    `payload` is what the square says: capitals, digits and colons alone, so that it stays small.
    """

    label: str
    code: str
    lines: tuple[str, ...]
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFrame:
    """What stands on every page: two texts at the top from page 2 on, and what is at the foot."""

    head_left: str = ""
    head_right: str = ""
    foot: str = ""
    control: Control | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The top of the first page: whose document it is, of what kind, its title, who it is about.

    `arms` are those of whoever's document it is. Its name stands beside them, so they say nothing.
    """

    text: str
    organisation: str = ""
    kind: str = ""
    subtitle: str = ""
    arms: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The title of a section, with its number where it has one. It stays with what follows."""

    text: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text. Line breaks stay; an empty line parts paragraphs.

    What `leads` to what comes after it ends on the page where that begins.
    """

    text: str
    leads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyValue:
    """One label with its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyValues:
    """Labels with their values, two beside each other, read from left to right."""

    pairs: tuple[KeyValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table. Widths share the line in proportion to each other."""

    title: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a header that returns on every page. Each row has one text for each column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        """Refuse a row that does not fit the columns: a cell would be lost."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("A row has more or fewer cells than the table has columns.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A text under the name of whom it comes from."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What somebody said in their own words, set off from what others say.

    What `leads` to what comes after it ends on the page where that begins.
    """

    text: str
    label: str
    leads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A text beside a decision under a label that says who does not agree."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A box with its label, who decided and what, and with whoever does not agree beside it."""

    label: str
    agency: str
    text: str
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


class Drawing(StrEnum):
    """A small drawing beside a heading, for the eye alone."""

    TARGET = "target"
    STAR = "star"
    PERSON = "person"
    PEOPLE = "people"
    FIGURES = "figures"
    CALENDAR = "calendar"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A figure on a scale from 1, what it was first and last, and all that in words.

    The words say everything; the scale that is drawn beside them says it to the eye.
    """

    name: str
    words: str
    first: int
    last: int
    scale: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Figures over time under a name. `told` says all of it to whoever does not see it.

    The first of each point, each of the `ticks` below the line: how far from the left edge, from 0
    to 1. A point without a figure parts the line.
    """

    name: str
    told: str
    points: tuple[tuple[float, int | None], ...]
    ticks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Charts:
    """Small charts on one scale and one stretch of time, two beside each other.

    `days` stand below each of them where there is room, the first and the last one always.
    """

    charts: tuple[Chart, ...]
    lowest: int
    highest: int
    days: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeText:
    """Texts in large letters, for whoever reads little: under a heading with a drawing beside it.

    Without a title they are running text. `items` are a list below the `texts`, `trends` figures.
    """

    title: str = ""
    drawing: Drawing | None = None
    items: tuple[str, ...] = ()
    trends: tuple[Trend, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The groups of a code, each with its number, large enough to be read aloud. Kept together."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLine:
    """A line to sign on, with the role and the printed name under it."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLines:
    """Lines to sign on, each kept whole. `beside` names the shorter line beside each of them.

    With `field`, the word for a signature, each has a field that can be signed on a screen.
    """

    lines: tuple[SignatureLine, ...]
    beside: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What is said of the seal, kept together, and the field that it goes into.

    The field takes no room; `field` is what readers say of it.
    """

    text: str
    pairs: tuple[KeyValue, ...]
    field: str


Block = (
    PageFrame
    | Title
    | Heading
    | Paragraph
    | KeyValues
    | Table
    | Statement
    | OwnWords
    | Decision
    | Bullets
    | Charts
    | LargeText
    | Groups
    | SignatureLines
    | Seal
)
