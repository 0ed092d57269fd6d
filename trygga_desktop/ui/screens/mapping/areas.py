"""The areas of life in a list: one is chosen, and the others tell how much stands in them."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.mapping.capture import AreaView
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.removal import take_out

_HEIGHT = 46
_ICON = 20
_ANY = "circle-dot"
# A catalogue is changed in its vault and may name drawings that are not shipped.
_ICONS = frozenset(
    {
        "briefcase",
        "heart",
        "heart-handshake",
        "house",
        "leaf",
        "message-circle",
        "receipt",
        "school",
        "shield",
        "users",
    }
)


def area_icon(view: AreaView) -> str:
    """Return the icon of an area, a general one where there is none to draw."""
    icon = "" if view.area is None else view.area.icon
    return icon if icon in _ICONS else _ANY


def area_name(view: AreaView, language: Language) -> str:
    """Return what an area is called."""
    if view.area is None:
        return language.gettext("Other areas")
    return view.area.name.in_language(language.code)


def count_text(view: AreaView, language: Language) -> str:
    """Return how much stands in an area."""
    _ = language.gettext
    strengths, needs = len(view.strengths), len(view.needs)
    parts = []
    if strengths:
        text = language.ngettext("{count} strength", "{count} strengths", strengths)
        parts.append(text.format(count=strengths))
    if needs:
        text = language.ngettext("{count} need", "{count} needs", needs)
        parts.append(text.format(count=needs))
    return ", ".join(parts) or _("Nothing yet")


class AreaList(Card):
    """One stop for Tab; arrow keys choose another area."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.language.gettext("Areas of life"), parent=parent)
        self._look = look
        self.setObjectName("areas")
        self._rows: dict[str, AreaRow] = {}
        self._shown: object = None
        self._box = QWidget()
        self._column = QVBoxLayout(self._box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.body.setContentsMargins(Space.S, Space.L, Space.S, Space.S)
        self.head.setContentsMargins(Space.S, 0, Space.S, 0)
        self.body.addWidget(self._box)

    @property
    def current(self) -> QWidget:
        """Return the row that is chosen, where Tab comes to."""
        checked = (row for row in self._rows.values() if row.isChecked())
        return next(checked, self)

    def show_areas(self, views: Sequence[AreaView], current: str | None) -> None:
        """Show these areas, one of them chosen."""
        language = self._look.language
        told = [(one.code, count_text(one, language)) for one in views]
        if [code for code, _ in told] != list(self._rows):
            take_out(*self._rows.values())
            self._rows = {}
            for view in views:
                row = AreaRow(self._look, area_name(view, language), icon=area_icon(view))
                row.setObjectName(f"area {view.code}")
                row.toggled.connect(self._choose)
                row.setProperty("code", view.code)
                self._column.addWidget(row)
                self._rows[view.code] = row
        for code, count in told:
            self._rows[code].show_count(count)
        if current in self._rows:
            self._rows[current].setChecked(True)

    def _choose(self, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        row = self.sender()
        if checked and isinstance(row, AreaRow):
            self.chosen.emit(str(row.property("code")))


class AreaRow(QRadioButton):
    """An icon, a name, and below it how much stands there. A radio button to all else."""

    def __init__(self, look: Look, name: str, *, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self._name = name
        self._icon = icon
        self._count = ""
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: str) -> None:
        """Say how much stands in the area."""
        self._count = count
        self.setAccessibleName(f"{self._name}, {count}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut off."""
        words = QFontMetrics(self._theme.font(TextStyle.MEDIUM)).horizontalAdvance(self._name)
        width = words + self._theme.px(_ICON) + 3 * Space.M + 2
        return QSize(width, self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a name that ends in dots is none."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Take a click anywhere on the row."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the row."""
        painter = QPainter(self)
        smooth(painter)
        tokens, box = self._theme.tokens, QRectF(self.rect())
        fill = tokens.accent_soft if self.isChecked() else ""
        if not self.isChecked() and self.underMouse():
            fill = tokens.surface2
        edge = tokens.accent if self.isChecked() and tokens.outlined else ""
        draw_box(painter, box, radius=Radius.CONTROL, fill=fill, edge=edge)
        if self.hasFocus():
            draw_box(painter, box, radius=Radius.CONTROL, edge=tokens.focus, width=2)
        size = self._theme.px(_ICON)
        at = QRectF(Space.M, box.center().y() - size / 2, size, size)
        ink = tokens.accent if self.isChecked() else tokens.text2
        self._theme.paint_icon(painter, self._icon, ink, at)
        left = at.right() + Space.M
        half = box.height() / 2
        words = QRectF(left, 3, box.width() - left - Space.XS, half - 1)
        style = TextStyle.STRONG if self.isChecked() else TextStyle.MEDIUM
        font = self._theme.font(style)
        draw_text(painter, words, self._name, font=font, colour=tokens.text)
        below = QRectF(left, half, box.width() - left - Space.XS, half - 4)
        quiet = self._theme.font(TextStyle.CAPTION)
        draw_text(painter, below, self._count, font=quiet, colour=tokens.text2)
