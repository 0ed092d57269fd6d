"""Beside the matrix: who must sign and where each stands, and whom an exception does without."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consents.signing_words import (
    ExceptionRow,
    SignerRow,
    exception_rows,
    signer_rows,
    sum_pill,
)
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark, Pill
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.wrap_row import WrapRow


class SigningCard(Card):
    """It is built anew for each view. Where nothing can be recorded it has no way on."""

    def __init__(
        self, model: ConsentsViewModel, look: Look, view: ConsentView, names: ConsentNames
    ) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Who signs"))
        self.setObjectName("signing")
        self._model = model
        self._look = look
        signing = view.signing
        if signing.signers:
            self._add_left(self._pill(sum_pill(signing, look.language)))
        for row in signer_rows(view, names, look.language):
            self.body.addWidget(self._signer(row))
        exceptions = exception_rows(view, names, look.language)
        for exception in exceptions:
            self.body.addWidget(Divider(look))
            self.body.addWidget(self._exception(exception))
        if exceptions:
            self.body.addWidget(Divider(look))
        if signing.signers:
            self._add_way(_("Note who was asked"), "note asked", "mail", model.begin_request)
        if model.may_except:
            text = _("Do without a signature")
            self._add_way(text, "do without", "circle-slash", model.begin_exception)

    def _signer(self, row: SignerRow) -> QWidget:
        look = self._look
        part, column = self._part()
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        name = PlainLabel(look, row.name, style=TextStyle.MEDIUM)
        capacity = self._caption(row.capacity)
        capacity.begin_beside(name.font())
        head.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(capacity, 1)
        column.addLayout(head)
        ink = look.theme.tokens.tint(row.standing.tone).ink
        line = QHBoxLayout()
        line.setSpacing(6)
        mark = IconMark(look, row.standing.icon, colour=ink, size=16)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(PlainLabel(look, row.standing.text, style=TextStyle.LABEL, colour=ink), 1)
        column.addLayout(line)
        if row.detail:
            column.addWidget(self._caption(row.detail))
        return part

    def _exception(self, row: ExceptionRow) -> QWidget:
        look, model = self._look, self._model
        _ = look.language.gettext
        part, column = self._part()
        pill = self._pill(row.standing)
        head = WrapRow([PlainLabel(look, row.name, style=TextStyle.MEDIUM), pill])
        column.addWidget(head)
        column.addWidget(PlainLabel(look, row.reason, style=TextStyle.SECONDARY))
        column.addWidget(self._caption(" ".join(row.lines)))
        ways = []
        if row.may_approve:
            approve = Button(look, _("Approve"), icon="check", small=True)
            approve.setObjectName(f"approve {row.id}")
            about = _("Approve that {name} need not sign").format(name=row.name)
            approve.setAccessibleName(about)
            approve.clicked.connect(partial(model.begin_approval, row.id))
            ways.append(approve)
        lift = Button(look, _("Holds no more"), small=True)
        lift.setObjectName(f"lift {row.id}")
        about = _("The exception for {name} holds no more").format(name=row.name)
        lift.setAccessibleName(about)
        lift.clicked.connect(partial(model.ask_to_lift, row.id))
        ways.append(lift)
        for one in ways:
            one.setEnabled(model.may_record)
        column.addSpacing(Space.XS)
        column.addWidget(WrapRow(ways))
        return part

    def _add_way(self, text: str, name: str, icon: str, begin: Callable[[], None]) -> None:
        way = Button(self._look, text, icon=icon)
        way.setObjectName(name)
        way.setEnabled(self._model.may_record)
        way.clicked.connect(begin)
        way.across()
        self.body.addWidget(way)

    def _add_left(self, part: QWidget) -> None:
        self.body.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)

    def _pill(self, value: PillValue) -> Pill:
        return Pill(self._look, value.text, tone=value.tone, icon=value.icon)

    def _caption(self, text: str) -> PlainLabel:
        text2 = self._look.theme.tokens.text2
        return PlainLabel(self._look, text, style=TextStyle.CAPTION, colour=text2)

    @staticmethod
    def _part() -> tuple[QWidget, QVBoxLayout]:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        return part, column


def signing_card(model: ConsentsViewModel, look: Look, names: ConsentNames) -> SigningCard | None:
    """Return the card, None where nobody signs and nobody is done without."""
    view = model.view
    if view is None or not (view.signing.signers or view.signing.exceptions):
        return None
    return SigningCard(model, look, view, names)
