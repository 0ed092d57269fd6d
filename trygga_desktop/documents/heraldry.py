"""The coat of arms as a document keeps it: in base 64, so that a record can hold it."""

from base64 import b64decode, b64encode

from trygga_desktop.domain.picture import Picture, read_picture


def write_arms(png: bytes) -> str:
    """Return a picture as a document keeps it. None is empty."""
    return b64encode(png).decode("ascii")


def read_arms(kept: str) -> Picture | None:
    """Return the picture of a document; raise ValueError for what is none."""
    return read_picture(b64decode(kept, validate=True)) if kept else None
