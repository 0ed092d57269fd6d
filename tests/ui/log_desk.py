"""The log of a case on the desk, without a vault behind it: Karin Ek and Petra Nord."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.overviews import CASE, catalogue
from tests.ui.screens import Screen
from trygga_desktop.domain.audit import Action, ActionKind, actions_of
from trygga_desktop.domain.errors import DiskFullError, NoAccessError
from trygga_desktop.services.changes import Done
from trygga_desktop.services.logs import CaseLog, LogLine, LogQuestion
from trygga_desktop.ui.screens.log.view import LogView
from trygga_desktop.ui.screens.log.view_model import LogViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

KARIN, PETRA, NOBODY = UUID(int=1), UUID(int=2), UUID(int=9)
NAMES = {KARIN: "Karin Ek", PETRA: "Petra Nord"}
# An hour before midnight in Stockholm, and in another year than the last line.
BEGAN = datetime(2025, 12, 30, 22, 30, tzinfo=UTC)


def line(
    sequence: int,
    action: Action = Action.CASE_READ,
    *,
    actor: UUID = KARIN,
    name: str | None = None,
    holds: bool = True,
) -> LogLine:
    """Return a line of this place; each was written an hour after the one before it."""
    return LogLine(
        sequence=sequence,
        at=BEGAN + timedelta(hours=sequence),
        actor_id=actor,
        actor=NAMES.get(actor, "") if name is None else name,
        action=action,
        holds=holds,
    )


LINES = (
    line(9, Action.LOG_READ),
    line(8, Action.PROTOCOL_PRINTED),
    line(7, Action.MEETING_HELD),
    line(6, Action.CONSENT_RECORDED, actor=PETRA),
    line(5, Action.CASE_READ, actor=PETRA),
    line(4, Action.CASE_GRANTED),
    line(3, Action.STATEMENT_RECORDED),
    line(1, Action.CASE_OPENED),
)
EVERYTHING = tuple(
    line(place, action, actor=PETRA if place % 3 else KARIN, holds=bool(place % 7))
    for place, action in reversed(tuple(enumerate(Action)))
)


@dataclass(slots=True)
class Vault:
    """Stands for the vault behind the page: it narrows and cuts as the real one does."""

    lines: Sequence[LogLine] = LINES
    page: int = 200
    screens: int = 1
    failure: Exception | None = None
    asked: list[LogQuestion] = field(default_factory=list)
    actors: tuple[tuple[UUID, str], ...] = tuple(NAMES.items())

    def read(self, question: LogQuestion) -> Done[CaseLog]:
        """Return the lines that are asked for, or fail."""
        self.asked.append(question)
        if self.failure is not None:
            raise self.failure
        found = [one for one in self.lines if _fits(one, question)]
        return Done(
            CaseLog(
                row=CASES[0],
                catalogue=catalogue(),
                lines=tuple(found[: self.page]),
                actors=self.actors,
                has_more=len(found) > self.page,
            )
        )

    def open(self, runner: TaskRunner | None = None) -> LogViewModel:
        """Return the model of the page, loaded."""
        model = LogViewModel(
            CASE,
            read_log=self.read,
            screen_count=lambda: self.screens,
            runner=runner or InlineRunner(),
        )
        model.load()
        return model


def _fits(one: LogLine, question: LogQuestion) -> bool:
    return (
        question.actor_id in {None, one.actor_id}
        and (question.kind is None or one.action in actions_of(question.kind))
        and (question.before is None or one.sequence < question.before)
    )


def shown(look: Look) -> QWidget:
    """Some lines of a case."""
    return _framed(Vault().open(), look)


def shown_everything(look: Look) -> QWidget:
    """All that can be done, and some of it is not what was written."""
    return _framed(Vault(EVERYTHING, page=40).open(), look)


def shown_nothing(look: Look) -> QWidget:
    """A choice that nothing fits."""
    model = Vault().open()
    model.choose_actor(PETRA)
    model.choose_kind(ActionKind.LEFT)
    return _framed(model, look)


def shown_trouble(look: Look) -> QWidget:
    """The disk is full when earlier lines are asked for."""
    vault = Vault(page=4)
    model = vault.open()
    vault.failure = DiskFullError()
    model.show_earlier()
    return _framed(model, look)


def shown_two_screens(look: Look) -> QWidget:
    """A second screen is connected."""
    return _framed(Vault(screens=2).open(), look)


def shown_failed(look: Look) -> QWidget:
    """It cannot be read."""
    return _framed(Vault(failure=NoAccessError()).open(), look)


def _framed(model: LogViewModel, look: Look) -> QWidget:
    return desk_frame(look, LogView(model, look), model)


_MAKERS: tuple[tuple[str, Callable[[Look], QWidget]], ...] = (
    ("log", shown),
    ("log-everything", shown_everything),
    ("log-nothing", shown_nothing),
    ("log-trouble", shown_trouble),
    ("log-two-screens", shown_two_screens),
    ("log-failed", shown_failed),
)
SCREENS = tuple(Screen(name, build) for name, build in _MAKERS)
