"""What is signed in a vault, and what of it is believed.

Everyone who can open the vault can write to its file. So the roster, every new key and every
grant is a signed statement, and every chain of signatures ends at the registrar's or the
recovery key that each slot has pinned.
"""

import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from trygga_desktop.crypto.canonical import from_canonical, to_canonical
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.crypto.signing import SigningKey, Statement, verify
from trygga_desktop.domain.compartments import Compartment, CompartmentKind, Generation, Grant
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.permissions import Permission, Role
from trygga_desktop.domain.principals import Principal, PrincipalKind, Roster, Status

_START = bytes(32)
_OWN_KINDS = frozenset({CompartmentKind.NOTES, CompartmentKind.DRAFTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedRoster:
    """One version of the roster as it lies in the file: its text and its signature."""

    body: bytes
    signature: bytes

    @property
    def digest(self) -> bytes:
        """Return what the next version and the audit log remember of this one."""
        return sha256(self.body).digest()


def sign_roster(roster: Roster, *, vault_id: bytes, signing: SigningKey) -> SignedRoster:
    """Return the roster as its signer lays it down."""
    body = to_canonical(_roster_fields(roster, vault_id))
    return SignedRoster(body=body, signature=signing.sign(_roster_statement(body)))


def fold(entries: Iterable[bytes], start: bytes = _START) -> bytes:
    """Return the digest of entries of the log in their order, spelled out."""
    for entry in entries:
        start = sha256(start + entry).digest()
    return start


class Trust:
    """Whom this user believes: every version of the roster so far, each vouched for by the last.

    What was signed is judged by what its author could do in some version: nobody's leaving or
    change of role undoes what they did while it was theirs to do. That nothing new is passed off
    as old is for the audit log to show, whose entries have an order.
    """

    def __init__(self, *, vault_id: bytes, registrar: bytes, recovery: bytes) -> None:
        self._vault_id = vault_id
        self._registrar = registrar
        self._recovery = recovery
        self._rosters: list[tuple[Roster, bytes]] = []
        self._case_keys: dict[UUID, list[bytes]] = defaultdict(list)
        self._rules: list[bytes] = []
        self._ties = _START

    def afresh(self) -> "Trust":
        """Return what believes nothing yet, but what the user's own slot has pinned."""
        return Trust(vault_id=self._vault_id, registrar=self._registrar, recovery=self._recovery)

    @property
    def vault_id(self) -> bytes:
        """The vault that every statement must name."""
        return self._vault_id

    @property
    def registrar(self) -> bytes:
        """The public key that the first roster is signed with."""
        return self._registrar

    @property
    def roster(self) -> Roster:
        """Return the newest roster; raise TamperedError if there is none to believe."""
        if not self._rosters:
            raise TamperedError
        return self._rosters[-1][0]

    @property
    def version(self) -> int:
        """Return the version of the newest roster, 0 before the first."""
        return len(self._rosters)

    @property
    def digest(self) -> bytes:
        """Return the digest of the newest roster."""
        return self.digest_of(self.version)

    def digest_of(self, version: int) -> bytes:
        """Return the digest of a version that was followed; raise TamperedError for a later one."""
        if version > self.version:
            raise TamperedError
        return self._rosters[version - 1][1] if version else _START

    def follow(self, signed: SignedRoster) -> None:
        """Take up the next version, or raise TamperedError and stay with the present one."""
        self._rosters.append((self.check(signed), signed.digest))

    def check(self, signed: SignedRoster) -> Roster:
        """Return the next version, or raise TamperedError if it may not come next.

        The first is signed by the registrar; each later one by someone whom the one before lets
        manage accounts, or by its recovery key.
        """
        roster = _roster(signed.body, self._vault_id)
        expected = (self.version + 1, self.digest)
        if (roster.version, roster.previous) != expected or not _is_sound(roster):
            raise TamperedError
        verify(self._signers(roster), signed.signature, _roster_statement(signed.body))
        return roster

    def check_recovery(self) -> None:
        """Raise TamperedError unless the recovery key that our slot has pinned was ever listed."""
        if not any(
            self._recovery == one.verify_public
            for roster, _ in self._rosters
            for one in roster.principals.values()
        ):
            raise TamperedError

    def keys_at(self, version: int, principal_id: UUID) -> list[bytes]:
        """Return the key that a principal signs with under one version; none if it may not."""
        if version == 0:
            return [self._registrar]
        principal = self._rosters[version - 1][0].active(principal_id)
        return [] if principal is None else [principal.verify_public]

    def signer_of(self, version: int) -> UUID:
        """Return who has signed a version that was followed."""
        return self._rosters[version - 1][0].signed_by

    @property
    def founder(self) -> UUID:
        """Return who made the vault."""
        return self.signer_of(1)

    @property
    def everyone(self) -> Principal:
        """Return the group that every user belongs to: the one that came with the vault."""
        first = self._rosters[0][0].principals.values()
        return self.roster.principals[
            next(one.id for one in first if one.kind is PrincipalKind.GROUP)
        ]

    def could_at(self, version: int, principal_id: UUID, permission: Permission) -> bool:
        """Return whether a principal had a right under one version; recovery has every one."""
        principal = self._rosters[version - 1][0].active(principal_id) if version else None
        if principal is None:
            return False
        return principal.kind is PrincipalKind.RECOVERY or principal.may(permission)

    def note_case_keys(self, case_id: UUID, digest: bytes, *, is_first: bool) -> None:
        """Take up what the log says of a case's keys: at its opening, and at each renewal.

        A case is opened once, and nothing is renewed before; what does not fit is passed over.
        """
        if is_first != bool(self._case_keys.get(case_id)):
            self._case_keys[case_id].append(digest)

    def case_keys(self, case_id: UUID) -> tuple[bytes, ...]:
        """Return the digests that a case's keys must have had, oldest first."""
        return tuple(self._case_keys.get(case_id, ()))

    def note_rules(self, digest: bytes) -> None:
        """Take up what the log says of the rules that somebody laid down who then could."""
        self._rules.append(digest)

    @property
    def rules(self) -> tuple[bytes, ...]:
        """Return the digests of all rules that were laid down, oldest first."""
        return tuple(self._rules)

    @property
    def ties(self) -> bytes:
        """Return the digest of all that is read back from the log, as it was found so far."""
        return self._ties

    def tie(self, entry: bytes) -> None:
        """Take up the next of those entries, spelled out."""
        self._ties = fold([entry], self._ties)

    def keys_of(self, principal_id: UUID) -> frozenset[bytes]:
        """Return every key that a principal ever had."""
        return frozenset(one.verify_public for one in self._versions_of(principal_id))

    def keys_with(self, principal_id: UUID, permission: Permission) -> frozenset[bytes]:
        """Return the keys under which a principal ever had a right; recovery may everything."""
        return frozenset(
            one.verify_public
            for one in self._versions_of(principal_id)
            if one.kind is PrincipalKind.RECOVERY or one.may(permission)
        )

    def is_recovery(self, principal_id: UUID) -> bool:
        """Return whether this was ever the principal behind a recovery code."""
        versions = self._versions_of(principal_id)
        return any(one.kind is PrincipalKind.RECOVERY for one in versions)

    def _versions_of(self, principal_id: UUID) -> list[Principal]:
        return [
            roster.principals[principal_id]
            for roster, _ in self._rosters
            if principal_id in roster.principals
        ]

    def _signers(self, roster: Roster) -> list[bytes]:
        if not self._rosters:
            return [self._registrar]
        signer = self.roster.active(roster.signed_by)
        if signer is None:
            raise TamperedError
        is_recovery = signer.kind is PrincipalKind.RECOVERY
        if not is_recovery and not signer.may(Permission.MANAGE_ACCOUNTS):
            raise TamperedError
        return [signer.verify_public]


def make_generation(  # noqa: PLR0913  all but two are keywords
    compartment: Compartment,
    key: CompartmentKey,
    *,
    vault_id: bytes,
    maker: UUID,
    signing: SigningKey,
    previous: CompartmentKey | None = None,
) -> Generation:
    """Return the maker's signed commitment to a key; `previous` is that of the last generation."""
    commitment = key.commitment(key_context(compartment, vault_id))
    proof = b"" if previous is None else previous.proof(commitment)
    generation = Generation(
        compartment=compartment, made_by=maker, commitment=commitment, proof=proof, signature=b""
    )
    statement = _generation_statement(generation, vault_id)
    return replace(generation, signature=signing.sign(statement))


def check_generation(generation: Generation, trust: Trust) -> None:
    """Raise TamperedError unless someone of this vault who could do so made this key.

    The first key of a compartment is made by whoever opens the case; a later one needs the right
    to grant, and the proof, which only a holder of the former key can check. For the keys of a
    case this is not enough: the audit log must know of them too.
    """
    verify(
        _keys_of_author(generation.made_by, trust, generation.compartment),
        generation.signature,
        _generation_statement(generation, trust.vault_id),
    )
    if (generation.compartment.generation == 1) != (generation.proof == b""):
        raise TamperedError


def digest_keys(generations: Iterable[tuple[UUID, str, int, bytes]]) -> bytes:
    """Return the digest of a case's keys: compartment, kind, generation, commitment of each."""
    fields = sorted(
        (str(compartment), kind, generation, commitment.hex())
        for compartment, kind, generation, commitment in generations
    )
    return sha256(to_canonical(["trygga-case-keys-1", *fields])).digest()


def sign_grant(grant: Grant, key: CompartmentKey, *, vault_id: bytes, signing: SigningKey) -> Grant:
    """Return the grant with the proof that its key was held, and the granter's signature."""
    statement = _grant_statement(grant, vault_id)
    return replace(grant, proof=key.proof_of_grant(statement), signature=signing.sign(statement))


def check_grant(grant: Grant, key: CompartmentKey, trust: Trust, *, maker: UUID) -> None:
    """Raise TamperedError unless a holder of the key granted it who made it or might grant.

    A signature alone would let people grant themselves a key that they hope to get by its next
    renewal.
    """
    statement = _grant_statement(grant, trust.vault_id)
    if not hmac.compare_digest(key.proof_of_grant(statement), grant.proof):
        raise TamperedError
    keys = (
        trust.keys_of(maker)
        if grant.granted_by == maker
        else _keys_of_author(grant.granted_by, trust, grant.compartment, granting=True)
    )
    verify(keys, grant.signature, statement)


def key_context(compartment: Compartment, vault_id: bytes) -> Statement:
    """Return what a compartment's key is bound to, wherever it is wrapped."""
    return (
        "trygga-compartment-key-1",
        vault_id.hex(),
        str(compartment.case_id),
        str(compartment.id),
        compartment.kind,
        str(compartment.user_id),
        compartment.generation,
    )


def membership_context(group: Principal, member_id: UUID, vault_id: bytes) -> Statement:
    """Return what a group's private key is bound to when it is wrapped to a member."""
    return ("trygga-membership-1", vault_id.hex(), str(group.id), group.generation, str(member_id))


def _keys_of_author(
    author: UUID, trust: Trust, compartment: Compartment, *, granting: bool = False
) -> frozenset[bytes]:
    """Return the keys with which the author could make, or grant, a key of this compartment."""
    is_another_s = compartment.kind in _OWN_KINDS and author != compartment.user_id
    is_founder_s = compartment.kind is CompartmentKind.VAULT and author != trust.founder
    # Working notes and drafts are their writer's, and the vault has its compartment from the
    # start: only recovery may pass them on.
    if (is_another_s or is_founder_s) and not trust.is_recovery(author):
        return frozenset()
    return trust.keys_with(author, _right_to_make(compartment, granting=granting))


def _right_to_make(compartment: Compartment, *, granting: bool) -> Permission:
    if compartment.kind is CompartmentKind.VAULT:
        return Permission.MANAGE_ACCOUNTS
    if compartment.kind is CompartmentKind.DRAFTS:
        return Permission.USE_VAULT
    if compartment.kind is CompartmentKind.NOTES:
        return Permission.WORK_IN_CASE
    if granting or compartment.generation > 1:
        return Permission.GRANT_ACCESS
    return Permission.OPEN_CASE


def _is_sound(roster: Roster) -> bool:
    """Return whether the list fits together: one recovery, members that exist in real groups."""
    kinds = [one.kind for one in roster.principals.values() if one.status is Status.ACTIVE]
    groups = {one.id for one in roster.principals.values() if one.kind is PrincipalKind.GROUP}
    members = frozenset().union(*roster.members.values())
    return (
        kinds.count(PrincipalKind.RECOVERY) == 1
        and roster.members.keys() <= groups
        and members <= roster.principals.keys() - groups
    )


def _roster_statement(body: bytes) -> Statement:
    return ("trygga-roster-1", sha256(body).hexdigest())


def _generation_statement(generation: Generation, vault_id: bytes) -> Statement:
    return (
        "trygga-generation-1",
        key_context(generation.compartment, vault_id),
        str(generation.made_by),
        generation.commitment.hex(),
        generation.proof.hex(),
    )


def _grant_statement(grant: Grant, vault_id: bytes) -> Statement:
    return (
        "trygga-grant-1",
        key_context(grant.compartment, vault_id),
        str(grant.principal_id),
        str(grant.granted_by),
        grant.wrapped.hex(),
    )


def _roster_fields(roster: Roster, vault_id: bytes) -> Mapping[str, object]:
    return {
        "vault": vault_id.hex(),
        "version": roster.version,
        "previous": roster.previous.hex(),
        "signed_by": str(roster.signed_by),
        "principals": [
            {
                "id": str(one.id),
                "kind": one.kind,
                "roles": sorted(one.roles),
                "status": one.status,
                "generation": one.generation,
                "exchange": one.exchange_public.hex(),
                "verify": one.verify_public.hex(),
                "account": one.account.hex(),
            }
            for one in sorted(roster.principals.values(), key=lambda one: one.id)
        ],
        "members": {
            str(group): sorted(str(member) for member in members)
            for group, members in roster.members.items()
        },
    }


def _roster(body: bytes, vault_id: bytes) -> Roster:
    try:
        fields = from_canonical(body)
        if fields["vault"] != vault_id.hex():
            raise TamperedError
        principals = [_principal(item) for item in fields["principals"]]
        return Roster(
            version=fields["version"],
            previous=bytes.fromhex(fields["previous"]),
            principals={one.id: one for one in principals},
            members={
                UUID(group): frozenset(UUID(member) for member in members)
                for group, members in fields["members"].items()
            },
            signed_by=UUID(fields["signed_by"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise TamperedError from None


def _principal(item: Mapping[str, Any]) -> Principal:
    return Principal(
        id=UUID(item["id"]),
        kind=PrincipalKind(item["kind"]),
        roles=frozenset(Role(role) for role in item["roles"]),
        status=Status(item["status"]),
        generation=item["generation"],
        exchange_public=bytes.fromhex(item["exchange"]),
        verify_public=bytes.fromhex(item["verify"]),
        account=bytes.fromhex(item["account"]),
    )
