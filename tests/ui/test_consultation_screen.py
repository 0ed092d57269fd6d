"""A consultation without names and its gate, without a vault and without waiting."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.consents_desk import SCHOOL, SOCIAL
from tests.ui.consultation_desk import (
    ALIAS,
    CONVERSATION,
    NAMED_MEETING,
    NEW_CASE,
    TELLING_TEXT,
    Conversation,
    consultation,
    going_on,
    open_new,
    type_into,
)
from tests.ui.desks import settle
from tests.ui.overviews import meeting
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.errors import DiskFullError, InvalidInputError, NoAccessError
from trygga_desktop.domain.gate import Threshold
from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.domain.pseudonym import AgeBand
from trygga_desktop.services.changes import Done
from trygga_desktop.services.consultations import BeginConsultation
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.ui.screens.consultation.form import Field, GateForm, Missing, TellForm
from trygga_desktop.ui.screens.consultation.view import ConsultationView
from trygga_desktop.ui.screens.consultation.view_model import (
    ConsultationState,
    ConsultationViewModel,
)
from trygga_desktop.ui.screens.new_consultation.form import Field as NewField
from trygga_desktop.ui.screens.new_consultation.form import Missing as NewMissing
from trygga_desktop.ui.screens.new_consultation.view import NewConsultationView
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel


def words(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    if not view.isVisible():
        qtbot.addWidget(view)
        view.resize(1226, 900)
        view.show()
    settle()
    return "\n".join(one.text() for one in view.findChildren(PlainLabel) if one.isVisible())


def press(view: QWidget, name: str) -> None:
    """Press a button."""
    button = view.findChild(Button, name)
    assert isinstance(button, Button)
    button.click()
    settle()


def telling(model: ConsultationViewModel) -> TellForm:
    """Return the form for what is told, which is there once the case was read."""
    assert model.telling is not None
    return model.telling


def gate(model: ConsultationViewModel) -> GateForm:
    """Return the form of the gate."""
    assert model.gate is not None
    return model.gate


def fill_telling(model: ConsultationViewModel, text: str = "Frånvaron har ökat.") -> None:
    """Answer everything before something is told."""
    form = telling(model)
    form.type(Field.TEXT, text)
    form.choose_origin(SCHOOL)
    form.choose_category("schooling")
    form.say("no_identity/no_name", holds=True)
    form.type("no_identity/few", "Det kan gälla många.")
    form.type(Field.MOTIVE, "Inget är ovanligt.")
    form.type(Field.DECIDED_BY, "Henrik Alm, rektor")


def fill_gate(model: ConsultationViewModel) -> None:
    """Answer all four filters."""
    model.go_by_consent()
    form = gate(model)
    form.type(Field.OWN_AGENCY, "Elevhälsan har prövat.")
    form.tick(Threshold.NOBODY_ALONE, holds=True)
    form.send_to(SOCIAL, goes_on=True)
    for one in ("who", "covers", "date"):
        form.say(f"consent/{one}", holds=True)
    form.type(Field.DECIDED_BY, "Vårdnadshavaren")
    form.type(Field.MOTIVE, "Familjen vill.")
    form.type(Field.GIVEN_NAME, "Maja")


def test_from_a_running_meeting_it_is_told_that_a_projector_may_show_the_page(
    qtbot: QtBot, look: Look
) -> None:
    found = consultation()
    running = replace(found, meeting=meeting(MeetingState.RUNNING))
    told = [
        words(qtbot, ConsultationView(Conversation(one).open(), look)) for one in (found, running)
    ]
    assert ["projektor" in one for one in told] == [False, True]


def test_a_case_that_is_not_ours_shows_nothing(qtbot: QtBot, look: Look) -> None:
    conversation = Conversation()
    conversation.failure = NoAccessError()
    model = conversation.open()
    told = words(qtbot, ConsultationView(model, look))
    assert (model.state, model.found) == (ConsultationState.FAILED, None)
    assert ALIAS not in told


def test_while_others_may_look_on_nothing_is_shown(qtbot: QtBot, look: Look) -> None:
    model = Conversation().open(screens=2)
    told = words(qtbot, ConsultationView(model, look))
    assert ALIAS not in told
    assert "Henrik" not in told


def test_nothing_is_shown_or_told_before_somebody_says_that_nobody_else_sees_it(
    qtbot: QtBot, look: Look
) -> None:
    back = Conversation()
    model = back.open(may_be_mirrored=lambda: True)
    view = ConsultationView(model, look)
    qtbot.addWidget(view)
    view.show()
    model.tell()
    model.pass_gate()
    assert (model.state, model.found) == (ConsultationState.ASKING, None)
    assert view.first_focus.objectName() == "others see it"

    model.nobody_looks_on()

    assert model.state is ConsultationState.READY
    assert model.found is not None


def test_a_text_that_tells_too_much_is_warned_of_and_can_be_told_all_the_same(
    qtbot: QtBot, look: Look
) -> None:
    conversation = Conversation()
    model = conversation.open()
    view = ConsultationView(model, look)
    assert "peka ut" not in words(qtbot, view)

    type_into(model, TELLING_TEXT)

    told = words(qtbot, view)
    assert "Det här kan peka ut någon" in told
    assert "”Exempelgymnasiet” är en skola." in told
    assert "”Kniv” och ”spelar i laget” tillsammans är ovanligt på en liten ort." in told
    fill_telling(model, TELLING_TEXT)
    model.tell()
    assert [one.text for one in conversation.told] == [TELLING_TEXT]


def test_the_warning_shows_the_words_in_the_text(qtbot: QtBot, look: Look) -> None:
    model = Conversation().open()
    view = ConsultationView(model, look)
    words(qtbot, view)
    type_into(model, "Elias går på Provskolan.")
    area = view.findChild(TextArea, Field.TEXT)
    assert area is not None
    found = []
    for _ in range(2):
        view.findChild(QWidget, "show in the text").click()  # type: ignore[union-attr]  # it is there
        found.append(area.textCursor().selectedText())
    assert found == ["Elias", "Provskolan"]


@pytest.mark.parametrize(
    ("field", "missing"),
    [
        (Field.TEXT, Missing.TEXT),
        ("no_identity/few", Missing.ANSWERS),
        (Field.MOTIVE, Missing.MOTIVE),
        (Field.DECIDED_BY, Missing.DECIDED_BY),
    ],
)
def test_nothing_is_told_while_something_is_missing(field: str, missing: Missing) -> None:
    conversation = Conversation()
    model = conversation.open()
    fill_telling(model)
    telling(model).type(field, " ")
    model.tell()
    assert telling(model).missing == (missing,)
    assert conversation.told == []


def test_a_no_to_whether_names_are_left_out_is_not_enough() -> None:
    model = Conversation().open()
    fill_telling(model)
    telling(model).say("no_identity/no_name", holds=False)
    assert telling(model).missing == (Missing.ANSWERS,)


def test_what_is_told_goes_with_its_answers_and_the_form_is_empty_after_it() -> None:
    conversation = Conversation()
    model = conversation.open()
    fill_telling(model)
    model.tell()
    (command,) = conversation.told
    assert command.origin_id == SCHOOL
    assert command.answers == (
        GroundAnswer(condition="no_name", holds=True),
        GroundAnswer(condition="few", words="Det kan gälla många."),
    )
    assert telling(model).text_in(Field.TEXT) == ""


def test_a_full_disk_leaves_what_was_typed_where_it_is(qtbot: QtBot, look: Look) -> None:
    conversation = Conversation()
    conversation.refusal = DiskFullError()
    model = conversation.open()
    view = ConsultationView(model, look)
    words(qtbot, view)
    fill_telling(model)
    model.tell()
    assert telling(model).text_in(Field.TEXT) == "Frånvaron har ökat."
    assert not telling(model).is_working
    assert model.trouble is not None


@pytest.mark.parametrize(
    ("spoil", "missing"),
    [
        (lambda form: form.type(Field.OWN_AGENCY, ""), Missing.OWN_AGENCY),
        (lambda form: form.tick(Threshold.NOBODY_ALONE, holds=False), Missing.THRESHOLD),
        (lambda form: form.send_to(SOCIAL, goes_on=False), Missing.RECIPIENTS),
        (lambda form: form.say("consent/who", holds=False), Missing.ANSWERS),
        (lambda form: form.type(Field.ON, "2026-13-01"), Missing.DAY),
        (lambda form: form.type(Field.ON, "2026-11-27"), Missing.DAY),
        (lambda form: form.type(Field.MOTIVE, " "), Missing.MOTIVE),
        (lambda form: form.type(Field.GIVEN_NAME, " "), Missing.NAME),
        (lambda form: form.type(Field.BORN, "i våras"), Missing.BORN),
        (lambda form: form.type(Field.BORN, "2027-01-01"), Missing.BORN),
    ],
)
def test_the_gate_opens_only_with_every_filter_answered(spoil: object, missing: Missing) -> None:
    conversation = Conversation()
    model = conversation.open()
    fill_gate(model)
    assert gate(model).missing == ()
    spoil(gate(model))  # type: ignore[operator]  # one of those above
    model.pass_gate()
    assert gate(model).missing == (missing,)
    assert conversation.passed == []


def test_the_gate_records_the_filters_and_leads_back(qtbot: QtBot) -> None:
    conversation = Conversation()
    model = conversation.open()
    fill_gate(model)
    gate(model).type(Field.BORN, "2010-05-14")
    with qtbot.waitSignal(model.left):
        model.pass_gate()
    (command,) = conversation.passed
    assert (command.ground, command.recipients) == ("consent", frozenset({SOCIAL}))
    assert command.person is not None
    assert command.person.given_name == "Maja"
    assert command.person.birth_date == PartialDate(2010, 5, 14)


def test_a_known_person_is_not_named_anew() -> None:
    conversation = Conversation(consultation(has_name=True))
    model = conversation.open()
    fill_gate(model)
    gate(model).type(Field.GIVEN_NAME, "")
    model.pass_gate()
    assert [one.person for one in conversation.passed] == [None]


def test_what_the_gate_was_refused_for_is_told(qtbot: QtBot, look: Look) -> None:
    conversation = Conversation()
    conversation.refusal = InvalidInputError(field="gate", flaw="scope")
    model = conversation.open()
    view = ConsultationView(model, look)
    words(qtbot, view)
    fill_gate(model)
    model.pass_gate()
    assert "Grunden gäller inte alla som ska få veta." in words(qtbot, view)


def test_what_was_typed_comes_back_in_both_forms() -> None:
    conversation = Conversation()
    model = conversation.open()
    fill_telling(model)
    fill_gate(model)
    model.leave()
    again = conversation.open()
    assert telling(again).missing == ()
    assert gate(again).missing == ()
    assert gate(again).recipients == frozenset({SOCIAL})


def test_by_keyboard_alone_the_gate_is_reached_and_left(qtbot: QtBot, look: Look) -> None:
    model = Conversation().open()
    view = ConsultationView(model, look)
    words(qtbot, view)
    view.first_focus.setFocus()
    law = view.findChild(QWidget, "go on with law")
    assert law is not None
    law.setFocus()
    QTest.keyClick(law, Qt.Key.Key_Space)
    settle()
    assert model.is_naming
    assert view.first_focus.hasFocus()
    back = next(one for one in view.commands if "Alt+Left" in one.keys)
    back.run()
    settle()
    assert not model.is_naming


@pytest.mark.parametrize("alias", ["E.D.", "EL", "20090514-2394"])
def test_an_alias_that_tells_is_told_and_begins_nothing(
    qtbot: QtBot, look: Look, alias: str
) -> None:
    begun: list[BeginConsultation] = []

    def begin(command: BeginConsultation) -> Done[object]:
        begun.append(command)
        return Done(NEW_CASE)

    model = open_new(begin)  # type: ignore[arg-type]  # never asked
    view = NewConsultationView(model, look)
    model.form.type(NewField.ALIAS, alias)
    model.form.choose_age_band(AgeBand.FROM_15)
    model.form.choose_programme("sspf")
    model.begin()
    assert "Välj ett eget ord." in words(qtbot, view)
    assert model.form.missing == (NewMissing.TELLS,)
    assert begun == []


def test_a_case_begins_with_an_alias_an_age_and_a_programme(qtbot: QtBot, look: Look) -> None:
    model = open_new()
    view = NewConsultationView(model, look)
    words(qtbot, view)
    model.form.type(NewField.ALIAS, ALIAS)
    assert model.form.missing == (NewMissing.AGE_BAND, NewMissing.PROGRAMME)
    model.form.choose_age_band(AgeBand.FROM_15)
    model.form.choose_programme("sspf")
    with qtbot.waitSignal(model.opened) as opened:
        model.begin()
    assert opened.args == [NEW_CASE]


# On by name


def test_what_is_told_once_the_gate_is_passed_is_told_without_names_still(
    qtbot: QtBot, look: Look
) -> None:
    back = Conversation(going_on())
    model = back.open()
    told = words(qtbot, ConsultationView(model, look))
    assert "utan namn till sitt slut" in told
    fill_telling(model)
    assert model.telling is not None
    model.telling.choose_kind(is_decision=True)

    model.tell()

    (command,) = back.told
    assert command.kind is EntryKind.DECISION
    assert model.telling is not None
    assert not model.telling.is_decision


def test_one_ends_the_conversation_and_goes_on_by_name(qtbot: QtBot, look: Look) -> None:
    back = Conversation(going_on())
    model = back.open()
    view = ConsultationView(model, look)
    qtbot.addWidget(view)
    with qtbot.waitSignal(model.named_wanted) as wanted:
        press(view, "go on by name")
    assert wanted.args == [NAMED_MEETING]
    assert [one.meeting_id for one in back.ended] == [CONVERSATION]
    assert back.gone_on == [CONVERSATION]


def test_where_the_meeting_by_name_could_not_be_stored_the_way_stays_and_is_told(
    qtbot: QtBot, look: Look
) -> None:
    back = Conversation(going_on())
    back.refusal = DiskFullError()
    model = back.open()
    view = ConsultationView(model, look)
    qtbot.addWidget(view)
    press(view, "go on by name")
    assert model.trouble is not None
    assert model.may_go_on

    back.refusal = None
    with qtbot.waitSignal(model.named_wanted):
        press(view, "go on by name")
    # It has ended, and is not ended twice.
    assert len(back.ended) == 1


def test_nothing_leads_on_by_name_before_the_gate() -> None:
    back = Conversation()
    model = back.open()
    model.go_on_by_name()
    assert not model.may_go_on
    assert (back.ended, back.gone_on) == ([], [])


def test_whoever_passes_the_gate_in_a_meeting_stays_where_the_way_on_is(qtbot: QtBot) -> None:
    found = replace(going_on(), is_without_names=True, has_name=True, goes_on_from=None)
    back = Conversation(found)
    model = back.open()
    fill_gate(model)
    back.found = going_on()

    with qtbot.assertNotEmitted(model.left):
        model.pass_gate()

    assert back.passed
    assert model.may_go_on
