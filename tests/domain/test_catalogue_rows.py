"""What the rows of the catalogue tell of themselves, and what the shipped ones must be."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from tests.domain.catalogue_tables import CATALOGUE
from trygga_desktop.domain.agenda import VOICE, Form, Template
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.grounds import LegalGround
from trygga_desktop.domain.words import Mark, Words

GROUND = CATALOGUE.legal_ground("youth_crime_prevention")
TEMPLATE = CATALOGUE.template("sspf_family")


def words_in(value: object) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from words_in(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from words_in(getattr(value, field.name))


def test_everything_that_ships_is_said_in_swedish_and_in_english() -> None:
    languages = [{language for language, _ in words.texts} for words in words_in(CATALOGUE)]

    assert len(languages) > 500
    assert [one for one in languages if one != {"sv", "en"}] == []


@pytest.mark.parametrize(
    ("mark", "is_verified"),
    [
        (Mark.READ_IN_SOURCE, True),
        (Mark.READ_IN_STATUTE, True),
        (Mark.KNOWN_WELL, False),
        (Mark.KNOWN, False),
        (Mark.KNOWN_VAGUELY, False),
        (Mark.NOBODY_KNOWS, False),
        (Mark.OWN_CHOICE, False),
    ],
)
def test_only_what_was_read_is_verified(mark: Mark, *, is_verified: bool) -> None:
    assert mark.is_verified is is_verified


@pytest.mark.parametrize("exception", CATALOGUE.signer_exceptions, ids=lambda one: one.code)
def test_a_provision_that_says_it_must_be_checked_is_not_marked_as_verified(
    exception: object,
) -> None:
    provision, mark = getattr(exception, "provision", ""), getattr(exception, "mark", None)
    assert isinstance(mark, Mark)
    assert not (mark.is_verified and "kontrolleras" in provision)


@pytest.mark.parametrize(
    ("unverified", "name", "day", "source", "is_verified"),
    [
        (False, "", None, "", True),
        (True, "", None, "", False),
        (True, "  ", date(2026, 11, 26), "SFS 2009:400", False),
        (True, "Kommunjuristen", None, "SFS 2009:400", False),
        (True, "Kommunjuristen", date(2026, 11, 26), " ", False),
        (True, "Kommunjuristen", date(2026, 11, 26), "SFS 2009:400", True),
    ],
)
def test_a_ground_is_verified_when_it_was_read_or_a_lawyer_has_confirmed_it(
    *, unverified: bool, name: str, day: date | None, source: str, is_verified: bool
) -> None:
    ground = replace(
        GROUND,
        unverified=unverified,
        confirmed_by=name,
        confirmed_on=day,
        confirmed_source=source,
    )
    assert ground.is_verified is is_verified


@pytest.mark.parametrize(
    ("limit", "age", "is_yes"),
    [
        (None, 17, False),
        (18, None, False),
        (18, 18, False),
        (18, 17, True),
    ],
)
def test_an_age_answers_yes_below_the_limit_and_nothing_else(
    limit: int | None, age: int | None, *, is_yes: bool
) -> None:
    condition = replace(GROUND.conditions[0], yes_if_under=limit)
    assert condition.is_yes_at(age) is is_yes


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "day", "can_be_used"),
    [
        (date(2013, 1, 1), date(2025, 3, 31), date(2012, 12, 31), False),
        (date(2013, 1, 1), date(2025, 3, 31), date(2013, 1, 1), True),
        (date(2013, 1, 1), date(2025, 3, 31), date(2025, 3, 31), True),
        (date(2013, 1, 1), date(2025, 3, 31), date(2025, 4, 1), False),
        (None, date(2025, 3, 31), date(1999, 1, 1), True),
        (date(2013, 1, 1), None, date(2099, 1, 1), True),
        (None, None, date(2026, 11, 26), True),
    ],
)
def test_a_ground_is_used_on_days_when_its_provision_is_in_force(
    valid_from: date | None, valid_until: date | None, day: date, *, can_be_used: bool
) -> None:
    ground = replace(GROUND, valid_from=valid_from, valid_until=valid_until)

    assert ground.can_be_used_on(day) is can_be_used
    assert ground.is_ever_in_force


def test_a_ground_that_ends_before_it_begins_is_never_in_force() -> None:
    ground = replace(GROUND, valid_from=date(2025, 4, 1), valid_until=date(2025, 3, 31))
    assert not ground.is_ever_in_force


@pytest.mark.parametrize("ground", CATALOGUE.legal_grounds, ids=lambda one: one.code)
def test_a_ground_that_ships_is_confirmed_by_nobody_yet(ground: LegalGround) -> None:
    assert ground.confirmed_by == ""
    assert ground.is_verified is (ground.mark.is_verified and ground.conditions_mark.is_verified)


@pytest.mark.parametrize("template", CATALOGUE.templates, ids=lambda one: one.code)
def test_a_template_that_ships_asks_for_no_place_where_it_asks_about_threats(
    template: Template,
) -> None:
    about_threats = [item for item in template.items if item.category == "protection"]
    assert all("no_place" in item.must_note for item in about_threats)


def test_a_template_serves_its_own_programme_or_every_one() -> None:
    assert TEMPLATE.serves("sspf")
    assert not TEMPLATE.serves("sip")
    assert CATALOGUE.template("follow_up").serves("sip")


def test_the_items_of_a_template_take_its_minutes_together() -> None:
    assert TEMPLATE.minutes_of_items == TEMPLATE.minutes == 60


def test_the_voice_is_second_only_if_the_second_item_is_the_voice() -> None:
    first, second, *rest = TEMPLATE.items

    assert second.category == VOICE
    assert TEMPLATE.has_voice_second
    assert not replace(TEMPLATE, items=(second, first, *rest)).has_voice_second
    assert not replace(TEMPLATE, items=(second,)).has_voice_second


def test_the_young_person_is_in_no_item_of_a_meeting_of_professionals() -> None:
    assert not replace(TEMPLATE, form=Form.PROFESSIONALS_ONLY).fits_form
    assert CATALOGUE.template("sspf_professionals").fits_form
    assert not replace(CATALOGUE.template("sspf_professionals"), form=Form.WITH_FAMILY).fits_form


@pytest.mark.parametrize(
    "phase",
    [
        Phase.REFERRAL,
        Phase.ASSESSMENT,
        Phase.PAUSED,
        Phase.DECLINED,
        Phase.BELOW_THRESHOLD,
        Phase.CLOSED,
    ],
)
def test_agencies_share_nothing_by_consent_before_it_is_asked_for_or_after_it_stopped(
    phase: Phase,
) -> None:
    assert not CATALOGUE.phase(phase).agencies_may_share


@pytest.mark.parametrize(
    "phase",
    [
        Phase.INFORMATION_AND_CONSENT,
        Phase.MAPPING,
        Phase.PLAN_MEETING,
        Phase.FOLLOW_UP,
        Phase.CLOSING,
        Phase.LONG_TERM_FOLLOW_UP,
    ],
)
def test_agencies_may_share_by_consent_while_the_work_goes_on(phase: Phase) -> None:
    assert CATALOGUE.phase(phase).agencies_may_share
