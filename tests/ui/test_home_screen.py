"""The home screen, without a database and without waiting."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.ui.desk_screens import AUDITOR, CASES, ME, case_row, make_home_model
from tests.ui.plain import NOW, draft_uses, make_look
from trygga_desktop.domain.case import CaseList, Phase
from trygga_desktop.domain.errors import NotConfirmedError, TamperedError
from trygga_desktop.domain.reminders import Reminder, ReminderKind
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.reminders import CaseReminder
from trygga_desktop.services.vault import Notice, NoticeKind
from trygga_desktop.ui.reminder_words import reminder_icon, reminder_text, reminder_tone
from trygga_desktop.ui.screens.home.case_table import CASE, OPENED, PHASE, CaseOrder, next_order
from trygga_desktop.ui.screens.home.parts import behind_text, greeting, notice_text
from trygga_desktop.ui.screens.home.view import HomeView
from trygga_desktop.ui.screens.home.view_model import HomeState, HomeViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner, ThreadRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

HOSTILE = (
    '<img src="/etc/passwd">',
    "a <b c",
    "Elias\0Demosson",
    "\u202eEkil",
    "Ö" * 1_000_000,
    "🧑‍🎓 Åsa",
)


def shown(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    QApplication.processEvents()
    labels = [one.text() for one in view.findChildren(QLabel) if one.isVisible()]
    buttons = [one.text() for one in view.findChildren(Button) if one.isVisible()]
    return "\n".join([*labels, *buttons])


def titles(model: HomeViewModel) -> list[str]:
    """Return the case numbers that the table shows, from the top."""
    table = model.table
    return [table.index(row, CASE).data() for row in range(table.rowCount())]


def fresh(
    list_cases: Callable[[], Done[CaseList]],
    look: Look,
    *,
    runner: TaskRunner | None = None,
    now: datetime = NOW,
    read_reminders: Callable[[], Done[tuple[CaseReminder, ...]]] = lambda: Done(()),
) -> HomeViewModel:
    """Return a home screen that has not loaded anything yet."""
    return HomeViewModel(
        me=ME,
        notices=(),
        list_cases=list_cases,
        read_reminders=read_reminders,
        drafts=draft_uses(),
        runner=runner or InlineRunner(),
        language=look.language,
        now=lambda: now,
    )


def some_cases() -> Done[CaseList]:
    return Done(CaseList(rows=CASES))


def in_turn(*answers: Exception | None) -> Callable[[], Done[CaseList]]:
    """Fail where an answer is an error, and list the cases where it is None."""
    rest = list(answers)

    def list_cases() -> Done[CaseList]:
        answer = rest.pop(0)
        if answer is not None:
            raise answer
        return some_cases()

    return list_cases


def test_a_failure_is_told_without_a_word_of_the_error(qtbot: QtBot, look: Look) -> None:
    error = OSError("disk gone: /home/ke/Elias Demosson.db")
    model = make_home_model(look=look, error=error)

    words = shown(qtbot, HomeView(model, look))

    assert model.state is HomeState.FAILED
    assert "Elias" not in words
    assert "Försök igen" in words or "Try again" in words


def test_after_a_failure_it_can_be_tried_again(look: Look) -> None:
    model = fresh(in_turn(OSError(), None), look)

    model.load()
    model.load()

    assert model.state is HomeState.READY
    assert model.trouble is None
    assert len(titles(model)) == len(CASES)


def test_a_failure_leaves_no_list_that_may_be_out_of_date(look: Look) -> None:
    model = fresh(in_turn(None, OSError()), look)
    model.load()

    model.refresh(Changes(cases=True))

    assert titles(model) == []


def test_a_reading_that_was_not_confirmed_is_for_the_window_to_tell(
    qtbot: QtBot, look: Look
) -> None:
    model = fresh(in_turn(NotConfirmedError()), look)

    with qtbot.waitSignal(model.failed):
        model.load()

    assert model.trouble is None


def test_whoever_may_not_work_in_cases_is_told_whom_to_ask(qtbot: QtBot, look: Look) -> None:
    model = make_home_model(look=look, me=AUDITOR)

    words = shown(qtbot, HomeView(model, look))

    assert model.state is HomeState.NOT_ALLOWED
    assert titles(model) == []
    assert look.language.gettext("New case") not in words.splitlines()


def test_whoever_may_not_open_cases_is_not_led_to_the_form(look: Look) -> None:
    model = make_home_model(look=look, me=AUDITOR)
    wanted: list[bool] = []
    model.new_case_wanted.connect(lambda: wanted.append(True))

    model.want_new_case()

    assert not wanted


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_shown_as_they_are_and_break_nothing(
    qtbot: QtBot, qtmodeltester: ModelTester, look: Look, title: str
) -> None:
    model = make_home_model([case_row(1, title)], look=look)
    view = HomeView(model, look)

    shown(qtbot, view)
    view.grab()

    spoken = model.table.index(0, CASE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert make_visible(title, lines=False, longest=LONGEST_NAME) in spoken
    assert len(spoken) < 400
    qtmodeltester.check(model.table)


def test_rows_that_did_not_verify_are_told_and_not_shown(qtbot: QtBot, look: Look) -> None:
    model = make_home_model(look=look, left_out=2)

    words = shown(qtbot, HomeView(model, look))

    expected = look.language.ngettext(
        "{count} case could not be verified and is not shown. Ask the administrator to check the "
        "vault.",
        "{count} cases could not be verified and are not shown. Ask the administrator to check "
        "the vault.",
        2,
    ).format(count=2)
    assert expected in words
    assert look.language.gettext("Nothing saved is missing") not in words


def test_how_many_cases_there_are_is_told_once(qtbot: QtBot, look: Look) -> None:
    view = HomeView(make_home_model(look=look), look)
    shown(qtbot, view)

    texts = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]

    assert texts.count("3 ärenden") == 1


def test_a_protected_person_is_listed_without_an_age(look: Look) -> None:
    model = make_home_model([CASES[2]], look=look)

    sentence = model.table.index(0, CASE).data(Qt.ItemDataRole.AccessibleTextRole)

    assert "NORD-7" in sentence
    assert look.language.gettext("{alias} · protected details").format(alias="NORD-7") in sentence


def test_the_first_cell_tells_all_of_its_row(qapp: QApplication) -> None:
    look = make_look(qapp, language="en")
    model = make_home_model([CASES[0]], look=look)

    sentence = model.table.index(0, CASE).data(Qt.ItemDataRole.AccessibleTextRole)

    assert sentence == (
        "DEMO-2026-001, Elias Demosson, 17 years, Follow-up, opened on 3 February 2026"
    )


def test_the_table_keeps_the_rules_of_qt(qtmodeltester: ModelTester, look: Look) -> None:
    model = make_home_model(look=look)

    qtmodeltester.check(model.table)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("eli", ["T-1"]),
        ("ELI demo", ["T-1"]),
        ("demo eli", ["T-1"]),
        ("lias", []),
        ("asa", []),
        ("åsa", ["T-2"]),
        ("Åsa", ["T-2"]),
        ("jose", ["T-3"]),
        ("lena", ["T-4"]),
        ("t-4", ["T-4"]),
        ("   ", ["T-3", "T-4", "T-1", "T-2"]),
        ("zebra", []),
        ("%", ["T-3", "T-4", "T-1", "T-2"]),
    ],
)
def test_every_word_must_begin_a_word(look: Look, words: str, found: list[str]) -> None:
    names = ("Elias Demosson", "Åsa Testberg", "José Provlund", "Anna-Lena Ek")
    rows = [case_row(number, name) for number, name in enumerate(names, start=1)]
    model = make_home_model(rows, look=look)

    model.set_filter(words)

    assert sorted(titles(model)) == sorted(found)


def test_swedish_letters_follow_z(look: Look) -> None:
    names = ("Örjan", "Zeb", "Ärlig", "adam", "Åberg", "Wall")
    rows = [case_row(number, name) for number, name in enumerate(names)]
    model = make_home_model(rows, look=look)

    lines = [names[int(number.removeprefix("T-"))] for number in titles(model)]

    assert lines == ["adam", "Wall", "Zeb", "Åberg", "Ärlig", "Örjan"]


def test_another_language_sorts_in_its_own_way(look: Look) -> None:
    rows = [case_row(1, "Ärlig"), case_row(2, "Zeb")]
    model = make_home_model(rows, look=look)

    model.speak(load_language("en"))

    assert titles(model) == ["T-1", "T-2"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (CaseOrder.NAME, ["T-10", "T-9", "T-2"]),
        (CaseOrder.NUMBER, ["T-2", "T-9", "T-10"]),
        (CaseOrder.PHASE, ["T-2", "T-10", "T-9"]),
        (CaseOrder.NEWEST, ["T-9", "T-10", "T-2"]),
        (CaseOrder.OLDEST, ["T-2", "T-10", "T-9"]),
    ],
)
def test_the_list_can_be_put_in_any_order(
    look: Look, order: CaseOrder, expected: list[str]
) -> None:
    rows = [
        case_row(2, "Cilla", phase=Phase.REFERRAL, opened_on=date(2024, 1, 1)),
        case_row(10, "Adam", phase=Phase.MAPPING, opened_on=date(2025, 1, 1)),
        case_row(9, "Bo", phase=Phase.CLOSED, opened_on=date(2026, 1, 1)),
    ]
    model = make_home_model(rows, look=look)

    model.sort_by(order)

    assert titles(model) == expected


def test_a_click_on_a_head_goes_through_the_orders_of_its_column() -> None:
    assert next_order(CASE, CaseOrder.NAME) is CaseOrder.NUMBER
    assert next_order(CASE, CaseOrder.NUMBER) is CaseOrder.NAME
    assert next_order(PHASE, CaseOrder.NAME) is CaseOrder.PHASE
    assert next_order(OPENED, CaseOrder.PHASE) is CaseOrder.NEWEST
    assert next_order(OPENED, CaseOrder.NEWEST) is CaseOrder.OLDEST


def test_a_sort_by_a_head_shows_in_the_list_of_orders(qtbot: QtBot, look: Look) -> None:
    model = make_home_model(look=look)
    view = HomeView(model, look)
    qtbot.addWidget(view)

    model.sort_by_column(OPENED)

    box = view.findChild(QWidget, "sort by")
    assert box is not None
    assert box.property("currentText") == look.language.gettext("Opened, newest first")


def test_enter_opens_the_case_of_the_row(qtbot: QtBot, look: Look) -> None:
    model = make_home_model(look=look)
    view = HomeView(model, look)
    qtbot.addWidget(view)
    table = view.findChild(DataTable)
    assert table is not None
    table.setCurrentIndex(model.table.index(1, CASE))

    with qtbot.waitSignal(model.case_chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Return)

    assert chosen.args == [CASES[1].id]


def test_the_cursor_comes_back_to_the_case_that_was_open(qtbot: QtBot, look: Look) -> None:
    model = make_home_model(look=look)
    model.open_row(2)

    view = HomeView(model, look)
    qtbot.addWidget(view)

    table = view.findChild(DataTable)
    assert table is not None
    assert table.currentIndex().row() == 2


def test_the_filter_survives_that_the_screen_is_built_anew(qtbot: QtBot, look: Look) -> None:
    model = make_home_model(look=look)
    model.set_filter("maja")

    view = HomeView(model, look)
    qtbot.addWidget(view)

    assert view.search.text() == "maja"
    assert titles(model) == ["DEMO-2026-002"]


def test_a_filter_that_finds_nothing_says_so_and_can_be_undone(qtbot: QtBot, look: Look) -> None:
    model = make_home_model(look=look)
    view = HomeView(model, look)
    view.search.setText("zebra")
    words = shown(qtbot, view)
    show_all = view.findChild(Button, "show all")
    assert show_all is not None

    show_all.click()

    assert look.language.gettext("Nothing found") in words
    assert len(titles(model)) == len(CASES)


def test_the_first_day_leads_to_the_first_case(qtbot: QtBot, look: Look) -> None:
    model = make_home_model((), look=look)
    view = HomeView(model, look)

    words = shown(qtbot, view)

    assert look.language.gettext("No cases yet") in words
    assert words.splitlines().count(look.language.gettext("New case")) == 1
    assert isinstance(view.first_focus, Button)


def test_focus_starts_in_the_table(qtbot: QtBot, look: Look) -> None:
    view = HomeView(make_home_model(look=look), look)
    qtbot.addWidget(view)

    assert isinstance(view.first_focus, DataTable)


def test_a_list_that_is_quick_never_says_that_it_is_loading(look: Look) -> None:
    model = make_home_model(look=look)

    model.lose_patience()

    assert model.state is HomeState.READY


def test_a_list_that_is_slow_says_so(qtbot: QtBot, look: Look) -> None:
    model = fresh(in_turn(), look)
    model.lose_patience()

    words = shown(qtbot, HomeView(model, look))

    assert look.language.gettext("One moment") in words


def test_what_happened_before_the_unlock_is_told_until_it_is_read(qtbot: QtBot, look: Look) -> None:
    notices = [
        Notice(kind=NoticeKind.FAILED_UNLOCKS, count=3),
        Notice(kind=NoticeKind.REPAIRED_FROM_COPY),
        Notice(kind=NoticeKind.OLDER_ACCEPTED),
    ]
    model = make_home_model(look=look, notices=notices)
    view = HomeView(model, look)
    words = shown(qtbot, view)
    read = view.findChild(Button, "notices read")
    assert read is not None

    with qtbot.waitSignal(model.notices_read):
        read.click()

    assert look.language.gettext("An older file is open") in words
    assert view.findChild(Button, "notices read") is None


def test_which_day_is_taken_for_today_is_told_for_as_long_as_it_is_not_the_computers(
    qtbot: QtBot, look: Look
) -> None:
    notice = Notice(kind=NoticeKind.CLOCK_BEHIND, at=datetime(2036, 11, 26, 7, 51, tzinfo=UTC))
    model = make_home_model(look=look, goes_on_from=date(2036, 11, 26), notices=[notice])
    told = behind_text(date(2036, 11, 26), look.language)
    assert "2036" in told
    view = HomeView(model, look)
    assert shown(qtbot, view).count(told) == 1

    model.put_notices_away()

    assert shown(qtbot, view).count(told) == 1


def test_a_notice_of_failed_unlocks_says_when_the_last_one_was(look: Look) -> None:
    night = datetime(2026, 11, 26, 1, 14, tzinfo=UTC)
    notice = Notice(kind=NoticeKind.FAILED_UNLOCKS, count=1_500, at=night)

    told = notice_text(notice, look.language)

    assert look.language.date_time(night) in told
    assert look.language.number(1_500) in told


def test_changes_of_others_load_the_list_again_and_own_ones_do_not(look: Look) -> None:
    calls: list[None] = []

    def list_cases() -> Done[CaseList]:
        calls.append(None)
        return Done(CaseList(rows=CASES))

    model = fresh(list_cases, look)

    model.refresh(Changes(items=True))
    model.refresh(Changes(cases=True), model)
    model.refresh(Changes(cases=True), object())

    assert len(calls) == 1


def test_an_answer_for_a_closed_screen_is_dropped(qtbot: QtBot, look: Look) -> None:
    runner = ThreadRunner()
    models = [fresh(some_cases, look, runner=runner) for _ in range(2)]
    closed, witness = models
    view = HomeView(closed, look)

    closed.load()
    delete(view)
    delete(closed)
    with qtbot.waitSignal(witness.table.modelReset):
        witness.load()

    runner.shut_down()


def test_the_list_takes_the_focus_when_it_comes_late(qtbot: QtBot, look: Look) -> None:
    model = fresh(some_cases, look)
    view = HomeView(model, look)
    shown(qtbot, view)
    view.first_focus.setFocus()

    model.load()

    assert isinstance(view.focusWidget(), DataTable)


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(7, "Good morning, Karin"), (10, "Hello, Karin"), (18, "Good evening, Karin")],
)
def test_the_greeting_goes_by_the_hour(hour: int, expected: str) -> None:
    assert greeting(hour, "Karin", load_language("en")) == expected


def test_the_greeting_uses_the_first_name_and_the_hour_in_stockholm(
    qtbot: QtBot, look: Look
) -> None:
    late = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
    model = fresh(some_cases, look, now=late)
    model.load()

    words = shown(qtbot, HomeView(model, look))

    assert look.language.gettext("Good evening, {name}").format(name="Karin") in words
    assert "Karin Ek" not in words


def remind(
    kind: ReminderKind, place: int = 0, names: tuple[str, ...] = ("Elias", "Sara")
) -> CaseReminder:
    return CaseReminder(
        row=CASES[place],
        reminder=Reminder(kind=kind, on=date(2026, 12, 24), people=frozenset()),
        names=names,
    )


def text_of(card: QWidget | None) -> str:
    assert card is not None
    return "\n".join(one.text() for one in card.findChildren(QLabel))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ReminderKind)
def test_every_reminder_has_words_an_icon_and_a_tone(kind: ReminderKind, language: str) -> None:
    spoken = load_language(language)
    text = reminder_text(remind(kind).reminder, ("{date}", "Sara"), spoken)

    assert text.endswith(".")
    assert "{names}" not in text
    assert reminder_icon(kind)
    assert reminder_tone(kind) in {Tone.WARN, Tone.INFO}


def test_home_reminds_of_what_ends_and_leads_to_the_case(qtbot: QtBot, look: Look) -> None:
    reminders = [remind(ReminderKind.EXPIRED), remind(ReminderKind.SIGNER_WAITING, 1)]
    model = make_home_model(look=look, reminders=reminders)
    view = HomeView(model, look)
    qtbot.addWidget(view)
    view.show()

    words = text_of(view.findChild(QWidget, "reminders"))
    assert CASES[0].title in words
    assert "24 december 2026" in words
    way = view.findChild(Button, "remember 1")
    assert isinstance(way, Button)
    with qtbot.waitSignal(model.case_chosen) as chosen:
        way.click()
    assert chosen.args == [CASES[1].id]
    assert model.last_opened == CASES[1].id


def test_where_there_is_nothing_to_think_of_home_says_nothing_of_it(
    qtbot: QtBot, look: Look
) -> None:
    view = HomeView(make_home_model(look=look), look)
    qtbot.addWidget(view)

    assert view.findChild(QWidget, "reminders") is None


def test_a_long_row_of_reminders_tells_how_many_there_are(qtbot: QtBot, look: Look) -> None:
    model = make_home_model(look=look, reminders=[remind(ReminderKind.EXPIRES)] * 9)
    view = HomeView(model, look)
    qtbot.addWidget(view)

    card = view.findChild(QWidget, "reminders")
    assert "4 av 9" in text_of(card)
    assert card is not None
    assert len(card.findChildren(Button)) == 4


def test_reminders_that_cannot_be_read_leave_the_list_as_it_is(look: Look) -> None:
    def fail() -> Done[tuple[CaseReminder, ...]]:
        raise TamperedError

    model = fresh(some_cases, look, read_reminders=fail)
    model.load()

    assert model.state is HomeState.READY
    assert model.reminders == ()


def test_a_reading_of_reminders_that_was_not_confirmed_is_told_elsewhere(
    qtbot: QtBot, look: Look
) -> None:
    def fail() -> Done[tuple[CaseReminder, ...]]:
        raise NotConfirmedError

    model = fresh(some_cases, look, read_reminders=fail)
    with qtbot.waitSignal(model.failed):
        model.load()
