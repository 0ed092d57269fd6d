"""Sealing in a vault: composed, printed, sealed, stored; and read back, compared with the log."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from pypdf import PdfReader

from tests.bench.clockwork import Figure, median
from tests.conftest import make_template
from tests.people import DAY, Family, running_meeting, signed_case, wrote
from tests.services.agreed_desk import agree, line, to_seal_plan
from tests.services.sealing_desk import to_seal
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.plan_sealing import seal_plan
from trygga_desktop.services.plans import KeepPlan, keep_plan
from trygga_desktop.services.sealed_files import find_by_code, read_sealed
from trygga_desktop.services.sealing import seal_protocol
from trygga_desktop.services.vault import OpenVault

_MEETINGS = 6
_STATEMENTS = 24
_TEXT = "Det som sades på mötet, med några ord till från socialförvaltningen. " * 5


def figures(place: Path) -> Iterator[Figure]:
    """Yield the rows of the table."""
    vault = make_template(place).open()
    family = signed_case(vault)
    sealed: list[UUID] = []

    def seal(meeting_id: UUID) -> None:
        command = to_seal(vault, meeting_id, ProtocolKind.FULL)
        sealed.append(seal_protocol(command, vault=vault).value)

    meetings = []
    for _ in range(_MEETINGS):
        meeting_id = running_meeting(vault, family)
        for number in range(_STATEMENTS):
            wrote(vault, meeting_id, f"{number}. {_TEXT}", organisation_id=family.school)
        end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
        meetings.append(meeting_id)
    # What is imported and loaded once is not what is measured.
    seal(meetings.pop())
    waiting = iter(meetings)
    seconds = median(lambda: seal(next(waiting)), times=_MEETINGS - 1)
    file = read_sealed(sealed[-1], vault=vault).value
    pages = len(PdfReader(io.BytesIO(file.pdf)).pages)
    yield Figure(f"seal and store a protocol of {pages} pages in a vault", seconds)
    yield Figure(
        "read it back, compared with the log",
        median(lambda: read_sealed(sealed[-1], vault=vault), times=9),
    )
    yield from _by_code(vault, file.protocol.control_code)
    yield _plans(vault, family)
    vault.close()


def _plans(vault: OpenVault, family: Family) -> Figure:
    """Return how long it takes to seal a plan that meetings agreed on, behind their protocols."""
    lines = tuple(
        replace(
            line(LineKind.ACTION, f"{place}. {_TEXT}"),
            responsible="Maria Lind",
            organisation_id=family.school,
            due_on=DAY,
        )
        for place in range(_STATEMENTS)
    )
    keep_plan(KeepPlan(case_id=family.case_id, based_on=0, lines=lines), vault=vault)
    meetings = []
    for _ in range(_MEETINGS):
        meeting_id = running_meeting(vault, family)
        agree(vault, family, meeting_id, *lines)
        end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
        seal_protocol(to_seal(vault, meeting_id, ProtocolKind.FULL), vault=vault)
        meetings.append(meeting_id)
    waiting, sealed = iter(meetings), list[UUID]()

    def seal() -> None:
        command = to_seal_plan(vault, next(waiting))
        sealed.append(seal_plan(command, vault=vault).value)

    seconds = median(seal, times=_MEETINGS)
    pages = len(PdfReader(io.BytesIO(read_sealed(sealed[-1], vault=vault).value.pdf)).pages)
    return Figure(f"look at an agreed plan of {pages} pages, seal and store it", seconds)


def _by_code(vault: OpenVault, code: str) -> Iterator[Figure]:
    seconds = median(lambda: find_by_code(code, vault=vault), times=9)
    yield Figure(f"find it among {_MEETINGS} by its control code", seconds)
