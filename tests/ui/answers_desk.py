"""The sheets of a meeting that are typed in, on the desk, without a vault."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.meeting_desk import MEETING, agenda, catalogue, entry
from tests.ui.plain import NOW, DraftBox
from trygga_desktop.services.answers import AgencySheet, MeetingSheets, RecordAnswers
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.ui.screens.answers.view import AnswersView
from trygga_desktop.ui.screens.answers.view_model import AnswersViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

BOARD, SCHOOL = UUID(int=90), UUID(int=94)
ITEMS = tuple(one for one in agenda(None) if one.category != "own_words")
TYPED = (entry(70, "Elias har varit där varje dag."),)


class Inbox:
    """Stands for the vault: takes sheets, and fails when told to."""

    def __init__(self, typed: tuple[ShownEntry, ...] = (), *, is_sealed: bool = False) -> None:
        self.typed = typed
        self.is_sealed = is_sealed
        self.commands: list[RecordAnswers] = []
        self.drafts = DraftBox()
        self.failure: Exception | None = None
        self.refusal: Exception | None = None
        self.names = {BOARD: "Socialtjänsten, unga", SCHOOL: "Exempelgymnasiet"}

    def read(self, _: UUID) -> Done[MeetingSheets]:
        """Return the sheets, or fail."""
        if self.failure is not None:
            raise self.failure
        found = MeetingSheets(
            case_id=CASES[0].id,
            case_number="DEMO-2026-001",
            number=5,
            sheets=tuple(
                AgencySheet(
                    organisation_id=one,
                    name=name,
                    kind="school",
                    agenda=ITEMS,
                    typed=self.typed if one == SCHOOL else (),
                )
                for one, name in self.names.items()
            ),
            categories=tuple(one for one in catalogue().categories if one.code != "own_words"),
            is_sealed=self.is_sealed,
        )
        return Done(found)

    def record(self, command: RecordAnswers) -> Done[None]:
        """Take a sheet, or fail."""
        if self.refusal is not None:
            raise self.refusal
        self.commands.append(command)
        return Done(None, Changes(items=True, meetings=True))

    def open(self, runner: TaskRunner | None = None) -> AnswersViewModel:
        """Return the model of the page, loaded."""
        model = AnswersViewModel(
            CASES[0].id,
            MEETING,
            read_answers=self.read,
            record_answers=self.record,
            drafts=self.drafts.uses,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
        )
        model.load()
        return model


def shown(look: Look) -> QWidget:
    """Return the frame of the desk around the sheet of a school, of which some was recorded."""
    model = Inbox(TYPED).open()
    model.choose(SCHOOL)
    return _framed(model, look)


def shown_recorded(look: Look) -> QWidget:
    """Return the same when a sheet was just recorded."""
    inbox = Inbox(TYPED)
    model = inbox.open()
    model.choose(SCHOOL)
    if model.form is not None:
        model.form.type(model.form.lines[0].field, "Matten.")
    model.record()
    return _framed(model, look)


def shown_sealed(look: Look) -> QWidget:
    """Return the same once the protocol is sealed."""
    model = Inbox(TYPED, is_sealed=True).open()
    model.choose(SCHOOL)
    return _framed(model, look)


def _framed(model: AnswersViewModel, look: Look) -> QWidget:
    return desk_frame(look, AnswersView(model, look), model)


SCREENS: tuple[tuple[str, Callable[[Look], QWidget]], ...] = (
    ("answers", shown),
    ("answers-recorded", shown_recorded),
    ("answers-sealed", shown_sealed),
)
