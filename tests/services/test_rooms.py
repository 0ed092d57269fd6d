"""What those in a room see of a meeting, and what the operator is told of the rest."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.conftest import Clock, MadeVault
from tests.documents.papers import read_back, squeezed
from tests.hostile import forge
from tests.people import (
    CATEGORIES,
    DAY,
    SARA,
    VIKTOR,
    Family,
    arrive,
    cells,
    move,
    paper,
    planned_meeting,
    professional,
    relative,
    room_of,
    running_meeting,
    seat_of,
    signed_case,
    texts_in,
    wrote,
)
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.commitments import CommitmentChange, CommitmentState
from trygga_desktop.domain.consent import Answer, OwnInformation
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.meeting import Function, Participant, Presence
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.audience import recipients_at
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.consents import (
    ChangeTerms,
    NewExclusion,
    RecordBar,
    SignerAnswer,
    change_terms,
    record_bar,
    record_consent,
)
from trygga_desktop.services.contacts import SaveOrganisation, save_organisation
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.leading import read_leading
from trygga_desktop.services.meetings import (
    AddAgendaItem,
    EndMeeting,
    Invitation,
    SetPresence,
    add_agenda_item,
    begin_meeting,
    end_meeting,
    invite,
    set_presence,
)
from trygga_desktop.services.overview import read_overview
from trygga_desktop.services.protocols import ComposeProtocol, compose_protocol
from trygga_desktop.services.rooms import HiddenEntry, MeetingRoom, read_hidden
from trygga_desktop.services.vault import OpenVault

TOLD = "Elias har varit i skolan varje dag."
INTERPRETER = Invitation(name="Nadia Tolk", functions=frozenset({Function.INTERPRETER}))
SUPPORT = Invitation(name="Farmor Ek", functions=frozenset({Function.SUPPORT_PERSON}))
OBSERVER = Invitation(name="Olle Ny", functions=frozenset({Function.OBSERVER}))


def hidden(vault: OpenVault, meeting_id: UUID) -> tuple[HiddenEntry, ...]:
    return read_hidden(meeting_id, vault=vault).value.hidden


def against(entry: HiddenEntry) -> dict[str, Reason]:
    return {seat.name: decision.reason for seat, decision in entry.against}


def told(vault: OpenVault, family: Family, *party_ids: UUID) -> UUID:
    """Begin a meeting with these, at which the school tells something; return its id."""
    meeting_id = running_meeting(vault, family, *party_ids)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    return meeting_id


def add(vault: OpenVault, meeting_id: UUID, who: Invitation, *, confirms: bool) -> None:
    """Let one more come in."""
    invite(meeting_id, who, vault=vault)
    seat = room_of(vault, meeting_id).seats[-1]
    if confirms:
        arrive(vault, meeting_id, seat)
    else:
        move(vault, meeting_id, seat, Presence.HERE)


def test_an_empty_room_sees_no_more_than_the_agenda(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    add_agenda_item(
        AddAgendaItem(meeting_id=meeting_id, title="Sommarlovet", category="leisure"), vault=vault
    )

    room = room_of(vault, meeting_id)

    assert texts_in(room) == []
    assert (room.subject_name, room.carried) == ("", ())
    assert [one.is_private for one in room.agenda] == [False] * (len(room.agenda) - 2) + [
        True,
        False,
    ]
    assert "Sommarlovet" not in repr(room)
    assert TOLD not in repr(room)


def test_one_more_in_the_room_hides_what_that_one_may_not_see_until_they_are_outside(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]

    police = Invitation(
        party_id=family.peter, functions=frozenset({Function.AGENCY_REPRESENTATIVE})
    )
    add(vault, meeting_id, police, confirms=True)
    room = room_of(vault, meeting_id)
    assert texts_in(room) == []
    assert room.subject_name == ""
    assert TOLD not in repr(room)

    for presence in (Presence.OUTSIDE, Presence.GONE, Presence.ABSENT):
        move(vault, meeting_id, seat_of(vault, meeting_id, "Peter"), presence)
        assert texts_in(room_of(vault, meeting_id)) == [TOLD]
        assert room_of(vault, meeting_id).subject_name == "Elias Demosson"


def test_who_is_remote_is_in_the_room_as_much_as_others(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family)
    police = Invitation(
        party_id=family.peter, functions=frozenset({Function.AGENCY_REPRESENTATIVE})
    )
    invite(meeting_id, police, vault=vault)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    arrive(vault, meeting_id, seat_of(vault, meeting_id, "Peter"), Presence.REMOTE)
    assert texts_in(room_of(vault, meeting_id)) == []


def test_who_has_not_confirmed_the_duty_sees_nothing_and_with_them_the_room(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family, family.subject, family.karin, family.maria)
    for name in ("Elias", "Karin"):
        arrive(vault, meeting_id, seat_of(vault, meeting_id, name))
    move(vault, meeting_id, seat_of(vault, meeting_id, "Maria"), Presence.HERE)
    begin_meeting(meeting_id, vault=vault)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)

    assert texts_in(room_of(vault, meeting_id)) == []
    (entry,) = hidden(vault, meeting_id)
    assert against(entry) == {"Maria Lind": Reason.NOT_ACKNOWLEDGED}

    arrive(vault, meeting_id, seat_of(vault, meeting_id, "Maria"))
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    assert hidden(vault, meeting_id) == ()


@pytest.mark.parametrize("guest", [INTERPRETER, SUPPORT])
def test_an_interpreter_and_a_support_person_see_with_the_room_once_they_are_bound(
    vault: OpenVault, guest: Invitation
) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family)
    add(vault, meeting_id, guest, confirms=False)
    assert texts_in(room_of(vault, meeting_id)) == []
    arrive(vault, meeting_id, room_of(vault, meeting_id).seats[-1])
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]


def test_a_support_person_sees_what_the_young_person_sees_and_no_more(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    about = frozenset({family.sara})
    wrote(vault, meeting_id, "Om Sara.", organisation_id=family.board, about=about)
    for name in ("Elias", "Johan", "Sara", "Maria"):
        move(vault, meeting_id, seat_of(vault, meeting_id, name), Presence.OUTSIDE)
    assert texts_in(room_of(vault, meeting_id)) == ["Om Sara."]
    add(vault, meeting_id, SUPPORT, confirms=True)
    assert texts_in(room_of(vault, meeting_id)) == []


def test_an_observer_whom_nobody_let_in_hides_everything(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family)
    add(vault, meeting_id, OBSERVER, confirms=True)
    assert texts_in(room_of(vault, meeting_id)) == []
    (entry,) = hidden(vault, meeting_id)
    assert against(entry) == {"Olle Ny": Reason.UNKNOWN_RECIPIENT}


@pytest.mark.parametrize("function", [Function.INTERPRETER, Function.SUPPORT_PERSON])
def test_who_sits_there_in_a_capacity_sees_no_more_for_interpreting_or_supporting(
    function: Function,
) -> None:
    """The form refuses it; a row of an older program is read as strictly."""
    at = datetime.fromisoformat("2026-11-26T15:00:00+01:00")
    pattern = Participant(id=uuid4(), name="x", functions=frozenset({function}), confirmed_at=at)
    people = [replace(pattern, person_id=uuid4()), replace(pattern, organisation_id=uuid4())]
    assert [(one.interprets, one.supports) for one in recipients_at(people, family={})] == [
        (False, False)
    ] * 2
    (guest,) = recipients_at([pattern], family={})
    assert guest.interprets or guest.supports


def test_what_is_about_a_second_person_waits_for_their_own_word(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    about = frozenset({family.sara})
    wrote(vault, meeting_id, "Sara har nytt arbete.", organisation_id=family.school, about=about)
    (entry,) = hidden(vault, meeting_id)
    assert against(entry)["Johan Demosson"] is Reason.SECOND_PERSON

    answer = SignerAnswer(
        signer=family.sara,
        answer=Answer.GIVEN,
        cells=cells((family.board, family.school)),
        own_information=OwnInformation.AGENCIES_AND_FAMILY,
    )
    record_consent(paper(family, answers=(answer,)), vault=vault)
    assert texts_in(room_of(vault, meeting_id)) == ["Sara har nytt arbete."]


def test_what_somebody_says_of_themselves_at_the_table_needs_no_paper(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(
        vault,
        meeting_id,
        "Jag har börjat arbeta.",
        said_by=family.sara,
        about=frozenset({family.sara}),
    )
    (shown,) = [one for item in room_of(vault, meeting_id).agenda for one in item.entries]
    assert (shown.who, shown.item.text) == ("Sara Demosson", "Jag har börjat arbeta.")


def test_a_guardian_who_is_barred_hides_everything_while_in_the_room(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family)
    bar = RecordBar(
        case_id=family.case_id,
        reason=Reason.GUARDIAN_BARRED,
        against=family.johan,
        on=DAY,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
        words="Beslut av nämnden",
    )
    record_bar(bar, vault=vault)
    (entry,) = hidden(vault, meeting_id)
    assert against(entry) == {"Johan Demosson": Reason.GUARDIAN_BARRED}
    move(vault, meeting_id, seat_of(vault, meeting_id, "Johan"), Presence.GONE)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]


def test_an_own_title_that_not_everyone_may_see_is_a_private_item(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    add_agenda_item(
        AddAgendaItem(meeting_id=meeting_id, title="Medicinen", category="health"), vault=vault
    )
    own = next(one for one in room_of(vault, meeting_id).agenda if not one.code)
    assert (own.title, own.is_private) == ("", True)
    (entry,) = hidden(vault, meeting_id)
    assert (entry.agenda_id, entry.entry.item.text) == (own.id, "Medicinen")
    assert against(entry) == {"Maria Lind": Reason.CATEGORY_NOT_COVERED}

    move(vault, meeting_id, seat_of(vault, meeting_id, "Maria"), Presence.OUTSIDE)
    own = next(one for one in room_of(vault, meeting_id).agenda if not one.code)
    assert (own.title, own.is_private) == ("Medicinen", False)
    assert hidden(vault, meeting_id) == ()


def test_whose_a_title_is_goes_with_it_and_is_gone_with_it(vault: OpenVault) -> None:
    family = signed_case(vault)
    everyone = (*family.signers, family.karin, family.maria, family.peter)
    meeting_id = running_meeting(vault, family, *everyone)
    item = AddAgendaItem(meeting_id=meeting_id, title="Proven", category="schooling")
    add_agenda_item(item, vault=vault)
    with vault.work() as work:
        ((meeting, version),) = work.meetings.of_case(family.case_id)
        came = replace(meeting.agenda[-2], origin_id=family.school)
        agenda = (*meeting.agenda[:-2], came, meeting.agenda[-1])
        changed = replace(meeting, agenda=agenda)
        work.meetings.replace(family.case_id, changed, row_version=version)
        work.commit(Action.MEETING_CHANGED, meeting_id)

    (hidden,) = (one for one in room_of(vault, meeting_id).agenda if not one.code)
    assert (hidden.title, hidden.origin_id) == ("", None)

    move(vault, meeting_id, seat_of(vault, meeting_id, "Peter"), Presence.OUTSIDE)
    (shown,) = (one for one in room_of(vault, meeting_id).agenda if not one.code)
    assert (shown.title, shown.origin_id) == ("Proven", family.school)


def test_the_operator_is_told_what_is_hidden_from_whom_and_why(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family, family.subject, family.karin, family.maria, family.peter)

    found = read_hidden(meeting_id, vault=vault).value
    (entry,) = found.hidden

    assert found.subject_name == "Elias Demosson"
    assert found.until == date(2027, 4, 26)
    assert (entry.entry.item.text, entry.entry.who) == (TOLD, "Ekbackens skola")
    assert against(entry) == {"Peter Falk": Reason.RECIPIENT_NOT_COVERED}
    assert entry.questions == ()
    item = next(one for one in room_of(vault, meeting_id).agenda if one.id == entry.agenda_id)
    assert item.code == "now_school"


def test_the_words_of_an_exclusion_are_for_the_operator_alone(vault: OpenVault) -> None:
    family = signed_case(vault)
    new = NewExclusion(
        categories=frozenset({"schooling"}), words="Bråket i våras", asked_by=family.sara
    )
    change_terms(ChangeTerms(case_id=family.case_id, on=DAY, exclusions=(new,)), vault=vault)
    meeting_id = told(vault, family)
    (entry,) = hidden(vault, meeting_id)
    (question,) = entry.questions
    assert (question.words, question.is_limit, question.is_answered) == (
        "Bråket i våras",
        False,
        False,
    )
    assert set(against(entry).values()) == {Reason.NEEDS_MARKING}
    assert "Bråket" not in repr(room_of(vault, meeting_id))


def test_a_dissent_that_not_everyone_may_see_is_hidden_and_told(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    decision = wrote(
        vault, meeting_id, "Skolbyte", kind=EntryKind.DECISION, organisation_id=family.school
    ).id
    for text, about in (("Nej.", frozenset[UUID]()), ("Johan kan inte.", {family.johan})):
        wrote(
            vault,
            meeting_id,
            text,
            kind=EntryKind.DISSENT,
            said_by=family.sara,
            follows=decision,
            about=frozenset(about),
        )
    assert texts_in(room_of(vault, meeting_id)) == ["Skolbyte", "Nej."]
    (entry,) = hidden(vault, meeting_id)
    assert (entry.entry.item.kind, entry.entry.item.text) == (ItemKind.DISSENT, "Johan kan inte.")
    assert entry.entry.item.follows == decision


def test_guarded_entries_and_working_notes_never_come_to_any_room(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, "Storgatan 1", organisation_id=family.board, is_guarded=True)
    write_note(WriteNote(case_id=family.case_id, text="bara min"), vault=vault)

    for names in (("Elias", "Sara", "Johan", "Maria"), ("Karin",)):
        for name in names:
            move(vault, meeting_id, seat_of(vault, meeting_id, name), Presence.OUTSIDE)
        room = room_of(vault, meeting_id)
        assert texts_in(room) == []
        assert hidden(vault, meeting_id) == ()
    # They are read with the case, by whoever it was granted to.
    file = read_case(family.case_id, vault=vault).value
    assert [one.text for one in file.items.items] == ["Storgatan 1"]
    assert [one.text for one in file.notes] == ["bara min"]


def test_a_room_is_told_nobody_s_name_who_is_not_there(vault: OpenVault) -> None:
    family = signed_case(vault)
    aunt = relative(
        vault,
        family.case_id,
        replace(SARA, given_name="Rut", family_name="Granne"),
        role=PartyRole.RELATIVE,
    )
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, "Han är ute om kvällarna.", said_by=aunt, organisation_id=family.board)

    room = room_of(vault, meeting_id)
    (shown,) = [one for item in room.agenda for one in item.entries]

    assert (shown.item.text, shown.who) == ("Han är ute om kvällarna.", "")
    assert "Rut" not in repr(room)
    assert [one.name for one in room.speakers] == [
        "Elias Demosson",
        "Johan Demosson",
        "Sara Demosson",
    ]


def test_the_word_that_somebody_sent_is_not_for_the_room(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    command = SetPresence(
        meeting_id=meeting_id,
        participant_id=seat_of(vault, meeting_id, "Sara").id,
        presence=Presence.ABSENT,
        apology="Magsjuk",
    )
    set_presence(command, vault=vault)
    assert "Magsjuk" not in repr(room_of(vault, meeting_id))
    assert seat_of(vault, meeting_id, "Sara").presence is Presence.ABSENT


def test_a_protected_young_person_is_called_by_their_alias(vault: OpenVault) -> None:
    family = signed_case(vault, VIKTOR)
    meeting_id = told(vault, family, family.subject, family.karin, family.maria)
    room = room_of(vault, meeting_id)
    assert texts_in(room) == [TOLD]
    assert room.subject_name == "NORD-7"
    assert room.seats[0].name == "NORD-7"
    assert "Viktor" not in repr(room)


def test_an_organisation_is_called_as_it_was_on_the_day(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    renamed = SaveOrganisation(
        id=family.school, kind="school", name="Nya Ekbacken", since=DAY + timedelta(days=1)
    )
    save_organisation(renamed, vault=vault)
    meeting_id = told(vault, family)

    def who(room: MeetingRoom) -> list[str]:
        return [one.who for item in room.agenda for one in item.entries]

    assert who(room_of(vault, meeting_id)) == ["Ekbackens skola"]
    clock.move(days=1)
    assert who(room_of(vault, meeting_id)) == ["Nya Ekbacken"]
    assert seat_of(vault, meeting_id, "Maria").organisation == "Nya Ekbacken"


def action(vault: OpenVault, meeting_id: UUID, family: Family, text: str) -> UUID:
    return wrote(
        vault,
        meeting_id,
        text,
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible="Maria Lind",
        due_on=DAY,
    ).id


def carried(vault: OpenVault, meeting_id: UUID) -> list[str]:
    return [one.item.text for one in room_of(vault, meeting_id).carried]


def test_what_the_last_meeting_promised_stands_on_the_next_agenda_open_or_ended_since(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    kept = action(vault, first, family, "Ringa BUP")
    action(vault, first, family, "Ordna mentor")
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    assert carried(vault, first) == []

    clock.move(days=7)
    change_commitment(
        ChangeCommitment(case_id=family.case_id, commitment_id=kept, state=CommitmentState.DONE),
        vault=vault,
    )
    clock.move(days=7)
    second = running_meeting(vault, family)
    action(vault, second, family, "Boka läxhjälp")
    assert carried(vault, second) == ["Ringa BUP", "Ordna mentor"]
    # What a meeting later promised is nothing that the earlier one had before it.
    clock.move(days=7)
    assert carried(vault, first) == []
    assert carried(vault, second) == ["Ringa BUP", "Ordna mentor"]


def test_a_meeting_that_is_planned_shows_what_is_still_to_do_when_it_comes(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    action(vault, first, family, "Ringa BUP")
    later = datetime.fromisoformat("2026-12-10T15:00:00+01:00")
    second = planned_meeting(vault, family, starts_at=later)
    for seat in room_of(vault, second).seats:
        arrive(vault, second, seat)
    assert carried(vault, second) == ["Ringa BUP"]


def test_what_is_written_up_on_the_morning_of_the_next_meeting_is_on_its_agenda(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    clock.move(days=7)
    action(vault, first, family, "Ringa BUP")
    clock.move(hours=1)
    second = running_meeting(vault, family)
    assert carried(vault, second) == ["Ringa BUP"]
    end_meeting(EndMeeting(meeting_id=second), vault=vault)
    # What is written up later still was nothing that the second one had before it.
    clock.move(days=1)
    action(vault, first, family, "Ordna mentor")
    assert carried(vault, second) == ["Ringa BUP"]
    assert carried(vault, first) == []


def test_what_two_meetings_of_one_day_promised_is_carried_from_the_earlier_to_the_later(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    action(vault, first, family, "Ringa BUP")
    clock.move(hours=2)
    second = running_meeting(vault, family)
    action(vault, second, family, "Ordna mentor")
    assert carried(vault, second) == ["Ringa BUP"]
    assert carried(vault, first) == []


def test_what_became_of_it_after_a_meeting_was_held_is_not_told_at_that_meeting(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    kept = action(vault, first, family, "Ringa BUP")
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    clock.move(days=7)
    late = DAY + timedelta(days=30)
    change_commitment(
        ChangeCommitment(
            case_id=family.case_id,
            commitment_id=kept,
            state=CommitmentState.DOING,
            reason="queue",
            new_due=late,
        ),
        vault=vault,
    )
    (entry,) = [one for item in room_of(vault, first).agenda for one in item.entries]
    told = entry.commitment
    assert told is not None
    assert (told.state, told.due, told.reason, told.is_late) == (
        CommitmentState.NOT_STARTED,
        DAY,
        "",
        False,
    )
    second = running_meeting(vault, family)
    (entry,) = room_of(vault, second).carried
    told = entry.commitment
    assert told is not None
    assert (told.state, told.due, told.reason) == (CommitmentState.DOING, late, "queue")


def test_a_room_is_told_nobody_of_the_family_as_responsible_whose_name_it_may_not_know(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    aunt = relative(
        vault,
        family.case_id,
        replace(SARA, given_name="Rut", family_name="Granne"),
        role=PartyRole.RELATIVE,
    )
    first = running_meeting(vault, family, *family.signers, family.karin, aunt)

    def promises(text: str, name: str) -> None:
        wrote(
            vault,
            first,
            text,
            kind=EntryKind.ACTION,
            responsible=name,
            due_on=DAY,
        )

    promises("Väcka Elias", "Rut Granne")
    promises("Köra Elias", "Sara Demosson")
    # Whoever it is, nobody at the table is called so.
    promises("Följa med", "Rut")
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    clock.move(days=7)

    def told(meeting_id: UUID) -> list[str]:
        shown = [one.commitment for one in room_of(vault, meeting_id).carried]
        return [one.responsible for one in shown if one is not None]

    second = running_meeting(vault, family)
    assert carried(vault, second) == ["Väcka Elias", "Köra Elias", "Följa med"]
    assert told(second) == ["", "Sara Demosson", ""]
    assert "Rut" not in repr(room_of(vault, second))
    alone = read_overview(family.case_id, vault=vault).value.commitments
    assert [one.commitment.responsible for one in alone if one.commitment] == [
        "Rut Granne",
        "Sara Demosson",
        "Rut",
    ]
    third = running_meeting(vault, family, *family.signers, family.karin, family.maria, aunt)
    move(vault, third, seat_of(vault, third, "Rut"), Presence.GONE)
    assert told(third) == ["Rut Granne", "Sara Demosson", ""]


def test_the_name_of_a_protected_person_that_somebody_typed_is_theirs(made: MadeVault) -> None:
    vault = made.open()
    family = signed_case(vault)
    hidden = replace(
        SARA,
        given_name="Rut",
        family_name="Granne",
        alias="Gren",
        protection=Protection.PROTECTED_REGISTRATION,
    )
    relative(vault, family.case_id, hidden, role=PartyRole.RELATIVE)
    meeting_id = running_meeting(vault, family)
    for name in ("RUT  granne", "Sara Demosson", "Mormor"):
        wrote(vault, meeting_id, "Ringa", kind=EntryKind.ACTION, responsible=name, due_on=DAY)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    with vault.work() as work:
        petra = next(one.id for one in work.accounts.all(work.roster) if "Petra" in one.name)
    grant_case(GrantCase(case_id=family.case_id, principal_id=petra), vault=vault)

    def told(opened: OpenVault) -> list[str]:
        found = read_overview(family.case_id, vault=opened).value.commitments
        return [one.commitment.responsible for one in found if one.commitment]

    assert told(vault) == ["Gren", "Sara Demosson", "Mormor"]
    vault.close()
    vault = made.open("pn")
    # Without the guarded part nobody can tell whose the third name is.
    assert told(vault) == ["", "Sara Demosson", ""]
    vault.close()


@pytest.mark.parametrize("table", ["item", "commitment"])
def test_what_was_damaged_is_counted_for_the_operator_and_never_in_the_room(
    made: MadeVault, table: str
) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    damaged = action(vault, meeting_id, family, "Ringa BUP")
    assert read_hidden(meeting_id, vault=vault).value.left_out == 0
    vault.close()
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"UPDATE {table} SET ciphertext = x'00' WHERE id = '{damaged.hex}'",
    )
    vault = made.open()
    assert read_hidden(meeting_id, vault=vault).value.left_out == 1
    assert not hasattr(room_of(vault, meeting_id), "left_out")
    vault.close()


def test_those_alike_are_decided_alike_and_each_is_told_by_their_own_seat(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    second = professional(vault, family.case_id, family.police, "Eva Falk")
    meeting_id = told(vault, family, family.subject, family.peter, family.maria, second)
    (entry,) = hidden(vault, meeting_id)
    assert list(against(entry)) == ["Peter Falk", "Eva Falk"]
    move(vault, meeting_id, seat_of(vault, meeting_id, "Peter"), Presence.GONE)
    (entry,) = hidden(vault, meeting_id)
    assert list(against(entry)) == ["Eva Falk"]


def test_what_waits_for_a_consent_stays_on_the_operator_s_list_alone(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    frozen = action(vault, first, family, "Ringa BUP")
    with vault.work() as work:
        rows = work.commitments.of_case(family.case_id)
        ((promise, version),) = [one for one in rows if one[0].id == frozen]
        rests = CommitmentChange(state=CommitmentState.FROZEN, on=DAY)
        work.commitments.replace(
            family.case_id, replace(promise, changes=(rests,)), row_version=version
        )
        work.commit(Action.COMMITMENT_CHANGED, frozen)
    clock.move(days=7)
    second = running_meeting(vault, family)
    assert carried(vault, second) == []
    overview = read_overview(family.case_id, vault=vault).value
    assert [one.item.text for one in overview.commitments] == ["Ringa BUP"]
    (entry,) = hidden(vault, second)
    assert (entry.entry.item.text, entry.rests, entry.against) == ("Ringa BUP", True, ())
    leading = read_leading(second, vault=vault).value
    assert (leading.count, {one.sees for one in leading.seats} - {None}) == (1, {0})


def test_an_action_that_not_everyone_may_see_is_carried_for_the_operator(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    action(vault, first, family, "Ringa BUP")
    clock.move(days=7)
    second = running_meeting(vault, family, family.karin, family.maria, family.peter)
    assert carried(vault, second) == []
    (entry,) = hidden(vault, second)
    assert (entry.agenda_id, entry.entry.item.text) == (None, "Ringa BUP")
    assert entry.entry.commitment is not None


def test_nothing_of_another_meeting_or_case_is_in_a_room(vault: OpenVault) -> None:
    family, other = signed_case(vault), signed_case(vault)
    meeting_id = told(vault, family)
    for somewhere in (running_meeting(vault, family), running_meeting(vault, other)):
        wrote(vault, somewhere, "annat", organisation_id=family.school)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    assert hidden(vault, meeting_id) == ()


def test_what_was_allowed_yesterday_is_decided_anew_today(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    record_consent(paper(family, valid_to=DAY + timedelta(days=10)), vault=vault)
    meeting_id = told(vault, family)
    clock.move(days=10)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    clock.move(days=1)
    assert texts_in(room_of(vault, meeting_id)) == []
    (entry,) = hidden(vault, meeting_id)
    assert against(entry) == {"Karin Ek": Reason.EXPIRED}


def test_what_the_guardians_saw_is_not_theirs_when_the_young_person_comes_of_age(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault, valid_to=date(2027, 5, 26))
    meeting_id = told(vault, family)
    clock.at = datetime.fromisoformat("2027-05-14T10:00:00+00:00")
    (entry,) = hidden(vault, meeting_id)
    assert against(entry) == {
        "Sara Demosson": Reason.FORMER_GUARDIAN,
        "Johan Demosson": Reason.FORMER_GUARDIAN,
        "Karin Ek": Reason.TURNED_18,
    }
    for name in ("Sara", "Johan"):
        move(vault, meeting_id, seat_of(vault, meeting_id, name), Presence.GONE)
    assert texts_in(room_of(vault, meeting_id)) == []

    day = date(2027, 5, 14)
    (own,) = [one for one in paper(family).answers if one.signer == family.subject]
    anew = paper(
        family, signed_on=day, valid_from=day, valid_to=day + timedelta(days=99), answers=(own,)
    )
    record_consent(anew, vault=vault)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]


def test_the_room_offers_what_can_be_written_and_by_whom(vault: OpenVault) -> None:
    family = signed_case(vault)
    professional(vault, family.case_id, family.school, "Nils Lind")
    room = room_of(vault, told(vault, family))
    # The police have a place in the case, which not everyone at this table may know.
    assert [one.name for one in room.organisations] == ["Exempelstad", "Ekbackens skola"]
    assert set(CATEGORIES) <= {one.code for one in room.categories}
    assert room.subject_id == family.subject


def test_a_name_is_the_same_whether_its_letters_are_written_whole_or_in_parts() -> None:
    person = uuid4()
    in_parts = Participant(id=uuid4(), name="A\N{COMBINING RING ABOVE}sa Ek", functions=frozenset())
    (guest,) = recipients_at([in_parts], family={person: "Åsa Ek"})
    assert guest.namesakes == {person}


@pytest.mark.parametrize(
    ("called", "sees"), [("Johan Demosson", False), (" johan  DEMOSSON", False), ("Johan Ek", True)]
)
def test_what_is_kept_from_a_guardian_is_kept_from_who_may_be_the_same_person_at_work(
    vault: OpenVault, called: str, *, sees: bool
) -> None:
    family = signed_case(vault)
    teacher = professional(vault, family.case_id, family.school, called)
    record_bar(
        RecordBar(
            case_id=family.case_id,
            reason=Reason.GUARDIAN_BARRED,
            against=family.johan,
            on=DAY,
            scope=BarScope.ALL_BUT_THESE,
            categories=frozenset(),
            words="Beslut av nämnden",
        ),
        vault=vault,
    )
    meeting_id = running_meeting(vault, family, family.karin, teacher)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)

    assert texts_in(room_of(vault, meeting_id)) == ([TOLD] if sees else [])
    seat = next(one for one in room_of(vault, meeting_id).seats if one.party_id == teacher)
    command = ComposeProtocol(meeting_id=meeting_id, recipient_id=seat.id)
    page = read_back(compose_protocol(command, vault=vault).value.pdf)
    assert (squeezed(TOLD) in page) is sees
