"""Find the files that ship with the program."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return a shipped folder: `resources` or `migrations`.

    A wheel and a frozen build carry it inside the package, as `_resources`; a checkout has it
    beside the package.
    """
    packed = _PACKAGE / f"_{name}"
    return packed if packed.is_dir() else _PACKAGE.parent / name
