"""The end of a case is written goal by goal, and the agreement version by version."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QComboBox, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.case_desk import make_case_model
from tests.ui.desks import settle
from tests.ui.ending_desk import (
    DECLINED,
    SECOND_GOAL,
    TODAY,
    Archive,
    ended,
    ended_twice,
    make_agreement,
    make_closing,
    version,
)
from tests.ui.overviews import LEISURE, catalogue, make_overview
from tests.ui.plain import NOW
from tests.ui.plan_desk import GOAL, LATE, LOOSE
from trygga_desktop.domain.agreement import AgreementState, PaperAnswer, Side
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.closing import CommitmentEnding, Ending, GoalOutcome
from trygga_desktop.domain.errors import (
    ConflictError,
    InvalidInputError,
    NoAccessError,
    NotConfirmedError,
)
from trygga_desktop.domain.reminders import Reminder, ReminderKind
from trygga_desktop.services.agreements import AnswerAgreement, KeepAgreement, ShownAnswer
from trygga_desktop.services.changes import Done
from trygga_desktop.services.closing import KeepClosing
from trygga_desktop.services.later_looks import NoteLaterLook, ShownLook
from trygga_desktop.services.overview import ChangePhase
from trygga_desktop.ui.screens.agreement.form import AgreementField, AnswerField, line_field
from trygga_desktop.ui.screens.agreement.view import AgreementScreen
from trygga_desktop.ui.screens.agreement.view_model import PageState
from trygga_desktop.ui.screens.case.phase import Missing, PhaseForm
from trygga_desktop.ui.screens.case.view import CaseView
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.screens.closing.form import (
    LOOK,
    ending_code,
    ending_field,
    evidence_field,
    words_field,
)
from trygga_desktop.ui.screens.closing.view import ClosingScreen
from trygga_desktop.ui.screens.closing.view_model import ClosingState
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel

CASE = UUID(int=11)


FOR_PROGRAMME = ShownAnswer(
    side=Side.PROGRAMME, answer=PaperAnswer.SIGNED, on=TODAY, name="Karin Ek", words=""
)


def words(widget: QWidget) -> str:
    """Return everything that labels say."""
    return " · ".join(one.text() for one in widget.findChildren(PlainLabel))


def test_a_case_that_cannot_be_read_says_so_and_leads_back(qtbot: QtBot, look: Look) -> None:
    archive = Archive()
    archive.failure = NoAccessError()
    closing, agreement = archive.open_closing(), archive.open_agreement()
    assert (closing.state, agreement.state) == (ClosingState.FAILED, PageState.FAILED)
    for view in (ClosingScreen(closing, look), AgreementScreen(agreement, look)):
        qtbot.addWidget(view)
        assert "rätt att öppna" in words(view)
        assert view.first_focus.objectName() == "the case"


def test_words_beside_no_answer_keep_it_from_being_stored() -> None:
    archive = Archive()
    model = archive.open_closing()
    form = model.form
    assert form is not None
    form.type(evidence_field(SECOND_GOAL), "Sover bättre")
    form.type(ending_field(LATE), "Ringde")
    assert form.missing == (evidence_field(SECOND_GOAL), ending_field(LATE))
    model.keep()
    assert archive.commands == []
    form.choose_outcome(SECOND_GOAL, GoalOutcome.REACHED)
    form.choose_ending(LATE, ending_code(Ending.DONE))
    model.keep()
    assert len(archive.commands) == 1


def test_everything_that_was_chosen_and_written_is_stored_together() -> None:
    archive = Archive()
    model = archive.open_closing()
    form = model.form
    assert form is not None
    assert form.unanswered == 3
    form.choose_outcome(SECOND_GOAL, GoalOutcome.NO_LONGER_RELEVANT)
    form.choose_ending(LATE, ending_code(Ending.NOT_DONE, "forgotten"))
    form.choose_ending(LOOSE, ending_code(Ending.HANDED_OVER, LEISURE))
    form.type(ending_field(LOOSE), " Dalia tar över. ")
    form.type(words_field("health"), "Jag sover")
    assert form.unanswered == 0

    model.keep()

    (command,) = archive.commands
    assert isinstance(command, KeepClosing)
    assert (command.case_id, command.plan_number) == (CASE, 4)
    assert [(one.goal_id, one.outcome, one.evidence) for one in command.goals] == [
        (GOAL, GoalOutcome.PARTLY, "Leder en grupp ihop."),
        (SECOND_GOAL, GoalOutcome.NO_LONGER_RELEVANT, ""),
    ]
    assert {one.area: one.words for one in command.own_words} == {
        "leisure": "Det roligaste jag har gjort.",
        "health": "Jag sover",
    }
    assert command.endings == (
        CommitmentEnding(commitment_id=LATE, ending=Ending.NOT_DONE, reason="forgotten"),
        CommitmentEnding(
            commitment_id=LOOSE,
            ending=Ending.HANDED_OVER,
            words="Dalia tar över.",
            handed_to=LEISURE,
        ),
    )
    assert model.is_kept


def test_a_refusal_is_told_and_what_was_written_stays() -> None:
    archive = Archive()
    model = archive.open_closing()
    form = model.form
    assert form is not None
    long = evidence_field(GOAL)
    form.type(long, "x" * 300)
    archive.refusal = InvalidInputError(field="words", flaw="length")
    model.keep()
    assert form.refused == {long: "length"}
    archive.refusal = ConflictError()
    model.keep()
    assert model.trouble is not None
    assert (form.text_in(long), form.is_working) == ("x" * 300, False)


def test_a_store_that_is_not_confirmed_is_told_to_the_window() -> None:
    for archive in (Archive(), Archive(ended())):
        told: list[object] = []
        model = archive.open_closing()
        model.failed.connect(told.append)
        if model.look is not None:
            model.look.type(LOOK, "Bra")
        archive.refusal = NotConfirmedError()
        model.keep()
        assert len(told) == 1
        assert not model.is_sending


def test_a_draft_of_the_end_comes_back_and_is_used_up_with_the_store() -> None:
    archive = Archive()
    first = archive.open_closing()
    assert first.form is not None
    first.form.type(evidence_field(GOAL), "Halvt")
    first.form.choose_ending(LATE, ending_code(Ending.DONE))
    first.leave()

    second = archive.open_closing()

    assert second.form is not None
    assert second.form.text_in(evidence_field(GOAL)) == "Halvt"
    assert second.form.endings == {LATE: "done"}
    second.keep()
    assert archive.drafts.texts == []


def test_thrown_away_words_lie_in_the_bin_and_one_is_led_back() -> None:
    archive = Archive()
    model = archive.open_closing()
    left: list[bool] = []
    model.left.connect(lambda: left.append(True))
    assert model.form is not None
    model.form.type(evidence_field(GOAL), "Fel")
    model.leave()
    model.throw_away()
    assert archive.drafts.texts == []
    assert left == [True]


def test_the_page_shows_each_area_with_its_figure_and_who_goes_on(qtbot: QtBot, look: Look) -> None:
    view = ClosingScreen(Archive().open_closing(), look)
    qtbot.addWidget(view)
    view.show()
    settle()
    said = words(view)
    for text in (
        "Egen siffra 8 av 10, 17 september 2026",
        "Ingen egen siffra här.",
        "Överlämnat till Ungdomsmottagningen",
        "Tid bokad i januari.",
        "3 mål och åtaganden saknar svar.",
        "Långtidsuppföljning är inte tillåten.",
    ):
        assert text in said
    choice = next(
        one for one in view.findChildren(QComboBox) if one.objectName().startswith("became")
    )
    assert choice.count() > 5


def test_after_a_withdrawal_the_page_says_why_nobody_may_ask(qtbot: QtBot, look: Look) -> None:
    archive = Archive(make_closing(unseen=2, is_complete=False))
    view = ClosingScreen(archive.open_closing(), look)
    qtbot.addWidget(view)
    assert "2 öppna åtaganden får du inte läsa" in words(view)
    assert "inte så som det lämnades" in words(view)


def test_on_a_day_after_the_end_what_was_found_is_noted() -> None:
    archive = Archive(ended())
    model = archive.open_closing()
    form = model.look
    assert form is not None
    assert model.form is None
    model.keep()
    assert archive.commands == []
    form.type(LOOK, "Går i skolan.")
    form.rate("school", 8)
    form.rate("health", 3)
    form.rate("health", None)
    model.keep()
    (command,) = archive.commands
    assert command == NoteLaterLook(
        case_id=CASE, due_on=form.due_on, words="Går i skolan.", values={"school": 8}
    )


def test_before_its_day_and_without_consent_nothing_is_noted() -> None:
    view = ended()
    coming = tuple(replace(one, due_on=date(2027, 1, 1)) for one in view.looks)
    bars = make_closing().bars
    for one in (replace(view, looks=coming), replace(view, bars=bars)):
        model = Archive(one).open_closing()
        assert (model.form, model.look) == (None, None)


def test_a_draft_of_what_was_found_comes_back_with_its_figures() -> None:
    archive = Archive(ended())
    first = archive.open_closing()
    assert first.look is not None
    first.look.type(LOOK, "Bra")
    first.look.rate("school", 7)
    first.leave()
    second = archive.open_closing()
    assert second.look is not None
    assert (second.look.text_in(LOOK), second.look.figures) == ("Bra", {"school": 7})


def phase_form(changed: list[ChangePhase], **overview: Any) -> PhaseForm:
    """Return the form in which a case goes on, open."""

    def change(command: ChangePhase) -> Done[None]:
        changed.append(command)
        return Done(None)

    form = PhaseForm(
        CASE,
        change_phase=change,
        drafts=Archive().drafts.uses,
        runner=InlineRunner(),
        now=lambda: NOW,
    )
    form.offer(make_overview(**overview))
    form.open()
    return form


def test_a_case_is_closed_with_open_ends_only_where_one_says_why() -> None:
    changed: list[ChangePhase] = []
    form = phase_form(changed, unanswered=2)
    form.choose(Phase.CLOSED)
    form.choose_reason("goals_reached")
    assert form.missing is Missing.LEFT_OPEN
    form.go_on()
    assert changed == []
    form.type_left_open(" Flyttat. ")
    form.go_on()
    assert [(one.phase, one.left_open) for one in changed] == [(Phase.CLOSED, "Flyttat.")]


def test_where_everything_has_its_answer_nobody_is_asked_why() -> None:
    changed: list[ChangePhase] = []
    form = phase_form(changed)
    form.choose(Phase.CLOSED)
    form.choose_reason("goals_reached")
    assert form.missing is None


def test_long_term_follow_up_offers_only_reasons_that_let_it_be() -> None:
    form = phase_form([], ways=((Phase.LONG_TERM_FOLLOW_UP, True), (Phase.CLOSED, True)))
    form.choose(Phase.LONG_TERM_FOLLOW_UP)
    offered = {one.code for one in form.offered_reasons}
    assert "goals_reached" in offered
    assert "consent_withdrawn" not in offered
    form.choose(Phase.CLOSED)
    assert "consent_withdrawn" in {one.code for one in form.offered_reasons}


def test_the_first_version_begins_with_the_lines_of_the_programme() -> None:
    archive = Archive()
    model = archive.open_agreement()
    form = model.form
    assert form is not None
    assert model.is_writing
    assert "inga brott" in form.text_in(line_field(Side.PERSON, 0))
    assert form.text_in(AgreementField.VALID_TO) == "2027-05-26"
    form.type(line_field(Side.PERSON, 1), "")
    form.type(line_field(Side.PROGRAMME, 0), "Du når Karin på vardagar.")
    model.keep()
    (command,) = archive.commands
    assert isinstance(command, KeepAgreement)
    person = [one.words for one in command.lines if one.side is Side.PERSON]
    assert len(person) == 4
    assert "Du når Karin på vardagar." in {one.words for one in command.lines}
    assert (command.based_on, command.valid_from) == (0, TODAY)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (AgreementField.VALID_FROM, "i dag"),
        (AgreementField.VALID_TO, "2027-02-30"),
        (AgreementField.VALID_TO, "2026-11-25"),
    ],
)
def test_days_that_are_none_or_in_the_wrong_order_keep_it_back(field: str, text: str) -> None:
    archive = Archive()
    model = archive.open_agreement()
    assert model.form is not None
    model.form.type(field, text)
    model.keep()
    assert archive.commands == []
    assert model.form.missing[0] == field


def test_a_side_without_a_line_and_a_version_without_a_change_are_kept_back() -> None:
    archive = Archive(agreement=make_agreement(version(1, AgreementState.IN_FORCE)))
    model = archive.open_agreement()
    form = model.form
    assert form is not None
    model.keep()
    assert not model.is_writing
    model.begin()
    model.keep()
    form.type(line_field(Side.PROGRAMME, 0), " ")
    assert form.missing == (line_field(Side.PROGRAMME, 0),)
    model.keep()
    assert archive.commands == []
    form.add_line(Side.PROGRAMME)
    form.type(line_field(Side.PROGRAMME, 3), "Nytt")
    model.keep()
    (command,) = archive.commands
    assert isinstance(command, KeepAgreement)
    assert command.based_on == 1


def test_who_signed_is_recorded_by_side() -> None:
    archive = Archive(agreement=make_agreement(version(1, AgreementState.WAITING)))
    model = archive.open_agreement()
    form = model.answer
    assert form is not None
    form.choose_side(Side.PROGRAMME)
    model.record()
    assert archive.commands == []
    form.type(AnswerField.NAME, " Karin Ek ")
    form.type(AnswerField.ON, "2026-11-27")
    model.record()
    form.type(AnswerField.ON, "2026-11-01")
    model.record()
    assert archive.commands == []
    form.type(AnswerField.ON, "2026-11-26")
    model.record()
    assert archive.commands == [
        AnswerAgreement(
            case_id=CASE,
            number=1,
            side=Side.PROGRAMME,
            answer=PaperAnswer.SIGNED,
            on=TODAY,
            name="Karin Ek",
        )
    ]


def test_a_no_takes_its_words_along_and_a_yes_takes_none() -> None:
    archive = Archive(agreement=make_agreement(version(1, AgreementState.WAITING)))
    model = archive.open_agreement()
    form = model.answer
    assert form is not None
    form.type(AnswerField.WORDS, "För ofta")
    assert form.command(CASE).words == ""
    form.choose_answer(PaperAnswer.DECLINED)
    assert form.command(CASE).words == "För ofta"


def test_drafts_of_a_version_and_of_a_signature_come_back() -> None:
    archive = Archive(agreement=make_agreement(version(1, AgreementState.WAITING)))
    first = archive.open_agreement()
    first.begin()
    assert first.form is not None
    assert first.answer is not None
    first.form.add_line(Side.PERSON)
    first.form.type(line_field(Side.PERSON, 3), "Nytt")
    first.answer.choose_answer(PaperAnswer.DECLINED)
    first.answer.type(AnswerField.WORDS, "Nej")
    first.leave()

    second = archive.open_agreement()

    assert second.is_writing
    assert second.form is not None
    assert second.answer is not None
    assert second.form.text_in(line_field(Side.PERSON, 3)) == "Nytt"
    assert second.answer.answer is PaperAnswer.DECLINED
    second.throw_away()
    assert not second.is_writing


def test_refusals_of_the_agreement_are_told_where_they_belong() -> None:
    archive = Archive()
    model = archive.open_agreement()
    form = model.form
    assert form is not None
    for refusal, field in (
        (InvalidInputError(field="valid_to", flaw="length"), AgreementField.VALID_TO),
        (InvalidInputError(field="words", flaw="length"), line_field(Side.PERSON, 4)),
    ):
        archive.refusal = refusal
        form.type(line_field(Side.PERSON, 4), "x" * 500)
        model.keep()
        assert form.refused[field] == "length"
    archive.refusal = ConflictError()
    model.keep()
    assert model.trouble is not None
    told: list[object] = []
    model.failed.connect(told.append)
    archive.refusal = NotConfirmedError()
    model.keep()
    assert len(told) == 1
    assert not model.is_sending


def test_the_page_tells_how_each_version_stands_and_who_answered(qtbot: QtBot, look: Look) -> None:
    view = make_agreement(
        version(1, AgreementState.DECLINED, answers=(DECLINED,)),
        version(2, AgreementState.WAITING, answers=(FOR_PROGRAMME,)),
        is_complete=False,
    )
    model = Archive(agreement=view).open_agreement()
    screen = AgreementScreen(model, look)
    qtbot.addWidget(screen)
    said = words(screen)
    for text in (
        "Jag lämnar prov varje måndag.",
        "Proven är för ofta.",
        "inte så som den lämnades",
        "Den unge avböjde att skriva under 17 november 2026.",
        "Undertecknad för verksamheten av \u2068Karin Ek\u2069 26 november 2026.",
    ):
        assert text in said
    printed: list[int] = []
    model.papers_wanted.connect(printed.append)
    model.want_papers()
    way = screen.findChild(Button, "show version 1")
    assert isinstance(way, Button)
    way.click()
    model.want_papers()
    assert printed == [2, 1]
    scanned: list[UUID] = []
    model.scan_wanted.connect(scanned.append)
    to_paper = screen.findChild(Button, "signed paper")
    assert isinstance(to_paper, Button)
    to_paper.click()
    assert model.shown is not None
    assert scanned == [model.shown.id]
    assert model.shown is not None
    assert model.shown.number == 1
    assert screen.findChild(Button, "show version 2") is not None


def test_another_programme_makes_no_agreement(qtbot: QtBot, look: Look) -> None:
    view = make_agreement(has_agreement=False, may_write=False)
    model = Archive(agreement=view).open_agreement()
    screen = AgreementScreen(model, look)
    qtbot.addWidget(screen)
    assert model.form is None
    assert "ingen överenskommelse" in words(screen)


def case_view(look: Look, qtbot: QtBot, **changes: Any) -> tuple[CaseView, CaseViewModel]:
    """Return the first page of a case."""
    model = make_case_model(overview=make_overview(**changes))
    view = CaseView(model, look)
    qtbot.addWidget(view)
    view.show()
    return view, model


def test_the_case_leads_to_its_end_and_to_an_agreement_only_where_its_programme_makes_one(
    qtbot: QtBot, look: Look
) -> None:
    wanted: list[str] = []
    for programme, is_there in (("sspf", False), ("leavers", True)):
        view, model = case_view(look, qtbot, programme=catalogue().programme(programme))
        model.closing_wanted.connect(lambda: wanted.append("closing"))
        model.agreement_wanted.connect(lambda: wanted.append("agreement"))
        agreement = view.findChild(Button, "agreement")
        closing = view.findChild(Button, "closing")
        assert isinstance(agreement, Button)
        assert isinstance(closing, Button)
        assert agreement.isVisible() is is_there
        closing.click()
        model.want_agreement()
    assert wanted == ["closing", "closing", "agreement"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ReminderKind.RAISED_AGAIN, "Aktualiserad på nytt"),
        (ReminderKind.LONG_TERM_DUE, "Långtidsuppföljning: fråga hur det är"),
        (ReminderKind.LONG_TERM_ENDED, "Ingen får fråga igen"),
        (ReminderKind.LONG_TERM_DONE, "Alla uppföljningar efter avslutet är gjorda"),
    ],
)
def test_the_head_of_a_case_tells_what_is_about_an_end(
    qtbot: QtBot, look: Look, kind: ReminderKind, text: str
) -> None:
    view, _ = case_view(look, qtbot, reminders=(Reminder(kind=kind, on=TODAY),))
    assert words(view).count(text) == 1


def test_a_refused_follow_up_is_told_with_its_reason_in_words(qtbot: QtBot, look: Look) -> None:
    def refuse(_: ChangePhase) -> Done[None]:
        raise InvalidInputError(field="long_term", flaw="withdrawn")

    overview = make_overview(ways=((Phase.LONG_TERM_FOLLOW_UP, True), (Phase.CLOSED, True)))
    model = make_case_model(overview=overview, change_phase=refuse)
    view = CaseView(model, look)
    qtbot.addWidget(view)
    form = model.phase
    form.open()
    form.choose(Phase.LONG_TERM_FOLLOW_UP)
    form.choose_reason("goals_reached")
    form.go_on()
    assert "Långtidsuppföljning är inte tillåten. Samtycket är återkallat." in words(view)
    form.choose(Phase.CLOSED)
    assert "inte tillåten" not in words(view)


def test_why_something_has_no_answer_is_kept_as_a_draft() -> None:
    form = phase_form([], unanswered=1)
    form.choose(Phase.CLOSED)
    form.type_left_open("Flyttat.")
    form.leave()
    box = form.drafts
    assert "Flyttat." in box.text


def test_an_earlier_end_stands_below_and_answers_nothing_of_this_one(
    qtbot: QtBot, look: Look
) -> None:
    view = ended_twice()
    model = Archive(view).open_closing()
    screen = ClosingScreen(model, look)
    qtbot.addWidget(screen)
    (card,) = [one for one in screen.findChildren(QWidget) if one.objectName().startswith("round ")]
    told = words(card)
    for said in ("Leder en grupp ihop.", "Det roligaste jag har gjort.", "Kommer till skolan."):
        assert said in told
    assert not [one for one in card.findChildren(QTextEdit) if not one.isReadOnly()]
    assert model.form is not None
    assert all(one is None for one in model.form.outcomes.values())


def test_a_day_that_is_passed_says_so_and_is_not_the_one_to_ask_about(
    qtbot: QtBot, look: Look
) -> None:
    days = (TODAY - timedelta(days=200), TODAY - timedelta(days=2))
    passed, due = (ShownLook(due_on=one, noted_on=None, words="") for one in days)
    model = Archive(ended(looks=(replace(passed, is_passed=True), due))).open_closing()
    screen = ClosingScreen(model, look)
    qtbot.addWidget(screen)
    assert model.look is not None
    assert model.look.due_on == due.due_on
    assert "Frågades inte innan nästa dag kom" in words(screen)


def test_what_was_written_of_the_end_can_be_read_to_its_last_word(qtbot: QtBot, look: Look) -> None:
    def long(of: str) -> str:
        return f"{of} " + "ord " * 2_000 + f"slut på {of}"

    view = ended()
    first, *others = view.goals
    view = replace(
        view,
        goals=(replace(first, evidence=long("tecken")), *others),
        own_words={"leisure": long("egna ord")},
        ended=(replace(view.ended[0], words=long("svar")),),
        looks=(ShownLook(due_on=TODAY, noted_on=TODAY, words=long("efteråt")),),
    )
    screen = ClosingScreen(Archive(view).open_closing(), look)
    qtbot.addWidget(screen)
    told = [one.toPlainText() for one in screen.findChildren(QTextEdit) if one.isReadOnly()]
    for of in ("tecken", "egna ord", "svar", "efteråt"):
        assert any(one.endswith(f"slut på {of}") for one in told), of
