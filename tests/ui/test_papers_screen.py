"""The papers before a meeting, without a vault: nothing leaves before the log says so."""

from pathlib import Path
from uuid import UUID

import pytest
from icalendar import Calendar as File
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.documents.papers import HOSTILE
from tests.ui.accessibility import faults, tab_round
from tests.ui.meetings_desk import Calendar
from tests.ui.papers_desk import ADDRESSEES, Post, shown, shown_protected, taken_along
from tests.ui.plain import NOW, HeldRunner, draft_uses
from trygga_desktop.domain.errors import DiskFullError, NoAccessError, NotConfirmedError
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.papers import Addressee, PaperKind
from trygga_desktop.ui.leaving import News, PagesState
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.platform.saving import SaveFlaw
from trygga_desktop.ui.problems import Trouble
from trygga_desktop.ui.screens.meetings.view_model import MeetingsViewModel
from trygga_desktop.ui.screens.papers.view import PapersView
from trygga_desktop.ui.screens.papers.view_model import Form, Kind, Target
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.chips import Chip


@pytest.fixture
def post() -> Post:
    """Six people, three of them from an agency."""
    return Post()


def words(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    if not view.isVisible():
        qtbot.addWidget(view)
        view.resize(1226, 700)
        view.show()
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def button(view: QWidget, name: str) -> Button:
    """Return the button of this name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def test_a_meeting_that_is_not_ours_shows_no_names(qtbot: QtBot, look: Look, post: Post) -> None:
    post.failure = NoAccessError()
    model = post.open()
    view = PapersView(model, look)

    told = words(qtbot, view)

    states = [model.state]
    chips = view.findChildren(Chip)
    post.failure = None
    button(view, "try again").click()
    states.append(model.state)

    assert "Elias" not in told
    assert not chips
    assert states == [PagesState.FAILED, PagesState.READY]


@pytest.mark.usefixtures("qapp")
def test_what_the_log_does_not_take_is_neither_printed_nor_saved(
    post: Post, tmp_path: Path
) -> None:
    model = post.open()
    post.log_failure = DiskFullError()

    model.print_on(QPrinter())
    model.save_to(tmp_path / "kallelse.pdf")
    model.save_to(tmp_path / "kallelse.ics", form=Form.CALENDAR)

    assert post.printed == []
    assert list(tmp_path.iterdir()) == []
    assert model.trouble is not None
    assert model.may_leave


def test_a_log_that_is_not_confirmed_is_told_to_the_window(post: Post, tmp_path: Path) -> None:
    model = post.open()
    told: list[Trouble] = []
    model.failed.connect(told.append)
    post.log_failure = NotConfirmedError()

    model.save_to(tmp_path / "kallelse.pdf")

    assert len(told) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("qapp")
def test_a_paper_that_changed_meanwhile_does_not_leave(post: Post, tmp_path: Path) -> None:
    model = post.open()
    post.place = "Rum Eken"

    model.save_to(tmp_path / "kallelse.pdf")
    post.place = "Rum Asken"
    model.save_to(tmp_path / "kallelse.ics", form=Form.CALENDAR)

    assert post.happened == []
    assert list(tmp_path.iterdir()) == []
    assert model.told is not None
    assert model.told.news is News.CHANGED


def test_a_sheet_is_not_saved_for_a_calendar(
    qtbot: QtBot, look: Look, post: Post, tmp_path: Path
) -> None:
    model = post.open()
    view = PapersView(model, look)
    words(qtbot, view)
    model.choose(Target(Kind.SHEET, ADDRESSEES[4].id))

    model.save_to(tmp_path / "kallelse.ics", form=Form.CALENDAR)

    assert list(tmp_path.iterdir()) == []
    assert not button(view, "save for the calendar").isVisible()
    assert button(view, "save as pdf").isVisible()


def test_a_summons_is_saved_for_a_calendar_after_the_log_says_so(
    post: Post, tmp_path: Path
) -> None:
    model = post.open()
    model.choose(Target(Kind.SUMMONS, ADDRESSEES[4].id))
    file = tmp_path / model.file_name(Form.CALENDAR)

    model.save_to(file, form=Form.CALENDAR)

    assert post.happened == ["calendar", "log save"]
    assert post.calendars[-1].participant_id == ADDRESSEES[4].id
    assert file.name == "kallelse-1.ics"
    (event,) = File.from_ical(file.read_bytes()).events
    assert event["LOCATION"] == post.place
    assert model.told is not None
    assert model.told.news is News.SAVED


def test_where_to_save_for_a_calendar_is_asked_with_a_neutral_name(
    qtbot: QtBot, look: Look, post: Post, tmp_path: Path
) -> None:
    view = PapersView(post.open(), look)
    words(qtbot, view)

    button(view, "save for the calendar").click()
    (dialog,) = view.findChildren(QFileDialog)
    proposed = [Path(one).name for one in dialog.selectedFiles()]
    dialog.fileSelected.emit(str(tmp_path / "mote.ics"))

    assert proposed == ["kallelse-1.ics"]
    assert (tmp_path / "mote.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    dialog.reject()


@pytest.mark.usefixtures("qapp")
def test_printing_and_saving_are_logged_before_they_happen(post: Post, tmp_path: Path) -> None:
    model = post.open()
    file = tmp_path / "kallelse.pdf"

    model.print_on(QPrinter())
    model.save_to(file)

    assert post.happened == ["log print", "print", "log save"]
    assert model.composed is not None
    assert file.read_bytes() == model.composed.pdf


def test_a_file_that_is_there_is_replaced_only_when_somebody_says_so(
    qtbot: QtBot, look: Look, post: Post, tmp_path: Path
) -> None:
    model = post.open()
    view = PapersView(model, look)
    words(qtbot, view)
    file = tmp_path / "kallelse.pdf"
    file.write_text("before")

    model.save_to(file)
    assert file.read_text() == "before"
    button(view, "replace").click()

    assert file.read_bytes().startswith(b"%PDF")


def test_a_calendar_replaces_a_file_only_when_somebody_says_so_and_is_no_pdf(
    qtbot: QtBot, look: Look, post: Post, tmp_path: Path
) -> None:
    model = post.open()
    view = PapersView(model, look)
    words(qtbot, view)
    file = tmp_path / "kallelse.ics"
    file.write_text("before")

    model.save_to(file, form=Form.CALENDAR)
    assert file.read_text() == "before"
    button(view, "another name").click()
    (dialog,) = view.findChildren(QFileDialog)
    proposed = [Path(one).name for one in dialog.selectedFiles()]
    dialog.reject()
    model.save_to(file, form=Form.CALENDAR)
    button(view, "replace").click()

    assert proposed == ["kallelse-1.ics"]
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_calendar_that_could_not_be_saved_can_be_saved_elsewhere(
    qtbot: QtBot, look: Look, post: Post, tmp_path: Path
) -> None:
    model = post.open()
    view = PapersView(model, look)
    words(qtbot, view)

    model.save_to(tmp_path / "gone" / "kallelse.ics", form=Form.CALENDAR)
    button(view, "save elsewhere").click()
    (dialog,) = view.findChildren(QFileDialog)
    proposed = [Path(one).name for one in dialog.selectedFiles()]
    dialog.reject()

    assert model.save_flaw is SaveFlaw.GONE
    assert proposed == ["kallelse-1.ics"]


def test_a_printer_that_does_not_answer_and_none_at_all_are_told(
    qtbot: QtBot, look: Look, post: Post
) -> None:
    model = post.open()
    view = PapersView(model, look, ask_printer=lambda *_: None)
    words(qtbot, view)
    post.printer_failure = NotPrintedError(PrintFlaw.NO_ANSWER)

    model.print_on(QPrinter())
    flaws = [model.print_flaw]
    button(view, "print").click()
    flaws.append(model.print_flaw)
    words(qtbot, view)

    assert flaws == [PrintFlaw.NO_ANSWER, PrintFlaw.NO_PRINTER]
    assert button(view, "save instead").isVisible()


def test_there_is_a_summons_for_each_and_a_sheet_for_each_agency(post: Post) -> None:
    model = post.open()

    kinds = [one.kind for one in model.targets]

    assert kinds.count(Kind.SUMMONS) == len(ADDRESSEES)
    assert kinds.count(Kind.SHEET) == sum(one.sheet for one in ADDRESSEES)
    model.choose(Target(Kind.SHEET, ADDRESSEES[4].id))
    assert post.commands[-1].kind is PaperKind.SHEET
    assert post.commands[-1].participant_id == ADDRESSEES[4].id


def test_the_paper_of_one_person_never_stands_under_the_name_of_another(post: Post) -> None:
    runner = HeldRunner()
    model = post.open(runner)
    runner.work_off()

    model.choose(model.targets[1])
    assert model.composed is None
    model.choose(model.targets[2])
    runner.work_off()

    assert model.target == model.targets[2]
    assert post.commands[-1].participant_id == model.targets[2].participant_id
    assert model.composed is not None


def test_who_is_no_longer_invited_has_no_paper_any_more(post: Post) -> None:
    model = post.open()
    model.choose(model.targets[1])
    post.found = Post(ADDRESSEES[:1]).found

    model.refresh(Changes(meetings=True))
    left = [model.target]
    post.found = Post(()).found
    model.refresh(Changes(meetings=True))
    left.append(model.target)

    assert left == [Target(Kind.SUMMONS, ADDRESSEES[0].id), None]
    assert model.composed is None
    assert model.state is PagesState.READY


def test_the_place_of_somebody_protected_is_told_to_be_missing(qtbot: QtBot, look: Look) -> None:
    told = words(qtbot, shown_protected(look))

    assert look.language.gettext("The meeting place is neither shown nor printed.") in told


@pytest.mark.parametrize("name", [one for one in HOSTILE if one.strip()])
def test_hostile_names_stay_text(qtbot: QtBot, look: Look, name: str) -> None:
    one = Addressee(id=UUID(int=1), name=name, organisation=name, kind="school", sheet=True)
    model = Post([one]).open()
    view = PapersView(model, look)

    words(qtbot, view)

    assert len(view.findChildren(Chip)) == 2


def test_all_goes_by_keyboard_and_is_named(qtbot: QtBot, look: Look, post: Post) -> None:
    view = PapersView(post.open(), look)
    words(qtbot, view)
    view.first_focus.setFocus()

    order = [one.objectName() for one in tab_round(view)]

    assert "the meetings" in order
    assert order.index("save as pdf") < order.index("save for the calendar")
    assert order.index("save for the calendar") < order.index("print")
    assert {"Ctrl+P", "Ctrl+S", "Ctrl+Shift+S", "Alt+Left"} <= {
        key for one in view.commands for key in one.keys
    }
    assert faults(view) == []


def test_the_whole_page_has_no_faults(qtbot: QtBot, look: Look) -> None:
    page = shown(look)
    words(qtbot, page)

    assert faults(page) == []


def test_no_page_of_what_was_promised_is_shown_before_somebody_chooses_it(
    qtbot: QtBot, look: Look
) -> None:
    post = taken_along()
    model = post.open()
    view = PapersView(model, look)

    assert post.commands == []
    assert not model.may_leave
    assert look.language.gettext("Choose whose page is to be shown") in words(qtbot, view)

    model.choose(model.targets[1])

    assert [one.kind for one in post.commands] == [PaperKind.ACTIONS]
    assert model.may_leave


def test_what_was_promised_is_logged_before_it_is_printed_and_has_no_calendar() -> None:
    post = taken_along()
    model = post.open()
    assert [one.kind for one in model.targets] == [Kind.ACTIONS, Kind.ACTIONS]

    model.choose(model.targets[0])
    model.print_on(QPrinter())

    assert post.happened == ["log print", "print"]
    assert model.forms == (Form.PDF,)


def test_a_meeting_that_is_called_off_leads_to_no_papers() -> None:
    calendar = Calendar()
    model = MeetingsViewModel(
        calendar.found.row.id,
        read_meetings=calendar.read,
        cancel_meeting=calendar.cancel,
        set_presence=calendar.note,
        drafts=draft_uses(),
        runner=InlineRunner(),
        now=lambda: NOW,
    )
    model.load()
    wanted: list[object] = []
    model.papers_wanted.connect(wanted.append)

    for one in calendar.found.meetings:
        model.choose(one.id)
        model.show_papers()

    left = [one.id for one in calendar.found.meetings if one.state is not MeetingState.CANCELLED]
    assert wanted == left
