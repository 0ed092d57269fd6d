"""An account holder with the raw file plants rows of their own making: nothing new reaches them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.insider import (
    AFTER,
    SECRET,
    Insider,
    coordinator,
    everyone,
    insider_of,
    statement,
    without_triggers,
)
from tests.people import ELIAS, opened_case
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import (
    InvalidInputError,
    OlderThanConfirmedError,
    TamperedError,
    WrongPassphraseError,
)
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.access import Unlock, unlock
from trygga_desktop.services.accounts import AddGroup, add_group, change_roles
from trygga_desktop.services.case_files import (
    WriteNote,
    read_case,
    record_statement,
    write_note,
)
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.drafts import StoreDraft, store_draft
from trygga_desktop.services.grants import GrantCase, RevokeCase, grant_case, revoke_case
from trygga_desktop.services.recovery import Recover, recover


@pytest.fixture
def case_id(made: MadeVault) -> UUID:
    """A case of the coordinator's, with a working note in it, and a draft of hers."""
    vault = made.open()
    opened = opened_case(vault, ELIAS)
    write_note(WriteNote(case_id=opened, text="före"), vault=vault)
    store_draft(StoreDraft(id=UUID(int=8), kind=DraftKind.NOTE, text="halv"), vault=vault)
    vault.close()
    return opened


@pytest.fixture
def insider(made: MadeVault) -> Iterator[Insider]:
    """The social secretary, who was granted nothing."""
    with insider_of(made) as one:
        yield one


KINDS = [CompartmentKind.CASE, CompartmentKind.NOTES, CompartmentKind.DRAFTS]


@pytest.mark.parametrize("victim", [everyone, coordinator])
@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_generation_is_never_written_under(
    made: MadeVault, case_id: UUID, insider: Insider, kind: CompartmentKind, victim: Any
) -> None:
    holder, public = victim(insider)
    of = None if kind is CompartmentKind.DRAFTS else case_id
    keys = [
        insider.plant(replace(one, generation=2), holder, public)
        for one in insider.compartments(of, kind)
    ]
    assert keys

    vault = made.open()
    write_note(WriteNote(case_id=case_id, text=SECRET), vault=vault)
    store_draft(StoreDraft(id=AFTER, kind=DraftKind.NOTE, text=SECRET), vault=vault)
    if kind is CompartmentKind.CASE:
        with pytest.raises(TamperedError):
            record_statement(statement(case_id), vault=vault)
        assert read_case(case_id, vault=vault).value.left_out > 0
    vault.close()

    assert not any(insider.reads(key) for key in keys)


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_compartment_is_never_written_in(
    made: MadeVault, case_id: UUID, insider: Insider, kind: CompartmentKind
) -> None:
    ke, public = coordinator(insider)
    of = None if kind is CompartmentKind.DRAFTS else case_id
    owner = None if kind is CompartmentKind.CASE else ke
    keys = [
        insider.plant(Compartment(id=one, kind=kind, case_id=of, user_id=owner), ke, public)
        for one in (UUID(int=1), UUID(int=2**128 - 1))
    ]

    vault = made.open()
    write_note(WriteNote(case_id=case_id, text=SECRET), vault=vault)
    store_draft(StoreDraft(id=AFTER, kind=DraftKind.NOTE, text=SECRET), vault=vault)
    with suppress(TamperedError):
        record_statement(statement(case_id), vault=vault)
    vault.close()

    assert not any(insider.reads(key) for key in keys)


def test_a_known_key_under_another_case_s_name_is_not_taken(
    made: MadeVault, case_id: UUID, insider: Insider
) -> None:
    """The insider knows one case's key, and passes its commitment off as another's."""
    vault = made.open()
    shared = opened_case(vault)
    grant_case(GrantCase(case_id=shared, principal_id=insider.secrets.principal), vault=vault)
    vault.close()
    ours, theirs = (
        insider.compartments(one, CompartmentKind.CASE)[0].id.hex for one in (shared, case_id)
    )
    for column in ("commitment", "proof", "made_by", "signature"):
        insider.database.execute(
            f"UPDATE generation SET {column} = (SELECT {column} FROM generation"
            " WHERE compartment_id = ?) WHERE compartment_id = ?",
            (ours, theirs),
        )

    vault = made.open()
    assert len(list_cases(vault=vault).value.rows) == 1
    with pytest.raises(TamperedError):
        record_statement(statement(case_id), vault=vault)
    vault.close()


def test_taking_a_revocation_back_by_deleting_rows_is_told_and_stops_writing(
    made: MadeVault, case_id: UUID, insider: Insider
) -> None:
    petra = insider.secrets.principal
    vault = made.open()
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    revoke_case(RevokeCase(case_id=case_id, principal_id=petra), vault=vault)
    record_statement(statement(case_id), vault=vault)
    vault.close()
    for table in ("kept", "grant", "generation"):
        insider.database.execute(f'DELETE FROM "{table}" WHERE generation = 2')

    vault = made.open()
    file = read_case(case_id, vault=vault).value
    assert file.items.items == ()
    assert file.left_out >= 2
    with pytest.raises(TamperedError):
        record_statement(statement(case_id), vault=vault)
    vault.close()


def test_whoever_was_revoked_reads_nothing_that_came_after(
    made: MadeVault, case_id: UUID, insider: Insider
) -> None:
    petra = insider.secrets.principal
    vault = made.open()
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    vault.close()
    vault = made.open("pn")
    assert read_case(case_id, vault=vault).value.items.items == ()
    vault.close()
    vault = made.open()
    revoke_case(RevokeCase(case_id=case_id, principal_id=petra), vault=vault)
    record_statement(statement(case_id), vault=vault)
    vault.close()

    vault = made.open("pn")
    file = read_case(case_id, vault=vault).value
    assert file.items.items == ()
    assert file.left_out == 0
    vault.close()


def test_nobody_is_revoked_while_a_group_still_lets_them_in(made: MadeVault, case_id: UUID) -> None:
    petra = made.secrets("pn").principal
    vault = made.open()
    group = add_group(AddGroup(members=frozenset({petra})), vault=vault).value
    grant_case(GrantCase(case_id=case_id, principal_id=group), vault=vault)
    for principal, flaw in (
        (petra, "through_group"),
        (vault.trust.roster.recovery.id, "recovery"),
        (UUID(int=5), "no_holder"),
    ):
        with pytest.raises(InvalidInputError) as caught:
            revoke_case(RevokeCase(case_id=case_id, principal_id=principal), vault=vault)
        assert caught.value.flaw == flaw
    revoke_case(RevokeCase(case_id=case_id, principal_id=group), vault=vault)
    vault.close()


def test_a_case_is_granted_to_nobody_whose_role_is_not_to_work_in_it(
    made: MadeVault, case_id: UUID
) -> None:
    anders, petra = made.secrets("at").principal, made.secrets("pn").principal
    vault = made.open()
    mixed = add_group(AddGroup(members=frozenset({anders, petra})), vault=vault).value
    for principal, guarded, flaw in (
        (anders, False, "role"),
        (mixed, False, "role"),
        (mixed, True, "group"),
        (vault.trust.roster.recovery.id, False, "unknown"),
        (UUID(int=5), False, "unknown"),
    ):
        with pytest.raises(InvalidInputError) as caught:
            grant_case(
                GrantCase(case_id=case_id, principal_id=principal, guarded=guarded), vault=vault
            )
        assert caught.value.flaw == flaw
    vault.close()


def test_a_change_of_roles_leaves_what_was_granted_before(made: MadeVault, case_id: UUID) -> None:
    petra, karin = made.secrets("pn").principal, made.secrets("ke").principal
    vault = made.open()
    change_roles(petra, frozenset({Role.ADMINISTRATOR, Role.SOCIAL_WORKER}), vault=vault)
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    vault.close()
    vault = made.open("pn")
    change_roles(karin, frozenset({Role.AUDITOR}), vault=vault)

    found = list_cases(vault=vault).value

    assert len(found.rows) == 1
    assert found.left_out == 0
    vault.close()


NEWEST = "SELECT max(sequence) FROM audit"
FORGED_LOGS = [
    "DELETE FROM audit WHERE sequence = 3",
    "UPDATE audit SET action = 'case_read' WHERE sequence = 3",
    "UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 3",
    f"UPDATE audit SET signature = randomblob(64) WHERE sequence = ({NEWEST})",
    f"UPDATE audit SET signature = 'x' WHERE sequence = ({NEWEST})",
    "UPDATE audit SET digest = randomblob(32) WHERE action = 'case_opened'",
    "UPDATE audit SET action = 'made_up' WHERE sequence = 3",
    "UPDATE progress SET head = randomblob(32)",
]


@pytest.mark.usefixtures("case_id")
@pytest.mark.parametrize("forgery", FORGED_LOGS)
def test_a_log_that_was_changed_opens_for_nobody(made: MadeVault, forgery: str) -> None:
    without_triggers(made, forgery)
    with pytest.raises((TamperedError, OlderThanConfirmedError)):
        made.open("at")


def test_roles_are_not_rolled_back_by_taking_the_newest_roster_away(made: MadeVault) -> None:
    """The insider lost a role, and puts the roster of before back, log entry included."""
    petra = made.secrets("pn").principal
    vault = made.open()
    change_roles(petra, frozenset({Role.ADMINISTRATOR}), vault=vault)
    change_roles(petra, frozenset({Role.SOCIAL_WORKER}), vault=vault)
    vault.close()

    without_triggers(
        made,
        "DELETE FROM roster WHERE version = (SELECT max(version) FROM roster)",
        "DELETE FROM audit WHERE sequence ="
        " (SELECT max(sequence) FROM audit WHERE action = 'roles_changed')",
    )

    for login in ("ke", "pn", "at"):
        with pytest.raises((TamperedError, OlderThanConfirmedError)):
            made.open(login)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TRIGGER thief AFTER INSERT ON item BEGIN DELETE FROM item; END",
        "DROP TRIGGER audit_refuses_delete",
        "CREATE TABLE more (x)",
        "DROP INDEX ix_item_case_id",
    ],
)
def test_another_schema_than_ours_is_refused_and_left(
    made: MadeVault, insider: Insider, change: str
) -> None:
    insider.database.execute(change)
    with pytest.raises(TamperedError):
        made.open()


ODD_ROWS = [
    "UPDATE item SET row_version = -1",
    "UPDATE item SET generation = 99",
    "UPDATE item SET ciphertext = 'text'",
    "UPDATE item SET ciphertext = x''",
    "UPDATE item SET sequence = sequence + 1",
    'UPDATE "case" SET ciphertext = 5',
    "UPDATE \"case\" SET phase = 'closed'",
    'UPDATE "case" SET sequence = 1000',
    "UPDATE kept SET ciphertext = 'text'",
    'UPDATE "grant" SET wrapped = 7',
    "UPDATE account SET ciphertext = 'text'",
    "UPDATE setting SET row_version = -4",
    "UPDATE draft SET generation = 99",
    "INSERT INTO compartment VALUES ('00000000000000000000000000000005', 'pantry', NULL, NULL)",
    (
        "UPDATE generation SET commitment = 'text' WHERE generation = 1"
        " AND compartment_id IN (SELECT id FROM compartment WHERE case_id IS NOT NULL)"
    ),
]


@pytest.mark.parametrize("odd", ODD_ROWS)
def test_a_row_of_odd_values_stops_nothing_but_itself(
    made: MadeVault, case_id: UUID, insider: Insider, odd: str
) -> None:
    insider.database.execute(odd)
    insider.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    vault = made.open()
    list_cases(vault=vault)
    store_draft(StoreDraft(id=AFTER, kind=DraftKind.NOTE, text=SECRET), vault=vault)
    with suppress(TamperedError):
        read_case(case_id, vault=vault)
    opened_case(vault)
    vault.close()


def test_names_that_were_exchanged_are_not_believed(made: MadeVault, insider: Insider) -> None:
    """The auditor, say, gives two colleagues each other's names: everybody has that key."""
    ids = [made.secrets(login).principal.hex for login in ("ke", "pn")]
    insider.database.execute(
        "UPDATE account SET id = CASE id WHEN ? THEN ? ELSE ? END WHERE id IN (?, ?)",
        (ids[0], "0" * 32, "1" * 32, *ids),
    )
    insider.database.execute("UPDATE account SET id = ? WHERE id = ?", (ids[1], "0" * 32))
    insider.database.execute("UPDATE account SET id = ? WHERE id = ?", (ids[0], "1" * 32))

    vault = made.open()
    with vault.work() as work:
        assert {one.login for one in work.accounts.all(work.roster)} == {"at"}
    assert vault.my_name == "ke"
    vault.close()


def test_one_grant_that_is_gone_does_not_stop_recovery(
    made: MadeVault, case_id: UUID, insider: Insider
) -> None:
    vault = made.open()
    kept = opened_case(vault)
    recovery = vault.trust.roster.recovery.id.hex
    vault.close()
    part = insider.compartments(case_id, CompartmentKind.CASE)[0].id.hex
    insider.database.execute(
        'DELETE FROM "grant" WHERE compartment_id = ? AND principal_id = ?', (part, recovery)
    )
    insider.database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    fresh = "ny rad utan mönster, bara ord"

    left_out = recover(
        Recover(folder=made.folder, code=made.code, login="ke", passphrase=fresh),
        environment=made.environment,
    )

    assert left_out == 1
    with pytest.raises(WrongPassphraseError):
        made.open()
    made.clock.move(minutes=1)
    again = Unlock(folder=made.folder, login="ke", passphrase=fresh)
    vault = unlock(again, environment=made.environment)
    assert [row.id for row in list_cases(vault=vault).value.rows] == [kept]
    vault.close()


@pytest.mark.parametrize(
    "taken",
    [
        "UPDATE compartment SET kind = 'guarded' WHERE case_id = '{case}'",
        "DELETE FROM compartment WHERE case_id = '{case}'",
        "DELETE FROM \"case\" WHERE id = '{case}'",
        "DELETE FROM person WHERE case_id = '{case}'",
    ],
)
def test_a_case_that_was_taken_away_is_told(made: MadeVault, case_id: UUID, taken: str) -> None:
    vault = made.open()
    kept = opened_case(vault)
    vault.close()
    without_triggers(made, taken.format(case=case_id.hex))

    vault = made.open()
    found = list_cases(vault=vault).value

    assert [row.id for row in found.rows] == [kept]
    assert found.left_out > 0
    vault.close()
