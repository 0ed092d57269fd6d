"""The contact directory, without a database and without waiting."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.ui.directory_desk import Contacts, found_directory
from tests.ui.people_desk import (
    DALIA,
    DIRECTORY,
    HENRIK,
    LEISURE,
    NADJA,
    POLICE,
    SCHOOL,
    SOCIAL,
    TODAY,
    catalogue,
    contact,
    organisation,
)
from tests.ui.plain import NOW, HeldRunner, draft_uses, make_look
from trygga_desktop.domain.directory import Directory
from trygga_desktop.domain.errors import (
    DiskFullError,
    InvalidInputError,
    NoRightError,
    NotConfirmedError,
)
from trygga_desktop.i18n import load_language
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.contacts import (
    SaveContact,
    SaveOrganisation,
    read_directory,
    save_contact,
    save_organisation,
)
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.directory.forms import (
    ContactForm,
    DirectoryField,
    OrganisationForm,
)
from trygga_desktop.ui.screens.directory.listing import (
    KindHeading,
    ListedOrganisation,
    former_names,
    list_rows,
)
from trygga_desktop.ui.screens.directory.organisation_list import (
    OrganisationList,
    OrganisationListModel,
)
from trygga_desktop.ui.screens.directory.view import DirectoryView
from trygga_desktop.ui.screens.directory.view_model import DirectoryState, DirectoryViewModel
from trygga_desktop.ui.tasks import InlineRunner, ThreadRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button

HOSTILE = (
    '<img src="/etc/passwd">',
    "a <b c",
    "name\0name",
    "\u202enot",
    "Ö" * 100_000,
    "🧑‍🎓",
)
ENGLISH = load_language("en")
RETIRED = replace(organisation(9, "civil_society", "Boxningsklubben"), retired=True)
ULF = replace(contact(20, "Ulf Borta", SCHOOL, "Rektor"), retired=True)
WITH_RETIRED = Directory(
    organisations=(*DIRECTORY.organisations, RETIRED), contacts=(*DIRECTORY.contacts, ULF)
)


@pytest.fixture
def spoken(qapp: QApplication) -> Look:
    """Light, English, 100 %."""
    return make_look(qapp, language="en")


def shown(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    qtbot.addWidget(view)
    view.resize(1230, 700)
    view.show()
    return words(view)


def words(view: QWidget) -> str:
    """Return all the words that stand on a view that is shown."""
    QApplication.processEvents()
    labels = (one.text() for one in view.findChildren(QLabel) if one.isVisible())
    return "\n".join(labels).replace("\u2068", "").replace("\u2069", "")


def listed(view: QWidget) -> list[str]:
    """Return what stands in the list, headings included."""
    model = _list(view).rows
    texts = [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]
    return [text.replace("\u2068", "").replace("\u2069", "") for text in texts]


def test_a_directory_that_may_not_be_read_shows_nothing(qtbot: QtBot, look: Look) -> None:
    contacts = Contacts()
    contacts.failure = NoRightError()
    model = contacts.open()

    text = shown(qtbot, DirectoryView(model, look))

    assert model.state is DirectoryState.FAILED
    assert "Henrik" not in text


def test_a_directory_that_can_no_longer_be_read_leaves_the_screen(qtbot: QtBot, look: Look) -> None:
    contacts = Contacts()
    model = contacts.open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    model.begin_contact()
    contacts.failure = NoRightError()

    model.refresh(Changes(directory=True))

    assert model.form is None
    assert "Petra" not in words(view)


def test_a_reading_that_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    contacts = Contacts()
    model = contacts.open()
    contacts.failure = NotConfirmedError()

    with qtbot.waitSignal(model.failed, timeout=0):
        model.refresh(Changes(directory=True))


def test_a_change_that_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    contacts = Contacts()
    contacts.refusal = NotConfirmedError()
    model = contacts.open()
    model.begin_contact()
    _type(model, {DirectoryField.NAME: "Nils Ny"})

    with qtbot.waitSignal(model.failed, timeout=0):
        model.send()
    model.cancel()
    with qtbot.waitSignal(model.failed, timeout=0):
        model.retire_contact(HENRIK, retired=True)


def test_our_own_organisation_is_never_taken_out_of_use(qtbot: QtBot, look: Look) -> None:
    contacts = Contacts()
    model = contacts.open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    model.change_organisation()

    model.retire_organisation(retired=True)

    assert contacts.commands == []
    assert view.findChild(Button, "take out of use") is None
    kind = view.findChild(QWidget, DirectoryField.KIND)
    assert kind is not None
    assert not kind.isEnabled()


def test_nobody_is_added_to_an_organisation_out_of_use(qtbot: QtBot, look: Look) -> None:
    model = Contacts(found_directory(WITH_RETIRED)).open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    model.show_retired(with_retired=True)
    model.choose(RETIRED.id)

    model.begin_contact()

    assert model.form is None
    assert view.findChild(Button, "add person") is None


@pytest.mark.parametrize("text", ["", "   ", "x" * 201])
def test_an_organisation_needs_a_name_of_a_length(text: str) -> None:
    form = OrganisationForm("school", TODAY)
    form.type(DirectoryField.NAME, text)

    assert form.missing == (DirectoryField.NAME,)
    assert form.command() is None


@pytest.mark.parametrize("field", [DirectoryField.TITLE, DirectoryField.EMAIL])
def test_a_text_that_is_too_long_keeps_a_person_back(field: DirectoryField) -> None:
    form = ContactForm(SCHOOL.id)
    form.type(DirectoryField.NAME, "Nils Ny")
    form.type(field, "x" * 201)

    assert form.missing == (field,)
    assert form.command() is None


@pytest.mark.parametrize("text", ["", "i höst", "2026-02-30", "2019-01-01"])
def test_a_new_name_needs_a_day_after_the_last(text: str) -> None:
    form = OrganisationForm(SCHOOL.kind, TODAY, before=SCHOOL)
    form.type(DirectoryField.NAME, "Nya gymnasiet")
    form.type(DirectoryField.SINCE, text)

    assert form.missing == (DirectoryField.SINCE,)
    assert form.command() is None


def test_a_name_that_is_taken_says_so_where_it_stands(qtbot: QtBot, spoken: Look) -> None:
    contacts = Contacts()
    contacts.refusal = InvalidInputError(field="name", flaw="taken")
    model = contacts.open()
    view = DirectoryView(model, spoken)
    shown(qtbot, view)
    model.begin_organisation()
    qtbot.keyClicks(_input(view, DirectoryField.NAME), "Exempelgymnasiet")

    model.send()

    text = words(view)
    assert "There is an organisation of this kind with this name already." in text
    assert "One thing left: the name is taken." in text
    assert _input(view, DirectoryField.NAME).text() == "Exempelgymnasiet"


def test_another_kind_may_have_the_name_that_was_taken() -> None:
    form = OrganisationForm("school", TODAY)
    form.type(DirectoryField.NAME, "Exempelgymnasiet")
    form.refuse(DirectoryField.NAME, "taken")

    form.choose_kind("independent_school")

    assert form.missing == ()


def test_a_kind_that_is_gone_says_so_where_it_stands(qtbot: QtBot, spoken: Look) -> None:
    contacts = Contacts()
    contacts.refusal = InvalidInputError(field="kind", flaw="unknown")
    model = contacts.open()
    view = DirectoryView(model, spoken)
    shown(qtbot, view)
    model.begin_organisation()
    _type(model, {DirectoryField.NAME: "Nytt"})

    model.send()

    assert "There is no such kind of organisation any more." in words(view)


def test_what_is_refused_is_still_in_the_form(qtbot: QtBot, look: Look) -> None:
    contacts = Contacts()
    contacts.refusal = DiskFullError()
    model = contacts.open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    model.begin_contact()
    qtbot.keyClicks(_input(view, DirectoryField.NAME), "Nils Ny")

    model.send()

    assert look.language.gettext("The disk is full") in words(view)
    assert _input(view, DirectoryField.NAME).text() == "Nils Ny"


def test_a_refusal_without_a_form_stands_at_the_top(qtbot: QtBot, look: Look) -> None:
    contacts = Contacts()
    contacts.refusal = DiskFullError()
    model = contacts.open()
    view = DirectoryView(model, look)
    shown(qtbot, view)

    model.retire_contact(HENRIK, retired=True)

    assert look.language.gettext("The disk is full") in words(view)


def test_a_form_on_its_way_is_not_sent_twice_nor_put_away() -> None:
    contacts, runner = Contacts(), HeldRunner()
    model = contacts.open(runner)
    runner.work_off()
    model.begin_contact()
    _type(model, {DirectoryField.NAME: "Nils Ny"})

    model.send()
    model.send()
    model.cancel()
    model.begin_organisation()
    model.choose(SCHOOL.id)

    assert isinstance(model.form, ContactForm)
    runner.work_off()
    assert len(contacts.commands) == 1
    assert model.form is None


def test_organisations_stand_below_their_kinds_in_the_order_of_the_catalogue(
    qtbot: QtBot, spoken: Look
) -> None:
    view = DirectoryView(Contacts().open(), spoken)
    shown(qtbot, view)

    assert listed(view) == [
        "Social services",
        SOCIAL.name,
        "Municipal school",
        SCHOOL.name,
        "Municipal leisure services",
        LEISURE.name,
        "Police Authority",
        POLICE.name,
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("gymnasiet", [SCHOOL.name]),
        ("EXEMPELSKOLAN", [SCHOOL.name]),
        ("municipal school", [SCHOOL.name]),
        ("nadja", [SCHOOL.name]),
        ("nadja gymnasiet", [SCHOOL.name]),
        ("nadja polisen", []),
        ("example.com", [SOCIAL.name, LEISURE.name]),
        ("", [SOCIAL.name, SCHOOL.name, LEISURE.name, POLICE.name]),
    ],
)
def test_what_is_searched_for_is_found_by_everything_known(wanted: str, found: list[str]) -> None:
    rows = list_rows(DIRECTORY, catalogue(), ENGLISH, words=wanted)

    names = [one.organisation.name for one in rows if isinstance(one, ListedOrganisation)]
    assert names == found


def test_searching_shows_the_first_that_is_found(qtbot: QtBot, look: Look) -> None:
    model = Contacts().open()
    view = DirectoryView(model, look)
    shown(qtbot, view)

    qtbot.keyClicks(_input(view, "search"), "dalia")
    text = words(view)
    qtbot.keyClick(_input(view, "search"), Qt.Key.Key_Escape)

    assert model.chosen == LEISURE
    assert DALIA.name in text
    assert len(listed(view)) == 8


def test_nothing_found_says_so(qtbot: QtBot, spoken: Look) -> None:
    view = DirectoryView(Contacts().open(), spoken)
    shown(qtbot, view)

    qtbot.keyClicks(_input(view, "search"), "zebra")

    assert "Nothing found" in words(view)
    assert not _list(view).isVisible()


def test_arrow_keys_choose_and_pass_over_the_headings(qtbot: QtBot, look: Look) -> None:
    model = Contacts().open()
    view = DirectoryView(model, look)
    shown(qtbot, view)

    qtbot.keyClick(_list(view), Qt.Key.Key_Down)
    first = model.chosen
    qtbot.keyClick(_list(view), Qt.Key.Key_Down)
    qtbot.keyClick(_list(view), Qt.Key.Key_Up)
    qtbot.keyClick(_list(view), Qt.Key.Key_Up)

    assert first == SCHOOL
    assert model.chosen == SOCIAL


def test_a_row_speaks_for_itself(qtbot: QtBot, spoken: Look) -> None:
    view = DirectoryView(Contacts().open(), spoken)
    shown(qtbot, view)
    model = _list(view).rows

    said = model.data(model.index(3, 0), Qt.ItemDataRole.AccessibleTextRole)

    assert said == f"{SCHOOL.name}, 2 people"
    node = QAccessible.queryAccessibleInterface(_list(view))
    assert node.text(QAccessible.Text.Name) == "Organisations"


def test_the_list_is_a_sound_model(qtmodeltester: ModelTester) -> None:
    model = OrganisationListModel(ENGLISH)
    model.show_rows(list_rows(WITH_RETIRED, catalogue(), ENGLISH, with_retired=True))

    qtmodeltester.check(model)


def test_former_names_are_shown_with_the_day_each_ended(qtbot: QtBot, spoken: Look) -> None:
    model = Contacts().open()
    view = DirectoryView(model, spoken)
    shown(qtbot, view)

    model.choose(SCHOOL.id)

    assert "Earlier: Exempelskolan, until 1 January 2021" in words(view)
    assert former_names(SOCIAL, ENGLISH) == []


def test_a_name_that_does_not_hold_yet_says_which_does(qtbot: QtBot, spoken: Look) -> None:
    contacts = Contacts()
    model = contacts.open()
    view = DirectoryView(model, spoken)
    shown(qtbot, view)
    model.choose(SCHOOL.id)
    model.change_organisation()
    _type(model, {DirectoryField.NAME: "Nya gymnasiet", DirectoryField.SINCE: "2027-01-01"})

    model.send()

    assert "Until 1 January 2027 it is called Exempelgymnasiet." in words(view)


def test_another_name_asks_from_which_day_it_holds(qtbot: QtBot, spoken: Look) -> None:
    contacts = Contacts()
    model = contacts.open()
    view = DirectoryView(model, spoken)
    shown(qtbot, view)
    model.choose(SCHOOL.id)
    _button(view, "change organisation").click()
    before = words(view)

    name = _input(view, DirectoryField.NAME)
    name.clear()
    qtbot.keyClicks(name, "Nya gymnasiet")
    after = words(view)
    _button(view, "send").click()

    assert "From which day?" not in before
    assert "What was written earlier keeps the old name." in after
    assert contacts.commands == [
        SaveOrganisation(kind="school", name="Nya gymnasiet", id=SCHOOL.id, since=TODAY)
    ]


def test_a_spelling_mistake_is_corrected_from_the_beginning(qtbot: QtBot, look: Look) -> None:
    contacts = Contacts()
    model = contacts.open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    model.choose(SCHOOL.id)
    model.change_organisation()
    qtbot.keyClicks(_input(view, DirectoryField.NAME), "!")
    correction = view.findChild(QCheckBox, "correction")
    assert correction is not None

    correction.setChecked(True)
    model.send()

    (command,) = contacts.commands
    assert isinstance(command, SaveOrganisation)
    assert command.since == SCHOOL.names[-1].since


def test_a_form_that_changes_nothing_is_not_sent(qtbot: QtBot, spoken: Look) -> None:
    contacts = Contacts()
    model = contacts.open()
    view = DirectoryView(model, spoken)
    shown(qtbot, view)
    model.change_contact(HENRIK.id)

    model.send()

    assert contacts.commands == []
    assert "Nothing is changed yet." in words(view)


def test_an_organisation_and_a_person_are_added_by_keyboard(qtbot: QtBot, look: Look) -> None:
    contacts = Contacts()
    model = contacts.open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    _button(view, "add organisation").setFocus()

    _press(qtbot, Qt.Key.Key_Return)
    qtbot.keyClicks(_focus(), "Tjejjouren")
    _tab_to(qtbot, "send")
    _press(qtbot, Qt.Key.Key_Return)
    made = model.chosen
    _button(view, "add person").setFocus()
    _press(qtbot, Qt.Key.Key_Return)
    for text in ("Nils Ny", "Kurator", "070-174 06 07", "nils@example.com"):
        qtbot.keyClicks(_focus(), text)
        _press(qtbot, Qt.Key.Key_Tab)
    _tab_to(qtbot, "send")
    _press(qtbot, Qt.Key.Key_Return)

    assert made is not None
    assert contacts.commands == [
        SaveOrganisation(kind="social_services", name="Tjejjouren"),
        SaveContact(
            name="Nils Ny",
            organisation_id=made.id,
            title="Kurator",
            phone="070-174 06 07",
            email="nils@example.com",
        ),
    ]
    assert "Nils Ny" in words(view)
    assert _focus().objectName() == "add person"


def test_a_person_goes_out_of_use_and_comes_back(qtbot: QtBot, look: Look) -> None:
    contacts = Contacts()
    model = contacts.open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    model.choose(SCHOOL.id)
    _button(view, f"change {HENRIK.id}").click()

    _button(view, "take out of use").click()
    gone = words(view)
    box = view.findChild(QCheckBox, "show retired")
    assert box is not None
    box.click()
    QApplication.processEvents()
    _button(view, f"take {HENRIK.id} into use").click()

    assert HENRIK.name not in gone
    assert [one.retired for one in contacts.commands] == [True, False]
    assert HENRIK.name in words(view)


def test_an_organisation_goes_out_of_use_and_comes_back(qtbot: QtBot, look: Look) -> None:
    contacts = Contacts()
    model = contacts.open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    model.choose(POLICE.id)
    model.change_organisation()

    _button(view, "take out of use").click()
    after = listed(view)
    model.show_retired(with_retired=True)
    model.choose(POLICE.id)
    _button(view, "take organisation into use").click()

    assert POLICE.name not in after
    assert POLICE.name in listed(view)
    assert [one.retired for one in contacts.commands] == [True, False]


def test_who_is_out_of_use_stays_out_when_something_else_is_changed() -> None:
    form = ContactForm(SCHOOL.id, before=ULF)
    form.type(DirectoryField.TITLE, "Fritidspedagog")

    command = form.command()

    assert command is not None
    assert command.retired


def test_what_is_out_of_use_is_left_out_until_it_is_asked_for() -> None:
    with_it = list_rows(WITH_RETIRED, catalogue(), ENGLISH, with_retired=True)
    without = list_rows(WITH_RETIRED, catalogue(), ENGLISH)

    extra = [one for one in with_it if one not in without]
    assert [one.text for one in extra if isinstance(one, KindHeading)] == [
        "Civil society organisation"
    ]
    assert [one.organisation for one in extra if isinstance(one, ListedOrganisation)] == [RETIRED]


def test_the_keys_search_and_add(qtbot: QtBot, look: Look) -> None:
    model = Contacts().open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    commands = {key: command for command in view.commands for key in command.keys}

    commands["Ctrl+F"].run()
    searching = view.focusWidget()
    commands["Ins"].run()

    assert searching.objectName() == "search"
    assert isinstance(model.form, ContactForm)


def test_the_key_that_adds_a_person_leaves_an_open_form_alone(qtbot: QtBot, look: Look) -> None:
    model = Contacts().open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    insert = next(one.run for one in view.commands if "Ins" in one.keys)
    model.change_contact(HENRIK.id)
    form = model.form

    insert()
    untouched = model.form
    _type(model, {DirectoryField.TITLE: "Rektor"})
    insert()

    assert untouched is form
    assert model.form is form
    assert form is not None
    assert form.text_in(DirectoryField.TITLE) == "Rektor"


def test_searching_keeps_a_form_that_has_something_in_it(qtbot: QtBot, spoken: Look) -> None:
    model = Contacts().open()
    view = DirectoryView(model, spoken)
    shown(qtbot, view)
    view.activateWindow()
    model.begin_contact()
    _type(model, {DirectoryField.NAME: "Nils Ny"})
    form, search = model.form, _input(view, "search")

    qtbot.keyClicks(search, "kurator")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    qtbot.keyClick(_list(view), Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    qtbot.keyClick(_list(view), Qt.Key.Key_Down)

    assert model.form is form
    assert model.chosen == SOCIAL
    assert _list(view).currentIndex().data() == _list(view).rows.index(1, 0).data()
    assert "Store what the form says first" in words(view)
    assert _input(view, DirectoryField.NAME).text() == "Nils Ny"
    _button(view, "cancel").click()
    assert "Store what the form says first" not in words(view)


def test_an_empty_form_gives_way_to_another_organisation() -> None:
    model = Contacts().open()
    model.begin_contact()

    model.choose(SCHOOL.id)

    assert model.form is None
    assert model.chosen == SCHOOL


def test_nothing_goes_out_of_use_with_edits_that_would_be_lost(qtbot: QtBot, look: Look) -> None:
    contacts = Contacts()
    model = contacts.open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    for change, name in (
        (lambda: model.change_contact(HENRIK.id), DirectoryField.TITLE),
        (model.change_organisation, DirectoryField.NAME),
    ):
        model.choose(SCHOOL.id)
        change()
        retire = _button(view, "take out of use")
        before = retire.isEnabled()
        _type(model, {name: "Något annat"})

        model.retire_contact(HENRIK, retired=True)
        model.retire_organisation(retired=True)

        (retire,) = view.findChildren(Button, "take out of use")
        assert before
        assert not retire.isEnabled()
        assert retire.accessibleDescription()
        assert contacts.commands == []
        assert model.form is not None
        model.cancel()


def test_who_goes_out_of_use_keeps_what_others_have_changed_meanwhile() -> None:
    contacts = Contacts()
    model = contacts.open()
    model.change_contact(HENRIK.id)
    others = tuple(
        replace(one, title="Rektor") if one.id == HENRIK.id else one for one in DIRECTORY.contacts
    )
    contacts.found = found_directory(directory=replace(DIRECTORY, contacts=others))
    model.refresh(Changes(directory=True))

    model.retire_contact(HENRIK, retired=True)

    (command,) = contacts.commands
    assert isinstance(command, SaveContact)
    assert (command.title, command.retired) == ("Rektor", True)


def test_the_focus_goes_back_to_what_opened_the_form(qtbot: QtBot, look: Look) -> None:
    model = Contacts().open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    model.choose(SCHOOL.id)
    name = f"change {NADJA.id}"
    _button(view, name).setFocus()

    _button(view, name).click()
    inside = view.focusWidget().objectName()
    _button(view, "cancel").click()

    assert inside == DirectoryField.NAME
    assert view.focusWidget() is _button(view, name)


def test_arrow_keys_lead_through_the_people(qtbot: QtBot, look: Look) -> None:
    model = Contacts().open()
    view = DirectoryView(model, look)
    shown(qtbot, view)
    model.choose(SCHOOL.id)
    _button(view, f"change {HENRIK.id}").setFocus()

    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Down)

    assert view.focusWidget() is _button(view, f"change {NADJA.id}")


def test_what_was_stored_is_told_to_the_rest_of_the_program(qtbot: QtBot) -> None:
    contacts = Contacts()
    model = contacts.open()
    model.begin_contact()
    _type(model, {DirectoryField.NAME: "Nils Ny"})

    with qtbot.waitSignal(model.made, timeout=0) as made:
        model.send()

    assert made.args == [Changes(directory=True)]
    assert contacts.reads == 2


def test_ones_own_change_is_not_read_twice() -> None:
    contacts = Contacts()
    model = contacts.open()

    model.refresh(Changes(directory=True), model)
    model.refresh(Changes(parties=True), object())

    assert contacts.reads == 1


def test_a_slow_directory_says_that_it_is_on_its_way(qtbot: QtBot, spoken: Look) -> None:
    model = Contacts().open(HeldRunner())
    view = DirectoryView(model, spoken)
    shown(qtbot, view)

    model.lose_patience()

    assert "The directory is being read." in words(view)


def test_parts_that_did_not_verify_are_told(qtbot: QtBot, spoken: Look) -> None:
    model = Contacts(found_directory(left_out=2)).open()

    text = shown(qtbot, DirectoryView(model, spoken))

    assert "2 parts of the directory could not be verified" in text


def test_an_answer_for_a_closed_screen_is_dropped(qtbot: QtBot, look: Look) -> None:
    runner = ThreadRunner()
    contacts = Contacts()
    closed = contacts.open(runner)
    view = DirectoryView(closed, look)

    delete(view)
    delete(closed)
    witness = contacts.open(runner)
    qtbot.waitUntil(lambda: witness.found is not None)

    runner.shut_down()
    assert contacts.reads == 2


def test_a_form_stored_by_the_thread_leaves_no_trace(qtbot: QtBot, look: Look) -> None:
    runner = ThreadRunner()
    contacts = Contacts()
    model = contacts.open(runner)
    qtbot.waitUntil(lambda: model.found is not None)
    view = DirectoryView(model, look)
    shown(qtbot, view)
    for name in ("Nils Ny", "Nora Ny"):
        model.begin_contact()
        _type(model, {DirectoryField.NAME: name})
        model.send()
        qtbot.waitUntil(lambda: model.form is None)

    qtbot.waitUntil(lambda: contacts.reads == 3)
    runner.shut_down()
    assert len(contacts.commands) == 2


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_as_it_is_and_breaks_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    odd = organisation(2, "school", text, text + "!")
    person = replace(HENRIK, name=text, title=text, phone=text, email=text)
    found = found_directory(Directory(organisations=(odd, SOCIAL), contacts=(person,)))
    model = Contacts(found).open()
    model.choose(odd.id)
    view = DirectoryView(model, look)

    text_shown = shown(qtbot, view)
    for begin in (model.change_organisation, lambda: model.change_contact(person.id)):
        begin()
        view.grab()

    assert "\u202e" not in text_shown
    assert "\0" not in text_shown
    if text.isprintable():
        assert text[:200] in text_shown


def test_a_directory_is_kept_in_a_real_vault(vault: OpenVault) -> None:
    model = DirectoryViewModel(
        read_directory=lambda: read_directory(vault=vault),
        save_organisation=lambda command: save_organisation(command, vault=vault),
        save_contact=lambda command: save_contact(command, vault=vault),
        drafts=draft_uses(),
        runner=InlineRunner(),
        now=lambda: NOW,
    )
    model.load()
    own = model.chosen
    model.begin_organisation()
    form = model.form
    assert isinstance(form, OrganisationForm)
    form.choose_kind("school")
    form.type(DirectoryField.NAME, "Exempelskolan")
    model.send()
    school = model.chosen
    assert school is not None
    model.begin_contact()
    _type(model, {DirectoryField.NAME: "Henrik Alm", DirectoryField.TITLE: "Rektor"})
    model.send()
    model.change_organisation()
    _type(model, {DirectoryField.NAME: "Exempelgymnasiet", DirectoryField.SINCE: "2026-08-15"})
    model.send()
    model.begin_organisation()
    _type(model, {DirectoryField.NAME: "exempelgymnasiet"})
    model.send()

    assert own is not None
    assert own.name == "Exempelstad"
    assert model.form is not None
    assert model.form.refused == {DirectoryField.NAME: "taken"}
    assert model.found is not None
    renamed = model.found.directory.organisation(school.id)
    assert renamed is not None
    assert renamed.name_on(date(2026, 8, 14)) == "Exempelskolan"
    assert renamed.name == "Exempelgymnasiet"
    assert [one.name for one in model.found.directory.contacts] == ["Henrik Alm"]


def test_an_unknown_contact_opens_no_form() -> None:
    model = Contacts().open()

    model.change_contact(UUID(int=12345))

    assert model.form is None


def _type(model: DirectoryViewModel, texts: dict[DirectoryField, str]) -> None:
    assert model.form is not None
    for field, text in texts.items():
        model.form.type(field, text)
        model.form.leave_field(field)


def _list(view: QWidget) -> OrganisationList:
    found = view.findChild(OrganisationList, "organisations")
    assert found is not None
    return found


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


def _input(view: QWidget, name: str) -> QLineEdit:
    found = view.findChild(QLineEdit, name)
    assert found is not None
    return found


def _button(view: QWidget, name: str) -> Button:
    found = view.findChild(Button, name)
    assert found is not None
    return found
