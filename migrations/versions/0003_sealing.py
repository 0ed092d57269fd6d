"""Create the tables of sealed protocols, and let nothing change what a sealed meeting came to."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FINAL = "what is sealed never changes"
_OF_SEALED = 'EXISTS (SELECT 1 FROM protocol WHERE protocol.meeting_id = {0}."meeting_id")'
_IS_SEALED = 'EXISTS (SELECT 1 FROM protocol WHERE protocol.meeting_id = {0}."id")'
_ITEM_OF_SEALED = (
    "EXISTS (SELECT 1 FROM item JOIN protocol ON protocol.meeting_id = item.meeting_id"
    ' WHERE item.id = {0}."id")'
)
# A table has a number for each row beside its id, and a statement can name that instead.
_ROW_OF_SEALED_ITEM = (
    "EXISTS (SELECT 1 FROM item AS there JOIN protocol ON protocol.meeting_id = there.meeting_id"
    " WHERE there.rowid = NEW.rowid OR there.id = NEW.id)"
)
_ROW_OF_SEALED_MEETING = (
    "EXISTS (SELECT 1 FROM meeting AS there JOIN protocol ON protocol.meeting_id = there.id"
    " WHERE there.rowid = NEW.rowid OR there.id = NEW.id)"
)
_ROW_OF_SEALED_PROMISE = (
    "EXISTS (SELECT 1 FROM commitment AS there JOIN item ON item.id = there.id"
    " JOIN protocol ON protocol.meeting_id = item.meeting_id"
    " WHERE there.rowid = NEW.rowid OR there.id = NEW.id)"
)
# Erasing a case destroys its keys first. After that nobody can read what its rows hold, and they
# may go.
_IS_HELD = (
    "EXISTS (SELECT 1 FROM compartment WHERE compartment.case_id = {0} AND ("
    'EXISTS (SELECT 1 FROM "grant" WHERE "grant".compartment_id = compartment.id)'
    " OR EXISTS (SELECT 1 FROM kept WHERE kept.compartment_id = compartment.id)))"
)
_CASE_OF_FILE = "(SELECT protocol.case_id FROM protocol WHERE protocol.id = OLD.protocol_id)"


def upgrade() -> None:
    """Create the tables, say of items which meeting they belong to, and make sealing final."""
    op.add_column("item", sa.Column("meeting_id", sa.Uuid(), nullable=True))
    op.create_index("ix_item_meeting_id", "item", ["meeting_id"])
    _create_encrypted(
        "protocol",
        _uuid("case_id"),
        _uuid("meeting_id"),
        _number("sequence"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_protocol_case_id_case"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name="fk_protocol_meeting_id_meeting"
        ),
        sa.UniqueConstraint("case_id", "sequence", name="uq_protocol_case_id"),
    )
    op.create_index("ix_protocol_meeting_id", "protocol", ["meeting_id"])
    _create_encrypted(
        "protocol_file",
        _uuid("protocol_id"),
        _number("revision"),
        sa.ForeignKeyConstraint(
            ["protocol_id"], ["protocol.id"], name="fk_protocol_file_protocol_id_protocol"
        ),
        sa.UniqueConstraint("protocol_id", "revision", name="uq_protocol_file_protocol_id"),
    )
    _make_final()


def _make_final() -> None:
    of_sealed, is_sealed = _OF_SEALED.format, _IS_SEALED.format
    item_of_sealed = _ITEM_OF_SEALED.format
    of_case = _IS_HELD.format("OLD.case_id")
    # A row put in place of another one is refused too, where the database itself would let it go.
    _refuse("item", "INSERT", f"{of_sealed('NEW')} OR {_ROW_OF_SEALED_ITEM}")
    _refuse("item", "UPDATE", f"{of_sealed('OLD')} OR {of_sealed('NEW')} OR {_ROW_OF_SEALED_ITEM}")
    _refuse("item", "DELETE", f"{of_sealed('OLD')} AND {of_case}")
    _refuse("meeting", "INSERT", f"{is_sealed('NEW')} OR {_ROW_OF_SEALED_MEETING}")
    _refuse(
        "meeting",
        "UPDATE",
        f"{is_sealed('OLD')} OR {is_sealed('NEW')} OR {_ROW_OF_SEALED_MEETING}",
    )
    _refuse("meeting", "DELETE", f"{is_sealed('OLD')} AND {of_case}")
    # How far an action has come is told later, in its place; which action it is, never.
    _refuse("commitment", "INSERT", f"{item_of_sealed('NEW')} OR {_ROW_OF_SEALED_PROMISE}")
    moves = "(NEW.id IS NOT OLD.id OR NEW.case_id IS NOT OLD.case_id OR NEW.rowid <> OLD.rowid)"
    _refuse(
        "commitment",
        "UPDATE",
        f"{moves} AND ({item_of_sealed('OLD')} OR {item_of_sealed('NEW')}"
        f" OR {_ROW_OF_SEALED_PROMISE})",
    )
    _refuse("commitment", "DELETE", f"{item_of_sealed('OLD')} AND {of_case}")
    _refuse(
        "protocol",
        "INSERT",
        "EXISTS (SELECT 1 FROM protocol WHERE protocol.id = NEW.id OR protocol.rowid = NEW.rowid"
        " OR (protocol.case_id = NEW.case_id AND protocol.sequence = NEW.sequence))",
    )
    _refuse("protocol", "UPDATE", "1")
    _refuse("protocol", "DELETE", of_case)
    _refuse(
        "protocol_file",
        "INSERT",
        "EXISTS (SELECT 1 FROM protocol_file AS kept_file WHERE kept_file.id = NEW.id OR"
        " kept_file.rowid = NEW.rowid OR"
        " (kept_file.protocol_id = NEW.protocol_id AND kept_file.revision = NEW.revision))",
    )
    _refuse("protocol_file", "UPDATE", "1")
    _refuse("protocol_file", "DELETE", _IS_HELD.format(_CASE_OF_FILE))


def _refuse(table: str, change: str, where: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_sealed_refuses_{change.lower()} BEFORE {change} ON {table} "
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
