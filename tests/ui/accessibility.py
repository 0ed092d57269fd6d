"""Walks a screen as a person with a keyboard or a screen reader does, and tells what is wrong."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QRadioButton,
    QScrollArea,
    QTableView,
    QToolButton,
    QWidget,
)

from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.new_passphrase import NumberedBox

_Widget = TypeVar("_Widget", bound=QWidget)

SMALLEST_TARGET = 24
SAME_ROW = 24
LONGEST_WORD = 24
"""Longer words are paths and the like, which no language of ours has; those may break."""


def faults(window: QWidget) -> list[str]:
    """Return everything a person would stumble over in the window that is shown."""
    order = tab_round(window)
    return [
        *unnamed(window),
        *without_role(window),
        *unreachable(window, order),
        *out_of_order(window, order),
        *small_targets(window),
        *clipped(window),
        *sideways(window),
    ]


def unnamed(window: QWidget) -> list[str]:
    """Return what can have the focus and has no name."""
    root = QAccessible.queryAccessibleInterface(window)
    return [
        f"no name: {_class(node)}"
        for node in _nodes(root)
        if node.state().focusable
        and not node.state().invisible
        and not node.text(QAccessible.Text.Name).strip()
    ]


def without_role(window: QWidget) -> list[str]:
    """Return what has a name and is nothing: screen readers pass over it or call it unknown."""
    root = QAccessible.queryAccessibleInterface(window)
    return [
        f"no role: {_class(node)} {node.text(QAccessible.Text.Name)!r}"
        for node in _nodes(root)
        if node.role() is QAccessible.Role.Client
        and not node.childCount()
        and not node.state().invisible
        and node.text(QAccessible.Text.Name).strip()
    ]


def unreachable(window: QWidget, reached: Sequence[QWidget]) -> list[str]:
    """Return what Tab does not reach on its way round."""
    wanted = focusable(window)
    groups = {_group(widget) for widget in reached if isinstance(widget, QRadioButton)}
    missing = [
        widget
        for widget in wanted
        if widget not in reached
        # Arrow keys move inside a group of radio buttons; Tab reaches one of them.
        and not (isinstance(widget, QRadioButton) and _group(widget) in groups)
    ]
    return [f"Tab does not reach: {_told(widget)}" for widget in missing]


def out_of_order(window: QWidget, order: Sequence[QWidget]) -> list[str]:
    """Return steps of Tab on its way round that go up in a column or back in a row."""
    steps = zip(order, [*order[1:], *order[:1]], strict=True)
    back = [(one, two) for one, two in steps if _goes_back(one, two, window)]
    # The way round ends where one reads first, and that step alone may go back.
    ends = [two for _, two in back if two is _first(order, window)]
    return [
        f"Tab goes back from {_told(one)} to {_told(two)}" for one, two in back if two not in ends
    ]


def _goes_back(before: QWidget, after: QWidget, window: QWidget) -> bool:
    if _region(before, window) is not _region(after, window):
        return False
    one, two = _place(before, window), _place(after, window)
    same_row = abs(one.center().y() - two.center().y()) < SAME_ROW
    same_column = one.left() < two.right() and two.left() < one.right()
    if same_row:
        return two.left() < one.left()
    return same_column and two.center().y() < one.center().y()


def _first(order: Sequence[QWidget], window: QWidget) -> QWidget:
    return min(order, key=lambda one: (_place(one, window).top(), _place(one, window).left()))


def small_targets(window: QWidget) -> list[str]:
    """Return what is too small to hit."""
    return [
        f"small target {widget.width()}x{widget.height()}: {_told(widget)}"
        for widget in focusable(window)
        if widget.width() < SMALLEST_TARGET or widget.height() < SMALLEST_TARGET
    ]


def clipped(window: QWidget) -> list[str]:
    """Return texts of which something is cut off, or which end in dots for want of room."""
    told = []
    for label in _visible(window, QLabel):
        if label.text() and not isinstance(label, ElidedLabel):
            told += _clipped_label(label)
    for button in _visible(window, QAbstractButton):
        needed = _needed_width(button)
        if needed > button.width():
            told.append(f"button needs {needed} px, has {button.width()}: {_told(button)}")
    for box in _visible(window, CheckBox):
        if box.height() < box.heightForWidth(box.width()):
            told.append(f"cut off below: {box.text()!r}")
    for combo in _visible(window, ComboBox):
        needed = combo.width_for(combo.currentText())
        if needed > combo.width():
            told.append(f"choice needs {needed} px, has {combo.width()}: {_told(combo)}")
    for table in _visible(window, QTableView):
        told += _clipped_cells(table)
    return told


def _clipped_label(label: QLabel) -> list[str]:
    if isinstance(label, Pill | NumberedBox):
        fits = label.width() >= label.sizeHint().width()
        return [] if fits else [f"ends in dots: {label.text()!r}"]
    told = []
    if label.height() < label.heightForWidth(label.width()):
        told.append(f"cut off below: {label.text()!r}")
    words = [word for word in label.text().split() if len(word) <= LONGEST_WORD]
    widest = max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)
    if widest > label.width() + 1:
        told.append(f"word does not fit {label.width()} px: {label.text()!r}")
    if not isinstance(label, PlainLabel):
        told.append(f"not a PlainLabel: {label.text()!r}")
    return told


def _clipped_cells(table: QTableView) -> list[str]:
    model, head = table.model(), table.horizontalHeader()
    told = []
    for column in range(model.columnCount()):
        # What a title needs is asked of its section; that of a cell, of what draws it.
        title = head.sectionSizeHint(column)
        cells = [table.sizeHintForIndex(model.index(row, column)).width() for row in _rows(table)]
        needed = max([title, *cells])
        if needed > table.columnWidth(column):
            name = model.headerData(column, Qt.Orientation.Horizontal)
            told.append(f"column {name} needs {needed} px, has {table.columnWidth(column)}")
    return told


def _rows(table: QTableView) -> range:
    """Return the rows that are on the screen."""
    if not table.model().rowCount():
        return range(0)
    last = table.rowAt(table.viewport().height() - 1)
    return range(max(0, table.rowAt(0)), (last if last >= 0 else table.model().rowCount() - 1) + 1)


def _visible(window: QWidget, kind: type[_Widget]) -> list[_Widget]:
    return [one for one in window.findChildren(kind) if one.isVisible()]


def _needed_width(button: QAbstractButton) -> int:
    if isinstance(button, Button | ChoiceCard):
        return button.sizeHint().width()
    if isinstance(button, QToolButton):
        if button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
            # Its words are heard, not seen.
            return 0
        return button.fontMetrics().horizontalAdvance(button.text())
    return 0


def cut_ink(label: QLabel) -> list[str]:
    """Return whether the tallest and deepest letters reach the edge of a label, where they end."""
    label.resize(label.sizeHint())
    picture = label.grab().toImage()
    ground = QImage(picture.size(), picture.format())
    ground.fill(picture.pixelColor(picture.width() - 1, 0))
    rows = {"above": 0, "below": picture.height() - 1}
    return [
        f"ink is cut off {where}"
        for where, row in rows.items()
        if picture.copy(0, row, picture.width(), 1) != ground.copy(0, row, picture.width(), 1)
    ]


def sideways(window: QWidget) -> list[str]:
    """Return pages that would have to be scrolled sideways."""
    return [
        f"page is {area.horizontalScrollBar().maximum()} px too wide"
        for area in window.findChildren(QScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ]


def focusable(window: QWidget) -> list[QWidget]:
    """Return every widget that Tab should reach."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]


def tab_round(window: QWidget) -> list[QWidget]:
    """Press Tab until the focus comes round, and return where it went."""
    window.activateWindow()
    QApplication.processEvents()
    reached: list[QWidget] = []
    for _ in range(300):
        # To the window of the system, so that whoever has the focus may keep the key to itself.
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        focus = _focus(window)
        if focus is None or focus in reached:
            return reached
        reached.append(focus)
    raise AssertionError("Tab never comes round")


def _focus(window: QWidget) -> QWidget | None:
    return window.focusWidget()


def _nodes(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield node
    for index in range(node.childCount()):
        # Rows of a table are data: the model's own tests look at what they say.
        if node.role() is not QAccessible.Role.Table:
            yield from _nodes(node.child(index))


def _class(node: QAccessibleInterface) -> str:
    found = node.object()
    return f"{type(found).__name__} {node.role()}"


def _told(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName()!r}"


def _group(widget: QWidget) -> int:
    parent = widget.parentWidget()
    return id(parent)


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _region(widget: QWidget, window: QWidget) -> QWidget | None:
    """Return the scrolling page the widget lies in, or None outside one."""
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QAbstractScrollArea):
            return parent
        parent = parent.parentWidget()
    return None
