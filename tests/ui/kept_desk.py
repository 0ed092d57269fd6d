"""The page of kept text in the states worth walking through."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.plain import NOW, DraftBox, raising
from tests.ui.screens import Screen
from trygga_desktop.domain.case import CaseList
from trygga_desktop.domain.drafts import Draft, DraftKind, Version
from trygga_desktop.domain.errors import DiskFullError
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.screens.kept.view import KeptView
from trygga_desktop.ui.screens.kept.view_model import KeptViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.typed import Typed, write_typed

CASE = CASES[0].id
NOTE = Draft(
    id=UUID(int=1),
    kind=DraftKind.NOTE,
    text="Ringde Sara om tiden på torsdag. Hon kommer.",
    stored_at=NOW - timedelta(hours=15),
    subject_id=CASE,
    case_id=CASE,
    versions=(Version("Ringde Sara om tiden.", NOW - timedelta(days=3)),),
)
STATEMENT = replace(
    NOTE,
    id=UUID(int=2),
    kind=DraftKind.STATEMENT,
    text=write_typed(Typed(texts={"text": "Mormor finns nära."})),
    stored_at=NOW - timedelta(minutes=5),
    versions=(),
)
NEW_CASE = Draft(
    id=UUID(int=3),
    kind=DraftKind.NEW_CASE,
    text='{"texts": {"given_name": "Elias"}}',
    stored_at=NOW - timedelta(days=8),
)
THROWN = replace(NOTE, id=UUID(int=4), text="Kastad text", thrown_at=NOW, versions=())


def make_kept_model(
    *drafts: Draft, box: DraftBox | None = None, runner: TaskRunner | None = None
) -> KeptViewModel:
    """Return the page with these drafts, or those of a box, read."""
    model = KeptViewModel(
        drafts=(box or DraftBox(drafts)).uses,
        list_cases=lambda: Done(CaseList(rows=CASES)),
        runner=runner or InlineRunner(),
        now=lambda: NOW,
    )
    model.load()
    return model


def in_frame(look: Look, model: KeptViewModel) -> QWidget:
    """Return the frame of the desk around the page."""
    return desk_frame(look, KeptView(model, look), model)


def shown(look: Look) -> QWidget:
    """Return the page with something in each part, and a text open at an earlier state."""
    model = make_kept_model(STATEMENT, NOTE, NEW_CASE, THROWN)
    model.show_text(NOTE.id)
    model.show_version(1)
    return in_frame(look, model)


def shown_asking(look: Look) -> QWidget:
    """Return the page while it asks whether the bin is to be emptied."""
    model = make_kept_model(THROWN)
    model.ask_to_empty(asks=True)
    return in_frame(look, model)


def shown_failed(look: Look) -> QWidget:
    """Return the page when nothing could be read."""
    box = DraftBox()
    box.uses = replace(box.uses, read=raising(DiskFullError()))
    return in_frame(look, make_kept_model(box=box))


SCREENS = (
    Screen("kept", shown),
    Screen("kept-empty", lambda look: in_frame(look, make_kept_model())),
    Screen("kept-asking", shown_asking),
    Screen("kept-failed", shown_failed),
)
