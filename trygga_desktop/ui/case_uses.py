"""The use cases within one case that the screens may ask for, bound by `app.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

# At run time the first window must not wait for the database and everything below it.
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from trygga_desktop.services.addenda import AddAddendum
    from trygga_desktop.services.agendas import ConfirmNoted, GiveMoreTime, MoveAgendaItem
    from trygga_desktop.services.agreements import (
        AgreementView,
        AnswerAgreement,
        KeepAgreement,
    )
    from trygga_desktop.services.answers import MeetingSheets, RecordAnswers
    from trygga_desktop.services.approvals import (
        AnswerRemark,
        ApproveDraft,
        ReopenDraft,
        WriteRemark,
    )
    from trygga_desktop.services.arms import ChangeArms
    from trygga_desktop.services.case_files import CaseFile, RecordStatement, WriteNote
    from trygga_desktop.services.catalogues import ConfirmGround, GroundTexts
    from trygga_desktop.services.changes import Done
    from trygga_desktop.services.closing import ClosingView, KeepClosing
    from trygga_desktop.services.consents import (
        ChangeTerms,
        ConsentView,
        RecordBar,
        RecordConsent,
        RecordOpinion,
        WithdrawConsent,
    )
    from trygga_desktop.services.consultations import (
        BeginConsultation,
        Consultation,
        TellWithoutNames,
    )
    from trygga_desktop.services.contacts import DirectoryView, SaveContact, SaveOrganisation
    from trygga_desktop.services.details import ChangeDetails, PersonDetails, ShownDetails
    from trygga_desktop.services.distribution import AskBack, Distribution, RecordCopy, TakeBack
    from trygga_desktop.services.due_calendar import ComposeDueCalendar, DueCalendar
    from trygga_desktop.services.entries import ChangeCommitment, MarkItem, WriteEntry, Written
    from trygga_desktop.services.escalation import ComposeRaised, RaiseCommitments
    from trygga_desktop.services.excerpts import (
        ComposedExcerpt,
        ComposeExcerpt,
        ExcerptDesk,
        ExcerptFile,
        ExportExcerpts,
        GiveExcerpt,
    )
    from trygga_desktop.services.follow_up import FollowUpList, FollowUpQuestion
    from trygga_desktop.services.gates import PassGate
    from trygga_desktop.services.grounds import CaseGrounds, UseGround
    from trygga_desktop.services.lanes import ChangeStage, RecordContact
    from trygga_desktop.services.later_looks import NoteLaterLook
    from trygga_desktop.services.leading import Leading
    from trygga_desktop.services.letters import ComposedLetter, ComposeLetter
    from trygga_desktop.services.logs import CaseLog, LogQuestion
    from trygga_desktop.services.lowering import AnswerLowering, AskToLower
    from trygga_desktop.services.meetings import (
        AddAgendaItem,
        CaseMeetings,
        ConfirmDuty,
        EndMeeting,
        Invitation,
        PlanMeeting,
        SetPresence,
    )
    from trygga_desktop.services.municipality import ChangeMunicipality
    from trygga_desktop.services.overview import CaseOverview, ChangePhase
    from trygga_desktop.services.packets import MadePacket, MakePacket, Outgoing
    from trygga_desktop.services.packets_in import Incoming, TakeIn
    from trygga_desktop.services.papers import (
        ComposeCalendar,
        ComposedPaper,
        ComposePaper,
        MeetingPapers,
    )
    from trygga_desktop.services.parties import (
        AddProfessional,
        AddRelative,
        CasePeople,
        ChangeParty,
    )
    from trygga_desktop.services.partners import (
        CertifyPartner,
        KeyFile,
        OfferedKeys,
        PartnerList,
    )
    from trygga_desktop.services.plan_papers import ComposedPlan, ComposePlan
    from trygga_desktop.services.plan_sealing import SealPlan
    from trygga_desktop.services.plan_views import PlanPair, PlanView
    from trygga_desktop.services.plans import (
        AgreePlan,
        BringPlan,
        KeepPlan,
        WriteProtectionNeed,
    )
    from trygga_desktop.services.protocols import ComposedProtocol, ComposeProtocol
    from trygga_desktop.services.questions import CaseQuestions
    from trygga_desktop.services.ratings import CaseProgress, RecordRating
    from trygga_desktop.services.rebooking import ChangeBooking
    from trygga_desktop.services.rooms import MeetingRoom
    from trygga_desktop.services.sealed_copies import OwnCopy
    from trygga_desktop.services.sealed_files import AddSigned, FoundProtocol, SealedFile
    from trygga_desktop.services.sealing import SealingState, SealProtocol
    from trygga_desktop.services.seals import SealOfVault
    from trygga_desktop.services.second_persons import NameSecondPersons
    from trygga_desktop.services.signatures import (
        DeclineSignature,
        KeepScan,
        KeptScan,
        ReadScan,
        SignatureList,
        TakeBackSignature,
    )
    from trygga_desktop.services.signers import RecordException, RequestConsent
    from trygga_desktop.services.signing import NameSignature, RecordOnPaper
    from trygga_desktop.services.unfinished import CompleteAction
    from trygga_desktop.services.voices import MeetingVoice, RecordVoice
    from trygga_desktop.services.withdrawals import Withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingUses:
    """How the work of a case ends, and the agreement with the young person."""

    read_closing: Callable[[UUID], Done[ClosingView]]
    keep_closing: Callable[[KeepClosing], Done[None]]
    note_look: Callable[[NoteLaterLook], Done[None]]
    read_agreement: Callable[[UUID], Done[AgreementView]]
    keep_agreement: Callable[[KeepAgreement], Done[UUID]]
    answer_agreement: Callable[[AnswerAgreement], Done[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseUses:
    """Reading a case and its log, and writing into it outside meetings."""

    read_case: Callable[[UUID], Done[CaseFile]]
    write_note: Callable[[WriteNote], Done[UUID]]
    read_overview: Callable[[UUID], Done[CaseOverview]]
    change_phase: Callable[[ChangePhase], Done[None]]
    change_stage: Callable[[ChangeStage], Done[None]]
    record_contact: Callable[[RecordContact], Done[None]]
    record_statement: Callable[[RecordStatement], Done[UUID]]
    read_log: Callable[[LogQuestion], Done[CaseLog]]
    endings: EndingUses


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationUses:
    """A case that is spoken of without the name, and the gate to the name."""

    begin_consultation: Callable[[BeginConsultation], Done[UUID]]
    read_consultation: Callable[[UUID], Done[Consultation]]
    tell_without_names: Callable[[TellWithoutNames], Done[UUID]]
    pass_gate: Callable[[PassGate], Done[None]]
    plan_by_name: Callable[[UUID], Done[UUID]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsUses:
    """Who one person of a case is, and how that is protected."""

    read_details: Callable[[UUID, UUID], Done[PersonDetails]]
    show_details: Callable[[UUID, UUID], Done[ShownDetails]]
    change_details: Callable[[ChangeDetails], Done[None]]
    protect_person: Callable[[ChangeDetails], Done[None]]
    ask_to_lower: Callable[[AskToLower], Done[None]]
    drop_lowering: Callable[[AnswerLowering], Done[None]]
    lower_protection: Callable[[AnswerLowering], Done[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleUses:
    """The people of a case."""

    read_people: Callable[[UUID], Done[CasePeople]]
    add_relative: Callable[[AddRelative], Done[UUID]]
    add_professional: Callable[[AddProfessional], Done[UUID]]
    change_party: Callable[[ChangeParty], Done[None]]
    details: DetailsUses


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryUses:
    """The contact directory."""

    read_directory: Callable[[], Done[DirectoryView]]
    save_organisation: Callable[[SaveOrganisation], Done[UUID]]
    save_contact: Callable[[SaveContact], Done[UUID]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentUses:
    """The consents of a case, and what is told without one."""

    read_consents: Callable[[UUID, date | None], Done[ConsentView]]
    record_consent: Callable[[RecordConsent], Done[None]]
    withdraw_consent: Callable[[WithdrawConsent], Done[None]]
    record_opinion: Callable[[RecordOpinion], Done[None]]
    record_bar: Callable[[RecordBar], Done[UUID]]
    change_terms: Callable[[ChangeTerms], Done[None]]
    confirm_consents: Callable[[UUID], Done[None]]
    read_questions: Callable[[UUID, date | None], Done[CaseQuestions]]
    request_consent: Callable[[RequestConsent], Done[None]]
    record_exception: Callable[[RecordException], Done[UUID]]
    read_grounds: Callable[[UUID], Done[CaseGrounds]]
    use_ground: Callable[[UseGround], Done[UUID]]
    read_withdrawal: Callable[[UUID], Done[Withdrawal]]
    compose_letter: Callable[[ComposeLetter], Done[ComposedLetter]]
    log_letter_printed: Callable[[UUID, UUID], Done[None]]
    log_letter_failed: Callable[[UUID, UUID], Done[None]]
    log_letter_saved: Callable[[UUID, UUID], Done[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealUses:
    """Sealing protocols, and handing out what is sealed."""

    read_sealing: Callable[[UUID], Done[SealingState]]
    seal_protocol: Callable[[SealProtocol], Done[UUID]]
    compose_plan: Callable[[ComposeProtocol], Done[ComposedProtocol]]
    seal_plan: Callable[[SealPlan], Done[UUID]]
    read_sealed: Callable[[UUID], Done[SealedFile]]
    add_addendum: Callable[[AddAddendum], Done[UUID]]
    log_printed: Callable[[UUID], Done[int]]
    log_copy_printed: Callable[[OwnCopy], Done[int]]
    log_print_failed: Callable[..., Done[None]]
    log_saved: Callable[[UUID], Done[None]]
    log_copy_saved: Callable[[OwnCopy], Done[None]]
    log_confirmed: Callable[[UUID], Done[None]]
    find_by_code: Callable[[str], Done[FoundProtocol | None]]
    make_seal: Callable[[], Done[SealOfVault]]
    complete_action: Callable[[CompleteAction], Done[None]]
    approval: ApprovalUses


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalUses:
    """What is said of a draft before it is sealed."""

    write_remark: Callable[[WriteRemark], Done[UUID]]
    answer_remark: Callable[[AnswerRemark], Done[None]]
    approve_draft: Callable[[ApproveDraft], Done[None]]
    reopen_draft: Callable[[ReopenDraft], Done[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptUses:
    """Excerpts of a sealed protocol, and who has which copy."""

    read_excerpts: Callable[[UUID], Done[ExcerptDesk]]
    compose_excerpt: Callable[[ComposeExcerpt], Done[ComposedExcerpt]]
    give_excerpt: Callable[[GiveExcerpt], Done[ExcerptFile]]
    read_excerpt: Callable[[UUID], Done[ExcerptFile]]
    export_excerpts: Callable[[ExportExcerpts], Done[tuple[tuple[str, bytes], ...]]]
    read_distribution: Callable[[UUID], Done[Distribution]]
    record_copy: Callable[[RecordCopy], Done[UUID]]
    report_spoilt: Callable[[UUID, UUID], Done[None]]
    ask_back: Callable[[AskBack], Done[None]]
    take_back: Callable[[TakeBack], Done[None]]
    correct_copy: Callable[[UUID, UUID], Done[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureUses:
    """Who signs a paper, and the scans that show it; a protocol is signed in its file too.

    `find_by_code` tells whose page has come, where it is of another paper.
    """

    read_signatures: Callable[[UUID], Done[SignatureList]]
    keep_scan: Callable[[KeepScan], Done[UUID]]
    read_scan: Callable[[ReadScan], Done[KeptScan]]
    decline_signature: Callable[[DeclineSignature], Done[None]]
    take_back_signature: Callable[[TakeBackSignature], Done[None]]
    record_on_paper: Callable[[RecordOnPaper], Done[None]]
    name_signature: Callable[[NameSignature], Done[None]]
    add_signed: Callable[[AddSigned], Done[int]]
    find_by_code: Callable[[str], Done[FoundProtocol | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketUses:
    """What is prepared elsewhere: packets out and in, and whose keys count."""

    read_outgoing: Callable[[UUID, UUID | None, UUID | None], Done[Outgoing]]
    make_packet: Callable[[MakePacket], Done[MadePacket]]
    read_packet: Callable[[UUID, bytes], Done[Incoming]]
    take_in_plan: Callable[[TakeIn], Done[None]]
    take_in_packet: Callable[[TakeIn], Done[None]]
    read_partners: Callable[[], Done[PartnerList]]
    hand_out_keys: Callable[[], Done[KeyFile]]
    read_offered_keys: Callable[[bytes], Done[OfferedKeys]]
    certify_partner: Callable[[CertifyPartner], Done[UUID]]
    retire_partner: Callable[[UUID], Done[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingUses:
    """Planning and holding meetings, and their protocols."""

    read_meetings: Callable[[UUID], Done[CaseMeetings]]
    plan_meeting: Callable[[PlanMeeting], Done[UUID]]
    change_booking: Callable[[ChangeBooking], Done[None]]
    cancel_meeting: Callable[[UUID], Done[None]]
    read_meeting: Callable[[UUID], Done[MeetingRoom]]
    read_leading: Callable[[UUID], Done[Leading]]
    invite: Callable[[UUID, Invitation], Done[None]]
    set_presence: Callable[[SetPresence], Done[None]]
    confirm_duty: Callable[[ConfirmDuty], Done[None]]
    begin_meeting: Callable[[UUID], Done[None]]
    go_to_item: Callable[[UUID, UUID], Done[None]]
    add_agenda_item: Callable[[AddAgendaItem], Done[None]]
    give_more_time: Callable[[GiveMoreTime], Done[None]]
    move_agenda_item: Callable[[MoveAgendaItem], Done[None]]
    confirm_noted: Callable[[ConfirmNoted], Done[None]]
    end_meeting: Callable[[EndMeeting], Done[None]]
    write_entry: Callable[[WriteEntry], Done[Written]]
    mark_item: Callable[[MarkItem], Done[None]]
    name_second_persons: Callable[[NameSecondPersons], Done[None]]
    change_commitment: Callable[[ChangeCommitment], Done[None]]
    compose_protocol: Callable[[ComposeProtocol], Done[ComposedProtocol]]
    log_printed: Callable[[UUID], Done[None]]
    log_saved: Callable[[UUID], Done[None]]
    log_not_printed: Callable[..., Done[None]]
    sealing: SealUses
    signatures: SignatureUses
    excerpts: ExcerptUses
    read_papers: Callable[[UUID], Done[MeetingPapers]]
    compose_paper: Callable[[ComposePaper], Done[ComposedPaper]]
    compose_calendar: Callable[[ComposeCalendar], Done[bytes]]
    log_paper_printed: Callable[[UUID], Done[None]]
    log_paper_saved: Callable[[UUID], Done[None]]
    read_voice: Callable[[UUID], Done[MeetingVoice]]
    record_voice: Callable[[RecordVoice], Done[None]]
    read_answers: Callable[[UUID], Done[MeetingSheets]]
    record_answers: Callable[[RecordAnswers], Done[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDeskUses:
    """The plan of a case, how it went, and what is due over all cases."""

    read_plan: Callable[[UUID], Done[PlanView]]
    keep_plan: Callable[[KeepPlan], Done[UUID]]
    bring_plan: Callable[[BringPlan], Done[UUID]]
    agree_plan: Callable[[AgreePlan], Done[UUID]]
    write_protection: Callable[[WriteProtectionNeed], Done[UUID]]
    read_versions: Callable[[UUID, int, int], Done[PlanPair]]
    read_progress: Callable[[UUID], Done[CaseProgress]]
    record_rating: Callable[[RecordRating], Done[UUID]]
    read_follow_up: Callable[[FollowUpQuestion], Done[FollowUpList]]
    raise_commitments: Callable[[RaiseCommitments], Done[int]]
    compose_raised: Callable[[ComposeRaised], Done[ComposedPaper]]
    compose_due_calendar: Callable[[ComposeDueCalendar], Done[DueCalendar]]
    log_list_saved: Callable[[], Done[None]]
    log_list_printed: Callable[[], Done[None]]
    compose_plan: Callable[[ComposePlan], Done[ComposedPlan]]
    log_not_printed: Callable[..., Done[None]]
    log_printed: Callable[[UUID], Done[None]]
    log_saved: Callable[[UUID], Done[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUses:
    """The rules of the vault, for its administrators, its name, coat of arms and seal.

    `arms` returns the picture there is, as a PNG, or nothing; `seal` the fingerprint of the seal in
    force in 64 hex digits, or nothing, and `compose_seal_sheet` a page with it in a language.
    """

    arms: Callable[[], bytes]
    change_arms: Callable[[ChangeArms], Done[None]]
    change_municipality: Callable[[ChangeMunicipality], Done[None]]
    read_ground_texts: Callable[[], Done[GroundTexts]]
    confirm_ground: Callable[[ConfirmGround], Done[None]]
    make_seal: Callable[[], Done[SealOfVault]]
    seal: Callable[[], str]
    compose_seal_sheet: Callable[[str], bytes]
