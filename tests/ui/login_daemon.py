"""Stands in for logind on a bus of a test's own: `python -m tests.ui.login_daemon ADDRESS`.

It answers where the session is, and says what it is told to on its standard input, one word in each
line: sleep, wake, lock, away, hint, other. It repeats each word when that was said.
"""

import sys

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusVirtualObject

from trygga_desktop.ui.platform.session import (
    MANAGER,
    MANAGER_PATH,
    PROPERTIES,
    SERVICE,
    SESSION,
)

SESSION_PATH = "/org/freedesktop/login1/session/_37"

Said = tuple[str, str, str, list[object]]

SAYINGS: dict[str, Said] = {
    "sleep": (MANAGER_PATH, MANAGER, "PrepareForSleep", [True]),
    "wake": (MANAGER_PATH, MANAGER, "PrepareForSleep", [False]),
    "lock": (SESSION_PATH, SESSION, "Lock", []),
    "away": (SESSION_PATH, PROPERTIES, "PropertiesChanged", [SESSION, {"Active": False}, [""]]),
    "hint": (SESSION_PATH, PROPERTIES, "PropertiesChanged", [SESSION, {"LockedHint": True}, [""]]),
    "other": (SESSION_PATH, PROPERTIES, "PropertiesChanged", [SESSION, {"Active": True}, [""]]),
}


def tell(word: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


class Answers(QDBusVirtualObject):
    """Answers what it is asked."""

    def introspect(self, path: str) -> str:  # noqa: ARG002  Qt's signature
        """Describe nothing."""
        return ""

    def handleMessage(  # noqa: N802  Qt's name
        self, message: QDBusMessage, connection: QDBusConnection
    ) -> bool:
        """Return the session; anything else gets a word."""
        is_session = message.member() == "GetSession"
        answer: object = QDBusObjectPath(SESSION_PATH) if is_session else "delayed"
        reply = message.createReply()
        reply.setArguments([answer])
        return connection.send(reply)


class Mouth(QObject):
    """Says on the bus what comes in."""

    def __init__(self, bus: QDBusConnection, parent: QObject) -> None:
        super().__init__(parent)
        self._bus = bus
        self._ear = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._ear.activated.connect(self.say)

    @Slot()
    def say(self) -> None:
        """Say the next word; end when there is none any more."""
        word = sys.stdin.readline().strip()
        if not word:
            QCoreApplication.quit()
            return
        path, interface, name, arguments = SAYINGS[word]
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(arguments)
        self._bus.send(signal)
        tell(word)


def main(address: str) -> int:
    """Answer until the standard input ends."""
    application = QCoreApplication(sys.argv)
    bus = QDBusConnection.connectToBus(address, "logind")
    answers = Answers(application)
    every = QDBusConnection.VirtualObjectRegisterOption.SubPath
    is_there = bus.registerVirtualObject(MANAGER_PATH, answers, every)
    if not is_there or not bus.registerService(SERVICE):
        return 1
    mouth = Mouth(bus, application)
    mouth.setObjectName("mouth")
    tell("ready")
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
