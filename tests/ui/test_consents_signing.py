"""Who signs, beside the matrix: what is refused, what is asked for, what is done without."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.consents_desk import (
    CASE,
    ELIAS,
    EXCEPTION,
    EXCLUSION,
    FAMILY,
    JOHAN,
    SARA,
    SECOND,
    TODAY,
    Papers,
    catalogue,
    excepted,
    given,
    half_signed,
    story,
)
from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.consent_events import (
    Barred,
    GroundUsed,
    Happening,
    Lifted,
    Requested,
    Way,
    Withdrawn,
)
from trygga_desktop.domain.errors import DiskFullError, InvalidInputError, NoAccessError
from trygga_desktop.domain.ground_use import GroundUse
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.ui.screens.consents.forms import OpinionForm, WithdrawForm
from trygga_desktop.ui.screens.consents.past_card import PastCard
from trygga_desktop.ui.screens.consents.reason_list import ReasonRow
from trygga_desktop.ui.screens.consents.signing_forms import (
    ApprovalForm,
    ExceptionForm,
    Flaw,
    RequestForm,
    SigningField,
)
from trygga_desktop.ui.screens.consents.view import ConsentsView
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel, News
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.matrix import MatrixView

WORDS = "Ligger på sjukhus och kan inte tillfrågas."
BY, OTHER = "Karin Ek, samordnare", "Maja Lund, enhetschef"


def opened(qtbot: QtBot, look: Look, papers: Papers) -> tuple[ConsentsViewModel, ConsentsView]:
    model = papers.open()
    view = ConsentsView(model, look)
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    view.activateWindow()
    QApplication.processEvents()
    return model, view


def said(view: QWidget, inside: str = "") -> str:
    QApplication.processEvents()
    box = view.findChild(QWidget, inside) if inside else view
    assert isinstance(box, QWidget)
    return "\n".join(one.text() for one in box.findChildren(QLabel) if one.isVisible())


def named(view: QWidget, kind: type[QWidget], name: str) -> Any:
    found = view.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def press(view: QWidget, name: str) -> None:
    named(view, Button, name).click()
    QApplication.processEvents()


def choose(view: QWidget, name: str, value: object) -> None:
    """Choose as the list of the box does."""
    box = named(view, ComboBox, name)
    box.choose(value)
    box.activated.emit(box.currentIndex())
    QApplication.processEvents()


def type_into(view: QWidget, name: str, text: str) -> None:
    field = named(view, QLineEdit, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def filled(qtbot: QtBot, look: Look, papers: Papers) -> tuple[ConsentsViewModel, ConsentsView]:
    """Return the screen with an exception for Johan filled in, up to the second person."""
    model, view = opened(qtbot, look, papers)
    press(view, "do without")
    choose(view, "signer", JOHAN)
    named(view, ReasonRow, "reason guardian_prevented").click()
    named(view, QTextEdit, "words").setPlainText(WORDS)
    type_into(view, "decided_by", BY)
    type_into(view, "until", "2027-01-31")
    return model, view


def approving(qtbot: QtBot, look: Look, papers: Papers) -> tuple[ConsentsViewModel, ConsentsView]:
    model, view = opened(qtbot, look, papers)
    press(view, f"approve {EXCEPTION}")
    return model, view


# What is refused.


def test_whoever_decided_it_cannot_approve_it_whatever_position_stands_behind_the_name(
    qtbot: QtBot, look: Look
) -> None:
    papers = Papers()
    model, view = filled(qtbot, look, papers)

    type_into(view, "approved_by", "karin  ek, enhetschef")
    model.submit()

    assert not model.may_submit
    assert papers.exceptions == []
    assert "Någon annan än den som beslutade måste godkänna." in said(view, "panel")


def test_whoever_decided_it_cannot_approve_it_afterwards_either(qtbot: QtBot, look: Look) -> None:
    papers = Papers(happened=half_signed())
    model, view = approving(qtbot, look, papers)

    type_into(view, "approved_by", "Karin Ek")
    model.submit()

    assert papers.exceptions == []
    assert "Någon annan än den som beslutade måste godkänna." in said(view, "panel")


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("decided_by", " ", "Skriv vem som har beslutat."),
        ("decided_by", "x" * 201, "Texten får ha högst 200 tecken."),
        ("until", "", "Skriv den sista dagen."),
        ("until", "2027-02-30", "Den dagen finns inte."),
        ("until", "snart", "Skriv dagen som 2026-11-26."),
        ("until", "2026-11-25", "Det är före den första dagen."),
        ("on", "2026-11-27", "Den dagen har inte kommit än."),
        ("on", "9999-12-31", "Den dagen har inte kommit än."),
        ("approved_by", "x" * 201, "Texten får ha högst 200 tecken."),
    ],
)
def test_what_is_wrong_with_an_exception_is_told_and_nothing_is_recorded(
    qtbot: QtBot, look: Look, field: str, text: str, told: str
) -> None:
    papers = Papers()
    model, view = filled(qtbot, look, papers)
    form = model.panel
    assert isinstance(form, ExceptionForm)
    assert form.missing == ()

    form.type(field, text)
    form.leave_field(field)
    model.submit()

    assert not model.may_submit
    assert papers.exceptions == []
    assert told in said(view, "panel").replace("\xa0", " ")
    assert not named(view, Button, "submit").isEnabled()


@pytest.mark.parametrize("words", ["", " \n", "x" * 2001])
def test_without_words_or_with_too_many_nothing_is_recorded(
    qtbot: QtBot, look: Look, words: str
) -> None:
    papers = Papers()
    model, view = filled(qtbot, look, papers)

    named(view, QTextEdit, "words").setPlainText(words)
    model.submit()

    assert papers.exceptions == []
    assert not model.may_submit


def test_whose_signature_and_why_have_to_be_chosen(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, view = opened(qtbot, look, papers)
    press(view, "do without")
    assert named(view, ComboBox, "signer").hasFocus()

    before = said(view, "panel")
    choose(view, "signer", SARA)
    after = said(view, "panel")
    model.submit()

    assert "Välj vems underskrift det gäller." in before
    assert "Välj skälet." in after
    assert papers.exceptions == []


@pytest.mark.parametrize(
    ("field", "flaw", "told"),
    [
        ("signer", "unknown", "Den här personen är inte vårdnadshavare i ärendet i dag."),
        ("code", "unknown", "Det skälet finns inte längre. Välj ett annat."),
        ("on", "future", "Den dagen har inte kommit än."),
        ("until", "order", "Det är före den första dagen."),
        ("approved_by", "taken", "Någon annan än den som beslutade måste godkänna."),
        ("decided_by", "of a kind to come", "Det här går inte att spara som det står."),
    ],
)
def test_a_refusal_stands_at_its_field_with_the_focus_and_nothing_typed_is_lost(
    qtbot: QtBot, look: Look, field: str, flaw: str, told: str
) -> None:
    papers = Papers(failure=InvalidInputError(field=field, flaw=flaw))
    model, view = filled(qtbot, look, papers)
    named(view, Button, "submit").setFocus()

    press(view, "submit")

    assert told in said(view, "panel")
    at = "reason guardian_prevented" if field == "code" else field
    assert named(view, QWidget, at).hasFocus()
    assert named(view, QTextEdit, "words").toPlainText() == WORDS
    assert named(view, QLineEdit, "decided_by").text() == BY
    assert not model.may_submit
    papers.failure = None
    if field == "signer":
        choose(view, field, SARA)
    elif field == "code":
        named(view, ReasonRow, "reason single_custody").click()
    else:
        type_into(view, field, {"on": "2026-11-26", "until": "2027-01-30"}.get(field, OTHER))
    press(view, "submit")
    assert len(papers.exceptions) == 1


@pytest.mark.parametrize("error", [DiskFullError(), NoAccessError()])
def test_what_cannot_be_stored_stays_filled_in_and_is_told_above(
    qtbot: QtBot, look: Look, error: Exception
) -> None:
    model, view = filled(qtbot, look, Papers(failure=error))

    press(view, "submit")

    assert isinstance(model.panel, ExceptionForm)
    assert model.trouble is not None
    assert model.trouble.kind in said(view)
    assert named(view, QTextEdit, "words").toPlainText() == WORDS
    assert model.may_submit


def test_behind_a_broken_chain_nothing_about_signing_can_be_recorded(
    qtbot: QtBot, look: Look
) -> None:
    papers = Papers(happened=half_signed(), options={"chain": ChainStanding.BROKEN})
    model, view = opened(qtbot, look, papers)

    model.begin_request()
    model.begin_exception()
    model.begin_approval(EXCEPTION)
    model.ask_to_lift(EXCEPTION)

    assert model.panel is None
    ways = ("note asked", "do without", f"approve {EXCEPTION}", f"lift {EXCEPTION}")
    assert not any(named(view, Button, one).isEnabled() for one in ways)


@pytest.mark.parametrize(
    "happened",
    [
        excepted(approved_by=OTHER),
        excepted(until=date(2026, 11, 25)),
        excepted(id=UUID(int=9)),
    ],
)
def test_only_what_waits_can_be_approved(qtbot: QtBot, look: Look, happened: Happening) -> None:
    model, view = opened(qtbot, look, Papers(happened=[*half_signed()[:2], happened]))

    model.begin_approval(EXCEPTION)

    assert model.panel is None
    assert view.findChild(Button, f"approve {EXCEPTION}") is None


@pytest.mark.parametrize(
    ("day", "flaw"),
    [
        ("2026-11-27", Flaw.FUTURE),
        ("2026-11-19", Flaw.ORDER),
        ("", Flaw.MISSING),
        ("i dag", Flaw.UNREADABLE),
    ],
)
def test_an_approval_is_of_a_day_after_the_decision_and_not_to_come(
    qtbot: QtBot, look: Look, day: str, flaw: Flaw
) -> None:
    papers = Papers(happened=half_signed())
    model, view = approving(qtbot, look, papers)
    type_into(view, "approved_by", OTHER)
    assert model.may_submit
    assert isinstance(model.panel, ApprovalForm)

    model.panel.type("on", day)
    model.submit()

    assert model.panel.flaw(SigningField.ON) == flaw
    assert papers.exceptions == []


def test_an_exception_that_has_ended_by_then_cannot_be_approved() -> None:
    form = ApprovalForm(excepted(until=date(2026, 11, 22)), TODAY)
    form.type("approved_by", OTHER)
    assert form.flaw(SigningField.ON) is Flaw.OVER
    form.type("on", "2026-11-22")
    assert form.missing == ()


def test_nobody_was_asked_on_a_day_to_come_and_somebody_must_have_been(
    qtbot: QtBot, look: Look
) -> None:
    papers = Papers(happened=[])
    model, view = opened(qtbot, look, papers)
    press(view, "note asked")
    for one in (ELIAS, SARA, JOHAN):
        named(view, CheckBox, f"asked {one}").setChecked(False)
    assert "Välj vilka som tillfrågades." in said(view, "panel")
    model.submit()
    named(view, CheckBox, f"asked {SARA}").setChecked(True)
    type_into(view, "on", "2026-11-27")

    model.submit()

    assert papers.requested == []
    assert "Den dagen har inte kommit än." in said(view, "panel")


def test_no_guardian_is_done_without_once_the_young_person_signs_alone(
    qtbot: QtBot, look: Look
) -> None:
    options: dict[str, object] = {"signers": frozenset({ELIAS}), "age": 18}
    papers = Papers(happened=[*story(), excepted()], options=options)
    model, view = opened(qtbot, look, papers)

    model.begin_exception()

    assert model.panel is None
    assert view.findChild(Button, "do without") is None
    assert "Johan" not in said(view, "signing")


# What is recorded.


def test_who_was_asked_is_recorded_by_keyboard(qtbot: QtBot, look: Look) -> None:
    papers = Papers(happened=[])
    model, view = opened(qtbot, look, papers)
    named(view, Button, "note asked").setFocus()
    QTest.keyClick(named(view, Button, "note asked"), Qt.Key.Key_Return)
    QApplication.processEvents()
    first = named(view, CheckBox, f"asked {ELIAS}")
    assert first.hasFocus()

    QTest.keyClick(first, Qt.Key.Key_Space)
    press(view, "submit")

    (asked,) = papers.requested
    assert (asked.case_id, asked.on, asked.signers) == (CASE, TODAY, frozenset({SARA, JOHAN}))
    assert model.news is News.REQUESTED
    assert said(view, "signing").count("Tillfrågad den 26 november 2026") == 2


def test_those_are_ticked_whose_answer_is_missing_and_who_were_not_asked(
    qtbot: QtBot, look: Look
) -> None:
    model, _ = opened(qtbot, look, Papers(happened=half_signed()[:2]))
    model.begin_request()
    assert isinstance(model.panel, RequestForm)
    assert model.panel.ticked == {JOHAN}


def test_nobody_is_ticked_of_whom_it_waits_for_approval_whether_they_may_be_asked(
    qtbot: QtBot, look: Look
) -> None:
    waiting = excepted(code="protected_address")
    model, view = opened(qtbot, look, Papers(happened=[*half_signed()[:1], waiting]))

    press(view, "note asked")

    assert isinstance(model.panel, RequestForm)
    assert model.panel.ticked == {SARA}


def test_an_exception_waits_until_a_second_person_has_approved_it(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, view = filled(qtbot, look, papers)

    press(view, "submit")

    (made,) = papers.exceptions
    assert (made.signer, made.code, made.words) == (JOHAN, "guardian_prevented", WORDS)
    assert (made.on, made.until, made.decided_by) == (TODAY, date(2027, 1, 31), BY)
    assert (made.approved_by, made.id) == ("", None)
    assert model.news is News.EXCEPTION_WAITS
    assert named(view, MatrixView, "matrix").hasFocus()


def test_a_second_person_approves_the_same_exception_from_that_day(
    qtbot: QtBot, look: Look
) -> None:
    papers = Papers(happened=half_signed())
    model, view = approving(qtbot, look, papers)
    assert named(view, QLineEdit, "approved_by").hasFocus()
    shown = said(view, "panel")
    assert WORDS in shown
    assert "Karin Ek, samordnare" in shown

    type_into(view, "approved_by", OTHER)
    press(view, "submit")

    (again,) = papers.exceptions
    told = excepted()
    assert (again.id, again.signer, again.code) == (EXCEPTION, told.signer, told.code)
    assert (again.words, again.decided_by, again.until) == (WORDS, told.decided_by, told.until)
    assert (again.on, again.approved_by) == (TODAY, OTHER)
    assert model.news is News.EXCEPTED
    assert "Behöver inte skriva under" in said(view, "signing")


def test_a_reason_that_opens_no_sharing_says_so_before_and_after(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, view = filled(qtbot, look, papers)
    opens_nothing = "Det öppnar ingen delning"
    assert opens_nothing not in said(view, "panel")

    named(view, ReasonRow, "reason board_decision").click()
    assert opens_nothing in said(view, "panel")
    assert "Ska bekräftas av jurist." in said(view, "panel")
    type_into(view, "approved_by", OTHER)
    press(view, "submit")

    assert model.news is News.EXCEPTION_APART
    assert opens_nothing in said(view)
    assert "Måste ändå skriva under" in said(view, "signing")


def test_an_exception_can_be_approved_although_it_changes_nothing_now(
    qtbot: QtBot, look: Look
) -> None:
    apart = excepted(id=UUID(int=9), signer=SARA, code="board_decision")
    _, view = opened(qtbot, look, Papers(happened=[*story(), excepted(), apart]))

    lines = said(view, "signing")

    assert "Har svarat" in lines
    assert "Måste ändå skriva under" in lines
    assert lines.count("Inte godkänt än.") == 2
    for one in (EXCEPTION, apart.id):
        assert named(view, Button, f"approve {one}").isEnabled()


def test_an_exception_is_lifted_after_being_asked(qtbot: QtBot, look: Look) -> None:
    papers = Papers(happened=half_signed())
    model, view = opened(qtbot, look, papers)

    press(view, f"lift {EXCEPTION}")
    assert WORDS in said(view, "panel")
    assert papers.terms == []
    press(view, "submit")

    assert papers.terms[0].lifted == (EXCEPTION,)
    assert model.news is News.LIFTED


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        ([excepted()], "Det gäller inte än: Johan måste skriva under som förut."),
        (
            [excepted(code="board_decision", approved_by=OTHER)],
            "Underskriften har behövts hela tiden: Johan måste skriva under som förut.",
        ),
        ([*story(), excepted(approved_by=OTHER)], "Johan har svarat, så inget ändras."),
        ([excepted(approved_by=OTHER)], "Då måste Johan skriva under igen."),
    ],
)
def test_before_an_exception_is_lifted_it_is_told_what_follows_for_who_must_sign(
    qtbot: QtBot, look: Look, happened: list[Happening], told: str
) -> None:
    _, view = opened(qtbot, look, Papers(happened=happened))

    press(view, f"lift {EXCEPTION}")

    lines = said(view, "panel")
    assert told in lines
    assert ("igen" in lines) is ("igen" in told)


def escape(view: QWidget, name: str) -> None:
    field = named(view, QWidget, name)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    QApplication.processEvents()


def test_escape_throws_nothing_away_that_is_filled_in_before_it_has_asked(
    qtbot: QtBot, look: Look
) -> None:
    model, view = filled(qtbot, look, Papers())
    for name in ("signer", "words", "until"):
        escape(view, name)
        assert isinstance(model.panel, ExceptionForm)
        assert "Kasta det du har fyllt i?" in said(view, "panel")
        assert named(view, Button, "keep").hasFocus()
        assert not named(view, Button, "submit").isVisible()
        press(view, "keep")
        assert "Kasta det du har fyllt i?" not in said(view, "panel")
        assert named(view, Button, "submit").isVisible()
        assert named(view, QWidget, name).hasFocus()
    assert named(view, QTextEdit, "words").toPlainText() == WORDS
    assert named(view, QLineEdit, "decided_by").text() == BY


def test_escape_twice_throws_nothing_away_either(qtbot: QtBot, look: Look) -> None:
    model, view = filled(qtbot, look, Papers())

    escape(view, "words")
    escape(view, "keep")

    assert isinstance(model.panel, ExceptionForm)
    assert not model.asks_to_discard


def test_what_is_filled_in_is_thrown_away_when_it_is_said_so(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, view = filled(qtbot, look, papers)

    escape(view, "until")
    press(view, "discard")

    assert model.panel is None
    assert named(view, MatrixView, "matrix").hasFocus()
    assert papers.exceptions == []
    press(view, "do without")
    assert named(view, QTextEdit, "words").toPlainText() == ""
    assert not model.asks_to_discard


def test_escape_puts_an_untouched_panel_away_from_any_of_its_fields(
    qtbot: QtBot, look: Look
) -> None:
    model, view = opened(qtbot, look, Papers())
    for name in ("signer", "words", "until"):
        press(view, "do without")
        escape(view, name)
        assert model.panel is None
        assert named(view, MatrixView, "matrix").hasFocus()


def test_a_withdrawal_an_opinion_and_whoever_was_asked_are_not_thrown_away_unasked() -> None:
    model = Papers().open()
    model.begin_withdrawal()
    withdrawal = model.panel
    assert isinstance(withdrawal, WithdrawForm)
    withdrawal.everything = False
    model.leave_panel()
    assert (model.panel, model.asks_to_discard) == (withdrawal, True)

    model.begin_request()
    request = model.panel
    assert isinstance(request, RequestForm)
    assert not model.asks_to_discard
    request.tick(JOHAN, asked=JOHAN not in request.ticked)
    model.leave_panel()
    assert (model.panel, model.asks_to_discard) == (request, True)


def test_an_opinion_that_was_written_is_not_thrown_away_unasked() -> None:
    model = Papers(options={"asked": frozenset({ELIAS})}).open()
    model.change_opinion(ELIAS)
    opinion = model.panel
    assert isinstance(opinion, OpinionForm)
    opinion.words = WORDS
    model.leave_panel()
    assert (model.panel, model.asks_to_discard) == (opinion, True)


def test_what_was_filled_in_and_emptied_again_is_put_away_at_once() -> None:
    model = Papers().open()
    model.begin_exception()
    form = model.panel
    assert isinstance(form, ExceptionForm)
    form.type(SigningField.WORDS, WORDS)
    assert model.is_filled
    form.type(SigningField.WORDS, "")
    model.leave_panel()
    assert model.panel is None


def test_what_is_filled_in_stays_when_the_case_is_read_again(qtbot: QtBot, look: Look) -> None:
    model, view = filled(qtbot, look, Papers())
    named(view, QTextEdit, "words").setFocus()

    model.load()
    QApplication.processEvents()

    assert named(view, QTextEdit, "words").toPlainText() == WORDS
    assert named(view, ComboBox, "signer").currentData() == JOHAN
    assert named(view, QLineEdit, "until").text() == "2027-01-31"
    panel = named(view, QWidget, "panel")
    focus = QApplication.focusWidget()
    assert focus is not None
    assert panel.isAncestorOf(focus)


# What is told.


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        ([], "Ej frågat"),
        (
            [Requested(on=SECOND, signers=frozenset({SARA}))],
            "Tillfrågad den 3 september 2026",
        ),
        ([given(SARA, frozenset())], "Underskrivet till 28 februari 2027"),
        (
            [replace(given(SARA, frozenset()), way=Way.ORAL)],
            "Sa ja, ska skriva under senast den 28 februari 2027",
        ),
        ([given(SARA, frozenset(), answer=Answer.REFUSED)], "Sa nej den 3 september 2026"),
        (
            [
                given(SARA, frozenset()),
                Withdrawn(signer=SARA, on=TODAY, organisations=None),
            ],
            "Tog tillbaka den 26 november 2026",
        ),
        (
            [
                given(SARA, frozenset(), until=date(2026, 10, 1)),
                Requested(on=TODAY, signers=frozenset({SARA})),
            ],
            "Gick ut efter den 1 oktober 2026\nTillfrågad igen den 26 november 2026.",
        ),
        (
            [replace(given(SARA, frozenset()), programme="sig")],
            "Underskrivet för ett annat program",
        ),
        (
            [replace(given(SARA, frozenset()), valid_from=date(2026, 12, 1))],
            "Underskrivet, gäller från 1 december 2026",
        ),
    ],
)
def test_of_each_signer_it_is_told_what_is_there_or_missing(
    qtbot: QtBot, look: Look, happened: list[Happening], told: str
) -> None:
    _, view = opened(qtbot, look, Papers(happened=happened))

    lines = said(view, "signing")

    assert f"Sara\nVårdnadshavare\n{told}" in lines
    assert "Elias\nDen unge\nEj frågat" in lines


@pytest.mark.parametrize(
    ("happened", "told"),
    [
        ([], "Ingen har skrivit under"),
        (half_signed(), "Delvis underskrivet, 1 av 3"),
        (list(story()), "Alla har skrivit under"),
        (
            [*story(), replace(given(SARA, frozenset()), way=Way.ORAL)],
            "Alla har sagt ja",
        ),
    ],
)
def test_how_many_have_signed_stands_above_them(
    qtbot: QtBot, look: Look, happened: list[Happening], told: str
) -> None:
    _, view = opened(qtbot, look, Papers(happened=happened))
    assert told in said(view, "signing")


def test_that_some_have_not_signed_stands_over_the_matrix_too(qtbot: QtBot, look: Look) -> None:
    _, half = opened(qtbot, look, Papers(happened=half_signed()))
    _, whole = opened(qtbot, look, Papers())
    assert said(half).count("Delvis underskrivet, 1 av 3") == 2
    assert "Delvis underskrivet" not in said(whole)


def test_the_past_stands_under_the_matrix_or_after_the_side_where_that_is_under_it(
    qtbot: QtBot, look: Look
) -> None:
    _, view = opened(qtbot, look, Papers())
    past = view.findChild(PastCard)
    matrix = named(view, MatrixView, "matrix")
    signing = named(view, QWidget, "signing")
    assert isinstance(past, PastCard)

    def place(widget: QWidget) -> tuple[int, int]:
        QApplication.processEvents()
        at = widget.mapTo(view, widget.rect().topLeft())
        return at.x(), at.y()

    wide = (place(signing)[0] > place(past)[0], place(past)[1] > place(matrix)[1])
    view.resize(700, 700)
    QApplication.processEvents()
    narrow = place(past)[1] > place(signing)[1] > place(matrix)[1]
    view.resize(1200, 700)
    QApplication.processEvents()

    assert wide == (True, True)
    assert narrow
    assert place(signing)[0] > place(past)[0]


def test_an_exception_that_has_ended_is_told_where_the_signature_is_missing(
    qtbot: QtBot, look: Look
) -> None:
    ended = excepted(until=date(2026, 11, 25), approved_by=OTHER)
    _, view = opened(qtbot, look, Papers(happened=[ended]))

    lines = said(view, "signing")

    assert "Behövde inte skriva under till och med den 25 november 2026." in lines
    assert view.findChild(Button, f"lift {EXCEPTION}") is None


@pytest.mark.parametrize(("code", "mark"), [("harm_test", True), ("youth_crime_prevention", False)])
def test_the_past_marks_a_ground_whose_text_nobody_has_confirmed(
    qtbot: QtBot, look: Look, code: str, *, mark: bool
) -> None:
    ground = catalogue().legal_ground(code)
    use = GroundUse(
        id=UUID(int=8),
        ground=code,
        giver=UUID(int=1),
        category="health",
        items=frozenset(),
        recipients=frozenset(),
        answers=(),
        decided_by=BY,
        motive="Motiv",
        until=TODAY,
    )
    lifted = Lifted(what=use.id, on=TODAY)
    _, view = opened(qtbot, look, Papers(happened=[GroundUsed(on=TODAY, use=use), lifted]))

    lines = said(view)

    name = ground.title.in_language("sv")
    assert lines.count(f"{name} · Ska bekräftas av jurist") == (2 if mark else 0)
    assert lines.count(name) == 2


def test_the_past_tells_requests_exceptions_approvals_and_liftings(
    qtbot: QtBot, look: Look
) -> None:
    approved = excepted(on=TODAY, approved_by=OTHER)
    use = GroundUse(
        id=UUID(int=8),
        ground="OSL-10-2",
        giver=UUID(int=1),
        category="health",
        items=frozenset(),
        recipients=frozenset(),
        answers=(),
        decided_by=BY,
        motive="Motiv",
        until=TODAY,
    )
    happened: list[Happening] = [
        *half_signed()[1:],
        approved,
        Lifted(what=EXCEPTION, on=TODAY),
        GroundUsed(on=TODAY, use=use),
        Lifted(what=use.id, on=TODAY),
    ]
    _, view = opened(qtbot, look, Papers(happened=happened))

    lines = said(view)

    told = [
        "Ett beslut på en annan rättslig grund gäller inte längre",
        "Ett beslut på en annan rättslig grund\n",
        "Undantaget från underskrift för Johan gäller inte längre",
        "Undantaget från underskrift för Johan godkändes\nGodkänt av Maja Lund, enhetschef.",
        "Undantag från underskrift för Johan\nEn vårdnadshavare är förhindrad.",
        "Sara tillfrågades om underskrift",
    ]
    places = [lines.index(one) for one in told]
    assert places == sorted(places)
    assert "Inte godkänt än." in lines
    assert "Jämfört med papperen" not in lines


def test_a_bar_that_was_lifted_is_no_exclusion(qtbot: QtBot, look: Look) -> None:
    bar = Bar(
        id=EXCLUSION,
        reason=Reason.GUARDIAN_BARRED,
        against=JOHAN,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
    )
    happened: list[Happening] = [
        Barred(on=SECOND, bar=bar, words="Skydd."),
        Lifted(what=EXCLUSION, on=TODAY),
    ]
    _, view = opened(qtbot, look, Papers(happened=happened))
    assert "Något hålls inte längre tillbaka" in said(view)


def test_why_somebody_cannot_be_asked_stands_in_no_list(qtbot: QtBot, look: Look) -> None:
    where = "Bor på Hemliga gatan 4."
    alias = replace(FAMILY[2], name="VÄST-2", is_protected=True)
    papers = Papers(
        happened=[*story(), excepted(code="protected_address", words=where)],
        options={"people": (*FAMILY[:2], alias)},
    )
    model, view = opened(qtbot, look, papers)

    assert "VÄST-2" in said(view, "signing")
    assert "Hemliga" not in said(view)
    model.cancel()
    model.submit()
    assert papers.exceptions == []


@pytest.mark.parametrize("text", ['<img src="/etc/passwd">', "a <b c", "\u202eton", "no\0te"])
def test_names_typed_into_an_exception_stand_there_as_they_were_typed(
    qtbot: QtBot, look: Look, text: str
) -> None:
    told = excepted(decided_by=text, words=text)
    papers = Papers(happened=[*half_signed()[:2], told])
    _, view = opened(qtbot, look, papers)
    visible = text.replace("\u202e", "[U+202E]").replace("\0", "[U+0000]")
    assert visible in said(view, "signing")

    press(view, f"approve {EXCEPTION}")

    assert said(view, "panel").count(visible) == 2
