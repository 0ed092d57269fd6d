"""Show a large plan off-screen and write in it; print what each takes in CPU seconds."""

import statistics
import sys
import time
from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.overviews import TODAY, catalogue
from tests.ui.plain import make_look
from tests.ui.plan_desk import Cabinet, make_plan_model, make_view, plan_line
from trygga_desktop.domain.plan import LineKind, Term
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.ui.screens.plan.view import PlanView

_GOALS, _ACTIONS = 50, 4
_TIMES = 7


def large_plan() -> tuple[ShownPlanLine, ...]:
    """Return fifty goals in all areas of life, with two hundred actions."""
    areas = [one.code for one in catalogue().life_areas]
    lines = []
    for number in range(_GOALS):
        area, goal_id = areas[number % len(areas)], 10_000 + number
        words = f"Jag vill nå mål nummer {number} före sommaren"
        goal = plan_line(words, LineKind.GOAL, number=goal_id, area=area, term=Term.LONG)
        lines.append(goal)
        lines += [
            plan_line(
                f"Åtgärd {number}:{each} som tar några ord att säga hela",
                LineKind.ACTION,
                number=20_000 + number * _ACTIONS + each,
                area=area,
                goal_id=UUID(int=goal_id),
                responsible="Dalia Karim",
                due_on=TODAY,
            )
            for each in range(_ACTIONS)
        ]
    return tuple(lines)


def main(application: QApplication) -> dict[str, float]:
    """Return the medians, by what was done."""
    found: dict[str, list[float]] = {"show": [], "enter": [], "move": [], "letter": []}
    look = make_look(application)
    held = make_view(lines=large_plan())

    def spent(work: Callable[[], object]) -> float:
        begun = time.process_time()
        work()
        application.processEvents()
        return time.process_time() - begun

    for _ in range(_TIMES):
        model = make_plan_model(Cabinet(held))
        views: list[PlanView] = []

        def show() -> None:
            view = PlanView(model, look)  # noqa: B023  called before the next one is made
            view.resize(1250, 700)
            view.show()
            views.append(view)  # noqa: B023  as above

        found["show"].append(spent(show))
        (view,) = views
        outline = view.outline
        model.choose_row(120)
        outline.go_to(120)
        down, alt = Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier
        found["move"].append(spent(lambda: QTest.keyClick(outline, down, alt)))  # noqa: B023
        found["enter"].append(spent(lambda: QTest.keyClick(outline, Qt.Key.Key_Return)))  # noqa: B023
        line = model.line
        if line is not None:
            typed = line.id
            found["letter"].append(spent(lambda: model.type_words(typed, "R")))  # noqa: B023
        view.close()
        view.deleteLater()
        application.processEvents()
    return {name: statistics.median(times) for name, times in found.items()}


if __name__ == "__main__":
    told = main(QApplication(sys.argv[:1]))
    print(*(f"{name} {seconds}" for name, seconds in told.items()), sep="\n")
