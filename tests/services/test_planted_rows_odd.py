"""What an insider wrote into the file's cells is told, and stops nothing else."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.hostile import forge
from tests.insider import (
    AFTER,
    SECRET,
    Insider,
    case_of,
    insider_of,
    reached,
    statement,
    without_triggers,
)
from tests.people import MAJA, opened_case
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import (
    NotConfirmedError,
    TamperedError,
    TryggaError,
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
from trygga_desktop.services.drafts import StoreDraft, discard_draft, read_drafts, store_draft
from trygga_desktop.services.grants import GrantCase, RevokeCase, grant_case, revoke_case
from trygga_desktop.services.recovery import Recover, recover
from trygga_desktop.services.vault import OpenVault

FRESH = "ny rad utan mönster, bara ord"
NOTE = StoreDraft(id=AFTER, kind=DraftKind.NOTE, text=SECRET)


@pytest.fixture
def case_id(made: MadeVault) -> UUID:
    """A case of the coordinator's, with a statement in it, a note and a draft of hers."""
    return case_of(made)


@pytest.fixture
def insider(made: MadeVault) -> Iterator[Insider]:
    """The social secretary, who was granted nothing."""
    with insider_of(made) as one:
        yield one


NOBODY = "00000000000000000000000000000009"
VANISHING = [
    "UPDATE \"case\" SET subject_id = randomblob(16) WHERE id = '{case}'",
    f"UPDATE \"case\" SET subject_id = '{NOBODY}' WHERE id = '{{case}}'",
    "UPDATE \"case\" SET generation = 99 WHERE id = '{case}'",
    "UPDATE person SET generation = 99 WHERE case_id = '{case}'",
    f"UPDATE person SET id = '{NOBODY}' WHERE case_id = '{{case}}'",
    "DELETE FROM \"case\" WHERE id = '{case}'",
]


@pytest.mark.parametrize("change", VANISHING)
def test_a_case_whose_cells_were_changed_does_not_vanish_untold(
    made: MadeVault, case_id: UUID, change: str
) -> None:
    vault = made.open()
    other = opened_case(vault, MAJA)
    vault.close()
    forge(made.folder / "vault.db", made.file_key, change.format(case=case_id.hex))

    vault = made.open()
    found = list_cases(vault=vault).value
    assert [row.id for row in found.rows] == [other]
    assert found.left_out == 1
    with pytest.raises(TamperedError):
        read_case(case_id, vault=vault)
    vault.close()


def test_a_case_whose_grant_was_given_away_stays_with_who_has_accepted_it(
    made: MadeVault, case_id: UUID
) -> None:
    karin = made.secrets("ke").principal.hex
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"UPDATE \"grant\" SET principal_id = '{NOBODY}' WHERE principal_id = '{karin}'"
        f" AND compartment_id IN (SELECT id FROM compartment WHERE case_id = '{case_id.hex}')",
    )

    vault = made.open()
    assert [row.id for row in list_cases(vault=vault).value.rows] == [case_id]
    vault.close()


ODD = [
    "UPDATE \"case\" SET sequence = 'abc'",
    "UPDATE \"case\" SET phase = x'00'",
    "UPDATE \"case\" SET id = 'abc'",
    "UPDATE \"case\" SET compartment_id = 'abc'",
    "UPDATE item SET sequence = 'abc'",
    "UPDATE item SET generation = 'abc'",
    "UPDATE item SET id = 'abc' WHERE sequence = (SELECT max(sequence) FROM item)",
    "UPDATE item SET row_version = 'abc'",
    "UPDATE draft SET sequence = 'abc'",
    "UPDATE draft SET id = 'abc'",
    "UPDATE draft SET row_version = 'abc'",
    "UPDATE draft SET row_version = 9223372036854775807",
    "UPDATE draft SET compartment_id = 'abc'",
    "UPDATE person SET case_id = 'abc'",
    "UPDATE person SET ciphertext = 7",
    "UPDATE guarded SET generation = 'abc'",
    "UPDATE account SET id = 'abc' WHERE id = (SELECT id FROM account LIMIT 1)",
    "UPDATE account SET generation = 'abc'",
    "UPDATE account SET row_version = 'abc'",
    "UPDATE membership SET wrapped = 'x'",
    "UPDATE membership SET generation = 'x'",
    "UPDATE roster SET signature = 'x'",
    "UPDATE roster SET body = 7",
    "UPDATE roster SET version = -1 WHERE version = (SELECT max(version) FROM roster)",
    "UPDATE progress SET sequence = 'x'",
    "UPDATE progress SET sequence = 9223372036854775807",
    "UPDATE progress SET head = 'x'",
    "UPDATE progress SET sequence = -1",
    "DELETE FROM progress",
    "INSERT INTO progress VALUES (2, 1, x'00')",
    "INSERT INTO alembic_version VALUES ('0000')",
    "DELETE FROM alembic_version",
    "UPDATE \"grant\" SET granted_by = 'abc'",
    'UPDATE "grant" SET proof = 7',
    "UPDATE \"grant\" SET proof = 'å'",
    "UPDATE \"grant\" SET signature = 'x'",
    "UPDATE \"grant\" SET generation = 'abc'",
    'UPDATE "grant" SET generation = -1',
    "UPDATE kept SET generation = 'abc'",
    "UPDATE OR IGNORE kept SET compartment_id = 'abc'",
    "UPDATE kept SET ciphertext = 7; UPDATE \"grant\" SET proof = 'å'",
    "UPDATE kept SET ciphertext = 7; UPDATE \"grant\" SET wrapped = 'å'",
    "UPDATE kept SET ciphertext = 7; UPDATE generation SET proof = 7",
    "UPDATE kept SET ciphertext = 7; UPDATE generation SET commitment = 'å'",
    "UPDATE kept SET ciphertext = 7; UPDATE generation SET signature = 'å'",
    "UPDATE kept SET ciphertext = 7; UPDATE generation SET made_by = 'abc'",
    "UPDATE kept SET ciphertext = 7; UPDATE generation SET generation = 0",
    "UPDATE generation SET generation = 'abc'",
    "UPDATE compartment SET id = 'abc' WHERE kind = 'drafts'",
    "UPDATE compartment SET user_id = 'abc' WHERE kind = 'drafts'",
    "UPDATE compartment SET user_id = NULL WHERE kind = 'notes'",
    "UPDATE compartment SET kind = 5",
    "UPDATE compartment SET kind = x'00'",
    "UPDATE compartment SET kind = 'guarded' WHERE kind = 'case'",
    (
        "INSERT OR IGNORE INTO \"grant\" SELECT compartment_id, generation, 'abc', granted_by,"
        ' wrapped, proof, signature FROM "grant"'
    ),
    (
        "INSERT INTO generation SELECT compartment_id, 'abc', made_by, commitment, proof,"
        " signature FROM generation"
    ),
    (
        "INSERT INTO generation SELECT compartment_id, 7, made_by, commitment, proof,"
        " signature FROM generation"
    ),
    "INSERT INTO compartment VALUES ('abc', 'vault', NULL, NULL)",
    (
        "INSERT INTO compartment VALUES ('abc', 'case', NULL, NULL); INSERT INTO generation"
        " SELECT 'abc', 1, made_by, commitment, proof, signature FROM generation LIMIT 1"
    ),
    (
        "INSERT INTO generation SELECT compartment_id, 'abc', made_by, commitment, proof,"
        " signature FROM generation; INSERT INTO \"grant\" SELECT compartment_id, 'abc',"
        ' principal_id, granted_by, wrapped, proof, signature FROM "grant"'
    ),
    (
        "INSERT INTO generation SELECT compartment_id, 7, made_by, commitment, proof,"
        ' signature FROM generation; INSERT INTO "grant" SELECT compartment_id, 7,'
        ' principal_id, granted_by, wrapped, proof, signature FROM "grant"'
    ),
    "UPDATE audit SET at = 'x' WHERE sequence = (SELECT max(sequence) FROM audit)",
    "UPDATE audit SET at = 7 WHERE sequence = 3",
    "UPDATE audit SET at = 'x' WHERE sequence = 3",
    "UPDATE audit SET sequence = -1 WHERE sequence = 3",
    "UPDATE audit SET actor_id = 'x' WHERE sequence = 3",
    "UPDATE audit SET digest = 'x' WHERE sequence = 3",
    "UPDATE audit SET hash = 'x' WHERE sequence = (SELECT max(sequence) FROM audit)",
]


def steps_of(vault: OpenVault, case_id: UUID, petra: UUID) -> list[Callable[[], object]]:
    return [
        lambda: list_cases(vault=vault),
        lambda: read_case(case_id, vault=vault),
        lambda: record_statement(statement(case_id), vault=vault),
        lambda: write_note(WriteNote(case_id=case_id, text=SECRET), vault=vault),
        lambda: read_drafts(vault=vault),
        lambda: store_draft(
            StoreDraft(id=UUID(int=8), kind=DraftKind.NOTE, text=SECRET), vault=vault
        ),
        lambda: store_draft(NOTE, vault=vault),
        lambda: discard_draft(AFTER, vault=vault),
        lambda: opened_case(vault, MAJA),
        lambda: grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault),
        lambda: revoke_case(RevokeCase(case_id=case_id, principal_id=petra), vault=vault),
        lambda: change_roles(petra, frozenset({Role.COORDINATOR}), vault=vault),
    ]


@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_in_a_cell_there_is_an_answer(
    made: MadeVault, case_id: UUID, odd: str
) -> None:
    petra = made.secrets("pn").principal
    without_triggers(made, *odd.split("; "))

    with suppress(TryggaError):
        vault = made.open()
        for step in steps_of(vault, case_id, petra):
            with suppress(TryggaError):
                step()
        vault.close()


@pytest.mark.usefixtures("case_id")
@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_in_a_cell_recovery_has_an_answer(made: MadeVault, odd: str) -> None:
    without_triggers(made, *odd.split("; "))
    again = Recover(folder=made.folder, code=made.code, login="ke", passphrase=FRESH)
    with suppress(TryggaError):
        recover(again, environment=made.environment)


def test_a_group_whose_key_is_gone_does_not_stop_recovery(made: MadeVault, case_id: UUID) -> None:
    petra = made.secrets("pn").principal
    vault = made.open()
    recovery = vault.trust.roster.recovery.id
    team = add_group(AddGroup(members=frozenset({petra})), vault=vault).value
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    vault.close()
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"DELETE FROM membership WHERE group_id = '{team.hex}' AND member_id = '{recovery.hex}'",
    )

    again = Recover(folder=made.folder, code=made.code, login="pn", passphrase=FRESH)
    left_out = recover(again, environment=made.environment)

    assert left_out == 1
    assert case_id in reached(made, "pn", FRESH)


def test_recovery_that_was_not_confirmed_lets_the_user_in(made: MadeVault, case_id: UUID) -> None:
    anchor = made.folder / "anchor"
    anchor.unlink()
    (anchor / "in the way").mkdir(parents=True)
    for path in made.state_folder.iterdir():
        path.unlink()
    with pytest.raises(NotConfirmedError):
        recover(
            Recover(
                folder=made.folder,
                code=made.code,
                login="ke",
                passphrase=FRESH,
                accept_older=True,
            ),
            environment=made.environment,
        )
    (anchor / "in the way").rmdir()
    anchor.rmdir()

    again = Unlock(folder=made.folder, login="ke", passphrase=FRESH, accept_older=True)
    vault = unlock(again, environment=made.environment)
    assert [row.id for row in list_cases(vault=vault).value.rows] == [case_id]
    vault.close()
