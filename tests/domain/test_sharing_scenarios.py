"""The program answers every case that a lawyer can read in `sharing_scenarios.toml`.

The file is read beside the law. What it tells is given to the program with the catalogue that
ships, and answer, reason and further reasons must be those that stand there.
"""

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import TypeVar

import pytest

from tests.domain.catalogue_tables import CATALOGUE
from tests.domain.scenarios import (
    FILE,
    Scenario,
    id_of,
    read_scenarios,
)
from trygga_desktop.domain.bars import BAR_REASONS
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.consent_events import Barred, Excepted, GroundUsed
from trygga_desktop.domain.grounds import Mode
from trygga_desktop.domain.programme import agencies_may_share, signing_duties
from trygga_desktop.domain.reasons import Reason, place_in_order
from trygga_desktop.domain.sharing import Decision

T = TypeVar("T")

SCENARIOS = read_scenarios()

# What a scenario can say no with because of who has signed, or has not.
OF_SIGNERS = {
    Reason.TURNED_18,
    Reason.TURNED_15,
    Reason.OPINION_MISSING,
    Reason.OPINION_UNWEIGHED,
    Reason.WAITING_FOR_SIGNATURE,
    Reason.REFUSED,
    Reason.CONSENT_MISSING,
    Reason.EXPIRED,
}
# By their notes in the catalogue these do not open sharing with other agencies.
OPEN_NOTHING = {"board_decision", "own_consent_from_12"}
GROUND_FLAWS = {
    Reason.GROUND_EXPIRED,
    Reason.GROUND_NOT_IN_FORCE,
    Reason.GROUND_INCOMPLETE,
    Reason.GROUND_OTHER_SCOPE,
    Reason.GROUND_NOT_FOR_HOLDER,
}
INVENTED = {"elias", "maja", "viktor"}
COPIED = {f"S{number:02}" for number in range(1, 92)}

SMALLEST = """
[family.alex]
subject = "alex"
born = 2010-02-10
programme = "sspf"
phase = "follow_up"
organisations = ["school", "leisure"]
to = "leisure"
day = 2026-04-15
[matrix]
[history]
[who]
[[scenario]]
id = "S01"
family = "alex"
facts_text = "Ingen har vårdnaden."
question_text = "Får fritid veta det?"
why = "Ingen kan samtycka."
answer = "nej"
reason = "no_signer"
item = { from = "school", category = "schooling" }
"""


def reasons_of(one: Scenario) -> set[Reason]:
    return {one.asked.reason, *one.asked.also}


def both(scenarios: Iterable[Scenario], row: Callable[[Scenario], T]) -> tuple[set[T], set[T]]:
    """Return the rows that a yes stands on, and those that a no does."""
    found: tuple[set[T], set[T]] = (set(), set())
    for one in scenarios:
        found[0 if one.allowed else 1].add(row(one))
    return found


@pytest.mark.parametrize("told", SCENARIOS, ids=lambda told: told.id)
def test_the_program_answers_as_the_law_notes_do(told: Scenario) -> None:
    decision = told.decide()

    assert decision == told.asked
    assert decision.allowed is told.allowed


def test_a_yes_has_a_reason_to_show_and_a_no_tells_the_first_first() -> None:
    for one in SCENARIOS:
        reasons = [one.asked.reason, *one.asked.also]
        assert one.allowed is one.asked.reason.allows, one.id
        assert reasons == sorted(set(reasons), key=place_in_order), one.id
        assert one.allowed is (not any(not reason.allows for reason in reasons)), one.id


def test_every_scenario_has_a_number_and_texts_of_its_own() -> None:
    assert len({one.id for one in SCENARIOS}) == len(SCENARIOS)
    assert all(text.strip() for one in SCENARIOS for text in one.texts)
    assert len({one.texts[:2] for one in SCENARIOS}) == len(SCENARIOS)


def test_no_two_scenarios_ask_the_same_about_the_same_facts() -> None:
    twice = [
        (one.id, other.id) for one, other in combinations(SCENARIOS, 2) if one.told == other.told
    ]
    assert twice == []


def test_all_scenarios_of_the_reference_are_there() -> None:
    assert {one.id for one in SCENARIOS} >= COPIED


def test_the_three_invented_cases_are_all_told_with_a_yes_and_a_no() -> None:
    yes, no = both(SCENARIOS, lambda one: one.facts.subject_id)
    assert {id_of(name) for name in INVENTED} <= yes & no


def test_every_reason_is_told_first_somewhere() -> None:
    assert {one.asked.reason for one in SCENARIOS} == set(Reason)


@pytest.mark.parametrize("reason", Reason)
def test_beside_every_reason_stands_the_other_answer(reason: Reason) -> None:
    """One fact less, more or in another's place, and the answer turns."""
    told = [one for one in SCENARIOS if one.asked.reason is reason]
    others = [one for one in SCENARIOS if one.allowed is not reason.allows]

    assert any(one.is_beside(other) for one in told for other in others)


BANDS = [
    (programme.code, band.from_age)
    for programme in CATALOGUE.programmes
    for band in programme.signers
]


def band_of(one: Scenario) -> tuple[str, int] | None:
    """Return whose rules decide who must sign."""
    programme = one.facts.programme
    if programme is None or one.age is None:
        return None
    return programme.code, signing_duties(programme, age=one.age).from_age


def test_every_band_of_signers_lets_through_and_holds_back() -> None:
    yes, _ = both((one for one in SCENARIOS if one.asked.reason is Reason.CONSENT_COVERS), band_of)
    _, no = both((one for one in SCENARIOS if one.asked.reason in OF_SIGNERS), band_of)

    assert [band for band in BANDS if band not in yes] == []
    assert [band for band in BANDS if band not in no] == []


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_is_met_by_a_yes_and_a_no(phase: Phase) -> None:
    told = [one for one in SCENARIOS if one.facts.step.phase is phase]
    by_consent = [one for one in told if one.asked.reason is Reason.CONSENT_COVERS]

    assert {one.allowed for one in told} == {True, False}
    assert bool(by_consent) is agencies_may_share(phase, rules=CATALOGUE.phases)


def test_a_programme_that_needs_agencies_is_told_with_and_without_them() -> None:
    def programme_of(one: Scenario) -> str:
        return "" if one.facts.programme is None else one.facts.programme.code

    needing = {
        one.code
        for one in CATALOGUE.programmes
        if one.required_agencies or one.needs_all_concerned_agencies
    }
    yes, _ = both(
        (one for one in SCENARIOS if one.asked.reason is Reason.CONSENT_COVERS), programme_of
    )
    _, no = both(
        (one for one in SCENARIOS if one.asked.reason is Reason.PROGRAMME_NEEDS_ALL), programme_of
    )
    assert no == needing
    assert yes == {one.code for one in CATALOGUE.programmes}


def test_every_exception_is_met_and_opens_only_where_it_may() -> None:
    met: dict[bool, set[str]] = {True: set(), False: set()}
    for one in SCENARIOS:
        for what in one.happenings:
            if isinstance(what, Excepted):
                met[one.allowed].add(what.code)
    every = {one.code for one in CATALOGUE.signer_exceptions}
    assert every > OPEN_NOTHING
    assert met[True] == every - OPEN_NOTHING
    assert met[False] >= OPEN_NOTHING
    # What a manager has not approved, or somebody has ended, is told of those that open.
    assert met[False] == every


@pytest.mark.parametrize("reason", sorted(BAR_REASONS))
def test_every_kind_of_bar_closes_somewhere_and_leaves_something_open(reason: Reason) -> None:
    barred = [
        one
        for one in SCENARIOS
        if any(isinstance(what, Barred) and what.bar.reason is reason for what in one.happenings)
    ]
    assert {reason in reasons_of(one) for one in barred} == {True, False}
    assert any(one.allowed for one in barred)


def test_every_flaw_of_a_ground_is_met_and_nothing_else_is_said_of_grounds() -> None:
    flaws = {
        reason for one in SCENARIOS for reason in reasons_of(one) if reason.name[:6] == "GROUND"
    }
    assert flaws == GROUND_FLAWS


def test_every_legal_ground_but_consent_carries_a_yes() -> None:
    used = {
        what.use.ground
        for one in SCENARIOS
        if one.asked.reason in {Reason.LEGAL_GROUND, Reason.NO_IDENTITY}
        for what in one.happenings
        if isinstance(what, GroundUsed)
    }
    assert used == {one.code for one in CATALOGUE.legal_grounds if one.mode is not Mode.CONSENT}


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('reason = "no_signer"', 'reason = "nobody"'),
        ('answer = "nej"', 'answer = "kanske"'),
        ('to = "leisure"', 'to = "police"'),
        ('category = "schooling"', 'category = "rumour"'),
        ('category = "schooling"', 'category = "schooling", abuot = "alex"'),
        ('why = "Ingen kan samtycka."', ""),
        ('family = "alex"', 'family = "kim"'),
        ('family = "alex"', 'family = "alex"\nhistory = "alex_all"'),
        ('family = "alex"', 'family = "alex"\nthen = [{ on = 2026-01-01, gvien = "alex" }]'),
        (
            'family = "alex"',
            'family = "alex"\nthen = [{ on = 2026-01-01, given = "alex", without = "school" }]',
        ),
    ],
)
def test_a_slip_of_the_pen_in_the_file_is_found(
    was: str, becomes: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("scenarios") / FILE.name
    path.write_text(SMALLEST, encoding="utf-8")
    assert [one.decide() for one in read_scenarios(path)] == [Decision(reason=Reason.NO_SIGNER)]

    assert was in SMALLEST
    path.write_text(SMALLEST.replace(was, becomes), encoding="utf-8")
    with pytest.raises(ValueError):  # noqa: PT011  codes of the program say it in their own words
        read_scenarios(path)
