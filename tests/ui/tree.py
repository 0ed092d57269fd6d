"""The accessibility tree of a window, as text: what a screen reader comes by, in its order.

    python -m tests.ui.tree

prints those of the shared screen of a meeting, of the room's own, and of the leader's window, in
which a sentence stands for the small picture of the room.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget


def tree_of(window: QWidget) -> Iterator[str]:
    """Yield a line for each thing that is there: its role and all that is said of it."""
    top = QAccessible.queryAccessibleInterface(window)
    if top is not None:
        yield from _lines(top, 0, is_top=True)


def _lines(node: QAccessibleInterface, depth: int, *, is_top: bool = False) -> Iterator[str]:
    state = node.state()
    if state.invisible and not is_top:
        return
    said = [node.text(one).strip() for one in (QAccessible.Text.Name, QAccessible.Text.Description)]
    value = node.text(QAccessible.Text.Value).strip()
    if value and value not in said:
        said.append(value)
    words = " | ".join(one.replace("\n", " / ") for one in said if one)
    role = node.role().name
    is_frame = role in {"Client", "Window", "Border", "ScrollBar", "LayeredPane"}
    deeper = depth
    if words or not is_frame:
        marks = "".join(
            mark
            for mark, holds in (
                ("*", bool(state.focused)),
                ("-", bool(state.disabled)),
                ("x", bool(state.checked)),
            )
            if holds
        )
        yield f"{'  ' * depth}{role}{marks}: {words}"
        deeper += 1
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None:
            yield from _lines(child, deeper)


def main() -> None:
    """Print the trees."""
    from tests.endurance.program import appearance_in  # noqa: PLC0415  it sets the platform
    from tests.ui import hidden_desk, meeting_desk  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as place:
        application, appearance = appearance_in(Path(place))
        look = appearance.look
        for title, window in (
            ("Before the meeting", meeting_desk.shown_opening(look)),
            ("The shared screen", meeting_desk.shown(look)),
            ("Where the young person is heard", meeting_desk.shown_voice_waiting(look)),
            ("What there is to settle", meeting_desk.shown_review(look)),
            ("The room's own screen", meeting_desk.shown_audience(look)),
            ("Before the leader's window", hidden_desk.shown_asking(look)),
            ("The leader's window", hidden_desk.shown(look)),
        ):
            window.resize(1366, 768)
            window.show()
            QApplication.processEvents()
            sys.stdout.write("\n".join(["", title, *tree_of(window), ""]))
            window.hide()
        application.processEvents()


if __name__ == "__main__":
    main()
