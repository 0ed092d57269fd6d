"""Let scans and signatures belong to any paper of a case that people sign, and go with the case."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_FINAL = "what was signed never changes"
# Erasing a case destroys its keys first. After that nobody can read what its rows hold, and they
# may go.
_IS_HELD = (
    "EXISTS (SELECT 1 FROM compartment WHERE compartment.case_id = OLD.case_id AND ("
    'EXISTS (SELECT 1 FROM "grant" WHERE "grant".compartment_id = compartment.id)'
    " OR EXISTS (SELECT 1 FROM kept WHERE kept.compartment_id = compartment.id)))"
)
_IS_THERE = (
    "EXISTS (SELECT 1 FROM {0} AS there WHERE there.id = NEW.id OR there.rowid = NEW.rowid"
    " OR (there.paper_id = NEW.paper_id AND there.sequence = NEW.sequence))"
)
_KEPT = "id, compartment_id, generation, row_version, ciphertext"


def upgrade() -> None:
    """Build both tables anew: each row says its case, and its paper is no protocol for sure.

    What is encrypted stays as it is: a row of a protocol has the same place in its paper.
    """
    for table in ("scan", "signature"):
        op.rename_table(table, f"{table}_before")
        _create_encrypted(table)
        op.execute(
            f"INSERT INTO {table} ({_KEPT}, case_id, paper_id, sequence)"
            f" SELECT {', '.join(f'before.{one}' for one in _KEPT.split(', '))},"
            " protocol.case_id, before.protocol_id, before.sequence"
            f" FROM {table}_before AS before JOIN protocol ON protocol.id = before.protocol_id"
            " ORDER BY before.rowid"
        )
        op.drop_table(f"{table}_before")
        op.create_index(f"ix_{table}_case_id", table, ["case_id"])
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
        _uuid("case_id"),
        _uuid("paper_id"),
        _number("sequence"),
        sa.ForeignKeyConstraint(
            ["compartment_id", "generation"],
            ["generation.compartment_id", "generation.generation"],
            deferrable=True,
            initially="DEFERRED",
            name=f"fk_{table}_compartment_id_generation",
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=f"fk_{table}_case_id_case"),
        sa.UniqueConstraint("paper_id", "sequence", name=f"uq_{table}_paper_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
