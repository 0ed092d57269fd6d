"""The way of a case through its programme, as a row of steps: done, now, coming."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth

_DISC = 24
_GAP = 8
_LEAST_LINE, _WIDEST_LINE = 10, 96


class StepState(StrEnum):
    """How a step stands to the one at hand."""

    DONE = "done"
    NOW = "now"
    COMING = "coming"


class ShownStep(NamedTuple):
    """One step: what it is, the short name it has in the row, and how far it is."""

    key: str
    name: str
    state: StepState


class PhaseSteps(QWidget):
    """Where there is no room for every name, only the step at hand has one."""

    def __init__(
        self, look: Look, steps: Sequence[ShownStep], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._steps: list[_Step] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        for place, step in enumerate(steps):
            if place:
                row.addWidget(_Line(look, done=step.state is not StepState.COMING), 1)
            shown = _Step(look, step, place=place, count=len(steps))
            self._steps.append(shown)
            row.addWidget(shown)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for room for every name."""
        return self._size(are_named=True)

    def minimumSizeHint(self) -> QSize:
        """Be content with the name of the step at hand."""
        return self._size(are_named=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave names out where they have no room, or bring them back."""
        super().resizeEvent(event)
        are_named = event.size().width() >= self._size(are_named=True).width()
        for step in self._steps:
            step.show_name(shows=are_named)

    def _size(self, *, are_named: bool) -> QSize:
        widths = [step.width_with(named=are_named) for step in self._steps]
        between = (len(widths) - 1) * (_LEAST_LINE + 2 * Space.S) + Space.S
        height = max((step.sizeHint().height() for step in self._steps), default=0)
        return QSize(sum(widths) + between, height)


class _Step(QLabel):
    """A disc and a name. Its words are told to a screen reader, shown or not."""

    def __init__(self, look: Look, step: ShownStep, *, place: int, count: int) -> None:
        super().__init__()
        _ = look.language.gettext
        self._theme = look.theme
        self._step = step
        self._number = str(place + 1)
        self._named = True
        words = {
            StepState.DONE: _("done"),
            StepState.NOW: _("now"),
            StepState.COMING: _("coming"),
        }
        name = _("Step {number} of {count}: {name}, {state}").format(
            number=place + 1, count=count, name=step.name, state=words[step.state]
        )
        self.setAccessibleName(name)
        self.setToolTip(step.name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_name(self, *, shows: bool) -> None:
        """Show the name beside the disc, or only at the step at hand."""
        if shows != self._named:
            self._named = shows
            self.updateGeometry()
            self.update()

    def width_with(self, *, named: bool) -> int:
        """Return the width with or without the name."""
        disc = self._theme.px(_DISC)
        if not named and self._step.state is not StepState.NOW:
            return disc
        words = QFontMetrics(self._font_style()).horizontalAdvance(self._step.name)
        return disc + _GAP + words + 2

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut off."""
        return QSize(self.width_with(named=self._named), self._theme.px(_DISC + 4))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the disc with its tick or number, and the name."""
        painter = QPainter(self)
        smooth(painter)
        tokens, state = self._theme.tokens, self._step.state
        size = self._theme.px(_DISC)
        disc = QRectF(0, (self.height() - size) / 2, size, size)
        font = self._theme.font(TextStyle.CAPTION_STRONG)
        middle = Qt.AlignmentFlag.AlignHCenter
        if state is StepState.DONE:
            edge = tokens.ok if tokens.outlined else ""
            draw_box(painter, disc, radius=size / 2, fill=tokens.ok_soft, edge=edge)
            inset = size * 0.22
            tick = disc.adjusted(inset, inset, -inset, -inset)
            self._theme.paint_icon(painter, "check", tokens.ok, tick)
        elif state is StepState.NOW:
            draw_box(painter, disc, radius=size / 2, fill=tokens.accent)
            ink = tokens.on_accent
            draw_text(painter, disc, self._number, font=font, colour=ink, align=middle)
        else:
            draw_box(painter, disc, radius=size / 2, edge=tokens.strong)
            ink = tokens.text2
            draw_text(painter, disc, self._number, font=font, colour=ink, align=middle)
        if self._named or state is StepState.NOW:
            words = QRectF(size + _GAP, 0, self.width() - size - _GAP, self.height())
            ink = tokens.text2 if state is StepState.COMING else tokens.text
            style = self._font_style()
            draw_text(painter, words, self._step.name, font=style, colour=ink)

    def _font_style(self) -> QFont:
        is_now = self._step.state is StepState.NOW
        return self._theme.font(TextStyle.STRONG if is_now else TextStyle.MEDIUM)


class _Line(QWidget):
    def __init__(self, look: Look, *, done: bool) -> None:
        super().__init__()
        tokens = look.theme.tokens
        self._colour = QColor(tokens.ok if done else tokens.border)
        self.setMinimumWidth(_LEAST_LINE)
        self.setMaximumWidth(_WIDEST_LINE)
        self.setFixedHeight(2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the line."""
        QPainter(self).fillRect(self.rect(), self._colour)
