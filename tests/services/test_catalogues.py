"""The rule data of a vault: what is wrong in a file is told by file, row and field."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from tests.conftest import MadeVault, environment
from tests.costs import prepared_vault
from tests.hostile import connect
from tests.insider import with_roles
from tests.people import DAY, Family, signed_case
from tests.services.rows import take_away
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.catalogue import FILES, CatalogueError, Flaw, from_plain
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError, NoRightError, TamperedError
from trygga_desktop.domain.permissions import Role
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.paths import shipped
from trygga_desktop.services.catalogues import (
    LONGEST_CONFIRMATION,
    ConfirmGround,
    GroundText,
    catalogue_of,
    confirm_ground,
    load_catalogue,
    read_ground_texts,
)
from trygga_desktop.services.consents import read_consents
from trygga_desktop.services.contacts import read_directory
from trygga_desktop.services.founding import CreateVault, create_vault
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.grounds import read_grounds
from trygga_desktop.services.parties import read_people
from trygga_desktop.services.vault import NoticeKind, OpenVault
from trygga_desktop.storage.stores.envelopes import Envelopes

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
        prepared=prepared_vault(),
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
    """Lay down rules by which no guardian signs for a 16-year-old."""
    _, tables = load_catalogue(SHIPPED)
    changed: dict[str, Any] = json.loads(json.dumps(tables))
    (sspf,) = [one for one in changed["programmes"]["programme"] if one["code"] == "sspf"]
    (band,) = [one for one in sspf["signers"] if one["from_age"] <= 16 <= one["to_age"]]
    band["guardians"] = "none"
    vault = made.open(login)
    vault_id = UUID(bytes=vault.trust.vault_id)
    with vault.work() as work:
        digest = work.accounts.add_catalogue(changed, author=author, signing=vault.keyring.signing)
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


CONFIRMED = ConfirmGround(
    ground="harm_test",
    confirmed_by="Rut Åkesson, kommunjurist",
    confirmed_on=DAY,
    source="SFS 2009:400, 26 kap. 1 §",
)


def ground_of(vault: OpenVault, code: str) -> GroundText:
    found = read_ground_texts(vault=vault).value.texts
    return next(one for one in found if one.ground.code == code)


def test_who_is_no_administrator_confirms_and_reads_nothing(made: MadeVault) -> None:
    for login in ("pn", "at"):
        vault = made.open(login)
        with pytest.raises(NoRightError):
            confirm_ground(CONFIRMED, vault=vault)
        with pytest.raises(NoRightError):
            read_ground_texts(vault=vault)
        vault.close()
    vault = made.open()
    assert not ground_of(vault, "harm_test").ground.is_verified
    vault.close()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"confirmed_by": " \t"}, ("confirmed_by", "missing")),
        ({"confirmed_by": "x" * (LONGEST_CONFIRMATION + 1)}, ("confirmed_by", "length")),
        ({"confirmed_by": "Rut\x00Åkesson"}, ("confirmed_by", "form")),
        ({"source": ""}, ("confirmed_source", "missing")),
        ({"source": "x" * (LONGEST_CONFIRMATION + 1)}, ("confirmed_source", "length")),
        ({"source": "SFS\x1b"}, ("confirmed_source", "form")),
        ({"confirmed_on": DAY + timedelta(days=1)}, ("confirmed_on", "future")),
        ({"ground": "because"}, ("ground", "unknown")),
        ({"ground": "school_duty"}, ("ground", "verified")),
        ({"ground": "consent"}, ("ground", "verified")),
    ],
)
def test_a_confirmation_that_is_not_whole_changes_nothing(
    vault: OpenVault, changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    before = read_ground_texts(vault=vault).value

    with pytest.raises(InvalidInputError) as caught:
        confirm_ground(replace(CONFIRMED, **changes), vault=vault)

    assert (caught.value.field, caught.value.flaw) == expected
    assert read_ground_texts(vault=vault).value == before


def test_a_confirmed_ground_loses_its_mark_for_everyone_and_says_who_read_it(
    made: MadeVault,
) -> None:
    vault = made.open()
    others = {one.ground for one in read_ground_texts(vault=vault).value.texts} - {
        ground_of(vault, "harm_test").ground
    }
    confirm_ground(CONFIRMED, vault=vault)
    family = signed_case(vault)
    petra = made.secrets("pn").principal
    grant_case(GrantCase(case_id=family.case_id, principal_id=petra), vault=vault)
    vault.close()

    vault = made.open("pn")
    assert NoticeKind.RULES_CHANGED not in {one.kind for one in vault.notices}
    found = read_grounds(family.case_id, vault=vault).value
    vault.close()

    (ground,) = [one for one in found.grounds if one.code == "harm_test"]
    assert ground.is_verified
    assert (ground.confirmed_by, ground.confirmed_on) == ("Rut Åkesson, kommunjurist", DAY)
    assert ground.confirmed_source == "SFS 2009:400, 26 kap. 1 §"
    assert {one for one in found.grounds if one != ground} <= others


def test_a_text_that_is_confirmed_anew_keeps_who_confirmed_it_before(made: MadeVault) -> None:
    vault = made.open()
    confirm_ground(CONFIRMED, vault=vault)
    confirm_ground(replace(CONFIRMED, ground="general_clause"), vault=vault)
    confirm_ground(replace(CONFIRMED, source="SFS 2026:1"), vault=vault)
    vault.close()

    vault = made.open()
    found = ground_of(vault, "harm_test")
    assert found.ground.confirmed_source == "SFS 2026:1"
    assert [one.confirmed_source for one in found.earlier] == [CONFIRMED.source]
    assert ground_of(vault, "general_clause").earlier == ()
    vault.close()


def test_rules_of_which_a_version_was_taken_away_are_missed(made: MadeVault) -> None:
    vault = made.open()
    confirm_ground(CONFIRMED, vault=vault)
    vault.close()
    take_away(made, "setting", uuid5(UUID(bytes=made.vault_id), "catalogue 2"))

    vault = made.open()
    assert NoticeKind.RULES_CHANGED in {one.kind for one in vault.notices}
    with pytest.raises(TamperedError):
        confirm_ground(CONFIRMED, vault=vault)
    with pytest.raises(TamperedError):
        read_ground_texts(vault=vault)
    vault.close()


def test_nobody_brings_back_older_rules_by_writing_them_into_the_log(made: MadeVault) -> None:
    vault = made.open()
    with vault.work() as work:
        vault_id = UUID(bytes=vault.trust.vault_id)
        (first,) = work.audit.digests({Action.CATALOGUE_CHANGED}, vault_id)
    confirm_ground(CONFIRMED, vault=vault)
    vault.close()
    vault = made.open("pn")
    with vault.work() as work:
        work.commit(Action.CATALOGUE_CHANGED, vault_id, digest=first)
    vault.close()

    vault = made.open()
    assert NoticeKind.RULES_CHANGED not in {one.kind for one in vault.notices}
    texts = read_ground_texts(vault=vault).value
    assert CONFIRMED.confirmed_by in repr(texts)
    vault.close()


def test_whoever_managed_the_rules_once_lays_down_none_any_more(made: MadeVault) -> None:
    vault = made.open()
    family = signed_case(vault)
    vault.close()
    with_roles(made, "pn", Role.ADMINISTRATOR)
    with_roles(made, "pn", Role.SOCIAL_WORKER)
    lay_down(made, "pn", made.secrets("pn").principal)

    vault = made.open()
    assert NoticeKind.RULES_CHANGED in {one.kind for one in vault.notices}
    assert Reason.CHAIN_BROKEN in reasons_of(vault, family)
    vault.close()


@pytest.mark.parametrize("number", ["2", None])
def test_a_version_whose_number_is_none_is_passed_over(made: MadeVault, number: object) -> None:
    vault = made.open("pn")
    place = uuid5(UUID(bytes=made.vault_id), "catalogue 2")
    with vault.work() as work:
        compartment = work.compartments.own(CompartmentKind.VAULT)
        assert compartment is not None
        value = {
            "catalogue": {},
            "author": str(vault.me.id),
            "signature": "00",
            "version": number,
        }
        columns = Envelopes(made.vault_id, "setting").close(
            place,
            value,
            owner=UUID(bytes=made.vault_id),
            compartment=compartment,
            key=work.compartments.key(compartment),
        )
    vault.close()
    database = connect(made.folder / "vault.db", made.file_key)
    names = ", ".join(columns)
    cells = [one.hex if isinstance(one, UUID) else one for one in columns.values()]
    places = ", ".join("?" * len(cells))
    database.execute(f"INSERT INTO setting ({names}) VALUES ({places})", cells)
    database.commit()
    database.close()

    vault = made.open()
    assert NoticeKind.RULES_CHANGED not in {one.kind for one in vault.notices}
    vault.close()
