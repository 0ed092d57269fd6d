"""The overview of a case in the states worth walking through."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import case_file, desk_frame, make_drafts
from tests.ui.overviews import catalogue, make_glance, make_overview
from tests.ui.plain import NOW
from tests.ui.screens import Screen
from trygga_desktop.domain.case import Intake, Phase, StageStep
from trygga_desktop.domain.lane import ACUTE, LaneClock
from trygga_desktop.services.case_files import CaseFile
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.overview import CaseOverview
from trygga_desktop.ui.screens.case.view import CaseView
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look

NOTES = (
    "Ringde Sara om tiden på torsdag. Hon kommer.",
    "Elias vill börja med boxningen igen. Fråga fritid om det finns plats på tisdagar.",
)


def make_case_model(
    file: CaseFile | None = None,
    overview: CaseOverview | None = None,
    *,
    error: Exception | None = None,
    screens: int = 1,
    case_id: UUID | None = None,
    **uses: Any,
) -> CaseViewModel:
    """Return a case that has been read."""
    found = case_file() if file is None else file
    glance = make_overview() if overview is None else overview

    def read_case(_: UUID) -> Done[CaseFile]:
        if error is not None:
            raise error
        return Done(found)

    model = CaseViewModel(
        case_id or found.row.id,
        **{
            "read_case": read_case,
            "read_overview": lambda _: Done(glance),
            "write_note": lambda _: Done(UUID(int=5), Changes(items=True)),
            "change_phase": lambda _: Done(None, Changes(cases=True)),
            "change_stage": lambda _: Done(None, Changes(cases=True)),
            "record_contact": lambda _: Done(None, Changes(cases=True)),
            "drafts": make_drafts(),
            "screen_count": lambda: screens,
            "runner": InlineRunner(),
            "now": lambda: NOW,
            **uses,
        },
    )
    model.load()
    return model


def empty_overview() -> CaseOverview:
    """Return a case that was opened a moment ago."""
    return make_overview(
        Phase.REFERRAL,
        ((Phase.ASSESSMENT, False), (Phase.BELOW_THRESHOLD, False)),
        consent=make_glance(needed=3, signed=0, until=None, covered=()),
        next_meeting=None,
        last_meeting=None,
        commitments=(),
        people=make_overview().people[:1],
        own_words=None,
        timeline=make_overview().timeline[:2],
        mapping=(),
        intake=Intake(),
        raised_by="",
    )


def shown(look: Look) -> QWidget:
    """Return the overview of a case with everything that it may hold."""
    model = make_case_model(case_file(notes=NOTES))
    model.type_note("Skolan ringde.")
    return desk_frame(look, CaseView(model, look), model)


def shown_empty(look: Look) -> QWidget:
    """Return a case that has just been opened."""
    model = make_case_model(overview=empty_overview())
    return desk_frame(look, CaseView(model, look), model)


def shown_going_on(look: Look) -> QWidget:
    """Return a case while somebody closes it, of which something has no answer yet."""
    model = make_case_model(overview=make_overview(unanswered=3))
    model.phase.open()
    model.phase.choose(Phase.CLOSED)
    model.phase.choose_reason("goals_reached")
    return desk_frame(look, CaseView(model, look), model)


def acute_overview(*, left: timedelta = timedelta(hours=19), **changes: Any) -> CaseOverview:
    """Return a case of the leavers' programme in its acute stage, with so long to go."""
    programme = catalogue().programme("leavers")
    until = NOW + left
    since = until - timedelta(hours=programme.urgent_lane_hours)
    step = StageStep(stage=ACUTE, at=since, by=UUID(int=1), words="Hotad av sina tidigare vänner.")
    return make_overview(
        **{
            "programme": programme,
            "phases": programme.phases,
            "stage": step,
            "stage_ways": ("stabilising", "independence"),
            "clock": LaneClock(since=since, until=until, met_at=None),
            "now": NOW,
            **changes,
        }
    )


def shown_acute(look: Look) -> QWidget:
    """Return a case that goes by hours."""
    model = make_case_model(overview=acute_overview())
    return desk_frame(look, CaseView(model, look), model)


def shown_changing_stage(look: Look) -> QWidget:
    """Return such a case while somebody takes it on to another stage."""
    model = make_case_model(overview=acute_overview(left=timedelta(hours=-3)))
    model.stage.open()
    model.stage.choose("stabilising")
    return desk_frame(look, CaseView(model, look), model)


SCREENS = (
    Screen("case-overview-acute", shown_acute),
    Screen("case-overview-stage", shown_changing_stage),
    Screen("case-overview", shown),
    Screen("case-overview-empty", shown_empty),
    Screen("case-overview-going-on", shown_going_on),
)
