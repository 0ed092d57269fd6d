"""The page that tells what is kept from the room: shown to its operator, and to nobody else."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import hidden_desk
from tests.ui.accessibility import faults
from tests.ui.desk_screens import SUBJECT
from tests.ui.hidden_desk import (
    EXCLUSION,
    HIDDEN,
    LIMIT,
    PEOPLE,
    POLICE,
    UNNAMED,
    Back,
    hidden_entry,
    no_picture,
)
from tests.ui.meeting_desk import SARA
from tests.ui.plain import HeldRunner, make_look
from trygga_desktop.domain.errors import DiskFullError, NoAccessError, NotConfirmedError
from trygga_desktop.domain.items import Marking
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Decision
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.entries import MarkItem
from trygga_desktop.services.second_persons import NameSecondPersons
from trygga_desktop.ui.screens.hidden.view import HiddenView
from trygga_desktop.ui.screens.hidden.view_model import (
    ENTRIES_AT_A_TIME,
    HiddenState,
    HiddenViewModel,
)
from trygga_desktop.ui.shortcuts import install
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import CheckBox

HOSTILE = ('<img src="/etc/passwd">', "a <b c", "note\0note", "\u202eton", "Ö" * 300_000, "🧑‍🎓")
KEPT_BACK = "Det är oroligt hemma på kvällarna."


def opened(qtbot: QtBot, look: Look, model: HiddenViewModel) -> HiddenView:
    """Show the page in a window of its own, with its keys."""
    view = HiddenView(model, no_picture, look)
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


def answers(view: QWidget) -> list[Button]:
    """Return the buttons that answer questions."""
    return [one for one in view.findChildren(Button) if one.objectName().startswith("answer ")]


def _(text: str, look: Look) -> str:
    return look.language.gettext(text)


def test_nothing_is_shown_while_more_than_one_screen_is_connected(qtbot: QtBot, look: Look) -> None:
    back = Back(screens=2)
    model = back.open()
    view = opened(qtbot, look, model)

    told = words(view)
    model.answer_first(is_free=True)

    assert model.state is HiddenState.MORE_SCREENS
    assert model.entries == ()
    assert KEPT_BACK not in told
    assert EXCLUSION.words not in told
    assert "Jonas Ek" not in told
    assert _("Not while others may look on", look) in told
    assert back.asked == []


def test_everything_goes_when_a_screen_is_added_and_comes_back_without_it(
    qtbot: QtBot, look: Look
) -> None:
    back = Back()
    model = back.open()
    view = opened(qtbot, look, model)
    before = words(view)

    back.screens = 2
    model.screens_changed()
    during = words(view)
    back.screens = 1
    model.screens_changed()

    assert KEPT_BACK in before
    assert KEPT_BACK not in during
    assert words(view) == before


def test_a_page_that_cannot_be_read_shows_nothing_of_it(qtbot: QtBot, look: Look) -> None:
    back = Back()
    model = back.open()
    view = opened(qtbot, look, model)
    back.read_failure = NoAccessError()

    model.refresh(Changes(meetings=True))

    assert model.state is HiddenState.FAILED
    assert KEPT_BACK not in words(view)


@pytest.mark.parametrize("when", ["reading", "answering"])
def test_what_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot, when: str) -> None:
    back = Back()
    model = back.open()
    back.read_failure = NotConfirmedError() if when == "reading" else None
    back.failure = NotConfirmedError()

    with qtbot.waitSignal(model.failed):
        if when == "reading":
            model.load()
        else:
            model.answer_first(is_free=True)


def test_each_who_may_not_see_it_is_named_with_the_sentence(qtbot: QtBot, look: Look) -> None:
    told = words(opened(qtbot, look, Back().open()))

    assert "Jonas Ek" in told
    assert "Henrik Alm har inte bekräftat tystnadsplikten för det här mötet." in told
    assert "Lokalpolisområdet får inte ta del av uppgifter" in told
    assert "Elias har varit borta från skolan sex dagar i november." in told


def test_those_of_whom_the_same_is_said_stand_together(qtbot: QtBot, look: Look) -> None:
    hidden = hidden_entry(
        50, "En sak.", [(one, Decision(reason=Reason.NEEDS_MARKING)) for one in PEOPLE[:3]]
    )
    told = words(opened(qtbot, look, Back(hidden=[hidden]).open()))

    assert "Elias Demosson, Sara Demosson och Ylva Sandh" in told


def test_two_reasons_are_two_pills_and_both_ways(qtbot: QtBot, look: Look) -> None:
    told = words(opened(qtbot, look, Back().open()))

    assert "Det räcker inte med en sak." in told


def test_what_was_promised_earlier_stands_apart(qtbot: QtBot, look: Look) -> None:
    told = words(opened(qtbot, look, Back().open())).splitlines()

    now = told.index(_("Kept from the room at this meeting", look))
    earlier = told.index(_("Kept from the room of what was promised earlier", look))
    absent = told.index("Elias har varit borta från skolan sex dagar i november.")
    assert now < absent < earlier < told.index("Lovar att höra av sig till BUP.")


def test_what_waits_for_an_answer_comes_first_and_is_counted(qtbot: QtBot, look: Look) -> None:
    waiting = hidden_entry(43, "Sov dåligt i natt.", HIDDEN[2].against, [LIMIT], agenda=None)
    back = Back(hidden=(waiting, *HIDDEN, hidden_entry(44, "Kom sent i går.", [])))

    told = words(opened(qtbot, look, back.open()))

    counted = look.language.ngettext(
        "{count} waits for an answer, and stays hidden until then",
        "{count} wait for an answer, and stay hidden until then",
        2,
    ).format(count=2)
    now = told.index(_("Kept from the room at this meeting", look))
    assert told.index(counted) < told.index("Sov dåligt i natt.") < now
    assert now < told.index("Kom sent i går.")


def test_where_nothing_is_hidden_it_says_so(qtbot: QtBot, look: Look) -> None:
    told = words(opened(qtbot, look, Back(hidden=()).open()))

    assert _("Nothing is kept from the room", look) in told


@pytest.mark.parametrize(
    ("place", "about", "answer"),
    [
        (0, EXCLUSION, Marking.DOES_NOT_TOUCH),
        (1, EXCLUSION, Marking.TOUCHES),
        (2, LIMIT, Marking.INSIDE),
        (3, LIMIT, Marking.OUTSIDE),
    ],
)
def test_a_question_is_answered_with_one_of_two_buttons(
    qtbot: QtBot, look: Look, place: int, about: object, answer: Marking
) -> None:
    back = Back()
    view = opened(qtbot, look, back.open())
    button = answers(view)[place]
    button.setFocus()

    QTest.keyClick(button, Qt.Key.Key_Return)

    (asked,) = back.asked
    assert isinstance(asked, MarkItem)
    assert asked.item_id == HIDDEN[2].entry.item.id
    assert asked.about_id == getattr(about, "about_id", None)
    assert asked.answer is answer


def test_what_is_about_somebody_unnamed_waits_and_is_named_with_ticks(
    qtbot: QtBot, look: Look
) -> None:
    back = Back(hidden=(HIDDEN[1], UNNAMED))
    view = opened(qtbot, look, back.open())
    answers(view)[0].click()
    lacks = words(view)
    sara = view.findChild(CheckBox, f"about {UNNAMED.entry.item.id} {SARA}")
    assert isinstance(sara, CheckBox)
    QTest.keyClick(sara, Qt.Key.Key_Space)
    answers(view)[0].click()

    assert _("Tick whom it is about first.", look) in lacks
    assert back.named == [
        NameSecondPersons(
            case_id=UUID(int=11), item_id=UNNAMED.entry.item.id, people=frozenset({SARA})
        )
    ]


def test_what_was_about_nobody_else_is_about_the_young_person_alone(
    qtbot: QtBot, look: Look
) -> None:
    back = Back(hidden=(UNNAMED,))
    view = opened(qtbot, look, back.open())

    answers(view)[1].click()

    assert [one.people for one in back.named] == [frozenset({SUBJECT})]


def test_of_a_sealed_meeting_nobody_is_named_any_more(qtbot: QtBot, look: Look) -> None:
    back = Back(hidden=(replace(UNNAMED, is_sealed=True),))
    view = opened(qtbot, look, back.open())

    assert answers(view) == []
    assert UNNAMED.entry.item.text in words(view)


def test_two_keys_answer_the_first_question(qtbot: QtBot, look: Look) -> None:
    back = Back()
    view = opened(qtbot, look, back.open())

    QTest.keyClick(view.windowHandle(), Qt.Key.Key_F2)
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_F3)

    assert [one.answer for one in back.asked] == [Marking.DOES_NOT_TOUCH, Marking.TOUCHES]


def test_after_an_answer_the_page_is_read_and_the_focus_is_on_the_next(
    qtbot: QtBot, look: Look
) -> None:
    back = Back()
    model = back.open()
    view = opened(qtbot, look, model)
    back.hidden = (hidden_entry(42, KEPT_BACK, HIDDEN[2].against, [LIMIT]),)

    with qtbot.waitSignal(model.made) as made:
        answers(view)[0].click()

    assert made.args == [Changes(items=True, meetings=True)]
    assert back.reads == 2
    assert EXCLUSION.words not in words(view)
    assert answers(view)[0].hasFocus()


def test_an_answer_is_stored_once_however_often_it_is_pressed() -> None:
    runner = HeldRunner()
    back = Back()
    model = back.open(runner)
    runner.work_off()

    model.answer_first(is_free=True)
    model.answer_first(is_free=True)
    runner.work_off()

    assert len(back.asked) == 1


def test_an_answer_that_is_refused_is_told(qtbot: QtBot, look: Look) -> None:
    back = Back(failure=DiskFullError())
    view = opened(qtbot, look, back.open())

    answers(view)[0].click()

    assert _("The disk is full", look) in words(view)
    assert len(answers(view)) == 4


def test_ones_own_change_is_not_read_twice() -> None:
    back = Back()
    model = back.open()

    model.refresh(Changes(items=True), model)
    model.refresh(Changes(accounts=True), object())
    model.refresh(Changes(consents=True), object())

    assert back.reads == 2


def test_a_slow_page_says_that_it_is_on_its_way(qtbot: QtBot, look: Look) -> None:
    runner = HeldRunner()
    model = Back().open(runner)
    model.lose_patience()

    view = opened(qtbot, look, model)

    assert _("The page is being opened.", look) in words(view)


def test_many_entries_are_shown_some_at_a_time(qtbot: QtBot, look: Look) -> None:
    hidden = [hidden_entry(100 + one, f"Sak {one}", [POLICE]) for one in range(40)]
    model = Back(hidden=hidden).open()
    view = opened(qtbot, look, model)
    before = len(model.entries)

    button = view.findChild(Button, "show more")
    assert isinstance(button, Button)
    button.click()

    assert before == ENTRIES_AT_A_TIME
    assert len(model.entries) == 40
    assert view.findChild(Button, "show more") is None


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_as_it_is_and_breaks_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    hidden = hidden_entry(60, text, [POLICE], [EXCLUSION])
    view = opened(qtbot, look, Back(hidden=[hidden]).open())

    told = words(view)
    view.grab()

    assert "\u202e" not in told
    assert "\0" not in told
    if text.isprintable():
        assert text[:1000] in told


def test_one_gets_back_to_the_meeting_by_key_and_by_button(qtbot: QtBot, look: Look) -> None:
    model = Back().open()
    view = opened(qtbot, look, model)

    with qtbot.waitSignal(model.left):
        QTest.keyClick(view.windowHandle(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    back = view.findChild(Button, "back to the meeting")
    assert isinstance(back, Button)
    with qtbot.waitSignal(model.left):
        back.click()


def test_nothing_is_read_or_shown_before_somebody_says_that_nobody_else_sees_it(
    qtbot: QtBot, look: Look
) -> None:
    back = Back(is_mirrored=True)
    model = back.open()
    view = opened(qtbot, look, model)
    model.answer_first(is_free=True)
    model.refresh(Changes(items=True))
    assert (model.state, back.reads, back.asked) == (HiddenState.ASKING, 0, [])
    assert KEPT_BACK not in words(view)

    answer = view.findChild(Button, "nobody else sees it")
    assert isinstance(answer, Button)
    answer.click()

    assert (model.state, back.reads) == (HiddenState.READY, 1)
    assert KEPT_BACK in words(view)


def test_enter_leads_back_from_a_screen_that_others_may_see(qtbot: QtBot, look: Look) -> None:
    back = Back(is_mirrored=True)
    model = back.open()
    view = opened(qtbot, look, model)
    with qtbot.waitSignal(model.left):
        QTest.keyClick(view.window().focusWidget(), Qt.Key.Key_Return)
    assert back.reads == 0


def test_a_screen_that_goes_may_go_on_as_a_mirror_and_so_it_is_asked_again(
    qtbot: QtBot, look: Look
) -> None:
    back = Back(is_mirrored=True)
    model = back.open()
    model.nobody_looks_on()
    view = opened(qtbot, look, model)
    assert KEPT_BACK in words(view)

    states = []
    for screens in (2, 1):
        back.screens = screens
        model.screens_changed()
        states.append(model.state)

    assert states == [HiddenState.MORE_SCREENS, HiddenState.ASKING]
    assert KEPT_BACK not in words(view)


@pytest.mark.parametrize("name", ["shown", "shown_two_screens", "shown_asking", "shown_empty"])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_nobody_stumbles_over_the_page(
    qtbot: QtBot, qapp: QApplication, name: str, scale: float, language: str
) -> None:
    frame = getattr(hidden_desk, name)(make_look(qapp, language=language, scale=scale))
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    QApplication.processEvents()

    assert faults(frame) == []


@pytest.mark.parametrize("is_sealed", [False, True])
def test_of_a_sealed_meeting_it_says_what_an_answer_is_for(
    qtbot: QtBot, look: Look, *, is_sealed: bool
) -> None:
    (asked,) = [one for one in hidden_desk.HIDDEN if one.questions]
    told = replace(asked, is_sealed=is_sealed)
    view = opened(qtbot, look, hidden_desk.Back(hidden=[told]).open())

    assert ("protokollet förblir som det är" in words(view)) is is_sealed
    assert answers(view)


def test_what_rests_stands_among_what_is_hidden_with_its_reason(qtbot: QtBot, look: Look) -> None:
    resting = replace(HIDDEN[0], against=(), rests=True)
    both = replace(HIDDEN[0], rests=True)
    view = opened(qtbot, look, Back(hidden=(resting, both)).open())
    told = words(view)

    assert told.count("Vilar tills det finns ett samtycke som täcker det.") == 2
    assert _("Nobody who is here now is kept from it.", look) not in told
