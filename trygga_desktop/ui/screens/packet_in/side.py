"""Beside the changes: from whom the packet is, about whom, and what takes it in."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.packets_in import Incoming
from trygga_desktop.ui.screens.packet_in.view_model import InState, PacketInViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible


class Side(QWidget):
    """The primary stands last, and what is missing above it while it cannot be pressed."""

    def __init__(self, model: PacketInViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self._place = QVBoxLayout()
        self._place.setSpacing(Space.M)
        self._cards: list[QWidget] = []
        self._shown: object = self
        column.addLayout(self._place)
        self._same = CheckBox(look, _("Both cases are of the same young person"))
        self._same.setObjectName("same person")
        self._same.clicked.connect(self._say_same)
        column.addWidget(self._same)
        text2 = look.theme.tokens.text2
        self._missing = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        column.addWidget(self._missing)
        self.all = Button(look, _("Accept what only they changed"), icon="list-checks")
        self.all.setObjectName("accept all")
        self.all.clicked.connect(model.answer_all)
        self.take = Button(look, _("Take in"), ButtonKind.PRIMARY, icon="check")
        self.take.setObjectName("take in")
        self.take.setToolTip("Ctrl+Enter")
        self.take.clicked.connect(model.take_in)
        for button in (self.all, self.take):
            button.across()
            column.addWidget(button)
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        _ = language.gettext
        if model.found != self._shown:
            self._shown = model.found
            take_out(*self._cards)
            self._cards = [] if model.found is None else self._about(model.found)
            for one in self._cards:
                self._place.addWidget(one)
                one.show()
        self._same.setVisible(model.found is not None and model.found.is_first)
        self._same.setChecked(model.is_same_person)
        missing = ""
        if model.state is InState.TAKING:
            missing = _("What you accepted is being stored.")
        elif model.needs_person:
            missing = _("Say first that both cases are of the same young person.")
        elif model.unanswered:
            missing = language.ngettext(
                "{count} change asks for an answer.",
                "{count} changes ask for an answer.",
                model.unanswered,
            ).format(count=language.number(model.unanswered))
        self._missing.show_text(missing)
        self._missing.setVisible(bool(missing))
        self.all.setVisible(len(model.asked) > 1)
        # Disabled while it works, a button would lose the focus to what stands beside it.
        self.take.setEnabled(model.may_take_in or model.state is InState.TAKING)
        self.take.setAccessibleDescription(missing)

    def _about(self, found: Incoming) -> list[QWidget]:
        look, language = self._look, self._look.language
        _ = language.gettext
        sender, place, speaks, there, here = (
            make_visible(one, lines=False, longest=LONGEST_NAME)
            for one in (
                found.sender,
                found.municipality,
                found.organisation,
                found.name_there,
                found.name_here,
            )
        )
        who = Card(look, _("From whom"))
        line = _("Speaks for {organisation}. Their keys are certified.")
        who.body.addWidget(
            IconRow(
                look,
                icon="user-round",
                title=f"{sender}, {place}",
                line=line.format(organisation=speaks),
            )
        )
        made = language.date_time(found.made_at)
        number = language.number(found.number)
        who.body.addWidget(
            IconRow(
                look,
                icon="lock",
                title=_("Packet {number}, made {time}").format(number=number, time=made),
                line=_("It is as it was signed, and only you can open it."),
            )
        )
        case = Card(look, _("About whom"))
        known = there or _("no name")
        case.body.addWidget(
            IconRow(
                look,
                icon="briefcase",
                title=_("There: {name}").format(name=known),
                line=make_visible(found.case_number_there, lines=False) or _("no case number"),
            )
        )
        case.body.addWidget(
            IconRow(
                look,
                icon="folder",
                title=_("Here: {name}").format(name=here or _("no name")),
                line=make_visible(found.row.case_number, lines=False),
            )
        )
        cards: list[QWidget] = [who, case]
        if found.is_another_name:
            text = _("The names differ. Make sure that it is the same person.")
            case.body.addWidget(banner(look, text, tone=Tone.WARN))
        if found.is_new_meeting and found.starts_at is not None:
            day = language.date_long(found.starts_at.astimezone(STOCKHOLM).date())
            text = _("The meeting of {day} is not planned here. It comes with the agenda.")
            case.body.addWidget(banner(look, text.format(day=day), tone=Tone.INFO))
        return cards

    @Slot()
    def _say_same(self) -> None:
        self._model.say_same_person(is_same=self._same.isChecked())
