"""What covers the whole window on any page: a curtain, or a question to be answered first."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.hall import first_focus_of
from trygga_desktop.ui.screens.meeting.curtain import Curtain
from trygga_desktop.ui.screens.meeting.sizes import room_look
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.removal import take_out


class WindowCover(QObject):
    """Hides the frame of a window and stands in its place; the window tells of each new frame."""

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self._appearance = appearance
        self._window = window
        self._frame: QWidget | None = None
        self._cover: QWidget | None = None

    @property
    def asks(self) -> bool:
        """Return whether it waits for an answer, and goes for nothing else."""
        return self._cover is not None and not isinstance(self._cover, Curtain)

    @property
    def is_down(self) -> bool:
        """Return whether nothing of the page can be seen."""
        return self._cover is not None

    def toggle(self) -> None:
        """Draw the curtain, or lift it."""
        if self.is_down:
            self.lift()
        else:
            size = self._window.size()
            self.put(Curtain(room_look(self._appearance.look, size.width(), size.height())))

    def put(self, cover: QWidget) -> None:
        """Have this stand in place of the page: no screen reader, key or click gets through."""
        if self._cover is not None:
            take_out(self._cover)
        self._cover = cover
        cover.setParent(self._window)
        self._hide_frame()
        self.fit_in()
        cover.show()
        cover.raise_()
        first_focus_of(cover).setFocus(Qt.FocusReason.OtherFocusReason)

    def lift(self) -> None:
        """Show the page again, with the focus where it was."""
        if self._cover is None:
            return
        take_out(self._cover)
        self._cover = None
        if self._frame is not None:
            self._frame.setEnabled(True)
            self._frame.show()
            (focus_in(self._frame) or self._frame).setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, frame: QWidget) -> None:
        """Take the frame that is shown from now on; under a cover it stays hidden."""
        self._frame = frame
        self._hide_frame()

    def fit_in(self) -> None:
        """Cover all of the window, whatever size it has."""
        if self._cover is not None:
            self._cover.setGeometry(self._window.rect())

    def _hide_frame(self) -> None:
        if self._cover is not None and self._frame is not None:
            self._frame.hide()
            # Nor may anything in it take the focus back, and the keys with it.
            self._frame.setEnabled(False)
