"""The whole history of the invented cases, entered by a person at the screens of the program."""

import os
import re
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

# Before Qt is imported: nothing here needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.endurance.program import appearance_in
from tests.story.at_the_screens.portrait import differences, portrait
from tests.story.at_the_screens.tellers import DONE_BEFORE
from tests.story.at_the_screens.telling import Told, tell_at_the_screens, tell_by_use_cases
from tests.story.checking import Told as Case
from tests.story.checking import check_everything
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.main_window import MainWindow

_UNTIL = datetime(2026, 11, 27, tzinfo=STOCKHOLM)
_DAYS = (date(2026, 5, 12), date(2026, 9, 1), date(2026, 11, 26), date(2027, 5, 14))
_LAST = date(2027, 12, 31)
CODES = "ABC"
KNOWN = (
    # Why somebody does not come is chosen from a few words; each step of an arrow key is stored.
    r"/meetings/2/participants/3/",
    r"/room A3/seats/3/",
    # The story writes each goal anew with every version of the plan; a person does not.
    r"/lines/.*/item/known_on:",
    # A goal that is begun on the screen looks far ahead until somebody says otherwise.
    r"/lines/.*/term: None",
    # What Elias signed has run out before he turns 18.
    r"2027-05-14: closed for \['expired'\]",
)
"""Differences that have a reason."""


def tell_everything() -> int:
    """Tell each case at the screens and by use cases; return 0 if both vaults say the same.

    What the timeline expects of each day is looked up in the vault of the screens. What no screen
    takes is named.
    """
    found = []
    with tempfile.TemporaryDirectory() as place:
        # A process has one application. Whoever holds it keeps its windows as well.
        application, appearance = appearance_in(Path(place))
        for code in CODES:
            started = time.perf_counter()
            told = _tell(Path(place) / code, code, appearance)
            wrong = list(told)
            found += wrong
            print(f"case {code}: {time.perf_counter() - started:.0f} s, {len(wrong)} differences")
            for one in wrong:
                print(f"  {one}")
        application.quit()
    return 1 if found else 0


def _tell(place: Path, code: str, appearance: Appearance) -> Iterator[str]:
    place.mkdir()
    windows: list[MainWindow] = []
    at_screens = tell_at_the_screens(
        place / "screens", code, _UNTIL, appearance=appearance, keep=windows.append
    )
    for what, codes in at_screens.around.told.items():
        print(f"no screen takes {what}: {', '.join(codes)}")
    by_use_cases = tell_by_use_cases(place / "use cases", code, _UNTIL)
    yield from compare(by_use_cases, at_screens, code)
    for window in windows:
        window.close()


def compare(by_use_cases: Told, at_screens: Told, code: str) -> Iterator[str]:
    """Yield where the vault of the screens differs from the other, and from the timeline."""
    of_use_cases, of_screens = (
        portrait(one.story.cases[code], one.vault, _DAYS) for one in (by_use_cases, at_screens)
    )
    # What the desk does not list cannot be put into the plan.
    apart = {f"/lines/{one}" for one in at_screens.around.told.get(DONE_BEFORE, ())}
    told = at_screens.story
    case = Case(told.table(code), told.cases[code], told.vault)
    for one in (*differences(of_use_cases, of_screens), *check_everything(case, _LAST)):
        is_known = any(re.match(known, one) for known in KNOWN)
        if not is_known and not any(one.startswith((f"{at}/", f"{at}:")) for at in apart):
            yield one
