"""The invented cases are entered by a person at the screens, as their timeline tells them.

Here the first month of case A, with a plan meeting; `dev.py endurance timeline` tells all of it.
"""

from datetime import date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.story.at_the_screens.portrait import differences, portrait
from tests.story.at_the_screens.telling import Told, tell_at_the_screens, tell_by_use_cases
from tests.story.checking import Told as Case
from tests.story.checking import check_everything
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.ui.application import Appearance

_MONTH = datetime(2026, 2, 26, 17, 0, tzinfo=STOCKHOLM)


@pytest.fixture
def told(tmp_path: Path, qtbot: QtBot, appearance: Appearance) -> Told:
    """The first month of case A, told at the window."""
    return tell_at_the_screens(
        tmp_path / "screens", "A", _MONTH, appearance=appearance, keep=qtbot.addWidget
    )


@pytest.mark.timeout(600)
def test_the_first_month_of_a_case_can_be_entered_at_the_screens(
    told: Told, tmp_path: Path
) -> None:
    by_use_cases = tell_by_use_cases(tmp_path / "use cases", "A", _MONTH)
    days = (date(2026, 2, 12), date(2026, 2, 26), date(2026, 9, 1))
    of_use_cases, of_screens = (
        portrait(one.story.cases["A"], one.vault, days) for one in (by_use_cases, told)
    )
    assert differences(of_use_cases, of_screens) == []
    case = Case(told.story.table("A"), told.story.cases["A"], told.vault)
    assert list(check_everything(case, _MONTH.date())) == []
    assert told.around.told == {}
