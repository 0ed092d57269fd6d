"""A plan that a meeting agreed on is sealed once for each reader, and stands as it was."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.conftest import Clock, MadeVault
from tests.documents.papers import squeezed
from tests.people import DAY, begun, case_with_family, paper, planned_meeting, running_meeting
from tests.services.agreed_desk import (
    AgreedPlan,
    agree,
    agreed_plan,
    line,
    lines_of,
    plan_of,
    plan_to_seal,
    ready_plan,
    sealed_plan,
    to_seal_plan,
)
from tests.services.examples.row import scan_of, signed, taken_back
from tests.services.sealing_desk import protocols_of, to_seal
from tests.services.test_forged_rows import write_row
from tests.services.test_plan_papers import words_of
from trygga_desktop.documents.pdf.verify import verify
from trygga_desktop.documents.record import hash_of, read_record, write_record
from trygga_desktop.documents.verdict import Outcome
from trygga_desktop.domain.errors import (
    DraftChangedError,
    InvalidInputError,
    NoAccessError,
    NoRightError,
    SealedFileChangedError,
    SealedMeetingError,
    UnsettledError,
)
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.domain.sealing import Gap, GapKind, ProtocolKind
from trygga_desktop.domain.signatures import PaperKind, SignerStatus, SigningState
from trygga_desktop.services.addenda import AddAddendum, add_addendum
from trygga_desktop.services.agreed_plans import AUDIENCES, compose_agreed_plan
from trygga_desktop.services.checking import check_vault
from trygga_desktop.services.consents import record_consent, withdraw_consent
from trygga_desktop.services.copy_sheets import ComposeCopySheet, compose_copy_sheet
from trygga_desktop.services.distribution import read_distribution
from trygga_desktop.services.excerpts import ComposeExcerpt, compose_excerpt
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.parties import ChangeParty, Link, change_party
from trygga_desktop.services.plan_sealing import SealPlan, seal_plan
from trygga_desktop.services.plans import (
    BringPlan,
    KeepPlan,
    WriteProtectionNeed,
    bring_plan,
    keep_plan,
    write_protection_need,
)
from trygga_desktop.services.protocols import ComposeProtocol
from trygga_desktop.services.sealed_copies import OwnCopy, log_copy_printed
from trygga_desktop.services.sealed_files import (
    AddSigned,
    add_signed,
    find_by_code,
    read_sealed,
)
from trygga_desktop.services.sealing import read_sealing, seal_protocol
from trygga_desktop.services.signatures import keep_scan, read_signatures
from trygga_desktop.services.vault import OpenVault

ROOM, FULL = ProtocolKind.PLAN_ROOM, ProtocolKind.PLAN_FULL
DEBTS = "Familjen har skulder"


@pytest.fixture
def plan(vault: OpenVault) -> AgreedPlan:
    return ready_plan(vault)


def plan_for(meeting_id: UUID, kind: ProtocolKind) -> ComposeProtocol:
    return ComposeProtocol(meeting_id=meeting_id, audience=AUDIENCES[kind])


def test_nobody_without_the_right_or_the_case_seals_a_plan(made: MadeVault) -> None:
    vault = made.open()
    command = SealPlan(meeting_id=agreed_plan(vault).meeting_id, basis="")
    vault.close()
    for who, refused in (("pn", NoAccessError), ("at", NoRightError)):
        vault = made.open(who)
        with pytest.raises(refused):
            seal_plan(command, vault=vault)
        vault.close()


def test_a_plan_is_sealed_behind_the_protocol_and_as_it_was_looked_at(vault: OpenVault) -> None:
    plan = agreed_plan(vault)
    assert plan_to_seal(vault, plan.meeting_id).gaps == (Gap(kind=GapKind.PROTOCOL_FIRST),)
    with pytest.raises(UnsettledError):
        seal_plan(to_seal_plan(vault, plan.meeting_id), vault=vault)

    seal_protocol(to_seal(vault, plan.meeting_id), vault=vault)
    assert plan_to_seal(vault, plan.meeting_id).gaps == ()
    command = to_seal_plan(vault, plan.meeting_id)
    with pytest.raises(InvalidInputError):
        seal_plan(replace(command, kind=ProtocolKind.ROOM), vault=vault)
    withdraw_consent(taken_back(plan.family), vault=vault)
    with pytest.raises(DraftChangedError):
        seal_plan(command, vault=vault)
    assert [one.kind for one in protocols_of(vault, plan.case_id)] == [ProtocolKind.ROOM]


def test_a_boards_plan_that_whoever_led_the_meeting_cannot_read_is_told_before_it_is_sealed(
    vault: OpenVault, plan: AgreedPlan
) -> None:
    gap = Gap(kind=GapKind.CHAIR_CANNOT_READ)
    state = read_sealing(plan.meeting_id, vault=vault).value
    assert gap not in state.gaps_before(FULL)
    unlinked = ChangeParty(
        case_id=plan.case_id, party_id=plan.family.karin, link=Link(account_id=None)
    )
    change_party(unlinked, vault=vault)

    state = read_sealing(plan.meeting_id, vault=vault).value
    assert gap in state.gaps_before(FULL)
    assert gap not in state.gaps_before(ROOM)


def test_a_meeting_that_agreed_on_no_plan_has_none_to_seal(vault: OpenVault) -> None:
    plan = agreed_plan(vault)
    later = running_meeting(vault, plan.family)

    assert read_sealing(later, vault=vault).value.plan is None
    for kind in (ROOM, FULL):
        command = SealPlan(meeting_id=later, basis="", kind=kind)
        with pytest.raises(InvalidInputError) as refused:
            seal_plan(command, vault=vault)
        assert (refused.value.field, refused.value.flaw) == ("plan", "unknown")
    asked = ComposeProtocol(meeting_id=plan.meeting_id, recipient_id=plan.family.maria)
    with pytest.raises(InvalidInputError):
        compose_agreed_plan(asked, vault=vault)

    # What that meeting puts in place of something stands in its plan alone.
    instead = replace(plan.lines[5], id=uuid4(), words="Byta skola", replaces=plan.lines[5].id)
    keep = KeepPlan(case_id=plan.case_id, based_on=2, lines=(*plan.lines, instead))
    keep_plan(keep, vault=vault)
    agree(vault, plan.family, later, instead)
    told = [
        words_of(compose_agreed_plan(ComposeProtocol(meeting_id=one), vault=vault).value.pdf)
        for one in (plan.meeting_id, later)
    ]
    assert [("Ordna läxhjälp" in one, "Byta skola" in one) for one in told] == [
        (True, False),
        (False, True),
    ]
    # A promise that nobody put into the plan is part of it until it is kept.
    assert all("Boka rum för läxhjälpen" in one for one in told)


def test_each_reads_what_was_agreed_and_what_they_may_have(vault: OpenVault) -> None:
    proposed = line(LineKind.ACTION, "Köpa en moped", responsible="Elias", due_on=DAY)
    plan = ready_plan(vault, proposed, line(LineKind.GOAL, "Jag vill ha körkort"))
    need = WriteProtectionNeed(case_id=plan.case_id, text="Bor hos mormor i Demoköping")
    write_protection_need(need, vault=vault)

    room, full = sealed_plan(vault, plan), sealed_plan(vault, plan, FULL)

    told = words_of(room.pdf)
    for words in (
        "Plan, version 2",
        "Jag vill bli snickare",
        "Kommer till hälften av lektionerna",
        "Räknar snabbt i huvudet",
        "Jag vill klara matematiken",
        "Betyg i juni",
        "Ordna läxhjälp",
        "Går dit",
        "Maria Lind, Ekbackens skola",
        "Boka rum för läxhjälpen",
        room.protocol.control_code,
    ):
        assert squeezed(words) in squeezed(told), words
    assert DEBTS not in told
    assert squeezed(DEBTS) in squeezed(words_of(full.pdf))
    for pages in (told, words_of(full.pdf)):
        assert not any(one in pages for one in ("moped", "körkort", "mormor"))
    names = [one.name for one in read_signatures(room.protocol.id, vault=vault).value.signers]
    assert names == ["Elias Demosson", "Sara Demosson", "Johan Demosson", "Maria Lind", "Karin Ek"]
    of_board = read_signatures(full.protocol.id, vault=vault).value.signers
    assert [one.name for one in of_board] == ["Karin Ek"]
    assert (room.protocol.plan_version, room.file_name) == (
        2,
        "plan-2026-11-26-version-2.pdf",
    )


@pytest.mark.parametrize(("kind", "is_told"), [(ROOM, False), (FULL, True)])
def test_what_was_held_back_from_the_meeting_stands_in_the_boards_plan_alone(
    vault: OpenVault, kind: ProtocolKind, is_told: bool
) -> None:
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    meeting_id = planned_meeting(vault, family)
    wish, state, *_, goal, _ = lines_of(family)
    bring = BringPlan(
        case_id=family.case_id,
        meeting_id=meeting_id,
        based_on=0,
        lines=(wish, state, goal),
        without=frozenset({state.id}),
    )
    bring_plan(bring, vault=vault)
    begun(vault, meeting_id)
    agree(vault, family, meeting_id, goal)

    told = words_of(compose_agreed_plan(plan_for(meeting_id, kind), vault=vault).value.pdf)

    assert goal.words in told
    assert (state.words in told) is is_told


@pytest.mark.parametrize(("kind", "is_told"), [(ROOM, False), (FULL, True)])
def test_a_promise_that_rests_stands_in_the_boards_plan_alone(
    vault: OpenVault, clock: Clock, kind: ProtocolKind, is_told: bool
) -> None:
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    ours = line(
        LineKind.ACTION,
        "Ringa varje fredag",
        responsible="Karin Ek",
        organisation_id=family.board,
        party_id=family.karin,
        due_on=DAY + timedelta(days=30),
    )
    goal = lines_of(family)[4]
    first = running_meeting(vault, family, *family.signers, family.karin)
    keep_plan(KeepPlan(case_id=family.case_id, based_on=0, lines=(goal, ours)), vault=vault)
    agree(vault, family, first, ours)
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    clock.move(days=7)
    withdraw_consent(replace(taken_back(family), on=DAY + timedelta(days=7)), vault=vault)
    later = running_meeting(vault, family, *family.signers, family.karin)
    agree(vault, family, later, goal)

    told = words_of(compose_agreed_plan(plan_for(later, kind), vault=vault).value.pdf)

    assert goal.words in told
    assert (ours.words in told) is is_told


def test_a_plan_whose_row_tells_otherwise_is_found_out(made: MadeVault) -> None:
    vault = made.open()
    plan = ready_plan(vault)
    file = sealed_plan(vault, plan)
    vault.close()
    write_row(made, replace(file.protocol, kind=FULL))

    vault = made.open()
    with pytest.raises(SealedFileChangedError):
        read_sealed(file.protocol.id, vault=vault)
    with pytest.raises(SealedFileChangedError):
        read_sealing(plan.meeting_id, vault=vault)
    assert not check_vault(vault=vault).value.is_sound
    vault.close()


def test_copies_go_to_whoever_may_have_it_today(vault: OpenVault, plan: AgreedPlan) -> None:
    room, full = sealed_plan(vault, plan), sealed_plan(vault, plan, FULL)
    people = {
        one.name: one.id for one in read_sealing(plan.meeting_id, vault=vault).value.recipients
    }
    for file, name in ((room, "Maria Lind"), (full, "Karin Ek")):
        command = OwnCopy(protocol_id=file.protocol.id, recipient_id=people[name])
        assert log_copy_printed(command, vault=vault).value == 1
    theirs = OwnCopy(protocol_id=full.protocol.id, recipient_id=people["Maria Lind"])
    with pytest.raises(InvalidInputError):
        log_copy_printed(theirs, vault=vault)
    listed = read_distribution(plan.case_id, vault=vault).value
    assert [one.protocol and one.protocol.kind for one in listed.copies] == [ROOM, FULL]
    assert [one.is_current for one in listed.copies] == [True, True]

    withdraw_consent(taken_back(plan.family), vault=vault)

    told = read_sealing(plan.meeting_id, vault=vault).value.protocols
    assert [one.is_current for one in told if one.protocol.kind is ROOM] == [False]
    listed = read_distribution(plan.case_id, vault=vault).value
    assert [one.is_current for one in listed.copies] == [False, True]
    again = OwnCopy(protocol_id=room.protocol.id, recipient_id=people["Maria Lind"])
    with pytest.raises(InvalidInputError) as refused:
        log_copy_printed(again, vault=vault)
    assert refused.value.flaw == "not_all"


def test_the_file_verifies_its_record_is_read_back_and_it_is_signed_on_paper(
    vault: OpenVault, plan: AgreedPlan
) -> None:
    file = sealed_plan(vault, plan)

    verdict = verify(file.pdf, asked=file.protocol.seal)

    assert verdict.outcome is Outcome.UNCHANGED
    assert verdict.record is not None
    written = write_record(verdict.record)
    assert hash_of(written) == file.protocol.record_hash
    assert read_record(written) == verdict.record
    agreed = verdict.record.content.plan
    assert agreed is not None
    assert (agreed.version, agreed.wishes) == (2, ("Jag vill bli snickare",))
    assert verdict.record.previous == protocols_of(vault, plan.case_id)[0].record_hash
    assert "Ordna läxhjälp".encode() in written
    other = bytearray(file.pdf)
    other[len(other) // 2] ^= 1
    assert verify(bytes(other), asked=file.protocol.seal).outcome is not Outcome.UNCHANGED

    beside = ComposeCopySheet(
        protocol=file.protocol, case_number="D-1", number=1, recipient="Skolan", pdf=file.pdf
    )
    sheet = words_of(compose_copy_sheet(beside, now=file.protocol.sealed_at))
    assert "Plan" in sheet
    assert "rotokoll" not in sheet

    found = find_by_code(file.protocol.control_code, vault=vault).value
    assert found is not None
    assert (found.kind, found.is_same) == (ROOM, True)
    keep_scan(scan_of(file.protocol.id, 1, 4), vault=vault)
    signatures = read_signatures(file.protocol.id, vault=vault).value
    assert signatures.state is SigningState.PARTLY
    assert [one.is_signed for one in signatures.signers] == [True, False, False, True, False]
    assert (signatures.paper.kind, signatures.paper.number) == (PaperKind.PLAN, 2)
    in_file = AddSigned(protocol_id=file.protocol.id, pdf=signed(file.pdf, "Signature2"))
    assert add_signed(in_file, vault=vault).value == 2
    signatures = read_signatures(file.protocol.id, vault=vault).value
    assert signatures.signers[1].status is SignerStatus.UNNAMED
    assert read_sealed(file.protocol.id, vault=vault).value.pdf == in_file.pdf
    assert check_vault(vault=vault).value.is_sound

    with pytest.raises(InvalidInputError) as refused:
        add_addendum(AddAddendum(protocol_id=file.protocol.id, text="Fel."), vault=vault)
    assert refused.value.flaw == ROOM.value
    asked = ComposeExcerpt(meeting_id=plan.meeting_id, recipient_id=plan.family.school)
    excerpt = words_of(compose_excerpt(asked, vault=vault).value.pdf)
    assert "Ekbackens skola" in excerpt
    assert "Räknar snabbt" not in excerpt


def test_each_reader_has_a_version_sealed_once_and_later_ones_do_not_change_it(
    vault: OpenVault, plan: AgreedPlan
) -> None:
    asked = ComposeProtocol(meeting_id=plan.meeting_id)
    before = compose_agreed_plan(asked, vault=vault).value
    changed = replace(plan.lines[4], words="Jag vill klara allt")
    later = KeepPlan(case_id=plan.case_id, based_on=2, lines=(changed, *plan.lines[5:]))
    keep_plan(later, vault=vault)
    assert compose_agreed_plan(asked, vault=vault).value.pdf == before.pdf

    sealed_plan(vault, plan)

    with pytest.raises(SealedMeetingError):
        sealed_plan(vault, plan)
    sealed_plan(vault, plan, FULL)
    with pytest.raises(SealedMeetingError):
        seal_plan(SealPlan(meeting_id=plan.meeting_id, basis="", kind=FULL), vault=vault)
    assert [one.kind for one in protocols_of(vault, plan.case_id)][1:] == [ROOM, FULL]
    versions = plan_of(vault, plan.case_id).versions
    assert [one.number for one in versions if one.sealed_at is not None] == [2]
    assert [one.number for one in versions if one.is_agreed] == [2]
    told = read_sealing(plan.meeting_id, vault=vault).value.protocols
    assert [one.is_current for one in told] == [True, True, True]
