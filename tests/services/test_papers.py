"""Papers before a meeting: whom there are some for, and that nothing of others is on them."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.documents.papers import read_back, squeezed
from tests.people import (
    DAY,
    Family,
    case_with_family,
    planned_meeting,
    room_of,
    running_meeting,
    seat_of,
    signed_case,
    wrote,
)
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.meetings import (
    EndMeeting,
    Invitation,
    PlanMeeting,
    cancel_meeting,
    end_meeting,
    plan_meeting,
)
from trygga_desktop.services.papers import (
    ComposePaper,
    PaperKind,
    compose_paper,
    log_paper_printed,
    log_paper_saved,
    read_papers,
)
from trygga_desktop.services.vault import OpenVault

SECRET = "Hemligt om Sara"  # noqa: S105  what must stand on no page


def words(vault: OpenVault, meeting_id: UUID, name: str, kind: PaperKind) -> str:
    """Return all that stands on somebody's paper."""
    command = ComposePaper(
        meeting_id=meeting_id, kind=kind, participant_id=seat_of(vault, meeting_id, name).id
    )
    return squeezed(read_back(compose_paper(command, vault=vault).value.pdf))


def next_meeting(vault: OpenVault, family: Family) -> UUID:
    """Plan the meeting after one where the school and the board promised something."""
    first = running_meeting(vault, family)
    for text, organisation in (("Skolans löfte", family.school), (SECRET, family.board)):
        wrote(
            vault,
            first,
            text,
            kind=EntryKind.ACTION,
            organisation_id=organisation,
            responsible="Maria Lind",
            due_on=DAY,
        )
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    return planned_meeting(vault, family)


@pytest.mark.parametrize("use", [read_papers, log_paper_printed, log_paper_saved])
def test_nobody_is_called_to_a_meeting_that_is_called_off(
    vault: OpenVault, use: Callable[..., object]
) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    cancel_meeting(meeting_id, vault=vault)

    with pytest.raises(InvalidInputError) as caught:
        use(meeting_id, vault=vault)

    assert caught.value.field == "meeting"


def test_there_is_no_paper_for_a_stranger_and_no_sheet_for_the_family(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    sara = seat_of(vault, meeting_id, "Sara").id
    stranger = ComposePaper(meeting_id=meeting_id, kind=PaperKind.SUMMONS, participant_id=uuid4())

    for command in (stranger, replace(stranger, kind=PaperKind.SHEET, participant_id=sara)):
        with pytest.raises(InvalidInputError) as caught:
            compose_paper(command, vault=vault)
        assert caught.value.field == "participant"


def test_a_summons_names_nobody_else_and_nothing_that_was_told(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = next_meeting(vault, family)

    page = words(vault, meeting_id, "Maria", PaperKind.SUMMONS)

    for name in ("Elias", "Sara", "Johan", SECRET, "Skolans löfte"):
        assert squeezed(name) not in page
    assert squeezed("Stadshuset, rum 3") in page


def test_a_sheet_holds_what_the_agency_promised_and_nothing_of_others(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = next_meeting(vault, family)

    page = words(vault, meeting_id, "Maria", PaperKind.SHEET)

    assert squeezed("Skolans löfte") in page
    for name in ("Elias", "Sara", "Johan", SECRET):
        assert squeezed(name) not in page


def test_whoever_is_called_to_a_part_reads_of_no_other_item(vault: OpenVault) -> None:
    family = case_with_family(vault)
    called = Invitation(
        party_id=family.maria, functions=frozenset(), called_to=frozenset({"now_school"})
    )
    command = PlanMeeting(
        case_id=family.case_id,
        template="sspf_family",
        starts_at=room_of(vault, planned_meeting(vault, family)).starts_at,
        invited=(called,),
    )
    meeting_id = plan_meeting(command, vault=vault).value

    page = words(vault, meeting_id, "Maria", PaperKind.SUMMONS)

    assert squeezed("Skola och vardag") in page
    assert squeezed("Fritid och vänner") not in page


def test_of_several_from_one_agency_the_first_has_the_sheet(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)

    found = read_papers(meeting_id, vault=vault).value

    sheets = {one.name: one.sheet for one in found.addressees}
    assert [name for name, sheet in sheets.items() if sheet] == [
        name for name in sheets if name.startswith(("Karin", "Maria"))
    ]
    assert not found.is_protected
