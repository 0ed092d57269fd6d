"""The excerpts screen: nothing leaves unsealed or unlogged, and the list tells where each is."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.ui.excerpts_desk import (
    AT,
    CASE,
    JOHAN,
    LEISURE,
    POLICE,
    SARA,
    SCHOOL,
    Clerk,
    listed,
)
from tests.ui.plain import NOW, DraftBox, HeldRunner
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import (
    DiskFullError,
    ExcerptChangedError,
    InvalidInputError,
    NoSealError,
    NotForThemError,
    SealedFileChangedError,
)
from trygga_desktop.domain.excerpts import Carrier, Cause, CopyState, Way
from trygga_desktop.ui.leaving import News, PagesState
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.platform.saving import NotSavedError, save_in_folder
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.excerpts.giving import CopyField, CopyForm
from trygga_desktop.ui.screens.excerpts.pair import Pair
from trygga_desktop.ui.screens.excerpts.view import ExcerptsView
from trygga_desktop.ui.screens.excerpts.view_model import ExcerptsViewModel, Exit
from trygga_desktop.ui.screens.excerpts.words import due_words
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.chips import Chip
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill


def words_of(view: QWidget) -> str:
    QApplication.processEvents()
    labels = view.findChildren(PlainLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(view)).replace("\u00ad", "")


def asked_about(model: ExcerptsViewModel) -> Exit | None:
    return model.to_confirm


def states(clerk: Clerk) -> list[CopyState]:
    return [one.copy.state for one in clerk.copies]


def button(view: QWidget, name: str) -> Button:
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def shown_button(view: QWidget, name: str) -> Button:
    QApplication.processEvents()
    (found,) = [one for one in view.findChildren(Button, name) if one.isVisibleTo(view)]
    return found


def opened(qtbot: QtBot, look: Look, clerk: Clerk) -> ExcerptsView:
    view = ExcerptsView(clerk.open(), look)
    qtbot.addWidget(view)
    view.resize(1226, 700)
    view.show()
    return view


def test_who_may_not_seal_gives_nothing(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    clerk = Clerk()
    model = clerk.open(may_give=False)
    view = ExcerptsView(model, look)
    qtbot.addWidget(view)
    model.print_on(QPrinter())
    model.save_to(tmp_path / "x.pdf")

    assert clerk.given == []
    assert not button(view, "print").isEnabled()
    assert "får lämna utdrag" in words_of(view)


@pytest.mark.parametrize("error", [ExcerptChangedError(), NoSealError(), DiskFullError()])
def test_what_is_refused_is_neither_printed_nor_saved(tmp_path: Path, error: Exception) -> None:
    clerk = Clerk()
    clerk.give_failure = error
    model = clerk.open()
    file = tmp_path / "x.pdf"
    model.print_on(QPrinter())
    model.save_to(file)

    assert clerk.happened == []
    assert not file.exists()
    assert not model.is_leaving
    if isinstance(error, ExcerptChangedError):
        assert model.told is not None
        assert model.told.news is News.CHANGED
        # It is made again, so that somebody looks once more.
        assert len(clerk.asked) == 3
    else:
        assert model.trouble is not None


def test_it_is_sealed_stored_and_logged_before_it_is_printed() -> None:
    clerk = Clerk()
    model = clerk.open()
    model.choose(POLICE)
    model.choose_way(Way.BY_POST)
    model.print_on(QPrinter())

    assert clerk.happened == ["give", "print"]
    assert (clerk.given[0].recipient_id, clerk.given[0].way) == (POLICE, Way.BY_POST)
    assert clerk.given[0].basis == f"{POLICE}False1"
    assert model.composed is not None
    assert model.composed.copy == 2


@pytest.mark.usefixtures("qapp")
def test_a_copy_with_a_number_is_printed_once_however_many_are_asked_of_the_printer(
    tmp_path: Path,
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printer.setCopyCount(3)
    clerk = Clerk()
    clerk.open().print_on(printer)

    assert clerk.happened == ["give", "print"]
    assert printer.copyCount() == 1


def test_a_printer_that_fails_spends_the_copy_and_the_list_says_so() -> None:
    clerk = Clerk()
    clerk.printer_failure = NotPrintedError(PrintFlaw.NO_ANSWER)
    model = clerk.open()
    model.print_on(QPrinter())

    assert clerk.happened == ["give", "spoilt"]
    assert model.print_flaw is PrintFlaw.NO_ANSWER
    assert model.copies[0].copy.state is CopyState.SPOILT
    assert model.composed is not None
    assert model.composed.copy == 2


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_queue_that_refuses_later_spends_the_copy_too(qtbot: QtBot, *, is_closed: bool) -> None:
    clerk = Clerk()
    clerk.queue = [sys.executable, "-c", "import sys; sys.exit(1)"]
    model = clerk.open()
    model.print_on(QPrinter())

    assert model.is_printing
    assert clerk.happened == ["give", "print"]
    if is_closed:
        delete(model)
    qtbot.waitUntil(lambda: clerk.happened == ["give", "print", "spoilt"])
    if not is_closed:
        assert model.print_flaw is PrintFlaw.NO_ANSWER
        assert not model.is_leaving


def test_a_file_that_is_there_is_asked_about_before_anything_is_sealed(tmp_path: Path) -> None:
    clerk = Clerk()
    model = clerk.open()
    file = tmp_path / "x.pdf"
    file.write_bytes(b"before")
    model.save_to(file)
    assert (model.to_replace, clerk.given) == (file, [])

    model.replace()
    assert file.read_bytes().startswith(b"%PDF")
    assert clerk.given[0].way is Way.AS_FILE


def test_a_file_by_the_name_that_was_offered_is_saved_by_its_control_code(tmp_path: Path) -> None:
    model = Clerk().open()
    assert model.composed is not None
    offered = tmp_path / model.composed.file_name
    offered.write_bytes(b"before")
    model.save_to(offered)
    model.save_to(tmp_path / "eget namn.pdf")

    assert offered.read_bytes() == b"before"
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "eget namn.pdf",
        "utdrag-1.pdf",
        "utdrag.pdf",
    ]


def test_a_file_that_cannot_be_written_spends_the_copy(tmp_path: Path) -> None:
    clerk = Clerk()
    model = clerk.open()
    model.save_to(tmp_path / "missing" / "x.pdf")
    assert model.save_flaw is not None
    assert clerk.happened == ["give", "spoilt"]


def test_where_somebody_is_protected_it_is_asked_twice(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    clerk = Clerk(is_protected=True)
    asked: list[Callable[[QPrinter], None]] = []

    def ask(_: QWidget, __: str, ___: int, chosen: Callable[[QPrinter], None]) -> QDialog:
        asked.append(chosen)
        return QDialog()

    view = ExcerptsView(model := clerk.open(), look, ask_printer=ask)
    qtbot.addWidget(view)
    model.save_to(tmp_path / "x.pdf")
    assert (asked_about(model), clerk.given) == (Exit.SAVE, [])
    button(view, "hand out nothing").click()
    button(view, "print").click()
    assert asked_about(model) is Exit.PRINT
    assert "NORD-7" in words_of(view)
    button(view, "all the same").click()
    assert asked == [], "not before it is typed whom it is about"
    typed = view.findChild(TextInput, "called")
    assert isinstance(typed, TextInput)
    QTest.keyClicks(typed, "NORD-8")
    button(view, "all the same").click()
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert asked == []
    typed.clear()
    QTest.keyClicks(typed, "nord-7 ")
    button(view, "all the same").click()
    asked[0](QPrinter())

    assert clerk.happened == ["give", "print"]
    model.print_on(QPrinter())
    assert clerk.happened == ["give", "print"], "it is asked each time"


@pytest.mark.parametrize("typed", ["", "NORD", "NORD-71", "Elias Demosson"])
def test_nothing_leaves_of_a_protected_case_unless_it_is_typed_whom_it_is_about(
    typed: str,
) -> None:
    clerk = Clerk(is_protected=True)
    model = clerk.open()
    model.print_on(QPrinter())
    model.confirm(typed)
    assert asked_about(model) is Exit.PRINT
    model.print_on(QPrinter())
    assert clerk.given == []


CHANGES: dict[str, tuple[Callable[[ExcerptsViewModel], None], ...]] = {
    "the recipient": (lambda model: model.choose(POLICE), lambda model: model.choose(SCHOOL)),
    "the language": (
        lambda model: model.choose_language("en"),
        lambda model: model.choose_language("sv"),
    ),
    "the way": (
        lambda model: model.choose_way(Way.BY_POST),
        lambda model: model.choose_way(Way.BY_HAND),
    ),
    "the list": (lambda model: model.show_list(), lambda model: model.choose(SCHOOL)),
    "a copy to note": (
        lambda model: model.begin_giving(),
        lambda model: model.cancel_giving(),
    ),
    "what was read": (lambda model: model.load(),),
    "nothing handed out": (lambda model: model.keep(),),
    "the dialog closed": (lambda model: model.take_back_confirmation(),),
    "no printer": (lambda model: model.tell_no_printer(),),
}


@pytest.mark.parametrize("steps", CHANGES.values(), ids=CHANGES)
def test_what_was_confirmed_is_forgotten_once_anything_changes(
    steps: tuple[Callable[[ExcerptsViewModel], None], ...],
) -> None:
    clerk = Clerk(is_protected=True)
    model = clerk.open()
    model.must_confirm(Exit.PRINT)
    model.confirm("NORD-7")
    for step in steps:
        step(model)
    assert asked_about(model) is None
    model.print_on(QPrinter())
    assert (asked_about(model), clerk.given) == (Exit.PRINT, [])
    for step in steps:
        step(model)
    assert asked_about(model) is None, "nor does the question stay"
    model.confirm("NORD-7")
    model.print_on(QPrinter())
    assert clerk.given == []


def test_what_was_confirmed_for_one_way_out_opens_no_other(tmp_path: Path) -> None:
    clerk = Clerk(is_protected=True)
    clerk.copies = [listed(1, "Sara Demosson", Way.AS_FILE)]
    model = clerk.open()
    for confirmed, way_out in (
        (Exit.PRINT, lambda: model.save_to(tmp_path / "x.pdf")),
        (Exit.PRINT, lambda: model.export_to(tmp_path)),
        (Exit.SAVE, lambda: model.print_on(QPrinter())),
        (Exit.EXPORT, lambda: model.save_to(tmp_path / "x.pdf")),
    ):
        model.must_confirm(confirmed)
        model.confirm("NORD-7")
        way_out()
        assert asked_about(model) not in {None, confirmed}
        model.keep()

    assert (clerk.given, clerk.exported) == ([], [])
    assert list(tmp_path.iterdir()) == []


def test_a_print_that_is_cancelled_is_confirmed_anew(qtbot: QtBot, look: Look) -> None:
    clerk = Clerk(is_protected=True)
    dialogs: list[QDialog] = []

    def ask(parent: QWidget, _: str, __: int, ___: Callable[[QPrinter], None]) -> QDialog:
        dialogs.append(QDialog(parent))
        return dialogs[-1]

    view = ExcerptsView(model := clerk.open(), look, ask_printer=ask)
    qtbot.addWidget(view)
    model.must_confirm(Exit.PRINT)
    model.confirm("NORD-7")
    button(view, "print").click()
    (dialog,) = dialogs
    dialog.reject()

    button(view, "print").click()
    assert len(dialogs) == 1
    assert asked_about(model) is Exit.PRINT


def test_the_sender_sees_how_much_is_left_out_and_why_and_never_what(
    qtbot: QtBot, look: Look
) -> None:
    view = opened(qtbot, look, Clerk())
    assert "Inget är utelämnat" in words_of(view)
    view.findChildren(Chip)[1].click()
    told = words_of(view)
    assert "Hälsa (2)" in told
    assert "Familj och hem" in told


def test_what_rests_is_no_less_left_out_than_what_is_decided_on(qtbot: QtBot, look: Look) -> None:
    clerk = Clerk()
    clerk.resting = 2
    view = opened(qtbot, look, clerk)
    told = words_of(view)
    assert "Inget är utelämnat" not in told
    assert "2 åtaganden vilar" in told
    assert "2 uppgifter ingår inte" in [one.accessibleName() for one in view.findChildren(Pill)]


def whole_title(view: QWidget) -> str:
    """Return what the pages on the left are called."""
    pair = view.findChild(Pair)
    assert isinstance(pair, Pair)
    return pair.whole_title.accessibleName()


def test_pages_that_are_not_sealed_are_not_called_so_beside_an_excerpt(
    qtbot: QtBot, look: Look
) -> None:
    clerk = Clerk()
    assert whole_title(opened(qtbot, look, clerk)) == "Hela protokollet"
    clerk.desk = replace(clerk.desk, source=replace(clerk.desk.source, is_sealed=False))
    assert whole_title(opened(qtbot, look, clerk)) == "Hela protokollet, inte förseglat"


@pytest.mark.parametrize(
    ("carriers", "told"),
    [
        ({Carrier.EXCERPT}, "lämna ett utdrag i stället"),
        ({Carrier.ADDENDUM}, "lämna tillägget"),
        ({Carrier.EXCERPT, Carrier.ADDENDUM}, "Alla tillägg finns inte med"),
    ],
)
def test_what_is_given_instead_of_a_corrected_copy_is_what_carries_the_correction(
    look: Look, carriers: set[Carrier], told: str
) -> None:
    one = replace(listed(1, "Exempelgymnasiet", Way.BY_HAND), corrected_by=frozenset(carriers))
    assert told in due_words(one, look.language)
    assert "på nytt" not in due_words(one, look.language)


def test_the_paper_that_lasts_is_named_beside_what_is_printed_on_it(
    qtbot: QtBot, look: Look
) -> None:
    view = ExcerptsView(model := Clerk().open(), look)
    qtbot.addWidget(view)
    view.show()
    model.choose(JOHAN)
    assert "arkivpenna" not in words_of(view), "there is nothing to print"
    model.choose(SCHOOL)
    told = words_of(view)
    assert "arkivbeständigt papper (Svenskt Arkiv)" in told
    assert "Ett utdrag kan bara skrivas under på papper" in told


def test_that_a_guardian_is_barred_is_told_to_the_sender(qtbot: QtBot, look: Look) -> None:
    clerk = Clerk()
    model = clerk.open()
    view = ExcerptsView(model, look)
    qtbot.addWidget(view)
    model.choose(JOHAN)
    assert "Spärr" in words_of(view)
    model.choose(SARA)
    assert "Spärr" not in words_of(view)


def test_to_whoever_may_not_know_of_the_meeting_nothing_is_offered_and_it_is_said_why(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    clerk = Clerk()
    model = clerk.open()
    view = ExcerptsView(model, look)
    qtbot.addWidget(view)
    model.choose(JOHAN)
    model.print_on(QPrinter())
    model.save_to(tmp_path / "x.pdf")

    assert clerk.given == []
    assert not button(view, "print").isVisibleTo(view)
    assert not button(view, "save").isVisibleTo(view)
    view.show()
    assert "Johan Demosson får inte veta något om det här mötet" in words_of(view)
    model.choose(SARA)
    assert button(view, "print").isVisibleTo(view)


def test_whoever_was_not_there_is_asked_about_again_once_they_are_reminded(
    qtbot: QtBot, look: Look
) -> None:
    view = ExcerptsView(model := Clerk().open(), look)
    qtbot.addWidget(view)
    view.show()
    model.choose(LEISURE)
    assert "Det finns inget att lämna ut ännu" in words_of(view)
    assert not button(view, "print").isVisibleTo(view)
    model.remind(is_reminded=True)
    assert button(view, "print").isVisibleTo(view)
    assert "Det finns inget att lämna ut" not in words_of(view)


def test_who_may_not_know_of_it_any_more_since_somebody_looked_is_given_nothing() -> None:
    clerk = Clerk()
    clerk.give_failure = NotForThemError()
    model = clerk.open()
    model.print_on(QPrinter())

    assert clerk.happened == []
    assert model.told is not None
    assert model.told.news is News.CHANGED
    assert len(clerk.asked) == 2


def test_an_agency_that_was_not_there_is_told_nothing_before_it_is_reminded() -> None:
    clerk = Clerk()
    model = clerk.open()
    model.choose(LEISURE)
    model.remind(is_reminded=True)
    model.print_on(QPrinter())
    model.choose(SCHOOL)

    asked = [(one.recipient_id, one.is_reminded) for one in clerk.asked]
    assert asked[1:3] == [(LEISURE, False), (LEISURE, True)]
    assert asked[-1] == (SCHOOL, False)
    assert clerk.given[0].is_reminded


def test_pages_that_cannot_be_read_are_told_and_tried_again(qtbot: QtBot, look: Look) -> None:
    clerk = Clerk()
    clerk.failure = DiskFullError()
    view = opened(qtbot, look, clerk)
    button(view, "try again")
    clerk.failure = None
    button(view, "try again").click()
    assert button(view, "print").isEnabled()


def test_one_fails_and_the_screen_says_what_happened() -> None:
    clerk = Clerk()
    clerk.failure = DiskFullError()
    model = clerk.open()
    assert model.state is PagesState.FAILED
    assert model.unread is not None
    assert model.unread.kind is ProblemKind.DISK_FULL


def test_a_list_that_could_not_be_read_is_never_told_to_be_empty(qtbot: QtBot, look: Look) -> None:
    clerk = Clerk()
    clerk.copies = [listed(1, "Sara Demosson", Way.BY_HAND)]
    clerk.list_failure = SealedFileChangedError()
    view = opened(qtbot, look, clerk)
    view.findChildren(Chip)[-1].click()

    assert "Ingen har fått något än" not in words_of(view)
    assert "är inte det som förseglades" in words_of(view)
    clerk.list_failure = None
    shown_button(view, "try again").click()
    assert "är inte det som förseglades" not in words_of(view)
    assert "Ingen har fått något än" not in words_of(view)
    table = view.findChild(DataTable, "copies")
    assert isinstance(table, DataTable)
    assert table.model().rowCount() == 1


def test_while_the_list_is_read_it_is_not_told_to_be_empty(qtbot: QtBot, look: Look) -> None:
    clerk, runner = Clerk(), HeldRunner()
    view = ExcerptsView(model := clerk.open(runner), look)
    qtbot.addWidget(view)
    view.show()
    model.show_list()

    assert "Ingen har fått något än" not in words_of(view)
    finish(runner)
    assert "Ingen har fått något än" in words_of(view)


def test_who_has_what_is_told_though_the_protocol_cannot_be_read(qtbot: QtBot, look: Look) -> None:
    clerk = Clerk()
    clerk.copies = [listed(1, "Sara Demosson", Way.AS_FILE, is_current=False)]
    clerk.failure = SealedFileChangedError()
    view = opened(qtbot, look, clerk)
    (only,) = view.findChildren(Chip)
    only.click()

    assert "Ingen har fått något än" not in words_of(view)
    assert "är inte det som förseglades" in words_of(view), "the trouble stays above the list"
    table = view.findChild(DataTable, "copies")
    assert isinstance(table, DataTable)
    assert table.isVisibleTo(view)
    assert "1 exemplar bör komma tillbaka" in accessible_pills(view)
    shown_button(view, "ask back withdrawn").click()
    assert states(clerk) == [CopyState.ASKED_BACK]

    clerk.failure = None
    shown_button(view, "try again").click()
    assert "är inte det som förseglades" not in words_of(view)
    assert len(view.findChildren(Chip)) == 1 + len(clerk.desk.recipients)


def test_a_folder_is_asked_about_twice_though_the_protocol_cannot_be_read(tmp_path: Path) -> None:
    clerk = Clerk(is_protected=True)
    clerk.copies = [listed(1, "Sara Demosson", Way.AS_FILE)]
    clerk.failure = SealedFileChangedError()
    model = clerk.open()
    model.show_list()

    model.export_to(tmp_path)

    assert asked_about(model)
    assert model.to_type
    assert (clerk.exported, list(tmp_path.iterdir())) == ([], [])


def test_what_was_given_is_seen_again_from_the_list_with_how_much_it_left_out_and_why(
    qtbot: QtBot, look: Look
) -> None:
    clerk = Clerk()
    clerk.copies = [listed(1, "Lokalpolisområde Norr", Way.BY_POST)]
    view = ExcerptsView(model := clerk.open(), look)
    qtbot.addWidget(view)
    view.show()
    view.findChildren(Chip)[-1].click()
    button(view, "show as given").click()

    assert clerk.happened == ["read"], "it is logged before it is shown"
    told = words_of(view)
    assert "Så som det lämnades" in told
    assert "Hälsa (2)" in told
    assert not button(view, "print").isVisibleTo(view)
    button(view, "back to the list").click()
    assert model.seen is None
    table = view.findChild(DataTable, "copies")
    assert isinstance(table, DataTable)
    assert table.isVisibleTo(view)


def test_what_was_changed_in_the_vault_is_not_shown_as_given_and_the_screen_says_so(
    qtbot: QtBot, look: Look
) -> None:
    clerk = Clerk()
    clerk.copies = [listed(1, "Lokalpolisområde Norr", Way.BY_POST)]
    clerk.give_failure = SealedFileChangedError()
    view = opened(qtbot, look, clerk)
    view.findChildren(Chip)[-1].click()
    button(view, "show as given").click()

    assert not button(view, "back to the list").isVisibleTo(view)
    assert "är inte det som förseglades" in words_of(view)


def test_the_language_of_the_paper_is_chosen_for_each_recipient(qtbot: QtBot, look: Look) -> None:
    clerk = Clerk()
    view = opened(qtbot, look, clerk)
    english = view.findChild(QRadioButton, "segment Papperets språk en")
    assert isinstance(english, QRadioButton)
    english.click()
    button(view, "print")
    view.findChildren(Chip)[1].click()

    assert [one.language for one in clerk.asked] == ["sv", "en", "sv"]


def test_it_is_given_in_the_language_in_which_it_was_looked_at() -> None:
    clerk = Clerk()
    model = clerk.open()
    model.choose_language("en")
    model.choose_language("xx")
    model.print_on(QPrinter())

    assert [one.language for one in clerk.given] == ["en"]


def test_an_excerpt_leads_to_its_signatures_and_tells_how_they_stand(
    qtbot: QtBot, look: Look
) -> None:
    clerk = Clerk()
    waiting = listed(1, "Exempelgymnasiet", Way.BY_HAND, signer="Henrik Alm")
    clerk.copies = [waiting]
    view = ExcerptsView(model := clerk.open(), look)
    qtbot.addWidget(view)
    view.show()
    view.findChildren(Chip)[-1].click()
    assert "Inte underskrivet av Henrik Alm" in words_of(view)
    with qtbot.waitSignal(model.signatures_wanted) as led:
        button(view, "signatures").click()
    assert led.args == [waiting.copy.id]

    for changes, words in (
        ({"signed_on": AT.date()}, "Underskrivet på papper av Henrik Alm, 26 november 2026"),
        ({"is_declined": True}, "Henrik Alm skriver inte under"),
    ):
        clerk.copies = [replace(waiting, copy=replace(waiting.copy, **changes))]
        model.load()
        assert words in words_of(view)


@pytest.mark.parametrize("signer", ["", "Henrik Alm"])
def test_what_has_no_line_or_never_left_leads_to_no_signatures(
    qtbot: QtBot, look: Look, signer: str
) -> None:
    clerk = Clerk()
    clerk.copies = [listed(1, "Exempelgymnasiet", Way.BY_HAND, signer=signer)]
    if signer:
        clerk.report_spoilt(CASE, UUID(int=1001))
    view = opened(qtbot, look, clerk)
    view.findChildren(Chip)[-1].click()

    assert not button(view, "signatures").isVisibleTo(view)


def test_the_list_tells_where_each_copy_is_and_takes_it_back(qtbot: QtBot, look: Look) -> None:
    clerk = Clerk()
    clerk.copies = [
        listed(1, "Exempelgymnasiet", Way.BY_HAND, is_current=False),
        listed(2, "Sara Demosson", Way.AS_FILE),
    ]
    view = opened(qtbot, look, clerk)
    view.findChildren(Chip)[-1].click()
    table = view.findChild(DataTable, "copies")
    assert isinstance(table, DataTable)
    assert table.model().rowCount() == 2
    assert "1 exemplar bör komma tillbaka" in accessible_pills(view)

    table.selectRow(1)
    button(view, "ask back withdrawn").click()
    assert states(clerk)[0] is CopyState.ASKED_BACK
    button(view, "destroyed").click()
    assert states(clerk) == [CopyState.DESTROYED, CopyState.OUT]
    assert not button(view, "destroyed").isVisibleTo(view)


def only_due(view: QWidget) -> None:
    one = view.findChild(QRadioButton, "segment Vilka exemplar due")
    assert isinstance(one, QRadioButton)
    one.click()
    QApplication.processEvents()


def test_where_nothing_should_come_back_that_is_said_and_no_copy_is_told_of(
    qtbot: QtBot, look: Look
) -> None:
    clerk = Clerk()
    clerk.copies = [listed(1, "Sara Demosson", Way.AS_FILE)]
    view = ExcerptsView(model := clerk.open(), look)
    qtbot.addWidget(view)
    view.show()
    view.findChildren(Chip)[-1].click()
    only_due(view)

    assert "Inget behöver komma tillbaka" in words_of(view)
    assert "Ingen har fått något än" not in words_of(view)
    assert model.copy is None
    assert not button(view, "came back").isVisibleTo(view)
    assert model.to_export == (UUID(int=1001),), "what goes into a folder is another question"


def test_what_should_come_back_is_listed_by_itself_until_it_has_come(
    qtbot: QtBot, look: Look
) -> None:
    clerk = Clerk()
    clerk.copies = [
        listed(1, "Exempelgymnasiet", Way.BY_HAND, is_current=False),
        listed(2, "Sara Demosson", Way.AS_FILE),
        listed(3, "Lokalpolisområde Norr", Way.BY_POST, is_current=False),
    ]
    view = ExcerptsView(model := clerk.open(), look)
    qtbot.addWidget(view)
    view.show()
    view.findChildren(Chip)[-1].click()
    table = view.findChild(DataTable, "copies")
    assert isinstance(table, DataTable)
    model.choose_copy(UUID(int=1002))
    only_due(view)
    assert [one.copy.to for one in model.listed] == ["Lokalpolisområde Norr", "Exempelgymnasiet"]
    assert table.model().rowCount() == 2
    assert model.copy is not None
    assert model.copy.copy.to == "Lokalpolisområde Norr"

    button(view, "ask back withdrawn").click()
    assert table.model().rowCount() == 2, "it is asked for, and has not come"
    button(view, "came back").click()
    assert [one.copy.to for one in model.listed] == ["Exempelgymnasiet"]
    assert chosen_of(model) == "Exempelgymnasiet"
    model.begin_giving()
    form_of(model).type(CopyField.TO, "Maria Lind")
    model.record_giving()
    assert chosen_of(model) == "Maria Lind", "what was noted now is not left out of sight"
    assert len(model.listed) == 4


def chosen_of(model: ExcerptsViewModel) -> str:
    return "" if model.copy is None else model.copy.copy.to


def test_the_focus_goes_to_the_list_of_copies_that_a_key_has_opened(
    qtbot: QtBot, look: Look
) -> None:
    view = opened(qtbot, look, Clerk())
    view.activateWindow()
    QApplication.processEvents()
    chips = view.findChildren(Chip)
    chips[0].setFocus()
    assert chips[0].hasFocus()

    next(one for one in view.commands if "Ctrl+Shift+E" in one.keys).run()

    assert chips[-1].isChecked()
    assert chips[-1].hasFocus()


def accessible_pills(view: QWidget) -> str:
    return "\n".join(one.accessibleName() for one in view.findChildren(QWidget))


def test_files_go_to_a_folder_with_their_checksums(tmp_path: Path) -> None:
    clerk = Clerk()
    clerk.copies = [
        listed(1, "Exempelgymnasiet", Way.BY_HAND),
        listed(2, "Sara Demosson", Way.AS_FILE),
    ]
    model = clerk.open()
    model.export_to(tmp_path)

    assert clerk.exported[0].excerpt_ids == (UUID(int=1002),)
    (folder,) = tmp_path.iterdir()
    assert {one.name for one in folder.iterdir()} == {"utdrag-1.pdf", "SHA256SUMS.txt"}
    assert model.told is not None
    clerk.give_failure = ExcerptChangedError()
    model.export_to(tmp_path)
    assert len(clerk.exported) == 1
    assert model.told.news is News.CHANGED


def test_a_copy_is_asked_back_for_a_reason_and_nothing_without_one() -> None:
    clerk = Clerk()
    model = clerk.open()
    model.ask_back(Cause.ERROR)
    model.take_back(is_destroyed=True)
    model.export_to(Path("/nowhere"))
    assert clerk.exported == []
    assert model.copies == ()


def test_a_copy_that_did_not_come_out_is_told_by_a_press_and_a_wrong_note_taken_back(
    qtbot: QtBot, look: Look
) -> None:
    clerk = Clerk()
    clerk.copies = [listed(1, "Sara Demosson", Way.BY_HAND)]
    view = opened(qtbot, look, clerk)
    view.findChildren(Chip)[-1].click()

    def button(name: str) -> Button:
        found = view.findChild(Button, name)
        assert isinstance(found, Button)
        return found

    assert button("was wrong").isHidden()
    button("did not come out").click()
    assert [one.copy.state for one in clerk.copies] == [CopyState.SPOILT]
    assert "Blev inte utskrivet" in [one.accessibleName() for one in view.findChildren(Pill)]
    assert button("did not come out").isHidden()
    button("was wrong").click()
    assert [one.copy.state for one in clerk.copies] == [CopyState.OUT]
    assert clerk.happened[-2:] == ["spoilt", "corrected"]


def form_of(model: ExcerptsViewModel) -> CopyForm:
    form = model.giving
    assert form is not None
    return form


def noting(qtbot: QtBot, look: Look, clerk: Clerk) -> tuple[ExcerptsView, ExcerptsViewModel]:
    model = clerk.open()
    view = ExcerptsView(model, look)
    qtbot.addWidget(view)
    view.resize(1226, 900)
    view.show()
    view.findChildren(Chip)[-1].click()
    button(view, "note a copy").click()
    QApplication.processEvents()
    return view, model


def test_nobody_notes_a_copy_without_the_right_to_give_one(look: Look, qtbot: QtBot) -> None:
    clerk = Clerk()
    model = clerk.open(may_give=False)
    view = ExcerptsView(model, look)
    qtbot.addWidget(view)
    model.show_list()
    assert not button(view, "note a copy").isVisibleTo(view)
    model.begin_giving()
    assert model.giving is None


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        (CopyField.TO, "", "Skriv vem som har det."),
        (CopyField.ON, "26/11", "Skriv dagen som 2026-11-26."),
        (CopyField.ON, "2027-11-26", "Den dagen har inte varit än."),
        (CopyField.NUMBER, "tre", "Skriv bara numret, eller inget."),
    ],
)
def test_what_is_missing_or_no_day_is_said_before_it_is_recorded(
    qtbot: QtBot, look: Look, field: CopyField, typed: str, told: str
) -> None:
    clerk = Clerk()
    view, model = noting(qtbot, look, clerk)
    form_of(model).type(CopyField.TO, "Maria Lind")
    form_of(model).type(field, typed)
    form_of(model).leave_field(field)
    QApplication.processEvents()
    assert told in words_of(view)
    model.record_giving()
    assert clerk.recorded == []


def test_a_copy_handed_over_in_the_room_is_noted_and_stands_in_the_list(
    qtbot: QtBot, look: Look
) -> None:
    clerk = Clerk()
    view, model = noting(qtbot, look, clerk)
    form = form_of(model)
    form.type(CopyField.TO, " Maria Lind ")
    form.type(CopyField.NUMBER, "3")
    form.choose_way(Way.BY_POST)
    button(view, "send").click()
    QApplication.processEvents()

    (command,) = clerk.recorded
    assert command.protocol_id == clerk.protocols[1].id
    assert (command.to, command.way, command.number) == ("Maria Lind", Way.BY_POST, 3)
    assert command.on == NOW.date()
    assert model.giving is None
    assert model.copy is not None
    assert model.copy.copy.to == "Maria Lind"
    assert "Protokollet för alla vid bordet, möte 5, exemplar 3" in words_of(view)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (InvalidInputError(field="number", flaw="taken"), "Någon har redan fått"),
        (InvalidInputError(field="number", flaw="unknown"), "har det numret"),
        (InvalidInputError(field="on", flaw="before"), "inte förseglat då"),
        (InvalidInputError(field="to", flaw="length"), "för lång"),
        (DiskFullError(), "Disken är full"),
    ],
)
def test_a_copy_that_cannot_be_noted_stays_where_it_was_typed(
    qtbot: QtBot, look: Look, error: Exception, told: str
) -> None:
    clerk = Clerk()
    clerk.record_failure = error
    view, model = noting(qtbot, look, clerk)
    form_of(model).type(CopyField.TO, "Maria Lind")
    model.record_giving()
    QApplication.processEvents()
    assert told in words_of(view)
    assert form_of(model).text_in(CopyField.TO) == "Maria Lind"
    assert not form_of(model).is_working


def test_a_copy_that_is_half_written_down_comes_back() -> None:
    box, clerk = DraftBox(), Clerk()
    model = clerk.open(drafts=box.uses)
    model.begin_giving()
    form_of(model).type(CopyField.TO, "Maria")
    form_of(model).choose_way(Way.AS_FILE)
    model.choose(SCHOOL)
    assert model.giving is None
    assert [one.kind for one in box.drafts.values()] == [DraftKind.COPY]

    again = clerk.open(drafts=box.uses)
    again.begin_giving()
    assert form_of(again).text_in(CopyField.TO) == "Maria"
    assert form_of(again).way is Way.AS_FILE


def test_what_should_come_back_goes_into_no_folder_and_that_is_said(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    clerk = Clerk()
    clerk.copies = [
        listed(1, "Sara Demosson", Way.AS_FILE),
        listed(2, "Exempelgymnasiet", Way.AS_FILE, is_current=False),
    ]
    view = opened(qtbot, look, clerk)
    view.findChildren(Chip)[-1].click()
    model = clerk.open()
    model.export_to(tmp_path)

    assert clerk.exported[0].excerpt_ids == (UUID(int=1001),)
    assert "1 utdrag är inte med: det bör komma tillbaka." in words_of(view)


def test_a_folder_that_cannot_be_filled_is_not_left_half_full(tmp_path: Path) -> None:
    files = (("a.pdf", b"x"), ("no/such/place.pdf", b"y"))
    with pytest.raises(NotSavedError):
        save_in_folder(tmp_path / "new", files)
    assert list(tmp_path.iterdir()) == []
    save_in_folder(tmp_path / "new", files[:1])
    with pytest.raises(NotSavedError):
        save_in_folder(tmp_path / "new", files[:1])
    assert [one.name for one in (tmp_path / "new").iterdir()] == ["a.pdf"]


def finish(runner: HeldRunner) -> None:
    """Do all that waits, and what comes of it."""
    while runner.waiting:
        runner.waiting.pop(0)()
    QApplication.processEvents()


@pytest.mark.usefixtures("qapp")
def test_an_excerpt_whose_page_is_left_before_it_is_printed_is_on_no_paper() -> None:
    clerk, runner = Clerk(), HeldRunner()
    model = clerk.open(runner)
    finish(runner)
    before = len(clerk.copies)
    model.print_on(QPrinter())

    model.leave()
    finish(runner)

    assert "print" not in clerk.happened
    assert clerk.happened.count("spoilt") == 1
    assert [one.copy.state for one in clerk.copies[before:]] == [CopyState.SPOILT]
    assert model.print_flaw is PrintFlaw.NO_ANSWER


def test_before_an_excerpt_is_made_nothing_is_said_of_what_it_leaves_out(
    qtbot: QtBot, look: Look
) -> None:
    clerk = Clerk()
    runner = HeldRunner()
    model = clerk.open(runner)
    view = ExcerptsView(model, look)
    qtbot.addWidget(view)
    view.resize(1226, 900)
    view.show()
    finish(runner)
    assert "Inget är utelämnat" in words_of(view)
    model.choose(POLICE)
    assert "Inget är utelämnat" not in words_of(view)
    finish(runner)
    assert "Hälsa (2)" in words_of(view)
