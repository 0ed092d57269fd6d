"""A question about an exclusion or a limit stays until somebody answers it, whoever is there."""

from uuid import UUID

import pytest

from tests.people import DAY, move, planned_meeting, room_of, running_meeting, signed_case, wrote
from tests.services.examples.row import exclusion
from trygga_desktop.domain.consent import Cell, Direction
from trygga_desktop.domain.items import Marking
from trygga_desktop.domain.meeting import Presence
from trygga_desktop.domain.sealing import GapKind
from trygga_desktop.services.consents import ChangeTerms, NewLimit, change_terms
from trygga_desktop.services.entries import MarkItem, mark_item
from trygga_desktop.services.leading import read_leading
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.rooms import HiddenEntry, HiddenFromRoom, read_hidden
from trygga_desktop.services.sealing import read_sealing
from trygga_desktop.services.vault import OpenVault


def hidden_of(vault: OpenVault, meeting_id: UUID) -> HiddenFromRoom:
    """Return what the leader of a meeting is told."""
    return read_hidden(meeting_id, vault=vault).value


def waiting(vault: OpenVault, meeting_id: UUID) -> tuple[HiddenEntry, ...]:
    """Return what waits for an answer, whether somebody is kept out or not."""
    found = hidden_of(vault, meeting_id)
    every = (*found.hidden, *found.asked)
    return tuple(one for one in every if any(not asked.is_answered for asked in one.questions))


def not_marked(vault: OpenVault, meeting_id: UUID) -> list[UUID | None]:
    """Return of which items something is to be answered before the protocol is sealed."""
    gaps = read_sealing(meeting_id, vault=vault).value.gaps
    return [one.item_id for one in gaps if one.kind is GapKind.NOT_MARKED]


def let_go(vault: OpenVault, meeting_id: UUID, *, all_but: str) -> None:
    """Have everyone leave but whoever is called so."""
    for seat in room_of(vault, meeting_id).seats:
        if not seat.name.startswith(all_but):
            move(vault, meeting_id, seat, Presence.GONE)


@pytest.mark.parametrize("who", ["Maria", "nobody"])
def test_it_is_asked_although_nobody_who_is_there_is_kept_out(vault: OpenVault, who: str) -> None:
    family = signed_case(vault)
    change_terms(exclusion(family), vault=vault)
    meeting_id = running_meeting(vault, family)
    item_id = wrote(vault, meeting_id, "Bråket", organisation_id=family.school).id

    let_go(vault, meeting_id, all_but=who)

    (asked,) = waiting(vault, meeting_id)
    assert (asked.entry.item.id, asked.against) == (item_id, ())
    assert [one.is_answered for one in asked.questions] == [False]


def test_what_is_only_asked_counts_as_hidden_from_nobody(vault: OpenVault) -> None:
    family = signed_case(vault)
    change_terms(exclusion(family), vault=vault)
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, "Bråket", organisation_id=family.school)
    let_go(vault, meeting_id, all_but="Maria")

    found = read_leading(meeting_id, vault=vault).value

    assert found.count == len(found.shown)
    assert {one.sees for one in found.seats} == {found.count, None}


def test_it_is_answered_once_the_meeting_is_over_and_before_it_is_sealed(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    change_terms(exclusion(family), vault=vault)
    meeting_id = running_meeting(vault, family)
    item_id = wrote(vault, meeting_id, "Bråket", organisation_id=family.school).id
    let_go(vault, meeting_id, all_but="Maria")
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    assert not_marked(vault, meeting_id) == [item_id]
    (asked,) = hidden_of(vault, meeting_id).hidden
    # It is measured against everyone who was there, for whom the protocol is made.
    assert {one.name.split()[0] for one, _ in asked.against} == {"Karin"}
    answer = MarkItem(
        case_id=family.case_id,
        item_id=item_id,
        about_id=asked.questions[0].about_id,
        answer=Marking.DOES_NOT_TOUCH,
    )
    mark_item(answer, vault=vault)

    assert not_marked(vault, meeting_id) == []
    assert hidden_of(vault, meeting_id).hidden == ()
    assert hidden_of(vault, meeting_id).asked == ()


def test_what_only_its_own_agency_heard_is_answered_before_it_is_sealed(vault: OpenVault) -> None:
    family = signed_case(vault)
    change_terms(exclusion(family), vault=vault)
    meeting_id = running_meeting(vault, family, family.maria)
    item_id = wrote(vault, meeting_id, "Bråket", organisation_id=family.school).id

    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    assert not_marked(vault, meeting_id) == [item_id]
    assert [one.entry.item.id for one in hidden_of(vault, meeting_id).asked] == [item_id]


def test_what_was_written_before_anybody_came_is_asked_too(vault: OpenVault) -> None:
    family = signed_case(vault)
    change_terms(exclusion(family), vault=vault)
    meeting_id = planned_meeting(vault, family)
    item_id = wrote(vault, meeting_id, "Bråket", organisation_id=family.school).id

    assert [one.entry.item.id for one in waiting(vault, meeting_id)] == [item_id]


@pytest.mark.parametrize(("to_school", "is_asked"), [(True, True), (False, False)])
def test_a_limit_is_asked_of_those_it_is_about(
    vault: OpenVault, *, to_school: bool, is_asked: bool
) -> None:
    family = signed_case(vault)
    board = UUID(bytes=vault.trust.vault_id)
    limited = family.school if to_school else board
    cell = Cell(organisation_id=limited, category="schooling", direction=Direction.RECEIVE)
    limit = NewLimit(cell=cell, words="Bara närvaron", asked_by=family.sara)
    change_terms(ChangeTerms(case_id=family.case_id, on=DAY, limits=(limit,)), vault=vault)
    meeting_id = running_meeting(vault, family, family.maria)

    wrote(vault, meeting_id, "Bråket", organisation_id=family.school)

    assert bool(hidden_of(vault, meeting_id).asked) is is_asked
