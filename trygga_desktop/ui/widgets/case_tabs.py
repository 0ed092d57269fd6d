"""The tabs of a case: where in it one is, and the way to its other pages."""

from collections.abc import Mapping
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from trygga_desktop.i18n import Language
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth

_HEIGHT = 42
_PADDING = 14
_LEAST_PADDING = 4
_LINE = 2
_RING = 2


class CaseTab(StrEnum):
    """The pages of a case, in the order of their tabs."""

    OVERVIEW = "overview"
    PEOPLE = "people"
    CONSENTS = "consents"
    MAPPING = "mapping"
    PLAN = "plan"
    MEETINGS = "meetings"


def tab_label(tab: CaseTab, language: Language) -> str:
    """Return what a tab is called."""
    _ = language.gettext
    labels: Mapping[CaseTab, str] = {
        CaseTab.OVERVIEW: _("Overview"),
        CaseTab.PEOPLE: _("People"),
        CaseTab.CONSENTS: _("Consents"),
        CaseTab.MAPPING: _("Mapping"),
        CaseTab.PLAN: _("Plan"),
        CaseTab.MEETINGS: _("Meetings"),
    }
    return labels[tab]


class CaseTabs(QWidget):
    """One stop for Tab. Arrow keys, Home and End move; Enter, Space or a click choose.

    `chosen` carries the `CaseTab`; the one that is shown already is not chosen again.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, current: CaseTab, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = look.theme.tokens
        self.current = current
        self.setObjectName("case tabs")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 1)
        row.setSpacing(0)
        self._tabs: dict[CaseTab, _Tab] = {}
        for tab in CaseTab:
            button = _Tab(look, tab_label(tab, look.language), chosen=tab is current, bar=self)
            button.setObjectName(f"tab {tab}")
            button.clicked.connect(partial(self._choose, tab))
            self._tabs[tab] = button
            row.addWidget(button)
        row.addStretch(1)
        self.stop_at(self._tabs[current])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def stop_at(self, stop: QWidget) -> None:
        """Have Tab come to this one of the tabs, and to no other."""
        for tab in self._tabs.values():
            is_stop = tab is stop
            policy = Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus
            tab.setFocusPolicy(policy)

    def leave(self) -> None:
        """Have Tab come to the current tab again, once the focus has left them all."""
        if QApplication.focusWidget() not in self._tabs.values():
            self.stop_at(self._tabs[self.current])

    def go_from(self, tab: QWidget, key: int) -> bool:
        """Put the focus where this key leads from a tab; return whether it leads anywhere."""
        order: list[QWidget] = list(self._tabs.values())
        place = order.index(tab)
        places = {
            Qt.Key.Key_Left: place - 1,
            Qt.Key.Key_Right: (place + 1) % len(order),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: -1,
        }
        if key not in places:
            return False
        order[places[Qt.Key(key)]].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the line that the tabs stand on."""
        edge = QColor(self._tokens.border)
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, edge)

    def _choose(self, tab: CaseTab) -> None:
        if tab is not self.current:
            self.chosen.emit(tab)


class _Tab(QToolButton):
    def __init__(self, look: Look, text: str, *, chosen: bool, bar: CaseTabs) -> None:
        super().__init__(bar)
        _ = look.language.gettext
        self._theme = look.theme
        self._bar = bar
        self._chosen = chosen
        self.setText(text)
        # Its state is told in words: a checkable button would be read as a box to tick.
        here = _("{room}, you are here").format(room=text)
        self.setAccessibleName(here if chosen else text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFont(look.theme.font(TextStyle.STRONG))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for air on both sides of the word."""
        return QSize(self._words() + 2 * _PADDING, self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Be content with the word alone, which is never cut off."""
        return QSize(self._words() + 2 * _LEAST_PADDING, self._theme.px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another tab, or choose this one: with Enter as well."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        elif not self._bar.go_from(self, event.key()):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Become the one that Tab leaves from and comes back to."""
        super().focusInEvent(event)
        self._bar.stop_at(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give that up to the current tab."""
        super().focusOutEvent(event)
        self._bar.leave()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the word, and under that of the current tab a line."""
        painter = QPainter(self)
        smooth(painter)
        tokens, box = self._theme.tokens, QRectF(self.rect())
        if self.underMouse() and not self._chosen:
            fill = box.adjusted(1, 5, -1, -5)
            draw_box(painter, fill, radius=Radius.CONTROL, fill=tokens.surface2)
        ink = tokens.accent if self._chosen else tokens.text2
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, box, self.text(), font=self.font(), colour=ink, align=middle)
        if self._chosen:
            line = QRectF(box.left(), box.bottom() - _LINE, box.width(), _LINE)
            painter.fillRect(line, QColor(tokens.accent))
        if self.hasFocus():
            ring = box.adjusted(1, 3, -1, -5)
            draw_box(painter, ring, radius=Radius.CONTROL, edge=tokens.focus, width=_RING)

    def _words(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text()) + 2
