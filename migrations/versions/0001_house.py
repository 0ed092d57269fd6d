"""Create the tables of the house."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create all tables, and make the audit log and the roster grow only."""
    _create_progress()
    _create_compartments()
    _create_accounts()
    _create_cases()
    for table in ("audit", "roster"):
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} never change'); END"
            )


def _uuid(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, autoincrement=False)


def _bytes(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _create_encrypted(table: str, *clear: sa.Column[Any] | sa.ForeignKeyConstraint) -> None:
    """Create a table of records that are encrypted under one generation of a compartment's key."""
    op.create_table(
        table,
        _uuid("id"),
        _uuid("compartment_id"),
        _number("generation"),
        _number("row_version"),
        _bytes("ciphertext"),
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


def _create_progress() -> None:
    op.create_table(
        "progress",
        _number("id"),
        _number("sequence"),
        _bytes("head"),
        sa.PrimaryKeyConstraint("id", name="pk_progress"),
    )
    op.create_table(
        "audit",
        _number("sequence"),
        sa.Column("at", sa.DateTime(), nullable=False),
        _uuid("actor_id"),
        sa.Column("action", sa.String(40), nullable=False),
        _uuid("subject_id"),
        _bytes("digest"),
        _bytes("hash"),
        _bytes("signature"),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit"),
    )
    op.create_index("ix_audit_action", "audit", ["action"])
    op.create_index("ix_audit_subject_id", "audit", ["subject_id"])


def _create_compartments() -> None:
    op.create_table(
        "compartment",
        _uuid("id"),
        sa.Column("kind", sa.String(20), nullable=False),
        _uuid("case_id", nullable=True),
        _uuid("user_id", nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            deferrable=True,
            initially="DEFERRED",
            name="fk_compartment_case_id_case",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_compartment"),
    )
    op.create_index("ix_compartment_case_id", "compartment", ["case_id"])
    op.create_table(
        "generation",
        _uuid("compartment_id"),
        _number("generation"),
        _uuid("made_by"),
        _bytes("commitment"),
        _bytes("proof"),
        _bytes("signature"),
        sa.ForeignKeyConstraint(
            ["compartment_id"], ["compartment.id"], name="fk_generation_compartment_id_compartment"
        ),
        sa.PrimaryKeyConstraint("compartment_id", "generation", name="pk_generation"),
    )
    op.create_table(
        "grant",
        _uuid("compartment_id"),
        _number("generation"),
        _uuid("principal_id"),
        _uuid("granted_by"),
        _bytes("wrapped"),
        _bytes("proof"),
        _bytes("signature"),
        sa.ForeignKeyConstraint(
            ["compartment_id", "generation"],
            ["generation.compartment_id", "generation.generation"],
            name="fk_grant_compartment_id_generation",
        ),
        sa.PrimaryKeyConstraint("compartment_id", "generation", "principal_id", name="pk_grant"),
    )
    op.create_index("ix_grant_principal_id", "grant", ["principal_id"])
    op.create_table(
        "kept",
        _uuid("compartment_id"),
        _number("generation"),
        _uuid("user_id"),
        _bytes("ciphertext"),
        sa.ForeignKeyConstraint(
            ["compartment_id", "generation"],
            ["generation.compartment_id", "generation.generation"],
            name="fk_kept_compartment_id_generation",
        ),
        sa.PrimaryKeyConstraint("compartment_id", "generation", "user_id", name="pk_kept"),
    )
    op.create_index("ix_kept_user_id", "kept", ["user_id"])


def _create_accounts() -> None:
    op.create_table(
        "roster",
        _number("version"),
        _bytes("body"),
        _bytes("signature"),
        sa.PrimaryKeyConstraint("version", name="pk_roster"),
    )
    op.create_table(
        "membership",
        _uuid("group_id"),
        _number("generation"),
        _uuid("member_id"),
        _bytes("wrapped"),
        sa.PrimaryKeyConstraint("group_id", "generation", "member_id", name="pk_membership"),
    )
    op.create_index("ix_membership_member_id", "membership", ["member_id"])
    for table in ("account", "setting"):
        _create_encrypted(table)
    _create_encrypted("draft", _number("sequence"))
    op.create_index("ix_draft_compartment_id", "draft", ["compartment_id"])


def _create_cases() -> None:
    _create_encrypted(
        "case",
        sa.Column("phase", sa.String(40), nullable=False),
        _uuid("subject_id"),
        _number("sequence"),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["person.id"],
            deferrable=True,
            initially="DEFERRED",
            name="fk_case_subject_id_person",
        ),
    )
    _create_encrypted("person", _uuid("case_id"), _of_case("person"))
    _create_encrypted(
        "guarded",
        _uuid("case_id"),
        sa.ForeignKeyConstraint(["id"], ["person.id"], name="fk_guarded_id_person"),
        _of_case("guarded"),
    )
    _create_encrypted("item", _uuid("case_id"), _number("sequence"), _of_case("item"))
    for table in ("person", "guarded", "item"):
        op.create_index(f"ix_{table}_case_id", table, ["case_id"])


def _of_case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=f"fk_{table}_case_id_case")
