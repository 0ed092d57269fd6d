"""Migrations and the records agree, data survives, and a failure changes nothing."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import IntegrityError

from tests.conftest import LOGIN, PASSPHRASES, MadeVault
from tests.hostile import WITHOUT_SEALING, forge
from tests.insider import statement
from tests.people import ELIAS, opened_case
from trygga_desktop.domain.directory import Directory
from trygga_desktop.domain.errors import NewerVaultError, TamperedError
from trygga_desktop.paths import shipped
from trygga_desktop.services.access import Unlock, unlock
from trygga_desktop.services.case_files import read_case, record_statement
from trygga_desktop.storage.engine import FileKey, create_file, open_engine
from trygga_desktop.storage.migrate import BrokenMigrationError, upgrade
from trygga_desktop.storage.schema import DIGESTS, digest, metadata

KEY = FileKey(key=bytes(range(32)), salt=bytes(range(16)))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "vault.db"
    create_file(path, KEY)
    upgrade(path, KEY, shipped("migrations"))
    return path


@pytest.fixture
def engine(database: Path) -> Iterator[Engine]:
    opened = open_engine(database, KEY)
    yield opened
    opened.dispose()


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Return a copy of the migrations that a test may add to."""
    copy = tmp_path / "migrations"
    shutil.copytree(shipped("migrations"), copy)
    return copy


def add_migration(scripts: Path, body: str) -> None:
    newest = max(path.name[:4] for path in (scripts / "versions").glob("[0-9]*.py"))
    text = f'revision, down_revision = "9999", "{newest}"\nfrom alembic import op\n{body}'
    (scripts / "versions" / "9999_added.py").write_text(text, encoding="utf-8")


def test_a_newer_database_is_left_alone(database: Path, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    before = database.read_bytes()

    with pytest.raises(NewerVaultError):
        upgrade(database, KEY, shipped("migrations"))

    assert database.read_bytes() == before


def test_a_failed_migration_leaves_the_old_schema(database: Path, scripts: Path) -> None:
    add_migration(scripts, "def upgrade():\n op.execute('CREATE TABLE half (x)')\n raise OSError\n")

    with pytest.raises(OSError):  # noqa: PT011  the migration's own
        upgrade(database, KEY, scripts)

    engine = open_engine(database, KEY)
    assert "half" not in inspect(engine).get_table_names()
    engine.dispose()


@pytest.mark.parametrize(
    "body",
    [
        "def upgrade():\n op.execute('DELETE FROM progress')\n",
        "def upgrade():\n op.execute(\"INSERT INTO person VALUES ('a','b',1,1,'c','d')\")\n",
        "def upgrade():\n op.execute('DROP TABLE progress')\n",
    ],
)
def test_a_migration_that_loses_rows_or_breaks_references_is_rolled_back(
    database: Path, engine: Engine, scripts: Path, body: str
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO progress VALUES (1, 0, x'')")
    add_migration(scripts, body)

    with pytest.raises(BrokenMigrationError):
        upgrade(database, KEY, scripts)

    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM progress").scalar_one() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one() == 0


def test_a_checked_copy_is_kept_before_the_first_change(
    database: Path, engine: Engine, scripts: Path
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO progress VALUES (1, 7, x'')")
    add_migration(scripts, "def upgrade():\n op.execute('UPDATE progress SET sequence = 8')\n")

    upgrade(database, KEY, scripts)

    kept = sorted(database.parent.glob("vault.db.before-*"))
    copy = open_engine(kept[0], KEY)
    with copy.connect() as before, engine.connect() as after:
        query = "SELECT sequence FROM progress"
        assert before.exec_driver_sql(query).scalar_one() == 7
        assert after.exec_driver_sql(query).scalar_one() == 8
    copy.dispose()


@pytest.mark.parametrize("table", ["audit", "roster", "consent_event"])
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {0} SET rowid = rowid",
        "DELETE FROM {0}",
        "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
    ],
)
def test_the_log_the_roster_and_the_consents_only_grow(
    database: Path, table: str, change: str
) -> None:
    blanks = {
        "audit": "1, '', '', '', '', x'', x'', x''",
        "roster": "1, x'', x''",
        "consent_event": "'', '', 1, 1, x'', '', 1",
    }
    engine = open_engine(database, KEY, foreign_keys=False)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({blanks[table]})")
        # Of a case whose keys are there.
        connection.exec_driver_sql("INSERT INTO compartment VALUES ('p', 'case', '', NULL)")
        connection.exec_driver_sql("INSERT INTO kept VALUES ('p', 1, 'u', x'')")
    with engine.connect() as connection, pytest.raises(IntegrityError, match="never change"):
        connection.exec_driver_sql(change.format(table))
    engine.dispose()


def test_migrations_build_what_the_records_describe(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_digest_of_the_schema_is_that_of_the_newest_migration(engine: Engine) -> None:
    with engine.connect() as connection:
        assert digest(connection) in DIGESTS[max(DIGESTS)]
    newest = max(path.name[:4] for path in (shipped("migrations") / "versions").glob("[0-9]*.py"))
    assert max(DIGESTS) == newest


def test_another_schema_is_refused_before_anything_is_changed(
    database: Path, engine: Engine, scripts: Path
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_refuses_delete")
    engine.dispose()
    add_migration(scripts, "def upgrade():\n pass\n")
    before = database.read_bytes()

    with pytest.raises(TamperedError):
        upgrade(database, KEY, scripts)

    assert database.read_bytes() == before
    assert [path.name for path in database.parent.glob("vault.db*")] == ["vault.db"]


def test_there_is_one_head_and_every_migration_is_named_by_its_number() -> None:
    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    directory = ScriptDirectory.from_config(config)
    assert len(directory.get_heads()) == 1
    for script in directory.walk_revisions():
        assert Path(script.path).name.startswith(f"{script.revision}_")


def test_a_file_that_is_up_to_date_is_not_touched(database: Path) -> None:
    before = database.read_bytes()
    upgrade(database, KEY, shipped("migrations"))
    assert database.read_bytes() == before
    assert [path.name for path in database.parent.iterdir()] == ["vault.db"]


def as_of(newest: str, place: Path) -> Path:
    """Return a database as the migrations up to this one leave it."""
    some = place / f"up to {newest}"
    shutil.copytree(shipped("migrations"), some)
    for later in (some / "versions").glob("[0-9]*.py"):
        if later.name[:4] > newest:
            later.unlink()
    path = place / "vault.db"
    create_file(path, KEY)
    upgrade(path, KEY, some)
    return path


@pytest.fixture
def before_meetings(tmp_path: Path) -> Path:
    """A database with some rows, as the first migration left it."""
    path = as_of("0001", tmp_path)
    engine = open_engine(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO progress VALUES (1, 7, x'00')")
        connection.exec_driver_sql("INSERT INTO roster VALUES (1, x'01', x'02')")
    engine.dispose()
    return path


SEALED_TABLES = {"protocol", "protocol_file"}
NEW_TABLES = {"organisation", "contact", "party", "consent_event", "meeting", "commitment"}


def test_a_vault_from_before_there_were_meetings_gets_their_tables_and_keeps_its_rows(
    before_meetings: Path,
) -> None:
    engine = open_engine(before_meetings, KEY)
    with engine.connect() as connection:
        assert digest(connection) in DIGESTS["0001"]
    assert NEW_TABLES.isdisjoint(inspect(engine).get_table_names())
    engine.dispose()

    upgrade(before_meetings, KEY, shipped("migrations"))

    engine = open_engine(before_meetings, KEY)
    with engine.connect() as connection:
        assert digest(connection) in DIGESTS[max(DIGESTS)]
        assert connection.exec_driver_sql("SELECT * FROM progress").all() == [(1, 7, b"\x00")]
        assert connection.exec_driver_sql("SELECT * FROM roster").all() == [(1, b"\x01", b"\x02")]
    assert set(inspect(engine).get_table_names()) >= NEW_TABLES
    engine.dispose()
    assert (before_meetings.parent / "vault.db.before-0001").is_file()


def test_every_row_of_a_case_refers_to_its_case_and_to_its_key(engine: Engine) -> None:
    of_case = ("party", "consent_event", "meeting", "commitment", "protocol")
    for table in (*of_case, "excerpt", "handover", "approval"):
        referred = {key["referred_table"] for key in inspect(engine).get_foreign_keys(table)}
        assert referred >= {"case", "generation"}
    assert "item" in {
        key["referred_table"] for key in inspect(engine).get_foreign_keys("commitment")
    }


def test_a_vault_from_before_sealing_keeps_its_items_and_they_name_no_meeting(
    tmp_path: Path,
) -> None:
    path = as_of("0002", tmp_path)
    engine = open_engine(path, KEY, foreign_keys=False)
    with engine.begin() as connection:
        assert digest(connection) in DIGESTS["0002"]
        connection.exec_driver_sql("INSERT INTO \"case\" VALUES ('c', 'p', 1, 1, x'', '', '', 1)")
        connection.exec_driver_sql("INSERT INTO item VALUES ('i', 'p', 1, 1, x'07', 'c', 5)")
        connection.exec_driver_sql("INSERT INTO compartment VALUES ('p', 'case', NULL, NULL)")
        connection.exec_driver_sql("INSERT INTO generation VALUES ('p', 1, '', x'', x'', x'')")
        connection.exec_driver_sql("INSERT INTO person VALUES ('', 'p', 1, 1, x'', 'c')")
    engine.dispose()

    upgrade(path, KEY, shipped("migrations"))

    engine = open_engine(path, KEY)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT * FROM item").all() == [
            ("i", "p", 1, 1, b"\x07", "c", 5, None)
        ]
    assert set(inspect(engine).get_table_names()) >= SEALED_TABLES
    engine.dispose()
    assert (path.parent / "vault.db.before-0002").is_file()


def test_whoever_unlocks_is_told_before_a_migration_runs(made: MadeVault, scripts: Path) -> None:
    command = Unlock(folder=made.folder, login=LOGIN, passphrase=PASSPHRASES[LOGIN])
    environment, told = replace(made.environment, scripts=scripts), list[str]()
    unlock(command, environment=environment, tell=lambda: told.append("told")).close()
    assert told == []
    add_migration(scripts, "def upgrade():\n    op.execute('CREATE TABLE added (id)')\n")

    def tell() -> None:
        assert not (made.folder / "vault.db.before-0011").exists()
        told.append("told")

    unlock(command, environment=environment, tell=tell).close()
    unlock(command, environment=environment, tell=tell).close()

    assert told == ["told"]
    assert (made.folder / "vault.db.before-0011").exists()


DROPPED = [f"DROP TABLE {table}" for table in sorted(NEW_TABLES - {"commitment"})]


def test_a_vault_from_before_there_were_meetings_opens_and_its_cases_can_be_read(
    made: MadeVault,
) -> None:
    vault = made.open()
    case_id = opened_case(vault, ELIAS)
    told = record_statement(statement(case_id), vault=vault).value
    vault.close()
    forge(
        made.folder / "vault.db",
        made.file_key,
        *WITHOUT_SEALING,
        "DROP TABLE commitment",
        *DROPPED,
        "UPDATE alembic_version SET version_num = '0001'",
    )

    vault = made.open()
    with vault.work() as work:
        assert work.cases.find(case_id).case.consent_count == 0
        assert [item.id for item in work.items.of_case(case_id)] == [told]
        assert work.meetings.of_case(case_id) == []
        assert work.directory.all() == Directory()
        assert work.left_out == set()
    assert read_case(case_id, vault=vault).value.left_out == 0
    vault.close()


def test_a_vault_whose_consents_could_be_changed_is_refused(made: MadeVault) -> None:
    forge(made.folder / "vault.db", made.file_key, "DROP TRIGGER consent_event_refuses_delete")

    with pytest.raises(TamperedError):
        made.open()
