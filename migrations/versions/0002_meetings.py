"""Create the tables of meetings, people, consents and the contact directory."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and make the chain of consent events grow only."""
    for table in ("organisation", "contact"):
        _create_encrypted(table)
    _create_of_case("party")
    _create_of_case("consent_event", _number("sequence"))
    _create_of_case("meeting", sa.Column("starts_at", sa.DateTime(), nullable=False))
    _create_of_case(
        "commitment",
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["item.id"], name="fk_commitment_id_item"),
    )
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER consent_event_refuses_{change.lower()} BEFORE {change} "
            "ON consent_event BEGIN SELECT RAISE(ABORT, 'consent events never change'); END"
        )


def _uuid(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _create_of_case(table: str, *clear: sa.Column[Any] | sa.ForeignKeyConstraint) -> None:
    _create_encrypted(
        table,
        _uuid("case_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=f"fk_{table}_case_id_case"),
        *clear,
    )
    op.create_index(f"ix_{table}_case_id", table, ["case_id"])


def _create_encrypted(table: str, *clear: sa.Column[Any] | sa.ForeignKeyConstraint) -> None:
    """Create a table of records that are encrypted under one generation of a compartment's key."""
    op.create_table(
        table,
        _uuid("id"),
        _uuid("compartment_id"),
        _number("generation"),
        _number("row_version"),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        *clear,
        sa.ForeignKeyConstraint(
            ["compartment_id", "generation"],
            ["generation.compartment_id", "generation.generation"],
            deferrable=True,
            initially="DEFERRED",
            name=f"fk_{table}_compartment_id_generation",
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
