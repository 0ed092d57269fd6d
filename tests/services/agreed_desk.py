"""A plan that a meeting has agreed on, and sealed, for tests of what comes of it."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from tests.people import DAY, Family, case_with_family, paper, running_meeting, wrote
from tests.services.sealing_desk import to_seal
from trygga_desktop.domain.plan import LineKind, PlanLine, Term
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.agreed_plans import AUDIENCES, compose_agreed_plan
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.plan_sealing import SealPlan, seal_plan
from trygga_desktop.services.plan_views import PlanView, read_plan
from trygga_desktop.services.plans import AgreePlan, KeepPlan, agree_plan, keep_plan
from trygga_desktop.services.protocols import ComposeProtocol
from trygga_desktop.services.sealed_files import SealedFile, read_sealed
from trygga_desktop.services.sealing import PlanToSeal, read_sealing, seal_protocol
from trygga_desktop.services.vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPlan:
    """A case with a plan in its first version, which the meeting has agreed on as its second."""

    family: Family
    meeting_id: UUID
    lines: tuple[PlanLine, ...]

    @property
    def case_id(self) -> UUID:
        """Return its case."""
        return self.family.case_id


def line(kind: LineKind, words: str, **fields: Any) -> PlanLine:
    """Return a line of the school area, if nothing else is said."""
    return PlanLine(id=uuid4(), kind=kind, words=words, **{"area": "school"} | fields)


def lines_of(family: Family) -> tuple[PlanLine, ...]:
    """Return a plan with something of each kind, of which the school may not hear of money."""
    goal = line(LineKind.GOAL, "Jag vill klara matematiken", term=Term.SHORT, sign="Betyg i juni")
    action = line(LineKind.ACTION, "Ordna läxhjälp", goal_id=goal.id, own_part="Går dit")
    action = replace(
        action,
        responsible="Maria Lind",
        organisation_id=family.school,
        party_id=family.maria,
        due_on=DAY,
        follow_up_on=DAY,
    )
    return (
        line(LineKind.WISH, "Jag vill bli snickare", area="", said_by=family.subject),
        line(LineKind.STATE, "Kommer till hälften av lektionerna", category="schooling"),
        line(LineKind.STRENGTH, "Räknar snabbt i huvudet", category="schooling"),
        line(LineKind.NEED, "Familjen har skulder", category="livelihood", area="money"),
        goal,
        action,
    )


def agreed_plan(vault: OpenVault, *more: PlanLine) -> AgreedPlan:
    """Hold a meeting that agrees on the goal and the action of a plan; `more` it does not."""
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    meeting_id = running_meeting(vault, family)
    lines = (*lines_of(family), *more)
    keep_plan(KeepPlan(case_id=family.case_id, based_on=0, lines=lines), vault=vault)
    agree(vault, family, meeting_id, *lines[4:6])
    wrote(
        vault,
        meeting_id,
        "Boka rum för läxhjälpen",
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible="Maria Lind",
        due_on=DAY,
    )
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    return AgreedPlan(family=family, meeting_id=meeting_id, lines=lines)


def agree(vault: OpenVault, family: Family, meeting_id: UUID, *lines: PlanLine) -> None:
    """Have a meeting agree on these lines of the newest version."""
    command = AgreePlan(
        case_id=family.case_id,
        meeting_id=meeting_id,
        basis=plan_of(vault, family.case_id).basis,
        agreed=frozenset(one.id for one in lines),
    )
    agree_plan(command, vault=vault)


def plan_of(vault: OpenVault, case_id: UUID) -> PlanView:
    """Return the plan as it is read."""
    return read_plan(case_id, vault=vault).value


def plan_to_seal(vault: OpenVault, meeting_id: UUID) -> PlanToSeal:
    """Return what is told of the agreed plan of a meeting before it is sealed."""
    found = read_sealing(meeting_id, vault=vault).value.plan
    assert found is not None
    return found


def to_seal_plan(
    vault: OpenVault,
    meeting_id: UUID,
    kind: ProtocolKind = ProtocolKind.PLAN_ROOM,
    language: str = "sv",
) -> SealPlan:
    """Return what seals the plan as it reads now, as somebody does who has looked at it."""
    asked = ComposeProtocol(meeting_id=meeting_id, audience=AUDIENCES[kind], language=language)
    basis = compose_agreed_plan(asked, vault=vault).value.basis
    return SealPlan(meeting_id=meeting_id, basis=basis, kind=kind, language=language)


def ready_plan(vault: OpenVault, *more: PlanLine) -> AgreedPlan:
    """Return an agreed plan whose meeting has its protocol sealed."""
    plan = agreed_plan(vault, *more)
    seal_protocol(to_seal(vault, plan.meeting_id), vault=vault)
    return plan


def sealed_plan(
    vault: OpenVault, plan: AgreedPlan, kind: ProtocolKind = ProtocolKind.PLAN_ROOM
) -> SealedFile:
    """Seal the plan of a meeting, and return it as it is read back."""
    sealed = seal_plan(to_seal_plan(vault, plan.meeting_id, kind), vault=vault).value
    return read_sealed(sealed, vault=vault).value
