"""A person is stored whole or refused, and a protected one is never called by name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.domain.identity_number import IdentityNumber, NumberKind
from trygga_desktop.domain.people import (
    PartialDate,
    Person,
    Protection,
    find_person_flaws,
    from_plain,
    tidy,
    to_plain,
)

NUMBERS = (
    IdentityNumber(kind=NumberKind.COORDINATION, digits="199801862393"),
    IdentityNumber(kind=NumberKind.PERSONAL, digits="199902182394"),
)
VIKTOR = Person(
    given_name="Viktor",
    family_name="Testman",
    alias="NORD-7",
    birth_date=PartialDate(1999, 2, 18),
    numbers=NUMBERS,
    protection=Protection.SECRECY_MARKING,
)
PLAIN = to_plain(VIKTOR)
PEOPLE = st.builds(
    Person,
    given_name=st.text(),
    family_name=st.text(),
    alias=st.text(),
    birth_date=st.none()
    | st.builds(PartialDate, st.integers(1900, 2026))
    | st.dates(date(1900, 1, 1)).map(lambda day: PartialDate(day.year, day.month, day.day)),
    numbers=st.lists(st.sampled_from(NUMBERS)).map(tuple),
    protection=st.sampled_from(Protection),
)


@pytest.mark.parametrize(
    "change",
    [
        {"given_name": None},
        {"birth_date": "1999-02-18"},
        {"birth_date": [1999, 2]},
        {"birth_date": [None, 2, 18]},
        {"birth_date": ["1999", 2, 18]},
        {"birth_date": [True, 2, 18]},
        {"birth_date": [1999, 2, 30]},
        {"numbers": {}},
        {"numbers": ["199902182394"]},
        {"numbers": [{"kind": "personal"}]},
        {"numbers": [{"kind": "unknown", "digits": ""}]},
        {"protection": "some"},
        {"more": 1},
    ],
)
def test_what_is_no_person_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_plain(PLAIN | change)


def test_a_person_with_a_field_missing_is_refused() -> None:
    for field in PLAIN:
        with pytest.raises(ValueError, match="fields"):
            from_plain({name: value for name, value in PLAIN.items() if name != field})


@pytest.mark.parametrize(
    ("person", "flaws"),
    [
        (Person(given_name="", family_name=" "), (("given_name", "missing"),)),
        (Person(given_name="\u200b", family_name="\ufeff\u00ad"), (("given_name", "missing"),)),
        (Person(given_name="\u3164", family_name="\u2800\ufe0f"), (("given_name", "missing"),)),
        (
            Person(
                given_name="V",
                family_name="",
                alias="\u200d \u115f",
                protection=Protection.SECRECY_MARKING,
            ),
            (("alias", "missing"),),
        ),
        (
            Person(given_name="V", family_name="", protection=Protection.SECRECY_MARKING),
            (("alias", "missing"),),
        ),
        (Person(given_name="x" * 201, family_name=""), (("given_name", "length"),)),
        (Person(given_name="V", family_name="x" * 201), (("family_name", "length"),)),
        (Person(given_name="V", family_name="", alias="x" * 201), (("alias", "length"),)),
        (Person(given_name="", family_name="Testman"), ()),
        (Person(given_name="\u200bÖ", family_name=""), ()),
        (Person(given_name="김", family_name=""), ()),
        (
            Person(
                given_name="V", family_name="", alias="7", protection=Protection.SECRECY_MARKING
            ),
            (),
        ),
        (VIKTOR, ()),
    ],
)
def test_a_person_that_cannot_be_stored_is_told_why(
    person: Person, flaws: tuple[tuple[str, str], ...]
) -> None:
    assert find_person_flaws(person) == flaws


@given(PEOPLE)
def test_a_person_comes_back_as_stored(person: Person) -> None:
    assert from_plain(to_plain(person)) == person


@pytest.mark.parametrize("kind", [one for one in Protection if one is not Protection.NONE])
def test_of_a_protected_person_everyone_else_knows_the_alias_alone(kind: Protection) -> None:
    viktor = Person(
        given_name="Viktor",
        family_name="Testman",
        alias="NORD-7",
        birth_date=VIKTOR.birth_date,
        numbers=NUMBERS,
        protection=kind,
    )
    assert viktor.shown_name == "NORD-7"
    told = repr(viktor.unguarded())
    assert "Viktor" not in told
    assert "Testman" not in told
    assert "1999" not in told


def test_others_are_called_by_name_and_kept_whole() -> None:
    elias = Person(given_name="Elias", family_name="Demosson", alias="E")
    assert elias.shown_name == "Elias Demosson"
    assert elias.unguarded() is elias


def test_names_have_one_spelling() -> None:
    messy = Person(given_name=" A\u030asa ", family_name="Lind\n", alias=" A ")
    assert tidy(messy) == Person(given_name="Åsa", family_name="Lind", alias="A")
