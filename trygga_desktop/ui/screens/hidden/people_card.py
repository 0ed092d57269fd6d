"""Who is there and how much each may see, who else may come, and who takes back a consent."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.meeting import IN_THE_ROOM
from trygga_desktop.services.leading import SeatSight
from trygga_desktop.ui.screens.hidden.asking import Asked, Way
from trygga_desktop.ui.screens.hidden.leading import LeadingModel
from trygga_desktop.ui.screens.hidden.words import (
    WAY_ICONS,
    answer_text,
    asked_line,
    asked_title,
    sees_text,
    way_line,
    way_title,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_SEATS_AT_A_TIME = 40


class PeopleCard(Card):
    """A box to tick for each who is invited, and below it how much of the meeting they may see.

    Of many, those who are in the room when it opens come first, and one turns the pages.
    """

    def __init__(self, model: LeadingModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.language.gettext("Who is here"), parent=parent)
        self._model = model
        self._look = look
        self._shown: object = None
        self._first = 0
        self._order: dict[UUID, int] = {}
        self._parts: list[QWidget] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(Space.S)
        self.body.addLayout(self._rows)
        model.changed.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show who is there as it was read last."""
        leading = self._model.leading
        seats = () if leading is None else leading.seats
        count = 0 if leading is None else leading.count
        departures = self._model.departures
        leaving = [one.seat.id for one in seats if departures.is_leaving(one.seat.id)]
        shown = (seats, count, self._model.may_act, self._first, leaving)
        if shown == self._shown:
            return
        self._shown = shown
        focus = focus_in(self)
        name = "" if focus is None else focus.objectName()
        take_out(*self._parts)
        self._parts = []
        count_of_all = len(seats)
        if count_of_all > _SEATS_AT_A_TIME:
            seats = self._page_of(seats)
        for one in seats:
            self._put(self._row(one, count))
        if count_of_all > len(seats):
            self._put(self._turn(count_of_all))
        again = self.findChild(QWidget, name) if name else None
        if again is not None:
            again.show()
            again.setFocus()

    def _page_of(self, seats: tuple[SeatSight, ...]) -> tuple[SeatSight, ...]:
        """Return who stands on the page that is shown, each where they stood when it opened."""
        for one in sorted(seats, key=lambda one: one.seat.presence not in IN_THE_ROOM):
            self._order.setdefault(one.seat.id, len(self._order))
        known = sorted(seats, key=lambda one: self._order[one.seat.id])
        return tuple(known[self._first : self._first + _SEATS_AT_A_TIME])

    def _turn(self, count: int) -> Button:
        """Return the button for the next page; after the last comes the first."""
        after = self._first + _SEATS_AT_A_TIME
        first = 0 if after >= count else after
        language = self._look.language
        text = language.gettext("Show {first} to {last} of {count}").format(
            first=language.number(first + 1),
            last=language.number(min(count, first + _SEATS_AT_A_TIME)),
            count=language.number(count),
        )
        button = Button(self._look, text, ButtonKind.GHOST, icon="chevron-down", small=True)
        button.setObjectName("more people")
        button.clicked.connect(partial(self._show_from, first))
        return button

    def _show_from(self, first: int) -> None:
        self._first = first
        self.follow()
        box = self._parts[0].findChild(CheckBox)
        if isinstance(box, CheckBox):
            box.setFocus()

    def _row(self, one: SeatSight, count: int) -> QWidget:
        look = self._look
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        name = make_visible(one.seat.name, lines=False, longest=LONGEST_NAME)
        is_leaving = self._model.departures.is_leaving(one.seat.id)
        is_here = one.seat.presence in IN_THE_ROOM and not is_leaving
        box = CheckBox(look, name, checked=is_here)
        # A name with & in it is no shortcut.
        box.setShortcut(QKeySequence())
        box.setObjectName(f"here {one.seat.id}")
        box.setEnabled(self._model.may_act)
        sees = sees_text(one, count, look.language)
        box.setAccessibleDescription(sees)
        box.toggled.connect(partial(self._tick, one.seat.id))
        column.addWidget(box)
        text2 = look.theme.tokens.text2
        below = PlainLabel(look, sees, style=TextStyle.CAPTION, colour=text2)
        inset = QHBoxLayout()
        inset.setContentsMargins(look.theme.px(30), 0, 0, 0)
        inset.addWidget(below)
        column.addLayout(inset)
        if is_leaving:
            column.addLayout(self._offer_undo(one.seat.id))
        elif is_here and one.seat.must_confirm and not one.seat.has_confirmed:
            column.addLayout(self._ask_to_confirm(one.seat.id))
        return row

    def _offer_undo(self, seat_id: UUID) -> QVBoxLayout:
        """Return the way back for the moment before somebody has left."""
        look = self._look
        _ = look.language.gettext
        offered = QVBoxLayout()
        offered.setContentsMargins(look.theme.px(30), 0, 0, 0)
        button = Button(look, _("Undo"), icon="undo-2", small=True)
        button.setObjectName(f"undo {seat_id}")
        button.clicked.connect(partial(self._model.departures.take_back, seat_id))
        offered.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return offered

    def _ask_to_confirm(self, seat_id: UUID) -> QVBoxLayout:
        """Return why the room sees nothing while somebody is in it, and the way on."""
        look = self._look
        _ = look.language.gettext
        asked = QVBoxLayout()
        asked.setContentsMargins(look.theme.px(30), 0, 0, 0)
        told = _("Has not confirmed the duty of confidentiality: the room sees nothing.")
        asked.addWidget(PlainLabel(look, told, style=TextStyle.CAPTION))
        button = Button(look, _("Has confirmed now"), icon="check", small=True)
        button.setObjectName(f"confirm {seat_id}")
        button.setEnabled(self._model.may_act)
        button.clicked.connect(partial(self._model.confirm, seat_id))
        asked.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return asked

    def _put(self, part: QWidget) -> None:
        self._rows.addWidget(part)
        self._parts.append(part)

    def _tick(self, seat_id: UUID, is_here: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.set_here(seat_id, is_here=is_here)


class MoreCard(Card):
    """Somebody of the case who was not invited; whom no consent covers is asked about first."""

    def __init__(self, model: LeadingModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Somebody more from the case"), parent=parent)
        self._model = model
        self._look = look
        self._shown: object = None
        self._box: QWidget | None = None
        self._asked_of: object = None
        self._quiet = PlainLabel(
            look,
            _("Everybody who has a place in the case is invited."),
            colour=look.theme.tokens.text2,
        )
        self._who = ComboBox(look, [])
        self._who.setObjectName("candidate")
        self._who.setAccessibleName(_("Who is to come"))
        self._who.setMinimumWidth(look.theme.px(120))
        self._ask = Button(look, _("Ask them in"), icon="user-plus")
        self._ask.setObjectName("ask in")
        self._ask.clicked.connect(self._begin)
        self.body.addWidget(self._quiet)
        self._of = PlainLabel(look, colour=look.theme.tokens.text2)
        self._who.currentIndexChanged.connect(self._tell_of)
        self.body.addWidget(self._who)
        self.body.addWidget(self._of)
        self.body.addWidget(self._ask, 0, Qt.AlignmentFlag.AlignLeft)
        model.changed.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show whom one can choose, or the question about whom one has chosen."""
        model = self._model
        candidates = () if model.leading is None else model.leading.candidates
        if candidates != self._shown:
            self._shown = candidates
            chosen = self._who.currentData()
            self._who.clear()
            for one in candidates:
                shown = make_visible(one.name, lines=False, longest=LONGEST_NAME)
                self._who.addItem(shown, one.party_id)
            self._who.choose(chosen if self._who.findData(chosen) >= 0 else self._who.itemData(0))
        asks = model.asked is not None
        self._quiet.setVisible(not candidates and not asks)
        self._who.setVisible(bool(candidates) and not asks)
        self._of.setVisible(bool(candidates) and not asks)
        self._ask.setVisible(bool(candidates) and not asks)
        self._ask.setEnabled(model.may_invite)
        self._show_question(model.asked)

    def _show_question(self, asked: Asked | None) -> None:
        about = None if asked is None else asked.one
        if about == self._asked_of:
            if isinstance(self._box, _Question):
                self._box.follow()
            return
        self._asked_of = about
        had_focus = self._box is not None and focus_in(self._box) is not None
        if self._box is not None:
            take_out(self._box)
            self._box = None
        if asked is None:
            if had_focus and self._ask.isVisible():
                self._ask.setFocus()
            return
        box = _Question(self._model, self._look, asked)
        self._box = box
        self.body.addWidget(box)
        box.show()
        box.first_focus.setFocus()

    @Slot()
    def _tell_of(self) -> None:
        """Say whom the chosen one speaks for."""
        leading, chosen = self._model.leading, self._who.currentData()
        known = () if leading is None else leading.candidates
        found = [one.organisation for one in known if one.party_id == chosen]
        self._of.show_text("".join(found))

    @Slot()
    def _begin(self) -> None:
        chosen = self._who.currentData()
        if isinstance(chosen, UUID):
            self._model.ask_about(chosen)


class _Question(QWidget):
    """Nothing is done before the button is pressed. Esc leaves everything as it was."""

    def __init__(self, model: LeadingModel, look: Look, asked: Asked) -> None:
        super().__init__()
        self.setObjectName("guard")
        self._model = model
        self._look = look
        language, text2 = look.language, look.theme.tokens.text2
        _ = language.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(PlainLabel(look, asked_title(asked, language), style=TextStyle.STRONG))
        column.addWidget(PlainLabel(look, asked_line(asked, language), colour=text2))
        self._cards = {way: self._card(way) for way in asked.ways}
        for card in self._cards.values():
            column.addWidget(card)
        self._line = PlainLabel(look)
        column.addWidget(self._line)
        self._items = QWidget()
        items = QVBoxLayout(self._items)
        items.setContentsMargins(0, 0, 0, 0)
        items.setSpacing(0)
        self._boxes = self._item_boxes()
        for box in self._boxes.values():
            items.addWidget(box)
        column.addWidget(self._items)
        self._answer = Button(look, "", icon="arrow-right")
        self._answer.setObjectName("answer guard")
        self._answer.clicked.connect(model.answer)
        cancel = Button(look, _("Cancel"), ButtonKind.GHOST)
        cancel.setObjectName("close guard")
        cancel.clicked.connect(model.stop_asking)
        column.addWidget(WrapRow([self._answer, cancel]))
        self.follow()

    @property
    def first_focus(self) -> QWidget:
        """Return the answer that is chosen."""
        asked = self._model.asked
        return self if asked is None else self._cards[asked.way]

    def follow(self) -> None:
        """Show what is chosen, and what the button does then."""
        asked, language = self._model.asked, self._look.language
        if asked is None:
            return
        self._cards[asked.way].setChecked(True)
        self._line.show_text(way_line(asked, language))
        self._items.setVisible(asked.way is Way.ITEMS)
        for code, box in self._boxes.items():
            box.setChecked(code in asked.items)
        self._answer.setText(answer_text(asked, language))
        self._answer.setEnabled(asked.is_answered and self._model.may_invite)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self._model.stop_asking()
            return
        super().keyPressEvent(event)

    def _card(self, way: Way) -> ChoiceCard:
        card = ChoiceCard(self._look, way_title(way, self._look.language), icon=WAY_ICONS[way])
        card.setObjectName(f"way {way}")
        card.toggled.connect(partial(self._choose, way))
        return card

    def _item_boxes(self) -> dict[str, CheckBox]:
        leading = self._model.leading
        boxes = {}
        for place, one in enumerate(() if leading is None else leading.agenda, 1):
            if not one.code:
                continue
            title = make_visible(one.title, lines=False, longest=LONGEST_NAME)
            box = CheckBox(self._look, f"{place}  {title}")
            box.setObjectName(f"item {one.code}")
            # A title with & in it is no shortcut.
            box.setShortcut(QKeySequence())
            box.toggled.connect(partial(self._tick, one.code))
            boxes[one.code] = box
        return boxes

    def _choose(self, way: Way, chosen: bool) -> None:  # noqa: FBT001  Qt's signal
        if chosen:
            self._model.choose_way(way)

    def _tick(self, code: str, comes: bool) -> None:  # noqa: FBT001  Qt's signal
        asked = self._model.asked
        if asked is not None and comes != (code in asked.items):
            self._model.tick_item(code, comes=comes)


class WithdrawCard(Card):
    """Somebody takes back a consent in the room: it counts at once."""

    def __init__(self, model: LeadingModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("If somebody takes it back"), parent=parent)
        self._model = model
        self._look = look
        self._shown: object = None
        self._parts: list[QWidget] = []
        told = _("A consent can be taken back in the room. It counts at once.")
        self.body.addWidget(PlainLabel(look, told, colour=look.theme.tokens.text2))
        self._open = Button(look, _("Somebody takes back"), icon="hand")
        self._open.setAccessibleName(_("Somebody takes back their consent"))
        self._open.setObjectName("somebody takes back")
        self._open.clicked.connect(partial(model.ask_who_withdraws, asks=True))
        self.body.addWidget(self._open)
        model.changed.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show the names while they are asked for."""
        model = self._model
        asked = model.signers if model.asks_who_withdraws else None
        self._open.setVisible(asked is None)
        self._open.setEnabled(model.may_act)
        if asked == self._shown:
            return
        self._shown = asked
        take_out(*self._parts)
        self._parts = []
        if asked is None:
            return
        look = self._look
        _ = look.language.gettext
        buttons = []
        for one in asked:
            name = make_visible(one.seat.name, lines=False, longest=LONGEST_NAME)
            button = Button(look, name, small=True)
            button.setObjectName(f"takes back {one.seat.party_id}")
            if one.seat.party_id is not None:
                button.clicked.connect(partial(model.withdraw, one.seat.party_id))
            buttons.append(button)
        cancel = Button(look, _("Cancel"), ButtonKind.GHOST, small=True)
        cancel.setObjectName("nobody takes back")
        cancel.clicked.connect(partial(model.ask_who_withdraws, asks=False))
        row = WrapRow([*buttons, cancel])
        divider = Divider(look)
        for part in (divider, row):
            self.body.addWidget(part)
            self._parts.append(part)
        row.show()
        cancel.setFocus()
