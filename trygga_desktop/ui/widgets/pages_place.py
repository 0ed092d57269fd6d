"""Where pages stand that were made, or what is said there instead. Reads PDF: import it late."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.leaving import PagesState
from trygga_desktop.ui.paper_words import print_message
from trygga_desktop.ui.platform.errors import PrintFlaw, UnreadablePagesError
from trygga_desktop.ui.problems import Trouble, explain
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.pages_card import PagesCard
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.ways import message_banner


class Composed(Protocol):
    """Pages that were made, and a name for a file with them."""

    @property
    def pdf(self) -> bytes:
        """Return the bytes of the PDF."""

    @property
    def file_name(self) -> str:
        """Return a neutral name."""


class PagesPlace(QWidget):
    """Shows the pages; a state, or a trouble with the way to try again, where there are none.

    A `prefix` keeps the names of what has the focus apart where two stand on one page.
    """

    def __init__(
        self,
        look: Look,
        load: Callable[[], None],
        *,
        prefix: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._load = load
        self._shown: bytes = b""
        self.card = PagesCard(look, prefix=prefix)
        self.instead: list[QWidget] = []
        self._instead_place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card, 1)
        column.addLayout(self._instead_place)

    @property
    def page_count(self) -> int:
        """Return how many pages stand there, 0 where none can be seen."""
        return 0 if self.card.isHidden() else self.card.page_count

    def show_pages(
        self,
        composed: Composed | None,
        state: PagesState,
        trouble: Trouble | None,
        *,
        nothing: tuple[str, str] | None = None,
    ) -> None:
        """Show these pages, or why there are none.

        `nothing` is a title and a sentence for where none is to be shown yet.
        """
        if composed is not None and composed.pdf != self._shown:
            try:
                self.card.show_pdf(composed.pdf, composed.file_name)
                self._shown = composed.pdf
            except UnreadablePagesError:
                self._shown = b""
        can_be_seen = composed is not None and composed.pdf == self._shown
        self.card.setVisible(can_be_seen)
        take_out(*self.instead)
        self.instead = [] if can_be_seen else self._build_instead(composed, state, trouble)
        if nothing is not None and not can_be_seen and not self.instead:
            self.instead = [self._build_nothing(*nothing)]
        for one in self.instead:
            self._instead_place.addWidget(one)
        if self.instead:
            self._instead_place.addStretch(1)

    def _build_nothing(self, title: str, text: str) -> Card:
        card = Card(self._look)
        card.body.addWidget(EmptyState(self._look, icon="file-text", title=title, text=text))
        return card

    def _build_instead(
        self, composed: Composed | None, state: PagesState, trouble: Trouble | None
    ) -> list[QWidget]:
        look = self._look
        _ = look.language.gettext
        if state is PagesState.FAILED and trouble is not None:
            again = Button(look, _("Try again"), icon="refresh-cw")
            again.setObjectName("try again")
            again.clicked.connect(self._load)
            card = problem_card(look, explain(trouble, look.language))
            card.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
            return [card]
        if composed is not None:
            return [message_banner(look, print_message(PrintFlaw.UNREADABLE, look.language))]
        if state is PagesState.SLOW:
            card = Card(look)
            text = _("The pages are being made.")
            empty = EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            card.body.addWidget(empty)
            return [card]
        return []
