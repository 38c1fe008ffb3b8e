"""What was measured on a drawn picture, and what a submission's author and approver were told."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("renditions") as renditions:
        renditions.add_column(sa.Column("findings", sa.Text(), nullable=False, server_default="[]"))
    with op.batch_alter_table("submissions") as submissions:
        submissions.add_column(
            sa.Column("findings", sa.Text(), nullable=False, server_default="{}")
        )
    # These rows only save drawing again; pictures drawn so far were not measured.
    op.execute("DELETE FROM renditions")
