"""The directory knows what an organisation was called on each day, and who speaks for it."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.catalogue_tables import CATALOGUE
from tests.domain.facts import POLICE, SCHOOL, STRANGER, TEACHER
from trygga_desktop.domain.directory import Contact, Directory, NameSince, Organisation

RENAMED = date(2026, 7, 1)
OLD, NEW = (
    NameSince(name="Lunds skola", since=date(2019, 1, 1)),
    NameSince(name="Ekskolan", since=RENAMED),
)


def school(*names: NameSince) -> Organisation:
    """Return a school with these names, one after the other."""
    return Organisation(id=SCHOOL, kind="school", names=names)


@pytest.mark.parametrize(
    "names",
    [(), (NEW, OLD), (OLD, OLD), (OLD, NameSince(name="Ekens skola", since=OLD.since))],
)
def test_an_organisation_has_one_name_at_a_time_in_order(names: tuple[NameSince, ...]) -> None:
    with pytest.raises(ValueError, match="no name, or two"):
        school(*names)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date.min, "Lunds skola"),
        (OLD.since, "Lunds skola"),
        (RENAMED - timedelta(days=1), "Lunds skola"),
        (RENAMED, "Ekskolan"),
        (date.max, "Ekskolan"),
    ],
)
def test_an_organisation_that_changed_its_name_is_called_as_it_was_that_day(
    day: date, name: str
) -> None:
    assert school(OLD, NEW).name_on(day) == name
    assert school(OLD, NEW).name == "Ekskolan"


@given(st.sets(st.dates(), min_size=1, max_size=4), st.dates())
def test_an_organisation_has_a_name_on_every_day(days: set[date], day: date) -> None:
    names = tuple(NameSince(name=f"{one}", since=one) for one in sorted(days))
    begun = [one for one in sorted(days) if one <= day]

    assert school(*names).name_on(day) == f"{begun[-1] if begun else min(days)}"


def test_what_is_not_in_the_directory_is_nothing() -> None:
    contact = Contact(id=TEACHER, name="Lena Ek", organisation_id=SCHOOL)
    directory = Directory(organisations=(school(OLD),), contacts=(contact,))

    assert directory.organisation(SCHOOL) == school(OLD)
    assert directory.organisation(POLICE) is None
    assert directory.organisation(None) is None
    assert directory.contact(TEACHER) == contact
    assert directory.contact(STRANGER) is None
    assert directory.contact(None) is None


def test_two_professionals_may_have_one_name() -> None:
    first = Contact(id=UUID(int=1), name="Lena Ek", organisation_id=SCHOOL)
    second = Contact(id=UUID(int=2), name="Lena Ek", organisation_id=POLICE)
    directory = Directory(contacts=(first, second))

    assert directory.contact(first.id) is first
    assert directory.contact(second.id) is second


def test_an_organisation_of_a_kind_that_nobody_knows_has_none() -> None:
    circus = Organisation(id=POLICE, kind="circus", names=(OLD,))
    directory = Directory(organisations=(school(OLD), circus))

    assert directory.kinds(CATALOGUE.agencies) == {SCHOOL: CATALOGUE.agency("school")}
