"""What was opened once is opened anew once anything of its row is another, or its key is gone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.domain.facts import ATTENDANCE
from tests.hostile import connect
from tests.insider import without_triggers
from tests.people import signed_case
from tests.storage.shelf import Shelf, literal
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import Commitment
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.opened import Known, Opened
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


both_ways = pytest.mark.parametrize("read", [due, of_case])
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
    assert due(shelf) == ([COMMITMENT], set())

    underhand(shelf, f"UPDATE commitment SET case_id = '{shelf.other_id.hex}'")

    assert due(shelf) == ([], {FIRST})
    with shelf.vault.work() as work:
        assert work.commitments.of_case(shelf.other_id) == []


def test_a_row_does_not_count_any_more_once_its_compartment_is_of_another_case(
    shelf: Shelf,
) -> None:
    add(shelf)
    assert due(shelf) == of_case(shelf) == ([COMMITMENT], set())
    part = shelf.part().id.hex

    without_triggers(
        shelf.made,
        f"UPDATE compartment SET case_id = '{shelf.other_id.hex}' WHERE id = '{part}'",
    )

    assert due(shelf)[0] == of_case(shelf)[0] == []


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

    assert listed() == ({shelf.other_id}, {shelf.case_id})
    if table == "person":
        with shelf.vault.work() as work:
            assert work.cases.people(shelf.case_id) == {}
            assert work.left_out == {subject_id}


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


def test_a_value_is_handed_out_for_the_very_key_that_it_took() -> None:
    place, key = (uuid4(), 1), CompartmentKey(bytes(32))
    known = Known(FIRST, ((place, key),), "value")

    assert known.opens_with({place: key})
    assert not known.opens_with({})
    assert not known.opens_with({place: CompartmentKey(bytes(32))})
    assert not known.opens_with({(place[0], 2): key})
