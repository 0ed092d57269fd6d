"""One spelling in bytes for each value, for all that is encrypted, signed or summed."""

import json
from typing import Any

# Made once: `json.dumps` with options of its own makes an encoder for every value.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def to_canonical(value: object) -> bytes:
    """Return the value as JSON with sorted keys and no spaces; raise TypeError if it is not any.

    Fractions are not for here: their spelling differs between writers.
    """
    # Pasted text may hold lone surrogates; refusing them here would lose a note.
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


def from_canonical(data: bytes) -> Any:
    """Return the value that these bytes spell; raise ValueError if they spell none."""
    return json.loads(data.decode("utf-8", "surrogatepass"))
