"""Verifying a file: in a process of its own, in words, and without a vault."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.documents.sealed import SealedFile, make_sealed_file
from tests.ui.accessibility import faults
from tests.ui.desks import OpenDesk, settle
from tests.ui.plain import FOLDER, HeldVerifier, make_look, make_services
from tests.ui.verify_desk import (
    ALTERED,
    FILE,
    NO_PDF,
    NOT_SEALED,
    SEAL,
    SIGNED_TWICE,
    UNCHANGED,
    before,
    make_verify_model,
)
from trygga_desktop.app import make_verifier
from trygga_desktop.documents.fingerprint import in_groups, in_words
from trygga_desktop.documents.telling import tell
from trygga_desktop.documents.verdict import Outcome, Reason, Verdict
from trygga_desktop.paths import program_folder
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.platform.verifying import ProcessVerifier, VerifyFlaw
from trygga_desktop.ui.screens.start.view_model import StartViewModel
from trygga_desktop.ui.screens.unlock.view_model import UnlockViewModel
from trygga_desktop.ui.screens.verify.view import VerifyView
from trygga_desktop.ui.screens.verify.view_model import SealMatch, VerifyState, VerifyViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import ElidedLabel, PlainLabel

_PATIENCE = 30_000


@pytest.fixture(scope="module")
def file() -> SealedFile:
    """A sealed and signed protocol."""
    return make_sealed_file()


@pytest.fixture
def verifier() -> Iterator[ProcessVerifier]:
    """What the program itself verifies files with."""
    made = make_verifier()
    assert isinstance(made, ProcessVerifier)
    yield made
    made.stop()


def ended(
    qtbot: QtBot, verifier: ProcessVerifier, path: Path
) -> tuple[list[Verdict], list[VerifyFlaw]]:
    """Return what comes of a file, once something has come."""
    verdicts, flaws = list[Verdict](), list[VerifyFlaw]()
    verifier.start(path, verdicts.append, flaws.append)
    qtbot.waitUntil(lambda: bool(verdicts or flaws), timeout=_PATIENCE)
    return verdicts, flaws


def show(qtbot: QtBot, look: Look, model: VerifyViewModel, *, at_desk: bool = True) -> VerifyView:
    """Return the shown screen."""
    view = VerifyView(model, look, at_desk=at_desk)
    qtbot.addWidget(view)
    view.show()
    return view


def said(view: QWidget) -> str:
    """Return everything that stands there."""
    labels = (*view.findChildren(PlainLabel), *view.findChildren(ElidedLabel))
    return "\n".join(label.text() for label in labels if label.isVisibleTo(view))


def dropped(*files: str) -> QMimeData:
    """Return what is dropped when these files are."""
    data = QMimeData()
    data.setUrls([QUrl(one) for one in files])
    return data


def test_a_changed_file_is_told_as_changed_by_the_process(
    qtbot: QtBot, verifier: ProcessVerifier, file: SealedFile, tmp_path: Path
) -> None:
    path = tmp_path / "-- ändrat 'protokoll'.pdf"
    changed = bytearray(file.signed)
    changed[len(changed) // 2] ^= 1
    path.write_bytes(changed)

    verdicts, flaws = ended(qtbot, verifier, path)

    assert flaws == []
    assert verdicts[0].outcome is Outcome.CHANGED


def test_an_untouched_file_is_told_with_its_seal_and_signatures(
    qtbot: QtBot, verifier: ProcessVerifier, file: SealedFile, tmp_path: Path
) -> None:
    path = tmp_path / "protokoll.pdf"
    path.write_bytes(file.signed)

    verdicts, flaws = ended(qtbot, verifier, path)

    assert flaws == []
    (verdict,) = verdicts
    assert verdict.outcome is Outcome.UNCHANGED
    assert verdict.seal is not None
    assert len(verdict.signatures) == 2


def test_the_process_runs_no_code_that_lies_beside_the_file(
    qtbot: QtBot, verifier: ProcessVerifier, planted: Path
) -> None:
    verdicts, flaws = ended(qtbot, verifier, Path("protokoll.pdf"))

    assert not planted.exists()
    assert flaws == []
    assert verdicts == [Verdict(outcome=Outcome.UNREADABLE, reason=Reason.NO_FILE)]


def test_a_file_of_200_megabytes_is_answered_without_being_read(
    qtbot: QtBot, verifier: ProcessVerifier, tmp_path: Path
) -> None:
    path = tmp_path / "stor.pdf"
    with path.open("wb") as large:
        large.write(b"%PDF-1.7\n")
        large.truncate(200 * 1024 * 1024)

    verdicts, _ = ended(qtbot, verifier, path)

    assert verdicts == [Verdict(outcome=Outcome.UNREADABLE, reason=Reason.TOO_LARGE)]


@pytest.mark.parametrize("name", ["finns inte.pdf", "."])
def test_what_is_no_file_has_its_answer(
    qtbot: QtBot, verifier: ProcessVerifier, tmp_path: Path, name: str
) -> None:
    verdicts, _ = ended(qtbot, verifier, tmp_path / name)

    assert verdicts == [Verdict(outcome=Outcome.UNREADABLE, reason=Reason.NO_FILE)]


@pytest.mark.parametrize(
    "script",
    [
        "raise MemoryError",
        "import os; os.abort()",
        "print('inget')",
        "import os; os.write(1, b'\\xff' * 3_000_000)",
        "",
    ],
)
def test_a_process_that_breaks_off_is_told_so(qtbot: QtBot, script: str, tmp_path: Path) -> None:
    verifier = ProcessVerifier([sys.executable, "-c", script], folder=program_folder())

    verdicts, flaws = ended(qtbot, verifier, tmp_path)

    assert verdicts == []
    assert flaws == [VerifyFlaw.BROKE_OFF]


def test_a_program_that_is_not_there_is_told_so(qtbot: QtBot, tmp_path: Path) -> None:
    verifier = ProcessVerifier([str(tmp_path / "inget program")], folder=tmp_path)

    assert ended(qtbot, verifier, tmp_path) == ([], [VerifyFlaw.BROKE_OFF])


def test_a_process_that_never_answers_is_ended(qtbot: QtBot, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import signal; signal.pause()"]
    verifier = ProcessVerifier(command, folder=program_folder(), longest=300)

    assert ended(qtbot, verifier, tmp_path) == ([], [VerifyFlaw.TOO_LONG])


def test_nothing_is_told_of_a_file_that_was_let_go_of(
    qtbot: QtBot, verifier: ProcessVerifier, file: SealedFile, tmp_path: Path
) -> None:
    first, second = tmp_path / "ett.pdf", tmp_path / "två.pdf"
    first.write_bytes(file.signed)
    second.write_bytes(b"ingen pdf")
    told = list[object]()

    verifier.start(first, told.append, told.append)
    verdicts, _ = ended(qtbot, verifier, second)

    assert told == []
    assert verdicts[0].reason is Reason.NO_PDF


@pytest.mark.parametrize("verdict", [ALTERED, NOT_SEALED, NO_PDF], ids=lambda one: one.reason)
def test_a_file_that_is_not_unchanged_is_told_in_the_words_of_the_command(
    qtbot: QtBot, look: Look, verdict: Verdict
) -> None:
    view = show(qtbot, look, make_verify_model(verdict))

    (answer,) = tell(verdict, look.language)
    assert answer in said(view)
    assert "oförändrad" not in said(view)
    assert view.findChild(TextInput, "fingerprint on paper") is None


@pytest.mark.parametrize("flaw", VerifyFlaw)
def test_without_a_verdict_nothing_is_called_unchanged(
    qtbot: QtBot, look: Look, flaw: VerifyFlaw
) -> None:
    view = show(qtbot, look, make_verify_model(flaw))

    assert "lita inte på den" in said(view)
    assert "oförändrad" not in said(view)


def test_what_was_found_is_said_in_the_words_of_the_command(qtbot: QtBot, look: Look) -> None:
    for verdict in (UNCHANGED, SIGNED_TWICE):
        view = show(qtbot, look, make_verify_model(verdict))
        shown = said(view)

        answer, sealed, _, _, code, *rest = tell(verdict, look.language)
        for line in (answer, sealed, code, rest[-1], rest[-2]):
            assert line in shown
        assert in_words(SEAL.fingerprint) in shown
        assert in_groups(SEAL.fingerprint) in shown
        for one in verdict.signatures:
            assert one.told in shown


def test_a_hostile_name_is_shown_letter_for_letter(qtbot: QtBot, look: Look) -> None:
    file = Path("/tmp/<b>fet\u202efdp.pdf")  # noqa: S108  read by nobody
    view = show(qtbot, look, make_verify_model(NO_PDF, file=file))

    assert "<b>fet[U+202E]fdp.pdf" in said(view)


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("", SealMatch.NOTHING_TYPED),
        ("   ", SealMatch.NOTHING_TYPED),
        ("3f8a", SealMatch.TOO_SHORT),
        ("3f8a 3f8a 3f8a 3f8a 3f8", SealMatch.TOO_SHORT),
        ("kastanj vinge", SealMatch.TOO_SHORT),
        ("ett två tre fyra fem sex", SealMatch.OTHER),
        ("3f8a 3f8a 3f8a 3f8a 3f8b", SealMatch.OTHER),
        ("f" * 64, SealMatch.OTHER),
        ("3F8A-3f8a:3f8a 3f8a 3f8a", SealMatch.SAME),
        (in_words(SEAL.fingerprint).upper(), SealMatch.SAME),
    ],
)
def test_the_fingerprint_on_paper_is_compared(typed: str, match: SealMatch) -> None:
    model = make_verify_model(UNCHANGED)

    model.type_seal(typed)

    assert model.match is match


def test_another_seal_is_told_below_the_field(qtbot: QtBot, look: Look) -> None:
    view = show(qtbot, look, make_verify_model(UNCHANGED))
    field = view.findChild(TextInput, "fingerprint on paper")
    assert isinstance(field, TextInput)

    field.setText("f" * 64)
    assert "annat sigill" in field.accessibleDescription()

    field.setText(in_words(SEAL.fingerprint))
    assert field.accessibleDescription() == "Det är samma sigill."


@pytest.mark.parametrize(("width", "scale"), [(1366, 1.0), (960, 1.0), (1366, 2.0)])
def test_nobody_stumbles_where_the_page_is_higher_than_the_window(
    qtbot: QtBot, qapp: QApplication, width: int, scale: float
) -> None:
    frame = before(make_look(qapp, scale=scale), make_verify_model(SIGNED_TWICE))
    qtbot.addWidget(frame)
    frame.resize(width, 600)
    frame.show()
    settle()

    assert faults(frame) == []


def test_another_file_forgets_what_was_found_and_typed(qtbot: QtBot, look: Look) -> None:
    model = make_verify_model(UNCHANGED)
    view = show(qtbot, look, model)
    model.type_seal("f" * 64)

    model.choose(FILE.with_name("annan.pdf"))

    assert "oförändrad" not in said(view)
    assert model.typed == ""
    assert model.state is VerifyState.WORKING


def test_a_file_that_takes_long_is_told_and_can_be_stopped(qtbot: QtBot, look: Look) -> None:
    verifier = HeldVerifier()
    model = VerifyViewModel(verifier)
    view = show(qtbot, look, model)
    stop = view.findChild(Button, "stop")
    assert isinstance(stop, Button)
    assert not stop.isVisible()
    model.choose(FILE)

    model.lose_patience()
    assert stop.isVisible()
    stop.click()

    assert verifier.file is None
    assert model.state is VerifyState.EMPTY
    assert not stop.isVisible()


def test_several_files_and_addresses_on_the_network_are_refused_in_words(
    qtbot: QtBot, look: Look
) -> None:
    model = make_verify_model(file=None)
    view = show(qtbot, look, model)

    for files in (("file:///a.pdf", "file:///b.pdf"), ("https://example.org/a.pdf",)):
        view.take(dropped(*files))

        assert model.file is None
        assert "En fil i taget" in said(view)


def test_a_dropped_file_is_verified(qtbot: QtBot, look: Look) -> None:
    verifier = HeldVerifier()
    view = show(qtbot, look, VerifyViewModel(verifier))
    data = dropped("file:///a%20b.pdf")
    copying, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(5, 5), copying, data, left, none)

    QApplication.sendEvent(view, entering)
    QApplication.sendEvent(view, QDropEvent(QPointF(5, 5), copying, data, left, none))

    assert entering.isAccepted()
    assert verifier.file == Path("/a b.pdf")


def test_text_that_is_dragged_over_is_not_taken(qtbot: QtBot, look: Look) -> None:
    view = show(qtbot, look, make_verify_model(file=None))
    data = QMimeData()
    data.setText("hej")
    entering = QDragEnterEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering.ignore()

    QApplication.sendEvent(view, entering)

    assert not entering.isAccepted()


def test_a_file_is_asked_for_without_stopping_the_program(qtbot: QtBot, look: Look) -> None:
    verifier = HeldVerifier()
    view = show(qtbot, look, VerifyViewModel(verifier))

    view.first_focus.setFocus()
    qtbot.keyClick(view.first_focus, Qt.Key.Key_Space)
    dialog = view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(FILE))

    assert verifier.file == FILE
    dialog.reject()


def test_no_vault_is_needed_and_back_leads_to_the_start(
    qtbot: QtBot, appearance: Appearance
) -> None:
    window = MainWindow(make_services(), appearance, InlineRunner())
    qtbot.addWidget(window)
    window.show()
    start = window.findChild(Button, "verify")
    assert isinstance(start, Button)

    start.click()
    model = window.vault_rooms.current
    assert isinstance(model, VerifyViewModel)
    model.choose(FILE)
    settle()
    back = window.findChild(Button, "back")
    assert isinstance(back, Button)
    back.click()

    assert isinstance(window.vault_rooms.current, StartViewModel)
    assert model.file is None


def test_the_unlock_screen_leads_there_and_back_with_the_same_user(
    qtbot: QtBot, appearance: Appearance
) -> None:
    window = MainWindow(make_services(), appearance, InlineRunner(), vault=FOLDER)
    qtbot.addWidget(window)
    window.show()
    unlocking = window.vault_rooms.current
    assert isinstance(unlocking, UnlockViewModel)
    unlocking.choose_login("pn")

    unlocking.verify()
    model = window.vault_rooms.current
    assert isinstance(model, VerifyViewModel)
    model.go_back()

    again = window.vault_rooms.current
    assert isinstance(again, UnlockViewModel)
    assert again.login == "pn"


def test_the_desk_has_it_on_the_rail_and_leaving_it_stops_the_process(
    open_desk: OpenDesk,
) -> None:
    verifier = HeldVerifier()
    window = open_desk(services={"verifier": lambda: verifier})
    rooms = window.desk_rooms
    assert rooms is not None

    rooms.go_to_verify()
    model = rooms.current
    assert isinstance(model, VerifyViewModel)
    model.choose(FILE)
    rooms.go_home()

    assert verifier.file is None
