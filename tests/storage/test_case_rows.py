"""People, meetings and commitments come back as they were stored, or are left out and told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import PASSPHRASES
from tests.domain.facts import ATTENDANCE
from tests.insider import everyone, insider_of, without_triggers
from tests.storage.shelf import ODD, Shelf
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import ConflictError, NoAccessError, TamperedError
from trygga_desktop.domain.follow_up import Stop, Why
from trygga_desktop.domain.meeting import (
    AgendaItem,
    AgendaState,
    Function,
    Meeting,
    MeetingState,
    NextMeeting,
    Participant,
    Presence,
    PresenceChange,
)
from trygga_desktop.domain.parties import Custody, Party, PartyRole
from trygga_desktop.services.access import Unlock, unlock
from trygga_desktop.storage.stores.case_rows import CaseRows
from trygga_desktop.storage.stores.plain import spell
from trygga_desktop.storage.work import UnitOfWork

AT = datetime(2026, 11, 26, 14, 0, 0, 1, tzinfo=UTC)
FIRST, SECOND, THIRD = UUID(int=501), UUID(int=502), UUID(int=503)
PARTY = Party(
    id=FIRST,
    role=PartyRole.GUARDIAN,
    since=date(2026, 1, 2),
    until=date(2027, 1, 2),
    custody=Custody.JOINT,
    relation="mormor; \u202e<b>",
)
MEETING = Meeting(
    id=FIRST,
    case_id=UUID(int=9),
    number=3,
    template="sssp",
    starts_at=AT,
    minutes=60,
    place="Rådhuset",
    state=MeetingState.HELD,
    participants=(
        Participant(
            id=UUID(int=511),
            name="Lena \ud800 Ek",
            functions=frozenset({Function.CHAIR, Function.SECRETARY}),
            person_id=UUID(int=512),
            changes=(PresenceChange(presence=Presence.REMOTE, at=AT),),
            confirmed_at=AT,
            apology="sjuk",
        ),
    ),
    agenda=(
        AgendaItem(
            id=UUID(int=513),
            code="plan",
            title="Plan",
            category="plan",
            minutes=10,
            question="Vad?",
            state=AgendaState.DONE,
            began_at=AT,
            ended_at=AT,
        ),
    ),
    began_at=AT,
    ended_at=AT + timedelta(hours=1),
    next_meeting=NextMeeting(starts_at=AT + timedelta(days=30), place="Skolan"),
)
COMMITMENT = Commitment(
    id=FIRST,
    case_id=UUID(int=9),
    responsible="Lena Ek",
    organisation_id=UUID(int=514),
    due_on=date(2026, 12, 1),
    follow_up_on=date(2026, 12, 10),
    changes=(
        CommitmentChange(
            state=CommitmentState.DOING,
            on=date(2026, 11, 27),
            reason="väntar",
            new_due=date(2026, 12, 24),
        ),
    ),
)


@dataclass(frozen=True)
class Kept:
    """One of the tables, a value of it, and the same value changed."""

    table: str
    store: Callable[[UnitOfWork], CaseRows[Any]]
    value: Any
    changed: Any


PARTIES = Kept("party", lambda work: work.parties, PARTY, replace(PARTY, relation="moster"))
MEETINGS = Kept(
    "meeting",
    lambda work: work.meetings,
    MEETING,
    replace(MEETING, starts_at=AT + timedelta(days=1), minutes=90),
)
COMMITMENTS = Kept(
    "commitment",
    lambda work: work.commitments,
    COMMITMENT,
    replace(
        COMMITMENT,
        changes=(CommitmentChange(state=CommitmentState.DONE, on=date(2026, 11, 28)),),
    ),
)
TABLES = [PARTIES, MEETINGS, COMMITMENTS]
every_table = pytest.mark.parametrize("kept", TABLES, ids=lambda kept: kept.table)


def add(shelf: Shelf, kept: Kept, *ids: UUID) -> None:
    """Store the value under each id; what is promised is promised by an item of that id."""
    with shelf.vault.work() as work:
        part = work.compartments.of_file(shelf.case_id)[CompartmentKind.CASE]
        for row_id in ids:
            if kept is COMMITMENTS:
                item = replace(ATTENDANCE, id=row_id, case_id=shelf.case_id)
                key = work.compartments.key(part)
                work.items.add(item, part, key, sequence=work.sequence)
            kept.store(work).add(shelf.case_id, replace(kept.value, id=row_id))
        shelf.commit(work)


def read(shelf: Shelf, kept: Kept, case_id: UUID | None = None) -> tuple[list[Any], set[UUID]]:
    """Return what can be read of a case, with versions, and what was left out."""
    with shelf.vault.work() as work:
        found = kept.store(work).of_case(shelf.case_id if case_id is None else case_id)
        return found, work.left_out


@every_table
def test_what_was_stored_comes_back_whole_in_order_of_ids(shelf: Shelf, kept: Kept) -> None:
    add(shelf, kept, SECOND, FIRST)
    shelf.forge()

    found, left_out = read(shelf, kept)
    assert found == [(kept.value, 1), (replace(kept.value, id=SECOND), 1)]
    assert left_out == set()
    assert read(shelf, kept, shelf.other_id) == ([], set())


def test_a_participant_with_any_text_at_all_comes_back(shelf: Shelf) -> None:
    texts = ["\x00", "\ud800", "\u202e", "'; DROP TABLE meeting", "x" * 100_000, ""]
    people = tuple(
        Participant(id=UUID(int=600 + place), name=text, functions=frozenset())
        for place, text in enumerate(texts)
    )
    with shelf.vault.work() as work:
        work.meetings.add(shelf.case_id, replace(MEETING, participants=people))
        shelf.commit(work)

    ((meeting, _),), _ = read(shelf, MEETINGS)
    assert [one.name for one in meeting.participants] == texts


@every_table
def test_a_change_stands_in_place_of_what_was_read(shelf: Shelf, kept: Kept) -> None:
    add(shelf, kept, FIRST)
    with shelf.vault.work() as work:
        kept.store(work).replace(shelf.case_id, kept.changed, row_version=1)
        shelf.commit(work)

    assert read(shelf, kept) == ([(kept.changed, 2)], set())


@every_table
def test_what_was_read_before_a_change_is_read_anew_within_the_same_transaction(
    shelf: Shelf, kept: Kept
) -> None:
    add(shelf, kept, FIRST)
    with shelf.vault.work() as work:
        rows = kept.store(work)
        before = rows.of_case(shelf.case_id)
        rows.replace(shelf.case_id, kept.changed, row_version=1)
        changed = rows.of_case(shelf.case_id)
        # What a caller does with a list of its own reaches nobody else.
        changed.clear()
        again = rows.of_case(shelf.case_id)
        if kept is not COMMITMENTS:
            rows.add(shelf.case_id, replace(kept.value, id=SECOND))
        added = rows.of_case(shelf.case_id)

    assert before == [(kept.value, 1)]
    assert again == [(kept.changed, 2)]
    assert len(added) == (1 if kept is COMMITMENTS else 2)
    # Nothing of it was made permanent.
    assert read(shelf, kept) == ([(kept.value, 1)], set())


@every_table
def test_a_change_of_what_was_read_before_another_change_is_a_conflict(
    shelf: Shelf, kept: Kept
) -> None:
    add(shelf, kept, FIRST)
    for version in (0, 2, 3):
        with shelf.vault.work() as work, pytest.raises(ConflictError):
            kept.store(work).replace(shelf.case_id, kept.changed, row_version=version)
    with shelf.vault.work() as work:
        kept.store(work).replace(shelf.case_id, kept.changed, row_version=1)
        shelf.commit(work)
    with shelf.vault.work() as work, pytest.raises(ConflictError):
        kept.store(work).replace(shelf.case_id, kept.value, row_version=1)

    assert read(shelf, kept) == ([(kept.changed, 2)], set())


@every_table
def test_nothing_is_changed_in_another_case_or_that_is_not_there(shelf: Shelf, kept: Kept) -> None:
    add(shelf, kept, FIRST)

    with shelf.vault.work() as work, pytest.raises(ConflictError):
        kept.store(work).replace(shelf.other_id, kept.changed, row_version=1)
    gone = replace(kept.changed, id=THIRD)
    with shelf.vault.work() as work, pytest.raises(ConflictError):
        kept.store(work).replace(shelf.case_id, gone, row_version=1)
    assert read(shelf, kept) == ([(kept.value, 1)], set())


@every_table
def test_a_row_tells_its_case(shelf: Shelf, kept: Kept) -> None:
    add(shelf, kept, FIRST)

    with shelf.vault.work() as work:
        assert kept.store(work).case_of(FIRST) == shelf.case_id
        assert kept.store(work).case_of(SECOND) is None


@every_table
def test_who_was_not_granted_the_case_reads_and_writes_nothing(shelf: Shelf, kept: Kept) -> None:
    add(shelf, kept, FIRST)
    shelf.vault.close()
    shelf.vault = shelf.made.open("pn")

    assert read(shelf, kept) == ([], {FIRST})
    with shelf.vault.work() as work, pytest.raises(NoAccessError):
        kept.store(work).add(shelf.case_id, replace(kept.value, id=SECOND))
    with shelf.vault.work() as work, pytest.raises(NoAccessError):
        kept.store(work).replace(shelf.case_id, kept.changed, row_version=1)


@every_table
def test_nothing_is_written_where_somebody_put_a_key_of_their_own(shelf: Shelf, kept: Kept) -> None:
    part = shelf.part()
    shelf.vault.close()
    with insider_of(shelf.made) as insider:
        insider.plant(replace(part, generation=2), *everyone(insider))
    shelf.vault = shelf.made.open()

    with shelf.vault.work() as work, pytest.raises(TamperedError):
        kept.store(work).add(shelf.case_id, kept.value)


MOVES = [
    "case_id = '{other}'",
    "compartment_id = (SELECT id FROM compartment WHERE case_id = '{case}' AND kind = 'guarded')",
    "compartment_id = (SELECT id FROM compartment WHERE case_id = '{other}' AND kind = 'case')",
    "generation = 2",
    "row_version = 2",
    "ciphertext = (SELECT ciphertext FROM {table} WHERE id = '{second}')",
    "ciphertext = (SELECT ciphertext FROM person WHERE case_id = '{case}')",
    "ciphertext = substr(ciphertext, 1, 40)",
    "ciphertext = zeroblob(100)",
]


@every_table
@pytest.mark.parametrize("move", MOVES)
def test_a_row_that_was_moved_or_changed_is_left_out_and_told(
    shelf: Shelf, kept: Kept, move: str
) -> None:
    add(shelf, kept, FIRST, SECOND)
    change = move.format(
        case=shelf.case_id.hex, other=shelf.other_id.hex, second=SECOND.hex, table=kept.table
    )
    shelf.forge(f"UPDATE {kept.table} SET {change} WHERE id = '{FIRST.hex}'")

    found = {case_id: read(shelf, kept, case_id) for case_id in (shelf.case_id, shelf.other_id)}
    values = [value for rows, _ in found.values() for value, _ in rows]
    assert values == [replace(kept.value, id=SECOND)]
    assert {row_id for _, left_out in found.values() for row_id in left_out} == {FIRST}


@every_table
def test_two_rows_that_changed_places_are_left_out(shelf: Shelf, kept: Kept) -> None:
    add(shelf, kept, FIRST, SECOND)
    shelf.forge(
        f"UPDATE {kept.table} SET id = '{THIRD.hex}' WHERE id = '{FIRST.hex}'",
        f"UPDATE {kept.table} SET id = '{FIRST.hex}' WHERE id = '{SECOND.hex}'",
    )

    assert read(shelf, kept) == ([], {FIRST, THIRD})


@pytest.mark.parametrize(
    ("kept", "change"),
    [
        (MEETINGS, "starts_at = '2026-11-26 14:00:00.000002'"),
        (MEETINGS, "starts_at = '2026-11-26 14:00:00'"),
        (MEETINGS, "starts_at = '2026-11-26 14:00:00.000001+01:00'"),
        (MEETINGS, "starts_at = '2026-11-26T14:00:00.000001'"),
        (COMMITMENTS, "due_on = '20261224'"),
        (COMMITMENTS, "due_on = '2026-12-25'"),
        # What was promised first, and is no longer agreed.
        (COMMITMENTS, "due_on = '2026-12-01'"),
        (COMMITMENTS, "state = 'done'"),
        (COMMITMENTS, "state = 'not_started'"),
        (COMMITMENTS, "ask_on = '2026-12-11'"),
        (COMMITMENTS, "ask_on = '9999-12-31'"),
        # As if it were from before the day on which one asks stood there.
        (COMMITMENTS, "ask_on = NULL"),
    ],
)
def test_what_lists_over_all_cases_need_is_bound_to_the_rest(
    shelf: Shelf, kept: Kept, change: str
) -> None:
    add(shelf, kept, FIRST, SECOND)
    shelf.forge(f"UPDATE {kept.table} SET {change} WHERE id = '{FIRST.hex}'")

    found, left_out = read(shelf, kept)
    assert [value.id for value, _ in found] == [SECOND]
    assert left_out == {FIRST}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    ("kept", "column"),
    [
        *[
            (kept, column)
            for kept in TABLES
            for column in ("compartment_id", "generation", "row_version", "ciphertext")
        ],
        (MEETINGS, "starts_at"),
        (COMMITMENTS, "due_on"),
        (COMMITMENTS, "ask_on"),
        (COMMITMENTS, "state"),
    ],
)
def test_what_is_no_value_of_its_column_stops_no_other_row(
    shelf: Shelf, kept: Kept, column: str, odd: str
) -> None:
    add(shelf, kept, FIRST, SECOND)
    shelf.forge(f"UPDATE {kept.table} SET {column} = {odd} WHERE id = '{FIRST.hex}'")

    found, left_out = read(shelf, kept)
    assert [value.id for value, _ in found] == [SECOND]
    assert left_out == {FIRST}


@every_table
@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_id_stops_no_other_row(shelf: Shelf, kept: Kept, odd: str) -> None:
    add(shelf, kept, FIRST, SECOND)
    shelf.forge(f"UPDATE {kept.table} SET id = {odd} WHERE id = '{FIRST.hex}'")

    found, left_out = read(shelf, kept)
    assert [value.id for value, _ in found] == [SECOND]
    assert len(left_out) == 1


def clear_of(kept: Kept) -> bytes:
    """Return how the columns beside a value are spelled where they are bound to it."""
    spelled = {
        "party": b"",
        "meeting": to_canonical({"starts_at": str(AT)}),
        "commitment": to_canonical(
            {"due_on": "2026-12-24", "state": "doing", "ask_on": "2026-12-10"}
        ),
    }
    return spelled[kept.table]


@every_table
def test_a_holder_of_the_key_can_write_what_the_program_reads(shelf: Shelf, kept: Kept) -> None:
    add(shelf, kept, FIRST)
    value = shelf.decrypted(kept.table, FIRST, clear=clear_of(kept))

    assert to_canonical(value) == to_canonical(spell(kept.value))


@every_table
@pytest.mark.parametrize(
    "changes",
    [
        {"id": str(SECOND)},
        {"id": "nobody"},
        {"id": None},
        {"role": "emperor", "state": "lost", "template": 7, "responsible": 7},
        {"since": "yesterday", "starts_at": "now", "due_on": "soon"},
    ],
)
def test_what_a_holder_of_the_key_made_up_is_left_out(
    shelf: Shelf, kept: Kept, changes: dict[str, Any]
) -> None:
    add(shelf, kept, FIRST, SECOND)
    value = {**spell(kept.value), **changes}
    made_up = shelf.encrypted(kept.table, FIRST, value, clear=clear_of(kept))
    shelf.forge(f"UPDATE {kept.table} SET ciphertext = {made_up} WHERE id = '{FIRST.hex}'")

    found, left_out = read(shelf, kept)
    assert [value.id for value, _ in found] == [SECOND]
    assert left_out == {FIRST}


@every_table
def test_a_row_in_the_guarded_part_is_left_out_though_its_key_opens_it(
    shelf: Shelf, kept: Kept
) -> None:
    add(shelf, kept, FIRST)
    written = shelf.encrypted(
        kept.table,
        FIRST,
        spell(kept.value),
        clear=clear_of(kept),
        kind=CompartmentKind.GUARDED,
    )
    guarded = shelf.part(CompartmentKind.GUARDED).id.hex
    shelf.forge(f"UPDATE {kept.table} SET compartment_id = '{guarded}', ciphertext = {written}")

    assert read(shelf, kept) == ([], {FIRST})


@every_table
@pytest.mark.parametrize("value", [{}, [], "text", 7, None, [[[[]]]]])
def test_what_is_no_value_at_all_is_left_out(shelf: Shelf, kept: Kept, value: Any) -> None:
    add(shelf, kept, FIRST)
    made_up = shelf.encrypted(kept.table, FIRST, value, clear=clear_of(kept))
    shelf.forge(f"UPDATE {kept.table} SET ciphertext = {made_up}")

    assert read(shelf, kept) == ([], {FIRST})


@pytest.mark.parametrize(
    ("kept", "change", "clear"),
    [
        (
            MEETINGS,
            "starts_at = '2026-11-27 14:00:00.000001'",
            {"starts_at": str(AT + timedelta(days=1))},
        ),
        (
            COMMITMENTS,
            "due_on = '2026-12-01'",
            {"due_on": "2026-12-01", "state": "doing", "ask_on": "2026-12-10"},
        ),
        (
            COMMITMENTS,
            "state = 'done'",
            {"due_on": "2026-12-24", "state": "done", "ask_on": "2026-12-10"},
        ),
        (
            COMMITMENTS,
            "ask_on = '9999-12-31'",
            {"due_on": "2026-12-24", "state": "doing", "ask_on": "9999-12-31"},
        ),
    ],
)
def test_a_list_that_would_say_something_else_than_the_value_is_not_believed(
    shelf: Shelf, kept: Kept, change: str, clear: dict[str, str]
) -> None:
    add(shelf, kept, FIRST)
    made_up = shelf.encrypted(kept.table, FIRST, spell(kept.value), clear=to_canonical(clear))
    shelf.forge(f"UPDATE {kept.table} SET {change}, ciphertext = {made_up}")

    assert read(shelf, kept) == ([], {FIRST})


def as_before(shelf: Shelf, row_id: UUID, **changed: str) -> str:
    """Store a promise, and return what makes its row one from before `ask_on` stood beside it."""
    add(shelf, COMMITMENTS, row_id)
    clear = to_canonical({"due_on": "2026-12-24", "state": "doing"})
    value = {**spell(replace(COMMITMENT, id=row_id)), **changed}
    old = shelf.encrypted("commitment", row_id, value, clear=clear)
    return f"UPDATE commitment SET ask_on = NULL, ciphertext = {old} WHERE id = '{row_id.hex}'"


ASKED = "SELECT ask_on, row_version, generation FROM commitment ORDER BY id"


def test_a_promise_from_before_its_day_of_asking_stood_there_gets_it_from_who_can_open_it(
    shelf: Shelf,
) -> None:
    longer = "någon annan, vars namn är längre"
    before = [
        as_before(shelf, FIRST),
        as_before(shelf, SECOND, responsible=longer),
        as_before(shelf, THIRD, due_on="någon gång"),
    ]
    shelf.vault.close()
    without_triggers(shelf.made, *before)
    shelf.vault = shelf.made.open("pn")
    assert shelf.rows(ASKED) == [(None, 1, 1)] * 3
    with shelf.vault.work() as work:
        assert work.due.counts([(date.min, date.max)]) == (0,)

    shelf.forge()

    assert shelf.rows(ASKED) == [("2026-12-10", 1, 1), ("2026-12-10", 1, 1), (None, 1, 1)]
    found, left_out = read(shelf, COMMITMENTS)
    changed = replace(COMMITMENT, id=SECOND, responsible=longer)
    assert (found, left_out) == ([(COMMITMENT, 1), (changed, 1)], {THIRD})


def test_whoever_unlocks_is_told_before_their_promises_get_it(shelf: Shelf) -> None:
    before, told = as_before(shelf, FIRST), list[str]()

    def unlock_as(login: str) -> None:
        command = Unlock(folder=shelf.made.folder, login=login, passphrase=PASSPHRASES[login])
        environment = shelf.made.environment
        unlock(command, environment=environment, tell=lambda: told.append(login)).close()

    shelf.vault.close()
    without_triggers(shelf.made, before)
    unlock_as("pn")
    assert told == []

    unlock_as("ke")
    unlock_as("ke")
    shelf.vault = shelf.made.open()

    assert told == ["ke"]
    assert shelf.rows(ASKED) == [("2026-12-10", 1, 1)]


def test_until_then_it_is_found_by_its_day_of_asking_all_the_same(shelf: Shelf) -> None:
    before, day = as_before(shelf, SECOND), date(2026, 12, 10)
    add(shelf, COMMITMENTS, FIRST)
    asked = [Stop(day, FIRST, Why.ASK), Stop(day, SECOND, Why.ASK)]
    with shelf.vault.work() as work:
        work._connection.exec_driver_sql(before)  # noqa: SLF001  as it lay there before

        assert [one.stop for one in work.due.days(day, day)] == asked
        assert [one.stop for one in work.due.days(day, day, after=asked[0])] == asked[1:]
        assert list(work.due.days(day, day, after=asked[1])) == []
        assert work.due.counts([(day, day), (date.min, date.max)]) == (2, 4)
        assert work.due.waiting(day) == {shelf.case_id: {Why.ASK: day}}
        assert {one.stop for one in work.due.waiting_in(shelf.case_id, day)} == set(asked)
        assert list(work.due.waiting_in(shelf.case_id, day - timedelta(days=1))) == []


def test_a_meeting_is_listed_by_its_time_in_utc(shelf: Shelf) -> None:
    at_home = datetime.fromisoformat("2026-03-29T03:30:00+02:00")
    with shelf.vault.work() as work:
        work.meetings.add(shelf.case_id, replace(MEETING, starts_at=at_home))
        shelf.commit(work)

    assert shelf.rows("SELECT starts_at FROM meeting") == [("2026-03-29 01:30:00.000000",)]
    ((meeting, _),), _ = read(shelf, MEETINGS)
    assert meeting.starts_at == at_home
