"""A meeting that was held, and its protocol sealed, for tests of what comes after."""

from dataclasses import dataclass
from uuid import UUID

from tests.people import DAY, Family, running_meeting, signed_case, wrote
from trygga_desktop.domain.sealing import ProtocolKind, SealedProtocol
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.sealed_files import SealedFile, read_sealed
from trygga_desktop.services.sealing import SealProtocol, read_sealing, seal_protocol
from trygga_desktop.services.vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMeeting:
    """A meeting that is over, with one decision and one action at it."""

    family: Family
    meeting_id: UUID
    decision: UUID
    action: UUID

    @property
    def case_id(self) -> UUID:
        """Return its case."""
        return self.family.case_id


def held_meeting(vault: OpenVault, family: Family | None = None) -> HeldMeeting:
    """Hold a meeting of a case whose consent is open between the board and the school."""
    family = signed_case(vault) if family is None else family
    meeting_id = running_meeting(vault, family)
    decision = wrote(
        vault,
        meeting_id,
        "Skolan ordnar en mentor.",
        kind=EntryKind.DECISION,
        organisation_id=family.school,
    )
    action = wrote(
        vault,
        meeting_id,
        "Boka tid med mentorn",
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible="Maria Lind",
        due_on=DAY,
    )
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    return HeldMeeting(family=family, meeting_id=meeting_id, decision=decision.id, action=action.id)


def to_seal(
    vault: OpenVault, meeting_id: UUID, kind: ProtocolKind = ProtocolKind.ROOM
) -> SealProtocol:
    """Return what seals the draft as it reads now, as somebody does who has looked at it."""
    basis = read_sealing(meeting_id, vault=vault).value.basis
    return SealProtocol(meeting_id=meeting_id, basis=basis, kind=kind)


def sealed_of(
    vault: OpenVault, held: HeldMeeting, kind: ProtocolKind = ProtocolKind.FULL
) -> SealedFile:
    """Seal the protocol of a meeting, and return it as it is read back."""
    command = to_seal(vault, held.meeting_id, kind)
    protocol_id = seal_protocol(command, vault=vault).value
    return read_sealed(protocol_id, vault=vault).value


def protocols_of(vault: OpenVault, case_id: UUID) -> list[SealedProtocol]:
    """Return what is sealed in a case."""
    with vault.work() as work:
        return work.protocols.of_case(case_id)
