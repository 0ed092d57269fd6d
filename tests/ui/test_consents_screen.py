"""The consents of a case: what the matrix and the side say, and what is recorded beside them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessibility import faults
from tests.ui.consents_desk import (
    CASE,
    ELIAS,
    EXCLUSION,
    FAMILY,
    FIRST,
    JOHAN,
    LIMIT,
    POLICE,
    PSYCHIATRY,
    SARA,
    SCHOOL,
    SCREENS,
    SOCIAL,
    TODAY,
    Papers,
    given,
    organisation,
    somebody,
    story,
)
from tests.ui.desk_screens import CASES
from tests.ui.plain import HeldRunner, make_look
from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.consent_events import Excluded, Opinion, View, Withdrawn
from trygga_desktop.domain.directory import NameSince
from trygga_desktop.domain.errors import DiskFullError, NoAccessError, NotConfirmedError
from trygga_desktop.domain.matrix import CellState
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.consents import MOST_WORDS
from trygga_desktop.ui.consent_words import ConsentNames, length_text, state_pill
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.consents.forms import LiftForm, OpinionForm, WithdrawForm
from trygga_desktop.ui.screens.consents.view import ConsentsView
from trygga_desktop.ui.screens.consents.view_model import (
    ConsentsState,
    ConsentsViewModel,
    News,
)
from trygga_desktop.ui.screens.consents.words import CellWords, SignerLine
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import TintedBox
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.case_tabs import CaseTab
from trygga_desktop.ui.widgets.inputs import ComboBox, TextInput
from trygga_desktop.ui.widgets.matrix import MatrixView

STOPPED = load_language("sv").gettext("Sharing is stopped")
HOSTILE = ('<img src="/etc/passwd">', "a <b c", "Ö" * 100_000, "\u202eton", "no\0te", "🧑‍🎓")


def show(qtbot: QtBot, view: QWidget) -> None:
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    view.activateWindow()
    QApplication.processEvents()


def said(view: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def matrix_of(view: QWidget) -> MatrixView:
    found = view.findChild(MatrixView)
    assert isinstance(found, MatrixView)
    return found


def press(view: QWidget, name: str) -> None:
    button = view.findChild(Button, name)
    assert isinstance(button, Button)
    button.click()
    QApplication.processEvents()


def named(view: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = view.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def choose(box: QWidget, value: object) -> None:
    """Choose as the list of the box does."""
    assert isinstance(box, ComboBox)
    box.choose(value)
    box.activated.emit(box.currentIndex())


def aloud(view: QWidget, row: int, column: int) -> str:
    model = matrix_of(view).model()
    return str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))


def opened(qtbot: QtBot, look: Look, papers: Papers) -> tuple[ConsentsViewModel, ConsentsView]:
    model = papers.open()
    view = ConsentsView(model, look)
    show(qtbot, view)
    return model, view


def signer_lines(model: ConsentsViewModel) -> dict[str, SignerLine]:
    """Return what the side says of each signer."""
    view = model.view
    assert view is not None
    assert model.chosen is not None
    language = load_language("sv")
    names = ConsentNames(
        people=view.people,
        organisations=view.organisations,
        directory=view.directory,
        catalogue=view.catalogue,
        on=view.on,
        language=language,
    )
    told = CellWords(view, names, ReasonWords(model.reasons_toml, language), language).explain(
        *model.chosen
    )
    assert told is not None
    return {one.name: one for one in told.signers}


def test_a_case_that_was_not_granted_shows_nothing_of_it(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Papers(read_failure=NoAccessError()))

    assert model.state is ConsentsState.FAILED
    assert CASES[0].title not in said(view)
    assert not matrix_of(view).isVisible()
    assert not model.may_record


def test_what_could_be_read_when_it_was_tried_again_has_no_trouble_left(
    qtbot: QtBot, look: Look
) -> None:
    papers = Papers(read_failure=DiskFullError())
    model, view = opened(qtbot, look, papers)

    papers.read_failure = None
    again = named(view, Button, "try again")
    assert isinstance(again, Button)
    again.click()
    QApplication.processEvents()

    assert model.state is ConsentsState.READY
    assert model.trouble is None
    assert [one.isVisible() for one in view.findChildren(TintedBox, "banner")] == []


def test_a_trouble_of_recording_stays_when_the_case_is_read_again(qtbot: QtBot, look: Look) -> None:
    papers = Papers(failure=DiskFullError())
    model, _ = opened(qtbot, look, papers)
    model.begin_withdrawal()
    assert isinstance(model.panel, WithdrawForm)
    model.panel.signer = SARA
    model.submit()
    assert model.trouble is not None

    model.load()

    assert model.trouble is not None


def test_behind_a_broken_chain_nothing_can_be_recorded(qtbot: QtBot, look: Look) -> None:
    papers = Papers(options={"chain": ChainStanding.BROKEN})
    model, view = opened(qtbot, look, papers)

    model.begin_withdrawal()
    model.want_form()
    model.confirm()

    assert model.panel is None
    assert not model.may_record
    assert "Kedjan av samtyckeshändelser är bruten" in said(view)
    record = named(view, Button, "record")
    assert not record.isEnabled()


def test_after_a_restore_nothing_is_promised_before_somebody_compared(
    qtbot: QtBot, look: Look
) -> None:
    papers = Papers(options={"confirmation": Confirmation.UNCONFIRMED})
    model, view = opened(qtbot, look, papers)
    assert "återställt från en säkerhetskopia" in said(view)

    press(view, "confirm")

    assert papers.confirmed == [CASE]
    assert model.news is News.CONFIRMED
    assert view.findChild(Button, "confirm") is None


def test_without_a_signer_it_says_that_nobody_can_consent(qtbot: QtBot, look: Look) -> None:
    papers = Papers(options={"signers": frozenset[UUID]()})
    _, view = opened(qtbot, look, papers)

    assert view.findChild(QWidget, "banner") is not None


def test_without_a_birth_date_the_sentence_says_so(qtbot: QtBot, look: Look) -> None:
    papers = Papers(options={"signers": frozenset[UUID](), "age": None})
    _, view = opened(qtbot, look, papers)

    assert "Födelsedatum saknas" in said(view)


def test_a_case_without_consents_says_that_nothing_is_shared(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Papers(happened=[]))

    assert not matrix_of(view).isVisible()
    assert not model.may_take_back
    assert view.findChild(QWidget, "inspector") is None
    assert view.first_focus is named(view, Button, "record")


def test_one_no_closes_a_cell_and_the_side_says_whose_it_is(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Papers())

    model.choose(POLICE, "schooling")

    words = said(view)
    assert "Polisen får inte ta del av uppgifter om skolgång och närvaro" in words
    assert "Be Elias om vidgat samtycke: skolgång och närvaro till polisen." in words


def test_a_cell_is_read_with_who_said_no(qtbot: QtBot, look: Look) -> None:
    _, view = opened(qtbot, look, Papers())

    text = aloud(view, 1, 3)

    assert text.startswith("Polis")
    assert "skolgång och närvaro" in text
    assert "Elias" in text
    assert "Sara" not in text


def test_the_word_is_about_being_told_and_an_icon_tells_the_rest(qtbot: QtBot, look: Look) -> None:
    _, view = opened(qtbot, look, Papers())
    faces = matrix_of(view).model_

    leisure_schooling, school_offence = faces.face(1, 2), faces.face(6, 1)

    assert leisure_schooling.aside == "ear"
    assert school_offence.aside == "message-circle"
    assert faces.face(0, 0).aside == ""


def test_a_limit_is_told_in_the_words_of_who_asked(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Papers())

    model.choose(SCHOOL, "network")

    assert "men inte vilka andra som är där" in said(view)


def test_what_holds_no_more_is_asked_first(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, view = opened(qtbot, look, papers)
    model.choose(SOCIAL, "family")

    press(view, "lift")

    assert isinstance(model.panel, LiftForm)
    assert papers.terms == []
    press(view, "submit")
    assert papers.terms[0].lifted == (EXCLUSION,)
    assert papers.terms[0].on == TODAY
    assert model.news is News.LIFTED


def test_choosing_another_cell_puts_the_question_away(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, _ = opened(qtbot, look, papers)
    model.ask_to_lift(LIMIT)

    model.choose(POLICE, "contact")

    assert model.panel is None
    model.submit()
    assert papers.terms == []


def test_a_bar_is_told_of_beside_the_consents(qtbot: QtBot, look: Look) -> None:
    bar = Bar(
        id=UUID(int=77),
        reason=Reason.PROTECTION_LIMIT,
        against=POLICE,
        scope=BarScope.THESE,
        categories=frozenset({"contact"}),
    )
    model, view = opened(qtbot, look, Papers(options={"bars": (bar,)}))

    model.choose(POLICE, "contact")

    assert "Av skyddsskäl får polisen bara ta del av" in said(view)


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_people_stand_there_as_they_were_written(
    qtbot: QtBot, look: Look, text: str
) -> None:
    excluded = Excluded(
        id=EXCLUSION,
        on=FIRST,
        categories=frozenset({"contact"}),
        words=text,
        asked_by=JOHAN,
    )
    people = (replace(FAMILY[0], name=text), *FAMILY[1:])
    model, view = opened(
        qtbot, look, Papers(happened=[*story(), excluded], options={"people": people})
    )

    model.choose(POLICE, "contact")

    words = said(view)
    visible = text[:60].replace("\u202e", "[U+202E]").replace("\0", "[U+0000]")
    assert visible in words
    assert "\u202e" not in words


def test_two_of_one_first_name_are_called_by_the_whole_name(qtbot: QtBot, look: Look) -> None:
    people = (FAMILY[0], somebody(SARA, "Elias Andersson"), FAMILY[2])
    model, view = opened(qtbot, look, Papers(options={"people": people}))

    model.choose(POLICE, "schooling")

    assert "Elias Demosson" in said(view)
    assert "Elias Andersson" in said(view)


@pytest.mark.parametrize(
    ("apart", "told"),
    [("2009-05-14", "Elias Demosson (2009-05-14)"), ("", "Elias Demosson (")],
)
def test_two_of_one_whole_name_are_told_apart(
    qtbot: QtBot, look: Look, apart: str, told: str
) -> None:
    twin = replace(somebody(SARA, "elias demosson"), told_apart="1980-01-02")
    people = (replace(FAMILY[0], told_apart=apart), twin, FAMILY[2])
    model, view = opened(qtbot, look, Papers(options={"people": people}))

    model.choose(POLICE, "schooling")

    words = said(view)
    assert told in words
    assert "elias demosson (1980-01-02)" in words
    assert "Johan (" not in words


def test_an_organisation_is_called_what_it_was_called_on_the_day(qtbot: QtBot, look: Look) -> None:
    renamed = replace(
        organisation(SCHOOL, "school", "Gamla skolan"),
        names=(
            NameSince(name="Gamla skolan", since=date(1900, 1, 1)),
            NameSince(name="Nya skolan", since=date(2026, 10, 1)),
        ),
    )
    schools = (renamed, organisation(UUID(int=399), "school", "Testskolan"))
    model, view = opened(qtbot, look, Papers(options={"organisations": schools}))
    today = matrix_of(view).model_.columns[0]

    model.show_day("2026-09-30")

    before = matrix_of(view).model_.columns[0]
    assert (today.text, today.aloud) == ("Nya skolan", "Nya skolan")
    assert (before.text, before.aloud) == ("Gamla skolan", "Gamla skolan")


def test_nobody_has_said_no_to_what_nobody_was_asked(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Papers())
    no = load_language("sv").gettext("{names} said no.").format(names="").strip()

    model.choose(PSYCHIATRY, "offence")

    assert no not in aloud(view, 6, 4)
    assert no not in said(view)
    assert "Elias" in aloud(view, 1, 3)
    assert no in aloud(view, 1, 3)


def test_a_no_to_everything_is_told_whoever_else_ticked_it(qtbot: QtBot, look: Look) -> None:
    refused = [
        given(one, frozenset(), on=TODAY, until=TODAY, answer=Answer.REFUSED)
        for one in (ELIAS, SARA, JOHAN)
    ]
    _, view = opened(qtbot, look, Papers(happened=[*story(), *refused]))

    assert "Elias, Sara och Johan" in aloud(view, 0, 0)


def test_what_was_taken_back_for_an_organisation_is_no_no(qtbot: QtBot, look: Look) -> None:
    taken = Withdrawn(signer=SARA, on=TODAY, organisations=frozenset({POLICE}))
    model, view = opened(qtbot, look, Papers(happened=[*story(), taken]))

    model.choose(POLICE, "contact")

    assert "Sara" in aloud(view, 0, 3)
    sara = signer_lines(model)["Sara"]
    assert sara.pill.text == state_pill(CellState.WITHDRAWN, load_language("sv")).text
    assert sara.detail.count("26 november 2026") == 1
    assert "februari" not in sara.detail


def test_signers_stand_in_the_order_of_the_people_of_the_case(qtbot: QtBot, look: Look) -> None:
    people = (FAMILY[0], FAMILY[2], FAMILY[1])
    model, _ = opened(qtbot, look, Papers(options={"people": people}))

    model.choose(POLICE, "schooling")

    assert list(signer_lines(model)) == ["Elias", "Johan", "Sara"]


def test_two_organisations_of_one_kind_are_called_by_their_names(qtbot: QtBot, look: Look) -> None:
    schools = (
        organisation(SCHOOL, "school", "Provskolan"),
        organisation(UUID(int=399), "school", "<b>Testskolan</b>"),
    )
    _, view = opened(qtbot, look, Papers(options={"organisations": schools}))

    heads = [one.text for one in matrix_of(view).model_.columns]

    assert heads == ["Provskolan", "<b>Testskolan</b>"]


def test_another_day_is_read_and_told(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, view = opened(qtbot, look, papers)
    day = named(view, TextInput, "day looked at")
    assert isinstance(day, TextInput)

    day.setFocus()
    day.selectAll()
    QTest.keyClicks(day, "2026-03-01")
    QTest.keyClick(day, Qt.Key.Key_Return)

    assert papers.read_days == [None, date(2026, 3, 1)]
    assert model.on == date(2026, 3, 1)
    assert matrix_of(view).model_.face(0, 4).word == matrix_of(view).model_.face(0, 0).word


@pytest.mark.parametrize("text", ["", "2026-13-01", "i går", "20261", "<b>2026-01-01</b>"])
def test_what_is_no_day_is_told_to_be_none(qtbot: QtBot, look: Look, text: str) -> None:
    papers = Papers()
    model, _ = opened(qtbot, look, papers)

    model.show_day(text)

    assert papers.read_days == [None]
    assert model.on is None


def test_keys_go_a_day_back_and_on(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, view = opened(qtbot, look, papers)
    commands = {key: one.run for one in view.commands for key in one.keys}

    commands["Ctrl+Left"]()
    commands["Ctrl+Left"]()
    commands["Ctrl+Right"]()

    assert model.on == date(2026, 11, 25)
    model.show_today()
    assert papers.read_days[-1] is None


def test_the_first_and_the_last_day_there_is_are_no_trap(qtbot: QtBot, look: Look) -> None:
    model, _ = opened(qtbot, look, Papers())

    model.show_day("9999-12-31")
    model.step_day(1)

    assert model.on == date(9999, 12, 31)


def test_arrows_move_enter_asks_why_and_f6_goes_back(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Papers())
    matrix = matrix_of(view)
    view.first_focus.setFocus()

    QTest.keyClick(matrix, Qt.Key.Key_Right)
    QTest.keyClick(matrix, Qt.Key.Key_Down)
    assert model.chosen == (SCHOOL, "schooling")
    QTest.keyClick(matrix, Qt.Key.Key_Return)

    side = view.findChild(QWidget, "inspector")
    assert isinstance(side, QWidget)
    assert side.hasFocus()
    assert "Skolgång och närvaro" in side.accessibleName()
    next(one.run for one in view.commands if one.keys == ("F6",))()
    assert matrix.hasFocus()


def test_moving_keeps_the_focus_in_the_matrix(qtbot: QtBot, look: Look) -> None:
    _, view = opened(qtbot, look, Papers())
    matrix = matrix_of(view)
    matrix.setFocus()

    for _ in range(3):
        QTest.keyClick(matrix, Qt.Key.Key_Down)

    assert matrix.hasFocus()
    assert matrix.currentIndex().row() == 3


def test_everything_is_taken_back_by_keyboard(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, view = opened(qtbot, look, papers)
    model.begin_withdrawal()
    QApplication.processEvents()
    assert not model.may_submit
    who = named(view, ComboBox, "who")
    assert who.hasFocus()

    choose(who, ELIAS)
    press(view, "submit")

    assert [(one.signer, one.on, one.organisations) for one in papers.withdrawn] == [
        (ELIAS, TODAY, None)
    ]
    assert model.news is News.WITHDRAWN
    assert STOPPED in said(view)
    assert "Elias" in aloud(view, 0, 0)


def test_a_part_is_taken_back_from_those_it_covers(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, view = opened(qtbot, look, papers)
    model.begin_withdrawal()
    assert isinstance(model.panel, WithdrawForm)
    model.panel.signer = SARA
    model.panel.everything = False
    model.panel_changed()
    assert not model.may_submit

    model.panel.organisations.add(POLICE)
    model.submit()

    assert PSYCHIATRY not in model.may_take_back[SARA]
    assert papers.withdrawn[0].organisations == frozenset({POLICE})
    assert model.news is News.WITHDRAWN_PART
    assert STOPPED not in said(view)


def test_sharing_goes_on_when_somebody_who_need_not_sign_takes_all_back(
    qtbot: QtBot, look: Look
) -> None:
    model, view = opened(qtbot, look, Papers(options={"signers": frozenset({SARA, JOHAN})}))
    model.begin_withdrawal()
    assert isinstance(model.panel, WithdrawForm)
    model.panel.signer = ELIAS

    model.submit()

    assert model.news is News.WITHDRAWN_PART
    assert STOPPED not in said(view)


def test_what_a_withdrawal_means_is_asked_only_while_something_is_taken_back(
    qtbot: QtBot, look: Look
) -> None:
    model, view = opened(qtbot, look, Papers())
    asked: list[bool] = []
    model.withdrawal_wanted.connect(lambda: asked.append(True))

    model.want_withdrawal()

    assert view.findChild(Button, "what it means") is None
    assert asked == []


def test_nor_is_it_where_somebody_took_back_who_need_not_sign(qtbot: QtBot, look: Look) -> None:
    taken = Withdrawn(signer=ELIAS, on=TODAY, organisations=None)
    options: dict[str, object] = {"signers": frozenset({SARA, JOHAN})}
    _, view = opened(qtbot, look, Papers(happened=[*story(), taken], options=options))

    assert view.findChild(Button, "what it means") is None


@pytest.mark.parametrize("organisations", [None, frozenset({POLICE})])
def test_while_something_is_taken_back_a_button_leads_to_what_it_means(
    qtbot: QtBot, look: Look, organisations: frozenset[UUID] | None
) -> None:
    taken = Withdrawn(signer=SARA, on=TODAY, organisations=organisations)
    model, view = opened(qtbot, look, Papers(happened=[*story(), taken]))

    with qtbot.waitSignal(model.withdrawal_wanted):
        press(view, "what it means")


def test_what_was_just_taken_back_has_one_button_that_leads_to_what_it_means(
    qtbot: QtBot, look: Look
) -> None:
    model, view = opened(qtbot, look, Papers())
    model.begin_withdrawal()
    assert isinstance(model.panel, WithdrawForm)
    model.panel.signer = SARA
    model.submit()

    assert len(view.findChildren(Button, "what it means")) == 1
    with qtbot.waitSignal(model.withdrawal_wanted):
        press(view, "what it means")


@pytest.mark.parametrize("day", ["2026-11-27", "9999-12-31", "x", ""])
def test_nothing_is_taken_back_on_a_day_to_come(qtbot: QtBot, look: Look, day: str) -> None:
    papers = Papers()
    model, _ = opened(qtbot, look, papers)
    model.begin_withdrawal()
    assert isinstance(model.panel, WithdrawForm)
    model.panel.signer = SARA
    model.panel.day = day

    model.submit()

    assert not model.may_submit
    assert papers.withdrawn == []


def test_whoever_has_nothing_in_force_has_nothing_to_take_back(qtbot: QtBot, look: Look) -> None:
    taken = Withdrawn(signer=ELIAS, on=TODAY, organisations=None)
    model, _ = opened(qtbot, look, Papers(happened=[*story(), taken]))

    assert set(model.may_take_back) == {SARA, JOHAN}


def test_a_withdrawal_that_cannot_be_stored_stays_filled_in(qtbot: QtBot, look: Look) -> None:
    papers = Papers(failure=DiskFullError())
    model, view = opened(qtbot, look, papers)
    model.begin_withdrawal()
    assert isinstance(model.panel, WithdrawForm)
    model.panel.signer = ELIAS

    model.submit()

    assert isinstance(model.panel, WithdrawForm)
    assert model.panel.signer == ELIAS
    assert model.trouble is not None
    assert model.trouble.kind in said(view)


def test_what_was_not_confirmed_is_told_elsewhere(qtbot: QtBot, look: Look) -> None:
    papers = Papers(failure=NotConfirmedError())
    model, _ = opened(qtbot, look, papers)
    model.ask_to_lift(LIMIT)

    with qtbot.waitSignal(model.failed):
        model.submit()


def test_an_opinion_is_asked_for_where_it_is_missing(qtbot: QtBot, look: Look) -> None:
    papers = Papers(
        options={"signers": frozenset({SARA, JOHAN}), "asked": frozenset({ELIAS}), "age": 12}
    )
    model, view = opened(qtbot, look, papers)
    assert "Elias har inte fått säga sin mening" in said(view)

    press(view, "opinion")
    assert isinstance(model.panel, OpinionForm)
    words = named(view, QTextEdit, "words")
    assert isinstance(words, QTextEdit)
    words.setPlainText("Ok så länge polisen inte är med.")
    assert not model.may_submit
    model.panel.view = View.AGREES
    model.panel_changed()
    press(view, "submit")

    assert papers.opinions[0].words == "Ok så länge polisen inte är med."
    assert papers.opinions[0].person == ELIAS
    assert view.findChild(Button, "opinion") is None


def test_a_no_that_nobody_weighed_is_told(qtbot: QtBot, look: Look) -> None:
    papers = Papers(
        options={"signers": frozenset({SARA, JOHAN}), "asked": frozenset({ELIAS}), "age": 12}
    )
    model, view = opened(qtbot, look, papers)
    model.begin_opinion()
    assert isinstance(model.panel, OpinionForm)
    model.panel.view = View.DISAGREES
    model.panel.words = "Jag vill inte."

    model.submit()

    assert papers.opinions[0].weighed == ""
    assert "ingen har skrivit hur det har vägts" in said(view)


def test_a_change_of_mind_takes_the_weighing_with_it(qtbot: QtBot, look: Look) -> None:
    papers = Papers(options={"signers": frozenset({SARA}), "asked": frozenset({ELIAS}), "age": 12})
    model, _ = opened(qtbot, look, papers)
    model.begin_opinion()
    assert isinstance(model.panel, OpinionForm)
    model.panel.words, model.panel.weighed = "Ja.", "Karin vägde det."
    model.panel.view = View.AGREES

    model.submit()

    assert papers.opinions[0].weighed == ""


def test_an_opinion_that_was_recorded_can_be_changed(qtbot: QtBot, look: Look) -> None:
    told = [
        Opinion(person=ELIAS, on=FIRST, view=View.AGREES, words="Ja."),
        Opinion(person=ELIAS, on=TODAY, view=View.DISAGREES, words="Nej.", weighed="Karin."),
    ]
    options: dict[str, object] = {"signers": frozenset({SARA}), "asked": frozenset({ELIAS})}
    papers = Papers(happened=[*story(), *reversed(told)], options=options)
    model, view = opened(qtbot, look, papers)

    press(view, f"opinion of {ELIAS}")
    assert isinstance(model.panel, OpinionForm)
    before = (model.panel.view, model.panel.words, model.panel.weighed)
    words = named(view, QTextEdit, "words")
    assert isinstance(words, QTextEdit)
    shown = words.toPlainText()
    words.setPlainText("Jo, ändå.")
    model.panel.view = View.AGREES
    model.panel_changed()
    press(view, "submit")

    assert before == (View.DISAGREES, "Nej.", "Karin.")
    assert shown == "Nej."
    assert [(one.view, one.words) for one in papers.opinions] == [(View.AGREES, "Jo, ändå.")]


def test_an_opinion_can_be_changed_before_any_consent(qtbot: QtBot, look: Look) -> None:
    options: dict[str, object] = {"signers": frozenset({SARA}), "asked": frozenset({ELIAS})}
    told = Opinion(person=ELIAS, on=FIRST, view=View.AGREES, words="Ja.")
    _, view = opened(qtbot, look, Papers(happened=[told], options=options))

    assert named(view, Button, f"opinion of {ELIAS}").isVisible()


def test_who_signs_has_no_opinion_to_record(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Papers())

    model.change_opinion(ELIAS)

    assert model.panel is None
    assert view.findChild(QWidget, "opinions") is None


def test_an_opinion_longer_than_what_can_be_stored_is_told_at_its_field(
    qtbot: QtBot, look: Look
) -> None:
    options: dict[str, object] = {"signers": frozenset({SARA}), "asked": frozenset({ELIAS})}
    model, view = opened(qtbot, look, Papers(options=options))
    model.begin_opinion()
    assert isinstance(model.panel, OpinionForm)
    model.panel.view = View.DISAGREES
    words, weighed = (named(view, QTextEdit, name) for name in ("words", "weighed"))
    assert isinstance(words, QTextEdit)
    assert isinstance(weighed, QTextEdit)
    too_long = length_text(look.language).replace("\xa0", " ")

    words.setPlainText("x" * (MOST_WORDS + 1))
    of_words = (model.may_submit, said(view).count(too_long))
    words.setPlainText("x" * MOST_WORDS)
    at_most = (model.may_submit, said(view).count(too_long))
    weighed.setPlainText("x" * (MOST_WORDS + 1))

    # Once at the field, once above the button.
    assert of_words == (False, 2)
    assert at_most == (True, 0)
    assert not model.may_submit


def test_cancelling_records_nothing_and_gives_the_matrix_back(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, view = opened(qtbot, look, papers)
    press(view, "take back")

    press(view, "cancel")

    assert model.panel is None
    assert papers.withdrawn == []
    assert matrix_of(view).hasFocus()


def test_what_happened_is_told_newest_first_and_one_paper_is_one_thing(
    qtbot: QtBot, look: Look
) -> None:
    refused = given(ELIAS, frozenset(), on=TODAY, until=TODAY, answer=Answer.REFUSED)
    _, view = opened(qtbot, look, Papers(happened=[*story(), refused]))

    words = said(view)

    assert words.index("26 november 2026") < words.index("3 september 2026\n")
    assert "Elias, Sara och Johan" in words


def test_a_long_past_is_shown_when_asked_for(qtbot: QtBot, look: Look) -> None:
    taken = [
        Excluded(
            id=UUID(int=600 + day),
            on=date(2026, 10, day),
            categories=frozenset({"leisure"}),
            words=f"Undantag {day}",
            asked_by=JOHAN,
        )
        for day in range(1, 12)
    ]
    _, view = opened(qtbot, look, Papers(happened=[*story(), *taken]))
    assert "Undantag 1”" not in said(view)

    press(view, "show everything")

    assert "Undantag 1”" in said(view)


def test_a_change_elsewhere_is_read_and_ones_own_is_not_twice(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, _ = opened(qtbot, look, papers)

    model.refresh(Changes(consents=True), source=None)
    model.refresh(Changes(consents=True), source=model)
    model.refresh(Changes(drafts=True), source=None)

    assert len(papers.read_days) == 2


def test_the_ways_out_are_signals(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Papers())

    with qtbot.waitSignal(model.form_wanted):
        press(view, "record")
    with qtbot.waitSignal(model.tab_chosen) as tab:
        model.go_to_tab(CaseTab.MEETINGS)
    with qtbot.waitSignal(model.left):
        press(view, "all cases")

    assert tab.args == [CaseTab.MEETINGS]


def test_consents_that_are_slow_are_told_to_be(qtbot: QtBot, look: Look) -> None:
    runner = HeldRunner()
    model = Papers().open(runner)
    view = ConsentsView(model, look)
    show(qtbot, view)
    assert not matrix_of(view).isVisible()

    model.lose_patience()
    assert model.state is ConsentsState.SLOW
    runner.work_off()

    assert matrix_of(view).isVisible()


def test_nobody_can_record_twice_while_it_is_being_stored(qtbot: QtBot, look: Look) -> None:
    papers = Papers(happened=list(story()))
    runner = HeldRunner()
    model = papers.open(runner)
    runner.work_off()
    view = ConsentsView(model, look)
    show(qtbot, view)
    model.ask_to_lift(LIMIT)

    model.submit()
    model.submit()
    runner.work_off()

    assert len(papers.terms) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("size", "scale"), [((1366, 768), 1.0), ((1366, 768), 1.5), ((960, 540), 1.0)]
)
@pytest.mark.parametrize("name", [name for name, _ in SCREENS])
def test_nobody_stumbles_over_the_consents(  # noqa: PLR0913, PLR0917  fixtures and parameters
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
