"""What has stopped: sharing, meetings and commitments, and of each what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.withdrawal.words import DeskWords
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.text import make_visible

if TYPE_CHECKING:
    from trygga_desktop.services.rooms import ShownEntry
    from trygga_desktop.services.withdrawals import UncoveredMeeting, Withdrawal

_NARROW = 620
_LONGEST_ROW = 400


class _Beside(QWidget):
    """Parts beside each other, or below each other where the card is narrow."""

    def __init__(self, look: Look, parts: list[QWidget]) -> None:
        super().__init__()
        self._look = look
        self._parts = parts
        for part in parts:
            policy = part.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
            part.setSizePolicy(policy)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.M)
        self._is_narrow: bool | None = None
        self._arrange(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the parts below each other where they have no room."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        for place, part in enumerate(self._parts):
            self._grid.removeWidget(part)
            row, column = (place, 0) if narrow else (0, place)
            self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(place, 1 if column == place else 0)


def stopped_card(look: Look, found: Withdrawal, words: DeskWords, reasons: ReasonWords) -> Card:
    """Return the card: three things in short, then each meeting and each commitment."""
    _ = look.language.gettext
    tokens = look.theme.tokens
    card = Card(look, _("What has stopped"))
    card.setObjectName("stopped")
    parts: list[QWidget] = [
        IconRow(
            look,
            icon=one.icon,
            title=one.title,
            line=one.line,
            colour=tokens.tint(one.tone).ink,
        )
        for one in words.stopped()
    ]
    card.body.addWidget(_Beside(look, parts))
    for meeting in found.meetings:
        card.body.addWidget(Divider(look))
        card.body.addWidget(_meeting_part(look, meeting, words, reasons))
    if found.commitments:
        card.body.addWidget(Divider(look))
        title = _("Open commitments of those who are not covered")
        card.body.addWidget(PlainLabel(look, title, style=TextStyle.STRONG))
        for entry in found.commitments:
            card.body.addWidget(_commitment_part(look, entry))
    kept = _("What was shared lawfully before stays with those who got it.")
    card.body.addWidget(PlainLabel(look, kept, style=TextStyle.SECONDARY, colour=tokens.text2))
    return card


def _meeting_part(
    look: Look, meeting: UncoveredMeeting, words: DeskWords, reasons: ReasonWords
) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.S)
    title = words.meeting(meeting.number, meeting.starts_at)
    column.addWidget(PlainLabel(look, title, style=TextStyle.STRONG))
    for seat in meeting.seats:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(PlainLabel(look, words.seat(seat.name, seat.organisation)), 1)
        pill = reasons.pill(seat.reason)
        row.addWidget(Pill(look, pill.text, tone=pill.tone, icon=pill.icon))
        column.addLayout(row)
    return part


def _commitment_part(look: Look, entry: ShownEntry) -> QWidget:
    language = look.language
    _ = language.gettext
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    text = make_visible(entry.item.text, lines=False, longest=_LONGEST_ROW)
    column.addWidget(PlainLabel(look, text))
    commitment = entry.commitment
    if commitment is not None:
        who = [one for one in (commitment.responsible, commitment.organisation) if one]
        due = _("by {day}").format(day=language.date_long(commitment.due))
        line = " · ".join((*who, due))
        text2 = look.theme.tokens.text2
        column.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
    return part
