"""Who has received what: a row for each person, organisation or set of pages."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.ui.screens.withdrawal.words import DeskWords, ReceivedLine
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill

_NARROW = 740
_WIDTHS = (25, 33, 17, 19, 22)
"""How the columns share a row: receiver, what, when, how, letter."""


class _Row(QWidget):
    """Five cells beside each other, or below each other where the card is narrow."""

    def __init__(self, look: Look, cells: Sequence[QWidget], *, is_head: bool = False) -> None:
        super().__init__()
        self._look = look
        self._cells = cells
        for cell in cells:
            # The columns share the width alike in every row, whatever stands in them.
            policy = cell.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
            cell.setSizePolicy(policy)
        self._is_head = is_head
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.L, 0, Space.L, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(2)
        self._is_narrow: bool | None = None
        self._arrange(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cells below each other where they have no room."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        for place, cell in enumerate(self._cells):
            self._grid.removeWidget(cell)
            row, column = (place, 0) if narrow else (0, place)
            self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(place, 0 if narrow and place else _WIDTHS[place])
            self._grid.setColumnMinimumWidth(place, 0 if narrow else 1)
            # Without columns there is nothing that their titles could stand over.
            cell.setVisible(not (narrow and self._is_head))


def received_card(look: Look, words: DeskWords) -> Card:
    """Return the card, or what stands there where nobody has received anything."""
    _ = look.language.gettext
    lines = words.received()
    if not lines:
        card = Card(look, _("Who has received what?"))
        card.setObjectName("received")
        text = _("No meeting was held with others, nothing was printed, saved or decided.")
        empty = EmptyState(
            look, icon="shield-check", title=_("Nobody has received anything"), text=text
        )
        card.body.addWidget(empty)
        return card
    card = Card(look, _("Who has received what?"), rows_to_edge=True)
    card.setObjectName("received")
    text2 = look.theme.tokens.text2
    titles = (_("Receiver"), _("What"), _("When"), _("How"), _("Letter"))
    heads = [PlainLabel(look, one, style=TextStyle.LABEL, colour=text2) for one in titles]
    card.body.addWidget(_Row(look, heads, is_head=True))
    for line in lines:
        card.body.addWidget(Divider(look))
        card.body.addWidget(_Row(look, _cells(look, line)))
    card.body.addWidget(Divider(look))
    note = PlainLabel(look, words.receipts_note(), style=TextStyle.SECONDARY, colour=text2)
    foot = QWidget()
    inside = QVBoxLayout(foot)
    inside.setContentsMargins(Space.L, 0, Space.L, Space.S)
    inside.addWidget(note)
    card.body.addWidget(foot)
    return card


def _cells(look: Look, line: ReceivedLine) -> list[QWidget]:
    letter = QWidget()
    row = QHBoxLayout(letter)
    row.setContentsMargins(0, 0, 0, 0)
    if line.letter is None:
        row.addWidget(PlainLabel(look, "–", colour=look.theme.tokens.text2))  # noqa: RUF001  a dash
    else:
        pill = line.letter
        row.addWidget(Pill(look, pill.text, tone=pill.tone, icon=pill.icon))
    row.addStretch(1)
    return [
        _two_lines(look, line.who, line.role, TextStyle.STRONG),
        _two_lines(look, line.what, line.about, TextStyle.BODY),
        PlainLabel(look, line.when),
        PlainLabel(look, line.how),
        letter,
    ]


def _two_lines(look: Look, first: str, second: str, style: TextStyle) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(PlainLabel(look, first, style=style))
    if second:
        text2 = look.theme.tokens.text2
        column.addWidget(PlainLabel(look, second, style=TextStyle.SECONDARY, colour=text2))
    return cell
