"""The form for a new case: the young person, how it began, the case beside, what is missing."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.person_typing.side import protection_card, similar_text
from trygga_desktop.ui.screens.new_case.case_card import CaseCard, IntakeCard
from trygga_desktop.ui.screens.new_case.foot import Foot
from trygga_desktop.ui.screens.new_case.person_card import PersonCard
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 300
_NARROW = 820


class NewCaseView(QWidget):
    """Focus starts in the given name. What is typed is stored when the form is hidden."""

    def __init__(self, model: NewCaseViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._told: tuple[object, ...] = ()
        self._shown_banners: list[QWidget] = []
        self._person = PersonCard(model, look)
        self._intake = IntakeCard(model, look)
        self._case = CaseCard(model, look)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(Space.L)
        side.addWidget(self._case)
        self._protection = QVBoxLayout()
        side.addLayout(self._protection)
        self._holds: QWidget | None = None
        self._foot = Foot(model, look)
        self._foot.going_there.connect(self._go_there)
        self._lay_out()
        self._person.choices_changed.connect(self._keep_order)
        model.changed.connect(self._show)
        self._show()
        self.first_focus: QWidget = self._person.given_name.input
        self.commands = (Command(_("Open the case"), ("Ctrl+Return",), model.open),)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the order of Tab right: it turns round when the form comes into its window."""
        super().showEvent(event)
        self._keep_order()

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what is typed."""
        self._model.leave()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        _ = self._look.language.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        header = PageHeader(self._look, _("New case"), crumbs=(_("Cases"), _("New")))
        column.addWidget(header)
        column.addLayout(self._banners)
        main, side = QWidget(), self._side
        parts = QVBoxLayout(main)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(Space.L)
        parts.addWidget(self._person)
        parts.addWidget(self._intake)
        column.addWidget(
            TwoColumns(self._look, main, side, fixed=side, width=_SIDE, narrow=_NARROW)
        )
        column.addStretch(1)
        column.addWidget(self._foot)

    @Slot()
    def _go_there(self) -> None:
        if self._model.missing:
            field = self.findChild(QWidget, self._model.missing[0])
            if field is not None:
                field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _show(self) -> None:
        model = self._model
        told = (model.asks_to_discard, model.trouble, model.similar)
        if told != self._told:
            before, self._told = self._told, told
            self._show_banners()
            self._bring_news(before)
        protection = model.form.protection
        if self._holds is None or self._holds.objectName() != protection:
            if self._holds is not None:
                take_out(self._holds)
            self._holds = protection_card(self._look, protection)
            self._holds.setObjectName(protection)
            self._protection.addWidget(self._holds)

    def _show_banners(self) -> None:
        model, look = self._model, self._look
        take_out(*self._shown_banners)
        shown: list[QWidget] = []
        if model.asks_to_discard:
            shown.append(self._discard_banner())
        if model.trouble is not None:
            shown.append(trouble_banner(look, model.trouble))
        if model.similar:
            title = look.language.gettext("There may be a case already")
            text = similar_text(model.similar, look.language)
            shown.append(banner(look, text, tone=Tone.WARN, title=title))
        # Two at once are read; a third pushes the form away.
        self._shown_banners = shown[:2]
        for one in self._shown_banners:
            self._banners.addWidget(one)
        self._keep_order()

    def _bring_news(self, before: tuple[object, ...]) -> None:
        """Have the uppermost banner noticed, unless it stood there before."""
        told = [place for place, one in enumerate(self._told) if one]
        # What stood here before the look changed is no news either.
        if not before or not told or self._told[told[0]] == before[told[0]]:
            return
        typing = self._told[told[0]] is self._model.similar
        come_forward(self._shown_banners[0], beside=focus_in(self) if typing else None)

    @Slot()
    def _keep_order(self) -> None:
        """Have Tab go through the page as one reads it, whatever was made last."""
        fields = (*self._person.in_order(), *self._intake.in_order, *self._case.in_order)
        keep_tab_order(self._shown_banners, *fields, [self._foot])

    def _discard_banner(self) -> QWidget:
        _ = self._look.language.gettext
        keep = Button(self._look, _("Keep it"))
        keep.setObjectName("keep")
        keep.clicked.connect(self._keep)
        discard = Button(self._look, _("Discard"), ButtonKind.DANGER)
        discard.setObjectName("really discard")
        discard.clicked.connect(self._discard)
        return banner(
            self._look,
            _("Everything in the form goes away, the draft too."),
            tone=Tone.MUTE,
            title=_("Discard what you have typed?"),
            buttons=(keep, discard),
        )

    @Slot()
    def _keep(self) -> None:
        self._model.ask_to_discard(asks=False)
        self.first_focus.setFocus()

    @Slot()
    def _discard(self) -> None:
        self._model.discard()
        self.first_focus.setFocus()
