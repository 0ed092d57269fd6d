"""The form for a new meeting: fields and people left, the agenda right, the ways out below."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.new_meeting.fields_card import FieldsCard
from trygga_desktop.ui.screens.new_meeting.form import MeetingField
from trygga_desktop.ui.screens.new_meeting.people_card import PeopleCard
from trygga_desktop.ui.screens.new_meeting.side import AgendaCard, Ways
from trygga_desktop.ui.screens.new_meeting.view_model import FormState, NewMeetingViewModel
from trygga_desktop.ui.screens.new_meeting.words import ask_anew_text, left_text
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 330
_NARROW = 860


class NewMeetingView(QWidget):
    """Focus starts in the template. Ctrl+Enter plans, Esc goes back."""

    def __init__(
        self, model: NewMeetingViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._head = QVBoxLayout()
        self._head_parts: list[QWidget] = []
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._shown_banners: list[QWidget] = []
        self._instead = QVBoxLayout()
        self._instead_parts: list[QWidget] = []
        self._fields = FieldsCard(model, look)
        self._people = PeopleCard(model, look)
        self._agenda = AgendaCard(model, look)
        self._ways = Ways(model, look)
        self._ways.going_there.connect(self._go_there)
        self._ways.planning.connect(self._plan)
        self._titled: object = None
        self._built: object = None
        self._told: tuple[object, ...] = ()
        self._awaits_form = model.found is None
        self._lay_out()
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(
                _("Save the booking") if model.is_booked else _("Book the meeting"),
                ("Ctrl+Return", "Ctrl+Enter"),
                self._plan,
            ),
            Command(_("Order the agenda, or undo that"), ("F7",), model.turn_order),
            Command(_("Back to the meetings"), ("Alt+Left",), model.cancel),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the template, or what there is instead of the form."""
        if self._model.found is not None:
            return self._fields.first
        for part in self._instead_parts:
            button = part.findChild(Button)
            if isinstance(button, Button):
                return button
        return self

    def showEvent(self, event: QShowEvent) -> None:
        """Put the order of Tab right: it turns round when the form comes into its window."""
        super().showEvent(event)
        self._keep_order()

    def _lay_out(self) -> None:
        main, side = QWidget(), QWidget()
        left, right = QVBoxLayout(main), QVBoxLayout(side)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.L)
        left.addWidget(self._fields)
        left.addWidget(self._people)
        left.addStretch(1)
        right.addWidget(self._agenda)
        right.addStretch(1)
        self._body = TwoColumns(self._look, main, side, fixed=side, width=_SIDE, narrow=_NARROW)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addLayout(self._head)
        column.addLayout(self._banners)
        column.addWidget(self._body)
        column.addLayout(self._instead)
        column.addStretch(1)
        column.addWidget(self._ways)

    @property
    def foot(self) -> QWidget:
        """Return what stays in view while the form is scrolled."""
        return self._ways

    @Slot()
    def _show(self) -> None:
        model = self._model
        self._show_title()
        built = (model.state, model.found is None)
        if built != self._built:
            self._built = built
            self._show_instead()
        self._show_banners()
        self._keep_order()
        if self._awaits_form and model.found is not None:
            self._awaits_form = False
            if self.isVisible() and focus_in(self) is None:
                self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_title(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        titled = (model.number, model.found, len(model.doubtful), model.observers)
        if titled == self._titled:
            return
        self._titled = titled
        take_out(*self._head_parts)
        self._head_parts = []
        row = None if model.found is None else model.found.row
        crumbs = [_("Meetings")]
        pills: list[Pill] = []
        if row is not None:
            number = make_visible(row.case_number, lines=False)
            who = "" if row.title == row.case_number else f" · {row.title}"
            crumbs.insert(0, f"{number}{who}")
            pills = self._consent_pills()
        title = _("Plan a meeting")
        if model.is_booked:
            title = _("Change meeting {number}").format(number=model.number)
        elif row is not None:
            title = _("Plan meeting {number}").format(number=model.number)
        header = PageHeader(look, title, crumbs=crumbs, pills=pills)
        self._head.addWidget(header)
        self._head_parts.append(header)

    def _consent_pills(self) -> list[Pill]:
        look, model = self._look, self._model
        _ = look.language.gettext
        if all(one.is_family for one in model.invited) and not model.observers:
            # A consent is about what agencies may know.
            return []
        count = len(model.doubtful) + model.observers
        if not count:
            text = _("The consent covers everyone")
            return [Pill(look, text, tone=Tone.OK, icon="shield-check")]
        words = look.language.ngettext(
            "{count} not covered by the consent", "{count} not covered by the consent", count
        )
        text = words.format(count=count)
        return [Pill(look, text, tone=Tone.WARN, icon="shield-question-mark")]

    def _show_instead(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        self._body.setVisible(model.found is not None)
        self._ways.setVisible(model.found is not None)
        take_out(*self._instead_parts)
        self._instead_parts = []
        if model.state is FormState.FAILED and model.trouble is not None:
            card = problem_card(look, explain(model.trouble, look.language))
            back = Button(look, _("The meetings"), icon="arrow-left")
            back.setObjectName("back")
            back.clicked.connect(model.cancel)
            card.body.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
            self._instead_parts.append(card)
        elif model.state is FormState.OVER:
            card = Card(look)
            text = _("It has begun or was called off. What was typed here is among the kept text.")
            title = _("The booking cannot be changed any more")
            card.body.addWidget(EmptyState(look, icon="calendar-x", title=title, text=text))
            back = Button(look, _("The meetings"), icon="arrow-left")
            back.setObjectName("back")
            back.clicked.connect(model.cancel)
            card.body.addWidget(back, 0, Qt.AlignmentFlag.AlignHCenter)
            self._instead_parts.append(card)
        elif model.state is FormState.SLOW:
            card = Card(look)
            text = _("The case is being opened.")
            empty = EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            card.body.addWidget(empty)
            self._instead_parts.append(card)
        for one in self._instead_parts:
            self._instead.addWidget(one)

    def _show_banners(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        trouble = None if model.state is FormState.FAILED else model.trouble
        left = model.without_a_place
        asked = model.to_ask_anew
        told = (trouble, model.is_protected, left, asked)
        if told == self._told:
            return
        before, self._told = self._told, told
        take_out(*self._shown_banners)
        self._shown_banners = []
        if trouble is not None:
            self._shown_banners.append(trouble_banner(look, trouble))
        if model.is_protected:
            text = _("The meeting place is neither shown nor printed.")
            self._shown_banners.append(banner(look, text, tone=Tone.INFO, icon="map-pin-off"))
        if left:
            self._shown_banners.append(
                banner(look, left_text(left, look.language), tone=Tone.WARN, icon="user-round-x")
            )
        if asked:
            text = ask_anew_text(asked, look.language)
            self._shown_banners.append(banner(look, text, tone=Tone.INFO, icon="message-circle"))
        for one in self._shown_banners:
            self._banners.addWidget(one)
        if trouble is not None and before and before[0] != trouble:
            come_forward(self._shown_banners[0])

    def _keep_order(self) -> None:
        keep_tab_order(
            self._shown_banners,
            *self._fields.in_order,
            self._people.in_order,
            *self._people.guest_controls,
            self._agenda.turn,
            [self._ways],
            self._instead_parts,
        )

    @Slot()
    def _plan(self) -> None:
        # A name that is still in the field was meant to be invited too.
        self._people.add_guest()
        self._model.plan()
        if not self._model.is_working and self._model.missing:
            self._go_there()

    @Slot()
    def _go_there(self) -> None:
        if not self._model.missing:
            return
        first = self._model.missing[0]
        if first is MeetingField.PEOPLE:
            target = self._people.first_box
        elif first is MeetingField.GUARD:
            target = self._people.first_stopped
        else:
            target = self.findChild(QWidget, first)
        if isinstance(target, QWidget):
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
