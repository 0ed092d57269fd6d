"""Windows and screens: the only part of the program that knows Qt."""

import sys

if sys.version_info < (3, 12):
    from trygga_desktop.ui.constants_keeper import keep_constants

    keep_constants()
