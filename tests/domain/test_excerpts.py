"""What the list of who has which copy is made of."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from trygga_desktop.domain.excerpts import CameBack, Handover, Spoilt

COPY = UUID(int=5)
SAID: dict[str, Any] = {
    "spoilt": Spoilt(copy_id=COPY),
    "came_back": CameBack(copy_id=COPY, is_destroyed=False),
}


@pytest.mark.parametrize("said", [{}, SAID])
def test_an_event_that_says_nothing_or_two_things_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="one thing"):
        Handover(
            id=UUID(int=1),
            case_id=UUID(int=2),
            meeting_id=UUID(int=3),
            sequence=1,
            by=UUID(int=4),
            at=datetime(2026, 11, 26, tzinfo=UTC),
            salt="ab",
            **said,
        )
