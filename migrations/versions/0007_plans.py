"""Create the tables of plans and of the young person's own ratings, which only ever grow."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0003"
branch_labels = None
depends_on = None

_FINAL = "versions of a plan never change"
# Erasing a case destroys its keys first. After that nobody can read what its rows hold, and they
# may go.
_IS_HELD = (
    "EXISTS (SELECT 1 FROM compartment WHERE compartment.case_id = OLD.case_id AND ("
    'EXISTS (SELECT 1 FROM "grant" WHERE "grant".compartment_id = compartment.id)'
    " OR EXISTS (SELECT 1 FROM kept WHERE kept.compartment_id = compartment.id)))"
)


def upgrade() -> None:
    """Create the tables, and let nothing change or replace what stands in them."""
    _create_of_case(
        "plan",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.UniqueConstraint("case_id", "number", name="uq_plan_case_id"),
    )
    _create_of_case("rating")
    op.create_index("ix_rating_case_id", "rating", ["case_id"])
    # Lists over all cases begin with what is due first.
    op.create_index("ix_commitment_due_on", "commitment", ["due_on", "state", "case_id"])
    same_number = " OR (there.case_id = NEW.case_id AND there.number = NEW.number)"
    for table, also in (("plan", same_number), ("rating", "")):
        # A table has a number for each row beside its id, and a statement can name that instead.
        taken = (
            f"EXISTS (SELECT 1 FROM {table} AS there WHERE there.id = NEW.id"
            f" OR there.rowid = NEW.rowid{also})"
        )
        for change, where in (("INSERT", taken), ("UPDATE", "1"), ("DELETE", _IS_HELD)):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table} "
                f"WHEN {where} BEGIN SELECT RAISE(ABORT, '{_FINAL}'); END"
            )


def _create_of_case(table: str, *more: sa.Column[Any] | sa.UniqueConstraint) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("compartment_id", sa.Uuid(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("row_version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=f"fk_{table}_case_id_case"),
        sa.ForeignKeyConstraint(
            ["compartment_id", "generation"],
            ["generation.compartment_id", "generation.generation"],
            deferrable=True,
            initially="DEFERRED",
            name=f"fk_{table}_compartment_id_generation",
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
