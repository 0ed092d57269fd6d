"""The form for a signed paper: who answered, what is ticked, how long it holds, what is stored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.people import case_with_family
from tests.ui.accessibility import faults
from tests.ui.consent_form_desk import SCREENS, Binder, at_step
from tests.ui.consents_desk import (
    ELIAS,
    FIRST,
    HEALTH,
    JOHAN,
    LEISURE,
    ORGANISATIONS,
    POLICE,
    PSYCHIATRY,
    SARA,
    SCHOOL,
    SECOND,
    SOCIAL,
    TODAY,
    catalogue,
    given,
    organisation,
    reasons_toml,
    story,
)
from tests.ui.desk_screens import CASES
from tests.ui.plain import NOW, DraftBox, HeldRunner, draft_uses, in_bin, make_look
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.consent import Answer, Cell, Direction, OwnInformation
from trygga_desktop.domain.consent_events import (
    Circumstance,
    Concerned,
    Given,
    Opinion,
    View,
    Way,
)
from trygga_desktop.domain.errors import DiskFullError, NoAccessError, NotConfirmedError
from trygga_desktop.domain.matrix import CellState
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.consents import MOST_WORDS, read_consents, record_consent
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.consent_words import ConsentNames, length_text
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.consent_form.effect import Effect, EffectWords, whose_line
from trygga_desktop.ui.screens.consent_form.paper import Said
from trygga_desktop.ui.screens.consent_form.validity import DayField, DayFlaw
from trygga_desktop.ui.screens.consent_form.view import ConsentFormView
from trygga_desktop.ui.screens.consent_form.view_model import (
    ConsentFormViewModel,
    FormState,
    Missing,
    Step,
)
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.matrix import MatrixView

LEAVERS = catalogue().programme("leavers")
HOSTILE = ('<img src="/etc/passwd">', "a <b c", "Ö" * 2_000, "\u202eton", "no\0te", "🧑‍🎓")


def cell(organisation_id: UUID, category: str, direction: Direction = Direction.RECEIVE) -> Cell:
    return Cell(organisation_id=organisation_id, category=category, direction=direction)


def opened(qtbot: QtBot, look: Look, model: ConsentFormViewModel) -> ConsentFormView:
    view = ConsentFormView(model, look)
    qtbot.addWidget(view)
    view.resize(1200, 760)
    view.show()
    view.activateWindow()
    QApplication.processEvents()
    view.first_focus.setFocus()
    return view


def said(view: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def named(view: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = view.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def press(view: QWidget, name: str) -> None:
    button = named(view, Button, name)
    assert isinstance(button, Button)
    button.click()
    QApplication.processEvents()


def run(view: ConsentFormView, key: str) -> None:
    next(one.run for one in view.commands if key in one.keys)()
    QApplication.processEvents()


def ticks(view: QWidget) -> MatrixView:
    found = view.findChild(MatrixView)
    assert isinstance(found, MatrixView)
    return found


def told(model: ConsentFormViewModel) -> Effect:
    view = model.view
    assert view is not None
    language = load_language("sv")
    names = ConsentNames(
        people=view.people,
        organisations=view.organisations,
        directory=view.directory,
        catalogue=view.catalogue,
        on=view.on,
        language=language,
    )
    reasons = ReasonWords(reasons_toml(), language)
    return EffectWords(view, names, reasons, language).effect(model.outcome, model.paper)


def test_a_case_that_was_not_granted_shows_nothing_of_it(qtbot: QtBot, look: Look) -> None:
    model = Binder(read_failure=NoAccessError()).open()

    words = said(opened(qtbot, look, model))

    assert model.state is FormState.FAILED
    assert CASES[0].title not in words
    assert not model.may_go_on


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        ({"has_programme": False, "signers": frozenset()}, Missing.NO_PROGRAMME),
        ({"signers": frozenset()}, Missing.NO_SIGNER),
        ({"chain": ChainStanding.BROKEN}, Missing.CHAIN),
        ({}, Missing.NO_ANSWER),
    ],
)
def test_it_does_not_go_on_and_says_why(
    qtbot: QtBot, look: Look, options: dict[str, object], missing: Missing
) -> None:
    binder = Binder(options=options)
    model = binder.open()
    view = opened(qtbot, look, model)

    run(view, "Ctrl+Return")

    assert model.missing[0] is missing
    assert model.step is Step.WHO
    button = named(view, Button, "next")
    assert not button.isEnabled()
    assert button.accessibleDescription()
    assert binder.recorded == []


def test_nobody_is_taken_to_have_said_yes() -> None:
    model = Binder().open()

    assert all(one.said is Said.WAITING for one in model.paper.signers)
    assert all(one.own is OwnInformation.NONE for one in model.paper.signers)
    assert model.outcome.opens == frozenset()


def test_one_no_among_them_opens_nothing() -> None:
    model = Binder().open()
    model.all_said_yes()

    model.answer(JOHAN, Said.NO)

    assert model.outcome.opens == frozenset()
    assert "Johan" in told(model).text


def test_one_who_has_not_answered_keeps_it_closed() -> None:
    model = Binder().open()
    model.answer(ELIAS, Said.YES)

    assert model.outcome.opens == frozenset()
    title, text, _ = told(model)
    assert title
    assert "Sara" in text
    assert "Johan" in text
    assert "Elias" not in text


def test_a_paper_starts_with_what_is_usual_in_the_programme() -> None:
    paper = Binder().open().paper

    shown = paper.shown(None)

    assert cell(SCHOOL, "schooling") in shown
    assert cell(SCHOOL, "schooling", Direction.GIVE) in shown
    assert cell(SCHOOL, "health") not in shown
    assert cell(POLICE, "offence", Direction.GIVE) in shown
    assert cell(SOCIAL, "contact") in shown
    # Nobody would hear what the young person says if whoever writes it down could not tell it.
    assert cell(SOCIAL, "own_words", Direction.GIVE) in shown
    assert cell(SCHOOL, "own_words", Direction.GIVE) not in shown
    assert not any(one.organisation_id == PSYCHIATRY for one in shown)


def test_nothing_sensitive_is_ticked_by_itself() -> None:
    shown = Binder().open().paper.shown(None)

    received = {one.category for one in shown if one.direction is Direction.RECEIVE}
    assert received == {one.code for one in catalogue().categories if one.default_shared}


def test_what_all_agree_on_is_what_holds() -> None:
    model = Binder().open()
    model.all_said_yes()
    closed = cell(POLICE, "contact")

    model.look_at(ELIAS)
    model.toggle(frozenset({closed}))

    assert closed not in model.outcome.opens
    assert closed in model.paper.signer(SARA).cells
    assert cell(SCHOOL, "contact") in model.outcome.opens


def test_a_signer_who_ticks_nothing_of_the_police_is_told_to_say_no_to_them() -> None:
    model = Binder().open()
    model.all_said_yes()
    paper = model.paper
    for who in (ELIAS, JOHAN):
        for direction in Direction:
            paper.signer(who).cells -= paper.cells_of([POLICE], paper.categories, direction)

    title, text, _ = told(model)

    assert "olisen" not in title
    assert text.startswith("Polisen")
    assert "Elias och Johan" in text


def test_how_a_signer_differs_is_told_beside_the_name() -> None:
    model = Binder().open()
    model.all_said_yes()
    view = model.view
    assert view is not None
    language = load_language("sv")
    names = ConsentNames(
        people=view.people,
        organisations=view.organisations,
        directory=view.directory,
        catalogue=view.catalogue,
        on=view.on,
        language=language,
    )
    line = partial(whose_line, model.paper, names=names, language=language)
    same = line(model.paper.signer(ELIAS))

    model.look_at(ELIAS)
    model.toggle(frozenset({cell(SCHOOL, "contact")}))

    assert line(model.paper.signer(ELIAS)) != same
    assert line(model.paper.signer(SARA)) == same


def test_all_is_toggled_on_before_it_is_toggled_off() -> None:
    model = Binder().open()
    model.all_said_yes()
    column = model.paper.cells_of([PSYCHIATRY], model.paper.categories, Direction.RECEIVE)

    model.toggle(column)
    assert column <= model.outcome.opens
    model.toggle(column)

    assert not column & model.outcome.opens


def test_space_ticks_a_cell_with_shift_its_column_with_ctrl_its_row(
    qtbot: QtBot, look: Look
) -> None:
    model = at_step(Binder().open(), Step.WHAT)
    view = opened(qtbot, look, model)
    matrix = ticks(view)
    model.paper.clear(None)
    model.look_at(None)
    matrix.setFocus()

    QTest.keyClick(matrix, Qt.Key.Key_Space)
    assert model.paper.shown(None) == {cell(SOCIAL, "contact")}
    QTest.keyClick(matrix, Qt.Key.Key_Space)
    assert model.paper.shown(None) == frozenset()
    QTest.keyClick(matrix, Qt.Key.Key_Right)
    QTest.keyClick(matrix, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert len(model.paper.shown(None)) == len(model.paper.categories)
    model.paper.clear(None)
    QTest.keyClick(matrix, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)

    assert model.paper.shown(None) == {cell(one.id, "contact") for one in ORGANISATIONS}
    assert matrix.hasFocus()


def test_a_click_ticks_and_a_click_on_a_head_ticks_the_column(qtbot: QtBot, look: Look) -> None:
    model = at_step(Binder().open(), Step.WHAT)
    view = opened(qtbot, look, model)
    matrix = ticks(view)
    before = model.paper.shown(None)
    place = matrix.visualRect(matrix.model().index(4, 1)).center()

    QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert model.paper.shown(None) ^ before == {cell(SCHOOL, "health")}
    matrix.horizontalHeader().sectionClicked.emit(1)

    assert model.paper.cells_of(
        [SCHOOL], model.paper.categories, Direction.RECEIVE
    ) <= model.paper.shown(None)


def test_enter_ticks_nothing_and_stores_nothing(qtbot: QtBot, look: Look) -> None:
    binder = Binder()
    model = at_step(binder.open(), Step.WHAT)
    view = opened(qtbot, look, model)
    before = model.paper.shown(None)

    QTest.keyClick(ticks(view), Qt.Key.Key_Return)

    assert model.paper.shown(None) == before
    assert model.step is Step.WHAT
    assert binder.recorded == []


def test_the_other_direction_is_ticked_by_itself(qtbot: QtBot, look: Look) -> None:
    model = at_step(Binder().open(), Step.WHAT)
    view = opened(qtbot, look, model)
    matrix = ticks(view)
    model.paper.clear(None)

    run(view, "Ctrl+D")
    matrix.setFocus()
    QTest.keyClick(matrix, Qt.Key.Key_Space)

    assert model.paper.shown(None) == {cell(SOCIAL, "contact", Direction.GIVE)}
    assert matrix.model_.face(0, 0).aside == "message-circle"
    assert "socialtjänsten i exempelstad" in matrix.model_.face(0, 0).aloud.lower()


def test_the_last_paper_can_be_taken_again() -> None:
    model = Binder(story()).open()
    last = {one.signer: one.cells for one in story() if isinstance(one, Given)}

    model.fill_in_last()

    assert {one.id: frozenset(one.cells) for one in model.paper.signers} == last


def test_a_column_is_added_from_the_directory_with_what_is_usual(qtbot: QtBot, look: Look) -> None:
    options: dict[str, object] = {
        "organisations": tuple(one for one in ORGANISATIONS if one.id != LEISURE)
    }
    model = at_step(Binder(options=options).open(), Step.WHAT)
    view = opened(qtbot, look, model)
    assert [one.id for one in model.paper.can_be_added()] == [LEISURE, HEALTH]

    press(view, "add organisation")

    assert model.paper.organisations[-1] == LEISURE
    assert cell(LEISURE, "leisure", Direction.GIVE) in model.paper.shown(None)
    model.add_organisation(HEALTH)
    assert not any(one.organisation_id == HEALTH for one in model.paper.shown(None))
    model.add_organisation(HEALTH)
    assert len(model.paper.organisations) == len(ORGANISATIONS) + 1


def test_a_paper_is_stored_with_what_each_answered(qtbot: QtBot, look: Look) -> None:
    binder = Binder()
    model = binder.open()
    view = opened(qtbot, look, model)
    press(view, "all said yes")
    model.answer(JOHAN, Said.NO)
    model.choose_own(SARA, OwnInformation.AGENCIES)
    for _ in range(3):
        run(view, "Ctrl+Return")
    assert model.step is Step.VALIDITY
    assert binder.recorded == []

    with qtbot.waitSignal(model.recorded):
        run(view, "Ctrl+Return")

    (command,) = binder.recorded
    answers = {one.signer: one for one in command.answers}
    assert answers[JOHAN].answer is Answer.REFUSED
    assert answers[JOHAN].cells == frozenset()
    assert answers[SARA].own_information is OwnInformation.AGENCIES
    assert answers[ELIAS].cells == model.paper.shown(ELIAS)
    assert command.signed_on == command.valid_from == TODAY
    assert command.valid_to == date(2027, 5, 26)
    assert command.way is Way.PAPER
    assert command.concerned is None


def test_whoever_has_not_answered_is_not_stored(qtbot: QtBot, look: Look) -> None:
    binder = Binder()
    model = binder.open()
    model.answer(SARA, Said.YES)
    view = opened(qtbot, look, model)

    for _ in range(4):
        run(view, "Ctrl+Return")

    assert [one.signer for one in binder.recorded[0].answers] == [SARA]


def test_a_programme_that_needs_all_is_told_who_is_concerned() -> None:
    binder = Binder(options={"programme": LEAVERS})
    model = at_step(binder.open(), Step.VALIDITY)

    model.go_on()

    assert binder.recorded[0].concerned == frozenset(one.id for one in ORGANISATIONS)


def test_one_that_has_left_is_not_concerned_again_and_one_that_is_added_is() -> None:
    told = Concerned(on=TODAY, organisations=frozenset({SOCIAL, POLICE}))
    binder = Binder([*story(), told], options={"programme": LEAVERS})
    model = at_step(binder.open(), Step.WHAT)
    assert PSYCHIATRY in model.paper.organisations

    model.add_organisation(HEALTH)
    for _ in range(3):
        model.go_on()

    assert binder.recorded[0].concerned == frozenset({SOCIAL, POLICE, HEALTH})


def test_who_is_concerned_is_ticked_where_the_programme_needs_all(qtbot: QtBot, look: Look) -> None:
    model = at_step(Binder(options={"programme": LEAVERS}).open(), Step.WHAT)
    view = opened(qtbot, look, model)
    empty = named(view, QLabel, "concerned without ticks")
    assert isinstance(empty, QLabel)
    assert "BUP" in empty.text()

    box = named(view, CheckBox, f"concerned {PSYCHIATRY}")
    assert isinstance(box, CheckBox)
    box.click()

    assert model.paper.concerned == {one.id for one in ORGANISATIONS} - {PSYCHIATRY}
    assert "BUP" not in empty.text()


def test_who_is_concerned_is_not_asked_elsewhere(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, at_step(Binder().open(), Step.WHAT))

    assert view.findChild(CheckBox, f"concerned {SCHOOL}") is None


def test_one_that_is_concerned_and_left_out_closes_the_case_and_is_named() -> None:
    model = Binder(options={"programme": LEAVERS}).open()
    model.all_said_yes()
    least = [
        one
        for direction in Direction
        for one in model.paper.cells_of(
            [each.id for each in ORGANISATIONS], ["contact", "plan"], direction
        )
    ]
    for one in model.paper.signers:
        one.cells = {each for each in least if each.organisation_id != POLICE}

    assert model.outcome.against == (Reason.PROGRAMME_NEEDS_ALL,)
    assert model.outcome.left_out == (POLICE,)
    assert told(model).tone is Tone.WARN
    assert "Polisen saknas" in told(model).text
    model.say_concerned(POLICE, is_concerned=False)
    assert told(model).tone is Tone.OK
    model.say_concerned(POLICE, is_concerned=True)
    for one in model.paper.signers:
        one.cells = set(least)
    assert model.outcome.opens == frozenset(least)


def test_a_kind_of_agency_that_the_programme_requires_is_named() -> None:
    model = Binder(options={"programme": catalogue().programme("sig")}).open()
    model.all_said_yes()

    model.paper.clear(None)
    model.toggle(frozenset({cell(SCHOOL, "contact")}))

    assert model.outcome.missing_kinds == ("social_services", "police")
    assert "polisen saknas" in told(model).text


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"signers": frozenset({SARA, JOHAN}), "asked": frozenset({ELIAS})}, "Elias har inte fått"),
        ({"row": replace(CASES[0], phase=Phase.CLOSED)}, "Ärendet är avslutat"),
        ({"row": replace(CASES[0], phase=Phase.ASSESSMENT)}, "Ärendet är i skedet"),
        ({"confirmation": Confirmation.UNCONFIRMED}, "säkerhetskopia"),
    ],
)
def test_what_else_closes_the_case_is_told_with_its_sentence(
    options: dict[str, object], sentence: str
) -> None:
    model = Binder(options=options).open()
    model.all_said_yes()

    assert model.outcome.opens == frozenset()
    assert told(model).tone is Tone.WARN
    assert sentence in told(model).text


def test_a_no_that_nobody_weighed_closes_the_case_whatever_is_signed() -> None:
    no = Opinion(person=ELIAS, on=TODAY, view=View.DISAGREES, words="Nej.")
    options: dict[str, object] = {"signers": frozenset({SARA}), "asked": frozenset({ELIAS})}
    model = Binder([no], options=options).open()
    model.all_said_yes()

    assert model.outcome.against == (Reason.OPINION_UNWEIGHED,)
    assert "Elias har sagt nej" in told(model).text


def test_a_paper_beside_consents_in_force_opens_what_all_of_them_agree_on() -> None:
    both = frozenset({cell(SCHOOL, "contact"), cell(POLICE, "contact")})
    others = [
        replace(given(JOHAN, both), programme="sspf"),
        replace(given(SARA, both - {cell(POLICE, "contact")}), programme="sspf"),
    ]
    model = Binder(others).open()

    model.answer(ELIAS, Said.YES)
    model.paper.signer(ELIAS).cells = set(both)

    assert model.outcome.opens == {cell(SCHOOL, "contact")}
    assert told(model).tone is Tone.OK
    assert "Sara" in told(model).text
    assert "Johan" not in told(model).text


def test_a_consent_in_force_for_other_work_opens_nothing_beside_a_new_paper() -> None:
    ticked = frozenset({cell(SCHOOL, "contact")})
    others = [replace(given(one, ticked), programme="sip") for one in (SARA, JOHAN)]
    model = Binder(others).open()

    model.answer(ELIAS, Said.YES)

    assert model.outcome.against == (Reason.OTHER_PURPOSE,)
    assert told(model).tone is Tone.WARN


def test_an_earlier_no_keeps_closing_and_an_expired_yes_is_waited_for() -> None:
    no = given(JOHAN, frozenset(), answer=Answer.REFUSED)
    old = given(SARA, frozenset({cell(SCHOOL, "contact")}), on=FIRST, until=SECOND)
    refused, expired = Binder([no]).open(), Binder([old]).open()

    refused.answer(ELIAS, Said.YES)
    expired.answer(ELIAS, Said.YES)

    assert refused.outcome.refused == (JOHAN,)
    assert "Johan" in told(refused).text
    assert expired.outcome.waiting == (SARA, JOHAN)


def test_a_paper_that_is_over_already_opens_nothing() -> None:
    model = Binder().open()
    model.all_said_yes()
    model.validity.type_day(DayField.SIGNED_ON, "2026-01-02")
    model.validity.type_day(DayField.VALID_TO, "2026-06-30")

    assert model.outcome.against == (Reason.EXPIRED,)
    assert "30 juni 2026" in told(model).text


def test_signers_who_never_tick_the_same_open_nothing() -> None:
    model = Binder(options={"signers": frozenset({SARA, JOHAN})}).open()
    model.all_said_yes()
    model.paper.signer(SARA).cells = {cell(SCHOOL, "contact")}
    model.paper.signer(JOHAN).cells = {cell(POLICE, "contact")}

    assert told(model).tone is Tone.MUTE
    assert "Johan" in told(model).text
    model.paper.clear(None)
    assert told(model).text


def test_an_answer_that_becomes_a_no_takes_its_own_information_along() -> None:
    binder = Binder()
    model = at_step(binder.open(), Step.VALIDITY)
    model.choose_own(SARA, OwnInformation.AGENCIES_AND_FAMILY)
    model.answer(SARA, Said.NO)

    model.go_on()

    answers = {one.signer: one for one in binder.recorded[0].answers}
    assert answers[SARA].own_information is OwnInformation.NONE


def test_the_tick_for_asking_after_the_end_counts_for_a_signed_yes_alone() -> None:
    binder = Binder()
    model = at_step(binder.open(), Step.VALIDITY)
    for one in (ELIAS, SARA, JOHAN):
        model.tick_long_term(one, ticks=True)
    model.tick_long_term(JOHAN, ticks=False)
    model.answer(SARA, Said.NO)
    said = model.paper.answers(Circumstance(), is_signed=False)
    assert not any(one.long_term for one in said)

    model.go_on()

    answers = {one.signer: one.long_term for one in binder.recorded[0].answers}
    assert (answers[ELIAS], answers[SARA], answers[JOHAN]) == (True, False, False)


def test_the_tick_stands_below_a_yes_and_comes_back_with_the_draft(
    qtbot: QtBot, look: Look
) -> None:
    binder = Binder()
    model = binder.open()
    view = opened(qtbot, look, model)
    model.answer(SARA, Said.YES)
    boxes = [one for one in view.findChildren(CheckBox, "long term") if one.isVisible()]
    assert len(boxes) == 1
    boxes[0].click()
    assert model.paper.signer(SARA).long_term
    model.leave()
    assert binder.open().paper.signer(SARA).long_term


def test_the_tick_does_not_stand_where_it_would_not_count(qtbot: QtBot, look: Look) -> None:
    binder = Binder()
    model = binder.open()
    view = opened(qtbot, look, model)
    model.answer(SARA, Said.YES)
    model.validity.choose_way(Way.ORAL)
    assert not [one for one in view.findChildren(CheckBox, "long term") if one.isVisible()]
    model.validity.choose_way(Way.PAPER)
    assert [one for one in view.findChildren(CheckBox, "long term") if one.isVisible()]


@pytest.mark.parametrize(
    ("where", "text", "flaw"),
    [
        (DayField.SIGNED_ON, "2026-11-27", DayFlaw.FUTURE),
        (DayField.SIGNED_ON, "i går", DayFlaw.NO_DAY),
        (DayField.VALID_FROM, "2026-11-25", DayFlaw.ORDER),
        (DayField.VALID_FROM, "", DayFlaw.NO_DAY),
        (DayField.VALID_TO, "2026-11-25", DayFlaw.ORDER),
        (DayField.VALID_TO, "2027-11-27", DayFlaw.LENGTH),
        (DayField.VALID_TO, "9999-12-31", DayFlaw.LENGTH),
        (DayField.VALID_TO, "2027-02-30", DayFlaw.NO_DAY),
        (DayField.VALID_FROM, "2027-11-27", DayFlaw.LENGTH),
        (DayField.FACTS_SINCE, "snart", DayFlaw.NO_DAY),
        (DayField.FACTS_SINCE, "2026-11-27", DayFlaw.ORDER),
    ],
)
def test_a_day_that_cannot_be_is_told_in_words(
    qtbot: QtBot, look: Look, where: DayField, text: str, flaw: DayFlaw
) -> None:
    binder = Binder()
    model = at_step(binder.open(), Step.VALIDITY)
    view = opened(qtbot, look, model)

    model.validity.type_day(where, text)
    run(view, "Ctrl+Return")

    assert model.validity.flaws()[where] is flaw
    assert model.missing == (Missing.DAYS,)
    assert binder.recorded == []
    day = named(view, QWidget, where)
    assert day.accessibleDescription()


def test_the_longest_day_is_still_right() -> None:
    model = at_step(Binder().open(), Step.VALIDITY)

    model.validity.choose_months(12)

    assert model.validity.valid_to == date(2027, 11, 26)
    assert model.validity.flaws() == {}


def test_a_paper_is_stored_with_how_far_back_it_goes_and_where_it_lies(
    qtbot: QtBot, look: Look
) -> None:
    binder = Binder()
    model = at_step(binder.open(), Step.VALIDITY)
    view = opened(qtbot, look, model)
    typed = {
        "facts_since": "2026-09-01",
        "place": "Stadshuset",
        "maturity": "Mogen i just detta",
        "paper": "Arkiv 4",
    }
    for name, text in typed.items():
        QTest.keyClicks(named(view, QLineEdit, name), text)

    run(view, "Ctrl+Return")

    (stored,) = binder.recorded
    assert stored.facts_since == date(2026, 9, 1)
    told = stored.answers[0].circumstance
    assert told is not None
    assert (told.place, told.maturity, told.paper) == tuple(typed.values())[1:]


def test_a_paper_about_everything_that_is_known_says_no_day() -> None:
    binder = Binder()
    model = at_step(binder.open(), Step.VALIDITY)
    model.validity.type_day(DayField.FACTS_SINCE, "  ")

    model.go_on()

    assert binder.recorded[0].facts_since is None


def test_what_is_only_said_has_to_be_signed_so_many_days_after_it_was_said() -> None:
    days = at_step(Binder().open(), Step.VALIDITY).validity
    days.choose_way(Way.ORAL)

    days.type_day(DayField.VALID_FROM, "2026-12-01")

    assert days.valid_to == date(2026, 12, 10)


def test_days_follow_the_signature_until_they_are_typed() -> None:
    days = Binder().open().validity

    days.type_day(DayField.SIGNED_ON, "2026-11-20")
    assert days.valid_from == date(2026, 11, 20)
    assert days.valid_to == date(2027, 5, 20)
    days.type_day(DayField.VALID_FROM, "2026-11-24")
    days.type_day(DayField.VALID_TO, "2027-01-31")
    days.type_day(DayField.SIGNED_ON, "2026-11-21")

    assert days.valid_from == date(2026, 11, 24)
    assert days.valid_to == date(2027, 1, 31)


def test_what_is_only_said_holds_for_the_shorter_time() -> None:
    model = at_step(Binder().open(), Step.VALIDITY)

    model.validity.choose_way(Way.ORAL)

    assert model.validity.valid_to == date(2026, 12, 10)
    assert model.validity.presets == ()
    model.validity.type_day(DayField.VALID_TO, "2026-12-11")
    assert model.validity.flaws() == {DayField.VALID_TO: DayFlaw.LENGTH}
    model.validity.choose_way(Way.PAPER)
    assert model.validity.valid_to == date(2027, 5, 26)


def test_an_exclusion_is_written_and_added_by_keyboard(qtbot: QtBot, look: Look) -> None:
    model = at_step(Binder().open(), Step.EXCLUSIONS)
    view = opened(qtbot, look, model)
    words = view.first_focus
    assert words.hasFocus()
    QTest.keyClicks(words, "Pappas sjukdom")
    assert model.missing == (Missing.HALF_EXCLUSION,)
    model.terms.exclusion.categories.add("health")
    box = named(view, ComboBox, "asked by ExclusionCard")
    assert isinstance(box, ComboBox)
    box.choose(JOHAN)
    box.activated.emit(box.currentIndex())

    press(view, "add exclusion")

    (one,) = model.terms.exclusions
    assert (one.words, one.categories, one.asked_by) == (
        "Pappas sjukdom",
        frozenset({"health"}),
        JOHAN,
    )
    assert words.hasFocus()
    assert isinstance(words, QTextEdit)
    assert words.toPlainText() == ""
    assert "Pappas sjukdom" in said(view)


def test_a_whole_term_counts_whether_it_was_added_or_not() -> None:
    binder = Binder()
    model = at_step(binder.open(), Step.EXCLUSIONS)
    limit = model.terms.limit
    limit.words, limit.organisation, limit.category, limit.asked_by = (
        "Bara var",
        POLICE,
        "network",
        ELIAS,
    )

    model.go_on()
    model.go_on()

    assert binder.recorded[0].limits[0].cell == cell(POLICE, "network")


def test_a_half_written_limit_keeps_one_there() -> None:
    model = at_step(Binder().open(), Step.EXCLUSIONS)
    model.terms.limit.words = "Bara var"

    model.go_on()

    assert model.step is Step.EXCLUSIONS
    assert model.missing == (Missing.HALF_LIMIT,)


def test_what_was_added_can_be_taken_off_again(qtbot: QtBot, look: Look) -> None:
    model = at_step(Binder().open(), Step.EXCLUSIONS)
    draft = model.terms.exclusion
    draft.words, draft.asked_by = "Pappas sjukdom", JOHAN
    draft.categories.add("health")
    model.terms.add_exclusion()
    view = opened(qtbot, look, model)
    remove = next(
        one for one in view.findChildren(Button) if "Pappas sjukdom" in one.accessibleName()
    )

    remove.click()

    assert model.terms.exclusions == []
    assert "Pappas sjukdom" not in said(view)


@pytest.mark.parametrize("place", [0, 1])
def test_what_was_taken_off_can_be_put_back_where_it_was(place: int) -> None:
    model = at_step(Binder().open(), Step.EXCLUSIONS)
    undos: list[Callable[[], None]] = []
    model.removed.connect(undos.append)
    for words in ("Pappas sjukdom", "Bråket i våras"):
        draft = model.terms.exclusion
        draft.words, draft.asked_by = words, JOHAN
        draft.categories.add("health")
        model.terms.add_exclusion()
    before = list(model.terms.exclusions)
    model.terms.remove_exclusion(place)
    kept_without = model.drafts.text

    undos[0]()

    assert model.terms.exclusions == before
    assert model.drafts.text != kept_without


def test_words_that_were_taken_off_lie_in_the_bin_until_they_are_put_back() -> None:
    box = DraftBox()
    model = at_step(Binder(drafts=box).open(), Step.EXCLUSIONS)
    undos: list[Callable[[], None]] = []
    model.removed.connect(undos.append)
    draft = model.terms.exclusion
    draft.words, draft.asked_by = "Pappas sjukdom", JOHAN
    draft.categories.add("health")
    model.terms.add_exclusion()

    model.terms.remove_exclusion(0)

    assert in_bin(box) == ["Pappas sjukdom"]
    undos[0]()
    assert in_bin(box) == []
    # No moment in which they are nowhere.
    assert any("Pappas sjukdom" in one.text for one in box.drafts.values())


def test_ticks_that_were_cleared_can_be_put_back() -> None:
    model = at_step(Binder().open(), Step.WHAT)
    undos: list[Callable[[], None]] = []
    model.removed.connect(undos.append)
    model.clear()
    undos.clear()
    model.fill_in_usual()
    before = model.paper.ticked()
    assert any(before.values())

    model.clear()
    model.clear()

    assert not any(model.paper.ticked().values())
    assert len(undos) == 1
    undos[0]()
    assert model.paper.ticked() == before


def test_a_limit_that_was_taken_off_can_be_put_back() -> None:
    model = at_step(Binder().open(), Step.EXCLUSIONS)
    undos: list[Callable[[], None]] = []
    model.removed.connect(undos.append)
    draft = model.terms.limit
    draft.words, draft.organisation, draft.category = "Bara var", POLICE, "network"
    draft.asked_by = SARA
    model.terms.add_limit()
    before = list(model.terms.limits)
    model.terms.remove_limit(0)

    undos[0]()

    assert len(before) == 1
    assert model.terms.limits == before


@pytest.mark.parametrize("kind", ["ExclusionCard", "LimitCard"])
def test_what_is_longer_than_what_can_be_stored_is_told_at_its_field(
    qtbot: QtBot, look: Look, kind: str
) -> None:
    model = at_step(Binder().open(), Step.EXCLUSIONS)
    view = opened(qtbot, look, model)
    exclusion, limit = model.terms.exclusion, model.terms.limit
    exclusion.asked_by = limit.asked_by = JOHAN
    exclusion.categories.add("health")
    limit.organisation, limit.category = POLICE, "network"
    exclusion.words = limit.words = "Inte det."
    model.terms.tell()
    fitting = model.may_go_on
    too_long = length_text(look.language).replace("\xa0", " ")

    words = named(view, QTextEdit, f"words of {kind}")
    assert isinstance(words, QTextEdit)
    words.setPlainText("x" * (MOST_WORDS + 1))

    assert fitting
    assert model.missing[0] is Missing.LENGTH
    # Once at the field, once beside the button.
    assert said(view).count(too_long) == 2
    run(view, "Ctrl+Return")
    assert model.step is Step.EXCLUSIONS
    assert not model.terms.exclusions
    words.setPlainText("x" * MOST_WORDS)
    assert model.may_go_on


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_people_stand_there_as_they_were_written(
    qtbot: QtBot, look: Look, text: str
) -> None:
    options: dict[str, object] = {
        "organisations": (*ORGANISATIONS, organisation(UUID(int=390), "other", text[:150])),
    }
    binder = Binder(options=options)
    model = at_step(binder.open(), Step.EXCLUSIONS)
    draft = model.terms.exclusion
    draft.words, draft.asked_by = text, JOHAN
    draft.categories.add("contact")
    model.terms.add_exclusion()

    words = said(opened(qtbot, look, model))
    model.go_on()
    model.go_on()

    visible = text[:60].replace("\u202e", "[U+202E]").replace("\0", "[U+0000]")
    assert visible in words
    assert "\u202e" not in words
    assert binder.recorded[0].exclusions[0].words == text


def test_a_paper_that_cannot_be_stored_stays_filled_in(qtbot: QtBot, look: Look) -> None:
    binder = Binder(failure=DiskFullError())
    model = at_step(binder.open(), Step.VALIDITY)
    view = opened(qtbot, look, model)

    run(view, "Ctrl+Return")

    assert model.trouble is not None
    assert model.trouble.kind in said(view)
    assert model.step is Step.VALIDITY
    binder.failure = None
    run(view, "Ctrl+Return")
    assert len(binder.recorded) == 1


def test_what_was_not_confirmed_is_told_elsewhere(qtbot: QtBot) -> None:
    model = at_step(Binder(failure=NotConfirmedError()).open(), Step.VALIDITY)

    with qtbot.waitSignal(model.failed):
        model.go_on()


def test_nobody_stores_a_paper_twice() -> None:
    binder, runner = Binder(), HeldRunner()
    model = binder.open(runner)
    runner.work_off()
    at_step(model, Step.VALIDITY)

    model.go_on()
    model.go_on()
    model.cancel()
    runner.work_off()

    assert len(binder.recorded) == 1


def test_leaving_asks_first_if_something_is_filled_in(qtbot: QtBot, look: Look) -> None:
    binder = Binder()
    model = binder.open()
    view = opened(qtbot, look, model)
    left: list[bool] = []
    model.left.connect(lambda: left.append(True))
    model.answer(ELIAS, Said.YES)

    press(view, "cancel")
    assert left == []
    keep = named(view, Button, "keep")
    assert keep.hasFocus()
    press(view, "keep")
    assert not model.asks_to_discard
    run(view, "Alt+Left")
    press(view, "discard")

    assert left == [True]
    assert binder.recorded == []


def test_leaving_an_untouched_form_asks_nothing(qtbot: QtBot, look: Look) -> None:
    model = Binder().open()
    view = opened(qtbot, look, model)

    with qtbot.waitSignal(model.left):
        run(view, "Alt+Left")


def test_going_back_keeps_what_was_filled_in() -> None:
    model = at_step(Binder().open(), Step.WHAT)
    model.toggle(frozenset({cell(POLICE, "health")}))

    model.go_back()
    model.go_on()

    assert model.step is Step.WHAT
    assert cell(POLICE, "health") in model.paper.shown(None)


def test_each_step_begins_with_the_focus_where_one_starts(qtbot: QtBot, look: Look) -> None:
    model = Binder().open()
    view = opened(qtbot, look, model)
    press(view, "all said yes")

    for _ in range(3):
        run(view, "Ctrl+Return")
        assert view.first_focus.hasFocus()


def test_going_back_to_who_answered_puts_the_focus_on_an_answer(qtbot: QtBot, look: Look) -> None:
    model = at_step(Binder().open(), Step.WHAT)
    view = opened(qtbot, look, model)

    run(view, "Alt+Left")

    focus = QApplication.focusWidget()
    assert isinstance(focus, QRadioButton)
    assert focus.isVisible()
    assert focus.isChecked()
    assert focus.accessibleName()


def test_where_nobody_can_answer_the_form_begins_with_the_way_back(
    qtbot: QtBot, look: Look
) -> None:
    view = opened(qtbot, look, Binder(options={"signers": frozenset()}).open())

    assert named(view, Button, "back").hasFocus()


def test_a_change_elsewhere_is_read_as_long_as_nothing_is_filled_in() -> None:
    binder = Binder()
    model = binder.open()

    model.refresh(Changes(parties=True))
    model.answer(ELIAS, Said.YES)
    model.refresh(Changes(parties=True))

    assert binder.reads == 2


def test_a_paper_that_is_recorded_opens_what_it_says(vault: OpenVault) -> None:
    family = case_with_family(vault)
    model = ConsentFormViewModel(
        family.case_id,
        read_consents=lambda case_id, on: read_consents(case_id, on, vault=vault),
        record_consent=lambda command: record_consent(command, vault=vault),
        reasons_toml=reasons_toml(),
        drafts=draft_uses(),
        runner=InlineRunner(),
        now=lambda: NOW,
    )
    model.load()
    at_step(model, Step.VALIDITY)
    model.validity.describe(model.validity.circumstance)

    model.go_on()

    assert model.trouble is None
    after = read_consents(family.case_id, vault=vault).value
    opens = {
        one.cell
        for one in after.cells
        if one.state in {CellState.YES, CellState.LIMITED, CellState.EXPIRES_SOON}
    }
    assert len([one for one in after.history if isinstance(one.what, Given)]) == len(
        model.paper.signers
    )
    assert opens == model.outcome.opens
    assert opens


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("size", "scale"), [((1366, 768), 1.0), ((1366, 768), 1.5), ((960, 540), 1.0)]
)
@pytest.mark.parametrize("name", [name for name, _ in SCREENS])
def test_nobody_stumbles_over_the_form(  # noqa: PLR0913, PLR0917  fixtures and parameters
    qtbot: QtBot,
    qapp: QApplication,
    name: str,
    size: tuple[int, int],
    scale: float,
    language: str,
) -> None:
    frame = dict(SCREENS)[name](make_look(qapp, language=language, scale=scale))
    qtbot.addWidget(frame)
    frame.resize(*size)
    frame.show()
    qapp.processEvents()

    assert faults(frame) == []
