"""The protocol before it goes onto paper, without a database and without waiting."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from tests.documents.papers import HOSTILE
from tests.people import running_meeting, signed_case
from tests.ui import protocol_desk
from tests.ui.accessibility import faults
from tests.ui.plain import NOW, DraftBox, HeldRunner, make_look
from tests.ui.protocol_desk import FILE_NAME, PAGES, RECIPIENTS, Press, pdf_of, told_protocol
from trygga_desktop.binding import bind_desk
from trygga_desktop.domain.approval import (
    ApprovalState,
    Approved,
    ApprovedOn,
    Approver,
    ToldRemark,
)
from trygga_desktop.domain.errors import (
    DiskFullError,
    NoAccessError,
    NoRightError,
    NotConfirmedError,
)
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.domain.signatures import SigningState
from trygga_desktop.i18n import LANGUAGES
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.protocols import (
    ComposedProtocol,
    ProtocolAudience,
    ProtocolRecipient,
)
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.leaving import News, PagesState
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.platform.saving import SaveFlaw
from trygga_desktop.ui.press import PrintPdf
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.protocol.sealing import SealingModel
from trygga_desktop.ui.screens.protocol.view import ProtocolView
from trygga_desktop.ui.screens.protocol.view_model import Audience, ProtocolViewModel, Target
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.text import make_visible

HENRIK = Target(Audience.PERSON, RECIPIENTS[2].id)
NAMES = [one for one in HOSTILE if one.strip()]


@pytest.fixture
def press() -> Press:
    """A vault and a printer that note what happens."""
    return Press()


def printer() -> QPrinter:
    """Return a printer that nothing is drawn on here."""
    return QPrinter()


def shown(qtbot: QtBot, view: QWidget, size: tuple[int, int] = (1226, 700)) -> str:
    """Show the view and return all the words that stand on it."""
    if not view.isVisible():
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def button(view: QWidget, name: str) -> Button:
    """Return the button of this name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def pages_of(model: ProtocolViewModel) -> ComposedProtocol | None:
    """Return the pages that are shown."""
    return model.composed


def chips(view: QWidget) -> list[QRadioButton]:
    """Return the chips, in order."""
    return [one for one in view.findChildren(QRadioButton) if one.objectName().startswith("for ")]


@pytest.mark.parametrize("error", [NoAccessError(), NoRightError()])
def test_a_protocol_that_is_not_ours_shows_and_prints_nothing(
    qtbot: QtBot, look: Look, press: Press, error: Exception
) -> None:
    press.failure = error
    model = press.open()
    view = ProtocolView(model, look)

    words = shown(qtbot, view)
    model.print_on(printer())
    model.save_to(Path("never.pdf"))

    assert model.state is PagesState.FAILED
    assert "DEMO-2026-001" not in words
    assert press.happened == []
    assert not Path("never.pdf").exists()


@pytest.mark.parametrize("error", [DiskFullError(), NoRightError()])
def test_what_cannot_be_logged_is_neither_printed_nor_saved(
    tmp_path: Path, press: Press, error: Exception
) -> None:
    press.log_failure = error
    model = press.open()

    model.print_on(printer())
    model.save_to(tmp_path / FILE_NAME)

    assert press.printed == []
    assert not list(tmp_path.iterdir())
    assert model.trouble is not None


def test_a_log_entry_that_was_not_confirmed_is_for_the_window_to_tell(
    qtbot: QtBot, press: Press
) -> None:
    press.log_failure = NotConfirmedError()
    model = press.open()

    with qtbot.waitSignal(model.failed) as told:
        model.print_on(printer())

    assert told.args is not None
    assert told.args[0].kind is ProblemKind.NOT_CONFIRMED
    assert press.printed == []


def test_pages_that_changed_meanwhile_do_not_leave(
    qtbot: QtBot, look: Look, tmp_path: Path, press: Press
) -> None:
    model = press.open()
    view = ProtocolView(model, look)
    press.pdf = pdf_of(("Utan polisen",))

    model.print_on(printer())
    words = shown(qtbot, view)
    first = model.told
    press.pdf = pdf_of(("Utan skolan",))
    model.save_to(tmp_path / FILE_NAME)

    assert press.happened == []
    assert press.printed == []
    assert not list(tmp_path.iterdir())
    assert first is not None
    assert first.news is News.CHANGED
    assert look.language.gettext("Something just changed. Look once more.") in words
    assert model.composed is not None
    assert model.composed.pdf == press.pdf


def test_pages_for_somebody_else_are_gone_at_once(press: Press) -> None:
    runner = HeldRunner()
    model = press.open(runner)
    runner.work_off()

    model.choose(HENRIK)

    assert pages_of(model) is None
    assert not model.may_leave
    runner.work_off()
    composed = pages_of(model)
    assert composed is not None
    assert composed.recipient_id == HENRIK.recipient_id


def test_an_answer_for_somebody_who_is_not_chosen_any_more_is_let_go(press: Press) -> None:
    runner = HeldRunner()
    model = press.open(runner)
    model.choose(HENRIK)
    model.choose(Target(Audience.BOARD))

    runner.waiting.pop(0)()
    runner.waiting.pop(0)()

    assert pages_of(model) is None
    runner.work_off()
    composed = pages_of(model)
    assert composed is not None
    assert composed.audience is ProtocolAudience.BOARD


def test_nobody_else_is_chosen_while_pages_are_on_their_way_to_paper(press: Press) -> None:
    runner = HeldRunner()
    model = press.open(runner)
    runner.work_off()
    model.print_on(printer())

    model.choose(HENRIK)
    model.print_on(printer())
    runner.work_off()

    assert model.target == Target(Audience.ROOM)
    assert press.happened == ["log print", "print"]


def test_printing_is_in_the_log_before_it_happens(press: Press) -> None:
    model = press.open()

    model.print_on(printer())

    assert press.happened == ["log print", "print"]
    assert press.printed == [press.pdf]
    assert model.told is not None
    assert model.told.news is News.PRINTED


def test_saving_is_in_the_log_before_it_happens(tmp_path: Path, press: Press) -> None:
    press.watched = tmp_path / FILE_NAME
    model = press.open()

    model.save_to(tmp_path / FILE_NAME)

    assert press.happened == ["log save"]
    assert (tmp_path / FILE_NAME).read_bytes() == press.pdf
    assert model.told is not None
    assert model.told.file == tmp_path / FILE_NAME


@pytest.mark.parametrize("flaw", PrintFlaw)
def test_a_printer_that_fails_is_told_and_saving_is_offered(
    qtbot: QtBot, look: Look, press: Press, flaw: PrintFlaw
) -> None:
    press.printer_failure = NotPrintedError(flaw)
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)

    model.print_on(printer())
    shown(qtbot, view)

    assert model.print_flaw is flaw
    assert model.told is None
    assert button(view, "save instead").isVisible()


def test_an_error_of_printing_that_nobody_foresaw_is_told_too(press: Press) -> None:
    press.printer_failure = RuntimeError("odd")
    model = press.open()

    model.print_on(printer())

    assert model.trouble is not None
    assert model.trouble.kind is ProblemKind.UNEXPECTED


def test_no_printer_is_told_honestly_and_not_logged(qtbot: QtBot, look: Look, press: Press) -> None:
    model = press.open()
    view = ProtocolView(model, look, ask_printer=lambda *_: None)
    shown(qtbot, view)

    button(view, "print").click()

    words = shown(qtbot, view)
    assert look.language.gettext("This computer has no printer") in words
    assert press.happened == []


def test_a_folder_that_is_gone_leaves_nothing_and_is_told(
    qtbot: QtBot, look: Look, tmp_path: Path, press: Press
) -> None:
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)

    model.save_to(tmp_path / "gone" / FILE_NAME)

    assert model.save_flaw is SaveFlaw.GONE
    assert look.language.gettext("The folder is not there") in shown(qtbot, view)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("flaw", SaveFlaw)
def test_every_reason_why_nothing_was_saved_has_its_words(
    qtbot: QtBot, look: Look, press: Press, flaw: SaveFlaw
) -> None:
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    model.save_flaw = flaw

    model.changed.emit()

    words = shown(qtbot, view)
    assert look.language.gettext("Nothing has been saved, and no half file is left.") in words


def test_a_file_that_is_there_is_asked_about_first(
    qtbot: QtBot, look: Look, tmp_path: Path, press: Press
) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes(b"before")
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)

    model.save_to(file)
    shown(qtbot, view)

    assert file.read_bytes() == b"before"
    assert press.happened == []
    # Enter by mistake does no harm.
    assert button(view, "another name").hasFocus()
    button(view, "replace").click()
    assert file.read_bytes() == press.pdf
    assert press.happened == ["log save"]
    assert model.to_replace is None


def test_another_name_is_asked_for_instead(
    qtbot: QtBot, look: Look, tmp_path: Path, press: Press
) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes(b"before")
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    model.save_to(file)

    button(view, "another name").click()

    dialog = view.findChild(QFileDialog, "save as")
    assert isinstance(dialog, QFileDialog)
    assert model.to_replace is None
    dialog.reject()
    assert file.read_bytes() == b"before"


def test_a_file_that_came_meanwhile_is_asked_about_too(
    tmp_path: Path, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes(b"before")
    monkeypatch.setattr(Path, "exists", lambda _: False)
    model = press.open()

    model.save_to(file)

    assert model.to_replace == file
    assert file.read_bytes() == b"before"


def test_the_name_of_the_file_says_nothing_of_anyone(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    view = ProtocolView(press.open(), look)
    shown(qtbot, view)

    button(view, "save as pdf").click()

    dialog = view.findChild(QFileDialog, "save as")
    assert isinstance(dialog, QFileDialog)
    assert [Path(one).name for one in dialog.selectedFiles()] == [FILE_NAME]
    dialog.reject()


def test_a_chosen_file_is_saved(qtbot: QtBot, look: Look, tmp_path: Path, press: Press) -> None:
    view = ProtocolView(press.open(), look)
    shown(qtbot, view)
    button(view, "save as pdf").click()
    dialog = view.findChild(QFileDialog, "save as")
    assert isinstance(dialog, QFileDialog)

    dialog.fileSelected.emit(str(tmp_path / FILE_NAME))
    dialog.reject()

    assert (tmp_path / FILE_NAME).read_bytes() == press.pdf


def test_a_chosen_printer_gets_the_pages(qtbot: QtBot, look: Look, press: Press) -> None:
    asked: list[tuple[str, int]] = []

    def ask(parent: QWidget, title: str, pages: int, chosen: Callable[[QPrinter], None]) -> QDialog:
        asked.append((title, pages))
        chosen(printer())
        return QDialog(parent)

    view = ProtocolView(press.open(), look, ask_printer=ask)
    shown(qtbot, view)

    button(view, "print").click()

    assert asked == [(look.language.gettext("Print the draft"), len(PAGES))]
    assert press.printed == [press.pdf]


@pytest.mark.parametrize(
    ("target", "may_seal", "primary"),
    [
        (Target(Audience.ROOM), True, ["seal the protocol"]),
        (Target(Audience.BOARD), True, ["seal the protocol"]),
        (Target(Audience.ROOM), False, []),
        (Target(Audience.PERSON, RECIPIENTS[0].id), True, []),
    ],
)
def test_a_draft_is_never_offered_to_be_signed(  # noqa: PLR0913  what is offered to whom
    qtbot: QtBot,
    look: Look,
    press: Press,
    target: Target,
    primary: list[str],
    *,
    may_seal: bool,
) -> None:
    view = ProtocolView(model := press.open(may_seal=may_seal), look)
    model.choose(target)
    shown(qtbot, view)

    assert button(view, "print").text() == "Skriv ut utkastet"
    assert primaries(view) == primary


def test_what_is_sealed_is_printed_and_signed_on_paper_that_lasts(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    archival = "arkivpenna"
    view = ProtocolView(model := press.open(), look)
    assert archival not in shown(qtbot, view)
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    model.load()

    assert archival in shown(qtbot, view)
    assert button(view, "print").text() == "Skriv ut och skriv under"
    assert primaries(view) == ["print"]


APPROVED = Approved(
    role=Approver.CHAIR, who="Karin Ek", how=ApprovedOn.PAPER, on=NOW.date(), content=""
)


def steps_of(view: QWidget) -> list[str]:
    """Return what a screen reader is told of the life of the protocol."""
    QApplication.processEvents()
    names = [one.accessibleName() for one in view.findChildren(QLabel) if one.isVisibleTo(view)]
    return [one.partition(": ")[2] for one in names if one.startswith("Steg ")]


def test_a_draft_with_an_open_remark_or_without_all_approvals_is_no_more_than_a_draft(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    press.approval = ApprovalState(approvals=(APPROVED,), wanted=(Approver.VERIFIER,))
    view = ProtocolView(model := press.open(), look)
    shown(qtbot, view)
    remark = ToldRemark(id=UUID(int=951), who="Henrik Alm", text="Fel dag.", at=NOW)
    coming = [f"{one}, kommer" for one in ("Godkänt", "Förseglat", "Underskrivet", "Utdelat")]
    assert steps_of(view) == ["Utkast, nu", *coming]
    for approval in (
        ApprovalState(approvals=(APPROVED,), wanted=(), remarks=(remark,)),
        ApprovalState(wanted=()),
    ):
        press.approval = approval
        model.load()
        assert steps_of(view) == ["Utkast, nu", *coming]
        assert "Utkast" in [one.accessibleName() for one in view.findChildren(Pill)]


def test_a_protocol_tells_what_it_has_become(qtbot: QtBot, look: Look, press: Press) -> None:
    press.approval = ApprovalState(approvals=(APPROVED,), wanted=())
    view = ProtocolView(model := press.open(), look)
    shown(qtbot, view)
    assert steps_of(view)[:3] == ["Utkast, klart", "Godkänt, nu", "Förseglat, kommer"]
    assert "Godkänt" in [one.accessibleName() for one in view.findChildren(Pill)]

    told = told_protocol(1, ProtocolKind.ROOM)
    for sealed, last in (
        (told, ["Förseglat, nu", "Underskrivet, kommer", "Utdelat, kommer"]),
        (
            replace(told, signing=SigningState.SIGNED),
            ["Förseglat, klart", "Underskrivet, nu", "Utdelat, kommer"],
        ),
        (
            replace(told, is_distributed=True),
            ["Förseglat, klart", "Underskrivet, kommer", "Utdelat, nu"],
        ),
    ):
        press.protocols = (sealed,)
        model.load()
        assert steps_of(view) == ["Utkast, klart", "Godkänt, klart", *last]
    model.choose(Target(Audience.BOARD))
    assert steps_of(view)[1:3] == ["Godkänt, nu", "Förseglat, kommer"]


def test_a_copy_for_one_person_has_no_life_of_its_own(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    view = ProtocolView(model := press.open(), look)
    model.choose(HENRIK)
    shown(qtbot, view)
    assert steps_of(view) == []


def primaries(view: QWidget) -> list[str]:
    """Return the filled buttons that can be seen."""
    found = (one for one in view.findChildren(Button) if one.kind is ButtonKind.PRIMARY)
    return [one.objectName() for one in found if one.isVisibleTo(view)]


@pytest.mark.parametrize("text", NAMES, ids=range(len(NAMES)))
def test_hostile_names_are_shown_as_they_are_and_break_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    recipients = (ProtocolRecipient(id=UUID(int=1), name=text, organisation=text),)
    model = Press(recipients).open()
    view = ProtocolView(model, look)
    shown(qtbot, view)

    model.choose(Target(Audience.PERSON, UUID(int=1)))
    words = shown(qtbot, view)
    view.grab()

    assert "\u202e" not in words
    assert "\0" not in words
    assert make_visible(text, lines=False, longest=100).rstrip("…") in words


def test_what_is_no_pdf_is_told_and_shows_no_page(qtbot: QtBot, look: Look, press: Press) -> None:
    press.pdf = b"not a PDF"
    view = ProtocolView(press.open(), look)

    words = shown(qtbot, view)

    assert look.language.gettext("The pages could not be drawn") in words


def test_all_goes_by_keyboard(qtbot: QtBot, look: Look, press: Press) -> None:
    model = press.open()
    view = ProtocolView(model, look, ask_printer=lambda *_: None)
    shown(qtbot, view)
    view.first_focus.setFocus()

    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Right)
    board = model.target
    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Right)

    assert board == Target(Audience.BOARD)
    assert model.target == Target(Audience.PERSON, RECIPIENTS[0].id)
    keys = {key for command in view.commands for key in command.keys}
    assert {"Ctrl+P", "Ctrl+S", "Alt+Left"} <= keys


def test_small_pages_lead_to_the_large_ones(qtbot: QtBot, look: Look, press: Press) -> None:
    view = ProtocolView(press.open(), look)
    shown(qtbot, view)
    second = view.findChild(QRadioButton, "page 2")
    assert isinstance(second, QRadioButton)

    second.setChecked(True)

    words = shown(qtbot, view)
    _ = look.language.gettext
    assert _("Page {number} of {count}").format(number=2, count=3) in words


def test_the_pages_can_be_made_larger_and_smaller(qtbot: QtBot, look: Look, press: Press) -> None:
    view = ProtocolView(press.open(), look)
    shown(qtbot, view)
    larger = button(view, look.language.gettext("Make the pages larger"))
    smaller = button(view, look.language.gettext("Make the pages smaller"))

    while larger.isEnabled():
        larger.click()
    most = shown(qtbot, view)
    while smaller.isEnabled():
        smaller.click()

    assert "300 %" in most
    assert "50 %" in shown(qtbot, view)


def test_a_change_elsewhere_makes_the_pages_anew(press: Press) -> None:
    model = press.open()
    before = len(press.commands)

    model.refresh(Changes(drafts=True))
    model.refresh(Changes(consents=True), model)
    model.refresh(Changes(consents=True))

    assert len(press.commands) == before + 1


def test_pages_that_take_long_are_told_to(qtbot: QtBot, look: Look, press: Press) -> None:
    runner = HeldRunner()
    model = press.open(runner)
    view = ProtocolView(model, look)

    model.lose_patience()

    assert look.language.gettext("One moment") in shown(qtbot, view)
    assert not button(view, "print").isEnabled()
    runner.work_off()
    assert button(view, "print").isEnabled()


def test_trying_again_and_the_way_back(qtbot: QtBot, look: Look, press: Press) -> None:
    press.failure = DiskFullError()
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press.failure = None

    button(view, "try again").click()

    assert model.state is PagesState.READY
    with qtbot.waitSignal(model.left):
        button(view, "the meetings").click()


def model_of(
    vault: OpenVault, meeting_id: UUID, printed: list[bytes], *, prints: PrintPdf | None = None
) -> ProtocolViewModel:
    """Return the screen's model on a real vault."""
    uses, runner = bind_desk(vault).meetings, InlineRunner()
    sealing = SealingModel(
        meeting_id,
        case_id=UUID(int=1),
        uses=uses.sealing,
        drafts=DraftBox().uses,
        may_seal=True,
        may_make_seal=True,
        runner=runner,
        now=vault.environment.now,
    )
    return ProtocolViewModel(
        meeting_id,
        sealing=sealing,
        uses=uses.sealing,
        compose_protocol=uses.compose_protocol,
        log_print=uses.log_printed,
        log_missed=uses.log_not_printed,
        log_save=uses.log_saved,
        print_pdf=prints or (lambda pdf, _: printed.append(pdf)),
        runner=runner,
        now=vault.environment.now,
    )


def test_the_protocol_of_a_real_meeting_is_shown_and_its_print_is_logged(
    qtbot: QtBot, look: Look, vault: OpenVault
) -> None:
    meeting_id = running_meeting(vault, signed_case(vault))
    printed: list[bytes] = []
    model = model_of(vault, meeting_id, printed)
    view = ProtocolView(model, look)
    model.load()
    shown(qtbot, view)

    for place in range(len(chips(view))):
        chips(view)[place].click()
        model.print_on(printer())

    assert len(chips(view)) > len(["room", "board"])
    assert len(printed) == len(chips(view))
    assert model.trouble is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nobody_stumbles(qtbot: QtBot, qapp: QApplication, scale: float, language: str) -> None:
    frame = protocol_desk.shown(make_look(qapp, language=language, scale=scale))
    qtbot.addWidget(frame)
    frame.resize(1366, 768)
    frame.show()
    qapp.processEvents()

    assert faults(frame) == []
