"""May this be told? What at the left, who and the answer beside it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.question.answer_card import AnswerCard
from trygga_desktop.ui.screens.question.items import whole_words
from trygga_desktop.ui.screens.question.view_model import QuestionState, QuestionViewModel
from trygga_desktop.ui.screens.question.what_card import WhatCard
from trygga_desktop.ui.screens.question.who_card import WhoCard
from trygga_desktop.ui.screens.question.words import AnswerWords, Told
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page import bring_into_view, page_of
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_WHAT = 400
_NARROW = 900
_AROUND_LIST = 320


class QuestionView(QWidget):
    """Focus starts in the field that one searches in. Tab leads from what to who to the answer."""

    def __init__(self, model: QuestionViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._reasons = ReasonWords(model.reasons_toml, look.language)
        self._words: AnswerWords | None = None
        self._words_of: object = None
        self._told: Told | None = None
        self._back = Button(look, _("Back to the consents"), ButtonKind.LINK, icon="arrow-left")
        self._back.setObjectName("back")
        self._back.clicked.connect(model.go_back)
        self._head = QVBoxLayout()
        self._head_parts: list[QWidget] = []
        self._what = WhatCard(model, look)
        self._who = WhoCard(model, look)
        self._answer = AnswerCard(model, look)
        self._answer.copy_button.clicked.connect(self._copy)
        self._instead = QVBoxLayout()
        self._instead_parts: list[QWidget] = []
        self._built: object = None
        self._lay_out()
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Copy the answer, without names"), ("Ctrl+C",), self._copy),
            Command(_("Search for something that is noted"), ("Ctrl+F",), self._go_to_search),
            Command(_("Read the answer"), ("F6",), self._go_to_answer),
            Command(_("Back to the consents"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the field that one searches in, or the way back while there is none."""
        found = self._model.found
        is_there = self._model.state is QuestionState.READY and found is not None
        return self._what.search if is_there and found is not None and found.items else self._back

    def showEvent(self, event: QShowEvent) -> None:
        """Put the order of Tab right: it turns round when the page comes into its window."""
        super().showEvent(event)
        self._fit()
        self._keep_order()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the list scroll by itself where the window is low."""
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._head)
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(Space.L)
        right.addWidget(self._who)
        right.addWidget(self._answer)
        right.addStretch(1)
        self._body = TwoColumns(
            self._look, self._what, side, fixed=self._what, width=_WHAT, narrow=_NARROW
        )
        column.addWidget(self._body)
        column.addLayout(self._instead)
        column.addStretch(1)

    def _fit(self) -> None:
        page = page_of(self)
        height = self.height() if page is None else page.viewport().height()
        if self._look.effective(self.width()) < _NARROW:
            # The answer stands below, and has to be in view as well.
            height = 0
        self._what.use_room(height - self._look.theme.px(_AROUND_LIST))

    @Slot()
    def _show(self) -> None:
        model = self._model
        built = (model.state, model.found, model.hearing)
        if built != self._built:
            self._built = built
            self._show_head()
        is_ready = model.state is QuestionState.READY and model.found is not None
        self._body.setVisible(is_ready)
        if is_ready and model.found is not None:
            words = self._words_for()
            self._what.show_items(words.names)
            self._who.show_listeners(words)
            self._show_answer(words)
            self._fit()
        self._keep_order()

    def _words_for(self) -> AnswerWords:
        model = self._model
        found = model.found
        words_of = (found, model.hearing)
        if found is not None and (self._words is None or words_of != self._words_of):
            self._words_of = words_of
            self._words = AnswerWords(found, model.hearing, self._reasons, self._look.language)
        if self._words is None:
            raise RuntimeError("nothing has been read")
        return self._words

    def _show_answer(self, words: AnswerWords) -> None:
        model = self._model
        _ = self._look.language.gettext
        asked = model.asked
        self._answer.setVisible(asked is not None)
        self._told = None if asked is None else words.answer(asked, model.chosen)
        about = "" if asked is None else whole_words(asked, self._look.language)
        self._answer.show_answer(about, self._told, _("Choose who is there."))

    def _show_head(self) -> None:
        had_focus = self._holds(self._instead_parts)
        take_out(*self._head_parts, *self._instead_parts)
        header = PageHeader(
            self._look,
            self._look.language.gettext("May we raise this?"),
            line=self._day_line(),
            pills=[self._private()],
        )
        self._head.addWidget(header)
        header.show()
        self._head_parts = [header]
        instead = self._build_instead()
        self._instead_parts = [] if instead is None else [instead]
        if instead is not None:
            self._instead.addWidget(instead)
            instead.show()
        if had_focus:
            self.first_focus.setFocus()

    def _private(self) -> Pill:
        text = self._look.language.gettext("Private: never shown on a shared screen")
        return Pill(self._look, text, tone=Tone.WARN, icon="eye-off")

    def _day_line(self) -> str:
        model, language = self._model, self._look.language
        _ = language.gettext
        hearing, found = model.current, model.found
        if hearing is None or found is None or model.state is not QuestionState.READY:
            return ""
        day = language.date_long(hearing.on)
        text = _("today, {day}") if hearing.on == found.today else _("on {day}")
        parts = [found.row.case_number, text.format(day=day)]
        if model.asked_day_is_over and hearing.meeting is None:
            parts.append(_("a day that is over cannot be asked about"))
        return " · ".join(parts)

    def _build_instead(self) -> Card | None:
        model, look = self._model, self._look
        _ = look.language.gettext
        match model.state:
            case QuestionState.MORE_SCREENS:
                text = _(
                    "More than one screen is connected. What may be told, and why, is shown only "
                    "when a single one is."
                )
                return self._card("monitor", _("Not while others may look on"), text)
            case QuestionState.FAILED if model.trouble is not None:
                card = problem_card(look, explain(model.trouble, look.language))
                again = Button(look, _("Try again"), icon="refresh-cw")
                again.setObjectName("try again")
                again.clicked.connect(model.load)
                card.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
                return card
            case QuestionState.SLOW:
                return self._card("hourglass", _("One moment"), _("The page is being opened."))
            case _:
                return None

    def _card(self, icon: str, title: str, text: str) -> Card:
        card = Card(self._look)
        card.body.addWidget(EmptyState(self._look, icon=icon, title=title, text=text))
        return card

    def _holds(self, parts: list[QWidget]) -> bool:
        focus = focus_in(self)
        return focus is not None and any(one is focus or one.isAncestorOf(focus) for one in parts)

    def _keep_order(self) -> None:
        answer = [self._answer, self._answer.copy_button]
        boxes = [self._what, self._who]
        stops = [
            child
            for box in boxes
            for child in box.findChildren(QWidget)
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.window() is self.window()
        ]
        keep_tab_order(self._back, *stops, *answer, self._instead_parts)

    @Slot()
    def _copy(self) -> None:
        told = self._told
        if told is not None and self._model.copy(is_sensitive=told.is_sensitive):
            QGuiApplication.clipboard().setText(told.copied)

    @Slot()
    def _go_to_search(self) -> None:
        self.first_focus.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _go_to_answer(self) -> None:
        if self._answer.isVisible():
            self._answer.setFocus(Qt.FocusReason.ShortcutFocusReason)
            bring_into_view(self._answer)
