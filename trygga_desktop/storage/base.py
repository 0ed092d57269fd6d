"""The declarative base and the column types every record shares."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator, Uuid
from sqlalchemy.orm import DeclarativeBase

NOBODY = UUID(int=0)
# Constraints need stable names, or SQLite batch migrations cannot drop them.
NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Store aware datetimes as UTC; refuse naive ones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to naive UTC on the way in."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Put the time zone back on the way out."""
        return None if value is None else value.replace(tzinfo=UTC)


class Id(Uuid[UUID]):
    """A random id. What is none in the file comes out as nobody's, and stops no other row."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], UUID | None]:
        """Return what reads one value."""

        def read(value: Any) -> UUID | None:
            if value is None:
                return None
            try:
                return UUID(value)
            except (ValueError, TypeError, AttributeError):
                return NOBODY

        return read


class Base(DeclarativeBase):
    """Base of every record. Its repr shows the key only, never personal data."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime(), UUID: Id()}

    def __repr__(self) -> str:
        """Name the row without its contents, so that logs stay clean."""
        key: Any = getattr(self, "id", None)
        return f"<{type(self).__name__} {key}>"
