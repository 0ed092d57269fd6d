"""What becomes of a person who is changed, and what keeps a change from being stored."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.people import number
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.people import Lowering, Person, Protection, from_plain, to_plain
from trygga_desktop.domain.person_changes import (
    NumberChange,
    PersonChange,
    changed,
    find_change_flaw,
    find_lowering_flaw,
    lowered,
)
from trygga_desktop.domain.pseudonym import AgeBand

DAY = date(2026, 11, 26)
OLD, NEW = number("19980186-2393"), number("19950808-2394")
ALI = Person(given_name="Ali", family_name="Exempel", numbers=(OLD,))
LOWERING = Lowering(
    asked_by=UUID(int=1),
    asked_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    to=Protection.SECRECY_MARKING,
    why="Beslut",
)
VIKTOR = Person(
    given_name="Viktor",
    family_name="Testman",
    alias="NORD-7",
    numbers=(OLD, NEW),
    protection=Protection.PROTECTED_REGISTRATION,
    protected_since=date(2026, 3, 9),
    lowering=LOWERING,
)


def test_nothing_changed_is_nobody_else() -> None:
    assert changed(VIKTOR, PersonChange(), on=DAY) == VIKTOR
    assert find_change_flaw(VIKTOR, PersonChange(), on=DAY) is None


@pytest.mark.parametrize("protection", [Protection.NONE, Protection.SECRECY_MARKING])
def test_less_protection_is_no_change_of_one_alone(protection: Protection) -> None:
    flaw = find_change_flaw(VIKTOR, PersonChange(protection=protection), on=DAY)
    assert flaw == ("protection", "lower")


@pytest.mark.parametrize(
    ("change", "given", "expected"),
    [
        (NumberChange.SAME, NEW, (OLD,)),
        (NumberChange.CORRECTED, NEW, (NEW,)),
        (NumberChange.CORRECTED, None, ()),
        (NumberChange.CORRECTED, OLD, (OLD,)),
        (NumberChange.REPLACED, NEW, (OLD, NEW)),
        (NumberChange.REPLACED, OLD, (OLD,)),
    ],
)
def test_the_present_number_stands_last(
    change: NumberChange, given: object, expected: tuple[object, ...]
) -> None:
    wanted = PersonChange(number=given, number_change=change)  # type: ignore[arg-type]  # one field of each type
    assert changed(ALI, wanted, on=DAY).numbers == expected


def test_a_number_that_held_before_comes_back_as_the_present_one() -> None:
    back = PersonChange(number=OLD, number_change=NumberChange.REPLACED)
    assert changed(VIKTOR, back, on=DAY).numbers == (NEW, OLD)


def test_a_new_identity_has_no_number_of_before() -> None:
    anew = PersonChange(
        protection=Protection.FICTITIOUS_IDENTITY, given_name="Nils", family_name="Ny"
    )
    now = changed(VIKTOR, anew, on=DAY)
    assert (now.numbers, now.protected_since, now.lowering) == ((), DAY, None)
    assert find_change_flaw(VIKTOR, anew, on=DAY) is None


@pytest.mark.parametrize("given_name", ["Viktor", " viktor "])
def test_a_new_identity_with_the_old_name_is_none(given_name: str) -> None:
    anew = PersonChange(protection=Protection.FICTITIOUS_IDENTITY, given_name=given_name)
    assert find_change_flaw(VIKTOR, anew, on=DAY) == ("given_name", "former")


def test_an_identity_that_is_new_already_is_changed_like_any_other() -> None:
    new = changed(
        VIKTOR,
        PersonChange(protection=Protection.FICTITIOUS_IDENTITY, given_name="Nils"),
        on=DAY,
    )
    assert find_change_flaw(new, PersonChange(alias="SYD-1"), on=DAY) is None
    same_kind = PersonChange(protection=Protection.FICTITIOUS_IDENTITY, alias="SYD-1")
    assert find_change_flaw(new, same_kind, on=DAY) is None


def test_a_birth_date_takes_the_place_of_an_age_band() -> None:
    nameless = Person(given_name="", family_name="", alias="Lönn", age_band=AgeBand.FROM_15)
    now = changed(nameless, PersonChange(birth_date=PartialDate(2010)), on=DAY)
    assert now.age_band is None


def test_a_day_without_protection_is_kept_nowhere() -> None:
    now = changed(ALI, PersonChange(since=DAY), on=DAY)
    assert now == ALI


@pytest.mark.parametrize(
    ("person", "to", "why", "flaw"),
    [
        (VIKTOR, Protection.NONE, "Beslut", ("protection", "asked")),
        (ALI, Protection.NONE, "Beslut", ("protection", "order")),
    ],
)
def test_what_cannot_be_lowered_is_not_asked_for(
    person: Person, to: Protection, why: str, flaw: tuple[str, str]
) -> None:
    assert find_lowering_flaw(person, to, why) == flaw


def test_what_was_asked_for_holds_once_it_is_confirmed() -> None:
    now = lowered(VIKTOR, on=DAY)
    assert (now.protection, now.protected_since) == (Protection.SECRECY_MARKING, DAY)
    assert now.lowering is None
    assert lowered(ALI, on=DAY) == ALI


def test_a_protected_person_is_stored_and_read_with_what_was_asked() -> None:
    assert from_plain(to_plain(VIKTOR)) == VIKTOR
    assert VIKTOR.unguarded().lowering is None
    assert VIKTOR.unguarded().protected_since is None


@pytest.mark.parametrize(
    "odd",
    [
        {"lowering": {}},
        {"lowering": "x"},
        {
            "lowering": {
                "asked_by": str(UUID(int=1)),
                "asked_at": "2026-11-20T09:00:00",
                "to": "none",
                "why": "x",
            }
        },
        {"protected_since": "9/3"},
        {"protected_since": 3},
        {"more": "x"},
    ],
)
def test_what_is_none_of_a_protection_is_refused(odd: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        from_plain({**to_plain(VIKTOR), **odd})
