"""One value, one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.crypto.canonical import from_canonical, to_canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[1,]"])
def test_what_spells_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_canonical(data)


@given(VALUES)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    assert from_canonical(to_canonical(value)) == value


def test_the_order_of_keys_makes_no_difference() -> None:
    assert to_canonical({"b": 1, "a": "å"}) == to_canonical({"a": "å", "b": 1})
    assert to_canonical({"b": 1, "a": "å"}) == '{"a":"å","b":1}'.encode()
