"""Which kinds of display may be heard: as before, all but those at roads."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the change."""
    op.add_column(
        "profiles", sa.Column("sound", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute("UPDATE profiles SET sound = NOT traffic")
