"""Find the files that ship with the program."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return a shipped folder: `resources` or `migrations`.

    A wheel and a frozen build carry it inside the package, as `_resources`; a checkout has it
    beside the package.
    """
    packed = _PACKAGE / f"_{name}"
    return packed if packed.is_dir() else _PACKAGE.parent / name


def program_folder() -> Path:
    """Return the folder that the program's own processes work in.

    `python -m` takes modules from its working folder before any other: there is no other program's
    code in this one, as there may be in a folder of downloads.
    """
    frozen = getattr(sys, "frozen", False)
    return Path(sys.executable).parent if frozen else _PACKAGE.parent
