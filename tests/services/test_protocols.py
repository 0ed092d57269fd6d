"""Protocols: what each copy holds, and that none tells of what is left out."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from tests.conftest import Clock, MadeVault
from tests.documents.papers import HOSTILE, READABLE, read_back, squeezed
from tests.hostile import forge
from tests.people import (
    DAY,
    SARA,
    VIKTOR,
    Family,
    arrive,
    cells,
    item_of,
    move,
    organisation,
    paper,
    planned_meeting,
    professional,
    relative,
    room_of,
    running_meeting,
    seat_of,
    signed_case,
    wrote,
)
from tests.services.sealing_desk import held_meeting, sealed_of, to_seal
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NoAccessError,
    NotConfirmedError,
    SealedMeetingError,
)
from trygga_desktop.domain.meeting import Function, NextMeeting, Presence
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.i18n import STOCKHOLM, load_language
from trygga_desktop.services.case_files import WriteNote, write_note
from trygga_desktop.services.consents import (
    SignerAnswer,
    WithdrawConsent,
    confirm_consents,
    record_consent,
    withdraw_consent,
)
from trygga_desktop.services.contacts import SaveOrganisation, save_organisation
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.meetings import (
    AddAgendaItem,
    EndMeeting,
    Invitation,
    add_agenda_item,
    begin_meeting,
    end_meeting,
    go_to_item,
)
from trygga_desktop.services.overview import ChangePhase, change_phase
from trygga_desktop.services.protocols import (
    ComposedProtocol,
    ComposeProtocol,
    ProtocolAudience,
    compose_protocol,
    log_protocol_printed,
    log_protocol_saved,
)
from trygga_desktop.services.sealed_files import read_sealed
from trygga_desktop.services.sealing import seal_protocol
from trygga_desktop.services.vault import OpenVault

BOARD = ProtocolAudience.BOARD
INTERPRETER = Invitation(name="Nadia Tolk", functions=frozenset({Function.INTERPRETER}))
TOLD = "Elias har varit i skolan varje dag."
SECRET = "Kanariefågeln sjunger om natten."  # noqa: S105  what is told, not a password


def composed(vault: OpenVault, meeting_id: UUID, **fields: Any) -> ComposedProtocol:
    command = ComposeProtocol(meeting_id=meeting_id, **fields)
    return compose_protocol(command, vault=vault).value


def read(vault: OpenVault, meeting_id: UUID, **fields: Any) -> str:
    """Return all text of a copy, as a reader finds it."""
    return read_back(composed(vault, meeting_id, **fields).pdf)


def with_police(vault: OpenVault, family: Family) -> UUID:
    """Begin a meeting at which the police sits, whom no consent covers."""
    meeting_id = running_meeting(vault, family, *family.signers, family.karin, family.peter)
    wrote(
        vault,
        meeting_id,
        "Jag vill börja träna igen.",
        kind=EntryKind.OWN_WORDS,
        under="voice",
        said_by=family.subject,
    )
    return meeting_id


@pytest.mark.parametrize("audience", [*ProtocolAudience, None])
def test_no_copy_is_made_for_who_may_not_open_the_case(
    made: MadeVault, audience: ProtocolAudience | None
) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    seat = seat_of(vault, meeting_id, "Sara").id
    vault.close()
    vault = made.open("pn")
    fields = {"recipient_id": seat} if audience is None else {"audience": audience}
    with pytest.raises(NoAccessError):
        composed(vault, meeting_id, **fields)
    for log in (log_protocol_printed, log_protocol_saved):
        with pytest.raises(NoAccessError):
            log(meeting_id, vault=vault)
    vault.close()


def test_no_copy_is_made_for_somebody_who_was_not_there(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    absent = seat_of(vault, meeting_id, "Sara")
    move(vault, meeting_id, absent, Presence.ABSENT)
    arrive(vault, meeting_id, seat_of(vault, meeting_id, "Karin"))
    for somebody in (absent.id, uuid4()):
        with pytest.raises(InvalidInputError) as caught:
            composed(vault, meeting_id, recipient_id=somebody)
        assert (caught.value.field, caught.value.flaw) == ("recipient", "unknown")
    recipients = composed(vault, meeting_id).recipients
    assert [one.name for one in recipients] == ["Karin Ek"]


def test_no_copy_is_made_for_who_only_interpreted(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family, guests=[INTERPRETER])
    with pytest.raises(InvalidInputError) as caught:
        composed(vault, meeting_id, recipient_id=seat_of(vault, meeting_id, "Nadia").id)
    assert (caught.value.field, caught.value.flaw) == ("recipient", "unknown")
    recipients = [one.name for one in composed(vault, meeting_id).recipients]
    assert len(recipients) == 5
    assert "Nadia Tolk" not in recipients


def test_without_a_line_in_the_log_nothing_is_composed_printed_or_saved(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    vault.confirmed.is_broken = True
    for act in (compose_protocol, log_protocol_printed, log_protocol_saved):
        given: Any = (
            ComposeProtocol(meeting_id=meeting_id) if act is compose_protocol else meeting_id
        )
        with pytest.raises(NotConfirmedError):
            act(given, vault=vault)


@pytest.mark.parametrize("kind", [ProtocolKind.FULL, ProtocolKind.ROOM])
def test_once_anything_of_the_meeting_is_sealed_nothing_unsealed_leaves(
    vault: OpenVault, kind: ProtocolKind
) -> None:
    held = held_meeting(vault)
    log_protocol_printed(held.meeting_id, vault=vault)
    sealed_of(vault, held, kind)
    for log in (log_protocol_printed, log_protocol_saved):
        with pytest.raises(SealedMeetingError):
            log(held.meeting_id, vault=vault)


def test_only_agencies_guardians_and_the_young_person_have_an_excerpt(vault: OpenVault) -> None:
    held = held_meeting(vault)
    family = held.family
    told = composed(vault, held.meeting_id).recipients
    assert {one.name: one.excerpt_id for one in told} == {
        "Elias Demosson": family.subject,
        "Sara Demosson": family.sara,
        "Johan Demosson": family.johan,
        "Karin Ek": None,
        "Maria Lind": family.school,
    }


def test_a_copy_is_in_the_log_by_the_meeting_s_id(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    composed(vault, meeting_id)
    log_protocol_printed(meeting_id, vault=vault)
    log_protocol_saved(meeting_id, vault=vault)
    with vault.work() as work:
        entries = list(work.audit.entries())[-3:]
    assert [(one.action, one.subject_id) for one in entries] == [
        (Action.PROTOCOL_COMPOSED, meeting_id),
        (Action.PROTOCOL_PRINTED, meeting_id),
        (Action.PROTOCOL_SAVED, meeting_id),
    ]


def test_a_room_s_copy_is_the_same_to_the_byte_whether_something_is_hidden_or_not(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = with_police(vault, family)
    peter = seat_of(vault, meeting_id, "Peter").id
    before = composed(vault, meeting_id).pdf
    of_peter = composed(vault, meeting_id, recipient_id=peter).pdf

    wrote(vault, meeting_id, SECRET, organisation_id=family.school)
    decision = wrote(
        vault, meeting_id, SECRET, kind=EntryKind.DECISION, organisation_id=family.school
    ).id
    wrote(vault, meeting_id, SECRET, kind=EntryKind.DISSENT, said_by=family.sara, follows=decision)
    wrote(
        vault,
        meeting_id,
        SECRET,
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible="Maria Lind",
        due_on=DAY,
    )
    wrote(vault, meeting_id, SECRET, is_guarded=True)
    write_note(WriteNote(case_id=family.case_id, text=SECRET), vault=vault)

    assert composed(vault, meeting_id).pdf == before
    assert composed(vault, meeting_id, recipient_id=peter).pdf == of_peter
    assert squeezed(SECRET) not in read_back(before)


def test_a_title_that_not_everyone_may_see_stands_as_a_private_item(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = with_police(vault, family)
    add_agenda_item(
        AddAgendaItem(meeting_id=meeting_id, title="Medicinen", category="health"), vault=vault
    )
    assert "Medicinen" not in read(vault, meeting_id)
    private = squeezed(load_language("sv").gettext("Private item"))
    assert private in read(vault, meeting_id)
    board = read(vault, meeting_id, audience=ProtocolAudience.BOARD)
    assert "Medicinen" in board
    assert private not in board


def test_the_board_s_own_copy_holds_all_of_the_file(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = with_police(vault, family)
    wrote(vault, meeting_id, SECRET, organisation_id=family.school)
    wrote(vault, meeting_id, "Storgatan 1", is_guarded=True)
    write_note(WriteNote(case_id=family.case_id, text="bara min"), vault=vault)

    board = read(vault, meeting_id, audience=ProtocolAudience.BOARD)

    assert squeezed(SECRET) in board
    assert squeezed("Jag vill börja träna igen.") in board
    # What is guarded, and what somebody noted for themselves, is on no paper.
    assert squeezed("Storgatan 1") not in board
    assert squeezed("bara min") not in board


def test_a_copy_for_one_participant_holds_what_that_one_may_see(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = with_police(vault, family)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    own = "Vi har inga uppgifter."
    wrote(vault, meeting_id, own, organisation_id=family.police)

    copies = {
        name: read(vault, meeting_id, recipient_id=seat_of(vault, meeting_id, name).id)
        for name in ("Elias", "Sara", "Karin", "Peter")
    }

    shown = {name: squeezed(TOLD) in text for name, text in copies.items()}
    assert shown == {"Elias": True, "Sara": True, "Karin": True, "Peter": False}
    assert squeezed(own) in copies["Peter"]
    assert squeezed(own) not in copies["Karin"]
    assert squeezed(TOLD) not in read(vault, meeting_id)


@pytest.mark.parametrize("reader", ["everyone", "the board", "Sara", "Karin"])
def test_nobody_signs_a_draft_as_if_it_were_the_protocol(vault: OpenVault, reader: str) -> None:
    held = held_meeting(vault)
    fields: dict[str, Any] = {"everyone": {}, "the board": {"audience": BOARD}}.get(reader) or {}
    if reader in {"Sara", "Karin"}:
        fields = {"recipient_id": seat_of(vault, held.meeting_id, reader).id}
    text = read(vault, held.meeting_id, **fields)

    assert "Underskrifter" not in text
    pages = PdfReader(BytesIO(composed(vault, held.meeting_id, **fields).pdf)).pages
    assert all("utkast" in squeezed(one.extract_text()).lower() for one in pages)


def test_a_meeting_that_is_not_over_has_nothing_to_approve_on_paper(vault: OpenVault) -> None:
    family = signed_case(vault)
    text = read(vault, running_meeting(vault, family))

    assert "utkast" in text.lower()
    assert "Godkännandeavutkastet" not in text


def test_whoever_approves_the_draft_can_do_so_on_paper_and_nobody_else(vault: OpenVault) -> None:
    held = held_meeting(vault)

    def approvals(**fields: Any) -> str:
        return read(vault, held.meeting_id, **fields).partition("Godkännandeavutkastet")[2]

    assert "KarinEk" in approvals()
    assert not any(name in approvals() for name in ("EliasDemosson", "JohanDemosson"))
    assert "KarinEk" in approvals(recipient_id=seat_of(vault, held.meeting_id, "Karin").id)
    assert approvals(recipient_id=seat_of(vault, held.meeting_id, "Sara").id) == ""


def test_nobody_approves_the_board_s_own_file_on_paper_who_may_not_read_it(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    invited = tuple(
        Invitation(party_id=one, functions=frozenset({function}))
        for one, function in ((family.karin, Function.CHAIR), (family.peter, Function.VERIFIER))
    )
    meeting_id = planned_meeting(vault, family, invited=invited)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    for_all, of_board = (
        read(vault, meeting_id, **fields).partition("Godkännandeavutkastet")[2]
        for fields in ({}, {"audience": BOARD})
    )

    assert "PeterFalk" in for_all
    assert "PeterFalk" not in of_board
    assert "KarinEk" in of_board


def test_what_is_sealed_of_it_is_signed_by_those_who_were_there_and_is_no_draft(
    vault: OpenVault,
) -> None:
    text = read_back(sealed_of(vault, held_meeting(vault), ProtocolKind.ROOM).pdf)
    signatures = text.partition("Underskrifter")[2]

    assert all(name in signatures for name in ("KarinEk", "EliasDemosson", "JohanDemosson"))
    assert "utkast" not in text
    assert "Godkännandeavutkastet" not in text


def test_who_was_there_without_being_bound_leaves_no_more_than_the_agenda(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    for seat in room_of(vault, meeting_id).seats:
        move(vault, meeting_id, seat, Presence.HERE)
    begin_meeting(meeting_id, vault=vault)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    assert squeezed(TOLD) not in read(vault, meeting_id)


def test_who_left_before_something_was_said_counts_as_one_who_reads_it(vault: OpenVault) -> None:
    """The paper goes to everyone who was there at any time."""
    family = signed_case(vault)
    meeting_id = with_police(vault, family)
    move(vault, meeting_id, seat_of(vault, meeting_id, "Peter"), Presence.GONE)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    assert [one.text for one in shown_in_room(vault, meeting_id)][-1] == TOLD
    assert squeezed(TOLD) not in read(vault, meeting_id)


def shown_in_room(vault: OpenVault, meeting_id: UUID) -> list[Any]:
    return [entry.item for one in room_of(vault, meeting_id).agenda for entry in one.entries]


def test_of_a_protected_young_person_no_paper_tells_name_or_place(vault: OpenVault) -> None:
    family = signed_case(vault, VIKTOR)
    meeting_id = running_meeting(vault, family, family.subject, family.karin, family.maria)
    upcoming = NextMeeting(
        starts_at=datetime(2027, 1, 7, 15, tzinfo=STOCKHOLM), place="Biblioteket"
    )
    end_meeting(EndMeeting(meeting_id=meeting_id, next_meeting=upcoming), vault=vault)
    for audience in ProtocolAudience:
        text = read(vault, meeting_id, audience=audience)
        assert "NORD-7" in text
        for word in ("Viktor", "Testman", "1999", "Stadshuset", "Biblioteket"):
            assert word not in text
        assert "7januari2027" in text


def test_where_one_of_the_family_is_protected_no_paper_tells_the_place(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    assert "Stadshuset" in read(vault, meeting_id)
    relative(
        vault,
        family.case_id,
        replace(VIKTOR, given_name="Rut", alias="VÄST-2", number=None),
        role=PartyRole.RELATIVE,
    )
    text = read(vault, meeting_id)
    assert "Stadshuset" not in text
    assert "Rut" not in text


def test_the_same_record_gives_the_same_bytes_on_another_day_too(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    first = composed(vault, meeting_id).pdf
    clock.move(days=1)
    assert composed(vault, meeting_id).pdf == first
    assert composed(vault, meeting_id, language="en").pdf != first


def test_a_later_meeting_changes_nothing_in_the_paper_of_an_earlier_one(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    first = composed(vault, meeting_id).pdf
    clock.move(days=7)
    second = running_meeting(vault, family)
    wrote(
        vault,
        second,
        "Boka läxhjälp",
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible="Maria Lind",
        due_on=date(2026, 12, 24),
    )
    clock.move(days=1)
    assert composed(vault, meeting_id).pdf == first


def promised(vault: OpenVault, meeting_id: UUID, family: Family, text: str) -> UUID:
    return wrote(
        vault,
        meeting_id,
        text,
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible="Maria Lind",
        due_on=date(2026, 12, 24),
    ).id


@pytest.mark.parametrize("audience", ProtocolAudience)
def test_what_became_of_a_promise_later_is_not_in_the_paper_of_the_meeting(
    vault: OpenVault, clock: Clock, audience: ProtocolAudience
) -> None:
    family = signed_case(vault)
    board = SaveOrganisation(id=family.board, kind="social_services", name="Socialnämnden")
    save_organisation(board, vault=vault)
    first = running_meeting(vault, family)
    promise = promised(vault, first, family, "Boka läxhjälp")
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    clock.move(days=7)
    second = running_meeting(vault, family)
    promised(vault, second, family, "Ringa rektorn")
    end_meeting(EndMeeting(meeting_id=second), vault=vault)
    before = [composed(vault, one, audience=audience).pdf for one in (first, second)]

    clock.move(days=7)
    change = ChangeCommitment(
        case_id=family.case_id,
        commitment_id=promise,
        state=CommitmentState.DOING,
        reason="queue",
        new_due=date(2027, 3, 1),
    )
    change_commitment(change, vault=vault)
    done = replace(change, state=CommitmentState.DONE, reason="", new_due=None)
    change_commitment(done, vault=vault)
    renamed = SaveOrganisation(id=family.school, kind="school", name="Nya Ekbacken")
    save_organisation(renamed, vault=vault)
    save_organisation(replace(board, name="Barnnämnden"), vault=vault)

    assert [composed(vault, one, audience=audience).pdf for one in (first, second)] == before
    text = read(vault, second, audience=audience)
    assert "24december2026" in text
    assert "1mars2027" not in text
    assert "NyaEkbacken" not in text
    assert "Barnnämnden" not in text


def test_an_agreement_of_the_meeting_s_own_day_is_in_its_paper(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    promise = promised(vault, first, family, "Boka läxhjälp")
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    clock.move(days=7)
    second = running_meeting(vault, family)
    change = ChangeCommitment(
        case_id=family.case_id,
        commitment_id=promise,
        state=CommitmentState.DOING,
        new_due=date(2027, 3, 1),
    )
    change_commitment(change, vault=vault)
    end_meeting(EndMeeting(meeting_id=second), vault=vault)
    assert "1mars2027" in read(vault, second)
    assert "1mars2027" not in read(vault, first)


def test_the_name_of_the_file_tells_of_nobody(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    found = composed(vault, meeting_id)
    assert found.file_name == "protokoll-2026-11-26-mote-1.pdf"
    english = composed(vault, meeting_id, language="en")
    assert english.file_name == "protocol-2026-11-26-meeting-1.pdf"
    assert found.case_number not in found.file_name
    assert (found.meeting_number, found.audience) == (1, ProtocolAudience.ROOM)


def test_two_of_one_name_each_have_a_line_to_sign_on(vault: OpenVault) -> None:
    family = signed_case(vault)
    namesake = relative(vault, family.case_id, SARA, custody=Custody.JOINT)
    guardian = frozenset({Function.GUARDIAN})
    invited = tuple(Invitation(party_id=one, functions=guardian) for one in (family.sara, namesake))
    meeting_id = planned_meeting(vault, family, invited=invited)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    sealed = seal_protocol(to_seal(vault, meeting_id), vault=vault).value
    text = read_back(read_sealed(sealed, vault=vault).value.pdf)
    assert text.partition("Underskrifter")[2].count("SaraDemosson") == 2


def test_what_was_decided_promised_and_said_stands_with_whose_it_is(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    clock.move(minutes=20)
    go_to_item(meeting_id, item_of(vault, meeting_id, "commitments"), vault=vault)
    decision = wrote(
        vault,
        meeting_id,
        "Elias byter skola.",
        kind=EntryKind.DECISION,
        under="commitments",
        organisation_id=family.school,
    ).id
    wrote(
        vault,
        meeting_id,
        "Det går för fort.",
        kind=EntryKind.DISSENT,
        said_by=family.sara,
        follows=decision,
    )
    wrote(
        vault,
        meeting_id,
        "Ringa rektorn",
        kind=EntryKind.ACTION,
        under="commitments",
        organisation_id=family.board,
        responsible="Karin Ek",
        due_on=date(2026, 12, 4),
    )
    clock.move(minutes=35)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    text = read(vault, meeting_id)

    for words in (
        "Elias byter skola.",
        "Ekbackens skola",
        "Sara Demosson",
        "Det går för fort.",
        "Ringa rektorn",
        "4 december 2026",
        "07:51",
        "08:46",
    ):
        assert squeezed(words) in text or squeezed(words.replace(":", ".")) in text, words
    assert text.index(squeezed("Elias byter skola.")) < text.index(squeezed("Det går för fort."))


def test_a_paper_rests_on_no_consent_that_does_not_count(made: MadeVault, clock: Clock) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    assert "26april2027" in read(vault, meeting_id)
    vault.close()
    older = (made.folder / "vault.db").read_bytes()
    made.open().close()
    clock.move(hours=1)
    (made.folder / "vault.db").write_bytes(older)
    vault = made.open(accept_older=True)
    assert "26april2027" not in read(vault, meeting_id)
    confirm_consents(family.case_id, vault=vault)
    assert "26april2027" in read(vault, meeting_id)
    change_phase(ChangePhase(case_id=family.case_id, phase=Phase.PAUSED), vault=vault)
    assert "26april2027" not in read(vault, meeting_id)
    vault.close()


def test_a_paper_tells_on_which_consent_the_meeting_rests(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    assert "26april2027" in read(vault, meeting_id)
    clock.move(days=1)
    back = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY + timedelta(days=1))
    withdraw_consent(back, vault=vault)
    assert "26april2027" not in read(vault, meeting_id)


def test_a_consent_of_a_later_day_is_not_what_the_meeting_rested_on(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    before = [composed(vault, meeting_id, audience=one).pdf for one in ProtocolAudience]
    clock.move(days=7)
    day = DAY + timedelta(days=7)
    later = paper(family, signed_on=day, valid_from=day, valid_to=DAY + timedelta(days=100))
    record_consent(later, vault=vault)
    assert [composed(vault, meeting_id, audience=one).pdf for one in ProtocolAudience] == before


def test_after_a_withdrawal_only_the_board_s_copy_tells_what_the_meeting_rested_on(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    board = composed(vault, meeting_id, audience=BOARD).pdf
    assert "26april2027" in read_back(board)
    clock.move(days=1)
    back = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY + timedelta(days=1))
    withdraw_consent(back, vault=vault)
    assert "26april2027" not in read(vault, meeting_id)
    for name in ("Elias", "Karin", "Maria"):
        seat = seat_of(vault, meeting_id, name).id
        assert "26april2027" not in read(vault, meeting_id, recipient_id=seat)
    assert composed(vault, meeting_id, audience=BOARD).pdf == board


def test_what_was_confirmed_after_an_older_file_is_confirmed_for_the_meetings_before(
    made: MadeVault, clock: Clock
) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    vault.close()
    older = (made.folder / "vault.db").read_bytes()
    made.open().close()
    clock.move(days=3)
    (made.folder / "vault.db").write_bytes(older)
    vault = made.open(accept_older=True)
    assert "26april2027" not in read(vault, meeting_id)
    confirm_consents(family.case_id, vault=vault)
    assert "26april2027" in read(vault, meeting_id)
    vault.close()


def test_others_are_told_of_no_organisation_that_has_no_seat_at_the_table(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    clinic = organisation(vault, "health_care", "Beroendekliniken")
    professional(vault, family.case_id, clinic, "Disa Berg")
    answers = tuple(
        SignerAnswer(
            signer=one,
            answer=Answer.GIVEN,
            cells=cells((family.board, family.school, clinic)),
        )
        for one in family.signers
    )
    record_consent(paper(family, answers=answers), vault=vault)
    meeting_id = with_police(vault, family)
    without_police = running_meeting(vault, family)

    copies = [read(vault, without_police)]
    for name in ("Elias", "Karin"):
        seat = seat_of(vault, meeting_id, name).id
        copies.append(read(vault, meeting_id, recipient_id=seat))

    assert all("26april2027" in text for text in copies)
    assert not any("Beroendekliniken" in text for text in copies)
    assert "Ekbackensskola" in copies[0]
    assert "Ekbackensskola" not in copies[1] + copies[2]
    assert "Beroendekliniken" in read(vault, meeting_id, audience=BOARD)
    # The police are covered by none: they are not even told that there is one.
    for fields in ({"recipient_id": seat_of(vault, meeting_id, "Peter").id}, {}):
        assert "26april2027" not in read(vault, meeting_id, **fields)


def test_an_agency_is_called_as_it_was_on_the_day_of_the_meeting(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    clock.move(days=1)
    renamed = SaveOrganisation(id=family.school, kind="school", name="Nya Ekbacken")
    save_organisation(renamed, vault=vault)
    for audience in ProtocolAudience:
        text = read(vault, meeting_id, audience=audience)
        assert "Ekbackensskola" in text
        assert "NyaEkbacken" not in text


def test_only_who_was_in_the_room_is_named_as_leading_or_interpreting(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family, guests=[INTERPRETER])
    for name in ("Elias", "Sara", "Johan", "Maria"):
        arrive(vault, meeting_id, seat_of(vault, meeting_id, name))
    begin_meeting(meeting_id, vault=vault)
    text = read(vault, meeting_id)
    assert "Mötesledare" not in text.partition("Deltagare")[0]
    # Both stand in the table of participants, with that they were not there.
    assert text.count("Frånvarande") == 2
    assert "Tolk:NadiaTolk" not in text
    assert "NadiaTolk" in text

    arrive(vault, meeting_id, seat_of(vault, meeting_id, "Nadia"))
    arrive(vault, meeting_id, seat_of(vault, meeting_id, "Karin"))
    text = read(vault, meeting_id)
    assert "KarinEk" in text.partition("Deltagare")[0]
    assert "Frånvarande" not in text


def test_who_came_late_or_took_part_from_elsewhere_is_told_so(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    for name in ("Elias", "Karin", "Maria"):
        arrive(vault, meeting_id, seat_of(vault, meeting_id, name))
    arrive(vault, meeting_id, seat_of(vault, meeting_id, "Johan"), Presence.REMOTE)
    begin_meeting(meeting_id, vault=vault)
    clock.move(seconds=59)
    move(vault, meeting_id, seat_of(vault, meeting_id, "Maria"), Presence.HERE)
    clock.move(minutes=10)
    arrive(vault, meeting_id, seat_of(vault, meeting_id, "Sara"))
    clock.move(minutes=10)
    move(vault, meeting_id, seat_of(vault, meeting_id, "Johan"), Presence.GONE)
    text = read(vault, meeting_id)

    assert text.count("Kom0") == 1
    assert "Kom08.01" in text or "Kom08:01" in text
    assert "Gick08.11" in text or "Gick08:11" in text
    assert "Pådistans" in text.partition("Gick08")[2]
    assert text.count("Helamötet") == 3


def test_what_a_guardian_says_is_printed_as_own_words_only_where_they_are(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, "Hon ringer skolan.", said_by=family.sara)
    label = squeezed(load_language("sv").gettext("{name}, own words").format(name="Sara Demosson"))
    text = read(vault, meeting_id)
    assert label not in text
    assert text.index("SaraDemosson") < text.index("Honringerskolan.")
    wrote(
        vault,
        meeting_id,
        "Jag är orolig.",
        kind=EntryKind.OWN_WORDS,
        under="voice",
        said_by=family.sara,
    )
    assert label in read(vault, meeting_id)


@pytest.mark.parametrize("table", ["item", "commitment"])
def test_what_was_damaged_is_counted_beside_the_pages_and_on_none(
    made: MadeVault, table: str
) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    promise = promised(vault, meeting_id, family, "Boka läxhjälp")
    assert composed(vault, meeting_id).left_out == 0
    vault.close()
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"UPDATE {table} SET ciphertext = x'00' WHERE id = '{promise.hex}'",
    )
    vault = made.open()
    assert composed(vault, meeting_id).left_out == 1
    assert composed(vault, meeting_id, audience=BOARD).left_out == 1
    vault.close()


def test_an_agency_is_called_as_it_is_on_the_day(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    renamed = SaveOrganisation(id=family.school, kind="school", name="Nya Ekbacken")
    save_organisation(renamed, vault=vault)
    text = read(vault, meeting_id)
    assert "NyaEkbacken" in text
    assert "Ekbackensskola" not in text


def test_hostile_text_stands_on_the_page_as_it_is(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    for text in HOSTILE:
        if text.strip():
            wrote(vault, meeting_id, text, organisation_id=family.school)
    page = read(vault, meeting_id)
    # What a simple reader of PDFs gives back as it was; the pages themselves have more tests.
    plain = [one for one in READABLE if one.isprintable() and one.isascii() and len(one) < 100]
    assert len(plain) > 10
    assert [one for one in plain if squeezed(one) not in page] == []


def test_two_hundred_participants_and_a_note_of_a_megabyte_are_whole_on_paper(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    observer = frozenset({Function.OBSERVER})
    guests = [Invitation(name=f"Gäst {number:03}.", functions=observer) for number in range(195)]
    meeting_id = planned_meeting(vault, family, guests=guests)
    for seat in room_of(vault, meeting_id).seats[:5]:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    words = "Anteckning å ä ö. "
    wrote(vault, meeting_id, words * 55_000, organisation_id=family.school)

    text = read(vault, meeting_id)

    assert text.count(squeezed(words)) == 55_000
    assert all(squeezed(one.name) in text for one in guests)
