"""An insider: an account holder with the raw file, who plants rows of their own making in it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from tests.conftest import PASSPHRASES, MadeVault
from tests.costs import CHEAP_POLICY
from tests.hostile import OF_EVERYONE, connect, kept_place, open_all
from tests.people import ELIAS, opened_case
from trygga_desktop.crypto.envelope import EnvelopeKey, Place, new_key
from trygga_desktop.crypto.kdf import derive_subkey
from trygga_desktop.crypto.key_slots import Secrets, open_slot
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.crypto.statements import key_context, make_generation, sign_grant
from trygga_desktop.domain.audit import Action, Mark
from trygga_desktop.domain.compartments import Compartment, CompartmentKind, Grant
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.accounts import change_roles
from trygga_desktop.services.case_files import (
    RecordStatement,
    WriteNote,
    record_statement,
    write_note,
)
from trygga_desktop.services.drafts import StoreDraft, store_draft
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.storage.anchor import Anchor, Confirmation
from trygga_desktop.storage.folder import VaultFolder

SECRET = "det som sägs efteråt"  # noqa: S105  what is told, not a password
AFTER = UUID(int=7)


def statement(case_id: UUID) -> RecordStatement:
    return RecordStatement(
        case_id=case_id,
        origin_id=None,
        category="schooling",
        about=frozenset(),
        text=SECRET,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Insider:
    """A colleague with the raw file, the vault key and the keys of an account of their own."""

    made: MadeVault
    secrets: Secrets
    database: Any

    @property
    def signing(self) -> SigningKey:
        """The insider's own signature: it is a real one."""
        return SigningKey(self.secrets.signing_key)

    def compartments(self, case_id: UUID | None, kind: CompartmentKind) -> list[Compartment]:
        """Return what lies in the file, in its first generation."""
        rows = self.database.execute(
            "SELECT id, user_id FROM compartment WHERE case_id IS ? AND kind = ?",
            (case_id and case_id.hex, kind),
        ).fetchall()
        return [
            Compartment(id=UUID(row), kind=kind, case_id=case_id, user_id=user and UUID(user))
            for row, user in rows
        ]

    def plant(self, part: Compartment, holder: UUID, public: bytes) -> bytes:
        """Add a key of our own to a compartment, signed by us and granted to the victim."""
        raw = new_key()
        key = CompartmentKey(raw)
        generation = make_generation(
            part,
            key,
            vault_id=self.made.vault_id,
            maker=self.secrets.principal,
            signing=self.signing,
            previous=None if part.generation == 1 else CompartmentKey(new_key()),
        )
        context = key_context(part, self.made.vault_id)
        grant = sign_grant(
            Grant(
                compartment=part,
                principal_id=holder,
                granted_by=self.secrets.principal,
                wrapped=key.wrap_to(public, context),
            ),
            key,
            vault_id=self.made.vault_id,
            signing=self.signing,
        )
        me = self.secrets.principal.hex
        self.database.execute(
            "INSERT INTO compartment SELECT ?1, ?2, ?3, ?4"
            " WHERE NOT EXISTS (SELECT 1 FROM compartment WHERE id = ?1)",
            (
                part.id.hex,
                part.kind,
                part.case_id and part.case_id.hex,
                part.user_id and part.user_id.hex,
            ),
        )
        self.database.execute(
            "INSERT INTO generation VALUES (?, ?, ?, ?, ?, ?)",
            (
                part.id.hex,
                part.generation,
                me,
                generation.commitment,
                generation.proof,
                generation.signature,
            ),
        )
        self.database.execute(
            'INSERT INTO "grant" VALUES (?, ?, ?, ?, ?, ?, ?)',
            (
                part.id.hex,
                part.generation,
                holder.hex,
                me,
                grant.wrapped,
                grant.proof,
                grant.signature,
            ),
        )
        # The victim's own symmetric key is not ours: what we keep for them is kept under ours.
        place = kept_place(part, generation.commitment)
        own = ExchangeKey(self.secrets.exchange_key).own_key()
        self.database.execute(
            "INSERT INTO kept VALUES (?, ?, ?, ?)",
            (part.id.hex, part.generation, holder.hex, own.keep(raw, place.to_bytes(holder))),
        )
        return raw

    def grant(self, part: Compartment, holder: UUID, wrapped: bytes, key: CompartmentKey) -> None:
        """Grant something, signed by us; of a key that we lack, the proof is made up."""
        me = self.secrets.principal
        grant = sign_grant(
            Grant(compartment=part, principal_id=holder, granted_by=me, wrapped=wrapped),
            key,
            vault_id=self.made.vault_id,
            signing=self.signing,
        )
        self.database.execute(
            'INSERT OR REPLACE INTO "grant" VALUES (?, ?, ?, ?, ?, ?, ?)',
            (
                part.id.hex,
                part.generation,
                holder.hex,
                me.hex,
                wrapped,
                grant.proof,
                grant.signature,
            ),
        )

    def key_of(self, part: Compartment) -> CompartmentKey:
        """Return a key that was granted to us, as the program has it in memory."""
        vault = self.made.open("pn")
        with vault.work() as work:
            key = work.compartments.key(part)
        vault.close()
        return key

    def log_keys(self, action: Action, case_id: UUID) -> None:
        """Log what the keys of a case are now, as if we had the right to change them."""
        vault = self.made.open("pn")
        with vault.work() as work:
            work.commit(action, case_id, digest=work.compartments.digest(case_id))
        vault.close()

    def log(
        self, action: Action, subject_id: UUID, *, digest: bytes = b"", year: int = 2026
    ) -> None:
        """Put an entry at the end of the log, with a link and a signature that hold."""
        ((sequence, head),) = self.database.execute(
            "SELECT sequence, head FROM progress"
        ).fetchall()
        at, me = datetime(year, 12, 1, tzinfo=UTC), self.secrets.principal
        since = at - datetime(1970, 1, 1, tzinfo=UTC)
        code = action.encode()
        link = sha256(
            b"".join(
                (
                    b"trygga-audit-1",
                    head,
                    (sequence + 1).to_bytes(8, "big"),
                    (since.days * 86_400_000_000).to_bytes(8, "big", signed=True),
                    me.bytes,
                    subject_id.bytes,
                    len(code).to_bytes(1, "big"),
                    code,
                    digest,
                )
            )
        ).digest()
        self.database.execute(
            "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                sequence + 1,
                f"{at:%Y-%m-%d %H:%M:%S.%f}",
                me.hex,
                action,
                subject_id.hex,
                digest,
                link,
                self.signing.sign(("trygga-audit-entry-1", link.hex())),
            ),
        )
        self.database.execute("UPDATE progress SET sequence = ?, head = ?", (sequence + 1, link))

    def cut_log(self, sequence: int) -> None:
        """Take the newest entries away, from this sequence on."""
        without_triggers(self.made, f"DELETE FROM audit WHERE sequence >= {sequence}")
        self.database.execute(
            "UPDATE progress SET (sequence, head) ="
            " (SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1)"
        )

    def confirm(self) -> None:
        """Write the file as it is now into both anchors, that of this machine too."""
        ((sequence, head),) = self.database.execute(
            "SELECT sequence, head FROM progress"
        ).fetchall()
        key = derive_subkey(self.secrets.vault_key, "anchor")
        machine = self.made.state_folder / f"{self.made.vault_id.hex()}.mark"
        for path in (VaultFolder(self.made.folder).anchor, machine):
            Anchor(path, key).reset(Confirmation(mark=Mark(sequence, head)))

    def reads(self, key: bytes) -> bool:
        """Return whether a key of ours opens any record at all."""
        owners = [
            (UUID(row), UUID(case_id or user_id or UUID(bytes=self.made.vault_id).hex))
            for row, case_id, user_id in self.database.execute(
                "SELECT id, case_id, user_id FROM compartment"
            ).fetchall()
        ]
        for table in ("item", "draft"):
            rows = self.database.execute(
                f"SELECT id, generation, row_version, ciphertext, sequence FROM {table}"
            ).fetchall()
            for row, generation, version, ciphertext, sequence in rows:
                for compartment, owner in owners:
                    place = Place(
                        vault_id=self.made.vault_id,
                        owner=owner,
                        compartment=compartment,
                        generation=generation,
                        table=table,
                        row=UUID(row),
                        row_version=version,
                        clear=str(sequence).encode(),
                    )
                    with suppress(TamperedError):
                        EnvelopeKey(key).decrypt(ciphertext, place)
                        return True
        return False


@contextmanager
def insider_of(made: MadeVault) -> Iterator[Insider]:
    """Yield the social secretary, who was granted nothing."""
    database = connect(made.folder / "vault.db", made.file_key)
    try:
        yield Insider(made=made, secrets=made.secrets("pn"), database=database)
    finally:
        database.close()


def case_of(made: MadeVault) -> UUID:
    """Make a case of the coordinator's, with a statement in it, a note and a draft of hers."""
    vault = made.open()
    opened = opened_case(vault, ELIAS)
    record_statement(statement(opened), vault=vault)
    write_note(WriteNote(case_id=opened, text="före"), vault=vault)
    store_draft(StoreDraft(id=UUID(int=8), kind=DraftKind.NOTE, text="halv"), vault=vault)
    vault.close()
    return opened


def with_roles(made: MadeVault, login: str, *roles: Role) -> None:
    """Have the administrator change somebody's roles."""
    vault = made.open()
    change_roles(made.secrets(login).principal, frozenset(roles), vault=vault)
    vault.close()


def grant_to(made: MadeVault, case_id: UUID, login: str) -> UUID:
    """Have the coordinator let somebody into a case."""
    principal = made.secrets(login).principal
    vault = made.open()
    grant_case(GrantCase(case_id=case_id, principal_id=principal), vault=vault)
    vault.close()
    return principal


def reached(made: MadeVault, login: str, passphrase: str = "") -> set[UUID]:
    """Return the ids of every record of a case, and of every draft, that this user's keys open."""
    slots, _ = VaultFolder(made.folder).read_keys()
    secrets = open_slot(
        slots.find(login),
        passphrase or PASSPHRASES[login],
        vault_id=made.vault_id,
        policy=CHEAP_POLICY,
    )
    opened = open_all(made.folder / "vault.db", made.file_key, secrets)
    return {row for table, row in opened if table not in OF_EVERYONE}


def everyone(insider: Insider) -> tuple[UUID, bytes]:
    """Return the group that everyone belongs to, and its public key."""
    vault = insider.made.open("pn")
    group = vault.trust.everyone.id
    public = vault.trust.everyone.exchange_public
    vault.close()
    return group, public


def coordinator(insider: Insider) -> tuple[UUID, bytes]:
    """Return the coordinator and her public key."""
    vault = insider.made.open("pn")
    ke = insider.made.secrets("ke").principal
    public = vault.trust.roster.principals[ke].exchange_public
    vault.close()
    return ke, public


def without_triggers(made: MadeVault, *statements: str) -> None:
    """Change what triggers guard, and put those back as they were."""
    database = connect(made.folder / "vault.db", made.file_key)
    guards = database.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in guards:
        database.execute(f"DROP TRIGGER {name}")
    for one in statements:
        database.execute(one)
    for _, sql in guards:
        database.execute(sql)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
