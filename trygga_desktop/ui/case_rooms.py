"""The rooms of one case: its tabs, and the pages that lead on from them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.permissions import Permission, allows
from trygga_desktop.ui.desk_rail import HOME
from trygga_desktop.ui.draft_keeper import Place
from trygga_desktop.ui.ending_rooms import EndingRooms
from trygga_desktop.ui.hall import Hall, Make
from trygga_desktop.ui.platform.printing import print_pdf
from trygga_desktop.ui.screens.case.view import CaseView
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.screens.consent_form.view import ConsentFormView
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel
from trygga_desktop.ui.screens.consents.view import ConsentsView
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.screens.details.view import DetailsView
from trygga_desktop.ui.screens.details.view_model import DetailsViewModel
from trygga_desktop.ui.screens.grounds.view import GroundsView
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.screens.log.view import LogView
from trygga_desktop.ui.screens.log.view_model import LogViewModel
from trygga_desktop.ui.screens.mapping.view import MappingView
from trygga_desktop.ui.screens.mapping.view_model import MappingViewModel
from trygga_desktop.ui.screens.meetings.view import MeetingsView
from trygga_desktop.ui.screens.meetings.view_model import MeetingsViewModel
from trygga_desktop.ui.screens.new_meeting.booked import Booked
from trygga_desktop.ui.screens.new_meeting.view import NewMeetingView
from trygga_desktop.ui.screens.new_meeting.view_model import NewMeetingViewModel
from trygga_desktop.ui.screens.people.view import PeopleView
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel
from trygga_desktop.ui.screens.plan.view import PlanView
from trygga_desktop.ui.screens.plan.view_model import PlanUses, PlanViewModel
from trygga_desktop.ui.screens.plan_compare.view import PlanCompareView
from trygga_desktop.ui.screens.plan_compare.view_model import PlanCompareViewModel
from trygga_desktop.ui.screens.plan_papers.view import PlanPapersView
from trygga_desktop.ui.screens.plan_papers.view_model import Choices, Pages, PlanPapersViewModel
from trygga_desktop.ui.screens.plan_progress.view import PlanProgressView
from trygga_desktop.ui.screens.plan_progress.view_model import PlanProgressViewModel
from trygga_desktop.ui.screens.question.view import QuestionView
from trygga_desktop.ui.screens.question.view_model import QuestionViewModel
from trygga_desktop.ui.screens.withdrawal.view import WithdrawalView
from trygga_desktop.ui.screens.withdrawal.view_model import WithdrawalViewModel
from trygga_desktop.ui.widgets.case_tabs import CaseTab

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    _Tab = (
        CaseViewModel
        | PeopleViewModel
        | ConsentsViewModel
        | MappingViewModel
        | PlanViewModel
        | MeetingsViewModel
    )


class CaseRooms(QObject):
    """Goes from one page of a case to the next. The other signals lead on from it."""

    left = Signal()
    directory_wanted = Signal()
    meeting_wanted = Signal(object, object)
    protocol_wanted = Signal(object, object)
    agreed_plan_wanted = Signal(object, object)
    papers_wanted = Signal(object, object)
    voice_wanted = Signal(object, object)
    answers_wanted = Signal(object, object)
    packet_out_wanted = Signal(object, object)
    packet_in_wanted = Signal(object, object)
    ground_wanted = Signal(object, str)
    consultation_wanted = Signal(object)

    def __init__(self, hall: Hall, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hall = hall
        self.endings = EndingRooms(hall, self)
        self.endings.case_wanted.connect(self.go_to_case)
        self.endings.papers_wanted.connect(self.go_to_plan_papers)

    def go_to_case(self, case_id: UUID) -> None:
        """Show what a case comes to at a glance."""
        self.go_to_tab(case_id, CaseTab.OVERVIEW)

    def go_to_tab(self, case_id: UUID, tab: CaseTab, resume: Place | None = None) -> None:
        """Show one page of a case; `resume` is what was being written there."""
        if not self._hall.may_leave():
            return
        makers: dict[CaseTab, Callable[[UUID, Place | None], None]] = {
            CaseTab.OVERVIEW: self._show_overview,
            CaseTab.PEOPLE: self._show_people,
            CaseTab.CONSENTS: self._show_consents,
            CaseTab.MAPPING: self._show_mapping,
            CaseTab.PLAN: self._show_plan,
            CaseTab.MEETINGS: self._show_meetings,
        }
        makers[tab](case_id, resume)

    def go_to_meetings(self, case_id: UUID) -> None:
        """Show the meetings of a case."""
        self.go_to_tab(case_id, CaseTab.MEETINGS)

    def go_to_details(self, case_id: UUID, person_id: UUID, back: CaseTab = CaseTab.PEOPLE) -> None:
        """Show who a person of a case is; `back` is the page that one goes back to."""
        hall = self._hall
        if not hall.may_leave():
            return
        model = DetailsViewModel(
            case_id,
            person_id,
            uses=hall.desk.people.details,
            find_similar=hall.desk.find_similar,
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            test_numbers=hall.services.test_numbers,
            screen_count=hall.services.screen_count,
            parent=self,
        )
        model.left.connect(partial(self.go_to_tab, case_id, back))
        self._show(model, partial(DetailsView, model))
        model.load()

    def go_to_consent_form(self, case_id: UUID) -> None:
        """Show the form for a paper that was signed."""
        hall = self._hall
        if not hall.may_leave():
            return
        model = ConsentFormViewModel(
            case_id,
            read_consents=hall.desk.consents.read_consents,
            record_consent=hall.desk.consents.record_consent,
            reasons_toml=hall.services.reasons(),
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            parent=self,
        )
        back = partial(self.go_to_tab, case_id, CaseTab.CONSENTS)
        model.left.connect(back)
        model.recorded.connect(back)
        self._show(model, partial(ConsentFormView, model))
        model.load()

    def go_to_question(self, case_id: UUID, on: date | None = None) -> None:
        """Show whether something may be told, on a day or today, to the operator alone."""
        hall = self._hall
        if not hall.may_leave():
            return
        model = QuestionViewModel(
            case_id,
            on,
            read_questions=hall.desk.consents.read_questions,
            reasons_toml=hall.services.reasons(),
            screen_count=hall.services.screen_count,
            runner=hall.runner,
            now=hall.services.now,
            parent=self,
        )
        model.left.connect(partial(self.go_to_tab, case_id, CaseTab.CONSENTS))
        self._show(model, partial(QuestionView, model))
        model.load()

    def go_to_grounds(self, case_id: UUID, *, is_writing: bool = False) -> None:
        """Show what is told without consent, or at once the form with what was begun in it."""
        hall = self._hall
        if not hall.may_leave():
            return
        model = GroundsViewModel(
            case_id,
            read_grounds=hall.desk.consents.read_grounds,
            use_ground=hall.desk.consents.use_ground,
            change_terms=hall.desk.consents.change_terms,
            may_confirm=allows(hall.desk.me.roles, Permission.MANAGE_RULES),
            drafts=hall.drafts,
            screen_count=hall.services.screen_count,
            runner=hall.runner,
            now=hall.services.now,
            is_writing=is_writing,
            parent=self,
        )
        model.left.connect(partial(self.go_to_tab, case_id, CaseTab.CONSENTS))
        model.confirmation_wanted.connect(partial(self.ground_wanted.emit, case_id))
        self._show(model, partial(GroundsView, model))
        model.load()

    def go_to_withdrawal(self, case_id: UUID) -> None:
        """Show what a withdrawal means: what has stopped, who has received what, the letters."""
        hall, uses = self._hall, self._hall.desk.consents
        if not hall.may_leave():
            return
        model = WithdrawalViewModel(
            case_id,
            read_withdrawal=uses.read_withdrawal,
            compose_letter=uses.compose_letter,
            log_print=uses.log_letter_printed,
            log_failed=uses.log_letter_failed,
            log_save=uses.log_letter_saved,
            print_pdf=print_pdf,
            screen_count=hall.services.screen_count,
            reasons_toml=hall.services.reasons(),
            runner=hall.runner,
            now=hall.services.now,
            parent=self,
        )
        model.left.connect(partial(self.go_to_tab, case_id, CaseTab.CONSENTS))
        model.meetings_wanted.connect(partial(self.go_to_meetings, case_id))
        model.case_wanted.connect(partial(self.go_to_case, case_id))
        self._show(model, partial(WithdrawalView, model))
        model.load()

    def go_to_plan_compare(self, case_id: UUID) -> None:
        """Show two versions of the plan side by side."""
        hall = self._hall
        if not hall.may_leave():
            return
        model = PlanCompareViewModel(
            case_id,
            read_versions=hall.desk.plans.read_versions,
            runner=hall.runner,
            parent=self,
        )
        model.left.connect(partial(self.go_to_tab, case_id, CaseTab.PLAN))
        model.papers_wanted.connect(partial(self._print_comparison, case_id))
        self._show(model, partial(PlanCompareView, model))
        model.load()

    def go_to_plan_progress(self, case_id: UUID, *, goes_on: bool = False) -> None:
        """Show how it went: the young person's own figures, and the actions."""
        hall = self._hall
        if not hall.may_leave():
            return
        model = PlanProgressViewModel(
            case_id,
            read_progress=hall.desk.plans.read_progress,
            record_rating=hall.desk.plans.record_rating,
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            goes_on=goes_on,
            parent=self,
        )
        model.left.connect(partial(self.go_to_tab, case_id, CaseTab.PLAN))
        wanted = Choices(pages=Pages.PROGRESS)
        model.papers_wanted.connect(partial(self.go_to_plan_papers, case_id, wanted))
        self._show(model, partial(PlanProgressView, model))
        model.load()

    def go_to_plan_papers(self, case_id: UUID, choices: Choices | None = None) -> None:
        """Show the pages of the plan, "My plan" if no others are chosen."""
        hall, uses = self._hall, self._hall.desk.plans
        if not hall.may_leave():
            return
        model = PlanPapersViewModel(
            case_id,
            choices=choices or Choices(),
            compose_plan=uses.compose_plan,
            log_print=uses.log_printed,
            log_missed=uses.log_not_printed,
            log_save=uses.log_saved,
            print_pdf=print_pdf,
            runner=hall.runner,
            now=hall.services.now,
            parent=self,
        )
        back = self.endings.back_from(model.choices.pages, case_id)
        model.left.connect(back or partial(self.go_to_tab, case_id, CaseTab.PLAN))
        self._show(model, partial(PlanPapersView, model))
        model.load()

    def _print_comparison(self, case_id: UUID, before: int, after: int) -> None:
        wanted = Choices(pages=Pages.COMPARISON, before=before, after=after)
        self.go_to_plan_papers(case_id, wanted)

    def go_to_log(self, case_id: UUID) -> None:
        """Show who did what in a case, to the operator alone."""
        hall = self._hall
        if not hall.may_leave():
            return
        model = LogViewModel(
            case_id,
            read_log=hall.desk.case.read_log,
            screen_count=hall.services.screen_count,
            runner=hall.runner,
            parent=self,
        )
        model.left.connect(partial(self.go_to_case, case_id))
        self._show(model, partial(LogView, model))
        model.load()

    def go_to_new_meeting(self, case_id: UUID) -> None:
        """Show the form for a meeting that is to be."""
        self._show_booking(case_id, None)

    def go_to_booking(self, case_id: UUID, meeting_id: UUID) -> None:
        """Show the same form for a meeting that is booked already."""
        change = self._hall.desk.meetings.change_booking
        self._show_booking(case_id, Booked(meeting_id=meeting_id, change_booking=change))

    def _show_booking(self, case_id: UUID, booked: Booked | None) -> None:
        hall = self._hall
        if not hall.may_leave():
            return
        model = NewMeetingViewModel(
            case_id,
            read_meetings=hall.desk.meetings.read_meetings,
            plan_meeting=hall.desk.meetings.plan_meeting,
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            booked=booked,
            parent=self,
        )
        back = partial(self.go_to_meetings, case_id)
        model.left.connect(back)
        model.planned.connect(lambda _: back())
        model.consent_wanted.connect(partial(self.go_to_consent_form, case_id))
        model.ground_wanted.connect(partial(self.go_to_grounds, case_id, is_writing=True))
        self._show(model, partial(NewMeetingView, model))
        model.load()

    def _show_overview(self, case_id: UUID, resume: Place | None) -> None:
        hall, uses = self._hall, self._hall.desk.case
        model = CaseViewModel(
            case_id,
            read_case=uses.read_case,
            read_overview=uses.read_overview,
            change_phase=uses.change_phase,
            change_stage=uses.change_stage,
            record_contact=uses.record_contact,
            write_note=uses.write_note,
            drafts=hall.drafts,
            screen_count=hall.services.screen_count,
            runner=hall.runner,
            now=hall.services.now,
            resume=resume,
            phrases=lambda: hall.phrases.phrases,
            parent=self,
        )
        self._lead_on(model, case_id)
        model.plan_wanted.connect(partial(self.go_to_new_meeting, case_id))
        model.log_wanted.connect(partial(self.go_to_log, case_id))
        model.details_wanted.connect(partial(self._show_subject, case_id))
        model.closing_wanted.connect(partial(self.endings.go_to_closing, case_id))
        model.agreement_wanted.connect(partial(self.endings.go_to_agreement, case_id))
        model.consultation_wanted.connect(partial(self.consultation_wanted.emit, case_id))
        model.meeting_chosen.connect(partial(self._open_meeting, case_id))
        self._show(model, partial(CaseView, model))
        model.load()

    def _show_people(self, case_id: UUID, resume: Place | None) -> None:
        hall, uses = self._hall, self._hall.desk.people
        model = PeopleViewModel(
            case_id,
            read_people=uses.read_people,
            add_relative=uses.add_relative,
            add_professional=uses.add_professional,
            change_party=uses.change_party,
            record_bar=hall.desk.consents.record_bar,
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            resume=resume,
            parent=self,
        )
        self._lead_on(model, case_id)
        model.directory_wanted.connect(self.directory_wanted)
        model.details_wanted.connect(partial(self.go_to_details, case_id))
        self._show(model, partial(PeopleView, model))
        model.load()

    def _show_consents(self, case_id: UUID, resume: Place | None) -> None:
        hall, uses = self._hall, self._hall.desk.consents
        model = ConsentsViewModel(
            case_id,
            read_consents=uses.read_consents,
            withdraw_consent=uses.withdraw_consent,
            record_opinion=uses.record_opinion,
            change_terms=uses.change_terms,
            confirm_consents=uses.confirm_consents,
            request_consent=uses.request_consent,
            record_exception=uses.record_exception,
            record_bar=uses.record_bar,
            reasons_toml=hall.services.reasons(),
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            resume=resume,
            parent=self,
        )
        self._lead_on(model, case_id)
        model.form_wanted.connect(partial(self.go_to_consent_form, case_id))
        model.question_wanted.connect(partial(self.go_to_question, case_id))
        model.grounds_wanted.connect(partial(self.go_to_grounds, case_id))
        model.withdrawal_wanted.connect(partial(self.go_to_withdrawal, case_id))
        self._show(model, partial(ConsentsView, model))
        model.load()

    def _show_mapping(self, case_id: UUID, _: Place | None) -> None:
        hall, uses = self._hall, self._hall.desk.case
        model = MappingViewModel(
            case_id,
            read_overview=uses.read_overview,
            record_statement=uses.record_statement,
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            parent=self,
        )
        self._lead_on(model, case_id)
        self._show(model, partial(MappingView, model))
        model.load()

    def _show_plan(self, case_id: UUID, resume: Place | None) -> None:
        hall, uses = self._hall, self._hall.desk.plans
        model = PlanViewModel(
            case_id,
            uses=PlanUses(
                read_plan=uses.read_plan,
                keep_plan=uses.keep_plan,
                bring_plan=uses.bring_plan,
                agree_plan=uses.agree_plan,
                change_commitment=hall.desk.meetings.change_commitment,
                write_protection=uses.write_protection,
            ),
            drafts=hall.drafts,
            runner=hall.runner,
            screen_count=hall.services.screen_count,
            phrases=lambda: hall.phrases.phrases,
            now=hall.services.now,
            asked_about=resume.subject_id
            if resume is not None and resume.kind is DraftKind.BECAME
            else None,
            parent=self,
        )
        self._lead_on(model, case_id)
        model.compare_wanted.connect(partial(self.go_to_plan_compare, case_id))
        model.progress_wanted.connect(partial(self.go_to_plan_progress, case_id))
        model.papers_wanted.connect(partial(self.go_to_plan_papers, case_id))
        model.sign_wanted.connect(partial(self._sign_plan, case_id))
        model.packet_wanted.connect(partial(self._send_packet, case_id, None))
        model.packet_in_wanted.connect(partial(self._take_packet, case_id, CaseTab.PLAN))
        self._show(model, partial(PlanView, model))
        model.load()

    def _show_meetings(self, case_id: UUID, resume: Place | None) -> None:
        hall, uses = self._hall, self._hall.desk.meetings
        model = MeetingsViewModel(
            case_id,
            read_meetings=uses.read_meetings,
            cancel_meeting=uses.cancel_meeting,
            set_presence=uses.set_presence,
            drafts=hall.drafts,
            runner=hall.runner,
            now=hall.services.now,
            asks_of=None if resume is None else resume.subject_id,
            parent=self,
        )
        self._lead_on(model, case_id)
        model.plan_wanted.connect(partial(self.go_to_new_meeting, case_id))
        model.booking_wanted.connect(partial(self.go_to_booking, case_id))
        model.meeting_chosen.connect(partial(self._open_meeting, case_id))
        model.protocol_wanted.connect(partial(self._open_protocol, case_id))
        model.papers_wanted.connect(partial(self._open_papers, case_id))
        model.voice_wanted.connect(partial(self._open_voice, case_id))
        model.answers_wanted.connect(partial(self._open_answers, case_id))
        model.packet_out_wanted.connect(partial(self._send_packet, case_id))
        model.packet_in_wanted.connect(partial(self._take_packet, case_id, CaseTab.MEETINGS))
        self._show(model, partial(MeetingsView, model))
        model.load()

    def _lead_on(self, model: _Tab, case_id: UUID) -> None:
        model.left.connect(self.left)
        model.tab_chosen.connect(partial(self.go_to_tab, case_id))

    def _show_subject(self, case_id: UUID, person_id: UUID) -> None:
        self.go_to_details(case_id, person_id, CaseTab.OVERVIEW)

    def _open_meeting(self, case_id: UUID, meeting_id: UUID) -> None:
        self.meeting_wanted.emit(case_id, meeting_id)

    def _open_protocol(self, case_id: UUID, meeting_id: UUID) -> None:
        self.protocol_wanted.emit(case_id, meeting_id)

    def _sign_plan(self, case_id: UUID, meeting_id: UUID) -> None:
        self.agreed_plan_wanted.emit(case_id, meeting_id)

    def _open_papers(self, case_id: UUID, meeting_id: UUID) -> None:
        self.papers_wanted.emit(case_id, meeting_id)

    def _open_voice(self, case_id: UUID, meeting_id: UUID) -> None:
        self.voice_wanted.emit(case_id, meeting_id)

    def _open_answers(self, case_id: UUID, meeting_id: UUID) -> None:
        self.answers_wanted.emit(case_id, meeting_id)

    def _send_packet(self, case_id: UUID, meeting_id: UUID | None) -> None:
        self.packet_out_wanted.emit(case_id, meeting_id)

    def _take_packet(self, case_id: UUID, came_from: CaseTab) -> None:
        self.packet_in_wanted.emit(case_id, came_from)

    def _show(self, model: QObject, make: Make) -> None:
        self._hall.join(model)
        self._hall.show(model, make, HOME)
