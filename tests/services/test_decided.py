"""What was decided is answered again only for exactly what it was decided of."""

from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.facts import ATTENDANCE, DAY, GIVEN, POLICE_OFFICER, SECOND, SUBJECT
from tests.domain.test_sharing_laws import ITEMS, RECIPIENTS, circumstances
from trygga_desktop.domain.items import Item, ItemKind, Lack, Marking, Noted, Part, RecordedMarking
from trygga_desktop.domain.sharing import Circumstances, Decision, Recipient, decide
from trygga_desktop.services.decided import Decided

OTHERWISE: dict[str, object] = {
    "id": uuid4(),
    "case_id": uuid4(),
    "kind": ItemKind.DECISION,
    "part": Part.GUARDED,
    "author_id": uuid4(),
    "origin_id": None,
    "category": "health",
    "about": frozenset({SUBJECT, SECOND}),
    "reporter_ids": frozenset({SECOND}),
    "known_on": date(2020, 1, 1),
    "text": "Något annat.",
    "markings": (RecordedMarking(about_id=SECOND, answer=Marking.TOUCHES),),
    "said_by": SECOND,
    "at_table": True,
    "noted": Noted(meeting_id=UUID(int=1), agenda_id=UUID(int=2)),
    "follows": uuid4(),
    "area": "school",
    "is_strength": True,
    "lacks": Lack.DAY,
}


class Counted:
    """Decides, and counts how often it had to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, item: Item, recipient: Recipient, given: Circumstances) -> Decision:
        """Return what is decided."""
        self.times += 1
        return decide(item, recipient, given)


@pytest.fixture
def counted() -> Counted:
    return Counted()


@given(st.data())
def test_whatever_was_asked_before_the_answer_is_what_is_decided_now(data: st.DataObject) -> None:
    some = st.lists(ITEMS, min_size=1, max_size=2)
    items, cases = data.draw(some), data.draw(st.lists(circumstances(), min_size=1, max_size=2))
    recipients = data.draw(st.lists(RECIPIENTS, min_size=1, max_size=2))
    decided = Decided(most=data.draw(st.integers(1, 3)))
    questions = st.tuples(
        st.sampled_from(items), st.sampled_from(recipients), st.sampled_from(cases)
    )

    for item, recipient, case in data.draw(st.lists(questions, max_size=12)):
        assert decided.ask(decide, item, recipient, case) == decide(item, recipient, case)


def test_the_same_question_is_decided_once(counted: Counted) -> None:
    decided = Decided()
    for _ in range(3):
        # As it is read anew each time.
        item, case = replace(ATTENDANCE), replace(GIVEN)
        decided.ask(counted, item, replace(POLICE_OFFICER), case)

    assert counted.times == 1


@pytest.mark.parametrize("field", [one.name for one in fields(Item)])
def test_an_item_that_differs_in_anything_is_decided_anew(field: str, counted: Counted) -> None:
    decided = Decided()
    decided.ask(counted, ATTENDANCE, POLICE_OFFICER, GIVEN)
    changes: dict[str, object] = {field: OTHERWISE[field]}
    decided.ask(counted, replace(ATTENDANCE, **changes), POLICE_OFFICER, GIVEN)  # type: ignore[arg-type]  # each field has its own type

    assert counted.times == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"organisation_id": None},
        {"person_id": SECOND},
        {"user_id": SECOND},
        {"barred": True},
        {"acknowledged": False},
        {"named_reader": True},
        {"alone": True},
        {"interprets": True},
        {"supports": True},
        {"namesakes": frozenset({SECOND})},
    ],
    ids=str,
)
def test_a_recipient_that_differs_in_anything_is_decided_for_anew(
    changes: dict[str, object], counted: Counted
) -> None:
    decided = Decided()
    decided.ask(counted, ATTENDANCE, POLICE_OFFICER, GIVEN)
    decided.ask(counted, ATTENDANCE, replace(POLICE_OFFICER, **changes), GIVEN)  # type: ignore[arg-type]  # each field has its own type

    assert counted.times == 2


def test_once_something_else_holds_in_the_case_nothing_of_before_is_left(counted: Counted) -> None:
    decided = Decided()
    decided.ask(counted, ATTENDANCE, POLICE_OFFICER, GIVEN)
    decided.ask(counted, ATTENDANCE, POLICE_OFFICER, replace(GIVEN, on=DAY + timedelta(days=1)))
    decided.ask(counted, ATTENDANCE, POLICE_OFFICER, GIVEN)

    assert counted.times == 3


def test_no_more_is_remembered_than_there_is_room_for(counted: Counted) -> None:
    decided = Decided(most=3)
    for _ in range(10):
        decided.ask(counted, replace(ATTENDANCE, id=uuid4()), POLICE_OFFICER, GIVEN)

    assert 0 < len(decided) <= 3
