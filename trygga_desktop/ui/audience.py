"""The window of the room: it opens on a second screen, and closes with the meeting."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from trygga_desktop.i18n import Language
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.covering import covers_itself
from trygga_desktop.ui.screens.meeting.audience_model import AudienceModel
from trygga_desktop.ui.screens.meeting.audience_view import AudienceView
from trygga_desktop.ui.widgets.removal import take_out

if TYPE_CHECKING:
    from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel


class Audience(QObject):
    """Shows `model` on a screen of its own. `main` is the window of whoever leads the meeting.

    A screen that shows the same as the leader's own is none for the room. `screen_count` is asked
    how many screens there are.
    """

    def __init__(
        self,
        model: AudienceModel,
        appearance: Appearance,
        main: QWidget,
        *,
        screen_count: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._appearance = appearance
        self._main = main
        self._screen_count = screen_count
        self._window: AudienceWindow | None = None
        appearance.changed.connect(self._rebuild)

    @property
    def language(self) -> Language:
        """Return the language of the screen that everyone sees."""
        return self._appearance.look.language

    @property
    def is_open(self) -> bool:
        """Return whether the room has a screen of its own."""
        return self._window is not None

    @property
    def window(self) -> QWidget | None:
        """Return the window of the room, or None where it has none."""
        return self._window

    @property
    def is_apart(self) -> bool:
        """Return whether the room looks at another screen than the leader, as far as is known."""
        window = self._window
        return window is not None and are_apart(window.shown_on, self._main.screen())

    def screens_in_view(self) -> int:
        """Return how many screens may show what the leader's window shows, as far as is known.

        One, where the room has its own and the leader's window is on another.
        """
        return 1 if self.is_apart else self._screen_count()

    def may_be_mirrored(self) -> bool:
        """Return whether everyone may see the leader's window: nothing tells a clone apart.

        Nor does anything tell that the other screens are not the ones that the room looks at.
        """
        return not self.is_apart or self._main.screen() is not QGuiApplication.primaryScreen()

    def follow(self, leader: MeetingViewModel) -> None:
        """Show this meeting; on a second screen at once, if the leader's is the computer's own."""
        self.model.follow(leader)
        if self._window is None and self._main.screen() is QGuiApplication.primaryScreen():
            second = second_screen(self._main)
            if second is not None:
                self.show_on(second, is_empty=False)

    def show_on(self, screen: QScreen, *, is_empty: bool) -> None:
        """Open the window on that screen, or move it there; an empty one shows the curtain."""
        self.model.keep_empty(is_empty=is_empty)
        if self._window is None:
            self._window = AudienceWindow(self.model, self._appearance)
            self._window.closed.connect(self.close)
        self._window.cover_screen(screen)

    def toggle(self) -> None:
        """Leave the room's screen empty, or show the meeting there; open one that was closed.

        Whoever leads may be at any of the screens, so any other one is the room's. Without one
        there is nothing to show it on.
        """
        model = self.model
        if self._window is not None:
            is_empty = model.is_kept_empty or model.lost_its_picture
            model.keep_empty(is_empty=not is_empty)
            return
        second = second_screen(self._main)
        if second is not None:
            self.show_on(second, is_empty=False)

    def freeze(self) -> None:
        """Keep what the room's own screen shows as it is, or show it as the meeting goes on.

        Where what was kept may not be shown any more, it shows what may be shown now.
        """
        model = self.model
        if self._window is not None:
            model.freeze(is_frozen=not (model.is_frozen or model.lost_its_picture))

    def forget_screen(self, screen: QScreen) -> None:
        """Close the window if it is on a screen that is gone: it must not move to another one."""
        if self._window is not None and self._window.shown_on is screen:
            self.close()

    def let_go(self) -> None:
        """Close the window and show nothing of the meeting: it was left, or the vault closes."""
        self.close()
        self.model.let_go()

    @Slot()
    def close(self) -> None:
        """Close the window."""
        self.model.freeze(is_frozen=False)
        window, self._window = self._window, None
        if window is not None and isValid(window):
            window.hide()
            window.deleteLater()

    @Slot()
    def _rebuild(self) -> None:
        if self._window is not None:
            self._window.rebuild()


class AudienceWindow(QWidget):
    """Fills a screen, without a title bar; it never bears anyone's name and takes no focus."""

    closed = Signal()

    def __init__(self, model: AudienceModel, appearance: Appearance) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._model = model
        self._appearance = appearance
        self._view: AudienceView | None = None
        self._screen: QScreen | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        covers_itself(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.rebuild()

    @property
    def shown_on(self) -> QScreen | None:
        """Return the screen that it fills."""
        return self._screen

    def rebuild(self) -> None:
        """Draw it as the program looks now."""
        look = self._appearance.look
        self.setWindowTitle(look.language.gettext("Trygga: meeting"))
        self.setAccessibleName(self.windowTitle())
        if self._view is not None:
            take_out(self._view)
        self._view = AudienceView(self._model, look)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._view)

    def cover_screen(self, screen: QScreen) -> None:
        """Fill that screen."""
        self._screen = screen
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that somebody closed it."""
        super().closeEvent(event)
        self.closed.emit()


def second_screen(main: QWidget) -> QScreen | None:
    """Return a screen that shows something else than this window's, None where there is none."""
    own = main.screen()
    return next((one for one in QGuiApplication.screens() if are_apart(one, own)), None)


def are_apart(one: QScreen | None, other: QScreen | None) -> bool:
    """Tell whether two screens show different things; mirrored ones lie over each other."""
    if one is None or other is None or one is other:
        return False
    return not one.geometry().intersects(other.geometry())
