"""From paper alone: the control code is typed, and the protocol that it stands for is told."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.i18n import Language
from trygga_desktop.services.sealed_files import FoundProtocol
from trygga_desktop.ui.screens.verify.paper import PaperModel, PaperState
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page import bring_into_view
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner

_LONGEST = 40


class PaperCard(Card):
    """What is found is told by its case and meeting; whether the paper says the same, eyes see."""

    def __init__(self, model: PaperModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Only the paper?"), parent=parent)
        self._model = model
        self._look = look
        self._told: list[QWidget] = []
        line = _("The control code at the foot of each page finds the protocol in this vault.")
        text2 = look.theme.tokens.text2
        self.body.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        typed = TextInput(look, text=model.typed, longest=_LONGEST)
        typed.setObjectName("control code")
        typed.textChanged.connect(model.type)
        typed.returnPressed.connect(model.look)
        self._field = Field(look, _("Control code"), typed)
        self.body.addWidget(self._field)
        self._find = Button(look, _("Find the protocol"), icon="search")
        self._find.setObjectName("find by code")
        self._find.clicked.connect(model.look)
        self._find.across()
        self.body.addWidget(self._find)
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        take_out(*self._told)
        self._told = []
        if model.state is PaperState.UNREADABLE:
            text = _("A code has twelve letters and digits, as T9VZ-BQFY-H206.")
            self._field.show_state(FieldState.BAD, text)
        else:
            self._field.show_state(FieldState.PLAIN)
        if model.trouble is not None:
            self._tell(trouble_banner(look, model.trouble))
        elif model.state is PaperState.UNKNOWN:
            title = _("No protocol has this code")
            text = _(
                "It is in no case that you can open here. Compare the letters once more; a "
                "protocol from another vault is not known here."
            )
            self._tell(banner(look, text, tone=Tone.WARN, title=title, icon="search"))
        elif model.found is not None:
            self._tell_found(model.found)

    def _tell_found(self, found: FoundProtocol) -> None:
        look = self._look
        _ = look.language.gettext
        words = _("Show the excerpts") if found.kind is None else _("Show the protocol")
        if found.kind is not None and found.kind.is_plan:
            words = _("Show the plan")
        if found.version:
            words = _("Show the agreement")
        show = Button(look, words)
        show.setObjectName("show what was found")
        show.clicked.connect(self._model.show_protocol)
        if found.is_same:
            tone, icon = Tone.OK, "circle-check"
            text = _("It is stored as it was sealed. Compare the pages with the paper.")
            if found.version:
                text = _("It is stored as it was written. Compare the pages with the paper.")
        else:
            tone, icon = Tone.BAD, "triangle-alert"
            text = _("What is stored is not what was sealed. Do not hand it out.")
        lines = f"{_found_line(found, look.language)}\n{text}"
        if found.seal_words:
            seal = _("The seal in words: {words}").format(words=found.seal_words)
            lines = f"{lines}\n{seal}"
        title = found_title(found, look.language)
        show.across()
        self._tell(banner(look, lines, tone=tone, title=title, icon=icon))
        self._told.append(show)
        self.body.addWidget(show)
        show.show()
        bring_into_view(show)

    def _tell(self, told: QWidget) -> None:
        self._told.append(told)
        self.body.addWidget(told)
        told.show()
        come_forward(told)


def found_title(found: FoundProtocol, language: Language) -> str:
    """Return of which case and meeting it is, by their numbers."""
    if found.version:
        text = language.gettext("{case}, agreement")
        return text.format(case=found.case_number)
    text = language.gettext("{case}, meeting {number}")
    return text.format(case=found.case_number, number=language.number(found.meeting_number))


def _found_line(found: FoundProtocol, language: Language) -> str:
    _ = language.gettext
    if found.version:
        text = _("The agreement with the young person, version {number}, {time}.")
        time = language.date_time(found.sealed_at)
        return text.format(number=language.number(found.version), time=time)
    if found.kind is None:
        recipient = make_visible(found.recipient, lines=False, longest=LONGEST_NAME)
        text = _("An excerpt for {recipient}, copy {copy}, sealed {time}.")
        time = language.date_time(found.sealed_at)
        return text.format(recipient=recipient, copy=language.number(found.copy), time=time)
    kinds = {
        ProtocolKind.FULL: _("The board's own protocol, sealed {time}."),
        ProtocolKind.ROOM: _("The protocol for everyone at the table, sealed {time}."),
        ProtocolKind.ADDENDUM: _("An addendum, sealed {time}."),
        ProtocolKind.PLAN_FULL: _("The agreed plan for the board's own file, sealed {time}."),
        ProtocolKind.PLAN_ROOM: _("The agreed plan for everyone at the table, sealed {time}."),
    }
    return kinds[found.kind].format(time=language.date_time(found.sealed_at))
