"""An item survives being written down, and nothing else passes for one."""

import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.facts import ATTENDANCE, CASE, EXCLUSION, ITEM, LIMIT, REPORTER, SECOND, marked
from trygga_desktop.domain.items import (
    Item,
    ItemKind,
    Lack,
    Marking,
    Noted,
    Part,
    RecordedMarking,
    from_plain,
    to_plain,
)

PLAIN = to_plain(marked(exclusion=Marking.DOES_NOT_TOUCH))
IDS = st.uuids()
ITEMS = st.builds(
    Item,
    id=st.just(ITEM),
    case_id=st.just(CASE),
    kind=st.sampled_from(ItemKind),
    part=st.sampled_from(Part),
    author_id=IDS,
    origin_id=st.none() | IDS,
    category=st.text(),
    about=st.frozensets(IDS, max_size=3),
    reporter_ids=st.frozensets(IDS, max_size=3),
    known_on=st.dates(),
    text=st.text(),
    markings=st.lists(
        st.builds(RecordedMarking, about_id=IDS, answer=st.sampled_from(Marking)),
        max_size=3,
        unique_by=lambda marking: marking.about_id,
    ).map(tuple),
    said_by=st.none() | IDS,
    at_table=st.booleans(),
    noted=st.none() | st.builds(Noted, meeting_id=IDS, agenda_id=IDS),
    follows=st.none() | IDS,
    area=st.text(),
    is_strength=st.booleans(),
    lacks=st.none() | st.sampled_from(Lack),
)


LATER = {"said_by", "at_table", "noted", "follows", "area", "is_strength", "lacks"}


@pytest.mark.parametrize("field", sorted(PLAIN.keys() - LATER))
def test_an_item_that_lacks_a_field_is_refused(field: str) -> None:
    plain = {name: value for name, value in PLAIN.items() if name != field}

    with pytest.raises(ValueError, match="other fields"):
        from_plain(ITEM, CASE, plain)


def test_an_item_from_before_there_were_meetings_says_nothing_of_them() -> None:
    plain = {name: value for name, value in PLAIN.items() if name not in LATER}

    assert from_plain(ITEM, CASE, plain) == from_plain(ITEM, CASE, PLAIN)


def test_an_item_with_a_field_more_is_refused() -> None:
    with pytest.raises(ValueError, match="other fields"):
        from_plain(ITEM, CASE, PLAIN | {"seen_by": []})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "rumour"),
        ("kind", 3),
        ("part", "attic"),
        ("part", None),
        ("author_id", None),
        ("author_id", "nobody"),
        ("author_id", str(REPORTER).replace("-", "")),
        ("origin_id", 7),
        ("origin_id", "school"),
        ("category", None),
        ("about", None),
        ("about", str(SECOND)),
        ("about", [1]),
        ("about", [str(SECOND), str(SECOND)]),
        ("reporter_ids", {}),
        ("known_on", None),
        ("known_on", "yesterday"),
        ("known_on", "20261126"),
        ("text", 4),
        ("markings", []),
        ("markings", {"limit": "inside"}),
        ("markings", {str(LIMIT): "perhaps"}),
        ("markings", {str(LIMIT): None}),
        ("said_by", 7),
        ("at_table", 1),
        ("noted", [str(SECOND)]),
        ("noted", "nowhere"),
        ("noted", [str(SECOND), 7]),
        ("follows", "nobody"),
        ("area", None),
        ("is_strength", None),
    ],
)
def test_a_value_of_the_wrong_sort_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"item|field"):
        from_plain(ITEM, CASE, PLAIN | {field: value})


def test_a_refusal_never_repeats_what_was_written() -> None:
    with pytest.raises(ValueError, match="no known code") as refusal:
        from_plain(ITEM, CASE, PLAIN | {"kind": "a secret"})

    assert "secret" not in str(refusal.value)


def test_two_answers_about_one_limit_are_refused() -> None:
    inside = RecordedMarking(about_id=LIMIT, answer=Marking.INSIDE)

    with pytest.raises(ValueError, match="two markings"):
        replace(ATTENDANCE, markings=(inside, replace(inside, answer=Marking.OUTSIDE)))


def test_a_marking_is_found_by_what_it_is_about() -> None:
    item = marked(exclusion=Marking.TOUCHES, limit=Marking.INSIDE)

    assert item.marking_for(EXCLUSION) is Marking.TOUCHES
    assert item.marking_for(LIMIT) is Marking.INSIDE
    assert item.marking_for(UUID(int=99)) is None


def test_the_plain_form_says_nothing_of_the_items_own_place() -> None:
    plain = to_plain(ATTENDANCE)

    assert {"id", "case_id"}.isdisjoint(plain)
    assert plain["known_on"] == date(2026, 11, 26).isoformat()


@given(ITEMS)
def test_an_item_comes_back_as_it_was_written(item: Item) -> None:
    written = json.dumps(to_plain(item))

    assert from_plain(ITEM, CASE, json.loads(written)) == item
