"""An age is told as a band, and a person without a name has an alias."""

import pytest

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.people import Person, find_person_flaws, from_plain, to_plain
from trygga_desktop.domain.pseudonym import AgeBand, Pseudonym, band_of

NAMELESS = Person(given_name="", family_name="", alias="Rådjur", age_band=AgeBand.FROM_15)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (None, None),
        (0, AgeBand.UNDER_12),
        (11, AgeBand.UNDER_12),
        (12, AgeBand.FROM_12),
        (14, AgeBand.FROM_12),
        (15, AgeBand.FROM_15),
        (17, AgeBand.FROM_15),
        (18, AgeBand.FROM_18),
        (20, AgeBand.FROM_18),
        (21, AgeBand.OVER_20),
        (90, AgeBand.OVER_20),
    ],
)
def test_every_age_is_in_one_band(age: int | None, band: AgeBand | None) -> None:
    assert band_of(age) is band


def test_a_person_without_name_and_without_alias_cannot_be_stored() -> None:
    nobody = Person(given_name=" ", family_name="", age_band=AgeBand.FROM_15)
    assert find_person_flaws(nobody) == (("alias", "missing"),)
    assert find_person_flaws(Person(given_name="", family_name="", alias="Rådjur")) == (
        ("given_name", "missing"),
    )


def test_a_person_without_name_is_shown_by_the_alias_and_kept_as_such() -> None:
    assert find_person_flaws(NAMELESS) == ()
    assert NAMELESS.shown_name == "Rådjur"
    assert from_plain(to_plain(NAMELESS)) == NAMELESS


def test_a_person_of_an_older_vault_has_no_band_and_is_read_as_before() -> None:
    elias = Person(given_name="Elias", family_name="", birth_date=PartialDate(2009))
    assert "age_band" not in to_plain(elias)
    assert from_plain(to_plain(elias)) == elias


@pytest.mark.parametrize("band", ["old", 15, None])
def test_a_band_that_is_none_is_no_person(band: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_plain({**to_plain(NAMELESS), "age_band": band})


def test_the_known_age_goes_before_the_band_that_somebody_guessed() -> None:
    assert NAMELESS.pseudonym(19) == Pseudonym(alias="Rådjur", age_band=AgeBand.FROM_18)
    assert NAMELESS.pseudonym(None) == Pseudonym(alias="Rådjur", age_band=AgeBand.FROM_15)
