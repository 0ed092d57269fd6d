"""Use cases for text that was typed and not yet confirmed. Only its writer can open it.

What changes nothing, as the draft is not there or in the bin already, leaves no entry in the log.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.drafts import Draft, DraftKind, UsedDraft
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.granting import new_compartment
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreDraft:
    """A text as it stands now; the same id stores it anew, and an empty one puts it in the bin.

    `subject_id` and `case_id` are those of the draft. With `keeps_before` what stood there until
    now is kept as an earlier state in any case.
    """

    id: UUID
    kind: DraftKind
    text: str
    subject_id: UUID | None = None
    case_id: UUID | None = None
    keeps_before: bool = False


@use_case(Permission.USE_VAULT)
def store_draft(command: StoreDraft, *, vault: OpenVault) -> Done[None]:
    """Keep a text through locks and power cuts, and some of what stood there before.

    The one use case without an audit entry: the sequence and the anchor go on, the log does not.
    """
    with vault.work() as work:
        draft = Draft(
            id=command.id,
            kind=command.kind,
            text=command.text,
            # What the clock says: times are only shown, and `at` may stand still for long.
            stored_at=work.clock,
            subject_id=command.subject_id,
            case_id=command.case_id,
        )
        me = vault.keyring.principal
        if work.compartments.own(CompartmentKind.DRAFTS, user_id=me) is None:
            new_compartment(work, CompartmentKind.DRAFTS, holders=[me], user_id=me)
        before = work.drafts.find(draft.id)
        now = draft.after(before, keeps_before=command.keeps_before)
        if not now.is_empty:
            work.drafts.put(now, sequence=work.sequence)
        work.commit_draft()
    vault.saved_at = draft.stored_at
    return Done(None, Changes(drafts=True))


@use_case(Permission.USE_VAULT)
def read_drafts(*, vault: OpenVault) -> Done[tuple[Draft, ...]]:
    """Return this user's drafts, the newest first, those in the bin among them.

    Those that do not verify are counted in `left_out` of the answer.
    """
    with vault.work() as work:
        drafts = tuple(work.drafts.all())
        left_out = len(work.left_out)
        work.commit(Action.DRAFTS_READ, vault.keyring.principal)
    return Done(drafts, left_out=left_out)


@use_case(Permission.USE_VAULT)
def discard_draft(draft_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Delete one of this user's drafts: its text was put to use."""
    with vault.work() as work:
        if work.drafts.find(draft_id) is None:
            return Done(None)
        work.drafts.discard(draft_id)
        work.commit(Action.DRAFT_DISCARDED, draft_id)
    return Done(None, Changes(drafts=True))


def use_draft(used: UsedDraft, record: Callable[[], T], *, vault: OpenVault) -> T:
    """Do what records the text of a draft, so that the draft goes when that is stored, or stays.

    `record` is a use case with its values; whatever it raises is raised.
    """
    with vault.using(used):
        return record()


@use_case(Permission.USE_VAULT)
def throw_draft(draft_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Put one of this user's drafts in the bin; one that is not there needs no throwing."""
    with vault.work() as work:
        draft = work.drafts.find(draft_id)
        if draft is None or draft.thrown_at is not None:
            return Done(None)
        work.drafts.put(replace(draft, thrown_at=work.at), sequence=work.sequence)
        work.commit(Action.DRAFT_THROWN, draft_id)
    return Done(None, Changes(drafts=True))


@use_case(Permission.USE_VAULT)
def bring_back_draft(draft_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Take one of this user's drafts out of the bin: it is the newest of its kind then."""
    with vault.work() as work:
        draft = work.drafts.find(draft_id)
        if draft is None or draft.thrown_at is None:
            return Done(None)
        work.drafts.put(replace(draft, thrown_at=None), sequence=work.sequence)
        work.commit(Action.DRAFT_BROUGHT_BACK, draft_id)
    return Done(None, Changes(drafts=True))


@use_case(Permission.USE_VAULT)
def empty_bin(*, vault: OpenVault) -> Done[None]:
    """Delete for ever what this user has thrown away."""
    with vault.work() as work:
        thrown = [one.id for one in work.drafts.all() if one.thrown_at is not None]
        if not thrown:
            return Done(None)
        for draft_id in thrown:
            work.drafts.discard(draft_id)
        work.commit(Action.BIN_EMPTIED, vault.keyring.principal)
    return Done(None, Changes(drafts=True))
