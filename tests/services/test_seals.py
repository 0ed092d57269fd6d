"""The seal of a vault: who holds its key, what of it is believed, and what a lost role does."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.conftest import PASSPHRASES, MadeVault
from tests.documents.papers import read_back, squeezed
from tests.hostile import connect, forge
from tests.insider import with_roles
from tests.people import opened_case
from trygga_desktop.crypto.seals import make_seal as draw_seal
from trygga_desktop.crypto.statements import SignedRoster
from trygga_desktop.documents.fingerprint import fingerprint_of, in_words
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NoRightError,
    NoSealError,
    TamperedError,
)
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.access import Unlock, unlock
from trygga_desktop.services.accounts import AddUser, add_user
from trygga_desktop.services.founding import CreateVault, create_vault, prepare_vault
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.recovery import Recover, recover
from trygga_desktop.services.recovery_sheets import ComposeSheet, compose_recovery_sheet
from trygga_desktop.services.seals import make_seal
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.seals import VaultSeal, place_of_seal, sealers_of


def newest(vault: OpenVault) -> VaultSeal:
    """Return the seal in force."""
    with vault.work() as work:
        return work.seals.newest(work.trust)


def private_key(vault: OpenVault) -> bytes:
    """Return the key of the seal, as whoever has the vault open holds it."""
    with vault.work() as work:
        return work.seals.private_key(work.seals.newest(work.trust), work.keyring)


def key_of(made: MadeVault, login: str) -> bytes:
    """Return the key of the seal as a user holds it."""
    vault = made.open(login)
    try:
        return private_key(vault)
    finally:
        vault.close()


def test_whoever_manages_no_accounts_makes_no_seal(made: MadeVault) -> None:
    vault = made.open("pn")
    with pytest.raises(NoRightError):
        make_seal(vault=vault)
    vault.close()


def test_a_vault_from_before_there_were_seals_has_none(made: MadeVault, vault: OpenVault) -> None:
    database = connect(made.folder / "vault.db", made.file_key)
    query = "SELECT body, signature FROM roster WHERE version = 1"
    ((body, signature),) = database.execute(query).fetchall()
    database.close()
    before = vault.trust.afresh()
    before.follow(SignedRoster(body=body, signature=signature))

    with vault.work() as work, pytest.raises(NoSealError):
        work.seals.newest(before)


def test_whoever_may_not_seal_reads_the_certificate_and_lacks_the_key(made: MadeVault) -> None:
    vault = made.open("at")
    assert newest(vault).number == 1
    with pytest.raises(NoSealError):
        private_key(vault)
    vault.close()


def test_a_vault_has_a_seal_from_the_start_and_those_who_may_seal_hold_it(
    made: MadeVault,
) -> None:
    assert (
        key_of(made, "ke")
        == key_of(made, "pn")
        == made.environment.new_seal("", made.clock()).private_key
    )


def test_the_fingerprint_on_the_recovery_sheet_is_that_of_the_seal_in_the_vault(
    made: MadeVault,
) -> None:
    prepared = prepare_vault("Annanstad", new_seal=draw_seal, now=made.clock())
    sheet = compose_recovery_sheet(
        ComposeSheet(
            prepared=prepared, municipality="Annanstad", vault_name="Annanstad", language="sv"
        ),
        now=made.clock(),
    )
    other = replace(
        made, folder=made.folder.with_name("Annanstad.trygga"), vault_id=prepared.vault_id
    )
    command = CreateVault(
        folder=other.folder,
        municipality="Annanstad",
        login="ke",
        name="Karin Ek",
        passphrase=PASSPHRASES["ke"],
        prepared=prepared,
    )

    create_vault(command, environment=made.environment)

    vault = other.open()
    seal = newest(vault)
    assert squeezed(in_words(fingerprint_of(seal.certificate))) in read_back(sheet)
    assert private_key(vault) == prepared.seal.private_key
    vault.close()


def test_the_key_goes_with_the_role(made: MadeVault) -> None:
    with_roles(made, "at", Role.COORDINATOR)
    with_roles(made, "pn", Role.AUDITOR)

    assert key_of(made, "at") == key_of(made, "ke")
    with pytest.raises(NoSealError):
        key_of(made, "pn")


def test_a_new_user_who_may_seal_gets_the_key(made: MadeVault, vault: OpenVault) -> None:
    user = AddUser(
        login="ny",
        name="Ny Nilsson",
        roles=frozenset({Role.SOCIAL_WORKER}),
        passphrase=PASSPHRASES["at"].replace("råg", "vete"),
    )
    user_id = add_user(user, vault=vault).value
    group = sealers_of(made.vault_id)
    assert user_id in vault.trust.roster.members[group]
    assert made.secrets("at").principal not in vault.trust.roster.members[group]


def test_a_new_seal_is_another_one_and_a_former_holder_cannot_use_it(made: MadeVault) -> None:
    petra = made.open("pn")
    kept = petra.keyring
    petra.close()
    with_roles(made, "pn", Role.AUDITOR)
    command = Unlock(folder=made.folder, login="ke", passphrase=PASSPHRASES["ke"])
    vault = unlock(command, environment=replace(made.environment, new_seal=draw_seal))
    first = newest(vault)
    made_now = make_seal(vault=vault).value
    second = newest(vault)
    with vault.work() as work:
        assert work.seals.private_key(first, kept)
        assert work.seals.private_key(second, work.keyring)
        with pytest.raises(TamperedError):
            work.seals.private_key(second, kept)
    vault.close()

    assert first.certificate != second.certificate
    assert (first.number, second.number, made_now.number) == (1, 2, 2)
    assert len(made_now.words.split()) == 6
    with pytest.raises(NoSealError):
        key_of(made, "pn")


def test_a_former_administrator_does_not_swap_the_seal(made: MadeVault) -> None:
    with_roles(made, "pn", Role.ADMINISTRATOR)
    with_roles(made, "pn", Role.SOCIAL_WORKER)
    petra = made.open("pn")
    with petra.work() as work:
        group = work.roster.principals[sealers_of(made.vault_id)]
        theirs = work.seals.lock_away(made.environment.new_seal("", made.clock()), group)
        row = place_of_seal(made.vault_id, theirs.number)
    petra.close()
    forge(made.folder / "vault.db", made.file_key, f"DELETE FROM setting WHERE id = '{row.hex}'")
    petra = made.open("pn")
    with petra.work() as work:
        work.seals.add(theirs)
        work.commit(Action.VAULT_CHECKED, petra.keyring.principal)
    petra.close()

    vault = made.open()
    with pytest.raises(TamperedError):
        newest(vault)
    with pytest.raises(TamperedError):
        private_key(vault)
    vault.close()


def test_whoever_comes_back_by_the_recovery_code_holds_the_key_again(made: MadeVault) -> None:
    recover(
        Recover(folder=made.folder, code=made.code, login="pn", passphrase=PASSPHRASES["pn"]),
        environment=made.environment,
    )
    assert key_of(made, "pn") == key_of(made, "ke")


def test_no_case_is_granted_to_the_holders_of_the_seal(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    command = GrantCase(case_id=case_id, principal_id=sealers_of(vault.trust.vault_id))
    with pytest.raises(InvalidInputError):
        grant_case(command, vault=vault)


def place_of(vault: OpenVault) -> UUID:
    """Return the row of the seal in force."""
    return place_of_seal(vault.trust.vault_id, newest(vault).number)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM setting WHERE id = '{0}'",
        "UPDATE setting SET ciphertext = x'00' WHERE id = '{0}'",
        "UPDATE setting SET ciphertext = 7 WHERE id = '{0}'",
    ],
)
def test_a_seal_that_is_gone_or_was_changed_is_told_and_not_used(
    made: MadeVault, change: str
) -> None:
    vault = made.open()
    row = place_of(vault)
    vault.close()
    forge(made.folder / "vault.db", made.file_key, change.format(row.hex))

    vault = made.open()
    with pytest.raises(TamperedError):
        newest(vault)
    vault.close()


def test_an_older_seal_in_place_of_the_newest_is_not_used(made: MadeVault) -> None:
    vault = made.open()
    older = place_of(vault)
    make_seal(vault=vault)
    newer = place_of(vault)
    vault.close()
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"UPDATE setting SET ciphertext = (SELECT ciphertext FROM setting WHERE id = '{older.hex}')"
        f" WHERE id = '{newer.hex}'",
    )

    vault = made.open()
    with pytest.raises(TamperedError):
        newest(vault)
    vault.close()
