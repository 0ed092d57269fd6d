"""The parts of the overview in as many columns as the page has room for."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import NO_LIMIT, Space
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.removal import take_out

_THREE, _TWO = 1080, 700
_SIDE, _ROOMY_SIDE, _ROOMY = 290, 330, 1400


class Place(StrEnum):
    """The parts of the page."""

    MEETING = "meeting"
    COMMITMENTS = "commitments"
    CONSENT = "consent"
    NOTES = "notes"
    TIMELINE = "timeline"
    PEOPLE = "people"
    WORDS = "words"
    PERSON = "person"
    CASE = "case"
    INTAKE = "intake"
    FILE = "file"


_COLUMNS: Mapping[int, Sequence[Sequence[Place]]] = {
    3: (
        (Place.MEETING, Place.COMMITMENTS, Place.INTAKE, Place.FILE),
        (Place.CONSENT, Place.NOTES, Place.TIMELINE),
        (Place.PEOPLE, Place.WORDS, Place.PERSON, Place.CASE),
    ),
    2: (
        (Place.MEETING, Place.COMMITMENTS, Place.TIMELINE, Place.INTAKE, Place.FILE),
        (Place.CONSENT, Place.NOTES, Place.PEOPLE, Place.WORDS, Place.PERSON, Place.CASE),
    ),
    1: (
        (
            *(Place.MEETING, Place.COMMITMENTS, Place.CONSENT, Place.NOTES, Place.PEOPLE),
            *(Place.WORDS, Place.PERSON, Place.TIMELINE, Place.INTAKE, Place.CASE, Place.FILE),
        ),
    ),
}


class Columns(QWidget):
    """Three columns of cards, two, or one. `arranged` follows when they changed places."""

    arranged = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._parts: dict[Place, QWidget] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.L)
        self._columns: list[QWidget] = []
        self._count = 0
        self._is_roomy = False
        self._arrange(3, is_roomy=False)

    @property
    def in_order(self) -> list[QWidget]:
        """Return the parts as one reads them."""
        places = [one for column in _COLUMNS[self._count] for one in column]
        return [self._parts[one] for one in places if one in self._parts]

    def show_parts(self, parts: Mapping[Place, QWidget]) -> None:
        """Show these parts, and let go of those that stood there before."""
        kept = set(parts.values())
        take_out(*(one for one in self._parts.values() if one not in kept))
        self._parts = dict(parts)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have as many columns as there is room for."""
        super().resizeEvent(event)
        width = self._look.effective(event.size().width())
        count = 3 if width >= _THREE else 2 if width >= _TWO else 1
        self._arrange(count, is_roomy=width >= _ROOMY)

    def _arrange(self, count: int, *, is_roomy: bool) -> None:
        if (count, is_roomy) == (self._count, self._is_roomy):
            return
        self._count, self._is_roomy = count, is_roomy
        focus = focus_in(self)
        while len(self._columns) < count:
            column = QWidget()
            box = QVBoxLayout(column)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(Space.L)
            self._columns.append(column)
            self._row.addWidget(column)
        side = self._look.theme.px(_ROOMY_SIDE if is_roomy else _SIDE)
        for place, column in enumerate(self._columns):
            is_side = count == 3 and place == 2  # noqa: PLR2004  the last of three
            column.setMinimumWidth(side if is_side else 0)
            column.setMaximumWidth(side if is_side else NO_LIMIT)
            self._row.setStretch(place, 0 if is_side or place >= count else 1)
        self._fill()
        for place, column in enumerate(self._columns):
            column.setVisible(place < count)
        # Whatever moves to another column loses the focus on the way.
        if focus is not None and focus.isVisibleTo(self):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.arranged.emit()

    def _fill(self) -> None:
        for column, places in zip(self._columns, _COLUMNS[self._count], strict=False):
            box = column.layout()
            if not isinstance(box, QVBoxLayout):
                continue
            while box.count():
                box.takeAt(0)
            for place in places:
                if place in self._parts:
                    box.addWidget(self._parts[place])
                    # The layout would show what it was given a little later only.
                    self._parts[place].show()
            box.addStretch(1)
