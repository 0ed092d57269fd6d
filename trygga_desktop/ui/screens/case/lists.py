"""Lists of the overview that show some rows first: commitments, what happened, the file."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.services.audience import Shown
from trygga_desktop.services.overview import CaseOverview
from trygga_desktop.services.rooms import ShownCommitment, ShownEntry
from trygga_desktop.ui.due_words import with_hour
from trygga_desktop.ui.screens.case.glance import TimelineLine, day_in_words, timeline
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.composed_label import ComposedLabel
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc, IconMark, Pill
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible

_FIRST_COMMITMENTS = 5
_FIRST_HAPPENED = 5
_FIRST_ITEMS = 3
_LONGEST_ROW = 400
_DISC = 28
_AT_TOP = Qt.AlignmentFlag.AlignTop


class Shortened(Card):
    """A card with a list. Its first rows are shown, and the rest for the asking."""

    def __init__(
        self,
        look: Look,
        title: str,
        rows: Sequence[Callable[[], QWidget]],
        *,
        first: int,
        divided: bool = True,
    ) -> None:
        super().__init__(look, title)
        self._rows = rows
        self._look = look
        self._divided = divided
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.M if divided else 0)
        self.body.addLayout(self._list)
        self._add(0, first)
        self._first = first
        if len(rows) > first:
            text = look.language.gettext("Show all {count}").format(count=len(rows))
            self.more = Button(look, text, ButtonKind.LINK, small=True)
            self.more.setObjectName(f"all {title}")
            self.more.setAccessibleDescription(title)
            self.more.clicked.connect(self._show_all)
            self.head.addWidget(self.more)

    def _add(self, start: int, end: int) -> None:
        for place, build in enumerate(self._rows[start:end], start):
            if place and self._divided:
                self._list.addWidget(Divider(self._look))
            self._list.addWidget(build())

    @Slot()
    def _show_all(self) -> None:
        self._add(self._first, len(self._rows))
        self.more.hide()


def commitments_card(look: Look, overview: CaseOverview) -> Card:
    """Return what is promised and still to do, first what is due first."""
    _ = look.language.gettext
    rows = [
        partial(_commitment_row, look, entry, entry.commitment, overview)
        for entry in overview.commitments
        if entry.commitment is not None
    ]
    card = Shortened(look, _("Commitments"), rows, first=_FIRST_COMMITMENTS)
    card.setObjectName("commitments")
    if not rows:
        text2 = look.theme.tokens.text2
        card.body.addWidget(PlainLabel(look, _("No open commitments."), colour=text2))
    return card


def timeline_card(look: Look, overview: CaseOverview) -> Card:
    """Return what has happened in the case, the newest first."""
    lines = timeline(overview, look.language)
    last = len(lines) - 1
    rows = [
        partial(_HappenedRow, look, line, is_last=place == last) for place, line in enumerate(lines)
    ]
    title = look.language.gettext("Events")
    card = Shortened(look, title, rows, first=_FIRST_HAPPENED, divided=False)
    card.setObjectName("timeline")
    return card


def file_card(look: Look, items: Shown) -> Card | None:
    """Return what stands in the case file, the newest first, or None where nothing does."""
    language = look.language
    if not items.items and not items.hidden:
        return None
    rows = [
        partial(_item_row, look, item.text, language.date_long(item.known_on))
        for item in reversed(items.items)
    ]
    card = Shortened(look, language.gettext("In the case file"), rows, first=_FIRST_ITEMS)
    card.setObjectName("file")
    hidden = len(items.hidden)
    if hidden:
        text = language.ngettext(
            "{count} item is not for you to read.",
            "{count} items are not for you to read.",
            hidden,
        ).format(count=hidden)
        text2 = look.theme.tokens.text2
        card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
    return card


class _HappenedRow(QWidget):
    """A disc on a line, and beside it day, title and a line of words."""

    def __init__(self, look: Look, line: TimelineLine, *, is_last: bool) -> None:
        super().__init__()
        self._look = look
        self._is_last = is_last
        text2 = look.theme.tokens.text2
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0 if is_last else Space.M)
        row.setSpacing(Space.M)
        row.addWidget(Disc(look, icon=line.icon, tone=line.tone, size=_DISC), 0, _AT_TOP)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(look, line.day, style=TextStyle.SECONDARY, colour=text2))
        words.addWidget(PlainLabel(look, line.title, style=TextStyle.STRONG))
        if line.line:
            words.addWidget(ComposedLabel(look, line.line, style=TextStyle.SECONDARY, colour=text2))
        row.addLayout(words, 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the line that leads on to what happened before."""
        if self._is_last:
            return
        size = self._look.theme.px(_DISC)
        line = QRectF(size / 2 - 1, size, 2, self.height() - size)
        QPainter(self).fillRect(line, QColor(self._look.theme.tokens.border))


def _commitment_row(
    look: Look, entry: ShownEntry, commitment: ShownCommitment, overview: CaseOverview
) -> QWidget:
    language, tokens = look.language, look.theme.tokens
    name, icon, tone = _commitment_state(look, commitment, overview.catalogue)
    due = with_hour(day_in_words(commitment.due, overview.today, language), commitment.hour)
    who = [
        isolate(make_visible(one, lines=False, longest=LONGEST_NAME))
        for one in (commitment.responsible, commitment.organisation)
        if one
    ]
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(Space.M)
    box.addWidget(IconMark(look, icon, colour=tokens.tint(tone).ink), 0, _AT_TOP)
    words = QVBoxLayout()
    words.setSpacing(1)
    text = make_visible(entry.item.text, lines=False, longest=_LONGEST_ROW)
    words.addWidget(PlainLabel(look, text, style=TextStyle.STRONG))
    line = " · ".join((due, *who))
    words.addWidget(ComposedLabel(look, line, style=TextStyle.SECONDARY, colour=tokens.text2))
    box.addLayout(words, 1)
    box.addWidget(Pill(look, name, tone=tone, icon=icon), 0, Qt.AlignmentFlag.AlignVCenter)
    return row


def _commitment_state(
    look: Look, commitment: ShownCommitment, catalogue: Catalogue
) -> tuple[str, str, Tone]:
    language = look.language
    if commitment.is_late:
        return language.gettext("Not done yet"), "clock", Tone.WARN
    status = next(one for one in catalogue.statuses if one.code is commitment.state)
    return status.name.in_language(language.code), status.icon, Tone(status.tone)


def _item_row(look: Look, text: str, day: str) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    text2 = look.theme.tokens.text2
    column.addWidget(PlainLabel(look, day, style=TextStyle.CAPTION, colour=text2))
    column.addWidget(PlainLabel(look, text))
    return row
