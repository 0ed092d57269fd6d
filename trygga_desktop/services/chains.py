"""Puts links behind the chain of consent events of a case."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.consent_events import ConsentEvent, Happening
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


def append_events(
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    happenings: Sequence[Happening],
    action: Action,
) -> None:
    """Store the next links of the chain, and where it now ends, and commit.

    Nothing is put behind a broken chain: what is missing could not be told any more.
    """
    if standing.chain.standing is not ChainStanding.HOLDS:
        raise TamperedError
    case = standing.opened.case
    end = case.consent_head
    for what in happenings:
        event = ConsentEvent(
            id=uuid4(),
            case_id=case.id,
            sequence=work.sequence,
            recorded_by=vault.keyring.principal,
            recorded_at=work.at,
            what=what,
        )
        end = work.consents.add(event, after=end)
    longer = replace(case, consent_head=end, consent_count=case.consent_count + len(happenings))
    compartment = work.compartments.of_file(case.id)[CompartmentKind.CASE]
    key = work.compartments.key(compartment)
    work.cases.replace(replace(standing.opened, case=longer), compartment, key)
    work.commit(action, case.id, digest=end)
