"""In which hours panels are lit."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "panel_hours",
        sa.Column("display", sa.String(80), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("display", name="pk_panel_hours"),
    )
