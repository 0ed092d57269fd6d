"""Looks for cycles of rubbish where the windows are: what Qt draws is taken apart there alone."""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

MANY_NEW, MANY_LOOKS, MANY_LONG_LOOKS = 50_000, 20, 50
"""After how many new things it looks among those, after how many such looks among those of before
too, and after how many of the latter among all. That is seldom: a long list of values has no
rubbish, and whoever waits for it waited for the looking as well."""

_LOOKS_EVERY = 250


class Rubbish(QObject):
    """Looks in place of Python, which looks on whichever thread makes something just then.

    A page that nobody holds any more lies in a cycle with its model. Taken apart on the thread
    that works for the vault, it takes the program down with it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(_LOOKS_EVERY)
        timer.timeout.connect(self.look)
        timer.start()

    @Slot()
    def look(self) -> None:
        """Look, if enough has come about since."""
        new, looks, long_looks = gc.get_count()
        if new <= MANY_NEW:
            return
        if looks <= MANY_LOOKS:
            gc.collect(0)
        else:
            gc.collect(1 if long_looks <= MANY_LONG_LOOKS else 2)
