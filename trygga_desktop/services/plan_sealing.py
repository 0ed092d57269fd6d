"""The use case that seals the plan that a meeting agreed on, behind the meeting's protocol."""

from dataclasses import dataclass
from uuid import UUID

from trygga_desktop.documents.record import digest_of
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import (
    DraftChangedError,
    InvalidInputError,
    SealedMeetingError,
    UnsettledError,
)
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.agreed_plans import AUDIENCES, tell_plan
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.protocols import ComposeProtocol
from trygga_desktop.services.sealing import plan_gaps, put_under_seal
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.protocols import tie_of_protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPlan:
    """Which meeting's agreed plan is sealed, for whom it is, and in which language.

    `basis` is what `compose_agreed_plan` told of the pages that were looked at.
    """

    meeting_id: UUID
    basis: str
    kind: ProtocolKind = ProtocolKind.PLAN_ROOM
    language: str = "sv"


@use_case(Permission.SEAL_PROTOCOL)
def seal_plan(command: SealPlan, *, vault: OpenVault) -> Done[UUID]:
    """Seal the plan that a meeting agreed on, and return the id of the sealed document.

    It is tied to the case's last sealed document as any protocol is. What becomes of the plan later
    stands in later versions. Raise InvalidInputError for another kind, and where the meeting agreed
    on no plan; SealedMeetingError where it is sealed for these readers already; UnsettledError
    where `read_sealing` tells of gaps that bar it, such as a protocol that is not sealed yet;
    DraftChangedError where it no longer reads as what was looked at; and what `seal_protocol`
    raises of the seal and of earlier protocols.
    """
    if command.kind not in AUDIENCES:
        raise InvalidInputError(field="kind", flaw=command.kind.value)
    asked = ComposeProtocol(
        meeting_id=command.meeting_id,
        audience=AUDIENCES[command.kind],
        language=command.language,
    )
    with vault.work() as work:
        told = tell_plan(work, vault, asked)
        meeting = told.meeting
        chain = work.protocols.chain(meeting.case_id)
        if any(one.kind is command.kind and one.meeting_id == meeting.id for one in chain):
            raise SealedMeetingError
        if any(one.kind.is_bar for one in plan_gaps(work, meeting)):
            raise UnsettledError
        if command.basis != digest_of(told.content):
            raise DraftChangedError
        sealed = put_under_seal(
            work,
            vault,
            meeting,
            told.content,
            kind=command.kind,
            language=command.language,
            shown=told.shown,
            addendum_number=told.version,
        )
        work.commit(Action.PLAN_SEALED, sealed.id, digest=tie_of_protocol(sealed).to_bytes())
    return Done(sealed.id, Changes(meetings=True, items=True))
