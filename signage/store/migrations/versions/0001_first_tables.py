"""The first tables."""

from alembic import op

from signage.store.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the change."""
    metadata.create_all(op.get_bind())
