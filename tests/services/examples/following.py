"""Examples of the use cases that follow what was promised, and of the acute lane."""

from tests.services.examples.row import Row, Stage
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.programme import Decider
from trygga_desktop.services import due_calendar
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.escalation import (
    ComposeRaised,
    RaiseCommitments,
    compose_raised,
    log_raised_printed,
    log_raised_saved,
    raise_commitments,
)
from trygga_desktop.services.follow_up import FollowUpQuestion, read_follow_up
from trygga_desktop.services.lanes import (
    ChangeStage,
    RecordContact,
    change_stage,
    record_contact,
)

WORK = Permission.WORK_IN_CASE
EXAMPLES: dict[str, Row] = {
    "read_follow_up": Row(
        Action.FOLLOW_UP_READ,
        Changes(),
        WORK,
        lambda vault, _: read_follow_up(FollowUpQuestion(), vault=vault),
        Stage.ACUTE,
    ),
    "raise_commitments": Row(
        Action.COMMITMENT_RAISED,
        Changes(items=True, meetings=True),
        WORK,
        lambda vault, on: raise_commitments(
            RaiseCommitments(commitment_ids=frozenset({on.commitment_id})), vault=vault
        ),
        Stage.ACUTE,
    ),
    "compose_raised": Row(
        Action.PAPER_COMPOSED,
        Changes(),
        WORK,
        lambda vault, on: compose_raised(
            ComposeRaised(to=Decider.MANAGER, commitment_ids=frozenset({on.commitment_id})),
            vault=vault,
        ),
        Stage.ACUTE,
    ),
    "log_raised_printed": Row(
        Action.PAPER_PRINTED, Changes(), WORK, lambda vault, _: log_raised_printed(vault=vault)
    ),
    "log_raised_saved": Row(
        Action.PAPER_SAVED, Changes(), WORK, lambda vault, _: log_raised_saved(vault=vault)
    ),
    "compose_due_calendar": Row(
        Action.PAPER_COMPOSED,
        Changes(),
        WORK,
        # By way of its module: a canary for a name would find nobody, and there would be no file.
        lambda vault, _: due_calendar.compose_due_calendar(
            due_calendar.ComposeDueCalendar(question=FollowUpQuestion()), vault=vault
        ),
        Stage.HELD,
    ),
    "change_stage": Row(
        Action.STAGE_CHANGED,
        Changes(cases=True),
        WORK,
        lambda vault, on: change_stage(
            ChangeStage(case_id=on.case_id, stage="stabilising", words="Lugnare."), vault=vault
        ),
        Stage.ACUTE,
    ),
    "record_contact": Row(
        Action.CONTACT_RECORDED,
        Changes(cases=True),
        WORK,
        lambda vault, on: record_contact(RecordContact(case_id=on.case_id), vault=vault),
        Stage.ACUTE,
    ),
}
