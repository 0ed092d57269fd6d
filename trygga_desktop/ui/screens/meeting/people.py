"""Who is around the table: presence, and before the meeting the duty of confidentiality."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from trygga_desktop.domain.meeting import Presence
from trygga_desktop.services.rooms import MeetingRoom, Seat
from trygga_desktop.ui.screens.meeting.lists import RowDelegate, RowList
from trygga_desktop.ui.screens.meeting.room import is_here, must_still_confirm
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import PLACES, STEPS_BEFORE, MeetingViewModel
from trygga_desktop.ui.screens.meeting.words import (
    Told,
    icon_of,
    line_of,
    place_told,
    presence_told,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Tone
from trygga_desktop.ui.widgets.marks import draw_pill, pill_size
from trygga_desktop.ui.widgets.painting import draw_box, draw_text
from trygga_desktop.ui.widgets.text import make_visible

_DISC = 32
_TICK = 14
_GAP = 12


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody at the table, in the words of the screen."""

    name: str
    line: str
    icon: str
    tone: Tone
    presence: Presence
    told: Told
    is_here: bool
    must_confirm: bool
    has_confirmed: bool
    is_leaving: bool = False


class PeopleList(RowList):
    """Rows for all seats. Before the meeting each has its places to choose from and `Confirm`."""

    def __init__(
        self,
        model: MeetingViewModel,
        room: RoomLook,
        *,
        before: bool,
        parent: QWidget | None = None,
    ) -> None:
        _ = room.near.language.gettext
        name = (
            _("People. Left and right tell whether somebody is here, Enter confirms.")
            if before
            else _(
                "People around the table. Enter tells that somebody comes or leaves, and takes "
                "that back. Shift+F10 opens a list of places."
            )
        )
        super().__init__(name, parent=parent)
        self.setObjectName("people")
        self._model = model
        self._look = room.near
        self._before = before
        self._seats: tuple[Seat, ...] = ()
        self._delegate = _BeforeDelegate(room, self) if before else _DuringDelegate(room, self)
        self.setItemDelegate(self._delegate)
        if not before:
            self.setToolTip("Enter, Shift+F10")
        self.chosen.connect(self._choose)
        self.stepped.connect(self._step)
        self.hit.connect(self._hit)

    def follow(self, found: MeetingRoom) -> None:
        """Show who is there now."""
        self._seats = found.seats
        rows = [self._row(one, found) for one in found.seats]
        self.show_rows(tuple((one, self._sentence(one)) for one in rows))

    def _row(self, seat: Seat, found: MeetingRoom) -> PersonRow:
        language = self._look.language
        icon, tone = icon_of(seat, found)
        departures = self._model.departures
        presence = departures.presence_of(seat)
        is_leaving = departures.is_leaving(seat.id)
        told = place_told(presence, language)
        return PersonRow(
            name=make_visible(seat.name, lines=False, longest=120),
            line=told.word if is_leaving else line_of(seat, found, language),
            icon=icon,
            tone=tone,
            presence=presence,
            told=told if is_leaving else presence_told(seat, found.began_at, language),
            is_here=is_here(seat) and not is_leaving,
            must_confirm=must_still_confirm(seat),
            has_confirmed=seat.must_confirm and seat.has_confirmed,
            is_leaving=is_leaving,
        )

    def _sentence(self, row: PersonRow) -> str:
        _ = self._look.language.gettext
        parts = [row.name, row.line]
        if row.is_leaving:
            parts.append(_("Enter takes that back"))
            return ", ".join(parts)
        parts.append(row.told.word)
        if row.must_confirm:
            parts.append(_("Has not confirmed"))
        elif row.has_confirmed:
            parts.append(_("Confirmed"))
        return ", ".join(one for one in parts if one)

    def _choose(self, row: int) -> None:
        self._model.toggle(self._seats[row].id)

    def _step(self, row: int, by: int) -> None:
        self._model.step(self._seats[row].id, by)

    def _hit(self, row: int, at: QPointF, box: QRectF) -> None:
        seat = self._seats[row]
        found = self.rows.index(row).data(Qt.ItemDataRole.UserRole)
        if not isinstance(found, PersonRow):
            return
        target = self._delegate.target(found, box, at)
        if isinstance(target, Presence):
            self._model.choose_presence(seat.id, target)
        elif target == _CONFIRM:
            self._confirm(seat.id)
        elif target == _UNDO:
            self._model.toggle(seat.id)
        elif target == _PLACES:
            self._offer_places(row, self._delegate.end_of(found, box))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the places of whoever is meant: by the key for that, or by the other button."""
        if self._before:
            return
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            self._offer_places(index.row(), QRectF(self.visualRect(index)))

    def _offer_places(self, row: int, box: QRectF) -> None:
        """Open the list of where somebody can be, with the place where they are marked."""
        seat = self._seats[row]
        presence = self._model.departures.presence_of(seat)
        menu = QMenu(self)
        menu.setObjectName("places")
        menu.setFont(self._look.theme.font(TextStyle.BODY))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in PLACES:
            action = menu.addAction(place_told(one, self._look.language).word)
            action.setCheckable(True)
            action.setChecked(one is presence)
            action.triggered.connect(partial(self._model.choose_presence, seat.id, one))
            if one is presence:
                menu.setActiveAction(action)
        below = QPoint(round(box.right()) - menu.sizeHint().width(), round(box.bottom()))
        menu.popup(self.viewport().mapToGlobal(below))

    def _confirm(self, seat_id: UUID) -> None:
        self._model.confirm([seat_id])


_CONFIRM = "confirm"
_UNDO = "undo"
_PLACES = "places"


class _PeopleDelegate(RowDelegate):
    """What both kinds of rows have: a disc, a name, and a line below it."""

    def target(self, row: PersonRow, box: QRectF, at: QPointF) -> Presence | str | None:
        """Return what was clicked."""
        raise NotImplementedError

    def end_of(self, row: PersonRow, box: QRectF) -> QRectF:  # noqa: ARG002  as wide as it is
        """Return where it stands that somebody is there."""
        return box

    def height_of(self, row: object, width: int) -> int:  # noqa: ARG002  one line each
        """Return the height of name and line."""
        theme = self.look.theme
        return theme.px(20) + theme.px(18)

    def _draw_disc(self, painter: QPainter, row: PersonRow, box: QRectF) -> float:
        theme = self.look.theme
        size = theme.px(_DISC)
        disc = QRectF(box.left() + 4, box.center().y() - size / 2, size, size)
        ink, soft = theme.tokens.tint(row.tone)
        edge = ink if theme.tokens.outlined else ""
        draw_box(painter, disc, radius=size / 2, fill=soft, edge=edge)
        inset = size * 0.24
        theme.paint_icon(painter, row.icon, ink, disc.adjusted(inset, inset, -inset, -inset))
        return disc.right() + 10

    def _draw_words(self, painter: QPainter, row: PersonRow, box: QRectF, below: float) -> None:
        """Draw the name over the whole box, and the line as far as `below`."""
        theme, middle = self.look.theme, box.center().y()
        above = QRectF(box.left(), middle - theme.px(20), box.width(), theme.px(20))
        under = QRectF(box.left(), middle, max(0.0, below), theme.px(18))
        strong, caption = theme.font(TextStyle.STRONG), theme.font(TextStyle.CAPTION)
        ink = theme.tokens.text if row.is_here else theme.tokens.text2
        draw_text(painter, above, row.name, font=strong, colour=ink)
        draw_text(painter, under, row.line, font=caption, colour=theme.tokens.text2)


class _DuringDelegate(_PeopleDelegate):
    """Presence alone, at the right; a name too long for that has the upper line to itself."""

    def __init__(self, room: RoomLook, parent: QWidget) -> None:
        super().__init__(room.near, tight=room.px(2), airy=room.px(13), parent=parent)

    def target(self, row: PersonRow, box: QRectF, at: QPointF) -> Presence | str | None:
        """Return what was clicked: only the right end does anything."""
        if at.x() < self.end_of(row, box).left():
            return None
        if row.is_leaving:
            return _UNDO
        return _CONFIRM if row.must_confirm and row.is_here else _PLACES

    def end_of(self, row: PersonRow, box: QRectF) -> QRectF:
        """Return the right end, with the status or a button."""
        return box.adjusted(box.width() - self._width_of_status(row) - 8, 0, 0, 0)

    def draw(self, painter: QPainter, row: object, box: QRectF) -> None:
        """Draw somebody, and where they are."""
        if not isinstance(row, PersonRow):
            return
        theme = self.look.theme
        left = self._draw_disc(painter, row, box)
        status = self._width_of_status(row)
        words = QRectF(left, box.top(), box.right() - left - 4, box.height())
        beside = words.width() - status - 6
        name = QFontMetrics(theme.font(TextStyle.STRONG)).horizontalAdvance(row.name)
        line = QFontMetrics(theme.font(TextStyle.CAPTION)).horizontalAdvance(row.line)
        end = words.adjusted(words.width() - status, 0, 0, 0)
        button = self._button_of(row)
        if button:
            self._draw_words(painter, row, words.adjusted(0, 0, -status - 6, 0), beside)
            _draw_button(painter, end, self.look, button)
            return
        # Beside both lines, or beside the shorter one: names are not cut off for a status.
        middle = words.center().y()
        if name > beside:
            end = QRectF(end.left(), middle, status, theme.px(18))
            self._draw_words(painter, row, words, beside)
        elif line > beside:
            end = QRectF(end.left(), middle - theme.px(20), status, theme.px(20))
            self._draw_words(painter, row, words, words.width())
        else:
            self._draw_words(painter, row, words, beside)
        self._draw_status(painter, row.told, end)

    def _draw_status(self, painter: QPainter, told: Told, box: QRectF) -> None:
        theme = self.look.theme
        tick = theme.px(_TICK)
        ink = theme.tokens.tint(told.tone).ink
        font = theme.font(TextStyle.CAPTION_STRONG)
        words = QFontMetrics(font).horizontalAdvance(told.word)
        left = box.right() - words - tick - 6
        icon = QRectF(left, box.center().y() - tick / 2, tick, tick)
        theme.paint_icon(painter, told.icon, ink, icon)
        rest = QRectF(left + tick + 5, box.top(), words + 2, box.height())
        draw_text(painter, rest, told.word, font=font, colour=ink)

    def _button_of(self, row: PersonRow) -> str:
        """Return the words of the button that stands instead of a status, if one does."""
        if row.is_leaving:
            return self.look.language.gettext("Undo")
        return _confirm(self.look) if row.must_confirm and row.is_here else ""

    def _width_of_status(self, row: PersonRow) -> float:
        theme = self.look.theme
        button = self._button_of(row)
        if button:
            return _button_width(self.look, button)
        font = theme.font(TextStyle.CAPTION_STRONG)
        return QFontMetrics(font).horizontalAdvance(row.told.word) + theme.px(_TICK) + 8


class _BeforeDelegate(_PeopleDelegate):
    """Three places to choose from, and at the right end the confirmation."""

    def __init__(self, room: RoomLook, parent: QWidget) -> None:
        super().__init__(room.near, tight=room.px(5), airy=room.px(16), parent=parent)
        _ = room.near.language.gettext
        self._words = {
            Presence.HERE: _("Here"),
            Presence.REMOTE: _("Remote"),
            Presence.ABSENT: _("Not here"),
        }
        confirmed = pill_size(
            self.look, _("Confirmed"), self.look.theme.font(TextStyle.LABEL)
        ).width()
        self._end = max(_button_width(self.look, _confirm(self.look)), confirmed)

    def target(self, row: PersonRow, box: QRectF, at: QPointF) -> Presence | str | None:
        """Return what was clicked."""
        for presence, part in self._places(box):
            if part.contains(at):
                return presence
        if row.must_confirm and self._confirmation(box).contains(at):
            return _CONFIRM
        return None

    def draw(self, painter: QPainter, row: object, box: QRectF) -> None:
        """Draw somebody, where they can be, and whether they have confirmed."""
        if not isinstance(row, PersonRow):
            return
        left = self._draw_disc(painter, row, box)
        places = self._places(box)
        words = QRectF(left, box.top(), places[0][1].left() - left - _GAP, box.height())
        self._draw_words(painter, row, words, words.width())
        for presence, part in places:
            self._draw_place(painter, presence, part, is_chosen=presence is row.presence)
        end = self._confirmation(box)
        if row.must_confirm:
            _draw_button(painter, end, self.look, _confirm(self.look))
        elif row.has_confirmed:
            text = self.look.language.gettext("Confirmed")
            size = pill_size(self.look, text, self.look.theme.font(TextStyle.LABEL))
            pill = QRectF(
                end.right() - size.width(),
                end.center().y() - size.height() / 2,
                size.width(),
                size.height(),
            )
            draw_pill(painter, pill, self.look, text, tone=Tone.OK, icon="check")

    def _draw_place(
        self, painter: QPainter, presence: Presence, box: QRectF, *, is_chosen: bool
    ) -> None:
        theme = self.look.theme
        tokens = theme.tokens
        fill, edge = (
            (tokens.accent_soft, tokens.accent) if is_chosen else (tokens.surface, tokens.strong)
        )
        draw_box(painter, box, radius=Radius.CONTROL, fill=fill, edge=edge)
        font = theme.font(TextStyle.LABEL if is_chosen else TextStyle.SECONDARY)
        tick = theme.px(_TICK)
        words = QFontMetrics(font).horizontalAdvance(self._words[presence])
        width = words + (tick + 4 if is_chosen else 0)
        left = box.left() + (box.width() - width) / 2
        if is_chosen:
            at = QRectF(left, box.center().y() - tick / 2, tick, tick)
            theme.paint_icon(painter, "check", tokens.accent, at)
            left += tick + 4
        ink = tokens.accent if is_chosen else tokens.text
        part = QRectF(left, box.top(), words + 2, box.height())
        draw_text(painter, part, self._words[presence], font=font, colour=ink)

    def _places(self, box: QRectF) -> list[tuple[Presence, QRectF]]:
        theme = self.look.theme
        font = QFontMetrics(theme.font(TextStyle.LABEL))
        height = theme.px(30)
        right = self._confirmation(box).left() - _GAP
        found = []
        for presence in reversed(STEPS_BEFORE):
            width = font.horizontalAdvance(self._words[presence]) + theme.px(_TICK) + 22
            right -= width
            top = box.center().y() - height / 2
            found.append((presence, QRectF(right, top, width, height)))
            right -= 4
        return found[::-1]

    def _confirmation(self, box: QRectF) -> QRectF:
        height = self.look.theme.px(30)
        left = box.right() - self._end - 4
        return QRectF(left, box.center().y() - height / 2, self._end, height)


def _confirm(look: Look) -> str:
    return look.language.gettext("Confirm")


def _button_width(look: Look, text: str) -> float:
    font = QFontMetrics(look.theme.font(TextStyle.LABEL))
    return font.horizontalAdvance(text) + 28


def _draw_button(painter: QPainter, box: QRectF, look: Look, text: str) -> None:
    theme = look.theme
    width, height = _button_width(look, text), theme.px(30)
    at = QRectF(box.right() - width, box.center().y() - height / 2, width, height)
    tokens = theme.tokens
    draw_box(painter, at, radius=Radius.CONTROL, fill=tokens.surface, edge=tokens.accent, width=2)
    middle = Qt.AlignmentFlag.AlignHCenter
    font = theme.font(TextStyle.LABEL)
    draw_text(painter, at, text, font=font, colour=tokens.accent, align=middle)
