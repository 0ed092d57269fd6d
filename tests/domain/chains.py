"""Chains of consent events that the tests make up, and what they come to."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from tests.domain.facts import AUTHOR, CASE, DAY, GIVE_CELL, GIVEN, RECEIVE_CELL, SUBJECT
from trygga_desktop.domain.consent import Answer, Consent, OwnInformation
from trygga_desktop.domain.consent_events import (
    ConsentEvent,
    Given,
    Happening,
    Way,
    Withdrawn,
    state_on,
)
from trygga_desktop.domain.sharing import Circumstances
from trygga_desktop.domain.signing import ExceptionStatus, exception_status

PREVENTED = "guardian_prevented"
BEGUN, ENDS = date(2026, 9, 1), date(2027, 2, 28)
YES = Given(
    signer=SUBJECT,
    answer=Answer.GIVEN,
    on=BEGUN,
    valid_from=BEGUN,
    valid_to=ENDS,
    cells=frozenset({GIVE_CELL, RECEIVE_CELL}),
    own_information=OwnInformation.NONE,
    way=Way.PAPER,
)
NO = replace(YES, answer=Answer.REFUSED, cells=frozenset())


def signed(first: date, last: date = ENDS, *, yes: Given = YES) -> Given:
    """Return an answer that is signed on the first day on which it holds."""
    return replace(yes, on=first, valid_from=first, valid_to=last)


def taken_back(on: date, *organisations: UUID, signer: UUID = SUBJECT) -> Withdrawn:
    """Return a withdrawal of what concerns these organisations, or of everything."""
    return Withdrawn(signer=signer, on=on, organisations=frozenset(organisations) or None)


def chain(happenings: Iterable[Happening]) -> list[ConsentEvent]:
    """Return the events in which these were recorded one after the other."""
    return [
        ConsentEvent(
            id=UUID(int=1000 + place),
            case_id=CASE,
            sequence=place,
            recorded_by=AUTHOR,
            recorded_at=datetime(2026, 11, 26, 6, 51, tzinfo=UTC),
            what=what,
        )
        for place, what in enumerate(happenings, start=1)
    ]


def consents_on(day: date, *happenings: Happening) -> tuple[Consent, ...]:
    """Return every answer that these come to on a day, those that do not hold then too."""
    return state_on(chain(happenings), day).consents


def in_force(day: date, *happenings: Happening, signer: UUID = SUBJECT) -> Consent | None:
    """Return a signer's answer in force on a day; there is never more than one."""
    found = [
        one for one in consents_on(day, *happenings) if one.signer == signer and one.holds_on(day)
    ]
    assert len(found) < 2
    return found[0] if found else None


def standing(happenings: Sequence[Happening], day: date = DAY) -> Circumstances:
    """Return what holds on a day when these happened and nothing else stands in the way.

    A guardian who is done without need not sign.
    """
    events = chain(happenings)
    state = state_on(events, day)
    excepted = {
        one.signer
        for one in state.exceptions
        if exception_status(one, state.consents, events, opening={PREVENTED}, on=day)
        is ExceptionStatus.IN_FORCE
    }
    return replace(
        GIVEN,
        on=day,
        consents=state.consents,
        bars=state.bars,
        required=GIVEN.required - (excepted & GIVEN.guardians),
    )
