"""Somebody asks again after the end only where the reason, a tick and a consent allow it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.domain.catalogue_tables import CATALOGUE
from trygga_desktop.domain.case import Case, Phase, PhaseStep
from trygga_desktop.domain.closing import LaterLook
from trygga_desktop.domain.consent import Answer, Consent
from trygga_desktop.domain.long_term import (
    LongTermBar,
    find_bars,
    later_days,
    next_day,
    raised_again,
)
from trygga_desktop.domain.sharing import ChainStanding, Circumstances, Confirmation

SSPF = next(one for one in CATALOGUE.programmes if one.code == "sspf")
SIP = next(one for one in CATALOGUE.programmes if one.code == "sip")
REACHED = next(one for one in CATALOGUE.closing_reasons if one.code == "goals_reached")
WITHDRAWN = next(one for one in CATALOGUE.closing_reasons if one.code == "consent_withdrawn")
DAY = date(2026, 11, 26)
ELIAS, SARA = UUID(int=1), UUID(int=2)
ME = UUID(int=3)


def yes(signer: UUID, **fields: Any) -> Consent:
    """Return a signed yes with the tick, if nothing else is said."""
    given = Consent(
        id=UUID(int=signer.int + 100),
        signer=signer,
        answer=Answer.GIVEN,
        cells=frozenset(),
        valid_from=DAY - timedelta(days=30),
        valid_to=DAY + timedelta(days=30),
        programme="sspf",
        long_term=True,
    )
    return replace(given, **fields)


def given(*consents: Consent, **fields: Any) -> Circumstances:
    """Return a case whose consents hold together, signed by Elias and Sara."""
    found = Circumstances(
        on=DAY,
        controller_id=UUID(int=9),
        subject_id=ELIAS,
        subject_age=17,
        chain=ChainStanding.HOLDS,
        confirmation=Confirmation.CONFIRMED,
        required=frozenset({ELIAS, SARA}),
        consents=consents,
        programme="sspf",
    )
    return replace(found, **fields)


BOTH = given(yes(ELIAS), yes(SARA))
NO_TICK = yes(SARA, long_term=False)
TAKEN = yes(SARA, withdrawn_on=DAY)
ALL_TAKEN = yes(SARA, taken_back=frozenset({UUID(int=9)}))
OVER = yes(SARA, valid_to=DAY - timedelta(days=1))
COMING = yes(SARA, valid_from=DAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("circumstances", "bars"),
    [
        (given(yes(ELIAS), NO_TICK), (LongTermBar.NOT_TICKED,)),
        (given(yes(ELIAS), TAKEN), (LongTermBar.WITHDRAWN,)),
        (given(yes(ELIAS), ALL_TAKEN), (LongTermBar.WITHDRAWN,)),
        (given(yes(ELIAS), OVER), (LongTermBar.ENDED,)),
        (given(yes(ELIAS), COMING), (LongTermBar.MISSING,)),
        (given(yes(ELIAS)), (LongTermBar.MISSING,)),
        (given(yes(ELIAS), yes(SARA, programme="sig")), (LongTermBar.MISSING,)),
        (
            given(yes(ELIAS, long_term=False), TAKEN),
            (LongTermBar.WITHDRAWN, LongTermBar.NOT_TICKED),
        ),
        (replace(BOTH, required=frozenset()), (LongTermBar.MISSING,)),
        (replace(BOTH, opinion_of=frozenset({ME})), (LongTermBar.MISSING,)),
        (replace(BOTH, unweighed=frozenset({ME})), (LongTermBar.MISSING,)),
        (replace(BOTH, chain=ChainStanding.BROKEN), (LongTermBar.UNSURE,)),
        (replace(BOTH, confirmation=Confirmation.UNCONFIRMED), (LongTermBar.UNSURE,)),
    ],
)
def test_whatever_is_missing_in_the_consents_stands_against_it(
    circumstances: Circumstances, bars: tuple[LongTermBar, ...]
) -> None:
    assert find_bars(SSPF, REACHED, circumstances) == bars


def test_a_no_of_one_signer_is_no_consent() -> None:
    refused = replace(yes(SARA, long_term=False), answer=Answer.REFUSED)
    assert find_bars(SSPF, REACHED, given(yes(ELIAS), refused)) == (LongTermBar.MISSING,)


def test_the_reason_for_the_end_and_the_programme_can_stand_against_it_as_well() -> None:
    assert find_bars(SSPF, WITHDRAWN, BOTH) == (LongTermBar.REASON,)
    assert find_bars(SIP, REACHED, BOTH) == (LongTermBar.PROGRAMME,)
    assert find_bars(None, REACHED, BOTH) == (LongTermBar.PROGRAMME,)
    both = (LongTermBar.REASON, LongTermBar.WITHDRAWN)
    assert find_bars(SSPF, WITHDRAWN, given(yes(ELIAS), TAKEN)) == both


def test_with_the_tick_of_everyone_nothing_stands_against_it() -> None:
    assert find_bars(SSPF, REACHED, BOTH) == ()
    assert find_bars(SSPF, None, BOTH) == ()


def test_the_days_are_counted_from_the_end_and_none_is_asked_about_twice() -> None:
    steps = (
        PhaseStep(phase=Phase.CLOSING, on=date(2026, 5, 1)),
        PhaseStep(phase=Phase.LONG_TERM_FOLLOW_UP, on=date(2026, 5, 31)),
    )
    days = later_days(SSPF, steps, (), today=DAY)
    assert [one.due_on for one in days] == [date(2026, 11, 30), date(2027, 5, 31)]
    assert next_day(days) == date(2026, 11, 30)
    look = LaterLook(due_on=date(2026, 11, 30), on=DAY, noted_by=ME, words="Bra")
    assert next_day(later_days(SSPF, steps, (look,), today=DAY)) == date(2027, 5, 31)
    assert later_days(SSPF, steps[:1], (), today=DAY) == ()
    assert later_days(None, steps, (), today=DAY) == ()


def gone_through(*told: tuple[Phase, date]) -> tuple[PhaseStep, ...]:
    """Return the phases of a case with their days."""
    return tuple(PhaseStep(phase=phase, on=on) for phase, on in told)


ENDED = (Phase.LONG_TERM_FOLLOW_UP, date(2026, 1, 10))
HALF = LaterLook(due_on=date(2026, 7, 10), on=date(2026, 7, 12), noted_by=ME, words="Bra")


def test_a_pause_after_the_end_moves_none_of_the_days() -> None:
    steps = gone_through(
        ENDED,
        (Phase.PAUSED, date(2026, 8, 1)),
        (Phase.CLOSING, date(2026, 9, 1)),
        (Phase.LONG_TERM_FOLLOW_UP, date(2026, 9, 1)),
    )
    days = later_days(SSPF, steps, (HALF,), today=DAY)
    assert [(one.due_on, one.look) for one in days] == [
        (date(2026, 7, 10), HALF),
        (date(2027, 1, 10), None),
    ]
    assert next_day(days) == date(2027, 1, 10)


def test_work_that_went_on_and_ended_anew_has_days_of_its_own() -> None:
    steps = gone_through(
        ENDED,
        (Phase.PAUSED, date(2026, 8, 1)),
        (Phase.FOLLOW_UP, date(2026, 8, 20)),
    )
    assert next_day(later_days(SSPF, steps, (), today=DAY)) is None
    steps = (*steps, *gone_through((Phase.LONG_TERM_FOLLOW_UP, date(2026, 9, 1))))
    days = later_days(SSPF, steps, (HALF,), today=DAY)
    assert [(one.due_on, one.look) for one in days] == [
        (date(2026, 7, 10), HALF),
        (date(2027, 3, 1), None),
        (date(2027, 9, 1), None),
    ]
    assert next_day(days) == date(2027, 3, 1)
    assert [one.look for one in later_days(None, steps, (HALF,), today=DAY)] == [HALF]


@pytest.mark.parametrize(
    ("today", "asked", "passed"),
    [
        (date(2026, 7, 9), date(2026, 7, 10), []),
        # Nobody might ask for a while: the day is late, and still the one to ask about.
        (date(2027, 1, 9), date(2026, 7, 10), []),
        (date(2027, 1, 10), date(2027, 1, 10), [date(2026, 7, 10)]),
        (date(2028, 5, 1), date(2027, 1, 10), [date(2026, 7, 10)]),
    ],
)
def test_a_day_that_nobody_asked_on_is_passed_once_the_next_has_come(
    today: date, asked: date, passed: list[date]
) -> None:
    days = later_days(SSPF, gone_through(ENDED), (), today=today)
    assert next_day(days) == asked
    assert [one.due_on for one in days if one.is_passed] == passed


def case(*steps: tuple[Phase, date]) -> Case:
    """Return a case that went through these phases."""
    return Case(
        id=ME,
        phase=steps[-1][0],
        case_number="A",
        registry_number="",
        opened_on=steps[0][1],
        steps=tuple(PhaseStep(phase=phase, on=on) for phase, on in steps),
    )


def test_a_case_is_flagged_that_was_closed_not_long_before_it_was_raised_again() -> None:
    closed = (Phase.CLOSED, date(2025, 11, 26))
    soon = case((Phase.REFERRAL, date(2025, 1, 1)), closed, (Phase.REFERRAL, DAY))
    late = case(
        (Phase.REFERRAL, date(2025, 1, 1)), closed, (Phase.REFERRAL, DAY + timedelta(days=1))
    )
    assert raised_again(soon, SSPF, None) == date(2025, 11, 26)
    assert raised_again(late, SSPF, None) is None
    assert raised_again(soon, None, None) is None


def test_a_new_case_about_somebody_whose_case_was_closed_is_flagged_too() -> None:
    new = case((Phase.REFERRAL, DAY))
    soon = case((Phase.REFERRAL, date(2025, 1, 1)), (Phase.CLOSED, date(2026, 2, 1)))
    late = case((Phase.REFERRAL, date(2025, 1, 1)), (Phase.CLOSED, date(2025, 2, 1)))
    still_open = case((Phase.REFERRAL, date(2026, 2, 1)))
    assert raised_again(new, SSPF, soon) == date(2026, 2, 1)
    assert raised_again(new, SSPF, late) is None
    assert raised_again(new, SSPF, still_open) is None
    assert raised_again(new, SSPF, None) is None
