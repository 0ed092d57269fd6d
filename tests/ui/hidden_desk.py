"""What is kept from the room of a meeting, as its operator sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import desk_frame
from tests.ui.meeting_desk import MEETING, entry, seats
from tests.ui.plain import NOW
from trygga_desktop.domain.errors import TryggaError
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Decision
from trygga_desktop.paths import shipped
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.entries import MarkItem
from trygga_desktop.services.rooms import HiddenEntry, HiddenFromRoom, Question, Seat
from trygga_desktop.ui.screens.hidden.view import HiddenView
from trygga_desktop.ui.screens.hidden.view_model import HiddenViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

REASONS = (shipped("resources") / "catalogue" / "reasons.toml").read_text(encoding="utf-8")
PEOPLE = seats()
EXCLUSION = Question(
    about_id=UUID(int=801),
    words="Pappas sjukdom får inte tas upp.",
    is_limit=False,
    is_answered=False,
)
LIMIT = Question(
    about_id=UUID(int=802),
    words="Skolan får veta att det finns en riskmiljö, men inte vilka andra som är där.",
    is_limit=True,
    is_answered=False,
)


def hidden_entry(
    number: int,
    text: str,
    against: Sequence[tuple[Seat, Decision]],
    questions: Sequence[Question] = (),
    *,
    agenda: int | None = 604,
) -> HiddenEntry:
    """Return something that the room does not see."""
    return HiddenEntry(
        agenda_id=None if agenda is None else UUID(int=agenda),
        entry=entry(number, text),
        against=tuple(against),
        questions=tuple(questions),
    )


POLICE = (PEOPLE[5], Decision(reason=Reason.CATEGORY_NOT_COVERED))
HIDDEN = (
    hidden_entry(
        40,
        "Lovar att höra av sig till BUP.",
        [(PEOPLE[5], Decision(reason=Reason.WITHDRAWN))],
        agenda=None,
    ),
    hidden_entry(
        41,
        "Elias har varit borta från skolan sex dagar i november.",
        [
            POLICE,
            (PEOPLE[4], Decision(reason=Reason.NOT_ACKNOWLEDGED, also=(Reason.SECOND_PERSON,))),
        ],
    ),
    hidden_entry(
        42,
        "Det är oroligt hemma på kvällarna.",
        [(one, Decision(reason=Reason.NEEDS_MARKING)) for one in PEOPLE[4:6]],
        [EXCLUSION, LIMIT],
    ),
)


@dataclass(slots=True)
class Back:
    """Stands for the vault behind the page."""

    hidden: Sequence[HiddenEntry] = HIDDEN
    asked: list[MarkItem] = field(default_factory=list)
    screens: int = 1
    reads: int = 0
    failure: TryggaError | None = None
    read_failure: TryggaError | None = None

    def read(self, _: UUID) -> Done[HiddenFromRoom]:
        """Return what is hidden."""
        self.reads += 1
        if self.read_failure is not None:
            raise self.read_failure
        found = HiddenFromRoom(
            meeting_id=MEETING,
            case_id=UUID(int=11),
            subject_name="Elias Demosson",
            hidden=tuple(self.hidden),
            until=date(2027, 1, 31),
        )
        return Done(found)

    def mark(self, command: MarkItem) -> Done[None]:
        """Take an answer."""
        if self.failure is not None:
            raise self.failure
        self.asked.append(command)
        return Done(None, Changes(items=True, meetings=True))

    def open(self, runner: TaskRunner | None = None) -> HiddenViewModel:
        """Return the model of the page, loaded."""
        model = HiddenViewModel(
            MEETING,
            read_hidden=self.read,
            mark_item=self.mark,
            reasons_toml=REASONS,
            screen_count=lambda: self.screens,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
        )
        model.load()
        return model


def shown(look: Look) -> QWidget:
    """Return the page with reasons and two questions."""
    return _framed(Back().open(), look)


def shown_sealed(look: Look) -> QWidget:
    """Return the page of a sealed meeting, of which something was asked too late."""
    sealed = [replace(one, questions=(), is_sealed=True) for one in HIDDEN]
    return _framed(Back(hidden=sealed).open(), look)


def shown_two_screens(look: Look) -> QWidget:
    """Return the page while a second screen is connected."""
    return _framed(Back(screens=2).open(), look)


def shown_empty(look: Look) -> QWidget:
    """Return the page where nothing is hidden."""
    return _framed(Back(hidden=()).open(), look)


def _framed(model: HiddenViewModel, look: Look) -> QWidget:
    return desk_frame(look, HiddenView(model, look), model)
