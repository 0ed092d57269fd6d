"""What the rooms of an open vault share: the use cases, and the way to show a screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt, SignalInstance, Slot
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget
from shiboken6 import isValid

from trygga_desktop.ui.copied import Copied
from trygga_desktop.ui.draft_keeper import DraftUses
from trygga_desktop.ui.idle import Pace
from trygga_desktop.ui.phrases import PhraseBook
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
class Speaking(Protocol):
    """A view model that tells when there is something else to show."""

    changed: SignalInstance


@runtime_checkable
class Removing(Protocol):
    """A view model in which a part of what was typed can be removed; `removed` carries the undo."""

    removed: SignalInstance


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
class Sending(Protocol):
    """A view model that sends what stands in the fields of its view."""

    changed: SignalInstance

    @property
    def is_sending(self) -> bool:
        """Return whether it is on its way."""


@runtime_checkable
class Paced(Protocol):
    """A view model of something in which nobody need do anything for longer."""

    @property
    def pace(self) -> Pace:
        """Return what is going on."""

    def cover(self) -> None:
        """Cover what is shown."""

    def toggle_curtain(self) -> None:
        """Cover what is shown, or lift the cover."""


@runtime_checkable
class AskingWhoLooksOn(Protocol):
    """A view model for one person's eyes, which asks who sees the screen where it must."""

    @property
    def asks_who_looks_on(self) -> bool:
        """Tell whether that is to be answered: before it is only the way back follows."""


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


class FocusFollower(QObject):
    """Moves the focus on to where a view wants it once there is something to show in it.

    While its model still reads, a view has nothing but the way back. Whoever has moved the focus
    meanwhile keeps it where it is.
    """

    def __init__(self, view: QWidget, model: Speaking) -> None:
        super().__init__(view)
        self._view = view
        self._began = first_focus_of(view)
        model.changed.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        wanted = first_focus_of(self._view)
        if not isValid(self._began):
            self.deleteLater()
        elif wanted is not self._began:
            if self._view.window().focusWidget() is self._began:
                wanted.setFocus(Qt.FocusReason.OtherFocusReason)
            self.deleteLater()


class FieldHolder(QObject):
    """Keeps the fields of a view as they are while what stands in them is on its way.

    What is typed then would be neither recorded nor kept.
    """

    def __init__(self, view: QWidget, model: Sending) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._held: list[QLineEdit | QTextEdit] = []
        model.changed.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        if self._model.is_sending:
            fields: list[QLineEdit | QTextEdit] = [
                *self._view.findChildren(QLineEdit),
                *self._view.findChildren(QTextEdit),
            ]
            free = [one for one in fields if not one.isReadOnly()]
            for field in free:
                field.setReadOnly(True)
            self._held += free
            return
        for field in self._held:
            if isValid(field):
                field.setReadOnly(False)
        self._held.clear()


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
    `phrases` are those of whoever has unlocked the vault, `copied` knows what they copied.
    """

    desk: Desk
    services: Services
    runner: TaskRunner
    drafts: DraftUses
    phrases: PhraseBook
    copied: Copied
    may_leave: Callable[[], bool]
    show: Callable[[QObject, Make, str], None]
    join: Callable[[object], None]
