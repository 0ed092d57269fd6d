"""The pages of a case on how its work ends, and on the agreement with the young person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.ui.desk_rail import HOME
from trygga_desktop.ui.screens.agreement.view import AgreementScreen
from trygga_desktop.ui.screens.agreement.view_model import AgreementViewModel
from trygga_desktop.ui.screens.closing.view import ClosingScreen
from trygga_desktop.ui.screens.closing.view_model import ClosingViewModel
from trygga_desktop.ui.screens.plan_papers.view_model import Choices, Pages

if TYPE_CHECKING:
    from trygga_desktop.ui.hall import Hall, Make


class EndingRooms(QObject):
    """Both lead back to the first page of the case; `papers_wanted` leads on to their pages.

    `scan_wanted` leads on to the signed paper of a version of the agreement.
    """

    case_wanted = Signal(object)
    papers_wanted = Signal(object, object)
    scan_wanted = Signal(object, object)

    def __init__(self, hall: Hall, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hall = hall

    def go_to_closing(self, case_id: UUID) -> None:
        """Show how the work ends, and what was found after it."""
        hall, uses = self._hall, self._hall.desk.case.endings
        if not hall.may_leave():
            return
        model = ClosingViewModel(
            case_id,
            read_closing=uses.read_closing,
            keep_closing=uses.keep_closing,
            note_look=uses.note_look,
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            parent=self,
        )
        model.left.connect(partial(self.case_wanted.emit, case_id))
        model.papers_wanted.connect(partial(self._print_closing, case_id))
        self._show(model, partial(ClosingScreen, model))
        model.load()

    def go_to_agreement(self, case_id: UUID) -> None:
        """Show the agreement with the young person."""
        hall, uses = self._hall, self._hall.desk.case.endings
        if not hall.may_leave():
            return
        model = AgreementViewModel(
            case_id,
            read_agreement=uses.read_agreement,
            keep_agreement=uses.keep_agreement,
            answer_agreement=uses.answer_agreement,
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            parent=self,
        )
        model.left.connect(partial(self.case_wanted.emit, case_id))
        model.papers_wanted.connect(partial(self._print_agreement, case_id))
        model.scan_wanted.connect(partial(self.scan_wanted.emit, case_id))
        self._show(model, partial(AgreementScreen, model))
        model.load()

    def back_from(self, pages: Pages, case_id: UUID) -> Callable[[], None] | None:
        """Return the way back from these pages, or None where they are not of here."""
        ways = {Pages.CLOSING: self.go_to_closing, Pages.AGREEMENT: self.go_to_agreement}
        return partial(ways[pages], case_id) if pages in ways else None

    def _print_closing(self, case_id: UUID) -> None:
        self.papers_wanted.emit(case_id, Choices(pages=Pages.CLOSING))

    def _print_agreement(self, case_id: UUID, number: int) -> None:
        self.papers_wanted.emit(case_id, Choices(pages=Pages.AGREEMENT, after=number))

    def _show(self, model: QObject, make: Make) -> None:
        self._hall.join(model)
        self._hall.show(model, make, HOME)
