"""Who must sign follows from the policy and the age, and nobody means no."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.facts import GUARDIAN, SUBJECT
from trygga_desktop.domain.programme import (
    DEFAULT_POLICY,
    Opinion,
    SignerRole,
    SigningPolicy,
    SigningRow,
    required_signers,
)

OTHER_GUARDIAN = UUID(int=5)
BOTH = frozenset({GUARDIAN, OTHER_GUARDIAN})
PARENTS = frozenset({SignerRole.ALL_GUARDIANS})


def required_at(age: int | None, guardians: frozenset[UUID] = BOTH) -> frozenset[UUID]:
    """Ask the default policy about the young person of the facts."""
    return required_signers(DEFAULT_POLICY, age=age, subject_id=SUBJECT, guardians=guardians)


def test_nobody_can_sign_when_the_age_is_unknown() -> None:
    assert required_at(None) == frozenset()


@pytest.mark.parametrize("age", [0, 11, 12, 14, 15, 17])
def test_nobody_can_sign_for_a_minor_without_guardians(age: int) -> None:
    assert required_at(age, frozenset()) == frozenset()


def test_a_negative_age_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        required_at(-1)


@pytest.mark.parametrize(
    "ages",
    [[], [1], [0, 15, 12], [0, 12, 12]],
    ids=["no rows", "late start", "not rising", "one age twice"],
)
def test_a_policy_answers_once_for_every_age(ages: list[int]) -> None:
    rows = tuple(SigningRow(from_age=age, signers=PARENTS) for age in ages)

    with pytest.raises(ValueError, match="starts at age 0"):
        SigningPolicy(rows=rows)


@pytest.mark.parametrize(
    ("age", "signers"),
    [
        (0, BOTH),
        (11, BOTH),
        (12, BOTH),
        (14, BOTH),
        (15, BOTH | {SUBJECT}),
        (17, BOTH | {SUBJECT}),
        (18, {SUBJECT}),
        (40, {SUBJECT}),
    ],
)
def test_the_default_policy_asks_by_age(age: int, signers: frozenset[UUID]) -> None:
    assert required_at(age) == signers


@pytest.mark.parametrize(
    ("age", "opinion"),
    [
        (11, Opinion.NOT_ASKED),
        (12, Opinion.RECORDED),
        (14, Opinion.RECORDED),
        (15, Opinion.NOT_ASKED),
        (18, Opinion.NOT_ASKED),
    ],
)
def test_the_opinion_is_written_down_from_12_to_14(age: int, opinion: Opinion) -> None:
    assert DEFAULT_POLICY.row_for(age).opinion is opinion


@given(age=st.integers(0, 17), guardians=st.frozensets(st.uuids(), max_size=3), one=st.uuids())
def test_one_more_guardian_never_takes_a_signature_away(
    age: int, guardians: frozenset[UUID], one: UUID
) -> None:
    assert required_at(age, guardians) <= required_at(age, guardians | {one})
