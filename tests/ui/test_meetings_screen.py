"""The meetings of a case, without a database and without waiting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.documents.papers import HOSTILE
from tests.people import STARTS_AT, planned_meeting, running_meeting, signed_case
from tests.ui import meetings_desk
from tests.ui.accessibility import faults
from tests.ui.desk_screens import CASES
from tests.ui.meetings_desk import (
    ELIAS,
    HENRIK,
    KARIN,
    MEETINGS,
    SCHOOL,
    Calendar,
    case_meetings,
    meeting,
    professional,
)
from tests.ui.plain import NOW, HeldRunner, draft_uses, make_look
from trygga_desktop.domain.errors import (
    ConflictError,
    NoAccessError,
    NotConfirmedError,
    TamperedError,
)
from trygga_desktop.domain.meeting import (
    Function,
    MeetingState,
    Participant,
    Presence,
    PresenceChange,
)
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.meetings import (
    Invitation,
    cancel_meeting,
    read_meetings,
    set_presence,
)
from trygga_desktop.services.rebooking import ChangeBooking, change_booking
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.meetings.absence import Why
from trygga_desktop.ui.screens.meetings.apologies import Apologies, AskAnew
from trygga_desktop.ui.screens.meetings.table import MeetingTableModel
from trygga_desktop.ui.screens.meetings.view import MeetingsView
from trygga_desktop.ui.screens.meetings.view_model import MeetingsState, MeetingsViewModel
from trygga_desktop.ui.screens.meetings.words import moment_words, roles_words
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.case_tabs import CaseTab, CaseTabs
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import make_visible

SIX, FIVE, FOUR, THREE, TWO, ONE = MEETINGS
NAMES = [one for one in HOSTILE if one.strip()]


@pytest.fixture
def calendar() -> Calendar:
    """Six meetings: two that are to come, three that were held, one called off."""
    return Calendar()


def shown(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    if not view.isVisible():
        qtbot.addWidget(view)
        view.resize(1226, 700)
        view.show()
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def has(view: QWidget, name: str) -> bool:
    """Return whether there is such a button to press."""
    found = view.findChild(Button, name)
    return isinstance(found, Button) and found.isVisible()


def press(view: QWidget, name: str) -> None:
    """Press the button of this name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    found.click()


def table(view: QWidget) -> DataTable:
    """Return the list."""
    found = view.findChild(DataTable)
    assert isinstance(found, DataTable)
    return found


@pytest.mark.parametrize("error", [NoAccessError(), TamperedError()])
def test_a_case_that_is_not_ours_shows_nothing(
    qtbot: QtBot, look: Look, calendar: Calendar, error: Exception
) -> None:
    model = calendar.open()
    view = MeetingsView(model, look)
    shown(qtbot, view)
    calendar.failure = error

    model.load()

    words = shown(qtbot, view)
    assert model.state is MeetingsState.FAILED
    assert "Elias" not in words
    assert "Karin" not in words
    assert not table(view).isVisible()


def test_a_reading_that_was_not_confirmed_is_for_the_window_to_tell(
    qtbot: QtBot, calendar: Calendar
) -> None:
    model = calendar.open()
    calendar.failure = NotConfirmedError()

    with qtbot.waitSignal(model.failed) as told:
        model.load()

    assert told.args is not None
    assert told.args[0].kind is ProblemKind.NOT_CONFIRMED


def test_the_place_of_somebody_protected_is_not_shown(qtbot: QtBot, look: Look) -> None:
    nord = replace(ELIAS, name="NORD-7", is_protected=True)
    told = replace(
        meeting(1, datetime(2026, 12, 3, 12, 0, tzinfo=UTC), MeetingState.PLANNED, people=(nord,)),
        place="Kyrkogatan 4",
    )
    model = Calendar(case_meetings((told,), row=CASES[2], people=(nord,))).open()
    view = MeetingsView(model, look)

    words = shown(qtbot, view)
    aloud = table(view).model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)

    assert "Kyrkogatan" not in words
    assert "Kyrkogatan" not in aloud
    assert look.language.gettext("The meeting place is neither shown nor printed.") in words


def test_what_was_refused_is_told_and_the_meeting_stays(
    qtbot: QtBot, look: Look, calendar: Calendar
) -> None:
    calendar.refusal = ConflictError()
    model = calendar.open()
    view = MeetingsView(model, look)
    shown(qtbot, view)
    model.ask_to_cancel(asks=True)

    press(view, "really call off")

    words = shown(qtbot, view)
    assert look.language.gettext("The text was changed at the same time") in words
    assert model.chosen is FIVE
    assert not model.asks_to_cancel


@pytest.mark.parametrize(
    ("chosen", "buttons"),
    [
        (SIX, {"open the meeting", "change the booking", "call off"}),
        (FOUR, {"show the protocol"}),
        (TWO, set()),
    ],
    ids=["planned", "held", "called off"],
)
def test_a_meeting_offers_what_its_state_allows(
    qtbot: QtBot, look: Look, calendar: Calendar, chosen: object, buttons: set[str]
) -> None:
    model = calendar.open()
    view = MeetingsView(model, look)
    shown(qtbot, view)
    assert isinstance(chosen, type(SIX))

    model.choose(chosen.id)
    shown(qtbot, view)

    every = {"open the meeting", "show the protocol", "change the booking", "call off"}
    assert {one for one in every if has(view, one)} == buttons


def test_a_running_meeting_is_chosen_first_and_has_a_protocol(qtbot: QtBot, look: Look) -> None:
    running = replace(FOUR, state=MeetingState.RUNNING)
    model = Calendar(case_meetings((SIX, FIVE, running))).open()
    view = MeetingsView(model, look)
    shown(qtbot, view)

    assert model.chosen_id == running.id
    assert has(view, "open the meeting")
    assert has(view, "show the protocol")
    assert not has(view, "call off")


def test_the_meeting_that_comes_next_is_chosen_first(calendar: Calendar) -> None:
    assert calendar.open().chosen is FIVE


def test_the_newest_stands_first(qtbot: QtBot, look: Look, calendar: Calendar) -> None:
    view = MeetingsView(calendar.open(), look)
    shown(qtbot, view)
    rows = table(view).model()

    titles = [rows.index(row, 0).data() for row in range(rows.rowCount())]

    text = look.language.gettext("Meeting {number}")
    assert titles == [text.format(number=number) for number in (6, 5, 4, 3, 2, 1)]


def test_a_row_is_a_sentence_to_a_screen_reader(calendar: Calendar) -> None:
    rows = MeetingTableModel(load_language("en"))
    rows.show_meetings(calendar.found)

    assert rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Meeting 6, Thu 14 Jan 2027 · 15:00–16:00, Planned, 8 people, Rum Björken"  # noqa: RUF001  from-to
    )


def test_the_table_keeps_to_the_rules_of_qt(qtbot: QtBot, calendar: Calendar) -> None:
    rows = MeetingTableModel(load_language("sv"))
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.addWidget(QWidget())

    rows.show_meetings(calendar.found)
    rows.tell_who(tells=True)
    rows.tell_who(tells=False)
    rows.show_meetings(None)

    assert rows.rowCount() == 0
    tester.setParent(rows)


def test_arrow_keys_choose_and_enter_opens(qtbot: QtBot, look: Look, calendar: Calendar) -> None:
    model = calendar.open()
    view = MeetingsView(model, look)
    shown(qtbot, view)
    view.first_focus.setFocus()
    opened: list[UUID] = []
    read: list[UUID] = []
    model.meeting_chosen.connect(opened.append)
    model.protocol_wanted.connect(read.append)

    QTest.keyClick(table(view), Qt.Key.Key_Return)
    QTest.keyClick(table(view), Qt.Key.Key_Down)
    words = shown(qtbot, view)
    QTest.keyClick(table(view), Qt.Key.Key_Return)

    assert opened == [FIVE.id]
    assert model.chosen is FOUR
    assert look.language.gettext("Who was there") in words
    assert read == [FOUR.id]
    assert table(view).hasFocus()


def test_enter_on_a_meeting_that_was_called_off_leads_nowhere(calendar: Calendar) -> None:
    model = calendar.open()
    gone: list[UUID] = []
    model.meeting_chosen.connect(gone.append)
    model.protocol_wanted.connect(gone.append)
    model.choose(TWO.id)

    model.open_chosen()
    model.show_protocol()
    model.cancel()

    assert gone == []
    assert calendar.cancelled == []


def test_calling_off_asks_first_and_enter_by_mistake_keeps_it(
    qtbot: QtBot, look: Look, calendar: Calendar
) -> None:
    model = calendar.open()
    view = MeetingsView(model, look)
    shown(qtbot, view)

    press(view, "call off")
    shown(qtbot, view)
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Return)

    assert calendar.cancelled == []
    assert not model.asks_to_cancel
    assert table(view).hasFocus()


def test_calling_off_tells_the_others_and_is_shown(
    qtbot: QtBot, look: Look, calendar: Calendar
) -> None:
    model = calendar.open()
    view = MeetingsView(model, look)
    shown(qtbot, view)
    press(view, "call off")

    with qtbot.waitSignal(model.made) as made:
        press(view, "really call off")

    assert made.args == [Changes(meetings=True)]
    assert calendar.cancelled == [FIVE.id]
    assert look.language.gettext("Called off") in shown(qtbot, view)
    assert not has(view, "call off")


def test_calling_off_twice_happens_once(calendar: Calendar) -> None:
    runner = HeldRunner()
    model = calendar.open(runner)
    runner.work_off()

    model.cancel()
    model.cancel()
    runner.work_off()

    assert calendar.cancelled == [FIVE.id]


def test_another_meeting_is_not_asked_about(calendar: Calendar) -> None:
    model = calendar.open()
    model.ask_to_cancel(asks=True)

    model.choose(SIX.id)

    assert not model.asks_to_cancel


def test_no_meetings_offer_the_first(qtbot: QtBot, look: Look) -> None:
    model = Calendar(case_meetings(())).open()
    view = MeetingsView(model, look)

    words = shown(qtbot, view)

    _ = look.language.gettext
    assert _("Plan one, and an agenda is suggested.") in words
    assert len([one for one in view.findChildren(Button) if one.objectName() == "plan"]) == 1
    with qtbot.waitSignal(model.plan_wanted):
        press(view, "plan")


def test_the_ways_out_lead_where_they_say(qtbot: QtBot, look: Look, calendar: Calendar) -> None:
    model = calendar.open()
    view = MeetingsView(model, look)
    shown(qtbot, view)
    tabs = view.findChild(CaseTabs)
    assert isinstance(tabs, CaseTabs)

    with qtbot.waitSignal(model.plan_wanted):
        press(view, "plan")
    with qtbot.waitSignal(model.left):
        press(view, "all cases")
    with qtbot.waitSignal(model.tab_chosen) as chosen:
        tabs.chosen.emit(CaseTab.PEOPLE)

    assert chosen.args == [CaseTab.PEOPLE]


def test_a_change_elsewhere_is_read_again_and_the_choice_stays(calendar: Calendar) -> None:
    model = calendar.open()
    model.choose(THREE.id)
    before = calendar.reads

    model.refresh(Changes(drafts=True))
    model.refresh(Changes(meetings=True), model)
    model.refresh(Changes(meetings=True))

    assert calendar.reads == before + 1
    assert model.chosen is THREE


def test_reading_that_takes_long_is_told_to(qtbot: QtBot, look: Look, calendar: Calendar) -> None:
    runner = HeldRunner()
    model = calendar.open(runner)
    view = MeetingsView(model, look)

    model.lose_patience()

    assert look.language.gettext("One moment") in shown(qtbot, view)
    runner.work_off()
    assert look.language.gettext("One moment") not in shown(qtbot, view)


def test_trying_again_reads_again(qtbot: QtBot, look: Look, calendar: Calendar) -> None:
    calendar.failure = NoAccessError()
    model = calendar.open()
    view = MeetingsView(model, look)
    shown(qtbot, view)
    calendar.failure = None

    press(view, "try again")

    assert model.state is MeetingsState.READY
    assert "Elias Demosson" in shown(qtbot, view)


def test_parts_that_did_not_verify_are_told(qtbot: QtBot, look: Look) -> None:
    view = MeetingsView(Calendar(case_meetings(left_out=2)).open(), look)

    words = shown(qtbot, view)

    assert "2 " in words
    assert view.findChild(QWidget, "banner") is not None


@pytest.mark.parametrize("text", NAMES, ids=range(len(NAMES)))
def test_hostile_text_is_shown_as_it_is_and_breaks_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    who = replace(professional(406, text, text, (SCHOOL, text, "school")), deputy_of=text)
    told = replace(
        meeting(1, datetime(2026, 12, 3, 12, 0, tzinfo=UTC), MeetingState.PLANNED, people=(who,)),
        place=text,
    )
    row = replace(CASES[0], title=text, case_number=text)
    view = MeetingsView(Calendar(case_meetings((told,), row=row, people=(who,))).open(), look)

    words = shown(qtbot, view)
    view.grab()

    assert "\u202e" not in words
    assert "\0" not in words
    assert make_visible(text, lines=False, longest=100).rstrip("…") in words


def test_what_somebody_does_stands_before_whom_they_speak_for(calendar: Calendar) -> None:
    english = load_language("en")
    karin, henrik, elias = (
        next(one for one in FIVE.participants if one.name == shown.name)
        for shown in (KARIN, HENRIK, ELIAS)
    )
    guest = Participant(
        id=UUID(int=1), name="Amina Hassan", functions=frozenset({Function.INTERPRETER})
    )

    told = [roles_words(one, calendar.found, english) for one in (karin, henrik, elias, guest)]

    assert told == [
        "Chair · Socialförvaltningen i Exempelstad",
        "Agency representative · Tallbackaskolan",
        "The young person",
        "Interpreter",
    ]


def test_the_meetings_of_a_real_case_are_shown_and_called_off(
    qtbot: QtBot, look: Look, vault: OpenVault
) -> None:
    family = signed_case(vault)
    running = running_meeting(vault, family)
    planned = planned_meeting(vault, family)
    model = MeetingsViewModel(
        family.case_id,
        read_meetings=lambda one: read_meetings(one, vault=vault),
        cancel_meeting=lambda one: cancel_meeting(one, vault=vault),
        set_presence=lambda one: set_presence(one, vault=vault),
        drafts=draft_uses(),
        runner=InlineRunner(),
        now=vault.environment.now,
    )
    view = MeetingsView(model, look)
    model.load()
    words = shown(qtbot, view)

    # Who is there in a meeting that runs is told at its table.
    model.choose(running)
    assert view.findChildren(Apologies) == []
    assert model.chosen is not None
    seats = {one.name: one.id for one in model.chosen.participants}
    model.note_absent(seats["Maria Lind"], "Sjuk")
    assert {one.presence for one in model.chosen.participants} == {Presence.HERE}

    model.choose(planned)
    press(view, "somebody does not come")
    who = view.findChild(ComboBox, "who does not come")
    assert isinstance(who, ComboBox)
    who.setCurrentText("Maria Lind")
    press(view, "note who does not come")
    assert model.chosen is not None
    told = {one.name: one for one in model.chosen.participants}["Maria Lind"]
    assert (told.presence, told.apology) == (Presence.ABSENT, "Sjuk")
    assert "Kommer inte: Sjuk" in [one.text() for one in view.findChildren(PlainLabel)]
    who = view.findChild(ComboBox, "who does not come")
    assert isinstance(who, ComboBox)
    assert who.findText("Maria Lind") == -1

    model.cancel()

    assert "Elias Demosson" in words
    assert "Stadshuset, rum 3" in words
    assert model.chosen is not None
    assert model.chosen.state is MeetingState.CANCELLED
    assert model.trouble is None


def test_a_word_about_the_time_before_is_asked_about_anew_and_answered(
    qtbot: QtBot, look: Look, vault: OpenVault
) -> None:
    family = signed_case(vault)
    planned = planned_meeting(vault, family)
    model = MeetingsViewModel(
        family.case_id,
        read_meetings=lambda one: read_meetings(one, vault=vault),
        cancel_meeting=lambda one: cancel_meeting(one, vault=vault),
        set_presence=lambda one: set_presence(one, vault=vault),
        drafts=draft_uses(),
        runner=InlineRunner(),
        now=vault.environment.now,
    )
    view = MeetingsView(model, look)
    model.load()
    assert model.chosen is not None
    seats = {one.name: one.id for one in model.chosen.participants}
    maria, sara = seats["Maria Lind"], seats["Sara Demosson"]
    model.note_absent(maria, "Prevented")
    model.note_absent(sara, "")
    shown(qtbot, view)
    assert view.findChildren(AskAnew) == []

    invited = tuple(
        Invitation(party_id=one.party_id, functions=one.functions)
        for one in model.chosen.participants
    )
    later = model.chosen.starts_at + timedelta(days=7)
    change = ChangeBooking(meeting_id=planned, starts_at=later, minutes=60, invited=invited)
    change_booking(change, vault=vault)
    model.load()

    words = shown(qtbot, view)
    _ = look.language.gettext
    when = moment_words(STARTS_AT, look.language)
    assert (_("Said about {when}: does not come") + " (Prevented)").format(when=when) in words
    assert (_("Said about {when}: does not come")).format(when=when) in words.split("\n")
    who = view.findChild(ComboBox, "who does not come")
    assert isinstance(who, ComboBox)
    assert who.findText("Maria Lind") != -1

    press(view, f"does not come either {maria}")
    press(view, f"comes now {sara}")

    words = shown(qtbot, view)
    assert _("Does not come: {why}").format(why="Prevented") in words
    assert model.chosen is not None
    now = {one.id: one.presence for one in model.chosen.participants}
    assert (now[maria], now[sara]) == (Presence.ABSENT, Presence.EXPECTED)
    assert not [one for one in view.findChildren(AskAnew) if one.isVisible()]
    assert faults(view) == []


def reason(view: QWidget) -> QLineEdit:
    """Return the field for a reason in words of one's own."""
    found = view.findChild(QLineEdit, "why in own words")
    assert isinstance(found, QLineEdit)
    return found


def choose_own_reason(view: QWidget) -> None:
    """Choose, as by key, that the reason is another one than those that stand ready."""
    why = view.findChild(ComboBox, "why they do not come")
    assert isinstance(why, ComboBox)
    QTest.keyClick(why, Qt.Key.Key_End)


def test_an_own_reason_without_a_word_is_not_noted_and_is_asked_for(
    qtbot: QtBot, look: Look, calendar: Calendar
) -> None:
    view = MeetingsView(calendar.open(), look)
    shown(qtbot, view)
    press(view, "somebody does not come")
    assert not reason(view).isVisible()
    choose_own_reason(view)
    QTest.keyClicks(reason(view), "  ")

    press(view, "note who does not come")

    assert calendar.noted == []
    assert look.language.gettext("Write why, in a few words.") in shown(qtbot, view)
    assert reason(view).isVisible()


def test_a_reason_in_own_words_is_noted_as_the_others_are(
    qtbot: QtBot, look: Look, calendar: Calendar
) -> None:
    model = calendar.open()
    view = MeetingsView(model, look)
    shown(qtbot, view)
    press(view, "somebody does not come")
    choose_own_reason(view)
    QTest.keyClicks(reason(view), " Praktik den dagen ")
    calendar.refusal = ConflictError()
    press(view, "note who does not come")
    # Nothing of it is lost where it could not be stored.
    assert reason(view).text().strip() == "Praktik den dagen"
    calendar.refusal = None

    QTest.keyClick(reason(view), Qt.Key.Key_Return)

    (noted,) = calendar.noted
    assert (noted.presence, noted.apology) == (Presence.ABSENT, "Praktik den dagen")
    assert noted.participant_id == FIVE.participants[0].id
    assert model.absence is None
    assert all(one.is_empty or one.thrown_at for one in calendar.drafts.drafts.values())


def test_a_reason_for_somebody_who_is_noted_by_now_is_noted_for_nobody_else(
    qtbot: QtBot, look: Look, calendar: Calendar
) -> None:
    model = calendar.open()
    model.ask_who_is_absent()
    assert model.absence is not None
    first, second, *_ = FIVE.participants
    model.absence.choose_who(second.id)
    model.absence.choose_why(Why.OWN)
    model.absence.type_words("Ligger på sjukhus")
    model.leave()
    word = (PresenceChange(presence=Presence.ABSENT, at=NOW),)
    people = (first, replace(second, changes=word), *FIVE.participants[2:])
    calendar.found = replace(
        calendar.found,
        meetings=tuple(
            replace(one, participants=people) if one.id == FIVE.id else one
            for one in calendar.found.meetings
        ),
    )

    view = MeetingsView(calendar.open(asks_of=FIVE.id), look)
    shown(qtbot, view)
    assert reason(view).text() == "Ligger på sjukhus"
    press(view, "note who does not come")

    assert calendar.noted == []
    assert "Välj vem som inte kommer." in [one.text() for one in view.findChildren(PlainLabel)]


def test_a_reason_that_was_half_written_waits_with_its_meeting(
    qtbot: QtBot, look: Look, calendar: Calendar
) -> None:
    model = calendar.open()
    view = MeetingsView(model, look)
    shown(qtbot, view)
    press(view, "somebody does not come")
    who = view.findChild(ComboBox, "who does not come")
    assert isinstance(who, ComboBox)
    who.setCurrentIndex(2)
    choose_own_reason(view)
    QTest.keyClicks(reason(view), "Praktik")
    model.choose(SIX.id)
    assert model.absence is None
    model.leave()

    again = calendar.open(asks_of=FIVE.id)
    view = MeetingsView(again, look)
    shown(qtbot, view)

    assert again.chosen is FIVE
    assert reason(view).isVisible()
    assert reason(view).text() == "Praktik"
    who = view.findChild(ComboBox, "who does not come")
    assert isinstance(who, ComboBox)
    assert who.currentIndex() == 2


@pytest.mark.parametrize(
    "build",
    [
        meetings_desk.shown,
        meetings_desk.shown_absence,
        meetings_desk.shown_moved,
        meetings_desk.shown_empty,
        meetings_desk.shown_asking,
        meetings_desk.shown_protected,
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
