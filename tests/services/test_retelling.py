"""What was sealed or given earlier is judged by everything it says when it leaves again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.conftest import Clock
from tests.documents.papers import read_back, squeezed
from tests.people import (
    DAY,
    Family,
    case_with_family,
    cells,
    paper,
    running_meeting,
    signed_case,
    wrote,
)
from tests.services.agreed_desk import ready_plan, sealed_plan
from tests.services.sealing_desk import HeldMeeting, held_meeting, sealed_of, to_seal
from tests.services.test_details import change, protect
from tests.services.test_excerpts import composed, given
from trygga_desktop.domain.errors import ExcerptChangedError, InvalidInputError
from trygga_desktop.domain.excerpts import Way
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.distribution import (
    Distribution,
    RecordCopy,
    read_distribution,
    record_copy,
)
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.excerpts import (
    ExcerptFile,
    ExportExcerpts,
    GiveExcerpt,
    export_excerpts,
    give_excerpt,
)
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.sealed_copies import OwnCopy, log_copy_saved
from trygga_desktop.services.sealing import ToldProtocol, read_sealing, seal_protocol
from trygga_desktop.services.vault import OpenVault

PLACE, ALIAS = "Stadshuset", "VÄST-2"


def sara(family: Family) -> UUID:
    return family.sara


def subject(family: Family) -> UUID:
    return family.subject


def exported(vault: OpenVault, held: HeldMeeting, excerpt: ExcerptFile) -> bytes:
    command = ExportExcerpts(meeting_id=held.meeting_id, excerpt_ids=(excerpt.excerpt.id,))
    return export_excerpts(command, vault=vault).value[0][1]


def listed(vault: OpenVault, held: HeldMeeting) -> Distribution:
    return read_distribution(held.case_id, vault=vault).value


def told(vault: OpenVault, held: HeldMeeting, kind: ProtocolKind) -> ToldProtocol:
    protocol = read_sealing(held.meeting_id, vault=vault).value.of_kind(kind)
    assert protocol is not None
    return protocol


def own_copy(vault: OpenVault, held: HeldMeeting, sealed: UUID, name: str) -> OwnCopy:
    people = read_sealing(held.meeting_id, vault=vault).value.recipients
    chosen = next(one.id for one in people if one.name == name)
    return OwnCopy(protocol_id=sealed, recipient_id=chosen)


@pytest.mark.parametrize("who", [sara, subject])
def test_an_excerpt_with_the_place_or_name_of_somebody_protected_since_leaves_no_more(
    vault: OpenVault, who: Callable[[Family], UUID]
) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held, ProtocolKind.ROOM)
    earlier = given(vault, held, held.family.school, way=Way.AS_FILE)
    assert PLACE in read_back(earlier.pdf)
    assert exported(vault, held, earlier) == earlier.pdf
    assert listed(vault, held).recall_list == ()

    protect(vault, held.case_id, who(held.family), alias=ALIAS)

    with pytest.raises(ExcerptChangedError):
        exported(vault, held, earlier)
    assert [one.copy.id for one in listed(vault, held).recall_list] == [earlier.excerpt.id]
    # What is given since says neither, and leaves as often as it has to.
    later = given(vault, held, held.family.school, way=Way.AS_FILE)
    assert PLACE not in read_back(later.pdf)
    assert exported(vault, held, later) == later.pdf
    assert [one.copy.id for one in listed(vault, held).recall_list] == [earlier.excerpt.id]


@pytest.mark.parametrize("who", [sara, subject])
@pytest.mark.parametrize("kind", [ProtocolKind.ROOM, ProtocolKind.FULL])
def test_a_protocol_sealed_before_somebody_was_protected_is_not_current(
    vault: OpenVault, who: Callable[[Family], UUID], kind: ProtocolKind
) -> None:
    held = held_meeting(vault)
    protocol = sealed_of(vault, held, kind).protocol
    name = "Maria Lind" if kind is ProtocolKind.ROOM else "Karin Ek"
    command = own_copy(vault, held, protocol.id, name)
    log_copy_saved(command, vault=vault)
    before = told(vault, held, kind)
    assert (before.is_current, before.leads_to_protected) == (True, False)

    protect(vault, held.case_id, who(held.family), alias=ALIAS)

    after = told(vault, held, kind)
    assert (after.is_current, after.leads_to_protected) == (False, True)
    due = [one.copy.to for one in listed(vault, held).recall_list]
    if kind is ProtocolKind.ROOM:
        assert due == [name]
        with pytest.raises(InvalidInputError) as refused:
            log_copy_saved(command, vault=vault)
        assert refused.value.flaw == "not_all"
    else:
        # Whoever opens the case reads it anyway.
        assert due == []
        log_copy_saved(command, vault=vault)


def test_whoever_may_have_all_but_the_name_has_no_copy_of_the_boards_file(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    protocol = sealed_of(vault, held).protocol
    command = own_copy(vault, held, protocol.id, "Maria Lind")
    log_copy_saved(command, vault=vault)
    note = RecordCopy(protocol_id=protocol.id, to="Maria Lind", way=Way.BY_HAND, on=DAY)
    record_copy(note, vault=vault)
    assert listed(vault, held).recall_list == ()

    protect(vault, held.case_id, held.family.sara, alias=ALIAS)

    with pytest.raises(InvalidInputError):
        log_copy_saved(command, vault=vault)
    assert len(listed(vault, held).recall_list) == 2


def test_a_plan_sealed_before_somebody_was_protected_is_not_current(vault: OpenVault) -> None:
    plan = ready_plan(vault)
    kinds = (ProtocolKind.PLAN_ROOM, ProtocolKind.PLAN_FULL)
    for kind in kinds:
        sealed_plan(vault, plan, kind)
    held = HeldMeeting(
        family=plan.family,
        meeting_id=plan.meeting_id,
        decision=plan.meeting_id,
        action=plan.meeting_id,
    )
    assert all(told(vault, held, kind).is_current for kind in kinds)

    protect(vault, plan.case_id, plan.family.subject, alias=ALIAS)

    assert not any(told(vault, held, kind).is_current for kind in kinds)


def test_what_was_sealed_and_given_while_somebody_was_protected_stays_current(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    protect(vault, family.case_id, family.sara, alias=ALIAS)
    held = held_meeting(vault, family)
    for kind in (ProtocolKind.ROOM, ProtocolKind.FULL):
        sealed_of(vault, held, kind)
    excerpt = given(vault, held, family.school)

    for kind in (ProtocolKind.ROOM, ProtocolKind.FULL):
        found = told(vault, held, kind)
        assert (found.is_current, found.leads_to_protected) == (True, False)
    assert listed(vault, held).recall_list == ()
    assert exported(vault, held, excerpt) == excerpt.pdf


def test_a_name_that_is_spelled_otherwise_since_is_nothing_to_be_asked_back(
    vault: OpenVault,
) -> None:
    held = held_meeting(vault)
    sealed_of(vault, held, ProtocolKind.ROOM)
    excerpt = given(vault, held, held.family.school)

    change(vault, held.case_id, held.family.subject, given_name="Elias Johan")

    assert told(vault, held, ProtocolKind.ROOM).is_current
    assert listed(vault, held).recall_list == ()
    assert exported(vault, held, excerpt) == excerpt.pdf


def test_an_excerpt_that_names_an_agency_nobody_lets_its_reader_know_of_leaves_no_more(
    vault: OpenVault, clock: Clock
) -> None:
    family = case_with_family(vault)
    let(vault, family, family.board, family.school, family.police)
    meeting_id = running_meeting(vault, family)
    wrote(
        vault,
        meeting_id,
        "Nämnden ordnar fritid.",
        kind=EntryKind.DECISION,
        organisation_id=family.board,
    )
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)
    held = HeldMeeting(
        family=family, meeting_id=meeting_id, decision=family.board, action=family.board
    )
    asked = composed(vault, meeting_id, family.police, is_reminded=True)
    command = GiveExcerpt(
        meeting_id=meeting_id,
        recipient_id=family.police,
        basis=asked.basis,
        is_reminded=True,
        way=Way.AS_FILE,
    )
    excerpt = give_excerpt(command, vault=vault).value
    assert {"Ekbackens skola", "Maria Lind"} <= said_by(excerpt.pdf)
    assert exported(vault, held, excerpt) == excerpt.pdf

    clock.move(days=1)
    let(vault, family, family.board, family.police, on=1)

    anew = composed(vault, meeting_id, family.police, is_reminded=True)
    assert anew.is_for_them
    assert not {"Ekbackens skola", "Maria Lind"} & said_by(anew.pdf)
    with pytest.raises(ExcerptChangedError):
        exported(vault, held, excerpt)
    assert [one.copy.id for one in listed(vault, held).recall_list] == [excerpt.excerpt.id]


def let(vault: OpenVault, family: Family, *organisations: UUID, on: int = 0) -> None:
    """Have everyone who signs let these organisations tell each other what there is."""
    day = DAY + timedelta(days=on)
    command = paper(family)
    answers = tuple(replace(one, cells=cells(organisations)) for one in command.answers)
    record_consent(replace(command, answers=answers, signed_on=day, valid_from=day), vault=vault)


def said_by(pdf: bytes) -> set[str]:
    text = squeezed(read_back(pdf))
    return {one for one in ("Ekbackens skola", "Maria Lind") if squeezed(one) in text}
