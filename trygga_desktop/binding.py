"""Binds the use cases of one open vault for the screens."""

from datetime import datetime
from functools import partial

from trygga_desktop.services import (
    accounts,
    addenda,
    agendas,
    agreed_plans,
    agreements,
    answers,
    approvals,
    arms,
    case_files,
    cases,
    catalogues,
    clocks,
    closing,
    consents,
    consultations,
    contacts,
    details,
    distribution,
    drafts,
    due_calendar,
    entries,
    escalation,
    excerpts,
    follow_up,
    gates,
    grounds,
    lanes,
    later_looks,
    leading,
    letters,
    logs,
    lowering,
    meetings,
    municipality,
    named_meetings,
    overview,
    packets,
    packets_in,
    papers,
    parties,
    partners,
    plan_papers,
    plan_sealing,
    plan_views,
    plans,
    printing,
    protocols,
    questions,
    ratings,
    rebooking,
    reminders,
    rooms,
    seal_sheets,
    sealed_copies,
    sealed_files,
    sealing,
    seals,
    second_persons,
    signatures,
    signers,
    signing,
    unfinished,
    voices,
    withdrawals,
)
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.case_uses import (
    ApprovalUses,
    CaseUses,
    ConsentUses,
    ConsultationUses,
    DetailsUses,
    DirectoryUses,
    EndingUses,
    ExcerptUses,
    MeetingUses,
    PacketUses,
    PeopleUses,
    PlanDeskUses,
    RuleUses,
    SealUses,
    SignatureUses,
)
from trygga_desktop.ui.draft_keeper import DraftUses
from trygga_desktop.ui.use_cases import Desk


def bind_desk(vault: OpenVault) -> Desk:
    """Return the use cases of one open vault."""
    return Desk(
        folder=vault.folder.path,
        municipality=partial(_municipality, vault),
        me=vault.me,
        notices=vault.notices,
        saved_at=partial(_saved_at, vault),
        list_cases=partial(cases.list_cases, vault=vault),
        read_reminders=partial(reminders.read_reminders, vault=vault),
        open_case=partial(cases.open_case, vault=vault),
        find_similar=partial(cases.find_similar, vault=vault),
        change_passphrase=partial(accounts.change_passphrase, vault=vault),
        drafts=DraftUses(
            store=partial(drafts.store_draft, vault=vault),
            read=partial(drafts.read_drafts, vault=vault),
            discard=partial(drafts.discard_draft, vault=vault),
            use=partial(drafts.use_draft, vault=vault),
            throw=partial(drafts.throw_draft, vault=vault),
            bring_back=partial(drafts.bring_back_draft, vault=vault),
            empty_bin=partial(drafts.empty_bin, vault=vault),
        ),
        case=_bind_case(vault),
        people=PeopleUses(
            read_people=partial(parties.read_people, vault=vault),
            add_relative=partial(parties.add_relative, vault=vault),
            add_professional=partial(parties.add_professional, vault=vault),
            change_party=partial(parties.change_party, vault=vault),
            details=DetailsUses(
                read_details=partial(details.read_details, vault=vault),
                show_details=partial(details.show_details, vault=vault),
                change_details=partial(details.change_details, vault=vault),
                protect_person=partial(details.protect_person, vault=vault),
                ask_to_lower=partial(lowering.ask_to_lower, vault=vault),
                drop_lowering=partial(lowering.drop_lowering, vault=vault),
                lower_protection=partial(lowering.lower_protection, vault=vault),
            ),
        ),
        directory=DirectoryUses(
            read_directory=partial(contacts.read_directory, vault=vault),
            save_organisation=partial(contacts.save_organisation, vault=vault),
            save_contact=partial(contacts.save_contact, vault=vault),
        ),
        consents=_bind_consents(vault),
        consultations=ConsultationUses(
            begin_consultation=partial(consultations.begin_consultation, vault=vault),
            read_consultation=partial(consultations.read_consultation, vault=vault),
            tell_without_names=partial(consultations.tell_without_names, vault=vault),
            pass_gate=partial(gates.pass_gate, vault=vault),
            plan_by_name=partial(named_meetings.plan_by_name, vault=vault),
        ),
        meetings=_bind_meetings(vault),
        packets=_bind_packets(vault),
        plans=_bind_plans(vault),
        rules=RuleUses(
            arms=partial(_arms, vault),
            change_arms=partial(arms.change_arms, vault=vault),
            change_municipality=partial(municipality.change_municipality, vault=vault),
            read_ground_texts=partial(catalogues.read_ground_texts, vault=vault),
            confirm_ground=partial(catalogues.confirm_ground, vault=vault),
            make_seal=partial(seals.make_seal, vault=vault),
            seal=partial(_seal, vault),
            compose_seal_sheet=partial(_compose_seal_sheet, vault),
        ),
        log_clock_jump=partial(clocks.log_clock_jump, vault=vault),
        tidy=vault.tidy,
        close=vault.close,
    )


def _bind_case(vault: OpenVault) -> CaseUses:
    return CaseUses(
        read_case=partial(case_files.read_case, vault=vault),
        write_note=partial(case_files.write_note, vault=vault),
        read_overview=partial(overview.read_overview, vault=vault),
        change_phase=partial(overview.change_phase, vault=vault),
        change_stage=partial(lanes.change_stage, vault=vault),
        record_contact=partial(lanes.record_contact, vault=vault),
        record_statement=partial(case_files.record_statement, vault=vault),
        read_log=partial(logs.read_log, vault=vault),
        endings=EndingUses(
            read_closing=partial(closing.read_closing, vault=vault),
            keep_closing=partial(closing.keep_closing, vault=vault),
            note_look=partial(later_looks.note_later_look, vault=vault),
            read_agreement=partial(agreements.read_agreement, vault=vault),
            keep_agreement=partial(agreements.keep_agreement, vault=vault),
            answer_agreement=partial(agreements.answer_agreement, vault=vault),
        ),
    )


def _bind_consents(vault: OpenVault) -> ConsentUses:
    return ConsentUses(
        read_consents=partial(consents.read_consents, vault=vault),
        record_consent=partial(consents.record_consent, vault=vault),
        withdraw_consent=partial(consents.withdraw_consent, vault=vault),
        record_opinion=partial(consents.record_opinion, vault=vault),
        record_bar=partial(consents.record_bar, vault=vault),
        change_terms=partial(consents.change_terms, vault=vault),
        confirm_consents=partial(consents.confirm_consents, vault=vault),
        read_questions=partial(questions.read_questions, vault=vault),
        request_consent=partial(signers.request_consent, vault=vault),
        record_exception=partial(signers.record_exception, vault=vault),
        read_grounds=partial(grounds.read_grounds, vault=vault),
        use_ground=partial(grounds.use_ground, vault=vault),
        read_withdrawal=partial(withdrawals.read_withdrawal, vault=vault),
        compose_letter=partial(letters.compose_letter, vault=vault),
        log_letter_printed=partial(letters.log_letter_printed, vault=vault),
        log_letter_failed=partial(letters.log_letter_failed, vault=vault),
        log_letter_saved=partial(letters.log_letter_saved, vault=vault),
    )


def _bind_plans(vault: OpenVault) -> PlanDeskUses:
    return PlanDeskUses(
        read_plan=partial(plan_views.read_plan, vault=vault),
        keep_plan=partial(plans.keep_plan, vault=vault),
        bring_plan=partial(plans.bring_plan, vault=vault),
        agree_plan=partial(plans.agree_plan, vault=vault),
        write_protection=partial(plans.write_protection_need, vault=vault),
        read_versions=partial(plan_views.read_versions, vault=vault),
        read_progress=partial(ratings.read_progress, vault=vault),
        record_rating=partial(ratings.record_rating, vault=vault),
        read_follow_up=partial(follow_up.read_follow_up, vault=vault),
        raise_commitments=partial(escalation.raise_commitments, vault=vault),
        compose_raised=partial(escalation.compose_raised, vault=vault),
        compose_due_calendar=partial(due_calendar.compose_due_calendar, vault=vault),
        log_list_saved=partial(escalation.log_raised_saved, vault=vault),
        log_list_printed=partial(escalation.log_raised_printed, vault=vault),
        compose_plan=partial(plan_papers.compose_plan, vault=vault),
        log_not_printed=partial(printing.log_not_printed, vault=vault),
        log_printed=partial(plan_papers.log_plan_printed, vault=vault),
        log_saved=partial(plan_papers.log_plan_saved, vault=vault),
    )


def _bind_meetings(vault: OpenVault) -> MeetingUses:
    return MeetingUses(
        read_meetings=partial(meetings.read_meetings, vault=vault),
        plan_meeting=partial(meetings.plan_meeting, vault=vault),
        change_booking=partial(rebooking.change_booking, vault=vault),
        cancel_meeting=partial(meetings.cancel_meeting, vault=vault),
        read_meeting=partial(rooms.read_meeting, vault=vault),
        read_leading=partial(leading.read_leading, vault=vault),
        invite=partial(meetings.invite, vault=vault),
        set_presence=partial(meetings.set_presence, vault=vault),
        confirm_duty=partial(meetings.confirm_duty, vault=vault),
        begin_meeting=partial(meetings.begin_meeting, vault=vault),
        go_to_item=partial(meetings.go_to_item, vault=vault),
        add_agenda_item=partial(meetings.add_agenda_item, vault=vault),
        give_more_time=partial(agendas.give_more_time, vault=vault),
        move_agenda_item=partial(agendas.move_agenda_item, vault=vault),
        confirm_noted=partial(agendas.confirm_noted, vault=vault),
        end_meeting=partial(meetings.end_meeting, vault=vault),
        write_entry=partial(entries.write_entry, vault=vault),
        mark_item=partial(entries.mark_item, vault=vault),
        name_second_persons=partial(second_persons.name_second_persons, vault=vault),
        change_commitment=partial(entries.change_commitment, vault=vault),
        compose_protocol=partial(protocols.compose_protocol, vault=vault),
        log_printed=partial(protocols.log_protocol_printed, vault=vault),
        log_saved=partial(protocols.log_protocol_saved, vault=vault),
        log_not_printed=partial(printing.log_not_printed, vault=vault),
        signatures=SignatureUses(
            read_signatures=partial(signatures.read_signatures, vault=vault),
            keep_scan=partial(signatures.keep_scan, vault=vault),
            read_scan=partial(signatures.read_scan, vault=vault),
            decline_signature=partial(signatures.decline_signature, vault=vault),
            take_back_signature=partial(signatures.take_back_signature, vault=vault),
            record_on_paper=partial(signing.record_on_paper, vault=vault),
            name_signature=partial(signing.name_signature, vault=vault),
            add_signed=partial(sealed_files.add_signed, vault=vault),
            find_by_code=partial(sealed_files.find_by_code, vault=vault),
        ),
        sealing=SealUses(
            read_sealing=partial(sealing.read_sealing, vault=vault),
            seal_protocol=partial(sealing.seal_protocol, vault=vault),
            compose_plan=partial(agreed_plans.compose_agreed_plan, vault=vault),
            seal_plan=partial(plan_sealing.seal_plan, vault=vault),
            read_sealed=partial(sealed_files.read_sealed, vault=vault),
            add_addendum=partial(addenda.add_addendum, vault=vault),
            log_printed=partial(sealed_files.log_sealed_printed, vault=vault),
            log_copy_printed=partial(sealed_copies.log_copy_printed, vault=vault),
            log_print_failed=partial(sealed_copies.log_print_failed, vault=vault),
            log_saved=partial(sealed_files.log_sealed_saved, vault=vault),
            log_copy_saved=partial(sealed_copies.log_copy_saved, vault=vault),
            log_confirmed=partial(sealed_files.log_outdated_confirmed, vault=vault),
            make_seal=partial(seals.make_seal, vault=vault),
            complete_action=partial(unfinished.complete_action, vault=vault),
            find_by_code=partial(sealed_files.find_by_code, vault=vault),
            approval=ApprovalUses(
                write_remark=partial(approvals.write_remark, vault=vault),
                answer_remark=partial(approvals.answer_remark, vault=vault),
                approve_draft=partial(approvals.approve_draft, vault=vault),
                reopen_draft=partial(approvals.reopen_draft, vault=vault),
            ),
        ),
        excerpts=ExcerptUses(
            read_excerpts=partial(excerpts.read_excerpts, vault=vault),
            compose_excerpt=partial(excerpts.compose_excerpt, vault=vault),
            give_excerpt=partial(excerpts.give_excerpt, vault=vault),
            read_excerpt=partial(excerpts.read_excerpt, vault=vault),
            export_excerpts=partial(excerpts.export_excerpts, vault=vault),
            read_distribution=partial(distribution.read_distribution, vault=vault),
            record_copy=partial(distribution.record_copy, vault=vault),
            report_spoilt=partial(distribution.report_spoilt, vault=vault),
            ask_back=partial(distribution.ask_back, vault=vault),
            take_back=partial(distribution.take_back, vault=vault),
            correct_copy=partial(distribution.correct_copy, vault=vault),
        ),
        read_papers=partial(papers.read_papers, vault=vault),
        compose_paper=partial(papers.compose_paper, vault=vault),
        compose_calendar=partial(papers.compose_calendar, vault=vault),
        log_paper_printed=partial(papers.log_paper_printed, vault=vault),
        log_paper_saved=partial(papers.log_paper_saved, vault=vault),
        read_voice=partial(voices.read_voice, vault=vault),
        record_voice=partial(voices.record_voice, vault=vault),
        read_answers=partial(answers.read_answers, vault=vault),
        record_answers=partial(answers.record_answers, vault=vault),
    )


def _bind_packets(vault: OpenVault) -> PacketUses:
    return PacketUses(
        read_outgoing=partial(packets.read_outgoing, vault=vault),
        make_packet=partial(packets.make_packet, vault=vault),
        read_packet=partial(packets_in.read_packet, vault=vault),
        take_in_plan=partial(packets_in.take_in_plan, vault=vault),
        take_in_packet=partial(packets_in.take_in_packet, vault=vault),
        read_partners=partial(partners.read_partners, vault=vault),
        hand_out_keys=partial(partners.hand_out_keys, vault=vault),
        read_offered_keys=partial(partners.read_offered_keys, vault=vault),
        certify_partner=partial(partners.certify_partner, vault=vault),
        retire_partner=partial(partners.retire_partner, vault=vault),
    )


def _arms(vault: OpenVault) -> bytes:
    return vault.arms


def _seal(vault: OpenVault) -> str:
    return vault.seal


def _compose_seal_sheet(vault: OpenVault, language: str) -> bytes:
    command = seal_sheets.ComposeSealSheet(
        municipality=vault.municipality,
        fingerprint=vault.seal,
        language=language,
        arms=vault.arms,
    )
    return seal_sheets.compose_seal_sheet(command, now=vault.environment.now())


def _municipality(vault: OpenVault) -> str:
    return vault.municipality


def _saved_at(vault: OpenVault) -> datetime | None:
    return vault.saved_at
