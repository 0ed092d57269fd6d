"""Leads to text that was not confirmed, and takes back what was just thrown away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.ui.desk_rail import HOME
from trygga_desktop.ui.draft_keeper import Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.kept.view import KeptView
from trygga_desktop.ui.screens.kept.view_model import KeptViewModel
from trygga_desktop.ui.widgets.case_tabs import CaseTab

if TYPE_CHECKING:
    from trygga_desktop.ui.case_rooms import CaseRooms
    from trygga_desktop.ui.hall import Hall
    from trygga_desktop.ui.meeting_rooms import MeetingRooms

UNDO_FOR = 10_000
"""Milliseconds for which what was thrown away can be taken back at once; after that, in the bin."""

_TABS = {
    DraftKind.NOTE: CaseTab.OVERVIEW,
    DraftKind.PHASE: CaseTab.OVERVIEW,
    DraftKind.STATEMENT: CaseTab.MAPPING,
    DraftKind.RELATIVE: CaseTab.PEOPLE,
    DraftKind.PROFESSIONAL: CaseTab.PEOPLE,
    DraftKind.PLACE: CaseTab.PEOPLE,
    DraftKind.WITHDRAWAL: CaseTab.CONSENTS,
    DraftKind.OPINION: CaseTab.CONSENTS,
    DraftKind.REQUEST: CaseTab.CONSENTS,
    DraftKind.EXCEPTION: CaseTab.CONSENTS,
    DraftKind.APPROVAL: CaseTab.CONSENTS,
}
_IN_MEETINGS = frozenset({DraftKind.ENTRY, DraftKind.GUEST, DraftKind.NEXT_MEETING})
_IN_DIRECTORY = frozenset({DraftKind.ORGANISATION, DraftKind.CONTACT})


class DraftRooms(QObject):
    """Shows the page of kept text, and goes to where a draft was being written.

    `undo_changed` follows when there is something to take back, or no longer.
    """

    left = Signal()
    undo_changed = Signal()
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the rooms that drafts are written in
        self,
        hall: Hall,
        *,
        cases: CaseRooms,
        meetings: MeetingRooms,
        go_to_new_case: Callable[[], None],
        go_to_directory: Callable[[Place], None],
        go_to_ground_text: Callable[[Place], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.thrown: tuple[UUID, Place] | None = None
        self._hall = hall
        self._cases = cases
        self._meetings = meetings
        self._go_to_new_case = go_to_new_case
        self._go_to_directory = go_to_directory
        self._go_to_ground_text = go_to_ground_text
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(UNDO_FOR)
        self._time.timeout.connect(self.forget_thrown)

    def go_to_kept(self) -> None:
        """Show what is not recorded, and the bin."""
        hall = self._hall
        if not hall.may_leave():
            return
        model = KeptViewModel(
            drafts=hall.drafts,
            list_cases=hall.desk.list_cases,
            runner=hall.runner,
            now=hall.services.now,
            parent=self,
        )
        model.left.connect(self.left)
        model.place_wanted.connect(self.go_on)
        hall.join(model)
        hall.show(model, partial(KeptView, model), HOME)
        model.load()

    def go_on(self, place: Place) -> None:
        """Go where a draft was being written; its text is given back there."""
        case_id, subject_id = place.case_id, place.subject_id
        if place.kind is DraftKind.NEW_CASE:
            self._go_to_new_case()
        elif place.kind in _IN_DIRECTORY:
            self._go_to_directory(place)
        elif place.kind is DraftKind.GROUND_TEXT:
            self._go_to_ground_text(place)
        elif case_id is None:
            return
        elif place.kind in _IN_MEETINGS and subject_id is not None:
            self._meetings.go_to_meeting(case_id, subject_id, place)
        elif place.kind is DraftKind.VOICE and subject_id is not None:
            self._meetings.go_to_voice(case_id, subject_id)
        elif place.kind is DraftKind.MEETING:
            self._cases.go_to_new_meeting(case_id)
        elif place.kind is DraftKind.CONSENT:
            self._cases.go_to_consent_form(case_id)
        elif place.kind is DraftKind.GROUND:
            self._cases.go_to_grounds(case_id, is_writing=True)
        else:
            self._cases.go_to_tab(case_id, _TABS[place.kind], place)

    def offer_undo(self, thrown: tuple[UUID, Place]) -> None:
        """Offer for a short time to take back what was just thrown away."""
        self.thrown = thrown
        self._time.start()
        self.undo_changed.emit()

    @Slot()
    def forget_thrown(self) -> None:
        """Offer it no more; it lies in the bin."""
        self._time.stop()
        if self.thrown is not None:
            self.thrown = None
            self.undo_changed.emit()

    @Slot()
    def undo(self) -> None:
        """Take back what was just thrown away, and go on with it where it was written."""
        if self.thrown is None:
            return
        draft_id, place = self.thrown
        self.forget_thrown()
        bring_back = self._hall.drafts.bring_back

        def brought(_: object) -> None:
            self.go_on(place)

        self._hall.runner.run(self, lambda: bring_back(draft_id), brought, self._not_brought)

    def _not_brought(self, error: Exception) -> None:
        # It still lies in the bin.
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
