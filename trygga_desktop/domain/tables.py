"""Tables of the catalogue as frozen dataclasses: the fields of a class are the columns of a table.

What a column may hold stands in its type. A column without a default must be there, a column that
the class does not have must not. What is wrong raises CatalogueError, and nothing else does.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import (
    Annotated,
    ClassVar,
    Generic,
    NamedTuple,
    Protocol,
    TypeVar,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from trygga_desktop.domain.errors import TryggaError
from trygga_desktop.domain.words import FIRST_LANGUAGE, Words


class _Row(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Field[object]]]


T = TypeVar("T")
R = TypeVar("R", bound=_Row)


class Flaw(StrEnum):
    """What is wrong with a catalogue."""

    MISSING_FILE = "missing_file"
    UNKNOWN_FILE = "unknown_file"
    WRONG_SCHEMA = "wrong_schema"
    MISSING_FIELD = "missing_field"
    UNKNOWN_FIELD = "unknown_field"
    WRONG_TYPE = "wrong_type"
    WRONG_FORM = "wrong_form"
    MISSING_TEXT = "missing_text"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_CODE = "unknown_code"
    DUPLICATE = "duplicate"
    MISSING_ROW = "missing_row"
    AGES = "ages"
    MINUTES = "minutes"
    VOICE_NOT_SECOND = "voice_not_second"
    CONTRADICTION = "contradiction"


class CatalogueError(TryggaError):
    """A catalogue cannot be used. Where and why, in codes of the catalogue.

    `entry` is the code of the row, and empty where it has none or the file itself is meant. `field`
    is empty for the row itself. Parts are told as in `signers.2.mark`, counted from 1.
    """

    def __init__(self, *, file: str, entry: str = "", field: str = "", flaw: Flaw) -> None:
        super().__init__(file, entry, field, flaw)
        self.file = file
        self.entry = entry
        self.field = field
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Check(Generic[T]):
    """What must hold of a column's value, and the flaw where it does not."""

    flaw: Flaw
    holds: Callable[[T], object]


@dataclass(frozen=True, slots=True)
class CodeOf:
    """The column names a row of another table, `file.table`, or is one of some words beside."""

    table: str
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class In:
    """In which file a field of the catalogue stands, and under which name."""

    file: str
    key: str


@dataclass(frozen=True, slots=True)
class Key:
    """What the column is called in the file, where that would say too little in the program."""

    name: str


_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_ICON = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
# Control characters, all but the end of a line, and halves of characters.
_UNREADABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def between(least: int, most: int) -> Check[int]:
    """Return the check that a number is neither below nor above."""
    return Check(Flaw.OUT_OF_RANGE, lambda number: least <= number <= most)


FILLED: Check[Sequence[object]] = Check(Flaw.MISSING_ROW, len)
"""The check that a list has something in it."""

Code = Annotated[str, Check(Flaw.WRONG_FORM, _CODE.fullmatch)]
Icon = Annotated[str, Check(Flaw.WRONG_FORM, _ICON.fullmatch)]
Text = Annotated[str, Check(Flaw.MISSING_TEXT, str.strip)]
Order = Annotated[int, between(1, 999)]
Age = Annotated[int, between(0, 120)]
Months = Annotated[int, between(1, 120)]

AgencyCode = Annotated[str, CodeOf("agencies.agency")]
CategoryCode = Annotated[str, CodeOf("categories.category")]
RoleCode = Annotated[str, CodeOf("roles.meeting_role")]
TemplateCode = Annotated[str, CodeOf("agendas.template")]


def _told(name: object) -> str:
    return name if isinstance(name, str) and _CODE.fullmatch(name) else ""


class _Place(NamedTuple):
    """Where in a catalogue something stands.

    There are thousands in each catalogue, and their names are put together for an error alone.
    """

    file: str
    entry: str = ""
    name: str | int = ""
    around: "_Place | None" = None

    def field(self, name: object) -> "_Place":
        # A name that no field could have is anybody's text: it is not told.
        return _Place(self.file, self.entry, name if isinstance(name, str) else "", self)

    def element(self, number: int, plain: object) -> "_Place":
        if not self.entry:
            code = plain.get("code") if isinstance(plain, Mapping) else None
            if isinstance(code, str) and _CODE.fullmatch(code):
                return _Place(self.file, code)
        return _Place(self.file, self.entry, number, self)

    def error(self, flaw: Flaw) -> CatalogueError:
        path = list[str]()
        at: _Place | None = self
        while at is not None:
            path.append(str(at.name) if isinstance(at.name, int) else _told(at.name))
            at = at.around
        field = ".".join(filter(None, reversed(path)))
        return CatalogueError(file=self.file, entry=self.entry, field=field, flaw=flaw)


_Reading = Callable[["_Reader", object, _Place], object]
"""What reads a value of one type from what stands in a file."""


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    key: str
    read: _Reading
    default: object
    file: str

    def is_told(self, value: object) -> bool:
        """Tell whether the value must be written: what a column has by default need not be."""
        return self.default is MISSING or value != self.default


@cache
def _columns(row_type: type[_Row]) -> tuple[_Column, ...]:
    hints = get_type_hints(row_type, include_extras=True)
    return tuple(_column(one.name, hints[one.name], one.default) for one in fields(row_type))


def _column(name: str, hint: object, default: object) -> _Column:
    key, file = name, ""
    for rule in getattr(hint, "__metadata__", ()):
        match rule:
            case Key():
                key = rule.name
            case In():
                key, file = rule.key, rule.file
            case _:
                pass
    return _Column(name=name, key=key, read=_reading(hint), default=default, file=file)


def file_names(kind: type[_Row]) -> tuple[str, ...]:
    """Return the names of the files that hold such a catalogue, without their ending."""
    return tuple(dict.fromkeys(column.file for column in _columns(kind)))


def read_files(kind: type[R], tables: object) -> R:
    """Return the catalogue that these tables hold, by name of file."""
    reader = _Reader()
    found: dict[str, object] = {}
    names = file_names(kind)
    plain = _table(tables, _Place(""))
    for name in plain:
        if name not in names:
            raise _Place(_told(name)).error(Flaw.UNKNOWN_FILE)
    for name in names:
        place = _Place(name)
        if name not in plain:
            raise place.error(Flaw.MISSING_FILE)
        columns = tuple(column for column in _columns(kind) if column.file == name)
        found |= reader.read_file(columns, plain[name], place)
    reader.check_references()
    return kind(**found)


def write_files(catalogue: _Row) -> dict[str, dict[str, object]]:
    """Return the tables of a catalogue as values that JSON can hold, as `read_files` takes them."""
    tables: dict[str, dict[str, object]] = {}
    for column in _columns(type(catalogue)):
        table = tables.setdefault(column.file, {"schema": _schema(column.file)})
        table[column.key] = _plain(getattr(catalogue, column.name))
    return tables


def _schema(file: str) -> str:
    return f"trygga.catalogue.{file}/1"


def _plain(value: object) -> object:
    match value:
        case tuple():
            return [_plain(one) for one in value]
        case Words():
            return dict(value.texts)
        case StrEnum() | date():
            return str(value)
        case str() | int():
            return value
        case _:
            return _plain_row(cast("_Row", value))


def _plain_row(row: _Row) -> dict[str, object]:
    values = ((column, getattr(row, column.name)) for column in _columns(type(row)))
    return {column.key: _plain(value) for column, value in values if column.is_told(value)}


class _Reader:
    """Reads one file after the other, and then compares what they say of each other."""

    def __init__(self) -> None:
        self._codes: dict[str, frozenset[str]] = {}
        self._references: list[tuple[_Place, CodeOf, str]] = []

    def read_file(
        self, columns: tuple[_Column, ...], plain: object, place: _Place
    ) -> dict[str, object]:
        table = _table(plain, place)
        if table.get("schema") != _schema(place.file):
            raise place.field("schema").error(Flaw.WRONG_SCHEMA)
        found = self.read_row(columns, {key: table[key] for key in table if key != "schema"}, place)
        for column in columns:
            rows = found[column.name]
            if isinstance(rows, tuple):
                codes = frozenset(str(getattr(row, "code", "")) for row in rows)
                self._codes[f"{place.file}.{column.key}"] = codes
        return found

    def check_references(self) -> None:
        for place, target, code in self._references:
            if code not in self._codes[target.table] and code not in target.also:
                raise place.error(Flaw.UNKNOWN_CODE)

    def read_row(
        self, columns: tuple[_Column, ...], table: Mapping[object, object], place: _Place
    ) -> dict[str, object]:
        known = {column.key for column in columns}
        for key in table:
            if key not in known:
                raise place.field(key).error(Flaw.UNKNOWN_FIELD)
        found: dict[str, object] = {}
        for column in columns:
            here = place.field(column.key)
            if column.key in table:
                found[column.name] = column.read(self, table[column.key], here)
            elif column.default is MISSING:
                raise here.error(Flaw.MISSING_FIELD)
        return found

    def refer(self, place: _Place, target: CodeOf, code: str) -> None:
        self._references.append((place, target, code))


def _reading(hint: object) -> _Reading:
    """Return what reads a value of this type. A type is looked into once, and not per value."""
    inner = get_args(hint)
    if get_origin(hint) is Annotated:
        return _reading_checked(inner)
    if NoneType in inner:
        # A column that may be absent; where it stands, it says something.
        return _reading(inner[0])
    if get_origin(hint) is tuple:
        return _reading_list(_reading(inner[0]))
    if isinstance(hint, type) and is_dataclass(hint) and hint is not Words:
        return lambda reader, plain, place: hint(
            **reader.read_row(_columns(hint), _table(plain, place), place)
        )
    return _reading_scalar(hint)


def _reading_checked(annotated: tuple[object, ...]) -> _Reading:
    read = _reading(annotated[0])
    checks = [rule for rule in annotated[1:] if isinstance(rule, Check)]
    targets = [rule for rule in annotated[1:] if isinstance(rule, CodeOf)]

    def checked(reader: _Reader, plain: object, place: _Place) -> object:
        found = read(reader, plain, place)
        for check in checks:
            if not check.holds(found):
                raise place.error(check.flaw)
        for target in targets:
            reader.refer(place, target, str(found))
        return found

    return checked


def _reading_list(read: _Reading) -> _Reading:
    def listed(reader: _Reader, plain: object, place: _Place) -> tuple[object, ...]:
        if not isinstance(plain, list):
            raise place.error(Flaw.WRONG_TYPE)
        places = [place.element(number, one) for number, one in enumerate(plain, start=1)]
        found = [read(reader, one, here) for one, here in zip(plain, places, strict=True)]
        _refuse_twins(found, places)
        return tuple(sorted(found, key=lambda one: getattr(one, "order", 0)))

    return listed


def _reading_scalar(hint: object) -> _Reading:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda _, plain, place: _choice(hint, plain, place)
    if hint is Words:
        return lambda _, plain, place: _words(plain, place)
    if hint is date:
        return lambda _, plain, place: _date(plain, place)
    if hint is str:
        return lambda _, plain, place: _text(plain, place)

    # What is left are numbers and yes or no; to Python, yes is a number too.
    def exact(_: _Reader, plain: object, place: _Place) -> object:
        if type(plain) is not hint:
            raise place.error(Flaw.WRONG_TYPE)
        return plain

    return exact


def _refuse_twins(found: Sequence[object], places: Sequence[_Place]) -> None:
    for key in ("code", "order", None):
        seen: set[object] = set()
        for one, place in zip(found, places, strict=True):
            mark = one if key is None else getattr(one, key, None)
            if mark in seen:
                raise (place if key is None else place.field(key)).error(Flaw.DUPLICATE)
            if mark is not None:
                seen.add(mark)


def _table(plain: object, place: _Place) -> Mapping[object, object]:
    if not isinstance(plain, Mapping):
        raise place.error(Flaw.WRONG_TYPE)
    return plain


def _text(plain: object, place: _Place) -> str:
    if not isinstance(plain, str):
        raise place.error(Flaw.WRONG_TYPE)
    if _UNREADABLE.search(plain):
        raise place.error(Flaw.WRONG_FORM)
    return plain


def _choice(choices: type[StrEnum], plain: object, place: _Place) -> StrEnum:
    try:
        return choices(_text(plain, place))
    except ValueError:
        raise place.error(Flaw.UNKNOWN_CODE) from None


def _words(plain: object, place: _Place) -> Words:
    texts: dict[str, str] = {}
    for language, text in _table(plain, place).items():
        here = place.field(language)
        if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
            raise here.error(Flaw.UNKNOWN_FIELD)
        texts[language] = _text(text, here)
        if not texts[language].strip():
            raise here.error(Flaw.MISSING_TEXT)
    if FIRST_LANGUAGE not in texts:
        raise place.field(FIRST_LANGUAGE).error(Flaw.MISSING_TEXT)
    return Words(texts=tuple(sorted(texts.items())))


def _date(plain: object, place: _Place) -> date:
    # TOML has days of its own; as stored, a day is its ISO text.
    if type(plain) is date:
        return plain
    text = _text(plain, place)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise place.error(Flaw.WRONG_FORM) from None
    if day.isoformat() != text:
        raise place.error(Flaw.WRONG_FORM)
    return day
