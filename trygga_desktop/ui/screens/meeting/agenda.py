"""The agenda at the left: what is done, what is now, and what is to come."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.meeting import AgendaState
from trygga_desktop.services.rooms import MeetingRoom
from trygga_desktop.ui.screens.meeting.dragging import DraggedRowList
from trygga_desktop.ui.screens.meeting.lists import (
    RowDelegate,
    draw_wrapped,
    text_height,
)
from trygga_desktop.ui.screens.meeting.new_item import NewItemRow
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Radius, Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.painting import draw_box, draw_text
from trygga_desktop.ui.widgets.progress import ThinBar
from trygga_desktop.ui.widgets.text import make_visible

_WIDTH = 350
_ICONS = {
    AgendaState.DONE: "circle-check",
    AgendaState.NOW: "circle-play",
    AgendaState.COMING: "circle",
}


@dataclass(frozen=True, slots=True)
class _Row:
    title: str
    minutes: str
    state: AgendaState


class AgendaPanel(Card):
    """A list of one stop for Tab. Enter goes to the item."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(room.near, parent=parent)
        self._model = model
        self._room = room
        self._moved: UUID | None = None
        look = room.near
        _ = look.language.gettext
        self.body.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        self.body.setSpacing(Space.S)
        text2 = look.theme.tokens.text2
        head = QHBoxLayout()
        head.addWidget(PlainLabel(look, _("Agenda"), style=TextStyle.STRONG, colour=text2))
        head.addStretch(1)
        self._count = PlainLabel(look, style=TextStyle.CAPTION, colour=text2)
        head.addWidget(self._count)
        self.body.addLayout(head)
        name = _("The agenda. Enter goes to an item, Alt with up or down moves it.")
        self.list = DraggedRowList(look, name, model.floor.may_move)
        self.list.setObjectName("agenda")
        self.list.setItemDelegate(_AgendaDelegate(room, self.list))
        self.list.chosen.connect(self._go)
        self.list.moved.connect(self._move)
        self.list.hit.connect(lambda row, _at, _box: self._go(row))
        self.body.addWidget(self.list, 1)
        self._new = NewItemRow(model, room)
        self.body.addWidget(self._new)
        self._time = QWidget()
        self._bar = ThinBar(look)
        self._left = PlainLabel(look, style=TextStyle.CAPTION_STRONG)
        self._build_time()
        self.body.addWidget(self._time)
        self._time.setVisible(not room.narrow)
        self.setFixedWidth(max(room.px(_WIDTH), look.theme.px(214)))

    def follow(self) -> None:
        """Show the agenda as it is now."""
        found = self._model.room
        if found is None:
            return
        language = self._room.near.language
        _ = language.gettext
        done = sum(one.state is AgendaState.DONE for one in found.agenda)
        self._count.show_text(_("{done} of {all} done").format(done=done, all=len(found.agenda)))
        moved = [place for place, one in enumerate(found.agenda) if one.id == self._moved]
        now = [place for place, one in enumerate(found.agenda) if one.state is AgendaState.NOW]
        # What is being moved stays under the keys; else the item that the meeting has come to.
        places = moved if moved and self.list.hasFocus() else now
        self.list.show_rows(self._rows(found), places[0] if places else None)
        self._new.follow()
        self.tick()

    def tick(self) -> None:
        """Show how much is left of the meeting's own time."""
        found = self._model.room
        if found is None or found.began_at is None:
            return
        _ = self._room.near.language.gettext
        planned = timedelta(minutes=found.minutes)
        ends_at = found.starts_at + planned
        left = round((ends_at - self._model.now()).total_seconds() / 60)
        pattern = _("{count} min left") if left >= 0 else _("{count} min over")
        self._left.show_text(pattern.format(count=abs(left)))
        self._bar.show_share(1 - left / found.minutes)

    def _move(self, row: int, by: int) -> None:
        found = self._model.room
        if found is not None and 0 <= row < len(found.agenda):
            self._moved = found.agenda[row].id
            self._model.floor.move(self._moved, by)

    def _build_time(self) -> None:
        look = self._room.near
        text2 = look.theme.tokens.text2
        column = QVBoxLayout(self._time)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        row = QHBoxLayout()
        title = look.language.gettext("Meeting time")
        row.addWidget(PlainLabel(look, title, style=TextStyle.CAPTION, colour=text2))
        row.addStretch(1)
        row.addWidget(self._left)
        column.addLayout(row)
        column.addWidget(self._bar)

    def _rows(self, found: MeetingRoom) -> tuple[tuple[object, str], ...]:
        _ = self._room.near.language.gettext
        states = {
            AgendaState.DONE: _("done"),
            AgendaState.NOW: _("now"),
            AgendaState.COMING: _("to come"),
        }
        pattern = "{count}" if self._room.narrow else _("{count} min")
        rows = []
        for one in found.agenda:
            title = one.title or _("Private item")
            row = _Row(
                title=make_visible(title, lines=False, longest=120),
                minutes=pattern.format(count=one.minutes),
                state=one.state,
            )
            sentence = _("{title}, {count} minutes, {state}").format(
                title=row.title, count=one.minutes, state=states[one.state]
            )
            rows.append((row, sentence))
        return tuple(rows)

    @Slot(int)
    def _go(self, row: int) -> None:
        self._moved = None
        found = self._model.room
        if found is not None and 0 <= row < len(found.agenda):
            self._model.go_to(found.agenda[row].id)


class _AgendaDelegate(RowDelegate):
    def __init__(self, room: RoomLook, parent: QWidget) -> None:
        super().__init__(room.near, tight=room.px(5), airy=room.px(17), parent=parent)

    def height_of(self, row: object, width: int) -> int:
        """Return the height of the wrapped title."""
        if not isinstance(row, _Row):
            return 0
        left, right = self._sides(row)
        return text_height(row.title, self._font(row), width - left - right)

    def draw(self, painter: QPainter, row: object, box: QRectF) -> None:
        """Draw state, title and minutes; the current item has a ground and a bar."""
        if not isinstance(row, _Row):
            return
        theme = self.look.theme
        tokens = theme.tokens
        is_now = row.state is AgendaState.NOW
        if is_now:
            edge = tokens.accent if tokens.outlined else ""
            draw_box(painter, box, radius=Radius.BOX, fill=tokens.accent_soft, edge=edge)
            bar = QRectF(box.left(), box.top() + 4, 4, box.height() - 8)
            draw_box(painter, bar, radius=2, fill=tokens.accent)
        left, right = self._sides(row)
        size = theme.px(18)
        at = QRectF(box.left() + 10, box.center().y() - size / 2, size, size)
        colours = {
            AgendaState.DONE: tokens.ok,
            AgendaState.NOW: tokens.accent,
            AgendaState.COMING: tokens.text2,
        }
        theme.paint_icon(painter, _ICONS[row.state], colours[row.state], at)
        ink = tokens.text2 if row.state is AgendaState.DONE else tokens.text
        draw_wrapped(
            painter,
            box.adjusted(left, 0, -right, 0),
            row.title,
            font=self._font(row),
            colour=ink,
        )
        minutes = QRectF(box.right() - right, box.top(), right - 8, box.height())
        draw_text(
            painter,
            minutes,
            row.minutes,
            font=theme.font(TextStyle.CAPTION),
            colour=tokens.text2,
            align=Qt.AlignmentFlag.AlignRight,
        )

    def _font(self, row: _Row) -> QFont:
        is_now = row.state is AgendaState.NOW
        return self.look.theme.font(TextStyle.SUBTITLE if is_now else TextStyle.LEAD)

    def _sides(self, row: _Row) -> tuple[int, int]:
        theme = self.look.theme
        words = QFontMetrics(theme.font(TextStyle.CAPTION)).horizontalAdvance(row.minutes)
        return theme.px(18) + 20, words + 16
