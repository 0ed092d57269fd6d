"""Nobody's name is told before all four filters are answered."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from tests.domain.catalogue_tables import CATALOGUE
from trygga_desktop.domain.agencies import Agency
from trygga_desktop.domain.gate import Gate, GateFlaw, Threshold, find_gate_flaw
from trygga_desktop.domain.ground_use import GroundAnswer

DAY = date(2026, 11, 26)
SOCIAL = CATALOGUE.agency("social_services")
SCHOOL = CATALOGUE.agency("school")
POLICE = CATALOGUE.agency("police")
CONSENT = CATALOGUE.legal_ground("consent")
GATE = Gate(
    own_agency="Eget stöd har prövats.",
    threshold=frozenset({Threshold.NOBODY_ALONE}),
    recipients=frozenset({uuid4()}),
    ground="consent",
    answers=tuple(GroundAnswer(condition=one.code, holds=True) for one in CONSENT.conditions),
    decided_by="Sara, vårdnadshavare",
    motive="Familjen vill.",
    on=DAY,
    recorded_by=uuid4(),
    recorded_at=datetime(2026, 11, 26, 9, tzinfo=UTC),
)


def flaw(gate: Gate, code: str = "consent", giver: Agency | None = SOCIAL) -> GateFlaw | None:
    """Return what a gate lacks that is to lead to the school."""
    ground = {one.code: one for one in CATALOGUE.legal_grounds}.get(code)
    return find_gate_flaw(gate, ground, today=DAY, giver=giver, recipients=[SCHOOL])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"own_agency": " "}, GateFlaw.OWN_AGENCY),
        ({"threshold": frozenset()}, GateFlaw.THRESHOLD),
        ({"recipients": frozenset()}, GateFlaw.RECIPIENTS),
        ({"on": date(2026, 11, 27)}, GateFlaw.FUTURE),
        ({"answers": ()}, GateFlaw.ANSWERS),
        ({"answers": GATE.answers[:-1]}, GateFlaw.ANSWERS),
        (
            {"answers": tuple(replace(one, holds=False) for one in GATE.answers)},
            GateFlaw.ANSWERS,
        ),
        ({"decided_by": "\n"}, GateFlaw.DECIDED_BY),
        ({"motive": ""}, GateFlaw.MOTIVE),
    ],
)
def test_a_filter_that_nobody_answered_keeps_the_gate_shut(
    changes: dict[str, object], expected: GateFlaw
) -> None:
    assert flaw(replace(GATE, **changes)) is expected  # type: ignore[arg-type]  # fields of a table


def test_a_ground_that_is_unknown_or_says_that_nobody_is_known_opens_no_gate() -> None:
    assert flaw(GATE, "nothing_such") is GateFlaw.GROUND
    assert flaw(GATE, "no_identity") is GateFlaw.GROUND


def test_a_ground_out_of_force_opens_no_gate() -> None:
    assert flaw(GATE, "youth_crime_prevention") is GateFlaw.GROUND


def test_a_ground_is_for_its_holder_and_its_recipients_alone() -> None:
    assert flaw(GATE, "consent", giver=None) is GateFlaw.HOLDER
    assert flaw(GATE, "youth_crime_prevention_2025", giver=SCHOOL) is GateFlaw.HOLDER
    assert flaw(GATE, "youth_crime_prevention_2025") is GateFlaw.SCOPE


def test_whoever_is_not_known_is_no_recipient() -> None:
    found = find_gate_flaw(GATE, CONSENT, today=DAY, giver=SOCIAL, recipients=[SCHOOL, None])
    assert found is GateFlaw.SCOPE


def test_with_every_filter_answered_the_gate_opens_today_and_for_days_before() -> None:
    assert flaw(GATE) is None
    assert flaw(replace(GATE, on=date(2026, 11, 25))) is None
