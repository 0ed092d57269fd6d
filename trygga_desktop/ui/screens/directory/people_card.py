"""The right side of the directory: an organisation, and those who speak for it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.directory import Contact, Organisation
from trygga_desktop.ui.agency_words import agency_icon, agency_name
from trygga_desktop.ui.screens.directory.listing import (
    former_names,
    next_name,
    people_of,
    plain,
)
from trygga_desktop.ui.screens.directory.view_model import DirectoryViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.composed_label import ComposedLabel, spoken
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.marks import Disc, IconMark, Pill
from trygga_desktop.ui.widgets.row_button import RowButton

_BETWEEN = " · "


class PeopleCard(Card):
    """Name, kind and former names above; below, one row for each person."""

    def __init__(self, model: DirectoryViewModel, one: Organisation, look: Look) -> None:
        super().__init__(look, rows_to_edge=True)
        self._model = model
        self._look = look
        self.body.setSpacing(0)
        self.body.addWidget(self._build_head(one))
        found = model.found
        people = (
            ()
            if found is None
            else people_of(one, found.directory, look.language, with_retired=model.with_retired)
        )
        buttons: list[RowButton] = []
        for contact in people:
            self.body.addWidget(Divider(look))
            self.body.addWidget(self._build_row(contact, buttons))
        for button in buttons:
            button.neighbours = buttons
        if not people:
            self.body.addWidget(Divider(look))
            self.body.addWidget(self._build_empty(one))

    def _build_head(self, one: Organisation) -> QWidget:
        look, model = self._look, self._model
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(Space.L - 1, 0, Space.L - 1, Space.L)
        row.setSpacing(Space.M)
        icon = "users" if model.found is None else agency_icon(one.kind, model.found.catalogue)
        tone = Tone.MUTE if one.retired else Tone.ACCENT
        row.addWidget(Disc(look, icon=icon, tone=tone, size=44), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._build_words(one), 1)
        if model.form is None:
            row.addWidget(self._change_button(), 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _build_words(self, one: Organisation) -> QVBoxLayout:
        look, model = self._look, self._model
        _ = look.language.gettext
        text2 = look.theme.tokens.text2
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ComposedLabel(look, plain(one.name), style=TextStyle.SUBTITLE))
        kind = (
            ""
            if model.found is None
            else agency_name(one.kind, model.found.catalogue, look.language)
        )
        if model.is_own:
            kind = _BETWEEN.join((kind, _("this vault is theirs")))
        lines = [kind, next_name(one, model.today, look.language)]
        former = former_names(one, look.language)
        if former:
            lines.append(_("Earlier: {names}").format(names="; ".join(former)))
        for line in lines:
            if line:
                label = ComposedLabel(look, line, style=TextStyle.SECONDARY, colour=text2)
                words.addWidget(label)
        if one.retired:
            words.addWidget(self._retired_pill(), 0, Qt.AlignmentFlag.AlignLeft)
            again = Button(look, _("Take into use again"), ButtonKind.LINK, small=True)
            again.setObjectName("take organisation into use")
            again.start_column()
            again.clicked.connect(partial(model.retire_organisation, retired=False))
            words.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        return words

    def _change_button(self) -> Button:
        look = self._look
        _ = look.language.gettext
        change = Button(look, _("Change"), ButtonKind.SECONDARY, small=True)
        change.setAccessibleName(_("Change the organisation"))
        change.setObjectName("change organisation")
        change.clicked.connect(self._model.change_organisation)
        return change

    def _retired_pill(self) -> Pill:
        text = self._look.language.gettext("In use no more")
        return Pill(self._look, text, tone=Tone.MUTE, icon="circle-slash")

    def _build_row(self, contact: Contact, buttons: list[RowButton]) -> QWidget:
        look, model = self._look, self._model
        _ = look.language.gettext
        text2 = look.theme.tokens.text2
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(Space.L - 1, Space.M, Space.L - 1, Space.M)
        row.setSpacing(Space.M)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(ComposedLabel(look, plain(contact.name), style=TextStyle.STRONG))
        if contact.title.strip():
            title = ComposedLabel(
                look, plain(contact.title), style=TextStyle.SECONDARY, colour=text2
            )
            words.addWidget(title)
        for icon, text in (("phone", contact.phone), ("mail", contact.email)):
            if text.strip():
                words.addLayout(self._reached(icon, text))
        if contact.retired:
            words.addWidget(self._retired_pill(), 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(words, 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        if model.form is None:
            for button in self._row_buttons(contact, buttons):
                row.addWidget(button, 0, middle)
        return widget

    def _row_buttons(self, contact: Contact, buttons: list[RowButton]) -> list[Button]:
        look, model = self._look, self._model
        _ = look.language.gettext
        name = spoken(plain(contact.name))
        ways: list[Button] = []
        if contact.retired:
            again = Button(look, _("Take into use again"), ButtonKind.GHOST, small=True)
            again.setAccessibleName(_("Take {name} into use again").format(name=name))
            again.setObjectName(f"take {contact.id} into use")
            again.clicked.connect(partial(model.retire_contact, contact, retired=False))
            ways.append(again)
        change = RowButton(look, _("Change"), ButtonKind.SECONDARY, small=True)
        change.setAccessibleName(_("Change what stands about {name}").format(name=name))
        change.setObjectName(f"change {contact.id}")
        change.clicked.connect(partial(model.change_contact, contact.id))
        buttons.append(change)
        return [*ways, change]

    def _reached(self, icon: str, text: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(IconMark(self._look, icon, size=14), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(ComposedLabel(self._look, plain(text), style=TextStyle.SECONDARY), 1)
        return line

    def _build_empty(self, one: Organisation) -> QWidget:
        _ = self._look.language.gettext
        if one.retired:
            text = _("Take it into use again, and people can be added.")
        else:
            text = _("Add those who come to meetings for this organisation.")
        return EmptyState(self._look, icon="users", title=_("Nobody yet"), text=text)
