"""Examples of the use cases before sealing, for excerpts and for who has which copy."""

from tests.people import DAY
from tests.services.examples.row import Row, Stage
from trygga_desktop.domain.approval import ApprovedOn, Approver
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.excerpts import Cause, Way
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.approvals import (
    AnswerRemark,
    ApproveDraft,
    ReopenDraft,
    WriteRemark,
    answer_remark,
    approve_draft,
    reopen_draft,
    write_remark,
)
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.distribution import (
    AskBack,
    RecordCopy,
    TakeBack,
    ask_back,
    correct_copy,
    read_distribution,
    record_copy,
    report_spoilt,
    take_back,
)
from trygga_desktop.services.excerpts import (
    ComposeExcerpt,
    ExportExcerpts,
    GiveExcerpt,
    compose_excerpt,
    export_excerpts,
    give_excerpt,
    read_excerpt,
    read_excerpts,
)

WORK, SEAL = Permission.WORK_IN_CASE, Permission.SEAL_PROTOCOL
MEETINGS = Changes(meetings=True)


EXAMPLES = {
    "write_remark": Row(
        Action.REMARK_WRITTEN,
        MEETINGS,
        WORK,
        lambda vault, on: write_remark(
            WriteRemark(meeting_id=on.meeting_id, who="Maria Lind", text="Fel dag."), vault=vault
        ),
        Stage.HELD,
    ),
    "answer_remark": Row(
        Action.REMARK_WRITTEN,
        MEETINGS,
        WORK,
        lambda vault, on: answer_remark(
            AnswerRemark(meeting_id=on.meeting_id, remark_id=on.remark_id, text="Rättat."),
            vault=vault,
        ),
        Stage.REMARKED,
    ),
    "approve_draft": Row(
        Action.PROTOCOL_APPROVED,
        MEETINGS,
        WORK,
        lambda vault, on: approve_draft(
            ApproveDraft(
                meeting_id=on.meeting_id,
                basis=on.basis,
                role=Approver.CHAIR,
                how=ApprovedOn.PAPER,
                on=DAY,
            ),
            vault=vault,
        ),
        Stage.HELD,
    ),
    "reopen_draft": Row(
        Action.PROTOCOL_REOPENED,
        MEETINGS,
        WORK,
        lambda vault, on: reopen_draft(
            ReopenDraft(meeting_id=on.meeting_id, why="Ett namn är fel."), vault=vault
        ),
        Stage.APPROVED,
    ),
    "read_excerpts": Row(
        # Only what the table may have is sealed: the whole is composed to compare with.
        Action.PROTOCOL_COMPOSED,
        Changes(),
        WORK,
        lambda vault, on: read_excerpts(on.meeting_id, vault=vault),
        Stage.SEALED,
    ),
    "compose_excerpt": Row(
        Action.EXCERPT_COMPOSED,
        Changes(),
        WORK,
        lambda vault, on: compose_excerpt(
            ComposeExcerpt(meeting_id=on.meeting_id, recipient_id=on.family.school), vault=vault
        ),
        Stage.SEALED,
    ),
    "give_excerpt": Row(
        Action.EXCERPT_GIVEN,
        MEETINGS,
        SEAL,
        lambda vault, on: give_excerpt(
            GiveExcerpt(meeting_id=on.meeting_id, recipient_id=on.family.school, basis=on.basis),
            vault=vault,
        ),
        Stage.SEALED,
    ),
    "read_excerpt": Row(
        Action.EXCERPT_READ,
        Changes(),
        WORK,
        lambda vault, on: read_excerpt(on.excerpt_id, vault=vault),
        Stage.GIVEN,
    ),
    "export_excerpts": Row(
        Action.EXCERPTS_EXPORTED,
        Changes(),
        WORK,
        lambda vault, on: export_excerpts(
            ExportExcerpts(meeting_id=on.meeting_id, excerpt_ids=(on.excerpt_id,)), vault=vault
        ),
        Stage.GIVEN,
    ),
    "read_distribution": Row(
        Action.DISTRIBUTION_READ,
        Changes(),
        WORK,
        lambda vault, on: read_distribution(on.case_id, vault=vault),
        Stage.GIVEN,
    ),
    "record_copy": Row(
        Action.COPY_GIVEN,
        MEETINGS,
        SEAL,
        lambda vault, on: record_copy(
            RecordCopy(protocol_id=on.protocol_id, to="Maria Lind", way=Way.BY_HAND, on=DAY),
            vault=vault,
        ),
        Stage.SEALED,
    ),
    "report_spoilt": Row(
        Action.COPY_SPOILT,
        MEETINGS,
        WORK,
        lambda vault, on: report_spoilt(on.case_id, on.excerpt_id, vault=vault),
        Stage.GIVEN,
    ),
    "ask_back": Row(
        Action.COPY_ASKED_BACK,
        MEETINGS,
        WORK,
        lambda vault, on: ask_back(
            AskBack(case_id=on.case_id, copy_id=on.excerpt_id, cause=Cause.ERROR), vault=vault
        ),
        Stage.GIVEN,
    ),
    "take_back": Row(
        Action.COPY_CAME_BACK,
        MEETINGS,
        WORK,
        lambda vault, on: take_back(
            TakeBack(case_id=on.case_id, copy_id=on.excerpt_id), vault=vault
        ),
        Stage.GIVEN,
    ),
    "correct_copy": Row(
        Action.COPY_CORRECTED,
        MEETINGS,
        SEAL,
        lambda vault, on: correct_copy(on.case_id, on.copy_id, vault=vault),
        Stage.GIVEN,
    ),
}
