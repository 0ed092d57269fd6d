"""Whoever reads and signs the board's own file opens the case, or may have all that it says."""

from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.insider import insider_of
from tests.people import Family, linked, professional, running_meeting, signed_case, wrote
from tests.services.sealing_desk import to_seal
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.documents.inside import record_inside
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError, NoRightError
from trygga_desktop.domain.meeting import Function
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.grants import GrantCase, RevokeCase, grant_case, revoke_case
from trygga_desktop.services.meetings import EndMeeting, Invitation, end_meeting, read_meetings
from trygga_desktop.services.parties import ChangeParty, Link, change_party, read_people
from trygga_desktop.services.sealed_files import read_sealed
from trygga_desktop.services.sealing import read_sealing, seal_protocol
from trygga_desktop.services.vault import OpenVault

PETRA = "Petra Nyman"


def held(
    vault: OpenVault, family: Family, functions: dict[UUID, Function], *, is_split: bool = True
) -> UUID:
    """Hold a meeting with these at the table; where it `is_split` not everyone may have all."""
    guests = [
        Invitation(party_id=one, functions=frozenset({function}))
        for one, function in functions.items()
    ]
    at_table = [family.maria, family.karin]
    others = [one for one in at_table if one not in functions]
    meeting_id = running_meeting(vault, family, *others, guests=guests)
    origin = family.board if is_split else family.school
    wrote(
        vault,
        meeting_id,
        "Handläggaren har ansökt om insatsen.",
        kind=EntryKind.DECISION,
        organisation_id=origin,
        **({"category": "health"} if is_split else {}),
    )
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    return meeting_id


def whole(vault: OpenVault, meeting_id: UUID) -> set[str]:
    """Return who may be given the board's own file today."""
    state = read_sealing(meeting_id, vault=vault).value
    return {one.name for one in state.recipients if one.may_read_whole}


def signers(vault: OpenVault, meeting_id: UUID, kind: ProtocolKind) -> list[str]:
    """Seal the protocol for these readers and return who signs it, by its record."""
    protocol_id = seal_protocol(to_seal(vault, meeting_id, kind), vault=vault).value
    record = record_inside(read_sealed(protocol_id, vault=vault).value.pdf)
    assert record is not None
    return [one.name for one in record.content.signers]


def petra_of(vault: OpenVault, family: Family) -> UUID:
    return professional(vault, family.case_id, family.board, PETRA, "socialsekreterare")


def account(vault: OpenVault, name: str) -> UUID:
    with vault.work() as work:
        return next(one.id for one in work.accounts.all(work.roster) if one.name == name)


@pytest.mark.parametrize("function", [Function.CHAIR, Function.VERIFIER])
def test_a_role_at_the_table_opens_nothing_to_another_agency(
    vault: OpenVault, function: Function
) -> None:
    family = signed_case(vault)
    meeting_id = held(vault, family, {family.maria: function})
    assert "Maria Lind" not in whole(vault, meeting_id)
    assert "Maria Lind" not in signers(vault, meeting_id, ProtocolKind.FULL)
    assert "Maria Lind" in signers(vault, meeting_id, ProtocolKind.ROOM)


def test_a_colleague_of_the_board_without_a_grant_signs_the_document_for_the_room(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = held(vault, family, {petra_of(vault, family): Function.CHAIR})
    assert whole(vault, meeting_id) == {"Karin Ek"}
    assert PETRA not in signers(vault, meeting_id, ProtocolKind.FULL)
    assert PETRA in signers(vault, meeting_id, ProtocolKind.ROOM)


def test_a_grant_opens_the_board_s_file_to_who_leads_and_its_end_closes_it_again(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    petra = petra_of(vault, family)
    meeting_id = held(vault, family, {petra: Function.CHAIR})
    grant = GrantCase(case_id=family.case_id, principal_id=account(vault, PETRA))
    grant_case(grant, vault=vault)
    # Whose an account is somebody says: the name that both have opens nothing.
    assert PETRA not in whole(vault, meeting_id)
    linked(vault, family.case_id, petra, PETRA)
    assert PETRA in whole(vault, meeting_id)
    revoke = RevokeCase(case_id=family.case_id, principal_id=grant.principal_id)
    revoke_case(revoke, vault=vault)
    assert PETRA not in whole(vault, meeting_id)
    grant_case(grant, vault=vault)
    assert PETRA in signers(vault, meeting_id, ProtocolKind.FULL)


def test_of_two_people_of_one_name_only_the_one_with_the_account_reads_the_whole(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    namesake = professional(vault, family.case_id, family.board, "KARIN  ek", "handläggare")
    meeting_id = held(vault, family, {family.karin: Function.CHAIR, namesake: Function.VERIFIER})
    assert whole(vault, meeting_id) == {"Karin Ek"}
    nobody = ChangeParty(case_id=family.case_id, party_id=family.karin, link=Link(account_id=None))
    change_party(nobody, vault=vault)
    assert whole(vault, meeting_id) == set()
    linked(vault, family.case_id, namesake)
    assert whole(vault, meeting_id) == {"KARIN  ek"}


def test_an_account_is_said_to_be_one_person_of_the_board_s_by_who_may_grant_the_case(
    made: MadeVault,
) -> None:
    vault = made.open()
    family = signed_case(vault)
    petra, karins = petra_of(vault, family), account(vault, "Karin Ek")
    ways = (
        (family.maria, account(vault, PETRA), "board"),
        (family.sara, account(vault, PETRA), "board"),
        (petra, uuid4(), "unknown"),
        (petra, account(vault, "Anders Tun"), "unknown"),
        (petra, karins, "taken"),
    )
    for party_id, account_id, flaw in ways:
        command = ChangeParty(
            case_id=family.case_id, party_id=party_id, link=Link(account_id=account_id)
        )
        with pytest.raises(InvalidInputError) as refused:
            change_party(command, vault=vault)
        assert (refused.value.field, refused.value.flaw) == ("account", flaw)
    petras = linked(vault, family.case_id, petra, PETRA)
    # What is changed otherwise leaves it as it is.
    change_party(ChangeParty(case_id=family.case_id, party_id=petra, function="x"), vault=vault)
    people = read_people(family.case_id, vault=vault).value.people
    assert {one.party.account_id for one in people} == {None, petras, karins}
    grant = GrantCase(case_id=family.case_id, principal_id=petras)
    grant_case(grant, vault=vault)
    vault.close()

    vault = made.open("pn")
    assert read_people(family.case_id, vault=vault).value.accounts == ()
    with pytest.raises(NoRightError):
        change_party(
            ChangeParty(case_id=family.case_id, party_id=petra, link=Link(account_id=None)),
            vault=vault,
        )
    vault.close()


def test_somebody_of_another_agency_has_no_grant_by_having_the_name_of_one_who_has(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    namesake = professional(vault, family.case_id, family.school, "Karin Ek", "kurator")
    meeting_id = held(vault, family, {namesake: Function.VERIFIER})
    state = read_sealing(meeting_id, vault=vault).value
    told = {one.organisation: one.may_read_whole for one in state.recipients}
    assert told["Ekbackens skola"] is False


def test_whoever_may_have_all_of_it_reads_and_signs_the_whole(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = held(vault, family, {family.maria: Function.VERIFIER}, is_split=False)
    assert "Maria Lind" in whole(vault, meeting_id)
    assert "Maria Lind" in signers(vault, meeting_id, ProtocolKind.FULL)


def test_a_grant_that_nobody_gave_opens_nothing_and_keeps_nobody_from_sealing(
    made: MadeVault,
) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = held(vault, family, {petra_of(vault, family): Function.CHAIR})
    vault.close()
    with insider_of(made) as one:
        (part,) = one.compartments(family.case_id, CompartmentKind.CASE)
        one.grant(part, one.secrets.principal, bytes(80), CompartmentKey(bytes(32)))
    vault = made.open()
    assert whole(vault, meeting_id) == {"Karin Ek"}
    assert PETRA not in signers(vault, meeting_id, ProtocolKind.FULL)
    vault.close()


def test_planning_tells_of_each_of_the_case_whether_the_case_is_open_to_them(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    petra = petra_of(vault, family)
    known = read_meetings(family.case_id, vault=vault).value
    assert family.karin in known.with_grant
    assert not {petra, family.maria, family.peter, family.subject} & known.with_grant
    grant_case(GrantCase(case_id=family.case_id, principal_id=account(vault, PETRA)), vault=vault)
    assert petra not in read_meetings(family.case_id, vault=vault).value.with_grant
    linked(vault, family.case_id, petra, PETRA)
    assert petra in read_meetings(family.case_id, vault=vault).value.with_grant
