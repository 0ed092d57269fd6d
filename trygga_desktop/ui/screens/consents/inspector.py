"""Beside the matrix: why a cell is as it is, who said what, and what would change it."""

from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.screens.consents.words import CellTold, SignerLine, TermLine, Told
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider, TintedBox
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark, Pill
from trygga_desktop.ui.widgets.painting import draw_box, smooth


class Inspector(Card):
    """It is built anew for each cell. It takes the focus itself, so that it can be read as one."""

    def __init__(
        self,
        model: ConsentsViewModel,
        look: Look,
        told: CellTold,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent=parent)
        self._model = model
        self._look = look
        self.setObjectName("inspector")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build(told)
        self.setAccessibleName(" ".join(one.text() for one in self.findChildren(PlainLabel)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, and a ring around it while it has the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            smooth(painter)
            focus = self._look.theme.tokens.focus
            draw_box(painter, QRectF(self.rect()), radius=Radius.CARD, edge=focus, width=2)

    def _build(self, told: CellTold) -> None:
        look = self._look
        _ = look.language.gettext
        title = QVBoxLayout()
        title.setSpacing(2)
        title.addWidget(PlainLabel(look, told.category, style=TextStyle.SUBTITLE))
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(IconMark(look, "arrow-right", size=16), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(PlainLabel(look, told.organisation, style=TextStyle.SUBTITLE), 1)
        title.addLayout(row)
        self.body.addLayout(title)
        self._add_head(_("May be told"), told.receive)
        tone = Tone.OK if told.receive.pill.tone is Tone.OK else Tone.MUTE
        box = TintedBox(look, tone)
        box.row.addWidget(PlainLabel(look, told.receive.sentence), 1)
        self.body.addWidget(box)
        if told.signers:
            self.body.addLayout(self._signers(told.signers, told.period))
        self.body.addWidget(Divider(look))
        self._add_head(_("May tell"), told.give)
        text2 = look.theme.tokens.text2
        give = PlainLabel(look, told.give.sentence, style=TextStyle.SECONDARY, colour=text2)
        self.body.addWidget(give)
        for term in told.terms:
            self.body.addWidget(self._term(term))
        for note in told.notes:
            self.body.addLayout(self._line("info", note))
        if told.changes:
            self.body.addWidget(Divider(look))
            words = QVBoxLayout()
            words.setSpacing(6)
            words.addWidget(PlainLabel(look, told.heading, style=TextStyle.STRONG))
            for change in told.changes:
                words.addLayout(self._line("arrow-right", change))
            self.body.addLayout(words)

    def _add_head(self, label: str, told: Told) -> None:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(PlainLabel(look, label, style=TextStyle.STRONG))
        row.addWidget(Pill(look, told.pill.text, tone=told.pill.tone, icon=told.pill.icon))
        row.addStretch(1)
        self.body.addLayout(row)

    def _signers(self, signers: tuple[SignerLine, ...], period: str) -> QVBoxLayout:
        look = self._look
        tokens = look.theme.tokens
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        for one in signers:
            row = QHBoxLayout()
            row.setSpacing(6)
            name = PlainLabel(look, one.name, style=TextStyle.MEDIUM)
            row.addWidget(name, 1)
            ink = tokens.tint(one.pill.tone).ink
            mark = IconMark(look, one.pill.icon, colour=ink, size=16)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(PlainLabel(look, one.pill.text, style=TextStyle.MEDIUM, colour=ink))
            column.addLayout(row)
            if one.detail:
                column.addWidget(self._caption(one.detail))
        if period:
            column.addWidget(self._caption(period))
        return column

    def _caption(self, text: str) -> PlainLabel:
        text2 = self._look.theme.tokens.text2
        return PlainLabel(self._look, text, style=TextStyle.CAPTION, colour=text2)

    def _term(self, term: TermLine) -> TintedBox:
        look = self._look
        _ = look.language.gettext
        box = TintedBox(look, Tone.WARN)
        ink = look.theme.tokens.warn
        box.row.addWidget(IconMark(look, "circle-dot", colour=ink), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(look, term.title, style=TextStyle.LABEL))
        words.addWidget(PlainLabel(look, f"”{term.words}”"))
        words.addWidget(PlainLabel(look, term.asked, style=TextStyle.CAPTION))
        lift = Button(look, _("Holds no more"), small=True)
        lift.setObjectName("lift")
        lift.setAccessibleName(_("This holds no more: {words}").format(words=term.words[:80]))
        lift.setEnabled(self._model.may_record)
        lift.clicked.connect(partial(self._model.ask_to_lift, term.id))
        words.addSpacing(Space.XS)
        words.addWidget(lift, 0, Qt.AlignmentFlag.AlignLeft)
        box.row.addLayout(words, 1)
        return box

    def _line(self, icon: str, text: str) -> QHBoxLayout:
        look = self._look
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(IconMark(look, icon, size=16), 0, Qt.AlignmentFlag.AlignTop)
        text2 = look.theme.tokens.text2
        row.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2), 1)
        return row
