"""An excerpt of a meeting that was held without the name is without it too, after the gate."""

from uuid import UUID

import pytest

from tests.people import ELIAS, JOHAN, SARA, Family, gate, relative, wrote
from tests.services.sealing_desk import to_seal
from tests.services.test_consultations import ALIAS, NAMES, TOLD, begun, pages, running, telling
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.parties import Custody
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.consultations import tell_without_names
from trygga_desktop.services.excerpts import ComposeExcerpt, compose_excerpt, read_excerpts
from trygga_desktop.services.gates import pass_gate
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.sealing import seal_protocol
from trygga_desktop.services.vault import OpenVault

UNTRIED = "Läraren är orolig."


def named_after_it_was_sealed(vault: OpenVault) -> tuple[Family, UUID]:
    """Hold and seal a meeting without the name, and pass the gate after it."""
    found = begun(vault)
    meeting_id = running(vault, found)
    tell_without_names(telling(found), vault=vault)
    wrote(vault, meeting_id, UNTRIED, under="now_each", organisation_id=found.school)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)
    pass_gate(gate(found.case_id, found.school, person=ELIAS), vault=vault)
    for one in (SARA, JOHAN):
        relative(vault, found.case_id, one, custody=Custody.JOINT)
    return found, meeting_id


def test_nobody_of_the_family_gets_one_where_their_name_would_stand_beside_the_alias(
    vault: OpenVault,
) -> None:
    _, meeting_id = named_after_it_was_sealed(vault)
    desk = read_excerpts(meeting_id, vault=vault).value
    with vault.work() as work:
        subject = work.cases.find(desk.case_id).subject_id

    assert not [one.name for one in desk.recipients if one.preset.is_family]
    with pytest.raises(InvalidInputError):
        compose_excerpt(ComposeExcerpt(meeting_id=meeting_id, recipient_id=subject), vault=vault)


def test_agencies_read_the_alias_and_no_name_school_or_number_and_what_was_tried(
    vault: OpenVault,
) -> None:
    found, meeting_id = named_after_it_was_sealed(vault)
    number = list_cases(vault=vault).value.rows[0].case_number
    for one in (found.school, found.police):
        command = ComposeExcerpt(meeting_id=meeting_id, recipient_id=one)
        excerpt = compose_excerpt(command, vault=vault).value
        page = pages(excerpt.pdf)

        assert ALIAS in page
        assert TOLD in page
        assert UNTRIED not in page
        assert not [name for name in (*NAMES, number) if name in page]
        assert sum(one.count for one in excerpt.left_out) == 1
