"""Excerpts of one sealed protocol: looked at, asked again, sealed and stored for eight."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from tests.bench.clockwork import Figure, median
from tests.conftest import make_template
from tests.people import DAY, organisation, professional, running_meeting, signed_case, wrote
from tests.services.sealing_desk import to_seal
from trygga_desktop.domain.excerpts import Way
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.excerpts import (
    ComposeExcerpt,
    GiveExcerpt,
    compose_excerpt,
    give_excerpt,
    read_excerpts,
)
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.sealing import seal_protocol
from trygga_desktop.services.vault import OpenVault

_RECIPIENTS = 8
_STATEMENTS = 24
_TEXT = "Det som sades på mötet, med några ord till från socialförvaltningen. " * 5


def figures(place: Path) -> Iterator[Figure]:
    """Yield the rows of the table."""
    vault = make_template(place).open()
    meeting_id = _sealed_meeting(vault)
    recipients = [one.id for one in read_excerpts(meeting_id, vault=vault).value.recipients]
    chosen = recipients[-_RECIPIENTS:]
    if len(chosen) != _RECIPIENTS:
        raise ValueError("the meeting has fewer recipients")
    # What is imported and loaded once is not what is measured.
    _give(vault, meeting_id, chosen[0])

    def give_all() -> None:
        for one in chosen:
            _give(vault, meeting_id, one)

    seconds = median(give_all, times=3)
    yield Figure(f"excerpts for {_RECIPIENTS}: looked at, sealed and stored", seconds)
    vault.close()


def _give(vault: OpenVault, meeting_id: UUID, recipient_id: UUID) -> None:
    asked = ComposeExcerpt(meeting_id=meeting_id, recipient_id=recipient_id)
    basis = compose_excerpt(asked, vault=vault).value.basis
    command = GiveExcerpt(
        meeting_id=meeting_id, recipient_id=recipient_id, basis=basis, way=Way.AS_FILE
    )
    give_excerpt(command, vault=vault)


def _sealed_meeting(vault: OpenVault) -> UUID:
    family = signed_case(vault)
    places = [
        professional(vault, family.case_id, organisation(vault, kind, name), f"{name} Prov")
        for kind, name in (
            ("leisure", "Kajutan"),
            ("child_psychiatry", "BUP"),
            ("housing_company", "Hemmet"),
        )
    ]
    invited = (*family.signers, family.karin, family.maria, family.peter, *places)
    meeting_id = running_meeting(vault, family, *invited)
    for number in range(_STATEMENTS):
        wrote(vault, meeting_id, f"{number}. {_TEXT}", organisation_id=family.school)
    wrote(
        vault,
        meeting_id,
        "Boka tid med mentorn",
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible="Maria Lind",
        due_on=DAY,
    )
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)
    return meeting_id
