"""An insider plants keys, rosters and log entries: what does not fit together counts for nobody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.insider import (
    AFTER,
    SECRET,
    Insider,
    case_of,
    coordinator,
    grant_to,
    insider_of,
    statement,
    with_roles,
    without_triggers,
)
from trygga_desktop.crypto.envelope import new_key
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.crypto.statements import SignedRoster, key_context, make_generation, sign_roster
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import FILE_KINDS, Compartment, CompartmentKind
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import (
    NoAccessError,
    OlderThanConfirmedError,
    TamperedError,
)
from trygga_desktop.domain.items import ItemKind, to_plain
from trygga_desktop.domain.permissions import Permission, Role
from trygga_desktop.services.accounts import change_roles
from trygga_desktop.services.case_files import (
    read_case,
    record_statement,
)
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.drafts import StoreDraft, store_draft
from trygga_desktop.services.grants import RevokeCase, revoke_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.envelopes import Envelopes


@pytest.fixture
def case_id(made: MadeVault) -> UUID:
    """A case of the coordinator's, with a statement in it, a note and a draft of hers."""
    return case_of(made)


@pytest.fixture
def insider(made: MadeVault) -> Iterator[Insider]:
    """The social secretary, who was granted nothing."""
    with insider_of(made) as one:
        yield one


def assert_told_and_closed(vault: OpenVault, case_id: UUID) -> None:
    assert read_case(case_id, vault=vault).value.left_out > 0
    with pytest.raises(TamperedError):
        record_statement(statement(case_id), vault=vault)


def test_an_entry_of_whoever_may_not_grant_takes_no_revocation_back(
    made: MadeVault, case_id: UUID, insider: Insider
) -> None:
    petra = grant_to(made, case_id, "pn")
    vault = made.open()
    revoke_case(RevokeCase(case_id=case_id, principal_id=petra), vault=vault)
    vault.close()
    for table in ("kept", "grant", "generation"):
        insider.database.execute(f'DELETE FROM "{table}" WHERE generation = 2')
    insider.log_keys(Action.CASE_REVOKED, case_id)

    vault = made.open()
    assert_told_and_closed(vault, case_id)
    vault.close()


@pytest.mark.parametrize("is_logged", [False, True])
def test_a_coordinator_who_was_revoked_puts_no_key_in_place_of_the_new_one(
    made: MadeVault, case_id: UUID, insider: Insider, *, is_logged: bool
) -> None:
    with_roles(made, "pn", Role.COORDINATOR)
    petra = grant_to(made, case_id, "pn")
    (part,) = insider.compartments(case_id, CompartmentKind.CASE)
    former = insider.key_of(part)
    karin, public = coordinator(insider)
    vault = made.open()
    revoke_case(RevokeCase(case_id=case_id, principal_id=petra), vault=vault)
    vault.close()
    raw, renewed = new_key(), replace(part, generation=2)
    key = CompartmentKey(raw)
    made_up = make_generation(
        renewed,
        key,
        vault_id=made.vault_id,
        maker=petra,
        signing=insider.signing,
        previous=former,
    )
    insider.database.execute(
        "UPDATE generation SET made_by = ?, commitment = ?, proof = ?, signature = ?"
        " WHERE compartment_id = ? AND generation = 2",
        (petra.hex, made_up.commitment, made_up.proof, made_up.signature, part.id.hex),
    )
    wrapped = key.wrap_to(public, key_context(renewed, made.vault_id))
    insider.grant(renewed, karin, wrapped, key)
    if is_logged:
        insider.log_keys(Action.CASE_REVOKED, case_id)

    vault = made.open()
    assert_told_and_closed(vault, case_id)
    vault.close()

    assert not insider.reads(raw)


@pytest.mark.parametrize("is_logged", [False, True])
def test_a_coordinator_who_lacks_the_case_gives_it_no_new_key(
    made: MadeVault, case_id: UUID, insider: Insider, *, is_logged: bool
) -> None:
    with_roles(made, "pn", Role.COORDINATOR)
    karin, public = coordinator(insider)
    (part,) = insider.compartments(case_id, CompartmentKind.CASE)
    key = insider.plant(replace(part, generation=2), karin, public)
    if is_logged:
        insider.log_keys(Action.CASE_REVOKED, case_id)

    vault = made.open()
    assert read_case(case_id, vault=vault).value.left_out > 0
    with pytest.raises((TamperedError, NoAccessError)):
        record_statement(statement(case_id), vault=vault)
    vault.close()

    assert not insider.reads(key)


@pytest.mark.parametrize("action", [Action.CASE_OPENED, Action.CASE_REVOKED])
@pytest.mark.parametrize("kind", sorted(FILE_KINDS))
def test_a_second_compartment_that_its_maker_has_logged_is_not_written_in(
    made: MadeVault, case_id: UUID, insider: Insider, kind: CompartmentKind, action: Action
) -> None:
    """Whoever may open cases may make a first key, but not for a case that is there."""
    karin, public = coordinator(insider)
    key = insider.plant(Compartment(id=UUID(int=1), kind=kind, case_id=case_id), karin, public)
    insider.log_keys(action, case_id)

    vault = made.open()
    assert_told_and_closed(vault, case_id)
    vault.close()

    assert not insider.reads(key)


def test_what_lies_in_a_second_compartment_is_not_shown(
    made: MadeVault, case_id: UUID, insider: Insider
) -> None:
    karin, public = coordinator(insider)
    part = Compartment(id=UUID(int=1), kind=CompartmentKind.CASE, case_id=case_id)
    key = CompartmentKey(insider.plant(part, karin, public))
    vault = made.open()
    with vault.work() as work:
        told = next(one for one in work.items.of_case(case_id) if one.kind is ItemKind.STATEMENT)
    vault.close()
    columns = Envelopes(made.vault_id, "item").close(
        AFTER, to_plain(told), owner=case_id, compartment=part, key=key, clear=b"9"
    )
    insider.database.execute(
        "INSERT INTO item VALUES (?, ?, 1, 1, ?, ?, 9, NULL)",
        (AFTER.hex, part.id.hex, columns["ciphertext"], case_id.hex),
    )

    vault = made.open()
    file = read_case(case_id, vault=vault).value
    vault.close()

    assert AFTER not in {one.id for one in file.items.items}
    assert file.left_out > 0


def test_rows_written_while_the_vault_is_open_take_no_revocation_back(
    made: MadeVault, case_id: UUID, insider: Insider
) -> None:
    petra = grant_to(made, case_id, "pn")
    vault = made.open()
    with vault.work() as work:
        before = work.compartments.digest(case_id)
    revoke_case(RevokeCase(case_id=case_id, principal_id=petra), vault=vault)
    # Its number is one that no entry of the log has.
    store_draft(StoreDraft(id=AFTER, kind=DraftKind.NOTE, text=SECRET), vault=vault)
    for table in ("kept", "grant", "generation"):
        insider.database.execute(f'DELETE FROM "{table}" WHERE generation = 2')
    insider.database.execute(
        "INSERT INTO audit SELECT sequence, '2026-11-26 07:00:00.000000', ?, 'case_revoked', ?, ?,"
        " x'00', x'00' FROM progress",
        (petra.hex, case_id.hex, before),
    )

    assert_told_and_closed(vault, case_id)
    vault.close()


def test_a_clock_of_another_age_writes_nothing(made: MadeVault, case_id: UUID) -> None:
    now = made.clock.at
    made.clock.at = datetime.max.replace(tzinfo=UTC)
    with pytest.raises(TamperedError):
        made.open("at")

    made.clock.at = now
    vault = made.open()
    assert [row.id for row in list_cases(vault=vault).value.rows] == [case_id]
    vault.close()


def test_an_entry_of_another_age_opens_for_nobody(made: MadeVault, insider: Insider) -> None:
    insider.log(Action.DRAFTS_READ, insider.secrets.principal, year=9999)
    insider.confirm()
    for login in ("ke", "pn", "at"):
        with pytest.raises(TamperedError):
            made.open(login)


def test_an_entry_with_a_link_and_a_signature_that_hold_is_believed(
    made: MadeVault, insider: Insider
) -> None:
    """So that what is refused in these tests is refused for what they change."""
    insider.log(Action.DRAFTS_READ, insider.secrets.principal)
    insider.confirm()
    for login in ("ke", "pn", "at"):
        made.open(login).close()


@pytest.mark.parametrize("action", [Action.CASE_OPENED, Action.CASE_REVOKED])
@pytest.mark.parametrize("login", ["pn", "at"])
def test_nobody_closes_a_case_with_an_entry_that_is_not_theirs_to_write(
    made: MadeVault, case_id: UUID, login: str, action: Action
) -> None:
    vault = made.open(login)
    with vault.work() as work:
        work.commit(action, case_id)
    vault.close()

    vault = made.open()
    told = record_statement(statement(case_id), vault=vault).value
    file = read_case(case_id, vault=vault).value
    vault.close()

    assert told in {one.id for one in file.items.items}
    assert file.left_out == 0


def newest_entry(insider: Insider, action: Action) -> int:
    ((sequence,),) = insider.database.execute(
        "SELECT max(sequence) FROM audit WHERE action = ?", (action,)
    ).fetchall()
    return int(sequence)


def test_a_roster_that_was_taken_away_with_its_log_is_missed_by_who_has_seen_it(
    made: MadeVault, insider: Insider
) -> None:
    petra = insider.secrets.principal
    vault = made.open()
    change_roles(petra, frozenset({Role.ADMINISTRATOR}), vault=vault)
    change_roles(petra, frozenset({Role.SOCIAL_WORKER}), vault=vault)
    vault.close()
    made.open("at").close()
    ((length,),) = insider.database.execute("SELECT sequence FROM progress").fetchall()

    insider.cut_log(newest_entry(insider, Action.ROLES_CHANGED))
    without_triggers(made, "DELETE FROM roster WHERE version = (SELECT max(version) FROM roster)")
    for _ in range(length):
        insider.log(Action.DRAFTS_READ, petra)
    insider.confirm()

    for login in ("ke", "at"):
        with pytest.raises((TamperedError, OlderThanConfirmedError)):
            made.open(login)
    # It holds together: only what the others remember shows that it is another one.
    vault = made.open("pn")
    assert vault.may(Permission.MANAGE_ACCOUNTS)
    vault.close()


def test_an_entry_of_no_roster_opens_for_nobody(made: MadeVault, insider: Insider) -> None:
    vault = made.open("pn")
    newest = vault.trust.digest
    vault.close()
    insider.log(Action.ROLES_CHANGED, insider.secrets.principal, digest=newest)
    insider.confirm()
    for login in ("ke", "pn", "at"):
        with pytest.raises(TamperedError):
            made.open(login)


def signed_roster(insider: Insider, vault: OpenVault, *roles: Role) -> SignedRoster:
    """Return the next roster as the insider would like it, signed by them."""
    me, roster = insider.secrets.principal, vault.trust.roster
    changed = replace(roster.principals[me], roles=frozenset(roles))
    wished = replace(
        roster,
        version=roster.version + 1,
        previous=vault.trust.digest,
        principals={**roster.principals, me: changed},
        signed_by=me,
    )
    return sign_roster(wished, vault_id=insider.made.vault_id, signing=insider.signing)


def test_whoever_may_not_manage_accounts_lays_down_no_roster(
    made: MadeVault, insider: Insider
) -> None:
    vault = made.open("pn")
    signed = signed_roster(insider, vault, *Role)
    version = vault.trust.version + 1
    vault.close()
    insider.database.execute(
        "INSERT INTO roster VALUES (?, ?, ?)", (version, signed.body, signed.signature)
    )
    insider.log(Action.ROLES_CHANGED, insider.secrets.principal, digest=signed.digest)
    insider.confirm()
    for login in ("ke", "pn", "at"):
        with pytest.raises(TamperedError):
            made.open(login)


def test_a_roster_that_the_log_does_not_tell_of_opens_for_nobody(
    made: MadeVault, insider: Insider
) -> None:
    with_roles(made, "pn", Role.ADMINISTRATOR)
    vault = made.open("pn")
    signed = signed_roster(insider, vault, *Role)
    version = vault.trust.version + 1
    vault.close()
    insider.database.execute(
        "INSERT INTO roster VALUES (?, ?, ?)", (version, signed.body, signed.signature)
    )
    for login in ("ke", "pn", "at"):
        with pytest.raises(TamperedError):
            made.open(login)


def test_an_administrator_who_gave_up_the_role_puts_no_other_roster_in_place_of_that_one(
    made: MadeVault, insider: Insider
) -> None:
    with_roles(made, "pn", Role.ADMINISTRATOR)
    vault = made.open("pn")
    kept = signed_roster(insider, vault, *Role)
    change_roles(insider.secrets.principal, frozenset({Role.SOCIAL_WORKER}), vault=vault)
    vault.close()
    without_triggers(
        made,
        f"UPDATE roster SET body = x'{kept.body.hex()}', signature = x'{kept.signature.hex()}'"
        " WHERE version = (SELECT max(version) FROM roster)",
    )
    for login in ("ke", "pn", "at"):
        with pytest.raises(TamperedError):
            made.open(login)


def test_a_roster_of_the_administrator_s_is_logged_by_nobody_else(
    made: MadeVault, insider: Insider
) -> None:
    """Else the day on which a right was lost could be moved to a later one."""
    vault = made.open()
    change_roles(insider.secrets.principal, frozenset({Role.AUDITOR}), vault=vault)
    digest = vault.trust.digest
    vault.close()
    insider.cut_log(newest_entry(insider, Action.ROLES_CHANGED))
    insider.log(Action.ROLES_CHANGED, insider.secrets.principal, digest=digest)
    insider.confirm()
    for login in ("pn", "at"):
        with pytest.raises(TamperedError):
            made.open(login)
