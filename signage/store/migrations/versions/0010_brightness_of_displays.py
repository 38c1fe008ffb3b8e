"""How bright a display may be by day, by night and for an alert."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("displays") as displays:
        displays.add_column(sa.Column("dimming", sa.Text(), nullable=False, server_default="{}"))
