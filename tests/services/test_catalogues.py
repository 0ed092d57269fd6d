"""The rule data of a vault: what is wrong in a file is told by file, row and field."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import MadeVault, environment
from trygga_desktop.domain.catalogue import FILES, CatalogueError, Flaw, from_plain
from trygga_desktop.paths import shipped
from trygga_desktop.services.catalogues import catalogue_of, load_catalogue
from trygga_desktop.services.contacts import read_directory
from trygga_desktop.services.founding import CreateVault, create_vault, prepare_vault

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
