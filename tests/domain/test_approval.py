"""What may be said of a draft before it is sealed."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from trygga_desktop.domain.approval import ApprovalEvent, Remark, Reopened

SAID: dict[str, Any] = {
    "remark": Remark(who="Maria Lind", text="Fel dag."),
    "reopened": Reopened(why="Fel dag."),
}


@pytest.mark.parametrize("said", [{}, SAID])
def test_an_event_that_says_nothing_or_two_things_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="one thing"):
        ApprovalEvent(
            id=UUID(int=1),
            case_id=UUID(int=2),
            meeting_id=UUID(int=3),
            sequence=1,
            by=UUID(int=4),
            at=datetime(2026, 11, 26, tzinfo=UTC),
            salt="ab",
            **said,
        )
