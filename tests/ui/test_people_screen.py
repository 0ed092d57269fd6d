"""The people of a case, without a database and without waiting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.people import number, opened_case
from tests.ui.desks import settle
from tests.ui.people_desk import (
    ACCOUNTS,
    AUNT,
    DALIA,
    DIRECTORY,
    ELIAS,
    HENRIK,
    JOHAN,
    JOHAN_AT_WORK,
    NADJA,
    PEOPLE,
    PETRA,
    PROFESSIONALS,
    SARA,
    TODAY,
    People,
    barred,
    case_people,
    professional,
    protected,
    relative,
)
from tests.ui.plain import NOW, HeldRunner, draft_uses, make_look
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.errors import (
    DiskFullError,
    InvalidInputError,
    NoAccessError,
    NotConfirmedError,
)
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.i18n import load_language
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.consents import RecordBar, record_bar
from trygga_desktop.services.contacts import SaveContact, read_directory, save_contact
from trygga_desktop.services.parties import (
    AddProfessional,
    AddRelative,
    ChangeParty,
    Link,
    add_professional,
    add_relative,
    change_party,
    read_people,
)
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.people.form import MOST_REASON, PeopleField
from trygga_desktop.ui.screens.people.lines import groups_of, lines_of
from trygga_desktop.ui.screens.people.place import PlaceForm, Question
from trygga_desktop.ui.screens.people.professional import ProfessionalForm
from trygga_desktop.ui.screens.people.relative import RelativeForm
from trygga_desktop.ui.screens.people.view import PeopleView
from trygga_desktop.ui.screens.people.view_model import PeopleState, PeopleViewModel
from trygga_desktop.ui.tasks import InlineRunner, ThreadRunner
from trygga_desktop.ui.text_form import TextForm
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.case_tabs import CaseTab
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.inputs import ComboBox

HOSTILE = (
    '<img src="/etc/passwd">',
    "a <b c",
    "name\0name",
    "\u202enot",
    "Ö" * 100_000,
    "🧑‍🎓",
)
F = TypeVar("F", bound=TextForm)
ENGLISH = load_language("en")


@pytest.fixture
def spoken(qapp: QApplication) -> Look:
    """Light, English, 100 %."""
    return make_look(qapp, language="en")


def shown(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    qtbot.addWidget(view)
    view.resize(1230, 700)
    view.show()
    QApplication.processEvents()
    return words(view)


def words(view: QWidget) -> str:
    """Return all the words that stand on a view that is shown."""
    QApplication.processEvents()
    labels = (one.text() for one in view.findChildren(QLabel) if one.isVisible())
    return "\n".join(labels).replace("\u2068", "").replace("\u2069", "")


def test_people_of_a_case_that_was_not_granted_are_not_shown(qtbot: QtBot, look: Look) -> None:
    people = People()
    people.failure = NoAccessError()
    model = people.open()

    text = shown(qtbot, PeopleView(model, look))

    assert model.state is PeopleState.FAILED
    assert "Demosson" not in text


def test_people_who_can_no_longer_be_read_leave_the_screen(qtbot: QtBot, look: Look) -> None:
    people = People()
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_change(SARA.party.id)
    people.failure = NoAccessError()

    model.refresh(Changes(parties=True))

    assert model.form is None
    assert "Demosson" not in words(view)


def test_a_reading_that_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    people = People()
    model = people.open()
    people.failure = NotConfirmedError()

    with qtbot.waitSignal(model.failed, timeout=0):
        model.refresh(Changes(parties=True))


def test_a_change_that_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    people = People()
    people.refusal = NotConfirmedError()
    model = people.open()
    model.begin_relative()
    assert model.form is not None
    model.form.type(PeopleField.GIVEN_NAME, "Sara")

    with qtbot.waitSignal(model.failed, timeout=0):
        model.send()


def test_a_protected_person_shows_the_alias_and_nothing_else(qtbot: QtBot, spoken: Look) -> None:
    hidden = protected(replace(SARA, name="Sara Demosson"), "SYD-2")
    model = People(case_people((ELIAS, hidden))).open()

    text = shown(qtbot, PeopleView(model, spoken))

    assert "SYD-2" in text
    assert "Protected details" in text
    assert "Sara" not in text
    assert "1981" not in text


def test_a_barred_guardian_is_marked_and_cannot_be_barred_again(qtbot: QtBot, spoken: Look) -> None:
    model = People(case_people((ELIAS, barred(SARA)))).open()
    view = PeopleView(model, spoken)
    shown(qtbot, view)

    _button(view, f"change {SARA.party.id}").click()

    assert "Barred" in words(view)
    assert view.findChild(Button, "bar") is None


def test_nobody_is_barred_without_a_reason(qtbot: QtBot, look: Look) -> None:
    people = People()
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_change(SARA.party.id)
    _button(view, "bar").click()

    model.send()

    assert not _button(view, "send").isEnabled()
    assert people.commands == []


def test_only_a_guardian_can_be_barred(qtbot: QtBot, look: Look) -> None:
    model = People().open()
    view = PeopleView(model, look)
    shown(qtbot, view)

    for one in (AUNT, PROFESSIONALS[0]):
        model.begin_change(one.party.id)
        assert view.findChild(Button, "bar") is None


def test_of_the_young_person_there_is_no_place_to_change_but_who_they_are(
    qtbot: QtBot, look: Look
) -> None:
    model = People().open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    change = view.findChild(Button, f"change {ELIAS.party.id}")
    assert isinstance(change, Button)

    with qtbot.waitSignal(model.details_wanted) as wanted:
        change.click()

    assert wanted.args == [ELIAS.party.id]
    assert model.form is None


def test_the_place_of_a_relative_leads_on_to_who_they_are(qtbot: QtBot, look: Look) -> None:
    model = People().open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_change(SARA.party.id)
    details = view.findChild(Button, "details")
    assert isinstance(details, Button)

    with qtbot.waitSignal(model.details_wanted) as wanted:
        details.click()

    assert wanted.args == [SARA.party.id]


def test_nobody_is_added_without_a_name(qtbot: QtBot, look: Look) -> None:
    people = People()
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    _button(view, "add relative").click()

    model.send()

    assert people.commands == []
    assert not _button(view, "send").isEnabled()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (PeopleField.NUMBER, "19810322-2390"),
        (PeopleField.NUMBER, "8103"),
        (PeopleField.NUMBER, "121212-1212"),
        (PeopleField.BIRTH_DATE, "1981-02-30"),
        (PeopleField.BIRTH_DATE, "2031-01-01"),
        (PeopleField.BIRTH_DATE, "1701"),
        (PeopleField.BIRTH_DATE, "i våras"),
        (PeopleField.SINCE, ""),
        (PeopleField.SINCE, "26/11"),
        (PeopleField.RELATION, "x" * 201),
        (PeopleField.FAMILY_NAME, "x" * 201),
    ],
)
def test_what_cannot_be_stored_keeps_the_form_back(field: PeopleField, text: str) -> None:
    form = _typed(RelativeForm(TODAY), {PeopleField.GIVEN_NAME: "Sara", field: text})

    assert form.missing == (field,)
    assert form.command(UUID(int=1)) is None


def test_a_protected_person_needs_an_alias() -> None:
    form = _typed(RelativeForm(TODAY), {PeopleField.GIVEN_NAME: "Sara"})

    form.protect(Protection.SECRECY_MARKING)

    assert form.missing == (PeopleField.ALIAS,)


def test_nothing_is_thought_wrong_before_the_field_is_left(qtbot: QtBot, spoken: Look) -> None:
    model = People().open()
    view = PeopleView(model, spoken)
    shown(qtbot, view)
    model.begin_relative()
    field = _input(view, PeopleField.NUMBER)

    qtbot.keyClicks(field, "19810322-2390")
    before = words(view)
    field.editingFinished.emit()

    assert "control digit" not in before
    assert "The control digit is not right." in words(view)


def test_the_number_fills_in_the_birth_date_until_another_is_typed(
    qtbot: QtBot, look: Look
) -> None:
    model = People().open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_relative()

    qtbot.keyClicks(_input(view, PeopleField.NUMBER), "19810322-2389")
    filled = _input(view, PeopleField.BIRTH_DATE).text()
    _input(view, PeopleField.BIRTH_DATE).clear()
    qtbot.keyClicks(_input(view, PeopleField.BIRTH_DATE), "1981")
    qtbot.keyClick(_input(view, PeopleField.NUMBER), Qt.Key.Key_Backspace)

    assert filled == "1981-03-22"
    assert _input(view, PeopleField.BIRTH_DATE).text() == "1981"


def test_a_guardian_is_added_by_keyboard_alone(qtbot: QtBot, look: Look) -> None:
    people = People()
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    _button(view, "add relative").setFocus()

    _press(qtbot, Qt.Key.Key_Return)
    for text in ("Sara", "Demosson", "19810322-2389"):
        qtbot.keyClicks(_focus(), text)
        _press(qtbot, Qt.Key.Key_Tab)
    _press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(_focus(), "mamma")
    _tab_to(qtbot, "send")
    _press(qtbot, Qt.Key.Key_Return)

    assert people.commands == [
        AddRelative(
            case_id=model.people.row.id if model.people else UUID(int=0),
            role=PartyRole.GUARDIAN,
            person=NewPerson(
                given_name="Sara",
                family_name="Demosson",
                birth_date=PartialDate(1981, 3, 22),
                number=number("19810322-2389"),
            ),
            custody=Custody.JOINT,
            relation="mamma",
            since=TODAY,
        )
    ]
    assert model.form is None
    assert _focus().objectName() == "add relative"


def test_a_relative_has_no_custody() -> None:
    form = _typed(RelativeForm(TODAY), {PeopleField.GIVEN_NAME: "Maria"})
    form.choose_custody(Custody.SOLE)
    form.choose_role(PartyRole.RELATIVE)

    command = form.command(UUID(int=1))

    assert command is not None
    assert command.custody is Custody.NONE


def test_a_trustee_alone_can_have_another_task_than_custody(qtbot: QtBot, look: Look) -> None:
    model = People().open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_relative()
    form = model.form
    assert isinstance(form, RelativeForm)
    custody = view.findChild(ComboBox, "custody")
    assert isinstance(custody, ComboBox)

    offered = {}
    for role in (PartyRole.GUARDIAN, PartyRole.TRUSTEE, PartyRole.APPOINTED_GUARDIAN):
        form.choose_role(role)
        offered[role] = {custody.itemData(one) for one in range(custody.count())}
        if role is PartyRole.TRUSTEE:
            form.choose_custody(Custody.NONE)

    assert offered[PartyRole.TRUSTEE] == set(Custody)
    assert offered[PartyRole.GUARDIAN] == set(Custody) - {Custody.NONE}
    assert offered[PartyRole.APPOINTED_GUARDIAN] == set(Custody) - {Custody.NONE}
    assert form.custody is Custody.JOINT
    assert custody.currentData() == Custody.JOINT


def test_what_was_stored_is_told_to_the_rest_of_the_program(qtbot: QtBot) -> None:
    people = People()
    model = people.open()
    model.begin_relative()
    assert model.form is not None
    model.form.type(PeopleField.GIVEN_NAME, "Sara")

    with qtbot.waitSignal(model.made, timeout=0) as made:
        model.send()

    assert made.args == [Changes(parties=True)]
    assert people.reads == 2


def test_a_form_that_is_refused_keeps_what_was_typed(qtbot: QtBot, look: Look) -> None:
    people = People()
    people.refusal = DiskFullError()
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_relative()
    qtbot.keyClicks(_input(view, PeopleField.GIVEN_NAME), "Sara")

    model.send()

    assert _input(view, PeopleField.GIVEN_NAME).text() == "Sara"
    assert look.language.gettext("The disk is full") in words(view)
    assert _button(view, "send").isEnabled()


def test_a_field_that_is_refused_says_why(qtbot: QtBot, spoken: Look) -> None:
    people = People()
    people.refusal = InvalidInputError(field="until", flaw="order")
    model = people.open()
    view = PeopleView(model, spoken)
    shown(qtbot, view)
    model.begin_change(SARA.party.id)
    _button(view, "end").click()

    model.send()

    assert "That is before the day from which they take part." in words(view)


def test_a_form_on_its_way_is_not_sent_twice() -> None:
    people, runner = People(), HeldRunner()
    model = people.open(runner)
    runner.work_off()
    model.begin_relative()
    assert model.form is not None
    model.form.type(PeopleField.GIVEN_NAME, "Sara")

    model.send()
    model.send()
    model.cancel()

    assert model.form.is_working
    runner.work_off()
    assert len(people.commands) == 1


def test_a_form_put_away_for_another_keeps_what_was_typed(qtbot: QtBot, look: Look) -> None:
    model = People().open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_relative()
    qtbot.keyClicks(_input(view, PeopleField.GIVEN_NAME), "Sara")

    _button(view, f"change {JOHAN.party.id}").click()
    model.begin_relative()
    again = _input(view, PeopleField.GIVEN_NAME).text()
    model.cancel()
    model.begin_relative()

    assert again == "Sara"
    assert _input(view, PeopleField.GIVEN_NAME).text() == ""


def test_the_focus_goes_into_a_form_and_back_to_what_opened_it(qtbot: QtBot, look: Look) -> None:
    model = People().open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    name = f"change {JOHAN.party.id}"
    _button(view, name).setFocus()

    _button(view, name).click()
    inside = view.focusWidget().objectName()
    _button(view, "cancel").click()

    assert inside == "custody"
    assert view.focusWidget() is _button(view, name)


def test_arrow_keys_lead_through_the_rows(qtbot: QtBot, look: Look) -> None:
    view = PeopleView(People().open(), look)
    shown(qtbot, view)
    _button(view, f"change {AUNT.party.id}").setFocus()

    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Down)
    down = view.focusWidget().objectName()
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Up)
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Up)

    assert down == f"change {PROFESSIONALS[0].party.id}"
    assert view.focusWidget().objectName() == f"change {JOHAN.party.id}"


def test_two_people_of_one_name_are_told_apart(qtbot: QtBot, look: Look) -> None:
    one = relative(5, "Anna Berg", born=PartialDate(1980, 1, 2))
    other = relative(6, "anna berg", born=PartialDate(1984, 5, 6), role=PartyRole.RELATIVE)
    view = PeopleView(People(case_people((ELIAS, one, other))).open(), look)

    text = shown(qtbot, view)

    assert "Anna Berg (1980-01-02)" in text
    assert "anna berg (1984-05-06)" in text
    assert "Elias Demosson (" not in text


def test_a_professional_with_a_name_of_the_family_may_be_the_same_person(
    qtbot: QtBot, spoken: Look
) -> None:
    people = case_people((ELIAS, JOHAN, professional(6, JOHAN_AT_WORK), professional(1, PETRA)))

    text = shown(qtbot, PeopleView(People(people).open(), spoken))

    assert text.count("One of the family has the same name.") == 1


def test_professionals_stand_by_agency_in_the_order_of_the_catalogue() -> None:
    people = case_people()

    groups = groups_of(people.people[::-1], people.catalogue, ENGLISH)

    assert [group.people[0].name for group in groups] == [
        "Petra Nyman",
        "Henrik Alm",
        "Dalia Karim",
        "Jonas Ek",
    ]
    assert [group.icon for group in groups] == ["landmark", "school", "heart-handshake", "shield"]


def test_a_kind_of_agency_that_is_not_known_is_shown_last_under_another_name() -> None:
    people = case_people()
    odd = replace(PROFESSIONALS[0], kind="unheard_of")

    groups = groups_of((odd, PROFESSIONALS[3]), people.catalogue, ENGLISH)

    assert [group.title for group in groups][1] == "Other organisations"
    assert groups[1].icon == "users"


def test_a_row_says_who_somebody_is() -> None:
    people = case_people()

    rows = [lines_of(one, people, TODAY, ENGLISH) for one in (ELIAS, SARA, PROFESSIONALS[3])]

    said = [tuple(_plain(line) for line in row.lines) for row in rows]
    assert said == [
        ("The young person · 17 years",),
        ("Guardian · mamma · Joint custody · born 1981-03-22",),
        ("Områdespolis · Polisen, lokalpolisområde Exempelstad · deputy of Ylva Sandh",),
    ]
    assert [pill.text for pill in rows[0].pills] == ["Must sign"]
    assert [pill.text for pill in rows[1].pills] == ["Must sign"]
    young = lines_of(replace(ELIAS, is_signer=False, is_asked=True), people, TODAY, ENGLISH)
    assert [pill.text for pill in young.pills] == ["Is asked"]


def test_who_takes_part_no_more_stands_apart_and_cannot_be_changed(
    qtbot: QtBot, spoken: Look
) -> None:
    gone = relative(8, "Per Demosson", until=TODAY)
    soon = relative(9, "Ola Berg", since=date(2026, 12, 3))
    model = People(case_people((ELIAS, gone, soon))).open()
    view = PeopleView(model, spoken)

    text = shown(qtbot, view)

    assert [one.name for one in model.former] == ["Per Demosson"]
    assert "Until 26 November 2026" in text
    assert "From 3 December 2026" in text
    assert view.findChild(Button, f"change {gone.party.id}") is None


def test_custody_is_changed(qtbot: QtBot, look: Look) -> None:
    people = People()
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_change(SARA.party.id)
    before = _button(view, "send").isEnabled()
    assert isinstance(model.form, PlaceForm)

    model.form.choose_custody(Custody.SOLE)
    _button(view, "send").click()

    assert not before
    assert people.commands == [
        ChangeParty(
            case_id=model.people.row.id if model.people else UUID(int=0),
            party_id=SARA.party.id,
            custody=Custody.SOLE,
            relation="mamma",
        )
    ]


def test_whose_an_account_is_is_said_of_the_board_s_people_alone(qtbot: QtBot, look: Look) -> None:
    taken = replace(
        PROFESSIONALS[1],
        party=replace(
            PROFESSIONALS[1].party,
            organisation_id=PROFESSIONALS[0].party.organisation_id,
            account_id=ACCOUNTS[0].id,
        ),
    )
    people = People(case_people((ELIAS, PROFESSIONALS[0], taken, PROFESSIONALS[2])))
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_change(PROFESSIONALS[2].party.id)
    assert view.findChild(ComboBox, "account") is None
    model.begin_change(PROFESSIONALS[0].party.id)
    settle()
    account = view.findChild(ComboBox, "account")
    assert isinstance(account, ComboBox)
    # One account is one person's.
    assert [account.itemData(at) for at in range(account.count())] == [None, ACCOUNTS[1].id]
    assert account.itemText(1) == f"{ACCOUNTS[1].name} ({ACCOUNTS[1].login})"
    assert "får inte hela protokollet" in account.currentText()

    account.setCurrentIndex(1)
    account.activated.emit(1)
    _button(view, "send").click()

    (command,) = people.commands
    assert isinstance(command, ChangeParty)
    assert command.link == Link(account_id=ACCOUNTS[1].id)


def test_an_end_is_asked_for_once_with_its_day(qtbot: QtBot, look: Look) -> None:
    people = People()
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_change(PROFESSIONALS[1].party.id)

    _button(view, "end").click()
    day = _input(view, PeopleField.UNTIL)
    proposed = day.text()
    day.clear()
    qtbot.keyClicks(day, "2026-12-01")
    _button(view, "send").click()

    (command,) = people.commands
    assert proposed == TODAY.isoformat()
    assert isinstance(command, ChangeParty)
    assert command.until == date(2026, 12, 1)
    assert command.function is None


@pytest.mark.parametrize("text", ["", "snart", "2026-02-30", "2026-02-02"])
def test_an_end_before_the_beginning_is_none(text: str) -> None:
    form = PlaceForm(SARA, TODAY)
    form.ask(Question.END)

    form.type(PeopleField.UNTIL, text)

    assert form.missing == (PeopleField.UNTIL,)
    assert form.change_command(UUID(int=1)) is None


def test_going_back_from_a_question_does_nothing(qtbot: QtBot, look: Look) -> None:
    people = People()
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_change(SARA.party.id)
    _button(view, "bar").click()

    _button(view, "cancel").click()

    assert people.commands == []
    assert isinstance(model.form, PlaceForm)
    assert view.focusWidget() is _button(view, "bar")


def test_a_guardian_is_barred_from_everything_for_a_reason(qtbot: QtBot, look: Look) -> None:
    people = People()
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_change(SARA.party.id)
    _button(view, "bar").click()
    reason = view.findChild(QTextEdit, PeopleField.WORDS)
    assert reason is not None

    qtbot.keyClicks(reason, "Barnet skulle fara illa.")
    _button(view, "send").click()

    assert people.commands == [
        RecordBar(
            case_id=model.people.row.id if model.people else UUID(int=0),
            reason=Reason.GUARDIAN_BARRED,
            against=SARA.party.id,
            on=TODAY,
            scope=BarScope.ALL_BUT_THESE,
            categories=frozenset(),
            words="Barnet skulle fara illa.",
        )
    ]


def test_a_reason_longer_than_what_can_be_stored_is_told_at_its_field(
    qtbot: QtBot, look: Look
) -> None:
    people = People()
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_change(SARA.party.id)
    _button(view, "bar").click()
    reason = view.findChild(QTextEdit, PeopleField.WORDS)
    assert reason is not None
    text = look.language.gettext("The text may have at most {count} characters.")
    too_long = text.format(count=look.language.number(MOST_REASON)).replace("\xa0", " ")

    reason.setPlainText("x" * (MOST_REASON + 1))
    before = words(view)
    model.send()
    reason.setPlainText("x" * MOST_REASON)

    assert too_long in before
    assert people.commands == []
    assert too_long not in words(view)
    assert _button(view, "send").isEnabled()


@pytest.mark.parametrize(
    "begin",
    [
        lambda model: model.begin_change(PROFESSIONALS[0].party.id),
        lambda model: (model.begin_professional(), model.form.choose(NADJA)),
    ],
)
def test_two_of_one_name_can_be_told_apart_as_those_one_stands_in_for(
    qtbot: QtBot, look: Look, begin: Callable[[PeopleViewModel], object]
) -> None:
    twins = (
        professional(7, replace(HENRIK, name="Kim Berg")),
        professional(8, replace(DALIA, name="kim berg")),
    )
    model = People(case_people((*PEOPLE, *twins))).open()
    view = PeopleView(model, look)
    shown(qtbot, view)

    begin(model)

    combo = view.findChild(ComboBox, "deputy of")
    assert combo is not None
    offered = [combo.itemText(place) for place in range(combo.count())]
    assert "Kim Berg (Exempelgymnasiet)" in offered
    assert "kim berg (Fritid Exempelstad)" in offered
    assert "Jonas Ek" in offered


def test_whoever_has_a_place_is_not_offered_again() -> None:
    form = ProfessionalForm(case_people(), TODAY)

    assert {one.name for one in form.offered} == {NADJA.name, JOHAN_AT_WORK.name}


def test_whoever_left_or_is_out_of_use_is_offered_rightly() -> None:
    gone = professional(2, HENRIK, until=date(2026, 9, 1))
    retired = replace(NADJA, retired=True)
    contacts = (HENRIK, retired, PETRA)
    people = case_people((ELIAS, gone), directory=replace(DIRECTORY, contacts=contacts))

    form = ProfessionalForm(people, TODAY)

    assert {one.name for one in form.offered} == {HENRIK.name, PETRA.name}


def test_a_professional_is_found_chosen_and_added_by_keyboard(qtbot: QtBot, look: Look) -> None:
    people = People()
    model = people.open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    _button(view, "add professional").click()

    qtbot.keyClicks(_focus(), "kurator")
    _press(qtbot, Qt.Key.Key_Return)
    function = _focus()
    _press(qtbot, Qt.Key.Key_Tab)
    _press(qtbot, Qt.Key.Key_Down)
    _tab_to(qtbot, "send")
    _press(qtbot, Qt.Key.Key_Return)

    assert function.objectName() == PeopleField.FUNCTION
    assert people.commands == [
        AddProfessional(
            case_id=model.people.row.id if model.people else UUID(int=0),
            contact_id=NADJA.id,
            function="Kurator",
            deputy_of=PROFESSIONALS[0].party.id,
            since=TODAY,
        )
    ]


def test_merely_standing_on_a_row_chooses_nobody(qtbot: QtBot, look: Look) -> None:
    model = People().open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_professional()
    table = view.findChild(DataTable, "directory")
    assert table is not None
    assert isinstance(model.form, ProfessionalForm)

    qtbot.keyClick(table, Qt.Key.Key_Down)
    before = model.form.contact
    qtbot.keyClick(table, Qt.Key.Key_Return)

    assert before is None
    assert model.form.contact == NADJA


def test_another_choice_brings_its_own_title() -> None:
    form = ProfessionalForm(case_people(), TODAY)
    form.choose(NADJA)
    form.choose(JOHAN_AT_WORK)
    first = form.text_in(PeopleField.FUNCTION)

    form.type(PeopleField.FUNCTION, "Stöd")
    form.choose(NADJA)

    assert first == "Tränare"
    assert form.text_in(PeopleField.FUNCTION) == "Stöd"


def test_who_is_not_in_the_directory_is_written_down_there(qtbot: QtBot, look: Look) -> None:
    model = People().open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    model.begin_professional()

    with qtbot.waitSignal(model.directory_wanted, timeout=0):
        _button(view, "open directory").click()


def test_the_tabs_lead_to_the_other_pages(qtbot: QtBot, look: Look) -> None:
    model = People().open()
    view = PeopleView(model, look)
    shown(qtbot, view)
    tab = view.findChild(QWidget, f"tab {CaseTab.CONSENTS}")
    assert tab is not None

    with qtbot.waitSignal(model.tab_chosen, timeout=0) as chosen:
        qtbot.mouseClick(tab, Qt.MouseButton.LeftButton)

    assert chosen.args == [CaseTab.CONSENTS]


def test_going_back_leaves(qtbot: QtBot, look: Look) -> None:
    model = People().open()
    view = PeopleView(model, look)
    shown(qtbot, view)

    with qtbot.waitSignal(model.left, timeout=0):
        _button(view, "all cases").click()


def test_ones_own_change_is_not_read_twice() -> None:
    people = People()
    model = people.open()

    model.refresh(Changes(parties=True), model)
    model.refresh(Changes(items=True), object())
    before = people.reads
    for changes in (Changes(consents=True), Changes(directory=True), Changes(cases=True)):
        model.refresh(changes, object())

    assert before == 1
    assert people.reads == 4


def test_what_somebody_else_changed_reaches_an_untouched_form() -> None:
    people = People()
    model = people.open()
    model.begin_change(SARA.party.id)
    form = model.form
    assert isinstance(form, PlaceForm)
    alone = replace(SARA, party=replace(SARA.party, custody=Custody.SOLE))
    people.found = case_people((ELIAS, alone))

    model.refresh(Changes(parties=True))
    untouched = form.custody
    form.choose_custody(Custody.NONE)
    people.found = case_people((ELIAS, SARA))
    model.refresh(Changes(parties=True))

    assert untouched is Custody.SOLE
    assert form.custody is Custody.NONE


def test_a_form_for_somebody_who_is_gone_is_put_away() -> None:
    people = People()
    model = people.open()
    model.begin_change(SARA.party.id)
    people.found = case_people((ELIAS,))

    model.refresh(Changes(parties=True))

    assert model.form is None


def test_slow_people_say_that_they_are_on_their_way(qtbot: QtBot, spoken: Look) -> None:
    model = People().open(HeldRunner())
    model.lose_patience()

    text = shown(qtbot, PeopleView(model, spoken))

    assert "The people of the case are being read." in text


def test_an_answer_for_a_closed_screen_is_dropped(qtbot: QtBot, look: Look) -> None:
    runner = ThreadRunner()
    people = People()
    closed = people.open(runner)
    view = PeopleView(closed, look)

    delete(view)
    delete(closed)
    witness = people.open(runner)
    qtbot.waitUntil(lambda: witness.people is not None)

    runner.shut_down()
    assert people.reads == 2


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_as_it_is_and_breaks_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    odd = replace(HENRIK, name=text, title=text, phone=text, email=text)
    one = professional(2, odd, deputy_of=text)
    people = case_people(
        (replace(ELIAS, name=text), relative(1, text, relation=text), one),
        directory=replace(DIRECTORY, contacts=(replace(NADJA, name=text, title=text),)),
    )
    model = People(people).open()
    view = PeopleView(model, look)

    text_shown = shown(qtbot, view)
    for begin in (
        model.begin_professional,
        lambda: model.begin_change(one.party.id),
        lambda: model.begin_change(UUID(int=701)),
    ):
        begin()
        view.grab()

    assert "\u202e" not in text_shown
    assert "\0" not in text_shown
    if text.isprintable():
        assert text[:200] in text_shown


def test_a_case_is_peopled_in_a_real_vault(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    controller = read_directory(vault=vault).value.controller_id
    save_contact(SaveContact(name="Petra Nyman", organisation_id=controller), vault=vault)
    model = PeopleViewModel(
        case_id,
        read_people=lambda wanted: read_people(wanted, vault=vault),
        add_relative=lambda command: add_relative(command, vault=vault),
        add_professional=lambda command: add_professional(command, vault=vault),
        change_party=lambda command: change_party(command, vault=vault),
        record_bar=lambda command: record_bar(command, vault=vault),
        drafts=draft_uses(),
        runner=InlineRunner(),
        now=lambda: NOW,
    )
    model.load()

    model.begin_relative()
    _typed(
        _form(model, RelativeForm),
        {PeopleField.GIVEN_NAME: "Sara", PeopleField.NUMBER: "19810322-2389"},
    )
    model.send()
    model.begin_professional()
    professional_form = _form(model, ProfessionalForm)
    professional_form.choose(professional_form.offered[0])
    model.send()
    sara = next(one for one in model.present if one.name == "Sara")
    model.begin_change(sara.party.id)
    place = _form(model, PlaceForm)
    place.ask(Question.BAR)
    place.type(PeopleField.WORDS, "Skydd.")
    model.send()

    assert [one.name for one in model.present][1:] == ["Sara", "Petra Nyman"]
    barred_now = next(one for one in model.present if one.name == "Sara")
    assert [bar.reason for bar in barred_now.bars] == [Reason.GUARDIAN_BARRED]

    model.begin_change(sara.party.id)
    _form(model, PlaceForm).ask(Question.END)
    model.send()
    assert [one.name for one in model.former] == ["Sara"]


def _form(model: PeopleViewModel, kind: type[F]) -> F:
    form = model.form
    assert isinstance(form, kind)
    return form


def _typed(form: RelativeForm, texts: dict[PeopleField, str]) -> RelativeForm:
    for field, text in texts.items():
        form.type(field, text)
        form.leave_field(field)
    return form


def _plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def _focus() -> QWidget:
    # What has just come is shown once the event loop runs.
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def _press(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(_focus(), key)


def _tab_to(qtbot: QtBot, name: str) -> None:
    for _ in range(30):
        if _focus().objectName() == name:
            return
        _press(qtbot, Qt.Key.Key_Tab)
    raise AssertionError(name)


def _input(view: QWidget, field: PeopleField) -> QLineEdit:
    found = view.findChild(QLineEdit, field)
    assert found is not None
    return found


def _button(view: QWidget, name: str) -> Button:
    found = view.findChild(Button, name)
    assert found is not None
    return found
