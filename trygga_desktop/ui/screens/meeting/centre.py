"""The item that the meeting has come to: its question and its time, and what was noted under it."""

from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from trygga_desktop.services.rooms import MeetingRoom, ShownAgendaItem
from trygga_desktop.ui.screens.meeting.carried import carried_rows
from trygga_desktop.ui.screens.meeting.noted import NotedPart
from trygga_desktop.ui.screens.meeting.prompts import asks_to_tell
from trygga_desktop.ui.screens.meeting.proposals import ProposalPart
from trygga_desktop.ui.screens.meeting.proposing import Proposing
from trygga_desktop.ui.screens.meeting.room import (
    SINCE_LAST,
    beside,
    is_voice,
    place_of,
    shows_carried,
)
from trygga_desktop.ui.screens.meeting.sizes import TITLE_GROWS, RoomLook
from trygga_desktop.ui.screens.meeting.strip import OwnWordsStrip
from trygga_desktop.ui.screens.meeting.timing import timing_of
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.meeting.words import called, capital
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.labels import GrowingLabel, PlainLabel
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.progress import ThinBar
from trygga_desktop.ui.widgets.removal import take_out

_TABULAR = QFont.Tag("tnum")
_CARRIED, _NOTED = 10, 12
_LEAST = 28


class CentrePanel(Card):
    """Only the current item is built; when something is added, it comes into view.

    `focus_lost` tells that what had the focus in it is there no more, `rebuilt` that what stands in
    it is another.
    """

    focus_lost = Signal()
    rebuilt = Signal()

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(room.near, parent=parent)
        self._model = model
        self._room = room
        self._built: object = None
        self._noted: object = None
        self._told_of: UUID | None = None
        self._carried: QWidget | None = None
        self._shown_carried: object = None
        self._proposed: ProposalPart | None = None
        self._shown_proposed: object = None
        self._unfolded = False
        self._is_at_newest = False
        side = Space.L if room.narrow else Space.XL
        self.body.setContentsMargins(side, Space.L, side, Space.M)
        self.body.setSpacing(Space.S)
        head = self._build_head()
        self._question = PlainLabel(room.far, style=TextStyle.LEAD)
        self._columns = QWidget()
        # No long word has room in half of a narrow window.
        self._row = QVBoxLayout(self._columns) if room.tight else QHBoxLayout(self._columns)
        self._row.setContentsMargins(0, 0, Space.S, Space.S)
        self._row.setSpacing(Space.XL)
        # Made first: a screen reader reads in the order in which parts were made.
        self._earlier = QWidget()
        earlier = QVBoxLayout(self._earlier)
        earlier.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._earlier, _CARRIED)
        self._earlier.hide()
        self._noted_part = NotedPart(room)
        self._noted_part.older.clicked.connect(model.show_older)
        self._noted_part.fold.clicked.connect(self._fold)
        self._row.addWidget(self._noted_part, _NOTED)
        self._content = content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(Space.S)
        # What the room talks of stands there whatever is noted, as long as there is room at all.
        (inside if room.flat else self.body).addWidget(head)
        (inside if room.low else self.body).addWidget(self._question)
        inside.addWidget(self._columns)
        inside.addStretch(1)
        self.page = Page(content)
        # What scrolls gives way to what the room talks of: no line of a title is cut for it.
        self.page.setMinimumHeight(room.near.theme.px(_LEAST))
        self.page.verticalScrollBar().rangeChanged.connect(self._stay_at_newest)
        self.page.verticalScrollBar().actionTriggered.connect(self._leave_newest)
        self.body.addWidget(self.page, 1)
        self._strip = OwnWordsStrip(room)
        (inside if room.low else self.body).addWidget(self._strip)
        self.body.addLayout(self._build_ways())

    def follow(self) -> None:
        """Show the item as it is now."""
        found, item = self._model.room, self._model.item
        if found is None or item is None:
            return
        self._show_head(found, item)
        self._show_strip(item)
        self._announce(found, item)
        marked = self._model.capture.follows
        proposing = self._model.proposing
        waits = _what_waits(proposing)
        entries = self._model.entries
        asks = self._asks_to_tell(found, item)
        shown = (item.id, entries, self._model.has_older, found.carried, marked, waits, asks)
        if shown != self._built:
            is_new = self._built is not None and self._noted != (item.id, entries)
            self._built, self._noted = shown, (item.id, entries)
            focus = focus_in(self.window())
            had_focus = focus is not None and self._columns.isAncestorOf(focus)
            name = "" if focus is None else focus.objectName()
            self._show_columns(found, item)
            if had_focus and not _still_has_focus(focus):
                self._focus_again(name)
            self.rebuilt.emit()
            self._is_at_newest = is_new and bool(entries)
            if is_new and not entries:
                # Nobody begins in the middle of what stands there from before.
                self.page.verticalScrollBar().setValue(0)
            # Not before the page has made room for it.
            self._stay_at_newest()

    def _announce(self, found: MeetingRoom, item: ShownAgendaItem) -> None:
        """Have a screen reader say that the meeting has come to another item."""
        before, self._told_of = self._told_of, item.id
        if before in {None, item.id}:
            return
        _ = self._room.near.language.gettext
        told = _("Item {place} of {all}: {title}").format(
            place=place_of(found, item),
            all=len(found.agenda),
            title=item.title or _("Private item"),
        )
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))

    def tick(self) -> None:
        """Show how much time is left of the item; over time it counts up, in another colour."""
        item = self._model.item
        timing = timing_of(item, self._model.now())
        if item is None or timing is None:
            self._timer.show_text("")
            return
        _ = self._room.near.language.gettext
        tokens = self._room.near.theme.tokens
        self._timer.show_text(timing.text)
        self._timer.set_colour(tokens.warn if timing.is_over else tokens.accent)
        text = _("over {count} min") if timing.is_over else _("left of {count} min")
        self._of.show_text(text.format(count=item.minutes))
        self._bar.show_share(timing.share)

    def _build_head(self) -> QWidget:
        near, far = self._room.near, self._room.far
        tokens = near.theme.tokens
        self._place = PlainLabel(near, style=TextStyle.BODY, colour=tokens.text2)
        # Larger than the time where one line has room: it is read from the far end of the room.
        self._title = (
            PlainLabel(near, style=TextStyle.HERO)
            if self._room.narrow
            else GrowingLabel(far, style=TextStyle.HERO, most=TITLE_GROWS)
        )
        self._title.setObjectName("item title")
        self._timer = PlainLabel(far, style=TextStyle.HERO, colour=tokens.accent)
        font = QFont(self._timer.font())
        font.setFeature(_TABULAR, 1)
        self._timer.setFont(font)
        self._of = PlainLabel(near, style=TextStyle.CAPTION, colour=tokens.text2)
        self._bar = ThinBar(near)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._place)
        words.addWidget(self._title)
        words.addStretch(1)
        right = Qt.AlignmentFlag.AlignRight
        time = QVBoxLayout()
        time.setSpacing(0)
        for label in (self._timer, self._of):
            label.setAlignment(right)
            label.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
            time.addWidget(label)
        top = QHBoxLayout()
        top.setSpacing(Space.L)
        top.addLayout(words, 1)
        top.addLayout(time)
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addLayout(top)
        column.addWidget(self._bar)
        return head

    def _show_head(self, found: MeetingRoom, item: ShownAgendaItem) -> None:
        _ = self._room.near.language.gettext
        place = _("Item {place} of {all}").format(
            place=place_of(found, item), all=len(found.agenda)
        )
        self._place.show_text(place)
        self._title.show_text(item.title or _("Private item"))
        question = item.question
        if is_voice(item):
            question = _(
                "{person} tells in their own words. They are written down as they are said, and "
                "nobody else changes them."
            ).format(person=capital(called(found, self._room.near.language)))
        self._question.show_text(question)
        self._question.setVisible(bool(question) and not item.is_private)
        self.tick()

    def _show_strip(self, item: ShownAgendaItem) -> None:
        said = self._model.own_words
        self._strip.setVisible(said is not None and not is_voice(item))
        if said is None:
            # A strip that cannot be seen is still there to be heard.
            self._strip.show_words("", "")
            return
        language = self._room.near.language
        text = language.gettext("This is important to {person}")
        person = called(self._model.room, language)
        self._strip.show_words(text.format(person=person), said.item.text)

    def _show_columns(self, found: MeetingRoom, item: ShownAgendaItem) -> None:
        folds = self._room.narrow and item.code != SINCE_LAST
        has_carried = shows_carried(found, item)
        self._show_proposed()
        self._show_carried(found, is_shown=has_carried and (self._unfolded or not folds))
        self._earlier.setVisible(self._carried is not None or self._proposed is not None)
        _ = self._room.near.language.gettext
        noted = self._noted_part
        noted.show_title("" if is_voice(item) else _("Noted now"))
        noted.fold.setVisible(has_carried and folds)
        noted.fold.show_text(
            _("Hide the last meeting") if self._unfolded else _("Since the last meeting")
        )
        noted.show_entries(
            self._model.entries,
            marked=self._model.capture.follows,
            has_older=self._model.has_older,
            asks_to_tell=self._asks_to_tell(found, item),
        )

    def _asks_to_tell(self, found: MeetingRoom, item: ShownAgendaItem) -> bool:
        """Tell whether there is something to begin with, and room for it."""
        return asks_to_tell(found, item) and not (self._room.narrow and self._model.entries)

    def _show_carried(self, found: MeetingRoom, *, is_shown: bool) -> None:
        """Build earlier commitments anew only where something has become of one."""
        wanted = (found.carried, found.catalogue) if is_shown else None
        if wanted == self._shown_carried:
            return
        self._shown_carried = wanted
        if self._carried is not None:
            take_out(self._carried)
            self._carried = None
        if not is_shown:
            return
        look = self._room.near
        _ = look.language.gettext
        rows = carried_rows(self._model, self._room, found.carried, found.catalogue)
        if not rows:
            text2 = look.theme.tokens.text2
            rows = [PlainLabel(look, _("No earlier commitments."), colour=text2)]
        self._carried = part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, Space.XS, 0, 0)
        column.setSpacing(Space.S)
        text2 = look.theme.tokens.text2
        title = _("Since the last meeting")
        column.addWidget(PlainLabel(look, title, style=TextStyle.STRONG, colour=text2))
        for row in rows:
            column.addWidget(row)
        column.addStretch(1)
        layout = self._earlier.layout()
        if layout is not None:
            layout.addWidget(part)

    def _show_proposed(self) -> None:
        """Build what waits to be agreed on anew only where something has become of it."""
        proposing = self._model.proposing
        wanted = _what_waits(proposing)
        if wanted == self._shown_proposed:
            return
        is_same_item = self._shown_proposed is not None and self._proposed is not None
        self._shown_proposed = wanted
        if self._proposed is not None:
            take_out(self._proposed)
            self._proposed = None
        if not proposing.here and not proposing.left_here:
            return
        may_write = not self._model.is_without_names
        part = ProposalPart(self._room, proposing, may_write=may_write)
        self._proposed = part
        layout = self._earlier.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, part)
        if is_same_item:
            part.tell_marked()
            QTimer.singleShot(0, self.page, self._show_newest)

    def _focus_again(self, name: str) -> None:
        """Give the focus back to what was built anew under this name."""
        again = self._columns.findChild(QWidget, name) if name else None
        if again is None:
            self.focus_lost.emit()
            return
        # A hidden widget would not keep it.
        again.show()
        again.setFocus()

    def _fold(self) -> None:
        fold = self._noted_part.fold
        had_focus = fold.hasFocus()
        self._unfolded = not self._unfolded
        self._built = None
        self.follow()
        if had_focus:
            fold.setFocus()

    def _show_newest(self) -> None:
        """Scroll to what was noted last: all of it, or its beginning where it is longer than that.

        More may stand below it, and beside it. Where something waits to be agreed on, that comes
        next, and what was noted follows from it.
        """
        marked = None if self._proposed is None else self._proposed.marked_box
        if marked is not None:
            self.page.ensureWidgetVisible(marked)
            return
        newest = self._noted_part.newest
        if newest is None:
            return
        top = newest.mapTo(self._content, newest.rect().topLeft()).y()
        bottom = top + newest.height() + Space.S
        wanted = min(top, bottom - self.page.viewport().height())
        self.page.verticalScrollBar().setValue(wanted)

    def _stay_at_newest(self) -> None:
        """Scroll anew once the page has made room, unless somebody has scrolled by hand."""
        if self._is_at_newest:
            QTimer.singleShot(0, self.page, self._show_newest)

    def _leave_newest(self) -> None:
        self._is_at_newest = False

    def _build_ways(self) -> QHBoxLayout:
        look, model = self._room.near, self._model
        _ = look.language.gettext
        is_tight = self._room.tight
        back = _("Previous")
        self._back = Button(look, "" if is_tight else back, ButtonKind.GHOST, icon="arrow-left")
        self._back.setAccessibleName(back)
        self._back.setObjectName("previous item")
        self._back.setToolTip("Shift+F8")
        self._back.clicked.connect(lambda: model.go_by(-1))
        pause = _("Break")
        self._pause = Button(look, "" if self._room.narrow else pause, icon="pause")
        self._pause.setAccessibleName(pause)
        self._pause.setObjectName("break")
        self._pause.setToolTip("Ctrl+B")
        self._pause.clicked.connect(model.take_a_break)
        self._more = Button(look, "" if self._room.narrow else _("+5 min"), icon="timer")
        self._more.setAccessibleName(_("Five minutes more for the item"))
        self._more.setObjectName("five minutes more")
        self._more.setToolTip("F7")
        self._more.clicked.connect(model.floor.more_time)
        self._disagree = Button(
            look, _("Does not agree") + ("" if is_tight else "  F4"), icon="hand"
        )
        self._disagree.setObjectName("does not agree")
        self._disagree.clicked.connect(model.capture.disagree)
        self._next = Button(look, _("Next item"), ButtonKind.PRIMARY, icon="arrow-right")
        self._next.setObjectName("next item")
        self._next.setToolTip("F8")
        self._next.clicked.connect(lambda: model.go_by(1))
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._back)
        row.addWidget(self._pause)
        if not is_tight:
            row.addWidget(self._more)
        row.addStretch(1)
        row.addWidget(self._disagree)
        row.addWidget(self._next)
        return row

    def follow_ways(self) -> None:
        """Say what comes next."""
        _ = self._room.near.language.gettext
        found = self._model.room
        is_first = found is None or beside(found, -1) is None
        self._back.setVisible(not is_first)
        self._disagree.setVisible(not self._model.is_without_names)
        last = self._model.is_last_item
        self._next.show_text(_("Go through the meeting") if last else _("Next item"))
        self.follow_writing()

    def follow_writing(self) -> None:
        """Give way to what is typed: one thing at a time asks to be done next."""
        is_writing = bool(self._model.capture.text.strip())
        self._next.become(ButtonKind.SECONDARY if is_writing else ButtonKind.PRIMARY)


def _what_waits(proposing: Proposing) -> object:
    """Return all that decides what stands there to be agreed on."""
    return proposing.here, proposing.following, proposing.left_here, proposing.marked


def _still_has_focus(widget: QWidget | None) -> bool:
    return widget is not None and isValid(widget) and widget.hasFocus() and widget.isVisible()
