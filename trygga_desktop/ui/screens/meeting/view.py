"""The shared screen of a meeting: bar, page of the stage, and the curtain over both."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.copied import Copied
from trygga_desktop.ui.covering import close_others
from trygga_desktop.ui.problems import During
from trygga_desktop.ui.screens.meeting.aloud import close_aloud
from trygga_desktop.ui.screens.meeting.also_box import ALSO_KEYS
from trygga_desktop.ui.screens.meeting.bar import Bar
from trygga_desktop.ui.screens.meeting.capture import CHOSEN_BY_KEY
from trygga_desktop.ui.screens.meeting.curtain import BreakCover, Curtain
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.instead import InsteadPage
from trygga_desktop.ui.screens.meeting.opening import OpeningPage
from trygga_desktop.ui.screens.meeting.review import ReviewPage
from trygga_desktop.ui.screens.meeting.running import RunningPage
from trygga_desktop.ui.screens.meeting.sizes import room_look
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel, Stage
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner

_FIRST_SIZE = (1366, 768)
_SECOND = 1_000


class _Page(Protocol):
    @property
    def first_focus(self) -> QWidget: ...

    def follow(self) -> None: ...

    def follow_capture(self) -> None: ...

    def tick(self) -> None: ...


class MeetingView(QWidget):
    """Takes the whole window. Sizes follow its height, and it is built anew when they change.

    `copied` knows what the program copied elsewhere: nothing of that can be pasted here. Without
    one all that was copied before counts as that.
    """

    def __init__(
        self,
        model: MeetingViewModel,
        look: Look,
        parent: QWidget | None = None,
        *,
        copied: Copied | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._room = room_look(look, *_FIRST_SIZE)
        self._stage: Stage | None = None
        self._built: object = None
        self._told: list[QWidget] = []
        self._shown_trouble: object = (None, None)
        self._bar: Bar | None = None
        self._page: _Page | None = None
        self._parts: list[QWidget] = []
        self._under = QWidget(self)
        self._column = QVBoxLayout(self._under)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._curtain: QWidget | None = None
        self._shown_cover: object = (False, None, None)
        self._clock = QTimer(self)
        self._clock.setInterval(_SECOND)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        model.changed.connect(self._show)
        self._copied = Copied(self) if copied is None else copied
        model.decided_anew.connect(self._copied.forget)
        model.capture.changed.connect(self._follow_capture)
        if model.capture.keeper is not None:
            model.capture.keeper.changed.connect(self._follow_capture)
        self.commands = self._commands()
        self._show()

    @property
    def first_focus(self) -> QWidget:
        """Return where the page of the stage begins, or what covers it."""
        if self._curtain is not None:
            return self._curtain
        return self if self._page is None else self._page.first_focus

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw everything in the sizes of the new height.

        What it holds is fitted in and asks for nothing: a long text must not push a window out of
        its screen.
        """
        super().resizeEvent(event)
        self._room = room_look(self._look, event.size().width(), event.size().height())
        self._show()
        self._fit_in()

    def showEvent(self, event: QShowEvent) -> None:
        """Let nothing lie in the clipboard that was copied for one's own eyes."""
        self._copied.forget()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what is typed."""
        self._model.leave()
        self._copied.forget()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), QColor(self._look.theme.tokens.bg))

    @Slot()
    def _show(self) -> None:
        wanted = (self._model.stage, self._room)
        if wanted != self._built:
            self._built = wanted
            self._rebuild()
        self._follow()
        self._cover()

    def _rebuild(self) -> None:
        focus = focus_in(self)
        name = focus.objectName() if focus is not None else ""
        had_focus = focus is not None and focus.hasFocus()
        stays = self._stage is self._model.stage
        self._stage = self._model.stage
        if not stays:
            # Nobody would look after it any more.
            close_aloud(self.window())
        take_out(*self._parts, *self._told)
        self._told, self._shown_trouble = [], (None, None)
        self._bar = Bar(self._model, self._room)
        page = self._make_page()
        self._page = page
        self._parts = [self._bar]
        self._column.addWidget(self._bar)
        if isinstance(page, QWidget):
            self._parts.append(page)
            self._column.addWidget(page, 1)
        self._bar.follow()
        page.follow()
        if isinstance(page, RunningPage):
            page.write_on_after(self._bar)
        if self._under.isVisible():
            # Before something in it takes the focus: a hidden widget would not keep it.
            for part in self._parts:
                part.show()
        again = self.findChild(QWidget, name) if name and stays else None
        if had_focus or not stays:
            (again or page.first_focus).setFocus()

    def _make_page(self) -> _Page:
        model, room = self._model, self._room
        match model.stage:
            case Stage.OPENING:
                return OpeningPage(model, room)
            case Stage.RUNNING:
                return RunningPage(model, room)
            case Stage.REVIEW:
                return ReviewPage(model, room)
            case _:
                return InsteadPage(model, room)

    @Slot()
    def _follow(self) -> None:
        if self._bar is not None:
            self._bar.follow()
        if self._page is not None:
            self._page.follow()
        self._show_trouble()

    @Slot()
    def _follow_capture(self) -> None:
        """Show what is being written, and nothing else anew: this comes with each key."""
        if self._page is not None:
            self._page.follow_capture()
        self._show_trouble()

    def _show_trouble(self) -> None:
        trouble = self._model.capture.trouble or self._model.trouble
        if self._stage is Stage.FAILED:
            trouble = None
        notice = self._notice()
        if (trouble, notice) == self._shown_trouble:
            return
        self._shown_trouble = (trouble, notice)
        take_out(*self._told)
        self._told = []
        if trouble is not None:
            told: QWidget = trouble_banner(self._look, trouble, During.SHARED)
        elif notice is not None:
            icon, text = notice
            told = banner(self._look, text, tone=Tone.MUTE, icon=icon)
        else:
            return
        row = QWidget()
        inside = QVBoxLayout(row)
        inside.setContentsMargins(Space.L, Space.M, Space.L, 0)
        inside.addWidget(told)
        self._column.insertWidget(1, row)
        self._told.append(row)
        come_forward(told, focus=False)

    def _notice(self) -> tuple[str, str] | None:
        """Return what is to be said besides, with its icon: nothing went wrong."""
        _ = self._look.language.gettext
        if self._model.lacks_decision and self._stage is Stage.REVIEW:
            text = _(
                "No decision stands here yet. Once one does, whoever does not agree can say so."
            )
            return "hand", text
        gave_nothing = self._model.floor.gave_nothing
        if gave_nothing is None or self._stage is Stage.FAILED:
            return None
        # Everybody reads this, and whether somebody has given a consent is nothing for everybody.
        return "undo-2", _("That cannot be done here. Go to the leader's window.")

    def _cover(self) -> None:
        model = self._model
        wanted = (model.is_covered, model.break_until, self._room if model.is_covered else None)
        if wanted == self._shown_cover:
            return
        self._shown_cover = wanted
        if self._curtain is not None:
            take_out(self._curtain)
            self._curtain = None
            if not model.is_covered:
                self._under.setEnabled(True)
                self._under.show()
                self.first_focus.setFocus()
        if model.is_covered:
            self._curtain = self._make_cover()
            # Hidden, not only covered: no screen reader, key or click may reach what is below.
            self._under.hide()
            # Nor may anything in it take the focus back, and the keys with it.
            self._under.setEnabled(False)
            self._curtain.setParent(self)
            self._fit_in()
            self._curtain.show()
            self._curtain.setFocus()
            close_others(self.window())

    def _make_cover(self) -> QWidget:
        until = self._model.break_until
        if until is None:
            return Curtain(self._room)
        return BreakCover(self._room, now=self._model.now, until=until)

    def _fit_in(self) -> None:
        self._under.setGeometry(self.rect())
        if self._curtain is not None:
            self._curtain.setGeometry(self.rect())

    @Slot()
    def _tick(self) -> None:
        self._model.look_at_the_day()
        if self._bar is not None and self._page is not None and self.isVisible():
            self._bar.tick()
            self._page.tick()

    def _commands(self) -> tuple[Command, ...]:
        model, capture = self._model, self._model.capture
        _ = self._look.language.gettext
        names = {
            Kind.DECISION: _("Write a decision"),
            Kind.ACTION: _("Write an action"),
            Kind.NOTE: _("Write a note"),
            Kind.OWN_WORDS: _("Write own words"),
        }
        kinds = (
            Command(
                names[kind],
                (f"Ctrl+{place}",),
                partial(self._write, partial(capture.choose_kind, kind)),
            )
            for place, kind in enumerate(CHOSEN_BY_KEY, 1)
        )
        return (
            Command(_("Cover the screen, or lift the cover"), ("F9",), model.toggle_curtain),
            Command(_("Take a break, or go on"), ("Ctrl+B",), model.take_a_break),
            Command(_("Next item"), ("F8",), partial(model.go_by, 1)),
            Command(_("Previous item"), ("Shift+F8",), partial(model.go_by, -1)),
            Command(
                _("Five minutes more for the item"),
                ("F7",),
                partial(self._in_meeting, model.floor.more_time),
            ),
            Command(
                _("Somebody takes back their consent"),
                ("Ctrl+T",),
                partial(model.floor.ask_who_withdraws, asks=True),
            ),
            Command(
                _("Put another item on the agenda"),
                ("Ctrl+I",),
                self._ask_for_item,
            ),
            *kinds,
            Command(
                _("Add what is written, or end the meeting once you have gone through it"),
                ("Ctrl+Return", "Ctrl+Enter"),
                self._go_on,
            ),
            Command(
                _("Add as gone through"),
                ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
                partial(self._write, partial(capture.add, is_tried=True)),
            ),
            Command(_("Say who else it is about"), ALSO_KEYS, self._say_about),
            Command(
                _("Somebody does not agree"),
                ("F4",),
                self._disagree,
            ),
            Command(
                _("Agree on the proposal that is marked"),
                ("F12",),
                partial(self._in_meeting, model.proposing.agree),
            ),
            Command(
                _("Put the marked proposal otherwise"),
                ("F11",),
                partial(self._write, model.proposing.put_otherwise),
            ),
            Command(
                _("Leave the marked proposal for another time"),
                ("Shift+F12",),
                partial(self._in_meeting, model.proposing.leave),
            ),
            Command(
                _("Mark the next proposal"),
                ("Shift+F11",),
                partial(self._in_meeting, partial(model.proposing.mark_next, 1)),
            ),
            Command(_("Everyone is here and has confirmed"), ("Ctrl+E",), model.everyone_is_here),
            Command(_("Back to the meetings"), ("Alt+Left",), self._leave),
        )

    def _in_meeting(self, run: Callable[[], None]) -> None:
        """Do it while the meeting is on the screen, and write on."""
        if self._model.is_covered or self._model.stage is not Stage.RUNNING:
            return
        run()
        self.first_focus.setFocus()

    def _write(self, run: Callable[[], None]) -> None:
        """Do it where it is written here, and go where it is while no name is said."""
        if self._model.is_without_names:
            self._in_meeting(self._model.write_alone)
        else:
            self._in_meeting(run)

    def _disagree(self) -> None:
        """Write it here; from the review, where decisions are read aloud, go where one stands."""
        if self._model.stage is not Stage.REVIEW:
            self._write(self._model.capture.disagree)
        elif self._model.is_without_names:
            self._model.write_alone()
        else:
            self._model.go_and_disagree()

    def _say_about(self) -> None:
        """Open the list; where no name is said there is none, and it is written elsewhere."""
        if self._model.is_without_names:
            self._in_meeting(self._model.write_alone)
        elif not self._model.is_covered and isinstance(self._page, RunningPage):
            self._page.say_about()

    def _ask_for_item(self) -> None:
        if self._model.stage is Stage.RUNNING:
            self._model.floor.ask_for_item(asks=True)

    def _go_on(self) -> None:
        """Do what the primary button of the page does."""
        if self._model.stage is Stage.REVIEW:
            self._model.end()
        else:
            self._write(self._model.capture.add)

    def _leave(self) -> None:
        if not self._model.is_covered:
            self._model.go_back()
