"""What the matrix shows: a face for each organisation and kind of information. No widgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.text import make_visible

Index = QModelIndex | QPersistentModelIndex


class MatrixRole(IntEnum):
    """How the cell looks, for the one that draws it."""

    FACE = Qt.ItemDataRole.UserRole + 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands over a column or before a row, and what it is called in a sentence."""

    text: str
    aloud: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How one cell looks. `aloud` is a sentence about it; `aside` an icon at its right end."""

    word: str
    icon: str
    tone: Tone
    aloud: str
    aside: str = ""
    dashed: bool = False


_NOTHING = Face(word="", icon="circle-dashed", tone=Tone.MUTE, aloud="", dashed=True)


class MatrixModel(QAbstractTableModel):
    """Rows are kinds of information, columns are organisations."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Head, ...] = ()
        self.columns: tuple[Head, ...] = ()
        self._faces: tuple[tuple[Face, ...], ...] = ()

    def show(
        self,
        rows: Sequence[Head],
        columns: Sequence[Head],
        faces: Sequence[Sequence[Face]],
    ) -> None:
        """Show these faces, one row of them for each head before a row."""
        made = tuple(tuple(row) for row in faces)
        if (tuple(rows), tuple(columns)) == (self.rows, self.columns):
            if made != self._faces:
                self._faces = made
                last = self.index(len(self.rows) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows, self.columns, self._faces = tuple(rows), tuple(columns), made
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return the number of kinds of information."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  as above
        """Return the number of organisations."""
        return 0 if parent.isValid() else len(self.columns)

    def face(self, row: int, column: int) -> Face:
        """Return how a cell looks; one that is not there has no word."""
        if 0 <= row < len(self._faces) and 0 <= column < len(self._faces[row]):
            return self._faces[row][column]
        return _NOTHING

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what stands in a cell, and the sentence about it for a screen reader."""
        face = self.face(index.row(), index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return face.word
            case Qt.ItemDataRole.AccessibleTextRole:
                return face.aloud
            case MatrixRole.FACE:
                return face
            case _:
                return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return what stands over a column or before a row."""
        heads = self.columns if orientation is Qt.Orientation.Horizontal else self.rows
        if not 0 <= section < len(heads):
            return None
        head = heads[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return make_visible(head.text, lines=False, longest=80)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return make_visible(head.aloud or head.text, lines=False, longest=200)
        return None
