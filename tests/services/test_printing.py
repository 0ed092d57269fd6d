"""What was logged as printed and did not come out is told by the log, and by what it is."""

from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.people import case_with_family, planned_meeting
from tests.services.rows import last_entry
from trygga_desktop.domain.audit import NOT_PRINTED, Action, ActionKind, Printed, actions_of
from trygga_desktop.domain.errors import NoAccessError
from trygga_desktop.services.meetings import cancel_meeting
from trygga_desktop.services.papers import log_paper_printed
from trygga_desktop.services.printing import log_not_printed
from trygga_desktop.services.vault import OpenVault

OF_MEETING = (Printed.PAPER, Printed.DRAFT)
OF_CASE = (Printed.PLAN, Printed.AGREEMENT, Printed.CLOSING)


@pytest.mark.parametrize("printed", [*OF_MEETING, *OF_CASE])
def test_of_what_is_unknown_or_not_granted_nothing_is_logged(
    made: MadeVault, vault: OpenVault, printed: Printed
) -> None:
    family = case_with_family(vault)
    about = planned_meeting(vault, family) if printed in OF_MEETING else family.case_id
    vault.close()
    petra = made.open("pn")

    for one in (about, uuid4()):
        with pytest.raises(NoAccessError):
            log_not_printed(printed, one, vault=petra)

    assert told(petra) not in NOT_PRINTED.values()


def told(vault: OpenVault) -> Action:
    return last_entry(vault).action


@pytest.mark.parametrize("printed", Printed)
def test_the_log_names_what_did_not_come_out(vault: OpenVault, printed: Printed) -> None:
    family = case_with_family(vault)
    about: UUID | None = family.case_id
    if printed in OF_MEETING:
        about = planned_meeting(vault, family)
    if printed is Printed.LIST:
        about = None

    log_not_printed(printed, about, vault=vault)

    entry = last_entry(vault)
    assert entry.action is NOT_PRINTED[printed]
    assert entry.action in actions_of(ActionKind.LEFT)
    assert entry.subject_id == (about or vault.keyring.principal)


def test_a_paper_did_not_come_out_although_its_meeting_is_called_off_since(
    vault: OpenVault,
) -> None:
    meeting_id = planned_meeting(vault, case_with_family(vault))
    log_paper_printed(meeting_id, vault=vault)
    cancel_meeting(meeting_id, vault=vault)

    log_not_printed(Printed.PAPER, meeting_id, vault=vault)

    assert told(vault) is Action.PAPER_NOT_PRINTED


def test_each_kind_has_an_action_of_its_own() -> None:
    assert len(set(NOT_PRINTED.values())) == len(NOT_PRINTED) == len(Printed)
