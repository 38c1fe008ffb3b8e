"""The figures of clocks and countdowns that stand on a drawn picture."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("renditions") as renditions:
        renditions.add_column(sa.Column("widgets", sa.Text(), nullable=False, server_default="[]"))
