"""How a film meets displays of another shape: each way is a copy of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("video_renditions", recreate="auto") as films:
        films.add_column(sa.Column("fit", sa.Text(), nullable=False, server_default="auto"))
        films.drop_constraint("pk_video_renditions", type_="primary")
        films.create_primary_key("pk_video_renditions", ["video", "width", "height", "fit"])
