"""What an example of a use case is, and the ground that it stands on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from tests.conftest import MadeVault
from tests.costs import prepared_hand
from tests.packets import Side
from tests.people import (
    DAY,
    ELIAS,
    STARTS_AT,
    VIKTOR,
    Family,
    acute_case,
    arrive,
    case_with_family,
    gate,
    item_of,
    opened_case,
    organisation,
    paper,
    planned_meeting,
    professional,
    room_of,
    wrote,
)
from tests.services.agreed_desk import ready_plan, to_seal_plan
from tests.services.sealing_desk import to_seal
from trygga_desktop.crypto.key_files import fingerprint_of_keys, write_key_file
from trygga_desktop.documents.fingerprint import in_words
from trygga_desktop.documents.pdf.seal import SealKey, sign
from trygga_desktop.domain.agreement import Side as AgreementSide
from trygga_desktop.domain.agreement import Undertaking
from trygga_desktop.domain.approval import ApprovedOn, Approver
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.dates import PartialDate, months_after
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.excerpts import Way
from trygga_desktop.domain.items import Marking
from trygga_desktop.domain.matching import Fit, PageFound, ScanFound
from trygga_desktop.domain.meeting import Function
from trygga_desktop.domain.people import Lowering, Protection
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.domain.scanning import ScanKind
from trygga_desktop.services.agreements import KeepAgreement, keep_agreement
from trygga_desktop.services.approvals import (
    ApproveDraft,
    WriteRemark,
    approve_draft,
    write_remark,
)
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.consents import (
    ChangeTerms,
    NewExclusion,
    WithdrawConsent,
    change_terms,
    read_consents,
    record_consent,
    withdraw_consent,
)
from trygga_desktop.services.contacts import SaveContact, save_contact
from trygga_desktop.services.details import known_person, put_person
from trygga_desktop.services.distribution import RecordCopy, record_copy
from trygga_desktop.services.drafts import StoreDraft, store_draft, throw_draft
from trygga_desktop.services.entries import EntryKind, MarkItem, mark_item
from trygga_desktop.services.excerpts import (
    ComposeExcerpt,
    GiveExcerpt,
    compose_excerpt,
    give_excerpt,
)
from trygga_desktop.services.gates import pass_gate
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.meetings import (
    EndMeeting,
    Invitation,
    PlanMeeting,
    begin_meeting,
    end_meeting,
    plan_meeting,
)
from trygga_desktop.services.overview import ChangePhase, change_phase
from trygga_desktop.services.parties import read_people
from trygga_desktop.services.partners import CertifyPartner, certify_partner
from trygga_desktop.services.plan_views import read_plan
from trygga_desktop.services.plans import KeepPlan, keep_plan
from trygga_desktop.services.rooms import read_hidden
from trygga_desktop.services.sealed_files import AddSigned, add_signed, read_sealed
from trygga_desktop.services.sealing import read_sealing, seal_protocol
from trygga_desktop.services.signatures import BroughtFile, KeepScan, SignedOnPaper, keep_scan
from trygga_desktop.services.standing import stand
from trygga_desktop.services.vault import OpenVault

AT = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


class Stage(IntEnum):
    """How far things must have come for an example."""

    CASE = 0
    GRANTED = 1
    FAMILY = 2
    CONSENT = 3
    PLANNED = 4
    RUNNING = 5
    HELD = 6
    REMARKED = 7
    APPROVED = 8
    WITHDRAWN = 9
    SETTLED = 10
    SEALED = 11
    SIGNED = 12
    GIVEN = 13
    WITHOUT_NAMES = 14
    ACUTE = 15
    AGREED_ON_PAPER = 16
    AFTERWARDS = 17
    NAMED_SINCE = 18
    PROTECTED = 19
    ASKED_TO_LOWER = 20
    PLAN_AGREED = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What an example is done with: ids that exist as far as the stage says."""

    case_id: UUID
    colleague: UUID
    family: Family
    contact_id: UUID
    term_id: UUID
    meeting_id: UUID
    agenda_id: UUID
    now_id: UUID
    seat_id: UUID
    item_id: UUID
    unnamed_id: UUID
    note_id: UUID
    commitment_id: UUID
    goal_id: UUID
    plan_basis: str
    protocol_id: UUID
    scan_id: UUID
    pdf: bytes
    partner_id: UUID
    remark_id: UUID
    excerpt_id: UUID
    copy_id: UUID
    basis: str


SARA_THERE = Side("Sara Lind", 2)
Example = Callable[[OpenVault, Ground], Done[Any]]


class Row(NamedTuple):
    """One use case: its entry in the log, what it says that it changed, who may, and how."""

    action: Action | None
    changes: Changes
    permission: Permission
    example: Example
    stage: Stage = Stage.CASE


def bare_ground(case_id: UUID, colleague: UUID) -> Ground:
    """Return ground on which there is nothing but a case."""
    none = UUID(int=9)
    family = Family(
        case_id=case_id,
        subject=none,
        sara=none,
        johan=none,
        karin=none,
        maria=none,
        peter=none,
        board=none,
        school=none,
        police=none,
    )
    return Ground(
        case_id=case_id,
        colleague=colleague,
        family=family,
        contact_id=none,
        term_id=none,
        meeting_id=none,
        agenda_id=none,
        now_id=none,
        seat_id=none,
        item_id=none,
        unnamed_id=none,
        note_id=none,
        commitment_id=none,
        goal_id=none,
        plan_basis="",
        protocol_id=none,
        scan_id=none,
        pdf=b"",
        partner_id=none,
        remark_id=none,
        excerpt_id=none,
        copy_id=none,
        basis="",
    )


def prepare(vault: OpenVault, made: MadeVault, stage: Stage) -> Ground:
    """Make a case and let things come as far as the stage.

    At first there are two drafts as well: one with the id of the case, the colleague's in the bin.
    """
    petra = made.secrets("pn").principal
    if stage < Stage.FAMILY:
        return bare_case(vault, petra, stage)
    if stage >= Stage.WITHOUT_NAMES:
        return another_case(vault, made, petra, stage)
    family = case_with_family(vault)
    contact = SaveContact(name="Ny Nilsson", organisation_id=family.school)
    contact_id = save_contact(contact, vault=vault).value
    ids: dict[str, Any] = {"contact_id": contact_id, "term_id": contact_id}
    ids["partner_id"] = certify_partner(certified_sara(family.school), vault=vault).value
    if stage >= Stage.CONSENT:
        record_consent(paper(family), vault=vault)
        change_terms(exclusion(family), vault=vault)
        terms = read_consents(family.case_id, vault=vault).value.exclusions
        ids["term_id"] = terms[0].id
    meeting_id = planned_meeting(vault, family) if stage >= Stage.PLANNED else family.subject
    ids |= {
        "meeting_id": meeting_id,
        "agenda_id": meeting_id,
        "now_id": meeting_id,
        "seat_id": meeting_id,
    }
    ids |= {"item_id": meeting_id, "unnamed_id": meeting_id, "note_id": meeting_id}
    ids |= {"commitment_id": meeting_id, "protocol_id": meeting_id}
    if stage >= Stage.PLANNED:
        seats = room_of(vault, meeting_id).seats
        for seat in seats:
            arrive(vault, meeting_id, seat)
        ids["seat_id"] = seats[0].id
        ids["agenda_id"] = item_of(vault, meeting_id, "now_school")
    if stage >= Stage.RUNNING:
        begin_meeting(meeting_id, vault=vault)
        ids["now_id"] = item_of(vault, meeting_id, "welcome")
        ids["item_id"] = wrote(vault, meeting_id, "x", organisation_id=family.school).id
        ids["unnamed_id"] = wrote(vault, meeting_id, "x", about_unnamed=True).id
        ids["note_id"] = wrote(vault, meeting_id, "x", kind=EntryKind.ACTION, due_on=DAY).id
        goal = PlanLine(id=uuid4(), kind=LineKind.GOAL, words="x", area="school")
        kept = KeepPlan(case_id=family.case_id, based_on=0, lines=(goal,))
        keep_plan(kept, vault=vault)
        ids["goal_id"] = goal.id
        ids["commitment_id"] = wrote(
            vault, meeting_id, "x", kind=EntryKind.ACTION, responsible="Maria Lind", due_on=DAY
        ).id
    if stage >= Stage.HELD:
        end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
        ids["basis"] = read_sealing(meeting_id, vault=vault).value.basis
    ids |= said_of_draft(vault, meeting_id, stage)
    if stage is Stage.WITHDRAWN:
        withdraw_consent(taken_back(family), vault=vault)
    ground = replace(bare_ground(family.case_id, petra), family=family, **ids)
    if stage >= Stage.RUNNING:
        basis = read_plan(family.case_id, vault=vault).value.basis
        ground = replace(ground, plan_basis=basis)
    return settled(vault, ground, stage) if stage >= Stage.SETTLED else ground


def certified_sara(organisation_id: UUID) -> CertifyPartner:
    """Return that Sara of another vault speaks for an organisation."""
    return CertifyPartner(
        data=write_key_file(SARA_THERE.keys, SARA_THERE.signing),
        organisation_id=organisation_id,
        told=in_words(fingerprint_of_keys(SARA_THERE.keys)),
        is_bound=True,
    )


def said_of_draft(vault: OpenVault, meeting_id: UUID, stage: Stage) -> dict[str, Any]:
    """Remark on the draft of a meeting, or approve it, if it has come so far."""
    if stage is Stage.REMARKED:
        remark = WriteRemark(meeting_id=meeting_id, who="Maria Lind", text="Fel dag.")
        return {"remark_id": write_remark(remark, vault=vault).value}
    if stage is Stage.APPROVED:
        approval = ApproveDraft(
            meeting_id=meeting_id,
            basis=read_sealing(meeting_id, vault=vault).value.basis,
            role=Approver.CHAIR,
            how=ApprovedOn.SCREEN,
            on=DAY,
        )
        approve_draft(approval, vault=vault)
    return {}


def bare_case(vault: OpenVault, colleague: UUID, stage: Stage) -> Ground:
    """Open a case with two drafts beside it, granted to the colleague if so far."""
    case_id = opened_case(vault)
    for draft_id in (case_id, colleague):
        store_draft(StoreDraft(id=draft_id, kind=DraftKind.NOTE, text="y"), vault=vault)
    throw_draft(colleague, vault=vault)
    if stage is Stage.GRANTED:
        grant_case(GrantCase(case_id=case_id, principal_id=colleague), vault=vault)
    return bare_ground(case_id, colleague)


def without_names(vault: OpenVault, colleague: UUID) -> Ground:
    """Open a case that is spoken of without the name, with a school that takes part."""
    case_id = opened_case(vault, programme="sspf")
    board = UUID(bytes=vault.trust.vault_id)
    school = organisation(vault, "school", "Ekbackens skola")
    maria = professional(vault, case_id, school, "Maria Lind")
    change_phase(ChangePhase(case_id=case_id, phase=Phase.ASSESSMENT), vault=vault)
    ground = bare_ground(case_id, colleague)
    family = replace(ground.family, board=board, school=school, maria=maria)
    return replace(ground, family=family)


def named_since(vault: OpenVault, colleague: UUID) -> Ground:
    """Hold a meeting without the name, of a case that goes by name by its end."""
    ground = without_names(vault, colleague)
    family = ground.family
    plan = PlanMeeting(
        case_id=ground.case_id,
        template="sspf_professionals",
        starts_at=STARTS_AT,
        invited=(
            Invitation(
                functions=frozenset({Function.AGENCY_REPRESENTATIVE}), party_id=family.maria
            ),
        ),
    )
    meeting_id = plan_meeting(plan, vault=vault).value
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    pass_gate(gate(ground.case_id, family.school), vault=vault)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    return replace(ground, meeting_id=meeting_id)


def another_case(  # noqa: PLR0911  one answer for each stage
    vault: OpenVault, made: MadeVault, colleague: UUID, stage: Stage
) -> Ground:
    """Make a case that is not on the usual way."""
    if stage is Stage.AGREED_ON_PAPER:
        return agreed_on_paper(vault, colleague)
    if stage is Stage.AFTERWARDS:
        return afterwards(vault, made, colleague)
    if stage is Stage.NAMED_SINCE:
        return named_since(vault, colleague)
    if stage in {Stage.PROTECTED, Stage.ASKED_TO_LOWER}:
        return protected(vault, colleague, is_asked=stage is Stage.ASKED_TO_LOWER)
    if stage is Stage.PLAN_AGREED:
        return plan_agreed(vault, colleague)
    if stage is Stage.ACUTE:
        case = acute_case(vault)
        ground = replace(bare_ground(case.case_id, colleague), meeting_id=case.meeting_id)
        return replace(ground, commitment_id=case.late_id)
    return without_names(vault, colleague)


def plan_agreed(vault: OpenVault, colleague: UUID) -> Ground:
    """Hold a meeting that agrees on a plan, and seal its protocol."""
    plan = ready_plan(vault)
    ground = replace(bare_ground(plan.case_id, colleague), meeting_id=plan.meeting_id)
    return replace(ground, basis=to_seal_plan(vault, plan.meeting_id).basis)


def protected(vault: OpenVault, colleague: UUID, *, is_asked: bool) -> Ground:
    """Open a case about somebody protected, for whom the colleague may have asked for less."""
    case_id = opened_case(vault, VIKTOR)
    ground = bare_ground(case_id, colleague)
    subject = read_people(case_id, vault=vault).value.subject_id
    if is_asked:
        with vault.work() as work:
            standing = stand(work, vault, work.cases.find(case_id))
            known = known_person(work, standing, subject)
            asked = Lowering(asked_by=colleague, asked_at=work.at, to=Protection.NONE, why="x")
            put_person(work, standing, subject, known, replace(known, lowering=asked))
            work.commit(Action.LOWERING_ASKED, case_id)
    return replace(ground, family=replace(ground.family, subject=subject))


def agreed_on_paper(vault: OpenVault, colleague: UUID) -> Ground:
    """Open a case whose programme makes an agreement, with one that nobody has signed."""
    case_id = opened_case(vault, VIKTOR, programme="leavers")
    phase = ChangePhase(case_id=case_id, phase=Phase.INFORMATION_AND_CONSENT)
    change_phase(phase, vault=vault)
    keep_agreement(agreement(case_id, 0), vault=vault)
    return bare_ground(case_id, colleague)


def agreement(case_id: UUID, based_on: int) -> KeepAgreement:
    """Return an agreement in which each undertakes something."""
    return KeepAgreement(
        case_id=case_id,
        based_on=based_on,
        valid_from=DAY,
        valid_to=DAY,
        lines=tuple(Undertaking(id=uuid4(), side=one, words="x") for one in AgreementSide),
    )


def afterwards(vault: OpenVault, made: MadeVault, colleague: UUID) -> Ground:
    """Let half a year go by after the work of a case has ended, with the tick of everyone."""
    young = replace(ELIAS, birth_date=PartialDate(2011, 1, 2), number=None)
    family = case_with_family(vault, young)
    signed = paper(family)
    ticked = tuple(replace(one, long_term=True) for one in signed.answers)
    last_day = months_after(DAY, 12)
    record_consent(replace(signed, answers=ticked, valid_to=last_day), vault=vault)
    for phase, reason in (
        (Phase.PLAN_MEETING, ""),
        (Phase.CLOSING, ""),
        (Phase.LONG_TERM_FOLLOW_UP, "goals_reached"),
    ):
        step = ChangePhase(case_id=family.case_id, phase=phase, reason=reason)
        change_phase(step, vault=vault)
    made.clock.move(days=(months_after(DAY, 6) - DAY).days)
    return replace(bare_ground(family.case_id, colleague), family=family)


def settled(vault: OpenVault, ground: Ground, stage: Stage) -> Ground:
    """Answer what is asked about the items of the meeting, and seal its protocol if so far."""
    for one in read_hidden(ground.meeting_id, vault=vault).value.hidden:
        for question in one.questions:
            answer = MarkItem(
                case_id=ground.case_id,
                item_id=one.entry.item.id,
                about_id=question.about_id,
                answer=Marking.INSIDE if question.is_limit else Marking.DOES_NOT_TOUCH,
            )
            mark_item(answer, vault=vault)
    if stage < Stage.SEALED:
        basis = read_sealing(ground.meeting_id, vault=vault).value.basis
        return replace(ground, basis=basis)
    sealed = seal_protocol(to_seal(vault, ground.meeting_id), vault=vault).value
    pdf = read_sealed(sealed, vault=vault).value.pdf
    school = ground.family.school
    asked = ComposeExcerpt(meeting_id=ground.meeting_id, recipient_id=school)
    basis = compose_excerpt(asked, vault=vault).value.basis
    ground = replace(ground, protocol_id=sealed, pdf=pdf, basis=basis)
    if stage is Stage.SIGNED:
        add_signed(AddSigned(protocol_id=sealed, pdf=signed(pdf, "Signature2")), vault=vault)
        return replace(ground, scan_id=keep_scan(scan_of(sealed, 1), vault=vault).value)
    if stage is not Stage.GIVEN:
        return ground
    noted = RecordCopy(protocol_id=sealed, to="Maria Lind", way=Way.BY_HAND, on=DAY)
    ground = replace(ground, copy_id=record_copy(noted, vault=vault).value)
    # The school promised nothing and has no line; a guardian's is signed.
    asked = replace(asked, recipient_id=ground.family.sara)
    for reader, digest in (
        (school, basis),
        (ground.family.sara, compose_excerpt(asked, vault=vault).value.basis),
    ):
        command = GiveExcerpt(meeting_id=ground.meeting_id, recipient_id=reader, basis=digest)
        given = give_excerpt(command, vault=vault).value.excerpt
        ground = replace(ground, excerpt_id=given.id)
    return ground


def signed(pdf: bytes, field: str = "Signature1") -> bytes:
    """Return a sealed file with a signature in one of its fields; of no file, none."""
    if not pdf:
        return pdf
    made = prepared_hand()
    return sign(pdf, field, SealKey(made.certificate, made.private_key), at=AT)


def scan_of(protocol_id: UUID, *signers: int) -> KeepScan:
    """Return a scan of the whole paper of a protocol, which these signed on the meeting's day."""
    page = PageFound(place=1, fit=Fit.FITS, page=1)
    return KeepScan(
        paper_id=protocol_id,
        files=(BroughtFile(ScanKind.PDF, b"%PDF-1.4 scan"),),
        found=ScanFound(pages=(page,), missing=(), doubled=()),
        signed=tuple(SignedOnPaper(signer=one, on=DAY) for one in signers),
    )


def taken_back(family: Family) -> WithdrawConsent:
    """Return that a guardian takes back everything."""
    return WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY)


def exclusion(family: Family) -> ChangeTerms:
    """Return that something about school may not be raised."""
    new = NewExclusion(
        categories=frozenset({"schooling"}), words="Bråket i våras", asked_by=family.sara
    )
    return ChangeTerms(case_id=family.case_id, on=DAY, exclusions=(new,))
