"""What was typed into a form and not recorded stands there again when the form is opened again."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.consent_form_desk import Binder
from tests.ui.consents_desk import (
    ELIAS,
    EXCEPTION,
    JOHAN,
    POLICE,
    SARA,
    Papers,
    half_signed,
    story,
)
from tests.ui.directory_desk import Contacts
from tests.ui.ground_texts_desk import GROUND, Shelf
from tests.ui.mapping_desk import make_mapping_model
from tests.ui.meeting_desk import Table
from tests.ui.meetings_desk import MIRJA
from tests.ui.new_meeting_desk import Planner, fill
from tests.ui.overviews import SARA as SARA_OF_OVERVIEW
from tests.ui.people_desk import SARA as GUARDIAN
from tests.ui.people_desk import People
from tests.ui.plain import DraftBox, HeldRunner
from trygga_desktop.domain.consent import Direction, OwnInformation
from trygga_desktop.domain.consent_events import Circumstance, View, Way
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.meeting import Function
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import Protection
from trygga_desktop.services.consents import NewLimit
from trygga_desktop.services.contacts import SaveContact
from trygga_desktop.ui.draft_keeper import Place
from trygga_desktop.ui.screens.consent_form.paper import Said
from trygga_desktop.ui.screens.consent_form.validity import DayField
from trygga_desktop.ui.screens.consent_form.view import ConsentFormView
from trygga_desktop.ui.screens.consent_form.view_model import Step
from trygga_desktop.ui.screens.consents.forms import OpinionForm, WithdrawForm
from trygga_desktop.ui.screens.consents.reason_list import ReasonRow
from trygga_desktop.ui.screens.consents.signing_forms import (
    ApprovalForm,
    ExceptionForm,
    RequestForm,
    SigningField,
)
from trygga_desktop.ui.screens.consents.view import ConsentsView
from trygga_desktop.ui.screens.directory.forms import (
    ContactForm,
    DirectoryField,
    OrganisationForm,
)
from trygga_desktop.ui.screens.ground_texts.form import ConfirmField, subject_of
from trygga_desktop.ui.screens.meeting.days import NextForm
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.new_meeting.form import MeetingField
from trygga_desktop.ui.screens.new_meeting.guard import Way as GuardWay
from trygga_desktop.ui.screens.people.form import PeopleField
from trygga_desktop.ui.screens.people.place import PlaceForm, Question
from trygga_desktop.ui.screens.people.professional import ProfessionalForm
from trygga_desktop.ui.screens.people.relative import RelativeForm
from trygga_desktop.ui.screens.people.view import PeopleView
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.typed import read_typed, readable
from trygga_desktop.ui.widgets.inputs import CheckBox

WORDS = "Mormor hjälper till <b>ibland</b>."


def place(kind: DraftKind, subject: UUID | None = None) -> Place:
    return Place(kind=kind, subject_id=subject)


def test_a_relative_who_was_being_written_down() -> None:
    people = People()
    model = people.open()
    model.begin_relative()
    form = model.form
    assert isinstance(form, RelativeForm)
    form.type(PeopleField.GIVEN_NAME, "Åsa")
    form.type(PeopleField.BIRTH_DATE, "1980")
    form.choose_role(PartyRole.RELATIVE)
    form.choose_custody(Custody.SOLE)
    form.protect(Protection.PROTECTED_REGISTRATION)
    model.leave()

    again = people.open(resume=place(DraftKind.RELATIVE)).form

    assert isinstance(again, RelativeForm)
    assert again.typed() == form.typed()


def test_a_professional_who_was_being_added() -> None:
    people = People()
    model = people.open()
    model.begin_professional()
    form = model.form
    assert isinstance(form, ProfessionalForm)
    form.choose(form.offered[0])
    form.type(PeopleField.FUNCTION, WORDS)
    model.leave()

    again = people.open(resume=place(DraftKind.PROFESSIONAL)).form

    assert isinstance(again, ProfessionalForm)
    assert (again.contact, again.typed()) == (form.contact, form.typed())


def test_a_reason_that_was_being_written_for_keeping_something_back() -> None:
    people = People()
    model = people.open()
    model.begin_change(GUARDIAN.party.id)
    form = model.form
    assert isinstance(form, PlaceForm)
    form.ask(Question.BAR)
    form.type(PeopleField.WORDS, WORDS)
    model.leave()

    again = people.open(resume=place(DraftKind.PLACE, GUARDIAN.party.id)).form

    assert isinstance(again, PlaceForm)
    assert (again.question, again.text_in(PeopleField.WORDS)) == (Question.BAR, WORDS)


@pytest.mark.parametrize("begin", ["begin_relative", "begin_professional"])
def test_a_form_that_was_only_opened_leaves_nothing(begin: str) -> None:
    people = People()
    model = people.open()
    getattr(model, begin)()
    model.leave()

    assert people.drafts.drafts == {}


def test_a_form_that_was_stored_leaves_nothing() -> None:
    people = People()
    model = people.open()
    model.begin_relative()
    form = model.form
    assert form is not None
    form.type(PeopleField.GIVEN_NAME, "Åsa")
    form.type(PeopleField.FAMILY_NAME, "Örn")
    model.send()

    assert len(people.commands) == 1
    assert people.drafts.drafts == {}


def test_a_form_that_was_cancelled_lies_in_the_bin() -> None:
    people = People()
    model = people.open()
    model.begin_relative()
    assert model.form is not None
    model.form.type(PeopleField.GIVEN_NAME, "Åsa")
    model.cancel()

    (thrown,) = people.drafts.drafts.values()
    assert thrown.thrown_at is not None
    assert "Åsa" in readable(thrown.kind, thrown.text)
    model.begin_relative()
    assert model.form is not None
    assert model.form.text_in(PeopleField.GIVEN_NAME) == ""


def test_an_organisation_that_was_being_written_down() -> None:
    contacts = Contacts()
    model = contacts.open()
    model.begin_organisation()
    form = model.form
    assert isinstance(form, OrganisationForm)
    form.type(DirectoryField.NAME, WORDS)
    form.choose_kind("police")
    model.leave()

    again = contacts.open(resume=place(DraftKind.ORGANISATION)).form

    assert isinstance(again, OrganisationForm)
    assert again.typed() == form.typed()


def test_a_professional_who_was_being_written_down_in_the_directory() -> None:
    contacts = Contacts()
    model = contacts.open()
    model.begin_contact()
    form = model.form
    assert isinstance(form, ContactForm)
    form.type(DirectoryField.PHONE, "08-123")
    model.leave()

    again = contacts.open(resume=place(DraftKind.CONTACT, form.organisation_id)).form

    assert isinstance(again, ContactForm)
    assert again.typed() == form.typed()


def test_a_statement_of_the_mapping() -> None:
    box = DraftBox()
    model = make_mapping_model(drafts=box.uses)
    model.choose_area("family")
    model.type_text(WORDS)
    model.choose_teller(model.tellers[1])
    model.answer_others(concerns=True)
    model.tick(SARA_OF_OVERVIEW, is_about=True)
    model.leave()

    again = make_mapping_model(drafts=box.uses)

    assert again.capture == model.capture
    assert again.area == "family"


def test_an_area_that_was_only_looked_at_leaves_nothing() -> None:
    box = DraftBox()
    model = make_mapping_model(drafts=box.uses)
    model.choose_area("family")
    model.leave()

    assert box.drafts == {}


def test_a_meeting_that_was_being_planned() -> None:
    planner = Planner()
    model = planner.open()
    fill(model, time="14.30")
    model.type(MeetingField.MINUTES, "45")
    model.invite(MIRJA.party.id, comes=True)
    model.choose_way(GuardWay.ITEMS)
    codes = () if model.agenda is None else model.agenda.codes
    for code in (codes[2], codes[4]):
        model.tick_item(code, comes=True)
    model.answer_guard()
    assert model.form.order != ()
    model.add_guest(Function.INTERPRETER, "Amina Hassan")
    model.type_guest("Någon till")
    model.leave()

    again = planner.open()

    assert again.form == model.form
    assert again.guest_name == "Någon till"


def test_a_meeting_that_nobody_has_touched_leaves_nothing() -> None:
    planner = Planner()
    planner.open().leave()

    assert planner.drafts.drafts == {}


def test_a_paper_that_was_being_filled_in() -> None:
    binder = Binder(story())
    model = binder.open()
    model.answer(SARA, Said.YES)
    model.choose_own(ELIAS, OwnInformation.AGENCIES)
    model.toggle(model.paper.cells_of([POLICE], ["schooling"], Direction.GIVE))
    terms, days = model.terms, model.validity
    terms.exclusion.words, terms.exclusion.asked_by = "Morfars begravning", SARA
    terms.exclusion.categories.add("family")
    terms.add_exclusion()
    terms.exclusion.words = "Halv"
    terms.limit.words, terms.limit.organisation = WORDS, POLICE
    terms.limit.category, terms.limit.asked_by = "network", ELIAS
    terms.add_limit()
    terms.tell()
    days.choose_way(Way.ORAL)
    days.type_day(DayField.FACTS_SINCE, "2026-01-01")
    model.leave()

    again = binder.open()

    assert [(one.said, one.own, one.cells) for one in again.paper.signers] == [
        (one.said, one.own, one.cells) for one in model.paper.signers
    ]
    assert (again.terms.exclusions, again.terms.limits) == (terms.exclusions, terms.limits)
    assert isinstance(again.terms.limits[0], NewLimit)
    assert (again.terms.exclusion, again.terms.limit) == (terms.exclusion, terms.limit)
    assert (again.validity.typed, again.validity.way) == (days.typed, Way.ORAL)
    assert again.given_back == 1


def test_a_paper_that_was_thrown_away_does_not_come_back() -> None:
    binder = Binder()
    model = binder.open()
    model.answer(SARA, Said.YES)
    model.discard()

    assert binder.open().given_back == 0
    (thrown,) = binder.drafts.drafts.values()
    assert thrown.thrown_at is not None


def test_a_paper_that_nobody_has_touched_leaves_nothing() -> None:
    binder = Binder()
    model = binder.open()
    model.go_on()
    model.leave()

    assert binder.drafts.drafts == {}
    assert model.step is Step.WHO


def test_an_opinion_that_was_being_written_down() -> None:
    papers = Papers(options={"asked": frozenset({ELIAS})})
    model = papers.open()
    model.change_opinion(ELIAS)
    form = model.panel
    assert isinstance(form, OpinionForm)
    form.view, form.words, form.weighed = View.DISAGREES, WORDS, "Vägt"
    model.panel_changed()
    model.leave()

    again = papers.open(resume=place(DraftKind.OPINION, ELIAS)).panel

    assert again == form


def test_a_consent_that_was_being_taken_back() -> None:
    papers = Papers()
    model = papers.open()
    model.begin_withdrawal()
    form = model.panel
    assert isinstance(form, WithdrawForm)
    form.signer, form.everything, form.day = SARA, False, "2026-11-20"
    form.organisations.add(POLICE)
    model.panel_changed()
    model.leave()

    again = papers.open(resume=place(DraftKind.WITHDRAWAL)).panel

    assert again == form


def test_who_was_asked_to_sign(qtbot: QtBot, look: Look) -> None:
    papers = Papers(happened=half_signed())
    model = papers.open()
    model.begin_request()
    form = model.panel
    assert isinstance(form, RequestForm)
    form.tick(SARA, asked=True)
    form.type(SigningField.ON, "2026-11-2")
    model.leave()

    again = papers.open(resume=place(DraftKind.REQUEST))
    view = ConsentsView(again, look)
    qtbot.addWidget(view)
    box = view.findChild(CheckBox, f"asked {SARA}")

    assert isinstance(again.panel, RequestForm)
    assert again.panel.contents == form.contents
    assert box is not None
    assert box.isChecked()


def test_who_is_not_to_sign_and_why(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model = papers.open()
    model.begin_exception()
    form = model.panel
    assert isinstance(form, ExceptionForm)
    form.choose_signer(JOHAN)
    form.choose_code("board_decision")
    form.type(SigningField.WORDS, WORDS)
    model.leave()

    runner = HeldRunner()
    again = papers.open(runner)
    runner.work_off()
    view = ConsentsView(again, look)
    qtbot.addWidget(view)
    again.begin_exception()
    runner.work_off()
    row = view.findChild(ReasonRow, "reason board_decision")

    assert isinstance(again.panel, ExceptionForm)
    assert again.panel.contents == form.contents
    assert row is not None
    assert row.isChecked()


def test_who_approves_an_exception() -> None:
    papers = Papers(happened=half_signed())
    model = papers.open()
    model.begin_approval(EXCEPTION)
    form = model.panel
    assert isinstance(form, ApprovalForm)
    form.type(SigningField.APPROVED_BY, "Maja Lund, enhetschef")
    model.leave()

    again = papers.open(resume=place(DraftKind.APPROVAL, EXCEPTION)).panel

    assert isinstance(again, ApprovalForm)
    assert again.text_in(SigningField.APPROVED_BY) == "Maja Lund, enhetschef"


def test_an_exception_that_is_recorded_leaves_no_draft() -> None:
    papers = Papers(happened=half_signed())
    model = papers.open()
    model.begin_approval(EXCEPTION)
    assert isinstance(model.panel, ApprovalForm)
    model.panel.type(SigningField.APPROVED_BY, "Maja Lund, enhetschef")
    model.leave()
    model.submit()

    assert papers.exceptions
    assert papers.drafts.drafts == {}


def test_who_confirms_the_text_of_a_ground_and_of_which() -> None:
    shelf = Shelf()
    model = shelf.open(ground=GROUND)
    assert model.form is not None
    model.form.type(ConfirmField.BY, "Rut")
    model.leave()

    other = shelf.open(ground="general_clause").form
    again = shelf.open(resume=place(DraftKind.GROUND_TEXT, subject_of(GROUND))).form

    assert other is not None
    assert other.text_in(ConfirmField.BY) == ""
    assert again is not None
    assert (again.ground, again.text_in(ConfirmField.BY)) == (GROUND, "Rut")


def test_a_text_that_is_confirmed_leaves_no_draft_and_one_that_is_not_lies_in_the_bin() -> None:
    shelf = Shelf()
    model = shelf.open(ground=GROUND)
    assert model.form is not None
    model.form.type(ConfirmField.BY, "Rut")
    model.cancel()
    thrown = [one.thrown_at for one in shelf.drafts.drafts.values()]
    model.open(GROUND)
    assert model.form is not None
    model.form.type(ConfirmField.BY, "Rut Åkesson, kommunjurist")
    model.form.type(ConfirmField.SOURCE, "SFS 2009:400")
    model.leave()
    model.confirm()

    assert thrown != [None]
    assert shelf.told
    assert shelf.drafts.texts == []


def test_the_time_of_the_next_meeting() -> None:
    box, table = DraftBox(), Table()
    model = table.open(drafts=box.uses)
    model.beside.type_next(day="14/1", time="15", place=WORDS)
    model.leave()

    assert table.open(drafts=box.uses).beside.next_form == NextForm("14/1", "15", WORDS)


def test_somebody_more_who_was_being_let_into_a_meeting() -> None:
    box, table = DraftBox(), Table()
    model = table.open(drafts=box.uses)
    model.ask_to_invite(asks=True)
    model.beside.type_guest("Amina Hassan")
    model.beside.choose_function(Function.INTERPRETER)
    model.leave()

    again = table.open(drafts=box.uses)
    again.ask_to_invite(asks=True)

    assert again.beside.guest == model.beside.guest


def test_an_entry_of_a_meeting_with_all_that_was_chosen_for_it() -> None:
    box, table = DraftBox(), Table()
    model = table.open(drafts=box.uses)
    capture = model.capture
    capture.choose_kind(Kind.ACTION)
    capture.type(WORDS)
    capture.choose_responsible(capture.seats[0].id)
    capture.type_due("4/12")
    model.leave()

    again = table.open(drafts=box.uses).capture
    shown_at_first = again.text
    again.bring_back()

    assert not shown_at_first
    assert (again.text, again.kind, again.due) == (WORDS, Kind.ACTION, "4/12")
    assert again.responsible == capture.seats[0].id


def test_what_was_put_aside_for_a_newcomer_is_put_aside_after_a_lock_too() -> None:
    box, table = DraftBox(), Table()
    capture = table.open(drafts=box.uses).capture
    capture.type(WORDS)
    capture.put_aside()
    capture.type("Ny text")
    capture.leave()

    again = table.open(drafts=box.uses).capture

    assert again.text == ""
    assert again.has_aside
    again.bring_back()
    assert again.text == "Ny text"
    again.throw_away()
    again.bring_back()
    assert again.text == WORDS


def test_an_entry_that_was_thrown_away_comes_back_although_another_is_aside() -> None:
    box, table = DraftBox(), Table()
    wanted: list[UUID] = []
    uses = replace(
        box.uses,
        tell_thrown=lambda told: wanted.append(told[0]),
        wanted=lambda: wanted[-1] if wanted else None,
    )
    capture = table.open(drafts=uses).capture
    capture.type(WORDS)
    capture.put_aside()
    capture.type("Ny text")
    capture.leave()
    capture.throw_away()
    in_the_bin = [readable(one.kind, one.text) for one in box.drafts.values() if one.thrown_at]

    box.uses.bring_back(wanted[-1])
    capture.look_for_earlier()
    capture.bring_back()
    capture.leave()

    assert in_the_bin == ["Ny text"]
    assert capture.text == "Ny text"
    assert capture.has_aside
    assert [sorted(one.split("\n")) for one in box.texts] == [sorted((WORDS, "Ny text"))]


def test_a_form_gives_back_only_what_was_changed_in_it() -> None:
    contacts = Contacts()
    model = contacts.open()
    contact = contacts.found.directory.contacts[0]
    model.change_contact(contact.id)
    assert isinstance(model.form, ContactForm)
    model.form.type(DirectoryField.TITLE, "Kurator")
    model.leave()
    contacts.save_contact(
        SaveContact(name="Ett Annat Namn", organisation_id=contact.organisation_id, id=contact.id)
    )

    again = contacts.open(resume=place(DraftKind.CONTACT, contact.id)).form

    assert isinstance(again, ContactForm)
    assert again.text_in(DirectoryField.TITLE) == "Kurator"
    assert again.text_in(DirectoryField.NAME) == "Ett Annat Namn"


def test_what_was_put_aside_is_on_the_disk_at_once() -> None:
    box, table = DraftBox(), Table()
    capture = table.open(drafts=box.uses).capture
    capture.type(WORDS)
    capture.put_aside()

    assert box.texts == [WORDS]


def test_what_is_left_beside_an_entry_stays_on_the_disk_while_it_is_added() -> None:
    box, table = DraftBox(), Table()
    capture = table.open(drafts=box.uses).capture
    capture.type(WORDS)
    capture.put_aside()
    capture.type("Ny text")
    capture.add()

    assert box.texts == [WORDS]
    assert capture.text == ""


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"texts": []}', '{"texts": {"a": 1}}', '{"texts": {}, "chosen": 1}']
)
def test_a_draft_that_is_none_of_a_form_is_told_apart(text: str) -> None:
    assert read_typed(text) is None


@pytest.mark.parametrize("kind", [one for one in DraftKind if one is not DraftKind.NOTE])
def test_a_form_reads_as_its_words_and_a_note_as_it_stands(kind: DraftKind) -> None:
    text = '{"texts": {"a": " Åsa ", "b": "", "c": "Örn"}}'

    assert readable(kind, text) == "Åsa\nÖrn"
    assert readable(DraftKind.NOTE, text) == text


def test_what_is_given_back_later_stands_in_the_review(qtbot: QtBot, look: Look) -> None:
    box, runner = DraftBox(), HeldRunner()
    first = Table().open(drafts=box.uses)
    first.beside.type_next(day="14/1", time="15", place=WORDS)
    first.leave()
    model = Table().open(runner, drafts=box.uses)
    model.is_reviewing = True
    # The meeting has been read, and what an earlier visit left has not.
    runner.waiting.pop(0)()
    view = MeetingView(model, look)
    qtbot.addWidget(view)
    view.show()

    runner.work_off()

    day = view.findChild(QLineEdit, "day of the next meeting")
    assert isinstance(day, QLineEdit)
    assert day.text() == "14/1"


def test_what_is_given_back_later_stands_in_the_form_of_a_paper(qtbot: QtBot, look: Look) -> None:
    binder, runner = Binder(story()), HeldRunner()
    first = binder.open()
    first.answer(SARA, Said.YES)
    while first.step is not Step.VALIDITY:
        first.go_on()
    first.validity.describe(Circumstance(paper="Pärm 7"))
    first.leave()
    model = binder.open(runner)
    runner.waiting.pop(0)()
    model.step = Step.VALIDITY
    view = ConsentFormView(model, look)
    qtbot.addWidget(view)
    view.show()

    runner.work_off()

    paper = view.findChild(QLineEdit, "paper")
    assert isinstance(paper, QLineEdit)
    assert paper.text() == "Pärm 7"


def test_what_is_given_back_later_stands_in_the_form_for_a_relative(
    qtbot: QtBot, look: Look
) -> None:
    people, runner = People(), HeldRunner()
    first = people.open()
    first.begin_relative()
    form = first.form
    assert isinstance(form, RelativeForm)
    form.type(PeopleField.GIVEN_NAME, "Åsa")
    form.choose_role(PartyRole.TRUSTEE)
    form.protect(Protection.FICTITIOUS_IDENTITY)
    first.leave()
    model = people.open(runner)
    runner.work_off()
    view = PeopleView(model, look)
    qtbot.addWidget(view)
    view.show()
    model.begin_relative()

    runner.work_off()

    name, role = view.findChild(QLineEdit, "given_name"), view.findChild(QComboBox, "role")
    protected = view.findChild(QCheckBox, "protected")
    kind = view.findChild(QComboBox, "kind of protection")
    assert isinstance(name, QLineEdit)
    assert isinstance(role, QComboBox)
    assert isinstance(kind, QComboBox)
    assert isinstance(protected, QCheckBox)
    assert (name.text(), role.currentData()) == ("Åsa", PartyRole.TRUSTEE)
    assert (protected.isChecked(), kind.currentData()) == (True, Protection.FICTITIOUS_IDENTITY)
