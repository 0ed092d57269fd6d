"""Home tells of text that was not recorded and leads there; what is thrown away comes back."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui import plan_desk
from tests.ui.answers_desk import Inbox
from tests.ui.consent_form_desk import Binder
from tests.ui.consents_desk import ELIAS, EXCEPTION, Papers
from tests.ui.consultation_desk import Conversation, begin
from tests.ui.desk_screens import CASES, ME, case_file
from tests.ui.desks import OpenDesk, command, frame, refusing, settle, shows
from tests.ui.details_desk import ELIAS as ELIAS_IN_FULL
from tests.ui.details_desk import Vault as DetailsVault
from tests.ui.directory_desk import Contacts
from tests.ui.ending_desk import Archive, make_agreement, version
from tests.ui.ground_texts_desk import GROUND, Shelf, rules_of
from tests.ui.grounds_desk import Drawer
from tests.ui.meeting_desk import MEETING, Table
from tests.ui.new_meeting_desk import Planner
from tests.ui.overviews import make_overview
from tests.ui.people_desk import SARA, People
from tests.ui.plain import NOW, DraftBox
from tests.ui.signatures_desk import EXCERPT_FOUND, FILES, PROTOCOL, Cabinet
from tests.ui.voice_desk import Listener
from trygga_desktop.domain.agreement import AgreementState
from trygga_desktop.domain.case import CaseList
from trygga_desktop.domain.drafts import LASTING, Draft, DraftKind
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.case_uses import (
    CaseUses,
    ConsentUses,
    ConsultationUses,
    DirectoryUses,
    PeopleUses,
    PlanDeskUses,
    SealUses,
)
from trygga_desktop.ui.draft_rooms import UNDO_FOR
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screens.agreement.view_model import AgreementViewModel
from trygga_desktop.ui.screens.answers.view_model import AnswersViewModel
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.screens.closing.view_model import ClosingViewModel
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.screens.consultation.view_model import ConsultationViewModel
from trygga_desktop.ui.screens.details.view_model import DetailsViewModel
from trygga_desktop.ui.screens.directory.view_model import DirectoryViewModel
from trygga_desktop.ui.screens.excerpts.view_model import ExcerptsViewModel
from trygga_desktop.ui.screens.ground_texts.form import subject_of
from trygga_desktop.ui.screens.ground_texts.view_model import GroundTextsViewModel
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.screens.kept.view import KeptView
from trygga_desktop.ui.screens.mapping.view_model import MappingViewModel
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.meetings.view_model import MeetingsViewModel
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.screens.new_consultation.view_model import NewConsultationViewModel
from trygga_desktop.ui.screens.new_meeting.view_model import NewMeetingViewModel
from trygga_desktop.ui.screens.packet_in.view_model import PacketInViewModel
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel
from trygga_desktop.ui.screens.plan.view_model import PlanViewModel
from trygga_desktop.ui.screens.plan_progress.view_model import PlanProgressViewModel
from trygga_desktop.ui.screens.preferences.view_model import PreferencesViewModel
from trygga_desktop.ui.screens.protocol.view_model import ProtocolViewModel
from trygga_desktop.ui.screens.signatures.view_model import SignaturesViewModel
from trygga_desktop.ui.screens.voice.view_model import VoiceViewModel
from trygga_desktop.ui.typed import Typed, write_typed
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.case_tabs import CaseTab
from trygga_desktop.ui.widgets.floating_bar import FloatingBar
from trygga_desktop.ui.widgets.labels import PlainLabel

CASE = CASES[0].id


def draft(kind: DraftKind, subject: UUID | None = CASE, number: int = 1) -> Draft:
    """Return a draft of this kind, with a word in it."""
    texts = {"text": "ord", "name": "ord", "given_name": "ord", "words": "ord"}
    return Draft(
        id=UUID(int=number),
        kind=kind,
        text="ord" if kind is DraftKind.NOTE else write_typed(Typed(texts=texts)),
        stored_at=NOW - timedelta(minutes=number),
        subject_id=subject,
        case_id=CASE,
    )


def open_with(open_desk: OpenDesk, *drafts: Draft, box: DraftBox | None = None) -> MainWindow:
    """Open a desk where every room can be read, with these drafts."""
    table, planner = Table(), Planner()
    return open_desk(
        list_cases=lambda: Done(CaseList(rows=CASES)),
        drafts=(box or DraftBox(drafts)).uses,
        case=refusing(
            CaseUses,
            read_case=lambda _: Done(case_file()),
            read_overview=lambda _: Done(make_overview()),
            endings=waiting_archive().uses(),
        ),
        people=refusing(
            PeopleUses, read_people=People().read, details=DetailsVault(ELIAS_IN_FULL).uses()
        ),
        directory=refusing(DirectoryUses, read_directory=Contacts().read),
        consents=refusing(
            ConsentUses,
            read_consents=Papers(options={"asked": frozenset({ELIAS})}).read,
            record_consent=Binder().record,
            read_grounds=Drawer().read,
            use_ground=Drawer().use,
            change_terms=Drawer().change_terms,
        ),
        plans=refusing(
            PlanDeskUses,
            read_plan=plan_desk.Cabinet().read,
            read_progress=lambda _: Done(plan_desk.make_progress()),
        ),
        consultations=refusing(
            ConsultationUses, read_consultation=Conversation().read, begin_consultation=begin
        ),
        rules=rules_of(Shelf()),
        meetings=replace(
            table.uses(),
            read_meetings=planner.read,
            plan_meeting=planner.plan,
            read_voice=Listener().read,
            signatures=Cabinet().uses(),
            sealing=refusing(SealUses),
            read_answers=Inbox().read,
        ),
    )


def current(window: MainWindow) -> object:
    """Return the model of what is shown."""
    assert window.desk_rooms is not None
    return window.desk_rooms.current


def button(window: MainWindow, name: str) -> Button:
    """Return a button by its name."""
    found = window.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def words(widget: QWidget) -> str:
    """Return everything that labels say."""
    return " · ".join(one.text() for one in widget.findChildren(PlainLabel))


def waiting_archive() -> Archive:
    """Return an end that is due, and an agreement that waits for signatures."""
    return Archive(agreement=make_agreement(version(1, AgreementState.WAITING)))


PLACES = {
    DraftKind.NEW_CASE: (draft(DraftKind.NEW_CASE, None), NewCaseViewModel),
    DraftKind.NOTE: (draft(DraftKind.NOTE), CaseViewModel),
    DraftKind.PHASE: (draft(DraftKind.PHASE), CaseViewModel),
    DraftKind.STAGE: (draft(DraftKind.STAGE), CaseViewModel),
    DraftKind.STATEMENT: (draft(DraftKind.STATEMENT), MappingViewModel),
    DraftKind.RELATIVE: (draft(DraftKind.RELATIVE), PeopleViewModel),
    DraftKind.PROFESSIONAL: (draft(DraftKind.PROFESSIONAL), PeopleViewModel),
    DraftKind.PLACE: (draft(DraftKind.PLACE, SARA.party.id), PeopleViewModel),
    DraftKind.DETAILS: (draft(DraftKind.DETAILS, SARA.party.id), DetailsViewModel),
    DraftKind.CONSENT: (draft(DraftKind.CONSENT), ConsentFormViewModel),
    DraftKind.WITHDRAWAL: (draft(DraftKind.WITHDRAWAL), ConsentsViewModel),
    DraftKind.OPINION: (draft(DraftKind.OPINION, ELIAS), ConsentsViewModel),
    DraftKind.REQUEST: (draft(DraftKind.REQUEST), ConsentsViewModel),
    DraftKind.EXCEPTION: (draft(DraftKind.EXCEPTION), ConsentsViewModel),
    DraftKind.KEPT_BACK: (draft(DraftKind.KEPT_BACK), ConsentsViewModel),
    DraftKind.CONCERNED: (draft(DraftKind.CONCERNED), ConsentsViewModel),
    DraftKind.APPROVAL: (draft(DraftKind.APPROVAL, EXCEPTION), ConsentsViewModel),
    DraftKind.GROUND: (draft(DraftKind.GROUND), GroundsViewModel),
    DraftKind.GROUND_TEXT: (
        draft(DraftKind.GROUND_TEXT, subject_of(GROUND)),
        GroundTextsViewModel,
    ),
    DraftKind.PLAN: (draft(DraftKind.PLAN), PlanViewModel),
    DraftKind.PROTECTION: (draft(DraftKind.PROTECTION), PlanViewModel),
    DraftKind.BECAME: (draft(DraftKind.BECAME, UUID(int=2801)), PlanViewModel),
    DraftKind.RATING: (draft(DraftKind.RATING), PlanProgressViewModel),
    DraftKind.PACKET: (draft(DraftKind.PACKET, UUID(int=77)), PacketInViewModel),
    DraftKind.MUNICIPALITY: (draft(DraftKind.MUNICIPALITY, None), PreferencesViewModel),
    DraftKind.ADDENDUM: (draft(DraftKind.ADDENDUM, MEETING), ProtocolViewModel),
    DraftKind.SIGNATURE: (draft(DraftKind.SIGNATURE, PROTOCOL.id), SignaturesViewModel),
    DraftKind.COPY: (draft(DraftKind.COPY, MEETING), ExcerptsViewModel),
    DraftKind.REMARK: (draft(DraftKind.REMARK, MEETING), ProtocolViewModel),
    DraftKind.COMPLETING: (draft(DraftKind.COMPLETING, MEETING), ProtocolViewModel),
    DraftKind.CLOSING: (draft(DraftKind.CLOSING), ClosingViewModel),
    DraftKind.LATER_LOOK: (draft(DraftKind.LATER_LOOK), ClosingViewModel),
    DraftKind.AGREEMENT: (draft(DraftKind.AGREEMENT), AgreementViewModel),
    DraftKind.AGREEMENT_ANSWER: (draft(DraftKind.AGREEMENT_ANSWER), AgreementViewModel),
    DraftKind.MEETING: (draft(DraftKind.MEETING), NewMeetingViewModel),
    DraftKind.ANSWERS: (draft(DraftKind.ANSWERS, MEETING), AnswersViewModel),
    DraftKind.VOICE: (draft(DraftKind.VOICE, MEETING), VoiceViewModel),
    DraftKind.ENTRY: (draft(DraftKind.ENTRY, MEETING), MeetingViewModel),
    DraftKind.GUEST: (draft(DraftKind.GUEST, MEETING), MeetingViewModel),
    DraftKind.NEXT_MEETING: (draft(DraftKind.NEXT_MEETING, MEETING), MeetingViewModel),
    DraftKind.ABSENCE: (draft(DraftKind.ABSENCE, MEETING), MeetingsViewModel),
    DraftKind.AGENDA_ITEM: (draft(DraftKind.AGENDA_ITEM, MEETING), MeetingViewModel),
    DraftKind.CONSULTATION: (draft(DraftKind.CONSULTATION, None), NewConsultationViewModel),
    DraftKind.TELLING: (draft(DraftKind.TELLING), ConsultationViewModel),
    DraftKind.GATE: (draft(DraftKind.GATE), ConsultationViewModel),
    DraftKind.ORGANISATION: (draft(DraftKind.ORGANISATION, None), DirectoryViewModel),
    DraftKind.CONTACT: (draft(DraftKind.CONTACT, None), DirectoryViewModel),
}


def test_home_says_nothing_where_nothing_waits(open_desk: OpenDesk) -> None:
    thrown = replace(draft(DraftKind.NOTE), thrown_at=NOW)
    window = open_with(open_desk, thrown)

    assert window.findChild(Button, "go on with the text") is None


def test_a_list_of_phrases_waits_for_nobody(open_desk: OpenDesk) -> None:
    window = open_with(open_desk, draft(DraftKind.PHRASES, None))

    assert window.findChild(Button, "go on with the text") is None


@pytest.mark.parametrize("kind", sorted(set(DraftKind) - LASTING))
def test_home_leads_to_where_a_text_was_being_written(open_desk: OpenDesk, kind: DraftKind) -> None:
    one, model = PLACES[kind]
    window = open_with(open_desk, one)

    button(window, "go on with the text").click()
    settle()

    assert isinstance(current(window), model)


@pytest.mark.parametrize(
    "kind",
    [
        DraftKind.RELATIVE,
        DraftKind.PLACE,
        DraftKind.ORGANISATION,
        DraftKind.OPINION,
        DraftKind.EXCEPTION,
        DraftKind.GROUND_TEXT,
    ],
)
def test_the_form_is_open_there(open_desk: OpenDesk, kind: DraftKind) -> None:
    one, _ = PLACES[kind]
    window = open_with(open_desk, one)

    button(window, "go on with the text").click()
    settle()

    there = current(window)
    form = there.panel if isinstance(there, ConsentsViewModel) else there.form  # type: ignore[attr-defined]  # one of the two
    assert form is not None


def test_a_paper_that_came_to_another_ones_place_leads_to_its_own_and_back_from_there(
    open_desk: OpenDesk,
) -> None:
    window = open_with(open_desk)
    rooms = window.desk_rooms
    assert rooms is not None
    agreement = replace(EXCERPT_FOUND, meeting_id=None, recipient="", version=1)
    rooms.meetings.go_to_found(agreement)
    settle()
    page = current(window)
    assert isinstance(page, AgreementViewModel)
    page.want_scan()
    settle()
    before = current(window)
    assert isinstance(before, SignaturesViewModel)

    before.elsewhere.emit(EXCERPT_FOUND, FILES)
    settle()

    there = current(window)
    assert isinstance(there, SignaturesViewModel)
    assert there is not before
    assert there.scan.files == FILES
    there.go_back()
    settle()
    listed = current(window)
    assert isinstance(listed, ExcerptsViewModel)
    assert listed.shows_list


def test_home_tells_what_where_and_when_and_no_name_or_text(open_desk: OpenDesk) -> None:
    window = open_with(open_desk, draft(DraftKind.NOTE))

    told = words(frame(window))

    assert "Det finns text som du inte hann lägga till" in told
    assert "Anteckning i DEMO-2026-001, i dag 07:50, 3 tecken" in told
    assert "ord" not in told.split(" · ")


def test_several_texts_are_shown_together(open_desk: OpenDesk) -> None:
    window = open_with(open_desk, draft(DraftKind.NOTE), draft(DraftKind.PHASE, number=2))

    told = words(frame(window))
    button(window, "show kept text").click()

    assert "2 texter" in told
    assert shows(window, KeptView)


def test_throwing_away_asks_once_and_can_be_taken_back(open_desk: OpenDesk) -> None:
    box = DraftBox([draft(DraftKind.NOTE)])
    window = open_with(open_desk, box=box)

    button(window, "throw away").click()
    button(window, "keep the text").click()
    button(window, "throw away").click()
    button(window, "throw the text away").click()
    thrown = box.texts
    command(window, "Ctrl+Shift+U").trigger()
    settle()

    assert thrown == []
    assert box.texts == ["ord"]
    there = current(window)
    assert isinstance(there, CaseViewModel)
    assert there.note == "ord"


def test_undo_is_offered_for_a_while_over_whatever_page_follows(
    qtbot: QtBot, open_desk: OpenDesk
) -> None:
    window = open_with(open_desk)
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.go_to_new_case()
    form = current(window)
    assert isinstance(form, NewCaseViewModel)
    form.type(FormField.GIVEN_NAME, "Åsa")
    form.discard()
    rooms.go_home()
    bar = window.findChild(FloatingBar)
    assert isinstance(bar, FloatingBar)
    told = words(bar)

    button(window, "undo").click()
    settle()

    again = current(window)
    assert isinstance(again, NewCaseViewModel)
    assert again.form.text_in(FormField.GIVEN_NAME) == "Åsa"
    assert "Åsa" not in told
    assert window.findChild(FloatingBar) is None
    assert UNDO_FOR == 10_000
    qtbot.waitUntil(lambda: window.findChild(FloatingBar) is None)


def test_when_the_time_is_over_it_is_offered_no_more_and_lies_in_the_bin(
    open_desk: OpenDesk,
) -> None:
    box = DraftBox([draft(DraftKind.NOTE)])
    window = open_with(open_desk, box=box)
    rooms = window.desk_rooms
    assert rooms is not None
    button(window, "throw away").click()
    button(window, "throw the text away").click()

    rooms.drafts.forget_thrown()
    rooms.drafts.undo()

    keys = [one.toString() for action in window.actions() for one in action.shortcuts()]
    assert "Ctrl+Shift+U" not in keys
    assert window.findChild(FloatingBar) is None
    (kept,) = box.drafts.values()
    assert kept.thrown_at is not None


def test_the_kept_text_is_reached_by_key_from_any_page(open_desk: OpenDesk) -> None:
    window = open_with(open_desk)

    command(window, "Ctrl+Shift+B").trigger()

    assert shows(window, KeptView)


def test_whoever_has_no_cases_is_led_back_to_the_directory(open_desk: OpenDesk) -> None:
    one, model = PLACES[DraftKind.ORGANISATION]
    window = open_desk(
        me=replace(ME, roles=frozenset({Role.ADMINISTRATOR})),
        drafts=DraftBox([one]).uses,
        directory=refusing(DirectoryUses, read_directory=Contacts().read),
    )

    button(window, "go on with the text").click()

    assert isinstance(current(window), model)


def test_the_line_below_the_page_says_saved_only_when_it_is_on_the_disk(
    open_desk: OpenDesk,
) -> None:
    window = open_with(open_desk)
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.go_to_new_case()
    form = current(window)
    assert isinstance(form, NewCaseViewModel)
    form.type(FormField.GIVEN_NAME, "Åsa")
    typing = words(frame(window))
    form.leave()
    stored = words(frame(window))

    assert "Sparar…" in typing
    assert "Sparar…" not in stored
    assert "Sparat 07:51" in stored


def test_the_people_of_a_case_lead_to_the_directory_and_what_is_typed_stays(
    open_desk: OpenDesk,
) -> None:
    box = DraftBox()
    window = open_with(open_desk, box=box)
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.cases.go_to_tab(CASE, CaseTab.PEOPLE)
    people = current(window)
    assert isinstance(people, PeopleViewModel)
    people.begin_relative()
    assert people.form is not None
    people.form.type("given_name", "Åsa")

    people.go_to_directory()

    assert isinstance(current(window), DirectoryViewModel)
    assert "Åsa" in box.texts[0]


def test_what_was_agreed_on_is_reached_from_the_plan_and_leads_back_to_it(
    open_desk: OpenDesk,
) -> None:
    window = open_with(open_desk, draft(DraftKind.PLAN))
    button(window, "go on with the text").click()
    settle()
    plan = current(window)
    assert isinstance(plan, PlanViewModel)

    plan.sign()
    settle()
    pages = current(window)
    assert isinstance(pages, ProtocolViewModel)
    assert pages.target.is_plan
    back = button(window, "the meetings")
    assert back.text() == "Planen"
    back.click()
    settle()

    assert isinstance(current(window), PlanViewModel)
