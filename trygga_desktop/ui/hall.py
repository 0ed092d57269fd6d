"""What the rooms of an open vault share: the use cases, and the way to show a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.draft_keeper import DraftUses
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.use_cases import Desk, Services

if TYPE_CHECKING:
    from trygga_desktop.services.changes import Changes

Make = Callable[[Look], QWidget]
"""Makes the view of a screen in a look."""


@runtime_checkable
class Keeping(Protocol):
    """A view model that keeps what is being typed."""

    def leave(self) -> None:
        """Store it at once: the screen is left, or the vault is being locked."""


@runtime_checkable
class Changing(Protocol):
    """A view model that changes the vault, and tells what it changed."""

    made: SignalInstance


@runtime_checkable
class Failing(Protocol):
    """A view model that may meet something after which the vault must be closed."""

    failed: SignalInstance


@runtime_checkable
class Refreshing(Protocol):
    """A view model that decides itself whether to read again after a change."""

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if the change concerns what is shown."""


@runtime_checkable
class Commanding(Protocol):
    """A view that has keys of its own."""

    commands: tuple[Command, ...]


@runtime_checkable
class Focusing(Protocol):
    """A view that knows where the focus starts in it."""

    @property
    def first_focus(self) -> QWidget:
        """Return where the focus starts."""


def first_focus_of(view: QWidget) -> QWidget:
    """Return where the focus starts in a view."""
    found: object = view
    return found.first_focus if isinstance(found, Focusing) else view


def commands_of(view: object) -> tuple[Command, ...]:
    """Return what keys do on a view, nothing where it has none of its own."""
    return view.commands if isinstance(view, Commanding) else ()


def keep_typed(model: object) -> None:
    """Have a view model store what is being typed, if it keeps any."""
    if isinstance(model, Keeping):
        model.leave()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """One for the desk. `may_leave` stores what is being typed and tells whether one may go on.

    `show` puts a screen on: its model, what makes its view, and the room of the rail that it
    belongs to; without one it has the whole window. `join` connects a model to the others.
    """

    desk: Desk
    services: Services
    runner: TaskRunner
    drafts: DraftUses
    may_leave: Callable[[], bool]
    show: Callable[[QObject, Make, str], None]
    join: Callable[[object], None]
