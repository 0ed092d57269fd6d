"""May this be told? What the page answers, to its operator and to nobody else."""

import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.consents_desk import (
    CASE,
    ELIAS,
    JOHAN,
    LEISURE,
    POLICE,
    SARA,
    SCHOOL,
    SECOND,
    TODAY,
    Papers,
    given,
    reasons_toml,
    story,
)
from tests.ui.desks import OpenDesk, refusing, settle, shows
from tests.ui.plain import HeldRunner
from tests.ui.question_desk import (
    AT_MEETING,
    GUEST,
    ITEMS,
    JONAS,
    MEETS_AT,
    NO,
    OF_CASE,
    YES,
    Vault,
    asked,
    hearing,
    questions,
)
from tests.ui.test_desk_rooms import at_meeting, press
from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.consent_events import Barred, GroundUsed, Withdrawn
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.errors import NoAccessError, NotConfirmedError
from trygga_desktop.domain.ground_use import GroundUse
from trygga_desktop.domain.items import Part
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Decision
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.questions import CaseQuestions, Hearing
from trygga_desktop.ui.case_uses import ConsentUses
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.consents.view import ConsentsView
from trygga_desktop.ui.screens.question.items import ItemTableModel
from trygga_desktop.ui.screens.question.slots import SlotFacts
from trygga_desktop.ui.screens.question.view import QuestionView
from trygga_desktop.ui.screens.question.view_model import QuestionState, QuestionViewModel
from trygga_desktop.ui.screens.question.words import AnswerWords, Told
from trygga_desktop.ui.shortcuts import install
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.case_tabs import CaseTab
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.inputs import CheckBox

KEPT_BACK = "Närvaron är 86 procent sedan skolstarten."
CONTROL = Qt.KeyboardModifier.ControlModifier
HOSTILE = ('<img src="/etc/passwd">', "a <b c", "note\0note", "\u202eton", "Ö" * 300_000, "🧑‍🎓")
ROWS = {one["code"]: one for one in tomllib.loads(reasons_toml())["reason"]}


def opened(qtbot: QtBot, look: Look, model: QuestionViewModel) -> QuestionView:
    """Show the page in a window of its own, with its keys."""
    view = QuestionView(model, look)
    qtbot.addWidget(view)
    view.resize(1200, 900)
    view.show()
    install(view, view.commands)
    view.activateWindow()
    view.first_focus.setFocus()
    QApplication.processEvents()
    return view


def words(view: QWidget) -> str:
    """Return all that stands on the page."""
    QApplication.processEvents()
    return "\n".join(one.accessibleName() for one in view.findChildren(QLabel) if one.isVisible())


def everyone_of_the_case(model: QuestionViewModel) -> QuestionViewModel:
    """Choose all of the case."""
    model.choose_hearing(0)
    for one in OF_CASE:
        model.let_hear(one.id, hears=True)
    return model


def explain(
    found: CaseQuestions, *chosen: UUID, at: int = 0, place: int = 0, code: str = "sv"
) -> Told:
    """Return the answer about one item for these."""
    language = load_language(code)
    told = AnswerWords(found, at, ReasonWords(reasons_toml(), language), language).answer(
        found.items[place], chosen
    )
    assert told is not None
    return told


def _(text: str, look: Look) -> str:
    return look.language.gettext(text)


def test_nothing_is_shown_while_more_than_one_screen_is_connected(qtbot: QtBot, look: Look) -> None:
    vault = Vault()
    model = vault.open()
    view = opened(qtbot, look, model)
    before = words(view)

    vault.screens = 2
    model.screens_changed()
    during = words(view)
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_C, CONTROL)
    vault.screens = 1
    model.screens_changed()

    assert "Jonas" not in during
    assert _("Not while others may look on", look) in during
    assert not model.has_copied
    assert words(view) == before


def test_no_key_opens_it_while_others_look_on(open_desk: OpenDesk) -> None:
    vault = Vault()
    window = at_meeting(open_desk, consents=refusing(ConsentUses, read_questions=vault.read))

    press(window, Qt.Key.Key_J, CONTROL)

    assert not shows(window, QuestionView)
    assert vault.asked_for == []


def test_a_page_that_cannot_be_read_shows_nothing_of_it(qtbot: QtBot, look: Look) -> None:
    vault = Vault()
    model = vault.open()
    view = opened(qtbot, look, model)
    vault.failure = NoAccessError()

    model.refresh(Changes(consents=True))

    assert model.state is QuestionState.FAILED
    assert KEPT_BACK not in words(view)


def test_what_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    vault = Vault()
    model = vault.open()
    vault.failure = NotConfirmedError()

    with qtbot.waitSignal(model.failed):
        model.load()


def test_a_no_says_who_must_leave_why_and_how_it_can_become_possible(
    qtbot: QtBot, look: Look
) -> None:
    model = everyone_of_the_case(Vault().open())
    told = words(opened(qtbot, look, model))

    assert "Nej, inte när polisen är i rummet" in told
    assert "Polisen får inte ta del av uppgifter om skolgång och närvaro" in told
    assert "Ta upp det när polisen inte är i rummet." in told
    assert "Be Elias om vidgat samtycke: skolgång och närvaro till polisen." in told
    assert "Pröva om det finns en annan rättslig grund." in told
    assert "skolan ha en skyldighet enligt lag att lämna uppgifter till polisen" in told


def test_a_yes_says_on_what_it_rests_what_to_mind_and_when_it_ends(
    qtbot: QtBot, look: Look
) -> None:
    model = Vault().open()
    model.ask_about(ITEMS[1].item.id)
    told = words(opened(qtbot, look, model))

    assert "Ja, det får ni ta upp" in told
    assert "Samtyckt" not in told
    assert "Samtycke från Elias, Sara och Johan" in told
    assert "Svaret förutsätter att alla först bekräftar tystnadsplikten." in told
    assert "En stödperson får bara vara med om den unge vill det." in told
    assert "senast efter den 28 februari 2027" in told


def test_each_listener_has_an_answer_of_their_own(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, everyone_of_the_case(Vault().open()))

    found = {
        one.text(): one.accessibleDescription()
        for one in view.findChildren(CheckBox)
        if one.objectName().startswith("hears ")
    }

    assert found == {
        "Elias": "Ja",
        "Sara": "Ja",
        "Johan": "Ja",
        "Socialtjänst": "Ja",
        "Skola": "Ja",
        "Polis": "Nej",
    }


def test_the_answer_follows_who_is_chosen(qtbot: QtBot, look: Look) -> None:
    model = everyone_of_the_case(Vault().open())
    view = opened(qtbot, look, model)
    police = view.findChild(CheckBox, f"hears {POLICE}")
    assert isinstance(police, CheckBox)

    police.click()

    assert _("Yes, you may raise it", look) in words(view)
    assert police.hasFocus() or not police.isChecked()


def test_a_meeting_fills_in_everybody_who_comes_and_is_where_one_begins() -> None:
    model = Vault().open()

    assert model.current is not None
    assert model.current.meeting is not None
    assert model.chosen == {one.id for one in AT_MEETING}


YESTERDAY, TODAY_LATER, NEXT_WEEK = (
    replace(
        hearing(AT_MEETING, meeting=UUID(int=720 + number)), starts_at=MEETS_AT + timedelta(days=by)
    )
    for number, by in enumerate((-1, 0, 7))
)


@pytest.mark.parametrize(
    ("meetings", "expected"),
    [
        ((YESTERDAY,), None),
        ((YESTERDAY, NEXT_WEEK), NEXT_WEEK),
        ((YESTERDAY, TODAY_LATER, NEXT_WEEK), TODAY_LATER),
        ((replace(YESTERDAY, binds_later=False), NEXT_WEEK), NEXT_WEEK),
        ((replace(YESTERDAY, binds_later=False),), YESTERDAY),
        (
            (TODAY_LATER, replace(NEXT_WEEK, starts_at=MEETS_AT, binds_later=False)),
            NEXT_WEEK,
        ),
    ],
)
def test_a_meeting_that_nobody_ended_is_not_taken_for_the_next_one(
    meetings: tuple[Hearing, ...], expected: Hearing | None
) -> None:
    model = Vault(found=questions((), (hearing(), *meetings))).open()

    assert model.current is not None
    assert model.current.meeting == (None if expected is None else expected.meeting)


def test_while_nothing_is_found_no_answer_stands_there(qtbot: QtBot, look: Look) -> None:
    model = everyone_of_the_case(Vault().open())
    view = opened(qtbot, look, model)
    assert KEPT_BACK in words(view)

    model.search("finns inte")
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_C, CONTROL)

    told = words(view)
    assert _("Nothing found", look) in told
    assert KEPT_BACK not in told
    assert "polisen är i rummet" not in told
    assert not model.has_copied

    model.search("")
    assert KEPT_BACK in words(view)


def test_whoever_comes_from_another_day_is_answered_for_the_case_on_that_day() -> None:
    vault = Vault()
    day = TODAY + timedelta(days=30)

    model = vault.open(on=day)

    assert vault.asked_for == [day]
    assert model.hearing == 0
    assert model.chosen == frozenset()


def test_a_day_that_is_over_is_told_not_to_be_asked_about(qtbot: QtBot, look: Look) -> None:
    model = Vault().open(on=TODAY - timedelta(days=30))

    told = words(opened(qtbot, look, model))

    assert "i dag den 26 november 2026" in told
    assert _("a day that is over cannot be asked about", look) in told


def test_what_is_chosen_is_kept_when_it_is_read_again() -> None:
    model = Vault().open()
    model.let_hear(JONAS, hears=False)
    model.ask_about(ITEMS[1].item.id)

    model.refresh(Changes(items=True))

    assert model.chosen == {ELIAS, GUEST}
    assert model.chosen_item == ITEMS[1].item.id


def test_only_what_decides_is_read_again() -> None:
    vault = Vault()
    model = vault.open()

    model.refresh(Changes(accounts=True))
    model.refresh(Changes(consents=True), model)

    assert len(vault.asked_for) == 1


def rich() -> CaseQuestions:
    """Return a case of which everything is known that a sentence may tell."""
    bar = Bar(
        id=UUID(int=31),
        reason=Reason.PROTECTION_LIMIT,
        against=POLICE,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset({"plan"}),
    )
    use = GroundUse(
        id=UUID(int=32),
        ground="harm_test",
        giver=SCHOOL,
        category="schooling",
        items=frozenset({ITEMS[0].item.id}),
        recipients=frozenset({POLICE}),
        answers=(),
        decided_by="Maria Lind, rektor",
        motive="Ingen tar skada.",
        until=date(2027, 1, 31),
    )
    papers = story()[:-3]
    happened = (
        *papers,
        given(JOHAN, frozenset()),
        given(ELIAS, frozenset()),
        replace(given(SARA, frozenset()), facts_since=date(2026, 2, 3)),
        Withdrawn(signer=SARA, on=SECOND, organisations=frozenset({POLICE})),
        Withdrawn(signer=JOHAN, on=TODAY, organisations=None),
        replace(given(JOHAN, frozenset(), on=TODAY), valid_from=TODAY + timedelta(days=9)),
        Barred(on=SECOND, bar=bar, words="Beslut"),
        GroundUsed(on=SECOND, use=use),
    )
    item = asked(1, KEPT_BACK, NO, about=frozenset({ELIAS, SARA}))
    found = questions(
        [item],
        [hearing(missing=frozenset({LEISURE}), newcomers=((JOHAN, SECOND),))],
        happened,
    )
    people = (replace(found.people[0], born=PartialDate(2008, 5, 14)), *found.people[1:])
    return replace(found, people=people)


def with_reason(found: CaseQuestions, reason: Reason) -> CaseQuestions:
    """Return the case with this answer for the police."""
    decisions = (*NO[:-1], Decision(reason=reason))
    return replace(found, items=(replace(found.items[0], decisions=(decisions,)),))


def lines_of(told: Told) -> str:
    """Return the ways out of a no."""
    return "\n".join(line for ways in told.ways for line in ways.lines)


def test_one_who_must_leave_is_one_and_several_are_several_in_english() -> None:
    item = asked(9, KEPT_BACK, (*YES[:4], NO[5], NO[5]))
    found = questions([item], [hearing()])

    one = lines_of(explain(found, SARA, POLICE, code="en"))
    several = lines_of(explain(found, SARA, SCHOOL, POLICE, code="en"))

    assert "is not in the room." in one
    assert "are not in the room." not in one
    assert "are not in the room." in several


def test_the_day_until_which_a_consent_holds_has_its_article() -> None:
    told = explain(questions([ITEMS[1]], [hearing()]), POLICE)

    assert "Samtycket till och med den 28 februari 2027 omfattar" in told.sentence


def slots_in(sentence: str) -> set[str]:
    """Return the slots of a sentence."""
    return {one[:1].lower() + one[1:] for one in re.findall(r"\{([A-Za-z_]+)\}", sentence)}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_every_answer_of_the_decision_is_told_with_all_that_it_names(
    reason: Reason, code: str
) -> None:
    found = with_reason(rich(), reason)
    told = explain(found, POLICE, code=code)
    language = load_language(code)
    names = AnswerWords(found, 0, ReasonWords(reasons_toml(), language), language).names
    facts = SlotFacts(found, found.hearings[0], names, language)
    slots = facts.fill(reason, found.items[0], [OF_CASE[-1]])

    missing = [one for one in slots_in(ROWS[reason.value][code]) if not slots.get(one)]

    assert missing == []
    assert told.is_yes is reason.allows
    assert told.headline
    assert told.sentence
    said = [told.headline, told.sentence, told.copied, told.duty, *told.also]
    said += [line for ways in told.ways for line in (ways.heading, *ways.lines)]
    said += [text for row in told.rows for text in row]
    assert not any(mark in one for one in said for mark in "{}…")
    assert bool(told.ways) is (not reason.allows)
    assert bool(told.rows) is reason.allows


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("reason", Reason)
def test_what_is_copied_names_nobody(reason: Reason, code: str) -> None:
    found = with_reason(rich(), reason)

    of_police = explain(found, POLICE, code=code).copied
    of_sara = replace(
        found,
        items=(replace(found.items[0], decisions=((NO[0], Decision(reason=reason), *NO[2:]),)),),
    )
    copied = of_police + explain(of_sara, SARA, code=code).copied

    assert not any(name in copied for name in ("Elias", "Sara", "Johan", "Maria"))


def test_what_passes_without_consent_is_marked_and_so_is_a_text_no_lawyer_confirmed() -> None:
    told = explain(with_reason(rich(), Reason.LEGAL_GROUND), POLICE)

    rows = dict(told.rows)
    assert told.without_consent
    assert "Grundens text ska bekräftas av jurist." in rows["Tänk på"]
    assert rows["Slutar gälla"] == "Beslutet utan samtycke: efter den 31 januari 2027"


def test_further_reasons_follow_in_order_and_what_is_needed_together_is_told() -> None:
    decision = Decision(
        reason=Reason.OPINION_MISSING, also=(Reason.REFUSED, Reason.CATEGORY_NOT_COVERED)
    )
    item = asked(1, KEPT_BACK, (*NO[:-1], decision))
    told = explain(questions([item], [hearing()]), POLICE, SCHOOL)

    assert told.sentence.startswith("Elias har inte fått säga sin mening.")
    assert len(told.also) == 2
    assert told.also[0].startswith("Någon som måste samtycka har sagt nej.")
    enough, together = told.ways
    assert enough.lines == (
        "Ta upp det när polisen inte är i rummet.",
        "Pröva om det finns en annan rättslig grund.",
    )
    assert len(together.lines) == 3


def test_where_the_giver_is_not_covered_the_way_names_who_gives() -> None:
    item = asked(1, KEPT_BACK, (*NO[:-1], Decision(reason=Reason.GIVER_NOT_COVERED)))
    told = explain(questions([item], [hearing()]), POLICE)

    assert any("till polisen, från skolan" in line for line in told.ways[0].lines)


def test_ones_own_words_one_may_tell_oneself() -> None:
    item = asked(1, "Jag vill byta skola.", NO, said_by=ELIAS)
    told = explain(questions([item], [hearing()]), POLICE, SCHOOL)

    assert told.ways[0].lines[0] == "Elias får berätta det själv."


def test_the_police_are_not_reminded_of_a_duty_towards_themselves() -> None:
    item = asked(1, KEPT_BACK, NO, origin=POLICE)

    assert explain(questions([item], [hearing()]), POLICE).duty == ""


def test_a_sensitive_sentence_is_copied_only_when_asked_twice(qtbot: QtBot, look: Look) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    found = with_reason(rich(), Reason.REFUSED)
    model = everyone_of_the_case(Vault(found=found).open())
    view = opened(qtbot, look, model)

    QTest.keyClick(view.windowHandle(), Qt.Key.Key_C, CONTROL)
    first = clipboard.text()
    asks = words(view)
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_C, CONTROL)

    assert first == "before"
    assert "Kopiera en gång till om du menar det." in asks
    assert clipboard.text() == "Nej. Någon som måste samtycka har sagt nej."
    assert "Kopierat, utan namn." in words(view)


@pytest.mark.parametrize("where", ["search", "items"])
def test_the_key_that_copies_takes_the_answer_and_not_the_words(
    qtbot: QtBot, look: Look, where: str
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    view = opened(qtbot, look, everyone_of_the_case(Vault().open()))
    found = view.findChild(QWidget, where)
    assert isinstance(found, QWidget)
    found.setFocus()

    QTest.keyClick(view.windowHandle(), Qt.Key.Key_C, CONTROL)

    assert clipboard.text().startswith("Polisen får inte ta del av uppgifter")


def test_the_answer_is_read_as_one_and_follows_what_is_asked(qtbot: QtBot, look: Look) -> None:
    model = everyone_of_the_case(Vault().open())
    view = opened(qtbot, look, model)
    answer = view.findChild(QWidget, "answer")
    assert isinstance(answer, QWidget)
    before = answer.accessibleName()

    model.ask_about(ITEMS[1].item.id)

    assert before.startswith(f"{KEPT_BACK} Nej, inte när polisen är i rummet Polisen får inte")
    assert answer.accessibleName().startswith(
        "Elias vill bli hjälpledare. Ja, det får ni ta upp Samtycket till och med"
    )


def test_one_gets_from_what_to_who_to_the_answer_by_keyboard(qtbot: QtBot, look: Look) -> None:
    model = Vault().open()
    view = opened(qtbot, look, model)
    reached = []
    QTest.keyClicks(view.first_focus, "fritid")
    for _step in range(12):
        QTest.keyClick(view.windowHandle(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.append(focus.objectName())

    assert model.chosen_item == ITEMS[1].item.id
    order = ["items", "hearing", f"hears {ELIAS}", f"hears {JONAS}", f"hears {GUEST}", "answer"]
    assert [one for one in reached if one in order][: len(order)] == order
    assert reached[len(order)] == "copy the answer"


def test_keys_go_down_to_the_list_on_to_the_answer_and_back(qtbot: QtBot, look: Look) -> None:
    model = Vault().open()
    view = opened(qtbot, look, model)

    QTest.keyClick(view.first_focus, Qt.Key.Key_Down)
    table = view.findChild(DataTable, "items")
    assert isinstance(table, DataTable)
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert model.chosen_item == ITEMS[1].item.id
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_F6)
    answer = view.findChild(QWidget, "answer")
    assert isinstance(answer, QWidget)
    assert answer.hasFocus()
    with qtbot.waitSignal(model.left):
        QTest.keyClick(view.windowHandle(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def test_the_search_finds_words_categories_and_givers(qtbot: QtBot, look: Look) -> None:
    model = Vault().open()
    view = opened(qtbot, look, model)
    table = view.findChild(DataTable, "items")
    assert isinstance(table, DataTable)

    found = {}
    for text in ("86 PROCENT", "fritid", "skola", "17 sep", "finns inte"):
        model.search(text)
        found[text] = table.model().rowCount()

    assert found == {"86 PROCENT": 1, "fritid": 1, "skola": 1, "17 sep": 2, "finns inte": 0}
    assert _("Nothing found", look) in words(view)


def test_what_is_guarded_stands_on_no_list_and_is_not_found_by_its_words(
    qtbot: QtBot, look: Look
) -> None:
    secret = asked(1, "Bor hos sin moster.", NO, part=Part.GUARDED)
    model = Vault(found=questions([secret, asked(2, KEPT_BACK, NO)], [hearing()])).open()
    view = opened(qtbot, look, model)
    table = view.findChild(DataTable, "items")
    assert isinstance(table, DataTable)
    rows = table.model()
    assert isinstance(rows, ItemTableModel)

    first = rows.index(0, 0).data()
    aloud = rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    told = words(view)
    model.search("moster")

    assert first == _("Something in the guarded part", look)
    assert "moster" not in aloud
    assert "moster" not in told
    assert rows.rowCount() == 0


def test_a_case_in_which_nothing_is_noted_says_so(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Vault(found=questions(items=())).open())

    assert _("Nothing is noted yet", look) in words(view)
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_C, CONTROL)
    assert _("Copied, without names.", look) not in words(view)


def test_where_nobody_is_chosen_it_asks_who(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Vault(found=questions(hearings=[hearing()])).open())

    copy = view.findChild(Button, "copy the answer")
    assert _("Choose who is there.", look) in words(view)
    assert isinstance(copy, Button)
    assert not copy.isEnabled()


def test_a_slow_page_says_that_it_is_on_its_way(qtbot: QtBot, look: Look) -> None:
    model = Vault().open(HeldRunner())
    model.lose_patience()

    assert _("The page is being opened.", look) in words(opened(qtbot, look, model))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_shown_as_they_are_and_break_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    view = opened(qtbot, look, Vault(found=questions([asked(1, text, YES)], [hearing()])).open())

    told = words(view)
    view.grab()

    assert "\u202e" not in told
    assert "\0" not in told
    if text.isprintable():
        assert text[:500] in told


def test_the_page_of_the_consents_leads_here_and_back(open_desk: OpenDesk) -> None:
    vault = Vault()
    uses = refusing(ConsentUses, read_questions=vault.read, read_consents=Papers().read)
    window = open_desk(consents=uses)
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.cases.go_to_tab(CASE, CaseTab.CONSENTS)
    window.activateWindow()
    settle()

    press(window, Qt.Key.Key_J, CONTROL)
    assert shows(window, QuestionView)
    assert vault.asked_for == [None]
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    assert shows(window, ConsentsView)
