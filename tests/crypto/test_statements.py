"""What is signed in a vault is believed only up to the keys that a slot has pinned."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.envelope import new_key
from trygga_desktop.crypto.keyring import CompartmentKey, KeptPlace, Keyring
from trygga_desktop.crypto.principals import ExchangeKey, wrap
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.crypto.statements import (
    SignedRoster,
    Trust,
    check_generation,
    check_grant,
    digest_keys,
    key_context,
    make_generation,
    sign_grant,
    sign_roster,
)
from trygga_desktop.domain.compartments import Compartment, CompartmentKind, Grant
from trygga_desktop.domain.errors import NoAccessError, TamperedError
from trygga_desktop.domain.permissions import Permission, Role
from trygga_desktop.domain.principals import Principal, PrincipalKind, Roster, Status

VAULT_ID = bytes(range(16))
ADMIN, WORKER, AUDITOR, RECOVERY, GROUP, NOBODY = (UUID(int=number) for number in range(1, 7))
CASE = UUID(int=50)


@dataclass(frozen=True, slots=True)
class Pair:
    """The private keys of one principal."""

    exchange: ExchangeKey
    signing: SigningKey


PAIRS = {
    who: Pair(ExchangeKey.generate(), SigningKey.generate())
    for who in (ADMIN, WORKER, AUDITOR, RECOVERY, GROUP, NOBODY)
}


def principal(
    who: UUID,
    *roles: Role,
    kind: PrincipalKind = PrincipalKind.USER,
    pair: Pair | None = None,
) -> Principal:
    pair = pair or PAIRS[who]
    verify_public = b"" if kind is PrincipalKind.GROUP else pair.signing.public
    return Principal(
        id=who,
        kind=kind,
        exchange_public=pair.exchange.public,
        verify_public=verify_public,
        roles=frozenset(roles),
    )


EVERYONE = {
    one.id: one
    for one in (
        principal(ADMIN, Role.ADMINISTRATOR, Role.COORDINATOR),
        principal(WORKER, Role.SOCIAL_WORKER),
        principal(AUDITOR, Role.AUDITOR),
        principal(RECOVERY, kind=PrincipalKind.RECOVERY),
        principal(GROUP, kind=PrincipalKind.GROUP),
    )
}
FIRST = Roster(
    version=1,
    previous=bytes(32),
    principals=EVERYONE,
    members={GROUP: frozenset({ADMIN, RECOVERY})},
    signed_by=ADMIN,
)


def signed(roster: Roster, by: UUID | None = None, vault_id: bytes = VAULT_ID) -> SignedRoster:
    signing = PAIRS[by or roster.signed_by].signing
    return sign_roster(roster, vault_id=vault_id, signing=signing)


def trust() -> Trust:
    believed = Trust(
        vault_id=VAULT_ID,
        registrar=PAIRS[ADMIN].signing.public,
        recovery=PAIRS[RECOVERY].signing.public,
    )
    believed.follow(signed(FIRST))
    return believed


def following(believed: Trust, **changes: object) -> Roster:
    return replace(
        believed.roster,
        version=believed.version + 1,
        previous=believed.digest,
        **changes,  # type: ignore[arg-type]  # fields of the roster
    )


def test_nobody_is_believed_before_the_first_roster() -> None:
    believed = Trust(vault_id=VAULT_ID, registrar=bytes(32), recovery=bytes(32))
    assert believed.version == 0
    with pytest.raises(TamperedError):
        believed.roster  # noqa: B018  the property raises
    with pytest.raises(TamperedError):
        believed.check_recovery()


@pytest.mark.parametrize(
    "roster",
    [
        signed(FIRST, by=WORKER),
        signed(FIRST, vault_id=bytes(16)),
        signed(replace(FIRST, version=2)),
        signed(replace(FIRST, previous=bytes([1] * 32))),
        replace(signed(FIRST), signature=bytes(64)),
        replace(signed(FIRST), body=signed(FIRST).body + b" "),
        replace(signed(FIRST), body=b"{"),
        replace(signed(FIRST), body=b"[]"),
        SignedRoster(body=to_canonical({"vault": VAULT_ID.hex()}), signature=bytes(64)),
    ],
)
def test_a_first_roster_that_the_registrar_did_not_sign_is_refused(roster: SignedRoster) -> None:
    believed = Trust(vault_id=VAULT_ID, registrar=PAIRS[ADMIN].signing.public, recovery=bytes(32))
    with pytest.raises(TamperedError):
        believed.follow(roster)


def a_stranger_s_key(roster: Roster) -> Roster:
    strange = Pair(ExchangeKey.generate(), SigningKey.generate())
    fresh = principal(WORKER, Role.SOCIAL_WORKER, pair=strange)
    return replace(roster, principals={**roster.principals, WORKER: fresh})


def a_higher_role(roster: Roster) -> Roster:
    fresh = replace(roster.principals[WORKER], roles=frozenset({Role.ADMINISTRATOR}))
    return replace(roster, principals={**roster.principals, WORKER: fresh})


def one_more_member(roster: Roster) -> Roster:
    return replace(roster, members={GROUP: frozenset({ADMIN, RECOVERY, WORKER})})


@pytest.mark.parametrize("change", [a_stranger_s_key, a_higher_role, one_more_member])
@pytest.mark.parametrize("signer", [WORKER, AUDITOR, GROUP, NOBODY])
def test_a_replaced_key_role_or_membership_is_refused(
    change: Callable[[Roster], Roster], signer: UUID
) -> None:
    believed = trust()
    forged = change(following(believed, signed_by=signer))

    with pytest.raises(TamperedError):
        believed.follow(signed(forged))
    with pytest.raises(TamperedError):
        # Whoever names the administrator as signer still lacks that key.
        believed.follow(signed(replace(forged, signed_by=ADMIN), by=signer))
    assert believed.version == 1


def test_an_older_roster_is_not_believed_again() -> None:
    believed = trust()
    believed.follow(signed(following(believed)))
    with pytest.raises(TamperedError):
        believed.follow(signed(FIRST))


@pytest.mark.parametrize(
    "changes",
    [
        {"members": {WORKER: frozenset({ADMIN})}},
        {"members": {GROUP: frozenset({GROUP})}},
        {"members": {GROUP: frozenset({NOBODY})}},
        {"principals": {one: EVERYONE[one] for one in (ADMIN, GROUP)}},
    ],
)
def test_a_roster_that_does_not_fit_together_is_refused(changes: dict[str, object]) -> None:
    believed = trust()
    with pytest.raises(TamperedError):
        believed.follow(signed(following(believed, **changes)))


def test_an_administrator_and_recovery_may_change_the_roster() -> None:
    believed = trust()
    believed.follow(signed(one_more_member(following(believed))))
    believed.follow(signed(a_higher_role(following(believed, signed_by=RECOVERY))))

    assert believed.version == 3
    assert believed.roster.groups_of(WORKER) == {GROUP}
    assert believed.roster.principals[WORKER].roles == {Role.ADMINISTRATOR}
    believed.check_recovery()
    assert believed.registrar == PAIRS[ADMIN].signing.public


def test_another_recovery_key_than_the_pinned_one_is_noticed() -> None:
    believed = Trust(vault_id=VAULT_ID, registrar=PAIRS[ADMIN].signing.public, recovery=bytes(32))
    believed.follow(signed(FIRST))
    with pytest.raises(TamperedError):
        believed.check_recovery()


def compartment(
    kind: CompartmentKind = CompartmentKind.CASE,
    *,
    generation: int = 1,
    user_id: UUID | None = None,
) -> Compartment:
    case_id = None if kind is CompartmentKind.VAULT else CASE
    return Compartment(
        id=UUID(int=60), kind=kind, case_id=case_id, user_id=user_id, generation=generation
    )


KEY = CompartmentKey(new_key())


@pytest.mark.parametrize(
    ("part", "maker"),
    [
        (compartment(), AUDITOR),
        (compartment(), NOBODY),
        (compartment(CompartmentKind.VAULT), WORKER),
        (compartment(CompartmentKind.DRAFTS, user_id=WORKER), ADMIN),
        (compartment(CompartmentKind.NOTES, user_id=WORKER), ADMIN),
        (compartment(CompartmentKind.NOTES, user_id=AUDITOR), AUDITOR),
        (compartment(generation=2), WORKER),
    ],
)
def test_a_key_made_by_who_may_not_is_refused(part: Compartment, maker: UUID) -> None:
    previous = None if part.generation == 1 else CompartmentKey(new_key())
    generation = make_generation(
        part,
        KEY,
        vault_id=VAULT_ID,
        maker=maker,
        signing=PAIRS[maker].signing,
        previous=previous,
    )
    with pytest.raises(TamperedError):
        check_generation(generation, trust())


@pytest.mark.parametrize(
    ("part", "maker"),
    [
        (compartment(), WORKER),
        (compartment(CompartmentKind.GUARDED), ADMIN),
        (compartment(CompartmentKind.VAULT), ADMIN),
        (compartment(CompartmentKind.DRAFTS, user_id=WORKER), WORKER),
        (compartment(CompartmentKind.DRAFTS, user_id=WORKER), RECOVERY),
        (compartment(CompartmentKind.NOTES, user_id=WORKER), WORKER),
        (compartment(CompartmentKind.NOTES, user_id=WORKER), RECOVERY),
        (compartment(generation=2), ADMIN),
    ],
)
def test_a_key_made_by_who_may_is_believed(part: Compartment, maker: UUID) -> None:
    previous = None if part.generation == 1 else CompartmentKey(new_key())
    generation = make_generation(
        part,
        KEY,
        vault_id=VAULT_ID,
        maker=maker,
        signing=PAIRS[maker].signing,
        previous=previous,
    )
    check_generation(generation, trust())


def test_a_later_key_without_proof_and_a_first_one_with_proof_are_refused() -> None:
    for part, previous in ((compartment(generation=2), None), (compartment(), KEY)):
        generation = make_generation(
            part,
            KEY,
            vault_id=VAULT_ID,
            maker=ADMIN,
            signing=PAIRS[ADMIN].signing,
            previous=previous,
        )
        with pytest.raises(TamperedError):
            check_generation(generation, trust())


def grant_by(granter: UUID, **changes: object) -> Grant:
    unsigned = Grant(
        compartment=compartment(),
        principal_id=AUDITOR,
        granted_by=granter,
        wrapped=KEY.wrap_to(PAIRS[AUDITOR].exchange.public, key_context(compartment(), VAULT_ID)),
    )
    whole = sign_grant(unsigned, KEY, vault_id=VAULT_ID, signing=PAIRS[granter].signing)
    return replace(whole, **changes)  # type: ignore[arg-type]  # fields of a grant


@pytest.mark.parametrize(
    "grant",
    [
        grant_by(WORKER),
        grant_by(AUDITOR),
        grant_by(NOBODY),
        grant_by(ADMIN, granted_by=WORKER),
        grant_by(ADMIN, principal_id=WORKER),
        grant_by(ADMIN, wrapped=bytes(80)),
        grant_by(ADMIN, signature=bytes(64)),
        grant_by(ADMIN, proof=bytes(32)),
        grant_by(ADMIN, compartment=compartment(generation=2)),
        grant_by(ADMIN, compartment=compartment(CompartmentKind.GUARDED)),
    ],
)
def test_a_forged_grant_is_refused(grant: Grant) -> None:
    with pytest.raises(TamperedError):
        check_grant(grant, KEY, trust(), maker=ADMIN)


def test_a_grant_by_the_maker_or_by_who_may_grant_is_believed() -> None:
    check_grant(grant_by(WORKER), KEY, trust(), maker=WORKER)
    check_grant(grant_by(ADMIN), KEY, trust(), maker=WORKER)
    check_grant(grant_by(RECOVERY), KEY, trust(), maker=WORKER)


def test_whoever_never_had_the_right_is_not_believed_after_leaving() -> None:
    believed = trust()
    gone = replace(EVERYONE[AUDITOR], status=Status.RETIRED)
    believed.follow(signed(following(believed, principals={**EVERYONE, AUDITOR: gone})))
    later = make_generation(
        compartment(generation=2),
        KEY,
        vault_id=VAULT_ID,
        maker=AUDITOR,
        signing=PAIRS[AUDITOR].signing,
        previous=CompartmentKey(new_key()),
    )

    with pytest.raises(TamperedError):
        check_generation(later, believed)
    with pytest.raises(TamperedError):
        check_grant(grant_by(AUDITOR), KEY, believed, maker=ADMIN)


def test_a_right_that_came_with_new_keys_is_not_that_of_the_old_ones() -> None:
    believed = trust()
    fresh = Pair(ExchangeKey.generate(), SigningKey.generate())
    renewed = principal(WORKER, Role.COORDINATOR, pair=fresh)
    believed.follow(
        signed(following(believed, signed_by=RECOVERY, principals={**EVERYONE, WORKER: renewed}))
    )
    with pytest.raises(TamperedError):
        check_grant(grant_by(WORKER), KEY, believed, maker=ADMIN)


def test_who_signs_is_told_by_the_roster_of_the_time() -> None:
    believed = trust()
    registrar = PAIRS[ADMIN].signing.public
    gone = replace(EVERYONE[WORKER], status=Status.RETIRED)
    believed.follow(signed(following(believed, principals={**EVERYONE, WORKER: gone})))

    assert believed.keys_at(0, WORKER) == [registrar]
    assert believed.keys_at(1, WORKER) == [PAIRS[WORKER].signing.public]
    assert believed.keys_at(2, WORKER) == []
    assert believed.signer_of(2) == ADMIN
    assert believed.digest_of(0) == bytes(32)
    with pytest.raises(TamperedError):
        believed.digest_of(3)


def test_nobody_grants_a_key_that_they_do_not_hold() -> None:
    """A coordinator signs a grant of nothing to herself, to get the next key with the others."""
    hollow = sign_grant(
        replace(grant_by(ADMIN), wrapped=bytes(80)),
        CompartmentKey(new_key()),
        vault_id=VAULT_ID,
        signing=PAIRS[ADMIN].signing,
    )
    with pytest.raises(TamperedError):
        check_grant(hollow, KEY, trust(), maker=ADMIN)


def test_the_vault_s_own_compartment_is_its_founder_s_to_make() -> None:
    believed = trust()
    new_admin = replace(EVERYONE[WORKER], roles=frozenset({Role.ADMINISTRATOR}))
    believed.follow(signed(following(believed, principals={**EVERYONE, WORKER: new_admin})))
    assert (believed.founder, believed.everyone.id) == (ADMIN, GROUP)
    forged = make_generation(
        compartment(CompartmentKind.VAULT),
        KEY,
        vault_id=VAULT_ID,
        maker=WORKER,
        signing=PAIRS[WORKER].signing,
    )
    with pytest.raises(TamperedError):
        check_generation(forged, believed)


def test_a_right_holds_for_the_version_of_its_time() -> None:
    believed = trust()
    former = replace(EVERYONE[WORKER], roles=frozenset({Role.AUDITOR}))
    believed.follow(signed(following(believed, principals={**EVERYONE, WORKER: former})))
    assert believed.could_at(1, WORKER, Permission.OPEN_CASE)
    assert not believed.could_at(2, WORKER, Permission.OPEN_CASE)
    assert not believed.could_at(0, WORKER, Permission.OPEN_CASE)
    assert not believed.could_at(2, NOBODY, Permission.OPEN_CASE)
    assert believed.could_at(2, RECOVERY, Permission.GRANT_ACCESS)


def test_a_case_is_opened_once_and_renewed_only_after_that() -> None:
    believed = trust()
    believed.note_case_keys(CASE, b"renewed too early", is_first=False)
    assert believed.case_keys(CASE) == ()
    believed.note_case_keys(CASE, b"opened", is_first=True)
    believed.note_case_keys(CASE, b"opened again", is_first=True)
    believed.note_case_keys(CASE, b"renewed", is_first=False)
    assert believed.case_keys(CASE) == (b"opened", b"renewed")
    assert believed.case_keys(GROUP) == ()


def test_the_keys_of_a_case_have_one_digest_in_any_order() -> None:
    one, other = (CASE, "case", 1, bytes(32)), (GROUP, "guarded", 1, bytes(32))
    assert digest_keys([one, other]) == digest_keys([other, one])
    assert digest_keys([one]) != digest_keys([one, other])
    assert digest_keys([one]) != digest_keys([(CASE, "case", 2, bytes(32))])


def test_what_someone_granted_before_leaving_stays_believed() -> None:
    believed = trust()
    gone = replace(EVERYONE[ADMIN], status=Status.RETIRED)
    new_admin = replace(EVERYONE[AUDITOR], roles=frozenset({Role.ADMINISTRATOR}))
    principals = {**EVERYONE, ADMIN: gone, AUDITOR: new_admin}
    believed.follow(signed(following(believed, principals=principals)))

    check_grant(grant_by(ADMIN), KEY, believed, maker=WORKER)
    with pytest.raises(TamperedError):
        believed.follow(signed(following(believed)))


def place(commitment: bytes) -> KeptPlace:
    part = compartment()
    return KeptPlace(
        compartment=part.id,
        kind=part.kind,
        case_id=part.case_id,
        user_id=part.user_id,
        generation=part.generation,
        commitment=commitment,
    )


def test_a_key_that_is_not_the_committed_one_is_refused() -> None:
    ring = Keyring(AUDITOR, PAIRS[AUDITOR].exchange, PAIRS[AUDITOR].signing)
    context = key_context(compartment(), VAULT_ID)
    other = wrap(new_key(), PAIRS[AUDITOR].exchange.public, context)
    with pytest.raises(TamperedError):
        ring.unwrap(AUDITOR, other, context, commitment=KEY.commitment(context))


def test_a_keyring_opens_what_it_was_granted_and_nothing_of_others() -> None:
    ring = Keyring(AUDITOR, PAIRS[AUDITOR].exchange, PAIRS[AUDITOR].signing)
    context = key_context(compartment(), VAULT_ID)
    commitment = KEY.commitment(context)

    key = ring.unwrap(AUDITOR, grant_by(ADMIN).wrapped, context, commitment=commitment)
    kept = ring.keep(key, place(commitment))

    assert key.commitment(context) == commitment
    first = ring.open_kept(kept, place(commitment))
    assert ring.open_kept(kept, place(commitment)) is first
    assert ring.holders == {AUDITOR}
    with pytest.raises(NoAccessError):
        ring.exchange(WORKER)


@pytest.mark.parametrize(
    "changes",
    [
        {"compartment": UUID(int=61)},
        {"kind": CompartmentKind.NOTES},
        {"case_id": UUID(int=51)},
        {"case_id": None},
        {"user_id": AUDITOR},
        {"generation": 2},
        {"commitment": bytes(32)},
    ],
)
def test_a_kept_key_opens_only_where_it_was_kept(changes: dict[str, object]) -> None:
    ring = Keyring(AUDITOR, PAIRS[AUDITOR].exchange, PAIRS[AUDITOR].signing)
    here = place(KEY.commitment(key_context(compartment(), VAULT_ID)))
    kept = ring.keep(KEY, here)
    assert ring.open_kept(kept, here) is not None

    with pytest.raises(TamperedError):
        ring.open_kept(kept, here._replace(**changes))  # type: ignore[arg-type]  # fields


def test_what_a_colleague_of_the_same_group_keeps_for_us_is_not_taken() -> None:
    ours = Keyring(AUDITOR, PAIRS[AUDITOR].exchange, PAIRS[AUDITOR].signing)
    theirs = Keyring(WORKER, PAIRS[WORKER].exchange, PAIRS[WORKER].signing)
    for ring in (ours, theirs):
        ring.learn(GROUP, PAIRS[GROUP].exchange)
    here = place(KEY.commitment(key_context(compartment(), VAULT_ID)))

    with pytest.raises(TamperedError):
        ours.open_kept(theirs.keep(KEY, here), here)


def test_a_proof_fits_one_key_and_one_successor() -> None:
    assert KEY.proof(b"next") != KEY.proof(b"other")
    assert KEY.proof(b"next") != CompartmentKey(new_key()).proof(b"next")
    assert KEY.proof(b"next") != KEY.commitment(("next",))
