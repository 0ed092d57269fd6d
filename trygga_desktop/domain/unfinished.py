"""An action that was kept as a note: what was said of it stands behind its words, in brackets."""

import re
from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from trygga_desktop.domain.items import Item, ItemKind

_KEPT = re.compile(r" \((?P<told>[^()]*)\)\Z")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?", re.ASCII)


def split_note(text: str, names: Collection[str]) -> tuple[str, str]:
    """Return the words of a note, and the name or day that was kept behind them.

    `names` are those that can have been. Brackets that somebody wrote are part of the words.
    """
    found = _KEPT.search(text)
    if found is None:
        return text, ""
    told = found["told"]
    if told not in names and _DAY.fullmatch(told) is None:
        return text, ""
    return text[: found.start()], told


def complete(note: Item, *, names: Collection[str], origin_id: UUID) -> Item:
    """Return a note as the action that it nearly was; what an agency promises is its own."""
    words, _ = split_note(note.text, names)
    return replace(note, kind=ItemKind.ACTION, lacks=None, text=words, origin_id=origin_id)
