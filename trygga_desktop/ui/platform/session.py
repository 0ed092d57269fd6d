"""Notices that the computer goes to sleep, is locked, or is handed to another user.

On Linux logind tells so over D-Bus, also when the lid is closed. On other systems nothing is
noticed yet, and the program says so; it locks by itself after a while.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtDBus import QDBusConnection

SERVICE = "org.freedesktop.login1"
MANAGER_PATH = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"

_OURS = "auto"
"""What logind calls the session of whoever asks, or else the one that has the screen."""

_ANSWER_IN = 1_000
"""Milliseconds for an answer of logind: the window must not wait longer for it."""


class SessionWatch(QObject):
    """Tells with `must_lock` that nobody sits here any more, or that somebody else will.

    It asks logind to wait with sleep until this process has ended, for the few seconds that logind
    gives. `is_told` says whether logind tells it anything, `hears` whether it also waits: otherwise
    the computer may sleep before the vault is locked, and nobody may rely on it.
    """

    must_lock = Signal()

    def __init__(self, bus: QDBusConnection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._delay: object = None
        session = self._find_session()
        self.is_told = bool(session) and self._listen(session)
        self.hears = self.is_told and self._delay_sleep()

    @Slot(bool)
    def sleep_comes(self, begins: bool) -> None:  # noqa: FBT001  the signal of logind
        """Take the news that sleep begins; that it has ended needs nothing."""
        if begins:
            self.must_lock.emit()

    @Slot()
    def session_locks(self) -> None:
        """Take the news that the screen is being locked."""
        self.must_lock.emit()

    @Slot(str, "QVariantMap", "QStringList")
    def session_changes(
        self, _interface: str, changed: Mapping[str, object], _others: Sequence[str]
    ) -> None:
        """Take the news that another user has the screen, or that a desktop has locked it."""
        if changed.get("Active") is False or changed.get("LockedHint") is True:
            self.must_lock.emit()

    def _listen(self, session: str) -> bool:
        news = (
            (MANAGER_PATH, MANAGER, "PrepareForSleep", "sleep_comes(bool)"),
            (session, SESSION, "Lock", "session_locks()"),
            (
                session,
                PROPERTIES,
                "PropertiesChanged",
                "session_changes(QString,QVariantMap,QStringList)",
            ),
        )
        return all(self._connect(*one) for one in news)

    def _delay_sleep(self) -> bool:
        from PySide6.QtDBus import QDBusUnixFileDescriptor  # noqa: PLC0415  as below

        # Held for as long as this process lives; its end lets the computer sleep.
        self._delay = self._ask("Inhibit", "sleep", "Trygga", "Trygga", "delay")
        return isinstance(self._delay, QDBusUnixFileDescriptor) and self._delay.isValid()

    def _connect(self, path: str, interface: str, name: str, slot: str) -> bool:
        to = SLOT(slot)
        return self._bus.connect(SERVICE, path, interface, name, self, to)  # type: ignore[call-overload,no-any-return]  # its stub wants bytes, it takes text only

    def _find_session(self) -> str:
        from PySide6.QtDBus import QDBusObjectPath  # noqa: PLC0415  only where there is a bus

        path = self._ask("GetSession", _OURS)
        return path.path() if isinstance(path, QDBusObjectPath) else ""

    def _ask(self, method: str, *arguments: str) -> object:
        from PySide6.QtDBus import QDBusMessage  # noqa: PLC0415  as above

        call = QDBusMessage.createMethodCall(SERVICE, MANAGER_PATH, MANAGER, method)
        call.setArguments(list(arguments))
        reply = self._bus.call(call, timeout=_ANSWER_IN)
        answered = reply.type() is QDBusMessage.MessageType.ReplyMessage and reply.arguments()
        return reply.arguments()[0] if answered else None


def watch_session(parent: QObject | None = None) -> SessionWatch | None:
    """Return what notices sleep, lock and another user, or None where nothing here can."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  needs a library of the system
    except ImportError:
        return None
    bus = QDBusConnection.systemBus()
    if not bus.isConnected():
        return None
    watch = SessionWatch(bus, parent)
    return watch if watch.is_told else None
