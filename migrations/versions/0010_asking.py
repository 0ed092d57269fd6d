"""Say beside the ciphertext of a commitment on which day one asks how it goes, for lists."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the day and its index.

    Rows from before have none: whoever holds the key of their case fills it in at the next unlock,
    and until then they are opened whenever a list asks for that day.
    """
    op.add_column("commitment", sa.Column("ask_on", sa.Date(), nullable=True))
    op.create_index("ix_commitment_ask_on", "commitment", ["ask_on", "id", "state", "case_id"])
