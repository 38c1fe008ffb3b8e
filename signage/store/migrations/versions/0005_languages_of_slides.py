"""Who reviews which language, what they decided, further pages of a slide, editions of rules."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("languages", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("submissions") as submissions:
        submissions.add_column(
            sa.Column("languages", sa.Text(), nullable=False, server_default="[]")
        )
    with op.batch_alter_table("renditions") as renditions:
        renditions.add_column(sa.Column("rules", sa.Text(), nullable=False, server_default=""))
        renditions.add_column(sa.Column("further", sa.Text(), nullable=False, server_default="[]"))
