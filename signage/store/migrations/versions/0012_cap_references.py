"""Which messages a CAP message names, so that a line of life is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "cap_references",
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("identifier", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("message", "identifier", name="pk_cap_references"),
    )
    op.create_index("ix_cap_references_identifier", "cap_references", ["identifier"])
