"""What is kept from a guardian or an organisation, and who is concerned, is said there."""

from uuid import UUID

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.consents_desk import (
    CASE,
    ELIAS,
    JOHAN,
    LEISURE,
    POLICE,
    SARA,
    SCHOOL,
    SOCIAL,
    TODAY,
    Papers,
    leaving,
)
from tests.ui.desks import settle
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.services.consents import ChangeTerms, RecordBar
from trygga_desktop.ui.screens.consents.forms import LiftForm
from trygga_desktop.ui.screens.consents.keeping_forms import ConcernedForm, KeptForm
from trygga_desktop.ui.screens.consents.signing_forms import SigningField
from trygga_desktop.ui.screens.consents.view import ConsentsView
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel, News
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel

BAR = UUID(int=450)
WHY = "Elias vill det. Bedömt av Karin Ek."


def shown(qtbot: QtBot, look: Look, model: ConsentsViewModel) -> ConsentsView:
    view = ConsentsView(model, look)
    qtbot.addWidget(view)
    view.resize(1300, 900)
    view.show()
    settle()
    return view


def words_of(view: ConsentsView) -> str:
    return "\n".join(one.text() for one in view.findChildren(PlainLabel) if one.isVisible())


def press(view: ConsentsView, name: str) -> None:
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    assert found.isEnabled(), name
    found.click()
    settle()


def keeping(papers: Papers) -> tuple[ConsentsViewModel, KeptForm]:
    model = papers.open()
    model.begin_keeping()
    assert isinstance(model.panel, KeptForm)
    return model, model.panel


def test_nothing_is_kept_back_behind_a_broken_chain(qtbot: QtBot, look: Look) -> None:
    model = Papers(options={"chain": ChainStanding.BROKEN}).open()
    view = shown(qtbot, look, model)

    model.begin_keeping()
    model.begin_concerned()

    assert model.panel is None
    button = view.findChild(Button, "keep back")
    assert isinstance(button, Button)
    assert not button.isEnabled()


def test_nobody_but_guardians_and_other_organisations_is_asked_about() -> None:
    _, form = keeping(Papers())

    assert set(form.guardians) == {SARA, JOHAN}
    assert ELIAS not in form.guardians
    assert SOCIAL not in form.organisations
    assert {SCHOOL, POLICE} <= set(form.organisations)


@pytest.mark.parametrize(
    ("against", "ticked", "words", "missing"),
    [
        (None, {"health"}, WHY, SigningField.AGAINST),
        (JOHAN, set(), WHY, SigningField.CATEGORY),
        (JOHAN, {"health"}, " ", SigningField.WORDS),
        (JOHAN, {"health"}, "x" * 20_001, SigningField.WORDS),
    ],
)
def test_nothing_is_recorded_while_something_is_missing(
    against: UUID | None, ticked: set[str], words: str, missing: SigningField
) -> None:
    papers = Papers()
    model, form = keeping(papers)
    form.choose_against(against)
    for one in ticked:
        form.tick(one, is_meant=True)
    form.type(SigningField.WORDS, words)

    model.submit()

    assert form.missing == (missing,)
    assert papers.kept_back == []


def test_one_kind_is_kept_from_a_guardian(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model = papers.open()
    view = shown(qtbot, look, model)
    press(view, "keep back")
    who = view.findChild(QComboBox, "kept from")
    words = view.findChild(QTextEdit, "words")
    tick = view.findChild(QCheckBox, "kept health")
    assert isinstance(who, QComboBox)
    assert isinstance(words, QTextEdit)
    assert isinstance(tick, QCheckBox)
    assert view.focusWidget() is who

    place = who.findData(JOHAN)
    who.setCurrentIndex(place)
    who.activated.emit(place)
    tick.click()
    QTest.keyClicks(words, "Elias vill det.")
    press(view, "submit")

    assert papers.kept_back == [
        RecordBar(
            case_id=CASE,
            reason=Reason.CHILD_LIMITED,
            against=JOHAN,
            on=TODAY,
            scope=BarScope.THESE,
            categories=frozenset({"health"}),
            words="Elias vill det.",
        )
    ]
    assert model.news is News.KEPT_BACK
    told = words_of(view)
    assert "Johan Demosson" in told
    assert "Elias vill det." in told


def test_an_organisation_gets_no_more_than_some_kinds() -> None:
    papers = Papers()
    model, form = keeping(papers)
    form.choose_against(JOHAN)
    form.tick("health", is_meant=True)
    # What was ticked for somebody of the family means something else.
    form.choose_against(LEISURE)
    assert form.categories == set()
    form.tick("plan", is_meant=True)
    form.type(SigningField.WORDS, "Åtgärdslistan")

    model.submit()

    (command,) = papers.kept_back
    assert (command.reason, command.scope) == (Reason.PROTECTION_LIMIT, BarScope.ALL_BUT_THESE)
    assert command.categories == frozenset({"plan"})


def test_what_is_kept_back_can_be_taken_away_again(qtbot: QtBot, look: Look) -> None:
    papers = Papers()
    model, form = keeping(papers)
    form.choose_against(JOHAN)
    form.tick("health", is_meant=True)
    form.type(SigningField.WORDS, WHY)
    model.submit()
    view = shown(qtbot, look, model)

    press(view, f"lift {BAR}")

    assert isinstance(model.panel, LiftForm)
    assert f"”{WHY}”" in words_of(view)
    press(view, "submit")
    assert papers.terms == [ChangeTerms(case_id=CASE, on=TODAY, lifted=(BAR,))]


@pytest.mark.parametrize(
    ("failure", "field"),
    [
        (InvalidInputError(field="against", flaw="unknown"), SigningField.AGAINST),
        (NoAccessError(), None),
    ],
)
def test_what_is_refused_is_told_and_stays(failure: Exception, field: SigningField | None) -> None:
    papers = Papers(failure=failure)
    model, form = keeping(papers)
    form.choose_against(JOHAN)
    form.tick("health", is_meant=True)
    form.type(SigningField.WORDS, WHY)

    model.submit()

    assert model.panel is form
    assert form.text_in(SigningField.WORDS) == WHY
    assert (model.trouble is None) is (field is not None)
    assert field is None or field in form.missing


def test_what_is_typed_of_it_is_kept_as_a_draft() -> None:
    papers = Papers()
    model, form = keeping(papers)
    form.choose_against(JOHAN)
    form.type(SigningField.WORDS, WHY)
    model.leave()
    (one,) = papers.drafts.drafts.values()
    assert one.kind is DraftKind.KEPT_BACK

    _, again = keeping(papers)

    assert again.text_in(SigningField.WORDS) == WHY
    assert again.against == JOHAN


def test_who_is_concerned_is_asked_only_where_the_programme_needs_them_all() -> None:
    model = Papers().open()
    model.begin_concerned()
    assert model.panel is None


def test_who_is_concerned_is_said_without_a_paper(qtbot: QtBot, look: Look) -> None:
    papers = leaving()
    model = papers.open()
    view = shown(qtbot, look, model)
    press(view, "who is concerned")
    form = model.panel
    assert isinstance(form, ConcernedForm)
    assert form.missing == (SigningField.CONCERNED,)

    for one in (SOCIAL, POLICE):
        box = view.findChild(QCheckBox, f"concerned {one}")
        assert isinstance(box, QCheckBox)
        box.click()
    press(view, "submit")

    assert papers.terms == [
        ChangeTerms(case_id=CASE, on=TODAY, concerned=frozenset({SOCIAL, POLICE}))
    ]
    assert model.news is News.CONCERNED
