"""Papers before a meeting: whom there are some for, and that nothing of others is on them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from icalendar import Calendar, Event

from tests.documents.papers import read_back, squeezed
from tests.people import (
    DAY,
    VIKTOR,
    Family,
    case_with_family,
    planned_meeting,
    relative,
    room_of,
    running_meeting,
    seat_of,
    signed_case,
    wrote,
)
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.parties import PartyRole
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
    ComposeCalendar,
    ComposePaper,
    PaperKind,
    compose_calendar,
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


def entry_of(vault: OpenVault, meeting_id: UUID, name: str) -> Event:
    """Return what somebody's summons is in a calendar."""
    (event,) = Calendar.from_ical(calendar_of(vault, meeting_id, name)).events
    return event


def calendar_of(vault: OpenVault, meeting_id: UUID, name: str) -> bytes:
    """Return the file itself."""
    command = ComposeCalendar(
        meeting_id=meeting_id, participant_id=seat_of(vault, meeting_id, name).id
    )
    return compose_calendar(command, vault=vault).value


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


def test_there_is_no_calendar_for_a_stranger_or_a_meeting_that_is_called_off(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    stranger = ComposeCalendar(meeting_id=meeting_id, participant_id=uuid4())
    sara = replace(stranger, participant_id=seat_of(vault, meeting_id, "Sara").id)
    flawed = []

    with pytest.raises(InvalidInputError) as caught:
        compose_calendar(stranger, vault=vault)
    flawed.append(caught.value.field)
    cancel_meeting(meeting_id, vault=vault)
    with pytest.raises(InvalidInputError) as caught:
        compose_calendar(sara, vault=vault)
    flawed.append(caught.value.field)

    assert flawed == ["participant", "meeting"]


@pytest.mark.parametrize("name", ["Elias", "Sara", "Karin", "Maria"])
def test_a_calendar_holds_no_name_no_case_and_nothing_that_was_told(
    vault: OpenVault, name: str
) -> None:
    family = signed_case(vault)
    meeting_id = next_meeting(vault, family)
    room = room_of(vault, meeting_id)

    # A long line is folded: a word must not hide in the fold.
    content = calendar_of(vault, meeting_id, name).replace(b"\r\n ", b"").decode()

    names = {part for one in room.seats for part in (*one.name.split(), one.organisation) if part}
    assert {"Elias", "Sara", "Johan", "Karin", "Maria", "Demosson", "Ekbackens skola"} <= names
    titles = {one.title for one in room.agenda}
    for word in names | titles | {room.case_number, SECRET, "Skolans löfte"}:
        assert word not in content
    assert "ATTENDEE" not in content
    assert "ORGANIZER" not in content


def test_the_place_of_somebody_protected_is_in_no_calendar(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    places = [entry_of(vault, meeting_id, "Maria").get("LOCATION")]
    relative(
        vault,
        family.case_id,
        replace(VIKTOR, given_name="Rut", alias="VÄST-2", number=None),
        role=PartyRole.RELATIVE,
    )

    places.append(entry_of(vault, meeting_id, "Maria").get("LOCATION"))

    assert places == ["Stadshuset, rum 3", None]


def test_a_calendar_says_when_in_the_words_of_the_summons(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    room = room_of(vault, meeting_id)

    school, young = (entry_of(vault, meeting_id, name) for name in ("Maria", "Elias"))

    assert school["SUMMARY"] == "Kallelse till samverkansmöte"
    assert young["SUMMARY"] == "Välkommen till möte"
    assert school.uid == young.uid == str(meeting_id)
    assert school.start == room.starts_at
    assert school.end == room.starts_at + timedelta(minutes=sum(one.minutes for one in room.agenda))


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


def test_the_calendar_of_whoever_is_called_to_a_part_holds_that_part(vault: OpenVault) -> None:
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
    room = room_of(vault, meeting_id)

    event = entry_of(vault, meeting_id, "Maria")

    titles = [one.title for one in room.agenda]
    place = titles.index("Skola och vardag")
    before = sum(one.minutes for one in room.agenda[:place])
    assert event.start == room.starts_at + timedelta(minutes=before)
    assert event.end - event.start == timedelta(minutes=room.agenda[place].minutes)


def test_of_several_from_one_agency_the_first_has_the_sheet(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)

    found = read_papers(meeting_id, vault=vault).value

    sheets = {one.name: one.sheet for one in found.addressees}
    assert [name for name, sheet in sheets.items() if sheet] == [
        name for name in sheets if name.startswith(("Karin", "Maria"))
    ]
    assert not found.is_protected
