"""The form for a new case, without a database and without waiting."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.ui.desk_screens import RIGHT, SIMILAR, TWO_PEOPLE, WRONG
from tests.ui.new_case_desk import make_form_model
from tests.ui.overviews import SCHOOL, directory_view, organisation
from tests.ui.plain import NOW, draft_uses, raising
from trygga_desktop.domain.case import Intake
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.domain.errors import (
    DamagedVaultError,
    DiskFullError,
    InvalidInputError,
    NoRightError,
    NotConfirmedError,
)
from trygga_desktop.domain.identity_number import AskCentury, Incomplete, Valid
from trygga_desktop.domain.people import MOST_NAME, Protection
from trygga_desktop.i18n import load_language
from trygga_desktop.services.cases import NewPerson, OpenCase, SimilarBy, SimilarCase
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.drafts import StoreDraft
from trygga_desktop.ui.person_typing.form import (
    BirthFlaw,
    CaseForm,
    FormField,
    from_draft,
    read_birth_date,
    to_draft,
)
from trygga_desktop.ui.person_typing.hints import (
    Mark,
    century_text,
    hint_for,
    missing_text,
)
from trygga_desktop.ui.person_typing.side import similar_text
from trygga_desktop.ui.screens.new_case.directory import DirectoryReader
from trygga_desktop.ui.screens.new_case.view import NewCaseView
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner, ThreadRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button

ENGLISH = load_language("en")
TODAY = date(2026, 11, 26)
HOSTILE = (
    '<img src="/etc/passwd">',
    "a <b c",
    "Eli\0as",
    "\u202eEkil",
    "Ö" * 1_000_000,
    "🧑‍🎓 Åsa",
    "\ud800",
)


class Desk:
    """Stands for the vault: remembers what it was asked, and fails when told to."""

    def __init__(self, *, drafts: Sequence[Draft] = ()) -> None:
        self.opened: list[OpenCase] = []
        self.compared: list[NewPerson] = []
        self.stored: list[StoreDraft] = []
        self.discarded: list[UUID] = []
        self.thrown: list[UUID] = []
        self.failure: Exception | None = None
        self.drafts = draft_uses(
            store=self.store,
            read=lambda: Done(tuple(drafts)),
            discard=self.discard,
            throw=self.throw,
        )

    def open_case(self, command: OpenCase) -> Done[UUID]:
        """Open a case, or fail."""
        if self.failure is not None:
            raise self.failure
        self.opened.append(command)
        return Done(UUID(int=77), Changes(cases=True))

    def find_similar(self, person: NewPerson) -> Done[tuple[SimilarCase, ...]]:
        """Find Elias everywhere, or fail."""
        self.compared.append(person)
        if self.failure is not None:
            raise self.failure
        return Done((SIMILAR,))

    def store(self, command: StoreDraft) -> Done[None]:
        """Keep a draft."""
        self.stored.append(command)
        return Done(None)

    def discard(self, draft_id: UUID) -> Done[None]:
        """Remember what was discarded."""
        self.discarded.append(draft_id)
        return Done(None)

    def throw(self, draft_id: UUID) -> Done[None]:
        """Remember what was thrown away."""
        self.thrown.append(draft_id)
        return Done(None)

    def form(self, runner: TaskRunner | None = None) -> NewCaseViewModel:
        """Return the form, loaded."""
        return make_form_model(
            open_case=self.open_case,
            find_similar=self.find_similar,
            drafts=self.drafts,
            runner=runner or InlineRunner(),
        )


def fill(model: NewCaseViewModel, texts: dict[FormField, str]) -> None:
    """Type into one field after the other."""
    for field, text in texts.items():
        model.type(field, text)
        model.leave_field(field)


def shown(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def button(view: QWidget, name: str) -> Button:
    """Return a button by its name."""
    found = view.findChild(Button, name)
    assert found is not None
    return found


def line(view: QWidget, field: FormField) -> QLineEdit:
    """Return the line that one types a field into."""
    found = view.findChild(QLineEdit, field)
    assert found is not None
    return found


def test_a_taken_case_number_is_told_at_its_field_and_nothing_is_lost() -> None:
    desk = Desk()
    desk.failure = InvalidInputError(field="case_number", flaw="taken")
    model = desk.form()
    fill(model, {**RIGHT, FormField.CASE_NUMBER: "DEMO-2026-001"})

    model.open()

    hint = hint_for(FormField.CASE_NUMBER, model, ENGLISH)
    assert hint.mark is Mark.BAD
    assert "already" in hint.text
    assert model.missing == (FormField.CASE_NUMBER,)
    assert model.form.text_in(FormField.GIVEN_NAME) == "Elias"
    assert not desk.discarded


def test_another_number_takes_the_refusal_away() -> None:
    desk = Desk()
    desk.failure = InvalidInputError(field="case_number", flaw="taken")
    model = desk.form()
    fill(model, {**RIGHT, FormField.CASE_NUMBER: "DEMO-2026-001"})
    model.open()

    model.type(FormField.CASE_NUMBER, "DEMO-2026-009")

    assert model.may_open


@pytest.mark.parametrize("flaw", ["length", "strange"])
def test_any_refusal_of_a_field_is_told_in_words(flaw: str) -> None:
    model = make_form_model(RIGHT, error=InvalidInputError(field="registry_number", flaw=flaw))

    model.open()

    assert hint_for(FormField.REGISTRY_NUMBER, model, ENGLISH).mark is Mark.BAD
    assert flaw not in hint_for(FormField.REGISTRY_NUMBER, model, ENGLISH).text
    assert missing_text(FormField.REGISTRY_NUMBER, model, ENGLISH)


@pytest.mark.parametrize(
    "error",
    [DiskFullError(), NoRightError(), OSError("Elias"), InvalidInputError(field="x", flaw="y")],
    ids=lambda error: type(error).__name__,
)
def test_any_other_failure_is_told_above_the_form(
    qtbot: QtBot, look: Look, error: Exception
) -> None:
    model = make_form_model(RIGHT, error=error)
    view = NewCaseView(model, look)

    model.open()

    words = shown(qtbot, view)
    assert model.trouble is not None
    assert model.form.text_in(FormField.GIVEN_NAME) == "Elias"
    assert model.trouble.report not in words
    assert model.may_open


def test_a_case_that_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    model = make_form_model(RIGHT, error=NotConfirmedError())

    with qtbot.waitSignal(model.failed):
        model.open()


def test_a_comparison_that_fails_stops_nobody() -> None:
    desk = Desk()
    desk.failure = OSError()
    model = desk.form()

    fill(model, RIGHT)

    assert model.may_open
    assert model.trouble is None


def test_an_incomplete_form_opens_nothing() -> None:
    desk = Desk()
    model = desk.form()
    fill(model, {FormField.GIVEN_NAME: "Elias"})

    model.open()

    assert not desk.opened


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_kept_as_it_is_and_breaks_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    model = make_form_model(
        {field: text for field in FormField if field is not FormField.NUMBER},
        similar=[SimilarCase(id=UUID(int=1), case_number=text, same=SimilarBy.NAME_AND_BIRTH)],
    )
    model.type(FormField.NUMBER, text)
    model.leave_field(FormField.NUMBER)
    model.protect(Protection.SECRECY_MARKING)
    view = NewCaseView(model, look)

    words = shown(qtbot, view)
    view.grab()
    again = from_draft(to_draft(model.form))

    assert "\u202e" not in words
    assert "\0" not in words
    assert again == model.form
    model.form.text_in(FormField.GIVEN_NAME).encode()


def test_nothing_is_wrong_before_the_field_is_left() -> None:
    model = make_form_model()
    model.type(FormField.NUMBER, "20090514-2395")
    model.type(FormField.BIRTH_DATE, "2009-02-30")
    before = [hint_for(one, model, ENGLISH).mark for one in FormField]

    model.leave_field(FormField.NUMBER)
    model.leave_field(FormField.BIRTH_DATE)

    assert Mark.BAD not in before
    assert hint_for(FormField.NUMBER, model, ENGLISH).mark is Mark.BAD
    assert hint_for(FormField.BIRTH_DATE, model, ENGLISH).mark is Mark.BAD


def test_an_empty_field_that_is_left_is_not_wrong() -> None:
    model = make_form_model()

    model.leave_field(FormField.NUMBER)

    assert hint_for(FormField.NUMBER, model, ENGLISH).mark is Mark.PLAIN


def test_typing_on_takes_the_mark_away() -> None:
    model = make_form_model(WRONG)

    model.type(FormField.NUMBER, "20090514-239")

    assert hint_for(FormField.NUMBER, model, ENGLISH).mark is Mark.TYPING


@pytest.mark.parametrize(
    ("text", "mark", "words"),
    [
        ("200905142", Mark.WARN, "9 of 12 digits"),
        ("20090514-2394", Mark.OK, "The number is right"),
        ("20090514 2394", Mark.OK, "The number is right"),
        ("200905142395", Mark.BAD, "control digit"),
        ("200913142394", Mark.BAD, "no such month"),
        ("200902302397", Mark.BAD, "no such day"),
        ("202905142390", Mark.BAD, "not come yet"),
        ("200905140000", Mark.BAD, "never 000"),
        ("09O514-2394", Mark.BAD, "letter"),
        ("2009051423941", Mark.BAD, "too many"),
        ("19980186-2393", Mark.OK, "day 86 means the 26"),
        ("200600852388", Mark.OK, "month of birth is not known"),
        ("200702862392", Mark.OK, "Coordination number"),
        ("121212-1212", Mark.WARN, "Two people"),
        ("", Mark.PLAIN, "12 digits"),
    ],
)
def test_every_state_of_an_identity_number_has_its_words(text: str, mark: Mark, words: str) -> None:
    model = make_form_model({FormField.NUMBER: text})

    hint = hint_for(FormField.NUMBER, model, ENGLISH)

    assert hint.mark is mark
    assert words in hint.text


def test_a_coordination_number_without_a_day_says_so() -> None:
    # Made up from the official number 200602602397, whose day is 00: any right one does.
    for last in range(10):
        model = make_form_model({FormField.NUMBER: f"20060260239{last}"})
        if isinstance(model.reading, Valid):
            break

    assert "day of birth is not known" in hint_for(FormField.NUMBER, model, ENGLISH).text
    assert model.form.text_in(FormField.BIRTH_DATE) == "2006-02"


def test_an_interim_number_says_what_it_is() -> None:
    model = make_form_model({FormField.NUMBER: "20090514-T394"})

    assert "Interim" in hint_for(FormField.NUMBER, model, ENGLISH).text


def test_a_known_test_number_warns_and_refuses_nothing() -> None:
    model = make_form_model(RIGHT, test_numbers=frozenset({"200905142394"}))

    assert hint_for(FormField.NUMBER, model, ENGLISH).mark is Mark.WARN
    assert model.may_open


@pytest.mark.parametrize(("digits", "told"), [("2012121212", "10 of 12"), ("20121212121", "11 of")])
def test_a_number_that_is_being_typed_is_not_taken_for_a_short_one(digits: str, told: str) -> None:
    model = make_form_model()

    model.type(FormField.NUMBER, digits)

    hint = hint_for(FormField.NUMBER, model, ENGLISH)
    assert hint.mark is Mark.TYPING
    assert told in hint.text
    assert not model.form.text_in(FormField.BIRTH_DATE)


def test_ten_digits_count_as_a_short_number_when_the_field_is_left() -> None:
    model = make_form_model()
    model.type(FormField.NUMBER, "1912121219")
    before = model.reading

    model.leave_field(FormField.NUMBER)

    assert before == Incomplete(10)
    assert model.reading != Incomplete(10)


def test_the_century_is_asked_for_and_answered(qtbot: QtBot, look: Look) -> None:
    model = make_form_model(TWO_PEOPLE)
    view = NewCaseView(model, look)
    shown(qtbot, view)
    missing = model.missing

    button(view, "century 1912").click()

    assert missing == (FormField.NUMBER,)
    assert isinstance(model.reading, Valid)
    assert model.form.text_in(FormField.BIRTH_DATE) == "1912-12-12"
    assert line(view, FormField.BIRTH_DATE).text() == "1912-12-12"
    assert model.may_open


def test_the_two_answers_tell_the_age() -> None:
    reading = make_form_model(TWO_PEOPLE).reading

    assert isinstance(reading, AskCentury)
    assert {century_text(one, TODAY, ENGLISH) for one in reading.choices} == {
        "Born in 2012, 13 years",
        "Born in 1912, 113 years",
    }


def test_an_age_that_is_not_certain_is_not_told() -> None:
    reading = make_form_model({FormField.NUMBER: "200600852388"}).reading

    assert isinstance(reading, Valid)
    assert century_text(reading.number, TODAY, ENGLISH) == "Born in 2006"


def test_the_number_fills_in_the_birth_date_and_a_typed_one_stays() -> None:
    model = make_form_model(RIGHT)
    filled = model.form.text_in(FormField.BIRTH_DATE)

    model.type(FormField.BIRTH_DATE, "2009-05-13")
    model.type(FormField.NUMBER, "20120903-2380")

    assert filled == "2009-05-14"
    assert model.form.text_in(FormField.BIRTH_DATE) == "2009-05-13"


def test_a_birth_date_that_was_filled_in_goes_with_its_number() -> None:
    model = make_form_model(RIGHT)

    model.type(FormField.NUMBER, "20090514")

    assert not model.form.text_in(FormField.BIRTH_DATE)


def test_the_age_is_told_from_the_birth_date_and_not_from_the_number() -> None:
    model = make_form_model({**RIGHT, FormField.BIRTH_DATE: "2010-12-01"})

    hint = hint_for(FormField.BIRTH_DATE, model, ENGLISH)

    assert hint.text == "15 years, turns 18 on 1 December 2028"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1999-02-18", "27 years"),
        ("2009", "The age is not certain"),
        ("in May", "year, month and day"),
        ("2009-02-30", "no such day"),
        ("2027-01-01", "not come yet"),
        ("1500-01-01", "Nobody is that old"),
    ],
)
def test_every_state_of_a_birth_date_has_its_words(text: str, words: str) -> None:
    model = make_form_model({FormField.BIRTH_DATE: text})

    assert words in hint_for(FormField.BIRTH_DATE, model, ENGLISH).text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", None),
        (" 2009-05-14 ", PartialDate(2009, 5, 14)),
        ("20090514", PartialDate(2009, 5, 14)),
        ("2009-5-4", PartialDate(2009, 5, 4)),
        ("2009-05", PartialDate(2009, 5)),
        ("2009", PartialDate(2009)),
        ("2009-13", BirthFlaw.NO_SUCH_DAY),
        ("0000", BirthFlaw.NO_SUCH_DAY),
        ("2009-0", BirthFlaw.NO_SUCH_DAY),
        ("2009-05-0", BirthFlaw.NO_SUCH_DAY),
        ("14/5 2009", BirthFlaw.UNREADABLE),
        ("٢٠٠٩", BirthFlaw.UNREADABLE),
        ("2026-11-27", BirthFlaw.IN_THE_FUTURE),
        ("1895", BirthFlaw.TOO_LONG_AGO),
    ],
)
def test_a_birth_date_is_read_as_far_as_it_is_known(
    text: str, read: PartialDate | BirthFlaw | None
) -> None:
    assert read_birth_date(text, on=TODAY) == read


def test_someone_without_a_number_can_be_entered(qtbot: QtBot, look: Look) -> None:
    desk = Desk()
    model = desk.form()
    fill(model, {FormField.GIVEN_NAME: "Ali", FormField.NUMBER: "2009"})
    view = NewCaseView(model, look)
    shown(qtbot, view)

    button(view, "has no number").click()
    enabled = line(view, FormField.NUMBER).isEnabled()
    model.open()

    assert not enabled
    assert desk.opened[0].person.number is None


def test_having_no_number_can_be_taken_back(qtbot: QtBot, look: Look) -> None:
    model = make_form_model({FormField.GIVEN_NAME: "Ali"})
    view = NewCaseView(model, look)
    shown(qtbot, view)
    button(view, "has no number").click()

    button(view, "has no number").click()

    assert model.missing == (FormField.NUMBER,)
    assert line(view, FormField.NUMBER).isEnabled()


def test_the_foot_says_what_is_missing_and_leads_there(qtbot: QtBot, look: Look) -> None:
    model = make_form_model({FormField.GIVEN_NAME: "Elias"})
    view = NewCaseView(model, look)
    words = shown(qtbot, view)

    button(view, "go there").click()

    assert missing_text(FormField.NUMBER, model, look.language) in words
    assert view.focusWidget().objectName() == FormField.NUMBER
    assert not button(view, "open the case").isEnabled()


@pytest.mark.parametrize(
    ("texts", "field", "words"),
    [
        ({}, FormField.GIVEN_NAME, "a name."),
        ({}, FormField.NUMBER, "or that there is none."),
        ({FormField.NUMBER: "2009"}, FormField.NUMBER, "the rest of"),
        ({FormField.NUMBER: "121212-1212"}, FormField.NUMBER, "the century of"),
        ({FormField.NUMBER: "20090514-2395"}, FormField.NUMBER, "is not right."),
        ({FormField.BIRTH_DATE: "soon"}, FormField.BIRTH_DATE, "birth date is not right."),
        ({FormField.FAMILY_NAME: "Ö" * (MOST_NAME + 1)}, FormField.FAMILY_NAME, "too long."),
    ],
)
def test_what_is_missing_is_told_in_words(
    texts: dict[FormField, str], field: FormField, words: str
) -> None:
    model = make_form_model(texts)

    assert field in model.missing
    assert words in missing_text(field, model, ENGLISH)


def test_a_name_that_is_too_long_is_marked() -> None:
    model = make_form_model({FormField.FAMILY_NAME: "Ö" * (MOST_NAME + 1)})

    assert hint_for(FormField.FAMILY_NAME, model, ENGLISH).mark is Mark.BAD


def test_one_name_is_enough() -> None:
    model = make_form_model({FormField.FAMILY_NAME: "Demosson"})

    assert FormField.GIVEN_NAME not in model.missing


def test_a_protected_person_needs_an_alias(qtbot: QtBot, look: Look) -> None:
    model = make_form_model(RIGHT)
    view = NewCaseView(model, look)
    shown(qtbot, view)
    switch = view.findChild(QWidget, "protected")
    assert switch is not None

    qtbot.keyClick(switch, Qt.Key.Key_Space)

    assert model.form.protection is Protection.SECRECY_MARKING
    assert model.missing == (FormField.ALIAS,)
    assert missing_text(FormField.ALIAS, model, ENGLISH) == "an alias."
    assert line(view, FormField.ALIAS).isVisible()


def test_the_kind_of_protection_is_chosen_and_explained(qtbot: QtBot, look: Look) -> None:
    model = make_form_model(RIGHT)
    model.protect(Protection.SECRECY_MARKING)
    view = NewCaseView(model, look)
    before = shown(qtbot, view)
    kind = view.findChild(QComboBox, "kind of protection")
    assert kind is not None
    kind.setFocus()

    qtbot.keyClick(kind, Qt.Key.Key_End)

    told = look.language.gettext("No way back to the old identity")
    assert model.form.protection is Protection.FICTITIOUS_IDENTITY
    assert told not in before
    assert told in shown(qtbot, view)


def test_an_alias_without_protection_is_not_stored() -> None:
    desk = Desk()
    model = desk.form()
    fill(model, {**RIGHT, FormField.ALIAS: "NORD-7"})
    model.protect(Protection.SECRECY_MARKING)
    model.protect(Protection.NONE)

    model.open()

    assert not desk.opened[0].person.alias


@pytest.mark.parametrize("field", [FormField.ALIAS, FormField.CASE_NUMBER])
def test_what_stands_instead_of_the_name_must_not_hold_it(field: FormField) -> None:
    model = make_form_model({**RIGHT, field: "x-ELIAS-7"})

    assert hint_for(field, model, ENGLISH).mark is Mark.WARN
    assert model.may_open


def test_a_case_that_is_there_already_is_told_and_stops_nobody(qtbot: QtBot, look: Look) -> None:
    model = make_form_model(RIGHT, similar=[SIMILAR])

    words = shown(qtbot, NewCaseView(model, look))

    assert "DEMO-2026-001" in words
    assert model.may_open


def test_both_ways_of_being_alike_are_told() -> None:
    other = SimilarCase(id=UUID(int=9), case_number="T-9", same=SimilarBy.NAME_AND_BIRTH)

    assert similar_text([SIMILAR, other], ENGLISH) == (
        "The same number stands in DEMO-2026-001. The same name and birth date stand in T-9."
    )


def test_cases_are_compared_once_for_each_person() -> None:
    desk = Desk()
    model = desk.form()
    fill(model, RIGHT)
    after_number = len(desk.compared)

    model.leave_field(FormField.NUMBER)
    model.type(FormField.CASE_NUMBER, "T-1")
    model.leave_field(FormField.CASE_NUMBER)

    assert after_number == 1
    assert len(desk.compared) == 1


def test_a_name_and_a_birth_date_are_compared_without_a_number() -> None:
    desk = Desk()
    model = desk.form()

    fill(model, {FormField.GIVEN_NAME: "Elias", FormField.FAMILY_NAME: "Demosson"})
    before = len(desk.compared)
    fill(model, {FormField.BIRTH_DATE: "2009-05-14"})

    assert before == 0
    assert len(desk.compared) == 1


def test_an_opened_case_is_told_and_its_draft_is_gone(qtbot: QtBot) -> None:
    desk = Desk()
    model = desk.form()
    fill(model, {**RIGHT, FormField.CASE_NUMBER: " T-1 ", FormField.REGISTRY_NUMBER: "D 7"})

    with qtbot.waitSignals([model.made, model.opened]):
        model.open()

    command = desk.opened[0]
    assert (command.case_number, command.registry_number) == ("T-1", "D 7")
    assert command.person.birth_date == PartialDate(2009, 5, 14)
    assert [one.id for one in desk.stored] == desk.discarded
    assert model.form == CaseForm()


def test_a_case_is_opened_once_however_often_one_asks(qtbot: QtBot) -> None:
    runner = ThreadRunner()
    desk = Desk()
    model = desk.form(runner)
    fill(model, RIGHT)

    with qtbot.waitSignal(model.opened):
        model.open()
        model.open()

    runner.shut_down()
    assert len(desk.opened) == 1


def test_what_is_typed_is_kept_at_once_when_the_form_is_hidden(qtbot: QtBot, look: Look) -> None:
    desk = Desk()
    model = desk.form()
    view = NewCaseView(model, look)
    shown(qtbot, view)
    qtbot.keyClicks(line(view, FormField.GIVEN_NAME), "Elias")

    view.hide()

    kept = from_draft(desk.stored[-1].text)
    assert kept is not None
    assert kept.text_in(FormField.GIVEN_NAME) == "Elias"
    assert desk.stored[-1].kind is DraftKind.NEW_CASE


def test_an_earlier_draft_comes_back_with_its_marks(qtbot: QtBot, look: Look) -> None:
    form = CaseForm(protection=Protection.PROTECTED_REGISTRATION)
    for field, text in WRONG.items():
        form = form.with_text(field, text)
    draft = Draft(id=UUID(int=3), kind=DraftKind.NEW_CASE, text=to_draft(form), stored_at=NOW)
    model = Desk(drafts=[draft]).form()

    view = NewCaseView(model, look)
    words = shown(qtbot, view)

    assert model.form == form
    assert line(view, FormField.GIVEN_NAME).text() == "Elias"
    assert hint_for(FormField.NUMBER, model, ENGLISH).mark is Mark.BAD
    assert (
        look.language.gettext("Draft saved {time}. No case is open yet.").format(time="07:51")
        in words
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"texts": [], "protection": "none"}',
        '{"texts": {"strange": "x"}, "century": "", "protection": "none"}',
        '{"texts": {"number": 7}, "century": "", "protection": "none"}',
        to_draft(CaseForm(century="x")).replace("none", "strange"),
        "[" * 100_000,
    ],
)
def test_a_draft_that_cannot_be_read_leaves_an_empty_form(text: str) -> None:
    draft = Draft(id=UUID(int=3), kind=DraftKind.NEW_CASE, text=text, stored_at=NOW)

    model = Desk(drafts=[draft]).form()

    assert model.form == CaseForm()


def test_a_form_nobody_touched_leaves_no_draft() -> None:
    desk = Desk()
    model = desk.form()

    model.leave()

    assert not desk.stored


def test_cancelling_keeps_the_draft(qtbot: QtBot) -> None:
    desk = Desk()
    model = desk.form()
    fill(model, RIGHT)

    with qtbot.waitSignal(model.cancelled):
        model.cancel()

    assert len(desk.stored) == 1
    assert not desk.discarded


def test_discarding_asks_first(qtbot: QtBot, look: Look) -> None:
    desk = Desk()
    model = desk.form()
    fill(model, RIGHT)
    model.leave()
    view = NewCaseView(model, look)
    shown(qtbot, view)

    button(view, "discard").click()
    kept = model.form
    button(view, "keep").click()
    asked_again = model.asks_to_discard
    button(view, "discard").click()
    button(view, "really discard").click()

    assert kept.text_in(FormField.GIVEN_NAME) == "Elias"
    assert not asked_again
    assert model.form == CaseForm()
    assert not line(view, FormField.GIVEN_NAME).text()
    assert desk.thrown == [one.id for one in desk.stored]


def test_ctrl_enter_opens_the_case(look: Look, qtbot: QtBot) -> None:
    desk = Desk()
    model = desk.form()
    fill(model, RIGHT)
    view = NewCaseView(model, look)
    qtbot.addWidget(view)

    view.commands[0].run()

    assert "Ctrl+Return" in view.commands[0].keys
    assert len(desk.opened) == 1


def test_focus_starts_in_the_given_name(qtbot: QtBot, look: Look) -> None:
    view = NewCaseView(make_form_model(), look)
    qtbot.addWidget(view)

    assert view.first_focus.objectName() == FormField.GIVEN_NAME


def test_an_answer_for_a_closed_form_is_dropped(qtbot: QtBot, look: Look) -> None:
    runner = ThreadRunner()
    desk = Desk()
    closed, witness = desk.form(runner), desk.form(runner)
    view = NewCaseView(closed, look)
    fill(closed, RIGHT)
    fill(witness, RIGHT)

    closed.open()
    delete(view)
    delete(closed)
    with qtbot.waitSignal(witness.opened):
        witness.open()

    runner.shut_down()
    assert len(desk.opened) == 2


def test_a_day_that_cannot_be_right_keeps_the_case_from_being_opened() -> None:
    for text in ("2027-01-01", "2026-02-30", "i våras", "2026-02", "1850-01-01"):
        model = make_form_model({**RIGHT, FormField.RAISED_ON: text})

        assert model.missing == (FormField.RAISED_ON,)
        assert hint_for(FormField.RAISED_ON, model, ENGLISH).mark is Mark.BAD
        assert "day" in missing_text(FormField.RAISED_ON, model, ENGLISH)


def test_a_day_that_is_being_typed_is_not_wrong_yet() -> None:
    model = make_form_model(RIGHT)

    model.type(FormField.RAISED_ON, "2026-0")

    assert hint_for(FormField.RAISED_ON, model, ENGLISH).mark is Mark.TYPING


def test_a_programme_that_is_gone_gives_way_to_the_usual_one() -> None:
    desk = Desk()
    model = desk.form()
    fill(model, RIGHT)
    model.choose_programme("gone")

    model.open()

    assert desk.opened[0].programme == "sspf"


def test_a_case_is_in_the_usual_programme_even_where_the_directory_cannot_be_read() -> None:
    desk = Desk()
    model = make_form_model(
        RIGHT, open_case=desk.open_case, read_directory=raising(DamagedVaultError())
    )

    model.open()

    assert desk.opened[0].programme == "sspf"
    assert desk.opened[0].intake == Intake()
    assert model.trouble is None


def test_a_reading_of_the_directory_that_was_not_confirmed_is_for_the_window(qtbot: QtBot) -> None:
    model = make_form_model()
    told = make_form_model(read_directory=lambda: Done(directory_view()))
    model.directory = DirectoryReader(raising(NotConfirmedError()), InlineRunner(), model)

    with qtbot.waitSignal(model.directory.failed):
        model.directory.read()

    assert told.programme == "sspf"


def test_an_organisation_that_is_gone_is_nobody() -> None:
    desk = Desk()
    model = desk.form()
    fill(model, RIGHT)

    model.choose_raised_by(str(UUID(int=4711)))
    model.open()

    assert desk.opened[0].intake == Intake()


def test_how_the_case_began_goes_with_it(qtbot: QtBot, look: Look) -> None:
    desk = Desk()
    model = desk.form()
    view = NewCaseView(model, look)
    shown(qtbot, view)
    fill(model, {**RIGHT, FormField.RAISED_ON: "2026-02-03"})
    for name, value in (("programme", "sig"), ("raised_by", str(SCHOOL))):
        combo = view.findChild(QComboBox, name)
        assert isinstance(combo, QComboBox)
        combo.setCurrentIndex(combo.findData(value))
        combo.activated.emit(combo.currentIndex())
    for name in (FormField.WHY, FormField.ASSESSMENT):
        area = view.findChild(QTextEdit, name)
        assert isinstance(area, QTextEdit)
        area.setPlainText(f" {name} ")

    model.open()

    command = desk.opened[0]
    assert command.programme == "sig"
    assert command.intake == Intake(
        raised_by=SCHOOL, raised_on=date(2026, 2, 3), why="why", assessment="assessment"
    )


def test_what_is_told_without_a_day_was_today() -> None:
    desk = Desk()
    model = desk.form()
    fill(model, {**RIGHT, FormField.WHY: "Frånvaro"})

    model.open()

    assert desk.opened[0].intake == Intake(raised_on=TODAY, why="Frånvaro")


def test_programme_and_intake_come_back_with_the_draft(qtbot: QtBot, look: Look) -> None:
    form = CaseForm(programme="sig", raised_by=str(SCHOOL)).with_text(FormField.WHY, "Frånvaro")
    draft = Draft(id=UUID(int=3), kind=DraftKind.NEW_CASE, text=to_draft(form), stored_at=NOW)

    view = NewCaseView(Desk(drafts=[draft]).form(), look)
    qtbot.addWidget(view)

    chosen = {
        name: combo.currentData()
        for name in ("programme", "raised_by")
        if isinstance(combo := view.findChild(QComboBox, name), QComboBox)
    }
    area = view.findChild(QTextEdit, FormField.WHY)
    assert chosen == {"programme": "sig", "raised_by": str(SCHOOL)}
    assert isinstance(area, QTextEdit)
    assert area.toPlainText() == "Frånvaro"


def test_a_draft_from_before_programmes_can_still_be_read() -> None:
    stored = json.loads(to_draft(CaseForm(century="x")))
    del stored["programme"], stored["raised_by"]

    assert from_draft(json.dumps(stored)) == CaseForm(century="x")


def test_organisations_of_one_name_are_told_apart_and_retired_ones_are_not_offered(
    qtbot: QtBot, look: Look
) -> None:
    known = directory_view().directory
    organisations = (
        organisation(UUID(int=1), "school", "Eken"),
        organisation(UUID(int=2), "leisure", "Eken"),
        replace(organisation(UUID(int=3), "police", "Stängd"), retired=True),
        organisation(UUID(int=4), "police", "\u202eAsp"),
    )
    view_of = directory_view(directory=replace(known, organisations=organisations))
    view = NewCaseView(make_form_model(read_directory=lambda: Done(view_of)), look)
    qtbot.addWidget(view)

    combo = view.findChild(QComboBox, "raised_by")

    assert isinstance(combo, QComboBox)
    offered = [combo.itemText(place) for place in range(1, combo.count())]
    assert sorted(offered) == ["Eken (Fritid)", "Eken (Skola)", "[U+202E]Asp"]
