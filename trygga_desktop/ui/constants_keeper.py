"""Keeps Python before 3.12 alive under PySide6 6.12.

Each call of a Qt function that returns nothing takes one reference from None and never gives it
back; True and False lose some too. From Python 3.12 on these objects are immortal. Before, the
process dies with "none_dealloc" after a few thousand such calls, which one screen of ours makes.
"""

import ctypes

_FOR_EVER = 1 << 60


def keep_constants() -> None:
    """Give the constants more references than any run can take."""
    for constant in (None, True, False, NotImplemented, Ellipsis):
        # The count is the first word of an object.
        ctypes.c_ssize_t.from_address(id(constant)).value = _FOR_EVER
