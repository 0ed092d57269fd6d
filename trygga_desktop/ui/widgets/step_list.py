"""The steps of a task, one below the other: done, now, coming."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth


class Step(NamedTuple):
    """A step: its name, and the line below it while it is the one at hand."""

    name: str
    line: str


class StepList(QWidget):
    """The steps on the dark panel of a vault screen."""

    def __init__(
        self, look: Look, steps: Sequence[Step], *, current: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        _ = look.language.gettext
        tokens = look.theme.tokens
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        for index, step in enumerate(steps):
            row = QHBoxLayout()
            row.setSpacing(14)
            disc = _StepDisc(look, index + 1, done=index < current, now=index == current)
            row.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            white = tokens.nav_strong if index <= current else tokens.nav_text
            name = PlainLabel(look, step.name, style=TextStyle.SUBTITLE, colour=white)
            state = _("done") if index < current else _("now") if index == current else _("coming")
            name.setAccessibleName(
                _("Step {number} of {count}: {name}, {state}").format(
                    number=index + 1, count=len(steps), name=step.name, state=state
                )
            )
            # As high as the disc, so that both stand on one line.
            name.setMinimumHeight(disc.height())
            words.addWidget(name)
            if index == current:
                line = PlainLabel(
                    look, step.line, style=TextStyle.SECONDARY, colour=tokens.nav_text
                )
                words.addWidget(line)
            row.addLayout(words, 1)
            column.addLayout(row)
        column.addStretch(1)


class _StepDisc(QWidget):
    def __init__(self, look: Look, number: int, *, done: bool, now: bool) -> None:
        super().__init__()
        self._theme = look.theme
        self._number = number
        self._done = done
        self._now = now
        edge = look.theme.px(30)
        self.setFixedSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the circle with its number or its tick."""
        painter = QPainter(self)
        smooth(painter)
        tokens, box = self._theme.tokens, QRectF(self.rect())
        radius = box.width() / 2
        font = self._theme.font(TextStyle.STRONG)
        middle = Qt.AlignmentFlag.AlignHCenter
        number = str(self._number)
        if self._done:
            draw_box(painter, box, radius=radius, fill=tokens.nav_selected)
            inset = box.width() * 0.23
            tick = box.adjusted(inset, inset, -inset, -inset)
            self._theme.paint_icon(painter, "check", tokens.nav_mark, tick)
        elif self._now:
            draw_box(painter, box, radius=radius, fill=tokens.nav_mark)
            draw_text(painter, box, number, font=font, colour=tokens.nav, align=middle)
        else:
            draw_box(painter, box, radius=radius, edge=tokens.nav_text)
            draw_text(painter, box, number, font=font, colour=tokens.nav_text, align=middle)
