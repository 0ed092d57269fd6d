"""Examples of the use cases for plans: what is written, agreed on, rated and followed up."""

from uuid import UUID, uuid4

from tests.people import DAY
from tests.services.examples.row import Ground, Row, Stage
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.plan_papers import (
    ComposePlan,
    PlanPaper,
    compose_plan,
    log_plan_printed,
    log_plan_saved,
)
from trygga_desktop.services.plan_views import read_plan, read_versions
from trygga_desktop.services.plans import (
    AgreePlan,
    BringPlan,
    KeepPlan,
    WriteProtectionNeed,
    agree_plan,
    bring_plan,
    keep_plan,
    write_protection_need,
)
from trygga_desktop.services.ratings import RecordRating, read_progress, record_rating
from trygga_desktop.services.vault import OpenVault

WORK = Permission.WORK_IN_CASE
CHANGED = Changes(items=True, meetings=True)


def _agree(vault: OpenVault, on: Ground) -> Done[UUID]:
    return agree_plan(
        AgreePlan(
            case_id=on.case_id,
            meeting_id=on.meeting_id,
            basis=on.plan_basis,
            agreed=frozenset({on.goal_id}),
        ),
        vault=vault,
    )


_GOAL = PlanLine(id=uuid4(), kind=LineKind.GOAL, words="x", area="school")

EXAMPLES = {
    "read_plan": Row(
        Action.PLAN_READ, Changes(), WORK, lambda vault, on: read_plan(on.case_id, vault=vault)
    ),
    "read_versions": Row(
        Action.PLAN_READ, Changes(), WORK, lambda vault, on: read_versions(on.case_id, vault=vault)
    ),
    "keep_plan": Row(
        Action.PLAN_KEPT,
        CHANGED,
        WORK,
        lambda vault, on: keep_plan(
            KeepPlan(case_id=on.case_id, based_on=0, lines=(_GOAL,)), vault=vault
        ),
    ),
    "bring_plan": Row(
        Action.PLAN_BROUGHT,
        CHANGED,
        WORK,
        lambda vault, on: bring_plan(
            BringPlan(case_id=on.case_id, meeting_id=on.meeting_id, based_on=0, lines=()),
            vault=vault,
        ),
        Stage.PLANNED,
    ),
    "agree_plan": Row(Action.PLAN_AGREED, CHANGED, WORK, _agree, Stage.RUNNING),
    "write_protection_need": Row(
        Action.PROTECTION_NEED_WRITTEN,
        Changes(items=True),
        WORK,
        lambda vault, on: write_protection_need(
            WriteProtectionNeed(case_id=on.case_id, text="x"), vault=vault
        ),
    ),
    "record_rating": Row(
        Action.RATING_RECORDED,
        Changes(items=True),
        WORK,
        lambda vault, on: record_rating(
            RecordRating(case_id=on.case_id, values={"school": 7}, on=DAY), vault=vault
        ),
    ),
    "read_progress": Row(
        Action.PLAN_READ, Changes(), WORK, lambda vault, on: read_progress(on.case_id, vault=vault)
    ),
    "compose_plan": Row(
        Action.PAPER_COMPOSED,
        Changes(),
        WORK,
        lambda vault, on: compose_plan(
            ComposePlan(case_id=on.case_id, paper=PlanPaper.MY_PLAN), vault=vault
        ),
    ),
    "log_plan_printed": Row(
        Action.PAPER_PRINTED,
        Changes(),
        WORK,
        lambda vault, on: log_plan_printed(on.case_id, vault=vault),
    ),
    "log_plan_saved": Row(
        Action.PAPER_SAVED,
        Changes(),
        WORK,
        lambda vault, on: log_plan_saved(on.case_id, vault=vault),
    ),
}
