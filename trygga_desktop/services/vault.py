"""A vault between unlock and lock, as use cases know it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from filelock import BaseFileLock
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from trygga_desktop.crypto.canonical import from_canonical, to_canonical
from trygga_desktop.crypto.envelope import EnvelopeKey
from trygga_desktop.crypto.kdf import KdfParameters, KdfPolicy
from trygga_desktop.crypto.key_slots import Slot
from trygga_desktop.crypto.keyring import Keyring
from trygga_desktop.crypto.seals import SealMaterial
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.documents.verdict import Verdict
from trygga_desktop.domain.audit import Action, Mark, Seen
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.drafts import UsedDraft
from trygga_desktop.domain.errors import NotConfirmedError, TryggaError
from trygga_desktop.domain.permissions import Permission, Role
from trygga_desktop.services.decided import Decided
from trygga_desktop.services.listed import Listed
from trygga_desktop.storage.confirmed import Confirmed
from trygga_desktop.storage.engine import FileKey
from trygga_desktop.storage.folder import VaultFolder
from trygga_desktop.storage.stores.opened import Opened
from trygga_desktop.storage.work import UnitOfWork, empty_log


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What the world around the program gives a vault; made once, in `app.py`.

    `cost` says what a new slot shall cost and may take a second to find out. `now` returns an
    aware time, `draw` so many random bytes. `state_folder` lies on this machine, outside every
    vault. `scripts` are the migrations, `catalogue` the rule data that ships with the program.
    `new_seal` makes a seal in the name of an owner from a moment on, and may take some seconds.
    `verify` tells whether bytes that a stranger may have made are unchanged since the seal with a
    fingerprint; it takes no more time or memory than it is given.
    """

    kdf: KdfPolicy
    cost: Callable[[], KdfParameters]
    now: Callable[[], datetime]
    machine: str
    state_folder: Path
    scripts: Path
    catalogue: Path
    draw: Callable[[int], bytes]
    new_seal: Callable[[str, datetime], SealMaterial]
    verify: Callable[[bytes, str], Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who has unlocked the vault."""

    id: UUID
    login: str
    name: str
    roles: frozenset[Role]


class NoticeKind(StrEnum):
    """What whoever unlocks a vault must be told."""

    FAILED_UNLOCKS = "failed_unlocks"
    RECOVERY_TRIED = "recovery_tried"
    REPAIRED_FROM_COPY = "repaired_from_copy"
    SLOTS_DAMAGED = "slots_damaged"
    RECOVERY_DAMAGED = "recovery_damaged"
    OLDER_ACCEPTED = "older_accepted"
    RULES_CHANGED = "rules_changed"
    ANCHOR_REPAIRED = "anchor_repaired"
    CLOCK_BEHIND = "clock_behind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to tell; `count` says how often it happened, `at` when it last did.

    Of a clock that is behind the log, `at` is the time that is gone on from.
    """

    kind: NoticeKind
    count: int = 1
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rule data in use, and whether it is what was laid down for the vault."""

    catalogue: Catalogue
    hold: bool


@dataclass(slots=True, kw_only=True)
class OpenVault:
    """A vault between unlock and lock. Locking ends the process; `close` only ends its files."""

    folder: VaultFolder
    file_key: FileKey = field(repr=False)
    keyring: Keyring = field(repr=False)
    trust: Trust
    engine: Engine
    confirmed: Confirmed
    lock: BaseFileLock
    environment: Environment
    login: str = ""
    my_name: str = ""
    municipality: str = ""
    arms: bytes = field(default=b"", repr=False)
    seal: str = ""
    notices: tuple[Notice, ...] = ()
    saved_at: datetime | None = None
    rules: Rules | None = None
    opened: Opened = field(default_factory=Opened, repr=False)
    decided: Decided = field(default_factory=Decided, repr=False)
    listed: Listed = field(default_factory=Listed, repr=False)
    _used_draft: UsedDraft | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        """Return what people call the vault."""
        return self.folder.name

    @property
    def me(self) -> Me:
        """Return who has the vault open, with the roles of this moment."""
        principal = self.trust.roster.active(self.keyring.principal)
        roles = principal.roles if principal else frozenset()
        return Me(id=self.keyring.principal, login=self.login, name=self.my_name, roles=roles)

    def may(self, permission: Permission) -> bool:
        """Return whether whoever has the vault open may do this, as of this moment."""
        principal = self.trust.roster.active(self.keyring.principal)
        return principal is not None and principal.may(permission)

    def work(self) -> UnitOfWork:
        """Return a new unit of work for whoever unlocked the vault."""
        return UnitOfWork(
            self.engine,
            self.confirmed,
            self.keyring,
            self.trust,
            now=self.environment.now,
            opened=self.opened,
            used_draft=self._used_draft,
        )

    @contextmanager
    def using(self, draft: UsedDraft) -> Iterator[None]:
        """Have what is committed in this block use up a draft, in the same transaction."""
        self._used_draft = draft
        try:
            yield
        finally:
            self._used_draft = None

    def work_afresh(self) -> UnitOfWork:
        """Return a unit of work that believes nothing of the file yet."""
        return UnitOfWork(
            self.engine,
            self.confirmed,
            self.keyring,
            self.trust.afresh(),
            now=self.environment.now,
            opened=Opened(),
        )

    def empty_log(self) -> None:
        """Move all into the file: a damaged log loses saves, and a kept one replaced values."""
        empty_log(self.engine, self.confirmed)

    def tidy(self) -> None:
        """Move all into the file at a quiet moment, if anything waits in the log.

        What cannot be moved stays where it is: it was confirmed there.
        """
        if self.confirmed.pages.frames:
            with suppress(TryggaError, DBAPIError):
                self.empty_log()

    def close(self) -> None:
        """Log the lock and let go of the vault's files. Nothing holds this up.

        What cannot be written now is found and told at the next unlock.
        """
        with suppress(TryggaError, DBAPIError):
            with self.work() as work:
                work.commit(Action.VAULT_LOCKED, self.keyring.principal)
            remember_seen(self)
        with suppress(TryggaError, DBAPIError):
            self.empty_log()
        self.opened.forget()
        self.listed.forget()
        self.decided.forget()
        self.engine.dispose()
        self.lock.release()


def present(vault: OpenVault) -> Seen:
    """Return how far the vault has come, as its present user believes it."""
    mark = vault.confirmed.mark
    if mark is None:
        raise NotConfirmedError
    trust = vault.trust
    return Seen(
        mark=mark, roster_version=trust.version, roster_digest=trust.digest, ties=trust.ties
    )


def remember_seen(vault: OpenVault) -> None:
    """Write into our own slot how far the vault had come when we last had it open."""
    key_slots, _ = vault.folder.read_keys()
    slot = key_slots.slots.get(vault.login)
    if slot is None or slot.principal != vault.keyring.principal:
        return
    fresh = with_seen(slot, vault.keyring.own, key_slots.vault_id, present(vault))
    vault.folder.write_keys(key_slots.with_slot(fresh))


def with_seen(slot: Slot, own: EnvelopeKey, vault_id: bytes, seen: Seen) -> Slot:
    """Return the slot with what its user has seen; `own` is that user's symmetric key."""
    fields = [
        seen.mark.sequence,
        seen.mark.head.hex(),
        seen.roster_version,
        seen.roster_digest.hex(),
        seen.ties.hex(),
    ]
    return replace(slot, seen=own.keep(to_canonical(fields), _seen_context(vault_id, slot)))


def recall_seen(slot: Slot, own: EnvelopeKey, vault_id: bytes) -> Seen:
    """Return what `with_seen` wrote.

    Raise TamperedError if it is not that, or was taken away: every slot is made with it.
    """
    fields = from_canonical(own.take_out(slot.seen, _seen_context(vault_id, slot)))
    sequence, head, roster_version, roster_digest, *ties = fields
    return Seen(
        mark=Mark(sequence, bytes.fromhex(head)),
        roster_version=roster_version,
        roster_digest=bytes.fromhex(roster_digest),
        # Slots of before the ties were kept have none: the whole log is walked once more.
        ties=bytes.fromhex(ties[0]) if ties else b"",
    )


def _seen_context(vault_id: bytes, slot: Slot) -> bytes:
    return b"trygga seen 1" + vault_id + slot.principal.bytes
