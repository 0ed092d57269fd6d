"""What was opened once is opened anew once anything of its row is another, or its key is gone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.domain.facts import ATTENDANCE, GIVEN, POLICE_OFFICER
from tests.hostile import connect
from tests.insider import without_triggers
from tests.people import signed_case
from tests.storage.shelf import ODD, Shelf, literal
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import Commitment
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.items import Part
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.sharing import ChainStanding, decide
from trygga_desktop.services.audience import show_case_rows
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.changes import Changes
from trygga_desktop.storage.stores import due as due_store
from trygga_desktop.storage.stores.opened import Known, Opened, WholeTables
from trygga_desktop.storage.stores.plain import spell

FIRST = UUID(int=501)
COMMITMENT = Commitment(
    id=FIRST,
    case_id=UUID(int=9),
    responsible="Lena Ek",
    organisation_id=UUID(int=514),
    due_on=date(2026, 12, 1),
    follow_up_on=date(2026, 12, 1),
)


def add(shelf: Shelf) -> None:
    """Store a promise in the first case."""
    with shelf.vault.work() as work:
        part = work.compartments.of_file(shelf.case_id)[CompartmentKind.CASE]
        item = replace(ATTENDANCE, id=FIRST, case_id=shelf.case_id)
        work.items.add(item, part, work.compartments.key(part), sequence=work.sequence)
        work.commitments.add(shelf.case_id, COMMITMENT)
        shelf.commit(work)


def underhand(shelf: Shelf, *statements: str) -> None:
    """Change the file with a program of somebody's own, while the vault is open in ours."""
    database = connect(shelf.made.folder / "vault.db", shelf.made.file_key)
    for one in statements:
        database.execute(one)
    database.close()


def due(shelf: Shelf) -> tuple[list[Commitment], set[UUID]]:
    """Return what the list over all cases finds, and what it left out."""
    with shelf.vault.work() as work:
        found = [one.commitment for one in work.due.days(date.min, date.max)]
        return found[::2], work.left_out


def of_case(shelf: Shelf) -> tuple[list[Commitment], set[UUID]]:
    """Return what is found in the case itself, and what was left out."""
    with shelf.vault.work() as work:
        return [one for one, _ in work.commitments.of_case(shelf.case_id)], work.left_out


def named(shelf: Shelf, name: str = "") -> tuple[list[Commitment], set[UUID]]:
    """Return what the list over all cases finds of somebody, all of it looked through at once."""
    with pytest.MonkeyPatch.context() as patch, shelf.vault.work() as work:
        patch.setattr(due_store, "_WALKED", 0)
        days = work.due.days(date.min, date.max, asked=lambda one: name in one.responsible)
        found = [one.commitment for one in days]
        return found[::2], work.left_out


both_ways = pytest.mark.parametrize("read", [due, of_case, named])
Read = Callable[[Shelf], tuple[list[Commitment], set[UUID]]]


def flipped(shelf: Shelf, table: str, row_id: UUID) -> str:
    """Return the ciphertext of a row with its last byte changed."""
    ((ciphertext,),) = shelf.rows(f"SELECT ciphertext FROM \"{table}\" WHERE id = '{row_id.hex}'")
    return literal(ciphertext[:-1] + bytes([ciphertext[-1] ^ 1]))


@both_ways
@pytest.mark.parametrize(
    "change",
    ["due_on = '2026-12-02'", "state = 'doing'", "row_version = 2", "generation = 2", "bytes"],
)
def test_a_row_that_another_program_changes_is_left_out_though_it_was_read_before(
    shelf: Shelf, read: Read, change: str
) -> None:
    add(shelf)
    assert read(shelf) == read(shelf) == ([COMMITMENT], set())
    was = shelf.rows("SELECT due_on, state, row_version, generation, ciphertext FROM commitment")
    if change == "bytes":
        change = f"ciphertext = {flipped(shelf, 'commitment', FIRST)}"

    underhand(shelf, f"UPDATE commitment SET {change}")

    assert read(shelf) == read(shelf) == ([], {FIRST})

    ((due_on, state, version, generation, ciphertext),) = was
    underhand(
        shelf,
        f"UPDATE commitment SET due_on = '{due_on}', state = '{state}', row_version = {version},"
        f" generation = {generation}, ciphertext = {literal(ciphertext)}",
    )
    assert read(shelf) == ([COMMITMENT], set())


def test_a_row_that_was_read_before_is_not_found_in_the_case_it_is_moved_to(shelf: Shelf) -> None:
    add(shelf)
    assert due(shelf) == named(shelf) == ([COMMITMENT], set())

    underhand(shelf, f"UPDATE commitment SET case_id = '{shelf.other_id.hex}'")

    assert due(shelf) == named(shelf) == ([], {FIRST})
    with shelf.vault.work() as work:
        assert work.commitments.of_case(shelf.other_id) == []


def test_a_row_does_not_count_any_more_once_its_compartment_is_of_another_case(
    shelf: Shelf,
) -> None:
    add(shelf)
    assert due(shelf) == of_case(shelf) == named(shelf) == ([COMMITMENT], set())
    part = shelf.part().id.hex

    without_triggers(
        shelf.made,
        f"UPDATE compartment SET case_id = '{shelf.other_id.hex}' WHERE id = '{part}'",
    )

    assert due(shelf)[0] == of_case(shelf)[0] == named(shelf)[0] == []


@both_ways
def test_what_another_holder_of_the_key_writes_in_its_place_is_read(
    shelf: Shelf, read: Read
) -> None:
    add(shelf)
    assert read(shelf) == ([COMMITMENT], set())
    other = replace(COMMITMENT, responsible="Maria Lind")
    clear = to_canonical({"due_on": "2026-12-01", "state": "not_started", "ask_on": "2026-12-01"})
    written = shelf.encrypted("commitment", FIRST, spell(other), clear=clear)

    underhand(shelf, f"UPDATE commitment SET ciphertext = {written}")

    assert read(shelf) == ([other], set())


@both_ways
def test_whoever_has_a_case_no_more_finds_nothing_of_it_though_it_was_read_before(
    shelf: Shelf, read: Read
) -> None:
    add(shelf)
    assert read(shelf) == ([COMMITMENT], set())
    with shelf.vault.work() as work:
        assert shelf.case_id in {one.case.id for one in work.cases.all()}
    part = shelf.part().id.hex

    underhand(
        shelf,
        f"DELETE FROM kept WHERE compartment_id = '{part}'",
        f"DELETE FROM \"grant\" WHERE compartment_id = '{part}'",
    )

    assert read(shelf)[0] == []
    with shelf.vault.work() as work:
        assert shelf.case_id not in {one.case.id for one in work.cases.all()}
        assert work.cases.people(shelf.case_id) == {}


def test_a_key_that_somebody_changes_where_we_keep_it_is_taken_from_its_grant_again(
    shelf: Shelf,
) -> None:
    add(shelf)
    assert due(shelf) == ([COMMITMENT], set())
    part = shelf.part().id.hex

    underhand(shelf, f"UPDATE kept SET ciphertext = x'00' WHERE compartment_id = '{part}'")

    assert due(shelf) == ([COMMITMENT], set())


def replaced(shelf: Shelf, one: Commitment, version: int, *, is_kept: bool = True) -> None:
    """Store a promise anew through the program itself."""
    with shelf.vault.work() as work:
        work.commitments.replace(shelf.case_id, one, row_version=version)
        if is_kept:
            shelf.commit(work)


def test_somebody_is_found_by_the_name_that_was_stored_last(shelf: Shelf) -> None:
    add(shelf)
    assert named(shelf, "Lena") == ([COMMITMENT], set())
    assert named(shelf, "Maria") == ([], set())
    other = replace(COMMITMENT, responsible="Maria Lind")

    replaced(shelf, other, 1)

    assert named(shelf, "Lena") == ([], set())
    assert named(shelf, "Maria") == named(shelf, "Maria") == ([other], set())


def test_a_name_that_was_not_kept_after_all_finds_nothing(shelf: Shelf) -> None:
    add(shelf)
    other = replace(COMMITMENT, responsible="Maria Lind")
    assert named(shelf, "Lena") == ([COMMITMENT], set())
    with shelf.vault.work() as work:
        work.commitments.replace(shelf.case_id, other, row_version=1)
        days = work.due.days(date.min, date.max, asked=lambda one: one.responsible == "Maria Lind")
        assert [one.commitment for one in days][::2] == [other]

    assert named(shelf, "Maria") == ([], set())
    assert named(shelf, "Lena") == ([COMMITMENT], set())


@pytest.mark.parametrize("column", ["id", "case_id"])
def test_a_row_whose_ids_another_program_spells_otherwise_is_left_out_of_what_is_looked_through(
    shelf: Shelf, column: str
) -> None:
    add(shelf)
    assert named(shelf) == ([COMMITMENT], set())

    without_triggers(shelf.made, f"UPDATE commitment SET {column} = '{{' || {column} || '}}'")

    assert named(shelf) == named(shelf) == ([], {FIRST})


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("column", ["id", "case_id", "compartment_id", "due_on", "ask_on"])
def test_a_row_in_which_another_program_writes_anything_stops_no_other(
    shelf: Shelf, column: str, odd: str
) -> None:
    add(shelf)
    second = replace(COMMITMENT, id=UUID(int=502))
    with shelf.vault.work() as work:
        part = work.compartments.of_file(shelf.case_id)[CompartmentKind.CASE]
        item = replace(ATTENDANCE, id=second.id, case_id=shelf.case_id)
        work.items.add(item, part, work.compartments.key(part), sequence=work.sequence)
        work.commitments.add(shelf.case_id, second)
        shelf.commit(work)
    assert named(shelf) == ([COMMITMENT, second], set())

    without_triggers(shelf.made, f"UPDATE commitment SET {column} = {odd} WHERE id = '{FIRST.hex}'")

    assert second in named(shelf)[0]
    assert COMMITMENT not in named(shelf)[0]


def test_what_is_due_is_counted_anew_once_another_program_changed_a_day(shelf: Shelf) -> None:
    def counted() -> tuple[int, ...]:
        with shelf.vault.work() as work:
            return work.due.counts([(date.min, date(2026, 12, 1)), (date(2026, 12, 2), date.max)])

    def waiting() -> set[UUID]:
        with shelf.vault.work() as work:
            return set(work.due.waiting(date(2026, 12, 1)))

    add(shelf)
    assert counted() == counted() == (2, 0)
    assert waiting() == waiting() == {shelf.case_id}
    underhand(shelf, "UPDATE commitment SET due_on = '2026-12-02', ask_on = '2026-12-02'")
    assert counted() == (0, 2)
    assert waiting() == set()
    underhand(shelf, "UPDATE \"case\" SET phase = 'closed'")
    assert counted() == (0, 0)


def test_what_lies_in_a_case_that_we_hold_no_more_is_not_counted(shelf: Shelf) -> None:
    def counted() -> tuple[int, ...]:
        with shelf.vault.work() as work:
            return work.due.counts([(date.min, date.max)])

    add(shelf)
    assert counted() == counted() == (2,)
    assert named(shelf) == ([COMMITMENT], set())
    part = shelf.part().id.hex

    underhand(
        shelf,
        f"DELETE FROM kept WHERE compartment_id = '{part}'",
        f"DELETE FROM \"grant\" WHERE compartment_id = '{part}'",
    )

    assert counted() == (0,)
    assert named(shelf)[0] == []


def test_what_had_to_be_left_out_is_told_each_time(shelf: Shelf) -> None:
    add(shelf)
    part = shelf.part().id.hex
    underhand(shelf, f"UPDATE commitment SET ciphertext = {flipped(shelf, 'commitment', FIRST)}")
    assert named(shelf) == named(shelf) == ([], {FIRST})
    without_triggers(shelf.made, f"DELETE FROM commitment WHERE compartment_id = '{part}'")
    assert named(shelf) == ([], set())


def test_an_item_that_another_program_changes_is_left_out_though_it_was_read_before(
    shelf: Shelf,
) -> None:
    def read() -> tuple[list[UUID], set[UUID]]:
        with shelf.vault.work() as work:
            work.items.read_ahead([shelf.case_id])
            ahead = [one.id for one in work.items.of_case(shelf.case_id)]
            assert [one.id for one in work.items.of_case(shelf.case_id)] == ahead
            return ahead, work.left_out

    add(shelf)
    assert read() == read() == ([FIRST], set())
    underhand(
        shelf,
        f"UPDATE item SET ciphertext = {flipped(shelf, 'item', FIRST)} WHERE id = '{FIRST.hex}'",
    )
    assert read() == ([], {FIRST})


def test_an_item_is_read_as_it_was_changed_though_it_was_read_ahead(shelf: Shelf) -> None:
    add(shelf)
    with shelf.vault.work() as work:
        work.items.read_ahead([shelf.case_id])
        part = work.compartments.of_file(shelf.case_id)[CompartmentKind.CASE]
        item = replace(ATTENDANCE, id=FIRST, case_id=shelf.case_id, text="Annat")
        work.items.replace(item, part, work.compartments.key(part))
        assert [one.text for one in work.items.of_case(shelf.case_id)] == ["Annat"]


def test_what_lies_in_the_guarded_part_is_remembered_nowhere(shelf: Shelf) -> None:
    with shelf.vault.work() as work:
        part = work.compartments.of_file(shelf.case_id)[CompartmentKind.GUARDED]
        item = replace(ATTENDANCE, id=FIRST, case_id=shelf.case_id, part=Part.GUARDED)
        work.items.add(item, part, work.compartments.key(part), sequence=work.sequence)
        shelf.commit(work)

    def read() -> int:
        with shelf.vault.work() as work:
            assert [one.id for one in work.items.of_case(shelf.case_id)] == [FIRST]
        return len(shelf.vault.opened)

    assert read() == read()
    # Whatever is remembered is named by its table first.
    rows = shelf.vault.opened._rows  # noqa: SLF001  what is remembered lies nowhere else
    names = [*rows._lately, *rows._before]  # noqa: SLF001  as above
    assert names
    assert not any(isinstance(name, tuple) and name[0] == "item" for name in names)


def test_a_vault_that_is_locked_remembers_nothing(shelf: Shelf) -> None:
    add(shelf)
    named(shelf)
    with shelf.vault.work() as work:
        show_case_rows(work.cases.all(), vault=shelf.vault, on=work.today, restored_at=0)
        work.due.counts([(date.min, date.max)])
    opened = shelf.vault.opened
    name = "cases", ("keys", CompartmentKind.CASE, *whose(shelf))
    assert len(opened) > 0
    assert len(shelf.vault.listed) == 2
    assert opened.stamp_of(name) is not None
    shelf.vault.decided.ask(decide, ATTENDANCE, POLICE_OFFICER, GIVEN)
    assert len(shelf.vault.decided) == 1

    shelf.vault.close()

    assert len(opened) == 0
    assert opened.stamp_of(name) is None
    assert len(shelf.vault.listed) == 0
    assert len(shelf.vault.decided) == 0


def whose(shelf: Shelf) -> tuple[UUID, frozenset[UUID]]:
    return shelf.vault.keyring.principal, shelf.vault.keyring.holders


@pytest.mark.parametrize("table", ["case", "person"])
def test_a_case_of_which_another_program_changes_a_byte_is_left_out_of_the_list(
    shelf: Shelf, table: str
) -> None:
    def listed() -> tuple[set[UUID], set[UUID]]:
        with shelf.vault.work() as work:
            return {one.case.id for one in work.cases.all()}, work.left_out

    with shelf.vault.work() as work:
        subject_id = work.cases.find(shelf.case_id).subject_id
        assert list(work.cases.people(shelf.case_id)) == [subject_id]
    assert listed() == listed() == ({shelf.case_id, shelf.other_id}, set())
    row_id = shelf.case_id if table == "case" else subject_id

    underhand(
        shelf,
        f'UPDATE "{table}" SET ciphertext = {flipped(shelf, table, row_id)}'
        f" WHERE id = '{row_id.hex}'",
    )

    assert listed() == listed() == ({shelf.other_id}, {shelf.case_id})
    if table == "person":
        with shelf.vault.work() as work:
            assert work.cases.people(shelf.case_id) == {}
            assert work.left_out == {subject_id}


def test_a_case_whose_key_another_program_spoils_is_told_with_its_compartment_each_time(
    shelf: Shelf,
) -> None:
    def listed() -> tuple[set[UUID], set[UUID]]:
        with shelf.vault.work() as work:
            return {one.case.id for one in work.cases.all()}, work.left_out

    assert listed() == ({shelf.case_id, shelf.other_id}, set())
    part = shelf.part().id

    without_triggers(
        shelf.made,
        f"DELETE FROM kept WHERE compartment_id = '{part.hex}'",
        f"UPDATE \"grant\" SET signature = zeroblob(64) WHERE compartment_id = '{part.hex}'",
    )

    # Our own program only opens them as they lie; nothing of it is taken from before.
    assert listed() == listed() == listed() == ({shelf.other_id}, {part, shelf.case_id})


def test_nothing_over_whole_tables_is_kept_where_anything_was_left_out_before(
    shelf: Shelf,
) -> None:
    opened, left_out = Opened(), {FIRST}
    with shelf.vault.work() as work:
        changes = Changes(work._connection)  # noqa: SLF001  what stands below the stores
        whole = WholeTables(changes, opened, left_out)
        assert whole.of("answer", {"case"}, lambda: [1]) == [1]
        assert opened.stamp_of("answer") is None

        left_out.clear()
        assert whole.of("answer", {"case"}, lambda: [2]) == [2]
        assert whole.of("answer", {"case"}, lambda: [3]) == [2]


def test_a_link_of_the_consents_that_another_program_changes_breaks_a_chain_that_held(
    shelf: Shelf,
) -> None:
    family = signed_case(shelf.vault)

    def standing() -> ChainStanding:
        with shelf.vault.work() as work:
            case = work.cases.find(family.case_id).case
            logged = work.audit.digests({Action.CONSENT_RECORDED}, family.case_id)
            return work.consents.chain(case, logged).standing

    assert standing() is standing() is ChainStanding.HOLDS
    ((row_id,),) = shelf.rows("SELECT id FROM consent_event ORDER BY sequence LIMIT 1")
    event = UUID(row_id)

    without_triggers(
        shelf.made,
        f"UPDATE consent_event SET ciphertext = {flipped(shelf, 'consent_event', event)}"
        f" WHERE id = '{event.hex}'",
    )

    assert standing() is ChainStanding.BROKEN


def test_what_is_read_ahead_for_many_cases_is_what_each_tells_alone(shelf: Shelf) -> None:
    family = signed_case(shelf.vault)
    add(shelf)
    ids = [shelf.case_id, shelf.other_id, family.case_id]

    def told(work: Any, case_id: UUID) -> tuple[Any, ...]:
        case = work.cases.find(case_id).case
        logged = work.audit.digests({Action.CONSENT_RECORDED}, case_id)
        return (
            work.compartments.of_case(case_id),
            dict(work.compartments.keys_of(case_id)),
            work.compartments.keys_of(case_id).cases,
            work.cases.people(case_id),
            work.consents.chain(case, logged),
            work.parties.of_case(case_id),
            work.commitments.of_case(case_id),
            work.meetings.of_case(case_id),
        )

    with shelf.vault.work() as work:
        alone = [told(work, one) for one in ids]
    with shelf.vault.work() as work:
        work.read_ahead(ids)
        together = [told(work, one) for one in ids]
        again = [told(work, one) for one in ids]

    assert together == again == alone


def test_who_believes_nothing_of_the_file_yet_does_not_go_by_what_was_opened_before(
    vault: OpenVault,
) -> None:
    with vault.work_afresh() as work:
        before = len(vault.opened)
        work.cases.all()

    assert len(vault.opened) == before


def test_no_more_rows_are_remembered_than_there_is_room_for_and_the_last_stay() -> None:
    opened = Opened(most=3)
    place, key = (uuid4(), 1), CompartmentKey(bytes(32))

    for number in range(100):
        opened.keep("item", (number,), Known(FIRST, ((place, key),), number))
        opened.find("item", (0,))

    assert len(opened) <= 6
    found = [opened.find("item", (number,)) for number in (97, 98, 99, 0, 50)]
    assert [one and one.value for one in found] == [97, 98, 99, 0, None]
    assert opened.find("party", (99,)) is None


def test_no_more_answers_over_whole_tables_are_kept_than_lists_ask_for(shelf: Shelf) -> None:
    with shelf.vault.work() as work:
        stamp = Changes(work._connection).stamp({"case"})  # noqa: SLF001  below the stores
    assert stamp is not None
    opened = Opened()
    for number in range(100):
        opened.keep_whole(number, stamp, [number])
    kept = [number for number in range(100) if opened.whole(number, stamp) is not None]
    assert kept == list(range(84, 100))


def test_of_no_more_rows_than_there_is_room_for_is_it_remembered_what_was_looked_at() -> None:
    opened, known = Opened(most_glanced=3), Known(FIRST, (), "value")
    for number in range(100):
        opened.keep_glance(bytes([number]), known)
    found = [number for number in range(100) if opened.glance(bytes([number])) is not None]
    assert found[-3:] == [97, 98, 99]
    assert len(found) <= 6


def test_a_value_is_handed_out_for_the_very_key_that_it_took() -> None:
    place, key = (uuid4(), 1), CompartmentKey(bytes(32))
    known = Known(FIRST, ((place, key),), "value")

    assert known.opens_with({place: key})
    assert not known.opens_with({})
    assert not known.opens_with({place: CompartmentKey(bytes(32))})
    assert not known.opens_with({(place[0], 2): key})


HELD = Meeting(
    id=UUID(int=601),
    case_id=UUID(int=9),
    number=1,
    template="sspf_family",
    starts_at=datetime(2026, 12, 2, 14, tzinfo=UTC),
    minutes=60,
    state=MeetingState.HELD,
    began_at=datetime(2026, 12, 2, 14, tzinfo=UTC),
)


def meet(shelf: Shelf) -> None:
    """Store that a meeting was held in the first case."""
    with shelf.vault.work() as work:
        work.meetings.add(shelf.case_id, replace(HELD, case_id=shelf.case_id))
        shelf.commit(work)


def test_what_waits_and_can_be_raised_is_that_of_the_day_though_it_was_asked_the_day_before(
    shelf: Shelf,
) -> None:
    def on(day: date) -> tuple[list[UUID], list[UUID]]:
        with shelf.vault.work() as work:
            return list(work.due.waiting(day)), list(work.due.raisable(day))

    add(shelf)
    meet(shelf)

    assert on(date(2026, 11, 30)) == ([], [])
    assert on(date(2026, 12, 1)) == ([shelf.case_id], [shelf.case_id])
    assert on(date(2026, 11, 30)) == ([], [])


def test_a_meeting_that_was_held_since_counts_for_what_can_be_raised(shelf: Shelf) -> None:
    def found() -> tuple[list[UUID], list[UUID]]:
        with shelf.vault.work() as work:
            met = work.due.meetings([shelf.case_id])
            return list(work.due.raisable(date(2026, 12, 3))), list(met)

    add(shelf)
    assert found() == ([], [])

    meet(shelf)

    assert found() == ([shelf.case_id], [shelf.case_id])
