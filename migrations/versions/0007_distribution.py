"""Create the tables of excerpts, of who has which copy, and of what was said before sealing."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_FINAL = "what was given out or said of a protocol never changes"
# Erasing a case destroys its keys first. After that nobody can read what its rows hold, and they
# may go.
_IS_HELD = (
    "EXISTS (SELECT 1 FROM compartment WHERE compartment.case_id = {0} AND ("
    'EXISTS (SELECT 1 FROM "grant" WHERE "grant".compartment_id = compartment.id)'
    " OR EXISTS (SELECT 1 FROM kept WHERE kept.compartment_id = compartment.id)))"
)
_CASE_OF_FILE = "(SELECT excerpt.case_id FROM excerpt WHERE excerpt.id = OLD.excerpt_id)"


def upgrade() -> None:
    """Create the tables, which only grow while anyone holds the keys of their case."""
    _create_encrypted(
        "excerpt",
        _uuid("case_id"),
        _uuid("protocol_id"),
        _number("sequence"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_excerpt_case_id_case"),
        sa.ForeignKeyConstraint(
            ["protocol_id"], ["protocol.id"], name="fk_excerpt_protocol_id_protocol"
        ),
        sa.UniqueConstraint("case_id", "sequence", name="uq_excerpt_case_id"),
    )
    op.create_index("ix_excerpt_protocol_id", "excerpt", ["protocol_id"])
    _create_encrypted(
        "excerpt_file",
        _uuid("excerpt_id"),
        sa.ForeignKeyConstraint(
            ["excerpt_id"], ["excerpt.id"], name="fk_excerpt_file_excerpt_id_excerpt"
        ),
        sa.UniqueConstraint("excerpt_id", name="uq_excerpt_file_excerpt_id"),
    )
    for table in ("handover", "approval"):
        _create_encrypted(
            table,
            _uuid("case_id"),
            _uuid("meeting_id"),
            _number("sequence"),
            sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=f"fk_{table}_case_id_case"),
            sa.ForeignKeyConstraint(
                ["meeting_id"], ["meeting.id"], name=f"fk_{table}_meeting_id_meeting"
            ),
            sa.UniqueConstraint("case_id", "sequence", name=f"uq_{table}_case_id"),
        )
        op.create_index(f"ix_{table}_meeting_id", table, ["meeting_id"])
    _make_final()


def _make_final() -> None:
    # What is said of a draft is said before it is sealed.
    late = " OR EXISTS (SELECT 1 FROM protocol AS sealed WHERE sealed.meeting_id = NEW.meeting_id)"
    for table in ("excerpt", "handover", "approval"):
        # A row put in place of another one is refused too, where the database would let it go.
        _refuse(
            table,
            "INSERT",
            f"EXISTS (SELECT 1 FROM {table} AS there WHERE there.id = NEW.id"
            " OR there.rowid = NEW.rowid"
            " OR (there.case_id = NEW.case_id AND there.sequence = NEW.sequence))"
            f"{late if table == 'approval' else ''}",
        )
        _refuse(table, "UPDATE", "1")
        _refuse(table, "DELETE", _IS_HELD.format("OLD.case_id"))
    _refuse(
        "excerpt_file",
        "INSERT",
        "EXISTS (SELECT 1 FROM excerpt_file AS there WHERE there.id = NEW.id"
        " OR there.rowid = NEW.rowid OR there.excerpt_id = NEW.excerpt_id)",
    )
    _refuse("excerpt_file", "UPDATE", "1")
    _refuse("excerpt_file", "DELETE", _IS_HELD.format(_CASE_OF_FILE))


def _refuse(table: str, change: str, where: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_given_refuses_{change.lower()} BEFORE {change} ON {table} "
        f"WHEN {where} BEGIN SELECT RAISE(ABORT, '{_FINAL}'); END"
    )


def _uuid(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=False)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _create_encrypted(
    table: str,
    *clear: sa.Column[Any] | sa.ForeignKeyConstraint | sa.UniqueConstraint,
) -> None:
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
