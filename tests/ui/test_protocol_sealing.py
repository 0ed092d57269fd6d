"""Sealing beside the pages: what is left is told with a way to it, and what is sealed is shown."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.services.sealing_desk import held_meeting
from tests.ui.plain import NOW, DraftBox, HeldRunner
from tests.ui.protocol_desk import MEETING, SEALED_PDF, Press, told_protocol
from tests.ui.test_protocol_screen import model_of
from trygga_desktop.documents.pdf.verify import verify
from trygga_desktop.documents.verdict import Outcome
from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NotConfirmedError,
    SealedFileChangedError,
    UnsettledError,
)
from trygga_desktop.domain.sealing import Gap, GapKind, ProtocolKind
from trygga_desktop.services.protocols import ProtocolAudience
from trygga_desktop.services.sealing import PlanToSeal, ToldEntry
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.leaving import News, PagesState
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.protocol.sealing import AddendumField, Panel
from trygga_desktop.ui.screens.protocol.view import ProtocolView
from trygga_desktop.ui.screens.protocol.view_model import Audience, ProtocolViewModel, Target, Way
from trygga_desktop.ui.screens.protocol.words import (
    before_protection_message,
    confirm_message,
    gap_words,
    outdated_message,
    protected_message,
)
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.typed import Typed, write_typed
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import ComboBox


@pytest.fixture
def press() -> Press:
    """A vault and a printer that note what happens."""
    return Press()


def shown(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    if not view.isVisible():
        qtbot.addWidget(view)
        view.resize(1226, 700)
        view.show()
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def button(view: QWidget, name: str) -> Button | None:
    """Return the button of this name, if it can be seen."""
    found = view.findChild(Button, name)
    return found if isinstance(found, Button) and found.isVisible() else None


def press_on(view: QWidget, name: str) -> None:
    """Press the button of this name."""
    found = button(view, name)
    assert found is not None
    found.click()
    QApplication.processEvents()


def panel_of(model: ProtocolViewModel) -> Panel:
    """Return which panel is open."""
    return model.seal.panel


def command_of(view: ProtocolView, key: str) -> Callable[[], object]:
    """Return what a key does."""
    return next(one.run for one in view.commands if key in one.keys)


def test_whoever_may_not_seal_is_offered_neither_sealing_nor_addenda(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    press.protocols = (told_protocol(1, ProtocolKind.FULL),)
    model = press.open(may_seal=False)
    view = ProtocolView(model, look)
    shown(qtbot, view)

    for key in ("Ctrl+Shift+L", "Ctrl+Shift+A"):
        command_of(view, key)()
    model.choose(Target(Audience.BOARD))
    command_of(view, "Ctrl+Shift+A")()
    shown(qtbot, view)

    assert button(view, "seal the protocol") is None
    assert button(view, "write an addendum") is None
    assert model.seal.panel is Panel.NONE


def test_a_protocol_is_shown_and_sealed_in_the_language_that_is_chosen(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    chosen = view.findChild(ComboBox, "language")
    assert chosen is not None
    assert chosen.isVisible()

    chosen.setCurrentIndex(chosen.findData("en"))
    chosen.activated.emit(chosen.currentIndex())
    press_on(view, "seal the protocol")
    press_on(view, "seal now")

    assert press.commands[-1].language == "en"
    assert [one.language for one in press.sealings] == ["en"]
    # What is sealed keeps its language.
    assert not chosen.isVisible()


def test_a_copy_for_one_person_is_never_sealed(qtbot: QtBot, look: Look, press: Press) -> None:
    model = press.open()
    view = ProtocolView(model, look)
    model.choose(Target(Audience.PERSON, press.recipients[0].id))
    shown(qtbot, view)

    command_of(view, "Ctrl+Shift+L")()
    assert button(view, "seal the protocol") is None
    assert model.seal.panel is Panel.NONE


@pytest.mark.parametrize("kind", [one for one in GapKind if not one.is_bar and not one.is_of_board])
def test_what_bars_nobody_is_told_before_the_protocol_is_sealed(
    qtbot: QtBot, look: Look, press: Press, kind: GapKind
) -> None:
    press.gaps = (Gap(kind=kind),)
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press_on(view, "seal the protocol")
    words = shown(qtbot, view)

    assert gap_words(kind, 1, look.language)[0] in words
    # What is typed in a draft nobody can add any more.
    assert (button(view, f"settle {kind}") is None) is (kind is GapKind.NOT_ADDED)
    press_on(view, "seal now")
    assert press.happened[0] == "seal room"


def test_that_whoever_led_the_meeting_cannot_read_the_boards_file_is_told_before_that_alone(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    press.gaps = (Gap(kind=GapKind.CHAIR_CANNOT_READ),)
    model = press.open()
    view = ProtocolView(model, look)
    title = gap_words(GapKind.CHAIR_CANNOT_READ, 1, look.language)[0]
    shown(qtbot, view)
    press_on(view, "seal the protocol")
    assert title not in shown(qtbot, view)

    model.choose(Target(Audience.BOARD))
    shown(qtbot, view)
    press_on(view, "seal the protocol")

    assert title in shown(qtbot, view)
    with qtbot.waitSignal(model.seal.people_wanted):
        press_on(view, f"settle {GapKind.CHAIR_CANNOT_READ}")
    press_on(view, "seal now")
    assert press.happened[0] == "seal full"


@pytest.mark.parametrize(
    "kind", [one for one in GapKind if one.is_bar and one is not GapKind.PROTOCOL_FIRST]
)
def test_nothing_is_sealed_while_something_is_left_and_there_is_a_way_to_it(
    qtbot: QtBot, look: Look, press: Press, kind: GapKind
) -> None:
    press.gaps = (Gap(kind=kind),)
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press_on(view, "seal the protocol")

    send = button(view, "seal now")
    assert send is not None
    assert not send.isEnabled()
    assert send.accessibleDescription()
    model.seal.seal(ProtocolKind.ROOM)
    assert press.happened == []
    if kind is GapKind.LEFT_OUT:
        # What did not verify no screen can settle.
        assert button(view, f"settle {kind}") is None
        return
    if kind in {GapKind.OPEN_REMARK, GapKind.APPROVED_OTHERWISE}:
        press_on(view, f"settle {kind}")
        assert model.seal.panel is Panel.APPROVAL
        return
    wanted = model.seal.hidden_wanted if kind is GapKind.NOT_MARKED else model.seal.meeting_wanted
    with qtbot.waitSignal(wanted):
        press_on(view, f"settle {kind}")


def test_a_panel_closes_when_other_pages_are_shown(qtbot: QtBot, look: Look, press: Press) -> None:
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press_on(view, "seal the protocol")

    model.choose(Target(Audience.PERSON, press.recipients[0].id))
    shown(qtbot, view)

    assert panel_of(model) is Panel.NONE
    assert button(view, "seal now") is None


def test_the_focus_stays_on_the_page_after_sealing_and_correcting(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press_on(view, "seal the protocol")
    press_on(view, "seal now")
    assert view.focusWidget() is view.first_focus

    press_on(view, "write an addendum")
    assert model.seal.form is not None
    model.seal.form.type(AddendumField.TEXT, "x")
    press_on(view, "send")

    chosen = view.focusWidget()
    assert chosen is view.first_focus
    assert chosen.accessibleName() == "Tillägg 1"


def test_whoever_goes_from_chip_to_chip_with_a_panel_open_stays_in_the_chips(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press_on(view, "seal the protocol")
    view.first_focus.setFocus()

    QTest.keyClick(view.focusWidget(), Qt.Key.Key_Right)

    assert panel_of(model) is Panel.NONE
    assert view.focusWidget() is view.first_focus
    assert view.first_focus.accessibleName() == "Nämndens akt"


def test_without_a_seal_an_administrator_makes_one_and_goes_on(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    press.has_seal = False
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press_on(view, "seal the protocol")
    send = button(view, "seal now")
    assert send is not None
    assert not send.isEnabled()

    press_on(view, "make a seal")

    send = button(view, "seal now")
    assert send is not None
    assert send.isEnabled()


def test_without_a_seal_others_are_told_whom_to_ask(qtbot: QtBot, look: Look, press: Press) -> None:
    press.has_seal = False
    model = press.open(may_make_seal=False)
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press_on(view, "seal the protocol")
    model.seal.make_seal()

    assert button(view, "make a seal") is None
    assert not press.has_seal


@pytest.mark.parametrize("may_make_seal", [False, True])
def test_a_seal_that_was_changed_is_told_as_such_and_not_used(
    qtbot: QtBot, look: Look, press: Press, *, may_make_seal: bool
) -> None:
    press.has_seal, press.is_seal_changed = False, True
    model = press.open(may_make_seal=may_make_seal)
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press_on(view, "seal the protocol")
    words = shown(qtbot, view)

    assert "Något annat än Trygga har ändrat sigillet" in words
    assert "inget sigill" not in words
    send = button(view, "seal now")
    assert send is not None
    assert not send.isEnabled()
    assert (button(view, "make a seal") is not None) is may_make_seal


def test_what_keeps_it_from_being_sealed_after_all_is_told_in_the_panel(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    press.seal_failure = UnsettledError()
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press_on(view, "seal the protocol")
    press_on(view, "seal now")

    assert model.seal.trouble is not None
    assert model.seal.trouble.kind is ProblemKind.UNSETTLED
    assert panel_of(model) is Panel.SEAL
    press_on(view, "not now")
    assert panel_of(model) is Panel.NONE
    sealing = button(view, "seal the protocol")
    assert sealing is not None
    assert sealing.hasFocus()


def test_a_seal_that_was_not_confirmed_is_for_the_window_to_tell(
    qtbot: QtBot, press: Press
) -> None:
    press.seal_failure = NotConfirmedError()
    model = press.open()
    model.seal.begin_seal()
    with qtbot.waitSignal(model.failed):
        model.seal.seal(ProtocolKind.ROOM)


@pytest.mark.parametrize(
    ("audience", "kind"),
    [(Audience.ROOM, ProtocolKind.ROOM), (Audience.BOARD, ProtocolKind.FULL)],
)
def test_what_was_sealed_is_shown_as_it_was_stored(
    qtbot: QtBot, look: Look, press: Press, audience: Audience, kind: ProtocolKind
) -> None:
    model = press.open()
    model.choose(Target(audience))
    view = ProtocolView(model, look)
    shown(qtbot, view)
    composed = len(press.commands)
    press_on(view, "seal the protocol")
    with qtbot.waitSignal(model.made):
        press_on(view, "seal now")
    words = shown(qtbot, view)

    assert press.happened == [f"seal {kind}", "read sealed"]
    assert len(press.commands) == composed
    assert model.composed is not None
    assert model.composed.pdf == SEALED_PDF
    assert "T9VZ-BQFY-H206" in words
    assert button(view, "seal the protocol") is None
    assert button(view, "write an addendum") is not None


def test_the_sealed_bytes_are_printed_and_saved_and_the_log_names_them(
    press: Press, tmp_path: Path
) -> None:
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    model = press.open()
    press.happened.clear()

    model.print_on(QPrinter())
    place = tmp_path / "p.pdf"
    model.save_to(place)

    # The sheet with the number of the copy comes first.
    assert press.printed[1:] == [SEALED_PDF]
    assert place.read_bytes() == SEALED_PDF
    assert press.happened == [
        "read sealed",
        "log sealed print",
        "print",
        "print",
        "read sealed",
        "log sealed save",
    ]


def test_a_sealed_protocol_that_says_more_than_its_readers_may_have_today_is_marked(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    told = told_protocol(1, ProtocolKind.ROOM)
    press.protocols = (replace(told, is_current=False),)
    model = press.open()
    view = ProtocolView(model, look)
    title = outdated_message(look.language).title

    assert title in shown(qtbot, view)
    press.protocols = (told,)
    model.load()
    assert title not in shown(qtbot, view)


def test_what_was_sealed_before_somebody_was_protected_is_not_said_to_lack_the_place(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    told = told_protocol(1, ProtocolKind.FULL)
    press.is_protected = True
    press.protocols = (replace(told, is_current=False, leads_to_protected=True),)
    model = press.open()
    model.choose(Target(Audience.BOARD))
    view = ProtocolView(model, look)
    language = look.language

    banner = before_protection_message(language)
    before = shown(qtbot, view)
    assert banner.title in before
    assert banner.text in before
    assert outdated_message(language, is_whole=True).title not in before
    model.print_on(QPrinter())
    asked = shown(qtbot, view)
    assert before_protection_message(language, is_asked=True).text in asked
    assert protected_message(language).text not in asked
    assert confirm_message(language).title not in asked


def outdated(press: Press) -> ProtocolViewModel:
    """Return the model of a sealed protocol that says more than its readers may have today."""
    told = told_protocol(1, ProtocolKind.ROOM)
    press.protocols = (replace(told, is_current=False),)
    model = press.open()
    press.happened.clear()
    return model


def test_what_its_readers_may_no_longer_have_does_not_leave_unasked(
    press: Press, tmp_path: Path
) -> None:
    model = outdated(press)
    place = tmp_path / "p.pdf"

    model.print_on(QPrinter())
    assert asked_for(model) is Way.PRINT
    model.save_to(place)
    assert asked_for(model) is Way.SAVE
    model.keep()
    model.confirm()
    model.print_on(QPrinter())

    assert press.happened == []
    assert press.printed == []
    assert not place.exists()


def asked_for(model: ProtocolViewModel) -> Way | None:
    """Return what somebody is asked to confirm."""
    return model.to_confirm


def test_whoever_confirms_hands_it_out_once_and_the_log_says_so_first(press: Press) -> None:
    model = outdated(press)
    model.print_on(QPrinter())
    model.confirm()
    model.print_on(QPrinter())

    done = ["read sealed", "log confirmed", "log sealed print", "print", "print"]
    assert press.happened == done
    model.print_on(QPrinter())
    assert press.printed[1:] == [SEALED_PDF]
    assert asked_for(model) is Way.PRINT


def test_a_confirmed_file_is_put_in_place_of_another_one_without_being_asked_again(
    press: Press, tmp_path: Path
) -> None:
    place = tmp_path / "p.pdf"
    place.write_bytes(b"another")
    model = outdated(press)
    model.save_to(place)
    model.confirm()
    model.save_to(place)
    assert model.to_replace == place
    model.replace()

    assert place.read_bytes() == SEALED_PDF
    assert press.happened == ["read sealed", "log confirmed", "log sealed save"]


def test_what_they_lose_between_showing_and_printing_keeps_the_pages_here(press: Press) -> None:
    told = told_protocol(1, ProtocolKind.ROOM)
    press.protocols = (told,)
    model = press.open()
    press.happened.clear()
    press.protocols = (replace(told, is_current=False),)

    model.print_on(QPrinter())

    assert press.printed == []
    assert press.happened == ["read sealed"]
    assert model.is_outdated
    assert model.told is not None
    assert model.told.news is News.CHANGED


def test_the_page_asks_before_it_asks_for_a_printer(qtbot: QtBot, look: Look, press: Press) -> None:
    asked: list[str] = []
    view = ProtocolView(outdated(press), look, ask_printer=lambda *_: asked.append("printer"))
    shown(qtbot, view)

    command_of(view, "Ctrl+P")()
    shown(qtbot, view)
    assert asked == []
    press_on(view, "hand out nothing")
    assert button(view, "all the same") is None
    command_of(view, "Ctrl+P")()
    shown(qtbot, view)
    press_on(view, "all the same")
    assert asked == ["printer"]


def test_a_stored_file_that_was_changed_is_told_and_not_shown(press: Press) -> None:
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    press.failure = SealedFileChangedError()
    model = press.open()
    assert model.state is PagesState.FAILED
    assert model.trouble is not None
    assert model.trouble.kind is ProblemKind.SEALED_FILE_CHANGED
    assert model.composed is None


def half_written() -> DraftBox:
    """Return the drafts of somebody who has begun an addendum."""
    texts: dict[str, str] = {AddendumField.CONCERNS: "Maria", AddendumField.TEXT: "Halvskrivet"}
    text = write_typed(Typed(texts=texts))
    return DraftBox(
        [
            Draft(
                id=UUID(int=9),
                kind=DraftKind.ADDENDUM,
                text=text,
                stored_at=NOW,
                subject_id=MEETING,
            )
        ]
    )


def correcting(press: Press, shelf: DraftBox | None = None) -> ProtocolViewModel:
    """Return the screen's model with the form of an addendum open."""
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    model = press.open(drafts=None if shelf is None else shelf.uses)
    model.begin_addendum()
    return model


def test_an_addendum_that_says_nothing_is_not_sealed(press: Press) -> None:
    model = correcting(press)
    model.seal.write_addendum()
    assert press.addenda == []
    assert model.seal.panel is Panel.ADDENDUM


def test_an_addendum_is_sealed_and_shown_itself(qtbot: QtBot, look: Look, press: Press) -> None:
    shelf = DraftBox()
    entry = ToldEntry(id=UUID(int=88), text="Skolan ringer hem\nvarje fredag klockan 15.30 " * 3)
    press.entries = (ToldEntry(id=UUID(int=87), text="Annat"), entry)
    model = correcting(press, shelf)
    view = ProtocolView(model, look)
    shown(qtbot, view)
    area = view.findChild(QTextEdit, AddendumField.TEXT)
    about = view.findChild(ComboBox, "entry that it corrects")
    assert isinstance(area, QTextEdit)
    assert isinstance(about, ComboBox)
    assert about.itemText(2).startswith("Skolan ringer hem varje fredag")
    area.setPlainText("Rätt tid är 14.30.")
    about.setCurrentIndex(2)
    about.activated.emit(2)
    model.leave()
    assert len(shelf.drafts) == 1
    model.seal.cancel()
    model.begin_addendum()
    assert model.seal.form is not None
    assert model.seal.form.about == entry.id
    press_on(view, "send")

    assert [(one.text, one.about) for one in press.addenda] == [
        ("Rätt tid är 14.30.", frozenset({entry.id}))
    ]
    assert shelf.drafts == {}
    assert model.target.audience is Audience.ADDENDUM
    assert model.sealed is not None
    assert model.sealed.protocol.is_addendum
    assert button(view, "write an addendum") is None


def test_no_draft_is_left_of_an_addendum_that_was_sealed_meanwhile(press: Press) -> None:
    runner, shelf = HeldRunner(), DraftBox()
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    model = press.open(runner, drafts=shelf.uses)
    runner.work_off()
    model.begin_addendum()
    runner.work_off()
    assert model.seal.form is not None
    model.seal.form.type(AddendumField.TEXT, "Rätt tid är 14.30.")
    model.leave()
    runner.work_off()
    assert len(shelf.drafts) == 1
    model.seal.write_addendum()

    model.seal.cancel()
    assert model.seal.panel is Panel.ADDENDUM
    model.choose(Target(Audience.BOARD))
    assert model.target == Target(Audience.ROOM)
    for _ in range(4):
        runner.work_off()

    assert len(press.addenda) == 1
    assert shelf.drafts == {}
    assert model.sealed is not None
    assert model.sealed.protocol.is_addendum


@pytest.mark.parametrize("kind", [DraftKind.REMARK, DraftKind.COMPLETING])
def test_what_was_written_of_a_draft_that_is_sealed_now_is_led_to(
    qtbot: QtBot, look: Look, press: Press, kind: DraftKind
) -> None:
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    model = press.open(goes_on=kind)
    view = ProtocolView(model, look)
    shown(qtbot, view)

    assert model.seal.panel is Panel.NONE
    assert model.told is not None
    assert model.told.news is News.SEALED_SINCE
    with qtbot.waitSignal(model.kept_wanted):
        press_on(view, "show the kept text")


def test_what_was_refused_stays_in_the_form(press: Press) -> None:
    model = correcting(press)
    assert model.seal.form is not None
    model.seal.form.type(AddendumField.TEXT, "x")
    press.seal_failure = InvalidInputError(field="text", flaw="length")
    model.seal.write_addendum()

    assert model.seal.form is not None
    assert model.seal.form.refused == {"text": "length"}
    assert model.seal.form.text_in(AddendumField.TEXT) == "x"


def test_a_draft_comes_back_and_stays_when_the_form_is_closed(press: Press) -> None:
    shelf = half_written()
    model = correcting(press, shelf)
    form = model.seal.form
    assert form is not None
    assert form.text_in(AddendumField.TEXT) == "Halvskrivet"

    form.type(AddendumField.TEXT, "Halvskrivet och mer")
    model.seal.cancel()

    assert shelf.texts == ["Maria\nHalvskrivet och mer"]
    assert model.seal.panel is Panel.NONE


def test_what_comes_back_stands_in_the_fields(qtbot: QtBot, look: Look, press: Press) -> None:
    model = correcting(press, half_written())
    view = ProtocolView(model, look)
    shown(qtbot, view)
    assert model.seal.form is not None
    model.seal.form.type(AddendumField.TEXT, "Annat")
    model.seal.form.replaced.emit()

    area = view.findChild(QTextEdit, AddendumField.TEXT)
    assert isinstance(area, QTextEdit)
    assert area.toPlainText() == "Annat"


def test_the_primary_says_that_it_works_and_cannot_seal_twice(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    runner = HeldRunner()
    model = press.open(runner)
    runner.work_off()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press_on(view, "seal the protocol")
    press_on(view, "seal now")
    press_on(view, "seal now")
    runner.work_off()
    runner.work_off()

    assert press.happened.count("seal room") == 1


def test_a_real_protocol_is_sealed_corrected_and_printed(
    qtbot: QtBot, look: Look, vault: OpenVault
) -> None:
    held = held_meeting(vault)
    printed: list[bytes] = []
    model = model_of(vault, held.meeting_id, printed)
    view = ProtocolView(model, look)
    model.load()
    shown(qtbot, view)
    press_on(view, "seal the protocol")
    press_on(view, "seal now")
    press_on(view, "write an addendum")
    assert model.seal.form is not None
    model.seal.form.type(AddendumField.TEXT, "Rätt tid är 14.30.")
    press_on(view, "send")
    for target in (Target(Audience.ROOM), model.target):
        model.choose(target)
        model.print_on(QPrinter())

    # Before each of them its sheet came onto paper, which is no sealed file.
    assert len(printed) == 4
    assert [verify(one).outcome for one in printed[1::2]] == [Outcome.UNCHANGED] * 2
    assert len(set(printed)) == 4


def test_an_agreed_plan_is_sealed_once_its_protocol_is_and_leaves_sealed(
    qtbot: QtBot, look: Look, press: Press, tmp_path: Path
) -> None:
    first = (Gap(kind=GapKind.PROTOCOL_FIRST),)
    press.plan = PlanToSeal(version=4, gaps=first)
    model = press.open()
    view = ProtocolView(model, look)
    assert "version 4" not in shown(qtbot, view)
    model.choose(Target(Audience.PLAN))
    words = shown(qtbot, view)
    assert press.composed_plans[-1].audience is ProtocolAudience.ROOM
    assert "Plan, version 4, möte 5" in words
    assert button(view, "remarks and approval") is None
    model.save_to(tmp_path / "plan.pdf")
    assert press.happened == []
    press_on(view, "seal the protocol")
    send = button(view, "seal now")
    assert send is not None
    assert not send.isEnabled()
    model.seal.seal(ProtocolKind.PLAN_ROOM)
    assert press.plans == []
    press_on(view, f"settle {GapKind.PROTOCOL_FIRST}")
    assert model.target == Target(Audience.ROOM)

    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    press.plan = PlanToSeal(version=4)
    for audience, kind in (
        (Audience.PLAN, ProtocolKind.PLAN_ROOM),
        (Audience.PLAN_BOARD, ProtocolKind.PLAN_FULL),
    ):
        model.choose(Target(audience))
        press_on(view, "seal the protocol")
        press_on(view, "seal now")
        assert press.plans[-1].kind is kind
        assert model.sealed is not None
        assert model.sealed.protocol.kind is kind
        assert button(view, "write an addendum") is None
        assert button(view, "signatures") is not None
    model.save_to(tmp_path / "plan.pdf")
    assert (tmp_path / "plan.pdf").read_bytes() == SEALED_PDF
    assert "log sealed save" in press.happened

    # Nobody is sent to a person's chip, of whom none stands beside the plan.
    press.protocols = tuple(replace(one, is_current=False) for one in press.protocols)
    for audience in (Audience.PLAN, Audience.PLAN_BOARD):
        model.choose(Target(audience))
        is_whole = audience is Audience.PLAN_BOARD
        told = outdated_message(look.language, is_whole=is_whole, is_plan=True).text
        assert told != outdated_message(look.language, is_whole=is_whole).text
        assert told in shown(qtbot, view)


def test_a_plan_that_changed_meanwhile_is_shown_anew_and_not_sealed(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    press.plan = PlanToSeal(version=4)
    model = press.open()
    view = ProtocolView(model, look)
    model.choose(Target(Audience.PLAN))
    shown(qtbot, view)
    press.plan_basis = "plan 2"

    press_on(view, "seal the protocol")
    press_on(view, "seal now")

    assert press.plans == []
    assert model.told is not None
    assert model.told.news is News.NOT_SEALED
    if panel_of(model) is Panel.NONE:
        press_on(view, "seal the protocol")
    press_on(view, "seal now")
    assert [one.basis for one in press.plans] == ["plan 2"]
