"""What a table model tells about its cells besides their text. Imports no widgets."""

from enum import IntEnum
from typing import NamedTuple

from PySide6.QtCore import Qt

from trygga_desktop.ui.theme.tokens import Tone


class TableRole(IntEnum):
    """Roles that `DataTable` draws: a second line (str or ShownText), a pill, a strong first line.

    Column 0 answers `Qt.ItemDataRole.AccessibleTextRole` with a sentence about the whole row.
    """

    SECOND_LINE = Qt.ItemDataRole.UserRole + 1
    PILL = Qt.ItemDataRole.UserRole + 2
    STRONG = Qt.ItemDataRole.UserRole + 3


class ShownText(NamedTuple):
    """A line put together of texts that were made visible, each isolated: drawn as it is."""

    text: str


class PillValue(NamedTuple):
    """A pill in a cell: never colour alone."""

    text: str
    tone: Tone
    icon: str
