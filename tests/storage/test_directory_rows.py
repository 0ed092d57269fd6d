"""The contact directory comes back as it was stored, and what was changed is left out and told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.storage.shelf import ODD, Shelf, literal
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.directory import Contact, Directory, NameSince, Organisation
from trygga_desktop.domain.errors import DamagedVaultError
from trygga_desktop.storage.stores.envelopes import Envelopes
from trygga_desktop.storage.stores.plain import spell

SCHOOL = Organisation(
    id=UUID(int=701),
    kind="school",
    names=(
        NameSince(name="Lunds skola", since=date.min),
        NameSince(name="Ekskolan \u202e<b>", since=date(2026, 7, 1)),
    ),
)
POLICE = Organisation(
    id=UUID(int=702),
    kind="police",
    names=(NameSince(name="Polisen", since=date(2020, 1, 1)),),
    retired=True,
)
TEACHER = Contact(
    id=UUID(int=711),
    name="Lena Ek",
    organisation_id=SCHOOL.id,
    title="rektor",
    phone="010",
    email="lena@example.org",
)
OFFICER = Contact(id=UUID(int=712), name="Lena Ek", organisation_id=POLICE.id)
ALL = Directory(organisations=(SCHOOL, POLICE), contacts=(TEACHER, OFFICER))


@pytest.fixture(autouse=True)
def _filled(shelf: Shelf) -> None:
    put(shelf, OFFICER, POLICE, TEACHER, SCHOOL)


def put(shelf: Shelf, *values: Organisation | Contact) -> None:
    """Store these in the directory."""
    with shelf.vault.work() as work:
        for one in values:
            if isinstance(one, Organisation):
                work.directory.put_organisation(one)
            else:
                work.directory.put_contact(one)
        work.commit(Action.DIRECTORY_CHANGED, values[0].id)


def read(shelf: Shelf) -> tuple[Directory, set[UUID]]:
    """Return what can be read, and what was left out."""
    with shelf.vault.work() as work:
        return work.directory.all(), work.left_out


@pytest.mark.parametrize("login", ["ke", "pn", "at"])
def test_everyone_with_an_account_reads_the_directory(shelf: Shelf, login: str) -> None:
    shelf.vault.close()
    shelf.vault = shelf.made.open(login)

    assert read(shelf) == (ALL, set())


def test_what_is_put_again_stands_in_place_of_what_was_there(shelf: Shelf) -> None:
    renamed = replace(SCHOOL, names=(*SCHOOL.names, NameSince(name="Nya skolan", since=date.max)))
    moved = replace(TEACHER, organisation_id=POLICE.id, retired=True)
    put(shelf, renamed, moved)
    put(shelf, renamed)
    shelf.forge()

    assert read(shelf) == (
        Directory(organisations=(renamed, POLICE), contacts=(moved, OFFICER)),
        set(),
    )
    versions = shelf.rows("SELECT row_version FROM organisation ORDER BY id")
    assert versions == [(3,), (1,)]


@pytest.mark.parametrize(
    "change",
    [
        "compartment_id = (SELECT id FROM compartment WHERE kind = 'case' LIMIT 1)",
        "generation = 2",
        "row_version = 2",
        "ciphertext = (SELECT ciphertext FROM {table} WHERE id = '{second}')",
        "ciphertext = (SELECT ciphertext FROM {other} WHERE id = '{across}')",
        *(
            f"{column} = {odd}"
            for column in ("compartment_id", "generation", "row_version", "ciphertext")
            for odd in ODD
        ),
    ],
)
def test_a_row_that_was_changed_is_left_out_and_told(shelf: Shelf, change: str) -> None:
    tables = {
        "organisation": (SCHOOL.id, POLICE.id),
        "contact": (TEACHER.id, OFFICER.id),
    }
    for table, other in (("organisation", "contact"), ("contact", "organisation")):
        first, second = tables[table]
        filled = change.format(
            table=table, other=other, second=second.hex, across=tables[other][1].hex
        )
        shelf.forge(f"UPDATE {table} SET {filled} WHERE id = '{first.hex}'")

    assert read(shelf) == (
        Directory(organisations=(POLICE,), contacts=(OFFICER,)),
        {SCHOOL.id, TEACHER.id},
    )


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_id_stops_no_other_row(shelf: Shelf, odd: str) -> None:
    shelf.forge(f"UPDATE organisation SET id = {odd} WHERE id = '{SCHOOL.id.hex}'")

    directory, left_out = read(shelf)
    assert directory == replace(ALL, organisations=(POLICE,))
    assert len(left_out) == 1


@pytest.mark.parametrize(
    "value",
    [
        {**spell(SCHOOL), "id": str(POLICE.id)},
        {**spell(SCHOOL), "names": []},
        {**spell(SCHOOL), "names": [{"name": 7, "since": "2026-01-01"}]},
        {**spell(SCHOOL), "retired": "no"},
        {},
        [],
        None,
    ],
)
def test_what_another_account_made_up_is_left_out(shelf: Shelf, value: Mapping[str, Any]) -> None:
    with shelf.vault.work() as work:
        compartment = work.compartments.own(CompartmentKind.VAULT)
        assert compartment is not None
        columns = Envelopes(shelf.made.vault_id, "organisation").close(
            SCHOOL.id,
            value,
            owner=UUID(bytes=shelf.made.vault_id),
            compartment=compartment,
            key=work.compartments.key(compartment),
        )
    shelf.forge(
        f"UPDATE organisation SET ciphertext = {literal(columns['ciphertext'])}"
        f" WHERE id = '{SCHOOL.id.hex}'"
    )

    assert read(shelf) == (replace(ALL, organisations=(POLICE,)), {SCHOOL.id})


def test_nothing_is_put_where_the_vaults_own_compartment_is_gone(shelf: Shelf) -> None:
    shelf.forge("UPDATE compartment SET kind = 'drafts' WHERE kind = 'vault'")

    with shelf.vault.work() as work, pytest.raises(DamagedVaultError):
        work.directory.put_contact(TEACHER)
    assert read(shelf)[0] == Directory()
