"""Bring a database to the schema this program was built for."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from trygga_desktop.domain.errors import NewerVaultError, TamperedError
from trygga_desktop.storage.backup import snapshot
from trygga_desktop.storage.engine import FileKey, open_engine, told_plainly
from trygga_desktop.storage.schema import DIGESTS, digest, metadata


class BrokenMigrationError(Exception):
    """A migration lost rows or left references to nothing; it was rolled back."""


def is_behind(engine: Engine, scripts: Path) -> bool:
    """Return whether the file has migrations to come.

    Raise NewerVaultError if it knows one that this program does not, and TamperedError if its
    tables or triggers are not those that our migrations make. Nothing is changed.
    """
    known = _known(scripts)
    with told_plainly(), engine.connect() as connection:
        current = _revision(connection)
        if current is not None and current not in known:
            raise NewerVaultError
        digests = DIGESTS.get(current or "")
        if digests is not None and digest(connection) not in digests:
            raise TamperedError
    return current != known[-1]


def upgrade(path: Path, key: FileKey, scripts: Path) -> None:
    """Run every pending migration in one transaction, or none of them.

    A checked copy of the file is kept beside it first. Raise NewerVaultError and change nothing
    if the file knows a migration that this program does not.
    """
    # Rebuilding a table with foreign keys on would cascade-delete its children.
    engine = open_engine(path, key, foreign_keys=False)
    try:
        if not is_behind(engine, scripts):
            return
        with told_plainly(), engine.connect() as connection:
            current = _revision(connection)
        if current is not None:
            snapshot(engine, key, path.with_name(f"{path.name}.before-{current}"))
        with told_plainly(), engine.begin() as connection:
            before = _row_counts(connection)
            _run(connection, scripts)
            after = _row_counts(connection)
            lost = any(after.get(table, 0) < rows for table, rows in before.items())
            if lost or connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise BrokenMigrationError
    finally:
        engine.dispose()


def _known(scripts: Path) -> list[str]:
    """Return the migrations there are: each is named by its number.

    So looking costs no import of alembic at each unlock.
    """
    return sorted(script.name[:4] for script in (scripts / "versions").glob("[0-9]*.py"))


def _run(connection: Connection, scripts: Path) -> None:
    from alembic import command  # noqa: PLC0415  0.2 s that an ordinary unlock need not pay
    from alembic.config import Config  # noqa: PLC0415  as above

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes.update(connection=connection, metadata=metadata)
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    rows = connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()
    if len(rows) != 1:
        raise TamperedError
    return str(rows[0][0])


def _row_counts(connection: Connection) -> dict[str, int]:
    return {
        table: connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()
        for table in inspect(connection).get_table_names()
    }
