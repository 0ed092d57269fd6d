"""The form for a new meeting, without a database and without waiting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.documents.papers import HOSTILE
from tests.people import signed_case
from tests.ui import new_meeting_desk
from tests.ui.accessibility import faults, tab_round
from tests.ui.desk_screens import CASES
from tests.ui.meetings_desk import (
    DALIA,
    ELIAS,
    HENRIK,
    JOHAN,
    JONAS,
    KARIN,
    MEETINGS,
    MIRJA,
    PEOPLE,
    PETRA,
    PSYCHIATRY,
    SARA,
    SCHOOL,
    case_meetings,
    professional,
)
from tests.ui.new_meeting_desk import HELD, PLANNED, Planner, fill
from tests.ui.plain import HeldRunner, draft_uses, make_look
from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.errors import (
    DiskFullError,
    InvalidInputError,
    NoAccessError,
    NotConfirmedError,
)
from trygga_desktop.domain.meeting import AgendaItem, Function, NextMeeting
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.i18n import LANGUAGES, STOCKHOLM, load_language
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.meetings import MOST_TEXT, plan_meeting, read_meetings
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.new_meeting.form import Guest, MeetingField
from trygga_desktop.ui.screens.new_meeting.guard import Way
from trygga_desktop.ui.screens.new_meeting.people import Doubt, Invitee, invitees_of
from trygga_desktop.ui.screens.new_meeting.plan import Plan
from trygga_desktop.ui.screens.new_meeting.view import NewMeetingView
from trygga_desktop.ui.screens.new_meeting.view_model import FormState, NewMeetingViewModel
from trygga_desktop.ui.screens.new_meeting.when import (
    ClockKind,
    moment_of,
    read_day,
    read_minutes,
    read_time,
    step_day,
    step_minutes,
    step_time,
)
from trygga_desktop.ui.screens.new_meeting.words import (
    doubt_words,
    hint_for,
    missing_text,
    role_hint,
    sum_words,
    who_words,
)
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.field import FieldState
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.text import make_visible

TODAY = date(2026, 11, 26)
NAMES = [one for one in HOSTILE if one.strip()]


@pytest.fixture
def planner() -> Planner:
    """A case with four meetings behind it, and nine people."""
    return Planner()


def shown(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    if not view.isVisible():
        qtbot.addWidget(view)
        view.resize(1226, 900)
        view.show()
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def press(view: QWidget, name: str) -> None:
    """Press the button of this name."""
    button(view, name).click()


def button(view: QWidget, name: str) -> Button:
    """Return the button of this name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def card(view: QWidget, name: str) -> ChoiceCard:
    """Return the card of this name."""
    found = view.findChild(ChoiceCard, name)
    assert isinstance(found, ChoiceCard)
    return found


def box_of(view: QWidget, name: str) -> QCheckBox:
    """Return the box of this name."""
    found = view.findChild(QCheckBox, name)
    assert isinstance(found, QCheckBox)
    return found


def agenda_of(model: NewMeetingViewModel) -> Plan:
    """Return the agenda as it is planned so far."""
    assert model.agenda is not None
    return model.agenda


def line(view: QWidget, name: str) -> QLineEdit:
    """Return the input of this name."""
    found = view.findChild(QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def box(view: QWidget, party_id: UUID) -> QCheckBox:
    """Return the box to tick for somebody."""
    found = view.findChild(QCheckBox, f"invite {party_id}")
    assert isinstance(found, QCheckBox)
    return found


def invited_names(model: NewMeetingViewModel) -> set[str]:
    """Return who of the case is to come."""
    return {one.shown.name for one in model.invited}


def test_a_case_that_is_not_ours_shows_no_names(qtbot: QtBot, look: Look, planner: Planner) -> None:
    planner.failure = NoAccessError()
    model = planner.open()

    words = shown(qtbot, NewMeetingView(model, look))

    assert model.state is FormState.FAILED
    assert "Elias" not in words
    assert not model.may_plan


def test_a_plan_that_was_not_confirmed_is_for_the_window_to_tell(
    qtbot: QtBot, planner: Planner
) -> None:
    planner.refusal = NotConfirmedError()
    model = planner.open()
    fill(model)

    with qtbot.waitSignal(model.failed) as told:
        model.plan()

    assert told.args is not None
    assert told.args[0].kind is ProblemKind.NOT_CONFIRMED


@pytest.mark.parametrize(
    "error", [DiskFullError(), InvalidInputError(field="invited", flaw="unknown")]
)
def test_a_plan_that_is_refused_stays_in_its_form(
    qtbot: QtBot, look: Look, planner: Planner, error: Exception
) -> None:
    planner.refusal = error
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model)
    shown(qtbot, view)

    press(view, "plan")

    shown(qtbot, view)
    assert model.trouble is not None
    assert view.findChild(QWidget, "banner") is not None
    assert line(view, "day").text() == "2026-11-26"
    assert button(view, "plan").isEnabled()


def test_the_place_of_somebody_protected_is_neither_typed_nor_stored(
    qtbot: QtBot, look: Look
) -> None:
    nord = replace(ELIAS, name="NORD-7", is_protected=True)
    held = tuple(replace(one, place="Kyrkogatan 4") for one in HELD)
    planner = Planner(case_meetings(held, row=CASES[2], people=(nord, KARIN)))
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model)
    words = shown(qtbot, view)
    model.type(MeetingField.PLACE, "Kyrkogatan 4")

    model.plan()

    assert look.language.gettext("The meeting place is neither shown nor printed.") in words
    assert not line(view, "place").isEnabled()
    assert line(view, "place").text() == ""
    assert planner.commands[0].place == ""


def test_whoever_the_consent_does_not_cover_is_not_invited_by_itself(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    model = planner.open()

    words = shown(qtbot, NewMeetingView(model, look))

    assert invited_names(model) == {one.name for one in PEOPLE} - {MIRJA.name}
    assert look.language.gettext("Not covered by the consent") in words


def test_without_any_consent_nobody_but_the_family_is_invited(qtbot: QtBot, look: Look) -> None:
    model = Planner(case_meetings(HELD, covered=frozenset())).open()

    words = shown(qtbot, NewMeetingView(model, look))

    assert invited_names(model) == {ELIAS.name, SARA.name, JOHAN.name}
    assert look.language.gettext("The consent covers everyone") not in words


def test_whoever_is_not_covered_is_stopped_and_nothing_is_done_before_the_answer(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model)
    shown(qtbot, view)

    box(view, MIRJA.party.id).click()
    words = shown(qtbot, view)

    assert "BUP Norr" in words
    assert MIRJA.name not in invited_names(model)
    assert not box(view, MIRJA.party.id).isChecked()
    assert {one.objectName() for one in view.findChildren(ChoiceCard)} == {
        *("way leave_out", "way consent", "way items", "way ground")
    }
    focus = view.focusWidget()
    assert isinstance(focus, ChoiceCard)
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    assert model.guard is None
    assert view.findChild(QWidget, "guard") is None
    assert MIRJA.name not in invited_names(model)
    assert box(view, MIRJA.party.id).hasFocus()


@pytest.mark.parametrize("way", [Way.CONSENT, Way.GROUND])
def test_a_consent_or_a_ground_is_asked_for_on_its_own_page_and_what_stands_here_is_kept(
    way: Way, planner: Planner
) -> None:
    model = planner.open()
    fill(model)
    led: list[Way] = []

    def consent() -> None:
        led.append(Way.CONSENT)

    def ground() -> None:
        led.append(Way.GROUND)

    model.consent_wanted.connect(consent)
    model.ground_wanted.connect(ground)

    model.invite(MIRJA.party.id, comes=True)
    model.choose_way(way)
    model.answer_guard()

    assert led == [way]
    assert MIRJA.name not in invited_names(model)
    assert planner.open().form == model.form


def test_who_comes_to_some_items_only_must_come_to_one_and_is_called_to_no_other(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model)
    box(view, MIRJA.party.id).click()
    card(view, "way items").click()
    shown(qtbot, view)

    assert not button(view, "answer guard").isEnabled()
    box_of(view, "item new").click()
    press(view, "answer guard")
    words = shown(qtbot, view)

    (place,) = [one.place for one in agenda_of(model).items if one.item.code == "new"]
    assert f"{place}, 15:" in words
    model.plan()
    items = {one.party_id: one.called_to for one in planner.commands[0].invited}
    assert items[MIRJA.party.id] == frozenset({"new"})
    assert items[HENRIK.party.id] is None


def test_with_a_recorded_decision_they_are_invited_on_that_ground(planner: Planner) -> None:
    planner.found = replace(planner.found, decided=frozenset({PSYCHIATRY}))
    model = planner.open()
    fill(model)

    model.invite(MIRJA.party.id, comes=True)
    model.choose_way(Way.GROUND)
    model.answer_guard()

    assert MIRJA.name in invited_names(model)
    assert not model.stopped
    planner.found = replace(planner.found, decided=frozenset())
    model.load()
    assert [one.shown.name for one in model.stopped] == [MIRJA.name]


def test_whoever_is_not_covered_leads_nothing_before_the_answer(planner: Planner) -> None:
    model = planner.open()

    model.give_role(Function.CHAIR, MIRJA.party.id)

    assert model.form.roles.get(Function.CHAIR) != MIRJA.party.id
    assert model.guard is not None
    assert model.guard.party_id == MIRJA.party.id


def test_a_consent_that_ends_before_the_meeting_stops_the_booking_and_leads_there(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    planner.found = replace(planner.found, cover_ends={SCHOOL: date(2026, 11, 30)})
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model, "2026-11-30")
    assert model.may_plan
    fill(model, "2026-12-01")
    shown(qtbot, view)

    assert [one.shown.name for one in model.stopped] == [HENRIK.name]
    assert not button(view, "plan").isEnabled()
    press(view, "go there")
    assert button(view, f"when {HENRIK.party.id}").hasFocus()
    press(view, f"when {HENRIK.party.id}")
    model.choose_way(Way.LEAVE_OUT)
    press(view, "answer guard")
    assert HENRIK.name not in invited_names(model)
    assert model.may_plan


def leave_out(model: NewMeetingViewModel, party_id: UUID, *codes: str) -> None:
    """Call somebody to all items of the agenda but these."""
    model.ask_about(party_id)
    model.choose_way(Way.ITEMS)
    comes = set(agenda_of(model).codes) - set(codes)
    assert model.guard is not None
    for code in set(agenda_of(model).codes):
        model.tick_item(code, comes=code in comes)
    model.answer_guard()


def test_an_agenda_of_which_somebody_misses_one_item_stays_and_ends_as_it_did(
    planner: Planner,
) -> None:
    model = planner.open()
    codes = agenda_of(model).codes

    leave_out(model, JONAS.party.id, codes[3])

    assert agenda_of(model).codes == codes
    assert (agenda_of(model).passages, agenda_of(model).better) == (2, ())


def test_an_agenda_orders_itself_so_that_nobody_goes_out_twice_and_one_key_undoes_that(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model)
    codes = agenda_of(model).codes

    leave_out(model, JONAS.party.id, codes[2], codes[4])

    words = shown(qtbot, view)
    (order,) = [each for each in view.commands if "F7" in each.keys]
    turned = (*codes[:3], codes[4], codes[3], *codes[5:])
    assert look.language.gettext("Without {names}").format(names=JONAS.name) in words
    assert button(view, "turn order").text().strip() == "Ångra ordningen"
    assert (agenda_of(model).codes, agenda_of(model).passages) == (turned, 2)
    order.run()
    assert (agenda_of(model).codes, agenda_of(model).passages) == (codes, 4)
    order.run()
    model.plan()
    assert planner.commands[0].order == turned


def test_it_stands_as_in_the_template_again_once_everyone_comes_to_all(planner: Planner) -> None:
    model = planner.open()
    codes = agenda_of(model).codes
    leave_out(model, JONAS.party.id, codes[2], codes[4])
    assert agenda_of(model).codes != codes

    model.invite(JONAS.party.id, comes=False)

    assert model.form.order == ()
    assert agenda_of(model).codes == codes


def test_an_order_that_was_undone_stays_so_until_somebody_comes_to_other_items(
    planner: Planner,
) -> None:
    model = planner.open()
    codes = agenda_of(model).codes
    leave_out(model, JONAS.party.id, codes[2], codes[4])
    model.turn_order()

    model.type(MeetingField.PLACE, "Biblioteket")
    model.add_guest(Function.INTERPRETER, "Amina Hassan")
    assert agenda_of(model).codes == codes

    leave_out(model, JONAS.party.id, codes[2], codes[5])
    assert agenda_of(model).codes != codes


def test_a_guest_who_comes_to_some_items_counts_as_everyone_does(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model)
    codes = agenda_of(model).codes
    model.add_guest(Function.OBSERVER, "Bo Test")
    model.choose_way(Way.ITEMS)
    for code in (codes[2], codes[4]):
        model.tick_item(code, comes=True)

    model.answer_guard()

    words = shown(qtbot, view)
    assert (agenda_of(model).codes[2:5], agenda_of(model).passages) == (
        (codes[2], codes[4], codes[3]),
        2,
    )
    assert "Utan Bo Test" in words
    model.remove_guest(0)
    assert agenda_of(model).codes == codes


def test_what_comes_along_by_itself_is_told_for_each_agency_and_takes_its_time(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    own = AgendaItem(id=UUID(int=1), code="", title="Sommarlovet", category="leisure", minutes=15)
    planner.found = replace(planner.found, undiscussed=(own,))
    model = planner.open()
    fill(model)

    words = shown(qtbot, NewMeetingView(model, look))
    last = agenda_of(model).items[-1]

    assert "3 öppna åtaganden (Fritidsgården Kajutan 1, Tallbackaskolan 2)" in words
    assert "Sommarlovet" not in words
    assert sum_words(model, load_language("en"))[0] == "70 min of 55"
    assert last.begins_at == datetime(2026, 11, 26, 15, 5, tzinfo=UTC)


def test_another_template_lets_go_of_items_that_it_does_not_have(planner: Planner) -> None:
    model = planner.open()
    model.ask_about(JONAS.party.id)
    model.choose_way(Way.ITEMS)
    model.tick_item("new", comes=True)
    model.answer_guard()

    model.choose_template("sspf_professionals")

    assert model.form.parts == {}
    assert model.form.order == ()


def test_roles_that_the_template_needs_and_nobody_has_are_told(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    model.choose_template("sspf_family")
    model.give_role(Function.CHAIR, None)
    model.invite(ELIAS.party.id, comes=False)

    words = shown(qtbot, view)

    assert model.missing_roles == ("chair", "subject_person")
    assert look.language.gettext("Nobody has been chosen as: {roles}.").split("{")[0] in words


def test_a_guardian_who_is_not_to_be_told_anything_is_not_invited_by_itself() -> None:
    bar = Bar(
        id=UUID(int=1),
        reason=Reason.GUARDIAN_BARRED,
        against=JOHAN.party.id,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
    )
    people = (ELIAS, SARA, replace(JOHAN, bars=(bar,)), KARIN)
    model = Planner(case_meetings(HELD, people=people)).open()

    assert JOHAN.name not in invited_names(model)
    model.invite(JOHAN.party.id, comes=True)
    assert [one.doubt for one in model.doubtful] == [Doubt.BARRED]


def test_a_deputy_waits_to_be_asked() -> None:
    deputy = replace(
        PETRA, party=replace(PETRA.party, deputy_of=KARIN.party.id), deputy_of=KARIN.name
    )
    planner = Planner(case_meetings(HELD, people=(ELIAS, KARIN, deputy)))
    model = planner.open()
    before = invited_names(model)
    fill(model)

    model.invite(PETRA.party.id, comes=True)
    model.plan()

    assert PETRA.name not in before
    functions = {one.party_id: one.functions for one in planner.commands[0].invited}
    assert Function.DEPUTY in functions[PETRA.party.id]
    assert model.doubtful == ()


def test_whoever_has_left_the_case_is_not_offered() -> None:
    gone = replace(HENRIK, party=replace(HENRIK.party, until=date(2026, 12, 1)))
    model = Planner(case_meetings(HELD, people=(ELIAS, KARIN, gone))).open()

    fill(model, "2026-11-30")
    before = invited_names(model)
    fill(model, "2026-12-01")

    assert HENRIK.name in before
    assert HENRIK.name not in invited_names(model)


def test_family_stands_first_and_then_agency_by_agency() -> None:
    found = case_meetings(people=(JONAS, DALIA, HENRIK, KARIN, JOHAN, SARA, ELIAS, PETRA))

    order = [one.shown.name for one in invitees_of(found, TODAY)]

    assert order[:3] == [ELIAS.name, JOHAN.name, SARA.name]
    assert order[3:] == [KARIN.name, PETRA.name, HENRIK.name, DALIA.name, JONAS.name]


def test_nobody_invited_is_said_and_cannot_be_planned(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model)
    for one in model.invited:
        model.invite(one.shown.party.id, comes=False)

    words = shown(qtbot, view)
    model.plan()

    assert look.language.gettext("nobody is invited") in words
    assert not button(view, "plan").isEnabled()
    assert planner.commands == []
    press(view, "go there")
    assert box(view, ELIAS.party.id).hasFocus()


def test_what_is_missing_is_said_and_led_to(qtbot: QtBot, look: Look, planner: Planner) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    words = shown(qtbot, view)

    press(view, "go there")

    assert look.language.gettext("the day") in words
    assert not button(view, "plan").isEnabled()
    assert line(view, "day").hasFocus()


@pytest.mark.parametrize(
    ("day", "at", "kind"),
    [
        ("2027-03-28", "01:59", ClockKind.ONCE),
        ("2027-03-28", "02:00", ClockKind.NEVER),
        ("2027-03-28", "02:59", ClockKind.NEVER),
        ("2027-03-28", "03:00", ClockKind.ONCE),
        ("2026-10-25", "01:59", ClockKind.ONCE),
        ("2026-10-25", "02:00", ClockKind.TWICE),
        ("2026-10-25", "02:59", ClockKind.TWICE),
        ("2026-10-25", "03:00", ClockKind.ONCE),
        ("2026-11-26", "15:00", ClockKind.ONCE),
    ],
)
def test_a_time_comes_once_twice_or_never(day: str, at: str, kind: ClockKind) -> None:
    moment = moment_of(date.fromisoformat(day), time.fromisoformat(at))

    assert moment.kind is kind


def test_of_two_the_first_counts_and_that_is_said(look: Look) -> None:
    planner = Planner()
    model = planner.open()
    fill(model, "2027-10-31", "02:30")

    hint = hint_for(MeetingField.TIME, model, look.language)
    model.plan()

    assert hint.state is FieldState.WARN
    assert "02:30" in hint.text
    assert planner.commands[0].starts_at == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_time_that_does_not_exist_cannot_be_planned(look: Look, planner: Planner) -> None:
    model = planner.open()
    fill(model, "2027-03-28", "02:30")

    hint = hint_for(MeetingField.TIME, model, look.language)
    model.plan()

    assert hint.state is FieldState.BAD
    assert model.missing == (MeetingField.TIME,)
    assert planner.commands == []


def test_a_meeting_over_the_change_of_clocks_ends_when_its_minutes_are_over(look: Look) -> None:
    model = Planner().open()
    fill(model, "2027-03-28", "01:30")

    # An hour and twenty-five minutes of clock time, of which one hour is skipped.
    model.type(MeetingField.MINUTES, "60")

    hint = hint_for(MeetingField.TIME, model, look.language)
    assert hint.text.endswith("03:30")


@given(
    st.datetimes(
        min_value=datetime(2020, 1, 1),  # noqa: DTZ001  a clock on the wall
        max_value=datetime(2040, 1, 1),  # noqa: DTZ001  as above
    )
)
def test_every_time_that_exists_is_what_the_clock_shows(wall: datetime) -> None:
    moment = moment_of(wall.date(), wall.time())

    shown_then = moment.at.astimezone(UTC).astimezone(STOCKHOLM).replace(tzinfo=None)
    assert (shown_then == wall) is (moment.kind is not ClockKind.NEVER)
    if moment.kind is ClockKind.TWICE:
        later = moment.at.astimezone(UTC) + timedelta(hours=1)
        assert later.astimezone(STOCKHOLM).replace(tzinfo=None) == wall


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-11-26", TODAY),
        (" 20261126 ", TODAY),
        ("2026-2-3", date(2026, 2, 3)),
        ("2026-02-30", None),
        ("0000-01-01", None),
        ("26/11", None),
        ("", None),
        ("\u0662\u0660\u0662\u0666-\u0661\u0661-\u0662\u0666", None),
    ],
)
def test_days_are_read_as_they_are_written(text: str, found: date | None) -> None:
    assert read_day(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("15:00", time(15)),
        ("15.30", time(15, 30)),
        ("1530", time(15, 30)),
        ("9", time(9)),
        ("930", time(9, 30)),
        ("24:00", None),
        ("12:60", None),
        ("kl 3", None),
        ("", None),
    ],
)
def test_times_are_read_as_they_are_written(text: str, found: time | None) -> None:
    assert read_time(text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("60", 60), (" 5 ", 5), ("0", None), ("1441", None), ("en", None)]
)
def test_lengths_are_read_in_minutes(text: str, found: int | None) -> None:
    assert read_minutes(text) == found


def test_counting_on_never_leaves_what_exists() -> None:
    assert step_day("", 1, today=TODAY) == "2026-11-26"
    assert step_day("2026-11-30", 1, today=TODAY) == "2026-12-01"
    assert step_day("9999-12-31", 1, today=TODAY) == "9999-12-31"
    assert step_time("23:50", 15) == "00:05"
    assert step_time("", 15) == "12:00"
    assert step_minutes("5", -5) == "5"
    assert step_minutes("1440", 5) == "1440"
    assert step_minutes("", 5) == "60"


def test_a_follow_up_is_proposed_once_a_meeting_was_held(planner: Planner) -> None:
    assert planner.open().form.template == "follow_up"
    assert Planner(case_meetings(())).open().form.template == "sspf_family"
    assert Planner(case_meetings(MEETINGS[:2])).open().form.template == "sspf_family"


def test_what_was_agreed_last_time_stands_there_already() -> None:
    agreed = NextMeeting(
        starts_at=datetime(2026, 12, 10, 13, 30, tzinfo=UTC), place="Stadshuset, rum 3"
    )
    held = (replace(HELD[0], next_meeting=agreed), *HELD[1:])
    model = Planner(case_meetings(held)).open()

    texts = [model.form.text_in(one) for one in MeetingField if one is not MeetingField.TEMPLATE]

    assert texts[:4] == ["2026-12-10", "14:30", "55", "Stadshuset, rum 3"]
    assert model.form.roles == {
        Function.CHAIR: KARIN.party.id,
        Function.SECRETARY: PETRA.party.id,
    }
    assert model.may_plan


def test_an_agreed_day_that_has_been_is_not_proposed() -> None:
    agreed = NextMeeting(starts_at=datetime(2026, 10, 10, 13, 30, tzinfo=UTC))
    model = Planner(case_meetings((replace(HELD[0], next_meeting=agreed),))).open()

    assert model.form.text_in(MeetingField.DAY) == ""
    assert model.form.text_in(MeetingField.TIME) == "15:30"


def test_the_same_person_leading_and_writing_is_pointed_out_and_stops_nobody(
    look: Look, planner: Planner
) -> None:
    model = planner.open()
    fill(model)

    model.give_role(Function.SECRETARY, KARIN.party.id)
    model.give_role(Function.VERIFIER, KARIN.party.id)

    hints = [
        role_hint(one, model, look.language).state
        for one in (Function.CHAIR, Function.SECRETARY, Function.VERIFIER)
    ]
    assert hints == [FieldState.PLAIN, FieldState.WARN, FieldState.WARN]
    model.plan()
    karin = next(one for one in planner.commands[0].invited if one.party_id == KARIN.party.id)
    assert karin.functions >= {Function.CHAIR, Function.SECRETARY, Function.VERIFIER}


def test_whoever_leads_without_the_case_open_to_them_is_told_of_and_stops_nobody(
    look: Look,
) -> None:
    found = replace(case_meetings(), with_grant=frozenset({KARIN.party.id}))
    planner = Planner(found)
    model = planner.open()
    fill(model)

    model.give_role(Function.SECRETARY, None)
    model.give_role(Function.CHAIR, PETRA.party.id)
    model.give_role(Function.VERIFIER, PETRA.party.id)

    chair, verifier = (
        role_hint(one, model, look.language) for one in (Function.CHAIR, Function.VERIFIER)
    )
    assert chair.state is FieldState.WARN
    assert "har inte tillgång till ärendet" in chair.text
    assert (verifier.state, bool(verifier.text)) == (FieldState.PLAIN, True)
    model.give_role(Function.CHAIR, KARIN.party.id)
    assert role_hint(Function.CHAIR, model, look.language).text == ""
    assert model.may_plan


def test_whoever_leads_is_invited_and_whoever_is_not_leads_no_more(planner: Planner) -> None:
    model = planner.open()
    model.invite(KARIN.party.id, comes=False)
    without = dict(model.form.roles)

    model.give_role(Function.CHAIR, KARIN.party.id)

    assert Function.CHAIR not in without
    assert KARIN.name in invited_names(model)
    model.give_role(Function.CHAIR, None)
    assert Function.CHAIR not in model.form.roles


def test_whoever_is_passed_by_on_the_way_to_a_secretary_is_not_invited_for_it(
    planner: Planner,
) -> None:
    model = planner.open()
    for one in (KARIN, DALIA):
        model.invite(one.party.id, comes=False)

    model.give_role(Function.SECRETARY, KARIN.party.id)
    model.give_role(Function.SECRETARY, DALIA.party.id)
    model.give_role(Function.SECRETARY, HENRIK.party.id)

    assert not {KARIN.name, DALIA.name} & invited_names(model)
    assert HENRIK.name in invited_names(model)
    # Who was asked to come as well stays when somebody else writes.
    model.give_role(Function.SECRETARY, KARIN.party.id)
    model.invite(KARIN.party.id, comes=True)
    model.give_role(Function.SECRETARY, HENRIK.party.id)
    assert KARIN.name in invited_names(model)
    # Who leads stays when somebody else writes, too.
    model.give_role(Function.SECRETARY, DALIA.party.id)
    model.give_role(Function.CHAIR, DALIA.party.id)
    model.give_role(Function.SECRETARY, HENRIK.party.id)
    assert DALIA.name in invited_names(model)


def test_a_meeting_without_the_family_does_not_invite_it(planner: Planner) -> None:
    model = planner.open()

    model.choose_template("sspf_professionals")

    assert invited_names(model) == {one.name for one in (KARIN, PETRA, HENRIK, DALIA, JONAS)}
    assert model.form.text_in(MeetingField.MINUTES) == "60"


def test_a_length_of_ones_own_outlives_another_template(planner: Planner) -> None:
    model = planner.open()
    model.type(MeetingField.MINUTES, "45")

    model.choose_template("sspf_family")

    assert model.form.minutes == 45


@pytest.mark.parametrize(
    ("minutes", "fits"), [("55", True), ("90", True), ("45", False), ("", True)]
)
def test_an_agenda_longer_than_its_time_is_pointed_out(
    look: Look, planner: Planner, minutes: str, *, fits: bool
) -> None:
    model = planner.open()
    model.type(MeetingField.MINUTES, minutes)

    text, told = sum_words(model, look.language)

    assert told is fits
    assert text.startswith("55 ")


AUNT = replace(
    SARA,
    name="Rut Testberg",
    is_signer=False,
    party=replace(SARA.party, role=PartyRole.RELATIVE),
)


def test_a_relative_whom_no_consent_names_is_stopped_like_anybody(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    planner.found = case_meetings(HELD, people=(ELIAS, AUNT, KARIN))
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model)
    assert AUNT.name not in invited_names(model)

    model.invite(AUNT.party.id, comes=True)
    words = shown(qtbot, view)

    assert model.guard is not None
    assert model.guard.ways == (Way.LEAVE_OUT, Way.CONSENT, Way.ITEMS, Way.GROUND)
    assert "Rut Testberg" in words
    assert "{organisation}" not in words
    assert AUNT.name not in invited_names(model)


def test_a_decision_on_another_ground_lets_a_relative_be_invited(planner: Planner) -> None:
    found = case_meetings(HELD, people=(ELIAS, AUNT, KARIN))
    planner.found = replace(found, decided=frozenset({AUNT.party.id}))
    model = planner.open()
    fill(model)

    model.invite(AUNT.party.id, comes=True)
    model.choose_way(Way.GROUND)
    model.answer_guard()

    assert AUNT.name in invited_names(model)
    assert not model.stopped


def test_a_relative_only_listens(planner: Planner) -> None:
    aunt = AUNT
    found = case_meetings(HELD, people=(ELIAS, aunt, KARIN))
    planner.found = replace(found, decided=frozenset({aunt.party.id}))
    model = planner.open()
    fill(model)
    model.invite(aunt.party.id, comes=True)
    model.choose_way(Way.GROUND)
    model.answer_guard()

    model.plan()

    functions = {one.party_id: one.functions for one in planner.commands[0].invited}
    assert functions[aunt.party.id] == {Function.OBSERVER}


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (PartyRole.GUARDIAN, "mother · Guardian"),
        (PartyRole.APPOINTED_GUARDIAN, "mother · Specially appointed guardian"),
        (PartyRole.RELATIVE, "mother · Relative"),
    ],
)
def test_everyone_is_told_in_what_capacity_they_come(role: PartyRole, words: str) -> None:
    somebody = replace(SARA, party=replace(SARA.party, role=role, relation="mother"))

    assert who_words(Invitee(shown=somebody), load_language("en")) == words


@pytest.mark.parametrize(
    ("doubt", "pill", "guards"),
    [
        (Doubt.NOT_COVERED, "Not covered by the consent", False),
        (Doubt.ENDS_BEFORE, "The consent ends before", False),
        (Doubt.BARRED, "Is not to be told anything", True),
        (Doubt.DEPUTY, "Deputy of Karin Ek", False),
    ],
)
def test_every_doubt_has_its_words(doubt: Doubt, pill: str, *, guards: bool) -> None:
    one = Invitee(shown=replace(PETRA, deputy_of=KARIN.name), doubt=doubt)

    words = doubt_words(one, load_language("en"))

    assert words is not None
    assert words.pill == pill
    assert bool(words.guard) is guards


def test_every_field_that_is_missing_has_its_words() -> None:
    told = {missing_text(one, load_language("en")) for one in MeetingField}

    assert len(told) == len(MeetingField)


@pytest.mark.parametrize(
    ("field", "text"), [(MeetingField.TIME, "kl 3"), (MeetingField.MINUTES, "en timme")]
)
def test_what_cannot_be_read_is_told_once_the_field_is_left(
    look: Look, planner: Planner, field: MeetingField, text: str
) -> None:
    model = planner.open()
    model.type(field, text)

    model.leave_field(field)

    assert hint_for(field, model, look.language).state is FieldState.BAD
    assert field in model.missing


def test_a_meeting_with_the_young_person_alone_does_not_invite_the_rest_of_the_family() -> None:
    found = case_meetings(HELD)
    model = Planner(replace(found, templates=found.catalogue.templates_of("leavers"))).open()

    assert model.form.template == "leavers_acute"
    assert {ELIAS.name, SARA.name} & invited_names(model) == {ELIAS.name}


def test_a_template_and_a_leader_are_chosen_from_their_lists(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    shown(qtbot, view)
    for name, value in (("template", "closing"), ("chair", PETRA.party.id), ("verifier", None)):
        chosen = view.findChild(ComboBox, name)
        assert isinstance(chosen, ComboBox)
        chosen.choose(value)
        chosen.activated.emit(chosen.currentIndex())

    assert model.form.template == "closing"
    assert model.form.roles[Function.CHAIR] == PETRA.party.id
    assert line(view, "minutes").text() == "50"


def test_guests_come_by_name_and_can_be_taken_away(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model)
    shown(qtbot, view)
    chosen = view.findChild(ComboBox, "guest function")
    assert isinstance(chosen, ComboBox)
    for function, name in ((Function.INTERPRETER, "Amina"), (Function.SUPPORT_PERSON, "Bo")):
        chosen.choose(function)
        line(view, "guest name").setText(name)
        press(view, "add guest")
    press(view, "add guest")

    shown(qtbot, view)
    press(view, "remove guest 0")

    assert model.form.guests == (Guest(Function.SUPPORT_PERSON, "Bo"),)
    assert line(view, "guest name").hasFocus()


@pytest.mark.parametrize("way", ["leave_out", "consent", "items", "ground"])
def test_an_observer_whom_no_consent_names_is_stopped_before_anything_is_done(
    qtbot: QtBot, look: Look, planner: Planner, way: str
) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model)
    shown(qtbot, view)
    wanted: list[str] = []
    model.consent_wanted.connect(lambda: wanted.append("consent"))
    model.ground_wanted.connect(lambda: wanted.append("ground"))
    chosen = view.findChild(ComboBox, "guest function")
    assert isinstance(chosen, ComboBox)
    chosen.choose(Function.OBSERVER)
    QTest.keyClicks(line(view, "guest name"), "Bo Test")
    press(view, "add guest")

    assert [one.name for one in model.form.guests] == []
    assert "Bo Test omfattas inte av samtycket" in shown(qtbot, view)
    # Nor is the meeting booked without them before it is answered.
    press(view, "plan")
    assert planner.commands == []
    card = view.findChild(ChoiceCard, f"way {way}")
    assert isinstance(card, ChoiceCard)
    card.setChecked(True)
    if way == "items":
        assert not button(view, "answer guard").isEnabled()
        boxes: list[QCheckBox] = view.findChildren(QCheckBox)
        next(one for one in boxes if "item " in one.objectName()).click()
    press(view, "answer guard")

    assert wanted == ([way] if way in {"consent", "ground"} else [])
    assert line(view, "guest name").text() == ("Bo Test" if wanted else "")
    assert [one.name for one in model.form.guests] == (["Bo Test"] if way == "items" else [])
    if way != "items":
        return
    again = model.form.with_typed(model.form.typed())
    assert again.guests == model.form.guests
    assert [one.called_to for one in model._invitations() if one.name] == [  # noqa: SLF001
        one.items for one in again.guests
    ]
    assert "1 omfattas inte av samtycket" in shown(qtbot, view)

    model.form = replace(model.form, guests=(Guest(Function.OBSERVER, "Bo Test"),))
    assert model.missing == (MeetingField.GUARD,)
    model.ask_about_guest(0)
    press(view, "answer guard")
    assert model.form.guests == ()


def test_a_guest_who_was_taken_away_can_be_put_back_beside_one_who_came_since(
    planner: Planner,
) -> None:
    model = planner.open()
    undos: list[Callable[[], None]] = []
    model.removed.connect(undos.append)
    for name in ("Amina", "Bo"):
        model.add_guest(Function.INTERPRETER, name)
    model.remove_guest(0)
    model.add_guest(Function.SUPPORT_PERSON, "Cia")

    undos[0]()

    assert [one.name for one in model.form.guests] == ["Amina", "Bo", "Cia"]


def test_a_name_still_in_its_field_is_invited_too(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    view = NewMeetingView(planner.open(), look)
    shown(qtbot, view)
    QTest.keyClicks(line(view, "day"), "2026-11-26")
    line(view, "guest name").setText("Amina Hassan")

    press(view, "plan")

    assert planner.commands[0].invited[-1].name == "Amina Hassan"


def test_a_planned_meeting_is_told_and_its_command_is_whole(
    qtbot: QtBot, look: Look, planner: Planner
) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    shown(qtbot, view)
    QTest.keyClicks(line(view, "day"), "2026-12-10")

    planned: list[UUID] = []
    made: list[Changes] = []
    model.planned.connect(planned.append)
    model.made.connect(made.append)

    press(view, "plan")

    assert planned == [PLANNED]
    assert made == [Changes(meetings=True)]
    (command,) = planner.commands
    assert command.starts_at == datetime(2026, 12, 10, 14, 0, tzinfo=UTC)
    assert (command.template, command.minutes, command.place) == ("follow_up", 55, "Rum Björken")
    functions = {one.party_id: one.functions for one in command.invited}
    assert functions[ELIAS.party.id] == {Function.SUBJECT_PERSON}
    assert functions[SARA.party.id] == {Function.GUARDIAN}
    assert functions[KARIN.party.id] == {Function.AGENCY_REPRESENTATIVE, Function.CHAIR}
    assert functions[HENRIK.party.id] == {Function.AGENCY_REPRESENTATIVE}


def test_pressing_twice_plans_once(planner: Planner) -> None:
    runner = HeldRunner()
    model = planner.open(runner)
    runner.work_off()
    fill(model)

    model.plan()
    model.plan()
    runner.work_off()

    assert len(planner.commands) == 1


def test_all_goes_by_keyboard(qtbot: QtBot, look: Look, planner: Planner) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    shown(qtbot, view)
    view.first_focus.setFocus()

    order = tab_round(view)
    QTest.keyClick(line(view, "day"), Qt.Key.Key_Up)
    QTest.keyClick(line(view, "day"), Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(line(view, "time"), Qt.Key.Key_Down)
    QTest.keyClick(line(view, "minutes"), Qt.Key.Key_Up)
    QTest.keyClick(box(view, MIRJA.party.id), Qt.Key.Key_Space)

    names = [one.objectName() for one in order]
    assert names[:8] == [
        *("day", "time", "minutes", "place"),
        *("chair", "secretary", "verifier", f"invite {ELIAS.party.id}"),
    ]
    assert model.form.text_in(MeetingField.DAY) == "2026-12-03"
    assert model.form.text_in(MeetingField.TIME) == "14:45"
    assert model.form.minutes == 60
    assert model.guard is not None
    assert model.guard.party_id == MIRJA.party.id
    assert {"Ctrl+Return", "Alt+Left", "F7"} <= {key for one in view.commands for key in one.keys}


def test_nothing_is_thought_wrong_before_the_field_is_left(look: Look, planner: Planner) -> None:
    model = planner.open()
    model.type(MeetingField.DAY, "2026-1")
    before = hint_for(MeetingField.DAY, model, look.language)

    model.leave_field(MeetingField.DAY)

    assert before.state is FieldState.PLAIN
    assert hint_for(MeetingField.DAY, model, look.language).state is FieldState.BAD


def test_a_day_that_has_been_is_pointed_out_and_stops_nobody(look: Look, planner: Planner) -> None:
    model = planner.open()
    fill(model, "2026-11-25")

    assert hint_for(MeetingField.DAY, model, look.language).state is FieldState.WARN
    assert model.may_plan


def test_a_new_person_can_be_invited_and_what_was_typed_stays(planner: Planner) -> None:
    planner.found = case_meetings(HELD, people=PEOPLE[:5])
    model = planner.open()
    fill(model)
    model.invite(SARA.party.id, comes=False)
    planner.found = case_meetings(HELD)

    model.refresh(Changes(drafts=True))
    model.refresh(Changes(parties=True))

    assert HENRIK.name in {one.shown.name for one in model.invitees}
    assert SARA.name not in invited_names(model)
    assert model.form.text_in(MeetingField.DAY) == "2026-11-26"


def test_reading_that_takes_long_is_told_to(qtbot: QtBot, look: Look, planner: Planner) -> None:
    runner = HeldRunner()
    model = planner.open(runner)
    view = NewMeetingView(model, look)

    model.lose_patience()

    assert look.language.gettext("One moment") in shown(qtbot, view)
    runner.work_off()
    assert look.language.gettext("One moment") not in shown(qtbot, view)


def test_cancelling_plans_nothing(qtbot: QtBot, look: Look, planner: Planner) -> None:
    model = planner.open()
    view = NewMeetingView(model, look)
    fill(model)
    shown(qtbot, view)

    with qtbot.waitSignal(model.left):
        press(view, "cancel")

    assert planner.commands == []


def test_no_more_is_typed_than_can_be_stored(qtbot: QtBot, look: Look, planner: Planner) -> None:
    view = NewMeetingView(planner.open(), look)
    shown(qtbot, view)

    for name in ("place", "guest name"):
        line(view, name).setText("x" * 1_000)
        assert len(line(view, name).text()) == MOST_TEXT


@pytest.mark.parametrize("text", NAMES, ids=range(len(NAMES)))
def test_hostile_text_is_shown_as_it_is_and_breaks_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    mother = replace(SARA, name=text, party=replace(SARA.party, relation=text))
    teacher = professional(406, text, text, (SCHOOL, text, "school"))
    row = replace(CASES[0], title=text, case_number=text)
    found = case_meetings((), row=row, people=(mother, teacher), covered=frozenset())
    model = Planner(found).open()
    view = NewMeetingView(model, look)
    model.invite(teacher.party.id, comes=True)
    model.add_guest(Function.INTERPRETER, text)

    words = shown(qtbot, view)
    names = box(view, SARA.party.id).text()
    view.grab()

    assert "\u202e" not in words + names
    assert "\0" not in words + names
    expected = make_visible(text, lines=False, longest=100).rstrip("…")
    assert expected in words
    assert expected in names
    assert box(view, SARA.party.id).shortcut().isEmpty()


def test_a_meeting_is_planned_in_a_real_vault(qtbot: QtBot, look: Look, vault: OpenVault) -> None:
    family = signed_case(vault)
    model = NewMeetingViewModel(
        family.case_id,
        read_meetings=lambda one: read_meetings(one, vault=vault),
        plan_meeting=lambda command: plan_meeting(command, vault=vault),
        drafts=draft_uses(),
        runner=InlineRunner(),
        now=vault.environment.now,
    )
    view = NewMeetingView(model, look)
    model.load()
    words = shown(qtbot, view)
    fill(model)
    model.give_role(Function.CHAIR, family.karin)
    model.add_guest(Function.INTERPRETER, "Amina Hassan")

    model.plan()

    (planned,) = read_meetings(family.case_id, vault=vault).value.meetings
    assert look.language.gettext("Not covered by the consent") in words
    assert model.trouble is None
    assert {one.name for one in planned.participants} == {
        *("Elias Demosson", "Sara Demosson", "Johan Demosson"),
        *("Karin Ek", "Maria Lind", "Amina Hassan"),
    }
    assert planned.starts_at == datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
    assert planned.with_function(Function.CHAIR) is not None


@pytest.mark.parametrize(
    "build",
    [
        new_meeting_desk.shown,
        new_meeting_desk.shown_empty,
        new_meeting_desk.shown_guarded,
        new_meeting_desk.shown_booked,
        new_meeting_desk.shown_protected,
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nobody_stumbles(
    qtbot: QtBot,
    qapp: QApplication,
    build: Callable[[Look], QWidget],
    scale: float,
    language: str,
) -> None:
    frame = build(make_look(qapp, language=language, scale=scale))
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    qapp.processEvents()

    assert faults(frame) == []


@pytest.mark.parametrize("build", [new_meeting_desk.shown, new_meeting_desk.shown_guarded])
def test_the_primary_action_is_in_view_before_anything_is_scrolled(
    qtbot: QtBot, look: Look, build: Callable[[Look], QWidget]
) -> None:
    frame = build(look)
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    QApplication.processEvents()

    button = frame.findChild(Button, "plan")
    assert isinstance(button, Button)
    place = QRect(button.mapTo(frame, QPoint(0, 0)), button.size())
    assert frame.rect().contains(place)
    assert button.visibleRegion().boundingRect().size() == button.size()
