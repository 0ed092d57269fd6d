"""Beside the form what the meeting goes through, and at its foot what is missing, the ways out."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.screens.new_meeting.plan import PlannedItem
from trygga_desktop.ui.screens.new_meeting.view_model import NewMeetingViewModel
from trygga_desktop.ui.screens.new_meeting.words import (
    carried_text,
    missing_text,
    order_text,
    ready_text,
    roles_text,
    sum_words,
    without_text,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark, Pill
from trygga_desktop.ui.widgets.removal import take_out

_NUMBERS = 18
_NARROW = 620


class AgendaCard(Card):
    """The items in order, each with its time, and what they come to; below, what to think of.

    `turn` orders them so that people leave and join least, or takes that back.
    """

    def __init__(
        self, model: NewMeetingViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, look.language.gettext("Agenda"), parent=parent)
        self._model = model
        self._look = look
        self._rows: list[QWidget] = []
        self._pill: Pill | None = None
        self._shown: object = None
        self._items = QVBoxLayout()
        self._items.setSpacing(Space.S)
        self.body.addLayout(self._items)
        self._carried = IconLine(look, "history", colour=look.theme.tokens.text2)
        self.body.addWidget(self._carried)
        self._roles = IconLine(look, "circle-alert", colour=look.theme.tokens.warn)
        self.body.addWidget(self._roles)
        self._order = IconLine(look, "door-open", colour=look.theme.tokens.accent)
        self.body.addWidget(self._order)
        self.turn = Button(look, "", icon="list-ordered")
        self.turn.setObjectName("turn order")
        self.turn.setToolTip("F7")
        self.turn.clicked.connect(model.turn_order)
        self.turn.across()
        self.body.addWidget(self.turn)
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model, look = self._model, self._look
        agenda = model.agenda
        items = () if agenda is None else agenda.items
        shown = (items, model.form.minutes)
        self._show_order()
        self._carried.show_text(carried_text(model, look.language))
        self._roles.show_text(roles_text(model, look.language))
        if shown == self._shown:
            return
        self._shown = shown
        take_out(*self._rows)
        self._rows = []
        if self._pill is not None:
            take_out(self._pill)
            self._pill = None
        if agenda is None:
            return
        text, fits = sum_words(model, look.language)
        tone, icon = (Tone.OK, "check") if fits else (Tone.WARN, "triangle-alert")
        self._pill = Pill(look, text, tone=tone, icon=icon)
        self.head.addWidget(self._pill)
        for one in items:
            if one.place > 1:
                self._put(Divider(look))
            self._put(self._row(one))

    def _show_order(self) -> None:
        model, language = self._model, self._look.language
        _ = language.gettext
        agenda = model.agenda
        better = () if agenda is None else agenda.better
        self._order.show_text(order_text(model, language))
        self.turn.setVisible(bool(better or model.form.order))
        self.turn.setText(_("Order them so") if better else _("Undo the order"))

    def _put(self, row: QWidget) -> None:
        self._items.addWidget(row)
        self._rows.append(row)

    def _row(self, one: PlannedItem) -> QWidget:
        look = self._look
        language, item = look.language, one.item
        text2 = look.theme.tokens.text2
        top = Qt.AlignmentFlag.AlignTop
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        number = PlainLabel(look, str(one.place), style=TextStyle.LABEL, colour=text2)
        number.begin_beside(look.theme.font(TextStyle.BODY))
        number.setFixedWidth(look.theme.px(_NUMBERS))
        row.addWidget(number, 0, top)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(PlainLabel(look, item.title.in_language(language.code)))
        for text in (item.question.in_language(language.code), without_text(one, language)):
            if text:
                words.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        row.addLayout(words, 1)
        times = QVBoxLayout()
        times.setSpacing(1)
        begins = "" if one.begins_at is None else language.time(one.begins_at)
        minutes = language.gettext("{count} min").format(count=item.minutes)
        for text in filter(None, (begins, minutes)):
            label = PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2)
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            times.addWidget(label)
        times.addStretch(1)
        row.addLayout(times)
        return block


class IconLine(QWidget):
    """One sentence with an icon, which is only there while there is something to say."""

    def __init__(
        self, look: Look, icon: str, *, colour: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(IconMark(look, icon, colour=colour), 0, Qt.AlignmentFlag.AlignTop)
        self._text = PlainLabel(look, style=TextStyle.SECONDARY)
        row.addWidget(self._text, 1)

    def show_text(self, text: str) -> None:
        """Say this, or with an empty text nothing."""
        self._text.show_text(text)
        self.setVisible(bool(text))


class Ways(QWidget):
    """A disabled button never stands alone: the line above it says why, and leads there."""

    going_there = Signal()
    planning = Signal()

    def __init__(
        self, model: NewMeetingViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._missing = QWidget()
        line = QHBoxLayout(self._missing)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        self._icon = IconMark(look, "circle-dashed")
        self._text = PlainLabel(look, style=TextStyle.MEDIUM)
        self._go = Button(look, _("Go there"), ButtonKind.LINK)
        self._go.setObjectName("go there")
        self._go.clicked.connect(self.going_there)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._text)
        line.addWidget(self._go, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        cancel = Button(look, _("Cancel"), ButtonKind.GHOST)
        cancel.setObjectName("cancel")
        cancel.clicked.connect(model.cancel)
        name = _("Save the booking") if model.is_booked else _("Done, book the meeting")
        self.plan = Button(look, name, ButtonKind.PRIMARY, icon="calendar-check")
        self.plan.setObjectName("plan")
        self.plan.setToolTip("Ctrl+Enter")
        self.plan.clicked.connect(self.planning)
        for button in (cancel, self.plan):
            row.addWidget(button)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(0, 1)
        self._narrow: bool | None = None
        self._arrange(narrow=False)
        model.changed.connect(self._show)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the line where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for part in (self._missing, self._buttons):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._missing, 0, 0)
        if narrow:
            self._grid.addWidget(self._buttons, 1, 0, Qt.AlignmentFlag.AlignRight)
        else:
            self._grid.addWidget(self._buttons, 0, 1, Qt.AlignmentFlag.AlignVCenter)

    @Slot()
    def _show(self) -> None:
        model, language, tokens = self._model, self._look.language, self._look.theme.tokens
        missing = model.missing
        # Disabled while it works, it would lose the focus to what stands beside it.
        self.plan.setEnabled(model.may_plan or model.is_working)
        self._go.setVisible(bool(missing))
        if model.is_working:
            text, icon, colour = language.gettext("The meeting is being saved."), "hourglass", ""
        elif missing:
            first = missing_text(missing[0], language)
            text = language.ngettext(
                "One thing left: {first}", "{count} things left. First: {first}", len(missing)
            ).format(count=len(missing), first=first)
            icon, colour = "circle-alert", tokens.warn
        else:
            text, icon, colour = ready_text(model, language), "circle-check", tokens.ok
        self._text.show_text(text)
        self._icon.show_icon(icon, colour or tokens.text2)
        self.plan.setAccessibleDescription(text)
