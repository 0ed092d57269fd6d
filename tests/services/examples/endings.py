"""Examples of the use cases for how a case ends, and for the agreement with the young person."""

from tests.people import DAY
from tests.services.examples.row import Row, Stage, agreement
from trygga_desktop.domain.agreement import PaperAnswer, Side
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.closing import (
    AreaWords,
    CommitmentEnding,
    Ending,
    GoalOutcome,
    GoalReview,
)
from trygga_desktop.domain.dates import months_after
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.agreements import (
    AnswerAgreement,
    answer_agreement,
    keep_agreement,
    read_agreement,
)
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.closing import KeepClosing, keep_closing, read_closing
from trygga_desktop.services.later_looks import NoteLaterLook, note_later_look

WORK = Permission.WORK_IN_CASE

EXAMPLES = {
    "read_closing": Row(
        Action.CLOSING_READ,
        Changes(),
        WORK,
        lambda vault, on: read_closing(on.case_id, vault=vault),
    ),
    "keep_closing": Row(
        Action.CLOSING_REVIEWED,
        Changes(cases=True, items=True, meetings=True),
        WORK,
        lambda vault, on: keep_closing(
            KeepClosing(
                case_id=on.case_id,
                plan_number=1,
                own_words=(AreaWords(area="school", words="x"),),
                goals=(GoalReview(goal_id=on.goal_id, outcome=GoalOutcome.PARTLY),),
                endings=(CommitmentEnding(commitment_id=on.commitment_id, ending=Ending.DONE),),
            ),
            vault=vault,
        ),
        Stage.RUNNING,
    ),
    "note_later_look": Row(
        Action.LATER_LOOK_NOTED,
        Changes(cases=True, items=True),
        WORK,
        lambda vault, on: note_later_look(
            NoteLaterLook(
                case_id=on.case_id, due_on=months_after(DAY, 6), words="x", values={"school": 7}
            ),
            vault=vault,
        ),
        Stage.AFTERWARDS,
    ),
    "read_agreement": Row(
        Action.AGREEMENT_READ,
        Changes(),
        WORK,
        lambda vault, on: read_agreement(on.case_id, vault=vault),
    ),
    "keep_agreement": Row(
        Action.AGREEMENT_KEPT,
        Changes(cases=True),
        WORK,
        lambda vault, on: keep_agreement(agreement(on.case_id, 1), vault=vault),
        Stage.AGREED_ON_PAPER,
    ),
    "answer_agreement": Row(
        Action.AGREEMENT_ANSWERED,
        Changes(cases=True),
        WORK,
        lambda vault, on: answer_agreement(
            AnswerAgreement(
                case_id=on.case_id,
                number=1,
                side=Side.PERSON,
                answer=PaperAnswer.SIGNED,
                on=DAY,
            ),
            vault=vault,
        ),
        Stage.AGREED_ON_PAPER,
    ),
}
