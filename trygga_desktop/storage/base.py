"""The declarative base and the column types every record shares."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Date, DateTime, Dialect, MetaData, TypeDecorator, Uuid
from sqlalchemy.orm import DeclarativeBase

T = TypeVar("T")

NOBODY = UUID(int=0)
# Constraints need stable names, or SQLite batch migrations cannot drop them.
NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _or_else(read: Callable[[Any], T], default: T) -> Callable[[Any], T | None]:
    """Return what reads one value; what cannot be read comes out as `default`."""

    def read_anything(value: Any) -> T | None:
        try:
            return None if value is None else read(value)
        except (ValueError, TypeError, AttributeError):
            return default

    return read_anything


def _spelled(found: T, spelling: str, value: object) -> T:
    """Return what was found. Spelled otherwise than we do, it would stand elsewhere in lists."""
    if spelling != value:
        raise ValueError("not spelled as it is stored")
    return found


class UtcDateTime(TypeDecorator[datetime]):
    """Store aware datetimes as UTC; refuse naive ones.

    What is none in the file comes out as the first that there is, and stops no other row.
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to naive UTC on the way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC).replace(tzinfo=None)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None]:
        """Return what reads one value, and puts the time zone back."""

        def read(value: Any) -> datetime:
            found = datetime.fromisoformat(value).replace(tzinfo=None)
            return _spelled(found, found.isoformat(" ", "microseconds"), value).replace(tzinfo=UTC)

        return _or_else(read, datetime.min.replace(tzinfo=UTC))


class Day(TypeDecorator[date]):
    """A day. What is none in the file comes out as the first that there is."""

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None]:
        """Return what reads one value."""

        def read(value: Any) -> date:
            found = date.fromisoformat(value)
            return _spelled(found, found.isoformat(), value)

        return _or_else(read, date.min)


class Id(Uuid[UUID]):
    """A random id. What is none in the file comes out as nobody's, and stops no other row."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], UUID | None]:
        """Return what reads one value."""
        return _or_else(UUID, NOBODY)


class Base(DeclarativeBase):
    """Base of every record. Its repr shows the key only, never personal data."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime(), date: Day(), UUID: Id()}

    def __repr__(self) -> str:
        """Name the row without its contents, so that logs stay clean."""
        key: Any = getattr(self, "id", None)
        return f"<{type(self).__name__} {key}>"
