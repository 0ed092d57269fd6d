"""A name is found in what was written, and an alias put in its place."""

from dataclasses import dataclass

import pytest

from tests.people import number
from trygga_desktop.domain.name_finding import NameFinder
from trygga_desktop.domain.people import Person

ELIAS = Person(given_name="Elias", family_name="Demosson", numbers=(number("20090514-2394"),))


@dataclass(frozen=True)
class Told:
    """A value with texts at two depths."""

    words: str
    more: tuple[str, ...] = ()
    count: int = 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elias Demosson kom.", "NORD-7 kom."),
        ("elias  demosson", "NORD-7"),
        ("Elias Demossons mamma", "NORD-7s mamma"),
        ("Demosson, Elias", "NORD-7"),
        ("Nummer 20090514-2394.", "Nummer NORD-7."),
        ("200905142394, 090514-2394, 0905142394", "NORD-7, NORD-7, NORD-7"),
        # One name alone may be another's.
        ("Elias kom. Sara Demosson med.", "Elias kom. Sara Demosson med."),
        ("Eliasson Demossonsson", "Eliasson Demossonsson"),
        ("x200905142394", "x200905142394"),
    ],
)
def test_both_names_and_each_number_give_way_to_the_alias(text: str, expected: str) -> None:
    assert NameFinder(ELIAS).replaced(text, "NORD-7") == expected


def test_an_alias_is_put_as_it_is_written() -> None:
    assert NameFinder(ELIAS).replaced("Elias Demosson", r"\1 \g<0>") == r"\1 \g<0>"


def test_everything_that_a_value_holds_is_looked_through() -> None:
    told = Told(words="Elias Demosson", more=("Av Elias Demosson", "y"))
    assert NameFinder(ELIAS).replaced(told, "N") == Told(words="N", more=("Av N", "y"))
    nothing = Told(words="x")
    assert NameFinder(ELIAS).replaced(nothing, "N") is nothing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elias", True),
        ("Demossons", True),
        ("0905142394", True),
        ("Eliasson", False),
        ("", False),
    ],
)
def test_one_name_is_found(text: str, expected: bool) -> None:
    finder = NameFinder(ELIAS)
    assert finder.stands_in(text) is expected
    assert finder.stands_in(Told(words="y", more=(text,))) is expected


def test_of_somebody_without_a_name_nothing_is_found() -> None:
    nobody = NameFinder(Person(given_name="", family_name="", alias="Lönn"))
    assert not nobody.stands_in("Lönn kom, och en till.")
    assert nobody.replaced("Lönn kom.", "N") == "Lönn kom."


def test_signs_in_a_name_are_only_signs() -> None:
    odd = NameFinder(Person(given_name="A.*", family_name="(B"))
    assert odd.replaced("A.* (B och Axx (B", "N") == "N och Axx (B"
