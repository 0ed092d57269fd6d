"""The contact directory: what it refuses, and what an organisation was called when."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.documents.papers import HOSTILE
from tests.hostile import forge
from tests.people import DAY, organisation
from trygga_desktop.domain.directory import Contact, Organisation
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.contacts import (
    MOST_NAME,
    DirectoryView,
    SaveContact,
    SaveOrganisation,
    read_directory,
    save_contact,
    save_organisation,
)
from trygga_desktop.services.vault import OpenVault

NOBODY = UUID(int=5)


def refused(act: Callable[..., object], command: object, vault: OpenVault) -> tuple[str, str]:
    """Return field and flaw of what was refused; nothing was stored."""
    before = directory(vault)
    with pytest.raises(InvalidInputError) as caught:
        act(command, vault=vault)
    assert directory(vault) == before
    return caught.value.field, caught.value.flaw


def directory(vault: OpenVault) -> DirectoryView:
    return read_directory(vault=vault).value


def saved(vault: OpenVault, organisation_id: UUID) -> Organisation:
    found = directory(vault).directory.organisation(organisation_id)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": ""}, ("name", "missing")),
        ({"name": " \n"}, ("name", "missing")),
        ({"name": "x" * (MOST_NAME + 1)}, ("name", "length")),
        ({"kind": "circus"}, ("kind", "unknown")),
        ({"kind": ""}, ("kind", "unknown")),
        ({"id": NOBODY}, ("organisation", "unknown")),
        ({"name": " ekbackens SKOLA"}, ("name", "taken")),
        ({"name": "Ekbackens skola", "retired": True}, ("name", "taken")),
    ],
)
def test_what_is_no_organisation_is_refused_by_field(
    vault: OpenVault, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    organisation(vault, "school", "Ekbackens skola")
    command = SaveOrganisation(kind="school", name="Sjöängens skola")
    assert refused(save_organisation, replace(command, **fields), vault) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": "\t"}, ("name", "missing")),
        ({"name": "x" * (MOST_NAME + 1)}, ("name", "length")),
        ({"title": "x" * (MOST_NAME + 1)}, ("title", "length")),
        ({"phone": "1" * (MOST_NAME + 1)}, ("phone", "length")),
        ({"email": "x" * (MOST_NAME + 1)}, ("email", "length")),
        ({"organisation_id": NOBODY}, ("organisation", "unknown")),
        ({"id": NOBODY}, ("contact", "unknown")),
    ],
)
def test_what_is_no_contact_is_refused_by_field(
    vault: OpenVault, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    school = organisation(vault, "school", "Ekbackens skola")
    command = SaveContact(name="Maria Lind", organisation_id=school)
    assert refused(save_contact, replace(command, **fields), vault) == expected


def test_the_board_whose_vault_it_is_cannot_be_retired(vault: OpenVault) -> None:
    ours = directory(vault).controller_id
    command = SaveOrganisation(id=ours, kind="social_services", name="Nämnden", retired=True)
    assert refused(save_organisation, command, vault) == ("retired", "needed")


def test_a_new_name_that_begins_before_the_last_one_is_refused(vault: OpenVault) -> None:
    school = organisation(vault, "school", "Ekbackens skola")
    renamed = SaveOrganisation(id=school, kind="school", name="Nya Ekbacken", since=DAY)
    save_organisation(renamed, vault=vault)
    earlier = SaveOrganisation(
        id=school, kind="school", name="Gamla Ekbacken", since=DAY - timedelta(days=1)
    )
    assert refused(save_organisation, earlier, vault) == ("since", "order")


def test_the_board_is_there_from_the_start_and_is_called_as_its_municipality(
    vault: OpenVault,
) -> None:
    found = directory(vault)
    assert saved(vault, found.controller_id).name == "Exempelstad"
    assert found.directory.contacts == ()
    assert found.left_out == 0


def test_the_first_name_of_the_board_takes_the_place_of_the_municipality_s(
    vault: OpenVault,
) -> None:
    ours = directory(vault).controller_id
    named = SaveOrganisation(id=ours, kind="social_services", name="Socialnämnden")
    save_organisation(named, vault=vault)
    assert [one.name for one in saved(vault, ours).names] == ["Socialnämnden"]
    save_organisation(replace(named, name="Barnnämnden", since=DAY), vault=vault)
    assert [one.name for one in saved(vault, ours).names] == ["Socialnämnden", "Barnnämnden"]


def test_an_organisation_keeps_the_name_that_it_had_on_each_day(vault: OpenVault) -> None:
    school = organisation(vault, "school", "Ekbackens skola")
    renamed = SaveOrganisation(
        id=school, kind="school", name="Nya Ekbacken", since=date(2026, 8, 1)
    )
    assert save_organisation(renamed, vault=vault).value == school
    # A slip of the pen is put right in its place, and the same name again is no new one.
    save_organisation(
        SaveOrganisation(
            id=school, kind="school", name="Nya Ekbackens skola", since=date(2026, 8, 1)
        ),
        vault=vault,
    )
    save_organisation(
        SaveOrganisation(id=school, kind="school", name="Nya Ekbackens skola"), vault=vault
    )

    found = saved(vault, school)

    days = (date(1950, 1, 1), date(2026, 7, 31), date(2026, 8, 1), DAY)
    assert [found.name_on(day) for day in days] == [
        "Ekbackens skola",
        "Ekbackens skola",
        "Nya Ekbackens skola",
        "Nya Ekbackens skola",
    ]
    assert len(found.names) == 2


def test_a_name_that_somebody_retired_left_can_be_taken(vault: OpenVault) -> None:
    school = organisation(vault, "school", "Ekbackens skola")
    save_organisation(
        SaveOrganisation(id=school, kind="school", name="Ekbackens skola", retired=True),
        vault=vault,
    )
    other = save_organisation(SaveOrganisation(kind="school", name="Ekbackens skola"), vault=vault)
    assert other.value != school
    assert saved(vault, school).retired


def test_two_kinds_of_organisation_may_have_one_name(vault: OpenVault) -> None:
    kinds = ("school", "independent_school")
    ids = {
        save_organisation(SaveOrganisation(kind=kind, name="Ekbacken"), vault=vault).value
        for kind in kinds
    }
    assert len(ids) == 2


def test_two_professionals_of_one_name_are_two(vault: OpenVault) -> None:
    school = organisation(vault, "school", "Ekbackens skola")
    police = organisation(vault, "police", "Lokalpolisen")
    ids = [
        save_contact(SaveContact(name="Maria Lind", organisation_id=one), vault=vault).value
        for one in (school, police, school)
    ]
    assert len(set(ids)) == 3


def test_a_professional_who_goes_to_another_organisation_stays_one_person(
    vault: OpenVault,
) -> None:
    school = organisation(vault, "school", "Ekbackens skola")
    police = organisation(vault, "police", "Lokalpolisen")
    contact = save_contact(SaveContact(name="Maria Lind", organisation_id=school), vault=vault)
    moved = SaveContact(
        id=contact.value,
        name=" Maria Lind-Falk ",
        organisation_id=police,
        title="kommunpolis",
        phone="016-71 00 00",
        email="maria@exempelstad.example",
        retired=True,
    )
    save_contact(moved, vault=vault)

    assert directory(vault).directory.contacts == (
        Contact(
            id=contact.value,
            name="Maria Lind-Falk",
            organisation_id=police,
            title="kommunpolis",
            phone="016-71 00 00",
            email="maria@exempelstad.example",
            retired=True,
        ),
    )


def test_a_name_typed_otherwise_is_still_taken(vault: OpenVault) -> None:
    organisation(vault, "school", "Ängby skola")
    command = SaveOrganisation(kind="school", name="A\u0308ngby skola")
    assert refused(save_organisation, command, vault) == ("name", "taken")


def test_hostile_names_come_back_as_they_were(vault: OpenVault) -> None:
    names = [f"a{text}z" for text in HOSTILE if len(text) < MOST_NAME - 1]
    for name in names:
        school = organisation(vault, "school", name)
        command = SaveContact(name=name, organisation_id=school, title=name, phone=name, email=name)
        save_contact(command, vault=vault)

    known = directory(vault).directory

    assert len(known.contacts) == len(names)
    for contact in known.contacts:
        school_of = known.organisation(contact.organisation_id)
        assert school_of is not None
        (text,) = {contact.name, contact.title, contact.phone, contact.email, school_of.name}
        assert any(text.encode("utf-16", "surrogatepass") in spellings(one) for one in names)


def spellings(text: str) -> set[bytes]:
    """Return a text as it was typed and in one spelling for each letter, byte for byte."""
    return {
        one.encode("utf-16", "surrogatepass") for one in (text, unicodedata.normalize("NFC", text))
    }


def test_who_has_no_case_of_their_own_may_still_look_up_whom_to_turn_to(made: MadeVault) -> None:
    vault = made.open()
    organisation(vault, "school", "Ekbackens skola")
    vault.close()
    vault = made.open("at")
    names = {one.name for one in directory(vault).directory.organisations}
    assert names == {"Exempelstad", "Ekbackens skola"}
    vault.close()


def test_a_row_that_somebody_damaged_is_left_out_and_told(made: MadeVault) -> None:
    vault = made.open()
    school = organisation(vault, "school", "Ekbackens skola")
    police = organisation(vault, "police", "Lokalpolisen")
    vault.close()
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"UPDATE organisation SET ciphertext = x'00' WHERE id = '{school.hex}'",
    )
    vault = made.open()
    found = directory(vault)
    assert found.left_out == 1
    assert found.directory.organisation(police) is not None
    # Nor can what is left of it be written over by somebody who only knows its id.
    command = SaveOrganisation(id=school, kind="school", name="En annan skola")
    assert refused(save_organisation, command, vault) == ("organisation", "unknown")
    vault.close()
