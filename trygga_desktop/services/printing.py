"""Use case for what a printer did not take: the log had said before that it is printed.

Copies with a number, and letters, have their own: `sealed_copies`, `distribution`, `letters`.
"""

from uuid import UUID

from trygga_desktop.domain.audit import NOT_PRINTED, Printed
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Done
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_OF_MEETING = frozenset({Printed.PAPER, Printed.DRAFT})


@use_case(Permission.WORK_IN_CASE)
def log_not_printed(
    printed: Printed, about_id: UUID | None = None, *, vault: OpenVault
) -> Done[None]:
    """Write into the log that something which was logged as printed did not come out.

    `about_id` is its meeting or its case; a list is about neither. What became of the meeting since
    does not matter: it was printed before. Raise NoAccessError for what we cannot open.
    """
    with vault.work() as work:
        work.commit(NOT_PRINTED[printed], _about(work, printed, about_id))
    return Done(None)


def _about(work: UnitOfWork, printed: Printed, about_id: UUID | None) -> UUID:
    if printed is Printed.LIST or about_id is None:
        return work.keyring.principal
    if printed in _OF_MEETING:
        meeting, _ = find_meeting(work, about_id)
        return meeting.id
    return work.cases.find(about_id).case.id
