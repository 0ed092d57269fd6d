"""Create the tables of scans of signed paper and of who signed, which are only ever added to."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_FINAL = "what was signed never changes"
# Erasing a case destroys its keys first. After that nobody can read what its rows hold, and they
# may go.
_IS_HELD = (
    "EXISTS (SELECT 1 FROM compartment JOIN protocol ON protocol.case_id = compartment.case_id"
    " WHERE protocol.id = OLD.protocol_id AND ("
    'EXISTS (SELECT 1 FROM "grant" WHERE "grant".compartment_id = compartment.id)'
    " OR EXISTS (SELECT 1 FROM kept WHERE kept.compartment_id = compartment.id)))"
)
_IS_THERE = (
    "EXISTS (SELECT 1 FROM {0} AS there WHERE there.id = NEW.id OR there.rowid = NEW.rowid"
    " OR (there.protocol_id = NEW.protocol_id AND there.sequence = NEW.sequence))"
)


def upgrade() -> None:
    """Create both tables, and let nothing change a row of theirs."""
    for table in ("scan", "signature"):
        _create_encrypted(table)
        # A row put in place of another is refused too, where the database would let it go.
        _refuse(table, "INSERT", _IS_THERE.format(table))
        _refuse(table, "UPDATE", "1")
        _refuse(table, "DELETE", _IS_HELD)


def _refuse(table: str, change: str, where: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table} "
        f"WHEN {where} BEGIN SELECT RAISE(ABORT, '{_FINAL}'); END"
    )


def _uuid(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _create_encrypted(table: str) -> None:
    """Create a table of records that are encrypted under one generation of a compartment's key."""
    op.create_table(
        table,
        _uuid("id"),
        _uuid("compartment_id"),
        _number("generation"),
        _number("row_version"),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        _uuid("protocol_id"),
        _number("sequence"),
        sa.ForeignKeyConstraint(
            ["compartment_id", "generation"],
            ["generation.compartment_id", "generation.generation"],
            deferrable=True,
            initially="DEFERRED",
            name=f"fk_{table}_compartment_id_generation",
        ),
        sa.ForeignKeyConstraint(
            ["protocol_id"], ["protocol.id"], name=f"fk_{table}_protocol_id_protocol"
        ),
        sa.UniqueConstraint("protocol_id", "sequence", name=f"uq_{table}_protocol_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
