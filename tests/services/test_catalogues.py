"""The rule data of a vault: what is wrong in a file is told by file, row and field."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from tests.conftest import MadeVault, environment
from tests.people import Family, signed_case
from tests.services.rows import take_away
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.catalogue import FILES, CatalogueError, Flaw, from_plain
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.paths import shipped
from trygga_desktop.services.catalogues import catalogue_of, load_catalogue
from trygga_desktop.services.consents import read_consents
from trygga_desktop.services.contacts import read_directory
from trygga_desktop.services.founding import CreateVault, create_vault, prepare_vault
from trygga_desktop.services.parties import read_people
from trygga_desktop.services.vault import NoticeKind, OpenVault

SHIPPED = shipped("resources") / "catalogue"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the files that ship with the program."""
    copy = tmp_path / "catalogue"
    shutil.copytree(SHIPPED, copy)
    return copy


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / f"{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def error_of(folder: Path) -> CatalogueError:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return caught.value


def test_a_wrong_code_is_told_by_file_row_and_field(folder: Path) -> None:
    spoil(folder, "programmes", 'host_agency = "social_services"', 'host_agency = "circus"')
    error = error_of(folder)
    assert (error.file, error.entry, error.field, error.flaw) == (
        "programmes",
        "sspf",
        "host_agency",
        Flaw.UNKNOWN_CODE,
    )


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_is_named(folder: Path, name: str) -> None:
    (folder / f"{name}.toml").unlink()
    error = error_of(folder)
    assert (error.file, error.flaw) == (name, Flaw.MISSING_FILE)


@pytest.mark.parametrize("content", [b"schema = ", b"[[", b"\xff\xfe", b"a = 1\na = 2"])
def test_a_file_that_is_none_is_named(folder: Path, content: bytes) -> None:
    (folder / "roles.toml").write_bytes(content)
    error = error_of(folder)
    assert (error.file, error.flaw) == ("roles", Flaw.WRONG_FORM)


def test_a_vault_is_not_made_with_wrong_rules(made: MadeVault, folder: Path) -> None:
    spoil(folder, "agendas", 'category = "contact"', 'category = "circus"')
    surroundings = replace(environment(made.clock, made.state_folder), catalogue=folder)
    command = CreateVault(
        folder=made.folder.with_name("Annanstad.trygga"),
        municipality="Annanstad",
        login="ke",
        name="Karin Ek",
        passphrase="kastanj vinge torsdag glänta paraply måne",  # noqa: S106  a made-up one
        prepared=prepare_vault(),
    )
    with pytest.raises(CatalogueError):
        create_vault(command, environment=surroundings)
    assert not command.folder.exists()


def test_a_vault_keeps_the_rules_that_it_was_made_with(made: MadeVault, folder: Path) -> None:
    vault = made.open()
    before = read_directory(vault=vault).value.catalogue
    vault.close()
    spoil(folder, "programmes", 'name.sv = "SSPF"', 'name.sv = "Något annat"')

    vault = made.open()
    vault.environment = replace(vault.environment, catalogue=folder)
    assert read_directory(vault=vault).value.catalogue == before
    vault.close()


def test_what_is_kept_is_what_was_loaded(made: MadeVault) -> None:
    loaded, tables = load_catalogue(SHIPPED)
    assert from_plain(tables) == loaded
    vault = made.open()
    with vault.work() as work:
        assert catalogue_of(vault, work) == loaded
        # Read once, and then the same.
        assert catalogue_of(vault, work) is catalogue_of(vault, work)
    vault.close()


def lay_down(made: MadeVault, login: str, author: UUID) -> None:
    """Put rules by which no guardian signs for a 16-year-old in place of those of the vault."""
    _, tables = load_catalogue(SHIPPED)
    changed: dict[str, Any] = json.loads(json.dumps(tables))
    (sspf,) = [one for one in changed["programmes"]["programme"] if one["code"] == "sspf"]
    (band,) = [one for one in sspf["signers"] if one["from_age"] <= 16 <= one["to_age"]]
    band["guardians"] = "none"
    take_away(made, "setting", uuid5(UUID(bytes=made.vault_id), "catalogue"))
    vault = made.open(login)
    vault_id = UUID(bytes=vault.trust.vault_id)
    with vault.work() as work:
        digest = work.accounts.set_catalogue(changed, author=author, signing=vault.keyring.signing)
        work.commit(Action.CATALOGUE_CHANGED, vault_id, digest=digest)
    vault.close()


def reasons_of(vault: OpenVault, family: Family) -> set[Reason]:
    cells = read_consents(family.case_id, vault=vault).value.cells
    return {reason for one in cells for reason in one.reasons}


@pytest.mark.parametrize("as_administrator", [True, False])
def test_nobody_without_the_right_lays_down_who_must_sign(
    made: MadeVault, *, as_administrator: bool
) -> None:
    vault = made.open()
    family = signed_case(vault)
    assert Reason.CHAIN_BROKEN not in reasons_of(vault, family)
    administrator = vault.me.id
    vault.close()
    lay_down(made, "pn", administrator if as_administrator else made.secrets("pn").principal)

    vault = made.open()
    assert NoticeKind.RULES_CHANGED in {one.kind for one in vault.notices}
    found = read_consents(family.case_id, vault=vault).value
    assert len(found.signers) == 3
    assert all(Reason.CHAIN_BROKEN in one.reasons for one in found.cells)
    # The own file is still to be read.
    assert len(read_people(family.case_id, vault=vault).value.people) == 6
    vault.close()


def test_rules_that_are_gone_are_missed(made: MadeVault) -> None:
    vault = made.open()
    family = signed_case(vault)
    vault.close()
    take_away(made, "setting", uuid5(UUID(bytes=made.vault_id), "catalogue"))

    vault = made.open()
    assert NoticeKind.RULES_CHANGED in {one.kind for one in vault.notices}
    assert Reason.CHAIN_BROKEN in reasons_of(vault, family)
    vault.close()


def test_rules_that_an_administrator_lays_down_are_believed(made: MadeVault) -> None:
    vault = made.open()
    family = signed_case(vault)
    administrator = vault.me.id
    vault.close()
    lay_down(made, "ke", administrator)

    vault = made.open()
    assert NoticeKind.RULES_CHANGED not in {one.kind for one in vault.notices}
    assert read_consents(family.case_id, vault=vault).value.signers == {family.subject}
    vault.close()
