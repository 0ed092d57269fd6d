"""Plans and holds the invented meetings, and follows what was promised at them."""

from datetime import time
from uuid import UUID

from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.excerpts import Way
from trygga_desktop.domain.items import Marking
from trygga_desktop.domain.meeting import Function, Presence
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.addenda import AddAddendum, add_addendum
from trygga_desktop.services.agreed_plans import compose_agreed_plan
from trygga_desktop.services.entries import (
    ChangeCommitment,
    EntryKind,
    MarkItem,
    WriteEntry,
    change_commitment,
    mark_item,
    write_entry,
)
from trygga_desktop.services.excerpts import (
    ComposeExcerpt,
    GiveExcerpt,
    compose_excerpt,
    give_excerpt,
    read_excerpts,
)
from trygga_desktop.services.meetings import (
    ConfirmDuty,
    EndMeeting,
    Invitation,
    PlanMeeting,
    SetPresence,
    begin_meeting,
    cancel_meeting,
    confirm_duty,
    end_meeting,
    go_to_item,
    plan_meeting,
    set_presence,
)
from trygga_desktop.services.plan_sealing import SealPlan, seal_plan
from trygga_desktop.services.protocols import ComposeProtocol, ProtocolAudience
from trygga_desktop.services.rooms import MeetingRoom, read_hidden, read_meeting
from trygga_desktop.services.sealed_files import read_sealed
from trygga_desktop.services.sealing import SealProtocol, read_sealing, seal_protocol
from trygga_desktop.story.tables import Stage, Table, ToldCase, at_time

_VOICE = "own_words"
# A programme that has templates of its own offers no others.
_FOLLOW_UPS = {"leavers": "leavers_follow_up"}


class Meetings:
    """Plans meetings, holds them, and follows what was promised."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._vault = stage.vault

    def plan_told(self, case: Table, event: Table) -> None:
        """Plan a meeting that is to be."""
        code = event["meeting"]
        meeting = next((one for one in case["meeting"] if one["code"] == code), None)
        day = event["date_of_meeting"]
        told = {"code": code, "date": day, "start": event.get("start", "14:00")}
        told |= {"present": event["invited"], "staff": [one["code"] for one in case["staff"]]}
        template = event.get("template", _FOLLOW_UPS.get(case["programme"], "follow_up"))
        told |= {"template": template, "chair": "karin"}
        self._plan(self._stage.cases[case["code"]], case, meeting or told)

    def cancel(self, case: Table, event: Table) -> None:
        """Call a meeting off."""
        cancel_meeting(
            self._stage.cases[case["code"]].meetings[event["meeting"]], vault=self._vault
        )

    def _plan(self, told: ToldCase, case: Table, meeting: Table) -> UUID:
        staff = {one["code"]: one for one in case["staff"]}
        invited = [
            Invitation(
                functions=frozenset({_family_function(case, code)}), party_id=told.people[code]
            )
            for code in meeting["present"]
            if code in told.people
        ]
        wanted = [
            code for code in meeting["staff"] if staff[code]["organisation"] in meeting["present"]
        ]
        for code in wanted:
            functions = {Function.AGENCY_REPRESENTATIVE}
            functions |= {
                function
                for function in (Function.CHAIR, Function.SECRETARY, Function.VERIFIER)
                if meeting.get(function.value) == code
            }
            party_id = told.places[code]
            invited.append(Invitation(functions=frozenset(functions), party_id=party_id))
        absent = [one["who"] for one in meeting.get("apologies", ())]
        invited += [
            Invitation(functions=frozenset({Function.GUARDIAN}), party_id=told.people[code])
            for code in absent
        ]
        command = PlanMeeting(
            case_id=told.id,
            template=meeting["template"],
            starts_at=at_time(meeting["date"], meeting["start"]),
            invited=tuple(invited),
            place="" if case.get("alias") else "Stadshuset, rum 3",
        )
        told.meetings[meeting["code"]] = plan_meeting(command, vault=self._vault).value
        return told.meetings[meeting["code"]]

    def begin(self, told: ToldCase, case: Table, meeting: Table) -> UUID:
        """Begin a meeting with everyone there, and return its id."""
        planned = told.meetings.get(meeting["code"])
        meeting_id = self._plan(told, case, meeting) if planned is None else planned
        room = read_meeting(meeting_id, vault=self._vault).value
        apologies = {told.people[one["who"]]: one["info"] for one in meeting.get("apologies", ())}
        for seat in room.seats:
            word = "" if seat.party_id is None else apologies.get(seat.party_id, "")
            command = SetPresence(
                meeting_id=meeting_id,
                participant_id=seat.id,
                presence=Presence.ABSENT if word else Presence.HERE,
                apology=word,
            )
            set_presence(command, vault=self._vault)
        bound = frozenset(seat.id for seat in room.seats if seat.must_confirm)
        confirm_duty(ConfirmDuty(meeting_id=meeting_id, participant_ids=bound), vault=self._vault)
        begin_meeting(meeting_id, vault=self._vault)
        return meeting_id

    def speak(self, told: ToldCase, case: Table, meeting: Table) -> None:
        """Write down what is said, decided and promised at it."""
        meeting_id = told.meetings[meeting["code"]]
        agenda = Agenda(read_meeting(meeting_id, vault=self._vault).value)
        for one in meeting.get("statement", ()):
            self._tell(told, meeting_id, agenda, one)
        go_to_item(meeting_id, agenda.for_promises, vault=self._vault)
        for one in meeting.get("decision", ()):
            self._decide(told, meeting_id, agenda, one)
        for one in meeting.get("action", ()):
            self._promise(told, case, meeting_id, agenda, one)

    def end(self, told: ToldCase, meeting: Table) -> None:
        """End it at its time."""
        self._stage.clock.at = max(self._stage.clock.at, at_time(meeting["date"], meeting["end"]))
        command = EndMeeting(meeting_id=told.meetings[meeting["code"]])
        end_meeting(command, vault=self._vault)

    def seal(self, told: ToldCase, meeting: Table) -> tuple[bytes, bytes]:
        """Seal its protocol, for the room and for the board, and an addendum to the room's."""
        meeting_id = told.meetings[meeting["code"]]
        self._answer(told, meeting_id)
        of_room, _ = (
            self._seal(meeting_id, kind) for kind in (ProtocolKind.ROOM, ProtocolKind.FULL)
        )
        correction = meeting["addendum"]
        command = AddAddendum(
            protocol_id=of_room, text=correction["text"], concerns=correction["concerns"]
        )
        addendum = add_addendum(command, vault=self._vault).value
        protocol, corrected = (
            read_sealed(one, vault=self._vault).value.pdf for one in (of_room, addendum)
        )
        return protocol, corrected

    def seal_plan(self, told: ToldCase, meeting: Table) -> bytes:
        """Seal the plan that it agreed on, for the room, behind its protocol; return the bytes."""
        asked = ComposeProtocol(
            meeting_id=told.meetings[meeting["code"]], audience=ProtocolAudience.ROOM
        )
        basis = compose_agreed_plan(asked, vault=self._vault).value.basis
        command = SealPlan(meeting_id=asked.meeting_id, basis=basis)
        sealed = seal_plan(command, vault=self._vault).value
        return read_sealed(sealed, vault=self._vault).value.pdf

    def give_excerpts(self, told: ToldCase, meeting: Table) -> dict[str, bytes]:
        """Give excerpts as files to all who may have one; return the sealed bytes by name."""
        meeting_id = told.meetings[meeting["code"]]
        given = {}
        for one in read_excerpts(meeting_id, vault=self._vault).value.recipients:
            asked = ComposeExcerpt(meeting_id=meeting_id, recipient_id=one.id)
            composed = compose_excerpt(asked, vault=self._vault).value
            if not composed.is_for_them:
                continue
            command = GiveExcerpt(
                meeting_id=meeting_id,
                recipient_id=one.id,
                basis=composed.basis,
                way=Way.AS_FILE,
            )
            file = give_excerpt(command, vault=self._vault).value
            given[file.file_name] = file.pdf
        return given

    def _seal(self, meeting_id: UUID, kind: ProtocolKind) -> UUID:
        basis = read_sealing(meeting_id, vault=self._vault).value.basis
        command = SealProtocol(meeting_id=meeting_id, basis=basis, kind=kind)
        return seal_protocol(command, vault=self._vault).value

    def _answer(self, told: ToldCase, meeting_id: UUID) -> None:
        """Answer what is still asked about what was said: a limit keeps it, nothing is touched."""
        found = read_hidden(meeting_id, vault=self._vault).value
        for one in (*found.hidden, *found.asked):
            for asked in one.questions:
                if not asked.is_answered:
                    command = MarkItem(
                        case_id=told.id,
                        item_id=one.entry.item.id,
                        about_id=asked.about_id,
                        answer=Marking.OUTSIDE if asked.is_limit else Marking.DOES_NOT_TOUCH,
                    )
                    mark_item(command, vault=self._vault)

    def _tell(self, told: ToldCase, meeting_id: UUID, agenda: "Agenda", one: Table) -> None:
        speaker = told.people.get(one["origin"])
        agenda_id = agenda.under(one["category"])
        go_to_item(meeting_id, agenda_id, vault=self._vault)
        command = WriteEntry(
            meeting_id=meeting_id,
            agenda_id=agenda_id,
            kind=EntryKind.OWN_WORDS if one["category"] == _VOICE else EntryKind.STATEMENT,
            text=one["text"],
            organisation_id=None if speaker is not None else told.organisations[one["origin"]],
            said_by=speaker,
            about=frozenset(told.people[code] for code in one["about"]),
            category=one["category"],
            at_table=one.get("at_table", True),
            reveals_reporter=one.get("reveals_reporter", False),
            is_guarded=one.get("compartment") == "guarded",
        )
        item_id = write_entry(command, vault=self._vault).value.id
        told.items[one["id"]] = item_id
        for term, answer in one.get("markings", {}).items():
            mark = MarkItem(
                case_id=told.id,
                item_id=item_id,
                about_id=told.terms[term],
                answer=Marking(answer),
            )
            mark_item(mark, vault=self._vault)

    def _decide(self, told: ToldCase, meeting_id: UUID, agenda: "Agenda", one: Table) -> None:
        command = WriteEntry(
            meeting_id=meeting_id,
            agenda_id=agenda.for_promises,
            kind=EntryKind.DECISION,
            text=one["text"],
            organisation_id=told.organisations[one["by"]],
        )
        told.items[one["id"]] = write_entry(command, vault=self._vault).value.id
        for dissent in one.get("dissent", ()):
            beside = WriteEntry(
                meeting_id=meeting_id,
                agenda_id=agenda.for_promises,
                kind=EntryKind.DISSENT,
                text=dissent["text"],
                said_by=told.people[dissent["who"]],
                follows=told.items[one["id"]],
            )
            write_entry(beside, vault=self._vault)

    def _promise(
        self, told: ToldCase, case: Table, meeting_id: UUID, agenda: "Agenda", one: Table
    ) -> None:
        names = {staff["code"]: staff["name"] for staff in case["staff"]}
        names |= {
            person["code"]: person.get("alias") or person["name"] for person in case["person"]
        }
        organisation = one["organisation"]
        command = WriteEntry(
            meeting_id=meeting_id,
            agenda_id=agenda.for_promises,
            kind=EntryKind.ACTION,
            text=one["text"],
            responsible=names[one["responsible"]],
            organisation_id=None if organisation == "none" else told.organisations[organisation],
            due_on=one["due"],
            due_at=hour_of(one),
        )
        told.items[one["id"]] = write_entry(command, vault=self._vault).value.id

    def follow(self, case: Table, action: Table, change: Table) -> None:
        """Tell what became of a commitment."""
        told = self._stage.cases[case["code"]]
        if change.get("by") == "program":
            # Nobody tells it: that a commitment rests follows from the consents.
            return
        command = ChangeCommitment(
            case_id=told.id,
            commitment_id=told.items[action["id"]],
            state=CommitmentState(change["status"]),
            reason=change.get("reason", ""),
            new_due=change.get("new_due"),
            successor_id=told.items[change["successor"]] if "successor" in change else None,
        )
        change_commitment(command, vault=self._vault)


def hour_of(action: Table) -> time | None:
    """Return the hour at which something is due, where it is at one."""
    return time.fromisoformat(action["due_time"]) if "due_time" in action else None


class Agenda:
    """Under which item of a meeting's agenda something is written down."""

    def __init__(self, room: MeetingRoom) -> None:
        self._items = room.agenda

    def under(self, category: str) -> UUID:
        """Return the item that is for this category, or the one where everyone tells."""
        fitting = [one.id for one in self._items if one.category == category]
        middle = self._items[min(3, len(self._items) - 1)].id
        return fitting[0] if fitting else middle

    @property
    def for_promises(self) -> UUID:
        """Return the item at which decisions are taken and promises made."""
        named = [one.id for one in self._items if one.code == "commitments"]
        return named[0] if named else self._items[-1].id


def _family_function(case: Table, code: str) -> Function:
    person = next(one for one in case["person"] if one["code"] == code)
    is_subject = person["role"] == "subject_person"
    return Function.SUBJECT_PERSON if is_subject else Function.GUARDIAN
