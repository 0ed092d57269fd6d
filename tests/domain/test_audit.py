"""Every action of the log is of one kind, by which it is looked for."""

from itertools import combinations

from trygga_desktop.domain.audit import Action, ActionKind, actions_of


def test_no_action_is_of_two_kinds_and_none_is_of_no_kind() -> None:
    for one, other in combinations(ActionKind, 2):
        assert actions_of(one).isdisjoint(actions_of(other)), (one, other)
    assert frozenset(Action) == frozenset().union(*map(actions_of, ActionKind))


def test_what_is_of_no_other_kind_is_about_the_vault() -> None:
    assert Action.VAULT_UNLOCKED in actions_of(ActionKind.VAULT)
    assert Action.CASE_READ not in actions_of(ActionKind.VAULT)
