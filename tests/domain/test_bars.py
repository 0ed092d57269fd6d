"""A bar keeps categories from one person or organisation, and from nobody else."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.facts import GUARDIAN, POLICE, SCHOOL
from trygga_desktop.domain.bars import BAR_REASONS, Bar, BarScope, bars_against
from trygga_desktop.domain.reasons import Reason


def bar(
    *categories: str,
    scope: BarScope = BarScope.THESE,
    against: UUID = POLICE,
    reason: Reason = Reason.CHILD_LIMITED,
) -> Bar:
    """Return a bar on these categories, or on all but these."""
    return Bar(
        id=UUID(int=61),
        reason=reason,
        against=against,
        scope=scope,
        categories=frozenset(categories),
    )


@pytest.mark.parametrize("reason", [one for one in Reason if one not in BAR_REASONS])
def test_a_bar_with_a_reason_that_no_bar_has_is_refused(reason: Reason) -> None:
    with pytest.raises(ValueError, match="another reason"):
        bar("health", reason=reason)


@pytest.mark.parametrize("reason", sorted(BAR_REASONS))
def test_each_reason_of_a_bar_is_a_no(reason: Reason) -> None:
    assert bar("health", reason=reason).reason is reason
    assert not reason.allows


@pytest.mark.parametrize(
    ("one", "category", "closes"),
    [
        (bar("health", "family"), "health", True),
        (bar("health", "family"), "contact", False),
        (bar(), "health", False),
        (bar("health", scope=BarScope.ALL_BUT_THESE), "health", False),
        (bar("health", scope=BarScope.ALL_BUT_THESE), "contact", True),
        (bar("health", scope=BarScope.ALL_BUT_THESE), "a category to come", True),
        (bar(scope=BarScope.ALL_BUT_THESE), "health", True),
        (bar(scope=BarScope.ALL_BUT_THESE), "", True),
    ],
)
def test_a_bar_closes_what_it_names_or_all_that_it_does_not(
    one: Bar, category: str, *, closes: bool
) -> None:
    assert one.closes(category) is closes


@given(st.frozensets(st.text(max_size=2)), st.text(max_size=2))
def test_what_one_scope_keeps_back_the_other_lets_through(
    categories: frozenset[str], category: str
) -> None:
    these = bar(*categories)
    all_but = bar(*categories, scope=BarScope.ALL_BUT_THESE)

    assert these.closes(category) is not all_but.closes(category)


def test_only_the_bars_against_somebody_are_told_of_them() -> None:
    on_police, on_parent = bar("health"), bar(against=GUARDIAN, scope=BarScope.ALL_BUT_THESE)

    assert bars_against([on_police, on_parent], POLICE) == (on_police,)
    assert bars_against([on_police, on_parent], GUARDIAN) == (on_parent,)
    assert bars_against([on_police, on_parent], SCHOOL) == ()
