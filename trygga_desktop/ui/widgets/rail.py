"""The rail at the left of the desk: the rooms of the program, and who has unlocked it."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space
from trygga_desktop.ui.widgets.brand import Brand, Mark
from trygga_desktop.ui.widgets.labels import ElidedLabel
from trygga_desktop.ui.widgets.marks import Initials
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth

NARROW_RAIL = 92
WIDE_RAIL = 224


class RailItem(NamedTuple):
    """A room or an action on the rail. `key` comes back when it is chosen."""

    key: str
    icon: str
    text: str
    tip: str = ""


class Rail(QWidget):
    """Rooms above, actions below. Emits the key of what is chosen."""

    chosen = Signal(str)

    def __init__(  # noqa: PLR0913  the parts of a rail
        self,
        look: Look,
        *,
        rooms: Sequence[RailItem],
        actions: Sequence[RailItem],
        current: str,
        initials: str,
        name: str,
        wide: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        _ = look.language.gettext
        self.setObjectName("rail")
        self.setFixedWidth(look.theme.px(WIDE_RAIL if wide else NARROW_RAIL))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XS + 1, Space.M, Space.XS + 1, 10)
        column.setSpacing(Space.S - 2)
        if wide:
            brand = Brand(look)
            brand.setContentsMargins(Space.M, 0, 0, 0)
            column.addWidget(brand)
        else:
            column.addWidget(Mark(look, size=34), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(Space.S)
        for item in rooms:
            column.addWidget(self._button(item, chosen=item.key == current, wide=wide))
        column.addStretch(1)
        for item in actions:
            column.addWidget(self._button(item, chosen=item.key == current, wide=wide))
        column.addSpacing(Space.XS)
        column.addLayout(self._person(initials, name, wide=wide))

    def _person(self, initials: str, name: str, *, wide: bool) -> QHBoxLayout:
        _ = self._look.language.gettext
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        told = _("Unlocked by {name}").format(name=name)
        disc = Initials(self._look, initials, name=told, size=34)
        if not wide:
            row.addWidget(disc)
            return row
        row.setContentsMargins(Space.M, 0, Space.S, 0)
        row.addWidget(disc)
        white = self._look.theme.tokens.nav_text
        row.addWidget(ElidedLabel(self._look, name, style=TextStyle.MEDIUM, colour=white), 1)
        return row

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the dark ground."""
        QPainter(self).fillRect(self.rect(), QColor(self._look.theme.tokens.nav))

    def _button(self, item: RailItem, *, chosen: bool, wide: bool) -> "_RailButton":
        button = _RailButton(self._look, item, chosen=chosen, wide=wide)

        def choose() -> None:
            self.chosen.emit(item.key)

        button.setObjectName(f"rail {item.key}")
        button.clicked.connect(choose)
        return button


class _RailButton(QToolButton):
    def __init__(self, look: Look, item: RailItem, *, chosen: bool, wide: bool) -> None:
        super().__init__()
        _ = look.language.gettext
        self._theme = look.theme
        self._icon = item.icon
        self._chosen = chosen
        self._wide = wide
        self.setText(item.text)
        # Its state is told in words: a checkable button would be read as a box to tick.
        here = _("{room}, you are here").format(room=item.text)
        self.setAccessibleName(here if chosen else item.text)
        self.setAccessibleDescription(item.tip)
        self.setToolTip(item.tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        style = TextStyle.STRONG if wide else TextStyle.CAPTION_STRONG
        self.setFont(look.theme.font(style))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size of a room on the rail."""
        return QSize(self._theme.px(80), self._theme.px(40 if self._wide else 56))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as well."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the icon over its word, or beside it on a wide rail."""
        painter = QPainter(self)
        smooth(painter)
        tokens, box = self._theme.tokens, QRectF(self.rect())
        fill = tokens.nav_selected if self._chosen or self.underMouse() else ""
        edge = tokens.nav_text if self._chosen and tokens.outlined else ""
        draw_box(painter, box, radius=Radius.BOX, fill=fill, edge=edge)
        if self.hasFocus():
            draw_box(painter, box, radius=Radius.BOX, edge=tokens.nav_focus, width=2)
        ink = tokens.nav_strong if self._chosen else tokens.nav_text
        size = self._theme.px(20)
        if self._wide:
            at = QRectF(Space.M, box.center().y() - size / 2, size, size)
            words = box.adjusted(Space.M + size + Space.M, 0, -4, 0)
            align = Qt.AlignmentFlag.AlignLeft
        else:
            top = self._theme.px(9)
            at = QRectF(box.center().x() - size / 2, top, size, size)
            words = QRectF(0, top + size, box.width(), box.height() - top - size - 2)
            align = Qt.AlignmentFlag.AlignHCenter
        self._theme.paint_icon(painter, self._icon, ink, at)
        draw_text(painter, words, self.text(), font=self.font(), colour=ink, align=align)
