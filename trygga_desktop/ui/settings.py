"""How one person likes the program to look, and where vaults lie on this computer.

Nothing here is secret or about anyone: the file is plain text. A damaged or unwritable file never
stops the program; the defaults apply then.
"""

import configparser
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

from trygga_desktop.i18n import LANGUAGES
from trygga_desktop.ui.theme.theme import ThemeName, keep_text_scale

T = TypeVar("T")

_SECTION = "view"
_MOST_VAULTS = 6
_LARGEST_FILE = 64 * 1024


@dataclass(frozen=True, slots=True)
class ViewSettings:
    """Language, theme, text scale, and the vaults opened here, the latest first."""

    language: str = "sv"
    theme: ThemeName = ThemeName.SYSTEM
    text_scale: float = 1.0
    vaults: tuple[Path, ...] = ()

    def with_vault(self, folder: Path) -> "ViewSettings":
        """Return the settings with this vault as the latest."""
        others = tuple(known for known in self.vaults if known != folder)
        return replace(self, vaults=(folder, *others)[:_MOST_VAULTS])

    def without_vault(self, folder: Path) -> "ViewSettings":
        """Return the settings without this vault, as when it is gone."""
        return replace(self, vaults=tuple(known for known in self.vaults if known != folder))


class SettingsFile:
    """Reads and writes the settings in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> ViewSettings:
        """Return what is stored, with a default in place of whatever cannot be used."""
        parser = configparser.ConfigParser(interpolation=None)
        with suppress(OSError, configparser.Error, UnicodeDecodeError):
            if self._path.stat().st_size <= _LARGEST_FILE:
                parser.read(self._path, encoding="utf-8")
        stored = dict(parser[_SECTION]) if parser.has_section(_SECTION) else {}
        default = ViewSettings()
        return ViewSettings(
            language=_read(stored.get("language"), _language, default.language),
            theme=_read(stored.get("theme"), ThemeName, default.theme),
            text_scale=_read(stored.get("text_scale"), _text_scale, default.text_scale),
            vaults=_read(stored.get("vaults"), _folders, default.vaults),
        )

    def store(self, settings: ViewSettings) -> None:
        """Write the settings; a folder that cannot be written keeps the old ones."""
        parser = configparser.ConfigParser(interpolation=None)
        parser[_SECTION] = {
            "language": settings.language,
            "theme": settings.theme,
            "text_scale": str(settings.text_scale),
            "vaults": json.dumps([str(folder) for folder in settings.vaults]),
        }
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(
                "w", dir=self._path.parent, encoding="utf-8", delete=False
            ) as draft:
                parser.write(draft)
            Path(draft.name).replace(self._path)


def _read(text: str | None, convert: Callable[[str], T], default: T) -> T:
    if text is None:
        return default
    try:
        return convert(text)
    except (ValueError, TypeError, RecursionError):
        return default


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError
    return text


def _text_scale(text: str) -> float:
    scale = float(text)
    if not 0 < scale < 10:  # noqa: PLR2004  also refuses infinity and no number
        raise ValueError
    return keep_text_scale(scale)


def _folders(text: str) -> tuple[Path, ...]:
    found = json.loads(text)
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise TypeError
    return tuple(Path(one) for one in found if "\0" not in one)[:_MOST_VAULTS]
