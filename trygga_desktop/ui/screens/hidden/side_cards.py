"""Beside the list of what is hidden: the picture of the room, what comes next, notes, search."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.meeting import AgendaState
from trygga_desktop.services.leading import ItemSight
from trygga_desktop.ui.draft_keeper import DraftState, sign_text
from trygga_desktop.ui.screens.hidden.leading import Hit, LeadingModel
from trygga_desktop.ui.screens.hidden.words import item_text
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.inputs import TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark, Pill
from trygga_desktop.ui.widgets.more import more_button, rest_line
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.saved_sign import SavedSign
from trygga_desktop.ui.widgets.search_field import SearchField
from trygga_desktop.ui.widgets.text import make_visible

_MOST_NOTES = 3
_MOST_ITEMS = 8
_AT_A_TIME = 20
_LONGEST = 2_000
"""Nobody reads more of one text during a meeting; the whole of it stands with the case."""

_WIDEST = 16_777_215


class RoomCard(Card):
    """What the room sees now."""

    def __init__(
        self, look: Look, picture: Callable[[Look], QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(look, look.language.gettext("This is what the room sees"), parent=parent)
        self.body.addWidget(picture(look))


class NextCard(Card):
    """The next item and how much of it can be shown, the way there, and what else is to come."""

    def __init__(self, model: LeadingModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, look.language.gettext("Next item"), parent=parent)
        _ = look.language.gettext
        self._model = model
        self._look = look
        self._shown: object = None
        self._wanted = _MOST_ITEMS
        self._parts: list[QWidget] = []
        # Made before the button: a screen reader reads in the order in which parts were made.
        rows = QWidget()
        self._rows = QVBoxLayout(rows)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(Space.S)
        self.body.addWidget(rows)
        self._go = Button(look, _("Next item") + "  F8", ButtonKind.PRIMARY, icon="arrow-right")
        self._go.setObjectName("next item")
        self._go.clicked.connect(model.go_on)
        self._go.across()
        self.body.addWidget(self._go)
        model.changed.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show what comes next."""
        model, look = self._model, self._look
        _ = look.language.gettext
        leading, item = model.leading, model.next_item
        self._go.setVisible(item is not None)
        self._go.setEnabled(model.may_act)
        shown = (
            None if leading is None else (item, leading.agenda, leading.is_running, leading.seats)
        )
        if shown == self._shown:
            return
        self._shown = shown
        take_out(*self._parts)
        self._parts = []
        if leading is None:
            return
        if model.item is not None:
            self._put_comings(
                model.item,
                come=_("Called to the item that is on, and not here: {names}"),
                go=_("Here, and not called to the item that is on: {names}"),
            )
        if item is None:
            last = _("This is the last item. Go back to go through and end.")
            text = last if leading.is_running else _("The meeting is not going on.")
            self._put(PlainLabel(look, text))
            return
        for place, one in enumerate(leading.agenda, 1):
            if one is item:
                self._put(PlainLabel(look, f"{place}  {one.title}", style=TextStyle.STRONG))
                tone = Tone.INFO if one.seen >= one.noted else Tone.WARN
                pill = Pill(look, item_text(one, look.language), tone=tone, icon="eye")
                self._rows.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
                self._parts.append(pill)
                self._put_comings(one, come=_("Comes in: {names}"), go=_("Goes out: {names}"))
        later = [
            (place, one)
            for place, one in enumerate(leading.agenda, 1)
            if one.state is AgendaState.COMING and one is not item
        ]
        for place, one in later[: self._wanted]:
            self._put(self._row(place, one))
        if len(later) > self._wanted:
            self._put(more_button(look, len(later) - self._wanted, self._show_more))

    def _put_comings(self, item: ItemSight, *, come: str, go: str) -> None:
        """Say who of those called to certain items has to come in or go out at one of them."""
        for seats, text in (
            (self._model.missing_at(item), come),
            (self._model.not_called_to(item), go),
        ):
            if seats:
                names = ", ".join(make_visible(one.name, lines=False) for one in seats)
                told = banner(self._look, text.format(names=names), tone=Tone.WARN, icon="users")
                self._put(told)

    def _show_more(self) -> None:
        self._wanted += _AT_A_TIME
        self._shown = None
        self.follow()
        self._go.setFocus()

    def _row(self, place: int, one: ItemSight) -> QWidget:
        look = self._look
        text2 = look.theme.tokens.text2
        row = QWidget()
        line = QVBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(PlainLabel(look, f"{place}  {one.title}"))
        told = item_text(one, look.language)
        line.addWidget(PlainLabel(look, told, style=TextStyle.CAPTION, colour=text2))
        return row

    def _put(self, part: QWidget) -> None:
        self._rows.addWidget(part)
        self._parts.append(part)


class NotesCard(Card):
    """Working notes of whoever leads; what is typed is kept as it is typed."""

    def __init__(self, model: LeadingModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Your own notes"), parent=parent)
        self._model = model
        self._look = look
        self._shown: object = None
        self._wanted = _MOST_NOTES
        self._parts: list[QWidget] = []
        told = _("Only you can open them. They are no part of the protocol.")
        self.body.addWidget(banner(look, told, tone=Tone.MUTE, icon="lock"))
        self.text = TextArea(look, text=model.note, rows=4)
        self.text.setObjectName("note")
        self.text.setAccessibleName(_("Your own note"))
        self.text.textChanged.connect(self._type)
        self.body.addWidget(self.text)
        self._sign = SavedSign(look)
        self._add = Button(look, _("Keep the note"), icon="notebook-pen")
        self._add.setObjectName("keep note")
        self._add.clicked.connect(model.add_note)
        row = QHBoxLayout()
        row.addWidget(self._sign, 1)
        row.addWidget(self._add)
        self.body.addLayout(row)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(Space.S)
        self.body.addLayout(self._notes)
        model.changed.connect(self.follow)
        model.note_replaced.connect(self._replace)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show where the text is safe, and the newest notes."""
        model, language = self._model, self._look.language
        _ = language.gettext
        self.text.setReadOnly(model.is_adding)
        may_add = bool(model.note.strip()) and not model.is_working
        # A disabled button must not take the focus from whoever pressed it with the keyboard.
        if self._add.hasFocus() and not may_add:
            self.text.setFocus()
        self._add.setEnabled(may_add)
        saved = _("Draft saved {time}. Not among the notes yet.")
        self._sign.show_sign(
            sign_text(model.drafts, language, saved=saved),
            waiting=model.drafts.state is DraftState.WAITING,
        )
        every = () if model.leading is None else model.leading.notes
        notes = every[: self._wanted]
        if (notes, len(every)) == self._shown:
            return
        self._shown = (notes, len(every))
        take_out(*self._parts)
        self._parts = []
        text2 = self._look.theme.tokens.text2
        for one in notes:
            day = language.date_short(one.known_on)
            line = PlainLabel(self._look, day, style=TextStyle.CAPTION, colour=text2)
            words = PlainLabel(self._look, make_visible(one.text, longest=_LONGEST))
            for part in (line, words):
                self._notes.addWidget(part)
                self._parts.append(part)
        if len(every) > len(notes):
            more = more_button(self._look, len(every) - len(notes), self._show_more)
            self._notes.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
            self._parts.append(more)

    def _show_more(self) -> None:
        self._wanted += _AT_A_TIME
        self.follow()
        self.text.setFocus()

    @Slot()
    def _type(self) -> None:
        self._model.type_note(self.text.toPlainText())

    @Slot()
    def _replace(self) -> None:
        self.text.setPlainText(self._model.note)


class SearchCard(Card):
    """Looks through everything that the meeting deals with, what the room does not see too."""

    def __init__(self, model: LeadingModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Search in the meeting"), parent=parent)
        self._model = model
        self._look = look
        self._shown: object = None
        self._parts: list[QWidget] = []
        name, example = _("Search in the meeting"), _("A word that was said")
        self.field = SearchField(look, name, placeholder=example)
        self.field.setMaximumWidth(_WIDEST)
        self.field.setObjectName("search")
        self.field.textChanged.connect(model.seek)
        self.body.addWidget(self.field)
        model.changed.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show what was found."""
        model, look = self._model, self._look
        _ = look.language.gettext
        hits = model.hits if model.sought.strip() else None
        shown = (hits, model.hits_left_out)
        if shown == self._shown:
            return
        self._shown = shown
        take_out(*self._parts)
        self._parts = []
        if hits == ():
            self._put(PlainLabel(look, _("Nothing found."), colour=look.theme.tokens.text2))
        for one in hits or ():
            self._put(self._row(one))
        if hits is not None and model.hits_left_out:
            self._put(rest_line(look, model.hits_left_out))

    def _row(self, hit: Hit) -> QWidget:
        look = self._look
        language, tokens = look.language, look.theme.tokens
        _ = language.gettext
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        icon, colour = ("eye-off", tokens.warn) if hit.is_hidden else ("eye", tokens.text2)
        mark = IconMark(look, icon, colour=colour)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(look, make_visible(hit.entry.item.text, longest=_LONGEST)))
        seen = _("Kept from the room") if hit.is_hidden else _("The room sees it")
        day = language.date_short(hit.entry.item.known_on)
        below = " · ".join(part for part in (hit.entry.who, day, seen) if part)
        words.addWidget(PlainLabel(look, below, style=TextStyle.CAPTION, colour=tokens.text2))
        line.addLayout(words, 1)
        return row

    def _put(self, part: QWidget) -> None:
        self.body.addWidget(part)
        self._parts.append(part)
