"""Acts on alerts wait as proposals until an officer confirms them with a factor of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "proposals",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("alert", sa.String(80), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposals"),
    )
    op.create_index("ix_proposals_alert", "proposals", ["alert"])
    op.create_index("ix_proposals_made_at", "proposals", ["made_at"])
    # Drafts of alerts were rows among the alerts; what is in force alone stands there now.
    op.execute("DELETE FROM alert_revisions WHERE state = 'draft'")
    op.execute("DELETE FROM alerts WHERE state = 'draft'")
