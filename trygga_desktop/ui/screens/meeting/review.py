"""The end of a meeting: what is left to settle, what was done, and when to meet again."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.meeting import AgendaState
from trygga_desktop.services.rooms import MeetingRoom, ShownAgendaItem, ShownEntry
from trygga_desktop.ui.screens.meeting.aloud import aloud_dialog, close_aloud
from trygga_desktop.ui.screens.meeting.days import UnreadableError, read_next
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.summary import summary_of
from trygga_desktop.ui.screens.meeting.unsettled import (
    Asked,
    Missing,
    asked_in,
    missing_in,
    standing_goals,
)
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.meeting.words import (
    asked_told,
    missing_told,
    refusal_told,
    shown,
    who_and_when,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import CheckBox, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.more import rest_line
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_NEXT = 700
_LONGEST_PLACE = 200
_MOST_ROWS = 30
_MOST_GOALS = 3
_TICK = 33
_ADD = "add what was typed"
_BRING_BACK = "bring back what was typed"
_THROW_AWAY = "throw away what was typed"
_SETTLES = (_ADD, _BRING_BACK, _THROW_AWAY)
_AGREED = frozenset({ItemKind.DECISION, ItemKind.ACTION})


class ReviewPage(QWidget):
    """The next meeting is optional; the primary button ends this one."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._room = room
        self._look = room.near
        self._built: object = None
        self._parts: list[QWidget] = []
        self._ticks: list[tuple[CheckBox, bool]] = []
        model.unsettled.connect(self._go_to_unsettled)
        _ = self._look.language.gettext
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(Space.XL, Space.L, Space.XL, Space.M)
        inside.setSpacing(Space.L)
        inside.addWidget(PlainLabel(self._look, _("Go through the meeting"), style=TextStyle.HERO))
        left, right = QWidget(), QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(Space.L)
        self._right = QVBoxLayout(right)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(Space.L)
        self._right.addWidget(self._build_next())
        if room.narrow:
            inside.addWidget(left)
            inside.addWidget(right)
        else:
            columns = QHBoxLayout()
            columns.setSpacing(Space.L)
            columns.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
            right.setFixedWidth(room.px(_NEXT))
            columns.addWidget(right, 0, Qt.AlignmentFlag.AlignTop)
            inside.addLayout(columns)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Page(content), 1)
        column.addLayout(self._build_foot())

    @property
    def first_focus(self) -> QWidget:
        """Return the way to what is left to settle, or else to read aloud what was decided.

        Where there is neither it is the day of the next meeting. The page is scrolled to what has
        the focus: it begins with what is done first.
        """
        ways = [part.findChild(Button) for part in self._parts[:1]]
        ways += [part.findChild(Button, "read it aloud") for part in self._parts]
        return next((one for one in ways if isinstance(one, QWidget)), self._day)

    def follow(self) -> None:
        """Show what is left, and whether the next meeting can be read."""
        found = self._model.room
        if found is None:
            return
        capture = self._model.capture
        typed = (capture.text, capture.has_aside, capture.said, capture.is_adding)
        left = self._model.proposing.left
        shown_now = (found, self._model.kept_notes, typed, left, self._has_next)
        if shown_now != self._built:
            self._built = shown_now
            # What is being read aloud was decided for the room as it was.
            close_aloud(self.window())
            self._show_parts(found)
        self._follow_ticks()
        _ = self._look.language.gettext
        if self._model.next_is_unreadable:
            hint = _("Write a day that is to come, and a time. Or leave the fields empty.")
            self._day_field.show_state(FieldState.WARN, hint)
            self._day.setFocus()
        else:
            self._day_field.show_state(FieldState.PLAIN, _("As 2027-01-14 or 14/1"))

    @property
    def _has_next(self) -> bool:
        """Tell whether it is typed when to meet again."""
        return not self._model.beside.next_form.is_empty

    def follow_capture(self) -> None:
        """Show what was typed and is not settled yet."""
        self.follow()

    def tick(self) -> None:
        """Need no time."""

    def _show_parts(self, found: MeetingRoom) -> None:
        focus = focus_in(self)
        name = focus.objectName() if focus is not None and focus.hasFocus() else ""
        take_out(*self._parts)
        self._parts = []
        self._show_open(found)
        self._show_asked(found)
        self._show_agreed(found)
        self._show_done(found)
        again = self.findChild(QWidget, name) if name else None
        if again is None and name not in _SETTLES:
            return
        for part in self._parts:
            # A hidden widget would not keep the focus.
            part.show()
        (again or self._settling() or self._day).setFocus()

    def _settling(self) -> QWidget | None:
        """Return what settles what was typed and not added."""
        found = (self.findChild(QWidget, name) for name in _SETTLES)
        return next((one for one in found if one is not None), None)

    @Slot()
    def _go_to_unsettled(self) -> None:
        first = self._settling()
        if first is not None:
            first.setFocus()

    def _show_open(self, found: MeetingRoom) -> None:
        _ = self._look.language.gettext
        card = Card(self._look, _("To settle before you go"))
        rows = self._open_rows(found)
        for row in rows:
            card.body.addWidget(row)
        if not rows:
            card.body.addWidget(
                self._row("circle-check", _("Nothing is left to settle."), "", is_done=True)
            )
        self._left.addWidget(card)
        self._parts.append(card)

    def _show_asked(self, found: MeetingRoom) -> None:
        """Show what nobody but whoever leads can tell, to be ticked; it holds nothing up."""
        language = self._look.language
        _ = language.gettext
        asked = asked_in(found)
        self._ticks = []
        if not asked:
            return
        card = Card(self._look, _("Confirm before you go"), note=_("Tick what was done."))
        for item, what in asked:
            box = CheckBox(self._look, asked_told(what, language), checked=what in item.confirmed)
            box.setObjectName(f"confirm {item.id} {what}")
            title = shown(item.title)
            box.setAccessibleDescription(title)
            box.toggled.connect(partial(self._confirm, item.id, what))
            text2 = self._look.theme.tokens.text2
            line = PlainLabel(self._look, title, style=TextStyle.SECONDARY, colour=text2)
            under = QVBoxLayout()
            under.setContentsMargins(self._look.theme.px(_TICK), 0, 0, 0)
            under.addWidget(line)
            row = QVBoxLayout()
            row.setSpacing(0)
            row.addWidget(box)
            row.addLayout(under)
            card.body.addLayout(row)
            self._ticks.append((box, what in item.confirmed))
        self._left.addWidget(card)
        self._parts.append(card)

    def _confirm(self, agenda_id: UUID, what: Asked, is_confirmed: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.floor.confirm_noted(agenda_id, what, is_confirmed=is_confirmed)

    def _follow_ticks(self) -> None:
        """Show what is stored: what was refused is not ticked."""
        if self._model.is_working:
            return
        for box, is_confirmed in self._ticks:
            with QSignalBlocker(box):
                box.setChecked(is_confirmed)

    def _open_rows(self, found: MeetingRoom) -> list[QWidget]:
        language = self._look.language
        _ = language.gettext
        rows = self._unfinished_rows()
        kept = self._model.kept_notes
        for one in kept[:_MOST_ROWS]:
            title, text = _("Action that was kept as a note"), shown(one.item.text)
            go = partial(self._model.go_and_complete, one)
            way = self._way(_("Write it as an action"), f"mend {one.item.id}", go)
            way.setAccessibleDescription(text)
            rows.append(self._row("square-check", title, text, way=way))
        rows += self._rest(kept)
        coming = [one for one in found.agenda if one.state is AgendaState.COMING]
        for item in coming[:_MOST_ROWS]:
            title = shown(item.title or _("Private item"))
            go = partial(self._model.go_and_write, item.id)
            way = self._way(_("Go there"), f"reach {item.id}", go)
            way.setAccessibleDescription(title)
            rows.append(self._row("list-checks", _("Not reached"), title, way=way))
        rows += self._rest(coming)
        for item, lack in missing_in(found, has_next=self._has_next):
            title = shown(item.title)
            settle = partial(self._settle, item, lack)
            way = self._way(_("Go there"), f"lacks {item.id} {lack}", settle)
            told = missing_told(lack, found.catalogue, language)
            way.setAccessibleDescription(f"{told}: {title}")
            rows.append(self._row("list-checks", told, title, way=way))
        rows += self._proposed_rows(found)
        late = [
            one
            for one in found.carried
            if one.commitment is not None and one.commitment.state.is_open
        ]
        if late:
            text = language.ngettext(
                "{count} earlier commitment is still open.",
                "{count} earlier commitments are still open.",
                len(late),
            ).format(count=len(late))
            rows.append(self._row("clock", _("Goes on"), text))
        return rows

    def _settle(self, item: ShownAgendaItem, lack: Missing) -> None:
        """Go where what an item lacks is written: when to meet again stands on this page."""
        if lack is Missing.NEXT_MEETING:
            self._day.setFocus()
        else:
            self._model.go_and_write(item.id)

    def _proposed_rows(self, found: MeetingRoom) -> list[QWidget]:
        """Return what was prepared and not decided on, by the item that it waits under."""
        language, proposing = self._look.language, self._model.proposing
        _ = language.gettext
        rows = []
        for item in found.agenda:
            undecided = [one for one in item.proposals if one.id not in proposing.left]
            left = len(item.proposals) - len(undecided)
            if not item.proposals:
                continue
            text = language.ngettext(
                "{count} was not decided on.", "{count} were not decided on.", len(undecided)
            ).format(count=language.number(len(undecided)))
            if left:
                told = language.ngettext(
                    "{count} was left for another time.",
                    "{count} were left for another time.",
                    left,
                ).format(count=language.number(left))
                text = f"{text} {told}" if undecided else told
            way = None
            if undecided:
                go = partial(self._model.go_and_write, item.id)
                way = self._way(_("Go there"), f"decide {item.id}", go)
                way.setAccessibleDescription(text)
            rows.append(self._row("handshake", _("Prepared before the meeting"), text, way=way))
        return rows

    def _rest(self, every: Sequence[object], most: int = _MOST_ROWS) -> list[QWidget]:
        left_out = len(every) - most
        return [rest_line(self._look, left_out)] if left_out > 0 else []

    def _unfinished_rows(self) -> list[QWidget]:
        """Return what was typed and not added, each with the buttons that settle it."""
        language, capture = self._look.language, self._model.capture
        _ = language.gettext
        if not capture.is_unfinished:
            return []
        if capture.text.strip():
            title = _("Not added yet: {text}").format(text=shown(capture.text))
            line = refusal_told(capture.said, language)
            ways = [self._way(_("Add"), _ADD, capture.add)]
        else:
            # Whoever has come since may not be one who may read it.
            title, line = _("Not added yet"), ""
            ways = [self._way(_("Bring back what was typed"), _BRING_BACK, capture.bring_back)]
        ways.append(self._way(_("Throw it away"), _THROW_AWAY, capture.throw_away))
        return [self._row("pen-line", title, line), WrapRow(ways)]

    def _way(self, text: str, name: str, press: Callable[[], None]) -> Button:
        button = Button(self._look, text, small=True)
        button.setObjectName(name)
        # Qt adds whether it is checked.
        button.clicked.connect(lambda _checked=False: press())
        return button

    def _show_agreed(self, found: MeetingRoom) -> None:
        """Show what was decided and promised, to be read aloud before people go."""
        language = self._look.language
        _ = language.gettext
        entries = [entry for item in found.agenda for entry in item.entries]
        every = [one for one in entries if one.item.kind in _AGREED]
        agreed = every[-_MOST_ROWS:]
        card = Card(self._look, _("Decided and promised today"), note=_("Read it aloud."))
        card.body.addWidget(self._ways_out(every))
        if not agreed:
            card.body.addWidget(PlainLabel(self._look, _("There is nothing to read aloud here.")))
        for one in agreed:
            is_action = one.commitment is not None
            line = shown(one.who)
            if one.commitment is not None:
                line = who_and_when(one.commitment, language)
            icon = "square-check" if is_action else "signpost"
            colour = self._look.theme.tokens.accent
            text = make_visible(one.item.text, lines=False, longest=400)
            way = None
            if one.item.kind is ItemKind.DECISION and not self._model.is_without_names:
                go = partial(self._model.go_and_disagree, one.item.id)
                way = self._way(_("Does not agree"), f"disagree {one.item.id}", go)
                way.setAccessibleDescription(text)
            card.body.addWidget(
                IconRow(self._look, icon=icon, title=text, line=line, colour=colour, button=way)
            )
            for dissent in one.dissents:
                told = _("{name} does not agree").format(name=shown(dissent.who))
                text = make_visible(dissent.item.text, lines=False, longest=400)
                colour = self._look.theme.tokens.warn
                card.body.addWidget(
                    IconRow(self._look, icon="hand", title=told, line=text, colour=colour)
                )
        for rest in self._rest(every):
            card.body.addWidget(rest)
        self._left.addWidget(card)
        self._parts.append(card)

    def _ways_out(self, agreed: Sequence[ShownEntry]) -> QWidget:
        """Return what can be done with it: above, where a long list does not push it away."""
        _ = self._look.language.gettext
        aloud = Button(self._look, _("Read it aloud, in large letters"), icon="message-circle")
        aloud.setObjectName("read it aloud")
        aloud.clicked.connect(self._read_aloud)
        ways: list[QWidget] = [aloud]
        if any(one.commitment is not None for one in agreed):
            pages = Button(self._look, _("Print what each has promised…"), icon="printer")
            pages.setObjectName("print promises")
            pages.clicked.connect(self._model.show_papers)
            ways.append(pages)
        return WrapRow(ways)

    @Slot()
    def _read_aloud(self) -> None:
        found = self._model.room
        if found is None:
            return
        close_aloud(self.window())
        try:
            agreed = read_next(self._model.beside.next_form, found.today)
        except UnreadableError:
            agreed = None
        paragraphs = summary_of(found, agreed, self._look.language)
        dialog = aloud_dialog(self._room, paragraphs, self.window())
        dialog.open()

    def _show_done(self, found: MeetingRoom) -> None:
        language = self._look.language
        _ = language.gettext
        card = Card(self._look, _("This is done"))
        entries = [entry for item in found.agenda for entry in item.entries]
        items = sum(one.state is not AgendaState.COMING for one in found.agenda)
        decisions = sum(one.item.kind is ItemKind.DECISION for one in entries)
        actions = sum(one.item.kind is ItemKind.ACTION for one in entries)
        dissents = sum(len(one.dissents) for one in entries)
        lines = [
            _("{done} of {all} items gone through").format(done=items, all=len(found.agenda)),
            language.ngettext("{count} decision", "{count} decisions", decisions).format(
                count=decisions
            ),
            language.ngettext("{count} action", "{count} actions", actions).format(count=actions),
        ]
        if dissents:
            text = language.ngettext(
                "{count} disagreement, which stands beside its decision",
                "{count} disagreements, which stand beside their decisions",
                dissents,
            )
            lines.append(text.format(count=dissents))
        for line in lines:
            card.body.addWidget(self._row("circle-check", line, "", is_done=True))
        goals = standing_goals(found)
        for one in goals[:_MOST_GOALS]:
            title = _("The goal stands in the plan")
            card.body.addWidget(self._row("flag", title, shown(one.text), is_done=True))
        for rest in self._rest(goals, _MOST_GOALS):
            card.body.addWidget(rest)
        self._right.addWidget(card)
        self._parts.append(card)

    def _row(
        self,
        icon: str,
        title: str,
        line: str,
        *,
        is_done: bool = False,
        way: Button | None = None,
    ) -> QWidget:
        tokens = self._look.theme.tokens
        colour = tokens.ok if is_done else tokens.warn
        if line:
            return IconRow(self._look, icon=icon, title=title, line=line, colour=colour, button=way)
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(Space.M)
        mark = IconMark(self._look, icon, colour=colour)
        inside.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(PlainLabel(self._look, title), 1)
        return row

    def _build_next(self) -> Card:
        look, form = self._look, self._model.beside.next_form
        _ = look.language.gettext
        card = Card(look, _("Next meeting"))
        self._day = TextInput(look, text=form.day, longest=20)
        self._day.setObjectName("day of the next meeting")
        self._time = TextInput(look, text=form.time, placeholder="15:00", longest=20)
        self._time.setObjectName("time of the next meeting")
        self._where = TextInput(look, text=form.place, longest=_LONGEST_PLACE)
        self._where.setObjectName("place of the next meeting")
        for control in (self._day, self._time, self._where):
            control.textEdited.connect(self._type)
        self._model.beside.replaced.connect(self._replace)
        self._day_field = Field(look, _("Day"), self._day, hint=_("As 2027-01-14 or 14/1"))
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._day_field, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Field(look, _("Time"), self._time), 1, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(row)
        place = Field(look, _("Place"), self._where)
        card.body.addWidget(place)
        if self._model.is_without_names:
            # Where it is may tell whom it is about, and everyone reads what is typed here.
            place.hide()
        text2 = look.theme.tokens.text2
        told = _("It stands in the minutes. Leave it empty if you have not agreed on a time.")
        card.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY, colour=text2))
        return card

    def _build_foot(self) -> QHBoxLayout:
        _ = self._look.language.gettext
        back = Button(self._look, _("Back to the meeting"), ButtonKind.GHOST, icon="arrow-left")
        back.setObjectName("back to the meeting")
        back.clicked.connect(self._model.back_to_meeting)
        end = Button(self._look, _("End the meeting"), ButtonKind.PRIMARY, icon="flag")
        end.setObjectName("end the meeting")
        end.setToolTip("Ctrl+Enter")
        end.clicked.connect(self._model.end)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.XL, Space.S, Space.XL, Space.L)
        foot.setSpacing(Space.M)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(end)
        return foot

    def _type(self) -> None:
        self._model.beside.type_next(
            day=self._day.text(), time=self._time.text(), place=self._where.text()
        )
        self.follow()

    @Slot()
    def _replace(self) -> None:
        form = self._model.beside.next_form
        fields = ((self._day, form.day), (self._time, form.time), (self._where, form.place))
        for control, text in fields:
            if control.text() != text:
                control.setText(text)
