"""Who must sign at which age, how long a consent holds, which phase may follow which."""

from dataclasses import replace
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.catalogue_tables import CATALOGUE
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.programme import (
    ADULT,
    OLDEST,
    Decider,
    GuardianDuty,
    PersonDuty,
    Programme,
    RequiredSigners,
    SignerBand,
    agencies_may_share,
    allowed_next,
    bands_cover_every_age,
    needs_closing_reason,
    reaches_every_phase,
    required_signers,
    signing_duties,
    somebody_always_signs,
)
from trygga_desktop.domain.words import Mark

SUBJECT, MOTHER, FATHER = (UUID(int=n) for n in range(1, 4))
BOTH = frozenset({MOTHER, FATHER})
NOBODY: frozenset[UUID] = frozenset()
RULES = CATALOGUE.phases
SSPF = CATALOGUE.programme("sspf")

PROGRAMMES = st.sampled_from(CATALOGUE.programmes)
PHASES = st.sampled_from(list(Phase))
AGES = st.integers(0, OLDEST)
GUARDIANS = st.sampled_from([NOBODY, frozenset({MOTHER}), BOTH])

SIGNS, OPINION, NONE = PersonDuty.SIGNS, PersonDuty.OPINION, PersonDuty.NONE


@pytest.mark.parametrize(
    ("code", "age", "person", "guardians"),
    [
        ("sspf", 0, NONE, GuardianDuty.ALL),
        ("sspf", 11, NONE, GuardianDuty.ALL),
        ("sspf", 12, OPINION, GuardianDuty.ALL),
        ("sspf", 14, OPINION, GuardianDuty.ALL),
        ("sspf", 15, SIGNS, GuardianDuty.ALL),
        ("sspf", 17, SIGNS, GuardianDuty.ALL),
        ("sspf", 18, SIGNS, GuardianDuty.NONE),
        ("sspf", 120, SIGNS, GuardianDuty.NONE),
        ("sspf", 130, SIGNS, GuardianDuty.NONE),
        ("sig", 11, NONE, GuardianDuty.ALL),
        ("sig", 12, SIGNS, GuardianDuty.ALL),
        ("sig", 14, SIGNS, GuardianDuty.ALL),
        ("sig", 15, SIGNS, GuardianDuty.ALL),
        ("sig", 17, SIGNS, GuardianDuty.ALL),
        ("sig", 18, SIGNS, GuardianDuty.NONE),
        ("leavers", 11, NONE, GuardianDuty.ALL),
        ("leavers", 12, SIGNS, GuardianDuty.ALL),
        ("leavers", 17, SIGNS, GuardianDuty.ALL),
        ("leavers", 18, SIGNS, GuardianDuty.NONE),
        ("sip", 0, OPINION, GuardianDuty.ALL),
        ("sip", 14, OPINION, GuardianDuty.ALL),
        ("sip", 15, SIGNS, GuardianDuty.ALL),
        ("sip", 17, SIGNS, GuardianDuty.ALL),
        ("sip", 18, SIGNS, GuardianDuty.NONE),
    ],
)
def test_each_age_has_the_duties_of_its_band(
    code: str, age: int, person: PersonDuty, guardians: GuardianDuty
) -> None:
    band = signing_duties(CATALOGUE.programme(code), age=age)
    assert (band.person, band.guardians) == (person, guardians)


def test_a_negative_age_has_no_duties() -> None:
    with pytest.raises(ValueError, match="negative"):
        signing_duties(SSPF, age=-1)


@pytest.mark.parametrize(
    ("age", "guardians", "signs", "opinion_of"),
    [
        (None, BOTH, NOBODY, NOBODY),
        (-1, BOTH, NOBODY, NOBODY),
        (11, BOTH, BOTH, NOBODY),
        (12, NOBODY, NOBODY, {SUBJECT}),
        (12, {MOTHER}, {MOTHER}, {SUBJECT}),
        (14, BOTH, BOTH, {SUBJECT}),
        (15, BOTH, {SUBJECT, *BOTH}, NOBODY),
        (17, NOBODY, NOBODY, NOBODY),
        (18, BOTH, {SUBJECT}, NOBODY),
        (18, NOBODY, {SUBJECT}, NOBODY),
    ],
)
def test_who_must_sign_follows_age_and_guardians(
    age: int | None, guardians: set[UUID], signs: set[UUID], opinion_of: set[UUID]
) -> None:
    found = required_signers(SSPF, subject=SUBJECT, age=age, guardians=frozenset(guardians))
    assert found == RequiredSigners(signs=frozenset(signs), opinion_of=frozenset(opinion_of))


@given(programme=PROGRAMMES, age=AGES)
def test_every_age_has_exactly_one_band(programme: Programme, age: int) -> None:
    bands = [band for band in programme.signers if band.from_age <= age <= band.to_age]
    assert bands == [signing_duties(programme, age=age)]


@given(programme=PROGRAMMES, age=AGES, guardians=GUARDIANS)
def test_somebody_must_sign_for_a_known_age_if_there_is_anybody_who_can(
    programme: Programme, age: int, guardians: frozenset[UUID]
) -> None:
    found = required_signers(programme, subject=SUBJECT, age=age, guardians=guardians)

    assert bool(found.signs) is (bool(guardians) or age >= ADULT)
    assert found.signs <= guardians | {SUBJECT}
    assert found.opinion_of.isdisjoint(found.signs)


@given(programme=PROGRAMMES, age=st.integers(ADULT, 200), guardians=GUARDIANS)
def test_an_adult_signs_and_nobody_else(
    programme: Programme, age: int, guardians: frozenset[UUID]
) -> None:
    found = required_signers(programme, subject=SUBJECT, age=age, guardians=guardians)
    assert found == RequiredSigners(signs=frozenset({SUBJECT}))


@given(programme=PROGRAMMES, age=st.integers(0, ADULT - 1))
def test_a_guardian_more_never_makes_the_signature_of_another_needless(
    programme: Programme, age: int
) -> None:
    def signs(guardians: frozenset[UUID]) -> frozenset[UUID]:
        return required_signers(programme, subject=SUBJECT, age=age, guardians=guardians).signs

    assert signs(NOBODY) <= signs(frozenset({MOTHER})) <= signs(BOTH)


@given(programme=PROGRAMMES, guardians=GUARDIANS)
def test_nobody_must_sign_while_the_age_is_not_known(
    programme: Programme, guardians: frozenset[UUID]
) -> None:
    found = required_signers(programme, subject=SUBJECT, age=None, guardians=guardians)
    assert found == RequiredSigners()


def band(from_age: int, to_age: int, person: PersonDuty, guardians: GuardianDuty) -> SignerBand:
    return SignerBand(
        from_age=from_age,
        to_age=to_age,
        person=person,
        guardians=guardians,
        mark=Mark.OWN_CHOICE,
    )


def ages(*ends: tuple[int, int]) -> tuple[SignerBand, ...]:
    return tuple(band(*one, SIGNS, GuardianDuty.NONE) for one in ends)


@pytest.mark.parametrize(
    ("bands", "cover"),
    [
        (ages((0, 120)), True),
        (ages((18, 120), (0, 17)), True),
        (ages((1, 120)), False),
        (ages((0, 119)), False),
        (ages((0, 17), (19, 120)), False),
        (ages((0, 18), (18, 120)), False),
        (ages((0, 120), (121, 120)), False),
    ],
)
def test_bands_cover_every_age_without_gap_or_overlap(
    bands: tuple[SignerBand, ...], *, cover: bool
) -> None:
    assert bands_cover_every_age(bands) is cover


@pytest.mark.parametrize(
    ("one", "somebody"),
    [
        (band(0, 17, NONE, GuardianDuty.ALL), True),
        (band(0, 17, SIGNS, GuardianDuty.NONE), True),
        (band(0, 17, OPINION, GuardianDuty.NONE), False),
        (band(0, 17, NONE, GuardianDuty.NONE), False),
        (band(18, 120, SIGNS, GuardianDuty.NONE), True),
        (band(15, 18, SIGNS, GuardianDuty.ALL), False),
        (band(18, 120, NONE, GuardianDuty.ALL), False),
    ],
)
def test_no_age_may_be_without_a_signer_and_nobody_signs_for_an_adult(
    one: SignerBand, *, somebody: bool
) -> None:
    assert somebody_always_signs((one,)) is somebody


EXITS = ("paused", "declined", "closed")


@pytest.mark.parametrize(
    ("code", "phase", "following"),
    [
        ("sspf", "referral", ("assessment", "below_threshold", *EXITS)),
        ("sspf", "assessment", ("information_and_consent", "below_threshold", *EXITS)),
        (
            "sspf",
            "information_and_consent",
            ("mapping", "plan_meeting", "declined", "paused", "closed"),
        ),
        ("sspf", "mapping", ("plan_meeting", "closing", *EXITS)),
        ("sspf", "plan_meeting", ("follow_up", "closing", *EXITS)),
        ("sspf", "follow_up", ("follow_up", "closing", *EXITS)),
        ("sspf", "closing", ("long_term_follow_up", "closed", "paused", "declined")),
        ("sspf", "long_term_follow_up", ("closed", "paused", "declined")),
        (
            "sspf",
            "paused",
            (
                "information_and_consent",
                "mapping",
                "plan_meeting",
                "follow_up",
                "closing",
                "closed",
                "declined",
            ),
        ),
        ("sspf", "declined", ("information_and_consent", "closed", "paused")),
        ("sspf", "below_threshold", ("closed", "referral", "paused", "declined")),
        ("sspf", "closed", ("referral",)),
        # No consultation without names, and no mapping of its own.
        ("leavers", "referral", ("information_and_consent", "below_threshold", *EXITS)),
        (
            "leavers",
            "information_and_consent",
            ("plan_meeting", "declined", "paused", "closed"),
        ),
        (
            "leavers",
            "paused",
            (
                "information_and_consent",
                "plan_meeting",
                "follow_up",
                "closing",
                "closed",
                "declined",
            ),
        ),
        # No threshold, and no long-term follow-up.
        ("sip", "referral", ("information_and_consent", "closed", "paused", "declined")),
        ("sip", "closing", ("closed", "paused", "declined")),
    ],
)
def test_what_may_follow_on_a_phase_depends_on_the_programme(
    code: str, phase: str, following: tuple[str, ...]
) -> None:
    found = allowed_next(CATALOGUE.programme(code), Phase(phase), rules=RULES)
    assert tuple(one.value for one in found) == following


@pytest.mark.parametrize(
    ("code", "phases"),
    [
        (
            "sspf",
            "referral assessment information_and_consent mapping plan_meeting follow_up",
        ),
        (
            "sspf",
            "referral assessment information_and_consent plan_meeting follow_up paused closed",
        ),
        ("leavers", "referral information_and_consent plan_meeting follow_up"),
    ],
)
def test_the_three_demo_cases_go_the_allowed_ways(code: str, phases: str) -> None:
    programme = CATALOGUE.programme(code)
    path = [Phase(one) for one in phases.split()]

    for phase, following in pairwise(path):
        assert following in allowed_next(programme, phase, rules=RULES)


@given(programme=PROGRAMMES, phase=PHASES)
def test_a_case_never_leaves_the_phases_of_its_programme_but_by_an_exit(
    programme: Programme, phase: Phase
) -> None:
    exits = {rule.code for rule in RULES if rule.is_exit}

    found = allowed_next(programme, phase, rules=RULES)

    assert set(found) <= {*programme.phases, *exits}
    assert len(set(found)) == len(found) > 0


@given(programme=PROGRAMMES, phase=PHASES)
def test_a_case_can_be_closed_from_every_phase(programme: Programme, phase: Phase) -> None:
    found = allowed_next(programme, phase, rules=RULES)
    assert (Phase.CLOSED in found) is (phase is not Phase.CLOSED)


def test_phases_that_only_lead_to_each_other_lead_nowhere() -> None:
    lost = {Phase.ASSESSMENT: Phase.MAPPING, Phase.MAPPING: Phase.ASSESSMENT}
    rules = tuple(
        replace(rule, next=(lost[rule.code],)) if rule.code in lost else rule for rule in RULES
    )

    found = allowed_next(CATALOGUE.programme("leavers"), Phase.REFERRAL, rules=rules)

    assert [one.value for one in found] == ["below_threshold", *EXITS]


@given(programme=PROGRAMMES)
def test_a_case_can_come_into_every_phase_of_its_programme(programme: Programme) -> None:
    assert reaches_every_phase(programme, rules=RULES)


def test_a_programme_without_a_referral_has_no_beginning() -> None:
    programme = replace(SSPF, phases=tuple(one for one in SSPF.phases if one != Phase.REFERRAL))
    assert not reaches_every_phase(programme, rules=RULES)


@pytest.mark.parametrize("phase", Phase)
def test_only_a_case_that_is_closed_needs_a_reason(phase: Phase) -> None:
    assert needs_closing_reason(phase, rules=RULES) is (phase is Phase.CLOSED)


@pytest.mark.parametrize("phase", Phase)
def test_whether_agencies_may_share_is_what_the_phase_says(phase: Phase) -> None:
    assert agencies_may_share(phase, rules=RULES) is CATALOGUE.phase(phase).agencies_may_share


@pytest.mark.parametrize("programme", CATALOGUE.programmes, ids=lambda one: one.code)
def test_the_words_of_an_escalation_say_what_its_rule_does(programme: Programme) -> None:
    rule = programme.escalation
    told = programme.escalation_text
    meetings = {1: ("vid ett möte", "at one meeting"), 2: ("vid två möten", "at two meetings")}
    hours = () if rule.hours_in_acute_stage is None else (str(rule.hours_in_acute_stage),)
    whom = {
        Decider.MANAGER: ("ansvarig chef", "responsible manager"),
        Decider.STEERING_GROUP: ("styrgrupp", "steering group"),
    }
    for place, code in enumerate(("sv", "en")):
        text = told.in_language(code)
        for words in (meetings[rule.overdue_times][place], whom[rule.to][place], *hours):
            assert words in text
