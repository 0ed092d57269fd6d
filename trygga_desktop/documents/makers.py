"""What draws the pages, with its versions: the same of all give the same bytes."""

import functools
import unicodedata
import zlib
from importlib.metadata import version

from trygga_desktop import __version__

_PACKAGES = ("babel", "pillow", "pyphen", "python-bidi", "reportlab", "uharfbuzz")


@functools.cache
def makers() -> tuple[tuple[str, str], ...]:
    """Return the names of program, libraries and tables with their versions, in order."""
    found = {name: version(name) for name in _PACKAGES}
    found["trygga"] = __version__
    found["unicode"] = unicodedata.unidata_version
    found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    return tuple(sorted(found.items()))
