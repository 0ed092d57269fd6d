"""How much is left out of an excerpt, and why: a row for each sort, for the sender alone."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from trygga_desktop.domain.excerpts import LeftOut
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.excerpts.words import count_words, resting_words
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import make_visible


def left_out_rows(  # noqa: PLR0913  what is left out, and the words for it
    look: Look,
    words: ReasonWords,
    left_out: Sequence[LeftOut],
    *,
    recipient: str,
    categories: Mapping[str, str],
    resting: int = 0,
) -> list[QWidget]:
    """Return the rows, or one that says that nothing is left out; `categories` are the names.

    So many commitments that are `resting` are left out besides, whoever it is for.
    """
    if not left_out and not resting:
        return [PlainLabel(look, count_words(0, look.language), style=TextStyle.STRONG)]
    name = make_visible(recipient, lines=False)
    slots = {"recipient": name} if name else {}
    rows: list[QWidget] = []
    for one in left_out:
        pill = words.pill(one.reason)
        title = categories.get(one.category, one.category)
        if one.count > 1:
            title = f"{title} ({look.language.number(one.count)})"
        line = words.statement(one.reason, slots)
        rows.append(IconRow(look, icon=pill.icon, title=title, line=line))
    if resting:
        title, line = resting_words(resting, look.language)
        rows.append(IconRow(look, icon="pause", title=title, line=line))
    return rows
