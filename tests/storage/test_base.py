"""Times and days come back from the file as they went in, and what is none stops nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Engine, MetaData, Table, create_engine, insert, select
from sqlalchemy.exc import StatementError

from trygga_desktop.storage.base import NOBODY, Day, Id, UtcDateTime

KEPT = Table(
    "kept", MetaData(), Column("at", UtcDateTime()), Column("day", Day()), Column("who", Id())
)
AT = datetime(2026, 11, 26, 6, 51, 0, 7, tzinfo=UTC)
FIRST = (datetime.min.replace(tzinfo=UTC), date.min, NOBODY)


@pytest.fixture
def engine() -> Iterator[Engine]:
    """A file with one table."""
    opened = create_engine("sqlite://")
    KEPT.metadata.create_all(opened)
    yield opened
    opened.dispose()


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (AT, date(2026, 11, 26)),
        (AT.astimezone(timezone(timedelta(hours=2))), date(2024, 2, 29)),
        (datetime.min.replace(tzinfo=UTC), date.min),
        (datetime.max.replace(tzinfo=UTC), date.max),
        (None, None),
    ],
)
def test_what_was_stored_comes_back(engine: Engine, at: datetime | None, day: date | None) -> None:
    with engine.begin() as connection:
        connection.execute(insert(KEPT).values(at=at, day=day))
        ((found_at, found_day, who),) = connection.execute(select(KEPT)).all()

    assert (found_at, found_day, who) == (at, day, None)
    assert found_at is None or found_at.tzinfo is UTC


def test_a_time_without_a_zone_is_not_stored(engine: Engine) -> None:
    with engine.begin() as connection, pytest.raises(StatementError, match="naive"):
        connection.execute(insert(KEPT).values(at=AT.replace(tzinfo=None)))


@pytest.mark.parametrize(
    "odd",
    [
        "'abc'",
        "''",
        "7",
        "1.5",
        "x'00'",
        "'20261126'",
        "'2026-11-26T06:51:00.000007'",
        "'2026-11-26 06:51:00.000007+00:00'",
        "'2026-11-26 06:51:00'",
        "'2026-W48-4'",
        "'10000-01-01'",
    ],
)
def test_what_is_none_comes_out_as_the_first_there_is_and_stops_no_other_row(
    engine: Engine, odd: str
) -> None:
    with engine.begin() as connection:
        connection.execute(insert(KEPT).values(at=AT, day=AT.date()))
        connection.exec_driver_sql(f"INSERT INTO kept VALUES ({odd}, {odd}, {odd})")
        rows = connection.execute(select(KEPT)).all()

    assert [tuple(row) for row in rows] == [(AT, AT.date(), None), FIRST]
