"""The invented cases are entered by a person at the screens, as their timeline tells them.

Here the first month of case A, with a plan meeting, and the first meeting of case C; `dev.py
endurance timeline` tells all of it.
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
_FIRST_DAYS = datetime(2026, 1, 13, 17, 0, tzinfo=STOCKHOLM)


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


@pytest.mark.timeout(600)
def test_what_is_about_somebody_who_is_not_at_the_table_can_be_entered_at_the_screens(
    tmp_path: Path, qtbot: QtBot, appearance: Appearance
) -> None:
    told = tell_at_the_screens(
        tmp_path / "screens", "C", _FIRST_DAYS, appearance=appearance, keep=qtbot.addWidget
    )

    case = Case(told.story.table("C"), told.story.cases["C"], told.vault)
    threat = case.items()["C1-2"]
    assert threat.about == {told.story.cases["C"].people[one] for one in ("viktor", "nadja")}
    assert list(check_everything(case, _FIRST_DAYS.date())) == []
    assert told.around.told == {}
