"""The question about one person, below their row: cards to choose from, items, and the answer."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.new_meeting.guard import Guard, Way
from trygga_desktop.ui.screens.new_meeting.guard_words import (
    ICONS,
    answer_text,
    guard_line,
    guard_title,
    item_text,
    way_line,
    way_title,
)
from trygga_desktop.ui.screens.new_meeting.inputs import FieldGrid
from trygga_desktop.ui.screens.new_meeting.view_model import NewMeetingViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel

_COLUMNS = ((0, 1), (560, 2))


class GuardBox(Card):
    """Nothing is done before the button is pressed. Esc leaves everything as it was."""

    def __init__(
        self, model: NewMeetingViewModel, look: Look, guard: Guard, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent=parent)
        self.setObjectName("guard")
        self._model = model
        self._look = look
        language, text2 = look.language, look.theme.tokens.text2
        _ = language.gettext
        self.body.setSpacing(Space.S)
        title = PlainLabel(look, guard_title(guard, language), style=TextStyle.SUBTITLE)
        self.body.addWidget(title)
        self.body.addWidget(PlainLabel(look, guard_line(guard, language), colour=text2))
        self._cards = {way: self._card(way) for way in guard.ways}
        self.body.addWidget(FieldGrid(look, [*self._cards.values()], columns=_COLUMNS))
        self._line = PlainLabel(look)
        self.body.addWidget(self._line)
        self._items = QWidget()
        items = QVBoxLayout(self._items)
        items.setContentsMargins(0, 0, 0, 0)
        items.setSpacing(Space.XS)
        self._boxes = self._item_boxes()
        for box in self._boxes.values():
            items.addWidget(box)
        self.body.addWidget(self._items)
        cancel = Button(look, _("Cancel"), ButtonKind.GHOST)
        cancel.setObjectName("close guard")
        cancel.clicked.connect(model.close_guard)
        self._answer = Button(look, "", icon="arrow-right")
        self._answer.setObjectName("answer guard")
        self._answer.clicked.connect(model.answer_guard)
        self.body.addWidget(Flow([self._answer, cancel]), 0, Qt.AlignmentFlag.AlignLeft)
        self.follow()

    @property
    def first_focus(self) -> QWidget:
        """Return the answer that is chosen."""
        chosen = self._model.guard
        return self if chosen is None else self._cards[chosen.way]

    def follow(self) -> None:
        """Show what is chosen, and what the button does then."""
        guard, language = self._model.guard, self._look.language
        if guard is None:
            return
        self._cards[guard.way].setChecked(True)
        self._line.show_text(way_line(guard, guard.way, language))
        self._items.setVisible(guard.way is Way.ITEMS)
        for code, box in self._boxes.items():
            box.setChecked(code in guard.items)
        self._answer.setText(answer_text(guard, language))
        self._answer.setEnabled(guard.is_answered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self._model.close_guard()
            return
        super().keyPressEvent(event)

    def _card(self, way: Way) -> ChoiceCard:
        card = ChoiceCard(self._look, way_title(way, self._look.language), icon=ICONS[way])
        card.setObjectName(f"way {way}")
        card.toggled.connect(partial(self._choose, way))
        return card

    def _item_boxes(self) -> dict[str, CheckBox]:
        agenda = self._model.agenda
        boxes = {}
        for one in () if agenda is None else agenda.items:
            box = CheckBox(self._look, item_text(one, self._look.language))
            box.setObjectName(f"item {one.item.code}")
            # A title with & in it is no shortcut.
            box.setShortcut(QKeySequence())
            box.toggled.connect(partial(self._tick, one.item.code))
            boxes[one.item.code] = box
        return boxes

    @Slot(bool)
    def _choose(self, way: Way, chosen: bool) -> None:  # noqa: FBT001  Qt's signal
        if chosen:
            self._model.choose_way(way)

    @Slot(bool)
    def _tick(self, code: str, comes: bool) -> None:  # noqa: FBT001  Qt's signal
        guard = self._model.guard
        if guard is not None and comes != (code in guard.items):
            self._model.tick_item(code, comes=comes)
