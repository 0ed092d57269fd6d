"""What the log says: each thing that can be done, each kind of them, who did it. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trygga_desktop.domain.audit import Action, ActionKind
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.ui.widgets.text import make_visible

if TYPE_CHECKING:
    from trygga_desktop.services.logs import LogLine

LONGEST_ACTOR = 28
"""More of a name would leave what was done no room; a screen reader is told all of it."""

KINDS_OF_A_CASE = tuple(one for one in ActionKind if one is not ActionKind.VAULT)
"""What is done to the vault itself is about no case, and is never found in the log of one."""


def action_words(language: Language) -> Mapping[Action, str]:
    """Return what somebody did, one sentence without its subject for every action."""
    return {
        **_reading(language),
        **_writing(language),
        **_consenting(language),
        **_meeting(language),
        **_about_vault(language),
    }


def kind_words(language: Language) -> Mapping[ActionKind, str]:
    """Return what each kind of action is called."""
    _ = language.gettext
    return {
        ActionKind.READ: _("Reading"),
        ActionKind.WRITTEN: _("Writing in the case"),
        ActionKind.CONSENT: _("Consents"),
        ActionKind.MEETING: _("Meetings"),
        ActionKind.LEFT: _("Protocols, prints and files"),
        ActionKind.ACCESS: _("Access to the case"),
        ActionKind.VAULT: _("The vault itself"),
    }


def not_as_written(language: Language) -> str:
    """Return the mark on a line that does not hold any more."""
    return language.gettext("Not as it was written")


def actor_words(line: LogLine, language: Language) -> str:
    """Return who did it, made visible."""
    if not line.actor:
        return language.gettext("Somebody unknown")
    return make_visible(line.actor, lines=False, longest=LONGEST_ACTOR)


def actor_aloud(line: LogLine, language: Language) -> str:
    """Return all of the name."""
    if not line.actor:
        return language.gettext("Somebody unknown")
    return make_visible(line.actor, lines=False)


def when_words(line: LogLine, language: Language) -> str:
    """Return day and time in Stockholm, with the year: a log is kept for long."""
    day = line.at.astimezone(STOCKHOLM).date()
    return f"{language.date_long(day)} {language.time(line.at)}"


def _reading(language: Language) -> Mapping[Action, str]:
    _ = language.gettext
    return {
        Action.CASES_LISTED: _("Read the list of cases"),
        Action.CASES_COMPARED: _("Looked for cases about the same person"),
        Action.CASE_READ: _("Read the case"),
        Action.PEOPLE_READ: _("Read about the people of the case"),
        Action.DETAILS_READ: _("Read the details of a person"),
        Action.DETAILS_SHOWN: _("Showed protected details of a person"),
        Action.CONSENTS_READ: _("Read the consents"),
        Action.GROUNDS_READ: _("Read the decisions on other legal grounds"),
        Action.WITHDRAWAL_READ: _("Read what a withdrawal means"),
        Action.CATALOGUE_READ: _("Read the rules"),
        Action.REMINDERS_READ: _("Read the reminders"),
        Action.MEETINGS_READ: _("Read the list of meetings"),
        Action.MEETING_READ: _("Read a meeting"),
        Action.PLAN_READ: _("Read the plan"),
        Action.FOLLOW_UP_READ: _("Read the list of commitments"),
        Action.CLOSING_READ: _("Read how the work ends"),
        Action.AGREEMENT_READ: _("Read the agreement with the young person"),
        Action.PROTOCOL_READ: _("Read a sealed protocol"),
        Action.EXCERPT_READ: _("Read an excerpt that was given"),
        Action.DISTRIBUTION_READ: _("Read who has which copy"),
        Action.CODE_LOOKED_UP: _("Looked for a protocol by its control code"),
        Action.PARTNERS_READ: _("Read whose packets count"),
        Action.PACKET_READ: _("Looked into a packet from another vault"),
        Action.DIRECTORY_READ: _("Read the contact directory"),
        Action.DRAFTS_READ: _("Fetched their drafts"),
        Action.LOG_READ: _("Read this log"),
    }


def _writing(language: Language) -> Mapping[Action, str]:
    _ = language.gettext
    return {
        Action.CASE_OPENED: _("Opened the case as a new one"),
        Action.NOTE_WRITTEN: _("Wrote a working note"),
        Action.STATEMENT_RECORDED: _("Recorded a statement"),
        Action.MARKED_LATER: _("Answered a question after the sealing"),
        Action.ITEM_MARKED: _("Answered about a limit or an exclusion"),
        Action.SECOND_PERSONS_NAMED: _("Named who else something is about"),
        Action.ACTION_COMPLETED: _("Completed an action with who does it and until when"),
        Action.PHASE_CHANGED: _("Changed the phase of the case"),
        Action.GATE_PASSED: _("Went on with names"),
        Action.STAGE_CHANGED: _("Changed the stage of the case"),
        Action.CONTACT_RECORDED: _("Recorded the first contact"),
        Action.PARTY_ADDED: _("Added a person to the case"),
        Action.PARTY_CHANGED: _("Changed a person of the case"),
        Action.DETAILS_CHANGED: _("Changed the details of a person"),
        Action.PROTECTION_RAISED: _("Gave a person more protection"),
        Action.LOWERING_ASKED: _("Asked for less protection of a person"),
        Action.LOWERING_DROPPED: _("Left a person's protection as it was"),
        Action.PROTECTION_LOWERED: _("Confirmed less protection of a person"),
        Action.ENTRY_WRITTEN: _("Wrote something at a meeting"),
        Action.COMMITMENT_CHANGED: _("Changed how far an action has come"),
        Action.COMMITMENT_RAISED: _("Recorded that a late action was raised"),
        Action.PACKET_TAKEN_IN: _("Took in a packet from another vault"),
        Action.PLAN_TAKEN_IN: _("Took lines of the plan from a packet"),
        Action.PLAN_KEPT: _("Kept a version of the plan"),
        Action.PLAN_BROUGHT: _("Took the plan to a meeting"),
        Action.PLAN_AGREED: _("Recorded what was agreed on of the plan"),
        Action.PROTECTION_NEED_WRITTEN: _("Wrote a need of protection"),
        Action.RATING_RECORDED: _("Recorded the young person's own rating"),
        Action.CLOSING_REVIEWED: _("Wrote how the work ends"),
        Action.LATER_LOOK_NOTED: _("Noted what was found after the end"),
        Action.AGREEMENT_KEPT: _("Wrote a version of the agreement"),
        Action.AGREEMENT_ANSWERED: _("Recorded who signed the agreement"),
        Action.DIRECTORY_CHANGED: _("Changed the contact directory"),
        Action.DRAFT_DISCARDED: _("Cleared a draft that was put to use"),
        Action.DRAFT_THROWN: _("Threw a draft away"),
        Action.DRAFT_BROUGHT_BACK: _("Took a draft out of the bin"),
        Action.BIN_EMPTIED: _("Emptied the bin of drafts"),
        Action.CASE_GRANTED: _("Gave somebody access to the case"),
        Action.CASE_REVOKED: _("Took away somebody's access to the case"),
    }


def _consenting(language: Language) -> Mapping[Action, str]:
    _ = language.gettext
    return {
        Action.CONSENT_RECORDED: _("Recorded a consent"),
        Action.CONSENT_WITHDRAWN: _("Recorded that a consent was withdrawn"),
        Action.CONSENT_CHANGED: _("Changed what applies to the consents"),
        Action.CONSENT_REQUESTED: _("Recorded that a signature was asked for"),
        Action.EXCEPTION_RECORDED: _("Recorded an exception from a signature"),
        Action.GROUND_USED: _("Recorded a decision on a legal ground"),
    }


def _meeting(language: Language) -> Mapping[Action, str]:
    _ = language.gettext
    return {
        Action.MEETING_PLANNED: _("Planned a meeting"),
        Action.MEETING_CHANGED: _("Changed a meeting"),
        Action.MEETING_HELD: _("Ended a meeting"),
        Action.PROTOCOL_COMPOSED: _("Put a protocol together"),
        Action.PROTOCOL_PRINTED: _("Printed a protocol"),
        Action.PRINT_FAILED: _("Was told by the printer that a copy did not come out"),
        Action.DRAFT_NOT_PRINTED: _("Could not print the draft of a protocol"),
        Action.PROTOCOL_SAVED: _("Saved a protocol as a file"),
        Action.OUTDATED_CONFIRMED: _("Confirmed that an outdated protocol is handed out"),
        Action.PROTOCOL_SEALED: _("Sealed a protocol"),
        Action.ADDENDUM_SEALED: _("Sealed an addendum to a protocol"),
        Action.PLAN_SEALED: _("Sealed a plan that a meeting agreed on"),
        Action.SIGNATURES_READ: _("Looked at who has signed a paper"),
        Action.SIGNATURES_RECORDED: _("Recorded who has signed a paper"),
        Action.SCAN_READ: _("Looked at the scan of a signed paper"),
        Action.PROTOCOL_SIGNED: _("Took back a protocol that was signed"),
        Action.REMARK_WRITTEN: _("Wrote a remark on a draft, or answered one"),
        Action.PROTOCOL_APPROVED: _("Recorded that a draft was approved"),
        Action.PROTOCOL_REOPENED: _("Opened an approved draft again"),
        Action.EXCERPT_COMPOSED: _("Put an excerpt together"),
        Action.EXCERPT_GIVEN: _("Sealed and gave an excerpt"),
        Action.EXCERPTS_EXPORTED: _("Saved excerpts in a folder"),
        Action.COPY_GIVEN: _("Recorded that a copy was given"),
        Action.COPY_SPOILT: _("Recorded that a copy was spoilt"),
        Action.COPY_PRINTED: _("Printed somebody's own copy of a sealed protocol"),
        Action.COPY_SAVED: _("Saved somebody's own copy of a sealed protocol"),
        Action.COPY_ASKED_BACK: _("Recorded that a copy was asked back"),
        Action.COPY_CAME_BACK: _("Recorded that a copy came back"),
        Action.COPY_CORRECTED: _("Corrected what was noted of a copy"),
        Action.COPY_SIGNED: _("Recorded that an excerpt was signed on paper"),
        Action.PAPER_COMPOSED: _("Put a paper for a meeting together"),
        Action.PAPER_PRINTED: _("Printed a paper for a meeting"),
        Action.PAPER_NOT_PRINTED: _("Could not print a paper for a meeting"),
        Action.PLAN_NOT_PRINTED: _("Could not print pages of a plan"),
        Action.AGREEMENT_NOT_PRINTED: _("Could not print an agreement"),
        Action.CLOSING_NOT_PRINTED: _("Could not print the page of how the work ended"),
        Action.LIST_NOT_PRINTED: _("Could not print a list over cases"),
        Action.PAPER_SAVED: _("Saved a paper for a meeting as a file"),
        Action.PACKET_MADE: _("Made a packet for another vault"),
        Action.LETTER_COMPOSED: _("Put a letter about the consent together"),
        Action.LETTER_PRINTED: _("Printed a letter about the consent"),
        Action.LETTER_NOT_PRINTED: _("Was told by the printer that a letter did not come out"),
        Action.LETTER_SAVED: _("Saved a letter about the consent as a file"),
    }


def _about_vault(language: Language) -> Mapping[Action, str]:
    _ = language.gettext
    return {
        Action.VAULT_CREATED: _("Made the vault"),
        Action.VAULT_UNLOCKED: _("Unlocked the vault"),
        Action.VAULT_LOCKED: _("Locked the vault"),
        Action.VAULT_CHECKED: _("Checked the whole vault"),
        Action.UNLOCKS_FAILED: _("Was told of failed attempts to unlock"),
        Action.CLOCK_JUMPED: _("Worked when the computer's clock was put forward or back"),
        Action.OLDER_FILE_ACCEPTED: _("Went on with an older file"),
        Action.ACCESS_RECOVERED: _("Got in again with the recovery code"),
        Action.OLDER_FILE_RECOVERED: _("Got in again, with an older file"),
        Action.PASSPHRASE_CHANGED: _("Changed their passphrase"),
        Action.USER_ADDED: _("Added a user"),
        Action.ROLES_CHANGED: _("Changed the roles of a user"),
        Action.GROUP_ADDED: _("Added a group"),
        Action.CATALOGUE_CHANGED: _("Changed the rules of the vault"),
        Action.ARMS_CHANGED: _("Changed the coat of arms"),
        Action.MUNICIPALITY_CHANGED: _("Changed the name of the municipality"),
        Action.PARTNER_CERTIFIED: _("Certified the keys of a user of another vault"),
        Action.PARTNER_RETIRED: _("Took back the keys of a user of another vault"),
        Action.KEYS_HANDED_OUT: _("Saved their public keys for another vault"),
        Action.SEAL_MADE: _("Made a new seal for the vault"),
    }
