"""The one window of the program: it shows a frame, and never bears anyone's name."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QResizeEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.copied import Copied
from trygga_desktop.ui.covering import close_others
from trygga_desktop.ui.desk_bars import closing_warning, lock_warning, show_seconds, undo_bar
from trygga_desktop.ui.event_log import Event
from trygga_desktop.ui.frames import Build, Shown
from trygga_desktop.ui.idle import IdleWatch
from trygga_desktop.ui.key_anywhere import KeyAnywhere
from trygga_desktop.ui.problems import Trouble, read_error
from trygga_desktop.ui.screen_question import ScreenAnswer, ScreenQuestion
from trygga_desktop.ui.screens.problem.view_model import Exit, ProblemViewModel, WayOn
from trygga_desktop.ui.shortcuts import Command, install, shortcuts_dialog
from trygga_desktop.ui.tasks import LONGEST_WAIT, NotingRunner, TaskRunner
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.vault_rooms import VaultRooms
from trygga_desktop.ui.widgets.floating_bar import FloatingBar
from trygga_desktop.ui.widgets.page import bring_into_view
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.window_cover import WindowCover

if TYPE_CHECKING:
    from trygga_desktop.services.vault import OpenVault
    from trygga_desktop.ui.desk_rooms import DeskRooms

_SMALLEST = (640, 400)
_USUAL = (1366, 768)
_EDGE = 48
"""Pixels that the system's own frame and title may take."""


class MainWindow(QMainWindow):
    """Shows what the rooms ask for, rebuilds it when its look changes, and knows the keys.

    With a vault it starts at the unlock screen of that one, as after a lock. `patience` is how many
    milliseconds a lock waits for work that hangs.
    """

    def __init__(  # noqa: PLR0913  half of them have a default
        self,
        services: Services,
        appearance: Appearance,
        runner: TaskRunner,
        *,
        vault: Path | None = None,
        patience: int = LONGEST_WAIT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._patience = patience
        self._appearance = appearance
        self._services = services
        self._runner: TaskRunner = NotingRunner(runner, self._note_failure)
        self._build: Build | None = None
        self._shown: Shown | None = None
        self._desk: DeskRooms | None = None
        self._bar: QWidget | None = None
        self._warning: FloatingBar | None = None
        self._cover = WindowCover(appearance, self)
        self._copied = Copied(self)
        self._closing_warning: FloatingBar | None = None
        self.setWindowTitle("Trygga")
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_USUAL)
        self._vault_rooms = VaultRooms(services, self._runner, appearance, self)
        self._vault_rooms.wanted.connect(self._show)
        self._vault_rooms.unlocked.connect(self.enter_desk)
        appearance.changed.connect(self._rebuild)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
            application.screenAdded.connect(self.screen_added)
            application.screenRemoved.connect(self.screen_removed)
        self._install_commands()
        if vault is None:
            self._vault_rooms.go_to_start()
        else:
            self._vault_rooms.begin_at(vault)

    @property
    def vault_rooms(self) -> VaultRooms:
        """Return the rooms before a vault is open."""
        return self._vault_rooms

    @property
    def desk_rooms(self) -> DeskRooms | None:
        """Return the rooms of the open vault, if there is one."""
        return self._desk

    @property
    def commands(self) -> tuple[Command, ...]:
        """Return everything that keys do at this moment."""
        _ = self._appearance.look.language.gettext
        common = (
            Command(_("Next part of the window"), ("F6",), self.go_to_next_region),
            Command(_("Larger text"), ("Ctrl++", "Ctrl+="), self._appearance.larger_text),
            Command(_("Smaller text"), ("Ctrl+-",), self._appearance.smaller_text),
            Command(_("Usual text size"), ("Ctrl+0",), self._appearance.usual_text),
            Command(_("Show the keyboard shortcuts"), ("F1",), self.show_shortcuts),
        )
        desk = () if self._desk is None else self._desk.commands(self._appearance.look)
        return (*desk, *common)

    def show_within(self, room: QSize) -> None:
        """Show it at its usual size, or over all of a screen that has no more room than that."""
        if room.width() < self.width() + _EDGE or room.height() < self.height() + _EDGE:
            self.showMaximized()
        else:
            self.show()

    def go_to_next_region(self) -> None:
        """Put the focus into the next region of the frame."""
        if self._shown is None:
            return
        regions = self._shown.regions
        focus = self._focus()
        here = [
            index
            for index, one in enumerate(regions)
            if focus is not None and one.isAncestorOf(focus)
        ]
        following = regions[(here[0] + 1) % len(regions)] if here else regions[0]
        first = first_focusable(following)
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_shortcuts(self) -> None:
        """Open the list of keys."""
        shortcuts_dialog(self._appearance.look, self.commands, self).open()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow from now on which screen the window is on."""
        super().showEvent(event)
        self.windowHandle().screenChanged.connect(
            self._follow_screen, Qt.ConnectionType.UniqueConnection
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the desk, whose rail is wide or narrow."""
        super().resizeEvent(event)
        self._cover.fit_in()
        if self._desk is not None:
            self._desk.follow_width(event.size().width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the vault; whoever runs the application waits for that.

        Text that is on no disk is told about first: whoever closes the window again has read it.
        """
        desk = self._desk
        if desk is not None and desk.is_open:
            desk.leave()
            if desk.waits_for_disk and self._closing_warning is None:
                self._closing_warning = closing_warning(self._appearance.look, self)
                desk.unstored.changed.connect(self._stop_closing_warning)
                event.ignore()
                return
        if desk is not None:
            desk.close()
        super().closeEvent(event)

    def enter_desk(self, vault: OpenVault) -> None:
        """Show home of a vault that has been unlocked."""
        from trygga_desktop.ui.desk_rail import CURTAIN_KEYS, LOCK_KEYS
        from trygga_desktop.ui.desk_rooms import DeskRooms

        desk = DeskRooms(
            self._services.desk(vault),
            self._services,
            self._runner,
            self._appearance,
            window=self,
            copied=self._copied,
            patience=self._patience,
            parent=self,
        )
        self._desk = desk
        desk.wanted.connect(self._show)
        desk.rebuild_wanted.connect(self._rebuild)
        desk.commands_changed.connect(self._install_commands)
        desk.closing.connect(self._close_others)
        desk.must_lock.connect(self._tell_why_locked)
        desk.drafts.undo_changed.connect(self._show_bar)
        lock_key = KeyAnywhere(LOCK_KEYS, desk)
        lock_key.pressed.connect(desk.lock)
        curtain_key = KeyAnywhere(CURTAIN_KEYS, desk)
        curtain_key.pressed.connect(self._toggle_curtain)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(lock_key)
            application.installEventFilter(curtain_key)
        self._services.note(Event.UNLOCKED, None)
        self._watch(desk)
        self._vault_rooms.close()
        desk.go_home()

    @Slot()
    def _toggle_curtain(self) -> None:
        """Cover what is shown, whatever stands over it, or lift the cover."""
        if self._desk is None or not self._desk.is_open or self._cover.asks:
            return
        close_others(self)
        if self._cover.is_down or not self._desk.toggle_curtain():
            self._cover.toggle()
            self._desk.follow_cover(is_down=self._cover.is_down)

    @Slot()
    def _cover_meeting(self) -> None:
        """Cover a meeting that nobody has touched for a while, from the leader's page too."""
        if self._desk is None or not self._desk.is_open or self._cover.is_down:
            return
        close_others(self)
        if not self._desk.cover():
            self._cover.toggle()
            self._desk.follow_cover(is_down=True)

    def _watch(self, desk: DeskRooms) -> None:
        """Lock when nobody is there any more: nothing was done for a while, or the system says."""
        services = self._services
        idle = IdleWatch(services.lock_times, clock=services.clock, pace=desk.pace, parent=desk)
        idle.warned.connect(self._warn)
        idle.calmed.connect(self._stop_warning)
        idle.curtain_wanted.connect(self._cover_meeting)
        idle.lock_wanted.connect(desk.lock)
        idle.rested.connect(desk.rest)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(idle)
        session = services.watch_session()
        if session is not None:
            session.must_lock.connect(desk.lock)

    @Slot(int)
    def _warn(self, seconds: int) -> None:
        """Say that the vault is going to be locked; whatever one does keeps it open."""
        if self._desk is None or not self._desk.is_open:
            return
        if self._warning is None:
            waits = self._desk.waits_for_disk
            self._warning = lock_warning(self._appearance.look, seconds, self, waits=waits)
            # What can be taken back must not stand in front of it.
            self._show_bar()
        else:
            waits = self._desk.waits_for_disk
            show_seconds(self._warning, self._appearance.look, seconds, waits=waits)

    @Slot()
    def _stop_closing_warning(self) -> None:
        if self._closing_warning is not None and self._desk and not self._desk.waits_for_disk:
            take_out(self._closing_warning)
            self._closing_warning = None

    @Slot()
    def _stop_warning(self) -> None:
        if self._warning is not None:
            take_out(self._warning)
            self._warning = None
            self._show_bar()

    def tell_unforeseen(self, trouble: Trouble) -> None:
        """Show an error that nobody was there to take; an open vault is let go of first."""
        if isinstance(self._vault_rooms.current, ProblemViewModel):
            # Told already. A page that fails itself would come again and again.
            return
        self._services.note(Event.PROBLEM, trouble.kind)
        if self._desk is None:
            exits = [Exit(WayOn.CHOOSE_VAULT, self._vault_rooms.go_to_start)]
            self._vault_rooms.tell(trouble, exits)
        else:
            self._desk.close_and_tell(trouble)

    def _note_failure(self, error: Exception) -> None:
        self._services.note(Event.PROBLEM, read_error(error).kind)

    def _tell_why_locked(self, trouble: Trouble) -> None:
        """Show why the vault was closed; from there one only gets back to its unlock screen."""
        if self._desk is not None:
            self._vault_rooms.tell(trouble, [Exit(WayOn.UNLOCK_AGAIN, self._desk.start_again)])

    def _close_others(self) -> None:
        """Close every dialog, popup and menu: none may hold a lock up, or stay over the cover."""
        self._stop_warning()
        close_others(self)

    def _show(self, build: Build) -> None:
        self._build = build
        shown = build(self._appearance.look)
        self._put(shown)
        shown.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _rebuild(self) -> None:
        """Build the frame anew and leave the focus where it was."""
        self._install_commands()
        if self._build is None:
            return
        focus = self._focus()
        name = focus.objectName() if focus is not None else ""
        shown = self._build(self._appearance.look)
        self._put(shown)
        again = shown.frame.findChild(QWidget, name) if name else None
        to = shown.first_focus if again is None else again
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self) -> QWidget | None:
        return self.focusWidget()

    def _put(self, shown: Shown) -> None:
        self._shown = shown
        self._cover.follow(shown.frame)
        before = self.takeCentralWidget()
        if before is not None:
            # Qt would keep it for a moment, and with it all that a page before a meeting told.
            take_out(before)
        self.setCentralWidget(shown.frame)
        self._show_bar()
        # Shown before something in it takes the focus: a hidden widget would not keep it.
        shown.frame.setVisible(not self._cover.is_down)

    def _show_bar(self) -> None:
        """Show what can be taken back, over whatever page follows."""
        if self._bar is not None:
            take_out(self._bar)
            self._bar = None
        if self._warning is not None:
            self._warning.raise_()
        elif self._desk is not None and self._desk.drafts.can_undo:
            self._bar = undo_bar(self._appearance.look, self._desk.drafts, self)

    def _install_commands(self) -> None:
        install(self, self.commands)

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            bring_into_view(now)

    @Slot(QScreen)
    def screen_added(self, screen: QScreen) -> None:
        """Cover everything, and ask what the new screen is to show, if a vault is open."""
        self.screens_changed()
        desk = self._desk
        if desk is None or not desk.is_open:
            return
        close_others(self)
        size = screen.size()
        name = f"{screen.name()}, {size.width()} × {size.height()}".strip(", ")  # noqa: RUF001  measures
        question = ScreenQuestion(self._appearance.look, name, has_meeting=desk.has_meeting)
        question.chosen.connect(partial(self._answer, screen))
        self._cover.put(question)

    @Slot(QScreen)
    def screen_removed(self, screen: QScreen) -> None:
        """Close what was shown on it, and cover a meeting: it may have moved to another screen."""
        if self._desk is not None:
            self._desk.audience.forget_screen(screen)
        if self._cover.asks:
            self._cover.lift()
        self.screens_changed()

    @Slot(QScreen)
    def _follow_screen(self, _: QScreen) -> None:
        """Hide what the room must not see: the window may have been moved onto its screen."""
        if self._desk is not None and self._desk.audience.is_open:
            self._desk.follow_screens()

    def _answer(self, screen: QScreen, answer: ScreenAnswer) -> None:
        desk = self._desk
        if desk is None:
            return
        if answer is ScreenAnswer.LOCK:
            desk.lock()
            return
        self._cover.lift()
        if answer is not ScreenAnswer.GO_ON and screen in QGuiApplication.screens():
            desk.audience.show_on(screen, is_empty=answer is ScreenAnswer.LEAVE_EMPTY)
            desk.uncover()
            self.activateWindow()

    def screens_changed(self) -> None:
        """Hide or show what only one person may see: a screen came or went."""
        self._vault_rooms.screens_changed()
        if self._desk is not None:
            self._desk.screens_changed()


def first_focusable(region: QWidget) -> QWidget | None:
    """Return the first widget in the region that Tab would reach."""
    widget = region.nextInFocusChain()
    while widget is not None and widget is not region:
        reachable = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if region.isAncestorOf(widget) and reachable and widget.isVisible() and widget.isEnabled():
            return widget
        widget = widget.nextInFocusChain()
    return None
