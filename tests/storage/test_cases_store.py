"""What a case says of itself and its people comes back, or is left out and told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.people import VIKTOR
from tests.storage.shelf import ODD, Shelf
from trygga_desktop.domain.case import Case, Cause, Intake, Phase, PhaseStep
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.errors import ConflictError, TamperedError
from trygga_desktop.domain.people import Person, from_plain, to_plain
from trygga_desktop.services.cases import list_cases
from trygga_desktop.storage.stores.cases import OpenedCase

MOTHER, FATHER = UUID(int=901), UUID(int=902)
SARA = Person(given_name="Sara", family_name="Demosson", birth_date=PartialDate(1985))


def opened(shelf: Shelf) -> OpenedCase:
    """Return the first case as it can be read."""
    with shelf.vault.work() as work:
        return work.cases.find(shelf.case_id)


def replace_case(shelf: Shelf, one: OpenedCase) -> None:
    """Store what the first case says of itself."""
    with shelf.vault.work() as work:
        part = work.compartments.of_file(shelf.case_id)[CompartmentKind.CASE]
        work.cases.replace(one, part, work.compartments.key(part))
        shelf.commit(work)


def add_people(shelf: Shelf, **people: Person) -> None:
    """Store these beside the young person of the first case."""
    with shelf.vault.work() as work:
        part = work.compartments.of_file(shelf.case_id)[CompartmentKind.CASE]
        key = work.compartments.key(part)
        for name, person in people.items():
            work.cases.add_person({"mother": MOTHER, "father": FATHER}[name], person, part, key)
        shelf.commit(work)


def people(shelf: Shelf) -> tuple[dict[UUID, Person], set[UUID]]:
    """Return everyone of the first case, and what was left out."""
    with shelf.vault.work() as work:
        return work.cases.people(shelf.case_id), work.left_out


def grown(case: Case) -> Case:
    """Return the case with something in every field."""
    return replace(
        case,
        phase=Phase.PAUSED,
        case_number="2026-7",
        registry_number="SN 2026/7",
        opened_on=date.min,
        programme="sspf",
        intake=Intake(
            raised_by=UUID(int=1),
            raised_on=date(2026, 1, 2),
            why="skolk \u202e<b>",
            assessment="oro",
        ),
        steps=(
            PhaseStep(phase=Phase.ASSESSMENT, on=date(2026, 1, 3), words="efter samtal"),
            PhaseStep(
                phase=Phase.PAUSED, on=date.max, cause=Cause.FOLLOWS_CONSENT, reason="withdrawn"
            ),
        ),
        responsible=UUID(int=2),
        deputy=UUID(int=3),
        consent_head=bytes(range(32)),
        consent_count=7,
    )


def test_a_case_that_was_replaced_comes_back_whole(shelf: Shelf) -> None:
    before = opened(shelf)
    replace_case(shelf, replace(before, case=grown(before.case)))
    shelf.forge()

    after = opened(shelf)
    assert after.case == replace(grown(before.case), row_version=before.case.row_version + 1)
    assert (after.subject, after.subject_id) == (before.subject, before.subject_id)
    assert people(shelf) == ({before.subject_id: before.subject}, set())


def test_a_case_that_was_replaced_keeps_its_place_in_the_list(shelf: Shelf) -> None:
    before = [row.id for row in list_cases(vault=shelf.vault).value.rows]
    one = opened(shelf)
    replace_case(shelf, replace(one, case=grown(one.case)))

    assert [row.id for row in list_cases(vault=shelf.vault).value.rows] == before


def test_a_case_that_was_changed_meanwhile_is_a_conflict(shelf: Shelf) -> None:
    one = opened(shelf)
    replace_case(shelf, replace(one, case=replace(one.case, case_number="1")))

    with pytest.raises(ConflictError):
        replace_case(shelf, replace(one, case=replace(one.case, case_number="2")))
    coming = replace(one.case, row_version=9)
    with pytest.raises(ConflictError):
        replace_case(shelf, replace(one, case=coming))
    gone = replace(one.case, id=UUID(int=99))
    with pytest.raises(ConflictError):
        replace_case(shelf, replace(one, case=gone))
    assert opened(shelf).case.case_number == "1"


@pytest.mark.parametrize(
    "change",
    [
        "phase = 'follow_up'",
        "phase = 'closed'",
        "sequence = sequence + 1000",
        "row_version = 1",
        "subject_id = (SELECT subject_id FROM \"case\" WHERE id = '{other}')",
        "ciphertext = (SELECT ciphertext FROM \"case\" WHERE id = '{other}')",
        *(f"phase = {odd}" for odd in ODD),
    ],
)
def test_a_case_of_which_the_file_says_something_else_is_left_out_and_told(
    shelf: Shelf, change: str
) -> None:
    one = opened(shelf)
    replace_case(shelf, replace(one, case=grown(one.case)))
    changed = change.format(other=shelf.other_id.hex)
    shelf.forge(f"UPDATE \"case\" SET {changed} WHERE id = '{shelf.case_id.hex}'")

    with shelf.vault.work() as work:
        assert [found.case.id for found in work.cases.all()] == [shelf.other_id]
        assert work.left_out == {shelf.case_id}
        with pytest.raises(TamperedError):
            work.cases.find(shelf.case_id)


def rewritten(shelf: Shelf, changes: Mapping[str, Any], *, without: frozenset[str]) -> None:
    """Have a holder of the key write the first case's value anew."""
    ((phase, subject, sequence),) = shelf.rows(
        f"SELECT phase, subject_id, sequence FROM \"case\" WHERE id = '{shelf.case_id.hex}'"
    )
    clear = b"%s %s %d" % (phase.encode(), UUID(subject).bytes, sequence)
    value = shelf.decrypted("case", shelf.case_id, clear=clear)
    assert without <= value.keys()
    kept = {name: part for name, part in value.items() if name not in without}
    ciphertext = shelf.encrypted("case", shelf.case_id, {**kept, **changes}, clear=clear)
    shelf.forge(f"UPDATE \"case\" SET ciphertext = {ciphertext} WHERE id = '{shelf.case_id.hex}'")


LATER = frozenset(
    {
        "programme",
        "intake",
        "steps",
        "responsible",
        "deputy",
        "consent_head",
        "consent_count",
    }
)


def test_a_case_from_before_there_were_meetings_can_be_read_and_goes_on(shelf: Shelf) -> None:
    before = opened(shelf).case
    rewritten(shelf, {}, without=LATER)

    old = opened(shelf)
    assert old.case == Case(
        id=before.id,
        phase=before.phase,
        case_number=before.case_number,
        registry_number=before.registry_number,
        opened_on=before.opened_on,
    )
    replace_case(shelf, replace(old, case=grown(old.case)))
    assert opened(shelf).case == replace(grown(old.case), row_version=2)


@pytest.mark.parametrize(
    "changes",
    [
        {"consent_head": "xyz"},
        {"consent_head": 7},
        {"consent_head": None},
        {"consent_count": "7"},
        {"consent_count": None},
        {"steps": [{"phase": "lost", "on": "2026-01-01"}]},
        {"steps": {}},
        {"intake": None},
        {"opened_on": "yesterday"},
        {"case_number": 7},
        {"responsible": "nobody"},
    ],
)
def test_a_value_of_the_wrong_sort_is_no_case(shelf: Shelf, changes: Mapping[str, Any]) -> None:
    rewritten(shelf, changes, without=frozenset())

    with shelf.vault.work() as work:
        assert [found.case.id for found in work.cases.all()] == [shelf.other_id]
        assert work.left_out == {shelf.case_id}


def test_everyone_of_a_case_comes_back_by_their_ids(shelf: Shelf) -> None:
    one = opened(shelf)
    viktor = VIKTOR.to_person()
    add_people(shelf, mother=SARA, father=viktor)

    assert people(shelf) == (
        {one.subject_id: one.subject, MOTHER: SARA, FATHER: viktor},
        set(),
    )
    with shelf.vault.work() as work:
        assert MOTHER not in work.cases.people(shelf.other_id)


def test_whoever_was_not_granted_the_case_knows_nobody_of_it(shelf: Shelf) -> None:
    add_people(shelf, mother=SARA)
    shelf.vault.close()
    shelf.vault = shelf.made.open("pn")

    found, left_out = people(shelf)
    assert found == {}
    assert MOTHER in left_out


@pytest.mark.parametrize(
    "change",
    [
        "case_id = '{other}'",
        "compartment_id = (SELECT id FROM compartment WHERE kind = 'guarded' LIMIT 1)",
        "generation = 2",
        "row_version = 2",
        "ciphertext = (SELECT ciphertext FROM person WHERE id = '{father}')",
        "ciphertext = (SELECT ciphertext FROM guarded WHERE case_id = '{case}')",
        *(
            f"{column} = {odd}"
            for column in ("compartment_id", "generation", "row_version", "ciphertext")
            for odd in ODD
        ),
    ],
)
def test_somebody_whose_row_was_changed_is_left_out_and_told(shelf: Shelf, change: str) -> None:
    one = opened(shelf)
    add_people(shelf, mother=SARA, father=SARA)
    changed = change.format(case=shelf.case_id.hex, other=shelf.other_id.hex, father=FATHER.hex)
    shelf.forge(f"UPDATE person SET {changed} WHERE id = '{MOTHER.hex}'")

    found, left_out = people(shelf)
    with shelf.vault.work() as work:
        assert MOTHER not in work.cases.people(shelf.other_id)
        left_out |= work.left_out
    assert found == {one.subject_id: one.subject, FATHER: SARA}
    assert left_out == {MOTHER}


def test_somebody_in_the_guarded_part_is_left_out_though_its_key_opens_them(
    shelf: Shelf,
) -> None:
    add_people(shelf, mother=SARA)
    guarded = shelf.part(CompartmentKind.GUARDED).id.hex
    written = shelf.encrypted("person", MOTHER, to_plain(SARA), kind=CompartmentKind.GUARDED)
    shelf.forge(
        f"UPDATE person SET compartment_id = '{guarded}', ciphertext = {written}"
        f" WHERE id = '{MOTHER.hex}'"
    )

    found, left_out = people(shelf)
    assert MOTHER not in found
    assert left_out == {MOTHER}


@pytest.mark.parametrize("value", [{}, [], 7, {**to_plain(SARA), "given_name": None}])
def test_somebody_whom_a_holder_of_the_key_made_up_is_left_out(shelf: Shelf, value: Any) -> None:
    add_people(shelf, mother=SARA, father=SARA)
    made_up = shelf.encrypted("person", MOTHER, value)
    shelf.forge(f"UPDATE person SET ciphertext = {made_up} WHERE id = '{MOTHER.hex}'")

    found, left_out = people(shelf)
    assert FATHER in found
    assert left_out == {MOTHER}
    assert from_plain(to_plain(SARA)) == SARA
