"""What was promised at earlier meetings, and a pill on each to say what became of it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.services.rooms import ShownCommitment, ShownEntry
from trygga_desktop.ui.due_words import due_short
from trygga_desktop.ui.screens.meeting.carried_words import by_agency, told_beside
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.meeting.words import Told, commitment_told, shown
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.inputs import ListBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.more import rest_line
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.text import make_visible

_MOST = 50
_TICK = 14
_MORE = "more"


def carried_rows(
    model: MeetingViewModel, room: RoomLook, carried: Sequence[ShownEntry], catalogue: Catalogue
) -> list[QWidget]:
    """Return a row for each earlier commitment, under a heading for each agency.

    Of very many a line tells how many more.
    """
    rows: list[QWidget] = []
    for name, promised in by_agency(carried[:_MOST], room.near.language):
        rows.append(agency_heading(room, name))
        rows += [_row(model, room, *one, catalogue) for one in promised]
    left_out = len(carried) - _MOST
    return [*rows, rest_line(room.near, left_out)] if left_out > 0 else rows


def agency_heading(room: RoomLook, name: str) -> QWidget:
    """Return the heading above what an agency promised."""
    text2 = room.near.theme.tokens.text2
    heading = PlainLabel(room.near, name, style=TextStyle.LABEL, colour=text2)
    heading.setObjectName("agency")
    return heading


def _row(
    model: MeetingViewModel,
    room: RoomLook,
    entry: ShownEntry,
    commitment: ShownCommitment,
    catalogue: Catalogue,
) -> QWidget:
    language = room.near.language
    tokens = room.near.theme.tokens
    told = commitment_told(commitment, language)
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(Space.S)
    ink = tokens.tint(told.tone).ink
    line.addWidget(IconMark(room.near, told.icon, colour=ink), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(PlainLabel(room.far, entry.item.text))
    day = due_short(commitment.due, commitment.hour, language)
    who = shown(commitment.responsible)
    below = f"{who} · {day}" if who else day
    choices = _choices(room.near, catalogue, tells_more=not model.is_without_names)
    pill = StateBox(room.near, told, choices)
    pill.setObjectName(f"state {entry.item.id}")
    pill.setAccessibleName(
        language.gettext("What became of it: {text}").format(
            text=make_visible(entry.item.text, lines=False, longest=200)
        )
    )
    pill.activated.connect(partial(_choose, model, entry, pill))
    second = QHBoxLayout()
    second.setSpacing(Space.S)
    promised = PlainLabel(room.near, below, style=TextStyle.CAPTION, colour=tokens.text2)
    second.addWidget(promised, 1, Qt.AlignmentFlag.AlignVCenter)
    second.addWidget(pill)
    words.addLayout(second)
    beside = told_beside(commitment, catalogue, language)
    if beside:
        text2 = tokens.text2
        words.addWidget(PlainLabel(room.near, beside, style=TextStyle.CAPTION, colour=text2))
    line.addLayout(words, 1)
    return row


def _choose(model: MeetingViewModel, entry: ShownEntry, pill: "StateBox", index: int) -> None:
    chosen = pill.itemData(index)
    if isinstance(chosen, tuple):
        state, reason = chosen
        model.change_commitment(entry.item.id, state, reason)
    elif chosen == _MORE:
        model.tell_more(entry.item.id)


def _choices(look: Look, catalogue: Catalogue, *, tells_more: bool) -> list[tuple[str, object]]:
    """Return what can have become of it; what did not happen needs its reason, so each is one."""
    _ = look.language.gettext
    found: list[tuple[str, object]] = [
        (_("Done"), (CommitmentState.DONE, "")),
        (_("Under way"), (CommitmentState.DOING, "")),
        (_("Not done yet"), (CommitmentState.NOT_STARTED, "")),
    ]
    for state in (CommitmentState.NOT_DONE, CommitmentState.NOT_POSSIBLE):
        found += [
            (
                _("Did not happen: {reason}").format(
                    reason=one.name.in_language(look.language.code)
                ),
                (state, one.code),
            )
            for one in catalogue.reasons_for(state)
        ]
    if tells_more:
        # What asks for more than one key is asked where nobody else looks on.
        found.append((_("Another day, changed… (own window)"), _MORE))
    return found


class StateBox(ListBox):
    """A pill that opens a list. Arrow keys open it too: each step would be stored otherwise."""

    def __init__(self, look: Look, told: Told, choices: Sequence[tuple[str, object]]) -> None:
        super().__init__(look, choices)
        self._told = told
        self.setCurrentIndex(-1)
        self.setFixedHeight(look.theme.px(30))
        self.setFont(look.theme.font(TextStyle.LABEL))
        self.setFixedWidth(self.sizeHint().width())
        self.setAccessibleDescription(told.word)
        widest = max(self.fontMetrics().horizontalAdvance(text) for text, _ in choices)
        self.view().setMinimumWidth(widest + 40)

    def sizeHint(self) -> QSize:
        """Return the size of the pill, whatever stands in its list."""
        theme = self._theme
        words = self.fontMetrics().horizontalAdvance(self._told.word)
        return QSize(words + 2 * theme.px(_TICK) + 36, theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw a pill with an arrow."""
        painter = QPainter(self)
        smooth(painter)
        theme = self._theme
        tokens = theme.tokens
        ink, soft = tokens.tint(self._told.tone)
        box = QRectF(self.rect())
        edge = ink if tokens.outlined else ""
        draw_box(painter, box, radius=box.height() / 2, fill=soft, edge=edge)
        if self.hasFocus():
            draw_box(painter, box, radius=box.height() / 2, edge=tokens.focus, width=2)
        tick = theme.px(_TICK)
        top = box.center().y() - tick / 2
        theme.paint_icon(painter, self._told.icon, ink, QRectF(10, top, tick, tick))
        arrow = QRectF(box.right() - tick - 10, top, tick, tick)
        theme.paint_icon(painter, "chevron-down", ink, arrow)
        words = box.adjusted(10 + tick + 6, 0, -tick - 12, 0)
        draw_text(painter, words, self._told.word, font=self.font(), colour=ink)
