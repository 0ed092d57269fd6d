"""Leads to text that was not confirmed, and takes back what was just thrown away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
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
    DraftKind.STAGE: CaseTab.OVERVIEW,
    DraftKind.STATEMENT: CaseTab.MAPPING,
    DraftKind.RELATIVE: CaseTab.PEOPLE,
    DraftKind.PROFESSIONAL: CaseTab.PEOPLE,
    DraftKind.PLACE: CaseTab.PEOPLE,
    DraftKind.WITHDRAWAL: CaseTab.CONSENTS,
    DraftKind.OPINION: CaseTab.CONSENTS,
    DraftKind.REQUEST: CaseTab.CONSENTS,
    DraftKind.EXCEPTION: CaseTab.CONSENTS,
    DraftKind.APPROVAL: CaseTab.CONSENTS,
    DraftKind.KEPT_BACK: CaseTab.CONSENTS,
    DraftKind.CONCERNED: CaseTab.CONSENTS,
    DraftKind.PLAN: CaseTab.PLAN,
    DraftKind.PROTECTION: CaseTab.PLAN,
    DraftKind.BECAME: CaseTab.PLAN,
    DraftKind.ABSENCE: CaseTab.MEETINGS,
}
_AT_THE_TABLE = frozenset(
    {
        DraftKind.ENTRY,
        DraftKind.GUEST,
        DraftKind.NEXT_MEETING,
        DraftKind.AGENDA_ITEM,
    }
)
_IN_MEETINGS = _AT_THE_TABLE | {
    DraftKind.ADDENDUM,
    DraftKind.REMARK,
    DraftKind.COMPLETING,
    DraftKind.COPY,
    DraftKind.VOICE,
    DraftKind.ANSWERS,
}
_OF_THE_END = frozenset({DraftKind.CLOSING, DraftKind.LATER_LOOK})
_OF_AGREEMENT = frozenset({DraftKind.AGREEMENT, DraftKind.AGREEMENT_ANSWER})
_WITHOUT_NAMES = frozenset({DraftKind.TELLING, DraftKind.GATE})
_IN_DIRECTORY = frozenset({DraftKind.ORGANISATION, DraftKind.CONTACT})


def is_of_meeting(place: Place, meeting_id: UUID | None) -> bool:
    """Return whether something was being written on the shared screen of this meeting."""
    return place.kind in _AT_THE_TABLE and place.subject_id == meeting_id


class DraftRooms(QObject):
    """Shows the page of kept text, and goes to where a draft was being written.

    `thrown` is the draft, and `removed` puts back the part of a form, that can be taken back: one
    of them at most. `undo_changed` follows when there is something else, or nothing any more.
    `wanted` is the draft that was last asked to be gone on with.
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
        go_to_new_consultation: Callable[[], None],
        go_to_directory: Callable[[Place], None],
        go_to_ground_text: Callable[[Place], None],
        go_to_settings: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.thrown: tuple[UUID, Place] | None = None
        self.removed: Callable[[], None] | None = None
        self.wanted: UUID | None = None
        self._hall = hall
        self._cases = cases
        self._meetings = meetings
        self._go_to_new_case = go_to_new_case
        self._go_to_new_consultation = go_to_new_consultation
        self._go_to_directory = go_to_directory
        self._go_to_ground_text = go_to_ground_text
        self._go_to_settings = go_to_settings
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(UNDO_FOR)
        self._time.timeout.connect(self.forget_thrown)

    @property
    def can_undo(self) -> bool:
        """Return whether there is something to take back."""
        return self.thrown is not None or self.removed is not None

    @Slot()
    def go_to_kept(self) -> None:
        """Show what is not recorded, and the bin."""
        self.show_kept(None)

    @Slot(object)
    def show_kept(self, opened: UUID | None) -> None:
        """Show what is not recorded, and the bin, with the text of one of them if it is named."""
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
        model.opened = opened
        model.load()

    def go_on(self, place: Place) -> None:
        """Go where a draft was being written; its text is given back there."""
        self.wanted = place.draft_id
        if place.kind is DraftKind.NEW_CASE:
            self._go_to_new_case()
        elif place.kind is DraftKind.CONSULTATION:
            self._go_to_new_consultation()
        elif place.kind in _IN_DIRECTORY:
            self._go_to_directory(place)
        elif place.kind is DraftKind.GROUND_TEXT:
            self._go_to_ground_text(place)
        elif place.kind in {DraftKind.MUNICIPALITY, DraftKind.PHRASES}:
            self._go_to_settings()
        elif place.case_id is not None:
            self._go_on_in_case(place.case_id, place)

    def _go_on_in_case(self, case_id: UUID, place: Place) -> None:
        subject_id = place.subject_id
        if place.kind is DraftKind.SIGNATURE and subject_id is not None:
            self._meetings.go_on_with_signature(case_id, subject_id)
        elif place.kind in _IN_MEETINGS and subject_id is not None:
            self._go_on_in_meeting(case_id, subject_id, place)
        elif place.kind in _WITHOUT_NAMES:
            self._meetings.go_to_consultation(case_id, is_naming=place.kind is DraftKind.GATE)
        elif place.kind is DraftKind.MEETING and subject_id not in {None, case_id}:
            self._cases.go_to_booking(case_id, subject_id)
        elif place.kind is DraftKind.MEETING:
            self._cases.go_to_new_meeting(case_id)
        elif place.kind is DraftKind.CONSENT:
            self._cases.go_to_consent_form(case_id)
        elif place.kind is DraftKind.DETAILS and subject_id is not None:
            self._cases.go_to_details(case_id, subject_id)
        elif place.kind in _OF_THE_END:
            self._cases.endings.go_to_closing(case_id)
        elif place.kind in _OF_AGREEMENT:
            self._cases.endings.go_to_agreement(case_id)
        else:
            self._go_on_on_page(case_id, place)

    def _go_on_on_page(self, case_id: UUID, place: Place) -> None:
        match place.kind:
            case DraftKind.GROUND:
                self._cases.go_to_grounds(case_id, is_writing=True)
            case DraftKind.RATING:
                self._cases.go_to_plan_progress(case_id, goes_on=True)
            case DraftKind.PACKET:
                self._meetings.go_to_packet_in(case_id)
            case _:
                self._cases.go_to_tab(case_id, _TABS[place.kind], place)

    def _go_on_in_meeting(self, case_id: UUID, meeting_id: UUID, place: Place) -> None:
        match place.kind:
            case DraftKind.ADDENDUM | DraftKind.REMARK | DraftKind.COMPLETING:
                self._meetings.go_to_protocol(case_id, meeting_id, place)
            case DraftKind.COPY:
                self._meetings.go_to_excerpts(case_id, meeting_id, goes_on=True)
            case DraftKind.VOICE:
                self._meetings.go_to_voice(case_id, meeting_id)
            case DraftKind.ANSWERS:
                self._meetings.go_to_answers(case_id, meeting_id)
            case _:
                self._meetings.go_to_meeting(case_id, meeting_id, place)

    def offer_undo(self, thrown: tuple[UUID, Place]) -> None:
        """Offer for a short time to take back what was just thrown away."""
        self.thrown, self.removed = thrown, None
        self._time.start()
        self.undo_changed.emit()

    def offer_to_put_back(self, put_back: Callable[[], None]) -> None:
        """Offer for a short time to put back what was removed from the form that is shown."""
        self.thrown, self.removed = None, put_back
        self._time.start()
        self.undo_changed.emit()

    def forget_removed(self) -> None:
        """Offer no more to put something into a form: it is left."""
        if self.removed is not None:
            self.forget_thrown()

    def forget_elsewhere(self, meeting_id: UUID | None) -> None:
        """Offer only what was thrown away in this meeting: others see what is taken back."""
        place = None if self.thrown is None else self.thrown[1]
        if place is None or not is_of_meeting(place, meeting_id):
            self.forget_thrown()

    @Slot()
    def forget_thrown(self) -> None:
        """Offer nothing more; what was thrown away lies in the bin."""
        self._time.stop()
        if self.can_undo:
            self.thrown = self.removed = None
            self.undo_changed.emit()

    @Slot()
    def undo(self) -> None:
        """Take back what was just thrown away, and go on with it where it was written."""
        thrown, put_back = self.thrown, self.removed
        self.forget_thrown()
        if put_back is not None:
            put_back()
        if thrown is None:
            return
        draft_id, place = thrown
        place = replace(place, draft_id=draft_id)
        bring_back = self._hall.drafts.bring_back

        def brought(_: object) -> None:
            self.go_on(place)

        self._hall.runner.run(self, lambda: bring_back(draft_id), brought, self._not_brought)

    def _not_brought(self, error: Exception) -> None:
        # It still lies in the bin.
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
