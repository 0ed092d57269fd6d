"""What was written down: each sort of entry in its own box, a dissent right below its decision."""

from collections.abc import Sequence
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


def entry_boxes(
    room: RoomLook, entries: Sequence[ShownEntry], marked: UUID | None = None
) -> list[QWidget]:
    """Return a box for each entry, in the order they were said; `marked` is disagreed with."""
    boxes: list[QWidget] = []
    for entry in entries:
        boxes.append(_box(room, entry, is_marked=entry.item.id == marked))
        boxes += [_dissent(room, one) for one in entry.dissents]
    return boxes


def _box(room: RoomLook, entry: ShownEntry, *, is_marked: bool) -> QWidget:
    _ = room.near.language.gettext
    if entry.item.category == VOICE:
        return _own_words(room, entry)
    match entry.item.kind:
        case ItemKind.DECISION:
            return _tinted(
                room,
                entry,
                (MarkedBox if is_marked else TintedBox)(room.near, Tone.ACCENT),
                tone=Tone.ACCENT,
                icon="signpost",
                label=_("Decision"),
                line=shown(entry.who),
            )
        case ItemKind.ACTION:
            commitment = entry.commitment
            line = "" if commitment is None else who_and_when(commitment, room.near.language)
            return _outlined(room, entry, icon="square-check", label=_("Action"), line=line)
        case _:
            return _outlined(
                room, entry, icon="message-square", label=_("Note"), line=shown(entry.who)
            )


def _own_words(room: RoomLook, entry: ShownEntry) -> QWidget:
    tokens = room.near.theme.tokens
    box = TintedBox(room.near, Tone.INFO)
    _fill(
        box.row,
        room,
        entry,
        icon="quote",
        ink=tokens.info,
        label=shown(entry.who) if entry.who else room.near.language.gettext("Own words"),
        line="",
        look=room.voice,
        style=TextStyle.LEAD,
    )
    return box


def _dissent(room: RoomLook, entry: ShownEntry) -> QWidget:
    _ = room.near.language.gettext
    label = (
        _("{name} does not agree").format(name=shown(entry.who))
        if entry.who
        else _("Somebody does not agree")
    )
    return _tinted(
        room,
        entry,
        TintedBox(room.near, Tone.WARN),
        tone=Tone.WARN,
        icon="hand",
        label=label,
        line=_("Stands beside the decision in the minutes"),
    )


def _tinted(  # noqa: PLR0913  what a box is made of
    room: RoomLook,
    entry: ShownEntry,
    box: TintedBox,
    *,
    tone: Tone,
    icon: str,
    label: str,
    line: str,
) -> QWidget:
    ink = room.near.theme.tokens.tint(tone).ink
    _fill(box.row, room, entry, icon=icon, ink=ink, label=label, line=line)
    return box


def _outlined(room: RoomLook, entry: ShownEntry, *, icon: str, label: str, line: str) -> QWidget:
    card = Card(room.near)
    card.body.setContentsMargins(14, Space.M - 2, 14, Space.M - 2)
    row = QHBoxLayout()
    row.setSpacing(Space.M)
    tokens = room.near.theme.tokens
    ink = tokens.accent if entry.item.kind is ItemKind.ACTION else tokens.text2
    _fill(row, room, entry, icon=icon, ink=ink, label=label, line=line)
    card.body.addLayout(row)
    return card


def _fill(  # noqa: PLR0913  what a box is made of
    row: QHBoxLayout,
    room: RoomLook,
    entry: ShownEntry,
    *,
    icon: str,
    ink: str,
    label: str,
    line: str,
    look: Look | None = None,
    style: TextStyle = TextStyle.LARGE,
) -> None:
    near = room.near
    row.addWidget(IconMark(near, icon, colour=ink), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(PlainLabel(near, label, style=TextStyle.CAPTION_STRONG, colour=ink))
    text = PlainLabel(look or room.far, entry.item.text, style=style)
    words.addWidget(text)
    if len(entry.item.text) > LONGEST:
        _offer_whole(near, words, text, entry)
    if line:
        text2 = near.theme.tokens.text2
        words.addWidget(PlainLabel(near, line, style=TextStyle.CAPTION, colour=text2))
    row.addLayout(words, 1)


def _offer_whole(look: Look, words: QVBoxLayout, text: PlainLabel, entry: ShownEntry) -> None:
    button = Button(look, look.language.gettext("Read all of it"), ButtonKind.LINK)
    button.setObjectName(f"read all {entry.item.id}")
    button.clicked.connect(partial(_read_all, look, words, text, button, entry.item.text))
    words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


def _read_all(look: Look, words: QVBoxLayout, text: PlainLabel, button: Button, whole: str) -> None:
    """Put a field that scrolls in place of a text too long for a label."""
    area = TextArea(look, text=make_visible(whole, longest=len(whole)), rows=_READ_ROWS)
    area.setReadOnly(True)
    area.setAccessibleName(look.language.gettext("The whole note"))
    words.replaceWidget(text, area)
    area.setFocus()
    text.hide()
    button.hide()
