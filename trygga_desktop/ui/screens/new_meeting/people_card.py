"""Who comes: everyone of the case with a box to tick, and guests by name."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.meeting import Function
from trygga_desktop.ui.screens.new_meeting.form import GUESTS, Guest
from trygga_desktop.ui.screens.new_meeting.guard_box import GuardBox
from trygga_desktop.ui.screens.new_meeting.guard_words import part_text
from trygga_desktop.ui.screens.new_meeting.inputs import FieldGrid
from trygga_desktop.ui.screens.new_meeting.people import Invitee
from trygga_desktop.ui.screens.new_meeting.view_model import NewMeetingViewModel
from trygga_desktop.ui.screens.new_meeting.words import (
    GUEST_ICONS,
    DoubtWords,
    doubt_words,
    guest_label,
    icon_of,
    name_of,
    who_words,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark, Pill
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

_NAMES = 230
_NARROW = 660
_LONGEST = 200
_COLUMNS = ((0, 1), (400, 2))


class PersonRow(QWidget):
    """One person: a box to tick, in what capacity, and a guard below where the consent ends."""

    def __init__(
        self,
        model: NewMeetingViewModel,
        look: Look,
        one: Invitee,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._one = one
        self._guard: QWidget | None = None
        self._question: GuardBox | None = None
        words = doubt_words(one, look.language)
        name, who = name_of(one), who_words(one, look.language)
        self.box = CheckBox(look, name)
        self.box.setObjectName(f"invite {one.shown.party.id}")
        # A name with & in it is no shortcut.
        self.box.setShortcut(QKeySequence())
        self.box.setFont(look.theme.font(TextStyle.STRONG))
        self.box.setAccessibleName(", ".join(part for part in (name, who) if part))
        self.box.setAccessibleDescription("" if words is None else words.pill)
        self.box.toggled.connect(self._tick)
        text2 = look.theme.tokens.text2
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(Space.S)
        self._row.addWidget(self.box)
        role = QHBoxLayout()
        role.setSpacing(Space.S)
        role.addWidget(IconMark(look, icon_of(one, model), size=18))
        role.addWidget(PlainLabel(look, who, style=TextStyle.SECONDARY, colour=text2), 1)
        self._row.addLayout(role, 1)
        if words is not None:
            self._row.addWidget(Pill(look, words.pill, tone=words.tone, icon=words.icon))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 3, 0, 3)
        self._column.setSpacing(Space.XS)
        self._column.addLayout(self._row)
        self._part = PlainLabel(look, style=TextStyle.SECONDARY)
        self.when = Button(look, look.language.gettext("When?"), ButtonKind.LINK)
        self.when.setObjectName(f"when {one.shown.party.id}")
        self.when.setAccessibleName(
            look.language.gettext("When does {name} come?").format(name=name)
        )
        self.when.clicked.connect(self._ask)
        part = QHBoxLayout()
        part.setSpacing(Space.S)
        part.addWidget(self._part, 1)
        part.addWidget(self.when, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(part)
        self._arrange(narrow=False)
        self.follow()

    @property
    def party_id(self) -> UUID:
        """Return whose row it is."""
        return self._one.shown.party.id

    def follow(self) -> None:
        """Show whether they come, and what that means."""
        party_id = self._one.shown.party.id
        comes = party_id in self._model.form.present
        self.box.setChecked(comes)
        self.when.setVisible(comes)
        items, agenda = self._model.form.parts.get(party_id), self._model.agenda
        is_part = comes and items is not None and agenda is not None
        self._part.setVisible(is_part)
        if items is not None and agenda is not None:
            self._part.show_text(part_text(items, agenda, self._look.language))
        self._follow_question()
        words = doubt_words(self._one, self._look.language)
        guards = comes and words is not None and bool(words.guard)
        if guards and self._guard is None and words is not None:
            self._guard = self._build_guard(words)
            self._column.addWidget(self._guard)
        elif not guards and self._guard is not None:
            take_out(self._guard)
            self._guard = None

    def _follow_question(self) -> None:
        guard = self._model.guard
        is_mine = guard is not None and guard.party_id == self._one.shown.party.id
        if is_mine and self._question is None and guard is not None:
            self._question = GuardBox(self._model, self._look, guard)
            self._column.addWidget(self._question)
            self._question.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._question is not None and not is_mine:
            had_focus = focus_in(self._question) is not None
            take_out(self._question)
            self._question = None
            if had_focus:
                self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._question is not None:
            self._question.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the rest under the name where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self.box.setMinimumWidth(0 if narrow else self._look.theme.px(_NAMES))

    def _build_guard(self, words: DoubtWords) -> QWidget:
        _ = self._look.language.gettext
        leave_out = Button(self._look, _("Do not invite"), small=True)
        leave_out.setObjectName(f"leave out {self._one.shown.party.id}")
        leave_out.clicked.connect(self._leave_out)
        return banner(
            self._look, words.guard, tone=words.tone, icon=words.icon, buttons=(leave_out,)
        )

    @Slot()
    def _ask(self) -> None:
        self._model.ask_about(self._one.shown.party.id)

    @Slot()
    def _leave_out(self) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._model.invite(self._one.shown.party.id, comes=False)

    @Slot(bool)
    def _tick(self, comes: bool) -> None:  # noqa: FBT001  Qt's signal
        if comes != (self._one.shown.party.id in self._model.form.present):
            self._model.invite(self._one.shown.party.id, comes=comes)


class PeopleCard(Card):
    """Rows for those of the case, then guests, then a line to invite one more."""

    def __init__(
        self, model: NewMeetingViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Who comes?"), note=" ", parent=parent)
        self._model = model
        self._look = look
        self._listed: object = None
        self._rows: list[PersonRow] = []
        self._parts: list[QWidget] = []
        self._guests: tuple[Guest, ...] | None = None
        self._guest_rows: list[QWidget] = []
        self._question: GuardBox | None = None
        self._asked_of: Guest | None = None
        self._people = QVBoxLayout()
        self._people.setSpacing(0)
        self.body.addLayout(self._people)
        self.body.addWidget(Divider(look))
        self.body.addWidget(PlainLabel(look, _("Also comes"), style=TextStyle.STRONG))
        self._guest_list = QVBoxLayout()
        self._guest_list.setSpacing(Space.XS)
        self.body.addLayout(self._guest_list)
        self._function = ComboBox(look, [(guest_label(one, look.language), one) for one in GUESTS])
        self._function.setObjectName("guest function")
        self.guest_name = TextInput(look, text=model.guest_name, longest=_LONGEST)
        self.guest_name.textEdited.connect(model.type_guest)
        self.guest_name.setObjectName("guest name")
        self.guest_name.returnPressed.connect(self.add_guest)
        fields = [Field(look, _("As"), self._function), Field(look, _("Name"), self.guest_name)]
        self.body.addWidget(FieldGrid(look, fields, columns=_COLUMNS))
        self._add = Button(look, _("Invite by name"), icon="plus")
        self._add.setObjectName("add guest")
        self._add.clicked.connect(self.add_guest)
        self.body.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._question_place = QVBoxLayout()
        self.body.addLayout(self._question_place)
        model.changed.connect(self._show)
        model.form_replaced.connect(self._replace)
        self._show()

    @property
    def in_order(self) -> list[QWidget]:
        """Return what Tab goes through, as one reads it."""
        return [*self._parts, *self._guest_rows]

    @property
    def guest_controls(self) -> list[QWidget]:
        """Return the line to invite one more, part by part, and what is asked about them."""
        asked = [] if self._question is None else [self._question]
        return [self._function, self.guest_name, self._add, *asked]

    @property
    def first_stopped(self) -> QWidget | None:
        """Return the question about a guest, or what opens that about the first who is stopped."""
        if self._question is not None:
            return self._question.first_focus
        stopped = {one.shown.party.id for one in self._model.stopped}
        waiting = [row.when for row in self._rows if row.party_id in stopped]
        for place, one in enumerate(self._model.form.guests):
            when = self.findChild(Button, f"when guest {place}")
            if not one.is_covered and isinstance(when, Button):
                waiting.append(when)
        return next(iter(waiting), None)

    @property
    def first_box(self) -> QWidget | None:
        """Return the first box that can be ticked."""
        return self._rows[0].box if self._rows else None

    @Slot()
    def _replace(self) -> None:
        if self.guest_name.text() != self._model.guest_name:
            self.guest_name.setText(self._model.guest_name)

    @Slot()
    def add_guest(self) -> None:
        """Invite whoever is named in the field, if anyone is."""
        # Qt hands the word of a choice back, not the member of the enum.
        function = Function(str(self._function.currentData()))
        if self._model.add_guest(function, self.guest_name.text()):
            self.guest_name.clear()
            self.guest_name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        listed = model.invitees
        if listed != self._listed:
            self._listed = listed
            self._show_people(listed)
        for row in self._rows:
            row.follow()
        if model.form.guests != self._guests:
            self._guests = model.form.guests
            self._show_guests()
        self._replace()
        self._show_question()
        count = len(model.invited) + len(model.form.guests)
        words = language.ngettext("{count} invited", "{count} invited", count)
        self.note.show_text(words.format(count=count))

    def _show_people(self, invitees: tuple[Invitee, ...]) -> None:
        take_out(*self._parts)
        self._parts, self._rows = [], []
        _ = self._look.language.gettext
        family = [one for one in invitees if one.is_family]
        others = [one for one in invitees if not one.is_family]
        for title, group in ((_("Family"), family), (_("Agencies"), others)):
            if not group:
                continue
            self._put(self._heading(title, is_first=not self._parts))
            for one in group:
                row = PersonRow(self._model, self._look, one)
                self._rows.append(row)
                self._put(row)

    def _heading(self, title: str, *, is_first: bool) -> QWidget:
        """Return a head with air above it, so that it belongs to what follows."""
        text2 = self._look.theme.tokens.text2
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0 if is_first else Space.M, 0, 2)
        column.addWidget(PlainLabel(self._look, title, style=TextStyle.LABEL, colour=text2))
        return block

    def _put(self, part: QWidget) -> None:
        self._people.addWidget(part)
        self._parts.append(part)

    def _show_guests(self) -> None:
        focus = focus_in(self)
        had_focus = focus is not None and any(one.isAncestorOf(focus) for one in self._guest_rows)
        take_out(*self._guest_rows)
        self._guest_rows = []
        for place, guest in enumerate(self._model.form.guests):
            row = self._guest_row(place, guest)
            self._guest_list.addWidget(row)
            self._guest_rows.append(row)
        if had_focus:
            self.guest_name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _guest_row(self, place: int, guest: Guest) -> QWidget:
        look = self._look
        _ = look.language.gettext
        name = make_visible(guest.name, lines=False, longest=LONGEST_NAME)
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(IconMark(look, GUEST_ICONS[guest.function]))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(look, name, style=TextStyle.STRONG))
        text2 = look.theme.tokens.text2
        label = guest_label(guest.function, look.language)
        words.addWidget(PlainLabel(look, label, style=TextStyle.SECONDARY, colour=text2))
        row.addLayout(words, 1)
        if guest.function is Function.OBSERVER:
            self._put_part(row, place, guest, name)
        remove = Button(look, _("Take away"), ButtonKind.GHOST, icon="x", small=True)
        remove.setObjectName(f"remove guest {place}")
        remove.setAccessibleName(_("Take {name} away").format(name=name))
        remove.clicked.connect(partial(self._model.remove_guest, place))
        row.addWidget(remove, 0, Qt.AlignmentFlag.AlignVCenter)
        return block

    def _put_part(self, row: QHBoxLayout, place: int, guest: Guest, name: str) -> None:
        """Show to which items an observer comes, or that nobody has answered that."""
        look, agenda = self._look, self._model.agenda
        _ = look.language.gettext
        if guest.items is None or agenda is None:
            pill = _("Not covered by the consent")
            row.addWidget(Pill(look, pill, tone=Tone.WARN, icon="shield-question-mark"))
        else:
            text = part_text(guest.items, agenda, look.language)
            row.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY))
        when = Button(look, _("When?"), ButtonKind.LINK)
        when.setObjectName(f"when guest {place}")
        when.setAccessibleName(_("When does {name} come?").format(name=name))
        when.clicked.connect(partial(self._model.ask_about_guest, place))
        row.addWidget(when, 0, Qt.AlignmentFlag.AlignVCenter)

    def _show_question(self) -> None:
        """Ask below the guests about the one whom no consent names."""
        guard = self._model.guard
        about = None if guard is None else guard.guest
        if about != self._asked_of and self._question is not None:
            had_focus = focus_in(self._question) is not None
            take_out(self._question)
            self._question = None
            if had_focus:
                self.guest_name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._asked_of = about
        if guard is None or about is None:
            return
        if self._question is None:
            self._question = GuardBox(self._model, self._look, guard)
            self._question_place.addWidget(self._question)
            self._question.show()
            self._question.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._question.follow()
