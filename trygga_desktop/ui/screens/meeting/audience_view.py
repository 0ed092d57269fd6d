"""The second screen: what everyone in the room may see, large, and nothing to be pressed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.meeting import AgendaState, MeetingState
from trygga_desktop.services.naming import call
from trygga_desktop.services.rooms import MeetingRoom, ShownAgendaItem, ShownCommitment, ShownEntry
from trygga_desktop.ui.screens.meeting.audience_model import AudienceModel
from trygga_desktop.ui.screens.meeting.carried import agency_heading
from trygga_desktop.ui.screens.meeting.carried_words import by_agency, told_beside
from trygga_desktop.ui.screens.meeting.curtain import BreakCover, Curtain
from trygga_desktop.ui.screens.meeting.entries import entry_boxes
from trygga_desktop.ui.screens.meeting.prompts import Prompts, asks_to_tell
from trygga_desktop.ui.screens.meeting.proposals import proposal_boxes
from trygga_desktop.ui.screens.meeting.reminder import Reminder
from trygga_desktop.ui.screens.meeting.room import (
    current_item,
    is_voice,
    newest_own_words,
    place_of,
    shows_carried,
)
from trygga_desktop.ui.screens.meeting.sizes import TITLE_GROWS, RoomLook, room_look
from trygga_desktop.ui.screens.meeting.strip import OwnWordsStrip
from trygga_desktop.ui.screens.meeting.timing import timing_of
from trygga_desktop.ui.screens.meeting.view_model import ENTRIES_AT_A_TIME
from trygga_desktop.ui.screens.meeting.words import called, commitment_told, shown
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.theme import Theme
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import ElidedLabel, GrowingLabel, PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.more import rest_line, rest_text
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.progress import ThinBar
from trygga_desktop.ui.widgets.removal import take_out

_FURTHER_AWAY = 1.27
"""It is read at five metres, where a screen on the table is read at one or two."""

_LARGEST_TEXT = 1.2
_MOST_CARRIED = 12
_MOST_BEFORE, _MOST_AFTER = 6, 8
_SECOND = 1_000
_CARRIED, _NOTED = 10, 12
_NO_LIMIT = (1 << 24) - 1
"""How high Qt lets a widget be, if nothing else is said."""


class AudienceView(QWidget):
    """Built anew whenever what it shows has changed. Nothing in it takes the focus."""

    def __init__(self, model: AudienceModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._room = self._sized(1366, 768)
        self._built: object = None
        self._content: QWidget | None = None
        self._item: _ItemPage | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        # What it holds is fitted in: a long text must not push the window out of its screen.
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setAccessibleName(look.language.gettext("Trygga: meeting"))
        self._clock = QTimer(self)
        self._clock.setInterval(_SECOND)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        model.changed.connect(self._show)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw everything in the sizes of the new height."""
        super().resizeEvent(event)
        self._room = self._sized(event.size().width(), event.size().height())
        self._show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), QColor(self._look.theme.tokens.bg))

    def _sized(self, width: int, height: int) -> RoomLook:
        theme = self._look.theme
        # All of it is large. What the leader sets for their own eyes would leave no room for it.
        scale = min(theme.scale, _LARGEST_TEXT)
        look = Look(Theme(theme.tokens, theme.icons, scale), self._look.language)
        return room_look(look, width, round(height * _FURTHER_AWAY))

    @Slot()
    def _show(self) -> None:
        model = self._model
        found = None if model.is_covered else model.shown
        wanted = (found, model.is_covered and model.break_until, self._room)
        if wanted == self._built:
            return
        self._built = wanted
        if self._content is not None:
            take_out(self._content)
        self._item = None
        self._content = self._build(found)
        for one in self._content.findChildren(Button):
            # A long text has one to read all of it with.
            take_out(one)
        for part in (self._content, *self._content.findChildren(QWidget)):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.addWidget(self._content)
        self._show_time()

    def _build(self, found: MeetingRoom | None) -> QWidget:
        model = self._model
        if found is None:
            is_empty = model.is_kept_empty or model.lost_its_picture
            if model.is_covered and model.break_until is not None and not is_empty:
                return BreakCover(self._room, now=model.now, until=model.break_until)
            return Curtain(self._room)
        if found.state is MeetingState.PLANNED:
            return self._reminder(found)
        item = current_item(found)
        if item is None:
            return Curtain(self._room)
        self._item = _ItemPage(self._room, found, item)
        return self._item

    def _reminder(self, found: MeetingRoom) -> QWidget:
        page = QWidget()
        inside = QVBoxLayout(page)
        side = self._room.px(40)
        inside.setContentsMargins(side, side, side, side)
        inside.addWidget(Reminder(self._room, found))
        return Page(page)

    @Slot()
    def _tick(self) -> None:
        self._model.look_at_the_day()
        if not self._model.is_frozen:
            self._show_time()

    def _show_time(self) -> None:
        if self._item is not None:
            self._item.tick(self._model)


class _ItemPage(QWidget):
    """The agenda in one line, the item, what was promised and noted, and own words."""

    def __init__(self, room: RoomLook, found: MeetingRoom, item: ShownAgendaItem) -> None:
        super().__init__()
        self._room = room
        self._shown_item = item
        self._promises: _Promises | None = None
        near = room.near
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = _AgendaLine(room, found)
        column.addWidget(self._bar)
        body = QVBoxLayout()
        side = room.px(56)
        body.setContentsMargins(side, room.px(28), side, room.px(28))
        body.setSpacing(Space.M)
        body.addLayout(self._head(found, item))
        self._share = ThinBar(near)
        body.addWidget(self._share)
        if item.question and not item.is_private and not is_voice(item):
            body.addWidget(PlainLabel(room.far, item.question, style=TextStyle.LEAD))
        body.addLayout(self._columns(found, item), 1)
        said = newest_own_words(found)
        if said is not None and not is_voice(item):
            body.addWidget(self._strip(found, said))
        column.addLayout(body, 1)
        # Not before the page has made room for it.
        QTimer.singleShot(0, self._noted, self._show_whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for now."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self._noted, self._show_whole)

    def tick(self, model: AudienceModel) -> None:
        """Show what time it is, and how much of it is left."""
        language, tokens = self._room.near.language, self._room.near.theme.tokens
        _ = language.gettext
        self._bar.clock.show_text(language.time(model.now()))
        timing = timing_of(self._shown_item, model.now())
        if timing is None:
            return
        self._timer.show_text(timing.text)
        self._timer.set_colour(tokens.warn if timing.is_over else tokens.accent)
        text = _("over {count} min") if timing.is_over else _("left of {count} min")
        self._of.show_text(text.format(count=self._shown_item.minutes))
        self._share.show_share(timing.share)

    def _head(self, found: MeetingRoom, item: ShownAgendaItem) -> QHBoxLayout:
        near, far = self._room.near, self._room.far
        _ = near.language.gettext
        tokens = near.theme.tokens
        place = _("Item {place} of {all}").format(
            place=place_of(found, item), all=len(found.agenda)
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(near, place, colour=tokens.text2))
        title = GrowingLabel(far, style=TextStyle.HERO, most=TITLE_GROWS)
        title.show_text(item.title or _("Private item"))
        words.addWidget(title)
        self._timer = PlainLabel(far, style=TextStyle.HERO, colour=tokens.accent)
        self._of = PlainLabel(near, style=TextStyle.CAPTION, colour=tokens.text2)
        time = QVBoxLayout()
        time.setSpacing(0)
        for label in (self._timer, self._of):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            time.addWidget(label)
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addLayout(time)
        return row

    def _columns(self, found: MeetingRoom, item: ShownAgendaItem) -> QHBoxLayout:
        _ = self._room.near.language.gettext
        row = QHBoxLayout()
        row.setSpacing(Space.XL)
        if item.proposals:
            row.addLayout(
                self._part("", _column_of(proposal_boxes(self._room, item.proposals))), _CARRIED
            )
        elif shows_carried(found, item):
            self._promises = _Promises(self._room, found)
            part = self._part(_("Since the last meeting"), self._promises.place)
            row.addLayout(part, _CARRIED)
        self._prompts = Prompts(self._room) if asks_to_tell(found, item) else None
        self._together = [
            entry_boxes(self._room, [one]) for one in item.entries[-ENTRIES_AT_A_TIME:]
        ]
        if not self._together and self._prompts is None:
            self._together = [[self._quiet(_("Nothing noted yet."))]]
        boxes = [box for together in self._together for box in together]
        self._noted = _column_of(boxes if self._prompts is None else [*boxes, self._prompts])
        row.addLayout(self._part("" if is_voice(item) else _("Noted now"), self._noted), _NOTED)
        return row

    def _part(self, title: str, page: QWidget) -> QVBoxLayout:
        near = self._room.near
        column = QVBoxLayout()
        column.setSpacing(Space.S)
        if title:
            text2 = near.theme.tokens.text2
            column.addWidget(PlainLabel(near, title, style=TextStyle.STRONG, colour=text2))
        column.addWidget(page, 1)
        return column

    def _quiet(self, text: str) -> PlainLabel:
        return PlainLabel(self._room.near, text, colour=self._room.near.theme.tokens.text2)

    def _strip(self, found: MeetingRoom, said: ShownEntry) -> OwnWordsStrip:
        language = self._room.near.language
        text = language.gettext("This is important to {person}")
        strip = OwnWordsStrip(self._room)
        strip.show_words(text.format(person=called(found, language)), said.item.text)
        return strip

    def _show_whole(self) -> None:
        self._show_newest()
        if self._promises is not None:
            self._promises.show_whole()

    def _show_newest(self) -> None:
        """Show the newest that have room, each of them whole; one alone may be longer than that.

        Nobody disagrees on the screen with a decision that does not stand there.
        """
        place = self._noted.viewport().size()
        left = place.height()
        for together in reversed(self._together):
            left -= sum(_height_of(one, place.width()) + Space.S for one in together)
            for one in together:
                one.setVisible(left + Space.S >= 0 or together is self._together[-1])
        if self._prompts is not None:
            needed = _height_of(self._prompts, place.width())
            self._prompts.setVisible(left >= needed or not self._together)
        bar = self._noted.verticalScrollBar()
        bar.setValue(bar.maximum())


class _Promises:
    """What was promised earlier, under its agencies: as much as stands whole in its `place`.

    A line below tells how many more there are.
    """

    def __init__(self, room: RoomLook, found: MeetingRoom) -> None:
        self._room = room
        self._count = sum(one.commitment is not None for one in found.carried)
        self._agencies = [
            (
                agency_heading(room, name),
                [self._row(*one, found.catalogue) for one in promised],
            )
            for name, promised in by_agency(found.carried[:_MOST_CARRIED], room.near.language)
        ]
        self._rest = rest_line(room.near, 0)
        rows = [one for heading, rows in self._agencies for one in (heading, *rows)]
        self._page = _column_of(rows or [self._none()])
        self.place = QWidget()
        column = QVBoxLayout(self.place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._page, 1)
        column.addWidget(self._rest)
        column.addStretch()
        self._rest.hide()

    def show_whole(self) -> None:
        """Show the first that have room, each of them whole, and how many more there are."""
        width, room = self._page.viewport().width(), self.place.height()
        heights = [
            (_height_of(heading, width), [_height_of(one, width) for one in rows])
            for heading, rows in self._agencies
        ]
        count = count_whole(heights, room=room, spacing=Space.S)
        most = _NO_LIMIT
        if count < self._count:
            room -= self._rest.sizeHint().height() + Space.S
            # One alone may be longer than the page: it begins there all the same.
            count = max(1, count_whole(heights, room=room, spacing=Space.S))
            most = min(room, height_of_first(heights, count, spacing=Space.S))
        self._page.setMaximumHeight(most)
        before = 0
        for heading, rows in self._agencies:
            heading.setVisible(before < count)
            for place_of_row, row in enumerate(rows, before):
                row.setVisible(place_of_row < count)
            before += len(rows)
        self._rest.show_text(rest_text(self._count - count, self._room.near.language))
        self._rest.setVisible(count < self._count)

    def _none(self) -> PlainLabel:
        near = self._room.near
        text = near.language.gettext("No earlier commitments.")
        return PlainLabel(near, text, colour=near.theme.tokens.text2)

    def _row(self, entry: ShownEntry, promised: ShownCommitment, catalogue: Catalogue) -> QWidget:
        room = self._room
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.M)
        told = commitment_told(promised, room.near.language)
        tokens = room.near.theme.tokens
        mark = IconMark(room.near, told.icon, colour=tokens.tint(told.tone).ink, size=20)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(PlainLabel(room.far, entry.item.text, style=TextStyle.LARGE))
        beside = told_beside(promised, catalogue, room.near.language)
        below = " · ".join(one for one in (shown(promised.responsible), told.word, beside) if one)
        words.addWidget(PlainLabel(room.near, below, style=TextStyle.CAPTION, colour=tokens.text2))
        line.addLayout(words, 1)
        return row


def height_of_first(
    groups: Sequence[tuple[int, Sequence[int]]], count: int, *, spacing: int
) -> int:
    """Return how many pixels the first rows of groups take, each below its heading."""
    parts: list[int] = []
    for heading, rows in groups:
        shown = rows[:count]
        parts += [heading, *shown] if shown else []
        count -= len(shown)
    return sum(parts) + spacing * (len(parts) - 1)


def count_whole(groups: Sequence[tuple[int, Sequence[int]]], *, room: int, spacing: int) -> int:
    """Return how many rows of groups stand whole in `room` pixels, each below its heading.

    A group is the height of its heading, and those of its rows.
    """
    used = count = 0
    for heading, rows in groups:
        used += heading + spacing
        for row in rows:
            used += row + spacing
            if used - spacing > room:
                return count
            count += 1
    return count


def _height_of(box: QWidget, width: int) -> int:
    wrapped = box.heightForWidth(width) if box.hasHeightForWidth() else -1
    return max(wrapped, box.minimumHeight()) if wrapped >= 0 else box.sizeHint().height()


def _column_of(rows: Sequence[QWidget]) -> Page:
    """Return rows below each other; nobody scrolls them by hand."""
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.S)
    for one in rows:
        column.addWidget(one)
    column.addStretch(1)
    page = Page(content)
    page.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return page


class _AgendaLine(QWidget):
    """A tick for what is done, the title of what is now, and numbers for what is to come."""

    def __init__(self, room: RoomLook, found: MeetingRoom) -> None:
        super().__init__()
        nav = room.nav
        _ = nav.language.gettext
        self._ground = nav.theme.tokens.nav
        self.setFixedHeight(nav.theme.px(30) + Space.L)
        row = QHBoxLayout(self)
        row.setContentsMargins(room.px(40), 0, room.px(40), 0)
        row.setSpacing(Space.M)
        quiet = nav.theme.tokens.text2
        now = next((at for at, one in enumerate(found.agenda) if one.state is AgendaState.NOW), 0)
        nearest = range(now - _MOST_BEFORE, now + _MOST_AFTER + 1)
        for place, one in enumerate(found.agenda, 1):
            if place - 1 not in nearest:
                continue
            match one.state:
                case AgendaState.DONE:
                    row.addWidget(IconMark(nav, "circle-check", colour=quiet, size=16))
                case AgendaState.NOW:
                    title = shown(one.title or _("Private item"))
                    row.addWidget(IconMark(nav, "circle-play", colour=quiet, size=16))
                    row.addWidget(ElidedLabel(nav, title, style=TextStyle.STRONG))
                case AgendaState.COMING:
                    number = PlainLabel(nav, str(place), colour=quiet)
                    told = _("Item {place} of {all}")
                    number.setAccessibleName(told.format(place=place, all=len(found.agenda)))
                    row.addWidget(number)
        row.addStretch(1)
        if found.pseudonym is not None:
            called = shown(call(found.pseudonym, nav.language))
            row.addWidget(IconMark(nav, "venetian-mask", colour=quiet, size=16))
            row.addWidget(PlainLabel(nav, called, style=TextStyle.STRONG))
        self.clock = PlainLabel(nav, style=TextStyle.SUBTITLE)
        row.addWidget(self.clock)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the dark ground."""
        QPainter(self).fillRect(self.rect(), QColor(self._ground))
