"""Telling without consent: the decisions so far, or the form for one more, with its rules beside.

It is the operator's own page: nothing of it ever stands on a shared screen.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.services.grounds import CaseGrounds
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.grounds.decided import decision_cards
from trygga_desktop.ui.screens.grounds.foot import Foot
from trygga_desktop.ui.screens.grounds.ground_card import GroundCard
from trygga_desktop.ui.screens.grounds.place import Place, go_to, place_in
from trygga_desktop.ui.screens.grounds.side import (
    DecisionCard,
    DutyCard,
    ProvisionCard,
    about_card,
)
from trygga_desktop.ui.screens.grounds.view_model import GroundsState, GroundsViewModel, News
from trygga_desktop.ui.screens.grounds.what_card import WhatCard, WhomCard
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.form_parts import stops_in
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page import bring_into_view, page_of
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 370
_NARROW = 860


class GroundsView(QWidget):
    """Ctrl+Shift+N begins a decision, Ctrl+Enter records it, Alt+left goes back."""

    def __init__(self, model: GroundsViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._back = Button(look, _("Consents"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("back")
        self._back.clicked.connect(model.go_back)
        self._head = QVBoxLayout()
        self._head_parts: list[QWidget] = []
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._shown_banners: list[QWidget] = []
        self._place = QVBoxLayout()
        self._parts: list[QWidget] = []
        self._what: WhatCard | None = None
        self._boxes: list[QWidget] = []
        self._built: object = self
        self._told: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        top = QHBoxLayout()
        top.addWidget(self._back)
        top.addStretch(1)
        # Above the title: large text leaves no room for it between the title and what begins one.
        private = _("Private: never shown on a shared screen")
        top.addWidget(Pill(look, private, tone=Tone.WARN, icon="eye-off"))
        column.addLayout(top)
        column.addLayout(self._head)
        column.addLayout(self._banners)
        column.addLayout(self._place)
        column.addStretch(1)
        model.changed.connect(self._show)
        model.turned.connect(self._begin)
        self._show()
        self.commands = (
            Command(_("Use another ground"), ("Ctrl+Shift+N",), model.begin),
            Command(_("Record the decision"), ("Ctrl+Return", "Ctrl+Enter"), model.record),
            Command(_("Back"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return whose information it is in the form, or what begins one in the list."""
        if self._what is not None:
            return self._what.giver
        begin = self.findChild(Button, "begin")
        return begin if isinstance(begin, Button) and begin.isEnabled() else self._back

    def showEvent(self, event: QShowEvent) -> None:
        """Put the order of Tab right: it turns round when the page comes into its window."""
        super().showEvent(event)
        self._keep_order()

    @property
    def _shown(self) -> CaseGrounds | None:
        """Return what may stand on the page: nothing while others may look on."""
        model = self._model
        return None if model.state is GroundsState.MORE_SCREENS else model.found

    @Slot()
    def _begin(self) -> None:
        """Start at the top of what is shown now."""
        page = page_of(self)
        if page is not None:
            page.verticalScrollBar().setValue(0)
        self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show(self) -> None:
        model = self._model
        in_list = (
            model.today,
            model.opened,
            model.asks_to_lift,
            model.may_record,
            model.has_begun,
        )
        # The form follows by itself what changes while somebody writes, the day among it.
        rest = None if model.is_writing else in_list
        built = (model.state, model.found, model.is_writing, rest)
        if built != self._built:
            place = place_in(self)
            self._built = built
            self._build()
            self._focus_again(place)
        self._show_banners()
        self._keep_order()

    def _name_of_focus(self) -> str:
        focus = focus_in(self)
        return "" if focus is None else focus.objectName()

    def _focus_again(self, place: Place) -> None:
        """Have what is built anew take the focus where it was, or what took its place."""
        name = place.name
        if not name:
            return
        asked, lifted = f"keep {name[5:]}", f"lift {name.partition(' ')[2]}"
        instead = Place(name=asked if name.startswith("lift ") else lifted)
        again = go_to(self, place) or go_to(self, instead)
        if again is None:
            again = self.first_focus
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        # Not before the page has made room for it.
        QTimer.singleShot(0, again, partial(bring_into_view, again))

    def _build(self) -> None:
        take_out(*self._head_parts, *self._parts)
        self._head_parts, self._parts = [], []
        self._what, self._boxes = None, []
        found = self._shown
        if found is None:
            self._build_instead()
            return
        names = ConsentNames(
            people=found.people,
            organisations=found.organisations,
            directory=found.directory,
            catalogue=found.catalogue,
            on=found.today,
            language=self._look.language,
        )
        self._put_header(self._header(found))
        if self._model.is_writing:
            self._build_form(names)
        else:
            self._build_list(found, names)

    def _put_header(self, header: PageHeader) -> None:
        self._head_parts.append(header)
        self._head.addWidget(header)
        header.show()

    def _header(self, found: CaseGrounds) -> PageHeader:
        model, look, row = self._model, self._look, found.row
        _ = look.language.gettext
        parts = [row.title] if row.title == row.case_number else [row.case_number, row.title]
        crumbs = (" · ".join(parts), _("Consents"))
        if model.is_writing:
            title = _("Use another legal ground")
            return PageHeader(look, title, crumbs=crumbs)
        text = _("Go on with what you began") if model.has_begun else _("Use another ground")
        begin = Button(look, text, ButtonKind.PRIMARY, icon="plus")
        begin.setObjectName("begin")
        begin.setToolTip("Ctrl+Shift+N")
        begin.setEnabled(model.may_record)
        begin.clicked.connect(model.begin)
        title, line = _("Other legal grounds"), _("What is told without consent, and who decided")
        return PageHeader(look, title, crumbs=crumbs, line=line, actions=(begin,))

    def _build_form(self, names: ConsentNames) -> None:
        model, look = self._model, self._look
        self._what, whom = WhatCard(model, look, names), WhomCard(model, look, names)
        ground = GroundCard(model, look)
        main = _column([self._what, whom, ground])
        side = _column(
            [ProvisionCard(model, look), DecisionCard(model, look), DutyCard(model, look)]
        )
        foot = Foot(model, look)
        self._boxes = [self._what, whom, ground, side, foot]
        self._put(TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW))
        self._put(foot)

    def _build_list(self, found: CaseGrounds, names: ConsentNames) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        cards = decision_cards(model, look, found, names)
        if not cards:
            text = _(
                "Consent is the usual way. Where the law lets or obliges somebody to tell without "
                "it, the decision is recorded here: who decided, why, what and to whom."
            )
            title = _("Nothing has been told without consent")
            cards = [self._card("scale", title, text)]
        main, side = _column(cards), _column([about_card(look), DutyCard(model, look)])
        self._put(TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW))

    def _build_instead(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.state is GroundsState.MORE_SCREENS:
            text = _(
                "More than one screen is connected. What is told without consent is shown only "
                "when a single one is."
            )
            self._put_header(PageHeader(look, _("Other legal grounds")))
            self._put(self._card("monitor", _("Not while others may look on"), text))
        elif model.state is GroundsState.FAILED and model.trouble is not None:
            card = problem_card(look, explain(model.trouble, look.language))
            again = Button(look, _("Try again"), icon="refresh-cw")
            again.setObjectName("try again")
            again.clicked.connect(model.load)
            card.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
            self._put(card)
        elif model.state is GroundsState.SLOW:
            text = _("The decisions are being read.")
            self._put(self._card("hourglass", _("One moment"), text))

    def _card(self, icon: str, title: str, text: str) -> Card:
        card = Card(self._look)
        card.body.addWidget(EmptyState(self._look, icon=icon, title=title, text=text))
        return card

    def _put(self, part: QWidget) -> None:
        self._place.addWidget(part)
        part.show()
        self._parts.append(part)

    def _show_banners(self) -> None:
        model = self._model
        trouble = None if model.state is GroundsState.FAILED else model.trouble
        begun = model.has_begun and not model.is_writing
        found = self._shown
        told = (found, trouble, model.news, model.asks_to_discard, begun, model.may_record)
        if told == self._told:
            return
        before, self._told = self._told, told
        had_focus = self._name_of_focus()
        take_out(*self._shown_banners)
        self._shown_banners = []
        if found is not None:
            self._shown_banners += self._standing_banners(found)
        if trouble is not None and found is not None:
            self._shown_banners.append(trouble_banner(self._look, trouble))
        if begun and found is not None:
            self._shown_banners.append(self._begun_banner())
        if model.news is not None and found is not None:
            self._shown_banners.append(self._news_banner(model.news))
        for one in self._shown_banners:
            self._banners.addWidget(one)
            one.show()
        is_new = bool(before) and told[1:4] != before[1:4] and any(told[1:4])
        if is_new and self._shown_banners:
            come_forward(self._shown_banners[-1], focus=model.asks_to_discard)
        elif had_focus in {"discard", "keep"}:
            self.first_focus.setFocus()

    def _standing_banners(self, found: CaseGrounds) -> list[QWidget]:
        look = self._look
        _ = look.language.gettext
        if found.chain is not ChainStanding.HOLDS:
            title = _("The chain of consents is broken")
            text = _("Nothing is shared in the case, and nothing can be recorded.")
            return [banner(look, text, tone=Tone.WARN, title=title)]
        if found.confirmation is not Confirmation.CONFIRMED:
            title = _("An older file was used")
            text = _("Nothing counts before somebody has compared the consents with the papers.")
            return [banner(look, text, tone=Tone.WARN, title=title)]
        return []

    def _begun_banner(self) -> QWidget:
        model, look = self._model, self._look
        _ = look.language.gettext
        if not model.asks_to_discard:
            discard = Button(look, _("Discard"), ButtonKind.GHOST)
            discard.setObjectName("ask to discard")
            discard.clicked.connect(self._ask_to_discard)
            text = _("A decision is begun and not recorded. Nothing of it holds yet.")
            return banner(look, text, tone=Tone.INFO, icon="pen-line", buttons=(discard,))
        keep = Button(look, _("Keep it"))
        keep.setObjectName("keep")
        keep.clicked.connect(self._keep)
        discard = Button(look, _("Discard"), ButtonKind.DANGER)
        discard.setObjectName("discard")
        discard.clicked.connect(model.discard)
        return banner(
            look,
            _("The draft is gone then, and nothing of it was recorded."),
            tone=Tone.MUTE,
            title=_("Discard what you have filled in?"),
            buttons=(keep, discard),
        )

    def _news_banner(self, news: News) -> QWidget:
        _ = self._look.language.gettext
        texts = {
            News.RECORDED: _("The decision is recorded. It opens what it names, from now on."),
            News.LIFTED: _("The decision is taken back. What it opened is closed again."),
        }
        return banner(self._look, texts[news], tone=Tone.OK)

    @Slot()
    def _ask_to_discard(self) -> None:
        self._model.ask_to_discard(asks=True)

    @Slot()
    def _keep(self) -> None:
        self._model.ask_to_discard(asks=False)

    def _keep_order(self) -> None:
        """Have Tab go through the page as one reads it, whatever was made last."""
        stops = stops_in(*self._head_parts, *self._shown_banners)
        for box in self._boxes or self._parts:
            stops += box.in_order if isinstance(box, GroundCard) else stops_in(box)
        keep_tab_order(self._back, *stops)


def _column(parts: Sequence[Card]) -> QWidget:
    column = QWidget()
    inside = QVBoxLayout(column)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(Space.L)
    for part in parts:
        inside.addWidget(part)
    return column
