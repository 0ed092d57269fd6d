"""On a full disk no text is lost when its page is left, and nothing untrue is said of it."""

from dataclasses import replace
from uuid import UUID

from pytestqt.qtbot import QtBot

from tests.ui.desks import OpenDesk, frame, settle, shows
from tests.ui.plain import NOW, DraftBox, HeldRunner
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import DiskFullError
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, Place
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screens.home.view import HomeView
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.unstored import Unstored
from trygga_desktop.ui.widgets.desk_frame import StatusLine
from trygga_desktop.ui.widgets.floating_bar import FloatingBar
from trygga_desktop.ui.widgets.labels import PlainLabel

PLACE = Place(kind=DraftKind.NOTE, subject_id=UUID(int=7))


def with_text_that_waits(open_desk: OpenDesk, box: DraftBox) -> MainWindow:
    """Show home, after a form was left whose text found no room on the disk."""
    window = open_desk(drafts=box.uses, runner=InlineRunner())
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.go_to_new_case()
    form = rooms.current
    assert isinstance(form, NewCaseViewModel)
    form.type(FormField.GIVEN_NAME, "Åsa")
    box.failures = [DiskFullError()] * 9
    rooms.go_home()
    settle()
    return window


def status(window: MainWindow) -> str:
    line = frame(window).findChild(StatusLine)
    assert isinstance(line, StatusLine)
    return "\n".join(one.text() for one in line.findChildren(PlainLabel))


def bars(window: MainWindow) -> list[str]:
    settle()
    return [
        "\n".join(one.text() for one in bar.findChildren(PlainLabel))
        for bar in window.findChildren(FloatingBar)
    ]


def test_a_text_that_found_no_room_is_stored_after_its_page_was_left(
    open_desk: OpenDesk,
) -> None:
    box = DraftBox()
    window = with_text_that_waits(open_desk, box)
    rooms = window.desk_rooms
    assert rooms is not None
    before, waiting = status(window), rooms.waits_for_disk

    box.failures = []
    rooms.unstored.try_again()

    assert shows(window, HomeView)
    assert waiting
    assert "Väntar" in before
    assert box.texts == ["Åsa"]
    assert not rooms.waits_for_disk
    assert "Sparat" in status(window)


def test_it_stands_in_its_form_again_although_it_is_on_no_disk(open_desk: OpenDesk) -> None:
    window = with_text_that_waits(open_desk, DraftBox())
    rooms = window.desk_rooms
    assert rooms is not None

    rooms.go_to_new_case()
    settle()

    form = rooms.current
    assert isinstance(form, NewCaseViewModel)
    assert form.form.text_in(FormField.GIVEN_NAME) == "Åsa"


def test_the_window_is_closed_only_after_it_was_said_that_text_would_be_lost(
    open_desk: OpenDesk,
) -> None:
    window = with_text_that_waits(open_desk, DraftBox())

    first = window.close()
    told = bars(window)
    second = window.close()

    assert not first
    assert any("skulle gå förlorat" in one for one in told)
    assert second


def test_that_text_would_be_lost_is_said_no_more_once_it_is_on_the_disk(
    open_desk: OpenDesk,
) -> None:
    box = DraftBox()
    window = open_desk(drafts=box.uses, runner=InlineRunner())
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.go_to_new_case()
    form = rooms.current
    assert isinstance(form, NewCaseViewModel)
    form.type(FormField.GIVEN_NAME, "Åsa")
    box.failures = [DiskFullError()] * 9
    window.close()
    told = bars(window)
    box.failures = []

    form.leave()

    assert told
    assert not bars(window)
    assert box.texts == ["Åsa"]


def test_the_warning_before_a_lock_does_not_promise_what_is_on_no_disk(
    open_desk: OpenDesk,
) -> None:
    box = DraftBox()
    window = with_text_that_waits(open_desk, box)
    rooms = window.desk_rooms
    assert rooms is not None

    window._warn(60)  # noqa: SLF001  what the watch of idle times calls
    waiting = bars(window)
    box.failures = []
    rooms.unstored.try_again()
    window._warn(59)  # noqa: SLF001  as above

    assert any("väntar på disken" in one for one in waiting)
    assert any("Det du har skrivit är kvar" in one for one in bars(window))


def test_it_is_not_said_to_lie_in_the_bin_when_it_could_not_be_put_there() -> None:
    box = DraftBox((), DiskFullError())
    told: list[tuple[UUID, Place]] = []
    unstored = Unstored(box.store, InlineRunner())
    uses = replace(box.uses, tell_thrown=told.append, unstored=unstored)
    keeper = DraftKeeper(uses, InlineRunner(), PLACE, now=lambda: NOW)
    keeper.keep("Mormor")

    keeper.throw_away()
    waiting = unstored.is_waiting
    unstored.try_again()

    assert not told
    assert waiting
    assert box.texts == ["Mormor"]


def test_what_was_recorded_is_not_stored_as_a_draft_any_more(qtbot: QtBot) -> None:
    box, runner = DraftBox((), DiskFullError()), HeldRunner()
    unstored = Unstored(box.store, runner)
    uses = replace(box.uses, unstored=unstored)
    keeper = DraftKeeper(uses, runner, PLACE, now=lambda: NOW)
    keeper.keep("Mormor")
    keeper.put_to_use(keeper, lambda: Done(None), lambda _: None, lambda _: None)
    with qtbot.waitSignal(keeper.destroyed):
        keeper.deleteLater()

    runner.work_off()
    unstored.try_again()
    runner.work_off()

    assert not box.drafts
    assert not unstored.is_waiting
