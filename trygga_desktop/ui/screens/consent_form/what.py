"""The second step: what each organisation may be told, and what it may tell."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.consent import Cell, Direction
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import ICON_ONLY_HEARS, ICON_ONLY_TELLS, ConsentNames
from trygga_desktop.ui.screens.consent_form.concerned import ConcernedBox
from trygga_desktop.ui.screens.consent_form.effect import whose_line
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel
from trygga_desktop.ui.screens.consent_form.whose import WhoseCard, WhoseCards
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.matrix import Face, MatrixView, Reach
from trygga_desktop.ui.widgets.segments import Segment, Segments
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_SIDE = 248
_NARROW = 820


class WhatStep(QWidget):
    """Left whose ticks one sees and what is quickly ticked, right the matrix."""

    def __init__(
        self,
        model: ConsentFormViewModel,
        look: Look,
        view: ConsentView,
        names: ConsentNames,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._view = view
        self._names = names
        self._whose: dict[UUID | None, WhoseCard] = {}
        self._addable: tuple[UUID, ...] | None = None
        self.matrix = self._build_matrix()
        side, card = self._build_side(), self._build_card()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(TwoColumns(look, side, card, fixed=side, width=_SIDE, narrow=_NARROW))
        model.changed.connect(self._follow)
        self._follow()

    @property
    def first_focus(self) -> QWidget:
        """Return the matrix: nearly everything is ticked already."""
        return self.matrix

    @Slot()
    def change_direction(self) -> None:
        """Tick the other direction."""
        other = {Direction.RECEIVE: Direction.GIVE, Direction.GIVE: Direction.RECEIVE}
        self._model.choose_direction(other[self._model.direction])

    def _build_side(self) -> Card:
        look, model = self._look, self._model
        _ = look.language.gettext
        card = Card(look)
        card.body.setSpacing(Space.S)
        card.body.addWidget(PlainLabel(look, _("Show the answers of"), style=TextStyle.STRONG))
        people: list[tuple[UUID | None, str, str]] = [
            (None, _("All, what will hold"), "users-round")
        ]
        people += [
            (one.id, self._names.person(one.id), "user-round") for one in model.paper.signers
        ]
        for signer, title, icon in people:
            one = WhoseCard(look, title, icon=icon)
            one.clicked.connect(partial(model.look_at, signer))
            self._whose[signer] = one
        group = WhoseCards(look, list(self._whose.values()))
        group.setAccessibleName(_("Show the answers of"))
        card.body.addWidget(group)
        card.body.addSpacing(Space.XS)
        card.body.addWidget(PlainLabel(look, _("Quick choices"), style=TextStyle.STRONG))
        usual = Button(look, _("The usual"), small=True)
        usual.setObjectName("usual")
        usual.clicked.connect(model.fill_in_usual)
        self._last = Button(look, _("As last time"), small=True)
        self._last.setObjectName("last time")
        self._last.clicked.connect(model.fill_in_last)
        clear = Button(look, _("Clear all"), small=True)
        clear.setObjectName("empty")
        clear.clicked.connect(model.clear)
        card.body.addWidget(WrapRow([usual, clear, self._last]))
        self._last.setVisible(bool(model.paper.last_cells()))
        card.body.addSpacing(Space.XS)
        self._add_head = PlainLabel(look, _("One more organisation"), style=TextStyle.STRONG)
        self._more = ComboBox(look, [])
        self._more.setObjectName("organisation")
        self._more.setAccessibleName(_("Organisation to add"))
        self._add = Button(look, _("Add"), icon="plus", small=True)
        self._add.setObjectName("add organisation")
        self._add.clicked.connect(self._add_organisation)
        self._add.setAccessibleName(_("Add the organisation"))
        card.body.addWidget(self._add_head)
        card.body.addWidget(self._more)
        card.body.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _build_card(self) -> Card:
        look = self._look
        _ = look.language.gettext
        title = _("Who may know what about {name}?").format(name=self._names.subject)
        card = Card(look)
        card.body.setSpacing(Space.S)
        self._direction = Segments(
            look,
            _("Tick what each"),
            [
                Segment(Direction.RECEIVE, _("May be told"), ICON_ONLY_HEARS),
                Segment(Direction.GIVE, _("May tell"), ICON_ONLY_TELLS),
            ],
            current=Direction.RECEIVE,
        )
        self._direction.chosen.connect(self._choose_direction)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(PlainLabel(look, title, style=TextStyle.SUBTITLE), 1)
        row.addWidget(self._direction)
        card.body.addLayout(row)
        card.body.addWidget(self.matrix)
        if self._model.needs_concerned:
            card.body.addSpacing(Space.XS)
            card.body.addWidget(ConcernedBox(self._model, look, self._names))
        return card

    def _build_matrix(self) -> MatrixView:
        _ = self._look.language.gettext
        matrix = MatrixView(self._look, _("Ticks of the paper"), editable=True)
        matrix.setObjectName("ticks")
        matrix.setAccessibleDescription(
            _("Space ticks. With Shift the whole column, with Ctrl the whole row.")
        )
        matrix.toggled.connect(self._toggle)
        return matrix

    @Slot()
    def _follow(self) -> None:
        paper, language = self._model.paper, self._look.language
        for signer, card in self._whose.items():
            card.setChecked(signer == self._model.whose)
            if signer is not None:
                one = paper.signer(signer)
                card.show_line(whose_line(paper, one, self._names, language))
        self._direction.choose(self._model.direction)
        self._show_faces()
        self._show_addable()

    def _show_faces(self) -> None:
        paper, names = self._model.paper, self._names
        cells = paper.shown(self._model.whose)
        faces = [
            [self._face(one, code, cells) for one in paper.organisations]
            for code in paper.categories
        ]
        self.matrix.show_faces(
            [names.row_head(code) for code in paper.categories],
            [names.column_head(one) for one in paper.organisations],
            faces,
        )

    def _face(self, organisation_id: UUID, category: str, cells: frozenset[Cell]) -> Face:
        """Return a cell in the direction that is ticked now; the other one stands aside."""
        _ = self._look.language.gettext
        hears, tells = (
            Cell(organisation_id=organisation_id, category=category, direction=one) in cells
            for one in (Direction.RECEIVE, Direction.GIVE)
        )
        is_on = hears if self._model.direction is Direction.RECEIVE else tells
        aside = ""
        if hears is not tells:
            aside = ICON_ONLY_HEARS if hears else ICON_ONLY_TELLS
        words = {
            (True, True): _("may be told and may tell"),
            (True, False): _("may be told, may not tell"),
            (False, True): _("may tell, may not be told"),
            (False, False): _("neither"),
        }
        aloud = _("{organisation} and {about}: {state}.").format(
            organisation=self._names.own_name(organisation_id),
            about=self._names.about(category),
            state=words[hears, tells],
        )
        word, icon, tone = (_("Yes"), "check", Tone.OK) if is_on else (_("No"), "ban", Tone.MUTE)
        return Face(word=word, icon=icon, tone=tone, aloud=aloud, aside=aside)

    def _show_addable(self) -> None:
        found = self._model.paper.can_be_added()
        ids = tuple(one.id for one in found)
        if ids == self._addable:
            return
        self._addable = ids
        self._more.clear()
        for one in found:
            self._more.addItem(self._names.own_name(one.id), one.id)
        for part in (self._add_head, self._more, self._add):
            part.setVisible(bool(found))

    @Slot(int, int, object)
    def _toggle(self, row: int, column: int, reach: Reach) -> None:
        paper = self._model.paper
        organisations, categories = paper.organisations, paper.categories
        if row >= len(categories) or column >= len(organisations):
            return
        rows = categories if reach is Reach.COLUMN else (categories[row],)
        columns = organisations if reach is Reach.ROW else [organisations[column]]
        self._model.toggle(paper.cells_of(columns, rows, self._model.direction))

    @Slot(object)
    def _choose_direction(self, direction: object) -> None:
        self._model.choose_direction(Direction(str(direction)))

    @Slot()
    def _add_organisation(self) -> None:
        chosen = self._more.currentData()
        if isinstance(chosen, UUID):
            self._model.add_organisation(chosen)
            if not self._add.isVisible():
                self.matrix.setFocus()
