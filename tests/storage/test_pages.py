"""One digest tells of every page, in the file and in its log, and of each whether it is whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from trygga_desktop.storage.engine import (
    PAGE_BYTES,
    FileKey,
    checkpoint,
    create_file,
    open_engine,
)
from trygga_desktop.storage.pages import Pages, find_damaged
from trygga_desktop.storage.wal import Log, log_of, read_added, read_log

KEY = FileKey(key=bytes(range(32)), salt=bytes(range(16)))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "vault.db"
    create_file(path, KEY)
    return path


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    opened = open_engine(database, KEY)
    with opened.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE told (words TEXT)")
    yield opened
    opened.dispose()


@pytest.fixture
def filled(engine: Engine) -> Engine:
    tell(engine, 50_000)
    checkpoint(engine)
    return engine


def tell(engine: Engine, characters: int) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(f"INSERT INTO told VALUES (hex(randomblob({characters // 2})))")


def forget(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM told")
    with engine.connect() as connection:
        connection.rollback()
    raw = engine.raw_connection()
    raw.cursor().execute("VACUUM")
    raw.close()


def test_what_is_followed_comes_to_the_same_as_what_is_read_anew(
    database: Path, engine: Engine
) -> None:
    pages = Pages(database)
    seen = [pages.content()]
    # Longer than the pages that are digested together, and shorter again.
    for action in (
        lambda: tell(engine, 100),
        lambda: tell(engine, 3_000_000),
        lambda: tell(engine, 100),
        lambda: forget(engine),
        lambda: tell(engine, 100),
    ):
        action()
        seen.append(pages.content())
        assert seen[-1] == Pages(database).content()

    assert len(set(seen)) == len(seen)
    assert max(one.count for one in seen) > 700 > seen[-1].count


def test_moving_the_log_into_the_file_changes_no_content(database: Path, engine: Engine) -> None:
    tell(engine, 50_000)
    pages = Pages(database)
    before = pages.content()
    assert pages.frames > 0

    assert checkpoint(engine)
    pages.log_was_emptied()

    assert pages.content() == Pages(database).content() == before
    tell(engine, 100)
    assert pages.content() == Pages(database).content() != before


def test_a_log_that_somebody_else_emptied_is_noticed(database: Path, engine: Engine) -> None:
    pages = Pages(database)
    pages.content()
    tell(engine, 50_000)
    checkpoint(engine)
    tell(engine, 100)

    assert pages.content() == Pages(database).content()


def test_a_page_of_earlier_is_another_content_and_no_damage(database: Path, engine: Engine) -> None:
    tell(engine, 100)
    checkpoint(engine)
    earlier = database.read_bytes()
    tell(engine, 100)
    checkpoint(engine)
    engine.dispose()
    whole = Pages(database).content()
    data = bytearray(database.read_bytes())
    for start in range(0, len(data), PAGE_BYTES):
        old = earlier[start : start + PAGE_BYTES]
        if data[start : start + PAGE_BYTES] != old:
            database.write_bytes(data[:start] + old + data[start + PAGE_BYTES :])
            assert Pages(database).content() != whole
            assert find_damaged(database, KEY) == []


@pytest.mark.usefixtures("filled")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(data=st.data())
def test_any_flipped_bit_but_of_the_salt_damages_its_page(
    database: Path, data: st.DataObject
) -> None:
    whole = database.read_bytes()
    at = data.draw(st.integers(16, len(whole) - 1))
    damaged = bytearray(whole)
    damaged[at] ^= 1 << data.draw(st.integers(0, 7))
    copy = database.with_name("copy.db")
    copy.write_bytes(damaged)

    assert find_damaged(copy, KEY) == [at // PAGE_BYTES + 1]
    assert find_damaged(database, KEY) == []


def test_pages_that_are_missing_are_missed(database: Path, engine: Engine) -> None:
    tell(engine, 50_000)
    checkpoint(engine)
    pages = Pages(database)
    count = pages.content().count
    assert not pages.lacks_some(count)
    assert pages.lacks_some(count + 1)
    assert not pages.ends_within_a_page

    copy = database.with_name("copy.db")
    copy.write_bytes(database.read_bytes()[:-100])
    short = Pages(copy)
    assert short.content().count == count - 1
    assert short.ends_within_a_page


def test_a_missing_or_empty_log_holds_nothing(tmp_path: Path) -> None:
    assert read_log(tmp_path / "none") == Log()
    (tmp_path / "none").touch()
    assert read_log(tmp_path / "none") == Log()
    assert read_added(tmp_path / "none", b"", 0) is None


@pytest.mark.parametrize("size", [1, 31, 32, 5000])
def test_a_log_that_is_none_is_torn_from_its_beginning(tmp_path: Path, size: int) -> None:
    (tmp_path / "log").write_bytes(b"x" * size)
    log = read_log(tmp_path / "log")
    assert (log.is_there, log.frames, log.is_torn) == (True, (), True)


def test_damage_in_a_log_leaves_out_what_comes_after_it(database: Path, engine: Engine) -> None:
    for _ in range(5):
        tell(engine, 100)
    path = log_of(database)
    whole = path.read_bytes()
    frames = read_log(path).frames
    assert not read_log(path).is_torn
    copy = path.with_name("copy-wal")
    ends = [number + 1 for number, frame in enumerate(frames) if frame.size]
    for number in range(len(frames)):
        damaged = bytearray(whole)
        damaged[32 + number * (24 + PAGE_BYTES) + 1000] ^= 4
        copy.write_bytes(damaged)
        log = read_log(copy)
        kept = max((end for end in ends if end <= number), default=0)
        assert log.frames == frames[:kept]
        assert log.is_torn


def test_what_a_former_use_of_a_log_left_behind_is_no_damage(
    database: Path, engine: Engine
) -> None:
    tell(engine, 50_000)
    former = log_of(database).read_bytes()
    checkpoint(engine)
    tell(engine, 100)
    path = log_of(database)
    present = path.read_bytes()
    copy = path.with_name("copy-wal")
    copy.write_bytes(present + former[len(present) :])

    assert read_log(copy) == read_log(path)
    assert not read_log(copy).is_torn
