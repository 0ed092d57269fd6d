"""What was written down: each sort of entry in its own box, a dissent right below its decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.words import shown, who_and_when
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.inputs import TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.painting import draw_box, smooth
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import LONGEST, make_visible

_READ_ROWS = 12


class MarkedBox(TintedBox):
    """The decision that somebody is about to disagree with."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box with a bold edge."""
        super().paintEvent(event)
        painter = QPainter(self)
        smooth(painter)
        edge = self._tokens.warn
        draw_box(painter, QRectF(self.rect()), radius=Radius.BOX, edge=edge, width=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """How a box looks, whatever words stand in it: one of this shape can show others.

    Without a `tone` it has an outline alone. `whole` is an entry that is too long for a label.
    """

    icon: str
    ink: str
    tone: Tone | None = None
    is_marked: bool = False
    is_voice: bool = False
    has_line: bool = False
    whole: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What stands in a box."""

    label: str
    text: str
    line: str = ""


class EntryColumn(QWidget):
    """Boxes for what was noted, below each other.

    What changes is changed in the boxes that stand there. No words stay in one that is not needed,
    and what was read in full goes with its box.
    """

    def __init__(self, room: RoomLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._boxes: list[_Box] = []
        self._shown = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)

    @property
    def newest(self) -> QWidget | None:
        """Return the box that stands last."""
        return self._boxes[self._shown - 1].widget if self._shown else None

    def show_entries(self, entries: Sequence[ShownEntry], marked: UUID | None) -> None:
        """Show these, in the order they were said; `marked` is disagreed with."""
        wanted = _all_of(self._room, entries, marked)
        for place, (shape, words) in enumerate(wanted):
            if place < len(self._boxes) and self._boxes[place].shape == shape:
                self._boxes[place].show_words(words)
                self._boxes[place].widget.show()
                continue
            box = _Box(self._room, shape, words)
            if place < len(self._boxes):
                take_out(self._boxes[place].widget)
                self._boxes[place] = box
            else:
                self._boxes.append(box)
            self._column.insertWidget(place, box.widget)
        self._shown = len(wanted)
        self._empty()

    def _empty(self) -> None:
        """Keep boxes without words: when somebody comes in, most is there again in a moment."""
        spare = self._boxes[self._shown :]
        take_out(*(one.widget for one in spare if not one.can_be_empty))
        for box in spare:
            if box.can_be_empty:
                box.widget.hide()
                box.show_words(_Words(label="", text=""))
        self._boxes[self._shown :] = [one for one in spare if one.can_be_empty]


def entry_boxes(room: RoomLook, entries: Sequence[ShownEntry]) -> list[QWidget]:
    """Return a box for each entry, in the order they were said."""
    return [_Box(room, shape, words).widget for shape, words in _all_of(room, entries, None)]


def _all_of(
    room: RoomLook, entries: Sequence[ShownEntry], marked: UUID | None
) -> list[tuple[_Shape, _Words]]:
    found = []
    for entry in entries:
        found.append(_told(room, entry, is_marked=entry.item.id == marked))
        found += [_dissent(room, one) for one in entry.dissents]
    return found


def _told(room: RoomLook, entry: ShownEntry, *, is_marked: bool) -> tuple[_Shape, _Words]:
    language, tokens = room.near.language, room.near.theme.tokens
    _ = language.gettext
    text = entry.item.text
    whole = _whole(entry)
    if _is_quoted(entry):
        shape = _Shape(icon="quote", ink=tokens.info, tone=Tone.INFO, is_voice=True, whole=whole)
        return shape, _Words(label=shown(entry.who) or _("Own words"), text=text)
    tone: Tone | None = None
    match entry.item.kind:
        case ItemKind.DECISION:
            label, icon, line, tone = _("Decision"), "signpost", shown(entry.who), Tone.ACCENT
            ink = tokens.tint(Tone.ACCENT).ink
        case ItemKind.ACTION:
            commitment = entry.commitment
            line = "" if commitment is None else who_and_when(commitment, language)
            label, icon, ink = _("Action"), "square-check", tokens.accent
        case _:
            label, icon, line = _("Note"), "message-square", shown(entry.who)
            ink = tokens.text2
    shape = _Shape(
        icon=icon,
        ink=ink,
        tone=tone,
        is_marked=is_marked and tone is not None,
        has_line=bool(line),
        whole=whole,
    )
    return shape, _Words(label=label, text=text, line=line)


def _is_quoted(entry: ShownEntry) -> bool:
    """Tell whether they are somebody's own words: what others say of them is no quote."""
    item = entry.item
    is_told = item.kind not in {ItemKind.DECISION, ItemKind.ACTION}
    return item.category == VOICE and item.said_by is not None and is_told


def _dissent(room: RoomLook, entry: ShownEntry) -> tuple[_Shape, _Words]:
    _ = room.near.language.gettext
    label = (
        _("{name} does not agree").format(name=shown(entry.who))
        if entry.who
        else _("Somebody does not agree")
    )
    line = _("Stands beside the decision in the minutes")
    ink = room.near.theme.tokens.tint(Tone.WARN).ink
    shape = _Shape(icon="hand", ink=ink, tone=Tone.WARN, has_line=True, whole=_whole(entry))
    return shape, _Words(label=label, text=entry.item.text, line=line)


def _whole(entry: ShownEntry) -> UUID | None:
    return entry.item.id if len(entry.item.text) > LONGEST else None


class _Box:
    """One box, and the labels whose words may change."""

    def __init__(self, room: RoomLook, shape: _Shape, words: _Words) -> None:
        near = room.near
        self.shape = shape
        self._words = words
        row = self._frame(near)
        row.addWidget(IconMark(near, shape.icon, colour=shape.ink), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(1)
        self._label = PlainLabel(
            near, words.label, style=TextStyle.CAPTION_STRONG, colour=shape.ink
        )
        look, style = (
            (room.voice, TextStyle.LEAD) if shape.is_voice else (room.far, TextStyle.LARGE)
        )
        self._text = PlainLabel(look, words.text, style=style)
        column.addWidget(self._label)
        column.addWidget(self._text)
        if shape.whole is not None:
            _offer_whole(near, column, self._text, shape.whole, words.text)
        self._line: PlainLabel | None = None
        if shape.has_line:
            text2 = near.theme.tokens.text2
            self._line = PlainLabel(near, words.line, style=TextStyle.CAPTION, colour=text2)
            column.addWidget(self._line)
        row.addLayout(column, 1)

    @property
    def can_be_empty(self) -> bool:
        """Tell whether nothing is left in it once it shows no words."""
        return self.shape.whole is None

    def show_words(self, words: _Words) -> None:
        """Show these instead."""
        before, self._words = self._words, words
        if words == before:
            return
        if words.label != before.label:
            self._label.show_text(words.label)
        if words.text != before.text:
            self._text.show_text(words.text)
        if self._line is not None and words.line != before.line:
            self._line.show_text(words.line)
        if isinstance(self.widget, TintedBox):
            self.widget.fit()

    def _frame(self, look: Look) -> QHBoxLayout:
        shape = self.shape
        self.widget: QWidget
        if shape.tone is not None:
            box = (MarkedBox if shape.is_marked else TintedBox)(look, shape.tone)
            self.widget = box
            return box.row
        card = Card(look)
        card.body.setContentsMargins(14, Space.M - 2, 14, Space.M - 2)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        card.body.addLayout(row)
        self.widget = card
        return row


def _offer_whole(
    look: Look, words: QVBoxLayout, text: PlainLabel, entry_id: UUID, whole: str
) -> None:
    button = Button(look, look.language.gettext("Read all of it"), ButtonKind.LINK)
    button.setObjectName(f"read all {entry_id}")
    button.clicked.connect(partial(_read_all, look, words, text, button, whole))
    words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _read_all(look: Look, words: QVBoxLayout, text: PlainLabel, button: Button, whole: str) -> None:
    """Put a field that scrolls in place of a text too long for a label."""
    area = TextArea(look, text=make_visible(whole, longest=len(whole)), rows=_READ_ROWS)
    area.setReadOnly(True)
    area.setAccessibleName(look.language.gettext("The whole note"))
    words.replaceWidget(text, area)
    if button.hasFocus():
        # Arrow keys scroll it. Whoever clicked goes on writing.
        area.setFocus()
    text.hide()
    button.hide()
