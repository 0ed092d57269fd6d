"""The people of a case: who may be added, in which capacity, and what is shown of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.documents.papers import HOSTILE
from tests.hostile import forge
from tests.people import (
    DAY,
    ELIAS,
    JOHAN,
    MAJA,
    SARA,
    VIKTOR,
    Family,
    case_with_family,
    opened_case,
    organisation,
    professional,
    relative,
)
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import PartialDate
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.consents import RecordBar, record_bar
from trygga_desktop.services.contacts import (
    SaveContact,
    SaveOrganisation,
    save_contact,
    save_organisation,
)
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.parties import (
    AddProfessional,
    AddRelative,
    ChangeParty,
    ShownParty,
    add_professional,
    add_relative,
    change_party,
    read_people,
)
from trygga_desktop.services.vault import OpenVault

PROTECTED_AUNT = replace(
    VIKTOR, given_name="Rut", family_name="Testman", alias="VÄST-2", number=None
)


def refused(act: Callable[..., object], command: object, vault: OpenVault) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        act(command, vault=vault)
    return caught.value.field, caught.value.flaw


def people(vault: OpenVault, case_id: UUID) -> dict[str, ShownParty]:
    return {one.name: one for one in read_people(case_id, vault=vault).value.people}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"role": PartyRole.SUBJECT_PERSON}, ("role", "unknown")),
        ({"role": PartyRole.PROFESSIONAL}, ("role", "unknown")),
        ({"person": NewPerson(given_name="", family_name="\u2800")}, ("given_name", "missing")),
        ({"person": replace(SARA, family_name="x" * 201)}, ("family_name", "length")),
        ({"person": replace(PROTECTED_AUNT, alias=" ")}, ("alias", "missing")),
        ({"relation": "x" * 201}, ("relation", "length")),
        ({"custody": Custody.NONE}, ("custody", "missing")),
        (
            {"role": PartyRole.APPOINTED_GUARDIAN, "custody": Custody.NONE},
            ("custody", "missing"),
        ),
    ],
)
def test_who_is_no_relative_is_refused_by_field(
    vault: OpenVault, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    case_id = opened_case(vault)
    command = AddRelative(
        case_id=case_id, role=PartyRole.GUARDIAN, person=SARA, custody=Custody.JOINT
    )
    assert refused(add_relative, replace(command, **fields), vault) == expected
    assert list(people(vault, case_id)) == ["Elias Demosson"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"contact_id": uuid4()}, ("contact", "unknown")),
        ({"function": "x" * 201}, ("function", "length")),
        ({"deputy_of": uuid4()}, ("deputy_of", "unknown")),
    ],
)
def test_who_is_no_professional_of_the_directory_is_refused_by_field(
    vault: OpenVault, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    case_id = opened_case(vault)
    school = organisation(vault, "school", "Ekbackens skola")
    maria = save_contact(SaveContact(name="Maria Lind", organisation_id=school), vault=vault).value
    command = AddProfessional(case_id=case_id, contact_id=maria)
    assert refused(add_professional, replace(command, **fields), vault) == expected
    assert list(people(vault, case_id)) == ["Elias Demosson"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"party_id": uuid4()}, ("party", "unknown")),
        ({"relation": "x" * 201}, ("relation", "length")),
        ({"function": "x" * 201}, ("function", "length")),
        ({"until": DAY - timedelta(days=1)}, ("until", "order")),
        ({"deputy_of": uuid4()}, ("deputy_of", "unknown")),
    ],
)
def test_a_change_that_cannot_be_is_refused_by_field(
    vault: OpenVault, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    case_id = opened_case(vault)
    sara = relative(vault, case_id, custody=Custody.JOINT)
    before = people(vault, case_id)
    command = ChangeParty(case_id=case_id, party_id=sara)
    assert refused(change_party, replace(command, **fields), vault) == expected
    assert people(vault, case_id) == before


def test_the_young_person_s_own_place_is_not_changed(vault: OpenVault) -> None:
    family = case_with_family(vault)
    command = ChangeParty(case_id=family.case_id, party_id=family.subject, until=DAY)
    assert refused(change_party, command, vault) == ("party", "unknown")


def test_nobody_stands_in_for_themselves_or_for_family(vault: OpenVault) -> None:
    family = case_with_family(vault)
    for somebody in (family.maria, family.sara):
        command = ChangeParty(case_id=family.case_id, party_id=family.maria, deputy_of=somebody)
        assert refused(change_party, command, vault) == ("deputy_of", "unknown")


def test_a_professional_has_a_place_once_until_it_ends(vault: OpenVault) -> None:
    family = case_with_family(vault)
    contact = people(vault, family.case_id)["Maria Lind"].party.contact_id
    assert contact is not None
    again = AddProfessional(case_id=family.case_id, contact_id=contact)
    assert refused(add_professional, again, vault) == ("contact", "taken")

    ended = ChangeParty(case_id=family.case_id, party_id=family.maria, until=DAY)
    change_party(ended, vault=vault)

    assert add_professional(again, vault=vault).value != family.maria


def test_who_was_granted_nothing_is_told_of_nobody(made: MadeVault) -> None:
    vault = made.open()
    family = case_with_family(vault)
    vault.close()
    vault = made.open("pn")
    added = AddRelative(case_id=family.case_id, role=PartyRole.RELATIVE, person=SARA)
    place = AddProfessional(case_id=family.case_id, contact_id=family.maria)
    change = ChangeParty(case_id=family.case_id, party_id=family.sara)
    with pytest.raises(NoAccessError):
        read_people(family.case_id, vault=vault)
    with pytest.raises(NoAccessError):
        add_relative(added, vault=vault)
    with pytest.raises(NoAccessError):
        add_professional(place, vault=vault)
    with pytest.raises(NoAccessError):
        change_party(change, vault=vault)
    vault.close()


def test_a_protected_relative_is_added_only_by_who_may_know_them(made: MadeVault) -> None:
    petra = made.secrets("pn").principal
    vault = made.open()
    case_id = opened_case(vault)
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    vault.close()

    vault = made.open("pn")
    command = AddRelative(case_id=case_id, role=PartyRole.RELATIVE, person=PROTECTED_AUNT)
    with pytest.raises(NoAccessError):
        add_relative(command, vault=vault)
    assert list(people(vault, case_id)) == ["Elias Demosson"]
    # Of somebody who is not, the case's own part is enough.
    relative(vault, case_id, SARA, custody=Custody.JOINT)
    assert list(people(vault, case_id)) == ["Elias Demosson", "Sara Demosson"]
    vault.close()


def test_a_protected_relative_is_shown_by_alias_and_nothing_else(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    relative(vault, case_id, PROTECTED_AUNT, role=PartyRole.RELATIVE)

    found = read_people(case_id, vault=vault).value
    (aunt,) = [one for one in found.people if one.is_protected]

    assert (aunt.name, aunt.told_apart, aunt.born) == ("VÄST-2", "", None)
    assert "Rut" not in repr(found)
    assert "1999" not in repr(found)


def test_the_young_person_comes_first_and_everyone_is_told_with_what_they_are(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    found = read_people(family.case_id, vault=vault).value
    assert found.subject_id == family.subject
    assert found.people[0].party.id == family.subject
    assert found.left_out == 0
    by_name = people(vault, family.case_id)
    assert {name: one.is_signer for name, one in by_name.items()} == {
        "Elias Demosson": True,
        "Sara Demosson": True,
        "Johan Demosson": True,
        "Karin Ek": False,
        "Maria Lind": False,
        "Peter Falk": False,
    }
    maria = by_name["Maria Lind"]
    assert (maria.organisation, maria.kind, maria.party.function) == (
        "Ekbackens skola",
        "school",
        "rektor",
    )
    assert by_name["Sara Demosson"].born == PartialDate(1984, 3, 1)


def test_two_people_of_one_name_are_told_apart(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    namesake = replace(ELIAS, birth_date=PartialDate(1979, 8), number=None)
    relative(vault, case_id, namesake, role=PartyRole.RELATIVE)
    for kind, name in (("school", "Ekbackens skola"), ("leisure", "Ungdomens hus")):
        professional(vault, case_id, organisation(vault, kind, name), "Elias Demosson")

    found = read_people(case_id, vault=vault).value

    assert {one.name for one in found.people} == {"Elias Demosson"}
    assert sorted(one.told_apart for one in found.people) == [
        "1979-08",
        "2009-05-14",
        "Ekbackens skola",
        "Ungdomens hus",
    ]


def test_a_guardian_who_is_also_a_professional_has_two_places_and_that_is_said(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    place = professional(vault, family.case_id, family.school, "sara demosson", "lärare")

    found = read_people(family.case_id, vault=vault).value
    by_id = {one.party.id: one.party for one in found.people}

    assert by_id[place].organisation_id == family.school
    assert by_id[family.sara].organisation_id is None
    assert found.also_known == {by_id[place].contact_id}


def test_an_agency_is_called_as_it_is_today(vault: OpenVault) -> None:
    family = case_with_family(vault)
    for name, since in (("Nya Ekbacken", DAY), ("Nästa års skola", DAY + timedelta(days=30))):
        save_organisation(
            SaveOrganisation(id=family.school, kind="school", name=name, since=since), vault=vault
        )
    maria = people(vault, family.case_id)["Maria Lind"]
    assert (maria.organisation, maria.told_apart) == ("Nya Ekbacken", "Nya Ekbacken")


def test_a_deputy_is_told_with_whom_they_stand_in_for(vault: OpenVault) -> None:
    family = case_with_family(vault)
    contact = save_contact(
        SaveContact(name="Ny Nilsson", organisation_id=family.school), vault=vault
    ).value
    command = AddProfessional(
        case_id=family.case_id, contact_id=contact, function="vikarie", deputy_of=family.maria
    )
    add_professional(command, vault=vault)
    deputy = people(vault, family.case_id)["Ny Nilsson"]
    assert (deputy.deputy_of, deputy.party.function) == ("Maria Lind", "vikarie")


def test_what_is_new_is_stored_and_the_rest_stays(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    since = date(2026, 1, 7)
    johan = relative(vault, case_id, JOHAN, custody=Custody.JOINT, relation=" pappa ", since=since)

    change_party(ChangeParty(case_id=case_id, party_id=johan, custody=Custody.SOLE), vault=vault)
    change_party(ChangeParty(case_id=case_id, party_id=johan, until=DAY), vault=vault)

    party = people(vault, case_id)["Johan Demosson"].party
    assert (party.custody, party.relation) == (Custody.SOLE, "pappa")
    assert (party.since, party.until) == (since, DAY)


def test_a_child_of_fourteen_is_asked_and_does_not_sign(vault: OpenVault) -> None:
    family = case_with_family(vault, MAJA)

    found = people(vault, family.case_id)

    assert {name for name, one in found.items() if one.is_asked} == {"Maja Provberg"}
    assert {name for name, one in found.items() if one.is_signer} == {
        "Sara Demosson",
        "Johan Demosson",
    }


def test_custody_counts_for_a_guardian_and_for_nobody_else(vault: OpenVault) -> None:
    case_id = opened_case(vault, programme="sspf")
    for role in (PartyRole.RELATIVE, PartyRole.GUARDIAN, PartyRole.APPOINTED_GUARDIAN):
        person = replace(SARA, given_name=role.value)
        relative(vault, case_id, person, role=role, custody=Custody.JOINT)
    relative(vault, case_id, JOHAN, role=PartyRole.TRUSTEE)

    found = people(vault, case_id)

    assert {name for name, one in found.items() if one.is_signer} == {
        "Elias Demosson",
        "guardian Demosson",
        "appointed_guardian Demosson",
    }


def test_whoever_is_barred_is_told_with_it(vault: OpenVault) -> None:
    family = case_with_family(vault)
    bar = record_bar(barred(family), vault=vault).value
    found = people(vault, family.case_id)
    assert [one.id for one in found["Johan Demosson"].bars] == [bar]
    assert found["Sara Demosson"].bars == ()


def barred(family: Family) -> RecordBar:
    return RecordBar(
        case_id=family.case_id,
        reason=Reason.GUARDIAN_BARRED,
        against=family.johan,
        on=DAY,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
        words="Beslut av nämnden",
    )


def test_hostile_names_come_back_as_they_were(vault: OpenVault) -> None:
    case_id = opened_case(vault, MAJA)
    texts = [text for text in HOSTILE if text.strip() and len(text) <= 190]
    for text in texts:
        person = NewPerson(given_name="a", family_name=f"x{text}x")
        relative(vault, case_id, person, role=PartyRole.RELATIVE, relation=f"x{text}x")
    found = read_people(case_id, vault=vault).value
    relations = {one.party.relation for one in found.people}
    assert relations >= {f"x{text}x" for text in texts}
    assert len(found.people) == len(texts) + 1
    assert found.left_out == 0


def test_a_person_whose_row_was_damaged_is_left_out_and_told(made: MadeVault) -> None:
    vault = made.open()
    family = case_with_family(vault)
    vault.close()
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"UPDATE person SET ciphertext = x'00' WHERE id = '{family.sara.hex}'",
    )
    vault = made.open()
    found = read_people(family.case_id, vault=vault).value
    assert found.left_out == 1
    assert "Sara Demosson" not in {one.name for one in found.people}
    vault.close()
