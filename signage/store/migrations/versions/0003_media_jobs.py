"""Documents, videos, and the background jobs that make them ready."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("assets") as assets:
        assets.add_column(sa.Column("kind", sa.Text(), nullable=False, server_default="picture"))
        assets.add_column(sa.Column("parent", sa.Text(), nullable=True))
        assets.add_column(sa.Column("page", sa.Integer(), nullable=True))
        assets.add_column(sa.Column("pages", sa.Integer(), nullable=True))
        assets.add_column(sa.Column("seconds_ms", sa.Integer(), nullable=True))
        assets.add_column(
            sa.Column("sound", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        assets.add_column(sa.Column("state", sa.Text(), nullable=False, server_default="ready"))
        assets.add_column(sa.Column("reason", sa.Text(), nullable=True))
        assets.add_column(sa.Column("findings", sa.Text(), nullable=False, server_default="[]"))
        assets.create_index("ix_assets_parent", ["parent"])
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("estimate_ms", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name="fk_jobs_unit_units"),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name="fk_jobs_by_users"),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    for column in ("subject", "created_at", "state"):
        op.create_index(f"ix_jobs_{column}", "jobs", [column])
    op.create_table(
        "video_renditions",
        sa.Column("video", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("blob", sa.Text(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("poster", sa.Text(), nullable=False),
        sa.Column("poster_bytes", sa.Integer(), nullable=False),
        sa.Column("seconds_ms", sa.Integer(), nullable=False),
        sa.Column("sound", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("video", "width", "height", name="pk_video_renditions"),
    )
    for column in ("blob", "poster"):
        op.create_index(f"ix_video_renditions_{column}", "video_renditions", [column])
