"""Cases are opened, listed and compared, by who may and with what may be stored."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.conftest import Clock, MadeVault
from tests.people import ELIAS, MAJA, VIKTOR, opened_case
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.people import PartialDate, Protection
from trygga_desktop.domain.person_changes import PersonChange
from trygga_desktop.services.case_files import FactKind, WriteNote, read_case, write_note
from trygga_desktop.services.cases import (
    NewPerson,
    OpenCase,
    SimilarBy,
    find_similar,
    list_cases,
    open_case,
)
from trygga_desktop.services.details import ChangeDetails, change_details, read_details
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.vault import OpenVault

HOSTILE = [
    '<img src="file:///etc/passwd">',
    "a <b c",
    "noll\0tecken",
    "\u202eyksim",
    "🙂👨‍👩‍👧",
    "\ud800",
    "x" * 1_000_000,
    "'; DROP TABLE person; --",
]


@pytest.mark.parametrize(
    ("command", "field", "flaw"),
    [
        (OpenCase(person=replace(ELIAS, given_name="", family_name="")), "given_name", "missing"),
        (OpenCase(person=replace(ELIAS, given_name="x" * 201)), "given_name", "length"),
        (OpenCase(person=replace(ELIAS, family_name="x" * 201)), "family_name", "length"),
        (OpenCase(person=replace(VIKTOR, alias="")), "alias", "missing"),
        (OpenCase(person=ELIAS, case_number="x" * 61), "case_number", "length"),
        (OpenCase(person=ELIAS, registry_number="x" * 61), "registry_number", "length"),
    ],
)
def test_what_cannot_be_a_case_is_refused_by_field(
    vault: OpenVault, command: OpenCase, field: str, flaw: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        open_case(command, vault=vault)
    assert (caught.value.field, caught.value.flaw) == (field, flaw)
    assert list_cases(vault=vault).value.rows == ()


def test_a_case_number_that_is_taken_is_refused(vault: OpenVault) -> None:
    opened_case(vault, ELIAS, case_number="DEMO-1")
    with pytest.raises(InvalidInputError) as caught:
        opened_case(vault, MAJA, case_number=" demo-1 ")
    assert (caught.value.field, caught.value.flaw) == ("case_number", "taken")


def test_who_was_granted_nothing_sees_not_even_how_many_there_are(made: MadeVault) -> None:
    vault = made.open()
    case_id = opened_case(vault)
    vault.close()
    vault = made.open("pn")
    found = list_cases(vault=vault).value
    assert (found.rows, found.left_out) == ((), 0)
    assert find_similar(ELIAS, vault=vault).value == ()
    with pytest.raises(NoAccessError):
        read_case(case_id, vault=vault)
    with pytest.raises(NoAccessError):
        write_note(WriteNote(case_id=case_id, text="x"), vault=vault)
    opened_case(vault, MAJA, case_number="")
    vault.close()


def test_a_number_taken_in_a_case_one_cannot_open_is_free(made: MadeVault) -> None:
    vault = made.open()
    opened_case(vault, ELIAS, case_number="DEMO-1")
    vault.close()
    vault = made.open("pn")
    opened_case(vault, MAJA, case_number="DEMO-1")
    vault.close()


def test_without_a_number_a_random_one_is_given(vault: OpenVault) -> None:
    for _ in range(5):
        opened_case(vault)
    numbers = [row.case_number for row in list_cases(vault=vault).value.rows]
    assert len(set(numbers)) == 5
    assert all(len(number) == 9 for number in numbers)
    assert len({number[:3] for number in numbers}) > 1


def test_the_guarded_part_is_granted_only_on_purpose(made: MadeVault) -> None:
    petra = made.secrets("pn").principal
    vault = made.open()
    case_id = opened_case(vault, VIKTOR)
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    vault.close()

    vault = made.open("pn")
    file = read_case(case_id, vault=vault).value
    assert not file.guarded_readable
    assert {fact.kind for fact in file.facts} == {FactKind.ALIAS, FactKind.PROTECTION}
    assert all(fact.born is None for fact in file.facts)
    assert find_similar(replace(VIKTOR, alias="X"), vault=vault).value == ()
    vault.close()

    vault = made.open()
    grant_case(GrantCase(case_id=case_id, principal_id=petra, guarded=True), vault=vault)
    vault.close()
    vault = made.open("pn")
    file = read_case(case_id, vault=vault).value
    assert file.guarded_readable
    assert FactKind.NUMBER in {fact.kind for fact in file.facts}
    assert len(find_similar(VIKTOR, vault=vault).value) == 1
    vault.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_it_was(vault: OpenVault, text: str) -> None:
    case_id = opened_case(vault, NewPerson(given_name=text[:200], family_name="Demosson"))
    write_note(WriteNote(case_id=case_id, text=text), vault=vault)
    assert [note.text for note in read_case(case_id, vault=vault).value.notes] == [text]
    assert list_cases(vault=vault).value.left_out == 0


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_an_empty_note_is_refused(vault: OpenVault, text: str) -> None:
    case_id = opened_case(vault)
    with pytest.raises(InvalidInputError):
        write_note(WriteNote(case_id=case_id, text=text), vault=vault)


def test_the_same_person_is_pointed_out_by_number_or_by_name_and_birth_date(
    vault: OpenVault,
) -> None:
    case_id = opened_case(vault, ELIAS, case_number="DEMO-1")
    opened_case(vault, MAJA)
    renamed = replace(ELIAS, given_name="E")
    numberless = replace(ELIAS, number=None)
    stranger = replace(numberless, birth_date=None)

    same = {
        person: [(one.id, one.same) for one in find_similar(person, vault=vault).value]
        for person in (renamed, numberless, stranger)
    }

    assert same == {
        renamed: [(case_id, SimilarBy.NUMBER)],
        numberless: [(case_id, SimilarBy.NAME_AND_BIRTH)],
        stranger: [],
    }


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 26, 22, 59, tzinfo=UTC), date(2026, 11, 26)),
        (datetime(2026, 11, 26, 23, 1, tzinfo=UTC), date(2026, 11, 27)),
        (datetime(2027, 7, 1, 21, 59, tzinfo=UTC), date(2027, 7, 1)),
        (datetime(2027, 7, 1, 22, 1, tzinfo=UTC), date(2027, 7, 2)),
    ],
)
def test_days_begin_at_midnight_in_stockholm(
    made: MadeVault, clock: Clock, at: datetime, day: date
) -> None:
    clock.at = at
    vault = made.open()
    case_id = opened_case(vault, ELIAS)
    write_note(WriteNote(case_id=case_id, text="x"), vault=vault)
    file = read_case(case_id, vault=vault).value
    assert file.row.opened_on == day
    assert file.notes[0].known_on == day
    vault.close()


def test_an_age_changes_at_midnight_in_stockholm(made: MadeVault, clock: Clock) -> None:
    vault = made.open()
    opened_case(vault, ELIAS)
    ages = []
    for clock.at in (
        datetime(2027, 5, 13, 21, 59, tzinfo=UTC),
        datetime(2027, 5, 13, 22, 1, tzinfo=UTC),
    ):
        ages += [row.age for row in list_cases(vault=vault).value.rows]
    assert ages == [17, 18]
    vault.close()


def test_whoever_has_another_name_by_now_is_listed_by_it_though_listed_before(
    vault: OpenVault,
) -> None:
    case_id = opened_case(vault, ELIAS)
    opened_case(vault, MAJA)
    before = list_cases(vault=vault).value.rows
    assert list_cases(vault=vault).value.rows == before
    with vault.work() as work:
        subject = work.cases.find(case_id).subject_id
    details = read_details(case_id, subject, vault=vault).value
    change = ChangeDetails(
        case_id=case_id,
        person_id=subject,
        version=details.version,
        change=PersonChange(given_name="Elis"),
    )

    change_details(change, vault=vault)

    after = list_cases(vault=vault).value.rows
    assert [one.title for one in before] == ["Elias Demosson", "Maja Provberg"]
    assert [one.title for one in after] == ["Elis Demosson", "Maja Provberg"]


def test_a_clock_that_was_set_back_makes_no_day_come_again(made: MadeVault, clock: Clock) -> None:
    vault = made.open()
    clock.move(days=400)
    opened_case(vault, ELIAS)
    clock.move(days=-800)

    case_id = opened_case(vault, MAJA)

    file = read_case(case_id, vault=vault).value
    assert file.row.opened_on == date(2027, 12, 31)
    ages = {row.title: row.age for row in list_cases(vault=vault).value.rows}
    assert ages == {"Elias Demosson": 18, "Maja Provberg": 15}
    vault.close()


def test_a_new_case_opens_for_the_coordinator_and_its_guarded_part_for_its_maker(
    made: MadeVault,
) -> None:
    vault = made.open("pn")
    case_id = opened_case(vault, VIKTOR)
    assert read_case(case_id, vault=vault).value.guarded_readable
    vault.close()

    vault = made.open()
    assert [row.title for row in list_cases(vault=vault).value.rows] == ["NORD-7"]
    file = read_case(case_id, vault=vault).value
    assert not file.guarded_readable
    petra = made.secrets("pn").principal
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    vault.close()


def test_the_same_name_typed_otherwise_is_still_the_same(vault: OpenVault) -> None:
    asa = NewPerson(given_name="Åsa", family_name="Örn", birth_date=PartialDate(2010, 1, 2))
    case_id = opened_case(vault, asa)
    typed = replace(asa, given_name=" A\u030asa ", family_name="O\u0308rn")

    assert [one.id for one in find_similar(typed, vault=vault).value] == [case_id]
    opened_case(vault, asa, "Å-1")
    with pytest.raises(InvalidInputError):
        opened_case(vault, asa, "A\u030a-1 ")


def test_a_person_without_number_or_birth_date_can_have_a_case(vault: OpenVault) -> None:
    case_id = opened_case(vault, NewPerson(given_name="Okänd", family_name=""))
    file = read_case(case_id, vault=vault).value
    assert [fact.item.text for fact in file.facts] == ["Okänd"]
    assert file.row.age is None


def test_every_kind_of_protection_hides_the_name(vault: OpenVault) -> None:
    for kind in Protection:
        if kind is not Protection.NONE:
            opened_case(vault, replace(VIKTOR, protection=kind))
    assert {row.title for row in list_cases(vault=vault).value.rows} == {"NORD-7"}
