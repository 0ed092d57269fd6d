"""A sealed protocol is printed with a sheet for each copy; a number that was used stays used."""

import io
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from tests.ui.desks import settle
from tests.ui.plain import HeldRunner, make_look
from tests.ui.printers import PipeReader
from tests.ui.protocol_desk import RECIPIENTS, SEALED_PDF, Press, told_protocol
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.domain.signatures import SigningState
from trygga_desktop.services.changes import Changes
from trygga_desktop.ui.leaving import News
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.platform.sending import end_sending, has_let_go_of_printers
from trygga_desktop.ui.platform.spooling import Spooling, spool_command
from trygga_desktop.ui.screens.protocol.view import ProtocolView
from trygga_desktop.ui.screens.protocol.view_model import (
    Audience,
    ProtocolViewModel,
    Target,
    Way,
)
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.chips import Chip
from trygga_desktop.ui.widgets.inputs import ComboBox, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill


@pytest.fixture
def press() -> Press:
    """A press with a sealed protocol."""
    made = Press()
    made.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    return made


@pytest.fixture
def printer(tmp_path: Path) -> QPrinter:
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(tmp_path / "paper.pdf"))
    return made


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def words_in(view: QWidget) -> str:
    return " · ".join(one.text() for one in view.findChildren(PlainLabel) if one.isVisible())


@pytest.mark.usefixtures("qapp")
def test_each_copy_has_a_number_and_a_sheet_and_the_pages_are_those_that_were_sealed(
    press: Press, printer: QPrinter
) -> None:
    model = press.open()
    model.name_recipient("Henrik Alm")
    printer.setCopyCount(2)
    printer.setFromTo(2, 2)

    model.print_on(printer)

    assert press.happened[-4:] == ["print"] * 4
    assert press.happened.index("log sealed print") < press.happened.index("print")
    assert press.happened.count("log sealed print") == 2
    first, pages, second, again = press.printed
    assert pages == again == SEALED_PDF
    for number, sheet in ((1, first), (2, second)):
        told = text_of(sheet)
        assert f"Exemplar {number}" in told
        assert "Henrik Alm" in told
        assert "T9VZ-BQFY-H206" in told
        assert "Elias" not in told
    assert (printer.fromPage(), printer.toPage(), printer.copyCount()) == (2, 2, 1)
    assert model.told is not None
    assert (model.told.news, model.told.count) == (News.PRINTED, 2)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_printer_that_fails_half_way_has_used_the_number_and_the_log_says_so(
    qtbot: QtBot, look: Look, press: Press, printer: QPrinter, after: int
) -> None:
    press.printer_failure = NotPrintedError(PrintFlaw.NO_ANSWER)
    press.fails_after = after
    model = press.open()
    view = ProtocolView(model, look)
    qtbot.addWidget(view)
    view.show()
    printer.setCopyCount(2)

    model.print_on(printer)
    settle()

    assert press.happened[-1] == "log print failed"
    assert press.happened.count("log print failed") == len(model.spent)
    assert model.print_flaw is PrintFlaw.NO_ANSWER
    assert model.spent == ((1, 2) if after < 2 else (2,))
    assert press.failed == list(reversed(model.spent))
    assert "förbruka" in words_in(view)


@pytest.mark.usefixtures("qapp")
def test_nothing_is_printed_that_the_log_does_not_take(press: Press, printer: QPrinter) -> None:
    press.log_failure = OSError()
    model = press.open()

    model.print_on(printer)

    assert press.printed == []
    assert model.trouble is not None


@pytest.mark.usefixtures("qapp")
def test_a_protected_case_asks_once_more_before_anything_is_saved(
    press: Press, tmp_path: Path
) -> None:
    press.is_protected = True
    model = press.open()
    file = tmp_path / "protokoll.pdf"

    model.save_to(file)
    assert (asked_about(model), file.exists()) == (Way.SAVE, False)

    model.confirm("NORD-7")
    model.save_to(file)
    assert file.read_bytes() == SEALED_PDF


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("typed", ["", "NORD", "Elias Demosson"])
def test_nothing_of_a_protected_case_leaves_unless_it_is_typed_whom_it_is_about(
    press: Press, printer: QPrinter, typed: str
) -> None:
    press.is_protected = True
    model = press.open()
    model.print_on(printer)
    model.confirm(typed)
    model.print_on(printer)

    assert model.to_confirm is Way.PRINT
    assert press.printed == []


def asked_about(model: ProtocolViewModel) -> Way | None:
    """Return what somebody is asked to confirm."""
    return model.to_confirm


CHANGES: dict[str, tuple[Callable[[ProtocolViewModel], None], ...]] = {
    "whom it is for": (
        lambda model: model.choose(Target(Audience.BOARD)),
        lambda model: model.choose(Target(Audience.ROOM)),
    ),
    "whose copy it is": (
        lambda model: model.name_recipient("Henrik Alm", RECIPIENTS[2].id),
        lambda model: model.name_recipient("Underskrifter vid mötet"),
    ),
    "what was read": (lambda model: model.load(),),
    "nothing handed out": (lambda model: model.keep(),),
    "the dialog closed": (lambda model: model.take_back_confirmation(),),
    "no printer": (lambda model: model.tell_no_printer(),),
}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("steps", CHANGES.values(), ids=CHANGES)
def test_what_was_confirmed_is_forgotten_once_anything_changes(
    press: Press, printer: QPrinter, steps: tuple[Callable[[ProtocolViewModel], None], ...]
) -> None:
    press.is_protected = True
    model = press.open()
    model.must_confirm(Way.PRINT)
    model.confirm("NORD-7")
    for step in steps:
        step(model)
    assert asked_about(model) is None
    model.print_on(printer)
    assert (asked_about(model), press.printed) == (Way.PRINT, [])
    for step in steps:
        step(model)
    model.confirm("NORD-7")
    model.print_on(printer)
    assert press.printed == []


@pytest.mark.usefixtures("qapp")
def test_what_was_confirmed_for_paper_saves_no_file_and_the_other_way_round(
    press: Press, printer: QPrinter, tmp_path: Path
) -> None:
    press.is_protected = True
    model = press.open()
    file = tmp_path / "protokoll.pdf"
    model.must_confirm(Way.PRINT)
    model.confirm("NORD-7")
    model.save_to(file)
    assert (asked_about(model), file.exists()) == (Way.SAVE, False)
    model.confirm("NORD-7")
    model.print_on(printer)
    assert (asked_about(model), press.printed) == (Way.PRINT, [])


def test_a_print_that_is_cancelled_is_confirmed_anew(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    press.is_protected = True
    dialogs: list[QDialog] = []

    def ask(parent: QWidget, *_: object) -> QDialog:
        dialogs.append(QDialog(parent))
        return dialogs[-1]

    view = ProtocolView(model := press.open(), look, ask_printer=ask)
    qtbot.addWidget(view)
    print_it = next(one for one in view.commands if "Ctrl+P" in one.keys)
    print_it.run()
    button = view.findChild(Button, "all the same")
    typed = view.findChild(TextInput, "called")
    assert isinstance(button, Button)
    assert isinstance(typed, TextInput)
    button.click()
    assert dialogs == [], "not before it is typed whom it is about"
    QTest.keyClicks(typed, "nord-7")
    button.click()
    (dialog,) = dialogs
    dialog.reject()

    print_it.run()
    assert len(dialogs) == 1
    assert model.to_confirm is Way.PRINT


@pytest.mark.usefixtures("qapp")
def test_a_protected_case_asks_once_more_before_anything_is_printed(
    press: Press, printer: QPrinter
) -> None:
    press.is_protected = True
    model = press.open()

    model.print_on(printer)
    asked = (asked_about(model), list(press.printed))
    model.confirm("NORD-7")
    model.print_on(printer)
    printed = len(press.printed)
    model.print_on(printer)

    assert asked == (Way.PRINT, [])
    assert printed == 2
    # What was confirmed was that one time.
    assert len(press.printed) == 2
    assert "log confirmed" not in press.happened


def test_whom_a_copy_is_for_is_chosen_beside_the_pages(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    model = press.open()
    view = ProtocolView(model, look)
    qtbot.addWidget(view)
    view.show()
    chosen = view.findChild(ComboBox, "copy for")
    assert chosen is not None

    chosen.setCurrentIndex(chosen.findText("Henrik Alm", flags=_CONTAINS))
    chosen.activated.emit(chosen.currentIndex())

    assert model.copy_for.startswith("Henrik Alm")
    assert model.copy_to == RECIPIENTS[2].id


@pytest.mark.usefixtures("qapp")
def test_somebody_s_own_copy_enters_the_list_before_it_is_printed_or_saved(
    qtbot: QtBot, press: Press, printer: QPrinter, tmp_path: Path
) -> None:
    model = press.open()
    model.name_recipient("Henrik Alm", RECIPIENTS[2].id)
    printer.setCopyCount(2)

    with qtbot.waitSignal(model.made):
        model.print_on(printer)
    with qtbot.waitSignal(model.made):
        model.save_to(tmp_path / "protokoll.pdf")

    assert press.owners == [RECIPIENTS[2].id] * 3
    left = [one for one in press.happened if one != "read sealed"]
    assert left == ["log own print"] * 2 + ["print"] * 4 + ["log own save"]
    assert (tmp_path / "protokoll.pdf").read_bytes() == SEALED_PDF


@pytest.mark.usefixtures("qapp")
def test_whoever_may_no_longer_have_it_when_it_is_printed_gets_no_copy(
    press: Press, printer: QPrinter
) -> None:
    whole = replace(RECIPIENTS[2], may_read_whole=True)
    press.recipients = (whole,)
    press.protocols = (told_protocol(1, ProtocolKind.FULL),)
    model = press.open()
    model.choose(Target(Audience.BOARD))
    model.name_recipient("Henrik Alm", whole.id)
    press.recipients = (RECIPIENTS[2],)

    model.print_on(printer)

    assert press.printed == press.owners == []
    assert model.told is not None
    assert model.told.news is News.CHANGED


def test_pages_that_not_everyone_may_have_any_more_are_for_the_boards_file_alone(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    press.protocols = (replace(press.protocols[0], is_current=False),)
    view = ProtocolView(press.open(), look)
    qtbot.addWidget(view)
    chosen = view.findChild(ComboBox, "copy for")
    assert chosen is not None
    assert [chosen.itemText(at) for at in range(chosen.count())] == [
        look.language.gettext("The board's file")
    ]


def test_the_sheet_speaks_the_language_of_the_pages_and_not_that_of_the_screen(
    qtbot: QtBot, qapp: QApplication, press: Press, printer: QPrinter
) -> None:
    model = press.open()
    view = ProtocolView(model, make_look(qapp, language="en"))
    qtbot.addWidget(view)
    view.show()
    chosen = view.findChild(ComboBox, "copy for")
    assert chosen is not None

    model.print_on(printer)

    assert chosen.currentText() == "Signatures at the meeting"
    told = text_of(press.printed[0])
    assert "Underskrift på mötet" in told
    assert "Signatures" not in told


def test_a_copy_of_the_boards_own_file_is_offered_to_nobody_who_may_not_read_it(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    press.protocols = (told_protocol(1, ProtocolKind.FULL), told_protocol(2, ProtocolKind.ROOM))
    model = press.open()
    view = ProtocolView(model, look)
    qtbot.addWidget(view)
    view.show()
    model.name_recipient("Henrik Alm")

    model.choose(Target(Audience.BOARD))
    settle()

    chosen = view.findChild(ComboBox, "copy for")
    assert chosen is not None
    assert chosen.findText("Henrik Alm", flags=_CONTAINS) < 0
    assert model.copy_for == chosen.itemText(0)


@pytest.mark.parametrize("signing", [None, SigningState.SIGNED])
def test_the_head_of_a_sealed_protocol_says_that_it_is_signed_once_it_is(
    qtbot: QtBot, look: Look, press: Press, signing: SigningState | None
) -> None:
    press.protocols = (replace(told_protocol(1, ProtocolKind.ROOM), signing=signing),)
    view = ProtocolView(press.open(), look)
    qtbot.addWidget(view)

    pills = [one.text() for one in view.findChildren(Pill)]

    assert (look.language.gettext("Signed") in pills) is (signing is not None)


def test_signatures_are_reached_from_what_is_sealed_alone(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    for model, is_sealed in ((Press().open(), False), (press.open(), True)):
        wanted: list[object] = []
        model.signatures_wanted.connect(wanted.append)
        view = ProtocolView(model, look)
        qtbot.addWidget(view)
        view.show()
        button = view.findChild(Button, "signatures")
        assert button is not None
        assert button.isVisible() is is_sealed

        model.open_signatures()

        assert len(wanted) == is_sealed


def heard(tmp_path: Path, code: str) -> list[str]:
    return [sys.executable, "-c", code, str(tmp_path / "heard")]


_TAKES = "import sys; open(sys.argv[1], 'ab').write(sys.stdin.buffer.read())"
_HANGS = (
    "import signal, sys; sys.stdin.buffer.read(); open(sys.argv[1], 'w').close(); signal.pause()"
)
no_queue = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such queue")


@no_queue
def test_a_queue_is_handed_the_bytes_as_they_are(qtbot: QtBot, tmp_path: Path) -> None:
    pdf = SEALED_PDF + bytes(range(256)) * 5_000

    with qtbot.waitSignal(Spooling(heard(tmp_path, _TAKES), pdf).ended) as ended:
        assert not (tmp_path / "heard").exists()

    assert ended.args == [None]
    assert (tmp_path / "heard").read_bytes() == pdf


@pytest.mark.parametrize(
    ("make", "patience"),
    [
        (lambda folder: heard(folder, "import sys; sys.exit(1)"), 15),
        (lambda folder: heard(folder, "import os; os.abort()"), 15),
        (lambda folder: [str(folder / "gone")], 15),
        (lambda folder: heard(folder, _HANGS), 0.1),
    ],
)
def test_a_queue_that_does_not_take_it_is_told(
    qtbot: QtBot, tmp_path: Path, make: Callable[[Path], list[str]], patience: float
) -> None:
    spooling = Spooling(make(tmp_path), SEALED_PDF, patience=patience)

    with qtbot.waitSignal(spooling.ended) as ended:
        pass

    (error,) = ended.args
    assert isinstance(error, NotPrintedError)
    assert error.flaw is PrintFlaw.NO_ANSWER
    qtbot.waitUntil(lambda: not isValid(spooling))


@no_queue
@pytest.mark.parametrize("is_closed", [False, True])
def test_a_queue_that_hangs_leaves_the_window_alive_and_a_lock_ends_it(  # noqa: PLR0913
    qtbot: QtBot, look: Look, press: Press, printer: QPrinter, tmp_path: Path, *, is_closed: bool
) -> None:
    press.queue = heard(tmp_path, _HANGS)
    model = press.open()
    view = ProtocolView(model, look)
    qtbot.addWidget(view)
    view.show()
    printer.setCopyCount(2)

    model.print_on(printer)
    qtbot.waitUntil((tmp_path / "heard").exists)

    assert "Skickas till skrivaren…" in words_in(view)
    assert not model.may_leave
    if is_closed:
        view.close()
        delete(model)
    end_sending()

    program = QApplication.instance()
    assert program is not None
    qtbot.waitUntil(lambda: not program.findChildren(Spooling))
    # What the first copy came to is not known, and the second never began: both numbers are spent.
    assert press.failed == [2, 1]
    assert len(press.printed) == 1
    if not is_closed:
        assert model.print_flaw is PrintFlaw.NO_ANSWER
        assert model.may_leave


@no_queue
def test_a_printer_that_is_drawn_on_and_hangs_leaves_the_window_alive_and_a_lock_ends_it(
    qtbot: QtBot, look: Look, press: Press, printer: QPrinter, tmp_path: Path
) -> None:
    press.draws = True
    pipe = tmp_path / "printer"
    os.mkfifo(pipe)
    printer.setOutputFileName(str(pipe))
    model = press.open()
    view = ProtocolView(model, look)
    qtbot.addWidget(view)
    view.show()
    printer.setCopyCount(2)

    # Whoever takes nothing from the pipe yet would do so before anybody waits for ever.
    with PipeReader(pipe) as reader:
        model.print_on(printer)
        qtbot.waitUntil(lambda: not has_let_go_of_printers(0))
        assert "Skickas till skrivaren…" in words_in(view)
        assert not model.may_leave

        end_sending()

        # What the first copy came to is not known, and the second never began.
        assert press.failed == [2, 1]
        assert len(press.printed) == 1
        assert model.print_flaw is PrintFlaw.NO_ANSWER
        assert not model.is_leaving
        reader.take()
    assert has_let_go_of_printers(30)


@pytest.mark.parametrize("copies", [1, 2])
def test_copies_that_are_drawn_follow_each_other_onto_the_paper(
    qtbot: QtBot, press: Press, printer: QPrinter, tmp_path: Path, copies: int
) -> None:
    press.draws = True
    model = press.open()
    printer.setCopyCount(copies)
    printer.setResolution(100)

    model.print_on(printer)
    assert model.is_printing
    qtbot.waitUntil(
        lambda: model.told is not None and model.told.news is News.PRINTED, timeout=30_000
    )

    # Each leaf of paper takes the place of the one before it in that file.
    assert len(press.printed) == 2 * copies
    assert press.failed == []
    pages = len(PdfReader(io.BytesIO(SEALED_PDF)).pages)
    assert len(PdfReader(tmp_path / "paper.pdf").pages) == pages


@pytest.mark.usefixtures("qapp")
def test_a_page_that_is_left_before_the_printer_has_them_prints_nothing_and_the_log_says_so(
    press: Press, printer: QPrinter
) -> None:
    runner = HeldRunner()
    model = press.open(runner)
    runner.work_off()
    printer.setCopyCount(2)
    model.print_on(printer)

    model.leave()
    runner.work_off()

    assert press.printed == []
    assert press.failed == [2, 1]
    assert model.print_flaw is PrintFlaw.NO_ANSWER


@no_queue
def test_every_copy_follows_the_one_before_it_into_the_queue(
    qtbot: QtBot, press: Press, printer: QPrinter, tmp_path: Path
) -> None:
    press.queue = heard(tmp_path, _TAKES)
    model = press.open()
    printer.setCopyCount(2)

    model.print_on(printer)
    qtbot.waitUntil(lambda: model.told is not None and model.told.news is News.PRINTED)

    assert (tmp_path / "heard").read_bytes() == b"".join(press.printed)
    assert press.printed[1] == press.printed[3] == SEALED_PDF
    assert model.may_leave


@pytest.mark.usefixtures("qapp")
def test_what_is_printed_into_a_file_goes_to_no_queue(printer: QPrinter) -> None:
    assert spool_command(printer) is None


_CONTAINS = Qt.MatchFlag.MatchContains


def test_once_sealed_a_person_s_chip_leads_to_their_excerpt_and_makes_no_pages(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    nobody = replace(RECIPIENTS[1], excerpt_id=None)
    press.recipients = (RECIPIENTS[0], nobody)
    model = press.open()
    view = ProtocolView(model, look)
    qtbot.addWidget(view)
    asked = len(press.commands)
    chips = {one.accessibleName(): one for one in view.findChildren(Chip)}

    with qtbot.waitSignal(model.excerpts_wanted) as wanted:
        chips[RECIPIENTS[0].name].click()

    assert wanted.args == [RECIPIENTS[0].excerpt_id]
    assert nobody.name not in chips
    assert model.target == Target(Audience.ROOM)
    assert len(press.commands) == asked


def test_pages_for_one_person_give_way_when_the_meeting_is_sealed_meanwhile(
    press: Press, printer: QPrinter
) -> None:
    press.protocols = ()
    model = press.open()
    model.choose(Target(Audience.PERSON, RECIPIENTS[0].id))
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)

    model.print_on(printer)
    assert press.printed == []

    model.refresh(Changes(meetings=True))
    assert model.target == Target(Audience.ROOM)
    assert model.sealed is not None


def test_pages_that_are_not_sealed_stay_here_once_others_of_the_meeting_are(
    qtbot: QtBot, look: Look, press: Press, printer: QPrinter, tmp_path: Path
) -> None:
    model = press.open()
    model.choose(Target(Audience.BOARD))
    view = ProtocolView(model, look)
    qtbot.addWidget(view)
    view.show()

    model.print_on(printer)
    model.save_to(tmp_path / "x.pdf")

    assert press.happened == ["read sealed"]
    assert list(tmp_path.iterdir()) == []
    for name in ("print", "save as pdf"):
        button = view.findChild(Button, name)
        assert isinstance(button, Button)
        assert not button.isEnabled()
        assert button.accessibleDescription().startswith("Mötet är förseglat")
