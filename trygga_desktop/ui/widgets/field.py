"""A field: label above, control, and below it a hint that takes the colour of its state."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark


class FieldState(StrEnum):
    """What the program thinks of what stands in a field."""

    PLAIN = "plain"
    TYPING = "typing"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


_ICONS = {
    FieldState.PLAIN: "info",
    FieldState.TYPING: "pencil",
    FieldState.OK: "circle-check",
    FieldState.WARN: "triangle-alert",
    FieldState.BAD: "circle-alert",
}


class Field(QWidget):
    """Names its control for screen readers, and says its hint aloud when the state changes."""

    def __init__(
        self,
        look: Look,
        label: str,
        control: QWidget,
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.control = control
        self.state = FieldState.PLAIN
        self.label = PlainLabel(look, label, style=TextStyle.LABEL)
        self.label.setBuddy(control)
        control.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.label)
        column.addWidget(control)
        column.addWidget(self._build_hint())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._show(FieldState.PLAIN, hint)

    def show_state(self, state: FieldState, hint: str = "") -> None:
        """Show what is thought of the text. An empty hint takes the line away."""
        if (state, hint) == (self.state, self.hint.text()):
            return
        self._show(state, hint)
        if hint and state is not FieldState.TYPING:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, hint))

    def _show(self, state: FieldState, hint: str) -> None:
        self.state = state
        tokens = self._look.theme.tokens
        colour = {
            FieldState.OK: tokens.ok,
            FieldState.WARN: tokens.warn,
            FieldState.BAD: tokens.bad,
        }.get(state, tokens.text2)
        self.hint.show_text(hint)
        self.hint.set_colour(colour)
        marked = state in {FieldState.OK, FieldState.WARN, FieldState.BAD}
        self.hint.setFont(self._look.theme.font(TextStyle.LABEL if marked else TextStyle.SECONDARY))
        self._icon.show_icon(_ICONS[state], colour)
        self._icon.setVisible(state is not FieldState.PLAIN)
        self._line.setVisible(bool(hint))
        self.control.setAccessibleDescription(hint)
        self.control.setProperty("state", str(state))
        # A dynamic property is read by the style sheet only when the style is set anew.
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)

    def _build_hint(self) -> QWidget:
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._icon = IconMark(self._look, "info", size=16)
        self.hint = PlainLabel(self._look, style=TextStyle.SECONDARY)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.hint, 1)
        return self._line
