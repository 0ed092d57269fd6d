"""Bring a database to the schema this program was built for."""

from pathlib import Path

from sqlalchemy import Connection, inspect

from trygga_desktop.domain.errors import NewerVaultError
from trygga_desktop.storage.backup import snapshot
from trygga_desktop.storage.engine import FileKey, open_engine, told_plainly
from trygga_desktop.storage.schema import metadata


class BrokenMigrationError(Exception):
    """A migration lost rows or left references to nothing; it was rolled back."""


def upgrade(path: Path, key: FileKey, scripts: Path, *, to: str = "head") -> None:
    """Run every pending migration in one transaction, or none of them.

    A checked copy of the file is kept beside it first. Raise NewerVaultError and change nothing
    if the file knows a migration that this program does not.
    """
    # A migration is named by its number, so looking costs no import of alembic at each unlock.
    known = sorted(script.name[:4] for script in (scripts / "versions").glob("[0-9]*.py"))

    # Rebuilding a table with foreign keys on would cascade-delete its children.
    engine = open_engine(path, key, foreign_keys=False)
    try:
        with told_plainly(), engine.connect() as connection:
            current = _revision(connection)
        if current is not None and current not in known:
            raise NewerVaultError
        if current == known[-1]:
            return
        if current is not None:
            snapshot(engine, key, path.with_name(f"{path.name}.before-{current}"))
        with told_plainly(), engine.begin() as connection:
            before = _row_counts(connection)
            _run(connection, scripts, to)
            after = _row_counts(connection)
            lost = any(after[table] != before[table] for table in after.keys() & before.keys())
            if lost or connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise BrokenMigrationError
    finally:
        engine.dispose()


def _run(connection: Connection, scripts: Path, to: str) -> None:
    from alembic import command  # noqa: PLC0415  0.2 s that an ordinary unlock need not pay
    from alembic.config import Config  # noqa: PLC0415  as above

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes.update(connection=connection, metadata=metadata)
    command.upgrade(config, to)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    query = "SELECT version_num FROM alembic_version"
    revision: str | None = connection.exec_driver_sql(query).scalar_one_or_none()
    return revision


def _row_counts(connection: Connection) -> dict[str, int]:
    tables = [table for table in inspect(connection).get_table_names() if table in metadata.tables]
    return {
        table: connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()
        for table in tables
    }
