"""The operator's own page: what the room does not see, and why."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.rooms import HiddenEntry
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.hidden.around import Around
from trygga_desktop.ui.screens.hidden.carried_card import CarriedCard
from trygga_desktop.ui.screens.hidden.entry_card import entry_card
from trygga_desktop.ui.screens.hidden.people_card import MoreCard, PeopleCard, WithdrawCard
from trygga_desktop.ui.screens.hidden.side_cards import (
    NextCard,
    NotesCard,
    RoomCard,
    SearchCard,
)
from trygga_desktop.ui.screens.hidden.view_model import HiddenState, HiddenViewModel, waits
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.became_card import BecameCard
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.mirror_question import MirrorQuestion
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner

_ANSWER = "answer "


class HiddenView(QWidget):
    """Focus starts on the first question. Each answer leads to the next.

    `picture` makes the small picture of what the room sees.
    """

    def __init__(
        self,
        model: HiddenViewModel,
        picture: Callable[[Look], QWidget],
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._words = ReasonWords(model.reasons_toml, look.language)
        self._built: object = None
        self._asked_about: object = None
        self._parts: list[QWidget] = []
        _ = look.language.gettext
        self._back = Button(look, _("Back to the meeting"), icon="arrow-left")
        self._back.setObjectName("back to the meeting")
        self._back.clicked.connect(model.go_back)
        private = Pill(
            look, _("Private: never shown on a shared screen"), tone=Tone.WARN, icon="eye-off"
        )
        self._header = PageHeader(look, _("The leader's window"), actions=[self._back])
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.L)
        top = QVBoxLayout()
        top.setSpacing(Space.S)
        top.addWidget(self._header)
        top.addWidget(private, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addLayout(top)
        self._middle = middle = QWidget()
        # Made first: a screen reader reads in the order in which parts were made.
        content = QWidget(middle)
        self._content = QVBoxLayout(content)
        self._content.setContentsMargins(0, 0, 0, 0)
        self._content.setSpacing(Space.L)
        beside = QVBoxLayout(middle)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(Space.L)
        beside.addWidget(content)
        leading = model.leading
        self._notes = NotesCard(leading, look)
        self._sides = [
            RoomCard(look, picture),
            NextCard(leading, look),
            SearchCard(leading, look),
            CarriedCard(model, look),
            PeopleCard(leading, look),
            MoreCard(leading, look),
            WithdrawCard(leading, look),
        ]
        beside.addWidget(self._notes)
        beside.addStretch(1)
        self._around = Around(look, middle, left=self._sides[:4], right=self._sides[4:])
        self._around.placed.connect(self._keep_order)
        self._column.addWidget(self._around)
        self._column.addStretch(1)
        model.changed.connect(self._show)
        leading.changed.connect(self._show)
        self._show()
        # No keys that write something in the meeting: one goes to and fro between the two.
        self.commands = (
            Command(
                _("Answer that nothing stands in the way"),
                ("F2",),
                partial(model.answer_first, is_free=True),
            ),
            Command(
                _("Answer that it is to stay hidden"),
                ("F3",),
                partial(model.answer_first, is_free=False),
            ),
            Command(_("Next item"), ("F8",), leading.go_on),
            Command(_("Back to the meeting"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the first answer to give, or the way back; that, too, where others may see it."""
        question = self.findChild(MirrorQuestion)
        if isinstance(question, MirrorQuestion):
            return question.first_focus
        became = self.findChild(BecameCard)
        if isinstance(became, BecameCard):
            return became.first_focus
        answers = [one for one in self.findChildren(Button) if one.objectName().startswith(_ANSWER)]
        return answers[0] if answers else self._back

    @Slot()
    def _show(self) -> None:
        model = self._model
        trouble = model.trouble or model.leading.trouble
        form = model.becoming.form
        built = (model.state, model.entries, model.has_more, model.lacks_tick, trouble, form)
        if built == self._built:
            return
        is_first = self._built is None
        self._built = built
        focus = focus_in(self)
        was_answering = focus is not None and focus.objectName().startswith(_ANSWER)
        take_out(*self._parts)
        self._parts = []
        self._back.setVisible(model.state is not HiddenState.ASKING)
        self._show_around()
        if trouble is not None and model.state is HiddenState.READY:
            told = trouble_banner(self._look, trouble)
            self._put(told)
            come_forward(told)
        self._build()
        self._keep_order()
        became = self.findChild(BecameCard)
        if isinstance(became, BecameCard) and self._asked_about is not form:
            self._asked_about = form
            became.first_focus.setFocus()
            return
        self._asked_about = form
        if was_answering or (not is_first and focus is None):
            self.first_focus.setFocus()

    @Slot()
    def _keep_order(self) -> None:
        parts = {self._middle: [*self._parts, self._notes]}
        keep_tab_order(self._back, *(parts.get(one, [one]) for one in self._around.in_order))

    def _show_around(self) -> None:
        """Show what stands around only where what is hidden may be shown, too."""
        is_ready = self._model.state is HiddenState.READY
        has_it = is_ready and self._model.leading.leading is not None
        self._notes.setVisible(has_it)
        self._around.show_sides(is_shown=has_it)

    def _build(self) -> None:
        look, model = self._look, self._model
        _ = look.language.gettext
        match model.state:
            case HiddenState.MORE_SCREENS:
                text = _(
                    "More than one screen is connected. What is kept from the room is shown only "
                    "when a single one is, or when the room has its own: Shift+F9 gives it one."
                )
                self._put_empty("monitor", _("Not while others may look on"), text)
            case HiddenState.ASKING:
                ask = MirrorQuestion(look, show=model.nobody_looks_on, back=model.go_back)
                self._put(ask)
            case HiddenState.FAILED if model.trouble is not None:
                self._put(problem_card(look, explain(model.trouble, look.language)))
            case HiddenState.SLOW:
                self._put_empty("hourglass", _("One moment"), _("The page is being opened."))
            case HiddenState.READY:
                self._build_entries()
            case _:
                pass

    def _build_entries(self) -> None:
        look, model = self._look, self._model
        _ = look.language.gettext
        until = None if model.found is None else model.found.until
        told = _(
            "The shared screen says nothing of this. If your picture is mirrored to a projector, "
            "everyone sees this page: cover the projector first."
        )
        if until is not None:
            day = look.language.date_long(until)
            told += " " + _("The consents hold until {day}.").format(day=day)
        # Explained here alone: on the shared screen stands no word of an exclusion.
        told += " " + _("What is added as gone through is answered: no exclusion is touched.")
        self._put(banner(look, told, tone=Tone.MUTE, icon="eye-off"))
        if model.becoming.form is not None:
            self._put(BecameCard(model.becoming, model.becoming.form, look))
        if not model.entries:
            self._put_empty(
                "eye",
                _("Nothing is kept from the room"),
                _("Those who are here now may see everything that is noted."),
            )
            return
        subject = "" if model.found is None else model.found.subject_name
        waiting = [one for one in model.entries if waits(one)]
        others = [one for one in model.entries if not waits(one)]
        now = [one for one in others if one.agenda_id is not None]
        earlier = [one for one in others if one.agenda_id is None]
        count = model.waiting
        asked = look.language.ngettext(
            "{count} waits for an answer, and stays hidden until then",
            "{count} wait for an answer, and stay hidden until then",
            count,
        ).format(count=look.language.number(count))
        for title, entries in (
            (asked, waiting),
            (_("Kept from the room at this meeting"), now),
            (_("Kept from the room of what was promised earlier"), earlier),
        ):
            if entries:
                self._put(PlainLabel(look, title, style=TextStyle.SUBTITLE))
                self._put_entries(entries, subject)
        if model.has_more:
            more = Button(look, _("Show more"), ButtonKind.GHOST)
            more.setObjectName("show more")
            more.clicked.connect(model.show_more)
            self._content.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
            self._parts.append(more)

    def _put_entries(self, entries: list[HiddenEntry], subject: str) -> None:
        by_item: dict[object, list[HiddenEntry]] = {}
        for one in entries:
            by_item.setdefault(one.agenda_id, []).append(one)
        for together in by_item.values():
            for hidden in together:
                self._put(entry_card(self._look, self._model, hidden, self._words, subject))

    def _put_empty(self, icon: str, title: str, text: str) -> None:
        card = Card(self._look)
        card.body.addWidget(EmptyState(self._look, icon=icon, title=title, text=text))
        self._put(card)

    def _put(self, part: QWidget) -> None:
        self._content.addWidget(part)
        self._parts.append(part)
