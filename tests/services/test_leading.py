"""What whoever leads a meeting has at hand: how much each sees, who may come, own notes."""

from tests.people import arrive, planned_meeting, relative, room_of, seat_of, signed_case
from trygga_desktop.domain.meeting import Function
from trygga_desktop.services.case_files import WriteNote, write_note
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.entries import EntryKind, WriteEntry, write_entry
from trygga_desktop.services.leading import read_leading
from trygga_desktop.services.meetings import Invitation, begin_meeting, invite
from trygga_desktop.services.vault import OpenVault

AUNT = NewPerson(given_name="Rut", family_name="Testberg")


def test_each_is_told_of_with_what_they_may_see_and_who_is_missing_with_whether_they_may_come(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family, *family.signers, family.karin, family.maria)
    for seat in room_of(vault, meeting_id).seats:
        if seat.party_id != family.johan:
            arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    agenda = room_of(vault, meeting_id).agenda
    for category in ("schooling", "health"):
        said = WriteEntry(
            meeting_id=meeting_id,
            agenda_id=agenda[0].id,
            kind=EntryKind.STATEMENT,
            text=f"Sagt om {category}.",
            organisation_id=family.school,
            category=category,
        )
        write_entry(said, vault=vault)
    write_note(WriteNote(case_id=family.case_id, text="Bara för mig."), vault=vault)

    found = read_leading(meeting_id, vault=vault).value

    assert found.is_running
    assert (found.count, len(found.shown), len(found.hidden.hidden)) == (2, 1, 1)
    sees = {one.seat.party_id: one.sees for one in found.seats}
    assert sees[family.johan] is None
    assert sees[family.maria] == 2
    assert sees[family.karin] == 1
    assert (found.agenda[0].seen, found.agenda[0].noted) == (1, 2)
    (police,) = found.candidates
    assert police.party_id == family.peter
    assert (police.is_covered, police.is_decided) == (False, False)
    assert [one.text for one in found.notes] == ["Bara för mig."]


def test_a_relative_whom_no_consent_names_is_not_covered(vault: OpenVault) -> None:
    family = signed_case(vault)
    aunt = relative(vault, family.case_id, person=AUNT)
    meeting_id = planned_meeting(vault, family)

    candidates = {
        one.party_id: one for one in read_leading(meeting_id, vault=vault).value.candidates
    }

    assert (candidates[aunt].is_covered, candidates[aunt].is_decided) == (False, False)


def test_somebody_is_called_to_some_items_of_a_meeting_that_goes_on(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family, *family.signers, family.karin)
    arrive(vault, meeting_id, seat_of(vault, meeting_id, "Karin"))
    begin_meeting(meeting_id, vault=vault)
    code = room_of(vault, meeting_id).agenda[2].code
    late = Invitation(
        party_id=family.peter,
        functions=frozenset({Function.AGENCY_REPRESENTATIVE}),
        called_to=frozenset({code}),
    )

    invite(meeting_id, late, vault=vault)

    found = read_leading(meeting_id, vault=vault).value
    assert [one.sees for one in found.seats if one.seat.party_id == family.peter] == [None]
    assert family.peter not in {one.party_id for one in found.candidates}
