"""What the main window needs to know of the frame it shows."""

from collections.abc import Callable
from typing import NamedTuple, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.theme.look import Look


class Shown(NamedTuple):
    """A frame, where the focus starts in it, and the regions that F6 goes through."""

    frame: QWidget
    first_focus: QWidget
    regions: tuple[QWidget, ...]


@runtime_checkable
class FollowsScreens(Protocol):
    """A view model that shows something which only one person may see."""

    def screens_changed(self) -> None:
        """Hide or show it: a screen came or went."""


def follow_screens(model: object) -> None:
    """Tell a view model that a screen came or went, if it shows anything that is not for all."""
    if isinstance(model, FollowsScreens):
        model.screens_changed()


Build = Callable[[Look], Shown]
"""Builds the frame of the moment; called again when theme, text size or language changes."""
