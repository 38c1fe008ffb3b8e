"""Templates of alerts that are approved beforehand, and the contacts that may stand on alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "alert_templates",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert_templates"),
    )
    op.create_table(
        "alert_contacts",
        sa.Column("text", sa.String(160), nullable=False),
        sa.Column("added_by", sa.String(80), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("text", name="pk_alert_contacts"),
    )
