"""The log of a case: who did what and when, to the operator and to nobody else."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk_screens import case_file
from tests.ui.desks import OpenDesk, refusing, settle, shows
from tests.ui.log_desk import BEGAN, EVERYTHING, KARIN, LINES, NOBODY, PETRA, Vault, line
from tests.ui.overviews import CASE, make_overview
from tests.ui.plain import HeldRunner, make_look
from tests.ui.test_desk_rooms import press
from trygga_desktop.domain.audit import Action, ActionKind
from trygga_desktop.domain.errors import (
    DiskFullError,
    NoAccessError,
    NotConfirmedError,
    TamperedError,
)
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.case_uses import CaseUses
from trygga_desktop.ui.screens.case.view import CaseView
from trygga_desktop.ui.screens.log.lines import LogColumn, LogTableModel
from trygga_desktop.ui.screens.log.view import LogView
from trygga_desktop.ui.screens.log.view_model import LogState, LogViewModel
from trygga_desktop.ui.screens.log.words import action_words, kind_words
from trygga_desktop.ui.shortcuts import install
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.case_tabs import CaseTab
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.table_roles import PillValue, TableRole

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ALOUD = Qt.ItemDataRole.AccessibleTextRole
HOSTILE = ('<img src="/etc/passwd">', "a <b c", "note\0note", "\u202eton", "Ö" * 300_000, "🧑‍🎓")


def opened(qtbot: QtBot, look: Look, model: LogViewModel) -> LogView:
    """Show the page in a window of its own, with its keys."""
    view = LogView(model, look)
    qtbot.addWidget(view)
    view.resize(1200, 900)
    view.show()
    install(view, view.commands)
    view.activateWindow()
    view.first_focus.setFocus()
    QApplication.processEvents()
    return view


def words(view: QWidget) -> str:
    """Return all that stands on the page around the table."""
    QApplication.processEvents()
    return "\n".join(one.accessibleName() for one in view.findChildren(QLabel) if one.isVisible())


def table(view: QWidget) -> DataTable:
    """Return the table."""
    found = view.findChild(DataTable)
    assert isinstance(found, DataTable)
    return found


def rows(view: QWidget) -> list[str]:
    """Return what a screen reader is told of each line that can be seen."""
    found = table(view)
    if not found.isVisible():
        return []
    model = found.model()
    return [model.index(row, 0).data(ALOUD) for row in range(model.rowCount())]


def button(view: QWidget, name: str) -> Button:
    """Return the button of this name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def choice(view: QWidget, name: str) -> ComboBox:
    """Return one of the two choices."""
    found = view.findChild(ComboBox, name)
    assert isinstance(found, ComboBox)
    return found


def _(text: str, look: Look) -> str:
    return look.language.gettext(text)


def test_nothing_is_shown_or_read_while_more_than_one_screen_is_connected(
    qtbot: QtBot, look: Look
) -> None:
    vault = Vault(screens=2)
    view = opened(qtbot, look, vault.open())

    QTest.keyClick(view.windowHandle(), Qt.Key.Key_E, CONTROL)
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_F, CONTROL)

    assert _("Not while others may look on", look) in words(view)
    assert "DEMO-2026-001" not in words(view)
    assert rows(view) == []
    assert vault.asked == []


def test_what_was_put_off_is_read_once_the_screen_has_gone(qtbot: QtBot, look: Look) -> None:
    vault = Vault(screens=2)
    model = vault.open()
    view = opened(qtbot, look, model)

    vault.screens = 1
    model.screens_changed()

    assert len(rows(view)) == len(LINES)
    assert len(vault.asked) == 1


def test_everything_goes_when_a_screen_comes_and_is_back_after_it(qtbot: QtBot, look: Look) -> None:
    vault = Vault()
    model = vault.open()
    view = opened(qtbot, look, model)
    before = (words(view), rows(view))

    vault.screens = 2
    model.screens_changed()
    during = (words(view), rows(view))
    vault.screens = 1
    model.screens_changed()

    assert "DEMO-2026-001" in before[0]
    assert "DEMO-2026-001" not in during[0]
    assert during[1] == []
    assert (words(view), rows(view)) == before
    assert len(vault.asked) == 1


def test_a_log_that_is_not_ours_shows_nothing_and_can_be_tried_again(
    qtbot: QtBot, look: Look
) -> None:
    vault = Vault(failure=NoAccessError())
    model = vault.open()
    view = opened(qtbot, look, model)
    told = words(view)

    vault.failure = None
    button(view, "try again").click()

    assert _("You do not have the right to open this", look) in told
    assert "DEMO-2026-001" not in told
    assert len(rows(view)) == len(LINES)
    assert table(view).hasFocus()


def test_a_right_that_was_taken_away_takes_the_lines_with_it(qtbot: QtBot, look: Look) -> None:
    vault = Vault(page=4)
    model = vault.open()
    view = opened(qtbot, look, model)
    vault.failure = NoAccessError()

    model.show_earlier()

    assert model.state is LogState.FAILED
    assert rows(view) == []
    assert "DEMO-2026-001" not in words(view)
    assert model.actors == ()


def test_a_choice_that_cannot_be_read_leaves_no_lines_of_another(qtbot: QtBot, look: Look) -> None:
    vault = Vault()
    model = vault.open()
    view = opened(qtbot, look, model)
    vault.failure = TamperedError()

    model.choose_kind(ActionKind.READ)
    told = words(view)
    vault.failure = None
    button(view, "try again").click()

    assert _("Something has been changed from outside", look) in told
    assert _("Nothing found", look) not in told
    assert vault.asked[-1].kind is ActionKind.READ
    assert len(rows(view)) == 2


def test_earlier_lines_that_cannot_be_read_leave_those_that_stand_there(
    qtbot: QtBot, look: Look
) -> None:
    vault = Vault(page=4)
    model = vault.open()
    view = opened(qtbot, look, model)
    vault.failure = DiskFullError()

    model.show_earlier()
    QApplication.processEvents()
    again = button(view, "try again")
    had_focus = again.hasFocus()
    told = (words(view), len(rows(view)))
    vault.failure = None
    again.click()

    assert _("The disk is full", look) in told[0]
    assert told[1] == 4
    assert had_focus
    assert len(rows(view)) == len(LINES)
    assert vault.asked[-1].before == LINES[3].sequence


def test_what_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    vault = Vault()
    model = vault.open()
    vault.failure = NotConfirmedError()

    with qtbot.waitSignal(model.failed):
        model.choose_actor(PETRA)

    assert model.trouble is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_thing_that_can_be_done_has_a_sentence_of_its_own(code: str) -> None:
    told = action_words(load_language(code))

    assert set(told) == set(Action)
    assert len(set(told.values())) == len(Action)
    assert all(one.strip() for one in told.values())


def test_no_sentence_is_left_in_english() -> None:
    swedish, english = (action_words(load_language(code)) for code in ("sv", "en"))

    assert [one for one in Action if swedish[one] == english[one]] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_kind_has_a_name_of_its_own(code: str) -> None:
    told = kind_words(load_language(code))

    assert set(told) == set(ActionKind)
    assert len(set(told.values())) == len(ActionKind)


def test_a_line_tells_when_who_and_what_in_the_time_of_stockholm(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Vault([line(1, Action.CASE_OPENED)]).open())

    assert BEGAN.year == 2025
    assert rows(view) == ["31 december 2025 00:30, Karin Ek, Lade upp ärendet"]
    model = table(view).model()
    shown = [model.index(0, column).data() for column in range(model.columnCount())]
    assert [str(getattr(one, "text", one)) for one in shown] == [
        "31 december 2025 00:30",
        "Karin Ek",
        "Lade upp ärendet",
    ]


def test_whoever_is_not_known_any_more_is_told_to_be_unknown(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Vault([line(1, actor=NOBODY)]).open())

    assert _("Somebody unknown", look) in rows(view)[0]


def test_a_line_that_was_changed_wears_a_mark_with_words(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Vault([line(3, holds=False), line(2), line(1)]).open())

    model = table(view).model()
    mark = model.index(0, 3).data(TableRole.PILL)

    assert isinstance(mark, PillValue)
    assert mark.text == _("Not as it was written", look)
    assert model.index(1, 3).data(TableRole.PILL) is None
    assert rows(view)[0].endswith(_("This line is not what was written", look))
    assert "1 rad är inte den som skrevs" in words(view)


def test_where_every_line_holds_nothing_is_marked(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Vault().open())

    assert table(view).model().columnCount() == 3
    assert "skrevs" not in words(view)


def test_a_mark_on_an_earlier_line_comes_with_it(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Vault([line(2), line(1, holds=False)], page=1).open())

    button(view, "show earlier").click()

    assert table(view).model().columnCount() == 4
    assert table(view).currentIndex().row() == 1


def test_the_page_says_what_a_log_can_do_and_that_reading_it_is_logged(
    qtbot: QtBot, look: Look
) -> None:
    told = words(opened(qtbot, look, Vault().open()))

    assert "Den kan inte hindra den som äger alla kopior från att byta ut alltihop." in told
    assert "Att du har läst loggen skrivs också i den." in told


def test_nothing_of_the_young_person_stands_there(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Vault().open())

    assert "Elias" not in words(view) + "".join(rows(view))


def test_it_is_narrowed_to_one_person_and_one_kind(qtbot: QtBot, look: Look) -> None:
    vault = Vault()
    view = opened(qtbot, look, vault.open())

    choice(view, "actor").choose(PETRA)
    of_petra = rows(view)
    choice(view, "kind").choose(ActionKind.CONSENT)

    assert len(of_petra) == 2
    assert [one.split(", ")[1] for one in rows(view)] == ["Petra Nord"]
    assert (vault.asked[-1].actor_id, vault.asked[-1].kind) == (PETRA, ActionKind.CONSENT)
    assert "1 rad" in words(view)


def test_the_choices_offer_everyone_and_what_can_be_found_in_a_case(
    qtbot: QtBot, look: Look
) -> None:
    view = opened(qtbot, look, Vault().open())

    people, kinds = choice(view, "actor"), choice(view, "kind")

    assert [people.itemData(place) for place in range(people.count())] == [None, KARIN, PETRA]
    offered = {kinds.itemData(place) for place in range(kinds.count())}
    assert offered == {None, *ActionKind} - {ActionKind.VAULT}


def test_where_nothing_fits_it_says_so_and_leads_back_to_all(qtbot: QtBot, look: Look) -> None:
    model = Vault().open()
    view = opened(qtbot, look, model)
    model.choose_actor(PETRA)
    model.choose_kind(ActionKind.LEFT)
    told = (words(view), rows(view))

    button(view, "show all").click()

    assert _("Nothing found", look) in told[0]
    assert told[1] == []
    assert len(rows(view)) == len(LINES)
    assert (model.actor_id, model.kind) == (None, None)
    assert choice(view, "actor").currentIndex() == choice(view, "kind").currentIndex() == 0
    assert table(view).hasFocus()


def test_earlier_lines_come_below_and_the_focus_goes_to_the_first_of_them(
    qtbot: QtBot, look: Look
) -> None:
    vault = Vault(page=3)
    view = opened(qtbot, look, vault.open())
    before = words(view)
    more = button(view, "show earlier")
    more.setFocus()

    QTest.keyClick(more, Qt.Key.Key_Return)

    assert "De 3 nyaste raderna" in before
    assert [one.before for one in vault.asked] == [None, LINES[2].sequence]
    assert len(rows(view)) == 6
    assert table(view).hasFocus()
    assert table(view).currentIndex().row() == 3
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_E, CONTROL)
    assert len(rows(view)) == len(LINES)
    assert table(view).currentIndex().row() == 6
    assert not more.isVisible()
    assert "8 rader" in words(view)


def test_earlier_lines_are_asked_for_once_however_often_one_presses() -> None:
    runner = HeldRunner()
    vault = Vault(page=3)
    model = vault.open(runner)
    runner.work_off()

    model.show_earlier()
    model.show_earlier()
    runner.work_off()

    assert len(vault.asked) == 2
    assert len(model.lines) == 6


def test_only_the_answer_to_the_last_choice_is_shown() -> None:
    runner = HeldRunner()
    vault = Vault()
    model = vault.open(runner)
    runner.work_off()

    model.choose_actor(PETRA)
    model.choose_actor(KARIN)
    shown = []
    model.changed.connect(lambda: shown.append({one.actor_id for one in model.lines}))
    runner.work_off()

    assert {PETRA} not in shown
    assert shown[-1] == {KARIN}


def test_ones_own_change_and_what_is_no_line_of_a_case_are_not_read_again() -> None:
    vault = Vault()
    model = vault.open()

    model.refresh(Changes(items=True), model)
    model.refresh(Changes(accounts=True, directory=True), object())
    model.refresh(Changes(items=True), object())

    assert len(vault.asked) == 2


def test_a_slow_log_says_that_it_is_on_its_way(qtbot: QtBot, look: Look) -> None:
    model = Vault().open(HeldRunner())
    model.lose_patience()

    assert _("The page is being opened.", look) in words(opened(qtbot, look, model))


def test_a_narrow_page_tells_who_and_when_below_what(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Vault().open())
    said = rows(view)

    view.resize(700, 900)
    QApplication.processEvents()

    model = table(view).model()
    assert isinstance(model, LogTableModel)
    assert model.columns == (LogColumn.WHAT,)
    below = model.index(0, 0).data(TableRole.SECOND_LINE).text
    assert "31 december 2025 08:30" in below
    assert "Karin Ek" in below
    assert rows(view) == said


def test_the_table_keeps_the_rules_of_qt_while_lines_come_and_go(look: Look) -> None:
    rows_model = LogTableModel(look.language)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(rows_model, mode)

    for lines, is_narrow in (
        (LINES[:3], False),
        (LINES, False),
        (EVERYTHING, False),
        (EVERYTHING, True),
        ((), True),
        (LINES, True),
    ):
        rows_model.show_lines(lines, is_narrow=is_narrow)
        assert rows_model.rowCount() == len(lines)

    tester.deleteLater()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_shown_as_they_are_and_break_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    vault = Vault([line(1, name=text)], actors=((KARIN, text),))
    view = opened(qtbot, look, vault.open())

    (told,) = rows(view)
    view.grab()

    assert "\u202e" not in told
    assert "\0" not in told
    if text.isprintable():
        assert text[:500] in told
    assert view.minimumSizeHint().width() <= 1200


def test_one_gets_back_to_the_case_by_key_and_by_button(qtbot: QtBot, look: Look) -> None:
    model = Vault().open()
    view = opened(qtbot, look, model)

    with qtbot.waitSignal(model.left):
        QTest.keyClick(view.windowHandle(), Qt.Key.Key_Left, ALT)
    with qtbot.waitSignal(model.left):
        button(view, "back").click()


def test_a_key_leads_to_the_choices(qtbot: QtBot, look: Look) -> None:
    view = opened(qtbot, look, Vault().open())

    QTest.keyClick(view.windowHandle(), Qt.Key.Key_F, CONTROL)

    assert choice(view, "actor").hasFocus()


@pytest.mark.parametrize("way", ["key", "button"])
def test_the_overview_of_a_case_leads_here_and_back(open_desk: OpenDesk, way: str) -> None:
    vault = Vault()
    uses = refusing(
        CaseUses,
        read_case=lambda _: Done(case_file()),
        read_overview=lambda _: Done(make_overview()),
        read_log=vault.read,
    )
    window = open_desk(case=uses)
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.cases.go_to_tab(CASE, CaseTab.OVERVIEW)
    window.activateWindow()
    settle()

    ways: dict[str, Callable[[], None]] = {
        "key": lambda: press(window, Qt.Key.Key_H, CONTROL),
        "button": lambda: button(window, "log").click(),
    }
    ways[way]()
    settle()
    assert shows(window, LogView)
    assert [one.case_id for one in vault.asked] == [CASE]
    assert table(window).hasFocus()
    press(window, Qt.Key.Key_Left, ALT)

    assert shows(window, CaseView)


def test_a_case_that_is_not_ours_leads_to_no_log(open_desk: OpenDesk) -> None:
    vault = Vault()
    window = open_desk(case=refusing(CaseUses, read_log=vault.read))
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.cases.go_to_tab(CASE, CaseTab.OVERVIEW)
    window.activateWindow()
    settle()

    press(window, Qt.Key.Key_H, CONTROL)

    assert not shows(window, LogView)
    assert vault.asked == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("width", "scale"), [(1366, 1.0), (1366, 1.5), (1366, 2.0), (960, 1.0), (1155, 1.0)]
)
def test_each_sentence_has_room_beside_a_mark(
    qtbot: QtBot, qapp: QApplication, language: str, width: int, scale: float
) -> None:
    made = make_look(qapp, language=language, scale=scale)
    view = opened(qtbot, made, Vault(EVERYTHING).open())
    # What the rail and the margins of the desk leave.
    view.resize(width - 150, 900)
    QApplication.processEvents()
    found = table(view)
    model = found.model()
    assert isinstance(model, LogTableModel)
    what = model.columns.index(LogColumn.WHAT)

    cut = [
        model.index(row, what).data()
        for row in range(model.rowCount())
        if found.sizeHintForIndex(model.index(row, what)).width() > found.columnWidth(what)
    ]

    assert cut == []
