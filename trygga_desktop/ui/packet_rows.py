"""Rows that packets out and in have in common: what a part is, what it says, why it stays."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.sharing import Decision
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark, Pill
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.wrap_row import WrapRow


def not_while_looked_on(look: Look) -> Card:
    """Return what stands in place of the parts while others may look on."""
    _ = look.language.gettext
    text = _(
        "More than one screen is connected. What is kept from the room is shown only "
        "when a single one is."
    )
    title = _("Not while others may look on")
    card = Card(look)
    card.body.addWidget(EmptyState(look, icon="monitor", title=title, text=text))
    return card


class PartRow(QWidget):
    """Icon, kind with pills, and lines below; more is put into `column` by whoever needs it."""

    def __init__(  # noqa: PLR0913  what a row is made of
        self,
        look: Look,
        *,
        icon: str,
        title: str,
        pills: Sequence[PillValue] = (),
        lines: Sequence[str] = (),
        quiet: str = "",
    ) -> None:
        super().__init__()
        text2 = look.theme.tokens.text2
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(IconMark(look, icon), 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout()
        self.column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(PlainLabel(look, title, style=TextStyle.STRONG), 0)
        if pills:
            marks = [Pill(look, one.text, tone=one.tone, icon=one.icon) for one in pills]
            head.addWidget(WrapRow(marks), 1)
        else:
            head.addStretch(1)
        self.column.addLayout(head)
        for line in lines:
            self.column.addWidget(PlainLabel(look, line))
        if quiet:
            self.column.addWidget(PlainLabel(look, quiet, style=TextStyle.SECONDARY, colour=text2))
        row.addLayout(self.column, 1)


def why_not(decision: Decision | None, words: ReasonWords) -> str:
    """Return the sentence that says why something may not be told, empty where it may."""
    if decision is None or decision.allowed:
        return ""
    return words.statement(decision.reason)
