"""What the audit log remembers: codes and ids, never words about people."""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.permissions import Permission

_SECONDS = struct.Struct(">q")


class Action(StrEnum):
    """What was done."""

    VAULT_CREATED = "vault_created"
    VAULT_UNLOCKED = "vault_unlocked"
    VAULT_LOCKED = "vault_locked"
    VAULT_CHECKED = "vault_checked"
    UNLOCKS_FAILED = "unlocks_failed"
    CLOCK_JUMPED = "clock_jumped"
    OLDER_FILE_ACCEPTED = "older_file_accepted"
    ACCESS_RECOVERED = "access_recovered"
    OLDER_FILE_RECOVERED = "older_file_recovered"
    PASSPHRASE_CHANGED = "passphrase_changed"  # noqa: S105  a code of the log
    USER_ADDED = "user_added"
    ROLES_CHANGED = "roles_changed"
    GROUP_ADDED = "group_added"
    CASE_OPENED = "case_opened"
    CASES_LISTED = "cases_listed"
    CASES_COMPARED = "cases_compared"
    CASE_READ = "case_read"
    CASE_GRANTED = "case_granted"
    CASE_REVOKED = "case_revoked"
    NOTE_WRITTEN = "note_written"
    STATEMENT_RECORDED = "statement_recorded"
    ITEM_MARKED = "item_marked"
    SECOND_PERSONS_NAMED = "second_persons_named"
    ACTION_COMPLETED = "action_completed"
    MARKED_LATER = "marked_later"
    PHASE_CHANGED = "phase_changed"
    GATE_PASSED = "gate_passed"
    STAGE_CHANGED = "stage_changed"
    CONTACT_RECORDED = "contact_recorded"
    PEOPLE_READ = "people_read"
    PARTY_ADDED = "party_added"
    PARTY_CHANGED = "party_changed"
    DETAILS_READ = "details_read"
    DETAILS_SHOWN = "details_shown"
    DETAILS_CHANGED = "details_changed"
    PROTECTION_RAISED = "protection_raised"
    LOWERING_ASKED = "lowering_asked"
    LOWERING_DROPPED = "lowering_dropped"
    PROTECTION_LOWERED = "protection_lowered"
    CONSENTS_READ = "consents_read"
    CONSENT_RECORDED = "consent_recorded"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CONSENT_CHANGED = "consent_changed"
    CONSENT_REQUESTED = "consent_requested"
    WITHDRAWAL_READ = "withdrawal_read"
    LETTER_COMPOSED = "letter_composed"
    LETTER_PRINTED = "letter_printed"
    LETTER_NOT_PRINTED = "letter_not_printed"
    LETTER_SAVED = "letter_saved"
    EXCEPTION_RECORDED = "exception_recorded"
    GROUND_USED = "ground_used"
    GROUNDS_READ = "grounds_read"
    REMINDERS_READ = "reminders_read"
    MEETINGS_READ = "meetings_read"
    MEETING_PLANNED = "meeting_planned"
    MEETING_READ = "meeting_read"
    MEETING_CHANGED = "meeting_changed"
    MEETING_HELD = "meeting_held"
    ENTRY_WRITTEN = "entry_written"
    COMMITMENT_CHANGED = "commitment_changed"
    COMMITMENT_RAISED = "commitment_raised"
    PLAN_READ = "plan_read"
    PLAN_KEPT = "plan_kept"
    PLAN_BROUGHT = "plan_brought"
    PLAN_AGREED = "plan_agreed"
    PROTECTION_NEED_WRITTEN = "protection_need_written"
    RATING_RECORDED = "rating_recorded"
    FOLLOW_UP_READ = "follow_up_read"
    CLOSING_READ = "closing_read"
    CLOSING_REVIEWED = "closing_reviewed"
    LATER_LOOK_NOTED = "later_look_noted"
    AGREEMENT_READ = "agreement_read"
    AGREEMENT_KEPT = "agreement_kept"
    AGREEMENT_ANSWERED = "agreement_answered"
    PROTOCOL_COMPOSED = "protocol_composed"
    PROTOCOL_PRINTED = "protocol_printed"
    PRINT_FAILED = "print_failed"
    DRAFT_NOT_PRINTED = "draft_not_printed"
    PROTOCOL_SAVED = "protocol_saved"
    OUTDATED_CONFIRMED = "outdated_confirmed"
    PROTOCOL_SEALED = "protocol_sealed"
    PROTOCOL_READ = "protocol_read"
    PROTOCOL_SIGNED = "protocol_signed"
    SIGNATURES_READ = "signatures_read"
    SIGNATURES_RECORDED = "signatures_recorded"
    SCAN_READ = "scan_read"
    ADDENDUM_SEALED = "addendum_sealed"
    PLAN_SEALED = "plan_sealed"
    REMARK_WRITTEN = "remark_written"
    PROTOCOL_APPROVED = "protocol_approved"
    PROTOCOL_REOPENED = "protocol_reopened"
    EXCERPT_COMPOSED = "excerpt_composed"
    EXCERPT_GIVEN = "excerpt_given"
    EXCERPT_READ = "excerpt_read"
    EXCERPTS_EXPORTED = "excerpts_exported"
    DISTRIBUTION_READ = "distribution_read"
    COPY_GIVEN = "copy_given"
    COPY_SPOILT = "copy_spoilt"
    COPY_ASKED_BACK = "copy_asked_back"
    COPY_CAME_BACK = "copy_came_back"
    COPY_CORRECTED = "copy_corrected"
    COPY_SIGNED = "copy_signed"
    COPY_PRINTED = "copy_printed"
    COPY_SAVED = "copy_saved"
    CODE_LOOKED_UP = "code_looked_up"
    SEAL_MADE = "seal_made"
    PAPER_COMPOSED = "paper_composed"
    PAPER_PRINTED = "paper_printed"
    PAPER_NOT_PRINTED = "paper_not_printed"
    PLAN_NOT_PRINTED = "plan_not_printed"
    AGREEMENT_NOT_PRINTED = "agreement_not_printed"
    CLOSING_NOT_PRINTED = "closing_not_printed"
    LIST_NOT_PRINTED = "list_not_printed"
    PAPER_SAVED = "paper_saved"
    PARTNERS_READ = "partners_read"
    PARTNER_CERTIFIED = "partner_certified"
    PARTNER_RETIRED = "partner_retired"
    KEYS_HANDED_OUT = "keys_handed_out"
    PACKET_MADE = "packet_made"
    PACKET_READ = "packet_read"
    PACKET_TAKEN_IN = "packet_taken_in"
    PLAN_TAKEN_IN = "plan_taken_in"
    DIRECTORY_READ = "directory_read"
    DIRECTORY_CHANGED = "directory_changed"
    CATALOGUE_CHANGED = "catalogue_changed"
    CATALOGUE_READ = "catalogue_read"
    ARMS_CHANGED = "arms_changed"
    MUNICIPALITY_CHANGED = "municipality_changed"
    DRAFTS_READ = "drafts_read"
    DRAFT_DISCARDED = "draft_discarded"
    DRAFT_THROWN = "draft_thrown"
    DRAFT_BROUGHT_BACK = "draft_brought_back"
    BIN_EMPTIED = "bin_emptied"
    LOG_READ = "log_read"


# After these nothing is shared in a case before its consents are confirmed.
RESTORING_ACTIONS = frozenset({Action.OLDER_FILE_ACCEPTED, Action.OLDER_FILE_RECOVERED})

# Their entries carry the digest of the keys that the case's file then had, and count when their
# actor had this right.
CASE_KEY_ACTIONS = {
    Action.CASE_OPENED: Permission.OPEN_CASE,
    Action.CASE_REVOKED: Permission.GRANT_ACCESS,
}

# Their entries carry the end of the case's chain of consent events as they left it.
CONSENT_ACTIONS = frozenset(
    {
        Action.CONSENT_RECORDED,
        Action.CONSENT_WITHDRAWN,
        Action.CONSENT_CHANGED,
        Action.CONSENT_REQUESTED,
        Action.EXCEPTION_RECORDED,
        Action.GROUND_USED,
    }
)

# Their entries are about the case, and tied to the place of a person that they left.
PLACE_ACTIONS = frozenset({Action.PARTY_ADDED, Action.PARTY_CHANGED})

# Their entries are about a user of another vault, and carry the digest of what was laid down.
PARTNER_ACTIONS = frozenset({Action.PARTNER_CERTIFIED, Action.PARTNER_RETIRED})
# Their entries are about the case, and tied to the version of its plan that they left.
PLAN_ACTIONS = frozenset(
    {Action.PLAN_KEPT, Action.PLAN_BROUGHT, Action.PLAN_AGREED, Action.PLAN_TAKEN_IN}
)
# Their entries are about the case, and tied to how its work ended and what was found after it.
CLOSING_ACTIONS = frozenset({Action.CLOSING_REVIEWED, Action.LATER_LOOK_NOTED})

# Their entries are about the case, and tied to all versions of its agreement as they left them.
AGREEMENT_ACTIONS = frozenset({Action.AGREEMENT_KEPT, Action.AGREEMENT_ANSWERED})

# Their entries are about the case, and tied to the phases that it has gone through.
PHASE_ACTIONS = frozenset({Action.PHASE_CHANGED, Action.GATE_PASSED})

# Their entries are about a protocol that they sealed, and carry its `Tie`.
SEAL_ACTIONS = frozenset({Action.PROTOCOL_SEALED, Action.ADDENDUM_SEALED, Action.PLAN_SEALED})

# Beside those: the entry of a signed file carries the SHA-256 of its bytes.
SEALING_ACTIONS = SEAL_ACTIONS | {Action.PROTOCOL_SIGNED}

# Their entries are about the case, and tied to the event of its distribution list that they left.
HANDOVER_ACTIONS = frozenset(
    {
        Action.COPY_GIVEN,
        Action.COPY_SPOILT,
        Action.COPY_ASKED_BACK,
        Action.COPY_CAME_BACK,
        Action.COPY_CORRECTED,
        Action.COPY_SIGNED,
    }
)

# Its entry is about the case, and tied to the answer about an item of a sealed meeting.
MARKING_ACTIONS = frozenset({Action.MARKED_LATER})

# Their entries are about a sealed protocol, of which somebody's own copy leaves, and tied to the
# line that it has in the distribution list.
LEAVING_ACTIONS = frozenset({Action.COPY_PRINTED, Action.COPY_SAVED})

# Their entries are about the meeting, and tied to the event of its approval that they left.
APPROVAL_ACTIONS = frozenset(
    {Action.REMARK_WRITTEN, Action.PROTOCOL_APPROVED, Action.PROTOCOL_REOPENED}
)

# Its entry carries the digest of all that is recorded of the signers of a paper.
SIGNING_ACTIONS = frozenset({Action.SIGNATURES_RECORDED})

# Their entries carry the digest of the roster that they left.
ROSTER_ACTIONS = frozenset(
    {
        Action.VAULT_CREATED,
        Action.ACCESS_RECOVERED,
        Action.OLDER_FILE_RECOVERED,
        Action.USER_ADDED,
        Action.ROLES_CHANGED,
        Action.GROUP_ADDED,
        Action.SEAL_MADE,
    }
)


class Printed(StrEnum):
    """What was to come out of a printer, was logged before it, and may not have come out.

    A paper and a draft of the protocol are of a meeting, a list is over cases, all else of a case.
    Sealed copies, excerpts and letters are none of these: the log tells of each by its number or by
    whom it is to.
    """

    PAPER = "paper"
    DRAFT = "draft"
    PLAN = "plan"
    AGREEMENT = "agreement"
    CLOSING = "closing"
    LIST = "list"


NOT_PRINTED: Mapping[Printed, Action] = {
    Printed.PAPER: Action.PAPER_NOT_PRINTED,
    Printed.DRAFT: Action.DRAFT_NOT_PRINTED,
    Printed.PLAN: Action.PLAN_NOT_PRINTED,
    Printed.AGREEMENT: Action.AGREEMENT_NOT_PRINTED,
    Printed.CLOSING: Action.CLOSING_NOT_PRINTED,
    Printed.LIST: Action.LIST_NOT_PRINTED,
}


class ActionKind(StrEnum):
    """What sort of thing was done, to look for it in a log."""

    READ = "read"
    WRITTEN = "written"
    CONSENT = "consent"
    MEETING = "meeting"
    LEFT = "left"
    ACCESS = "access"
    VAULT = "vault"


_BY_KIND: Mapping[ActionKind, frozenset[Action]] = {
    ActionKind.READ: frozenset(
        {
            Action.CASES_LISTED,
            Action.CASES_COMPARED,
            Action.CASE_READ,
            Action.PEOPLE_READ,
            Action.DETAILS_READ,
            Action.DETAILS_SHOWN,
            Action.CONSENTS_READ,
            Action.GROUNDS_READ,
            Action.WITHDRAWAL_READ,
            Action.REMINDERS_READ,
            Action.MEETINGS_READ,
            Action.MEETING_READ,
            Action.PLAN_READ,
            Action.FOLLOW_UP_READ,
            Action.CLOSING_READ,
            Action.AGREEMENT_READ,
            Action.PROTOCOL_READ,
            Action.SIGNATURES_READ,
            Action.SCAN_READ,
            Action.EXCERPT_READ,
            Action.DISTRIBUTION_READ,
            Action.CODE_LOOKED_UP,
            Action.PACKET_READ,
            Action.PARTNERS_READ,
            Action.DIRECTORY_READ,
            Action.CATALOGUE_READ,
            Action.DRAFTS_READ,
            Action.LOG_READ,
        }
    ),
    ActionKind.WRITTEN: frozenset(
        {
            Action.CASE_OPENED,
            Action.NOTE_WRITTEN,
            Action.STATEMENT_RECORDED,
            Action.ITEM_MARKED,
            Action.SECOND_PERSONS_NAMED,
            Action.ACTION_COMPLETED,
            *MARKING_ACTIONS,
            *PHASE_ACTIONS,
            Action.STAGE_CHANGED,
            Action.CONTACT_RECORDED,
            Action.PARTY_ADDED,
            Action.PARTY_CHANGED,
            Action.DETAILS_CHANGED,
            Action.PROTECTION_RAISED,
            Action.LOWERING_ASKED,
            Action.LOWERING_DROPPED,
            Action.PROTECTION_LOWERED,
            Action.ENTRY_WRITTEN,
            Action.COMMITMENT_CHANGED,
            Action.COMMITMENT_RAISED,
            Action.PACKET_TAKEN_IN,
            Action.PLAN_TAKEN_IN,
            Action.PLAN_KEPT,
            Action.PLAN_BROUGHT,
            Action.PLAN_AGREED,
            Action.PROTECTION_NEED_WRITTEN,
            Action.RATING_RECORDED,
            *CLOSING_ACTIONS,
            *AGREEMENT_ACTIONS,
            Action.DIRECTORY_CHANGED,
            Action.DRAFT_DISCARDED,
            Action.DRAFT_THROWN,
            Action.DRAFT_BROUGHT_BACK,
            Action.BIN_EMPTIED,
        }
    ),
    ActionKind.CONSENT: CONSENT_ACTIONS,
    ActionKind.MEETING: frozenset(
        {
            Action.MEETING_PLANNED,
            Action.MEETING_CHANGED,
            Action.MEETING_HELD,
            *APPROVAL_ACTIONS,
            *SEALING_ACTIONS,
            *SIGNING_ACTIONS,
        }
    ),
    # What left the program, on paper or as a file.
    ActionKind.LEFT: frozenset(
        {
            Action.PROTOCOL_COMPOSED,
            Action.PROTOCOL_PRINTED,
            Action.PRINT_FAILED,
            Action.PROTOCOL_SAVED,
            Action.OUTDATED_CONFIRMED,
            Action.EXCERPT_COMPOSED,
            Action.EXCERPT_GIVEN,
            Action.EXCERPTS_EXPORTED,
            *HANDOVER_ACTIONS,
            *LEAVING_ACTIONS,
            Action.PAPER_COMPOSED,
            Action.PAPER_PRINTED,
            *NOT_PRINTED.values(),
            Action.PAPER_SAVED,
            Action.LETTER_COMPOSED,
            Action.LETTER_PRINTED,
            Action.LETTER_NOT_PRINTED,
            Action.LETTER_SAVED,
            Action.PACKET_MADE,
        }
    ),
    ActionKind.ACCESS: frozenset({Action.CASE_GRANTED, Action.CASE_REVOKED}),
}


def actions_of(kind: ActionKind) -> frozenset[Action]:
    """Return the actions of a kind. Whatever is of no other is about the vault itself."""
    if kind is ActionKind.VAULT:
        return frozenset(Action).difference(*_BY_KIND.values())
    return _BY_KIND[kind]


# What is read back from the log, however old: who unlocks a vault compares all of it with what
# they had found before.
TYING_ACTIONS = frozenset(
    {
        *ROSTER_ACTIONS,
        *CASE_KEY_ACTIONS,
        *CONSENT_ACTIONS,
        *RESTORING_ACTIONS,
        *PLACE_ACTIONS,
        *SEALING_ACTIONS,
        *SIGNING_ACTIONS,
        *PARTNER_ACTIONS,
        # Each carries the digest of the file, so that no packet is taken in twice.
        Action.PACKET_TAKEN_IN,
        *PLAN_ACTIONS,
        *CLOSING_ACTIONS,
        *AGREEMENT_ACTIONS,
        *HANDOVER_ACTIONS,
        *LEAVING_ACTIONS,
        *MARKING_ACTIONS,
        *APPROVAL_ACTIONS,
        Action.EXCERPT_GIVEN,
        *PHASE_ACTIONS,
        Action.CATALOGUE_CHANGED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link of the chain.

    `sequence` is that of the transaction, so a gap is a stored draft; `at` is aware, in UTC;
    `digest` ties the link to something outside the log that must not be changed unnoticed: the
    roster, the keys of a case, the head of its consents, a sealed file. Of failed unlocks it holds
    the times, of several cases that were shown together their ids. It is empty where there is
    nothing to tie. `signature` is the actor's, over `hash`.
    """

    sequence: int
    at: datetime
    actor_id: UUID
    action: Action
    subject_id: UUID
    digest: bytes
    hash: bytes
    signature: bytes

    @property
    def mark(self) -> "Mark":
        """Return how far the vault has come with this entry."""
        return Mark(self.sequence, self.hash)


def pack_times(times: Iterable[datetime]) -> bytes:
    """Return the times of failed unlocks as their entry carries them: seconds since 1970."""
    return b"".join(_SECONDS.pack(int(one.timestamp())) for one in times)


def failed_at(entries: Iterable[Entry]) -> list[datetime]:
    """Return when the unlocks failed that these entries tell of, as aware times.

    One of before the times were kept stands for an unlock that failed when it was entered.
    """
    times = []
    for entry in entries:
        whole = len(entry.digest) - len(entry.digest) % _SECONDS.size
        packed = [one for (one,) in _SECONDS.iter_unpack(entry.digest[:whole])]
        times += [datetime.fromtimestamp(one, UTC) for one in packed] or [entry.at]
    return times


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the vault has come: the newest transaction, and the newest link of the chain."""

    sequence: int
    head: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a user remembers of a vault: how far it had come, and its roster of that time.

    `ties` is the digest of all that the log said up to there of keys and rosters.
    """

    mark: Mark
    roster_version: int
    roster_digest: bytes
    ties: bytes
