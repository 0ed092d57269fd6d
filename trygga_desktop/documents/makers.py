"""What draws the pages, with its versions: the same of all give the same bytes."""

import functools
import unicodedata
import zlib
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from trygga_desktop import __version__
from trygga_desktop.paths import shipped

_PACKAGES = ("babel", "pillow", "pyphen", "python-bidi", "reportlab", "uharfbuzz")
_DIGITS = 16


@functools.cache
def makers() -> tuple[tuple[str, str], ...]:
    """Return the names of program, libraries and tables with their versions, in order.

    `pages` stands for the fonts, texts and modules that make them: between two releases they change
    without a new version.
    """
    found = {name: version(name) for name in _PACKAGES}
    found["pages"] = _digest_of_pages()
    found["trygga"] = __version__
    found["unicode"] = unicodedata.unidata_version
    found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    return tuple(sorted(found.items()))


def _digest_of_pages() -> str:
    resources = shipped("resources")
    found = sha256()
    for folder, names in (
        (Path(__file__).parent, "*.py"),
        (resources / "fonts", "*.ttf"),
        (resources / "i18n", "*.mo"),
        (resources / "colour", "*.icc"),
    ):
        for path in sorted(folder.rglob(names)):
            found.update(path.read_bytes())
    return found.hexdigest()[:_DIGITS]
