"""An agreement is in force once both have signed, until its last day or a later one that is."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from trygga_desktop.domain.agreement import (
    LONGEST_LINE,
    MOST_LINES,
    Agreement,
    AgreementState,
    PaperAnswer,
    Side,
    SideAnswer,
    Undertaking,
    find_lines_flaw,
    state_of,
)

DAY = date(2026, 1, 15)
ME = UUID(int=1)


def line(number: int, side: Side = Side.PERSON, words: str = "Inga brott.") -> Undertaking:
    """Return a line."""
    return Undertaking(id=UUID(int=number), side=side, words=words)


BOTH = (line(1), line(2, Side.PROGRAMME, "En kontaktperson."))


def answer(side: Side, what: PaperAnswer = PaperAnswer.SIGNED) -> SideAnswer:
    """Return that a side signed, if nothing else is said."""
    return SideAnswer(side=side, answer=what, on=DAY, recorded_by=ME, name="Karin Ek")


def version(number: int, *answers: SideAnswer, first: date = DAY) -> Agreement:
    """Return a version that holds for half a year."""
    return Agreement(
        id=UUID(int=number),
        number=number,
        made_at=datetime(2026, 1, 15, 9, tzinfo=UTC),
        made_by=ME,
        valid_from=first,
        valid_to=first + timedelta(days=180),
        lines=BOTH,
        answers=answers,
    )


SIGNED = (answer(Side.PERSON), answer(Side.PROGRAMME))
NO = answer(Side.PERSON, PaperAnswer.DECLINED)


@pytest.mark.parametrize(
    ("lines", "flaw"),
    [
        ((), ("person", "missing")),
        ((line(1),), ("programme", "missing")),
        ((line(2, Side.PROGRAMME),), ("person", "missing")),
        ((*BOTH, line(3, words=" ")), None),
        ((*BOTH, line(1)), ("lines", "twice")),
        ((*BOTH, line(3, words="x" * (LONGEST_LINE + 1))), ("words", "length")),
        ((*BOTH, *(line(9 + one) for one in range(MOST_LINES))), ("lines", "length")),
        (BOTH, None),
    ],
)
def test_both_sides_undertake_something_in_lines_that_can_be_read(
    lines: tuple[Undertaking, ...], flaw: tuple[str, str] | None
) -> None:
    assert find_lines_flaw(lines) == flaw


@pytest.mark.parametrize(
    ("answers", "day", "state"),
    [
        ((), DAY, AgreementState.WAITING),
        ((SIGNED[0],), DAY, AgreementState.WAITING),
        ((NO,), DAY, AgreementState.DECLINED),
        ((SIGNED[1], NO), DAY, AgreementState.DECLINED),
        (SIGNED, DAY - timedelta(days=1), AgreementState.NOT_YET),
        (SIGNED, DAY, AgreementState.IN_FORCE),
        (SIGNED, DAY + timedelta(days=180), AgreementState.IN_FORCE),
        (SIGNED, DAY + timedelta(days=181), AgreementState.ENDED),
    ],
)
def test_a_version_stands_by_who_signed_it_and_by_its_days(
    answers: tuple[SideAnswer, ...], day: date, state: AgreementState
) -> None:
    one = version(1, *answers)
    assert state_of(one, (one,), day) is state


def test_one_in_force_is_so_until_a_later_one_is_signed_and_holds() -> None:
    first, second = version(1, *SIGNED), version(2)
    assert state_of(first, (first, second), DAY) is AgreementState.IN_FORCE
    assert state_of(second, (first, second), DAY) is AgreementState.WAITING
    signed = version(2, *SIGNED, first=DAY + timedelta(days=10))
    assert state_of(first, (first, signed), DAY) is AgreementState.IN_FORCE
    on = DAY + timedelta(days=10)
    assert state_of(first, (first, signed), on) is AgreementState.REPLACED
    assert state_of(signed, (first, signed), on) is AgreementState.IN_FORCE


def test_one_that_nobody_signed_gives_way_to_the_next() -> None:
    first, second = version(1), version(2)
    assert state_of(first, (first, second), DAY) is AgreementState.REPLACED
