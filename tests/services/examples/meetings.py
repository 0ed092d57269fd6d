"""Examples of the use cases for meetings: what is planned, written, shown and printed."""

from uuid import UUID

from tests.people import DAY, STARTS_AT
from tests.services.examples.row import Row, Stage
from trygga_desktop.domain.audit import Action, Printed
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.items import Marking
from trygga_desktop.domain.meeting import Function, Presence, ToldBy
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.agendas import (
    ConfirmNoted,
    GiveMoreTime,
    MoveAgendaItem,
    confirm_noted,
    give_more_time,
    move_agenda_item,
)
from trygga_desktop.services.answers import (
    Answer,
    RecordAnswers,
    read_answers,
    record_answers,
)
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.entries import (
    ChangeCommitment,
    EntryKind,
    MarkItem,
    WriteEntry,
    change_commitment,
    mark_item,
    write_entry,
)
from trygga_desktop.services.leading import read_leading
from trygga_desktop.services.meetings import (
    AddAgendaItem,
    ConfirmDuty,
    EndMeeting,
    Invitation,
    PlanMeeting,
    SetPresence,
    add_agenda_item,
    begin_meeting,
    cancel_meeting,
    confirm_duty,
    end_meeting,
    go_to_item,
    invite,
    plan_meeting,
    read_meetings,
    set_presence,
)
from trygga_desktop.services.named_meetings import plan_by_name
from trygga_desktop.services.papers import (
    ComposeCalendar,
    ComposePaper,
    PaperKind,
    compose_calendar,
    compose_paper,
    log_paper_printed,
    log_paper_saved,
    read_papers,
)
from trygga_desktop.services.printing import log_not_printed
from trygga_desktop.services.protocols import (
    ComposeProtocol,
    compose_protocol,
    log_protocol_printed,
    log_protocol_saved,
)
from trygga_desktop.services.rebooking import ChangeBooking, change_booking
from trygga_desktop.services.rooms import read_hidden, read_meeting
from trygga_desktop.services.second_persons import NameSecondPersons, name_second_persons
from trygga_desktop.services.unfinished import CompleteAction, complete_action
from trygga_desktop.services.voices import RecordVoice, read_voice, record_voice

WORK = Permission.WORK_IN_CASE
GUEST = Invitation(name="Nadia Tolk", functions=frozenset({Function.INTERPRETER}))

EXAMPLES = {
    "read_voice": Row(
        Action.MEETING_READ,
        Changes(),
        WORK,
        lambda vault, on: read_voice(on.meeting_id, vault=vault),
        Stage.PLANNED,
    ),
    "record_voice": Row(
        Action.MEETING_CHANGED,
        Changes(items=True, meetings=True),
        WORK,
        lambda vault, on: record_voice(
            RecordVoice(meeting_id=on.meeting_id, words="Jag vill spela", told_by=ToldBy.SELF),
            vault=vault,
        ),
        Stage.PLANNED,
    ),
    "read_answers": Row(
        Action.MEETING_READ,
        Changes(),
        WORK,
        lambda vault, on: read_answers(on.meeting_id, vault=vault),
        Stage.PLANNED,
    ),
    "record_answers": Row(
        Action.ENTRY_WRITTEN,
        Changes(items=True, meetings=True),
        WORK,
        lambda vault, on: record_answers(
            RecordAnswers(
                meeting_id=on.meeting_id,
                organisation_id=UUID(bytes=vault.trust.vault_id),
                answers=(Answer(agenda_id=on.agenda_id, words="Matten går framåt."),),
            ),
            vault=vault,
        ),
        Stage.PLANNED,
    ),
    "read_papers": Row(
        Action.MEETING_READ,
        Changes(),
        WORK,
        lambda vault, on: read_papers(on.meeting_id, vault=vault),
        Stage.PLANNED,
    ),
    "compose_paper": Row(
        Action.PAPER_COMPOSED,
        Changes(),
        WORK,
        lambda vault, on: compose_paper(
            ComposePaper(
                meeting_id=on.meeting_id, kind=PaperKind.SUMMONS, participant_id=on.seat_id
            ),
            vault=vault,
        ),
        Stage.PLANNED,
    ),
    "compose_calendar": Row(
        Action.PAPER_COMPOSED,
        Changes(),
        WORK,
        lambda vault, on: compose_calendar(
            ComposeCalendar(meeting_id=on.meeting_id, participant_id=on.seat_id), vault=vault
        ),
        Stage.PLANNED,
    ),
    "log_paper_printed": Row(
        Action.PAPER_PRINTED,
        Changes(),
        WORK,
        lambda vault, on: log_paper_printed(on.meeting_id, vault=vault),
        Stage.PLANNED,
    ),
    "log_not_printed": Row(
        Action.PAPER_NOT_PRINTED,
        Changes(),
        WORK,
        lambda vault, on: log_not_printed(Printed.PAPER, on.meeting_id, vault=vault),
        Stage.PLANNED,
    ),
    "log_paper_saved": Row(
        Action.PAPER_SAVED,
        Changes(),
        WORK,
        lambda vault, on: log_paper_saved(on.meeting_id, vault=vault),
        Stage.PLANNED,
    ),
    "read_meetings": Row(
        Action.MEETINGS_READ,
        Changes(),
        WORK,
        lambda vault, on: read_meetings(on.case_id, vault=vault),
    ),
    "plan_meeting": Row(
        Action.MEETING_PLANNED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: plan_meeting(
            PlanMeeting(
                case_id=on.case_id, template="sspf_family", starts_at=STARTS_AT, invited=(GUEST,)
            ),
            vault=vault,
        ),
    ),
    "change_booking": Row(
        Action.MEETING_CHANGED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: change_booking(
            ChangeBooking(
                meeting_id=on.meeting_id, starts_at=STARTS_AT, minutes=30, invited=(GUEST,)
            ),
            vault=vault,
        ),
        Stage.PLANNED,
    ),
    "plan_by_name": Row(
        Action.MEETING_PLANNED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: plan_by_name(on.meeting_id, vault=vault),
        Stage.NAMED_SINCE,
    ),
    "invite": Row(
        Action.MEETING_CHANGED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: invite(on.meeting_id, GUEST, vault=vault),
        Stage.PLANNED,
    ),
    "set_presence": Row(
        Action.MEETING_CHANGED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: set_presence(
            SetPresence(
                meeting_id=on.meeting_id, participant_id=on.seat_id, presence=Presence.OUTSIDE
            ),
            vault=vault,
        ),
        Stage.PLANNED,
    ),
    "confirm_duty": Row(
        Action.MEETING_CHANGED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: confirm_duty(
            ConfirmDuty(meeting_id=on.meeting_id, participant_ids=frozenset({on.seat_id})),
            vault=vault,
        ),
        Stage.PLANNED,
    ),
    "begin_meeting": Row(
        Action.MEETING_CHANGED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: begin_meeting(on.meeting_id, vault=vault),
        Stage.PLANNED,
    ),
    "go_to_item": Row(
        Action.MEETING_CHANGED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: go_to_item(on.meeting_id, on.agenda_id, vault=vault),
        Stage.RUNNING,
    ),
    "add_agenda_item": Row(
        Action.MEETING_CHANGED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: add_agenda_item(
            AddAgendaItem(meeting_id=on.meeting_id, title="Sommarlovet", category="leisure"),
            vault=vault,
        ),
        Stage.PLANNED,
    ),
    "give_more_time": Row(
        Action.MEETING_CHANGED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: give_more_time(
            GiveMoreTime(meeting_id=on.meeting_id, agenda_id=on.agenda_id), vault=vault
        ),
        Stage.RUNNING,
    ),
    "confirm_noted": Row(
        Action.MEETING_CHANGED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: confirm_noted(
            ConfirmNoted(meeting_id=on.meeting_id, agenda_id=on.now_id, code="attendance"),
            vault=vault,
        ),
        Stage.RUNNING,
    ),
    "move_agenda_item": Row(
        Action.MEETING_CHANGED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: move_agenda_item(
            MoveAgendaItem(meeting_id=on.meeting_id, agenda_id=on.agenda_id, by=1), vault=vault
        ),
        Stage.RUNNING,
    ),
    "end_meeting": Row(
        Action.MEETING_HELD,
        Changes(meetings=True),
        WORK,
        lambda vault, on: end_meeting(EndMeeting(meeting_id=on.meeting_id), vault=vault),
        Stage.RUNNING,
    ),
    "cancel_meeting": Row(
        Action.MEETING_CHANGED,
        Changes(meetings=True),
        WORK,
        lambda vault, on: cancel_meeting(on.meeting_id, vault=vault),
        Stage.PLANNED,
    ),
    "write_entry": Row(
        Action.ENTRY_WRITTEN,
        Changes(items=True, meetings=True),
        WORK,
        lambda vault, on: write_entry(
            WriteEntry(
                meeting_id=on.meeting_id,
                agenda_id=on.agenda_id,
                kind=EntryKind.STATEMENT,
                text="x",
            ),
            vault=vault,
        ),
        Stage.RUNNING,
    ),
    "mark_item": Row(
        Action.ITEM_MARKED,
        Changes(items=True, meetings=True),
        WORK,
        lambda vault, on: mark_item(
            MarkItem(
                case_id=on.case_id,
                item_id=on.item_id,
                about_id=on.term_id,
                answer=Marking.DOES_NOT_TOUCH,
            ),
            vault=vault,
        ),
        Stage.RUNNING,
    ),
    "name_second_persons": Row(
        Action.SECOND_PERSONS_NAMED,
        Changes(items=True, meetings=True),
        WORK,
        lambda vault, on: name_second_persons(
            NameSecondPersons(
                case_id=on.case_id,
                item_id=on.unnamed_id,
                people=frozenset({on.family.sara}),
            ),
            vault=vault,
        ),
        Stage.RUNNING,
    ),
    "complete_action": Row(
        Action.ACTION_COMPLETED,
        Changes(items=True, meetings=True),
        WORK,
        lambda vault, on: complete_action(
            CompleteAction(
                meeting_id=on.meeting_id,
                item_id=on.note_id,
                party_id=on.family.maria,
                due_on=DAY,
            ),
            vault=vault,
        ),
        Stage.HELD,
    ),
    "change_commitment": Row(
        Action.COMMITMENT_CHANGED,
        Changes(items=True, meetings=True),
        WORK,
        lambda vault, on: change_commitment(
            ChangeCommitment(
                case_id=on.case_id, commitment_id=on.commitment_id, state=CommitmentState.DONE
            ),
            vault=vault,
        ),
        Stage.RUNNING,
    ),
    "read_meeting": Row(
        Action.MEETING_READ,
        Changes(),
        WORK,
        lambda vault, on: read_meeting(on.meeting_id, vault=vault),
        Stage.RUNNING,
    ),
    "read_hidden": Row(
        Action.MEETING_READ,
        Changes(),
        WORK,
        lambda vault, on: read_hidden(on.meeting_id, vault=vault),
        Stage.RUNNING,
    ),
    "read_leading": Row(
        Action.MEETING_READ,
        Changes(),
        WORK,
        lambda vault, on: read_leading(on.meeting_id, vault=vault),
        Stage.RUNNING,
    ),
    "compose_protocol": Row(
        Action.PROTOCOL_COMPOSED,
        Changes(),
        WORK,
        lambda vault, on: compose_protocol(ComposeProtocol(meeting_id=on.meeting_id), vault=vault),
        Stage.HELD,
    ),
    "log_protocol_printed": Row(
        Action.PROTOCOL_PRINTED,
        Changes(),
        WORK,
        lambda vault, on: log_protocol_printed(on.meeting_id, vault=vault),
        Stage.HELD,
    ),
    "log_protocol_saved": Row(
        Action.PROTOCOL_SAVED,
        Changes(),
        WORK,
        lambda vault, on: log_protocol_saved(on.meeting_id, vault=vault),
        Stage.HELD,
    ),
}
