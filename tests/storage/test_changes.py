"""Tables are told to hold what they held before only while nobody at all has written into them."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, text, update

from tests.domain.facts import ATTENDANCE
from tests.insider import without_triggers
from tests.storage.shelf import Shelf
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import Commitment
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import ConflictError
from trygga_desktop.storage.changes import Changes, Stamp
from trygga_desktop.storage.records.cases import CaseRecord
from trygga_desktop.storage.records.meetings import CommitmentRecord

FIRST = UUID(int=501)
TABLES = frozenset({"commitment", "case"})


def promise(shelf: Shelf) -> Commitment:
    """Store a promise in the first case."""
    item = replace(ATTENDANCE, id=FIRST, case_id=shelf.case_id)
    one = Commitment(
        id=FIRST,
        case_id=shelf.case_id,
        responsible="Lena Ek",
        organisation_id=None,
        due_on=ATTENDANCE.known_on,
    )
    with shelf.vault.work() as work:
        part = work.compartments.of_file(shelf.case_id)[CompartmentKind.CASE]
        work.items.add(item, part, work.compartments.key(part), sequence=work.sequence)
        work.commitments.add(shelf.case_id, one)
        shelf.commit(work)
    return one


def stamp(shelf: Shelf) -> Stamp:
    """Return what a transaction of its own tells these tables by."""
    with shelf.vault.work() as work:
        found = Changes(work._connection).stamp(TABLES)  # noqa: SLF001  what stands below the stores
    assert found is not None
    return found


def by_statement(connection: Any) -> None:
    connection.execute(update(CommitmentRecord).values(row_version=CommitmentRecord.row_version))


def by_words(connection: Any) -> None:
    connection.execute(text("UPDATE commitment SET row_version = row_version"))


def by_the_driver(connection: Any) -> None:
    cursor = connection.connection.cursor()
    cursor.execute("UPDATE commitment SET row_version = row_version")
    cursor.close()


def by_taking_away(connection: Any) -> None:
    connection.execute(delete(CommitmentRecord))


ways = pytest.mark.parametrize("write", [by_statement, by_words, by_the_driver, by_taking_away])
Write = Callable[[Any], None]


def test_tables_are_told_alike_while_only_the_log_is_written(shelf: Shelf) -> None:
    promise(shelf)
    before = stamp(shelf)
    with shelf.vault.work() as work:
        work.commit(Action.CASES_LISTED, shelf.vault.keyring.principal)
    shelf.vault.empty_log()
    assert stamp(shelf) == before


@ways
def test_whatever_is_written_here_tells_them_apart(shelf: Shelf, write: Write) -> None:
    promise(shelf)
    before = stamp(shelf)
    with shelf.vault.work() as work:
        write(work._connection)  # noqa: SLF001  what stands below the stores
        shelf.commit(work)
    assert stamp(shelf) != before


@ways
def test_what_is_written_and_may_be_taken_back_is_told_by_nothing(
    shelf: Shelf, write: Write
) -> None:
    promise(shelf)
    before = stamp(shelf)
    with shelf.vault.work() as work:
        connection = work._connection  # noqa: SLF001  what stands below the stores
        changes = Changes(connection)
        assert changes.stamp(TABLES) == before
        write(connection)
        assert changes.stamp(TABLES) is None
        assert changes.since(before, TABLES, "commitment") is None
    assert stamp(shelf) == stamp(shelf) != before


def test_whatever_another_program_writes_tells_them_apart(shelf: Shelf) -> None:
    promise(shelf)
    before = stamp(shelf)
    without_triggers(shelf.made, "UPDATE commitment SET row_version = row_version")
    after = stamp(shelf)
    assert after != before
    assert stamp(shelf) == after


def test_it_is_known_in_which_cases_the_store_wrote(shelf: Shelf) -> None:
    one = promise(shelf)
    before = stamp(shelf)
    with shelf.vault.work() as work:
        work.commitments.replace(shelf.case_id, one, row_version=1)
        shelf.commit(work)
    with shelf.vault.work() as work:
        changes = Changes(work._connection)  # noqa: SLF001  what stands below the stores
        assert changes.since(before, TABLES, "commitment") == frozenset({shelf.case_id})
        assert changes.since(before, TABLES, "case") is None
        with pytest.raises(ConflictError):
            work.commitments.replace(shelf.case_id, one, row_version=1)
        assert changes.since(before, TABLES, "commitment") == frozenset({shelf.case_id})


@ways
def test_in_which_cases_others_wrote_is_not_known(shelf: Shelf, write: Write) -> None:
    one = promise(shelf)
    before = stamp(shelf)
    with shelf.vault.work() as work:
        work.commitments.replace(shelf.case_id, one, row_version=1)
        write(work._connection)  # noqa: SLF001  what stands below the stores
        shelf.commit(work)
    with shelf.vault.work() as work:
        changes = Changes(work._connection)  # noqa: SLF001  what stands below the stores
        assert changes.since(before, TABLES, "commitment") is None


def test_it_is_not_known_either_once_very_much_was_written(shelf: Shelf) -> None:
    one = promise(shelf)
    before = stamp(shelf)
    with shelf.vault.work() as work:
        for version in range(1, 600):
            work.commitments.replace(shelf.case_id, one, row_version=version)
        shelf.commit(work)
    with shelf.vault.work() as work:
        changes = Changes(work._connection)  # noqa: SLF001  what stands below the stores
        assert changes.since(before, TABLES, "commitment") is None


def test_a_write_into_another_of_the_tables_is_not_overlooked(shelf: Shelf) -> None:
    one = promise(shelf)
    before = stamp(shelf)
    with shelf.vault.work() as work:
        work.commitments.replace(shelf.case_id, one, row_version=1)
        work._connection.execute(  # noqa: SLF001  what stands below the stores
            update(CaseRecord).values(row_version=CaseRecord.row_version)
        )
        shelf.commit(work)
    with shelf.vault.work() as work:
        changes = Changes(work._connection)  # noqa: SLF001  what stands below the stores
        assert changes.since(before, TABLES, "commitment") is None


def test_no_trigger_writes_into_a_table_that_a_statement_does_not_name(shelf: Shelf) -> None:
    triggers = shelf.rows("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
    assert triggers
    for (sql,) in triggers:
        body = sql.partition("BEGIN")[2]
        assert not re.search(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", body), sql


def test_no_reference_between_tables_writes_into_one_that_a_statement_does_not_name(
    shelf: Shelf,
) -> None:
    tables = [name for (name,) in shelf.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    references = [
        one for name in tables for one in shelf.rows(f'PRAGMA foreign_key_list("{name}")')
    ]
    assert references
    assert {(on_update, on_delete) for *_, on_update, on_delete, _ in references} == {
        ("NO ACTION", "NO ACTION")
    }


def test_once_a_transaction_is_stored_nothing_more_is_told_in_its_block(shelf: Shelf) -> None:
    with shelf.vault.work() as work:
        changes = Changes(work._connection)  # noqa: SLF001  what stands below the stores
        before = changes.stamp({"person"})
        assert before is not None
        shelf.commit(work)
        assert changes.stamp({"person"}) is None
