"""The withdrawal desk, without a database and without waiting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.documents.papers import HOSTILE
from tests.people import DAY, planned_meeting, running_meeting, signed_case
from tests.ui.consents_desk import (
    CASE,
    LEISURE,
    POLICE,
    SARA,
    SCHOOL,
    TODAY,
    make_view,
    story,
)
from tests.ui.desks import OpenDesk, command, frame, refusing, settle, shows
from tests.ui.plain import NOW, HeldRunner, make_look
from tests.ui.withdrawal_desk import AGENCIES, COMING, RECEIPTS, Desk, in_part, letter, withdrawal
from trygga_desktop.domain.consent_events import Withdrawn
from trygga_desktop.domain.errors import (
    DiskFullError,
    NoAccessError,
    NoRightError,
    NotConfirmedError,
)
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.i18n import load_language
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.consents import WithdrawConsent, withdraw_consent
from trygga_desktop.services.letters import (
    compose_letter,
    log_letter_failed,
    log_letter_printed,
    log_letter_saved,
)
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.withdrawals import Withdrawal, read_withdrawal
from trygga_desktop.ui.case_uses import ConsentUses
from trygga_desktop.ui.leaving import News
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.platform.saving import SaveFlaw
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.consents.view import ConsentsView
from trygga_desktop.ui.screens.withdrawal.view import WithdrawalView
from trygga_desktop.ui.screens.withdrawal.view_model import DeskState, WithdrawalViewModel
from trygga_desktop.ui.screens.withdrawal.words import DeskWords
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.case_tabs import CaseTab
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.text import make_visible

FILE = "brev.pdf"


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """How everything looks, in English: the sentences below are those of the source."""
    return make_look(qapp, language="en")


@pytest.fixture
def desk() -> Desk:
    """A vault and a printer that note what happens."""
    return Desk()


def printer() -> QPrinter:
    """Return a printer that nothing is drawn on here."""
    return QPrinter()


def shown(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    if not view.isVisible():
        qtbot.addWidget(view)
        view.resize(1226, 1400)
        view.show()
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def words_of(qtbot: QtBot, look: Look, desk: Desk) -> str:
    """Return what the desk says."""
    return shown(qtbot, WithdrawalView(desk.open(), look))


def button(view: QWidget, name: str) -> Button:
    """Return the button of this name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def done(desk: Desk, *wanted: str) -> list[tuple[str, object]]:
    """Return what happened of these."""
    return [one for one in desk.happened if one[0] in wanted]


@pytest.mark.parametrize("error", [NoAccessError(), NoRightError()])
def test_a_case_that_is_not_ours_shows_and_prints_nothing(
    qtbot: QtBot, look: Look, desk: Desk, error: Exception
) -> None:
    desk.failure = error
    model = desk.open()
    view = WithdrawalView(model, look)

    words = shown(qtbot, view)
    model.print_on(printer())
    model.save_to(Path("never.pdf"))

    assert model.state is DeskState.FAILED
    assert "Johan" not in words
    assert done(desk, "log print", "log save", "print") == []
    assert not Path("never.pdf").exists()


def test_nothing_is_read_or_shown_while_somebody_else_may_look_on(
    qtbot: QtBot, look: Look, desk: Desk
) -> None:
    desk.screens = 2
    model = desk.open()
    view = WithdrawalView(model, look)

    words = shown(qtbot, view)

    assert desk.happened == []
    assert "Not while others may look on" in words
    desk.screens = 1
    model.screens_changed()
    assert "Johan Demosson" in shown(qtbot, view)
    desk.screens = 2
    model.screens_changed()
    assert "Johan" not in shown(qtbot, view)
    assert model.found is None


def test_a_screen_that_comes_while_it_is_read_shows_nothing(desk: Desk) -> None:
    runner = HeldRunner()
    model = desk.open(runner)
    desk.screens = 2

    runner.work_off()

    assert model.state is DeskState.MORE_SCREENS
    assert model.found is None


@pytest.mark.parametrize("error", [DiskFullError(), NoRightError()])
def test_what_cannot_be_logged_is_neither_printed_nor_saved(
    tmp_path: Path, desk: Desk, error: Exception
) -> None:
    desk.log_failure = error
    model = desk.open()

    model.print_on(printer())
    model.save_to(tmp_path / FILE)

    assert done(desk, "print") == []
    assert not list(tmp_path.iterdir())
    assert model.trouble is not None
    assert model.may_leave


def unsent(**changes: Any) -> Withdrawal:
    """Return that no letter has left yet."""
    return withdrawal(letters=tuple(letter(one) for one in AGENCIES), **changes)


def pills(model: WithdrawalViewModel) -> list[str]:
    """Return how far the letters have come, in order."""
    assert model.found is not None
    words = DeskWords(model.found, load_language("en"))
    return [words.letter_pill(one).text for one in model.letters]


def test_a_letter_that_cannot_be_made_keeps_all_of_them_out_of_the_log(desk: Desk) -> None:
    desk.found = unsent()
    desk.compose_failure, desk.goes_well = DiskFullError(), 1
    model = desk.open()

    model.print_on(printer())

    assert done(desk, "log print", "print") == []
    assert model.trouble is not None
    assert pills(model) == ["Letter waits"] * 3


def test_what_the_printer_did_not_take_still_waits_though_the_log_tells_of_it(
    qtbot: QtBot, look: Look, desk: Desk
) -> None:
    desk.found = unsent()
    desk.printer_failure, desk.goes_well = NotPrintedError(PrintFlaw.NO_ANSWER), 1
    model = desk.open()
    view = WithdrawalView(model, look)

    model.print_on(printer())

    assert pills(model) == ["Letter printed", "Letter waits", "Letter waits"]
    assert "The printer does not answer" in shown(qtbot, view)
    # Whoever opens the page another time reads the log alone.
    assert desk.missed == [one.organisation_id for one in model.letters[1:]]
    assert pills(desk.open()) == ["Letter printed", "Letter waits", "Letter waits"]
    model.load()
    assert pills(model) == ["Letter printed", "Letter waits", "Letter waits"]
    desk.printer_failure = None
    model.print_on(printer())
    assert pills(model) == ["Letter printed"] * 3


def test_letters_whose_page_is_left_before_they_are_printed_still_wait(desk: Desk) -> None:
    desk.found, runner = unsent(), HeldRunner()
    model = desk.open(runner)
    runner.work_off()
    model.print_on(printer())
    model.print_on(printer())

    model.leave()
    runner.work_off()

    assert done(desk, "print") == []
    assert desk.missed == [one.organisation_id for one in model.letters]
    assert pills(desk.open()) == ["Letter waits"] * 3


def test_a_letter_that_failed_again_is_told_as_of_when_it_last_left(desk: Desk) -> None:
    earlier = NOW - timedelta(days=1)
    desk.found = withdrawal(letters=(letter(SCHOOL, printed_at=earlier),))
    desk.printer_failure = NotPrintedError(PrintFlaw.NO_ANSWER)
    model = desk.open()

    model.print_on(printer())

    assert [one.printed_at for one in model.letters] == [earlier]


def test_what_could_not_be_saved_still_waits(tmp_path: Path, desk: Desk) -> None:
    desk.found = unsent()
    model = desk.open()

    model.save_to(tmp_path / "borta" / FILE)

    assert done(desk, "log save") == [("log save", SCHOOL)]
    assert model.save_flaw is SaveFlaw.GONE
    assert pills(model) == ["Letter waits"] * 3
    model.save_to(tmp_path / FILE)
    assert pills(model) == ["Letter saved", "Letter waits", "Letter waits"]


def test_a_trouble_is_gone_when_it_went_well_the_next_time(
    qtbot: QtBot, look: Look, desk: Desk
) -> None:
    desk.failure = DiskFullError()
    model = desk.open()
    view = WithdrawalView(model, look)
    shown(qtbot, view)
    desk.failure = None

    button(view, "try again").click()

    assert model.state is DeskState.READY
    assert model.trouble is None


def test_a_second_screen_hides_the_name_of_the_file_too(
    qtbot: QtBot, look: Look, tmp_path: Path, desk: Desk
) -> None:
    model = desk.open()
    view = WithdrawalView(model, look)
    model.save_to(tmp_path / FILE)
    assert FILE in shown(qtbot, view)
    desk.screens = 2

    model.screens_changed()

    assert FILE not in shown(qtbot, view)


def test_a_log_entry_that_was_not_confirmed_is_for_the_window_to_tell(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.log_failure = NotConfirmedError()
    model = desk.open()

    with qtbot.waitSignal(model.failed) as told:
        model.print_on(printer())

    assert told.args is not None
    assert told.args[0].kind is ProblemKind.NOT_CONFIRMED
    assert done(desk, "print") == []


def test_letters_that_changed_meanwhile_do_not_leave(
    qtbot: QtBot, look: Look, tmp_path: Path, desk: Desk
) -> None:
    model = desk.open()
    view = WithdrawalView(model, look)
    desk.found = in_part()

    model.save_to(tmp_path / FILE)

    assert done(desk, "log save", "log print", "print") == []
    assert not list(tmp_path.iterdir())
    assert model.told is not None
    assert model.told.news is News.CHANGED
    assert "Polisen Exempelstad" in shown(qtbot, view)


def test_every_letter_is_logged_before_any_is_printed_and_each_is_printed_once(
    desk: Desk,
) -> None:
    model = desk.open()
    desk.happened.clear()

    model.print_on(printer())

    happened = [one for one, _ in done(desk, "log print", "print")]
    assert happened == ["log print"] * 3 + ["print"] * 3
    assert [one for _, one in done(desk, "log print")] == [SCHOOL, LEISURE, POLICE]
    assert len({one for _, one in done(desk, "print")}) == 3
    assert model.told is not None
    assert (model.told.news, model.told.count) == (News.PRINTED, 3)


def test_only_the_letter_that_is_chosen_is_saved(tmp_path: Path, desk: Desk) -> None:
    model = desk.open()
    model.choose(POLICE)

    model.save_to(tmp_path / FILE)

    assert [one for _, one in done(desk, "log save")] == [POLICE]
    assert (tmp_path / FILE).read_bytes().startswith(b"%PDF")


def test_a_file_that_is_there_is_kept_until_somebody_says_otherwise(
    qtbot: QtBot, look: Look, tmp_path: Path, desk: Desk
) -> None:
    file = tmp_path / FILE
    file.write_bytes(b"gammal")
    model = desk.open()
    view = WithdrawalView(model, look)
    shown(qtbot, view)

    model.save_to(file)

    assert file.read_bytes() == b"gammal"
    assert done(desk, "log save") == []
    button(view, "replace").click()
    assert file.read_bytes().startswith(b"%PDF")


def test_a_folder_that_is_gone_is_told_and_nothing_is_left(tmp_path: Path, desk: Desk) -> None:
    model = desk.open()

    model.save_to(tmp_path / "borta" / FILE)

    assert model.save_flaw is SaveFlaw.GONE
    assert model.may_leave


def test_a_printer_that_does_not_answer_is_told(qtbot: QtBot, look: Look, desk: Desk) -> None:
    desk.printer_failure = NotPrintedError(PrintFlaw.NO_ANSWER)
    model = desk.open()
    view = WithdrawalView(model, look)

    model.print_on(printer())

    assert "The printer does not answer" in shown(qtbot, view)


def test_without_a_printer_nothing_is_logged(qtbot: QtBot, look: Look, desk: Desk) -> None:
    view = WithdrawalView(desk.open(), look, ask_printer=lambda *_: None)
    shown(qtbot, view)

    button(view, "print").click()

    assert "This computer has no printer" in shown(qtbot, view)
    assert done(desk, "log print", "print") == []


def test_the_print_dialog_hands_its_printer_on(qtbot: QtBot, look: Look, desk: Desk) -> None:
    def choose(_: QWidget, __: str, ___: int, chosen: Callable[[QPrinter], None]) -> QDialog:
        chosen(printer())
        return QDialog()

    view = WithdrawalView(desk.open(), look, ask_printer=choose)
    shown(qtbot, view)

    button(view, "print").click()

    assert len(done(desk, "print")) == 3


def test_the_save_dialog_offers_a_name_that_tells_of_nobody(
    qtbot: QtBot, look: Look, desk: Desk
) -> None:
    view = WithdrawalView(desk.open(), look)
    shown(qtbot, view)

    button(view, "save").click()

    dialog = view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert [Path(one).name for one in dialog.selectedFiles()] == ["brev-2026-11-26-1.pdf"]
    dialog.reject()


def test_everything_taken_back_is_told_with_who_since_when_and_what_follows(
    qtbot: QtBot, look: Look, desk: Desk
) -> None:
    words = words_of(qtbot, look, desk)

    for text in (
        "Sharing is stopped since 26 November 2026 at 07:21",
        "Johan Demosson took back the whole consent on 26 November 2026. The case is paused",
        "All sharing",
        "1 planned meeting",
        "Henrik Alm, Provskolan",
        "Ringer hem varje fredag.",
        "Henrik Alm · Provskolan · by 3 December 2026",
        "The consents of Elias and Sara are not enough alone",
    ):
        assert text in words


def test_a_meeting_that_runs_is_told_first_and_not_as_a_planned_one(look: Look) -> None:
    running = replace(COMING, state=MeetingState.RUNNING)
    told = DeskWords(withdrawal(meetings=(running,)), look.language).stopped()
    both = DeskWords(withdrawal(meetings=(running, COMING)), look.language).stopped()

    assert [one.title for one in told] == [
        "1 meeting is running",
        "All sharing",
        "1 open commitment",
    ]
    assert "end the meeting" in told[0].line
    assert [one.title for one in both][2] == "1 planned meeting"


def test_parts_that_stopped_at_two_times_are_not_told_with_the_time_of_one(look: Look) -> None:
    (first,) = in_part().stops
    later = replace(
        first,
        organisations=frozenset({SCHOOL}),
        recorded_at=first.recorded_at + timedelta(hours=3),
    )

    title, text = DeskWords(in_part(stops=(first, later)), look.language).banner()

    assert title.endswith("is stopped")
    assert text.count("took back what concerns") == 2


def test_a_part_is_told_as_one_and_the_case_goes_on(qtbot: QtBot, look: Look) -> None:
    words = words_of(qtbot, look, Desk(in_part()))

    assert "Sharing with the police is stopped since 26 November 2026 at 07:21" in words
    assert "The rest holds, and the case goes on." in words
    assert "not enough alone" not in words
    assert "All sharing" not in words


def test_the_letter_on_the_screen_names_nobody_of_the_family(
    qtbot: QtBot, look: Look, desk: Desk
) -> None:
    view = WithdrawalView(desk.open(), look)
    shown(qtbot, view)
    sheet = view.findChild(QWidget, "sheet")
    assert isinstance(sheet, QWidget)

    words = " ".join(one.text() for one in sheet.findChildren(QLabel))

    assert "finns inget samtycke" in words
    assert not [one for one in ("Johan", "Elias", "Sara", "Demosson") if one in words]


def test_who_has_received_what_is_told_with_when_and_how(
    qtbot: QtBot, look: Look, desk: Desk
) -> None:
    words = words_of(qtbot, look, desk)

    for text in (
        "Saw the screen, meetings 1 and 2",
        "10 entries: Leisure",
        "Was in the room, meeting 2",
        "The screen showed nothing of the case.",
        "Not recorded for whom",
        "Printed by Karin Ek",
        "Saved as a file by Karin Ek",
        "Without consent, decided by Maja Lund, enhetschef",
        "It is clear that no one is harmed",
        "nor for whom pages were printed or saved",
        "more may have been seen than stands here",
        "Letter printed",
        "Letter saved",
        "Letter waits",
    ):
        assert text in words


def test_nobody_who_received_anything_is_an_answer_too(qtbot: QtBot, look: Look) -> None:
    words = words_of(qtbot, look, Desk(withdrawal(receipts=(), meetings=(), commitments=())))

    for text in (
        "Nobody has received anything",
        "No meeting is affected",
        "No commitment is affected",
    ):
        assert text in words


def test_what_was_given_again_leaves_only_who_has_received_what(qtbot: QtBot, look: Look) -> None:
    view = WithdrawalView(Desk(withdrawal(stops=(), letters=())).open(), look)

    words = shown(qtbot, view)

    assert "Nothing is taken back today" in words
    assert "Who has received what?" in words
    assert view.findChild(Button, "print") is None
    assert "The letters" not in words


def test_a_broken_chain_says_that_the_list_may_lack_something(qtbot: QtBot, look: Look) -> None:
    words = words_of(qtbot, look, Desk(withdrawal(chain=ChainStanding.BROKEN)))

    assert "The recorded consents are not as they were left" in words
    assert "may have been more than stands here" in words


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({"chain": ChainStanding.BROKEN}, "The recorded consents are not as they were left"),
        ({"confirmation": Confirmation.UNCONFIRMED}, "An older file was used"),
    ],
)
def test_where_no_consent_counts_nothing_is_said_to_go_on(
    qtbot: QtBot, look: Look, changes: dict[str, Any], title: str
) -> None:
    view = WithdrawalView(Desk(in_part(letters=(), **changes)).open(), look)

    words = shown(qtbot, view)

    assert "The rest holds" not in words
    assert "still covered" not in words
    assert "All sharing" in words
    assert title in words
    assert "No letter is made as long as the consents do not count." in words
    assert view.findChild(Button, "print") is None


def test_another_letter_is_shown_when_its_receiver_is_chosen(qtbot: QtBot, look: Look) -> None:
    found = withdrawal(letters=(letter(SCHOOL), letter(POLICE, opening=("Bara till polisen.",))))
    model = Desk(found).open()
    view = WithdrawalView(model, look)
    assert "Bara till polisen." not in shown(qtbot, view)
    combo = view.findChild(ComboBox, "letter to")
    assert isinstance(combo, ComboBox)
    combo.setFocus()

    combo.setCurrentIndex(1)
    combo.activated.emit(1)

    assert "Bara till polisen." in shown(qtbot, view)
    again = view.findChild(ComboBox, "letter to")
    assert isinstance(again, ComboBox)
    assert again.currentData() == POLICE
    assert view.focusWidget() is again


@pytest.mark.parametrize("text", [one for one in HOSTILE if one.strip()])
def test_hostile_names_are_shown_as_they_are(qtbot: QtBot, look: Look, text: str) -> None:
    seats = (replace(COMING.seats[0], name=text),)
    receipts = (replace(RECEIPTS[0], name=text, title=text),)
    found = withdrawal(
        meetings=(replace(COMING, seats=seats),),
        receipts=receipts,
        letters=(letter(SCHOOL, organisation=text),),
    )

    words = words_of(qtbot, look, Desk(found))

    assert make_visible(text, lines=False, longest=60)[:40] in words


def test_it_is_read_again_only_after_a_change_that_it_tells_of(desk: Desk) -> None:
    model = desk.open()
    desk.happened.clear()

    model.refresh(Changes(drafts=True, settings=True))
    assert desk.happened == []
    model.refresh(Changes(meetings=True))
    assert desk.happened == [("read", None)]


def test_reading_that_takes_long_says_so(desk: Desk) -> None:
    model = desk.open(HeldRunner())

    model.lose_patience()

    assert model.state is DeskState.SLOW


def test_the_ways_out_lead_to_the_consents_the_meetings_and_the_case(
    qtbot: QtBot, look: Look, desk: Desk
) -> None:
    model = desk.open()
    view = WithdrawalView(model, look)
    shown(qtbot, view)

    for name, signal in (
        ("the consents", model.left),
        ("the meetings", model.meetings_wanted),
        ("the case", model.case_wanted),
    ):
        with qtbot.waitSignal(signal):
            button(view, name).click()


def test_the_consents_lead_to_the_desk_and_the_desk_back_to_them(open_desk: OpenDesk) -> None:
    taken = Withdrawn(signer=SARA, on=TODAY, organisations=None)
    uses = refusing(
        ConsentUses,
        read_consents=lambda _, on: Done(make_view([*story(), taken], on=on or TODAY)),
        read_withdrawal=lambda _: Done(withdrawal()),
    )
    window = open_desk(consents=uses)
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.cases.go_to_tab(CASE, CaseTab.CONSENTS)
    settle()

    button(frame(window), "what it means").click()
    settle()
    assert shows(window, WithdrawalView)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "print"
    command(window, "Alt+Left").trigger()
    settle()
    assert shows(window, ConsentsView)
    command(window, "Ctrl+Shift+W").trigger()
    settle()

    assert shows(window, WithdrawalView)


def test_the_desk_of_a_real_case_prints_real_letters(
    qtbot: QtBot, look: Look, vault: OpenVault, tmp_path: Path
) -> None:
    family = signed_case(vault)
    running_meeting(vault, family)
    planned_meeting(vault, family)
    taken = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY)
    withdraw_consent(taken, vault=vault)
    printed: list[bytes] = []

    model = WithdrawalViewModel(
        family.case_id,
        read_withdrawal=lambda case: read_withdrawal(case, vault=vault),
        compose_letter=lambda command: compose_letter(command, vault=vault),
        log_print=lambda case, one: log_letter_printed(case, one, vault=vault),
        log_failed=lambda case, one: log_letter_failed(case, one, vault=vault),
        log_save=lambda case, one: log_letter_saved(case, one, vault=vault),
        print_pdf=lambda pdf, _: printed.append(pdf),
        screen_count=lambda: 1,
        reasons_toml=Desk().open().reasons_toml,
        runner=InlineRunner(),
        now=vault.environment.now,
    )
    model.load()
    view = WithdrawalView(model, look)

    model.print_on(printer())
    model.save_to(tmp_path / FILE)

    words = shown(qtbot, view)
    assert "Sara Demosson took back the whole consent" in words
    assert "Letter printed" in words
    assert printed == [(tmp_path / FILE).read_bytes()]
