"""Everything that a window says in any way: read, pointed at, read aloud, drawn, or copied."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import count, takewhile
from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QBuffer, QIODevice, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QClipboard, QGuiApplication, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QCompleter, QWidget

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.UserRole,
)
_SPOKEN = (
    QAccessible.Text.Name,
    QAccessible.Text.Description,
    QAccessible.Text.Value,
    QAccessible.Text.Help,
)


class Heard(NamedTuple):
    """A text, and where it was."""

    where: str
    text: str


def everything_of(window: QWidget) -> Iterator[Heard]:
    """Yield every text of a window, of what is hidden in it too, and what is drawn."""
    yield from held_by(window)
    yield from seen_of(window)


def held_by(window: QWidget) -> Iterator[Heard]:
    """Yield every text that any object of a window holds: shown, pointed at, or in a model."""
    objects: list[QObject] = [window, *window.findChildren(QObject)]
    of_class: dict[str, list[str]] = {}
    for one in objects:
        name = f"{type(one).__name__} {one.objectName()!r}"
        for heard in _properties(one, of_class):
            yield Heard(f"{name} {heard.where}", heard.text)
        model = _model_of(one)
        if model is not None:
            for text in _cells(model):
                yield Heard(f"{name} row", text)


def seen_of(window: QWidget) -> Iterator[Heard]:
    """Yield what is drawn of a window, and what a screen reader says of it."""
    for text in drawn(window):
        yield Heard(f"{type(window).__name__} picture", text)
    root = QAccessible.queryAccessibleInterface(window)
    if root is not None:
        for node in _nodes(root):
            for kind in _SPOKEN:
                if text := node.text(kind):
                    yield Heard(f"{type(node.object()).__name__} {kind.name}", text)


def drawn(window: QWidget) -> Iterator[str]:
    """Yield the picture of a window as a text in which every word that is drawn can be found."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QSvgGenerator()
    picture.setOutputDevice(buffer)
    picture.setSize(window.size())
    picture.setViewBox(QRect(0, 0, window.width(), window.height()))
    painter = QPainter(picture)
    window.render(painter, QPoint(0, 0))
    painter.end()
    yield bytes(buffer.data().data()).decode("utf-8", "replace")


def copied() -> Iterator[Heard]:
    """Yield what lies in the clipboards."""
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        if mode is QClipboard.Mode.Clipboard or clipboard.supportsSelection():
            yield Heard(f"clipboard {mode.name}", clipboard.text(mode))


def _properties(one: QObject, of_class: dict[str, list[str]]) -> Iterator[Heard]:
    meta = one.metaObject()
    if meta.className() not in of_class:
        known = [meta.property(place) for place in range(meta.propertyCount())]
        of_class[meta.className()] = [
            str(one.name()) for one in known if str(one.typeName()) in {"QString", "QStringList"}
        ]
    for name in of_class[meta.className()]:
        value: object = one.property(name)
        texts: Iterable[object] = value if isinstance(value, list) else [value]
        for text in texts:
            if isinstance(text, str) and text:
                yield Heard(name, text)


def _model_of(one: QObject) -> QAbstractItemModel | None:
    if isinstance(one, QAbstractItemView | QComboBox | QCompleter):
        return one.model()
    return None


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    # Asked for one by one: a list does not say how many columns it has.
    for row in count():
        if not model.hasIndex(row, 0):
            return
        for column in takewhile(partial(model.hasIndex, row), count()):
            for role in _ROLES:
                data: object = model.index(row, column).data(role)
                if data is not None:
                    yield data if isinstance(data, str) else repr(data)


def _nodes(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield node
    for place in range(node.childCount()):
        child = node.child(place)
        if not child.state().invisible:
            yield from _nodes(child)
