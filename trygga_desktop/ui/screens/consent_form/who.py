"""The first step: who answered what."""

from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from trygga_desktop.domain.consent import OwnInformation
from trygga_desktop.domain.consent_events import Way
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.agency_words import role_icon, role_word
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consent_form.paper import Said
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc
from trygga_desktop.ui.widgets.segments import Segment, Segments
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 300
_NARROW = 820
_ROW_NARROW = 560
_DISC = 40
_ABOUT = 420


class WhoStep(QWidget):
    """Everyone who must sign has a row: the answer, and what is about them."""

    def __init__(
        self,
        model: ConsentFormViewModel,
        look: Look,
        view: ConsentView,
        names: ConsentNames,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        _ = look.language.gettext
        self._model = model
        self._rows: list[SignerRow] = []
        card = Card(look, _("Who has answered?"))
        self._all = Button(look, _("All have said yes"), icon="check", small=True)
        self._all.setObjectName("all said yes")
        self._all.clicked.connect(model.all_said_yes)
        card.head.addWidget(self._all)
        roles = {one.party.id: one.party.role for one in view.people}
        for place, one in enumerate(model.paper.signers):
            if place:
                card.body.addWidget(Divider(look))
            role = roles.get(one.id, PartyRole.RELATIVE)
            row = SignerRow(model, look, one.id, role, names)
            self._rows.append(row)
            card.body.addWidget(row)
        if not self._rows:
            text = _("Nobody can consent in this case yet.")
            card.body.addWidget(PlainLabel(look, text, colour=look.theme.tokens.text2))
        side = _side(look, view, names)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(TwoColumns(look, card, side, fixed=side, width=_SIDE, narrow=_NARROW))
        model.changed.connect(self._follow)
        self._follow()

    @property
    def first_focus(self) -> QWidget | None:
        """Return what answers everything at once, or the first answer, if anybody is asked."""
        if self._all.isEnabled():
            return self._all
        answers = [one for row in self._rows for one in row.said.findChildren(QRadioButton)]
        return next((one for one in answers if one.isChecked()), None)

    @Slot()
    def _follow(self) -> None:
        paper = self._model.paper
        had_focus = self._all.hasFocus()
        self._all.setEnabled(bool(paper.waiting))
        if had_focus and not self._all.isEnabled() and self._rows:
            self._rows[0].said.focus_current()
        for row in self._rows:
            row.follow()


class SignerRow(QWidget):
    """One signer: icon and name, the answer, and for a yes what is about the signer."""

    def __init__(
        self,
        model: ConsentFormViewModel,
        look: Look,
        signer: UUID,
        role: PartyRole,
        names: ConsentNames,
    ) -> None:
        super().__init__()
        _ = look.language.gettext
        self._model = model
        self._look = look
        self._signer = signer
        # The whole paper is about the young person.
        self._has_own = role is not PartyRole.SUBJECT_PERSON
        name = names.full_name(signer)
        self._who = QWidget()
        who = QHBoxLayout(self._who)
        who.setContentsMargins(0, 0, 0, 0)
        who.setSpacing(Space.M)
        who.addWidget(Disc(look, icon=role_icon(role), tone=Tone.INFO, size=_DISC))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(look, name, style=TextStyle.STRONG))
        text2 = look.theme.tokens.text2
        word = role_word(role, look.language)
        words.addWidget(PlainLabel(look, word, style=TextStyle.SECONDARY, colour=text2))
        who.addLayout(words, 1)
        self.said = Segments(
            look,
            _("Answer of {name}").format(name=names.person(signer)),
            [
                Segment(Said.YES, _("Yes"), "check"),
                Segment(Said.NO, _("No"), "ban"),
                Segment(Said.WAITING, _("Not yet"), "hourglass"),
            ],
        )
        self.said.setObjectName("said")
        self.said.chosen.connect(self._answer)
        self._own = ComboBox(
            look,
            [
                (_("No"), OwnInformation.NONE),
                (_("Yes, to the agencies"), OwnInformation.AGENCIES),
                (_("Yes, also in front of the family"), OwnInformation.AGENCIES_AND_FAMILY),
            ],
        )
        self._own.setObjectName("own information")
        self._own.activated.connect(self._choose_own)
        label = _("May what is about {name} be told too?").format(name=names.person(signer))
        self._about = Field(look, label, self._own)
        self._about.setMaximumWidth(look.theme.px(_ABOUT))
        self._about.setContentsMargins(look.theme.px(_DISC) + Space.M, 0, 0, 0)
        self._tick = CheckBox(look, _("May ask how it is, after the work has ended"))
        self._tick.setObjectName("long term")
        self._tick.setAccessibleDescription(names.person(signer))
        self._tick.toggled.connect(self._tick_later)
        self._later = QWidget()
        later = QVBoxLayout(self._later)
        later.setContentsMargins(look.theme.px(_DISC) + Space.M, 0, 0, 0)
        later.addWidget(self._tick)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(0, 1)
        self._narrow: bool | None = None
        self._arrange(narrow=False)

    def follow(self) -> None:
        """Show what is noted."""
        one = self._model.paper.signer(self._signer)
        self.said.choose(one.said)
        self._own.choose(one.own)
        self._about.setVisible(one.said is Said.YES and self._has_own)
        self._tick.setChecked(one.long_term)
        # What is only said does not count for it.
        is_asked = self._model.paper.asks_for_long_term and self._model.validity.way is Way.PAPER
        self._later.setVisible(one.said is Said.YES and is_asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the answer under the name where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _ROW_NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for part in (self._who, self.said, self._about, self._later):
            self._grid.removeWidget(part)
        left, top = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self._who, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self.said, 1 if narrow else 0, 0 if narrow else 1, left | top)
        self._grid.addWidget(self._about, 2 if narrow else 1, 0, 1, 2)
        self._grid.addWidget(self._later, 3 if narrow else 2, 0, 1, 2)

    @Slot(object)
    def _answer(self, said: object) -> None:
        self._model.answer(self._signer, Said(str(said)))

    @Slot()
    def _choose_own(self) -> None:
        self._model.choose_own(self._signer, OwnInformation(str(self._own.currentData())))

    @Slot(bool)
    def _tick_later(self, ticks: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.tick_long_term(self._signer, ticks=ticks)


def _side(look: Look, view: ConsentView, names: ConsentNames) -> Card:
    _ = look.language.gettext
    card = Card(look, _("This is how it counts"))
    rows = [
        (
            "users-round",
            _("All who must sign decide"),
            _("What counts are the cells that everyone agrees on."),
        ),
        ("ban", _("A no is a valid answer"), _("Write it down too. Do not ask again at once.")),
        (
            "undo-2",
            _("It can be taken back"),
            _("At any time, all of it or a part, without a reason."),
        ),
    ]
    if view.asked:
        who = names.list_words(names.people(view.asked))
        rows.append(
            (
                "message-circle",
                _("{names} does not sign").format(names=who),
                _("The opinion is asked for, and written down under Consents."),
            )
        )
    for icon, title, line in rows:
        card.body.addWidget(IconRow(look, icon=icon, title=title, line=line))
    return card
