"""Earlier commitments on the leader's own page, each with the way to tell what became of it."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.rooms import ShownCommitment, ShownEntry
from trygga_desktop.ui.due_words import due_short
from trygga_desktop.ui.screens.hidden.view_model import HiddenViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.became_card import state_word
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.more import more_button
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible

_AT_A_TIME = 8
_LONGEST = 200


class CarriedCard(Card):
    """What was promised earlier and was still to be done when the meeting began."""

    def __init__(self, model: HiddenViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.language.gettext("From earlier meetings"), parent=parent)
        self.setObjectName("carried")
        self._model = model
        self._look = look
        self._shown: object = None
        self._wanted = _AT_A_TIME
        self._parts: list[QWidget] = []
        model.leading.changed.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show how they stand."""
        leading, look = self._model.leading.leading, self._look
        carried = () if leading is None else leading.carried
        if (carried, self._wanted) == self._shown:
            return
        self._shown = (carried, self._wanted)
        take_out(*self._parts)
        self._parts = [
            self._row(one, one.commitment)
            for one in carried[: self._wanted]
            if one.commitment is not None
        ]
        if not carried:
            self._parts = [PlainLabel(look, look.language.gettext("No earlier commitments."))]
        if len(carried) > self._wanted:
            self._parts.append(more_button(look, len(carried) - self._wanted, self._show_more))
        for one in self._parts:
            self.body.addWidget(one)

    def _show_more(self) -> None:
        self._wanted += _AT_A_TIME
        self.follow()

    def _row(self, entry: ShownEntry, promised: ShownCommitment) -> QWidget:
        look = self._look
        language = look.language
        words = _one_line(entry.item.text)
        parts = (
            _one_line(promised.responsible),
            due_short(promised.due, promised.hour, language),
            state_word(promised.state, language),
        )
        way = Button(look, language.gettext("What became of it…"), small=True)
        way.setObjectName(f"became {entry.item.id}")
        way.setAccessibleDescription(words)
        way.clicked.connect(partial(self._open, entry))
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        line = " · ".join(one for one in parts if one)
        colour = look.theme.tokens.accent
        column.addWidget(IconRow(look, icon="square-check", title=words, line=line, colour=colour))
        column.addWidget(way, 0, Qt.AlignmentFlag.AlignRight)
        return row

    def _open(self, entry: ShownEntry, _checked: bool = False) -> None:  # noqa: FBT001, FBT002  Qt's signal
        self._model.becoming.open(entry.item.id)


def _one_line(text: str) -> str:
    return make_visible(text, lines=False, longest=_LONGEST)
