"""Let a case without keys be erased whole, and let nothing take a case's keys from it."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_CONSENTS = "consent events never change"
_COMPARTMENTS = "a compartment never changes its case"
# Erasing a case destroys its keys first. After that nobody can read what its rows hold, and they
# may go.
_HAS_KEYS = (
    'EXISTS (SELECT 1 FROM "grant" WHERE "grant".compartment_id = {0})'
    " OR EXISTS (SELECT 1 FROM kept WHERE kept.compartment_id = {0})"
)
_IS_HELD = (
    "EXISTS (SELECT 1 FROM compartment WHERE compartment.case_id = OLD.case_id AND"
    f" ({_HAS_KEYS.format('compartment.id')}))"
)
# A row put in place of another one is refused too, where the database itself would let it go.
_IS_THERE = "EXISTS (SELECT 1 FROM {0} AS there WHERE there.id = NEW.id OR there.rowid = NEW.rowid)"
_MOVES = (
    "NEW.case_id IS NOT OLD.case_id OR ((NEW.id IS NOT OLD.id OR NEW.rowid <> OLD.rowid)"
    " AND (OLD.case_id IS NOT NULL OR EXISTS (SELECT 1 FROM compartment AS there"
    " WHERE there.case_id IS NOT NULL AND (there.id = NEW.id OR there.rowid = NEW.rowid))))"
)


def upgrade() -> None:
    """Make consent events go with their case, and compartments stay with theirs.

    What may go is asked of the compartments of a case: one that belonged to no case any more, if
    only for a moment, would guard nothing while its keys are all there.
    """
    op.execute("DROP TRIGGER consent_event_refuses_delete")
    _refuse("consent_event", "DELETE", _IS_HELD, _CONSENTS)
    _refuse("consent_event", "INSERT", _IS_THERE.format("consent_event"), _CONSENTS)
    _refuse("compartment", "INSERT", _IS_THERE.format("compartment"), _COMPARTMENTS)
    _refuse("compartment", "UPDATE", _MOVES, _COMPARTMENTS)
    held = f"OLD.case_id IS NOT NULL AND ({_HAS_KEYS.format('OLD.id')})"
    _refuse("compartment", "DELETE", held, _COMPARTMENTS)


def _refuse(table: str, change: str, where: str, told: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table} "
        f"WHEN {where} BEGIN SELECT RAISE(ABORT, '{told}'); END"
    )
