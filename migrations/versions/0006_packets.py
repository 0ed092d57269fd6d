"""Create the table of what is remembered of packets with other vaults."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create it. A packet that was taken in is told by the log, which only grows."""
    op.create_table(
        "exchange",
        _uuid("id"),
        _uuid("compartment_id"),
        _number("generation"),
        _number("row_version"),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        _uuid("case_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_exchange_case_id_case"),
        sa.ForeignKeyConstraint(
            ["compartment_id", "generation"],
            ["generation.compartment_id", "generation.generation"],
            deferrable=True,
            initially="DEFERRED",
            name="fk_exchange_compartment_id_generation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_exchange"),
    )
    op.create_index("ix_exchange_case_id", "exchange", ["case_id"])


def _uuid(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)
