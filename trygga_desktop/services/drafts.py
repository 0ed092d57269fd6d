"""Use cases for text that was typed and not yet confirmed. Only its writer can open it."""

from dataclasses import dataclass
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.granting import new_compartment
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreDraft:
    """A text as it stands now; the same id stores it anew. `subject_id` is its case, if any."""

    id: UUID
    kind: DraftKind
    text: str
    subject_id: UUID | None = None


@use_case(Permission.USE_VAULT)
def store_draft(command: StoreDraft, *, vault: OpenVault) -> Done[None]:
    """Keep a text through locks and power cuts.

    The one use case without an audit entry: the sequence and the anchor go on, the log does not.
    """
    with vault.work() as work:
        draft = Draft(
            id=command.id,
            kind=command.kind,
            text=command.text,
            stored_at=work.at,
            subject_id=command.subject_id,
        )
        me = vault.keyring.principal
        if work.compartments.own(CompartmentKind.DRAFTS, user_id=me) is None:
            new_compartment(work, CompartmentKind.DRAFTS, holders=[me], user_id=me)
        work.drafts.put(draft, sequence=work.sequence)
        work.commit_draft()
    vault.saved_at = draft.stored_at
    return Done(None, Changes(drafts=True))


@use_case(Permission.USE_VAULT)
def read_drafts(*, vault: OpenVault) -> Done[tuple[Draft, ...]]:
    """Return this user's drafts, the newest first."""
    with vault.work() as work:
        drafts = tuple(work.drafts.all())
        work.commit(Action.DRAFTS_READ, vault.keyring.principal)
    return Done(drafts)


@use_case(Permission.USE_VAULT)
def discard_draft(draft_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Delete one of this user's drafts."""
    with vault.work() as work:
        work.drafts.discard(draft_id)
        work.commit(Action.DRAFT_DISCARDED, draft_id)
    return Done(None, Changes(drafts=True))
