"""Stands in for logind on a bus of a test's own: `python -m tests.ui.login_daemon ADDRESS MANNER`.

It answers where the session is, and says what it is told to on its standard input, one word in each
line: sleep, wake, lock, away, hint, other. It repeats each word when that was said. At the word
`delays` it tells how many hold the sleep of the computer up. The manner `refusing` lets nobody.
"""

import os
import select
import sys

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVirtualObject,
)

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
    """Answers what it is asked; who may hold sleep up gets the end of a pipe, and keeps it open."""

    def __init__(self, manner: str, parent: QObject) -> None:
        super().__init__(parent)
        self._manner = manner
        self._delays: list[int] = []

    @property
    def delays(self) -> int:
        """Return how many hold sleep up: nothing can be read from a pipe that somebody holds."""
        return sum(not select.select([one], [], [], 0)[0] for one in self._delays)

    def introspect(self, path: str) -> str:  # noqa: ARG002  Qt's signature
        """Describe nothing."""
        return ""

    def handleMessage(  # noqa: N802  Qt's name
        self, message: QDBusMessage, connection: QDBusConnection
    ) -> bool:
        """Return the session, or what holds sleep up."""
        if message.member() == "GetSession":
            reply = message.createReply()
            reply.setArguments([QDBusObjectPath(SESSION_PATH)])
            return connection.send(reply)
        wanted = (message.member(), message.arguments()[0], message.arguments()[-1])
        if wanted != ("Inhibit", "sleep", "delay") or self._manner == "refusing":
            denied = "org.freedesktop.DBus.Error.AccessDenied"
            return connection.send(message.createErrorReply(denied, "Permission denied"))
        ours, theirs = os.pipe()
        self._delays.append(ours)
        reply = message.createReply()
        # It takes a copy, which is closed once it was sent.
        reply.setArguments([QDBusUnixFileDescriptor(theirs)])
        os.close(theirs)
        return connection.send(reply)


class Mouth(QObject):
    """Says on the bus what comes in."""

    def __init__(self, bus: QDBusConnection, answers: Answers, parent: QObject) -> None:
        super().__init__(parent)
        self._bus = bus
        self._answers = answers
        self._ear = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._ear.activated.connect(self.say)

    @Slot()
    def say(self) -> None:
        """Say the next word; end when there is none any more."""
        word = sys.stdin.readline().strip()
        if not word:
            QCoreApplication.quit()
            return
        if word == "delays":
            tell(str(self._answers.delays))
            return
        path, interface, name, arguments = SAYINGS[word]
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(arguments)
        self._bus.send(signal)
        tell(word)


def main(address: str, manner: str) -> int:
    """Answer until the standard input ends."""
    application = QCoreApplication(sys.argv)
    bus = QDBusConnection.connectToBus(address, "logind")
    answers = Answers(manner, application)
    every = QDBusConnection.VirtualObjectRegisterOption.SubPath
    is_there = bus.registerVirtualObject(MANAGER_PATH, answers, every)
    if not is_there or not bus.registerService(SERVICE):
        return 1
    mouth = Mouth(bus, answers, application)
    mouth.setObjectName("mouth")
    tell("ready")
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
