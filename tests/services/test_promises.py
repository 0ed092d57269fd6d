"""What each takes along from a meeting: their own promises, and nothing that they may not know."""

from uuid import UUID, uuid4

import pytest

from tests.documents.papers import read_back, squeezed
from tests.documents.tagged import flaws_of
from tests.people import (
    DAY,
    Family,
    arrive,
    planned_meeting,
    room_of,
    running_meeting,
    seat_of,
    signed_case,
    wrote,
)
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.consents import WithdrawConsent, withdraw_consent
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.meetings import (
    EndMeeting,
    begin_meeting,
    end_meeting,
)
from trygga_desktop.services.papers import (
    ComposePaper,
    PaperKind,
    compose_paper,
    log_paper_printed,
    read_papers,
)
from trygga_desktop.services.vault import OpenVault

OURS, THEIRS, FAMILYS = "Boka tid med mentorn", "Ringa öppenvården", "Hämta Elias på onsdagar"
SECRET = "Prata med åklagaren om rånet"  # noqa: S105  what must stand on no page of the school


def promised_meeting(vault: OpenVault, family: Family) -> UUID:
    """Begin a meeting at which the school, the board and Sara promise something."""
    meeting_id = running_meeting(vault, family)
    for text, organisation, responsible, category in (
        (OURS, family.school, "Maria Lind", "plan"),
        (THEIRS, family.board, "Karin Ek", "plan"),
        (SECRET, family.board, "Karin Ek", "offence"),
        (FAMILYS, None, "Sara Demosson", "plan"),
    ):
        wrote(
            vault,
            meeting_id,
            text,
            kind=EntryKind.ACTION,
            organisation_id=organisation,
            responsible=responsible,
            due_on=DAY,
            category=category,
        )
    return meeting_id


def page(vault: OpenVault, meeting_id: UUID, name: str, language: str = "sv") -> str:
    """Return all that stands on somebody's page."""
    return squeezed(read_back(pdf_of(vault, meeting_id, name, language)))


def pdf_of(vault: OpenVault, meeting_id: UUID, name: str, language: str = "sv") -> bytes:
    """Return somebody's page."""
    command = ComposePaper(
        meeting_id=meeting_id,
        kind=PaperKind.ACTIONS,
        participant_id=seat_of(vault, meeting_id, name).id,
        language=language,
    )
    return compose_paper(command, vault=vault).value.pdf


def takes_along(vault: OpenVault, meeting_id: UUID) -> list[str]:
    """Return who has a page."""
    found = read_papers(meeting_id, vault=vault).value
    assert found.has_begun
    return [one.name.split()[0] for one in found.addressees if one.actions]


def test_what_the_school_may_not_know_is_not_on_its_page_and_nothing_tells_of_it(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = promised_meeting(vault, family)

    told = page(vault, meeting_id, "Maria")

    assert squeezed(SECRET) not in told
    assert squeezed(OURS) in told
    assert squeezed(THEIRS) in told
    # The board, whose own it is, has it: the page of the school is what leaves it out.
    assert squeezed(SECRET) in page(vault, meeting_id, "Karin")


def test_a_page_is_the_same_whether_or_not_something_is_kept_from_it(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = promised_meeting(vault, family)
    before = pdf_of(vault, meeting_id, "Maria")

    wrote(
        vault,
        meeting_id,
        "Något mer som skolan inte får veta",
        kind=EntryKind.ACTION,
        organisation_id=family.board,
        responsible="Karin Ek",
        due_on=DAY,
        category="offence",
    )
    assert pdf_of(vault, meeting_id, "Maria") == before

    wrote(
        vault,
        meeting_id,
        "Något mer som skolan får veta",
        kind=EntryKind.ACTION,
        organisation_id=family.board,
        responsible="Karin Ek",
        due_on=DAY,
    )
    assert pdf_of(vault, meeting_id, "Maria") != before


def test_an_agency_that_did_not_come_takes_along_no_more_than_is_its_own(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    for seat in room_of(vault, meeting_id).seats:
        if not seat.name.startswith("Maria"):
            arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    for text, organisation in ((OURS, family.school), (THEIRS, family.board)):
        wrote(
            vault,
            meeting_id,
            text,
            kind=EntryKind.ACTION,
            organisation_id=organisation,
            responsible="Maria Lind",
            due_on=DAY,
        )

    assert takes_along(vault, meeting_id) == ["Karin"]


@pytest.mark.parametrize("name", ["Elias", "Johan"])
def test_who_promised_nothing_has_no_page(vault: OpenVault, name: str) -> None:
    family = signed_case(vault)
    meeting_id = promised_meeting(vault, family)

    with pytest.raises(InvalidInputError) as caught:
        pdf_of(vault, meeting_id, name)

    assert (caught.value.field, caught.value.flaw) == ("participant", "nothing")
    assert name not in takes_along(vault, meeting_id)


def test_there_is_none_before_the_meeting_and_nobody_is_called_once_it_has_begun(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = promised_meeting(vault, family)
    maria = seat_of(vault, meeting_id, "Maria").id

    for kind in (PaperKind.SUMMONS, PaperKind.SHEET):
        command = ComposePaper(meeting_id=meeting_id, kind=kind, participant_id=maria)
        with pytest.raises(InvalidInputError) as caught:
            compose_paper(command, vault=vault)
        assert caught.value.field == "meeting"
    stranger = ComposePaper(meeting_id=meeting_id, kind=PaperKind.ACTIONS, participant_id=uuid4())
    with pytest.raises(InvalidInputError) as caught:
        compose_paper(stranger, vault=vault)
    assert caught.value.field == "participant"


def test_each_who_promised_has_a_page_during_the_review_and_after_it(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = promised_meeting(vault, family)
    during = takes_along(vault, meeting_id)

    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    assert during == takes_along(vault, meeting_id) == ["Sara", "Karin", "Maria"]
    log_paper_printed(meeting_id, vault=vault)
    told = page(vault, meeting_id, "Sara")
    assert squeezed(FAMILYS) in told
    assert squeezed("Åtgärder från mötet") in told
    assert squeezed("Actions from the meeting") in page(vault, meeting_id, "Sara", "en")


def test_what_was_taken_back_since_the_meeting_is_on_no_page(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = promised_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    assert squeezed(THEIRS) in page(vault, meeting_id, "Maria")

    withdraw_consent(
        WithdrawConsent(
            case_id=family.case_id,
            signer=family.sara,
            on=DAY,
            organisations=frozenset({family.school}),
        ),
        vault=vault,
    )

    told = page(vault, meeting_id, "Maria")
    assert squeezed(THEIRS) not in told
    assert squeezed(OURS) in told


def test_a_page_is_tagged_as_a_screen_reader_needs_it(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = promised_meeting(vault, family)

    assert flaws_of(pdf_of(vault, meeting_id, "Maria")) == []
